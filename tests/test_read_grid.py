"""Tables of PDF files without tags: read where their columns leave no doubt, and lines of text everywhere else."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Cli
from forms import Text, pdf
from respgraph.model import Document
from respgraph.pipeline import extract_many
from respgraph.read import read_path
from respgraph.read.pdf import render_pdf

LEAD = (50.0, 760.0, 11.0, "What the city did in the last year of the plan, by cause:")
AFTER = (50.0, 560.0, 11.0, "After the table the mayor denied responsibility for the flood.")


def rows_at(*rows: tuple[str, ...], lefts: tuple[float, ...] = (50, 180, 420), top: float = 730) -> list[Text]:
    """Return a table row by row; a cell's lines are parted by /."""
    out: list[Text] = []
    for row in rows:
        tallest = max(cell.count("/") for cell in row) + 1
        for left, cell in zip(lefts, row, strict=False):
            out += [(left, top - 13 * n, 11.0, line) for n, line in enumerate(cell.split("/")) if line]
        top -= 13 * tallest + 6
    return out


TABLE = rows_at(
    ("Factor", "City Response", "Who"),
    ("Flooding of the old town/in the spring", "New dykes and pumps", "Norrwater"),
    ("Late warnings", "A radio line for everybody who lives below it,/and sirens", "The mayor"),
    ("Old pumps", "New pumps", ""),
)


def tables_of(path: Path) -> list[list[tuple[str, ...]]]:
    document = read_path(path)
    found = [block.table for block in document.blocks if block.table]
    return [
        [tuple(cell.of(document.text) for cell in row.cells) for row in (table.header, *table.rows)] for table in found
    ]


def test_a_table_in_plain_columns_is_one_and_the_text_around_it_stays_text(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([[LEAD, *TABLE, AFTER]]))
    assert tables_of(path) == [
        [
            ("Factor", "City Response", "Who"),
            ("Flooding of the old town in the spring", "New dykes and pumps", "Norrwater"),
            ("Late warnings", "A radio line for everybody who lives below it, and sirens", "The mayor"),
            ("Old pumps", "New pumps", ""),
        ]
    ]
    [found] = extract_many([read_path(path)])
    said = {claim.type: claim for claim in found.claims}
    assert said["response"].get("factor") is not None
    assert said["responsibility"].evidence.quote == AFTER[3]
    assert cli("build", path, "-o", tmp_path / "g.trig").exit_code == 0
    assert cli("verify", tmp_path / "g.trig").exit_code == 0


PROSE_LEFT = (
    "The council met on Monday to hear",
    "why nobody had been warned, and",
    "the mayor said that letters were",
    "lost in the post office.",
)
PROSE_RIGHT = (
    "Norrwater denied it all, and said",
    "that nobody had asked for pumps",
    "in the spring of that year, when",
    "the river rose again.",
)
CLOSE = (("Factor", "Response"), ("Flooding of the old", "New dykes"), ("town", "New walls"), ("Dust", "Masks"))
NO_TABLES: dict[str, list[Text]] = {
    "columns of a newspaper": [
        *((50.0, 700.0 - 13 * n, 11.0, line) for n, line in enumerate(PROSE_LEFT)),
        *((320.0, 700.0 - 13 * n, 11.0, line) for n, line in enumerate(PROSE_RIGHT)),
    ],
    "columns written line by line": [
        (left, 700.0 - 13 * n, 11.0, words)
        for n, pair in enumerate(zip(PROSE_LEFT, PROSE_RIGHT, strict=True))
        for left, words in zip((50.0, 320.0), pair, strict=True)
    ],
    "two rows": rows_at(("Factor", "Response"), ("Rain", "Pumps")),
    "names and values": rows_at(
        ("Date:", "5 May"), ("Place:", "Hartley"), ("Chair:", "The mayor"), ("Clerk:", "B. Cole")
    ),
    "numbers over columns": rows_at(("Member", "2023", "2024"), ("Ardley", "3", "4"), ("Calder", "7", "1")),
    "a cell over two columns": [
        *rows_at(("Factor", "Response"), ("Rain", "Pumps"), ("Staff", "Shifts"), lefts=(50, 120)),
        (50.0, 673.0, 11.0, "A note that reaches over both columns"),
        *rows_at(("Dust", "Masks"), ("Noise", "Walls"), lefts=(50, 120), top=654),
    ],
    "a first column with gaps": rows_at(("Factor", "Response"), ("Rain", "Pumps"), ("", "Dykes"), ("Dust", "Masks")),
    "a row of one cell in the middle": rows_at(
        ("Factor", "Response"),
        ("Rain", "Pumps"),
        ("Staff", "Shifts"),
        ("Others", ""),
        ("Dust", "Masks"),
        ("Noise", "Walls"),
    ),
    "rows as close as lines": [
        (left, 700.0 - 13 * n, 11.0, words)
        for n, row in enumerate(
            [("Factor", "Response"), ("Flooding of the old", "New dykes"), ("town", "New walls"), ("Dust", "Masks")]
        )
        for left, words in zip((50.0, 152.0), row, strict=True)
    ],
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_may_be_something_else_is_no_table_and_keeps_all_its_words(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([[LEAD, *NO_TABLES[name]]]))
    assert tables_of(path) == []
    text = " ".join(read_path(path).text.split())
    for _, _, _, words in NO_TABLES[name]:
        assert words in text


WORDS = st.lists(st.sampled_from(("Rain", "old pumps", "The mayor", "12", "must act")), min_size=1, max_size=2)


@given(st.lists(st.lists(WORDS.map(" ".join), min_size=1, max_size=3), min_size=1, max_size=9))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_word_is_lost_or_doubled_whatever_stands_in_columns(rows: list[list[str]]) -> None:
    page = rows_at(*map(tuple, rows), lefts=(50, 230, 420))
    rendered = render_pdf(pdf([page]), "a.pdf")
    found = sorted(rendered.text.replace("|", " ").replace("-", " ").replace("#", " ").split())
    assert found == sorted(" ".join(words for _, _, _, words in page).split())


def test_a_page_of_nothing_but_columns_takes_no_longer_than_it_is_long() -> None:
    def seconds(count: int) -> float:
        page = [(x, 800 - 0.7 * n, 6.0, f"Word{n}") for n in range(count) for x in (50.0, 300.0)]
        began = time.process_time()
        render_pdf(pdf([page]), "a.pdf")
        return time.process_time() - began

    assert seconds(1000) < 30 * max(seconds(100), 0.05)


def test_a_table_that_goes_on_over_a_page_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    more = rows_at(("Factor", "City Response", "Who"), ("Dust", "Masks", "Shops"), ("Noise", "Walls", "Norrwater"))
    path.write_bytes(pdf([TABLE, more]))
    [table] = tables_of(path)
    assert [row[0] for row in table[-3:]] == ["Old pumps", "Dust", "Noise"]
    document = read_path(path)
    assert isinstance(document, Document)
