"""Places for boxes: apart, compact, repeatable."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from respgraph.network import place_nodes


def sample(nodes: int, edges: int, seed: int) -> nx.MultiDiGraph[int]:
    dice = random.Random(seed)
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    for i in range(nodes):
        graph.add_node(i, width=dice.choice([40, 120, 190]), height=dice.choice([26, 60]))
    graph.add_edges_from(
        (min(dice.randrange(nodes), dice.randrange(nodes)), dice.randrange(nodes)) for _ in range(edges)
    )
    return graph


@pytest.mark.parametrize(("nodes", "edges"), [(0, 0), (1, 0), (2, 1), (9, 4), (40, 55), (90, 60), (30, 200)])
def test_boxes_never_overlap(nodes: int, edges: int) -> None:
    graph = sample(nodes, edges, seed=nodes)
    places = place_nodes(graph, core=set(range(nodes // 2)))
    assert list(places) == list(graph)
    for a in graph:
        for b in range(a):
            wide = (graph.nodes[a]["width"] + graph.nodes[b]["width"]) / 2
            high = (graph.nodes[a]["height"] + graph.nodes[b]["height"]) / 2
            assert abs(places[a][0] - places[b][0]) >= wide or abs(places[a][1] - places[b][1]) >= high


def test_same_graph_same_places() -> None:
    assert place_nodes(sample(30, 40, 3)) == place_nodes(sample(30, 40, 3))


def test_core_stands_in_the_middle() -> None:
    graph = sample(20, 12, 5)
    places = place_nodes(graph, core={0, 1, 2, 3})
    for side, size in ((0, "width"), (1, "height")):
        low = min(places[n][side] - graph.nodes[n][size] / 2 for n in range(4))
        high = max(places[n][side] + graph.nodes[n][size] / 2 for n in range(4))
        assert abs(low + high) <= 2


def test_line_does_not_run_behind_a_third_box() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in "abcde":
        graph.add_node(name, width=100, height=30)
    graph.add_edges_from([("a", "b"), ("a", "c"), ("a", "d"), ("a", "e")])
    places: dict[str, tuple[int, int]] = place_nodes(graph)
    (ax, ay) = places["a"]
    for end in "bcde":
        for other in set("bcde") - {end}:
            for k in range(1, 20):
                x, y = ax + (places[end][0] - ax) * k / 20, ay + (places[end][1] - ay) * k / 20
                assert abs(x - places[other][0]) > 50 or abs(y - places[other][1]) > 15


def test_line_in_the_way_of_a_box_goes_around_it() -> None:
    from respgraph.view.lines import Line, Look, Node, Picture, behind, dodge

    def box(key: str, x: int, y: int) -> Node:
        return Node(key, "actor", key, key, looks=(Look(14, (key,), 60, 30),), x=x, y=y)

    nodes = (box("a", 0, 0), box("between", 100, 0), box("b", 200, 0), box("c", 200, 200))
    straight, free = Line(0, 2, "assigns", "said"), Line(0, 3, "assigns", "said")
    picture = Picture(nodes, (straight, free), 0)
    half = [(34.0, 19.0)] * 4
    assert behind(picture, straight, 0.0, half) == 1
    dodge(picture)
    assert behind(picture, straight, straight.bend, half) == 0
    assert straight.bend != 0
    assert free.bend == 0
