"""A Result as text: a table for the terminal, CSV, SPARQL results JSON, Markdown.

In the table the long columns (quote, document, claim) stand below their row, so that the short ones line up
and a quote can be read as a sentence. In CSV a cell that a spreadsheet would run as a formula gets an
apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
import unicodedata
from typing import Final

from respgraph.errors import UnknownNameError
from respgraph.query.result import Cell, Result
from respgraph.vocab import PREFIXES

FORMATS: Final = ("table", "csv", "json", "markdown")
_QUOTES: Final = ("quote", "other_quote")
_BELOW: Final = (*_QUOTES, "document", "claim", "other_claim", "iri")
_RUN: Final = ("=", "+", "-", "@", "\t", "\r")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def format_result(result: Result, form: str = "table", width: int = 100) -> str:
    """Return the result as text, ending in a newline.

    Args:
        result: What ``run_query`` gave.
        form: One of ``FORMATS``.
        width: Columns of the terminal; only the table heeds it.

    Raises:
        UnknownNameError: Another form.
    """
    if form == "table":
        return _table(result, max(width, 40))
    if form == "csv":
        return _csv(result)
    if form == "json":
        return _json(result)
    if form == "markdown":
        return _markdown(result)
    raise UnknownNameError("format", form, FORMATS)


def show(cell: Cell | None) -> str:
    """Return a cell for the eye: IRIs with a prefix or as their last part, control characters as U+FFFD."""
    if cell is None:
        return ""
    if cell.kind != "iri":
        return _CONTROL.sub("\ufffd", cell.value)
    value = _CONTROL.sub("\ufffd", cell.value)
    for prefix, namespace in PREFIXES.items():
        if value.startswith(namespace) and len(value) > len(namespace):
            return f"{prefix}:{value.removeprefix(namespace)}"
    head, mark, tail = value.rpartition("/doc/")
    return f"doc/{tail}" if mark and head else value


def _table(result: Result, width: int) -> str:
    if result.kind == "ask":
        return "yes\n" if _answer(result) else "no\n"
    if not result.rows:
        return "Nothing found.\n"
    below = [i for i, c in enumerate(result.columns) if c in _BELOW] if "quote" in result.columns else []
    beside = [i for i in range(len(result.columns)) if i not in below]
    beside = [i for i in beside if any(row[i] is not None and show(row[i]) for row in result.rows)]
    texts = [[" ".join(show(row[i]).split()) for i in beside] for row in result.rows]
    titles = [result.columns[i].replace("_", " ") for i in beside]
    widths = _widths([titles, *texts], width)
    lines = [_line(titles, widths), _line(["─" * w for w in widths], widths)]
    for row, cells in zip(result.rows, texts, strict=True):
        wrapped = [_wrap(cell, w) for cell, w in zip(cells, widths, strict=True)]
        height = max((len(part) for part in wrapped), default=0)
        lines += [_line([p[n] if n < len(p) else "" for p in wrapped], widths) for n in range(height)]
        if below:
            lines += [*_below(result.columns, row, below, width), ""]
    count = f"{len(result.rows)} {'answer' if len(result.rows) == 1 else 'answers'}"
    return "\n".join([*lines, *([] if below else [""]), count]) + "\n"


def _below(columns: tuple[str, ...], row: tuple[Cell | None, ...], below: list[int], width: int) -> list[str]:
    lines: list[str] = []
    rest: list[str] = []
    for i in below:
        text = " ".join(show(row[i]).split())
        if text and columns[i] in _QUOTES:
            lines += [f"    {part}" for part in _wrap(f"“{text}”", width - 4)]
        elif text:
            rest.append(text)
    return lines + [f"    {part}" for part in _wrap(" · ".join(rest), width - 4) if rest]


def _widths(rows: list[list[str]], width: int) -> list[int]:
    """Return column widths that fit: every column what it needs, then the widest give way."""
    room = width - 2 * (len(rows[0]) - 1)
    needed = [min(room, max(1, *(_columns(row[i]) for row in rows))) for i in range(len(rows[0]))]
    least = min(8, max(1, room // max(1, len(needed))))
    while needed and sum(needed) > room:
        widest = max(range(len(needed)), key=lambda i: needed[i])
        if needed[widest] <= least:
            break
        needed[widest] -= 1
    return needed


def _columns(text: str) -> int:
    """Return how many terminal columns a text takes (UAX 11: wide and fullwidth take two, marks none)."""
    if text.isascii():
        return len(text)
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return wide - sum(1 for c in text if unicodedata.category(c) in ("Mn", "Me", "Cf"))


def _wrap(text: str, width: int) -> list[str]:
    if _columns(text) <= width:
        return [text]
    if text.isascii():
        return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
    lines, line = [], ""
    for word in text.split(" "):
        while _columns(word) > width:
            cut = next(n for n in range(len(word), 0, -1) if n == 1 or _columns(word[:n]) <= width)
            lines += [line] if line else []
            line, lines, word = "", [*lines, word[:cut]], word[cut:]
        if line and _columns(line) + 1 + _columns(word) > width:
            lines, line = [*lines, line], word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines


def _line(cells: list[str], widths: list[int]) -> str:
    padded = (cell + " " * (width - _columns(cell)) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _csv(result: Result) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(column) for column in result.columns])
    for row in result.rows:
        writer.writerow(["" if cell is None else harmless(cell.value) for cell in row])
    return out.getvalue()


def harmless(value: str) -> str:
    """Return the value with an apostrophe before it if a spreadsheet would run it; a plain number is safe."""
    value = value.replace("\x00", "\ufffd")
    if value.startswith(_RUN) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value


def _json(result: Result) -> str:
    """Return SPARQL 1.1 Query Results JSON (W3C Recommendation, sections 3 and 4)."""
    if result.kind == "ask":
        return json.dumps({"head": {}, "boolean": _answer(result)}, indent=2) + "\n"
    bindings = [
        {name: _json_cell(cell) for name, cell in zip(result.columns, row, strict=True) if cell is not None}
        for row in result.rows
    ]
    value = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _json_cell(cell: Cell) -> dict[str, str]:
    value = {"type": {"iri": "uri"}.get(cell.kind, cell.kind), "value": cell.value}
    if cell.language:
        value["xml:lang"] = cell.language
    elif cell.datatype:
        value["datatype"] = cell.datatype
    return value


def _markdown(result: Result) -> str:
    lines = ["| " + " | ".join(map(inline, result.columns)) + " |", "|" + "---|" * len(result.columns)]
    lines += ["| " + " | ".join(inline(show(cell)) for cell in row) + " |" for row in result.rows]
    return "\n".join(lines) + "\n"


def inline(text: str) -> str:
    """Return text that stays text inside a Markdown table cell: no cell border, no markup, no HTML."""
    return re.sub(r"([\\|`*_\[\]<>&~#])", r"\\\1", " ".join(text.split()))


def _answer(result: Result) -> bool:
    cell = result.rows[0][0]
    return cell is not None and cell.value == "true"
