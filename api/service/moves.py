"""Moves by hand: each request makes a draft, a child plan that is never changed, with all there is to say of it."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api.service.access import At, Door, Planner, Watcher
from api.service.comparing import DifferenceAnswer, Pair
from api.service.errors import documented, unknown
from api.service.examples import MOVES as MOVES_EXAMPLE
from api.service.explaining import at_once
from api.service.loading import load_texts
from api.service.speaking import Spoken
from api.service.standing import load_standing
from api.storage.database import Database
from api.storage.drafts import draft_of, keep_draft, line_of, moves_kept
from api.storage.problems import Stated
from api.storage.tables import Draft
from models.moves import MOVES, Moves
from models.plan import Cost, Plan
from optimizer.comparing.differences import Kind

router = APIRouter(prefix="/v1/plans", tags=["moves"], route_class=Door)


class MovesRequest(BaseModel):
    """What the planner does, one move after the other, and a ``name`` for the draft, if it gets one."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=lambda schema: schema.update(examples=[MOVES_EXAMPLE]))

    moves: Moves
    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class AboutAnswer(BaseModel):
    """What a broken rule is about: a visit, tour, officer, cooperative, office, partner or car, and the day."""

    kind: str
    id: str
    date: str | None


class BrokenAnswer(BaseModel):
    """A broken rule: its number in the contract, its ``title``, where and what; ``about`` is what to mark."""

    rule: int
    title: str
    where: str
    what: str
    about: AboutAnswer | None


class ChangeAnswer(BaseModel):
    """Baht more (less: negative) than the parent: what is ``paid``, what is ``weighed``, both, and each part."""

    paid: float
    weighed: float
    total: float
    parts: dict[str, float]


class MovedAnswer(BaseModel):
    """What stands otherwise than in the parent."""

    counts: dict[Kind, int]
    same: int
    visits: list[DifferenceAnswer]
    leads: dict[str, Pair[str | None]]


class MovesAnswer(BaseModel):
    """A draft: a plan of its own, made from its ``parent`` by ``moves``. One that is not ``sound`` cannot be published.

    ``pins`` are the visits pinned by hand up to here: give them to ``/replan`` to plan the rest around them.
    """

    plan: str
    address: str
    parent: str
    name: str | None
    moves: list[dict[str, Any]]
    sound: bool
    broken: list[BrokenAnswer]
    pins: list[str]
    cost: Cost
    paid: float
    weighed: float
    change: ChangeAnswer
    differences: MovedAnswer


_ANSWERS = documented(401, 403, 404, 409, 413, 422, 503)


@router.post("/{id}/moves", status_code=201, responses=_ANSWERS)
def move(id: str, asked: MovesRequest, response: Response, at: At, token: Planner, lang: Spoken) -> MovesAnswer:
    """Move visits by hand, and other people and cars to tours. Makes a draft: undo is going back to the parent.

    A draft may break rules; each is listed. Touched tours are laid out anew, and what no move speaks of stays. To plan
    the rest around the moves, mend the draft with its ``pins``.
    """
    kept = load_standing(at.database, id)
    moves = MOVES.dump_json(asked.moves, exclude_none=True)
    pins = _pins(at.database, id)
    made = at.aside.ask(id, "moved", kept.texts, moves.decode(), pins, lang.value, seconds=at_once(kept))
    answer = json.loads(made)
    problem = kept.stated.problem
    off = answer["pins"] != (list(problem.pins) if problem.pins else None)
    stated = Stated(problem.changed(pins=answer["pins"]), kept.stated.office) if off else kept.stated
    told, plan = answer["told"], Plan.model_validate_json(answer["plan"])
    row, draft = keep_draft(at.database, token.id, id, stated, plan, json.loads(moves), answer["broken"], asked.name)
    response.headers["Location"] = f"/v1/plans/{row.id}"
    return _told(draft, told)


@router.get("/{id}/moves", responses=_ANSWERS)
def moves_of(id: str, at: At, token: Watcher, lang: Spoken) -> MovesAnswer:
    """What made a plan a draft: the moves, what they break, cost, and change against the parent."""
    with at.database.read() as session:
        draft = draft_of(session, id)
    if draft is None:
        raise unknown("draft")
    parent, kept = load_texts(at.database, draft.parent_id), load_texts(at.database, id)
    pins = _pins(at.database, id)
    asked = at.aside.ask(id, "drafted", parent.texts, kept.texts, pins, lang.value, seconds=at_once(kept))
    return _told(draft, json.loads(asked))


def _told(draft: Draft, told: dict[str, Any]) -> MovesAnswer:
    return MovesAnswer.model_validate(
        told | {
            "plan": draft.plan_id, "address": f"/v1/plans/{draft.plan_id}", "parent": draft.parent_id,
            "name": draft.name, "moves": moves_kept(draft),
        }
    )  # fmt: skip


def _pins(database: Database, plan: str) -> list[str]:
    """The visits that are pinned by hand in a plan: those of the drafts it comes from, and its own."""
    pins: dict[str, None] = {}
    with database.read() as session:
        line = list(line_of(session, plan))
    for step in reversed(line):
        for move in moves_kept(step):
            if move["kind"] == "pin":
                pins[move["visit"]] = None
            elif move["kind"] == "unpin":
                pins.pop(move["visit"], None)
    return list(pins)
