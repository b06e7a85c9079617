"""Check a graph document by document, against ``ontology/shapes.ttl`` and against its own text.

pyshacl gets both graphs as objects and follows no owl:imports, so nothing is fetched. It is given one
document at a time, whose graph is whole in itself, so memory stays that of a document. That quotes stand at
their offsets is compared in Python over the same graph; ``shapes.ttl`` says why, and holds the same rule as
SHACL-SPARQL.
"""

from __future__ import annotations

import hashlib
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from respgraph.rdf.build import Row, to_dataset
from respgraph.rdf.iri import resp, split_literal, term
from respgraph.store import View
from respgraph.vocab import NS, PREFIXES, ontology_path

if TYPE_CHECKING:
    from rdflib import Graph

_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is not as it should be: where, which rule, what, in which document's graph."""

    document: str
    focus: str
    shape: str
    message: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. ``documents`` and ``quotes`` say how much was looked at."""

    findings: tuple[Finding, ...]
    documents: int
    quotes: int

    @property
    def conforms(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check_graph(view: View) -> Report:
    """Return what is wrong with a graph.

    Codes beside the names of the shapes: ``quote-offset`` (the words do not stand at their offsets),
    ``text-sha256`` (the text is not the one that was read), ``no-text`` (evidence whose document has no text
    here), ``link-target`` (a link to a claim that is nowhere in the graph).
    """
    findings: set[Finding] = set()
    quotes = 0
    documents = view.documents()
    claims = {s["claim"].value for s in view.query("SELECT ?claim { GRAPH ?g { ?claim a resp:Claim } }")}
    for name in documents:
        rows = list(view.rows(name))
        found, count = _check_quotes(name, rows)
        quotes += count
        findings.update(found)
        findings.update(_check_links(name, rows, claims))
        findings.update(_check_shapes(name, rows))
    return Report(tuple(sorted(findings)), len(documents), quotes)


def format_report(report: Report) -> str:
    """Return the report as text, one line per finding, the sum last."""
    lines = [
        f"{_short(f.focus)}: {f.message}{f' ({_short(f.value)[:80]})' if f.value else ''} [{f.shape}]"
        for f in report.findings
    ]
    seen = f"{report.documents} document{'s' * (report.documents != 1)}, {report.quotes} quotes"
    verdict = "conforms" if report.conforms else f"{len(report.findings)} finding{'s' * (len(report.findings) != 1)}"
    return "\n".join([*lines, f"{verdict}: {seen} checked"]) + "\n"


def _check_quotes(name: str, rows: list[Row]) -> tuple[list[Finding], int]:
    """Return what is wrong with texts and quotes, and how many quotes were compared."""
    held: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        held[row.subject][row.predicate].append(row.object)
    texts = {subject: _one(values, resp("text")) for subject, values in held.items() if resp("text") in values}
    findings = [_sha256(name, subject, text, _one(held[subject], resp("sha256"))) for subject, text in texts.items()]
    count = 0
    for subject in [s for s, values in held.items() if resp("Evidence") in values[term("rdf:type")]]:
        count += 1
        findings.append(_quote(name, subject, held, texts))
    return [finding for finding in findings if finding], count


def _sha256(name: str, subject: str, text: str, claimed: str) -> Finding | None:
    actual = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if actual == claimed:
        return None
    return Finding(name, subject[1:-1], "text-sha256", "the text is not the one that was read", claimed)


def _quote(name: str, subject: str, held: dict[str, dict[str, list[str]]], texts: dict[str, str]) -> Finding | None:
    sources = held[subject][term("oa:hasSource")]
    selectors = [held[s] for s in held[subject][term("oa:hasSelector")]]
    starts, ends, words = (
        [split_literal(v)[0] for s in selectors for v in s.get(term(p), [])] for p in ("oa:start", "oa:end", "oa:exact")
    )
    if not (sources and starts and ends and words):
        return None  # a shape says so
    text = texts.get(sources[0])
    if text is None:
        return Finding(name, subject[1:-1], "no-text", "the text of its document is not here", sources[0][1:-1])
    if not (starts[0].isdecimal() and ends[0].isdecimal()):
        return None  # a shape says so
    if text[int(starts[0]) : int(ends[0])] != words[0]:
        return Finding(name, subject[1:-1], "quote-offset", "the words do not stand at their offsets", words[0])
    return None


def _one(values: dict[str, list[str]], predicate: str) -> str:
    found = values.get(predicate)
    return split_literal(found[0])[0] if found else ""


def _check_links(name: str, rows: Iterable[Row], claims: set[str]) -> Iterator[Finding]:
    links = {resp(link) for link in ("contradicts", "shiftsFrom", "corroborates", "conflictsWith")}
    for row in rows:
        if row.predicate in links and row.object[1:-1] not in claims:
            yield Finding(name, row.subject[1:-1], "link-target", "links to a claim that is not here", row.object[1:-1])


def _check_shapes(name: str, rows: Iterable[Row]) -> Iterator[Finding]:
    from pyshacl import validate
    from rdflib import RDF, URIRef

    graph = to_dataset(row for row in rows).graph(URIRef(name))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pyshacl uses what rdflib 7.6 has deprecated
        _, report, _ = validate(graph, shacl_graph=shapes(), inference="none", do_owl_imports=False, advanced=False)
    results: Any = report
    for result in results.subjects(RDF.type, URIRef(_SH + "ValidationResult")):
        part = {
            p: results.value(result, URIRef(_SH + p)) for p in ("focusNode", "sourceShape", "resultMessage", "value")
        }
        yield Finding(
            name,
            str(part["focusNode"]),
            _shape_name(part["sourceShape"]),
            str(part["resultMessage"]),
            "" if part["value"] is None else str(part["value"]),
        )


@lru_cache(maxsize=1)
def shapes() -> Graph:
    """Return the shipped shapes, read once."""
    from rdflib import Graph

    return Graph().parse(ontology_path() / "shapes.ttl", format="turtle")


def _shape_name(shape: Any) -> str:
    """Return the named shape that a (mostly unnamed) property shape belongs to."""
    from rdflib import URIRef

    node = shape
    while node is not None and not isinstance(node, URIRef):
        node = next(shapes().subjects(None, node), None)
    return str(node).removeprefix(NS) if node is not None else "shape"


def _short(value: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if value.startswith(namespace):
            return f"{prefix}:{value.removeprefix(namespace)}"
    head, mark, tail = value.rpartition("/doc/")
    return f"doc/{tail}" if mark and head else " ".join(value.split())
