"""The file of an SQLite database: one whatever leads to it, nobody else's to read, moved, replaced, locked, too new."""

from __future__ import annotations

import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy import text
from starlette.testclient import TestClient
from support.builders import problem
from support.serving import Idle, idle

from api.service import state
from api.service.app import create_app
from api.settings import Settings
from api.storage import database as module
from api.storage.database import Busy, Database
from api.storage.file import Gone
from api.storage.opening import open_database
from api.storage.tokens import create_token, list_tokens
from models.faults import InvalidInput


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "patithin.db"


@pytest.fixture
def kept(path: Path) -> Iterator[Database]:
    made = open_database(Settings(database=f"sqlite:///{path}"))
    yield made
    made.close()


def code_of(url: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        open_database(Settings(database=url))
    return caught.value.faults[0].code


def test_only_its_owner_reads_it(kept: Database, path: Path) -> None:
    create_token(kept, "t", "planner")
    with kept.hold("engine"):
        files = list(path.parent.iterdir())
    assert len(files) > 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    path.chmod(0o644)
    Database(f"sqlite:///{path}").close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_paths_to_one_file_are_one_database(kept: Database, path: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "linked.db"
    link.parent.mkdir()
    link.symlink_to(path)
    other = Database(f"sqlite:///{link}")
    with kept.hold("engine") as mine, other.hold("engine") as theirs:
        assert mine is not None
        assert theirs is None
    other.close()
    (tmp_path / "hard.db").hardlink_to(path)
    assert code_of(f"sqlite:///{tmp_path}/hard.db") == "file-unwritable"


def test_a_file_that_is_moved_is_missed_and_found_again(kept: Database, path: Path) -> None:
    create_token(kept, "before", "planner")
    with kept.hold("engine") as held:
        assert held is not None and held.still()
        moved = path.rename(path.with_name("moved.db"))
        assert not held.still()
        with pytest.raises(Gone):
            create_token(kept, "into the void", "planner")
        with pytest.raises(Gone):
            kept.ping()
        assert not path.exists(), "no empty file takes its place"
        moved.rename(path)
        assert held.still()
    assert [token.name for token in list_tokens(kept)] == ["before"]


def test_a_copy_that_is_put_in_its_place_is_used(kept: Database, path: Path, tmp_path: Path) -> None:
    create_token(kept, "before", "planner")
    with closing(sqlite3.connect(path)) as now, closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        now.backup(copy)
    create_token(kept, "after the copy", "planner")
    for file in path.parent.glob("patithin.db-*"):
        file.unlink()
    (tmp_path / "copy.db").rename(path)
    assert [token.name for token in list_tokens(kept)] == ["before"]


def test_the_service_says_that_its_file_is_gone_and_recovers(path: Path) -> None:
    app = create_app(Settings(database=f"sqlite:///{path}"), idle)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        assert client.get("/readyz").status_code == 200
        moved = path.rename(path.with_name("moved.db"))
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (503, "service-unready")
        moved.rename(path)
        assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("pragma", "cause"),
    [
        ("max_page_count = 1", "The disk of the database is full."),  # no page more than it has
        ("query_only = ON", "The disk of the database can only be read."),
    ],
)
def test_the_service_says_what_the_disk_does_not_let_it_do(path: Path, pragma: str, cause: str) -> None:
    app = create_app(Settings(database=f"sqlite:///{path}"), idle)
    database = app.state.service.database
    token = create_token(database, "planner", "planner")[1]
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False, headers=headers) as client:
        sqlalchemy.event.listen(
            database.engine, "connect", lambda connection, _: connection.execute(f"PRAGMA {pragma}")
        )
        database.engine.dispose()
        answer = client.post("/v1/problems", json=problem(name="x" * 20_000).to_dict())
        fault = answer.json()["errors"][0]
        assert (answer.status_code, fault["code"], fault["cause"]) == (503, "service-unready", cause)
        assert answer.headers["Retry-After"]
        told = {"Accept-Language": "th"}
        thai = client.post("/v1/problems", json=problem(name="x" * 20_000).to_dict(), headers=told).json()
        assert thai["errors"][0]["cause"].startswith("ดิสก์ของฐานข้อมูล")
        assert client.get("/v1/problems").json() == []


def test_behind_a_foreign_lock_writers_give_up_and_readers_do_not_wait(
    kept: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    kept.engine.dispose()
    results: list[str] = []

    def write() -> None:
        try:
            create_token(kept, "t", "planner")
            results.append("written")
        except Busy:
            results.append("busy")

    with closing(sqlite3.connect(path, isolation_level=None)) as foreign:
        foreign.execute("BEGIN IMMEDIATE")
        writers = [threading.Thread(target=write) for _ in range(45)]
        for writer in writers:
            writer.start()
        assert list_tokens(kept) == []
        for writer in writers:
            writer.join()
        assert results == ["busy"] * 45
        foreign.execute("ROLLBACK")
    write()
    assert results[-1] == "written"


def test_who_must_not_give_up_waits_for_a_foreign_lock(
    kept: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    kept.engine.dispose()
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as foreign:
        foreign.execute("BEGIN IMMEDIATE")
        threading.Timer(0.5, foreign.execute, ["ROLLBACK"]).start()
        token = module.patient.set(True)
        try:
            create_token(kept, "engine", "planner")
        finally:
            module.patient.reset(token)
    assert len(list_tokens(kept)) == 1


def test_a_database_of_a_newer_version_is_left_alone(kept: Database, path: Path) -> None:
    with kept.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert code_of(f"sqlite:///{path}") == "database-newer"


def test_what_cannot_be_opened_is_told_without_a_trace(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("this is no database, but long enough to be read as one" * 20)
    assert code_of(f"sqlite:///{tmp_path}/text.db") == "service-unready"
    assert code_of(f"sqlite:///{tmp_path}") == "file-unwritable"
    assert code_of("sqlite:////proc/nowhere/patithin.db") == "file-unwritable"


def test_an_engine_that_cannot_start_is_told_and_tried_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "FIRST_WAIT", 0.05)
    tries: list[str] = []
    may_start = threading.Event()

    def difficult(database: Database, settings: Settings, on_event: Callable[[str], None]) -> Idle:
        tries.append(app.state.service.engine_state)
        if not may_start.is_set():
            raise MemoryError
        return idle(database, settings, on_event)

    app = create_app(Settings(database=f"sqlite:///{path}"), difficult)
    with TestClient(app, base_url="http://localhost") as client:
        while len(tries) < 2:
            time.sleep(0.01)
        told = client.get("/readyz")
        assert (told.status_code, told.json()["engine"]) == (503, "could not start (MemoryError), tries again")
        may_start.set()
        while client.get("/readyz").status_code != 200:
            time.sleep(0.01)
