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

A tie weighs as many claims as it has (affiliation and discourse networks: what ``discourse`` says). Nothing here says
that a claim is true. Claims of a kind's types that make no tie are counted as left out, by reason: those in ties and
those left out are all there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from respgraph.compare import Corpus, Left, Said

if TYPE_CHECKING:
    import igraph
    import networkx as nx

NO_BEARER: Final = "naming nobody"
PRONOUN: Final = "whose speaker or bearer is a pronoun that nobody could place"
OWN_VOICE: Final = "in the texts' own voice"
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
    """Nodes sorted by id, ties sorted by their ends and sign. No slots: ``core`` is made once and kept.

    ``left`` tells how many claims of its types make no tie, by reason.
    """

    kind: Kind
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    left: Left = ()

    @property
    def left_out(self) -> int:
        """How many claims of its types make no tie."""
        return sum(number for _, number in self.left)

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


def assemble(
    kind: Kind, weights: Mapping[Key, float], held: Mapping[Key, list[Said]], corpus: Corpus, left: Mapping[str, int]
) -> Network:
    """Return the network of weights and claims by (source id, target id, sign), and of what was left out."""
    several = len({c.source.iri for found in held.values() for c in found}) > 1
    ids = sorted({end for source, target, _ in weights for end in (source, target)})
    place = {id: n for n, id in enumerate(ids)}
    sources = {id: c.source.name for found in held.values() for c in found if c.by_author for id in (c.speaker,)}
    nodes = tuple(_node(id, corpus, sources if several else {}) for id in ids)
    ties = tuple(
        Tie(place[source], place[target], sign, weight, tuple(held.get((source, target, sign), ())))
        for (source, target, sign), weight in sorted(weights.items())
    )
    return Network(kind, nodes, ties, tuple(sorted(((why, n) for why, n in left.items() if n), key=lambda w: -w[1])))


def missing(claim: Said) -> str:
    """Return why a claim has nobody at one of its ends."""
    return PRONOUN if claim.has_bearer else NO_BEARER


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
