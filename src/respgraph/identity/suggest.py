"""Actors that may be the same, each pair with its reasons and a score; nothing is merged by this.

A score orders the suggestions; it was set by hand, reason by reason, and is no probability. ``benchmarks/actors.py``
measures what the suggestions are worth on pairs that a person judged. What speaks against a pair - another given
name, another state, another ISO code - drops it rather than lowering it: a wrong merge is worse than a missed one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from respgraph.identity.actors import CorpusActor
from respgraph.identity.judgements import APART, Judgement
from respgraph.resolve import gazetteer
from respgraph.resolve.names import DETERMINERS, TITLES, is_particular

MOST: Final = 12  # actors that share a key from which on the key says nothing
ALIKE: Final = 0.93  # share of characters in order (difflib) from which on two long names are spellings of one
LONG: Final = 12
_SMALL: Final = frozenset("of the and for in to on a an at".split())
_SPELLING: Final = (
    (re.compile(r"isation\b"), "ization"),
    (re.compile(r"\blabour\b"), "labor"),
    (re.compile(r"\bdefence\b"), "defense"),
    (re.compile(r"\bcentre\b"), "center"),
    (re.compile(r"\bprogramme\b"), "program"),
    (re.compile(r"\bforeign affairs\b"), "foreign"),
    (re.compile(r"\bdepartment\b"), "ministry"),
)
# Who a treaty binds is somebody else in each: "Any Contracting State"
_TREATY: Final = frozenset("party parties state states member members convention".split()) | DETERMINERS
_PEOPLE: Final = frozenset({"person"})
_GROUPS: Final = frozenset({"group", "collective"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two actors (IRIs, the fuller one first) that may be the same, why, and how surely (0 to 1)."""

    a: str
    b: str
    reasons: tuple[str, ...]
    score: float


def suggest(actors: Sequence[CorpusActor], judgements: Iterable[Judgement] = ()) -> tuple[Suggestion, ...]:
    """Return pairs that may be the same, surest first; pairs that were judged are not asked again."""
    judgements = tuple(judgements)
    judged = {frozenset((j.a, j.b)) for j in judgements if j.verdict in ("same", "different")}
    apart = {(j.a, j.a_in) for j in judgements if j.verdict == "apart"}
    judged |= {
        frozenset((a.iri, shared)) for a in actors for shared, name in apart if a.home == name and a.iri.endswith(APART)
    }
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    by_iri = {actor.iri: actor for actor in actors}
    for rule in RULES:
        for a, b, reason, score in rule(actors):
            if a.iri != b.iri and frozenset((a.iri, b.iri)) not in judged and not differ(a, b, by_iri):
                first, second = sorted((a, b), key=fullness)
                held = found[first.iri, second.iri]
                held[reason] = max(score, held.get(reason, 0.0))
    out = [Suggestion(a, b, tuple(sorted(r)), max(r.values())) for (a, b), r in found.items()]
    return tuple(sorted(out, key=lambda s: (-s.score, by_iri[s.a].name.casefold(), s.a, s.b)))


def doubts(
    actors: Iterable[CorpusActor], roles: Mapping[str, Iterable[tuple[str, str]]] | None = None
) -> tuple[tuple[CorpusActor, str], ...]:
    """Return people of one name whom two documents give titles or roles that have no word in common, and which.

    One full name is one person over all documents; "Senator John Smith" here and "the striker John Smith" there are to
    be looked at.

    Args:
        actors: Of one graph.
        roles: Actor -> pairs of a document and the role that its words give there, as ``read_roles`` finds them.
    """
    out = []
    for actor in actors:
        titles: dict[str, set[str]] = defaultdict(set)
        for document, role in (roles or {}).get(actor.iri, ()):
            titles[document].add(role)
        for document, name in actor.called if actor.kind in _PEOPLE else ():
            for word in folded(name).split():
                if word not in TITLES:
                    break
                titles[document].add(word)
        for (one, x), (other, y) in combinations(sorted(titles.items())[:MOST], 2):
            if not x & y:
                out.append((actor, f"{' '.join(sorted(x))} in {one}, {' '.join(sorted(y))} in {other}"))
                break
    return tuple(out)


def fullness(actor: CorpusActor) -> tuple[bool, bool, int, int, str]:
    """Sort key: who is known by a table, shared by documents, mentioned most, named most fully comes first."""
    return (not (actor.wikidata or actor.iso), actor.scope != "global", -len(actor.name), -actor.mentions, actor.iri)


def differ(a: CorpusActor, b: CorpusActor, by_iri: dict[str, CorpusActor]) -> bool:
    """Say whether something speaks against two actors being one."""
    if (a.iso and b.iso and a.iso != b.iso) or (a.wikidata and b.wikidata and a.wikidata != b.wikidata):
        return True
    if "state" in (a.kind, b.kind) and a.kind != b.kind:
        return True
    if (a.kind in _PEOPLE) != (b.kind in _PEOPLE) and "office" not in (a.kind, b.kind):
        return True
    if a.kind in _PEOPLE and b.kind in _PEOPLE and given_names_differ(a.name, b.name):
        return True
    states = [set(states_of(actor, by_iri)) for actor in (a, b)]
    return bool(states[0] and states[1] and not states[0] & states[1])


def states_of(actor: CorpusActor, by_iri: dict[str, CorpusActor]) -> Iterator[str]:
    """Yield the states an actor belongs to: by its links, or by a state or nationality in its name."""
    for parent in (*actor.unit_of, *actor.speaks_for):
        yield parent.rsplit("/", 1)[-1]
    words = re.findall(r"[\w'’.-]+", actor.name)
    for size in (1, 2, 3):
        for k in range(len(words) - size + 1):
            part = " ".join(words[k : k + size])
            known = gazetteer.by_demonym().get(part.lower()) or gazetteer.find(part)
            if known is not None and known.iso and part[:1].isupper():
                yield known.id


def given_names_differ(a: str, b: str) -> bool:
    """Say whether two people's names have given names that exclude each other; an initial fits its name.

    >>> given_names_differ("John Smith", "Jane Smith"), given_names_differ("J. Smith", "John Smith")
    (True, False)
    """
    x, y = (given(name) for name in (a, b))
    return bool(x and y and not any(p.startswith(q) or q.startswith(p) for p in x[:1] for q in y[:1]))


def given(name: str) -> list[str]:
    """Return the given names of a person's name, folded, without titles."""
    words = [word for word in folded(name).split() if word not in TITLES]
    return words[:-1]


def folded(name: str) -> str:
    """Return a name without accents, hyphens, dots, article and case.

    >>> folded("The São-Tomé Co.")
    'sao tome co'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    return re.sub(r"^(?:the|a|an) ", "", " ".join(re.sub(r"[\W_]+", " ", plain.replace(".", "")).split()))


def spelling(name: str) -> str:
    """Return a folded name in one spelling of English, without possessives, ministries and departments as one."""
    out = folded(re.sub(r"['’]s?(?= |$)", "", name))
    for pattern, other in _SPELLING:
        out = pattern.sub(other, out)
    return out


def is_proper(actor: CorpusActor) -> bool:
    """Say whether an actor is named rather than described: not "State Party", "the Government", "residents"."""
    return actor.kind not in _GROUPS and (actor.name[-1:].isupper() or is_particular(actor.name))


Pair = tuple[CorpusActor, CorpusActor, str, float]


def shared(
    actors: Iterable[CorpusActor], key: Callable[[CorpusActor], Iterable[str]]
) -> Iterator[tuple[str, CorpusActor, CorpusActor]]:
    """Yield pairs of actors that share a key, unless too many share it for it to mean anything."""
    held: dict[str, dict[str, CorpusActor]] = defaultdict(dict)
    for actor in actors:
        for one in key(actor):
            held[one][actor.iri] = actor
    for one, members in sorted(held.items()):
        if one and 1 < len(members) <= MOST:
            for a, b in combinations(sorted(members.values(), key=lambda x: x.iri), 2):
                yield one, a, b


def same_name(actors: Sequence[CorpusActor]) -> Iterator[Pair]:
    """Two documents name somebody alike: "Norrwater" and "Norrwater"."""
    for _, a, b in shared(filter(is_proper, actors), lambda x: {folded(x.name)}):
        if a.kind in _PEOPLE and " " not in folded(a.name):
            yield a, b, "the same surname", 0.4
        elif is_title(a.name):
            yield a, b, "the same title", 0.2
        else:
            yield a, b, "the same name", 0.7


def common_name(actors: Sequence[CorpusActor]) -> Iterator[Pair]:
    """Two documents name a body alike, by a name that others have as well: "Ministry of Health", "Water Board"."""
    bodies = [
        actor
        for actor in actors
        if actor.scope == "document"
        and actor.kind not in _PEOPLE | _GROUPS
        and not is_proper(actor)
        and not is_title(actor.name)
        and len(words := [w for w in actor.name.split() if folded(w) not in _SMALL]) > 1
        and all(word[:1].isupper() and folded(word) not in _TREATY for word in words)
    ]
    for _, a, b in shared(bodies, lambda x: {folded(x.name)}):
        if a.home != b.home:
            yield a, b, "the same name, which several bodies may have", 0.3


def is_title(name: str) -> bool:
    """Say whether a name is only a title: "Prime Minister"."""
    return all(word in TITLES or word in _SMALL for word in folded(name).split())


def surname(actors: Sequence[CorpusActor]) -> Iterator[Pair]:
    """A surname in one document, a full name in another: "Merkel", "Angela Merkel"."""
    people = [a for a in actors if a.kind in _PEOPLE and is_proper(a) and a.name[:1].isupper()]
    full: dict[str, list[CorpusActor]] = defaultdict(list)
    for actor in people:
        words = [w for w in folded(actor.name).split() if w not in TITLES]
        if len(words) > 1:
            full[words[-1]].append(actor)
    for actor in people:
        words = [w for w in folded(actor.name).split() if w not in TITLES]
        for other in full.get(words[0], ()) if len(words) == 1 else ():
            alone = len(full[words[0]]) == 1
            yield (
                other,
                actor,
                "the surname of " + ("the only one" if alone else "one of several") + " so called",
                (0.6 if alone else 0.3),
            )


def same_words(actors: Sequence[CorpusActor]) -> Iterator[Pair]:
    """The same words in another order or spelling: "Foreign Ministry of X", "Ministry of Foreign Affairs of X"."""

    def key(actor: CorpusActor) -> set[str]:
        words = [demonym(w) for w in spelling(actor.name).split() if w not in _SMALL]
        return {" ".join(sorted(words))} if len(words) > 1 and actor.kind not in _PEOPLE else set()

    for _, a, b in shared(filter(is_proper, actors), key):
        if folded(a.name) != folded(b.name):
            yield a, b, "the same words in another order or spelling", 0.8


def demonym(word: str) -> str:
    """Return the state of an adjective of nationality, as one word; other words as they are."""
    state = gazetteer.by_demonym().get(word)
    return state.id if state else word


def acronym(actors: Sequence[CorpusActor]) -> Iterator[Pair]:
    """The initials of a name: "TRG", "Tunnel Rescue Guild"."""
    long: dict[str, list[CorpusActor]] = defaultdict(list)
    for actor in filter(is_proper, actors):
        words = [w for w in re.findall(r"\w+", actor.name) if w.lower() not in _SMALL]
        if len(words) > 2 and all(w[0].isupper() for w in words):
            long["".join(w[0] for w in words)].append(actor)
    for actor in actors:
        short = actor.name.replace(".", "")
        if short.isupper() and short.isalpha() and len(short) > 2:
            for other in long.get(short, ()):
                if actor.kind not in _PEOPLE and other.kind not in _PEOPLE:
                    yield other, actor, "its initials", 0.6


def near_spelling(actors: Sequence[CorpusActor]) -> Iterator[Pair]:
    """Almost the same letters in a long name: "Volodymyr Zelenskyy", "Volodymyr Zelensky"."""

    def key(actor: CorpusActor) -> set[str]:
        name = spelling(actor.name)
        return {name[:5]} if len(name) >= LONG else set()

    for _, a, b in shared(filter(is_proper, actors), key):
        x, y = spelling(a.name), spelling(b.name)
        numbers = [re.findall(r"\d+", one) for one in (x, y)]
        if x != y and numbers[0] == numbers[1] and SequenceMatcher(None, x, y, autojunk=False).ratio() >= ALIKE:
            yield a, b, "almost the same spelling", 0.6


def alias(actors: Sequence[CorpusActor]) -> Iterator[Pair]:
    """A name that another document gives an actor beside its first one."""

    def key(actor: CorpusActor) -> set[str]:
        return {folded(n) for n in actor.names if " " in n.strip() or n.isupper()}

    for _, a, b in shared(filter(is_proper, actors), key):
        if folded(a.name) != folded(b.name):
            yield a, b, "one is called by the other's name", 0.6


def office(actors: Sequence[CorpusActor]) -> Iterator[Pair]:
    """An office that the corpus gives to one person, in a year of both: "the Chancellor", "Chancellor Ida Berg"."""
    holders: dict[str, dict[str, CorpusActor]] = defaultdict(dict)
    for actor in actors:
        for name in actor.names if actor.kind in _PEOPLE else ():
            words = folded(name).split()
            title = [w for w in words if w in TITLES]
            if title and len(title) < len(words) and words[: len(title)] == title:
                holders[" ".join(title)][actor.iri] = actor
    for actor in actors:
        held = holders.get(folded(actor.name), {}) if actor.kind in ("office", "person") else {}
        then = [holder for holder in held.values() if set(holder.years) & set(actor.years)]
        if len(held) == 1 and then:
            yield then[0], actor, "the only one the documents of that year call so", 0.4


RULES: Final[tuple[Callable[[Sequence[CorpusActor]], Iterator[Pair]], ...]] = (
    same_name,
    common_name,
    surname,
    same_words,
    acronym,
    near_spelling,
    alias,
    office,
)
