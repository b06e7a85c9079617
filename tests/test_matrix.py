"""The responsibility matrix and the RACI table: what stands in a cell, what is found missing, and safe files."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from conftest import ROOT, Cli
from respgraph import View, extract, read_text
from respgraph.compare import NO_MATTER, Counted, read_counted
from respgraph.errors import RespgraphError
from respgraph.matrix import Entry, Grid, grid_csv, grid_html, grid_markdown, grid_xlsx, raci_grid, responsibility_grid
from respgraph.matrix.grid import Column
from respgraph.rdf import build_rows
from respgraph.store import view_of
from test_network import corpus, said

FLOOD_GRAPH = ROOT / "graphs" / "flood" / "graph.trig"
POLICY = """# Who does what in the harbour

The following chart sets out the roles.

| Task | Port Authority | Works Department | Pilots | City Council |
|---|---|---|---|---|
| Dredge the channel | A | R | C | I |
| Mark the wrecks | R | A/R | A | I |
| Publish the tide tables | R |  | C | |
| Inspect the cranes | C | | I | |

| Action | Owner | Due |
|---|---|---|
| Repair the north quay | Works Department | June |
| Paint the lighthouse | TBD | July |

The Port Authority must consult the Pilots before the closure of the channel. The Works Department must notify the City
Council of every accident. The Port Authority is accountable for the safety of the ferry. The Works Department is
responsible for the cleaning of the quays. The Tug Company must inform the Pilots, the Coast Guard and the City Council
of delays. The Pilots must not leave the tower. The Pilots may use the pier.
"""
HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1")


@pytest.fixture(scope="module")
def policy() -> View:
    return view_of(build_rows(extract(replace(read_text(POLICY, "policy.md")))))


@pytest.fixture(scope="module")
def raci(policy: View) -> Grid:
    return raci_grid(read_counted(policy), policy)


def letters(grid: Grid) -> dict[tuple[str, str], str]:
    return {
        (grid.rows[n], grid.columns[m].name): "".join(sorted({e.mark for e in entries}))
        for (n, m), entries in grid.cells.items()
    }


def test_chart_and_sentences_give_the_letters(raci: Grid) -> None:
    found = letters(raci)
    assert found["Dredge the channel", "Port Authority"] == "A"
    assert found["Dredge the channel", "Works Department"] == "R"
    assert found["Dredge the channel", "Pilots"] == "C"
    assert found["Dredge the channel", "City Council"] == "I"
    assert found["Mark the wrecks", "Works Department"] == "AR"
    assert found["Repair the north quay", "Works Department"] == "R"
    assert found["the safety of the ferry", "Port Authority"] == "A"
    assert found["the cleaning of the quays", "Works Department"] == "R"
    informed = {who for (task, who), letter in found.items() if task.startswith("inform") and letter == "I"}
    assert informed == {"Pilots", "Coast Guard", "City Council"}
    told = {(who, letter) for (task, who), letter in found.items() if task.startswith(("consult", "notify"))}
    assert told == {
        ("Port Authority", "R"), ("Pilots", "C"), ("Works Department", "R"), ("City Council", "I"),
    }  # fmt: skip
    assert not [task for task, _ in found if "tower" in task or "pier" in task], "a ban or a permission is no task"


def test_every_letter_has_its_words(raci: Grid) -> None:
    for entries in raci.cells.values():
        for entry in entries:
            assert entry.quote == " ".join(POLICY[entry.start : entry.end].split())


def test_gaps_of_a_raci_table_are_found(raci: Grid) -> None:
    found = {(f.kind, f.about) for f in raci.findings}
    assert ("double-accountable", "Mark the wrecks") in found
    assert ("no-responsible", "Inspect the cranes") in found
    assert ("no-accountable", "Publish the tide tables") in found
    assert ("no-accountable", "Repair the north quay") in found
    assert ("no-owner", "Paint the lighthouse") in found
    assert ("no-accountable", "Dredge the channel") not in found


def test_matrix_has_who_says_so_and_what_is_missing() -> None:
    claims = corpus(
        said("a", "b", matter="the flooded tunnel", degree="sole"),
        said("c", "d", matter="the flooded tunnel", degree="sole"),
        said("b", "b", "denies", matter="the flooded tunnel"),
        said("e", "e", "denies", matter="the late train"),
        said("e", "", matter="the broken crane"),
        said("a", "d", matter="it"),
    )
    grid = responsibility_grid(Counted(claims))
    assert grid.rows == ("the flooded tunnel", "the late train", NO_MATTER)
    cell = grid.cells[0, [c.name for c in grid.columns].index("B")]
    assert [(e.mark, e.speaker) for e in cell] == [("holds", "a"), ("denies", "b")]
    assert [(f.kind, f.about) for f in grid.findings] == [
        ("contested", "the flooded tunnel"),
        ("no-one", "the late train"),
        ("several-solely", "the flooded tunnel"),
        ("no-bearer", "the broken crane"),
    ]


def test_page_shows_rows_that_the_actors_shown_have_something_in() -> None:
    claims = [said("x", "busy", matter=f"matter number {n} alpha", day=str(n)) for n in range(3)]
    claims += [said("x", f"lone{n}", matter=f"affair {n}", day=f"l{n}") for n in range(9)]
    grid = responsibility_grid(Counted(corpus(*claims)))
    down, across = grid.part(5, 1)
    assert [grid.columns[m].name for m in across] == ["BUSY"]
    assert all((n, across[0]) in grid.cells for n in down)
    assert "8 more matters" not in grid_html(grid, rows=50, columns=50)
    assert "more actors" in grid_markdown(grid, 5, 1)


def hostile_grid() -> Grid:
    entry = Entry("holds", "=who", "holds responsible", '="quote"', "@doc.txt", 0, 3)
    rows, columns = HOSTILE, tuple(Column(f"i{n}", text) for n, text in enumerate(HOSTILE))
    return Grid("=title", "", rows, columns, {(n, n): (entry,) for n in range(len(rows))}, {"holds": "=held"}, ())


def test_no_cell_of_csv_or_workbook_is_a_formula() -> None:
    grid = hostile_grid()
    for row in csv.reader(io.StringIO(grid_csv(grid))):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    book = openpyxl.load_workbook(io.BytesIO(grid_xlsx(grid)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not [c.value for c in cells if str(c.value).startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert not [c for c in cells if c.hyperlink]


def test_workbook_holds_every_quote_and_is_the_same_each_time() -> None:
    grid = replace(hostile_grid(), rows=("a" * 40_000, *HOSTILE[1:]))
    assert grid_xlsx(grid) == grid_xlsx(grid)
    book = openpyxl.load_workbook(io.BytesIO(grid_xlsx(grid)))
    assert book.sheetnames == ["Matrix", "Quotes", "Findings", "About"]
    assert book["Quotes"].max_row == grid.entries + 1
    assert len(str(book["Matrix"]["A2"].value)) == 32_767


def test_what_no_table_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("respgraph.matrix.write._MOST", 3)
    monkeypatch.setattr("respgraph.matrix.write._TALL", 3)
    for write in (grid_csv, grid_xlsx):
        with pytest.raises(RespgraphError, match="too many"):
            write(hostile_grid())


def test_markdown_and_page_hold_no_markup_of_a_text() -> None:
    nasty = "</td><script>x</script>|[a](javascript:b)`*"
    entry = Entry("holds", nasty, "holds responsible", nasty, nasty, 0, 3)
    grid = Grid("t", "", (nasty,), (Column("i", nasty),), {(0, 0): (entry,)}, {"holds": "held"}, ())
    text, page = grid_markdown(grid), grid_html(grid)
    assert "<script" not in page.partition("</style>")[2]
    assert "\\|\\[a\\]" in text
    assert "<script" not in text.replace("\\<", "")


def test_command_writes_what_the_suffix_says(cli: Cli, tmp_path: Path) -> None:
    for name, start in (("m.html", b"<!doctype html>"), ("m.csv", b"Matter,"), ("m.xlsx", b"PK"), ("m.md", b"# Resp")):
        assert cli("matrix", FLOOD_GRAPH, "-o", tmp_path / name).exit_code == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    assert cli("matrix", FLOOD_GRAPH, "-o", tmp_path / "m.pdf").exit_code == 2
    assert cli("matrix", tmp_path / "none.trig").exit_code == 3
    for of in ("duties", "demands", "promises"):
        assert cli("matrix", FLOOD_GRAPH, "--of", of).stdout.startswith("# Matrix of")
    empty = tmp_path / "empty.txt"
    empty.write_text("Nothing is said here.")
    cli("build", empty, "-o", tmp_path / "empty.trig")
    assert "Nothing of this kind was read" in cli("matrix", tmp_path / "empty.trig").stdout
    assert "Nothing of this kind" in cli("matrix", tmp_path / "empty.trig", "-f", "html").stdout
    assert "Nothing of this kind was read" in cli("matrix", tmp_path / "empty.trig", "--raci").stdout
