"""Graphs of our own texts, and a real Chromium for the tests of the page."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CHROMIUM = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]


def load_cases() -> ModuleType:
    """Load cases.py by path: pytest's importlib mode puts no test folder on the path."""
    if "view_cases" not in sys.modules:
        spec = importlib.util.spec_from_file_location("view_cases", Path(__file__).with_name("cases.py"))
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules["view_cases"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules["view_cases"]


@pytest.fixture(scope="session")
def cases() -> ModuleType:
    return load_cases()


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[[list[str]], Any]]:
    """Start a Chromium with these flags. The driver, one a process, talks over pipes and a Unix socket pair."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium, chromium-browser or google-chrome on the path")
    with sync_api.sync_playwright() as playwright:
        yield lambda flags: playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=flags)


@pytest.fixture(scope="session")
def browser(launch: Callable[[list[str]], Any]) -> Iterator[Any]:
    """A Chromium without a network of its own."""
    chromium = launch(FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def gl_browser(launch: Callable[[list[str]], Any]) -> Iterator[Any]:
    """A Chromium that draws WebGL in software."""
    chromium = launch([flag for flag in FLAGS if flag != "--disable-gpu"] + WEBGL)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def pages(cases: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The written pages, by name of the case."""
    from rdflib import Dataset

    from respgraph.view import write_view

    folder = tmp_path_factory.mktemp("pages")
    graphs = {
        "flood": cases.flood(),
        "two": cases.border(cases.flood()),
        "hostile": cases.hostile(),
        "crowd": cases.crowd(480),
        "years": cases.years(),
        "papers": cases.papers(),
        "border": cases.border(),
        "textless": cases.textless(),
        "empty": Dataset(),
    }
    return {name: write_view(graph, folder / f"{name}.html") for name, graph in graphs.items()}


class Opened:
    """A page in the browser, with what it complained about and asked for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("console", self.note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def note(self, message: Any) -> None:
        """Keep what the console says, without the browser's own remark that it draws WebGL without a GPU."""
        if "GL Driver Message" not in message.text:
            self.errors.append(f"{message.type}: {message.text}")


@pytest.fixture
def show(browser: Any, pages: dict[str, Path]) -> Iterator[Callable[..., Opened]]:
    """Open a page by name: ``show("flood", "#tab=table", width=390)``."""
    contexts = []

    def open_page(name: str, hash_: str = "", width: int = 1280, height: int = 800, scheme: str = "light") -> Opened:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        context.set_default_timeout(8000)
        opened = Opened(context.new_page())
        opened.page.goto(pages[name].as_uri() + hash_)
        return opened

    yield open_page
    for context in contexts:
        context.close()
