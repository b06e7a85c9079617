"""Pronouns and other stand-ins -> the noun phrase they stand for, by rule.

First person goes to whoever speaks; he and she to the nearest person, they to the nearest group or
body, it to the nearest body or thing, subjects first (centering: Grosz, Joshi and Weinstein 1995; the
salience order of Lappin and Leass 1994). "Both countries" stands for the two states named last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from respgraph.annotate import Annotated, Sentence, Token
from respgraph.extract import tree
from respgraph.extract.attribution import Speech, speaker_at
from respgraph.extract.bearers import can_bear, noun_class
from respgraph.resolve import gazetteer
from respgraph.resolve.names import entities, words_of
from respgraph.resolve.persons import FEMALE, People, fits_gender, told_by

FIRST = frozenset(("i me my mine myself we us our ours ourselves").split())
PERSON = frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
TELL = frozenset({"tell", "inform", "remind", "warn", "advise", "instruct", "order"})
TELLING = frozenset(
    "say claim deny insist state assert argue maintain tell announce warn admit acknowledge believe think declare "
    "promise pledge vow add note stress confirm explain report suggest concede complain allege write hope fear".split()
)
DUTY = frozenset({"must", "should", "shall", "ought"})
THING = frozenset(["it", "its", "itself"])
NOMINATIVE = {
    other: word
    for word, forms in {
        "i": "me my mine myself",
        "we": "us our ours ourselves",
        "he": "him his himself",
        "she": "her hers herself",
        "it": "its itself",
        "they": "them their theirs themselves",
    }.items()
    for other in forms.split()
}
SECOND = frozenset({"you", "your", "yourself", "yourselves"})
WINDOW = 4
FAR = 200
HUMAN = frozenset({"person", "office", "group"})
SUBJECT = frozenset({"nsubj", "nsubjpass"})
WE = frozenset(["we", "us", "our", "ours", "ourselves"])
# Who is no antecedent: a predicate, a name given after another, somebody unnamed.
NO_TOPIC = frozenset({"compound", "amod", "nmod", "attr", "appos", "npadvmod", "oprd"})
NOBODY = People()
# Sources that are nobody in particular: "most say that we ..." leaves "we" open.
UNTOLD = frozenset({"those", "some", "most", "many", "few", "others", "several", "all", "none", "one", "people"})
BODY = frozenset({"body", "organisation", "organization", "institution", "forum", "entity"})
CALLED = frozenset({"Counsel", "Honor", "Honour", "Speaker", "President", "Chairman", "Chair", "Sir", "Madam"})
ANYBODY = frozenset({"any", "no", "every", "each", "another", "some"})


@dataclass(frozen=True, slots=True)
class Place:
    """A token in a document: sentence number and token index."""

    sentence: int
    i: int


def is_object_of(s: Sentence, i: int, speech: Speech) -> bool:
    """Say whether a pronoun is the one to whom a speech that is told in other words was said, or speaks with them."""
    if speech.cue_at is None:
        return False
    cue = speech.cue_at[1]
    to_us = any(s.tokens[k].lower in FIRST for k in tree.kids(s, cue, "dobj", "dative", "pobj"))
    doer = s.tokens[i].dep == "nsubj" and s.tokens[s.tokens[i].head].dep in {"xcomp", "ccomp"}
    wanted_of_us = doer and any(s.tokens[k].tag == "TO" for k in s.children[s.tokens[i].head])
    return to_us or wanted_of_us or s.tokens[i].head == cue


def is_pronoun(s: Sentence, i: int) -> bool:
    """Say whether a token is a personal or possessive pronoun that stands for somebody."""
    t = s.tokens[i]
    return t.lower in FIRST | SECOND | PERSON | PLURAL | THING and not (
        len(t.form) > 1 and t.form.isupper() and t.upos == "PROPN"
    )


def antecedent(
    annotated: Annotated, place: Place, speeches: Sequence[Speech], persons: People = NOBODY
) -> Place | None:
    """Return where the noun phrase or earlier pronoun stands that a pronoun is for, or None if nobody can tell.

    Args:
        annotated: The document.
        place: The pronoun.
        speeches: The quotations of the text: the speaker of the one it stands in is "I", and is not "he".
        persons: The persons of the text.
    """
    token = annotated.sentences[place.sentence].tokens[place.i]
    speech = speaker_at(speeches, token.span)
    word = token.lower
    if word in SECOND:
        return addressee(annotated, speech) or interlocutor(annotated, speech, speeches)
    if word in FIRST:
        role = as_whom(annotated.sentences[place.sentence], place.i)
        if role is not None:
            return Place(place.sentence, role)
        if speech is None or speech.source is None or is_anybody(annotated, speech):
            return None
        if not speech.direct and is_object_of(annotated.sentences[place.sentence], place.i, speech):
            return None  # "the president directed us to design it": we are somebody else
        return Place(speech.source.sentence, speech.source.head)
    told = who_is_told(annotated.sentences[place.sentence], place.i, persons)
    if told is not None:
        return Place(place.sentence, told)
    teller = who_tells(annotated.sentences[place.sentence], place.i, persons)
    if teller is not None and not (speech is not None and speech.direct):
        return Place(place.sentence, teller)
    want = wanted(word)
    owner = fronted_owner(annotated.sentences[place.sentence], place.i, want, persons)
    if owner is not None:
        return Place(place.sentence, owner)
    taken = of_other_gender(annotated, place, speeches, persons)
    found = nearest(annotated, place, speeches, want, persons, taken)
    if found is None and want == "person" and persons.names:
        return nearest(annotated, place, speeches, want, persons.unnamed(), taken)
    return mislabelled(annotated, place, persons) if found is None and want == "thing" else found


def is_anybody(annotated: Annotated, speech: Speech) -> bool:
    """Say whether the speaker is nobody in particular: "those who say that we must"."""
    source = speech.source
    return source is not None and annotated.sentences[source.sentence].tokens[source.head].lower in UNTOLD


def addressee(annotated: Annotated, speech: Speech | None) -> Place | None:
    """Return whom the speaker of a quotation talks to: "told the director: 'You ...'", "met him and said"."""
    if speech is None or not speech.direct or speech.cue_at is None:
        return None
    n, v = speech.cue_at
    s = annotated.sentences[n]
    for verb in (v, s.tokens[v].head) if s.tokens[v].dep == "conj" else (v,):
        heard = [k for k in tree.kids(s, verb, "dobj", "dative") if s.tokens[k].upos in {"NOUN", "PROPN"}]
        heard += [p for k in tree.kids(s, verb, "prep") if s.tokens[k].lower == "to" for p in tree.kids(s, k, "pobj")]
        human = [k for k in heard if s.tokens[k].ent == "PERSON" or noun_class().get(s.tokens[k].lemma) in HUMAN]
        if human:
            return Place(n, human[0])
    return None


def interlocutor(annotated: Annotated, speech: Speech | None, speeches: Sequence[Speech]) -> Place | None:
    """Return the other of the two who talk in an interview whose turns are labelled with their names."""
    if speech is None or not is_turn(speech) or speech.source is None:
        return None
    text = annotated.document.text
    me = speech.source.span.of(text)
    others = {sp.source.span.of(text): sp.source for sp in reversed(speeches) if is_turn(sp) and sp.source is not None}
    if len(others) != 2 or me not in others:
        return None
    other = next(source for name, source in others.items() if name != me)
    return Place(other.sentence, other.head)


def is_turn(speech: Speech) -> bool:
    """Say whether a speech is a labelled turn of a conversation: spoken, and without a word of saying."""
    return speech.direct and speech.cue is None


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
        if s.tokens[k].lower == "as" and k < i and noun is not None and is_plural(s.tokens[noun]):
            return noun
    return None


def fronted_owner(s: Sentence, i: int, want: str, persons: People) -> int | None:
    """Return whose it is that a clause sets out from: "Despite Peru's promise, it closed the port"."""
    verb = s.tokens[i].head
    for _ in range(3):
        if s.tokens[verb].upos in {"VERB", "AUX"}:
            break
        verb = s.tokens[verb].head
    subject = tree.own_subject(s, verb)
    if subject is None or (subject != i and s.tokens[i].dep in SUBJECT):
        return None
    for k in tree.kids(s, verb, "prep"):
        noun = tree.child(s, k, "pobj") if k < subject else None
        owner = tree.child(s, noun, "poss") if noun is not None else None
        if owner is not None and s.tokens[owner].upos == "PROPN" and suits(s, owner, want, s.tokens[i].lower, persons):
            return owner
    return None


def is_plural(token: Token) -> bool:
    """Say whether a noun is plural; "States" in capitals is often tagged as a singular name."""
    return token.tag in {"NNS", "NNPS"} or (token.tag == "NNP" and token.form.endswith("s"))


def who_is_told(s: Sentence, i: int, persons: People) -> int | None:
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


def mislabelled(annotated: Annotated, place: Place, persons: People) -> Place | None:
    """Return the name that the parser takes for a person's and "it" takes up: "We thank Nordic Light. It ..."."""
    for n in (place.sentence, place.sentence - 1):
        s = annotated.sentences[max(n, 0)]
        limit = place.i if n == place.sentence else len(s.tokens)
        for k in range(max(0, limit - FAR), limit):
            t = s.tokens[k]
            unsexed = not told_by(s, k) and t.form not in persons.women | persons.men
            if t.ent == "PERSON" and t.upos == "PROPN" and t.dep in {*SUBJECT, "dobj"} and unsexed:
                return Place(max(n, 0), k)
    return None


def who_tells(s: Sentence, i: int, persons: People) -> int | None:
    """Return the subject that tells of itself in its own clause: "Norrwater denied that it ...", "Ruiz said he ..."."""
    t = s.tokens[i]
    verb = s.tokens[t.head]
    if t.lower not in {"it", "they", "he", "she"} or t.dep not in SUBJECT or verb.dep != "ccomp":
        return None
    who = tree.surface_subject(s, verb.head)
    if who is None or who > i or s.tokens[verb.head].lemma not in TELLING:
        return None
    named = [k for k in tree.kids(s, who, "appos") if s.tokens[who].lower == "one" and s.tokens[k].upos == "PROPN"]
    who = named[0] if named else who  # "One of these clubs, the Red Star, said that it ..."
    name = s.tokens[who]
    if t.lower in PERSON:
        return who if name.tag == "NNP" and name.ent != "GPE" and fits_gender(s, who, t.lower, persons) else None
    if t.lower == "they" and name.tag in {"NNS", "NNPS"}:
        return who
    one = bool(named) or name.tag != "NNPS"
    return who if name.upos == "PROPN" and one and name.form not in persons.names else None


def is_topic(annotated: Annotated, place: Place, found: Place, persons: People = NOBODY) -> bool:
    """Say whether an antecedent is what its sentence is about, and close by: a subject, a person's name.

    Args:
        annotated: The document.
        place: The pronoun.
        found: Its antecedent.
        persons: The persons of the text.
    """
    s = annotated.sentences[place.sentence]
    t = annotated.sentences[found.sentence].tokens[found.i]
    want = wanted(s.tokens[place.i].lower)
    if found.sentence == place.sentence and fronted_owner(s, place.i, want, persons) == found.i:
        return True
    back = place.sentence - found.sentence
    named = want == "person" and t.ent == "PERSON"
    return back <= 1 and (t.dep in SUBJECT or named)


def rivals(annotated: Annotated, place: Place, found: Place, persons: People = NOBODY) -> list[Place]:
    """Return what else a pronoun may stand for, from the sentence of its antecedent on."""
    s = annotated.sentences[place.sentence]
    word = s.tokens[place.i].lower
    form = annotated.sentences[found.sentence].tokens[found.i].form
    out: list[Place] = []
    if found.sentence == place.sentence and fronted_owner(s, place.i, wanted(word), persons) == found.i:
        return out
    for n in range(found.sentence, place.sentence + 1):
        other = annotated.sentences[n]
        limit = place.i if n == place.sentence else len(other.tokens)
        apart = other_than(s, place.i) if n == place.sentence else frozenset()
        out += [
            Place(n, k)
            for k in range(max(0, limit - FAR), limit)
            if k not in apart and suits(other, k, wanted(word), word, persons) and other.tokens[k].form != form
        ]
    return out


def is_of_own(s: Sentence, i: int) -> bool:
    """Say whether what is done to somebody is done by somebody of his: "his critics blame him"."""
    subject = tree.own_subject(s, s.tokens[i].head)
    owner = tree.child(s, subject, "poss") if subject is not None else None
    if s.tokens[i].dep != "dobj" or owner is None or s.tokens[owner].lower not in PERSON:
        return False
    return (s.tokens[owner].lower in FEMALE) == (s.tokens[i].lower in FEMALE)


def nearest(
    annotated: Annotated,
    place: Place,
    speeches: Sequence[Speech],
    want: str,
    persons: People,
    taken: frozenset[str],
) -> Place | None:
    """Return the most salient phrase, or pronoun of the same kind, of the nearest sentence that has one to suit.

    Args:
        annotated: The document.
        place: The pronoun.
        speeches: The quotations of the text.
        want: What it stands for (``wanted``).
        persons: The persons of the text.
        taken: Names it cannot stand for.
    """
    token = annotated.sentences[place.sentence].tokens[place.i]
    speech = speaker_at(speeches, token.span)
    quoted = speech if speech is not None and speech.direct else None
    speaker = Place(quoted.source.sentence, quoted.source.head) if quoted is not None and quoted.source else None
    for back in range(WINDOW + 1):
        n = place.sentence - back
        if n < 0:
            break
        s = annotated.sentences[n]
        limit = place.i if back == 0 else len(s.tokens)
        found = [
            k
            for k in range(max(0, limit - FAR), limit)
            if Place(n, k) != speaker
            and s.tokens[k].form not in taken
            and (
                suits(s, k, want, token.lower, persons)
                or (follows(s, k, token.lower) and same_voice(k, s, speeches, quoted))
            )
        ]
        if back == 0:
            apart = other_than(s, place.i)
            found = [k for k in found if k not in apart]
        if found:
            many = [k for k in found if is_many(s, k)] if want == "plural" and back == 0 else []
            return Place(n, max(many or found, key=lambda k: salience(s, k, back)))
    return None


def of_other_gender(annotated: Annotated, place: Place, speeches: Sequence[Speech], persons: People) -> frozenset[str]:
    """Return the names that "she" stands for beside a "he", or "he" beside a "she": "She demanded that he resign"."""
    s = annotated.sentences[place.sentence]
    word = s.tokens[place.i].lower
    if word not in PERSON:
        return frozenset()
    others = [
        antecedent(annotated, Place(place.sentence, k), speeches, persons)
        for k in range(max(0, place.i - FAR), place.i)
        if s.tokens[k].lower in PERSON and (s.tokens[k].lower in FEMALE) != (word in FEMALE)
    ]
    return frozenset(annotated.sentences[p.sentence].tokens[p.i].form for p in others if p is not None)


def follows(s: Sentence, k: int, word: str) -> bool:
    """Say whether an earlier pronoun is taken up by a later one: "He resigned. He said ..."; not "it rains"."""
    t = s.tokens[k]
    if t.lower in PERSON and word in PERSON:
        return (t.lower in FEMALE) == (word in FEMALE)
    if t.dep not in {"nsubj", "poss"}:
        return False
    if t.lower in PLURAL and word in PLURAL:
        return True
    return t.lower in THING and word in THING and (t.dep == "poss" or s.tokens[t.head].upos == "VERB")


def same_voice(k: int, s: Sentence, speeches: Sequence[Speech], quoted: Speech | None) -> bool:
    """Say whether a token stands in the same quotation, or like the other in none."""
    speech = speaker_at(speeches, s.tokens[k].span)
    return (speech if speech is not None and speech.direct else None) == quoted


def salience(s: Sentence, k: int, back: int) -> tuple[int, int, int]:
    """Return how likely a phrase is taken up: names and subjects first, then order of mention."""
    t = s.tokens[k]
    rank = 3 if t.dep in SUBJECT else 2 if t.dep in {"dobj", "agent", "pobj"} else 1
    named = 1 if t.ent in {"PERSON", "ORG", "GPE"} or t.upos == "PRON" else 0
    main = 1 if s.tokens[t.head].dep == "ROOT" else 0
    return (rank + main, named, -k if back else k)


def is_many(s: Sentence, k: int) -> bool:
    """Say whether a phrase is plural in form; "they" goes to one body only where no plural stands beside it."""
    return s.tokens[k].tag in {"NNS", "NNPS"} or s.tokens[k].lower in PLURAL or tree.child(s, k, "conj") is not None


def other_than(s: Sentence, pronoun: int) -> frozenset[int]:
    """Return who a pronoun cannot stand for: the one who does to it what its verb says ("Ada told her")."""
    p = s.tokens[pronoun]
    if p.dep not in {"dobj", "dative"} or s.tokens[p.head].upos not in {"VERB", "AUX"}:
        return frozenset()
    who = tree.surface_subject(s, p.head)
    return frozenset(tree.conjuncts(s, who)) if who is not None else frozenset()


def suits(s: Sentence, k: int, want: str, word: str, persons: People = NOBODY) -> bool:
    """Say whether a noun phrase can be what a pronoun of this kind stands for."""
    t = s.tokens[k]
    if t.upos not in {"NOUN", "PROPN"} or t.dep in NO_TOPIC or within_name(s, k) or is_called(s, k):
        return False
    kind = noun_class().get(t.lemma)
    if want == "person":
        if not fits_gender(s, k, word, persons) or any(s.tokens[c].lower in ANYBODY for c in s.children[k]):
            return False
        if t.form in persons.names or (t.ent == "PERSON" and t.upos == "PROPN"):
            return t.form in persons.names or not persons.names
        return (
            t.lemma != "party"
            and t.tag in {"NN", "NNP"}
            and (kind in {"person", "office"})
            and t.ent not in {"ORG", "GPE", "DATE"}
        )
    if want == "plural":
        if (tree.child(s, k, "conj") is not None and t.ent == "PERSON") or is_family(s, k):
            return True
        if t.tag in {"NNS", "NNPS"}:
            return can_bear(s, k)
        return kind in {"group", "organisation"} or t.ent in {"ORG", "NORP"}
    if t.ent in {"ORG", "GPE"} or gazetteer.find(t.form) is not None:
        return True
    if t.lemma in {"world", "globe", "planet"}:
        return False
    if t.tag == "NNP" and not t.ent and t.dep in SUBJECT and t.form not in persons.names:
        return True
    return t.tag in {"NN", "NNP"} and kind in {"organisation", "place", "group"} and t.ent != "PERSON"


def is_family(s: Sentence, k: int) -> bool:
    """Say whether a name with an article is that of a family: "the Brandts"."""
    t = s.tokens[k]
    first = [c for c in s.children[k] if c < k]
    return t.ent == "PERSON" and t.form.endswith("s") and [s.tokens[c].lower for c in first] == ["the"]


def former_or_latter(annotated: Annotated, place: Place) -> Place | None:
    """Return which of the two named together last "the former" or "the latter" is, up to two sentences back."""
    word = annotated.sentences[place.sentence].tokens[place.i].lower
    if word not in {"former", "latter"}:
        return None
    for n in range(place.sentence, max(-1, place.sentence - 3), -1):
        s = annotated.sentences[n]
        limit = place.i if n == place.sentence else len(s.tokens)
        pairs = [
            two
            for k in range(limit)
            if s.tokens[k].dep != "conj" and len(two := tree.conjuncts(s, k)) == 2 and all(can_bear(s, m) for m in two)
        ]
        if pairs and pairs[-1][1] < limit:
            return Place(n, pairs[-1][0 if word == "former" else 1])
    return None


def named_body(annotated: Annotated, place: Place) -> Place | None:
    """Return the organisation named last before "this body", in its sentence or the one before."""
    s = annotated.sentences[place.sentence]
    if s.tokens[place.i].lemma not in BODY or not any(s.tokens[k].lower == "this" for k in s.children[place.i]):
        return None
    for n in (place.sentence, place.sentence - 1):
        other = annotated.sentences[max(n, 0)]
        limit = place.i if n == place.sentence else len(other.tokens)
        named = [k for k in range(limit) if other.tokens[k].ent == "ORG" and not within_name(other, k)]
        named = [k for k in named if other.tokens[k].upos == "PROPN" and other.tokens[k].dep != "compound"]
        if named:
            return Place(max(n, 0), named[-1])
    return None


def is_called(s: Sentence, k: int) -> bool:
    """Say whether somebody is only spoken to: "Counsel, he ...", "Your Honour, it ..."."""
    return s.tokens[k].form in CALLED and k + 1 < len(s.tokens) and s.tokens[k + 1].form in {",", "?", "!"}


def within_name(s: Sentence, k: int) -> bool:
    """Say whether a token is part of a longer name and not its head: the "Representatives" of a House."""
    t = s.tokens[k]
    lo, hi = sorted((k, t.head))
    return bool(t.ent) and t.head != k and all(s.tokens[j].ent == t.ent for j in range(lo, hi + 1))


def two_states(annotated: Annotated, place: Place) -> tuple[str, ...]:
    """Return the ids of the two states named last before a place, in order of mention ("both countries")."""
    seen: list[str] = []
    for n in range(place.sentence, -1, -1):
        s = annotated.sentences[n]
        for lo, hi, _ in reversed(entities(s)):
            if n == place.sentence and lo >= place.i:
                continue
            actor = gazetteer.find(words_of(s, lo, hi))
            if actor is not None and actor.kind == "state" and actor.id not in seen:
                seen.append(actor.id)
            if len(seen) == 2:
                return tuple(reversed(seen))
    return ()
