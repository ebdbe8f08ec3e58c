"""The times of one tour whose stops and order a planner has chosen: as they were, as far as that goes.

Unlike :mod:`models.rules.timing`, which finds the times of least work that keep every rule, this always answers. Where
no times keep every rule, it breaks as few as it can, by the count of the rules' own rooms: a draft may be broken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.clock import TOLERANCE, is_clock
from models.hours import HAIR
from models.plan import Tour
from models.problem import Problem
from models.rules import OF_TIMES, Roster, against_tour
from models.rules.breaks import break_from, leg_minutes
from models.rules.grid import down, is_on_grid, up
from models.rules.timing import Times, tour_of


class TooLate(Exception):
    """A tour would end at a time that no clock shows: files cannot carry it."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """``near``: starts to keep where they can be kept; ``at``: starts to keep whatever they break."""

    near: Mapping[str, float]
    at: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """A tour without its times."""

    id: str
    date: dt.date
    office: str
    crew: tuple[str, ...]
    car: str | None
    visits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """A tour with its times. ``burden`` orders the ways to lay it out: rules broken, minutes shifted, minutes away."""

    tour: Tour
    burden: tuple[int, float, float]


def laid_out(problem: Problem, outline: Outline, wishes: Wishes) -> Laid:
    """The tour of ``outline`` with the fewest rules broken, then the fewest shifts, then the least time away.

    Raises:
        TooLate: it would end at a time that no clock shows.
    """
    return min(_ways(problem, outline, wishes), key=lambda laid: laid.burden)


def _ways(problem: Problem, outline: Outline, wishes: Wishes) -> Iterator[Laid]:
    """The tour without a break, and with the break on each of its drives."""
    roster = Roster(problem, ())
    last = len(outline.visits)
    for leg in (None, *range(last + 1)) if problem.day.has_break else (None,):
        times = _Layout(problem, outline, wishes, leg).times()
        if not is_clock(times.back):
            raise TooLate
        tour = tour_of(problem, times, outline.visits, id_=outline.id, date=outline.date, office=outline.office,
                       car=outline.car, crew=outline.crew)  # fmt: skip
        broken = against_tour(roster, problem.visit_by_id[outline.visits[0]], tour, OF_TIMES)
        shifted = sum(abs(stop.start - wishes.near.get(stop.visit, stop.start)) for stop in tour.stops)
        yield Laid(tour, (len(broken), round(shifted, 3), round(times.length, 3)))


class _Layout:
    """One way to lay out a tour: with its break on one drive (counted from leaving the office), or without."""

    def __init__(self, problem: Problem, outline: Outline, wishes: Wishes, leg: int | None) -> None:
        self.day, self.wishes, self.leg, self.ids = problem.day, wishes, leg, outline.visits
        self.visits = [problem.visit_by_id[id_] for id_ in outline.visits]
        self.drives = problem.drives(outline.office, outline.visits)
        self.spans = [problem.starts(visit, outline.date) for visit in self.visits]
        self.least = [
            leg_minutes(self.day, drive, before_visit=i < len(self.visits), with_break=i == leg)
            for i, drive in enumerate(self.drives)
        ]

    def times(self) -> Times:
        """When the tour leaves, starts its visits, has its break and is back."""
        starts = self._starts()
        ends = [start + visit.minutes for start, visit in zip(starts, self.visits, strict=True)]
        frees = [self._departure(starts[0]), *ends]
        back = frees[-1] + self.least[-1]
        if self.leg == len(self.visits):
            back = max(back, self.day.break_opens + self.day.break_length)
        begin = None if self.leg is None else break_from(self.day, frees[self.leg], self.drives[self.leg])
        worked = back - frees[0] - (0.0 if begin is None else self.day.break_length)
        return Times(frees[0], tuple(starts), back, begin, worked)

    def _starts(self) -> list[float]:
        """The start of each stop: as wished where the drives allow it, later otherwise."""
        wished = self._wished()
        starts: list[float] = []
        free = up(self.day.start, self.day.step)
        for i, visit in enumerate(self.visits):
            ready, wish = self._ready(i, free), wished[i]
            if visit.id in self.wishes.at:
                starts.append(self.wishes.at[visit.id])
            elif wish is not None and self._can_stay(i, ready, wish):
                starts.append(wish)
            else:
                starts.append(self._allowed_from(i, ready if wish is None else max(ready, wish)))
            free = starts[-1] + visit.minutes
        for i in range(len(starts) - 2, -1, -1):
            if wished[i] is None and self.leg != i + 1:  # nobody waits after a stop that was wished nowhere
                late = self._allowed_to(i, starts[i + 1] - self.least[i + 1] - self.visits[i].minutes)
                starts[i] = starts[i] if late is None else max(starts[i], late)
        return starts

    def _wished(self) -> list[float | None]:
        """The wish of each stop; earlier than it was where a fixed start after it needs that."""
        wished = [self.wishes.at.get(id_, self.wishes.near.get(id_)) for id_ in self.ids]
        known = next((i for i, wish in enumerate(wished) if wish is not None), len(wished))
        fixed = False
        for i in range(len(wished) - 2, -1, -1):
            after, wish = wished[i + 1], wished[i]
            fixed = fixed or self.ids[i + 1] in self.wishes.at
            if after is None or self.ids[i] in self.wishes.at:
                continue
            latest = self._allowed_to(i, after - self.least[i + 1] - self.visits[i].minutes)
            if latest is not None and ((wish is None and i < known) or (wish is not None and fixed and wish > latest)):
                wished[i] = latest
        return wished

    def _ready(self, i: int, free: float) -> float:
        """When stop ``i`` can begin after the crew is free of what lies before it."""
        ready = free + self.least[i]
        return ready if self.leg != i else max(ready, self.day.break_opens + self.day.break_length)

    def _departure(self, start: float) -> float:
        """When the tour leaves to begin its first visit at ``start``; not before midnight."""
        latest = start - self.least[0]
        if self.leg == 0:
            latest = min(latest, self.day.break_closes)
        return max(0.0, down(latest, self.day.step))

    def _can_stay(self, i: int, ready: float, wish: float) -> bool:
        """Whether a start can stay to the second: files round their times."""
        allowed = any(low - TOLERANCE <= wish <= high + TOLERANCE for low, high in self.spans[i])
        return allowed and is_on_grid(wish, self.day.step) and ready <= wish + TOLERANCE

    def _allowed_from(self, i: int, time: float) -> float:
        """The first time from ``time`` on at which stop ``i`` may begin; ``time`` itself where there is none."""
        for low, high in self.spans[i]:
            start = up(max(low, time), self.day.step)
            if start <= high + HAIR:
                return start
        return up(time, self.day.step)

    def _allowed_to(self, i: int, time: float) -> float | None:
        """The last time up to ``time`` at which stop ``i`` may begin and the day allows; None where there is none."""
        first = up(self.day.start, self.day.step) + self.least[0] if i == 0 else self.day.start
        for low, high in reversed(self.spans[i]):
            start = down(min(high, time), self.day.step)
            if start >= max(low, first) - HAIR:
                return start
        return None
