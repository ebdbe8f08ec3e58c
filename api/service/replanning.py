"""Mending a plan: runs that end with proposals, each of them a plan that can be looked at and published."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, Strict

from api.happened import Mended, settled_of
from api.language.lang import Lang
from api.service.access import At, Door, Planner, Watcher
from api.service.documents import answered
from api.service.earlier import still_holding, told_before
from api.service.errors import Refused, documented, unknown
from api.service.examples import CHANGES
from api.service.loading import load_plan, load_planned, load_stated, plan_missing
from api.service.runs import Key, PlanAnswer, accepted, repeated, require_seconds
from api.service.speaking import Spoken
from api.service.standing import notice_of, opening, past_of
from api.storage import reading
from api.storage.database import Database
from api.storage.plans import NOTICE, NOTICED, REPLANS, RETABLED, TABLES, TODAY_BY, TOLD
from api.storage.problems import Stated
from api.storage.tables import StoredPlan
from models.faults import Fault
from models.fields import AT_LEAST_ONE, NOT_EMPTY
from models.plan import Cost, Plan
from models.problem import Problem
from models.saying import both
from optimizer.replanning.disturbing import disturbed
from optimizer.replanning.proposals import ASKED, Asked, Kind

router = APIRouter(prefix="/v1/plans", tags=["replanning"], route_class=Door)

_NOTHING = both(
    "Nothing happened, and nothing is pinned to plan the rest around.", "ไม่มีสิ่งใดเปลี่ยนแปลง และไม่ได้ตรึงรายการใดไว้"
)
_SAY_IT = both(
    "Say what happened in changes, name in pins what stays, or in problem the office's tables as they are now.",
    "ระบุสิ่งที่เกิดขึ้นใน changes รายการที่ให้คงไว้ใน pins หรือตารางของสำนักงานที่แก้แล้วใน problem",
)
_NO_DAY = both("It is not said from which day on the tables count.", "ไม่ได้บอกว่าตารางใหม่มีผลตั้งแต่วันใด")
_SAY_DAY = both("Give the day: days before it are past, and stay.", "ระบุวัน วันก่อนหน้านั้นถือว่าผ่านไปแล้วและคงเดิม")


class ReplanRequest(Mended):
    """What happened, and which proposals are wanted. ``seconds``: at most so long for all of them together.

    ``problem``: the office's tables as they are now, by the id of the problem that they make. A visit is recognised by
    its cooperative and its issues, and keeps its place; what was told of the plan before holds on.

    ``frontier``: also the cheapest plans found that move at most k visits, for growing k.
    """

    model_config = ConfigDict(json_schema_extra=lambda schema: schema.update(examples=[CHANGES]))

    proposals: Annotated[tuple[Asked, ...], NOT_EMPTY, Field(max_length=len(ASKED), json_schema_extra=AT_LEAST_ONE)] = (
        ASKED
    )
    frontier: Annotated[bool, Strict()] = False
    seconds: Annotated[float, Strict(), Field(gt=0, le=86_400, allow_inf_nan=False)] = 15.0
    seed: Annotated[int, Strict(), Field(ge=0, lt=2**31)] = 1
    deterministic: Annotated[bool, Strict()] = False


class PlaceAnswer(BaseModel):
    """Where a visit stands in a plan; ``car`` where cars have names."""

    date: str
    start: str
    crew: list[str]
    lead: str | None
    car: str | None


class FindingAnswer(BaseModel):
    """A reason: its code, and a sentence in the language asked for."""

    code: str
    sentence: str


class MoveAnswer(BaseModel):
    """A published visit that moves: from where, to where (null: it is left out), why, who is told, and its price."""

    model_config = ConfigDict(populate_by_name=True)

    visit: str
    from_: PlaceAnswer = Field(alias="from")
    to: PlaceAnswer | None
    why: FindingAnswer
    told: list[str]
    baht: float


class WhomAnswer(BaseModel):
    """Somebody who must be told."""

    kind: Literal["officer", "cooperative", "partner"]
    who: str


class NoticeAnswer(WhomAnswer):
    """Somebody who must be told, and of which visits: those that move, are new, or change their hour, crew or lead;
    who rides in it also of another car.
    """

    visits: list[str]


class SumsAnswer(BaseModel):
    """What a plan costs, in baht."""

    cost: Cost
    paid: float
    weighed: float


class ProposalAnswer(BaseModel):
    """A proposal and its plan. No plan moves fewer than ``least_moves`` visits; ``proven``: this one moves just so many
    and leaves out only what no plan can have. ``stood``: what the plan before would cost by the same account, had it
    stood.
    """

    plan: str
    address: str
    kind: Kind
    least_moves: int
    proven: bool
    left_out_anew: list[str]
    new_leads: dict[str, str]
    running_baht: float
    cost: Cost
    paid: float
    weighed: float
    stood: SumsAnswer
    moves: list[MoveAnswer]
    told: list[NoticeAnswer]


@router.post("/{id}/replan", status_code=202, responses=documented(401, 403, 404, 409, 413, 422))
def replan(
    id: str,
    asked: ReplanRequest,
    response: Response,
    at: At,
    token: Planner,
    lang: Spoken,
    idempotency_key: Key = None,
) -> PlanAnswer:
    """Mend a plan after what happened. Accepts a run; once it is over its proposals are at ``/proposals`` below it.

    ``today``: what lies before it is past and stays; what is reported, or was past when the plan itself was mended,
    where it is not given. ``begins``: days before it stay this once; ``today`` where that is given, else the first day
    of a change that is not past. The run's request says both days, and ``today_by: "reports"`` where reports decide.
    ``noticed`` in it is the day from which short notice is counted: ``today`` where that is given, else the date,
    unless what is past ends later or changes begin before it. With a ``problem`` the request also says what was told
    before and holds on, and the visits that are ``retabled``: added and dropped.
    """
    require_seconds(at, asked.seconds)
    # before what has been reported since could refuse it
    known = repeated(at, token, _request(asked, id), idempotency_key, response, lang)
    if known is not None:
        return known
    _, former, base = load_planned(at.database, id)
    now = _tables(at.database, asked)
    if not (asked.changes or asked.pins or former.problem.pins or now):
        raise Refused(422, Fault("field-value", "changes", _NOTHING, _SAY_IT))
    past, by_reports = _settled(at.database, id, asked, former, base)
    with at.database.read() as session:
        notice = notice_of(session, id)
    settled = asked.model_copy(update={"today": past})
    problem, plan, today = former.problem.changed(today=past, notice_days=notice), base, asked.today
    if now is not None:
        settled, problem, plan = _retabled(at.database, id, settled, former.problem, base, now.problem)
        today, notice = past, problem.notice_days
    # by what was asked, not by what was filled in: a fault names the one of both days that was given
    state = disturbed(
        problem, plan, settled.changes,
        today=today, begins=asked.begins, pins=asked.pins, noticed=asked.today or at.this_day(),
    )  # fmt: skip
    request = _request(settled, id) | {"begins": _told(state.problem.today)}
    request |= {NOTICED: _told(state.noticed), NOTICE: notice}
    request[TOLD] = {name: _request(asked, id)[name] for name in ("changes", "today", "begins")}
    if now is not None:
        request[RETABLED] = _new_and_gone(former.problem, problem)
    if by_reports:
        request[TODAY_BY] = "reports"
    return accepted(at, token, Stated(state.problem, (now or former).office), request, idempotency_key, response, lang)


def _request(asked: ReplanRequest, id: str) -> dict[str, Any]:
    """The request as a run keeps it."""
    request = asked.model_dump(mode="json", exclude=None if asked.problem else {TABLES}) | {REPLANS: id}
    request["proposals"] = [kind for kind in ASKED if kind in asked.proposals]
    return request


def _retabled(
    database: Database, id: str, asked: ReplanRequest, former: Problem, base: Plan, now: Problem
) -> tuple[ReplanRequest, Problem, Plan]:
    """What stands of a plan in the problem that the tables make ``now``; asked for with what was told before it.

    Raises:
        InvalidInput: what was visited is no longer in the tables.
        Refused: it is not known from which day on the tables count.
    """
    if asked.today is None:
        raise Refused(422, Fault("field-missing", "today", _NO_DAY, _SAY_DAY))
    problem, plan = asked.stands(former, base, now)
    with database.read() as session:
        before = told_before(session, id)
    holding = still_holding(problem, plan, before, asked.changes, asked.begins or asked.today)
    return asked.model_copy(update={"changes": (*asked.changes, *holding)}), problem, plan


def _new_and_gone(former: Problem, problem: Problem) -> dict[str, list[str]]:
    return {
        "added": [id_ for id_ in problem.visit_by_id if id_ not in former.visit_by_id],
        "dropped": [id_ for id_ in former.visit_by_id if id_ not in problem.visit_by_id],
    }


def _tables(database: Database, asked: Mended) -> Stated | None:
    """The problem that the office's tables make now, where they changed.

    Raises:
        Refused: there is no such problem.
    """
    if asked.problem is None:
        return None
    with database.read() as session:
        return load_stated(session, asked.problem)


def _settled(
    database: Database, id: str, asked: ReplanRequest, former: Stated, base: Plan
) -> tuple[dt.date | None, bool]:
    """The day before which all is past, None where nothing is, and whether reports have settled it."""
    with database.read() as session:
        gone = past_of(session, id)
    opens = asked.today or opening(database, id, former, base)
    return opens, asked.today is None and opens != gone


def _told(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


@router.get(
    "/{id}/proposals",
    response_class=Response,
    responses=documented(401, 403, 404, 409, 422)
    | {200: {"model": list[ProposalAnswer], "description": "What is proposed"}},
)
def proposals(id: str, request: Request, at: At, token: Watcher, lang: Spoken) -> Response:
    """What a replanning run proposes: each plan with its moves, why, who is told, and what it costs."""
    with at.database.read() as session:
        row = session.get(StoredPlan, id)
        if row is None or REPLANS not in row.request:
            raise unknown("replanning run")
        if not reading.proposals_of(session, id):
            raise plan_missing(row)
    document = at.shelf.get(("proposals", id, lang), partial(_drawn, at.database, id, lang))
    return answered(request, document, "application/json")


def _drawn(database: Database, run: str, lang: Lang) -> bytes:
    from api.language.teller import Teller
    from api.telling.proposals import as_json  # only now: it takes its time to load
    from optimizer.comparing.differences import as_stood
    from optimizer.replanning.moves import moves
    from optimizer.replanning.proposals import Proposal

    with database.read() as session:
        request = session.get_one(StoredPlan, run).request
        rows = [(row, load_plan(session, row.plan_id)) for row in reading.proposals_of(session, run)]
    _, former, base = load_planned(database, request[REPLANS])
    asked = settled_of(request)
    now = _tables(database, asked)
    problem, base = asked.stands(former.problem, base, None if now is None else now.problem)
    state = asked.state(problem, base)
    stood = as_stood(base, state.problem, problem).cost
    tell = Teller(state.problem, (now or former).office, lang.value)
    answers: list[dict[str, Any]] = []
    for row, plan in rows:
        proposal = Proposal(row.kind, plan, moves(state, plan), row.least, row.proven)
        answers.append({"plan": row.plan_id, "address": f"/v1/plans/{row.plan_id}"} | as_json(proposal, tell, stood))
    return json.dumps(answers, ensure_ascii=False).encode()
