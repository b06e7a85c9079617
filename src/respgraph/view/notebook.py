"""``respgraph.view(graph)``: the page of a graph in a notebook, narrowed by keywords as the command line narrows it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from respgraph.view.page import Page, make_page
from respgraph.view.select import Selection

Names = str | Iterable[str]


def view(
    graph: Any,
    title: str | None = None,
    *,
    actor: Names = (),
    speaker: Names = (),
    type: Names = (),
    document: Names = (),
    since: str | None = None,
    until: str | None = None,
    min_confidence: float = 0.0,
    height: int = 680,
) -> Page:
    """Return the page of a graph; the last value of a notebook's cell is shown, ``save`` writes a file.

    Args:
        graph: The address of a graph (a file, a store folder, an endpoint) or anything ``write_view`` takes.
        title: Heading of the page; by default the title of the only document.
        actor: Who takes part in a claim, in whatever part: a name or several.
        speaker: Who makes it; ``author`` is every text's own voice.
        type: Claim types.
        document: Titles or names of documents.
        since: First year, month or day.
        until: Last year, month or day.
        min_confidence: From 0 to 1.
        height: Of the frame, in pixels.

    Raises:
        RespgraphError: The graph cannot be opened, a name, type or date is none, or nothing is left.

    Example:
        >>> from respgraph import build_graph
        >>> graph = build_graph(["graphs/flood/source.md"])             # doctest: +SKIP
        >>> view(graph, speaker="author", since="2024").save("a.html")  # doctest: +SKIP
    """
    wish = Selection(
        tuple_of(actor), tuple_of(speaker), tuple_of(type), tuple_of(document), since, until, min_confidence
    )
    if not isinstance(graph, str | os.PathLike):
        return make_page(graph, title, wish, height=height)
    from respgraph.store import open_graph

    address = os.fspath(graph)
    with open_graph(address) as opened:
        return make_page(opened, title, wish, graph=address, height=height)


def tuple_of(names: Names) -> tuple[str, ...]:
    """Return one name or several as a tuple."""
    return (names,) if isinstance(names, str) else tuple(names)
