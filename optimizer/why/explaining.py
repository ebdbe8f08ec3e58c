"""Why a visit stands where it stands, why it is late or left out, and what would mend that."""

from __future__ import annotations

from dataclasses import dataclass

from models import given
from models.plan import Plan, Stop, Tour
from models.problem import Problem, Visit
from models.rules import Roster, against_tour
from models.rules.finding import Finding
from optimizer.params import Params
from optimizer.stopping import Cancel
from optimizer.why.alone import Alone
from optimizer.why.remedies import Remedy, remedies
from optimizer.why.slots import DaySlots, Slot, Slots

#: what stands against a lead on a tour -> how it is told, the first that applies
_LEAD = {
    "officer-absent": "lead-away", "officer-on-tour": "lead-busy", "officer-busy": "lead-engaged",
    "week-full": "lead-week-full", "officer-elsewhere": "lead-barred", "officer-barred": "lead-barred",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that speaks for and against a visit's place.

    ``verdict`` sums it up; where its code is "impossible" or "late-in-every-plan", ``proven`` is true and every day
    concerned has an absolute finding. ``crew`` says of each officer what he or she is there for. ``complete``: every
    change that might mend it was tried; otherwise there may be more remedies than were found. ``unpinned``: where the
    visit is pinned, the cheapest slot that it could have without its pin while the rest stays.
    """

    visit: str
    tour: Tour | None
    stop: Stop | None
    verdict: Finding
    proven: bool
    crew: tuple[Finding, ...]
    days: tuple[DaySlots, ...]
    remedies: tuple[Remedy, ...]
    late: int
    complete: bool = True
    unpinned: Slot | None = None


def explain(
    problem: Problem,
    plan: Plan,
    visit: Visit,
    *,
    slots: Slots | None = None,
    seconds: float = 1.0,
    params: Params | None = None,
    cancel: Cancel | None = None,
) -> Explanation:
    """Explain one visit of ``plan``.

    Args:
        problem: the problem.
        plan: its plan, which keeps every rule.
        visit: the visit.
        slots: of the same problem and plan, where several visits are explained.
        seconds: of search for each change that might mend a late or missing visit but opens no slot by itself.
        params: of those searches.
        cancel: ends the search for remedies early, with those found by then.

    Raises:
        InvalidInput: ``seconds`` cannot be.
    """
    seconds = given.seconds_if_any(seconds)
    slots = slots or Slots(problem, plan)
    days = slots.days(visit)
    tour = next((tour for tour in plan.tours if any(stop.visit == visit.id for stop in tour.stops)), None)
    stop = next((stop for stop in tour.stops if stop.visit == visit.id), None) if tour else None
    late = problem.late_workdays(visit, tour.date) if tour else 0
    history = tour is not None and problem.today is not None and tour.date < problem.today
    verdict, proven = _verdict(problem, slots.alone, visit, tour, days, late, history)
    mended: tuple[Remedy, ...] = ()
    if not history and (tour is None or late):
        by = visit.due if tour is not None else None
        mended = remedies(problem, plan, visit, days, seconds=seconds, by=by, params=params, cancel=cancel)
    crew = _crew(problem, plan, visit, tour) if tour else ()
    complete = cancel is None or not cancel.cancelled
    free = None if history or tour is None else _unpinned(problem, plan, visit)
    return Explanation(visit.id, tour, stop, verdict, proven, crew, tuple(days), mended, late, complete, free)


def _unpinned(problem: Problem, plan: Plan, visit: Visit) -> Slot | None:
    """The cheapest slot of a pinned visit, were it not pinned."""
    pins = problem.pins or ()
    if visit.id not in pins:
        return None
    return Slots(problem.changed(pins=tuple(pin for pin in pins if pin != visit.id) or None), plan).best(visit)


def _verdict(
    problem: Problem, alone: Alone, visit: Visit, tour: Tour | None, days: list[DaySlots], late: int, history: bool
) -> tuple[Finding, bool]:
    best = _cheapest(days)
    if history and tour is not None:
        return Finding("history", {"date": (problem.today or tour.date).isoformat()}), True
    if tour is None:
        if alone.impossible(visit) is not None:
            return Finding("impossible"), True
        if best is None:
            return Finding("no-slot"), False
        code = "slot-dearer" if best.baht > 0 else "slot-cheaper"
        return Finding(code, {"baht": f"{abs(best.baht):.0f}"}), True
    if late and visit.due is not None:
        due = visit.due
        early = [day for day in days if day.date <= due]
        if all(day.absolute for day in early):
            return Finding("late-in-every-plan"), True
        on_time = _cheapest(early)
        if on_time is None:
            return Finding("late-no-slot"), False
        code = "late-by-choice" if on_time.baht > 0 else "late-slot-cheaper"
        return Finding(code, {"baht": f"{abs(on_time.baht):.0f}"}), True
    if best is not None and best.baht < -0.5:
        return Finding("cheaper-elsewhere", {"date": best.date.isoformat(), "baht": f"{-best.baht:.0f}"}), True
    return Finding("cheapest-slot"), True


def _cheapest(days: list[DaySlots]) -> Slot | None:
    return min((day.slots[0] for day in days if day.slots), key=lambda slot: slot.baht, default=None)


def _crew(problem: Problem, plan: Plan, visit: Visit, tour: Tour) -> tuple[Finding, ...]:
    """What each officer of the crew is there for; and why the lead is not, where that is so."""
    lead = plan.leads.get(visit.cooperative)
    findings = [_purpose(problem, plan, visit, tour, officer, lead) for officer in tour.crew]
    if lead is not None and lead not in tour.crew:
        why = _lead_elsewhere(problem, plan, lead, tour)
        findings.append(Finding("stand-in", {"officer": lead, "why": why}))
    return tuple(findings)


def _purpose(problem: Problem, plan: Plan, visit: Visit, tour: Tour, officer: str, lead: str | None) -> Finding:
    if officer == lead:
        return Finding("leads", {"officer": officer})
    alone = _only_he_knows(problem, tour, officer, [visit])
    if alone:
        return Finding("covers", {"officer": officer, "topics": ", ".join(alone)})
    others = [problem.visit_by_id[stop.visit] for stop in tour.stops if stop.visit != visit.id]
    led = [other.cooperative for other in others if plan.leads.get(other.cooperative) == officer]
    if led:
        return Finding("leads-others", {"officer": officer, "others": ", ".join(dict.fromkeys(led))})
    topics = _only_he_knows(problem, tour, officer, others)
    if topics:
        named = [other.cooperative for other in others if set(other.topics or ()) & set(topics)]
        facts = {"officer": officer, "topics": ", ".join(topics), "others": ", ".join(dict.fromkeys(named))}
        return Finding("covers-others", facts)
    return Finding("rides-along", {"officer": officer})


def _only_he_knows(problem: Problem, tour: Tour, officer: str, visits: list[Visit]) -> list[str]:
    """The topics of ``visits`` that nobody else of the crew has."""
    rest = {topic for other in tour.crew if other != officer for topic in problem.officer_by_id[other].topics}
    mine = set(problem.officer_by_id[officer].topics)
    wanted = dict.fromkeys(topic for visit in visits for topic in visit.topics or ())
    return [topic for topic in wanted if topic in mine and topic not in rest]


def _lead_elsewhere(problem: Problem, plan: Plan, lead: str, tour: Tour) -> str:
    """What keeps the lead from a tour of the plan: the code of a finding."""
    joined = tour.model_copy(update={"crew": (*tour.crew, lead)})
    against = against_tour(Roster.of(problem, plan), problem.visit_by_id[tour.stops[0].visit], joined)
    codes = {finding.code for finding in against if finding.facts.get("officer") == lead}
    return next((told for code, told in _LEAD.items() if code in codes), "lead-dearer")
