"""Tokens and the one-time link to the first of them.

Tokens are 256 random bits, so a plain SHA-256 cannot be turned back; the token itself is shown once and not kept.
"""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.storage.database import Database
from api.storage.tables import OFFICER, PLANNER, Invitation, Token, now

PREFIX = "pat_"


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_id() -> str:
    """A new id: 64 random bits in hexadecimal."""
    return secrets.token_hex(8)


def create_token(database: Database, name: str, role: str, officer: str | None = None) -> tuple[Token, str]:
    """A new token and its secret, which is told this once.

    Raises:
        ValueError: an officer's token without an officer, or another role's with one.
    """
    with database.write() as session:
        return _created(session, name, role, officer)


def _created(session: Session, name: str, role: str, officer: str | None) -> tuple[Token, str]:
    if (role == OFFICER) != (officer is not None):
        raise ValueError("a token has an officer exactly where its role is officer")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token(id=new_id(), name=name, role=role, officer=officer, hash=hashed(secret), created_at=now())
    session.add(token)
    return token, secret


def find_token(session: Session, secret: str) -> Token | None:
    """The token with this secret, unless it is revoked."""
    return session.scalar(select(Token).where(Token.hash == hashed(secret), Token.revoked_at.is_(None)))


def list_tokens(database: Database) -> list[Token]:
    """All tokens, the revoked ones too, oldest first."""
    with database.read() as session:
        return list(session.scalars(select(Token).order_by(Token.created_at, Token.id)))


def revoke_token(database: Database, id_: str) -> bool:
    """Let the token in no more; False where there is none of this id. Revoking twice changes nothing."""
    with database.write() as session:
        token = session.get(Token, id_)
        if token is not None and token.revoked_at is None:
            token.revoked_at = now()
        return token is not None


def invite(database: Database) -> str | None:
    """The code of a new one-time link where no planner has a token yet, else None. An older link ends."""
    with database.write(deciding=True) as session:
        session.execute(delete(Invitation))
        planners = select(Token.id).where(Token.role == PLANNER, Token.revoked_at.is_(None)).limit(1)
        if session.scalar(planners) is not None:
            return None
        code = secrets.token_urlsafe(32)
        session.add(Invitation(hash=hashed(code), created_at=now()))
        return code


def claim(database: Database, code: str) -> str | None:
    """The secret of a new planner token in exchange for ``code``, which is used up; None where it is not valid."""
    with database.write(deciding=True) as session:
        invitation = session.get(Invitation, hashed(code))
        if invitation is None:
            return None
        session.delete(invitation)
        return _created(session, "first planner", PLANNER, None)[1]
