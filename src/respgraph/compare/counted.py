"""View -> Counted: the claims that every table, network and report counts, so that all give the same numbers.

A text that nearly repeats another is not counted, as in the named query ``counts``: one agency report in two papers
is one voice. A period goes by the day of the statement, else of the document. What is not counted is told with its
reason, so that the numbers add up: all claims of a graph = those counted + those left out, reason by reason. Whoever
counts further (a network has no tie for a claim that names nobody) says what it leaves out in the same way
(``left_words``); exports leave nothing out, and mark what is not counted (``Corpus.repeats``).
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from respgraph.compare.claims import Corpus, Said, Source, read_corpus
from respgraph.compare.conflicts import Conflict, find_conflicts
from respgraph.compare.matters import THRESHOLD, Weights, stems
from respgraph.compare.near import twins_of
from respgraph.compare.period import is_in
from respgraph.model import CLAIM_TYPES
from respgraph.store import View

_PER_TEXT: Final = "SELECT ?g (COUNT(DISTINCT ?c) AS ?n) WHERE {{ GRAPH ?g {{ ?c a resp:{} }} }} GROUP BY ?g"
NO_MATTER: Final = "(no matter named)"
_NEAREST: Final = 50  # leaders of a word that a matter is compared with
_CLOSEST: Final = 5  # of those, the ones that share most of its words by weight are compared whole


# Why a claim is not counted, as it stands after a number
REPEATED: Final = "in texts that nearly repeat another"
UNDATED: Final = "undated"
OUTSIDE: Final = "said at other times"
OTHERS: Final = "of or about others"
Left = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Claims to count, and what was left out.

    ``out`` holds how many claims were not counted, by reason and type of claim; ``repeats`` the texts left out because
    they nearly repeat another; ``whole`` has the claims of the period with those of near repeats.
    """

    corpus: Corpus
    out: Mapping[tuple[str, str], int] = field(default_factory=dict)
    repeats: tuple[Source, ...] = ()
    whole: Corpus | None = None

    @property
    def claims(self) -> tuple[Said, ...]:
        """The claims, in the order of their documents' names and places."""
        return self.corpus.claims

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the conflicts of the period as ``respgraph conflicts`` lists them.

        What a text has word for word from the one it repeats is told once; what it adds may contradict somebody.
        """
        return find_conflicts(self.whole or self.corpus, twins=self.corpus.repeats)

    @property
    def left(self) -> Left:
        """How many claims were left out, by reason."""
        reasons: Counter[str] = Counter()
        for (reason, _), number in self.out.items():
            reasons[reason] += number
        return tuple((reason, reasons[reason]) for reason in (REPEATED, OUTSIDE, UNDATED, OTHERS) if reasons[reason])

    @property
    def total(self) -> int:
        """All claims of the graph: those counted and those left out."""
        return len(self.claims) + sum(self.out.values())

    @property
    def account(self) -> str:
        """What was left out as a clause: "6,214 of 7,020 claims counted; not counted: 806 in ..."; "" for nothing."""
        told = left_words(self.left)
        return f"{len(self.claims):,} of {self.total:,} claims counted; not counted: {told}" if told else ""

    def by_type(self) -> tuple[tuple[str, int, Left], ...]:
        """Return for each type of claim that occurs how many are counted, and how many were left out by reason."""
        counted = Counter(claim.type for claim in self.claims)
        kinds = {*counted, *(kind for _, kind in self.out)}
        reasons = [reason for reason, _ in self.left]
        return tuple(
            (kind, counted[kind], tuple((reason, self.out.get((reason, kind), 0)) for reason in reasons))
            for kind in CLAIM_TYPES
            if kind in kinds
        )

    def only(self, nodes: frozenset[str]) -> Counted:
        """Return what these actors (folded IRIs) say and what is said of them; the rest is left out."""
        held = tuple(c for c in self.claims if nodes & {c.speaker, c.bearer})
        out = Counter(dict(self.out))
        out.update((OTHERS, c.type) for c in self.claims if not nodes & {c.speaker, c.bearer})
        return replace(self, corpus=replace(self.corpus, claims=held), out=dict(out))


def left_words(left: Left) -> str:
    """Return what was left out in words.

    >>> left_words(((REPEATED, 1200), (UNDATED, 3)))
    '1,200 in texts that nearly repeat another, 3 undated'
    """
    return ", ".join(f"{number:,} {reason}" for reason, number in left if number)


def read_counted(view: View, since: str | None = None, until: str | None = None) -> Counted:
    """Return the claims of a graph that count.

    Args:
        view: The graph.
        since: First day, month or year, as ``check_date`` lets it pass.
        until: Last day, month or year.
    """
    corpus = read_whole(view)
    out: Counter[tuple[str, str]] = Counter()
    held: list[Said] = []
    whole: list[Said] = []
    for claim in corpus.claims:
        why = "" if since is None and until is None else _not_in(claim.when, since, until)
        if not why:
            whole.append(claim)
        if claim.source.iri in corpus.repeats:
            out[REPEATED, claim.type] += 1
        elif why:
            out[why, claim.type] += 1
        else:
            held.append(claim)
    repeats = tuple(source for source in corpus.sources if source.iri in corpus.repeats)
    sources = tuple(source for source in corpus.sources if source.iri not in corpus.repeats)
    counted = replace(corpus, claims=tuple(held), sources=sources)
    return Counted(counted, dict(out), repeats, replace(corpus, claims=tuple(whole)))


def _not_in(when: str, since: str | None, until: str | None) -> str:
    """Return why a date is not in a period; "" if it is."""
    if not when:
        return UNDATED
    return "" if is_in(when, since, until) else OUTSIDE


def read_whole(view: View) -> Corpus:
    """Return all claims of a graph, with the texts that nearly repeat another marked as such (``Corpus.repeats``)."""
    return replace(read_corpus(view), repeats=twins_of(view))


def count_claims(view: View, kind: str = "Claim") -> tuple[int, int]:
    """Return how many claims a graph has, and how many of them stand in texts that nearly repeat another: counted by
    the store, without reading them.

    Args:
        view: The graph.
        kind: The name of their class, one of ours; ``Claim`` for all.
    """  # noqa: D205
    twins = twins_of(view)
    numbers = {row["g"].value: int(row["n"].value) for row in view.query(_PER_TEXT.format(kind))}
    return sum(numbers.values()), sum(n for text, n in numbers.items() if text in twins)


def group_matters(claims: Iterable[Said], threshold: float = THRESHOLD, slot: str = "content") -> dict[str, str]:
    """Return claim IRI -> the matter it is about, one wording for all that are alike by their words.

    The wording used most often (then the shortest) leads; another joins the leader it is most like, if the score of
    ``matters.Weights`` reaches the threshold. A matter is compared only with leaders that share a word with it.

    Args:
        claims: Claims of one graph.
        threshold: How alike two matters must be, 0 to 1.
        slot: The slot that holds the matter.

    Returns:
        One wording per claim; ``NO_MATTER`` where the claim names none of its own ("it was not at fault").
    """
    words = {c.iri: "" if slot == "content" and c.is_open else c.get(slot) for c in claims}
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for matter in words.values():
        if stems(matter):
            spelled[matter.casefold()][matter] += 1
    shown = {key: min(forms, key=lambda form: (-forms[form], form)) for key, forms in spelled.items()}
    weights = Weights(words.values())
    leaders: defaultdict[str, list[str]] = defaultdict(list)
    label: dict[str, str] = {}
    for key in sorted(spelled, key=lambda key: (-spelled[key].total(), len(key), key)):
        found = sorted(stems(key))
        shared: defaultdict[str, float] = defaultdict(float)
        for word in found:
            weight = weights.weight(frozenset((word,)))
            for leader in leaders[word][:_NEAREST]:
                shared[leader] += weight
        near = heapq.nsmallest(_CLOSEST, shared, key=lambda leader: (-shared[leader], len(leader), leader))
        best = max(near, key=lambda leader: weights.score(key, leader), default=None)
        if best is not None and weights.score(key, best) >= threshold:
            label[key] = label[best]
            continue
        label[key] = shown[key]
        for word in found:
            leaders[word].append(key)
    return {iri: label.get(matter.casefold(), NO_MATTER) for iri, matter in words.items()}
