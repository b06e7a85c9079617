"""Pronouns and other stand-ins -> the noun phrase they stand for, by rule.

First person goes to whoever speaks; he and she to the nearest person, they to the nearest group or
body, it to the nearest body or thing, subjects first (centering: Grosz, Joshi and Weinstein 1995; the
salience order of Lappin and Leass 1994). "Both countries" stands for the two states named last.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from respgraph.annotate import Annotated, Sentence
from respgraph.extract import tree
from respgraph.extract.attribution import Speech
from respgraph.extract.bearers import can_bear, noun_class
from respgraph.resolve import gazetteer
from respgraph.resolve.names import entities

FIRST = frozenset(("i me my mine myself we us our ours ourselves").split())
PERSON = frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
TELL = frozenset({"tell", "inform", "remind", "warn", "advise", "instruct", "order"})
DUTY = frozenset({"must", "should", "shall", "ought"})
THING = frozenset(["it", "its", "itself"])
FEMALE = frozenset(["she", "her", "hers", "herself"])
WINDOW = 4
FAR = 200
SUBJECT = frozenset({"nsubj", "nsubjpass"})
WE = frozenset(["we", "us", "our", "ours", "ourselves"])
# Who is no antecedent: a predicate, a name given after another, somebody unnamed.
NO_TOPIC = frozenset({"compound", "amod", "nmod", "attr", "appos", "npadvmod", "oprd"})
ANYBODY = frozenset({"any", "no", "every", "each", "another", "some"})
WOMEN = frozenset(
    (
        "mrs ms miss queen princess lady dame baroness duchess empress mother daughter sister wife "
        "widow aunt niece grandmother girl woman actress businesswoman chairwoman spokeswoman "
        "congresswoman councilwoman policewoman housewife heroine girlfriend bride waitress alice "
        "amanda amy andrea angela anna anne barbara betty carol caroline catherine christine claire "
        "deborah diana donna dorothy elizabeth ellen emily emma evelyn fatima frances helen hillary "
        "jacqueline jane janet jennifer jessica joan joanna julia julie karen kate katherine kathleen "
        "kelly kimberly laura linda lisa lucy margaret maria marie marine martha mary melissa "
        "michelle mona nancy natalie nicola nicole nikki olga olivia pamela patricia rachel rebecca "
        "rose ruth samantha sandra sara sarah sharon sofia sonia sophia stephanie susan teresa "
        "theresa ursula valerie vanessa victoria virginia wendy yulia"
    ).split()
)
MEN = frozenset(
    (
        "mr king prince sir lord duke emperor baron father son brother husband widower uncle nephew "
        "grandfather boy man actor businessman chairman spokesman congressman councilman policeman "
        "hero boyfriend groom waiter adam ahmed alan albert alexander ali andrew anthony antonio "
        "arthur barack benjamin bernie bill boris brian bruce carl carlos charles chris christopher "
        "daniel david dennis donald douglas edward emmanuel eric francis frank fred gary george "
        "gerald gordon gregory harold henry howard ivan jack jacob james jason jeff jeffrey jeremy "
        "joe john jonathan jose joseph joshua juan justin keith kenneth kevin larry lawrence luis "
        "mahmoud mark martin matthew michael mike mitt mohamed mohammed muhammad nicholas nigel "
        "patrick paul pedro peter philip ralph ray raymond recep richard robert roger ronald ryan "
        "samuel scott sergei stephen steve steven ted terry thomas timothy tom tony vladimir walter "
        "wayne william"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Place:
    """A token in a document: sentence number and token index."""

    sentence: int
    i: int


def is_pronoun(s: Sentence, i: int) -> bool:
    """Say whether a token is a personal or possessive pronoun that stands for somebody."""
    t = s.tokens[i]
    return t.lower in FIRST | PERSON | PLURAL | THING and not (
        len(t.form) > 1 and t.form.isupper() and t.upos == "PROPN"
    )


def people(annotated: Annotated) -> frozenset[str]:
    """Return the last names of a text: words that the parser mostly takes for a person's."""
    persons: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for s in annotated.sentences:
        for t in s.tokens:
            if t.form[:1].isupper() and t.dep != "compound":
                (persons if t.ent == "PERSON" else others)[t.form] += 1
    return frozenset(w for w, n in persons.items() if n >= others[w])


def antecedent(
    annotated: Annotated, place: Place, speech: Speech | None, persons: frozenset[str] = frozenset()
) -> Place | None:
    """Return where the noun phrase stands that a pronoun is for, or None if nobody can tell.

    Args:
        annotated: The document.
        place: The pronoun.
        speech: The quotation it stands in: its speaker is "I", and is not "he".
        persons: The last names of the text.
    """
    token = annotated.sentences[place.sentence].tokens[place.i]
    word = token.lower
    if word in FIRST:
        role = as_whom(annotated.sentences[place.sentence], place.i)
        if role is not None:
            return Place(place.sentence, role)
        if speech is not None and speech.source is not None:
            return Place(speech.source.sentence, speech.source.head)
        return None
    told = who_is_told(annotated.sentences[place.sentence], place.i, persons)
    if told is not None:
        return Place(place.sentence, told)
    teller = who_tells(annotated.sentences[place.sentence], place.i, persons)
    if teller is not None:
        return Place(place.sentence, teller)
    want = wanted(word)
    speaker = Place(speech.source.sentence, speech.source.head) if speech and speech.direct and speech.source else None
    found = nearest(annotated, place, speaker, want, persons)
    return (
        nearest(annotated, place, speaker, want, frozenset())
        if found is None and want == "person" and persons
        else found
    )


def wanted(word: str) -> str:
    """Return what a third-person pronoun stands for: a person, a plural or a thing."""
    return "person" if word in PERSON else "plural" if word in PLURAL else "thing"


def as_whom(s: Sentence, i: int) -> int | None:
    """Return who "we" speak as: "as member states we should"."""
    t = s.tokens[i]
    if t.lower != "we" or t.dep not in SUBJECT:
        return None
    for k in tree.kids(s, t.head, "prep", "mark"):
        noun = tree.child(s, k, "pobj")
        if s.tokens[k].lower == "as" and k < i and noun is not None and s.tokens[noun].tag in {"NNS", "NNPS"}:
            return noun
    return None


def who_is_told(s: Sentence, i: int, persons: frozenset[str]) -> int | None:
    """Return the one told what to do: "the ministry told farmers that they must pay"."""
    t = s.tokens[i]
    verb = s.tokens[t.head]
    if t.dep not in SUBJECT or verb.dep != "ccomp" or s.tokens[verb.head].lemma not in TELL:
        return None
    if not any(s.tokens[k].lower in DUTY for k in tree.kids(s, t.head, "aux")):
        return None
    want = wanted(t.lower)
    heard = (k for k in tree.kids(s, verb.head, "dobj", "dative") if k < i and suits(s, k, want, t.lower, persons))
    return next(heard, None)


def who_tells(s: Sentence, i: int, persons: frozenset[str]) -> int | None:
    """Return the named subject that tells of "it" or "they" in its own clause: "Norrwater denied that it ..."."""
    t = s.tokens[i]
    verb = s.tokens[t.head]
    if t.lower not in {"it", "they"} or t.dep not in SUBJECT or verb.dep != "ccomp":
        return None
    who = tree.own_subject(s, verb.head)
    if who is None or s.tokens[who].upos != "PROPN" or s.tokens[who].form in persons or who > i:
        return None
    plural = s.tokens[who].tag == "NNPS"
    return who if t.lower == "they" or not plural else None


def is_firm(annotated: Annotated, place: Place, found: Place, persons: frozenset[str] = frozenset()) -> bool:
    """Say whether an antecedent is certain enough to accuse somebody: a subject, close by, and without a rival.

    Args:
        annotated: The document.
        place: The pronoun.
        found: Its antecedent.
        persons: The last names of the text.
    """
    s = annotated.sentences[found.sentence]
    if place.sentence - found.sentence > 1 or s.tokens[found.i].dep not in SUBJECT:
        return False
    word = annotated.sentences[place.sentence].tokens[place.i].lower
    want = wanted(word)
    limit = place.i if found.sentence == place.sentence else len(s.tokens)
    apart = other_than(s, place.i) if found.sentence == place.sentence else frozenset()
    rivals = [
        k
        for k in range(max(0, limit - FAR), limit)
        if k != found.i
        and k not in apart
        and suits(s, k, want, word, persons)
        and s.tokens[k].form != s.tokens[found.i].form
    ]
    return not rivals


def nearest(
    annotated: Annotated, place: Place, speaker: Place | None, want: str, persons: frozenset[str]
) -> Place | None:
    """Return the most salient phrase of the nearest sentence that has one to suit."""
    word = annotated.sentences[place.sentence].tokens[place.i].lower
    for back in range(WINDOW + 1):
        n = place.sentence - back
        if n < 0:
            break
        s = annotated.sentences[n]
        limit = place.i if back == 0 else len(s.tokens)
        found = [
            k for k in range(max(0, limit - FAR), limit) if suits(s, k, want, word, persons) and Place(n, k) != speaker
        ]
        if back == 0:
            apart = other_than(s, place.i)
            found = [k for k in found if k not in apart]
        if found:
            many = [k for k in found if is_many(s, k)] if want == "plural" and back == 0 else []
            return Place(n, max(many or found, key=lambda k: salience(s, k, back)))
    return None


def salience(s: Sentence, k: int, back: int) -> tuple[int, int, int]:
    """Return how likely a phrase is taken up: names and subjects first, then order of mention."""
    t = s.tokens[k]
    rank = 3 if t.dep in SUBJECT else 2 if t.dep in {"dobj", "agent", "pobj"} else 1
    named = 1 if t.ent in {"PERSON", "ORG", "GPE"} else 0
    main = 1 if s.tokens[t.head].dep == "ROOT" else 0
    return (rank + main, named, -k if back else k)


def is_many(s: Sentence, k: int) -> bool:
    """Say whether a phrase is plural in form; "they" goes to one body only where no plural stands beside it."""
    return s.tokens[k].tag in {"NNS", "NNPS"} or tree.child(s, k, "conj") is not None


def other_than(s: Sentence, pronoun: int) -> frozenset[int]:
    """Return who a pronoun cannot stand for: the one who does to it what its verb says ("Ada told her")."""
    p = s.tokens[pronoun]
    if p.dep not in {"dobj", "dative"} or s.tokens[p.head].upos not in {"VERB", "AUX"}:
        return frozenset()
    who = tree.surface_subject(s, p.head)
    return frozenset(tree.conjuncts(s, who)) if who is not None else frozenset()


def suits(s: Sentence, k: int, want: str, word: str, persons: frozenset[str] = frozenset()) -> bool:
    """Say whether a noun phrase can be what a pronoun of this kind stands for."""
    t = s.tokens[k]
    if t.upos not in {"NOUN", "PROPN"} or t.dep in NO_TOPIC:
        return False
    kind = noun_class().get(t.lemma)
    if want == "person":
        if not fits_gender(s, k, word) or any(s.tokens[c].lower in ANYBODY for c in s.children[k]):
            return False
        if t.form in persons or (t.ent == "PERSON" and t.upos == "PROPN"):
            return t.form in persons or not persons
        return (
            t.lemma != "party"
            and t.tag in {"NN", "NNP"}
            and (kind in {"person", "office"})
            and t.ent not in {"ORG", "GPE", "DATE"}
        )
    if want == "plural":
        if tree.child(s, k, "conj") is not None and t.ent == "PERSON":
            return True
        if t.tag in {"NNS", "NNPS"}:
            return can_bear(s, k)
        return kind in {"group", "organisation"} or t.ent in {"ORG", "NORP"}
    if t.ent in {"ORG", "GPE"} or gazetteer.find(t.form) is not None:
        return True
    if t.tag == "NNP" and not t.ent and t.dep in SUBJECT and t.form not in persons:
        return True
    return t.tag in {"NN", "NNP"} and kind in {"organisation", "place", "group"} and t.ent != "PERSON"


def fits_gender(s: Sentence, k: int, word: str) -> bool:
    """Say whether a title, kinship word or given name allows "he" or "she"; most words allow both."""
    words = {s.tokens[c].lower.rstrip(".") for c in (k, *s.children[k]) if c == k or s.tokens[c].dep == "compound"}
    female = word in FEMALE
    return not words & (MEN if female else WOMEN) or bool(words & (WOMEN if female else MEN))


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
