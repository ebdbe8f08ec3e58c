"""Runs and their plans, from accepted to ended: every change of state is one transaction with its event.

A change says which attempt it speaks of. What comes late, from an attempt that was given up, changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.storage.database import Database
from api.storage.faults import kept, rows_of
from api.storage.problems import Stated, id_of
from api.storage.reading import plan_text
from api.storage.tables import (
    ACCEPTED,
    CANCELLED,
    CANCELLING,
    DONE,
    ENDED,
    FAILED,
    INTERRUPTED,
    PROGRESS,
    QUEUED,
    RUNNING,
    STARTED,
    UNFINISHED,
    Event,
    State,
    StoredPlan,
    StoredProblem,
    StoredProposal,
    now,
)
from api.storage.tokens import new_id
from api.storage.what_ifs import put_derived
from models.faults import Fault
from models.plan import Plan
from models.saying import Said, said

if TYPE_CHECKING:
    from optimizer.replanning.proposals import Proposal

#: the key of a replanning run's request that names the plan it mends
REPLANS = "replans"
#: the key of a replanning run's request that names the problem which the office's tables make now, where they changed
TABLES = "problem"
#: the key of such a request that says which visits these tables brought, and which they took away
RETABLED = "retabled"
#: the key of a proposal's request that names the run which proposes it
PROPOSED_BY = "proposed_by"
#: the key of a replanning run's request that says what was asked for where the run settled it
TOLD = "told"
#: the key of a request whose day to mend on was not asked for, but followed from what this names
TODAY_BY = "today_by"
#: the keys of a replanning run's request that say when people were told, and the office's own notice
NOTICED, NOTICE = "noticed", "notice_days"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a plan: ``problem`` is the JSON text, ``request`` what was asked for.

    ``former``: where a plan is to be mended, the JSON texts of its own problem, of the plan, and of the problem that
    the office's tables make now, where they changed.
    """

    id: str
    attempt: int
    problem: str
    request: dict[str, Any]
    former: tuple[str, str, str | None] | None


@dataclass(frozen=True, slots=True)
class Room:
    """How many runs may wait or run at once, of everybody and of one token."""

    all: int
    each: int


class KeyReused(Exception):
    """An idempotency key came back with another request."""


class QueueFull(Exception):
    """There is no room for another run; ``seconds`` of work lie ahead, ``own`` where it is the token's own room."""

    def __init__(self, seconds: float, own: bool) -> None:
        super().__init__(seconds, own)
        self.seconds, self.own = seconds, own


def accept(
    database: Database, token: str, problem: str | Stated, request: dict[str, Any], key: str | None, room: Room
) -> tuple[StoredPlan, bool]:
    """The accepted run, and whether it is new: the same ``key`` of a token with the same request is the same run.

    ``problem`` is the id of one that is kept, or one that follows from the request and is kept with the run only.

    Raises:
        KeyReused: the key stands for another request.
        QueueFull: there is no room.
    """
    id_ = problem if isinstance(problem, str) else id_of(problem)
    with database.write(deciding=True) as session:
        known = repeated(session, token, problem if isinstance(problem, str) else None, request, key)
        if known is not None:
            return known, False
        unfinished = select(StoredPlan.token_id, StoredPlan.request).where(StoredPlan.state.in_(UNFINISHED))
        ahead = session.execute(unfinished).all()
        own = [asked for owner, asked in ahead if owner == token]
        if len(ahead) >= room.all or len(own) >= room.each:
            full = own if len(own) >= room.each else [asked for _, asked in ahead]
            raise QueueFull(sum(asked["seconds"] for asked in full), len(own) >= room.each)
        if not isinstance(problem, str):
            parent = session.get(StoredPlan, request.get(REPLANS))
            put_derived(session, problem, request.get(TABLES) or (parent.problem_id if parent else id_))
        row = StoredPlan(
            id=new_id(), problem_id=id_, token_id=token, idempotency_key=key, request=request, state=QUEUED,
            cancel_asked=False, attempts=0, lost_workers=0, events=0, created_at=now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        _append(session, row.id, ACCEPTED, {})
        session.refresh(row)
        return row, True


def repeated(
    session: Session, token: str, problem: str | None, request: dict[str, Any], key: str | None
) -> StoredPlan | None:
    """The run that this request has already started under its ``key``; None where it has not.

    ``problem`` is the id that the request names, None where its problem follows from the request. What is settled only
    when a run is accepted, by what is reported then, may be otherwise by the time that the request is made again.

    Raises:
        KeyReused: the key stands for another request.
    """
    if key is None:
        return None
    known = session.scalar(select(StoredPlan).where(StoredPlan.token_id == token, StoredPlan.idempotency_key == key))
    if known is None:
        return None
    if _asked(known.request) != _asked(request) or problem not in (None, known.problem_id):
        raise KeyReused
    return known


def _asked(request: dict[str, Any]) -> dict[str, Any]:
    """What was asked for, without what was settled when the run was accepted."""
    told: dict[str, Any] = request.get(TOLD, {})
    settled = (TODAY_BY, TOLD, RETABLED, NOTICED, NOTICE)
    return {name: value for name, value in request.items() if name not in settled} | told


def waiting(database: Database, most: int) -> list[str]:
    """The ids of the runs that wait, oldest first."""
    oldest = select(StoredPlan.id).where(StoredPlan.state == QUEUED).order_by(StoredPlan.created_at, StoredPlan.id)
    with database.read() as session:
        return list(session.scalars(oldest.limit(most)))


def start(database: Database, id_: str) -> Attempt | None:
    """Begin an attempt; None where the run no longer waits, or was cancelled before it began."""
    with database.write() as session:
        row = _locked(session, id_)
        if row is None or row.state != QUEUED:
            return None
        if row.cancel_asked:
            _end(session, row, CANCELLED)
            return None
        row.state, row.attempts, row.started_at = RUNNING, row.attempts + 1, row.started_at or now()
        _append(session, id_, STARTED, {"attempt": row.attempts})
        problem = session.get_one(StoredProblem, row.problem_id).problem
        return Attempt(id_, row.attempts, problem, row.request, _former(session, row))


def _former(session: Session, row: StoredPlan) -> tuple[str, str, str | None] | None:
    replans = row.request.get(REPLANS)
    found = plan_text(session, replans) if replans is not None else None
    if found is None or found[1] is None:
        return None
    now = row.request.get(TABLES)
    tables = session.get_one(StoredProblem, now).problem if now is not None else None
    return session.get_one(StoredProblem, found[0].problem_id).problem, found[1], tables


def progress(database: Database, id_: str, attempt: int, data: dict[str, Any]) -> bool:
    """Note how the attempt stands; False where it no longer counts."""
    with database.write() as session:
        row = _current(session, id_, attempt)
        if row is not None:
            _append(session, id_, PROGRESS, data)
        return row is not None


def finish(database: Database, id_: str, attempt: int, plan: Plan, faults: Sequence[Fault] = ()) -> bool:
    """Keep the plan the attempt ended with; False where the attempt no longer counts.

    ``faults``: what went wrong all the same.
    """
    with database.write() as session:
        row = _current(session, id_, attempt)
        if row is None:
            return False
        row.plan, row.summary = plan.to_json(indent=None), _summary(plan)
        row.faults = rows_of(faults) or None
        _end(session, row, CANCELLED if plan.status == "cancelled" else DONE)
        return True


def propose(
    database: Database,
    id_: str,
    attempt: int,
    proposals: Sequence[Proposal],
    cancelled: bool,
    faults: Sequence[Fault] = (),
) -> bool:
    """Keep each proposal of a replanning attempt as a plan of its own; False where the attempt no longer counts."""
    with database.write() as session:
        row = _current(session, id_, attempt)
        if row is None:
            return False
        for number, each in enumerate(proposals, start=1):
            asked = {PROPOSED_BY: id_, "proposal": each.kind, "moves": len(each.moves)}
            made = put_finished(session, row.problem_id, row.token_id, asked, each.plan, row.started_at)
            session.add(
                StoredProposal(
                    run_id=id_, number=number, plan_id=made.id, kind=each.kind, least=each.least, proven=each.proven
                )
            )
        row.faults = rows_of(faults) or None
        _end(session, row, CANCELLED if cancelled else DONE)
        return True


def put_finished(
    session: Session, problem: str, token: str, request: dict[str, Any], plan: Plan, began: dt.datetime | None = None
) -> StoredPlan:
    """A plan that no run of its own made, kept as one that is done."""
    made = StoredPlan(
        id=new_id(), problem_id=problem, token_id=token, request=request, state=RUNNING, cancel_asked=False, attempts=0,
        lost_workers=0, events=0, plan=plan.to_json(indent=None), summary=_summary(plan), created_at=now(),
        started_at=began,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _end(session, made, DONE)
    return made


def _summary(plan: Plan) -> dict[str, Any]:
    return {
        "cost": plan.cost.model_dump(),
        "lower_bound": plan.lower_bound,
        "gap": plan.gap,
        "status": plan.status,
        "planned": sum(len(tour.stops) for tour in plan.tours),
        "unplanned": len(plan.unplanned),
        "record": plan.record.model_dump(mode="json") if plan.record else None,
    }


def fail(database: Database, id_: str, attempt: int, faults: Sequence[Fault]) -> bool:
    """End the run without a plan; False where the attempt no longer counts."""
    with database.write() as session:
        row = _current(session, id_, attempt)
        if row is None:
            return False
        _fail(session, row, faults)
        return True


def hand_back(database: Database, id_: str, attempt: int, reason: Said) -> None:
    """Let the run wait again for a ``reason``, unless the attempt no longer counts."""
    with database.write() as session:
        row = _current(session, id_, attempt)
        if row is not None:
            _wait_again(session, row, reason)


def lose_worker(database: Database, id_: str, attempt: int, most: int, faults: Sequence[Fault]) -> None:
    """Count a worker that died over the attempt: the run waits again, or has failed once it lost ``most``."""
    with database.write() as session:
        row = _current(session, id_, attempt)
        if row is None:
            return
        row.lost_workers += 1
        if row.lost_workers < most:
            _wait_again(session, row, said("its worker died"))
        else:
            _fail(session, row, faults)


def recover(database: Database) -> list[str]:
    """Let every run wait again whose engine is gone; their ids."""
    with database.write() as session:
        rows = list(session.scalars(select(StoredPlan).where(StoredPlan.state == RUNNING).with_for_update()))
        for row in rows:
            _wait_again(session, row, said("the service ended"))
        return [row.id for row in rows]


def cancel(database: Database, id_: str) -> StoredPlan | None:
    """Ask the run to end; one that waits ends at once. None where there is none of this id."""
    with database.write() as session:
        row = _locked(session, id_)
        if row is not None and row.state in UNFINISHED and not row.cancel_asked:
            row.cancel_asked = True
            if row.state == QUEUED:
                _end(session, row, CANCELLED)
            else:
                _append(session, id_, CANCELLING, {})
        return row


def cancels(database: Database, ids: Sequence[str]) -> set[str]:
    """Those of ``ids`` that were asked to end."""
    asked = select(StoredPlan.id).where(StoredPlan.id.in_(ids), StoredPlan.cancel_asked)
    with database.read() as session:
        return set(session.scalars(asked))


def _locked(session: Session, id_: str) -> StoredPlan | None:
    return session.get(StoredPlan, id_, with_for_update=True)


def _current(session: Session, id_: str, attempt: int) -> StoredPlan | None:
    row = _locked(session, id_)
    return row if row is not None and (row.state, row.attempts) == (RUNNING, attempt) else None


def _wait_again(session: Session, row: StoredPlan, reason: Said) -> None:
    row.state = QUEUED
    _append(session, row.id, INTERRUPTED, {"attempt": row.attempts, "reason": kept(reason)})


def _fail(session: Session, row: StoredPlan, faults: Sequence[Fault]) -> None:
    row.faults = rows_of(faults)
    _end(session, row, FAILED)


def _end(session: Session, row: StoredPlan, state: State) -> None:
    row.state, row.ended_at = state, now()
    _append(session, row.id, ENDED, {"state": state})


def _append(session: Session, id_: str, kind: str, data: dict[str, Any]) -> None:
    numbered = update(StoredPlan).where(StoredPlan.id == id_).values(events=StoredPlan.events + 1)
    number = session.scalar(numbered.returning(StoredPlan.events).execution_options(synchronize_session=False))
    session.add(Event(plan_id=id_, number=number, kind=kind, data=data, at=now()))
