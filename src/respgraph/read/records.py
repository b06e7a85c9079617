"""Corpora of rows - JSON lines, CSV, Parquet - -> documents: one column is the text, others are about it.

The text column is the one the user named, else ``text``. What the other columns mean is told by their names
alone; a name that is not listed here is left alone. A document is named by its file and its id, or its row number
where the rows have no ids.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TextIO

from respgraph.errors import ReadError
from respgraph.model import Document
from respgraph.read.dates import iso_date
from respgraph.read.decode import refuse_binary
from respgraph.read.limits import LARGEST, refuse_many_lines
from respgraph.read.text import read_text

TEXT_COLUMN: Final = "text"
COLUMNS: Final = {
    "id": ("id", "doc_id", "document_id", "uuid", "guid"),
    "title": ("title", "headline"),
    "authors": ("author", "authors", "byline", "creator"),
    "date": ("date", "published", "date_published", "publication_date", "published_at", "datetime", "timestamp"),
    "site": ("site", "sitename", "site_name", "publisher", "source_name"),
    "url": ("url", "link", "source_url", "uri"),
    "language": ("language", "lang"),
}
ALL: Final = (1, 0)
LIFE: Final = 20_000  # records passed over between two signs of life
MOST_NAMED: Final = 12  # columns listed in a message
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # no part of a title or a name
LONGEST_VALUE: Final = 2_000  # characters of a title or another value beside the text


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a corpus is the text, and which others say something about it."""

    text: str
    about: tuple[tuple[str, str], ...]


def choose_columns(names: list[str], wanted: str | None, source: str, number: int | None = None) -> Columns:
    """Return the columns to read.

    Args:
        names: Those there are.
        wanted: The text's, if the user named it.
        source: What the corpus is called in messages.
        number: The row that has these columns, if others have others.

    Raises:
        ReadError: No column of the name wanted; the message lists those there are.
    """
    text = wanted or TEXT_COLUMN
    if text not in names:
        known = ", ".join(names[:MOST_NAMED]) + (", ..." if len(names) > MOST_NAMED else "")
        why = f"no column {text!r} (there are: {known}); name the text's with --text-column"
        raise ReadError(source, why, f"row {number}" if number else None)
    lower = {name.lower(): name for name in reversed(names)}
    about = [(key, lower[known]) for key, all_known in COLUMNS.items() for known in all_known if known in lower]
    first = {key: name for key, name in reversed(about) if name != text}
    return Columns(text, tuple(first.items()))


def row_document(row: Mapping[str, Any], columns: Columns, file: str, number: int, source: str) -> Document:
    """Return the document of a row.

    Args:
        row: Column -> value.
        columns: What they mean.
        file: What the corpus is called in names of documents.
        number: The number of the row, from 1.
        source: What the corpus is called in messages.

    Raises:
        ReadError: No text in the row, or something else than text.
    """
    where = f"row {number}"
    text = row.get(columns.text)
    if text is None or (isinstance(text, str) and not text.strip()):
        raise ReadError(source, f"no text in column {columns.text!r}", where)
    if not isinstance(text, str):
        raise ReadError(source, f"column {columns.text!r} holds {type(text).__name__}, not text", where)
    if len(text) > LARGEST:
        raise ReadError(source, f"{len(text):,} characters are too many for one text (at most {LARGEST:,})", where)
    refuse_binary(text, source, where)
    refuse_many_lines(text, source, where)
    about = {key: _words(row.get(column)) for key, column in columns.about}
    document = read_text(text, f"{file}#{about.get('id') or number}")
    return replace(
        document,
        title=about.get("title") or document.title,
        date=iso_date(about.get("date")) or document.date,
        authors=tuple(filter(None, [about.get("authors")])),
        site=about.get("site"),
        url=about.get("url"),
        language=language_code(about.get("language")),
    )


def language_code(value: str | None) -> str | None:
    """Return the two letters of a language tag, or None.

    >>> language_code("en-GB"), language_code("DE"), language_code("English"), language_code("")
    ('en', 'de', None, None)
    """
    code = (value or "").strip().lower().replace("_", "-").partition("-")[0]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def json_rows(
    lines: Iterator[bytes], source: str, rows: tuple[int, int] = ALL
) -> Iterator[tuple[int, Mapping[str, Any] | ReadError | None]]:
    """Yield number and object of each line that is not blank, or what is wrong with it.

    Args:
        lines: Whole lines.
        source: What the corpus is called in messages.
        rows: The numbers of the first line wanted and of the one after the last, 0 for all. None comes now and then
            while lines are passed over: a sign of life.
    """
    first, past = rows
    for number, line in enumerate(lines, 1):
        if number < first:
            if number % LIFE == 0:
                yield number, None
            continue
        if number == past:
            return
        where = f"line {number}"
        if len(line) > LARGEST:
            yield number, ReadError(source, f"more than {LARGEST:,} bytes in one line", where)
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except UnicodeDecodeError as error:
            yield number, ReadError(source, f"not valid UTF-8 (0x{line[error.start]:02X})", where)
        except (ValueError, RecursionError) as error:
            why = error.msg if isinstance(error, json.JSONDecodeError) else "too deep or too long a value"
            yield number, ReadError(source, f"not JSON: {why}", where)
        else:
            wrong = None if isinstance(row, dict) else ReadError(source, "not a JSON object", where)
            yield number, wrong or row


def csv_rows(
    file: TextIO, source: str, tabs: bool, rows: tuple[int, int] = ALL
) -> Iterator[tuple[int, Mapping[str, Any] | ReadError | None]]:
    """Yield number and columns of each row, from the one after the header on; ``rows`` is that of ``json_rows``."""
    first, past = rows
    csv.field_size_limit(LARGEST)
    reader = csv.DictReader(csv_lines(file), delimiter="\t" if tabs else ",", strict=True, restkey="")
    number = 1
    try:
        for number, row in enumerate(reader, 1):
            if number < first:
                if number % LIFE == 0:
                    yield number, None
                continue
            if number == past:
                return
            yield number, {key: value for key, value in row.items() if key is not None}
    except csv.Error as error:
        yield number, ReadError(source, f"not CSV: {error}", f"line {reader.line_num}")
    except UnicodeDecodeError as error:
        yield (
            number,
            ReadError(source, f"not valid {error.encoding.upper()}; give --encoding", f"line {reader.line_num}"),
        )


def csv_lines(file: TextIO) -> Iterator[str]:
    """Yield the lines of a file, an endless one in pieces."""
    while line := file.readline(LARGEST):
        yield line


def _words(value: Any) -> str | None:
    if isinstance(value, list | tuple):
        value = ", ".join(str(item) for item in value[:20])
    words = " ".join(CONTROLS.sub("\ufffd", str(value)).split())[:LONGEST_VALUE] if value is not None else ""
    return words or None
