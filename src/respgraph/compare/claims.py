"""View -> Corpus: every claim of a graph as one frozen value, read once, whatever kind of store holds it.

Only flat queries are asked (no property paths, no OPTIONAL), which every engine answers in one pass; they are
put together here. An actor is folded: a government, ministry, office or group counts as the body it is a unit of,
who speaks for a body as that body, and those of one single proper name as one. A pronoun nobody could place is
nobody: two "they" are not one actor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from math import isfinite
from typing import Any, Final
from urllib.parse import unquote

from respgraph.errors import GraphError, QueryError
from respgraph.extract.bearers import noun_class
from respgraph.resolve.links import ACTING, UNRESOLVED, VAGUE
from respgraph.store import View
from respgraph.vocab import ACTOR_CLASSES, CLAIM_CLASSES, LINKS_GRAPH, LITERAL_SLOTS, NS, RULE_NS, VALUES

FOLDED_KINDS: Final = frozenset(ACTOR_CLASSES[kind] for kind in ACTING)
LINKS: Final = ("contradicts", "shiftsFrom", "conflictsWith")
MOST_DIGITS: Final = 15
_TYPES: Final = {NS + name: kind for kind, name in CLAIM_CLASSES.items()}
_VALUES: Final = {NS + local: value for table in VALUES.values() for value, local in table.items()}
_SLOTS: Final = ("content", "cause", "effect", "factor", "response", "topic", *LITERAL_SLOTS)
_BESIDE: Final = ("condition", "basis", "sanction")  # words that narrow a claim and are not compared
_ROLES: Final = ("speaker", "bearer", "counterpart", "responder")
_EVENT: Final = ("addressee", "forum", "cue")  # of the statement that a claim is made in
_PLACES: Final = ("trigger", *(f"{slot}Mention" for slot in (*_ROLES, *_SLOTS, *_BESIDE)))
_CLAIMS: Final = "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s a resp:Claim ; ?p ?o } }"
_WORDS: Final = """SELECT ?e ?start ?end ?exact WHERE { GRAPH ?g {
    ?e oa:hasSelector/oa:exact ?exact ; oa:hasSelector ?place . ?place oa:start ?start ; oa:end ?end } }"""
_ACTORS: Final = """SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s a resp:Actor ; ?p ?o } }"""
_STATEMENTS: Final = """SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s a resp:Statement ; ?p ?o
    FILTER(?p IN (resp:date, resp:cue, resp:addressee, resp:forum)) } }"""
_FORUMS: Final = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s a resp:Forum ; ?p ?o } }"
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
    sources = read_sources(view)
    actors = actors_of(view)
    if elsewhere is None:
        one = _of_one_name(actors)
    else:
        actors |= {iri: defaultdict(set, values) for iri, values in elsewhere.actors.items()}
        one = {iri: elsewhere.firsts.get(name, iri) for name, iri in single_names(actors)}
    fold = {iri: one.get(folded, folded) for iri in actors for folded in (_fold(iri, actors),)}
    names = {iri: min(values.get("prefLabel", {""})) for iri, values in actors.items()}
    ours = frozenset(ACTOR_CLASSES.values())
    kinds_of = {
        iri: min({kind.removeprefix(NS) for kind in values["type"]} & ours, default="")
        for iri, values in actors.items()
    }
    called: defaultdict[str, set[str]] = defaultdict(set)
    for iri, values in actors.items():
        for name in (iri, *map(plain, values["prefLabel"] | values["altLabel"])):
            called[name].add(fold[iri] or iri)
    known = {name: frozenset(nodes) for name, nodes in sorted(called.items())}
    authors = {iri for iri, values in actors.items() if NS + "Author" in values["type"]}
    words = {
        row["e"].value: (row["exact"].value, *(_offset(view, row[side].value) for side in ("start", "end")))
        for row in view.query(_WORDS)
    }
    events = _collect(view.query(_STATEMENTS))
    places = {iri: min(values["label"], default="") for iri, values in _collect(view.query(_FORUMS)).items()}
    nothing: Mapping[str, set[str]] = defaultdict(set)
    held: defaultdict[tuple[str, str], defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in view.query(_CLAIMS):
        held[row["g"].value, row["s"].value][_local(row["p"].value)].add(row["o"].value)
    claims: list[Said] = []
    links: set[tuple[str, str, str]] = set()
    for (graph, iri), values in held.items():
        kinds = sorted(_TYPES[kind] for kind in values["type"] if kind in _TYPES)
        if graph not in sources or not kinds:
            continue
        speaker, bearer = min(values["speaker"], default=""), min(values["bearer"], default="")
        quote, start, end = words.get(min(values["evidence"], default=""), ("", 0, 0))
        value = {name: _VALUES.get(min(values[name], default=""), "") for name in VALUES}
        found = {name: words[min(values[name])] for name in _PLACES if values[name] and min(values[name]) in words}
        slots = [(slot, found[f"{slot}Mention"][0]) for slot in _SLOTS if f"{slot}Mention" in found]
        beside = [(slot, found[f"{slot}Mention"][0]) for slot in _BESIDE if f"{slot}Mention" in found]
        statement = min(values["madeIn"], default="")
        event = events.get(statement, nothing)
        told = [(name, min(event[name])) for name in _EVENT if event[name]]
        claims.append(
            Said(
                iri=iri,
                type=kinds[0],
                source=sources[graph],
                speaker=fold.get(speaker, ""),
                speaker_name="author" if speaker in authors else names.get(speaker, ""),
                bearer=fold.get(bearer, ""),
                bearer_name=names.get(bearer, ""),
                bearer_kind=kinds_of.get(bearer, ""),
                has_bearer=bool(values["bearer"]),
                by_author=speaker in authors,
                slots=tuple((slot, " ".join(text.split())) for slot, text in slots if text),
                stance=value["stance"],
                degree=value["degree"],
                modality=value["modality"],
                polarity=value["polarity"] or "positive",
                hedged="true" in values["hedged"],
                date=min(event["date"], default=""),
                quote=quote,
                start=start,
                end=end,
                speaker_kind=kinds_of.get(speaker, ""),
                sense=value["sense"],
                confidence=_share(view, min(values["confidence"], default="0")),
                rule=unquote(min(values["foundBy"], default="").removeprefix(RULE_NS)),
                statement=statement,
                actors=tuple(
                    (role, iri_, "author" if iri_ in authors else names.get(iri_, ""))
                    for role in _ROLES
                    if values[role]
                    for iri_ in (min(values[role]),)
                ),
                beside=tuple((slot, " ".join(text.split())) for slot, text in beside if text),
                event=tuple((name, names.get(told_, places.get(told_, told_))) for name, told_ in told),
                places=tuple((name.removesuffix("Mention"), at, to) for name, (_, at, to) in found.items()),
            )
        )
        links.update((kind, iri, other) for kind in LINKS for other in values[kind])
    claims.sort(key=lambda c: (c.source.name, c.source.iri, c.start, c.iri))
    classes = kinds_of | dict.fromkeys(sorted(authors), "Author")
    return Corpus(
        tuple(claims), frozenset(links), names, tuple(sorted(sources.values())), known, _frozen(actors), classes
    )


def read_texts(view: View, sources: Iterable[Source]) -> Iterator[tuple[Source, str]]:
    """Yield the documents with their texts, one at a time."""
    return ((source, view.text(source.iri)) for source in sources)


def read_sources(view: View) -> dict[str, Source]:
    """Return the documents of a graph by IRI, without their texts."""
    out = {}
    for iri, values in _collect(view.query(_DOCUMENTS)).items():
        keys = ("identifier", "datePublished", "sha256", "title")
        out[iri] = Source(iri, *(min(values[key], default="") for key in keys))
    return out


def base_of(sources: Iterable[Source]) -> str:
    """Return where the data IRIs of a graph begin, as its first document has it; "" without documents."""
    return min((source.iri for source in sources), default="").rpartition("doc/")[0]


def _collect(rows: Iterable[Any]) -> dict[str, defaultdict[str, set[str]]]:
    out: dict[str, defaultdict[str, set[str]]] = {}
    for row in rows:
        out.setdefault(row["s"].value, defaultdict(set))[_local(row["p"].value)].add(row["o"].value)
    return out


def _frozen(actors: Mapping[str, Mapping[str, set[str]]]) -> dict[str, dict[str, frozenset[str]]]:
    return {
        iri: {name: frozenset(values) for name, values in sorted(held.items())} for iri, held in sorted(actors.items())
    }


def _local(iri: str) -> str:
    """Return the last part of a property's name; no two that are read here share it."""
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]


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
    "Corpus",
    "Elsewhere",
    "Said",
    "Source",
    "actors_of",
    "base_of",
    "read_corpus",
    "read_sources",
    "read_texts",
    "single_names",
]
