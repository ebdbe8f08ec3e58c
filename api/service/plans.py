"""Runs: asked for, looked at, followed and cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.language.lang import Lang
from api.service.access import At, Door, Planner, Watcher, still
from api.service.bell import NEWS
from api.service.errors import FaultShape, Refused, documented, shape_of, unknown
from api.service.examples import problem_id, shown
from api.service.paging import After, Limit, linked
from api.service.queries import Whole
from api.service.speaking import Spoken
from api.service.state import Service
from api.storage import plans, reading
from api.storage.database import Database
from api.storage.drafts import broken_in, draft_of, drafted, moves_kept, name_draft
from api.storage.faults import fault_of, text_in
from api.storage.problems import Stated
from api.storage.tables import ENDED, INTERRUPTED, Draft, Event, State, StoredPlan, StoredProblem, Token
from api.storage.what_ifs import base_of, bases
from models.faults import Fault
from models.fields import Text
from models.plan import Cost, Record, Status
from models.saying import both

#: seconds after which an event stream looks at the database even if nothing rang: another service may run the engine,
#: or the token be revoked
LOOK = 1.0
#: the most seconds a client is told to wait
LONGEST_WAIT = 3600

router = APIRouter(prefix="/v1/plans", tags=["plans"], route_class=Door)

Key = Annotated[
    str | None, Header(min_length=1, max_length=200, description="The same key asks for the same run again.")
]


#: money as it is told: to the satang
Baht = Annotated[float, AfterValidator(lambda baht: round(baht, 2))]


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


class PlanProgress(BaseModel):
    """How a run stands: ``cost`` and ``bound`` in baht, ``share`` of the limit used up, ``seconds`` since it began."""

    cost: Baht | None
    bound: Baht | None
    gap: float | None
    share: float
    seconds: float


class DraftAnswer(BaseModel):
    """What makes a plan a draft: the plan it was made from and by which moves, and what it breaks."""

    parent: str
    name: str | None
    moves: list[dict[str, Any]]
    broken: list[dict[str, Any]]


class PlanAnswer(BaseModel):
    """A run and what came of it; of a replanning run, the address of its ``proposals``.

    ``cost`` is by part, in baht: some of it is ``paid``, the rest is ``weighed`` and nobody pays it.
    ``draft`` is there where the plan was made by hand. ``what_if``: the problem that its own is a changed copy of; a
    plan of a copy is published only where that is said to be known.
    """

    id: str
    address: str
    problem: str
    state: State
    request: dict[str, Any]
    attempts: int
    created_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    progress: PlanProgress | None = None
    cost: Annotated[Cost, AfterValidator(Cost.told)] | None = None
    paid: float | None = None
    weighed: float | None = None
    lower_bound: Baht | None = None
    gap: float | None = None
    status: Status | None = None
    planned: int | None = None
    unplanned: int | None = None
    record: Record | None = None
    proposals: str | None = None
    draft: DraftAnswer | None = None
    what_if: str | None = None
    faults: list[FaultShape] | None = None


def plan_answer(
    row: StoredPlan,
    lang: Lang,
    progress: dict[str, Any] | None = None,
    draft: Draft | None = None,
    base: str | None = None,
) -> PlanAnswer:
    """What is told of a run, with its newest progress, or of a draft; ``base`` where its problem is a copy of that."""
    drafted = None if draft is None else {
        "parent": draft.parent_id, "name": draft.name, "moves": moves_kept(draft), "broken": broken_in(draft, lang),
    }  # fmt: skip
    return PlanAnswer.model_validate(
        {
            "id": row.id, "address": f"/v1/plans/{row.id}", "problem": row.problem_id, "state": row.state,
            "request": row.request, "attempts": row.attempts, "created_at": row.created_at,
            "started_at": row.started_at, "ended_at": row.ended_at, "progress": progress, "faults": _faults(row, lang),
            "proposals": f"/v1/plans/{row.id}/proposals" if plans.REPLANS in row.request else None,
            "draft": drafted, "what_if": base,
        } | (row.summary or {}) | _sums(row)
    )  # fmt: skip


def _faults(row: StoredPlan, lang: Lang) -> list[dict[str, Any]] | None:
    kept = row.faults if isinstance(row.faults, list | None) else [row.faults]
    return kept and [shape_of(fault_of(one), lang) for one in kept]


def _sums(row: StoredPlan) -> dict[str, float]:
    """What of the cost is paid, and what is weighed."""
    if row.summary is None:
        return {}
    cost = Cost.model_validate(row.summary["cost"])
    return {"paid": round(cost.paid, 2), "weighed": round(cost.weighed, 2)}


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


def require_seconds(at: Service, seconds: float) -> None:
    """See that a run asks for no more seconds than it may.

    Raises:
        Refused: it does.
    """
    if seconds > at.settings.most_seconds:
        most = f"{at.settings.most_seconds:g}"
        cause = both(f"It is {seconds:g}, more than {most}.", f"ระบุไว้ {seconds:g} เกิน {most} วินาที")
        raise Refused(422, Fault("field-value", "seconds", cause, both("Ask for less.", "ใช้เวลาน้อยลง")))


def accepted(
    at: Service,
    token: Token,
    problem: str | Stated,
    request: dict[str, Any],
    key: str | None,
    response: Response,
    lang: Lang,
) -> PlanAnswer:
    """The run that was accepted, or that the ``key`` stands for; its address goes into the ``response``.

    Raises:
        Refused: the key stands for another request, or there is no room.
    """
    room = plans.Room(at.settings.queue, at.settings.runs_per_token)
    try:
        row, new = plans.accept(at.database, token.id, problem, request, key, room)
    except plans.KeyReused:
        raise _reused() from None
    except plans.QueueFull as full:
        wait = min(LONGEST_WAIT, max(1, round(full.seconds / at.settings.workers)))
        whose = "This token has" if full.own else "There are"
        thai = "ของท่าน" if full.own else ""
        cause = both(f"{whose} too many unfinished runs.", f"งาน{thai}ที่ยังไม่เสร็จมีมากเกินไป")
        fault = Fault("queue-full", "runs", cause, both(f"Try again in {wait} s.", f"ลองใหม่ใน {wait} วินาที"))
        raise Refused(429, fault, headers={"Retry-After": str(wait)}) from None
    if new:
        at.ring(row.id)
    return _located(row, response, lang)


def repeated(
    at: Service, token: Token, request: dict[str, Any], key: str | None, response: Response, lang: Lang
) -> PlanAnswer | None:
    """The run that this ``request``, from which its problem follows, has already started under its ``key``, if it has.

    Raises:
        Refused: the key stands for another request.
    """
    try:
        with at.database.read() as session:
            row = plans.repeated(session, token.id, None, request, key)
    except plans.KeyReused:
        raise _reused() from None
    return None if row is None else _located(row, response, lang)


def _located(row: StoredPlan, response: Response, lang: Lang) -> PlanAnswer:
    response.headers["Location"] = f"/v1/plans/{row.id}"
    return plan_answer(row, lang)


def _reused() -> Refused:
    cause = both("It stands for another request.", "ใช้กับคำขออื่นแล้ว")
    remedy = both("Use a new key for each run.", "ใช้คีย์ใหม่ทุกครั้ง")
    return Refused(409, Fault("key-reused", "Idempotency-Key", cause, remedy))


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


@dataclass(frozen=True, slots=True)
class Followed:
    """A run that there is, and who follows it."""

    id: str
    token: str


async def _followed(id: str, at: At, token: Watcher) -> Followed:
    at.streams.require_room(token.id)
    if not await run_in_threadpool(_exists, at.database, id):
        raise unknown("plan")
    return Followed(id, token.id)


def _exists(database: Database, id: str) -> bool:
    with database.read() as session:
        return session.get(StoredPlan, id) is not None


@router.get("/{id}/events", response_class=EventSourceResponse, responses=documented(401, 403, 404, 422))
async def follow_plan(
    run: Annotated[Followed, Depends(_followed)],
    request: Request,
    at: At,
    lang: Spoken,
    last_event_id: Annotated[Whole, Header(ge=0, le=2**31 - 1, description="Go on after this event.")] = 0,
) -> AsyncIterator[ServerSentEvent]:
    """What happens to a run, as server-sent events from the first or after ``Last-Event-ID``, until it is over.

    Kinds: accepted, started, progress (as in the plan's ``progress``), interrupted (with the ``reason``), cancelling,
    ended (with the ``faults`` of the run, where it has any).
    """
    number = last_event_id
    rung = at.bell.register(run.id)
    try:
        with at.streams.counted(run.token):
            while True:
                ending = at.stopping.is_set()
                over, events = await run_in_threadpool(_news, at.database, run.id, number, lang)
                for event in events:
                    number = event.number
                    yield ServerSentEvent(id=str(number), event=event.kind, data=event.data, retry=1000)
                if over or ending:
                    return
                await at.bell.wait(rung, LOOK)
                if not await still(request):
                    return
    finally:
        at.bell.forget(run.id, rung)


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to a run, in the language of who follows it."""

    number: int
    kind: str
    data: dict[str, Any]


def _news(database: Database, id: str, number: int, lang: Lang) -> tuple[bool, list[Told]]:
    """Whether the run is over, and its events after the ``number``-th, which then are its last."""
    with database.read() as session:
        row = session.get_one(StoredPlan, id)
        events = [_event(event, row, lang) for event in reading.events_after(session, id, number)]
        return row.ended_at is not None, events


def _event(event: Event, row: StoredPlan, lang: Lang) -> Told:
    data = event.data | {"at": event.at.isoformat()}
    if event.kind == INTERRUPTED:
        data["reason"] = text_in(data["reason"], lang)
    if event.kind == ENDED and row.faults:
        data["faults"] = _faults(row, lang)
    return Told(event.number, event.kind, data)
