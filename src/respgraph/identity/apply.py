"""Judgements -> the graph: who is kept stands in the slots, who was read there is kept beside.

Where a judgement changes a value, all values that were read there are kept under the ``...AsRead`` property,
so what was read can always be restored from the graph alone, to the byte. Applying restores first, so it
gives the same graph whatever was applied before; a graph with no judgements is the graph as it was built.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from respgraph.identity.judgements import APART, Judgement, anchored, canonical
from respgraph.rdf import Row, derive_ties
from respgraph.rdf.iri import iri, literal, resp, split_literal, term
from respgraph.resolve.links import ACTING
from respgraph.store import Store, View
from respgraph.store.graph import TIES, line_of, spelled, view_of_nquads
from respgraph.vocab import ACTOR_CLASSES, AS_READ

Triple = tuple[str, str, str]
_TYPE: Final = term("rdf:type")
_LABEL: Final = term("skos:prefLabel")
_MERGED: Final = resp("mergedInto")
_BROUGHT: Final = resp("describedFor")
_KEPT: Final = {term(curie): resp(local) for curie, local in AS_READ.items()}
_READ: Final = {kept: held for held, kept in _KEPT.items()}
_IDENTIFIERS: Final = frozenset({resp("iso3166"), term("skos:exactMatch")})  # of the shared one, not of its namesake
_ACTORS: Final = "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s a resp:Actor ; ?p ?o } }"
_MARKS: Final = tuple(mark.encode() for mark in sorted({*_READ, _MERGED, _BROUGHT}))
_SPEAKS, _UNIT = resp("speaksFor"), term("org:unitOf")
# Units that act for what they belong to, as everywhere where actors are folded. A court or a parliament does not.
_FOLDED: Final = frozenset(resp(ACTOR_CLASSES[kind]) for kind in ACTING)


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying did: judgements whose actors are there, those (kept) whose are not, documents changed."""

    applied: tuple[Judgement, ...]
    missing: tuple[Judgement, ...]
    changed: int


def apply_judgements(store: Store, judgements: Sequence[Judgement], source: str) -> Applied:
    """Make a store's graph what the judgements say, document by document; the caller saves it.

    Args:
        store: The graph; what was applied before is taken back first.
        judgements: In the order of their file. Who is known in one document only is looked for in the document of
            that name when its text has changed.
        source: The file, for errors.

    Raises:
        JudgementError: The judgements contradict each other; nothing was applied.
    """
    held = {graph: {(r.subject, r.predicate, r.object) for r in store.rows(graph)} for graph in store.documents()}
    read = {graph: restore(triples) for graph, triples in held.items()}
    described = descriptions(read.values())
    there_now = anchored(judgements, {actor[1:-1] for actor in described}, own_actors(read, described))
    into = canonical(there_now, source)
    names = {iri(j.a): literal(j.name) for j in there_now if j.verdict == "name"}
    merges = {iri(actor): iri(kept) for actor, kept in into.items() if iri(kept) in described}
    parted = part(read, there_now)
    changed = 0
    for graph, triples in read.items():
        judged = rewrite(triples, merges, names, described, parted.get(graph, {}))
        if judged != held[graph]:
            store.put_graph(graph_rows(judged, graph))
            changed += 1
    found = {(document_name(read[graph], graph), actor) for graph, own in parted.items() for actor in own}
    there = [
        (j.a_in, iri(j.a)) in found if j.verdict == "apart" else all(iri(one) in described for one in (j.a, j.b) if one)
        for j in there_now
    ]
    return Applied(
        tuple(j for j, is_there in zip(judgements, there, strict=True) if is_there),
        tuple(j for j, is_there in zip(judgements, there, strict=True) if not is_there),
        changed,
    )


def part(read: Mapping[str, set[Triple]], judgements: Iterable[Judgement]) -> dict[str, dict[str, set[Triple]]]:
    """Return, by document and actor, the description of whom judgements say that actor is there: somebody else."""
    parted: dict[str, dict[str, set[Triple]]] = defaultdict(dict)
    wanted = [j for j in judgements if j.verdict == "apart"]
    for graph, triples in read.items() if wanted else ():
        name = document_name(triples, graph)
        for judgement in wanted:
            actor = iri(judgement.a)
            own = {(p, o) for s, p, o in triples if s == actor} if judgement.a_in == name else set()
            if own:
                other = iri(f"{graph}/actor/{judgement.a.rpartition('/actor/')[2]}{APART}")
                if judgement.name:
                    own = {(p, o) for p, o in own if p != _LABEL} | {(_LABEL, literal(judgement.name))}
                own = {(p, o) for p, o in own if p not in _IDENTIFIERS}
                parted[graph][actor] = {(other, p, o) for p, o in own} | {(other, _BROUGHT, actor)}
    return parted


def document_name(triples: Iterable[Triple], graph: str) -> str:
    """Return the name of a document, "" if it has none."""
    node, named = iri(graph), term("dcterms:identifier")
    return min((split_literal(o)[0] for s, p, o in triples if p == named and s == node), default="")


def own_actors(read: Mapping[str, set[Triple]], described: Container[str]) -> dict[tuple[str, str], str]:
    """Return name of a document and end of an IRI -> the actor known in that document only."""
    found = {}
    for graph, triples in read.items():
        name = document_name(triples, graph)
        own = f"<{graph}/actor/"
        for actor in {s for s, _, _ in triples if s.startswith(own) and s in described}:
            found[name, actor[len(own) : -1]] = actor[1:-1]
    return found


def graph_rows(triples: Iterable[Triple], graph: str) -> list[Row]:
    """Return one document's triples and the ties derived from them as rows."""
    held = tuple(triples)
    name = iri(graph)
    return [Row(*t, name) for t in held] + [Row(*t, iri(graph + "/ties")) for t in derive_ties(held)]


def descriptions(documents: Iterable[set[Triple]]) -> dict[str, set[Triple]]:
    """Return actor -> all that any document says of it as an actor."""
    found: dict[str, set[Triple]] = defaultdict(set)
    for triples in documents:
        actors = {s for s, p, o in triples if p == _TYPE and o == resp("Actor")}
        for triple in triples:
            if triple[0] in actors:
                found[triple[0]].add(triple)
    return dict(found)


def restore(triples: Iterable[Triple]) -> set[Triple]:
    """Return one document's triples as they were read: every judgement taken back."""
    held = set(triples)
    brought = {s for s, p, _ in held if p == _BROUGHT}
    held = {t for t in held if t[0] not in brought and t[1] != _MERGED}
    read = {(s, _READ[p], o) for s, p, o in held if p in _READ}
    changed = {(s, p) for s, p, _ in read}
    return {t for t in held if t[1] not in _READ and t[:2] not in changed} | read


def rewrite(
    triples: Iterable[Triple],
    merges: Mapping[str, str],
    names: Mapping[str, str],
    described: Mapping[str, set[Triple]],
    parted: Mapping[str, set[Triple]] | None = None,
) -> set[Triple]:
    """Return one document's triples with the kept actors in the places of those merged into them.

    Args:
        triples: As they were read.
        merges: Actor -> the one that is kept, in N-Triples spelling.
        names: Actor -> its new name, a literal.
        described: What the corpus says of each actor: a kept one the document does not name is described there.
        parted: Actor -> the description of whom it is in this document.
    """
    held = set(triples)
    others = {actor: min(own)[0] for actor, own in (parted or {}).items()}
    merges = {**merges, **others}
    subjects = {s for s, _, _ in held}
    held |= set().union(*(parted or {}).values())
    merged = sorted(subjects & set(merges) - set(others))
    for actor in merged:
        held |= _brought(merges[actor], actor, subjects, described)
    values: dict[tuple[str, str], set[str]] = defaultdict(set)
    for s, p, o in held:
        if p in _KEPT:
            values[s, p].add(o)
    for (s, p), old in values.items():
        new = {names[s]} if p == _LABEL and s in names else {merges.get(o, o) for o in old}
        if p in (_UNIT, _SPEAKS):
            new.discard(s)  # a part merged with its whole is no part of itself
        if new != old:
            held -= {(s, p, o) for o in old}
            held |= {(s, p, o) for o in new} | {(s, _KEPT[p], o) for o in old}
    return held | {(actor, _MERGED, merges[actor]) for actor in merged}


def _brought(kept: str, merged: str, subjects: set[str], described: Mapping[str, set[Triple]]) -> set[Triple]:
    """Return the description of an actor that a document lacks, with those it is a part of."""
    if kept in subjects:
        return set()
    subjects.add(kept)
    own = described.get(kept, set()) | {(kept, _BROUGHT, merged)}
    parts = {o for _, p, o in own if p in (_UNIT, _SPEAKS, resp("member"))}
    return own.union(*(_brought(part, merged, subjects, described) for part in sorted(parts)))


def fold(view: View) -> View:
    """Return a copy of a graph in memory where governments, ministries, offices and those who speak for
    somebody count as the one they act for: each claim once, under that one's name.

    Documents that name nobody who acts for another are copied as the lines they are.
    """  # noqa: D205
    described: dict[str, set[Triple]] = defaultdict(set)
    there: dict[str, set[str]] = defaultdict(set)
    for row in view.query(_ACTORS):
        actor = iri(row["s"].value)
        described[actor].add((actor, iri(row["p"].value), spelled(row["o"])))
        there[row["g"].value].add(actor)
    merges = {actor: top for actor in described if (top := _acts_for(actor, described)) != actor}
    parts: list[bytes] = []
    documents = set(view.documents())
    for graph in sorted({name.removesuffix(TIES) for name in view.graphs()}):
        segment = view.segment(graph)
        if graph in documents and (there[graph] & merges.keys() or any(mark in segment for mark in _MARKS)):
            judged = rewrite(restore_none(triples_of(segment, graph)), merges, {}, described)
            segment = "".join(map(line_of, graph_rows(judged, graph))).encode("utf-8")
        parts.append(segment)
    return view_of_nquads(b"".join(parts), view.address)


def triples_of(segment: bytes, graph: str) -> set[Triple]:
    """Return the triples of a document's lines of N-Quads, without its ties."""
    end = f" {iri(graph)} ."
    lines = (line for line in segment.decode("utf-8").split("\n") if line.endswith(end))
    return {(s, p, o) for s, p, o in (line.removesuffix(end).split(" ", 2) for line in lines)}


def restore_none(triples: set[Triple]) -> set[Triple]:
    """Return the triples without the marks of judgements: what they say stays, folding needs no way back."""
    return {t for t in triples if t[1] not in _READ and t[1] not in (_MERGED, _BROUGHT)}


def _acts_for(actor: str, described: Mapping[str, set[Triple]]) -> str:
    """Return whom an actor acts for in the end: it speaks for it, or is its government, ministry or office."""
    seen = [actor]
    while True:
        own = described.get(seen[-1], set())
        acting = any(p == _TYPE and o in _FOLDED for _, p, o in own)
        above = sorted(o for _, p, o in own if p == _SPEAKS or (acting and p == _UNIT))
        if not above:
            return seen[-1]
        if above[0] in seen:
            return min(seen[seen.index(above[0]) :])
        seen.append(above[0])
