"""Conflicts as text: for the terminal, as JSON, as CSV that no spreadsheet runs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from typing import Any, Final

from respgraph.compare.claims import Said
from respgraph.compare.conflicts import Conflict, position
from respgraph.query import format_result
from respgraph.query.result import Cell, Result

FORMATS: Final = ("text", "json", "csv")
SIDE: Final = ("speaker", "position", "bearer", "matter", "date", "document", "start", "end", "quote", "claim")
TITLES: Final = {
    "contradiction": "Contradiction",
    "shift": "Shift",
    "definition": "Rival definitions",
    "unanswered": "Demand no claim answers",
    "no-bearer": "Duty without a bearer",
    "denied-by-all": "Denied by all who speak of it",
}


def format_conflicts(conflicts: Iterable[Conflict], form: str = "text", width: int = 100) -> str:
    """Return the conflicts as text that ends in a newline; ``width`` is that of the terminal."""
    held = tuple(conflicts)
    if form == "json":
        return json.dumps([_object(c) for c in held], indent=2, ensure_ascii=False) + "\n"
    if form == "csv":
        return _csv(held)
    if not held:
        return "No conflicts found.\n"
    blocks = [_block(c, max(40, width)) for c in held]
    return "\n".join([*blocks, f"{len(held)} conflict{'s' * (len(held) != 1)}"]) + "\n"


def side_json(side: Said) -> dict[str, Any]:
    """Return one claim as JSON values: who, what, when, and where its words stand."""
    return {
        "speaker": side.speaker_name,
        "position": position(side),
        "bearer": side.bearer_name or None,
        "matter": side.get("content") or side.get("effect") or side.get("long") or None,
        "date": side.when or None,
        "date_of": ("statement" if side.date else "document") if side.when else None,
        "document": side.source.name,
        "start": side.start,
        "end": side.end,
        "quote": side.quote,
        "claim": side.iri,
    }


def said_lines(side: Said, width: int, mark: str = "  ") -> list[str]:
    """Return one claim for the terminal: who says what position, its words, its place and date."""
    about = f"; bearer {side.bearer_name}" if side.bearer_name else ""
    quote = " ".join(side.quote.split())
    place = f"{side.source.name}:{side.start}-{side.end}, {side.when or 'undated'}"
    inner = " " * len(mark) + "  "
    return [
        *_wrap(f"{side.speaker_name or 'somebody'} ({position(side)}{about}):", mark, width),
        *_wrap(f"“{quote}”", inner, width),
        *_wrap(f"{place}{'' if side.date or not side.when else ' (the document)'}", inner, width),
    ]


def _wrap(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=" " * len(indent), break_on_hyphens=False
    )


def _block(conflict: Conflict, width: int) -> str:
    score = f" [{conflict.score:.2f}]" if len(conflict.sides) > 1 and conflict.kind != "definition" else ""
    lines = _wrap(f"{TITLES[conflict.kind]}: {' '.join(conflict.about.split())}{score}", "", width)
    lines += _wrap(conflict.why, "  ", width)
    for side in conflict.sides:
        lines += said_lines(side, width)
    return "\n".join(lines) + "\n"


def _object(conflict: Conflict) -> dict[str, Any]:
    return {
        "kind": conflict.kind,
        "about": conflict.about,
        "why": conflict.why,
        "score": conflict.score,
        "sides": [side_json(side) for side in conflict.sides],
    }


def _csv(conflicts: tuple[Conflict, ...]) -> str:
    """Return a row per side; ``conflict`` numbers the conflicts."""
    rows = []
    for number, conflict in enumerate(conflicts, 1):
        for side in conflict.sides:
            values = side_json(side)
            head = [str(number), conflict.kind, conflict.about, conflict.why, f"{conflict.score:g}"]
            cells = [*head, *("" if values[name] is None else str(values[name]) for name in SIDE)]
            rows.append(tuple(Cell("literal", cell) for cell in cells))
    return format_result(Result(("conflict", "kind", "about", "why", "score", *SIDE), tuple(rows)), "csv")
