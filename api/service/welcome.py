"""The one-time link of the first start: whoever opens it becomes the first planner."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from api.service.access import COOKIE, At, address_of
from api.service.errors import Refused, documented
from api.storage.tokens import claim
from models.faults import Fault

router = APIRouter(prefix="/welcome", include_in_schema=False)

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Patithin</title>
<meta name="viewport" content="width=device-width"><style>body {{ font: 1rem/1.5 "Noto Sans Thai", "Leelawadee UI",
Thonburi, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }} code {{ word-break: break-all }}
button {{ font: inherit; padding: .5rem 1rem }}</style><h1>Patithin ปฏิทิน</h1>{body}</html>"""


@router.get("/{code}")
def welcome(code: str, request: Request, at: At) -> HTMLResponse:
    """A page with one button; looking at it uses nothing up."""
    at.rates.count(address_of(request))
    body = (
        "<p>This link makes you the first planner. It works once.<br>ลิงก์นี้ใช้ได้ครั้งเดียว เพื่อเป็นผู้วางแผนคนแรก</p>"
        '<form method="post"><button>Continue / ดำเนินการต่อ</button></form>'
    )
    return _page(body)


@router.post("/{code}", responses=documented(404))
def enter(code: str, request: Request, at: At) -> Response:
    """Exchange the link for a planner's token: shown once, and kept by the browser as a cookie."""
    at.rates.count(address_of(request))
    secret = claim(at.database, code)
    if secret is None:
        fault = Fault(
            "address-unknown", "welcome", "The link was used, or a newer one was made.", "Restart to get one."
        )
        raise Refused(404, fault)
    response: Response
    if "text/html" in request.headers.get("accept", ""):
        response = _page(
            "<p>Your token, shown this once. Programs send it as <code>Authorization: Bearer</code>.<br>"
            f"โทเคนของคุณ แสดงครั้งเดียว</p><p><code>{escape(secret)}</code></p>"
            '<p><a href="/v1/calendar">The published calendar / ปฏิทินที่ประกาศแล้ว</a></p>'
        )
    else:
        response = JSONResponse({"token": secret})
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=secure, max_age=90 * 86_400)
    return response


def _page(body: str) -> HTMLResponse:
    return HTMLResponse(_PAGE.format(body=body), headers={"Cache-Control": "no-store"})
