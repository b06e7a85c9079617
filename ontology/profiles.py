"""Which profiles of OWL 2 an ontology keeps to, as far as its axioms are between names.

The ontology of respgraph has no class expressions: declarations, subclasses, subproperties, domains, ranges, symmetric
properties, named individuals with their classes, annotations. For these the conditions of the W3C Recommendations are
few and are checked here; any other construct is a violation of every profile, for this checker does not know it.

- OWL 2 DL: OWL 2 Structural Specification, sections 3 (entities are declared, no name is of two property kinds), 5.8
  (reserved vocabulary is not redefined) and 11 (global restrictions, which names alone cannot break).
- OWL 2 EL, QL, RL: OWL 2 Profiles, sections 2.2, 3.2 and 4.2, with their lists of datatypes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef

PROFILES: Final = ("DL", "EL", "QL", "RL")
KINDS: Final = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual)
PROPERTIES: Final = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
HEADER: Final = {OWL.versionIRI, OWL.versionInfo}
BUILT_IN_ANNOTATIONS: Final = {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo}
RESERVED: Final = (str(RDF), str(RDFS), str(OWL), str(XSD))
# Datatypes that occur here or could: EL and QL leave out those whose value spaces are finite.
DATATYPES: Final = {
    "DL": {XSD.string, XSD.boolean, XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.dateTime, XSD.anyURI},
    "EL": {XSD.string, XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.dateTime, XSD.anyURI},
    "QL": {XSD.string, XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.dateTime, XSD.anyURI},
    "RL": {XSD.string, XSD.boolean, XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.dateTime, XSD.anyURI},
}


def violations(graph: Graph, profile: str) -> list[str]:
    """Return what keeps an ontology out of a profile, a line each, sorted; empty if it is in it."""
    return sorted({*_unknown(graph), *_of_dl(graph), *_of_profile(graph, profile)})


def _declared(graph: Graph, kind: URIRef) -> set[object]:
    return set(graph.subjects(RDF.type, kind))


def _unknown(graph: Graph) -> Iterator[str]:
    """Yield constructs that the checker does not know: class expressions, disjoint classes, chains, keys ..."""
    annotations = _declared(graph, OWL.AnnotationProperty) | BUILT_IN_ANNOTATIONS
    objects = _declared(graph, OWL.ObjectProperty)
    data = _declared(graph, OWL.DatatypeProperty)
    axioms = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, RDF.type}
    for subject, predicate, value in graph:
        if not isinstance(subject, URIRef):
            yield f"an anonymous expression with {predicate}"
        elif predicate in axioms:
            if not isinstance(value, URIRef):
                yield f"{subject} {predicate} has an anonymous expression"
        elif predicate not in annotations | objects | data | HEADER:
            yield f"{predicate} is neither declared nor known"


def _of_dl(graph: Graph) -> Iterator[str]:
    classes, individuals = _declared(graph, OWL.Class), _declared(graph, OWL.NamedIndividual)
    held = [_declared(graph, kind) for kind in PROPERTIES]
    for n, one in enumerate(held):
        for other in held[n + 1 :]:
            yield from (f"{name} is of two kinds of property" for name in one & other)
    everything = classes.union(individuals, *held)
    yield from (f"{name} is reserved vocabulary" for name in everything if str(name).startswith(RESERVED))
    for predicate in (RDFS.subClassOf, RDFS.domain):
        yield from (
            f"{c} is no declared class" for c in graph.objects(None, predicate) if c not in classes | {OWL.Thing}
        )
    for name, kind in graph.subject_objects(RDF.type):
        if kind in (*KINDS, OWL.Ontology) or kind in (OWL.SymmetricProperty,):
            continue
        if kind not in classes:
            yield f"{name} is of {kind}, which is no declared class"
        if name not in individuals:
            yield f"{name} is of class {kind} and no declared individual"
    for name in _declared(graph, OWL.SymmetricProperty) - _declared(graph, OWL.ObjectProperty):
        yield f"{name} is symmetric and no object property"
    for sub, top in graph.subject_objects(RDFS.subPropertyOf):
        if not any(sub in kind and top in kind for kind in held):
            yield f"{sub} and {top} are not of one kind of property"


def _of_profile(graph: Graph, profile: str) -> Iterator[str]:
    allowed, classes = DATATYPES[profile], _declared(graph, OWL.Class) | {OWL.Thing}
    data = _declared(graph, OWL.DatatypeProperty)
    for name, value in graph.subject_objects(RDFS.range):
        if name in data and value not in allowed:
            yield f"{name} has range {value}, no datatype of the profile"
        if name not in data and value not in classes:
            yield f"{name} has range {value}, no declared class"
    if profile == "EL":
        yield from (f"{name} is symmetric" for name in _declared(graph, OWL.SymmetricProperty))
    if profile == "RL":  # section 4.2.3: a class other than owl:Thing
        for predicate in (RDFS.subClassOf, RDFS.domain, RDFS.range):
            yield from (f"{name} {predicate} owl:Thing" for name in graph.subjects(predicate, OWL.Thing))


def kept(graph: Graph) -> tuple[str, ...]:
    """Return the profiles an ontology keeps to, in the order of ``PROFILES``."""
    return tuple(profile for profile in PROFILES if not violations(graph, profile))
