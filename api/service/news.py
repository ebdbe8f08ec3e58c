"""One event stream that tells a page all that happens: publications to everybody, runs and drafts to those who plan.

A stream begins with how everything stands, so that whoever was away has missed nothing and needs no number to go on
from. All streams share one look at the database; it is taken when something rang, and now and then for what another
service did.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.service.access import At, Door, Reader, still
from api.service.bell import NEWS
from api.service.errors import documented
from api.service.newsroom import LOOK
from api.storage.news import News
from api.storage.tables import HEAD, PLANNER, Token

router = APIRouter(prefix="/v1", tags=["events"], route_class=Door)


async def _listener(at: At, token: Reader) -> Token:
    at.streams.require_room(token.id)
    return token


@router.get("/events", response_class=EventSourceResponse, responses=documented(401, 403))
async def follow(
    request: Request, at: At, token: Annotated[Token, Depends(_listener)]
) -> AsyncIterator[ServerSentEvent]:  # fmt: skip
    """Everything that happens, as server-sent events; the tabs of a page can share one stream.

    Kinds: ``standing`` first ({publication, runs}), then ``published`` ({version, plan, published_at}), and for
    planners and heads ``run`` ({id, problem, state, progress, ...}) and ``draft`` ({id, parent, name, broken}).
    """
    whole, before = token.role in (PLANNER, HEAD), None
    rung = at.bell.register(NEWS)
    try:
        with at.streams.counted(token.id):
            while not at.stopping.is_set() and await still(request):
                after = await at.newsroom.newest()
                for kind, data in _told(before, after, whole):
                    yield ServerSentEvent(event=kind, data=data, retry=1000)
                before = after
                await at.bell.wait(rung, LOOK)
    finally:
        at.bell.forget(NEWS, rung)


def _told(before: News | None, after: News, whole: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is to be told of ``after`` to somebody who knows ``before``."""
    if before is None:
        yield "standing", {"publication": after.publication, "runs": list(after.runs.values()) if whole else []}
        return
    if after.publication is not None and after.publication != before.publication:
        yield "published", after.publication
    if whole:
        yield from (("run", run) for id_, run in after.runs.items() if run != before.runs.get(id_))
        yield from (("draft", draft) for id_, draft in after.drafts.items() if draft != before.drafts.get(id_))
