from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from support.postgres import server
from support.serving import Desk, idle

from api.service.app import create_app
from api.service.aside import Aside
from api.settings import Settings
from api.storage.database import Database
from api.storage.tokens import create_token


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, on each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/patithin.db"
    import psycopg

    base = str(request.getfixturevalue("postgres"))
    with psycopg.connect(base, autocommit=True) as connection:  # emptied: a new one for each test takes its time
        connection.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()"
        )
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return base


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A database with its tables."""
    made = Database(url)
    made.migrate()
    yield made
    made.close()


@pytest.fixture(scope="module", autouse=True)
def unwarmed(staying_asides: None) -> Iterator[None]:
    """Nothing is loaded ahead: each test would start processes that it has no use for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Aside, "warm", lambda self, *about, **most: None)
        yield


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with its tables and nothing in them: making them takes ten times as long as a copy."""
    path = tmp_path_factory.mktemp("tables") / "patithin.db"
    made = Database(f"sqlite:///{path}")
    made.migrate()
    made.close()
    return path


@pytest.fixture
def settings(tmp_path: Path, tables: Path) -> Settings:
    return settled(tmp_path, tables)


def settled(folder: Path, tables: Path) -> Settings:
    """Settings of a service with an empty database in ``folder``."""
    shutil.copy(tables, folder / "patithin.db")
    return Settings(database=f"sqlite:///{folder}/patithin.db")


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    """A planner's desk at a service whose runs the test ends itself."""
    with opened(settings) as desk:
        yield desk


@pytest.fixture(scope="module")
def reading_desk(tmp_path_factory: pytest.TempPathFactory, tables: Path) -> Iterator[Desk]:
    """A desk that the tests of a module share, who only read there."""
    with opened(settled(tmp_path_factory.mktemp("reading"), tables)) as desk:
        yield desk


@contextmanager
def opened(settings: Settings) -> Iterator[Desk]:
    app = create_app(settings, idle)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        service = app.state.service
        yield Desk(client, service, create_token(service.database, "test", "planner")[1])
