"""Claims -> links between claims: who contradicts whom, who shifted, which names have rival expansions."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

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
SHARE: Final[dict[str | None, int]] = {"sole": 2, "primary": 1}  # whoever has the one has what stands below it
AUTHOR: Final = "author"
UNRESOLVED: Final = "unresolved-"  # how the id of a pronoun begins that nobody could place
ACTING: Final = frozenset({"government", "ministry", "office", "group"})  # count as the body they are a unit of
SUPPOSED: Final = re.compile(r"\W*(?:had|if|were|unless|suppose)\b", re.IGNORECASE)


def oppose(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """Say whether two pairs of stance and degree are opposed.

    Who denies sole responsibility contradicts only who says sole, and shares it without any change of mind.

    >>> oppose(("denies", None), ("shares", "shared")), oppose(("denies", "sole"), ("shares", "shared"))
    (True, False)
    """
    no, yes = (one, other) if one[0] == "denies" else (other, one)
    return frozenset({no[0], yes[0]}) in OPPOSED and SHARE.get(no[1], 0) <= SHARE.get(yes[1], 0)


def takes_side(hedged: bool, quote: str, polarity: str, stance: str | None) -> bool:
    """Say whether a claim takes a side: not hedged or supposed, and not one that says what need not be."""
    return not hedged and not SUPPOSED.match(quote) and (polarity == "positive" or stance == "denies")


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
        one, other = words(quote(a, "long")), words(quote(b, "long"))
        if not (one <= other or other <= one):
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
    opposed = oppose((a.stance, a.degree), (b.stance, b.degree))
    if not same_matter(a, b) and not (opposed and open_matter(a, b)):
        return None
    one, other = folded(a, "speaker", actors), folded(b, "speaker", actors)
    if one != other and a.stance == b.stance:
        return "corroborates"
    if UNRESOLVED in one + other or not all(
        takes_side(c.hedged, c.evidence.quote, c.polarity, c.stance) for c in (a, b)
    ):
        return None
    if one != other:
        return "contradicts" if opposed else None
    changed = a.degree != b.degree and not {a.degree, b.degree} & UNSAID
    # a text weighs both sides in its own voice: that is no change of mind
    return "shiftsFrom" if (opposed or changed) and one != AUTHOR else None


def open_matter(a: Claim, b: Claim) -> bool:
    """Say whether one of two claims names no matter of its own: "it was not at fault", "denied the charge"."""
    return any(
        content is None or set((content.matter or "").split()) <= VAGUE
        for content in (a.get("content"), b.get("content"))
    )


def folded(claim: Claim, slot: str, actors: Mapping[str, Actor]) -> str:
    """Return the id of a slot's actor, a government, ministry or spokesperson counted as whom it acts for."""
    mention = claim.get(slot)
    if mention is None or mention.actor is None:
        return AUTHOR if slot == "speaker" else ""
    actor: Actor | None = mention.actor
    id, seen = mention.actor.id, {mention.actor.id}
    while actor is not None:
        above = actor.speaks_for or (actor.unit_of if actor.kind in ACTING else None)
        if above is None or above in seen:
            break
        id, actor = above, actors.get(above)
        seen.add(above)
    return id


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


def words(text: str) -> frozenset[str]:
    """Return the words of a name as they are compared: in lower case, whatever their order."""
    return frozenset(text.lower().split())
