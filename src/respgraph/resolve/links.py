"""Claims -> links between claims: who contradicts whom, who shifted, which names have rival expansions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from respgraph.model import Actor, Claim, Link
from respgraph.resolve.matters import SAME, likeness

OPPOSED = {
    frozenset({"assigns", "denies"}),
    frozenset({"accepts", "denies"}),
    frozenset({"shares", "denies"}),
}
UNSAID = frozenset({None, "unspecified"})


def link_claims(claims: Sequence[Claim], actors: Mapping[str, Actor]) -> tuple[Link, ...]:
    """Return the links of one document; a later claim points to the earlier one."""
    out: set[Link] = set()
    charges = [c for c in claims if c.type == "responsibility"]
    for a, b in combinations(sorted(charges, key=lambda c: (c.trigger.span, c.id)), 2):
        kind = relation(a, b, actors)
        if kind is not None:
            out.add(Link(kind, b.id, a.id))
    names = [c for c in claims if c.type == "definition"]
    for a, b in combinations(sorted(names, key=lambda c: (c.evidence.span, c.trigger.span)), 2):
        if quote(a, "short") == quote(b, "short") and words(quote(a, "long")) != words(quote(b, "long")):
            out.add(Link("conflictsWith", b.id, a.id))
    return tuple(sorted(out))


def relation(a: Claim, b: Claim, actors: Mapping[str, Actor]) -> str | None:
    """Return how the later claim b stands to the earlier a, if both are about the same bearer and matter."""
    if not same_bearer(a, b, actors) or not same_matter(a, b):
        return None
    same_speaker = folded(a, "speaker", actors) == folded(b, "speaker", actors)
    if frozenset({a.stance, b.stance}) in OPPOSED:
        return "shiftsFrom" if same_speaker else "contradicts"
    if same_speaker and a.degree != b.degree and not {a.degree, b.degree} & UNSAID:
        return "shiftsFrom"
    if not same_speaker and a.stance == b.stance:
        return "corroborates"
    return None


def folded(claim: Claim, slot: str, actors: Mapping[str, Actor]) -> str:
    """Return the id of a slot's actor, a government or spokesperson counted as its state."""
    mention = claim.get(slot)
    if mention is None or mention.actor is None:
        return "author" if slot == "speaker" else ""
    actor = mention.actor
    if actor.kind in {"government", "group", "office"} and actor.unit_of:
        return actor.unit_of
    return actor.id


def same_bearer(a: Claim, b: Claim, actors: Mapping[str, Actor]) -> bool:
    """Say whether two claims are about the same bearer."""
    return folded(a, "bearer", actors) == folded(b, "bearer", actors) != ""


def same_matter(a: Claim, b: Claim) -> bool:
    """Say whether two claims are about the same matter by the words of their keys."""
    x, y = a.get("content"), b.get("content")
    return x is not None and y is not None and likeness(x.matter or "", y.matter or "") >= SAME


def quote(claim: Claim, slot: str) -> str:
    """Return the words of a slot."""
    mention = claim.get(slot)
    return mention.quote if mention else ""


def words(text: str) -> str:
    """Return a name as it is compared: lower case, single spaces."""
    return " ".join(text.lower().split())
