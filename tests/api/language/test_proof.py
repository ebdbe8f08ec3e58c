"""How good a plan is proven to be, in words: figures worked out from cost and bound."""

from __future__ import annotations

import pytest

from api.language.proof import at_most, proof, told_gap
from api.language.wording import Wording
from models.plan import Cost, Plan


def made(bound: float | None, *, status: str = "feasible", **parts: float) -> Plan:
    cost = Cost(**{"km": 1000.0} | parts)
    total = sum(cost.model_dump(exclude={"total"}).values())
    return Plan(leads={}, tours=(), unplanned=(), status=status, lower_bound=bound,
                cost=cost.model_copy(update={"total": total}))  # fmt: skip


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (made(1000.0, status="optimal"), ["Proven optimal: no plan costs less."]),
        (made(None), ["is not known yet", "A longer run"]),
        # 51 of 100
        (made(490.0), ["is not known yet", "A longer run"]),
        # 100 of 1,000 baht; nothing of it is paid for leads
        (made(900.0), ["At most 10 of 100 baht could still be saved (100 baht): no plan costs less than 900 baht.",
                       "in tours and days", "A longer run"]),
        # 125 of 1,250 baht; leads cost 250, more than half of that
        (made(1125.0, stand_in=100.0, overload=90.0, lead_change=60.0),
         ["At most 10 of 100 baht", "who leads whom (stand-ins, hours above the fair share, new leads: 250 baht)",
          "A longer run"]),
        # 1 of 100
        (made(990.0), ["At most 1 of 100 baht", "in tours and days", "little left"]),
        (made(1000.0), ["At most 0 of 100 baht"]),
    ],
)  # fmt: skip
def test_the_sentences(plan: Plan, said: list[str]) -> None:
    sentences = proof(Wording("en"), plan)
    assert len(sentences) == len(said)
    for sentence, part in zip(sentences, said, strict=True):
        assert part in sentence
    assert len(proof(Wording("th"), plan)) == len(said)


def test_a_gap_is_told_up_to_half() -> None:
    assert told_gap(made(500.0)) == 0.5
    assert told_gap(made(499.0)) is None


def test_one_rounding_of_the_gap_that_is_never_below_the_truth() -> None:
    assert at_most(26_040 / 80_547) == 0.324  # 32.33 %
    assert at_most(0.25) == 0.25 and at_most(0.0) == 0.0
