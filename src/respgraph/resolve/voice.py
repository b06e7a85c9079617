"""Whose voice a text is: who "I" and "we" are outside all quotations, where the text itself says so.

A heading ("Statement by Norrwater", "Testimony of Ada Lund", "Green Party Manifesto"), a speaker who gives a name
("My name is Ada Lund"), an office ("I am the director of Norrwater") or whom he stands for ("on behalf of the
Harbour Board", "we at Norrwater"). In an interview ("Interview with Ada Lund") whoever answers says "I", not who asks.
Two different answers are none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from respgraph.extract import tree
from respgraph.extract.attribution import Speech, speaker_at
from respgraph.resolve.names import clean, entities, entity_text, is_particular, person_parts, words_of
from respgraph.resolve.officers import OFFICES, body_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from respgraph.annotate import Annotated, Sentence

PAPERS: Final = frozenset(
    "statement testimony letter submission evidence response remarks speech address manifesto declaration release "
    "programme program platform petition position comments".split()
)
BY: Final = frozenset({"of", "by", "from"})
OPENING: Final = 4  # blocks from the top in which a heading may stand, sentences in which a speaker says a name
LONGEST_HEADING: Final = 25
WE: Final = frozenset({"we", "us", "our", "ours", "ourselves"})


@dataclass(frozen=True, slots=True)
class Voice:
    """The name of the person who says "I" and of the body that says "we" in a text; whether it is an interview."""

    person: str | None = None
    body: str | None = None
    is_interview: bool = False


def voice_of(annotated: Annotated, speeches: tuple[Speech, ...]) -> Voice:
    """Return whose voice a text is, each name only if there is but one."""
    own = [s for s in annotated.sentences if any(t.lower in WE | {"i", "my"} for t in s.tokens)]
    own = [s for s in own if is_outside(s, speeches)]
    if not own:
        return Voice()
    asked = {name for s in annotated.sentences if s.block < OPENING and (name := interviewed(s)) is not None}
    if len(asked) == 1:
        return Voice(person=asked.pop(), is_interview=True)
    persons: set[str] = set()
    bodies: set[str] = set()
    for s in annotated.sentences:
        if s.block < OPENING and len(s.tokens) <= LONGEST_HEADING and s not in own:
            person, body = of_heading(s)
            persons |= {person} if person else set()
            bodies |= {body} if body else set()
    for s in own:
        persons.update(introduced(s, s in annotated.sentences[:OPENING]))
        bodies.update(stands_for(s))
    return Voice(
        persons.pop() if len({person_parts(p)[-1].lower() for p in persons}) == 1 else None,
        bodies.pop() if len(bodies) == 1 else None,
    )


def interviewed(s: Sentence) -> str | None:
    """Return who is interviewed: "Interview with Ada Lund", "Ada Lund interviewed by", "we interview Lund"."""
    if len(s.tokens) > LONGEST_HEADING:
        return None
    persons = [(lo, hi) for lo, hi, kind in entities(s) if kind == "PERSON" and hi > lo]
    for t in s.tokens:
        after = s.tokens[t.i + 1].lower if t.i + 1 < len(s.tokens) else ""
        if t.lower == "interviewed" and after == "by":
            found = [p for p in persons if p[1] < t.i][:1]
        elif (t.lower == "interview" and after == "with") or t.lower == "interviews":
            found = [p for p in persons if p[0] > t.i][:1]
        else:
            continue
        if found:
            return " ".join(person_parts(clean(words_of(s, *found[0]))))
    return None


def is_outside(s: Sentence, speeches: tuple[Speech, ...]) -> bool:
    """Say whether the first person of a sentence stands in nobody's speech."""
    return any(t.lower in WE | {"i", "my"} and speaker_at(speeches, t.span) is None for t in s.tokens)


def of_heading(s: Sentence) -> tuple[str | None, str | None]:
    """Return the person or the body that a heading without a verb gives a paper to."""
    if any(t.tag in {"VBD", "VBZ", "VBP"} and t.dep == "ROOT" for t in s.tokens):
        return None, None
    paper = next((t.i for t in s.tokens if t.lower in PAPERS), None)
    if paper is None:
        return None, None
    after = s.tokens[paper + 1].lower if paper + 1 < len(s.tokens) else ""
    named = [e for e in entities(s) if (after in BY and e[0] in {paper + 2, paper + 3}) or e[1] == paper - 1]
    for lo, hi, kind in named[:1]:
        name = clean(words_of(s, lo, hi))
        if kind == "PERSON" and after in BY and len(name.split()) > 1:
            return " ".join(person_parts(name)), None
        if kind == "ORG" and is_particular(name) and name.split()[-1].lower() not in PAPERS:
            return None, name
    return None, None


def introduced(s: Sentence, opens: bool) -> Iterator[str]:
    """Yield the name a speaker gives: "My name is Ada Lund" or, where a text opens, "I'm Ada Lund"."""
    words = [t.lower for t in s.tokens]
    for lo, hi, kind in entities(s):
        before = words[max(0, lo - 3) : lo]
        mine = before[:2] == ["my", "name"] and s.tokens[lo - 1].lemma == "be"
        me = opens and before[-2:-1] == ["i"] and s.tokens[lo - 1].lemma == "be"
        if kind == "PERSON" and hi > lo and (mine or me):
            yield " ".join(person_parts(clean(words_of(s, lo, hi))))


def stands_for(s: Sentence) -> Iterator[str]:
    """Yield the bodies that a speaker stands for: "on behalf of", "I am the director of", "we at"."""
    for t in s.tokens:
        k = None
        if t.lower == "behalf" and t.dep == "pobj" and not any(s.tokens[c].lower == "his" for c in s.children[t.i]):
            k = tree.prepositional(s, t.i, frozenset({"of"}))
        elif t.lower == "we":
            k = tree.prepositional(s, t.i, frozenset({"at"}))
        elif t.lower == "i" and t.dep == "nsubj" and s.tokens[t.head].lemma == "be":
            office = tree.child(s, t.head, "attr")
            if office is not None and s.tokens[office].lemma.lower() in OFFICES:
                body = body_of(s, office)
                if body is not None:
                    yield body
        if k is not None and s.tokens[k].ent == "ORG" and (name := entity_text(s, k)) and is_particular(name):
            yield name
