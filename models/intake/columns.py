"""The office's tables and their columns: one description for reading, for the empty workbook and for the docs.

Headings are the keys below (``board_meeting``, also written ``Board meeting``) or their Thai names. A column ``note``
may stand in every table; it is for the planner and is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
REASONS = {"leave": "ลา", "training": "อบรม", "other": "อื่น ๆ"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its Thai heading, how a cell is read, and what the planner should know."""

    key: str
    thai: str
    parse: Parser
    note_en: str
    note_th: str
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """A table: its name (of the CSV file and of the sheet), its Thai name and its columns."""

    name: str
    thai: str
    columns: tuple[Column, ...]
    required: bool = False

    def column(self, key: str) -> Column:
        """The column with this key."""
        return next(column for column in self.columns if column.key == key)


def _choice(choices: Mapping[str, str]) -> Parser:
    return lambda value: values.choice(value, choices)


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


_NOTE = Column("note", "หมายเหตุ", values.text, "For yourself; not read.", "บันทึกช่วยจำ โปรแกรมไม่อ่าน")
_ID = Column("id", "รหัส", values.text, "A short code of its own.", "รหัสสั้น ไม่ซ้ำกัน", required=True)
_NAME_TH = Column("name_th", "ชื่อไทย", values.text, "Name in Thai.", "ชื่อภาษาไทย", required=True)
_NAME_EN = Column("name_en", "ชื่ออังกฤษ", values.text, "Name in English; empty: the Thai name.", "ชื่อภาษาอังกฤษ เว้นว่างได้")
_LAT = Column("lat", "ละติจูด", values.number, "Degrees north, such as 16.4424.", "องศาเหนือ เช่น 16.4424", required=True)
_LON = Column("lon", "ลองจิจูด", values.number, "Degrees east, such as 102.8360.", "องศาตะวันออก เช่น 102.8360", required=True)
_DEPOT = Column("depot", "สำนักงาน", values.text, "Id of the office; needed where there are several.", "รหัสสำนักงาน ใส่เมื่อมีหลายแห่ง")
_FROM = Column("from", "ตั้งแต่", values.date, "First day.", "วันแรก", required=True)
_TO = Column("to", "ถึง", values.date, "Last day, included.", "วันสุดท้าย (นับรวม)", required=True)

FORMS = (
    Form("depots", "สำนักงาน", (
        _ID, _NAME_TH, _NAME_EN, _LAT, _LON,
        Column("cars", "จำนวนรถ", values.integer, "Cars that can leave on a day.", "รถที่ใช้ได้ต่อวัน", required=True),
        Column("seats", "ที่นั่ง", values.integer, "Officers in one car.", "เจ้าหน้าที่ต่อคัน", required=True),
        _NOTE,
    ), required=True),
    Form("topics", "ด้าน", (_ID, _NAME_TH, _NAME_EN, _NOTE), required=True),
    Form("cooperatives", "สหกรณ์", (
        _ID, _NAME_TH, _NAME_EN,
        Column("kind", "ประเภท", _choice(KINDS), "Kind of cooperative.", "ประเภทสหกรณ์", required=True, choices=KINDS),
        Column("district_th", "อำเภอ", values.text, "District in Thai.", "ชื่ออำเภอ", required=True),
        Column("district_en", "อำเภออังกฤษ", values.text, "District in English.", "ชื่ออำเภอภาษาอังกฤษ"),
        Column("subdistrict_th", "ตำบล", values.text, "Sub-district in Thai.", "ชื่อตำบล"),
        Column("subdistrict_en", "ตำบลอังกฤษ", values.text, "Sub-district in English.", "ชื่อตำบลภาษาอังกฤษ"),
        _LAT, _LON,
        Column("standard", "มาตรฐาน", _choice(STANDARDS), "Standard reached; it sets how often one visits.",
               "ระดับมาตรฐาน ใช้กำหนดจำนวนครั้งที่เข้าส่งเสริม", required=True, choices=STANDARDS),
        Column("open", "เวลาทำการ", values.clocks, "Hours for visits, such as 08:30-16:30.", "เวลาที่เข้าพบได้ เช่น 08:30-16:30"),
        Column("closed", "วันปิด", values.dates, "Days closed: 2012-08-15; 2012-09-03..2012-09-05.",
               "วันที่เข้าพบไม่ได้ เช่น 15/08/2555; 03/09/2555..05/09/2555"),
        Column("board_meeting", "ประชุมคณะกรรมการ", _meeting, "Monthly rule: third Thursday, 10:00.",
               "กำหนดประจำเดือน เช่น พฤหัสบดีที่สาม 10:00"),
        Column("longest_visit", "เข้าพบไม่เกิน", values.number, "Longest bearable visit in minutes; empty: the policy's.",
               "นาทีที่เข้าพบได้นานสุด เว้นว่างใช้ค่ากลาง"),
        _DEPOT,
        Column("lead", "ผู้รับผิดชอบตายตัว", values.text, "Id of the officer who must answer for it.", "รหัสผู้รับผิดชอบที่กำหนดตายตัว"),
        Column("current_lead", "ผู้รับผิดชอบเดิม", values.text, "Id of the officer who answers for it now.", "รหัสผู้รับผิดชอบปัจจุบัน"),
        _NOTE,
    ), required=True),
    Form("officers", "เจ้าหน้าที่", (
        _ID, _NAME_TH, _NAME_EN,
        Column("topics", "ด้านที่แนะนำได้", values.texts, "Ids of topics: accounts; debt.", "รหัสด้านที่แนะนำได้ เช่น accounts; debt"),
        _DEPOT,
        Column("max_days_per_week", "วันออกพื้นที่ต่อสัปดาห์", values.integer, "Most days on tour in a week.", "จำนวนวันออกพื้นที่มากสุดต่อสัปดาห์"),
        Column("fair_hours", "ชั่วโมงที่เป็นธรรม", values.number, "Hours on tour that are a fair share.", "ชั่วโมงออกพื้นที่ตามสัดส่วนที่เป็นธรรม"),
        _NOTE,
    ), required=True),
    Form("issues", "ประเด็น", (
        _ID,
        Column("cooperative", "รหัสสหกรณ์", values.text, "Id of the cooperative.", "รหัสสหกรณ์", required=True),
        Column("topic", "ด้าน", values.text, "Id of the topic.", "รหัสด้าน", required=True),
        Column("severity", "ความรุนแรง", values.integer, "1 (slight) to 5 (grave).", "1 (น้อย) ถึง 5 (รุนแรง)", required=True),
        Column("sessions", "จำนวนครั้ง", values.integer, "Sessions of advice it needs.", "จำนวนครั้งที่ต้องแนะนำ", required=True),
        Column("audience", "ผู้รับคำแนะนำ", _choice(AUDIENCES), "board, management or members.", "คณะกรรมการ ฝ่ายจัดการ หรือสมาชิก",
               required=True, choices=AUDIENCES),
        Column("due", "กำหนดเสร็จ", values.date, "Day by which it should be settled.", "วันที่ควรแล้วเสร็จ"),
        Column("content_ready", "เนื้อหาพร้อม", values.date, "First day on which the material is ready.", "วันที่เนื้อหาพร้อมใช้"),
        Column("partner", "หน่วยงานร่วม", values.text, "Id of the partner agency that must join.", "รหัสหน่วยงานที่ต้องร่วมด้วย"),
        Column("title_th", "เรื่อง", values.text, "What it is about, in Thai.", "เรื่อง"),
        Column("title_en", "เรื่องอังกฤษ", values.text, "What it is about, in English.", "เรื่อง ภาษาอังกฤษ"),
        _NOTE,
    )),
    Form("absences", "วันลา", (
        Column("officer", "รหัสเจ้าหน้าที่", values.text, "Id of the officer.", "รหัสเจ้าหน้าที่", required=True),
        _FROM, _TO,
        Column("reason", "เหตุ", _choice(REASONS), "leave, training or other.", "ลา อบรม หรืออื่น ๆ", choices=REASONS),
        _NOTE,
    )),
    Form("partners", "หน่วยงานร่วม", (
        _ID, _NAME_TH, _NAME_EN,
        Column("weekdays", "วันที่ว่าง", _weekdays, "Weekdays it can join: Tuesday; Thursday.", "วันในสัปดาห์ที่ร่วมได้ เช่น อังคาร; พฤหัสบดี", required=True),
        Column("per_day", "ครั้งต่อวัน", values.integer, "Visits it can join on one day.", "จำนวนครั้งที่ร่วมได้ต่อวัน", required=True),
        Column("also_on", "ว่างเพิ่ม", values.dates, "Further days it can join.", "วันอื่นที่ร่วมได้"),
        Column("not_on", "ไม่ว่าง", values.dates, "Days it cannot join.", "วันที่ร่วมไม่ได้"),
        _NOTE,
    )),
    Form("cars", "รถไม่ครบ", (
        _DEPOT, _FROM, _TO,
        Column("cars", "จำนวนรถ", values.integer, "Cars that can leave on each of these days.", "รถที่ใช้ได้ในช่วงนั้น", required=True),
        _NOTE,
    )),
    Form("speeds", "ความเร็ว", (
        Column("up_to_km", "ถึงกิโลเมตรที่", values.number, "End of the band from the start of a drive; empty: its end.",
               "สิ้นสุดช่วงที่กิโลเมตรใด เว้นว่างคือจนจบ"),
        Column("km_per_hour", "กม.ต่อชั่วโมง", values.number, "Speed in this band.", "ความเร็วในช่วงนี้", required=True),
        _NOTE,
    )),
)  # fmt: skip

FORM = {form.name: form for form in FORMS}
#: the office's own road distances: square tables with ids in the first column and in the headings
MATRICES = {"travel_minutes": "เวลาเดินทาง", "travel_km": "ระยะทาง"}
#: the office's settings: in a folder ``office.toml``, in a workbook a sheet of settings and values
SETTINGS_SHEET = ("office", "ตั้งค่า")
#: sheets that are for the reader; further sheets may be hidden from it by a name that begins with ``_``
GUIDE_SHEETS = ("guide", "คำอธิบาย")


def plain(heading: str) -> str:
    """A heading or sheet name as it is compared: case, underscores and spaces do not matter."""
    return " ".join(heading.replace("_", " ").casefold().split())
