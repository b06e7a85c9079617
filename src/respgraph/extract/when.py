"""When it was said: the phrase of time that modifies a word of saying, and no other date of its sentence.

"On Tuesday the council said the gate failed" dates the statement; "the council said the gate failed on Tuesday"
dates the failure, however the parser hangs the phrase. So only a phrase is taken that nothing else could claim:
no verb, no quotation mark and no "for", "of", "over" or "about" may stand between it and the word of saying.
"""

from __future__ import annotations

from collections.abc import Iterator

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.model import Span

FUTURE = frozenset({"will", "shall", "would", "should", "could", "may", "might", "must", "can", "'ll", "to"})
TAKERS = frozenset({"for", "of", "over", "about", "since", "until", "before", "after", "by", "from"})
MARKS = frozenset('"“”„«»‘‹›') | {"``", "''"}
TIMES = frozenset({"npadvmod", "advmod", "nmod", "tmod", "prep", "dobj", "pobj"})
FARTHEST = 12  # words between a phrase of time and the word of saying


def times_of(s: Sentence, v: int) -> Iterator[Span]:
    """Yield the phrases that may say when a word of saying was said, nearest the word first."""
    if s.tokens[v].upos not in {"VERB", "AUX"}:
        return
    for k in sorted(s.children[v], key=lambda c: abs(c - v)):
        t = s.tokens[k]
        if t.dep not in TIMES or (t.dep == "prep" and t.lower != "on"):
            continue
        below = tree.subtree(s, k)
        lo, hi = tree.run_around(s, k, below)
        between = s.tokens[v + 1 : lo] if lo > v else s.tokens[hi + 1 : v]
        if len(between) <= FARTHEST and not any(takes(token.lower, token.upos, token.form) for token in between):
            yield tree.span_between(s, lo, hi)


def takes(word: str, upos: str, form: str) -> bool:
    """Say whether a word between could take the phrase of time to itself."""
    return upos == "VERB" or word in TAKERS or form in MARKS


def has_happened(s: Sentence, v: int) -> bool:
    """Say whether a word of saying tells of something said: a past form, not "will say" or "says"."""
    if s.tokens[v].tag not in {"VBD", "VBN"}:
        return False
    return not any(s.tokens[k].lower in FUTURE for k in s.children[v] if k < v and s.tokens[k].dep in {"aux", "mark"})
