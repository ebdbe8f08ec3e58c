"""Places: where more visits want a partner than he has places, or a cooperative's gaps leave no room for all of its
visits, some are left out in every plan.

The limit is priced: a planned visit pays a toll for its place, and the bound gives away the tolls of all places
(``docs/bounds.md``).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.problem import Problem
from optimizer.instance import Floats, Ints

Mask = npt.NDArray[np.bool_]


def places_of(problem: Problem, visits: Ints, leave_out: Floats, planned: Floats) -> tuple[Floats, float]:
    """[n] toll of each of ``visits`` for its place with a partner, and the tolls of all places together.

    ``leave_out`` [n] is what it costs to leave a visit out, ``planned`` [n] about what it costs to plan it; both in
    baht. Any tolls prove a bound; these are what one more place would save.
    """
    toll, total = np.zeros(len(visits)), 0.0
    wanted = np.array([problem.visits[v].partner or "" for v in visits], object)
    saved = np.maximum(0.0, leave_out - planned)
    for partner in problem.partners or ():
        with_it = np.flatnonzero(wanted == partner.id)
        places = len(set(partner.dates) & set(problem.workdays)) * partner.per_day
        if len(with_it) > places:
            price = float(np.sort(saved[with_it])[::-1][places])
            toll[with_it] = price
            total += price * places
    return toll, total


def gaps_of(problem: Problem, visits: Ints, days: Mask, leave_out: Floats, planned: Floats) -> tuple[Floats, float]:
    """[n] toll of each of ``visits`` for its place between the gaps of its cooperative, and what all places bring.

    ``days`` [n, D]: the workdays on which each visit may be. Where a cooperative's visits are more than its gaps leave
    room for, all but as many as there is room for are left out in every plan. Tolls are as in :func:`places_of`.
    """
    toll, total = np.zeros(len(visits)), 0.0
    dates = np.array([day.toordinal() for day in problem.workdays])
    rows: dict[str, list[int]] = {}
    for i in sorted(range(len(visits)), key=lambda i: problem.visits[visits[i]].seq):
        rows.setdefault(problem.visits[visits[i]].cooperative, []).append(i)
    for name, own in rows.items():
        room = _room(dates, days[own], problem.cooperative_by_id[name].gap_days)
        if room < len(own):
            price = float(np.sort(np.maximum(0.0, leave_out - planned)[own])[::-1][room])
            if np.isfinite(price):
                toll[own] = price
                total += price * room
    return toll, total


def _room(dates: Ints, days: Mask, gap: int) -> int:
    """How many visits at the most can be planned, one after the other, ``gap`` days apart; ``days`` [k, D]."""
    last = [-np.inf]  # the earliest date of the last one, by how many are planned
    for allowed in days:
        last.append(np.inf)
        for number in range(len(last) - 1, 0, -1):
            open_days = dates[allowed & (dates >= last[number - 1] + gap)]
            if len(open_days):
                last[number] = min(last[number], float(open_days.min()))
    return int(np.isfinite(last[1:]).sum())
