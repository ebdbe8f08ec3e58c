"""What is settled first: which host was meant, and that no page of somebody else asks in our name.

A name that somebody else points at this service (DNS rebinding) is turned away by the header Host; an address of
numbers cannot be pointed anywhere else. A browser says in ``Sec-Fetch-Site`` or ``Origin`` which page made it ask.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.service.access import COOKIE
from api.service.errors import answer, language_of
from api.service.policies import apart
from api.settings import Settings
from models.faults import Fault
from models.saying import both

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
#: headers that decide who asks for what: given twice, a proxy may have heeded the other one
_ONCE: Final = ("Host", "Authorization", "Origin", "Sec-Fetch-Site", "Content-Type", "Idempotency-Key")
#: headers by which a change is asked for otherwise than the address and the body say: not heeding them would do what
#: was not meant
_NOT_HEEDED: Final = (
    "If-Match", "If-Unmodified-Since", "Content-Range", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override",
)  # fmt: skip
#: a header Host: a name, numbers, or an IPv6 address in brackets; and a port
_HOST: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?", re.ASCII)
#: of answers that are no pages
_POLICY: Final = apart("default-src 'none'")
_HEADERS: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",  # but for documents, which say who may keep them and for how long
}


class Guard:
    """Refuses requests that were meant for another host or made by another page, and adds what browsers heed."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._hosts = app, frozenset(settings.known_hosts)
        self._origin = settings.public_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def heeding(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        twice = [name for name in _ONCE if len(headers.getlist(name)) > 1] + _cookies_twice(headers)
        if twice:
            cause, remedy = both("It is there more than once.", "ส่วนหัวนี้มีซ้ำ"), both("Send it once.", "ส่งเพียงครั้งเดียว")
            faults = [Fault("header-value", name, cause, remedy) for name in twice]
            await answer(400, faults, lang=language_of(Request(scope)))(scope, receive, heeding)
        elif not self._knows(headers.get("host", "")):
            cause = both("This service does not go by that name.", "บริการนี้ไม่ได้ใช้ชื่อโฮสต์นี้")
            remedy = both(
                "Ask by its address, or add the name to PATITHIN_HOSTS.", "ใช้ที่อยู่เป็นตัวเลข หรือเพิ่มชื่อใน PATITHIN_HOSTS"
            )
            fault = Fault("host-unknown", "Host", cause, remedy)
            await answer(421, [fault], lang=language_of(Request(scope)))(scope, receive, heeding)
        elif scope["method"] not in _SAFE and not self._own(headers):
            cause = both(
                "A page of another site asks, or the browser does not say which.",
                "หน้าเว็บของไซต์อื่นเป็นผู้ขอ หรือเบราว์เซอร์ไม่บอกว่าไซต์ใด",
            )
            remedy = both("Ask from this service's own page, or with a token.", "ขอจากหน้าเว็บของบริการนี้ หรือใช้โทเคน")
            fault = Fault("origin-foreign", "Origin", cause, remedy)
            await answer(403, [fault], lang=language_of(Request(scope)))(scope, receive, heeding)
        elif scope["method"] not in _SAFE and (faults := _not_heeded(headers)):
            await answer(400, faults, lang=language_of(Request(scope)))(scope, receive, heeding)
        elif headers.get("content-encoding", "identity").lower() != "identity":
            cause = both("Bodies that are packed are not read.", "ระบบไม่อ่านเนื้อคำขอที่บีบอัด")
            remedy = both("Send it unpacked.", "ส่งแบบไม่บีบอัด")
            fault = Fault("media-unknown", "Content-Encoding", cause, remedy)
            await answer(415, [fault], lang=language_of(Request(scope)))(scope, receive, heeding)
        else:
            await self._app(scope, receive, heeding)

    def _knows(self, host: str) -> bool:
        name = _name(host)
        if name in self._hosts:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _own(self, headers: Headers) -> bool:
        """Whether nobody but this service's page, or a program, made the client ask."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None:
            return site in ("same-origin", "none")
        if origin is not None:
            return origin == self._origin or urlsplit(origin).netloc == headers.get("host")
        return "authorization" in headers or "cookie" not in headers


def _cookies_twice(headers: Headers) -> list[str]:
    """A name for the headers where they have our cookie twice: a neighbour of the same domain may have set the other,
    to have somebody work in the neighbour's name."""
    pairs = (pair for header in headers.getlist("cookie") for pair in header.split(";"))
    return ["Cookie"] if sum(pair.partition("=")[0].strip() == COOKIE for pair in pairs) > 1 else []


def _not_heeded(headers: Headers) -> list[Fault]:
    cause = both("It is not heeded here.", "ระบบไม่ใช้ส่วนหัวนี้")
    remedy = both(
        "Leave it out; bodies name the version that they replace.", "ไม่ต้องส่ง ให้ระบุฉบับที่แทนในเนื้อคำขอ (replaces)"
    )
    return [Fault("header-value", name, cause, remedy) for name in _NOT_HEEDED if name in headers]


def _name(host: str) -> str:
    """The name in a header Host, in small letters, without its port and IPv6's brackets; empty where it is none."""
    found = _HOST.fullmatch(host)
    return found[1].strip("[]").lower() if found else ""
