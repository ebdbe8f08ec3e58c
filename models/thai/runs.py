"""Why a run failed or waits again, in Thai, by the English template."""

from __future__ import annotations

RUNS: dict[str, str] = {
    # why it failed
    "{workers} workers died over it.": "ตัวคำนวณหยุดทำงานระหว่างคำนวณงานนี้ {workers} ครั้ง",
    "Give the workers more memory, or plan fewer cooperatives or a shorter time at once.":
        "ให้ตัวคำนวณมีหน่วยความจำมากขึ้น ลดจำนวนสหกรณ์ หรือทำช่วงแผนให้สั้นลง",
    "It ran for {seconds:.0f} s, far beyond its limit, and was ended.":
        "คำนวณไปแล้ว {seconds:.0f} วินาที เกินกำหนดไปมาก จึงถูกยุติ",
    "Run it again when the machine is less busy.": "ลองใหม่เมื่อเครื่องมีงานน้อยลง",
    "It needs more memory than a worker may have.": "ต้องใช้หน่วยความจำมากกว่าที่ตัวคำนวณมีได้",
    "Plan fewer cooperatives or a shorter time at once, or raise PATITHIN_MOST_MEMORY.":
        "ลดจำนวนสหกรณ์ ทำช่วงแผนให้สั้นลง หรือเพิ่ม PATITHIN_MOST_MEMORY",
    "The optimizer stopped with {error}.": "การคำนวณหยุดเพราะ {error}",
    "The cluster could not run it.": "กลุ่มเครื่องรับงานนี้ไปทำไม่ได้",
    "Run it again; if it fails again, report it to whoever looks after the service.":
        "ลองใหม่อีกครั้ง หากยังเป็นอยู่ให้แจ้งผู้ดูแลระบบ",
    "What is kept about the reason cannot be read.": "สาเหตุที่บันทึกไว้อ่านไม่ได้",
    "Run it again.": "ลองใหม่อีกครั้ง",
    # a draft whose row is damaged
    "A broken rule that cannot be read.": "ข้อกำหนดที่ผิดซึ่งอ่านไม่ได้",
    "Moves by hand that cannot be read.": "การย้ายด้วยตนเองที่อ่านไม่ได้",
    "What is kept about it is damaged; move a visit, and the new draft is judged afresh.":
        "ข้อมูลที่บันทึกไว้เสียหาย ลองย้ายรายการหนึ่ง ระบบจะตรวจร่างใหม่ทั้งหมด",
    # why it waits again
    "its worker died": "ตัวคำนวณที่ทำงานนี้หยุดทำงาน",
    "its worker left or did not take it": "ตัวคำนวณออกไปหรือไม่รับงานนี้",
    "the cluster lost it": "งานนี้หายไปจากกลุ่มเครื่อง",
    "the service ended": "ระบบปิดลงระหว่างคำนวณ",
    "the service stopped": "ระบบหยุดให้บริการ",
}  # fmt: skip
