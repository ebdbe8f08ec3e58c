"""Answers that are documents: with an entity tag, compressed where the client likes that, and not sent twice."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request, Response

from api.service.queries import liked

#: below so many bytes compressing gains nothing
SMALL = 1_000
#: the end of the entity tag of a compressed document: its bytes are others
PACKED = "-gzip"
#: media types that are compressed already
_DENSE = ("application/vnd.openxmlformats", "image/", "application/zip")


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered document with its entity tag, and compressed where that is worth it."""

    body: bytes
    etag: str
    packed: bytes | None = field(repr=False)

    @classmethod
    def of(cls, body: bytes) -> Document:
        """The document with this body. Takes its time: not for the event loop."""
        packed = gzip.compress(body, 6, mtime=0) if len(body) >= SMALL else None
        if packed is not None and len(packed) > 0.9 * len(body):
            packed = None
        return cls(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"', packed)

    def __len__(self) -> int:
        return len(self.body) + len(self.packed or b"")


def answered(
    request: Request, document: Document, media_type: str, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer to ``request``: 304 where the client has the document already, named in ``If-None-Match``."""
    packed = document.packed if _likes_gzip(request) and not media_type.startswith(_DENSE) else None
    etag = document.etag if packed is None else f'{document.etag[:-1]}{PACKED}"'
    sent = {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Vary": "Accept, Accept-Encoding, Accept-Language, Authorization, Cookie",
    }
    sent |= headers or {}
    known = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/").replace(f'{PACKED}"', '"') for tag in known.split(",")}
    if document.etag in tags or "*" in tags:
        return Response(status_code=304, headers=sent)
    if packed is None:
        return Response(document.body, media_type=media_type, headers=sent)
    return Response(packed, media_type=media_type, headers=sent | {"Content-Encoding": "gzip"})


def _likes_gzip(request: Request) -> bool:
    return dict(liked(request.headers.get("accept-encoding", ""))).get("gzip", 0.0) > 0
