"""How long measures of a large network take, as a ratio to bare igraph on the same ties.

Usage: ``python benchmarks/networks.py [--ties 1000000] [--nodes 100000] [--seed 1]``. Ties are drawn with a seed so
that few nodes get most of them. Both sides make an igraph graph from pairs of numbers and measure it; ours reads the
pairs from ``Tie`` values and gives rounded, named values back. Times are CPU seconds of this process, the best of two.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from typing import Any

import igraph

from respgraph.network import KINDS, Network, Node, Tie, find_groups, measure_nodes

ROUNDS = 2


def pairs(nodes: int, ties: int, seed: int) -> list[tuple[int, int]]:
    dice = random.Random(seed)
    found: set[tuple[int, int]] = set()
    while len(found) < ties:
        a, b = int(nodes * dice.random() ** 2), int(nodes * dice.random() ** 3)
        if a != b:
            found.add((a, b))
    return sorted(found)


def best(make: Callable[[], Any], work: Callable[[Any], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        value = make()
        start = time.process_time()
        work(value)
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ties", type=int, default=1_000_000)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    edges = pairs(options.nodes, options.ties, options.seed)
    weights = [float(1 + (a + b) % 3) for a, b in edges]
    kind = KINDS["responsibility"]
    nodes = tuple(Node(f"x:{n:07d}", str(n), "Person") for n in range(options.nodes))
    ties = tuple(Tie(a, b, "holds", weight) for (a, b), weight in zip(edges, weights, strict=True))

    def ours() -> Network:
        return Network(kind, nodes, ties)

    def bare() -> igraph.Graph:
        return igraph.Graph(n=options.nodes, edges=edges, directed=True, edge_attrs={"weight": weights})

    def bare_groups(method: str) -> None:
        igraph.set_random_number_generator(random.Random(7))
        flat = bare().as_undirected(mode="collapse", combine_edges="sum")
        if method == "leiden":
            flat.community_leiden(objective_function="modularity", weights="weight", n_iterations=2)
        else:
            flat.community_multilevel(weights="weight")

    rows = [
        ("PageRank", lambda n: measure_nodes(n, ["pagerank"]), lambda _: bare().pagerank(weights="weight")),
        ("Leiden", lambda n: find_groups(n, method="leiden"), lambda _: bare_groups("leiden")),
        ("Louvain", lambda n: find_groups(n, method="louvain"), lambda _: bare_groups("louvain")),
    ]
    print(f"{options.ties:,} ties, {options.nodes:,} nodes; CPU s")
    print(f"{'measure':<10}{'respgraph':>10}{'igraph':>10}{'ratio':>8}")
    for name, mine, theirs in rows:
        a, b = best(ours, mine), best(lambda: None, theirs)
        print(f"{name:<10}{a:>10.2f}{b:>10.2f}{a / b:>8.2f}")


if __name__ == "__main__":
    main()
