"""What the blocks of a text are: headings, paragraphs, items with labels and introductions, tables."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respgraph.model import Block, Document, Span
from respgraph.read import read_text

REPORT = """\
Harbour Town Report Names Causes of the Flood
The river authority said on Monday that the dam operator had ignored three warnings, and that nobody in the \
town hall had read the letters which engineers sent in spring.
The mayor listed what the town needs:
- Early Warning: Sirens must be tested every month.
- Higher Dykes: The province should pay for them.
- A fund for families who lost their homes.
In response, the province pointed to the budget. A table by the U.S. Geological Survey shows what was done:
| Causes of the Flood | Provincial Response |
|---|---|
| Old dykes | Repairs |
| Late warning | |
What Happens Next
The council meets on Friday, and the families have asked to be heard before it votes on the money.
"""

WRAPPED = """\
AGREEMENT ON THE RIVER

   The Parties to this Agreement, having regard to the common use of the
water and to the damage which both have suffered, have agreed on the
following rules, which bind their successors.

1. Each Party shall keep its dykes in good order and shall tell the other
Party of any work on them.

2. Each Party shall:
   (a) measure the water every day;
   (b) send the figures to the Commission before
   noon of the same day; and
   (c) answer the questions of the Commission.

The Commission may ask either Party for further figures. It decides by a
majority.
"""


def words(document: Document, span: Span | None) -> str | None:
    return None if span is None else span.of(document.text)


def shape(text: str) -> list[tuple[str, str]]:
    document = read_text(text)
    return [(block.kind, block.span.of(text)) for block in document.blocks]


def items(text: str) -> list[Block]:
    return [block for block in read_text(text).blocks if block.kind == "item"]


def test_a_text_with_a_paragraph_per_line_keeps_its_lines() -> None:
    kinds = [kind for kind, _ in shape(REPORT)]
    expected = "heading paragraph paragraph item item item paragraph table heading paragraph"
    assert " ".join(kinds) == expected


def test_headings_of_plain_text_stand_alone_between_paragraphs() -> None:
    found = [span for kind, span in shape(REPORT) if kind == "heading"]
    assert found == ["Harbour Town Report Names Causes of the Flood", "What Happens Next"]


def test_the_title_is_the_first_heading() -> None:
    assert read_text(REPORT).title == "Harbour Town Report Names Causes of the Flood"
    assert read_text("It rained. Nobody came.").title is None


def test_labels_are_cut_from_items_and_kept() -> None:
    document = read_text(REPORT)
    found = [(words(document, b.label), b.span.of(REPORT)) for b in document.blocks if b.kind == "item"]
    assert found == [
        ("Early Warning", "Sirens must be tested every month."),
        ("Higher Dykes", "The province should pay for them."),
        (None, "A fund for families who lost their homes."),
    ]


def test_items_know_the_paragraph_that_introduces_them() -> None:
    document = read_text(REPORT)
    assert {words(document, b.lead) for b in document.blocks if b.kind == "item"} == {
        "The mayor listed what the town needs:"
    }


def test_a_table_has_header_rows_empty_cells_and_the_sentence_that_introduces_it() -> None:
    document = read_text(REPORT)
    [table] = [block.table for block in document.blocks if block.table]
    assert [words(document, cell) for cell in table.header.cells] == [
        "Causes of the Flood",
        "Provincial Response",
    ]
    assert [[words(document, cell) for cell in row.cells] for row in table.rows] == [
        ["Old dykes", "Repairs"],
        ["Late warning", ""],
    ]
    assert words(document, table.caption) == "A table by the U.S. Geological Survey shows what was done:"


def test_hard_wrapped_lines_become_whole_paragraphs() -> None:
    found = shape(WRAPPED)
    assert found[0] == ("heading", "AGREEMENT ON THE RIVER")
    assert found[1][0] == "paragraph"
    assert found[1][1].startswith("The Parties to this Agreement")
    assert found[1][1].endswith("bind their successors.")
    assert found[-1] == ("paragraph", WRAPPED[WRAPPED.index("The Commission may") :].rstrip())


def test_enumerations_nest_and_know_their_introduction() -> None:
    document = read_text(WRAPPED)
    found = [(words(document, b.marker), b.level, words(document, b.lead)) for b in items(WRAPPED)]
    lead = "Each Party shall:"
    assert found == [("1.", 0, None), ("2.", 0, None), ("(a)", 1, lead), ("(b)", 1, lead), ("(c)", 1, lead)]


def test_a_wrapped_item_is_one_block() -> None:
    document = read_text(WRAPPED)
    found = [" ".join(b.span.of(WRAPPED).split()) for b in document.blocks if words(document, b.marker) == "(b)"]
    assert found == ["send the figures to the Commission before noon of the same day; and"]


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("- text", "-"),
        ("* text", "*"),
        ("• text", "•"),
        ("– text", "–"),
        ("+ text", "+"),
        ("1. text", "1."),
        ("12) text", "12)"),
        ("(a) text", "(a)"),
        ("(iv) text", "(iv)"),
        ("a) text", "a)"),
        ("(b)text without a space", "(b)"),
        ("- [x] text", "- [x]"),
    ],
)
def test_list_markers(line: str, marker: str) -> None:
    [block] = items(line)
    assert (words(read_text(line), block.marker), block.span.of(line)[:4]) == (marker, "text")


@pytest.mark.parametrize(
    "line",
    ["-5 degrees were measured", "2019. That was the year", "A. Smith denied it", "3.5 million left", "—No"],
)
def test_what_is_no_list_marker(line: str) -> None:
    assert items(line) == []


def test_letters_and_roman_numbers_are_told_apart() -> None:
    text = "Members shall:\n\n(g) meet;\n\n(h) vote;\n\n(i) report:\n\n(i) in May;\n\n(ii) in June;\n\n(j) go."
    assert [block.level for block in items(text)] == [0, 0, 0, 1, 1, 0]


@pytest.mark.parametrize(
    ("item", "label"),
    [
        ("- Resource Sharing: Costs are split.", "Resource Sharing"),
        ("- **Fair Shares:** Costs are split.", "Fair Shares"),
        ("- **Fair Shares**: Costs are split.", "Fair Shares"),
        ("- The State shall: pay.", None),
        ("- He said: we pay.", None),
        ("- Costs rose at 10:30 in the morning.", None),
        ("- Ratio 3:1 applies.", None),
        ("- First Point: ", None),
    ],
)
def test_a_label_is_short_and_no_sentence(item: str, label: str | None) -> None:
    [block] = items(item)
    assert words(read_text(item), block.label) == label


def test_markdown_headings_lose_their_marks() -> None:
    text = "# Top #\n\nText here.\n\n## # Article  1\n\nText.\n\nSetext\n======\n\nText.\n\nSecond\n---\n\nText."
    found = [(b.level, b.span.of(text)) for b in read_text(text).blocks if b.kind == "heading"]
    assert found == [(1, "Top"), (2, "Article  1"), (1, "Setext"), (2, "Second")]


@pytest.mark.parametrize(
    "line",
    [
        "He went home.",
        "Who did this to you, and why?",
        "we agreed on the date",
        '"Nobody told us," she said',
        "Photo: harbour at night",
        "By Anna Berg and Tom Reyes",
        "Saturday, October 12, 2019",
        "The costs were as follows:",
    ],
)
def test_what_is_no_heading(line: str) -> None:
    text = f"The council met on Monday evening.\n\n{line}\n\nIt will meet again on Tuesday."
    assert ("heading", line) not in shape(text)


def test_lone_lines_in_a_row_are_a_list_and_no_headings() -> None:
    text = "The shop sells this.\n\nRed paint\n\nBlue paint\n\nGreen paint\n\nWhite paint\n\nIt closes at six."
    assert "heading" not in {kind for kind, _ in shape(text)}


def test_code_and_front_matter_are_no_blocks() -> None:
    text = "---\ntitle: 'On Dykes'\ndate: 2021-03-04\n---\nText one.\n\n```\nx must = 1\n```\n\nText two.\n"
    document = read_text(text)
    assert [block.span.of(text) for block in document.blocks] == ["Text one.", "Text two."]
    assert (document.title, document.date) == ("On Dykes", "2021-03-04")


def test_quote_marks_are_left_out() -> None:
    assert shape("He wrote:\n\n> We are sorry.\n> > Who is?\n") == [
        ("paragraph", "He wrote:"),
        ("paragraph", "We are sorry."),
        ("paragraph", "Who is?"),
    ]


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("a | b\n---|---\n1 | 2", [["1", "2"]]),
        ("|a|b|\n|:-|-:|\n|1|2|\n|3|", [["1", "2"], ["3", ""]]),
        ("| a | b |\n|---|---|\n| x \\| y | z |", [["x \\| y", "z"]]),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", [["1", "2"]]),
        ("| a | b |\n| 1 | 2 |", [["1", "2"]]),
        ("|\ta\t|\tb\t|\n|\t---\t|\t---\t|\n|\t1\t|\t2\t|", [["1", "2"]]),
    ],
    ids=["no outer pipes", "short row", "escaped pipe", "long row", "no separator", "tabs"],
)
def test_pipe_tables(table: str, cells: list[list[str]]) -> None:
    [block] = read_text(table).blocks
    assert block.table is not None
    assert [[cell.of(table) for cell in row.cells] for row in block.table.rows] == cells


def test_a_pipe_in_a_sentence_is_no_table() -> None:
    assert shape("Either yes | no was the answer.\nThat was all.") == [
        ("paragraph", "Either yes | no was the answer."),
        ("paragraph", "That was all."),
    ]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Saturday, October 12, 2019", "2019-10-12"),
        ("12 October 2019", "2019-10-12"),
        ("2019-10-12", "2019-10-12"),
        ("GENEVA, 3 March 2021", "2021-03-03"),
        ("MARCH 3, 2021 PRESS RELEASE", "2021-03-03"),
        ("Talks with the Mayor Saturday, January 31, 2009", "2009-01-31"),
        ("10/12/2019", None),
        ("On 12 October 2019 the dam broke", None),
        ("31 February 2020", None),
    ],
)
def test_dates_come_from_datelines(line: str, day: str | None) -> None:
    assert read_text(f"Headline of the Day\n\n{line}\n\nThe dam broke in the night.").date == day


def test_a_dateline_glued_to_the_headline_is_no_part_of_the_title() -> None:
    assert read_text("Dam Breaks Saturday, January 31, 2009\n\nIt broke.").title == "Dam Breaks"


def test_a_sentence_torn_apart_by_a_page_break_is_one_paragraph() -> None:
    text = "The operator had been told three times that the gates of the upper\n\ndam would not hold the water."
    assert [block.span.of(text) for block in read_text(text).blocks] == [text]


def test_html_tables_and_comments_are_no_text() -> None:
    text = "Before it.\n<table>\n<tr><td>a cell</td></tr>\n</table>\n<!-- a\nnote -->\nAfter it."
    assert [block.span.of(text) for block in read_text(text).blocks] == ["Before it.", "After it."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay_as_they_are(end: str) -> None:
    text = end.join(["First Heading", "", "One sentence here.", "- an item"])
    document = read_text(text)
    assert document.text == text
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "item"]


def test_long_paragraphs_are_cut_at_sentence_ends() -> None:
    text = "The board must pay. " * 5000
    blocks = read_text(text).blocks
    assert all(block.span.end - block.span.start <= 20_000 for block in blocks)
    assert all(block.span.of(text).endswith("pay.") for block in blocks)
    assert sum(block.span.of(text).count("must") for block in blocks) == 5000


def test_a_line_without_white_space_is_cut_too() -> None:
    assert [b.span.end - b.span.start for b in read_text("x" * 50_000).blocks] == [20_000, 20_000, 10_000]


LINES = st.sampled_from(
    [
        "",
        " ",
        "- item: x",
        "# h",
        "| a | b |",
        "|---|---|",
        "> q",
        "text goes on",
        "A line.",
        "(a) b",
        "```",
        "---",
        "x:",
    ]
)


@given(st.lists(LINES | st.text(max_size=40), max_size=25), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_blocks_lie_in_the_text_in_order_and_never_overlap(lines: list[str], end: str) -> None:
    text = end.join(lines)
    document = read_text(text)
    assert document.text == text
    for block in document.blocks:
        assert 0 <= block.span.start < block.span.end <= len(text)
        assert block.span.of(text) == block.span.of(text).strip(" \t\r\n")
        for part in (block.marker, block.label):
            assert part is None or part.end <= block.span.start
        if block.table:
            cells = [cell for row in (block.table.header, *block.table.rows) for cell in row.cells]
            assert all(block.span.covers(cell) for cell in cells)
    assert all(one.span.end <= other.span.start for one, other in pairwise(document.blocks))


def test_reading_is_the_same_each_time() -> None:
    assert read_text(REPORT) == read_text(REPORT)
