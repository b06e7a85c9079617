"""What the user named -> the sources to read, in an order that does not depend on the file system."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from respgraph.errors import ReadError
from respgraph.model import Document
from respgraph.read.decode import decode_bytes
from respgraph.read.text import read_text

SUFFIXES: Final = (".txt", ".text", ".md", ".markdown")
LARGEST: Final = 50_000_000
STDIN: Final = "-"
NAMELESS: Final = "no name of a file or folder (an unset variable?)"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read; ``path`` is None for standard input.

    ``name`` is what errors call it, ``shown`` what the document is called in claims and graphs: the same on
    every machine, so without the folders above what was named. ``home`` is the folder it was found in, which
    nobody has looked through: nothing is read from outside it, and no pipe or device in it.
    """

    name: str
    path: Path | None
    shown: str | None = None
    home: str | None = None

    @property
    def document_name(self) -> str:
        """What the document read from it will be called."""
        return self.shown or (self.name if self.path is None else _portable(self.path))


def find_sources(paths: Iterable[str | Path]) -> Iterator[Source]:
    """Yield a source per file: files as given, folders searched for text and Markdown, "-" as stdin.

    A folder's files come sorted by path; hidden ones are left out; what is named twice comes once.

    Raises:
        ReadError: Nothing there, or a folder without a text.
    """
    seen: set[str] = set()
    for given in paths:
        for source in _expand(given):
            key = STDIN if source.path is None else os.path.realpath(source.path)
            if key not in seen:
                seen.add(key)
                yield source


def read_source(source: Source, encoding: str | None = None) -> Document:
    """Return the document of a source that ``find_sources`` gave.

    Raises:
        ReadError: See ``read_path``.
    """
    if source.path is not None:
        if source.home is not None:
            _refuse_strange(source.path, source.name, source.home)
        return _read(source.path, source.name, encoding, source.shown)
    return _document(sys.stdin.buffer.read(LARGEST + 1), "stdin", encoding)


def read_path(path: str | Path, encoding: str | None = None) -> Document:
    """Return the document in a file; its name is the path as given, or the file's name if that is absolute.

    Args:
        path: A text or Markdown file.
        encoding: The encoding, if it is not UTF-8 (or UTF-16/32 with a byte order mark).

    Raises:
        ReadError: Missing, unreadable, larger than 50 MB, binary, empty, or not in the encoding.
    """
    return _read(Path(path), str(path), encoding)


def _expand(given: str | Path) -> Iterator[Source]:
    name = str(given)
    if not name:
        raise ReadError("''", NAMELESS)
    if name == STDIN:
        yield Source("stdin", None)
        return
    path = Path(given)
    if not path.is_dir():
        if not path.exists():
            raise ReadError(name, "no such file or folder")
        yield Source(name, path)
        return
    found = sorted(_walk(path), key=lambda file: file.relative_to(path).parts)
    if not found:
        raise ReadError(name, f"no text in this folder (looked for {', '.join(SUFFIXES)})")
    home = os.path.realpath(path)
    for file in found:
        yield Source(str(file), file, "/".join((path.resolve().name, *file.relative_to(path).parts)), home)


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                yield Path(root, name)


def _portable(path: Path) -> str:
    """Return a path as a document's name: as given, or the file's name if it leads out of the folder."""
    return path.name if path.is_absolute() or ".." in path.parts else path.as_posix()


def _refuse_strange(path: Path, name: str, home: str) -> None:
    """Raise for what a stranger may have laid into a folder: a pipe that never ends, a link to a secret."""
    if path.exists() and not path.is_file():
        raise ReadError(name, "cannot be read: not a regular file")
    real = os.path.realpath(path)
    if path.exists() and os.path.commonpath([home, real]) != home:
        raise ReadError(name, "cannot be read: a link that leads out of its folder; name it to read it")


def _read(path: Path, name: str, encoding: str | None, shown: str | None = None) -> Document:
    if not name:
        raise ReadError("''", NAMELESS)
    try:
        if path.is_dir():
            raise ReadError(name, "this is a folder, not a file")
        size = path.stat().st_size
        if size > LARGEST:
            raise ReadError(name, f"{size:,} bytes are too many for one text (at most {LARGEST:,}); split it")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise ReadError(name, "no such file or folder") from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReadError(name, f"cannot be read: {why}") from error
    return _document(data, name, encoding, shown or _portable(path))


def _document(data: bytes, name: str, encoding: str | None, shown: str | None = None) -> Document:
    if len(data) > LARGEST:
        raise ReadError(name, f"more than {LARGEST:,} bytes are too many for one text; split it")
    if not data:
        raise ReadError(name, "empty: nothing to read")
    text = decode_bytes(data, name, encoding)
    if not text.strip("\ufeff\u200b \t\r\n\f\v"):
        raise ReadError(name, "empty: only white space")
    return read_text(text, shown or name)
