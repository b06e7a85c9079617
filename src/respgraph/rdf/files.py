"""Quads -> a file, in the form that its name asks for: of those that hold named graphs and so give back all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from respgraph.rdf.build import Row
from respgraph.rdf.jsonld import write_jsonld
from respgraph.rdf.write import write_nquads, write_trig

_WRITERS: Final[dict[str, Callable[[Iterable[Row], str | Path], None]]] = {
    ".trig": write_trig,
    ".nq": write_nquads,
    ".jsonld": write_jsonld,
}
WRITTEN: Final = tuple(_WRITERS)


def write_graph(rows: Iterable[Row], path: str | Path) -> None:
    """Write quads to a file whose suffix is one of ``WRITTEN``, whole and sorted.

    Raises:
        StoreError: The path cannot be written.
    """
    _WRITERS[Path(path).suffix.lower()](rows, path)
