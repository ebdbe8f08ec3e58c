"""The browser with which tests look at pages."""

from __future__ import annotations

import shutil
from typing import Final

from playwright.sync_api import Browser, Playwright

#: the first that is there is taken: without a window and a graphics card the same takes half of the processor's time
NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def opened(driver: Playwright) -> Browser:
    """A browser that was started."""
    found = next(filter(None, map(shutil.which, NAMES)))
    return driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
