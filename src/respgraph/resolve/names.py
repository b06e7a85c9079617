"""Mention -> Actor inside one document: who is meant by these words.

Known names come from the gazetteer, people are clustered by full name and later surname, definite
descriptions ("the ministry") by the one earlier mention with the same head, governments and
representatives become actors of their own beside their state. Nothing is merged on likeness: two actors
and a later judgement are better than one wrong one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from respgraph.annotate import Annotated, Sentence, Token
from respgraph.extract import tree
from respgraph.extract.bearers import noun_class
from respgraph.model import Actor, Span
from respgraph.resolve import gazetteer

SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "to"})
TITLES = frozenset(
    word.lower().strip(".")
    for row in gazetteer.table("titles.tsv")
    for word in row["title"].replace("-", " ").split()
    if word.lower() not in SMALL_WORDS
)
GOVERNMENT = frozenset({"government", "administration", "regime", "cabinet", "authorities"})
COUNTRIES = frozenset({"country", "nation", "state"})
SPOKEN_FOR = frozenset(
    {
        "representative",
        "spokesperson",
        "spokesman",
        "spokeswoman",
        "official",
        "envoy",
        "delegate",
        "delegation",
        "diplomat",
        "ambassador",
    }
)
# Words that make up titles of bodies and of parties to a treaty, and name none: "Supreme Court", "State Party".
GENERIC = frozenset(
    """academy act administration affairs agency agent agreement annex appeal appeals appellant applicant appropriate
    army article assembly association attorney authorities authority bank board borrower branch bureau buyer cabinet
    central chair chairman chairperson chairwoman chamber chapter charter chief circuit city civil client code
    college commission committee company conference congress constitution contract contracting contractor convention
    corporation council country county court criminal customer defence defendant defense department depositary
    director director-general district division economic education election electoral emergency employee employer
    energy environment environmental executive federal federation finance fire first force forces foreign foundation
    fund general governing government governments governor group head health high higher home house human individual
    industry inspector institute instrument interior internal international joint judge judicial judiciary justice
    labor labour landlord law legal legislative legislature lender lessee lessor licensee licensor local lower madam
    magistrate majority mayor member members military minister ministry minority mister municipal municipality
    nation national navy new office officer opposition organisation organization parliament parties party permanent
    petitioner plaintiff planning plenary police political president prime prison programme prosecution prosecutor
    protection protocol provincial public receiving regional regulation relations republic requested requesting
    respondent review rights royal safety sanctions school science second secretariat secretary secretary-general
    section security seller senate sending service services session sheriff signatory sir social society speaker
    special staff state states statute sub-committee subcommittee superior supplier supreme tax technical tenant
    territorial third town trade transit transport transportation treasury treaty tribunal trust union unit
    university upper vice war water welfare working world
    """.split()
)
CLAUSE = frozenset({"that", "which", "who", "whose", "whom"})
DETERMINERS = frozenset(
    """any all each every other another such that this these those its their his her our your my no some both one more
    everyone everybody anyone anybody someone somebody nobody none""".split()
)
PRONOUNS = frozenset(
    ("he she it they him her them his its their we us our i me my you your both those these all").split()
)
OPENER = {")": "(", "]": "["}
TRAILING = re.compile(r"(?:'s|’s|['’])$")


@dataclass
class Names:
    """The names of one document: clusters of people and bodies, filled in text order."""

    annotated: Annotated
    people: dict[str, str] = field(default_factory=dict)
    described: dict[str, list[str]] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    called: dict[str, list[str]] = field(default_factory=dict)
    types: dict[str, Counter[str]] = field(default_factory=dict)
    governed: Actor | None = None
    states: frozenset[str] = frozenset()


def collect(annotated: Annotated, definitions: Iterable[tuple[Span, Span]] = ()) -> Names:
    """Return the names of a document: full names by surname, bodies by head noun, acronyms by definition."""
    names = Names(annotated)
    text = annotated.document.text
    for short, long in definitions:
        names.short.setdefault(short.of(text), " ".join(long.of(text).split()))
    for s in annotated.sentences:
        for lo, hi, kind in entities(s):
            words = [t.form for t in s.tokens[lo : hi + 1]]
            name = clean(" ".join(words))
            names.types.setdefault(name, Counter())[kind] += 1
            if kind == "PERSON":
                parts = person_parts(name)
                if len(parts) > 1:
                    full = " ".join(parts)
                    names.people.setdefault(parts[-1], full)
                    names.people.setdefault(full, full)
            elif kind in {"ORG", "GPE", "FAC", "NORP", "LAW"} and len(words) > 1:
                head = s.tokens[hi].lemma if hi == lo else s.tokens[name_head(s, lo, hi)].lemma
                if name not in names.described.setdefault(head, []):
                    names.described[head].append(name)
        note_descriptions(names, s)
    governed = {
        state.id: state
        for s in annotated.sentences
        for t in s.tokens
        if t.lemma in GOVERNMENT and (state := related_state(s, t.i)) is not None
    }
    names.states = frozenset(states_named(annotated))
    names.governed = next(iter(governed.values())) if len(governed) == 1 else None
    return names


def states_named(annotated: Annotated) -> Iterator[str]:
    """Yield the ids of the states a text names, by name or adjective."""
    for s in annotated.sentences:
        for lo, hi, _ in entities(s):
            known = gazetteer.find(clean(words_of(s, lo, hi)))
            if known is not None:
                yield known.id
        for t in s.tokens:
            known = gazetteer.by_demonym().get(t.lower) if t.form[:1].isupper() else None
            if known is not None:
                yield known.id


def is_meant(names: Names, known: Actor) -> bool:
    """Say whether a known body can be the one a text names: a body of a state only where the text names the state.

    "The Environment Agency" is one of many; nothing outside the text says which.
    """
    state = next((a for a in gazetteer.states().values() if a.id == known.unit_of), None)
    return state is None or state.id in names.states or state.name in known.name or (state.iso or "-") in known.name


def note_descriptions(names: Names, s: Sentence) -> None:
    """Keep who is called what: "the operator, Norrwater", "Mayor Ruth Calder", "Calder, the mayor"."""
    for t in s.tokens:
        if t.upos == "NOUN" and t.tag == "NN" and noun_class().get(t.lemma) in {"organisation", "office"}:
            words = [
                s.tokens[k].lower
                for k in s.children[t.i]
                if s.tokens[k].dep == "compound" and s.tokens[k].upos == "NOUN"
            ]
            name = " ".join([*words, t.lower])
            if words and name not in names.called.setdefault(t.lemma, []):
                names.called[t.lemma].append(name)
        if t.dep == "appos":
            noun, proper = (t.head, t.i) if t.upos == "PROPN" else (t.i, t.head)
            if is_common(s.tokens[noun]) and s.tokens[proper].upos == "PROPN" and s.tokens[noun].tag in {"NN", "NNP"}:
                note(names, s, noun, entity_text(s, proper))
        elif t.dep in {"compound", "nmod"} and t.lower in TITLES and s.tokens[t.head].ent == "PERSON":
            title = " ".join(x.lower for x in s.tokens[max(0, t.i - 1) : t.i + 1] if x.lower in TITLES)
            full = " ".join(person_parts(entity_text(s, t.head) or ""))
            before = {x.lower for x in s.tokens[max(0, t.i - 3) : t.i]}
            if before & {"former", "ex", "late"}:
                continue
            for key in {title} if before & {"vice", "deputy", "assistant"} else {title, t.lower}:
                if full and full not in names.called.setdefault(key, []):
                    names.called[key].append(full)


def is_particular(name: str) -> bool:
    """Say whether a name names one body wherever it stands; the words of a title or of a treaty's party do not.

    Such a name means another body in the next text: "Supreme Court", "State Party", "any Contracting State".

    >>> is_particular("Supreme Court"), is_particular("each State Party"), is_particular("Supreme Court of Chile")
    (False, False, True)
    """
    words = [word.strip(".,;:()\"'“”’") for word in TRAILING.sub("", name).split()]
    if not words or words[0].lower() in DETERMINERS or any(word.lower() in CLAUSE for word in words):
        return False
    telling = [word for word in words if word[:1].isupper() or word[:1].isdigit()]
    return any(word.lower() not in GENERIC | SMALL_WORDS | TITLES for word in telling)


def state_in(name: str) -> str | None:
    """Return the id of the one state a ministry or office names as its own.

    >>> state_in("Chilean Ministry of Health"), state_in("Foreign Ministry of Chile"), state_in("Ministry of Health")
    ('chile', 'chile', None)
    """
    words = [TRAILING.sub("", word) for word in name.split()]
    parts = {words[0], " ".join(words[:2]), name.rpartition(" of ")[2], name.rpartition(" of the ")[2]}
    found = {
        known.id
        for part in sorted(parts)
        if part[:1].isupper()
        and (known := gazetteer.by_demonym().get(part.lower()) or gazetteer.find(part)) is not None
        and known.iso
    }
    return found.pop() if len(found) == 1 else None


def scope_of(name: str) -> str:
    """Return ``global`` for a full name that means the same in every text."""
    return "global" if " " in name and is_particular(name) else "document"


def is_common(token: Token) -> bool:
    """Say whether a token is a common noun, whatever the tagger took it for ("the minister, Helen Ardley")."""
    return token.upos == "NOUN" or (token.upos == "PROPN" and token.form.islower())


def note(names: Names, s: Sentence, noun: int, name: str | None) -> None:
    """Keep that a noun phrase describes a name, by its words and by its head."""
    if not name:
        return
    for key in {phrase_text(s, noun).lower(), s.tokens[noun].lemma}:
        if name not in names.called.setdefault(key, []):
            names.called[key].append(name)


def name_head(s: Sentence, lo: int, hi: int) -> int:
    """Return the token of a name that hangs outside it."""
    return next((k for k in range(lo, hi + 1) if not lo <= s.tokens[k].head <= hi), hi)


def entities(s: Sentence) -> list[tuple[int, int, str]]:
    """Return runs of tokens with the same entity type: (first, last, type)."""
    out: list[tuple[int, int, str]] = []
    for t in s.tokens:
        if t.ent and out and out[-1][2] == t.ent and out[-1][1] == t.i - 1:
            out[-1] = (out[-1][0], t.i, t.ent)
        elif t.ent:
            out.append((t.i, t.i, t.ent))
    return out


def words_of(s: Sentence, lo: int, hi: int) -> str:
    """Return tokens as words, hyphens as the text has them: "Ahmed al-Assadi", not "Ahmed al - Assadi"."""
    out = s.tokens[lo].form
    for before, token in pairwise(s.tokens[lo : hi + 1]):
        glued = before.end == token.start and "-" in (before.form, token.form)
        out += token.form if glued else " " + token.form
    return out


def clean(name: str) -> str:
    """Return a name without article, possessive, brackets and line breaks."""
    bare = TRAILING.sub("", " ".join(name.replace(" 's", "'s").replace(" ’s", "’s").split()))
    if bare.isupper():
        return bare
    outer = gazetteer.LEADING.sub("", bare).strip(' ,;:."“”([')
    return outer if outer[-1:] in OPENER and OPENER[outer[-1]] in outer else outer.rstrip(' ,;:."“”)]')


def person_parts(name: str) -> list[str]:
    """Return the name parts of a person without titles.

    >>> person_parts("Chancellor Angela Merkel")
    ['Angela', 'Merkel']
    """
    parts = name.split()
    while len(parts) > 1 and parts[0].strip(".").lower() in TITLES:
        parts = parts[1:]
    return parts


def actor_of(names: Names, s: Sentence, head: int, quote: str) -> Actor:
    """Return the actor a noun phrase names; pronouns are resolved before."""
    token = s.tokens[head]
    bare = clean(quote)
    known = known_as(names, bare)
    if known is not None:
        return known
    holder = named_holder(s, head)
    if holder is not None:
        return actor_of(names, s, holder, entity_text(s, holder) or s.tokens[holder].form)
    named = next((k for k in tree.kids(s, head, "appos") if s.tokens[k].upos == "PROPN"), None)
    if named is not None and s.tokens[min(tree.subtree(s, named))].lower in tree.FOCUS:
        named = None  # "all countries, particularly the major Powers"
    if (is_common(token) or token.ent == "NORP" or token.lower == "one") and named is not None:
        return actor_of(names, s, named, words_of(s, min(tree.subtree(s, named)), named))
    special = government(names, s, head) or representative(s, head, bare)
    if special is not None:
        return special
    return actor_by_text(names, s, head, bare) if token.upos != "ADJ" else nationality(token.lower, bare)


def named_holder(s: Sentence, head: int) -> int | None:
    """Return the name that follows an office and what the office is of: "Ambassador to the United Nations Lise Moreau".

    The parser hangs such a name under the last word before it.
    """
    if s.tokens[head].upos != "PROPN" or noun_class().get(s.tokens[head].lemma.lower()) not in {"office", "person"}:
        return None
    for prep in tree.kids(s, head, "prep"):
        last = tree.child(s, prep, "pobj")
        if last is None or s.tokens[last].ent != "PERSON" or s.tokens[last - 1].ent != "PERSON":
            continue
        before = [k for k in tree.subtree(s, last) if k < last and s.tokens[k].ent not in {"PERSON", ""}]
        if before and s.tokens[last + 1 : last + 2] and not tree.kids(s, last, "conj"):
            return last
    return None


def known_as(names: Names, name: str) -> Actor | None:
    """Return the actor a table knows by a name or the text has defined: "Bluefin Ltd (the "Supplier")"; else None."""
    return in_table(names, name) or (defined(names, name) if name in names.short else None)


def in_table(names: Names, name: str) -> Actor | None:
    """Return the actor a table knows by a name, if it can be the one the text means; else None."""
    known = gazetteer.find(name)
    return known if known is not None and is_meant(names, known) else None


def defined(names: Names, short: str) -> Actor:
    """Return the actor a text has given a short name."""
    long = names.short[short]
    known = in_table(names, long)
    if known is not None:
        return known
    kind = "person" if is_person(names, "", long) else "organisation"
    return Actor(gazetteer.slug(long) or "unnamed", long, kind, scope_of(long), aliases=(short,))


def actor_by_text(names: Names, s: Sentence, head: int, bare: str) -> Actor:
    """Return the actor of a name that no table knows."""
    token = s.tokens[head]
    if is_person(names, token.ent, entity_text(s, head) or bare) or (
        token.upos == "PROPN" and bare.split()[-1:] and person_parts(bare)[-1] in names.people
    ):
        parts = person_parts(entity_text(s, head) or bare)
        full = names.people.get(" ".join(parts)) or names.people.get(parts[-1]) or " ".join(parts)
        return Actor(gazetteer.slug(full) or "unnamed", full, "person", scope_of(full))
    if token.upos == "PROPN" or token.ent in {"ORG", "GPE"}:
        kind = kind_of(s, head, proper=True)
        unit_of = state_in(bare) if kind in {"ministry", "office"} else None
        return Actor(gazetteer.slug(bare) or "unnamed", bare, kind, scope_of(bare), unit_of=unit_of)
    if token.lemma in COUNTRIES and token.tag == "NNS" and len(bare.split()) == 1:
        return Actor("countries", "countries", "group", "document")
    same = names.called.get(bare.lower()) or (
        [*names.described.get(token.lemma, []), *names.called.get(token.lemma, [])] if definite(s, head) else []
    )
    same = [full for name in same for full in names.called.get(name.lower(), [name])]
    same = list(dict.fromkeys(names.people.get(full, full) for full in same))
    if len(same) == 1 and token.tag == "NN" and is_definite(s, head):
        kind = "person" if is_person(names, "", same[0]) else kind_of(s, head, proper=True)
        full = names.people.get(same[0], same[0]) if kind == "person" else same[0]
        return actor_by_name(full, kind)
    return Actor(gazetteer.slug(bare) or "unnamed", bare, kind_of(s, head), "document")


def is_person(names: Names, here: str, name: str) -> bool:
    """Say whether a name is a person's, by what most of its mentions were taken for."""
    votes = names.types.get(name)
    return (votes.most_common(1)[0][0] if votes else here) == "PERSON"


def is_definite(s: Sentence, head: int) -> bool:
    """Say whether a phrase has a definite article."""
    return any(s.tokens[k].lower in {"the", "this", "that"} for k in s.children[head])


def actor_by_name(name: str, kind: str) -> Actor:
    """Return the actor of a full proper name."""
    if name.islower():
        return Actor(gazetteer.slug(name), name, kind, "document")
    return gazetteer.find(name) or Actor(gazetteer.slug(name), name, kind, scope_of(name))


def entity_text(s: Sentence, head: int) -> str | None:
    """Return the text of the entity a token stands in."""
    return next(
        (clean(words_of(s, lo, hi)) for lo, hi, _ in entities(s) if lo <= head <= hi),
        None,
    )


def definite(s: Sentence, head: int) -> bool:
    """Say whether a phrase is "the X" or "this X" with nothing else that tells which."""
    kids = [s.tokens[k] for k in s.children[head]]
    return any(t.lower in {"the", "this", "that"} for t in kids) and not any(
        t.dep in {"amod", "compound", "prep", "poss", "nmod"} for t in kids
    )


def nationality(lower: str, bare: str) -> Actor:
    """Return the people of an adjective of nationality ("the Dutch")."""
    state = gazetteer.by_demonym().get(lower)
    return Actor(gazetteer.slug(bare) or "unnamed", bare, "group", "document", unit_of=state.id if state else None)


def government(names: Names, s: Sentence, head: int) -> Actor | None:
    """Return the government of a named state: "the government of X", "X's government", "the Dutch government"."""
    if s.tokens[head].lemma not in GOVERNMENT and s.tokens[head].lower not in GOVERNMENT:
        return None
    state = related_state(s, head) or (names.governed if definite(s, head) else None)
    if state is None:
        return None
    name = f"Government of {state.name}"
    return Actor(gazetteer.slug(name), name, "government", "global", unit_of=state.id)


def related_state(s: Sentence, head: int) -> Actor | None:
    """Return the state a noun is tied to by "of", possessive, compound or adjective."""
    for k in (tree.possessor(s, head), tree.prepositional(s, head, frozenset({"of", "from", "for"}))):
        if k is not None:
            state = gazetteer.find(phrase_text(s, k))
            if state is not None:
                return state
    for k in tree.kids(s, head, "compound", "amod", "nmod"):
        text = phrase_text(s, k)
        state = gazetteer.find(text) or gazetteer.by_demonym().get(text.lower())
        if state is not None:
            return state
    return None


def phrase_text(s: Sentence, k: int) -> str:
    """Return a short noun phrase as text, without article."""
    members = [m for m in tree.subtree(s, k, tree.OUTSIDE_NAME | {"case", "det"}) if s.tokens[m].upos != "PART"]
    return clean(" ".join(s.tokens[m].form for m in members))


def representative(s: Sentence, head: int, bare: str) -> Actor | None:
    """Return the officials of a state as actors that speak for it: "U.S. representatives"."""
    if s.tokens[head].lemma not in SPOKEN_FOR:
        return None
    state = related_state(s, head)
    if state is None:
        return None
    noun = s.tokens[head].lower
    return Actor(
        gazetteer.slug(f"{state.name} {noun}"),
        f"{state.name} {noun}",
        "group" if s.tokens[head].tag == "NNS" else "office",
        "global",
        unit_of=state.id,
        speaks_for=state.id,
        aliases=(bare,) if bare != f"{state.name} {noun}" else (),
    )


def kind_of(s: Sentence, head: int, proper: bool = False) -> str:
    """Return the kind of an actor by its head noun and entity type."""
    token = s.tokens[head]
    kind = noun_class().get(token.lemma)
    if token.lemma in {"ministry", "department"}:
        return "ministry"
    if kind == "office" and token.tag != "NNS":
        return "office"
    if token.ent == "PERSON":
        return "person"
    if kind in {"organisation", "place"} or proper:
        return "organisation"
    return "person" if kind == "person" and token.tag in {"NN", "NNP"} else "group"


def with_aliases(actor: Actor, quotes: Iterable[str]) -> Actor:
    """Return the actor with the names it was mentioned by, sorted."""
    seen = {*actor.aliases, *(clean(q) for q in quotes)} - {actor.name, ""}
    seen = {name for name in seen if name.lower() not in PRONOUNS}
    return replace(actor, aliases=tuple(sorted(a for a in seen if a[:1].isupper())))
