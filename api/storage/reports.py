"""Reports of visits: every version kept, the newest one counts; files attached; approvals."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.storage.database import Database
from api.storage.tables import Approval, Attachment, StoredReport, Token, now
from api.storage.tokens import new_id


class ReportOvertaken(Exception):
    """Somebody else reported in the meantime; ``current`` is what stands now, None where nothing does."""

    def __init__(self, current: StoredReport | None) -> None:
        super().__init__(current.version if current else 0)
        self.current = current


class TooMany(Exception):
    """A visit has as many attachments as it may have."""


def newest_report(session: Session, season: dt.date, visit: str) -> StoredReport | None:
    """The newest version of a visit's report."""
    found = select(StoredReport).where(StoredReport.season == season, StoredReport.visit == visit)
    return session.scalar(found.order_by(StoredReport.version.desc()).limit(1))


def reports_written(session: Session) -> int:
    """How many versions of reports there are of all seasons: none is ever changed or removed, so it tells of news."""
    return session.scalar(select(func.count()).select_from(StoredReport)) or 0


def newest_reports(session: Session, season: dt.date) -> list[StoredReport]:
    """The newest version of every report of a season, by visit."""
    newest = (
        select(StoredReport.visit, func.max(StoredReport.version).label("version"))
        .where(StoredReport.season == season)
        .group_by(StoredReport.visit)
        .subquery()
    )
    joined = (StoredReport.visit == newest.c.visit) & (StoredReport.version == newest.c.version)
    wanted = select(StoredReport).join(newest, joined).where(StoredReport.season == season)
    return list(session.scalars(wanted.order_by(StoredReport.visit)))


def reporters(session: Session, season: dt.date) -> dict[tuple[str, int], str]:
    """Who wrote each version of each report of a season: (visit, version) -> name."""
    wanted = select(StoredReport.visit, StoredReport.version, Token.name).join(Token, StoredReport.token_id == Token.id)
    return {(row[0], row[1]): row[2] for row in session.execute(wanted.where(StoredReport.season == season))}


def report_subject(season: dt.date, visit: str, version: int) -> str:
    """What a version of a report is called where it is approved."""
    return f"{season}/{version}/{visit}"


def report_versions(session: Session, season: dt.date, visit: str) -> list[tuple[StoredReport, str]]:
    """All versions of a visit's report, the newest first, with the name of whoever wrote each."""
    wanted = (
        select(StoredReport, Token.name)
        .join(Token, StoredReport.token_id == Token.id)
        .where(StoredReport.season == season, StoredReport.visit == visit)
        .order_by(StoredReport.version.desc())
    )
    return [(row[0], row[1]) for row in session.execute(wanted)]


def put_report(
    database: Database,
    season: dt.date,
    visit: str,
    report: str,
    token: str,
    replaces: int,
    require_sound: Callable[[Session], None] = lambda session: None,
) -> tuple[StoredReport, bool]:
    """Put a report in the place of version ``replaces`` (0: the first), and whether that was new.

    Putting what stands there already changes nothing: an answer that was lost can be asked for again, and what was
    approved stays so where nothing is said otherwise.
    ``require_sound`` looks before at the reports that stand; none other is put meanwhile. What it raises goes on.

    Raises:
        ReportOvertaken: another version stands there.
    """
    try:
        with database.write(deciding=True) as session:
            current = newest_report(session, season, visit)
            if current is not None and (current.version, current.report) == (replaces, report):
                return current, False
            if (current.version if current else 0) == replaces:
                require_sound(session)
                made = StoredReport(
                    season=season, visit=visit, version=replaces + 1, report=report, token_id=token, reported_at=now()
                )
                session.add(made)
                return made, True
    except IntegrityError:  # the primary key has the last word
        with database.read() as session:
            current = newest_report(session, season, visit)
    if current is not None and (current.version, current.report, current.token_id) == (replaces + 1, report, token):
        return current, False
    raise ReportOvertaken(current)


def file_reports(
    database: Database,
    season: dt.date,
    token: str,
    chosen: Callable[[Session], Sequence[tuple[str, str, int]]],
) -> None:
    """Put several reports at once, all or none: visit, report, and the version that each replaces.

    ``chosen`` looks at the reports that stand; none other is put meanwhile. What it raises goes on.
    """
    with database.write(deciding=True) as session:
        for visit, report, replaces in chosen(session):
            session.add(
                StoredReport(
                    season=season, visit=visit, version=replaces + 1, report=report, token_id=token, reported_at=now()
                )
            )


def attach(
    database: Database, season: dt.date, visit: str, name: str, media: str, content: bytes, token: str, most: int
) -> tuple[Attachment, bool]:
    """Keep a file with a visit, and whether it was new; the same content is kept once.

    Raises:
        TooMany: the visit has ``most`` already.
    """
    digest = hashlib.sha256(content).hexdigest()
    with database.write(deciding=True) as session:
        mine = select(Attachment).where(Attachment.season == season, Attachment.visit == visit)
        found = session.scalar(mine.where(Attachment.hash == digest))
        if found is not None:
            return found, False
        if (session.scalar(select(func.count()).select_from(mine.subquery())) or 0) >= most:
            raise TooMany
        made = Attachment(
            id=new_id(), season=season, visit=visit, hash=digest, name=name, media=media,
            size=len(content), content=content, token_id=token, attached_at=now(),
        )  # fmt: skip
        session.add(made)
        return made, True


def attachments(session: Session, season: dt.date, visit: str) -> list[Attachment]:
    """The files kept with a visit, the oldest first."""
    mine = select(Attachment).where(Attachment.season == season, Attachment.visit == visit)
    return list(session.scalars(mine.order_by(Attachment.attached_at, Attachment.id)))


def attachment(session: Session, id_: str) -> tuple[Attachment, bytes] | None:
    """A file with its content."""
    found = session.get(Attachment, id_)
    return None if found is None else (found, found.content)


def approve(database: Database, kind: str, subject: str, token: str) -> tuple[Approval, bool]:
    """Keep that something is approved, and whether that was new; the first approval stands."""
    with database.write(deciding=True) as session:
        found = session.get(Approval, (kind, subject))
        if found is not None:
            return found, False
        made = Approval(kind=kind, subject=subject, token_id=token, approved_at=now())
        session.add(made)
        return made, True


def approval_of(session: Session, kind: str, subject: str) -> tuple[Approval, str] | None:
    """The approval of something, with the name of who approved it; None where nobody did."""
    wanted = select(Approval, Token.name).join(Token, Approval.token_id == Token.id)
    found = session.execute(wanted.where(Approval.kind == kind, Approval.subject == subject)).first()
    return None if found is None else (found[0], found[1])


def approvals(session: Session, kind: str | None = None) -> list[tuple[Approval, str]]:
    """What is approved, the newest first, with the name of who approved it."""
    wanted = select(Approval, Token.name).join(Token, Approval.token_id == Token.id)
    if kind is not None:
        wanted = wanted.where(Approval.kind == kind)
    return [(row[0], row[1]) for row in session.execute(wanted.order_by(Approval.approved_at.desc()))]
