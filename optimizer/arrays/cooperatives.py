"""Cooperatives: their visits in order, rhythms, leads, neighbours, and whom they bar."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import numpy as np

from models.problem import Problem, Visit
from optimizer.arrays.numbering import Numbering
from optimizer.instance import Flags, Floats, Ints

#: nearest cooperatives that each one knows: operators that go beyond them would take out a whole district
NEAREST = 200
#: places of which all triples are looked at, in 0.2 s; of 1,200 it would take the eightfold
SURVEYED = 600

#: in place of the workday of a date of a rhythm: the visit cannot be then; history has it
_NEVER, _PAST = -1, -2


def cooperatives(problem: Problem, ids: Numbering) -> dict[str, Any]:
    """The arrays by cooperative, rhythms left out."""
    some = problem.cooperatives
    lists = [[ids.visit[visit.id] for visit in problem.visits_of[each.id]] for each in some]
    barred = np.zeros((len(some), len(problem.officers)), np.uint8)
    for c, each in enumerate(some):
        barred[c, [ids.officer[id_] for id_ in each.barred or ()]] = 1
    km = np.array(problem.travel.km, np.float64).reshape(len(problem.travel.km), -1)
    drive = np.array(problem.travel.minutes, np.float64).reshape(km.shape)
    return {
        "first_visit": np.cumsum([0, *map(len, lists)]).astype(np.int64),
        "visit_list": np.array([v for own in lists for v in own], np.int64),
        "gap": np.array([each.gap_days for each in some], np.int64),
        "home": np.array([ids.office.get(each.office or "", -1) for each in some], np.int64),
        "fixed_lead": np.array([ids.officer.get(each.lead or "", -1) for each in some], np.int64),
        "current_lead": np.array([ids.officer.get(each.current_lead or "", -1) for each in some], np.int64),
        "barred": barred,
        "bars": int(barred.any()),
        "neighbours": _neighbours(km, np.array([each.location for each in some], np.int64)),
        "km": km,
        "drive": drive,
        "shortcut": _shortcut(drive),
    }


def _shortcut(drive: Floats) -> float:
    """Minutes that a stop on the way saves at most; inf where there are too many places to know."""
    if len(drive) > SURVEYED:
        return np.inf
    saved = (float((drive - drive[:, stop, None] - drive[stop]).max()) for stop in range(len(drive)))
    return max(saved, default=0.0)


def _neighbours(km: Floats, at: Ints) -> Ints:
    nearest = np.zeros((len(at), min(len(at), NEAREST)), np.int64)
    for c, here in enumerate(at):
        apart = km[here, at] + km[at, here]
        apart[c] = -1.0
        nearest[c] = np.argsort(apart, kind="stable")[: nearest.shape[1]]
    return nearest


def rhythms(problem: Problem, ids: Numbering, day_ok: Flags) -> dict[str, Any]:
    """The rhythms that can be kept: a workday for each visit."""
    rows: list[list[int]] = []
    first = [0]
    for each in problem.cooperatives:
        series = problem.visits_of[each.id]
        for dates in each.rhythms or ():
            row = [_beat(visit, date, ids, day_ok) for visit, date in zip(series, dates, strict=True)]
            beats = pairwise(zip(row, dates, strict=True))
            gaps = all((b - a).days >= each.gap_days or (i, j) == (_PAST, _PAST) for (i, a), (j, b) in beats)
            if _NEVER not in row and gaps:
                rows.append(row)
        first.append(len(rows))
    width = max([1, *map(len, rows)])
    return {
        "rhythm": np.array([row + [-1] * (width - len(row)) for row in rows], np.int64).reshape(-1, width),
        "first_rhythm": np.array(first, np.int64),
        "has_rhythm": np.array([each.rhythms is not None for each in problem.cooperatives], np.uint8),
    }


def _beat(visit: Visit, date: dt.date, ids: Numbering, day_ok: Flags) -> int:
    """The workday of one date of a rhythm; or that history has it, or that the visit cannot be then."""
    if visit.id in ids.past:
        return _PAST if ids.past[visit.id] == date else _NEVER
    day = ids.day.get(date, _NEVER)
    return day if day >= 0 and day_ok[ids.visit[visit.id], day] else _NEVER
