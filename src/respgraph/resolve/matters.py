"""Phrase -> matter: a key for what is meant, so that the same thing said twice is one node.

The key is the sorted content lemmas of the phrase. A stand-in ("these individuals") takes the key of the
phrase it stands for, when the same sentence or the one before names a fitting plural.
"""

from __future__ import annotations

from respgraph.annotate import Annotated, Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import noun_class
from respgraph.extract.roles import Filler
from respgraph.model import Span

FUNCTION = frozenset({"DET", "ADP", "PART", "CCONJ", "SCONJ", "PUNCT", "AUX", "PRON", "SPACE", "SYM", "X"})
GENERIC = frozenset(
    ("individual person people man woman child one matter issue problem case situation incident event").split()
)
SAME = 0.5
POINTING = frozenset({"these", "those", "this", "that", "such"})


def matter_key(s: Sentence, span: Span) -> str:
    """Return the sorted content lemmas of the words of a span, joined by spaces; never empty."""
    words = [t for t in s.tokens if t.start >= span.start and t.end <= span.end]
    lemmas = {t.lemma for t in words if t.upos not in FUNCTION and t.dep != "neg"}
    return " ".join(sorted(lemmas)) or " ".join(t.lower for t in words) or "thing"


def stood_for(annotated: Annotated, n: int, filler: Filler) -> tuple[Sentence, Span] | None:
    """Return the phrase a generic noun with a pointing word stands for ("these individuals")."""
    s = annotated.sentences[n]
    if filler.kind != "noun" or filler.head >= len(s.tokens) or s.tokens[filler.head].lemma not in GENERIC:
        return None
    if not any(s.tokens[k].lower in POINTING for k in s.children[filler.head]):
        return None
    plural = s.tokens[filler.head].tag in {"NNS", "NNPS"}
    person = noun_class().get(s.tokens[filler.head].lemma) in {"person", "group"}
    for m in range(n, max(-1, n - 3), -1):
        before = annotated.sentences[m]
        limit = filler.head if m == n else len(before.tokens)
        for k in range(limit - 1, -1, -1):
            t = before.tokens[k]
            if t.upos != "NOUN" or (t.tag == "NNS") != plural or t.lemma in GENERIC:
                continue
            if (noun_class().get(t.lemma) in {"person", "group"}) == person:
                return before, tree.phrase_span(before, k, frozenset({"relcl", "appos"}))
    return None


def likeness(a: str, b: str) -> float:
    """Return how much two keys overlap, relative to the smaller (0 to 1).

    >>> likeness("migrant send", "center migrant send")
    1.0
    """
    x, y = set(a.split()), set(b.split())
    return len(x & y) / min(len(x), len(y)) if x and y else 0.0
