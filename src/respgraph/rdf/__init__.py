"""Stage 5, what was read -> quads: one named graph per document, its ties beside it.

Rows (terms already in N-Triples spelling) are what flows inside; rdflib's ``Dataset`` is what a
library user gets. rdflib and pyoxigraph are imported where they are used, not here.
"""

from respgraph.rdf.build import Row, build_dataset, build_rows, build_segment, to_dataset
from respgraph.rdf.files import WRITTEN, write_graph
from respgraph.rdf.jsonld import write_jsonld
from respgraph.rdf.ties import construct_ties, derive_ties
from respgraph.rdf.write import write_nquads, write_trig, write_turtle

__all__ = [
    "WRITTEN",
    "Row",
    "build_dataset",
    "build_rows",
    "build_segment",
    "construct_ties",
    "derive_ties",
    "to_dataset",
    "write_graph",
    "write_jsonld",
    "write_nquads",
    "write_trig",
    "write_turtle",
]
