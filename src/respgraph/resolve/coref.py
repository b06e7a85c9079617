"""Pronouns and other stand-ins -> the noun phrase they stand for, by rule.

First person goes to whoever speaks; he and she to the nearest person, they to the nearest group or
body, it to the nearest body or thing, subjects first (centering: Grosz, Joshi and Weinstein 1995; the
salience order of Lappin and Leass 1994). "Both countries" stands for the two states named last.
"""

from __future__ import annotations

from dataclasses import dataclass

from respgraph.annotate import Annotated, Sentence
from respgraph.extract.attribution import Speech
from respgraph.extract.bearers import can_bear, noun_class
from respgraph.resolve import gazetteer
from respgraph.resolve.names import entities

FIRST = frozenset("i me my mine myself we us our ours ourselves".split())
PERSON = frozenset("he him his himself she her hers herself".split())
PLURAL = frozenset("they them their theirs themselves".split())
THING = frozenset("it its itself".split())
FEMALE = frozenset("she her hers herself".split())
WINDOW = 4
SUBJECT = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Place:
    """A token in a document: sentence number and token index."""

    sentence: int
    i: int


def is_pronoun(s: Sentence, i: int) -> bool:
    """Say whether a token is a personal or possessive pronoun that stands for somebody."""
    return s.tokens[i].lower in FIRST | PERSON | PLURAL | THING


def antecedent(annotated: Annotated, place: Place, speech: Speech | None) -> Place | None:
    """Return where the noun phrase stands that a pronoun is for, or None if nobody can tell.

    Args:
        annotated: The document.
        place: The pronoun.
        speech: The quotation it stands in: its speaker is "I", and is not "he".
    """
    token = annotated.sentences[place.sentence].tokens[place.i]
    word = token.lower
    if word in FIRST:
        if speech is not None and speech.source is not None:
            return Place(speech.source.sentence, speech.source.head)
        return None
    want = "person" if word in PERSON else "plural" if word in PLURAL else "thing"
    speaker = Place(speech.source.sentence, speech.source.head) if speech and speech.direct and speech.source else None
    for back in range(WINDOW + 1):
        n = place.sentence - back
        if n < 0:
            break
        s = annotated.sentences[n]
        limit = place.i if back == 0 else len(s.tokens)
        found = [k for k in range(limit) if suits(s, k, want, word) and Place(n, k) != speaker]
        if back == 0:
            found = [k for k in found if not same_clause_object(s, place.i, k)]
        if found:
            return Place(n, max(found, key=lambda k: salience(s, k, back, place.i)))
    return None


def salience(s: Sentence, k: int, back: int, at: int) -> tuple[int, int, int]:
    """Return how likely a phrase is taken up: names and subjects first, then order of mention."""
    t = s.tokens[k]
    rank = 3 if t.dep in SUBJECT else 2 if t.dep in {"dobj", "agent", "pobj"} else 1
    if t.dep == "poss":
        rank = 1
    named = 1 if t.ent in {"PERSON", "ORG", "GPE"} else 0
    main = 1 if s.tokens[t.head].dep == "ROOT" else 0
    return (rank + main, named, -k if back else k)


def same_clause_object(s: Sentence, pronoun: int, k: int) -> bool:
    """Say whether a phrase and a pronoun are subject and object of one verb, so that they must differ."""
    p, t = s.tokens[pronoun], s.tokens[k]
    return p.head == t.head and p.dep in {"dobj", "dative"} and t.dep in SUBJECT


def suits(s: Sentence, k: int, want: str, word: str) -> bool:
    """Say whether a noun phrase can be what a pronoun of this kind stands for."""
    t = s.tokens[k]
    if t.upos not in {"NOUN", "PROPN"} or t.dep in {"compound", "amod", "nmod"}:
        return False
    kind = noun_class().get(t.lemma)
    if want == "person":
        if t.ent == "PERSON":
            return True
        return t.tag in {"NN", "NNP"} and (kind in {"person", "office"}) and t.ent not in {"ORG", "GPE", "DATE"}
    if want == "plural":
        if t.tag in {"NNS", "NNPS"}:
            return can_bear(s, k)
        return kind in {"group", "organisation"} or t.ent in {"ORG", "NORP"}
    if t.ent in {"ORG", "GPE"} or gazetteer.find(t.form) is not None:
        return True
    return t.tag in {"NN", "NNP"} and kind in {"organisation", "place", "group"} and t.ent != "PERSON"


def two_states(annotated: Annotated, place: Place) -> tuple[str, ...]:
    """Return the ids of the two states named last before a place, in order of mention ("both countries")."""
    seen: list[str] = []
    for n in range(place.sentence, -1, -1):
        s = annotated.sentences[n]
        for lo, hi, _ in reversed(entities(s)):
            if n == place.sentence and lo >= place.i:
                continue
            actor = gazetteer.find(" ".join(t.form for t in s.tokens[lo : hi + 1]))
            if actor is not None and actor.kind == "state" and actor.id not in seen:
                seen.append(actor.id)
            if len(seen) == 2:
                return tuple(reversed(seen))
    return ()
