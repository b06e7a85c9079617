"""A graph -> its actors over all documents: names, kind, where and how often they are mentioned."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

from respgraph.errors import RespgraphError
from respgraph.extract.bearers import noun_class
from respgraph.store import View
from respgraph.vocab import ACTOR_CLASSES, NS, RDF, SKOS, WIKIDATA

_KINDS: Final = {NS + term: kind for kind, term in ACTOR_CLASSES.items()}
_DESCRIBED: Final = """SELECT ?graph ?actor ?property ?value WHERE { GRAPH ?graph {
    ?actor a resp:Actor ; ?property ?value . FILTER NOT EXISTS { ?actor a resp:Author } } }"""
_PARTED: Final = "SELECT ?graph ?actor ?shared WHERE { GRAPH ?graph { ?actor resp:describedFor ?shared } }"
_STANDS: Final = """SELECT ?actor ?property (COUNT(DISTINCT ?claim) AS ?number) WHERE { GRAPH ?graph {
    ?claim a resp:Claim ; ?property ?actor .
    VALUES ?property { resp:speaker resp:bearer resp:counterpart resp:responder } } } GROUP BY ?actor ?property"""
_DOCUMENTS: Final = """SELECT ?graph ?name ?date WHERE { GRAPH ?graph {
    ?graph a resp:Document ; dcterms:identifier ?name . OPTIONAL { ?graph schema:datePublished ?date } } }"""


_NAMED: Final = """SELECT DISTINCT ?graph ?actor ?name ?prefix ?exact ?suffix WHERE { GRAPH ?graph {
    ?actor a resp:Person ; skos:prefLabel ?name . ?claim ?role ?actor ; a resp:Claim ; ?mention ?place .
    ?place oa:hasSelector ?quote . ?quote oa:prefix ?prefix ; oa:exact ?exact ; oa:suffix ?suffix .
    VALUES (?role ?mention) { (resp:speaker resp:speakerMention) (resp:bearer resp:bearerMention) } } }"""
# What stands before a name and after it: "the striker Ada Berg", "Ada Berg, the mayor of Lund"
_BEFORE: Final = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er) (?:[a-z-]+ ){0,2}?([a-z][a-z-]+)(?: of [^,.;]*,)?,? ?$"
)
_AFTER: Final = re.compile(
    r" ?, (?:the|an?|its|their|his|her) (?:[\w-]+ ){0,2}?([a-z][a-z-]+)(?= of | at | for |,|\.|$)"
)


@dataclass(frozen=True, slots=True)
class CorpusActor:
    """An actor of the corpus. ``names`` are all its labels, sorted; ``documents`` names of documents.

    ``as_speaker``, ``as_bearer`` and ``as_other`` count claims. ``unit_of`` and ``speaks_for`` are IRIs;
    ``merged`` those of the actors that judgements have put into this one; ``years`` are those of its dated
    documents, ``called`` pairs of a document and a name it uses; ``home`` the name of the one document it is known
    in, "" for an actor that all share.
    """

    iri: str
    name: str
    kind: str
    names: tuple[str, ...]
    documents: tuple[str, ...]
    as_speaker: int = 0
    as_bearer: int = 0
    as_other: int = 0
    iso: str = ""
    wikidata: str = ""
    unit_of: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    called: tuple[tuple[str, str], ...] = ()
    home: str = ""

    @property
    def mentions(self) -> int:
        """In how many claims it stands."""
        return self.as_speaker + self.as_bearer + self.as_other

    @property
    def scope(self) -> str:
        """``global`` if all documents share it, ``document`` if it is known in one only."""
        return "document" if "/doc/" in self.iri else "global"


def list_actors(view: View) -> tuple[CorpusActor, ...]:
    """Return the actors of a graph, most mentioned first; those merged into another are among its names.

    The author of a text and the pronouns nobody could place are no actors of the corpus.
    """
    documents: dict[str, str] = {}
    years: dict[str, str] = {}
    for row in view.query(_DOCUMENTS):
        documents[row["graph"].value] = row["name"].value
        if row["date"] is not None:
            years[row["graph"].value] = row["date"].value[:4]
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for row in view.query(_STANDS):
        said[row["actor"].value][row["property"].value.removeprefix(NS)] += int(row["number"].value)
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    places: dict[str, set[str]] = defaultdict(set)
    times: dict[str, set[str]] = defaultdict(set)
    called: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in view.query(_DESCRIBED):
        actor = row["actor"].value
        values[actor][row["property"].value].add(row["value"].value)
        places[actor].add(documents.get(row["graph"].value, row["graph"].value))
        if row["property"].value in (SKOS + "prefLabel", SKOS + "altLabel"):
            called[actor].add((documents.get(row["graph"].value, row["graph"].value), row["value"].value))
        times[actor] |= {years[row["graph"].value]} if row["graph"].value in years else set()
    for row in view.query(_PARTED):
        graph, actor = row["graph"].value, row["shared"].value
        if row["actor"].value.startswith(graph + "/actor/"):  # in that document the shared one is somebody else
            name = documents.get(graph, graph)
            places[actor].discard(name)
            called[actor] = {pair for pair in called[actor] if pair[0] != name}
    into = {actor: min(held[NS + "mergedInto"]) for actor, held in values.items() if held[NS + "mergedInto"]}
    merged: dict[str, set[str]] = defaultdict(set)
    for actor, kept in into.items():
        merged[kept].add(actor)
    found = [
        replace(
            _actor(iri, held, merged[iri], values, places, times, called, said[iri]),
            home=documents.get(iri.rpartition("/actor/")[0], ""),
        )
        for iri, held in list(values.items())
        if iri not in into and "/actor/unresolved-" not in iri
    ]
    return tuple(sorted(found, key=lambda a: (-a.mentions, a.name.casefold(), a.iri)))


def _actor(
    iri: str,
    held: dict[str, set[str]],
    merged: set[str],
    values: dict[str, dict[str, set[str]]],
    places: dict[str, set[str]],
    times: dict[str, set[str]],
    called: dict[str, set[tuple[str, str]]],
    said: Counter[str],
) -> CorpusActor:
    labels = (SKOS + "prefLabel", SKOS + "altLabel", NS + "prefLabelAsRead")
    names = {name for one in (iri, *merged) for label in labels for name in values[one][label]}
    kinds = sorted(_KINDS[value] for value in held[RDF + "type"] if value in _KINDS)
    return CorpusActor(
        iri=iri,
        name=min(held[SKOS + "prefLabel"], default=iri),
        kind=kinds[0] if kinds else "",
        names=tuple(sorted(names)),
        documents=tuple(sorted(set().union(*(places[one] for one in (iri, *merged))))),
        as_speaker=said["speaker"],
        as_bearer=said["bearer"],
        as_other=said["counterpart"] + said["responder"],
        iso=min(held[NS + "iso3166"], default=""),
        wikidata=min(
            (v.removeprefix(WIKIDATA) for v in held[SKOS + "exactMatch"] if v.startswith(WIKIDATA)), default=""
        ),
        unit_of=tuple(sorted(held["http://www.w3.org/ns/org#unitOf"])),
        speaks_for=tuple(sorted(held[NS + "speaksFor"])),
        merged=tuple(sorted(merged)),
        called=tuple(sorted(set().union(*(called[one] for one in (iri, *merged))))),
        years=tuple(sorted(set().union(*(times[one] for one in (iri, *merged))))),
    )


def read_roles(view: View) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return person -> pairs of a document and a role that the words beside the name give there, in lower case.

    "The striker John Smith" gives "striker", "John Smith, the mayor of Lund," gives "mayor".
    """
    documents = {row["graph"].value: row["name"].value for row in view.query(_DOCUMENTS)}
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in view.query(_NAMED):
        last = row["name"].value.rpartition(" ")[2]
        before, named, after = row["exact"].value.partition(last)
        first = before.rstrip().rpartition(" ")[0] if " " in row["name"].value else before
        if named and last:
            words = " ".join((row["prefix"].value + first).split()) + " "
            for match in (_BEFORE.search(words), _AFTER.match(after + " ".join(row["suffix"].value.split()))):
                if match and noun_class().get(match[1]) in ("person", "office"):
                    found[row["actor"].value].add((documents.get(row["graph"].value, ""), match[1]))
    return {actor: tuple(sorted(pairs)) for actor, pairs in sorted(found.items())}


def find_actor(actors: Iterable[CorpusActor], wanted: str, graph: str = "the graph") -> CorpusActor:
    """Return the actor of an IRI, of the end of one ("actor/angela-merkel"), or of a name, whatever its case.

    A name that is an actor's own beats one that is another's alias.

    Raises:
        RespgraphError: Nobody, with names that are close, or several, with their IRIs and a document of each.
    """
    held = tuple(actors)
    bare = wanted.strip().removeprefix("<").removesuffix(">")
    for actor in held:
        if bare == actor.iri or bare in actor.merged:
            return actor
    name = " ".join(bare.split()).casefold()
    found = [a for a in held if "/actor/" in bare and a.iri.endswith("/" + bare)]
    found = found or [a for a in held if a.name.casefold() == name]
    found = found or [a for a in held if name in {n.casefold() for n in a.names}]
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(
            f"{a.iri} ({a.documents[0]})" if a.documents else a.iri for a in sorted(found, key=lambda a: a.iri)[:8]
        )
        raise RespgraphError(f"{graph}: {wanted!r} names {len(found)} actors; give an IRI: {listed}")
    names = {n.casefold(): n for a in held for n in a.names}
    close = [names[n] for n in get_close_matches(name, sorted(names), n=3)]
    hint = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
    raise RespgraphError(f"{graph}: there is no actor {wanted!r}{hint}")
