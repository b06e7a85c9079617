"""Names and their expansions: "Center for the Care of Migrants (CECOT)".

Each occurrence is read for itself, so rival expansions of one name all come out. Four layouts: long
form (SHORT), SHORT (long form), "SHORT stands for long form" / "long form, or SHORT,", and the
defined terms of contracts and treaties: (hereinafter "the Company").

The long form is found by aligning the letters of the short form with the words before it. This is the
idea of Schwartz and Hearst (2003, "A simple algorithm for identifying abbreviation definitions"), who
take the nearest match; here every start is scored and the cheapest alignment wins: word initials cost
nothing, letters inside words and content words left over cost something. Where letters do not fit at
all - writers do make up expansions - a full capitalised name right before an all-capitals bracket is
taken whole, if it is a name of an organisation or the acronym is used elsewhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from respgraph.model import Block, Span

Pair = tuple[Span, Span]

WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
BRACKET: Final = re.compile(r"[(\[](?P<inner>[^()\[\]\n]{2,200})[)\]]")
SHORT: Final = re.compile(r"[^\W_][\w./&+'’-]{0,15}(?: (?:[0-9]{1,4}|[IVX]{1,4}))?")
BEFORE_BRACKET: Final = re.compile(r"(?P<short>[A-Za-z0-9][\w./&'’-]{1,15})[\"”’]?\s?$")
STANDS_FOR: Final = re.compile(
    r"\b(?P<short>[A-Z][\w./&-]{1,14}),? (?:which )?"
    r"(?:stands for|is short for|is an? (?:acronym|abbreviation) (?:for|of)) "
    r"(?:the )?[\"“‘']?(?P<long>[^\n.;:()]{4,150})"
)
OR_SHORT: Final = re.compile(
    r", (?:or|also known as|known as|otherwise known as|abbreviated(?: as| to)?|or simply) (?:the )?"
    r"[\"“‘']?(?P<short>[A-Z][\w./&-]{1,14})[\"”’']?(?=[,.;) ])"
)
TERM: Final = re.compile(
    r"(?P<here>(?:hereinafter|hereafter|henceforth|herein)[,:]? ?(?:to be )?"
    r"(?:referred to(?: collectively)? as|called|known as|the)?[,:]? ?)?"
    r"(?:(?:collectively|together|each|individually|jointly|or|and|in this (?:agreement|lease|contract|deed))"
    r",? ?){0,3}(?:the |an? )?(?P<open>[\"“‘'])?(?:the |The )?"
    r"(?P<term>[A-Z][\w&'’ -]{0,50}?)(?P<close>,?[\"”’'])?(?: or .{0,60})?",
)
INCORPORATED: Final = re.compile(
    r",? (?:an?|the) (?:[\w.&'’-]+ ){0,5}(?:corporation|company|partnership|association|trust|bank|body"
    r"|organi[sz]ation|llc|authority|institution|agency|charity|foundation|society|cooperative)"
    r"(?: (?:organi[sz]ed|incorporated|registered|established)(?: [\w.&'’-]+){1,12})?,?\s?$",
    re.IGNORECASE,
)
MOST_WORDS: Final = 18
WINDOW: Final = 260
_SMALL: Final = (
    "& a an and at by da de del des do du e et for from für in into la le les of on or the to und von with y"
)
SMALL: Final = frozenset(_SMALL.split())
_INSIDE: Final = "against and da de del der des do du e et for für in la le les of on the to und van von with y"
INSIDE: Final = frozenset(_INSIDE.split())
_NAME_HEADS: Final = (
    "academy accord act action administration agency agenda agreement alliance apparatus army "
    "arrangement assembly assistance association authority bank board branch brigade bureau cabinet "
    "campaign center centre chamber charter church civilian coalition code college command commission "
    "commissioner committee community compact company confederation conference congress consortium "
    "constitution convention cooperation corporation corps council countries country court covenant "
    "department directive directorate division election enterprise entity facility federation "
    "fellowship fleet force forces forum foundation framework front fund government group guard "
    "guidelines headquarters house initiative inspectorate institute institution international "
    "laboratory law league line mechanism mission movement museum nations network office operation "
    "order organisation organization parliament partnership party patrol plan platform police policy "
    "pool portal program programme project protocol provider register regulation representation "
    "reserve school secretariat section senate service services society squad standards state "
    "strategy study subcommittee survey syndicate system task taskforce team treaty tribunal trust "
    "union unit university workshop zone"
)
NAME_HEADS: Final = frozenset(_NAME_HEADS.split())
_PERSONS: Final = (
    "ambassador baroness captain chairman chancellor colonel congressman congresswoman dr general "
    "governor judge justice king lady lord mayor minister mp mr mrs ms premier president prime prince "
    "princess prof professor queen rep representative secretary sen senator sheikh sir speaker"
)
PERSONS: Final = frozenset(_PERSONS.split())
OFFICES: Final = frozenset(["Department", "Ministry"])  # "Department of Housing ... (HUD)"
_NOT_SHORT: Final = (
    "AD AM BC BCE CE CEO CFO CHF COO CTO ET EUR GBP GMT ID II III IV IX JPY KC MD MEP MP OK PHD PM PT "
    "QC TV USD UTC VI VII VIII XI XII XIX XX XXI"
)
NOT_SHORT: Final = frozenset(_NOT_SHORT.split())
LEGAL_FORMS: Final = frozenset(("Inc Ltd LLC LLP LP Corp Co PLC Plc SA AG GmbH NV BV").split())
ROMAN: Final = re.compile(r"[IVXLC]{1,6}")
LETTER_COST: Final = 0.35
INNER_COST: Final = 1.0
LEFT_OVER_COST: Final = 0.5
TAIL_COST: Final = 0.3
RUN_COST: Final = 0.12
INSIDE_COMPOUND_COST: Final = 0.7
SMALL_START_COST: Final = 1.5
COMMA_COST: Final = 0.4
SMALL_WORD_COST: Final = 0.05
DIGIT_COST: Final = 0.5
COST_PER_LETTER: Final = 0.34
IMPOSSIBLE: Final = 1e9


@dataclass(frozen=True, slots=True)
class Word:
    """A word before a bracket, with its place and what stands before it (a space, a hyphen ...)."""

    span: Span
    form: str
    gap: str = " "

    @property
    def capital(self) -> bool:
        """Say whether it begins with a capital letter or is a number."""
        return self.form[0].isupper() or self.form[0].isdigit()


def find_definitions(text: str, blocks: Sequence[Block]) -> list[Pair]:
    """Return (short form, long form) for each definition, in text order.

    Args:
        text: The document's text.
        blocks: Its blocks; a definition never crosses the border of a block or table cell.

    Example:
        >>> words = "the Office for Flood Relief (OFR)"
        >>> [(s.of(words), l.of(words)) for s, l in find_definitions(words, [Block("item", Span(0, 33))])]
        [('OFR', 'Office for Flood Relief')]
    """
    uses: dict[str, int] = {}
    for found in re.finditer(r"[A-Z][A-Z0-9]{2,9}", text):
        uses[found.group()] = uses.get(found.group(), 0) + 1
    pairs: dict[Span, Pair] = {}
    for area in _areas(blocks):
        for pair in (*_in_brackets(text, area, uses), *_in_words(text, area)):
            pairs.setdefault(pair[0], pair)
    return sorted(pairs.values())


def _areas(blocks: Sequence[Block]) -> Iterator[Span]:
    for block in blocks:
        if block.table is None:
            yield block.span
            continue
        for row in (block.table.header, *block.table.rows):
            yield from row.cells


def _in_brackets(text: str, area: Span, uses: dict[str, int]) -> Iterator[Pair]:
    for found in BRACKET.finditer(text, area.start, area.end):
        inner = Span(found.start("inner"), found.end("inner"))
        before = Span(max(area.start, found.start() - WINDOW), found.start())
        pair = (
            _long_before(text, before, inner, uses)
            or _long_inside(text, before, inner)
            or _defined_term(text, before, inner)
        )
        if pair:
            yield pair


def _in_words(text: str, area: Span) -> Iterator[Pair]:
    for found in STANDS_FOR.finditer(text, area.start, area.end):
        short = Span(found.start("short"), found.end("short"))
        words = list(_words(text, Span(found.start("long"), found.end("long"))))
        if is_short(short.of(text)) and (length := _aligned_length(short.of(text), words)):
            yield short, Span(words[0].span.start, words[length - 1].span.end)
    for found in OR_SHORT.finditer(text, area.start, area.end):
        short = Span(found.start("short"), found.end("short"))
        words = _words_before(text, Span(max(area.start, found.start() - WINDOW), found.start()))
        if is_short(short.of(text)) and (start := _aligned_start(short.of(text), words)) is not None:
            yield short, Span(words[start].span.start, words[-1].span.end)


def is_short(words: str) -> bool:
    """Say whether some characters look like a short form: capitals or digits enough, not a number.

    >>> is_short("CECOT"), is_short("UN-Women"), is_short("Iran"), is_short("2019")
    (True, True, False, False)
    """
    bare = words.replace(".", "")
    letters = [char for char in words if char.isalpha()]
    if len(bare) < 2 or not letters or bare.upper() in NOT_SHORT or ROMAN.fullmatch(words):
        return False
    capitals = sum(char.isupper() for char in letters)
    if capitals == 0:
        return bare.isalpha() and 3 <= len(bare) <= 5
    if capitals == 1 and words.isalpha() and words[0].isupper() and 5 <= len(words) <= 9:
        return True  # Europol; the alignment must then be nearly free
    return capitals >= 2 or (len(letters) <= 3 and any(char.isdigit() for char in words))


def _long_before(text: str, before: Span, inner: Span, uses: dict[str, int]) -> Pair | None:
    short = _short_at_start(text, inner)
    if short is None:
        return None
    name = short.of(text)
    words = _words_before(text, before)
    if not words:
        return None
    start = _aligned_start(name, words)
    if start is not None and start >= 2 and words[start - 1].form == "of" and words[start - 2].form in OFFICES:
        start -= 2
    if start is None:
        start = _permuted_start(name, words)
    if start is None:
        start = _named_start(name, words, uses)
    return (short, Span(words[start].span.start, words[-1].span.end)) if start is not None else None


def _short_at_start(text: str, inner: Span) -> Span | None:
    """Return the short form a bracket holds, alone or before a comma or semicolon."""
    start = inner.start
    while start < inner.end and text[start] in " \"“‘'":
        start += 1
    found = SHORT.match(text, start, inner.end)
    if found is None:
        return None
    end = found.end()
    while end > start and text[end - 1] in "'’":
        end -= 1
    rest = text[end : inner.end].lstrip("\"”’' ")
    if rest and rest[0] not in ",;":
        return None
    return Span(start, end) if is_short(text[start:end]) else None


def _long_inside(text: str, before: Span, inner: Span) -> Pair | None:
    found = BEFORE_BRACKET.search(text, max(before.start, before.end - 24), before.end)
    if found is None or not is_short(found["short"]):
        return None
    words = list(_words(text, inner))
    while words and words[0].form.lower() in ("the", "a", "an"):
        del words[0]
    length = _aligned_length(found["short"], words)
    if not length or len(words) > MOST_WORDS or length < 2:
        return None
    short = Span(found.start("short"), found.end("short"))
    return short, Span(words[0].span.start, words[length - 1].span.end)


def _defined_term(text: str, before: Span, inner: Span) -> Pair | None:
    """Return a contract's defined term: ("the Company"), (hereinafter called the Organization)."""
    found = TERM.fullmatch(text, inner.start, inner.end)
    if found is None or not (found["here"] or (found["open"] and found["close"])):
        return None
    short = Span(found.start("term"), found.end("term"))
    end = before.end
    if apposition := INCORPORATED.search(text, before.start, before.end):
        end = apposition.start()
    words = _words_before(text, Span(before.start, end))
    start = _name_start(words)
    if start is None:
        return None
    long = Span(words[start].span.start, words[-1].span.end)
    enough = len(words) - start >= 2 or bool(apposition) or bool(found["here"])
    return (short, long) if enough and long.of(text) != short.of(text) else None


def _words(text: str, span: Span) -> Iterator[Word]:
    end = span.start
    for found in WORD.finditer(text, span.start, span.end):
        yield Word(Span(found.start(), found.end()), found.group(), text[end : found.start()])
        end = found.end()


def _words_before(text: str, span: Span) -> list[Word]:
    """Return the last words of a stretch, back to a sentence end, bracket or semicolon."""
    words = list(_words(text, span))[-MOST_WORDS:]
    if not words or not _joins(text[words[-1].span.end : span.end], words[-1].form, last=True):
        return []
    for at in range(len(words) - 1, 0, -1):
        gap = text[words[at - 1].span.end : words[at].span.start]
        if not _joins(gap, words[at - 1].form):
            return words[at:]
    return words


def _joins(gap: str, before: str, last: bool = False) -> bool:
    """Say whether two words may belong to one long form, by what stands between them."""
    if any(char in gap for char in ";:()[]!?|<>=") or gap.count("\n") > 1:
        return False
    if "." in gap:
        return last or len(before) == 1 or before in ("St", "Inc", "Ltd", "Co", "Dr", "No") or gap == "."
    return not (last and gap.strip("\"”’'* \n\t,_"))


def _letters(short: str) -> str:
    return "".join(char for char in short if char.isalnum())


def _aligned_start(short: str, words: list[Word]) -> int | None:
    """Return the word at which the cheapest alignment of a short form begins, or None."""
    letters = _letters(short)
    costs = _costs(letters, words)
    limit = _limit(short)
    best: tuple[float, int] | None = None
    for start in range(len(words) - 1, -1, -1):
        if not _same(words[start].form[0], letters[0]) or not _may_start(short, words, start):
            continue
        if short.islower() and (len(words) - start != len(short) or any(word.capital for word in words[start:])):
            continue
        cost = costs[start][0] + 0.02 * (len(words) - start) * (not short.islower()) + _start_cost(words, start)
        if cost <= limit and (best is None or cost < best[0] - 1e-9):
            best = (cost, start)
    return best[1] if best else None


def _limit(short: str) -> float:
    """Return how much an alignment may cost: nothing for "ppb", little for "Europol"."""
    if short.islower():
        return 0.0
    if sum(char.isupper() for char in short) == 1 and len(short) >= 5:
        return 0.9
    return COST_PER_LETTER * len(_letters(short)) + 0.3


def _start_cost(words: list[Word], start: int) -> float:
    """Return what speaks against a start: inside a compound, a small letter before capitals, a comma."""
    cost = INSIDE_COMPOUND_COST if start and words[start].gap in ("-", "‐", "‑") else 0.0
    rest = [word for word in words[start + 1 :] if word.form.lower() not in SMALL]
    if not words[start].capital and rest and all(word.form[0].isupper() for word in rest):
        cost += SMALL_START_COST
    return cost + COMMA_COST * sum(_is_cut(words, at) for at in range(start + 1, len(words)))


def _is_cut(words: list[Word], at: int) -> bool:
    """Say whether a comma before a word ends a name, rather than parting a list: "A, B and C"."""
    if "," not in words[at].gap:
        return False
    if words[at].form in LEGAL_FORMS:
        return False
    if words[at].form.lower() in SMALL or words[at].form.isdigit() or words[at - 1].form.isdigit():
        return True
    return not any(word.form.lower() in ("and", "or", "et", "y") for word in words[at : at + 4])


def _may_start(short: str, words: list[Word], start: int) -> bool:
    """Refuse a long form that is the short form itself or a single ordinary word with few letters."""
    rest = words[start:]
    if rest[0].form.lower() in SMALL and not rest[0].form.isupper():
        return False
    if len(rest) == 1:
        word = rest[0].form
        return len(word) > len(short) + 2 and word.lower() != short.lower()
    return all(word.form != short for word in rest)


def _aligned_length(short: str, words: list[Word]) -> int | None:
    """Return how many of the first words a short form aligns with best, or None."""
    letters = _letters(short)
    if not words or not _same(words[0].form[0], letters[0]):
        return None
    limit = _limit(short)
    best: tuple[float, int] | None = None
    for length in range(1, min(len(words), MOST_WORDS) + 1):
        if words[length - 1].form.lower() in SMALL:
            continue
        cost = _costs(letters, words[:length])[0][0]
        if cost <= limit and (best is None or cost < best[0] - 1e-9):
            best = (cost, length)
    return best[1] if best else None


def _costs(letters: str, words: list[Word]) -> list[list[float]]:
    """Return, for each word and letter, the cost of aligning the rest of the letters with the rest."""
    size = len(letters)
    end = [IMPOSSIBLE] * (size + 1)
    end[size] = 0.0
    if size > 2 and letters[-1] == "s":
        end[size - 1] = 0.0
    small = len(letters) - len(letters.rstrip("abcdefghijklmnopqrstuvwxyz"))
    if 2 <= small <= 4 and sum(char.isupper() for char in letters) >= 3:
        end[size - small] = DIGIT_COST
    if letters[-1].isdigit() or letters[-1] in "IV":
        end[size - 1] = min(end[size - 1], DIGIT_COST)
    table = [end]
    for word in reversed(words):
        after = table[0]
        here = [_left_over(word.form) + after[at] for at in range(size + 1)]
        here[size] = min(_left_over(word.form), TAIL_COST) + after[size]
        for at in range(size):
            for length, cost in _uses_of(word.form, letters, at):
                here[at] = min(here[at], cost + after[at + length])
        table.insert(0, here)
    return table


def _left_over(word: str) -> float:
    return SMALL_WORD_COST if word.lower() in SMALL else LEFT_OVER_COST


def _uses_of(word: str, letters: str, at: int) -> Iterator[tuple[int, float]]:
    """Yield how many letters from a place on a word can stand for, and at what cost."""
    if word.isdigit() and letters.startswith(word, at):
        yield len(word), 0.0
        return
    place, cost, length = 0, 0.0, 0
    if not _same(word[0], letters[at]):
        if at == 0:
            return
        place = _find(word, letters[at], 1)
        if place < 0:
            return
        cost = INNER_COST
    run = place == 0
    while True:
        length += 1
        yield length, cost
        if at + length >= len(letters):
            return
        found = _find(word, letters[at + length], place + 1)
        if found < 0:
            return
        run = run and found == place + 1
        cost += (RUN_COST if letters[at + length].isupper() else 0.02) if run else LETTER_COST
        place = found


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _find(word: str, letter: str, start: int) -> int:
    return word.casefold().find(letter.casefold(), start)


def _permuted_start(short: str, words: list[Word]) -> int | None:
    """Return the start of a name whose initials are the letters in another order (ISO, from French)."""
    letters = sorted(_letters(short).upper())
    start = _name_start(words)
    if start is None or len(letters) < 3:
        return None
    for first in range(start, len(words)):
        initials = sorted(word.form[0].upper() for word in words[first:] if word.capital)
        if initials == letters and words[first].capital:
            return first
    return None


def _named_start(short: str, words: list[Word], uses: dict[str, int]) -> int | None:
    """Return the start of a full capitalised name before an acronym that its letters do not explain."""
    bare = short.replace(".", "").replace("-", "")
    if not (3 <= len(bare) <= 10 and bare.isalnum() and bare.isupper() and not bare.isdigit()):
        return None
    start = _name_start(words)
    if start is None:
        return None
    name = [word for word in words[start:] if word.capital]
    if any(word.form in (short, bare, "Room") for word in name):
        return None
    lower = {word.form.lower() for word in name}
    if len(name) < 2 or not lower.isdisjoint(PERSONS) or any(word.form.isupper() for word in name[-1:]):
        return None
    known = uses.get(bare, 0) > 1
    titled = not lower.isdisjoint(NAME_HEADS)
    return start if titled or (known and len(name) >= 4) else None


def _name_start(words: list[Word]) -> int | None:
    """Return the start of the longest capitalised name at the end of some words, without an article."""
    start: int | None = None
    for at in range(len(words) - 1, -1, -1):
        if words[at].capital:
            start = at
            if _is_cut(words, at):
                break
        elif words[at].form.lower() not in INSIDE or start is None or "," in words[at].gap:
            break
    while start is not None and start < len(words) - 1 and words[start].form.lower() in ("the", "a", "an", "this"):
        start += 1
    return start
