"""An address -> the graph there, to be read (``open_graph``) or changed (``open_store``)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from respgraph.errors import StoreError
from respgraph.rdf.files import WRITTEN
from respgraph.store.folder import FolderStore, is_store, open_folder
from respgraph.store.graph import Store, View, empty
from respgraph.store.load import load, read_bytes
from respgraph.store.remote import SCHEMES, RemoteStore, RemoteView

_NOT_WRITABLE: Final = {
    ".ttl": "Turtle has no named graphs, so which text gave an actor its name would be lost",
    ".nt": "N-Triples has no named graphs, so which text gave an actor its name would be lost",
}


def open_graph(address: str | Path) -> View:
    """Return the graph at an address, to be read.

    Args:
        address: A path of a file or of a store folder, ``file:`` and a path, ``-`` for standard input,
            ``memory:`` (an empty graph), or ``sparql+http://...``.

    Raises:
        StoreError: Not there or not readable.
        GraphError: Empty, not RDF, or RDF that holds nothing of respgraph.
    """
    name = _path(address)
    if name == "memory:":
        return View(name, empty())
    if name.startswith(SCHEMES):
        return RemoteView(name)
    if is_store(name):
        return open_folder(Path(name))
    return View(name, load(name, read_bytes(name)))


def open_store(address: str | Path) -> Store:
    """Return the graph at an address, to be changed; what is not there yet is an empty graph.

    A path without a suffix, or one that ends in ``/``, is a store folder.

    Raises:
        StoreError: Standard input, a form that ``save`` does not write (it writes .trig, .nq and .jsonld), a folder
            with other things in it, or a store that another process is writing.
        GraphError: There, but not a graph of ours.
    """
    name = _path(address)
    if name == "memory:":
        return Store(name, empty())
    if name.startswith(SCHEMES):
        return RemoteStore(name)
    path, suffix = Path(name), Path(name).suffix.lower()
    if name and name != "-" and (path.is_dir() or name.endswith("/") or not (suffix or path.exists())):
        return FolderStore(path)
    if name == "-" or suffix not in WRITTEN:
        why = _NOT_WRITABLE.get(suffix, "only files and store folders hold what is put into them")
        raise StoreError(
            name or "''", f"cannot be changed in place ({why}); give a .trig, .nq or .jsonld file or a folder"
        )
    return Store(name, load(name, read_bytes(name)) if path.exists() else empty())


def _path(address: str | Path) -> str:
    name = str(address)
    scheme, there, _ = name.partition("://")
    if there and scheme != "file" and not name.startswith(SCHEMES):
        raise StoreError(f"{scheme}://...", "is no address of a graph; an endpoint is written sparql+http://HOST/")
    return name.removeprefix("file:")
