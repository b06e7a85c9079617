"""Turtle of several documents: each triple comes back to the document it belongs to."""

from __future__ import annotations

import io
from pathlib import Path

from conftest import Cli
from factories import harbour
from respgraph.compare import list_conflicts, read_corpus
from respgraph.rdf import Row, build_rows, write_turtle
from respgraph.rdf.iri import iri, literal, resp
from respgraph.store import open_graph, open_store, view_of
from respgraph.store.load import load
from respgraph.store.unnamed import by_document

ROWS = [*build_rows(harbour("one.txt")), *build_rows(harbour("two.txt"))]


def unnamed(rows: list[Row]) -> list[Row]:
    return [row._replace(graph="") for row in rows]


def test_documents_with_their_ties_are_told_apart_again() -> None:
    assert by_document(unnamed(ROWS)) == sorted(ROWS)
    assert by_document(reversed(unnamed(ROWS))) == sorted(ROWS)


def test_a_turtle_file_of_several_documents_opens_as_what_it_was_made_of() -> None:
    out = io.BytesIO()
    write_turtle(ROWS, out)
    store = load("g.ttl", out.getvalue())
    with view_of(ROWS) as made, view_of(()) as read:
        read._held = store
        assert sorted(read.rows()) == sorted(made.rows())
        assert read_corpus(read) == read_corpus(made)
        assert list_conflicts(read) == list_conflicts(made)


def test_links_between_documents_are_left_out_and_those_inside_one_stay() -> None:
    one, two = sorted({row.graph for row in ROWS if not row.graph.endswith("/ties>")})
    inside = Row(iri(one[1:-1] + "/c/1"), resp("contradicts"), iri(one[1:-1] + "/c/2"), "")
    between = Row(iri(one[1:-1] + "/c/1"), resp("contradicts"), iri(two[1:-1] + "/c/2"), "")
    found = by_document([*unnamed(ROWS), inside, between, Row(two, resp("nearDuplicateOf"), one, "")])
    assert found == sorted([*ROWS, inside._replace(graph=one)])


def test_what_belongs_to_no_document_is_kept_with_the_first() -> None:
    first = min(row.graph for row in ROWS if not row.graph.endswith("/ties>"))
    stray = Row("<http://x.example/a>", "<http://x.example/b>", literal("c"), "")
    tie = Row("<http://x.example/a>", resp("demandsOf"), "<http://x.example/z>", "")
    found = by_document([*unnamed(ROWS), stray, tie])
    assert set(found) - set(ROWS) == {stray._replace(graph=first), tie._replace(graph=f"{first[:-1]}/ties>")}
    assert by_document([stray]) == [stray]


def test_every_command_says_of_turtle_what_it_says_of_the_store(cli: Cli, tmp_path: Path) -> None:
    with open_store(tmp_path / "g.trig") as store:
        store.put_graph(ROWS)
        store.save()
    assert cli("export", tmp_path / "g.trig", "-o", tmp_path / "g.ttl").exit_code == 0
    assert cli("diff", tmp_path / "g.trig", tmp_path / "g.ttl").exit_code == 0
    assert "2 texts hashed" in cli("verify", tmp_path / "g.ttl").stdout
    for command in (("query", "who-holds-whom"), ("conflicts",), ("actors",), ("report",), ("check",)):
        answers = [cli(command[0], tmp_path / f"g.{form}", *command[1:]).stdout for form in ("trig", "ttl")]
        assert answers[0] == answers[1] != ""
    with open_graph(tmp_path / "g.ttl") as view:
        assert len(view.documents()) == 2
