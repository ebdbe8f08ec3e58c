"""What the page says of tables that changed in mid quarter: key -> (th, en)."""

from __future__ import annotations

from typing import Final

TABLES: Final[dict[str, tuple[str, str]]] = {
    "retable_hint": (
        "มีแผนของไตรมาสนี้ประกาศแล้ว ปรับแผนนั้นตามตารางใหม่ได้ การเข้าส่งเสริมที่ตารางยังต้องการจะอยู่ที่เดิมเท่าที่ทำได้"
        " สิ่งที่รายงานแล้วคงเดิม เหตุที่แจ้งไว้ก่อนและยังไม่ผ่านไปยังนับอยู่",
        "A plan of this quarter is published. It can be replanned by the new tables: visits still wanted keep their "
        "place where they can, what is reported stays, and what was said to have happened and is not past still holds.",
    ),
    "retable_from": ("ตารางใหม่มีผลตั้งแต่ {from} วันก่อนหน้าคงเดิม", "The tables count from {from} on; days before stay."),
    "retable_day": ("ตารางใหม่มีผลตั้งแต่ (วันก่อนหน้าคงเดิม)", "The tables count from (days before stay)"),
    "retable_now": ("ปรับแผนที่ประกาศแล้ว", "Replan around what is published"),
    "plan_anew": ("จัดแผนใหม่ทั้งไตรมาส", "Plan the whole quarter anew"),
    "anew_forgets": (
        "แผนที่จัดใหม่เริ่มจากศูนย์ ไม่คงที่เดิมของแผนที่ประกาศ และไม่รู้เหตุที่แจ้งไว้ เช่น การลาและรถซ่อม",
        "A plan made anew begins from nothing: it keeps nothing of the published plan, and knows nothing of what was "
        "said to have happened, such as leave and repairs.",
    ),
    "anew_moves": (
        "การเข้าส่งเสริมที่รายงานแล้ว {n} รายการอาจถูกย้ายวัน",
        "{n} visit that is reported may be moved.|{n} visits that are reported may be moved.",
    ),
    "tables_added": ("ตารางใหม่เพิ่ม {n} รายการ", "{n} visit is new in the tables|{n} visits are new in the tables"),
    "tables_dropped": (
        "ตารางใหม่ไม่มีแล้ว {n} รายการ",
        "{n} visit is no longer in the tables|{n} visits are no longer in the tables",
    ),
}
