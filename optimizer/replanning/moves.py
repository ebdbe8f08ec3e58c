"""What a new plan does to the published one: every visit moved, what became of it, why, and who must be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.plan import Plan, Tour
from models.problem import Problem
from models.referee import moved
from models.rules import Finding
from models.rules.gaps import too_near
from optimizer.replanning.disturbing import Disturbed
from optimizer.replanning.notices import whom_to_tell
from optimizer.replanning.places import Place, places


@dataclass(frozen=True, slots=True)
class Move:
    """A published visit that moves: ``after`` is None where it is left out. ``baht`` is the price of the move itself.

    ``told`` holds ids: the officers of both crews, both leads, the cooperative and the partner.
    """

    visit: str
    before: Place
    after: Place | None
    why: Finding
    told: tuple[str, ...]
    baht: float


def moves(state: Disturbed, plan: Plan) -> tuple[Move, ...]:
    """The moves of ``plan``, in the order of the published dates."""
    problem = state.problem
    if problem.published is None:
        return ()
    before, after = places(problem.published, problem), places(plan, problem)
    tours = {stop.visit: tour for tour in problem.published.tours for stop in tour.stops}
    gone = moved(problem, plan)
    moved_to = {visit: after[visit] for visit, _ in gone if visit in after}
    found = [
        Move(
            visit=visit,
            before=before[visit],
            after=after.get(visit),
            why=_why(state, visit, tours[visit], before[visit], after.get(visit), moved_to),
            told=tuple(id_ for _, id_ in whom_to_tell(problem, visit, before[visit], after.get(visit))),
            baht=baht,
        )
        for visit, baht in gone
    ]
    return tuple(sorted(found, key=lambda move: (move.before.date, move.before.start, move.visit)))


def _why(
    state: Disturbed, visit: str, tour: Tour, before: Place, after: Place | None, moved_to: Mapping[str, Place]
) -> Finding:
    """The change that hit the visit itself; else that its tour was hit, else that it makes room or saves money."""
    problem = state.problem
    cooperative = problem.visit_by_id[visit].cooperative
    day = before.date.isoformat()
    answering = [before.lead] if before.lead in before.crew else list(before.crew)
    for officer in answering:
        if officer is not None and (officer, before.date) in state.away:
            return Finding("officer-away", {"officer": officer, "date": day})
    if (cooperative, before.date) in state.shut:
        return Finding("cooperative-closed", {"cooperative": cooperative, "date": day})
    if (cooperative, before.date) in state.unmet:
        return Finding("no-meeting", {"cooperative": cooperative, "date": day})
    companions = [officer for officer in before.crew if (officer, before.date) in state.away]
    if companions:
        return Finding("companion-away", {"officer": companions[0], "date": day})
    if (tour.office, before.date) in state.cars:
        return Finding("fewer-cars", {"office": tour.office, "date": day})
    if after is not None and after.lead != before.lead and before.lead in state.leaving:
        return Finding("lead-leaves", {"officer": str(before.lead), "cooperative": cooperative})
    own = {other.id for other in problem.visits_of[cooperative]}
    for other in (*state.added, *state.redated):
        if other in own and other != visit:
            return Finding("gap-to", {"other": other, "cooperative": cooperative})
    pushed = _pushed(problem, visit, before, moved_to)
    if pushed is not None:
        return Finding("gap-to", {"other": pushed, "cooperative": cooperative})
    if after is None:
        return Finding("left-out")
    return Finding("makes-room")


def _pushed(problem: Problem, visit: str, stood: Place, moved_to: Mapping[str, Place]) -> str | None:
    """Another visit of the cooperative that moved to where this one could not stay beside it; None where none did."""
    own = problem.visit_by_id[visit]
    cooperative = problem.cooperative_by_id[own.cooperative]
    for other in problem.visits_of[cooperative.id]:
        place = moved_to.get(other.id)
        if place is not None and other.id != visit and too_near(cooperative, own, stood.date, other, place.date):
            return other.id
    return None
