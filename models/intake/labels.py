"""What tables, columns and settings are for, in English and Thai: notes in the empty workbook, and in the docs."""

from __future__ import annotations

TABLES: dict[str, tuple[str, str]] = {
    "depots": ("Offices that tours leave from.", "สำนักงานที่ออกเดินทาง"),
    "topics": ("Fields of advice; officers and issues name them by id.", "ด้านที่ให้คำแนะนำ เจ้าหน้าที่และประเด็นอ้างด้วยรหัส"),
    "cooperatives": ("Cooperatives and farmer groups to visit.", "สหกรณ์และกลุ่มเกษตรกรที่ต้องเข้าส่งเสริม"),
    "officers": ("Promotion officers.", "นักส่งเสริมสหกรณ์"),
    "issues": ("Open needs and defects; visits are made of them.", "ประเด็นที่ต้องส่งเสริมหรือแก้ไข ใช้จัดการเข้าส่งเสริม"),
    "absences": ("Days on which officers are away.", "ช่วงวันที่เจ้าหน้าที่ไม่อยู่"),
    "partners": ("Agencies that join visits, with the days they can.", "หน่วยงานที่ร่วมเข้าส่งเสริม และวันที่ร่วมได้"),
    "cars": (
        "Cars by name, where they are unlike: then the offices state neither cars nor seats.",
        "รถแต่ละคัน ใช้เมื่อรถไม่เหมือนกัน แล้วเว้นจำนวนรถและที่นั่งในแผ่นสำนักงาน",
    ),
    "cars_on": (
        "Days on which another number of cars can leave, where cars are alike.",
        "ช่วงวันที่จำนวนรถต่างจากปกติ ใช้เมื่อรถเหมือนกัน",
    ),
    "speeds": ("Speeds by distance, for estimated driving times.", "ความเร็วตามระยะทาง ใช้ประมาณเวลาเดินทาง"),
    "aspects": (
        "What reports judge; without any: accounts, debt, control, governance, participation and business.",
        "ด้านที่รายงานประเมิน เว้นว่าง: บัญชี หนี้สิน ควบคุมภายใน ธรรมาภิบาล การมีส่วนร่วม ธุรกิจ",
    ),
    "ledger": (
        "What officers bring along from earlier quarters; the command next writes it.",
        "ยอดสะสมของเจ้าหน้าที่จากไตรมาสก่อน คำสั่ง next เขียนให้",
    ),
    "travel_minutes": (
        "Your own driving minutes: ids in the first column (from) and in the headings (to).",
        "เวลาเดินทางของสำนักงานเอง (นาที) รหัสต้นทางอยู่คอลัมน์แรก ปลายทางอยู่หัวตาราง",
    ),
    "travel_km": (
        "Your own driving kilometres, laid out like travel_minutes.",
        "ระยะทางของสำนักงานเอง (กม.) รูปแบบเดียวกับเวลาเดินทาง",
    ),
}

#: by ``table.column``, or by the column alone where it means the same in every table
COLUMNS: dict[str, tuple[str, str]] = {
    "id": ("A short code of its own.", "รหัสสั้น ไม่ซ้ำกัน"),
    "name_th": ("Name in Thai.", "ชื่อภาษาไทย"),
    "name_en": ("Name in English; empty: the Thai name.", "ชื่อภาษาอังกฤษ เว้นว่างได้"),
    "lat": (
        "Degrees north, such as 16.4424; empty together with lon: the centre of the sub-district.",
        "องศาเหนือ เช่น 16.4424 เว้นว่างทั้งคู่: ใช้จุดกลางตำบล",
    ),
    "lon": (
        "Degrees east, such as 102.8360; empty together with lat: the centre of the sub-district.",
        "องศาตะวันออก เช่น 102.8360 เว้นว่างทั้งคู่: ใช้จุดกลางตำบล",
    ),
    "district_th": ("District in Thai.", "ชื่ออำเภอ"),
    "subdistrict_th": ("Sub-district in Thai.", "ชื่อตำบล"),
    "subdistrict_en": ("Sub-district in English.", "ชื่อตำบลภาษาอังกฤษ"),
    "province_th": (
        "Province, where sub-district and district leave it open; empty: that of the office.",
        "จังหวัด ใส่เมื่อชื่อตำบลและอำเภอซ้ำ เว้นว่าง: จังหวัดของสำนักงาน",
    ),
    "depot": ("Id of an office; needed where there are several.", "รหัสสำนักงาน ใส่เมื่อมีหลายแห่ง"),
    "from": ("First day.", "วันแรก"),
    "to": ("Last day, included; empty: one day.", "วันสุดท้าย (นับรวม) เว้นว่าง: วันเดียว"),
    "note": ("For yourself; it is not read.", "บันทึกช่วยจำ โปรแกรมไม่อ่าน"),
    "depots.cars": (
        "Cars that can leave on a day; empty where the table cars has them by name.",
        "รถที่ใช้ได้ต่อวัน เว้นว่างเมื่อมีแผ่นรถ",
    ),
    "depots.seats": (
        "Officers in one car; empty where the table cars has them by name.",
        "เจ้าหน้าที่ต่อรถหนึ่งคัน เว้นว่างเมื่อมีแผ่นรถ",
    ),
    "cooperatives.kind": ("Kind of cooperative.", "ประเภทสหกรณ์"),
    "cooperatives.district_en": ("District in English; empty: by its Thai name.", "ชื่ออำเภอภาษาอังกฤษ เว้นว่างได้"),
    "cooperatives.standard": (
        "Standard reached; it sets how often one visits.",
        "ระดับมาตรฐาน ใช้กำหนดจำนวนครั้งที่เข้าส่งเสริม",
    ),
    "cooperatives.open": (
        "Hours for visits: 08:30-12:00, 13:00-16:30; or by weekday: Mon-Wed 09:00-12:00; Fri 13:00-16:00. "
        "Empty: all day.",
        "เวลาที่เข้าพบได้ เช่น 08:30-12:00, 13:00-16:30 หรือ จันทร์-พุธ 09:00-12:00; ศุกร์ 13:00-16:00 เว้นว่าง: ทั้งวัน",
    ),
    "cooperatives.closed": (
        "Days without visits: 2012-08-15; 2012-09-03..2012-09-05.",
        "วันที่เข้าพบไม่ได้ เช่น 15/08/2555; 03/09/2555..05/09/2555",
    ),
    "cooperatives.board_meeting": (
        "Monthly rule: third Thursday, 10:00; last Friday, 13:30; day 15, 10:00. No time: any of that day.",
        "กำหนดประชุมประจำเดือน เช่น พฤ.ที่ 3 เวลา 10.00 น. หรือ วันที่ 15 เวลา 10.00 น. ไม่ระบุเวลา: เวลาใดก็ได้ในวันนั้น",
    ),
    "cooperatives.longest_visit": (
        "Longest bearable visit in minutes; empty: as the policy says.",
        "เข้าพบได้นานสุดกี่นาที เว้นว่าง: ตามค่ากลาง",
    ),
    "officers": ("Officers at least on each visit; empty: one.", "เจ้าหน้าที่อย่างน้อยกี่คนต่อครั้ง เว้นว่าง: หนึ่งคน"),
    "cooperatives.never": (
        "Officers who never go there: ids or names, parted by semicolons.",
        "เจ้าหน้าที่ที่ไม่ไปสหกรณ์นี้ ใส่รหัสหรือชื่อ คั่นด้วย ;",
    ),
    "cooperatives.depot": (
        "Id of the office that visits it; empty: whichever office suits.",
        "รหัสสำนักงานที่เข้าส่งเสริม เว้นว่าง: แห่งใดก็ได้",
    ),
    "cooperatives.lead": ("Id of the officer who must answer for it.", "รหัสผู้รับผิดชอบที่กำหนดตายตัว"),
    "cooperatives.current_lead": ("Id of the officer who answers for it now.", "รหัสผู้รับผิดชอบปัจจุบัน"),
    "cooperatives.last_visit": (
        "Day of its last visit; the first one in the horizon keeps the gap to it.",
        "วันที่เข้าพบครั้งก่อน ครั้งแรกของช่วงแผนเว้นระยะจากวันนี้",
    ),
    "cooperatives.owed_visits": (
        "Visits left out before; so many of its first visits come with priority policy.owed_priority.",
        "จำนวนครั้งที่ค้างเข้าพบ การเข้าพบแรก ๆ เท่าจำนวนนี้มีความสำคัญตาม policy.owed_priority",
    ),
    "officers.topics": ("Ids or names of topics: accounts; debt.", "รหัสหรือชื่อด้านที่แนะนำได้ เช่น บัญชี; หนี้"),
    "officers.position_th": ("Position, as it stands on travel requests.", "ตำแหน่ง ใช้ในใบขออนุมัติเดินทางไปราชการ"),
    "officers.position_en": ("Position in English.", "ตำแหน่ง ภาษาอังกฤษ"),
    "officers.max_days_per_week": (
        "Most days on tour in a week; empty: as the settings say.",
        "ออกพื้นที่ได้มากสุดกี่วันต่อสัปดาห์ เว้นว่าง: ตามค่ากลาง",
    ),
    "officers.fair_hours": (
        "Hours on tour that are a fair share; empty: as the settings say, else an equal share.",
        "เกณฑ์ชั่วโมงออกพื้นที่ เว้นว่าง: ตามค่ากลาง หรือเฉลี่ยเท่ากัน",
    ),
    "issues.cooperative": ("Id or name of the cooperative.", "รหัสหรือชื่อสหกรณ์"),
    "issues.topic": ("Id or name of the topic.", "รหัสหรือชื่อด้าน"),
    "issues.severity": ("1 (slight) to 5 (grave).", "1 (น้อย) ถึง 5 (รุนแรง)"),
    "issues.sessions": ("Sessions of advice it needs.", "ต้องแนะนำกี่ครั้ง"),
    "issues.audience": ("Who is advised: board, management or members.", "ผู้รับคำแนะนำ: คณะกรรมการ ฝ่ายจัดการ หรือสมาชิก"),
    "issues.due": ("Day by which it should be settled; empty: none.", "วันที่ควรแล้วเสร็จ เว้นว่าง: ไม่กำหนด"),
    "issues.content_ready": (
        "First day on which the material is ready; empty: at once.",
        "วันที่เนื้อหาพร้อมใช้ เว้นว่าง: พร้อมแล้ว",
    ),
    "issues.readiness": (
        "How far its content is: draft, agreed with management, board, members, ready; empty: not followed.",
        "เนื้อหาถึงขั้นใด: ร่าง ฝ่ายจัดการ คณะกรรมการ สมาชิก พร้อม เว้นว่าง: ไม่ติดตาม",
    ),
    "issues.partner": ("Id of the agency that must join; empty: none.", "รหัสหน่วยงานที่ต้องร่วม เว้นว่าง: ไม่มี"),
    "issues.title_th": ("What it is about, in Thai.", "เรื่อง"),
    "issues.title_en": ("What it is about, in English.", "เรื่อง ภาษาอังกฤษ"),
    "absences.officer": ("Id or name of the officer.", "รหัสหรือชื่อเจ้าหน้าที่"),
    "absences.hours": (
        "Part of each day: 09:00-12:00, morning or afternoon; empty: whole days.",
        "ช่วงเวลาของวัน เช่น 09:00-12:00 ครึ่งวันเช้า ครึ่งวันบ่าย เว้นว่าง: ทั้งวัน",
    ),
    "absences.reason": ("Leave, training, duty at the office or other.", "ลา อบรม เวรประจำสำนักงาน หรืออื่น ๆ"),
    "partners.weekdays": ("Weekdays it can join: Tuesday; Thursday.", "วันในสัปดาห์ที่ร่วมได้ เช่น อังคาร; พฤหัสบดี"),
    "partners.per_day": ("Visits it can join on one day.", "ร่วมได้กี่ครั้งต่อวัน"),
    "partners.also_on": ("Further days it can join.", "วันอื่นที่ร่วมได้"),
    "partners.not_on": ("Days it cannot join.", "วันที่ร่วมไม่ได้"),
    "cars.name_th": ("Name in Thai; empty: the id.", "ชื่อรถ เว้นว่าง: ใช้รหัส"),
    "cars.name_en": ("Name in English; empty: the Thai name.", "ชื่อภาษาอังกฤษ เว้นว่างได้"),
    "cars.plate": ("Number plate.", "ทะเบียนรถ"),
    "cars.driver": ("Driver; empty or ขับเอง: an officer drives.", "พนักงานขับรถ เว้นว่าง หรือ ขับเอง: เจ้าหน้าที่ขับเอง"),
    "cars.seats": ("Officers that ride in it.", "เจ้าหน้าที่ที่นั่งไปได้"),
    "cars.km": (
        "Baht for a kilometre in this car; empty: as the settings say.",
        "บาทต่อกิโลเมตรของรถคันนี้ เว้นว่าง: ตามค่ากลาง",
    ),
    "cars.repair": ("Days it is away: 2012-08-20..2012-08-24.", "วันที่ใช้ไม่ได้ เช่น 20/08/2555..24/08/2555"),
    "cars_on.cars": ("Cars that can leave on each of these days.", "รถที่ใช้ได้ในช่วงนั้น"),
    "speeds.up_to_km": (
        "Where the band ends, counted from the start of the drive; empty: at its end.",
        "สิ้นสุดช่วงที่กิโลเมตรใด เว้นว่าง: จนจบ",
    ),
    "speeds.km_per_hour": ("Speed in this band.", "ความเร็วในช่วงนี้"),
    "ledger.officer": ("Id of the officer.", "รหัสเจ้าหน้าที่"),
    "ledger.hours": (
        "Hours on tour above the fair share so far; below it: negative.",
        "ชั่วโมงเกินเกณฑ์สะสม ต่ำกว่าเกณฑ์ใส่ค่าลบ",
    ),
    "ledger.stand_ins": ("Visits made for other leads so far.", "เข้าพบแทนผู้อื่นสะสมกี่ครั้ง"),
    "ledger.leads_taken": ("Cooperatives taken over from others so far.", "รับช่วงสหกรณ์จากผู้อื่นสะสมกี่แห่ง"),
    "ledger.duty": ("Days on duty at the office so far.", "วันเวรประจำสำนักงานสะสม"),
}

#: by dotted key
SETTINGS: dict[str, tuple[str, str]] = {
    "office.name_th": ("Name of the office in Thai.", "ชื่อสำนักงานภาษาไทย"),
    "office.name_en": ("Name of the office in English; empty: the Thai name.", "ชื่อสำนักงานภาษาอังกฤษ เว้นว่างได้"),
    "office.illustrative": ("true where cooperatives and officers are made up.", "true เมื่อสหกรณ์และเจ้าหน้าที่เป็นข้อมูลสมมติ"),
    "horizon.first": ("First day of the plan.", "วันแรกของปฏิทิน"),
    "horizon.last": ("Last day of the plan, included.", "วันสุดท้ายของปฏิทิน (นับรวม)"),
    "horizon.extra_holidays": ("Days closed although no government holiday.", "วันหยุดเพิ่มของสำนักงาน"),
    "horizon.extra_workdays": ("Days worked although weekend or holiday.", "วันหยุดที่มาทำงาน"),
    "day.start": ("Tours leave from this time on.", "เวลาออกเดินทางเร็วสุด"),
    "day.end": ("Tours are back by this time.", "เวลากลับถึงช้าสุด"),
    "day.max_minutes": ("Longest tour in minutes; empty: the day.", "ออกพื้นที่นานสุดกี่นาที เว้นว่าง: ทั้งวัน"),
    "day.break_minutes": ("Lunch break in minutes; empty or 0: none.", "พักกลางวันกี่นาที เว้นว่างหรือ 0: ไม่มี"),
    "day.break_earliest": ("Earliest start of the lunch break.", "เริ่มพักเร็วสุด"),
    "day.break_latest": ("Latest start of the lunch break.", "เริ่มพักช้าสุด"),
    "day.step_minutes": (
        "Departures and starts of visits are multiples of so many minutes; empty or 0: any.",
        "เวลาออกเดินทางและเริ่มเข้าพบลงตัวทุกกี่นาที เว้นว่างหรือ 0: เวลาใดก็ได้",
    ),
    "day.slack_minutes": (
        "Minutes at least between arriving and the start of a visit.",
        "ถึงก่อนเริ่มเข้าพบอย่างน้อยกี่นาที",
    ),
    "day.cooperatives_lunch": (
        "Lunch of the cooperatives that say nothing else: nobody is visited then, 12:00-13:00.",
        "เวลาพักเที่ยงของสหกรณ์ที่ไม่ได้ระบุไว้ เช่น 12:00-13:00 ไม่เข้าพบในเวลานั้น",
    ),
    "prices.km": ("Baht for a kilometre.", "บาทต่อกิโลเมตร"),
    "prices.officer_day": (
        "Baht for an officer's day on tour; or by its hours: 0: 0; 6: 120; 12: 240.",
        "บาทต่อคนต่อวันที่ออกพื้นที่ หรือตามชั่วโมง เช่น 0: 0; 6: 120; 12: 240",
    ),
    "prices.car_day": ("Baht for a car's day.", "บาทต่อคันต่อวัน"),
    "prices.late_day": ("Baht for a workday after the due date, times priority.", "บาทต่อวันทำการที่ล่าช้า คูณลำดับความสำคัญ"),
    "prices.unplanned": ("Baht for a visit left out, times priority.", "บาทต่อครั้งที่จัดไม่ได้ คูณลำดับความสำคัญ"),
    "prices.stand_in": ("Baht for a visit without its lead.", "บาทต่อครั้งที่ผู้รับผิดชอบหลักไม่ได้ไป"),
    "prices.overload_hour": ("Baht for an hour on tour above the fair share.", "บาทต่อชั่วโมงที่เกินเกณฑ์"),
    "prices.lead_change": ("Baht for a cooperative that gets a new lead.", "บาทต่อสหกรณ์ที่เปลี่ยนผู้รับผิดชอบ"),
    "prices.moved": ("Baht for a published visit that moves.", "บาทต่อครั้งที่เลื่อนจากแผนที่ประกาศ"),
    "prices.crew_change": (
        "Baht for a published visit that stays, with other officers beside the lead.",
        "บาทต่อครั้งที่เปลี่ยนผู้ร่วมเดินทางโดยไม่เลื่อนนัด",
    ),
    "prices.moved_soon": ("The same at short notice; empty: as moved.", "เมื่อเลื่อนกระชั้นชิด เว้นว่าง: เท่าปกติ"),
    "officers.max_days_per_week": (
        "Most days on tour in a week, where an officer's row leaves it open.",
        "ออกพื้นที่มากสุดกี่วันต่อสัปดาห์ (ค่ากลาง)",
    ),
    "officers.fair_hours": (
        "Hours on tour that are a fair share, where an officer's row leaves it open; empty: an equal share.",
        "เกณฑ์ชั่วโมงออกพื้นที่ (ค่ากลาง) เว้นว่าง: เฉลี่ยเท่ากัน",
    ),
    "officers.meeting": (
        "When all officers meet at the office each week: Monday 08:30-10:00.",
        "ประชุมสำนักงานประจำสัปดาห์ เช่น จันทร์ 08:30-10:00",
    ),
    "policy.visits_excellent": (
        "Visits at least in the horizon, standard excellent.",
        "เข้าส่งเสริมอย่างน้อยกี่ครั้งในช่วงแผน: ดีเลิศ",
    ),
    "policy.visits_very_good": (
        "Visits at least in the horizon, standard very good.",
        "เข้าส่งเสริมอย่างน้อยกี่ครั้งในช่วงแผน: ดีมาก",
    ),
    "policy.visits_good": ("Visits at least in the horizon, standard good.", "เข้าส่งเสริมอย่างน้อยกี่ครั้งในช่วงแผน: ดี"),
    "policy.visits_below": (
        "Visits at least in the horizon, below standard.",
        "เข้าส่งเสริมอย่างน้อยกี่ครั้งในช่วงแผน: ต่ำกว่ามาตรฐาน",
    ),
    "policy.opening_minutes": ("Minutes of a visit besides its sessions.", "นาทีของการเข้าพบ นอกจากการแนะนำ"),
    "policy.session_minutes": ("Minutes of one session.", "นาทีต่อการแนะนำหนึ่งครั้ง"),
    "policy.longest_visit": ("Longest visit in minutes.", "เข้าพบนานสุดกี่นาที"),
    "policy.routine_minutes": ("Minutes of a visit without sessions.", "นาทีของการเข้าส่งเสริมตามรอบ"),
    "policy.together": ("Most sessions of one issue on one visit.", "ประเด็นเดียวแนะนำได้กี่ครั้งในการเข้าพบหนึ่งครั้ง"),
    "policy.topics": ("Most topics on one visit.", "จำนวนด้านมากสุดต่อการเข้าพบ"),
    "policy.gap_days": ("Calendar days between visits of one cooperative.", "เว้นกี่วันระหว่างการเข้าพบสหกรณ์เดียวกัน"),
    "policy.slack_days": ("Workdays from the due date to the latest date.", "วันทำการจากกำหนดถึงวันช้าสุด"),
    "policy.board_minutes": (
        "A board visit starts within so many minutes of the meeting's beginning.",
        "ถึงที่ประชุมคณะกรรมการช้าได้กี่นาที",
    ),
    "policy.owed_priority": (
        "Priority at least of a visit that is owed from before.",
        "ความสำคัญอย่างน้อยของการเข้าพบที่ค้างอยู่",
    ),
    "travel.detour": ("Factor from straight line to road.", "ตัวคูณจากเส้นตรงเป็นระยะทางถนน"),
    "travel.least_km": ("Least kilometres between two places.", "ระยะทางน้อยสุดระหว่างสองแห่ง"),
    "urgency.very_poor": ("Points for an aspect that is very poor.", "คะแนนต่อด้านที่แย่มาก"),
    "urgency.poor": ("Points for an aspect that is poor.", "คะแนนต่อด้านที่แย่"),
    "urgency.worse": ("Points for each level that an aspect fell.", "คะแนนต่อระดับที่ลดลง"),
    "urgency.issue_worse": ("Points for an open issue that got worse.", "คะแนนต่อประเด็นที่แย่ลง"),
    "urgency.overdue_week": (
        "Points for each week begun after an open issue's due date, times severity.",
        "คะแนนต่อสัปดาห์ที่เลยกำหนด คูณความรุนแรง",
    ),
    "urgency.overdue_most": ("Most points of one overdue issue.", "คะแนนมากสุดของประเด็นที่เลยกำหนดหนึ่งเรื่อง"),
    "urgency.board_absent": (
        "Points for a visit for the board that nobody of the board came to.",
        "คะแนนต่อครั้งที่นัดคณะกรรมการแต่ไม่มีกรรมการมา",
    ),
    "urgency.not_held": ("Points for a visit that was not held.", "คะแนนต่อครั้งที่ไม่ได้เข้าพบ"),
    "urgency.silent_after": ("Calendar days without a visit that nobody minds.", "ไม่ได้เข้าพบกี่วันจึงเริ่มนับคะแนน"),
    "urgency.silent_week": (
        "Points for each full week without a visit after that.",
        "คะแนนต่อสัปดาห์เต็มที่ไม่ได้เข้าพบหลังจากนั้น",
    ),
    "urgency.urgent": ("Points for each urgent matter of the last report.", "คะแนนต่อเรื่องเร่งด่วนในรายงานล่าสุด"),
    "urgency.most": ("The sum is cut here.", "คะแนนรวมไม่เกินค่านี้"),
    "next.repay": ("Share of the hours owed that the next fair share repays.", "สัดส่วนชั่วโมงสะสมที่ชดเชยในไตรมาสถัดไป"),
    "next.worse": ("Severity added to an open issue that got worse.", "ความรุนแรงที่เพิ่มเมื่อประเด็นแย่ลง"),
    "next.overdue": ("Severity added to an open issue that is overdue.", "ความรุนแรงที่เพิ่มเมื่อประเด็นเลยกำหนด"),
    "next.duty_per_day": (
        "Officers on duty at the office each workday; 0: no roster.",
        "เจ้าหน้าที่เวรประจำสำนักงานต่อวัน 0: ไม่จัดเวร",
    ),
    "preparation.first": ("First day of the preparatory visits.", "วันแรกของการเข้าเตรียมเนื้อหา"),
    "preparation.last": ("Last day of them: by then the content is ready.", "วันสุดท้ายของการเตรียมเนื้อหา"),
    "preparation.audiences": (
        "Whom to agree it with, a visit each: management, board, members.",
        "เตรียมกับใคร คนละหนึ่งครั้ง: ฝ่ายจัดการ คณะกรรมการ สมาชิก",
    ),
    "preparation.minutes": ("Minutes of such a visit.", "นาทีของการเข้าเตรียมเนื้อหา"),
    "replanning.notice_days": ("Calendar days within which a move is at short notice.", "เลื่อนภายในกี่วันถือว่ากระชั้นชิด"),
}


def column_note(table: str, column: str) -> tuple[str, str]:
    """What a column is for, in English and Thai."""
    return COLUMNS.get(f"{table}.{column}") or COLUMNS[column]
