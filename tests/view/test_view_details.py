"""Details of the page that a reader relies on without thinking of them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from respgraph.view import write_view
from respgraph.view.network import ClaimNetwork

Show = Callable[..., Any]
SVG = "{http://www.w3.org/2000/svg}"
DATA = "() => JSON.parse(document.getElementById('data').textContent)"


def words(text: str) -> str:
    return " ".join(text.split())


def test_network_is_one_of_pyvis_that_writes_our_page_and_loads_nothing(tmp_path: Path) -> None:
    from pyvis.network import Network

    network = ClaimNetwork("Who & <why>")
    network.add_node(0, label="a", kind="actor", key="k", full="a", rows=["a"], size=14, w=60, h=30, x=0, y=0)
    network.set_page({"documents": []}, empty=True)
    network.write_html(str(tmp_path / "page.html"))
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert isinstance(network, Network)
    assert html.startswith("<!doctype html>")
    assert "<title>Who &amp; &lt;why&gt;</title>" in html
    assert "https://" not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def test_boxes_stay_where_the_file_puts_them(show: Show) -> None:
    page = show("flood").page
    nodes = page.evaluate(DATA)["nodes"]
    first = [page.evaluate("(id) => respgraph.box(id)", node["id"]) for node in nodes]
    page.wait_for_timeout(700)  # time enough for physics, if there were any
    assert first == [page.evaluate("(id) => respgraph.box(id)", node["id"]) for node in nodes]
    scale = (first[1]["x"] - first[0]["x"]) / (nodes[1]["x"] - nodes[0]["x"])
    for node, spot in zip(nodes, first, strict=True):
        for side in "xy":
            assert spot[side] - first[0][side] == pytest.approx((node[side] - nodes[0][side]) * scale, abs=0.5)


def test_kinds_of_boxes_have_shapes_of_their_own(show: Show) -> None:
    page = show("flood", "#off=none").page
    root = ET.fromstring(page.evaluate("() => respgraph.svg()"))
    looks: dict[str, set[tuple[str | None, str | None, str]]] = {}
    boxes = [part for part in root.iter(SVG + "rect") if part.get("rx")]
    drawn = {
        (n["w"], n["h"], round(n["x"] - n["w"] / 2), round(n["y"] - n["h"] / 2)): n["kind"]
        for n in page.evaluate(DATA)["nodes"]
    }
    for part in boxes:
        at = tuple(int(float(part.get(name) or 0)) for name in ("width", "height", "x", "y"))
        if at in drawn:
            round_ = "square" if float(part.get("rx") or 0) <= 5 else "round"
            looks.setdefault(drawn[at], set()).add((part.get("fill"), part.get("stroke-dasharray"), round_))
    assert {"actor", "matter", "factor", "response"} <= set(looks)
    assert all(len(found) == 1 for found in looks.values())
    assert len({min(found, key=str) for found in looks.values()}) == len(looks)


def test_legend_tells_each_family_by_colour_and_dash_with_its_count(show: Show) -> None:
    page = show("flood").page
    rows = page.eval_on_selector_all(
        "#legend li",
        "(all) => all.map((li) => [li.querySelector('path').getAttribute('stroke'), "
        "li.querySelector('path').getAttribute('stroke-dasharray'), Number(li.querySelector('.n').textContent)])",
    )
    assert len({(colour, dash) for colour, dash, _ in rows}) == len(rows) > 6
    assert sum(count for _, _, count in rows) == 18


def test_evidence_tells_who_where_when_and_how_it_was_read(show: Show) -> None:
    page = show("flood", "#tab=table").page
    page.click("#p-table button:has-text('ordered the release')")
    facts = dict(zip(
        page.locator("#evidence dt").all_inner_texts(), page.locator("#evidence dd").all_inner_texts(), strict=True
    ))  # fmt: skip
    assert page.inner_text("#evidence h2") == "Mira Solt \u2192 Ministry of Rivers"
    assert words(page.inner_text("#evidence .said")) == "holds responsible for ordering the release"
    assert facts["Said by"] == "Mira Solt (\u201ctold\u201d)"
    assert facts["Where"] == "Regional assembly"
    assert facts["When"] == "2024-04-11"
    assert facts["Confidence"].strip() == "77%"
    assert facts["Document"].startswith("Who opened the gates?")
    assert re.fullmatch(r"paragraph 3, characters \d+\u2013\d+", facts["Place"])
    assert facts["Read by"] == "responsibility.lies-with"
    before = page.get_attribute("#evidence", "data-claim")
    page.click("#evidence button:has-text('Next')")
    assert page.get_attribute("#evidence", "data-claim") != before
    page.click("#evidence button:has-text('Previous')")
    assert page.get_attribute("#evidence", "data-claim") == before
    page.click("#p-table button:has-text('was solely responsible')")
    assert "What others say on the same point" in page.inner_text("#evidence")


def test_spans_that_cross_are_both_marked(cases: ModuleType, browser: Any, tmp_path: Path) -> None:
    case = cases.Case("x.txt", "The mayor said the council must pay and the bank must lend at once.", "Crossing")
    council, bank = case.actor("Council"), case.actor("Bank")
    one, two = "the council must pay and the bank", "pay and the bank must lend"
    case.claim("obligation", one, bearer=council, content="pay", modality="Must")
    case.claim("obligation", two, bearer=bank, content="lend", modality="Must")
    page = browser.new_context().new_page()
    page.goto(write_view(case.dataset, tmp_path / "x.html").as_uri() + "#tab=source")
    marks = page.eval_on_selector_all(
        "#p-source .said-here", "(all) => all.map((span) => [span.textContent, span.dataset.claims])"
    )
    assert marks == [["the council must ", "0"], ["pay and the bank", "0 1"], [" must lend", "1"]]
    for text in (one, two):
        page.keyboard.press("]")
        lit = page.locator("#p-source .now").all_text_contents()
        assert "".join(lit) == text
    page.context.close()


def test_link_keeps_every_filter(show: Show) -> None:
    page = show("years").page
    page.fill("#q", "road")
    page.select_option("#speaker", label="Ada Berg (12)")
    page.select_option("#doc", index=2)
    page.fill("#from", "2015-01-01")
    page.fill("#to", "2020-12-31")
    page.evaluate(
        "() => { const min = document.getElementById('min'); min.value = 50; min.dispatchEvent(new Event('input')); }"
    )
    page.uncheck("#legend input[value=duty]")
    page.wait_for_function("() => location.hash.includes('q=road')")
    again = show("years", page.evaluate("() => location.hash")).page
    fields = ("#q", "#speaker", "#doc", "#from", "#to", "#min")
    assert [again.input_value(field) for field in fields] == [page.input_value(field) for field in fields]
    assert not again.is_checked("#legend input[value=duty]")
    assert again.inner_text("#shown") == page.inner_text("#shown")
    again.click("#reset")
    assert again.inner_text("#shown").startswith("24 of 24")


def test_matter_link_opens_what_is_said_about_it(show: Show) -> None:
    page = show("flood").page
    things = page.evaluate(DATA)["things"]
    matter = next(t["iri"].rsplit("/", 1)[-1] for t in things if t["label"] == "the flood")
    text = show("flood", f"#matter={matter}").page.inner_text("#evidence")
    assert words(text).startswith("What it is about the flood ")
    assert "Said about it" in text


def test_what_is_hidden_takes_no_room_in_the_picture(show: Show) -> None:
    page = show("two").page
    before = page.evaluate(
        "() => { const [a, b] = [respgraph.box(0), respgraph.box(1)]; return Math.hypot(a.x - b.x, a.y - b.y); }"
    )
    page.fill("#q", "sirens")
    page.wait_for_function("() => document.getElementById('shown').textContent.startsWith('1 of')")
    after = page.evaluate(
        "() => { const [a, b] = [respgraph.box(0), respgraph.box(1)]; return Math.hypot(a.x - b.x, a.y - b.y); }"
    )
    assert after > before * 1.1  # drawn larger, now that two boxes are all there is to see
    pane = page.locator("#net").bounding_box()
    nodes = page.evaluate(DATA)["nodes"]
    ends = {end for line in page.evaluate("() => respgraph.lines()") for end in (line["from"], line["to"])}
    for node in nodes:
        if node["full"] in ends:
            spot = page.evaluate("(id) => respgraph.box(id)", node["id"])
            assert pane["x"] < spot["x"] < pane["x"] + pane["width"]
            assert pane["y"] < spot["y"] < pane["y"] + pane["height"]


def test_print_button_prints_and_the_paper_holds_picture_and_words(show: Show, tmp_path: Path) -> None:
    import pypdfium2

    page = show("flood", "#size=held", scheme="dark").page
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.click("#do-print")
    assert page.evaluate("() => window.printed") is True
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    paper = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    text = words(" ".join(sheet.get_textpage().get_text_range() for sheet in paper))
    assert 2 <= len(paper) <= 6
    paper.close()
    assert "Who opened the gates?" in text
    assert "was solely responsible for the flood" in text
    assert "none is a finding" in text
    assert "Copy link" not in text


def test_every_tab_of_a_thousand_statements_is_painted_at_once(browser: Any, tmp_path: Path) -> None:
    from crowds import crowd_rows

    page = browser.new_context().new_page()
    page.goto(write_view(crowd_rows(1000), tmp_path / "page.html", "A crowd").as_uri())
    page.set_default_timeout(20_000)
    paint = """(tab) => { const start = performance.now(); document.getElementById('t-' + tab).click();
        document.body.getBoundingClientRect(); return performance.now() - start; }"""
    took = {tab: page.evaluate(paint, tab) for tab in ("matrix", "flow", "table", "conflicts", "source")}
    assert max(took.values()) < 2000, took
    page.context.close()
