"""Text -> lines with their offsets.

White space and block-quote markers are left out of a line's span, its indentation is kept as a number
of columns. Everything later works on these values, one line at a time, so that no step can be slower
than linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from respgraph.model import Span

LINE_END: Final = re.compile(r"\r\n|\n|\r")
FULL_LINE: Final = re.compile(r"[^\r\n]+")
BLANK: Final = " \t\r\n\f\v\u00a0\u200b\ufeff\u2003\u2009\u202f\u3000"
TAB: Final = 4
DEEPEST_QUOTE: Final = 10
OPENERS: Final = "\"'“‘«([*_~ "
CLOSERS: Final = "\"'”’»)]*_~ "
STOPS: Final = ".!?…:;"


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its white space and ``>`` markers; ``column`` is where its text begins."""

    span: Span
    column: int
    quoted: bool = False

    @property
    def blank(self) -> bool:
        """Say whether nothing is left of the line."""
        return self.span.start == self.span.end

    @property
    def reach(self) -> int:
        """The column after the last character: what a line-wrapping program looks at."""
        return self.column + self.span.end - self.span.start


def split_lines(text: str, start: int = 0) -> list[Line]:
    r"""Return the lines from an offset on; ``\r\n``, ``\n`` and ``\r`` all end a line.

    Blank lines in a row come as one, so that a file of nothing but line ends costs nothing.

    >>> [line.span.of("a\r\n > b ") for line in split_lines("a\r\n > b ")]
    ['a', 'b']
    """
    lines: list[Line] = []
    for found in FULL_LINE.finditer(text, start):
        line = _trim(text, found.start(), found.end())
        if _line_ends(text[start : found.start()]) > bool(lines) and not (lines and lines[-1].blank):
            lines.append(Line(Span(start, start), 0))
        if not (line.blank and lines and lines[-1].blank):
            lines.append(line)
        start = found.end()
    return lines


def trim(text: str, span: Span) -> Span:
    """Return the span without white space at its ends."""
    words = span.of(text)
    start = span.end - len(words.lstrip(BLANK))
    return Span(start, max(start, span.start + len(words.rstrip(BLANK))))


def is_open(words: str) -> bool:
    """Say whether a line stops in the middle of a sentence: no stop, colon or semicolon at its end."""
    tail = words.rstrip(CLOSERS)
    return bool(tail) and tail[-1] not in STOPS


def starts_small(words: str) -> bool:
    """Say whether a line goes on with a lower-case word."""
    return words.lstrip(OPENERS)[:1].islower()


def _line_ends(gap: str) -> int:
    return gap.count("\n") + gap.count("\r") - gap.count("\r\n")


def _trim(text: str, first: int, last: int) -> Line:
    body = trim(text, Span(first, last))
    column = _column(text, first, body.start)
    quoted = False
    for _ in range(DEEPEST_QUOTE):
        if body.start >= body.end or text[body.start] != ">":
            break
        inner = trim(text, Span(body.start + 1, body.end))
        column = max(0, inner.start - body.start - 2)
        body, quoted = inner, True
    return Line(body, column, quoted)


def _column(text: str, first: int, last: int) -> int:
    column = 0
    for char in text[first : min(last, first + 400)]:
        column = (column // TAB + 1) * TAB if char == "\t" else column + 1
    return column
