"""When visits may start: windows by visit and weekday, on the grid of the office's times."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np

from models.hours import Spans, on_weekday, starts_within
from models.problem import Problem, Visit
from models.rules.grid import down, up
from optimizer.arrays.numbering import Numbering
from optimizer.instance import SECOND, Floats, Ints

#: a Monday: the days from it on stand for the weekdays
_MONDAY = dt.date(2012, 7, 30)


def on_grid(problem: Problem, first: float, last: float) -> tuple[float, float]:
    """The first and last multiple of the office's step within ``first .. last``; those where any time does."""
    step = problem.day.step
    return up(first, step), down(last, step) if math.isfinite(last) else last


def weekly_windows(problem: Problem, visit: Visit) -> list[Spans]:
    """Where the visit may start on each weekday from Monday on, within the office's day."""
    open_ = problem.cooperative_by_id[visit.cooperative].open
    one = not isinstance(open_, dict)
    found: list[Spans] = []
    for weekday in range(7):
        if one and found:
            found.append(found[0])
            continue
        stretches = on_weekday(open_, _MONDAY + dt.timedelta(days=weekday))
        found.append(_within_day(problem, visit, starts_within(visit.windows, stretches, visit.minutes)))
    return found


def _within_day(problem: Problem, visit: Visit, windows: Spans) -> Spans:
    day = problem.day
    clipped = (
        on_grid(problem, max(first, day.start), min(last, day.end - visit.minutes)) for first, last in windows
    )  # fmt: skip
    return tuple((first, last) for first, last in clipped if first <= last)


def published_starts(problem: Problem, ids: Numbering) -> dict[int, tuple[dt.date, float]]:
    """Where pinned visits stand: their date and start."""
    pins = set(problem.pins or ())
    return {
        ids.visit[visit]: (tour.date, start)
        for tour, visit, start in problem.published_stops()
        if visit in pins and (problem.today is None or tour.date >= problem.today)
    }


def windows(problem: Problem, ids: Numbering) -> tuple[Ints, Floats, Floats]:
    """``first_window``, ``window_opens`` and ``window_closes``; a pinned visit has its own start alone."""
    pinned = published_starts(problem, ids)
    first, opens, closes = [0], [], []
    for v, visit in enumerate(problem.visits):
        weekly = weekly_windows(problem, visit)
        if v in pinned:
            date, start = pinned[v]
            # the file's start was rounded to a second, so the true one lies within half of it
            only = on_grid(problem, start - SECOND / 2, start + SECOND / 2)
            stands = any(low - SECOND <= start <= high + SECOND for low, high in weekly[date.weekday()])
            weekly = [(only,) if stands and only[0] <= only[1] else ()] * 7
        for spans in weekly:
            opens += [low for low, _ in spans]
            closes += [high for _, high in spans]
            first.append(len(opens))
    return np.array(first, np.int64), np.array(opens, np.float64), np.array(closes, np.float64)


def hull(first: Ints, opens: Floats, closes: Floats) -> tuple[Floats, Floats]:
    """Earliest and latest start of each visit over all weekdays; inf and -inf where it has none."""
    count = (len(first) - 1) // 7
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    for v in range(count):
        some = slice(first[7 * v], first[7 * v + 7])
        if some.start < some.stop:
            low[v], high[v] = opens[some].min(), closes[some].max()
    return low, high
