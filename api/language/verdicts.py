"""What breaks a rule, in the language of a reader: the referee's sentences, with names for ids, and in Thai."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import cache
from string import Formatter
from typing import Final

from api.language.rules import RULES
from api.language.teller import Teller
from models.referee import Violation
from models.rules.finding import Finding

#: the referee's sentence, with its figures in braces -> the same in Thai; the longer one first where two begin alike
SENTENCES: Final[dict[str, str]] = {
    "stands in the plan {number} times, not once": "อยู่ในแผน {number} ครั้ง ไม่ใช่ครั้งเดียว",
    "{number} tours bear this id": "มี {number} เที่ยวที่ใช้รหัสนี้",
    "is not on a workday": "ไม่ตรงกับวันทำการ",
    "leaves at {time}, before the day starts": "ออกเวลา {time} ก่อนเวลาทำงาน",
    "leaves at {time}, off the grid": "ออกเวลา {time} ไม่ตรงช่องเวลา",
    "is back at {time}, after the day ends": "กลับเวลา {time} หลังเวลาทำงาน",
    "takes {minutes} minutes, over the limit": "ใช้เวลา {minutes} นาที เกินกำหนด",
    "reaches {visit} sooner than the drive takes": "ถึง {visit} เร็วกว่าที่ขับได้",
    "starts {visit} before it arrives": "เริ่ม {visit} ก่อนไปถึง",
    "starts {visit} at {time}, off the grid": "เริ่ม {visit} เวลา {time} ไม่ตรงช่องเวลา",
    "leaves less than {minutes} minutes before {visit}": "เผื่อเวลาก่อน {visit} ไม่ถึง {minutes} นาที",
    "gives {visit} other than its {minutes} minutes": "ให้เวลา {visit} ไม่ตรงกับ {minutes} นาที",
    "is back sooner than the drive takes": "กลับเร็วกว่าที่ขับได้",
    "starts at {time}, outside its window {hours}": "เริ่มเวลา {time} นอกช่วงเวลาที่กำหนด {hours}",
    "falls on a day the cooperative is closed": "ตรงกับวันที่สหกรณ์ปิด",
    "falls on a weekday on which the cooperative is not open": "ตรงกับวันในสัปดาห์ที่สหกรณ์ไม่เปิด",
    "lies outside the cooperative's open hours {hours}": "อยู่นอกเวลาทำการของสหกรณ์ {hours}",
    "is on none of its dates, {dates}": "ไม่ตรงกับวันที่เข้าได้ ({dates})",
    "lies before {date}, where nothing else may be": "อยู่ก่อน {date} ซึ่งเพิ่มอะไรไม่ได้",
    "lies before {date}": "อยู่ก่อน {date}",
    "lies after {date}": "อยู่หลัง {date}",
    "goes over the middle of the day without a break": "ข้ามช่วงเที่ยงโดยไม่มีเวลาพัก",
    "has a break where the day has none": "มีเวลาพักในวันที่ไม่มีการพัก",
    "has a break of {minutes} minutes": "มีเวลาพัก {minutes} นาที ไม่ตรงกำหนด",
    "has its break at {time}, outside its hours": "พักเวลา {time} นอกช่วงพัก",
    "has its break outside the tour": "เวลาพักอยู่นอกเที่ยว",
    "has a break that a visit or a drive leaves no time for": "ไม่มีเวลาพอให้พักระหว่างการเข้าส่งเสริมและการขับรถ",
    "names an officer twice": "มีชื่อนักส่งเสริมซ้ำ",
    "takes officer {officer} of another office": "มี {officer} ซึ่งอยู่สำนักงานอื่น",
    "takes officer {officer}, who is absent": "มี {officer} ซึ่งไม่อยู่ในวันนั้น",
    "takes officer {officer}, who is busy in that time": "มี {officer} ซึ่งติดงานอื่นในเวลานั้น",
    "takes officer {officer}, who is barred from {cooperative}": "มี {officer} ซึ่งไม่ไป {cooperative}",
    "is on {number} tours, over the limit of {most}": "ออก {number} เที่ยว เกิน {most} เที่ยวต่อสัปดาห์",
    "is on {number} tours": "อยู่ใน {number} เที่ยวพร้อมกัน",
    "names no car": "ไม่ได้ระบุรถ",
    "takes car {car}, which is away": "ใช้ {car} ซึ่งไม่อยู่ในวันนั้น",
    "takes car {car}, which {office} does not have": "ใช้ {car} ซึ่งไม่ใช่รถของ {office}",
    "has a crew of {number} for {most} seats": "ไป {number} คน แต่รถมี {most} ที่นั่ง",
    "carries {number}, over the capacity of {most}": "บรรทุก {number} เกินพิกัด {most}",
    "sends {number} tours, over its cars": "ออก {number} เที่ยว เกินจำนวนรถ",
    "has nobody with topic '{topic}' for {visit}": "ไม่มีใครแนะนำด้าน {topic} ให้ {visit}",
    "has fewer than {number} officers for {visit}": "มีไม่ถึง {number} คนสำหรับ {visit}",
    "has planned visits but no lead": "มีการเข้าส่งเสริมแต่ไม่มีผู้รับผิดชอบหลัก",
    "has lead {officer}, who is barred from it": "ผู้รับผิดชอบหลักคือ {officer} ซึ่งไม่ไปสหกรณ์นี้",
    "has lead {officer}, not {other}": "ผู้รับผิดชอบหลักคือ {officer} ไม่ใช่ {other}",
    "on {date} follows {visit} on {before} within the gap": "วันที่ {date} ใกล้ {visit} วันที่ {before} เกินไป หรือสลับลำดับ",
    "is visited on dates that are none of its rhythms": "วันที่เข้าไม่ตรงกับรอบวันใดของสหกรณ์",
    "is made from {office}, not {home}": "ไปจาก {office} ไม่ใช่ {home}",
    "falls on {date}, when {partner} is not free": "ตรงกับ {date} ซึ่ง {partner} ไม่ว่าง",
    "is wanted {number} times, over {most}": "ต้องร่วม {number} ครั้ง เกิน {most} ครั้งต่อวัน",
    "lies before {date} and must stay, but the plan does not have it as it was": "อยู่ก่อน {date} ต้องคงเดิม แต่แผนไม่คงไว้",
    "is not planned": "ไม่ได้จัดไว้",
    "is not where the published plan has it": "ไม่ตรงกับที่แผนที่ประกาศแล้วจัดไว้",
    "is stated as {baht} baht, but is {true} baht": "ระบุไว้ {baht} บาท แต่จริง ๆ คือ {true}",
    "is stated as {baht} baht, but is {true}": "ระบุไว้ {baht} บาท แต่จริง ๆ คือ {true}",
    "is {baht} baht, above the cost of {true}": "เป็น {baht} บาท สูงกว่าค่าใช้จ่าย {true}",
}

#: where a violation is: the kind of thing, its id, and the day or week
WHERE: Final = re.compile(
    r"(?:(?P<state>published|pinned) )?(?P<kind>visit|tour|officer|cooperative|office|partner|car) (?P<id>.+?)"
    r"(?: of (?P<office>.+?))?(?: on (?P<date>\d{4}-\d\d-\d\d)| in week (?P<week>\d+))?"
)
#: what the referee says of a visit with certain dates, before it lists them
NOT_ITS_DATE: Final = "is on none of its dates, "
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
#: the kinds of things whose names do not say what they are
_KINDS: Final = {"tour": "เที่ยว ", "car": "รถ "}
_STATES: Final = {"published": "ที่ประกาศไว้: ", "pinned": "ที่ตรึงไว้: "}


def line(violation: Violation, tell: Teller) -> str:
    """The broken rule in one line: which, where, and what is wrong."""
    apart = ". " if tell.words.lang == "en" else " · "
    return f"{title(violation, tell)}{apart}{whereabouts(violation, tell)}: {verdict(violation, tell)}"


def whereabouts(violation: Violation, tell: Teller) -> str:
    """What the violation is about, and when; in Thai with names for ids."""
    found = WHERE.fullmatch(violation.where)
    if tell.words.lang == "en" or found is None:
        return violation.where
    kind, id_ = found["kind"], found["id"]
    name = _named(kind, id_, tell)
    when = f" วันที่ {_date(found['date'], tell)}" if found["date"] else ""
    when = f" สัปดาห์ที่ {found['week']}" if found["week"] else when
    home = f" ของ {tell.names.depot(found['office'])}" if found["office"] else ""
    return f"{_STATES.get(found['state'] or '', '')}{_KINDS.get(kind, '')}{name}{home}{when}"


def title(violation: Violation, tell: Teller) -> str:
    """The rule that is broken, in a few words."""
    return tell.words.pick(*RULES[violation.rule])


def verdict(violation: Violation, tell: Teller) -> str:
    """What is wrong: the referee's sentence, in Thai with names for ids; of a visit to a board that it is one."""
    about = WHERE.fullmatch(violation.where)
    if about is not None and violation.what.startswith(NOT_ITS_DATE) and tell.is_for_board(about["id"]):
        visit = tell.problem.visit_by_id[about["id"]]
        dates = violation.what.removeprefix(NOT_ITS_DATE)
        return tell.sentence(Finding("not-its-meeting", {"cooperative": visit.cooperative, "dates": dates}))
    if tell.words.lang == "en":
        return violation.what
    for english, thai in SENTENCES.items():
        found = _pattern(english).fullmatch(violation.what)
        if found is not None:
            return thai.format(**{key: _named(key, value, tell) for key, value in found.groupdict().items()})
    return violation.what


def _named(key: str, value: str, tell: Teller) -> str:
    names = tell.names
    named: Mapping[str, Callable[[str], str]] = {
        "officer": names.officer, "other": names.officer, "cooperative": names.cooperative, "office": names.depot,
        "home": names.depot, "partner": names.partner, "topic": names.topic, "car": names.car,
    }  # fmt: skip
    if key == "dates":
        return ", ".join(_named("date", date, tell) for date in value.split(", "))
    if key == "visit" and value in tell.problem.visit_by_id:
        return tell.visit(value)
    if _DAY.fullmatch(value):
        return _date(value, tell)
    return named[key](value) if key in named else value


def _date(iso: str, tell: Teller) -> str:
    return tell.words.date(dt.date.fromisoformat(iso))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = []
    for literal, name, _, _ in Formatter().parse(template):
        parts.append(re.escape(literal) + (f"(?P<{name}>.+)" if name else ""))
    return re.compile("".join(parts))
