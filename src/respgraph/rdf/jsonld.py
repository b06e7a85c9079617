"""Quads -> compact JSON-LD 1.1: one object per graph and a line per subject, sorted, the shipped context inside.

The same graph gives the same bytes, and one changed claim changes a few lines, as with TriG.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from respgraph.rdf.build import Row, by_graph
from respgraph.rdf.iri import split_literal, term
from respgraph.rdf.write import as_rows, write_bytes
from respgraph.vocab import XSD, ontology_path

if TYPE_CHECKING:
    from rdflib import Dataset

_A = term("rdf:type")


def write_jsonld(data: Dataset | Iterable[Row], target: str | Path | BinaryIO) -> None:
    """Write the quads as JSON-LD.

    Args:
        data: An rdflib Dataset or rows of ``build_rows``.
        target: A path, replaced in one step, or an open binary stream.

    Raises:
        StoreError: The path cannot be written.
    """
    write_bytes(target, jsonld_chunks(as_rows(data)))


def jsonld_chunks(data: Iterable[Row]) -> Iterator[bytes]:
    """Yield the bytes of the JSON-LD of some quads, graph by graph, each quad once."""
    context = json.loads((ontology_path() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    compact = Compactor(context)
    yield b'{"@context":' + json.dumps(context, ensure_ascii=False, separators=(",", ":")).encode() + b',\n"@graph":[\n'
    mark = b""
    for name, members in groupby(sorted(set(data), key=by_graph), key=attrgetter("graph")):
        nodes = [compact.node(s, list(rows)) for s, rows in groupby(members, key=attrgetter("subject"))]
        parts = ",\n".join(json.dumps(node, ensure_ascii=False, separators=(",", ":")) for node in nodes)
        head = json.dumps(compact.iri(name[1:-1])) if name else ""
        body = f'{{"id":{head},"graph":[\n{parts}\n]}}' if name else parts
        yield mark + body.encode("utf-8")
        mark = b",\n"
    yield b"\n]}\n"


class Compactor:
    """Terms in N-Triples spelling -> JSON-LD values under a context (JSON-LD 1.1 API, section 6, for what we use)."""

    def __init__(self, context: dict[str, Any]) -> None:
        """Learn the prefixes and the terms, by IRI and what they coerce to."""
        self.prefixes = {
            name: value if isinstance(value, str) else value["@id"]
            for name, value in context.items()
            if (isinstance(value, str) and value[-1:] in "#/" and value.startswith("http"))
            or (isinstance(value, dict) and value.get("@prefix"))
        }
        self.longest = sorted(self.prefixes.items(), key=lambda item: -len(item[1]))
        self.terms: dict[str, tuple[str, str]] = {}
        for name, value in context.items():
            if name.startswith("@") or name in self.prefixes:
                continue
            held = value if isinstance(value, dict) else {"@id": value}
            if not held["@id"].startswith("@"):
                self.terms[self.expand(held["@id"])] = (name, self.expand(held.get("@type", "")))

    def expand(self, name: str) -> str:
        """Return the IRI of a name with a prefix, and anything else as it is."""
        prefix, mark, local = name.partition(":")
        return self.prefixes[prefix] + local if mark and prefix in self.prefixes else name

    def iri(self, value: str) -> str:
        """Return an IRI with its prefix where that is read back as the same IRI."""
        for prefix, namespace in self.longest:
            local = value[len(namespace) :]
            if value.startswith(namespace) and local and not local.startswith("//"):
                return f"{prefix}:{local}"
        return value

    def node(self, subject: str, rows: list[Row]) -> dict[str, Any]:
        """Return the node object of a subject."""
        out: dict[str, Any] = {"id": subject if subject.startswith("_:") else self.iri(subject[1:-1])}
        kinds = [self.type(row.object) for row in rows if row.predicate == _A]
        if kinds:
            out["type"] = kinds if len(kinds) > 1 else kinds[0]
        rest = [row for row in rows if row.predicate != _A]
        for predicate, members in groupby(rest, key=attrgetter("predicate")):
            name, coerced = self.terms.get(predicate[1:-1], (self.iri(predicate[1:-1]), ""))
            values = [self.value(row.object, coerced) for row in members]
            out[name] = values if len(values) > 1 else values[0]
        return out

    def type(self, spelled: str) -> str:
        """Return the name of a class, or its IRI."""
        return self.terms.get(spelled[1:-1], (self.iri(spelled[1:-1]), ""))[0]

    def value(self, spelled: str, coerced: str) -> Any:
        """Return the value of a property whose term coerces to a type ("" for none)."""
        if not spelled.startswith('"'):
            identifier = spelled if spelled.startswith("_:") else self.iri(spelled[1:-1])
            return identifier if coerced == "@id" else {"id": identifier}
        text, datatype, language = split_literal(spelled)
        if language:
            return {"@value": text, "@language": language}
        if datatype == coerced or (not datatype and coerced == XSD + "string"):
            return text
        return {"@value": text, "@type": self.iri(datatype)} if datatype else {"@value": text} if coerced else text
