"""The map on tiles that an installation names: from its server or its file, never from anybody else."""

from __future__ import annotations

import gzip
import struct
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient
from support.serving import idle

from api.service.app import create_app
from api.settings import Settings, read_settings
from api.storage.database import Database
from api.storage.tokens import create_token
from models.faults import InvalidInput

from .house import House, Served, furnish

#: a picture of one pixel
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf500f00038101807f"
    "3fcd5a0000000049454e44ae426082"
)


def archive(path: Path) -> Path:
    """A file of tiles with one empty tile of the whole world, as version 3 of the format has it."""
    tile, about = gzip.compress(b"", mtime=0), gzip.compress(b"{}", mtime=0)
    entries = gzip.compress(bytes([1, 0, 1, len(tile), 1]), mtime=0)  # one entry: id 0, run 1, its length, offset 0 + 1
    at = 127
    leaf = at + len(entries) + len(about)
    header = b"PMTiles\x03" + struct.pack(
        "<11Q", at, len(entries), at + len(entries), len(about), leaf, 0, leaf, len(tile), 1, 1, 1
    )
    header += bytes([1, 2, 2, 1, 0, 0]) + struct.pack("<4i", -1800000000, -850000000, 1800000000, 850000000)
    header += bytes([0]) + struct.pack("<2i", 0, 0)
    assert len(header) == 127
    path.write_bytes(header + entries + about + tile)
    return path


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A tile server, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(PIXEL)

        def log_message(self, *_: object) -> None:
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.daemon_threads = False
    Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_address[1]}", asked
    made.shutdown()
    made.server_close()


def housed(browser: Browser, folder: Path, tiles: str) -> tuple[House, Served]:
    settings = Settings(
        database=f"sqlite:///{folder}/patithin.db",
        rate="100000/minute",
        tiles=tiles,
        tiles_attribution="Made for a test",
    )
    served = Served(settings)
    database: Database = served.app.state.service.database
    database.migrate()
    problem, plan, secrets = furnish(database, folder / "office")
    served.start()
    return House(browser, served.address, database, problem, plan, secrets), served


def mapped(house: House) -> Page:
    """The map of a day with tours, and every address that was asked for."""
    page = house.page("/?lang=en&view=map")
    expect(page.locator(".tilemap .stopmark").first).to_be_visible()
    expect(page.locator(".tilemap")).to_contain_text("Made for a test")
    return page


def test_tiles_of_a_server_lie_below_the_tours(browser: Browser, server: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = server
    house, served = housed(browser, tmp_path, f"{address}/{{z}}/{{x}}/{{y}}.png")
    try:
        page = mapped(house)
        expect(page.locator(".tilemap img.leaflet-tile-loaded").first).to_be_attached()
        page.locator(".tilemap .stopmark").first.click()
        expect(page.locator(".panel.visitpanel")).to_be_visible()
        assert asked and all(path.endswith(".png") for path in asked)
        assert not house.errors
    finally:
        house.leave()
        served.stop()


def test_tiles_of_a_file_come_from_the_service_itself(browser: Browser, tmp_path: Path) -> None:
    house, served = housed(browser, tmp_path, str(archive(tmp_path / "kk.pmtiles")))
    try:
        context = house.sign_in()
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{house.address}/?lang=en&view=map")
        expect(page.locator(".tilemap canvas").first).to_be_attached()
        assert any(url.endswith("/tiles.pmtiles") for url in asked)
        assert all(url.startswith(house.address) for url in asked)
        assert not house.errors
    finally:
        house.leave()
        served.stop()


def test_without_tiles_nothing_of_them_is_loaded(house: House) -> None:
    context = house.sign_in()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{house.address}/?lang=en&view=map")
    page.wait_for_selector("svg.map")
    assert not [url for url in asked if "leaflet" in url or "tiles" in url]


def test_the_policy_names_the_server_that_is_set_and_no_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/patithin.db"
    named = Settings(database=url, tiles="https://tiles.example.org/{z}/{x}/{y}.png")
    with TestClient(create_app(named, idle), base_url="http://localhost") as client:
        assert "img-src 'self' data: https://tiles.example.org;" in client.get("/").headers["content-security-policy"]
        assert client.get("/tiles.pmtiles").status_code == 401
    with TestClient(create_app(Settings(database=url), idle), base_url="http://localhost") as client:
        assert "img-src 'self' data:;" in client.get("/").headers["content-security-policy"]


def test_the_file_is_told_by_ranges_to_those_who_may_read(tmp_path: Path) -> None:
    path = archive(tmp_path / "kk.pmtiles")
    settings = Settings(database=f"sqlite:///{tmp_path}/patithin.db", tiles=str(path))
    app = create_app(settings, idle)
    with TestClient(app, base_url="http://localhost") as client:
        app.state.service.database.migrate()
        secret = create_token(app.state.service.database, "v", "viewer")[1]
        headers = {"Authorization": f"Bearer {secret}", "Range": "bytes=0-6"}
        part = client.get("/tiles.pmtiles", headers=headers)
        assert (part.status_code, part.content) == (206, b"PMTiles")


@pytest.mark.parametrize(
    "wrong",
    ["nowhere.pmtiles", "https://tiles.example.org/", "https:///{z}/{x}/{y}", "https://a.b/{z}/{x}/{y}; script-src *"],
)
def test_what_is_no_place_of_tiles_is_refused_at_the_start(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATITHIN_TILES", wrong)
    with pytest.raises(InvalidInput) as refused:
        read_settings()
    assert [(fault.code, fault.where) for fault in refused.value.faults] == [("option-value", "PATITHIN_TILES")]
