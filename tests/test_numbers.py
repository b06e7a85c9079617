"""One number, whoever tells it: query, network, matrix, report, actors, exports, frames and page say the same, or say
what they leave out: of the shipped graphs, and of a corpus made to make it hard.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import respgraph
from conftest import ROOT, Cli, Python
from exports import READERS
from respgraph import extract_many, read_text
from respgraph.compare import NO_MATTER, derive_links, read_corpus, read_counted
from respgraph.matrix import responsibility_grid
from respgraph.model import Extraction
from respgraph.network import KINDS, build_network, measure_nodes
from respgraph.network.survey import Asked, survey
from respgraph.rdf import build_rows, write_trig
from respgraph.report import read_briefing
from respgraph.store import open_graph, view_of
from respgraph.view import make_page

CASES = ("flood", "lease", "migration")


def graph(case: str) -> str:
    return str(ROOT / "graphs" / case / "graph.trig")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("case", CASES)
def test_query_network_matrix_and_report_count_the_same(cli: Cli, case: str) -> None:
    asked: Counter[tuple[str, str, str]] = Counter()
    of_bearer: Counter[tuple[str, str]] = Counter()
    sign = {"assigns": "holds", "accepts": "holds", "shares": "holds", "denies": "denies", "questions": "questions"}
    for row in rows(cli("query", graph(case), "counts", "--fold", "-f", "csv").stdout):
        asked[row["says"], sign[row["stance"]], row["responsible"]] += int(row["claims"])
        of_bearer[row["responsible"], sign[row["stance"]]] += int(row["claims"])
    assert asked

    ties = rows(cli("network", graph(case), "--table", "ties", "-f", "csv").stdout)
    assert {(t["source"], t["sign"], t["target"]): int(t["claims"]) for t in ties} == asked

    with open_graph(graph(case)) as opened:
        counted = read_counted(opened)
        briefing = read_briefing(opened)
    grid = responsibility_grid(counted)
    in_cells: Counter[tuple[str, str]] = Counter()
    for (_, m), entries in grid.cells.items():
        in_cells.update((grid.columns[m].name, entry.mark) for entry in entries)
    assert in_cells == of_bearer

    told = {
        (t.name, mark): n
        for t in briefing.tallies
        for mark, n in (("holds", t.holds + t.accepts), ("denies", t.denies), ("questions", t.questions))
        if n
    }
    assert told == of_bearer
    assert dict(briefing.facts)["say who is responsible"] == sum(
        n for (_, mark), n in of_bearer.items() if mark == "holds"
    )


@pytest.mark.parametrize("case", CASES)
def test_strength_in_the_network_is_what_others_say_in_the_report(case: str) -> None:
    with open_graph(graph(case)) as opened:
        counted = read_counted(opened)
        briefing = read_briefing(opened)
    strength = measure_nodes(build_network(counted.corpus))
    own = Counter(c.bearer for c in counted.claims if c.type == "responsibility" and c.speaker == c.bearer
                  and c.stance in ("assigns", "accepts", "shares"))  # fmt: skip
    for one in briefing.tallies:
        assert strength[one.id]["in_strength"] == one.holds + one.accepts - own[one.id]


@pytest.mark.parametrize("case", CASES)
def test_ties_of_actors_and_matters_are_the_cells_of_the_matrix(case: str) -> None:
    with open_graph(graph(case)) as opened:
        counted = read_counted(opened)
    grid, network = responsibility_grid(counted), build_network(counted.corpus, "actor-matter")
    cells = Counter(
        (grid.columns[m].id, grid.rows[n], entry.mark)
        for (n, m), entries in grid.cells.items()
        for entry in entries
        if grid.rows[n] != NO_MATTER
    )
    assert cells == {
        (network.nodes[t.source].id, network.nodes[t.target].label, t.sign): len(t.claims) for t in network.ties
    }


def test_same_bytes_whatever_the_hash_seed(python: Python) -> None:
    code = f"""
from respgraph.cli import main
for command in (["network", "--kind", "congruence", "-f", "json"], ["matrix", "-f", "html"], ["report", "-f", "html"]):
    main([*command, {graph("migration")!r}], standalone_mode=False)
"""
    one, other = (python("-c", code, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert one.returncode == 0, one.stderr
    assert one.stdout == other.stdout
    assert one.stdout.count("<!doctype html>") == 2


# Two papers print one agency report; the third text is undated and speaks of "they"; ministries count as their state.
AGENCY = (
    "The harbour tunnel was closed for nine days after the storm. Divers looked at the gates on both sides of it. "
    "The Canadian government said that Norrail Ltd is responsible for the flooded harbour tunnel. The Canadian "
    "Ministry of Transport demanded that Norrail Ltd publish the inspection report. Norrail Ltd must repair the "
    "pumps. Traffic went over the old bridge, where queues reached the market square until the work was done."
)
UNDATED = (
    "They are to blame for the delay. Norrail Ltd denied that it was responsible for the flooded harbour tunnel. "
    "Canada blamed Norrail Ltd for the late warning. The records should be kept for ten years. Norrail Ltd promised to "
    "pay. Heavy rain caused the flood. Canada called for an inquiry."
)


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph file of a corpus with near repeats, undated texts, pronouns nobody can place, and folded actors."""
    texts = (
        ("a.txt", "2024-05-02", AGENCY),
        ("b.txt", "2025-05-03", AGENCY + " More on page two."),
        ("c.txt", "", UNDATED),
        ("d.txt", "2023-01-05", "The Canadian Prime Minister accepted responsibility for the late warning."),
    )
    documents = (replace(read_text(text, name), date=day or None) for name, day, text in texts)
    rows = [row for found in extract_many(documents) for row in build_rows(hedged(found))]
    path = tmp_path_factory.mktemp("hard") / "graph.trig"
    write_trig([*rows, *derive_links(view_of(rows))], path)
    return path


def hedged(found: Extraction) -> Extraction:
    """Return an extraction whose charge about the late warning is one of "perhaps"."""
    claims = (replace(c, hedged=c.hedged or "blamed" in c.evidence.quote) for c in found.claims)
    return replace(found, claims=tuple(claims))


def numbers(text: str) -> list[int]:
    """Return the numbers of a line: "6 of 9 claims counted; not counted: 3 in ..." gives 6, 9, 3."""
    return [int(n.replace(",", "")) for n in re.findall(r"(?<![\w-])\d[\d,]*(?![\w-])", text)]


def adds_up(line: str) -> bool:
    """Say whether the parts of a line such as "6 of 9 ...: 2 ..., 1 ..." make the whole."""
    counted, total, *left = numbers(line.rpartition("respgraph: ")[2])
    return counted + sum(left) == total


def told(stderr: str, words: str) -> str:
    return next(line for line in stderr.splitlines() if words in line)


def test_the_hard_corpus_is_hard(hard: Path) -> None:
    with open_graph(hard) as view:
        corpus, counted = read_corpus(view), read_counted(view)
    assert [s.name for s in counted.repeats] == ["b.txt"]
    assert any(c.has_bearer and not c.bearer for c in counted.claims)
    assert any(c.hedged for c in counted.claims)
    assert any(c.actor("speaker")[0] not in ("", c.speaker) for c in counted.claims)
    assert len(corpus.claims) == counted.total > len(counted.claims) > 0


def test_counted_and_left_out_make_all_claims(hard: Path) -> None:
    with open_graph(hard) as view:
        [row] = view.query("SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { GRAPH ?g { ?c a resp:Claim } }")
        for since, until in ((None, None), ("2024", None), ("2024", "2024"), (None, "2023-06")):
            counted = read_counted(view, since, until)
            assert counted.total == len(counted.claims) + sum(n for _, n in counted.left) == int(row["n"].value)
            assert adds_up(counted.account)
            per_type = counted.by_type()
            assert sum(n + sum(m for _, m in left) for _, n, left in per_type) == counted.total
    assert [reason for reason, _ in counted.left] == [
        "in texts that nearly repeat another", "said at other times", "undated",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_network_says_which_claims_make_no_tie(kind: str, hard: Path) -> None:
    types = {"demands": {"demand"}, "factor-response": {"response"}}.get(kind, {"responsibility"})
    with open_graph(hard) as view:
        counted = read_counted(view)
    for authors in (True, False):
        for concept in ("bearer", "matter"):
            wider = {"obligation", "cause"} if concept == "matter" and kind in _DISCOURSE else set()
            [measured], _ = survey(counted.corpus, Asked(kind, concept=concept, authors=authors, alpha=None))
            able = sum(c.type in types | wider for c in counted.claims)
            assert measured.whole.claims + measured.network.left_out == able


_DISCOURSE = ("affiliation", "congruence", "conflict", "subtract")


@pytest.mark.parametrize("of", ["responsibility", "duties", "demands", "promises", "raci"])
def test_a_matrix_says_which_claims_stand_in_no_cell(of: str, cli: Cli, hard: Path) -> None:
    types = {"duties": ("obligation",), "demands": ("demand",), "promises": ("commitment",),
             "raci": ("obligation", "commitment", "responsibility")}.get(of, ("responsibility",))  # fmt: skip
    with open_graph(hard) as view:
        counted = read_counted(view)
    asked = ["--raci"] if of == "raci" else ["--of", of]
    done = cli("matrix", hard, *asked, "-f", "json")
    grid = json.loads(done.stdout)
    in_cells = {entry["claim"] for cell in grid["cells"] for entry in cell["entries"]} - {""}
    assert len(in_cells) + sum(grid["left_out"].values()) == sum(c.type in types for c in counted.claims)
    assert adds_up(told(done.stderr, "claims counted"))
    page = cli("matrix", hard, *asked, "-f", "html").stdout
    assert counted.account in page
    assert counted.account in cli("matrix", hard, *asked).stdout


def test_every_surface_has_the_same_numbers(cli: Cli, hard: Path, tmp_path: Path) -> None:
    with open_graph(hard) as view:
        counted = read_counted(view)
        briefing = read_briefing(view)
        claims = respgraph.frames(view).claims()
        page = make_page(view)
    ties = Counter({
        (t["source"], t["sign"], t["target"]): int(t["claims"])
        for t in rows(cli("network", hard, "--table", "ties", "-f", "csv").stdout)
    })  # fmt: skip
    assert ties["Canada", "holds", "Norrail Ltd"] == 2

    asked = cli("query", hard, "counts", "--fold", "-f", "csv")
    sign = {"assigns": "holds", "accepts": "holds", "shares": "holds", "denies": "denies", "questions": "questions"}
    by_query: Counter[tuple[str, str, str]] = Counter()
    for row in rows(asked.stdout):
        says = "author" if row["says"] == "author" else row["says"]
        by_query[says, sign[row["stance"]], row["responsible"]] += int(row["claims"])
    assert by_query == Counter({(_voice(a), s, b): n for (a, s, b), n in ties.items()})
    assert adds_up(told(asked.stderr, "of responsibility counted"))

    # every export holds every claim; those without a near repeat, of actors that can be placed, are those of the ties
    cli("export", hard, "-o", tmp_path / "claims.csv")
    told_by_export = rows((tmp_path / "claims.csv").read_text(encoding="utf-8"))
    assert len(told_by_export) == len(claims) == page.claims == counted.total
    assert _ties_of(told_by_export) == by_query
    frame = claims.astype("object").where(claims.notna(), "").to_dict("records")
    assert _ties_of(frame) == by_query
    for form in ("parquet", "xlsx", "gexf", "graphml", "dna", "dna-table", "cytoscape", "csvw", "neo4j"):
        done = cli("export", hard, "--to", form, "-o", tmp_path / form)
        assert len(READERS[form](tmp_path / form)) == counted.total, form
        said = told(done.stderr, "nearly repeat another")
        assert (counted.total, counted.total - len(counted.claims)) == tuple(numbers(said.partition("): ")[2]))

    # actors: unfolded, all claims, what is no actor's told
    actors = cli("actors", hard, "-f", "csv")
    speakers = sum(int(row["speaker"]) for row in rows(actors.stdout))
    of, total, repeated = numbers(told(actors.stderr, "speakers of"))
    unnamed = sum(c.by_author or not c.speaker for c in read_corpus_of(hard))
    assert (of, total, repeated) == (speakers, counted.total, counted.total - len(counted.claims))
    assert speakers + unnamed == counted.total

    # the report: its ledger is the account, its facts are the networks'
    *kinds, (_, total_row) = briefing.ledger
    assert total_row == (counted.total, len(counted.claims), *(n for _, n in counted.left))
    facts = dict(briefing.facts)
    assert facts["duties, bans, permissions"] == next(n for name, (_, n, *_) in kinds if name.startswith("Duties"))
    of_bearer: Counter[str] = Counter()
    for (_, mark, _), n in ties.items():
        of_bearer[mark] += n
    unplaced = sum(c.type == "responsibility" and bool(c.bearer) and not c.speaker for c in counted.claims)
    assert facts["say who is responsible"] + facts["deny it"] == of_bearer["holds"] + of_bearer["denies"] + unplaced


def _voice(label: str) -> str:
    return "author" if label.startswith("author") else label


def _ties_of(told: list[dict[str, Any]]) -> Counter[tuple[str, str, str]]:
    """Return who holds whom responsible, counted from rows of claims with nothing but their columns."""
    out: Counter[tuple[str, str, str]] = Counter()
    for row in told:
        who, whom = row["speaker_acts_for"], row["bearer_acts_for"]
        if row["type"] == "responsibility" and not row["repeats"] and who and whom:
            no = row["stance"] == "denies" or row["polarity"] == "negative"
            out[who, "denies" if no else "questions" if row["stance"] == "questions" else "holds", whom] += 1
    return out


def read_corpus_of(path: Path) -> Any:
    with open_graph(path) as view:
        return read_corpus(view).claims


def test_near_repeats_are_left_out_of_dna_by_the_type_of_a_document(hard: Path, tmp_path: Path, cli: Cli) -> None:
    cli("export", hard, "--to", "dna-table", "-o", tmp_path / "s.csv")
    held = list(csv.DictReader(io.StringIO((tmp_path / "s.csv").read_text(encoding="utf-8")), delimiter=";"))
    with open_graph(hard) as view:
        counted = read_counted(view)
    assert sum(row["type"] != "near repeat" for row in held) == len(counted.claims)


@pytest.mark.parametrize("case", CASES)
def test_shipped_graphs_leave_nothing_out_unsaid(case: str, cli: Cli) -> None:
    with open_graph(graph(case)) as view:
        counted = read_counted(view)
        assert not counted.left
        for kind in KINDS:
            network = build_network(counted.corpus, kind)
            tied = len({c.iri for tie in network.ties for c in tie.claims})
            done = cli("network", graph(case), "--kind", kind, "-f", "csv")
            if network.left:
                assert (tied, tied + network.left_out) == tuple(numbers(told(done.stderr, kind))[:2])
