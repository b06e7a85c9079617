"""Corpus -> nodes and edges: every claim is one edge, from who says it to whom it holds, asks, binds or commits.

A claim that names nobody goes to the words it is about (what is caused, asked or defined), as a node of its own; so
there are as many edges as claims, whatever their type. Actors are those of the graph, not folded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from respgraph.compare import Corpus, Said, read_whole
from respgraph.export.table import (
    ACTORS,
    CLAIMS,
    Column,
    Row,
    Value,
    actor_rows,
    rows_of,
    xml_attribute,
    xml_text,
)
from respgraph.rdf.iri import key_hash
from respgraph.store import View

ABOUT: Final = ("content", "effect", "cause", "response", "factor", "topic", "short")
EDGE: Final = tuple(c for c in CLAIMS if c.name not in ("speaker_iri", "bearer_iri", "claim"))
NODE: Final = tuple(c for c in ACTORS if c.name not in ("name", "actor"))
_edge_cells: Final = itemgetter(*(n for n, c in enumerate(CLAIMS) if c in EDGE))
_ends: Final = itemgetter(*(n for n, c in enumerate(CLAIMS) if c.name in ("speaker_iri", "bearer_iri")))
_BATCH: Final = 512
COLOURS: Final = {
    "State": (31, 119, 180), "Government": (23, 86, 140), "Ministry": (74, 144, 190), "Office": (127, 173, 205),
    "InternationalOrganisation": (44, 140, 90), "Organisation": (214, 118, 20), "Person": (176, 58, 84),
    "Group": (126, 87, 160), "Collective": (158, 125, 185), "Author": (110, 110, 110),
}  # fmt: skip
OTHER: Final = (170, 170, 170)


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its id (an IRI), its name, its kind (an actor's class, or "Words") and cells in the order of ``NODE``."""

    id: str
    name: str
    kind: str
    cells: Row


@dataclass(frozen=True, slots=True)
class Edge:
    """A claim as an edge: its id (the claim's IRI), both ends, what it is called, cells in the order of ``EDGE``."""

    id: str
    source: str
    target: str
    label: str
    cells: Row


def nodes_of(corpus: Corpus) -> Iterator[Node]:
    """Yield the actors of a corpus by name, then the words that claims without a bearer are about, by id."""
    for row in actor_rows(corpus):
        yield Node(str(row[-1]), str(row[0]) or str(row[-1]), str(row[1]), row[1:-1])
    loose = (_target(c) for c in corpus.claims if not c.has_bearer)
    about = {target: (name, kind) for target, name, kind in loose if kind}
    for target, (name, kind) in sorted(about.items()):
        yield Node(target, name, kind, (kind, 0, 0, *[""] * (len(NODE) - 3)))


def edges_of(corpus: Corpus) -> Iterator[Edge]:
    """Yield the claims of a corpus in its order."""
    row_of = rows_of(corpus)
    for c in corpus.claims:
        row = row_of(c)
        label = " ".join(filter(None, (c.type, c.stance, c.modality)))
        speaker, bearer = _ends(row)
        yield Edge(c.iri, speaker, bearer or _target(c)[0], label, _edge_cells(row))


def _target(c: Said) -> tuple[str, str, str]:
    """Return id, name and kind of where a claim goes; the kind is "" for an actor."""
    for slot in ("bearer", "responder"):
        iri, name = c.actor(slot)
        if iri:
            return iri, name, ""
    for slot in ABOUT:
        words = c.get(slot)
        if words:
            return f"{c.source.iri}/words/{key_hash(words)}", words, "Words"
    return c.source.iri, c.source.name, "Document"


def graphml(view: View) -> Iterator[bytes]:
    """Yield the graph as GraphML (networkx, igraph, yEd, Gephi)."""
    return graphml_of(read_whole(view))


def graphml_of(corpus: Corpus) -> Iterator[bytes]:
    """Yield a corpus as GraphML 1.0: cells nobody filled are left out."""
    keys = ['<key id="n-name" for="node" attr.name="label" attr.type="string"/>\n']
    keys += [_key(c, "node") for c in NODE]
    keys += ['<key id="e-label" for="edge" attr.name="label" attr.type="string"/>\n']
    keys += [_key(c, "edge") for c in EDGE]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield f'{head}{"".join(keys)}<graph id="claims" edgedefault="directed">\n'.encode()
    node_data, edge_data = _Data(NODE), _Data(EDGE)
    yield from _batched(_graphml_node(n, node_data) for n in nodes_of(corpus))
    yield from _batched(_graphml_edge(e, edge_data) for e in edges_of(corpus))
    yield b"</graph>\n</graphml>\n"


_TYPES: Final = {"integer": "int", "decimal": "double", "boolean": "boolean"}


def _key(column: Column, what: str) -> str:
    kind = _TYPES.get(column.kind, "string")
    return f'<key id="{what[0]}-{column.name}" for="{what}" attr.name="{column.name}" attr.type="{kind}"/>\n'


class _Data:
    """Cells -> GraphML data elements, quickly: what few claims have alone is written once and remembered.

    What comes together again and again (the values of a claim, its document) is remembered as a group, names and
    IRIs by themselves; quotes and matters are written each time.
    """

    def __init__(self, columns: tuple[Column, ...]) -> None:
        prefix = "n" if columns is NODE else "e"
        self.keys = tuple(f'<data key="{prefix}-{c.name}">' for c in columns)
        at = {c.name: n for n, c in enumerate(columns)}
        groups = [tuple(at[name] for name in names.split() if name in at) for names in _TOGETHER]
        self.groups = [(group, itemgetter(*group), dict[Any, str]()) for group in groups if len(group) > 1]
        grouped = {n for group, *_ in self.groups for n in group}
        self.rest = tuple(n for n in range(len(columns)) if n not in grouped)

    def __call__(self, cells: Row) -> str:
        parts = []
        for group, take, known in self.groups:
            values = take(cells)
            found = known.get(values)
            if found is None:
                found = "".join([self.element(n, cells[n]) for n in group])
                if len(known) < _REMEMBERED:
                    known[values] = found
            parts.append(found)
        parts += [self.element(n, cells[n]) for n in self.rest if cells[n] not in _NOTHING]
        return "".join(parts)

    def element(self, n: int, value: Value) -> str:
        if value in _NOTHING:
            return ""
        return f"{self.keys[n]}{xml_text(value) if isinstance(value, str) else plain(value)}</data>"


_NOTHING: Final = (None, "")
_TOGETHER: Final = (
    "type stance modality degree sense polarity hedged confidence rule",
    "document date day dated_by document_iri statement_iri repeats",
    "speaker speaker_kind speaker_acts_for",
    "bearer bearer_kind bearer_acts_for",
)
_REMEMBERED: Final = 10_000


def _graphml_node(n: Node, data: _Data) -> str:
    body = f'<data key="n-name">{xml_text(n.name)}</data>{data(n.cells)}'
    return f'<node id="{xml_attribute(n.id)}">{body}</node>\n'


def _graphml_edge(e: Edge, data: _Data) -> str:
    body = f'<data key="e-label">{e.label}</data>{data(e.cells)}'
    return (
        f'<edge id="{xml_attribute(e.id)}" source="{xml_attribute(e.source)}" target="{xml_attribute(e.target)}">'
        f"{body}</edge>\n"
    )


def plain(value: Value) -> str:
    """Return a number, day or truth value as XML Schema writes it.

    >>> plain(True), plain(0.5), plain(None)
    ('true', '0.5', '')
    """
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def gexf(view: View) -> Iterator[bytes]:
    """Yield the graph as GEXF 1.2 (Gephi): parallel edges are told apart by their kind, actors coloured by class."""
    corpus = read_whole(view)
    space = 'xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2"'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<gexf {space}>\n'.encode()
    yield b"<meta><creator>respgraph</creator><description>Who says that who is responsible for what</description>"
    yield b'</meta>\n<graph mode="static" defaultedgetype="directed">\n'
    yield _gexf_attributes("node", NODE).encode()
    yield _gexf_attributes("edge", EDGE).encode()
    yield b"<nodes>\n"
    yield from _batched(_gexf_node(n) for n in nodes_of(corpus))
    yield b"</nodes>\n<edges>\n"
    yield from _batched(_gexf_edge(e) for e in edges_of(corpus))
    yield b"</edges>\n</graph>\n</gexf>\n"


def _gexf_attributes(what: str, columns: tuple[Column, ...]) -> str:
    types = {"integer": "integer", "decimal": "double", "boolean": "boolean"}
    held = [f'<attribute id="{c.name}" title="{c.name}" type="{types.get(c.kind, "string")}"/>\n' for c in columns]
    return f'<attributes class="{what}" mode="static">\n{"".join(held)}</attributes>\n'


def _attvalues(columns: tuple[Column, ...], cells: Row) -> str:
    held = [
        f'<attvalue for="{c.name}" value="{xml_attribute(v) if isinstance(v, str) else plain(v)}"/>'
        for c, v in zip(columns, cells, strict=True)
        if v is not None and v != ""
    ]
    return f"<attvalues>{''.join(held)}</attvalues>"


def _gexf_node(n: Node) -> str:
    red, green, blue = COLOURS.get(n.kind, OTHER)
    return (
        f'<node id="{xml_attribute(n.id)}" label="{xml_attribute(n.name)}">{_attvalues(NODE, n.cells)}'
        f'<viz:color r="{red}" g="{green}" b="{blue}" a="1.0"/></node>\n'
    )


def _gexf_edge(e: Edge) -> str:
    return (
        f'<edge id="{xml_attribute(e.id)}" source="{xml_attribute(e.source)}" target="{xml_attribute(e.target)}" '
        f'type="directed" kind="{e.label}" label="{e.label}" weight="1.0">{_attvalues(EDGE, e.cells)}</edge>\n'
    )


def cytoscape(view: View) -> Iterator[bytes]:
    """Yield the graph as Cytoscape JSON (Cytoscape, Cytoscape.js): ``interaction`` says what kind of claim it is."""
    corpus = read_whole(view)
    yield b'{"format_version":"1.0","generated_by":"respgraph","directed":true,"multigraph":true,'
    yield b'"data":{"name":"Who says that who is responsible for what"},"elements":{"nodes":[\n'
    yield from _joined(_element(n.id, {"value": n.id, "name": n.name}, NODE, n.cells) for n in nodes_of(corpus))
    yield b'],"edges":[\n'
    edges = (
        _element(e.id, {"source": e.source, "target": e.target, "interaction": e.label, "key": e.id}, EDGE, e.cells)
        for e in edges_of(corpus)
    )
    yield from _joined(edges)
    yield b"]}}\n"


def _element(iri: str, fixed: dict[str, str], columns: tuple[Column, ...], cells: Row) -> str:
    held: dict[str, Value] = {"id": iri, **fixed}
    for column, value in zip(columns, cells, strict=True):
        if value is not None and value != "":
            held[column.name] = plain(value) if column.kind == "day" else value
    return json.dumps({"data": held}, ensure_ascii=False)


def _joined(parts: Iterable[str]) -> Iterator[bytes]:
    marks = chain(("",), iter(lambda: ",\n", None))
    return _batched(mark + part for mark, part in zip(marks, parts, strict=False))


def _batched(parts: Iterable[str]) -> Iterator[bytes]:
    """Yield the parts as UTF-8, some hundred at a time; a lone surrogate becomes a question mark."""
    held: list[str] = []
    for part in parts:
        held.append(part)
        if len(held) == _BATCH:
            yield "".join(held).encode("utf-8", "replace")
            held.clear()
    yield "".join(held).encode("utf-8", "replace")
