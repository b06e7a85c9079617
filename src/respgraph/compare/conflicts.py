"""Corpus -> conflicts: who contradicts whom, who shifted, and what nobody answered, names or owns up to.

==================  ==================================================================================================
contradiction       two speakers, the same bearer and matter: one assigns, accepts or shares, the other denies; one says
                    must (should), the other must not; or one says X causes Y, the other that it does not
shift               one speaker about the same bearer and matter, with an opposed stance or another stated degree;
                    between documents only where both are dated; inside one that dates neither, which came first is
                    not said, for texts do not tell things in their order
definition          one short name with two long ones
unanswered          a demand of somebody named (no pronoun, no group) who nowhere in the graph commits to that matter,
                    refuses, accepts or denies it; those who speak in the graph come first
no-bearer           a duty (must, should) in the passive with no agent: "records should be kept"
denied-by-all       a matter of which somebody denies responsibility and for which no claim of responsibility, whoever
                    the bearer, assigns, accepts, shares or questions it
==================  ==================================================================================================

Nobody is compared with everybody: claims meet only under the same folded bearer and a shared word, on opposite
sides, and each with at most ``NEAREST`` others per word; so time grows with the claims, not with their pairs.
Hedged claims take no side, unless their own document links them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from respgraph.compare.claims import Corpus, Said, read_corpus
from respgraph.compare.matters import THRESHOLD, Weights, stems
from respgraph.compare.near import twins_of
from respgraph.compare.period import within
from respgraph.resolve.links import UNSAID, oppose, takes_side
from respgraph.resolve.matters import SAME
from respgraph.store import View

KINDS: Final = ("contradiction", "shift", "definition", "unanswered", "no-bearer", "denied-by-all")
NEAREST: Final = 50  # claims of the other side that a claim is compared with for each of its words
DUTY: Final = frozenset({"must", "should", "must-not", "should-not"})
ASKING: Final = re.compile(
    r"\b(?:urg|ask|request|demand|appeal|invit|implor|insist|encourag|plead|petition|call\w* (?:\w+ )?(?:up)?on\b)",
    re.IGNORECASE,
)
UNASKED: Final = re.compile(
    r"\b(?:should|could|may|might|if) (?:\w+ )?(?:urge|ask|request|demand|call)\b", re.IGNORECASE
)
LEAST: Final = 2  # words that carry meaning in a demand somebody could answer; "a lot" is none
NOBODY: Final = frozenset("i you he she it we they them us one who everyone everybody anyone author".split())
MANY: Final = frozenset({"Group", "Collective"})
# "should be kept", without the agent that would be the bearer; "must be a mistake" is a guess and no duty
PASSIVE: Final = re.compile(
    r"\bbe (?:\w+ly )?(?:\w{2,40}(?:ed|wn|ught)|given|taken|chosen|written|made|done|put|set|cut|kept|held|met|paid"
    r"|sent|built|left|told|found|drawn)\b(?! by\b)",
    re.IGNORECASE,
)
TAKING: Final = frozenset({"assigns", "accepts", "shares"})
WORDS: Final = {"demand": "demands", "commitment": "commits to", "cause": "causes", "definition": "defines"}
# What a text says of itself, not what somebody has to do: "shall be construed as"
RULED: Final = re.compile(
    r"(?:constru|deem|extinguish|regard|consider|understood|entitl|call|known|bas|compos|concern)\w*$", re.IGNORECASE
)
ANYBODY: Final = frozenset("any each every all no some many most such".split())
# "deny the victim a victory" denies no responsibility; "shall not be liable" lays down that there is none
DENIAL: Final = re.compile(
    r"\b(?:responsib|blam|fault|involve|role|part in|accus|charge|alleg|guilt|wrongdoing|liab|complicit"
    r"|den(?:y|ied|ies) (?:that|\w+ing)\b)",
    re.IGNORECASE,
)
LAID_DOWN: Final = re.compile(r"\bshall\b", re.IGNORECASE)


Point: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict with its sides, the later claim first; ``score`` says how alike their matters are."""

    kind: str
    about: str
    why: str
    sides: tuple[Said, ...]
    score: float = 1.0


def find_conflicts(
    corpus: Corpus,
    threshold: float = THRESHOLD,
    kinds: Collection[str] = KINDS,
    twins: Mapping[str, str] | None = None,
) -> tuple[Conflict, ...]:
    """Return the conflicts of a corpus, kind by kind, those whose matters are most alike first.

    Args:
        corpus: The claims.
        threshold: How alike two matters must be, 0 to 1 (``matters.Weights.score``).
        kinds: Some of ``KINDS``.
        twins: Document IRI -> the document it nearly repeats: a claim made in both is counted once.
    """
    claims = once(corpus.claims, twins or {})
    finder = _Finder(claims, corpus, threshold)
    makers = (
        finder.contradictions,
        finder.shifts,
        finder.definitions,
        finder.unanswered,
        finder.without_bearer,
        finder.denied_by_all,
    )
    found: list[Conflict] = []
    for kind, make in zip(KINDS, makers, strict=True):
        if kind in kinds:
            found += _each_once(make())
    return tuple(found)


def list_conflicts(
    view: View,
    threshold: float = THRESHOLD,
    kinds: Collection[str] = KINDS,
    actor: str | None = None,
    period: tuple[str | None, str | None] = (None, None),
    limit: int | None = None,
) -> tuple[tuple[Conflict, ...], int]:
    """Return the conflicts of a graph that are asked for, and how many claims were left out as undated.

    Args:
        view: The graph.
        threshold: As ``find_conflicts`` takes it.
        kinds: Some of ``KINDS``.
        actor: Only conflicts with this speaker or bearer, by name, alias or IRI, whatever its case.
        period: First and last day, month or year.
        limit: At most so many of each kind.

    Raises:
        QueryError: The graph has no such actor.
    """
    corpus = read_corpus(view)
    nodes = corpus.actor(actor) if actor is not None else frozenset()
    claims, undated = within(corpus.claims, *period)
    found = find_conflicts(replace(corpus, claims=claims), threshold, kinds, twins_of(view))
    if actor is not None:
        found = tuple(c for c in found if any(nodes & {s.speaker, s.bearer} for s in c.sides))
    if limit is not None:
        found = tuple(c for kind in KINDS for c in [c for c in found if c.kind == kind][:limit])
    return found, undated


def once(claims: Iterable[Said], twins: Mapping[str, str]) -> tuple[Said, ...]:
    """Return the claims without those of a document that stand word for word in the one it nearly repeats."""
    held = tuple(claims)
    made = {_words_of(c, c.source.iri) for c in held if c.source.iri not in twins}
    return tuple(c for c in held if c.source.iri not in twins or _words_of(c, twins[c.source.iri]) not in made)


def _words_of(claim: Said, document: str) -> tuple[str, ...]:
    place = (document, claim.type, claim.stance, claim.modality, " ".join(claim.quote.split()).casefold())
    return (*place, *(words for _, words in claim.slots))


def matters_of(claims: Iterable[Said]) -> Iterator[str]:
    """Yield the words of the matters of claims: those that the rarity of a word is counted over."""
    return (words for c in claims for slot in ("content", "cause", "effect") if (words := c.get(slot)))


def meeting_points(claim: Said) -> Iterator[Point]:
    """Yield where a claim meets others that it may conflict with across documents: kind, bearer and word of each.

    Two claims are compared if they share a point; whoever has all claims of a point finds what who has all would.
    """
    if claim.type == "definition":
        yield "definition", "", claim.get("short").casefold()
    elif claim.type in ("responsibility", "obligation", "commitment", "cause"):
        cause = claim.type == "cause"
        bearer = "" if cause else claim.bearer
        for word in sorted(stems(claim.get("cause" if cause else "content"))):
            yield claim.type, bearer, word


def conflicts_at(
    claims: tuple[Said, ...],
    links: frozenset[tuple[str, str, str]],
    weights: Weights,
    here: Callable[[Point], bool],
    threshold: float = THRESHOLD,
) -> Iterator[Conflict]:
    """Yield the contradictions, shifts and rival definitions of claims that meet at some points.

    Args:
        claims: All claims of these points, in the order of a ``Corpus``.
        links: The links inside documents between them.
        weights: The weights over the whole corpus.
        here: Says whether a point is one of these.
        threshold: As ``find_conflicts`` takes it.
    """
    finder = _Finder(claims, Corpus(claims, links, {}, (), {}), threshold, weights, here)
    for make in (finder.contradictions, finder.shifts, finder.definitions):
        yield from _each_once(make())


class _Finder:
    """Holds the claims and the weights of their words while the kinds are looked for."""

    def __init__(
        self,
        claims: tuple[Said, ...],
        corpus: Corpus,
        threshold: float,
        weights: Weights | None = None,
        here: Callable[[Point], bool] = lambda _: True,
    ) -> None:
        self.claims = claims
        self.corpus = corpus
        self.threshold = threshold
        self.weights = weights or Weights(matters_of(claims))
        self.here = here
        self.by_iri = {c.iri: c for c in claims}

    def contradictions(self) -> Iterator[Conflict]:
        charges = [c for c in self.claims if c.type == "responsibility" and c.bearer and _stands(c)]
        charges = [c for c in charges if c.stance == "denies" or c.stance in TAKING]
        for a, b, score in self.pairs(charges, lambda c: int(c.stance == "denies")):
            if apart(a, b) and opposed(a, b):
                yield self.pair("contradiction", a, b, f"one {a.stance}, the other {b.stance}", score)
        for a, b, score in self.linked("contradicts"):
            if apart(a, b) and opposed(a, b):
                yield self.pair("contradiction", a, b, f"one {a.stance}, the other {b.stance}", score)
        duties = [c for c in self.claims if c.type == "obligation" and c.bearer and c.modality in DUTY and _stands(c)]
        for a, b, score in self.pairs(duties, lambda c: int("not" in c.modality)):
            if apart(a, b):
                yield self.pair("contradiction", a, b, f"one says {a.modality}, the other {b.modality}", score)
        causes = [c for c in self.claims if c.type == "cause" and not c.hedged and c.get("cause") and c.get("effect")]
        for a, b, score in self.pairs(causes, lambda c: int(c.polarity == "negative"), "cause", "effect"):
            if apart(a, b):
                why = "one says it causes that, the other that it does not"
                yield self.pair("contradiction", a, b, why, score)

    def shifts(self) -> Iterator[Conflict]:
        for a, b, score in self.linked("shiftsFrom"):
            if a.speaker and not a.by_author:
                later, earlier = in_time(a, b) or (a, b)
                yield self.pair("shift", later, earlier, moved(later, earlier), score)
        held = [c for c in self.claims if c.type in ("responsibility", "commitment") and c.speaker and _stands(c)]
        held = [c for c in held if c.bearer and not c.by_author and (c.stance or c.degree)]
        stances = {value: n for n, value in enumerate(sorted({(c.type, c.stance, c.degree) for c in held}))}
        for a, b, score in self.pairs(held, lambda c: stances[c.type, c.stance, c.degree], same_speaker=True):
            order = in_time(a, b)
            if order is None or a.quote == b.quote:
                continue
            later, earlier = order
            if opposed(a, b) or (a.stance == b.stance and a.degree != b.degree and not {a.degree, b.degree} & UNSAID):
                yield self.pair("shift", later, earlier, moved(later, earlier), score)

    def definitions(self) -> Iterator[Conflict]:
        named: defaultdict[str, dict[frozenset[str], Said]] = defaultdict(dict)
        for c in self.claims:
            short, long = c.get("short"), stems(c.get("long"))
            if c.type == "definition" and short and long and self.here(("definition", "", short.casefold())):
                rivals = named[short.casefold()]
                other = next((known for known in rivals if known <= long or long <= known), None)
                if other is None:
                    for earlier in rivals.values():
                        why = f"{short} is {c.get('long')!r} here, {earlier.get('long')!r} there"
                        yield Conflict("definition", short, why, (c, earlier))
                    rivals[long] = c

    def unanswered(self) -> Iterator[Conflict]:
        asked = [c for c in self.claims if c.type == "demand" and c.bearer and c.get("content") and _stands(c)]
        answers: defaultdict[str, list[Said]] = defaultdict(list)
        spoken = Counter(c.speaker for c in self.claims)
        told: set[tuple[str, str, int]] = set()
        shown: defaultdict[tuple[str, str], list[Said]] = defaultdict(list)
        for c in self.claims:
            if c.type in ("commitment", "responsibility") and c.bearer:
                for who in {c.bearer, c.speaker}:
                    answers[who].append(c)
        for c in asked:
            key = (c.bearer, c.source.iri, c.start)
            if c.bearer == c.speaker or not c.speaker or not is_named(c) or key in told or not is_asked(c):
                continue
            if len(stems(c.get("content"))) < LEAST or any(self.score(c, o) >= self.threshold for o in shown[key[:2]]):
                continue
            if not any(self.score(c, other) >= self.threshold for other in answers[c.bearer]):
                told.add(key)
                shown[key[:2]].append(c)
                times = spoken[c.bearer]
                why = (
                    f"speaks {times} time{'s' * (times != 1)} in this graph, but no claim read answers this"
                    if times
                    else "does not speak in this graph"
                )
                score = 1.0 if times else 0.5
                yield Conflict(
                    "unanswered", f"{c.bearer_name}: {c.get('content')}", f"{c.bearer_name} {why}", (c,), score
                )

    def without_bearer(self) -> Iterator[Conflict]:
        for c in self.claims:
            if (
                c.type == "obligation"
                and not c.has_bearer
                and c.modality in ("must", "should")
                and _stands(c)
                and is_passive(c)
            ):
                yield Conflict("no-bearer", c.get("content"), "the text names nobody who has this duty", (c,))

    def denied_by_all(self) -> Iterator[Conflict]:
        charges = [c for c in self.claims if c.type == "responsibility" and stems(c.get("content")) and not c.is_open]
        at: defaultdict[str, list[Said]] = defaultdict(list)
        for c in charges:
            for word in sorted(stems(c.get("content"))):
                at[word].append(c)
        opened: defaultdict[str, list[Said]] = defaultdict(list)
        for c in self.claims:
            if c.type == "responsibility" and (c.is_open or not stems(c.get("content"))):
                opened[c.bearer].append(c)
        told: set[str] = set()
        for c in charges:
            if c.stance != "denies" or c.iri in told or not _stands(c) or not c.bearer or not c.speaker:
                continue
            if not DENIAL.search(c.quote) or LAID_DOWN.search(c.quote) or not is_named(c):
                continue
            near = {o.iri: o for word in sorted(stems(c.get("content"))) for o in at[word][:NEAREST]}
            alike = [o for o in near.values() if o.iri == c.iri or self.score(c, o) >= self.threshold]
            open_ones = [o for o in opened[c.bearer] if o.source == c.source]
            if all(o.stance == "denies" for o in alike) and not any(o.stance in TAKING for o in open_ones):
                told |= {o.iri for o in alike}
                sides = tuple(sorted(alike, key=lambda o: (o.when, o.source.name, o.start, o.iri)))
                yield Conflict("denied-by-all", c.get("content"), "nobody assigns or accepts it", sides)

    def pairs(
        self, claims: Iterable[Said], side: Callable[[Said], int], *slots: str, same_speaker: bool = False
    ) -> Iterator[tuple[Said, Said, float]]:
        """Yield pairs of claims on different sides that are about the same, the later read first, with their score."""
        where = slots or ("content",)
        held: defaultdict[tuple[tuple[str, ...], str, int], deque[Said]] = defaultdict(lambda: deque(maxlen=NEAREST))
        sides: set[int] = set()
        for claim in claims:
            mine = side(claim)
            block = (claim.type, "" if slots else claim.bearer, claim.speaker if same_speaker else "")
            words = sorted(w for w in stems(claim.get(where[0])) if self.here((*block[:2], w)))
            others = {o.iri: o for w in words for s in sorted(sides - {mine}) for o in held[block, w, s]}
            for other in others.values():
                score = min(self.score(claim, other, slot) for slot in where)
                if score >= self.threshold:
                    yield claim, other, score
            sides.add(mine)
            for word in words:
                held[block, word, mine].append(claim)

    def linked(self, kind: str) -> Iterator[tuple[Said, Said, float]]:
        """Yield the pairs that a document links itself and their score, at least that of the same matter there."""
        for name, one, other in sorted(self.corpus.links):
            a, b = self.by_iri.get(one), self.by_iri.get(other)
            if name == kind and a is not None and b is not None and _stands(a) and _stands(b):
                score = max(SAME, self.score(a, b))
                if score >= self.threshold:
                    yield a, b, score

    def score(self, a: Said, b: Said, slot: str = "content") -> float:
        bearers = stems(a.bearer_name) | stems(b.bearer_name) if slot == "content" else frozenset()
        return self.weights.score(a.get(slot), b.get(slot), bearers)

    def pair(self, kind: str, a: Said, b: Said, why: str, score: float) -> Conflict:
        if kind != "shift" and (b.when, b.source.name, b.start) > (a.when, a.source.name, a.start):
            a, b = b, a
        about = self.corpus.names.get(a.bearer, a.bearer_name)
        matter = min((c.get("content") for c in (a, b) if not c.is_open), key=len, default="")
        if a.type == "cause":
            about, matter = a.get("cause"), a.get("effect")
        return Conflict(kind, f"{about}: {matter}" if matter else about, why, (a, b), score)


def _stands(claim: Said) -> bool:
    return takes_side(claim.hedged, claim.quote, claim.polarity, claim.stance)


def is_named(claim: Said) -> bool:
    """Say whether the bearer is somebody: no pronoun, no group of people."""
    return not set(claim.bearer_name.casefold().split()[:1]) & (NOBODY | ANYBODY) and claim.bearer_kind not in MANY


def is_asked(claim: Said) -> bool:
    """Say whether a demand was put to its addressee: no rule, no "they should ask", nobody merely spoken to."""
    quote = " ".join(claim.quote.split())
    if not ASKING.search(quote) or UNASKED.search(quote) or LAID_DOWN.search(quote):
        return False
    return not quote.startswith(claim.bearer_name + ",") and claim.bearer_name not in claim.get("content")


def is_passive(claim: Said) -> bool:
    """Say whether a duty is one of something to be done, by nobody the words name."""
    words = claim.get("content")
    found = PASSIVE.search(words)
    if found is None or RULED.search(found.group()):
        return False
    quote = " ".join(claim.quote.split())
    return " by " not in quote[max(0, quote.find(found.group())) :]


def apart(a: Said, b: Said) -> bool:
    """Say whether two claims are those of two known speakers."""
    return bool(a.speaker and b.speaker) and a.speaker != b.speaker


def opposed(a: Said, b: Said) -> bool:
    """Say whether two stances are opposed, as they are inside a document."""
    return oppose((a.stance, a.degree), (b.stance, b.degree))


def in_time(a: Said, b: Said) -> tuple[Said, Said] | None:
    """Return the later and the earlier claim; between documents of no or the same date nobody knows: None."""
    if a.source == b.source and (not a.date or not b.date or a.date == b.date):
        return (a, b) if (a.start, a.iri) > (b.start, b.iri) else (b, a)
    if not a.when or not b.when or a.when == b.when:
        return None
    return (a, b) if a.when > b.when else (b, a)


def moved(later: Said, earlier: Said) -> str:
    """Return how one speaker's stance changed: "from assigns sole to assigns primary"."""
    if later.source == earlier.source and later.date == earlier.date:
        return f"{later.speaker_name} says both: {position(earlier)}, and {position(later)}"
    return f"{later.speaker_name} moved from {position(earlier)} to {position(later)}"


def position(claim: Said) -> str:
    """Return stance and degree, modality, or polarity, in words: "assigns sole", "must-not", "not causes"."""
    degree = "" if claim.degree in ("", "unspecified") else claim.degree
    words = " ".join(filter(None, (claim.stance, degree, claim.modality)))
    return ("not " if claim.polarity == "negative" else "") + (words or WORDS.get(claim.type, claim.type))


def _each_once(found: Iterable[Conflict]) -> Iterator[Conflict]:
    """Yield two-sided conflicts once per pair of speakers (or speaker) and the claim that denies."""
    held = sorted(found, key=rank)
    seen: set[tuple[str, ...]] = set()
    for conflict in held:
        key = once_per(conflict)
        if key is not None:
            if key in seen:
                continue
            seen.add(key)
        yield conflict


def rank(conflict: Conflict) -> tuple[float, tuple[str, ...]]:
    """Sort key: those whose matters are most alike first."""
    return -conflict.score, tuple(side.iri for side in conflict.sides)


def once_per(conflict: Conflict) -> tuple[str, ...] | None:
    """Return what a two-sided conflict is told once for; None for the kinds of which each is told."""
    if conflict.kind not in ("contradiction", "shift"):
        return None
    no = next((s for s in conflict.sides if s.stance == "denies" or "not" in s.modality), conflict.sides[0])
    speakers = sorted({side.speaker for side in conflict.sides})
    return (conflict.kind, *speakers, conflict.sides[0].type, no.iri)
