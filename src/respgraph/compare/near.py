"""Documents with nearly the same text: one agency report in two papers is one voice, not two.

Texts are sets of shingles of ``WORDS`` words. MinHash signatures in ``BANDS`` bands of ``ROWS`` find candidates (Broder
1997; banding as in Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section 3.4): two texts of Jaccard
0.8 meet with a probability over 0.9998, of 0.7 over 0.98. Each candidate is then compared whole. A document is held
against the first of its band, so a text that stands in a thousand papers costs a thousand comparisons, not a
million. The permutations are fixed: the same texts give the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final
from zlib import crc32

from respgraph.compare.claims import LINKS_GRAPH
from respgraph.rdf.iri import resp, split_literal
from respgraph.store import View

if TYPE_CHECKING:
    from numpy import ndarray

WORDS: Final = 4
BANDS: Final = 16
ROWS: Final = 4
ALIKE: Final = 0.7
SHORTEST: Final = 30  # words; below it a text is a headline, and headlines are alike by chance
_WORD: Final = re.compile(r"\w+")
_TEXT: Final = resp("text")
_TEXTS: Final = """SELECT ?doc ?name ?text WHERE { GRAPH ?doc {
    ?doc a resp:Document ; dcterms:identifier ?name ; resp:text ?text } }"""


def twins_of(view: View) -> dict[str, str]:
    """Return the near repeats of a graph: those derived when it was built, or found now where none were.

    Either way they are those of ``find_twins``; texts are not read again where the graph names them.
    """
    held = [name for name in view.graphs() if name.endswith("/" + LINKS_GRAPH)]
    if not held:
        return find_twins(view)
    near = resp("nearDuplicateOf")
    return {row.subject[1:-1]: row.object[1:-1] for name in held for row in view.rows(name) if row.predicate == near}


def find_twins(view: View, alike: float = ALIKE) -> dict[str, str]:
    """Return the IRI of each document that nearly repeats another, and that other's, the first by name and IRI.

    Args:
        view: The graph; only signatures are held, texts are read again where two may be alike.
        alike: The Jaccard similarity of their shingles from which two texts are nearly the same, 0 to 1.
    """
    signatures = {(name, document): bands for name, document, text in texts_of(view) if (bands := bands_of(text))}
    return pick_twins(signatures, lambda document: _text(view, document), alike)


def pick_twins(
    signatures: Mapping[tuple[str, str], Sequence[bytes]], text_of: Callable[[str], str], alike: float = ALIKE
) -> dict[str, str]:
    """Return the twins among documents that are known by name and IRI, by their bands (``bands_of``).

    Documents that share no band, also not by way of others, do not see each other: whoever has the documents of
    a bucket of bands with all that hang together with them finds the same as who has all.
    """
    first: dict[bytes, str] = {}
    twins: dict[str, str] = {}
    for (_, document), bands in sorted(signatures.items(), key=lambda item: item[0]):
        for other in dict.fromkeys(first[band] for band in bands if band in first):
            if jaccard(text_of(document), text_of(other)) >= alike:
                twins[document] = other
                break
        else:
            for band in bands:
                first.setdefault(band, document)
    return twins


def texts_of(view: View) -> Iterator[tuple[str, str, str]]:
    """Yield name, IRI and text of each document."""
    for row in view.query(_TEXTS):
        yield row["name"].value, row["doc"].value, row["text"].value


def bands_of(text: str) -> tuple[bytes, ...]:
    """Return the bands of a text's signature, each with its number first; none for a text of a few words."""
    signature = _signature(text)
    if signature is None:
        return ()
    return tuple(bytes([n]) + signature[n * ROWS : (n + 1) * ROWS].tobytes() for n in range(BANDS))


def shingles(text: str) -> frozenset[str]:
    """Return the runs of four words of a text, whatever their case and what stands between them."""
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[n : n + WORDS]) for n in range(len(words) - WORDS + 1))


def jaccard(a: str, b: str) -> float:
    """Return how much of the shingles of two texts both have, 0 to 1.

    >>> jaccard("the gate of the dam failed", "The gate of the dam failed!"), jaccard("a b c d", "e f g h")
    (1.0, 0.0)
    """
    x, y = shingles(a), shingles(b)
    return len(x & y) / len(x | y) if x or y else 0.0


def _signature(text: str) -> ndarray | None:
    """Return the smallest hash of a text's shingles under each permutation, none for a text of a few words."""
    import numpy as np

    held = shingles(text)
    if len(held) < SHORTEST:
        return None
    hashes = np.fromiter((crc32(s.encode("utf-8", "surrogatepass")) for s in sorted(held)), dtype=np.uint64)
    numbers = np.arange(1, BANDS * ROWS + 1, dtype=np.uint64)
    # odd multipliers modulo 2**64: a permutation each (multiply-shift, Dietzfelbinger et al. 1997)
    multipliers = numbers * np.uint64(0x9E3779B97F4A7C15) | np.uint64(1)
    return np.array([((hashes + n) * m).min() for n, m in zip(numbers, multipliers, strict=True)], dtype=np.uint64)


def _text(view: View, document: str) -> str:
    return next((split_literal(row.object)[0] for row in view.rows(document) if row.predicate == _TEXT), "")
