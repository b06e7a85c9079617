"""A graph that was built conforms; each way of damaging it is found and named."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Cli
from factories import harbour
from respgraph.check import Finding, Report, check_graph, format_report
from respgraph.check.report import shapes
from respgraph.compare import linked
from respgraph.model import Document, Extraction
from respgraph.rdf import Row, build_rows, to_dataset
from respgraph.rdf.iri import decimal, literal, resp, term
from respgraph.store import view_of

ROWS = build_rows(harbour())


def found(rows: list[Row]) -> set[str]:
    return {f"{f.shape}: {f.message}" for f in check_graph(view_of(rows)).findings}


def without(predicate: str, of: str = "") -> list[Row]:
    kinds = {row.subject for row in ROWS if row.predicate == term("rdf:type") and row.object == resp(of)}
    return [row for row in ROWS if not (row.predicate == predicate and (not of or row.subject in kinds))]


def changed(predicate: str, value: str, count: int = 1) -> list[Row]:
    hit = [row for row in ROWS if row.predicate == predicate][:count]
    return [row._replace(object=value) if row in hit else row for row in ROWS]


def added(predicate: str, value: str, of: str) -> list[Row]:
    subject = next(r for r in ROWS if r.predicate == term("rdf:type") and r.object == resp(of))
    return [*ROWS, Row(subject.subject, predicate, value, subject.graph)]


def test_what_was_built_conforms_and_every_quote_was_compared() -> None:
    report = check_graph(view_of(ROWS))
    assert report.findings == ()
    assert report.conforms
    assert report.quotes == sum(r.object == resp("Evidence") for r in ROWS)


def test_a_document_without_claims_conforms() -> None:
    assert check_graph(view_of(build_rows(Extraction(Document("x", "nothing"))))).conforms


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        (without(resp("speaker"), "Claim"), "ClaimShape: a claim has one speaker, an actor"),
        (without(resp("madeIn")), "ClaimShape: a claim is made in one statement"),
        (without(resp("evidence"), "Claim"), "ClaimShape: a claim has its evidence"),
        (without(resp("trigger")), "ClaimShape: a claim has the words that carry it"),
        (without(resp("confidence")), "ClaimShape: a claim has one confidence between 0 and 1"),
        (without(resp("foundBy")), "ClaimShape: a claim names the rule that read it"),
        (without(term("prov:wasGeneratedBy")), "ClaimShape: a claim names the run it comes from"),
        (without(resp("stance")), "ResponsibilityShape: a responsibility claim has a stance"),
        (without(resp("modality")), "ObligationShape: an obligation claim has a modality"),
        (without(resp("topic")), "QuestionShape: a question has a topic"),
        (without(resp("factor")), "FactorResponseShape: a factor and response has a factor"),
        (without(resp("response")), "FactorResponseShape: a factor and response has a response"),
        (without(resp("shortForm")), "DefinitionShape: a definition has one short form"),
        (without(resp("longForm")), "DefinitionShape: a definition has one long form"),
        (without(resp("speaker"), "Statement"), "StatementShape: a statement has one speaker, an actor"),
        (without(resp("dateStatus")), "StatementShape: a statement has a date or is said to be undated"),
        (without(term("skos:prefLabel")), "ActorShape: an actor has one preferred name in a document"),
        (without(term("rdfs:label")), "MatterShape: a matter has one label"),
        (without(term("oa:hasSource")), "EvidenceShape: evidence has one source document"),
        (without(term("oa:start")), "EvidenceShape: evidence has one start offset"),
        (without(term("oa:end")), "EvidenceShape: evidence has one end offset"),
        (without(term("oa:exact")), "EvidenceShape: evidence has its words"),
        (without(resp("text")), "DocumentShape: a document has its text, once"),
        (without(resp("text")), "no-text: the text of its document is not here"),
        (without(resp("sha256")), "DocumentShape: a document has the sha256 of its text"),
        (changed(resp("confidence"), decimal(1.2)), "ClaimShape: a claim has one confidence between 0 and 1"),
        (changed(resp("confidence"), literal("high")), "ClaimShape: a claim has one confidence between 0 and 1"),
        (changed(resp("stance"), resp("Must")), "ClaimShape: a stance is one of resp:Stances"),
        (changed(resp("degree"), resp("Must")), "ClaimShape: a degree is one of resp:Degrees"),
        (changed(resp("sense"), resp("Must")), "ClaimShape: a sense is one of resp:Senses"),
        (changed(resp("modality"), resp("Sole")), "ClaimShape: a modality is one of resp:Modalities"),
        (changed(resp("polarity"), literal("no")), "ClaimShape: a polarity is one of resp:Polarities"),
        (changed(resp("bearer"), resp("Must")), "ClaimShape: a bearer is an actor"),
        (changed(resp("action"), resp("Must")), "ClaimShape: what a claim is about is a matter"),
        (added(resp("hedged"), literal("yes"), "Claim"), "ClaimShape: hedged is true or false"),
        (added(resp("stance"), resp("Accepts"), "ResponsibilityClaim"), "ClaimShape: a stance is one of resp:Stances"),
        (changed(term("oa:exact"), literal("other words")), "quote-offset: the words do not stand at their offsets"),
        (changed(resp("text"), literal("other text")), "text-sha256: the text is not the one that was read"),
        (changed(resp("shiftsFrom"), resp("nobody")), "link-target: links to a claim that is not here"),
    ],
)  # fmt: skip
def test_each_kind_of_damage_is_found(rows: list[Row], finding: str) -> None:
    assert finding in found(rows)


def test_cause_claims_need_one_side() -> None:
    rows = [row for row in ROWS if row.predicate not in (resp("cause"), resp("effect"))]
    assert "CauseShape: a cause claim names a cause or an effect" in found(rows)


def test_only_the_damaged_document_is_named() -> None:
    good = build_rows(harbour("good.txt"))
    report = check_graph(view_of(changed(resp("confidence"), decimal(2)) + good))
    assert report.documents == 2
    assert {f.document for f in report.findings} == {ROWS[0].graph[1:-1]}


def test_a_link_into_another_document_is_fine() -> None:
    other = build_rows(harbour("other.txt"))
    claim = next(r.subject for r in other if r.object == resp("Claim"))
    assert check_graph(view_of(changed(resp("contradicts"), claim) + other)).conforms


def test_derived_links_stand_between_what_is_there() -> None:
    """Those of another graph, or of a graph whose texts have changed since, are found."""
    rows = linked([*build_rows(harbour("a.txt")), *build_rows(harbour("b.txt"))])
    assert check_graph(view_of(rows)).conforms
    one = rows[0].graph[:-1]
    left = [row for row in rows if "corpus/links" in row.graph or row.graph.startswith(one)]
    found = check_graph(view_of(left)).findings
    assert {(f.shape, f.message) for f in found} == {("link-target", "a link of what is not here")}
    link = next(row for row in rows if row.predicate == resp("contradicts") and "corpus/links" in row.graph)
    (finding,) = check_graph(view_of([*rows, link._replace(object=link.subject)])).findings
    assert (finding.focus, finding.message) == (link.subject[1:-1], "is linked to itself")


@settings(max_examples=8, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_offsets_count_code_points(words: str) -> None:
    extraction = harbour()
    text = words + extraction.document.text
    moved = harbour(text=text) if words not in extraction.document.text else extraction
    assert not {f.shape for f in check_graph(view_of(build_rows(moved))).findings}


def test_the_sparql_shape_finds_the_same_quotes_as_the_python_way() -> None:
    from pyshacl import validate

    active = rdflib.Graph()
    for triple in shapes():
        if triple[1] != rdflib.SH.deactivated:
            active.add(triple)
    rows = changed(term("oa:exact"), literal("other words"), count=3)
    expected = {f.focus for f in check_graph(view_of(rows)).findings if f.shape == "quote-offset"}
    graph = to_dataset(rows).graph(rdflib.URIRef(rows[0].graph[1:-1]))
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, report, _ = validate(graph, shacl_graph=active, inference="none", do_owl_imports=False, advanced=True)
    by_sparql = {
        str(report.value(r, rdflib.SH.focusNode))
        for r in report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)
        if str(report.value(r, rdflib.SH.resultMessage)) == "the quote does not stand at its offsets"
    }
    assert by_sparql == expected
    assert len(expected) == 3


def test_the_report_reads_as_one_line_per_finding() -> None:
    finding = Finding("http://x/doc/1", "http://x/doc/1/c/2", "ClaimShape", "a claim has its evidence")
    assert format_report(Report((finding,), 1, 7)) == (
        "doc/1/c/2: a claim has its evidence [ClaimShape]\n1 finding: 1 document, 7 quotes checked\n"
    )
    assert format_report(replace(Report((), 2, 7))) == "conforms: 2 documents, 7 quotes checked\n"


def test_a_confidence_that_is_no_number_is_a_finding(cli: Cli, tmp_path: Path) -> None:
    nan = '"NaN"^^<http://www.w3.org/2001/XMLSchema#double>'
    text = (Path(__file__).parents[1] / "graphs" / "flood" / "graph.trig").read_text(encoding="utf-8")
    damaged = tmp_path / "nan.trig"
    damaged.write_text(re.sub(r"(?<=resp:confidence )[0-9.]+", nan, text, count=1), encoding="utf-8")
    done = cli("check", damaged)
    assert done.exit_code == 1
    assert "confidence" in done.stdout
    assert cli("network", damaged).exit_code == 3
