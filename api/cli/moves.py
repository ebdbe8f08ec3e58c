"""Moves by hand as they are written on the command line: ``c013-2 to 2012-09-04 at 09:30`` and the like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from api.language.moveforms import REMEDY, REMEDY_THAI
from api.naming import Gathering, Lookup
from models.clock import parse_clock
from models.faults import Fault, InvalidInput
from models.intake.values import CellError
from models.intake.values import date as day_of
from models.moves import LeaveOut, Move, Pin, Place, SetCar, SetCrew, SetLead, Unpin
from models.saying import Said

T = TypeVar("T")

_CREW = r"(?:\s+with\s+(?P<crew>.+?))?(?:\s+in\s+(?P<car>.+?))?"
_WHEN = r"(?:\s+at\s+(?P<start>[0-9:.]+)|\s+position\s+(?P<position>[0-9]+))?"
#: the same in Thai, for who writes so: each word of a move -> the English one
_THAI: Final = (
    ("เลิกตรึง", "unpin"), ("ตรึง", "pin"), ("ไม่จัด", "leave out"), ("รับผิดชอบโดย", "led by"), ("ไป", "to"),
    ("เวลา", "at"), ("ลำดับ", "position"), ("เที่ยว", "tour"), ("กับ", "with"), ("ด้วยรถ", "in"), ("เที่ยวใหม่", "alone"),
)  # fmt: skip
#: the first that fits is meant
_PATTERNS: Final = (
    ("leave-out", r"leave\s+out\s+(?P<visit>.+)"),
    ("unpin", r"unpin\s+(?P<visit>.+)"),
    ("pin", r"pin\s+(?P<visit>.+)"),
    ("crew", r"tour\s+(?P<tour>.+?)\s+with\s+(?P<crew>.+)"),
    ("car", r"tour\s+(?P<tour>.+?)\s+in\s+(?P<car>.+)"),
    ("lead", r"(?P<cooperative>.+?)\s+led\s+by\s+(?P<officer>.+)"),
    ("alone", rf"(?P<visit>.+?)\s+to\s+(?P<date>.+?)(?:\s+at\s+(?P<start>[0-9:.]+))?\s+alone{_CREW}"),
    ("place", rf"(?P<visit>.+?)\s+to\s+(?:(?P<date>[^t].*?)\s+)?tour\s+(?P<tour>.+?){_WHEN}"),
    ("place", rf"(?P<visit>.+?)\s+to\s+(?P<date>.+?){_WHEN}"),
    ("place", r"(?P<visit>.+?)(?:\s+at\s+(?P<start>[0-9:.]+)|\s+position\s+(?P<position>[0-9]+))"),
)


def moves_of(written: Sequence[str], names: Lookup) -> list[Move]:
    """The moves that are written; what they name may be named by id or by name.

    A tour that an earlier move makes is named by the id that it will have.

    Raises:
        InvalidInput: with every move that cannot be read, or names what is not there; or without any move.
    """
    found: list[Move] = []
    faults: list[Fault] = []
    if not written:
        cause = Said("No move is written.", None, "ไม่ได้เขียนการย้าย")
        faults.append(Fault("command-usage", "MOVE", cause, _write()))
    for text in written:
        gathering = Gathering(names)
        told: list[Fault] = []
        try:
            found.append(_move(text, gathering))
        except CellError as error:
            told = [Fault("option-value", text, error.cause, error.remedy)]
        except (ValueError, ValidationError):
            cause = Said(f"{text!r} cannot be read.", None, f"อ่าน {text!r} ไม่ได้")
            told = [Fault("option-value", "MOVE", cause, _write())]
        faults += (*gathering.faults, *told)
    if faults:
        raise InvalidInput(faults)
    return found


def told_as_written(make: Callable[[], T], written: Sequence[str]) -> T:
    """What ``make`` makes of the moves; its faults name the move as it was written.

    Raises:
        InvalidInput: from ``make``.
    """
    try:
        return make()
    except InvalidInput as error:
        faults = []
        for fault in error.faults:
            number = re.match(r"moves\[(\d+)\]", fault.where)
            faults.append(replace(fault, where=written[int(number[1])]) if number else fault)
        raise InvalidInput(faults) from None


def _write() -> Said:
    return Said(REMEDY, None, REMEDY_THAI)


def _in_english(text: str) -> str:
    """The move with the words between its names in English, where they were written in Thai."""
    for thai, english in _THAI:
        text = re.sub(rf"(?:(?<=\s)|^){thai}(?=\s|$)", english, text)
    return text


def _move(text: str, names: Lookup) -> Move:
    for kind, pattern in _PATTERNS:
        match = re.fullmatch(pattern, _in_english(text.strip()))
        if match is not None:
            said = {name: value for name, value in match.groupdict().items() if value is not None}
            return _made(kind, said, names, text)
    raise ValueError(text)


def _made(kind: str, said: dict[str, str], names: Lookup, where: str) -> Move:
    def one(name: str, of: str | None = None) -> str:
        return names.find(of or name, said[name], where)

    def tour() -> str:
        return said["tour"].strip()  # one that an earlier move makes is not known yet

    match kind:
        case "leave-out":
            return LeaveOut(visit=one("visit"))
        case "pin":
            return Pin(visit=one("visit"))
        case "unpin":
            return Unpin(visit=one("visit"))
        case "lead":
            return SetLead(cooperative=one("cooperative"), officer=one("officer"))
        case "crew":
            return SetCrew(tour=tour(), officers=_crew(said, names, where))
        case "car":
            return SetCar(tour=tour(), car=one("car"))
    parts: dict[str, Any] = {"visit": one("visit"), "new_tour": kind == "alone"}
    if "crew" in said:  # all names come first: a day that cannot be read hides none of them
        parts["crew"] = _crew(said, names, where)
    if "car" in said:
        parts["car"] = one("car")
    if "tour" in said:
        parts["tour"] = tour()
    if "date" in said:
        parts["date"] = day_of(said["date"])
    if "start" in said:
        parts["start"] = parse_clock(said["start"].replace(".", ":"))
    if "position" in said:
        parts["position"] = int(said["position"])
    return Place(**parts)


def _crew(said: dict[str, str], names: Lookup, where: str) -> tuple[str, ...]:
    return names.several("officer", (name.strip() for name in said["crew"].split("+")), where)
