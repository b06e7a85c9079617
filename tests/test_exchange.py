"""The exchange format: every slot is a quote at its offsets, null, or for speakers "author"."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from factories import harbour
from respgraph.exchange import CLAIM_SLOTS, CLAIMS, VALUES, gold_json, to_json
from respgraph.model import Extraction
from respgraph.pipeline import extract


@pytest.fixture(scope="module", params=["by hand", "read"])
def extraction(request: pytest.FixtureRequest) -> Extraction:
    return harbour() if request.param == "by hand" else extract(harbour().document.text)


def mentions(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object with a quote, wherever it is."""
    if isinstance(value, dict):
        if "quote" in value:
            yield value
        for part in value.values():
            yield from mentions(part)
    elif isinstance(value, list):
        for part in value:
            yield from mentions(part)


def test_every_quote_stands_at_its_offsets(extraction: Extraction) -> None:
    found = list(mentions(to_json(extraction)))
    text = extraction.document.text
    assert len(found) > 40
    assert [m for m in found if text[m["start"] : m["end"]] != m["quote"]] == []


def test_each_claim_type_has_one_place(extraction: Extraction) -> None:
    out = to_json(extraction)
    assert {c["type"] for c in out["claims"]} <= set(CLAIMS)
    kinds = {"responses": "response", "definitions": "definition", "questions": "question"}
    for key, kind in kinds.items():
        assert [c["id"] for c in out[key]] == [c.id for c in extraction.of_type(kind)]


def test_every_claim_has_every_key(extraction: Extraction) -> None:
    for claim in to_json(extraction)["claims"]:
        keys = {
            *CLAIM_SLOTS,
            *VALUES,
            "id",
            "type",
            "speaker",
            "trigger",
            "evidence",
            "confidence",
            "found_by",
        }
        assert keys <= set(claim)
        assert claim["speaker"] == "author" or claim["speaker"]["quote"]
        assert claim["evidence"] is not None


def test_every_claim_names_a_statement_that_is_there(extraction: Extraction) -> None:
    out = to_json(extraction)
    known = {s["id"] for s in out["statements"]}
    assert {c["statement"] for k in ("claims", "responses", "definitions", "questions") for c in out[k]} <= known


def test_the_object_survives_json(extraction: Extraction) -> None:
    out = to_json(extraction)
    assert json.loads(json.dumps(out)) == out
    assert out["sha256"] == extraction.document.sha256


def test_the_annotators_form_holds_the_same_claims(extraction: Extraction) -> None:
    gold = gold_json(extraction)
    assert set(gold) == {"id", "claims"}
    assert gold["claims"] == to_json(extraction)["claims"]
