"""Grid -> HTML, CSV, Markdown, JSON, XLSX: the same cells in each, and nothing in them that a program would run."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from respgraph.compare import left_words
from respgraph.errors import RespgraphError
from respgraph.matrix.grid import Entry, Grid
from respgraph.network.table import some
from respgraph.query import harmless
from respgraph.query.layout import inline as escape
from respgraph.view.paper import paper_html
from respgraph.view.text import clean

ROWS: Final = 60  # of a page; CSV and XLSX have all
COLUMNS: Final = 12
NAMED: Final = 3  # speakers that a cell of a page names
KINDS: Final = {
    "contested": "Held and denied",
    "no-one": "Nobody is held responsible",
    "several-solely": "Several, each solely responsible",
    "no-bearer": "Nobody is named",
    "double-accountable": "More than one accountable",
    "no-responsible": "Nobody does it",
    "no-accountable": "Nobody is accountable",
    "no-owner": "The owner is left open",
}
_LONG: Final = ("row", "column", "mark", "speaker", "says", "quote", "document", "date", "start", "end", "claim")
_CELL: Final = 32_767  # characters a cell of a workbook holds
_WIDE: Final = 16_000  # columns of a sheet that we use
_TALL: Final = 1_048_575  # rows of a sheet below its head
_MOST: Final = 5_000_000  # cells of a CSV; most of so many are empty


def inline(text: str) -> str:
    """Return text that stays text inside a line of Markdown."""
    return escape(clean(text))


def cell_text(grid: Grid, entries: tuple[Entry, ...]) -> str:
    """Return a cell in words: each mark, how often, and who says so: "held responsible 2: Ada, Ben"."""
    if set(grid.marks) == {"R", "A", "C", "I"}:
        return "/".join(mark for mark in grid.marks if any(entry.mark == mark for entry in entries))
    parts = []
    for mark, words in grid.marks.items():
        said = [entry.speaker for entry in entries if entry.mark == mark]
        if said:
            parts.append(f"{words} {len(said)}: {', '.join(dict.fromkeys(said))}")
    return "; ".join(parts)


def grid_csv(grid: Grid) -> str:
    """Return the grid as CSV, one line per row; a cell that a spreadsheet would run gets an apostrophe before it.

    Raises:
        RespgraphError: More cells than a table can usefully hold.
    """
    if len(grid.rows) * len(grid.columns) > _MOST:
        raise RespgraphError(
            f"{len(grid.rows):,} rows and {len(grid.columns):,} actors are too many for one CSV; ask for a period "
            "(--since, --until) or write a workbook (.xlsx)"
        )
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([harmless(clean(cell)) for cell in (grid.row_name, *(column.name for column in grid.columns))])
    for n, row in enumerate(grid.rows):
        cells = (cell_text(grid, grid.cells.get((n, m), ())) for m in range(len(grid.columns)))
        writer.writerow([harmless(clean(cell)) for cell in (row, *cells)])
    return lines.getvalue()


def grid_json(grid: Grid) -> str:
    """Return the grid as JSON: rows, columns, and the cells that hold something, each with its entries; and what was
    found and left out.
    """  # noqa: D205
    value = {
        "title": grid.title,
        "rows": grid.rows,
        "columns": [asdict(column) for column in grid.columns],
        "cells": [
            {"row": n, "column": m, "entries": [asdict(entry) for entry in entries]}
            for (n, m), entries in grid.cells.items()
        ],
        "findings": [asdict(finding) for finding in grid.findings],
        "left_out": dict(grid.left),
        "account": grid.account,
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def grid_markdown(grid: Grid, rows: int = ROWS, columns: int = COLUMNS) -> str:
    """Return the grid as Markdown: the table, what was found, and the quotes of each cell.

    Args:
        grid: The grid.
        rows: At most so many rows, those with most claims.
        columns: At most so many columns.
    """
    down, across = grid.part(rows, columns)
    shown = [grid.columns[m] for m in across]
    lines = [f"# {inline(grid.title)}", "", f"{grid.lead} {_count(grid)}", ""]
    if grid.cells:
        lines.append("| " + " | ".join(inline(cell) for cell in (grid.row_name, *(c.name for c in shown))) + " |")
        lines.append("|" + "---|" * (len(shown) + 1))
    for n in down:
        cells = (cell_text(grid, grid.cells.get((n, m), ())) for m in across)
        lines.append("| " + " | ".join(inline(cell) for cell in (grid.rows[n], *cells)) + " |")
    left = _left(grid, len(down), len(across))
    lines += [part for sentence in (left, *accounts(grid)) if sentence for part in ("", sentence)] + [""]
    if not (grid.cells or grid.findings):
        return "\n".join(lines).rstrip() + "\n"
    lines += ["## What is missing or doubled", ""]
    lines += [f"- {KINDS[f.kind]}: {inline(f.about)} \u2013 {inline(f.why)}" for f in grid.findings] or ["Nothing."]
    lines += ["", *(["## The words", ""] if grid.cells else [])]
    for (n, m), entries in grid.cells.items():
        if n in down and m in across:
            lines += [f"### {inline(grid.columns[m].name)}: {inline(grid.rows[n])}", ""]
            lines += [_said(grid, entry) for entry in entries]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def grid_html(grid: Grid, title: str | None = None, rows: int = ROWS, columns: int = COLUMNS) -> str:
    """Return the grid as one page that needs no network; each cell leads to its quotes.

    Args:
        grid: The grid.
        title: Heading of the page.
        rows: At most so many rows, those with most claims.
        columns: At most so many columns.
    """
    most = max(map(len, grid.cells.values()), default=1)
    down, across = grid.part(rows, columns)
    body = [{"name": clean(grid.rows[n]), "cells": [_html_cell(grid, n, m, most) for m in across]} for n in down]
    kinds = {kind: [f for f in grid.findings if f.kind == kind] for kind in KINDS}
    return paper_html(
        "respgraph.matrix",
        "matrix.html.j2",
        title=clean(title or grid.title),
        grid=grid,
        count=_count(grid),
        left=_left(grid, len(down), len(across)),
        accounts=accounts(grid),
        columns=[clean(grid.columns[m].name) for m in across],
        body=body,
        raci="R" in grid.marks,
        findings=[(KINDS[kind], found) for kind, found in kinds.items() if found],
        quotes=[
            {"id": f"c{n}-{m}", "row": clean(grid.rows[n]), "column": clean(grid.columns[m].name), "entries": entries}
            for (n, m), entries in grid.cells.items()
            if n in down and m in across
        ],
        words_of=words_of,
        place=place,
        clean=clean,
    )


def grid_xlsx(grid: Grid) -> bytes:
    """Return the grid as a workbook of four sheets: the matrix, every entry with its quote, findings, what is counted.

    All cells are strings or numbers, never formulas or links; the same grid gives the same bytes.

    Raises:
        RespgraphError: More rows than a sheet has.
    """
    import xlsxwriter

    if max(len(grid.rows), grid.entries, len(grid.findings)) > _TALL:
        raise RespgraphError(
            f"{grid.entries:,} statements are too many for a workbook; ask for a period (--since, --until)"
        )
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": _xlsx(grid.title), "created": datetime(2000, 1, 1)})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Matrix")
        shown = grid.columns[:_WIDE]
        _row(sheet, 0, (grid.row_name, *(column.name for column in shown)), head)
        for n, row in enumerate(grid.rows):
            _row(sheet, n + 1, (row,), wrap)
        for (n, m), entries in grid.cells.items():
            if m < len(shown):
                sheet.write_string(n + 1, m + 1, _xlsx(cell_text(grid, entries)), wrap)
        sheet.set_column(0, 0, 42)
        sheet.set_column(1, max(1, len(shown)), 22)
        sheet.freeze_panes(1, 1)
        words = book.add_worksheet("Quotes")
        _row(words, 0, (grid.row_name, "Actor", *_LONG[2:]), head)
        line = 0
        for (n, m), entries in grid.cells.items():
            for e in entries:
                line += 1
                said = (e.mark, e.speaker, e.verb, e.quote, e.document, e.date, e.start, e.end, e.claim)
                _row(words, line, (grid.rows[n], grid.columns[m].name, *said), wrap)
        words.set_column(0, 1, 30)
        words.set_column(5, 5, 80)
        words.freeze_panes(1, 0)
        words.autofilter(0, 0, max(1, line), len(_LONG) - 1)
        found = book.add_worksheet("Findings")
        _row(found, 0, ("Finding", grid.row_name, "Why", "Quote", "Document"), head)
        for n, finding in enumerate(grid.findings, 1):
            first = finding.entries[0] if finding.entries else None
            quoted = (first.quote, place(first)) if first else ("", "")
            _row(found, n, (KINDS[finding.kind], finding.about, finding.why, *quoted), wrap)
        found.set_column(0, 2, 36)
        found.set_column(3, 3, 80)
        about = book.add_worksheet("About")
        about.set_column(0, 0, 110)
        for n, sentence in enumerate((grid.title, grid.lead, _count(grid), *accounts(grid))):
            _row(about, n, (sentence,), wrap)
    return out.getvalue()


def place(entry: Entry) -> str:
    """Return where the words stand: document, characters, date."""
    return f"{clean(entry.document)}, characters {entry.start}\u2013{entry.end}, {clean(entry.date) or 'undated'}"


def _html_cell(grid: Grid, n: int, m: int, most: int) -> dict[str, Any]:
    entries = grid.cells.get((n, m), ())
    counts = Counter(entry.mark for entry in entries)
    speakers = list(dict.fromkeys(clean(entry.speaker) for entry in entries))
    return {
        "id": f"c{n}-{m}",
        "marks": [(mark, words, counts[mark]) for mark, words in grid.marks.items() if counts[mark]],
        "speakers": speakers[:NAMED],
        "more": len(speakers) - NAMED,
        "heat": 0 if not entries else 1 + min(3, 4 * (len(entries) - 1) // max(1, most)),
        "empty": not entries,
    }


def _count(grid: Grid) -> str:
    if not grid.cells:
        return f"Nothing of this kind was read from {some(grid.texts, 'text')}."
    used = len({entry.document for entries in grid.cells.values() for entry in entries})
    texts = some(grid.texts, "text") if used == grid.texts else f"{used:,} of {some(grid.texts, 'text')}"
    rows, actors = some(len(grid.rows), grid.row_name.lower()), some(len(grid.columns), "actor")
    return f"{some(grid.entries, 'statement')} of {texts}: {rows}, {actors}."


def accounts(grid: Grid) -> list[str]:
    """Return what the cells leave out, as sentences, so that the numbers add up to all claims of the graph."""
    left = f"In no cell: {left_words(grid.left)}." if grid.left else ""
    account = f"{grid.account}." if grid.account else ""
    return [sentence for sentence in (left, account) if sentence]


def _said(grid: Grid, entry: Entry) -> str:
    letter = f" ({entry.mark})" if "R" in grid.marks else ""
    quote = f"\u201c{inline(entry.quote)}\u201d"
    return f"- {inline(entry.speaker)} {inline(entry.verb)}{letter}: {quote} ({inline(place(entry))})"


def words_of(entries: tuple[Entry, ...], most: int = 2) -> list[Entry]:
    """Return the first entries of different words: a row of a chart gives many the same."""
    return list({(entry.quote, entry.document): entry for entry in entries}.values())[:most]


def _left(grid: Grid, rows: int, columns: int) -> str:
    more = [
        f"{len(found) - most:,} more {name}"
        for found, most, name in ((grid.rows, rows, f"{grid.row_name.lower()}s"), (grid.columns, columns, "actors"))
        if len(found) > most
    ]
    return f"Not shown here: {' and '.join(more)}, those with fewest statements; CSV and XLSX have all." if more else ""


def _row(sheet: Any, n: int, cells: tuple[Any, ...], form: Any) -> None:
    for m, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(n, m, cell, form)
        else:
            sheet.write_string(n, m, _xlsx(str(cell)), form)


def _xlsx(text: str) -> str:
    safe = harmless(clean(text))
    return safe if len(safe) <= _CELL else safe[: _CELL - 1] + "\u2026"
