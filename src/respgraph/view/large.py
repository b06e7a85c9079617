"""Nodes and lines -> the data of a large picture: too many lines for vis-network, too many for eyes.

Above ``LARGE`` lines the page draws with sigma and shows a part at a time: the strongest lines, placed as a
small picture is; groups of actors; the surroundings of one actor; or as many lines as one asks for, on a map
that has a place for every node. All places are whole pixels, y pointing down, computed here and once.

The map is no spring layout: those are chaotic, so the last digit of a square root on another machine moves
every node. Each group gets a disc and each of its hubs a smaller one in it, near those it is joined to; what
hangs on a hub stands around it like the seeds of a sunflower (Vogel 1979). Positions are rounded before they
are compared or written, so that they are the same on any machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import Any, Final

import networkx as nx

from respgraph.network import place_nodes
from respgraph.view.data import PageData
from respgraph.view.families import FAMILIES, ORDER
from respgraph.view.groups import find_groups
from respgraph.view.lines import Line, Picture, place
from respgraph.view.summary import UNPLACED

LARGE: Final = 1_000  # lines; vis-network needs a second for as many, and four for 5,000
VAST: Final = 30_000  # lines; above, the page opens on the groups
STRONGEST: Final = 46  # lines of the opening picture
AROUND: Final = 8  # of them around one actor
MATTERS: Final = 1  # and lines from it to what it is about
PAGE: Final = 18  # groups seen at once
PAGES: Final = 10
LINKS: Final = 20  # drawn between them
BOX: Final = (230, 92)  # of a group, in pixels
HUBS: Final = 120  # of one group, placed before the rest
WIDE: Final = 1.3  # how much wider the map is than high, as words are: x times this, y divided by it
ROOM: Final = 8_200  # square pixels of the map for a node and its words
GOLDEN: Final = pi * (3 - sqrt(5))
LETTER: Final = {"actor": "a", "author": "u", "matter": "m", "factor": "f", "response": "r", "name": "n"}
JSON = dict[str, Any]
Spots = dict[int, tuple[int, int]]
Near = dict[int, Counter[int]]  # node -> its neighbours, with how many claims join them


def large_json(traced: Picture, data: PageData) -> JSON:
    """Return what the page needs to draw all of a traced picture, in columns.

    A node's number is that of its thing in the payload; names of definitions follow.
    """
    nodes, lines = traced.nodes, traced.lines
    strong = place(traced, opening(traced))
    documents = {source.iri: i for i, source in enumerate(data.sources)}
    member = find_groups(nodes, lines, [documents.get(row.document, -1) for row in data.rows])
    spots = map_places(traced, member)
    index = {node.key: i for i, node in enumerate(nodes)}
    number = {(line.source, line.target, line.family, line.part): i for i, line in enumerate(lines)}
    ids = [index[node.key] for node in strong.nodes]
    return {
        "open": "groups" if len(lines) > VAST else "strongest",
        "kinds": "".join(LETTER[node.kind] for node in nodes),
        "names": [node.full for node in nodes if node.kind == "name"],
        "x": [spots[i][0] if i in spots else 0 for i in range(len(nodes))],
        "y": [spots[i][1] if i in spots else 0 for i in range(len(nodes))],
        "group": member,
        "groups": describe(traced, data, member),
        "links": links_between(lines, member),
        "from": [line.source for line in lines],
        "to": [line.target for line in lines],
        "family": [ORDER[line.family] for line in lines],
        "said": "".join("s" if line.part == "said" else "a" for line in lines),
        "many": [len(line.claims) for line in lines],
        "claims": [claim for line in lines for claim in line.claims],
        "strongest": {
            "lines": sorted(number[ids[k.source], ids[k.target], k.family, k.part] for k in strong.lines),
            "nodes": ids,
            "x": [node.x for node in strong.nodes],
            "y": [node.y for node in strong.nodes],
        },
    }


def opening(traced: Picture) -> list[Line]:
    """Return the lines seen first: those between actors around the actors of whom most others speak.

    Lines to matters are most of a graph and mostly said once; only a few are shown, the others are a click away.
    """
    nodes = traced.nodes
    on = {f.id for f in FAMILIES if f.on}
    known = [node.kind == "actor" and UNPLACED not in node.full and node.full[:1].isupper() for node in nodes]
    touching: Counter[int] = Counter()
    between: dict[int, list[int]] = {}
    beside: dict[int, list[int]] = {}
    neighbours: dict[int, set[int]] = {}
    for i, line in enumerate(traced.lines):
        ends = line.source, line.target
        if line.family not in on or line.source == line.target:
            continue
        touching.update(dict.fromkeys(ends, len(line.claims)))
        if known[line.source] and known[line.target]:
            for end, other in (ends, ends[::-1]):
                between.setdefault(end, []).append(i)
                neighbours.setdefault(end, set()).add(other)
        elif known[line.source] and nodes[line.target].kind == "matter":
            beside.setdefault(line.source, []).append(i)

    def strength(i: int) -> tuple[int, int, int]:
        line = traced.lines[i]
        return -len(line.claims), -min(touching[line.source], touching[line.target]), i

    hubs = sorted(touching, key=lambda node: (-len(neighbours.get(node, ())), -touching[node], node))
    kept: set[int] = set()
    for hub in hubs:
        if len(kept) >= STRONGEST:
            break
        kept.update(sorted(between.get(hub, ()), key=strength)[:AROUND])
        kept.update(sorted(beside.get(hub, ()), key=strength)[:MATTERS])
    return [traced.lines[i] for i in sorted(kept)]


def describe(traced: Picture, data: PageData, member: Sequence[int]) -> list[JSON]:
    """Return each of the first groups: its strongest actors, how much is in it, the place of its box.

    ``text`` is the document that most of its claims stand in, ``texts`` how many there are. Boxes are placed by
    the ``PAGE``, so that what is left over can be opened in its turn.
    """
    count = min(max(member, default=-1) + 1, PAGE * PAGES)
    touching: Counter[int] = Counter()
    claims: list[set[int]] = [set() for _ in range(count)]
    inside: Counter[int] = Counter()
    members: list[list[int]] = [[] for _ in range(count)]
    for line in traced.lines:
        touching.update({line.source: len(line.claims), line.target: len(line.claims)})
        for group in {member[line.source], member[line.target]}:
            if 0 <= group < count:
                claims[group].update(line.claims)
                inside[group] += 1
    for node, group in enumerate(member):
        if 0 <= group < count:
            members[group].append(node)
    place = {source.iri: i for i, source in enumerate(data.sources)}
    out: list[JSON] = []
    for group in range(count):
        texts = Counter(place.get(data.rows[claim].document, -1) for claim in claims[group])
        main = min(texts, key=lambda text: (-texts[text], text))
        out.append({
            "lead": leaders(traced, members[group], touching), "nodes": len(members[group]),
            "lines": inside[group], "claims": len(claims[group]), "texts": len(texts),
            "text": main if texts[main] * 2 > len(claims[group]) else -1,
        })  # fmt: skip
    links = links_between(traced.lines, member)
    for first in range(0, count, PAGE):
        shown = range(first, min(first + PAGE, count))
        more = count > first + PAGE or count < max(member) + 1
        spots = box_places(shown, [(a, b) for a, b, _ in links], more=more)
        for group in shown:
            out[group] |= {"x": spots[group][0], "y": spots[group][1]}
        if more:
            out[first]["rest"] = list(spots[-1])
    return out


def box_places(groups: Sequence[int], links: Sequence[tuple[int, int]], *, more: bool) -> Spots:
    """Return places for boxes of groups: near each other if linked, in rows if hardly any is. -1 is the rest."""
    inside = [(a, b) for a, b in links if a in groups and b in groups][:LINKS]
    boxes = [*groups, *([-1] if more else [])]
    if len(inside) * 2 < len(boxes):
        across = next(n for n in (2, 3, 4, 5) if n * n * 1.3 >= len(boxes) or n == 5)
        return {group: (i % across * 262, i // across * 120) for i, group in enumerate(boxes)}
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    graph.add_nodes_from(boxes, width=BOX[0], height=BOX[1])
    graph.add_edges_from(inside)
    return place_nodes(graph)


def leaders(traced: Picture, members: Sequence[int], touching: Counter[int]) -> list[int]:
    """Return up to three of the strongest of these nodes, actors with a name before all others, no name twice."""

    def order(i: int) -> tuple[bool, bool, bool, int, int]:
        node = traced.nodes[i]
        return node.kind not in {"actor", "author"}, node.kind == "author", UNPLACED in node.full, -touching[i], i

    out: list[int] = []
    for i in sorted(members, key=order):
        if len(out) == 3 or (out and any(order(i)[:3])):
            break
        if traced.nodes[i].short.lower() not in {traced.nodes[k].short.lower() for k in out}:
            out.append(i)
    return out


def links_between(lines: Sequence[Line], member: Sequence[int], most: int = 400) -> list[tuple[int, int, int]]:
    """Return (group, group, claims) of the strongest links between groups, in no direction."""
    counts: Counter[tuple[int, int]] = Counter()
    on = {f.id for f in FAMILIES if f.on}
    for line in lines:
        a, b = member[line.source], member[line.target]
        if a != b and line.family in on:
            counts[min(a, b), max(a, b)] += len(line.claims)
    return [(*pair, n) for pair, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]]


@dataclass(frozen=True, slots=True)
class Disc:
    """A group laid out around (0, 0), and how far it reaches."""

    spots: dict[int, tuple[float, float]]
    radius: float


def map_places(traced: Picture, member: Sequence[int]) -> Spots:
    """Return a place for every node that has a line: a disc for each group, the first one in the middle."""
    near: Near = {}
    for line in traced.lines:
        if line.source != line.target:
            near.setdefault(line.source, Counter())[line.target] += len(line.claims)
            near.setdefault(line.target, Counter())[line.source] += len(line.claims)
    members: list[list[int]] = [[] for _ in range(max(member, default=-1) + 1)]
    for node, group in enumerate(member):
        if group >= 0:
            members[group].append(node)
    discs = [lay_disc(group, near) for group in members]
    linked: Near = {}
    for a, b, n in links_between(traced.lines, member):
        linked.setdefault(a, Counter())[b] += n
        linked.setdefault(b, Counter())[a] += n
    centres = pack_discs({i: disc.radius for i, disc in enumerate(discs)}, linked)
    out: Spots = {}
    for i, disc in enumerate(discs):
        for node, (dx, dy) in disc.spots.items():
            out[node] = round(centres[i][0] + dx), round(centres[i][1] + dy)
    return out


def pack_discs(radii: dict[int, float], near: Near) -> dict[int, tuple[float, float]]:
    """Return a centre for each disc, none over another: the free place closest to those it is joined to.

    Places are tried on a sunflower around the middle of its neighbours that have their place already.
    """
    placed: dict[int, tuple[float, float]] = {}
    full: dict[tuple[int, int], float] = {}  # around a middle, how far out the last free place was
    coarse = max(radii.values(), default=0.0) * 2 + 1
    for i, radius in radii.items():
        step = max(40.0, radius * 0.6)
        beside = [(placed[k], n) for k, n in near.get(i, {}).items() if k in placed]
        total = sum(n for _, n in beside) or 1
        home_x = sum(x * n for (x, _), n in beside) / total
        home_y = sum(y * n for (_, y), n in beside) / total
        others = [(x, y, radii[k] + radius) for k, (x, y) in placed.items()]
        middle = round(home_x / coarse), round(home_y / coarse)
        k = int((full.get(middle, 0.0) * 0.75 / step) ** 2)
        while True:
            far, turn = step * sqrt(k), k * GOLDEN
            x, y = home_x + far * cos(turn) * WIDE, home_y + far * sin(turn) / WIDE
            hit = next(((a, b, r) for a, b, r in others if (x - a) ** 2 + (y - b) ** 2 < r * r), None)
            if hit is None:
                break
            others.remove(hit)  # what was in the way is likely to be so again
            others.insert(0, hit)
            k += 1
        full[middle] = far
        placed[i] = round(x), round(y)
    return placed


def lay_disc(members: Sequence[int], near: Near) -> Disc:
    """Return places in one group: its hubs near those they speak with, all others around the hub they hang on."""
    inside = set(members)
    ranked = sorted(members, key=lambda i: (-len(near.get(i, ())), -near.get(i, Counter()).total(), i))
    hubs = [i for i in ranked[:HUBS] if len(near.get(i, ())) > 1] or ranked[:1]
    hub_of = around_hubs(hubs, near, inside)
    crowd: dict[int, list[int]] = {hub: [] for hub in hubs}
    for node in members:
        if node not in crowd:
            crowd[hub_of.get(node, hubs[0])].append(node)
    middle = pack_discs({hub: sqrt(ROOM * (len(crowd[hub]) + 2) / pi) for hub in hubs}, near)
    spots: dict[int, tuple[float, float]] = {}
    for hub, (x, y) in middle.items():
        spots[hub] = x, y
        leaves = sorted(crowd[hub], key=lambda i: (-near.get(i, Counter())[hub], i))
        for k, node in enumerate(leaves, start=1):
            far, turn = sqrt(ROOM * (k + 0.5) / pi), k * GOLDEN
            spots[node] = x + far * cos(turn) * WIDE, y + far * sin(turn) / WIDE
    centre_x = round(sum(x for x, _ in spots.values()) / max(1, len(spots)))
    centre_y = round(sum(y for _, y in spots.values()) / max(1, len(spots)))
    spots = {node: (x - centre_x, y - centre_y) for node, (x, y) in spots.items()}
    reach = max((x / WIDE) ** 2 + (y * WIDE) ** 2 for x, y in spots.values()) if spots else 0.0
    return Disc(spots, sqrt(reach) * 1.05 + 60)


def around_hubs(hubs: Sequence[int], near: Near, inside: set[int]) -> dict[int, int]:
    """Return for each node the hub it hangs on, breadth first, by most claims."""
    found = {hub: hub for hub in hubs}
    edge: list[int] = list(hubs)
    while edge:
        reached: dict[int, tuple[int, int]] = {}
        for node in edge:
            for other, n in near.get(node, {}).items():
                if other in inside and other not in found:
                    bid = (n, -found[node])
                    reached[other] = max(reached.get(other, bid), bid)
        edge = sorted(reached)
        found |= {node: -hub for node, (_, hub) in reached.items()}
    return found
