"""What the page knows of a graph."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pyoxigraph
import pytest
from rdflib import Dataset, Literal, URIRef

from respgraph.store import View
from respgraph.view.data import RESP, read_page_data


@pytest.fixture(scope="module")
def flood(cases: ModuleType) -> Any:
    return cases.flood()


def test_rows_are_in_text_order_with_their_slots(flood: Any) -> None:
    data = read_page_data(flood)
    assert len(data.rows) == 18
    assert [r.evidence.start for r in data.rows if r.evidence] == sorted(
        r.evidence.start for r in data.rows if r.evidence
    )
    labels = {f.iri: f.label for f in data.figures}
    first = data.rows[0]
    assert (labels[first.speaker or ""], labels[first.bearer or ""], first.family, first.verb) == (
        "Ministry of Rivers", "Karsh Dam Company", "assigns", "holds solely responsible",
    )  # fmt: skip
    assert dict(first.values) == {"stance": "assigns", "degree": "sole", "sense": "accountability"}
    assert first.evidence is not None
    assert first.evidence.placed


def test_rdflib_and_pyoxigraph_give_the_same_page_data(flood: Any, cases: ModuleType) -> None:
    store = pyoxigraph.Store()
    store.load(cases.nquads(flood).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert read_page_data(flood) == read_page_data(store) == read_page_data(list(store))
    assert (
        read_page_data(flood) == read_page_data(View("memory:", store)) == read_page_data(View("memory:", store).rows())
    )
    union = Dataset(default_union=True)
    union.addN((s, p, o, union.graph(g)) for s, p, o, g in flood.quads())
    assert read_page_data(union) == read_page_data(flood)


def test_collective_keeps_its_members(flood: Any) -> None:
    both = next(f for f in read_page_data(flood).figures if f.members)
    assert both.members == ("Karsh Dam Company", "Ministry of Rivers")


def test_actor_of_two_documents_is_one(cases: ModuleType) -> None:
    data = read_page_data(cases.border(cases.flood()))
    assert [s.date for s in data.sources] == ["2023-11-02", "2024-04-12"]
    assert len({f.iri for f in data.figures}) == len(data.figures)
    assert data.title == "Who says who is responsible for what"


def test_quote_that_does_not_stand_at_its_place_is_marked(cases: ModuleType) -> None:
    case = cases.Case("x.txt", "The council must pay. The mayor must pay.", "X")
    case.claim("obligation", "The council must pay.", bearer=case.actor("Council"), content="pay", modality="Must")
    case.graph.set((case.doc, URIRef(RESP + "text"), Literal("Another text, longer than the first one was.")))
    (row,) = read_page_data(case.dataset).rows
    assert row.evidence is not None
    assert (row.evidence.placed, row.evidence.quote) == (False, "The council must pay.")


def test_foreign_graph_has_no_rows() -> None:
    other = Dataset()
    graph = other.graph(URIRef("http://example.org/g"))
    graph.add((URIRef("http://example.org/a"), URIRef("http://example.org/b"), Literal("c")))
    assert read_page_data(other).rows == ()


def test_hostile_characters_are_replaced_one_by_one(cases: ModuleType) -> None:
    data = read_page_data(cases.hostile())
    assert all(r.evidence and r.evidence.placed for r in data.rows)
    assert not any(ord(c) < 32 and c not in "\n\t\r" for s in data.sources for c in s.text)
