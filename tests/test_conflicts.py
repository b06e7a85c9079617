"""Conflicts inside documents and between them: each kind, what makes none, its formats and its derived links."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Cli
from factories import harbour
from respgraph import View, extract_many, read_text
from respgraph.compare import Conflict, derive_links, find_conflicts, find_twins, format_conflicts, read_corpus
from respgraph.compare.conflicts import KINDS
from respgraph.compare.matters import Weights
from respgraph.query import run_query
from respgraph.rdf import build_rows, write_trig
from respgraph.rdf.iri import resp, term
from respgraph.store import open_store, view_of

REPORT = (
    "The harbour tunnel was closed for nine days after the storm. Divers looked at the gates on both sides of it. "
    "The council said that Norrail Ltd is responsible for the flooded harbour tunnel. Traffic went over the old "
    "bridge, where queues reached the market square every morning until the pumps had done their work."
)
TEXTS = (
    ("a-morning.txt", "2024-05-02", REPORT),
    ("b-evening.txt", "2024-05-03", REPORT + " More on page two."),
    (
        "c-reply.txt", "2024-05-06",
        "Norrail Ltd denied that it was responsible for the flooded harbour tunnel. "
        "Ruritania urged Sweden to publish the inspection records. France promised to open the archive.",
    ),
    (
        "d-later.txt", "2024-06-01",
        "Norrail Ltd admitted that it was responsible for the flooded harbour tunnel. "
        "The Tunnel Rescue Guild (TRG) will meet. The inspection records should be published.",
    ),
    (
        "e-rules.txt", None,
        "Norway must open the flood gates in winter. The Transport Review Group (TRG) was late. "
        "Sweden denied that it was responsible for the broken crane.",
    ),
    ("f-rules.txt", None, "The league said that Norway must not open the flood gates in winter. It must be a mistake."),
)  # fmt: skip


@pytest.fixture(scope="module")
def view() -> View:
    documents = (replace(read_text(text, name), date=day) for name, day, text in TEXTS)
    return view_of(row for found in extract_many(documents) for row in build_rows(found))


@pytest.fixture(scope="module")
def found(view: View) -> tuple[Conflict, ...]:
    return find_conflicts(read_corpus(view), twins=find_twins(view))


@pytest.fixture(scope="module")
def graph(view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("conflicts") / "graph.trig"
    write_trig(view.rows(), path)
    return path


def of(kind: str, found: Iterable[Conflict]) -> list[list[tuple[str, str]]]:
    """Return document (its letter) and speaker of each side of the conflicts of a kind."""
    return [[(s.source.name[0], s.speaker_name) for s in c.sides] for c in found if c.kind == kind]


def test_a_text_in_two_papers_is_one_voice(view: View, found: tuple[Conflict, ...]) -> None:
    names = {source.iri: source.name for source in read_corpus(view).sources}
    assert {names[a]: names[b] for a, b in find_twins(view).items()} == {"b-evening.txt": "a-morning.txt"}
    assert not [c for c in found if any(s.source.name.startswith("b") for s in c.sides)]


def test_speakers_of_two_documents_contradict_each_other(found: tuple[Conflict, ...]) -> None:
    assert of("contradiction", found) == [
        [("f", "league"), ("e", "author")],
        [("c", "Norrail Ltd"), ("a", "council")],
    ]


def test_a_speaker_of_two_dated_documents_has_shifted(found: tuple[Conflict, ...]) -> None:
    assert of("shift", found) == [[("d", "Norrail Ltd"), ("c", "Norrail Ltd")]]
    (why,) = (c.why for c in found if c.kind == "shift")
    assert why == "Norrail Ltd moved from denies to accepts"


def test_the_kinds_with_one_side(found: tuple[Conflict, ...]) -> None:
    assert of("definition", found) == [[("e", "author"), ("d", "author")]]
    assert of("unanswered", found) == [[("c", "Ruritania")]]
    assert of("no-bearer", found) == [[("d", "author")]]
    assert of("denied-by-all", found) == [[("e", "Sweden")]]


def test_a_document_is_not_made_to_say_in_which_order_things_were_said() -> None:
    view = view_of(build_rows(harbour()))
    (shift,) = (c for c in find_conflicts(read_corpus(view)) if c.kind == "shift")
    assert shift.why.startswith("Harbour Council moved from assigns sole to assigns primary")
    undated = replace(harbour(), statements=tuple(replace(s, date=None) for s in harbour().statements))
    (shift,) = (c for c in find_conflicts(read_corpus(view_of(build_rows(undated)))) if c.kind == "shift")
    assert shift.why.startswith("Harbour Council says both: ")


def test_the_words_of_a_conflict_stand_where_it_says(view: View, found: tuple[Conflict, ...]) -> None:
    texts = {name: text for name, _, text in TEXTS}
    assert {c.kind for c in found} == set(KINDS)
    for side in (side for conflict in found for side in conflict.sides):
        assert side.quote == texts[side.source.name][side.start : side.end] != ""


def test_frequent_words_alone_make_no_match() -> None:
    common = [f"the work of the people {word}" for word in ("harbour tunnel crane bridge gate pump " * 40).split()]
    weights = Weights([*common, "the flooded cellar", "a flooded cellar"])
    assert weights.score("the work of people", "work for people") < 0.5 < weights.score("flooded cellar", "the cellar")
    assert weights.score("a cellar", "b cellar") == weights.score("b cellar", "a cellar")
    assert weights.score("it", "it") == 0


def test_time_grows_with_the_claims_and_not_with_their_pairs(view: View) -> None:
    import time

    corpus = read_corpus(view)

    def spent(times: int) -> float:
        claims = tuple(
            replace(c, iri=f"{c.iri}{n}", source=replace(c.source, iri=f"{c.source.iri}{n}"), speaker=f"{c.speaker}{n}")
            for n in range(times)
            for c in corpus.claims
        )
        start = time.process_time()
        find_conflicts(replace(corpus, claims=claims), kinds=("contradiction", "shift"))
        return time.process_time() - start

    spent(20)
    assert spent(800) < 16 * spent(100)  # 64 times as many pairs


def test_the_derived_graph_holds_what_lies_between_documents_and_is_put_again_whole(view: View) -> None:
    store = open_store("memory:")
    store.put_graph(view.rows())
    rows = derive_links(store)
    kinds = sorted(row.predicate for row in rows)
    names = ("conflictsWith", "contradicts", "contradicts", "nearDuplicateOf", "shiftsFrom")
    assert kinds == [term("rdfs:label"), *(resp(name) for name in names)]
    assert {row.graph for row in rows} == {"<https://w3id.org/respgraph/data/corpus/links>"}
    before = len(store)
    for _ in range(2):
        store.put_graph(derive_links(store))
        assert len(store) == before + len(rows)
    assert derive_links(store) == rows
    assert [len(run_query(store, name).rows) for name in ("contradictions", "shifts")] == [2, 1]


def test_the_command_shows_both_sides_with_words_places_and_dates(cli: Cli, graph: Path) -> None:
    shown = " ".join(cli("conflicts", graph, "--kind", "contradiction", "--actor", "norrail ltd").output.split())
    assert "Norrail Ltd (denies; bearer Norrail Ltd): “Norrail Ltd denied that it was responsible" in shown
    assert "council (assigns; bearer Norrail Ltd): “The council said that Norrail Ltd is responsible" in shown
    assert "c-reply.txt:0-74, 2024-05-06 (the document)" in shown
    assert shown.endswith("1 conflict")


def test_a_period_leaves_out_and_counts_what_is_undated(cli: Cli, graph: Path) -> None:
    done = cli("conflicts", graph, "--since", "2024-05-05", "--until", "2024-05", "-f", "json")
    assert {s["document"] for c in json.loads(done.stdout) for s in c["sides"]} == {"c-reply.txt"}
    assert "claims without a date were left out" in done.stderr
    wrong = cli("conflicts", graph, "--since", "May")
    assert (wrong.exit_code, wrong.stderr) == (3, "respgraph: 'May' is no date: write 2024, 2024-05 or 2024-05-31\n")
    for command in ("conflicts", "report", "matrix", "network"):
        wrong = cli(command, graph, "--since", "2024-06", "--until", "2024-05-31")
        assert (wrong.exit_code, wrong.stderr) == (
            3,
            "respgraph: a period from 2024-06 to 2024-05-31 has no day in it\n",
        )


def test_a_threshold_and_a_limit_narrow(cli: Cli, graph: Path) -> None:
    assert "No conflicts" in cli("conflicts", graph, "--kind", "contradiction", "--actor", "Sweden").output
    everything = json.loads(cli("conflicts", graph, "-f", "json").output)
    fewer = json.loads(cli("conflicts", graph, "-f", "json", "--limit", 1).output)
    assert len(everything) == 7
    assert [c["kind"] for c in fewer] == list(KINDS)


def test_csv_holds_a_row_per_side_and_no_formula(view: View) -> None:
    conflict = find_conflicts(read_corpus(view))[0]
    evil = replace(conflict, sides=tuple(replace(s, quote="=HYPERLINK(1)") for s in conflict.sides))
    rows = list(csv.DictReader(io.StringIO(format_conflicts([evil], "csv"))))
    assert [row["quote"] for row in rows] == ["'=HYPERLINK(1)"] * 2
    assert {row["conflict"] for row in rows} == {"1"}


def test_an_unknown_actor_is_one_clear_line(cli: Cli, graph: Path) -> None:
    done = cli("conflicts", graph, "--actor", "Norail Ltd")
    assert done.exit_code == 3
    assert "no actor 'Norail Ltd'; did you mean 'norrail ltd'" in done.stderr


def test_a_query_can_ask_for_a_period(cli: Cli, graph: Path) -> None:
    done = cli("query", graph, "who-holds-whom", "--since", "2024-05-05", "--until", "2024-05-31", "-f", "csv")
    assert [row["document"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["c-reply.txt"]
    assert done.stderr == "respgraph: 1 answers without a date were left out\n"
    none = cli("query", graph, "counts", "--since", "2024")
    assert (none.exit_code, "?claim" in none.stderr) == (3, True)


def test_a_near_duplicate_is_counted_once(view: View) -> None:
    store = open_store("memory:")
    store.put_graph(view.rows())
    council = ("council", "assigns", "Norrail Ltd")
    for links, texts in ((False, "2"), (True, "1")):
        if links:
            store.put_graph(derive_links(store))
        rows = [[cell.value if cell else "" for cell in row] for row in run_query(store, "counts").rows]
        assert [*council, texts] in [[*row[:3], row[4]] for row in rows]


def test_the_suffix_of_what_is_written_says_the_form(cli: Cli, graph: Path, tmp_path: Path) -> None:
    for name, start in (("a.csv", "conflict,"), ("a.json", "[\n"), ("a.txt", "Contradiction: "), ("a", "Contradict")):
        assert cli("conflicts", graph, "-o", tmp_path / name).exit_code == 0
        assert (tmp_path / name).read_text().startswith(start)
    assert cli("diff", graph, graph, "-o", tmp_path / "d.json").exit_code == 0
    assert json.loads((tmp_path / "d.json").read_text())
    named = cli("conflicts", graph, "-f", "json", "-o", tmp_path / "b.csv")
    assert (named.exit_code, (tmp_path / "b.csv").read_text()[:2]) == (0, "[\n")
    assert cli("conflicts", graph, "-o", tmp_path / "c.xlsx").exit_code == 2
    wrong = cli("diff", graph, graph, "-o", tmp_path / "d.csv")
    assert (wrong.exit_code, (tmp_path / "d.csv").exists()) == (2, False)
    assert "asks for csv, which this command does not write; say with -f which of text, json" in wrong.stderr
