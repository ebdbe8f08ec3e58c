"""Runs and drafts: asked for, looked at, named and cancelled."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.service.access import At, Door, Planner, Watcher
from api.service.bell import NEWS
from api.service.errors import Refused, documented, unknown
from api.service.examples import problem_id, shown
from api.service.paging import After, Limit, linked
from api.service.runs import Key, PlanAnswer, accepted, plan_answer, require_seconds
from api.service.speaking import Spoken
from api.storage import plans, reading
from api.storage.drafts import draft_of, drafted, name_draft
from api.storage.tables import State, StoredPlan, StoredProblem
from api.storage.what_ifs import base_of, bases
from models.faults import Fault
from models.fields import Text
from models.saying import both

router = APIRouter(prefix="/v1/plans", tags=["plans"], route_class=Door)


class PlanRequest(BaseModel):
    """What to plan, and for how long. ``gap`` 0.03 ends the run once the plan is proven within 3 % of the optimum.

    ``name``: what the plan is to be called, so that two cases can be told apart.
    """

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra=lambda schema: _with_example(schema))

    problem: Annotated[Text, Field(min_length=1, max_length=100)]
    seconds: Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)] = 60.0
    gap: Annotated[float, Field(ge=0, lt=1)] | None = None
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 1
    deterministic: bool = False
    name: Annotated[Text, Field(min_length=1, max_length=200)] | None = None


def _with_example(schema: dict[str, Any]) -> None:
    schema["examples"] = [{"problem": problem_id(), "seconds": 1.0}]


@router.post("", status_code=202, responses=documented(401, 403, 404, 409, 413, 422))
def post_plan(
    asked: PlanRequest,
    response: Response,
    at: At,
    token: Planner,
    lang: Spoken,
    idempotency_key: Key = None,
) -> PlanAnswer:
    """Accept a run. What is answered with 202 is kept and will end, whatever happens to the service."""
    require_seconds(at, asked.seconds)
    with at.database.read() as session:
        if session.get(StoredProblem, asked.problem) is None:
            cause = both(f"There is no problem {asked.problem!r}.", f"ไม่มีโจทย์ {asked.problem!r}")
            remedy = both("Post the problem first.", "ส่งข้อมูลสำนักงานก่อน")
            raise Refused(404, Fault("id-unknown", "problem", cause, remedy))
    request = asked.model_dump(exclude={"problem", *(() if asked.name else ("name",))})
    return accepted(at, token, asked.problem, request, idempotency_key, response, lang)


@router.get("", responses=documented(401, 403, 422))
def list_plans(
    request: Request,
    response: Response,
    at: At,
    token: Watcher,
    lang: Spoken,
    state: Annotated[State | None, Query()] = None,
    drafts: Annotated[bool, Query(description="The drafts made by hand, instead of the runs.")] = False,
    limit: Limit = 50,
    after: After = None,
) -> list[PlanAnswer]:
    """The newest runs and proposals, of everybody; or the newest drafts."""
    with at.database.read() as session:
        rows = reading.newest(session, state, limit, after, drafts=drafts)
        found = drafted(session, [row.id for row in rows]) if drafts else {}
        copies = bases(session, {row.problem_id for row in rows})
    linked(request, response, "after", rows[-1].id if len(rows) == limit else None)
    return [plan_answer(row, lang, draft=found.get(row.id), base=copies.get(row.problem_id)) for row in rows]


@router.get("/{id}", responses=documented(401, 403, 404, 422))
def get_plan(id: str, at: At, token: Watcher, lang: Spoken) -> PlanAnswer:
    """How a run stands, or what came of it."""
    with at.database.read() as session:
        row = session.get(StoredPlan, id)
        if row is None:
            raise unknown("plan")
        progress, base = reading.latest_progress(session, row), base_of(session, row.problem_id)
        return plan_answer(row, lang, progress, draft_of(session, id), base)


class Naming(BaseModel, extra="forbid"):
    """The name of a draft; null for none."""

    model_config = shown(name="a later day")

    name: Annotated[Text, Field(min_length=1, max_length=200)] | None


@router.patch("/{id}", responses=documented(401, 403, 404, 413, 422))
def name_plan(id: str, asked: Naming, at: At, token: Planner, lang: Spoken) -> PlanAnswer:
    """Give a draft a name; all else of it stays as it is for good."""
    draft = name_draft(at.database, id, asked.name)
    if draft is None:
        raise unknown("draft")
    at.bell.ring(NEWS)
    with at.database.read() as session:
        row = session.get_one(StoredPlan, id)
        return plan_answer(row, lang, draft=draft, base=base_of(session, row.problem_id))


@router.delete("/{id}", status_code=202, responses=documented(401, 403, 404, 422))
def cancel_plan(id: str, at: At, token: Planner, lang: Spoken) -> PlanAnswer:
    """Cancel a run. One that runs ends within a moment and keeps its best plan; one that is over stays as it is."""
    row = plans.cancel(at.database, id)
    if row is None:
        raise unknown("plan")
    at.ring(id)
    return plan_answer(row, lang)
