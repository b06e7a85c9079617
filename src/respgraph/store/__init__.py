"""Stage 6, quads at rest: open a graph by its address, ask it, replace one document's part of it.

``open_graph`` gives a read-only ``View``, ``open_store`` a ``Store`` that can be written: which of the two a
function asks for says what it may do. Addresses: ``memory:``, a path (``g.trig``, ``g.nq``, ``g.ttl``,
``g.jsonld``), ``file:`` and a path, ``-`` for standard input.
"""

from respgraph.store.graph import Store, View, open_graph, open_store, view_of

__all__ = ["Store", "View", "open_graph", "open_store", "view_of"]
