"""Networks of claims: what a tie is, DNA's formulas, measures against networkx, groups, samples, the command."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from conftest import ROOT, Cli
from respgraph import View, extract_many, read_text
from respgraph.compare import NO_MATTER, Corpus, Said, Source, derive_links, group_matters, read_counted
from respgraph.errors import RespgraphError, UnknownNameError
from respgraph.network import (
    KINDS,
    Network,
    Node,
    Tie,
    backbone,
    bootstrap,
    build_network,
    find_groups,
    measure_nodes,
    measure_whole,
    mutual_pairs,
    node_attributes,
    split_periods,
)
from respgraph.network.discourse import NORMS
from respgraph.rdf import build_rows, write_trig
from respgraph.store import open_graph, view_of

FLOOD_GRAPH = ROOT / "graphs" / "flood" / "graph.trig"


def said(
    speaker: str, bearer: str, stance: str = "assigns", day: str = "a", matter: str = "the flood", **more: object
) -> Said:
    values: dict[str, object] = {"type": "responsibility", "date": "", **more}
    return Said(
        iri=f"c:{day}/{speaker}/{bearer}/{stance}/{matter}",
        source=Source(f"d:{day}", f"{day}.txt"),
        speaker=speaker,
        speaker_name=speaker,
        bearer=bearer,
        bearer_name=bearer,
        bearer_kind="Person",
        has_bearer=bool(bearer),
        by_author=False,
        slots=(("content", matter),),
        stance=stance,
        **{"quote": f"{speaker} {stance} {bearer}", **values},  # type: ignore[arg-type]
    )


def corpus(*claims: Said) -> Corpus:
    actors = {name for c in claims for name in (c.speaker, c.bearer) if name}
    sources = tuple(sorted({c.source for c in claims}))
    names = {name: name.upper() for name in actors}
    return Corpus(claims, frozenset(), names, sources, {}, kinds=dict.fromkeys(actors, "Person"))


def weights(network: Network) -> dict[tuple[str, str, str], float]:
    label = [node.label for node in network.nodes]
    return {(label[t.source], label[t.target], t.sign): t.weight for t in network.ties}


def network_of(pairs: Iterable[tuple[int, int, float]], size: int, kind: str = "responsibility") -> Network:
    sign = KINDS[kind].signs[0]
    nodes = tuple(Node(f"n{n:03d}", f"n{n}", "Person") for n in range(size))
    return Network(KINDS[kind], nodes, tuple(Tie(a, b, sign, w) for a, b, w in sorted(pairs)))


QUARREL = corpus(
    said("a", "b"),
    said("a", "b", day="z"),
    said("b", "a"),
    said("c", "b"),
    said("b", "b", "denies"),
    said("d", "d", "accepts"),
    said("d", "b", "questions"),
    said("", "b"),
    said("c", "", "denies"),
)


def test_denial_and_question_are_signs_of_their_own_and_weigh_nothing() -> None:
    network = build_network(QUARREL)
    assert weights(network) == {
        ("A", "B", "holds"): 2,
        ("B", "A", "holds"): 1,
        ("C", "B", "holds"): 1,
        ("B", "B", "denies"): 1,
        ("D", "D", "holds"): 1,
        ("D", "B", "questions"): 1,
    }
    assert network.left_out == 2
    found = measure_nodes(network)
    assert {id: values["in_strength"] for id, values in found.items()} == {"a": 1, "b": 3, "c": 0, "d": 0}
    assert found["d"]["group"] == 0
    assert mutual_pairs(network) == (("A", "B", 2.0, 1.0),)
    whole = measure_whole(network)
    assert (whole.reciprocity, whole.claims, dict(whole.triads or ())["012"]) == (0.666667, 7, 1)


def test_what_is_negated_is_not_held() -> None:
    network = build_network(corpus(replace(said("a", "b"), polarity="negative")))
    assert weights(network) == {("A", "B", "denies"): 1}


def test_demands_and_factors_have_networks_of_their_own() -> None:
    asked = corpus(said("a", "b", type="demand"), replace(said("a", "c", type="demand"), polarity="negative"))
    assert weights(build_network(asked, "demands")) == {("A", "B", "demands"): 1, ("A", "C", "does-not-demand"): 1}
    row = replace(said("a", ""), type="response", slots=(("factor", "Rain"), ("response", "Dykes")))
    again = replace(row, iri="c:2", slots=(("factor", "rain"), ("response", "Dykes")))
    found = build_network(corpus(row, again), "factor-response")
    assert weights(found) == {("Rain", "Dykes", "answered-by"): 2}
    assert {node.kind for node in found.nodes} == {"Factor", "Response"}


def test_actors_and_matters_are_two_modes_and_what_names_no_matter_is_left_out() -> None:
    claims = corpus(
        said("a", "b", matter="the flooded tunnel"),
        said("c", "b", "denies", matter="flooding of the tunnel"),
        said("c", "b", matter="it"),
    )
    network = build_network(claims, "actor-matter")
    assert sorted(weights(network).values()) == [1, 1]
    assert {node.kind for node in network.nodes} == {"Person", "Matter"}
    assert (len(network.nodes), network.left_out) == (2, 1)


# Three speakers on two concepts: i says 1+ (twice), 2-; h says 1+, 2+; g says 1-.
SIDES = corpus(
    said("i", "one"), said("i", "one", day="z"), said("i", "two", "denies"),
    said("h", "one"), said("h", "two"), said("g", "one", "denies"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("norm", "divisor"),
    [
        ("none", 1.0),
        ("average", (3 + 2) / 2),
        ("jaccard", 1 + 1 + 2),  # i alone: two-; h alone: two+; both: one+ is 2 * 1
        ("cosine", math.sqrt(2**2 + 1) * math.sqrt(1 + 1)),
        ("cosine-dna", 3 * 2),
    ],
)
def test_discourse_networks_follow_the_formulas(norm: str, divisor: float) -> None:
    assert norm in NORMS
    same, opposite, net = (
        weights(build_network(SIDES, kind, norm=norm)) for kind in ("congruence", "conflict", "subtract")
    )
    assert same["H", "I", "same-side"] == pytest.approx(2 / divisor)
    assert opposite["H", "I", "opposite-sides"] == pytest.approx(1 / divisor)
    assert net["H", "I", "net"] == pytest.approx(1 / divisor)
    assert ("G", "I", "same-side") not in same


def test_text_that_says_it_twice_counts_once_and_hedges_take_no_side() -> None:
    twice = corpus(said("i", "one"), said("i", "one", matter="the rain"), said("h", "one"))
    assert weights(build_network(twice, "congruence")) == {("H", "I", "same-side"): 1}
    hedged = corpus(said("i", "one"), replace(said("h", "one"), hedged=True), said("g", "one", "questions"))
    assert build_network(hedged, "congruence").ties == ()


def test_matter_as_concept_asks_for_the_same_matter_and_adds_duties_and_causes() -> None:
    must = said("i", "one", type="obligation", modality="must", matter="open the gates", stance="")
    claims = corpus(
        said("i", "one", matter="the flood"),
        said("h", "one", matter="the fire"),
        must,
        replace(must, iri="c:not", speaker="h", modality="must-not"),
    )
    assert weights(build_network(claims, "congruence", concept="bearer")) == {("H", "I", "same-side"): 1}
    assert build_network(claims, "congruence", concept="matter").ties == ()
    assert weights(build_network(claims, "conflict", concept="matter")) == {("H", "I", "opposite-sides"): 1}


def test_affiliation_has_a_side_per_concept() -> None:
    found = weights(build_network(SIDES, "affiliation"))
    assert found["I", "responsibility of ONE", "agrees"] == 2
    assert found["I", "responsibility of TWO", "disagrees"] == 1


@pytest.mark.parametrize(
    ("norm", "i_one", "i_two", "h_one", "g_one"),
    [
        ("none", 2, 1, 1, 1),
        ("activity", 2 / 3, 1 / 3, 1 / 2, 1),  # i says three things, h two, g one
        ("prominence", 2 / 4, 1 / 2, 1 / 4, 1 / 4),  # of one it is said four times, of two twice
    ],
)
def test_affiliation_follows_the_norms_of_two_modes(
    norm: str, i_one: float, i_two: float, h_one: float, g_one: float
) -> None:
    found = weights(build_network(SIDES, "affiliation", norm=norm))
    assert found["I", "responsibility of ONE", "agrees"] == pytest.approx(i_one)
    assert found["I", "responsibility of TWO", "disagrees"] == pytest.approx(i_two)
    assert found["H", "responsibility of ONE", "agrees"] == pytest.approx(h_one)
    assert found["G", "responsibility of ONE", "disagrees"] == pytest.approx(g_one)


def test_balance_counts_closed_triads_by_their_signs() -> None:
    ties = [(0, 1, 1.0), (0, 2, -1.0), (1, 2, -1.0), (1, 3, 1.0), (2, 3, 1.0)]
    whole = measure_whole(network_of(ties, 4, "subtract"))
    assert dict(whole.balance or ()) == {"+++": 0, "++-": 1, "+--": 1, "---": 0}
    assert whole.balanced == 0.5


def page_rank(graph: nx.DiGraph[str]) -> dict[str, float]:
    """Solve the equations of PageRank (networkx does so with scipy only)."""
    ids, size = sorted(graph), len(graph)
    to = nx.to_numpy_array(graph, nodelist=ids, weight="weight")
    out = to.sum(axis=1, keepdims=True)
    step = np.where(out > 0, to / np.where(out > 0, out, 1), 1 / size)
    rank = np.linalg.solve(np.eye(size) - 0.85 * step.T, np.full(size, 0.15 / size))
    return dict(zip(ids, rank, strict=True))


def test_measures_are_those_of_networkx() -> None:
    made = nx.gnp_random_graph(40, 0.1, seed=3, directed=True)
    network = network_of([(a, b, float(1 + (a * b) % 4)) for a, b in made.edges()], 40)
    flat = nx.DiGraph(network.to_networkx())
    found = measure_nodes(network)
    rank = page_rank(flat)
    between = nx.betweenness_centrality(flat, normalized=False)
    for id, values in found.items():
        assert values["pagerank"] == pytest.approx(rank[id], abs=2e-6)
        assert values["betweenness"] == pytest.approx(between[id], abs=1e-5)
        assert values["in_strength"] == flat.in_degree(id, weight="weight")
    assert measure_whole(network).reciprocity == pytest.approx(nx.reciprocity(flat), abs=1e-6)
    census = {name: n for name, n in nx.triadic_census(flat).items() if n and name != "003"}
    assert dict(measure_whole(network).triads or ()) == census


@pytest.mark.parametrize("method", ["leiden", "louvain"])
def test_groups_are_found_and_numbered_by_size(method: str) -> None:
    clique = [(a, b, 1.0) for a in range(3, 8) for b in range(a + 1, 8)]
    network = network_of([(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), *clique, (2, 3, 0.1)], 9, "congruence")
    assert find_groups(network, method=method) == [2, 2, 2, 1, 1, 1, 1, 1, 0]


def test_backbone_keeps_what_is_more_than_chance() -> None:
    star = [(0, n, 1.0) for n in range(1, 12)]
    kept = backbone(network_of([*star, (0, 12, 30.0)], 13))
    assert [(kept.nodes[t.source].id, kept.nodes[t.target].id) for t in kept.ties] == [("n000", "n012")]
    # w / s = 30 / 41 over k = 12 ties: (1 - 30/41) ** 11
    assert backbone(network_of([*star, (0, 12, 30.0)], 13), (1 - 30 / 41) ** 11).ties == ()


def test_intervals_hold_the_value_and_depend_on_the_seed_only() -> None:
    claims = corpus(
        *(said("a", "b", day=f"{n:02d}") for n in range(12)), *(said("a", "c", day=f"x{n}") for n in range(4))
    )

    def build(times: object) -> Network:
        return build_network(claims, times=times)  # type: ignore[arg-type]

    documents = {c.source.iri for c in claims.claims}
    one, same, *others = (bootstrap(build, documents, 100, seed=seed) for seed in (1, 1, 2, 3, 4))
    assert one == same
    assert any(other != one for other in others)
    low, high = one["b"]["in_strength"]
    assert 6 <= low < 12 < high <= 16
    with pytest.raises(RespgraphError, match="two documents"):
        bootstrap(build, ["d:00"], 100)


def test_periods_leave_out_what_is_not_dated_so_closely() -> None:
    claims = corpus(said("a", "b", date="2024-05-02"), said("a", "c", date="2024"), said("a", "d"))
    years, undated = split_periods(claims, "year")
    assert [(when, len(part.claims)) for when, part in years] == [("2024", 2)]
    months, more = split_periods(claims, "month")
    assert [when for when, _ in months] == ["2024-05"]
    assert (undated, more) == (1, 2)


def test_unknown_names_are_refused() -> None:
    for wrong in ({"kind": "friends"}, {"kind": "congruence", "norm": "x"}, {"kind": "congruence", "concept": "x"}):
        with pytest.raises(UnknownNameError):
            build_network(QUARREL, **wrong)  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="pagerank"):
        measure_nodes(build_network(QUARREL), ["fame"])
    with pytest.raises(UnknownNameError):
        find_groups(build_network(QUARREL), method="x")


def test_empty_corpus_gives_empty_networks() -> None:
    for kind in KINDS:
        network = build_network(corpus(), kind)
        assert (network.nodes, measure_nodes(network), measure_whole(network).ties) == ((), {}, 0)


def test_matters_alike_are_one_by_their_words() -> None:
    tunnel = ["the flooded tunnel", "the flooded tunnel", "flooding of the tunnel"]
    matters = enumerate([*tunnel, "the late train", "it", "a new clock"])
    claims = [said("a", "b", matter=matter, day=str(n)) for n, matter in matters]
    found = list(group_matters(claims).values())
    assert found == ["the flooded tunnel"] * 3 + ["the late train", NO_MATTER, "a new clock"]


def test_attributes_for_views_and_exports() -> None:
    found = node_attributes(SIDES)
    assert found["one"]["blamed"] == 3
    assert found["h"]["blames"] == 2
    assert found["h"]["coalition"] == found["i"]["coalition"] == 1
    assert "coalition" not in found["g"]


def test_networkx_graph_can_be_written(tmp_path: Path) -> None:
    network = build_network(QUARREL)
    graph = network.to_networkx(measure_nodes(network))
    nx.write_graphml(graph, tmp_path / "g.graphml")
    again = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert again.nodes["b"]["in_strength"] == 3
    assert {d["sign"] for _, _, d in again.edges(data=True)} == {"holds", "denies", "questions"}


REPORT = (
    "The harbour tunnel was closed for nine days after the storm. Divers looked at the gates on both sides of it. "
    "The council said that Norrail Ltd is responsible for the flooded harbour tunnel. Traffic went over the old "
    "bridge, where queues reached the market square every morning until the pumps had done their work."
)


@pytest.fixture(scope="module")
def view() -> View:
    texts = (
        ("a.txt", "2024-05-02", REPORT),
        ("b.txt", "2025-05-03", REPORT + " More on page two."),
        ("c.txt", "2024-06-06", "Norrail Ltd denied that it was responsible for the flooded harbour tunnel."),
    )
    documents = (replace(read_text(text, name), date=day) for name, day, text in texts)
    return view_of(row for found in extract_many(documents) for row in build_rows(found))


def test_text_that_nearly_repeats_another_is_not_counted(view: View) -> None:
    counted = read_counted(view)
    assert [source.name for source in counted.repeats] == ["b.txt"]
    assert sorted(weights(build_network(counted.corpus)).values()) == [1, 1]
    assert len(read_counted(view, "2024-06", "2024-07").claims) == 1


def test_repeats_that_a_store_has_found_are_those_that_are_looked_for(view: View) -> None:
    with_links = view_of([*view.rows(), *derive_links(view)])
    assert with_links.graphs() != view.graphs()
    assert read_counted(with_links).claims == read_counted(view).claims


def test_too_many_pairs_of_speakers_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("respgraph.network.discourse.MOST_PAIRS", 1)
    with pytest.raises(RespgraphError, match="4 pairs of speakers"):
        build_network(SIDES, "congruence")


def test_command_prints_tables_that_agree(cli: Cli) -> None:
    nodes = list(csv.DictReader(io.StringIO(cli("network", FLOOD_GRAPH, "-f", "csv").stdout)))
    ties = list(csv.DictReader(io.StringIO(cli("network", FLOOD_GRAPH, "-f", "csv", "--table", "ties").stdout)))
    held = sum(float(t["weight"]) for t in ties if t["sign"] == "holds" and t["source"] != t["target"])
    assert held == sum(float(n["in_strength"]) for n in nodes) == sum(float(n["out_strength"]) for n in nodes)
    [object_] = json.loads(cli("network", FLOOD_GRAPH, "-f", "json").stdout)
    assert len(object_["nodes"]) == len(nodes)
    assert sum(len(t["claims"]) for t in object_["ties"]) == object_["whole"]["claims"] == 10
    shown = cli("network", FLOOD_GRAPH, "-f", "table").stdout
    assert "responsibility (who holds whom responsible): 8 nodes, 9 ties, 10 claims" in shown
    assert "weights: holds 8, denies 2" in shown


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_prints(cli: Cli, kind: str) -> None:
    for table, form in (("nodes", "table"), ("ties", "csv"), ("ties", "markdown")):
        done = cli("network", FLOOD_GRAPH, "--kind", kind, "--table", table, "-f", form)
        assert (done.exit_code, bool(done.stdout.strip())) == (0, True), done.output


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--kind", "congruence", "--sort", "in_strength"], 2, "strength, pagerank"),
        (["--bootstrap", "50"], 3, "two documents"),
        (["--bootstrap", "50", "--backbone", "0.1"], 2, "exclude"),
        (["--backbone", "nan"], 2, "not a number"),
        (["--since", "soon"], 3, "no date"),
        (["--per", "year", "--since", "2030"], 3, "nothing in it is dated"),
        (["-o", "/nowhere/x.csv"], 3, "no folder"),
        (["-o", "x.pdf"], 2, "asks for pdf"),
        (["--norm", "average"], 2, "norms of congruence"),
        (["--norm", "activity", "--kind", "congruence"], 2, "and affiliation"),
        (["--norm", "jaccard", "--kind", "affiliation"], 2, "is not of --kind affiliation"),
    ],
)
def test_misuse_is_one_line(cli: Cli, options: list[str], code: int, said: str) -> None:
    done = cli("network", FLOOD_GRAPH, *options)
    assert done.exit_code == code
    assert said in done.stderr


def test_per_month_and_intervals_print(cli: Cli, view: View, tmp_path: Path) -> None:
    graph = tmp_path / "g.trig"
    write_trig(view.rows(), graph)
    rows = list(csv.DictReader(io.StringIO(cli("network", graph, "--per", "month", "-f", "csv").stdout)))
    assert {row["period"] for row in rows} == {"2024-05", "2024-06"}
    spread = list(csv.DictReader(io.StringIO(cli("network", graph, "--bootstrap", "40", "-f", "csv").stdout)))
    assert all(float(row["in_strength_low"]) <= float(row["in_strength_high"]) for row in spread)
    assert "\u2013" in cli("network", graph, "--bootstrap", "40", "-f", "table").stdout


def test_shipped_graph_is_read_as_it_stands() -> None:
    with open_graph(FLOOD_GRAPH) as opened:
        network = build_network(read_counted(opened).corpus)
    assert weights(network)["Lorne County Court", "Norrwater", "holds"] == 2
