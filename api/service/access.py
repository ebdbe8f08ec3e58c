"""Who may: tokens in the Authorization header, or in the cookie of whoever came by the one-time link."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from api.service.errors import Refused
from api.service.state import Service, service
from api.storage.database import Database
from api.storage.tables import OFFICER, PLANNER, VIEWER, Token
from api.storage.tokens import find_token, hashed
from models.faults import Fault, InvalidInput

COOKIE = "patithin"

_bearer = HTTPBearer(auto_error=False, description="A token that `patithin token create` made.")
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="Set by the one-time link of the first start.")


def address_of(request: Request) -> str:
    """Whom to count a request without a token for."""
    return f"address {request.client.host if request.client else 'unknown'}"


async def caller(
    request: Request,
    at: Annotated[Service, Depends(service)],
    header: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    cookie: Annotated[str | None, Depends(_cookie)],
) -> Token:
    """The token of the request, counted against its rate.

    Raises:
        Refused: there is none, it is not valid, or it has been too busy; or the query has a key that nobody reads.
    """
    secret = header.credentials if header else cookie
    challenge = {"WWW-Authenticate": "Bearer"}
    if not secret:
        at.rates.count(address_of(request))
        fault = Fault("token-missing", "Authorization", "There is no token.", "Send Authorization: Bearer <token>.")
        raise Refused(401, fault, headers=challenge)
    token = await at.memory.recall(("token", hashed(secret)), partial(_found, at.database, secret))
    if token is None:
        at.rates.count(address_of(request))
        fault = Fault("token-unknown", "Authorization", "The token is not valid.", "Ask a planner for a new one.")
        raise Refused(401, fault, headers=challenge)
    at.rates.count(f"token {token.id}")
    _require_known_query(request)
    return token


def _found(database: Database, secret: str) -> Token | None:
    with database.read() as session:
        return find_token(session, secret)


def _require_known_query(request: Request) -> None:
    """See that each key of the query is one: a misspelt one would choose another calendar than was meant."""
    if not request.query_params:
        return
    told = request.app.openapi()["paths"].get(request.scope["route"].path, {}).get(request.method.lower(), {})
    known = {each["name"] for each in told.get("parameters", ()) if each["in"] == "query"}
    faults = [
        Fault("field-unknown", key, "The query knows no such key.", f"Keep to {', '.join(sorted(known)) or 'none'}.")
        for key in sorted(set(request.query_params) - known)
    ]
    if faults:
        raise InvalidInput(faults)


def _allowing(*roles: str) -> Callable[[Token], Awaitable[Token]]:
    async def allowed(token: Annotated[Token, Depends(caller)]) -> Token:
        if token.role not in roles:
            cause = f"It is for {' and '.join(roles)}, and this token is of a {token.role}."
            raise Refused(403, Fault("role-forbidden", "Authorization", cause, "Use another token."))
        return token

    return allowed


At = Annotated[Service, Depends(service)]
Planner = Annotated[Token, Depends(_allowing(PLANNER))]
Subscriber = Annotated[Token, Depends(_allowing(PLANNER, OFFICER))]
Reader = Annotated[Token, Depends(_allowing(PLANNER, OFFICER, VIEWER))]
