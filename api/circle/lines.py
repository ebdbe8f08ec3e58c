"""A line of what changes towards the next quarter, as page, file and service tell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A cell or a whole row of a table, before and after, and why, in the language asked for.

    ``number``: its place among all lines, the same in page and file. ``key`` names it where it is refused.
    """

    number: int
    key: str
    table: str
    row: str
    column: str
    before: str
    after: str
    why: str
    refused: bool
