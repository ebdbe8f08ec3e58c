"""What the problem itself says about why a visit comes after its due date. Nothing is guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from api.language.names import Names
from api.language.wording import Wording
from models.problem import Problem, Visit
from models.rules import Roster, on_day


def why_late(
    visit: Visit,
    problem: Problem,
    dates: Mapping[str, dt.date],
    names: Names,
    words: Wording,
    by_hand: Collection[str] = (),
) -> str:
    """What keeps ``visit`` from a day up to its due date, given the ``dates`` of the other visits; in words.

    Only facts are named that forbid every earlier day on their own: content not ready, the gap to the visit before,
    the partner, the dates it is for. Where none does, either it was moved there (``by_hand``: visits that a planner
    moved to their day) or the plan as a whole placed it there, and the text says just that.
    """
    if visit.due is None:
        raise ValueError(f"visit {visit.id} has no due date to be late for")
    due = visit.due
    if visit.earliest is not None and visit.earliest > due:
        return words("late_earliest", earliest=words.date(visit.earliest))
    roster = Roster(problem, (), dates={id_: date for id_, date in dates.items() if id_ != visit.id})
    days = [day for day in problem.workdays if day <= due]
    against = [list(on_day(roster, visit, day)) for day in days]

    def every_day(*codes: str) -> bool:
        return bool(days) and all({one.code for one in found} & {*codes, "before-earliest"} for found in against)

    before = [day for other, day in roster.siblings(visit) if other.seq < visit.seq]
    if before and every_day("gap", "gap-history", "gap-pinned"):
        gap = problem.cooperative_by_id[visit.cooperative].gap_days
        return words("late_gap", before=words.date(max(before)), days=gap)
    if visit.partner is not None and every_day("partner-away"):
        return words("late_partner", partner=names.partner(visit.partner))
    if visit.dates and every_day("not-its-date"):
        return words("late_dates", first=words.date(min(visit.dates)))
    return words("late_by_hand" if visit.id in by_hand else "late_chosen")
