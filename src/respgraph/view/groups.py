"""Nodes and lines -> groups: who mostly speaks with and about whom, for a picture too large to show whole.

The groups are those of the Leiden algorithm (Traag, Waltman and van Eck 2019) in igraph, seeded. It is given
weights that are whole numbers and a resolution with few binary digits, so every sum it compares is exact: the
groups do not depend on how a machine rounds.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from math import frexp, ldexp
from typing import Final

from respgraph.view.lines import Line, Node

SMALLEST: Final = 6  # nodes; below that a group tells no story of its own
DIGITS: Final = 12  # binary digits of the resolution
SEED: Final = 7


def find_groups(nodes: Sequence[Node], lines: Sequence[Line], home: Sequence[int]) -> list[int]:
    """Return the group of each node, joined by lines or by a document; 0 has most claims, -1 is no line at all.

    Args:
        nodes: All nodes.
        lines: Lines by place in ``nodes``, with the claims they stand for.
        home: The document of each claim, as a number; -1 for none. Most actors of a text occur in it alone:
            without their text they would be thousands of groups of two.
    """
    weights: Counter[tuple[int, int]] = Counter()
    for line in lines:
        if line.source != line.target:
            weights[min(line.source, line.target), max(line.source, line.target)] += 2 * len(line.claims)
        for document in sorted({home[claim] for claim in line.claims} - {-1}):
            for end in {line.source, line.target}:
                weights[end, len(nodes) + document] += 1
    found = leiden(len(nodes) + max(home, default=-1) + 1, weights)
    return ranked(found, weights, len(nodes))


def leiden(count: int, weights: Counter[tuple[int, int]]) -> list[int]:
    """Return a community for each node; nodes without lines get one each."""
    import igraph

    pairs = sorted(weights)
    if not pairs:
        return list(range(count))
    strength = [0] * count
    for (a, b), n in weights.items():
        strength[a] += n
        strength[b] += n
    graph = igraph.Graph(n=count, edges=pairs)
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 - the order of visits, no secret
    try:
        parts = graph.community_leiden(
            objective_function="CPM",
            weights=[weights[pair] for pair in pairs],
            node_weights=strength,
            resolution=few_digits(1 / sum(strength)),
            n_iterations=8,
        )
    finally:
        igraph.set_random_number_generator(random)
    return list(parts.membership)


def few_digits(value: float) -> float:
    """Return the value with ``DIGITS`` binary digits.

    >>> few_digits(1 / 3) * 2**13
    2731.0
    """
    mantissa, exponent = frexp(value)
    return ldexp(round(mantissa * 2**DIGITS), exponent - DIGITS)


def ranked(found: Sequence[int], weights: Counter[tuple[int, int]], count: int) -> list[int]:
    """Return the groups of the first ``count`` nodes, small ones joined to those they have most lines to."""
    touched = {end for pair in weights for end in pair if end < count}
    sizes = Counter(found[node] for node in touched)
    between: dict[int, Counter[int]] = {}
    for (a, b), n in weights.items():
        one, two = found[a], found[b]
        if one != two:
            between.setdefault(one, Counter())[two] += n
            between.setdefault(two, Counter())[one] += n
    joined: dict[int, int] = {}
    for group in sorted(sizes, key=lambda group: (sizes[group], group)):
        near = [(n, -other) for other, n in between.get(group, {}).items() if sizes[other] > sizes[group]]
        joined[group] = -max(near)[1] if near and sizes[group] < SMALLEST else group
    for group in sorted(sizes, key=lambda group: (-sizes[group], group)):
        joined[group] = joined[joined[group]]
    total: Counter[int] = Counter()
    for (a, b), n in weights.items():
        for end in (a, b):
            if end < count:
                total[joined[found[end]]] += n
    number = {group: i for i, group in enumerate(sorted(total, key=lambda group: (-total[group], group)))}
    return [number[joined[found[node]]] if node in touched else -1 for node in range(count)]
