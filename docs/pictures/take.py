"""Take the pictures of the pages from a planned calendar: ``python docs/pictures/take.py out/calendar.html``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
#: picture -> the part of the page that it shows, and how high
PICTURES = {"calendar.png": ("#en-months", 860), "map.png": ("#en-map", 860)}
WIDTH = 1240


def take(page_file: Path) -> None:
    """Write every picture beside this file, from the English page in ``page_file``."""
    browser_path = next(
        filter(None, map(shutil.which, ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")))
    )
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page()
        for name, (part, height) in PICTURES.items():
            page.set_viewport_size({"width": WIDTH, "height": height})
            page.goto(f"{page_file.resolve().as_uri()}#en-months")
            page.add_style_tag(content="nav { display: none !important }")
            for _ in range(3):  # parts above take their height only once they have been near the window
                page.locator(part).evaluate("part => scrollTo(0, part.getBoundingClientRect().top + scrollY - 12)")
                page.wait_for_timeout(400)
            page.screenshot(path=HERE / name)
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]))
