"""How moves by hand are written on the command line: their forms, for the help and for who wrote none of them."""

from __future__ import annotations

from typing import Final

#: each move's form in English and in Thai; both are read, whatever the language of the rest
FORMS: Final[tuple[tuple[str, str], ...]] = (
    ("VISIT to DATE [at HH:MM]", "การเข้าส่งเสริม ไป วันที่ [เวลา HH:MM]"),
    ("VISIT to DATE [at HH:MM] alone [with OFFICER + OFFICER] [in CAR]",
     "การเข้าส่งเสริม ไป วันที่ [เวลา HH:MM] เที่ยวใหม่ [กับ นักส่งเสริม + นักส่งเสริม] [ด้วยรถ รถ]"),
    ("VISIT to tour TOUR [at HH:MM | position N]",
     "การเข้าส่งเสริม ไป เที่ยว รหัสเที่ยว [เวลา HH:MM | ลำดับ N]"),
    ("VISIT at HH:MM", "การเข้าส่งเสริม เวลา HH:MM"),
    ("VISIT position N", "การเข้าส่งเสริม ลำดับ N"),
    ("tour TOUR with OFFICER + OFFICER", "เที่ยว รหัสเที่ยว กับ นักส่งเสริม + นักส่งเสริม"),
    ("tour TOUR in CAR", "เที่ยว รหัสเที่ยว ด้วยรถ รถ"),
    ("COOPERATIVE led by OFFICER", "สหกรณ์ รับผิดชอบโดย นักส่งเสริม"),
    ("leave out VISIT", "ไม่จัด การเข้าส่งเสริม"),
    ("pin VISIT", "ตรึง การเข้าส่งเสริม"),
    ("unpin VISIT", "เลิกตรึง การเข้าส่งเสริม"),
)  # fmt: skip
_ENGLISH, _THAI = (tuple(form[place] for form in FORMS) for place in (0, 1))
#: what stands with the argument, a form in a line of its own
HELP: Final = "\n\n".join(("What is done, one after the other. A move is one of:", *_ENGLISH))
HELP_THAI: Final = "\n\n".join(("สิ่งที่ทำ ทีละอย่าง เขียนแบบใดแบบหนึ่ง:", *_THAI))
#: what to do about a move that cannot be read
REMEDY: Final = f"Write one of: {', '.join(_ENGLISH)}."
REMEDY_THAI: Final = f"เขียนแบบใดแบบหนึ่ง: {', '.join(_THAI)}"
