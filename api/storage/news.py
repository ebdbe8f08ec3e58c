"""What is new for everybody who watches: the published version, the runs at work, and the newest drafts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from api.storage.drafts import broken_of
from api.storage.plans import PROPOSED_BY, REPLANS
from api.storage.publications import publication
from api.storage.reading import latest_progress
from api.storage.tables import UNFINISHED, Draft, StoredPlan, now

#: how long a run that has ended and a draft that was made still count as news: longer than any look at them takes
RECENT = dt.timedelta(seconds=60)
#: the most drafts that are told at once
MOST_DRAFTS = 50


@dataclass(frozen=True, slots=True)
class News:
    """How everything stood at one moment; ``runs`` and ``drafts`` by the plan's id."""

    publication: dict[str, Any] | None = None
    runs: dict[str, dict[str, Any]] = field(default_factory=dict)
    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)


def newest_news(session: Session) -> News:
    """The news at this moment."""
    made, since = publication(session), now() - RECENT
    standing = None
    if made is not None:
        standing = {
            "version": made.version, "plan": made.plan_id, "published_at": made.published_at.isoformat(),
        }  # fmt: skip
    drafts = session.execute(
        select(StoredPlan, Draft)
        .join(Draft, Draft.plan_id == StoredPlan.id)
        .where(StoredPlan.created_at > since)
        .order_by(StoredPlan.created_at.desc())
        .limit(MOST_DRAFTS)
    ).all()
    drafted = select(Draft.plan_id).where(Draft.plan_id == StoredPlan.id).exists()
    at_work = select(StoredPlan).where(or_(StoredPlan.state.in_(UNFINISHED), StoredPlan.ended_at > since), ~drafted)
    return News(
        standing,
        {row.id: _run(session, row) for row in session.scalars(at_work)},
        {row.id: _draft(row, draft) for row, draft in drafts},
    )


def _run(session: Session, row: StoredPlan) -> dict[str, Any]:
    return {
        "id": row.id, "problem": row.problem_id, "state": row.state, "event": row.events,
        "replans": row.request.get(REPLANS), "proposed_by": row.request.get(PROPOSED_BY),
        "progress": latest_progress(session, row),
    }  # fmt: skip


def _draft(row: StoredPlan, draft: Draft) -> dict[str, Any]:
    return {
        "id": row.id, "problem": row.problem_id, "parent": draft.parent_id, "name": draft.name,
        "broken": len(broken_of(draft)),
    }  # fmt: skip
