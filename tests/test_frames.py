"""DataFrames: types that pandas works with, numbers as the commands give them, and quotes shown whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import respgraph
from conftest import ROOT
from factories import harbour, said
from respgraph.compare import list_conflicts
from respgraph.rdf import build_dataset, build_rows
from respgraph.store import open_graph, view_of

MIGRATION = ROOT / "graphs" / "migration" / "graph.trig"


@pytest.fixture(scope="module")
def tables() -> respgraph.frames.Frames:
    return respgraph.frames(view_of(build_rows(harbour())))


def test_a_claim_is_a_row_with_its_types(tables: respgraph.frames.Frames) -> None:
    claims = tables.claims()
    assert len(claims) == 21
    kinds = {name: str(claims[name].dtype) for name in ("type", "speaker", "quote", "day", "hedged", "confidence")}
    assert kinds == {
        "type": "category", "speaker": "string", "quote": "string", "day": "datetime64[s]", "hedged": "bool",
        "confidence": "float64",
    }  # fmt: skip
    assert list(claims.columns[:7]) == ["type", "speaker", "stance", "modality", "bearer", "content", "quote"]
    assert claims["stance"].isna().sum() == (claims["stance"].astype(object).isna()).sum() > 0


def test_pandas_can_count_and_cut_by_time(tables: respgraph.frames.Frames) -> None:
    claims = tables.claims()
    told = claims[claims["type"] == "responsibility"].groupby(["speaker", "stance"], observed=True).size()
    assert told["Harbour Council", "assigns"] == 2
    assert claims.set_index("day").sort_index().loc["2024-05", "quote"].str.startswith('"It lies').all()


def test_actors_come_with_the_claims_they_make_and_bear(tables: respgraph.frames.Frames) -> None:
    actors, claims = tables.actors().set_index("name"), tables.claims()
    assert actors.loc["Norrail", "held"] == (claims["bearer"] == "Norrail").sum()
    assert actors["said"].sum() == len(claims)
    assert actors.loc["Norrail", "aliases"] == "NR | Norrail plc"
    assert actors.index[0] == "Norrail"


def test_conflicts_are_those_of_the_command() -> None:
    with open_graph(MIGRATION) as view:
        frame = respgraph.frames(view).conflicts()
        found, _ = list_conflicts(view)
    assert len(found) == len(frame) > 0
    assert [c.kind for c in found] == list(frame["kind"])
    assert frame["quote"].notna().all()


@pytest.mark.parametrize("given", ["dataset", "path", "text", "view"])
def test_a_graph_may_be_given_as_it_is_at_hand(given: str) -> None:
    graphs: dict[str, Callable[[], Any]] = {
        "dataset": lambda: build_dataset([harbour()]),
        "path": lambda: MIGRATION,
        "text": lambda: str(MIGRATION),
        "view": lambda: open_graph(MIGRATION),
    }
    graph = graphs[given]()
    held = respgraph.frames(graph)
    assert len(held.claims()) > 20
    assert "claims in 1 document;" in repr(held)


def test_a_notebook_shows_quotes_whole_and_markup_as_text() -> None:
    long = "word " * 300 + "<script>alert(1)</script> costs $5 and $6"
    frame = respgraph.frames(view_of(build_rows(said(long)))).claims()
    html = frame._repr_html_()
    assert "word " * 300 in html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "tex2jax_ignore" in html or "mathjax_ignore" in html
    assert "counterpart" not in html
    assert "counterpart" in frame.columns


def test_rows_that_were_selected_are_still_shown_whole(tables: respgraph.frames.Frames) -> None:
    some = tables.claims().query("type == 'obligation'")[["bearer", "quote"]]
    assert "..." not in (some._repr_html_() or "")
    assert isinstance(pd.concat([some, some]), pd.DataFrame)


def test_an_empty_graph_has_empty_tables(tmp_path: Path) -> None:
    from respgraph.model import Document, Extraction

    held = respgraph.frames(view_of(build_rows(Extraction(Document("a", "b")))))
    assert [len(t) for t in (held.claims(), held.conflicts(), held.links(), held.documents())] == [0, 0, 0, 1]
    assert str(held.claims()["day"].dtype) == "datetime64[s]"
    assert held.claims()._repr_html_()
