"""The process a user's query runs in: guard, engine, answer; it may crash or be killed at no cost.

Standard input: one line of JSON (``query``, ``prefixes``, ``limit``), then the graph as N-Quads. Standard
output: one JSON object, the answer or an ``error``.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from respgraph.errors import QueryError
from respgraph.query.guard import check_query
from respgraph.query.result import to_json_cells

_MEMORY = 4 << 30


def answer(query: str, prefixes: dict[str, str], nquads: bytes, limit: int) -> dict[str, Any]:
    """Return the answer of a guarded query over the quads, at most ``limit`` bytes of it.

    Raises:
        QueryError: Whatever is wrong with the query.
    """
    import pyoxigraph

    check_query(query, prefixes)
    store = pyoxigraph.Store()
    store.bulk_load(nquads, pyoxigraph.RdfFormat.N_QUADS)
    try:
        results = store.query(query, prefixes=prefixes, use_default_graph_as_union=True)
        kind, columns, rows = to_json_cells(results)
        held, size = [], 0
        for row in rows:
            size += sum(len(part) for cell in row if cell for part in cell) + 8 * len(row)
            if size > limit:
                raise QueryError(f"the answer is larger than {limit // 1_000_000} MB; add a LIMIT")
            held.append(row)
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query failed: {str(error).splitlines()[0]}") from error
    return {"kind": kind, "columns": columns, "rows": held}


def main() -> None:
    """Answer the one query on standard input."""
    _limit_memory()
    header = json.loads(sys.stdin.buffer.readline())
    query, prefixes = header["query"], header["prefixes"]
    try:
        found = answer(query, prefixes, sys.stdin.buffer.read(), header["limit"])
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
