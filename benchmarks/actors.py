"""Who is the same as whom over documents: how often automatic identity and suggestions are right.

    python benchmarks/actors.py GRAPH [PAIRS]           scores the annotated pairs (tests/actor_pairs.json)
    python benchmarks/actors.py GRAPH --sample N        prints N pairs to annotate, with their contexts

A pair is two actors, each as one document mentions it, in different documents. Pairs are drawn by a hash of
their names, not by chance, in three strata: the same name, the same surname, the same head word. Within a
stratum no key gives more than two pairs, so that a frequent one does not decide the figure. Groups and names
without a capital ("residents", "the parties") are left out: nobody would look for those in another text.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from respgraph.identity import list_actors, suggest
from respgraph.identity.suggest import folded
from respgraph.model import content_hash
from respgraph.store import View, open_graph

PAIRS = Path(__file__).resolve().parents[1] / "tests" / "actor_pairs.json"
STRATA = ("same name", "same surname", "same head word")
PER_NAME = 2
BEGINNING = 40  # characters of a document's name that stand for it: some are headlines, and nobody's to copy
LONGEST = 8  # words: a longer phrase is a passage of its text and names nobody elsewhere
QUOTES = """SELECT ?document ?actor ?quote WHERE { GRAPH ?graph {
    ?claim a resp:Claim ; ?slot ?actor ; resp:evidence ?place .
    VALUES ?slot { resp:speaker resp:bearer resp:counterpart resp:responder }
    ?place oa:hasSelector/oa:exact ?quote ; oa:hasSource/dcterms:identifier ?document } } ORDER BY ?actor ?quote"""


@dataclass(frozen=True)
class Named:
    """An actor as one document mentions it."""

    document: str
    name: str
    kind: str
    iri: str


def named(view: View) -> list[Named]:
    """Return each actor that stands in a claim, per document."""
    found = [
        Named(d, a.name, a.kind, a.iri)
        for a in list_actors(view)
        if a.mentions and a.kind not in ("group", "collective") and any(w[0].isupper() for w in a.name.split()[-1:])
        if len(a.name.split()) <= LONGEST
        for d in a.documents
    ]
    return sorted(found, key=lambda n: (n.name.casefold(), n.document, n.iri))


def candidates(actors: list[Named]) -> Iterator[tuple[str, str, Named, Named]]:
    """Yield stratum, key and pair; a pair belongs to the first stratum that fits."""
    for stratum in STRATA:
        held: dict[str, list[Named]] = defaultdict(list)
        for actor in actors:
            words = folded(actor.name).split()
            person = actor.kind == "person"
            if words and (stratum != "same surname" or person) and (stratum != "same head word" or not person):
                held[" ".join(words) if stratum == "same name" else words[-1]].append(actor)
        for key, members in sorted(held.items()):
            for a, b in combinations(members, 2):
                same = folded(a.name) == folded(b.name)
                if a.document != b.document and same == (stratum == "same name"):
                    yield stratum, key, a, b


def sample(view: View, number: int) -> list[tuple[str, Named, Named]]:
    """Return about a third of the number from each stratum."""
    by_stratum: dict[str, list[tuple[str, str, Named, Named]]] = defaultdict(list)
    for stratum, key, a, b in candidates(named(view)):
        by_stratum[stratum].append((content_hash(a.document, a.name, b.document, b.name), key, a, b))
    out = []
    for stratum in STRATA:
        taken: Counter[str] = Counter()
        chosen = []
        for _, key, a, b in sorted(by_stratum[stratum]) if by_stratum[stratum] else ():
            if taken[key] < PER_NAME:
                taken[key] += 1
                chosen.append((stratum, a, b))
        out += chosen[: number // 3]
    return out


def score(view: View, pairs: list[dict[str, str]]) -> dict[str, dict[str, int | float]]:
    """Return precision and recall of what is one IRI, and of that with the suggestions."""
    actors = list_actors(view)
    place = {(Path(d).name[:BEGINNING], n): a.iri for a in actors for d in a.documents for n in a.names}
    place |= {(Path(d).name[:BEGINNING], a.name): a.iri for a in actors for d in a.documents}
    asked = {frozenset((s.a, s.b)) for s in suggest(actors)}
    counts: dict[str, Counter[str]] = {"automatic": Counter(), "suggested": Counter(), "either": Counter()}
    for pair in pairs:
        a, b = (place.get((pair[f"{x}_document"], pair[f"{x}_name"])) for x in "ab")
        automatic = a is not None and a == b
        suggested = not automatic and frozenset((a, b)) in asked
        if pair["verdict"] not in ("same", "different"):
            continue
        truth = "true" if pair["verdict"] == "same" else "false"
        for name, said in (("automatic", automatic), ("suggested", suggested), ("either", automatic or suggested)):
            if said or truth == "true":
                counts[name][f"{truth} {'found' if said else 'missed'}"] += 1
    return {name: figures(count) for name, count in counts.items()}


def figures(count: Counter[str]) -> dict[str, int | float]:
    right, wrong, missed = count["true found"], count["false found"], count["true missed"]
    return {
        "right": right,
        "wrong": wrong,
        "missed": missed,
        "precision": round(right / (right + wrong), 3) if right + wrong else 1.0,
        "recall": round(right / (right + missed), 3) if right + missed else 1.0,
    }


def main(graph: str, *rest: str) -> None:
    with open_graph(graph) as view:
        if rest[:1] == ("--sample",):
            quotes: dict[tuple[str, str], list[str]] = defaultdict(list)
            for row in view.query(QUOTES):
                quotes[row["document"].value, row["actor"].value].append(row["quote"].value)
            for n, (stratum, a, b) in enumerate(sample(view, int(rest[1])), 1):
                print(f"{n}. {stratum}")
                for x in (a, b):
                    said = " | ".join(" ".join(q.split())[:160] for q in quotes[x.document, x.iri][:2])
                    print(f"   {x.name} [{x.kind}] {x.document} {x.iri.rsplit('/data/', 1)[-1]}\n      {said}")
            return
        pairs = json.loads(Path(rest[0] if rest else PAIRS).read_text(encoding="utf-8"))["pairs"]
        verdicts = Counter(pair["verdict"] for pair in pairs)
        print(json.dumps({"pairs": dict(sorted(verdicts.items())), **score(view, pairs)}, indent=2))


if __name__ == "__main__":
    main(*sys.argv[1:])
