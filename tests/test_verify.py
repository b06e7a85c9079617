"""Verify: the words of a graph are those of its texts, or a line says which are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import FLOOD, Cli
from factories import harbour
from respgraph.check import verify_graph
from respgraph.model import Document
from respgraph.rdf import Row, build_rows
from respgraph.rdf.iri import integer, literal, resp, term
from respgraph.store import view_of

EXACT, START, TEXT = term("oa:exact"), term("oa:start"), resp("text")


def spoilt(change: Callable[[Row], Row | None]) -> list[str]:
    rows = [row for old in build_rows(harbour()) if (row := change(old)) is not None]
    return sorted({finding.shape for finding in verify_graph(view_of(rows)).findings})


def test_a_graph_as_built_is_verified_and_counted() -> None:
    extraction = harbour()
    found = verify_graph(view_of(build_rows(extraction)), [extraction.document])
    assert (found.findings, found.documents, found.claims) == ((), 1, len(extraction.claims))
    assert found.quotes == found.in_sources > 60


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (lambda r: r._replace(object=literal("Norrail is guilty")) if r.predicate == EXACT else r, ["quote-offset"]),
        (lambda r: r._replace(object=integer(99999)) if r.predicate == START else r, ["quote-offset"]),
        (lambda r: r._replace(object=literal("x")) if r.predicate == term("oa:prefix") else r, ["quote-context"]),
        (
            lambda r: r._replace(object=r.object.replace("Flood", "Blood")) if r.predicate == TEXT else r,
            ["text-sha256"],
        ),
        (lambda r: None if r.predicate == EXACT else r, ["no-quote"]),
        (lambda r: None if r.predicate == resp("evidence") else r, ["no-evidence"]),
        (lambda r: None if r.predicate == TEXT else r, ["no-text"]),
        (lambda r: r._replace(graph="<http://x/elsewhere>") if r.object == resp("Claim") else r, ["stray"]),
    ],
    ids=["words", "offset", "context", "text", "no words", "no evidence", "no text", "elsewhere"],
)
def test_each_thing_that_was_changed_fails(change: Callable[[Row], Row | None], codes: list[str]) -> None:
    assert set(codes) <= set(spoilt(change))


def test_a_text_that_is_not_the_one_read_fails_by_its_name_or_as_unknown() -> None:
    view = view_of(build_rows(harbour()))
    for name, why in (("harbour.txt", "is not the text that was read"), ("other.txt", "is no text of this graph")):
        (finding,) = verify_graph(view, [Document(name, "Another text.")]).findings
        assert (finding.focus, finding.message) == (name, why)


def test_a_forged_text_with_the_true_hash_is_found_out_by_the_source() -> None:
    extraction = harbour()
    rows = [r._replace(object=r.object.replace("solely", "partly")) for r in build_rows(extraction)]
    shapes = {f.shape for f in verify_graph(view_of(rows), [extraction.document]).findings}
    assert shapes >= {"text-sha256", "quote-offset"}


def test_the_command_says_what_it_looked_at(cli: Cli, flood: Path, tmp_path: Path) -> None:
    done = cli("verify", flood, "--source", FLOOD)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.output.startswith("verified: 1 text hashed, ")
    assert done.output.endswith(" in 1 given text\n")
    other = tmp_path / "other.txt"
    other.write_text("Another text.")
    failed = cli("verify", flood, "--source", other)
    assert failed.exit_code == 1
    assert "other.txt: is no text of this graph" in failed.output
    assert "\n1 failure: " in failed.output


def test_a_folder_of_texts_is_looked_through_and_what_is_not_of_the_graph_is_passed_over(
    cli: Cli, tmp_path: Path
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("The mayor must answer the letters.\n")
    (news / "b.txt").write_text("The keeper must open the gate.\n")
    assert cli("build", news, "-o", tmp_path / "g.trig").exit_code == 0
    (news / "other.txt").write_text("Nobody read this.\n")
    (news / "broken.txt").write_bytes(b"\x00\x01")
    done = cli("verify", tmp_path / "g.trig", "--source", news)
    assert (done.exit_code, "in 2 given texts" in done.stdout) == (0, True)
    assert (done.stderr.count("\n"), "broken.txt" in done.stderr) == (1, True)
    (news / "b.txt").write_text("The keeper must shut the gate.\n")
    done = cli("verify", tmp_path / "g.trig", "--source", news)
    assert (done.exit_code, "news/b.txt: is not the text that was read" in done.stdout) == (1, True)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "x.txt").write_text("Nothing of it.\n")
    done = cli("verify", tmp_path / "g.trig", "--source", tmp_path / "empty")
    assert (done.exit_code, "none of these texts is one of the graph's" in done.stderr) == (3, True)
