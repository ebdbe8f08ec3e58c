"""Subscriptions: an address with a secret in it that a phone follows, until it is revoked."""

from __future__ import annotations

import secrets

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.storage.database import Database
from api.storage.tables import Feed, Token, now
from api.storage.tokens import hashed, new_id

#: feeds of one token that are not revoked: an office's officers and cooperatives, several times over
MOST = 1_000


class TooMany(Exception):
    """The token has as many feeds as it may have."""


def create_feed(
    database: Database, token: str, *, officer: str | None, cooperative: str | None, lang: str
) -> tuple[Feed, str]:
    """A new feed and its secret, which is told this once.

    Raises:
        TooMany: the token has as many as it may have.
    """
    secret = secrets.token_urlsafe(32)
    feed = Feed(
        id=new_id(), hash=hashed(secret), officer=officer, cooperative=cooperative, lang=lang, token_id=token,
        created_at=now(),
    )  # fmt: skip
    with database.write(deciding=True) as session:
        live = select(func.count()).select_from(Feed).where(Feed.token_id == token, Feed.revoked_at.is_(None))
        if (session.scalar(live) or 0) >= MOST:
            raise TooMany
        session.add(feed)
    return feed, secret


def find_feed(session: Session, secret: str) -> Feed | None:
    """The feed with this secret, unless it or the token that made it is revoked."""
    live = select(Feed).join(Token, Feed.token_id == Token.id).where(Token.revoked_at.is_(None))
    return session.scalar(live.where(Feed.hash == hashed(secret), Feed.revoked_at.is_(None)))


def list_feeds(session: Session, officer: str | None) -> list[Feed]:
    """The feeds that are not revoked, oldest first; those of one officer where one is named."""
    live = select(Feed).join(Token, Feed.token_id == Token.id)
    live = live.where(Feed.revoked_at.is_(None), Token.revoked_at.is_(None)).order_by(Feed.created_at, Feed.id)
    return list(session.scalars(live if officer is None else live.where(Feed.officer == officer)))


def revoke_feed(database: Database, id_: str, officer: str | None) -> bool:
    """End a feed; False where there is none of this id (among the officer's own, where one is named)."""
    with database.write() as session:
        feed = session.get(Feed, id_)
        if feed is None or (officer is not None and feed.officer != officer):
            return False
        feed.revoked_at = feed.revoked_at or now()
        return True
