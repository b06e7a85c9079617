"""Documents of nearly the same text: found whatever their names and order, and nothing else."""

from __future__ import annotations

import random

from respgraph.compare import find_twins
from respgraph.compare.near import ALIKE, jaccard
from respgraph.model import Document, Extraction
from respgraph.rdf import build_rows
from respgraph.store import view_of

WORDS = [f"word{n}" for n in range(400)]


def text(seed: int, length: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def twins(texts: dict[str, list[str]]) -> dict[str, str]:
    documents = [Document(name, " ".join(words)) for name, words in texts.items()]
    names = {f"https://w3id.org/respgraph/data/doc/{d.id}": d.name for d in documents}
    found = find_twins(view_of(row for d in documents for row in build_rows(Extraction(d))))
    return {names[a]: names[b] for a, b in found.items()}


def test_a_text_with_another_head_and_tail_is_found_and_led_back_to_the_first_name() -> None:
    agency = text(1)
    texts = {"c": ["Our", "own", "head", *agency], "a": agency, "b": [*agency[:-9], "and", "more"], "d": text(2)}
    assert twins(texts) == {"b": "a", "c": "a"}


def test_a_text_that_shares_half_is_another_text() -> None:
    agency = text(3)
    half = [*agency[:150], *text(4, 150)]
    assert jaccard(" ".join(agency), " ".join(half)) < ALIKE
    assert twins({"a": agency, "b": half}) == {}


def test_short_texts_are_not_compared() -> None:
    assert twins({"a": text(5, 20), "b": text(5, 20)}) == {}


def test_a_text_in_very_many_papers_costs_a_comparison_each() -> None:
    agency = text(6)
    found = twins({f"{n:03}": agency for n in range(120)})
    assert set(found.values()) == {"000"}
    assert len(found) == 119
