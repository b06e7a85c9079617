"""``respgraph.view`` in a notebook and in what is exported from one: a sandboxed frame that holds the whole page."""

from __future__ import annotations

import html
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import respgraph
from respgraph.view import Page


@pytest.fixture(scope="module")
def page(cases: ModuleType) -> Page:
    return respgraph.view(cases.hostile(), title="</iframe><script>window.hacked=1</script>", height=500)


def test_verb_is_called_and_the_package_stays_a_package() -> None:
    from respgraph.view import write_view

    assert callable(respgraph.view)
    assert respgraph.write_view is write_view


def test_frame_is_sandboxed_and_gives_the_page_back_when_unescaped(page: Page) -> None:
    frame = page._repr_html_()
    found = re.fullmatch(r'<iframe title="([^"<>]*)" sandbox="([^"]*)" [^<>]* srcdoc="([^"<>]*)"></iframe>', frame)
    assert found is not None
    assert html.unescape(found[3]) == page.html
    assert "allow-scripts" in found[2]
    assert "allow-same-origin" not in found[2]
    assert "allow-top-navigation" not in found[2]
    assert 'height="500"' in frame


def test_what_a_terminal_shows_is_short(page: Page) -> None:
    assert len(repr(page)) < 300


def test_exported_notebook_shows_the_page_and_runs_nothing_else(page: Page, browser: Any, tmp_path: Path) -> None:
    shell = import_module("IPython.core.interactiveshell").InteractiveShell.instance()
    nbformat, nbconvert = import_module("nbformat"), import_module("nbconvert")
    data, _ = shell.display_formatter.format(page)
    output = nbformat.v4.new_output("execute_result", data=data, execution_count=1)
    cell = nbformat.v4.new_code_cell("respgraph.view(graph)", outputs=[output])
    exporter = nbconvert.HTMLExporter(mathjax_url="", require_js_url="")
    body, _ = exporter.from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    exported = tmp_path / "notebook.html"
    exported.write_text(body, encoding="utf-8")

    opened = browser.new_context(viewport={"width": 1300, "height": 900}).new_page()
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(exported.as_uri())
    assert opened.locator("iframe").count() == 1
    frame = opened.frame_locator("iframe")
    frame.locator("#t-table").click()
    frame.locator("#p-table tbody tr >> nth=0").click()
    assert frame.locator("#evidence mark").inner_text().endswith("said it.")
    assert frame.locator("#do-link").is_hidden()  # a frame's address leads nowhere
    with opened.expect_download() as waiting:
        frame.locator("#do-csv").click()
    waiting.value.save_as(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").startswith('"id","type"')
    assert opened.evaluate("() => window.hacked") is None
    assert opened.frames[1].evaluate("() => window.hacked ?? null") is None
    assert (
        opened.frames[1].evaluate("() => { try { return parent.document.title } catch (error) { return null } }")
        is None
    )
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
    opened.context.close()


def test_view_opens_an_address_and_narrows_by_keywords(cases: ModuleType, tmp_path: Path) -> None:
    graph = tmp_path / "g.nq"
    graph.write_text(cases.nquads(cases.border(cases.flood())), encoding="utf-8")
    page = respgraph.view(graph, speaker=["Mira Solt", "author"], type="responsibility")
    assert (page.claims, page.total, page.title) == (
        1,
        23,
        "Who opened the gates? A valley asks after the night of the flood",
    )
    assert page.save(tmp_path / "p.html").read_text(encoding="utf-8") == page.html
    with pytest.raises(respgraph.RespgraphError, match=r"g\.nq: there is no actor 'Mira'"):
        respgraph.view(str(graph), actor="Mira")
