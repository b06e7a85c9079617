"""The page in a real Chromium: what a reader clicks, and what a hostile text must not be able to do."""

from __future__ import annotations

import base64
import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TABS = ("network", "matrix", "flow", "table", "conflicts", "source")
Show = Callable[..., Any]
HACKED = "() => window.hacked"


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["flood", "two", "hostile", "crowd", "textless", "empty"])
def test_page_opens_without_an_error_or_a_request(show: Show, name: str) -> None:
    opened = show(name)
    if name != "empty":
        for tab in TABS:
            opened.page.click(f"#t-{tab}")
            assert opened.page.inner_text(f"#p-{tab}").strip() or tab == "network"
    assert opened.errors == []
    assert [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))] == []


def test_graph_without_claims_says_so(show: Show) -> None:
    assert "No statements to show" in show("empty").page.inner_text("main")


def test_click_on_each_line_of_the_picture_shows_its_words(show: Show, cases: ModuleType) -> None:
    page = show("flood").page
    lines = page.evaluate("() => respgraph.lines()")
    assert len(lines) > 15
    for line in lines:
        spot = page.evaluate("(id) => respgraph.spot(id)", line["id"])
        page.mouse.click(spot["x"], spot["y"])
        assert page.get_attribute("#evidence", "data-claim") in line["claims"], line
        mark = words(page.inner_text("#evidence blockquote mark"))
        assert mark in words(cases.FLOOD)


def test_ministry_blaming_company_is_a_line_with_both_its_quotes(show: Show) -> None:
    page = show("flood").page
    line = next(
        k for k in page.evaluate("() => respgraph.lines()")
        if (k["from"], k["to"]) == ("Ministry of Rivers", "Karsh Dam Company")
    )  # fmt: skip
    assert (line["family"], len(line["claims"])) == ("assigns", 2)
    spot = page.evaluate("(id) => respgraph.spot(id)", line["id"])
    page.mouse.click(spot["x"], spot["y"])
    assert page.inner_text("#evidence h2") == "Ministry of Rivers \u2192 Karsh Dam Company"
    assert words(page.inner_text("#evidence mark")) == (
        "the Ministry of Rivers said the Karsh Dam Company was solely responsible for the flood"
    )
    assert page.inner_text("#evidence mark strong") == "responsible"
    assert "Other quotes of the same line" in page.inner_text("#evidence")
    assert "Contradicted by" in page.inner_text("#evidence")


def test_pointer_over_a_line_or_a_box_tells_its_names(show: Show) -> None:
    page = show("flood").page
    line = page.evaluate("() => respgraph.lines()")[0]
    spot = page.evaluate("(id) => respgraph.spot(id)", line["id"])
    page.mouse.move(spot["x"], spot["y"])
    page.wait_for_selector("#tip:not([hidden])")
    assert page.inner_text("#tip").startswith(f"{line['from']} \u2192 {line['to']}: ")
    ends = "(id) => JSON.parse(document.getElementById('data').textContent).edges[id].from"
    box = page.evaluate("(id) => respgraph.box(id)", page.evaluate(ends, line["id"]))
    page.mouse.move(box["x"], box["y"], steps=3)
    page.wait_for_function(
        "(name) => document.getElementById('tip').textContent.startsWith(name + ' \u00b7 ')", arg=line["from"]
    )


def test_quote_behind_an_emoji_is_marked_exactly(show: Show) -> None:
    page = show("flood", "#tab=table").page
    quote = "they blame both the ministry and the company for the silence"
    page.click(f"#p-table button:has-text('{quote}')")
    assert page.inner_text("#evidence mark") == quote
    page.click("text=Show in source")
    assert words(page.inner_text("#p-source .now")) == quote


def test_words_that_are_not_in_the_source_are_shown_with_a_warning(show: Show) -> None:
    page = show("textless").page
    page.keyboard.press("]")
    assert page.inner_text("#evidence mark") == "Norland must first register them"
    assert "not found at their place" in page.inner_text("#evidence .warn")


def test_phone_shows_the_evidence_as_a_sheet_that_closes(show: Show) -> None:
    page = show("flood", "#tab=table", width=390, height=844).page
    page.click("#p-table tbody tr >> nth=0")
    top = page.locator("#evidence").bounding_box()["y"]
    assert 300 < top < 844
    page.click("#evidence .shut")
    assert page.locator("#evidence.open").count() == 0


def test_legend_hides_a_family_everywhere(show: Show) -> None:
    page = show("flood").page
    assert page.inner_text("#shown") == "13 of 18 statements shown"
    page.uncheck("#legend input[value=assigns]")
    assert page.inner_text("#shown") == "9 of 18 statements shown"
    assert "assigns" not in {line["family"] for line in page.evaluate("() => respgraph.lines()")}
    page.click("#t-table")
    assert page.locator("#p-table tbody tr").count() == 9
    page.check("#legend input[value=cause]")
    assert page.locator("#p-table tbody tr").count() == 11
    page.click("#reset")
    assert page.inner_text("#shown") == "13 of 18 statements shown"


def test_families_about_causes_and_names_are_off_at_first(show: Show) -> None:
    page = show("flood").page
    on = page.eval_on_selector_all("#legend input", "(all) => all.map((box) => [box.value, box.checked])")
    assert [family for family, checked in on if not checked] == ["cause", "response", "name"]


def test_search_speaker_confidence_and_date_narrow_the_statements(show: Show) -> None:
    page = show("flood").page
    page.fill("#q", "sirens")
    page.wait_for_function("() => document.getElementById('shown').textContent.startsWith('1 of')")
    page.click("#reset")
    page.select_option("#speaker", label="Mira Solt (1)")
    assert page.inner_text("#shown").startswith("1 of")
    page.click("#reset")
    page.evaluate(
        "() => { const min = document.getElementById('min'); min.value = 95; min.dispatchEvent(new Event('input')); }"
    )
    assert page.inner_text("#shown").startswith("1 of")
    page.click("#reset")
    page.fill("#to", "2024-04-09")
    assert page.inner_text("#shown").startswith("1 of")


def test_filters_that_match_nothing_leave_a_way_back(show: Show) -> None:
    page = show("flood", "#q=zebra").page
    assert page.is_visible("#nothing")
    page.click("#reset2")
    assert page.is_hidden("#nothing")


def test_deep_link_opens_the_claim_in_its_tab(show: Show) -> None:
    first = show("flood", "#tab=table").page
    first.click("#p-table button:has-text('Water Act')")
    link = first.evaluate("() => location.hash")
    again = show("flood", link).page
    assert "Under the Water Act" in again.inner_text("#evidence mark")
    assert again.get_attribute("#t-table", "aria-selected") == "true"
    assert again.locator("tr[aria-current=true]").count() == 1


@pytest.mark.parametrize(
    "hash_",
    ["#claim=nonsense&tab=nowhere&actor=x&off=y&min=zz&doc=99", "#%", "#claim=<img src=x onerror=alert(1)>"],
)
def test_broken_links_open_the_plain_page(show: Show, hash_: str) -> None:
    opened = show("flood", hash_)
    assert opened.page.get_attribute("#t-network", "aria-selected") == "true"
    assert opened.errors == []


def test_actor_link_lists_what_an_actor_says_and_what_is_said(show: Show) -> None:
    text = show("flood", "#actor=karsh-dam-company").page.inner_text("#evidence")
    assert "Says" in text
    assert "Others say about it" in text
    assert "the company" in text


def test_keyboard_alone_reads_every_statement(show: Show) -> None:
    page = show("flood").page
    seen = set()
    for _ in range(13):
        page.keyboard.press("]")
        seen.add(page.get_attribute("#evidence", "data-claim"))
    assert len(seen) == 13
    page.keyboard.press("[")
    page.keyboard.press("Escape")
    assert page.get_attribute("#evidence", "data-claim") == ""
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "q"
    page.focus("#t-network")
    page.keyboard.press("ArrowRight")
    assert page.get_attribute("#t-matrix", "aria-selected") == "true"
    page.keyboard.press("End")
    assert page.evaluate("() => document.activeElement.id") == "t-source"


def test_quote_and_link_are_copied(show: Show) -> None:
    page = show("flood").page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("]")
    page.click("#copy-quote")
    page.wait_for_selector("#toast.on")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("\u201cthe Ministry of Rivers said")
    page.click("#do-link")
    page.wait_for_function("() => navigator.clipboard.readText().then((text) => text.includes('#claim='))")


def test_matrix_number_opens_its_quotes(show: Show) -> None:
    page = show("flood", "#tab=matrix").page
    page.click("#p-matrix button[aria-label^='2, Ministry of Rivers about Karsh Dam Company']")
    assert page.locator("#evidence .list li").count() == 2


def test_table_sorts_by_each_column(show: Show) -> None:
    page = show("flood", "#tab=table").page
    page.click("#p-table th button:has-text('Conf.')")
    shares = page.eval_on_selector_all("#p-table td.num", "(all) => all.map((cell) => parseInt(cell.textContent))")
    assert shares == sorted(shares)
    page.click("#p-table th button:has-text('Conf.')")
    assert page.get_attribute("#p-table th:nth-child(5)", "aria-sort") == "descending"


def test_conflicts_show_both_sides_shifts_and_rival_names(show: Show) -> None:
    text = show("two", "#tab=conflicts").page.inner_text("#p-conflicts")
    for part in (
        "Two sides of the same matter",
        "denied that it was responsible",
        "The same voice, changed",
        "BAC",
        "Border Aid Centre",
        "Basic Assistance Camp",
    ):
        assert part in text


def test_source_marks_spans_of_each_document(show: Show) -> None:
    page = show("two", "#tab=source").page
    assert page.locator("#p-source article").count() == 1
    assert page.locator("#p-source .docs li").count() == 2
    page.click("#p-source .docs button:has-text('Who opened the gates?')")
    assert page.locator("#p-source td, #p-source th").count() == 6
    page.select_option("#doc", label="Two neighbours argue over a camp")
    assert page.get_attribute("#p-source article", "aria-label") == "Two neighbours argue over a camp"
    page.click("#p-source .said-here >> nth=0")
    assert page.inner_text("#evidence h2") == "Government of Norland \u2192 Sudria"


def test_hostile_texts_stay_texts(show: Show, cases: ModuleType) -> None:
    opened = show("hostile", "#off=none")
    page = opened.page
    assert page.is_visible("#legend")  # no style of a text applies
    counts = "() => ['script', 'img', 'iframe', 'style'].map((tag) => document.querySelectorAll(tag).length)"
    before = page.evaluate(counts)
    for tab in TABS:
        page.click(f"#t-{tab}")
    page.click("#t-table")
    rows = page.locator("#p-table tbody tr").count()
    assert rows == 2 * len(cases.HOSTILE) >= 36
    for _ in range(rows):
        page.keyboard.press("]")
    for link in page.locator("a[href]").all():
        assert (link.get_attribute("href") or "").startswith(("#", "http:", "https:"))
    assert page.evaluate(HACKED) is None
    assert page.evaluate(counts) == before == [3, 0, 0, 1]
    assert opened.errors == []


def test_injected_script_does_not_run(show: Show, pages: dict[str, Path], tmp_path: Path, browser: Any) -> None:
    inject = """() => {
        const script = document.createElement('script');
        script.textContent = 'window.hacked = 1';
        document.body.append(script);
        const button = document.createElement('button');
        button.setAttribute('onclick', 'window.hacked = 2');
        document.body.append(button);
        button.click();
        return window.hacked ?? null;
    }"""
    assert show("flood").page.evaluate(inject) is None
    # The same page without its policy: the injection runs, so the test above proves something.
    bare = tmp_path / "bare.html"
    html = pages["flood"].read_text(encoding="utf-8")
    bare.write_text(html.replace('http-equiv="Content-Security-Policy"', 'name="none"'), encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(bare.as_uri())
    assert page.evaluate(inject) == 2
    context.close()


def test_script_written_into_the_file_does_not_run(pages: dict[str, Path], tmp_path: Path, browser: Any) -> None:
    spoilt = tmp_path / "spoilt.html"
    html = pages["flood"].read_text(encoding="utf-8")
    spoilt.write_text(
        html.replace("</body>", "<script>window.hacked = 1</script><img src=x onerror='window.hacked=2'></body>"),
        encoding="utf-8",
    )
    context = browser.new_context()
    page = context.new_page()
    page.goto(spoilt.as_uri())
    assert page.evaluate(HACKED) is None
    assert page.evaluate("() => respgraph.claims") == 18
    context.close()


@pytest.mark.parametrize("name", ["flood", "hostile"])
def test_phone_never_scrolls_sideways(show: Show, name: str) -> None:
    page = show(name, width=390, height=844).page
    for tab in TABS:
        page.click(f"#t-{tab}")
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), tab
    page.click("#fold")
    assert page.is_visible("#legend")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_boxes_of_the_picture_hold_their_words_and_keep_apart(show: Show) -> None:
    page = show("two", "#off=none").page
    nodes = page.evaluate("() => JSON.parse(document.getElementById('data').textContent).nodes")
    assert sum("looks" in node for node in nodes) > 4
    sized = [
        [{**node, **node.get("looks", {}).get(size, {})} for node in nodes] for size in ("claims", "held", "pagerank")
    ]
    fits = """(nodes) => { const pen = document.createElement('canvas').getContext('2d');
        return nodes.filter((n) => { pen.font = n.size + 'px "Liberation Sans", Arial, sans-serif';
            return n.rows.some((row) => pen.measureText(row).width > n.w - 8)
                || n.rows.length * n.size > n.h; }).map((n) => n.full); }"""
    for boxes in sized:
        assert page.evaluate(fits, boxes) == []
        for i, a in enumerate(boxes):
            for b in boxes[:i]:
                apart = abs(a["x"] - b["x"]) >= (a["w"] + b["w"]) / 2 or abs(a["y"] - b["y"]) >= (a["h"] + b["h"]) / 2
                assert apart, (a["full"], b["full"])


def test_dark_mode_follows_the_system_and_the_button(show: Show) -> None:
    page = show("flood", scheme="dark").page
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    button = page.locator("#do-dark")
    assert (button.inner_text(), button.get_attribute("aria-pressed")) == ("Light", "true")
    button.click()
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert (button.inner_text(), button.get_attribute("aria-pressed")) == ("Dark", "false")
    assert "switch to dark" in (button.get_attribute("aria-label") or "")


def test_exports_open(show: Show, cases: ModuleType, tmp_path: Path) -> None:
    page = show("hostile", "#off=none").page
    files = {}
    for kind in ("csv", "svg", "png"):
        with page.expect_download() as waiting:
            page.click(f"#do-{kind}")
        files[kind] = tmp_path / f"out.{kind}"
        waiting.value.save_as(files[kind])
        assert waiting.value.suggested_filename.endswith(f".{kind}")
    rows = list(csv.reader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == 2 * len(cases.HOSTILE) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert ET.fromstring(files["svg"].read_text(encoding="utf-8")).tag.endswith("svg")
    picture = files["png"].read_bytes()
    assert picture.startswith(b"\x89PNG")
    width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    shade = """(data) => new Promise((done) => { const image = new Image(); image.onload = () => {
        const canvas = document.createElement('canvas'); canvas.width = image.width; canvas.height = image.height;
        const pen = canvas.getContext('2d'); pen.drawImage(image, 0, 0);
        const seen = new Set(pen.getImageData(0, 0, image.width, image.height).data.filter((v, i) => i % 4 === 0));
        done([image.width, image.height, seen.size]); }; image.src = data; })"""
    seen = page.evaluate(shade, "data:image/png;base64," + base64.b64encode(picture).decode())
    assert seen[:2] == [width, height]
    assert seen[2] > 20  # boxes, lines and letters, not an empty sheet


def test_print_shows_picture_and_statements(show: Show) -> None:
    page = show("flood", scheme="dark").page
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.is_visible("#paper svg")
    assert page.locator("#paper tbody tr").count() == 13
    assert page.is_hidden("#net")


def test_page_works_in_a_sandboxed_frame(browser: Any, pages: dict[str, Path]) -> None:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content("<iframe sandbox='allow-scripts' width=1200 height=700></iframe>")
    page.evaluate(
        "(html) => { document.querySelector('iframe').srcdoc = html; }",
        pages["flood"].read_text(encoding="utf-8"),
    )
    frame = page.frame_locator("iframe")
    frame.locator("#t-table").click()
    frame.locator("#p-table tbody tr >> nth=0").click()
    assert "solely responsible" in frame.locator("#evidence mark").inner_text()
    assert errors == []
    context.close()


def test_crowded_graph_shows_its_strongest_part_and_says_so(show: Show) -> None:
    page = show("crowd").page
    assert "strongest of" in page.inner_text("#hint")
    assert len(page.evaluate("() => respgraph.lines()")) <= 130
    page.click("#t-table")
    assert page.locator("#p-table tbody tr").count() == 250
    page.click("text=Show more of 480 statements")
    assert page.locator("#p-table tbody tr").count() == 480
