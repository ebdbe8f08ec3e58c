"""Ids that would be paths, or that hold what a reader cannot see; and an office in which everything bears such ids."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from models.plan import Plan
from models.problem import Problem
from support.builders import cooperative, line, officer, on, plan, problem, tour, visit

#: sound ids that would lead out of a folder, or name a device, were they taken for file names
PATHS = ("../../../x", "/etc/x", "a\\b", "..", "con")
#: what no id may hold: control characters, line breaks, marks that turn the direction of writing, halves of a character
WILD = ("a\x00b", "a\nb", "a\x1b[31mb", "a\x85b", "a\u2028b", "a\u202eb", "\u200eab", "a\u2067b", "a\ud800b")


def office_of_paths() -> tuple[Problem, Plan]:
    """An office, its officers, cars, cooperatives, visits, a partner and its tours, all with the ids of ``PATHS``."""
    one, two, three, four, five = PATHS
    cars = [{"id": one, "seats": 2}, {"id": two, "seats": 2}]
    of = problem(
        offices=[{"id": three, "location": 0, "cars": cars}],
        officers=[officer(id_, office=three) for id_ in (one, two, four)],
        partners=[{"id": five, "dates": [on(1), on(2)], "per_day": 2}],
        cooperatives=[cooperative(one, 1), cooperative(two, 2), cooperative(four, 1)],
        visits=[visit(one, cooperative=one, partner=five), visit(two, cooperative=two), visit(four, cooperative=four)],
        travel=line(0, 10, -20),
    )
    made = plan(
        of, tour(of, on(1), [one], [one], car=one, id_=one), tour(of, on(2), [two, four], [two], car=two, id_=two)
    )
    return of, made


def with_wild(data: dict[str, Any], id_: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """``data`` once for each id in it, with that id alone replaced by ``id_``; and where."""
    for way in _ids(data, ()):
        made = copy.deepcopy(data)
        place: Any = made
        for step in way[:-1]:
            place = place[step]
        place[way[-1]] = id_
        yield ".".join(map(str, way)), made


#: keys whose values are ids
_KEYS = {"id", "office", "cooperative", "lead", "current_lead", "partner", "car", "visit", "officer", "tour"}


def _ids(value: Any, way: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, held in value.items():
            yield from _ids(held, (*way, key))
    elif isinstance(value, list):
        for index, held in enumerate(value):
            yield from _ids(held, (*way, index))
    elif isinstance(value, str) and way:
        listed = isinstance(way[-1], int) and way[-2] in {"crew", "pins", "barred", "officers"}
        if way[-1] in _KEYS or listed:
            yield way
