"""One number, whoever tells it: named query, network, matrix and report say the same of the shipped graphs."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest

from conftest import ROOT, Cli, Python
from respgraph.compare import NO_MATTER, read_counted
from respgraph.matrix import responsibility_grid
from respgraph.network import build_network, measure_nodes
from respgraph.report import read_briefing
from respgraph.store import open_graph

CASES = ("flood", "lease", "migration")


def graph(case: str) -> str:
    return str(ROOT / "graphs" / case / "graph.trig")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("case", CASES)
def test_query_network_matrix_and_report_count_the_same(cli: Cli, case: str) -> None:
    asked: Counter[tuple[str, str, str]] = Counter()
    of_bearer: Counter[tuple[str, str]] = Counter()
    sign = {"assigns": "holds", "accepts": "holds", "shares": "holds", "denies": "denies", "questions": "questions"}
    for row in rows(cli("query", graph(case), "counts", "--fold", "-f", "csv").stdout):
        asked[row["says"], sign[row["stance"]], row["responsible"]] += int(row["claims"])
        of_bearer[row["responsible"], sign[row["stance"]]] += int(row["claims"])
    assert asked

    ties = rows(cli("network", graph(case), "--table", "ties", "-f", "csv").stdout)
    assert {(t["source"], t["sign"], t["target"]): int(t["claims"]) for t in ties} == asked

    with open_graph(graph(case)) as opened:
        counted = read_counted(opened)
        briefing = read_briefing(opened)
    grid = responsibility_grid(counted)
    in_cells: Counter[tuple[str, str]] = Counter()
    for (_, m), entries in grid.cells.items():
        in_cells.update((grid.columns[m].name, entry.mark) for entry in entries)
    assert in_cells == of_bearer

    told = {
        (t.name, mark): n
        for t in briefing.tallies
        for mark, n in (("holds", t.holds + t.accepts), ("denies", t.denies), ("questions", t.questions))
        if n
    }
    assert told == of_bearer
    assert dict(briefing.facts)["hold or accept"] == sum(n for (_, mark), n in of_bearer.items() if mark == "holds")


@pytest.mark.parametrize("case", CASES)
def test_strength_in_the_network_is_what_others_say_in_the_report(case: str) -> None:
    with open_graph(graph(case)) as opened:
        counted = read_counted(opened)
        briefing = read_briefing(opened)
    strength = measure_nodes(build_network(counted.corpus))
    own = Counter(c.bearer for c in counted.claims if c.type == "responsibility" and c.speaker == c.bearer
                  and c.stance in ("assigns", "accepts", "shares"))  # fmt: skip
    for one in briefing.tallies:
        assert strength[one.id]["in_strength"] == one.holds + one.accepts - own[one.id]


@pytest.mark.parametrize("case", CASES)
def test_ties_of_actors_and_matters_are_the_cells_of_the_matrix(case: str) -> None:
    with open_graph(graph(case)) as opened:
        counted = read_counted(opened)
    grid, network = responsibility_grid(counted), build_network(counted.corpus, "actor-matter")
    cells = Counter(
        (grid.columns[m].id, grid.rows[n], entry.mark)
        for (n, m), entries in grid.cells.items()
        for entry in entries
        if grid.rows[n] != NO_MATTER
    )
    assert cells == {
        (network.nodes[t.source].id, network.nodes[t.target].label, t.sign): len(t.claims) for t in network.ties
    }


def test_same_bytes_whatever_the_hash_seed(python: Python) -> None:
    code = f"""
from respgraph.cli import main
for command in (["network", "--kind", "congruence", "-f", "json"], ["matrix", "-f", "html"], ["report", "-f", "html"]):
    main([*command, {graph("migration")!r}], standalone_mode=False)
"""
    one, other = (python("-c", code, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert one.returncode == 0, one.stderr
    assert one.stdout == other.stdout
    assert one.stdout.count("<!doctype html>") == 2
