"""Officers: topics, days and parts of days away, limits, what history has already cost them, and partners."""

from __future__ import annotations

from typing import Any

import numpy as np

from models.hours import Spans
from models.problem import Officer, Problem
from optimizer.arrays.numbering import Numbering

DAYS_OF_WEEK = 7


def officers(problem: Problem, ids: Numbering) -> dict[str, Any]:
    """The arrays by officer, and partners' places."""
    some = problem.officers
    there = np.ones((len(some), len(problem.workdays)), np.uint8)
    for o, officer in enumerate(some):
        there[o, [ids.day[date] for date in officer.absent or () if date in ids.day]] = 0
    busy = _busy(problem, ids)
    for (o, d), parts in busy.items():
        if parts[0][0] <= problem.day.start and parts[0][1] >= problem.day.end:
            there[o, d] = 0  # all day long
    fair = [np.inf if each.fair_hours is None else each.fair_hours * 60 for each in some]
    minutes, tours = _history(problem, ids)
    # nobody makes more than seven tours in a week to come; in history there may be more, who stood in twice a day
    unlimited = DAYS_OF_WEEK + tours.max(axis=1)
    limits = [
        most if each.max_days_per_week is None else each.max_days_per_week
        for each, most in zip(some, unlimited, strict=True)
    ]
    return {
        "base": np.array([ids.office[each.office] for each in some], np.int64),
        "skills": np.array([ids.mask(each.topics) for each in some], np.int64),
        "there": there,
        "week_limit": np.array(limits, np.int64),
        "fair": np.array(fair, np.float64),
        "past_minutes": minutes,
        "past_tours": tours,
        "per_day": np.array([partner.per_day for partner in problem.partners or ()], np.int64),
    } | _busy_arrays(problem, busy)


def _busy(problem: Problem, ids: Numbering) -> dict[tuple[int, int], Spans]:
    """The busy parts of officers' workdays, joined where they overlap."""
    found: dict[tuple[int, int], Spans] = {}
    for o, officer in enumerate(problem.officers):
        for date in {each.date for each in officer.busy or ()}:
            if date in ids.day:
                found[o, ids.day[date]] = _joined(officer, date)
    return found


def _joined(officer: Officer, date: Any) -> Spans:
    joined: list[tuple[float, float]] = []
    for first, last in officer.busy_on(date):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


def _busy_arrays(problem: Problem, busy: dict[tuple[int, int], Spans]) -> dict[str, Any]:
    days = len(problem.workdays)
    counts = np.zeros(len(problem.officers) * days, np.int64)
    by_day = np.zeros(max(1, days), np.int64)
    for (o, d), parts in busy.items():
        counts[o * days + d] = len(parts)
        by_day[d] += len(parts)
    order = [part for key in sorted(busy) for part in busy[key]]
    return {
        "partly": (counts > 0).astype(np.uint8).reshape(len(problem.officers), days),
        "first_busy": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        "busy_from": np.array([first for first, _ in order], np.float64),
        "busy_to": np.array([last for _, last in order], np.float64),
        "most_gaps": int(by_day.max()) + 1,
    }


def _history(problem: Problem, ids: Numbering) -> tuple[Any, Any]:
    """Minutes on tours of history, and its tours by week."""
    minutes = np.zeros(len(problem.officers), np.float64)
    tours = np.zeros((len(problem.officers), max(1, len(ids.week))), np.int64)
    for tour in problem.history:
        week = ids.week.get(tour.date.isocalendar()[:2])
        for id_ in tour.crew:
            minutes[ids.officer[id_]] += tour.worked
            if week is not None:
                tours[ids.officer[id_], week] += 1
    return minutes, tours
