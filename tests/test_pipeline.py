"""The flow as a whole: order, laws that hold for every text, several processes, explanations."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT, Python
from respgraph.errors import ReadError, RespgraphError
from respgraph.model import ACTOR_SLOTS, Document, Extraction
from respgraph.pipeline import build_graph, explain, extract, extract_many, keep_confident, read
from respgraph.read import find_sources, read_text

CASES = sorted(ROOT.glob("graphs/*/source.*"))
SENTENCES = (
    "The ministry blamed the operator for the flood.",
    "Norway’s government said that both countries must act.",
    "“We are not responsible,” the mayor said.",
    "The Lake Rescue Unit (LRU) denied responsibility.",
    "- Sirens: The town should test them.",
    "| Factor | Response |\n|---|---|\n| Rain | Pumps |",
    "# Who will pay?",
    "Violence drove families from 🏚️ their homes.",
)


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.parent.name)
def case(request: pytest.FixtureRequest) -> Extraction:
    return extract(read(request.param))


def quotes_off_their_place(found: Extraction) -> list[str]:
    """Return the quotes that do not stand at their offsets."""
    mentions = [m for c in found.claims for m in (c.trigger, c.evidence, *dict(c.roles).values())]
    mentions += [m for s in found.statements for m in (s.speaker, s.cue, s.addressee, s.forum) if m is not None]
    mentions += [m for a in found.attributions for m in (a.content, a.cue, a.source) if m is not None]
    return [m.quote for m in mentions if m.span.of(found.document.text) != m.quote]


def test_every_quote_stands_at_its_offsets(case: Extraction) -> None:
    assert len(case.claims) > 10
    assert quotes_off_their_place(case) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    parts=st.lists(st.one_of(st.sampled_from(SENTENCES), st.text(max_size=40)), max_size=6),
    joint=st.sampled_from(["\n", "\n\n", "\r\n", " ", "\u00a0", "\u2028", "\x0b"]),
)
def test_quotes_stand_at_their_offsets_in_any_text(parts: list[str], joint: str) -> None:
    found = extract(read_text(joint.join(parts)))
    assert quotes_off_their_place(found) == []
    assert all(c.evidence.span.covers(c.trigger.span) for c in found.claims)


def test_claims_hang_together(case: Extraction) -> None:
    ids = {claim.id for claim in case.claims}
    assert len(ids) == len(case.claims)
    assert {claim.statement for claim in case.claims} <= {s.id for s in case.statements}
    assert all(link.source in ids and link.target in ids for link in case.links)
    named = {m.actor.id for c in case.claims for slot in ACTOR_SLOTS if (m := c.get(slot)) and m.actor}
    assert named <= {actor.id for actor in case.actors}
    assert all(0 <= claim.confidence <= 1 for claim in case.claims)


def test_an_extraction_says_what_made_it(case: Extraction) -> None:
    made = dict(case.run)
    assert made["pipeline"].startswith("en_core_web_")
    assert made["respgraph"].count(".") == 2


def test_a_text_in_hand_is_never_taken_for_a_path(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("The spy must hide.")
    assert extract(str(path)).document.text == str(path)
    with pytest.raises(ReadError, match="no such file"):
        read("The spy must hide.")


def test_a_line_no_one_wrote_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("A title\n" + "x" * 5_000_000)
    with pytest.raises(ReadError, match=r"long.txt \(line 2\): 5,000,000 characters in one line"):
        read(path)


def test_many_documents_come_in_order_from_several_processes() -> None:
    documents = [read_text(f"The town must repair road {n}. {SENTENCES[n % 4]}", f"doc {n}") for n in range(20)]
    assert list(extract_many(documents, jobs=2)) == list(extract_many(documents))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_source_that_cannot_be_read_is_told_and_left_out(jobs: int, tmp_path: Path) -> None:
    for name, data in {"a.txt": b"A must act.", "b.txt": b"\x00\x01", "c.txt": b"C must act."}.items():
        (tmp_path / name).write_bytes(data)
    told: list[ReadError] = []
    found = list(extract_many(find_sources([tmp_path]), jobs=jobs, on_error=told.append))
    assert [Path(e.document.name).name for e in found] == ["a.txt", "c.txt"]
    assert [Path(e.source).name for e in told] == ["b.txt"]
    with pytest.raises(ReadError, match=r"b\.txt"):
        list(extract_many(find_sources([tmp_path]), jobs=jobs))


def test_an_unknown_pipeline_is_one_clear_error() -> None:
    with pytest.raises(RespgraphError, match="no spaCy pipeline named 'nothing'"):
        extract("A must act.", pipeline="nothing")


def test_leaving_out_the_doubtful_leaves_a_whole(case: Extraction) -> None:
    kept = keep_confident(case, 0.8)
    assert 0 < len(kept.claims) < len(case.claims)
    assert all(claim.confidence >= 0.8 for claim in kept.claims)
    ids = {claim.id for claim in kept.claims}
    assert all(link.source in ids and link.target in ids for link in kept.links)
    assert ("min-confidence", "0.8") in kept.run
    assert keep_confident(case, 0) is case


def test_a_graph_takes_paths_folders_and_documents(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("in/a.txt", "in/b.md", "c.txt"):
        (tmp_path / name).write_text(f"The keeper of {name} must act.")
    made: list[Path | str | Document] = [tmp_path / "in", str(tmp_path / "c.txt"), Document("d", "")]
    dataset = build_graph(made, base="https://example.org/x")
    names = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
    assert len([name for name in names if not name.endswith("/ties")]) == 5
    assert all(name.startswith("https://example.org/x/doc/") for name in names - {"https://example.org/x/corpus/links"})


def test_the_same_text_gives_the_same_bytes_in_every_process(tmp_path: Path, python: Python) -> None:
    for seed in ("1", "2"):
        args = ["build", *CASES, "-o", tmp_path / f"{seed}.trig", "--html", tmp_path / f"{seed}.html"]
        done = python("-m", "respgraph", *args, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
    for suffix in ("trig", "html"):
        assert (tmp_path / f"1.{suffix}").read_bytes() == (tmp_path / f"2.{suffix}").read_bytes()


def test_an_explanation_keeps_what_failed() -> None:
    found = explain("The ministry said the operator is to blame for the flood.")
    fired = {t.rule for t in found.tries if t.fired}
    assert {claim.found_by for claim in found.extraction.claims} <= fired
    assert any("no bearer" in t.outcome for t in found.tries)
    assert found.reading.frames


def test_an_explanation_names_what_a_word_would_need() -> None:
    near = {n.word: n.triggers for n in explain("They have left the town.").near}
    assert "have to (verb)" in near["have"]
    assert "town" not in near
