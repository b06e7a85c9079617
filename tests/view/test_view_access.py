"""The page for eyes, hands and ears: axe-core in every tab and theme, and all of it by keyboard."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).with_name("axe") / "axe.min.js"
TABS = ("network", "matrix", "flow", "table", "conflicts", "source")
VIOLATIONS = """() => axe.run(document, { resultTypes: ['violations'] }).then((found) =>
    found.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).join(', ')))"""
Show = Callable[..., Any]


def test_axe_is_the_file_it_says_it_is() -> None:
    told = AXE.with_name("README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in told


def violations(page: Any) -> list[str]:
    found: list[str] = page.evaluate(VIOLATIONS)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_tab(show: Show, scheme: str) -> None:
    page = show("two", "#off=none", scheme=scheme).page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = {}
    page.select_option("#size", "pagerank")
    page.select_option("#colour", "coalition")
    for tab in TABS:
        page.click(f"#t-{tab}")
        if tab == "flow":
            page.keyboard.press("]")  # the evidence of a statement beside the rest of the tabs
        found[tab] = violations(page)
    assert {tab: told for tab, told in found.items() if told} == {}


def test_axe_finds_nothing_on_a_phone_in_help_and_without_claims(show: Show) -> None:
    page = show("two", "#tab=table", width=390, height=844).page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.click("#fold")
    page.click("#p-table tbody tr >> nth=0")
    assert violations(page) == []
    page = show("empty").page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert violations(page) == []
    page = show("flood").page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.keyboard.press("?")
    assert page.is_visible("#help")
    assert violations(page) == []
    # The same tool on a page that is made worse: the silence above means something.
    page.click("#help-close")
    page.evaluate("() => { document.documentElement.lang = ''; document.getElementById('q').labels[0].remove(); }")
    assert len(violations(page)) >= 1


def focus(page: Any) -> str:
    here: str = page.evaluate("() => document.activeElement.id || document.activeElement.className || ''")
    return here


def test_tab_key_reaches_every_part_and_leaves_the_page(show: Show) -> None:
    page = show("two").page
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        seen.append(focus(page))
        if seen[-1] == "evidence":
            break
    wanted = [
        "skip",
        "do-link",
        "do-help",
        "q",
        "speaker",
        "doc",
        "min",
        "from",
        "to",
        "reset",
        "t-network",
        "size",
        "colour",
        "net",
    ]
    at = [seen.index(part) for part in wanted]
    assert at == sorted(at)
    assert seen[-1] == "evidence"
    page.keyboard.press("Tab")
    assert focus(page) == "link"  # the first statement of "Start with"
    page.keyboard.press("Enter")
    assert page.get_attribute("#evidence", "data-claim")
    assert page.evaluate("() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle; }")


def test_picture_is_walked_by_arrows_and_read_by_enter(show: Show) -> None:
    page = show("flood").page
    page.focus("#net")
    page.keyboard.press("ArrowRight")
    first = page.get_attribute("#evidence", "data-claim")
    page.keyboard.press("ArrowRight")
    assert page.get_attribute("#evidence", "data-claim") not in {first, ""}
    page.keyboard.press("ArrowLeft")
    assert page.get_attribute("#evidence", "data-claim") == first
    page.keyboard.press("Enter")
    assert focus(page) == "evidence"


def test_flow_is_walked_by_arrows_and_read_by_enter(show: Show) -> None:
    page = show("two", "#tab=flow").page
    told = "() => document.activeElement.getAttribute('aria-label')"
    page.focus("#p-flow")
    page.keyboard.press("Tab")
    first = page.evaluate(told)
    assert " \u2192 " in first  # a band: who says it, about whom, what kind, for what
    page.keyboard.press("ArrowDown")
    second = page.evaluate(told)
    assert second != first
    page.keyboard.press("Enter")
    assert page.locator("#evidence mark, #evidence .list li").count() >= 1
    assert page.locator("#p-flow .lit").count() == 2
    assert page.evaluate(told) == second  # drawn anew, the focus is where it was
    page.keyboard.press("ArrowUp")
    assert page.evaluate(told) == first
    page.keyboard.press("End")
    page.keyboard.press("Tab")  # one stop for all bands, the next for all names
    name = page.evaluate("() => document.activeElement.getAttribute('class')")
    assert name == "name"
    page.keyboard.press(" ")
    assert page.inner_text("#evidence h2") == page.evaluate(told).partition(", ")[0].partition(" (")[0]


def test_table_and_source_open_a_statement_by_enter(show: Show) -> None:
    page = show("two", "#tab=table").page
    page.focus("#p-table tbody button >> nth=2")
    page.keyboard.press("Enter")
    chosen = page.get_attribute("#evidence", "data-claim")
    assert chosen
    page.keyboard.press("Escape")
    page.click("#t-source")
    page.focus("#p-source .said-here >> nth=0")
    page.keyboard.press("Enter")
    assert page.get_attribute("#evidence", "data-claim")


def test_motion_is_reduced_for_who_asks(show: Show) -> None:
    page = show("flood").page
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate("() => getComputedStyle(document.getElementById('toast')).transitionProperty") == "none"
