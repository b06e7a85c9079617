"""Which claims make the ties of each kind of network (``ties`` says what a tie is)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from respgraph.compare import NO_MATTER, Corpus, Said, group_matters
from respgraph.errors import UnknownNameError
from respgraph.network.discourse import affiliations, discourse_network
from respgraph.network.ties import KINDS, Key, Network, Times, assemble, sign_of


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
