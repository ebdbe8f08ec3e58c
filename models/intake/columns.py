"""The office's tables and their columns: one description for reading, for the empty workbook and for the docs.

Headings are the keys below (``board_meeting``, also written ``Board meeting``) or their Thai names; what each column is
for stands in :mod:`models.intake.labels`. A column ``note`` may stand in every table; it is for the planner's own use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from models.gazetteer import without_kind
from models.intake import meant, values
from models.intake.meant import Units
from models.intake.meetings import meeting
from models.saying import Said, named, said
from models.thaitext import key

Parser = Callable[[values.Cell], Any]

STANDARDS = {"excellent": "ดีเลิศ", "very_good": "ดีมาก", "good": "ดี", "below": "ต่ำกว่ามาตรฐาน"}
AUDIENCES = {"board": "คณะกรรมการ", "management": "ฝ่ายจัดการ", "members": "สมาชิก"}
KINDS = {
    "agricultural": "การเกษตร", "settlement": "นิคม", "fishery": "ประมง", "savings": "ออมทรัพย์",
    "service": "บริการ", "credit_union": "เครดิตยูเนี่ยน", "consumer": "ร้านค้า", "farmer_group": "กลุ่มเกษตรกร",
}  # fmt: skip
REASONS = {"leave": "ลา", "training": "อบรม", "duty": "เวรประจำสำนักงาน", "other": "อื่น ๆ"}
READINESS = {
    "draft": "ร่าง", "management": "ฝ่ายจัดการเห็นชอบ", "board": "คณะกรรมการเห็นชอบ", "members": "สมาชิกเห็นชอบ",
    "ready": "พร้อม",
}  # fmt: skip
#: other words that people write for a choice
KINDS_ALSO = {key: (f"สหกรณ์{thai}",) for key, thai in KINDS.items()} | {
    "consumer": ("สหกรณ์ร้านค้า", "ร้านสหกรณ์"),
    "farmer_group": ("กลุ่มเกษตร", "farmers' group"),
}
STANDARDS_ALSO = {key: (f"ระดับ{thai}", f"มาตรฐานระดับ{thai}") for key, thai in STANDARDS.items()} | {
    "below": ("ต่ำกว่าเกณฑ์", "ระดับต่ำกว่ามาตรฐาน", "ไม่ผ่าน", "ไม่ผ่านมาตรฐาน", "below standard"),
}
AUDIENCES_ALSO = {
    "board": ("คณะกรรมการดำเนินการ", "กรรมการ", "คกก."),
    "management": ("ผู้จัดการ", "เจ้าหน้าที่สหกรณ์"),
    "members": ("สมาชิกสหกรณ์",),
}
REASONS_ALSO = {
    "leave": (
        "ลาป่วย", "ลากิจ", "ลากิจส่วนตัว", "ลาพักผ่อน", "ลาพักผ่อนประจำปี", "ลาพักร้อน", "ลาคลอด", "ลาคลอดบุตร", "ลาบวช",
        "ลาอุปสมบท", "ลาเลี้ยงดูบุตร", "sick leave", "annual leave", "personal leave",
    ),
    "training": ("ฝึกอบรม", "เข้ารับการอบรม", "สัมมนา", "ประชุม", "ประชุมสัมมนา", "ศึกษาดูงาน"),
    "duty": ("เวร", "อยู่เวร", "เวรประจำ"),
    "other": ("อื่น", "อื่นๆ", "ไปราชการ"),
}  # fmt: skip
#: parts of a day that an absence may name instead of times
MORNING, AFTERNOON, WHOLE_DAY = (0.0, 12 * 60.0), (13 * 60.0, 24 * 60.0), (0.0, 24 * 60.0)
_PARTS = {
    MORNING: ("ครึ่งวันเช้า", "ช่วงเช้า", "ครึ่งเช้า", "เช้า", "morning"),
    AFTERNOON: ("ครึ่งวันบ่าย", "ช่วงบ่าย", "ครึ่งบ่าย", "บ่าย", "afternoon"),
    WHOLE_DAY: ("เต็มวัน", "ทั้งวัน", "ตลอดวัน", "whole day", "all day"),
}
_HALF_REMEDY = said("Write one half of the day beside the reason; none for whole days.")
#: what says that a car has no driver of its own, or no number plate: as an empty cell does
_NO_DRIVER = frozenset(map(key, (
    "ไม่มี", "ไม่มีพนักงานขับรถ", "ไม่มีคนขับ", "ขับเอง", "ขับรถเอง", "เจ้าหน้าที่ขับเอง", "เจ้าหน้าที่ขับรถเอง", "นักส่งเสริมขับเอง", "none",
    "no driver", "nobody", "no", "n/a", "self", "self drive", "drives himself", "drives herself", "officer drives",
)))  # fmt: skip
_NO_PLATE = frozenset(map(key, ("ไม่มี", "ไม่มีทะเบียน", "ยังไม่มี", "none", "no", "n/a")))
#: what says that a cooperative is open all day
_ALL_DAY = frozenset(map(key, ("ทั้งวัน", "ตลอดวัน", "ทุกวัน", "ทุกวันทำการ", "all day", "every day", "daily")))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its Thai heading, how a cell is read, and the choices (key -> Thai) a cell has, if any.

    ``also``: other headings that people give it. ``units``: words that may stand beside its numbers.
    """

    key: str
    thai: str
    parse: Parser
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    units: Units | None = None

    @property
    def name(self) -> Said:
        """The column as a message names it."""
        return named(f"{self.key} ({self.thai})", self.thai)


@dataclass(frozen=True, slots=True)
class Form:
    """A table: its name (of the CSV file and of the sheet), its Thai name and its columns.

    ``also``: other names that people give it.
    """

    name: str
    thai: str
    columns: tuple[Column, ...]
    required: bool = False
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it is read by."""
        return (self.name, self.thai, *self.also)


def _place_name(value: values.Cell) -> str:
    return without_kind(values.text(value))


def _or_none(words: frozenset[str], value: values.Cell) -> str:
    """A text; empty where it is one of the ``words`` for nothing."""
    written = values.text(value)
    return "" if key(written) in words else written


def _open(value: values.Cell) -> values.Hours | None:
    """Hours for visits; None, which is all day, where the cell says so or names no hours of every day."""
    if isinstance(value, str) and key(value) in _ALL_DAY:
        return None
    return values.hours(value)


def _weekdays(value: values.Cell) -> tuple[int, ...]:
    found = set[int]()
    for name in values.texts(value):
        days = values.weekdays(name)
        if not days:
            raise values.CellError(
                said("{value} is not a day of the week.", value=values.shown(name)),
                said("Write one like Tuesday or อังคาร; several, parted by semicolons."),
            )
        found |= set(days)
    return tuple(sorted(found))


def _hours_away(value: values.Cell) -> tuple[float, float]:
    """Times of an absence: ``09:00-12:00``, or a half of the day in words."""
    if isinstance(value, str) and not values.one_ended(value):
        for part, words in _PARTS.items():
            if key(value) in {key(word) for word in words}:
                return part
    return values.clocks(value)


def _reason(value: values.Cell) -> str:
    """Why somebody is away; a half of the day written beside it is read by :func:`half_day_of`."""
    written = values.text(value)
    halves = 0
    for words in _PARTS.values():
        named = next((word for word in words[:3] if word in written), None)
        if named is not None:
            halves += 1
            if values.one_ended(written):
                raise values.open_range(value, _HALF_REMEDY)
            written = written.replace(named, " ").strip(" ()")
    if halves > 1:
        cause = said("{value} names both halves of the day.", value=values.shown(value))
        raise values.CellError(cause, _HALF_REMEDY)
    return values.choice(written, REASONS, REASONS_ALSO) if written else "leave"


def half_day_of(value: values.Cell) -> tuple[float, float] | None:
    """The half of the day that is written with the reason of an absence: ``ลาป่วยครึ่งวันเช้า``."""
    if isinstance(value, str):
        for part, words in _PARTS.items():
            if any(key(word) in key(value) for word in words[:3]):
                return part
    return None


def _limit(parse: Parser) -> Parser:
    """A reader of limits, to which what says that there is none is none: None."""
    return lambda value: None if meant.no_limit(value) else parse(value)


def _must(key: str, thai: str, parse: Parser, *also: str, units: Units | None = None) -> Column:
    return Column(key, thai, parse, required=True, also=also, units=units)


def _may(key: str, thai: str, parse: Parser, *also: str, units: Units | None = None) -> Column:
    return Column(key, thai, parse, also=also, units=units)


def _choice(
    key: str, thai: str, choices: Mapping[str, str], others: Mapping[str, tuple[str, ...]], *also: str
) -> Column:
    return Column(key, thai, partial(values.choice, names=choices, also=others), True, choices, also)


_ID = _must("id", "รหัส", values.text)
_NAMES = (_must("name_th", "ชื่อไทย", values.text, "ชื่อ"), _may("name_en", "ชื่ออังกฤษ", values.text))
_POINT = (_may("lat", "ละติจูด", values.number, "latitude"), _may("lon", "ลองจิจูด", values.number, "longitude"))
_PLACE = (
    _may("subdistrict_th", "ตำบล", _place_name, "แขวง", "subdistrict"),
    _may("subdistrict_en", "ตำบล (อังกฤษ)", _place_name),
    _may("province_th", "จังหวัด", _place_name, "province"),
)
_DAYS = (
    _must("from", "ตั้งแต่", values.date, "วันที่", "ตั้งแต่วันที่"),
    _may("to", "ถึง", values.date, "ถึงวันที่"),
)
_DEPOT = _may("depot", "สำนักงาน", values.text)
_OFFICERS = _may("officers", "จำนวนเจ้าหน้าที่", values.integer, "จำนวนคน", units=meant.PEOPLE)
_NOTE = _may("note", "หมายเหตุ", values.text, "คำอธิบาย")

FORMS = (
    Form("depots", "สำนักงาน", (
        _ID, *_NAMES,
        _may("district_th", "อำเภอ", _place_name, "เขต"),
        *_PLACE, *_POINT,
        _may("cars", "จำนวนรถ", values.integer, units=meant.CARS),
        _may("seats", "ที่นั่ง", values.integer, units=meant.SEATS),
        _NOTE,
    ), required=True),
    Form("topics", "ด้าน", (_ID, *_NAMES, _NOTE), required=True),
    Form("cooperatives", "สหกรณ์", (
        Column("id", "รหัส", values.text, required=True, also=("รหัสสหกรณ์",)),
        _must("name_th", "ชื่อไทย", values.text, "ชื่อ", "ชื่อสหกรณ์"),
        _NAMES[1],
        _choice("kind", "ประเภท", KINDS, KINDS_ALSO, "ประเภทสหกรณ์"),
        _must("district_th", "อำเภอ", _place_name, "เขต", "district"),
        _may("district_en", "อำเภอ (อังกฤษ)", _place_name),
        *_PLACE, *_POINT,
        _choice("standard", "มาตรฐาน", STANDARDS, STANDARDS_ALSO, "ระดับมาตรฐาน"),
        _may("open", "เวลาทำการ", _open, "เวลาเปิดทำการ"),
        _may("closed", "วันปิด", values.dates, "วันหยุด"),
        _may("board_meeting", "ประชุมคณะกรรมการ", meeting, "วันประชุมคณะกรรมการ"),
        _may("longest_visit", "เข้าพบไม่เกิน", values.number, units=meant.MINUTES),
        _OFFICERS,
        _may("never", "เจ้าหน้าที่ที่ไม่ไป", values.texts),
        _DEPOT,
        _may("lead", "ผู้รับผิดชอบตายตัว", values.text),
        _may("current_lead", "ผู้รับผิดชอบเดิม", values.text, "ผู้รับผิดชอบ"),
        _may("last_visit", "เข้าพบครั้งสุดท้าย", values.date),
        _may("owed_visits", "ค้างเข้าพบ", values.integer, units=meant.TIMES),
        _NOTE,
    ), required=True),
    Form("officers", "เจ้าหน้าที่", (
        Column("id", "รหัส", values.text, required=True, also=("รหัสเจ้าหน้าที่",)),
        _must("name_th", "ชื่อไทย", values.text, "ชื่อ", "ชื่อ-สกุล", "ชื่อ สกุล"),
        _NAMES[1],
        _may("topics", "ด้านที่แนะนำได้", values.texts, "ด้าน"),
        _may("position_th", "ตำแหน่ง", values.text),
        _may("position_en", "ตำแหน่ง (อังกฤษ)", values.text),
        _DEPOT,
        _may("max_days_per_week", "วันออกพื้นที่ต่อสัปดาห์", _limit(values.integer), units=meant.DAYS_A_WEEK),
        _may("fair_hours", "เกณฑ์ชั่วโมง", values.number, units=meant.HOURS),
        _NOTE,
    ), required=True),
    Form("issues", "ประเด็น", (
        _ID,
        _must("cooperative", "รหัสสหกรณ์", values.text, "สหกรณ์"),
        _must("topic", "ด้าน", values.text),
        _must("severity", "ความรุนแรง", values.integer, units=meant.LEVEL),
        _must("sessions", "จำนวนครั้ง", values.integer, units=meant.TIMES),
        _choice("audience", "ผู้รับคำแนะนำ", AUDIENCES, AUDIENCES_ALSO),
        _may("due", "กำหนดเสร็จ", values.date, "กำหนดแล้วเสร็จ", "ภายในวันที่"),
        _may("content_ready", "เนื้อหาพร้อม", values.date),
        Column("readiness", "ความพร้อมของเนื้อหา", partial(values.choice, names=READINESS), False, READINESS),
        _may("partner", "หน่วยงานสนับสนุน", values.text, "หน่วยงานร่วม"),
        _OFFICERS,
        _may("title_th", "เรื่อง", values.text, "ประเด็น"),
        _may("title_en", "เรื่อง (อังกฤษ)", values.text),
        _NOTE,
    )),
    Form("absences", "วันลา", (
        _must("officer", "รหัสเจ้าหน้าที่", values.text, "เจ้าหน้าที่"),
        *_DAYS,
        _may("hours", "เวลา", _hours_away, "ช่วงเวลา"),
        Column("reason", "เหตุ", _reason, False, REASONS, ("เหตุผล", "ประเภทการลา")),
        _NOTE,
    )),
    Form("partners", "หน่วยงานสนับสนุน", (
        _ID, *_NAMES,
        _must("weekdays", "วันที่ว่าง", _weekdays),
        _must("per_day", "ครั้งต่อวัน", values.integer, units=meant.TIMES),
        _may("also_on", "ว่างเพิ่ม", values.dates),
        _may("not_on", "ไม่ว่าง", values.dates),
        _NOTE,
    ), also=("หน่วยงานร่วม",)),
    Form("cars", "รถ", (
        Column("id", "รหัส", values.text, required=True, also=("รหัสรถ",)),
        _may("name_th", "ชื่อไทย", values.text, "ชื่อ", "ชื่อรถ", "รถ"),
        _may("name_en", "ชื่ออังกฤษ", values.text),
        _may("plate", "ทะเบียน", partial(_or_none, _NO_PLATE), "ทะเบียนรถ", "เลขทะเบียน"),
        _may("driver", "พนักงานขับรถ", partial(_or_none, _NO_DRIVER), "คนขับ"),
        _must("seats", "ที่นั่ง", values.integer, "จำนวนที่นั่ง", units=meant.SEATS),
        _may("km", "บาทต่อกิโลเมตร", values.number, "บาทต่อกม.", units=meant.BAHT_A_KM),
        _may("repair", "ซ่อม", values.dates, "วันที่ซ่อม", "เข้าซ่อม"),
        _DEPOT,
        _NOTE,
    )),
    Form("cars_on", "รถไม่ครบ", (_DEPOT, *_DAYS, _must("cars", "จำนวนรถ", values.integer, units=meant.CARS), _NOTE)),
    Form("speeds", "ความเร็ว", (
        _may("up_to_km", "ถึงกิโลเมตรที่", _limit(values.number), units=meant.KILOMETRES),
        _must("km_per_hour", "กม.ต่อชั่วโมง", values.number, units=meant.SPEED),
        _NOTE,
    )),
    Form("aspects", "ด้านสภาพสหกรณ์", (_ID, *_NAMES, _NOTE)),
    Form("ledger", "บัญชีสะสม", (
        _must("officer", "รหัสเจ้าหน้าที่", values.text),
        Column("hours", "ชั่วโมงเกินเกณฑ์สะสม", values.number),
        Column("stand_ins", "ไปแทนสะสม", values.integer, also=("ทำแทนสะสม",)),
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

#: a heading or sheet name as it is compared
plain = key
