"""Discourse networks, as the Discourse Network Analyzer (DNA) makes them (Leifeld 2017; program DNA 3, class Exporter).

Speakers take sides on concepts. X[i, j, k] is how often speaker i says about concept j that it is so (k = 1) or is
not so (k = 0); a text in which it is said twice counts once (DNA: "ignore duplicates per document"). Between i and h:

congruence   C = sum over j and k of X[i, j, k] * X[h, j, k]
conflict     D = sum over j of X[i, j, 1] * X[h, j, 0] + X[i, j, 0] * X[h, j, 1]
subtract     C - D, both divided by the same N

and each is divided by N, with n[i] the sum over j and k of X[i, j, k]:

none         N = 1
average      N = (n[i] + n[h]) / 2: "average activity", so that those who say much are not tied to all
jaccard      N = sum of X[i, j, k] where X[h, j, k] = 0, plus sum of X[h, j, k] where X[i, j, k] = 0, plus sum of
             X[i, j, k] * X[h, j, k] where both are more than 0
cosine       N = sqrt(sum of X[i, j, k] ** 2) * sqrt(sum of X[h, j, k] ** 2) (Salton's cosine)
cosine-dna   N = n[i] * n[h], which is what the program DNA 3 computes under that name

The affiliation network, of two modes, has X[i, j, k] as weights: how often a speaker agrees (``agrees``) or disagrees
with a concept; the first less the second is DNA's "subtract", their sum its "ignore". Its norms divide by

activity     N = n[i]: which share of all that the speaker says this is
prominence   N = the sum over i and k of X[i, j, k]: which share of all that is said about the concept

A **concept** is by default that somebody is responsible (``bearer``): whoever blames the dam operator, for
whatever, is on one side, who denies it on the other. ``matter`` asks for the same matter as well, by its words
(``compare.group_matters``), and adds duties (must, should: yes; must not, should not: no) and causes. What is only
questioned, or hedged ("may be to blame"), takes no side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from math import sqrt
from typing import Final

from respgraph.compare import NO_MATTER, Corpus, Said, group_matters
from respgraph.errors import RespgraphError, UnknownNameError
from respgraph.network.ties import KINDS, OWN_VOICE, PRONOUN, Key, Kind, Network, Times, assemble, missing, sign_of

NORMS: Final = ("none", "average", "jaccard", "cosine", "cosine-dna")
TWO_MODE_NORMS: Final = ("none", "activity", "prominence")
CONCEPTS: Final = ("bearer", "matter")
AGREES: Final = "agrees"
DISAGREES: Final = "disagrees"
MOST_PAIRS: Final = 5_000_000
NAMELESS: Final = "naming no matter of its own"
Usage = dict[tuple[str, bool], float]


def affiliations(
    claims: Iterable[Said], names: Mapping[str, str], concept: str = "bearer", authors: bool = True
) -> tuple[dict[Key, list[Said]], Counter[str]]:
    """Return the claims by speaker, concept and side, and how many take no side that counts, by reason.

    Raises:
        UnknownNameError: No such concept.
    """
    if concept not in CONCEPTS:
        raise UnknownNameError("concept", concept, CONCEPTS)
    held: defaultdict[Key, list[Said]] = defaultdict(list)
    left: Counter[str] = Counter()
    able = []
    for claim in claims:
        if claim.type == "responsibility" or (concept == "matter" and claim.type in ("obligation", "cause")):
            why = OWN_VOICE if claim.by_author and not authors else _sideless(claim)
            if why:
                left[why] += 1
            else:
                able.append(claim)
    for claim, about, yes in sides(able, names, concept):
        held[claim.speaker, f"concept:{about}", AGREES if yes else DISAGREES].append(claim)
    left[NAMELESS] += len(able) - sum(map(len, held.values()))
    return dict(held), left


def _sideless(claim: Said) -> str:
    """Return why a claim can take no side; "" if it can."""
    if claim.hedged:
        return "with a hedge"
    if claim.type == "cause":
        if not claim.speaker:
            return PRONOUN
        return "" if claim.get("cause") and claim.get("effect") else NAMELESS
    if not claim.bearer or not claim.speaker:
        return missing(claim)
    if claim.type == "obligation" and claim.modality in ("", "may"):
        return "only permitting"
    return "only asking" if claim.type == "responsibility" and sign_of(claim) == "questions" else ""


def sides(claims: Iterable[Said], names: Mapping[str, str], concept: str) -> Iterator[tuple[Said, str, bool]]:
    """Yield each claim that takes a side, the concept it is about, and whether it says that it is so.

    Args:
        claims: Claims that can take a side.
        names: Of the actors, by IRI.
        concept: One of ``CONCEPTS``; of ``matter``, claims that name none take no side.
    """
    held = list(claims)
    charges = [c for c in held if c.type == "responsibility"]
    if concept == "bearer":
        who = _bearers(charges, names)
        yield from ((c, f"responsibility of {who[c.bearer]}", sign_of(c) == "holds") for c in charges)
        return
    duties = [c for c in held if c.type == "obligation"]
    causes = [c for c in held if c.type == "cause"]
    who = _bearers([*charges, *duties], names)
    what = group_matters([*charges, *duties])
    why, then = group_matters(causes, slot="cause"), group_matters(causes, slot="effect")
    for c in charges:
        if what[c.iri] != NO_MATTER:
            yield c, f"responsibility of {who[c.bearer]}: {what[c.iri]}", sign_of(c) == "holds"
    for c in duties:
        if what[c.iri] != NO_MATTER:
            yield c, f"duty of {who[c.bearer]}: {what[c.iri]}", ("not" in c.modality) == (c.polarity == "negative")
    for c in causes:
        yield c, f"{why[c.iri]} as a cause of {then[c.iri]}", c.polarity == "positive"


def affiliation_network(
    corpus: Corpus, claims: Iterable[Said], norm: str, concept: str, authors: bool = True, times: Times | None = None
) -> Network:
    """Return the network of the speakers and the concepts they agree or disagree with.

    Raises:
        UnknownNameError: No such concept, or no such norm of a network of two modes.
    """
    if norm not in TWO_MODE_NORMS:
        raise UnknownNameError("norm of affiliation", norm, TWO_MODE_NORMS)
    held, left = affiliations(claims, corpus.names, concept, authors)
    weights = {key: _texts(found, times) for key, found in held.items()}
    total: defaultdict[str, float] = defaultdict(float)
    end = 0 if norm == "activity" else 1
    for key, weight in weights.items():
        total[key[end]] += weight
    if norm != "none":
        weights = {key: weight / total[key[end]] for key, weight in weights.items()}
    return assemble(KINDS["affiliation"], weights, held, corpus, left)


def _texts(claims: Iterable[Said], times: Times | None) -> float:
    """Return in how many texts claims stand: saying it twice in one counts once."""
    documents = {c.source.iri for c in claims}
    return float(sum(times[d] if times else 1 for d in documents))


def discourse_network(
    corpus: Corpus,
    claims: Iterable[Said],
    kind: Kind,
    norm: str,
    concept: str,
    authors: bool = True,
    times: Times | None = None,
) -> Network:
    """Return the congruence, conflict or subtract network of the speakers.

    Raises:
        UnknownNameError: No such concept, or no such norm of a network of one mode.
        RespgraphError: More pairs of speakers share a concept than a network can hold.
    """
    if norm not in NORMS:
        raise UnknownNameError("norm", norm, NORMS)
    held, left = affiliations(claims, corpus.names, concept, authors)
    usage: defaultdict[str, Usage] = defaultdict(dict)
    using: defaultdict[str, list[str]] = defaultdict(list)
    made: dict[tuple[str, str], list[Said]] = {}
    for (speaker, about, side), found in sorted(held.items()):
        usage[speaker][about, side == AGREES] = _texts(found, times)
        if speaker not in using[about]:
            using[about].append(speaker)
        made.setdefault((speaker, about), []).extend(found)
    pairs = sum(len(who) * (len(who) - 1) // 2 for who in using.values())
    if pairs > MOST_PAIRS:
        raise RespgraphError(
            f"{pairs:,} pairs of speakers share a concept, too many for a network of them; ask for a period "
            "(--since, --until), --concept matter or --no-authors, or for --kind affiliation"
        )
    shared: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for about in sorted(using):
        for pair in combinations(using[about], 2):
            shared[pair].append(about)
    weights: dict[Key, float] = {}
    shown: dict[Key, list[Said]] = {}
    for (a, b), concepts in shared.items():
        same, opposite = _compare(usage[a], usage[b], concepts)
        value = {"congruence": same, "conflict": opposite, "subtract": same - opposite}[kind.name]
        if value or (kind.name == "subtract" and (same or opposite)):
            key = (a, b, kind.signs[0])
            weights[key] = value / _norm(usage[a], usage[b], norm)
            shown[key] = [c for about in concepts for who in (a, b) for c in made[who, about]]
    tied = {c.iri for found in shown.values() for c in found}
    left["on which no other speaker takes such a side"] += sum(map(len, held.values())) - len(tied)
    return assemble(kind, weights, shown, corpus, left)


def _bearers(claims: Iterable[Said], names: Mapping[str, str]) -> dict[str, str]:
    """Return a name for each bearer; two whom the graph keeps apart have two, whatever both are called."""
    called: defaultdict[str, list[str]] = defaultdict(list)
    for bearer in sorted({claim.bearer for claim in claims}):
        called[names.get(bearer, bearer)].append(bearer)
    return {
        bearer: name if len(same) == 1 else f"{name} ({number})"
        for name, same in called.items()
        for number, bearer in enumerate(same, 1)
    }


def _compare(one: Usage, other: Usage, concepts: list[str]) -> tuple[float, float]:
    same = sum(one.get((j, k), 0.0) * other.get((j, k), 0.0) for j in concepts for k in (True, False))
    opposite = sum(one.get((j, k), 0.0) * other.get((j, not k), 0.0) for j in concepts for k in (True, False))
    return same, opposite


def _norm(one: Usage, other: Usage, norm: str) -> float:
    if norm == "average":
        return (sum(one.values()) + sum(other.values())) / 2
    if norm == "jaccard":
        alone = sum(n for key, n in one.items() if key not in other) + sum(
            n for key, n in other.items() if key not in one
        )
        return alone + sum(n * other[key] for key, n in one.items() if key in other)
    if norm == "cosine":
        return sqrt(sum(n * n for n in one.values())) * sqrt(sum(n * n for n in other.values()))
    if norm == "cosine-dna":
        return sum(one.values()) * sum(other.values())
    return 1.0
