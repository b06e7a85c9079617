"""What the user named -> the sources to read, in an order that does not depend on the file system."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from respgraph.errors import ReadError
from respgraph.read.formats import FORMS, GZIP, HEAD, IN_FOLDERS, OURS, choose_form, form_of_name

STDIN: Final = "-"
NAMELESS: Final = "no name of a file or folder (an unset variable?)"
OUR_PAGE: Final = b'<meta name="generator" content="respgraph">'
URLS: Final = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: a file, standard input (``path`` is None) or a URL (``url``).

    ``name`` is what errors call it, ``shown`` what the document is called in claims and graphs: the same on
    every machine, so without the folders above what was named. ``home`` is the folder it was found in, which
    nobody has looked through: nothing is read from outside it, and no pipe or device in it. ``encoding`` and
    ``column`` (of the text, in a corpus of rows) are what the user said of it; ``found`` says that the user did not
    name it itself, but a folder or a pattern; ``foreign`` that it may be in another language than English. ``rows``
    are the numbers of the first record wanted of a corpus and of the one after the last (0: to its end), if not all.
    """

    name: str
    path: Path | None
    shown: str | None = None
    home: str | None = None
    encoding: str | None = None
    column: str | None = None
    url: str | None = None
    found: bool = False
    foreign: bool = False
    rows: tuple[int, int] | None = None

    @property
    def document_name(self) -> str:
        """What the document read from it will be called; those of a corpus have "#" and an id after it."""
        return self.shown or self.url or (self.name if self.path is None else _portable(self.path))

    @property
    def many(self) -> bool:
        """Whether it is a corpus: a file of many documents."""
        if self.path is None:
            return False
        form, packed = form_of_name(self.path.name)
        if form is None or not packed:
            try:
                with self.path.open("rb") as file:
                    form = choose_form(self.path.name, file.read(HEAD))
            except OSError:
                return False
        return form in FORMS and FORMS[form].many


def find_sources(
    paths: Iterable[str | Path],
    *,
    encoding: str | None = None,
    text_column: str | None = None,
    any_language: bool = False,
) -> Iterator[Source]:
    """Yield a source per file: files and URLs as given, folders and patterns searched, "-" as stdin.

    A folder's files come sorted by path; hidden ones, and pages and reports that respgraph wrote, are left out;
    what is named twice comes once. CSV files in folders are read only if a text column is named: most are no texts.

    Args:
        paths: Files, folders, patterns such as ``news/**/*.html``, URLs, "-".
        encoding: The encoding of texts, if it is not UTF-8.
        text_column: The column with the text in JSON lines, CSV and Parquet; by default ``text``.
        any_language: Whether texts in other languages than English are to be read too.

    Raises:
        ReadError: Nothing there, or a folder without a text.
    """
    suffixes = (*IN_FOLDERS, *(FORMS["csv"].suffixes if text_column else ()))
    seen: set[str] = set()
    for given in paths:
        for source in _expand(given, suffixes):
            key = source.url or (STDIN if source.path is None else os.path.realpath(source.path))
            if key not in seen:
                seen.add(key)
                yield replace(source, encoding=encoding, column=text_column, foreign=any_language)


def _expand(given: str | Path, suffixes: tuple[str, ...]) -> Iterator[Source]:
    name = str(given)
    if not name:
        raise ReadError("''", NAMELESS)
    if name == STDIN:
        yield Source("stdin", None)
        return
    if isinstance(given, str) and given.lower().startswith(URLS):
        yield Source(name, None, url=name)
        return
    path = Path(given)
    if path.is_dir():
        yield from _in_folder(path, suffixes)
    elif path.exists():
        yield Source(name, path)
    elif glob.has_magic(name):
        found = sorted(Path(match) for match in glob.iglob(name, recursive=True) if not Path(match).is_dir())
        if not found:
            raise ReadError(name, "no file has a name like this")
        yield from (Source(str(file), file, found=True) for file in found)
    else:
        raise ReadError(name, "no such file or folder")


def _in_folder(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Source]:
    found = sorted(_walk(folder, suffixes), key=lambda file: file.relative_to(folder).parts)
    if not found:
        raise ReadError(str(folder), f"no text in this folder (looked for {', '.join(suffixes)}, and with {GZIP})")
    home = os.path.realpath(folder)
    for file in found:
        shown = "/".join((folder.resolve().name, *file.relative_to(folder).parts))
        yield Source(str(file), file, shown, home, found=True)


def _walk(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            plain = name.lower().removesuffix(GZIP)
            if name.startswith(".") or not plain.endswith(suffixes) or plain.endswith(OURS):
                continue
            if not (plain.endswith(".html") and _is_our_page(Path(root, name))):
                yield Path(root, name)


def _is_our_page(path: Path) -> bool:
    """Say whether a page is one that ``view`` wrote: it lies beside the texts it was made of, and is none."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return OUR_PAGE in file.read(HEAD)
    except OSError:
        return False


def refuse_strange(source: Source) -> None:
    """Raise for what a stranger may have laid into a folder: a pipe that never ends, a link to a secret."""
    path, home = source.path, source.home
    if path is None or home is None or not path.exists():
        return
    if not path.is_file():
        raise ReadError(source.name, "cannot be read: not a regular file")
    if os.path.commonpath([home, os.path.realpath(path)]) != home:
        raise ReadError(source.name, "cannot be read: a link that leads out of its folder; name it to read it")


def _portable(path: Path) -> str:
    """Return a path as a document's name: as given, or the file's name if it leads out of the folder."""
    return path.name if path.is_absolute() or ".." in path.parts else path.as_posix()
