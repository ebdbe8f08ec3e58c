"""The next quarter over HTTP: an office's workbook in, its tables for the next horizon out, and why they changed."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.service.access import At, Door, Planner, most_bytes
from api.service.errors import Refused, documented
from api.service.formats import Lang
from api.service.queries import IsoDate
from api.service.reading import WORKBOOK
from api.service.reports import Season, handbook_of, season_of
from models.faults import Fault, InvalidInput
from models.handbook.reports import Handbook

router = APIRouter(prefix="/v1", tags=["handbook"], route_class=Door)

_MEDIA: Final = "application/zip"
#: of every file in the archive, so that the same tables make the same bytes
_MADE: Final = (2012, 8, 1, 0, 0, 0)


@router.post(
    "/next-quarter",
    response_class=Response,
    responses=documented(401, 403, 404, 413, 415, 422) | {200: {"content": {_MEDIA: {}}}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {WORKBOOK: {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
@most_bytes(lambda at: at.settings.most_bytes)
async def make_next_quarter(
    request: Request,
    at: At,
    token: Planner,
    first: Annotated[IsoDate, Query(description="The first day of the next quarter.")],
    last: Annotated[IsoDate, Query(description="Its last day.")],
    lang: Lang = Lang.th,
    refuse: Annotated[list[str] | None, Query(max_length=2000, description="Keys of lines that are not to be.")] = None,
) -> Response:
    """The office's tables for the next quarter, by the published plan and its reports, as an archive: the folder of
    tables, ``_changes.csv``, and ``next.html``, which says line by line what changed and why."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != WORKBOOK:
        fault = Fault("media-unknown", "Content-Type", f"It is {media!r}.", f"Send the office's workbook, {WORKBOOK}.")
        raise Refused(415, fault)
    season = await season_of(at)
    body = await request.body()
    handbook = await run_in_threadpool(handbook_of, at, season)
    made = await run_in_threadpool(_archive, body, season, handbook, first, last, lang.value, frozenset(refuse or ()))
    headers = {"Content-Disposition": 'attachment; filename="next.zip"', "Cache-Control": "no-store"}
    return Response(made, media_type=_MEDIA, headers=headers)


def _archive(
    body: bytes, season: Season, handbook: Handbook, first: dt.date, last: dt.date, lang: str, refused: frozenset[str]
) -> bytes:
    from api.circle.next_page import next_page
    from models.next_quarter.making import next_quarter

    with tempfile.TemporaryDirectory(prefix="patithin-") as folder:
        path = Path(folder) / "office.xlsx"
        path.write_bytes(body)
        made = next_quarter(path, season.context.plan, season.context.problem, handbook, first, last)
    known = {change.key for change in made.changes}
    faults = [
        Fault("id-unknown", "refuse", f"There is no line {key!r}.", "Take the keys from next.html or _changes.csv.")
        for key in sorted(refused - known)
    ]
    if faults:
        raise InvalidInput(faults)
    files = made.files(refused) | {"next.html": next_page(made, lang, refused)}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(zipfile.ZipInfo(name, _MADE), text.encode())
    return archive.getvalue()
