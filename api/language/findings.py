"""What is said of replanning, differences and explanations: key -> (Thai, English). Fields in braces are filled in."""

from __future__ import annotations

from typing import Final

#: a sentence for each code of a finding
FINDINGS: Final[dict[str, tuple[str, str]]] = {
    # why a visit moves
    "officer-away": ("{officer} ไม่อยู่ในวันที่ {date}", "{officer} is away on {date}"),
    "companion-away": ("{officer} ซึ่งร่วมเดินทาง ไม่อยู่ในวันที่ {date}", "{officer}, who rides along, is away on {date}"),
    "cooperative-closed": ("{cooperative} ไม่สะดวกในวันที่ {date}", "{cooperative} cannot be visited on {date}"),
    "no-meeting": (
        "คณะกรรมการของ {cooperative} ไม่ประชุมในวันที่ {date}",
        "the board of {cooperative} does not meet on {date}",
    ),
    "fewer-cars": ("รถไม่พอในวันที่ {date}", "there are fewer cars on {date}"),
    "lead-leaves": (
        "{officer} ผู้รับผิดชอบหลักของ {cooperative} ย้ายออก",
        "{officer}, who leads {cooperative}, leaves the office",
    ),
    "gap-to": (
        "ต้องเว้นระยะจาก {other} ของสหกรณ์เดียวกัน",
        "days must lie between it and {other} of the same cooperative",
    ),
    "makes-room": ("หลีกทางให้รายการอื่น หรือทำให้ถูกลง", "it makes room for others, or saves money"),
    "left-out": ("ไม่มีที่ลงภายใต้ข้อกำหนดทั้งหมด", "no place for it was found"),
    # what forbids a day in every plan
    "history": (
        "ก่อนวันที่ {date} แผนนี้คงเดิม",
        "before {date} this plan stays as it is",
    ),
    "pinned-elsewhere": ("ตรึงไว้วันที่ {date}", "it is pinned to {date}"),
    "no-workday": ("ไม่ใช่วันทำการ", "it is no workday"),
    "before-earliest": ("ก่อนวันแรกที่เข้าได้ ({earliest})", "it may not take place before {earliest}"),
    "after-latest": ("หลังวันสุดท้ายที่เข้าได้ ({latest})", "it may not take place after {latest}"),
    "not-its-date": ("ไม่ใช่วันที่กำหนดไว้ ({dates})", "it is for {dates} only"),
    "shut-weekday": ("{cooperative} ไม่เปิดในวันนั้นของสัปดาห์", "{cooperative} is not open on that weekday"),
    "no-hours": (
        "ช่วงเวลาที่เริ่มได้ ({windows}) กับเวลาเปิด ({hours}) ไม่มีที่ว่างพอสำหรับ {minutes} นาที",
        "begun within {windows}, {minutes} minutes do not fit into the open hours {hours}",
    ),
    "no-lead": ("ไม่มีนักส่งเสริมที่รับผิดชอบ {cooperative} ได้", "nobody may lead {cooperative}"),
    "too-few-officers-at-all": (
        "ต้องใช้นักส่งเสริม {crew} คน แต่ {office} ส่งไปได้เพียง {there} คนในวันนั้น",
        "it wants {crew} officers, and {office} can send {there} that day",
    ),
    "all-busy": (
        "นักส่งเสริมของ {office} ทุกคนติดภารกิจบางช่วงของวันนั้น จึงไม่มีเวลาพอ",
        "every officer of {office} is busy for a part of that day that leaves no time for it",
    ),
    "closed": ("{cooperative} ปิดในวันนั้น", "{cooperative} is closed that day"),
    "partner-away": ("{partner} ไม่ว่างในวันนั้น", "{partner} is not free that day"),
    "no-rhythm": ("ไม่อยู่ในจังหวะการเข้าส่งเสริมของ {cooperative}", "no rhythm of {cooperative} has it on that day"),
    "gap-history": (
        "{other} คงเดิมในวันที่ {date} ต้องเรียงตามลำดับ และเว้น {days} วัน",
        "{other} stays on {date}: they come in their order, {days} days apart",
    ),
    "gap-pinned": (
        "{other} ตรึงไว้วันที่ {date} ต้องเรียงตามลำดับ และเว้น {days} วัน",
        "{other} is pinned to {date}: they come in their order, {days} days apart",
    ),
    "no-car-at-all": ("ไม่มีรถออกจาก {office} ในวันนั้น", "{office} has no car that day"),
    "too-heavy": ("เกินพิกัดรถของ {office}", "its load is above what a car of {office} carries"),
    "no-officer-at-all": ("ไม่มีนักส่งเสริมของ {office} อยู่ในวันนั้น", "no officer of {office} is there that day"),
    "no-topic-at-all": (
        "ไม่มีนักส่งเสริมด้าน {topic} อยู่ในวันนั้น",
        "no officer with topic {topic} is there that day",
    ),
    "crew-too-large": (
        "ด้าน {topics} ต้องใช้คนมากกว่า {seats} ที่นั่ง",
        "topics {topics} take more officers than the car's {seats} seats",
    ),
    "too-far": (
        "ขับไป {out} นาที เข้าส่งเสริม {minutes} นาที (เริ่ม {hours}) และกลับ {back} นาที ไม่พอดีกับเวลาทำงานและเวลาพัก",
        "{out} minutes out, a visit of {minutes} minutes begun within {hours} and {back} minutes back "
        "do not fit into the day with its break",
    ),
    # what stands against a day while the rest of the plan stays
    "gap": (
        "{other} อยู่วันที่ {date} ต้องเรียงตามลำดับ และเว้น {days} วัน",
        "{other} is on {date}: they come in their order, {days} days apart",
    ),
    "partner-full": ("{partner} รับงานเต็มแล้วในวันนั้น", "{partner} gives all its visits of that day elsewhere"),
    "no-car": ("รถของวันนั้นออกหมดและไม่มีคันใดรับเพิ่มได้", "every car of that day is out, and no tour can take it in"),
    "no-officer": ("ไม่มีนักส่งเสริมว่างในวันนั้น", "nobody is free that day"),
    "no-topic": ("ไม่มีนักส่งเสริมด้าน {topic} ว่างในวันนั้น", "nobody free that day has topic {topic}"),
    "too-few-officers": (
        "ต้องใช้นักส่งเสริม {crew} คน แต่ว่างเพียง {there} คน",
        "it wants {crew} officers, and only {there} are free that day",
    ),
    "topics-clash": ("คนที่ว่างรวมกันไม่ครบทุกด้านในรถคันเดียว", "those free do not cover its topics in one car"),
    "no-time": ("ไม่พอดีกับเวลาของเที่ยวใดในวันนั้น", "no tour of that day has time for it"),
    # what stands against a visit on a tour with a given crew, car and times
    "pinned-crew": ("{other} ตรึงไว้กับหน่วยเคลื่อนที่เร็ว {officers}", "{other} is pinned to the crew {officers}"),
    "pinned-start": ("{other} ตรึงไว้เวลา {from}", "{other} is pinned to {from}"),
    "outside-hours": ("{other} เริ่มได้เฉพาะ {hours}", "{other} can begin within {hours} only"),
    "other-office": ("{cooperative} เข้าได้จาก {office} เท่านั้น", "{cooperative} is visited from {office} alone"),
    "car-unknown": ("{office} ไม่มีรถ {car}", "{office} has no car {car}"),
    "car-away": ("รถ {car} ไม่อยู่ในวันที่ {date}", "car {car} is away on {date}"),
    "car-taken": ("รถ {car} อยู่ในเที่ยวอื่นในวันที่ {date}", "car {car} is on another tour on {date}"),
    "no-seat": ("หน่วยเคลื่อนที่เร็ว {crew} คนเกินรถที่มี {seats} ที่นั่ง", "a crew of {crew} is too many for {seats} seats"),
    "over-capacity": ("น้ำหนัก {load} เกินพิกัดรถ {capacity}", "a load of {load} is above the car's {capacity}"),
    "officer-elsewhere": ("{officer} สังกัด {office}", "{officer} belongs to {office}"),
    "officer-absent": ("{officer} ไม่อยู่ในวันที่ {date}", "{officer} is away on {date}"),
    "officer-busy": ("{officer} ติดภารกิจ {hours}", "{officer} is busy {hours}"),
    "officer-on-tour": ("{officer} อยู่ในเที่ยวอื่นในวันที่ {date}", "{officer} is on another tour on {date}"),
    "week-full": (
        "{officer} เดินทางครบ {days} วันของสัปดาห์แล้ว",
        "{officer} has had all {days} tours of the week",
    ),
    "lacks-topic": (
        "ไม่มีใครในหน่วยเคลื่อนที่เร็วรู้ด้าน {topic} สำหรับ {other}",
        "nobody of the crew has topic {topic} for {other}",
    ),
    "crew-too-small": ("{other} ต้องใช้นักส่งเสริม {crew} คน", "{other} wants {crew} officers"),
    "officer-barred": ("{officer} ไม่เข้า {cooperative}", "{officer} does not go to {cooperative}"),
    "leaves-early": ("ออกเดินทาง {from} ก่อน {to}", "it leaves at {from}, before {to}"),
    "back-late": ("กลับถึง {from} หลัง {to}", "it is back at {from}, after {to}"),
    "too-long": ("เที่ยวนี้ {minutes} นาที เกิน {most} นาที", "the tour takes {minutes} minutes, over {most}"),
    "too-soon": (
        "ถึง {other} เวลา {from} เร็วกว่าเวลาขับรถ (ถึงได้ {to})",
        "it begins {other} at {from}, and the drive takes until {to}",
    ),
    "back-too-soon": (
        "กลับถึง {from} เร็วกว่าเวลาขับรถ (ถึงได้ {to})",
        "it is back at {from}, and the drive takes until {to}",
    ),
    "not-its-minutes": ("{other} ต้องใช้เวลา {minutes} นาที", "{other} takes {minutes} minutes"),
    "off-grid": ("เวลา {from} ไม่ลงทุก {minutes} นาที", "{from} is not on a whole multiple of {minutes} minutes"),
    "no-slack": (
        "ถึง {other} เวลา {from} และเริ่ม {to} ไม่เผื่อเวลา {minutes} นาที",
        "it reaches {other} at {from} and begins at {to}, with less than {minutes} minutes to spare",
    ),
    "no-break": ("เที่ยว {from} ถึง {to} ไม่มีพักกลางวัน", "the tour from {from} to {to} has no break"),
    "break-misplaced": (
        "พัก {from} ถึง {to} ไม่อยู่ในช่วงพัก หรือไม่มีเวลาว่างพอ",
        "the break from {from} to {to} is not within its hours, or a visit or a drive leaves no time for it",
    ),
    # why a visit stands where it stands
    "stands": ("อยู่ที่นี่", "it stands here"),
    "cheapest-slot": (
        "ถูกที่สุดในบรรดาวันที่เป็นไปได้เมื่อส่วนอื่นของแผนคงเดิม",
        "no other possible day costs less while the rest of the plan stays",
    ),
    "cheaper-elsewhere": (
        "วันที่ {date} จะถูกกว่า {baht} บาทเมื่อส่วนอื่นของแผนคงเดิม",
        "{date} would cost {baht} baht less while the rest of the plan stays",
    ),
    "dearer": ("แพงขึ้น {baht} บาท: {parts}", "{baht} baht more: {parts}"),
    "cheaper": ("ถูกลง {baht} บาท: {parts}", "{baht} baht less: {parts}"),
    "same-cost": ("ราคาเท่ากัน", "it costs the same"),
    "leads": ("{officer} เป็นผู้รับผิดชอบหลัก", "{officer} is its lead"),
    "covers": ("{officer} ให้คำแนะนำด้าน {topics}", "{officer} advises on {topics}"),
    "leads-others": (
        "{officer} เป็นผู้รับผิดชอบหลักของ {others} ในเที่ยวเดียวกัน",
        "{officer} leads {others} on the same tour",
    ),
    "covers-others": (
        "{officer} ให้คำแนะนำด้าน {topics} แก่ {others} ในเที่ยวเดียวกัน",
        "{officer} advises {others} on the same tour on {topics}",
    ),
    "rides-along": ("{officer} ร่วมเดินทาง", "{officer} rides along"),
    "stand-in": (
        "{officer} ซึ่งเป็นผู้รับผิดชอบหลักไม่ได้ไปด้วย: {why}",
        "{officer}, its lead, does not ride along: {why}",
    ),
    "lead-away": ("ไม่อยู่ในวันนั้น", "away that day"),
    "lead-busy": ("อยู่ในเที่ยวอื่นในวันนั้น", "on another tour that day"),
    "lead-engaged": ("ติดภารกิจในช่วงเวลานั้น", "busy at that time of the day"),
    "lead-barred": ("ไปกับเที่ยวนี้ไม่ได้", "cannot ride on this tour"),
    "lead-week-full": ("เดินทางครบจำนวนวันของสัปดาห์แล้ว", "has had all tours of the week"),
    "lead-dearer": ("การไปด้วยแพงกว่า", "riding along would cost more"),
    # verdicts
    "impossible": (
        "เป็นไปไม่ได้ในทุกแผน: ทุกวันมีข้อกำหนดห้าม",
        "Impossible in every plan: on each day a rule forbids it.",
    ),
    "no-slot": (
        "ไม่มีที่ลงเมื่อส่วนอื่นของแผนคงเดิม แต่ยังไม่ได้พิสูจน์ว่าเป็นไปไม่ได้",
        "No place while the rest of the plan stays; that none exists in any plan is not proven.",
    ),
    "slot-dearer": (
        "ลงได้ แต่แพงกว่าการเว้นไว้ {baht} บาท",
        "It has a place, but one that costs {baht} baht more than leaving it out.",
    ),
    "slot-cheaper": (
        "ลงได้และถูกกว่าการเว้นไว้ {baht} บาท: แผนนี้ยังดีขึ้นได้",
        "It has a place that costs {baht} baht less than leaving it out: the plan can be improved.",
    ),
    "not-late": ("อยู่ในกำหนด", "It is on time."),
    "late-in-every-plan": (
        "ล่าช้าในทุกแผน: ทุกวันจนถึงวันครบกำหนดมีข้อกำหนดห้าม",
        "Late in every plan: a rule forbids each day up to its due date.",
    ),
    "late-by-choice": (
        "เร็วกว่านี้ได้เมื่อส่วนอื่นคงเดิม แต่แพงกว่า {baht} บาท",
        "It could be on time while the rest stays, at {baht} baht more.",
    ),
    "late-slot-cheaper": (
        "ทันกำหนดได้และถูกกว่า {baht} บาท: แผนนี้ยังดีขึ้นได้",
        "It could be on time at {baht} baht less: the plan can be improved.",
    ),
    "late-no-slot": (
        "ไม่มีที่ลงก่อนครบกำหนดเมื่อส่วนอื่นคงเดิม แต่ยังไม่ได้พิสูจน์ว่าเป็นไปไม่ได้",
        "No place up to its due date while the rest of the plan stays; that none exists is not proven.",
    ),
    # remedies
    "widen-window": ("ให้เริ่มได้ระหว่าง {from}–{to}", "let it begin between {from} and {to}"),
    "shorten-visit": ("ลดเวลาลงเหลือ {minutes} นาที", "shorten it to {minutes} minutes"),
    "lower-gap": ("ลดระยะห่างของ {cooperative} เหลือ {days} วัน", "let the gap of {cooperative} be {days} days"),
    "later-latest": ("ให้เข้าได้ถึงวันที่ {latest}", "let it take place up to {latest}"),
    "earlier-earliest": ("ให้เข้าได้ตั้งแต่วันที่ {earliest}", "let it take place from {earliest} on"),
    "open-day": ("ให้ {cooperative} รับการเข้าส่งเสริมวันที่ {date}", "let {cooperative} be visited on {date}"),
    "partner-more": ("ให้ {partner} เข้าร่วมวันที่ {date}", "let {partner} join one more visit on {date}"),
    "one-more-car": ("เพิ่มรถหนึ่งคันในวันที่ {date}", "one more car on {date}"),
    "fewer-officers": ("ให้ไปเพียง {number} คน", "let {number} officers ride to it"),
    "one-more-officer": (
        "เพิ่มนักส่งเสริมด้าน {topics} หนึ่งคนในสัปดาห์ {week}",
        "one more officer with topics {topics} in week {week}",
    ),
    "longer-day": ("ให้วันทำงานสิ้นสุด {to}", "let the day end at {to}"),
    "take-slot": (
        "วางไว้วันที่ {date} ได้โดยไม่ต้องเปลี่ยนข้อกำหนดใด",
        "take the place on {date}; no rule need change",
    ),
}

#: everything else
WORDS: Final[dict[str, tuple[str, str]]] = {
    "least-disruption": ("กระทบน้อยที่สุด", "Least disruption"),
    "balanced": ("สมดุล", "Balanced"),
    "cheapest": ("ประหยัดที่สุด", "Cheapest"),
    "proposal": ("ข้อเสนอ", "Proposal"),
    "moved": ("ย้าย", "Moved"),
    "soon": ("กระชั้น", "At short notice"),
    "new_leads": ("ผู้รับผิดชอบใหม่", "New leads"),
    "left_out": ("จัดไม่ได้", "Left out"),
    "running": ("จ่ายจริงและถ่วงน้ำหนัก ไม่นับการย้าย", "Paid and weighed, moves apart"),
    "total": ("จ่ายจริงและถ่วงน้ำหนักรวมกัน", "Paid and weighed together"),
    "paid": ("จ่ายจริง (บาท)", "Paid (baht)"),
    "weighed_else": ("ถ่วงน้ำหนัก ไม่นับการย้าย (บาท)", "Weighed, moves apart (baht)"),
    "moving": ("น้ำหนักการย้าย (บาท)", "Moves, weighed (baht)"),
    "count_as_moves": ("นับเป็นการย้าย {number}", "{number} count as moves"),
    "weighed": ("ถ่วงน้ำหนัก (บาท)", "Weighed (baht)"),
    "fewest_proven": (
        "พิสูจน์แล้ว: ย้ายน้อยกว่า {least} รายการไม่ได้ และไม่มีรายการใดที่จัดได้ถูกทิ้งไว้",
        "Proven: {least} is the fewest moves there can be, and nothing that can be planned is left out.",
    ),
    "none_proven": (
        "พิสูจน์แล้ว: ไม่ต้องย้ายรายการใด และไม่มีรายการใดที่จัดได้ถูกทิ้งไว้",
        "Proven: no visit need move, and nothing that can be planned is left out.",
    ),
    "fewest_unproven": (
        "พิสูจน์ได้เพียงว่าทุกแผนต้องย้ายอย่างน้อย {least} รายการ",
        "Proven is only that every plan moves at least {least} visits.",
    ),
    "fewest_unknown": (
        "ยังไม่ได้พิสูจน์ว่าย้ายน้อยกว่านี้ไม่ได้",
        "That no plan moves fewer is not proven.",
    ),
    "placed_anew": ("จัดให้ใหม่ ไม่นับเป็นการย้าย", "it has a place now; counts as no move"),
    "moves_of": ("รายการที่ย้าย: {proposal}", "Moves: {proposal}"),
    "no_moves": ("ไม่ต้องย้ายรายการใด", "No visit moves."),
    "same_moves": ("เหมือนข้อเสนอ: {proposal}", "The same as: {proposal}."),
    "no_move": ("ไม่นับเป็นการย้าย", "counts as no move"),
    "ready": (
        "ข้อเสนอกระทบน้อยที่สุดพร้อมแล้ว: ย้าย {moved} รายการ กำลังหาข้อเสนออื่น",
        "Least disruption is ready: it moves {moved} visits. Looking for the others.",
    ),
    "unbound": (
        "{cooperative}: เข้าตามจังหวะเดิมไม่ได้แล้ว จึงเว้นเพียงระยะห่าง",
        "{cooperative}: its rhythm cannot be kept any more; only its gaps are.",
    ),
    "visit": ("รายการ", "Visit"),
    "from": ("จาก", "From"),
    "to": ("เป็น", "To"),
    "why": ("เหตุผล", "Why"),
    "told_of": ("ผู้ที่ต้องแจ้งทั้งหมด: {proposal}", "All who are told: {proposal}"),
    "told": ("ผู้ที่ต้องแจ้ง", "Who is told"),
    "baht": ("บาท", "Baht"),
    "price": ("ราคา", "Price"),
    "frontier": ("ย้ายได้ไม่เกิน k รายการ", "At most k moved visits"),
    "frontier_note": (
        "ย้ายน้อยกว่า {least} รายการเป็นไปไม่ได้ ระหว่างจุดไม่พบแผนที่ถูกกว่า",
        "Fewer than {least} moves are impossible; between the points no cheaper plan was found.",
    ),
    "versus": ("{before} → {after}", "{before} → {after}"),
    "differences": ("ความแตกต่างของสองแผน", "Two plans side by side"),
    "nothing": ("สองแผนนี้เหมือนกัน", "The two plans are the same."),
    "unchanged": ("{number} รายการคงเดิม", "{number} visits stay as they are"),
    "late_by": ("ล่าช้า {days} วันทำการ", "{days} workdays late"),
    "late_by_one": ("ล่าช้า 1 วันทำการ", "1 workday late"),
    "nothing_to_explain": ("จัดได้ครบและทันกำหนดทุกรายการ", "Every visit has its place, and none is late."),
    "before": ("เดิม", "Before"),
    "after": ("ใหม่", "After"),
    "change": ("เปลี่ยน", "Change"),
    "kind": ("สิ่งที่เปลี่ยน", "What changes"),
    "kind_moved-day": ("ย้ายวัน", "moved to another day"),
    "kind_moved-time": ("ย้ายเวลา", "moved to another hour"),
    "kind_new-lead": ("ผู้รับผิดชอบหลักใหม่", "new lead"),
    "kind_new-crew": ("หน่วยเคลื่อนที่เร็วใหม่", "new crew"),
    "kind_unplanned": ("จัดไม่ได้แล้ว", "left out"),
    "kind_planned": ("จัดได้แล้ว", "planned"),
    "kind_added": ("รายการใหม่", "new visit"),
    "kind_dropped": ("ยกเลิกรายการ", "no longer wanted"),
    "nowhere": ("—", "—"),
    "reckoned_anew": (
        "ค่าใช้จ่ายเดิมคิดตามข้อมูลที่เปลี่ยนแล้ว เพื่อให้เทียบกับแผนใหม่ได้ ตามข้อมูลของแผนเดิมเองคือ {baht} บาท",
        "The cost before is reckoned by the changed data, so that the two compare; by its own it was {baht} baht.",
    ),
    "cost_by_part": ("ค่าใช้จ่ายแต่ละรายการ", "Cost by part"),
    "verdict": ("ข้อสรุป", "Verdict"),
    "days": ("รายวัน", "Day by day"),
    "crew": ("หน่วยเคลื่อนที่เร็ว", "Crew"),
    "remedies": (
        "การเปลี่ยนแปลงที่เล็กที่สุดที่แก้ได้ (ลองจัดใหม่แล้วทุกข้อ)",
        "Smallest changes that mend it, each proven by solving again",
    ),
    "tried": ("ลองสมมติ: {what}", "What if: {what}"),
    "no_remedy": ("ยังไม่พบการเปลี่ยนแปลงเล็ก ๆ ที่แก้ได้", "No small change that mends it was found."),
    "remedy_cost": ("{baht} บาทเทียบกับแผนนี้", "{baht} baht against this plan"),
    "by_slot": ("ส่วนอื่นของแผนคงเดิม", "the rest of the plan stays"),
    "by_solving": ("จัดใหม่ทั้งแผน", "the whole plan solved again"),
    "slots": ("วันที่เป็นไปได้เมื่อส่วนอื่นของแผนคงเดิม", "Possible days while the rest of the plan stays"),
    "draft_sound": ("ร่างนี้ครบทุกข้อกำหนด", "The draft keeps every rule."),
    "draft_broken": (
        "ร่างนี้ผิดข้อกำหนด {number} ข้อ จึงยังประกาศไม่ได้",
        "Rules broken by the draft, so that it cannot be published: {number}",
    ),
    "draft_pins": ("ตรึงไว้: {visits}", "Pinned: {visits}"),
    "joins": ("ร่วมเที่ยว {tour}", "joins tour {tour}"),
    "own_tour": ("เที่ยวใหม่", "a tour of its own"),
}
