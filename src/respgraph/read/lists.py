"""List markers and item labels: what stands before the words of a list item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from respgraph.model import Span
from respgraph.read.lines import trim

BULLET: Final = re.compile(r"[-*•–+◦▪‣●○■·](?:[ \t]+\[[ xX]\])?(?=[ \t\u00a0])")
NUMBER: Final = re.compile(r"(?P<core>\d{1,3})[.)](?=[ \t\u00a0]|$)")
LETTER: Final = re.compile(
    r"(?P<core>[a-z]|[ivx]{1,6})(?:\)\.?(?=[ \t\u00a0A-Za-z“`\"']|$)|\.(?=[ \t\u00a0]|[a-z“\"'][a-z' ]{2}))"
    r"|(?P<upper>[A-Z])[.)](?=[ \t\u00a0])"
)
BRACKET: Final = re.compile(r"\((?P<core>\d{1,3}|[a-z]{1,2}|[ivxlc]{1,7}|[A-Z]{1,4})\)(?=[ \t\u00a0A-Za-z“\"']|$)")
SECTION: Final = re.compile(
    r"(?P<core>\d{1,3}(?:\.\d{1,3}){1,4})(?:[.)](?=[ \t\u00a0])|(?=[ \t\u00a0]+[A-Z“\"])|(?=\t))"
)
ROMAN: Final = frozenset("ivxlc")

LONGEST_LABEL: Final = 90
MOST_LABEL_WORDS: Final = 8
LABEL: Final = re.compile(
    r"(?P<open>[*_]{0,3})(?P<label>[^\s:*_][^:\n]{0,89}?)(?P<close>[*_]{0,3}):(?P<after>[*_]{0,3})\s"
)
BOLD_LABEL: Final = re.compile(r"(?P<mark>\*\*|__)(?P<label>[^*_\n]{1,90})(?P=mark)\s*(?:[–—-]\s|(?=[^\s:.,]))")
SENTENCE_END: Final = re.compile(r"[.!?;][\"”’)]*\s")
_SPEAKS: Final = (
    "is are was were be has have had do does did can could will would shall should must may might said "
    "says say told asked asks added wrote include includes including included following follows means "
    "states stated reads warned declared argued that which who if when because"
)
SPEAKS: Final = frozenset(_SPEAKS.split())
_SMALL: Final = "a an and as at by for from in into nor of on or per the to vs with &"
SMALL: Final = frozenset(_SMALL.split())


@dataclass(frozen=True, slots=True)
class Marker:
    """A list marker: its place, its style ("-", "1.", "(a)", "(i)" ...) and its rank in that style."""

    span: Span
    style: str
    core: str = ""


def find_marker(text: str, span: Span) -> Marker | None:
    """Return the list marker a line begins with, or None.

    >>> find_marker("(iv) the regulator", Span(0, 18)).style
    '(a)'
    """
    for pattern in (BULLET, BRACKET, SECTION, NUMBER, LETTER):
        if found := pattern.match(text, span.start, span.end):
            core = found.groupdict().get("core") or found.groupdict().get("upper") or ""
            return Marker(Span(found.start(), found.end()), _style(found.group(), core), core)
    return None


def is_roman(core: str) -> bool:
    """Say whether a letter marker may be a Roman number."""
    return bool(core) and set(core.lower()) <= ROMAN


def follows(core: str, before: str) -> bool:
    """Say whether a marker comes right after another one: b after a, 3 after 2."""
    if core.isdigit() and before.isdigit():
        return int(core) == int(before) + 1
    return len(core) == len(before) == 1 and ord(core) == ord(before) + 1


def find_label(text: str, span: Span) -> tuple[Span, Span] | None:
    """Return an item's label and the rest after it: "Resource Sharing: Resources ...", or None.

    A label is short, title-like and not a sentence: at most eight words, no finite verb.

    >>> words = "Fair Shares: Each state pays."
    >>> [part.of(words) for part in find_label(words, Span(0, len(words)))]
    ['Fair Shares', 'Each state pays.']
    """
    for pattern in (LABEL, BOLD_LABEL):
        found = pattern.match(text, span.start, min(span.end, span.start + LONGEST_LABEL + 10))
        if found is None:
            continue
        label = trim(text, Span(found.start("label"), found.end("label")))
        rest = trim(text, Span(found.end(), span.end))
        if rest.start < rest.end and is_label(label.of(text)):
            return label, rest
    return None


def is_label(words: str) -> bool:
    """Say whether some words are a title rather than the beginning of a sentence."""
    parts = words.split()
    if not parts or len(parts) > MOST_LABEL_WORDS or SENTENCE_END.search(words + " "):
        return False
    if any(words.count(left) != words.count(right) for left, right in ("()", "[]", "“”")):
        return False
    bare = [part.strip("\"'“”‘’()[],*_") for part in parts]
    if not bare[0] or not (bare[0][0].isupper() or bare[0][0].isdigit()):
        return False
    if any(part in SPEAKS for part in bare[1:]):
        return False
    titled = all(not part[:1].islower() or part in SMALL for part in bare)
    return titled or len(parts) <= MOST_LABEL_WORDS - 2


def _style(marker: str, core: str) -> str:
    if not core:
        return marker[0]
    kind = "1" if core[0].isdigit() else "a" if core.islower() else "A"
    if "." in core:
        kind = "1.1"
    return marker.replace(core, kind, 1)
