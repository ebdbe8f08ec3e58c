"""An officer's page without a line: it opens, the report is written, and it is sent once when the line is back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Page, expect
from starlette.testclient import TestClient
from support.serving import idle

from api.page.shell import shell
from api.service.app import create_app
from api.settings import Settings
from api.storage.database import Database
from api.storage.reports import newest_reports

from .house import House, Served, furnish

#: the paths of all that is in the browser's caches
KEPT = """async () => {
  const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const kept = await Promise.all(caches_.map((cache) => cache.keys()));
  return kept.flat().map((one) => new URL(one.url).pathname);
}"""


def photograph(name: str, start: bytes, size: int = 2_000) -> FilePayload:
    """A file as a phone's camera gives it."""
    return {"name": name, "mimeType": "image/png", "buffer": start.ljust(size, b"0")}


def with_a_worker(page: Page) -> None:
    """Wait until the shell is kept, and the forms of the week."""
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('patithin.kept.form.'))")


def test_the_page_opens_where_there_is_no_service_and_its_report_is_sent_once(browser: Browser, tmp_path: Path) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path}/patithin.db", rate="100000/minute")
    served = Served(settings)
    database: Database = served.app.state.service.database
    database.migrate()
    problem, plan, secrets = furnish(database, tmp_path / "office")
    served.start()
    house = House(browser, served.address, database, problem, plan, secrets)
    try:
        page = house.page("/?lang=th", "officer", phone=True)
        with_a_worker(page)
        served.stop()
        page.close()
        page = house.opened[0].new_page()  # the browser was closed and opened again, in a village
        page.goto(f"{house.address}/?lang=th")
        page.locator(".mystop .reporting").first.click()
        page.get_by_label("ข้อสังเกต").fill("เขียนในหมู่บ้านที่ไม่มีสัญญาณ")
        page.locator("form.report input[type=file]").set_input_files(
            [photograph("หน้าร้าน.png", b"\x89PNG\r\n\x1a\n"), photograph("ไม่ใช่ภาพ.png", b"GIF89a")]
        )
        page.get_by_role("button", name="ส่งรายงาน").click()
        expect(page.locator(".reportstate")).to_contain_text("รอส่ง")
        expect(page.locator(".waitingfile")).to_have_count(2)
        page.locator("form.report input[type=file]").set_input_files(photograph("ใหญ่.png", b"0", 5_000_001))
        expect(page.locator("form.report .faults")).to_contain_text("ใหญ่กว่า 5 MB")
        page.reload()  # and it outlives this, too
        expect(page.locator(".mystop .reporting").first).to_contain_text("รอส่ง")
        served = Served(settings, port=served.port)
        page.locator(".mystop .reporting").first.click()
        expect(page.locator(".waitingfile")).to_have_count(2)
        served.start()
        expect(page.locator(".mystop .reporting").first).to_contain_text("ส่งแล้ว ฉบับที่ 1")
        expect(page.locator(".waitingfile")).to_have_count(0)
        expect(page.locator("form.report li a")).to_have_text(["หน้าร้าน.png"])
        expect(page.locator("form.report .faults")).to_contain_text("attachment-type")  # told, and not tried again
        page.reload()
        page.locator(".mystop .reporting").first.click()
        expect(page.locator("form.report li a")).to_have_text(["หน้าร้าน.png"])
        expect(page.locator(".waitingfile")).to_have_count(0)
        with served.app.state.service.database.read() as session:
            (report,) = newest_reports(session, dt.date(2012, 8, 1))
        assert report.version == 1 and "ไม่มีสัญญาณ" in report.report
    finally:
        house.leave()
        served.stop()


def test_files_of_the_page_are_kept_and_no_data(house: House) -> None:
    page = house.page("/?lang=en", "officer", phone=True)
    with_a_worker(page)
    kept = set(page.evaluate(KEPT))
    assert "/" in kept and all(path == "/" or path.startswith(f"/page/{shell().digest}/") for path in kept)
    context = house.opened[0]
    context.set_offline(True)
    page.reload()
    expect(page.locator(".agenda")).to_be_visible()
    context.set_offline(False)
    page.evaluate("fetch('/v1/session', {method: 'DELETE'})")
    page.reload()  # signed out: what was kept of the officer is gone
    expect(page.locator(".stranger")).to_be_visible()
    assert not page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('patithin.kept.'))")


def test_who_is_no_officer_keeps_nothing(house: House) -> None:
    page = house.page("/?lang=en", "planner")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert page.evaluate(KEPT) == []


def test_the_worker_names_its_version_and_runs_nothing_foreign(tmp_path: Path) -> None:
    app = create_app(Settings(database=f"sqlite:///{tmp_path}/patithin.db"), idle)
    with TestClient(app, base_url="http://localhost") as client:
        answer = client.get("/offline.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["content-security-policy"] == "default-src 'none'; connect-src 'self'"
    assert f"/page/{shell().digest}/" in answer.text and "importScripts" not in answer.text
