"""How often a rule is right, as measured: the confidence of its claims.

``lexicon/confidence.txt`` is written by ``benchmarks/calibrate.py`` from annotated texts (documents the
authors of the rules did read; the figures for documents they did not are in ``tests/reliability.json``):
rule, share of its claims whose speaker and bearer are right, claims seen. A rule seen seldom is drawn
towards the share of its claim type, so that two lucky hits make no certainty. A rule that is not in the
table keeps what its author gave it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from respgraph.extract.match import Frame
from respgraph.extract.rule import Rule

LEAST, MOST = 0.05, 0.97


@cache
def measured() -> dict[str, float]:
    """Return rule -> measured share of right claims."""
    path = files("respgraph.extract.lexicon") / "confidence.txt"
    if not path.is_file():
        return {}
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {row[0]: float(row[1]) for row in rows}


def calibrated(frame: Frame, rules: Mapping[str, Rule]) -> Frame:
    """Return the frame with the measured confidence of its rule, moved as far as the rule itself moved it."""
    rule = rules.get(frame.rule)
    share = measured().get(frame.rule)
    if rule is None or share is None:
        return frame
    return replace(frame, confidence=min(MOST, max(LEAST, share + frame.confidence - rule.confidence)))
