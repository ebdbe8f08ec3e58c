"""What differs between two plans of one office: every visit that changed, and the cost part by part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal, get_args

from models.costing import answering, is_near
from models.plan import COST_PARTS, Cost, Plan
from models.problem import Problem
from models.referee import cost
from models.soundness import plan_faults
from optimizer.replanning.notices import Whom, whom_to_tell
from optimizer.replanning.places import Place, places

#: kinds in the order in which they matter to those who wait for a visit
Kind = Literal[
    "unplanned", "moved-day", "moved-time", "new-lead", "new-crew", "shifted", "new-car", "planned", "added", "dropped"
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Difference:
    """One visit that stands otherwise: all ``kinds`` that apply, where it stood and stands (None: nowhere), and who is
    ``told``."""

    visit: str
    cooperative: str
    kinds: tuple[Kind, ...]
    before: Place | None
    after: Place | None
    told: tuple[Whom, ...]

    @property
    def moves(self) -> bool:
        """Whether it counts as a move, as in a proposal: another day or hour, another one to answer for it, or none."""
        if self.before is None or "dropped" in self.kinds:
            return False
        if self.after is None or {"moved-day", "moved-time"} & set(self.kinds):
            return True
        return answering(self.before.crew, self.before.lead) != answering(self.after.crew, self.after.lead)


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs. ``parts``: each part of the cost as (before, after) baht, ``total`` among them.

    ``own``: what the plan before costs by its own account.
    """

    visits: tuple[Difference, ...]
    leads: dict[str, tuple[str | None, str | None]]
    parts: dict[str, tuple[float, float]]
    same: int
    own: Cost

    @property
    def reckoned_anew(self) -> bool:
        """Whether the plan before costs something else by the later account than by its own."""
        return round(self.parts["total"][0]) != round(self.own.total)

    @property
    def counts(self) -> dict[str, int]:
        """How many visits there are of each kind, in the order of ``KINDS``."""
        found = Counter(kind for one in self.visits for kind in one.kinds)
        return {kind: found[kind] for kind in KINDS if found[kind]}


def differences(before: Plan, after: Plan, problem: Problem, former: Problem | None = None) -> Differences:
    """What ``after`` has otherwise than ``before``.

    Both costs are by one account, that of ``problem``: from its today on stand-ins and changes of lead count for both,
    so that a change saves nothing by being there. Where ``problem`` does not know all of ``before`` (somebody is gone
    from its tables), that plan keeps the cost that it has.

    Args:
        before: the one plan.
        after: the other plan.
        problem: the problem of ``after``.
        former: the problem of ``before``, where it is another one.
    """
    former = former or problem
    own = before.cost
    before = as_stood(before, problem, former)
    old, new = places(before, former), places(after, problem)
    visits = []
    same = 0
    for id_ in dict.fromkeys([*former.visit_by_id, *problem.visit_by_id]):
        kinds = _kinds(id_, former, problem, old.get(id_), new.get(id_))
        if kinds:
            owner = (problem.visit_by_id.get(id_) or former.visit_by_id[id_]).cooperative
            told = _told(problem, id_, owner, old.get(id_), new.get(id_))
            visits.append(Difference(id_, owner, kinds, old.get(id_), new.get(id_), told))
        else:
            same += id_ in new
    leads = {
        cooperative: (before.leads.get(cooperative), after.leads.get(cooperative))
        for cooperative in dict.fromkeys([*before.leads, *after.leads])
        if before.leads.get(cooperative) != after.leads.get(cooperative)
    }
    parts = {part: (getattr(before.cost, part), getattr(after.cost, part)) for part in (*COST_PARTS, "total")}
    return Differences(tuple(sorted(visits, key=_order)), leads, parts, same, own)


def as_stood(before: Plan, problem: Problem, former: Problem) -> Plan:
    """A plan of ``former`` with what it would cost by the account of ``problem``, had it stood.

    Where ``problem`` does not know all of it, it keeps the cost that it has.
    """
    if former == problem or any(plan_faults(problem, before)):
        return before
    return before.model_copy(update={"cost": cost(problem, before)})


def _told(problem: Problem, id_: str, owner: str, old: Place | None, new: Place | None) -> tuple[Whom, ...]:
    """Who must be told; of a visit that is no longer wanted those who had it."""
    if id_ in problem.visit_by_id:
        return whom_to_tell(problem, id_, old, new)
    crew: list[Whom] = [("officer", officer) for officer in (old.crew if old else ())]
    return (*crew, ("cooperative", owner))


def _kinds(id_: str, former: Problem, problem: Problem, old: Place | None, new: Place | None) -> tuple[Kind, ...]:
    if id_ not in former.visit_by_id:
        return ("added", "planned") if new else ("added", "unplanned")
    if id_ not in problem.visit_by_id:
        return ("dropped",)
    if old is None or new is None:
        return ("planned",) if new else ("unplanned",) if old else ()
    kinds: list[Kind] = []
    if new.date != old.date:
        kinds.append("moved-day")
    elif not is_near(new.start, old.start):
        kinds.append("moved-time")
    elif round(new.start) != round(old.start):  # to the minute that every output shows
        kinds.append("shifted")
    if new.lead != old.lead:
        kinds.append("new-lead")
    if set(new.crew) != set(old.crew):
        kinds.append("new-crew")
    if new.car != old.car:
        kinds.append("new-car")
    return tuple(sorted(kinds, key=KINDS.index))


def _order(one: Difference) -> tuple[int, str, float, str]:
    place = one.before or one.after
    day = place.date.isoformat() if place else ""
    return min(KINDS.index(kind) for kind in one.kinds), day, place.start if place else 0.0, one.visit
