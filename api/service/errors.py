"""What goes wrong, as problem+json (RFC 9457) with the same codes as the command line; never a stack trace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, Final, Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute, Match, Route

from api import logs
from api.logs import log, way_to
from api.service.places import Place, place_of
from api.service.queries import liked
from api.storage.database import Busy
from api.storage.file import Gone
from models.faults import CODES, Fault, InvalidInput
from models.saying import LANGUAGES, both, said
from models.thai import MEANINGS
from models.validation import cause_and_remedy

MEDIA_TYPE = "application/problem+json"
#: faults told at once; how many more there are is told as well
MOST_FAULTS: Final = 1_000


class FaultShape(BaseModel):
    """One thing that is wrong; see ``models.faults.Fault``."""

    code: str = Field(examples=["field-missing"])
    where: str = Field(examples=["visits[3].due"])
    cause: str
    remedy: str
    place: Place | None = Field(None, description="Where it is in a table, if it is in one.")


class ProblemDetails(BaseModel):
    """An error: every fault at once in ``errors``, a thousand at most; ``left_out`` says how many more there are."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["urn:patithin:error:field-missing"])
    title: str
    status: int
    errors: list[FaultShape]


class Refused(HTTPException):
    """A request that is not done, with the reason; ``more`` are further members of the answer."""

    def __init__(
        self,
        status: int,
        fault: Fault,
        *,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(status, detail=fault.cause, headers=dict(headers or {}))
        self.fault, self.more = fault, dict(more or {})


class Unsound(InvalidInput):
    """What was posted cannot be used; ``sheets`` are the rows around its faults, {sheet: {row: cells}}."""

    def __init__(self, faults: Iterable[Fault], sheets: Mapping[str, Mapping[int, list[Any]]]) -> None:
        super().__init__(faults)
        self.sheets = sheets


#: what addresses are of
Thing = Literal[
    "attachment", "draft", "feed", "file", "link", "map", "officer", "plan", "problem", "replanning run", "report",
    "thing", "token", "version", "visit",
]  # fmt: skip
_THINGS: Final[dict[Thing, str]] = {
    "attachment": "ไฟล์แนบ", "draft": "ร่าง", "feed": "ปฏิทินที่โทรศัพท์ติดตาม", "file": "ไฟล์", "link": "ลิงก์", "map": "แผนที่",
    "officer": "เจ้าหน้าที่", "plan": "แผน", "problem": "โจทย์", "replanning run": "งานปรับแผน", "report": "รายงาน",
    "thing": "สิ่ง", "token": "โทเคน", "version": "ฉบับ", "visit": "การเข้าส่งเสริม",
}  # fmt: skip


def unknown(what: Thing) -> Refused:
    """There is no such thing."""
    cause = both(f"There is no {what} of this name.", f"ไม่มี{_THINGS[what]}ชื่อนี้")
    return Refused(404, Fault("address-unknown", what, cause, both("Check the address.", "ตรวจสอบที่อยู่")))


def answer(
    status: int, faults: Sequence[Fault], headers: Mapping[str, str] | None = None, lang: str = "en", **more: Any
) -> JSONResponse:
    """The problem+json answer that lists ``faults`` in ``lang``, "en" or "th"."""
    first, left_out = faults[0].code, len(faults) - MOST_FAULTS
    body = {
        "type": f"urn:patithin:error:{first}",
        "title": CODES[first] if lang == "en" else MEANINGS[first][0],
        "status": status,
        "errors": [shape_of(fault, lang) for fault in faults[:MOST_FAULTS]],
    }
    if left_out > 0:
        body["left_out"] = left_out
    sent = {"Vary": "Accept-Language"} | dict(headers or {})
    return JSONResponse(body | more, status, headers=sent, media_type=MEDIA_TYPE)


def shape_of(fault: Fault, lang: str) -> dict[str, Any]:
    """A fault as it is answered: its texts in ``lang``, and its place in parts."""
    place = place_of(fault)
    return asdict(fault.in_language(lang)) | {"place": place and asdict(place)}


def language_of(request: Request) -> str:
    """The language that a request asks for: the parameter ``lang``, else the one Accept-Language prefers, else Thai."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        return asked
    best, weight = "th", 0.0
    for name, worth in liked(request.headers.get("accept-language", "")):
        short = name.partition("-")[0]
        if short in LANGUAGES and worth > weight:
            best, weight = short, worth
    return best


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What an operation's documentation says of its errors."""
    reference = {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: reference}}
        for status in sorted({*statuses, 429})
    }


def install(app: FastAPI, routes: Sequence[BaseRoute]) -> None:
    """Answer every error of ``app``, whose operations are ``routes``, as problem+json."""
    app.state.routes = routes
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(InvalidInput, _invalid)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _by_router)
    for error in (OperationalError, InterfaceError, PoolTimeout, Gone, Busy):
        app.add_exception_handler(error, _without_database)
    app.add_exception_handler(DataError, _unkeepable)
    app.add_exception_handler(ClientDisconnect, _left)
    app.add_exception_handler(Exception, _defect)


def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    return answer(error.status_code, [error.fault], error.headers, language_of(request), **error.more)


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, InvalidInput)
    more: dict[str, Any] = {"sheets": error.sheets} if isinstance(error, Unsound) and error.sheets else {}
    return answer(422, error.faults, lang=language_of(request), **more)


def _malformed(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return answer(422, [fault_of(item) for item in error.errors()], lang=language_of(request))


def fault_of(item: Mapping[str, Any]) -> Fault:
    """An error of the framework's checks of a request as a fault."""
    source, *path = item["loc"]
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".") or source
    where = where.encode("utf-8", "backslashreplace").decode()  # of a key, of which halves of characters may be left
    if item["type"] == "missing":
        return Fault("field-missing", where, said("This key is not there."), said("Add it."))
    if item["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return Fault(
            "field-unknown", where, both("There is no such field.", "ไม่มีช่องข้อมูลนี้"), said("Remove it or mend its name.")
        )
    if item["type"] == "json_invalid":
        return Fault("json-syntax", "body", _NO_JSON, _SEND_JSON)
    return Fault("header-value" if source == "header" else "field-value", where, *cause_and_remedy(item))


def _by_router(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    where, headers = request.method, dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(sorted(_methods(request)))
        fault = Fault("method-unknown", where, _OTHER_METHODS, _SEE_ALLOW)
    elif error.status_code == 404:
        fault = Fault("address-unknown", where, _NOTHING_HERE, _SEE_OPENAPI)
    elif isinstance(error.__cause__, InvalidInput):  # the framework's 400: a body that is not what it should be
        return _invalid(request, error.__cause__)
    else:
        fault = Fault("json-syntax", "body", _NO_JSON, _SEND_JSON)
        return answer(422, [fault], lang=language_of(request))
    return answer(error.status_code, [fault], headers, language_of(request))


def _methods(request: Request) -> set[str]:
    """The methods of the address: of all operations with the narrowest pattern that fits it."""
    routes = [route for route in request.app.state.routes if isinstance(route, Route | APIRoute)]
    found = [route for route in routes if route.matches(request.scope)[0] is not Match.NONE]
    narrowest = max((route.path for route in found), key=len, default="")
    return {method for route in found if route.path == narrowest for method in route.methods or ()}


_NO_JSON: Final = both("The body is not JSON.", "เนื้อคำขอไม่ใช่ JSON")
_SEND_JSON: Final = both("Send JSON in UTF-8.", "ส่ง JSON ในรหัส UTF-8")
_OTHER_METHODS: Final = both("This address knows other methods.", "ที่อยู่นี้ใช้เมท็อดอื่น")
_SEE_ALLOW: Final = both("Use one of the header Allow.", "ใช้เมท็อดในส่วนหัว Allow")
_NOTHING_HERE: Final = both("There is nothing at this address.", "ไม่มีสิ่งใดอยู่ที่ที่อยู่นี้")
_SEE_OPENAPI: Final = both("See /openapi.json for those that there are.", "ดูที่อยู่ทั้งหมดใน /openapi.json")
_CUT: Final = both("It ended before it was whole.", "ข้อมูลขาดก่อนจบ")
_SEND_ANEW: Final = both("Send it anew.", "ส่งใหม่อีกครั้ง")
_UNKEPT: Final = both("It holds something that the database cannot keep.", "มีอักขระที่ฐานข้อมูลเก็บไม่ได้")
_TYPE_ANEW: Final = both("Type the text again.", "พิมพ์ข้อความใหม่")
_BUSY: Final = both("Too many want to write at once.", "มีผู้บันทึกพร้อมกันมากเกินไป")
_FULL: Final = both("The disk of the database is full.", "ดิสก์ของฐานข้อมูลเต็ม")
_ONLY_READ: Final = both("The disk of the database can only be read.", "ดิสก์ของฐานข้อมูลอ่านได้อย่างเดียว")
#: what databases say of their trouble -> what is told of it
_TROUBLES: Final = {
    "full": _FULL, "no space": _FULL, "readonly": _ONLY_READ, "read-only": _ONLY_READ, "lock": _BUSY,
    "i/o error": both("The disk of the database fails.", "ดิสก์ของฐานข้อมูลขัดข้อง"),
}  # fmt: skip
_SILENT: Final = both("The database does not answer.", "ฐานข้อมูลไม่ตอบ")


def _without_database(request: Request, error: Exception) -> JSONResponse:
    log().error("database out of reach", error=type(error).__name__, at=logs.place_of(error))
    cause = _BUSY if isinstance(error, Busy) else _SILENT
    if isinstance(error, OperationalError):
        said = str(error.orig).lower()
        cause = next((told for sign, told in _TROUBLES.items() if sign in said), cause)
    fault = Fault("service-unready", "service", cause, both("Try again in a moment.", "รอสักครู่แล้วลองใหม่"))
    return answer(503, [fault], {"Retry-After": "5"}, language_of(request))


def _left(request: Request, _error: Exception) -> JSONResponse:
    """The client hung up before its body was whole: nobody reads this, and it is no defect of ours."""
    fault = Fault("json-syntax", "body", _CUT, _SEND_ANEW)
    return answer(422, [fault], lang=language_of(request))


def _unkeepable(request: Request, error: Exception) -> JSONResponse:
    """A text or number that the database cannot hold, where no field of the request has said so before."""
    log().warning("unkeepable", error=type(error).__name__, at=logs.place_of(error))
    fault = Fault("field-value", "request", _UNKEPT, _TYPE_ANEW)
    return answer(422, [fault], lang=language_of(request))


def _defect(request: Request, error: Exception) -> JSONResponse:
    log().error("defect", **way_to(error))
    cause = both("The service met an error of its own.", "ระบบเกิดข้อผิดพลาดภายใน")
    remedy = both("Report when it happened.", "แจ้งผู้ดูแลพร้อมเวลาที่เกิด")
    fault = Fault("service-defect", "service", cause, remedy)
    return answer(500, [fault], lang=language_of(request))
