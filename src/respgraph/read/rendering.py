"""What a reader of a form with markup gives: a text in the manner of Markdown, and where each stretch of it came from.

HTML, PDF and DOCX are not laid out by readers of their own. Each is written down as a text with ``#`` headings, list
markers and pipe tables, and ``read_text`` lays that out as it lays out a Markdown file: one set of rules for
headings, labels, what introduces a list, captions. The text is canonical from then on; ``Place`` leads back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from respgraph.model import Document, Origin, Place, Span
from respgraph.read.dates import iso_date
from respgraph.read.text import read_text

LONGEST_VALUE: Final = 500  # characters of a title or an author
MOST_AUTHORS: Final = 20
MOST_COLUMNS: Final = 100

# start and end in the text, start and end in the file, whether both advance together (1 or 0)
Run = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text taken out of a file, with what the file says about it. All values fit into JSON."""

    text: str
    media_type: str = "text/plain"
    unit: str = "character"
    sha256: str = ""
    runs: Sequence[Run] = ()
    title: str | None = None
    authors: Sequence[str] = ()
    date: str | None = None
    language: str | None = None
    site: str | None = None
    url: str | None = None
    part: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the fields that say something."""
        return {key: value for key, value in asdict(self).items() if value}


@dataclass(slots=True)
class Writer:
    """Collects the text and its runs; ``number`` is the page or paragraph that is being written."""

    number: int = 0
    parts: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    length: int = 0

    def mark(self, text: str) -> None:
        """Add what is not in the file: a list marker, a bar, an empty line."""
        self.parts.append(text)
        self.length += len(text)

    def words(self, text: str) -> None:
        """Add words of the file, from the page or paragraph that is being written."""
        start = self.length
        self.mark(text)
        last = self.runs[-1] if self.runs else None
        if last and last[2] == last[3] == self.number:
            self.runs[-1] = (last[0], self.length, self.number, self.number, 0)
        elif text:
            self.runs.append((start, self.length, self.number, self.number, 0))

    def text(self) -> str:
        """Return what was written."""
        return "".join(self.parts)


def table_rows(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    r"""Return rows of equal length whose cells fit between bars: one line each, bars escaped.

    >>> table_rows([["a|b", "c\nd"], ["e"]])
    [['a\\|b', 'c d'], ['e', '']]
    """
    out = [[" ".join(cell.split()).replace("|", "\\|") for cell in row[:MOST_COLUMNS]] for row in rows]
    width = max(map(len, out), default=0)
    return [row + [""] * (width - len(row)) for row in out]


def to_document(rendered: Rendered, name: str) -> Document:
    """Return the document of a text taken out of a file; what the file says of itself goes before what we guess."""
    document = read_text(rendered.text, name)
    return replace(
        document,
        title=one_line(rendered.title) or document.title,
        date=iso_date(rendered.date) or document.date,
        authors=tuple(filter(None, map(one_line, rendered.authors[:MOST_AUTHORS]))),
        language=rendered.language,
        site=one_line(rendered.site),
        url=one_line(rendered.url),
        origin=_origin(rendered) if rendered.sha256 else None,
    )


def _origin(rendered: Rendered) -> Origin:
    places: list[Place] = []
    at, most = 0, len(rendered.text)
    for start, end, first, last, exact in rendered.runs:
        if at <= start < end <= most and 0 <= first <= last:
            places.append(Place(Span(start, end), first, last, bool(exact)))
            at = end
    return Origin(rendered.media_type, rendered.sha256, rendered.unit, tuple(places))


def one_line(value: str | None) -> str | None:
    """Return a value of metadata as one line, or None."""
    return " ".join((value or "").split())[:LONGEST_VALUE] or None
