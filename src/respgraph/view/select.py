"""Quads and wishes -> which claims a page is narrowed to. Values of one wish are alternatives; wishes add up.

Names are looked up among all actors of the graph, whatever their case, by label, alias or IRI. Those who belong
to an actor, speak for it or name it among others ("both countries") count as well, as in ``respgraph query``: who
asks for a state wants its ministries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import PurePath
from typing import Final

from respgraph.compare.period import check_period, is_in
from respgraph.errors import GraphError, UnknownNameError
from respgraph.model import CLAIM_TYPES
from respgraph.view.data import ORG, RDF_TYPE, RESP, SKOS, Index, PageData, Row, Source

AUTHOR: Final = "author"
OWN_VOICE: Final = "the texts themselves"
UPWARDS: Final = (ORG + "unitOf", RESP + "speaksFor")


@dataclass(frozen=True, slots=True)
class Selection:
    """What a page is narrowed to; nothing set means everything.

    ``actors`` take any part in a claim, ``speakers`` make it; ``author`` is every text's own voice. ``documents``
    are titles or names of files. ``since`` and ``until`` are a year, month or day, both within the period; a claim
    goes by its own date, else by its document's. ``min_confidence`` is from 0 to 1.
    """

    actors: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0

    def __bool__(self) -> bool:
        return self != Selection()

    def words(self) -> str:
        """Return the wishes in words, as the page shows them below its title."""
        told = [
            f"{one} {' or '.join(OWN_VOICE if plain(name) == AUTHOR else name for name in names)}"
            for one, names in (("about or by", self.actors), ("said by", self.speakers), ("of type", self.types))
            if names
        ]
        if self.documents:
            told.append(f"from {' or '.join(self.documents)}")
        told += [f"{way} {day}" for way, day in (("since", self.since), ("until", self.until)) if day]
        if self.min_confidence:
            told.append(f"read with a confidence of at least {self.min_confidence:.0%}")
        return ", ".join(told)


def narrow(data: PageData, index: Index, wish: Selection, graph: str = "the graph") -> PageData:
    """Return what is left of a page: claims that meet every wish, the documents they stand in, what they name.

    Raises:
        UnknownNameError: No claim type, with the known ones.
        RespgraphError: A date that is none.
        GraphError: An actor or a document that the graph does not have, with close names; or nothing is left.
    """
    for name in wish.types:
        if name not in CLAIM_TYPES:
            raise UnknownNameError("claim type", name, CLAIM_TYPES)
    tests = tests_of(data, index, wish, graph)
    rows = tuple(row for row in data.rows if all(test(row) for test in tests))
    dates = {source.iri: source.date for source in data.sources}
    since, until = check_period(wish.since, wish.until)
    undated = 0
    if since or until:
        when = [row.date or dates.get(row.document) for row in rows]
        undated = sum(not date for date in when)
        rows = tuple(row for row, day in zip(rows, when, strict=True) if day and is_in(day, since, until))
    if not rows:
        without = f"; {undated:,} without a date were left out" if undated else ""
        total = f"{len(data.rows):,} claim{'s' * (len(data.rows) != 1)}"
        raise GraphError(graph, f"of {total} none is {wish.words()}{without}; no page was made")
    return replace(with_rows(data, rows), narrowed=wish.words(), total=len(data.rows), undated=undated)


def tests_of(data: PageData, index: Index, wish: Selection, graph: str) -> list[Callable[[Row], bool]]:
    """Return what a claim must pass, but for its date."""
    tests: list[Callable[[Row], bool]] = []
    if wish.actors:
        actors = set().union(*(find_actors(index, name, graph) for name in wish.actors))
        tests.append(lambda row: not actors.isdisjoint(row.parties))
    if wish.speakers:
        voices = set().union(*(find_actors(index, name, graph) for name in wish.speakers))
        tests.append(lambda row: row.speaker in voices)
    if wish.documents:
        homes = set().union(*(find_documents(data.sources, name, graph) for name in wish.documents))
        tests.append(lambda row: row.document in homes)
    if wish.types:
        tests.append(lambda row: row.type in wish.types)
    if wish.min_confidence:
        tests.append(lambda row: row.confidence is None or row.confidence >= wish.min_confidence)
    return tests


def with_rows(data: PageData, rows: tuple[Row, ...]) -> PageData:
    """Return the page with these claims only, and of all else what they need."""
    kept = {row.iri for row in rows}
    homes = {row.document for row in rows}
    named = {iri for row in rows for iri in (row.speaker, row.bearer, row.content, *(i for _, i in row.slots)) if iri}
    return replace(
        data,
        rows=rows,
        sources=tuple(source for source in data.sources if source.iri in homes),
        figures=tuple(figure for figure in data.figures if figure.iri in named),
        matters=tuple(matter for matter in data.matters if matter.iri in named),
        ties=tuple(tie for tie in data.ties if tie.source in kept and tie.target in kept),
    )


def find_actors(index: Index, wanted: str, graph: str) -> set[str]:
    """Return the actors of a name or IRI, and those who belong to them, speak for them or name them among others.

    Raises:
        GraphError: Nobody is called that, with names that are close.
    """
    name, bare = plain(wanted), wanted.strip().removeprefix("<").removesuffix(">")
    actors = {iri for iri, facts in index.items() if RESP + "Actor" in facts.get(RDF_TYPE, ())}
    authors = {iri for iri in index if RESP + "Author" in index[iri].get(RDF_TYPE, ())}
    if name == AUTHOR:
        return authors
    called = {iri: {plain(n): n for n in names_of(index, iri)} for iri in sorted(actors | authors)}
    found = {iri for iri in called if iri == bare or name in called[iri]}
    if not found:
        known = {key: spelt for names in called.values() for key, spelt in names.items()}
        raise GraphError(graph, f"there is no actor {wanted!r}{hint(name, known)}")
    grown = set(found)
    while grown:
        grown = {
            iri
            for iri in called
            if iri not in found
            and any(up in found for way in (*UPWARDS, RESP + "member") for up in index[iri].get(way, ()))
        }
        found |= grown
    return found


def names_of(index: Index, iri: str) -> list[str]:
    """Return the label and the aliases of an actor."""
    return [n for p in ("prefLabel", "altLabel") for n in index[iri].get(SKOS + p, ())]


def find_documents(sources: Iterable[Source], wanted: str, graph: str) -> set[str]:
    """Return the documents of a title, of a name as it was given to the build, or of its last part.

    Raises:
        GraphError: No document is called that, with names that are close.
    """
    name, found = plain(wanted), set()
    known: dict[str, str] = {}
    for source in sources:
        path = PurePath(source.name)
        names = {plain(n): n for n in (source.title, source.name, path.name, path.stem)}
        known |= names
        if name in names or wanted.strip("<> ") == source.iri:
            found.add(source.iri)
    if not found:
        raise GraphError(graph, f"there is no document {wanted!r}{hint(name, known)}")
    return found


def plain(name: str) -> str:
    """Return a name as it is compared: one space between words, no case."""
    return " ".join(name.split()).casefold()


def hint(name: str, known: dict[str, str]) -> str:
    """Return "; did you mean ...?" if some known name is close."""
    close = [known[n] for n in get_close_matches(name, sorted(known), n=3)]
    return f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
