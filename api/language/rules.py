"""The rules of a plan by their numbers in the contract, each in a few words: (Thai, English)."""

from __future__ import annotations

from typing import Final

RULES: Final[dict[int, tuple[str, str]]] = {
    0: ("ตัวเลขที่ระบุไว้ไม่ตรง", "A figure is stated wrongly"),
    1: ("ทุกการเข้าส่งเสริมต้องอยู่ในแผนครั้งเดียว", "Every visit stands in the plan once"),
    2: ("แต่ละเที่ยวต้องอยู่ในวันและเวลาทำงาน และเดินทางทัน", "A tour keeps to the workday, and to what its drives take"),
    3: ("วัน เวลา และเวลาทำการของสหกรณ์", "A visit keeps its dates, its window and the open hours"),
    4: ("ทุกคนต้องได้พัก", "Everybody gets the break"),
    5: ("คนและรถของแต่ละเที่ยว", "A tour has officers who are there, and a car"),
    6: ("ด้านที่แนะนำได้และจำนวนคนของการเข้าส่งเสริม", "Who rides knows the topics, is enough, and is not barred"),
    7: ("ผู้รับผิดชอบหลักของสหกรณ์", "A cooperative has one lead, and the one that is fixed"),
    8: ("ลำดับและระยะห่างระหว่างครั้ง", "Visits of a cooperative keep order, gap and rhythm"),
    9: ("หน่วยงานสนับสนุนว่างหรือไม่", "A partner is free, and not asked too often"),
    10: ("สิ่งที่อยู่ก่อนวันที่เริ่มเปลี่ยน และที่ตรึงไว้ ต้องคงเดิม", "What stands before the day of change, and pinned visits, stay"),
}
