"""Claims -> links between claims: who contradicts whom, who shifted, which names have rival expansions."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from respgraph.model import Actor, Claim, Link
from respgraph.resolve.matters import SAME, likeness

OPPOSED = {
    frozenset({"assigns", "denies"}),
    frozenset({"accepts", "denies"}),
    frozenset({"shares", "denies"}),
}
NEAREST = 100  # earlier claims about the same that a claim is compared with
# Words that point at a matter named elsewhere.
VAGUE = frozenset(
    "disaster incident accident tragedy event allegation charge accusation claim matter wrongdoing responsibility "
    "blame it this that these any all fault crisis affair role involvement guilt liability failure be to for".split()
)
UNSAID = frozenset({None, "unspecified"})


def link_claims(claims: Sequence[Claim], actors: Mapping[str, Actor]) -> tuple[Link, ...]:
    """Return the links of one document; a later claim points to the earlier one."""
    out: set[Link] = set()
    charges = [c for c in claims if c.type == "responsibility" and folded(c, "bearer", actors)]
    charges.sort(key=lambda c: (c.trigger.span, c.id))
    for a, b in pairs(charges, lambda c: folded(c, "bearer", actors)):
        kind = relation(a, b, actors)
        if kind is not None:
            out.add(Link(kind, b.id, a.id))
    names = [c for c in claims if c.type == "definition"]
    names.sort(key=lambda c: (c.evidence.span, c.trigger.span))
    for a, b in pairs(names, lambda c: quote(c, "short")):
        if words(quote(a, "long")) != words(quote(b, "long")):
            out.add(Link("conflictsWith", b.id, a.id))
    return tuple(sorted(out))


def pairs(claims: Iterable[Claim], key: Callable[[Claim], str]) -> Iterator[tuple[Claim, Claim]]:
    """Yield each claim with the nearest earlier ones of the same key; all pairs of a long text are too many."""
    held: defaultdict[str, deque[Claim]] = defaultdict(lambda: deque(maxlen=NEAREST))
    for claim in claims:
        earlier = held[key(claim)]
        for other in earlier:
            yield other, claim
        earlier.append(claim)


def relation(a: Claim, b: Claim, actors: Mapping[str, Actor]) -> str | None:
    """Return how the later claim b stands to the earlier a, if both are about the same bearer and matter."""
    if not same_bearer(a, b, actors):
        return None
    opposed = frozenset({a.stance, b.stance}) in OPPOSED
    if not same_matter(a, b) and not (opposed and open_matter(a, b)):
        return None
    same_speaker = folded(a, "speaker", actors) == folded(b, "speaker", actors)
    if frozenset({a.stance, b.stance}) in OPPOSED:
        return "shiftsFrom" if same_speaker else "contradicts"
    if same_speaker and a.degree != b.degree and not {a.degree, b.degree} & UNSAID:
        return "shiftsFrom"
    if not same_speaker and a.stance == b.stance:
        return "corroborates"
    return None


def open_matter(a: Claim, b: Claim) -> bool:
    """Say whether one of two claims names no matter of its own: "it was not at fault", "denied the charge"."""
    return any(
        content is None or set((content.matter or "").split()) <= VAGUE
        for content in (a.get("content"), b.get("content"))
    )


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
