"""WARC -> a text per archived page: HTML, PDF or plain text that a server sent with status 200."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, Final

from respgraph.errors import ReadError
from respgraph.read.decode import decode_bytes
from respgraph.read.html import render_html
from respgraph.read.limits import LARGEST
from respgraph.read.records import ALL
from respgraph.read.rendering import Rendered

TYPES: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/plain": "text",
}
GOOD: Final = 200
LIFE: Final = 1_000  # pages passed over between two signs of life


def render_warc(file: BinaryIO, name: str, rows: tuple[int, int] = ALL) -> Iterator[Rendered | ReadError | None]:
    """Yield the text of each page, or why it cannot be read; pictures, scripts and error pages are passed over.

    ``rows`` is that of ``json_rows``, of records.

    Raises:
        ReadError: No archive, no page in it, or fastwarc is not installed.
    """
    pages = 0
    for number, kind, record in page_records(file, name):
        if number < rows[0]:
            pages += 1
            if pages % LIFE == 0:
                yield None
            continue
        if rows[1] and number >= rows[1]:
            return
        pages += 1
        address = record.headers.get("WARC-Target-URI") or None
        where = f"record {number}" + (f", {address}" if address else "")
        try:
            body = record.reader.read(LARGEST + 1)
            if len(body) > LARGEST:
                raise ReadError(name, f"more than {LARGEST:,} bytes are too many for one text")
            found = _render(kind, body, name, getattr(record, "http_charset", None), address)
            yield replace(found, url=address, part=address or str(number), date=found.date)
        except ReadError as error:
            yield ReadError(error.source, error.why, where)
        except (OSError, ValueError, EOFError) as error:
            yield ReadError(name, f"a damaged record: {' '.join(str(error).split())[:200]}", where)
    if not pages:
        raise ReadError(name, "no page in this WARC file (or a damaged one)")


def page_records(file: BinaryIO, name: str) -> Iterator[tuple[int, str, Any]]:
    """Yield number, form and record of each page in an archive; only until the next one can it be read.

    Raises:
        ReadError: fastwarc is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise ReadError(name, "WARC files need fastwarc: pip install 'respgraph[corpora]'") from error
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    for number, record in enumerate(ArchiveIterator(file, record_types=kinds, parse_http=True), 1):
        kind = _kind(record)
        if kind is not None:
            yield number, kind, record


def _kind(record: Any) -> str | None:
    """Return the form of a record's page, or None for what is no page."""
    http = record.http_headers
    if http is not None and http.status_code is not None and http.status_code != GOOD:
        return None
    held = (record.http_content_type or "") if http is not None else (record.headers.get("Content-Type") or "")
    return TYPES.get(held.partition(";")[0].strip().lower())


def _render(kind: str, body: bytes, name: str, charset: str | None, address: str | None) -> Rendered:
    if kind == "html":
        return render_html(body, name, charset, address)
    if kind == "pdf":
        from respgraph.read.pdf import render_pdf

        return render_pdf(body, name)
    return Rendered(decode_bytes(body, name, charset))
