"""View -> RDF files: Turtle, TriG, N-Quads, JSON-LD with the shipped context, RDF 1.2, nanopublications.

All of them hold every quad (Turtle without the graphs' names); RDF 1.2 says beside it what each claim claims, as a
triple term, which is quoted and never asserted (RDF 1.2 Concepts, section 1.5).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from respgraph.rdf.build import Row
from respgraph.rdf.iri import iri, resp, term
from respgraph.rdf.jsonld import jsonld_chunks
from respgraph.rdf.write import NO_QUADS, write_trig, write_turtle
from respgraph.store import View
from respgraph.vocab import CLAIM_CLASSES, NS, PREFIXES, VALUES

# What a claim of each type says, as subject slot, predicate and object slots: the words inside the quotation marks.
PROPOSITIONS: Final[dict[str, tuple[str, str, tuple[str, ...]]]] = {
    "ResponsibilityClaim": ("bearer", "responsibleFor", ("matter", "content")),
    "ObligationClaim": ("bearer", "obligedTo", ("action", "content")),
    "DemandClaim": ("bearer", "askedTo", ("action", "content")),
    "CommitmentClaim": ("bearer", "committedTo", ("action", "content")),
    "CauseClaim": ("cause", "bringsAbout", ("effect",)),
    "FactorResponse": ("factor", "metBy", ("response",)),
    "OpenQuestion": ("bearer", "askedAbout", ("topic",)),
}
REIFIES: Final = term("rdf:reifies")
_A: Final = term("rdf:type")


def turtle(view: View) -> Iterator[bytes]:
    """Yield the triples of all graphs as Turtle."""
    return _written(write_turtle, view.rows())


def trig(view: View) -> Iterator[bytes]:
    """Yield the quads as TriG, as ``build`` writes it."""
    return _written(write_trig, view.rows())


def _written(write: Callable[..., None], rows: Iterable[Row]) -> Iterator[bytes]:
    out = io.BytesIO()
    write(rows, out)
    yield out.getvalue()


def nquads(view: View) -> Iterator[bytes]:
    """Yield the quads as N-Quads, document by document, the lines of each sorted.

    The lines are those of ``write_nquads`` in another order, so that no more than a document is in memory.
    """
    return view.segments() if len(view) else iter((NO_QUADS.encode("ascii"),))


def rdf12(view: View) -> Iterator[bytes]:
    """Yield the quads as TriG 1.2 with what each claim claims beside it: ``rdf:reifies`` and a triple term.

    ``<c/1> rdf:reifies <<( actor:b resp:responsibleFor <m/1> )>>``: the claim, with its speaker, stance and words,
    is about that triple; nobody says that the triple holds. A denial reifies the same triple as the charge does.
    """
    rows = list(view.rows())
    return _written(write_trig, [*rows, *propositions(rows)])


def propositions(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield a row per claim that names both ends of what it claims."""
    classes = {resp(name): name for name in PROPOSITIONS}
    kinds: dict[tuple[str, str], str] = {}
    slots: dict[tuple[str, str], dict[str, str]] = {}
    wanted = {resp(s): s for subject, _, objects in PROPOSITIONS.values() for s in (subject, *objects)}
    for row in rows:
        key = (row.graph, row.subject)
        if row.predicate == _A and row.object in classes:
            kinds[key] = classes[row.object]
        elif row.predicate in wanted:
            held = slots.setdefault(key, {})
            slot = wanted[row.predicate]
            held[slot] = min(row.object, held.get(slot, row.object))
    for key, kind in sorted(kinds.items()):
        subject, predicate, objects = PROPOSITIONS[kind]
        held = slots.get(key, {})
        value = next((held[slot] for slot in objects if slot in held), None)
        if subject in held and value:
            graph, claim = key
            yield Row(claim, REIFIES, f"<<( {held[subject]} {resp(predicate)} {value} )>>", graph)


def jsonld(view: View) -> Iterator[bytes]:
    """Yield the quads as compact JSON-LD 1.1, one object per graph; the shipped context stands in the file."""
    return jsonld_chunks(view.rows())


# Nanopublications

NP: Final = "http://www.nanopub.org/nschema#"
NPX: Final = "http://purl.org/nanopub/x/"
_CLASSES: Final = frozenset(resp(name) for name in CLAIM_CLASSES.values())
# What was said; who said it, where, and how it was read is its provenance.
_SAID: Final = frozenset(
    resp(name)
    for name in (
        *VALUES, "hedged", "bearer", "counterpart", "responder", "content", "matter", "action", "condition", "basis",
        "sanction", "cause", "effect", "factor", "response", "topic", "shortForm", "longForm", "itemLabel",
    )
)  # fmt: skip
_LABELS: Final = (term("skos:prefLabel"), term("rdfs:label"))


def nanopub(view: View) -> Iterator[bytes]:
    """Yield one nanopublication per claim as TriG: head, assertion, provenance, publication info.

    The assertion describes the claim as a node ("a claim with this bearer, matter and stance"), never a bare triple
    between actors, so a denial stays one whatever graphs are united; the provenance names the speaker, the quote and
    its place. None is signed: tools sign them by replacing their IRI with a hash (https://nanopub.net/guidelines).
    """
    prefixes = {**PREFIXES, "np": NP, "npx": NPX}
    yield "".join(f"@prefix {name}: <{value}> .\n" for name, value in sorted(prefixes.items())).encode()
    short = _named(prefixes)
    for graph in view.documents():
        about: dict[str, list[Row]] = {}
        for row in sorted(view.rows(graph)):
            about.setdefault(row.subject, []).append(row)
        for subject, rows in about.items():
            if any(row.predicate == _A and row.object in _CLASSES for row in rows):
                yield _nanopub(subject, rows, about, short)


def _nanopub(claim: str, rows: list[Row], about: dict[str, list[Row]], short: Callable[[str], str]) -> bytes:
    base = claim[1:-1] + "/np"
    one: Callable[[str], str] = lambda part: f"<{base}#{part}>"  # noqa: E731 - a name for a phrase
    np, assertion = f"<{base}>", one("assertion")
    said = [(r.subject, r.predicate, r.object) for r in rows if r.predicate in _SAID or r.predicate == _A]
    named = {value for _, predicate, value in said if predicate != _A and value.startswith("<")}
    said += [
        (r.subject, r.predicate, r.object) for n in sorted(named) for r in about.get(n, []) if r.predicate in _LABELS
    ]
    known = {r.predicate: r.object for r in reversed(rows)}
    speaker, evidence = known.get(resp("speaker"), ""), known.get(resp("evidence"), "")
    run = known.get(term("prov:wasGeneratedBy"), "")
    source = [
        (assertion, term("prov:wasAttributedTo"), speaker),
        (assertion, term("prov:wasDerivedFrom"), evidence),
        (assertion, term("prov:wasGeneratedBy"), run),
        (claim, resp("speaker"), speaker),
        (claim, resp("evidence"), evidence),
    ]
    source += [
        (r.subject, r.predicate, r.object)
        for r in rows
        if r.predicate in (resp("madeIn"), resp("confidence"), resp("foundBy"))
    ]
    closely = [speaker, known.get(resp("madeIn"), ""), evidence]
    closely += [r.object for r in about.get(evidence, []) if r.predicate == term("oa:hasSelector")]
    for node in closely:
        source += [
            (r.subject, r.predicate, r.object) for r in about.get(node, []) if not r.predicate.endswith("AsRead>")
        ]
    document = rows[0].graph
    source += [
        (r.subject, r.predicate, r.object)
        for r in about.get(document, [])
        if r.predicate in (term("dcterms:identifier"), resp("sha256"), term("schema:datePublished"))
    ]
    agents = [r.object for r in about.get(run, []) if r.predicate == term("prov:wasAssociatedWith")]
    info = [
        (np, term("prov:wasAttributedTo"), agents[0] if agents else run),
        (np, term("prov:wasDerivedFrom"), document),
        (np, iri(NPX + "introduces"), claim),
        (np, term("rdfs:label"), about_label(said, known)),
    ]
    head = [
        (np, _A, iri(NP + "Nanopublication")),
        (np, iri(NP + "hasAssertion"), assertion),
        (np, iri(NP + "hasProvenance"), one("provenance")),
        (np, iri(NP + "hasPublicationInfo"), one("pubinfo")),
    ]
    parts = ((one("Head"), head), (assertion, said), (one("provenance"), source), (one("pubinfo"), info))
    out = []
    for name, triples in parts:
        body = "".join(f"  {short(s)} {short(p)} {short(o)} .\n" for s, p, o in sorted(set(triples)) if o)
        out.append(f"\n{short(name)} {{\n{body}}}\n")
    return "".join(out).encode("utf-8")


def about_label(said: list[tuple[str, str, str]], known: dict[str, str]) -> str:
    """Return what kind of claim it is, as a literal: "ResponsibilityClaim, Denies"."""
    kinds = [o[len(NS) + 1 : -1] for _, p, o in said if p == _A and o in _CLASSES]
    values = [known[resp(name)][len(NS) + 1 : -1] for name in ("stance", "modality") if resp(name) in known]
    return '"' + ", ".join([*kinds, *values]) + '"'


def _named(prefixes: dict[str, str]) -> Callable[[str], str]:
    """Return a function that gives the terms of well-known vocabularies their prefix."""
    longest = sorted(prefixes.items(), key=lambda item: -len(item[1]))
    local = re.compile(r"[A-Za-z0-9_-]+")

    def short(spelled: str) -> str:
        if spelled.startswith("<"):
            for prefix, namespace in longest:
                if spelled.startswith(namespace, 1) and local.fullmatch(spelled, len(namespace) + 1, len(spelled) - 1):
                    return f"{prefix}:{spelled[len(namespace) + 1 : -1]}"
        return spelled

    return short
