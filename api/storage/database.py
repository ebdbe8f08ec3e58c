"""The database: connections that keep what was answered, short transactions, migrations, and locks between processes.

SQLite writes begin at once (``BEGIN IMMEDIATE``), so that two writers queue instead of failing, and are synced before
they return. A lock held here is freed by the system the moment its process dies, however it dies.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session

#: names of locks between processes -> their numbers in PostgreSQL
LOCKS = {"migrate": 726_001, "engine": 726_002}
#: what serializes decisions that count rows and then write, within PostgreSQL transactions
_DECIDING = 726_003


class Held(Protocol):
    """A lock that is held."""

    def still(self) -> bool:
        """Whether it is still ours; a database that restarts forgets its locks."""


class Database:
    """One database by its SQLAlchemy ``url``."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self.sqlite = self._url.get_backend_name() == "sqlite"
        if self.sqlite:
            self._path = Path(self._url.database or "patithin.db").absolute()
            self._path.parent.mkdir(parents=True, exist_ok=True)
            options: dict[str, Any] = {"connect_args": {"timeout": 30}}
        else:
            if self._url.drivername == "postgresql":
                self._url = self._url.set(drivername="postgresql+psycopg")
            options = {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}
        self._reads = create_engine(self._url, pool_size=16, max_overflow=32, hide_parameters=True, **options)
        if self.sqlite:
            event.listen(self._reads, "connect", _prepare_sqlite)
            event.listen(self._reads, "begin", _begin_sqlite)
        self._writes = self._reads.execution_options(writes=True)

    def __str__(self) -> str:
        return self._url.render_as_string(hide_password=True)

    @property
    def engine(self) -> Engine:
        """The engine below, for migrations and tests."""
        return self._reads

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads, one consistent state."""
        with Session(self._reads, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self, *, deciding: bool = False) -> Iterator[Session]:
        """A session that commits when it ends well; ``deciding``: no other such session at the same time."""
        with Session(self._writes, expire_on_commit=False) as session, session.begin():
            if deciding and not self.sqlite:
                session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _DECIDING})
            yield session

    def ping(self) -> None:
        """Raise an SQLAlchemy error where the database does not answer."""
        with self._reads.connect() as connection:
            connection.execute(text("SELECT 1"))

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to ``revision``; a database that is there already is left alone."""
        from api.storage.migrating import at_head, migrate

        if revision == "head" and at_head(self._reads):
            return
        with self.hold("migrate", wait=True):
            migrate(self._writes, revision)

    @contextmanager
    def hold(self, name: str, *, wait: bool = False) -> Iterator[Held | None]:
        """Hold the lock ``name`` of this database; None where another process has it and we do not ``wait``."""
        if self.sqlite:
            with _file_lock(self._path.with_name(f"{self._path.name}.{name}"), wait) as held:
                yield held
            return
        with self._reads.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            number = {"number": LOCKS[name]}
            if wait:
                connection.execute(text("SELECT pg_advisory_lock(:number)"), number)
            elif not connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), number):
                yield None
                return
            try:
                yield _Advisory(connection)
            finally:
                connection.invalidate()  # closing the connection frees the lock, whatever state it is in

    def close(self) -> None:
        """Close all connections."""
        self._reads.dispose()


class _Advisory:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def still(self) -> bool:
        from sqlalchemy.exc import SQLAlchemyError

        try:
            self._connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True


class _FileLock:
    def still(self) -> bool:
        return True


@contextmanager
def _file_lock(path: Path, wait: bool) -> Iterator[Held | None]:
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield None
            return
        yield _FileLock()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says so, not where the driver guesses
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
