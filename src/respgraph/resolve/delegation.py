"""Whose "we" a speech is: the state that takes stands in a text written in the first person.

A delegate says "we" and "our country" and, now and then, "Malta welcomes": the state that welcomes, supports and
regrets in the speech is the one that speaks. States that are spoken of do other things. Counted on 29 speeches in the
general debate of the United Nations: 18 named, all rightly, 11 left open; in 173 other texts two, both such speeches.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from respgraph.extract import tree
from respgraph.extract.attribution import Speech, speaker_at
from respgraph.resolve import gazetteer
from respgraph.resolve.names import clean, entities, words_of

if TYPE_CHECKING:
    from respgraph.annotate import Annotated, Sentence
    from respgraph.model import Actor

STANDS: Final = frozenset(
    "advocate align appreciate associate attach believe call commend commit condemn congratulate deplore emphasise "
    "emphasize encourage endorse express hope join note pledge reaffirm recognize reiterate remain share stand stress "
    "subscribe support thank urge welcome wish".split()
)
OURS: Final = frozenset({"my", "our"})
COUNTRY: Final = frozenset({"country", "nation", "homeland"})
WE: Final = frozenset({"we", "us", "our", "ours"})
SENTENCES: Final = 3  # in the first person, outside quotations
STRONG: Final = 3  # "my country, Malta" counts as much as three stands
LEAST: Final = 2
BEHALF: Final = 12  # words from "on behalf of" to the name: "of the people and the Government of the Republic of"


def delegation_of(annotated: Annotated, speeches: tuple[Speech, ...]) -> Actor | None:
    """Return the state whose delegate speaks, if one state alone takes stands in a text of "we" and "our"."""
    own = 0
    score: Counter[Actor] = Counter()
    for s in annotated.sentences:
        own += any(t.lower in WE and speaker_at(speeches, t.span) is None for t in s.tokens)
        for lo, hi in names_in(s):
            state = gazetteer.find(clean(words_of(s, lo, hi)))
            if state is not None and state.kind == "state" and speaker_at(speeches, s.tokens[hi].span) is None:
                score[state] += takes_stand(s, hi) + STRONG * is_own(s, lo, hi)
    named = [(state, n) for state, n in score.items() if n]
    if own < SENTENCES or len(named) != 1 or named[0][1] < LEAST:
        return None
    return named[0][0]


def names_in(s: Sentence) -> list[tuple[int, int]]:
    """Return the names of a sentence, first and last token; a lone name that the parser labelled nothing is one."""
    found = [(lo, hi) for lo, hi, _ in entities(s)]
    return found + [(t.i, t.i) for t in s.tokens if t.upos == "PROPN" and not t.ent and t.dep == "nsubj"]


def takes_stand(s: Sentence, k: int) -> bool:
    """Say whether a token is the subject of a stand: "Malta welcomes"."""
    return s.tokens[k].dep == "nsubj" and s.tokens[s.tokens[k].head].lemma in STANDS


def is_own(s: Sentence, lo: int, hi: int) -> bool:
    """Say whether a name follows on "my country" or "on behalf of", or goes on as "we": "Malta is small, and we"."""
    t = s.tokens[hi]
    joined = tree.kids(s, t.head, "conj") if t.dep == "nsubj" else []
    if any(s.tokens[k].lower == "we" for v in joined for k in tree.kids(s, v, "nsubj")):
        return True
    before = [t.lower for t in s.tokens[max(0, lo - BEHALF) : lo]]
    near = before[-4:]
    return "behalf" in before or any(a in OURS and b in COUNTRY for a, b in pairwise(near))
