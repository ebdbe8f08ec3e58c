"""The help of the command line in Thai, paragraph by paragraph, by its English text.

Thai has no spaces between words, and a terminal breaks lines at spaces: phrases are short, so that none is broken
within a word where the column is narrow. Examples of commands are the same in both languages and are not here.
"""

from __future__ import annotations

import re
from typing import Final

from api.language.moveforms import HELP, HELP_THAI

#: what the library of the command line says by itself
FRAME: Final[dict[str, str]] = {
    "Usage: ": "วิธีใช้: ",
    "Arguments": "สิ่งที่ต้องระบุ",
    "Options": "ตัวเลือก",
    "Commands": "คำสั่ง",
    "[default: {}]": "[ค่าตั้งต้น: {}]",
    "[required]": "[ต้องระบุ]",
    "Show this message and exit.": "แสดงวิธีใช้",
}

#: the words of what is written for an option or an argument: ``OFFICER:FROM..TO``
_FORM: Final = {
    "AFTER": "แผนหลัง", "AGENCY": "หน่วยงาน", "ARGS": "ค่า", "BEFORE": "แผนก่อน", "CAR": "รถ", "COMMAND": "คำสั่ง",
    "COOPERATIVE": "สหกรณ์", "DATE": "วันที่", "DIR": "โฟลเดอร์", "DUE": "ครบกำหนด", "FILE": "ไฟล์",
    "FOLDER": "โฟลเดอร์", "FROM": "ตั้งแต่", "G": "สัดส่วน", "HANDBOOK": "คู่มือการทำงาน", "HOST": "เครื่อง", "ID": "รหัส",
    "INSTEAD-OF": "แทนวันที่", "ISSUE": "ประเด็น", "MINUTES": "นาที", "MOVE": "การย้าย", "N": "จำนวน", "NAME": "ชื่อ",
    "NUMBER": "จำนวน", "OFFICE": "สำนักงาน", "OFFICER": "นักส่งเสริม", "OLD": "วันเดิม", "OPTIONS": "ตัวเลือก",
    "PATH": "ที่เก็บ", "PLAN": "แผน", "PORT": "พอร์ต", "PROBLEM": "โจทย์", "PROPOSAL": "ข้อเสนอ", "ROLE": "บทบาท",
    "SEED": "เลขตั้งต้น", "TO": "ถึง", "TOPIC": "ด้าน", "TOPICS": "ด้าน", "UNTIL": "ถึงวันที่", "VISIT": "การเข้าส่งเสริม",
    "WORDS": "ข้อความ", "WORKBOOK": "สมุดงาน",
}  # fmt: skip


def form(text: str) -> str:
    """What is to be written, with its words in Thai: ``นักส่งเสริม:ตั้งแต่..ถึง`` for ``OFFICER:FROM..TO``.

    Raises:
        KeyError: a word has no Thai.
    """
    return re.sub(r"[A-Z]+(?:-[A-Z]+)*", lambda word: _FORM[word[0]], text)


THAI: Final[dict[str, str]] = {
    # the command itself
    "Plans the visit calendar (ปฏิทิน) of a cooperative promotion office.":
        "ปฏิทิน จัดแผนการเข้าส่งเสริม ของสำนักงานสหกรณ์จังหวัด",
    "Begin with the sample office, or with a workbook of your own:": "เริ่มจากสำนักงานตัวอย่าง หรือสมุดงานของท่านเอง:",
    "Exit codes: 0 done, 1 a plan breaks a rule (check, move, bench) or does not come out again (repeat), 2 bad input, "
    "70 a defect of patithin, 130 interrupted and the best plan so far written.":
        "รหัสจบงาน: 0 เสร็จ, 1 แผนผิดข้อกำหนด (check, move, bench) หรือจัดซ้ำแล้วไม่ได้แผนเดิม (repeat), 2 ข้อมูลผิด, "
        "70 ข้อบกพร่องของ patithin, 130 ถูกสั่งให้หยุด และเขียนแผนที่ดีที่สุดไว้แล้ว",
    "Print the version and stop.": "แสดงรุ่นของโปรแกรม",
    "Language of the help, the summary and the files.": "ภาษาของวิธีใช้ สรุป และไฟล์",
    # options of many commands
    "An office: a folder of tables, or one .xlsx workbook with them.": "สำนักงาน: โฟลเดอร์ของตาราง หรือสมุดงาน .xlsx",
    "Where everything is written.": "โฟลเดอร์ที่เขียนทุกไฟล์",
    "Search at most this long. A longer search finds cheaper plans.": "จัดนานไม่เกินกี่วินาที ยิ่งนาน แผนยิ่งถูกลง",
    "Stop once proven to be this near the optimum: 0.03 is 3 %.":
        "หยุดเมื่อพิสูจน์ได้ว่า ห่างจากแผนที่ดีที่สุด ไม่เกินเท่านี้ 0.03 คือ 3 %",
    "Where the draws of the search begin.": "เลขตั้งต้นของการสุ่ม",
    "Count work in steps instead of seconds: the same seed makes the same plan, byte for byte.":
        "นับงานเป็นขั้น แทนวินาที เลขตั้งต้นเดิม จะได้แผนเดิมทุกไบต์",
    "Parameters of the search; nobody needs them (docs/command-line.md).":
        "ค่าปรับแต่งการค้นหา ปกติไม่ต้องใช้ (docs/command-line.md ภาษาอังกฤษ)",
    "Overwrite what is there.": "เขียนทับสิ่งที่มีอยู่",
    "your terminal's": "ตามเครื่องของท่าน",
    "Its problem.": "ไฟล์โจทย์ของแผน",
    "problem.json beside it": "problem.json ข้างแผน",
    "Names and places.": "ไฟล์ชื่อและสถานที่",
    "office.json beside it, if there": "office.json ข้างแผน ถ้ามี",
    "A plan file or its folder; where none is named, the plan that stands.":
        "ไฟล์แผน หรือโฟลเดอร์ของแผน ถ้าไม่ระบุ ใช้แผนปัจจุบัน",
    "The folder to write to.": "โฟลเดอร์ที่จะเขียน",
    "Ctrl-C ends the search early and still writes the best plan found; exit code 130 says so.":
        "กด Ctrl-C เพื่อจบก่อนเวลา แผนที่ดีที่สุดที่พบ จะถูกเขียนไว้ รหัสจบงานคือ 130",
    # plan, problem, solve
    "Plan an office, and write calendar, feeds, travel requests and the plan itself.":
        "จัดแผนของสำนักงาน แล้วเขียนปฏิทิน นัดหมายสำหรับโทรศัพท์ ใบขออนุมัติเดินทาง และไฟล์แผน",
    "The visits of the horizon, or those on which their content is prepared.":
        "การเข้าส่งเสริม (visits) หรือการเข้าเตรียมเนื้อหา (preparation)",
    "Turn an office's tables into a problem file; names and places go into office.json beside it.":
        "แปลงตารางของสำนักงาน เป็นไฟล์โจทย์ ชื่อและสถานที่ อยู่ใน office.json ข้างกัน",
    "The problem file to write.": "ไฟล์โจทย์ที่จะเขียน",
    "Solve any problem file of the contract, and write its plan.": "จัดแผนจากไฟล์โจทย์ แล้วเขียนไฟล์แผน",
    "A problem file, visit-problem/1.": "ไฟล์โจทย์ (visit-problem/1)",
    "The plan file to write.": "ไฟล์แผนที่จะเขียน",
    # check, check-office
    "Check a plan against its problem: every broken rule, and the cost part by part.":
        "ตรวจแผนกับโจทย์: ทุกข้อกำหนดที่ผิด และค่าใช้จ่าย ทีละรายการ",
    "The referee knows nothing of how the plan was made; any plan of the format can be checked. Exit code 1 when a "
    "rule is broken.":
        "ผู้ตัดสินไม่รู้ว่า แผนจัดขึ้นอย่างไร จึงตรวจแผนใดก็ได้ ที่อยู่ในรูปแบบนี้ เมื่อผิดข้อกำหนด รหัสจบงานคือ 1",
    "A plan file for it, visit-plan/1.": "ไฟล์แผน (visit-plan/1)",
    "Check an office's tables: every fault and every doubt at once, without planning.":
        "ตรวจตารางของสำนักงาน: บอกทุกข้อที่ผิด และทุกข้อที่น่าสงสัย ในคราวเดียว โดยไม่จัดแผน",
    "The copy has a note in each cell at fault and a sheet that lists them all. Exit code 2 when something is wrong.":
        "สำเนามีหมายเหตุ ในทุกช่องที่ผิด และแผ่นงานที่รวมทุกข้อ เมื่อมีข้อผิด รหัสจบงานคือ 2",
    "An office: a folder of tables, or one .xlsx workbook.": "สำนักงาน: โฟลเดอร์ของตาราง หรือสมุดงาน .xlsx",
    "Write a copy of the workbook with each fault as a note.": "เขียนสำเนาของสมุดงาน พร้อมหมายเหตุ ในช่องที่ผิด",
    "Replace the file of --mark where it is there.": "เขียนทับไฟล์ของ --mark ถ้ามีอยู่แล้ว",
    # export, template
    "Write a plan as a workbook, a page, feeds for phones, a table, a map or travel requests.":
        "เขียนแผนเป็นสมุดงาน หน้าเว็บ นัดหมายสำหรับโทรศัพท์ ตาราง แผนที่ หรือใบขออนุมัติเดินทาง",
    "Problem and names are read from problem.json and office.json beside the plan.":
        "อ่านโจทย์และชื่อ จาก problem.json และ office.json ข้างแผน",
    "What to write.": "สิ่งที่จะเขียน",
    "The file to write; for all, and for ics unless it ends in .ics, a folder.":
        "ไฟล์ที่จะเขียน ส่วน all และ ics (ที่ชื่อไม่ลงท้าย .ics) เขียนเป็นโฟลเดอร์",
    "by format: calendar.xlsx, ics, …": "ตามรูปแบบ: calendar.xlsx, ics, …",
    "Write an office's workbook to fill in: empty tables with headings, drop-downs and notes.":
        "เขียนสมุดงานของสำนักงาน ไว้กรอก: ตารางว่าง พร้อมหัวคอลัมน์ รายการเลือก และคำอธิบาย",
    "Fill it in, then: patithin plan office.xlsx": "กรอกแล้วสั่ง: patithin plan office.xlsx",
    "The workbook to write.": "สมุดงานที่จะเขียน",
    # replan, diff, accept
    "Mend a published plan: least disruption, balanced, and cheapest, to choose from.":
        "ปรับแผนที่ประกาศแล้ว มีให้เลือกสามแบบ: กระทบน้อยที่สุด สมดุล และประหยัดที่สุด",
    "What is past stays; what lies before the changes stays this once. A published visit moves only for a reason; each "
    "proposal lists what moves, why, who is told and what it costs. Its folder holds the new plan, a comparison, and "
    "the .ics feeds of those concerned. To act on a proposal: patithin accept replan/balanced. Names may stand for "
    "ids, and beginnings of them.":
        "สิ่งที่ผ่านไปแล้วคงเดิม ส่วนวันก่อนเหตุจะเริ่ม คงเดิมเฉพาะครั้งนี้ การเข้าส่งเสริมที่ประกาศแล้ว ย้ายเมื่อมีเหตุเท่านั้น "
        "แต่ละข้อเสนอบอกว่า อะไรย้าย เพราะเหตุใด ต้องแจ้งใคร และใช้เงินเท่าใด ในโฟลเดอร์มีแผนใหม่ ตารางเปรียบเทียบ "
        "และไฟล์ .ics ของผู้เกี่ยวข้อง รับข้อเสนอด้วย: patithin accept replan/balanced ใช้ชื่อแทนรหัสได้ "
        "หรือใช้คำขึ้นต้นของชื่อ",
    "The office's own tables may have changed as well: a new officer, another board day, new issues. --office FOLDER "
    "takes them, and keeps what stands.":
        "ถ้าตารางของสำนักงานเปลี่ยน เช่น มีนักส่งเสริมใหม่ วันประชุมใหม่ หรือประเด็นใหม่ ให้ระบุ --office โฟลเดอร์ "
        "สิ่งที่จัดไว้แล้วจะคงอยู่",
    "An officer is away.": "นักส่งเสริมไม่อยู่",
    "An officer leaves for good.": "นักส่งเสริมย้ายหรือลาออก",
    "A cooperative cannot be visited.": "สหกรณ์ไม่รับการเข้าส่งเสริม",
    "An office has only N cars.": "สำนักงานเหลือรถ เท่าจำนวนนี้",
    "A car with a name is in repair.": "รถคันหนึ่งใช้ไม่ได้",
    "One more visit; topics as a+b. Also :priority=, :partner=, :subject=":
        "เข้าส่งเสริมเพิ่มอีกครั้ง หลายด้านเขียน a+b เพิ่ม :priority= :partner= :subject= ได้",
    "A board meets on another day.": "คณะกรรมการเปลี่ยนวันประชุม",
    "A board does not meet that day.": "คณะกรรมการงดประชุมวันนั้น",
    "A visit before today was not held.": "การเข้าส่งเสริมที่ผ่านมา ไม่ได้จัด",
    "A visit was held on another day before today.": "การเข้าส่งเสริมที่ผ่านมา จัดในวันอื่น",
    "An issue's content is ready on that day only.": "เนื้อหาของประเด็น พร้อมในวันนั้น",
    "Days before it are past and stay.": "วันก่อนหน้านี้ผ่านไปแล้ว และคงเดิมตลอดไป",
    "as the plan says": "ตามที่แผนบอก",
    "Days before it stay this once.": "วันก่อนหน้านี้คงเดิม เฉพาะการปรับครั้งนี้",
    "today, or the first change": "ค่าของ --today หรือวันแรกที่เปลี่ยน",
    "A visit that must stay.": "การเข้าส่งเสริมที่ต้องคงเดิม",
    "Also the cheapest plans with at most k moved visits.": "แสดงแผนที่ถูกที่สุด เมื่อย้ายไม่เกิน k ครั้งด้วย",
    "A folder for each proposal.": "โฟลเดอร์ของข้อเสนอทั้งหมด",
    "Search at most this long for each proposal.": "จัดแต่ละข้อเสนอ ไม่เกินกี่วินาที",
    "Names and places; or the office's tables as they are now, a folder or a workbook.":
        "ไฟล์ชื่อและสถานที่ หรือตารางของสำนักงาน ที่เป็นปัจจุบัน (โฟลเดอร์หรือสมุดงาน)",
    "Two plans side by side: visits moved, new leads, new crews, left out; the cost by part, by the later's account.":
        "เทียบแผนสองแผน: สิ่งที่ย้าย ผู้รับผิดชอบหลักใหม่ ผู้เดินทางใหม่ สิ่งที่จัดไม่ได้ และค่าใช้จ่ายทีละรายการ "
        "คิดตามบัญชีของแผนหลัง",
    "A plan file, its problem.json beside it.": "ไฟล์แผนก่อน มี problem.json ข้างกัน",
    "Another plan file of the same office.": "ไฟล์แผนหลัง ของสำนักงานเดียวกัน",
    "How to show it.": "รูปแบบที่แสดง",
    "Write it there instead of the terminal.": "เขียนลงไฟล์ แทนหน้าจอ",
    "Make a proposal the plan that stands: every output in a folder of its own, and feeds that go on.":
        "รับข้อเสนอเป็นแผนปัจจุบัน: เขียนทุกไฟล์ ลงโฟลเดอร์ของแผนเอง และนัดหมายในโทรศัพท์ ดำเนินต่อไป",
    "Phones that follow the feeds move what moved and cancel what is gone. The plan of another quarter begins anew: it "
    "cancels nothing. Commands that take a plan take this one from now on where none is named. What stood before stays "
    "as it is in its own folder.":
        "โทรศัพท์ที่ติดตามนัดหมาย จะย้ายสิ่งที่ย้าย และยกเลิกสิ่งที่ไม่มีแล้ว แผนของไตรมาสอื่น เริ่มใหม่ "
        "ไม่ยกเลิกนัดหมายใดของไตรมาสเดิม คำสั่งที่ใช้แผน จะใช้แผนนี้ เมื่อไม่ได้ระบุแผนอื่น "
        "แผนเดิม ยังอยู่ในโฟลเดอร์ของตน",
    "Its folder or its plan file, or a draft.": "โฟลเดอร์หรือไฟล์แผน ของข้อเสนอ หรือร่าง",
    "Its own folder.": "โฟลเดอร์ของแผนใหม่",
    "out-2, out-3, … beside out": "out-2, out-3, … ข้าง out",
    "Also where another plan stands by now, or the folder holds one.":
        "รับไว้ แม้แผนปัจจุบัน เป็นแผนอื่นแล้ว หรือโฟลเดอร์มีแผนอยู่แล้ว",
    # move, explain
    "Move visits by hand, and other people and cars to tours. Writes a draft, which may break rules.":
        "ย้ายการเข้าส่งเสริม คน และรถด้วยตนเอง เขียนเป็นร่าง ซึ่งอาจผิดข้อกำหนด",
    "The draft is judged: each broken rule, its price against the plan, and what stands otherwise. Exit code 1 when a "
    "rule is broken. To act on a draft: patithin accept draft.json.":
        "ร่างจะถูกตรวจ: ข้อกำหนดที่ผิด ราคาเมื่อเทียบกับแผน และสิ่งที่ต่างไป เมื่อผิดข้อกำหนด รหัสจบงานคือ 1 "
        "รับร่างด้วย: patithin accept draft.json",
    HELP: HELP_THAI,
    "The draft to write.": "ร่างที่จะเขียน",
    "Explain visits: why this officer, this day, this crew; why late or left out, and what would mend it.":
        "อธิบายการเข้าส่งเสริม: ทำไมเป็นคนนี้ วันนี้ หน่วยเคลื่อนที่เร็วนี้ ทำไมช้าหรือจัดไม่ได้ และแก้ได้อย่างไร",
    "Prices are differences while the rest of the plan stays. What is called impossible is so in every plan; what was "
    "only not found is said to be that. Each remedy was proven by planning with it applied.":
        "ราคาคือส่วนต่าง เมื่อส่วนอื่นของแผนคงเดิม ที่บอกว่าเป็นไปไม่ได้ เป็นไปไม่ได้ในทุกแผน ที่เพียงแต่หาไม่พบ "
        "ก็บอกว่าหาไม่พบ ทางแก้ทุกทาง ลองจัดแผนดูแล้ว",
    "Visits to explain; all late and missing ones where none is named.":
        "การเข้าส่งเสริมที่จะอธิบาย ถ้าไม่ระบุ คือทุกครั้ง ที่ช้าหรือจัดไม่ได้",
    "Find a suitable day for one more visit.": "หาวันที่เหมาะ สำหรับการเข้าส่งเสริม อีกหนึ่งครั้ง",
    "Write it for programs as well.": "เขียนไฟล์สำหรับโปรแกรมด้วย",
    "Search at most this long for each change that might mend.": "ลองทางแก้แต่ละทาง ไม่เกินกี่วินาที",
    # handbook, evaluate, next, readiness, search
    "Write the handbook of a plan: a workbook with a row ready for each visit, or its sheets to print.":
        "เขียนคู่มือการทำงานของแผน: สมุดงานที่มีแถว สำหรับทุกการเข้าส่งเสริม หรือแผ่นสำหรับพิมพ์",
    "Fill it in, then: patithin evaluate out/plan.json handbook.xlsx. Where no plan is named, it is the one that "
    "stands.":
        "กรอกแล้วสั่ง: patithin evaluate out/plan.json handbook.xlsx ถ้าไม่ระบุแผน คือแผนปัจจุบัน",
    "The file to write: .xlsx, .html to print, or .json.": "ไฟล์ที่จะเขียน: .xlsx, .html สำหรับพิมพ์ หรือ .json",
    "Reports that are there already.": "รายงานที่มีอยู่แล้ว",
    "Print this cooperative's sheet only.": "พิมพ์เฉพาะสหกรณ์นี้",
    "Print this officer's sheet only.": "พิมพ์เฉพาะนักส่งเสริมคนนี้",
    "Make up illustrative reports (docs/handbook.md says how).": "สร้างรายงานสมมติ (ดูวิธีใน docs/handbook-th.md)",
    "Up to when the reports tell.": "รายงานถึงวันใด",
    "the last visit held": "การเข้าส่งเสริมครั้งสุดท้าย",
    "The handbook filled in: the workbook, or a handbook.json.": "คู่มือการทำงานที่กรอกแล้ว: สมุดงาน หรือ handbook.json",
    "Evaluate a plan by its reports: planned against held, issues solved, hours, kilometres, condition, urgency.":
        "ประเมินแผนจากรายงาน: จัดจริงเทียบกับแผน ประเด็นที่แก้แล้ว ชั่วโมง ระยะทาง สภาพสหกรณ์ และความเร่งด่วน",
    "Writes evaluation.html (a summary on one page first), evaluation.xlsx and evaluation.json.":
        "เขียน evaluation.html (เริ่มด้วยสรุปหนึ่งหน้า) evaluation.xlsx และ evaluation.json",
    "An earlier published edition with problem.json beside it; the one first published comes first.":
        "แผนฉบับที่ประกาศก่อน มี problem.json ข้างกัน ระบุฉบับแรกก่อน",
    "The evaluation.json of the quarter before.": "evaluation.json ของไตรมาสก่อน",
    "Make the office's tables for the next quarter out of this one's plan and reports; a workbook stays one.":
        "ทำตารางของไตรมาสถัดไป จากแผนและรายงานของไตรมาสนี้ สมุดงานยังเป็นสมุดงาน",
    "next.html says line by line what changed and why, _changes.csv is for refusing lines. Then: patithin plan next":
        "next.html บอกทีละบรรทัด ว่าอะไรเปลี่ยน เพราะเหตุใด _changes.csv มีไว้ไม่รับบางบรรทัด จากนั้นสั่ง: patithin plan next",
    "This quarter's office.": "สำนักงานของไตรมาสนี้",
    "The first day of the next quarter.": "วันแรกของไตรมาสถัดไป",
    "Its last day.": "วันสุดท้ายของไตรมาสถัดไป",
    "A _changes.csv with no under accept where a line is not to be.":
        "ไฟล์ _changes.csv ที่เขียน ไม่ ในช่อง รับ ของบรรทัดที่ไม่รับ",
    "Say how far the content of each issue is: who is next, what is overdue, what is not ready by its first visit.":
        "บอกว่าเนื้อหาของแต่ละประเด็น พร้อมเพียงใด: ใครทำต่อ อะไรเกินกำหนด อะไรไม่ทันการเข้าส่งเสริมครั้งแรก",
    "When content slips: patithin replan out/plan.json --slips ISSUE:DATE":
        "เมื่อเนื้อหาไม่ทัน: patithin replan out/plan.json --slips ประเด็น:วันที่",
    "Write it as a page, too.": "เขียนเป็นหน้าเว็บด้วย",
    "As of this day.": "ดู ณ วันนี้",
    "before the first tour": "ก่อนเที่ยวแรก",
    "Find words in the reports of the visits; Thai is broken into words first.":
        "ค้นคำในรายงานการเข้าส่งเสริม ภาษาไทยจะตัดคำก่อน",
    'Needs the extra search: pip install "patithin[search]"':
        'ต้องติดตั้งส่วนเสริม search: pip install "patithin[search]"',
    "The handbook filled in, and what is sought, word by word.": "คู่มือการทำงานที่กรอกแล้ว และคำที่ค้น ทีละคำ",
    # bench, repeat, sample, warmup
    "Solve every problem of a folder and tell cost, bound, gaps, times and memory.":
        "จัดแผนของทุกโจทย์ในโฟลเดอร์ แล้วบอกค่าใช้จ่าย ค่าต่ำสุดที่พิสูจน์ได้ ระยะห่าง เวลา และหน่วยความจำ",
    "Each solve has a process of its own. Writes results.md, results.json and results.svg; a column compares with "
    "best_known.csv (columns instance, best_known). Exit code 1 when a plan breaks a rule or a run fails.":
        "แต่ละโจทย์ทำในโปรเซสของตน เขียน results.md, results.json และ results.svg มีคอลัมน์เทียบกับ best_known.csv "
        "(คอลัมน์ instance, best_known) เมื่อแผนผิดข้อกำหนด หรือการจัดล้มเหลว รหัสจบงานคือ 1",
    "Problem files, and best_known.csv where there is one.": "โฟลเดอร์ของไฟล์โจทย์ และ best_known.csv ถ้ามี",
    "Where the results are written.": "โฟลเดอร์ที่เขียนผล",
    "Solve every problem once with each.": "จัดทุกโจทย์ ด้วยเลขตั้งต้นแต่ละตัว",
    "Plan again by a plan's record: the same problem, parameters, seed and limit.":
        "จัดแผนซ้ำตามบันทึกในแผน: โจทย์ ค่าปรับแต่ง เลขตั้งต้น และขีดจำกัดเดิม",
    "A deterministic plan comes out byte for byte (exit code 0) or the command says that it does not (1). One that was "
    "limited by the clock is made as long again; its cost is told beside the former one.":
        "แผนที่จัดแบบ deterministic ได้เหมือนเดิมทุกไบต์ (รหัสจบงาน 0) ถ้าไม่เหมือน คำสั่งจะบอก (1) แผนที่จำกัดด้วยเวลา "
        "จะจัดใหม่นานเท่าเดิม และบอกค่าใช้จ่าย เทียบกับครั้งก่อน",
    "Write the plan that is made now.": "ไฟล์แผนที่จัดครั้งนี้",
    "Write a sample office into a folder. Its places are real, its cooperatives and officers made up.":
        "เขียนสำนักงานตัวอย่าง ลงโฟลเดอร์ สถานที่มีจริง สหกรณ์และนักส่งเสริม สมมติขึ้น",
    "The folder to write; it must not exist yet.": "โฟลเดอร์ที่จะเขียน ต้องยังไม่มี",
    "Which sample office: khonkaen, a folder of tables; kalasin, a workbook.":
        "ตัวอย่างใด: khonkaen เป็นโฟลเดอร์ของตาราง kalasin เป็นสมุดงาน",
    "Compile the search once, so that later starts take a moment.": "เตรียมตัวค้นหาไว้ครั้งเดียว ครั้งต่อไปจะเริ่มได้ทันที",
    "Every command that searches does this by itself before its clock starts. With --shared an administrator does it "
    "for all users of the machine.":
        "ทุกคำสั่งที่จัดแผน ทำสิ่งนี้เอง ก่อนเริ่มนับเวลา ผู้ดูแลระบบใช้ --shared ทำให้ผู้ใช้ทุกคนของเครื่อง",
    "Keep the machine code beside the package, for all users of this machine.": "เก็บไว้ข้างโปรแกรม สำหรับผู้ใช้ทุกคนของเครื่อง",
    # serve, worker, token
    "Serve the planner over HTTP, and run what is asked for.": "เปิดระบบจัดแผนผ่าน HTTP และจัดแผนตามที่ขอ",
    "The first start prints a one-time link for the first planner. Settings are environment variables: "
    "docs/service.md.":
        "ครั้งแรกจะพิมพ์ลิงก์ สำหรับผู้วางแผนคนแรก ใช้ได้ครั้งเดียว การตั้งค่าใช้ตัวแปรสภาพแวดล้อม ดู docs/service.md ภาษาอังกฤษ",
    "A folder or workbook to begin with.": "โฟลเดอร์หรือสมุดงาน ที่จะเริ่ม",
    "The address to listen on.": "ที่อยู่ที่รับการเชื่อมต่อ",
    "The port; 0 takes a free one.": "พอร์ต 0 คือพอร์ตใดก็ได้ ที่ว่าง",
    "Plan OFFICE at once for so long, where it has no plan yet.": "จัดแผนของสำนักงานนี้ทันที นานกี่วินาที ถ้ายังไม่มีแผน",
    "Join a Dask cluster and solve what services send there. Joins again when the scheduler was away.":
        "เข้าร่วมกลุ่มเครื่อง Dask และจัดแผนที่ระบบส่งมา เมื่อตัวจัดงานหายไป จะเข้าร่วมใหม่เอง",
    "The cluster's scheduler; else PATITHIN_SCHEDULER.": "ตัวจัดงานของกลุ่ม ถ้าไม่ระบุ คือ PATITHIN_SCHEDULER",
    "Runs at once; else PATITHIN_WORKERS.": "จัดพร้อมกันกี่งาน ถ้าไม่ระบุ คือ PATITHIN_WORKERS",
    "Who may use the service: make, list and revoke tokens.": "ผู้มีสิทธิ์ใช้ระบบ: ออก แสดง และเพิกถอนโทเคน",
    "Make a token and show it, this once.": "ออกโทเคน และแสดงให้เห็นครั้งเดียว",
    "Whose token it is, for the list.": "โทเคนของใคร แสดงในรายการ",
    "planner, head, officer or viewer.":
        "planner ผู้วางแผน, head หัวหน้าสำนักงาน, officer นักส่งเสริม หรือ viewer ผู้ดู",
    "The officer's id, for the role officer.": "รหัสนักส่งเสริม สำหรับบทบาท officer",
    "List all tokens; what is kept of them does not let anybody in.": "แสดงโทเคนทั้งหมด สิ่งที่เก็บไว้ ใช้เข้าระบบไม่ได้",
    "Let a token in no more; a running service knows it within a second.":
        "เพิกถอนโทเคน ระบบที่เปิดอยู่ รู้ภายในหนึ่งวินาที",
    "The id that `patithin token list` shows.": "รหัสที่ patithin token list แสดง",
}  # fmt: skip
