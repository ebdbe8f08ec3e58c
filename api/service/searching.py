"""Words in the reports of the published plan."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from api.service.access import At, Door
from api.service.errors import documented
from api.service.reports import HandbookReader, handbook_for, season_of
from models.handbook.records import Records
from models.handbook.searching import search

router = APIRouter(prefix="/v1", tags=["handbook"], route_class=Door)


class FoundAnswer(BaseModel):
    """A text in which every word sought stands: of which visit and which part of its report, and when it was held."""

    cooperative: str
    visit: str
    part: Literal["strength", "weakness", "urgent", "step", "note", "remarks", "new_issue"]
    date: dt.date | None
    text: str


@router.get("/handbook/search", responses=documented(401, 403, 404, 422))
async def search_handbook(
    at: At,
    token: HandbookReader,
    q: Annotated[str, Query(min_length=1, max_length=200, description="What is sought, one word after the other.")],
) -> list[FoundAnswer]:
    """Every text of the reports that has the words sought. Thai is broken into words by a dictionary first, so that
    the middle of a word is not found. Officers search their own reports."""
    season = await season_of(at)

    def found() -> list[FoundAnswer]:
        handbook, context = handbook_for(at, season, token), season.context
        records = Records.until(context, handbook)
        with at.shelf.pens:
            texts = search(records, q)
        return [
            FoundAnswer(cooperative=one.cooperative, visit=one.visit, part=one.part, date=one.date, text=one.text)
            for one in texts
        ]

    return await run_in_threadpool(found)
