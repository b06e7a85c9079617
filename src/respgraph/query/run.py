"""Run a query: one of the catalogue in this process, a user's own in a child that can be killed.

Parameters are looked up in the graph (an actor by name, alias or IRI, whatever its case) and then bound as
terms; no value ever becomes part of a query's text.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from respgraph.errors import QueryError
from respgraph.query.catalogue import NamedQuery, Parameter, load_query
from respgraph.query.result import Cell, Cells, Result, from_json_cells, held_rows, to_json_cells
from respgraph.store import View
from respgraph.vocab import PREFIXES

DEADLINE: Final = 30.0
MAX_ANSWER: Final = 32_000_000
_NAMES: Final = {
    "actor": """SELECT DISTINCT ?node ?name WHERE { GRAPH ?graph {
        ?read a resp:Actor ; skos:prefLabel|skos:altLabel|resp:prefLabelAsRead ?name .
        OPTIONAL { ?read resp:mergedInto ?kept } BIND(COALESCE(?kept, ?read) AS ?node) } }""",
    "forum": """SELECT DISTINCT ?node ?name WHERE { GRAPH ?graph {
        ?statement resp:forum ?node . ?node skos:prefLabel|skos:altLabel|rdfs:label ?name } }""",
    "claim": """SELECT DISTINCT ?node ?name WHERE { GRAPH ?graph {
        ?node a resp:Claim . BIND(REPLACE(STR(?node), "^.*/", "") AS ?name) } }""",
}


def run_query(
    view: View,
    query: str,
    parameters: Mapping[str, str] | None = None,
    deadline: float = DEADLINE,
) -> Result:
    """Return the answer to a named query or to SPARQL text.

    Args:
        view: The graph.
        query: A name of the catalogue, or SPARQL; in SPARQL our prefixes are known and patterns outside GRAPH
            look into all graphs. What is contradicted, shifted or repeated is looked up in the graph of links, which
            every build derives (``compare.with_links`` for one that has none).
        parameters: Values for a named query's parameters, by name.
        deadline: Seconds of wall clock a user's SPARQL may take.

    Raises:
        UnknownNameError: A single word that names no query.
        QueryError: Wrong parameters, or SPARQL that does not parse, may not run or takes too long.
    """
    if _is_name(query):
        return _run_named(view, load_query(query.strip()), parameters or {})
    if parameters:
        raise QueryError("parameters go with named queries; put values into your own SPARQL yourself")
    return _run_text(view, query, deadline)


def needs_links(query: str) -> bool:
    """Say whether a named query looks into the graph of derived links; SPARQL of a user asks what is there."""
    return _is_name(query) and load_query(query.strip()).needs_links


def _is_name(query: str) -> bool:
    return len(query) < 100 and all(c.isalnum() or c in "-_" for c in query.strip()) and bool(query.strip())


def _run_named(view: View, query: NamedQuery, values: Mapping[str, str]) -> Result:
    by_name = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in by_name:
            known = ", ".join(by_name) or "none"
            raise QueryError(f"query {query.name} has no parameter {name!r}; it has: {known}")
    for parameter in query.parameters:
        if parameter.required and parameter.name not in values:
            raise QueryError(f"query {query.name} needs {parameter.name}: {parameter.meaning}")
    rows: dict[tuple[Cell | None, ...], None] = {}
    columns: tuple[str, ...] = ()
    cells = Cells()
    for bound in _bindings(view, by_name, values):
        found = view.query(query.asking(bound), bind=bound)
        columns = tuple(v.value for v in found.variables if v.value not in by_name or v.value == "claim")
        rows |= dict.fromkeys(tuple([cells[solution[column]] for column in columns]) for solution in found)
    return Result(columns, tuple(rows))


def _bindings(view: View, by_name: Mapping[str, Parameter], values: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return one set of bindings per combination of the things the values name (mostly one)."""
    bindings: list[dict[str, Any]] = [{}]
    for name, value in sorted(values.items()):
        nodes = _look_up(view, by_name[name], value)
        bindings = [bound | {name: node} for bound in bindings for node in nodes]
    return bindings


def _look_up(view: View, parameter: Parameter, value: str) -> list[Any]:
    wanted = " ".join(value.split()).casefold()
    nodes: dict[str, Any] = {}
    names: dict[str, str] = {}
    for solution in view.query(_NAMES[parameter.kind]):
        node, name = solution["node"], " ".join(solution["name"].value.split())
        names.setdefault(name.casefold(), name)
        if name.casefold() == wanted or str(node.value) == value.strip(" <>"):
            nodes[str(node.value)] = node
    if not nodes:
        close = [names[name] for name in get_close_matches(wanted, sorted(names), n=3)]
        hint = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
        raise QueryError(f"this graph has no {parameter.kind} {value!r}{hint}")
    return [nodes[key] for key in sorted(nodes)]


def _run_text(view: View, text: str, deadline: float) -> Result:
    """Ask in a child process: it opens the view's database read-only, or gets a copy of the quads.

    A query for an endpoint is only checked there, and then sent.
    """
    from respgraph.store.remote import RemoteStore, RemoteView

    remote = isinstance(view, RemoteView | RemoteStore)
    database = view.database()
    header = {
        "query": text,
        "prefixes": PREFIXES,
        "limit": MAX_ANSWER,
        "check": remote,
        "database": None if database is None else str(database),
    }
    quads = b"" if remote or database else view.nquads()
    package_root = str(Path(__file__).resolve().parents[2])
    paths = [package_root, *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        done = subprocess.run(  # our own module, no shell; the query goes through standard input
            [sys.executable, "-P", "-m", "respgraph.query.child"],
            # -P: a file named json.py in the working folder must not become ours
            input=json.dumps(header).encode() + b"\n" + quads,
            capture_output=True,
            timeout=deadline,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError(f"the query took longer than {deadline:g} s and was stopped; narrow it") from error
    if done.returncode != 0:
        raise QueryError(f"the query ended the engine (exit {done.returncode}): too deep, too long or too large")
    found = json.loads(done.stdout)
    if "error" in found:
        raise QueryError(found["error"])
    if remote:
        return _bounded(view.endpoint_query(text, deadline))
    return from_json_cells(found["kind"], found["columns"], found["rows"])


def _bounded(results: Any) -> Result:
    """Return an endpoint's answer, if it is no larger than ours may be."""
    kind, columns, rows = to_json_cells(results)
    try:
        return from_json_cells(kind, columns, held_rows(rows, MAX_ANSWER))
    except ValueError as error:
        raise QueryError(f"the query failed: {error}") from error
