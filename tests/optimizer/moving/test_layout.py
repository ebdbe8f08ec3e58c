"""Times of a tour whose order a planner chose: worked out by hand on a road of one minute for each kilometre."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from support.builders import cooperative, line, on, problem, rules_broken, visit
from support.publishing import little_plan
from support.strategies import problems

from models.clock import format_clock, parse_clock
from models.plan import Tour
from models.problem import Problem
from optimizer.moving.layout import Laid, Outline, Wishes, laid_out


def lay(of: Problem, *visits: str, near: dict[str, str] | None = None, at: dict[str, str] | None = None) -> Laid:
    """The tour of these visits on the first day, its officer ``a``."""
    wishes = Wishes(
        {id_: parse_clock(time) for id_, time in (near or {}).items()},
        {id_: parse_clock(time) for id_, time in (at or {}).items()},
    )
    return laid_out(of, Outline("t", on(1), "kk", ("a",), None, visits), wishes)


def times(tour: Tour) -> list[str]:
    """Departure, the starts, and the return."""
    return [format_clock(time) for time in (tour.depart, *(stop.start for stop in tour.stops), tour.return_)]


def test_a_visit_nobody_wished_anywhere_begins_as_early_as_it_may() -> None:
    laid = lay(problem(), "c1-1")  # 10 minutes out; an hour; 10 minutes back
    assert times(laid.tour) == ["08:30", "08:40", "09:50"]
    assert laid.burden == (0, 0, 80)


def test_starts_stay_where_the_drives_allow_it_and_no_more_is_shifted() -> None:
    """c1 lies 10 km to the one side, c2 20 km to the other: 30 minutes between them."""
    of = problem()
    kept = lay(of, "c1-1", "c2-1", near={"c1-1": "09:00", "c2-1": "11:00"})
    assert times(kept.tour) == ["08:50", "09:00", "11:00", "12:20"]
    pushed = lay(of, "c1-1", "c2-1", near={"c1-1": "10:00", "c2-1": "11:00"})
    assert times(pushed.tour) == ["09:50", "10:00", "11:30", "12:50"]
    assert pushed.burden[1] == 30


def test_a_stop_put_before_the_others_leaves_them_their_times_where_there_is_room() -> None:
    of = problem()
    laid = lay(of, "c1-1", "c2-1", near={"c2-1": "11:00"})
    assert times(laid.tour) == ["09:20", "09:30", "11:00", "12:20"]
    tight = lay(of, "c1-1", "c2-1", near={"c2-1": "09:00"})  # the day starts at 08:30: c1 at 08:40, c2 at 10:10
    assert times(tight.tour) == ["08:30", "08:40", "10:10", "11:30"]


def test_a_fixed_start_is_kept_and_what_comes_before_makes_room() -> None:
    of = problem()
    laid = lay(of, "c1-1", "c2-1", near={"c1-1": "10:00"}, at={"c2-1": "11:00"})
    assert times(laid.tour) == ["09:20", "09:30", "11:00", "12:20"]
    assert laid.burden[0] == 0
    broken = lay(of, "c1-1", "c2-1", near={"c1-1": "10:00"}, at={"c2-1": "09:15"})
    assert format_clock(broken.tour.stops[1].start) == "09:15"
    assert broken.burden[0] > 0


def test_grid_and_slack_are_kept() -> None:
    """With 7 minutes out, five of slack and a grid of five the first start is 08:45, after 08:30 + 7 + 5 = 08:42."""
    of = problem(day={"start": "08:30", "end": "16:30", "step_minutes": 5, "slack_minutes": 5}, travel=line(0, 7, -20))
    laid = lay(of, "c1-1")
    assert times(laid.tour) == ["08:30", "08:45", "09:52"]
    assert format_clock(laid.tour.stops[0].arrive) == "08:37"


def test_nobody_is_visited_over_lunch() -> None:
    """Open 08:30 to 12:00 and 13:00 to 16:30: from 11:10 on an hour's visit begins at 13:00."""
    of = problem(
        cooperatives=[cooperative("c1", 1, open=[["08:30", "12:00"], ["13:00", "16:30"]]), cooperative("c2", 2)]
    )
    assert times(lay(of, "c1-1", near={"c1-1": "11:10"}).tour) == ["12:50", "13:00", "14:10"]


def test_a_tour_over_noon_gets_its_break_where_there_is_time_for_it() -> None:
    day = {"start": "08:30", "end": "16:30", "break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}
    of = problem(day=day, visits=[visit("c1-1", minutes=150), visit("c2-1", minutes=90)])
    laid = lay(of, "c1-1", "c2-1")  # 08:40 to 11:10 at c1; 11:40 at c2, the break until 12:40; the visit until 14:10
    assert times(laid.tour) == ["08:30", "08:40", "12:40", "14:30"]
    assert laid.tour.break_ == (parse_clock("11:40"), parse_clock("12:40"))
    assert laid.burden[0] == 0


def test_where_nothing_fits_a_tour_is_made_all_the_same() -> None:
    of = problem(visits=[visit("c1-1", window=["16:00", "16:00"]), visit("c2-1")])
    laid = lay(of, "c1-1")
    assert times(laid.tour) == ["15:50", "16:00", "17:10"]
    assert laid.burden[0] == 1


@given(of=problems(disturbed=False), number=st.integers(0, 2**16))
def test_the_tours_of_a_sound_plan_are_laid_out_as_they_are(of: Problem, number: int) -> None:
    """Starts that keep every rule are kept to the second, and so is every rule."""
    plan = of.published or little_plan(of, Random(number))
    for tour in plan.tours:
        if of.today is not None and tour.date < of.today:
            continue
        outline = Outline(tour.id, tour.date, tour.office, tour.crew, tour.car, tuple(s.visit for s in tour.stops))
        laid = laid_out(of, outline, Wishes({stop.visit: stop.start for stop in tour.stops}, {}))
        assert laid.burden[:2] == (0, 0)
        others = tuple(each for each in plan.tours if each.id != tour.id)
        made = plan.model_copy(update={"tours": (*others, laid.tour)})
        mine = {2, 3, 4}
        assert mine & set(rules_broken(of, made)) <= mine & set(rules_broken(of, plan))
