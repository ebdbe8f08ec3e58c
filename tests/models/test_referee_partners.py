"""Rule 9: the dates of a partner, and how many visits it joins on one of them."""

from __future__ import annotations

import pytest
from support.builders import cooperative, days, line, officer, on, plan, problem, rules_broken, tour, visit

from models.problem import Problem


def joined(per_day: int, *dates: int) -> Problem:
    """Two visits that the auditing office joins, and one that it does not."""
    return problem(
        partners=[{"id": "cad", "dates": days(*dates), "per_day": per_day}, {"id": "baac", "dates": [], "per_day": 9}],
        officers=[officer("a"), officer("b")],
        cooperatives=[cooperative(f"c{n}", n) for n in (1, 2, 3)],
        visits=[visit("c1-1", partner="cad"), visit("c2-1", partner="cad"), visit("c3-1")],
        travel=line(0, 10, -20, 15),
    )


@pytest.mark.parametrize(
    ("per_day", "dates", "fine"),
    [
        (2, (1,), True),
        (1, (1,), False),  # two on one day
        (2, (2, 3), False),  # not free on the 1st
        (0, (1,), False),
        (2, (), False),
    ],
)
def test_a_partner_joins_on_its_dates_so_often(per_day: int, dates: tuple[int, ...], fine: bool) -> None:
    p = joined(per_day, *dates)
    one_car = plan(p, tour(p, on(1), "a", ["c1-1", "c2-1", "c3-1"]))
    assert rules_broken(p, one_car) == ([] if fine else [9])


def test_a_partner_is_counted_over_all_tours_of_a_day() -> None:
    p = joined(1, 1, 2)
    same_day = plan(p, tour(p, on(1), "a", ["c1-1"]), tour(p, on(1), "b", ["c2-1"]))
    assert rules_broken(p, same_day) == [9]
    two_days = plan(p, tour(p, on(1), "a", ["c1-1"]), tour(p, on(2), "b", ["c2-1"]))
    assert rules_broken(p, two_days) == []


def test_partners_do_not_count_for_each_other() -> None:
    p = joined(1, 1)
    other = p.visits[1].model_copy(update={"partner": "baac"})
    p = p.changed(visits=(p.visits[0], other, p.visits[2]))
    # The bank is free on no day at all.
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"]))) == []
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1", "c2-1"]))) == [9]
