"""Rule 10: what took place stands, what is pinned stays, and what history still weighs on."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, days, line, office, officer, on, plan, problem, rules_broken, tour, visit

from models.plan import Plan
from models.problem import Problem


def quarter(**changes: Any) -> Problem:
    """Officers a and b, and cooperatives c1 to c4 with two visits each, over six workdays."""
    names = [f"c{n}" for n in range(1, 5)]
    made = {
        "workdays": days(1, 2, 3, 6, 7, 8),
        "officers": [officer("a"), officer("b")],
        "cooperatives": [cooperative(name, n) for n, name in enumerate(names, start=1)],
        "visits": [visit(f"{name}-{n}") for name in names for n in (1, 2)],
        "travel": line(0, 10, -20, 15, 5),
    }
    return problem(**(made | changes))


def standing(p: Problem) -> Plan:
    """What is published: c1 on the 1st, c2 on the 2nd, c1 again on the 6th."""
    return plan(
        p, tour(p, on(1), "a", ["c1-1"], id_="t1"), tour(p, on(2), "ab", ["c2-1"], id_="t2"),
        tour(p, on(6), "a", ["c1-2"], id_="t3"),
    )  # fmt: skip


def since(p: Problem, day: int, **more: Any) -> Problem:
    """The problem on a later morning."""
    return p.changed(**({"published": standing(p), "today": on(day)} | more))


def test_the_published_plan_is_itself_an_answer() -> None:
    p = since(quarter(), 3, pins=("c1-1", "c1-2"))
    assert rules_broken(p, plan(p, *standing(p).tours)) == []


@pytest.mark.parametrize("today", [None, 1])
def test_where_nothing_is_past_nothing_must_stand(today: int | None) -> None:
    p = quarter()
    p = p.changed(published=standing(p), today=on(today) if today else None)
    assert p.history == ()
    assert rules_broken(p, plan(p)) == []


def test_a_tour_of_history_may_not_be_dropped() -> None:
    p = since(quarter(), 2)
    kept, dropped = standing(p).tours[0], standing(p).tours[1:]
    assert [each.id for each in p.history] == ["t1"]
    assert rules_broken(p, plan(p, kept)) == []
    assert rules_broken(p, plan(p, *dropped)) == [10]


@pytest.mark.parametrize(
    ("changes", "fine"),
    [
        ({"id": "another"}, True),
        ({"crew": ("b", "a")}, True),  # the same two people
        ({"crew": ("a",)}, False),
        ({"depart": 509.0}, False),
        ({"depart": 510.004}, True),  # the same second
        ({"return_": 700.0}, False),
        ({"break_": (600.0, 630.0)}, False),
        ({"stops": ()}, False),
    ],
)
def test_history_stands_as_it_was_but_for_the_id(changes: dict[str, Any], fine: bool) -> None:
    p = since(quarter(), 3)
    first, second = p.history
    made = plan(p, first, second.model_copy(update=changes))
    assert (10 in rules_broken(p, made)) is not fine


def test_a_past_visit_may_not_shift_by_a_second() -> None:
    p = since(quarter(), 2)
    (past,) = p.history
    stop = past.stops[0].model_copy(update={"arrive": past.stops[0].arrive + 1 / 60})
    assert rules_broken(p, plan(p, past.model_copy(update={"stops": (stop,)}))) == [10]


def test_no_tour_is_added_before_today() -> None:
    p = since(quarter(), 3)
    late = tour(p, on(2), "a", ["c3-1"])
    assert rules_broken(p, plan(p, *p.history, late)) == [10]
    on_the_day = tour(p, on(3), "a", ["c3-1"])
    assert rules_broken(p, plan(p, *p.history, on_the_day)) == []


def test_without_a_published_plan_nothing_took_place() -> None:
    p = quarter(today=on(2))
    assert rules_broken(p, plan(p, tour(p, on(2), "a", ["c1-1"]))) == []
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"]))) == [10]


def test_rules_2_to_6_and_9_do_not_judge_history() -> None:
    # Since the plan was published nearly everything changed about the tour of the 2nd: the day begins later and is
    # shorter, the cooperative is closed, both officers are ill and lack a topic, no car is left, nor the partner.
    p = quarter()
    before = standing(p)
    cooperatives = [each.model_copy(update={"closed": (on(2),), "open": ((900, 910),)}) for each in p.cooperatives]
    needs = {"topics": ("x",), "partner": "cad", "latest": on(1), "window": ((900, 901),), "load": 5.0}
    visits = [each.model_copy(update=needs) if each.id == "c2-1" else each for each in p.visits]
    people = [each.model_copy(update={"absent": (on(1), on(2)), "max_days_per_week": 1}) for each in p.officers]
    p = p.changed(
        workdays=tuple(days(3, 6)), cooperatives=tuple(cooperatives), visits=tuple(visits), officers=tuple(people),
        offices=(p.offices[0].model_copy(update={"cars": 0, "seats": 1, "capacity": 1.0}),),
        partners=({"id": "cad", "dates": [], "per_day": 0},),
        day={"start": "09:00", "end": "09:05", "max_minutes": 1, "break_minutes": 60, "break_earliest": "09:00",
             "break_latest": "09:00"},
        published=before, today=on(3),
    )  # fmt: skip
    assert rules_broken(p, plan(p, *p.history)) == []


def test_rule_7_judges_history_as_well() -> None:
    p = since(quarter(), 2)
    made = plan(p, *p.history)
    assert rules_broken(p, made.model_copy(update={"leads": {}})) == [7]


def test_history_counts_in_the_weekly_limit() -> None:
    # a was out on Wednesday the 1st and Thursday the 2nd; Friday the 3rd would be the third day of the week.
    p = since(quarter(officers=[officer("a", max_days_per_week=2), officer("b")]), 3)
    third = tour(p, on(3), "a", ["c3-1"])
    assert rules_broken(p, plan(p, *p.history, third)) == [5]
    next_week = tour(p, on(6), "a", ["c3-1"])
    assert rules_broken(p, plan(p, *p.history, next_week)) == []
    other = tour(p, on(3), "b", ["c3-1"])
    assert rules_broken(p, plan(p, *p.history, other)) == []


def test_history_over_the_weekly_limit_only_forbids_more() -> None:
    p = quarter()
    tired = tuple(each.model_copy(update={"max_days_per_week": 1}) for each in p.officers)
    p = since(p, 3, officers=tired)
    assert rules_broken(p, plan(p, *p.history)) == []
    assert rules_broken(p, plan(p, *p.history, tour(p, on(3), "a", ["c3-1"]))) == [5]
    assert rules_broken(p, plan(p, *p.history, tour(p, on(6), "a", ["c3-1"]))) == []


@pytest.mark.parametrize(("day", "fine"), [(3, False), (6, True)])
def test_history_counts_in_the_gap(day: int, fine: bool) -> None:
    # c1 was visited on the 1st; five days later is the 6th.
    cooperatives = [cooperative(f"c{n}", n, min_gap_days=5) for n in range(1, 5)]
    p = since(quarter(cooperatives=cooperatives), 3)
    again = tour(p, on(day), "b", ["c1-2"])
    assert rules_broken(p, plan(p, *p.history, again)) == ([] if fine else [8])


def test_a_visit_may_not_come_before_a_later_one_that_took_place() -> None:
    p = quarter()
    second_first = plan(p, tour(p, on(1), "a", ["c1-2"]))
    p = p.changed(published=second_first, today=on(2))
    assert rules_broken(p, plan(p, *p.history)) == []
    assert rules_broken(p, plan(p, *p.history, tour(p, on(6), "a", ["c1-1"]))) == [8]


def test_history_that_breaks_the_gap_is_given() -> None:
    p = quarter()
    close = plan(p, tour(p, on(1), "a", ["c1-1"]), tour(p, on(2), "a", ["c1-2"]))
    cooperatives = tuple(each.model_copy(update={"min_gap_days": 9}) for each in p.cooperatives)
    p = p.changed(published=close, today=on(3), cooperatives=cooperatives)
    assert rules_broken(p, plan(p, *p.history)) == []


@pytest.mark.parametrize(("day", "wrong"), [(9, [8]), (10, [8]), (13, [])])
def test_the_gap_counts_from_the_last_visit_of_history_whatever_its_number(day: int, wrong: list[int]) -> None:
    """c1-1 was held on the 8th only, after c1-2 on the 2nd: c1-3 has to wait for five days from the 8th on."""
    p = quarter(workdays=days(1, 2, 3, 6, 7, 8, 9, 10, 13), visits=[visit(f"c1-{n}") for n in (1, 2, 3)])
    cooperatives = tuple(each.model_copy(update={"min_gap_days": 5}) for each in p.cooperatives)
    held = plan(p, tour(p, on(8), "a", ["c1-1"]), tour(p, on(2), "a", ["c1-2"]))
    p = p.changed(published=held, today=on(9), cooperatives=cooperatives)
    assert rules_broken(p, plan(p, *p.history, tour(p, on(day), "a", ["c1-3"]))) == wrong


def test_history_is_part_of_a_rhythm() -> None:
    cooperatives = [cooperative(f"c{n}", n) for n in range(1, 5)]
    cooperatives[0]["rhythms"] = [days(1, 6), days(2, 7), days(1, 8)]
    p = since(quarter(cooperatives=cooperatives), 3)
    for day, wrong in ((6, []), (8, []), (7, [8])):
        assert rules_broken(p, plan(p, *p.history, tour(p, on(day), "b", ["c1-2"]))) == wrong
    assert rules_broken(p, plan(p, *p.history)) == [8]  # half a rhythm is none


def test_history_may_have_left_from_another_office() -> None:
    p = quarter(offices=[office(), office("ud", 3)])
    bound = tuple(each.model_copy(update={"office": "ud"}) for each in p.cooperatives)
    p = since(p, 2).changed(cooperatives=bound)
    assert rules_broken(p, plan(p, *p.history)) == []
    assert rules_broken(p, plan(p, *p.history, tour(p, on(6), "a", ["c1-2"]))) == [8]


def pinned(p: Problem) -> Problem:
    return since(p, 2, pins=("c2-1",))


@pytest.mark.parametrize(
    ("crew", "date", "start", "fine"),
    [
        ("ab", 2, "08:50", True),
        ("ba", 2, "08:50", True),
        ("ab", 2, "08:50:01", True),  # a second is within what rounding may cost
        ("ab", 2, "08:50:02", False),
        ("ab", 2, "09:20", False),  # 30 minutes are no move by price, but a pin is a pin
        ("ab", 3, "08:50", False),
        ("a", 2, "08:50", False),
    ],
)
def test_a_pinned_visit_keeps_date_start_and_crew(crew: str, date: int, start: str, fine: bool) -> None:
    p = pinned(quarter())
    made = tour(p, on(date), crew, ["c2-1"], starts={"c2-1": start})
    assert rules_broken(p, plan(p, *p.history, made)) == ([] if fine else [10])


def test_a_pinned_visit_may_share_its_tour_with_others() -> None:
    # Published: c2 alone at 08:50. On the way back c3 is visited; c2 stays where it was.
    p = pinned(quarter())
    assert rules_broken(p, plan(p, *p.history, tour(p, on(2), "ab", ["c2-1", "c3-1"]))) == []


def test_a_pinned_visit_is_planned() -> None:
    p = pinned(quarter())
    assert rules_broken(p, plan(p, *p.history)) == [10]


def test_a_pin_on_history_is_kept_by_history() -> None:
    p = since(quarter(), 2, pins=("c1-1",))
    assert rules_broken(p, plan(p, *p.history)) == []
