"""Which forms of files are read, and how a file's form is told: by its first bytes, else by its suffix.

A suffix is a promise, the first bytes are a fact: a PDF named ``report.txt`` is read as a PDF, and a text named
``report.pdf`` is refused as no PDF. What only a suffix can tell (Markdown, JSON lines, CSV) is read as it is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final


@dataclass(frozen=True, slots=True)
class Form:
    """A form of files: ``many`` documents in one file or one; ``guarded`` forms are parsed in a child process."""

    name: str
    words: str
    suffixes: tuple[str, ...]
    many: bool = False
    guarded: bool = False


FORMS: Final = {
    form.name: form
    for form in (
        Form("text", "text or Markdown", (".txt", ".text", ".md", ".markdown")),
        Form("html", "an HTML file", (".html", ".htm", ".xhtml"), guarded=True),
        Form("pdf", "a PDF file", (".pdf",), guarded=True),
        Form("docx", "a DOCX file", (".docx",), guarded=True),
        Form("jsonl", "JSON lines", (".jsonl", ".ndjson"), many=True),
        Form("csv", "CSV", (".csv", ".tsv"), many=True),
        Form("parquet", "a Parquet file", (".parquet",), many=True, guarded=True),
        Form("warc", "a WARC file", (".warc",), many=True, guarded=True),
    )
}
BY_SUFFIX: Final = {suffix: form.name for form in FORMS.values() for suffix in form.suffixes}
GZIP: Final = ".gz"
IN_FOLDERS: Final = tuple(suffix for suffix, form in BY_SUFFIX.items() if form != "csv")
OURS: Final = ".failures.jsonl"  # reports of builds are no texts
HEAD: Final = 4096  # bytes that are enough to tell a form
BINARY: Final = ("pdf", "docx", "parquet")
HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)


def form_of_name(name: str) -> tuple[str | None, bool]:
    """Return the form a name's suffix promises, or None, and whether it is packed with gzip.

    >>> form_of_name("news/2024.jsonl.gz"), form_of_name("README")
    (('jsonl', True), (None, False))
    """
    path = PurePath(name)
    packed = path.suffix.lower() == GZIP
    return BY_SUFFIX.get(path.with_suffix("").suffix.lower() if packed else path.suffix.lower()), packed


def form_of_bytes(head: bytes) -> str | None:
    """Return the form that the first bytes of a file show, ``gzip`` for a packed one, or None.

    >>> form_of_bytes(b"%PDF-1.7"), form_of_bytes(b"<!DOCTYPE html><p>"), form_of_bytes(b"Dear all")
    ('pdf', 'html', None)
    """
    for signature, form in ((b"\x1f\x8b", "gzip"), (b"PK\x03\x04", "docx"), (b"PAR1", "parquet"), (b"WARC/", "warc")):
        if head.startswith(signature):
            return form
    if b"%PDF-" in head[:1024] and head.lstrip()[:1] == b"%":
        return "pdf"
    return "html" if HTML.match(head.removeprefix(b"\xef\xbb\xbf")) else None


def choose_form(name: str, head: bytes) -> str:
    """Return the form a file is read as.

    >>> choose_form("report.txt", b"%PDF-1.7"), choose_form("page.md", b"<html>"), choose_form("x", b"hello")
    ('pdf', 'text', 'text')
    """
    promised, _ = form_of_name(name)
    shown = form_of_bytes(head)
    if shown is not None and (promised is None or shown != "html"):
        return shown
    if promised is None and head.lstrip()[:2] in (b'{"', b"{ "):
        return "jsonl"  # of standard input and other things without a suffix
    return promised or "text"
