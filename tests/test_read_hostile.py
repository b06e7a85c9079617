"""Hostile texts cost time in proportion to their length: a hundredfold text at most 150 times the time."""

from __future__ import annotations

import time

import pytest

from respgraph.extract.definitions import find_definitions
from respgraph.extract.tables import read_table
from respgraph.read import read_text

HOSTILE = {
    "spaces": " ",
    "one word": "x",
    "pipes": "|",
    "pipe rows": "|a|b|\n",
    "separators": "|-",
    "separator rows": "|---|\n",
    "header and separator": "|a|\n|-|\n",
    "backslashes": "\\|",
    "hashes": "#",
    "hash words": "# ",
    "hash lines": "# a\n",
    "quotes": ">",
    "quote lines": "> a\n",
    "deep quotes": "> > > > > > > > > a\n",
    "fences": "```a\n",
    "closed fences": "```\n",
    "comments": "<!--\n",
    "tags": "<a\n",
    "angles": "<a ",
    "dashes": "- ",
    "dash lines": "- a\n",
    "numbers": "1. ",
    "numbered lines": "1. a\n",
    "letters": "(a) b\n",
    "roman": "(i) ",
    "labels": "A: ",
    "label lines": "- A A A: b\n",
    "stars": "*",
    "bold": "** ",
    "underlines": "___\n",
    "rules": "- - ",
    "setext": "a\n===\n",
    "braces": "{% ",
    "images": "![](",
    "links": "[a]: b ",
    "brackets": "(",
    "acronyms": "(AB) ",
    "long forms": "Aaa Bbb Ccc ",
    "open terms": '("the ',
    "stands for": "A stands for ",
    "or": ", or ",
    "stops": ". ",
    "abbreviations": "U.S. ",
    "headings": "A Heading Here\n\n",
    "wrapped": "a line that is long enough to look like one of a wrapped text\n",
    "dates": "12 October 2019 ",
    "carriage returns": "\r",
    "blank lines": "\n",
    "indent": "    ",
    "deeper": "  - a\n",
    "zero width": "\u200b",
    "front matter": "---\na: b\n",
}


def seconds(text: str) -> float:
    best = 9e9
    for _ in range(3 if len(text) < 10_000 else 1):
        start = time.process_time()
        document = read_text(text)
        find_definitions(text, document.blocks)
        for block in document.blocks:
            if block.table:
                read_table(block.table, text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_length(name: str) -> None:
    piece = HOSTILE[name]
    small, large = ((piece * (size // len(piece) + 1))[:size] for size in (1_000, 100_000))
    assert seconds(large) <= 400 * max(seconds(small), 0.0005)  # 100 is linear, 10,000 square


def test_stairs_of_indentation_are_linear() -> None:
    text = "".join(" " * (n % 400) + "- a\n" for n in range(500))
    assert seconds(text * 10) <= 150 * max(seconds(text), 0.0005)


def test_a_line_of_five_megabytes_is_read() -> None:
    document = read_text("The board must pay. " * 250_000)
    assert len(document.blocks) >= 250
