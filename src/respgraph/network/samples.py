"""How sure a measure is, and how it changes: intervals by resampling documents, and a network per month or year."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from respgraph.compare import Corpus, Said
from respgraph.errors import RespgraphError
from respgraph.network.measures import DIGITS, SEED, measure_nodes, measures_of
from respgraph.network.ties import Network, Times

SAMPLED: Final = ("in_strength", "out_strength", "strength", "pagerank", "betweenness")
LEAST: Final = 2  # documents below which there is nothing to resample
PER: Final = {"year": 4, "month": 7}  # characters of an ISO date
Intervals = dict[str, dict[str, tuple[float, float]]]


def bootstrap(
    build: Callable[[Times], Network],
    documents: Iterable[str],
    samples: int,
    *,
    seed: int = SEED,
    share: float = 0.95,
    tick: Callable[[Iterable[int]], Iterable[int]] = lambda numbers: numbers,
) -> Intervals:
    """Return node id -> measure -> the interval its value falls in when documents are drawn again with replacement.

    Percentile method (Efron 1979). Documents are drawn, not claims: what one text says is not independent. A node that
    a sample does not hold counts 0 there. Communities have no interval.

    Args:
        build: Makes the network with each document counted so many times, such as ``build_network`` with ``times``.
        documents: IRIs of the documents.
        samples: How many times to draw.
        seed: The same seed gives the same intervals.
        share: How much of the samples an interval holds.
        tick: Wraps the numbers of the samples, for a progress bar.

    Raises:
        RespgraphError: Fewer than two documents: there is nothing to draw.
    """
    names = sorted(documents)
    if len(names) < LEAST:
        raise RespgraphError("intervals need two documents or more: they are drawn anew, and one is always the same")
    dice = random.Random(seed)  # noqa: S311 - no secret
    found: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for _ in tick(range(samples)):
        network = build(Counter(dice.choices(names, k=len(names))))
        names_of = [name for name in measures_of(network, samples) if name in SAMPLED]
        for id, values in measure_nodes(network, names_of).items():
            for name, value in values.items():
                found[id][name].append(value)
    return {
        id: {name: _interval(values, samples, share) for name, values in of_node.items()}
        for id, of_node in sorted(found.items())
    }


def _interval(values: list[float], samples: int, share: float) -> tuple[float, float]:
    held = sorted([*values, *[0.0] * (samples - len(values))])
    cut = int((1 - share) / 2 * samples)
    return round(held[cut], DIGITS), round(held[samples - 1 - cut], DIGITS)


def split_periods(corpus: Corpus, per: str) -> tuple[tuple[tuple[str, Corpus], ...], int]:
    """Return the corpus of each year or month in order, and how many claims no date of that precision has.

    Args:
        corpus: The claims.
        per: One of ``PER``.
    """
    length = PER[per]
    held: defaultdict[str, list[Said]] = defaultdict(list)
    undated = 0
    for claim in corpus.claims:
        if len(claim.when) >= length:
            held[claim.when[:length]].append(claim)
        else:
            undated += 1
    return tuple((when, replace(corpus, claims=tuple(held[when]))) for when in sorted(held)), undated
