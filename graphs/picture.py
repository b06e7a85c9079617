"""Take the README's picture anew: ``python graphs/picture.py`` (needs a Chromium; nothing is fetched).

A test takes it again and compares: the picture shows the page as it is.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

CASE = Path(__file__).resolve().parent / "flood"
SIZE = {"width": 1200, "height": 660}


def take(browser: Any, target: Path) -> None:
    """Open the page of the flood case without a network, choose its first charge, and write what one sees."""
    page = browser.new_context(viewport=SIZE, offline=True).new_page()
    page.goto((CASE / "view.html").as_uri())
    page.keyboard.press("]")
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)
    page.screenshot(path=target)
    page.context.close()


def main() -> None:
    """Write graphs/flood/view.png."""
    from playwright.sync_api import sync_playwright

    browsers = ("chromium", "chromium-browser", "google-chrome")
    program = next(path for name in browsers if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        take(browser, CASE / "view.png")
        browser.close()


if __name__ == "__main__":
    main()
