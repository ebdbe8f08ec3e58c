"""Who may: settled before a body is read, by a token in the Authorization header or the cookie of a signed-in browser.

Each operation names its roles by the type of one parameter (:data:`Planner`, :data:`Watcher`, :data:`Subscriber`,
:data:`Reader`); :class:`Door` reads them there, lets in or refuses, and only then has the body read, up to a limit.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, Response, params
from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope

from api.service.errors import Refused, documented, fault_of, unknown
from api.service.networks import network_of
from api.service.speaking import spoken
from api.service.state import Service, service
from api.storage.database import Database
from api.storage.sign_ins import find_signed_in
from api.storage.tables import HEAD, OFFICER, PLANNER, VIEWER, Token
from api.storage.tokens import find_token, hashed
from models.faults import Fault, InvalidInput
from models.jsontext import parse_json, unending
from models.likeness import perhaps
from models.saying import both

COOKIE = "patithin"
#: bytes of a body where an operation does not say otherwise: small enough to be parsed between two other requests
SMALL_BODY = 256_000
#: values of a body that is parsed between two other requests: each may be wrong, and each fault takes its time
MOST_VALUES = 5_000
#: keys of a query
MOST_KEYS = 100

_NO_TOKEN = both("There is no token.", "ไม่มีโทเคนในคำขอ")
_SEND_IT = both("Send the header Authorization: Bearer <token>.", "ส่งส่วนหัว Authorization: Bearer <โทเคน>")
_NOT_VALID = both("The token is not valid, or was revoked.", "โทเคนนี้ไม่ถูกต้องหรือถูกเพิกถอนแล้ว")
_ASK_FOR_ONE = both("Ask a planner for a new one.", "ขอโทเคนใหม่จากผู้วางแผน")
_NO_KEY = both("The query knows no such key.", "ไม่มีพารามิเตอร์ชื่อนี้")
_TWICE = both("The query has it more than once.", "ระบุพารามิเตอร์นี้ซ้ำ")
_KEEP_ONE = both("Keep the one that is meant.", "เหลือไว้ค่าเดียวที่ต้องการ")

_bearer = HTTPBearer(auto_error=False, description="A token that `patithin token create` made.")
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="Set by a one-time link, or by POST /v1/session.")

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: a token, and where a browser is signed in with it, until when and by which cookie."""

    token: Token
    until: dt.datetime | None = None
    cookie: str | None = None


@dataclass(frozen=True)
class Allowed:
    """The roles that an operation is for; as a dependency the token that came in."""

    roles: tuple[str, ...]

    async def __call__(
        self,
        request: Request,
        _header: Annotated[Any, Depends(_bearer)],
        _browser: Annotated[Any, Depends(_cookie)],
    ) -> Token:
        """The token that the door let in."""
        caller: Caller = request.state.caller
        return caller.token


def most_bytes(limit: Callable[[Service], int]) -> Callable[[F], F]:
    """Let the bodies of an operation have so many bytes."""

    def marked(operation: F) -> F:
        operation.__dict__["most_bytes"] = limit
        return operation

    return marked


class Door(APIRoute):
    """A route that settles who may before it reads the body, and reads no more of it than it must; each takes ``lang``,
    since each may have errors to tell."""

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        dependencies: Sequence[params.Depends] | None = None,
        responses: dict[int | str, dict[str, Any]] | None = None,
        **more: Any,
    ) -> None:
        """A route as FastAPI makes it."""
        others = [each for each in dependencies or () if each.dependency is not spoken]
        responses = documented(422) | (responses or {})
        super().__init__(path, endpoint, dependencies=[*others, Depends(spoken)], responses=responses, **more)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind the door."""
        handle, allowed = super().get_route_handler(), allowed_of(self.dependant)
        limit: Callable[[Service], int] | None = getattr(self.endpoint, "most_bytes", None)

        async def admitted(request: Request) -> Response:
            at = await service(request)
            caller = None if allowed is None else await _admit(request, at, allowed)
            require_known_query(request)
            most = min(SMALL_BODY, at.settings.most_bytes) if limit is None else limit(at)
            asked = _Asked(request.scope, _counted(request, most), self.body_field)
            if caller is None:
                return await handle(asked)
            request.state.caller = caller
            async with at.turns.turn(caller.token.id) as waited:
                if waited and request.method == "GET" and await request.is_disconnected():
                    raise ClientDisconnect  # nobody is there any more to be answered
                told = await handle(asked)
                told.headers.add_vary_header("Accept-Language")
                return told

        return admitted


class _Asked(Request):
    """A request whose JSON is read as that of every other door: no key twice, nothing that cannot be kept."""

    def __init__(self, scope: Scope, receive: Receive, field: ModelField | None) -> None:
        """``field``: what its body is to be, where that is known."""
        super().__init__(scope, receive)
        self._field = field

    async def json(self) -> Any:
        """What the body says.

        Raises:
            InvalidInput: it is no JSON, one object has a key twice, a text cannot be kept, or a number is not finite;
                with what else is wrong with its fields.
            Refused: it holds more values than are looked at between two other requests.
        """
        body = await self.body()
        if body.count(b",") >= MOST_VALUES:
            cause = both(f"It holds more than {MOST_VALUES} values.", f"มีค่าเกิน {MOST_VALUES} ค่า")
            raise Refused(413, Fault("body-too-large", "body", cause, both("Send less at once.", "ส่งข้อมูลให้น้อยลง")))
        data, faults = parse_json(body, "body", _place_of)
        faults += unending(data, _place_of)
        if faults:
            told = {str(fault.where) for fault in faults}
            _, wrong = self._field.validate(data, {}, loc=("body",)) if self._field else (None, [])
            raise InvalidInput([*faults, *(one for one in map(fault_of, wrong) if str(one.where) not in told)])
        return data


def _place_of(path: str) -> str:
    return path or "body"


def allowed_of(dependant: Dependant) -> Allowed | None:
    """The roles that an operation's parameters name; None where it is open to everybody."""
    for each in dependant.dependencies:
        found = each.call if isinstance(each.call, Allowed) else allowed_of(each)
        if found is not None:
            return found
    return None


def address_of(request: Request) -> str:
    """Whom to count a request without a token for."""
    return f"address {network_of(request.client.host) if request.client else 'unknown'}"


def secrets_of(request: Request) -> tuple[str | None, str | None]:
    """What the request shows: the token of its header, else the secret of its cookie."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and secret.strip():
        return secret.strip(), None
    return None, request.cookies.get(COOKIE) or None


async def recalled(at: Service, header: str | None, cookie: str | None) -> Caller | None:
    """Who a token or a cookie stands for now."""
    if header is not None:
        return await at.memory.recall(("token", hashed(header)), partial(_by_token, at.database, header))
    assert cookie is not None
    return await at.memory.recall(("cookie", hashed(cookie)), partial(_by_cookie, at.database, cookie))


async def still(request: Request) -> bool:
    """Whether who asked is still let in; a stream looks now and then."""
    at, (header, cookie) = await service(request), secrets_of(request)
    return (header or cookie) is not None and await recalled(at, header, cookie) is not None


async def _admit(request: Request, at: Service, allowed: Allowed) -> Caller:
    """Who asks, counted against the rate.

    Raises:
        Refused: there is no token, it is not valid, it has been too busy, or its role may not.
    """
    header, cookie = secrets_of(request)
    challenge = {"WWW-Authenticate": "Bearer"}
    if header is None and cookie is None:
        at.rates.count(address_of(request), hang_up=True)
        fault = Fault("token-missing", "Authorization", _NO_TOKEN, _SEND_IT)
        raise Refused(401, fault, headers=challenge)
    caller = await recalled(at, header, cookie)
    if caller is None:
        at.rates.count(address_of(request), hang_up=True)
        fault = Fault("token-unknown", "Authorization", _NOT_VALID, _ASK_FOR_ONE)
        raise Refused(401, fault, headers=challenge)
    at.rates.count(f"token {caller.token.id}")
    if caller.token.role not in allowed.roles:
        raise Refused(403, _not_for(caller.token.role, allowed.roles))
    return caller


def _not_for(role: str, roles: tuple[str, ...]) -> Fault:
    cause = both(
        f"It is for {' and '.join(roles)}; the role of this token is {role}.",
        f"คำขอนี้สำหรับบทบาท {' และ '.join(roles)} แต่โทเคนนี้มีบทบาท {role}",
    )
    remedy = both("Use a token of such a role.", "ใช้โทเคนของบทบาทดังกล่าว")
    return Fault("role-forbidden", "Authorization", cause, remedy)


def _by_token(database: Database, secret: str) -> Caller | None:
    with database.read() as session:
        token = find_token(session, secret)
    return None if token is None else Caller(token)


def _by_cookie(database: Database, secret: str) -> Caller | None:
    with database.read() as session:
        found = find_signed_in(session, secret)
    return None if found is None else Caller(found[0], found[1], secret)


def require_known_query(request: Request) -> None:
    """See that each key of the query is one, and is there once: else another calendar than was meant would be chosen.

    Raises:
        InvalidInput: with every key that nobody reads, or that is there twice where one value is wanted.
        Refused: there is no such thing, since no database can have it, or there are more keys than any query has.
    """
    if any("\0" in str(value) for value in request.path_params.values()):
        raise unknown("thing")
    if not request.query_params:
        return
    told = request.app.openapi()["paths"].get(request.scope["route"].path_format, {}).get(request.method.lower())
    if told is None:
        return
    known = {each["name"]: each["schema"] for each in told.get("parameters", ()) if each["in"] == "query"}
    keys = Counter(key for key, _ in request.query_params.multi_items())
    if keys.total() > MOST_KEYS:
        cause = both(f"It has more than {MOST_KEYS} keys.", f"มีพารามิเตอร์เกิน {MOST_KEYS} ตัว")
        raise Refused(422, Fault("field-unknown", "query", cause, both("Ask for less at once.", "ขอให้น้อยลง")))
    listed = ", ".join(sorted(known))
    keep = both(f"Keep to {listed}.", f"ใช้ได้เฉพาะ {listed}") if known else both("Leave it out.", "ไม่ต้องระบุ")
    faults = [
        Fault("field-unknown", key, _NO_KEY, perhaps(keep, key, known)) for key in sorted(keys.keys() - known.keys())
    ] + [
        Fault("key-repeated", key, _TWICE, _KEEP_ONE)
        for key in sorted(keys.keys() & known.keys())
        if keys[key] > 1 and known[key].get("type") != "array"
    ]
    if faults:
        raise InvalidInput(faults)


def _counted(request: Request, most: int) -> Callable[[], Coroutine[Any, Any, Message]]:
    """The request's way to receive, which refuses a body of more than ``most`` bytes, told or not.

    Raises:
        Refused: it is told to have more.
    """
    cause = both("It has more than {most} bytes.", "มีขนาดเกิน {most} ไบต์", most=most)
    fault = Fault("body-too-large", "body", cause, both("Send less at once.", "ส่งข้อมูลให้น้อยลง"))
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or len(length) > 20 or int(length) > most:
        raise Refused(413, fault)
    seen = 0

    async def receive() -> Message:
        nonlocal seen
        message = await request.receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise Refused(413, fault)
        return message

    return receive


At = Annotated[Service, Depends(service)]
Planner = Annotated[Token, Depends(Allowed((PLANNER,)))]
Watcher = Annotated[Token, Depends(Allowed((PLANNER, HEAD)))]
Subscriber = Annotated[Token, Depends(Allowed((PLANNER, OFFICER)))]
Reader = Annotated[Token, Depends(Allowed((PLANNER, HEAD, OFFICER, VIEWER)))]
