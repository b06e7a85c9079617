"""How actors stand: the numbers of the command line on the page, sizes and colours by them, and who is called alike."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pyoxigraph
import pytest

from conftest import ROOT
from respgraph.compare import read_counted
from respgraph.network import node_attributes
from respgraph.store import View, open_graph
from respgraph.view.data import PageData, Source, index_quads, read_index
from respgraph.view.lines import draw, trace
from respgraph.view.payload import payload
from respgraph.view.standing import short_names, with_standings
from respgraph.view.summary import summarise

Show = Callable[..., Any]
SVG = "{http://www.w3.org/2000/svg}"


def page_of(quads: Any) -> PageData:
    index = index_quads(quads)
    return with_standings(read_index(index), index)


def store_of(dataset: Any, cases: ModuleType) -> View:
    store = pyoxigraph.Store()
    store.load(cases.nquads(dataset).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    return View("memory:", store)


@pytest.fixture(scope="module")
def papers(cases: ModuleType) -> PageData:
    return page_of(cases.papers())


def label(data: PageData, name: str) -> list[Any]:
    return [f for f in data.figures if f.label == name]


# ---------------------------------------------------------------- numbers


def told(data: PageData) -> dict[str, dict[str, float]]:
    """What the page tells of each actor, by the IRI it counts as, as ``node_attributes`` has it."""
    names = ("pagerank", "blamed", "blames", "coalition")
    return {
        s.counts_as: {name: float(getattr(s, name)) for name in names if getattr(s, name)}
        for s in data.standings.values()
    }


def expected(view: View, data: PageData) -> dict[str, dict[str, float]]:
    found = node_attributes(read_counted(view).corpus)
    shown = {s.counts_as for s in data.standings.values()}
    return {iri: {k: v for k, v in values.items() if v} for iri, values in found.items() if iri in shown}


@pytest.mark.parametrize("case", ["flood", "two", "papers"])
def test_page_has_the_numbers_of_the_command_network(cases: ModuleType, case: str) -> None:
    made = {"flood": cases.flood, "two": lambda: cases.border(cases.flood()), "papers": cases.papers}[case]()
    view = store_of(made, cases)
    data = page_of(view)
    assert told(data) == expected(view, data)
    assert any("pagerank" in values for values in told(data).values())


@pytest.mark.parametrize("case", ["flood", "lease", "migration"])
def test_pages_of_the_shipped_graphs_have_them_too(case: str) -> None:
    with open_graph(ROOT / "graphs" / case / "graph.trig") as view:
        data = page_of(view)
        assert told(data) == expected(view, data)


def test_text_that_repeats_another_is_shown_and_not_counted(cases: ModuleType, papers: PageData) -> None:
    names = {source.iri: source.name for source in papers.sources}
    assert [names[iri] for iri in papers.repeats] == ["east/f.txt"]
    assert payload(papers)["repeats"] == [1, 2]
    (berg,) = label(papers, "Ada Berg")
    assert sum(row.speaker == berg.iri for row in papers.rows) == 4
    assert papers.standings[berg.iri].blames == 2
    linked = cases.papers()
    links = linked.graph(cases.URIRef(cases.BASE + "corpus/links"))
    links.add((cases.URIRef(papers.sources[0].iri), cases.RESP.nearDuplicateOf, cases.URIRef(papers.sources[1].iri)))
    assert page_of(linked).repeats == (papers.sources[0].iri,)  # what a store has derived is believed


def test_ministry_counts_as_its_state(papers: PageData) -> None:
    (ministry,) = label(papers, "Ministry of Records")
    standing = papers.standings[ministry.iri]
    assert (standing.name, standing.blamed, standing.voices) == ("Norland", 1, 1)
    (thing,) = [t for t in payload(papers)["things"] if t["label"] == "Ministry of Records"]
    assert thing["as"] == "Norland"


def test_who_holds_the_same_responsible_is_one_coalition(papers: PageData) -> None:
    coalition = {f.label: papers.standings[f.iri].coalition for f in papers.figures if f.iri in papers.standings}
    assert coalition["Nurses' union"] == coalition["Fire brigade"] == coalition["Ada Berg"] > 0
    assert coalition["Farmers' league"] == 0


def test_equal_ranks_are_equal(papers: PageData) -> None:
    ranks = sorted((s.pagerank, s.rank) for s in {s.counts_as: s for s in papers.standings.values()}.values())
    by_value: dict[float, set[int]] = {}
    for value, rank in ranks:
        by_value.setdefault(value, set()).add(rank)
    assert all(len(found) == 1 for found in by_value.values())
    assert max(ranks)[1] == 1


# ---------------------------------------------------------------- the headline of many texts


def test_headline_of_many_texts_is_whom_most_voices_hold_responsible(papers: PageData) -> None:
    told = summarise(papers)
    assert told["headline"] == "Held responsible by most voices: Health Board (3 voices)"
    assert told["notes"][0] == (
        "Held responsible most often: Health Board in 4 texts (5), Health Board in d.txt (2), Water Board (2), "
        "Norland (1)."
    )
    (first, *_) = told["start"]
    assert papers.rows[first].family == "assigns"


def test_headline_falls_back_to_counts(cases: ModuleType) -> None:
    data = page_of(cases.years())  # one voice only
    assert summarise(data)["headline"] == "24 statements from 6 texts: 12 hold somebody responsible"


def test_headline_of_one_text_is_its_charge(cases: ModuleType) -> None:
    assert summarise(page_of(cases.flood()))["headline"].startswith("According to the Ministry of Rivers, ")


# ---------------------------------------------------------------- namesakes


def test_namesakes_say_in_which_text_they_are(papers: PageData) -> None:
    homes = {f.iri: f.home for f in label(papers, "Health Board")}
    assert sorted(homes.values()) == ["in 4 texts", "in d.txt"]
    assert {f.home for f in papers.figures if f.label == "Norland"} <= {""}


def test_namesakes_of_two_bodies_say_of_which(cases: ModuleType) -> None:
    dataset = cases.border()
    for name, state in (("x.txt", "Norland"), ("y.txt", "Sudria")):
        case = cases.Case(name, f"The Ministry of Health of {state} must pay.", name, dataset)
        unit = case.actor("Ministry of Health", "Ministry", scope="document", unit_of=case.actor(state, "State"))
        case.claim("obligation", case.text, bearer=unit, content="pay", modality="Must")
    data = page_of(dataset)
    assert sorted(f.home for f in label(data, "Ministry of Health")) == ["of Norland", "of Sudria"]
    assert {m.home for m in data.matters if m.label == "pay"} == {"in x.txt", "in y.txt"}


def test_body_of_the_same_name_tells_nothing_apart(cases: ModuleType) -> None:
    dataset = cases.border()
    for name in ("x.txt", "y.txt"):
        case = cases.Case(name, "The Health Board must pay.", name, dataset)
        body = case.actor("Health board", "Ministry", scope=name)
        unit = case.actor("Health Board", "Ministry", unit_of=body) if name == "x.txt" else body
        case.claim("obligation", case.text, bearer=unit, content="pay", modality="Must")
    homes = {f.home for f in page_of(dataset).figures if f.label.casefold() == "health board"}
    assert homes == {"in x.txt", "in y.txt"}


def test_namesakes_in_one_picture_are_told_apart_in_its_boxes(papers: PageData) -> None:
    picture = draw(trace(papers), papers)
    boards = [" ".join(n.looks[0].lines) for n in picture.nodes if n.full == "Health Board"]
    assert sorted(boards) == ["Health Board (in 4 texts)", "Health Board (in d.txt)"]


def test_one_of_two_namesakes_alone_needs_no_telling(papers: PageData) -> None:
    alone = replace(papers, rows=tuple(r for r in papers.rows if r.document == papers.rows[0].document))
    picture = draw(trace(alone), alone)
    assert not [n for n in picture.nodes if "(in" in " ".join(n.looks[0].lines)]


def test_names_that_are_alike_when_cut_get_more_words(cases: ModuleType) -> None:
    text = "The board must pay the wages of all of the nurses at once."
    text += " " + text.replace("nurses", "cooks")
    case = cases.Case("x.txt", text, "X")
    board = case.actor("Board")
    for quote in text.split(". "):
        content = quote.removeprefix("The board must ").rstrip(".")
        case.claim("obligation", quote.rstrip("."), bearer=board, content=content, modality="Must")
    data = page_of(case.dataset)
    labels = [" ".join(n.looks[0].lines) for n in draw(trace(data), data).nodes if n.kind == "matter"]
    assert len(set(labels)) == 2
    assert all("wages of all of the" in label for label in labels)


def test_texts_of_one_name_and_long_names_get_short_ones() -> None:
    long = "archive/" + "a-very-long-name-" * 5 + ".txt"
    names = ["x/a.txt", "y/a.txt", long, "same", "same"]
    titles = ["A", "B", "The minutes of the board", "One title", "One title"]
    sources = [Source(f"s{k}", titles[k], name, None, "") for k, name in enumerate(names)]
    assert list(short_names(sources).values()) == [
        "x/a.txt", "y/a.txt", "The minutes of the board", "One title (1)", "One title (2)",
    ]  # fmt: skip


# ---------------------------------------------------------------- in Chromium


def boxes(page: Any) -> dict[str, tuple[float, str]]:
    """Words of each filled box of the picture -> font size and fill, as the exported picture has them."""
    root = ET.fromstring(page.evaluate("() => respgraph.svg()"))
    out, fill = {}, ""
    words: list[str] = []
    for part in root.iter():
        if part.tag == SVG + "rect" and part.get("rx"):
            fill, words = part.get("fill") or "", []
        elif (
            part.tag == SVG + "text" and fill and part.get("text-anchor") == "middle" and part.get("font-size") != "11"
        ):
            words.append(part.text or "")
            out[" ".join(words)] = (float(part.get("font-size") or 0), fill)
    return out


def test_reader_sizes_actors_by_what_is_said_of_them(show: Show) -> None:
    page = show("flood").page
    by_claims = boxes(page)
    page.select_option("#size", "held")
    by_held = boxes(page)
    assert by_held["Karsh Dam Company"][0] == 19  # most often held responsible
    assert by_held["Mira Solt"][0] == 13  # never
    assert by_claims["Mira Solt"][0] > 13
    page.select_option("#size", "pagerank")
    assert boxes(page)["Ministry of Rivers"][0] > by_held["Mira Solt"][0]
    assert "held responsible by those held responsible" in page.inner_text("#sized")
    assert "size=pagerank" in page.url
    again = show("flood", page.evaluate("() => location.hash")).page
    assert again.input_value("#size") == "pagerank"
    assert boxes(again) == boxes(page)


def test_reader_colours_actors_by_kind_and_by_coalition(show: Show) -> None:
    page = show("papers").page
    plain = {fill for _, fill in boxes(page).values()}
    page.select_option("#colour", "kind")
    kinds = boxes(page)
    assert kinds["Ada Berg"][1] != kinds["Fire brigade"][1]
    chips = [" ".join(text.split()) for text in page.locator("#key button").all_text_contents()]
    assert chips == ["M Ministry 1", "P Person 1", "O Organisation 3", "R Group 4"]
    page.select_option("#colour", "coalition")
    sides = boxes(page)
    assert sides["Ada Berg"][1] == sides["Fire brigade"][1] == sides["Nurses' union"][1]
    assert sides["Farmers' league"][1] not in {sides["Ada Berg"][1], *plain}
    root = ET.fromstring(page.evaluate("() => respgraph.svg()"))
    assert [t.text for t in root.iter(SVG + "text") if t.get("font-size") == "11"].count(
        "1"
    ) == 3  # badges, not colour alone
    page.click("#key button >> nth=0")
    assert page.inner_text("#evidence h2").startswith("Said by Coalition 1: ")
    assert page.locator("#evidence .list li").count() == 8
    again = show("papers", "#colour=coalition").page
    assert boxes(again) == sides


def test_size_and_colour_are_chosen_by_keyboard(show: Show) -> None:
    page = show("flood").page
    page.focus("#size")
    page.keyboard.press("ArrowDown")
    assert page.input_value("#size") == "held"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.id") == "colour"
    page.keyboard.press("End")
    assert page.input_value("#colour") == "coalition"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#evidence .list li").count() > 0


def test_what_no_actor_has_is_not_offered(show: Show) -> None:
    page = show("crowd", "#size=pagerank&colour=coalition").page  # obligations only
    options = "(id) => [...document.getElementById(id).options].map((option) => option.value)"
    assert page.evaluate(options, "size") == ["claims"]
    assert page.evaluate(options, "colour") == ["alike", "kind"]
    assert (page.input_value("#size"), page.input_value("#colour")) == ("claims", "alike")


def test_panel_of_an_actor_says_how_it_stands(show: Show) -> None:
    page = show("papers").page
    ids = page.evaluate("() => JSON.parse(document.getElementById('data').textContent).things.map((t) => t.iri)")
    mine = next(iri.rsplit("/", 1)[-1] for iri in ids if iri.endswith("ministry-of-records"))
    text = show("papers", f"#actor={mine}").page.inner_text("#evidence")
    assert re.search(r"Counts as\s+Norland", text)
    assert re.search(r"Held responsible\s+once, by 1 voice", text)
    assert re.search(r"PageRank\s+0\.\d{3}, rank \d", text)
    text = show("papers", "#actor=ada-berg").page.inner_text("#evidence")
    assert re.search(r"Coalition\s+1, with ", text)


def test_page_says_what_its_measures_leave_out(show: Show) -> None:
    page = show("papers").page
    assert page.inner_text("#counts").startswith("12 statements from 6 texts")
    assert page.inner_text("#counted") == (
        "1 text nearly repeats another. Its 2 statements are shown but not counted by measures: those count "
        "10 statements of 5 texts."
    )
    assert show("flood").page.is_hidden("#counted")


def test_namesakes_are_told_apart_in_picture_flow_tips_and_panel(show: Show) -> None:
    page = show("papers").page
    assert {"Health Board (in 4 texts)", "Health Board (in d.txt)"} <= set(boxes(page))
    lines = page.evaluate("() => respgraph.lines()")
    line = next(k for k in lines if k["from"] == "Pilots' guild")
    spot = page.evaluate("(id) => respgraph.spot(id)", line["id"])
    page.mouse.move(spot["x"], spot["y"])
    page.wait_for_selector("#tip:not([hidden])")
    assert page.inner_text("#tip").startswith("Pilots' guild \u2192 Health Board (in d.txt): ")
    page.click("#t-flow")
    labels = page.locator("#p-flow .name").all_text_contents()
    assert [text for text in labels if text.startswith("Health Board (in d.txt)")]
    assert [text for text in labels if text.startswith("Health Board (in 4 texts)")]
    page.click("#p-flow .name:has-text('Health Board (in d.txt)')")
    assert page.inner_text("#evidence h2") == "Health Board (in d.txt)"


def test_printed_picture_and_png_keep_size_and_colour(show: Show) -> None:
    page = show("papers", "#size=held&colour=coalition").page
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    words = page.locator("#paper svg text").all_text_contents()
    assert "Size: held responsible" in words
    assert [text for text in words if re.fullmatch(r"(Ada Berg|Fire brigade|Nurses' union) \+2", text)]
