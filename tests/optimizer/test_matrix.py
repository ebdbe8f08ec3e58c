"""Who keeps, relaxes or drops each rule, as the matrix says it: on a problem for each on which it alone binds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from support.binding import Binding, bindings
from support.exhaustive import optimum
from support.strategies import tiny_problems

from models.costing import cost
from models.plan import Plan, Tour
from models.problem import Prices, Problem
from models.reasons import read_reason
from models.referee import violations
from models.rules import RULES, Consumer, Finding, Keeping, Roster, against_tour, on_day, stands_against
from models.rules.matrix import table, texts
from optimizer.bounding import lower_bound
from optimizer.params import Params
from optimizer.replanning.keeping import keeping
from optimizer.solving import solve
from optimizer.stopping import StepLimit
from optimizer.why.alone import Alone
from optimizer.why.slots import Slots

BY_NAME = {rule.name: rule for rule in RULES}
CASES = bindings()
#: forms of reasons that say that no plan has the visit
NEVER = {
    "no-day", "no-day-with-partner", "no-day-left", "no-officer-at-all", "all-barred", "no-topic-anywhere",
    "no-topic-at-all", "too-few-officers", "crew-too-large", "too-heavy", "no-time", "not-there-in-time",
    "not-back-in-time",
}  # fmt: skip
every_rule = pytest.mark.parametrize("case", CASES, ids=[case.rule for case in CASES])


def best(p: Problem) -> Plan:
    found = optimum(p)
    assert found is not None
    return found


def test_the_page_shows_the_matrix_and_every_text() -> None:
    page = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    assert table() in page
    assert texts() in page


def test_every_rule_has_its_case_and_the_referee_keeps_all() -> None:
    assert [case.rule for case in CASES] == [rule.name for rule in RULES]
    assert all(set(rule.kept) == set(Consumer) for rule in RULES)
    assert {rule.kept[Consumer.REFEREE] for rule in RULES} == {Keeping.KEPT}


@every_rule
def test_the_rule_binds_alone(case: Binding) -> None:
    assert (best(case.free).cost.total, best(case.bound).cost.total) == (case.free_baht, case.bound_baht)


@every_rule
def test_the_referee_keeps_it(case: Binding) -> None:
    """The optimum without the rule breaks it, and no other rule; who is barred is so as the lead as well."""
    broken = {each.rule for each in violations(case.bound, priced(case.bound, best(case.free)))}
    assert broken - ({7} if case.rule == "barred" else set()) == {BY_NAME[case.rule].number}


def priced(p: Problem, made: Plan) -> Plan:
    return made.model_copy(update={"cost": cost(p, made), "lower_bound": None})


@every_rule
def test_the_search_and_the_exact_model_keep_it(case: Binding) -> None:
    rule = BY_NAME[case.rule]
    assert rule.kept[Consumer.SEARCH] == Keeping.KEPT
    made = solve(case.bound, Params(deterministic=True, workers=1), StepLimit(300))
    assert made.cost.total == pytest.approx(case.bound_baht)
    assert rule.kept[Consumer.EXACT] == Keeping.KEPT
    assert made.status == "optimal"


@every_rule
def test_the_bound_does_with_it_what_is_said(case: Binding) -> None:
    free, bound = (_bound(p) for p in (case.free, case.bound))
    assert bound <= case.bound_baht + 1e-6
    match BY_NAME[case.rule].kept[Consumer.BOUND]:
        case Keeping.KEPT:
            assert bound > free + 1
        case Keeping.DROPPED:
            assert bound <= free + 1
        case Keeping.RELAXED:
            assert bound >= free - 1


def _bound(p: Problem) -> float:
    return lower_bound(p, stop=lambda: False, on_bound=lambda baht: None, again=lambda rounds: rounds < 30) or 0.0


#: the rules that are not about a published plan itself
OF_ANY = [case for case in CASES if case.bound.published is None and case.bound.today is None]


@pytest.mark.parametrize("case", OF_ANY, ids=[case.rule for case in OF_ANY])
def test_the_fewest_moves_do_with_it_what_is_said(case: Binding) -> None:
    """The plan that was best without the rule is published, then the rule comes."""
    standing = best(case.free)
    p = case.bound.changed(published=standing, today=case.bound.workdays[0])
    # a move is dear: cars have their own prices of a kilometre
    fewest = round(best(p.changed(prices=Prices(moved=1000, unplanned=0))).cost.moved / 1000)
    least = keeping(p, Alone(p)).least
    assert least <= fewest
    match BY_NAME[case.rule].kept[Consumer.MOVES]:
        case Keeping.KEPT:
            assert least == fewest
        case Keeping.DROPPED:
            assert least == 0 or fewest == 0
        case Keeping.RELAXED:
            pass


@every_rule
def test_explanations_keep_it(case: Binding) -> None:
    """What stood in the optimum without the rule is ruled out by name, or by the times that there are."""
    wanted = {stop.visit: tour for tour in best(case.free).tours for stop in tour.stops}
    made = best(case.bound)
    if case.rule != "leads":  # a lead is no matter of a place
        named = [found for id_, tour in wanted.items() for found in _named(case.bound, id_, made, tour)]
        assert named, case.rule
    for visit in case.bound.visits:
        for view in Slots(case.bound, made).days(visit):
            assert all(violations(case.bound, slot.plan) == [] for slot in view.slots)
            assert all(slot.baht >= -0.01 for slot in view.slots)


def _named(p: Problem, id_: str, made: Plan, tour: Tour) -> list[Finding]:
    visit = p.visit_by_id[id_]
    others = [each for each in made.tours if all(stop.visit != id_ for stop in each.stops)]
    roster = Roster(p, others)
    day, made = on_day(roster, visit, tour.date), against_tour(roster, visit, tour)
    return [*stands_against(Roster.firm(p), visit, tour.date), *day, *made]


@settings(max_examples=25, deadline=None)
@given(tiny_problems())
def test_no_consumer_contradicts_another(p: Problem) -> None:
    """Search, proof, bound, explanations, reasons and the exhaustive optimum, asked about the same problem."""
    optimal, made = best(p), solve(p, Params(deterministic=True, workers=1), StepLimit(200))
    hair = 0.05 + 1e-6 * optimal.cost.total + 0.02 * p.prices.overload_hour
    assert violations(p, made) == []
    assert made.cost.total >= optimal.cost.total - hair
    assert made.status != "optimal" or made.cost.total <= optimal.cost.total + hair
    assert made.lower_bound is None or made.lower_bound <= optimal.cost.total + hair
    alone = Alone(p)
    never = {visit.id for visit in p.visits if visit.id not in alone.roster.past and alone.impossible(visit)}
    never |= {left.visit for left in made.unplanned if (said := read_reason(left.reason)) and said.form in NEVER}
    assert never <= {left.visit for left in optimal.unplanned}
