"""Reading runs, their events, plans and proposals; what changes them is in :mod:`api.storage.plans`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from api.storage.paging import older
from api.storage.tables import INTERRUPTED, PROGRESS, Draft, Event, StoredPlan, StoredProposal
from models.plan import Cost


def newest(
    session: Session, state: str | None, most: int, after: str | None = None, *, drafts: bool = False
) -> list[StoredPlan]:
    """The newest runs and proposals, or the newest ``drafts``; those in one ``state`` where one is named, and those
    older than the run ``after``."""
    drafted = select(Draft.plan_id).where(Draft.plan_id == StoredPlan.id).exists()
    wanted = select(StoredPlan).where(drafted if drafts else ~drafted)
    if state is not None:
        wanted = wanted.where(StoredPlan.state == state)
    return list(session.scalars(older(wanted, StoredPlan, session, after).limit(most)))


def plan_text(session: Session, id_: str) -> tuple[StoredPlan, str | None] | None:
    """The run and the JSON text of its plan, if it has one; None where there is none of this id."""
    row = session.get(StoredPlan, id_, options=[undefer(StoredPlan.plan)])
    return None if row is None else (row, row.plan)


def proposals_of(session: Session, run: str) -> list[StoredProposal]:
    """What a replanning run proposes, in the order it was made."""
    own = select(StoredProposal).where(StoredProposal.run_id == run).order_by(StoredProposal.number)
    return list(session.scalars(own))


def latest_progress(session: Session, row: StoredPlan) -> dict[str, Any] | None:
    """What was last told of the run's progress; None once it waits again, since what an attempt had is lost with it.

    Of a run that has its plan, cost, bound and gap are those of the plan: it got better since it was last told of.
    """
    news = select(Event.kind, Event.data).where(Event.plan_id == row.id, Event.kind.in_((PROGRESS, INTERRUPTED)))
    told = session.execute(news.order_by(Event.number.desc()).limit(1)).one_or_none()
    if told is None or told.kind == INTERRUPTED:
        return None
    known: dict[str, Any] = dict(told.data)
    if row.summary is not None:
        total = Cost.model_validate(row.summary["cost"]).told().total
        known |= {"cost": total, "bound": row.summary["lower_bound"], "gap": row.summary["gap"]}
    return known


def events_after(session: Session, id_: str, number: int) -> list[Event]:
    """The run's events after the ``number``-th, in order."""
    later = select(Event).where(Event.plan_id == id_, Event.number > number).order_by(Event.number)
    return list(session.scalars(later))


def counts(session: Session) -> dict[str, int]:
    """How many runs are in each state."""
    grouped = session.execute(select(StoredPlan.state, func.count()).group_by(StoredPlan.state))
    return {row[0]: row[1] for row in grouped}
