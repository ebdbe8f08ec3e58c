"""Browsers that are signed in: a cookie stands for a token for a while, and never holds it."""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.storage.database import Database
from api.storage.tables import SignIn, Token, now
from api.storage.tokens import hashed

#: sign-ins of one token: beyond that the oldest one ends
MOST = 200


def sign_in(database: Database, token: str, days: float) -> tuple[SignIn, str]:
    """A new sign-in of the token with this id, and the secret of its cookie. Those that are over are cleared away, and
    the oldest where there are too many."""
    secret, made = secrets.token_urlsafe(32), now()
    row = SignIn(hash=hashed(secret), token_id=token, created_at=made, expires_at=made + dt.timedelta(days=days))
    with database.write() as session:
        session.execute(delete(SignIn).where(SignIn.expires_at <= made))
        session.add(row)
        session.flush()
        mine = select(SignIn.hash).where(SignIn.token_id == token).order_by(SignIn.created_at.desc(), SignIn.hash)
        session.execute(delete(SignIn).where(SignIn.hash.in_(session.scalars(mine.offset(MOST)).all())))
    return row, secret


def find_signed_in(session: Session, secret: str) -> tuple[Token, dt.datetime] | None:
    """The token that a cookie stands for and until when, unless it is over or the token is revoked."""
    found = session.execute(
        select(Token, SignIn.expires_at)
        .join(SignIn, SignIn.token_id == Token.id)
        .where(SignIn.hash == hashed(secret), SignIn.expires_at > now(), Token.revoked_at.is_(None))
    ).first()
    return None if found is None else (found[0], found[1])


def sign_out(database: Database, secret: str) -> None:
    """End the sign-in that this cookie stands for, if it does for one."""
    with database.write() as session:
        session.execute(delete(SignIn).where(SignIn.hash == hashed(secret)))
