"""View -> Corpus: every claim of a graph as one frozen value, read once, whatever kind of store holds it.

Each named graph is read once, line by line (``facts``), whatever holds it, and its claims are put together here. An
actor is folded: a government, ministry, office or group counts as the body it is a unit of,
who speaks for a body as that body, and those of one single proper name as one. A pronoun nobody could place is
nobody: two "they" are not one actor.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from math import isfinite
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

from respgraph.compare.facts import Facts, Values, first_value, local_name, read_facts, value_of
from respgraph.errors import GraphError, QueryError
from respgraph.extract.bearers import noun_class
from respgraph.rdf.iri import resp
from respgraph.resolve.links import ACTING, UNRESOLVED, VAGUE
from respgraph.store import View
from respgraph.store.graph import TIES
from respgraph.vocab import ACTOR_CLASSES, CLAIM_CLASSES, LINKS_GRAPH, LITERAL_SLOTS, NS, RULE_NS, VALUES

FOLDED_KINDS: Final = frozenset(ACTOR_CLASSES[kind] for kind in ACTING)
LINKS: Final = ("contradicts", "shiftsFrom", "conflictsWith")
MOST_DIGITS: Final = 15
_TYPES: Final = {resp(name): kind for kind, name in CLAIM_CLASSES.items()}
_VALUES: Final = {resp(local): value for table in VALUES.values() for value, local in table.items()}
_ACTOR, _CLAIM, _DOCUMENT, _FORUM, _STATEMENT = map(resp, ("Actor", "Claim", "Document", "Forum", "Statement"))
_SLOTS: Final = ("content", "cause", "effect", "factor", "response", "topic", *LITERAL_SLOTS)
_BESIDE: Final = ("condition", "basis", "sanction")  # words that narrow a claim and are not compared
_ROLES: Final = ("speaker", "bearer", "counterpart", "responder")
_EVENT: Final = ("addressee", "forum", "cue")  # of the statement that a claim is made in
_PLACES: Final = ("trigger", *(f"{slot}Mention" for slot in (*_ROLES, *_SLOTS, *_BESIDE)))
SLOT_PLACES: Final = tuple((slot, f"{slot}Mention") for slot in _SLOTS)
_BESIDE_PLACES: Final = tuple((slot, f"{slot}Mention") for slot in _BESIDE)
_ACTORS: Final = """SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s a resp:Actor ; ?p ?o } }"""
DATES: Final = "SELECT ?s ?date WHERE { GRAPH ?g { ?s resp:date ?date } }"
_DOCUMENTS: Final = "SELECT ?s ?p ?o WHERE { GRAPH ?s { ?s a resp:Document ; ?p ?o FILTER(?p != resp:text) } }"


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A document: its IRI, the name it was read under, its ISO date or "", its hash and its title or ""."""

    iri: str
    name: str
    date: str = ""
    sha256: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One claim with all that comparing needs.

    ``speaker`` and ``bearer`` are folded IRIs ("" for nobody), the names beside them those of the words;
    ``bearer_kind`` is the bearer's class ("State", "Person"); ``slots`` holds the words of the other slots by name;
    ``date`` is the statement's own, ``start`` and ``end`` the place of ``quote`` in the document.

    What comparing does not need and an export does: ``actors`` are the actors of the claim as the graph has them,
    not folded, as slot, IRI and name; ``beside`` the words of condition, basis and sanction; ``places`` where the
    words of trigger and slots stand (name, start, end); ``statement`` the IRI of the speech event, ``event`` its
    addressee, forum and cue by name; ``rule`` what read the claim.
    """

    iri: str
    type: str
    source: Source
    speaker: str
    speaker_name: str
    bearer: str
    bearer_name: str
    bearer_kind: str
    has_bearer: bool
    by_author: bool
    slots: tuple[tuple[str, str], ...]
    stance: str = ""
    degree: str = ""
    modality: str = ""
    polarity: str = "positive"
    hedged: bool = False
    date: str = ""
    quote: str = ""
    start: int = 0
    end: int = 0
    speaker_kind: str = ""
    sense: str = ""
    confidence: float = 0.0
    rule: str = ""
    statement: str = ""
    actors: tuple[tuple[str, str, str], ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    event: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, int, int], ...] = ()

    def get(self, slot: str) -> str:
        """Return the words of a slot, or ""."""
        return next((words for name, words in self.slots if name == slot), "")

    def actor(self, slot: str) -> tuple[str, str]:
        """Return IRI and name of who fills a slot in the graph, not folded; two "" for nobody."""
        return next(((iri, name) for filled, iri, name in self.actors if filled == slot), ("", ""))

    @property
    def when(self) -> str:
        """The statement's own date, else the document's, else ""."""
        return self.date or self.source.date

    @property
    def is_open(self) -> bool:
        """Whether it names no matter of its own: "it was not at fault", "denied the charge"."""
        return set(self.get("content").lower().replace(",", " ").split()) <= VAGUE | {"the", "a", "an", "its", "their"}


@dataclass(frozen=True, slots=True)
class Corpus:
    """All claims of a graph in the order of their documents' names and places, the links between, the actors' names.

    ``actors`` holds what the graph says of each actor: IRI -> property (``prefLabel``, ``type``, ...) -> values;
    ``kinds`` is the class of each actor ("State"), "Author" for the voice of a text; ``repeats`` the texts that nearly
    repeat another, and that other's IRI, where ``compare.counted`` has looked for them.
    """

    claims: tuple[Said, ...]
    links: frozenset[tuple[str, str, str]]
    names: Mapping[str, str]
    sources: tuple[Source, ...]
    known: Mapping[str, frozenset[str]]
    actors: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    repeats: Mapping[str, str] = field(default_factory=dict)

    def actor(self, name: str) -> frozenset[str]:
        """Return whom a name, alias or IRI counts as (folded IRIs).

        Raises:
            QueryError: Nobody in the graph has it.
        """
        found = self.known.get(plain(name)) or self.known.get(name.strip(" <>"))
        if found is None:
            close = get_close_matches(plain(name), [n for n in self.known if "://" not in n], n=3)
            hint = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
            raise QueryError(f"this graph has no actor {name!r}{hint}")
        return found


Actors: TypeAlias = dict[str, defaultdict[str, set[str]]]
# What one document's graph says of a claim: IRI, type, values, words and place of each slot, statement, confidence.
Draft: TypeAlias = tuple[str, str, Values, dict[str, tuple[str, int, int]], Values, float]


@dataclass(frozen=True, slots=True)
class Part:
    """What one named graph says, before it is known who its actors count as.

    ``told`` is what it says of each actor, ``places`` the names of its forums, ``links`` those inside the document.
    """

    told: Actors
    places: dict[str, str]
    source: Source | None = None
    drafts: list[Draft] = field(default_factory=list)
    links: set[tuple[str, str, str]] = field(default_factory=set)


def plain(name: str) -> str:
    """Return a name as it is looked up: whatever its case and spaces."""
    return " ".join(name.split()).casefold()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the documents of other graphs of the same corpus say of actors, for who reads a part of it.

    ``actors`` holds all that is said anywhere of those whom not every document describes alike or that belong to
    another; ``firsts`` the first IRI by IRI of each single proper name that several actors have.
    """

    actors: Mapping[str, Mapping[str, set[str]]]
    firsts: Mapping[str, str]


def _offset(view: View, digits: str) -> int:
    """Return an offset, or raise GraphError for what is none in any text."""
    if not (digits.isdecimal() and digits.isascii() and len(digits) < MOST_DIGITS):
        why = f"is damaged: {digits[:20]!r} is no offset in a text; `respgraph check` says where"
        raise GraphError(view.address, why)
    return int(digits)


def _share(view: View, digits: str) -> float:
    """Return a confidence, or raise GraphError for what is no number."""
    try:
        if isfinite(share := float(digits)):
            return share
        raise ValueError(digits)
    except ValueError as error:
        why = f"is damaged: {digits[:20]!r} is no confidence; `respgraph check` says where"
        raise GraphError(view.address, why) from error


def read_corpus(view: View, elsewhere: Elsewhere | None = None) -> Corpus:
    """Return the claims of a graph; what is only derived between documents is not read.

    Args:
        view: The graph.
        elsewhere: What is known of its actors from the other parts, if it is a part of a corpus.
    """
    with uncollected():
        graphs = (graph for graph in view.graphs() if not graph.endswith(TIES))
        return corpus_of((part_of(view, graph, read_facts(view, graph)) for graph in graphs), elsewhere)


@contextmanager
def uncollected() -> Iterator[None]:
    """Have nobody look for circles of objects: reading claims makes none, and looking takes an eighth of its time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def part_of(view: View, graph: str, facts: Facts) -> Part:
    """Return what one named graph says of claims and actors.

    Args:
        view: What holds the graph, to be named where it is damaged.
        graph: Its IRI.
        facts: What ``read_facts`` gave.
    """
    told: Actors = {}
    places: dict[str, str] = {}
    links: set[tuple[str, str, str]] = set()
    for subject, values in facts.items():
        types = values.get("type", ())
        if _ACTOR in types:
            held = told.setdefault(value_of(subject), defaultdict(set))
            for name, found in values.items():
                held[name].update(map(value_of, found))
        elif _FORUM in types:
            places[value_of(subject)] = first_value(values, "label")
    about = facts.get(f"<{graph}>", {})
    if _DOCUMENT not in about.get("type", ()):
        return Part(told, places)
    source = _source(graph, {name: set(map(value_of, found)) for name, found in about.items() if name != "text"})
    drafts = list(_drafts(view, facts, links))
    return Part(told, places, source, drafts, links)


def corpus_of(parts: Iterable[Part], elsewhere: Elsewhere | None = None) -> Corpus:
    """Return the corpus of what some graphs say; who an actor is is only known over all of them."""
    drafts: list[tuple[Source, Draft]] = []
    sources: list[Source] = []
    links: set[tuple[str, str, str]] = set()
    told: Actors = {}
    places: dict[str, str] = {}
    for part in parts:
        for iri, values in part.told.items():
            held = told.setdefault(iri, defaultdict(set))
            for name, found in values.items():
                held[name] |= found
        places |= part.places
        links |= part.links
        if part.source is not None:
            sources.append(part.source)
            drafts += ((part.source, draft) for draft in part.drafts)
    actors, fold = folded(told, elsewhere)
    names = {iri: min(values.get("prefLabel", {""})) for iri, values in actors.items()}
    ours = frozenset(ACTOR_CLASSES.values())
    kinds_of = {
        iri: min({kind.removeprefix(NS) for kind in values["type"]} & ours, default="")
        for iri, values in actors.items()
    }
    called: defaultdict[str, set[str]] = defaultdict(set)
    for iri_, values_ in actors.items():
        for name in (iri_, *map(plain, values_["prefLabel"] | values_["altLabel"])):
            called[name].add(fold[iri_] or iri_)
    known = {name: frozenset(nodes) for name, nodes in sorted(called.items())}
    authors = {iri for iri, values in actors.items() if NS + "Author" in values["type"]}
    names_said = names | dict.fromkeys(authors, "author")
    claims = [_said(source, draft, fold, names, names_said, kinds_of, authors, places) for source, draft in drafts]
    claims.sort(key=lambda c: (c.source.name, c.source.iri, c.start, c.iri))
    classes = kinds_of | dict.fromkeys(sorted(authors), "Author")
    return Corpus(tuple(claims), frozenset(links), names, tuple(sorted(sources)), known, _frozen(actors), classes)


def _drafts(view: View, facts: Facts, links: set[tuple[str, str, str]]) -> Iterator[Draft]:
    """Yield the claims of a document with the words they rest on, and add the links between them."""
    placed: dict[str, tuple[str, int, int] | None] = {}

    def words(evidence: str) -> tuple[str, int, int] | None:
        if evidence not in placed:
            placed[evidence] = _words(view, facts, evidence)
        return placed[evidence]

    for subject, values in facts.items():
        types = values.get("type", ())
        if _CLAIM not in types:
            continue
        kinds = sorted(_TYPES[kind] for kind in types if kind in _TYPES)
        if not kinds:
            continue
        found = {}
        for name in _PLACES:
            if name in values and (at := words(min(values[name]))) is not None:
                found[name] = at
        if "evidence" in values and (at := words(min(values["evidence"]))) is not None:
            found["evidence"] = at
        event = facts.get(min(values["madeIn"]), {}) if "madeIn" in values else {}
        share = _share(view, first_value(values, "confidence") or "0")
        named = value_of(subject)
        for kind in LINKS:
            if kind in values:
                links.update((kind, named, value_of(other)) for other in values[kind])
        yield named, kinds[0], values, found, event if _STATEMENT in event.get("type", ()) else {}, share


def _words(view: View, facts: Facts, evidence: str) -> tuple[str, int, int] | None:
    """Return the words of a piece of evidence, and where they start and end; None if the graph does not say."""
    exact = start = end = None
    for selector in facts.get(evidence, {}).get("hasSelector", ()):
        values = facts.get(selector, {})
        if "exact" in values:
            exact = first_value(values, "exact")
        if "start" in values and "end" in values:
            start, end = first_value(values, "start"), first_value(values, "end")
    if exact is None or start is None or end is None:
        return None
    return exact, _offset(view, start), _offset(view, end)


def _said(
    source: Source,
    draft: Draft,
    fold: Mapping[str, str],
    names: Mapping[str, str],
    names_said: Mapping[str, str],
    kinds: Mapping[str, str],
    authors: Collection[str],
    places: Mapping[str, str],
) -> Said:
    """Return a claim whose actors are known over all documents."""
    iri, kind, values, found, event, share = draft
    speaker, bearer = first_value(values, "speaker"), first_value(values, "bearer")
    quote, start, end = found.pop("evidence", ("", 0, 0))
    value = {name: _VALUES.get(min(values[name]), "") for name in VALUES if name in values}.get
    actors = [(role, first_value(values, role)) for role in _ROLES if role in values]
    told = [(name, first_value(event, name)) for name in _EVENT if name in event]
    return Said(
        iri=iri,
        type=kind,
        source=source,
        speaker=fold.get(speaker, ""),
        speaker_name=names_said.get(speaker, ""),
        bearer=fold.get(bearer, ""),
        bearer_name=names.get(bearer, ""),
        bearer_kind=kinds.get(bearer, ""),
        has_bearer="bearer" in values,
        by_author=speaker in authors,
        slots=tuple((slot, " ".join(found[at][0].split())) for slot, at in SLOT_PLACES if at in found and found[at][0]),
        stance=value("stance", ""),
        degree=value("degree", ""),
        modality=value("modality", ""),
        polarity=value("polarity", "") or "positive",
        hedged="hedged" in values and "true" in map(value_of, values["hedged"]),
        date=first_value(event, "date"),
        quote=quote,
        start=start,
        end=end,
        speaker_kind=kinds.get(speaker, ""),
        sense=value("sense", ""),
        confidence=share,
        rule=unquote(first_value(values, "foundBy").removeprefix(RULE_NS)),
        statement=first_value(values, "madeIn"),
        actors=tuple((role, actor, names_said.get(actor, "")) for role, actor in actors),
        beside=tuple(
            (slot, " ".join(found[at][0].split())) for slot, at in _BESIDE_PLACES if at in found and found[at][0]
        ),
        event=tuple((name, names.get(who, places.get(who, who))) for name, who in told),
        places=tuple((name.removesuffix("Mention"), at, to) for name, (_, at, to) in found.items()),
    )


def folded(told: Actors, elsewhere: Elsewhere | None = None) -> tuple[Actors, dict[str, str]]:
    """Return what is known of each actor, and whom it counts as ("" for a pronoun that nobody could place).

    Args:
        told: What the graph says of its actors.
        elsewhere: What is known of them from other parts of the corpus.
    """
    if elsewhere is None:
        actors, one = told, _of_one_name(told)
    else:
        actors = told | {iri: defaultdict(set, values) for iri, values in elsewhere.actors.items()}
        one = {iri: elsewhere.firsts.get(name, iri) for name, iri in single_names(actors)}
    return actors, fold_actors(actors, one)


def read_texts(view: View, sources: Iterable[Source]) -> Iterator[tuple[Source, str]]:
    """Yield the documents with their texts, one at a time."""
    return ((source, view.text(source.iri)) for source in sources)


def read_sources(view: View) -> dict[str, Source]:
    """Return the documents of a graph by IRI, without their texts."""
    out = {}
    for iri, values in _collect(view.query(_DOCUMENTS)).items():
        out[iri] = _source(iri, values)
    return out


def _source(iri: str, values: Mapping[str, set[str]]) -> Source:
    keys = ("identifier", "datePublished", "sha256", "title")
    return Source(iri, *(min(values.get(key, ()), default="") for key in keys))


def base_of(sources: Iterable[Source]) -> str:
    """Return where the data IRIs of a graph begin, as its first document has it; "" without documents."""
    return min((source.iri for source in sources), default="").rpartition("doc/")[0]


def _collect(rows: Iterable[Any]) -> dict[str, defaultdict[str, set[str]]]:
    out: dict[str, defaultdict[str, set[str]]] = {}
    for row in rows:
        out.setdefault(row["s"].value, defaultdict(set))[local_name(row["p"].value)].add(row["o"].value)
    return out


def _frozen(actors: Mapping[str, Mapping[str, set[str]]]) -> dict[str, dict[str, frozenset[str]]]:
    return {
        iri: {name: frozenset(values) for name, values in sorted(held.items())} for iri, held in sorted(actors.items())
    }


def fold_actors(actors: Mapping[str, Mapping[str, set[str]]], one: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return whom each actor counts as, "" for a pronoun that nobody could place.

    Args:
        actors: IRI -> property ("type", "unitOf", "speaksFor", "prefLabel" ...) -> values.
        one: One IRI for those of the same single proper name; by default found among the actors.
    """
    one = _of_one_name(actors) if one is None else one
    return {iri: one.get(folded, folded) for iri in actors for folded in (_fold(iri, actors),)}


def _fold(iri: str, actors: Mapping[str, Mapping[str, set[str]]]) -> str:
    """Return whom an actor counts as, "" for a pronoun that nobody could place."""
    seen = {iri}
    while True:
        if iri.rpartition("/")[2].startswith(UNRESOLVED):
            return ""
        values: Mapping[str, set[str]] = actors.get(iri, {})
        kinds = {kind.removeprefix(NS) for kind in values.get("type", ())}
        parents = set(values.get("speaksFor", ()))
        if kinds & FOLDED_KINDS:
            parents |= values.get("unitOf", set())
        if not parents or min(parents) in seen:
            return iri
        iri = min(parents)
        seen.add(iri)


def _of_one_name(actors: Mapping[str, Mapping[str, set[str]]]) -> dict[str, str]:
    """Return one IRI for those whom several texts call by the same single proper name: "Norrwater".

    The graph keeps them apart, for nothing in a text says that another one means the same. Here they are one, for
    two claims meet only where their matter is the same too; a common noun at the head of a sentence ("Police")
    stays apart.
    """
    called: defaultdict[str, list[str]] = defaultdict(list)
    for name, iri in single_names(actors):
        called[name].append(iri)
    return {iri: min(same) for same in called.values() for iri in same}


def single_names(actors: Mapping[str, Mapping[str, set[str]]]) -> Iterator[tuple[str, str]]:
    """Yield name and IRI of each person or organisation of a document that has a single proper name."""
    named = {NS + ACTOR_CLASSES[kind] for kind in ("organisation", "person")}
    for iri, values in actors.items():
        if "/doc/" not in iri or not named & values.get("type", set()):
            continue
        for name in values.get("prefLabel", ()):
            if name[:1].isupper() and " " not in name and plain(name) not in noun_class():
                yield name, iri


def actors_of(view: View) -> dict[str, defaultdict[str, set[str]]]:
    """Return what a graph says of each actor: property ("type", "prefLabel", "unitOf" ...) -> values."""
    return _collect(view.query(_ACTORS))


__all__ = [
    "LINKS_GRAPH",
    "SLOT_PLACES",
    "Corpus",
    "Draft",
    "Elsewhere",
    "Part",
    "Said",
    "Source",
    "actors_of",
    "base_of",
    "corpus_of",
    "fold_actors",
    "part_of",
    "read_corpus",
    "read_sources",
    "read_texts",
    "single_names",
    "uncollected",
]
