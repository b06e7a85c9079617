"""For whom a person of a text says "we": the body whose office the text gives that person, and no other.

"Turkish president Ada Lund", "Ada Lund, a spokeswoman for Norrwater", "Norrwater is owned by Ada Lund". Whoever once
held the office, or is only a member, speaks for nobody.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from respgraph.extract import tree
from respgraph.resolve import gazetteer
from respgraph.resolve.names import clean, entity_text, is_particular, words_of

if TYPE_CHECKING:
    from respgraph.annotate import Annotated, Sentence

OFFICES: Final = frozenset(
    "ambassador ceo chair chairman chairperson chairwoman chancellor chief co-owner delegate director "
    "envoy executive founder head leader manager minister owner premier president representative "
    "secretary-general spokesman spokesperson spokeswoman".split()
)
PAST: Final = frozenset(
    "ex ex- former late one-time erstwhile then outgoing deposed ousted would-be majority minority".split()
)
RUNNING: Final = frozenset("own co-own run lead head chair found co-found manage direct".split())
OF: Final = frozenset({"of", "for", "at"})


def officers(annotated: Annotated) -> dict[str, str]:
    """Return last name -> name of the one body that the text says its bearer is an officer of."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for s in annotated.sentences:
        for t in s.tokens:
            if t.ent == "PERSON" and t.upos == "PROPN" and t.dep != "compound":
                body = office_of(s, t.i) or run_by(s, t.i)
                if body is not None:
                    found[t.form].add(body)
    return {person: bodies.pop() for person, bodies in found.items() if len(bodies) == 1}


def office_of(s: Sentence, who: int) -> str | None:
    """Return the body that a person's title, apposition or predicate is an office of."""
    above = s.tokens[s.tokens[who].head]
    offices = [*tree.kids(s, who, "compound", "nmod", "appos")]
    if s.tokens[who].dep == "appos":
        offices.append(above.i)
    if s.tokens[who].dep == "nsubj" and above.lemma == "be":
        offices += tree.kids(s, above.i, "attr")
    for k in offices:
        if s.tokens[k].lemma.lower() not in OFFICES:
            continue
        titled = s.tokens[k].dep in {"compound", "nmod"}
        if titled and any(s.tokens[m].dep == "cc" for m in range(k, who)):
            continue  # "US President Lund and Turkish President Aksu"
        words = {s.tokens[c].lower for c in (*s.children[k], *(s.children[who] if titled else ()))}
        if words & PAST:
            continue
        body = body_of(s, k) or (titled_by(s, who, k) if titled else None)
        if body is not None:
            return body
    return None


def body_of(s: Sentence, office: int) -> str | None:
    """Return the body after "of", "for" or "at", before a possessive mark, or in the adjective of an office."""
    of_state = s.tokens[office].lemma.lower() == "minister"  # "the minister of Health": a portfolio, no body
    for prep in tree.kids(s, office, "prep"):
        k = tree.child(s, prep, "pobj")
        if s.tokens[prep].lower in OF and k is not None and (name := body_name(s, k, of_state)):
            return name
    owner = tree.child(s, office, "poss")
    if owner is not None and (name := body_name(s, owner, of_state)):
        return name
    for k in tree.kids(s, office, "amod", "compound", "nmod"):
        if name := body_name(s, k, of_state):
            return name
    return None


def titled_by(s: Sentence, who: int, office: int) -> str | None:
    """Return the body that stands with a title before a name: "Norrwater spokesman Paul Ostrey"."""
    of_state = s.tokens[office].lemma.lower() == "minister"
    for k in reversed(tree.kids(s, who, "compound", "amod", "nmod")):
        if k < office and (name := body_name(s, k, of_state)):
            return name
    return None


def body_name(s: Sentence, k: int, of_state: bool = False) -> str | None:
    """Return the name of the state, or particular body, that a token is the head or the adjective of."""
    t = s.tokens[k]
    name = clean(entity_text(s, k) or t.form)
    state = gazetteer.find(name) or gazetteer.by_demonym().get(name.lower())
    longer = [c for c in tree.kids(s, k, "compound") if s.tokens[c].upos == "PROPN" and not s.tokens[c].ent]
    if longer and t.upos == "PROPN" and not of_state:
        return clean(words_of(s, longer[0], k))  # "Environment Canada": the parser knows the state alone
    if state is not None and state.kind == "state" and t.upos in {"PROPN", "ADJ"}:
        return state.name
    name = name.partition(" (")[0]
    named = t.ent in {"ORG", "PRODUCT", "FAC", ""} and t.upos == "PROPN"  # a small firm is no ORG to the parser
    return name if named and not of_state and is_particular(name) else None


def run_by(s: Sentence, who: int) -> str | None:
    """Return the body a person is said to own, lead or run: "the bar is owned by Ada Lund", "Lund heads Norrwater"."""
    for v in verbs_above(s, who):
        t = s.tokens[v]
        if t.lemma not in RUNNING or t.upos != "VERB":
            continue
        by = tree.agent(s, v)
        body = None
        if by is not None and who in tree.conjuncts(s, by):
            body = tree.surface_subject(s, v)
        elif t.tag in {"VBZ", "VBP"} and tree.child(s, v, "nsubj") == who:
            body = tree.child(s, v, "dobj")
        if body is not None:
            return body_name(s, body) or named_before(s, body)
    return None


def verbs_above(s: Sentence, k: int) -> list[int]:
    """Return the next three tokens above one."""
    out = [s.tokens[k].head]
    while len(out) < 3:
        out.append(s.tokens[out[-1]].head)
    return out


def named_before(s: Sentence, noun: int) -> str | None:
    """Return the name that stands before a common noun: "The Pale Horse bar"."""
    words = [k for k in tree.kids(s, noun, "compound", "nmod") if s.tokens[k].upos == "PROPN" and k < noun]
    if not words or s.tokens[noun].tag != "NN":
        return None
    return clean(entity_text(s, words[-1]) or words_of(s, words[0], words[-1]))
