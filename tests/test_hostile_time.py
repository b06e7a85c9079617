"""The whole way from text to graph costs time in proportion to the length, however the text is made."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pytest

from respgraph.annotate import Annotated
from respgraph.annotate.pieces import Piece
from respgraph.annotate.spacy import annotate, batch_size
from respgraph.extract import extract
from respgraph.rdf import build_rows, write_trig
from respgraph.read import read_text
from respgraph.resolve import resolve


def names(count: int) -> str:
    """Return sentences in which each name is a new one."""
    a, b = ([chr(97 + i % 26) + chr(97 + i // 26) for i in range(count)] for _ in range(2))
    return "".join(f"Mr. {x.title()}son blamed Ms. {y.title()}berg for the flood. " for x, y in zip(a, b, strict=True))


HOSTILE: dict[str, Callable[[int], str]] = {
    "claims": lambda n: "The ministry said the company must pay for the flood. " * n,
    "charges": names,
    "one culprit": lambda n: names(n).replace(" for the", " and the company for the"),
    "rival names": lambda n: "".join(f"The Big {chr(65 + i % 26)} Council (BRC) must act. " for i in range(n)),
    "lists": lambda n: "The union's demands are:\n\n- more pay;\n- less work.\n\n" * n,
    "turns": lambda n: "MINISTER: We must pay. He said it must pay.\n\n" * n,
}


def seconds(annotated: Annotated) -> float:
    start = time.process_time()
    write_trig(build_rows(resolve(extract(annotated))), io.BytesIO())
    return time.process_time() - start


@pytest.mark.parametrize("name", HOSTILE)
def test_time_from_parse_to_graph_grows_with_the_length(name: str) -> None:
    small, large = annotate([read_text(HOSTILE[name](count)) for count in (60, 600)])
    seconds(small)  # what is loaded once
    assert seconds(large) <= 40 * max(min(seconds(small), seconds(small)), 0.01)


@pytest.mark.parametrize("run", ["\N{LEFT DOUBLE QUOTATION MARK}", "\U0001f600", "\u2026", "($", "-a"], ids=ascii)
def test_a_word_without_end_does_not_hold_up_the_tokenizer(run: str) -> None:
    text = f"The city must pay. {run * 20_000} The city must act."
    start = time.process_time()
    [annotated] = annotate([read_text(text)])
    assert time.process_time() - start < 5
    assert [t.form for s in annotated.sentences for t in s.tokens if t.form in ("pay", "act")] == ["pay", "act"]
    assert all(text[t.start : t.end] == t.form for s in annotated.sentences for t in s.tokens)


def test_long_blocks_are_parsed_a_few_at_a_time() -> None:
    def size(length: int) -> int:
        document = read_text("word " * (length // 5))
        return batch_size([(0, document.blocks[0], Piece(0, "x" * length))])

    assert [size(length) for length in (5, 500, 3000, 20_000, 10**6)] == [64, 64, 64, 10, 1]
