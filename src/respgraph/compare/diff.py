"""Two graphs -> what changed, in claims: new, withdrawn, changed; never triples.

Documents meet by name, so that a text that was read again is compared with itself; claims meet by type, speaker,
bearer and matter - first those whose matter has the same words, then the most alike of those that are left. A pair
that differs in stance, degree, modality, polarity, hedging or the date of its statement has changed; a claim with the
same words at another place has not. Claims of documents that only one graph has are new or withdrawn with them,
unless the two graphs share no document: then they are two corpora, and claims meet whatever their document and date.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from respgraph.compare.claims import Corpus, Said, plain
from respgraph.compare.conflicts import position
from respgraph.compare.layout import said_lines, side_json
from respgraph.compare.matters import THRESHOLD, Weights, stems

NEAREST: Final = 100  # claims of one speaker about one bearer that are compared with as many by likeness
SLOTS: Final = ("content", "cause", "effect", "factor", "response", "topic", "short", "long")


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that is there before and after with another position."""

    before: Said
    after: Said

    @property
    def words(self) -> str:
        """The change as a sentence: "Norland's stance on the dam moved from assigns sole to assigns primary".

        Where only the date is another one: "what Norland said on the dam was undated and is dated 2024-05-02 now".
        """
        matter = self.after.get("content") or self.after.get("effect") or self.after.bearer_name or "it"
        who = self.after.speaker_name or "somebody"
        if full(self.before) == full(self.after):
            was, now = (f"dated {c.date}" if c.date else "undated" for c in (self.before, self.after))
            return f"what {who} said on {matter} was {was} and is {now} now"
        return f"{who}'s stance on {matter} moved from {full(self.before)} to {full(self.after)}"


@dataclass(frozen=True, slots=True)
class Difference:
    """What two graphs say differently; documents by name. ``same`` counts the claims that both have."""

    new: tuple[Said, ...] = ()
    withdrawn: tuple[Said, ...] = ()
    changed: tuple[Change, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    same: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not (self.new or self.withdrawn or self.changed or self.added or self.removed)


def diff_corpora(before: Corpus, after: Corpus, threshold: float = THRESHOLD) -> Difference:
    """Return what the second graph says differently from the first.

    Args:
        before: The claims of one graph.
        after: The claims of the other.
        threshold: How alike the matters of a changed claim must be, 0 to 1.
    """
    old, new = ({source.name for source in corpus.sources} for corpus in (before, after))
    by_document = bool(old & new)
    weights = Weights(words for c in (*before.claims, *after.claims) for slot in SLOTS if (words := c.get(slot)))
    blocks: defaultdict[tuple[str, ...], tuple[list[Said], list[Said]]] = defaultdict(lambda: ([], []))
    for n, corpus in enumerate((before, after)):
        for claim in corpus.claims:
            blocks[_key(claim, by_document)][n].append(claim)
    gone: list[Said] = []
    come: list[Said] = []
    changed: list[Change] = []
    same = 0
    for key in sorted(blocks):
        left, right = blocks[key]
        for a, b in _meet(left, right, weights, threshold):
            if b is None:
                gone += [a] if a is not None else []
            elif a is None:
                come.append(b)
            elif full(a) != full(b) or (by_document and a.date != b.date):
                changed.append(Change(a, b))
            else:
                same += 1
    return Difference(
        tuple(sorted(come, key=_order)),
        tuple(sorted(gone, key=_order)),
        tuple(sorted(changed, key=lambda c: _order(c.after))),
        tuple(sorted(new - old)),
        tuple(sorted(old - new)),
        same,
    )


def full(claim: Said) -> str:
    """Return the position of a claim with its hedging."""
    return position(claim) + (" (hedged)" if claim.hedged else "")


def format_difference(found: Difference, form: str = "text", width: int = 100) -> str:
    """Return a difference as ``text`` or ``json``, ending in a newline."""
    if form == "json":
        return json.dumps(_object(found), indent=2, ensure_ascii=False) + "\n"
    lines = [f"- text {name}" for name in found.removed] + [f"+ text {name}" for name in found.added]
    for change in found.changed:
        lines.append(f"~ {change.words}")
        lines += said_lines(change.before, width, "  - ") + said_lines(change.after, width, "  + ")
    for mark, claims in (("- ", found.withdrawn), ("+ ", found.new)):
        for claim in claims:
            lines += said_lines(claim, width, mark)
    counts = {"new": found.new, "withdrawn": found.withdrawn, "changed": found.changed}
    total = [f"{len(claims)} {word}" for word, claims in counts.items()] + [f"{found.same} the same"]
    return "\n".join([*lines, ", ".join(total)]) + "\n"


def _object(found: Difference) -> dict[str, Any]:
    return {
        "texts": {"added": list(found.added), "removed": list(found.removed)},
        "changed": [
            {"words": c.words, "before": side_json(c.before), "after": side_json(c.after)} for c in found.changed
        ],
        "withdrawn": [side_json(claim) for claim in found.withdrawn],
        "new": [side_json(claim) for claim in found.new],
        "same": found.same,
    }


def _key(claim: Said, by_document: bool) -> tuple[str, ...]:
    """Return what two claims must have in common to be one: names, for IRIs change with the text."""
    speaker = "" if claim.by_author else plain(claim.speaker_name)
    return (claim.source.name if by_document else "", claim.type, speaker, plain(claim.bearer_name))


def _meet(
    left: list[Said], right: list[Said], weights: Weights, threshold: float
) -> Iterator[tuple[Said | None, Said | None]]:
    """Yield the claims of a block in pairs, a claim without partner with None."""
    rest: list[Said] = []
    waiting: defaultdict[tuple[object, ...], list[Said]] = defaultdict(list)
    for b in right:
        waiting[_matter(b)].append(b)
    for a in left:
        partners = waiting[_matter(a)]
        if not partners:
            rest.append(a)
            continue
        best = min(
            partners,
            key=lambda b: (full(a) != full(b), a.date != b.date, a.quote != b.quote, abs(a.start - b.start), b.iri),
        )
        partners.remove(best)
        yield a, best
    free = [b for partners in waiting.values() for b in partners]
    scores = sorted(
        (-score, a.start, b.start, a.iri, b.iri)
        for a in rest[:NEAREST]
        for b in free[:NEAREST]
        if (score := _likeness(a, b, weights)) >= threshold
    )
    by_iri = {claim.iri: claim for claim in rest}
    others = {claim.iri: claim for claim in free}
    for *_, one, other in scores:
        if one in by_iri and other in others:
            yield by_iri.pop(one), others.pop(other)
    yield from ((a, None) for a in by_iri.values())
    yield from ((None, b) for b in others.values())


def _matter(claim: Said) -> tuple[object, ...]:
    return tuple(stems(claim.get(slot)) for slot in SLOTS)


def _likeness(a: Said, b: Said, weights: Weights) -> float:
    slots = [slot for slot in SLOTS if a.get(slot) or b.get(slot)]
    return min((weights.score(a.get(slot), b.get(slot)) for slot in slots), default=0.0)


def _order(claim: Said) -> tuple[str, int, str]:
    return claim.source.name, claim.start, claim.iri
