from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from support.browsers import opened

from api.settings import Settings
from api.storage.database import Database

from .house import House, Left, Served, furnish
from .working import Works, serving

expect.set_options(timeout=90_000)  # the first question starts the process that answers it


@pytest.fixture(scope="package")
def driver() -> Iterator[Playwright]:
    """The driver of browsers, for these modules: its loop runs as long, and other modules have loops of their own."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(driver: Playwright) -> Iterator[Browser]:
    made = opened(driver)
    yield made
    made.close()


@pytest.fixture(scope="package")
def left(browser: Browser) -> Left:
    """Pages of the browser that are left to the next test, whichever house it looks at."""
    return Left()


@pytest.fixture(scope="module")
def house(
    browser: Browser, left: Left, staying_asides: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house for a module's tests; what they publish stays for the next."""
    folder = tmp_path_factory.mktemp("house")
    settings = Settings(database=f"sqlite:///{folder}/patithin.db", rate="100000/minute")
    served = Served(settings, port=left.port)
    database: Database = served.app.state.service.database
    database.migrate()
    problem, plan, secrets = furnish(database, folder / "office")
    served.start()
    made = House(browser, served.address, database, problem, plan, secrets, left)
    yield made
    made.leave()
    served.stop()


@pytest.fixture(scope="module")
def works(browser: Browser, left: Left, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Works]:
    """The small office planned, with an engine."""
    yield from serving(browser, tmp_path_factory.mktemp("works"), furnished=True, left=left)


@pytest.fixture(autouse=True)
def _tidy(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test its pages are closed, and none of them may have met an error."""
    yield
    for name in {"house", "works"} & set(request.fixturenames):
        home: House = request.getfixturevalue(name)
        home.leave()
        errors = home.errors.copy()
        home.errors.clear()
        assert not errors
