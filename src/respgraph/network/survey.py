"""Corpus -> measured networks: all that ``respgraph network`` can be asked for, as one value and one function."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from respgraph.compare import Corpus
from respgraph.network.kinds import build_network
from respgraph.network.measures import SEED, Values, Whole, backbone, measure_nodes, measure_whole
from respgraph.network.samples import LEAST, Intervals, bootstrap, split_periods
from respgraph.network.ties import Network


@dataclass(frozen=True, slots=True)
class Asked:
    """Which network, and what of it. ``per`` is None, "year" or "month"; ``samples`` 0 draws no intervals."""

    kind: str = "responsibility"
    norm: str = "none"
    concept: str = "bearer"
    authors: bool = True
    method: str = "leiden"
    resolution: float = 1.0
    alpha: float | None = None
    samples: int = 0
    seed: int = SEED
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A network with its measures, and the period it is of ("" for all)."""

    network: Network
    nodes: Values
    whole: Whole
    period: str = ""
    intervals: Intervals = field(default_factory=dict)


def survey(
    corpus: Corpus, asked: Asked, tick: Callable[[Iterable[int]], Iterable[int]] = lambda numbers: numbers
) -> tuple[tuple[Measured, ...], int]:
    """Return the network that is asked for, or one per period, and how many claims no period holds.

    Args:
        corpus: The claims that count.
        asked: Which network, and what of it.
        tick: Wraps the numbers of the draws, for a progress bar.

    Raises:
        UnknownNameError: A kind, norm, concept or method that there is none of.
        RespgraphError: Intervals of fewer than two documents.
    """
    parts: tuple[tuple[str, Corpus], ...] = (("", corpus),)
    undated = 0
    if asked.per is not None:
        parts, undated = split_periods(corpus, asked.per)
    return tuple(_measure(part, when, asked, tick) for when, part in parts), undated


def _measure(corpus: Corpus, period: str, asked: Asked, tick: Callable[[Iterable[int]], Iterable[int]]) -> Measured:
    build = partial(build_network, corpus, asked.kind, norm=asked.norm, concept=asked.concept, authors=asked.authors)
    found = build()
    if asked.alpha is not None:
        found = backbone(found, asked.alpha)
    intervals: Intervals = {}
    documents = {claim.source.iri for claim in corpus.claims}
    if asked.samples and not (period and len(documents) < LEAST):  # a period of one text has no intervals
        intervals = bootstrap(lambda times: build(times=times), documents, asked.samples, seed=asked.seed, tick=tick)
    return Measured(
        found,
        measure_nodes(found, method=asked.method, resolution=asked.resolution, seed=asked.seed),
        measure_whole(found, method=asked.method, resolution=asked.resolution, seed=asked.seed),
        period,
        intervals,
    )
