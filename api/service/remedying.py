"""A remedy tried: the change that would mend a visit, made in a copy of the office, with the plan that follows."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api.service.access import At, Door, Planner
from api.service.errors import documented, unknown
from api.service.explaining import Visit, at_once
from api.service.speaking import Spoken
from api.service.standing import load_standing
from api.storage.drafts import keep_draft
from api.storage.problems import Stated
from api.storage.what_ifs import keep_what_if
from models.changes import Name
from models.plan import Plan
from models.problem import Problem

router = APIRouter(prefix="/v1/plans", tags=["explaining"], route_class=Door)


class ChangeTried(BaseModel, extra="forbid"):
    """A change as a remedy of ``why`` names it."""

    code: Name
    facts: dict[Name, Annotated[str, Field(max_length=200)]] = {}


class RemedyTried(BaseModel, extra="forbid"):
    """The changes of one remedy, all of them."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"changes": [{"code": "one-more-car", "facts": {"date": "2012-08-06"}}]}]}
    )

    changes: Annotated[list[ChangeTried], Field(min_length=1, max_length=2)]


class TriedAnswer(BaseModel):
    """The copy of the office with the changes made, what they are called, and the draft in which the visit stands.

    ``plan`` is null where the changes open no slot while the rest stays: plan the ``problem`` then, like any other.
    """

    problem: str
    name: str
    plan: str | None


@router.post(
    "/{id}/visits/{visit:path}/remedies", status_code=201, responses=documented(401, 403, 404, 409, 413, 422, 503)
)
def try_remedy(
    id: str, visit: Visit, asked: RemedyTried, response: Response, at: At, token: Planner, lang: Spoken
) -> TriedAnswer:
    """Try a remedy of a visit that is late or left out. The office and the plan stay as they are: it makes copies.
    Publishing a plan of the copy has to be said: ``what_if``."""
    kept = load_standing(at.database, id)
    if visit not in kept.stated.problem.visit_by_id:
        raise unknown("visit")
    changes = [(change.code, change.facts) for change in asked.changes]
    made = json.loads(at.aside.ask(id, "tried", kept.texts, visit, changes, lang.value, seconds=at_once(kept)))
    stated = Stated(Problem.model_validate_json(made["problem"]), kept.stated.office)
    problem, _ = keep_what_if(at.database, stated, kept.problem)
    plan = None
    if made["plan"] is not None:
        row, _ = keep_draft(
            at.database, token.id, id, stated, Plan.model_validate_json(made["plan"]), [], [], made["name"][:200]
        )
        plan = row.id
    response.headers["Location"] = f"/v1/plans/{plan}" if plan else f"/v1/problems/{problem.id}"
    return TriedAnswer(problem=problem.id, name=made["name"], plan=plan)
