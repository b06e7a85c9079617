"""``PageData`` -> the page as text, and safely onto disk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from respgraph.rdf.write import write_bytes
from respgraph.view.data import read_page_data
from respgraph.view.lines import MOST_LINES
from respgraph.view.network import ClaimNetwork


def view_html(dataset: Any, title: str | None = None, *, most_lines: int = MOST_LINES) -> str:
    """Return the page of a graph as HTML text.

    Args:
        dataset: A ``respgraph.store.View``, an rdflib ``Dataset``, a pyoxigraph ``Store`` or ``Dataset``, or
            an iterable of quads or of rows of ``respgraph.rdf``.
        title: Heading of the page; by default the title of the only document.
        most_lines: A picture of vis-network shows at most this many lines, the strongest; above a thousand
            lines the page draws with sigma, a part at a time. The tables show all.

    Returns:
        A whole HTML document. A graph without claims gives a page that says so.
    """
    data = read_page_data(dataset, title)
    network = ClaimNetwork(data.title)
    network.add_claims(data, most_lines)
    return network.generate_html()


def write_view(
    dataset: Any, path: str | os.PathLike[str], title: str | None = None, *, most_lines: int = MOST_LINES
) -> Path:
    """Write the page of a graph; the file is there whole or not at all.

    Args:
        dataset: As for ``view_html``.
        path: Where to write. The page is written beside it, in UTF-8, and then renamed.
        title: As for ``view_html``.
        most_lines: As for ``view_html``.

    Returns:
        The path written.

    Raises:
        StoreError: The place cannot be written.
    """
    return write_whole(Path(path), view_html(dataset, title, most_lines=most_lines))


def write_whole(path: Path, text: str) -> Path:
    """Write text in UTF-8; the path holds the old page or the whole new one.

    A title from a command line may hold what UTF-8 cannot: it becomes a question mark.
    """
    write_bytes(path, [text.encode("utf-8", "replace")])
    return path
