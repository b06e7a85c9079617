"""Verify a graph without the store, the shapes or the machine it comes from: hashes, offsets and quotes alone.

``check`` asks whether a graph holds together; ``verify`` whether its words are those of the texts. Each document's
text is hashed again, each quote is looked for at its offsets with what stands around it, each claim must have such a
quote; with the texts at hand the same is done in them rather than in what the graph says they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from respgraph.check.report import Finding, check_quotes, find_documents, finding_line
from respgraph.model import Document
from respgraph.rdf.build import Row
from respgraph.rdf.iri import literal, resp, split_literal, term
from respgraph.store import View

_TYPE = term("rdf:type")
_KNOWN = """SELECT ?name ?sha { GRAPH ?graph {
    ?graph a resp:Document ; dcterms:identifier ?name ; resp:sha256 ?sha } }"""


@dataclass(frozen=True, slots=True)
class Verification:
    """What failed, and how much was looked at; ``in_sources`` counts the quotes looked for in given texts."""

    findings: tuple[Finding, ...]
    documents: int
    claims: int
    quotes: int
    sources: int
    in_sources: int

    @property
    def holds(self) -> bool:
        """Whether nothing failed."""
        return not self.findings


def verify_graph(view: View, sources: Iterable[Document] = (), beside: Iterable[Document] = ()) -> Verification:
    """Return what does not stand where a graph says it does.

    Codes: ``text-sha256``, ``quote-offset``, ``quote-context``, ``no-text`` and ``stray`` as in ``check_graph``;
    ``no-quote`` (evidence without words or offsets), ``no-evidence`` (a claim without words), ``source`` (a given text
    that is none of the graph's).

    Args:
        view: The graph.
        sources: Texts as ``read`` gives them; each is matched by its hash.
        beside: Texts from where others may lie that are none of the graph's and of another name: a folder.
    """
    documents, strays = find_documents(view)
    known = {(row["name"].value, row["sha"].value) for row in view.query(_KNOWN)}
    digests, called = {sha for _, sha in known}, {name for name, _ in known}
    given = {source.sha256: source for source in sources}
    given |= {s.sha256: s for s in beside if s.sha256 in digests or s.name in called}
    findings: set[Finding] = set(strays)
    matched: set[str] = set()
    claims = quotes = in_sources = 0
    names: dict[str, str] = {}
    for name in documents:
        rows = list(view.rows(name))
        found, count = check_quotes(name, rows)
        quotes += count
        findings.update(found)
        findings.update(_unquoted(name, rows))
        claims += sum(row.predicate == _TYPE and row.object == resp("Claim") for row in rows)
        about = {row.predicate: _text(row) for row in rows if row.subject == f"<{name}>"}
        names[about.get(term("dcterms:identifier"), "")] = name
        source = given.get(about.get(resp("sha256"), ""))
        if source is not None:
            matched.add(source.sha256)
            found, count = check_quotes(name, [_with_text(row, source.text) for row in rows])
            in_sources += count
            findings.update(found)
    for digest, source in given.items():
        if digest not in matched:
            why = "is not the text that was read" if source.name in names else "is no text of this graph"
            findings.add(Finding(names.get(source.name, ""), source.name, "source", why, digest))
    return Verification(tuple(sorted(findings)), len(documents), claims, quotes, len(given), in_sources)


def format_verification(found: Verification) -> str:
    """Return the failures, one a line, and last what was looked at."""
    seen = (
        f"{_count(found.documents, 'text')} hashed, {_count(found.quotes, 'quote')} at their offsets, "
        f"{_count(found.claims, 'claim')} with their words"
    )
    if found.sources:
        seen += f"; {_count(found.in_sources, 'quote')} in {_count(found.sources, 'given text')}"
    verdict = "verified" if found.holds else _count(len(found.findings), "failure")
    return "\n".join([*map(finding_line, found.findings), f"{verdict}: {seen}"]) + "\n"


def _unquoted(name: str, rows: Iterable[Row]) -> Iterator[Finding]:
    """Yield the claims without words, and the places without words or offsets."""
    held: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        held[row.subject][row.predicate].add(row.object)
    for subject in sorted(held):
        kinds = held[subject][_TYPE]
        if resp("Claim") in kinds and not any(
            place in held and resp("Evidence") in held[place][_TYPE] for place in held[subject][resp("evidence")]
        ):
            yield Finding(name, subject[1:-1], "no-evidence", "a claim without its words")
        if resp("Evidence") in kinds:
            selectors = [held[s] for s in held[subject][term("oa:hasSelector")] if s in held]
            needs = ("oa:start", "oa:end", "oa:exact")
            whole = all(any(term(need) in selector for selector in selectors) for need in needs)
            if not whole or not held[subject][term("oa:hasSource")]:
                yield Finding(name, subject[1:-1], "no-quote", "no words, offsets or text to look for")


def _with_text(row: Row, text: str) -> Row:
    return row._replace(object=literal(text)) if row.predicate == resp("text") else row


def _text(row: Row) -> str:
    return split_literal(row.object)[0] if row.object.startswith('"') else row.object


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'s' * (number != 1)}"
