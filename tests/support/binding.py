"""For each rule a problem on which that rule alone binds: with it the optimum is dearer than without.

Everything is small enough to be worked out in the head: c1 lies 10 km from the office, a visit of an hour there costs
120 baht (20 km and an officer's day), is due on the 1st, and is 10 baht dearer for each workday later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.plan import Plan
from models.problem import Problem
from support.builders import cooperative, days, line, office, officer, on, plan, problem, tour, visit


@dataclass(frozen=True)
class Binding:
    """A problem ``bound`` by a rule, the same one ``free`` of it, and the optimum of each in baht."""

    rule: str
    free: Problem
    bound: Problem
    free_baht: float
    bound_baht: float


PRICES = {"km": 1, "officer_day": 100, "unplanned": 1000, "late_day": 10}
BREAK = {"break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}
DAY = {"start": "08:30", "end": "16:30"}


def _one(**changes: Any) -> Problem:
    """c1-1, due on the 1st, with two officers and the workdays 1 to 3 August."""
    base = {
        "cooperatives": [cooperative("c1", 1)], "visits": [visit("c1-1", due=on(1))], "travel": line(0, 10),
        "prices": PRICES,
    }  # fmt: skip
    return problem(**(base | changes))


def _one_of(**parts: Any) -> list[dict[str, Any]]:
    """c1-1, due on the 1st, with these keys beside."""
    return [visit("c1-1", due=on(1)) | parts]


def _standing(of: Problem, day: int) -> Plan:
    return plan(of, tour(of, on(day), "a", ["c1-1"]))


def bindings() -> list[Binding]:
    """One for each rule, in the order of the rules."""
    plain = _one()
    return [*_of_days(plain), *_of_crews(plain), *_of_times()]


def _of_days(plain: Problem) -> list[Binding]:
    """Rules of the day that a visit falls on."""
    two = [visit("c1-1", due=on(1)), visit("c1-2", due=on(1))]
    joined = _one_of(partner="p")
    return [
        # before the 2nd nothing lies that was not published: a day late
        Binding("history", plain, plain.changed(today=on(2)), 120, 130),
        Binding("pins", plain.changed(published=_standing(plain, 2), today=on(1)),
                plain.changed(published=_standing(plain, 2), today=on(1), pins=("c1-1",)), 120, 130),
        Binding("workdays", plain, _one(workdays=days(2, 3)), 120, 130),
        Binding("meetings", plain, _one(visits=_one_of(dates=days(2, 3))), 120, 130),
        Binding("dates", plain, _one(visits=_one_of(earliest=on(2))), 120, 130),
        # 1 August is a Wednesday
        Binding("hours", plain, _one(cooperatives=[cooperative("c1", 1, open={"thu": [["09:00", "12:00"]]})]),
                120, 130),
        Binding("partners", _one(visits=joined, partners=[{"id": "p", "dates": days(1, 2), "per_day": 1}]),
                _one(visits=joined, partners=[{"id": "p", "dates": days(2), "per_day": 1}]), 120, 130),
        Binding("rhythms", plain, _one(cooperatives=[cooperative("c1", 1, rhythms=[days(2)])]), 120, 130),
        # the second visit a day late, or two
        Binding("gaps", _one(visits=two),
                _one(visits=two, cooperatives=[cooperative("c1", 1, min_gap_days=2)]), 250, 260),
    ]  # fmt: skip


def _of_crews(plain: Problem) -> list[Binding]:
    """Rules of offices, cars and those who ride."""
    two = [visit("c1-1", due=on(1)), visit("c1-2", due=on(1))]
    cars = [{"id": "near", "seats": 2, "km": 1}, {"id": "far", "seats": 2, "km": 2}]
    away = {"officers": [officer("a"), officer("b", absent=days(1, 2, 3))], "prices": PRICES | {"stand_in": 5}}
    knows = [officer("a", "x", absent=days(1)), officer("b")]
    offices = [office(), office("ud", 2)]
    either = {"offices": offices, "officers": [officer("a"), officer("b", office="ud")], "travel": line(0, 10, 12)}
    return [
        # b, who is away, must lead: a stands in
        Binding("leads", _one(**away), _one(**away, cooperatives=[cooperative("c1", 1, lead="b")]), 120, 125),
        # from ud 4 km, from kk 20
        Binding("home", _one(**either), _one(**either, cooperatives=[cooperative("c1", 1, office="kk")]), 104, 120),
        # the near car in repair: 20 km at 2 baht, or a day late
        Binding("cars", _one(offices=[{"id": "kk", "location": 0, "cars": cars}]),
                _one(offices=[{"id": "kk", "location": 0, "cars": [cars[0] | {"away": days(1)}, cars[1]]}]), 120, 130),
        Binding("officers", _one(officers=[officer("a")]), _one(officers=[officer("a", busy=[
            {"date": on(1), "from": "09:00", "to": "16:00"}])]), 120, 130),
        # one of two visits left out
        Binding("weeks", _one(visits=two, officers=[officer("a")]),
                _one(visits=two, officers=[officer("a", max_days_per_week=1)]), 250, 1120),
        Binding("topics", _one(officers=knows), _one(officers=knows, visits=_one_of(topics=["x"])), 120, 130),
        Binding("crew size", plain, _one(visits=_one_of(crew=2)), 120, 220),
        Binding("barred", _one(officers=[officer("a"), officer("b", absent=days(1))]),
                _one(officers=[officer("a"), officer("b", absent=days(1))],
                     cooperatives=[cooperative("c1", 1, barred=["a"])]), 120, 130),
    ]  # fmt: skip


def _of_times() -> list[Binding]:
    """Rules of the times of a tour."""
    far = {"travel": line(0, 58), "workdays": days(1)}
    board = _one_of(minutes=135, window=["11:00", "11:30"])
    apart = {"cooperatives": [cooperative("c1", 1), cooperative("c2", 2)], "travel": line(0, 10, -20),
             "visits": [visit("c1-1"), visit("c2-1")]}  # fmt: skip
    early = _one_of(window=["08:45", "08:55"])
    return [
        # over both 180 minutes and 60 km; else two tours of 80 and 100 minutes
        Binding("day", problem(**apart, prices=PRICES), problem(**apart, prices=PRICES, day=DAY | {"max_minutes": 150}),
                160, 260),
        # to be begun from 08:45 to 08:55, on the hour
        Binding("grid", _one(visits=early), _one(visits=early, day=DAY | {"step_minutes": 60}), 120, 1000),
        # 58 minutes out, 135 begun at 11:00 to 11:30, 58 back: no hour's break fits before or after
        Binding("break", _one(**far, visits=board, day=DAY), _one(**far, visits=board, day=DAY | BREAK), 216, 1000),
    ]  # fmt: skip
