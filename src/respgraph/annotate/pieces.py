"""Cut the run-on text of laws and contracts where its numbering cuts it, before it is parsed.

"(1) A lender must ... (2) A broker may: (a) ...; (b) ..." is several sentences to a lawyer and one to a parser,
which then takes the numbers for words. A block is cut before each numbered subsection and before each
lettered item that is a clause or an action of its own; markers are shown to the parser as spaces, so offsets stay
those of the document. Items that only go on with their sentence ("by: (a) phone; (b) letter") stay in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NUMBER = re.compile(r"\((\d{1,3}[A-Z]{0,2})\)\s+(?=[A-Z“\"‘])")
LETTER = re.compile(r"\(\s?([a-z]|[ivx]{1,5}|[a-z][a-z])\s?\)(?=\s)")
LEADING = re.compile(r"\s*\(\s?(?:\d{1,3}[A-Z]{0,2}|[a-z]{1,2}|[ivx]{1,5})\s?\)\s+")
REFERENCE = re.compile(
    r"\b(?:(?:sub)?(?:section|paragraph|clause|article|rule|regulation|item|point|part|schedule|annex)s?"
    r"|under|and|or|to|of|in|by|with)\s?$",
    re.IGNORECASE,
)
REFERENCED = re.compile(
    r"\b(?:sub)?(?:section|paragraph|clause|article|rule|regulation|item|point|part|schedule|annex)s?\s?$|[\w)]$",
    re.IGNORECASE,
)
REFERRING = re.compile(r"\b(?:sub)?(?:section|paragraph|clause|article)s?\s$", re.IGNORECASE)
MODAL = (
    r"(?:shall|must|may|should|will|is to|are to|required to|obliged to|obligated to|entitled to|has to|have to"
    r"|agrees? to|undertakes? to|right to|duty to|power to|order to)"
)
OPEN_MODAL = re.compile(
    rf"\b{MODAL}\b(?:\s+not)?"
    r"(?:\s*,[^;.()]{1,140},?|\s+(?:by|in|with|at|on|as|where|if|when|also|further|only|either)\b[^;.()]{0,90})?"
    r"\s*[:,—–-]*\s*$",
    re.IGNORECASE,
)
OWN_CLAUSE = re.compile(
    r"\s*(?:and\s+|or\s+)?(?:(?:the|an?|any|no|each|every|such|all|if|upon|except)\b|[A-Z])"
    rf"[^;]{{1,160}}?\b(?:{MODAL}|may not|can ?not)\b"
)
# What stands between a modal and its verb and hides the verb from the parser.
NEXT_IS_VERB = (
    r"(?!\s*(?:the|an?|and|or|but|in|on|of|to|by|with|for|if|when|who|which|that|such|any|as|at|not|from|within|upon|its"
    r"|their|then|without|except|other|subject|including|where|until|before|after|during|under|unless|pursuant|prior"
    r"|(?!(?:comp|app|supp|re|rep|multip|imp)ly\b)[a-z]+ly)\b)(?=\s*[a-z])"
)
ASIDE = re.compile(
    r"\b(?:shall|must|may|will|should)(?: not)?(?P<aside>"
    r"\s*,?\s+by\s+(?:statutory\s+)?"
    r"(?:regulations?|order|rules|decree|Order in Council|written notice|notice in writing)(?=\s*[a-z(—:])"
    r"|\s*,\s*but\s+(?:is|are|shall|will|need)\s+not\s*(?:be\s+)?(?:required|obliged|obligated|bound)?(?:\s+to)?\s*,"
    r"|\s+at (?:[A-Z]\w+ ?['’]s|its|their|his or her|his|her)(?: own)?(?: sole)? (?:cost|expense)"
    r"(?: and expense)?(?=\s[a-z])"
    r"|\s+upon (?:written )?(?:request|demand|notice)(?=\s[a-z])"
    r"|\s*,\s+(?:upon|within|at|on|in|for|if|when|where|unless|subject|by|to the|as|without|with|pursuant"
    r"|from|after|before|prior|during|not later|no later|except|notwithstanding|other than|following|under|through)\b"
    r"[^;:.—]{3,160}?\s?," + NEXT_IS_VERB + ")"
)
PARTY_LETTER = re.compile(r"(?<=[a-z])\s\([A-Z]\)(?=[\s—,–.;)])")
LEGAL = re.compile(r"\b(?:shall|must|may)\b")
TAIL = re.compile(r"[\s;,]*(?:\b(?:and|or|but)\b)?[\s;,]*$")
LONGEST_LIST = 2000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block that is parsed on its own: ``text`` is as long as the stretch and starts at ``start``.

    ``unbroken`` are stretches (from, to) inside ``text`` where no sentence may begin.
    """

    start: int
    text: str
    unbroken: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Enumeration:
    """The markers of one lettered list, in order, as matches in the text of its block."""

    marks: tuple[re.Match[str], ...]

    @property
    def start(self) -> int:
        """Where the first marker stands."""
        return self.marks[0].start()


def pieces(text: str) -> list[Piece]:
    """Return the pieces of a block's text; one piece with the text itself where nothing is numbered.

    >>> [p.text.strip() for p in pieces("(1) A lender must wait. (2) A broker may pay.")]
    ['A lender must wait.', 'A broker may pay.']
    """
    if "(" not in text and not ASIDE.search(text):
        return [Piece(0, text)]
    out: list[Piece] = []
    for start, end in subsections(text):
        out += cut_lists(text[start:end], start)
    return out or [Piece(0, text)]


def subsections(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between numbered markers, without the markers."""
    marks: list[re.Match[str]] = []
    first = any(m.group(1) == "1" for m in NUMBER.finditer(text))
    for m in NUMBER.finditer(text):
        before = text[max(0, m.start() - 14) : m.start()].rstrip()
        sure = not before or before[-1] in '.;:—–-]”"'
        if sure or (first and not REFERENCE.search(before + " ") and (m.group(1) == "1" or marks)):
            marks.append(m)
    at = 0
    for m in marks:
        if text[at : m.start()].strip():
            yield at, m.start()
        at = m.end()
    if text[at:].strip():
        yield at, len(text)


def cut_lists(text: str, offset: int) -> Iterator[Piece]:
    """Yield the pieces of a subsection: its lead with the first item, then each item that can stand alone."""
    lead = LEADING.match(text)
    shown = list(text)
    begin = lead.end() if lead else 0
    for m in ASIDE.finditer(text):
        blank(shown, *m.span("aside"))
    if LEGAL.search(text):
        for m in PARTY_LETTER.finditer(text):
            blank(shown, m.start(), m.end())
    cuts: list[tuple[int, int]] = []
    unbroken: list[tuple[int, int]] = []
    for found in enumerations(text, begin):
        items = list(zip(found.marks, (*(m.start() for m in found.marks[1:]), len(text)), strict=True))
        later = [text[m.end() : end] for m, end in items[1:]]
        if OPEN_MODAL.search(text[max(begin, found.start - 240) : found.start]):
            cuts += [(m.start(), m.end()) for m in found.marks[1:]]
            dash = len(text[: found.start].rstrip(" \t:—–-,"))
            blank(shown, dash, found.marks[0].end())
        elif sum(OWN_CLAUSE.match(x) is not None for x in later) * 2 > len(later):
            cuts += [(m.start(), m.end()) for m in found.marks[1:]]
            blank(shown, found.start, found.marks[0].end())
        else:
            for m in found.marks:
                blank(shown, m.start(), m.end())
            if found.marks[-1].end() - found.start <= LONGEST_LIST:
                unbroken.append((found.start, found.marks[-1].end()))
    at = begin
    for start, end in [*sorted(cuts), (len(text), len(text))]:
        tail = TAIL.search(text[max(at, start - 24) : start]) if start < len(text) else None
        stop = start - len(tail.group()) if tail is not None else start
        if stop > at and text[at:stop].strip():
            here = tuple((a - at, b - at) for a, b in unbroken if at <= a and b <= stop)
            yield Piece(offset + at, "".join(shown[at:stop]), here)
        at = end


def enumerations(text: str, begin: int) -> list[Enumeration]:
    """Return the outermost lettered lists of two items and more: (a), (b) ... or (i), (ii) ..."""
    runs: list[list[re.Match[str]]] = []
    run: list[re.Match[str]] = []
    for m in LETTER.finditer(text, begin):
        before = text[max(0, m.start() - 14) : m.start()]
        if (REFERENCED.search(before.rstrip(" ")) and not before.endswith((" ", "—"))) or REFERRING.search(before):
            continue
        label = m.group(1)
        if run and follows(run[-1].group(1), label):
            run.append(m)
        elif label in {"a", "i"} and (not run or label == "a"):
            runs.append(run)
            run = [m]
    runs.append(run)
    return [Enumeration(tuple(r)) for r in runs if len(r) > 1]


def follows(a: str, b: str) -> bool:
    """Say whether a label comes after another: b after a, aa after a, ii after i.

    >>> follows("a", "b"), follows("a", "aa"), follows("ii", "iii"), follows("a", "i")
    (True, True, True, False)
    """
    roman = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
    if a in roman and b in roman and roman.index(b) == roman.index(a) + 1:
        return True
    if len(b) == 2 and len(a) <= 2:
        return b[0] == a[0] or ord(b[0]) == ord(a[0]) + 1
    return len(b) == 1 and ord(b) == ord(a[0]) + 1


def blank(shown: list[str], start: int, end: int) -> None:
    """Put spaces over a stretch."""
    shown[start:end] = " " * (end - start)
