"""Stage 6, quads at rest: open a graph by its address, ask it, replace one document's part of it.

``open_graph`` gives a read-only ``View``, ``open_store`` a ``Store`` that can be written: which of the two a
function asks for says what it may do. Addresses: ``memory:``, a path of a file (``g.trig``, ``g.nq``, ``g.ttl``,
``g.jsonld``) or of a store folder, ``file:`` and a path, ``-`` for standard input, ``sparql+http://...`` for an
endpoint. One contract suite (``tests/test_store_contract.py``) holds for all of them.
"""

from respgraph.store.address import open_graph, open_store
from respgraph.store.graph import Store, View, view_of
from respgraph.store.held import Held, held_documents

__all__ = ["Held", "Store", "View", "held_documents", "open_graph", "open_store", "view_of"]
