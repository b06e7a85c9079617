"""Lines -> pieces: runs of lines that belong together, each with what marks it.

A piece is not yet a block: whether a lone line is a heading, and what introduces a list, depends on
its neighbours and is decided in ``layout``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from respgraph.model import Span, Table
from respgraph.read.headings import find_atx
from respgraph.read.lines import Line, is_open, starts_small
from respgraph.read.lists import Marker, find_marker
from respgraph.read.tables import find_table

WIDEST: Final = 130
NARROWEST: Final = 45
SLACK: Final = 3
RULE: Final = re.compile(r"(?:[-*_=~] ?){3,200}$")
UNDERLINE: Final = re.compile(r"={3,200}$|-{3,200}$")
OPEN_TAG: Final = re.compile(r"<[a-z]{1,12}(?:\s|$)")
MOST_TAG_LINES: Final = 30
FENCE: Final = re.compile(r"(?:```|~~~)")
NO_TEXT: Final = re.compile(
    r"</?(?:t[drh]|thead|tbody|table|colgroup|col)\b|(?:<[/!a-zA-Z][^<>]{0,2000}>\s*)+$|\{[%:][^{}]{0,500}\}$|!\[[^\]\n]{0,500}\]\([^()\s]{0,1000}\)$"
    r"|\[[^\]\n]{1,200}\]:\s*\S{1,1000}(?:\s.{0,300})?$"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of lines: ``kind`` is text, item, heading, table or break."""

    kind: str
    span: Span
    lines: int = 1
    column: int = 0
    level: int = 0
    marker: Marker | None = None
    table: Table | None = None


def find_pieces(text: str, lines: list[Line]) -> list[Piece]:
    """Return the pieces of a text in order; code, rules, bare tags and blank lines are breaks."""
    skipped = find_fenced(text, lines)
    raw = list(_classify(text, lines, skipped))
    raw = drop_initials(raw)
    width = find_width(text, raw)
    marked = sum(piece.kind == "heading" for piece in raw) > 1
    pieces: list[Piece] = []
    reach = 0
    for piece in raw:
        last = pieces[-1] if pieces else None
        may_go_on = last is not None and piece.kind == "text" and last.kind in ("text", "item")
        if last is not None and may_go_on and _belongs(text, last, reach, piece, width, marked):
            pieces[-1] = replace(last, span=Span(last.span.start, piece.span.end), lines=last.lines + 1)
        else:
            pieces.append(piece)
        reach = _reach(piece)
        if _is_torn(text, pieces):
            torn = pieces[-3]
            pieces[-3:] = [replace(torn, span=Span(torn.span.start, piece.span.end), lines=torn.lines + 1)]
    return pieces


def find_fenced(text: str, lines: list[Line]) -> frozenset[int]:
    """Return the numbers of the lines in fenced code and in comments; an unclosed fence is one line."""
    closes: dict[str, list[int]] = {"```": [], "~~~": [], "-->": [], ">": [], "</table>": []}
    opens: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        words = line.span.of(text) if line.span.end - line.span.start < 2000 else ""
        if FENCE.match(words):
            opens.append((number, words[:3]))
            if not words.strip(words[0]):
                closes[words[:3]].append(number)
        if words.startswith("<!--"):
            opens.append((number, "-->"))
        if "-->" in words:
            closes["-->"].append(number)
        if words.startswith("<table"):
            opens.append((number, "</table>"))
        if "</table>" in words:
            closes["</table>"].append(number)
        elif OPEN_TAG.match(words) and ">" not in words:
            opens.append((number, ">"))
        if ">" in words:
            closes[">"].append(number)
    skipped: set[int] = set()
    used = dict.fromkeys(closes, 0)
    until = -1
    for number, kind in opens:
        if number <= until:
            continue
        ends, at = closes[kind], used[kind]
        while at < len(ends) and ends[at] < number + kind.startswith(("`", "~")):
            at += 1
        used[kind] = at
        until = ends[at] if at < len(ends) else number
        if kind == ">" and until - number > MOST_TAG_LINES:
            until = number
        skipped.update(range(number, until + 1))
    return frozenset(skipped)


def _is_torn(text: str, pieces: list[Piece]) -> bool:
    """Say whether the last piece goes on with a sentence that a blank line tore apart (a page break)."""
    if len(pieces) < 3 or pieces[-2].kind != "break" or pieces[-2].span.start < pieces[-2].span.end:
        return False
    before, after = pieces[-3], pieces[-1]
    if after.kind != "text" or before.kind not in ("text", "item"):
        return False
    long_enough = before.span.end - before.span.start >= 60 and after.span.end - after.span.start >= 20
    tail = text[before.span.end - 1]
    return long_enough and (tail.islower() or tail == ",") and text[after.span.start].islower()


def drop_initials(raw: list[Piece]) -> list[Piece]:
    """Turn "A. Smith said ..." back into text: a capital letter is a marker only beside its neighbour."""
    letters = {piece.marker.core for piece in raw if piece.marker and piece.marker.style == "A."}
    out = []
    for piece in raw:
        if piece.marker and piece.marker.style == "A.":
            code = ord(piece.marker.core)
            if letters.isdisjoint({chr(code - 1), chr(code + 1)}):
                piece = replace(piece, kind="text", marker=None)
        out.append(piece)
    return out


def find_width(text: str, raw: list[Piece]) -> int | None:
    """Return the column at which a text is hard-wrapped, or None if it is not.

    A text is wrapped if enough of its line ends fall in mid-sentence, before a lower-case word.
    """
    pairs = [
        (_reach(before), is_open(tail), starts_small(after.span.of(text)[:40]))
        for before, after in pairwise(raw)
        if before.kind in ("text", "item") and after.kind == "text" and NARROWEST <= _reach(before) <= WIDEST
        for tail in [before.span.of(text)[-40:]]
    ]
    small = sum(is_open_end and is_small for _, is_open_end, is_small in pairs)
    if not pairs or small < len(pairs) * 0.25:
        return None
    widths = sorted(reach for reach, is_open_end, _ in pairs if is_open_end)
    return widths[(len(widths) - 1) * 9 // 10]


def _classify(text: str, lines: list[Line], skipped: frozenset[int]) -> Iterator[Piece]:
    number = 0
    while number < len(lines):
        line, table = lines[number], None
        if number not in skipped:
            table = find_table(text, lines, number)
        if table is not None:
            span = Span(line.span.start, lines[table[1] - 1].span.end)
            yield Piece("table", span, table[1] - number, line.column, table=table[0])
            number = table[1]
            continue
        below = lines[number + 1].span.of(text) if number + 1 < len(lines) and number not in skipped else ""
        above_blank = number == 0 or lines[number - 1].blank
        if UNDERLINE.match(below) and _may_be_underlined(text, line, above_blank):
            level = 1 if below[0] == "=" else 2
            yield Piece("heading", line.span, column=line.column, level=level)
            number += 2
            continue
        yield _piece(text, line, number in skipped)
        number += 1


def _piece(text: str, line: Line, skipped: bool) -> Piece:
    words = line.span.of(text)
    if skipped or not words or RULE.match(words) or NO_TEXT.match(words):
        return Piece("break", line.span)
    if words[0] == "#" and (found := find_atx(text, line.span)):
        return Piece("heading", found[1], column=line.column, level=found[0])
    if marker := find_marker(text, line.span):
        return Piece("item", line.span, column=line.column, marker=marker)
    return Piece("text", line.span, column=line.column)


def _may_be_underlined(text: str, line: Line, above_blank: bool) -> bool:
    words = line.span.of(text)
    return bool(above_blank and 0 < len(words) <= WIDEST and words[0] not in "-*#|>" and is_open(words))


def _reach(piece: Piece) -> int:
    return piece.column + piece.span.end - piece.span.start


def _belongs(text: str, last: Piece, reach: int, piece: Piece, width: int | None, marked: bool) -> bool:
    """Say whether a line goes on with the sentence or paragraph of the piece before it."""
    tail = text[max(last.span.start, last.span.end - 40) : last.span.end]
    head = text[piece.span.start : min(piece.span.end, piece.span.start + 60)]
    is_open_end, is_small = is_open(tail), starts_small(head)
    if last.marker is not None and piece.column > last.column + 1 and reach <= WIDEST:
        return True
    if is_open_end and is_small and (reach >= NARROWEST - 15 or marked or width is not None):
        return True
    if is_open_end and marked and NARROWEST - 5 <= reach <= WIDEST:
        return True
    if width is None or reach > width * 1.4 or _reach(piece) > width * 1.4:
        return False
    if piece.column >= last.column + 2 and not is_open_end and last.marker is None:
        return False
    is_full = reach + 1 + len(head.split(maxsplit=1)[0]) > width - SLACK
    return is_full or (is_open_end and reach >= width * 0.6) or (is_small and reach >= width * 0.5)
