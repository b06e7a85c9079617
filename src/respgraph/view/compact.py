"""Records -> columns: the claims and things of a large page in a third of the bytes.

A column holds one field of all records, a value that repeats is written once, and what follows from other
fields is left out: the page's script (``large.js``, ``unpack``) makes the same records again. A page stays
readable text: compressed bytes would differ between versions of zlib.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

JSON = dict[str, Any]
MANY: Final = 2_000  # claims; a smaller page is small enough as it is
SPARSE: Final = 4  # a field of fewer than one record in so many is stored with their numbers
ELLIPSIS: Final = "\u2026"


def compact(page: JSON) -> JSON:
    """Return a page's data with claims and things in columns; all else as it is."""
    documents = [document["iri"] for document in page["documents"]]
    marks: dict[str, int] = {}
    claims = [compact_claim(claim, documents, marks) for claim in page["claims"]]
    return page | {
        "packed": {"slots": list(marks)},
        "claims": columns(claims),
        "things": columns([compact_thing(thing) for thing in page["things"]]),
    }


def compact_claim(claim: JSON, documents: Sequence[str], marks: dict[str, int]) -> JSON:
    """Return a claim whose places are numbers from its quote's start, without the IRI that its id tells."""
    out = dict(claim)
    home = documents[claim["doc"]] if "doc" in claim else ""
    if claim.get("iri") == f"{home}/c/{claim['id']}":
        del out["iri"]
    start = 0
    if "at" in claim:
        start, end = out.pop("at")
        out |= {"start": start, "size": end - start}
    if "trigger" in claim:
        low, high = claim["trigger"]
        out["trigger"] = [low - start, high - low]
    if "marks" in claim:
        flat = ((marks.setdefault(slot, len(marks)), low - start, high - low) for slot, low, high in claim["marks"])
        out["marks"] = [number for mark in flat for number in mark]
    return out


def compact_thing(thing: JSON) -> JSON:
    """Return a thing whose IRI is in two parts and whose short name is a length where it is the label cut."""
    out = dict(thing)
    head, slash, tail = out.pop("iri").rpartition("/")
    out |= {"home": head + slash, "tail": tail}
    short, label = thing.get("short", ""), thing["label"]
    if short == label:
        del out["short"]
    elif short.endswith(ELLIPSIS) and label.startswith(short[:-1]):
        out["short"] = utf16(short[:-1])
    return out


def utf16(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def columns(records: Sequence[JSON]) -> JSON:
    """Return records as columns.

    >>> columns([{"a": 1}, {"a": 1}, {"a": 1}, {"a": 2, "b": [3]}, {"a": 1}])
    {'n': 5, 'a': {'t': [1, 2], 'i': [0, 0, 0, 1, 0]}, 'b': {'at': [3], 'v': [[3]]}}
    """
    names = dict.fromkeys(name for record in records for name in record)
    out: JSON = {"n": len(records)}
    for name in names:
        held = [i for i, record in enumerate(records) if name in record]
        values = [records[i][name] for i in held]
        column: JSON = {}
        if len(held) * SPARSE < len(records):
            column["at"] = held
        elif len(held) < len(records):
            values = [record.get(name) for record in records]
        keys = [json.dumps(value, sort_keys=True) for value in values]
        table = dict(zip(keys, values, strict=True))
        if len(table) * 2 < len(values):
            place = {key: i for i, key in enumerate(table)}
            column |= {"t": list(table.values()), "i": [place[key] for key in keys]}
        else:
            column["v"] = values
        out[name] = column
    return out
