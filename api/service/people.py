"""Who else may: tokens for programs, and one-time links for people, both made and ended by planners."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Self

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, model_validator

from api.service.access import At, Door, Planner
from api.service.addresses import address_of_service
from api.service.bell import NEWS
from api.service.errors import documented, unknown
from api.service.examples import shown
from api.service.qr import qr_of
from api.service.state import Service
from api.storage.links import create_link, list_links, revoke_link
from api.storage.tables import OFFICER, Invitation, Role, Token
from api.storage.tokens import create_token, list_tokens, revoke_token
from models.fields import Text
from models.saying import FieldError, both

router = APIRouter(prefix="/v1", tags=["people"], route_class=Door)

Name = Annotated[Text, Field(min_length=1, max_length=200)]


class Whom(BaseModel, extra="forbid"):
    """Whom it is for. ``officer``: the officer's id, exactly where the role is officer."""

    model_config = shown(name="Deputy", role="planner")

    name: Name
    role: Role
    officer: Name | None = None

    @model_validator(mode="after")
    def _of_an_officer(self) -> Self:
        if (self.role == OFFICER) != (self.officer is not None):
            cause = both(
                "An officer is named exactly where the role is officer.", "ระบุเจ้าหน้าที่เมื่อบทบาทเป็น officer เท่านั้น"
            )
            remedy = both(
                "Give officer with the role officer, and with no other.", "ระบุ officer พร้อมบทบาท officer เท่านั้น"
            )
            raise FieldError(cause, remedy)
        return self


class TokenAnswer(BaseModel):
    """A token; ``secret`` is told only once, when it is made. ``revoked_at`` is absent while it lets in."""

    id: str
    name: str
    role: Role
    officer: str | None
    created_at: dt.datetime
    revoked_at: dt.datetime | None
    secret: str | None = None


class LinkAnswer(BaseModel):
    """A one-time link; ``address`` has the secret in it and is told once, when it is made, with its QR code."""

    id: str
    name: str
    role: Role
    officer: str | None
    created_at: dt.datetime
    expires_at: dt.datetime
    address: str | None = None
    qr: str | None = None


@router.post("/tokens", status_code=201, responses=documented(401, 403, 413, 422))
def post_token(asked: Whom, at: At, token: Planner) -> TokenAnswer:
    """Make a token for a program."""
    made, secret = create_token(at.database, asked.name, asked.role, asked.officer)
    return _token(made, secret)


@router.get("/tokens", responses=documented(401, 403))
def get_tokens(at: At, token: Planner) -> list[TokenAnswer]:
    """All tokens, those of links that were used and revoked ones too, oldest first."""
    return [_token(each) for each in list_tokens(at.database)]


@router.delete("/tokens/{id}", status_code=204, responses=documented(401, 403, 404))
def delete_token(id: str, at: At, token: Planner) -> None:
    """Revoke a token: with it go its browsers, its feeds, its event streams and its links."""
    if not revoke_token(at.database, id):
        raise unknown("token")
    _forget(at)


@router.post("/links", status_code=201, responses=documented(401, 403, 413, 422))
def post_link(asked: Whom, request: Request, at: At, token: Planner) -> LinkAnswer:
    """Make a one-time link: whoever opens it first is signed in with a new token of this role."""
    link, code = create_link(at.database, asked.name, asked.role, asked.officer, token.id, at.settings.link_days)
    return _link(link, f"{address_of_service(request, at)}/welcome/{code}")


@router.get("/links", responses=documented(401, 403))
def get_links(at: At, token: Planner) -> list[LinkAnswer]:
    """The links that can still be used, oldest first."""
    with at.database.read() as session:
        return [_link(each) for each in list_links(session)]


@router.delete("/links/{id}", status_code=204, responses=documented(401, 403, 404))
def delete_link(id: str, at: At, token: Planner) -> None:
    """End a link that nobody has used yet."""
    if not revoke_link(at.database, id):
        raise unknown("link")


def _forget(at: Service) -> None:
    at.memory.forget()
    at.bell.ring(NEWS)


def _token(token: Token, secret: str | None = None) -> TokenAnswer:
    return TokenAnswer.model_validate(
        {name: getattr(token, name) for name in TokenAnswer.model_fields if name != "secret"} | {"secret": secret}
    )


def _link(link: Invitation, address: str | None = None) -> LinkAnswer:
    told = {name: getattr(link, name) for name in LinkAnswer.model_fields if name not in ("address", "qr")}
    return LinkAnswer.model_validate(told | {"address": address, "qr": qr_of(address) if address else None})
