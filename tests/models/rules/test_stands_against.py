"""What stands against a visit: every obstacle named is one, and what breaks a rule on a tour is named.

The referee is the judge: the visit is put there all the same.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.builders import cooperative, days, line, office, officer, on, plan, problem, rules_broken, visit
from support.publishing import little_plan
from support.strategies import problems

from api.language.findings import FINDINGS
from models.plan import Plan, Stop, Tour
from models.problem import Problem, Visit
from models.referee import violations
from models.rules import RULES, Finding, Roster, Rule, against_tour, on_day, stands_against
from optimizer.reasons import FORMS, OF_DATES

BREAK = {"break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}


def against(day: int = 1, firm: bool = True, made: Plan | None = None, **changes: Any) -> list[Finding]:
    """What stands against the first visit of a small problem on a day."""
    base: dict[str, Any] = {"cooperatives": [cooperative("c1", 1)], "visits": [visit("c1-1")], "workdays": days(1, 2)}
    p = problem(**(base | changes))
    roster = Roster.firm(p) if firm else Roster.of(p, made or plan(p))
    return list(stands_against(roster, p.visits[0], on(day)))


#: (what is changed, the code, some of its figures): each rule alone, on 1 August, a Wednesday
ALONE: list[tuple[dict[str, Any], str, dict[str, str]]] = [
    ({"today": on(2)}, "history", {"date": "2012-08-02"}),
    ({"workdays": days(2)}, "no-workday", {"date": "2012-08-01"}),
    ({"visits": [visit("c1-1", earliest=on(2))]}, "before-earliest", {"earliest": "2012-08-02"}),
    ({"visits": [visit("c1-1", latest="2012-07-31")]}, "after-latest", {"latest": "2012-07-31"}),
    ({"visits": [visit("c1-1", dates=days(2, 3))]}, "not-its-date",
     {"visit": "c1-1", "cooperative": "c1", "dates": "2012-08-02, 2012-08-03"}),
    ({"cooperatives": [cooperative("c1", 1, closed=days(1))]}, "closed", {"cooperative": "c1"}),
    ({"cooperatives": [cooperative("c1", 1, open={"thu": [["09:00", "16:00"]]})]}, "shut-weekday",
     {"cooperative": "c1"}),
    ({"cooperatives": [cooperative("c1", 1, open=[["09:00", "09:45"], ["13:00", "13:30"]])]}, "no-hours",
     {"hours": "09:00-09:45, 13:00-13:30", "minutes": "60"}),
    ({"visits": [visit("c1-1", partner="p")], "partners": [{"id": "p", "dates": days(2), "per_day": 1}]},
     "partner-away", {"partner": "p"}),
    ({"cooperatives": [cooperative("c1", 1, rhythms=[days(2)])]}, "no-rhythm", {"cooperative": "c1"}),
    ({"cooperatives": [cooperative("c1", 1, barred=["a", "b"])]}, "no-lead", {"cooperative": "c1"}),
    ({"offices": [office(cars=0)]}, "no-car-at-all", {"office": "kk", "date": "2012-08-01"}),
    ({"offices": [{"id": "kk", "location": 0, "cars": [{"id": "v", "seats": 2, "away": days(1)}]}]},
     "no-car-at-all", {"office": "kk"}),
    ({"visits": [visit("c1-1", load=3)], "offices": [office(capacity=2)]}, "too-heavy", {"office": "kk"}),
    ({"officers": [officer("a", absent=days(1)), officer("b", max_days_per_week=0)]}, "no-officer-at-all", {}),
    ({"officers": [officer("a", absent=days(1)), officer("b")],
      "cooperatives": [cooperative("c1", 1, barred=["b"])]}, "no-officer-at-all", {"office": "kk"}),
    ({"visits": [visit("c1-1", topics=["x"])]}, "no-topic-at-all", {"topic": "x"}),
    ({"visits": [visit("c1-1", topics=["x", "y"])], "offices": [office(seats=1)],
      "officers": [officer("a", "x"), officer("b", "y")]}, "crew-too-large", {"topics": "x, y", "seats": "1"}),
    ({"visits": [visit("c1-1", crew=3)]}, "too-few-officers-at-all", {"crew": "3", "there": "2"}),
    ({"travel": line(0, 300)}, "too-far", {"out": "300", "minutes": "60"}),
    ({"officers": [officer("a", busy=[{"date": on(1), "from": "09:00", "to": "16:00"}])]}, "all-busy",
     {"office": "kk"}),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "figures"), ALONE, ids=[code for _, code, _ in ALONE])
def test_each_rule_alone_with_its_figures(changes: dict[str, Any], code: str, figures: dict[str, str]) -> None:
    first = against(**changes)[0]
    assert first.code == code
    assert figures.items() <= first.facts.items()


#: rule 2 is several rooms: what the referee says of it for each code
SAID = {
    "no-workday": "not on a workday", "leaves-early": "before the day starts", "back-late": "after the day ends",
    "too-long": "over the limit", "off-grid": "off the grid", "too-soon": "reaches|before it arrives",
    "no-slack": "leaves less than", "not-its-minutes": "other than its", "back-too-soon": "is back sooner",
}  # fmt: skip


def test_nothing_stands_against_a_visit_that_is_free() -> None:
    assert against() == against(firm=False) == []


def test_every_code_has_a_sentence_in_both_languages_and_of_a_day_a_form_of_reasons() -> None:
    of_day = {code for rule in RULES for code in rule.of_day}
    of_tour = {code for rule in RULES for code in rule.of_tour}
    assert all(all(FINDINGS[code]) for code in of_day | of_tour)
    assert of_day == OF_DATES | FORMS.keys()
    assert {code for _, code, _ in ALONE} <= of_day


def test_every_rule_of_the_contract_has_a_room() -> None:
    assert {rule.number for rule in RULES} == {2, 3, 4, 5, 6, 7, 8, 9, 10}  # rule 1 is of plans, not of visits
    assert len({rule.name for rule in RULES}) == len(RULES)


def put(p: Problem, made: Plan, wanted: Visit, tours: list[Tour]) -> Plan:
    """``made`` with ``tours`` in the place of those of the same id, and the visit no longer left out."""
    ids = {each.id for each in tours}
    kept = [each for each in made.tours if each.id not in ids]
    leads = {p.cooperative_by_id[wanted.cooperative].id: tours[0].crew[0]} | dict(made.leads)
    return plan(p, *kept, *tours, leads=leads)


def some_tours(p: Problem, roster: Roster, wanted: Visit, date: dt.date, random: Random) -> Iterator[Tour]:
    """The visit on tours of its own and on those that are out, with crews, cars, times and breaks drawn at random."""
    for each in [each for base in p.offices for each in roster.tours_on(base.id, date)][:2]:
        yield joined(p, each, wanted, random)
    for base in p.offices:
        people = [each.id for each in p.officers] or ["nobody"]
        cars = [None, *base.car_by_id] if base.has_names else [None]
        for number in range(3):
            crew = tuple(random.sample(people, min(len(people), random.randint(1, 3))))
            if crew == ("nobody",):
                continue
            start = random.choice([510.0, 540.0, 600.0, 645.0, 720.0, 780.0, 840.0, 900.0])
            yield one_stop(p, base.id, random.choice(cars), crew, wanted, date, start, f"own-{number}")


def one_stop(
    p: Problem, base: str, car: str | None, crew: tuple[str, ...], wanted: Visit, date: dt.date, start: float, id_: str
) -> Tour:
    home, away = p.office_by_id[base].location, p.cooperative_by_id[wanted.cooperative].location
    out, back = p.travel.minutes[home][away], p.travel.minutes[away][home]
    stop = Stop(visit=wanted.id, arrive=max(0.0, start - p.day.slack), start=start, end=start + wanted.minutes)
    depart = max(0.0, start - p.day.slack - out)
    return Tour.model_validate({"id": id_, "date": date, "office": base, "car": car, "crew": crew, "depart": depart,
                                "return": stop.end + back, "stops": [stop]})  # fmt: skip


def joined(p: Problem, made: Tour, wanted: Visit, random: Random) -> Tour:
    """A tour that is out, with the visit somewhere in its order: later stops, the break anywhere or gone."""
    order = [p.visit_by_id[stop.visit] for stop in made.stops]
    order.insert(random.randint(0, len(order)), wanted)
    drives = p.drives(made.office, [each.id for each in order])
    free, stops, hurry = made.depart, [], random.choice([0.0, 0.0, 10.0])
    for each, drive in zip(order, drives, strict=False):
        arrive = max(0.0, free + drive - hurry)
        start = arrive + random.choice([0.0, p.day.slack, p.day.slack, 60.0])
        stops.append(Stop(visit=each.id, arrive=arrive, start=start, end=start + each.minutes))
        free = stops[-1].end
    begin = random.choice([690.0, stops[0].end, free])
    break_ = random.choice([None, (begin, begin + p.day.break_length), made.break_])
    return made.model_copy(update={"stops": tuple(stops), "return_": free + drives[-1] - hurry, "break_": break_})


def named_by(rule: Rule, roster: Roster, wanted: Visit, made: Tour) -> list[Finding]:
    of_day, of_tour = list(rule.on_day(roster, wanted, made.date)), list(rule.on_tour(roster, wanted, made))
    assert {found.code for found in of_day} <= set(rule.of_day)
    assert {found.code for found in of_tour} <= set(rule.of_tour)
    return [*of_day, *of_tour]


#: any problem, or one with all there is to the times of a day
TIMED = problems(published=False) | problems(published=False, always=("break", "slack"), max_visits=5) | problems(
    published=False, always=("break", "slack", "step", "window"), max_visits=5
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(TIMED, st.integers(0, 2**16))
def test_every_obstacle_on_a_tour_is_confirmed_and_none_is_missed(p: Problem, seed: int) -> None:
    random = Random(seed)
    standing = little_plan(p, random)
    planned = {stop.visit for each in standing.tours for stop in each.stops}
    roster = Roster.of(p, standing)
    for wanted in [each for each in p.visits if each.id not in planned][:2]:
        for date in p.workdays[:3]:
            for made in some_tours(p, roster, wanted, date, random):
                judged = violations(p, put(p, standing, wanted, [made]))
                broken = {each.rule for each in judged}
                # who leads is no matter of a tour
                sure = {rule.number for rule in RULES if named_by(rule, roster, wanted, made)}
                findings = [*on_day(roster, wanted, date), *against_tour(roster, wanted, made)]
                codes = {found.code for found in findings}
                said = " ".join(each.what for each in judged if each.rule == 2)
                assert codes & SAID.keys() == {code for code, words in SAID.items() if re.search(words, said)}
                assert sure - {7} == broken - {7}
                assert codes or broken <= {7}


@settings(max_examples=120, deadline=None)
@given(problems(published=False), st.integers(0, 2**16))
def test_what_stands_in_every_plan_stands_against_every_tour(p: Problem, seed: int) -> None:
    random = Random(seed)
    firm = Roster.firm(p)
    for wanted, date in itertools.product(p.visits[:3], p.workdays[:3]):
        if list(stands_against(firm, wanted, date)):
            for made in some_tours(p, firm, wanted, date, random):
                assert rules_broken(p, put(p, plan(p), wanted, [made])) != []


@settings(max_examples=120, deadline=None)
@given(TIMED, st.integers(0, 2**16))
def test_what_is_found_of_an_office_stands_against_every_tour_of_its_own(p: Problem, seed: int) -> None:
    """Whatever crew, car and hour: beside the rest of the plan such a tour breaks a rule."""
    random = Random(seed)
    standing = little_plan(p, random)
    planned = {stop.visit for each in standing.tours for stop in each.stops}
    roster = Roster.of(p, standing)
    for wanted, date in itertools.product([each for each in p.visits if each.id not in planned][:3], p.workdays[:3]):
        found = [
            (rule, each.id, against.code)
            for rule in RULES for each in p.offices for against in rule.from_office(roster, wanted, date, each)
        ]  # fmt: skip
        assert all(code in (*rule.of_day, *rule.of_tour) for rule, _, code in found)
        shut = {id_ for _, id_, _ in found}
        for made in some_tours(p, roster, wanted, date, random):
            if made.office in shut and len(made.stops) == 1:
                assert rules_broken(p, put(p, standing, wanted, [made])) != []
