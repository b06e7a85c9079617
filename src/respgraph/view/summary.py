"""What the evidence panel says before anything is chosen: what was said most, and where to start.

Each sentence is about what was *said*; nothing here may read as a finding of ours.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from respgraph.view.data import PageData, Row, Standing
from respgraph.view.text import clean

STARTERS = 6
FEW = 3  # texts that one statement can stand for
TOP = 3  # actors of a headline
DETERMINERS = frozenset({
    "a", "all", "an", "any", "both", "either", "her", "his", "its", "my", "our", "people", "some", "that",
    "the", "their", "these", "this", "those", "who",
})  # fmt: skip
ARTICLE = frozenset({"United", "European", "African", "Regional"})
BODIES = frozenset({
    "Bank", "Board", "City", "Commission", "Council", "Court", "Department", "Government", "House", "Kingdom",
    "Ministry", "Office", "Republic", "State",
})  # fmt: skip


# How resolve names a pronoun that nobody can place: no name for a headline.
UNPLACED = "(not resolved)"


def summarise(data: PageData) -> dict[str, Any]:
    """Return a headline, some notes and the places of the claims to start with."""
    author = "the author" if len(data.sources) < 2 else "the texts themselves"
    names = {f.iri: author if f.author else in_a_sentence(f.label) for f in data.figures}
    return {"headline": headline(data, names), "notes": notes(data, names), "start": starters(data)}


def headline(data: PageData, names: dict[str, str]) -> str:
    """Return one sentence: who holds whom responsible most often, and whether it is denied.

    Of many texts no one statement speaks for the others: whom most voices hold responsible, or counts.
    """
    if len(data.sources) > FEW:
        return by_voices(data) or in_counts(data)
    blames = Counter(
        (r.speaker, r.bearer) for r in data.rows if r.family == "assigns" and r.bearer and r.speaker != r.bearer
    )
    if not blames:
        count = len(data.rows)
        return f"{count} statement{'s' if count != 1 else ''} about who must do what"
    blames = Counter({p: n for p, n in blames.items() if UNPLACED not in names.get(p[1] or "", "")})
    if not blames:
        return f"{len(data.rows)} statements about who must do what"
    authors = {f.iri for f in data.figures if f.author}
    named = {p: n for p, n in blames.items() if p[0] in names and p[0] not in authors}
    (speaker, bearer), _ = max(
        (named or blames).items(), key=lambda item: (item[1], named_well(item[0], names), str(item[0]))
    )
    who = names.get(bearer or "", "someone")
    # No verb that would have to agree: "Residents" and "the Ministry" are both speakers.
    first = f"According to {names.get(speaker or '', 'someone')}, responsibility lies with {who}"
    denied = any(r.speaker == bearer for r in data.rows if r.family == "denies" and r.type == "responsibility")
    return f"{first}; denied by {who}" if denied else first


def by_voices(data: PageData) -> str:
    """Return whom most voices hold responsible, with how many; "" if nobody is by more than one."""
    found = [(in_a_sentence(clean(s.name)), s.voices) for s in most_held(data)]
    if not found:
        return ""
    (first, voices), *others = found
    rest = "".join(f", {name} ({n:,})" for name, n in others)
    return f"Held responsible by most voices: {first} ({voices:,} voices){rest}"


def most_held(data: PageData) -> list[Standing]:
    """Return whom most voices hold responsible: up to ``TOP`` named by more than one, the most first."""
    held = {s.counts_as: s for s in data.standings.values() if s.voices > 1}
    known = [s for s in held.values() if UNPLACED not in s.name and s.name not in DETERMINERS]
    return sorted(known, key=lambda s: (-s.voices, -s.blamed, s.name, s.counts_as))[:TOP]


def in_counts(data: PageData) -> str:
    """Return what many texts say, in numbers: no one statement speaks for them."""
    kinds = Counter(row.family for row in data.rows)
    sides = (
        ("assigns", "hold somebody responsible"),
        ("denies", "deny or refuse"),
        ("accepts", "accept or share responsibility"),
    )
    told = [f"{kinds[family]:,} {words}" for family, words in sides if kinds[family]]
    return f"{len(data.rows):,} statements from {len(data.sources):,} texts: {', '.join(told)}"


def named_well(pair: tuple[str | None, str | None], names: dict[str, str]) -> bool:
    """Say whether both sides have proper names: a better headline than "the minister"."""
    return all(names.get(iri or "", "someone").removeprefix("the ")[:1].isupper() for iri in pair)


def notes(data: PageData, names: dict[str, str]) -> list[str]:
    """Return short sentences of counts."""
    counted_rows = [row for row in data.rows if row.document not in data.repeats]
    bearers = Counter({s.counts_as: s.blamed for s in data.standings.values() if s.blamed})
    names = {s.counts_as: in_a_sentence(clean(s.name)) for s in data.standings.values()} | names
    names |= {f.iri: f"{names[f.iri]} {f.home}" for f in data.figures if f.home}  # two of one name are two
    voices = Counter(row.speaker for row in counted_rows if row.speaker)
    disputes = len({frozenset((t.source, t.target)) for t in data.ties if t.type == "contradicts"})
    shifts = sum(t.type == "shiftsFrom" for t in data.ties)
    longs: dict[str, set[str]] = {}
    rivals = {iri for t in data.ties if t.type == "conflictsWith" for iri in (t.source, t.target)}
    for row in data.rows:
        words = dict(row.literals)
        if row.iri in rivals and {"shortForm", "longForm"} <= set(words):
            longs.setdefault(words["shortForm"], set()).add(words["longForm"])
    out = []
    if bearers:
        out.append(f"Held responsible most often: {counted(bearers, names)}.")
    if voices:
        out.append(f"Who speaks: {counted(voices, names)}.")
    found = [
        f"{n:,} {one if n == 1 else many}"
        for n, one, many in (
            (disputes, "contradiction", "contradictions"),
            (shifts, "change of position", "changes of position"),
        )
        if n
    ]
    found += [f"{short} is written out in {len(names)} ways" for short, names in sorted(longs.items())]
    if found:
        out.append(f"Conflicts: {', '.join(found)}.")
    return out


def counted(tally: Counter[Any], names: dict[str, str], most: int = 4) -> str:
    """Return "A (3), B (1) and 2 more"."""
    by_name: Counter[str] = Counter()
    for iri, n in tally.items():
        name = names.get(iri, "someone")
        if UNPLACED not in name and name not in DETERMINERS:
            by_name[name] += n
    ranked = sorted(by_name.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{name} ({n:,})" for name, n in ranked[:most])
    return shown + (f" and {len(ranked) - most:,} more" if len(ranked) > most else "")


def starters(data: PageData) -> list[int]:
    """Return places of claims worth reading first: disputed ones, then blame, one per pair and family.

    Of many texts, first half of them about whom most voices hold responsible: what the headline is made of.
    """
    disputed = {iri for t in data.ties if t.type in {"contradicts", "shiftsFrom"} for iri in (t.source, t.target)}
    rank = {"assigns": 0, "denies": 1, "accepts": 2, "demand": 3, "duty": 4, "promise": 5}

    authors = {f.iri for f in data.figures if f.author}
    names = {f.iri: f.label for f in data.figures}
    many = len(data.sources) > FEW  # of many texts, what somebody is quoted with, then who is named

    def order(item: tuple[int, Row]) -> tuple[bool, bool, bool, int, float, int]:
        place, row = item
        quoted = row.speaker is not None and row.speaker not in authors
        known = named_well((row.speaker, row.bearer), names)
        far = (not quoted, not known) if many else (False, False)
        return row.iri not in disputed, *far, rank.get(row.family, 9), -(row.confidence or 0), place

    seen: set[tuple[str | None, str | None, str]] = set()
    top = {s.counts_as for s in most_held(data)} if many else set()
    about = {iri for iri, standing in data.standings.items() if standing.counts_as in top}
    leading: list[int] = []
    chosen: list[int] = []
    for place, row in sorted(enumerate(data.rows), key=order):
        pair = (row.speaker, row.bearer, row.family)
        if pair not in seen and row.family in rank:
            seen.add(pair)
            leads = row.family == "assigns" and row.bearer in about and row.document not in data.repeats
            (leading if leads and row.speaker not in about else chosen).append(place)
    if not many:
        return sorted(chosen[:STARTERS])
    first = leading[: STARTERS // 2]
    return (first + chosen + leading[len(first) :])[:STARTERS]


def in_a_sentence(label: str) -> str:
    """Return a name as it stands in a sentence.

    >>> [in_a_sentence(name) for name in ("United States", "Sudria", "minister", "its director")]
    ['the United States', 'Sudria', 'the minister', 'its director']
    """
    first, _, rest = label.partition(" ")
    if label[:1].islower() and first not in DETERMINERS and not label.endswith("s"):
        return f"the {label}"
    if (rest and first in ARTICLE) or (rest.startswith("of ") and first in BODIES):
        return f"the {label}"
    return label
