"""The process a user's query runs in: guard, engine, answer; it may crash or be killed at no cost.

Standard input: one line of JSON (``query``, ``prefixes``, ``limit``; ``database``: a folder to be opened read-only;
``check``: true if the query is only to be checked), then, without a database, the graph as N-Quads. Standard
output: one JSON object, the answer or an ``error``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from respgraph.errors import QueryError
from respgraph.query.guard import check_query
from respgraph.query.result import held_rows, to_json_cells

_MEMORY = 4 << 30


def answer(query: str, prefixes: dict[str, str], store: Any, limit: int) -> dict[str, Any]:
    """Return the answer of a query that passed the guard, at most ``limit`` characters of it.

    Raises:
        QueryError: Whatever is wrong with the query.
    """
    try:
        results = store.query(query, prefixes=prefixes, use_default_graph_as_union=True)
        kind, columns, rows = to_json_cells(results)
        return {"kind": kind, "columns": columns, "rows": held_rows(rows, limit)}
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query failed: {str(error).splitlines()[0]}") from error


def open_quads(database: str | None) -> Any:
    """Return the store in that folder, read-only, or one of the N-Quads on standard input."""
    import pyoxigraph

    if database is not None:
        return pyoxigraph.Store.read_only(str(Path(database) / "rocks"))
    store = pyoxigraph.Store()
    store.bulk_load(sys.stdin.buffer.read(), pyoxigraph.RdfFormat.N_QUADS)
    return store


def main() -> None:
    """Answer the one query on standard input."""
    _limit_memory()
    header = json.loads(sys.stdin.buffer.readline())
    query, prefixes = header["query"], header["prefixes"]
    try:
        check_query(query, prefixes)
        found = {} if header["check"] else answer(query, prefixes, open_quads(header["database"]), header["limit"])
    except QueryError as error:
        found = {"error": str(error)}
    sys.stdout.buffer.write(json.dumps(found).encode())


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, ValueError, OSError):
        return  # no such limit on this system; the deadline still holds


if __name__ == "__main__":
    main()
