"""Write what is generated in this folder: index.html, QUESTIONS.md, the term table of README.md.

``python ontology/build.py``: the page is made from respgraph.ttl, shapes.ttl, alignments.sssom.tsv and questions.json;
examples of terms and answers of questions come from the graphs of ``graphs/``. A test compares what is committed.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import jinja2
from rdflib import OWL, RDF, RDFS, SH, SKOS, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS
from rdflib.term import Node

HERE: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import profiles  # noqa: E402 - beside this file, which is no package

from respgraph.query import format_result, load_query, run_query  # noqa: E402
from respgraph.query.result import Result  # noqa: E402
from respgraph.store import open_graph  # noqa: E402
from respgraph.vocab import NS, PREFIXES, write_term_table  # noqa: E402

GRAPHS: Final = HERE.parent / "graphs"
CASES: Final = ("flood", "lease", "migration")
RESP: Final = Namespace(NS)
MORE: Final = {
    "crminf": "http://www.cidoc-crm.org/extensions/crminf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "lrml": "http://docs.oasis-open.org/legalruleml/ns/v1.0/metamodel#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "sh": str(SH),
}
KINDS: Final = (
    ("Classes", OWL.Class),
    ("Properties between things", OWL.ObjectProperty),
    ("Properties with a literal value", OWL.DatatypeProperty),
    ("Annotation properties", OWL.AnnotationProperty),
    ("Value lists", SKOS.ConceptScheme),
    ("Values", SKOS.Concept),
)
VOCABULARIES: Final = {
    "prov": "PROV-O", "odrl": "ODRL", "org": "ORG", "schema": "schema.org", "framenet": "FrameNet",
    "ig": "Institutional Grammar",
}  # fmt: skip
WIDE: Final = ("document", "claim", "other_claim", "iri")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology as the page shows it; ``facts`` are a name and links or words each."""

    name: str
    label: str
    definition: str
    source: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    shapes: tuple[str, ...]
    example: tuple[str, str] | None


def short(node: Node | str) -> str:
    """Return an IRI with its prefix."""
    value = str(node)
    for prefix, namespace in sorted({**PREFIXES, **MORE}.items(), key=lambda item: -len(item[1])):
        if value.startswith(namespace):
            return f"{prefix}:{value.removeprefix(namespace)}"
    return value


@cache
def ontology() -> Graph:
    """Return the ontology."""
    return Graph().parse(HERE / "respgraph.ttl")


@cache
def example_graphs() -> Dataset:
    """Return the three cases together."""
    held = Dataset(default_union=True)
    for case in CASES:
        held.parse(data=as_nquads(case), format="nquads")
    return held


def as_nquads(case: str) -> str:
    """Return a case as N-Quads."""
    with open_graph(GRAPHS / case / "graph.trig") as view:
        return b"".join(view.segments()).decode("utf-8")


def terms(kind: URIRef) -> list[Term]:
    """Return the terms of a kind, by name."""
    graph = ontology()
    names = {s for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef) and str(s).startswith(NS)}
    return [term(name) for name in sorted(names)]


def term(name: URIRef) -> Term:
    """Return a term with its neighbours, its shapes and an example from the graphs."""
    graph = ontology()

    def beside(*properties: URIRef, back: bool = False) -> tuple[str, ...]:
        found = {
            n
            for p in properties
            for n in (graph.subjects(p, name) if back else graph.objects(name, p))
            if n != OWL.Thing
        }
        return tuple(sorted(short(n) for n in found))

    facts = (
        ("is a kind of", beside(RDFS.subClassOf, RDFS.subPropertyOf)),
        ("kinds", beside(RDFS.subClassOf, RDFS.subPropertyOf, back=True)),
        ("from", beside(RDFS.domain)),
        ("to", beside(RDFS.range)),
        ("properties", beside(RDFS.domain, back=True)),
        ("is filled by", beside(RDFS.range, back=True)),
        ("list", beside(SKOS.inScheme)),
        ("values", beside(SKOS.inScheme, back=True)),
        ("close to", beside(SKOS.closeMatch)),
    )
    label, definition, source = (
        ", ".join(sorted(str(o) for o in graph.objects(name, p))) for p in (RDFS.label, SKOS.definition, DCTERMS.source)
    )
    return Term(
        str(name).removeprefix(NS),
        label,
        definition,
        source,
        tuple((title, held) for title, held in facts if held),
        tuple(sorted(constraints()[name])),
        example(name),
    )


@cache
def constraints() -> dict[Node, set[str]]:
    """Return the messages of the shapes, by the class or property they hold for."""
    graph = Graph().parse(HERE / "shapes.ttl")
    out: dict[Node, set[str]] = defaultdict(set)
    for shape, target in graph.subject_objects(SH.targetClass):
        for message in graph.objects(shape, SH.message):
            out[target].add(str(message))
        for held in graph.objects(shape, SH.property):
            for message in graph.objects(held, SH.message):
                out[target].add(str(message))
                for path in graph.objects(held, SH.path):
                    for step in _steps(graph, path):
                        out[step].add(str(message))
    return out


def _steps(graph: Graph, path: Node) -> list[Node]:
    if isinstance(path, URIRef):
        return [path]
    listed = next(graph.objects(path, SH.alternativePath), path)
    return list(Collection(graph, listed))


def example(name: URIRef) -> tuple[str, str] | None:
    """Return one use of a term in the graphs, as a line of Turtle, and what it stands for in words."""
    graph = example_graphs()
    uses = sorted(graph.triples((None, name, None)), key=lambda t: (len(words_of(t[2])) < 3, str(t[0]), str(t[2])))
    if uses:
        subject, _, value = uses[0]
        shown = value.n3() if isinstance(value, Literal) else place(value)
        shown = shown if len(shown) < 90 else shown[:80] + '…"'
        return f"{place(subject)} {short(name)} {shown} .", f"{words_of(subject)} → {words_of(value)}"
    instances = sorted((s for s in graph.subjects(RDF.type, name) if words_of(s)), key=lambda s: (len(str(s)), str(s)))
    if instances:
        return f"{place(instances[0])} a {short(name)} .", words_of(instances[0])
    values = sorted(graph.triples((None, None, name)))
    if values:
        subject, predicate, _ = values[0]
        return f"{place(subject)} {short(predicate)} {short(name)} .", words_of(subject)
    return None


def place(node: Node) -> str:
    """Return an IRI of data as it is written in the graphs: relative to its document."""
    value = str(node)
    if value.startswith(NS):
        return short(node)
    _, mark, tail = value.partition("/data/")
    kind, _, rest = tail.partition("/")
    if kind == "doc" and "/" in rest:
        return f"<{rest.partition('/')[2]}>"
    return f"{kind}:{rest}" if mark else f"<{value}>"


def words_of(node: Node) -> str:
    """Return a name or the quote of a node, "" if it has none."""
    if isinstance(node, Literal):
        text = str(node)
        return text if len(text) <= 120 else text[:117] + "…"
    graph = example_graphs()
    for predicate in (SKOS.prefLabel, RDFS.label, DCTERMS.title):
        found = sorted(map(str, graph.objects(node, predicate)))
        if found:
            return found[0]
    oa = Namespace(PREFIXES["oa"])
    for start in (node, *graph.objects(node, RESP.evidence)):
        for selector in graph.objects(start, oa.hasSelector):
            for exact in graph.objects(selector, oa.exact):
                text = " ".join(str(exact).split())
                return f"“{text if len(text) <= 160 else text[:157] + '…'}”"
    return short(node) if str(node).startswith(NS) else ""


def alignments() -> dict[str, list[dict[str, str]]]:
    """Return the mappings by vocabulary, in the order of the file (SSSOM)."""
    lines = (HERE / "alignments.sssom.tsv").read_text(encoding="utf-8").splitlines()
    out: dict[str, list[dict[str, str]]] = {name: [] for name in VOCABULARIES.values()}
    for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
        out[VOCABULARIES[row["object_id"].partition(":")[0]]].append(row)
    return out


@dataclass(frozen=True, slots=True)
class Answer:
    """A competency question with the command that asks it and what the graph answers."""

    question: str
    command: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    result: Result


def answers() -> list[Answer]:
    """Return the questions, asked."""
    return [answer(q) for q in json.loads((HERE / "questions.json").read_text(encoding="utf-8"))]


def answer(q: dict[str, Any]) -> Answer:
    """Return one question, asked of its graph; the claim "first" is the first charge there."""
    with open_graph(GRAPHS / q["graph"] / "graph.trig") as view:
        given = dict(q.get("with") or {})
        if given.get("claim") == "first":
            charges = run_query(view, "who-holds-whom")
            cell = charges.rows[0][charges.columns.index("claim")]
            given["claim"] = cell.value.rpartition("/")[2] if cell else ""
        result = run_query(view, q["query"], given)
    shown = [
        n
        for n, column in enumerate(result.columns)
        if column in (q.get("show") or result.columns) and column not in WIDE
    ]
    rows = {tuple(" ".join(cell.value.split()) if (cell := row[n]) else "" for n in shown): None for row in result.rows}
    options = "".join(f' -p {name}="{value}"' for name, value in sorted(given.items()))
    command = f"respgraph query graphs/{q['graph']}/graph.trig {q['query']}{options}"
    columns = tuple(result.columns[n].replace("_", " ") for n in shown)
    return Answer(q["question"], command, load_query(q["query"]).title, columns, tuple(rows), result)


def questions_text() -> str:
    """Return QUESTIONS.md."""
    parts = [
        "# What the vocabulary can answer\n\n"
        "Each competency question is a query that is shipped, asked of a graph that is shipped.\n"
        "Written by `python ontology/build.py`; a test asks them again.\n"
    ]
    for n, held in enumerate(answers(), 1):
        table = format_result(held.result, "markdown")
        parts.append(f"## {n}. {held.question}\n\n    {held.command}\n\n{table}")
    return "\n".join(parts)


def page_text() -> str:
    """Return index.html: one file, nothing fetched."""
    graph = ontology()
    head = next(iter(graph.subjects(RDF.type, OWL.Ontology)))
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    kinds = [(title, held) for title, kind in KINDS if (held := terms(kind))]
    violations = {p: [short_line(v) for v in profiles.violations(graph, p)] for p in profiles.PROFILES}
    text = env.get_template("page.html.j2").render(
        version=str(graph.value(head, OWL.versionInfo)),
        about=str(graph.value(head, DCTERMS.description)),
        namespace=NS,
        kinds=kinds,
        known={t.name for _, held in kinds for t in held},
        profiles=violations,
        alignments=alignments(),
        answers=answers(),
        prefixes=sorted({**PREFIXES, **MORE}.items()),
    )
    return text + "\n"


def short_line(text: str) -> str:
    """Return a line with its IRIs shortened."""
    return " ".join(short(word.rstrip(",")) if "://" in word else word for word in text.split())


def main() -> None:
    """Write the generated files."""
    (HERE / "index.html").write_text(page_text(), encoding="utf-8")
    (HERE / "QUESTIONS.md").write_text(questions_text(), encoding="utf-8")
    write_term_table()


if __name__ == "__main__":
    main()
