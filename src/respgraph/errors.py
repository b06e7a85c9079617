"""What can go wrong, as a tree.

::

    RespgraphError            catch this one to catch them all; the command line exits 3
    ├── UnknownNameError      no rule, query, reader of that name (lists the known ones)
    ├── MissingExtraError     a library that an extra brings: pip install 'respgraph[frames]'
    ├── ReadError             source, where, why
    ├── RuleError             rule name, and what in it is wrong
    ├── StoreError            address, operation
    ├── GraphError            a graph that is not one of ours, or is damaged
    ├── JudgementError        file, line, what is wrong with a judgement about actors
    └── QueryError            query, line, column; prints a caret

A failing *answer* is a value, not an exception: ``check()`` returns a ``Report``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Final

# What stands before the host of a URI. A secret may hold a slash; "host:80/@name" is a port and a path.
USER_INFO: Final = re.compile(r"(?<=://)(?:[^/\s@]*@|[^/\s:@]*:(?!\d+/)[^\s@]*@)[^/\s@]*(?:@[^/\s@]*)*")


def hide_user(text: str) -> str:
    """Return the text with "..." for the user and password of each URI in it.

    >>> hide_user("s3://KEY:sec/ret@news/a"), hide_user("https://example.org/@name")
    ('s3://...@news/a', 'https://example.org/@name')
    """
    return USER_INFO.sub(lambda found: "...@" + found[0].rpartition("@")[2], text)


class RespgraphError(Exception):
    """Anything a user can cause or mend; the message says what, where and what to do next."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Let an error come back from another process: by its message, not by what its class is made from."""
        return _remake, (type(self), self.args, self.__dict__)


def _remake(kind: type[RespgraphError], arguments: tuple[Any, ...], values: dict[str, Any]) -> RespgraphError:
    error = kind.__new__(kind)
    error.args = arguments
    error.__dict__.update(values)
    return error


class UnknownNameError(RespgraphError):
    """No plugin, query or rule of that kind and name."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        """Name the kind, the unknown name and the names that would have worked."""
        names = sorted(known)
        close = get_close_matches(name, names, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        super().__init__(f"no {kind} named {name!r}{hint} Known: {', '.join(names)}".replace("' K", "'. K"))


class MissingExtraError(RespgraphError):
    """A library that only an extra of the package brings."""

    def __init__(self, extra: str, library: str) -> None:
        """Name the extra and the library, and say how to get it."""
        super().__init__(f"this needs {library}, which is not installed: pip install 'respgraph[{extra}]'")


class ReadError(RespgraphError):
    """A source that cannot be read."""

    def __init__(self, source: str, why: str, where: str | None = None) -> None:
        """Name the source, the place in it (line, byte) if known, and the reason."""
        source, why = hide_user(source), hide_user(why)
        self.source, self.why, self.where = source, why, where
        super().__init__(f"{source}{f' ({where})' if where else ''}: {why}")

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str, str | None]]:
        """Let it go from one process to another."""
        return ReadError, (self.source, self.why, self.where)


class RuleError(RespgraphError):
    """A rule or lexicon line that is wrong."""

    def __init__(self, rule: str, why: str) -> None:
        """Name the rule and the item in it that is wrong."""
        super().__init__(f"rule {rule}: {why}")


class StoreError(RespgraphError):
    """A store that cannot be opened, read or written."""

    def __init__(self, address: str, why: str) -> None:
        """Name the address and the reason."""
        super().__init__(hide_user(f"{address}: {why}"))


class GraphError(RespgraphError):
    """A graph file that is damaged or holds nothing of respgraph."""

    def __init__(self, source: str, why: str) -> None:
        """Name the graph and the reason."""
        super().__init__(f"{source}: {why}")


class JudgementError(RespgraphError):
    """A judgement about actors that cannot be read, or that contradicts others."""

    def __init__(self, source: str, why: str, line: int | None = None) -> None:
        """Name the file, the line if one is to blame, and the reason."""
        super().__init__(f"{source}{f' (line {line})' if line else ''}: {why}")


class QueryError(RespgraphError):
    """A SPARQL query that does not parse or may not run."""

    def __init__(self, why: str, query: str = "", line: int | None = None, column: int | None = None) -> None:
        """Give the reason and, where known, the line and column (1-based) with a caret below it."""
        self.line, self.column = line, column
        message = why
        if line is not None and column is not None and 0 < line <= len(query.splitlines()):
            text = query.splitlines()[line - 1]
            message = f"line {line}, column {column}: {why}\n  {text}\n  {' ' * (column - 1)}^"
        super().__init__(message)
