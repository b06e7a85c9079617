"""What two graphs say differently: texts by name, claims by who says what of whom, never triples."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Cli
from factories import harbour
from respgraph.compare import Corpus, diff_corpora, format_difference, read_corpus
from respgraph.model import Extraction
from respgraph.rdf import build_rows, write_trig
from respgraph.store import view_of


def corpus(*extractions: Extraction) -> Corpus:
    return read_corpus(view_of(row for extraction in extractions for row in build_rows(extraction)))


def softened(extraction: Extraction) -> Extraction:
    """Return it with the first claim's degree changed, the last one gone."""
    first, *rest = extraction.claims[:-1]
    return replace(extraction, claims=(replace(first, degree="primary"), *rest), links=())


def test_the_same_is_no_difference() -> None:
    found = diff_corpora(corpus(harbour()), corpus(harbour()))
    assert (found.is_empty, found.same) == (True, len(harbour().claims))


def test_a_change_is_told_in_the_language_of_claims() -> None:
    found = diff_corpora(corpus(harbour()), corpus(softened(harbour())))
    (change,) = found.changed
    assert change.words == "Harbour Council's stance on the flooded tunnel moved from assigns sole to assigns primary"
    assert [claim.get("content") for claim in found.withdrawn] == ["install sirens"]
    assert (found.new, found.added, found.removed) == ((), (), ())
    back = diff_corpora(corpus(softened(harbour())), corpus(harbour()))
    assert [claim.iri for claim in back.new] == [claim.iri for claim in found.withdrawn]


def test_a_statement_that_got_another_date_is_told_and_two_corpora_are_not_held_against_each_other_for_theirs() -> None:
    council, forum, *rest = harbour().statements[1:]
    told = replace(harbour(), statements=(harbour().statements[0], council, replace(forum, date="2024-06"), *rest))
    found = diff_corpora(corpus(harbour()), corpus(told))
    assert [change.words for change in found.changed] == [
        "what Harbour Council said on Norrail was dated 2024-05 and is dated 2024-06 now"
    ]
    undated = replace(told, statements=tuple(replace(s, date=None) for s in told.statements))
    (change,) = diff_corpora(corpus(told), corpus(undated)).changed
    assert change.words.endswith("was dated 2024-06 and is undated now")
    other = replace(told, document=replace(told.document, name="other.txt"))
    assert diff_corpora(corpus(harbour()), corpus(other)).changed == ()


def test_a_line_put_before_the_text_changes_no_claim() -> None:
    longer = harbour(text="A line more.\n" + harbour().document.text)
    assert diff_corpora(corpus(harbour()), corpus(longer)).is_empty


def test_texts_that_only_one_graph_has_come_and_go_with_their_claims() -> None:
    found = diff_corpora(corpus(harbour()), corpus(harbour(), harbour("late.txt")))
    assert (found.added, len(found.new)) == (("late.txt",), len(harbour().claims))


def test_two_corpora_without_a_common_text_meet_by_their_claims() -> None:
    found = diff_corpora(corpus(harbour("one.txt")), corpus(softened(harbour("two.txt"))))
    assert [len(part) for part in (found.changed, found.withdrawn, found.new)] == [1, 1, 0]


@pytest.fixture
def graphs(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "before.trig", tmp_path / "after.trig"
    for path, extraction in zip(paths, (harbour(), softened(harbour())), strict=True):
        write_trig(build_rows(extraction), path)
    return paths


def test_the_command_exits_as_diff_does(cli: Cli, graphs: tuple[Path, Path]) -> None:
    before, after = graphs
    same = cli("diff", before, before)
    assert (same.exit_code, same.output) == (0, "0 new, 0 withdrawn, 0 changed, 21 the same\n")
    done = cli("diff", before, after)
    assert done.exit_code == 1
    assert done.output.startswith("~ Harbour Council's stance on the flooded tunnel moved from assigns sole to ")
    assert done.output.endswith("0 new, 1 withdrawn, 1 changed, 19 the same\n")
    value = json.loads(cli("diff", before, after, "-f", "json").output)
    assert (len(value["changed"]), len(value["withdrawn"]), value["same"]) == (1, 1, 19)


def test_nothing_of_a_text_reaches_the_terminal_as_a_command(cli: Cli, tmp_path: Path) -> None:
    for name, extraction in (("a.trig", harbour()), ("b.trig", harbour("\x1b[2Jevil.txt"))):
        write_trig(build_rows(extraction), tmp_path / name)
    done = cli("diff", tmp_path / "a.trig", tmp_path / "b.trig")
    assert "evil.txt" in done.output
    assert "\x1b" not in done.output
    assert "\x1b" not in format_difference(diff_corpora(corpus(), corpus(harbour())), "json")
