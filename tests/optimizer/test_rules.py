"""Each rule and each price alone: trivially kept, in the way, and forced; the optimum is worked out in a comment.

Everything here is small enough for the exhaustive optimum too, so that the sums in the comments are checked as well.
"""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, days, line, office, officer, on, plan, problem, rules_broken, tour, visit
from support.exhaustive import optimum

from models.plan import Plan
from models.problem import Problem
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import StepLimit

STEPS = StepLimit(4000)


def best(p: Problem) -> Plan:
    """The solver's plan, which keeps every rule."""
    made = solve(p, Params(deterministic=True), STEPS)
    assert rules_broken(p, made) == []
    return made


def costs(p: Problem, baht: float) -> Plan:
    """The solver's plan, whose cost is the optimum stated by the test and found by exhaustion."""
    exact = optimum(p)
    assert exact is not None
    assert exact.cost.total == pytest.approx(baht, abs=0.01)
    made = best(p)
    assert made.cost.total == pytest.approx(baht, rel=1e-4, abs=0.01)
    return made


def planned(made: Plan) -> dict[str, int]:
    """The day of August of each planned visit."""
    return {stop.visit: each.date.day for each in made.tours for stop in each.stops}


def test_nothing_to_do() -> None:
    assert costs(problem(visits=[]), 0).tours == ()
    assert costs(problem(visits=[], cooperatives=[], officers=[], workdays=[]), 0).tours == ()


def test_rule_1_nothing_is_lost() -> None:
    # Nobody is there: both visits are left out, each with a reason.
    made = costs(problem(officers=[]), 2000)
    assert sorted(each.visit for each in made.unplanned) == ["c1-1", "c2-1"]
    assert all(":" in each.reason for each in made.unplanned)


def test_rule_2_one_tour_over_both_is_cheapest() -> None:
    costs(problem(), 160)  # 10 + 30 + 20 km and an officer day


def test_rule_2_the_day_is_too_short_for_both() -> None:
    # Over both takes 180 minutes; c2 alone takes 100.
    costs(problem(day={"start": "08:30", "end": "11:29"}), 260)
    # At 90 minutes c2 is out of reach.
    costs(problem(day={"start": "08:30", "end": "10:00"}), 1120)
    # At 180 minutes both just fit.
    costs(problem(day={"start": "08:30", "end": "11:30"}), 160)


def test_rule_2_a_tour_is_too_long() -> None:
    costs(problem(day={"start": "08:30", "end": "16:30", "max_minutes": 180}), 160)
    costs(problem(day={"start": "08:30", "end": "16:30", "max_minutes": 179}), 260)


def test_rule_2_no_workday() -> None:
    costs(problem(workdays=[]), 2000)


def test_rule_2_drives_differ_by_direction() -> None:
    # 10 + 10 + 10 one way round, 50 + 50 + 50 the other.
    matrix = [[0, 10, 50], [50, 0, 10], [10, 50, 0]]
    costs(problem(travel={"minutes": matrix, "km": matrix}), 130)


def test_rule_2_a_way_round_may_be_shorter_than_straight_on() -> None:
    # Straight to c2 it is 90 km; by way of c1 it is 10 + 10.
    matrix = [[0, 10, 90], [10, 0, 10], [90, 10, 0]]
    costs(problem(travel={"minutes": matrix, "km": matrix}, visits=[visit("c2-1")]), 280)  # there is nothing at c1
    costs(problem(travel={"minutes": matrix, "km": matrix}), 210)  # 10 + 10 + 90


@pytest.mark.parametrize(
    ("first", "second", "baht"),
    [
        (["08:40", "08:40"], None, 160),
        # c1 at 10:00 sharp, c2 at 10:00 sharp: two tours.
        (["10:00", "10:00"], ["10:00", "10:00"], 260),
        # c1 ends 11:00 and c2 is 30 minutes off: 11:30 is to the minute, 11:29 is too soon.
        (["10:00", "10:00"], ["11:00", "11:30"], 160),
        (["10:00", "10:00"], ["11:00", "11:29"], 260),
        # Nobody is there before 08:40.
        (["08:00", "08:39"], None, 1140),
    ],
)
def test_rule_3_windows(first: list[str], second: list[str] | None, baht: float) -> None:
    costs(problem(visits=[visit("c1-1", window=first), visit("c2-1", window=second)]), baht)


@pytest.mark.parametrize(
    ("hours", "baht"), [(["08:40", "09:40"], 160), (["08:00", "09:39"], 1140), (["16:00", "17:00"], 1140)]
)
def test_rule_3_open_hours(hours: list[str], baht: float) -> None:
    costs(problem(cooperatives=[cooperative("c1", 1, open=hours), cooperative("c2", 2)]), baht)


@pytest.mark.parametrize(
    ("limits", "baht"),
    [
        ({"earliest": on(3)}, 160),  # both on the 3rd
        ({"earliest": on(3), "latest": on(3)}, 160),
        ({"latest": on(1)}, 160),
        ({"earliest": on(4)}, 1140),  # after the last workday
        ({"latest": on(0)}, 1140),
    ],
)
def test_rule_3_dates(limits: dict[str, Any], baht: float) -> None:
    costs(problem(visits=[visit("c1-1", **limits), visit("c2-1")]), baht)


def test_rule_3_closed_days() -> None:
    shut = [cooperative("c1", 1, closed=days(1, 2)), cooperative("c2", 2, closed=days(3))]
    costs(problem(cooperatives=shut), 260)  # no day suits both
    costs(problem(cooperatives=[cooperative("c1", 1, closed=days(1, 2, 3)), cooperative("c2", 2)]), 1140)


def lunch(**changes: Any) -> Problem:
    """c1 and c2, an hour of lunch that starts 11:30 to 12:30, and hours on tours at 60 baht each."""
    day = {"start": "08:30", "end": "16:30", "break_minutes": 60, "break_earliest": "11:30", "break_latest": "12:30"}
    return problem(**({"day": day} | changes))


def test_rule_4_a_morning_needs_no_break() -> None:
    # 180 minutes from 08:30 end at 11:30, before the break's latest start.
    assert costs(lunch(), 160).tours[0].break_ is None


def test_rule_4_a_break_between_two_visits() -> None:
    # c1 until 11:30, c2 from 13:00 on: 30 minutes of drive and an hour of lunch just fit.
    fixed = [visit("c1-1", window=["10:30", "10:30"]), visit("c2-1", window=["13:00", "13:00"])]
    made = costs(lunch(visits=fixed), 160)
    assert made.tours[0].break_ is not None
    # A minute sooner they do not, and two tours are needed.
    fixed = [visit("c1-1", window=["10:30", "10:30"]), visit("c2-1", window=["12:59", "12:59"])]
    costs(lunch(visits=fixed), 260)


def test_rule_4_a_visit_over_all_hours_of_the_break() -> None:
    # From 11:00 to 13:40 nobody can rest, and whoever leaves before 12:30 and is back after 12:30 must.
    long = [visit("c1-1", minutes=160, window=["11:00", "11:00"])]
    costs(lunch(visits=long), 1000)
    # From 12:30 on there is an hour before it, from 11:30 on; a minute sooner there is not.
    costs(lunch(visits=[visit("c1-1", minutes=160, window=["12:30", "12:30"])]), 120)
    costs(lunch(visits=[visit("c1-1", minutes=160, window=["12:29", "12:29"])]), 1000)
    # Over at 12:30, the break can begin then, and a minute later it cannot.
    costs(lunch(visits=[visit("c1-1", minutes=160, window=["09:50", "09:50"])]), 120)
    costs(lunch(visits=[visit("c1-1", minutes=160, window=["09:51", "09:51"])]), 1000)


def test_rule_4_who_leaves_when_the_earliest_break_is_over_had_it_at_the_office() -> None:
    # c1 from 12:40 to 15:20 and c2, 30 minutes on, at once after it: leaving at 12:30 nobody needs a break; the day
    # ends with the way back. Where c1 begins a minute sooner, there is time for the break before it.
    after = visit("c2-1", minutes=20, window=["15:50", "15:50"])
    visits = [visit("c1-1", minutes=160, window=["12:40", "12:40"]), after]
    assert costs(lunch(visits=visits), 160).tours[0].break_ is None


def test_rule_5_seats() -> None:
    two_topics = {"officers": [officer("a", "d"), officer("b", "u")], "visits": [visit("c1-1", topics=["d", "u"])]}
    costs(problem(**two_topics), 220)
    costs(problem(offices=[office(seats=1)], **two_topics), 1000)


def test_rule_5_an_officer_of_another_office() -> None:
    # Only b of ud may lead a tour from ud, which is at c2.
    two = [office(), office("ud", 2)]
    costs(problem(offices=two, officers=[officer("b", office="ud")]), 160)  # 30 + 30 km from ud to c1 and back
    costs(problem(offices=two, officers=[officer("a"), officer("b", office="ud")]), 160)


def test_rule_5_absences() -> None:
    costs(problem(officers=[officer("a", absent=days(1, 2))]), 160)
    costs(problem(officers=[officer("a", absent=days(1, 2, 3))]), 2000)


def test_rule_5_days_a_week() -> None:
    # A visit on each of the 1st, 2nd and 3rd, in one ISO week.
    fixed = [visit(f"c1-{n}", earliest=on(n), latest=on(n)) for n in (1, 2, 3)]
    p = problem(cooperatives=[cooperative("c1", 1)], visits=fixed, officers=[officer("a", max_days_per_week=2)])
    costs(p, 1240)
    costs(p.changed(officers=(p.officers[0].model_copy(update={"max_days_per_week": 3}),)), 360)
    costs(p.changed(officers=(p.officers[0].model_copy(update={"max_days_per_week": 0}),)), 3000)


def test_rule_5_a_week_ends_on_sunday() -> None:
    # Friday the 3rd and Monday the 6th are in two weeks.
    fixed = [visit("c1-1", latest=on(3)), visit("c1-2", earliest=on(6))]
    p = problem(workdays=days(3, 6), cooperatives=[cooperative("c1", 1)], visits=fixed,
                officers=[officer("a", max_days_per_week=1)])  # fmt: skip
    costs(p, 240)


@pytest.mark.parametrize(
    ("cars", "cars_on", "baht"),
    [(2, None, 260), (1, None, 1120), (1, {on(1): 2}, 260), (2, {on(1): 1}, 1120), (0, None, 2000)],
)
def test_rule_5_cars(cars: int, cars_on: dict[Any, int] | None, baht: float) -> None:
    # One day, at the same hour: each visit needs a car of its own.
    same = [visit("c1-1", window=["10:00", "10:00"]), visit("c2-1", window=["10:00", "10:00"])]
    costs(problem(workdays=days(1), visits=same, offices=[office(cars=cars, cars_on=cars_on)]), baht)


def test_rule_5_loads() -> None:
    loads = [visit("c1-1", load=2), visit("c2-1", load=3)]
    for capacity, baht in ((5, 160), (4.5, 260), (2, 1120), (0, 2000)):
        costs(problem(visits=loads, offices=[office(capacity=capacity)]), baht)


def test_rule_6_topics() -> None:
    both = [visit("c1-1", topics=["d"]), visit("c2-1", topics=["u"])]
    costs(problem(visits=both, officers=[officer("a", "du"), officer("b")]), 160)
    # a and b together: 60 km and two officer days, as dear as apart.
    costs(problem(visits=both, officers=[officer("a", "d"), officer("b", "u")]), 260)
    costs(problem(visits=both, officers=[officer("a", "d"), officer("b", "x")]), 1120)


STAND_IN = {"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 30}


def test_rule_7_one_lead_for_all_visits() -> None:
    # a is away on the 2nd, b on the 1st, and c1 is to be visited on both days.
    people = [officer("a", absent=days(2)), officer("b", absent=days(1))]
    twice = [visit("c1-1"), visit("c1-2")]
    p = problem(workdays=days(1, 2), officers=people, visits=twice, prices=STAND_IN)
    costs(p, 270)
    # Rather than pay 1100 for a stand-in, leave one out.
    costs(p.changed(prices=STAND_IN | {"stand_in": 1100}), 1120)


def test_rule_7_a_fixed_lead() -> None:
    fixed = [cooperative("c1", 1, lead="b"), cooperative("c2", 2, lead="a")]
    # One tour over both: with a alone c1 has a stand-in, 190; with both officers 260.
    costs(problem(cooperatives=fixed, prices=STAND_IN), 190)
    assert costs(problem(cooperatives=fixed, prices=STAND_IN | {"stand_in": 150}), 260).leads == {"c1": "b", "c2": "a"}


def test_rule_8_order_and_gap() -> None:
    urgent = [visit("c1-1", due=on(1)), visit("c1-2", due=on(1))]
    prices = {"km": 0, "officer_day": 0, "unplanned": 1000, "late_day": 10}
    for gap, baht in ((None, 10), (0, 10), (2, 20), (3, 1000)):
        made = costs(problem(cooperatives=[cooperative("c1", 1, min_gap_days=gap)], visits=urgent, prices=prices), baht)
        if gap == 2:
            assert planned(made) == {"c1-1": 1, "c1-2": 3}


def test_rule_8_the_lower_seq_comes_first() -> None:
    # The second may only be on the 1st, so the first cannot be planned before it.
    visits = [visit("c1-2", latest=on(1), priority=2), visit("c1-1")]
    made = costs(problem(cooperatives=[cooperative("c1", 1)], visits=visits), 1120)
    assert planned(made) == {"c1-2": 1}


@pytest.mark.parametrize(
    ("rhythms", "baht"),
    [
        ([days(1, 3), days(2, 3)], 10 + 20),  # one and two workdays late, either way the sum decides
        ([days(2, 3)], 30),
        ([days(2, 6)], 2000),  # the 6th is no workday: none of its visits is planned
        ([], 2000),
    ],
)
def test_rule_8_rhythms(rhythms: list[list[Any]], baht: float) -> None:
    urgent = [visit("c1-1", due=on(1)), visit("c1-2", due=on(1))]
    prices = {"km": 0, "officer_day": 0, "unplanned": 1000, "late_day": 10}
    if len(rhythms) == 2:
        baht = 20  # the 1st in time, the 3rd two workdays late
    costs(problem(cooperatives=[cooperative("c1", 1, rhythms=rhythms)], visits=urgent, prices=prices), baht)


def test_rule_8_a_rhythm_is_kept_whole() -> None:
    # The second visit may not be later than the 1st, so no rhythm can be kept, and the first is left out as well.
    visits = [visit("c1-1"), visit("c1-2", latest=on(1))]
    costs(problem(cooperatives=[cooperative("c1", 1, rhythms=[days(1, 3)])], visits=visits), 2000)


def test_rule_8_the_office_of_a_cooperative() -> None:
    # ud lies at c1, but c1 is bound to kk: 20 km rather than none.
    two, people = [office(), office("ud", 1)], [officer("a"), officer("b", office="ud")]
    one = [visit("c1-1")]
    costs(problem(offices=two, officers=people, visits=one), 100)
    costs(problem(offices=two, officers=people, visits=one, cooperatives=[cooperative("c1", 1, office="kk")]), 120)


@pytest.mark.parametrize(
    ("dates", "per_day", "baht"), [((2,), 2, 160), ((2,), 1, 1120), ((1, 3), 1, 260), ((4,), 2, 2000), ((), 1, 2000)]
)
def test_rule_9_partners(dates: tuple[int, ...], per_day: int, baht: float) -> None:
    joined = [visit("c1-1", partner="cad"), visit("c2-1", partner="cad")]
    agency = {"id": "cad", "dates": days(*dates), "per_day": per_day}
    costs(problem(visits=joined, partners=[agency]), baht)


def published(**changes: Any) -> Problem:
    """c1 stands on the 1st with a, c2 on the 2nd with b; apart they cost 260, and a move 500."""
    p = problem(prices={"km": 1, "officer_day": 100, "unplanned": 1000, "moved": 500})
    standing = plan(p, tour(p, on(1), "a", ["c1-1"]), tour(p, on(2), "b", ["c2-1"]))
    return p.changed(**({"published": standing, "today": on(1)} | changes))


def test_rule_10_what_is_published_stays_where_a_move_is_dear() -> None:
    assert planned(costs(published(), 260)) == {"c1-1": 1, "c2-1": 2}
    cheap = {"km": 1, "officer_day": 100, "unplanned": 1000, "moved": 40}
    costs(published(prices=cheap), 200)  # one tour and one move


def test_rule_10_history_stands() -> None:
    made = costs(published(today=on(2)), 260)
    assert made.tours[0].date == on(1)
    # On the morning of the 3rd both took place; nothing is left to plan.
    costs(published(today=on(3)), 260)


def test_rule_10_history_is_kept_though_it_breaks_todays_rules() -> None:
    ill = (officer("a", absent=days(1, 2, 3)), officer("b", absent=days(1, 2, 3)))
    costs(published(today=on(3), officers=ill), 260)


def test_rule_10_pins() -> None:
    free = {"km": 1, "officer_day": 100, "unplanned": 1000, "moved": 0}
    costs(published(prices=free), 160)
    made = costs(published(prices=free, pins=("c2-1",)), 160)  # c1 joins c2 on the 2nd
    assert planned(made) == {"c1-1": 2, "c2-1": 2}
    costs(published(prices=free, pins=("c1-1", "c2-1")), 260)


def test_price_of_lateness() -> None:
    late = {"km": 1, "officer_day": 100, "unplanned": 1000, "late_day": 20}
    one = [officer("a", absent=days(1, 2))]
    # Due on the 1st, possible on the 3rd: two workdays late, at priority 2.
    costs(problem(visits=[visit("c1-1", due=on(1), priority=2)], officers=one, prices=late), 120 + 80)


def test_price_of_a_car() -> None:
    costs(problem(prices={"km": 1, "officer_day": 100, "unplanned": 1000, "car_day": 80}), 240)


def test_price_of_overload() -> None:
    # Two visits of 80 and 100 minutes. Shared, nobody is above an hour and 40 minutes.
    people = [officer("a", fair_hours=1), officer("b", fair_hours=100 / 60)]
    prices = {"km": 0, "officer_day": 0, "unplanned": 1000, "overload_hour": 60}
    costs(problem(officers=people, prices=prices), 20)  # a does c1: 20 minutes above
    # At 100 baht an officer day they go together: three hours, 80 minutes above b's share.
    prices = {"km": 0, "officer_day": 100, "unplanned": 1000, "overload_hour": 60}
    costs(problem(officers=people, prices=prices), 180)


def test_price_of_a_new_lead() -> None:
    cooperatives = [cooperative("c1", 1, current_lead="b"), cooperative("c2", 2)]
    people = [officer("a"), officer("b", absent=days(1, 2, 3))]
    prices = {"km": 1, "officer_day": 100, "unplanned": 1000, "lead_change": 50, "stand_in": 30}
    assert costs(problem(cooperatives=cooperatives, officers=people, prices=prices), 190).leads["c1"] == "b"
    made = costs(problem(cooperatives=cooperatives, officers=people, prices=prices | {"stand_in": 60}), 210)
    assert made.leads["c1"] == "a"


def test_prices_of_nothing() -> None:
    assert costs(problem(prices={}), 0).cost.total == 0


def test_a_road_measured_in_thirds() -> None:
    third = line(0, 10 / 3, -20 / 3)
    costs(problem(travel=third), 120)  # 20 km and an officer day
