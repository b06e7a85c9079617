"""Text for eyes: short labels, wrapped lines, paragraphs, and offsets as a browser counts them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from itertools import accumulate
from typing import Final

# Advance widths of common sans-serif faces in thousandths of an em, the widest of Arial, Inter, Segoe UI.
NARROW: Final = dict.fromkeys("ijl|'.,:;!I", 300) | dict.fromkeys("ftr()[]{}-/ ", 400)
WIDE: Final = dict.fromkeys("mwMW@%", 930) | dict.fromkeys("ABCDEGHKNOPQRSUVXYZ&", 740)
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
DANGLING: Final = frozenset("a an and as at but by for from in into of on or that the their to which who with".split())


def clean(text: str) -> str:
    r"""Return the text without characters a browser or a label cannot show (one replaced by one).

    >>> clean("a\x00b")
    'a\ufffdb'
    """
    return CONTROL.sub("\ufffd", text)


def to_utf16(text: str) -> Callable[[int], int]:
    r"""Return a function from code point offsets to UTF-16 offsets, which is how JavaScript counts.

    >>> to_utf16("\U0001F30A flood")(2)
    3
    """
    astral = [place for place, char in enumerate(text) if ord(char) > 0xFFFF]
    return lambda offset: offset + bisect_left(astral, offset)


def shorten(label: str, words: int = 6, chars: int = 44) -> str:
    r"""Return the first words, cut at a word boundary and never after "of" or "the".

    >>> shorten("the failure to warn the towns below the dam before the gates were opened")
    'the failure to warn the towns\u2026'
    """
    parts = " ".join(clean(label).split()).split(" ")
    if len(" ".join(parts)) <= (chars if len(parts) <= words + 1 else chars - 6):
        return " ".join(parts)
    kept = [part for part, end in zip(parts, accumulate(len(p) + 1 for p in parts), strict=True) if end <= chars + 1]
    kept = kept[:words] or [parts[0][: chars - 1]]
    while len(kept) > 1 and kept[-1].lower() in DANGLING:
        kept.pop()
    return " ".join(kept).rstrip(" ,;:") + "\u2026"


def char_width(char: str) -> int:
    """Return an upper estimate of a character's advance, in thousandths of an em."""
    if char in NARROW:
        return NARROW[char]
    if char in WIDE:
        return WIDE[char]
    if unicodedata.combining(char):
        return 0
    if ord(char) > 0xFFFF or unicodedata.east_asian_width(char) in "WF":
        return 1300 if ord(char) > 0xFFFF else 1000
    return 590 if ord(char) < 0x250 else 700


def text_width(text: str, size: float) -> float:
    """Return an upper estimate of the width of a line of text in pixels at this font size."""
    return sum(char_width(char) for char in text) * size / 1000


def wrap(label: str, size: float, limit: float, lines: int = 3) -> tuple[str, ...]:
    """Return the label broken into lines no wider than ``limit`` pixels, the last cut by an ellipsis.

    Words that are wider than a line are broken: a label may be long, a box may not.

    >>> wrap("Ministry of Water and Public Works", 14, 150)
    ('Ministry of Water', 'and Public Works')
    """
    pieces = [piece for word in label.split() for piece in break_word(word, size, limit)]
    rows = fill_rows(pieces, size, limit)
    # Lines of like length look calmer than a full one and an orphan: narrow while the count stays.
    while len(narrower := fill_rows(pieces, size, limit - 6)) == len(rows) > 1 and limit > 60:
        if max(text_width(row, size) for row in narrower) > limit - 6:
            break
        rows, limit = narrower, limit - 6
    if len(rows) > lines:
        rows = [*rows[: lines - 1], rows[lines - 1].rstrip("\u2026 ") + "\u2026"]
    return tuple(rows) or ("\u2026",)


def fill_rows(pieces: list[str], size: float, limit: float) -> list[str]:
    """Return the pieces in rows, each as full as the limit allows."""
    rows: list[str] = []
    for piece in pieces:
        if rows and text_width(f"{rows[-1]} {piece}", size) <= limit:
            rows[-1] = f"{rows[-1]} {piece}"
        else:
            rows.append(piece)
    return rows


def break_word(word: str, size: float, limit: float) -> list[str]:
    """Return the word in pieces that each fit the limit."""
    if text_width(word, size) <= limit:
        return [word]
    pieces, current = [], ""
    for char in word:
        if current and text_width(current + char, size) > limit:
            pieces.append(current)
            current = ""
        current += char
    return [*pieces, current]


def paragraphs(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, kind) of each block, in code points, in reading order.

    ``kind`` is ``heading``, ``item``, ``row`` (of a pipe table), ``rule`` (its separator) or ``text``. A
    line is a block, except in hard-wrapped texts (no long line, blank lines between), where lines join.
    """
    lines = line_spans(text)
    filled = [end - start for start, end in lines if start < end]
    wrapped = len(filled) < len(lines) and max(filled, default=0) <= 100 and sum(n > 55 for n in filled) >= 3
    blocks: list[tuple[int, int, str]] = []
    joinable = False
    for start, end in lines:
        if start == end:
            joinable = False
            continue
        kind = line_kind(text[start:end], wrapped=wrapped)
        if joinable and kind == "text" and wrapped:
            first, _, known = blocks[-1]
            blocks[-1] = (first, end, "text" if known == "heading" else known)
        else:
            blocks.append((start, end, kind))
        joinable = kind in {"text", "item", "heading"} and not text[start:end].startswith("#")
    return tuple(blocks)


def line_spans(text: str) -> list[tuple[int, int]]:
    """Return the span of each line without its white space at both ends."""
    spans, place = [], 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        start = place + (len(line) - len(line.lstrip()) if body else 0)
        spans.append((start, start + len(body)))
        place += len(line)
    return spans


def line_kind(line: str, *, wrapped: bool) -> str:
    """Return the kind of block a line looks like."""
    if line.startswith("|"):
        return "rule" if not line.strip("|-: \t") else "row"
    if line.startswith("#"):
        return "heading"
    if re.match(r"(?:[-*\u2022\u2013] |\(?[0-9a-z]{1,3}[.)] )", line):
        return "item"
    if not wrapped and len(line) <= 90 and line[-1] not in ".!?:;,\u2026\"\u201d'\u2019)":
        return "heading"
    return "text"
