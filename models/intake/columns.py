"""The office's tables and their columns: one description for reading, for the empty workbook and for the docs.

Headings are the keys below (``board_meeting``, also written ``Board meeting``) or their Thai names; what each column is
for stands in :mod:`models.intake.labels`. A column ``note`` may stand in every table; it is for the planner's own use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from models.intake import values
from models.meetings import parse_meeting

Parser = Callable[[values.Cell], Any]

STANDARDS = {"excellent": "ดีเลิศ", "very_good": "ดีมาก", "good": "ดี", "below": "ต่ำกว่ามาตรฐาน"}
AUDIENCES = {"board": "คณะกรรมการ", "management": "ฝ่ายจัดการ", "members": "สมาชิก"}
KINDS = {
    "agricultural": "การเกษตร", "settlement": "นิคม", "fishery": "ประมง", "savings": "ออมทรัพย์",
    "service": "บริการ", "credit_union": "เครดิตยูเนี่ยน", "consumer": "ร้านค้า", "farmer_group": "กลุ่มเกษตรกร",
}  # fmt: skip
WEEKDAYS = {
    "Monday": "จันทร์", "Tuesday": "อังคาร", "Wednesday": "พุธ", "Thursday": "พฤหัสบดี", "Friday": "ศุกร์",
    "Saturday": "เสาร์", "Sunday": "อาทิตย์",
}  # fmt: skip
REASONS = {"leave": "ลา", "training": "อบรม", "duty": "เวรประจำสำนักงาน", "other": "อื่น ๆ"}
READINESS = {
    "draft": "ร่าง", "management": "ฝ่ายจัดการเห็นชอบ", "board": "คณะกรรมการเห็นชอบ", "members": "สมาชิกเห็นชอบ",
    "ready": "พร้อม",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its Thai heading, how a cell is read, and the choices (key -> Thai) a cell has, if any."""

    key: str
    thai: str
    parse: Parser
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """A table: its name (of the CSV file and of the sheet), its Thai name and its columns."""

    name: str
    thai: str
    columns: tuple[Column, ...]
    required: bool = False


def _weekdays(value: values.Cell) -> tuple[int, ...]:
    names = list(WEEKDAYS)
    return tuple(sorted({names.index(values.choice(day.removeprefix("วัน"), WEEKDAYS)) for day in values.texts(value)}))


def _meeting(value: values.Cell) -> str:
    text = values.text(value)
    try:
        parse_meeting(text)
    except ValueError as error:
        raise values.CellError(f"{error}.", "Mend the rule.") from None
    return text


def _must(key: str, thai: str, parse: Parser) -> Column:
    return Column(key, thai, parse, required=True)


def _choice(key: str, thai: str, choices: Mapping[str, str], *, required: bool = True) -> Column:
    return Column(key, thai, partial(values.choice, names=choices), required, choices)


_ID = _must("id", "รหัส", values.text)
_NAMES = (_must("name_th", "ชื่อไทย", values.text), Column("name_en", "ชื่ออังกฤษ", values.text))
_POINT = (_must("lat", "ละติจูด", values.number), _must("lon", "ลองจิจูด", values.number))
_DAYS = (_must("from", "ตั้งแต่", values.date), _must("to", "ถึง", values.date))
_DEPOT = Column("depot", "สำนักงาน", values.text)
_CARS = _must("cars", "จำนวนรถ", values.integer)
_NOTE = Column("note", "หมายเหตุ", values.text)

FORMS = (
    Form("depots", "สำนักงาน", (
        _ID, *_NAMES, *_POINT, _CARS,
        _must("seats", "ที่นั่ง", values.integer),
        _NOTE,
    ), required=True),
    Form("topics", "ด้าน", (_ID, *_NAMES, _NOTE), required=True),
    Form("cooperatives", "สหกรณ์", (
        _ID, *_NAMES,
        _choice("kind", "ประเภท", KINDS),
        _must("district_th", "อำเภอ", values.text),
        Column("district_en", "อำเภอ (อังกฤษ)", values.text),
        Column("subdistrict_th", "ตำบล", values.text),
        Column("subdistrict_en", "ตำบล (อังกฤษ)", values.text),
        *_POINT,
        _choice("standard", "มาตรฐาน", STANDARDS),
        Column("open", "เวลาทำการ", values.clocks),
        Column("closed", "วันปิด", values.dates),
        Column("board_meeting", "ประชุมคณะกรรมการ", _meeting),
        Column("longest_visit", "เข้าพบไม่เกิน", values.number),
        _DEPOT,
        Column("lead", "ผู้รับผิดชอบตายตัว", values.text),
        Column("current_lead", "ผู้รับผิดชอบเดิม", values.text),
        Column("last_visit", "เข้าพบครั้งสุดท้าย", values.date),
        Column("owed_visits", "ค้างเข้าพบ", values.integer),
        _NOTE,
    ), required=True),
    Form("officers", "เจ้าหน้าที่", (
        _ID, *_NAMES,
        Column("topics", "ด้านที่แนะนำได้", values.texts),
        _DEPOT,
        Column("max_days_per_week", "วันออกพื้นที่ต่อสัปดาห์", values.integer),
        Column("fair_hours", "เกณฑ์ชั่วโมง", values.number),
        _NOTE,
    ), required=True),
    Form("issues", "ประเด็น", (
        _ID,
        _must("cooperative", "รหัสสหกรณ์", values.text),
        _must("topic", "ด้าน", values.text),
        _must("severity", "ความรุนแรง", values.integer),
        _must("sessions", "จำนวนครั้ง", values.integer),
        _choice("audience", "ผู้รับคำแนะนำ", AUDIENCES),
        Column("due", "กำหนดเสร็จ", values.date),
        Column("content_ready", "เนื้อหาพร้อม", values.date),
        _choice("readiness", "ความพร้อมของเนื้อหา", READINESS, required=False),
        Column("partner", "หน่วยงานร่วม", values.text),
        Column("title_th", "เรื่อง", values.text),
        Column("title_en", "เรื่อง (อังกฤษ)", values.text),
        _NOTE,
    )),
    Form("absences", "วันลา", (
        _must("officer", "รหัสเจ้าหน้าที่", values.text),
        *_DAYS,
        _choice("reason", "เหตุ", REASONS, required=False),
        _NOTE,
    )),
    Form("partners", "หน่วยงานร่วม", (
        _ID, *_NAMES,
        _must("weekdays", "วันที่ว่าง", _weekdays),
        _must("per_day", "ครั้งต่อวัน", values.integer),
        Column("also_on", "ว่างเพิ่ม", values.dates),
        Column("not_on", "ไม่ว่าง", values.dates),
        _NOTE,
    )),
    Form("cars", "รถไม่ครบ", (_DEPOT, *_DAYS, _CARS, _NOTE)),
    Form("speeds", "ความเร็ว", (
        Column("up_to_km", "ถึงกิโลเมตรที่", values.number),
        _must("km_per_hour", "กม.ต่อชั่วโมง", values.number),
        _NOTE,
    )),
    Form("aspects", "ด้านสภาพสหกรณ์", (_ID, *_NAMES, _NOTE)),
    Form("ledger", "บัญชีสะสม", (
        _must("officer", "รหัสเจ้าหน้าที่", values.text),
        Column("hours", "ชั่วโมงเกินเกณฑ์สะสม", values.number),
        Column("stand_ins", "ทำแทนสะสม", values.integer),
        Column("leads_taken", "รับผิดชอบใหม่สะสม", values.integer),
        Column("duty", "วันเวรสะสม", values.integer),
        _NOTE,
    )),
)  # fmt: skip

FORM = {form.name: form for form in FORMS}
#: the office's own road distances: square tables with ids in the first column and in the headings
MATRICES = {"travel_minutes": "เวลาเดินทาง", "travel_km": "ระยะทาง"}
#: the settings: in a folder ``office.toml``, in a workbook a sheet with the columns setting, value, note
SETTINGS = ("office", "ตั้งค่า")
#: the sheet that explains the empty workbook; it is not read
GUIDE = ("guide", "คำอธิบาย")


def plain(heading: str) -> str:
    """A heading or sheet name as it is compared: case, underscores and spaces do not matter."""
    return " ".join(heading.replace("_", " ").casefold().split())
