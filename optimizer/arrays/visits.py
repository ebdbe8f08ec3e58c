"""Visits: what each one is, on which days it may be, and where the published plan has it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import Any

import numpy as np

from models.costing import answering, price_of_moving
from models.problem import Problem
from optimizer.arrays.hours import hull, published_starts, windows
from optimizer.arrays.numbering import Numbering
from optimizer.instance import Flags, Floats, Ints


def visits(problem: Problem, ids: Numbering) -> dict[str, Any]:
    """The arrays by visit that do not depend on days."""
    some = problem.visits
    places = [problem.cooperative_by_id[visit.cooperative].location for visit in some]
    pins = set(problem.pins or ())
    first, opens, closes = windows(problem, ids)
    low, high = hull(first, opens, closes)
    return {
        "cooperative": np.array([ids.cooperative[visit.cooperative] for visit in some], np.int64),
        "place": np.array(places, np.int64),
        "minutes": np.array([visit.minutes for visit in some], np.float64),
        "opens": low,
        "closes": high,
        "first_window": first,
        "window_opens": opens,
        "window_closes": closes,
        "topics": np.array([ids.mask(visit.topics) for visit in some], np.int64),
        "least_crew": np.array([visit.crew_size for visit in some], np.int64),
        "load": np.array([visit.load or 0.0 for visit in some], np.float64),
        "partner": np.array([ids.partner.get(visit.partner or "", -1) for visit in some], np.int64),
        "leave_out": np.array([visit.priority * problem.prices.unplanned for visit in some], np.float64),
        "fixed": np.array([1 if v.id in ids.past else 2 if v.id in pins else 0 for v in some], np.uint8),
        "past": np.array([ids.past[v.id].toordinal() if v.id in ids.past else -1 for v in some], np.int64),
    }


def days(problem: Problem, ids: Numbering, first_window: Ints) -> dict[str, Any]:
    """The workdays, and for each visit the days on which it may be and what it costs there to be late."""
    dates = problem.workdays
    weekday = np.array([date.weekday() for date in dates], np.int64)
    ok = _may_be(problem, ids)
    starts = np.diff(first_window).reshape(len(problem.visits), 7) > 0
    ok &= starts[:, weekday].astype(np.uint8)
    for v, (date, _) in published_starts(problem, ids).items():
        only = np.zeros(len(dates), np.uint8)
        if date in ids.day:
            only[ids.day[date]] = 1
        ok[v] &= only
    number = np.arange(len(dates))
    return {
        "day_ok": ok,
        "late": _late(problem, ids),
        "first_day": np.where(ok, number, len(dates)).min(axis=1, initial=len(dates)).astype(np.int64),
        "last_day": np.where(ok, number, -1).max(axis=1, initial=-1).astype(np.int64),
        "ordinal": np.array([date.toordinal() for date in dates], np.int64),
        "week": np.array([ids.week[date.isocalendar()[:2]] for date in dates], np.int64),
        "weekday": weekday,
    }


def _may_be(problem: Problem, ids: Numbering) -> Flags:
    ok = np.zeros((len(problem.visits), len(problem.workdays)), np.uint8)
    to_come = [(d, date) for d, date in enumerate(problem.workdays) if ids.to_come[d]]
    closed = {each.id: frozenset(each.closed or ()) for each in problem.cooperatives}
    joins = {partner.id: frozenset(partner.dates) for partner in problem.partners or ()}
    for v, visit in enumerate(problem.visits):
        if visit.id in ids.past:
            continue
        shut, partner = closed[visit.cooperative], joins.get(visit.partner or "")
        for d, date in to_come:
            ok[v, d] = visit.may_be_on(date) and date not in shut and (partner is None or date in partner)
    return ok


def _late(problem: Problem, ids: Numbering) -> Floats:
    late = np.zeros((len(problem.visits), len(problem.workdays)), np.float64)
    number = np.arange(1, len(problem.workdays) + 1)
    for v, visit in enumerate(problem.visits):
        if visit.due is not None and visit.id not in ids.past:
            workdays = np.maximum(0, number - bisect_right(problem.workdays, visit.due))
            late[v] = workdays * visit.priority * problem.prices.late_day
    return late


def published(problem: Problem, ids: Numbering) -> dict[str, Any]:
    """Where the published plan has the visits from today on, who answers for them, and what it costs to move them."""
    count = len(problem.visits)
    plan = problem.published
    widest = max([1, *(len(set(tour.crew)) for tour in (plan.tours if plan else ()))])
    day, start = np.full(count, -1, np.int64), np.zeros(count, np.float64)
    price = np.zeros(count, np.float64)
    told, riders = np.full((count, widest), -1, np.int64), np.full((count, widest), -1, np.int64)
    today = problem.today or dt.date.min
    for tour, visit_id, begins in problem.published_stops():
        if tour.date < today or plan is None:
            continue
        v, lead = ids.visit[visit_id], plan.leads.get(problem.visit_by_id[visit_id].cooperative)
        for row, named in ((told[v], answering(tour.crew, lead)), (riders[v], set(tour.crew))):
            row[: len(named)] = sorted(ids.officer[id_] for id_ in named)
        day[v], start[v] = ids.day.get(tour.date, -1), begins
        price[v] = price_of_moving(problem, tour)
    return {
        "published_day": day,
        "published_start": start,
        "move_price": price,
        "published_crew": told,
        "published_riders": riders,
    }
