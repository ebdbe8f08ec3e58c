"""The database: connections that keep what was answered, short transactions, migrations, and locks between processes.

SQLite writes begin at once (``BEGIN IMMEDIATE``), so that two writers queue instead of failing, and are synced before
they return; within a process they queue for a lock of ours, in a row that ends, so that those who read never wait
behind them. A lock held here is freed by the system the moment its process dies, however it dies.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final, Protocol

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from api.storage.file import File

#: names of locks between processes -> their numbers in PostgreSQL
LOCKS = {"migrate": 726_001, "engine": 726_002}
#: what serializes decisions that count rows and then write, within PostgreSQL transactions
_DECIDING = 726_003
#: seconds that a writer waits for others, and that one waits who must not give up: the engine
PATIENCE, ENDURANCE = 5.0, 120.0
#: kilobytes of the file that each connection keeps; the system keeps all of it, for all of them
CACHE = 500
#: writers of this process that wait at once; further ones are told to come back
MOST_WAITING = 16

#: whether who writes in this context must not give up
patient: Final[ContextVar[bool]] = ContextVar("patient", default=False)


class Busy(Exception):
    """Too many want to write, or another process does not let go of the database."""


class Held(Protocol):
    """A lock that is held."""

    def still(self) -> bool:
        """Whether it is still ours; a database that restarts forgets its locks."""


class Database:
    """One database by its SQLAlchemy ``url``.

    Raises:
        OSError: the file of an SQLite database cannot be made or used.
        ImportError: the driver of the database is not installed.
    """

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self.sqlite = self._url.get_backend_name() == "sqlite"
        self._writing, self._waiting = threading.Lock(), threading.BoundedSemaphore(MOST_WAITING)
        self._file: File | None = None
        where = self._url
        if self.sqlite:
            self._file = File(Path(self._url.database or "patithin.db"))
            options: dict[str, Any] = {"connect_args": {"timeout": PATIENCE}}
            where = self._url.set(database=f"file:{self._file.quoted}", query={"mode": "rw", "uri": "true"})
        else:
            if self._url.drivername == "postgresql":
                where = self._url.set(drivername="postgresql+psycopg")
            limits = f"-c lock_timeout={round(PATIENCE * 1000)} -c statement_timeout={round(ENDURANCE * 1000)}"
            connect = {"connect_timeout": 5, "options": limits, "tcp_user_timeout": round(ENDURANCE * 1000)}
            options = {"pool_pre_ping": True, "connect_args": connect}
        self._reads = create_engine(where, pool_size=16, max_overflow=32, hide_parameters=True, **options)
        if self.sqlite:
            event.listen(self._reads, "connect", _prepare_sqlite)
            event.listen(self._reads, "begin", _begin_sqlite)
        else:
            event.listen(self._reads, "begin", _begin_postgresql)
        self._writes = self._reads.execution_options(writes=True)

    def __str__(self) -> str:
        return self._url.render_as_string(hide_password=True)

    @property
    def engine(self) -> Engine:
        """The engine below, for migrations and tests."""
        return self._reads

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads, one consistent state.

        Raises:
            Gone: the file is not where it was.
        """
        self._look()
        with Session(self._reads, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self, *, deciding: bool = False) -> Iterator[Session]:
        """A session that commits when it ends well; ``deciding``: no other such session at the same time.

        Raises:
            Busy: it would have to wait longer than it may.
            Gone: the file is not where it was.
        """
        self._look()
        with self._turn(), Session(self._writes, expire_on_commit=False) as session, session.begin():
            if deciding and not self.sqlite:
                session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _DECIDING})
            yield session

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """The turn to write: SQLite has one writer at a time, and its own way to wait is not fair."""
        if not self.sqlite:
            yield
            return
        enduring = patient.get()
        if not enduring and not self._waiting.acquire(blocking=False):
            raise Busy
        try:
            if not self._writing.acquire(timeout=ENDURANCE if enduring else PATIENCE):
                raise Busy
            try:
                yield
            except OperationalError as error:
                if _locked(error):
                    raise Busy from error
                raise
            finally:
                self._writing.release()
        finally:
            if not enduring:
                self._waiting.release()

    def _look(self) -> None:
        """See that the file is the one that it was; another one in its place is used from now on."""
        if self._file is not None and self._file.changed():
            self._reads.dispose()

    def ping(self) -> None:
        """Raise an SQLAlchemy error, or ``Gone``, where the database does not answer."""
        self._look()
        with self._reads.connect() as connection:
            connection.execute(text("SELECT 1"))

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to ``revision``; a database that is there already is left alone.

        Raises:
            NewerTables: a newer version of this software made them.
        """
        from api.storage.migrating import at_head, migrate

        if revision == "head" and at_head(self._reads):
            return
        with self.hold("migrate", wait=True):
            migrate(self._writes, revision)

    @contextmanager
    def hold(self, name: str, *, wait: bool = False) -> Iterator[Held | None]:
        """Hold the lock ``name`` of this database; None where another process has it and we do not ``wait``."""
        if self._file is not None:
            with _file_lock(self._file, name, wait) as held:
                yield held
            return
        with self._reads.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            number = {"number": LOCKS[name]}
            if wait:
                connection.execute(text("SET lock_timeout = 0"))
                connection.execute(text("SELECT pg_advisory_lock(:number)"), number)
            elif not connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), number):
                yield None
                return
            try:
                yield _Advisory(connection)
                with suppress(SQLAlchemyError):  # at once: the server sees a moment later that a connection was closed
                    connection.execute(text("SELECT pg_advisory_unlock(:number)"), number)
            finally:
                connection.invalidate()  # closing the connection frees the lock, whatever state it is in

    def close(self) -> None:
        """Close all connections."""
        self._reads.dispose()


class _Advisory:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def still(self) -> bool:
        try:
            self._connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True


class _FileLock:
    def __init__(self, file: File, path: Path, descriptor: int) -> None:
        self._file, self._path, self._descriptor = file, path, descriptor

    def still(self) -> bool:
        """Whether the lock is still that of the file in this place."""
        try:
            mine, there = os.fstat(self._descriptor), self._path.stat()
        except OSError:
            return False
        return os.path.samestat(mine, there) and self._file.there


@contextmanager
def _file_lock(file: File, name: str, wait: bool) -> Iterator[Held | None]:
    path = file.path.with_name(f"{file.path.name}.{name}")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield None
            return
        yield _FileLock(file, path, descriptor)
    finally:
        os.close(descriptor)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says so, not where the driver guesses
    cursor = connection.cursor()
    wait = round(PATIENCE * 1000)
    cache = f"cache_size=-{CACHE}"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={wait}", cache):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if not connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN")
        return
    deadline = time.monotonic() + (ENDURANCE if patient.get() else 0.0)
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if not _locked(error) or time.monotonic() >= deadline:
                raise
        else:
            return


def _begin_postgresql(connection: Connection) -> None:
    if patient.get():
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(ENDURANCE * 1000)}")


def _locked(error: OperationalError) -> bool:
    return "locked" in str(error.orig)
