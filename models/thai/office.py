"""Sentences about an office's tables and settings in Thai, by their English template; names in braces are alike."""

from __future__ import annotations

OFFICE: dict[str, str] = {
    # tables that are not there
    "There is no table {table}, and {where} names {value}.": "ไม่มีตาราง {table} แต่ {where} ระบุ {value} ไว้",
    "There is no row in it, and {where} names {value}.": "ไม่มีรายการในตารางนี้ แต่ {where} ระบุ {value} ไว้",
    "Add what is named.": "เพิ่มรายการที่ระบุไว้",
    # cells
    "The cell is empty.": "ช่องนี้ว่างอยู่",
    "Fill it in.": "กรอกข้อมูล",
    "{value} is none of the choices.": "{value} ไม่อยู่ในตัวเลือก",
    "Write one of: {choices}.": "เลือกหนึ่งอย่าง: {choices}",
    "{value} is not text.": "{value} ไม่ใช่ข้อความ",
    "Format the cell as text and write it again.": "จัดรูปแบบช่องเป็นข้อความแล้วพิมพ์ใหม่",
    "The cell holds the number {value}, shown as {shown}.": "ช่องนี้เก็บตัวเลข {value} แต่แสดงเป็น {shown}",
    "Format the cell as text and write {shown}.": "จัดรูปแบบช่องเป็นข้อความแล้วพิมพ์ {shown}",
    "{value} has characters that cannot be printed.": "{value} มีอักขระที่พิมพ์ไม่ได้",
    "Type the text again.": "พิมพ์ข้อความใหม่",
    "{value} is larger than anything an office has.": "{value} มากเกินกว่าที่สำนักงานใดจะมี",
    "Mend the number.": "แก้ไขตัวเลข",
    "{value} is not a whole number.": "{value} ไม่ใช่จำนวนเต็ม",
    "Write digits only, such as 3.": "พิมพ์เฉพาะตัวเลข เช่น 3",
    "{value} is not clear: the comma may part thousands or decimals.":
        "{value} ไม่ชัดเจน: เครื่องหมาย , อาจคั่นหลักพันหรือทศนิยม",
    "Write {decimal} or {whole}.": "พิมพ์ {decimal} หรือ {whole}",
    "{value} is read as {meaning}.": "อ่าน {value} เป็น {meaning}",
    "{first} to {last}": "{first} ถึง {last}",
    "Leave it where that is meant.": "ถ้าตรงตามที่ตั้งใจ ไม่ต้องแก้",
    "{value} may be {hours} hours {minutes} minutes, or {decimal} hours.":
        "{value} อาจหมายถึง {hours} ชั่วโมง {minutes} นาที หรือ {decimal} ชั่วโมง",
    "Write {clock} or {decimal}.": "พิมพ์ {clock} หรือ {decimal}",
    "{value} is not a number.": "{value} ไม่ใช่ตัวเลข",
    "Write digits only, such as 17.5.": "พิมพ์เฉพาะตัวเลข เช่น 17.5",
    "{value} is negative.": "{value} ติดลบ",
    "Write 0 or more.": "ใส่ 0 หรือมากกว่า",
    "{value} is not a day of the week.": "{value} ไม่ใช่ชื่อวัน",
    "Write one like Tuesday or อังคาร; several, parted by semicolons.": "พิมพ์ชื่อวัน เช่น อังคาร หลายวันคั่นด้วย ;",
    "{value} is a range with one end only.": "{value} เป็นช่วงที่ระบุปลายเดียว",
    "Write both days, like Wed-Fri; a single day without the dash.": "พิมพ์ทั้งสองวัน เช่น พุธ-ศุกร์ ถ้าวันเดียวไม่ต้องมีขีด",
    "{value} names both halves of the day.": "{value} ระบุทั้งเช้าและบ่าย",
    "Write one half of the day beside the reason; none for whole days.": "ระบุครึ่งวันเดียวกับเหตุ ถ้าทั้งวันไม่ต้องระบุ",
    "{value} is not a date.": "{value} ไม่ใช่วันที่",
    "Write it like 2012-08-15, 15/08/2555 or 15 ส.ค. 2555.": "พิมพ์แบบ 15/08/2555, 15 ส.ค. 2555 หรือ 2012-08-15",
    "{value} does not fall on the weekday that it names.": "{value} ไม่ตรงกับชื่อวันที่เขียนไว้",
    "Mend the date or the weekday. {remedy}": "แก้ไขวันที่หรือชื่อวัน {remedy}",
    "{value} is no date, but a number.": "{value} เป็นตัวเลข ไม่ใช่วันที่",
    "Format the cell as a date. {remedy}": "จัดรูปแบบช่องเป็นวันที่ {remedy}",
    "{value} names one era, and its year is of the other.": "{value} ระบุศักราชไม่ตรงกับปี",
    "Mend the year or the era. {remedy}": "แก้ไขปีหรือศักราช {remedy}",
    "{value} does not say which year {year} is.": "{value} ไม่ชัดเจนว่า {year} เป็นปีใด",
    "Write the year in full. {remedy}": "พิมพ์ปีสี่หลัก {remedy}",
    "{value} lies in the year {year}.": "{value} อยู่ในปี {year}",
    "{value} has a time of day, too.": "{value} มีเวลาปนอยู่ด้วย",
    "Write the date alone.": "พิมพ์เฉพาะวันที่",
    "{value} is not in the calendar.": "{value} ไม่มีในปฏิทิน",
    "{value} is not a range of dates.": "{value} ไม่ใช่ช่วงวันที่",
    "Write 2012-08-06..2012-08-10.": "พิมพ์แบบ 06/08/2555..10/08/2555",
    "It is not clear of which year {value} is.": "ไม่ชัดเจนว่า {value} อยู่ในปีใด",
    "It is not clear of which month {value} is.": "ไม่ชัดเจนว่า {value} อยู่ในเดือนใด",
    "Write month and year beside it.": "ใส่เดือนและปีกำกับไว้",
    "The range {value} ends before it begins.": "ช่วง {value} สิ้นสุดก่อนเริ่ม",
    "Write the earlier date first, each with its year.": "พิมพ์วันที่มาก่อนไว้ก่อน และใส่ปีทั้งสองวัน",
    "The range {value} is longer than a year.": "ช่วง {value} ยาวกว่าหนึ่งปี",
    "Mend the years.": "แก้ไขปี",
    "{last} lies before {first}.": "{last} มาก่อน {first}",
    "Write the first day first.": "ใส่วันแรกไว้ก่อน",
    "{value} is not a time of day.": "{value} ไม่ใช่เวลา",
    "Write it like 08:30, in a cell formatted as text.": "พิมพ์แบบ 08:30 ในช่องที่จัดรูปแบบเป็นข้อความ",
    "{value} is not a range of times.": "{value} ไม่ใช่ช่วงเวลา",
    "Write it like 08:30-16:30.": "พิมพ์แบบ 08:30-16:30",
    "Write it like 08:30-16:30; 08:30-12:00, 13:00-16:30; or Mon 09:00-12:00; Wed 13:00-16:00.":
        "พิมพ์แบบ 08:30-16:30 หรือ 08:30-12:00, 13:00-16:30 หรือ จันทร์ 09:00-12:00; พุธ 13:00-16:00",
    "{value} ends before it begins.": "{value} สิ้นสุดก่อนเริ่ม",
    "Write the earlier time first.": "พิมพ์เวลาที่มาก่อนไว้ก่อน",
    "The times in {value} overlap.": "ช่วงเวลาใน {value} ทับกัน",
    "{value} says of a weekday that it is open, and that it is closed.": "{value} บอกทั้งว่าเปิดและว่าปิดในวันเดียวกัน",
    "Write each stretch once.": "ใส่แต่ละช่วงครั้งเดียว",
    "The cell holds the number {value}, which is no date.": "ช่องนี้เก็บตัวเลข {value} ซึ่งไม่ใช่วันที่",
    "Write the date again.": "พิมพ์วันที่ใหม่",
    "It holds an object or a list of lists.": "ข้อมูลซ้อนกันหลายชั้น",
    "Write text, a number, or a list of texts.": "ใส่ข้อความ ตัวเลข หรือรายการข้อความ",
    "The cell shows the error {value}.": "ช่องนี้แสดงข้อผิดพลาด {value}",
    "Mend the formula, or write the value.": "แก้สูตร หรือพิมพ์ค่าแทน",
    "The formula has no stored value.": "สูตรไม่มีผลลัพธ์บันทึกไว้",
    "Open and save the workbook in a spreadsheet, or write the value.": "เปิดสมุดงานแล้วบันทึกใหม่ หรือพิมพ์ค่าแทน",
    "Invisible marks that turn the direction of writing were left out.": "ตัดอักขระกำกับทิศทางที่มองไม่เห็นออกแล้ว",
    "Write the text again if it is not as it was meant.": "หากข้อความผิดไป ให้พิมพ์ใหม่",
    "These cells are merged: only the first holds a value.": "ช่องเหล่านี้ถูกผสาน มีค่าเฉพาะช่องแรก",
    "This row is a heading within the table.": "แถวนี้เป็นหัวข้อคั่นกลางตาราง",
    "This row sums up the others.": "แถวนี้เป็นยอดรวม",
    "This row sums up the others, and is left out.": "แถวนี้เป็นยอดรวม จึงไม่อ่าน",
    "Remove the row.": "ลบแถวนี้ออก",
    "Unmerge them and fill in each cell.": "ยกเลิกการผสาน แล้วกรอกทุกช่อง",
    # rules of meetings
    "Write it like 'third Thursday, 10:00', 'last Friday, 13:30' or 'day 15, 10:00'.":
        "พิมพ์แบบ 'พฤหัสบดีที่สาม 10:00', 'ศุกร์สุดท้าย 13:30' หรือ 'วันที่ 15 เวลา 10:00'",
    "{text} says an hour without its minutes.": "{text} มีแต่ชั่วโมง ไม่มีนาที",
    "It is not clear what {number} says in {text}.": "ไม่ชัดเจนว่า {number} ใน {text} หมายถึงอะไร",
    "{text} says a day of the month, and a weekday.": "{text} มีทั้งวันที่และวันในสัปดาห์",
    "{text} says two times.": "{text} มีเวลามากกว่าหนึ่ง",
    "{text} does not say which weekday of the month.": "{text} ไม่ได้บอกว่าวันใดของสัปดาห์ใด",
    "{text} does not say on which day of the month.": "{text} ไม่ได้บอกว่าวันที่เท่าใด",
    "{text} names a week that not every month has.": "{text} เป็นสัปดาห์ที่บางเดือนไม่มี",
    "Say first to fourth, or last.": "ใช้ที่หนึ่งถึงที่สี่ หรือสุดท้าย",
    "{text} is not a monthly rule from {rest} on.": "{text} ไม่ใช่กำหนดประจำเดือนตั้งแต่ {rest}",
    # tables
    "It holds no rows.": "ไม่มีข้อมูล",
    "Write at least one row of {table}.": "กรอก {table} อย่างน้อยหนึ่งแถว",
    "{value} stands in a column without a heading.": "{value} อยู่ในคอลัมน์ที่ไม่มีหัวตาราง",
    "Give the column a heading, or clear it.": "ใส่หัวตาราง หรือลบข้อมูล",
    "This row does not hold the headings of the table.": "แถวนี้ไม่ใช่หัวตาราง",
    "Write the headings into the first row; needed are {columns}.": "ใส่หัวตารางในแถวแรก ต้องมี {columns}",
    "There is no column {column}.": "ไม่มีคอลัมน์ {column}",
    "Add the column.": "เพิ่มคอลัมน์",
    "{table} has no column {heading}.": "{table} ไม่มีคอลัมน์ {heading}",
    "Mend the heading, or begin it with _ to be passed over; notes go into the column note.":
        "แก้หัวตาราง หรือขึ้นต้นหัวด้วย _ หากไม่ต้องการให้อ่าน บันทึกช่วยจำใส่ในคอลัมน์หมายเหตุ",
    "The heading {heading} stands there twice.": "หัวตาราง {heading} ซ้ำกัน",
    "Keep one of the two columns.": "เก็บไว้คอลัมน์เดียว",
    "The table {table} is already in {place}.": "มีตาราง {table} อยู่แล้วใน {place}",
    "Keep one of the two.": "เก็บไว้อย่างเดียว",
    "Keep one of the two rows.": "เก็บไว้แถวเดียว",
    "There is no table {table}.": "ไม่มีตาราง {table}",
    "Add it; the empty workbook that the command template writes shows its columns.":
        "เพิ่มตาราง ดูคอลัมน์ได้จากสมุดงานเปล่าของคำสั่ง template",
    "It is none of the office's tables.": "ไม่ใช่ตารางของสำนักงาน",
    "It is none of the tables that are read here.": "ไม่ใช่ตารางที่ใช้",
    "Name it one of {tables}; or begin its name with _.": "ตั้งชื่อเป็น {tables} หรือขึ้นต้นชื่อด้วย _",
    "Name it one of {tables}; or begin its name with _ to keep it aside.":
        "ตั้งชื่อเป็น {tables} หรือขึ้นต้นชื่อด้วย _ เพื่อไม่ให้อ่าน",
    "Name one of {tables}.": "ใช้ชื่อ {tables}",
    "There is no {value} among the {table}.": "ไม่มี {value} ใน{table}",
    "Write an id or a name of {table}, or add it there.": "ใช้รหัสหรือชื่อที่มีใน{table} หรือเพิ่มในตารางนั้น",
    "Write one day like 2012-09-03 or 3 ก.ย. 2555, several like 2012-09-03..2012-09-07 or 3-7 ก.ย. 2555.":
        "วันเดียวเขียนแบบ 2012-09-03 หรือ 3 ก.ย. 2555 หลายวันเขียนแบบ 2012-09-03..2012-09-07 หรือ 3-7 ก.ย. 2555",
    "Several of the {table} are called {value}: {ids}.": "{value} เป็นชื่อของ{table}หลายราย: {ids}",
    "Write the id.": "เขียนรหัสแทนชื่อ",
    "Two officers bear the name {value}: rows {first} and {second}.":
        "เจ้าหน้าที่สองรายมีชื่อ {value} เหมือนกัน: แถว {first} และแถว {second}",
    "Keep one of the two rows; of two people, add to one name what tells them apart.":
        "ลบแถวที่ซ้ำ หากเป็นคนละคนให้เติมชื่อให้ต่างกัน",
    "The problem has not {count} of the plan's names, such as {examples}: the plan belongs to another problem.":
        "แผนนี้เป็นของโจทย์อื่น: โจทย์ไม่มี {count} รายการที่แผนอ้างถึง เช่น {examples}",
    "{value} is already the id in {place}.": "รหัส {value} มีแล้วที่ {place}",
    "Give each row its own id.": "ให้แต่ละแถวมีรหัสของตนเอง",
    "{value} stands already in {place}.": "{value} มีแล้วที่ {place}",
    "Speed bands must ascend by up_to_km; the last one alone may leave it out.":
        "ช่วงความเร็วต้องเรียงตามกิโลเมตร เว้นว่างได้เฉพาะช่วงสุดท้าย",
    "Sort the bands.": "เรียงช่วงใหม่",
    "The table of cars has the cars by name, and their seats.": "แผ่นรถมีรถแต่ละคันและที่นั่งแล้ว",
    "Leave the cell empty.": "เว้นช่องนี้ว่าง",
    "It is not a list of lists.": "ไม่ใช่ตารางสองชั้น",
    "Write a row of ids, then rows.": "ใส่แถวรหัสก่อน แล้วตามด้วยแถวข้อมูล",
    "It is not a list of objects.": "ไม่ใช่รายการของแถว",
    "Write one for each row.": "ใส่หนึ่งออบเจ็กต์ต่อแถว",
    "It is not a list of tables.": "ไม่ใช่รายการของตาราง",
    "Begin each entry with {mark}.": "ขึ้นต้นแต่ละรายการด้วย {mark}",
    # matrices
    "The office brings its own travel, but not {name}.": "มีตารางเดินทางของสำนักงาน แต่ไม่มี {name}",
    "Give both travel_minutes and travel_km, or neither.": "ใส่ทั้งเวลาเดินทางและระยะทาง หรือไม่ใส่เลย",
    "Write the ids into first row and column.": "ใส่รหัสในแถวแรกและคอลัมน์แรก",
    "There is no column for {id}.": "ไม่มีคอลัมน์ของ {id}",
    "There is no row for {id}.": "ไม่มีแถวของ {id}",
    "Add the row.": "เพิ่มแถว",
    "{value} stands there twice.": "{value} ซ้ำกัน",
    "Keep one.": "เก็บไว้รายการเดียว",
    "The office has {places} different places; straight lines are worked out for {most} at most.":
        "สำนักงานมีสถานที่ {places} แห่ง คำนวณเส้นตรงได้ไม่เกิน {most} แห่ง",
    "Bring your own travel_minutes and travel_km.": "ใส่ตารางเวลาเดินทางและระยะทางของสำนักงานเอง",
    # places
    "Fill in latitude and longitude, or mend the names of sub-district and district.":
        "กรอกละติจูดและลองจิจูด หรือแก้ชื่อตำบลและอำเภอ",
    "Neither latitude and longitude nor sub-district and district say where it is.":
        "ไม่มีทั้งละติจูดลองจิจูด และตำบลอำเภอ จึงไม่ทราบว่าอยู่ที่ใด",
    "{lat}, {lon} lies outside the country, {km} km from the nearest sub-district.":
        "{lat}, {lon} อยู่นอกประเทศ ห่างจากตำบลที่ใกล้ที่สุด {km} กม.",
    "It lies {km} km from the centre of {name} in {district}; nearer is {other} in {there}.":
        "พิกัดห่างจากกลางตำบล{name} อำเภอ{district} {km} กม. ใกล้ตำบล{other} อำเภอ{there} มากกว่า",
    "They may be metres of several places: {points}.": "อาจเป็นพิกัด UTM (เมตร) ของหลายแห่ง: {points}",
    "They are no latitude and longitude of a place in the country.": "ไม่ใช่ละติจูดและลองจิจูดของที่ใดในประเทศ",
    "Write degrees, such as 16.4424 and 102.8360; or empty both cells: the centre of the sub-district.":
        "เขียนเป็นองศา เช่น 16.4424 และ 102.8360 หรือเว้นว่างทั้งสองช่อง: ใช้จุดกลางตำบล",
    "There is a sub-district {name} of a district {district} in several provinces: {provinces}.":
        "มีตำบล {name} อำเภอ {district} ในหลายจังหวัด: {provinces}",
    "Write the province into the column province_th (จังหวัด), or fill in latitude and longitude.":
        "ระบุจังหวัดในคอลัมน์จังหวัด หรือกรอกละติจูดและลองจิจูด",
    "There is no district {district}.": "ไม่มีอำเภอ {district}",
    "There is no district {district} in the province {province}.": "ไม่มีอำเภอ {district} ในจังหวัด {province}",
    "There is no sub-district {name} in a district {district}.": "ไม่มีตำบล {name} ในอำเภอ {district}",
    "Check latitude and longitude.": "ตรวจละติจูดและลองจิจูด",
    "Check latitude and longitude, and the names.": "ตรวจละติจูด ลองจิจูด และชื่อตำบลอำเภอ",
    # agendas
    "Give fewer sessions, another audience, another rule, content sooner or the partner more days.":
        "ลดจำนวนครั้ง เปลี่ยนผู้รับคำแนะนำ แก้กำหนดประชุม เตรียมเนื้อหาให้เร็วขึ้น หรือเพิ่มวันของหน่วยงานสนับสนุน",
    "It needs at least {visits} visits, which do not fit into its {days} open workdays.":
        "ต้องเข้าพบอย่างน้อย {visits} ครั้ง ซึ่งไม่พอดีกับวันทำการ {days} วัน",
    "Give fewer sessions, longer visits, content sooner or a longer horizon.":
        "ลดจำนวนครั้ง ให้เข้าพบนานขึ้น เตรียมเนื้อหาเร็วขึ้น หรือขยายช่วงแผน",
    "It needs at least {visits} visits, which do not fit into the {days} open workdays that are left: its last "
    "visit was on {last}, and by policy.gap_days the next is {gap} days later at the earliest.":
        "ต้องเข้าพบอย่างน้อย {visits} ครั้ง ซึ่งไม่พอดีกับวันทำการที่เหลือ {days} วัน เพราะเข้าครั้งก่อนเมื่อ {last} "
        "และ policy.gap_days กำหนดให้ครั้งถัดไปห่างอย่างน้อย {gap} วัน",
    "Give a longer or later horizon or a smaller policy.gap_days, or mend last_visit (เข้าพบครั้งสุดท้าย).":
        "ขยายหรือเลื่อนช่วงแผน ลด policy.gap_days หรือแก้ช่อง เข้าพบครั้งสุดท้าย",
    "It is open on none of the workdays: its hours and its closed days leave none.":
        "ไม่เปิดในวันทำการใดเลยตามเวลาทำการและวันปิด",
    "Mend open (เวลาทำการ) or closed (วันปิด).": "แก้ช่อง เวลาทำการ หรือ วันปิด",
    "Its board is to be told of {issues}, but when the board meets is not stated.":
        "มีเรื่องถึงคณะกรรมการ ({issues}) แต่ไม่ได้ระบุวันประชุม",
    "It states no time: a visit for the board may be at any time of that day.":
        "ไม่ระบุเวลา: การเข้าพบคณะกรรมการอาจเป็นเวลาใดก็ได้ในวันนั้น",
    "Add the time, such as {rule}, 10:00.": "เพิ่มเวลา เช่น {rule} 10:00",
    "Fill in board_meeting (ประชุมคณะกรรมการ).": "กรอกคอลัมน์ประชุมคณะกรรมการ",
    "The issue {issue} needs {partner}, which is free on none of its open days.":
        "ประเด็น {issue} ต้องมี {partner} ร่วม ซึ่งไม่ว่างในวันที่สหกรณ์เปิดเลย",
    "Mend the partner's weekdays, or the days the cooperative is closed.":
        "แก้วันที่ว่างของหน่วยงานสนับสนุน หรือวันปิดของสหกรณ์",
    "No session fits into {minutes} minutes.": "{minutes} นาทีไม่พอสำหรับการแนะนำหนึ่งครั้ง",
    "Write {minutes} or more.": "ใส่ {minutes} หรือมากกว่า",
    "Its board meets at {start}, and the drive takes {there} minutes: nobody can be there on any of its days, "
    "since the office meets at {hours}.":
        "คณะกรรมการประชุม {start} และเดินทาง {there} นาที จึงไม่มีใครไปได้ในวันประชุมใดเลย เพราะติดประชุมสำนักงาน {hours}",
    "Move the office's meeting, officers.meeting, or check when the board meets.":
        "เลื่อนประชุมสำนักงาน (officers.meeting) หรือตรวจกำหนดประชุมคณะกรรมการ",
    "Its visit of {minutes} minutes fits into no day: the drive takes {there} minutes there and {back} back, "
    "the hours are {hours}, and tours are back by {end}.":
        "การเข้าพบ {minutes} นาทีไม่พอดีกับวันใดเลย: เดินทางไป {there} นาที กลับ {back} นาที "
        "เวลาทำการ {hours} และต้องกลับถึงภายใน {end}",
    "At most {minutes} minutes fit: write that into longest_visit (เข้าพบไม่เกิน), or widen the hours.":
        "ได้ไม่เกิน {minutes} นาที: ใส่ในคอลัมน์เข้าพบไม่เกิน หรือขยายเวลาทำการ",
    "No visit fits: widen the hours of the cooperative or of the day, or check where it lies.":
        "เข้าพบไม่ได้เลย: ขยายเวลาทำการของสหกรณ์หรือของวัน หรือตรวจที่ตั้ง",
    # settings
    "There is no workday from {first} to {last}.": "ไม่มีวันทำการตั้งแต่ {first} ถึง {last}",
    "Widen the horizon, or mend the extra holidays.": "ขยายช่วงแผน หรือแก้วันหยุดเพิ่ม",
    "The setting {name} is not given.": "ไม่ได้ตั้งค่า {name}",
    "There is no setting {name}.": "ไม่มีรายการตั้งค่า {name}",
    "Mend its name, or remove it.": "แก้ชื่อ หรือลบออก",
    "The setting {name} stands there twice.": "รายการตั้งค่า {name} ซ้ำกัน",
    "Write it like prices.km, as in the empty workbook.": "พิมพ์แบบ prices.km ตามสมุดงานเปล่า",
    "{first} to {last} is longer than two years.": "{first} ถึง {last} ยาวกว่าสองปี",
    "The day ends before it starts.": "เวลาเลิกงานมาก่อนเวลาเริ่มงาน",
    "Write an end after the start.": "ใส่เวลาเลิกหลังเวลาเริ่ม",
    "There is a break, but not when it may start.": "มีเวลาพัก แต่ไม่ได้บอกว่าเริ่มพักได้เมื่อใด",
    "Write it, or leave out break_minutes.": "ระบุเวลา หรือเว้น break_minutes",
    "The break's latest start lies before its earliest.": "เวลาเริ่มพักช้าสุดมาก่อนเวลาเร็วสุด",
    "Swap the two.": "สลับกัน",
    "No session fits into the longest visit.": "เวลาเข้าพบนานสุดไม่พอสำหรับการแนะนำหนึ่งครั้ง",
    "Write at least opening_minutes plus session_minutes.": "ใส่อย่างน้อย opening_minutes บวก session_minutes",
    "{value} is neither baht nor a list of hours and baht.": "{value} ไม่ใช่จำนวนบาท และไม่ใช่รายการชั่วโมงกับบาท",
    "Write a number, or hours and baht like 0: 0; 6: 120; 12: 240.": "ใส่ตัวเลข หรือชั่วโมงกับบาท เช่น 0: 0; 6: 120; 12: 240",
    # values in doubt
    "A kilometre costs {baht} baht.": "ค่าเดินทางกิโลเมตรละ {baht} บาท",
    "Check that the price is that of one kilometre.": "ตรวจว่าเป็นราคาต่อหนึ่งกิโลเมตร",
    "{days} field days a week are more than the {most} workdays of a week.":
        "ออกพื้นที่ {days} วันต่อสัปดาห์ มากกว่าวันทำการซึ่งมี {most} วันต่อสัปดาห์",
    "Write {most} or fewer.": "ใส่ไม่เกิน {most}",
    "The officer has no topic, and can only ride along.": "เจ้าหน้าที่ไม่มีด้านที่แนะนำได้ จึงได้แต่ร่วมเดินทาง",
    "Write the topics on which the officer advises.": "กรอกด้านที่เจ้าหน้าที่แนะนำได้",
    "The officer is away on every workday of the horizon.": "เจ้าหน้าที่ไม่อยู่ทุกวันทำการตลอดช่วงแผน",
    "Check the dates of the absences.": "ตรวจวันที่ในตารางวันลา",
    "The issue takes {sessions} sessions.": "ประเด็นนี้ต้องใช้ {sessions} ครั้ง",
    "Check the number of sessions.": "ตรวจจำนวนครั้ง",
    "{due} lies more than a year before the horizon.": "{due} อยู่ก่อนช่วงแผนเกินหนึ่งปี",
    "{due} lies more than five years after the horizon begins.": "{due} อยู่หลังวันเริ่มช่วงแผนเกินห้าปี",
    "{far} of {all} due dates lie years away from {first}.": "กำหนดเสร็จ {far} จาก {all} รายการ ห่างจาก {first} หลายปี",
    "{value} differs from row {first} in the title alone.": "{value} ต่างจากแถว {first} เพียงคำนำหน้าชื่อ",
    "If they are one person, keep one of the two rows.": "ถ้าเป็นคนเดียวกัน ให้เก็บไว้แถวเดียว",
    "{day} lies outside the horizon, {first} to {last}, and changes nothing.":
        "{day} อยู่นอกช่วงแผน {first} ถึง {last} จึงไม่มีผลต่อแผน",
    "Check the year and the month, or remove it.": "ตรวจปีและเดือน หรือลบออก",
    "Check the year.": "ตรวจปี",
}  # fmt: skip
