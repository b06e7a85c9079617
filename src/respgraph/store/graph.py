"""A graph one can ask (``View``) and a graph one can also change (``Store``).

Both keep their quads in memory in pyoxigraph, which loads and answers some ten times faster than rdflib;
rdflib's ``Dataset`` is there for whoever wants it. A file is written as sorted TriG, whole, when ``save`` is
called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from respgraph.errors import StoreError
from respgraph.rdf.build import Row, to_dataset
from respgraph.rdf.iri import iri, literal
from respgraph.rdf.write import write_nquads, write_trig
from respgraph.store.load import load, read_bytes
from respgraph.vocab import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph
    from rdflib import Dataset

_TIES = "/ties"


def open_graph(address: str | Path) -> View:
    """Return the graph at an address, to be read.

    Args:
        address: A path, ``file:`` and a path, ``-`` for standard input, or ``memory:`` (an empty graph).

    Raises:
        StoreError: Not there or not readable.
        GraphError: Empty, not RDF, or RDF that holds nothing of respgraph.
    """
    name = _path(address)
    if name == "memory:":
        return View(name, _empty())
    return View(name, load(name, read_bytes(name)))


def open_store(address: str | Path) -> Store:
    """Return the graph at an address, to be changed; a file that is not there yet is an empty graph.

    Raises:
        StoreError: Standard input, or a form that ``save`` does not write (it writes .trig and .nq).
        GraphError: There, but not a graph of ours.
    """
    name = _path(address)
    if name == "memory:":
        return Store(name, _empty())
    if name == "-" or Path(name).suffix.lower() not in (".trig", ".nq"):
        raise StoreError(name, "cannot be changed in place; give a .trig or .nq file")
    return Store(name, load(name, read_bytes(name)) if Path(name).exists() else _empty())


def view_of(rows: Iterable[Row], address: str = "memory:") -> View:
    """Return freshly built rows as a graph to ask, without a file between."""
    import pyoxigraph

    store = pyoxigraph.Store()
    data = "".join(f"{r.subject} {r.predicate} {r.object} {r.graph} .\n" for r in rows)
    store.bulk_load(data.encode("utf-8"), pyoxigraph.RdfFormat.N_QUADS)
    return View(address, store)


class View:
    """A graph to be read; a context manager."""

    def __init__(self, address: str, store: pyoxigraph.Store) -> None:
        """Wrap a loaded store; use ``open_graph``."""
        self.address = address
        self._store = store

    def __len__(self) -> int:
        return len(self._store)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def query(self, sparql: str, bind: Mapping[str, Any] | None = None, union: bool = False) -> Any:
        """Return pyoxigraph's results of a query that is trusted; ``query.run_query`` takes a user's.

        Args:
            sparql: The query; our prefixes are known where it does not declare them.
            bind: Terms for variables that the query projects, by name.
            union: Whether patterns outside GRAPH look into all graphs.
        """
        import pyoxigraph

        bound = {pyoxigraph.Variable(name): value for name, value in (bind or {}).items()}
        return self._store.query(
            sparql, prefixes=dict(PREFIXES), substitutions=bound or None, use_default_graph_as_union=union
        )

    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted: documents, and their ties ending in ``/ties``."""
        import pyoxigraph

        names = (graph for graph in self._store.named_graphs() if isinstance(graph, pyoxigraph.NamedNode))
        return tuple(sorted(str(graph.value) for graph in names))

    def documents(self) -> tuple[str, ...]:
        """Return the IRIs of the graphs that hold a document, without the ties."""
        return tuple(graph for graph in self.graphs() if not graph.endswith(_TIES))

    def rows(self, graph: str | None = None) -> Iterator[Row]:
        """Yield the quads, or those of one named graph, in N-Triples spelling."""
        import pyoxigraph

        def spelled(node: Any) -> str:
            if isinstance(node, pyoxigraph.NamedNode):
                return iri(node.value)
            if isinstance(node, pyoxigraph.Literal):
                return literal(node.value, None if node.language else node.datatype.value, node.language)
            return "" if isinstance(node, pyoxigraph.DefaultGraph) else str(node)

        name = pyoxigraph.NamedNode(graph) if graph else None
        for quad in self._store.quads_for_pattern(None, None, None, name):
            yield Row(*(spelled(node) for node in (quad.subject, quad.predicate, quad.object, quad.graph_name)))

    def dataset(self) -> Dataset:
        """Return a copy as an rdflib Dataset."""
        return to_dataset(self.rows())

    def nquads(self) -> bytes:
        """Return a copy as N-Quads, unsorted."""
        import pyoxigraph

        data = self._store.dump(format=pyoxigraph.RdfFormat.N_QUADS)
        return data if isinstance(data, bytes) else b""

    def close(self) -> None:
        """Let go of the quads."""
        self._store = _empty()


class Store(View):
    """A graph to be changed, one document at a time."""

    def put_graph(self, rows: Iterable[Row]) -> None:
        """Replace the named graphs of these rows, and the ties of each document among them.

        Putting a document twice is putting it once; other documents stay as they are.
        """
        import pyoxigraph

        held = tuple(rows)
        for name in {row.graph for row in held} | {row.graph[:-1] + _TIES + ">" for row in held}:
            self._store.remove_graph(pyoxigraph.NamedNode(name[1:-1]))
        data = "".join(f"{r.subject} {r.predicate} {r.object} {r.graph} .\n" for r in held)
        self._store.extend(pyoxigraph.parse(data.encode("utf-8"), format=pyoxigraph.RdfFormat.N_QUADS))

    def remove_graph(self, graph: str) -> None:
        """Remove a document's graph and its ties; one that is not there is no error."""
        import pyoxigraph

        for name in (graph, graph + _TIES):
            self._store.remove_graph(pyoxigraph.NamedNode(name))

    def save(self) -> None:
        """Write the file, whole and sorted; a ``memory:`` graph has none."""
        if self.address == "memory:":
            return
        write = write_nquads if self.address.lower().endswith(".nq") else write_trig
        write(self.rows(), self.address)


def _path(address: str | Path) -> str:
    name = str(address)
    return name.removeprefix("file:") if name.startswith("file:") else name


def _empty() -> pyoxigraph.Store:
    import pyoxigraph

    return pyoxigraph.Store()
