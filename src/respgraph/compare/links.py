"""What is only known once all documents are there, as rows of one named graph: ``BASE`` + ``corpus/links``.

It holds every contradiction, shift and pair of rival names that ``find_conflicts`` finds at its threshold, inside
documents and between them (``resp:contradicts``, ``resp:shiftsFrom``, ``resp:conflictsWith``, from the later claim to
the earlier), and for documents of nearly the same text ``resp:nearDuplicateOf``, from the later name to the first.
Queries, pages, tables and reports all take them from here, so all show the same. The links in the graph of a document
are those that its own words make; they are what is looked at here, not what is shown.

The graph is derived: it can be dropped and made again from the documents alone. It always holds its label, so that a
store whose links were derived and found none is told from one whose were not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from respgraph.compare.claims import LINKS, LINKS_GRAPH, Corpus, base_of, corpus_of, read_corpus, uncollected
from respgraph.compare.conflicts import find_conflicts
from respgraph.compare.matters import THRESHOLD
from respgraph.compare.near import find_twins, pick_twins
from respgraph.compare.notes import read_notes
from respgraph.rdf.build import Row
from respgraph.rdf.iri import iri, literal, resp, term
from respgraph.store import Store, View, view_of

TERMS: Final = {"contradiction": "contradicts", "shift": "shiftsFrom", "definition": "conflictsWith"}
_KINDS: Final = {resp(name): name for name in LINKS}


def derive_links(view: View, threshold: float = THRESHOLD) -> list[Row]:
    """Return the rows of the derived graph, sorted; ``Store.put_graph`` puts them in the place of the old.

    Args:
        view: A graph with all its documents.
        threshold: How alike two matters must be, 0 to 1.
    """
    with uncollected():
        notes = read_notes(view)
        corpus = corpus_of(note.part for note in notes)
    bands = {(n.part.source.name, n.part.source.iri): n.bands for n in notes if n.part.source is not None and n.bands}
    twins = pick_twins(bands, view.text)
    found = find_conflicts(corpus, threshold, tuple(TERMS), twins)
    return link_rows(base_of(corpus.sources), twins, ((c.kind, c.sides[0].iri, c.sides[1].iri) for c in found))


def link_rows(base: str, twins: Mapping[str, str], conflicts: Iterable[tuple[str, str, str]]) -> list[Row]:
    """Return the rows of the derived graph, sorted.

    Args:
        base: Where data IRIs begin.
        twins: Document -> the one it nearly repeats, by IRI.
        conflicts: Kind of conflict and IRIs of both claims, the later first.
    """
    graph = iri(base + LINKS_GRAPH)
    rows = {Row(graph, term("rdfs:label"), literal("Links between claims and between documents"), graph)}
    rows |= {Row(iri(a), resp("nearDuplicateOf"), iri(b), graph) for a, b in twins.items()}
    rows |= {Row(iri(one), resp(TERMS[kind]), iri(other), graph) for kind, one, other in conflicts}
    return sorted(rows)


def linked(rows: list[Row]) -> list[Row]:
    """Return the rows of documents and the graph of links derived from them."""
    view = view_of(rows)
    return [*rows, *derive_links(view)] if view.documents() else rows


def with_links(view: View) -> View:
    """Return a graph that has its links: itself, or a copy in memory of one whose links nobody has derived."""
    if links_graphs(view) or not view.documents():
        return view
    return view_of([*view.rows(), *derive_links(view)], view.address)


def read_links(view: View, corpus: Corpus | None = None) -> frozenset[tuple[str, str, str]]:
    """Return the links between the claims of a graph: kind (of ``claims.LINKS``) and both claims, the later first.

    Args:
        view: The graph; where its links were not derived, they are now.
        corpus: Its claims, if they were read before.
    """
    graphs = links_graphs(view)
    if graphs:
        rows = (row for graph in graphs for row in view.rows(graph))
        return frozenset((_KINDS[r.predicate], r.subject[1:-1], r.object[1:-1]) for r in rows if r.predicate in _KINDS)
    found = find_conflicts(corpus or read_corpus(view), kinds=tuple(TERMS), twins=find_twins(view))
    return frozenset((TERMS[c.kind], c.sides[0].iri, c.sides[1].iri) for c in found)


def links_graphs(view: View) -> tuple[str, ...]:
    """Return the IRIs of the graphs of derived links: one, or none where nobody has derived them."""
    return tuple(name for name in view.graphs() if name.endswith("/" + LINKS_GRAPH))


def renew_links(store: Store) -> None:
    """Derive the links of a saved store again, if it has any, and save it: its claims or actors have changed."""
    graphs = links_graphs(store)
    for graph in graphs:
        store.remove_graph(graph)
    if graphs and store.documents():
        store.put_graph(derive_links(store))
    if graphs:
        store.save()
