"""One-time links: whoever opens one first gets the token that it promises."""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from api.storage.database import Database
from api.storage.tables import PLANNER, Invitation, Token, now
from api.storage.tokens import has_planner, hashed, new_id, put_token


def invite(database: Database) -> str | None:
    """The code of a new link to the first planner where nobody may plan yet, else None. An older one ends."""
    with database.write(deciding=True) as session:
        session.execute(delete(Invitation).where(Invitation.first))
        if has_planner(session):
            return None
        return _put(session, "first planner", PLANNER, None, first=True, maker=None, days=None)[1]


def create_link(
    database: Database, name: str, role: str, officer: str | None, maker: str | None, days: float
) -> tuple[Invitation, str]:
    """A new link, valid for so many days, and its code, which is told this once. ``maker``: the id of a token."""
    with database.write() as session:
        return _put(session, name, role, officer, first=False, maker=maker, days=days)


def _put(
    session: Session, name: str, role: str, officer: str | None, *, first: bool, maker: str | None, days: float | None
) -> tuple[Invitation, str]:
    code, made = secrets.token_urlsafe(32), now()
    link = Invitation(
        id=new_id(), hash=hashed(code), name=name, role=role, officer=officer, first=first, token_id=maker,
        created_at=made, expires_at=None if days is None else made + dt.timedelta(days=days),
    )  # fmt: skip
    session.add(link)
    return link, code


def find_link(session: Session, code: str) -> Invitation | None:
    """The link with this code, unless its time is up, its maker may no more, or it is the first and not needed."""
    living = or_(Invitation.expires_at.is_(None), Invitation.expires_at > now())
    link = session.scalar(select(Invitation).where(Invitation.hash == hashed(code), living))
    if link is None or (link.first and has_planner(session)):
        return None
    maker = session.get(Token, link.token_id) if link.token_id is not None else None
    return None if maker is not None and maker.revoked_at is not None else link


def list_links(session: Session) -> list[Invitation]:
    """The links that planners made and that can still be used, oldest first."""
    living = select(Invitation).where(~Invitation.first, Invitation.expires_at > now())
    return list(session.scalars(living.order_by(Invitation.created_at, Invitation.id)))


def revoke_link(database: Database, id_: str) -> bool:
    """End a link; False where there is none of this id."""
    with database.write() as session:
        link = session.get(Invitation, id_)
        if link is None:
            return False
        session.delete(link)
        return True


def claim(database: Database, code: str) -> tuple[Token, str] | None:
    """A new token and its secret in exchange for ``code``, which is used up; None where it is not valid."""
    with database.write(deciding=True) as session:
        link = find_link(session, code)
        if link is None:
            return None
        session.delete(link)
        return put_token(session, link.name, link.role, link.officer)
