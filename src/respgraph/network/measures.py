"""Network -> numbers: of each node, of the whole, and which ties are more than chance.

Measures are taken of the ties of a network's first sign (blame, demands, same side), without ties of a node to
itself; denials weigh nothing. igraph computes them whatever the size; values are rounded to six digits, and
communities are numbered from 1 by size, then by their first node: the same network and seed give the same numbers.

in_strength     weights of the ties towards a node: how often it is held responsible
out_strength    weights of the ties from it; ``strength`` where ties have no direction
pagerank        Page and Brin 1998, damping 0.85, weighted: who is held responsible by those who are held responsible
betweenness     Freeman 1977: on how many shortest paths it lies; ties count one step, their weights nothing
group           community by modularity: Leiden (Traag, Waltman and van Eck 2019) or Louvain (Blondel et al. 2008),
                in the undirected sum of both directions; 0 for a node without a measured tie. In a congruence
                network a group is a discourse coalition (Leifeld 2017).

A subtract network is measured by its ties of positive weight: strength, ranks and groups are of those who agree more
often than not.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from respgraph.compare import Corpus
from respgraph.errors import UnknownNameError
from respgraph.network.kinds import build_network
from respgraph.network.ties import Network, Tie

if TYPE_CHECKING:
    import igraph

METHODS: Final = ("leiden", "louvain")
SEED: Final = 7
DAMPING: Final = 0.85
DIGITS: Final = 6
MOST: Final = 200_000  # ties up to which triads and balance are counted
STEPS: Final = (
    2_000_000_000  # nodes times ties up to which betweenness is measured unless it is asked for: half a minute
)
BY_CHANCE: Final = "in ties that may be chance, or of other signs"
Values = dict[str, dict[str, float]]


def measures_of(network: Network, times: int = 1) -> tuple[str, ...]:
    """Return the measures of a network's nodes in the order of columns, without what takes too long for its size.

    Args:
        network: The network.
        times: How many times it will be measured.
    """
    strength = ("in_strength", "out_strength") if network.kind.directed else ("strength",)
    between = ("betweenness",) if len(network.nodes) * len(network.ties) * times <= STEPS else ()
    return (*strength, "pagerank", *between, "group")


def measure_nodes(
    network: Network,
    names: Iterable[str] | None = None,
    *,
    method: str = "leiden",
    resolution: float = 1.0,
    seed: int = SEED,
) -> Values:
    """Return node id -> measure -> value.

    Args:
        network: The network.
        names: Which measures; by default ``measures_of(network)``.
        method: How communities are found, one of ``METHODS``.
        resolution: Above 1 more and smaller communities, below 1 fewer.
        seed: For the communities.

    Raises:
        UnknownNameError: A measure or method that there is none of.
    """
    graph = network.core
    wanted = measures_of(network) if names is None else tuple(names)
    columns: dict[str, list[float]] = {}
    for name in wanted:
        if name == "in_strength":
            columns[name] = graph.strength(mode="in", weights="weight", loops=False)
        elif name == "out_strength":
            columns[name] = graph.strength(mode="out", weights="weight", loops=False)
        elif name == "strength":
            columns[name] = graph.strength(mode="all", weights="weight", loops=False)
        elif name == "pagerank":
            columns[name] = graph.pagerank(weights="weight", damping=DAMPING) if graph.vcount() else []
        elif name == "betweenness":
            columns[name] = graph.betweenness(directed=network.kind.directed)
        elif name == "group":
            columns[name] = [float(n) for n in find_groups(network, method=method, resolution=resolution, seed=seed)]
        else:
            known = ("in_strength", "out_strength", "strength", "pagerank", "betweenness", "group")
            raise UnknownNameError("measure", name, known)
    return {node.id: {name: round(columns[name][n], DIGITS) for name in wanted} for n, node in enumerate(network.nodes)}


def find_groups(network: Network, *, method: str = "leiden", resolution: float = 1.0, seed: int = SEED) -> list[int]:
    """Return the number of each node's community, in the order of ``nodes``; 0 for a node without a measured tie.

    Raises:
        UnknownNameError: No such method.
    """
    if method not in METHODS:
        raise UnknownNameError("method", method, METHODS)
    graph = network.core
    if not graph.ecount():
        return [0] * graph.vcount()
    if graph.is_directed():
        graph = graph.as_undirected(mode="collapse", combine_edges="sum")
    membership = _partition(graph, method, resolution, seed)
    degree = graph.degree()
    members: defaultdict[int, list[int]] = defaultdict(list)
    for place, community in enumerate(membership):
        if degree[place]:
            members[community].append(place)
    ranked = sorted(members.values(), key=lambda places: (-len(places), places[0]))
    out = [0] * len(membership)
    for number, places in enumerate(ranked, 1):
        for place in places:
            out[place] = number
    return out


def _partition(graph: igraph.Graph, method: str, resolution: float, seed: int) -> list[int]:
    import igraph

    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - no secret
    try:
        if method == "leiden":
            found = graph.community_leiden(
                objective_function="modularity", weights="weight", resolution=resolution, n_iterations=2
            )
        else:
            found = graph.community_multilevel(weights="weight", resolution=resolution)
    finally:
        igraph.set_random_number_generator(random)
    return list(found.membership)


@dataclass(frozen=True, slots=True)
class Whole:
    """A network as a whole.

    ``reciprocity`` is the share of ties that are returned, ``mutual`` the pairs who hold each other responsible with
    the weights there and back; ``triads`` the triad census (Davis and Leinhardt 1972) without the empty types;
    ``balance`` the closed triads of a subtract network by the signs of their ties, "+++" and "+--" being balanced
    (Cartwright and Harary 1956). None is what does not apply or was left out for its size.
    """

    nodes: int
    ties: int
    claims: int
    density: float
    groups: int
    modularity: float | None
    reciprocity: float | None
    mutual: tuple[tuple[str, str, float, float], ...]
    triads: tuple[tuple[str, int], ...] | None
    balance: tuple[tuple[str, int], ...] | None

    @property
    def balanced(self) -> float | None:
        """The share of closed triads that are balanced."""
        counts = dict(self.balance or ())
        total = sum(counts.values())
        return round((counts.get("+++", 0) + counts.get("+--", 0)) / total, DIGITS) if total else None


def measure_whole(network: Network, *, method: str = "leiden", resolution: float = 1.0, seed: int = SEED) -> Whole:
    """Return what is so of a network as a whole."""
    graph = network.core
    groups = find_groups(network, method=method, resolution=resolution, seed=seed)
    small, directed = len(network.ties) <= MOST, network.kind.directed and not network.kind.two_mode
    flat = graph.as_undirected(mode="collapse", combine_edges="sum") if graph.is_directed() else graph
    triads = None
    if directed and small and graph.vcount() >= 3:
        triads = tuple((name, n) for name, n in _census(graph) if n and name != "003")
    return Whole(
        nodes=len(network.nodes),
        ties=len(network.ties),
        claims=len({c.iri for tie in network.ties for c in tie.claims}),
        density=round(graph.density(), DIGITS) if graph.vcount() > 1 else 0.0,
        groups=max(groups, default=0),
        modularity=round(flat.modularity(groups, weights="weight"), DIGITS) if flat.ecount() else None,
        reciprocity=round(graph.reciprocity(), DIGITS) if directed and graph.ecount() else None,
        mutual=mutual_pairs(network) if directed else (),
        triads=triads,
        balance=_balance(network) if network.kind.name == "subtract" and small else None,
    )


def mutual_pairs(network: Network) -> tuple[tuple[str, str, float, float], ...]:
    """Return the pairs tied both ways by the first sign: two names, the weight there, the weight back; most first."""
    weight = {(tie.source, tie.target): tie.weight for tie in network.measured}
    found = [
        (network.nodes[a].label, network.nodes[b].label, there, weight[b, a])
        for (a, b), there in weight.items()
        if a < b and (b, a) in weight
    ]
    return tuple(sorted(found, key=lambda pair: (-pair[2] - pair[3], pair)))


def _census(graph: igraph.Graph) -> list[tuple[str, int]]:
    names = "003 012 102 021D 021U 021C 111D 111U 030T 030C 201 120D 120U 120C 210 300".split()
    return [(name, int(n)) for name, n in zip(names, graph.triad_census(), strict=True)]


def _balance(network: Network) -> tuple[tuple[str, int], ...]:
    positive: dict[tuple[int, int], bool] = {}
    near: defaultdict[int, set[int]] = defaultdict(set)
    for tie in network.measured:
        if tie.weight:
            positive[tie.source, tie.target] = tie.weight > 0
            near[tie.source].add(tie.target)
    counts = {"+++": 0, "++-": 0, "+--": 0, "---": 0}
    for a, b in sorted(positive):
        for c in sorted(near[a] & near[b]):
            plus = positive[a, b] + positive[a, c] + positive[b, c]
            counts["+" * plus + "-" * (3 - plus)] += 1
    return tuple(counts.items())


def backbone(network: Network, alpha: float = 0.05) -> Network:
    """Return the network with those measured ties only that are more than chance (Serrano, Boguna, Vespignani 2009).

    A tie of weight w is kept if at one of its ends ``(1 - w / s) ** (k - 1) < alpha``, s being the strength of
    the node and k how many ties it has (outgoing at the source, incoming at the target). A node's only tie is
    never significant at that node. Ties of other signs and of nodes to themselves go.

    Args:
        network: The network.
        alpha: The level of significance, 0 to 1; smaller keeps less.
    """
    ties = [tie for tie in network.measured if tie.weight > 0]
    out: defaultdict[int, list[float]] = defaultdict(list)
    into: defaultdict[int, list[float]] = out if not network.kind.directed else defaultdict(list)
    for tie in ties:
        out[tie.source].append(tie.weight)
        into[tie.target].append(tie.weight)
    strength = {end: {n: sum(w) for n, w in held.items()} for end, held in (("out", out), ("in", into))}

    def chance(tie: Tie, n: int, held: dict[int, list[float]], total: dict[int, float]) -> float:
        return float((1 - tie.weight / total[n]) ** (len(held[n]) - 1)) if len(held[n]) > 1 else 1.0

    kept = tuple(
        tie
        for tie in ties
        if min(chance(tie, tie.source, out, strength["out"]), chance(tie, tie.target, into, strength["in"])) < alpha
    )
    used = sorted({end for tie in kept for end in (tie.source, tie.target)})
    gone = len({c.iri for tie in network.ties for c in tie.claims} - {c.iri for tie in kept for c in tie.claims})
    moved = {old: new for new, old in enumerate(used)}
    return Network(
        network.kind,
        tuple(network.nodes[n] for n in used),
        tuple(replace(tie, source=moved[tie.source], target=moved[tie.target]) for tie in kept),
        tuple(sorted([*network.left, *([(BY_CHANCE, gone)] if gone else [])], key=lambda why: -why[1])),
    )


def node_attributes(corpus: Corpus, *, seed: int = SEED) -> Values:
    """Return what exports and views show of an actor: actor IRI (folded) -> attribute -> value.

    ``pagerank``, ``blamed`` and ``blames`` (how many claims hold it, or it holds others, responsible) are of the
    responsibility network; ``coalition`` is its group in the congruence network, for those who take a side that
    another one takes too.
    """
    out = blame_attributes(corpus)
    for id, number in find_coalitions(corpus, seed=seed).items():
        out.setdefault(id, {})["coalition"] = float(number)
    return dict(sorted(out.items()))


def blame_attributes(corpus: Corpus) -> Values:
    """Return ``pagerank``, ``blamed`` and ``blames`` of ``node_attributes``."""
    renamed = {"in_strength": "blamed", "out_strength": "blames", "pagerank": "pagerank"}
    measured = measure_nodes(build_network(corpus), renamed)
    return {id: {renamed[name]: value for name, value in values.items()} for id, values in measured.items()}


def find_coalitions(corpus: Corpus, *, seed: int = SEED) -> dict[str, int]:
    """Return the coalition of ``node_attributes``, numbered from 1 by size; nobody is in coalition 0.

    Raises:
        RespgraphError: More pairs of speakers share a concept than a network can hold.
    """
    measured = measure_nodes(build_network(corpus, "congruence"), ("group",), seed=seed)
    return {id: int(values["group"]) for id, values in measured.items() if values["group"]}
