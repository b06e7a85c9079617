"""``PageData`` -> the page as text, and safely onto disk."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from respgraph.view.data import PageData, Passage, Row, read_page_data
from respgraph.view.families import FAMILIES
from respgraph.view.lines import MOST_LINES, draw, short_name
from respgraph.view.network import ClaimNetwork
from respgraph.view.summary import summarise
from respgraph.view.text import paragraphs, shorten, to_utf16

JSON = dict[str, Any]


def view_html(dataset: Any, title: str | None = None, *, most_lines: int = MOST_LINES) -> str:
    """Return the page of a graph as HTML text.

    Args:
        dataset: An rdflib ``Dataset``, a pyoxigraph ``Store`` or ``Dataset``, or an iterable of quads.
        title: Heading of the page; by default the title of the only document.
        most_lines: The picture shows at most this many lines, the strongest; the tables show all.

    Returns:
        A whole HTML document. A graph without claims gives a page that says so.
    """
    data = read_page_data(dataset, title)
    network = ClaimNetwork(data.title)
    picture = draw(data, most_lines)
    network.add_picture(picture)
    network.set_page(to_json(data) | {"leftOut": picture.left_out}, empty=not data.rows)
    return network.generate_html()


def write_view(
    dataset: Any, path: str | os.PathLike[str], title: str | None = None, *, most_lines: int = MOST_LINES
) -> Path:
    """Write the page of a graph; the file is there whole or not at all.

    Args:
        dataset: As for ``view_html``.
        path: Where to write. The page is written beside it, in UTF-8, and then renamed.
        title: As for ``view_html``.
        most_lines: As for ``view_html``.

    Returns:
        The path written.
    """
    return write_whole(Path(path), view_html(dataset, title, most_lines=most_lines))


def write_whole(path: Path, text: str) -> Path:
    """Write text in UTF-8 beside a path and rename it onto the path."""
    with NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as beside:
        try:
            beside.write(text.encode("utf-8"))
            beside.flush()
            os.fsync(beside.fileno())
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise
    try:
        os.chmod(beside.name, 0o644)  # noqa: S103 - a page is made to be given away; the temporary file is 600
        os.replace(beside.name, path)
    except BaseException:
        Path(beside.name).unlink(missing_ok=True)
        raise
    return path


def to_json(data: PageData) -> JSON:
    """Return the page's data: numbers point into ``things`` and ``documents``, offsets are UTF-16."""
    things = [
        {
            "iri": f.iri, "label": f.label, "short": short_name(f, single=len(data.sources) < 2), "kind": f.kind, "actor": True, "author": f.author,
            "aliases": list(f.aliases), "members": list(f.members), "belongs": list(f.belongs), "same": f.same_as,
        }
        for f in data.figures
    ] + [{"iri": m.iri, "label": m.label, "short": shorten(m.label, 8, 60)} for m in data.matters]  # fmt: skip
    index = {thing["iri"]: i for i, thing in enumerate(things)}
    homes = {source.iri: i for i, source in enumerate(data.sources)}
    units = [to_utf16(source.text) for source in data.sources]
    tails = Counter(row.iri.rsplit("/c/", 1)[-1] for row in data.rows)
    places = {row.iri: i for i, row in enumerate(data.rows)}

    def spot(row: Row, passage: Passage | None) -> list[int] | None:
        if passage is None or not passage.placed:
            return None
        unit = units[homes[row.document]]
        return [unit(passage.start), unit(passage.end)]

    claims = [
        {
            "id": row.iri if tails[row.iri.rsplit("/c/", 1)[-1]] > 1 else row.iri.rsplit("/c/", 1)[-1],
            "iri": row.iri, "type": row.type, "family": row.family, "verb": row.verb,
            "doc": homes.get(row.document), "speaker": index.get(row.speaker or ""),
            "bearer": index.get(row.bearer or ""), "content": index.get(row.content or ""),
            "slots": {slot: index[iri] for slot, iri in row.slots if iri in index},
            "words": dict(row.literals), "at": spot(row, row.evidence), "trigger": spot(row, row.trigger),
            "quote": None if spot(row, row.evidence) or not row.evidence else row.evidence.quote,
            "marks": [[slot, *at] for slot, p in row.mentions if (at := spot(row, p)) and slot != "evidence"],
            "confidence": row.confidence, "rule": row.rule, "values": dict(row.values), "hedged": row.hedged,
            "cue": row.cue, "forum": row.forum, "to": row.addressee, "date": row.date,
        }
        for row in data.rows
    ]  # fmt: skip
    return {
        "title": data.title,
        "families": [
            {"id": f.id, "label": f.label, "verb": f.verb, "light": f.light, "dark": f.dark, "dash": list(f.dash),
             "head": f.head, "on": f.on}
            for f in FAMILIES
        ],
        "documents": [
            {"iri": s.iri, "title": s.title, "name": s.name, "date": s.date, "text": s.text,
             "blocks": [[unit(a), unit(b), kind] for a, b, kind in paragraphs(s.text)]}
            for s, unit in zip(data.sources, units, strict=True)
        ],
        "things": [filled(thing) for thing in things],
        "claims": [filled(claim) for claim in claims],
        "ties": [[t.type, places[t.source], places[t.target]] for t in data.ties],
        "summary": summarise(data),
    }  # fmt: skip


def filled(record: JSON) -> JSON:
    """Return the record without what says nothing; a zero says something."""
    return {k: v for k, v in record.items() if v is not None and v is not False and v != [] and v != {}}
