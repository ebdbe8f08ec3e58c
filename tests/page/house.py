"""A service with the small office planned and published, and browsers signed in to it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Error, Page
from support.processes import free_port
from support.serving import idle
from support.stored import finished

from api.service.app import create_app
from api.service.reading import read_tables
from api.service.state import RunnerOf
from api.settings import Settings
from api.storage.database import Database
from api.storage.problems import keep_problem
from api.storage.publications import publish
from api.storage.tokens import create_token
from page.office import planned

DESK = {"width": 1360, "height": 820}
PHONE = {"width": 360, "height": 740}
#: keeps what toasts say, since they go away by themselves: on a busy machine before anybody has looked
KEEP_TOASTS = """new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => {
  if (node.classList?.contains("toast")) (window.toasted ??= []).push(node.textContent);
}))).observe(document, { childList: true, subtree: true })"""


#: what a page may leave behind, other than cookies and what belongs to its tab
STORES = "local_storage,indexeddb,cache_storage,service_workers"


@dataclass
class Left:
    """Pages that tests have left as if they were new, by role and whether on a phone, and what went wrong in any."""

    pages: dict[tuple[str, bool], list[Page]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    #: where one house after the other is, so that the browser has the files of its page already
    port: int = field(default_factory=free_port)


@dataclass
class House:
    """A service with the small office planned and published, and browsers signed in to it."""

    browser: Browser
    address: str
    database: Database
    problem: str
    plan: str
    secrets: dict[str, str]
    #: shared by houses of one browser, one after the other
    left: Left = field(default_factory=Left)
    opened: list[BrowserContext] = field(default_factory=list)
    #: pages that :meth:`page` opened and that can be left as if they were new, by role and whether on a phone
    kept: list[tuple[tuple[str, bool], Page]] = field(default_factory=list)

    @property
    def errors(self) -> list[str]:
        """What went wrong in pages of the browser."""
        return self.left.errors

    def sign_in(self, role: str = "planner", phone: bool = False) -> BrowserContext:
        """A browser of somebody of this role; what goes wrong in its pages is kept in ``errors``."""
        size, errors = PHONE if phone else DESK, self.left.errors
        made = self.browser.new_context(
            viewport={"width": size["width"], "height": size["height"]}, has_touch=phone, is_mobile=phone,
            permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce",
        )  # fmt: skip
        made.set_default_timeout(90_000)
        made.add_init_script(KEEP_TOASTS)
        self._let_in(made, role)
        made.on("weberror", lambda error: errors.append(str(error.error)))
        made.on("console", lambda said: errors.append(said.text) if _wrong(said.type, said.text) else None)
        self.opened.append(made)
        return made

    def page(self, path: str = "/", role: str = "planner", phone: bool = False) -> Page:
        """A page at ``path``, with its board on show."""
        opened = self.sign_in(role, phone).new_page() if role == "officer" else self._left(role, phone)
        opened.goto(self.address + path)
        opened.wait_for_selector(".desk, .agenda, main.page:not(:has(> .waiting))")
        return opened

    def _left(self, role: str, phone: bool) -> Page:
        """A page that a test before has left, else a new one: in a new one the same takes four times as long.

        Not of officers, whose pages have a worker of their own.
        """
        if pages := self.left.pages.get((role, phone)):
            page = pages.pop()
            self.opened.append(page.context)
            self._let_in(page.context, role)
        else:
            page = self.sign_in(role, phone).new_page()
        self.kept.append(((role, phone), page))
        return page

    def _let_in(self, context: BrowserContext, role: str) -> None:
        context.request.post(f"{self.address}/v1/session", headers={"Authorization": f"Bearer {self.secrets[role]}"})

    def leave(self) -> None:
        """Close what was opened, apart from pages that can be left as if they were new."""
        for (role, phone), page in self.kept:
            try:
                self._empty(page, PHONE if phone else DESK)
            except Error:  # it was closed, or nobody answers it any more
                continue
            self.opened.remove(page.context)
            self.left.pages.setdefault((role, phone), []).append(page)
        for each in self.opened:
            each.close()
        self.kept.clear()
        self.opened.clear()

    def _empty(self, page: Page, size: dict[str, int]) -> None:
        """Bring a page back to what a new one is: nothing stored, nothing in its way, the mouse in its corner."""
        for other in page.context.pages:
            if other != page:
                other.close()
        page.unroute_all()
        page.context.set_offline(False)
        page.goto(f"{self.address}/readyz")  # of the same place, so that it stays in its process
        page.evaluate("sessionStorage.clear()")
        session = page.context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": self.address, "storageTypes": STORES})
        session.detach()
        page.context.clear_cookies()
        page.emulate_media(media="null", color_scheme="null")
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        page.mouse.move(0, 0)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what the selector names, as who has no mouse would."""
    for _ in range(400):
        if page.evaluate("selector => Boolean(document.activeElement?.matches(selector))", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {selector}")


def until_toasted(page: Page, text: str, seconds: float = 60.0) -> None:
    """Wait until a toast has said the text since the page was opened, whether it is still there or not."""
    asked = "(text) => (window.toasted ?? []).some((one) => one.includes(text))"
    page.wait_for_function(asked, arg=text, timeout=seconds * 1000)


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
            assert self._thread.is_alive(), "it could not be started"
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
