"""``PageData`` -> the page as text, and safely onto disk or into a notebook."""

from __future__ import annotations

import html
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from respgraph.compare import with_links
from respgraph.errors import GraphError
from respgraph.rdf.write import write_bytes
from respgraph.store import View
from respgraph.view.data import index_quads, read_index, title_of
from respgraph.view.lines import MOST_LINES
from respgraph.view.network import ClaimNetwork
from respgraph.view.select import Selection, narrow
from respgraph.view.standing import with_standings

# What a page in a frame may do: run its own script, save its exports, print, open the links it has. It is no part
# of the notebook's origin, so it reads neither its cookies nor its cells.
SANDBOX: Final = "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox"


@dataclass(frozen=True, slots=True)
class Page:
    """A whole HTML document; a notebook shows it inline, also once exported.

    ``claims`` are those on the page, ``total`` those of the graph, ``undated`` those a period left out because
    nothing dates them. ``height`` is that of the frame in a notebook, in pixels.
    """

    html: str = field(repr=False)
    title: str
    claims: int
    total: int
    undated: int = 0
    height: int = 680

    def _repr_html_(self) -> str:
        """Return a frame that holds the page, escaped, in a sandbox; nothing is loaded from anywhere."""
        return (
            f'<iframe title="{html.escape(self.title)}" sandbox="{SANDBOX}" width="100%" height="{self.height:d}" '
            f'style="border:1px solid #d5dbe2;border-radius:6px" srcdoc="{html.escape(self.html)}"></iframe>'
        )

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page; the file is there whole or not at all.

        Raises:
            StoreError: The place cannot be written.
        """
        return write_whole(Path(path), self.html)


def make_page(
    dataset: Any,
    title: str | None = None,
    selection: Selection | None = None,
    *,
    most_lines: int = MOST_LINES,
    graph: str = "the graph",
    height: int = 680,
) -> Page:
    """Return the page of a graph.

    Args:
        dataset: A ``respgraph.store.View``, an rdflib ``Dataset``, a pyoxigraph ``Store`` or ``Dataset``, or
            an iterable of quads or of rows of ``respgraph.rdf``.
        title: Heading of the page; by default the title of the only document.
        selection: What the page is narrowed to; it says so below its title.
        most_lines: A picture of vis-network shows at most this many lines, the strongest; above a thousand
            lines the page draws with sigma, a part at a time. The tables show all.
        graph: What error messages call the graph.
        height: Of the frame in a notebook, in pixels.

    Raises:
        RespgraphError: Of the selection: an unknown name, type or date, or nothing is left.
    """
    index = index_quads(linked(dataset))
    data = read_index(index, title)
    if selection:
        data = narrow(data, index, selection, graph)
        data = replace(data, title=title_of(data.sources, title))
    data = with_standings(data, index)
    network = ClaimNetwork(data.title)
    network.add_claims(data, most_lines)
    return Page(network.generate_html(), data.title, len(data.rows), data.total, data.undated, height)


def linked(dataset: Any) -> Any:
    """Return a graph with its links; a damaged one as it is: a page shows what it can, ``check`` what is wrong."""
    if not isinstance(dataset, View):
        return dataset
    try:
        return with_links(dataset)
    except GraphError:
        return dataset


def view_html(
    dataset: Any, title: str | None = None, *, most_lines: int = MOST_LINES, selection: Selection | None = None
) -> str:
    """Return the page of a graph as HTML text: a whole document. A graph without claims gives a page that says so.

    The arguments are those of ``make_page``.
    """
    return make_page(dataset, title, selection, most_lines=most_lines).html


def write_view(
    dataset: Any,
    path: str | os.PathLike[str],
    title: str | None = None,
    *,
    most_lines: int = MOST_LINES,
    selection: Selection | None = None,
) -> Path:
    """Write the page of a graph; the file is there whole or not at all.

    Args:
        dataset: As for ``make_page``.
        path: Where to write. The page is written beside it, in UTF-8, and then renamed.
        title: As for ``make_page``.
        most_lines: As for ``make_page``.
        selection: As for ``make_page``.

    Returns:
        The path written.

    Raises:
        StoreError: The place cannot be written.
        RespgraphError: Of the selection, as for ``make_page``.
    """
    return make_page(dataset, title, selection, most_lines=most_lines).save(path)


def write_whole(path: Path, text: str) -> Path:
    """Write text in UTF-8; the path holds the old page or the whole new one.

    A title from a command line may hold what UTF-8 cannot: it becomes a question mark.
    """
    write_bytes(path, [text.encode("utf-8", "replace")])
    return path
