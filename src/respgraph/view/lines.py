"""Claims -> the nodes and lines of the picture: parallel claims of one family become one line "x3".

A claim is drawn as a short path: who speaks -> who is held responsible -> for what. The author's voice is
left out of a path that has two other ends (else every picture is a star around its author); who speaks
for oneself appears once. Nothing is lost by this: each line carries its claims, and the panel, the
tables and the source show all their slots.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import sqrt
from typing import Final

import networkx as nx

from respgraph.network import place_nodes
from respgraph.view.data import Figure, PageData, Row
from respgraph.view.families import FAMILIES, ORDER
from respgraph.view.text import shorten, text_width, wrap

MOST_LINES: Final = 120  # more cannot be read at once; the tables show everything
# By what the reader may size actors: statements they make or that are about them, PageRank, how often held responsible.
SIZES: Final = ("claims", "pagerank", "held")
SMALLEST: Final = 13  # font of the least and of the greatest actor, in pixels; large.js has the same
LARGEST: Final = 19
LONGER: Final = (8, 10, 12, 15)  # words, of names that are alike when cut to fewer
DETOURS: Final = (
    0.2,
    -0.2,
    0.34,
    -0.34,
    0.5,
    -0.5,
    0.72,
    -0.72,
    0.95,
    -0.95,
)  # bends tried around a box that stands in the way


@dataclass(frozen=True, slots=True)
class Look:
    """A box as it is drawn: font size and words, broken into lines, and its own size in pixels."""

    size: int
    lines: tuple[str, ...]
    width: int
    height: int


@dataclass(slots=True)
class Node:
    """A box of the picture: its words, how it is drawn, and its place.

    ``looks`` has one for each of ``SIZES`` if it is an actor, else one; ``values`` are the numbers behind them.
    ``home`` tells it apart from another of the same name.
    """

    key: str
    kind: str
    full: str
    short: str
    home: str = ""
    values: tuple[float, ...] = ()
    looks: tuple[Look, ...] = ()
    x: int = 0
    y: int = 0


@dataclass(slots=True)
class Line:
    """A line of the picture. ``claims`` are places in ``PageData.rows``; ``bend`` is its curvature.

    ``part`` is ``said`` for the step to the bearer and ``about`` for the step to the matter.
    """

    source: int
    target: int
    family: str
    part: str
    claims: list[int] = field(default_factory=list)
    bend: float = 0.0


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes and lines, and how many lines were left out of a picture that would be too full."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    left_out: int


def trace(data: PageData) -> Picture:
    """Return all nodes and all lines of a graph, nothing placed yet; lines in the order of families."""
    nodes = name_nodes(data)
    index = {node.key: i for i, node in enumerate(nodes)}
    authors = {f.iri for f in data.figures if f.author}
    lines: dict[tuple[int, int, str, str], Line] = {}
    for place, row in enumerate(data.rows):
        for a, b, part in path_of(row, authors):
            key = (index[a], index[b], row.family, part)
            line = lines.setdefault(key, Line(*key))
            if not line.claims or line.claims[-1] != place:
                line.claims.append(place)
    return Picture(tuple(nodes), tuple(sorted(lines.values(), key=line_order)), 0)


def draw(traced: Picture, data: PageData, most: int = MOST_LINES) -> Picture:
    """Return the picture of the strongest lines, with places, the families that are on at first in the middle."""
    return place(traced, strongest(list(traced.lines), data, most))


def place(traced: Picture, lines: Sequence[Line]) -> Picture:
    """Return a picture of some lines of a traced one and their nodes, placed; nothing of these is changed."""
    kept = [replace(line) for line in lines]
    bend(kept)
    used = sorted({end for line in kept for end in (line.source, line.target)})
    moved = {old: new for new, old in enumerate(used)}
    for line in kept:
        line.source, line.target = moved[line.source], moved[line.target]
    nodes = tuple(replace(traced.nodes[i]) for i in used)
    sized = [node.values for node in traced.nodes if node.values]
    measure(nodes, [max((values[k] for values in sized), default=0.0) for k in range(len(SIZES))])
    picture = Picture(nodes, tuple(kept), len(traced.lines) - len(kept))
    arrange(picture)
    dodge(picture)
    return picture


def name_nodes(data: PageData) -> list[Node]:
    """Return a node for each actor, matter and name."""
    single = len(data.sources) < 2
    factors = {r.get("factor") for r in data.rows} | {r.get("cause") for r in data.rows if not r.content}
    answers = {r.get("response") for r in data.rows}
    contents = {r.content for r in data.rows}
    part_of = Counter(iri for row in data.rows for iri in row.parties)
    shown = {figure.iri for figure in data.figures}
    nodes = []
    for figure in data.figures:
        standing = data.standings.get(figure.iri)
        # One who counts as another that is drawn too is not drawn as large a second time.
        if standing and standing.counts_as != figure.iri and standing.counts_as in shown:
            standing = None
        measured = (standing.pagerank, standing.blamed) if standing else (0.0, 0)
        kind, short = ("author" if figure.author else "actor"), short_name(figure, single=single)
        nodes.append(
            Node(
                figure.iri,
                kind,
                figure.label,
                short,
                figure.home,
                () if figure.author else (part_of[figure.iri], *measured),
            )
        )
    for matter in data.matters:
        kind = "matter" if matter.iri in contents else "response" if matter.iri in answers else "matter"
        kind = "factor" if kind == "matter" and matter.iri in factors and matter.iri not in contents else kind
        nodes.append(Node(matter.iri, kind, matter.label, shorten(matter.label), matter.home))
    words = sorted({word for row in data.rows for _, word in row.literals if _ != "itemLabel"})
    return nodes + [Node(f"name:{word}", "name", word, shorten(word)) for word in words]


def short_name(figure: Figure, *, single: bool) -> str:
    """Return an actor's name for a box or a column head."""
    if figure.author and single:
        return "Author of the text"
    return shorten(figure.label, 7)


def path_of(row: Row, authors: set[str]) -> list[tuple[str, str, str]]:
    """Return the steps (from, to, part) of one claim."""
    literals = dict(row.literals)
    if row.type == "definition":
        ends = [f"name:{literals[k]}" for k in ("shortForm", "longForm") if k in literals]
        return [(ends[0], ends[1], "about")] if len(ends) == 2 and ends[0] != ends[1] else []
    if row.type == "response":
        factor, answer, who = row.get("factor"), row.get("response"), row.get("responder")
        steps = [(factor, answer, "about")] + ([(who, answer, "said")] if who else [])
        return [(a, b, part) for a, b, part in steps if a and b and a != b]
    middle = (
        [row.get("cause"), row.get("effect")] if row.type == "cause" else [row.bearer, row.content or row.get("topic")]
    )
    stops = [iri for iri in (row.speaker, *middle) if iri]
    stops = [iri for i, iri in enumerate(stops) if i == 0 or iri != stops[i - 1]]
    if len(stops) > 2 and stops[0] in authors:
        stops = stops[1:]
    last = row.content or row.get("topic") or row.get("effect")
    if len(stops) == 1:
        return [(stops[0], stops[0], "said")] if row.bearer and row.speaker == row.bearer else []
    return [(a, b, "about" if b == last else "said") for a, b in pairwise(stops)]


def line_order(line: Line) -> tuple[int, int, int, str]:
    """Order lines by family, then by ends."""
    return ORDER[line.family], line.source, line.target, line.part


def strongest(lines: list[Line], data: PageData, most: int) -> list[Line]:
    """Return about this many lines: all lines of the claims that matter most.

    Claims count by family (those that are on first), by dispute, and by how often their actors occur; a
    claim is shown whole or not at all, so that no matter hangs in the air.
    """
    if len(lines) <= most:
        return lines
    weight: Counter[str | None] = Counter(iri for r in data.rows for iri in (r.speaker, r.bearer) if iri)
    disputed = {iri for t in data.ties if t.type in {"contradicts", "shiftsFrom"} for iri in (t.source, t.target)}
    on = {f.id for f in FAMILIES if f.on}

    def order(item: tuple[int, Row]) -> tuple[bool, bool, int, int]:
        place, row = item
        return row.family not in on, row.iri not in disputed, -weight[row.bearer] - weight[row.speaker], place

    of_claim: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        for place in line.claims:
            of_claim.setdefault(place, []).append(i)
    kept: set[int] = set()
    for place, _ in sorted(enumerate(data.rows), key=order):
        if len(kept) >= most:
            break
        kept.update(of_claim.get(place, ()))
    return [line for i, line in enumerate(lines) if i in kept]


def bend(lines: list[Line]) -> None:
    """Give lines between the same two ends different curves; a line alone is straight."""
    groups: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        groups.setdefault((min(line.source, line.target), max(line.source, line.target)), []).append(line)
    for (low, _), group in groups.items():
        for place, line in enumerate(group):
            curve = (place - (len(group) - 1) / 2) * 0.22
            line.bend = round(curve if line.source == low else -curve, 3)


def measure(nodes: Sequence[Node], most: Sequence[float]) -> None:
    """Set how each node looks; those that share their name with another say where they differ.

    Args:
        nodes: The nodes of one picture.
        most: The greatest value of any actor of the graph, for each of ``SIZES``.
    """
    lengthen(nodes)
    called = Counter(node.short.casefold() for node in nodes)
    for node in nodes:
        label = f"{node.short} ({node.home})" if node.home and called[node.short.casefold()] > 1 else node.short
        if node.values:
            fonts = [font_of(value, peak) for value, peak in zip(node.values, most, strict=True)]
        else:
            fonts = [15 if node.kind == "author" else 14]
        node.looks = tuple(look_of(node.kind, label, font) for font in fonts)


def lengthen(nodes: Sequence[Node]) -> None:
    """Give those whose names were cut to the same words as many more as they need to differ."""
    alike: dict[str, list[Node]] = {}
    for node in nodes:
        alike.setdefault(node.short.casefold(), []).append(node)
    for group in alike.values():
        whole = {node.full.casefold() for node in group}
        for words in LONGER if len(whole) > 1 else ():
            cut = [shorten(node.full, words, words * 9) for node in group]
            if len({short.casefold() for short in cut}) == len(whole):
                for node, short in zip(group, cut, strict=True):
                    node.short = short
                break


def font_of(value: float, most: float) -> int:
    """Return the font size of an actor: its area grows as the value does.

    >>> [font_of(value, 4) for value in (0, 1, 4)]
    [13, 16, 19]
    """
    return SMALLEST + round((LARGEST - SMALLEST) * round(sqrt(value / most), 3)) if most else SMALLEST


def look_of(kind: str, label: str, size: int) -> Look:
    """Return the box of a label in this font size."""
    lines = wrap(label, size, 156 + max(0, size - 15) * 8, lines=4)
    inside = max(text_width(row, size) for row in lines)
    return Look(
        size=size,
        lines=lines,
        width=round(inside + {"actor": 22, "author": 22, "name": 12}.get(kind, 30)),
        height=round(len(lines) * size * 1.25 + (12 if kind == "name" else 15)),
    )


def arrange(picture: Picture) -> None:
    """Set the place of each node, with room for each of its looks: a reader who sizes anew finds all where it was."""
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    for i, node in enumerate(picture.nodes):
        wide, high = max(look.width for look in node.looks), max(look.height for look in node.looks)
        graph.add_node(i, width=wide, height=high)
    on = {f.id for f in FAMILIES if f.on}
    core = {end for k in picture.lines if k.family in on for end in (k.source, k.target)}
    graph.add_edges_from((k.source, k.target) for k in picture.lines)
    for i, (x, y) in place_nodes(graph, core or None).items():
        picture.nodes[i].x, picture.nodes[i].y = x, y


def dodge(picture: Picture) -> None:
    """Bend a straight line that would run behind a box of neither end, if a bend goes around it."""
    half = [
        (max(look.width for look in node.looks) / 2 + 4, max(look.height for look in node.looks) / 2 + 4)
        for node in picture.nodes
    ]
    for line in picture.lines:
        if line.bend == 0 and line.source != line.target and behind(picture, line, 0.0, half):
            line.bend = min((0.0, *DETOURS), key=lambda bend: (behind(picture, line, bend, half), abs(bend)))


def behind(picture: Picture, line: Line, bend: float, half: Sequence[tuple[float, float]]) -> int:
    """Return behind how many boxes a line would run: a quadratic curve, bent as the page draws it."""
    a, b = picture.nodes[line.source], picture.nodes[line.target]
    via_x, via_y = (a.x + b.x) / 2 + (b.y - a.y) * bend, (a.y + b.y) / 2 - (b.x - a.x) * bend
    steps = [k / 24 for k in range(1, 24)]
    curve = [
        ((1 - t) * (1 - t) * a.x + 2 * t * (1 - t) * via_x + t * t * b.x,
         (1 - t) * (1 - t) * a.y + 2 * t * (1 - t) * via_y + t * t * b.y)
        for t in steps
    ]  # fmt: skip
    return sum(
        any(abs(x - node.x) < wide and abs(y - node.y) < high for x, y in curve)
        for i, (node, (wide, high)) in enumerate(zip(picture.nodes, half, strict=True))
        if i not in (line.source, line.target)
    )
