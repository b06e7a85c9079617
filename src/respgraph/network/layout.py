"""A networkx graph of boxes -> a place for each box; nothing overlaps, few lines cross, always the same.

What comes in is a graph whose nodes carry ``width`` and ``height`` (pixels); what goes out are whole
pixels. The way there: stress majorisation of each connected part (Gansner, Koren and North 2004), boxes
pushed apart along the axis of least overlap, then each box tries places near by and takes the one where
fewest lines cross or run behind a box; last, the parts are packed by the cells they really cover
(Freivalds, Dogrusoz and Kikusts 2002).

Only additions, multiplications, divisions and square roots of arrays are used, summed along the first
axis, and costs are rounded before they are compared: the same graph gets the same pixels on any machine.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Hashable
from typing import Any, Final, TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
N = TypeVar("N", bound=Hashable)
Places = dict[N, tuple[float, float]]

LENGTH: Final = 105.0  # an edge wants to be this long, in pixels
VISIBLE: Final = 34.0  # and show this much of itself between its two boxes
MARGIN: Final = np.array([14.0, 12.0])  # free space around a box
STRETCH: Final = np.array([1.25, 0.95])  # boxes and screens are wider than high
CELL: Final = 16  # raster of the packing, in pixels
# Sixteen directions, written out because sine and cosine differ in the last digit between machines.
COMPASS: Final = np.array(
    [
        (1.0, 0.0), (0.92, 0.38), (0.71, 0.71), (0.38, 0.92),
        (0.0, 1.0), (-0.38, 0.92), (-0.71, 0.71), (-0.92, 0.38),
        (-1.0, 0.0), (-0.92, -0.38), (-0.71, -0.71), (-0.38, -0.92),
        (0.0, -1.0), (0.38, -0.92), (0.71, -0.71), (0.92, -0.38),
    ]
)  # fmt: skip

# The sixteen in between, from the sums of neighbours: roughly as long, and that is enough.
HALF_WINDS: Final = (COMPASS + np.roll(COMPASS, 1, axis=0)) / 2


def place_nodes(
    graph: nx.MultiDiGraph[N], core: Collection[N] | None = None, seed: int = 7
) -> dict[N, tuple[int, int]]:
    """Return the centre of each node's box, in whole pixels around (0, 0), y pointing down.

    Args:
        graph: Nodes with ``width`` and ``height`` in pixels. Order of nodes and edges counts.
        core: Nodes seen first; they are laid out as if alone, the others find room around them.
        seed: Seed of the starting places.

    Returns:
        One place per node; no two boxes overlap.

    Example:
        >>> g = nx.MultiDiGraph()
        >>> g.add_node("a", width=80, height=30); g.add_node("b", width=80, height=30)
        >>> _ = g.add_edge("a", "b")
        >>> sorted(place_nodes(g)) == ["a", "b"]
        True
    """
    first = [n for n in graph if core is None or n in core]
    placed = pack([lay_out(graph, part, seed) for part in parts(graph, first)], graph)
    rest = [n for n in graph if n not in placed]
    for node in attached_first(graph, rest, placed):
        placed[node] = best_place(graph, node, placed)
    lone = [n for n in rest if n not in placed]
    placed = pack([placed, *[lay_out(graph, part, seed) for part in parts(graph, lone)]], graph)
    return centred(graph, placed, first)


def parts(graph: nx.MultiDiGraph[N], nodes: list[N]) -> list[list[N]]:
    """Return the connected parts among these nodes, largest first, nodes in graph order."""
    order = {n: i for i, n in enumerate(graph)}
    found = [sorted(c, key=order.__getitem__) for c in nx.weakly_connected_components(graph.subgraph(nodes))]
    return sorted(found, key=lambda part: (-len(part), order[part[0]]))


def sizes(graph: nx.MultiDiGraph[N], nodes: Collection[N]) -> Floats:
    """Return half width and half height of each box."""
    return np.array([(graph.nodes[n]["width"] / 2, graph.nodes[n]["height"] / 2) for n in nodes]).reshape(-1, 2)


def links(graph: nx.MultiDiGraph[N], nodes: Collection[N]) -> NDArray[np.int64]:
    """Return each joined pair of these nodes once, as places in ``nodes``."""
    index = {n: i for i, n in enumerate(nodes)}
    pairs = {
        (min(index[a], index[b]), max(index[a], index[b]))
        for a, b in graph.edges()
        if a in index and b in index and a != b
    }
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


def lay_out(graph: nx.MultiDiGraph[N], nodes: list[N], seed: int) -> Places[N]:
    """Return places for one connected part."""
    half, pairs = sizes(graph, nodes), links(graph, nodes)
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    wanted = distances(len(nodes), pairs) * LENGTH
    starts, finalists = (12, 4) if len(nodes) <= 60 else (3, 1)
    drawings = [separate(upright(majorise(wanted, seed + start)) * STRETCH, half) for start in range(starts)]
    promising = sorted(drawings, key=lambda spots: tangle(spots, half, pairs))[:finalists]
    finished = [untangle(spots, half, pairs) for spots in promising]
    spots = min(finished, key=lambda spots: tangle(spots, half, pairs))
    return {n: (float(x), float(y)) for n, (x, y) in zip(nodes, spots, strict=True)}


def distances(count: int, pairs: NDArray[np.int64]) -> Floats:
    """Return the number of steps between each two nodes of a connected part."""
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(count))
    plain.add_edges_from((int(a), int(b)) for a, b in pairs)
    steps = np.zeros((count, count))
    for a, row in nx.all_pairs_shortest_path_length(plain):
        for b, far in row.items():
            steps[a, b] = far
    return steps


def majorise(wanted: Floats, seed: int, rounds: int = 90) -> Floats:
    """Return places whose distances come close to the wanted ones, weight 1/d^2 (SMACOF)."""
    count = len(wanted)
    dice = random.Random(seed)  # noqa: S311 - starting places, no secret
    x = np.array([dice.random() for _ in range(count)]) * LENGTH * count**0.5
    y = np.array([dice.random() for _ in range(count)]) * LENGTH * count**0.5
    weight = np.zeros_like(wanted)
    np.divide(1.0, wanted * wanted, out=weight, where=wanted > 0)
    total = np.add.reduce(weight, axis=0)
    for _ in range(rounds):
        dx, dy = x[None, :] - x[:, None], y[None, :] - y[:, None]
        ratio = wanted / np.sqrt(dx * dx + dy * dy + 0.01)
        x = np.add.reduce(weight * (x[:, None] + ratio * dx), axis=0) / total
        y = np.add.reduce(weight * (y[:, None] + ratio * dy), axis=0) / total
    return np.stack([x, y], axis=1)


def upright(spots: Floats) -> Floats:
    """Return the drawing turned so that it is wider than high."""
    spots = spots - spots.min(axis=0)
    width, height = spots.max(axis=0)
    return spots if width >= height else spots[:, ::-1].copy()


def separate(spots: Floats, half: Floats, rounds: int = 400) -> Floats:
    """Return places where no two boxes (with margin) overlap, each moved little."""
    spots = spots.copy()
    order = np.arange(len(spots))
    sign = np.where(order[:, None] > order[None, :], 1.0, -1.0)
    for turn in range(rounds):
        gap = spots[:, None, :] - spots[None, :, :]
        lack = half[:, None, :] + half[None, :, :] + MARGIN - np.abs(gap)
        hit = (lack[..., 0] > 0.01) & (lack[..., 1] > 0.01)
        np.fill_diagonal(hit, val=False)
        if not hit.any():
            break
        along_x = lack[..., 0] < lack[..., 1] * 1.6
        way = np.where(gap == 0, sign[..., None], np.sign(gap))
        push = np.where(np.stack([hit & along_x, hit & ~along_x], axis=-1), lack * way * 0.52, 0.0)
        # A box pushed from many sides would jump: share the push, but never let it starve.
        shares = np.maximum(1.0, np.add.reduce(hit, axis=1))[:, None] ** 0.5
        spots += np.add.reduce(push.transpose(1, 0, 2), axis=0) / shares
        if turn % 60 == 59:
            spots *= 1.1
    else:
        spots = on_shelves(half)
    return spots


def on_shelves(half: Floats) -> Floats:
    """Return boxes in rows: the last resort that always ends."""
    across = int(len(half) ** 0.5) + 1
    step = half.max(axis=0) * 2 + MARGIN
    return np.array([(i % across * step[0], i // across * step[1]) for i in range(len(half))])


def covers(ends: Floats, centre: Floats, half: Floats) -> NDArray[np.bool_]:
    """Say which segments touch which boxes (separating axes). Arrays broadcast; ends are (..., 2, 2)."""
    reach = (ends[..., 1, :] - ends[..., 0, :]) / 2
    middle = (ends[..., 1, :] + ends[..., 0, :]) / 2 - centre
    close = (np.abs(middle) <= half + np.abs(reach)).all(axis=-1)
    cross = np.abs(reach[..., 0] * middle[..., 1] - reach[..., 1] * middle[..., 0])
    found: NDArray[np.bool_] = close & (
        cross <= half[..., 0] * np.abs(reach[..., 1]) + half[..., 1] * np.abs(reach[..., 0])
    )
    return found


def crosses(one: Floats, two: Floats) -> NDArray[np.bool_]:
    """Say which segments properly cross which. Arrays broadcast; each is (..., 2, 2)."""

    def side(a: Floats, b: Floats, c: Floats) -> Floats:
        turn: Floats = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (
            c[..., 0] - a[..., 0]
        )
        return turn

    a, b, c, d = one[..., 0, :], one[..., 1, :], two[..., 0, :], two[..., 1, :]
    found: NDArray[np.bool_] = (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)
    return found


def tangle(spots: Floats, half: Floats, pairs: NDArray[np.int64]) -> float:
    """Return how bad a drawing is: crossings, lines behind boxes, and area."""
    ends = spots[pairs]
    apart = (pairs[:, None, :, None] != pairs[None, :, None, :]).all(axis=(2, 3))
    crossings = (crosses(ends[:, None], ends[None, :]) & apart).sum() / 2
    foreign = (pairs[:, :, None] != np.arange(len(spots))[None, None, :]).all(axis=1)
    behind = (covers(ends[:, None], spots[None], half[None] + 5) & foreign).sum()
    width, height = np.ptp(spots, axis=0)
    return round(float(crossings * 60 + behind * 200 + width * height / 20000), 3)


def untangle(spots: Floats, half: Floats, pairs: NDArray[np.int64]) -> Floats:
    """Return a drawing in which each box has tried places near by and kept the best."""
    spots = spots.copy()
    around = [np.concatenate([pairs[pairs[:, 0] == i, 1], pairs[pairs[:, 1] == i, 0]]) for i in range(len(spots))]
    for reach in (1.0, 1.6, 0.7, 1.3, 1.0, 0.35):
        for i in range(len(spots)):
            home = np.add.reduce(spots[around[i]], axis=0) / max(1, len(around[i]))
            tries = np.concatenate(
                [spots[i][None], *[spots[i] + COMPASS * r * reach for r in (45, 110)]]
                + [home + COMPASS * r * reach for r in (105, 170, 235)]
                + [home + HALF_WINDS * r * reach for r in (135, 200, 300)]
            )
            costs = costs_at(tries, i, spots, half, pairs, around[i])
            spots[i] = tries[int(np.argmin(costs))]
    return spots


def costs_at(
    tries: Floats, who: int, spots: Floats, half: Floats, pairs: NDArray[np.int64], friends: NDArray[np.int64]
) -> Floats:
    """Return the cost of each try for one box, the others staying where they are."""
    others = np.arange(len(spots)) != who
    gap = np.abs(tries[:, None] - spots[None, others]) - half[others][None] - half[who]
    overlap = ((gap < MARGIN - 0.5).all(axis=-1)).any(axis=1)
    crowd = np.clip(24 - gap.max(axis=-1), 0, None)
    cost = np.add.reduce(crowd.T, axis=0) * 0.35
    centre = np.add.reduce(spots, axis=0) / len(spots)
    away = (tries - centre) / STRETCH
    cost += np.sqrt(np.add.reduce((away * away).T, axis=0)) * 0.06
    mine = (pairs == who).any(axis=1)
    foreign_ends = spots[pairs[~mine]]
    cost += covers(foreign_ends[None], tries[:, None], half[who] + 7).sum(axis=1) * 200
    if len(friends):
        rays = np.stack(
            [
                np.repeat(tries[:, None], len(friends), axis=1),
                np.repeat(spots[friends][None], len(tries), axis=0),
            ],
            axis=-2,
        )
        seen = (np.abs(rays[..., 0, :] - rays[..., 1, :]) - half[friends] - half[who]).max(axis=-1)
        cost += np.add.reduce((np.abs(seen - VISIBLE) * np.where(seen > VISIBLE, 0.35, 0.8)).T, axis=0)
        hit = covers(rays[:, :, None], spots[None, None], half[None, None] + 7)
        hit[:, :, who] = False
        hit[:, np.arange(len(friends)), friends] = False
        cost += hit.sum(axis=(1, 2)) * 200
        shared = (pairs[~mine][None] == friends[:, None, None]).any(axis=-1)
        cost += (crosses(rays[:, :, None], foreign_ends[None, None]) & ~shared[None]).sum(axis=(1, 2)) * 60
    return np.asarray(np.round(np.where(overlap, 1e9, cost), 4), dtype=np.float64)


def attached_first(graph: nx.MultiDiGraph[N], rest: list[N], placed: Places[N]) -> list[N]:
    """Return the nodes that hang on placed ones, nearest first (breadth first)."""
    seen, queue = set(placed), list(placed)
    order = {n: i for i, n in enumerate(graph)}
    wanted = set(rest)
    out: list[N] = []
    while queue:
        around = {n for at in queue for n in nx.all_neighbors(graph, at) if n in wanted and n not in seen}
        queue = sorted(around, key=order.__getitem__)
        seen.update(queue)
        out += queue
    return out


def best_place(graph: nx.MultiDiGraph[N], node: N, placed: Places[N]) -> tuple[float, float]:
    """Return the best free place for a node, the placed ones staying where they are."""
    nodes = [*placed, node]
    spots = np.array([*placed.values(), (0.0, 0.0)])
    half, pairs = sizes(graph, nodes), links(graph, nodes)
    who = len(nodes) - 1
    friends = pairs[pairs[:, 1] == who, 0]
    home = np.add.reduce(spots[friends], axis=0) / max(1, len(friends))
    far = float(np.ptp(spots, axis=0).max()) + 300
    rings = [home + COMPASS * STRETCH * r for r in (*range(90, 800, 50), *range(800, int(far) + 300, 240))]
    tries = np.concatenate(rings)
    x, y = tries[int(np.argmin(costs_at(tries, who, spots, half, pairs, friends)))]
    return float(x), float(y)


def pack(pieces: list[Places[N]], graph: nx.MultiDiGraph[N]) -> Places[N]:
    """Return all pieces on one plane: each slides to the free place nearest to the first piece's middle."""
    taken: set[tuple[int, int]] = set()
    out: Places[N] = {}
    for piece in pieces:
        if not piece:
            continue
        nodes = list(piece)
        spots = np.array([piece[n] for n in nodes])
        half = sizes(graph, nodes)
        low, high = (spots - half).min(axis=0), (spots + half).max(axis=0)
        spots = spots - np.round((low + high) / 2)
        cells = raster(spots, half, links(graph, nodes))
        step = next(s for s in spiral(taken) if not taken or taken.isdisjoint((x + s[0], y + s[1]) for x, y in cells))
        taken.update((x + step[0], y + step[1]) for x, y in cells)
        for n, (x, y) in zip(nodes, spots, strict=True):
            out[n] = (float(x) + step[0] * CELL, float(y) + step[1] * CELL)
    return out


def spiral(taken: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return raster steps from the middle outwards, in an ellipse as wide as a screen."""
    if not taken:
        return [(0, 0)]
    wide = 2 * max(abs(x) for x, _ in taken) + 60
    high = 2 * max(abs(y) for _, y in taken) + 60
    every = 1 if wide * high < 40000 else 2 if wide * high < 400000 else 4
    grid = np.meshgrid(np.arange(-wide, wide + 1, every), np.arange(-high, high + 1, every))
    x, y = grid[0].ravel(), grid[1].ravel()
    order = np.lexsort((x, y, 41 * x * x + 50 * y * y))
    return list(zip(x[order].tolist(), y[order].tolist(), strict=True))


def raster(spots: Floats, half: Floats, pairs: NDArray[np.int64]) -> set[tuple[int, int]]:
    """Return the cells that boxes (with margin) and lines cover."""
    cells: set[tuple[int, int]] = set()
    for (x, y), (w, h) in zip(spots, half + MARGIN * 0.4, strict=True):
        columns = range(int((x - w) // CELL), int((x + w) // CELL) + 1)
        rows = range(int((y - h) // CELL), int((y + h) // CELL) + 1)
        cells.update((c, r) for c in columns for r in rows)
    for a, b in pairs:
        count = int(np.abs(spots[b] - spots[a]).max() // CELL) + 2
        for k in range(count + 1):
            x, y = spots[a] + (spots[b] - spots[a]) * (k / count)
            cells.update((int(x // CELL) + dx, int(y // CELL)) for dx in (0, 1))
    return cells


def centred(graph: nx.MultiDiGraph[N], placed: Places[N], first: list[N]) -> dict[N, tuple[int, int]]:
    """Return whole pixels, the middle of the first-seen nodes at (0, 0), in graph order."""
    middle: Any = np.zeros(2)
    if first:
        spots, half = np.array([placed[n] for n in first]), sizes(graph, first)
        middle = ((spots - half).min(axis=0) + (spots + half).max(axis=0)) / 2
    return {n: (round(placed[n][0] - middle[0]), round(placed[n][1] - middle[1])) for n in graph}
