"""Bytes -> a pyoxigraph store, with one clear line for everything that can be wrong with them.

Nothing is ever fetched: a JSON-LD context is our own bundled one or stands in the file itself, and RDF/XML,
whose entities can blow up a parser, is not read. Sizes are limited before anything is parsed.
"""

from __future__ import annotations

import codecs
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from respgraph import __version__
from respgraph.errors import GraphError, StoreError
from respgraph.store.graph import line_of, row_of
from respgraph.store.unnamed import by_document
from respgraph.vocab import CONTEXT_IRI, NS, RDF, SCHEMA, ontology_path

if TYPE_CHECKING:
    import pyoxigraph

MAX_BYTES: Final = 500_000_000
_FORMATS: Final = {
    ".trig": "TRIG",
    ".nq": "N_QUADS",
    ".ttl": "TURTLE",
    ".nt": "N_TRIPLES",
    ".jsonld": "JSON_LD",
}
_GZIP: Final = b"\x1f\x8b"
_VERSION: Final = re.compile(r"(\d{1,9})\.(\d{1,9})", re.ASCII)
_XML: Final = re.compile(rb"\s*(\xef\xbb\xbf)?\s*<(\?xml|!DOCTYPE|rdf:RDF)")


def read_bytes(address: str, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes at a path, or of standard input for ``-``.

    Raises:
        StoreError: Not there, a folder, not readable, or larger than the limit.
        GraphError: There, but empty.
    """
    if not address:
        raise StoreError("''", "no name of a graph file (an unset variable?)")
    try:
        if address == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(address).open("rb") as stream:
                data = stream.read(limit + 1)
    except FileNotFoundError as error:
        raise StoreError(address, "there is no such file") from error
    except IsADirectoryError as error:
        raise StoreError(address, "is a folder, not a graph file") from error
    except (OSError, ValueError) as error:
        raise StoreError(address, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > limit:
        raise StoreError(address, f"is larger than {limit // 1_000_000} MB")
    if not data.strip():
        raise GraphError(address, "is empty")
    return data


def load(address: str, data: bytes) -> pyoxigraph.Store:
    """Return the RDF in the bytes as a pyoxigraph store.

    Triples outside a named graph (Turtle, JSON-LD) are put into a graph named by the document they
    belong to (``unnamed``), where the named queries look for them. A graph from which everything was taken is an
    empty one, if the file still says whose it was: by the prefix of our terms, our context, or the comment of
    ``write_nquads``.

    Raises:
        GraphError: Not RDF (with the line), RDF that holds nothing of respgraph, or from a newer version.
        StoreError: A form that is not read.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    if data.startswith(_GZIP):
        raise StoreError(address, "is a gzip file; unpack it first")
    if _XML.match(data[:200]):
        raise StoreError(address, "looks like XML, which is not read; give TriG, N-Quads, Turtle or JSON-LD")
    suffix = Path(address).suffix.lower()
    forms = [_FORMATS[suffix]] if suffix in _FORMATS else _guess(data)
    store = _parse(address, data, forms)
    _refuse_newer(address, store)
    _name_default_graph(store)
    emptied = not len(store) and (NS.encode() in data or CONTEXT_IRI.encode() in data)
    if not emptied and not _holds_ours(store):
        raise GraphError(address, "is RDF, but holds no document or claim of respgraph")
    return store


def _guess(data: bytes) -> list[str]:
    """Return the forms to try, likely ones first; TriG covers Turtle, N-Quads covers N-Triples."""
    return ["JSON_LD"] if data.lstrip()[:1] in (b"{", b"[") else ["TRIG", "N_QUADS"]


def _parse(address: str, data: bytes, forms: list[str]) -> pyoxigraph.Store:
    import pyoxigraph

    first: SyntaxError | None = None
    for form in forms:
        store = pyoxigraph.Store()
        try:
            body = _bundle_context(address, data) if form == "JSON_LD" else data
            store.bulk_load(body, getattr(pyoxigraph.RdfFormat, form))
        except SyntaxError as error:
            first = first or error
        else:
            return store
    raise GraphError(address, _why(first)) from first


def _why(error: SyntaxError | None) -> str:
    message = str(error.msg if error else "").split("\n", 1)[0]
    message = re.sub(r"^Parser error at (line \d+).*?(column \d+|columns \d+ and \d+): ", r"\1: ", message)
    if error and error.lineno and "line" not in message:
        message = f"line {error.lineno}: {message}"
    return f"is not RDF ({message[:200]})"


def _bundle_context(address: str, data: bytes) -> bytes:
    """Return the JSON-LD with references to our context replaced by the bundled file."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}: " if isinstance(error, json.JSONDecodeError) else ""
        raise GraphError(address, f"is not JSON-LD ({where}not JSON)") from error
    bundled = json.loads((ontology_path() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    try:
        return json.dumps(_inline(address, value, bundled)).encode()
    except RecursionError as error:
        raise GraphError(address, "is nested too deeply") from error


def _inline(address: str, value: Any, bundled: Any) -> Any:
    if isinstance(value, list):
        return [_inline(address, item, bundled) for item in value]
    if not isinstance(value, dict):
        return value
    if "@import" in value:
        raise StoreError(address, f"imports the context {value['@import']!r}; contexts are never fetched")
    return {
        key: _context(address, item, bundled) if key == "@context" else _inline(address, item, bundled)
        for key, item in value.items()
    }


def _context(address: str, value: Any, bundled: Any) -> Any:
    if isinstance(value, list):
        return [_context(address, item, bundled) for item in value]
    if not isinstance(value, str):
        return _inline(address, value, bundled)
    if value == CONTEXT_IRI:
        return bundled
    raise StoreError(address, f"refers to the context {value!r}; contexts are never fetched, put it into the file")


def _refuse_newer(address: str, store: pyoxigraph.Store) -> None:
    """Raise GraphError for a graph of a later version, up to the second number: it may mean what is not known here."""
    import pyoxigraph

    ours = _version(__version__)
    for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(SCHEMA + "softwareVersion"), None):
        agent, version = quad.subject, quad.object
        if isinstance(version, pyoxigraph.Literal) and _version(version.value) > ours and "/respgraph-" in str(agent):
            made = f"was made by a newer respgraph ({version.value[:40]!r}; this is {__version__})"
            raise GraphError(address, f"{made}; update respgraph")


def _version(text: str) -> tuple[int, ...]:
    found = _VERSION.match(text)
    return tuple(map(int, found.groups())) if found else ()


def _name_default_graph(store: pyoxigraph.Store) -> None:
    """Put triples of no graph into those of their documents, if there are any."""
    import pyoxigraph

    default = pyoxigraph.DefaultGraph()
    rows = by_document(row_of(quad) for quad in store.quads_for_pattern(None, None, None, default))
    if any(row.graph for row in rows):
        store.clear_graph(default)
        store.bulk_load("".join(map(line_of, rows)).encode("utf-8"), pyoxigraph.RdfFormat.N_QUADS)


def _holds_ours(store: pyoxigraph.Store) -> bool:
    import pyoxigraph

    kind = pyoxigraph.NamedNode(RDF + "type")
    return any(
        next(store.quads_for_pattern(None, kind, pyoxigraph.NamedNode(NS + name)), None) is not None
        for name in ("Document", "Claim")
    )
