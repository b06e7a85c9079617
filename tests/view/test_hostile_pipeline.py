"""The whole way with texts that try to break out: build, check, query, view, open in Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

TEXTS = {
    "markup": """# <script>window.hacked=1</script> report </title><img src=x onerror="window.hacked=2">

The Ministry of <b onmouseover="window.hacked=3">Rivers</b> said the Karsh Company must pay for the flood.
</script><script>window.hacked=4</script> The Ministry of Rivers blamed the Karsh Company for the </textarea> flood.
<!-- The Karsh Company denied it was responsible for the flood. --><svg/onload=window.hacked=5>
[The city](javascript:window.hacked=6) must act. {{ 7*7 }} ${window.hacked=7} The ministry must act.
""",
    "injection": """# "> . <http://e.org/x> } ; DROP ALL

Mr. Bobby'); DROP TABLE said the city must pay. The <http://a b/c> Council blamed =cmd|' /C calc'!A0 for the flood.
The \"\"\" . resp:x } Ministry said the \\u0000 Company \\ must pay. @SUM(A1) must pay. The +1 Agency must act.
""",
    "scripts": "\U0001f600\U0001f468\u200d\U0001f469 e\u0301\u0301 \U0001d517\U0001d525\U0001d522 "
    "\u202eThe ministry\u202c said \u0627\u0644\u0634\u0631\u0643\u0629 must pay for the flood. "
    "\u90e8\u9577 said the city must act.\u2028"
    "The ministry\u2029 blamed the \x07 company for the \x0c flood. "
    "\U0001f3f3\ufe0f\u200d\U0001f308 The city must pay.\n" * 3,
    "rows": "The ministry said:\n\n| <img src=x onerror=window.hacked=8> | =1+1 |\n|---|---|\n| the | flood |\n\n"
    "- **</script>:** The city must pay.\n- **'\"><svg onload=window.hacked=9>:** The city should act.\n",
}  # fmt: skip


@pytest.fixture(scope="module", params=TEXTS)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The graph and the page of a text, made by the commands a user gives; the file has a hostile name, too."""
    from respgraph.cli import main

    folder = tmp_path_factory.mktemp("hostile")
    source = folder / "<img src=x onerror='window.hacked=10'>.md"
    source.write_text(TEXTS[request.param], encoding="utf-8")
    graph, page = folder / "g.trig", folder / "p.html"
    for arguments in (
        ["build", source, "-o", graph],
        ["check", graph],
        ["query", graph, "obligations", "-f", "csv"],
        ["view", graph, "-o", page],
        ["report", graph, "--title", "</title><script>window.hacked=11</script>", "-o", folder / "report.html"],
        ["matrix", graph, "--of", "duties", "-o", folder / "matrix.html"],
        ["matrix", graph, "--raci", "-o", folder / "raci.html"],
    ):
        done = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert done.exit_code == 0, done.output
        if arguments[0] == "query":
            assert not [line for line in done.stdout.splitlines() if line.startswith(("=", "+", "-", "@"))]
    return graph, page


def test_page_of_a_hostile_text_runs_nothing_and_asks_for_nothing(written: tuple[Path, Path], browser: Any) -> None:
    page = browser.new_context().new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(written[1].as_uri() + "#off=none")
    lines = page.evaluate("() => respgraph.lines()")
    assert lines
    for tab in ("network", "matrix", "flow", "table", "conflicts", "source"):
        page.click(f"#t-{tab}")
    page.click("#t-table")
    for button in page.query_selector_all("#p-table button")[:20]:
        if button.is_visible():
            button.click()
    page.click("#t-network")
    for line in lines[:20]:
        spot = page.evaluate("(id) => respgraph.spot(id)", line["id"])
        page.mouse.click(spot["x"], spot["y"])
    assert page.evaluate("() => window.hacked") is None
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert page.query_selector_all("img, iframe, object, embed, a[href^='javascript:']") == []
    page.context.close()


@pytest.mark.parametrize("name", ["report", "matrix", "raci"])
def test_paper_of_a_hostile_text_runs_nothing_and_asks_for_nothing(
    written: tuple[Path, Path], browser: Any, name: str
) -> None:
    page = browser.new_context().new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto((written[1].parent / f"{name}.html").as_uri())
    assert page.inner_text("h1")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390, "a phone has to scroll sideways"
    for link in page.query_selector_all("a"):
        assert (link.get_attribute("href") or "").startswith("#")
    page.hover("h1")
    assert page.evaluate("() => window.hacked") is None
    assert said == []
    assert len(asked) == 1
    assert page.query_selector_all("script, img, iframe, object, embed, form") == []
    page.context.close()


def test_words_are_marked_where_they_stand(written: tuple[Path, Path], browser: Any) -> None:
    """Offsets survive emoji, marks and every kind of white space on their way into the page."""
    from respgraph.store import open_graph

    page = browser.new_context().new_page()
    page.goto(written[1].as_uri())
    data = page.evaluate("() => JSON.parse(document.getElementById('data').textContent)")
    found = {
        "".join(data["documents"][claim["doc"]]["text"].encode("utf-16-le")[2 * a : 2 * b].decode("utf-16-le"))
        for claim in data["claims"]
        for a, b in [claim["at"]]
    }
    graph = open_graph(written[0])
    quotes = graph.query(
        "SELECT ?quote { GRAPH ?g { ?c a resp:Claim ; resp:evidence/oa:hasSelector/oa:exact ?quote } }"
    )
    assert {q.replace("\x07", "\ufffd").replace("\x0c", "\ufffd") for q in (s["quote"].value for s in quotes)} == {
        f.replace("\x0c", "\ufffd") for f in found
    }
    page.context.close()
