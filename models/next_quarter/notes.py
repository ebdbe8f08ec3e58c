"""Notes that a planner wrote beside a value which is another now."""

from __future__ import annotations

from typing import Final

_WAS: Final = {True: "ค่าเดิม", False: "was"}


def outdated(note: str, was: str, thai: bool) -> str:
    """The note, which is kept, as one on the value that was; one that says so already stays."""
    return note if note.startswith(_WAS[thai]) else f"{_WAS[thai]} {was}: {note}"
