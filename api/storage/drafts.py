"""Drafts: plans that planners make by hand from other plans, step by step; each step is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.storage.database import Database
from api.storage.plans import put_finished
from api.storage.problems import Stated
from api.storage.tables import Draft, StoredPlan
from api.storage.what_ifs import put_derived
from models.plan import Plan
from models.saying import Said, said

#: the key of a draft's request that names the plan it was made from
DRAFTED = "drafted_from"

#: what is told in place of a broken rule whose row is damaged, and of moves that are
_RULE: Final = said("A broken rule that cannot be read.")
_MOVES: Final = said("Moves by hand that cannot be read.")
_WHAT: Final = said("What is kept about it is damaged; move a visit, and the new draft is judged afresh.")
#: kinds of moves that are those of a visit
_OF_VISITS: Final = frozenset({"place", "leave-out", "pin", "unpin"})


def keep_draft(
    database: Database,
    token: str,
    parent: str,
    stated: Stated,
    plan: Plan,
    moves: list[dict[str, Any]],
    broken: list[dict[str, Any]],
    name: str | None = None,
) -> tuple[StoredPlan, Draft]:
    """A new draft: a plan that is done, and what makes it a draft.

    Args:
        database: keeps it, and its problem, in one transaction.
        token: the id of the planner's token.
        parent: the id of the plan it was made from.
        stated: its problem, which may differ from the parent's, in its pins for one.
        plan: the plan itself, which may break rules.
        moves: what was done to the parent, as it was asked for.
        broken: what the referee says against the plan, each broken rule by language; where there is anything it cannot
            be published.
        name: the planner's, if any.
    """
    with database.write() as session:
        problem = put_derived(session, stated, session.get_one(StoredPlan, parent).problem_id)
        row = put_finished(session, problem.id, token, {DRAFTED: parent}, plan)
        draft = Draft(plan_id=row.id, parent_id=parent, moves=moves, broken=broken, name=name)
        session.add(draft)
        session.flush()
        session.refresh(row)
        return row, draft


def draft_of(session: Session, plan: str) -> Draft | None:
    """What makes a plan a draft; None where it is none."""
    return session.get(Draft, plan)


def moves_kept(draft: Draft) -> list[dict[str, Any]]:
    """The moves that made a draft, without what is damaged of them: that is told where rules are that it breaks."""
    return [move for move in _listed(draft.moves) if _is_move(move)]


def broken_of(draft: Draft) -> list[Any]:
    """What the referee says against a draft as it is kept; one thing that nobody can read where that is no list.

    A damaged row is no proof that the draft keeps every rule, and damaged moves may have pinned a visit: neither is
    published.
    """
    unread = len(moves_kept(draft)) < len(_listed(draft.moves))
    return [*_listed(draft.broken), *([_MOVES] if unread else [])]


def _listed(kept: Any) -> list[Any]:
    return kept if isinstance(kept, list) else [kept]


def _is_move(kept: Any) -> bool:
    """Whether a move has what its readers lean on: its kind, and the visit where that is one's."""
    if not isinstance(kept, dict) or not isinstance(kept.get("kind"), str):
        return False
    return isinstance(kept.get("visit", "" if kept["kind"] not in _OF_VISITS else None), str)


def broken_in(draft: Draft, lang: str) -> list[dict[str, Any]]:
    """What the referee says against a draft, in ``lang``; where an older version kept it, in that of who made it.

    What is damaged is told as that: it hides neither the draft nor the list that it stands in.
    """
    told = (one.get(lang, one) if isinstance(one, dict) else one for one in broken_of(draft))
    return [one if _is_readable(one) else _damaged(_MOVES if one is _MOVES else _RULE, lang) for one in told]


def _is_readable(told: Any) -> bool:
    """Whether a broken rule has all that its readers lean on, of the right kinds."""
    if not isinstance(told, dict) or not isinstance(told.get("what"), str):
        return False
    about = told.get("about")
    return (
        isinstance(told.get("rule"), int)
        and all(isinstance(told.get(key, ""), str) for key in ("title", "where"))
        and (
            about is None
            or (isinstance(about, dict) and all(isinstance(about.get(key), str) for key in ("kind", "id")))
        )
    )


def _damaged(title: Said, lang: str) -> dict[str, Any]:
    def text(one: Said) -> str:
        return one.in_language(lang) or str(one)

    return {"rule": 0, "title": text(title), "where": "", "what": text(_WHAT), "about": None}


def line_of(session: Session, plan: str) -> Iterator[Draft]:
    """The drafts from ``plan`` back to the first that was made from a plan of a run."""
    draft = draft_of(session, plan)
    while draft is not None:
        yield draft
        draft = draft_of(session, draft.parent_id)


def drafted(session: Session, plans: Sequence[str]) -> dict[str, Draft]:
    """Those of these plans that are drafts, by their id."""
    return {draft.plan_id: draft for draft in session.scalars(select(Draft).where(Draft.plan_id.in_(plans)))}


def name_draft(database: Database, plan: str, name: str | None) -> Draft | None:
    """Give a draft a name, or none; None where it is no draft."""
    with database.write() as session:
        draft = session.get(Draft, plan)
        if draft is not None:
            draft.name = name
        return draft
