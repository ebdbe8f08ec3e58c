"""Behind a lock of somebody else on PostgreSQL: writers give up, readers do not wait, the engine endures."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from api.storage import database as module
from api.storage.database import Database
from api.storage.tokens import create_token, list_tokens


@pytest.fixture
def url(postgres: str) -> str:
    name = f"w{secrets.token_hex(6)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return str(postgres).replace("/postgres?", f"/{name}?")


@pytest.fixture
def kept(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    made = Database(url)
    made.migrate()
    yield made
    made.close()


def test_writers_give_up_and_readers_do_not_wait(kept: Database, url: str) -> None:
    with psycopg.connect(url) as foreign:
        foreign.execute("LOCK TABLE tokens IN EXCLUSIVE MODE")
        with pytest.raises(OperationalError, match="lock"):
            create_token(kept, "t", "planner")
        assert list_tokens(kept) == []
    create_token(kept, "t", "planner")
    assert len(list_tokens(kept)) == 1


def test_who_must_not_give_up_waits(kept: Database, url: str) -> None:
    with psycopg.connect(url) as foreign:
        foreign.execute("LOCK TABLE tokens IN EXCLUSIVE MODE")
        threading.Timer(1.0, foreign.commit).start()
        token = module.patient.set(True)
        try:
            create_token(kept, "engine", "planner")
        finally:
            module.patient.reset(token)
    assert len(list_tokens(kept)) == 1


def test_a_migration_waits_for_another_one_however_long(kept: Database, url: str) -> None:
    began, done = threading.Event(), threading.Event()

    def migrating() -> None:
        other = Database(url)
        began.set()
        with other.hold("migrate", wait=True):
            done.set()
        other.close()

    with kept.hold("migrate", wait=True):
        waiting = threading.Thread(target=migrating)
        waiting.start()
        began.wait()
        assert not done.wait(1.0)
    assert done.wait(30.0)
    waiting.join()
