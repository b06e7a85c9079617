"""Answers as values: typed cells in rows, whatever engine gave them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from respgraph.errors import QueryError
from respgraph.vocab import XSD


@dataclass(frozen=True, slots=True)
class Cell:
    """One term. ``kind`` is ``iri``, ``literal`` or ``bnode``; ``datatype`` an IRI, "" for plain text."""

    kind: str
    value: str
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """An answer: rows of cells (None = unbound). ``kind`` is ``select``, ``ask`` or ``construct``.

    An ASK has one column ``answer`` with one xsd:boolean; a CONSTRUCT has subject, predicate and object.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    kind: str = "select"


class Cells(dict[Any, Cell | None]):
    """pyoxigraph's term -> its cell, made once: an answer of many rows says the same few things again and again."""

    def __missing__(self, term: Any) -> Cell | None:
        """Make the cell of a term not seen before."""
        found = _term(term)
        self[term] = cell = None if found is None else Cell(*found)
        return cell


def to_json_cells(results: Any) -> tuple[str, list[str], Any]:
    """Return kind, columns and an iterator of rows of JSON-able cells for pyoxigraph's results."""
    import pyoxigraph

    if isinstance(results, pyoxigraph.QueryBoolean):
        return "ask", ["answer"], iter([[["literal", str(bool(results)).lower(), XSD + "boolean", ""]]])
    if isinstance(results, pyoxigraph.QuerySolutions):
        names = [variable.value for variable in results.variables]
        return "select", names, ([_term(solution[name]) for name in names] for solution in results)
    triples = ([_term(t) for t in (q.subject, q.predicate, q.object)] for q in results)
    return "construct", ["subject", "predicate", "object"], triples


def held_rows(rows: Iterable[list[list[str] | None]], limit: int) -> list[list[list[str] | None]]:
    """Return the rows of an answer as a list.

    Raises:
        QueryError: They are larger than the limit, in characters.
    """
    held, size = [], 0
    for row in rows:
        size += sum(len(part) for cell in row if cell for part in cell) + 8 * len(row)
        if size > limit:
            raise QueryError(f"the answer is larger than {limit // 1_000_000} MB; add a LIMIT")
        held.append(row)
    return held


def from_json_cells(kind: str, columns: list[str], rows: Any) -> Result:
    """Return the Result of what ``to_json_cells`` gave, here or in another process."""
    cells = tuple(tuple(None if cell is None else Cell(*cell) for cell in row) for row in rows)
    return Result(tuple(columns), cells, kind)


def _term(term: Any) -> list[str] | None:
    import pyoxigraph

    if term is None:
        return None
    if isinstance(term, pyoxigraph.NamedNode):
        return ["iri", term.value, "", ""]
    if isinstance(term, pyoxigraph.Literal):
        language = term.language or ""
        datatype = "" if language or term.datatype.value == XSD + "string" else term.datatype.value
        return ["literal", term.value, datatype, language]
    return ["bnode", str(getattr(term, "value", term)), "", ""]
