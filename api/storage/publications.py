"""Which plan people act on: versions that are never overwritten."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.storage.database import Database
from api.storage.tables import Publication, StoredPlan, Token, now
from api.storage.what_ifs import make_real


class Overtaken(Exception):
    """Somebody else published in the meantime; ``current`` is what stands now."""

    def __init__(self, current: Publication | None) -> None:
        super().__init__(current.version if current else 0)
        self.current = current


def publication(session: Session, version: int | None = None) -> Publication | None:
    """The published version, the current one where none is named."""
    if version is not None:
        return session.get(Publication, version)
    return session.scalar(select(Publication).order_by(Publication.version.desc()).limit(1))


def versions(session: Session, before: int | None, most: int) -> list[tuple[Publication, str]]:
    """The newest versions with the name of whoever published them; those older than ``before`` where it is given."""
    wanted = select(Publication, Token.name).join(Token, Publication.token_id == Token.id)
    if before is not None:
        wanted = wanted.where(Publication.version < before)
    found = session.execute(wanted.order_by(Publication.version.desc()).limit(most))
    return [(row[0], row[1]) for row in found]


def first_versions(session: Session, plans: Collection[str]) -> dict[str, int]:
    """Of each of these plans the version under which it was published first."""
    found = select(Publication.plan_id, func.min(Publication.version)).where(Publication.plan_id.in_(plans))
    return {row[0]: row[1] for row in session.execute(found.group_by(Publication.plan_id))}


def publish(database: Database, plan: str, token: str, replaces: int) -> tuple[Publication, bool]:
    """Publish a plan in the place of version ``replaces`` (0: the first), and whether that was new. What it was planned
    for is the office itself from then on.

    Publishing again what stands already, or what was published in that very place, changes nothing: a lost answer can
    be asked for again, and nobody's calendar moves.

    Raises:
        Overtaken: another version stands there.
    """
    try:
        with database.write(deciding=True) as session:
            current = publication(session)
            standing = current.version if current else 0
            if standing == replaces and (current is None or current.plan_id != plan):
                made = Publication(version=replaces + 1, plan_id=plan, token_id=token, published_at=now())
                session.add(made)
                make_real(session, session.get_one(StoredPlan, plan).problem_id)
                return made, True
    except IntegrityError:  # the version's primary key has the last word
        with database.read() as session:
            current = publication(session)
    if current is not None and current.plan_id == plan and current.version in (replaces, replaces + 1):
        return current, False
    raise Overtaken(current)
