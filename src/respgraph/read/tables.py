"""Pipe tables, line by line.

Markdown parsers lose a table that follows a list without a blank line, and give no offsets for cells;
so the lines are read here: a header row, a separator row, body rows while there are pipes.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from respgraph.model import Row, Span, Table
from respgraph.read.lines import Line, trim

MOST_COLUMNS: Final = 200


def find_table(text: str, lines: list[Line], at: int) -> tuple[Table, int] | None:
    """Return the table that begins at a line and the number of the line after it, or None.

    Without a separator row two or more lines that both begin and end with a pipe and have the same
    number of cells are a table too.
    """
    if at + 1 >= len(lines) or "|" not in lines[at].span.of(text):
        return None
    header = split_row(text, lines[at].span)
    if is_separator(lines[at].span.of(text)) or not header:
        return None
    if is_separator(lines[at + 1].span.of(text)):
        width = len(split_row(text, lines[at + 1].span))
        if len(header) != width and not (_fenced(text, lines[at]) and width > 1 and len(header) > 1):
            return None
        body = at + 2
    elif _fenced(text, lines[at]) and _fenced(text, lines[at + 1]) and len(header) > 1:
        if len(split_row(text, lines[at + 1].span)) != len(header):
            return None
        body = at + 1
    else:
        return None
    rows: list[Row] = []
    after = body
    while after < len(lines) and _is_row(text, lines, after):
        rows.append(_fit(split_row(text, lines[after].span), len(header), lines[after].span))
        after += 1
    return Table(Row(tuple(header)), tuple(rows)), after


def split_row(text: str, span: Span) -> list[Span]:
    r"""Return the cells of a row, trimmed; ``\|`` and pipes inside backticks do not end a cell.

    >>> row = r"| a \| b | | c |"
    >>> [cell.of(row) for cell in split_row(row, Span(0, len(row)))]
    ['a \\| b', '', 'c']
    """
    cuts = [span.start - 1, *_pipes(text, span), span.end]
    if len(cuts) > 2 and cuts[1] == span.start:
        del cuts[0]
    if len(cuts) > 2 and cuts[-2] == span.end - 1:
        del cuts[-1]
    cells = [trim(text, Span(left + 1, right)) for left, right in pairwise(cuts)]
    return cells if len(cells) <= MOST_COLUMNS else []


def is_separator(words: str) -> bool:
    """Say whether a line is the ``|---|:--:|`` under a header."""
    if "|" not in words or "-" not in words:
        return False
    cells = words.strip().strip("|").split("|")
    return all(set(cell.strip().strip(":")) == {"-"} for cell in cells)


def _pipes(text: str, span: Span) -> list[int]:
    found = []
    escaped = False
    for at, char in enumerate(span.of(text), span.start):
        if char == "|" and not escaped:
            found.append(at)
        escaped = char == "\\" and not escaped
    return found


def _fenced(text: str, line: Line) -> bool:
    words = line.span.of(text)
    return len(words) > 2 and words[0] == "|" == words[-1]


def _is_row(text: str, lines: list[Line], at: int) -> bool:
    if not _pipes(text, lines[at].span) or is_separator(lines[at].span.of(text)):
        return False
    return at + 1 >= len(lines) or not is_separator(lines[at + 1].span.of(text))


def _fit(cells: list[Span], width: int, line: Span) -> Row:
    """Give a row as many cells as the header: missing ones are empty at its end, extra ones left out."""
    missing = [Span(line.end, line.end)] * (width - len(cells))
    return Row(tuple(cells[:width] + missing))
