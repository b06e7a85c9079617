"""Quads -> a file: sorted, readable TriG, or N-Quads a line each; never half a file.

rdflib's TriG writer needs ten times as long and orders blank nodes by chance; this one sorts by IRI, so
the same graph gives the same bytes and one changed claim changes a few lines. Files
are written beside the target and renamed, so a crash leaves the old file whole (POSIX rename).
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from respgraph.errors import StoreError
from respgraph.rdf import iri as spell
from respgraph.rdf.build import Row, by_graph
from respgraph.vocab import NS, PREFIXES, XSD

if TYPE_CHECKING:
    from rdflib import Dataset

# What may follow the colon of a prefixed name without escapes: a safe part of PN_LOCAL (Turtle, 6.5).
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?|")
_DOCUMENT = re.compile(r"<(?P<base>[^<>]*/)doc/(?P<id>[^/<>]+)(?:/ties)?>")
# What may be written relative to @base: no colon, no query, no dot segment, nothing a resolver would change.
_RELATIVE = re.compile(r"(?:[A-Za-z0-9_%~-][A-Za-z0-9_%~.-]*/)*[A-Za-z0-9_%~-][A-Za-z0-9_%~.-]*")
_ESCAPE = re.compile(r"\\(.)")
_BARE = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
_TYPE = spell.term("rdf:type")
# What N-Quads without a quad hold, so that a graph from which all was taken is told from half a file.
NO_QUADS = f"# no quads: an empty graph of <{NS}>\n"


def write_trig(data: Dataset | Iterable[Row], target: str | Path | BinaryIO) -> None:
    """Write the quads as TriG: prefixes, then each graph by name, each subject by IRI, each once.

    Args:
        data: An rdflib Dataset or rows of ``build_rows``.
        target: A path, replaced in one step, or an open binary stream.

    Raises:
        StoreError: The path cannot be written.
    """
    rows = sorted(set(as_rows(data)), key=by_graph)
    write_bytes(target, (chunk.encode("utf-8") for chunk in _trig(rows)))


def write_nquads(data: Dataset | Iterable[Row], target: str | Path | BinaryIO) -> None:
    """Write the quads as sorted N-Quads, a line each: the quick form for stores and for ``diff``.

    A graph without quads is one line of comment: a file of no bytes is no graph.
    """
    lines = sorted({f"{r.subject} {r.predicate} {r.object} {r.graph and r.graph + ' '}.\n" for r in as_rows(data)})
    write_bytes(target, (line.encode("utf-8") for line in lines or [NO_QUADS]))


def as_rows(data: Dataset | Iterable[Row]) -> Iterable[Row]:
    """Return rows as they are and an rdflib Dataset as rows."""
    quads: Callable[[], Iterable[tuple[object, object, object, object]]] | None = getattr(data, "quads", None)
    if quads is None:
        return data  # type: ignore[return-value]  # not a Dataset, hence rows
    return _dataset_rows(quads())


def write_turtle(data: Dataset | Iterable[Row], target: str | Path | BinaryIO) -> None:
    """Write the triples of all graphs as one Turtle graph, sorted, each once; which graph they came from is lost."""
    rows = sorted({row._replace(graph="") for row in as_rows(data)})
    write_bytes(target, (chunk.encode("utf-8") for chunk in _turtle(rows)))


def _turtle(rows: list[Row]) -> Iterator[str]:
    yield "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(PREFIXES.items())) + "\n"
    short = _shortener(dict(PREFIXES), "")
    for subject, properties in groupby(rows, key=attrgetter("subject")):
        yield _subject(subject, list(properties), short)


def _dataset_rows(quads: Iterable[tuple[object, object, object, object]]) -> Iterator[Row]:
    from rdflib import BNode, Literal
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    def spelled(node: object) -> str:
        if isinstance(node, Literal):
            return spell.literal(str(node), str(node.datatype) if node.datatype else None, node.language)
        return f"_:{node}" if isinstance(node, BNode) else f"<{node}>"

    for subject, predicate, value, graph in quads:
        default = graph is None or graph == DATASET_DEFAULT_GRAPH_ID
        yield Row(spelled(subject), spelled(predicate), spelled(value), "" if default else spelled(graph))


def _trig(rows: list[Row]) -> Iterator[str]:
    prefixes = dict(PREFIXES)
    for row in rows:
        document = _DOCUMENT.fullmatch(row.graph)
        if document:
            prefixes |= {kind: f"{document['base']}{kind}/" for kind in ("actor", "agent", "doc", "run")}
            break
    yield "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(prefixes.items()))
    base = ""
    for graph, members in groupby(rows, key=attrgetter("graph")):
        document = _DOCUMENT.fullmatch(graph)
        namespace = f"{document['base']}doc/{document['id']}/" if document else base
        if namespace != base:
            base = namespace
            yield f"\n@base <{base}> .\n"
        short = _shortener(prefixes, base)
        yield f"\n{short(graph)} {{\n" if graph else "\n{\n"
        for subject, properties in groupby(members, key=attrgetter("subject")):
            yield _subject(subject, list(properties), short)
        yield "}\n"


def _subject(subject: str, rows: list[Row], short: Callable[[str], str]) -> str:
    parts = []
    for predicate, members in groupby(sorted(rows, key=_type_first), key=attrgetter("predicate")):
        name = "a" if predicate == _TYPE else short(predicate)
        parts.append(f"{name} " + " , ".join(short(row.object) for row in members))
    return f"  {short(subject)}\n    " + " ;\n    ".join(parts) + " .\n"


def _type_first(row: Row) -> tuple[bool, str, str]:
    return row.predicate != _TYPE, row.predicate, row.object


def _shortener(prefixes: dict[str, str], base: str) -> Callable[[str], str]:
    """Return a function from N-Triples spelling to TriG's shortest, remembering what it has seen."""
    longest = sorted(prefixes.items(), key=lambda item: -len(item[1]))
    seen: dict[str, str] = {}

    def shorten(spelled: str) -> str:
        found = seen.get(spelled)
        if found is None:
            found = seen[spelled] = _iri(spelled) if spelled.startswith("<") else _literal(spelled)
        return found

    def _iri(spelled: str) -> str:
        value = spelled[1:-1]
        if base and value.startswith(base) and _RELATIVE.fullmatch(value, len(base)):
            return f"<{value.removeprefix(base)}>"
        for prefix, namespace in longest:
            if value.startswith(namespace) and _LOCAL.fullmatch(value, len(namespace)):
                return f"{prefix}:{value.removeprefix(namespace)}"
        return spelled

    def _literal(spelled: str) -> str:
        if spelled.startswith("_:"):
            return spelled
        body, mark, datatype = spelled.rpartition("^^<")
        if mark and spelled.endswith(">"):
            bare = _BARE.get(datatype[:-1])
            if bare and bare.fullmatch(body, 1, len(body) - 1):
                return body[1:-1]
            return f"{body}^^{_iri('<' + datatype)}"
        if spelled.count("\\n") > 1:
            return _long(spelled)
        return spelled

    return shorten


def _long(spelled: str) -> str:
    """Spell a literal of several lines with triple quotes, so that its lines can be read as lines."""
    close = spelled.rindex('"')
    body = _ESCAPE.sub(lambda m: "\n" if m[1] == "n" else m[0], spelled[1:close])
    bare = _ESCAPE.sub(lambda m: m[1] if m[1] == '"' else m[0], body)
    if '""' not in bare and not bare.endswith('"'):
        body = bare
    return f'"""{body}"""{spelled[close + 1 :]}'


def write_bytes(target: str | Path | BinaryIO, chunks: Iterable[bytes], durable: bool = True) -> None:
    """Write to an open stream, or to a path so that it holds either the old bytes or all the new ones.

    After a power cut that is so only if ``durable``, which waits for the disk; who writes many files at a time can
    wait for all of them at the end.

    A link stays a link, and its file is replaced; a device or pipe (``/dev/stdout``, ``/dev/null``) is written
    to, for renaming a file onto it would take it away from everybody.

    Raises:
        StoreError: The path cannot be written; nothing is left beside it.
    """
    if not isinstance(target, str | Path):
        target.writelines(chunks)
        return
    with _replacing(Path(target), durable) as stream:
        stream.writelines(chunks)


@contextmanager
def _replacing(path: Path, durable: bool = True) -> Iterator[IO[bytes]]:
    temporary: str | None = None
    try:
        held = _status(path)
        if held is not None and not stat.S_ISREG(held.st_mode):
            with path.open("wb") as stream:
                yield stream
            return
        if held is not None and not os.access(path, os.W_OK):
            raise StoreError(str(path), "cannot be written: it is read-only")
        target = Path(os.path.realpath(path))
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".part", dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        os.chmod(temporary, _new_mode() if held is None else stat.S_IMODE(held.st_mode))
        os.replace(temporary, target)
    except OSError as error:
        raise StoreError(str(path), f"cannot be written: {error.strerror or error}") from error
    finally:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _new_mode() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
