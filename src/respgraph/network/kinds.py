"""Which claims make the ties of each kind of network (``ties`` says what a tie is)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Final

from respgraph.compare import NO_MATTER, Corpus, Said, group_matters
from respgraph.errors import UnknownNameError
from respgraph.network.discourse import NAMELESS, affiliation_network, discourse_network
from respgraph.network.ties import KINDS, OWN_VOICE, Key, Network, Times, assemble, missing, sign_of

TYPES: Final = {  # the claims that the ties of a kind are made of
    "responsibility": "responsibility",
    "demands": "demand",
    "actor-matter": "responsibility",
    "factor-response": "response",
}


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
        norm: One of ``discourse.NORMS``: of discourse networks or, ``activity`` and ``prominence``, of affiliation.
        concept: One of ``discourse.CONCEPTS``; only discourse networks and affiliation heed it.
        authors: Whether what a text says in its own voice is counted.
        times: How often each document counts, by IRI (others: not at all); for the bootstrap.

    Raises:
        UnknownNameError: No such kind or concept, or no such norm of this kind.
    """
    if kind not in KINDS:
        raise UnknownNameError("kind of network", kind, KINDS)
    claims = [c for c in corpus.claims if times is None or times.get(c.source.iri)]
    if kind in ("congruence", "conflict", "subtract"):
        return discourse_network(corpus, claims, KINDS[kind], norm, concept, authors, times)
    if kind == "affiliation":
        return affiliation_network(corpus, claims, norm, concept, authors, times)
    makers: dict[str, Callable[[], tuple[dict[Key, list[Said]], Counter[str]]]] = {
        "responsibility": lambda: _between(claims, "responsibility", sign_of),
        "demands": lambda: _between(claims, "demand", _demanded),
        "actor-matter": lambda: _matters(claims),
        "factor-response": lambda: _responses(claims),
    }
    voices = 0
    if not authors:
        silent = [c for c in claims if c.by_author and c.type == TYPES[kind]]
        voices, claims = len(silent), [c for c in claims if not c.by_author]
    held, left = makers[kind]()
    weights = {key: float(sum(times[c.source.iri] if times else 1 for c in found)) for key, found in held.items()}
    return assemble(KINDS[kind], weights, held, corpus, left + Counter({OWN_VOICE: voices}))


def _demanded(claim: Said) -> str:
    return "demands" if claim.polarity == "positive" else "does-not-demand"


def _between(
    claims: Iterable[Said], kind: str, sign: Callable[[Said], str]
) -> tuple[dict[Key, list[Said]], Counter[str]]:
    """Return the claims of one type by speaker, bearer and sign, and how many have nobody at an end, by reason."""
    held: defaultdict[Key, list[Said]] = defaultdict(list)
    left: Counter[str] = Counter()
    for claim in claims:
        if claim.type == kind and claim.speaker and claim.bearer:
            held[claim.speaker, claim.bearer, sign(claim)].append(claim)
        elif claim.type == kind:
            left[missing(claim)] += 1
    return dict(held), left


def _matters(claims: Iterable[Said]) -> tuple[dict[Key, list[Said]], Counter[str]]:
    charges = [c for c in claims if c.type == "responsibility"]
    matters = group_matters(charges)
    held: defaultdict[Key, list[Said]] = defaultdict(list)
    left: Counter[str] = Counter()
    for claim in charges:
        if not claim.bearer:
            left[missing(claim)] += 1
        elif matters[claim.iri] == NO_MATTER:
            left[NAMELESS] += 1
        else:
            held[claim.bearer, f"matter:{matters[claim.iri]}", sign_of(claim)].append(claim)
    return dict(held), left


def _responses(claims: Iterable[Said]) -> tuple[dict[Key, list[Said]], Counter[str]]:
    held: defaultdict[Key, list[Said]] = defaultdict(list)
    spelled: dict[str, str] = {}
    left: Counter[str] = Counter()
    for claim in claims:
        if claim.type != "response":
            continue
        factor, response = claim.get("factor"), claim.get("response")
        if factor and response:
            factor, response = (spelled.setdefault(words.casefold(), words) for words in (factor, response))
            held[f"factor:{factor}", f"response:{response}", "answered-by"].append(claim)
        else:
            left["naming no factor or no response"] += 1
    return dict(held), left
