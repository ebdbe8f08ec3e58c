"""From which day on a plan may change: what a mending leaves as it is this once, and what is past for good."""

from __future__ import annotations

import datetime as dt

import pytest
from support.builders import cooperative, days, officer, on, plan, problem, tour, visit

from models.changes import Absence, HeldOn, NotHeld, UrgentVisit
from models.costing import is_soon
from models.faults import InvalidInput
from models.moves import Place
from models.referee import cost, moved, violations
from optimizer.moving.drafts import apply
from optimizer.replanning.beginning import accepted
from optimizer.replanning.disturbing import Disturbed, disturbed
from optimizer.replanning.proposing import Mending
from optimizer.why.explaining import explain

NOTHING = None

#: ``a`` answers for c1 on 1, 7 and 14 August, ``b`` for c2 on the 8th
OF = problem(
    workdays=days(1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15),
    officers=[officer("a"), officer("b")],
    cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
    visits=[visit("c1-1"), visit("c1-2"), visit("c1-3"), visit("c2-1")],
    prices={"km": 1, "officer_day": 100, "unplanned": 9000, "moved": 10, "lead_change": 1000, "stand_in": 1},
)
MADE = plan(
    OF,
    tour(OF, on(1), "a", ["c1-1"], id_="t1"),
    tour(OF, on(7), "a", ["c1-2"], id_="t7"),
    tour(OF, on(8), "b", ["c2-1"], id_="t8"),
    tour(OF, on(14), "a", ["c1-3"], id_="t14"),
)
LATER = Absence("a", on(13), on(15))
SOONER = Absence("a", on(7), on(9))


@pytest.mark.parametrize(
    ("own", "today", "begins", "bound", "past"),
    [
        (None, None, None, on(13), NOTHING),  # the first day of the absence, and nothing is known to be past
        (on(6), None, None, on(13), on(6)),
        (on(14), None, None, on(14), on(14)),  # what is past stays, whenever the absence began
        (None, on(6), None, on(6), on(6)),  # a today that is named bounds the mending too
        (on(8), on(6), None, on(6), on(6)),  # and may be an earlier one than was said before
        (None, None, on(9), on(9), NOTHING),
        (on(2), on(6), on(9), on(9), on(6)),
    ],
)  # fmt: skip
def test_a_bound_of_one_mending_is_not_what_is_past(
    own: dt.date | None, today: dt.date | None, begins: dt.date | None, bound: dt.date, past: dt.date | None
) -> None:
    state = disturbed(OF.changed(today=own, published=MADE), MADE, [LATER], today=today, begins=begins)
    assert (state.problem.today, state.past) == (bound, past)


@pytest.mark.parametrize(
    ("own", "today", "begins", "noticed", "told", "left"),
    [
        (None, None, None, None, on(13), 7),  # nobody says when: as if it became known on the day itself
        (None, None, None, on(1), on(1), 0),  # twelve days before
        (None, None, None, on(8), on(8), 2),
        (on(9), None, None, on(1), on(9), 3),  # more is past than the clock knows
        (None, None, None, on(20), on(13), 7),  # the clock is beyond, as with the samples
        (None, on(10), on(13), on(10), on(10), 4),
        (None, on(10), on(13), None, on(10), 4),
    ],
)  # fmt: skip
def test_notice_is_counted_from_the_day_on_which_people_are_told(
    own: dt.date | None,
    today: dt.date | None,
    begins: dt.date | None,
    noticed: dt.date | None,
    told: dt.date,
    left: int,
) -> None:
    """The office wants seven days. What may move stays the same, and once the plan stands so does the notice."""
    of = OF.changed(today=own, published=MADE, notice_days=7)
    state = disturbed(of, MADE, [LATER], today=today, begins=begins, noticed=noticed)
    assert (state.problem.today, state.noticed, state.problem.notice_days) == (on(13), told, left)
    soon = 14 - (told - on(0)).days < 7
    assert is_soon(state.problem, on(14)) is soon


def test_changes_do_not_begin_on_a_day_that_is_past() -> None:
    with pytest.raises(InvalidInput) as refused:
        disturbed(OF.changed(today=on(6), published=MADE), MADE, [LATER], begins=on(3))
    (fault,) = refused.value.faults
    assert (fault.code, fault.where) == ("date-order", "begins")


@pytest.mark.parametrize("told", [HeldOn("c1-1", on(3)), NotHeld("c1-1")])
def test_what_is_told_to_have_happened_is_past(told: HeldOn | NotHeld) -> None:
    """Held on the 3rd: the 4th is the first day that is not past. Not held on the 1st: the 2nd is."""
    state = disturbed(OF, MADE, [told, LATER], begins=on(6))
    assert state.past == (on(4) if isinstance(told, HeldOn) else on(2))


def test_changes_without_a_day_begin_after_what_is_past() -> None:
    urgent = UrgentVisit("c2", 30)
    assert disturbed(OF, MADE, [urgent]).problem.today == on(1)
    assert disturbed(OF.changed(today=on(6), published=MADE), MADE, [urgent]).problem.today == on(6)


def mended(state: Disturbed) -> tuple[Disturbed, Mending]:
    return state, Mending(state)


def test_days_before_an_accepted_absence_are_planned_again() -> None:
    """``a`` is away from the 13th to the 15th, so ``b`` rides for c1-3 (a change of who answers). Once that stands,
    ``a`` falls ill from the 7th to the 9th: c1-2 moves as well, from where it was published."""
    state, mending = mended(disturbed(OF, MADE, [LATER]))
    first = mending.least_disruption(0.05, 1)
    assert [move.visit for move in first.moves] == ["c1-3"]
    stated, stands = accepted(state.problem, first.plan, state.past)
    assert stated.today is None
    assert stated.published is not None and stated.published.tours == first.plan.tours
    assert violations(stated, stands) == []
    assert stands.cost == cost(stated, stands)
    assert (stands.cost.moved, stands.cost.lead_change, moved(stated, stands)) == (0, 0, [])
    again, mending = mended(disturbed(stated, stands, [SOONER]))
    assert again.problem.today == on(7)
    second = mending.least_disruption(0.05, 1)
    assert [move.visit for move in second.moves] == ["c1-2"]
    assert second.plan.cost.moved == 10
    dates = {stop.visit: each.date for each in second.plan.tours for stop in each.stops}
    assert (dates["c1-1"], dates["c2-1"]) == (on(1), on(8))


def test_by_hand_a_day_in_between_is_open_and_a_move_is_priced_against_the_accepted_plan() -> None:
    state, mending = mended(disturbed(OF, MADE, [LATER]))
    stated, stands = accepted(state.problem, mending.least_disruption(0.05, 1).plan, state.past)
    at = next(each for each in stands.tours if any(stop.visit == "c1-3" for stop in each.stops))
    draft = apply(stated, stands, [_to("c1-2", on(6)), _to("c1-3", on(10) if at.date != on(10) else on(9))])
    assert draft.sound
    assert draft.plan.cost.moved == 20
    assert draft.parts["moved"] == 20  # that c1-3 had moved before is paid for
    told = explain(stated, stands, stated.visit_by_id["c1-2"], seconds=0)
    assert told.verdict.code != "history"
    assert [day.date for day in told.days] == list(stated.workdays)


def test_what_was_past_when_the_plan_was_mended_stays() -> None:
    state, mending = mended(disturbed(OF, MADE, [LATER], today=on(6)))
    stated, stands = accepted(state.problem, mending.least_disruption(0.05, 1).plan, state.past)
    assert stated.today == on(6)
    with pytest.raises(InvalidInput, match="before 2012-08-06 this plan stays"):
        apply(stated, stands, [_to("c1-1", on(9))])
    assert explain(stated, stands, stated.visit_by_id["c1-1"], seconds=0).verdict.code == "history"


def test_a_day_that_breaks_a_rule_as_it_stands_is_not_opened() -> None:
    """c2-1 was held on a day on which c2 is closed: called past once, taken back later, it stays as it was."""
    shut = OF.changed(cooperatives=(OF.cooperatives[0], OF.cooperatives[1].model_copy(update={"closed": (on(8),)})))
    stated, stands = accepted(shut.changed(published=MADE, today=on(9)), MADE, on(2))
    assert stated.today == on(9)
    assert violations(stated, stands) == []


def _to(visit: str, date: dt.date) -> Place:
    return Place(visit=visit, date=date)
