"""Take the pictures of the planner's page from a plan of the sample: ``python docs/pictures/planner.py out``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from page.house import Served, finished
from playwright.sync_api import Page, sync_playwright

from api.settings import Settings
from api.storage.problems import Stated, keep_problem
from api.storage.publications import publish
from api.storage.tokens import create_token
from models.office import Office
from models.plan import Plan
from models.problem import Problem

HERE = Path(__file__).parent
DESK, PHONE = (1360, 820), (390, 844)


def dragged(page: Page) -> None:
    """A visit over another day, every day priced."""
    _lift(page)
    page.mouse.move(700, 420, steps=6)
    page.wait_for_timeout(400)


def dropped(page: Page) -> None:
    """The draft that a drop makes, opened."""
    _lift(page)
    day = page.locator(".strip .stripday:is(.dearer, .same, .cheaper)").last.bounding_box()
    assert day
    page.mouse.move(day["x"] + 8, day["y"] + 8, steps=6)
    page.mouse.up()
    page.locator(".draftbar .verdict").wait_for()
    page.locator(".draftbar button[aria-expanded]").click()
    page.wait_for_timeout(800)


def proposed(page: Page) -> None:
    """Proposals after an absence, the first on the board."""
    page.locator(".panel form button.main").click()
    page.wait_for_selector(".proposal", timeout=120_000)
    page.locator(".proposal button").first.click()
    page.wait_for_timeout(1_500)


def explained(page: Page) -> None:
    """A late visit: its days, why, and what would mend it."""
    page.locator(".tray .stop").first.click()
    page.wait_for_selector(".why .verdict", timeout=180_000)
    longer = page.get_by_role("button", name="Seek for")
    page.locator(".remedies li").or_(longer).first.wait_for(timeout=180_000)
    if longer.count():  # a busy machine tries less in the same time
        longer.click()
        page.wait_for_selector(".remedies li", timeout=180_000)
    page.locator(".remedies button").first.scroll_into_view_if_needed()


def _lift(page: Page) -> None:
    for stop in page.locator(".week .stop").all()[2:12]:
        box = stop.bounding_box()
        assert box
        page.mouse.move(box["x"] + 60, box["y"] + 10)
        page.mouse.down()
        page.mouse.move(box["x"] + 90, box["y"] + 50, steps=5)
        page.wait_for_selector(".strip .price:not(.waiting)", timeout=60_000)
        if page.locator(".strip .stripday:is(.dearer, .cheaper)").count() > 3:
            return
        page.keyboard.press("Escape")
        page.mouse.up()
    raise AssertionError("no visit of the week has several days with a price")


def nothing(page: Page) -> None:
    """The view as it is."""
    page.wait_for_timeout(800)


#: picture -> address, role, screen, colours, and what is done before it is taken
PICTURES: dict[str, tuple[str, str, tuple[int, int], str, Callable[[Page], None]]] = {
    "page.png": ("/?lang=en&week=2012-W36", "planner", DESK, "light", dragged),
    "page-th.png": ("/?lang=th&week=2012-W36", "planner", DESK, "light", dragged),
    "page-dark.png": ("/?lang=en&week=2012-W36", "planner", DESK, "dark", dropped),
    "page-draft.png": ("/?lang=en&week=2012-W36", "planner", DESK, "light", dropped),
    "page-why.png": ("/?lang=en", "planner", DESK, "light", explained),
    "page-map.png": ("/?lang=en&view=map&day=2012-09-06", "planner", DESK, "light", nothing),
    "page-officers.png": ("/?lang=en&view=officers", "planner", DESK, "light", nothing),
    "page-month.png": ("/?lang=th&view=month&month=2012-09", "planner", DESK, "light", nothing),
    "page-phone.png": ("/?lang=th&week=2012-W36", "officer", PHONE, "light", nothing),
    "page-proposals.png": (
        "/?lang=en&panel=changes&change=absent~{officer}~2012-09-03~2012-09-07&week=2012-W36", "planner", DESK, "light",
        proposed,
    ),
}  # fmt: skip


def main(out: Path, wanted: list[str]) -> None:
    """Write the pictures beside this file."""
    problem = Problem.model_validate_json((out / "problem.json").read_text(encoding="utf-8"))
    office = Office.model_validate_json((out / "office.json").read_text(encoding="utf-8"))
    plan = Plan.model_validate_json((out / "plan.json").read_text(encoding="utf-8"))
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")))
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        from api.service.app import engine

        served = Served(Settings(database=f"sqlite:///{folder}/patithin.db", workers=1), engine)
        database = served.app.state.service.database
        database.migrate()
        row, _ = keep_problem(database, Stated(problem, office))
        token, secret = create_token(database, "Planner", "planner")
        week = [tour for tour in plan.tours if "2012-09-03" <= tour.date.isoformat() <= "2012-09-07"]
        officer = min(week, key=lambda tour: (len(tour.crew), -len(tour.stops))).crew[0]
        secrets = {"planner": secret, "officer": create_token(database, "เจ้าหน้าที่ตัวอย่าง", "officer", officer)[1]}
        publish(database, finished(database, token.id, row.id, plan), token.id, 0)
        served.start()
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name, (path, role, (width, height), scheme, act) in PICTURES.items():
            if wanted and name not in wanted:
                continue
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light",
                device_scale_factor=1.5 if width > 500 else 2,
            )  # fmt: skip
            context.request.post(f"{served.address}/v1/session", headers={"Authorization": f"Bearer {secrets[role]}"})
            page = context.new_page()
            page.goto(served.address + path.format(officer=officer))
            page.wait_for_selector(".desk, .agenda")
            page.wait_for_timeout(1_000)
            act(page)
            page.screenshot(path=HERE / name)
            context.close()
        browser.close()
        served.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
