"""Forget: an actor or a text is gone from everything a graph holds, and the rest still holds together."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Cli
from factories import harbour
from respgraph.check import check_graph
from respgraph.compare import derive_links, forget_actor, forget_document, read_corpus, rows_without
from respgraph.rdf import Row, build_rows, write_trig
from respgraph.rdf.iri import resp
from respgraph.store import Store, open_graph, open_store, view_of

SEAWORKS = "https://w3id.org/respgraph/data/actor/seaworks"


@pytest.fixture
def store() -> Store:
    """Two papers with the same text, linked as near duplicates."""
    opened = open_store("memory:")
    for name in ("one.txt", "two.txt"):
        opened.put_graph(build_rows(harbour(name)))
    opened.put_graph(derive_links(opened))
    return opened


def holding(rows: list[Row], word: str) -> list[Row]:
    return [row for row in rows if word.lower() in (row.subject + row.object).lower()]


def test_of_an_actor_nothing_is_left_but_its_name_in_the_words_of_others() -> None:
    view = view_of(build_rows(harbour()))
    forgotten = forget_actor(view, "SEAWORKS")
    left = rows_without(view, forgotten)
    assert (forgotten.claims, forgotten.still_named) == (2, 1)
    assert not [row for row in left if SEAWORKS in row.subject + row.object]
    assert {row.predicate.rpartition("#")[2].strip(">") for row in holding(left, "seaworks")} == {
        "text", "prefix", "suffix"
    }  # fmt: skip
    assert check_graph(view_of(left)).findings == ()


def test_a_redacted_graph_holds_the_name_nowhere_and_its_quotes_still_stand() -> None:
    view = view_of(build_rows(harbour()))
    left = rows_without(view, forget_actor(view, "Norrail", redact=True))
    assert not holding(left, "norrail")
    assert len(read_corpus(view_of(left)).claims) > 5
    assert any("███████ and Seaworks share" in row.object for row in left)
    assert check_graph(view_of(left)).findings == ()


def test_a_text_goes_with_its_ties_and_links(store: Store) -> None:
    before = {graph for graph in store.graphs() if graph.endswith("corpus/links")}
    assert before
    left = rows_without(store, forget_document(store, "two.txt"))
    assert {source.name for source in read_corpus(view_of(left)).sources} == {"one.txt"}
    one = view_of(build_rows(harbour("one.txt")))
    assert sorted(row for row in left if row.graph.endswith("corpus/links>")) == derive_links(one)
    assert not [row for row in left if row.predicate == resp("nearDuplicateOf")]
    forget_document(store, "two.txt").apply(store)
    assert sorted(store.rows()) == sorted(left)


def test_a_store_is_changed_as_a_new_file_would_be(store: Store) -> None:
    forgotten = forget_actor(store, "Seaworks", redact=True)
    left = rows_without(store, forgotten)
    forgotten.apply(store)
    assert sorted(store.rows()) == sorted(left)
    assert not holding(left, "seaworks")


def test_the_command_writes_a_new_graph_or_changes_the_file(cli: Cli, tmp_path: Path) -> None:
    graph, new = tmp_path / "g.trig", tmp_path / "new.trig"
    write_trig([*build_rows(harbour()), *build_rows(harbour("b.txt"))], graph)
    held = graph.read_bytes()
    done = cli("forget", graph, "--actor", "Seaworks", "-o", new)
    assert done.exit_code == 0
    assert done.stdout == f"4 claims forgotten; wrote {new}\n"
    assert done.stderr == "respgraph: 2 texts still hold the name in what is left of its words (--redact)\n"
    assert graph.read_bytes() == held
    assert cli("check", new).exit_code == 0
    assert cli("forget", graph, "--document", "b.txt").exit_code == 0
    with open_graph(graph) as opened:
        assert [source.name for source in read_corpus(opened).sources] == ["harbour.txt"]


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["--actor", "Nobody"], 3, "no actor 'Nobody'"),
        (["--document", "none.pdf"], 3, "no document 'none.pdf'\n"),
        (["--document", "harbor.txt"], 3, "no document 'harbor.txt'; did you mean 'harbour.txt'?"),
        (["--document", "/news/harbour.txt"], 3, "no document '/news/harbour.txt'; did you mean 'harbour.txt'?"),
        ([], 2, "say whom or what to forget"),
        (["--document", "harbour.txt", "--redact"], 2, "--redact goes with --actor"),
        (["--actor", "Norrail", "-o", "x.ttl"], 2, "written as .trig, .nq or .jsonld"),
    ],
)
def test_what_cannot_be_forgotten_is_said_and_changes_nothing(
    cli: Cli, tmp_path: Path, arguments: list[str], code: int, line: str
) -> None:
    graph = tmp_path / "g.trig"
    write_trig(build_rows(harbour()), graph)
    held = graph.read_bytes()
    done = cli("forget", graph, *arguments)
    assert (done.exit_code, line in done.stderr, graph.read_bytes()) == (code, True, held)
