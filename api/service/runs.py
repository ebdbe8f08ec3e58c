"""A run as clients are told of it, and how one is accepted, whatever asks for it: planning or replanning."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Final

from fastapi import Header, Response
from pydantic import AfterValidator, BaseModel

from api.language.lang import Lang
from api.service.errors import FaultShape, Refused, shape_of
from api.service.state import Service
from api.storage import plans
from api.storage.drafts import broken_in, moves_kept
from api.storage.faults import fault_of
from api.storage.problems import Stated
from api.storage.tables import Draft, State, StoredPlan, Token
from models.faults import Fault
from models.plan import Cost, Record, Status
from models.saying import both

#: the most seconds a client is told to wait
LONGEST_WAIT: Final = 3600

Key = Annotated[
    str | None, Header(min_length=1, max_length=200, description="The same key asks for the same run again.")
]


#: money as it is told: to the satang
Baht = Annotated[float, AfterValidator(lambda baht: round(baht, 2))]


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
            "started_at": row.started_at, "ended_at": row.ended_at, "progress": progress,
            "proposals": f"/v1/plans/{row.id}/proposals" if plans.REPLANS in row.request else None,
            "faults": faults_of(row, lang), "draft": drafted, "what_if": base,
        } | (row.summary or {}) | _sums(row)
    )  # fmt: skip


def faults_of(row: StoredPlan, lang: Lang) -> list[dict[str, Any]] | None:
    """Why a run failed, in the language of the reader; None where it did not."""
    kept = row.faults if isinstance(row.faults, list | None) else [row.faults]
    return kept and [shape_of(fault_of(one), lang) for one in kept]


def _sums(row: StoredPlan) -> dict[str, float]:
    """What of the cost is paid, and what is weighed."""
    if row.summary is None:
        return {}
    cost = Cost.model_validate(row.summary["cost"])
    return {"paid": round(cost.paid, 2), "weighed": round(cost.weighed, 2)}


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
