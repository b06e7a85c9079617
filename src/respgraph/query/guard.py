"""What a user's SPARQL may not be: too long, too deep, a call to the network, an update.

pyoxigraph ends the whole process on deep nesting and on very long flat chains, and really sends HTTP for
SERVICE. So a cheap scan bounds the query before any parser sees it, then rdflib's parser reads it and its
tree is walked. ``run`` calls this inside the child process, where even a parser that never ends costs nothing
but the deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from respgraph.errors import QueryError

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 60
MAX_CHAIN: Final = 2_000
MAX_SHOWN: Final = 200  # a longer line is not printed with its caret
# Strings, IRIs, comments, variables and prefixed names are skipped; a `<` that opens no IRI is an operator.
# No part backtracks: each alternative begins with another character and possessively takes what cannot
# end it; a string that is never closed ends with the text. Each character is read once or twice.
_SCAN: Final = re.compile(
    r"""(?P<skip>\"\"\"(?:[^"\\]|\\.|"(?!""))*+(?:\"\"\")?|'''(?:[^'\\]|\\.|'(?!''))*+(?:''')?
        |"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|<[^<>"{}|^`\\\s]*+>|\#[^\n]*+
        |[?$]\w++|(?:[A-Za-z][\w-]*+)?:(?:[\w:%-]|\\.)*+)
      |(?P<open>[{(\[])|(?P<close>[})\]])
      |(?P<word>[A-Za-z]\w*+)
      |(?P<mark>[|/^!+*&=<>.;,?-])""",
    re.VERBOSE | re.DOTALL,
)
_AT: Final = re.compile(r"error at (\d+):(\d+)")
_UPDATES: Final = {"insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"}
_FORMS: Final = {"select", "ask", "construct", "describe"}
_OUTSIDE: Final = {
    "service": "SERVICE is not allowed: queries never leave this graph",
    "from": "FROM is not allowed: name a graph with GRAPH, or leave it out to ask all of them",
}
_CHAIN_WORDS: Final = {"union", "optional", "minus", "filter", "bind", "values", "graph", "exists", "in"}


def check_query(text: str, prefixes: dict[str, str]) -> None:
    """Return nothing if the query may run.

    Args:
        text: The query.
        prefixes: Those known beside the query's own.

    Raises:
        QueryError: Too long, nested or chained too far, not SPARQL (with line and column), an update, or a
            query that would reach out: SERVICE, FROM.
    """
    _scan(text)
    _check_syntax(text, prefixes)
    for value in _walk(_parsed(text)):
        name = getattr(value, "name", "")
        if name in ("ServiceGraphPattern", "DatasetClause"):
            raise QueryError(_OUTSIDE["service" if name == "ServiceGraphPattern" else "from"])


def _scan(text: str) -> None:
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise QueryError(f"the query is longer than {MAX_BYTES // 1_000_000} MB")
    if re.search("[\x00\ud800-\udfff]", text):
        raise QueryError("the query holds a NUL or a lone surrogate")
    depth = chain = 0
    form = ""
    for match in _SCAN.finditer(text):
        kind, word = match.lastgroup, match.group().lower()
        depth += (kind == "open") - (kind == "close")
        chain += kind == "mark" or (kind == "word" and word in _CHAIN_WORDS)
        if kind == "word" and word in _OUTSIDE:
            raise QueryError(_OUTSIDE[word])
        if kind == "word" and not form and depth == 0 and word in _UPDATES | _FORMS:
            form = word
        if depth > MAX_DEPTH:
            raise QueryError(f"the query is nested deeper than {MAX_DEPTH} brackets")
        if chain > MAX_CHAIN:
            raise QueryError(f"the query has more than {MAX_CHAIN} operators and patterns")
    if not form:
        raise QueryError("a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after its prefixes")
    if form in _UPDATES:
        raise QueryError(f"{form.upper()} is an update; only SELECT, ASK, CONSTRUCT and DESCRIBE are run")


def _check_syntax(text: str, prefixes: dict[str, str]) -> None:
    """Let pyoxigraph read the query over an empty store: its places are more exact than rdflib's."""
    import pyoxigraph

    try:
        pyoxigraph.Store().query(text, prefixes=prefixes)
    except SyntaxError as error:
        place = _AT.match(str(error))
        if place is None:
            raise QueryError(f"not SPARQL: {str(error).splitlines()[0]}") from error
        raise _syntax_error(text, int(place[1]), int(place[2]), "Prefix not found" in str(error)) from error


def _parsed(text: str) -> Any:
    import pyparsing
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return parseQuery(text)
    except pyparsing.ParseBaseException as error:
        raise _syntax_error(text, error.lineno, error.column) from error
    except RecursionError as error:
        raise QueryError("the query is nested too deeply") from error


def _syntax_error(text: str, line: int, column: int, prefix: bool = False) -> QueryError:
    """Return the error for a place in the text (1-based) where the query stops making sense."""
    lines = text.splitlines() or [""]
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    rest = lines[line - 1][column - 1 :].split()
    if prefix:
        why = f"unknown prefix {''.join(lines[line - 1][: column - 1].split()[-1:])[:40]!r}"
    else:
        why = f"not SPARQL at or before {rest[0][:40]!r}" if rest else "not SPARQL before the end of this line"
    if len(lines[line - 1]) > MAX_SHOWN:
        return QueryError(f"line {line}, column {column}: {why}")
    return QueryError(why, text, line, column)


def _walk(root: Any) -> Iterator[Any]:
    """Yield every node of rdflib's parse tree; a stack, not recursion, since a user chose its depth."""
    from pyparsing import ParseResults

    stack = [root]
    while stack:
        value = stack.pop()
        yield value
        if isinstance(value, dict):
            stack.extend(value.values())
        elif isinstance(value, list | tuple | ParseResults):
            stack.extend(value)
