"""The plan in words: what each view holds, and names with and without an office."""

from __future__ import annotations

import pytest
from support.builders import days, officer, on, plan, problem, tour, visit

from api.exports.calendar import Calendar
from api.exports.directions import direction
from api.language.names import Names
from api.language.wording import Wording
from models.faults import InvalidInput
from models.plan import Plan

from .conftest import Sample


@pytest.fixture
def calendar(sample: Sample) -> Calendar:
    return Calendar(sample.plan, sample.problem, sample.office, "en")


def test_days_cover_the_horizon_with_its_closed_days(calendar: Calendar) -> None:
    assert [day.date for day in calendar.days] == days(*range(1, 16))
    assert [day.date for day in calendar.days if day.workday] == days(1, 6, 7, 8, 9, 10, 14, 15)
    assert {day.date: len(day.tours) for day in calendar.days if day.tours} == {on(6): 1, on(7): 1, on(14): 1}


def test_weeks_are_iso_weeks_without_idle_weekends(calendar: Calendar) -> None:
    assert [week.number for week in calendar.weeks] == [(2012, 31), (2012, 32), (2012, 33)]
    assert [day.date for day in calendar.weeks[1].days] == days(6, 7, 8, 9, 10)


def test_stops_know_distance_lateness_and_stand_ins(calendar: Calendar) -> None:
    first, second, third = calendar.tours
    assert [stop.km for stop in first.stops] == [10, 10]
    assert first.km == 40
    assert [stop.stand_in for stop in (*first.stops, *second.stops)] == [False, False, True]
    assert third.stops[0].late_days == 1
    assert third.away == 80


def test_cars_are_counted_by_office_and_day_in_order_of_leaving() -> None:
    of = problem()
    made = plan(of, tour(of, on(1), "a", ["c1-1"], depart="10:00"), tour(of, on(1), "b", ["c2-1"]))
    assert [(view.crew[0].id, view.car) for view in Calendar(made, of, None, "en").tours] == [("b", 1), ("a", 2)]


def test_officers_have_hours_led_cooperatives_and_absences(calendar: Calendar) -> None:
    a, b, _, d = calendar.officers
    assert a.hours == pytest.approx((160 + 80) / 60)
    assert a.weekly == {(2012, 32): pytest.approx(160 / 60), (2012, 33): pytest.approx(80 / 60)}
    assert a.over == pytest.approx(1.0)
    assert [place.id for place in a.led] == ["c1", "c2", "c/3"]
    assert b.over == 0
    assert (d.tours, d.absent) == ((), frozenset(days(7)))


def test_parts_of_days_away_are_told_and_a_meeting_of_all_is_not() -> None:
    """Who is at a meeting of the whole office is not away; who is at it beside one that is absent is not either."""
    meeting = {"date": on(1), "from": "15:00", "to": "16:30"}
    training = [{"date": date, "from": "00:00", "to": "12:00"} for date in (on(1), on(2))]
    of = problem(
        workdays=days(1, 2, 3),
        officers=[
            officer("a", busy=[meeting, *training]), officer("b", busy=[meeting]), officer("c", absent=days(1, 3)),
        ],
    )  # fmt: skip
    calendar = Calendar(plan(of), of, None, "th")
    a, b, c = calendar.officers
    assert a.partly == dict.fromkeys((on(1), on(2)), ((of.day.start, 12 * 60.0),))
    assert (b.partly, c.partly) == ({}, {})
    # 08:30 to 12:00 of a day of eight hours, twice; two whole days
    assert [calendar.days_away(one) for one in (a, b, c)] == [0.875, 0, 2]
    (week,) = calendar.weeks
    start = calendar.words.clock(of.day.start)
    assert [calendar.away(one, week.days) for one in (a, b, c)] == [f"1–2 ส.ค. {start}–12:00", "", "1, 3 ส.ค."]


def test_cooperatives_and_districts_hold_all_visits(calendar: Calendar) -> None:
    stops = {view.destination.id: [stop.visit.id for _, stop in view.stops] for view in calendar.cooperatives}
    assert stops == {"c1": ["c1-1", "c1-2"], "c2": ["c2-1"], "c/3": ["c/3-1"], "c4": [], "c5": []}
    assert [left.visit.id for left in calendar.cooperatives[3].left_out] == ["c4-1"]
    assert [(d.name, len(d.cooperatives), len(d.tours)) for d in calendar.districts] == [
        ("Mueang Khon Kaen", 3, 2), ("Chum Phae", 2, 1),
    ]  # fmt: skip


def test_what_is_left_out_has_its_code_and_sentence(calendar: Calendar) -> None:
    (left,) = calendar.left_out
    assert (left.code, left.title) == ("no-officer", "No officer free")
    assert left.sentence == "no officer of Provincial hall has topic z"


def test_a_reason_without_a_code_is_kept_whole(sample: Sample) -> None:
    odd = sample.plan.unplanned[0].model_copy(update={"reason": "because of this: no code here"})
    other = sample.plan.model_copy(update={"unplanned": (odd,)})
    (left,) = Calendar(other, sample.problem, None, "en").left_out
    assert (left.code, left.title, left.sentence) == ("", "", "because of this: no code here")


def test_lateness_is_told_by_what_forbids_every_earlier_day(calendar: Calendar) -> None:
    (late,) = calendar.late
    assert late.reason == "the visit before it is on 6 Aug 2012, and 7 days must lie between"
    assert late.baht == 120


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"earliest": str(on(3))}, "may not take place before 3 Aug 2012, after it is due"),
        ({"partner": "p"}, "p is not free before it is due"),
        ({"dates": [str(on(3))]}, "the dates it is for begin on 3 Aug 2012, after it is due"),
        ({}, "the plan as a whole placed it after it is due"),
    ],
)
def test_nothing_is_guessed_about_lateness(changes: dict[str, str], reason: str) -> None:
    of = problem(visits=[visit("c1-1", due=on(2), **changes)], partners=[{"id": "p", "dates": days(3), "per_day": 1}])
    (late,) = Calendar(plan(of, tour(of, on(3), "a", ["c1-1"])), of, None, "en").late
    assert late.reason == reason


def test_a_visit_that_was_moved_by_hand_is_late_by_that() -> None:
    of = problem(visits=[visit("c1-1", due=on(2))])
    made = plan(of, tour(of, on(3), "a", ["c1-1"]))
    (late,) = Calendar(made, of, None, "en", by_hand={"c1-1"}).late
    assert late.reason == "it was moved by hand to a day after it is due"


def test_names_come_from_the_office_and_else_are_ids(sample: Sample) -> None:
    named = Names(sample.problem, sample.office, Wording("th"))
    assert named.officer("a") == "เจ้าหน้าที่ 1"
    assert named.short_officer("a") == "จนท. 1", "a bare number says too little"
    assert Names(sample.problem, sample.office, Wording("en")).short_officer("a").endswith(" 1")
    assert named.topic("x") == "บัญชี"
    assert named.place("c1") == "ต.ศิลา อ.เมืองขอนแก่น"
    assert named.beside("c/3") == "ต.ศิลา", "the name has the district already"
    assert [item.title for item in named.agenda(sample.problem.visit_by_id["c2-1"])] == ["unknown"]
    ids = Names(sample.problem, None, Wording("th"))
    assert (ids.officer("a"), ids.cooperative("c1"), ids.topic("x"), ids.place("c1")) == ("a", "c1", "x", "")


def test_an_empty_name_gives_way_to_the_other_language(sample: Sample) -> None:
    assert sample.office is not None
    nameless = sample.office.officers[0].model_copy(update={"name_en": ""})
    office = sample.office.model_copy(update={"officers": (nameless,)})
    assert Names(sample.problem, office, Wording("en")).officer("a") == "เจ้าหน้าที่ 1"


def test_directions_are_those_of_the_farthest_stop() -> None:
    home = (16.0, 102.0)
    assert direction(home, [(16.05, 102.0)]) == "town"
    assert direction(home, [(16.05, 102.0), (16.9, 102.0)]) == "n"
    assert direction(home, [(15.5, 101.5)]) == "sw"
    assert direction(home, [(16.0, 101.0)]) == "w"
    assert direction(home, []) is None


def test_a_foreign_plan_is_refused(sample: Sample) -> None:
    with pytest.raises(InvalidInput, match="plan-foreign"):
        Calendar(sample.plan, problem(), None, "en")


def test_a_plan_of_nothing_has_no_horizon() -> None:
    of = problem(workdays=[], visits=[])
    calendar = Calendar(Plan(), of, None, "th")
    assert (calendar.horizon, calendar.days, calendar.weeks) == (None, (), ())


def test_flags_say_what_is_illustrative_and_estimated(sample: Sample) -> None:
    assert sample.office is not None
    true = sample.office.model_copy(update={"illustrative": False, "travel_estimated": False})
    for office, flags in ((sample.office, (True, True)), (true, (False, False)), (None, (None, None))):
        calendar = Calendar(sample.plan, sample.problem, office, "th")
        assert (calendar.illustrative, calendar.estimated) == flags


def test_a_board_has_given_names_that_nobody_else_has() -> None:
    called = {"a": "นายสมชาย ใจดี", "b": "น.ส.มาลี ศรีสุข", "c": "นางมาลี แก้วใส", "d": "เจ้าหน้าที่ 4", "e": "นายิกา ดี"}
    of = problem(officers=[officer(id_, name=name) for id_, name in called.items()])
    names = Names(of, None, Wording("th"))
    assert [names.given_officer(id_) for id_ in called] == ["สมชาย", *list(called.values())[1:]]
