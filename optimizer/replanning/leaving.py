"""New leads for the cooperatives of an officer who leaves for good."""

from __future__ import annotations

from collections import Counter

from models.plan import Plan
from optimizer.replanning.disturbing import Disturbed


def renewed(state: Disturbed, plan: Plan) -> Plan:
    """The plan in which nobody who leaves remains lead of a cooperative that is visited once he or she is gone.

    The new lead is who comes most often from then on, rather one who stays, the first by id among equals. A cooperative
    that is visited before that alone keeps the lead it had.
    """
    if not state.leaving:
        return plan
    leads = dict(plan.leads)
    for cooperative, lead in plan.leads.items():
        if lead not in state.leaving:
            continue
        own = {visit.id for visit in state.problem.visits_of[cooperative]}
        comes = Counter(
            officer
            for tour in plan.tours
            if (lead, tour.date) in state.away
            for stop in tour.stops
            if stop.visit in own
            for officer in tour.crew
        )
        if comes:
            leads[cooperative] = min(comes, key=lambda one: (one in state.leaving, -comes[one], one))
    return plan.model_copy(update={"leads": leads})
