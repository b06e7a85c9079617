"""What a store holds of each document: name, hash and how it was read, so that a build can tell what is new.

The state of a build is in the graph itself: a document's identifier and sha256, and the run it came from, whose
IRI is a hash of its settings. So it is the same in every store, and travels with the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from respgraph.store.graph import View

_HELD: Final = """SELECT ?graph ?name ?run { GRAPH ?graph {
    ?graph a resp:Document ; dcterms:identifier ?name . OPTIONAL { ?run a resp:Run ; prov:used ?graph } } }"""


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """A document in a store: its name, the IRI of its graph (a hash of name and text) and of its run."""

    name: str
    graph: str
    run: str


def held_documents(view: View) -> tuple[Held, ...]:
    """Return the documents of a graph, sorted by name and IRI."""
    found = (
        Held(row["name"].value, row["graph"].value, row["run"].value if row["run"] is not None else "")
        for row in view.query(_HELD)
    )
    return tuple(sorted(set(found)))
