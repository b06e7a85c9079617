"""Take the README's picture anew: ``python graphs/picture.py`` (needs a Chromium; nothing is fetched)."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

CASE = Path(__file__).resolve().parent / "flood"


def main() -> None:
    """Open the page of the flood case without a network and write what one sees."""
    browsers = ("chromium", "chromium-browser", "google-chrome")
    program = next(path for name in browsers if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(viewport={"width": 1200, "height": 700}, offline=True).new_page()
        page.goto((CASE / "view.html").as_uri())
        page.wait_for_timeout(1500)
        page.screenshot(path=CASE / "view.png")
        browser.close()


if __name__ == "__main__":
    main()
