"""A house whose service is a process of its own, with an engine: it can be killed and started again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
from playwright.sync_api import Browser
from support.processes import Process, free_port

from api.storage.database import Database

from .house import House, Left, furnish


class Works(House):
    """A house whose service is a process of its own."""

    process: Process

    def kill(self) -> None:
        self.process.kill()

    def start(self) -> None:
        self.process.start()
        self.wait()

    def wait(self) -> None:
        for _ in range(600):
            try:
                if httpx2.get(f"{self.address}/readyz").status_code == 200:
                    return
            except httpx2.TransportError:
                pass
            time.sleep(0.1)
        raise TimeoutError(self.process.log)


def serving(
    browser: Browser, folder: Path, furnished: bool, office: str = "", left: Left | None = None
) -> Iterator[Works]:
    port = free_port()
    url = f"sqlite:///{folder}/patithin.db"
    problem, plan, secrets = "", "", {"": ""}
    database = Database(url)
    database.migrate()
    if furnished:
        problem, plan, secrets = furnish(database, folder / "office")
    environment = {"PATITHIN_DATABASE": url, "PATITHIN_WORKERS": "1", "PATITHIN_RATE": "100000/minute"}
    command = ["api.cli", "serve", *([office] if office else []), "--port", str(port)]
    made = Works(browser, f"http://127.0.0.1:{port}", database, problem, plan, secrets, left or Left())
    made.process = Process(folder / "log", environment, *command)
    made.start()
    yield made
    made.leave()
    made.process.clear()
    database.close()
