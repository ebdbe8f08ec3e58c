"""New leads for the cooperatives of an officer who leaves for good."""

from __future__ import annotations

from collections import Counter

from models.plan import Plan
from optimizer.replanning.disturbing import Disturbed


def renewed(state: Disturbed, plan: Plan) -> Plan:
    """The plan in which nobody who leaves remains lead of a cooperative that is still visited from today on.

    The new lead is who comes most often from then on, the first by id among equals. A cooperative without any visit
    to come keeps the lead it had: history names no other.
    """
    if not state.leaving:
        return plan
    problem = state.problem
    leads = dict(plan.leads)
    for cooperative, lead in plan.leads.items():
        if lead not in state.leaving:
            continue
        own = {visit.id for visit in problem.visits_of[cooperative]}
        comes = Counter(
            officer
            for tour in plan.tours
            if problem.today is None or tour.date >= problem.today
            for stop in tour.stops
            if stop.visit in own
            for officer in tour.crew
        )
        if comes:
            leads[cooperative] = min(comes, key=lambda officer: (-comes[officer], officer))
    return plan.model_copy(update={"leads": leads})
