"""Tokens: who may come in.

Tokens are 256 random bits, so a plain SHA-256 cannot be turned back; the token itself is shown once and not kept.
"""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.storage.database import Database
from api.storage.tables import OFFICER, PLANNER, Token, now

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
        return put_token(session, name, role, officer)


def put_token(session: Session, name: str, role: str, officer: str | None) -> tuple[Token, str]:
    """:func:`create_token` within a transaction."""
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


def has_planner(session: Session) -> bool:
    """Whether somebody may plan."""
    planners = select(Token.id).where(Token.role == PLANNER, Token.revoked_at.is_(None)).limit(1)
    return session.scalar(planners) is not None
