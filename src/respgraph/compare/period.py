"""What was said in a period: the day of the statement, else of its document; what has neither is counted, not shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from respgraph.compare.claims import DATES, Said
from respgraph.errors import QueryError, RespgraphError
from respgraph.query import Result
from respgraph.store import View

DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)

_PUBLISHED: Final = "SELECT ?g ?date WHERE { GRAPH ?g { ?g a resp:Document ; schema:datePublished ?date } }"
_STATEMENTS: Final = "SELECT ?g ?claim ?s WHERE { GRAPH ?g { ?claim resp:madeIn ?s } }"


def check_date(given: str | None) -> str | None:
    """Return a year, month or day as it was given.

    Raises:
        RespgraphError: Not written as 2024, 2024-05 or 2024-05-31.
    """
    if given is not None and not DATE.fullmatch(given):
        raise RespgraphError(f"{given!r} is no date: write 2024, 2024-05 or 2024-05-31")
    return given


def check_period(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """Return the ends of a period as they were given.

    Raises:
        RespgraphError: One is no date, or the first comes after the last.

    >>> check_period("2024-05-20", "2024")
    ('2024-05-20', '2024')
    """
    first, last = check_date(since), check_date(until)
    if first is not None and last is not None and first[: len(last)] > last[: len(first)]:
        raise RespgraphError(f"a period from {first} to {last} has no day in it")
    return first, last


def is_in(date: str, since: str | None, until: str | None) -> bool:
    """Say whether a date lies in a period, both ends in it; a date or end of less precision means all of it.

    >>> is_in("2024-05", "2024-05-20", None), is_in("2024-05-31", None, "2024-05"), is_in("2024-06-01", None, "2024-05")
    (True, True, False)
    """
    after = since is None or date[: len(since)] >= since[: len(date)]
    return after and (until is None or date[: len(until)] <= until[: len(date)])


def within(claims: Iterable[Said], since: str | None, until: str | None) -> tuple[tuple[Said, ...], int]:
    """Return the claims of a period, and how many were left out because nothing dates them."""
    held = tuple(claims)
    if since is None and until is None:
        return held, 0
    return tuple(c for c in held if c.when and is_in(c.when, since, until)), sum(not c.when for c in held)


def result_within(view: View, result: Result, since: str | None, until: str | None) -> tuple[Result, int]:
    """Return the answers of a query whose claim was said in a period, and how many were left out as undated.

    Raises:
        QueryError: The answers name no claim.
    """
    if since is None and until is None:
        return result, 0
    if "claim" not in result.columns:
        raise QueryError("a period needs answers with a column ?claim; this query has none")
    at = result.columns.index("claim")
    published = {row["g"].value: row["date"].value for row in view.query(_PUBLISHED)}
    said = {row["s"].value: row["date"].value for row in view.query(DATES)}
    dates = {
        row["claim"].value: said.get(row["s"].value) or published.get(row["g"].value, "")
        for row in view.query(_STATEMENTS)
    }
    when = [dates.get(cell.value, "") if (cell := row[at]) is not None else "" for row in result.rows]
    rows = [row for row, date in zip(result.rows, when, strict=True) if date and is_in(date, since, until)]
    return replace(result, rows=tuple(rows)), sum(not date for date in when)
