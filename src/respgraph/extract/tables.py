"""Table rows that say what answers what, or who does what.

A table is read by its headers: a column of factors, problems or risks beside a column of responses,
solutions or mitigations; a column of tasks beside one of owners; or a RACI chart, whose cells are the
letters R, A, C and I under the names of the people. All other tables - prices, schedules, glossaries,
data - give nothing: a table that is misread makes many wrong claims at once, so a header has to be one
of the phrases of ``table_headers.tsv`` or have one as its head word.

Rows are spans only; who an owner is and what a claim looks like is decided later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from respgraph.model import Row, Span, Table
from respgraph.read.headings import strip_marks
from respgraph.read.lines import trim

KINDS: Final = {
    "response": "factor-response",
    "solution": "problem-solution",
    "mitigation": "risk-mitigation",
}
LEFT: Final = ("factor", "problem", "risk")
RIGHT: Final = ("response", "solution", "mitigation")
BY_LEFT: Final = {"factor": "factor-response", "problem": "problem-solution", "risk": "risk-mitigation"}
RACI: Final = {"R": "responsible", "A": "accountable", "C": "consulted", "I": "informed", "S": "supports"}
RACI_CELL: Final = re.compile(r"[RACIS](?: ?[/,&+] ?[RACIS]){0,3}")
LONGEST_HEADER: Final = 80
MOST_HEADER_WORDS: Final = 9
BREAKS: Final = re.compile(
    r"\b(?:of|to|for|from|by|in|on|against|under|with|per|that|which|affecting|identified|taken)\b"
)
BRACKETED: Final = re.compile(r"[(\[][^()\[\]]{0,80}[)\]]")
_PLACEHOLDERS: Final = (
    "- – — ... … n/a na none nil tbd tbc tba ? x yes no ✓ ✔ ✗ y n y/n yes/no same ditto high medium low ok pending"
)
PLACEHOLDERS: Final = frozenset([*_PLACEHOLDERS.split(), "", "not applicable"])
_GENERIC: Final = (
    "the a an our key main proposed policy recommended planned suggested possible potential current "
    "existing new expected required appropriate official emergency mitigation mitigating control risk "
    "corrective remedial preventive preventative public management strategic initial immediate short- "
    "term long-term general special overall technical legal programme program project crisis first "
    "second actual adopted and"
)
GENERIC: Final = frozenset(_GENERIC.split())


@dataclass(frozen=True, slots=True)
class TableRow:
    """What one row says, as spans.

    ``kind`` is factor-response, problem-solution, risk-mitigation (``factor`` and ``response`` are
    filled), action-responsible or raci (``action`` and ``responder`` are filled). ``responder`` is who
    acts: the words of the owner cell, of the RACI header, or of the response's header ("U.S." of
    "U.S. Response"). ``role`` is the RACI letter in words, else None. ``evidence`` is the row from its
    first to its last filled cell, ``headers`` the headers of the columns used.
    """

    kind: str
    evidence: Span
    factor: Span | None = None
    response: Span | None = None
    action: Span | None = None
    responder: Span | None = None
    role: str | None = None
    headers: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its place, its header, the roles it may play and whom its header names."""

    place: int
    header: Span
    roles: frozenset[str]
    named: Span | None = None


def read_table(table: Table, text: str) -> list[TableRow]:
    r"""Return what the rows of a table say; an empty list for tables that say nothing of the kind.

    Args:
        table: The table with its header row.
        text: The document's text.

    Example:
        >>> from respgraph.read import read_text
        >>> document = read_text("| Factor | City Response |\n|---|---|\n| Flooding | New dykes |")
        >>> [row] = read_table(document.blocks[0].table, document.text)
        >>> [span.of(document.text) for span in (row.factor, row.response, row.responder)]
        ['Flooding', 'New dykes', 'City']
    """
    columns = [_column(place, header, text) for place, header in enumerate(table.header.cells)]
    if raci := _raci_columns(table, text):
        return list(_raci_rows(table, text, columns, raci))
    if pairs := _pairs(columns):
        rows = list(_pair_rows(table, text, pairs, _first(columns, "owner")))
        return rows if _says_something(rows, text) else []
    if duo := _action_and_owner(columns):
        rows = list(_action_rows(table, text, *duo))
        return rows if _says_something(rows, text) else []
    return []


@cache
def header_roles() -> dict[str, frozenset[str]]:
    """Return header phrase -> roles of the shipped list."""
    out: dict[str, set[str]] = {}
    lines = (files("respgraph.extract") / "table_headers.tsv").read_text(encoding="utf-8").splitlines()
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        role, phrase = line.split("\t")
        out.setdefault(phrase, set()).add(role)
    return {phrase: frozenset(roles) for phrase, roles in out.items()}


def strip_cell(text: str, span: Span) -> Span:
    """Return a cell without Markdown emphasis that encloses all of it."""
    return strip_marks(text, trim(text, span))


def is_filled(text: str, span: Span) -> bool:
    """Say whether a cell says something: letters, and no placeholder such as "n/a" or "TBD"."""
    words = strip_cell(text, span).of(text)
    return words.lower().strip(".") not in PLACEHOLDERS and sum(char.isalpha() for char in words) >= 2


def _column(place: int, header: Span, text: str) -> Column:
    span = strip_cell(text, header)
    words = span.of(text)
    if not words or len(words) > LONGEST_HEADER or len(words.split()) > MOST_HEADER_WORDS:
        return Column(place, span, frozenset())
    phrase = " ".join(BRACKETED.sub(" ", words).lower().replace("**", "").strip(" :?*").split())
    roles = header_roles().get(phrase)
    if roles is None:
        roles = frozenset().union(*(_head_roles(part) for part in re.split(r" ?[/&] ?| and | or ", phrase)))
    if "not" in roles:
        return Column(place, span, frozenset())
    named = _named(text, span) if roles & {*RIGHT, "action"} else None
    return Column(place, span, roles, named)


def _head_roles(phrase: str) -> frozenset[str]:
    """Return the roles of a header's head: the last word, or the one before "of", "affecting" ..."""
    roles = header_roles()
    if "not" in roles.get(phrase, ()):
        return roles[phrase]
    known = roles.get(phrase) or frozenset()
    front = BREAKS.split(phrase, maxsplit=1)[0].split() or [""]
    head = roles.get(front[-1], frozenset()) - {"body", "owner"}
    if front[-1] in ("what", "who", "lead", "function", "functions", "measure") and len(front) > 1:
        head = frozenset()
    return known | head


def _named(text: str, header: Span) -> Span | None:
    """Return who a response's header names: "U.S." of "U.S. Response", "City" of "Response by the City"."""
    words = header.of(text)
    found = re.search(r"\b(?:by|of|from) (?:the )?(?P<name>[A-Z][^()|]{0,60})$", words)
    if found:
        return Span(header.start + found.start("name"), header.end)
    parts = [(part.group(), part.start(), part.end()) for part in re.finditer(r"\S+", words)][:-1]
    while parts and parts[0][0].lower().strip("*") in GENERIC:
        del parts[0]
    while parts and parts[-1][0].lower().strip("*") in GENERIC:
        del parts[-1]
    if not parts or not parts[0][0][0].isupper() or any(part[0][0].islower() for part in parts):
        return None
    if any(part[0].lower() in header_roles() for part in parts) or BREAKS.search(words):
        return None
    end = parts[-1][2]
    for tail in ("’s", "'s", "’", "'"):
        if words[:end].endswith(tail):
            end -= len(tail)
            break
    return Span(header.start + parts[0][1], header.start + end)


def _first(columns: list[Column], role: str) -> Column | None:
    return next((column for column in columns if role in column.roles), None)


def _pairs(columns: list[Column]) -> list[tuple[str, Column, Column]]:
    """Return kind, left and right column of each response, solution or mitigation column."""
    out = []
    for right in columns:
        left = next((c for c in columns[: right.place] if c.roles & set(LEFT)), None)
        if left is None:
            continue
        side = next(role for role in LEFT if role in left.roles)
        if role := next((role for role in RIGHT if role in right.roles), None):
            kind = KINDS[role] if role != "response" or side == "factor" else BY_LEFT[side]
            out.append((kind, left, right))
        elif "action" in right.roles and not right.roles & set(LEFT):
            out.append((BY_LEFT[side], left, right))
    return out


def _pair_rows(
    table: Table, text: str, pairs: list[tuple[str, Column, Column]], owner: Column | None
) -> Iterator[TableRow]:
    for row in table.rows:
        for kind, left, right in pairs:
            factor, response = row.cells[left.place], row.cells[right.place]
            if not (is_filled(text, factor) and is_filled(text, response)):
                continue
            headers = [left.header, right.header]
            responder = right.named
            if owner is not None and is_filled(text, row.cells[owner.place]):
                responder = strip_cell(text, row.cells[owner.place])
                headers.append(owner.header)
            yield TableRow(
                kind,
                _evidence(row),
                factor=strip_cell(text, factor),
                response=strip_cell(text, response),
                responder=responder,
                headers=tuple(headers),
            )


def _action_and_owner(columns: list[Column]) -> tuple[Column, Column] | None:
    owner = _first(columns, "owner")
    action = _first(columns, "action") or (_first(columns, "duty") if owner else None)
    if owner and action and owner.place != action.place:
        return action, owner
    duty, body = _first(columns, "duty"), _first(columns, "body")
    if duty and body and duty.place != body.place:
        return duty, body
    return None


def _action_rows(table: Table, text: str, action: Column, owner: Column) -> Iterator[TableRow]:
    for row in table.rows:
        task, who = row.cells[action.place], row.cells[owner.place]
        if is_filled(text, task) and is_filled(text, who):
            yield TableRow(
                "action-responsible",
                _evidence(row),
                action=strip_cell(text, task),
                responder=strip_cell(text, who),
                headers=(action.header, owner.header),
            )


def _raci_columns(table: Table, text: str) -> list[int]:
    """Return the places of the columns of a RACI chart: letters only, in two columns or more."""
    found = []
    for place in range(1, len(table.header.cells)):
        cells = [strip_cell(text, row.cells[place]).of(text) for row in table.rows]
        filled = [cell for cell in cells if cell and cell not in ("-", "–", "—")]
        letters = [cell for cell in filled if len(cell) < 12 and RACI_CELL.fullmatch(cell)]
        if letters and len(letters) == len(filled) and is_filled(text, table.header.cells[place]):
            found.append(place)
    used = {char for place in found for row in table.rows for char in row.cells[place].of(text) if char in RACI}
    return found if len(found) >= 2 and "R" in used and used & {"A", "C", "I"} else []


def _raci_rows(table: Table, text: str, columns: list[Column], places: list[int]) -> Iterator[TableRow]:
    task = next((c for c in columns if c.place not in places and c.roles & {"action", "duty"}), columns[0])
    if task.place in places:
        return
    for row in table.rows:
        action = strip_cell(text, row.cells[task.place])
        if not is_filled(text, action):
            continue
        for place in places:
            for letter in RACI:
                if letter in strip_cell(text, row.cells[place]).of(text):
                    header = columns[place].header
                    yield TableRow(
                        "raci",
                        _evidence(row),
                        action=action,
                        responder=header,
                        role=RACI[letter],
                        headers=(task.header, header),
                    )


def _evidence(row: Row) -> Span:
    filled = [cell for cell in row.cells if cell.start < cell.end]
    return Span(filled[0].start, filled[-1].end)


def _says_something(rows: list[TableRow], text: str) -> bool:
    """Say whether most right-hand cells are words rather than figures, dates or codes."""
    cells = [cell.of(text) for row in rows if (cell := row.response or row.action)]
    worded = [cell for cell in cells if sum(char.isalpha() for char in cell) >= len(cell) * 0.5]
    return len(worded) * 2 > len(cells)


def read_open_rows(table: Table, text: str) -> list[TableRow]:
    r"""Return the rows of a table of tasks and owners that name a task and nobody; ``responder`` is None.

    Example:
        >>> from respgraph.read import read_text
        >>> document = read_text("| Task | Owner |\n|---|---|\n| Sweep the yard | Ada |\n| Lock the gate | TBD |")
        >>> [row.action.of(document.text) for row in read_open_rows(document.blocks[0].table, document.text)]
        ['Lock the gate']
    """
    duo = _action_and_owner([_column(place, header, text) for place, header in enumerate(table.header.cells)])
    if duo is None:
        return []
    action, owner = duo
    return [
        TableRow(
            "action-responsible", _evidence(row), action=strip_cell(text, task), headers=(action.header, owner.header)
        )
        for row in table.rows
        if is_filled(text, task := row.cells[action.place]) and not is_filled(text, row.cells[owner.place])
    ]
