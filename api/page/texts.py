"""What the page says beside the words that all outputs share: key -> (th, en), as in :mod:`api.language.texts`."""

from __future__ import annotations

from typing import Final

from api.language.findings import WORDS
from api.language.texts import TEXTS
from api.page.circletexts import CIRCLE_PAGE
from api.page.tabletexts import TABLES
from api.page.worktexts import WORKS
from models.saying import LANGUAGES

BOARD: Final[dict[str, tuple[str, str]]] = {
    # the frame
    "loading": ("กำลังโหลด…", "Loading…"),
    "skip": ("ข้ามไปที่แผน", "Skip to the plan"),
    "views": ("มุมมอง", "Views"),
    "view_week": ("สัปดาห์", "Week"),
    "view_month": ("เดือน", "Month"),
    "view_officers": ("นักส่งเสริม", "Officers"),
    "view_cooperatives": ("สหกรณ์", "Cooperatives"),
    "view_map": ("แผนที่", "Map"),
    "view_list": ("รายการ", "List"),
    "works": ("งาน", "Work"),
    "work_plan": ("จัดแผน", "Plan"),
    "work_plan_long": ("ให้คำนวณแผนใหม่ทั้งหมด", "have the whole calendar computed"),
    "work_changes": ("มีเหตุเปลี่ยนแปลง", "Something happened"),
    "work_changes_long": ("ลา ย้าย รถซ่อม เรื่องด่วน", "absence, car in repair, urgent visit"),
    "work_whatif": ("ลองสมมติ", "What if"),
    "work_whatif_long": ("รถ คน ราคา หรือวันที่เปลี่ยนไป", "other cars, officers, prices or dates"),
    "work_capacity": ("กำลังคนและรถ", "Capacity"),
    "work_capacity_long": ("ภาระงานและส่วนที่ขาด", "load, shortfalls, deputies"),
    "work_publish": ("ประกาศ", "Publish"),
    "work_publish_long": ("ใครต้องรู้ และฉบับที่ผ่านมา", "who is told, and earlier versions"),
    "work_documents": ("พิมพ์และส่งออก", "Print and export"),
    "work_documents_long": ("เอกสาร ตาราง ปฏิทินมือถือ", "documents, tables, phone calendars"),
    "work_people": ("ผู้ใช้", "People"),
    "work_people_long": ("ลิงก์เข้าใช้และสิทธิ์", "links and roles"),
    "work_office": ("ข้อมูลสำนักงาน", "Office data"),
    "work_office_long": ("เปิดสมุดงานอื่น", "load another workbook"),
    "theme_system": ("สีตามระบบ", "Colours of the system"),
    "theme_light": ("สีสว่าง", "Light colours"),
    "theme_dark": ("สีมืด", "Dark colours"),
    "close": ("ปิด", "Close"),
    "search": ("ค้นหา", "Search"),
    "filters": ("ตัวกรอง", "Filters"),
    "clear_filters": ("ล้างตัวกรอง", "Clear filters"),
    "to_published": ("ไปที่แผนที่ประกาศ", "To the published plan"),
    "line_down": (
        "ติดต่อระบบไม่ได้ กำลังลองใหม่ งานที่ทำไว้ไม่หาย",
        "The service does not answer; trying again. Nothing is lost.",
    ),
    "no_answer": ("ระบบไม่ตอบ", "The service did not answer."),
    "no_answer_remedy": ("ดูก่อนว่าทำไปแล้วหรือยัง แล้วลองใหม่", "See whether it was done, then try again."),
    "went_wrong": ("มีบางอย่างผิดพลาด กรุณาลองใหม่", "Something went wrong. Please try again."),
    "fill_this": ("กรอกช่องนี้ก่อน", "Fill this in first."),
    "number_between": ("ใส่ตัวเลขตั้งแต่ {least} ถึง {most}", "Write a number from {least} to {most}."),
    "number_from": ("ใส่ตัวเลขตั้งแต่ {least} ขึ้นไป", "Write a number from {least} on."),
    "whole_number": ("ใส่จำนวนเต็ม", "Write a whole number."),
    "not_there": ("ไม่พบสิ่งที่ขอ", "What was asked for is not there."),
    "stranger": ("หน้านี้สำหรับผู้ที่มีลิงก์เข้าใช้", "This page is for people with a link."),
    "stranger_link": (
        "เปิดลิงก์ที่แสดงเมื่อเริ่มระบบ หรือขอลิงก์จากผู้วางแผนของสำนักงาน ลิงก์ใช้ได้ครั้งเดียว",
        "Open the link that the service printed at its start, or ask a planner for one. It works once.",
    ),
    "nothing_published": ("ยังไม่มีแผนที่ประกาศ", "Nothing is published yet."),
    # plans
    "plan": ("แผน", "plan"),
    "draft": ("ร่าง", "Draft"),
    "proposal": ("ข้อเสนอ", "Proposal"),
    "plan_of": ("แผนเมื่อ {at}", "Plan of {at}"),
    "published_version": ("ฉบับประกาศที่ {version}", "Published, version {version}"),
    "not_published": ("ยังไม่ประกาศ", "not published"),
    "earlier_version": ("ฉบับที่เคยประกาศ", "an earlier version"),
    "all_proposals": ("ข้อเสนอทั้งหมด", "All proposals"),
    "whatif_of": ("สมมติ: {what}", "What if: {what}"),
    "whatif_plan": ("แผนของสำนักงานสมมติ", "A what-if office's plan"),
    **{f"kind_of_{kind}": WORDS[kind] for kind in ("least-disruption", "balanced", "cheapest")},
    "kind_of_at-most": ("จำกัดจำนวนที่ย้าย", "limited moves"),
    # the board
    "horizon": ("ช่วงแผนทั้งหมด", "The whole horizon"),
    "week_short": ("ส.{number}", "W{number}"),
    "week_before": ("สัปดาห์ก่อน", "The week before"),
    "week_after": ("สัปดาห์ถัดไป", "The week after"),
    "month_before": ("เดือนก่อน", "The month before"),
    "month_after": ("เดือนถัดไป", "The month after"),
    "day_before": ("วันก่อน", "The day before"),
    "day_after": ("วันถัดไป", "The day after"),
    "cars_used": ("ใช้รถ {used} จาก {all} คัน", "{used} of {all} cars out"),
    "n_late": ("ล่าช้า {n} ครั้ง", "{n} late visit|{n} late visits"),
    "outside_plan": ("นอกช่วงแผน", "outside the plan"),
    "no_tours_today": ("ไม่มีเที่ยวเดินทาง", "no tours"),
    "no_workdays": ("แผนนี้ไม่มีวันทำการ", "This plan has no workdays."),
    "nothing_open": ("จัดได้ครบและไม่มีรายการล่าช้า", "Every visit has its place, none is late."),
    "nothing_open_of_filter": (
        "ตามตัวกรอง จัดได้ครบและไม่มีรายการล่าช้า",
        "Of what the filters leave, every visit has its place, none is late.",
    ),
    "of_filter": ("ตามตัวกรอง {n} จากทั้งสำนักงาน {all}", "{n} of what the filters leave, {all} of the whole office."),
    "cost_of_all": ("ค่าใช้จ่ายของทั้งแผน ไม่ใช่เฉพาะตัวกรอง", "What the whole plan costs, not the filters alone"),
    "nothing_found": ("ไม่พบรายการตามตัวกรอง", "Nothing passes the filters."),
    "pinned": ("ตรึงไว้", "pinned"),
    "state": ("สถานะ", "state"),
    "state_planned": ("จัดแล้ว", "planned"),
    "state_unplanned": ("จัดไม่ได้", "left out"),
    "state_late": ("ล่าช้า", "late"),
    "state_stand_in": ("ไปแทน", "stand-in"),
    "state_pinned": ("ตรึงไว้", "pinned"),
    "days_out": ("วันออก", "days out"),
    "at_office": ("อยู่สำนักงาน", "at the office"),
    "legend_out": ("ออกเข้าส่งเสริม (จำนวนแห่ง)", "on tour (number of visits)"),
    "legend_away": ("ไม่อยู่ / ลา", "away"),
    "legend_visit": ("วันที่เข้าส่งเสริม", "day of a visit"),
    "legend_late": ("ล่าช้า", "late"),
    "legend_stand-in": ("ไปแทน", "stand-in"),
    "legend_left-out": ("จัดไม่ได้", "left out"),
    "legend_changed": ("เปลี่ยน", "changed"),
    "legend_pinned": ("ตรึงไว้", "pinned"),
    "legend_held": ("รายงานแล้ว", "reported: held"),
    "legend_not-held": ("รายงานว่าไม่ได้ไป", "reported: not held"),
    "legend_select": (
        "ลากเลือกวันของนักส่งเสริม (หรือ Shift + ลูกศร แล้ว Enter) เพื่อแจ้งลา",
        "Drag over days of an officer (or Shift + arrows, then Enter) to report an absence.",
    ),
    "zoom_in": ("ขยายแผนที่", "Zoom in"),
    "zoom_out": ("ย่อแผนที่", "Zoom out"),
    "map_straight": ("เส้นตรงระหว่างจุด ไม่ใช่แนวถนน", "Straight lines between stops, not roads."),
    "col_date": ("วันและเวลา", "day and time"),
    "col_cooperative": ("สหกรณ์", "cooperative"),
    "col_district": ("อำเภอ", "district"),
    "col_crew": ("หน่วยเคลื่อนที่เร็ว", "crew"),
    "col_lead": ("ผู้รับผิดชอบหลัก", "lead"),
    "col_due": ("ครบกำหนด", "due"),
    "col_priority": ("ความสำคัญ", "priority"),
    "col_minutes": ("นาที", "minutes"),
    "col_marks": ("หมายเหตุ", "marks"),
    # a visit
    "open_in_map": ("เปิดในแผนที่", "Open in maps"),
    "show_on_map": ("ดูบนแผนที่ของวัน", "Show on the day's map"),
    "show_in_week": ("ดูในสัปดาห์", "Show in its week"),
    "may_be_held": ("จัดได้ในช่วง", "May be held"),
    "from_date": ("ตั้งแต่ {date}", "from {date}"),
    "to_date": ("ถึง {date}", "until {date}"),
    "was_held": ("รายงานแล้ว: ได้เข้าส่งเสริม", "reported: held"),
    "was_not_held": ("รายงานแล้ว: ไม่ได้เข้าส่งเสริม", "reported: not held"),
    "reported_stays": ("มีรายงานแล้ว จึงไม่ย้าย", "What is reported has happened and does not move."),
    # moving a visit
    "asking": ("กำลังถามราคา", "asking for the price"),
    "move_begins": ("กำลังหาวันที่เหมาะ", "Finding suitable days"),
    "move_taken": ("ใช้ลูกศรเลือกวัน Enter วาง Esc ยกเลิก", "Arrows choose the day, Enter drops, Escape cancels"),
    "move_cancelled": ("ยกเลิกการย้าย", "Move cancelled"),
    "said_proof": ("มีข้อกำหนดห้าม", "Forbidden by a rule"),
    "said_notfound": ("ไม่มีที่ว่างหากแผนส่วนอื่นคงเดิม", "No place while the rest stays"),
    "said_stands": ("ก่อนวันที่ {date} แผนคงเดิม", "Before {date} the plan stands as it is"),
    "said_none": ("ไม่ใช่วันทำการ", "Not a workday"),
    # the first start
}


#: all that is the page's own
PAGE: Final[dict[str, tuple[str, str]]] = BOARD | WORKS | TABLES | CIRCLE_PAGE


def words_of(lang: str) -> dict[str, str]:
    """Every text of the page in one language: the shared ones, and the page's own."""
    index = LANGUAGES.index(lang)
    return {key: texts[index] for key, texts in (TEXTS | PAGE).items()}
