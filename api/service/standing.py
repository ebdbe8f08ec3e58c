"""A plan as it may be changed now.

Once it is published, only what is past or reported stays, and moving is priced against it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy.orm import Session

from api.service.loading import Texts, load_plan, load_texts
from api.storage.database import Database
from api.storage.drafts import line_of
from api.storage.plans import NOTICE, PROPOSED_BY
from api.storage.problems import Stated, kept_of, load_problem, season_start
from api.storage.publications import first_versions, publication
from api.storage.reports import newest_reports
from api.storage.tables import StoredPlan
from api.today import day_of
from models.handbook.reports import Report
from models.plan import Plan
from models.problem import Problem
from optimizer.replanning.beginning import accepted, day_after, with_notice


def load_standing(database: Database, id: str) -> Texts:
    """A plan as it is kept; one that was published as people act on it.

    Raises:
        Refused: there is no such run, or it has no plan.
    """
    kept = load_texts(database, id)
    with database.read() as session:
        if not was_published(session, id):
            return kept
        plan, notice = load_plan(session, id), notice_of(session, id)
    opens = opening(database, id, kept.stated, plan)
    return _standing(kept, opens, notice)


def was_published(session: Session, id: str) -> bool:
    """Whether a plan is or was the published one."""
    return bool(first_versions(session, [id]))


def opening(database: Database, id: str, stated: Stated, plan: Plan) -> dt.date | None:
    """The first day of a plan that may still change once it is published; None where all may.

    It is the day after the last reported visit, or the day before which all was past when the plan was mended.
    """
    with database.read() as session:
        gone = past_of(session, id)
    reports = reports_of(database, stated.problem)
    last = last_reported(reports, days_reported_on(database, stated.problem, plan)) if reports else None
    return max(day for day in (gone, day_after(last)) if day) if last else gone


def past_of(session: Session, id: str) -> dt.date | None:
    """The day before which all was past when a plan was mended, or as its problem says; None where nothing was.

    A draft has it from the plan that it was made from first.
    """
    begun, run = begun_of(session, id)
    if run is not None:
        said = run.request.get("today")
        return dt.date.fromisoformat(said) if said else None
    stated = load_problem(session, begun.problem_id)
    return stated.problem.today if stated else None


def notice_of(session: Session, id: str) -> int | None:
    """The office's own days of notice; the problem of a plan that mends another has what was left of them."""
    begun, run = begun_of(session, id)
    if run is not None and NOTICE in run.request:
        own: int | None = run.request[NOTICE]
        return own
    stated = load_problem(session, begun.problem_id)
    return stated.problem.notice_days if stated else None


def begun_of(session: Session, id: str) -> tuple[StoredPlan, StoredPlan | None]:
    """The plan that a draft was made from first, or the plan itself; and the run that proposed it, where one did."""
    line = list(line_of(session, id))
    begun = session.get_one(StoredPlan, line[-1].parent_id if line else id)
    run = begun.request.get(PROPOSED_BY)
    return begun, None if run is None else session.get_one(StoredPlan, run)


@lru_cache(maxsize=8)
def _standing(kept: Texts, opens: dt.date | None, notice: int | None) -> Texts:
    own = with_notice(kept.stated.problem, notice)
    problem, plan = accepted(own, Plan.model_validate_json(kept.texts[2]), opens)
    stated = Stated(problem, kept.stated.office)
    return Texts(stated, (kept_of(stated).problem, kept.texts[1], plan.to_json(indent=None)), kept.problem, True)


class Reported(NamedTuple):
    """A report, and the day on which it was written."""

    report: Report
    written: dt.date

    def told(self, planned: dt.date | None) -> dt.date | None:
        """The last day that it tells of, of a visit ``planned`` on a day: none after that on which it was written."""
        days = [day for day in (planned, self.report.date) if day]
        return min(max(days), self.written) if days else None

    def ahead(self, planned: dt.date | None) -> bool:
        """Whether it says beforehand that a visit ``planned`` on a day cannot take place: nothing of that is past."""
        return not self.report.held and planned is not None and planned > self.written


def reports_of(database: Database, problem: Problem) -> dict[str, Reported]:
    """The newest report of each visit of a problem that has one."""
    if not problem.workdays:
        return {}
    with database.read() as session:
        rows = newest_reports(session, problem.workdays[0])
    known = problem.visit_by_id
    return {
        row.visit: Reported(Report.model_validate_json(row.report), day_of(row.reported_at))
        for row in rows
        if row.visit in known
    }


def days_reported_on(database: Database, problem: Problem, plan: Plan) -> dict[str, dt.date]:
    """The day on which each visit was to be that may have a report, by the visit's id.

    By the published plan, since a proposal or an earlier version may have it on another day; by ``plan`` itself where
    no plan of its quarter is published.
    """
    with database.read() as session:
        standing = publication(session)
        if standing is None:
            return plan.dates
        row = session.get_one(StoredPlan, standing.plan_id)
        stated = load_problem(session, row.problem_id)
        if stated is None or season_start(stated.problem) != season_start(problem):
            return plan.dates
        return load_plan(session, standing.plan_id).dates


def last_reported(reports: Mapping[str, Reported], days: Mapping[str, dt.date]) -> dt.date | None:
    """The last day that reports tell of: planned or held, whichever is later. None without any.

    What is to come when a report is written is not past by it, whatever it says.
    """
    told = (one.told(days.get(visit)) for visit, one in reports.items() if not one.ahead(days.get(visit)))
    return max((day for day in told if day), default=None)
