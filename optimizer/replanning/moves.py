"""What a new plan does to the published one: every visit moved, what became of it, why, and who must be told."""

from __future__ import annotations

from dataclasses import dataclass

from models.plan import Plan, Tour
from models.referee import moved
from optimizer.replanning.disturbing import Disturbed
from optimizer.replanning.notices import told
from optimizer.replanning.places import Place, places
from optimizer.why.findings import Finding


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
    found = [
        Move(
            visit=visit,
            before=before[visit],
            after=after.get(visit),
            why=_why(state, visit, tours[visit], before[visit], after.get(visit)),
            told=tuple(id_ for _, id_ in told(problem, visit, before[visit], after.get(visit))),
            baht=baht,
        )
        for visit, baht in moved(problem, plan)
    ]
    return tuple(sorted(found, key=lambda move: (move.before.date, move.before.start, move.visit)))


def _why(state: Disturbed, visit: str, tour: Tour, before: Place, after: Place | None) -> Finding:
    """The change that hit the visit itself; else that its tour was hit, else that it makes room or saves money."""
    problem = state.problem
    host = problem.visit_by_id[visit].cooperative
    day = before.date.isoformat()
    answering = [before.lead] if before.lead in before.crew else list(before.crew)
    for officer in answering:
        if officer is not None and (officer, before.date) in state.away:
            return Finding("officer-away", {"officer": officer, "date": day})
    if (host, before.date) in state.shut:
        return Finding("cooperative-closed", {"cooperative": host, "date": day})
    if (host, before.date) in state.unmet:
        return Finding("no-meeting", {"cooperative": host, "date": day})
    companions = [officer for officer in before.crew if (officer, before.date) in state.away]
    if companions:
        return Finding("companion-away", {"officer": companions[0], "date": day})
    if (tour.office, before.date) in state.cars:
        return Finding("fewer-cars", {"office": tour.office, "date": day})
    if after is not None and after.lead != before.lead and before.lead in state.leaving:
        return Finding("lead-leaves", {"officer": str(before.lead), "cooperative": host})
    own = {other.id for other in problem.visits_of[host]}
    for other in (*state.added, *state.redated):
        if other in own and other != visit:
            return Finding("gap-to", {"other": other, "cooperative": host})
    if after is None:
        return Finding("left-out")
    return Finding("makes-room")
