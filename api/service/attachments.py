"""Photographs and files of a visit: of safe types, told by their first bytes, limited in size and number."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from api.service.access import At, Door, most_bytes
from api.service.errors import Refused, documented, unknown
from api.service.reports import HandbookReader, Reporter, season_of
from api.storage.reports import TooMany, attach, attachment, attachments
from api.storage.tables import Attachment
from models.faults import Fault
from models.saying import both

router = APIRouter(prefix="/v1", tags=["handbook"], route_class=Door)

#: bytes of one file, and files of one visit
LARGEST: Final = 5_000_000
MOST: Final = 12
#: what may be attached, and how its bytes begin; nothing that a browser would run
BEGINNINGS: Final[dict[str, tuple[tuple[int, bytes], ...]]] = {
    "image/jpeg": ((0, b"\xff\xd8\xff"),),
    "image/png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "image/webp": ((0, b"RIFF"), (8, b"WEBP")),
    "application/pdf": ((0, b"%PDF-"),),
}


class AttachmentAnswer(BaseModel):
    """A file that is kept with a visit."""

    id: str
    name: str
    media: str
    size: int
    attached_at: dt.datetime


def _told(row: Attachment) -> AttachmentAnswer:
    return AttachmentAnswer(id=row.id, name=row.name, media=row.media, size=row.size, attached_at=row.attached_at)


def kind_of(content: bytes) -> str | None:
    """The media type that the first bytes say; None for what may not be attached."""
    for media, marks in BEGINNINGS.items():
        if all(content[at : at + len(mark)] == mark for at, mark in marks):
            return media
    return None


_POST = documented(401, 403, 404, 409, 413, 415, 422) | {
    200: {"model": AttachmentAnswer, "description": "This very file is there already"}
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in BEGINNINGS},
    }
}


@router.post("/visits/{id:path}/attachments", status_code=201, responses=_POST, openapi_extra=_BODY)
@most_bytes(lambda at: min(LARGEST, at.settings.most_bytes))
async def add(
    id: str,
    request: Request,
    response: Response,
    at: At,
    token: Reporter,
    name: Annotated[str, Query(min_length=1, max_length=120, description="The file's name.")],
) -> AttachmentAnswer:
    """Attach a photograph (JPEG, PNG, WebP) or a PDF to a visit; the body is the file itself."""
    season = await season_of(at)
    season.require(id, token)
    content = await request.body()
    media, said = kind_of(content), request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media is None or said not in (media, "application/octet-stream", ""):
        cause = both(
            f"Its bytes are {'of no type that may be attached' if media is None else media}; it says {said!r}.",
            f"เนื้อไฟล์{'เป็นชนิดที่แนบไม่ได้' if media is None else f'เป็น {media}'} แต่ระบุว่าเป็น {said!r}",
        )
        kinds = ", ".join(BEGINNINGS)
        fault = Fault("attachment-type", "body", cause, both(f"Attach one of {kinds}.", f"แนบได้เฉพาะ {kinds}"))
        raise Refused(415, fault)
    plain = "".join(mark for mark in name if mark.isprintable() and mark not in '\\/:*?"<>|') or "file"
    try:
        row, new = await run_in_threadpool(attach, at.database, season.first, id, plain, media, content, token.id, MOST)
    except TooMany:
        cause = both(f"It has {MOST} attachments.", f"มีไฟล์แนบครบ {MOST} ไฟล์แล้ว")
        remedy = both("Put several pages into one PDF.", "รวมหลายหน้าเป็น PDF ไฟล์เดียว")
        fault = Fault("attachment-full", "visit", cause, remedy)
        raise Refused(409, fault) from None
    response.status_code = 201 if new else 200
    return _told(row)


@router.get("/visits/{id:path}/attachments", responses=documented(401, 403, 404, 422))
async def list_attachments(id: str, at: At, token: HandbookReader) -> list[AttachmentAnswer]:
    """The files of a visit, the oldest first."""
    season = await season_of(at)
    season.require(id, token)

    def read() -> list[Attachment]:
        with at.database.read() as session:
            return attachments(session, season.first, id)

    return [_told(row) for row in await run_in_threadpool(read)]


@router.get(
    "/visits/{id:path}/attachments/{file}",
    response_class=Response,
    responses=documented(401, 403, 404, 422) | {200: {"content": {media: {} for media in BEGINNINGS}}},
)
async def read_attachment(id: str, file: str, at: At, token: HandbookReader) -> Response:
    """A file of a visit; browsers keep it as a file and do not open it as a page."""
    season = await season_of(at)
    season.require(id, token)

    def read() -> tuple[Attachment, bytes] | None:
        with at.database.read() as session:
            return attachment(session, file)

    found = await run_in_threadpool(read)
    if found is None or (found[0].season, found[0].visit) != (season.first, id):
        raise unknown("attachment")
    row, content = found
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.name)}",
        "Cache-Control": "private, max-age=86400, immutable",
        "Vary": "Authorization, Cookie",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type=row.media, headers=headers)
