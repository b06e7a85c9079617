"""Does a text look as if it was read in a wrong encoding? It is kept, and told: wrong letters give no claim, silently.

Cheap for what is plainly English. Only for a text that is not, charset-normalizer is asked how odd its letters stand
beside each other: English in a wrong two-byte encoding is, to a model of languages, perfect Chinese.
"""

from __future__ import annotations

import re
from typing import Final

from respgraph.read.decode import mess_of
from respgraph.read.language import ENGLISH

SAMPLE: Final = 20_000  # characters that are looked at
FEWEST: Final = 100  # visible ones below which nothing is said
LETTERS: Final = 0.5  # share of letters in what is visible; prose has nine tenths
RARE: Final = 500  # of so many visible characters one may be odd
MESS: Final = 0.2  # at which charset-normalizer drops a guess
# UTF-8 of typographic quotes, dashes and accented letters, read byte by byte as Windows-1252 or Latin-1.
TWICE: Final = re.compile("(?:[ÂÃ]|â[\u0080€])[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]")
LOST: Final = "\ufffd"


def doubt_of(text: str, language: str | None) -> str | None:
    """Return why a text may not be what was written, or None.

    Args:
        text: As it was decoded.
        language: What ``detect_language`` says of it.

    >>> doubt_of("The mayorâ€™s office said â€œnoâ€\u009d and the portâ€™s owner said yes. " * 4, "en")
    'looks like UTF-8 that was read in another encoding, here or before (such as “â€™”)'
    >>> doubt_of("The mayor's office said no. " * 9, "en")
    """
    sample = text[:SAMPLE]
    visible = sum(map(len, sample.split()))
    if visible < FEWEST:
        return None
    odd = TWICE.findall(sample)
    if len(odd) > max(2, visible / RARE):
        shown = next((f" (such as “{found}”)" for found in odd if found.isprintable()), "")
        return f"looks like UTF-8 that was read in another encoding, here or before{shown}"
    lost = sample.count(LOST)
    if lost > max(2, visible / RARE):
        return f"{lost:,} letters of it are lost (U+FFFD): it was decoded in a wrong encoding, here or before"
    if sum(map(str.isalpha, sample)) < LETTERS * visible:
        return "has more signs than letters: numbers, or text that was read in a wrong encoding"
    if language != ENGLISH and mess_of(sample) >= MESS:
        return "looks as if it was read in a wrong encoding; give --encoding"
    return None
