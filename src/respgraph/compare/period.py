"""What was said in a period: the day of the statement, else of its document; what has neither is counted, not shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from respgraph.compare.claims import Said
from respgraph.errors import RespgraphError

DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def check_date(given: str | None) -> str | None:
    """Return a year, month or day as it was given.

    Raises:
        RespgraphError: Not written as 2024, 2024-05 or 2024-05-31.
    """
    if given is not None and not DATE.fullmatch(given):
        raise RespgraphError(f"{given!r} is no date: write 2024, 2024-05 or 2024-05-31")
    return given


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
