from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from support.processes import free_port
from support.serving import idle

from api.service.app import create_app
from api.service.reading import read_tables
from api.service.state import RunnerOf
from api.settings import Settings
from api.storage import plans
from api.storage.database import Database
from api.storage.problems import keep_problem
from api.storage.publications import publish
from api.storage.tokens import create_token
from models.plan import Plan
from page.office import planned

expect.set_options(timeout=30_000)  # the first question starts the process that answers it

DESK = {"width": 1360, "height": 820}
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    """The driver of browsers, for a module: its loop runs as long, and other modules have loops of their own."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(driver: Playwright) -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    opened = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
    yield opened
    opened.close()


@dataclass
class House:
    """A service with the small office planned and published, and browsers signed in to it."""

    browser: Browser
    address: str
    database: Database
    problem: str
    plan: str
    secrets: dict[str, str]
    opened: list[BrowserContext] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def sign_in(self, role: str = "planner", phone: bool = False, scheme: str = "light") -> BrowserContext:
        """A browser of somebody of this role; what goes wrong in its pages is kept in ``errors``."""
        size = PHONE if phone else DESK
        made = self.browser.new_context(
            viewport={"width": size["width"], "height": size["height"]}, has_touch=phone, is_mobile=phone,
            color_scheme="dark" if scheme == "dark" else "light", permissions=["clipboard-read", "clipboard-write"],
        )  # fmt: skip
        made.set_default_timeout(30_000)
        made.request.post(f"{self.address}/v1/session", headers={"Authorization": f"Bearer {self.secrets[role]}"})
        made.on("weberror", lambda error: self.errors.append(str(error.error)))
        made.on("console", lambda said: self.errors.append(said.text) if _wrong(said.type, said.text) else None)
        self.opened.append(made)
        return made

    def page(self, path: str = "/", role: str = "planner", **options: object) -> Page:
        """A page at ``path``, with its board on show."""
        opened = self.sign_in(role, **options).new_page()  # type: ignore[arg-type]  # handed on as it came
        opened.goto(self.address + path)
        opened.wait_for_selector(".desk, .agenda, main.page:not(:has(> .waiting))")
        return opened

    def leave(self) -> None:
        """Close what was opened."""
        for each in self.opened:
            each.close()
        self.opened.clear()


def _wrong(kind: str, text: str) -> bool:
    """Whether the console tells of a fault of the page; a refusal that the page shows itself is none."""
    return kind == "error" and "Failed to load resource" not in text


class Served:
    """An application in a thread, by default with a runner that runs nothing."""

    def __init__(self, settings: Settings, runner_of: RunnerOf = idle, port: int | None = None) -> None:
        self.port = port = port or free_port()
        self.app = create_app(settings, runner_of)
        config = uvicorn.Config(self.app, port=port, log_config=None, loop="asyncio", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self.address = f"http://127.0.0.1:{port}"

    def start(self) -> None:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)

    def stop(self) -> None:
        self.app.state.service.stop_listening()
        self._server.should_exit = True
        self._thread.join(20)


def furnish(database: Database, path: Path, publishing: bool = True) -> tuple[str, str, dict[str, str]]:
    """The small office planned in a database: the ids of problem and plan, and a token for each role."""
    _, plan = planned(path)
    row, _ = keep_problem(database, read_tables(path)[0])
    token, secret = create_token(database, "Planner", "planner")
    others = {role: create_token(database, role, role)[1] for role in ("head", "viewer")}
    others["officer"] = create_token(database, "สมชาย", "officer", plan.tours[0].crew[0])[1]
    others["second"] = create_token(database, "Second", "planner")[1]
    id_ = finished(database, token.id, row.id, plan)
    if publishing:
        publish(database, id_, token.id, 0)
    return row.id, id_, {"planner": secret} | others


def finished(database: Database, token: str, problem: str, plan: Plan) -> str:
    """A run that has ended with ``plan``."""
    request = {"seconds": 1.0, "gap": None, "seed": 1, "deterministic": True}
    row, _ = plans.accept(database, token, problem, request, None, plans.Room(50, 50))
    run = plans.start(database, row.id)
    assert run is not None
    assert plans.finish(database, row.id, run.attempt, plan)
    return row.id


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house for a module's tests; what they publish stays for the next."""
    folder = tmp_path_factory.mktemp("house")
    settings = Settings(database=f"sqlite:///{folder}/patithin.db", rate="100000/minute")
    served = Served(settings)
    database: Database = served.app.state.service.database
    database.migrate()
    problem, plan, secrets = furnish(database, folder / "office")
    served.start()
    made = House(browser, served.address, database, problem, plan, secrets)
    yield made
    made.leave()
    served.stop()


@pytest.fixture(autouse=True)
def _tidy(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test its pages are closed, and none of them may have met an error."""
    yield
    if "house" in request.fixturenames:
        home: House = request.getfixturevalue("house")
        home.leave()
        errors, home.errors = home.errors, []
        assert not errors


Opened = Callable[..., Page]
