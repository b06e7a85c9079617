"""What a graph says of an extraction, and that the files hold exactly that."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, Literal, Namespace, URIRef
from rdflib.namespace import SKOS

from factories import harbour, ordered, said
from respgraph import vocab
from respgraph.errors import GraphError, ReadError, StoreError
from respgraph.model import Actor, Claim, Document, Extraction, Mention, Span
from respgraph.rdf import (
    Row,
    build_dataset,
    build_rows,
    build_segment,
    construct_ties,
    derive_ties,
    to_dataset,
    write_nquads,
    write_trig,
)
from respgraph.rdf import iri as spell
from respgraph.store.graph import line_of

# rdflib 7.6 warns about itself when it parses into a Dataset.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")

RESP = Namespace("https://w3id.org/respgraph/ns#")
OA = Namespace("http://www.w3.org/ns/oa#")
PROV = Namespace("http://www.w3.org/ns/prov#")
DATA = "https://w3id.org/respgraph/data/"


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return harbour()


@pytest.fixture(scope="module")
def doc(extraction: Extraction) -> URIRef:
    return URIRef(f"{DATA}doc/{extraction.document.id}")


@pytest.fixture(scope="module")
def graph(extraction: Extraction, doc: URIRef) -> rdflib.Graph:
    return build_dataset([extraction]).graph(doc)


@pytest.fixture(scope="module")
def ties(extraction: Extraction, doc: URIRef) -> rdflib.Graph:
    return build_dataset([extraction]).graph(URIRef(f"{doc}/ties"))


def node(doc: URIRef, claim: Claim) -> URIRef:
    return URIRef(f"{doc}/c/{claim.id}")


def trig(rows: list[Row]) -> bytes:
    out = io.BytesIO()
    write_trig(rows, out)
    return out.getvalue()


def nquads(rows: list[Row]) -> bytes:
    out = io.BytesIO()
    write_nquads(rows, out)
    return out.getvalue()


def as_quads(dataset: rdflib.Dataset) -> set[tuple[object, ...]]:
    return {(s, p, o, g) for s, p, o, g in dataset.quads()}


# The graph of a document


def test_a_document_has_its_text_its_digest_and_its_kind(
    graph: rdflib.Graph, doc: URIRef, extraction: Extraction
) -> None:
    assert graph.value(doc, RESP.text) == Literal(extraction.document.text)
    assert graph.value(doc, RESP.sha256) == Literal(extraction.document.sha256)
    assert (doc, RDF.type, URIRef("https://schema.org/NewsArticle")) in graph


def test_a_claim_carries_speaker_bearer_matter_and_values(
    graph: rdflib.Graph, doc: URIRef, extraction: Extraction
) -> None:
    claim = node(doc, extraction.claims[0])
    assert graph.value(claim, RESP.speaker) == URIRef(f"{doc}/actor/harbour-council")
    assert graph.value(claim, RESP.bearer) == URIRef(f"{DATA}actor/norrail")
    assert graph.value(claim, RESP.stance) == RESP.Assigns
    assert graph.value(claim, RESP.degree) == RESP.Sole
    assert graph.value(claim, RESP.sense) == RESP.Accountability
    assert (claim, RDF.type, RESP.ResponsibilityClaim) in graph
    assert (claim, RDF.type, RESP.Claim) in graph


def test_the_same_matter_in_two_claims_is_one_node_with_the_shortest_words(
    graph: rdflib.Graph, doc: URIRef, extraction: Extraction
) -> None:
    assigned, denied = (graph.value(node(doc, extraction.claims[i]), RESP.matter) for i in (0, 2))
    assert assigned == denied
    assert str(graph.value(assigned, rdflib.RDFS.label)) == "the flooded tunnel"


def test_content_is_called_action_where_something_is_to_be_done(
    graph: rdflib.Graph, doc: URIRef, extraction: Extraction
) -> None:
    for claim in extraction.of_type("obligation", "demand", "commitment"):
        assert graph.value(node(doc, claim), RESP.action) is not None


def test_a_claim_without_a_speaker_is_said_by_the_author(
    graph: rdflib.Graph, doc: URIRef, extraction: Extraction
) -> None:
    claim = next(c for c in extraction.claims if c.get("speaker") is None)
    author = graph.value(node(doc, claim), RESP.speaker)
    assert author == URIRef(f"{doc}/author")
    assert (author, RESP.authorOf, doc) in graph


def test_a_mention_of_no_known_actor_is_an_actor_of_the_document() -> None:
    extraction = said("someone")
    graph = build_dataset([extraction]).graph(URIRef(f"{DATA}doc/{extraction.document.id}"))
    bearer = graph.value(None, SKOS.prefLabel, Literal("someone"))
    assert str(bearer).startswith(f"{DATA}doc/{extraction.document.id}/actor/")


def test_a_mention_with_an_older_copy_of_its_actor_means_the_listed_one() -> None:
    extraction = said("someone")
    older, listed = Actor("x", "X", "person", "global"), Actor("x", "X", "group", "document")
    old = replace(extraction.claims[0].trigger, actor=older)
    claim = replace(extraction.claims[0], roles=(("bearer", old),))
    rows = build_rows(replace(extraction, claims=(claim,), actors=(listed,)))
    bearers = {r.object for r in rows if r.predicate == spell.resp("bearer")}
    assert bearers == {r.subject for r in rows if r.object == spell.resp("Group")}


def test_a_statement_has_its_forum_and_date_or_is_undated(graph: rdflib.Graph, doc: URIRef) -> None:
    dated = URIRef(f"{doc}/s/forum")
    assert graph.value(dated, RESP.date) == Literal("2024-05", datatype=rdflib.XSD.gYearMonth)
    assert (graph.value(dated, RESP.forum), RDF.type, RESP.Forum) in graph
    assert (URIRef(f"{doc}/s/council"), RESP.dateStatus, RESP.Undated) in graph


def test_actors_keep_their_relations(graph: rdflib.Graph, doc: URIRef) -> None:
    both = URIRef(f"{doc}/actor/both-companies")
    assert set(graph.objects(both, RESP.member)) == {URIRef(f"{DATA}actor/{m}") for m in ("norrail", "seaworks")}
    minister = URIRef(f"{doc}/actor/minister")
    assert graph.value(minister, RESP.speaksFor) == URIRef(f"{DATA}actor/norland")
    norrail = URIRef(f"{DATA}actor/norrail")
    assert (norrail, SKOS.exactMatch, URIRef("http://www.wikidata.org/entity/Q4115189")) in graph


def test_each_piece_of_evidence_says_where_its_words_stand(graph: rdflib.Graph, extraction: Extraction) -> None:
    text = extraction.document.text
    found = list(graph.subjects(RDF.type, RESP.Evidence))
    assert len(found) > 40
    for place in found:
        values = {p: o for s in graph.objects(place, OA.hasSelector) for p, o in graph.predicate_objects(s)}
        start, end = int(str(values[OA.start])), int(str(values[OA.end]))
        assert text[start:end] == str(values[OA.exact])
        assert text[:start].endswith(str(values[OA.prefix]))
        assert text[end:].startswith(str(values[OA.suffix]))


def test_links_join_claims(graph: rdflib.Graph, doc: URIRef, extraction: Extraction) -> None:
    later, earlier = extraction.claims[1], extraction.claims[0]
    assert (node(doc, later), RESP.shiftsFrom, node(doc, earlier)) in graph


def test_there_is_no_blank_node(graph: rdflib.Graph) -> None:
    assert not [t for triple in graph for t in triple if isinstance(t, rdflib.BNode)]


def test_a_claim_that_names_no_statement_is_refused(extraction: Extraction) -> None:
    with pytest.raises(GraphError, match="names a statement"):
        build_rows(replace(extraction, statements=()))


def test_words_that_do_not_stand_where_they_should_are_refused(extraction: Extraction) -> None:
    wrong = replace(extraction.claims[0], trigger=Mention(Span(0, 4), "lies"))
    with pytest.raises(GraphError, match="do not stand at 0-4"):
        build_rows(replace(extraction, claims=(wrong,), links=()))


@pytest.mark.parametrize("base", ["data/", "http://x/<y>/", "http://x/ y/", "http://x/#a", ""])
def test_a_base_that_is_no_absolute_iri_is_refused(base: str, extraction: Extraction) -> None:
    with pytest.raises(GraphError, match="absolute IRI"):
        build_rows(extraction, base)


def test_the_base_is_the_users_choice(extraction: Extraction) -> None:
    assert all(r.graph.startswith("<http://example.org/g/doc/") for r in build_rows(extraction, "http://example.org/g"))


def test_a_lone_surrogate_in_a_text_is_refused_with_its_line() -> None:
    with pytest.raises(ReadError, match=r"line 2.*U\+DC80"):
        build_rows(Extraction(Document("x", "one\ntwo \udc80")))


def test_a_file_name_that_is_no_text_gets_a_replacement_character() -> None:
    rows = build_rows(Extraction(Document("caf\udce9.txt", "t")))
    assert [r.object for r in rows if r.predicate == spell.term("dcterms:identifier")] == ['"caf\ufffd.txt"']


def test_a_document_without_claims_is_still_there() -> None:
    rows = build_rows(Extraction(Document("x", "nothing here")))
    assert any(r.predicate == spell.resp("text") for r in rows)


def test_an_id_cannot_break_out_of_its_iri() -> None:
    actor = Actor("a> <b", "A", "person")
    rows = build_rows(Extraction(Document("x", "t"), actors=(actor,)))
    assert any(r.subject.endswith("/actor/a%3E%20%3Cb>") for r in rows)


# Ties


def test_the_fast_ties_are_those_of_the_construct_files(graph: rdflib.Graph, ties: rdflib.Graph) -> None:
    assert construct_ties(graph) == set(ties)


def test_each_construct_file_finds_something_in_the_harbour_text(ties: rdflib.Graph) -> None:
    expected = {
        "acceptsResponsibilityFor",
        "assignsResponsibilityTo",
        "commitsTo",
        "demandsOf",
        "deniesCause",
        "deniesResponsibilityOf",
        "hasReportedResponse",
        "questionsResponsibilityOf",
        "refuses",
        "saidToCause",
        "saysCauses",
        "saysIsCommitted",
        "saysIsObliged",
        "saysMay",
        "saysShareResponsibility",
        "saysShould",
        "sharesResponsibilityWith",
    }
    assert {str(p).removeprefix(str(RESP)) for p in ties.predicates()} == expected


def test_what_is_denied_makes_no_tie_of_responsibility(ties: rdflib.Graph) -> None:
    norrail = URIRef(f"{DATA}actor/norrail")
    assert (norrail, RESP.deniesResponsibilityOf, norrail) in ties
    assert (norrail, RESP.assignsResponsibilityTo, norrail) not in ties


def test_what_both_must_do_each_must_do(ties: rdflib.Graph, doc: URIRef) -> None:
    obliged = set(ties.objects(URIRef(f"{doc}/author"), RESP.saysIsObliged))
    names = ("actor/norrail", "actor/seaworks")
    assert obliged == {URIRef(f"{doc}/actor/both-companies"), *(URIRef(DATA + n) for n in names)}


def test_a_hedged_claim_makes_no_tie(extraction: Extraction, graph: rdflib.Graph, ties: rdflib.Graph) -> None:
    outage = graph.value(None, rdflib.RDFS.label, Literal("the outage"))
    assert outage is not None
    assert (None, None, outage) not in ties


def test_ties_are_never_derived_from_ties(extraction: Extraction) -> None:
    rows = build_rows(extraction)
    again = derive_ties(row[:3] for row in rows)
    assert again == sorted(row[:3] for row in rows if row.graph.endswith("/ties>"))


@pytest.mark.parametrize("stance", ["assigns", "denies", "accepts", "shares", "questions", None])
@pytest.mark.parametrize("polarity", ["positive", "negative"])
@pytest.mark.parametrize("hedged", [True, False], ids=["hedged", "plain"])
def test_fast_and_constructed_ties_agree_for_every_value(stance: str | None, polarity: str, hedged: bool) -> None:
    extraction = harbour()
    changed = replace(
        extraction,
        claims=tuple(replace(c, stance=stance, polarity=polarity, hedged=hedged) for c in extraction.claims),
    )
    dataset = build_dataset([changed])
    name = URIRef(f"{DATA}doc/{changed.document.id}")
    assert construct_ties(dataset.graph(name)) == set(dataset.graph(URIRef(f"{name}/ties")))


# Files


def test_a_segment_is_the_rows_as_sorted_lines(extraction: Extraction) -> None:
    assert build_segment(extraction) == "".join(sorted(set(map(line_of, build_rows(extraction))))).encode()


def test_trig_and_nquads_hold_the_same_quads_for_rdflib_and_pyoxigraph(extraction: Extraction) -> None:
    rows = build_rows(extraction)
    expected = as_quads(to_dataset(rows))
    written = trig(rows), nquads(rows)
    for data, form, rdf_format in zip(written, ("trig", "nquads"), _FORMATS, strict=True):
        assert as_quads(rdflib.Dataset().parse(data=data, format=form)) == expected
        lines = {str(quad) for quad in pyoxigraph.parse(data, format=rdf_format)}
        assert lines == {str(quad) for quad in pyoxigraph.parse(nquads(rows), format=pyoxigraph.RdfFormat.N_QUADS)}


def test_writing_a_dataset_gives_the_bytes_of_its_rows(extraction: Extraction) -> None:
    rows = build_rows(extraction)
    out = io.BytesIO()
    write_trig(to_dataset(rows), out)
    assert out.getvalue() == trig(rows)


def test_order_and_repetition_change_nothing(extraction: Extraction) -> None:
    rows = build_rows(extraction)
    assert trig(rows[::-1] + rows) == trig(rows)
    backwards = replace(extraction, claims=extraction.claims[::-1], actors=extraction.actors[::-1])
    assert build_rows(backwards) == rows


def test_the_bytes_do_not_depend_on_the_order_of_sets() -> None:
    code = (
        "import sys; from factories import harbour; from respgraph.rdf import build_rows, write_trig;"
        "write_trig(build_rows(harbour()), sys.stdout.buffer)"
    )
    paths = os.pathsep.join([str(Path(__file__).parent), str(Path(vocab.__file__).parents[1])])
    written = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(written) == 1


def test_graphs_and_subjects_are_sorted(extraction: Extraction) -> None:
    rows = build_rows(harbour("a.txt")) + build_rows(harbour("b.txt"))
    text = trig(rows).decode()
    names = [line.split()[0] for line in text.splitlines() if line.startswith("doc:")]
    assert ordered(names)
    assert ordered(nquads(rows).decode().splitlines())


def test_a_literal_of_several_lines_is_written_in_lines() -> None:
    assert (
        'resp:text """one\ntwo "quoted"\nthree\n""" .'
        in trig(build_rows(_document('one\ntwo "quoted"\nthree\n'))).decode()
    )


def test_hidden_direction_marks_are_visible_in_the_file() -> None:
    data = trig(build_rows(_document("pay \u202eyap\u202c now")))
    assert b"\\u202Eyap\\u202C" in data


def test_a_written_file_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "g.trig"
    target.write_text("old")
    write_trig(build_rows(harbour()), target)
    assert target.read_bytes().startswith(b"@prefix")
    assert [p.name for p in tmp_path.iterdir()] == ["g.trig"]


def test_a_failing_source_leaves_the_old_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "g.trig"
    target.write_text("old")

    def chunks() -> object:
        yield build_rows(harbour())[0]
        raise GraphError("x", "stops in the middle")

    with pytest.raises(GraphError):
        write_trig(chunks(), target)  # type: ignore[arg-type]  # a generator is what fails late
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["g.trig"]


def test_a_folder_that_is_not_there_is_a_store_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write_trig([], tmp_path / "no" / "g.trig")


_FORMATS = (pyoxigraph.RdfFormat.TRIG, pyoxigraph.RdfFormat.N_QUADS)
HOSTILE = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\"'\\\n\r\t\x00\x1b\x7f\u0085\u2028\u202e\u2066\ufeff\ufffe😀́@^<>{}.;,#%_:"),
    ),
    min_size=1,
    max_size=40,
)


def _document(text: str) -> Extraction:
    return Extraction(Document("x", text))


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE)
def test_any_text_comes_back_from_any_file_as_it_was(words: str, name: str) -> None:
    rows = build_rows(said(words, name))
    expected = as_quads(to_dataset(rows))
    assert as_quads(rdflib.Dataset().parse(data=trig(rows), format="trig")) == expected
    quads = {str(q) for q in pyoxigraph.parse(nquads(rows), format=pyoxigraph.RdfFormat.N_QUADS)}
    assert {str(q) for q in pyoxigraph.parse(trig(rows), format=pyoxigraph.RdfFormat.TRIG)} == quads
    texts = [
        q.object.value for q in pyoxigraph.parse(trig(rows), format=pyoxigraph.RdfFormat.TRIG) if "ns#text>" in str(q)
    ]
    assert texts == [words]


@given(st.text(max_size=30))
def test_a_spelled_literal_reads_back(value: str) -> None:
    expected = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    assert spell.split_literal(spell.literal(value)) == (expected, "", "")


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2024", "gYear"),
        ("2024-05", "gYearMonth"),
        ("2024-05-03", "date"),
        ("2024-05-03T10:00:00Z", "dateTime"),
        ("2024-05-03\n", ""),
        ("May", ""),
        ("٢٠٢٤", ""),
    ],
)
def test_a_date_has_the_type_of_its_precision(value: str, datatype: str) -> None:
    assert spell.split_literal(spell.date(value))[1].rpartition("#")[2] == datatype
