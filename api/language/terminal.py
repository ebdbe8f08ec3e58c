"""What the command line says of a plan beyond the words that all outputs share: key -> (Thai, English).

An English text that counts has one and many, parted by ``|``; which of them, says its field ``number``.
"""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "visits": ("จัดการเข้าส่งเสริมได้", "Visits planned"),
    "left_out": ("จัดไม่ได้", "Visits left out"),
    "tours": ("เที่ยวเดินทาง", "Tours"),
    "officer_days": ("วันเดินทางของนักส่งเสริม", "Officer days"),
    "km": ("ระยะทาง (กม.)", "Kilometres driven"),
    "late": ("ช้ากว่าวันครบกำหนด", "Visits after their due date"),
    "stand_ins": ("ผู้รับผิดชอบหลักไม่ได้ไปเอง", "Visits without the lead"),
    "overload": ("ชั่วโมงเกินเกณฑ์", "Hours above the fair share"),
    "of": ("{part} จาก {all} ครั้ง", "{part} of {all}"),
    "tours_on": ("{tours} เที่ยว ใน {number} วัน", "{tours} on {number} day|{tours} on {number} days"),
    "by_officers": ("{days} คน-วัน ของ {number} คน", "{days} by {number} officer|{days} by {number} officers"),
    "hours_of": ("{hours} ของ {number} คน", "{hours} of {number} officer|{hours} of {number} officers"),
    "and_more": ("และอีก {number} รายการ ดูในไฟล์", "and {number} more; the files list them all"),
    "kept": (
        "ครบทุกข้อกำหนด: {tours} เที่ยว จัดไม่ได้ {unplanned} ครั้ง",
        "Every rule is kept. Tours: {tours}; visits left out: {unplanned}.",
    ),
    "broken": ("ผิดข้อกำหนด {number} ข้อ", "{number} broken rule|{number} broken rules"),
    "rolled_over": (
        "{out}: เปลี่ยน {number} บรรทัด ไม่รับ {refused} บรรทัด เหตุผลอยู่ใน {page}",
        "{out}: {number} line changed, {refused} refused; {page} says why"
        "|{out}: {number} lines changed, {refused} refused; {page} says why",
    ),
    "next_unplannable": (
        "{out}: ยังวางแผนไม่ได้ แก้ข้อต่อไปนี้ในตารางก่อน หรือสั่งอีกครั้งโดยเปลี่ยน --first หรือ --last",
        "{out}: it cannot be planned yet. Mend the following in its tables, or run this again with another --first or"
        " --last.",
    ),
    "no_readiness": (
        "ไม่มีประเด็นที่ระบุความพร้อมของเนื้อหาไว้ จึงไม่มีสิ่งที่ต้องติดตาม",
        "No issue says how far its content is, so there is nothing to follow.",
    ),
    "unreported": (
        "ยังไม่มีรายงานของการเข้าส่งเสริม {number} ครั้ง จึงไม่ทราบผล",
        "{number} visit is not reported: what it did is not known."
        "|{number} visits are not reported: what they did is not known.",
    ),
    "starting": ("กำลังเริ่ม", "starting"),
    "at_second": ("{seconds} วินาที  {told}", "{seconds} s  {told}"),
    "no_plan_yet": ("ยังไม่มีแผนที่ครบ", "no complete plan yet"),
    "best_unbound": (
        "ดีที่สุด {best} บาท รวมค่าใช้จ่ายจริงและค่าถ่วงน้ำหนัก ยังพิสูจน์ค่าต่ำสุดไม่ได้",
        "best {best} baht paid and weighed, no bound yet",
    ),
    "best_bound": (
        "ดีที่สุด {best} บาท รวมค่าใช้จ่ายจริงและค่าถ่วงน้ำหนัก ค่าต่ำสุด {bound} ห่างไม่เกิน {gap}",
        "best {best} baht paid and weighed, bound {bound}, gap {gap}",
    ),
    "marked": ("เขียนหมายเหตุ {number} แห่งใน {file}", "{number} note in {file}|{number} notes in {file}"),
    "marked_listed": (
        "อีก {number} ข้อไม่มีช่องให้เขียนหมายเหตุ ดูได้ในแผ่นงาน {sheet} ของ {file}",
        "{number} without a cell to note: see the sheet {sheet} of {file}",
    ),
    "compiling": ("กำลังเตรียมตัวค้นหา ทำครั้งเดียว", "Compiling the search, once"),
    "compiling_long": ("{words} (ไม่เกินหนึ่งนาที)", "{words} (up to a minute)"),
    "compiled": ("พร้อมแล้ว เก็บไว้ที่ {place}", "Ready; machine code in {place}"),
    "ending_early": (
        "กำลังจบการค้นหาและเก็บแผนที่ดีที่สุด กด Ctrl-C อีกครั้งเพื่อเลิกทันที",
        "Stopping: the best plan so far is being written. Press Ctrl-C again to give up at once.",
    ),
    "explaining_ends": (
        "กำลังหยุด แสดงเฉพาะเหตุผลที่หาได้แล้ว กด Ctrl-C อีกครั้งเพื่อเลิกทันที",
        "Stopping: what was found so far is told. Press Ctrl-C again to give up at once.",
    ),
    "sampled": (
        "{out}: สำนักงานตัวอย่าง {name} สหกรณ์และนักส่งเสริมสมมติขึ้น จัดแผนด้วย: patithin plan {out}",
        "{out}: the sample office {name}. Its cooperatives and officers are illustrative. Then: patithin plan {out}",
    ),
    "fill_in": ("{file}: กรอกข้อมูล แล้วสั่ง patithin plan {file}", "{file}: fill it in, then: patithin plan {file}"),
    "problem_made": (
        "{out}: เข้าส่งเสริม {visits} ครั้ง สหกรณ์ {cooperatives} แห่ง ชื่อและสถานที่อยู่ใน {beside}",
        "{out}: visits {visits}, cooperatives {cooperatives}; names and places in {beside}",
    ),
    "other_sources": (
        "แผนนี้ทำด้วยโปรแกรมรุ่นอื่น ({sources}) จึงอาจได้แผนต่างออกไป",
        "Made by other sources ({sources}); these may plan otherwise.",
    ),
    "same_plan": ("ได้แผนเดิมทุกไบต์", "The same plan, byte for byte."),
    "another_plan": (
        "ได้แผนอื่น: ครั้งนี้ {now} บาท ครั้งก่อน {then} บาท",
        "Another plan: {now} baht now, {then} then.",
    ),
    "no_text": (
        "ไม่พบคำว่า “{words}” ในรายงาน {reports} ฉบับ",
        "No text of {reports} reports has “{words}”.",
    ),
    "standing": ("{folder} คือแผนปัจจุบัน (ฉบับที่ {number})", "{folder} is the plan that stands, edition {number}"),
    "nothing_wrong": (
        "{name}: ไม่พบข้อผิดพลาด สหกรณ์ {cooperatives} แห่ง นักส่งเสริม {officers} คน เข้าส่งเสริม {visits} ครั้ง",
        "{name}: nothing is wrong. Cooperatives: {cooperatives}, officers: {officers}, visits: {visits}.",
    ),
    "token_revoked": ("เพิกถอน {id} แล้ว", "{id} is revoked"),
    "revoked_on": ("เพิกถอน {day}", "revoked {day}"),
    "since_day": ("ตั้งแต่ {day}", "since {day}"),
    "tables_new": ("ใหม่: {ids}", "New: {ids}"),
    "tables_gone": ("เลิกแล้ว: {ids}", "No longer wanted: {ids}"),
    "files": ("ไฟล์", "Files"),
    "folder_of": ("{folder} ({number} ไฟล์)", "{folder} ({number} file)|{folder} ({number} files)"),
}


def worded(key: str, lang: str, **fields: object) -> str:
    """The words of ``key`` in ``lang``, "th" or "en", with its fields filled in."""
    one, _, many = WORDS[key][lang == "en"].partition("|")
    return (many if many and str(fields["number"]) != "1" else one).format(**fields)
