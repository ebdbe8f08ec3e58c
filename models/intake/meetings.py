"""When a board meets, as a cell says it."""

from __future__ import annotations

from models.intake.cells import Cell, CellError, text
from models.meetings import NoRule, hour_in_full, parse_meeting


def meeting(value: Cell) -> str:
    """A monthly rule: ``third Thursday, 10:00``."""
    written = text(value)
    try:
        parse_meeting(written)
    except NoRule as error:
        raise CellError(error.cause, error.remedy) from None
    return written


def meeting_meant(written: str) -> str | None:
    """The rule with the hour in full that it can only mean: ``ศุกร์แรก เวลา 9``; None for what is written otherwise."""
    full = hour_in_full(written)
    try:
        return None if full == written else meeting(full)
    except CellError:
        return None
