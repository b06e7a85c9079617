"""Triples of no named graph (Turtle, JSON-LD written flat) -> the graph of the document that each belongs to.

What lies below a document's IRI is its own. What documents share - actors, rules, the run that read them - goes
to each that names it, without what it says of other documents. Ties are derived again, document by document; the
links between documents are left out, for whoever needs links derives them where they are not. Only which document
gave a shared actor one of its names is lost: each that names the actor then has all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from respgraph.rdf.build import Row
from respgraph.rdf.iri import iri, resp, term
from respgraph.rdf.ties import TIE_NAMES, derive_ties
from respgraph.store.graph import TIES
from respgraph.vocab import LINKS_GRAPH

_TYPE, _DOCUMENT = term("rdf:type"), resp("Document")
_TIES: Final = frozenset(map(resp, TIE_NAMES))
_LINKS: Final = frozenset(map(resp, ("contradicts", "shiftsFrom", "conflictsWith", "corroborates")))
DEEPEST: Final = 64  # slashes of an IRI that are looked at: documents have seven
_NEAR: Final = resp("nearDuplicateOf")


def by_document(rows: Iterable[Row]) -> list[Row]:
    """Return rows without a graph as rows of the graphs of their documents, sorted; as they are if they have none.

    Args:
        rows: All of them; what belongs to no document goes to the first.
    """
    given = list(rows)
    documents = {row.subject for row in given if row.predicate == _TYPE and row.object == _DOCUMENT}
    documents = {document for document in documents if document.startswith("<")}
    if not documents:
        return given
    about: defaultdict[str, list[Row]] = defaultdict(list)
    for row in given:
        if row.predicate not in _TIES and not _is_between(row, documents):
            about[row.subject].append(row)
    home = {subject: _owner(subject, documents) for subject in about}
    named: defaultdict[str, list[str]] = defaultdict(list)  # document -> what it names, and what names it
    for subject, held in about.items():
        for row in held:
            if home[subject]:
                named[home[subject]].append(row.object)
            elif other := _owner(row.object, documents):
                named[other].append(subject)
    placed: set[str] = set()
    out: set[Row] = set()
    for document in sorted(documents):
        shared = _reached(named[document], about, home)
        placed |= shared
        held = [row for subject in shared for row in about[subject]]
        out.update(r._replace(graph=document) for r in held if _owner(r.object, documents) in ("", document))
    first = min(documents)
    for subject in about:
        if home[subject] or subject not in placed:
            out.update(row._replace(graph=home[subject] or first) for row in about[subject])
    return sorted(out | _ties(out, {row for row in given if row.predicate in _TIES}, first))


def _is_between(row: Row, documents: set[str]) -> bool:
    """Say whether a row is of the graph of links between documents."""
    if row.predicate in _LINKS:
        return _owner(row.subject, documents) != _owner(row.object, documents)
    return row.predicate == _NEAR or row.subject.endswith(f"/{LINKS_GRAPH}>")


def _owner(node: str, documents: set[str]) -> str:
    """Return the document that an IRI lies below, "" for what is shared, a blank node or a literal."""
    if not node.startswith("<"):
        return ""
    if node in documents:
        return node
    owner, end = "", node.find("/")
    for _ in range(DEEPEST):
        if end < 0:
            break
        if (above := node[:end] + ">") in documents:
            owner = above
        end = node.find("/", end + 1)
    return owner


def _reached(start: Iterable[str], about: dict[str, list[Row]], home: dict[str, str]) -> set[str]:
    """Return the shared subjects that can be come to from some nodes."""
    seen: set[str] = set()
    left = list(start)
    while left:
        node = left.pop()
        if node in about and not home[node] and node not in seen:
            seen.add(node)
            left += (row.object for row in about[node])
    return seen


def _ties(rows: Iterable[Row], given: set[Row], first: str) -> set[Row]:
    """Return the ties of each document, and those that no document accounts for with the first."""
    held: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        held[row.graph].append(row)
    out = {
        Row(*triple, iri(graph[1:-1] + TIES))
        for graph, members in held.items()
        for triple in derive_ties(row[:3] for row in members)
    }
    derived = {row[:3] for row in out}
    return out | {row._replace(graph=iri(first[1:-1] + TIES)) for row in given if row[:3] not in derived}
