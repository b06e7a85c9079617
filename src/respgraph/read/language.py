"""Which language a text is in, as far as that can be said; nothing is translated and nothing guessed.

English tells itself by its small words, so an English text - nearly every one - costs a count of words and loads
nothing. Only for others is py3langid asked: a model of 97 languages in a package of 5 MB, without pickle, offline, the
same answer each time. A text is called foreign only if both agree; a few lines, or a list of names, are not.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

SAMPLE: Final = 20_000  # characters that are looked at
FEWEST: Final = 20  # words below which nothing is said
FOREIGN: Final = 60  # words from which a text is left out for its language: below, a list of names looks like any
ENGLISH_SHARE: Final = 0.08
DOUBTFUL_SHARE: Final = 0.03
CERTAIN: Final = 0.99
WORD: Final = re.compile(r"[^\W\d_]+")
_SMALL: Final = (  # frequent in English and no words of other languages in Latin letters
    "the and that with from this which are not been were would will shall must should could their its they she his you "
    "our who what when there than these those have has because"
)
SMALL: Final = frozenset(_SMALL.split())
ENGLISH: Final = "en"
_NAMES: Final = (
    "ar Arabic bg Bulgarian bn Bengali cs Czech da Danish de German el Greek en English es Spanish et "
    "Estonian fa Persian fi Finnish fr French ga Irish he Hebrew hi Hindi hr Croatian hu Hungarian id "
    "Indonesian it Italian ja Japanese ko Korean lt Lithuanian lv Latvian ms Malay nl Dutch no Norwegian "
    "nb Norwegian nn Norwegian pl Polish pt Portuguese ro Romanian ru Russian sk Slovak sl Slovenian sq "
    "Albanian sr Serbian sv Swedish sw Swahili ta Tamil th Thai tl Tagalog tr Turkish uk Ukrainian ur "
    "Urdu vi Vietnamese zh Chinese"
).split()
NAMES: Final = dict(zip(_NAMES[::2], _NAMES[1::2], strict=True))


def detect_language(text: str) -> str | None:
    """Return the two-letter code of the language of a text, None where there is too little to tell.

    >>> detect_language("The council must repair the road before the winter. " * 3)
    'en'
    >>> detect_language("Der Rat muss die Straße sofort reparieren, sagte die Ministerin. " * 3)
    'de'
    """
    words = [match.group().lower() for match in islice(WORD.finditer(text[:SAMPLE]), 4000)]
    letters = sum(map(len, words))
    if len(words) < FEWEST and letters < FEWEST * 5:
        return None
    share = sum(word in SMALL for word in words) / max(len(words), 1)
    if share >= ENGLISH_SHARE:
        return ENGLISH
    code, certainty = _asked(" ".join(words))
    if code == ENGLISH:
        return ENGLISH
    return code if certainty >= CERTAIN and share < DOUBTFUL_SHARE else None


def is_foreign(text: str, code: str | None) -> bool:
    """Say whether a text is to be left out for its language: long enough to be sure, and not English.

    >>> is_foreign("Der Rat muss die Straße sofort reparieren. " * 20, "de"), is_foreign("Union des maires", "fr")
    (True, False)
    """
    if code in (None, ENGLISH):
        return False
    words = WORD.findall(text[:SAMPLE])
    return len(words) >= FOREIGN or sum(map(len, words)) >= FOREIGN * 10  # no spaces between the words of Chinese


def _asked(text: str) -> tuple[str, float]:
    """Return what py3langid says, and how sure it is (0 to 1)."""
    import math

    import py3langid

    (code, best), (_, second) = py3langid.rank(text)[:2]
    return str(code), 1 / (1 + math.exp(min(float(second) - float(best), 50)))


def language_name(code: str) -> str:
    """Return the English name of a language, or its code.

    >>> language_name("fr"), language_name("zu"), language_name("zxx")
    ('French', 'zu', 'no language')
    """
    return "no language" if code == "zxx" else NAMES.get(code, code)
