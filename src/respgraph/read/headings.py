"""Which lines are headings: Markdown's by their marks, those of plain texts by standing alone."""

from __future__ import annotations

import re
from typing import Final

from respgraph.model import Span
from respgraph.read.lines import trim

ATX: Final = re.compile(r"(?P<marks>#{1,6})(?:[ \t]+(?:#{1,6}[ \t]+)*)")
LONGEST: Final = 130
MOST_WORDS: Final = 18
INNER_STOP: Final = re.compile(r"[a-z)\]]{3}[.!?][\"”’)]{0,2}\s+[\"“(]?[A-Z]")
BYLINE: Final = re.compile(r"By(?: (?:and |& )?[A-Z][\w.'’-]{0,30}){2,5}(?:,.{0,60})?")
SIGN_OFF: Final = re.compile(
    r"(?:source|photo|image|picture|credit|file|figure|fig|see also|contact|tel|e-?mail|fax|www|https?)\b.*",
    re.IGNORECASE,
)
CREDIT: Final = re.compile(r"\b(?:Image|Photo|Picture|Credit)s?: ")
_SMALL: Final = (
    "a an and as at but by for from in into is nor of off on onto or out over per so than the to up via vs with yet"
)
SMALL: Final = frozenset(_SMALL.split())
_SUBJECTS: Final = "i we you he she it they there this these those who that if when"
SUBJECTS: Final = frozenset(_SUBJECTS.split())


def find_atx(text: str, span: Span) -> tuple[int, Span] | None:
    """Return level and words of a ``# heading`` line; ``## # Article 1`` (legal exports) is one too."""
    found = ATX.match(text, span.start, span.end)
    if found is None:
        return None
    words = trim(text, Span(found.end(), span.end))
    tail = words.of(text).rstrip("#")
    if tail != words.of(text) and tail.endswith((" ", "\t")):
        words = trim(text, Span(words.start, words.start + len(tail)))
    words = strip_marks(text, words)
    return (len(found["marks"]), words) if words.start < words.end else None


def strip_marks(text: str, span: Span) -> Span:
    """Return the span without Markdown emphasis that encloses all of it."""
    for mark in ("***", "**", "__", "*", "_"):
        words = span.of(text)
        size = len(mark)
        inner = words[size:-size]
        if words.startswith(mark) and words.endswith(mark) and inner and mark[0] not in inner:
            return trim(text, Span(span.start + size, span.end - size))
    return span


def is_bold(words: str) -> bool:
    """Say whether a line is one stretch of bold: what Markdown writers use for minor headings."""
    for mark in ("**", "__"):
        inner = words[2:-2]
        if words.startswith(mark) and words.endswith(mark) and inner and mark not in inner:
            return inner.rstrip()[-1:] not in ".;,"
    return False


def is_heading(words: str, first: bool = False) -> bool:
    """Say whether a line that stands alone in a plain text reads like a heading.

    Short, no stop at its end, no sentence inside; sentence-case lines must be shorter than titles,
    except for a text's first line, which in news is a headline.

    >>> is_heading("In Conclusion"), is_heading("He went home."), is_heading("we agreed on the date")
    (True, False, False)
    """
    words = " ".join(words.split())
    parts = words.split()
    if not 1 < len(words) <= LONGEST or len(parts) > MOST_WORDS or words[-1] in ".;,:—–-!…(":
        return False
    if words[0] in "\"“'‘«[({/<|@—–-•" or words[0].islower() or not any(char.isalpha() for char in words):
        return False
    if INNER_STOP.search(words) or CREDIT.search(words) or BYLINE.fullmatch(words) or SIGN_OFF.fullmatch(words):
        return False
    if is_title_case(parts) and (words[-1] != "?" or len(parts) > 3):
        return True
    if words[-1] == "?" or (words[-1] in '"”' and words.count('"') + words.count("“") == 0):
        return first and words[-1] == "?" and len(parts) <= 12 and "," not in words
    return first or (len(parts) <= 10 and parts[0].lower() not in SUBJECTS)


def is_title_case(parts: list[str]) -> bool:
    """Say whether all words but the small ones begin with a capital or a digit."""
    bare = [part.strip("\"'“”‘’()[],*_&/–—-") for part in parts]
    return all(not part[:1].islower() or part in SMALL for part in bare)
