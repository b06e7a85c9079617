"""The values that flow: a document becomes annotated sentences, sentences become claims.

Everything here is a frozen value of the standard library, so each stage can be read, tested and
replaced alone. Offsets are code points, half-open, into ``Document.text``, which never changes after
reading; a claim that cannot point at its words cannot be built.

Terms follow the field: span and token (Universal Dependencies), mention and actor (ACE), the
claim slots of the Institutional Grammar (attribute, deontic, aim, object, condition, or-else) under
the names journalists and analysts use: bearer, modality, content, counterpart, condition, sanction.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Final

CLAIM_TYPES: Final = (
    "responsibility",
    "obligation",
    "demand",
    "commitment",
    "cause",
    "response",
    "definition",
    "question",
)
STANCES: Final = ("assigns", "denies", "accepts", "shares", "questions")
DEGREES: Final = ("sole", "primary", "partial", "shared", "unspecified")
SENSES: Final = ("blame", "accountability", "liability", "cause", "role")
MODALITIES: Final = ("must", "should", "may", "must-not", "should-not")
POLARITIES: Final = ("positive", "negative")
ACTOR_SLOTS: Final = ("speaker", "bearer", "counterpart", "responder")
SLOTS: Final = (
    "speaker",
    "bearer",
    "content",
    "counterpart",
    "condition",
    "basis",
    "sanction",
    "cause",
    "effect",
    "factor",
    "response",
    "responder",
    "short",
    "long",
    "topic",
    "label",
)
ACTOR_KINDS: Final = (
    "state",
    "government",
    "ministry",
    "office",
    "person",
    "international-organisation",
    "organisation",
    "group",
    "collective",
    "document",
)
LINK_TYPES: Final = ("contradicts", "shiftsFrom", "corroborates", "conflictsWith")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: code points, half-open, into ``Document.text``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of this span.

        >>> Span(4, 8).of("who must do it")
        'must'
        """
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Say whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Row:
    """One table row; an empty cell is an empty span at its place."""

    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header row, its body rows and the sentence or heading that introduces it."""

    header: Row
    rows: tuple[Row, ...]
    caption: Span | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document, in reading order.

    ``kind`` is ``heading``, ``paragraph``, ``item`` (a list item) or ``table``. ``span`` covers the
    text to be parsed: without the list marker, the ``#`` of a heading and the item's label.
    ``label`` is the leading "Resource Sharing:" of an item (without the colon), ``lead`` the
    paragraph that introduces the list ("Key recommendations include:"), ``marker`` the list marker
    itself ("-", "(a)", "2."), ``level`` the depth of a heading (1 = top) or of an item (0 = outermost).
    """

    kind: str
    span: Span
    label: Span | None = None
    lead: Span | None = None
    marker: Span | None = None
    level: int = 0
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text and where it stands in the file it was read from.

    ``start`` and ``end`` are code points into the decoded HTML source, or page or paragraph numbers from 1 (both
    inclusive then); what they count is the ``unit`` of the ``Origin``. ``exact`` says that the words stand there
    one to one, character for character, so that any part of them can be placed too.
    """

    span: Span
    start: int
    end: int
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a text was taken out of: what it is, its hash, and where each stretch of the text stands in it.

    ``unit`` is ``character``, ``page`` or ``paragraph``; ``places`` are in text order and do not overlap. Text
    that a reader added (list markers, the bars of a table) lies in none of them.
    """

    media_type: str
    sha256: str
    unit: str
    places: tuple[Place, ...] = ()

    def locate(self, span: Span) -> tuple[int, int] | None:
        """Return where a span stands in the file, in units of ``unit``; None for words that are not in it.

        >>> origin = Origin("text/html", "", "character", (Place(Span(0, 5), 10, 15, True), Place(Span(5, 6), 20, 26)))
        >>> origin.locate(Span(1, 3)), origin.locate(Span(4, 6)), origin.locate(Span(8, 9))
        ((11, 13), (14, 26), None)
        """
        first = bisect_right(self.places, span.start, key=lambda place: place.span.end)
        last = bisect_left(self.places, span.end, key=lambda place: place.span.start) - 1
        if first > last:
            return None
        one, other = self.places[first], self.places[last]
        start = one.start + max(0, span.start - one.span.start) if one.exact else one.start
        end = other.end - max(0, other.span.end - span.end) if other.exact else other.end
        return start, max(end, start)


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read. ``name`` is the path or ID the user gave; ``date`` is ISO 8601 or None.

    ``language`` is a two-letter code, ``authors`` and ``site`` are as the source spells them, ``url`` is where
    it was published or fetched; ``origin`` is None where the text is the file itself. ``doubt`` says why it may not be
    what was written: it looks as if it was read in a wrong encoding.
    """

    name: str
    text: str
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    date: str | None = None
    kind: str = "Article"
    authors: tuple[str, ...] = ()
    language: str | None = None
    site: str | None = None
    url: str | None = None
    origin: Origin | None = None
    doubt: str | None = None

    @property
    def sha256(self) -> str:
        """The hex digest of the text in UTF-8 (lone surrogates are kept as they are)."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def id(self) -> str:
        """Sixteen hex digits of name and text: the same file gives the same IRIs in each run."""
        return content_hash(self.name, self.text, length=16)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is meant. ``id`` is a slug that is unique in the graph; ``name`` is the fullest name.

    ``scope`` is ``global`` for actors known by a shipped table or by a full proper name, ``document``
    for actors that only make sense inside one text ("the ministry", "residents"): they get IRIs below
    the document, so that two texts' "residents" never merge. ``members`` are ids ("both countries"),
    ``unit_of`` the id of the state or body this actor belongs to, ``speaks_for`` whom it represents.
    """

    id: str
    name: str
    kind: str
    scope: str = "document"
    iso: str | None = None
    wikidata: str | None = None
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    unit_of: str | None = None
    speaks_for: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """The words that fill a slot, where they stand, and the actor they name (actor slots only).

    ``matter`` is the normalised key of what is meant (content, cause, factor ... slots): two mentions
    with the same key are the same matter inside a document.
    """

    span: Span
    quote: str
    actor: Actor | None = None
    matter: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A speech event: who says it, with which words, where and when.

    ``speaker`` is None where the text speaks in its own voice. ``date`` is ISO 8601 or None (undated), ``when`` the
    words that give it.
    """

    id: str
    speaker: Mention | None = None
    cue: Mention | None = None
    addressee: Mention | None = None
    forum: Mention | None = None
    date: str | None = None
    span: Span | None = None
    when: Mention | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the eight types, as it stands in the text.

    ``roles`` holds the filled slots in the order of ``SLOTS``; a missing ``speaker`` means the text's
    own voice ("author"). ``evidence`` is the whole sentence, ``trigger`` the words that carry the claim.
    """

    id: str
    type: str
    trigger: Mention
    evidence: Mention
    roles: tuple[tuple[str, Mention], ...]
    statement: str
    found_by: str
    confidence: float
    stance: str | None = None
    degree: str | None = None
    sense: str | None = None
    modality: str | None = None
    polarity: str = "positive"
    hedged: bool = False

    def get(self, slot: str) -> Mention | None:
        """Return the filler of a slot, or None."""
        return next((mention for name, mention in self.roles if name == slot), None)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have said what: source, cue and content, each with its place (PolNeAR)."""

    content: Mention
    cue: Mention | None = None
    source: Mention | None = None


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A relation between two claims (ids) of ``LINK_TYPES``; ``shiftsFrom`` points to the earlier one."""

    type: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one document. ``actors`` holds each actor once, sorted by id."""

    document: Document
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    actors: tuple[Actor, ...] = ()
    links: tuple[Link, ...] = ()
    run: tuple[tuple[str, str], ...] = field(default=())

    def of_type(self, *types: str) -> tuple[Claim, ...]:
        """Return the claims of these types, in text order."""
        return tuple(claim for claim in self.claims if claim.type in types)


def content_hash(*parts: object, length: int = 12) -> str:
    """Return hex digits of a hash of the parts: ids are minted from content, never from a clock.

    >>> content_hash("a", 1) == content_hash("a", 1)
    True
    """
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]
