"""Check a graph document by document, against ``ontology/shapes.ttl`` and against its own text.

pyshacl gets both graphs as objects and follows no owl:imports, so nothing is fetched. It is given one
document at a time, whose graph is whole in itself, so memory stays that of a document. That quotes stand at
their offsets is compared in Python over the same graph; ``shapes.ttl`` says why, and holds the same rule as
SHACL-SPARQL.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from respgraph.rdf.build import Row, to_dataset
from respgraph.rdf.iri import literal, resp, split_literal, term
from respgraph.rdf.ties import TIE_NAMES, derive_ties
from respgraph.store import View
from respgraph.vocab import CLAIM_CLASSES, LINKS_GRAPH, NS, PREFIXES, XSD, ontology_path

if TYPE_CHECKING:
    from rdflib import Graph

MOST_DIGITS: Final = 15
TIES: Final = "/ties"
LONGEST_VALUE: Final = 100
LEXICAL: Final = {  # XML Schema 1.1, part 2; what we write, and a little more
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
    XSD + "double": re.compile(
        r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"
    ),  # finite ones: no share is NaN or INF
    XSD + "float": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"),
    XSD + "boolean": re.compile(r"true|false|0|1"),
    XSD + "gYear": re.compile(r"-?[0-9]{4}"),
    XSD + "gYearMonth": re.compile(r"-?[0-9]{4}-(0[1-9]|1[0-2])"),
    XSD + "date": re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"),
    XSD + "dateTime": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}(Z|[+-][0-9:]{5})?"),
}
AROUND: Final = ("oa:prefix", "oa:suffix")
TIE_PREDICATES: Final = frozenset(resp(tie) for tie in TIE_NAMES)
_LINKS: Final = frozenset(resp(link) for link in ("contradicts", "shiftsFrom", "corroborates", "conflictsWith"))
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

    Codes beside the names of the shapes: ``quote-offset`` (the words do not stand at their offsets), ``text-sha256``
    (the text is not the one that was read), ``no-text`` (evidence whose document has no text here), ``link-target``
    (a link of claims or documents of which one is nowhere in the graph, or of one to itself), ``quote-context``
    (other words stand around a quote), ``claim-type`` (a claim that some queries see and others do not), ``tie`` (a
    tie that no claim gives, or one that is missing among them), ``stray`` (claims or ties outside the graph of a
    document), ``value`` (a number or date that is none).
    """
    findings: set[Finding] = set()
    quotes = 0
    documents, strays = find_documents(view)
    findings.update(strays)
    claims = {s["claim"].value for s in view.query("SELECT ?claim { GRAPH ?g { ?claim a resp:Claim } }")}
    for name in documents:
        rows = list(view.rows(name))
        found, count = check_quotes(name, rows)
        quotes += count
        findings.update(found)
        findings.update(_check_links(name, rows, claims))
        findings.update(_check_types(name, rows))
        findings.update(_check_ties(name, rows, view.rows(name + TIES)))
        findings.update(_check_values(name, rows))
        findings.update(_check_shapes(name, map(_readable, rows)))
    for name in view.graphs():
        if name.endswith("/" + LINKS_GRAPH):
            findings.update(_check_derived(name, view.rows(name), claims, set(documents)))
    return Report(tuple(sorted(findings)), len(documents), quotes)


def format_report(report: Report) -> str:
    """Return the report as text, one line per finding, the sum last."""
    lines = [finding_line(f) for f in report.findings]
    seen = f"{report.documents} document{'s' * (report.documents != 1)}, {report.quotes} quotes"
    verdict = "conforms" if report.conforms else f"{len(report.findings)} finding{'s' * (len(report.findings) != 1)}"
    return "\n".join([*lines, f"{verdict}: {seen} checked"]) + "\n"


def finding_line(f: Finding) -> str:
    """Return a finding as one line: where, what, the value, which rule."""
    return f"{_short(f.focus)}: {f.message}{f' ({_short(f.value)[:80]})' if f.value else ''} [{f.shape}]"


def find_documents(view: View) -> tuple[list[str], list[Finding]]:
    """Return the graphs that hold their document, and a finding per thing of ours that is in none of them.

    Whoever adds a graph of their own may say in it what they like, but not with our words for claims and ties.
    """
    document = (term("rdf:type"), resp("Document"))
    rows = [row for row in view.rows() if row.predicate == document[0] or row.predicate in TIE_PREDICATES]
    names = {row.graph[1:-1] for row in rows if row[1:3] == document and row.subject == row.graph}
    whole = {f"<{name}{end}>" for name in names for end in ("", TIES)}
    ours = {resp(kind) for kind in ("Claim", "Document", *CLAIM_CLASSES.values())}
    strays = [
        Finding(row.graph[1:-1], row.subject, "stray", "stands in no graph of a document", row.object)
        for row in rows
        if row.graph not in whole and (row.predicate in TIE_PREDICATES or row.object in ours)
    ]
    return sorted(names), [replace(f, focus=f.focus.strip("<>"), value=f.value.strip("<>")) for f in strays]


def _check_values(name: str, rows: Iterable[Row]) -> Iterator[Finding]:
    for row in rows:
        if _readable(row) is not row:
            value, datatype, _ = split_literal(row.object)
            yield Finding(name, row.subject.strip("<>"), "value", f"is no xsd:{datatype.removeprefix(XSD)}", value)


def _readable(row: Row) -> Row:
    """Return the row, with plain text for a number or date that is none: the SHACL engine stumbles over those."""
    if not row.object.startswith('"') or not row.object.endswith(">"):
        return row
    value, datatype, _ = split_literal(row.object)
    form = LEXICAL.get(datatype)
    return (
        row
        if form is None or (len(value) < LONGEST_VALUE and form.fullmatch(value))
        else row._replace(object=literal(value))
    )


def _check_types(name: str, rows: Iterable[Row]) -> Iterator[Finding]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.predicate == term("rdf:type"):
            kinds[row.subject].add(row.object)
    special = {resp(kind) for kind in CLAIM_CLASSES.values()}
    for subject, held in kinds.items():
        if (resp("Claim") in held) + len(held & special) not in (0, 2):
            why = "a claim is a resp:Claim and of one of its classes"
            yield Finding(name, subject.strip("<>"), "claim-type", why)


def _check_ties(name: str, rows: list[Row], ties: Iterable[Row]) -> Iterator[Finding]:
    """Compare the ties with those the claims give; a form without graphs holds both in one."""
    held = {row[:3] for row in ties} | {row[:3] for row in rows if row.predicate in TIE_PREDICATES}
    given = set(derive_ties(row[:3] for row in rows if row.predicate not in TIE_PREDICATES)) if held else set()
    for triples, why in ((held - given, "no claim gives this tie"), (given - held, "this tie is missing")):
        for subject, predicate, value in triples:
            yield Finding(name, subject.strip("<>"), "tie", why, f"{predicate[1:-1]} {value.strip('<>')}")


def check_quotes(name: str, rows: list[Row]) -> tuple[list[Finding], int]:
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
        [_characters(v) for s in selectors for v in s.get(term(p), [])] for p in ("oa:start", "oa:end", "oa:exact")
    )
    if not (sources and starts and ends and words):
        return None  # a shape says so
    text = texts.get(sources[0])
    if text is None:
        return Finding(name, subject[1:-1], "no-text", "the text of its document is not here", sources[0][1:-1])
    start, end = _offset(starts[0]), _offset(ends[0])
    if text[start:end] != words[0] or not 0 <= start < end <= len(text):
        return Finding(name, subject[1:-1], "quote-offset", "the words do not stand at their offsets", words[0])
    before, after = ("".join(_characters(v) for s in selectors for v in s.get(term(p), [])) for p in AROUND)
    if not (text[:start].endswith(before) and text[end:].startswith(after)):
        why = "other words stand around the quote"
        return Finding(name, subject[1:-1], "quote-context", why, f"{before} ... {after}")
    return None


def _offset(digits: str) -> int:
    """Return the offset, -1 for what is none in any text: a sign, other digits than ours, thousands of them."""
    return int(digits) if digits.isdecimal() and digits.isascii() and len(digits) < MOST_DIGITS else -1


def _characters(spelled: str) -> str:
    """Return the characters of a literal, none for an IRI where a text should be."""
    return split_literal(spelled)[0] if spelled.startswith('"') else ""


def _one(values: dict[str, list[str]], predicate: str) -> str:
    found = values.get(predicate)
    return _characters(found[0]) if found else ""


def _check_links(name: str, rows: Iterable[Row], claims: set[str]) -> Iterator[Finding]:
    for row in rows:
        if row.predicate in _LINKS and row.object[1:-1] not in claims:
            yield Finding(name, row.subject[1:-1], "link-target", "links to a claim that is not here", row.object[1:-1])


def _check_derived(name: str, rows: Iterable[Row], claims: set[str], documents: set[str]) -> Iterator[Finding]:
    """Yield the links between claims or documents of which one is not there: of another graph, or an older one."""
    near = resp("nearDuplicateOf")
    for row in rows:
        known = documents if row.predicate == near else claims
        if row.predicate not in {near, *_LINKS}:
            continue
        if row.subject == row.object:
            yield Finding(name, row.subject[1:-1], "link-target", "is linked to itself")
        for end in (row.subject, row.object):
            if end.strip("<>") not in known:
                yield Finding(name, row.subject[1:-1], "link-target", "a link of what is not here", end.strip("<>"))


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
