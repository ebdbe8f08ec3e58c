"""Subscriptions that a phone follows: the published calendar of one officer or one cooperative."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Self

from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel, Field, model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.access import At, Door, Subscriber, address_of
from api.service.addresses import address_of_service
from api.service.choosing import Choice, require_known
from api.service.documents import told
from api.service.errors import Refused, documented, unknown
from api.service.formats import Lang
from api.service.knowing import reduced
from api.service.loading import load_plan
from api.service.qr import qr_of
from api.storage.feeds import create_feed, find_feed, list_feeds, revoke_feed
from api.storage.problems import Stated, load_problem
from api.storage.publications import publication
from api.storage.tables import OFFICER, Feed, Publication, StoredPlan, Token
from models.faults import Fault
from models.plan import Plan
from models.saying import both

router = APIRouter(prefix="/v1/feeds", tags=["feeds"], route_class=Door)

Name = Annotated[str, Field(min_length=1, max_length=200)]


class FeedRequest(BaseModel, extra="forbid"):
    """Whose calendar: exactly one of ``officer`` and ``cooperative``."""

    officer: Name | None = Field(None, examples=["P01"])
    cooperative: Name | None = None
    lang: Lang = Lang.th

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.officer is None) == (self.cooperative is None):
            raise ValueError("name an officer or a cooperative, not both")
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


@router.post("", status_code=201, responses=documented(401, 403, 404, 413, 422))
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
        require_known(Choice(asked.officer, asked.cooperative), _stated(session, current))
    feed, secret = create_feed(
        at.database, token.id, officer=asked.officer, cooperative=asked.cooperative, lang=asked.lang.value
    )
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
    return told(request, document, "text/calendar", {"Cache-Control": "private, max-age=300"})


def _drawn(session: Session, feed: Feed, current: Publication) -> bytes:
    from api.exports.calendar import Calendar  # only now: it takes its time to load
    from api.exports.feeds import Earlier, Feeds

    require_known(Choice(feed.officer, feed.cooperative), _stated(session, current))
    *earlier, now = _periods(session, feed.officer, current)

    def feeds(period: _Period) -> Feeds:
        known, plan = reduced(feed.officer, period.stated, period.plan, period.stood)
        return Feeds(Calendar(plan, known.problem, known.office, feed.lang), period.version, period.stood, period.since)

    kept = [
        Earlier(feeds(period), _until(period.stated, now.stated), period.ended)
        for period in earlier
        if (feed.officer is None or feed.officer in period.stated.problem.officer_by_id)
        and (feed.cooperative is None or feed.cooperative in period.stated.problem.cooperative_by_id)
    ]
    return feeds(now).feed(feed.officer, feed.cooperative, kept)


def _until(earlier: Stated, now: Stated) -> dt.date | None:
    """The day from which the calendar of the same offices counts now; None where it is of other offices."""
    same = [office.id for office in earlier.problem.offices] == [office.id for office in now.problem.offices]
    return min(now.problem.workdays, default=None) if same else None


def _stated(session: Session, made: Publication) -> Stated:
    stated = load_problem(session, session.get_one(StoredPlan, made.plan_id).problem_id)
    if stated is None:
        raise unknown("problem")
    return stated


@dataclass(frozen=True, slots=True)
class _Period:
    """What was told of one period, up to its last version: ``stood`` has of each visit its last place before that, so
    that a phone that slept through some versions still hears what vanished; ``since`` the version in which each visit
    changed last; ``ended`` the version with which another period came."""

    stated: Stated
    plan: Plan
    version: int
    stood: Plan | None
    since: Mapping[str, int]
    ended: int = 0


#: what was told an officer, or all (None), up to the version that was asked for last, and the plan that this published:
#: each version is read once, not at every later one, and no more is kept than the next has to be held against
_TOLD: dict[str | None, tuple[int, str, tuple[_Period, ...]]] = {}
MOST_TOLD = 500


def _periods(session: Session, officer: str | None, current: Publication) -> tuple[_Period, ...]:
    """What was told up to a version, period by period; that of the version is the last."""
    version, plan, known = _TOLD.get(officer, (0, "", ()))
    told: tuple[_Period, ...] = ()
    unread: list[Publication] = []
    versions = select(Publication).where(Publication.version <= current.version).order_by(Publication.version.desc())
    for made in session.scalars(versions.execution_options(yield_per=20)):  # the first is known, mostly
        if (made.version, made.plan_id) == (version, plan):
            told = known
            break
        unread.append(made)
    if len(_TOLD) > MOST_TOLD:
        _TOLD.clear()
    for made in reversed(unread):
        told = _gone_on(told, made, _stated(session, made), load_plan(session, made.plan_id), officer)
    _TOLD[officer] = current.version, current.plan_id, told
    return told


def _gone_on(
    told: tuple[_Period, ...], made: Publication, stated: Stated, plan: Plan, officer: str | None
) -> tuple[_Period, ...]:
    """What is told with one version more: of the period that it belongs to, or of a new one."""
    before = next((period for period in told if _same_calendar(period.stated, stated)), None)
    others = tuple(
        period if period.ended else replace(period, ended=made.version) for period in told if period is not before
    )
    if before is None:
        since = {stop.visit: made.version for tour in plan.tours for stop in tour.stops}
        return (*others, _Period(stated, plan, made.version, None, since))
    old, new = _seen(before.plan, before.stated), _seen(plan, stated)
    anew = {visit for visit in {*old, *new} if before.ended or old.get(visit) != new.get(visit)}
    since = {**before.since, **dict.fromkeys(anew, made.version)}
    return (*others, _Period(stated, plan, made.version, _laid_over(before.stood, before.plan, officer), since))


def _seen(plan: Plan, stated: Stated) -> dict[str, tuple[object, ...]]:
    """All that a subscriber sees of each visit."""
    from api.exports.feeds import appearance

    return {stop.visit: appearance(plan, stated.problem, tour, stop) for tour in plan.tours for stop in tour.stops}


def _laid_over(held: Plan | None, plan: Plan, officer: str | None) -> Plan:
    """A plan, one officer's tours where one is named, and of what was held before the visits that it does not have."""
    tours = [tour for tour in plan.tours if officer is None or officer in tour.crew]
    seen = {stop.visit for tour in tours for stop in tour.stops}
    for tour in held.tours if held else ():
        stops = tuple(stop for stop in tour.stops if stop.visit not in seen)
        if stops:
            tours.append(tour.model_copy(update={"stops": stops}))
    return plan.model_copy(update={"tours": tuple(tours)})


def _same_calendar(one: Stated, other: Stated) -> bool:
    first, second = one.problem, other.problem
    offices = [office.id for office in first.offices] == [office.id for office in second.offices]
    return offices and first.workdays[:1] == second.workdays[:1]
