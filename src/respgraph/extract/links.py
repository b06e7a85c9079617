"""Draw the clause a causal phrase hangs on: the whole event that is explained, or that explains.

"X, leaving Y dead", "X because Y", "X to protest against Y": the other side of the link is a clause, and
where it begins and ends decides whether the claim is true to the text. Speaker clauses ("police said"),
leading adverbials, datelines and the linked phrase itself are no part of it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.model import Span

VERBAL = frozenset({"VERB", "AUX"})
EDGES = frozenset({"mark", "cc", "parataxis", "intj", "preconj"})
MAX_CLIMB = 8


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Return the classes of words that rules of cause and effect ask for, by name."""
    text = (files("respgraph.extract.lexicon") / "causes.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: frozenset(members.split()) for name, members in rows}


def words(name: str) -> frozenset[str]:
    """Return one class of words."""
    return word_classes()[name]


@cache
def saying() -> frozenset[str]:
    """Return the verbs whose clause tells what somebody said."""
    text = (files("respgraph.extract.lexicon") / "reporting.txt").read_text(encoding="utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split()[:1])


def main_verb(s: Sentence, i: int) -> int | None:
    """Return the verb of the clause an adjunct belongs to: through nouns and infinitives, below "said"."""
    k = i
    for _ in range(MAX_CLIMB):
        head = s.tokens[k].head
        if head == k:
            return None
        k = head
        if s.tokens[k].upos in VERBAL and s.tokens[k].dep not in {"aux", "auxpass", "amod", "pcomp"}:
            if s.tokens[k].dep == "xcomp" and tree.own_subject(s, k) is None:
                continue
            return below_saying(s, k, i)
    return None


def event_head(s: Sentence, i: int) -> int | None:
    """Return the event a phrase hangs on: "the clash over land" is one, "held a protest" a clause."""
    t = s.tokens[s.tokens[i].head]
    above = s.tokens[t.head]
    whole = t.dep == "pobj" and (above.lower == "on" or t.lemma == "protest") and s.tokens[above.head].upos in VERBAL
    carried = whole or t.dep in {"dobj", "attr", "ROOT"}
    if t.upos in {"NOUN", "PROPN"} and not carried:
        return t.i
    return main_verb(s, i)


def explained(s: Sentence, i: int) -> int | None:
    """Return what a causal preposition explains: "deaths due to" a noun, "it was due to" the subject."""
    t = s.tokens[s.tokens[i].head]
    if t.upos in {"NOUN", "PROPN"} and (
        t.dep in {"nsubj", "ROOT", "appos", "conj", "nsubjpass"} or t.lemma in words("harm")
    ):
        return t.i
    v = main_verb(s, i)
    if v is not None and s.tokens[v].lemma == "be" and tree.child(s, v, "attr") is None:
        predicate = tree.child(s, v, "acomp")
        subject = tree.surface_subject(s, v)
        if subject is not None and (predicate is None or predicate == i):
            return told_before(s, v) if s.tokens[subject].tag in {"WDT", "WP"} else subject
    return v


def told_before(s: Sentence, v: int) -> int | None:
    """Return the clause a "which" clause comments on: "the train was late, which was due to snow"."""
    for _ in range(MAX_CLIMB):
        if s.tokens[v].dep in {"relcl", "advcl"}:
            return main_verb(s, v)
        if s.tokens[v].dep not in {"ccomp", "xcomp"}:
            break
        v = s.tokens[v].head
    return None


def prior_clause(s: Sentence, i: int) -> int | None:
    """Return the clause an adverb of result looks back to: joined to its own, or parsed below it."""
    v = s.tokens[i].head
    if s.tokens[v].dep == "conj":
        head = s.tokens[s.tokens[v].head]
        return head.i if head.upos in VERBAL else None
    before = [
        c
        for c in tree.kids(s, v, "ccomp", "parataxis")
        if c < i and tree.own_subject(s, c) is not None and tree.child(s, c, "mark") is None
    ]
    return before[-1] if before else None


def whence(s: Sentence, i: int) -> int | None:
    """Return what "that is why" points to: the clause before "which", or the pronoun as it stands."""
    be = s.tokens[s.tokens[s.tokens[i].head].head]
    subject = tree.child(s, be.i, "nsubj")
    if be.lemma != "be" or subject is None or s.tokens[subject].lower not in {"which", "that", "this"}:
        return None
    return (
        main_verb(s, be.i) if s.tokens[subject].lower == "which" and be.dep in {"relcl", "advcl", "ccomp"} else subject
    )


def below_saying(s: Sentence, v: int, i: int) -> int:
    """Return what was said if an adjunct was hung on the verb of saying before it."""
    if s.tokens[v].lemma in saying():
        said = [
            c for c in tree.kids(s, v, "ccomp") if c != i and tree.own_subject(s, c) is not None and (c < i or i < v)
        ]
        if said:
            return said[0]
    return v


def clause_around(s: Sentence, v: int, linked: int) -> Span:
    """Return the clause of a verb without the branch that holds the linked phrase.

    Args:
        s: The sentence.
        v: The verb (or other head) of the clause.
        linked: A token of the phrase that is linked to the clause.
    """
    top = phrase_top(s, linked)
    outside = frozenset({top}) | frozenset(
        c
        for c in s.children[v]
        if s.tokens[c].dep in EDGES or (s.tokens[c].dep == "conj" and tree.own_subject(s, c) is not None)
    )
    members = tree.subtree(s, v, drop=outside)
    lo, hi = tree.run_around(s, v, members)
    subject = tree.child(s, v, "nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
    if subject is not None and subject < v:
        first = min(tree.subtree(s, subject, drop=outside))
        if s.tokens[v].dep == "relcl" and s.tokens[subject].tag in {"WDT", "WP"}:
            noun = s.tokens[v].head
            lo = min(tree.subtree(s, noun, frozenset({"relcl", "prep", "appos", "acl"})))
        else:
            lo = max(lo, first)
        lo = after_dateline(s, lo, subject)
    elif s.tokens[v].dep not in {"ROOT"}:
        lo = max(lo, min([v, *tree.kids(s, v, "neg", "auxpass")]))
    return tree.span_between(s, lo, hi)


def phrase_top(s: Sentence, linked: int) -> int:
    """Return the head of the linked phrase: the verb above its "because", "to" or "when", else the token."""
    t = s.tokens[linked]
    if t.lower == "why":
        return s.tokens[t.head].head
    return t.head if t.dep in {"mark", "advmod"} or t.tag == "TO" else linked


def after_dateline(s: Sentence, lo: int, subject: int) -> int:
    """Return where a clause begins after a heading or dateline that ran into it: "KABUL : Two men ..."."""
    for k in range(subject - 1, lo - 1, -1):
        if s.tokens[k].form in {":", "–", "—", "--"}:
            return k + 1
    return lo


def rest_of(s: Sentence, v: int, thing: int) -> Span:
    """Return object and what belongs to it by sense: "panic in the town", "a wave to flood the streets"."""
    lo, hi = min(tree.subtree(s, thing)), max(tree.subtree(s, thing, frozenset({"relcl", "appos"})))
    for k in tree.kids(s, thing, "relcl"):
        if any(s.tokens[c].tag == "TO" for c in s.children[k]) and min(tree.subtree(s, k)) == hi + 1:
            hi = max(tree.subtree(s, k))
    for k in s.children[v]:
        if (
            k > thing
            and s.tokens[k].dep in {"prep", "xcomp", "oprd", "acomp", "advcl"}
            and s.tokens[k].tag != "VBG"
            and min(tree.subtree(s, k)) == hi + 1
        ):
            hi = max(tree.subtree(s, k, frozenset({"relcl", "appos"})))
    return tree.span_between(s, lo, hi)


def happened(s: Sentence, v: int) -> bool:
    """Say whether a verb tells what happened or is going on, and no wish, rule or habit."""
    aux = [s.tokens[k] for k in tree.kids(s, v, "aux", "auxpass")]
    if any(t.tag == "MD" or t.tag == "TO" for t in aux):
        return False
    return (
        s.tokens[v].tag in {"VBD", "VBN"}
        or any(t.tag == "VBD" or t.lemma in {"have", "be"} for t in aux)
        or s.tokens[v].upos == "NOUN"
    )


def joins_clause(s: Sentence, i: int) -> bool:
    """Say whether a participle, or "which" and a verb, tells of its whole clause and no noun."""
    t = s.tokens[i]
    which = tree.child(s, i, "nsubj")
    if which is not None and s.tokens[which].lower == "which":
        # "... on Monday, which led to": no day does anything
        return t.dep == "advcl" or (t.dep == "relcl" and s.tokens[t.head].ent in {"DATE", "TIME"})
    if t.tag != "VBG" or any(
        s.tokens[k].dep in {"aux", "mark", "nsubj", "nsubjpass", "prep"} and k < i for k in s.children[i]
    ):
        return False
    before = s.tokens[i - 1] if i else t
    if before.dep == "advmod" and i > 1:
        before = s.tokens[i - 2]
    if t.dep == "advcl":
        return True
    return t.dep in {"acl", "conj", "xcomp", "ccomp", "dep", "amod"} and before.form in {
        ",",
        "–",
        "—",
        "--",
        ";",
    }
