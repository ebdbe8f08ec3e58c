"""A run followed while it goes on: what happens to it, as server-sent events."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Header, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.language.lang import Lang
from api.service.access import At, Door, Watcher, still
from api.service.errors import documented, unknown
from api.service.queries import Whole
from api.service.runs import faults_of
from api.service.speaking import Spoken
from api.storage import reading
from api.storage.database import Database
from api.storage.faults import text_in
from api.storage.tables import ENDED, INTERRUPTED, Event, StoredPlan

router = APIRouter(prefix="/v1/plans", tags=["plans"], route_class=Door)

#: seconds after which an event stream looks at the database even if nothing rang: another service may run the engine,
#: or the token be revoked
LOOK: Final = 1.0


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
        data["faults"] = faults_of(row, lang)
    return Told(event.number, event.kind, data)
