"""What is generated from the ontology is current, complete and offline; profiles, alignments and questions are true."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sys
from html.parser import HTMLParser
from types import ModuleType

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Literal, URIRef

from respgraph import vocab
from respgraph.query import list_queries

FOLDER = vocab.ontology_path()
EX = rdflib.Namespace("http://example.org/")


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def profiles() -> ModuleType:
    return loaded("profiles")


@pytest.fixture(scope="module")
def build(profiles: ModuleType) -> ModuleType:
    return loaded("build")


@pytest.fixture(scope="module")
def page(build: ModuleType) -> str:
    return str(build.page_text())


def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(FOLDER / "respgraph.ttl")


def test_the_page_and_the_questions_are_current(build: ModuleType, page: str) -> None:
    assert (FOLDER / "index.html").read_text(encoding="utf-8") == page, "python ontology/build.py"
    assert (FOLDER / "QUESTIONS.md").read_text(encoding="utf-8") == build.questions_text(), "python ontology/build.py"


class Anchors(HTMLParser):
    """Collects ids, links inside the page and whatever would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if "id" in held:
            self.ids.append(str(held["id"]))
        if tag == "a":
            self.links.append(str(held["href"]))
        if tag in ("script", "link", "img", "iframe") or "src" in held:
            self.fetched.append(tag)


def test_every_term_has_its_anchor_and_every_link_its_end(page: str) -> None:
    found = Anchors()
    found.feed(page)
    terms = {str(s).removeprefix(vocab.NS) for s in ontology().subjects() if str(s).startswith(vocab.NS)}
    assert terms <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    for link in found.links:
        assert link[1:] in found.ids if link.startswith("#") else (FOLDER / link).exists()


def test_the_page_fetches_nothing(page: str) -> None:
    found = Anchors()
    found.feed(page)
    assert found.fetched == []
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_every_claim_class_has_an_example_and_what_must_hold(build: ModuleType) -> None:
    for name in vocab.CLAIM_CLASSES.values():
        term = build.term(URIRef(vocab.NS + name))
        assert term.example is not None
        assert "“" in term.example[1]
    for name in ("bearer", "speaker", "stance", "evidence", "matter"):
        term = build.term(URIRef(vocab.NS + name))
        assert term.example is not None
        assert term.shapes


def test_the_ontology_keeps_to_the_profiles_it_names(profiles: ModuleType, page: str) -> None:
    graph = ontology()
    assert profiles.kept(graph) == ("DL", "RL")
    assert {v.rpartition("#")[0].partition("#")[2].split()[0] for v in profiles.violations(graph, "QL")} == {"hedged"}
    assert "OWL 2 DL, and in the profile OWL 2 RL" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert re.search(r"OWL 2 RL</td><td>yes", page)
    assert re.search(r"OWL 2 EL</td><td>no", page)


@pytest.mark.parametrize(
    ("triples", "broken"),
    [
        ([(EX.a, RDFS.subClassOf, EX.b), (EX.a, RDF.type, OWL.Class)], {"DL", "EL", "QL", "RL"}),
        ([(EX.p, RDF.type, OWL.ObjectProperty), (EX.p, RDF.type, OWL.DatatypeProperty)], {"DL", "EL", "QL", "RL"}),
        ([(EX.i, RDF.type, EX.c), (EX.c, RDF.type, OWL.Class)], {"DL", "EL", "QL", "RL"}),
        ([(RDFS.label, RDF.type, OWL.ObjectProperty)], {"DL", "EL", "QL", "RL"}),
        ([(EX.a, EX.unknown, Literal("x"))], {"DL", "EL", "QL", "RL"}),
        ([(EX.a, OWL.disjointWith, EX.b)], {"DL", "EL", "QL", "RL"}),
        ([(EX.d, RDF.type, OWL.DatatypeProperty), (EX.d, RDFS.range, XSD.boolean)], {"EL", "QL"}),
        ([(EX.p, RDF.type, OWL.ObjectProperty), (EX.p, RDF.type, OWL.SymmetricProperty)], {"EL"}),
        ([(EX.c, RDF.type, OWL.Class), (EX.c, RDFS.subClassOf, OWL.Thing)], {"RL"}),
        ([(EX.c, RDF.type, OWL.Class), (EX.c, RDFS.label, Literal("c"))], set()),
    ],
    ids="undeclared two-kinds no-individual reserved unknown disjoint boolean symmetric thing good".split(),
)
def test_the_checker_finds_what_breaks_a_profile(
    triples: list[tuple[URIRef, URIRef, URIRef]], broken: set[str], profiles: ModuleType
) -> None:
    graph = rdflib.Graph()
    for triple in triples:
        graph.add(triple)
    assert {p for p in profiles.PROFILES if profiles.violations(graph, p)} == broken


def test_alignments_name_terms_that_are_there_and_assert_what_the_ontology_asserts() -> None:
    graph = ontology()
    lines = (FOLDER / "alignments.sssom.tsv").read_text(encoding="utf-8").splitlines()
    prefixes = dict(
        re.fullmatch(r"#  (\w+): (\S+)", line).groups()  # type: ignore[union-attr, misc]
        for line in lines
        if line.startswith("#  ")
    )
    rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    assert {row["object_id"].partition(":")[0] for row in rows} == {"prov", "odrl", "org", "schema", "framenet", "ig"}
    asserted = set()
    for row in rows:
        assert None not in row.values()
        subject, relation, target = (
            URIRef(prefixes[curie.partition(":")[0]] + curie.partition(":")[2])
            for curie in (row["subject_id"], row["predicate_id"], row["object_id"])
        )
        assert (subject, None, None) in graph
        assert relation in (RDFS.subClassOf, SKOS.closeMatch, SKOS.relatedMatch)
        if relation == RDFS.subClassOf:
            assert (subject, relation, target) in graph
            asserted.add((subject, target))
    theirs = tuple(prefixes[name] for name in ("prov", "odrl", "org", "schema"))
    own = {(s, o) for s, o in graph.subject_objects(RDFS.subClassOf) if str(o).startswith(theirs)}
    assert asserted == own


def test_every_question_is_answered_and_every_query_asked(build: ModuleType) -> None:
    given = json.loads((FOLDER / "questions.json").read_text(encoding="utf-8"))
    assert {q["query"] for q in given} == {query.name for query in list_queries()}
    unanswered = [a.question for a in build.answers() if not a.rows]
    assert unanswered == [q["question"] for q in given if "Nobody" in q["question"]]
