"""Whom the words name: pronouns, titles, short names, rival readings left open.

``corpus/actors.tsv`` has a text and, tab-separated, ``words=actor`` for every speaker, bearer and counterpart its
claims have, no more and no fewer; "\\n" in a text is a line break.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from respgraph.annotate.spacy import annotate
from respgraph.extract import extract
from respgraph.read import read_text
from respgraph.resolve import resolve

CORPUS = Path(__file__).parent / "corpus" / "actors.tsv"
ROWS = [
    line.split("\t") for line in CORPUS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
]
SLOTS = ("speaker", "bearer", "counterpart")


def actors_of(text: str) -> dict[str, str]:
    (annotated,) = annotate([read_text(text.replace("\\n", "\n"), "text")])
    claims = resolve(extract(annotated)).claims
    mentions = [mention for claim in claims for slot in SLOTS if (mention := claim.get(slot)) is not None]
    return {mention.quote: mention.actor.name for mention in mentions if mention.actor is not None}


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:60] for row in ROWS])
def test_words_name_exactly_these_actors(row: list[str]) -> None:
    assert actors_of(row[0]) == dict(cell.split("=") for cell in row[1:])
