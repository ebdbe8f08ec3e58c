"""What counts as moved, what a move costs, and how history weighs in the other parts of the cost."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, days, line, officer, on, plan, problem, rules_broken, tour, visit

from models.plan import Plan, Tour
from models.problem import Problem
from models.referee import cost, moved


def base(**changes: Any) -> Problem:
    """Officers a, b and c in one car, c1 and c2 with a visit each; a move costs 200, at short notice 450."""
    prices = {"km": 0, "officer_day": 0, "unplanned": 0, "moved": 200, "moved_soon": 450}
    made = {
        "workdays": days(1, 2, 3, 6, 7, 8), "officers": [officer("a"), officer("b"), officer("c")],
        "offices": [{"id": "kk", "location": 0, "cars": 2, "seats": 3}], "prices": prices,
    }  # fmt: skip
    return problem(**(made | changes))


def after(p: Problem, was: Plan, **more: Any) -> Problem:
    return p.changed(**({"published": was, "today": on(1)} | more))


def c1_at(p: Problem, day: int, crew: str, start: str = "10:00") -> Tour:
    return tour(p, on(day), crew, ["c1-1"], starts={"c1-1": start})


@pytest.mark.parametrize(
    ("day", "start", "counts"),
    [
        (3, "10:00", False),
        (6, "10:00", True),
        (2, "10:00", True),
        (3, "10:30", False),  # by 30 minutes is not by more than 30
        (3, "09:30", False),
        (3, "10:30:01", True),
        (3, "09:29:59", True),
    ],
)
def test_another_date_or_a_start_more_than_half_an_hour_off_is_a_move(day: int, start: str, counts: bool) -> None:
    p = base()
    p = after(p, plan(p, c1_at(p, 3, "a")))
    now = plan(p, c1_at(p, day, "a", start))
    assert cost(p, now).moved == (200 if counts else 0)
    assert rules_broken(p, now) == []


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        # (lead, crew) as published, and now
        (("a", "a"), ("a", "a"), False),
        (("a", "a"), ("a", "ab"), False),  # the lead still comes, whoever rides along
        (("a", "abc"), ("a", "a"), False),
        (("a", "ab"), ("b", "ab"), True),  # another lead answers
        (("a", "a"), ("b", "b"), True),
        (("a", "a"), ("a", "b"), True),  # a stand-in comes
        (("a", "b"), ("a", "b"), False),  # the same stand-in as published
        (("a", "b"), ("a", "c"), True),
        (("a", "b"), ("a", "bc"), True),  # without the lead the whole crew counts
        (("a", "bc"), ("a", "cb"), False),
        (("a", "b"), ("b", "b"), False),  # who was the stand-in is the lead now: the same face
        (("a", "b"), ("b", "bc"), False),
        (("a", "b"), ("a", "a"), True),
    ],
)
def test_another_lead_officer_or_stand_in_is_a_move(old: tuple[str, str], new: tuple[str, str], counts: bool) -> None:
    p = base()
    p = after(p, plan(p, c1_at(p, 3, old[1]), leads={"c1": old[0]}))
    assert cost(p, plan(p, c1_at(p, 3, new[1]), leads={"c1": new[0]})).moved == (200 if counts else 0)


def test_a_published_visit_that_is_left_out_is_moved() -> None:
    p = base()
    p = after(p, plan(p, c1_at(p, 3, "a")))
    assert moved(p, plan(p)) == [("c1-1", 200)]


def test_a_visit_that_was_not_published_is_not_moved() -> None:
    p = base()
    p = after(p, plan(p, c1_at(p, 3, "a")))
    assert cost(p, plan(p, c1_at(p, 3, "a"), tour(p, on(6), "b", ["c2-1"]))).moved == 0


def test_order_and_other_visits_of_the_tour_do_not_matter() -> None:
    # Published: c1 at 10:00 alone. Now c2 comes first, and c1 starts within half an hour of 10:00.
    p = base()
    p = after(p, plan(p, c1_at(p, 3, "a")))
    now = plan(p, tour(p, on(3), "a", ["c2-1", "c1-1"], starts={"c1-1": "10:20"}))
    assert rules_broken(p, now) == []
    assert cost(p, now).moved == 0


@pytest.mark.parametrize(
    ("notice", "price"),
    [
        (None, 200),
        (0, 200),
        (2, 200),  # the 1st and 2nd
        (3, 450),  # the 1st, 2nd and 3rd, on which it was published
        (4000, 450),
        (1_000_000_000, 450),
    ],
)
def test_a_move_of_a_near_date_has_the_price_of_short_notice(notice: int | None, price: float) -> None:
    p = base()
    p = after(p, plan(p, c1_at(p, 3, "a")), notice_days=notice)
    assert moved(p, plan(p, c1_at(p, 8, "a"))) == [("c1-1", price)]


def test_notice_is_of_the_published_date_and_not_of_the_new_one() -> None:
    p = base()
    p = after(p, plan(p, c1_at(p, 8, "a")), notice_days=3)
    assert moved(p, plan(p, c1_at(p, 1, "a"))) == [("c1-1", 200)]


@pytest.mark.parametrize(("soon", "price"), [(None, 200), (0, 0), (450, 450)])
def test_short_notice_costs_a_plain_move_where_it_has_no_price(soon: float | None, price: float) -> None:
    p = base(prices={"km": 0, "officer_day": 0, "unplanned": 0, "moved": 200, "moved_soon": soon})
    p = after(p, plan(p, c1_at(p, 2, "a")), notice_days=7)
    assert cost(p, plan(p)).moved == price


def test_without_today_every_published_visit_counts_and_no_notice_is_short() -> None:
    p = base()
    p = after(p, plan(p, c1_at(p, 1, "a")), today=None, notice_days=9)
    assert moved(p, plan(p)) == [("c1-1", 200)]


def test_history_is_never_moved() -> None:
    p = base()
    p = after(p, plan(p, c1_at(p, 1, "a")), today=on(2))
    assert moved(p, plan(p)) == []  # it is broken, by rule 10, but not moved


def test_history_counts_in_every_part_but_moves_and_stand_ins() -> None:
    prices = {"km": 1, "officer_day": 100, "car_day": 10, "late_day": 5, "unplanned": 0, "stand_in": 400,
              "overload_hour": 60, "lead_change": 7, "moved": 200}  # fmt: skip
    cooperatives = [cooperative("c1", 1, current_lead="c"), cooperative("c2", 2)]
    people = [officer("a", fair_hours=2), officer("b"), officer("c")]
    visits = [visit("c1-1", due=on(1)), visit("c2-1")]
    p = base(prices=prices, officers=people, cooperatives=cooperatives, visits=visits, travel=line(0, 10, -20))
    p = after(p, plan(p, tour(p, on(2), "a", ["c1-1"]), leads={"c1": "b"}), today=on(3))
    # History: 20 km, one officer, one car, a day late, c1 led by b in place of c, and a as stand-in, unpriced. Then c2
    # on the 6th by a, who stands in for c: 40 km. a's hours: 80 + 100 minutes, one hour above the share.
    now = plan(p, *p.history, tour(p, on(6), "a", ["c2-1"]), leads={"c1": "b", "c2": "c"})
    assert rules_broken(p, now) == []
    parts = {"km": 60, "officer_days": 200, "car_days": 20, "late": 5, "stand_in": 400, "overload": 60,
             "lead_change": 7}  # fmt: skip
    assert {key: value for key, value in now.cost.model_dump().items() if value} == parts | {"total": 752}


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        # (lead, crew) as published, and now
        (("a", "ab"), ("a", "ba"), 0),  # the same crew, named in another order
        (("a", "ab"), ("a", "ac"), 60),  # the lead rides with another companion
        (("a", "ab"), ("a", "a"), 60),
        (("a", "a"), ("a", "ab"), 60),
        (("a", "ab"), ("b", "ab"), 0),  # another lead answers: a move, and the crew is the published one
        (("a", "bc"), ("a", "bc"), 0),
    ],
)
def test_a_companion_exchanged_has_its_price(old: tuple[str, str], new: tuple[str, str], change: float) -> None:
    p = base(prices={"crew_change": 60})
    p = after(p, plan(p, c1_at(p, 3, old[1]), leads={"c1": old[0]}))
    now = plan(p, c1_at(p, 3, new[1]), leads={"c1": new[0]})
    assert (now.cost.crew_change, rules_broken(p, now)) == (change, [])


def test_what_moves_or_is_left_out_or_is_history_changes_no_crew() -> None:
    p = base(prices={"crew_change": 60, "moved": 1})
    p = after(p, plan(p, c1_at(p, 3, "ab")))
    assert plan(p, c1_at(p, 6, "ac")).cost.crew_change == 0  # moved
    assert plan(p).cost.crew_change == 0  # left out
    later = p.changed(today=on(6))
    assert plan(later, *later.history).cost.crew_change == 0
