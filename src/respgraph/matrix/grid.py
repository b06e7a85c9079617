"""Claims -> Grid: matters down, actors across; a cell holds what is said of that actor about that matter.

The matrix of responsibility has the cells of ``respgraph network --kind actor-matter`` and one row more, for claims
that name no matter. What it finds:

no-one         nobody is held responsible for it: it is only denied or questioned
several-solely two or more are each said to be solely responsible
contested      somebody is held responsible for it and somebody denies it, of the same bearer
no-bearer      a claim that names nobody

A claim that names nobody, or somebody by a pronoun that nobody could place, stands in no cell; they are counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from respgraph.compare import NO_MATTER, Counted, Left, Said, group_matters
from respgraph.network import missing, sign_of
from respgraph.view.families import verb_of

# What a matrix can be of: option -> claim type, title, what it says
OF: Final = {
    "responsibility": (
        "responsibility",
        "Responsibility matrix",
        "Who is said to be responsible for what, and by whom.",
    ),
    "duties": ("obligation", "Matrix of duties", "Who is said to have to do what, and by whom."),
    "demands": ("demand", "Matrix of demands", "What is demanded of whom, and by whom."),
    "promises": ("commitment", "Matrix of promises", "Who is said to promise or refuse what."),
}
NOBODY: Final = "(nobody named)"


@dataclass(frozen=True, slots=True)
class Column:
    """An actor: its folded IRI and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said in a cell: its mark ("holds", "R"), who says it in which words, and where they stand."""

    mark: str
    speaker: str
    verb: str
    quote: str
    document: str
    start: int
    end: int
    date: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is missing or doubled: its kind, the row it is about, why, and the words it rests on."""

    kind: str
    about: str
    why: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Grid:
    """A table: ``cells`` by (row, column), those with most entries first. No slots: ``entries`` is counted once.

    The first ``leading`` rows (of a RACI table: those that stand in a table of the texts) go before all others.
    ``left`` tells how many claims that could stand in a cell do not, by reason; ``account`` which were not counted.
    """

    title: str
    lead: str
    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[int, int], tuple[Entry, ...]]
    marks: Mapping[str, str]
    findings: tuple[Finding, ...]
    row_name: str = "Matter"
    texts: int = 0
    leading: int = 0
    left: Left = ()
    account: str = ""

    @cached_property
    def entries(self) -> int:
        """How many things are said in all cells together."""
        return sum(map(len, self.cells.values()))

    @cached_property
    def claims(self) -> int:
        """How many claims stand in all cells together: one may stand in several, and a letter of a chart is none."""
        return len({entry.claim for entries in self.cells.values() for entry in entries} - {""})

    def part(self, rows: int, columns: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the places of the rows and columns to show where all are too many.

        Columns are the actors with most entries about a named matter; rows those with an entry there, most first, so
        that a page is no empty table.
        """
        weight = [1000 if n < self.leading else int(row != NO_MATTER) for n, row in enumerate(self.rows)]
        by_column = Counter(dict.fromkeys(range(len(self.columns)), 0))
        for (n, m), entries in self.cells.items():
            by_column[m] += len(entries) * weight[n]
        shown = sorted(sorted(by_column, key=lambda m: (-by_column[m], m))[:columns])
        by_row: Counter[int] = Counter()
        for (n, m), entries in self.cells.items():
            if m in shown:
                by_row[n] += len(entries) * max(1, weight[n])
        return tuple(sorted(sorted(by_row, key=lambda n: (-by_row[n], n))[:rows])), tuple(shown)


def responsibility_grid(counted: Counted, of: str = "responsibility") -> Grid:
    """Return the matrix of who is said to be responsible for (or to have to do, asked for, promising) what.

    Args:
        counted: The claims that count.
        of: One of ``OF``.
    """
    kind, title, lead = OF[of]
    claims = [c for c in counted.claims if c.type == kind]
    matters = group_matters(claims)
    mark = _marker(kind)
    held: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    nameless = []
    left: Counter[str] = Counter()
    for claim in claims:
        if claim.bearer:
            held[matters[claim.iri], claim.bearer].append(entry_of(claim, mark(claim)))
            continue
        left[missing(claim)] += 1
        if not claim.has_bearer:
            about = claim.get("content") or NO_MATTER
            nameless.append(Finding("no-bearer", about, "names nobody", (entry_of(claim, mark(claim)),)))
    found = [*_contested(held, counted), *_several_solely(claims, matters, counted)] if of == "responsibility" else []
    findings = (*found, *nameless)
    return make_grid(title, lead, held, counted.corpus.names, _MARKS[kind], findings, "Matter", counted, left)


def make_grid(
    title: str,
    lead: str,
    held: Mapping[tuple[str, str], list[Entry]],
    names: Mapping[str, str],
    marks: Mapping[str, str],
    findings: tuple[Finding, ...],
    row_name: str,
    counted: Counted,
    left: Mapping[str, int],
    first: frozenset[str] = frozenset(),
) -> Grid:
    """Return the grid of entries by (row, actor id): rows and columns with most entries first, then by name.

    Args:
        title: What it is called.
        lead: What it says, in a sentence.
        held: The entries of each cell.
        names: Of the actors, by id.
        marks: What each mark of an entry means, in the order of a cell.
        findings: What is missing or doubled.
        row_name: What a row is.
        counted: The claims that count.
        left: How many of them that could stand in a cell do not, by reason.
        first: Rows that go before all others.
    """
    by_row: Counter[str] = Counter()
    by_column: Counter[str] = Counter()
    for (row, column), entries in held.items():
        by_row[row] += len(entries)
        by_column[column] += len(entries)
    rows = sorted(by_row, key=lambda row: (row not in first, row == NO_MATTER, -by_row[row], row.casefold(), row))
    columns = sorted(by_column, key=lambda id: (-by_column[id], names.get(id, id).casefold(), id))
    row_at, column_at = ({key: n for n, key in enumerate(keys)} for keys in (rows, columns))
    cells = {(row_at[row], column_at[column]): tuple(entries) for (row, column), entries in held.items()}
    return Grid(
        title, lead, tuple(rows), tuple(_columns(columns, names)),
        dict(sorted(cells.items())), marks, findings, row_name, len(counted.corpus.sources), len(first & by_row.keys()),
        tuple(sorted(left.items(), key=lambda why: (-why[1], why[0]))), counted.account,
    )  # fmt: skip


def _columns(ids: list[str], names: Mapping[str, str]) -> Iterator[Column]:
    """Yield the columns; the second of two actors of one name is called "Council (2)"."""
    times: Counter[str] = Counter()
    for id in ids:
        name = names.get(id, id)
        times[name] += 1
        yield Column(id, name if times[name] == 1 else f"{name} ({times[name]})")


def entry_of(claim: Said, mark: str) -> Entry:
    """Return a claim as it stands in a cell."""
    return Entry(
        mark=mark,
        speaker=claim.speaker_name or "somebody",
        verb=verb_of(claim.type, claim.stance, claim.degree, claim.modality, claim.polarity),
        quote=" ".join(claim.quote.split()),
        document=claim.source.name,
        start=claim.start,
        end=claim.end,
        date=claim.when,
        claim=claim.iri,
    )


_MARKS: Final[dict[str, dict[str, str]]] = {
    "responsibility": {"holds": "held responsible", "denies": "denied", "questions": "questioned"},
    "obligation": {"must": "must", "should": "should", "may": "may", "must not": "must not", "need not": "need not"},
    "demand": {"demands": "demanded", "not": "not demanded"},
    "commitment": {"promises": "promised", "refuses": "refused"},
}


def _marker(kind: str) -> Callable[[Said], str]:
    if kind == "responsibility":
        return sign_of
    if kind == "demand":
        return lambda c: "demands" if c.polarity == "positive" else "not"
    if kind == "commitment":
        return lambda c: "refuses" if c.stance == "denies" or c.polarity == "negative" else "promises"
    return _duty


def _duty(claim: Said) -> str:
    if "not" in claim.modality:
        return "must not"
    return "need not" if claim.polarity == "negative" else claim.modality or "must"


def _contested(held: Mapping[tuple[str, str], list[Entry]], counted: Counted) -> list[Finding]:
    rows: defaultdict[str, set[str]] = defaultdict(set)
    all_entries: defaultdict[str, list[Entry]] = defaultdict(list)
    out = []
    for (row, bearer), entries in sorted(held.items()):
        marks = {entry.mark for entry in entries}
        rows[row] |= marks
        all_entries[row] += entries
        if {"holds", "denies"} <= marks and row != NO_MATTER:
            who = counted.corpus.names.get(bearer, bearer)
            out.append(Finding("contested", row, f"{who} is held responsible for it, and it is denied", tuple(entries)))
    for row in sorted(rows):
        if "holds" not in rows[row] and row != NO_MATTER:
            why = f"nobody is held responsible: it is only {' and '.join(sorted(_SAID[m] for m in rows[row]))}"
            out.append(Finding("no-one", row, why, tuple(all_entries[row])))
    return out


_SAID: Final = {"denies": "denied", "questions": "questioned"}


def _several_solely(claims: list[Said], matters: Mapping[str, str], counted: Counted) -> list[Finding]:
    alone: defaultdict[str, list[Said]] = defaultdict(list)
    for claim in claims:
        if claim.degree == "sole" and claim.bearer and sign_of(claim) == "holds" and matters[claim.iri] != NO_MATTER:
            alone[matters[claim.iri]].append(claim)
    out = []
    for row, found in sorted(alone.items()):
        bearers = sorted({counted.corpus.names.get(c.bearer, c.bearer) for c in found})
        if len({c.bearer for c in found}) > 1:
            why = f"{' and '.join(bearers)} are each said to be solely responsible"
            out.append(Finding("several-solely", row, why, tuple(entry_of(c, "holds") for c in found)))
    return out
