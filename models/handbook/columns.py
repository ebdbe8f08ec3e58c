"""The sheets of the handbook workbook and their columns: one description for writing, for reading and for the docs.

The columns in ``TOLD`` are filled in by the command for whoever writes the report; they are not read back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from models.intake import values
from models.intake.columns import AUDIENCES, AUDIENCES_ALSO, Column, Form, Parser
from models.intake.meant import KILOMETRES, LEVEL, PEOPLE, TIMES, Units
from models.office import Aspect
from models.saying import said
from models.thaitext import key

YES_NO: Final = {"yes": "ใช่", "no": "ไม่ใช่"}
#: what people write for these besides, a tick among them, and what stands in a cell with a box to tick
_YES_NO_ALSO: Final = {
    "yes": ("/", "✓", "✔", "√", "☑", "เข้าแล้ว", "เข้าพบแล้ว", "เข้าพบ", "y", "true", "จริง"),
    "no": ("ไม่", "ไม่ได้เข้า", "ไม่ได้เข้าพบ", "n", "false", "เท็จ"),
}
OUTCOMES: Final = {"solved": "แก้ไขแล้ว", "progress": "คืบหน้า", "unchanged": "คงเดิม", "worse": "แย่ลง"}
REASONS: Final = {
    "officer_away": "เจ้าหน้าที่ไม่อยู่", "cooperative_asked": "สหกรณ์ขอเลื่อน", "weather": "น้ำท่วมหรืออากาศ",
    "no_car": "ไม่มีรถ", "content_not_ready": "เนื้อหาไม่พร้อม", "other": "อื่น ๆ",
}  # fmt: skip
FINDINGS: Final = {"strength": "จุดเด่น", "weakness": "จุดอ่อน", "urgent": "เรื่องเร่งด่วน"}
LEVELS: Final = {1: ("แย่มาก", "very poor"), 2: ("แย่", "poor"), 3: ("พอใช้", "fair"), 4: ("ดี", "good"),
                 5: ("ดีมาก", "very good")}  # fmt: skip

VISITS, PROGRESS, NEW_ISSUES, FINDING, STEPS, ASPECT = (
    "visits",
    "progress",
    "new_issues",
    "findings",
    "steps",
    "aspects",
)
#: columns that the command fills in and that are not read
TOLD: Final = {
    VISITS: ("cooperative", "planned", "planned_crew"),
    PROGRESS: ("cooperative", "title", "wanted"),
}
#: before the id of an aspect in the heading of its column
CONDITION: Final = "condition_"


def _must(key: str, thai: str, parse: Parser) -> Column:
    return Column(key, thai, parse, required=True)


def _choice(
    key: str,
    thai: str,
    choices: Mapping[str, str],
    others: Mapping[str, tuple[str, ...]] | None = None,
    *,
    required: bool = True,
) -> Column:
    return Column(key, thai, partial(values.choice, names=choices, also=others), required, choices)


def _count(key: str, thai: str, units: Units, *, required: bool = False) -> Column:
    return Column(key, thai, values.integer, required, units=units)


def _untouched(value: values.Cell) -> values.Cell:
    return value


def yes_no(value: values.Cell) -> str:
    """yes or no, also of a box that is ticked or not."""
    return values.choice(str(value) if isinstance(value, bool) else value, YES_NO, _YES_NO_ALSO)


def unticked(value: values.Cell) -> bool:
    """Whether a cell holds a box that is not ticked."""
    return value is False or (isinstance(value, str) and key(value) in ("false", "เท็จ"))


def level(value: values.Cell) -> int:
    """A level of the scale, as a number or in words."""
    if isinstance(value, str):
        for number, (thai, english) in LEVELS.items():
            if value.strip().casefold() in (thai, english):
                return number
    try:
        found = values.integer(value)
    except values.CellError:
        found = 0
    if found not in LEVELS:
        cause = said("{value} is not on the scale.", value=values.shown(value))
        raise values.CellError(cause, said("Write 1 (very poor) to 5 (very good)."))
    return found


_VISIT = _must("visit", "รหัสการเข้าส่งเสริม", values.text)
_COOPERATIVE = Column("cooperative", "สหกรณ์", _untouched)
_TOPIC = Column("topic", "ด้าน", values.text)
_NOTE = Column("note", "หมายเหตุ", values.text)


def forms(aspects: Sequence[Aspect], visits: bool = True) -> tuple[Form, ...]:
    """The sheets of a handbook whose cooperatives are seen by ``aspects``; ``visits``: whether there is a visit."""
    condition = tuple(Column(f"{CONDITION}{a.id}", f"สภาพ: {a.name_th}", level) for a in aspects)
    return (
        Form(VISITS, "การเข้าส่งเสริม", (
            _VISIT, _COOPERATIVE,
            Column("planned", "กำหนดไว้", _untouched),
            Column("planned_crew", "หน่วยที่กำหนด", _untouched),
            Column("held", "เข้าพบแล้ว", yes_no, False, YES_NO),
            _choice("reason", "เหตุที่ไม่ได้เข้า", REASONS, required=False),
            Column("date", "วันที่เข้าพบ", values.date),
            Column("start", "เริ่ม", values.clock),
            Column("end", "เสร็จ", values.clock),
            Column("officers", "ผู้เข้าพบ", values.texts),
            _count("board", "กรรมการ (คน)", PEOPLE),
            _count("management", "ฝ่ายจัดการ (คน)", PEOPLE),
            _count("members", "สมาชิก (คน)", PEOPLE),
            *condition,
            Column("km", "กม. ตามมาตรวัด", values.number, units=KILOMETRES),
            Column("remarks", "ข้อสังเกต", values.text),
            _NOTE,
        ), required=visits),
        Form(PROGRESS, "ผลตามประเด็น", (
            _VISIT, _COOPERATIVE,
            _must("issue", "รหัสประเด็น", values.text),
            Column("title", "เรื่อง", _untouched),
            Column("wanted", "ครั้งที่ต้องการ", _untouched),
            _choice("outcome", "ผล", OUTCOMES, required=False),
            _count("sessions", "แนะนำไปกี่ครั้ง", TIMES),
            _count("needed", "ยังต้องอีกกี่ครั้ง", TIMES),
            Column("remarks", "รายละเอียด", values.text),
            _NOTE,
        )),
        Form(NEW_ISSUES, "ประเด็นใหม่", (
            _VISIT,
            Column("id", "รหัส", values.text),
            _must("topic", "ด้าน", values.text),
            _count("severity", "ความรุนแรง", LEVEL, required=True),
            _count("sessions", "จำนวนครั้ง", TIMES, required=True),
            _choice("audience", "ผู้รับคำแนะนำ", AUDIENCES, AUDIENCES_ALSO),
            Column("due", "กำหนดเสร็จ", values.date),
            Column("partner", "หน่วยงานสนับสนุน", values.text, also=("หน่วยงานร่วม",)),
            Column("title_th", "เรื่อง", values.text),
            Column("title_en", "เรื่อง (อังกฤษ)", values.text),
            _NOTE,
        )),
        Form(FINDING, "จุดเด่นจุดอ่อน", (
            _VISIT,
            _choice("kind", "ชนิด", FINDINGS),
            _TOPIC,
            _must("text", "ข้อความ", values.text),
            _NOTE,
        )),
        Form(STEPS, "ข้อตกลง", (
            _VISIT,
            _must("what", "ทำอะไร", values.text),
            _must("who", "ใครทำ", values.text),
            Column("by", "ภายในวันที่", values.date),
            _NOTE,
        )),
    )  # fmt: skip


#: what the columns are for: by ``sheet.column``, in English and Thai
NOTES: Final[dict[str, tuple[str, str]]] = {
    "visits.visit": ("The visit's id; leave it as it is.", "รหัสการเข้าส่งเสริม ไม่ต้องแก้"),
    "visits.cooperative": ("For you to find the row; not read.", "ช่วยหาแถว โปรแกรมไม่อ่าน"),
    "visits.planned": ("Date and time in the plan; not read.", "วันเวลาตามแผน โปรแกรมไม่อ่าน"),
    "visits.planned_crew": ("The crew in the plan; not read.", "หน่วยตามแผน โปรแกรมไม่อ่าน"),
    "visits.held": (
        "yes once the visit took place, no if it will not; empty: not reported yet.",
        "ใช่ เมื่อเข้าพบแล้ว ไม่ใช่ เมื่อไม่ได้เข้า เว้นว่าง: ยังไม่รายงาน",
    ),
    "visits.reason": ("Why it was not held.", "เหตุที่ไม่ได้เข้าพบ"),
    "visits.date": ("The day it was held; empty: as planned.", "วันที่เข้าพบจริง เว้นว่าง: ตามแผน"),
    "visits.start": ("When it began, such as 10:00.", "เวลาเริ่ม เช่น 10:00"),
    "visits.end": ("When it ended.", "เวลาเสร็จ"),
    "visits.officers": (
        "Names or ids of those who were there, parted by ; empty: the crew in the plan.",
        "ชื่อหรือรหัสผู้เข้าพบ คั่นด้วย ; เว้นว่าง: ตามแผน",
    ),
    "visits.board": ("Members of the board who took part.", "กรรมการที่เข้าร่วมกี่คน"),
    "visits.management": ("People of the management who took part.", "ฝ่ายจัดการที่เข้าร่วมกี่คน"),
    "visits.members": ("Members who took part.", "สมาชิกที่เข้าร่วมกี่คน"),
    "visits.condition": (
        "1 very poor, 2 poor, 3 fair, 4 good, 5 very good; empty: not looked at.",
        "1 แย่มาก 2 แย่ 3 พอใช้ 4 ดี 5 ดีมาก เว้นว่าง: ไม่ได้ดู",
    ),
    "visits.km": (
        "Kilometres of the whole tour by the car's meter; with one of its visits only.",
        "กิโลเมตรทั้งเที่ยวตามมาตรวัดรถ ใส่ที่การเข้าพบเดียวของเที่ยว",
    ),
    "visits.remarks": ("Whatever else is worth knowing.", "ข้อสังเกตอื่น"),
    "progress.visit": ("The visit's id.", "รหัสการเข้าส่งเสริม"),
    "progress.cooperative": ("For you to find the row; not read.", "ช่วยหาแถว โปรแกรมไม่อ่าน"),
    "progress.issue": ("The issue's id.", "รหัสประเด็น"),
    "progress.title": ("What it is about; not read.", "เรื่อง โปรแกรมไม่อ่าน"),
    "progress.wanted": ("Sessions it needed when the plan was made; not read.", "ครั้งที่ต้องการตามแผน โปรแกรมไม่อ่าน"),
    "progress.outcome": ("What became of it on this visit; empty: not taken up.", "ผลในการเข้าพบนี้ เว้นว่าง: ยังไม่ได้ทำ"),
    "progress.sessions": ("Sessions held on this visit.", "แนะนำไปกี่ครั้งในการเข้าพบนี้"),
    "progress.needed": (
        "Sessions still needed after it; empty: those open before without those held.",
        "ยังต้องแนะนำอีกกี่ครั้ง เว้นว่าง: ที่เหลือตามแผน",
    ),
    "progress.remarks": ("What was done.", "ทำอะไรไปบ้าง"),
    "new_issues.visit": ("The visit on which it was found.", "การเข้าพบที่พบประเด็น"),
    "new_issues.id": ("A code of its own; empty: made of the visit's id.", "รหัส เว้นว่าง: โปรแกรมตั้งให้"),
    "new_issues.topic": ("The topic, by name or id.", "ด้าน ตามชื่อหรือรหัส"),
    "new_issues.severity": ("1 (slight) to 5 (grave).", "1 (เบา) ถึง 5 (หนัก)"),
    "new_issues.sessions": ("Sessions of advice it needs.", "ต้องแนะนำกี่ครั้ง"),
    "new_issues.audience": ("Who is to be advised.", "ใครรับคำแนะนำ"),
    "new_issues.due": ("Day by which it should be settled; empty: none.", "กำหนดเสร็จ เว้นว่างได้"),
    "new_issues.partner": (
        "The agency that must join, by name or id; empty: none.",
        "หน่วยงานสนับสนุน ตามชื่อหรือรหัส เว้นว่างได้",
    ),
    "new_issues.title_th": ("What it is about, in Thai.", "เรื่อง"),
    "new_issues.title_en": ("What it is about, in English.", "เรื่อง ภาษาอังกฤษ"),
    "findings.visit": ("The visit's id.", "รหัสการเข้าส่งเสริม"),
    "findings.kind": ("A strength, a weakness, or something urgent and why.", "จุดเด่น จุดอ่อน หรือเรื่องเร่งด่วนพร้อมเหตุ"),
    "findings.topic": ("The topic it is counted under, by name or id; empty: none.", "ด้านที่นับรวม ตามชื่อหรือรหัส เว้นว่างได้"),
    "findings.text": ("In your own words.", "ข้อความ"),
    "steps.visit": ("The visit's id.", "รหัสการเข้าส่งเสริม"),
    "steps.what": ("What is to be done.", "ตกลงทำอะไร"),
    "steps.who": ("Who does it.", "ใครเป็นผู้ทำ"),
    "steps.by": ("By when.", "ภายในวันที่"),
}


def note_of(sheet: str, column: str) -> tuple[str, str]:
    """What a column is for, in English and Thai."""
    if column == "note":
        return ("For yourself; it is not read.", "บันทึกช่วยจำ โปรแกรมไม่อ่าน")
    return NOTES["visits.condition"] if column.startswith(CONDITION) else NOTES[f"{sheet}.{column}"]
