"""What a curve says of a longer run: figures of the second half, worked out by hand."""

from __future__ import annotations

from typing import Literal

import pytest

from api.language.outlook import Curve, outlook
from api.language.proof import proof
from api.language.wording import Wording
from models.plan import Cost, Plan
from optimizer.stopping import Progress

Told = tuple[float, float | None, float | None]


def curve(*told: Told) -> Curve:
    made = Curve()
    for seconds, best, bound in told:
        made(Progress(seconds=seconds, best=best, bound=bound, steps=0, share=0.0, improved_at=0.0))
    return made


START: Told = (1.0, 2000.0, 900.0)


@pytest.mark.parametrize(
    ("told", "moved"),
    [
        # of 60 s the second half begins at 30: from 1,000 to 1,100 and from 1,500 to 1,490
        ([START, (29.0, 1500.0, 1000.0), (31.0, 1495.0, 1050.0), (60.0, 1490.0, 1100.0)], (10.0, 100.0)),
        ([START, (30.0, 1500.0, 1000.0), (60.0, 1500.0, 1100.0)], (0.0, 100.0)),
        ([START, (30.0, 1500.0, 1000.0), (60.0, 1400.0, 1000.0)], (100.0, 0.0)),
        # a thousandth of 1,000 is 1, of 1,500 is 1.5
        ([START, (30.0, 1500.0, 1000.0), (60.0, 1499.0, 1000.9)], (0.0, 0.0)),
        # nothing changed any more: the run went on to 60 s all the same
        ([START, (20.0, 1500.0, 1000.0), (60.0, 1500.0, 1000.0)], (0.0, 0.0)),
        # no bound at half, or none at all; no plan at half; nothing told
        ([(1.0, 2000.0, None), (60.0, 1500.0, 1000.0)], None),
        ([(1.0, 2000.0, None), (60.0, 1500.0, None)], None),
        ([(1.0, None, 900.0), (60.0, 1500.0, 1000.0)], None),
        ([], None),
    ],
)
def test_how_cost_and_bound_moved_in_the_second_half(told: list[Told], moved: tuple[float, float] | None) -> None:
    assert curve(*told).moved() == moved


def test_a_curve_keeps_where_something_changed() -> None:
    assert len(curve(*((second / 10, 1500.0, 1000.0) for second in range(600))).points) == 1


ROSE, FELL = "the lower bound still rose by 100 baht", "the plan still became 90 baht cheaper"


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ((60.0, 1500.0, 1100.0), [ROSE]),
        ((60.0, 1410.0, 1000.0), [FELL]),
        ((60.0, 1410.0, 1100.0), [ROSE, FELL]),
        ((60.0, 1500.0, 1000.0), ["neither cost nor lower bound moved"]),
    ],
)
def test_the_sentences_in_both_languages(end: Told, said: list[str]) -> None:
    ran = curve(START, (30.0, 1500.0, 1000.0), end)
    english, thai = outlook(Wording("en"), ran), outlook(Wording("th"), ran)
    assert len(english) == len(thai) == len(said)
    assert all(part in sentence for part, sentence in zip(said, english, strict=True))
    assert all("ครึ่งหลัง" in sentence for sentence in thai)


def plan(bound: float | None, status: Literal["optimal", "feasible"] = "feasible") -> Plan:
    cost = Cost(km=1500.0, total=1500.0)
    return Plan(leads={}, tours=(), unplanned=(), status=status, lower_bound=bound, cost=cost)


def test_the_curve_takes_the_place_of_what_is_said_of_any_run() -> None:
    words, ran = Wording("en"), curve(START, (30.0, 1500.0, 1000.0), (60.0, 1500.0, 1100.0))
    assert ROSE in proof(words, plan(1100.0), ran)[-1]
    assert ROSE in proof(words, plan(None), ran)[-1]
    assert "on more cores" in proof(words, plan(1100.0), curve())[-1]
    # 1 of 100 baht is left, or nothing at all: no word of more time
    assert "little left" in proof(words, plan(1490.0), ran)[-1]
    assert proof(words, plan(1500.0, "optimal"), ran) == ["Proven optimal: no plan costs less."]
