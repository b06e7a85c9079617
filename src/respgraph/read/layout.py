"""Pieces -> blocks: headings of plain texts, labels and levels of items, what introduces a list or table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from respgraph.model import Block, Span
from respgraph.read.dates import read_date
from respgraph.read.headings import is_bold, is_heading, is_title_case, strip_marks
from respgraph.read.lines import trim
from respgraph.read.lists import Marker, find_label, follows, is_roman
from respgraph.read.pieces import Piece

INTRODUCES: Final = (":", "—", "–", " -", "--", ":-", ":*", ":**", ":_")
POINTS_ON: Final = re.compile(r"\b(?:following|follows|below|these|table|chart|summari[sz]es?|listed)\b", re.IGNORECASE)
SENTENCE_START: Final = re.compile(r"[.!?][\"”’)*_]{0,3}\s+(?=[\"“‘'(\[*_]{0,2}[A-Z0-9])")
ABBREVIATION: Final = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|No|Nos|Art|vs|Sen|Rep|Gov|Gen|Prof|Inc|Ltd|Co|cf|e\.g|i\.e))$"
)
LAST_WORDS: Final = 3000
MOST_IN_A_ROW: Final = 3


@dataclass(slots=True)
class Lists:
    """The open lists, outermost first: column, style, last marker, and what introduces each."""

    open: list[tuple[int, str, str, Span | None]] = field(default_factory=list)


def lay_out(text: str, pieces: list[Piece]) -> list[Block]:
    """Return the blocks of a text, in order and never overlapping."""
    pieces = _mark_headings(text, pieces)
    solid = [piece for piece in pieces if piece.kind != "break"]
    blocks: list[Block] = []
    lists = Lists()
    for number, piece in enumerate(solid):
        before = solid[number - 1] if number else None
        if piece.kind == "item":
            blocks.extend(_item(text, piece, before, lists))
            continue
        indented = piece.kind == "text" and lists.open and piece.column > lists.open[0][0] + 1
        if not indented:
            lists.open.clear()
        if piece.kind == "heading":
            blocks.append(Block("heading", piece.span, level=piece.level))
        elif piece.kind == "table" and piece.table is not None:
            caption = _caption(text, solid, number)
            table = piece.table.__class__(piece.table.header, piece.table.rows, caption)
            blocks.append(Block("table", piece.span, table=table))
        else:
            blocks.append(Block("paragraph", piece.span))
    return blocks


def last_sentence(text: str, span: Span) -> Span:
    """Return the last sentence of a paragraph; "U.S. Department" does not end one.

    >>> words = "It rained. A table by the U.S. Geological Survey shows:"
    >>> last_sentence(words, Span(0, len(words))).of(words)
    'A table by the U.S. Geological Survey shows:'
    """
    first = max(span.start, span.end - LAST_WORDS)
    start = span.start
    for end in SENTENCE_START.finditer(text, first, span.end):
        if not ABBREVIATION.search(text[max(first, end.start() - 12) : end.start()]):
            start = end.end()
    return Span(start, span.end)


def _mark_headings(text: str, pieces: list[Piece]) -> list[Piece]:
    """Turn lone lines into headings, unless they come in a row: then they are a list without marks."""
    marked = sum(piece.kind == "heading" for piece in pieces) > 1
    solid = [number for number, piece in enumerate(pieces) if piece.kind != "break"]
    candidates = {number for place, number in enumerate(solid) if _may_be_heading(text, pieces, solid, place, marked)}
    out = list(pieces)
    for place, number in enumerate(solid):
        if number in candidates and (place == 0 or _row_length(solid, candidates, place) <= MOST_IN_A_ROW):
            piece = pieces[number]
            level = 1 if place == 0 else 2
            out[number] = Piece("heading", strip_marks(text, piece.span), column=piece.column, level=level)
    return out


def _may_be_heading(text: str, pieces: list[Piece], solid: list[int], place: int, marked: bool) -> bool:
    piece = pieces[solid[place]]
    if piece.lines != 1 or piece.kind not in ("text", "item") or place + 1 == len(solid):
        return False
    words = piece.span.of(text) if piece.span.end - piece.span.start < 200 else ""
    after = pieces[solid[place + 1]]
    if piece.kind == "item":
        return _is_numbered_heading(text, piece, after, pieces[solid[place - 1]] if place else None)
    if is_bold(words):
        return after.kind != "text" or solid[place + 1] > solid[place]
    if read_date(words):
        return False
    if marked:
        parts = words.split()
        set_off = solid[place + 1] > solid[place] + 1 and (place == 0 or solid[place - 1] < solid[place] - 1)
        return set_off and len(parts) <= 8 and is_title_case(parts) and is_heading(words)
    before = text[pieces[solid[place - 1]].span.end - 1] if place else ""
    return before != ":" and is_heading(words, first=place == 0)


def _is_numbered_heading(text: str, piece: Piece, after: Piece, before: Piece | None) -> bool:
    """Say whether "2.1 Scope" heads a section: short, no stop, and no list on either side."""
    if piece.marker is None or not piece.marker.core or piece.marker.style[0] == "(" or after.kind == "heading":
        return False
    words = trim(text, Span(piece.marker.span.end, piece.span.end)).of(text)
    if after.kind == "item" and after.marker and after.marker.style == piece.marker.style:
        return False
    if before and before.kind == "item" and before.marker and before.marker.style == piece.marker.style:
        return False
    return len(words) > 2 and is_heading(words) and after.span.end - after.span.start > len(words)


def _row_length(solid: list[int], candidates: set[int], place: int) -> int:
    first = last = place
    while first > 1 and place - first <= MOST_IN_A_ROW and solid[first - 1] in candidates:
        first -= 1
    while last + 1 < len(solid) and last - place <= MOST_IN_A_ROW and solid[last + 1] in candidates:
        last += 1
    return last - first + 1


def _item(text: str, piece: Piece, before: Piece | None, lists: Lists) -> list[Block]:
    marker = piece.marker
    if marker is None:
        return []
    level, lead = _place(text, piece, marker, before, lists)
    body = trim(text, Span(marker.span.end, piece.span.end))
    if body.start >= body.end:
        return []
    label = None
    if found := find_label(text, body):
        label, body = found
    return [Block("item", body, label=label, lead=lead, marker=marker.span, level=level)]


def _place(text: str, piece: Piece, marker: Marker, before: Piece | None, lists: Lists) -> tuple[int, Span | None]:
    """Return depth and introduction of an item, and note it in the open lists."""
    stack = lists.open
    while stack and stack[-1][0] > piece.column + 1:
        stack.pop()
    if stack and piece.column <= stack[-1][0] + 1:
        same = next((n for n in range(len(stack) - 1, -1, -1) if _continues(marker, stack[n], piece.column)), None)
        if same is not None:
            del stack[same + 1 :]
            column, style, _, lead = stack[same]
            stack[same] = (column, style, marker.core, lead)
            return same, lead
        if not (before and before.kind == "item" and _introduces(text, before, strict=True)) and not _begins(marker):
            while stack and abs(stack[-1][0] - piece.column) <= 1:
                stack.pop()
    lead = _lead(text, before, marker) if before and (before.kind == "text" or stack) else None
    stack.append((piece.column, _kind(marker), marker.core, lead))
    return len(stack) - 1, lead


def _continues(marker: Marker, list_: tuple[int, str, str, Span | None], column: int) -> bool:
    at, style, last, _ = list_
    if abs(at - column) > 1 or marker.style != style.split()[0]:
        return False
    if not is_roman(marker.core):
        return not style.endswith("roman")
    if style.endswith("roman"):
        return True
    return follows(marker.core, last)


def _kind(marker: Marker) -> str:
    """Return the style with its numbering: "(a) roman" for (i), "(a) a" for (b)."""
    if not marker.core:
        return f"{marker.style} -"
    if marker.core.isdigit() or "." in marker.core:
        return f"{marker.style} 1"
    return f"{marker.style} {'roman' if is_roman(marker.core) and marker.core.lower() != 'c' else 'a'}"


def _begins(marker: Marker) -> bool:
    return marker.core.lower() in ("1", "a", "i") or not marker.core


def _lead(text: str, before: Piece, marker: Marker) -> Span | None:
    if before.kind not in ("text", "item") or not _introduces(text, before, strict=bool(marker.core)):
        return None
    span = before.span
    if before.marker is not None:
        span = trim(text, Span(before.marker.span.end, span.end))
    return span if span.start < span.end else None


def _introduces(text: str, piece: Piece, strict: bool) -> bool:
    """Say whether a piece announces what follows: a colon or dash, or (for bullets) words that point on."""
    tail = text[max(piece.span.start, piece.span.end - 300) : piece.span.end]
    if tail.endswith(INTRODUCES):
        return True
    if strict or piece.kind == "item":
        return piece.kind == "item" and tail.rstrip("*_").endswith(":")
    sentence = last_sentence(text, piece.span)
    return (
        bool(POINTS_ON.search(text, max(sentence.start, sentence.end - 300), sentence.end)) or tail[-1] not in '.!?"”'
    )


def _caption(text: str, solid: list[Piece], number: int) -> Span | None:
    """Return the sentence that introduces a table, else the heading above it."""
    if number == 0:
        return None
    before = solid[number - 1]
    if before.kind == "heading":
        return before.span
    if before.kind == "text":
        sentence = last_sentence(text, before.span)
        words = text[max(sentence.start, sentence.end - 1000) : sentence.end]
        if words.endswith(INTRODUCES) or POINTS_ON.search(words) or (before.lines == 1 and len(words) < 120):
            return sentence
    return next(
        (piece.span for piece in reversed(solid[max(0, number - 6) : number]) if piece.kind == "heading"),
        None,
    )
