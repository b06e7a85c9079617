"""Which rules fire in a text, which never do, and which are wrong where somebody annotated it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from respgraph.coverage import coverage, read_annotations
from respgraph.errors import ReadError
from respgraph.pipeline import extract
from respgraph.read import read_text

TEXT = "The mayor must resign. Residents blamed the council for the fire."


def annotation(kind: str, sentence: str) -> dict[str, object]:
    start = TEXT.index(sentence)
    return {"type": kind, "evidence": {"quote": sentence, "start": start, "end": start + len(sentence)}}


def test_fired_and_silent_rules_are_counted() -> None:
    uses = {u.rule: u.fired for u in coverage([extract(TEXT)], ["obligation.modal", "demand.calls-on"])}
    assert uses == {"obligation.modal": 1, "responsibility.blame": 1, "demand.calls-on": 0}


def test_claims_are_held_against_annotations(tmp_path: Path) -> None:
    reference = {"claims": [annotation("responsibility", "Residents blamed the council for the fire.")]}
    (tmp_path / "a.json").write_text(json.dumps(reference), encoding="utf-8")
    found = coverage([extract(read_text(TEXT, "news/a.txt"))], [], read_annotations(tmp_path))
    assert {u.rule: (u.right, u.wrong) for u in found} == {
        "obligation.modal": (0, 1),
        "responsibility.blame": (1, 0),
    }


def test_a_file_that_is_no_annotation_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"claims": [{"type": "demand"}]}', encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.json"):
        read_annotations(tmp_path)
