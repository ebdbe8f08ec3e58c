"""Which plan stands: the one that people act on, noted in the folder where the planner works."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from api.documents import PLAN_FILE
from api.staging import write_text
from models.faults import Fault, InvalidInput
from models.reading import read_text
from models.saying import Said

STANDING_FILE: Final = ".patithin.json"


class _Noted(BaseModel):
    """The file that says which plan stands: the folder of the plan, as seen from the file's own folder."""

    model_config = ConfigDict(extra="forbid", strict=True)

    standing: str


def standing(folder: Path) -> Path | None:
    """The plan file that stands for who works in ``folder``; None where none was noted, or it is gone.

    Raises:
        InvalidInput: the note cannot be read.
    """
    note = folder / STANDING_FILE
    if not note.exists():
        return None
    try:
        plan = folder / _Noted.model_validate_json(read_text(note)).standing / PLAN_FILE
    except ValidationError:
        cause = Said("It does not say which plan stands.", None, "ไม่ได้บอกว่าแผนใดเป็นแผนปัจจุบัน")
        remedy = Said("Remove it, and name the plan once.", None, "ลบไฟล์นี้ แล้วระบุแผนเองหนึ่งครั้ง")
        raise InvalidInput([Fault("file-unreadable", str(note), cause, remedy)]) from None
    return plan if plan.exists() else None


def is_standing(plan: Path, folder: Path) -> bool:
    """Whether a plan file is the one that stands for who works in ``folder``.

    Raises:
        InvalidInput: the note cannot be read.
    """
    found = standing(folder)
    return found is not None and found.resolve() == plan.resolve()


def note_standing(plan_folder: Path, folder: Path) -> None:
    """Note that the plan in ``plan_folder`` stands for who works in ``folder``.

    Raises:
        InvalidInput: it cannot be written.
    """
    here, there = folder.resolve(), plan_folder.resolve()
    seen = there.relative_to(here) if there.is_relative_to(here) else there
    write_text(folder / STANDING_FILE, _Noted(standing=seen.as_posix()).model_dump_json() + "\n")


def plan_file(named: Path | None, folder: Path) -> Path:
    """The plan file that is meant: the one named, or in the folder named; else the one that stands.

    Raises:
        InvalidInput: none is named and none stands.
    """
    if named is not None:
        if not named.is_dir():
            return named
        _require_one_plan(named)
        return named / PLAN_FILE
    found = standing(folder)
    if found is None:
        cause = Said("No plan is named, and none stands here.", None, "ไม่ได้ระบุแผน และที่นี่ยังไม่มีแผนปัจจุบัน")
        remedy = Said(
            "Name the plan, or make one: patithin plan OFFICE.",
            None,
            "ระบุแผน หรือจัดแผนก่อน: patithin plan ตามด้วยสำนักงาน",
        )
        raise InvalidInput([Fault("file-missing", "PLAN", cause, remedy)])
    return found


def _require_one_plan(folder: Path) -> None:
    """See that a folder is not one of several plans, such as that of the proposals.

    Raises:
        InvalidInput: it holds no plan, and folders in it do; they are named.
    """
    if (folder / PLAN_FILE).exists():
        return
    found = sorted(str(each.parent) for each in folder.glob(f"*/{PLAN_FILE}"))
    if found:
        cause = Said("It holds no plan itself, but folders with one.", None, "ในโฟลเดอร์นี้ไม่มีแผน แต่มีโฟลเดอร์ย่อยที่มีแผน")
        remedy = Said(f"Choose one: {', '.join(found)}.", None, f"เลือกหนึ่งแบบ: {', '.join(found)}")
        raise InvalidInput([Fault("name-ambiguous", str(folder), cause, remedy)])


def next_folder(plan: Path, number: int) -> Path:
    """The folder for edition ``number`` of the calendar that ``plan`` is an edition of: ``out-2`` beside ``out``."""
    stem = re.sub(r"-\d+$", "", plan.parent.resolve().name)
    return plan.parent.resolve().parent / f"{stem}-{number}"


def require_new(path: Path | None, force: bool, *read: Path | None) -> None:
    """See that nothing is overwritten that was not made to be; what the command itself has ``read`` never is.

    Raises:
        InvalidInput: there is something at ``path``, and no ``force``; or it is one of ``read``.
    """
    if path is None:
        return
    if any(path.exists() and one is not None and one.exists() and path.samefile(one) for one in read):
        cause = Said("It is read for what is to be written there, and would be lost.", None,
                     "คำสั่งนี้อ่านไฟล์นี้ ถ้าเขียนทับ ข้อมูลเดิมจะหาย")  # fmt: skip
        remedy = Said("Choose another place or name.", None, "เลือกที่อื่นหรือชื่ออื่น")
        raise InvalidInput([Fault("file-exists", str(path), cause, remedy)])
    if force or not path.exists():
        return
    cause = Said("It is there already.", None, "มีอยู่แล้ว")
    remedy = Said("Choose another place or name, or overwrite it with --force.", None,
                  "เลือกที่อื่นหรือชื่ออื่น หรือเขียนทับด้วย --force")  # fmt: skip
    raise InvalidInput([Fault("file-exists", str(path), cause, remedy)])
