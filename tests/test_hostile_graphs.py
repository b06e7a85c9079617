"""Graphs that somebody has changed by hand, or made to break a reader: found, named, and never a crash."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Cli
from factories import harbour
from respgraph.check import check_graph
from respgraph.rdf import Row, build_rows, write_trig
from respgraph.rdf.iri import literal, resp, term
from respgraph.store import view_of
from respgraph.view import view_html

ROWS = build_rows(harbour())
DOC = next(row.graph for row in ROWS if not row.graph.endswith("/ties>"))
TIES = DOC[:-1] + "/ties>"
TYPE = term("rdf:type")
CLAIM = next(row.subject for row in ROWS if row.object == resp("ResponsibilityClaim"))
START = next(row for row in ROWS if row.predicate == term("oa:start"))
FAKE = (resp("assignsResponsibilityTo"), "<http://x/villain>")


def codes(rows: list[Row]) -> set[str]:
    return {finding.shape for finding in check_graph(view_of(rows)).findings}


def replaced(old: Row, value: str) -> list[Row]:
    return [row._replace(object=value) if row == old else row for row in ROWS]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([*ROWS, Row("<http://x/a>", *FAKE, TIES)], "tie"),
        ([*ROWS, Row("<http://x/a>", *FAKE, DOC)], "tie"),
        ([*ROWS, Row("<http://x/c>", TYPE, resp("Claim"), TIES)], "tie"),
        (
            [
                r
                for r in ROWS
                if r.graph != TIES or r != next(r for r in ROWS if r.graph == TIES)
            ],
            "tie",
        ),
        ([*ROWS, Row("<http://x/a>", *FAKE, "<http://x/ties>")], "stray"),
        ([*ROWS, Row("<http://x/a>", *FAKE, "")], "stray"),
        ([*ROWS, Row("<http://x/c>", TYPE, resp("ResponsibilityClaim"), "")], "stray"),
        ([*ROWS, Row("<http://x/c>", TYPE, resp("Claim"), "<http://x/other>")], "stray"),
        ([*ROWS, Row("<http://x/c>", TYPE, resp("Claim"), "_:graph")], "stray"),
        ([Row("<http://x/c>", TYPE, resp("Claim"), "")], "stray"),
        ([Row("_:c", TYPE, resp("Claim"), "")], "stray"),
        ([r for r in ROWS if (r.subject, r.object) != (CLAIM, resp("Claim"))], "claim-type"),
        ([r for r in ROWS if (r.subject, r.object) != (CLAIM, resp("ResponsibilityClaim"))], "claim-type"),
        (replaced(START, f'"{"9" * 5000}"^^{term("xsd:integer")}'), "quote-offset"),
        (replaced(START, f'"\u0661\u0662"^^{term("xsd:integer")}'), "quote-offset"),
        (replaced(START, "<http://x/>"), "EvidenceShape"),
        (replaced(next(r for r in ROWS if r.predicate == resp("text")), "<http://x/>"), "text-sha256"),
        (replaced(next(r for r in ROWS if r.predicate == term("oa:exact")), "<http://x/>"), "EvidenceShape"),
        (replaced(next(r for r in ROWS if r.predicate == term("oa:prefix")), literal("not ")), "quote-context"),
        (replaced(next(r for r in ROWS if r.predicate == term("oa:suffix")), literal("not ")), "quote-context"),
    ],
)  # fmt: skip
def test_what_was_slipped_in_or_changed_is_found(rows: list[Row], code: str) -> None:
    assert code in codes(rows)


def test_a_graph_without_its_ties_conforms() -> None:
    assert check_graph(view_of([row for row in ROWS if row.graph != TIES])).conforms


def test_what_others_say_in_graphs_of_their_own_is_theirs() -> None:
    theirs = Row(CLAIM, term("rdfs:seeAlso"), "<http://x/note>", "<http://x/notes>")
    assert check_graph(view_of([*ROWS, theirs])).conforms


@pytest.mark.parametrize("value", ["1e999", "nan", "-inf", "9" * 5000, "x", "", "1.5", "-3", "\u0661"])
@pytest.mark.parametrize("predicate", ["oa:start", "oa:end", "resp:confidence"])
def test_numbers_that_are_none_give_a_page_all_the_same(value: str, predicate: str) -> None:
    rows = [
        row._replace(object=literal(value, "http://www.w3.org/2001/XMLSchema#decimal"))
        if row.predicate == term(predicate)
        else row
        for row in ROWS
    ]
    data = re.search(r'id="data"[^>]*>(.*?)</script>', view_html(view_of(rows)), re.DOTALL)
    assert data is not None
    assert json.loads(data[1], parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))["claims"]
    assert codes(rows)


COMMANDS = {
    "check": [], "view": ["-o", "p.html"], "query": ["who-holds-whom"], "network": ["--kind", "congruence"],
    "matrix": ["-f", "html"], "report": ["-f", "html"], "actors": ["-f", "csv"], "export": ["-o", "g.gexf"],
}  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "change",
    [
        lambda rows: [*rows, Row("_:c", TYPE, resp("ResponsibilityClaim"), DOC)],
        lambda rows: [*rows, Row("<http://x/c>", TYPE, resp("Claim"), "_:g")],
        lambda rows: replaced(START, f'"{"9" * 5000}"^^{term("xsd:integer")}'),
        lambda rows: [row._replace(subject="_:same", object="_:same") for row in rows],
        lambda rows: [row._replace(object='"x"@en') for row in rows if row.predicate != TYPE] + [rows[0]],
        lambda rows: [row if row.predicate == TYPE else row._replace(object="<http://x/>") for row in rows],
        lambda rows: [row if row.predicate == TYPE else row._replace(object='""') for row in rows],
    ],
    ids=["bnode claim", "bnode graph", "offset", "one node", "all text", "all IRIs", "all empty"],
)  # fmt: skip
def test_a_broken_graph_is_no_bug_of_ours(
    command: str, change: Callable[[list[Row]], list[Row]], cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "g.nq"
    rows = change(list(ROWS))
    path.write_text("".join(f"{r.subject} {r.predicate} {r.object} {r.graph} .\n" for r in rows), encoding="utf-8")
    done = cli(command, path, *COMMANDS[command])
    assert done.exit_code in (0, 1, 3)
    assert "a bug of ours" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.exit_code in ((1, 3) if command == "check" else (0, 3))


def test_a_byte_order_mark_is_no_damage(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "g.trig"
    write_trig(ROWS, path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert cli("check", path).exit_code == 0


@pytest.mark.parametrize("data", [b"\x1f\x8b\x08\x00rest", b"\x1b[31mred\x07", b"a\x00b", "\u202eabc".encode()])
def test_no_control_character_reaches_the_terminal_with_an_error(data: bytes, cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "g.trig"
    path.write_bytes(data)
    done = cli("check", path)
    assert done.exit_code == 3
    assert all(c.isprintable() for c in done.stderr.removesuffix("\n"))


def test_the_ties_that_are_compared_are_those_of_the_ontology() -> None:
    from rdflib import RDFS, Graph

    from respgraph.rdf.ties import TIE_NAMES
    from respgraph.vocab import NS, ontology_path

    graph = Graph().parse(ontology_path() / "respgraph.ttl")
    named = graph.subjects(RDFS.subPropertyOf, next(s for s in graph.subjects() if str(s) == NS + "tie"))
    assert {str(name).removeprefix(NS) for name in named} == set(TIE_NAMES)


HOSTILE = (
    "# Bad\x1b[31m title \u202e\n\nThe \x1b]0;x\x07 Ministry of Rivers\x1b[2J must pay for the\u202e flood.\n"
    + "It rained all day. " * 40
)


@pytest.mark.parametrize("arguments", [["read", "-"], ["explain", "-"]], ids=lambda a: a[0])
def test_no_control_character_of_a_text_reaches_the_terminal(arguments: list[str], cli: Cli) -> None:
    done = cli(*arguments, stdin=HOSTILE)
    assert done.exit_code == 0
    assert "Ministry" in done.stdout
    assert all(c.isprintable() for c in done.stdout.replace("\n", ""))


def test_no_control_character_of_a_graph_reaches_the_terminal(cli: Cli, tmp_path: Path) -> None:
    rows = [r._replace(object=literal("a\x1b[2J\u202eb")) if r.predicate == term("oa:exact") else r for r in ROWS]
    write_trig(rows, tmp_path / "g.trig")
    done = cli("check", tmp_path / "g.trig")
    assert done.exit_code == 1
    assert all(c.isprintable() for c in done.stdout.replace("\n", ""))
