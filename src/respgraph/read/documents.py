"""Sources -> documents: what form a source has decides who reads it.

``read_documents`` is the one door: a file is one document or many, and what cannot be read comes as a
``ReadError`` among them, so that a run over a corpus goes on. Text, JSON lines and CSV are read here; forms with
a real parser, and packed files, are read in a child process (``child``).
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

from respgraph.errors import ReadError
from respgraph.model import Document
from respgraph.read.child import read_guarded
from respgraph.read.decode import decode_bytes
from respgraph.read.doubt import doubt_of
from respgraph.read.formats import FORMS, HEAD, choose_form
from respgraph.read.language import detect_language, is_foreign, language_name
from respgraph.read.limits import LARGEST, refuse_endless_lines, refuse_many_lines
from respgraph.read.ranges import Range
from respgraph.read.records import ALL, Columns, choose_columns, csv_rows, json_rows, row_document
from respgraph.read.rendering import Rendered, to_document
from respgraph.read.sources import NAMELESS, Source, refuse_strange
from respgraph.read.text import read_text

MEDIA_TYPES: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/markdown": "md",
    "text/plain": "txt",
    "text/csv": "csv",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/warc": "warc",
}
WHITE: Final = "\ufeff\u200b \t\r\n\f\v"


def read_documents(source: Source) -> Iterator[Document | ReadError]:
    """Yield the documents of a source, in its order; what of it cannot be read comes as the error it is.

    A source that cannot be opened, or is no corpus and cannot be read, gives just its error. The last error may
    be one that ended the reading of a corpus: what came before it stands.
    """
    try:
        for found in _documents(source):
            try:
                if isinstance(found, Document):
                    refuse_endless_lines(found, source.name)
                    found = _with_language(found, source)
                yield found
            except ReadError as error:
                yield error
    except ReadError as error:
        yield error
    except FileNotFoundError:
        yield ReadError(source.name, "no such file or folder")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield ReadError(source.name, f"cannot be read: {why}")


def _with_language(document: Document, source: Source) -> Document:
    """Return the document with its language, and with what is doubtful about it.

    Raises:
        ReadError: It is not English, and the source may not be foreign.
    """
    code = detect_language(document.text)
    doubt = doubt_of(document.text, code)
    if code is not None and is_foreign(document.text, code) and not source.foreign:
        where = None if document.name == source.document_name else document.name
        raise ReadError(
            source.name,
            doubt or f"in {language_name(code)}; respgraph reads English (--any-language reads it all the same)",
            where,
        )
    return replace(document, language=code or document.language, doubt=doubt)


def cut_records(source: Source, size: int) -> list[Range]:
    """Return ranges of about so many bytes of text into which a file of records may be cut; none where it may not.

    Neither is a file cut that is none, or has no text column: whoever reads it says so, once.
    """
    if source.path is None:
        return []
    found: list[Range] = []
    try:
        refuse_strange(source)
        for message in read_guarded(source, source.path.name, cut=size):
            if isinstance(message, ReadError):
                break
            found.append(Range(**{key: value for key, value in message.items() if key != "kind"}))
    except (ReadError, OSError, ValueError):
        return []
    if found:
        found[-1] = replace(found[-1], past=0)
    return found if len(found) > 1 else []


def read_source(source: Source) -> Document:
    """Return the one document of a source.

    Raises:
        ReadError: It cannot be read, or holds many documents.
    """
    if source.many:
        raise ReadError(source.name, "holds many documents, not one")
    found = list(read_documents(source))  # to its end: a child that is left in mid-answer is of no more use
    if len(found) > 1:
        raise ReadError(source.name, "holds many documents, not one")
    if not found:
        raise ReadError(source.name, "empty: nothing to read")
    if isinstance(found[0], ReadError):
        raise found[0]
    return found[0]


def read_path(path: str | Path, encoding: str | None = None, *, any_language: bool = False) -> Document:
    """Return the document in a file; its name is the path as given, or the file's name if that is absolute.

    Args:
        path: A file that holds one document: text, Markdown, HTML, PDF, DOCX, or one of these packed with gzip.
        encoding: The encoding of a text, if it is not UTF-8 (or UTF-16/32 with a byte order mark).
        any_language: Whether it may be in another language than English.

    Raises:
        ReadError: Missing, unreadable, larger than 50 MB, binary, empty, not in the encoding, or not in English.
    """
    if not str(path):
        raise ReadError("''", NAMELESS)
    return read_source(Source(str(path), Path(path), encoding=encoding, foreign=any_language))


def _documents(source: Source) -> Iterator[Document | ReadError]:
    if source.url is not None:
        from respgraph.read.fetch import fetch

        got = fetch(source.url)
        kind = MEDIA_TYPES.get(got.media_type)
        fetched = replace(source, url=got.url, shown=source.document_name, encoding=source.encoding or got.charset)
        for found in _read(fetched, io.BytesIO(got.data), len(got.data), f"page.{kind}" if kind else ""):
            yield replace(found, url=found.url or got.url) if isinstance(found, Document) else found
        return
    if source.path is None:
        data = sys.stdin.buffer.read(LARGEST + 1)
        yield from _read(source, io.BytesIO(data), len(data))
        return
    refuse_strange(source)
    if source.path.is_dir():
        raise ReadError(source.name, "this is a folder, not a file")
    with source.path.open("rb") as file:
        yield from _read(source, file, source.path.stat().st_size)


def _read(source: Source, file: BinaryIO, size: int, named: str = "") -> Iterator[Document | ReadError]:
    head = file.read(HEAD)
    file.seek(0)
    if not head:
        raise ReadError(source.name, "empty: nothing to read")
    name = source.path.name if source.path else named
    form = choose_form(name, head)
    many = (form in FORMS and FORMS[form].many) or form == "gzip"
    if not many and size > LARGEST:
        raise ReadError(source.name, f"{size:,} bytes are too many for one text (at most {LARGEST:,}); split it")
    if form == "gzip" or FORMS[form].guarded:
        yield from _guarded(source, name, None if source.path else file.read(LARGEST + 1))
    elif many:
        yield from _rows(source, file, form)
    else:
        yield _text(source, file.read(LARGEST + 1))


def _guarded(source: Source, name: str, data: bytes | None) -> Iterator[Document | ReadError]:
    """Yield what a child process finds: texts, or rows."""
    found = read_guarded(source, name, data)
    first = next(found, None)
    if first is None and source.rows is not None:
        return
    if first is None:
        raise ReadError(source.name, "empty: no document in it")
    found = chain([first], found)
    if isinstance(first, dict) and first["kind"] == "row":
        yield from _of_rows(((0, f) if isinstance(f, ReadError) else (f["number"], f["row"]) for f in found), source)
        return
    for message in found:
        if isinstance(message, ReadError):
            yield message
            continue
        rendered = Rendered(**{key: value for key, value in message.items() if key != "kind"})
        if not rendered.text.strip(WHITE):
            yield ReadError(source.name, "empty: only white space")
            continue
        part = f"#{rendered.part}" if rendered.part else ""
        yield to_document(rendered, source.document_name + part)


def _text(source: Source, data: bytes) -> Document:
    if len(data) > LARGEST:
        raise ReadError(source.name, f"more than {LARGEST:,} bytes are too many for one text; split it")
    text = decode_bytes(data, source.name, source.encoding)
    if not text.strip(WHITE):
        raise ReadError(source.name, "empty: only white space")
    refuse_many_lines(text, source.name)
    return read_text(text, source.document_name)


def _rows(source: Source, file: BinaryIO, form: str) -> Iterator[Document | ReadError]:
    """Yield a document per row of JSON lines or CSV."""
    if form == "csv":
        with io.TextIOWrapper(file, source.encoding or "utf-8-sig", newline="") as text:
            rows = csv_rows(text, source.name, ".tsv" in source.name.lower(), source.rows or ALL)
            yield from _of_rows(rows, source)
        return
    lines = iter(lambda: file.readline(LARGEST + 1), b"")
    yield from _of_rows(json_rows(lines, source.name, source.rows or ALL), source)


def _of_rows(
    rows: Iterator[tuple[int, Mapping[str, Any] | ReadError | None]], source: Source
) -> Iterator[Document | ReadError]:
    known: dict[tuple[str, ...], Columns] = {}
    begun = source.rows is not None and source.rows[0] > 1
    for number, row in rows:
        if row is None:
            continue
        if isinstance(row, ReadError):
            yield row
            continue
        try:
            names = tuple(row)
            if names not in known:
                known = {
                    names: choose_columns(list(names), source.column, source.name, number if known or begun else None)
                }
            yield row_document(row, known[names], source.document_name, number, source.name)
        except ReadError as error:
            if error.where is None:
                raise
            yield error
