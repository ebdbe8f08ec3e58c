"""Tours of a known plan as columns, which the programme has from the start.

Each costs what pricing would ask of that crew on that route: a column that is cheaper is none of the programme's, and
lowers what can be proven.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.bounding.pricing import Earners, in_order, padded
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import Routes, day_cost_of, routes_from
from optimizer.instance import Floats


@dataclass(frozen=True)
class Trip:
    """A tour of a known plan: visits and officers by index in the problem, and who leads each visit (-1 unknown)."""

    office: int
    visits: tuple[int, ...]
    crew: tuple[int, ...]
    leads: tuple[int, ...]


def columns_of(
    relaxed: Relaxed, trips: Sequence[Trip], width: int, leads: bool, see_hours: Callable[[Routes], None]
) -> Iterator[Earners]:
    """A column of each trip that is a route of at most ``width`` visits; without ``leads`` as few officers ride as can.

    ``see_hours`` lets a route cost what it does once all hours of the day are seen.
    """
    number = {int(v): i for i, v in enumerate(relaxed.visit)}
    rows: dict[tuple[int, tuple[int, ...]], tuple[tuple[int, ...], dict[int, int]]] = {}
    for trip in trips:
        lead_of = {number[v]: lead for v, lead in zip(trip.visits, trip.leads, strict=True) if v in number}
        if lead_of and len(lead_of) <= width:
            rows[trip.office, tuple(sorted(lead_of))] = (trip.crew, lead_of)
    seats = max(1, int(relaxed.seats.max(initial=1)))
    day_cost = [day_cost_of(relaxed, office) for office in range(len(relaxed.depot))]
    for (office, visits), (crew, lead_of) in rows.items():
        block = next(routes_from(relaxed, office, np.array([visits])))
        see_hours(block)
        need, asked = int(block.topics[0]), max(1, int(block.crew[0]))
        if not leads:
            crew = _fewest(relaxed, crew, need, asked)
        barred = relaxed.barred[relaxed.coop[list(visits)]][:, list(crew)].any()
        if barred or len(crew) > seats or not np.isfinite(block.baht[0]) or not _suffices(relaxed, crew, need, asked):
            continue
        later = _later_by(relaxed, day_cost[office][list(visits)].sum(axis=0), crew)
        if not np.isfinite(later):
            continue
        claim = [lead_of[v] if leads and lead_of[v] in crew else -1 for v in visits]
        yield Earners(
            np.zeros(1), padded(block.visits, width), padded(np.array([claim]), width),
            in_order(padded(np.array([crew]), seats)), block.km, block.hours,
            block.baht + block.wage * len(crew) + later, np.array([len(crew) == 1], np.int64),
        )  # fmt: skip


def _suffices(relaxed: Relaxed, crew: Sequence[int], need: int, asked: int) -> bool:
    """Whether a crew knows the topics and is as many as are asked for."""
    known = int(np.bitwise_or.reduce(relaxed.skills[list(crew)], initial=0))
    return len(crew) >= asked and need & ~known == 0


def _fewest(relaxed: Relaxed, crew: tuple[int, ...], need: int, asked: int) -> tuple[int, ...]:
    """The crew without whom it can do without, the last ones first."""
    for officer in crew[::-1]:
        others = tuple(o for o in crew if o != officer)
        if _suffices(relaxed, others, need, asked):
            crew = others
    return crew


def _later_by(relaxed: Relaxed, day: Floats, crew: Sequence[int]) -> float:
    """By how much the cheapest ``day`` [D] of the member who is there least is dearer than the least, in baht."""
    present = relaxed.there[list(crew)] == 1
    return float(np.where(present, day, np.inf).min(axis=1).max() - day.min())
