"""How much two matters are about the same, 0 to 1, by their words weighed by how rare they are in the graph.

Words are compared by their stem (Snowball English) without function words. A word weighs ln((N + 1) / n), N being
the matters of the graph and n those that have it (inverse document frequency, Sparck Jones 1972). The score is the
weight of what both share, twice, by the weight of both (Dice), and is lowered in proportion where what they share
weighs less than ``FLOOR`` of the rarest possible word: so two frequent words make no match.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from math import log
from typing import Any, Final, Self

FLOOR: Final = 0.75
THRESHOLD: Final = 0.5
WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
FUNCTION: Final = frozenset(
    "a about above after again against all also am among an and any are as at be because been before being below "
    "between both but by can could did do does doing done down during each else etc ever every few for from further "
    "get got had has have having he her here hers herself him himself his how i if in into is it its itself just "
    "let like made make makes making may me might more most much must my no nor not now of off on once one only or "
    "other our ours out over own per same shall she should so some such than that the their theirs them themselves "
    "then there these they thing things this those through to too toward towards under until up upon us very was we "
    "were what when where which while who whom whose why will with within without would you your yours "
    "n't 's responsible responsibility blame fault accountable liable".split()
)


@cache
def _stemmer() -> Any:
    # not snowballstemmer.stemmer(), which takes whatever version of PyStemmer there is: same input, same bytes
    from snowballstemmer.english_stemmer import EnglishStemmer

    return EnglishStemmer()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a word in lower case.

    >>> stem("publishing") == stem("published")
    True
    """
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=100_000)
def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that carry meaning.

    >>> sorted(stems("the flooding of the tunnels"))
    ['flood', 'tunnel']
    """
    words = (w.lower().replace("’", "'").removesuffix("'s") for w in WORD.findall(text))
    return frozenset(stem(w) for w in words if w not in FUNCTION)


class Weights:
    """The weight of each word over the matters of a graph."""

    def __init__(self, matters: Iterable[str]) -> None:
        """Count in how many of the matters each word stands."""
        held = [stems(matter) for matter in matters]
        self.total = len(held)
        self.counts = Counter(word for words in held for word in words)
        self._weights: dict[frozenset[str], float] = {}

    @classmethod
    def of_counts(cls, total: int, counts: Mapping[str, int]) -> Self:
        """Return the weights of that many matters, so many of which have each word: counted elsewhere, in parts."""
        weights = cls(())
        weights.total, weights.counts = total, Counter(counts)
        return weights

    def weight(self, words: frozenset[str]) -> float:
        """Return the weight of some stems together."""
        known = self._weights.get(words)
        if known is None:
            known = sum(log((self.total + 1) / max(1, self.counts[word])) for word in sorted(words))
            self._weights[words] = known
        return known

    def score(self, a: str, b: str, without: frozenset[str] = frozenset()) -> float:
        """Return how much two matters are about the same, 0 to 1.

        Args:
            a: The words of one.
            b: The words of the other.
            without: Stems that do not count, such as the bearer's name, which both sides have anyhow.

        >>> weights = Weights(["the flooded tunnel", "flooding of the tunnel", "the late train", "a new train"])
        >>> weights.score("the flooded tunnel", "flooding of the tunnel"), weights.score("late train", "tunnel")
        (1.0, 0.0)
        """
        x, y = stems(a) - without, stems(b) - without
        shared = self.weight(x & y)
        if not shared:
            return 0.0
        dice = 2 * shared / (self.weight(x) + self.weight(y))
        return round(dice * min(1.0, shared / (FLOOR * log(self.total + 1))), 3)
