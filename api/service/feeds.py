"""Subscriptions that a phone follows: the published calendar of one officer or one cooperative."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Self

from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel, Field, model_validator
from sqlalchemy.orm import Session

from api.language.lang import Lang
from api.service.access import At, Door, Subscriber, address_of
from api.service.addresses import address_of_service
from api.service.choosing import Chosen, require_known
from api.service.documents import answered
from api.service.errors import Refused, documented, language_of, unknown
from api.service.examples import shown
from api.service.following import Follower, stated_of
from api.service.qr import qr_of
from api.storage.feeds import MOST, TooMany, create_feed, find_feed, list_feeds, revoke_feed
from api.storage.publications import publication
from api.storage.tables import OFFICER, Feed, Publication, Token
from models.faults import Fault
from models.saying import FieldError, both

router = APIRouter(prefix="/v1/feeds", tags=["feeds"], route_class=Door)

Name = Annotated[str, Field(min_length=1, max_length=200)]


class FeedRequest(BaseModel, extra="forbid"):
    """Whose calendar: exactly one of ``officer`` and ``cooperative``."""

    model_config = shown(officer="P01", lang="en")

    officer: Name | None = None
    cooperative: Name | None = None
    lang: Lang | None = Field(None, description="That of the calendar; the one of the request where not given.")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.officer is None) == (self.cooperative is None):
            none = both("Neither an officer nor a cooperative is named.", "ไม่ได้ระบุเจ้าหน้าที่หรือสหกรณ์")
            two = both("An officer and a cooperative are named.", "ระบุทั้งเจ้าหน้าที่และสหกรณ์")
            raise FieldError(none if self.officer is None else two, both("Name one of them.", "ระบุอย่างใดอย่างหนึ่ง"))
        return self


class FeedAnswer(BaseModel):
    """A subscription. ``address`` has the secret in it and is told only once, when it is made; ``qr`` is its
    QR code, an image as a ``data:`` address."""

    id: str
    officer: str | None
    cooperative: str | None
    lang: Lang
    created_at: dt.datetime
    address: str | None = None
    qr: str | None = None


def _told(feed: Feed, address: str | None = None) -> FeedAnswer:
    return FeedAnswer(
        id=feed.id, officer=feed.officer, cooperative=feed.cooperative, lang=Lang(feed.lang),
        created_at=feed.created_at, address=address, qr=qr_of(address) if address else None,
    )  # fmt: skip


@router.post("", status_code=201, responses=documented(401, 403, 404, 409, 413, 422))
def post_feed(asked: FeedRequest, request: Request, at: At, token: Subscriber) -> FeedAnswer:
    """Make a subscription. Officers make their own."""
    if token.role == OFFICER and asked.officer != token.officer:
        cause = both("The token is of another officer.", "โทเคนเป็นของเจ้าหน้าที่คนอื่น")
        fault = Fault("role-forbidden", "officer", cause, both("Name the token's officer.", "ระบุเจ้าหน้าที่ของโทเคน"))
        raise Refused(403, fault)
    with at.database.read() as session:
        current = publication(session)
        if current is None:
            cause = both("Nothing is published yet.", "ยังไม่ได้ประกาศแผนใด")
            fault = Fault("calendar-unpublished", "calendar", cause, both("Publish a plan first.", "ประกาศแผนก่อน"))
            raise Refused(404, fault)
        require_known(Chosen(asked.officer, asked.cooperative), stated_of(session, current))
    try:
        feed, secret = create_feed(
            at.database,
            token.id,
            officer=asked.officer,
            cooperative=asked.cooperative,
            lang=asked.lang or language_of(request),
        )
    except TooMany:
        cause = both(f"The token has {MOST} subscriptions.", f"โทเคนนี้มีปฏิทินที่โทรศัพท์ติดตามครบ {MOST} รายการแล้ว")
        remedy = both("Revoke those that nobody follows.", "เพิกถอนรายการที่ไม่มีผู้ใช้แล้ว")
        raise Refused(409, Fault("feed-full", "feeds", cause, remedy)) from None
    return _told(feed, f"{address_of_service(request, at)}/v1/feeds/{secret}.ics")


@router.get("", responses=documented(401, 403))
def get_feeds(at: At, token: Subscriber) -> list[FeedAnswer]:
    """The subscriptions that are not revoked; officers see their own."""
    with at.database.read() as session:
        return [_told(feed) for feed in list_feeds(session, _only(token))]


@router.delete("/{id}", status_code=204, responses=documented(401, 403, 404))
def delete_feed(id: str, at: At, token: Subscriber) -> None:
    """Revoke a subscription; its address is known no more."""
    if not revoke_feed(at.database, id, _only(token)):
        raise unknown("feed")


def _only(token: Token) -> str | None:
    return token.officer if token.role == OFFICER else None


@router.get(
    "/{secret}.ics",
    response_class=Response,
    responses=documented(404, 422)
    | {
        200: {"description": "The calendar", "content": {"text/calendar": {"schema": {"type": "string"}}}},
        304: {"description": "It is as the client has it"},
    },
)
def follow_feed(
    secret: str,
    request: Request,
    at: At,
    _known: Annotated[str | None, Header(alias="If-None-Match", max_length=1000)] = None,
) -> Response:
    """The subscribed calendar, without a token: the secret is in the address."""
    at.rates.count(address_of(request))
    with at.database.read() as session:
        feed, current = find_feed(session, secret), publication(session)
        if feed is None or current is None:
            raise unknown("feed")
        key = ("feed", feed.officer, feed.cooperative, feed.lang, current.version)
        document = at.shelf.get(key, lambda: _drawn(session, feed, current))
    return answered(request, document, "text/calendar", {"Cache-Control": "private, max-age=300"})


def _drawn(session: Session, feed: Feed, current: Publication) -> bytes:
    require_known(Chosen(feed.officer, feed.cooperative), stated_of(session, current))
    return Follower(feed.officer, feed.cooperative, feed.lang).feed(session, current)
