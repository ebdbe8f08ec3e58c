"""What a replanning run does on a worker: the proposals that were asked for, within the seconds of the run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from api.happened import settled_of
from models.reading import read_plan, read_problem
from optimizer.params import Params
from optimizer.replanning.frontier import frontier
from optimizer.replanning.proposals import Proposal
from optimizer.replanning.proposing import Mending
from optimizer.stopping import Cancel, OnProgress, Progress

#: what a plan is mended from, as texts: see :func:`mend`
Former = tuple[str, str, str | None]

#: searches at most for a least disruption, and for a frontier, which counts as so many proposals
ROUNDS: Final = 5
SEARCHES, WEIGHT = 14, 3


def mend(
    former: Former, request: Mapping[str, Any], params: Params, cancel: Cancel, on_progress: OnProgress
) -> Iterator[tuple[Proposal, ...]]:
    """All proposals so far, time after time: those kinds that were asked for, then the points of the frontier.

    Args:
        former: the JSON texts of the problem, of its plan that is to be mended, and of the problem that the office's
            tables make now, where they changed.
        request: what happened, which proposals are wanted, and the seconds for all of them together.
        params: of the searches.
        cancel: ends them early; what has not begun by then is left out.
        on_progress: hears how much of the seconds is gone, and the least cost so far.

    Raises:
        InvalidInput: the pins cannot all be kept.
    """
    began = time.monotonic()
    asked, (problem, plan, now) = settled_of(request), former
    standing = asked.stands(read_problem(problem), read_plan(plan), None if now is None else read_problem(now))
    mending = Mending(asked.state(*standing), params, cancel)
    kinds = request["proposals"]
    share = request["seconds"] / (len(kinds) + (WEIGHT if request["frontier"] else 0))

    def told(progress: Progress) -> None:
        gone = time.monotonic() - began
        cost = min((plan.cost.total for plan in mending.plans), default=None)
        on_progress(Progress(gone, cost, None, progress.steps, min(1.0, gone / request["seconds"]), gone))

    makers: dict[str, Callable[[], Proposal]] = {
        "least-disruption": lambda: mending.least_disruption(share / ROUNDS, ROUNDS, told),
        "balanced": lambda: mending.balanced(share, told),
        "cheapest": lambda: mending.cheapest(share, told),
    }
    found: list[Proposal] = []
    for kind in kinds:
        if found and cancel.cancelled:
            break
        found.append(makers[kind]())
        # the search for another kind may come upon a plan that disrupts less
        found = [mending.undominated(one) if one.kind == "least-disruption" else one for one in found]
        yield tuple(found)
    if request["frontier"] and not cancel.cancelled:
        found += [point.proposal for point in frontier(mending, share * WEIGHT / SEARCHES, on_progress=told)]
        yield tuple(found)
