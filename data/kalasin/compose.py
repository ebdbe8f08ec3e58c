"""Writes the second sample office, ``office.xlsx``: a workbook as people write them, in Thai.

Places are real: every cooperative stands in a sub-district of Kalasin, drawn from those of the country with one seed.
Cooperatives, officers, cars and issues are made up, and the workbook says so. Run it again and the same workbook
comes out, byte for byte::

    python data/kalasin/compose.py

What makes the workbook like one that people write: titles above the headings, merged; a sheet of notes of its own;
dates in words and as cells of dates; weekdays and topics by their Thai names; officers by name; half days of leave;
no coordinates, but sub-district and district; dashes where nothing is meant.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from models.gazetteer import Subdistrict
from models.gazetteer.subdistricts import all_subdistricts

sys.path.append(str(Path(__file__).parents[1] / "khonkaen"))
from drawing import Draw  # the sample's draws, which stand beside its own tables

HERE = Path(__file__).parent
SEED = 2555
PROVINCE = "กาฬสินธุ์"
FIRST, LAST = dt.date(2012, 10, 1), dt.date(2012, 12, 28)
COOPERATIVES, OFFICERS, ISSUES = 25, 12, 60
MADE_UP = "ข้อมูลสมมติเพื่อเป็นตัวอย่าง ไม่ใช่สหกรณ์หรือบุคคลจริง"

MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
#: topic -> its name, how many of the officers know it, how often issues are of it, and their titles
TOPICS: Mapping[str, tuple[str, int, int, str]] = {
    "accounts": ("บัญชีและงบการเงิน", 8, 5, "ปิดบัญชีและจัดทำงบการเงิน"),
    "debt": ("หนี้ค้างชำระ", 7, 5, "ติดตามหนี้ค้างชำระ"),
    "control": ("การควบคุมภายใน", 6, 4, "วางระบบควบคุมภายใน"),
    "governance": ("การกำกับดูแลของคณะกรรมการ", 5, 3, "บทบาทหน้าที่ของคณะกรรมการ"),
    "members": ("การมีส่วนร่วมของสมาชิก", 7, 3, "ส่งเสริมการมีส่วนร่วมของสมาชิก"),
    "marketing": ("การตลาดและพัฒนาธุรกิจ", 4, 3, "พัฒนาธุรกิจและการตลาดข้าว"),
}
#: positions of the civil service, as they stand on travel requests, in turn
POSITIONS = ("นักวิชาการสหกรณ์ชำนาญการ", "นักวิชาการสหกรณ์ปฏิบัติการ", "เจ้าพนักงานส่งเสริมสหกรณ์ชำนาญงาน")
AUDIENCES = {"คณะกรรมการ": 3, "ฝ่ายจัดการ": 5, "สมาชิก": 2}
STANDARDS = {"ดีเลิศ": 3, "ดีมาก": 7, "ดี": 9, "ต่ำกว่ามาตรฐาน": 6}
MEETINGS = (
    "พฤ.ที่ 3 เวลา 10.00 น.", "จันทร์สัปดาห์ที่ 2 เวลา 9.30 น.", "วันศุกร์สุดท้ายของเดือน เวลา 10.30 น.",
    "พุธที่สอง 10:00", "วันที่ 15 เวลา 10.00 น.", "อังคารที่ 1 และที่ 3 เวลา 10.00 น.",
)  # fmt: skip
HOURS = (
    "08.30-16.30 น.", "08:30-12:00, 13:00-16:30", "จันทร์-ศุกร์ 08.30-16.30 น.", "จันทร์ พุธ ศุกร์ 09.00-16.00 น.",
    "09:00-15:30", "-",
)  # fmt: skip
#: kind -> how many stand in the town's district besides one agricultural in each
IN_TOWN = {"สหกรณ์ออมทรัพย์": 3, "สหกรณ์บริการ": 2, "เครดิตยูเนี่ยน": 1, "กลุ่มเกษตรกร": 1}


def written(day: dt.date) -> str:
    """A date as a planner writes it: ``30 พ.ย. 55``."""
    return f"{day.day} {MONTHS[day.month - 1]} {(day.year + 543) % 100}"


def places(draw: Draw) -> list[tuple[str, Subdistrict]]:
    """Kind and sub-district of each cooperative: an agricultural one in each district, the others in town."""
    districts: dict[str, list[Subdistrict]] = {}
    for place in all_subdistricts():
        if place.province_th == PROVINCE:
            districts.setdefault(place.district_th, []).append(place)
    found = [("สหกรณ์การเกษตร", draw.pick(each)) for _, each in sorted(districts.items())]
    town = next(each for name, each in districts.items() if name.startswith("เมือง"))
    found += [(kind, draw.pick(town)) for kind, number in IN_TOWN.items() for _ in range(number)]
    return found


def cooperatives(draw: Draw) -> list[list[Any]]:
    """The rows of the cooperatives' table."""
    rows = []
    for number, (kind, place) in enumerate(places(draw), start=1):
        short, hours = kind.removeprefix("สหกรณ์"), draw.pick(HOURS)
        meeting = draw.pick(MEETINGS[1:4] if "จันทร์ พุธ" in hours else MEETINGS)  # on a day on which it is open
        rows.append([
            f"ส{number:02d}", f"สหกรณ์ตัวอย่าง {number:02d} ({short}) อ.{place.district_th}", kind,
            f"อ.{place.district_th}", f"ต.{place.th}", draw.weighted(STANDARDS), hours,
            written(FIRST + dt.timedelta(days=draw.between(5, 80))) if draw.chance(0.3) else "-",
            meeting, 105 if draw.chance(0.2) else "", 2 if draw.chance(0.12) else "",
            officer_name(draw.between(1, OFFICERS)) if draw.chance(0.12) else "-", officer_name(1 + number % OFFICERS),
        ])  # fmt: skip
    for row in rows:
        if row[11] == row[12]:
            row[11] = "-"
    return rows


def officer_name(number: int) -> str:
    """What an officer of the sample is called."""
    return f"เจ้าหน้าที่ตัวอย่าง {number:02d}"


def officers(draw: Draw) -> list[list[Any]]:
    """The rows of the officers' table; topics by name, each known by as many as it should be."""
    knows: list[list[str]] = [[] for _ in range(OFFICERS)]
    for name, number, _, _ in TOPICS.values():
        for place in draw.shuffled(sorted(range(OFFICERS), key=lambda each: len(knows[each])))[:number]:
            knows[place].append(name)
    for own in knows:
        own += [] if own else [TOPICS["accounts"][0]]
    return [
        [
            f"น{number:02d}",
            officer_name(number),
            POSITIONS[number % len(POSITIONS)],
            "; ".join(own),
            4 if draw.chance(0.6) else 3,
        ]
        for number, own in enumerate(knows, start=1)
    ]


def issues(draw: Draw, rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The rows of the issues' table: more of those below standard, by the names of cooperatives and topics."""
    weights = {number: {"ดีเลิศ": 1.0, "ดีมาก": 2.0, "ดี": 3.0}.get(row[5], 5.0) for number, row in enumerate(rows)}
    board: dict[int, int] = {}
    made = []
    for number in range(1, ISSUES + 1):
        at = draw.weighted(weights)
        topic = draw.weighted({topic: float(often) for topic, (_, _, often, _) in TOPICS.items()})
        audience = draw.weighted({name: float(weight) for name, weight in AUDIENCES.items()})
        if audience == "คณะกรรมการ" and board.get(at, 0) >= 2:
            audience = "ฝ่ายจัดการ"
        board[at] = board.get(at, 0) + (audience == "คณะกรรมการ")
        sessions = 1 if audience == "คณะกรรมการ" else draw.weighted({1: 3, 2: 5, 3: 2})
        due = FIRST + dt.timedelta(days=draw.between(35, 85)) if draw.chance(0.5) else None
        ready = FIRST + dt.timedelta(days=draw.between(5, 20)) if draw.chance(0.2) else None
        partner = "ธ.ก.ส." if topic == "debt" and audience == "ฝ่ายจัดการ" and draw.chance(0.4) else "-"
        name, _, _, title = TOPICS[topic]
        made.append([
            f"ป{number:02d}", rows[at][1], name, draw.weighted({1: 1, 2: 3, 3: 4, 4: 2, 5: 1}), sessions, audience,
            due if due and draw.chance(0.5) else written(due) if due else "-", written(ready) if ready else "-",
            partner, title,
        ])  # fmt: skip
    return made


def absences(draw: Draw) -> list[list[Any]]:
    """The rows of the leaves: whole days, and halves of one."""
    rows: list[list[Any]] = []
    for number in range(1, OFFICERS + 1):
        if draw.chance(0.6):
            day = FIRST + dt.timedelta(days=7 * draw.between(0, 11) + draw.between(0, 4))
            why = draw.pick(("ลาป่วย", "ลากิจ", "ลาพักผ่อน", "ลากิจ ครึ่งวันเช้า", "ลาป่วย (ครึ่งวันบ่าย)", "อบรม"))
            last = min(LAST, day + dt.timedelta(days=draw.between(0, 4)))
            rows.append([officer_name(number), written(day), "" if "ครึ่งวัน" in why else last, "", why])
    rows.append([officer_name(4), dt.date(2012, 11, 12), dt.date(2012, 11, 14), "09.00-12.00 น.", "ประชุม"])
    return rows


SETTINGS: Sequence[tuple[str, Any, str]] = (
    ("office.name_th", "สำนักงานสหกรณ์จังหวัดกาฬสินธุ์ (ข้อมูลตัวอย่าง)", ""),
    ("office.name_en", "Kalasin Provincial Cooperative Office (sample data)", ""),
    ("office.illustrative", "ใช่", "สหกรณ์ เจ้าหน้าที่ และรถเป็นข้อมูลสมมติ"),
    ("horizon.first", written(FIRST), "ไตรมาสแรกของปีงบประมาณ 2556"),
    ("horizon.last", written(LAST), ""),
    ("day.start", "08.30 น.", "เวลาราชการ"),
    ("day.end", "16.30 น.", ""),
    ("day.break_minutes", 60, ""),
    ("day.break_earliest", "11.30 น.", ""),
    ("day.break_latest", "13.00 น.", ""),
    ("day.step_minutes", 5, ""),
    ("day.slack_minutes", 5, ""),
    ("day.cooperatives_lunch", "12.00-13.00 น.", "สหกรณ์พักเที่ยง"),
    ("prices.km", 4, "บาทต่อกิโลเมตร"),
    ("prices.officer_day", "0: 0; 6: 120", "เบี้ยเลี้ยงครึ่งวันตั้งแต่ 6 ชั่วโมง"),
    ("prices.late_day", 40, ""),
    ("prices.unplanned", "5,000.00", ""),
    ("prices.stand_in", 400, ""),
    ("prices.overload_hour", 60, ""),
    ("prices.lead_change", 500, ""),
    ("prices.moved", 200, ""),
    ("prices.moved_soon", 400, ""),
    ("prices.crew_change", 60, ""),
    ("officers.meeting", "ศุกร์ 15.00-16.30 น.", "ประชุมสำนักงานทุกวันศุกร์"),
    ("policy.routine_minutes", 45, ""),
    ("policy.longest_visit", 120, ""),
    ("replanning.notice_days", 7, ""),
)
SHEETS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "สำนักงาน": ("ที่ตั้งสำนักงาน", ("รหัส", "ชื่อ", "อำเภอ", "ตำบล", "จังหวัด")),
    "ด้าน": ("ด้านที่ให้คำแนะนำ", ("รหัส", "ชื่อ")),
    "สหกรณ์": ("ทะเบียนสหกรณ์และกลุ่มเกษตรกร", (
        "รหัสสหกรณ์", "ชื่อสหกรณ์", "ประเภทสหกรณ์", "อำเภอ", "ตำบล", "ระดับมาตรฐาน", "เวลาทำการ", "วันปิด", "วันประชุมคณะกรรมการ",
        "เข้าพบไม่เกิน", "จำนวนเจ้าหน้าที่", "เจ้าหน้าที่ที่ไม่ไป", "ผู้รับผิดชอบเดิม",
    )),
    "เจ้าหน้าที่": ("รายชื่อนักส่งเสริมสหกรณ์", ("รหัส", "ชื่อ-สกุล", "ตำแหน่ง", "ด้านที่แนะนำได้", "วันออกพื้นที่ต่อสัปดาห์")),
    "ประเด็น": ("ประเด็นที่ต้องแนะนำส่งเสริม", (
        "รหัส", "สหกรณ์", "ด้าน", "ความรุนแรง", "จำนวนครั้ง", "ผู้รับคำแนะนำ", "กำหนดเสร็จ", "เนื้อหาพร้อม", "หน่วยงานสนับสนุน", "เรื่อง",
    )),
    "วันลา": ("วันลาและภารกิจของเจ้าหน้าที่", ("เจ้าหน้าที่", "ตั้งแต่", "ถึง", "เวลา", "เหตุ")),
    "หน่วยงานสนับสนุน": ("หน่วยงานที่ร่วมเข้าส่งเสริม", ("รหัส", "ชื่อ", "วันที่ว่าง", "ครั้งต่อวัน", "ไม่ว่าง")),
    "รถ": ("รถยนต์ที่ใช้ออกพื้นที่", ("รหัส", "ชื่อรถ", "ทะเบียน", "คนขับ", "ที่นั่ง", "บาทต่อกิโลเมตร", "ซ่อม")),
}  # fmt: skip


def compose(path: Path) -> None:
    """Write the workbook to ``path``."""
    draw = Draw(SEED)
    about = cooperatives(draw)
    rows: dict[str, list[list[Any]]] = {
        "สำนักงาน": [["กส", "ศาลากลางจังหวัดกาฬสินธุ์", "เมืองกาฬสินธุ์", "กาฬสินธุ์", "กาฬสินธุ์"]],
        "ด้าน": [[id_, name] for id_, (name, _, _, _) in TOPICS.items()],
        "สหกรณ์": about,
        "เจ้าหน้าที่": officers(draw),
        "ประเด็น": issues(draw, about),
        "วันลา": absences(draw),
        "หน่วยงานสนับสนุน": [["ธกส", "ธ.ก.ส.", "วันพุธ, วันศุกร์", 1, "5-7 ธ.ค. 55"]],
        "รถ": [
            ["ร1", "รถตู้ตัวอย่าง", "ตัวอย่าง 1", "พนักงานขับรถตัวอย่าง", 5, 5, "-"],
            ["ร2", "รถกระบะตัวอย่าง", "ตัวอย่าง 2", "-", 4, "", "19 พ.ย. 55 - 23 พ.ย. 55"],
            ["ร3", "รถเก๋งตัวอย่าง", "ตัวอย่าง 3", "-", 3, 3.5, "-"],
        ],
    }
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"สำนักงานตัวอย่าง กาฬสินธุ์ - {MADE_UP}", "created": dt.datetime(2012, 9, 1)})
    font = {"font_name": "TH Sarabun New", "font_size": 15}
    title = book.add_format({**font, "bold": True, "align": "center", "font_size": 18})
    heading = book.add_format({**font, "bold": True, "border": 1, "bg_color": "#DDEBF7"})
    plain = book.add_format({**font, "border": 1})
    day = book.add_format({**font, "border": 1, "num_format": "[$-107041E]d mmm bbbb"})
    settings = book.add_worksheet("ตั้งค่า")
    settings.set_column(0, 2, 36)
    settings.write_row(0, 0, ("รายการ", "ค่า", "หมายเหตุ"), heading)
    for number, line in enumerate(SETTINGS, start=1):
        settings.write_row(number, 0, line, plain)
    for name, (words, columns) in SHEETS.items():
        sheet = book.add_worksheet(name)
        sheet.set_column(0, len(columns), 22)
        sheet.merge_range(0, 0, 0, max(1, len(columns) - 1), words, title)
        sheet.merge_range(1, 0, 1, max(1, len(columns) - 1), MADE_UP, title)
        sheet.write_row(3, 0, columns, heading)
        for number, row in enumerate(rows[name], start=4):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, column, dt.datetime(value.year, value.month, value.day), day)
                else:
                    sheet.write(number, column, value, plain)
        sheet.freeze_panes(4, 0)
    notes = book.add_worksheet("_บันทึก")
    notes.write_string(0, 0, "แผ่นงานส่วนตัวของผู้วางแผน โปรแกรมไม่อ่าน", plain)
    book.close()


if __name__ == "__main__":
    compose(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "office.xlsx")
