"""What several commands share: options, reading what was named, checking where to write, a progress bar."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from respgraph.errors import ReadError, RespgraphError, StoreError

if TYPE_CHECKING:
    from respgraph.model import Document, Extraction
    from respgraph.read import Source

Command = TypeVar("Command", bound=Callable[..., Any])
Item = TypeVar("Item")
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
LONG = 20  # documents from which a progress bar is worth its line


class Share(click.FloatRange):
    """A number from 0 to 1; "nan", which lies in no range and outside none, is no number here."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number, or fail as click does."""
        number = float(super().convert(value, param, ctx))
        if isnan(number):
            self.fail(f"{value!r} is not a number", param, ctx)
        return number


def extraction_options(command: Command) -> Command:
    """Add the arguments and options of every command that reads texts."""
    for add in reversed(
        (
            click.argument("files", nargs=-1, required=True, metavar="FILE..."),
            click.option(
                "--min-confidence",
                type=Share(0, 1),
                default=0.0,
                metavar="X",
                help="Leave out claims below this confidence (0 to 1).",
            ),
            click.option("--pipeline", metavar="NAME", help="An installed spaCy pipeline for English."),
            click.option("--encoding", metavar="NAME", help="Encoding of the texts if it is not UTF-8."),
            click.option(
                "--jobs",
                type=click.IntRange(1, 256),
                default=1,
                metavar="N",
                help="Processes to share the work (from some hundred pages on).",
            ),
        )
    ):
        command = add(command)
    return command


def period_options(command: Command) -> Command:
    """Add the two ends of a period."""
    until = click.option("--until", metavar="DATE", help="Only what was said up to this day, month or year.")
    since = click.option("--since", metavar="DATE", help="Only what was said from this day, month or year on.")
    return since(until(command))


def page_options(command: Command) -> Command:
    """Add what narrows a page."""
    from respgraph.model import CLAIM_TYPES

    for add in reversed(
        (
            click.option(
                "--actor", multiple=True, metavar="NAME", help="Only claims this actor takes part in; repeatable."
            ),
            click.option(
                "--speaker", multiple=True, metavar="NAME", help="Only what this actor says; author is the text itself."
            ),
            click.option(
                "--type",
                "types",
                multiple=True,
                type=click.Choice(CLAIM_TYPES),
                metavar="TYPE",
                help=f"Only claims of a type: {', '.join(CLAIM_TYPES)}.",
            ),
            click.option(
                "--document", multiple=True, metavar="NAME", help="Only this document, by its title or file name."
            ),
        )
    ):
        command = add(command)
    return command


def hide_controls(text: str) -> str:
    """Return the text with U+FFFD for what a terminal would obey: escapes, bells, marks that turn a line round."""
    return HIDDEN.sub("\ufffd", text)


class Texts:
    """What the user named, as items for ``extract_many``, and what of it could not be read.

    A file that was named must be readable: it is read before anything is done, and an error ends the command
    with nothing written. A file that was only found in a folder is left out, reported, and counted.
    """

    def __init__(self, files: Iterable[str], encoding: str | None) -> None:
        """Read the named files; list those in folders."""
        from respgraph.pipeline import read
        from respgraph.read import find_sources

        named = set(files)
        self.failed = 0
        self.encoding = encoding
        self.items: list[Document | Source] = [
            read(source, encoding) if source.path is None or source.name in named else source
            for source in find_sources(files)
        ]

    def extractions(self, pipeline: str | None, jobs: int, min_confidence: float, label: str) -> Iterator[Extraction]:
        """Yield the extraction of each readable item in order, with a progress bar on a terminal."""
        from respgraph.pipeline import extract_many

        found = extract_many(
            self.documents() if self.encoding else self.items,
            pipeline,
            jobs=jobs,
            min_confidence=min_confidence,
            on_error=self.leave_out,
        )
        with progress(found, len(self.items), label) as shown:
            yield from shown
        self.refuse_nothing()

    def refuse_nothing(self) -> None:
        """Raise if not one text could be read."""
        if self.failed == len(self.items):
            raise RespgraphError("none of the texts could be read; nothing was written")

    def documents(self) -> Iterator[Document]:
        """Yield the documents, read here because only this process knows the encoding."""
        from respgraph.model import Document
        from respgraph.pipeline import read

        for item in self.items:
            try:
                yield item if isinstance(item, Document) else read(item, self.encoding)
            except ReadError as error:
                self.leave_out(error)

    def leave_out(self, error: ReadError) -> None:
        """Report a file of a folder and go on."""
        self.failed += 1
        click.echo(f"respgraph: {hide_controls(str(error))} (left out)", err=True)

    def finish(self) -> None:
        """Exit 3 if something was left out."""
        if self.failed:
            raise RespgraphError(f"{self.failed} of {len(self.items)} texts could not be read and were left out")


@contextmanager
def progress(items: Iterable[Item], length: int, label: str) -> Iterator[Iterable[Item]]:
    """Give the items back, counted by a bar on stderr if that is a terminal and there are many."""
    if length < LONG or not sys.stderr.isatty():
        yield items
        return
    with click.progressbar(items, length=length, label=label, file=sys.stderr, show_pos=True) as bar:
        yield bar


def check_target(path: str | None, inputs: Iterable[str] = ()) -> None:
    """Raise before the work rather than after it if a path cannot be written, or is one of the inputs.

    Raises:
        StoreError: No such folder, a folder itself, or a text that would be overwritten.
    """
    if path is None or path == "-":
        return
    if not path:
        raise StoreError("''", "no name of a file to write (an unset variable?)")
    target = Path(path)
    if target.is_dir():
        raise StoreError(path, "is a folder; name a file")
    if not target.parent.is_dir():
        raise StoreError(path, f"there is no folder {str(target.parent)!r}")
    if not os.access(target.parent, os.W_OK):
        raise StoreError(path, f"the folder {str(target.parent)!r} cannot be written")
    if target.exists() and any(Path(name).exists() and target.samefile(name) for name in inputs):
        raise StoreError(path, "would overwrite a text that is to be read")
