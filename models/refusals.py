"""Why the system, or a reader of files, refuses a file: its own English words, and the same in Thai."""

from __future__ import annotations

import errno
import json
import re
from typing import Final

from models.saying import Said, both

_FORBIDDEN: Final = "ไม่มีสิทธิ์ใช้ไฟล์หรือโฟลเดอร์นี้"
_TOO_MANY: Final = "เปิดไฟล์พร้อมกันมากเกินไป"

#: the number of an error of the system -> what it says in Thai
_THAI: Final = {
    errno.ENOENT: "ไม่มีไฟล์หรือโฟลเดอร์นี้",
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: "ที่เก็บนี้อ่านได้อย่างเดียว",
    errno.ENOSPC: "ดิสก์เต็ม",
    errno.EDQUOT: "ใช้เนื้อที่ครบตามที่กำหนดไว้แล้ว",
    errno.EFBIG: "ไฟล์ใหญ่เกินไป",
    errno.EIO: "ดิสก์ขัดข้อง",
    errno.EISDIR: "เป็นโฟลเดอร์ ไม่ใช่ไฟล์",
    errno.ENOTDIR: "ที่อยู่มีส่วนที่เป็นไฟล์ ไม่ใช่โฟลเดอร์",
    errno.ENOTEMPTY: "โฟลเดอร์ไม่ว่าง",
    errno.EEXIST: "มีไฟล์หรือโฟลเดอร์นี้อยู่แล้ว",
    errno.ENAMETOOLONG: "ชื่อยาวเกินไป",
    errno.ELOOP: "ลิงก์ชี้วนกลับมาที่เดิม",
    errno.EBUSY: "โปรแกรมอื่นใช้อยู่",
    errno.ETXTBSY: "โปรแกรมอื่นใช้อยู่",
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.EADDRINUSE: "โปรแกรมอื่นใช้พอร์ตนี้อยู่",
    errno.EADDRNOTAVAIL: "เครื่องนี้ไม่มีที่อยู่นี้",
}

#: what Python's reader of JSON says -> the same as a whole sentence, and in Thai
_JSON: Final = {
    "Expecting value": ("a value is wanted here", "ตรงนี้ต้องเป็นค่า"),
    "Expecting property name enclosed in double quotes": (
        "a key in double quotes is wanted here", "ตรงนี้ต้องเป็นคีย์ในเครื่องหมาย \""
    ),
    "Expecting ':' delimiter": ("a colon is wanted here", "ตรงนี้ต้องเป็นเครื่องหมาย :"),
    "Expecting ',' delimiter": ("a comma is wanted here", "ตรงนี้ต้องเป็นเครื่องหมาย ,"),
    "Unterminated string starting at": (
        "the text that begins here does not end", "ข้อความที่เริ่มตรงนี้ไม่มีเครื่องหมาย \" ปิดท้าย"
    ),
    "Invalid control character at": (
        "here stands a character that must be escaped", "ตรงนี้มีอักขระควบคุม เช่น การขึ้นบรรทัดใหม่ ในข้อความ"
    ),
    "Extra data": ("there is more after its end", "มีข้อความต่อท้ายหลังข้อมูลจบแล้ว"),
    "Illegal trailing comma before end of object": ("a comma is too much here", "ตรงนี้มีเครื่องหมาย , เกินมา"),
    "Illegal trailing comma before end of array": ("a comma is too much here", "ตรงนี้มีเครื่องหมาย , เกินมา"),
}  # fmt: skip
_ESCAPE: Final = ("an escape that there is not stands here", "ตรงนี้มีเครื่องหมาย \\ ที่ใช้ผิด")


def refusal_of(error: OSError) -> Said:
    """What the system says; the English in both languages where it has no Thai."""
    told = str(error.strerror or error)
    return both(told, _THAI.get(error.errno or 0, told))


def json_refusal(error: json.JSONDecodeError) -> Said:
    """What the reader of JSON says, as the end of a sentence."""
    escape = _ESCAPE if error.msg.startswith("Invalid \\") else (error.msg, error.msg)
    return both(*_JSON.get(error.msg, escape))


def toml_refusal(error: ValueError | RecursionError) -> Said:
    """What the reader of TOML says; in Thai where it says it of."""
    told = str(error).splitlines()[0][:100]
    at = re.search(r"at line (\d+), column (\d+)", told)
    return both(told, f"บรรทัด {at[1]} ตำแหน่งที่ {at[2]} อ่านไม่ได้" if at else "อ่านไม่ได้")
