"""The curve of a run's cost, drawn while it goes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from api.service.reading import read_tables
from api.settings import Settings
from api.storage import plans
from api.storage.problems import keep_problem
from api.storage.tokens import create_token
from models.plan import Plan

from .house import House, Served
from .office import planned


@pytest.fixture
def bare(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Plan]]:
    """A house with the small office read, a run asked for that goes on as the test says, and the plan to end with."""
    folder = tmp_path_factory.mktemp("bare")
    served = Served(Settings(database=f"sqlite:///{folder}/patithin.db", rate="100000/minute"))
    database = served.app.state.service.database
    database.migrate()
    _, plan = planned(folder / "office")
    problem, _ = keep_problem(database, read_tables(folder / "office")[0])
    token, secret = create_token(database, "Planner", "planner")
    run, _ = plans.accept(database, token.id, problem.id, {"seconds": 60.0, "gap": None}, None, plans.Room(50, 50))
    served.start()
    made = House(browser, served.address, database, problem.id, run.id, {"planner": secret})
    yield made, plan
    made.leave()
    served.stop()
    assert not made.errors


def test_the_first_plans_curve_goes_on_where_the_calendar_opens_beside_it(bare: tuple[House, Plan]) -> None:
    """The first start and the panel beside the calendar are two places that show one run: the second knew no point."""
    house, plan = bare
    attempt = plans.start(house.database, house.plan)
    assert attempt is not None
    page = house.page(f"/?lang=en&panel=plan&run={house.plan}")
    for seconds, cost in ((1, 1500.0), (2, 1400.0), (3, 1300.0)):
        gap = 0.9 if seconds < 3 else 0.2  # the figures say of the first that the bound is not known yet
        told = {"seconds": float(seconds), "cost": cost, "bound": 1000.0, "gap": gap, "share": seconds / 60}
        assert plans.progress(house.database, house.plan, attempt.attempt, told)
        expect(page.locator(".start .running [role=status]")).to_contain_text(f"{seconds} s")
        expect(page.locator(".start .boundline")).to_have_count(1 if seconds == 3 else 0)
    drawn = page.locator(".costline")
    first = drawn.get_attribute("points")
    assert first is not None and len(first.split()) == 3
    assert plans.finish(house.database, house.plan, attempt.attempt, plan)
    expect(page.locator(".desk")).to_be_visible()
    expect(page.locator(".desk .running .costline")).to_have_attribute("points", first)
