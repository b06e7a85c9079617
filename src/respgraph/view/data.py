"""Quads -> ``PageData``: what a page shows, as frozen values, sorted so that two runs agree.

The graph is walked once (an index by subject), not asked by SPARQL: a page needs nearly every quad, and
the walk is the same for whatever holds the quads. The derived ties are left out: they repeat the claims
without their words.

A quote is taken by its offsets from the source and compared with the stored words; where they differ,
the claim is kept and marked ``placed=False``, so that a page never shows the wrong passage as proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Final

from respgraph.compare.claims import LINKS as CONTESTED_LINKS
from respgraph.rdf.iri import split_literal
from respgraph.view.families import family_of, verb_of
from respgraph.view.text import clean
from respgraph.vocab import LINKS_GRAPH

RESP: Final = "https://w3id.org/respgraph/ns#"
RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
OA: Final = "http://www.w3.org/ns/oa#"
DCTERMS: Final = "http://purl.org/dc/terms/"
PROV: Final = "http://www.w3.org/ns/prov#"
ORG: Final = "http://www.w3.org/ns/org#"
SCHEMA: Final = ("https://schema.org/", "http://schema.org/")

CLASSES: Final = {
    RESP + "ResponsibilityClaim": "responsibility",
    RESP + "ObligationClaim": "obligation",
    RESP + "DemandClaim": "demand",
    RESP + "CommitmentClaim": "commitment",
    RESP + "CauseClaim": "cause",
    RESP + "FactorResponse": "response",
    RESP + "NameDefinition": "definition",
    RESP + "OpenQuestion": "question",
}
KINDS: Final = {
    "State": "State",
    "Government": "Government",
    "Ministry": "Ministry",
    "Office": "Office",
    "Person": "Person",
    "InternationalOrganisation": "International organisation",
    "Organisation": "Organisation",
    "Group": "Group",
    "Collective": "Several actors together",
    "DocumentActor": "Named in this text only",
    "Author": "Author of a text",
}
MATTER_SLOTS: Final = ("condition", "basis", "sanction", "cause", "effect", "factor", "response", "topic")
# Half the quads of a graph; what a page shows is found without them.
UNSHOWN: Final = frozenset({OA + "prefix", OA + "suffix", *(PROV + name for name in ("wasGeneratedBy", "used"))})
LINKS: Final = ("contradicts", "shiftsFrom", "corroborates", "conflictsWith")
CONTESTED: Final = frozenset(RESP + name for name in CONTESTED_LINKS)
LINKS_END: Final = "/" + LINKS_GRAPH


@dataclass(frozen=True, slots=True)
class Source:
    """One document: its IRI, names and whole text. ``date`` is ISO 8601 or None."""

    iri: str
    title: str
    name: str
    date: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """An actor: who speaks or bears. ``kind`` is in plain words; ``members`` are labels.

    ``home`` tells it apart from those of the same name ("in news/a.txt"), "" where it needs no telling.
    """

    iri: str
    label: str
    kind: str
    author: bool = False
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    belongs: tuple[str, ...] = ()
    same_as: str | None = None
    home: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an actor stands in the networks of ``respgraph network``, under whom it counts as (IRI and name).

    ``blamed`` and ``blames`` are claims of others about it and of it about others, ``voices`` how many hold it
    responsible; ``rank`` is its place by PageRank, from 1, and 0 out of the network; ``coalition`` is 0 for none.
    """

    counts_as: str
    name: str
    blamed: int = 0
    blames: int = 0
    voices: int = 0
    pagerank: float = 0.0
    rank: int = 0
    coalition: int = 0


@dataclass(frozen=True, slots=True)
class Matter:
    """What a claim is about: a responsibility, an action, a cause, a factor. ``home`` is as of a ``Figure``."""

    iri: str
    label: str
    home: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words and their place (code points into the source's text). ``placed``: they really stand there."""

    quote: str
    start: int
    end: int
    placed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One claim. Actor and matter slots hold IRIs; ``literals`` the words of a name definition."""

    iri: str
    type: str
    family: str
    verb: str
    document: str
    speaker: str | None
    bearer: str | None
    content: str | None
    slots: tuple[tuple[str, str], ...]
    literals: tuple[tuple[str, str], ...]
    evidence: Passage | None
    trigger: Passage | None
    mentions: tuple[tuple[str, Passage], ...]
    confidence: float | None
    rule: str | None
    values: tuple[tuple[str, str], ...]
    hedged: bool
    cue: str | None
    forum: str | None
    addressee: str | None
    date: str | None

    def get(self, slot: str) -> str | None:
        """Return the IRI in a slot, or None."""
        return next((iri for name, iri in self.slots if name == slot), None)

    @property
    def parties(self) -> set[str]:
        """The actors of the claim, in whatever part."""
        return {i for i in (self.speaker, self.bearer, self.get("counterpart"), self.get("responder")) if i}


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation between two claims, by IRI; ``shiftsFrom`` points to the earlier one."""

    type: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class PageData:
    """All a page shows. ``rows`` are in the order of documents and, inside one, of the text.

    ``narrowed`` says in words what the page was narrowed to, if it was; ``total`` are the claims of the graph and
    ``undated`` those that a period left out because nothing dates them. ``repeats`` are the documents that nearly
    repeat another, which no measure counts, ``standings`` the measures of actors by IRI.
    """

    title: str
    sources: tuple[Source, ...]
    figures: tuple[Figure, ...]
    matters: tuple[Matter, ...]
    rows: tuple[Row, ...]
    ties: tuple[Tie, ...]
    narrowed: str = ""
    total: int = 0
    undated: int = 0
    repeats: tuple[str, ...] = ()
    standings: Mapping[str, Standing] = field(default_factory=dict)


Index = dict[str, dict[str, list[str]]]


def strings(quads: Any) -> Iterator[tuple[str, str, str, str]]:
    """Yield each quad as four strings, whatever the graph is held in."""
    if hasattr(quads, "nquads"):
        from pyoxigraph import RdfFormat, parse

        # A large graph passes here: no look at the kind of each quad.
        for subject, predicate, obj, graph in parse(quads.nquads(), RdfFormat.N_QUADS):
            yield text_of(subject), predicate.value, text_of(obj), getattr(graph, "value", "")
        return
    if hasattr(quads, "quads_for_pattern"):
        quads = quads.quads_for_pattern(None, None, None, None)
    elif hasattr(quads, "quads"):
        quads = quads.quads((None, None, None, None))
    for quad in quads:
        if hasattr(quad, "graph_name"):
            graph = getattr(quad.graph_name, "value", "")
            yield text_of(quad.subject), text_of(quad.predicate), text_of(quad.object), graph
        else:
            subject, predicate, obj, graph = quad
            if type(obj) is str:  # a row of ``respgraph.rdf``: terms in N-Triples spelling
                yield subject[1:-1], predicate[1:-1], unspell(obj), graph[1:-1]
                continue
            yield str(subject), str(predicate), str(obj), str(getattr(graph, "identifier", graph))


def unspell(term: str) -> str:
    """Return the IRI or the characters of a term in N-Triples spelling."""
    return term[1:-1] if term.startswith("<") else split_literal(term)[0]


def text_of(term: Any) -> str:
    """Return the IRI or the characters of a pyoxigraph term."""
    return str(getattr(term, "value", term))


def index_quads(quads: Any) -> Index:
    """Return subject -> predicate -> sorted objects, without the ties and what no page shows.

    Where the links between claims were derived, those count, as in ``respgraph conflicts``, and not what each document
    links by itself.
    """
    found: Index = {}
    names: dict[str, str] = {}
    own: list[tuple[str, str, str]] = []
    derived = False
    for subject, predicate, obj, graph in strings(quads):
        if predicate in UNSHOWN or graph.endswith("/ties"):
            continue
        if predicate == RDF_TYPE and obj.startswith(OA):
            continue
        if graph.endswith(LINKS_END):
            derived = True
        elif predicate in CONTESTED:
            own.append((subject, predicate, obj))
            continue
        # One string for each predicate, not one for each quad: a large graph needs half the memory.
        found.setdefault(subject, {}).setdefault(names.setdefault(predicate, predicate), []).append(obj)
    for subject, predicate, obj in () if derived else own:
        found.setdefault(subject, {}).setdefault(predicate, []).append(obj)
    for facts in found.values():
        for name, objects in facts.items():
            if len(objects) > 1:
                facts[name] = sorted(set(objects))
    return {subject: found[subject] for subject in sorted(found)}


def read_page_data(quads: Any, title: str | None = None) -> PageData:
    """Return what a page about this graph shows.

    Args:
        quads: A ``respgraph.store.View``, an rdflib ``Dataset``, a pyoxigraph ``Store`` or ``Dataset``, or
            an iterable of quads or of rows of ``respgraph.rdf``.
        title: Heading of the page; by default the title of the only document, or a plain one.
    """
    return read_index(index_quads(quads), title)


def read_index(index: Index, title: str | None = None) -> PageData:
    """Return what a page about an indexed graph shows."""
    sources = read_sources(index)
    texts = {source.iri: source.text for source in sources}
    rows = [read_row(index, iri, kind, texts) for iri, kind in claims_in(index)]
    place = {source.iri: i for i, source in enumerate(sources)}
    rows.sort(key=lambda r: (place.get(r.document, len(place)), r.evidence.start if r.evidence else 0, r.iri))
    known = {row.iri for row in rows}
    actors = {iri for row in rows for iri in row.parties}
    matters = {i for r in rows for i in (r.content, *(r.get(slot) for slot in MATTER_SLOTS)) if i}
    return PageData(
        title=title_of(sources, title),
        sources=sources,
        figures=tuple(read_figure(index, iri) for iri in sorted(actors)),
        matters=tuple(Matter(iri, label_of(index, iri)) for iri in sorted(matters - actors)),
        rows=tuple(rows),
        ties=tuple(
            Tie(kind, iri, other)
            for kind in LINKS
            for iri in sorted(known)
            for other in index[iri].get(RESP + kind, ())
            if other in known
        ),
        total=len(rows),
    )


def title_of(sources: tuple[Source, ...], title: str | None = None) -> str:
    """Return the heading that was asked for, else the title of the only document, else a plain one."""
    return clean(title or (sources[0].title if len(sources) == 1 else "Who says who is responsible for what"))


def claims_in(index: Index) -> list[tuple[str, str]]:
    """Return (IRI, claim type) of each claim."""
    return [
        (subject, CLASSES[kind])
        for subject, facts in index.items()
        for kind in facts.get(RDF_TYPE, ())
        if kind in CLASSES
    ]


def read_sources(index: Index) -> tuple[Source, ...]:
    """Return the documents, by date, then title; those without a date last."""
    found = []
    for iri, facts in index.items():
        if RESP + "text" in facts or RESP + "sha256" in facts:
            name = one(facts, DCTERMS + "identifier") or tail(iri)
            title = one(facts, DCTERMS + "title", *(s + "name" for s in SCHEMA)) or name
            date = one(facts, *(s + "datePublished" for s in SCHEMA), DCTERMS + "date")
            text = clean(one(facts, RESP + "text") or "")
            found.append(Source(iri, clean(" ".join(title.split())), clean(name), date, text))
    return tuple(sorted(found, key=lambda s: (s.date or "9999", s.title, s.iri)))


def read_figure(index: Index, iri: str) -> Figure:
    """Return an actor."""
    facts = index.get(iri, {})
    kinds = [KINDS[k[len(RESP) :]] for k in facts.get(RDF_TYPE, ()) if k.startswith(RESP) and k[len(RESP) :] in KINDS]
    label = label_of(index, iri)
    belongs = facts.get(ORG + "unitOf", []) + facts.get(RESP + "speaksFor", [])
    same = [v for p in ("http://www.w3.org/2002/07/owl#sameAs", SKOS + "exactMatch") for v in facts.get(p, ())]
    return Figure(
        iri=iri,
        label=label,
        kind=kinds[0] if kinds else "Actor",
        author=RESP + "Author" in facts.get(RDF_TYPE, ()),
        aliases=tuple(clean(a) for a in facts.get(SKOS + "altLabel", ()) if a != label),
        members=tuple(label_of(index, m) for m in facts.get(RESP + "member", ())),
        belongs=tuple(dict.fromkeys(label_of(index, b) for b in belongs)),
        same_as=same[0] if same else None,
    )


def read_row(index: Index, iri: str, kind: str, texts: dict[str, str]) -> Row:
    """Return one claim with everything its panel shows."""
    facts = index[iri]
    said = index.get(one(facts, RESP + "madeIn") or "", {})
    home = document_of(index, facts, said, iri)

    def passage(name: str) -> Passage | None:
        return read_passage(index, one(facts, RESP + name), texts.get(home))

    values = {v: value_of(facts, v) for v in ("stance", "degree", "sense", "modality", "polarity")}
    spots = {p[len(RESP) : -len("Mention")] for p in facts if p.startswith(RESP) and p.endswith("Mention")}
    evidence = passage("evidence") or passage("trigger")
    return Row(
        iri=iri,
        type=kind,
        family=family_of(kind, values["stance"], values["modality"]),
        verb=verb_of(kind, values["stance"], values["degree"], values["modality"], values["polarity"]),
        document=home,
        speaker=one(facts, RESP + "speaker") or one(said, RESP + "speaker"),
        bearer=one(facts, RESP + "bearer"),
        content=one(facts, RESP + "matter", RESP + "action", RESP + "content"),
        slots=pairs(facts, ("counterpart", "responder", *MATTER_SLOTS)),
        literals=pairs(facts, ("shortForm", "longForm", "itemLabel")),
        evidence=evidence,
        trigger=passage("trigger"),
        mentions=tuple((s, m) for s in sorted(spots) if (m := passage(s + "Mention")) and s != "trigger"),
        confidence=number(one(facts, RESP + "confidence")),
        rule=rule_of(index, one(facts, RESP + "foundBy")),
        values=tuple((k, v) for k, v in values.items() if v),
        hedged=(one(facts, RESP + "hedged") or "").lower() in {"true", "1"},
        cue=cleaned(one(said, RESP + "cue")),
        forum=named(index, said, "forum"),
        addressee=named(index, said, "addressee"),
        date=cleaned(one(said, RESP + "date")),
    )


def document_of(index: Index, facts: dict[str, list[str]], said: dict[str, list[str]], iri: str) -> str:
    """Return the IRI of the document a claim stands in."""
    evidence = index.get(one(facts, RESP + "evidence") or "", {})
    return one(evidence, OA + "hasSource") or one(said, RESP + "reportedIn") or iri.rsplit("/c/", 1)[0]


def read_passage(index: Index, node: str | None, text: str | None) -> Passage | None:
    """Return the words at an evidence node, checked against the source."""
    quote, start, end = None, -1, -1
    for selector in index.get(node or "", {}).get(OA + "hasSelector", ()):
        facts = index.get(selector, {})
        quote = one(facts, OA + "exact") or quote
        start = offset(one(facts, OA + "start"), start)
        end = offset(one(facts, OA + "end"), end)
    there = text[start:end] if text is not None and 0 <= start < end <= len(text) else None
    if quote is None and there is None:
        return None
    words = clean(quote if quote is not None else there or "")
    return Passage(words, max(start, 0), max(end, 0), placed=there is not None and there == words)


def offset(value: str | None, otherwise: int) -> int:
    """Return an offset, -1 for what is no place in any text, ``otherwise`` where nothing is said."""
    if value is None:
        return otherwise
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 15 else -1


def one(facts: dict[str, list[str]], *predicates: str) -> str | None:
    """Return the first object of the first predicate that has one."""
    return next((facts[p][0] for p in predicates if facts.get(p)), None)


def pairs(facts: dict[str, list[str]], names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return (name, object) for each of our predicates that is there."""
    return tuple((name, facts[RESP + name][0]) for name in names if facts.get(RESP + name))


def value_of(facts: dict[str, list[str]], name: str) -> str | None:
    """Return a value of our value lists in the words of the model: resp:MustNot is "must-not"."""
    value = one(facts, RESP + name)
    if value is None:
        return None
    special = {
        "MustNot": "must-not",
        "ShouldNot": "should-not",
        "SharedDegree": "shared",
        "CauseSense": "cause",
    }
    return special.get(tail(value), tail(value).lower())


def number(value: str | None) -> float | None:
    """Return a number, or None where there is none."""
    try:
        found = None if value is None else float(value)
    except ValueError:
        return None
    return found if found is not None and isfinite(found) else None


def rule_of(index: Index, iri: str | None) -> str | None:
    """Return the name of the rule or model that read a claim."""
    if iri is None:
        return None
    label = one(index.get(iri, {}), RDFS_LABEL)
    return clean(label or iri.rsplit("/rule/", 1)[-1].rsplit("#", 1)[-1])


def named(index: Index, facts: dict[str, list[str]], name: str) -> str | None:
    """Return the label of what a predicate points to."""
    value = one(facts, RESP + name)
    return None if value is None else label_of(index, value)


def cleaned(text: str | None) -> str | None:
    """Return the text without unshowable characters, or None."""
    return None if text is None else clean(text)


def label_of(index: Index, iri: str) -> str:
    """Return a name for an IRI (or the literal itself)."""
    facts = index.get(iri, {})
    label = one(facts, SKOS + "prefLabel", RDFS_LABEL, *(s + "name" for s in SCHEMA))
    return " ".join(clean(label or tail(iri)).split()) or "(no name)"


def tail(iri: str) -> str:
    """Return the last part of an IRI; a plain text is returned whole.

    >>> tail("https://example.org/actor/flood-agency"), tail("a plain name")
    ('flood-agency', 'a plain name')
    """
    if " " in iri or ":" not in iri:
        return iri
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
