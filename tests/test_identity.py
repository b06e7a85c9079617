"""Actors across documents: listed, judged, applied, taken back - and nothing lost on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Cli
from factories import harbour
from respgraph.compare import derive_links
from respgraph.errors import JudgementError, RespgraphError
from respgraph.identity import (
    CorpusActor,
    Judgement,
    add_judgement,
    apply_judgements,
    canonical,
    default_file,
    doubts,
    find_actor,
    fold,
    list_actors,
    read_judgements,
    read_roles,
    suggest,
    write_judgements,
)
from respgraph.query import run_query
from respgraph.rdf import Row, build_rows, construct_ties, write_trig
from respgraph.rdf.iri import resp
from respgraph.store import open_graph, open_store
from respgraph.vocab import DEFAULT_BASE

ACTOR = DEFAULT_BASE + "actor/"
NORRAIL, SEAWORKS = ACTOR + "norrail", ACTOR + "seaworks"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """Two documents that name the same actors."""
    rows = [row for name in ("a.txt", "b.txt") for row in build_rows(harbour(name))]
    write_trig(rows, tmp_path / "g.trig")
    return tmp_path / "g.trig"


def same(a: str, b: str) -> Judgement:
    return Judgement("same", a, a.rsplit("/")[-1], b, b.rsplit("/")[-1])


def differ(a: str, b: str) -> Judgement:
    return Judgement("different", a, a.rsplit("/")[-1], b, b.rsplit("/")[-1])


def councils(path: Path) -> list[str]:
    with open_graph(path) as view:
        return sorted(a.iri for a in list_actors(view) if a.name == "Harbour Council")


def apply(path: Path, *judgements: Judgement) -> int:
    with open_store(path) as store:
        done = apply_judgements(store, judgements, "j.jsonl")
        store.save()
    return done.changed


def test_a_shared_actor_is_listed_once_with_all_its_documents(graph: Path) -> None:
    with open_graph(graph) as view:
        norrail = find_actor(list_actors(view), "norrail")
    assert (norrail.documents, norrail.kind, norrail.wikidata) == (("a.txt", "b.txt"), "organisation", "Q4115189")
    assert norrail.as_speaker > 0
    assert norrail.as_bearer > 0
    assert norrail.names == ("NR", "Norrail", "Norrail plc")


def test_an_actor_of_one_document_stays_there(graph: Path) -> None:
    assert len(councils(graph)) == 2


def test_the_author_is_no_actor_of_the_corpus(graph: Path) -> None:
    with open_graph(graph) as view:
        assert not [a for a in list_actors(view) if a.name.startswith("Author of")]


def test_merge_puts_the_kept_one_into_every_slot_and_undo_gives_the_same_bytes(graph: Path) -> None:
    before = graph.read_bytes()
    kept, gone = councils(graph)
    with open_graph(graph) as view:
        apart = {a.iri: a for a in list_actors(view)}
    assert apply(graph, same(kept, gone), same(SEAWORKS, NORRAIL)) == 2
    assert graph.read_bytes() != before
    with open_graph(graph) as view:
        found = {a.iri: a for a in list_actors(view)}
    assert gone not in found
    assert found[kept].mentions == apart[kept].mentions + apart[gone].mentions
    assert found[kept].documents == ("a.txt", "b.txt")
    assert found[SEAWORKS].names == ("NR", "Norrail", "Norrail plc", "Seaworks")
    assert apply(graph) == 2
    assert graph.read_bytes() == before


def test_applying_twice_is_applying_once(graph: Path) -> None:
    apply(graph, same(SEAWORKS, NORRAIL))
    once = graph.read_bytes()
    assert apply(graph, same(SEAWORKS, NORRAIL)) == 0
    assert graph.read_bytes() == once


def test_the_order_in_which_judgements_came_does_not_matter(graph: Path) -> None:
    kept, gone = councils(graph)
    apply(graph, same(SEAWORKS, NORRAIL))
    apply(graph, same(kept, gone), same(SEAWORKS, NORRAIL))
    one_by_one = graph.read_bytes()
    apply(graph)
    apply(graph, same(SEAWORKS, NORRAIL), same(kept, gone))
    assert graph.read_bytes() == one_by_one


def test_a_collective_whose_members_are_merged_gets_them_back(graph: Path) -> None:
    before = graph.read_bytes()
    apply(graph, same(NORRAIL, SEAWORKS))
    assert b"resp:memberAsRead" in graph.read_bytes()
    apply(graph)
    assert graph.read_bytes() == before


def test_ties_follow_the_judgement(graph: Path) -> None:
    kept, gone = councils(graph)
    apply(graph, same(kept, gone))
    with open_graph(graph) as view:
        for name in view.documents():
            data = view.dataset()
            derived = construct_ties(data.graph(name))
            held = set(data.graph(name + "/ties"))
            assert derived == held
            assert any(str(s) == kept for s, _, _ in held)


def test_evidence_stays_where_it_is(graph: Path, cli: Cli) -> None:
    kept, gone = councils(graph)
    with open_graph(graph) as view:
        before = run_query(view, "who-holds-whom")
    apply(graph, same(kept, gone))
    assert cli("check", str(graph)).exit_code == 0
    with open_graph(graph) as view:
        after = run_query(view, "who-holds-whom")
    quote = before.columns.index("quote")
    assert [row[quote] for row in after.rows] == [row[quote] for row in before.rows]


def test_rename_shows_the_new_name_and_finds_the_old(graph: Path) -> None:
    before = graph.read_bytes()
    apply(graph, Judgement("name", NORRAIL, "Norrail", name="North Rail"))
    with open_graph(graph) as view:
        assert find_actor(list_actors(view), "Norrail").name == "North Rail"
        assert run_query(view, "who-holds-whom", {"bearer": "Norrail"}).rows
        assert run_query(view, "who-holds-whom", {"bearer": "North Rail"}).rows
    apply(graph)
    assert graph.read_bytes() == before


def test_the_name_of_a_merged_actor_finds_the_kept_one(graph: Path) -> None:
    apply(graph, same(SEAWORKS, NORRAIL))
    with open_graph(graph) as view:
        assert run_query(view, "who-holds-whom", {"bearer": "Norrail"}).rows


def test_a_judgement_about_nobody_here_is_kept_and_reported(graph: Path) -> None:
    before = graph.read_bytes()
    with open_store(graph) as store:
        done = apply_judgements(store, [same(NORRAIL, ACTOR + "gone"), same(ACTOR + "lost", SEAWORKS)], "j.jsonl")
    assert (len(done.applied), len(done.missing), done.changed) == (0, 2, 0)
    assert graph.read_bytes() == before


@pytest.mark.parametrize(
    ("judged", "line"),
    [
        ((same("x:a", "x:b"), same("x:b", "x:c"), differ("x:c", "x:a")), "(line 3)"),
        ((differ("x:a", "x:b"), same("x:a", "x:b")), "(line 1)"),
        ((same("x:a", "x:b"), same("x:b", "x:c"), same("x:c", "x:a")), "(line 3)"),
    ],
    ids=["negative in a chain", "negative beside positive", "circle"],
)
def test_a_contradiction_names_file_and_line(judged: tuple[Judgement, ...], line: str) -> None:
    with pytest.raises(JudgementError, match="nothing was applied") as caught:
        canonical(judged, "j.jsonl")
    assert str(caught.value).startswith(f"j.jsonl {line}: ")


def test_a_contradiction_changes_nothing(graph: Path) -> None:
    before = graph.read_bytes()
    with open_store(graph) as store, pytest.raises(JudgementError):
        apply_judgements(store, [same(NORRAIL, SEAWORKS), differ(NORRAIL, SEAWORKS)], "j.jsonl")
    assert graph.read_bytes() == before


def test_chains_end_at_the_one_nobody_put_away() -> None:
    assert canonical((same("x:b", "x:c"), same("x:a", "x:b")), "j") == {"x:b": "x:a", "x:c": "x:a"}


def test_the_opposite_of_a_judgement_asks_to_take_it_back_first() -> None:
    with pytest.raises(JudgementError, match="take that back first: undo"):
        add_judgement([same("x:a", "x:b")], differ("x:b", "x:a"), "j")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "is not JSON"),
        ("[1]", "is not a judgement"),
        ('{"verdict": "perhaps", "a": "x:a", "b": "x:b"}', "'perhaps' is none of same, different, name"),
        ('{"verdict": "same", "a": "x:a"}', "needs 'b'"),
        ('{"verdict": "same", "a": "x:a", "b": "x:b", "wy": ""}', "unknown key 'wy'"),
        ('{"verdict": "same", "a": "x:a", "b": "Merkel"}', "is not an IRI"),
        ('{"verdict": "same", "a": "x:a", "b": "x:a"}', "against itself"),
        ('{"verdict": "same", "a": "x:a", "b": 3}', "is not text"),
        ('{"verdict": "same", "a": "x:2", "b": "x:1"}', "judges again what line 1 judges"),
    ],
    ids=["json", "object", "verdict", "missing", "key", "iri", "itself", "number", "twice"],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "j.jsonl"
    path.write_text(f'{{"verdict": "same", "a": "x:1", "b": "x:2"}}\n{line}\n')
    with pytest.raises(JudgementError) as caught:
        read_judgements(path)
    assert str(caught.value).startswith(f"{path} (line 2): ")
    assert why in str(caught.value)


def test_the_file_is_sorted_and_reads_back(tmp_path: Path) -> None:
    held = (same("x:b", "x:c"), Judgement("name", "x:a", "Ä", name='B "x"\n', why="because", by="J", date="2024-05-01"))
    write_judgements(held, tmp_path / "j.jsonl")
    back = read_judgements(tmp_path / "j.jsonl")
    assert set(back) == set(held)
    assert list(back) == sorted(held, key=lambda j: j.order)
    write_judgements(reversed(held), tmp_path / "k.jsonl")
    assert (tmp_path / "k.jsonl").read_bytes() == (tmp_path / "j.jsonl").read_bytes()
    assert json.loads((tmp_path / "j.jsonl").read_text().splitlines()[0])["a_label"] == "x:b"


def test_a_remote_store_has_no_file_beside_it() -> None:
    with pytest.raises(JudgementError, match="--judgements"):
        default_file("sparql+http://localhost/x")


def test_an_ambiguous_name_lists_the_iris(graph: Path) -> None:
    with open_graph(graph) as view, pytest.raises(RespgraphError, match="names 2 actors; give an IRI"):
        find_actor(list_actors(view), "harbour council")


def test_fold_counts_who_speaks_for_a_state_as_the_state_and_each_claim_once(graph: Path) -> None:
    with open_graph(graph) as view:
        plain, folded_ = run_query(view, "who-holds-whom"), run_query(fold(view), "who-holds-whom")
    says, claim = plain.columns.index("says"), plain.columns.index("claim")
    assert [row[claim] for row in plain.rows] == [row[claim] for row in folded_.rows]
    names = [[cell.value for row in answer.rows if (cell := row[says])] for answer in (plain, folded_)]
    pairs = set(zip(*names, strict=True))
    assert ("Minister", "Norland") in pairs
    assert ("Harbour Council", "Harbour Council") in pairs


def actor(iri: str, name: str, kind: str = "person", *names: str, unit_of: str = "") -> CorpusActor:
    return CorpusActor(
        ACTOR + iri,
        name,
        kind,
        (name, *names),
        ("a.txt",),
        unit_of=(ACTOR + unit_of,) if unit_of else (),
        years=("2024",),
    )


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        (actor("1", "Ida Berg"), actor("2", "Berg"), "the surname of the only one so called"),
        (
            actor("1", "Foreign Ministry of Chile", "ministry"),
            actor("2", "Ministry of Foreign Affairs of Chile", "ministry"),
            "the same words in another order or spelling",
        ),
        (
            actor("1", "Chilean Ministry of Defence", "ministry"),
            actor("2", "Chile's Defense Ministry", "ministry"),
            "the same words in another order or spelling",
        ),
        (actor("1", "Tunnel Rescue Guild", "organisation"), actor("2", "TRG", "organisation"), "its initials"),
        (actor("1", "Norrwater", "organisation"), actor("2", "Norrwater", "organisation"), "the same name"),
        (actor("1", "Volodymyr Zelenskyy"), actor("2", "Volodymyr Zelensky"), "almost the same spelling"),
        (
            actor("1", "Ida Berg", "person", "Chancellor Ida Berg"),
            actor("2", "Chancellor", "office"),
            "the only one the documents of that year call so",
        ),
    ],
    ids=["surname", "order", "nationality", "initials", "name", "letters", "office"],
)
def test_what_may_be_the_same_is_suggested_with_its_reason(a: CorpusActor, b: CorpusActor, reason: str) -> None:
    found = suggest([a, b])
    assert [(s.a, s.b) for s in found] == [(a.iri, b.iri)] or [(s.b, s.a) for s in found] == [(a.iri, b.iri)]
    assert reason in found[0].reasons
    assert suggest([a, b], [differ(a.iri, b.iri)]) == ()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (actor("1", "John Smith"), actor("2", "Jane Smith")),
        (
            actor("1", "Ministry of Health", "ministry", unit_of="chile"),
            actor("2", "Ministry of Health", "ministry", unit_of="peru"),
        ),
        (actor("1", "Chilean Ministry of Health", "ministry"), actor("2", "Peruvian Ministry of Health", "ministry")),
        (actor("1", "Norrwater", "organisation"), actor("2", "Norrwater", "person")),
        (actor("1", "residents", "group"), actor("2", "residents", "group")),
        (actor("1", "State Party", "organisation"), actor("2", "State Party", "organisation")),
        (actor("1", "the Government", "organisation"), actor("2", "Government", "organisation")),
    ],
    ids=["given names", "states", "nationalities", "kinds", "groups", "roles in a treaty", "common noun"],
)
def test_what_cannot_be_the_same_is_not_suggested(a: CorpusActor, b: CorpusActor) -> None:
    assert suggest([a, b]) == ()


def test_one_name_with_two_titles_is_flagged() -> None:
    called = (("a.txt", "Senator John Smith"), ("b.txt", "John Smith"), ("c.txt", "Sergeant John Smith"))
    one = replace(actor("1", "John Smith"), called=called)
    assert doubts([one, replace(one, called=called[:2])]) == ((one, "senator in a.txt, sergeant in c.txt"),)


def test_bodies_of_two_texts_with_a_name_that_many_have_are_suggested_last() -> None:
    one, other = (
        replace(actor("", "Ministry of Health", "ministry"), iri=f"{DEFAULT_BASE}doc/{n}/actor/moh", home=f"{n}.txt")
        for n in "ab"
    )
    (found,) = suggest([one, other])
    assert (found.reasons, found.score) == (("the same name, which several bodies may have",), 0.3)
    for name in ("Any Contracting State", "This Convention", "Prime Minister", "the Government", "central Authority"):
        assert suggest([replace(one, name=name, names=(name,)), replace(other, name=name, names=(name,))]) == ()


def test_one_full_name_with_two_roles_is_flagged(tmp_path: Path, cli: Cli) -> None:
    """The full name is one person over all texts, so whoever reads is told where that is to be looked at."""
    for name, text in {
        "a.txt": "Ada Berg, the mayor of Lund, said that Norrwater is responsible for the flood.",
        "b.txt": "The striker Ada Berg said that Norrwater must pay. The singer Tom Hale blamed Norrwater.",
        "c.txt": "Ada Berg said that Norrwater must answer. The singer Tom Hale said that Norrwater must pay.",
    }.items():
        (tmp_path / name).write_text(text)
    cli("build", *sorted(tmp_path.glob("*.txt")), "-o", tmp_path / "g.trig")
    with open_graph(tmp_path / "g.trig") as view:
        berg = next(a for a in list_actors(view) if a.name == "Ada Berg")
        assert len(berg.documents) == 3
        assert read_roles(view)[berg.iri] == (("a.txt", "mayor"), ("b.txt", "striker"))
    done = cli("actors", tmp_path / "g.trig", "--suggest")
    assert done.stderr == "respgraph: Ada Berg may be two people: mayor in a.txt, striker in b.txt\n"


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_on_an_endpoint_judgements_are_applied_and_taken_back(cli: Cli, tmp_path: Path, endpoint: str) -> None:
    judged = tmp_path / "judged.jsonl"
    with open_store(endpoint) as store:
        for name in ("a.txt", "b.txt"):
            store.put_graph(build_rows(harbour(name)))
        store.put_graph(derive_links(store))
        plain = sorted(store.rows())

    def ask(*arguments: str) -> str:
        done = cli("actors", *arguments, "--judgements", judged)
        assert done.exit_code == 0, done.stderr
        return str(done.stdout)

    def now() -> list[Row]:
        with open_graph(endpoint) as view:
            return sorted(view.rows())

    ask("merge", endpoint, "Norrail", "Seaworks")
    assert any(row.predicate == resp("mergedInto") for row in now())
    assert "'Seaworks' is 'Norrail'" in ask("judgements", endpoint)
    ask("undo", endpoint, "1")
    assert now() == plain
    ask("split", endpoint, "Norrail", "Seaworks")
    assert cli("actors", "merge", endpoint, "Norrail", "Seaworks", "--judgements", judged).exit_code == 3
    ask("undo", endpoint, differ(NORRAIL, SEAWORKS).id)
    ask("split", endpoint, "Norrail", "--document", "b.txt", "--name", "Norrail Ferries")
    assert "Norrail Ferries" in ask(endpoint)
    ask("undo", endpoint, "1")
    assert now() == plain
    assert judged.read_text() == ""


def test_of_two_with_one_surname_neither_is_sure() -> None:
    found = suggest([actor("1", "Ida Berg"), actor("2", "Olaf Berg"), actor("3", "Berg")])
    assert [s.score for s in found] == [0.3, 0.3]


def test_the_command_line_merges_lists_and_takes_back(graph: Path, cli: Cli) -> None:
    before = graph.read_bytes()
    merged = cli("actors", "merge", str(graph), "Norrail", "Seaworks", "--why", "one firm", "--by", "JD")
    assert merged.exit_code == 0, merged.stderr
    assert merged.stdout == "'Seaworks' is 'Norrail' (one firm; by JD)\n1 judgement applied, 2 documents changed\n"
    listed = cli("actors", "judgements", str(graph))
    assert "'Seaworks' is 'Norrail' (one firm; by JD)" in listed.stdout
    undone = cli("actors", "undo", str(graph), "1")
    id = same(NORRAIL, SEAWORKS).id
    assert undone.stdout == f"taken back: {id}  'Seaworks' is 'Norrail' (one firm; by JD)\n"
    assert graph.read_bytes() == before
    assert (graph.parent / "g.judgements.jsonl").read_text() == ""


@pytest.mark.parametrize("arguments", [("merge", "Norrail", ""), ("merge", " ", "Norrail"), ("split", "Norrail", "")])
def test_an_empty_name_is_misuse_and_no_judgement(graph: Path, cli: Cli, arguments: tuple[str, ...]) -> None:
    verb, *names = arguments
    done = cli("actors", verb, graph, *names)
    assert (done.exit_code, "the name of an actor is empty" in done.stderr) == (2, True)
    assert not (graph.parent / "g.judgements.jsonl").exists()


def test_the_graph_may_stand_before_the_command(graph: Path, cli: Cli) -> None:
    listed = cli("actors", graph).stdout
    assert cli("actors", graph, "list").stdout == cli("actors", "list", graph).stdout == listed
    assert cli("actors", graph, "merge", "Norrail", "Seaworks").exit_code == 0
    assert cli("actors", graph, "judgements").stdout.endswith("1 judgement\n")


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_every_list_has_every_format(graph: Path, cli: Cli, form: str) -> None:
    cli("actors", "split", str(graph), "Norrail", "Seaworks")
    for arguments in ([str(graph)], [str(graph), "--suggest"], ["judgements", str(graph)]):
        done = cli("actors", *arguments, "-f", form)
        assert done.exit_code == 0
        if form == "json":
            assert json.loads(done.stdout)


def test_judgements_survive_a_rebuild(tmp_path: Path, cli: Cli) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Angela Berg blamed Norrwater for the flood. Tom Hale said Norrwater must pay.")
    graph = tmp_path / "g.trig"
    assert cli("build", str(text), "-o", str(graph)).exit_code == 0
    plain = graph.read_bytes()
    assert cli("actors", "merge", str(graph), "Angela Berg", "Tom Hale").exit_code == 0
    judged = graph.read_bytes()
    built = cli("build", str(text), "-o", str(graph))
    assert "1 judgement applied" in built.stdout
    assert graph.read_bytes() == judged != plain


def test_a_judgement_about_an_actor_of_one_text_survives_a_change_of_that_text(graph: Path, cli: Cli) -> None:
    kept, gone = councils(graph)
    assert cli("actors", "merge", str(graph), kept, gone).exit_code == 0
    assert cli("actors", "rename", str(graph), kept, "Council of the Harbour").exit_code == 0
    held = read_judgements(default_file(str(graph)))
    assert {(j.a_in, j.b_in) for j in held} in (
        {("a.txt", "b.txt"), ("a.txt", "")},
        {("b.txt", "a.txt"), ("b.txt", "")},
    )
    changed = [harbour(name, "A line more.\n" + harbour().document.text) for name in ("a.txt", "b.txt")]
    write_trig([row for extraction in changed for row in build_rows(extraction)], graph)
    fresh = graph.read_bytes()
    done = cli("actors", "apply", str(graph))
    assert (done.stderr, done.stdout) == ("", "2 judgements applied, 2 documents changed\n")
    with open_graph(graph) as view:
        (council,) = (a for a in list_actors(view) if a.name == "Council of the Harbour")
    assert council.documents == ("a.txt", "b.txt")
    assert not {kept, gone} & {council.iri, *council.merged}
    assert [cli("actors", "undo", str(graph), "1").exit_code for _ in held] == [0, 0]
    assert graph.read_bytes() == fresh


def test_a_judgement_whose_name_the_changed_text_has_no_more_is_kept_and_said(graph: Path, cli: Cli) -> None:
    kept, gone = councils(graph)
    assert cli("actors", "merge", str(graph), kept, gone).exit_code == 0
    write_trig(build_rows(harbour("a.txt")), graph)
    done = cli("actors", "apply", str(graph))
    assert done.stderr.startswith("respgraph: not in this graph, kept: 'Harbour Council'")
    assert len(read_judgements(default_file(str(graph)))) == 1


def test_a_shared_actor_is_parted_in_one_document_and_undo_gives_the_same_bytes(graph: Path, cli: Cli) -> None:
    before = graph.read_bytes()
    done = cli("actors", "split", str(graph), "Norrail", "--document", "b.txt", "--name", "Norrail Ferries")
    assert (done.exit_code, done.stdout) == (
        0,
        "'Norrail' in 'b.txt' is another, 'Norrail Ferries'\n1 judgement applied, 1 document changed\n",
    )
    with open_graph(graph) as view:
        found = {a.name: a for a in list_actors(view)}
    first, other = found["Norrail"], found["Norrail Ferries"]
    assert (first.documents, other.documents, other.home) == (("a.txt",), ("b.txt",), "b.txt")
    assert (first.as_bearer, first.as_speaker) == (other.as_bearer, other.as_speaker)
    assert (first.wikidata, other.wikidata) == ("Q4115189", "")
    assert cli("actors", "apply", str(graph)).stdout == "1 judgement applied, 0 documents changed\n"
    assert "Norrail Ferries" not in cli("actors", str(graph), "--suggest").stdout
    assert cli("check", str(graph)).exit_code == 0
    assert cli("actors", "undo", str(graph), "1").exit_code == 0
    assert graph.read_bytes() == before


@pytest.mark.parametrize(
    ("actor", "document"), [("Norrail", "c.txt"), (f"{ACTOR}norrail", ""), ("Norrail", "../a.txt")]
)
def test_an_actor_is_parted_only_where_it_is_named(graph: Path, cli: Cli, actor: str, document: str) -> None:
    assert cli("actors", "split", str(graph), actor, "--document", document).exit_code == 2
    assert not default_file(str(graph)).exists()


def test_a_wrong_judgements_file_is_one_line_with_exit_3(graph: Path, cli: Cli) -> None:
    (graph.parent / "g.judgements.jsonl").write_text('{"verdict": "same"}\n')
    done = cli("actors", "apply", str(graph))
    assert done.exit_code == 3
    assert done.stderr.count("\n") == 1
    assert "g.judgements.jsonl (line 1): " in done.stderr


def test_the_judged_pairs_hold_no_text_and_their_figures_add_up() -> None:
    held = json.loads((Path(__file__).parent / "actor_pairs.json").read_text(encoding="utf-8"))
    verdicts = [pair["verdict"] for pair in held["pairs"]]
    assert len(verdicts) >= 200
    assert max(len(pair[f"{x}_name"].split()) for pair in held["pairs"] for x in "ab") <= 8
    for figures in held["figures"].values():
        assert figures["right"] + figures["missed"] == verdicts.count("same")
        assert figures["precision"] == round(figures["right"] / (figures["right"] + figures["wrong"]), 3)
        assert figures["recall"] == round(figures["right"] / verdicts.count("same"), 3)
    assert held["figures"]["automatic"]["wrong"] == 0


def test_folding_keeps_the_links_between_claims(graph: Path) -> None:
    with open_store(graph) as store:
        store.put_graph(derive_links(store))
        pairs = [run_query(held, "contradictions").rows for held in (store, fold(store))]
    assert len(pairs[0]) == len(pairs[1]) > 0


def test_query_folds(graph: Path, cli: Cli) -> None:
    done = cli("query", str(graph), "who-holds-whom", "--fold", "-f", "csv")
    assert done.exit_code == 0
    assert "Norland" in done.stdout
