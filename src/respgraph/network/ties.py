"""Claims -> Network: who is tied to whom, by what was said, each tie with its claims.

=================  =====================================================================================================
responsibility     speaker -> bearer. ``holds``: the speaker assigns, accepts or says shared; ``denies`` and
                   ``questions`` are signs of their own and never weigh as blame. Who accepts is tied to itself.
demands            speaker -> addressee. ``demands``; ``does-not-demand`` where the text says that it was not asked.
actor-matter       bearer -> matter, two modes: the cells of ``respgraph matrix``, with the signs of responsibility.
affiliation        speaker -> concept, two modes: ``agrees`` or ``disagrees`` (``discourse``).
congruence         two speakers who take the same side on a concept; see ``discourse`` for the formulas.
conflict           two speakers who take opposite sides on a concept.
subtract           congruence less conflict.
factor-response    factor -> response, mostly rows of tables: ``answered-by``.
=================  =====================================================================================================

A tie weighs as many claims as it has (discourse networks: what their formula says). Nothing here says that a claim
is true. Claims that name no speaker, nobody who is held responsible or (actor-matter) no matter are no tie; they
are counted as left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from respgraph.compare import NO_MATTER, Corpus, Said, group_matters
from respgraph.errors import UnknownNameError

if TYPE_CHECKING:
    import igraph
    import networkx as nx

Times = Mapping[str, int]
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of network: ``signs`` are those of its ties, the first one being what is measured."""

    name: str
    meaning: str
    signs: tuple[str, ...]
    directed: bool = True
    two_mode: bool = False


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind("responsibility", "who holds whom responsible", ("holds", "denies", "questions")),
        Kind("demands", "who demands something of whom", ("demands", "does-not-demand")),
        Kind("actor-matter", "who is held responsible for what", ("holds", "denies", "questions"), two_mode=True),
        Kind("affiliation", "who agrees or disagrees with what", ("agrees", "disagrees"), two_mode=True),
        Kind("congruence", "who takes the same side", ("same-side",), directed=False),
        Kind("conflict", "who takes opposite sides", ("opposite-sides",), directed=False),
        Kind("subtract", "who takes the same side, less opposite sides", ("net",), directed=False),
        Kind("factor-response", "which response is reported to which factor", ("answered-by",)),
    )
}


@dataclass(frozen=True, slots=True)
class Node:
    """An actor, matter or concept; ``kind`` is the actor's class ("State", "Author"), "Matter" or "Concept"."""

    id: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between two nodes, given by their places in ``Network.nodes``."""

    source: int
    target: int
    sign: str
    weight: float
    claims: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Network:
    """Nodes sorted by id, ties sorted by their ends and sign. No slots: ``core`` is made once and kept."""

    kind: Kind
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    left_out: int = 0

    @property
    def measured(self) -> tuple[Tie, ...]:
        """The ties of the first sign between two nodes: what measures are taken of."""
        sign = self.kind.signs[0]
        return tuple(tie for tie in self.ties if tie.sign == sign and tie.source != tie.target)

    @cached_property
    def core(self) -> igraph.Graph:
        """The measured ties of positive weight as an igraph graph with ``weight``; vertices are those of ``nodes``."""
        import igraph

        sign = self.kind.signs[0]
        kept = [t for t in self.ties if t.sign == sign and t.weight > 0 and t.source != t.target]
        return igraph.Graph(
            n=len(self.nodes),
            edges=[(tie.source, tie.target) for tie in kept],
            directed=self.kind.directed,
            edge_attrs={"weight": [tie.weight for tie in kept]},
        )

    def to_networkx(self, attributes: Mapping[str, Mapping[str, float]] | None = None) -> nx.MultiDiGraph[str]:
        """Return the network as a networkx ``MultiDiGraph`` (``MultiGraph`` where ties have no direction).

        Nodes are IRIs with ``label`` and ``kind``, edges are keyed by their sign with ``weight``, ``claims`` and
        ``documents`` (how many) and one ``quote``: plain values that every writer of networkx takes.

        Args:
            attributes: More attributes by node id, such as ``measure_nodes`` gives.
        """
        import networkx as nx

        graph: Any = nx.MultiDiGraph() if self.kind.directed else nx.MultiGraph()
        graph.graph["kind"] = self.kind.name
        for node in self.nodes:
            graph.add_node(node.id, label=node.label, kind=node.kind, **(attributes or {}).get(node.id, {}))
        for tie in self.ties:
            graph.add_edge(
                self.nodes[tie.source].id,
                self.nodes[tie.target].id,
                key=tie.sign,
                sign=tie.sign,
                weight=tie.weight,
                claims=len(tie.claims),
                documents=len({claim.source.iri for claim in tie.claims}),
                quote=" ".join(tie.claims[0].quote.split()) if tie.claims else "",
            )
        return graph  # type: ignore[no-any-return]


def build_network(
    corpus: Corpus,
    kind: str = "responsibility",
    *,
    norm: str = "none",
    concept: str = "bearer",
    authors: bool = True,
    times: Times | None = None,
) -> Network:
    """Return the network of the claims of a corpus.

    Args:
        corpus: The claims; ``compare.read_counted`` gives those that count.
        kind: One of ``KINDS``.
        norm: One of ``discourse.NORMS``; only discourse networks heed it.
        concept: One of ``discourse.CONCEPTS``; only discourse networks and affiliation heed it.
        authors: Whether what a text says in its own voice is counted.
        times: How often each document counts, by IRI (others: not at all); for the bootstrap.

    Raises:
        UnknownNameError: No such kind, norm or concept.
    """
    from respgraph.network.discourse import affiliations, discourse_network

    if kind not in KINDS:
        raise UnknownNameError("kind of network", kind, KINDS)
    claims = [c for c in corpus.claims if authors or not c.by_author]
    if times is not None:
        claims = [c for c in claims if times.get(c.source.iri)]
    if kind in ("congruence", "conflict", "subtract"):
        return discourse_network(corpus, claims, KINDS[kind], norm, concept, times)
    makers: dict[str, Callable[[], tuple[dict[Key, list[Said]], int]]] = {
        "responsibility": lambda: _between(claims, "responsibility", sign_of),
        "demands": lambda: _between(claims, "demand", _demanded),
        "actor-matter": lambda: _matters(claims),
        "affiliation": lambda: affiliations(claims, corpus.names, concept),
        "factor-response": lambda: _responses(claims),
    }
    held, left = makers[kind]()
    weights = {key: float(sum(times[c.source.iri] if times else 1 for c in found)) for key, found in held.items()}
    return assemble(KINDS[kind], weights, held, corpus, left)


def assemble(
    kind: Kind, weights: Mapping[Key, float], held: Mapping[Key, list[Said]], corpus: Corpus, left: int
) -> Network:
    """Return the network of weights and claims by (source id, target id, sign)."""
    several = len({c.source.iri for found in held.values() for c in found}) > 1
    ids = sorted({end for source, target, _ in weights for end in (source, target)})
    place = {id: n for n, id in enumerate(ids)}
    sources = {id: c.source.name for found in held.values() for c in found if c.by_author for id in (c.speaker,)}
    nodes = tuple(_node(id, corpus, sources if several else {}) for id in ids)
    ties = tuple(
        Tie(place[source], place[target], sign, weight, tuple(held.get((source, target, sign), ())))
        for (source, target, sign), weight in sorted(weights.items())
    )
    return Network(kind, nodes, ties, left)


def sign_of(claim: Said) -> str:
    """Return what a claim of responsibility says of its bearer: ``holds``, ``denies`` or ``questions``."""
    if claim.stance == "denies" or claim.polarity == "negative":
        return "denies"
    return "questions" if claim.stance == "questions" else "holds"


def _node(id: str, corpus: Corpus, sources: Mapping[str, str]) -> Node:
    kind, _, words = id.partition(":")
    if kind in ("matter", "factor", "response", "concept"):
        return Node(id, words, kind.capitalize())
    if corpus.kinds.get(id) == "Author":
        return Node(id, f"author of {sources[id]}" if id in sources else "author", "Author")
    return Node(id, corpus.names.get(id, id), corpus.kinds.get(id, ""))


def _demanded(claim: Said) -> str:
    return "demands" if claim.polarity == "positive" else "does-not-demand"


def _between(claims: Iterable[Said], kind: str, sign: Callable[[Said], str]) -> tuple[dict[Key, list[Said]], int]:
    """Return the claims of one type by speaker, bearer and sign, and how many name no speaker or no bearer."""
    held: defaultdict[Key, list[Said]] = defaultdict(list)
    left = 0
    for claim in claims:
        if claim.type == kind and claim.speaker and claim.bearer:
            held[claim.speaker, claim.bearer, sign(claim)].append(claim)
        elif claim.type == kind:
            left += 1
    return dict(held), left


def _matters(claims: Iterable[Said]) -> tuple[dict[Key, list[Said]], int]:
    charges = [c for c in claims if c.type == "responsibility"]
    matters = group_matters(charges)
    held: defaultdict[Key, list[Said]] = defaultdict(list)
    left = 0
    for claim in charges:
        if claim.bearer and matters[claim.iri] != NO_MATTER:
            held[claim.bearer, f"matter:{matters[claim.iri]}", sign_of(claim)].append(claim)
        else:
            left += 1
    return dict(held), left


def _responses(claims: Iterable[Said]) -> tuple[dict[Key, list[Said]], int]:
    held: defaultdict[Key, list[Said]] = defaultdict(list)
    spelled: dict[str, str] = {}
    left = 0
    for claim in claims:
        if claim.type != "response":
            continue
        factor, response = claim.get("factor"), claim.get("response")
        if factor and response:
            factor, response = (spelled.setdefault(words.casefold(), words) for words in (factor, response))
            held[f"factor:{factor}", f"response:{response}", "answered-by"].append(claim)
        else:
            left += 1
    return dict(held), left
