"""What the problem itself says about why a visit comes after its due date. Nothing is guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from api.language.names import Names
from api.language.wording import Wording
from models.problem import Problem, Visit


def why_late(visit: Visit, problem: Problem, dates: Mapping[str, dt.date], names: Names, words: Wording) -> str:
    """What keeps ``visit`` from a day up to its due date, given the ``dates`` of the other visits; in words.

    Only facts are named that forbid every earlier day on their own: content not ready, the gap to the visit before,
    the partner. Where none does, the plan as a whole placed the visit there, and the text says just that.
    """
    if visit.due is None:
        raise ValueError(f"visit {visit.id} has no due date to be late for")
    due = visit.due
    if visit.earliest is not None and visit.earliest > due:
        return words("late_earliest", earliest=words.date(visit.earliest))
    cooperative = problem.cooperative_by_id[visit.cooperative]
    before = [dates[v.id] for v in problem.visits_of[cooperative.id] if v.seq < visit.seq and v.id in dates]
    if before and max(before) + dt.timedelta(days=cooperative.gap_days) > due:
        return words("late_gap", before=words.date(max(before)), days=cooperative.gap_days)
    if visit.partner is not None:
        opens = visit.earliest or dt.date.min
        workdays = set(problem.workdays)
        if not any(opens <= date <= due and date in workdays for date in problem.partner_by_id[visit.partner].dates):
            return words("late_partner", partner=names.partner(visit.partner))
    return words("late_chosen")
