"""Briefing -> pictures: places and sizes of what an SVG shows, in whole pixels; the template writes the words.

Three pictures, each only where it says something: how often who is held responsible (bars), who holds whom
responsible (arrows between boxes), and when (columns). All are still, so that the same graph gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import networkx as nx

from respgraph.network import Network, Values, place_nodes
from respgraph.report.briefing import Tally
from respgraph.view.text import clean, shorten, text_width, wrap

WIDTH: Final = 640
BARS: Final = 10
NAME: Final = 180  # pixels of a name beside its bar
ROW: Final = 26
MOST: Final = 16  # actors of the network's picture
SIZE: Final = 13
BIGGER: Final = 3  # pixels that the names of the highest PageRank are larger by
COALITIONS: Final = 6  # that have a colour of their own
LEAST: Final = 3  # actors from which a picture of the network says more than a sentence


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: the name, and (mark, x, width, number) of each part."""

    name: str
    y: int
    parts: tuple[tuple[str, int, int, int], ...]
    total: int
    end: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart of so many pixels."""

    width: int
    height: int
    rows: tuple[Bar, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Box:
    """An actor: middle, size, lines of its name at that size, and its coalition (0 for none)."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    size: int = SIZE
    coalition: int = 0

    @property
    def baselines(self) -> tuple[tuple[int, str], ...]:
        """The lines of the name and where each stands."""
        step = round(self.size * 1.25)
        first = self.y - self.height // 2 + 6 + self.size
        return tuple((first + n * step, line) for n, line in enumerate(self.lines))


@dataclass(frozen=True, slots=True)
class Arrow:
    """From border to border, bent where there is one back; ``wide`` is its width, ``says`` its words."""

    path: str
    kind: str
    wide: float
    says: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The network: view box, boxes and arrows."""

    box: tuple[int, int, int, int]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    left_out: int
    says: str
    coalitions: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Statements per month or year: (label, x, y, height, number)."""

    width: int
    height: int
    step: int
    columns: tuple[tuple[str, int, int, int, int], ...]
    says: str


def draw_bars(tallies: tuple[Tally, ...]) -> Bars | None:
    """Return the bars of those most often spoken of; none for fewer than two."""
    shown = tallies[:BARS]
    if len(shown) < 2:
        return None
    unit = (WIDTH - NAME - 60) / max(t.total for t in shown)
    rows = []
    for n, one in enumerate(shown):
        parts, x = [], NAME
        for mark in ("holds", "accepts", "denies", "questions"):
            count = getattr(one, mark)
            if count:
                wide = max(3, round(count * unit) - 2)
                parts.append((mark, x, wide, count))
                x += wide + 2
        rows.append(Bar(shorten(one.name, 6, 27), n * ROW + 4, tuple(parts), one.total, x + 4))
    says = "; ".join(
        f"{t.name}: held responsible {t.holds}, accepted {t.accepts}, denied {t.denies}, questioned {t.questions}"
        for t in shown
    )
    return Bars(WIDTH, len(shown) * ROW + 8, tuple(rows), says)


def draw_network(network: Network, attributes: Values | None = None) -> Picture | None:
    """Return the strongest part of who holds whom responsible; none where a sentence says as much.

    Names are larger the higher their PageRank; boxes have the colour and number of their coalition, if two that are
    drawn share it.

    Args:
        network: The responsibility network.
        attributes: Of its nodes, as ``node_attributes`` gives them.
    """
    label = [clean(node.label) for node in network.nodes]
    ties = sorted(
        (t for t in network.measured if network.nodes[t.source].kind != "Author"),
        key=lambda t: (-t.weight, label[t.source], label[t.target]),
    )
    weight: Counter[int] = Counter()
    for tie in ties:
        weight.update({tie.target: int(2 * tie.weight), tie.source: int(tie.weight)})
    kept: set[int] = set()
    named = [bool(node.label[:1].isupper()) for node in network.nodes]  # "two officers" may go where room is short
    for tie in sorted(
        ties,
        key=lambda t: (
            -named[t.source] - named[t.target], -weight[t.target] - weight[t.source], -t.weight, t.source, t.target,
        ),
    ):  # fmt: skip
        if len(kept | {tie.source, tie.target}) <= MOST:
            kept |= {tie.source, tie.target}
    ties = [t for t in ties if t.source in kept and t.target in kept]
    used = sorted(kept)
    if len(used) < LEAST:
        return None
    known = attributes or {}
    rank = {n: known.get(network.nodes[n].id, {}).get("pagerank", 0.0) for n in used}
    sizes = {n: SIZE + (BIGGER if rank[n] and rank[n] >= 0.6 * max(rank.values()) else 0) for n in used}
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    lines = {n: wrap(shorten(label[n], 7), sizes[n], 150, lines=3) for n in used}
    for n in used:
        width = round(max(text_width(row, sizes[n]) for row in lines[n]) + 26)
        graph.add_node(n, width=width, height=round(len(lines[n]) * sizes[n] * 1.25 + 12))
    graph.add_edges_from((t.source, t.target) for t in ties)
    places = place_nodes(graph)
    half = {n: (graph.nodes[n]["width"] / 2, graph.nodes[n]["height"] / 2) for n in used}
    both = {(t.source, t.target) for t in ties}
    top = max(t.weight for t in ties)
    arrows = []
    for tie in ties:
        bend = 0.18 if (tie.target, tie.source) in both else 0.0
        path = _path(places[tie.source], places[tie.target], half[tie.source], half[tie.target], bend)
        names = f"{label[tie.source]} holds {label[tie.target]} responsible"
        arrows.append(Arrow(path, "blame", round(1.5 + 3 * tie.weight / top, 1), f"{names} ({tie.weight:g})"))
    group = {n: int(known.get(network.nodes[n].id, {}).get("coalition", 0)) for n in used}
    shared = [number for number, times in sorted(Counter(group.values()).items()) if number and times > 1][:COALITIONS]
    number_of = {old: new for new, old in enumerate(shared, 1)}
    boxes = tuple(
        Box(
            *places[n],
            graph.nodes[n]["width"],
            graph.nodes[n]["height"],
            lines[n],
            sizes[n],
            number_of.get(group[n], 0),
        )
        for n in used
    )
    coalitions = tuple(
        (number, ", ".join(label[n] for n in used if group[n] == old)) for old, number in number_of.items()
    )
    left = min(b.x - b.width // 2 for b in boxes) - 12
    up = min(b.y - b.height // 2 for b in boxes) - 12
    wide = max(b.x + b.width // 2 for b in boxes) + 12 - left
    high = max(b.y + b.height // 2 for b in boxes) + 12 - up
    says = "; ".join(arrow.says for arrow in arrows)
    missing = len(network.measured) - len(ties)
    return Picture((left, up, wide, high), boxes, tuple(arrows), missing, says, coalitions)


def draw_times(times: tuple[tuple[str, int], ...]) -> Columns | None:
    """Return the columns of statements per month or year; none for fewer than three."""
    if len(times) < LEAST:
        return None
    step = min(90, (WIDTH - 20) // len(times))
    most = max(n for _, n in times)
    columns = tuple(
        (label, 10 + k * step, 20 + 100 - round(100 * n / most), max(2, round(100 * n / most)), n)
        for k, (label, n) in enumerate(times)
    )
    return Columns(WIDTH, 145, step, columns, "; ".join(f"{label}: {n}" for label, n in times))


def _path(
    a: tuple[int, int], b: tuple[int, int], half_a: tuple[float, float], half_b: tuple[float, float], bend: float
) -> str:
    """Return the path between the borders of two boxes as SVG path data."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    middle = (a[0] + dx / 2 - dy * bend, a[1] + dy / 2 + dx * bend)
    x1, y1 = _border(a, middle if bend else b, half_a, 2)
    x2, y2 = _border(b, middle if bend else a, half_b, 7)
    if not bend:
        return f"M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}"
    return f"M{x1:.0f} {y1:.0f}Q{middle[0]:.0f} {middle[1]:.0f} {x2:.0f} {y2:.0f}"


def _border(
    inside: tuple[float, float], towards: tuple[float, float], half: tuple[float, float], gap: int
) -> tuple[float, float]:
    dx, dy = towards[0] - inside[0], towards[1] - inside[1]
    scale = min((half[0] + gap) / abs(dx) if dx else 9e9, (half[1] + gap) / abs(dy) if dy else 9e9, 1.0)
    return inside[0] + dx * scale, inside[1] + dy * scale
