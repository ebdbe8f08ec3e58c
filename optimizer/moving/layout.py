"""The times of one tour whose stops and order a planner has chosen: as they were, as far as that goes.

Unlike the timetable of the search it always answers. Where no times keep every rule, it breaks as few as it can and
leaves it to the referee to say which: a draft may be broken.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.clock import is_clock, to_second
from models.plan import Stop, Tour
from models.problem import Problem
from models.referee import TOLERANCE

_HAIR = 1e-6


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
    made = [_Layout(problem, outline, wishes, leg).laid() for leg in _legs(problem, outline)]
    return min(made, key=lambda laid: laid.burden)


def _legs(problem: Problem, outline: Outline) -> list[int | None]:
    """The drives on which the break may fall, counted from leaving the office; None is a tour without one."""
    return [None, *range(len(outline.visits) + 1)] if problem.day.has_break else [None]


class _Layout:
    """One way to lay out a tour: with its break on one leg, or without."""

    def __init__(self, problem: Problem, outline: Outline, wishes: Wishes, leg: int | None) -> None:
        self.problem, self.day, self.outline, self.wishes, self.leg = problem, problem.day, outline, wishes, leg
        self.visits = [problem.visit_by_id[id_] for id_ in outline.visits]
        home = problem.office_by_id[outline.office].location
        at = [problem.cooperative_by_id[visit.cooperative].location for visit in self.visits]
        self.drives = [problem.travel.minutes[a][b] for a, b in pairwise([home, *at, home])]
        self.spans = [problem.starts(visit, outline.date) for visit in self.visits]
        self.broken = 0

    def laid(self) -> Laid:
        starts = self._starts()
        wanted, rest = self._departure(starts[0])
        depart = max(0.0, wanted)  # a fixed start soon after midnight
        arrivals, free = [], depart
        for i, (visit, start) in enumerate(zip(self.visits, starts, strict=True)):
            arrive = free + self.drives[i]
            if self.leg == i:
                rest = rest or self._rest(free, arrive, start)
                if rest and rest[0] < arrive - _HAIR:
                    arrive += self.day.break_length
            arrivals.append(min(to_second(arrive), start))
            self.broken += arrive + self.day.slack > start + TOLERANCE
            free = start + visit.minutes
        back = free + self.drives[-1]
        if self.leg == len(self.visits):
            back = max(back + self.day.break_length, max(free, self.day.break_opens) + self.day.break_length)
            rest = self._rest(free, free + self.drives[-1], back)
        if not is_clock(back):
            raise TooLate
        self._judge(depart, back, rest)
        shift = sum(
            abs(start - self.wishes.near[visit.id])
            for visit, start in zip(self.visits, starts, strict=True)
            if visit.id in self.wishes.near
        )
        return Laid(self._tour(depart, back, rest, arrivals, starts), (self.broken, round(shift, 3), back - depart))

    def _starts(self) -> list[float]:
        """The start of each stop: as wished where the drives allow it, later otherwise."""
        wished = self._wished()
        starts: list[float] = []
        free, fixed = self._first_departure(), self.wishes.at
        for i, visit in enumerate(self.visits):
            ready = self._ready(i, free)
            wish = wished[i]
            if visit.id in fixed:
                starts.append(fixed[visit.id])
                self.broken += not self._allowed(i, fixed[visit.id])
            elif wish is not None and self._kept(i, ready, wish):
                starts.append(wish)
            else:
                starts.append(self._allowed_from(i, ready if wish is None else max(ready, wish)))
            free = starts[-1] + visit.minutes
        for i in range(
            len(starts) - 2, -1, -1
        ):  # a stop that nobody wished anywhere does not have the car wait after it
            if wished[i] is None and self.leg != i + 1:
                late = self._allowed_to(i, starts[i + 1] - self.day.slack - self.drives[i + 1] - self.visits[i].minutes)
                starts[i] = starts[i] if late is None else max(starts[i], late)
        return starts

    def _wished(self) -> list[float | None]:
        """The wish of each stop; earlier than it was where a fixed start after it needs that."""
        wished = [self.wishes.at.get(v.id, self.wishes.near.get(v.id)) for v in self.visits]
        known = next((i for i, wish in enumerate(wished) if wish is not None), len(wished))
        hard = False
        for i in range(len(wished) - 2, -1, -1):
            after = wished[i + 1]
            hard = hard or self.visits[i + 1].id in self.wishes.at
            if after is None or self.visits[i].id in self.wishes.at:
                continue
            rest = self.day.break_length if self.leg == i + 1 else 0.0
            latest = self._allowed_to(i, after - self.day.slack - rest - self.drives[i + 1] - self.visits[i].minutes)
            wish = wished[i]
            if latest is not None and ((wish is None and i < known) or (wish is not None and hard and wish > latest)):
                wished[i] = latest
        return wished

    def _first_departure(self) -> float:
        return _up(self.day.start, self.day.step)

    def _ready(self, i: int, free: float) -> float:
        """When stop ``i`` can begin after the crew is free of what lies before it."""
        arrive = free + self.drives[i]
        if self.leg != i:
            return arrive + self.day.slack
        opens, closes, length = self.day.break_opens, self.day.break_closes, self.day.break_length
        there, way = max(arrive, opens), max(free, opens)
        found = []
        if there <= closes + _HAIR:
            found.append(max(there + length, arrive + self.day.slack))
        if way <= closes + _HAIR:
            found.append(max(arrive, way) + length + self.day.slack)
        return min(found, default=arrive + self.day.slack)

    def _departure(self, start: float) -> tuple[float, tuple[float, float] | None]:
        """When the tour leaves to begin at ``start``, and the break where it falls before the first stop."""
        latest = start - self.day.slack - self.drives[0]
        if self.leg != 0:
            return _down(latest, self.day.step), None
        length = self.day.break_length
        for last in (min(latest, start - length - self.drives[0]), latest - length):
            depart = _down(last, self.day.step)
            rest = self._rest(depart, depart + self.drives[0], start)
            if rest is not None:
                return depart, rest
        return _down(latest - length, self.day.step), None

    def _rest(self, free: float, arrive: float, busy: float) -> tuple[float, float] | None:
        """The break within a leg: at the place where there is time for it, else on the way; None where there is not."""
        opens, closes, length = self.day.break_opens, self.day.break_closes, self.day.break_length
        for begin, end in ((max(arrive, opens), busy), (max(free, opens), busy - max(0.0, arrive - max(free, opens)))):
            begin = _second_up(begin)
            if begin <= closes + _HAIR and begin + length <= end + _HAIR:
                return begin, begin + length
        return None

    def _judge(self, depart: float, back: float, rest: tuple[float, float] | None) -> None:
        """Count what the day as a whole breaks."""
        day = self.day
        self.broken += depart < day.start - TOLERANCE
        self.broken += back > day.end + TOLERANCE
        self.broken += day.max_minutes is not None and back - depart > day.max_minutes + TOLERANCE
        over_noon = depart < day.break_opens + day.break_length - _HAIR and back > day.break_closes + _HAIR
        self.broken += day.has_break and over_noon and rest is None

    def _kept(self, i: int, ready: float, wish: float) -> bool:
        """Whether a start can stay to the second: files round their times."""
        on_grid = not self.day.step or abs(wish - _down(wish, self.day.step)) <= TOLERANCE
        return on_grid and ready <= wish + TOLERANCE and self._allowed(i, wish)

    def _allowed(self, i: int, start: float) -> bool:
        return any(low - TOLERANCE <= start <= high + TOLERANCE for low, high in self.spans[i])

    def _allowed_from(self, i: int, time: float) -> float:
        """The first time from ``time`` on at which stop ``i`` may begin; ``time`` itself where there is none."""
        for low, high in self.spans[i]:
            start = _up(max(low, time), self.day.step)
            if start <= high + _HAIR:
                return start
        self.broken += 1
        return _up(time, self.day.step)

    def _allowed_to(self, i: int, time: float) -> float | None:
        """The last time up to ``time`` at which stop ``i`` may begin and the day allows; None where there is none."""
        first = self._first_departure() + self.drives[0] + self.day.slack if i == 0 else self.day.start
        for low, high in reversed(self.spans[i]):
            start = _down(min(high, time), self.day.step)
            if start >= max(low, first) - _HAIR:
                return start
        return None

    def _tour(
        self,
        depart: float,
        back: float,
        rest: tuple[float, float] | None,
        arrivals: Sequence[float],
        starts: Sequence[float],
    ) -> Tour:
        stops = [
            Stop(visit=visit.id, arrive=arrive, start=to_second(start), end=to_second(start + visit.minutes))
            for visit, arrive, start in zip(self.visits, arrivals, starts, strict=True)
        ]
        outline = self.outline
        return Tour.model_validate(
            {
                "id": outline.id, "date": outline.date, "office": outline.office, "car": outline.car,
                "crew": outline.crew, "depart": to_second(depart), "return": to_second(back), "break": rest,
                "stops": stops,
            }
        )  # fmt: skip


def _second_up(minutes: float) -> float:
    return math.ceil(minutes * 60 - _HAIR) / 60


def _up(minutes: float, step: float) -> float:
    """The first time of the grid from ``minutes`` on; whole seconds where there is no grid."""
    return math.ceil(minutes / step - _HAIR) * step if step else _second_up(minutes)


def _down(minutes: float, step: float) -> float:
    """The last time of the grid up to ``minutes``; whole seconds where there is no grid."""
    return math.floor(minutes / step + _HAIR) * step if step else math.floor(minutes * 60 + _HAIR) / 60
