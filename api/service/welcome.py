"""One-time links: whoever opens one first is signed in with what it promises."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from api.service.access import At, Door, address_of
from api.service.errors import Refused, documented
from api.service.me import set_cookie
from api.storage.links import claim, find_link
from api.storage.tables import HEAD, OFFICER, PLANNER, VIEWER
from models.faults import Fault
from models.saying import both

router = APIRouter(prefix="/welcome", include_in_schema=False, route_class=Door)

_STYLE = """body { font: 1rem/1.6 "Noto Sans Thai", "Leelawadee UI", Thonburi, sans-serif; max-width: 32rem;
margin: 4rem auto; padding: 0 1rem; color-scheme: light dark } button { font: inherit; padding: .6rem 1.4rem }"""
_PAGE = """<!doctype html><html lang="th"><meta charset="utf-8"><title>ปฏิทิน · Patithin</title>
<meta name="viewport" content="width=device-width"><style>{style}</style><main><h1>ปฏิทิน · Patithin</h1>
<p>ลิงก์นี้ใช้ได้ครั้งเดียว เพื่อเข้าใช้งานในฐานะ{th}</p><p lang="en">This link works once. It lets you in as {en}.</p>
<form method="post"><button>เข้าใช้งาน · <span lang="en">Continue</span></button></form></main></html>"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
_AS = {
    PLANNER: ("ผู้วางแผน", "a planner"),
    HEAD: ("หัวหน้าสำนักงาน", "the head of office"),
    OFFICER: ("นักส่งเสริมสหกรณ์", "an officer"),
    VIEWER: ("ผู้ดูปฏิทิน", "a viewer of the calendar"),
}


@router.get("/{code}", responses=documented(404))
def welcome(code: str, request: Request, at: At) -> HTMLResponse:
    """A page with one button; looking at it uses nothing up."""
    at.rates.count(address_of(request))
    with at.database.read() as session:
        link = find_link(session, code)
    if link is None:
        raise _void()
    th, en = _AS[link.role]
    headers = {"Content-Security-Policy": _POLICY}
    return HTMLResponse(_PAGE.format(style=_STYLE, th=th, en=en), headers=headers)


@router.post("/{code}", responses=documented(404))
def enter(code: str, request: Request, at: At) -> Response:
    """Use the link up: a browser is signed in and led to the page, a program gets the token, shown this once."""
    at.rates.count(address_of(request))
    found = claim(at.database, code)
    if found is None:
        raise _void()
    token, secret = found
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"token": secret})
    response = RedirectResponse("/", status_code=303)
    set_cookie(request, response, at, token)
    return response


def _void() -> Refused:
    cause = both("The link was used, its time is up, or a newer one was made.", "ลิงก์นี้ใช้ไปแล้ว หมดเวลา หรือมีลิงก์ใหม่กว่า")
    remedy = both(
        "Ask a planner for a new one, or restart for the first.", "ขอลิงก์ใหม่จากผู้วางแผน หรือเปิดระบบใหม่เพื่อรับลิงก์แรก"
    )
    return Refused(404, Fault("address-unknown", "welcome", cause, remedy))
