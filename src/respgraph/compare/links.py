"""What is only known once all documents are there, as rows of one named graph: ``BASE`` + ``corpus/links``.

Claims of different documents get the links that ``resolve`` gives those of one (``resp:contradicts``,
``resp:shiftsFrom``, ``resp:conflictsWith``), and documents of nearly the same text ``resp:nearDuplicateOf``, from the
later name to the first. The graph is derived: it can be dropped and made again from the documents alone. It
always holds its label, so that a store whose links were derived and found none is told from one whose were not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from respgraph.compare.claims import LINKS_GRAPH, base_of, read_corpus
from respgraph.compare.conflicts import find_conflicts
from respgraph.compare.matters import THRESHOLD
from respgraph.compare.near import find_twins
from respgraph.rdf.build import Row
from respgraph.rdf.iri import iri, literal, resp, term
from respgraph.store import Store, View

TERMS: Final = {"contradiction": "contradicts", "shift": "shiftsFrom", "definition": "conflictsWith"}


def derive_links(view: View, threshold: float = THRESHOLD) -> list[Row]:
    """Return the rows of the derived graph, sorted; ``Store.put_graph`` puts them in the place of the old.

    Args:
        view: A graph with all its documents.
        threshold: How alike two matters must be, 0 to 1.
    """
    corpus = read_corpus(view)
    twins = find_twins(view)
    found = find_conflicts(corpus, threshold, tuple(TERMS), twins)
    between = ((c.kind, c.sides[0].iri, c.sides[1].iri) for c in found if c.sides[0].source != c.sides[1].source)
    return link_rows(base_of(corpus.sources), twins, between)


def link_rows(base: str, twins: Mapping[str, str], conflicts: Iterable[tuple[str, str, str]]) -> list[Row]:
    """Return the rows of the derived graph, sorted.

    Args:
        base: Where data IRIs begin.
        twins: Document -> the one it nearly repeats, by IRI.
        conflicts: Kind of conflict and IRIs of both claims, the later first, of different documents.
    """
    graph = iri(base + LINKS_GRAPH)
    rows = {Row(graph, term("rdfs:label"), literal("Links between documents"), graph)}
    rows |= {Row(iri(a), resp("nearDuplicateOf"), iri(b), graph) for a, b in twins.items()}
    rows |= {Row(iri(one), resp(TERMS[kind]), iri(other), graph) for kind, one, other in conflicts}
    return sorted(rows)


def renew_links(store: Store) -> None:
    """Derive the links of a saved store again, if it has any, and save it: its claims or actors have changed."""
    graph = next((name for name in store.graphs() if name.endswith("/" + LINKS_GRAPH)), None)
    if graph is None:
        return
    store.remove_graph(graph)
    if store.documents():
        store.put_graph(derive_links(store))
    store.save()
