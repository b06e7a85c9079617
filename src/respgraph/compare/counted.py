"""View -> Counted: the claims that every table, network and report counts, so that all give the same numbers.

A text that nearly repeats another is not counted, as in the named query ``counts``: one agency report in two papers
is one voice. A period goes by the day of the statement, else of the document.
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
from respgraph.compare.period import within
from respgraph.store import View

NO_MATTER: Final = "(no matter named)"
_NEAREST: Final = 50  # leaders of a word that a matter is compared with
_CLOSEST: Final = 5  # of those, the ones that share most of its words by weight are compared whole


@dataclass(frozen=True, slots=True)
class Counted:
    """Claims to count, how many were left out as undated, and the texts left out because they repeat another.

    ``whole`` has the claims of the period with those of near repeats, ``twins`` says which document repeats which.
    """

    corpus: Corpus
    undated: int = 0
    repeats: tuple[Source, ...] = ()
    whole: Corpus | None = None
    twins: Mapping[str, str] = field(default_factory=dict)

    @property
    def claims(self) -> tuple[Said, ...]:
        """The claims, in the order of their documents' names and places."""
        return self.corpus.claims

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the conflicts of the period as ``respgraph conflicts`` lists them.

        What a text has word for word from the one it repeats is told once; what it adds may contradict somebody.
        """
        return find_conflicts(self.whole or self.corpus, twins=self.twins)


def read_counted(view: View, since: str | None = None, until: str | None = None) -> Counted:
    """Return the claims of a graph that count.

    Args:
        view: The graph.
        since: First day, month or year, as ``check_date`` lets it pass.
        until: Last day, month or year.
    """
    corpus = read_corpus(view)
    twins = twins_of(view)
    whole, _ = within(corpus.claims, since, until)
    held, undated = within((c for c in corpus.claims if c.source.iri not in twins), since, until)
    repeats = tuple(source for source in corpus.sources if source.iri in twins)
    sources = tuple(source for source in corpus.sources if source.iri not in twins)
    return Counted(
        replace(corpus, claims=held, sources=sources), undated, repeats, replace(corpus, claims=whole), twins
    )


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
