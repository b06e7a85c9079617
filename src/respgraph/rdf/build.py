"""Extraction -> quads: what a document says, as claim nodes with their words.

One named graph per document, named by the document's own IRI, plus one for the ties derived from it.
A claim is an n-ary node, never a triple between the actors: so a denied claim can never come back as a
fact, whatever graphs a query unites. No blank nodes and no clock: the same extraction gives the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from respgraph.errors import GraphError, ReadError
from respgraph.model import (
    ACTOR_SLOTS,
    Actor,
    Claim,
    Document,
    Extraction,
    Mention,
    Span,
    Statement,
    content_hash,
)
from respgraph.rdf import iri as spell
from respgraph.rdf.iri import iri, literal, mint, resp, term
from respgraph.rdf.ties import derive_ties
from respgraph.vocab import (
    ACTOR_CLASSES,
    CLAIM_CLASSES,
    DEFAULT_BASE,
    LITERAL_SLOTS,
    SCHEMA,
    VALUES,
    WIKIDATA,
    XSD,
    content_property,
)

if TYPE_CHECKING:
    from rdflib import Dataset

CONTEXT_LENGTH = 32  # code points of prefix and suffix kept with each quote (Web Annotation, section 4.2.4)
_A = term("rdf:type")
_LABEL = term("rdfs:label")
_EVIDENCE, _SPECIFIC = resp("Evidence"), term("oa:SpecificResource")
_HAS_SOURCE, _HAS_SELECTOR = term("oa:hasSource"), term("oa:hasSelector")
_POSITION, _START, _END = term("oa:TextPositionSelector"), term("oa:start"), term("oa:end")
_QUOTE, _EXACT = term("oa:TextQuoteSelector"), term("oa:exact")
_PREFIX, _SUFFIX = term("oa:prefix"), term("oa:suffix")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WIKIDATA_ID = re.compile(r"Q[1-9][0-9]*")
_ISO = re.compile(r"[A-Z]{2,3}")


STAND_INS = frozenset("it this that these those they them he she him her such both".split())


def is_stand_in(text: str) -> bool:
    """Say whether a phrase only points at something named elsewhere: "these individuals", "it"."""
    return text.split(" ", 1)[0].lower() in STAND_INS


class Row(NamedTuple):
    """One quad; each term in N-Triples spelling, the graph ``""`` for the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str


def by_graph(row: Row) -> tuple[str, Row]:
    """Sort key: graph by graph, a document's ties after the document."""
    return row.graph[:-1], row


def build_dataset(extractions: Iterable[Extraction], base: str = DEFAULT_BASE) -> Dataset:
    """Return an rdflib Dataset with one named graph per document and one for its ties.

    Args:
        extractions: What was read, one per document; the same document twice is there once.
        base: Where data IRIs begin.

    Raises:
        GraphError: A claim that names no statement of its document, or a base that is no IRI.
        ReadError: A text with lone surrogates, which no RDF syntax can hold unchanged.
    """
    return to_dataset(row for extraction in extractions for row in build_rows(extraction, base))


def build_rows(extraction: Extraction, base: str = DEFAULT_BASE) -> list[Row]:
    """Return the quads of one document and its ties, sorted, each once."""
    return _Builder(extraction, spell.check_base(base)).rows()


def build_segment(extraction: Extraction, base: str = DEFAULT_BASE) -> bytes:
    """Return the quads of ``build_rows`` as sorted lines of N-Quads, each once: what a store keeps of a document.

    No row is made and nothing is sorted twice, so that it costs two thirds of doing both.
    """
    return _Builder(extraction, spell.check_base(base)).segment()


def document_iri(document: Document, base: str) -> str:
    """Return the IRI of a document and of its graph: a hash of its name and text."""
    return mint(base + "doc/", document.id)


def run_iri(run: Iterable[tuple[str, str]], base: str) -> str:
    """Return the IRI of a run: a hash of its settings, whatever their order."""
    return mint(base + "run/", content_hash(*sorted(run)))


def to_dataset(rows: Iterable[Row]) -> Dataset:
    """Return the rows as an rdflib Dataset, with our prefixes bound."""
    from rdflib import BNode, Dataset, Literal, URIRef
    from rdflib.graph import Graph
    from rdflib.term import IdentifiedNode, Node

    from respgraph.vocab import PREFIXES

    dataset = Dataset(default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, override=True)

    @lru_cache(maxsize=65536)
    def node(spelled: str) -> Node:
        if spelled.startswith("<"):
            return URIRef(spelled[1:-1])
        if spelled.startswith("_:"):
            return BNode(spelled[2:])
        value, datatype, language = spell.split_literal(spelled)
        if language:
            return Literal(value, lang=language)
        return Literal(value, datatype=URIRef(datatype) if datatype else None, normalize=False)

    graphs: dict[str, Graph] = {}
    for row in rows:
        graph = graphs.get(row.graph)
        if graph is None:
            name = cast("IdentifiedNode", node(row.graph)) if row.graph else None
            graph = graphs[row.graph] = dataset.graph(name) if name else dataset.default_graph
        graph.add((node(row.subject), node(row.predicate), node(row.object)))
    return dataset


class _Builder:
    """Collects the rows of one document; a class only because every step needs document, base and actors."""

    def __init__(self, extraction: Extraction, base: str) -> None:
        self.extraction = extraction
        self.document = extraction.document
        self.base = base
        self.doc = document_iri(self.document, base)
        self.graph = iri(self.doc)
        self.author = iri(self.doc + "/author")
        self.triples: set[tuple[str, str, str]] = set()
        self.actors = {actor.id: actor for actor in _all_actors(extraction)}
        self.labels: dict[tuple[str, str], str] = {}
        self.placed: dict[Span, str] = {}

    def rows(self) -> list[Row]:
        self.collect()
        ties = iri(self.doc + "/ties")
        rows = [Row(*triple, self.graph) for triple in sorted(self.triples)]
        return rows + [Row(*triple, ties) for triple in derive_ties(self.triples)]

    def segment(self) -> bytes:
        self.collect()
        graph, ties = self.graph, iri(self.doc + "/ties")
        lines = [f"{subject} {predicate} {value} {graph} .\n" for subject, predicate, value in self.triples]
        lines += [
            f"{subject} {predicate} {value} {ties} .\n" for subject, predicate, value in derive_ties(self.triples)
        ]
        lines.sort()
        return "".join(lines).encode("utf-8")

    def collect(self) -> None:
        """Fill ``triples``."""
        self.add_document()
        run = self.add_run()
        for actor in self.actors.values():
            self.add_actor(actor)
        statements = {statement.id: self.add_statement(statement) for statement in self.extraction.statements}
        for claim in self.extraction.claims:
            if claim.statement not in statements:
                raise GraphError(
                    self.document.name,
                    f"claim {claim.id} names a statement {claim.statement!r} that is not there",
                )
            self.add_claim(claim, statements[claim.statement], run)
        for link in self.extraction.links:
            self.add(iri(self.claim_iri(link.source)), resp(link.type), iri(self.claim_iri(link.target)))
        for (node, predicate), label in self.labels.items():
            self.add(node, term(predicate), literal(label))

    def add(self, subject: str, predicate: str, *objects: str) -> None:
        self.triples.update((subject, predicate, value) for value in objects)

    def add_document(self) -> None:
        doc, document = self.graph, self.document
        refuse_surrogates(document)
        kind = document.kind if re.fullmatch(r"[A-Z][A-Za-z]+", document.kind) else "Article"
        self.add(doc, _A, iri(SCHEMA + kind), term("prov:Entity"), resp("Document"))
        self.add(doc, term("dcterms:identifier"), literal(document.name))
        self.add(doc, resp("sha256"), literal(document.sha256))
        self.add(doc, resp("text"), literal(document.text))
        if document.title:
            self.add(doc, term("dcterms:title"), literal(document.title))
            self.add(doc, term("schema:name"), literal(document.title))
        if document.date:
            self.add(doc, term("schema:datePublished"), spell.date(document.date))
        self.add(doc, term("schema:author"), *map(literal, document.authors))
        for predicate, value in (
            ("schema:inLanguage", document.language),
            ("schema:publisher", document.site),
            ("schema:url", document.url),
        ):
            if value:
                self.add(doc, term(predicate), literal(value))
        if document.origin is not None:
            self.add(doc, term("dcterms:format"), literal(document.origin.media_type))
            self.add(doc, resp("originalSha256"), literal(document.origin.sha256))
        self.add(self.author, _A, resp("Author"), resp("Actor"))
        self.add(self.author, term("skos:prefLabel"), literal(f"Author of {document.title or document.name}"))
        self.add(self.author, resp("authorOf"), doc)

    def add_run(self) -> str:
        settings = dict(self.extraction.run)
        version = settings.get("respgraph", "")
        run = iri(run_iri(self.extraction.run, self.base))
        agent = iri(mint(self.base + "agent/", f"respgraph-{version}" if version else "respgraph"))
        self.add(run, _A, term("prov:Activity"), resp("Run"))
        self.add(run, term("prov:wasAssociatedWith"), agent)
        self.add(run, term("prov:used"), self.graph)
        self.add(agent, _A, term("prov:SoftwareAgent"))
        self.add(agent, _LABEL, literal(f"respgraph {version}".strip()))
        for key, value in settings.items():
            if key == "pipeline":
                self.add(run, resp("pipeline"), literal(value))
            elif key == "respgraph":
                self.add(agent, term("schema:softwareVersion"), literal(value))
            else:
                self.add(run, resp("setting"), literal(f"{key}: {value}"))
        return run

    def actor_iri(self, actor: Actor) -> str:
        root = self.base if actor.scope == "global" else self.doc + "/"
        return iri(mint(root + "actor/", actor.id))

    def actor_by_id(self, actor_id: str) -> str:
        """Return the IRI of an actor another one refers to; one the text never names gets its id as label."""
        if actor_id in self.actors:
            return self.actor_iri(self.actors[actor_id])
        node = iri(mint(self.base + "actor/", actor_id))
        self.add(node, _A, resp("Actor"))
        self.add(node, term("skos:prefLabel"), literal(actor_id.replace("-", " ")))
        return node

    def add_actor(self, actor: Actor) -> None:
        node = self.actor_iri(actor)
        self.add(node, _A, resp("Actor"), resp(ACTOR_CLASSES[actor.kind]))
        self.add(node, term("skos:prefLabel"), literal(actor.name))
        self.add(node, term("skos:altLabel"), *(literal(a) for a in actor.aliases if a and a != actor.name))
        if actor.iso and _ISO.fullmatch(actor.iso):
            self.add(node, resp("iso3166"), literal(actor.iso))
        if actor.wikidata and _WIKIDATA_ID.fullmatch(actor.wikidata):
            self.add(node, term("skos:exactMatch"), iri(WIKIDATA + actor.wikidata))
        self.add(node, resp("member"), *(self.actor_by_id(m) for m in actor.members))
        if actor.unit_of:
            self.add(node, term("org:unitOf"), self.actor_by_id(actor.unit_of))
        if actor.speaks_for:
            self.add(node, resp("speaksFor"), self.actor_by_id(actor.speaks_for))

    def actor_of(self, mention: Mention) -> str:
        """Return the mentioned actor; words that name no known one are an actor of this document."""
        if mention.actor is not None:
            return self.actor_iri(self.actors[mention.actor.id])
        node = iri(f"{self.doc}/actor/{spell.key_hash(mention.quote)}")
        self.add(node, _A, resp("Actor"))
        self.add_label(node, mention.quote, "skos:prefLabel")
        return node

    def add_label(self, node: str, quote: str, predicate: str = "rdfs:label") -> None:
        """Keep the shortest (then first in the alphabet) of the words a node is named with; stand-ins come last."""
        label = " ".join(quote.split())
        held = self.labels.get((node, predicate), label)
        self.labels[node, predicate] = min(held, label, key=lambda text: (is_stand_in(text), len(text), text))

    def place(self, mention: Mention) -> str:
        """Return the evidence node of a mention, whose words must stand where it says they do."""
        if mention.span.of(self.document.text) != mention.quote:
            where = f"{mention.span.start}-{mention.span.end}"
            raise GraphError(self.document.name, f"the words {mention.quote[:60]!r} do not stand at {where}")
        return self.evidence(mention.span)

    def evidence(self, span: Span) -> str:
        """Return the evidence node of a span: its offsets and its words with what stands around them.

        Three quarters of all quads are of this kind, so they are spelled once and in one go.
        """
        node = self.placed.get(span)
        if node is not None:
            return node
        text, (start, end) = self.document.text, (span.start, span.end)
        name = f"{self.doc}/e/{start}-{end}"
        node, position, quote = iri(name), iri(name + "/position"), iri(name + "/quote")
        self.triples |= {
            (node, _A, _SPECIFIC), (node, _A, _EVIDENCE), (node, _HAS_SOURCE, self.graph),
            (node, _HAS_SELECTOR, position), (node, _HAS_SELECTOR, quote),
            (position, _A, _POSITION), (position, _START, spell.integer(start)), (position, _END, spell.integer(end)),
            (quote, _A, _QUOTE), (quote, _EXACT, literal(text[start:end])),
            (quote, _PREFIX, literal(text[max(0, start - CONTEXT_LENGTH) : start])),
            (quote, _SUFFIX, literal(text[end : end + CONTEXT_LENGTH])),
        }  # fmt: skip
        self.add_original_place(node, span)
        self.placed[span] = node
        return node

    def add_original_place(self, node: str, span: Span) -> None:
        """Say where the words stand in the file that the text was taken out of: pages, paragraphs, or characters."""
        origin = self.document.origin
        found = origin.locate(span) if origin is not None else None
        if origin is None or found is None:
            return
        first, last = found
        if origin.unit in ("page", "paragraph"):
            self.add(node, resp(origin.unit), *(spell.integer(number) for number in {first, last}))
        else:
            self.add(node, resp("originalStart"), spell.integer(first))
            self.add(node, resp("originalEnd"), spell.integer(last))

    def add_statement(self, statement: Statement) -> str:
        node = iri(mint(self.doc + "/s/", statement.id))
        self.add(node, _A, resp("Statement"))
        self.add(node, resp("reportedIn"), self.graph)
        self.add(node, resp("speaker"), self.actor_of(statement.speaker) if statement.speaker else self.author)
        if statement.speaker:
            self.add(node, resp("speakerMention"), self.place(statement.speaker))
        if statement.cue:
            self.add(node, resp("cue"), literal(" ".join(statement.cue.quote.split())))
            self.add(node, resp("cueMention"), self.place(statement.cue))
        if statement.addressee:
            self.add(node, resp("addressee"), self.actor_of(statement.addressee))
            self.add(node, resp("addresseeMention"), self.place(statement.addressee))
        if statement.forum:
            self.add(node, resp("forum"), self.forum(statement.forum))
            self.add(node, resp("forumMention"), self.place(statement.forum))
        if statement.span:
            self.add(node, resp("evidence"), self.evidence(statement.span))
        if statement.date:
            self.add(node, resp("date"), spell.date(statement.date))
            if statement.when:
                self.add(node, resp("dateMention"), self.place(statement.when))
        else:
            self.add(node, resp("dateStatus"), resp("Undated"))
        return node

    def forum(self, mention: Mention) -> str:
        if mention.actor is not None:
            return self.actor_iri(self.actors[mention.actor.id])
        node = iri(f"{self.doc}/forum/{spell.key_hash(mention.quote)}")
        self.add(node, _A, resp("Forum"))
        self.add_label(node, mention.quote)
        return node

    def claim_iri(self, claim_id: str) -> str:
        return mint(self.doc + "/c/", claim_id)

    def add_claim(self, claim: Claim, statement: str, run: str) -> None:
        node = iri(self.claim_iri(claim.id))
        self.add(node, _A, resp(CLAIM_CLASSES[claim.type]), resp("Claim"))
        self.add(node, resp("madeIn"), statement)
        self.add(node, resp("evidence"), self.place(claim.evidence))
        self.add(node, resp("trigger"), self.place(claim.trigger))
        self.add(node, resp("confidence"), spell.decimal(claim.confidence))
        self.add(node, term("prov:wasGeneratedBy"), run)
        rule = iri(spell.rule_iri(claim.found_by))
        self.add(node, resp("foundBy"), rule)
        self.add(rule, _A, resp("Rule"))
        self.add(rule, _LABEL, literal(claim.found_by))
        for name, terms in VALUES.items():
            value: str | None = getattr(claim, name)
            if value is not None:
                self.add(node, resp(name), resp(terms[value]))
        if claim.hedged:
            self.add(node, resp("hedged"), literal("true", XSD + "boolean"))
        if claim.get("speaker") is None:
            self.add(node, resp("speaker"), self.author)
        for slot, mention in claim.roles:
            self.add_role(node, claim.type, slot, mention)

    def add_role(self, claim: str, claim_type: str, slot: str, mention: Mention) -> None:
        self.add(claim, resp(slot + "Mention"), self.place(mention))
        if slot in LITERAL_SLOTS:
            self.add(claim, resp(LITERAL_SLOTS[slot]), literal(" ".join(mention.quote.split())))
        elif slot in ACTOR_SLOTS:
            self.add(claim, resp(slot), self.actor_of(mention))
        else:
            self.add(claim, resp(content_property(claim_type) if slot == "content" else slot), self.matter(mention))

    def matter(self, mention: Mention) -> str:
        node = iri(f"{self.doc}/m/{spell.key_hash(mention.matter or mention.quote)}")
        self.add(node, _A, resp("Matter"))
        self.add_label(node, mention.quote)
        return node


def refuse_surrogates(document: Document) -> None:
    """Raise ReadError at the first lone surrogate of a text: changing it would belie its sha256."""
    found = _SURROGATE.search(document.text)
    if found:
        line = document.text.count("\n", 0, found.start()) + 1
        raise ReadError(
            document.name, f"lone surrogate U+{ord(found.group()):04X}, which is no character", f"line {line}"
        )


def _all_actors(extraction: Extraction) -> Iterator[Actor]:
    """Yield the listed actors last, so that they win over a mention's older copy."""
    for statement in extraction.statements:
        for mention in (statement.speaker, statement.addressee, statement.forum):
            if mention and mention.actor:
                yield mention.actor
    for claim in extraction.claims:
        for _, mention in claim.roles:
            if mention.actor:
                yield mention.actor
    yield from extraction.actors
