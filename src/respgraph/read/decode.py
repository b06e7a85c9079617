"""Bytes -> text, or a ReadError that says where and what to try.

UTF-8 is tried strictly, UTF-16 and UTF-32 where a byte order mark announces them. Nothing is guessed:
a wrongly guessed encoding gives wrong quotes, so the reader names the first bad byte and the encoding
that would probably work, and the user decides (``encoding=``).
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from respgraph.errors import ReadError

BOMS: Final = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
SIGNATURES: Final = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP, DOCX or ODT file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
)
CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CONTROL_SHARE: Final = 0.01


def decode_bytes(data: bytes, name: str, encoding: str | None = None) -> str:
    """Return the text of some bytes, without a byte order mark and otherwise unchanged.

    Args:
        data: The whole content of a file.
        name: What to call the source in messages.
        encoding: The encoding, if the user knows it; then nothing else is tried.

    Raises:
        ReadError: Binary content, or bytes that are not in the encoding; ``where`` is "byte N" (from 0).
    """
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise ReadError(name, f"this is {kind}, not text; convert it to text or Markdown first")
    encoding = encoding or next((known for mark, known in BOMS if data.startswith(mark)), None)
    if encoding is None and (nul := data.find(b"\0")) >= 0:
        raise ReadError(name, _about_nul(data), f"byte {nul}")
    text = _decode(data, name, encoding or "utf-8")
    refuse_controls(text, name)
    return text.removeprefix("\ufeff")


def refuse_binary(text: str, name: str, where: str) -> None:
    """Raise ReadError for a text in a record that the reader of text files would call binary."""
    if "\0" in text:
        raise ReadError(name, "a NUL character: this is binary, not text", where)
    try:
        refuse_controls(text, name)
    except ReadError as error:
        raise ReadError(name, error.why, where) from error


def refuse_controls(text: str, name: str) -> None:
    """Raise ReadError if more than a hundredth of a text is characters that no text has."""
    controls = len(CONTROL.findall(text))
    if controls > len(text) * CONTROL_SHARE:
        first = CONTROL.search(text)
        where = f"character {first.start()}" if first else None
        raise ReadError(name, f"this is not text: {controls} control characters", where)


def _decode(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        bad = data[error.start : error.start + 1].hex().upper()
        hint = "" if encoding != "utf-8" else f"; it looks like {_guess(data)}: give that as its encoding"
        where = f"byte {error.start}"
        raise ReadError(name, f"not valid {encoding.upper()} (0x{bad}){hint}", where) from error
    except (LookupError, ValueError) as error:
        raise ReadError(name, f"unknown encoding {encoding!r}") from error


def _guess(data: bytes) -> str:
    """Name the likely 8-bit encoding: 0x80-0x9F are letters and quotes only in Windows-1252."""
    return "cp1252" if any(0x80 <= byte < 0xA0 for byte in data[:1_000_000]) else "latin-1"


def _about_nul(data: bytes) -> str:
    sample = data[:4000]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[offset::2]
        if half.count(0) > len(half) * 0.6:
            return f"a NUL byte; it looks like {encoding} without a byte order mark: give that as its encoding"
    return "a NUL byte: this is a binary file, not text"


def guess_encoding(data: bytes) -> str | None:
    """Return what charset-normalizer thinks the encoding of a page is, or None."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    return None if best is None else best.encoding


def mess_of(text: str) -> float:
    """Return how oddly the letters of a text stand beside each other, from 0, as charset-normalizer sees it."""
    from charset_normalizer.md import mess_ratio

    return float(mess_ratio(text[:5_000], 1.0))
