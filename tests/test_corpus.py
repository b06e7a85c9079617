"""All rules together on sentences of our own: exactly these claims, and none in the negative file.

``corpus/claims.tsv`` has a sentence and, tab-separated, each claim it makes: type, value, then the slots that
are filled (S speaker, B bearer, C content, X cause, E effect). ``corpus/nothing.tsv`` has sentences that make
none, each with the reason. Near misses found in real texts go here first, the fix second.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from respgraph.annotate import Annotated
from respgraph.annotate.spacy import annotate
from respgraph.extract import extract
from respgraph.model import Claim
from respgraph.read import read_text
from respgraph.resolve import resolve

CORPUS = Path(__file__).parent / "corpus"
SLOTS = (("S", "speaker"), ("B", "bearer"), ("C", "content"), ("X", "cause"), ("E", "effect"))


def lines(name: str) -> list[list[str]]:
    text = (CORPUS / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


POSITIVE = lines("claims.tsv")
NEGATIVE = lines("nothing.tsv")


@cache
def parsed() -> dict[str, Annotated]:
    texts = [row[0] for row in (*POSITIVE, *NEGATIVE)]
    return {a.document.text: a for a in annotate(read_text(t, "sentence") for t in texts)}


def shown(claim: Claim) -> str:
    value = claim.stance or claim.modality or ("negative" if claim.polarity == "negative" else "")
    degree = claim.degree if claim.degree not in {None, "unspecified"} else ""
    slots = [f"{key}={mention.quote}" for key, slot in SLOTS if (mention := claim.get(slot)) is not None]
    return "; ".join([" ".join(x for x in (claim.type, value, degree) if x), *slots])


def claims_of(sentence: str) -> list[str]:
    return sorted(shown(c) for c in resolve(extract(parsed()[sentence])).claims)


@pytest.mark.parametrize("row", POSITIVE, ids=[row[0][:60] for row in POSITIVE])
def test_a_sentence_makes_exactly_these_claims(row: list[str]) -> None:
    assert claims_of(row[0]) == sorted(row[1:])


@pytest.mark.parametrize("row", NEGATIVE, ids=[row[0][:60] for row in NEGATIVE])
def test_a_sentence_makes_no_claim(row: list[str]) -> None:
    assert claims_of(row[0]) == [], row[1]
