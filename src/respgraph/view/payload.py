"""``PageData`` -> the JSON inside the page: numbers instead of IRIs, UTF-16 offsets instead of code points.

Texts are there once, in ``documents``; a claim's words are offsets into them. Fields that say nothing are
left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from respgraph.view.data import Figure, Matter, PageData, Passage, Row, Source, Standing
from respgraph.view.families import FAMILIES, TINTS, Family
from respgraph.view.lines import short_name
from respgraph.view.summary import summarise
from respgraph.view.text import paragraphs, shorten, to_utf16

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where things, documents and claims stand in the payload, and each document's offset conversion."""

    things: dict[str, int]
    documents: dict[str, int]
    claims: dict[str, int]
    ids: dict[str, str]
    units: dict[str, Callable[[int], int]]

    def span(self, row: Row, passage: Passage | None) -> list[int] | None:
        """Return start and end in UTF-16 units of words that stand where they should."""
        if passage is None or not passage.placed:
            return None
        unit = self.units[row.document]
        return [unit(passage.start), unit(passage.end)]


def payload(data: PageData) -> JSON:
    """Return all the page's script needs beside the picture."""
    numbers = count_up(data)
    single = len(data.sources) < 2
    told = {"narrowed": data.narrowed, "total": data.total, "undated": data.undated, "repeats": count_repeats(data)}
    return filled(told) | {
        "title": data.title,
        "tints": [[tint.light, tint.dark] for tint in TINTS],
        "families": [family_json(family) for family in FAMILIES],
        "documents": [source_json(source, numbers.units[source.iri]) for source in data.sources],
        "things": [figure_json(f, data.standings.get(f.iri), numbers.things, single=single) for f in data.figures]
        + [matter_json(m) for m in data.matters],
        "claims": [claim_json(row, numbers) for row in data.rows],
        "ties": [[t.type, numbers.claims[t.source], numbers.claims[t.target]] for t in data.ties],
        "summary": summarise(data),
    }


def count_repeats(data: PageData) -> list[int] | None:
    """Return how many documents repeat another and how many claims stand in them, None if there are none."""
    claims = sum(row.document in data.repeats for row in data.rows)
    return [len(data.repeats), claims] if data.repeats else None


def count_up(data: PageData) -> Numbers:
    """Give everything its number. A claim's id is the short end of its IRI where that is unique."""
    ends = {row.iri: row.iri.rsplit("/c/", 1)[-1] for row in data.rows}
    times = Counter(ends.values())
    return Numbers(
        things={iri: i for i, iri in enumerate([f.iri for f in data.figures] + [m.iri for m in data.matters])},
        documents={source.iri: i for i, source in enumerate(data.sources)},
        claims={row.iri: i for i, row in enumerate(data.rows)},
        ids={iri: end if times[end] == 1 else iri for iri, end in ends.items()},
        units={source.iri: to_utf16(source.text) for source in data.sources},
    )


def brief(page: JSON) -> JSON:
    """Return a page's data without what its script knows to put back.

    IRIs lose what they all begin with, claims the IRI that their id tells, things the short name that is their own.
    """
    base = base_of(thing["iri"] for thing in page["things"])
    homes = [document["iri"] for document in page["documents"]]

    def told(claim: JSON) -> bool:
        return "doc" in claim and claim["iri"] == f"{homes[claim['doc']]}/c/{claim['id']}"

    things = [thing | {"iri": thing["iri"][len(base) :]} for thing in page["things"]]
    return page | {
        "base": base,
        "things": [without(t, "short") if t["short"] == t["label"] else t for t in things],
        "claims": [without(claim, "iri") if told(claim) else claim for claim in page["claims"]],
    }


def without(record: JSON, name: str) -> JSON:
    """Return a record less one of its fields."""
    return {k: v for k, v in record.items() if k != name}


def base_of(iris: Iterable[str]) -> str:
    """Return what all IRIs begin with, up to a slash: it is written once.

    >>> base_of(["https://e.org/doc/1/m/2", "https://e.org/doc/1/m/3"]), base_of(["a", "b"])
    ('https://e.org/doc/1/m/', '')
    """
    held = list(iris)
    first, last = min(held, default=""), max(held, default="")
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    front, slash, _ = first[:same].rpartition("/")
    return front + slash


# fmt: off
def family_json(family: Family) -> JSON:
    """Return one row of the legend."""
    return {
        "id": family.id, "label": family.label, "verb": family.verb, "light": family.light,
        "dark": family.dark, "dash": list(family.dash), "head": family.head, "on": family.on,
    }


def source_json(source: Source, unit: Callable[[int], int]) -> JSON:
    """Return a document with its text and blocks."""
    return {
        "iri": source.iri, "title": source.title, "name": source.name, "date": source.date,
        "text": source.text,
        "blocks": [[unit(start), unit(end), kind] for start, end, kind in paragraphs(source.text)],
    }


def figure_json(figure: Figure, standing: Standing | None, shown: Collection[str], *, single: bool) -> JSON:
    """Return an actor; ``single``: the graph has one document, whose author needs no name."""
    return filled({
        "iri": figure.iri, "label": figure.label, "short": short_name(figure, single=single),
        "kind": figure.kind, "actor": True, "author": figure.author, "aliases": list(figure.aliases),
        "members": list(figure.members),
        "belongs": list(figure.belongs), "same": figure.same_as, "apart": figure.home or None,
    }) | standing_json(standing, figure.iri, shown)


def standing_json(standing: Standing | None, iri: str, shown: Collection[str]) -> JSON:
    """Return the measures of an actor; what is zero is left out.

    ``as`` is whom it counts as if not as itself; ``under``: who that is has the measures, being on the page too.
    """
    if standing is None:
        return {}
    folded = {} if standing.counts_as == iri else {"as": standing.name}
    if folded and standing.counts_as in shown:
        return folded | {"under": True} | ({"coalition": standing.coalition} if standing.coalition else {})
    found = {
        "held": standing.blamed, "holds": standing.blames, "voices": standing.voices, "pagerank": standing.pagerank,
        "rank": standing.rank, "coalition": standing.coalition,
    }
    return {k: v for k, v in found.items() if v} | folded


def matter_json(matter: Matter) -> JSON:
    """Return what claims are about."""
    label = {"iri": matter.iri, "label": matter.label, "short": shorten(matter.label, 8, 60)}
    return label | ({"apart": matter.home} if matter.home else {})


def claim_json(row: Row, numbers: Numbers) -> JSON:
    """Return one claim."""
    at = numbers.span(row, row.evidence)
    spans = [(slot, numbers.span(row, passage)) for slot, passage in row.mentions]
    return filled({
        "id": numbers.ids[row.iri], "iri": row.iri, "type": row.type,
        "family": row.family, "verb": row.verb,
        "doc": numbers.documents.get(row.document), "speaker": numbers.things.get(row.speaker or ""),
        "bearer": numbers.things.get(row.bearer or ""), "content": numbers.things.get(row.content or ""),
        "slots": {slot: numbers.things[iri] for slot, iri in row.slots if iri in numbers.things},
        "words": dict(row.literals), "at": at, "trigger": numbers.span(row, row.trigger),
        "quote": row.evidence.quote if row.evidence and not at else None,
        "marks": [[slot, *span] for slot, span in spans if span], "confidence": row.confidence,
        "rule": row.rule, "values": dict(row.values), "hedged": row.hedged, "cue": row.cue,
        "forum": row.forum, "to": row.addressee, "date": row.date,
    })


# fmt: on
def filled(record: JSON) -> JSON:
    """Return the record without what says nothing; a zero says something."""
    return {k: v for k, v in record.items() if v is not None and v is not False and v != [] and v != {}}
