"""What a speech is, the words that report one, and who its source is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import can_speak
from respgraph.extract.roles import Filler
from respgraph.model import Span

# Thought as talk: "I think", "you know" say nothing of their own.
MENTAL = frozenset(
    {
        "think",
        "know",
        "believe",
        "guess",
        "hope",
        "hop",
        "mean",
        "suppose",
        "feel",
        "imagine",
        "see",
        "understand",
        "find",
        "want",
        "hear",
        "learn",
        "wonder",
        "expect",
    }
)
NO_SOURCE = frozenset(["which", "that", "this", "there", "what", "it"])
# Verbs whose subject always speaks, be it a noun no list knows.
SPEAKERS_ONLY = frozenset(
    (
        "say tell add argue claim contend allege insist assert tweet write testify note warn complain "
        "declare remark reply retort explain"
    ).split()
)
# Things that speak by what is on them: "the results show", "the figures suggest".
SHOWING = frozenset(("show suggest indicate reveal find confirm conclude report state").split())


@dataclass(frozen=True, slots=True)
class Speech:
    """One attribution: who says it, the cue's words, the stretches said, and how it is said."""

    contents: tuple[Span, ...]
    source: Filler | None = None
    cue: Span | None = None
    cue_at: tuple[int, int] | None = None
    direct: bool = False
    first: bool = True


@cache
def reporting_verbs() -> dict[str, frozenset[str]]:
    """Return lemma -> kinds of the shipped list: clause, quote, thing, action, or "prep:about"."""
    out = {}
    text = (files("respgraph.extract") / "lexicon" / "reporting.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            lemma, kinds = line.split("\t")[:2]
            out[lemma] = frozenset(kinds.split(","))
    return out


@cache
def prepositions_of(lemma: str) -> frozenset[str]:
    """Return the prepositions that bring what a reporting verb is about: "complain about"."""
    return frozenset(kind[5:] for kind in reporting_verbs()[lemma] if kind.startswith("prep:"))


def aside(s: Sentence, v: int) -> bool:
    """Say whether a verb of thought reports nothing: "I think", "you know", "do not know"."""
    if s.tokens[v].lemma not in MENTAL:
        return False
    who = tree.own_subject(s, v)
    negated = any(s.tokens[k].dep == "neg" for k in s.children[v])
    return negated or (who is not None and s.tokens[who].lower in {"i", "we", "you", "one"})


def source_of(s: Sentence, v: int, n: int) -> Filler | None:
    """Return who speaks: the deep subject if it can, else the name the parser missed beside the verb."""
    who = tree.deep_subject(s, v)
    passive = tree.has_passive(s, v)
    if who is not None and s.tokens[who].lower == "it" and passive:
        return None
    if who is None or not speaks(s, who, v):
        who = (
            beside(s, v)
            if not passive and (who is None or s.tokens[who].upos not in {"NOUN", "PROPN", "PRON"})
            else None
        )
    if who is None:
        return None
    who = tree.real_name(s, who)
    return Filler(who, tree.name_span(s, who), sentence=n)


def speaks(s: Sentence, i: int, v: int) -> bool:
    """Say whether a phrase can be the source of this verb: an actor, a count of people, a text; a noun that says."""
    t = s.tokens[i]
    if can_speak(s, i):
        return True
    if t.lower in NO_SOURCE or t.upos in {"VERB", "AUX"}:
        return False
    if t.upos == "NUM":
        return True
    lemma = s.tokens[v].lemma
    return t.upos in {"NOUN", "PROPN"} and (lemma in SPEAKERS_ONLY or lemma in SHOWING)


def beside(s: Sentence, v: int) -> int | None:
    """Return the name or pronoun right before or after a verb that the parser gave no subject."""
    if s.tokens[v].lemma not in SPEAKERS_ONLY or s.tokens[v].tag in {"VB", "VBG"}:
        return None
    k = v - 1
    while k >= 0 and s.tokens[k].upos in {"ADV", "AUX"}:
        k -= 1
    if k >= 0 and (
        s.tokens[k].lower in {"he", "she", "they", "i", "we"}
        or (s.tokens[k].upos == "PROPN" and s.tokens[k].ent in {"PERSON", "ORG", "NORP"})
    ):
        return k
    for k in range(v + 1, min(len(s.tokens), v + 8)):
        t = s.tokens[k]
        if t.upos == "PROPN" and t.dep != "compound" and t.ent in {"PERSON", "ORG"}:
            return k
        if t.upos not in {"DET", "ADJ", "NOUN", "PROPN"}:
            return None
    return None


def cue_span(s: Sentence, v: int) -> Span:
    """Return the cue with its auxiliaries and particle: "has officially asserted"."""
    members = [v] + [
        k
        for k in s.children[v]
        if s.tokens[k].dep in {"aux", "auxpass", "neg", "prt"} or (s.tokens[k].dep == "advmod" and abs(k - v) == 1)
    ]
    lo, hi = tree.run_around(s, v, members)
    return tree.span_between(s, lo, hi)


def inside(span: Span, quotes: Iterable[Span]) -> bool:
    """Say whether a span stands in one of the quotations."""
    return any(q.covers(span) for q in quotes)
