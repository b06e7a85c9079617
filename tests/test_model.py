"""The values that flow: small, frozen, and with ids that depend on content alone."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respgraph.errors import QueryError, ReadError, UnknownNameError
from respgraph.model import ACTOR_SLOTS, SLOTS, Claim, Document, Extraction, Mention, Span, content_hash


def claim(kind: str, at: int) -> Claim:
    here = Mention(Span(at, at + 1), "x")
    return Claim(f"{kind}{at}", kind, here, here, (("bearer", here),), "s", "test", 0.5)


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_a_span_gives_its_words(text: str, start: int, length: int) -> None:
    assert Span(start, start + length).of(text) == text[start : start + length]


@pytest.mark.parametrize(
    ("first", "second", "overlaps", "covers"),
    [
        (Span(0, 5), Span(5, 9), False, False),
        (Span(0, 5), Span(4, 9), True, False),
        (Span(0, 9), Span(2, 3), True, True),
        (Span(0, 9), Span(0, 9), True, True),
    ],
    ids=["touching", "crossing", "inside", "same"],
)
def test_spans_overlap_when_they_share_a_character(first: Span, second: Span, overlaps: bool, covers: bool) -> None:
    assert first.overlaps(second) is overlaps
    assert second.overlaps(first) is overlaps
    assert first.covers(second) is covers


def test_values_cannot_be_changed_and_can_be_hashed() -> None:
    found = claim("cause", 1)
    assert hash(found) == hash(claim("cause", 1))
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.confidence = 1.0  # type: ignore[misc]  # that it cannot be set is what is tested


def test_a_document_id_depends_on_name_and_text() -> None:
    same, renamed, rewritten = (Document(n, t).id for n, t in [("a", "x"), ("b", "x"), ("a", "y")])
    assert Document("a", "x").id == same
    assert len({same, renamed, rewritten}) == 3
    assert len(same) == 16


def test_the_parts_of_a_hash_do_not_run_together() -> None:
    assert content_hash("ab", "c") != content_hash("a", "bc")
    assert content_hash("\ud800") == content_hash("\ud800")


def test_slots_and_types_are_looked_up_by_name() -> None:
    both = Extraction(Document("a", "xyz"), claims=(claim("cause", 1), claim("demand", 2)))
    assert [c.type for c in both.of_type("demand", "question")] == ["demand"]
    assert both.claims[0].get("bearer") == Mention(Span(1, 2), "x")
    assert both.claims[0].get("speaker") is None
    assert set(ACTOR_SLOTS) < set(SLOTS)


def test_errors_say_what_where_and_what_to_do_next() -> None:
    assert str(ReadError("a.txt", "empty", "byte 3")) == "a.txt (byte 3): empty"
    assert "did you mean 'causes'?" in str(UnknownNameError("query", "cuases", ["causes", "demands"]))
    assert str(QueryError("not known", "SELECT ?x\nWHERE", 2, 3)).splitlines()[-1] == "    ^"
