"""Who asks: the token or browser that came in, the office that is worked on, and the sign-in of browsers."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.service.access import COOKIE, At, Caller, Door, Reader
from api.service.errors import documented
from api.service.standing import load_standing
from api.service.state import Service
from api.storage.problems import load_problem, newest_problems
from api.storage.publications import publication
from api.storage.sign_ins import sign_in, sign_out
from api.storage.tables import HEAD, PLANNER, Publication, Role, StoredPlan, Token

router = APIRouter(prefix="/v1", tags=["who"], route_class=Door)


class OfficeAnswer(BaseModel):
    """The office that is worked on; names, and whether it is made up, are null where it came without tables."""

    problem: str
    name: str
    name_th: str | None
    name_en: str | None
    illustrative: bool | None


class StandingAnswer(BaseModel):
    """The published plan: its version, its own id, and that of its problem."""

    version: int
    plan: str
    problem: str
    published_at: dt.datetime


class MeAnswer(BaseModel):
    """Who asks. ``officer`` is set for the role officer; ``until``: when a browser has to sign in anew.

    ``office``: that of the published plan, else the one the service was started with or that was posted last; absent
    where nothing was posted. Planners' and heads' own; officers and viewers see that of the published plan only.
    """

    id: str
    name: str
    role: Role
    officer: str | None
    until: dt.datetime | None
    publication: StandingAnswer | None
    office: OfficeAnswer | None
    version: str


class SignedIn(BaseModel):
    """A browser is signed in until then, with its cookie."""

    until: dt.datetime


@router.get("/me", responses=documented(401, 403))
def me(request: Request, at: At, token: Reader) -> MeAnswer:
    """Who asks, and what is worked on. For a page it is the first question."""
    caller: Caller = request.state.caller
    with at.database.read() as session:
        made = publication(session)
        standing = None if made is None else _standing(session, made)
        office = _office(at, session, token, standing)
    if token.role == PLANNER:
        about = made and made.plan_id
        at.aside.warm(about, partial(_held, at, about) if about else None)
    return MeAnswer(
        id=token.id, name=token.name, role=token.role, officer=token.officer, until=caller.until,
        publication=standing, office=office, version=request.app.version,
    )  # fmt: skip


def _held(at: Service, plan: str) -> tuple[str, tuple[Any, ...]]:
    """The question that has a plan loaded, so that the first drag finds it at hand."""
    return "hold", (load_standing(at.database, plan).texts,)


@router.post("/session", status_code=201, responses=documented(401, 403))
def enter(request: Request, response: Response, at: At, token: Reader) -> SignedIn:
    """Sign this browser in with the token of the header Authorization: it gets a cookie."""
    return SignedIn(until=set_cookie(request, response, at, token))


@router.delete("/session", status_code=204, responses=documented(401, 403))
def leave(request: Request, response: Response, at: At, token: Reader) -> None:
    """Sign this browser out. Its token stays; other browsers stay signed in."""
    caller: Caller = request.state.caller
    if caller.cookie is not None:
        sign_out(at.database, caller.cookie)
        at.memory.forget()
    response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=_secure(request, at))


def set_cookie(request: Request, response: Response, at: Service, token: Token) -> dt.datetime:
    """Sign the browser in with a token; until when."""
    row, secret = sign_in(at.database, token.id, at.settings.session_days)
    age = round(at.settings.session_days * 86_400)
    response.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=_secure(request, at), max_age=age)
    return row.expires_at


def _secure(request: Request, at: Service) -> bool:
    return request.url.scheme == "https" or (at.settings.public_address or "").startswith("https:")


def _standing(session: Session, made: Publication) -> StandingAnswer:
    problem = session.get_one(StoredPlan, made.plan_id).problem_id
    return StandingAnswer(version=made.version, plan=made.plan_id, problem=problem, published_at=made.published_at)


def _office(at: Service, session: Session, token: Token, standing: StandingAnswer | None) -> OfficeAnswer | None:
    id_ = None if standing is None else standing.problem
    if token.role in (PLANNER, HEAD):
        newest = newest_problems(session, None, 1)
        id_ = id_ or at.office or (newest[0].id if newest else None)
    stated = None if id_ is None else load_problem(session, id_)
    if id_ is None or stated is None:
        return None
    office = stated.office
    return OfficeAnswer(
        problem=id_, name=stated.problem.name, name_th=office.name_th if office else None,
        name_en=office.name_en if office else None,
        illustrative=office.illustrative if office else None,
    )  # fmt: skip
