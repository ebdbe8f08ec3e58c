"""Each rule of a real office can be added to an office, alone; the plan that comes of it keeps it."""

from __future__ import annotations

import pytest

from benchmarks.rules_added import DATA, RULES, Row, added, away, lines, plain
from models.intake import read_office
from models.plan import Plan
from models.problem import Problem
from models.rules import RULES as ROOMS
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import StepLimit

#: enough for a plan of any kind
STEPS = StepLimit(100)
PARAMS = Params(deterministic=True, workers=1, bound_share=0.0)


@pytest.fixture(scope="module")
def base() -> Problem:
    """The smaller sample, with none of the rules."""
    return plain(read_office(DATA / "kalasin" / "office.xlsx").problem)


@pytest.fixture(scope="module")
def standing(base: Problem) -> Plan:
    return solve(base, PARAMS, STEPS)


def keys_of(problem: Problem) -> set[str]:
    """The keys of the rules that bind something: prices, offices and the day among them."""
    data = problem.to_dict()
    found = {f"day.{key}" for key in data["day"]}
    for kind in ("officers", "cooperatives", "visits", "offices"):
        found |= {f"{kind}.{key}" for item in data[kind] for key in item}
    return found


def test_the_plain_office_has_none_and_stays_itself(base: Problem) -> None:
    mine = {"day.step_minutes", "officers.busy", "cooperatives.barred", "visits.crew", "visits.dates"}
    assert not mine & keys_of(base)
    assert mine <= {key for rule in ROOMS for key in rule.keys}
    assert plain(base) == base


def test_each_rule_is_added_alone_and_drawn_the_same_again(base: Problem) -> None:
    made = dict(added(base, 1))
    assert list(made) == list(RULES)
    assert made == dict(added(base, 1))
    assert len({problem.hash for problem in made.values()} | {base.hash}) == len(RULES) + 1
    assert all(plain(problem).visits != () for problem in made.values())


@pytest.mark.parametrize("rule", RULES)
def test_a_plan_of_the_office_with_the_rule_keeps_it(base: Problem, rule: str) -> None:
    stated = dict(added(base, 1))[rule]
    row = Row(rule, stated, solve(stated, PARAMS, STEPS))
    assert row.sound
    (line,) = lines("kalasin", [row])
    assert line.endswith("| passes |")


def test_who_is_ill_rides_nowhere_and_a_price_keeps_companions(base: Problem, standing: Plan) -> None:
    stated = away(base, standing, 60)
    made = solve(stated, PARAMS, STEPS)
    assert Row("ill", stated, made).sound
    (ill,) = [one.id for one, was in zip(stated.officers, base.officers, strict=True) if one.absent != was.absent]
    assert not [
        tour for tour in made.tours if ill in tour.crew and tour.date in (stated.officer_by_id[ill].absent or ())
    ]
    assert stated.prices.crew_change == 60
