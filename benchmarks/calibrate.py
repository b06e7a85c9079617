"""Measure how often each rule is right on annotated texts, and write it down as the rule's confidence.

    python benchmarks/calibrate.py BENCH

A rule's own hits are counted on documents that its authors read (see ``score.py``), which flatters it; so they
are drawn towards how often its claim type is right on documents that nobody read. Writes
``src/respgraph/extract/lexicon/confidence.txt``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from score import ONLY_SCORED, ROOT, load

from respgraph.exchange import CLAIMS, to_json
from respgraph.extract import all_rules
from respgraph.pipeline import extract_many
from respgraph.read import read_text

OUT = ROOT / "src" / "respgraph" / "extract" / "lexicon" / "confidence.txt"
# As many imagined claims, right as often as the claim type is on unread documents, are added to a rule's own.
WEIGHT = 12
HEAD = """# rule, share of its claims with the right speaker and bearer (drawn towards its claim type's), claims seen
# Written by benchmarks/calibrate.py from annotated documents; rules never seen there have the share of their type.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    bench = parser.parse_args().bench
    score = load(bench / "gold" / "score.py", "gold_score")
    reference = score.load(str(bench / "gold" / "claims"))
    paths = sorted((bench / "gold" / "docs").glob("*.txt"))
    documents = [read_text(p.read_text(encoding="utf-8"), p.stem) for p in paths]
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    unread_right: Counter[str] = Counter()
    types: dict[str, str] = {rule.name: rule.type for rule in all_rules().values()}
    for extraction in extract_many(documents):
        for rule, good in judged(score, reference[extraction.document.name], to_json(extraction)["claims"]):
            if extraction.document.name.startswith(ONLY_SCORED):
                unread[types.get(rule, rule)] += 1
                unread_right[types.get(rule, rule)] += good
            else:
                seen[rule] += 1
                right[rule] += good
    rates = {kind: unread_right[kind] / max(1, unread[kind]) for kind in CLAIMS}
    rows = [
        f"{rule}\t{(right[rule] + WEIGHT * rates[kind]) / (seen[rule] + WEIGHT):.2f}\t{seen[rule]}\n"
        for rule, kind in sorted(types.items())
        if kind in rates
    ]
    OUT.write_text(HEAD + "".join(rows), encoding="utf-8")
    print(f"{len(rows)} rules, {sum(seen.values())} claims; by type: {rates}")


def judged(
    score: ModuleType, reference: list[dict[str, Any]], claims: list[dict[str, Any]]
) -> Iterator[tuple[str, bool]]:
    """Yield (rule, speaker and bearer right) for each claim that is not paired with an uncertain annotation."""
    pairs = sorted(
        ((score.sim(r, p), a, b) for a, r in enumerate(reference) for b, p in enumerate(claims)), reverse=True
    )
    used: set[int] = set()
    found: dict[int, int] = {}
    for similar, a, b in pairs:
        if similar > 0 and a not in used and b not in found:
            used.add(a)
            found[b] = a
    for b, claim in enumerate(claims):
        annotated = reference[found[b]] if b in found else None
        if annotated is None or annotated.get("certain") is not False:
            yield claim["found_by"], annotated is not None and score.levels(annotated, claim)[1]


if __name__ == "__main__":
    main()
