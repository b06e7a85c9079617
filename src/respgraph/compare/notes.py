"""View -> what linking needs of each graph, noted down so that only what has changed is read again.

Deriving links asks for a twentieth of a graph, and after a small change nearly all of that is as it was. Where a
store has a place for it (``View.notes``: a store folder), there is a line for each graph: the sha256 of its segment,
a checksum, and its part of a corpus as JSON. A line whose segment has another hash, or that is damaged, is made anew;
the file can be removed at any time.

Who an actor is and how rare a word is are known only over all documents. Both are found anew each time, and all
claims that meet are compared again: one word more changes the weight of all others, and so any score. So the links
are to the byte those of a graph of which nothing was noted down.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import astuple, dataclass
from typing import Any, Final
from zlib import crc32

from respgraph import __version__
from respgraph.compare.claims import SLOT_PLACES, Draft, Part, Source, part_of
from respgraph.compare.facts import first_value, read_facts
from respgraph.compare.near import bands_of
from respgraph.rdf.write import write_bytes
from respgraph.store import View
from respgraph.store.graph import TIES

FORMAT: Final = 1  # counted up with any change of what a note holds or how it is found
HEAD: Final = f"respgraph {__version__} notes {FORMAT}\n".encode("ascii")
_TOLD: Final = ("type", "prefLabel", "unitOf", "speaksFor")
_VALUES: Final = ("speaker", "bearer", "stance", "degree", "modality", "polarity", "hedged")


@dataclass(frozen=True, slots=True)
class Note:
    """A graph's part of a corpus, as far as links need it, and the bands of its document's text."""

    part: Part
    bands: tuple[bytes, ...] = ()


def read_notes(view: View) -> list[Note]:
    """Return the note of each graph but ties, by IRI; those not known yet are made, and kept if there is a place.

    Raises:
        StoreError: The place cannot be written.
    """
    graphs = [graph for graph in view.graphs() if not graph.endswith(TIES)]
    place = view.notes()
    if place is None:
        return [make_note(view, graph) for graph in graphs]
    known = _lines(place.read_bytes()) if place.is_file() else {}
    lines, notes, changed = [HEAD], [], False
    for graph in graphs:
        digest = view.digest(graph).encode("ascii")
        line = known.pop(digest, b"")
        note = _read(line)
        if note is None:
            changed = True
            note = make_note(view, graph)
            line = _spelled(digest, note)
        lines.append(line)
        notes.append(note)
    if changed or known:
        write_bytes(place, lines, durable=False)
    return notes


def make_note(view: View, graph: str) -> Note:
    """Return the note of a graph, read from it."""
    facts = read_facts(view, graph)
    part = part_of(view, graph, facts)
    told = {iri: _some(values, _TOLD) for iri, values in part.told.items()}
    text = first_value(facts.get(f"<{graph}>", {}), "text") if part.source is not None else ""
    return Note(Part(told, {}, part.source, [_slim(draft) for draft in part.drafts], part.links), bands_of(text))


def _some(values: dict[str, set[str]], names: tuple[str, ...]) -> defaultdict[str, set[str]]:
    return defaultdict(set, {name: values[name] for name in names if name in values})


def _slim(draft: Draft) -> Draft:
    """Return a claim without what links do not need: places of slots, what is beside them, the statement, the rule."""
    iri, kind, values, found, event, _ = draft
    words = {at: (" ".join(found[at][0].split()), 0, 0) for _, at in SLOT_PLACES if at in found}
    if "evidence" in found:
        words["evidence"] = found["evidence"]
    date = {"date": event["date"]} if "date" in event else {}
    return iri, kind, {name: values[name] for name in _VALUES if name in values}, words, date, 0.0


def _lines(data: bytes) -> dict[bytes, bytes]:
    """Return the lines of a file of notes by the hash of their segment; none of another version or form."""
    head, *lines = data.splitlines(keepends=True) or [b""]
    return {line.partition(b" ")[0]: line for line in lines} if head == HEAD else {}


def _spelled(digest: bytes, note: Note) -> bytes:
    part = note.part
    told = {iri: {name: sorted(held) for name, held in values.items()} for iri, values in part.told.items()}
    source = astuple(part.source) if part.source is not None else None
    value = [source, told, part.drafts, sorted(part.links), [band.hex() for band in note.bands]]
    body = json.dumps(value, separators=(",", ":")).encode("ascii")
    return b"%b %08x %b\n" % (digest, crc32(body), body)


def _read(line: bytes) -> Note | None:
    """Return what a line holds; None for one that is none, or not whole."""
    try:
        _, check, body = line.rstrip(b"\n").split(b" ", 2)
        if int(check, 16) != crc32(body):
            return None
        source, told, drafts, links, bands = json.loads(body)
        actors = {
            iri: defaultdict(set, {name: set(held) for name, held in values.items()}) for iri, values in told.items()
        }
        made = Source(*source) if source is not None else None
        return Note(
            Part(actors, {}, made, [_draft(*draft) for draft in drafts], {(kind, a, b) for kind, a, b in links}),
            tuple(map(bytes.fromhex, bands)),
        )
    except (ValueError, TypeError, AttributeError):
        return None


def _draft(iri: str, kind: str, values: Any, found: Any, event: Any, share: float) -> Draft:
    return iri, kind, values, {at: (words, start, end) for at, (words, start, end) in found.items()}, event, share
