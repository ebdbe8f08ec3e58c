"""Paper: how many sheets a view of the sample office takes, counted in the PDF that chromium makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from api.service.reading import read_tables
from api.settings import Settings
from api.storage.database import Database
from api.storage.problems import keep_problem
from api.storage.publications import publish
from api.storage.tokens import create_token
from models.plan import Plan

from .house import House, Served, finished

SAMPLE = Path(__file__).parents[2] / "data" / "khonkaen"
#: points of an A4 sheet on its side
A4 = (842, 595)


@pytest.fixture(scope="module")
def sample(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The sample office with the plan that its reports are about."""
    folder = tmp_path_factory.mktemp("sample")
    served = Served(Settings(database=f"sqlite:///{folder}/patithin.db", rate="100000/minute"))
    database: Database = served.app.state.service.database
    database.migrate()
    row, _ = keep_problem(database, read_tables(SAMPLE)[0])
    plan = Plan.model_validate_json((SAMPLE / "reports" / "plan.json").read_text(encoding="utf-8"))
    token, secret = create_token(database, "Planner", "planner")
    made = finished(database, token.id, row.id, plan)
    publish(database, made, token.id, 0)
    served.start()
    house = House(browser, served.address, database, row.id, made, {"planner": secret})
    yield house
    house.leave()
    served.stop()


def sheets(pdf: bytes) -> list[tuple[int, int]]:
    """The sizes of the sheets of a PDF, in points."""
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == len(re.findall(rb"/MediaBox", pdf))
    return [(round(float(box[1])), round(float(box[2]))) for box in re.finditer(rb"/MediaBox \[0 0 (\S+) (\S+)\]", pdf)]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_week_is_one_sheet_and_a_month_too(sample: House, lang: str) -> None:
    """The busiest week has 40 visits on 19 tours; a window that is narrow prints the same."""
    page = sample.page(f"/?lang={lang}&week=2012-W35")
    page.wait_for_selector(".week .stop")
    for width in (1360, 640):
        page.set_viewport_size({"width": width, "height": 820})
        assert sheets(page.pdf(prefer_css_page_size=True)) == [A4], f"{width} px wide"
    page.goto(f"{sample.address}/?lang={lang}&view=month&week=2012-W35")
    page.wait_for_selector(".monthtour a")
    assert sheets(page.pdf(prefer_css_page_size=True)) == [A4]
