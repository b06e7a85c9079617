"""The briefing: what it says, that its words stand in the text, its pictures, and that it is one safe file."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Cli
from respgraph.compare import Counted, Said
from respgraph.errors import QueryError
from respgraph.matrix import responsibility_grid
from respgraph.network import build_network
from respgraph.report import Briefing, briefing_html, briefing_markdown, read_briefing
from respgraph.report.briefing import mark_of, mixed, phrase, spread, tally
from respgraph.report.picture import draw_bars, draw_network, draw_times
from respgraph.store import open_graph
from test_network import corpus, said

FLOOD = ROOT / "graphs" / "flood"
CASES = ("flood", "lease", "migration")


def briefing(case: str = "flood", **options: Any) -> Briefing:
    with open_graph(ROOT / "graphs" / case / "graph.trig") as opened:
        return read_briefing(opened, **options)


@pytest.mark.parametrize("case", CASES)
def test_every_line_has_words_that_stand_in_the_text(case: str) -> None:
    [source] = (ROOT / "graphs" / case).glob("source.*")
    text = source.read_text(encoding="utf-8")
    lines = [line for s in briefing(case).sections for g in s.groups for line in g.lines]
    assert len(lines) > 10
    for line in lines:
        found = re.search(r"characters (\d+)–(\d+)$", line.source)
        assert found is not None
        assert " ".join(text[int(found[1]) : int(found[2])].split()) == line.quote


def test_report_says_who_what_and_what_nobody_answers() -> None:
    text = briefing_markdown(briefing())
    assert "Norrwater: held responsible 4 times, by 3 voices; denied once." in text
    assert "4 demands; no statement in these texts answers 2 of them." in text
    assert "**The town council** accepts responsibility: the failed sirens" in text
    assert "Contradiction: Norrwater: the late release of water" in text
    assert "publish the inspection reports" in text.partition("## What nobody answers")[2]
    assert "said 2025-03-12" in text


def test_both_sides_are_there_before_one_is_there_twice() -> None:
    claims = [*(said(f"s{n}", "b", day=f"{n}") for n in range(9)), said("b", "b", "denies", day="z")]
    assert [mark_of(c) for c in spread(claims)][:2] == ["holds", "denies"]
    assert {c.iri for c in spread(claims)} == {c.iri for c in claims}


def test_each_text_is_heard_before_one_is_heard_twice() -> None:
    claims = [said("a", "b", day=day, matter=f"{day}{n}") for day in ("x", "y") for n in range(2)]
    assert [c.source.name for c in mixed(claims)] == ["x.txt", "y.txt", "x.txt", "y.txt"]


def test_two_actors_of_one_name_are_told_apart_by_their_texts() -> None:
    claims = corpus(said("s", "x/doc/1/actor/board", day="p"), said("s", "x/doc/2/actor/board", day="q"))
    same = replace(claims, names=dict.fromkeys(claims.names, "Board"))
    groups = read_briefing_of(same).sections[0].groups
    assert [group.heading for group in groups] == ["Board", "Board"]
    assert [group.lead.rpartition(" of ")[2] for group in groups] == ["p.txt.", "q.txt."]
    assert [c.name for c in responsibility_grid(Counted(same)).columns] == ["Board", "Board (2)"]


def test_one_sentence_is_quoted_once_with_all_its_matters() -> None:
    claims = [said("court", "north", matter=matter, quote="It is all their fault.") for matter in ("noise", "dust")]
    [group] = read_briefing_of(corpus(*claims)).sections[0].groups
    [line] = group.lines
    assert (line.verb, line.whom, line.tail, line.about) == ("holds", "the north", "responsible", "dust; noise")
    assert set(line.claims) == {c.iri for c in claims}
    assert group.more == 0


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (said("court", "north", degree="sole"), "holds the north solely responsible"),
        (said("court", "north", polarity="negative"), "does not hold the north responsible"),
        (said("north", "north", "denies"), "denies responsibility"),
        (said("court", "north", "denies"), "denies responsibility of the north"),
        (said("court", "", "questions"), "questions responsibility"),
        (said("court", "north", type="obligation", modality="must-not"), "says that the north must not"),
        (
            said("court", "north", type="obligation", modality="must", polarity="negative"),
            "says that the north need not",
        ),
        (said("court", "", type="obligation", modality="should", hedged=True), "says that somebody should (hedged)"),
        (said("court", "north", type="demand"), "demands of the north"),
        (said("court", "", type="demand", polarity="negative"), "does not demand"),
        (said("north", "north", "denies", type="commitment"), "refuses"),
        (said("court", "north", type="commitment"), "reports a promise of the north"),
        (said("court", "", type="question"), "asks"),
    ],
)
def test_a_claim_is_told_in_a_sentence(claim: Said, words: str) -> None:
    assert " ".join(filter(None, phrase(claim))) == words


def test_who_has_no_heading_is_named_and_who_has_no_name_comes_last() -> None:
    claims = corpus(*(said("court", f"north{n:02d}") for n in range(12)), *(said(f"s{n}", "those") for n in range(5)))
    tallies = tally(replace(claims, names={n: n for n in claims.names}))
    assert [t.name for t in tallies][-1] == "those"
    more = read_briefing_of(replace(claims, names={n: n for n in claims.names})).sections[0].more
    assert more == "Also: north10 (1), north11 (1) and 1 more."


def test_actor_and_period_narrow_the_report() -> None:
    one = briefing(actor="town COUNCIL")
    assert one.title == "Who holds whom responsible: town council"
    assert {t.name for t in one.tallies} == {"town council"}
    assert briefing(until="2025-03-12").facts[2] == ("say who is responsible", 1)
    with pytest.raises(QueryError, match="no actor 'Zorro'"):
        briefing(actor="Zorro")


def test_limit_counts_what_it_leaves_out() -> None:
    groups = briefing(limit=1).sections[0].groups
    assert [(len(g.lines), g.more) for g in groups][:2] == [(1, 4), (1, 2)]


def svgs(page: str) -> list[ET.Element]:
    return [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", page, re.DOTALL)]


@pytest.mark.parametrize("case", CASES)
def test_pictures_are_named_and_described_and_boxes_do_not_overlap(case: str) -> None:
    found = briefing(case)
    page = briefing_html(found)
    for picture in svgs(page):
        if picture.get("role") == "img":
            ids = {child.get("id"): child.text for child in picture if child.tag in ("title", "desc")}
            assert all(ids[id] for id in str(picture.get("aria-labelledby")).split())
        else:
            assert picture.get("aria-hidden") == "true"
    drawn = draw_network(found.network)
    for one in drawn.boxes if drawn else ():
        for other in drawn.boxes if drawn else ():
            if one is not other:
                apart = abs(one.x - other.x) * 2 >= one.width + other.width
                assert apart or abs(one.y - other.y) * 2 >= one.height + other.height


def test_bars_are_as_long_as_the_numbers() -> None:
    claims = corpus(*(said(f"s{n}", "north") for n in range(6)), *(said(f"s{n}", "south") for n in range(3)))
    bars = draw_bars(tally(claims))
    assert bars is not None
    [(_, _, long, six)], [(_, _, short, three)] = (row.parts for row in bars.rows)
    assert (six, three) == (6, 3)
    assert abs(long - 2 * short) <= 4


def test_mutual_blame_is_two_bent_arrows_and_few_actors_are_no_picture() -> None:
    network = build_network(corpus(said("a", "b"), said("b", "a"), said("c", "a")))
    picture = draw_network(network)
    assert picture is not None
    assert sorted("Q" in arrow.path for arrow in picture.arrows) == [False, True, True]
    assert draw_network(build_network(corpus(said("a", "b")))) is None
    assert draw_times((("2024", 1), ("2025", 2))) is None
    columns = draw_times((("2023", 1), ("2024", 4), ("2025", 2)))
    assert columns is not None
    assert [high for _, _, _, high, _ in columns.columns] == [25, 100, 50]


def test_coalitions_are_numbered_and_the_highest_pagerank_is_larger() -> None:
    found = briefing()
    picture = draw_network(found.network, found.attributes)
    assert picture is not None
    assert dict(picture.coalitions) == {
        1: "Helen Ardley, Lorne County Court, Ministry of Water",
        2: "Paul Ostrey, Ruth Calder",
    }
    assert {" ".join(box.lines) for box in picture.boxes if box.size > 13} == {"Norrwater", "Ministry of Water"}


def test_page_has_no_script_and_a_policy_that_lets_nothing_load() -> None:
    page = briefing_html(briefing())
    assert "default-src 'none'; style-src 'sha256-" in html.unescape(page)
    assert not re.search(r"<script|<img|<iframe|\son\w+=|style=|https?:", page)


def test_words_of_a_text_are_no_markup() -> None:
    nasty = '</title></svg><script>x</script>"[a](javascript:b)*'
    claims = corpus(*(said(f"{nasty}{n}", nasty, matter=nasty) for n in range(3)))
    made = read_briefing_of(claims)
    page, text = briefing_html(made), briefing_markdown(made)
    assert "<script" not in page
    assert "&lt;script" in page
    assert "<script" not in text.replace("\\<", "")
    assert "[a](" not in text


def read_briefing_of(claims: Any) -> Briefing:
    from respgraph.report.briefing import _Writer

    return _Writer(Counted(claims), (), 5).briefing(None, "", None, None)


def test_command_writes_both_forms(cli: Cli, tmp_path: Path) -> None:
    for name, start in (("r.html", "<!doctype html>"), ("r.md", "# ")):
        assert cli("report", FLOOD / "graph.trig", "--title", "The flood", "-o", tmp_path / name).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
        assert "The flood" in (tmp_path / name).read_text(encoding="utf-8")
    assert cli("report", FLOOD / "graph.trig").stdout.startswith("# Who holds")
    assert cli("report", FLOOD / "graph.trig", "-o", tmp_path / "r.pdf").exit_code == 2
    assert cli("report", FLOOD / "graph.trig", "--actor", "Zorro").exit_code == 3
    assert cli("report", FLOOD / "graph.trig", "--since", "soon").exit_code == 3
    empty = tmp_path / "empty.txt"
    empty.write_text("Nothing is said here.")
    cli("build", empty, "-o", tmp_path / "empty.trig")
    assert "Nothing about who is responsible" in cli("report", tmp_path / "empty.trig", "-f", "html").stdout
