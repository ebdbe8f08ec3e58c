from __future__ import annotations

from collections.abc import Iterator
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


@pytest.fixture(autouse=True)
def unwarmed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is loaded ahead: each test would start processes that it has no use for."""
    monkeypatch.setattr(Aside, "warm", lambda self, *about, **most: None)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database=f"sqlite:///{tmp_path}/patithin.db")


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    """A planner's desk at a service whose runs the test ends itself."""
    app = create_app(settings, idle)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        service = app.state.service
        yield Desk(client, service, create_token(service.database, "test", "planner")[1])
