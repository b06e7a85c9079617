"""The names of the graph: namespaces, which term stands for which value of the model, and where ontology/ is.

Only strings and paths live here, so that the command line can name terms without loading an RDF
library. The ontology in ``ontology/respgraph.ttl`` defines every term; a test compares the two.
``python -m respgraph.vocab`` writes the term table of ``ontology/README.md``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

NS: Final = "https://w3id.org/respgraph/ns#"
RULE_NS: Final = NS + "rule/"
DEFAULT_BASE: Final = "https://w3id.org/respgraph/data/"
ONTOLOGY_VERSION: Final = "0.1.0"  # owl:versionInfo of ontology/respgraph.ttl
CONTEXT_IRI: Final = "https://w3id.org/respgraph/context.jsonld"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
ORG: Final = "http://www.w3.org/ns/org#"
DCTERMS: Final = "http://purl.org/dc/terms/"
SCHEMA: Final = "https://schema.org/"
CSVW: Final = "http://www.w3.org/ns/csvw#"
WIKIDATA: Final = "http://www.wikidata.org/entity/"

PREFIXES: Final[dict[str, str]] = {
    "csvw": CSVW,
    "dcterms": DCTERMS,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "resp": NS,
    "rule": RULE_NS,
    "schema": SCHEMA,
    "skos": SKOS,
    "wd": WIKIDATA,
    "xsd": XSD,
}

CLAIM_CLASSES: Final[dict[str, str]] = {
    "responsibility": "ResponsibilityClaim",
    "obligation": "ObligationClaim",
    "demand": "DemandClaim",
    "commitment": "CommitmentClaim",
    "cause": "CauseClaim",
    "response": "FactorResponse",
    "definition": "NameDefinition",
    "question": "OpenQuestion",
}
LINKS_GRAPH: Final = "corpus/links"  # below the base: what is derived between claims and between documents
ACTOR_CLASSES: Final[dict[str, str]] = {
    "state": "State",
    "government": "Government",
    "ministry": "Ministry",
    "office": "Office",
    "person": "Person",
    "international-organisation": "InternationalOrganisation",
    "organisation": "Organisation",
    "group": "Group",
    "collective": "Collective",
    "document": "DocumentActor",
}
# The value lists. Two values share their word with another term and are spelled out.
VALUES: Final[dict[str, dict[str, str]]] = {
    "stance": {v: v.capitalize() for v in ("assigns", "denies", "accepts", "shares", "questions")},
    "degree": {
        "sole": "Sole",
        "primary": "Primary",
        "partial": "Partial",
        "shared": "SharedDegree",
        "unspecified": "Unspecified",
    },
    "sense": {
        "blame": "Blame",
        "accountability": "Accountability",
        "liability": "Liability",
        "cause": "CauseSense",
        "role": "Role",
    },
    "modality": {
        "must": "Must",
        "should": "Should",
        "may": "May",
        "must-not": "MustNot",
        "should-not": "ShouldNot",
    },
    "polarity": {"positive": "Positive", "negative": "Negative"},
}
# What the `content` slot is called for each claim type; both are sub-properties of resp:content.
CONTENT_PROPERTIES: Final[dict[str, str]] = {
    "responsibility": "matter",
    "obligation": "action",
    "demand": "action",
    "commitment": "action",
}
LITERAL_SLOTS: Final[dict[str, str]] = {"short": "shortForm", "long": "longForm", "label": "itemLabel"}

# Where a judgement about actors changes a value, the value that was read stays under this property beside it.
AS_READ: Final[dict[str, str]] = {
    "resp:speaker": "speakerAsRead",
    "resp:bearer": "bearerAsRead",
    "resp:counterpart": "counterpartAsRead",
    "resp:responder": "responderAsRead",
    "resp:addressee": "addresseeAsRead",
    "resp:forum": "forumAsRead",
    "resp:member": "memberAsRead",
    "resp:speaksFor": "speaksForAsRead",
    "org:unitOf": "unitOfAsRead",
    "skos:prefLabel": "prefLabelAsRead",
}


def content_property(claim_type: str) -> str:
    """Return the local name of the property that holds the ``content`` slot of a claim type.

    >>> content_property("obligation"), content_property("cause")
    ('action', 'content')
    """
    return CONTENT_PROPERTIES.get(claim_type, "content")


def ontology_path() -> Path:
    """Return the folder with respgraph.ttl, shapes.ttl, context.jsonld and ties/.

    In a wheel it is package data, in a checkout (also an editable install, which package data does
    not reach) it lies at the root of the project.
    """
    here = Path(__file__).resolve().parent
    packaged = here / "ontology"
    return packaged if packaged.is_dir() else here.parents[1] / "ontology"


def term_table() -> str:
    """Return the Markdown table of every term of the ontology, sorted by kind and name."""
    from rdflib import Graph, URIRef
    from rdflib.namespace import RDF as RDF_
    from rdflib.namespace import RDFS as RDFS_

    graph = Graph().parse(ontology_path() / "respgraph.ttl")
    kinds = (
        ("Classes", OWL + "Class"),
        ("Properties between things", OWL + "ObjectProperty"),
        ("Properties with a literal value", OWL + "DatatypeProperty"),
        ("Annotation properties", OWL + "AnnotationProperty"),
        ("Value lists", SKOS + "ConceptScheme"),
        ("Values", SKOS + "Concept"),
    )
    lines: list[str] = []
    for title, kind in kinds:
        terms = sorted(str(t) for t in set(graph.subjects(RDF_.type, URIRef(kind))) if str(t).startswith(NS))
        if not terms:
            continue
        lines += [f"### {title}", "", "| term | label | definition | source |", "|---|---|---|---|"]
        for term in terms:
            node = URIRef(term)
            cells = [
                ", ".join(sorted(str(o) for o in graph.objects(node, prop)))
                for prop in (RDFS_.label, URIRef(SKOS + "definition"), URIRef(DCTERMS + "source"))
            ]
            lines.append(f"| `resp:{term.removeprefix(NS)}` | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


TABLE_MARK: Final = "<!-- term table: written by python -m respgraph.vocab -->\n"


def write_term_table(readme: Path | None = None) -> Path:
    """Replace everything below the mark in ontology/README.md by the current term table."""
    readme = readme or ontology_path() / "README.md"
    head, _, _ = readme.read_text(encoding="utf-8").partition(TABLE_MARK)
    readme.write_text(head + TABLE_MARK + "\n" + term_table(), encoding="utf-8")
    return readme


if __name__ == "__main__":
    write_term_table()
