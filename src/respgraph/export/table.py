"""Corpus -> rows: one per claim, in the column order every table of claims has (CSV, XLSX, Parquet, DataFrame).

Columns a person reads come first, identifiers last. An empty cell is "" (None for a number or a day): nobody said it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Final

from respgraph.compare import Corpus, Said
from respgraph.query.layout import harmless
from respgraph.vocab import NS, WIKIDATA

Value = str | int | float | bool | date | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and ``kind``: text, category, day, integer, decimal or boolean."""

    name: str
    kind: str
    meaning: str


def columns_of(lines: str) -> tuple[Column, ...]:
    """Return the columns of a table of their names, kinds and meanings, a line each."""
    return tuple(Column(*(part.strip() for part in line.split("|", 2))) for line in lines.strip().splitlines())


CLAIMS: Final = columns_of("""
    type            | category | Type of the claim: responsibility, obligation, demand, commitment, cause, response, definition or question
    speaker         | text     | Who says it, as the graph names them; "author" is the text's own voice
    stance          | category | assigns, denies, accepts, shares or questions
    modality        | category | must, should, may, must-not or should-not
    bearer          | text     | Who is said to be responsible, obliged, asked or committed
    content         | text     | Matter or action: what for
    quote           | text     | The sentence, cell or item that says so, exactly as it stands in the text
    day             | day      | First day of the date
    date            | category | Date as known: day, month or year; of the statement, else of the document
    dated_by        | category | statement or document: what the date is of
    document        | category | Name the document was read under
    repeats         | category | Name of the text that this document nearly repeats; networks, matrices and reports count the claims without one
    degree          | category | sole, primary, partial, shared or unspecified
    sense           | category | blame, accountability, liability, cause or role
    polarity        | category | positive or negative, as the words have it
    hedged          | boolean  | Whether the claim is hedged ("may be responsible")
    confidence      | decimal  | How sure the reading is, 0 to 1
    counterpart     | text     | To whom, or with whom
    condition       | text     | When, or under which circumstances
    basis           | text     | Law, treaty, contract or principle it rests on
    sanction        | text     | What follows otherwise
    cause           | text     | What is said to bring something about
    effect          | text     | What is said to be brought about
    factor          | text     | What calls for a response
    response        | text     | What is done about it
    responder       | text     | Who does it
    topic           | text     | What a question asks
    short           | text     | Short form of a name
    long            | text     | Long form of a name
    item_label      | text     | Label of the list item it is in
    cue             | text     | Words that report the speech ("asserted that")
    addressee       | text     | To whom it was said
    forum           | text     | Where it was said
    start           | integer  | First character of the quote in the text, code points from 0
    end             | integer  | Character after the last of the quote
    rule            | category | Rule or model that read it
    speaker_kind    | category | Class of the speaker: State, Person, Author ...
    bearer_kind     | category | Class of the bearer
    speaker_acts_for | text    | Name of the body the speaker counts as (its own, if it acts for nobody)
    bearer_acts_for | text     | Name of the body the bearer counts as
    speaker_iri     | text     | The speaker in the graph
    bearer_iri      | text     | The bearer in the graph
    counterpart_iri | text     | The counterpart in the graph
    responder_iri   | text     | The responder in the graph
    statement_iri   | category | The speech event
    document_iri    | category | The document
    claim           | text     | The claim in the graph
""")  # noqa: E501 - a table is read as one
ACTORS: Final = columns_of("""
    name            | text     | Name, as the graph prefers it
    kind            | category | Class: State, Government, Person ...
    said            | integer  | Claims this actor makes
    held            | integer  | Claims that name this actor as bearer
    acts_for        | text     | Name of the body this actor counts as
    iso3166         | category | Country code
    aliases         | text     | Other names, separated by " | "
    wikidata        | text     | The same in Wikidata
    unit_of         | text     | IRI of the body it is part of
    speaks_for      | text     | IRI of whom it speaks for
    members         | text     | IRIs of its members, separated by " | "
    actor           | text     | The actor in the graph
""")
DOCUMENTS: Final = columns_of("""
    name            | text     | Name the document was read under
    title           | text     | Its title
    date            | category | Its date
    claims          | integer  | Claims read from it
    repeats         | text     | Name of the text that it nearly repeats: its claims are not counted in networks, matrices and reports
    sha256          | text     | Hash of its text
    document        | text     | The document in the graph
""")  # noqa: E501 - a table is read as one
LINKS: Final = columns_of("""
    link            | category | contradicts, shiftsFrom or conflictsWith
    claim           | text     | The claim that is linked
    other           | text     | The claim it is linked to
""")
_DAY: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?", re.ASCII)
# Not a character of XML 1.0 (section 2.2): XML, and what is built on it, can hold none of these.
NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MANY: Final = " | "


def claim_rows(corpus: Corpus) -> Iterator[Row]:
    """Yield one row per claim in the order of the corpus; cells in the order of ``CLAIMS``."""
    row_of = rows_of(corpus)
    return map(row_of, corpus.claims)


def rows_of(corpus: Corpus) -> Callable[[Said], Row]:
    """Return the function that makes the row of a claim of a corpus."""
    kinds = {iri: kind_of(values) for iri, values in corpus.actors.items()}
    return partial(_claim_row, names=corpus.names, kinds=kinds, repeats=repeated(corpus))


def repeated(corpus: Corpus) -> dict[str, str]:
    """Return the name of the text that a document nearly repeats, by the document's IRI."""
    names = {source.iri: source.name for source in corpus.sources}
    return {iri: names.get(other, other) for iri, other in corpus.repeats.items()}


def _claim_row(c: Said, names: Mapping[str, str], kinds: Mapping[str, str], repeats: Mapping[str, str]) -> Row:
    """Return the row of a claim; ``names`` and ``kinds`` give those of an actor's IRI."""
    name, kind = names.get, kinds.get
    words = dict((*c.slots, *c.beside, *c.event))
    get = words.get
    actors = {slot: (iri, called) for slot, iri, called in c.actors}
    speaker_iri, speaker = actors.get("speaker", NOBODY)
    bearer_iri, bearer = actors.get("bearer", NOBODY)
    counterpart_iri, counterpart = actors.get("counterpart", NOBODY)
    responder_iri, responder = actors.get("responder", NOBODY)
    return (
        c.type, speaker, c.stance, c.modality, bearer, get("content", ""), c.quote,
        day_of(c.when), c.when, ("statement" if c.date else "document") if c.when else "", c.source.name,
        repeats.get(c.source.iri, ""), c.degree, c.sense, c.polarity, c.hedged, c.confidence, counterpart,
        get("condition", ""), get("basis", ""), get("sanction", ""), get("cause", ""), get("effect", ""),
        get("factor", ""), get("response", ""), responder, get("topic", ""), get("short", ""), get("long", ""),
        get("label", ""), get("cue", ""), get("addressee", ""), get("forum", ""), c.start, c.end, c.rule,
        kind(speaker_iri, ""), kind(bearer_iri, ""),
        "author" if c.by_author else name(c.speaker, ""), name(c.bearer, ""),
        speaker_iri, bearer_iri, counterpart_iri, responder_iri, c.statement, c.source.iri, c.iri,
    )  # fmt: skip


NOBODY: Final = ("", "")


def actor_rows(corpus: Corpus) -> Iterator[Row]:
    """Yield one row per actor of the graph, by name and IRI; cells in the order of ``ACTORS``."""
    said: dict[str, int] = {}
    held: dict[str, int] = {}
    folded: dict[str, str] = {}
    for c in corpus.claims:
        for slot, iri, _ in c.actors:
            if slot == "speaker":
                said[iri] = said.get(iri, 0) + 1
                folded[iri] = c.speaker
            elif slot == "bearer":
                held[iri] = held.get(iri, 0) + 1
                folded[iri] = c.bearer
    for iri in sorted(corpus.actors, key=lambda iri: (corpus.names.get(iri, ""), iri)):
        values = corpus.actors[iri]
        get = values.get
        name = corpus.names.get(iri, "")
        wikidata = sorted(value for value in get("exactMatch", ()) if value.startswith(WIKIDATA))
        yield (
            name, kind_of(values), said.get(iri, 0), held.get(iri, 0),
            corpus.names.get(folded.get(iri, iri), name), first(get("iso3166", ())),
            MANY.join(sorted({*get("altLabel", ()), *get("prefLabel", ())} - {name})), first(wikidata),
            first(get("unitOf", ())), first(get("speaksFor", ())), MANY.join(sorted(get("member", ()))), iri,
        )  # fmt: skip


def document_rows(corpus: Corpus) -> Iterator[Row]:
    """Yield one row per document, by name; cells in the order of ``DOCUMENTS``."""
    counts: dict[str, int] = {}
    for c in corpus.claims:
        counts[c.source.iri] = counts.get(c.source.iri, 0) + 1
    repeats = repeated(corpus)
    for s in sorted(corpus.sources, key=lambda s: (s.name, s.iri)):
        yield s.name, s.title, s.date, counts.get(s.iri, 0), repeats.get(s.iri, ""), s.sha256, s.iri


def link_rows(links: Iterable[tuple[str, str, str]]) -> Iterator[Row]:
    """Yield one row per link between claims (``compare.read_links``), sorted; cells in the order of ``LINKS``."""
    yield from sorted(links)


def kind_of(values: Mapping[str, Collection[str]]) -> str:
    """Return the most telling class of an actor, "" if the graph says only that it is one.

    >>> kind_of({"type": {NS + "Actor", NS + "State"}})
    'State'
    """
    types = values.get("type", ())
    return min({name.removeprefix(NS) for name in types if name.startswith(NS)} - {"Actor"}, default="")


def first(values: Collection[str]) -> str:
    """Return the first of some values in the alphabet, or ""."""
    return min(values, default="")


@lru_cache(maxsize=10_000)
def day_of(when: str) -> date | None:
    """Return the first day of a year, month or day; None for what is none.

    >>> day_of("2024-05"), day_of("last spring"), day_of("2024-02-31")
    (datetime.date(2024, 5, 1), None, None)
    """
    found = _DAY.fullmatch(when)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def cell(value: Value) -> str:
    """Return a value as a cell of CSV that no spreadsheet runs as a formula; None is an empty one."""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def xml_text(text: str) -> str:
    """Return text for XML: markup escaped, line ends kept, U+FFFD for what XML 1.0 cannot hold."""
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if not text.isprintable():  # what is printable is a character of XML
        text = NOT_XML.sub("\ufffd", text).replace("\r", "&#13;")
    return text


def xml_attribute(text: str) -> str:
    """Return text for an attribute in double quotes; tabs and line ends stay what they are."""
    return xml_text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
