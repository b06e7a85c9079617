"""The ontology parses, defines every term with its source, and says what the code says."""

from __future__ import annotations

import json
import re

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, Namespace, URIRef
from rdflib.namespace import DCTERMS, SKOS

from factories import harbour
from respgraph import vocab
from respgraph.rdf import build_rows

RESP = Namespace(vocab.NS)
KINDS = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    SKOS.ConceptScheme,
    SKOS.Concept,
)
FOLDER = vocab.ontology_path()


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(FOLDER / "respgraph.ttl")


def ours(graph: rdflib.Graph, *kinds: URIRef) -> set[URIRef]:
    return {
        s for kind in kinds for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef) and s.startswith(vocab.NS)
    }


def terms_in(text: str) -> set[str]:
    return set(re.findall(r"\bresp:(\w+)", text)) | set(re.findall(re.escape(vocab.NS) + r"(\w+)(?![\w/])", text))


@pytest.mark.parametrize("need", [RDFS.label, SKOS.definition, DCTERMS.source], ids=["label", "definition", "source"])
def test_every_term_has_one(ontology: rdflib.Graph, need: URIRef) -> None:
    assert {t for t in ours(ontology, *KINDS) if not list(ontology.objects(t, need))} == set()


def test_no_term_is_used_in_the_ontology_without_being_defined(ontology: rdflib.Graph) -> None:
    used = {t for triple in ontology for t in triple if isinstance(t, URIRef) and t.startswith(vocab.NS)}
    assert used == ours(ontology, *KINDS)


def test_no_term_is_of_two_owl_kinds(ontology: rdflib.Graph) -> None:
    kinds = [ours(ontology, kind) for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept)]
    assert len(set().union(*kinds)) == sum(map(len, kinds))


def test_every_class_and_property_of_others_is_declared(ontology: rdflib.Graph) -> None:
    supers = {o for p in (RDFS.subClassOf, RDFS.domain) for o in ontology.objects(None, p)} - {OWL.Thing}
    assert {s for s in supers if (s, RDF.type, OWL.Class) not in ontology} == set()


def test_the_build_writes_no_term_that_is_not_defined(ontology: rdflib.Graph) -> None:
    rows = build_rows(harbour())
    used = {t[len(vocab.NS) + 1 : -1] for row in rows for t in row[:3] if t.startswith(f"<{vocab.NS}")}
    used -= {t for t in used if t.startswith("rule/")}
    assert used <= {t.removeprefix(vocab.NS) for t in ours(ontology, *KINDS)}


def test_the_code_names_no_term_that_is_not_defined(ontology: rdflib.Graph) -> None:
    named = {
        *vocab.CLAIM_CLASSES.values(),
        *vocab.ACTOR_CLASSES.values(),
        *vocab.CONTENT_PROPERTIES.values(),
        *vocab.LITERAL_SLOTS.values(),
        *(term for table in vocab.VALUES.values() for term in table.values()),
    }
    assert named <= {t.removeprefix(vocab.NS) for t in ours(ontology, *KINDS)}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("ties/*.rq")), ids=lambda p: p.stem)
def test_a_tie_uses_only_defined_terms_and_says_what_it_means(ontology: rdflib.Graph, path: object) -> None:
    text = (FOLDER / "ties" / str(path)).read_text()
    assert text.startswith("# ")
    assert terms_in(text) <= {t.removeprefix(vocab.NS) for t in ours(ontology, *KINDS)}


def test_each_tie_of_the_ontology_has_its_construct_file(ontology: rdflib.Graph) -> None:
    defined = {str(t).removeprefix(vocab.NS) for t in ontology.subjects(RDFS.subPropertyOf, RESP.tie)}
    constructed = set()
    for path in FOLDER.glob("ties/*.rq"):
        found = re.search(r"CONSTRUCT \{ \?\w+ resp:(\w+)", path.read_text())
        assert found
        constructed.add(found[1])
    assert constructed == defined


def test_the_shapes_use_only_defined_terms(ontology: rdflib.Graph) -> None:
    shapes = rdflib.Graph().parse(FOLDER / "shapes.ttl")
    names = {str(s).removeprefix(vocab.NS) for s in ours(shapes, rdflib.SH.NodeShape)}
    used = {
        str(t).removeprefix(vocab.NS) for x in shapes for t in x if isinstance(t, URIRef) and t.startswith(vocab.NS)
    }
    assert used - names <= {t.removeprefix(vocab.NS) for t in ours(ontology, *KINDS)}


def test_the_context_names_every_class_and_property(ontology: rdflib.Graph) -> None:
    context = json.loads((FOLDER / "context.jsonld").read_text())["@context"]
    terms = ours(ontology, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    assert {t.removeprefix(vocab.NS) for t in terms} <= set(context)


def test_the_term_table_is_current() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert readme.partition(vocab.TABLE_MARK)[2].strip() == vocab.term_table().strip(), "python -m respgraph.vocab"


def test_the_readme_says_that_the_namespace_is_not_registered() -> None:
    assert "not registered" in (FOLDER / "README.md").read_text(encoding="utf-8")
