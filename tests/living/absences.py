"""Random absences on a published plan: is each proposal sound, is the fewest moves proven, how long does it take."""

from __future__ import annotations

import statistics
import time
from random import Random
from typing import Any

from models.changes import Absence
from models.plan import Plan
from models.problem import Problem
from models.referee import moved, violations
from optimizer.params import Params
from optimizer.replanning.disturbing import disturbed
from optimizer.replanning.proposals import Proposal
from optimizer.replanning.proposing import FIRST, Mending

#: workdays that an absence lasts at most
LONGEST = 10


def absences(problem: Problem, number: int, seed: int) -> list[Absence]:
    """So many: an officer and 1 to 10 workdays one after the other, all drawn alike."""
    random = Random(seed)
    found = []
    for _ in range(number):
        length = random.randint(1, min(LONGEST, len(problem.workdays)))
        first = random.randrange(len(problem.workdays) - length + 1)
        officer = random.choice(problem.officers).id
        found.append(Absence(officer, problem.workdays[first], problem.workdays[first + length - 1]))
    return found


def measure(problem: Problem, plan: Plan, *, number: int, seed: int, seconds: float, params: Params) -> dict[str, Any]:
    """The figures; ``seconds`` go into the balanced and the cheapest proposal each."""
    first, proofs, moves, wrong = [], [], [], []
    for change in absences(problem, number, seed):
        began = time.monotonic()
        mending = Mending(disturbed(problem, plan, [change]), params)
        least = mending.least_disruption(FIRST, rounds=1)
        first.append(time.monotonic() - began)
        if not least.proven:
            least = mending.least_disruption(FIRST, rounds=4)
        if least.proven:
            proofs.append(time.monotonic() - began)
        moves.append(len(least.moves))
        cheapest = mending.cheapest(seconds)
        for proposal in (least, mending.balanced(seconds), cheapest):
            wrong += [f"{change}: {proposal.kind}: {fault}" for fault in faults(mending, proposal)]
    return {
        "absences": number,
        "proven_fewest": len(proofs),
        "proven_within_10_s": sum(each <= 10 for each in proofs),
        "first_proposal_s": {"median": round(statistics.median(first), 2), "slowest": round(max(first), 2)},
        "proof_s": {"median": round(statistics.median(proofs), 2), "slowest": round(max(proofs), 2)} if proofs else {},
        "moved_visits": {"none": moves.count(0), "most": max(moves), "sum": sum(moves)},
        "wrong": wrong,
    }


def faults(mending: Mending, proposal: Proposal) -> list[str]:
    """What is wrong with a proposal: rules broken, moves told otherwise than they are, visits lost for nothing."""
    problem, plan = mending.problem, proposal.plan
    found = [str(broken) for broken in violations(problem, plan)]
    if {move.visit for move in proposal.moves} != {visit for visit, _ in moved(problem, plan)}:
        found.append("the moves told are not those made")
    if len(proposal.moves) < proposal.least:
        found.append(f"moves {len(proposal.moves)} visits, and {proposal.least} are called the fewest")
    published = {visit for _, visit, _ in problem.published_stops()}
    found += [
        f"loses {left.visit}, which some day allows"
        for left in plan.unplanned
        if left.visit in published and mending.alone.impossible(problem.visit_by_id[left.visit]) is None
    ]
    return found
