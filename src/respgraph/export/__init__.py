"""Stage 10, a graph -> the files that other tools read; every format keeps the speaker and the words where it can.

``FORMATS`` lists them; ``export_graph`` writes one, whole or not at all. A format is a function from a View: to bytes
(``stream``), to a path (``file``: a library or a database writes it), or to several files (``folder``).
"""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from respgraph.errors import RespgraphError, StoreError, UnknownNameError
from respgraph.rdf.write import write_bytes
from respgraph.store import View

CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the suffixes it is guessed from, what it is, and where its function is (module:name)."""

    name: str
    kind: str
    suffixes: tuple[str, ...]
    title: str
    home: str


def _formats(lines: str) -> tuple[Format, ...]:
    rows = (tuple(part.strip() for part in line.split("|")) for line in lines.strip().splitlines())
    return tuple(Format(name, kind, tuple(ends.split()), title, home) for name, kind, ends, home, title in rows)


FORMATS: Final = _formats("""
    turtle     | stream | .ttl             | rdf:turtle | all triples, one graph
    trig       | stream | .trig            | rdf:trig | all quads, sorted, readable
    nquads     | stream | .nq              | rdf:nquads | all quads, a line each; the quickest
    jsonld     | stream | .jsonld          | rdf:jsonld | all quads, compact, its context inside
    rdf12      | stream | .trig12          | rdf:rdf12 | all quads, and what each claim claims as a quoted triple (RDF 1.2, RDF-star)
    nanopub    | stream | .nanopub.trig    | rdf:nanopub | one nanopublication per claim, to be signed
    graphml    | stream | .graphml         | network:graphml | who says it -> bearer, a claim is an edge: networkx, igraph, yEd
    gexf       | stream | .gexf            | network:gexf | the same for Gephi
    cytoscape  | stream | .cyjs            | network:cytoscape | the same for Cytoscape
    csv        | stream | .csv             | tables:claims_csv | one row per claim
    csvw       | folder |                  | tables:csvw | claims, nodes, edges, documents, links as CSV with CSVW metadata
    xlsx       | file   | .xlsx            | tables:xlsx | claims, actors, documents, links as Excel sheets
    parquet    | file   | .parquet .pq     | tables:parquet | one row per claim: pandas, DuckDB, Spark
    neo4j      | folder |                  | tables:neo4j | files for neo4j-admin database import full --multiline-fields=true
    dna        | file   | .dna             | dna:project | project of Discourse Network Analyzer 3 (coder Admin, password admin)
    dna-table  | stream | .dna.csv         | dna:statements | its statements as a table, for rDNA
    webanno    | stream | .anno.jsonld     | annotations:web_annotation | W3C Web Annotations, one per claim
    uima       | folder |                  | annotations:uima | UIMA CAS XMI per text, for INCEpTION
    brat       | folder |                  | annotations:brat | brat standoff per text
""")  # noqa: E501 - a table is read as one
NAMES: Final = tuple(form.name for form in FORMATS)


def format_named(name: str) -> Format:
    """Return a format by name.

    Raises:
        UnknownNameError: There is none; the message lists those there are.
    """
    for form in FORMATS:
        if form.name == name:
            return form
    raise UnknownNameError("export format", name, NAMES)


def guess_format(path: str) -> Format:
    """Return the format that a path's suffix means, the longest that fits.

    Raises:
        RespgraphError: None has that suffix, or none of its own (a folder).
    """
    ends = [(end, form) for form in FORMATS for end in form.suffixes if path.lower().endswith(end)]
    if not ends:
        raise RespgraphError(f"{path}: no format has this suffix; name one with --to (respgraph export --list)")
    return max(ends, key=lambda item: len(item[0]))[1]


def export_graph(view: View, target: str | Path | BinaryIO, form: str) -> None:
    """Write a graph in a format: a file replaced in one step, or a folder that is new or empty.

    Args:
        view: The graph.
        target: A path, or an open binary stream for a format that is one file.
        form: One of ``NAMES``.

    Raises:
        UnknownNameError: No such format.
        MissingExtraError: A library that an extra brings is not installed.
        StoreError: The path cannot be written, a folder that has other things in it, or a format's own limit.
    """
    found = format_named(form)
    module, _, name = found.home.partition(":")
    make = getattr(importlib.import_module(f"respgraph.export.{module}"), name)
    if found.kind == "stream":
        write_bytes(target, make(view))
    elif found.kind == "file":
        with tempfile.TemporaryDirectory(prefix=".respgraph-", dir=_beside(target)) as folder:
            made = Path(folder, Path(target).name if isinstance(target, str | Path) else "export")
            make(view, made)
            write_bytes(target, _chunks(made))
    elif isinstance(target, str | Path):
        _write_folder(Path(target), make(view))
    else:
        raise StoreError("-", f"{form} is a folder of files; name one with -o")


def _beside(target: str | Path | BinaryIO) -> str | None:
    """Return the folder of a file that is to be written; None for a stream or a device."""
    if isinstance(target, str | Path) and not (Path(target).exists() and not Path(target).is_file()):
        return str(Path(os.path.realpath(target)).parent)
    return None


def _chunks(path: Path) -> Iterable[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _write_folder(target: Path, files: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Write files beside the target and rename the folder: it is there whole, or not at all."""
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise StoreError(str(target), "is there and not empty; name a new folder")
        with tempfile.TemporaryDirectory(prefix=".respgraph-", dir=target.resolve().parent) as beside:
            made = Path(beside, "export")
            made.mkdir()
            for name, chunks in files:
                write_bytes(made / name, chunks)
            if target.exists():
                target.rmdir()
            os.replace(made, target)
    except OSError as error:
        raise StoreError(str(target), f"cannot be written: {error.strerror or error}") from error


__all__ = ["FORMATS", "NAMES", "Format", "export_graph", "format_named", "guess_format"]
