"""Who is where when, and what everybody still has, on a plan that can be read at a glance."""

from __future__ import annotations

from support.builders import cooperative, days, office, officer, on, plan, problem, tour, visit

from models.problem import Problem
from models.rules import Roster

CARS = [{"id": "van", "seats": 3}, {"id": "jeep", "seats": 2, "away": days(2)}]


def stated() -> Problem:
    """c1 three times, with a partner who joins once a day on the 1st and 2nd; ``a`` goes out twice a week."""
    return problem(
        workdays=days(1, 2, 3, 6),
        offices=[{"id": "kk", "location": 0, "cars": CARS}, office("ud")],
        officers=[officer("a", max_days_per_week=2), officer("b", absent=days(3)), officer("c", office="ud")],
        cooperatives=[cooperative("c1", 1, office="kk"), cooperative("c2", 2, barred=["b"])],
        visits=[visit("c1-1", partner="cad"), visit("c1-2"), visit("c1-3"), visit("c2-1", partner="cad")],
        partners=[{"id": "cad", "dates": days(1, 2), "per_day": 1}],
    )


def test_what_a_plan_leaves() -> None:
    p = stated()
    made = plan(p, tour(p, on(1), "a", ["c1-1"], car="van"), tour(p, on(2), "ab", ["c1-2"], car="van"))
    roster = Roster.of(p, made)
    a, b, _ = p.officers
    assert (roster.date_of["c1-2"], roster.tour_of["c1-2"].car) == (on(2), "van")
    assert [(other.id, date) for other, date in roster.siblings(p.visit_by_id["c1-3"])] == [
        ("c1-1", on(1)), ("c1-2", on(2)),
    ]  # fmt: skip
    assert (roster.is_on_tour("a", on(1)), roster.is_on_tour("b", on(1))) == (True, False)
    assert (roster.week_left(a, on(3)), roster.week_left(a, on(6)), roster.week_left(b, on(3))) == (0, 2, float("inf"))
    assert [one.id for one in roster.staff("kk", on(1))] == ["b"]
    assert roster.staff("kk", on(3)) == []  # a has had the week, b is away
    assert [car.id for car in roster.cars_left("kk", on(1))] == ["jeep"]
    assert roster.cars_left("kk", on(2)) == []  # one out, one in repair
    assert len(roster.cars_left("ud", on(1))) == 2
    assert [roster.meetings_left("cad", on(day)) for day in (1, 2, 3)] == [0, 1, 0]
    assert [base.id for base in roster.offices(p.visit_by_id["c1-3"])] == ["kk"]
    assert [base.id for base in roster.offices(p.visit_by_id["c2-1"])] == ["kk", "ud"]


def test_one_more_tour_counts_at_once() -> None:
    p = stated()
    roster = Roster(p, ())
    assert [one.id for one in roster.staff("kk", on(1))] == ["a", "b"]
    assert roster.meetings_left("cad", on(1)) == 1
    assert roster.minutes_on_tours["a"] == 0
    roster.add(tour(p, on(1), "a", ["c1-1"], car="van"))
    assert [one.id for one in roster.staff("kk", on(1))] == ["b"]
    assert roster.meetings_left("cad", on(1)) == 0
    assert roster.minutes_on_tours["a"] == 80


def test_a_firm_roster_holds_history_and_the_dates_of_pins_alone() -> None:
    p = stated()
    standing = plan(p, tour(p, on(1), "a", ["c1-1"], car="van"), tour(p, on(2), "ab", ["c1-2"], car="van"),
                    tour(p, on(6), "b", ["c1-3"], car="van"))  # fmt: skip
    later = p.changed(published=standing, today=on(2), pins=("c1-2",))
    firm = Roster.firm(later)
    assert firm.date_of == {"c1-1": on(1), "c1-2": on(2)}
    assert [each.date for each in firm.tours] == days(1)
    assert firm.week_left(later.officers[0], on(3)) == 1
    assert not firm.is_on_tour("a", on(2))  # others may join the pinned tour, and its crew is the pin's matter
    assert firm.past == {"c1-1": on(1)}
    assert firm.meetings_left("cad", on(1)) == 1  # history is given
