"""Where names stand on the enlarged part of the map: beside their places, none over another, none cut at the edge."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

Spot = tuple[float, float]
#: left, top, width, height
Frame = tuple[float, float, float, float]

#: the size of letters as a share of the picture's width, and the width of a letter and the height of a line by size
SIZE: Final = 0.03
_LETTER: Final = 0.6
_LINE: Final = 1.5
#: lines of text that a name may stand away from its place
_FARTHEST: Final = 12


@dataclass(frozen=True, slots=True)
class TownName:
    """A name with the middle of its line of text; ``away``: it stands off its place, and a line leads to it."""

    text: str
    middle: Spot
    away: bool


def town_names(frame: Frame, names: Sequence[tuple[Spot, str]]) -> list[TownName | None]:
    """A place for each of ``names`` within the ``frame``; None for one that finds no room."""
    size = frame[2] * SIZE
    half = size * 0.35  # places themselves stay in sight
    taken = [(x - half, y - half, 2 * half, 2 * half) for (x, y), _ in names]
    found: list[TownName | None] = []
    for spot, text in names:
        wide, high = _letters(text) * size * _LETTER, size * _LINE
        for number, (x, y) in enumerate(_around(spot, wide, high)):
            left = min(max(x - wide / 2, frame[0]), frame[0] + frame[2] - wide)
            box = (left, y - high / 2, wide, high)
            inside = wide <= frame[2] and frame[1] <= box[1] and box[1] + high <= frame[1] + frame[3]
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found.append(TownName(text, (left + wide / 2, y), number > 1))
                break
        else:
            found.append(None)
    return found


def _around(spot: Spot, wide: float, high: float) -> Iterator[Spot]:
    """Middles of a line of text about a spot, the nearest first: above, below, then beside and farther."""
    x, y = spot
    for lines in range(1, _FARTHEST + 1):
        for across in (0.0, wide / 2, -wide / 2):
            yield x + across, y - lines * high * 0.9
            yield x + across, y + lines * high * 0.9


def _overlap(one: Frame, other: Frame) -> bool:
    return (
        one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]
    )  # fmt: skip


def _letters(text: str) -> int:
    """Letters that take room: signs above and below others do not."""
    return sum(unicodedata.category(each) != "Mn" for each in text)
