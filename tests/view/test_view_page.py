"""The page as text and as a file."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from respgraph.errors import StoreError
from respgraph.view import view_html, write_view
from respgraph.view.text import paragraphs, shorten, text_width, to_utf16, wrap


def test_page_is_the_same_bytes_whatever_the_hash_seed(cases: ModuleType, tmp_path: Path) -> None:
    graph = tmp_path / "g.nq"
    graph.write_text(cases.nquads(cases.border(cases.flood())), encoding="utf-8")
    code = (
        "import sys, pyoxigraph; from respgraph.view import write_view\n"
        "s = pyoxigraph.Store(); s.load(path=sys.argv[1]); write_view(s, sys.argv[2])"
    )
    pages = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.html"
        env = os.environ | {
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
        }
        subprocess.run([sys.executable, "-c", code, str(graph), str(out)], check=True, env=env, timeout=120)
        pages.append(out.read_bytes())
    assert pages[0] == pages[1]
    assert "🌊".encode() in pages[0]


def test_policy_names_the_hash_of_each_script_and_style_and_nothing_else(cases: ModuleType) -> None:
    html = view_html(cases.flood())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    told = policy[1].replace("&#39;", "'")
    blocks = re.findall(r"<script>(.*?)</script>", html, re.DOTALL) + re.findall(
        r"<style>(.*?)</style>", html, re.DOTALL
    )
    hashes = {base64.b64encode(hashlib.sha256(block.encode()).digest()).decode() for block in blocks}
    assert set(re.findall(r"sha256-([^']+)'", told)) == hashes
    assert len(blocks) == 3
    assert told.startswith("default-src 'none'; ")
    assert "unsafe" not in told


def test_page_loads_nothing_and_carries_no_style_attribute(cases: ModuleType) -> None:
    html = view_html(cases.flood())
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", html, flags=re.DOTALL)
    assert not re.search(r"\s(src|style|on\w+)=", markup)
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert "bootstrap" not in html.lower()


def test_page_of_sixty_statements_is_light(cases: ModuleType) -> None:
    assert len(view_html(cases.crowd(60)).encode()) <= 700_000


def test_hostile_title_and_data_cannot_leave_their_place(cases: ModuleType) -> None:
    html = view_html(cases.hostile(), title=cases.HOSTILE[0])
    plain = view_html(cases.flood())
    assert html.count("<script") == plain.count("<script")
    assert html.count("</script>") == plain.count("</script>") == 3
    assert "<img" not in re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)


def test_write_view_is_whole_or_not_at_all(cases: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "page.html"
    out.write_text("old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(StoreError, match=r"page\.html: cannot be written: disk full"):
        write_view(cases.border(), out)
    assert out.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_offsets_are_converted_to_utf16() -> None:
    text = "a🌊b🌊c"
    assert [to_utf16(text)(i) for i in range(6)] == [0, 1, 3, 4, 6, 7]


@pytest.mark.parametrize(
    ("label", "short"),
    [
        ("the late warning", "the late warning"),
        (
            "to publish the full records of both of the gates by the end of May",
            "to publish the full records…",
        ),
        ("W" * 300, "W" * 43 + "…"),
        ("", ""),
    ],
)
def test_labels_are_cut_at_words(label: str, short: str) -> None:
    assert shorten(label) == short


@pytest.mark.parametrize("label", ["Ministry of Rivers", "W" * 300, "東京都の責任者" * 9, "a", "", "🌊" * 40])
def test_wrapped_lines_fit(label: str) -> None:
    rows = wrap(label, 14, 150, lines=4)
    assert 1 <= len(rows) <= 4
    assert all(text_width(row, 14) <= 150 + 15 for row in rows)


def test_blocks_cover_headings_items_tables_and_hard_wrapped_lines() -> None:
    text = "Title\nA sentence here.\n- item: one\n| a | b |\n|---|---|\n| c | d |\n"
    assert [kind for _, _, kind in paragraphs(text)] == ["heading", "text", "item", "row", "rule", "row"]
    line = "This line is wrapped by hand at a width of about seventy signs, and"
    hard = f"{line}\n{line}\n{line}\n\nNext one.\n"
    assert [kind for _, _, kind in paragraphs(hard)] == ["text", "text"]


@pytest.mark.parametrize(("claims", "limit"), [(60, 700_000), (1000, 1_500_000)])
def test_page_keeps_its_size(cases: ModuleType, claims: int, limit: int) -> None:
    assert len(view_html(cases.crowd(claims)).encode()) <= limit


def test_iris_are_whole_again_in_the_page(cases: ModuleType) -> None:
    from respgraph.view.data import read_page_data
    from respgraph.view.payload import brief, payload

    data = read_page_data(cases.border(cases.flood()))
    page = brief(payload(data))
    things = [page["base"] + thing["iri"] for thing in page["things"]]
    assert things == [f.iri for f in data.figures] + [m.iri for m in data.matters]
    homes = [source.iri for source in data.sources]
    claims = [c.get("iri") or f"{homes[c['doc']]}/c/{c['id']}" for c in page["claims"]]
    assert claims == [row.iri for row in data.rows]


def test_many_claims_on_few_lines_need_no_script_that_unpacks(cases: ModuleType) -> None:
    from dataclasses import replace

    from respgraph.view.compact import MANY
    from respgraph.view.data import read_page_data
    from respgraph.view.network import ClaimNetwork

    data = read_page_data(cases.flood())
    rows = [replace(row, iri=f"{row.iri}-{i}") for row in data.rows for i in range(MANY // len(data.rows) + 2)]
    network = ClaimNetwork("few lines")
    network.add_claims(replace(data, rows=tuple(rows), ties=()), 120)
    assert len(rows) > MANY
    assert "packed" not in network.page
    assert "large" not in network.page
