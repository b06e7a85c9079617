"""Contradictions, shifts and rival names are one and the same set, wherever a user meets them."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from conftest import ROOT, Cli
from respgraph.compare import derive_links, find_conflicts, find_twins, read_corpus, read_counted, with_links
from respgraph.frames import frames
from respgraph.rdf import build_rows
from respgraph.store import View, open_graph, open_store, view_of
from respgraph.store.graph import line_of
from respgraph.view.data import read_page_data
from respgraph.view.summary import summarise

Pairs: TypeAlias = frozenset[tuple[str, str, str]]  # kind, and both claims in their order
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
TERMS = {"contradiction": "contradicts", "shift": "shiftsFrom", "definition": "conflictsWith"}
QUERIES = {"contradicts": "contradictions", "shiftsFrom": "shifts"}
REPORT = (
    "The weir above Karsby broke on the first day of the thaw, and the lower market stood under water for a week. The "
    "council said that Delven Works is responsible for the broken weir of Karsby. Boats brought bread to the houses "
    "along the quay, and the school was closed until the mud had been carried away by those who live there. "
)
TEXTS = {
    "a.txt": REPORT,
    # the same report in another paper, which adds a voice
    "b.txt": REPORT + "Brenna Ltd denied that it was responsible for the late alarm in Karsby.",
    "c.txt": "2024-05-06\n\nDelven Works denied that it was responsible for the broken weir of Karsby. "
    "Residents said that Brenna Ltd is responsible for the late alarm in Karsby.",
    "d.txt": "2024-06-01\n\nDelven Works admitted that it was responsible for the broken weir of Karsby. "
    "The Karsby Rescue Guild (KRG) will meet. The Karsby Rescue Guilds (KRG) answered.",
    # a text's own voice weighs both sides; a guess and a supposition take none
    "e.txt": "Sudria is responsible for the empty granary. Sudria is not responsible for the empty granary. "
    "The league said that Norland may be responsible for the lost letters. Norland denied that it was responsible "
    "for the lost letters. If Norland was responsible for the lost letters, the league said, it must pay.",
    # who denies that the fault was his alone says nothing against a share of it
    "f.txt": "The Karsby River Group (KRG) was late. Ruritania denied that it alone is to blame for the flooded "
    "tunnel. Borduria said that Ruritania shares responsibility for the flooded tunnel. Syldavia said that Ruritania "
    "is solely responsible for the flooded tunnel.",
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts") / "news"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    return folder


def test_what_the_texts_hold(texts: Path, cli: Cli, tmp_path: Path) -> None:
    """So that the counts compared below are none of nothing."""
    cli("build", texts, "-o", tmp_path / "g.trig")
    with open_graph(tmp_path / "g.trig") as view:
        corpus, twins = read_corpus(view), find_twins(view)
        names = {source.iri: source.name for source in corpus.sources}
        assert [(names[a], names[b]) for a, b in twins.items()] == [("news/b.txt", "news/a.txt")]
        found = find_conflicts(corpus, twins=twins)
    sides = sorted((c.kind, *(f"{s.source.name[5]} {s.speaker_name}" for s in c.sides)) for c in found)
    assert [one for one in sides if one[0] in TERMS] == [
        ("contradiction", "c Delven Works", "a council"),
        ("contradiction", "c Residents", "b Brenna Ltd"),
        ("contradiction", "f Syldavia", "f Ruritania"),
        ("definition", "f author", "d author"),
        ("shift", "d Delven Works", "c Delven Works"),
    ]


@pytest.fixture(params=["flood", "lease", "migration", "file", "nquads", "store", "endpoint", "shards"], scope="module")
def address(request: pytest.FixtureRequest, texts: Path, cli: Cli, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Each shipped graph, and the texts above wherever a graph can lie."""
    folder = tmp_path_factory.mktemp("graph")
    if request.param in ("flood", "lease", "migration"):
        return str(ROOT / "graphs" / request.param / "graph.trig")
    if request.param in ("file", "nquads"):
        target = folder / ("g.trig" if request.param == "file" else "g.nq")
        assert cli("build", texts, "-o", target).exit_code == 0
        return str(target)
    if request.param == "shards":
        from here import Here, config
        from respgraph.scale import build_shards, load_shards

        build_shards([str(texts)], str(folder / "out"), config(), Here(), part_bytes=1, folders=["news"])
        with open_store(folder / "store") as store:
            load_shards(str(folder / "out"), store)
        return str(folder / "store")
    store_at = request.getfixturevalue("endpoint") if request.param == "endpoint" else str(folder / "store")
    assert cli("build", texts, "--store", store_at).exit_code == 0
    return str(store_at)


def from_conflicts(cli: Cli, address: str) -> Pairs:
    found = json.loads(cli("conflicts", address, "-f", "json").stdout)
    sides = ((TERMS[c["kind"]], *(side["claim"] for side in c["sides"])) for c in found if c["kind"] in TERMS)
    return frozenset((kind, one, other) for kind, one, other in sides)


def rows(cli: Cli, *arguments: object) -> list[dict[str, str]]:
    done = cli(*arguments)
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def from_queries(cli: Cli, address: str) -> Pairs:
    return frozenset(
        (kind, row["claim"], row["other_claim"])
        for kind, name in QUERIES.items()
        for row in rows(cli, "query", address, name, "-f", "csv")
    )


def from_page(cli: Cli, address: str) -> Pairs:
    with open_graph(address) as view:
        return frozenset((t.type, t.source, t.target) for t in read_page_data(view).ties if t.type in TERMS.values())


def from_report(cli: Cli, address: str) -> Pairs:
    with open_graph(address) as view:
        found = read_counted(view).conflicts()
        return frozenset((TERMS[c.kind], c.sides[0].iri, c.sides[1].iri) for c in found if c.kind in TERMS)


def from_links_table(cli: Cli, address: str) -> Pairs:
    with open_graph(address) as view:
        table = frames(view).links()
        return frozenset(zip(table["link"], table["claim"], table["other"], strict=True))


def from_conflicts_table(cli: Cli, address: str) -> Pairs:
    with open_graph(address) as view:
        table = frames(view).conflicts()
        found = zip(table["kind"], table["claim"], table["other_claim"], strict=True)
        return frozenset((TERMS[kind], one, other) for kind, one, other in found if kind in TERMS)


def from_rdf(cli: Cli, address: str) -> Pairs:
    with open_graph(address) as view:
        return frozenset(
            (row.predicate.rpartition("#")[2][:-1], row.subject[1:-1], row.object[1:-1])
            for graph in view.graphs()
            for row in view.rows(graph)
            if graph.endswith("/corpus/links") and row.predicate.rpartition("#")[2][:-1] in TERMS.values()
        )


SURFACES: list[Callable[[Cli, str], Pairs]] = [
    from_page,
    from_report,
    from_links_table,
    from_conflicts_table,
    from_rdf,
]


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.__name__)
def test_each_surface_shows_the_same_pairs(cli: Cli, address: str, surface: Callable[[Cli, str], Pairs]) -> None:
    assert surface(cli, address) == from_conflicts(cli, address)


def test_the_named_queries_answer_the_same_pairs(cli: Cli, address: str) -> None:
    wanted = from_conflicts(cli, address)
    assert from_queries(cli, address) == frozenset(pair for pair in wanted if pair[0] in QUERIES)
    names = {claim for kind, *claims in wanted if kind == "conflictsWith" for claim in claims}
    assert {row["claim"] for row in rows(cli, "query", address, "acronym-conflicts", "-f", "csv")} == names


def test_the_counts_that_are_told_in_words_are_the_same(cli: Cli, address: str, tmp_path: Path) -> None:
    counts = Counter(kind for kind, *_ in from_conflicts(cli, address))
    with open_graph(address) as view:
        told = " ".join(summarise(read_page_data(view))["notes"])
    for kind, one in (("contradicts", "contradiction"), ("shiftsFrom", "change")):
        assert (f"{counts[kind]} {one}" in told) == bool(counts[kind])
    assert cli("report", address, "-o", tmp_path / "report.md").exit_code == 0
    assert f"- contradictions: {counts['contradicts']}\n" in (tmp_path / "report.md").read_text()
    assert cli("export", address, "--to", "csvw", "-o", tmp_path / "tables").exit_code == 0
    with (tmp_path / "tables" / "links.csv").open(newline="") as file:
        assert Counter(row["link"] for row in csv.DictReader(file)) == counts


def test_a_graph_whose_links_nobody_derived_shows_what_one_with_links_does(
    texts: Path, cli: Cli, tmp_path: Path
) -> None:
    """Rows that were put document by document, as a library user may, or a graph of an older version."""
    from respgraph import extract_many
    from respgraph.read import find_sources

    bare = [row for found in extract_many(find_sources([texts])) for row in build_rows(found)]
    (tmp_path / "bare.nq").write_text("".join(map(line_of, bare)), "utf-8")
    whole = from_conflicts(cli, str(tmp_path / "bare.nq"))
    assert len(whole) == 5
    assert from_queries(cli, str(tmp_path / "bare.nq")) == {pair for pair in whole if pair[0] in QUERIES}
    assert from_links_table(cli, str(tmp_path / "bare.nq")) == whole
    assert cli("view", tmp_path / "bare.nq", "-o", tmp_path / "page.html").exit_code == 0
    cli("build", texts, "-o", tmp_path / "g.trig")
    cli("view", tmp_path / "g.trig", "-o", tmp_path / "other.html")
    assert (tmp_path / "page.html").read_bytes() == (tmp_path / "other.html").read_bytes()
    view: View = view_of(bare)
    assert sorted(with_links(view).rows()) == sorted([*bare, *derive_links(view)])


def test_a_file_a_store_an_endpoint_and_loaded_shards_hold_the_same_quads(
    texts: Path, cli: Cli, tmp_path: Path, endpoint: str
) -> None:
    from here import Here, config
    from respgraph import build_graph, write_nquads
    from respgraph.scale import build_shards, load_shards

    def exported(address: object) -> bytes:
        target = tmp_path / "exported.nq"
        assert cli("export", address, "--to", "nquads", "-o", target).exit_code == 0
        return target.read_bytes()

    cli("build", texts, "-o", tmp_path / "g.trig")
    wanted = exported(tmp_path / "g.trig")
    assert wanted.count(b"nearDuplicateOf") == 1
    for name in ("g.nq", "store"):
        cli("build", texts, "-o" if "." in name else "--store", tmp_path / name)
        assert exported(tmp_path / name) == wanted, name
    with open_store(endpoint) as store:
        for graph in store.graphs():
            store.remove_graph(graph)
    cli("build", texts, "--store", endpoint)
    assert exported(endpoint) == wanted
    build_shards([str(texts)], str(tmp_path / "out"), config(), Here(), part_bytes=1, folders=["news"])
    with open_store(tmp_path / "loaded") as store:
        load_shards(str(tmp_path / "out"), store)
    assert exported(tmp_path / "loaded") == wanted
    write_nquads(build_graph([texts]), tmp_path / "api.nq")
    assert sorted((tmp_path / "api.nq").read_bytes().splitlines()) == sorted(wanted.splitlines())
