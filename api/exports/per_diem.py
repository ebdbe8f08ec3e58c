"""The per diem of a day trip, by the rule for official travel without a night away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: baht a day for officers at work, where an office says nothing else
USUAL_BAHT = 240.0
#: minutes away from which half a day counts
HALF_FROM = 6 * 60.0
#: minutes away above which the whole day counts
WHOLE_ABOVE = 12 * 60.0


@dataclass(frozen=True, slots=True)
class PerDiem:
    """What each officer gets for one tour: ``share`` of a day, and the baht for it."""

    share: Literal["none", "half", "full"]
    each: float


def per_diem(minutes_away: float, baht_a_day: float) -> PerDiem:
    """The per diem for ``minutes_away`` from the office, at ``baht_a_day``: below 6 hours none, up to 12 half."""
    if minutes_away < HALF_FROM:
        return PerDiem("none", 0.0)
    if minutes_away <= WHOLE_ABOVE:
        return PerDiem("half", baht_a_day / 2)
    return PerDiem("full", baht_a_day)
