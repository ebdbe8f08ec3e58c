"""Where a search starts: pins stand wherever an arrangement holds, and rhythms that have begun are gone on with."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import cooperative, days, line, office, officer, on, plan, problem, tour, visit

from models.clock import format_clock
from models.faults import InvalidInput
from models.plan import Plan
from models.problem import Problem
from models.referee import violations
from optimizer.instance import frame
from optimizer.params import Params
from optimizer.searching import Searcher
from optimizer.solving import solve
from optimizer.starting import assigned, starting_state
from optimizer.stopping import Cancel, StepLimit


def solved(p: Problem, steps: int = 50) -> Plan:
    made = solve(p, Params(workers=1, deterministic=True), StepLimit(steps))
    assert violations(p, made) == []
    return made


def test_a_pin_that_only_another_visit_makes_drivable() -> None:
    """The office to c2 takes 10 hours, over c1 it takes 20 minutes: pinned c2-1 stands on the published tour alone."""
    ways = [[0, 10, 600], [10, 0, 10], [10, 10, 0]]
    stated = problem(travel={"minutes": ways, "km": ways})
    published = plan(stated, tour(stated, on(2), "a", ["c1-1", "c2-1"]))
    pinned = stated.changed(published=published, pins=("c2-1",))
    (made,) = solved(pinned).tours
    assert [stop.visit for stop in made.stops] == ["c1-1", "c2-1"]


@pytest.mark.parametrize("seconds", [8.0, 8.4, 8.4997, 8.51])
def test_a_pin_stands_whatever_part_of_a_second_its_file_left_away(seconds: float) -> None:
    """A file carries whole seconds, so a visit that begins at once begins up to half a second sooner than the drive."""
    way = 18 + seconds / 60
    ways = [[0, way, way], [way, 0, 10], [way, 10, 0]]
    stated = problem(travel={"minutes": ways, "km": ways})
    begun = tour(stated, on(2), "a", ["c1-1"])
    published = Plan.model_validate_json(plan(stated, begun).to_json())
    pinned = stated.changed(published=published, pins=("c1-1",))
    (stop,) = (stop for made in solved(pinned).tours for stop in made.stops if stop.visit == "c1-1")
    assert format_clock(stop.start) == format_clock(published.tours[0].stops[0].start)


def test_only_as_many_others_as_the_pin_needs() -> None:
    """As before, with c3 on the way, which has closed that day since: c1 makes the way, c3 goes elsewhere."""
    ways = [[0, 10, 600, 10], [10, 0, 10, 10], [10, 10, 0, 10], [10, 10, 10, 0]]
    stated = problem(
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2), cooperative("c3", 3)],
        visits=[visit("c1-1"), visit("c2-1"), visit("c3-1")],
        travel={"minutes": ways, "km": ways},
    )
    published = plan(stated, tour(stated, on(2), "a", ["c3-1", "c1-1", "c2-1"]))
    shut = [each.model_copy(update={"closed": (on(2),) if each.id == "c3" else None}) for each in stated.cooperatives]
    made = solved(stated.changed(published=published, pins=("c2-1",), cooperatives=tuple(shut)))
    assert {stop.visit for each in made.tours if each.date == on(2) for stop in each.stops} == {"c1-1", "c2-1"}
    assert not made.unplanned


def test_pinned_tours_share_out_the_cars_that_are_left() -> None:
    """``large`` is in repair. Its tour, of one officer, may take the small car or the middle one; the other one,
    of two, had ``spare`` (gone as well) and fits the middle one alone: the first must not take it away."""
    cars = [{"id": "middle", "seats": 2}, {"id": "small", "seats": 1}, {"id": "large", "seats": 3},
            {"id": "spare", "seats": 3}]  # fmt: skip
    stated = problem(offices=[office(cars=cars) | {"seats": None}], officers=[officer("a"), officer("b"), officer("c")])
    published = plan(
        stated, tour(stated, on(2), "a", ["c1-1"], car="large"), tour(stated, on(2), "bc", ["c2-1"], car="spare")
    )
    away = [{**car, "away": [on(2)]} if car["id"] in ("large", "spare") else car for car in cars]
    now = problem(offices=[office(cars=away) | {"seats": None}], officers=[officer("a"), officer("b"), officer("c")])
    made = solved(now.changed(published=published, pins=("c1-1", "c2-1")))
    assert {each.crew: each.car for each in made.tours} == {("a",): "small", ("b", "c"): "middle"}


@given(st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(st.sampled_from([0, 1, 1000, 10**9]), min_size=n, max_size=n), min_size=n, max_size=n)
))  # fmt: skip
def test_an_assignment_costs_the_least_of_all(costs: list[list[int]]) -> None:
    columns = assigned(np.array(costs, np.int64))
    assert sorted(columns) == list(range(len(costs)))
    each = [sum(row[column] for row, column in zip(costs, way, strict=True)) for way in permutations(columns)]
    assert each[0] == min(each)  # the first permutation is the columns as they are


def rhythmic(**more: object) -> Problem:
    """c1 on the 1st and the 3rd, far off; leaving it out costs nothing. Its first visit is published on the 1st."""
    stated = problem(
        cooperatives=[cooperative("c1", 1, rhythms=[[on(1), on(3)], [on(2), on(3)]])],
        visits=[visit("c1-1"), visit("c1-2")],
        travel=line(0, 60),
        prices={"km": 10, "officer_day": 100, "unplanned": 0},
    )
    published = plan(stated, tour(stated, on(1), "a", ["c1-1"]), tour(stated, on(3), "a", ["c1-2"]))
    return stated.changed(published=published, **more)


def test_a_rhythm_begun_by_a_pin_is_gone_on_with_at_any_price() -> None:
    """Both tours cost 1,200 baht of kilometres and 100 for the officer's day; without the pin nothing is planned."""
    assert solved(rhythmic()).cost.total == 0
    assert solved(rhythmic(pins=("c1-1",))).cost.total == pytest.approx(2 * 1300)


def test_so_is_one_begun_in_history_even_when_the_run_ends_at_once() -> None:
    p = rhythmic(today=on(2))
    stop = Cancel()
    stop.cancel()
    made = solve(p, Params(workers=1), stop)
    assert violations(p, made) == []
    assert made.cost.total == pytest.approx(2 * 1300)


def test_and_one_whose_history_kept_no_gap() -> None:
    """c1 was visited on the 1st and the 2nd, though three days are to lie between: that is past, the 6th is not."""
    stated = problem(
        workdays=days(1, 2, 3, 6),
        cooperatives=[cooperative("c1", 1, rhythms=[days(1, 2, 6)], min_gap_days=3)],
        visits=[visit("c1-1"), visit("c1-2"), visit("c1-3")],
    )
    published = plan(stated, tour(stated, on(1), "a", ["c1-1"]), tour(stated, on(2), "a", ["c1-2"]))
    p = stated.changed(published=published, today=on(3))
    made = solve(p, Params(workers=1, deterministic=True), StepLimit(50))
    assert [stop.visit for tour in made.tours if tour.date == on(6) for stop in tour.stops] == ["c1-3"]
    assert violations(p, made) == []


def test_history_of_which_two_tours_bear_one_id() -> None:
    """The contract asks for no more of history than that it stands as it was, all but the id."""
    stated = problem(visits=[visit("c1-1"), visit("c1-2"), visit("c2-1")])
    twice = (tour(stated, on(day), "a", [id_], id_="t") for day, id_ in ((1, "c1-1"), (2, "c1-2")))
    made = solved(stated.changed(published=plan(stated, *twice), today=on(3)))
    assert [each.id for each in made.tours] == ["t", "20120802-1", "20120803-1"]


def test_two_tours_a_day_in_history_leave_the_week_open_to_whom_no_limit_binds() -> None:
    """``a`` stood in on eight tours from the 6th to the 9th; on the 10th c1 is still to be visited."""
    past = [f"p{number}" for number in range(8)]
    stated = problem(
        workdays=days(6, 7, 8, 9, 10), officers=[officer("a")], offices=[office(cars=2)],
        cooperatives=[cooperative(id_, 1) for id_ in (*past, "c1")], visits=[visit(id_) for id_ in (*past, "c1-1")],
    )  # fmt: skip
    tours = [tour(stated, on(6 + number // 2), "a", [id_]) for number, id_ in enumerate(past)]
    searcher = Searcher(frame(stated.changed(published=plan(stated, *tours), today=on(10))), Params(), 0)
    assert (searcher.best.size > 0).any()


@pytest.mark.parametrize(("second", "crew"), [(1, "b"), (2, "a")])
def test_pinned_tours_that_bear_one_id_all_stand(second: int, crew: str) -> None:
    p = problem()
    published = plan(p, tour(p, on(1), "a", ["c1-1"], id_="t"), tour(p, on(second), crew, ["c2-1"], id_="t"))
    made = solved(p.changed(published=published, pins=("c1-1", "c2-1")))
    assert [(each.date, each.crew) for each in made.tours] == [(on(1), ("a",)), (on(second), (crew,))]


def test_of_two_tours_of_one_officer_that_bear_one_id_a_search_begins_with_one() -> None:
    p = problem()
    twice = (tour(p, on(1), "a", [id_], id_="t") for id_ in ("c1-1", "c2-1"))
    state = starting_state(frame(p.changed(published=plan(p, *twice))), with_published=True)
    assert int((state.size > 0).sum()) == 1


def test_a_rhythm_that_cannot_be_gone_on_with_is_named() -> None:
    """On the 3rd c1 is closed: the pin on the 1st stands, its rhythm cannot."""
    p = rhythmic(pins=("c1-1",))
    shut = p.changed(cooperatives=(p.cooperatives[0].model_copy(update={"closed": (on(3),)}),))
    with pytest.raises(InvalidInput) as caught:
        solve(shut, Params(workers=1, deterministic=True), StepLimit(50))
    (fault,) = caught.value.faults
    assert (fault.code, fault.where) == ("pins-clash", "cooperatives[0].rhythms")
    assert "'c1'" in fault.cause
