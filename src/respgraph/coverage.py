"""Extractions -> how often each rule fires, and how often it is right where somebody annotated the texts.

A rule that never fires on the texts one cares about is dead weight; one that is often wrong there needs a
test of its own. "Right" is lenient: an annotated claim of the same type stands in the same sentence, and no
other claim has taken it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from respgraph.errors import ReadError
from respgraph.model import Claim, Extraction

Annotations = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class RuleUse:
    """How often a rule fired; ``right`` and ``wrong`` count only claims in annotated documents."""

    rule: str
    fired: int
    right: int = 0
    wrong: int = 0


def read_annotations(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return document id -> annotated claims of a folder of ``ID.json`` files (what ``--format gold`` writes).

    Raises:
        ReadError: No such folder, or a file that is not of that form.
    """
    if not folder.is_dir():
        raise ReadError(str(folder), "no such folder of annotations (ID.json files)")
    out = {}
    for path in sorted(folder.glob("*.json")):
        try:
            claims = json.loads(path.read_text(encoding="utf-8"))["claims"]
            out[path.stem] = [c for c in claims if c["type"] and c["evidence"]["start"] is not None]
        except (ValueError, KeyError, TypeError) as error:
            raise ReadError(str(path), "no annotation: it needs claims with a type and evidence offsets") from error
    return out


def coverage(
    extractions: Iterable[Extraction], rules: Iterable[str], annotations: Annotations | None = None
) -> list[RuleUse]:
    """Return the use of every rule, most used first; rules that never fired come last.

    Args:
        extractions: What was read.
        rules: The names of all rules, so that silent ones are listed too.
        annotations: Document id (the file's stem) -> annotated claims.
    """
    fired: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for extraction in extractions:
        fired.update(claim.found_by for claim in extraction.claims)
        reference = (annotations or {}).get(Path(extraction.document.name).stem)
        if reference is not None:
            for claim, good in judge(extraction.claims, reference):
                (right if good else wrong)[claim.found_by] += 1
    names = {*rules, *fired}
    found = [RuleUse(name, fired[name], right[name], wrong[name]) for name in names]
    return sorted(found, key=lambda use: (-use.fired, use.rule))


def judge(claims: Iterable[Claim], reference: list[dict[str, Any]]) -> Iterable[tuple[Claim, bool]]:
    """Yield each claim of an annotated type with whether an annotated claim answers to it, one to one."""
    types = {c["type"] for c in reference} | {"responsibility", "obligation", "demand", "commitment", "cause"}
    left = list(reference)
    ordered = sorted((c for c in claims if c.type in types), key=lambda c: -c.confidence)
    for claim in ordered:
        match = next(
            (
                c
                for c in left
                if c["type"] == claim.type
                and c["evidence"]["start"] < claim.evidence.span.end
                and claim.evidence.span.start < c["evidence"]["end"]
            ),
            None,
        )
        if match is not None:
            left.remove(match)
        yield claim, match is not None
