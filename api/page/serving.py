"""The addresses of the page: ``/`` and the files below ``/page/``. Open to all, since there is no data in them."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from api.page.shell import File, shell
from api.page.tiles import FILE, file_of, tiles_of
from api.service.access import At, Door, Reader
from api.service.errors import documented, unknown

router = APIRouter(include_in_schema=False, route_class=Door)

_KEPT = "public, max-age=31536000, immutable"


@router.get("/")
def page(request: Request, at: At) -> Response:
    """The shell. It is asked for anew each time, so that a new version of the page is met at once."""
    made = shell(tiles_of(at.settings))
    headers = {"Content-Security-Policy": made.policy, "Cache-Control": "no-cache", "ETag": f'"{made.digest}"'}
    return _told(request, made.html, headers)


@router.get("/offline.js")
def offline(request: Request) -> Response:
    """The service worker of the page; asked for anew each time, like the shell."""
    headers = {"Content-Security-Policy": "default-src 'none'; connect-src 'self'", "Cache-Control": "no-cache"}
    return _told(request, shell().offline, headers)


@router.get("/page/{digest}/{path:path}", responses=documented(404))
def page_file(digest: str, path: str, request: Request) -> Response:
    """A file of the page. One of an earlier version is not known any more: the page then loads itself anew."""
    made = shell()
    file = made.files.get(path) if digest == made.digest else None
    if file is None:
        raise unknown("file")
    headers = {"Cache-Control": _KEPT, "Content-Security-Policy": "default-src 'none'; sandbox"}
    if path.startswith("worker/"):  # a worker has the policy of its own script
        headers["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
    return _told(request, file, headers)


@router.get(FILE, responses=documented(401, 403, 404))
def tiles(at: At, token: Reader) -> FileResponse:
    """The file of map tiles that is set; the page asks for ranges of it."""
    path = file_of(at.settings)
    if path is None:
        raise unknown("file")
    headers = {"Cache-Control": "private, max-age=86400", "Vary": "Authorization, Cookie"}
    return FileResponse(path, media_type="application/vnd.pmtiles", headers=headers)


def _told(request: Request, file: File, headers: dict[str, str]) -> Response:
    """The file, compressed where the client likes that."""
    headers["Vary"] = "Accept-Encoding"
    if file.packed is None or "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(file.body, media_type=file.media_type, headers=headers)
    return Response(file.packed, media_type=file.media_type, headers=headers | {"Content-Encoding": "gzip"})
