"""Rules 7 and 8: one lead for each cooperative, and the order, gaps, rhythms and office of its visits."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, days, line, office, officer, on, plan, problem, rules_broken, tour, visit

from models.problem import Problem


def test_a_cooperative_with_planned_visits_has_a_lead() -> None:
    p = problem()
    made = plan(p, tour(p, on(1), "a", ["c1-1"]))
    assert rules_broken(p, made) == []
    assert rules_broken(p, plan(p, *made.tours, leads={"c2": "b"})) == []  # more than is asked for
    nobody = made.model_copy(update={"leads": {}})
    assert rules_broken(p, nobody) == [7]


def test_a_fixed_lead_is_the_lead() -> None:
    p = problem(cooperatives=[cooperative("c1", 1, lead="b")], visits=[visit("c1-1")])
    assert rules_broken(p, plan(p, tour(p, on(1), "b", ["c1-1"]))) == []
    assert rules_broken(p, plan(p, tour(p, on(1), "b", ["c1-1"]), leads={"c1": "a"})) == [7]
    # Whoever goes instead is a stand-in, which is priced and not forbidden.
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"]))) == []


def test_a_current_lead_may_change() -> None:
    p = problem(cooperatives=[cooperative("c1", 1, current_lead="b")], visits=[visit("c1-1")])
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"]))) == []


def thrice(**more: Any) -> Problem:
    """One cooperative with three visits, numbered 10, 20 and 30, on any day from 1 to 10 August."""
    visits = [visit(f"c1-{n}", seq=10 * n, minutes=30) for n in (1, 2, 3)]
    cooperatives = [cooperative("c1", 1, **more)]
    return problem(workdays=days(*range(1, 11)), cooperatives=cooperatives, visits=visits, officers=[officer("a")])


def on_days(p: Problem, *dates: int | None) -> list[int]:
    """The rules broken when the visits take place on these days of August, in the order of their seq."""
    ids = ["c1-1", "c1-2", "c1-3"]
    tours = [tour(p, on(date), "a", [id_]) for id_, date in zip(ids, dates, strict=False) if date is not None]
    return rules_broken(p, plan(p, *tours))


@pytest.mark.parametrize(
    ("gap", "dates", "fine"),
    [
        (None, (1, 2, 3), True),
        (0, (1, 2, 3), True),
        (3, (1, 4, 7), True),
        (3, (1, 3, 7), False),
        (3, (1, 4, 6), False),
        (None, (2, 1, 3), False),  # the second comes first
        (None, (1, None, 2), True),  # one left out between
        (3, (1, None, 3), False),
        (3, (1, None, 4), True),
        (3, (None, 2, None), True),
        (3, (7, None, 1), False),
    ],
)
def test_visits_keep_their_order_and_their_gap(gap: int | None, dates: tuple[int | None, ...], fine: bool) -> None:
    assert on_days(thrice(min_gap_days=gap), *dates) == ([] if fine else [8])


def test_a_gap_is_counted_in_calendar_days_over_a_weekend() -> None:
    # Friday the 3rd to Monday the 6th: three calendar days, though one workday later.
    p = thrice(min_gap_days=3).changed(workdays=tuple(days(3, 6, 7, 9)))
    assert on_days(p, 3, 6, 9) == []
    assert on_days(p, 3, 6, 7) == [8]


@pytest.mark.parametrize("gap", [None, 0])
def test_a_cooperative_is_visited_once_a_day(gap: int | None) -> None:
    p = thrice(min_gap_days=gap)
    together = plan(p, tour(p, on(1), "a", ["c1-1", "c1-2"]), tour(p, on(2), "a", ["c1-3"]))
    assert rules_broken(p, together) == [8]


def test_the_order_is_that_of_seq_and_not_of_the_list() -> None:
    p = thrice()
    backwards = p.changed(visits=p.visits[::-1])
    assert on_days(backwards, 1, 2, 3) == []
    assert on_days(backwards, 3, 2, 1) == [8]


@pytest.mark.parametrize(
    ("dates", "fine"),
    [
        ((1, 3, 5), True),
        ((2, 4, 6), True),
        ((1, 4, 5), False),
        ((1, 3, None), False),  # a rhythm is kept whole
        ((None, None, None), True),  # or none of its visits is planned
    ],
)
def test_planned_dates_are_one_of_the_rhythms(dates: tuple[int | None, ...], fine: bool) -> None:
    p = thrice(rhythms=[days(1, 3, 5), days(2, 4, 6)])
    assert on_days(p, *dates) == ([] if fine else [8])


def test_without_a_single_rhythm_nothing_can_be_planned() -> None:
    p = thrice(rhythms=[])
    assert on_days(p, 1, 2, 3) == [8]
    assert on_days(p, None, None, None) == []


def test_a_rhythm_keeps_the_order_and_the_gap_as_well() -> None:
    p = thrice(rhythms=[days(1, 3, 5)], min_gap_days=3)
    assert on_days(p, 1, 3, 5) == [8]
    assert on_days(thrice(rhythms=[days(1, 3, 5)]), 3, 1, 5) == [8]


def test_a_cooperative_with_an_office_is_visited_from_there() -> None:
    cooperatives = [cooperative("c1", 1, office="ud"), cooperative("c2", 2)]
    p = problem(
        offices=[office(), office("ud", 3)], officers=[officer("a"), officer("b", office="ud")],
        cooperatives=cooperatives, travel=line(0, 10, -20, 30),
    )  # fmt: skip
    assert rules_broken(p, plan(p, tour(p, on(1), "b", ["c1-1", "c2-1"], office="ud"))) == []
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1", "c2-1"], office="kk"))) == [8]
