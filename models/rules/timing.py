"""When a tour leaves, starts its visits, has its break and is back: rules 2, 3 and 4 for a given order of visits.

A tour's times are bounded events (leave, each start, return) with least times between neighbours. For one window of
each visit and one place of the break, going forward finds the earliest return, going back from it the latest
departure, and going forward again the times between: of least length, and the earliest of those. The break is tried
on each leg and left out where the tour leaves when the earliest one is over, or is back when the latest one begins.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.clock import to_second
from models.hours import ALL_DAY, HAIR, Span, Spans
from models.plan import Stop, Tour
from models.problem import Day, Problem
from models.rules.breaks import break_from, leg_minutes
from models.rules.grid import down, up

#: minutes by which a grid of times may be ahead of sums of floats, over a whole tour
_MOMENT = 0.01


@dataclass(frozen=True, slots=True)
class Times:
    """Minutes since midnight: leaving, each start, being back, and the start of the break (None: none)."""

    depart: float
    starts: tuple[float, ...]
    back: float
    break_start: float | None
    worked: float

    @property
    def length(self) -> float:
        """Minutes from leaving to being back."""
        return self.back - self.depart


def timings(
    day: Day, drives: Sequence[float], minutes: Sequence[float], windows: Sequence[Spans], within: Span = ALL_DAY
) -> list[Times]:
    """The timings that no other one beats both in work and in length; none where no times fit.

    Args:
        day: the office's day.
        drives: [n + 1] minutes from the office to the first visit, ..., back from the last.
        minutes: [n] of the visits.
        windows: [n] where each visit may start, as :meth:`models.problem.Problem.starts` has it.
        within: the whole tour lies in it.
    """
    found: list[Times] = []
    for choice in _choices(day, drives, minutes, windows, max(day.start, within[0])):
        for times in _of_choice(day, drives, minutes, choice, within):
            beaten = any(one.worked <= times.worked + HAIR and one.length <= times.length + HAIR for one in found)
            if not beaten:
                found = [one for one in found if times.worked > one.worked or times.length > one.length] + [times]
    return found


def _choices(
    day: Day, drives: Sequence[float], minutes: Sequence[float], windows: Sequence[Spans], free: float
) -> Iterator[tuple[Span, ...]]:
    """One window for each visit, none that is over before the crew, free from ``free`` on, can be there.

    Of many visits that are all open before and after lunch few choices are left: who has been to one after it is to
    none before it.
    """
    if not windows:
        yield ()
        return
    ready = free + leg_minutes(day, drives[0], before_visit=True, with_break=False)
    for low, high in windows[0]:
        if ready <= high + _MOMENT:
            done = max(ready, low) + minutes[0]
            for others in _choices(day, drives[1:], minutes[1:], windows[1:], done):
                yield (low, high), *others


def _of_choice(
    day: Day, drives: Sequence[float], minutes: Sequence[float], windows: Sequence[Span], within: Span
) -> Iterator[Times]:
    """The timings with each visit in one given window, for each place of the break."""
    last = len(minutes)
    first, end = max(day.start, within[0]), min(day.end, within[1])
    longest = math.inf if day.max_minutes is None else day.max_minutes
    legs = [(-1, first, end)]
    if day.has_break:
        over = day.break_opens + day.break_length
        legs = [(-1, max(first, over), end), (-1, first, min(end, day.break_closes))]
        legs += [(leg, first, end) for leg in range(last + 1)]
    for leg, leave, home in legs:
        times = _on_leg(day, drives, minutes, windows, leg, leave, home)
        if times is not None and times.length <= longest + HAIR:
            yield times


def _on_leg(
    day: Day, drives: Sequence[float], minutes: Sequence[float], windows: Sequence[Span], leg: int, leave: float,
    home: float,
) -> Times | None:  # fmt: skip
    """The timing of least length with the break on ``leg`` (-1: none), leaving from ``leave`` on and in by ``home``."""
    step, last, length = day.step, len(minutes), day.break_length
    lows, highs = [leave, *(low for low, _ in windows), 0.0], [home, *(high for _, high in windows), home]
    gaps = [
        (minutes[i - 1] if i else 0.0) + leg_minutes(day, drives[i], before_visit=i < last, with_break=i == leg)
        for i in range(last + 1)
    ]
    if leg >= 0:
        highs[leg] = min(highs[leg], day.break_closes - (minutes[leg - 1] if leg else 0.0))
        lows[leg + 1] = max(lows[leg + 1], day.break_opens + length)
    now = up(lows[0], step)
    if now > highs[0] + HAIR:
        return None
    for i in range(last + 1):
        now = max(lows[i + 1], now + gaps[i])
        now = now if i == last else up(now, step)
        if now > highs[i + 1] + HAIR:
            return None
    for i in range(last, -1, -1):
        now = down(min(highs[i], now - gaps[i]), step)
    times = [now]
    for i in range(last + 1):
        now = max(lows[i + 1], now + gaps[i])
        times.append(now if i == last else up(now, step))
        now = times[-1]
    begin = None if leg < 0 else break_from(day, times[leg] + (minutes[leg - 1] if leg else 0.0), drives[leg])
    worked = times[-1] - times[0] - (length if leg >= 0 else 0.0)
    return Times(times[0], tuple(times[1:-1]), times[-1], begin, worked)


def tour_of(
    problem: Problem, times: Times, visits: Sequence[str], *, id_: str, date: object, office: str, car: str | None,
    crew: Sequence[str],
) -> Tour:  # fmt: skip
    """The tour with these times, in whole seconds; who has the break on the way arrives so much later."""
    free, stops, length = times.depart, [], problem.day.break_length
    for visit, start, drive in zip(visits, times.starts, problem.drives(office, visits), strict=False):
        arrive = free + drive
        if times.break_start is not None and free - HAIR <= times.break_start < arrive - HAIR:
            arrive = max(arrive, min(arrive + length, start - problem.day.slack))  # the break takes in the slack
        free = start + problem.visit_by_id[visit].minutes
        arrive, begin, end = map(to_second, (min(arrive, start), start, free))
        stops.append(Stop(visit=visit, arrive=arrive, start=begin, end=end))
    break_ = None if times.break_start is None else (times.break_start, times.break_start + length)
    return Tour.model_validate({
        "id": id_, "date": date, "office": office, "car": car, "crew": tuple(crew), "depart": to_second(times.depart),
        "return": to_second(times.back), "break": break_ and tuple(map(to_second, break_)), "stops": tuple(stops),
    })  # fmt: skip
