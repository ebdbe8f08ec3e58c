"""The tables. Documents (problems, offices, plans) are kept as the JSON text of the contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar, Final, Literal, get_args

from sqlalchemy import (
    JSON,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from optimizer.replanning.proposals import Kind

#: states of a run; the first two are of runs that are not over
State = Literal["queued", "running", "done", "cancelled", "failed"]
STATES: Final[tuple[State, ...]] = get_args(State)
QUEUED, RUNNING, DONE, CANCELLED, FAILED = STATES
UNFINISHED: Final = (QUEUED, RUNNING)
#: kinds of a run's events
ACCEPTED, STARTED, PROGRESS, INTERRUPTED, CANCELLING, ENDED = (
    "accepted", "started", "progress", "interrupted", "cancelling", "ended",
)  # fmt: skip
#: who may do what: planners all, the head of office reads all, officers read their own published calendar, viewers the
#: whole published one
Role = Literal["planner", "head", "officer", "viewer"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
PLANNER, HEAD, OFFICER, VIEWER = ROLES


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC, in databases with and without time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """UTC without its zone, as it is kept."""
        return None if value is None else value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The moment as an aware datetime."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


class Damageable(TypeDecorator[Any]):
    """JSON that is None where its text was damaged: one such row must not fail every list that it stands in."""

    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """What reads a value as the database keeps it."""
        read = super().result_processor(dialect, coltype)

        def process(value: Any) -> Any:
            try:
                return read(value) if read is not None else value
            except ValueError:
                return None

        return process


class Table(DeclarativeBase):
    """The base of all tables."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {dt.datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON}


class Token(Table):
    """Who may come in: the hash of a token, never the token. ``officer`` is set for the role officer."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(String(16))
    officer: Mapped[str | None] = mapped_column(String(200))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]


class Invitation(Table):
    """A one-time link to a token that does not exist yet; kept as a hash.

    ``first``: it was printed at the start because nobody may plan yet, and is void once somebody may. ``token_id`` is
    that of the planner who made it, where one did.
    """

    __tablename__ = "invitations"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(String(16))
    officer: Mapped[str | None] = mapped_column(String(200))
    first: Mapped[bool]
    token_id: Mapped[str | None] = mapped_column(ForeignKey("tokens.id"))
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime | None]


class SignIn(Table):
    """A browser that came in: what its cookie stands for, kept as a hash, until it signs out or the time is up."""

    __tablename__ = "sign_ins"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    token_id: Mapped[str] = mapped_column(ForeignKey("tokens.id"))
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]


class StoredProblem(Table):
    """A problem and, where it came from tables, its office. The id follows from the content."""

    __tablename__ = "problems"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text)
    office: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[dt.datetime]


class StoredTables(Table):
    """The tables that a problem was made from, as ``visit-office/1``; ``office`` is the hash of the office in them.

    ``workbook``: the file itself, where they came as one. Problems that are made of another, by a change or a what-if,
    have the same office and find its tables by that.
    """

    __tablename__ = "problem_tables"

    problem_id: Mapped[str] = mapped_column(ForeignKey("problems.id"), primary_key=True)
    office: Mapped[str] = mapped_column(String(64), index=True)
    document: Mapped[str] = mapped_column(Text)
    workbook: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[dt.datetime]


class WhatIf(Table):
    """That a problem is a changed copy of the problem ``base``, made to see what would be."""

    __tablename__ = "what_ifs"

    problem_id: Mapped[str] = mapped_column(ForeignKey("problems.id"), primary_key=True)
    base_id: Mapped[str] = mapped_column(ForeignKey("problems.id"))


class StoredPlan(Table):
    """A run and, once it has ended well, its plan; a replanning run has proposals instead, each of them such a plan.

    ``attempts`` counts how often the run was started, ``lost_workers`` how many workers died over it. ``events`` is
    the number of the last event. ``faults`` says why a run failed, as :mod:`api.storage.faults` has it.
    """

    __tablename__ = "plans"
    __table_args__ = (UniqueConstraint("token_id", "idempotency_key"), Index("plans_by_state", "state", "created_at"))

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    problem_id: Mapped[str] = mapped_column(ForeignKey("problems.id"))
    token_id: Mapped[str] = mapped_column(ForeignKey("tokens.id"))
    idempotency_key: Mapped[str | None] = mapped_column(String(200))
    request: Mapped[dict[str, Any]]
    state: Mapped[State] = mapped_column(String(16), default=QUEUED)
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    lost_workers: Mapped[int] = mapped_column(default=0)
    events: Mapped[int] = mapped_column(default=0)
    plan: Mapped[str | None] = mapped_column(Text, deferred=True)
    summary: Mapped[dict[str, Any] | None]
    faults: Mapped[list[Any] | None]
    created_at: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]


class StoredProposal(Table):
    """What a replanning run proposes: a plan of its own, and what is proven of the moves it makes.

    ``least``: no plan moves fewer visits; ``proven``: this one moves just so many.
    """

    __tablename__ = "proposals"

    run_id: Mapped[str] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id"), unique=True)
    kind: Mapped[Kind] = mapped_column(String(20))
    least: Mapped[int]
    proven: Mapped[bool]


class Draft(Table):
    """A plan that a planner made from its ``parent`` by hand, by ``moves``; like every plan it is never changed.

    ``broken`` is what the referee says against it, by language, empty for a plan that may be published; ``name`` is the
    planner's.
    """

    __tablename__ = "drafts"

    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    parent_id: Mapped[str] = mapped_column(ForeignKey("plans.id"), index=True)
    moves: Mapped[list[Any]] = mapped_column(Damageable)
    broken: Mapped[list[Any]] = mapped_column(Damageable)
    name: Mapped[str | None] = mapped_column(String(200))


class Event(Table):
    """Something that happened to a run, numbered from 1 without holes."""

    __tablename__ = "events"

    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    data: Mapped[dict[str, Any]]
    at: Mapped[dt.datetime]


class Publication(Table):
    """The plan people act on from ``published_at`` on, until the next version; never changed."""

    __tablename__ = "publications"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id"))
    token_id: Mapped[str] = mapped_column(ForeignKey("tokens.id"))
    published_at: Mapped[dt.datetime]


class Feed(Table):
    """A subscription of one officer's or one cooperative's published calendar; its secret is kept as a hash."""

    __tablename__ = "feeds"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    officer: Mapped[str | None] = mapped_column(String(200))
    cooperative: Mapped[str | None] = mapped_column(String(200))
    lang: Mapped[str] = mapped_column(String(2))
    token_id: Mapped[str] = mapped_column(ForeignKey("tokens.id"))
    created_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]


class StoredReport(Table):
    """One version of the report of a visit, never changed; the newest one counts.

    ``season`` is the first workday of the plan's problem: it tells the visits of one quarter from those of the next.
    """

    __tablename__ = "reports"

    season: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    visit: Mapped[str] = mapped_column(String(200), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    report: Mapped[str] = mapped_column(Text)
    token_id: Mapped[str] = mapped_column(ForeignKey("tokens.id"))
    reported_at: Mapped[dt.datetime]


class Attachment(Table):
    """A file that belongs to the report of a visit; ``media`` is what its first bytes say it is."""

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("season", "visit", "hash"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    season: Mapped[dt.date] = mapped_column(Date)
    visit: Mapped[str] = mapped_column(String(200))
    hash: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    media: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    token_id: Mapped[str] = mapped_column(ForeignKey("tokens.id"))
    attached_at: Mapped[dt.datetime]


class Approval(Table):
    """That the head of office approved something, and when; ``subject`` names the very version."""

    __tablename__ = "approvals"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    subject: Mapped[str] = mapped_column(String(250), primary_key=True)
    token_id: Mapped[str] = mapped_column(ForeignKey("tokens.id"))
    approved_at: Mapped[dt.datetime]
