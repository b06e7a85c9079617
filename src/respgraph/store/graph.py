"""A graph one can ask (``View``) and a graph one can also change (``Store``).

Here both keep their quads in memory in pyoxigraph, which loads and answers some ten times faster than rdflib;
rdflib's ``Dataset`` is there for whoever wants it. A file is written as sorted TriG, N-Quads or JSON-LD, whole, when
``save`` is called. ``folder`` and ``remote`` keep the same promises for a store folder and for an endpoint.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from respgraph.errors import GraphError
from respgraph.rdf.build import Row, to_dataset
from respgraph.rdf.files import write_graph
from respgraph.rdf.iri import iri, literal
from respgraph.vocab import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph
    from rdflib import Dataset

TIES: Final = "/ties"
# What pyoxigraph writes as it is and we escape: a reader of the file must see controls and what turns a line round.
_SHOWN: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_TEXT: Final = "SELECT ?graph ?text { GRAPH ?graph { ?graph a resp:Document ; resp:text ?text } }"
_DOCUMENTS: Final = "SELECT DISTINCT ?graph { GRAPH ?graph { ?graph a resp:Document } }"


class View:
    """A graph to be read; a context manager."""

    def __init__(self, address: str, store: pyoxigraph.Store) -> None:
        """Wrap a loaded store; use ``open_graph``."""
        self.address = address
        self._held = store

    @property
    def _store(self) -> pyoxigraph.Store:
        """The quads as they are now."""
        return self._held

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
        """Return the IRIs of the named graphs, sorted: documents, their ties ending in ``/ties``, and others."""
        import pyoxigraph

        names = (graph for graph in self._store.named_graphs() if isinstance(graph, pyoxigraph.NamedNode))
        return tuple(sorted(str(graph.value) for graph in names))

    def documents(self) -> tuple[str, ...]:
        """Return the IRIs of the graphs that hold their document, without the ties and what is derived."""
        return tuple(sorted(str(found["graph"].value) for found in self.query(_DOCUMENTS)))

    def text(self, document: str) -> str:
        """Return the text of a document, by its IRI; "" if it has none."""
        import pyoxigraph

        found = self.query(_TEXT, {"graph": pyoxigraph.NamedNode(document)})
        return min((str(row["text"].value) for row in found), default="")

    def rows(self, graph: str | None = None) -> Iterator[Row]:
        """Yield the quads, or those of one named graph, in N-Triples spelling."""
        import pyoxigraph

        name = pyoxigraph.NamedNode(graph) if graph else None
        for quad in self._store.quads_for_pattern(None, None, None, name):
            yield row_of(quad)

    def dataset(self) -> Dataset:
        """Return a copy as an rdflib Dataset."""
        return to_dataset(self.rows())

    def nquads(self) -> bytes:
        """Return a copy as N-Quads, unsorted."""
        import pyoxigraph

        data = self._store.dump(format=pyoxigraph.RdfFormat.N_QUADS)
        return data if isinstance(data, bytes) else b""

    def segments(self) -> Iterator[bytes]:
        """Yield all quads as N-Quads, one document with its ties after the other, by IRI, the default graph last."""
        for name in sorted({graph.removesuffix(TIES) for graph in self.graphs()}):
            yield self.segment(name)
        yield b"".join(sorted(self._lines(None)))

    def segment(self, graph: str) -> bytes:
        """Return a document's graph and its ties as a store folder keeps them: sorted lines of N-Quads."""
        return b"".join(sorted(self._lines(graph) + self._lines(graph + TIES)))

    def lines(self, graph: str) -> list[str]:
        """Return the quads of a named graph as lines of N-Quads without line ends, in no order; those of its ties may
        be among them.
        """  # noqa: D205
        import pyoxigraph

        text = self._store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.NamedNode(graph)) or b""
        return text.decode("utf-8").replace(" .\n", f" {iri(graph)} .\n").split("\n")[:-1]

    def _lines(self, graph: str | None) -> list[bytes]:
        """Return the quads of a graph as lines such as ``line_of`` makes; no quad becomes an object of Python."""
        import pyoxigraph

        name = pyoxigraph.NamedNode(graph) if graph else pyoxigraph.DefaultGraph()
        text = self._store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=name) or b""
        if not text.isascii() or b"\x7f" in text:
            text = _SHOWN.sub(_escaped, text.decode("utf-8")).encode("utf-8")
        if graph:
            text = text.replace(b" .\n", f" {iri(graph)} .\n".encode())
        return [line + b"\n" for line in text.split(b"\n")[:-1]]

    def database(self) -> Path | None:
        """Return the folder another process may open read-only to ask the same graph, if there is one."""
        return None

    def notes(self) -> Path | None:
        """Return the file for what was derived from each graph, so that it need not be derived again; None for none."""
        return None

    def digest(self, graph: str) -> str:
        """Return a hash of a document's graph and its ties, where there is a place for notes; else ""."""
        return ""

    def endpoint_query(self, sparql: str, timeout: float) -> Any:
        """Return an endpoint's results of a query that passed the guard; None where there is no endpoint."""
        return None

    def close(self) -> None:
        """Let go of the quads."""
        self._held = empty()


class Store(View):
    """A graph to be changed, one document at a time."""

    def put_graph(self, rows: Iterable[Row]) -> None:
        """Replace the named graphs of these rows, and the ties of each document among them.

        Putting a document twice is putting it once; other documents stay as they are. Any named graph can be
        put: one that is no document's ("corpus/links") is replaced in the same way.
        """
        lines: defaultdict[str, list[str]] = defaultdict(list)
        for graph, members in groupby(rows, key=attrgetter("graph")):
            lines[main_graph(graph)] += map(line_of, members)
        for name, held in sorted(lines.items()):
            self.load_segment(name, "".join(sorted(set(held))).encode("utf-8"))

    def load_segment(self, graph: str, nquads: bytes) -> None:
        """Replace a document's graph and its ties by N-Quads that hold nothing but these two.

        Args:
            graph: The IRI of the document's graph.
            nquads: Lines such as ``put_graph`` makes, sorted and each once.
        """
        import pyoxigraph

        self.remove_graph(graph)
        self._store.extend(pyoxigraph.parse(nquads, format=pyoxigraph.RdfFormat.N_QUADS))

    def add_segments(self, segments: Iterable[tuple[str, bytes]]) -> None:
        """Put many documents that are not there yet, each as ``load_segment`` does; on return all are safe."""
        for graph, nquads in segments:
            self.load_segment(graph, nquads)

    def remove_graph(self, graph: str) -> None:
        """Remove a document's graph and its ties; one that is not there is no error."""
        import pyoxigraph

        for name in (graph, graph + TIES):
            self._store.remove_graph(pyoxigraph.NamedNode(name))

    def purge(self) -> None:
        """See to it that what is removed next is also gone from all that the store makes of its documents."""

    def save(self) -> None:
        """Make what was put last and be seen by others: write the file, whole and sorted.

        A ``memory:`` graph has none.
        """
        if self.address == "memory:":
            return
        write_graph(self.rows(), self.address)


def main_graph(spelled: str) -> str:
    """Return the IRI of the document whose graph or ties this is.

    >>> main_graph("<http://x/doc/1/ties>"), main_graph("<http://x/doc/1>")
    ('http://x/doc/1', 'http://x/doc/1')
    """
    return spelled[1:-1].removesuffix(TIES)


def line_of(row: Row) -> str:
    """Return a row as a line of N-Quads."""
    return f"{row.subject} {row.predicate} {row.object} {row.graph} .\n"


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04X}"


def row_of(quad: Any, graph: str | None = None) -> Row:
    """Return a quad of pyoxigraph as a row, or a triple as a row of that graph."""
    name = iri(graph) if graph else spelled(quad.graph_name)
    return Row(spelled(quad.subject), spelled(quad.predicate), spelled(quad.object), name)


def spelled(node: Any) -> str:
    """Return a term of pyoxigraph in N-Triples spelling, "" for the default graph."""
    import pyoxigraph

    if isinstance(node, pyoxigraph.NamedNode):
        return iri(node.value)
    if isinstance(node, pyoxigraph.Literal):
        return literal(node.value, None if node.language else node.datatype.value, node.language)
    return "" if isinstance(node, pyoxigraph.DefaultGraph) else str(node)


def view_of(rows: Iterable[Row], address: str = "memory:") -> View:
    """Return freshly built rows as a graph to ask, without a file between."""
    return view_of_nquads("".join(map(line_of, rows)).encode("utf-8"), address)


def view_of_nquads(nquads: bytes, address: str = "memory:") -> View:
    """Return N-Quads of ours as a graph to ask.

    Raises:
        GraphError: They are none.
    """
    import pyoxigraph

    store = empty()
    try:
        store.bulk_load(nquads, pyoxigraph.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise GraphError(address, f"holds a line that is not RDF ({str(error).splitlines()[0][:200]})") from error
    return View(address, store)


def empty() -> pyoxigraph.Store:
    """Return a store in memory that holds nothing."""
    import pyoxigraph

    return pyoxigraph.Store()
