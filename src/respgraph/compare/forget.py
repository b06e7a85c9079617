"""Forget a document or an actor: what a graph holds of it goes, and what was derived from it is derived again.

A document goes whole. Of an actor go the claims that have it in any slot, the statements it makes or is
addressed in, its labels, and with them every place, matter and link nothing else holds; its ties go because ties are
derived again from what is left. The text of a document, and quotes of what others say, still hold the name:
``redact`` puts a block for each of its letters, at every place, so that all offsets stay true; the text then has
another hash, and is no longer the one that was read. Reading the same text again brings everything back.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from respgraph.compare.claims import LINKS_GRAPH, plain, read_sources
from respgraph.compare.links import derive_links, renew_links
from respgraph.errors import QueryError
from respgraph.rdf.build import CONTEXT_LENGTH, Row
from respgraph.rdf.iri import iri, literal, resp, split_literal, term
from respgraph.rdf.ties import derive_ties
from respgraph.store import Store, View, view_of

BLOCK: Final = "█"
TIES: Final = "/ties"
SLOTS: Final = tuple(resp(slot) for slot in ("speaker", "bearer", "counterpart", "responder", "addressee", "forum"))
_TYPE, _EXACT = term("rdf:type"), term("oa:exact")
_NAMES: Final = (term("skos:prefLabel"), term("skos:altLabel"))
_PEOPLE: Final = "SELECT ?g ?s ?name WHERE { GRAPH ?g { ?s a resp:Actor ; skos:prefLabel|skos:altLabel ?name } }"
# What nobody points at any more goes with the last claim that did.
_HELD: Final = tuple(resp(kind) for kind in ("Evidence", "Matter", "Rule", "Forum")) + tuple(
    term(f"oa:{kind}") for kind in ("SpecificResource", "TextPositionSelector", "TextQuoteSelector")
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went and what is left: the graphs to put anew by name, those to remove, and how many claims went."""

    changed: tuple[tuple[str, tuple[Row, ...]], ...]
    removed: tuple[str, ...]
    claims: int
    still_named: int = 0

    def apply(self, store: Store) -> None:
        """Change a store, and derive the links between its documents again if it has them."""
        store.purge()
        for graph in self.removed:
            store.remove_graph(graph)
        for _, rows in self.changed:
            store.put_graph(rows)
        renew_links(store)


def forget_document(view: View, name: str) -> Forgotten:
    """Return what a graph is without a document, by its name or IRI.

    Raises:
        QueryError: No document has that name.
    """
    sources = read_sources(view).values()
    gone = tuple(sorted(s.iri for s in sources if name in (s.name, s.iri)))
    if not gone:
        names = sorted({s.name for s in sources})
        close = [n for n in names if n.rpartition("/")[2] == name.rpartition("/")[2]][:3] or get_close_matches(
            name, names
        )
        hint = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
        raise QueryError(f"this graph has no document {name!r}{hint}")
    kind = (_TYPE, resp("Claim"))
    return Forgotten((), gone, sum(row[1:3] == kind for graph in gone for row in view.rows(graph)))


def forget_actor(view: View, name: str, redact: bool = False) -> Forgotten:
    """Return what a graph is without an actor, by its name, alias or IRI.

    Args:
        view: The graph.
        name: Whom to forget, whatever its case.
        redact: Also put blocks for its names in the texts and in what others say.

    Raises:
        QueryError: Nobody has that name.
    """
    nodes: defaultdict[str, set[str]] = defaultdict(set)
    graphs: defaultdict[str, set[str]] = defaultdict(set)
    for row in view.query(_PEOPLE):
        nodes[row["s"].value].add(row["name"].value)
        graphs[row["s"].value].add(row["g"].value)
    gone = {node for node, names in nodes.items() if plain(name) in map(plain, names) or node == name.strip(" <>")}
    if not gone:
        raise QueryError(f"this graph has no actor {name!r}")
    names = {label for node in gone for label in nodes[node]}
    changed: list[tuple[str, tuple[Row, ...]]] = []
    claims = named = 0
    sources = read_sources(view)
    pattern = _pattern(names)
    for graph in sorted(sources):
        rows = list(view.rows(graph))
        touched = any(graph in graphs[node] for node in gone)
        holds_name = any(row.predicate == resp("text") and pattern.search(split_literal(row.object)[0]) for row in rows)
        if not touched and not (redact and holds_name):
            named += holds_name
            continue
        left = _without({iri(node) for node in gone}, rows)
        claims += _claims(rows) - _claims(left)
        if redact:
            left = _redacted(left, pattern)
        named += holds_name and not redact
        ties = iri(graph + TIES)
        left += [Row(*triple, ties) for triple in derive_ties(row[:3] for row in left)]
        changed.append((graph, tuple(sorted(left))))
    return Forgotten(tuple(changed), (), claims, named)


def rows_without(view: View, forgotten: Forgotten) -> list[Row]:
    """Return all rows of a graph as they are once something is forgotten, for a file of their own."""
    changed = {graph for graph, _ in forgotten.changed} | set(forgotten.removed)
    gone = {iri(graph + end) for graph in changed for end in ("", TIES)}
    rows = [row for row in view.rows() if row.graph not in gone]
    rows += [row for _, held in forgotten.changed for row in held]
    links = {row.graph for row in rows if row.graph.endswith(f"/{LINKS_GRAPH}>")}
    if links:
        rows = [row for row in rows if row.graph not in links]
        left = view_of(rows, view.address)
        rows += derive_links(left) if left.documents() else []
    return rows


def _claims(rows: Iterable[Row]) -> int:
    return sum(row.predicate == _TYPE and row.object == resp("Claim") for row in rows)


def _without(actors: set[str], rows: list[Row]) -> list[Row]:
    """Return the rows of a document without some actors, and without what only they held up."""
    actors = actors | _collectives(actors, rows)
    gone = set(actors)
    statements = {row.subject for row in rows if row[1:3] == (_TYPE, resp("Statement"))}
    gone |= {row.subject for row in rows if row.predicate in SLOTS and row.object in actors}
    gone |= {row.subject for row in rows if row.predicate == resp("madeIn") and row.object in gone}
    spoken = {row.object for row in rows if row.predicate == resp("madeIn") and row.subject not in gone}
    gone |= statements - spoken
    left = [row for row in rows if row.subject not in gone and row.object not in gone]
    while True:  # a place holds its selectors: what they hold goes a round later
        pointed = {row.object for row in left if row.object.startswith("<")}
        loose = {row.subject for row in left if row.predicate == _TYPE and row.object in _HELD} - pointed
        if not loose:
            return left
        left = [row for row in left if row.subject not in loose]


def _collectives(actors: set[str], rows: list[Row]) -> set[str]:
    """Return the collectives that are made of nobody else: "we" in the mouth of one person."""
    members: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.predicate == resp("member"):
            members[row.subject].add(row.object)
    return {node for node, held in members.items() if held <= actors}


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of the names, the longest first; a common noun ("the minister") is no name."""
    parts = {" ".join(name.split()) for name in names}
    proper = sorted((p for p in parts if any(w[:1].isupper() for w in p.split())), key=lambda p: (-len(p), p))
    spelled = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in proper)
    return re.compile(rf"(?<!\w)(?:{spelled})(?!\w)" if spelled else r"(?!)", re.IGNORECASE)


def _redacted(rows: list[Row], pattern: re.Pattern[str]) -> list[Row]:
    """Return the rows of a document with blocks for each match, quotes cut anew from the text."""

    def blocks(text: str) -> str:
        return pattern.sub(lambda m: re.sub(r"\S", BLOCK, m.group()), text)

    text = blocks(next((split_literal(row.object)[0] for row in rows if row.predicate == resp("text")), ""))
    places: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row.predicate in (term("oa:start"), term("oa:end")):
            places[row.subject][row.predicate] = int(split_literal(row.object)[0])
    selectors: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.predicate == term("oa:hasSelector"):
            selectors[row.subject].add(row.object)
    cuts: dict[tuple[str, str], str] = {}
    for held in selectors.values():
        place = next((places[s] for s in sorted(held) if s in places), None)
        if place is not None and len(place) == 2:
            start, end = place[term("oa:start")], place[term("oa:end")]
            for selector in held:
                cuts[selector, _EXACT] = text[start:end]
                cuts[selector, term("oa:prefix")] = text[max(0, start - CONTEXT_LENGTH) : start]
                cuts[selector, term("oa:suffix")] = text[end : end + CONTEXT_LENGTH]

    def changed(row: Row) -> Row:
        if not row.object.startswith('"'):
            return row
        value, datatype, language = split_literal(row.object)
        if row.predicate == resp("sha256"):
            value = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        else:
            value = cuts.get((row.subject, row.predicate), blocks(value))
        return row._replace(object=literal(value, datatype or None, language or None))

    return [changed(row) for row in rows]
