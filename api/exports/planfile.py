"""``plan.json``: the plan as the contract has it."""

from __future__ import annotations

from api.formats import Part


def draw(part: Part) -> bytes:
    """The plan's file."""
    return part.calendar.plan.to_json().encode()
