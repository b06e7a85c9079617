"""What several commands share: options, reading what was named, checking where to write, a progress bar."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from math import isfinite
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
FAILURES = ".failures.jsonl"
MOST_SAID = 20  # failures told one by one
LONG = 20  # documents from which a progress bar is worth its line
# What the suffix of -o asks for; the first that a command writes is meant.
SUFFIX_FORMS = {
    ".csv": ("csv",),
    ".json": ("json",),
    ".srj": ("json",),
    ".jsonl": ("jsonl",),
    ".md": ("markdown",),
    ".markdown": ("markdown",),
    ".html": ("html",),
    ".htm": ("html",),
    ".xlsx": ("xlsx",),
    ".txt": ("text", "table"),
    # written by few; a table for a reader in a file of such a name would be of use to nobody
    **{
        f".{form}": (form,)
        for form in "parquet tsv xml pdf docx doc odt ods xls svg png trig nq gexf graphml yaml".split()
    },
}
BINARY = ("xlsx", "parquet", "dna")


class Share(click.FloatRange):
    """A number in a range; "nan", which lies in no range and outside none, is no number here, nor is "inf"."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number, or fail as click does."""
        number = float(super().convert(value, param, ctx))
        if not isfinite(number):
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
                "--text-column",
                metavar="NAME",
                help="Column with the text in JSON lines, CSV and Parquet.  [default: text]",
            ),
            click.option("--any-language", is_flag=True, help="Read texts that are not in English too."),
            click.option(
                "--failures",
                metavar="FILE",
                help="Where to say which texts could not be read, and why.  [default: OUT.failures.jsonl]",
            ),
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


def check_binary(form: str, output: str | None) -> None:
    """Fail as click does where bytes that are no text would go to a terminal.

    Raises:
        UsageError: A workbook, Parquet or database, standard output is a terminal, and no file is named.
    """
    if form in BINARY and output in (None, "-") and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text for a terminal: name a file with -o")


def told_repeats(total: int, repeated: int) -> str:
    """Return how many claims something shows that leaves none out, and which of them others do not count.

    >>> told_repeats(1200, 0), told_repeats(1200, 30)[-35:]
    ('1,200 claims', 'networks and reports leave them out')
    """
    words = f"{total:,} claim{'s' * (total != 1)}"
    if repeated:
        words += f", {repeated:,} of them in texts that nearly repeat another; networks and reports leave them out"
    return words


def tell_left(*sentences: str) -> None:
    """Say on stderr what an answer leaves out, a line each; nothing where that is nothing."""
    for sentence in filter(None, sentences):
        click.echo(f"respgraph: {one_line(sentence)}", err=True)


def hide_controls(text: str) -> str:
    """Return the text with U+FFFD for what a terminal would obey: escapes, bells, marks that turn a line round."""
    return HIDDEN.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return the text as one line that a terminal obeys in nothing; white space of any kind is a space."""
    return hide_controls(" ".join(text.split()))


class Texts:
    """What the user named, as items for ``extract_many``, and what of it could not be read.

    A file that was named must be readable: it is read before anything is done, and an error ends the command
    with nothing written (of a corpus: its first row). What was only found - a file in a folder or by a pattern, a
    row of a corpus - is left out, reported and counted, and the run goes on.
    """

    def __init__(
        self,
        files: Iterable[str],
        encoding: str | None = None,
        text_column: str | None = None,
        any_language: bool = False,
        failures: str | None = None,
        output: str | None = None,
    ) -> None:
        """Read the named files; list those in folders.

        Args:
            files: What the user named.
            encoding: The encoding of texts, if it is not UTF-8.
            text_column: The column of corpora that is the text.
            any_language: Whether texts in other languages than English are wanted.
            failures: Where to report what could not be read, if the user says so.
            output: What is written; the report lies beside it otherwise.
        """
        from respgraph.read import find_sources

        check_target(failures, files := tuple(files))
        self.named_report = failures
        self.report = failures or report_beside(output)
        self.failures: list[ReadError] = []
        self.doubts: list[tuple[str, str]] = []
        self.items: list[Document | Source | ReadError] = []
        self.read = 0
        for source in find_sources(files, encoding=encoding, text_column=text_column, any_language=any_language):
            self.items += [source] if source.found else self.named(source)

    def named(self, source: Source) -> list[Document | Source | ReadError]:
        """Return what a named source holds, or itself if that is many documents.

        Raises:
            ReadError: Nothing of it can be read.
        """
        from respgraph.model import Document
        from respgraph.read import read_documents

        if source.many:
            first = next(read_documents(source), None)
            if isinstance(first, ReadError) and first.where is None:
                raise first
            return [source]
        found = list(read_documents(source))
        if not any(isinstance(document, Document) for document in found):
            raise next(
                (error for error in found if isinstance(error, ReadError)), ReadError(source.name, "no document")
            )
        return list(found)

    def extractions(self, pipeline: str | None, jobs: int, min_confidence: float, label: str) -> Iterator[Extraction]:
        """Yield the extraction of each readable item in order, with a progress bar on a terminal."""
        from respgraph.pipeline import extract_many

        found = extract_many(
            self.items,
            pipeline,
            jobs=jobs,
            min_confidence=min_confidence,
            on_error=self.leave_out,
        )
        with progress(found, len(self.items), label) as shown:
            for extraction in shown:
                self.read += 1
                self.check(extraction.document)
                yield extraction
        self.refuse_nothing()

    def refuse_nothing(self) -> None:
        """Raise if not one text could be read."""
        if self.failures and not self.read:
            if self.named_report:
                self.write_report()
            raise RespgraphError("none of the texts could be read; nothing was written")

    def check(self, document: Document) -> None:
        """Say that a text that was read is doubtful."""
        if document.doubt is None:
            return
        self.doubts.append((document.name, document.doubt))
        if len(self.doubts) <= MOST_SAID:
            click.echo(f"respgraph: {one_line(f'{document.name}: {document.doubt}')} (read all the same)", err=True)
        elif len(self.doubts) == MOST_SAID + 1:
            click.echo("respgraph: more texts are doubtful", err=True)

    def leave_out(self, error: ReadError) -> None:
        """Say that a text cannot be read, and go on."""
        self.failures.append(error)
        if len(self.failures) <= MOST_SAID:
            click.echo(f"respgraph: {one_line(str(error))} (left out)", err=True)
        elif len(self.failures) == MOST_SAID + 1:
            click.echo("respgraph: more texts cannot be read; what else is left out is only counted here", err=True)

    def finish(self) -> None:
        """Report what was left out, and exit 1 if something was: the answer holds for the rest."""
        self.write_report()
        if self.failures:
            failed = len(self.failures)
            where = f"; see {self.report}" if self.report else ""
            words = f"{failed:,} of {failed + self.read:,} texts could not be read and were left out{where}"
            click.echo(f"respgraph: {one_line(words)}", err=True)
            raise click.exceptions.Exit(1)

    def write_report(self) -> None:
        """Write a line of JSON per failure and doubt; without any, an earlier report goes, for it is not true."""
        if self.report is None:
            return
        if self.failures or self.doubts or self.named_report:
            from respgraph.rdf.write import write_bytes

            doubts = (failure_line(ReadError(*doubt), read=True) for doubt in self.doubts)
            write_bytes(self.report, chain(map(failure_line, self.failures), doubts))
        else:
            Path(self.report).unlink(missing_ok=True)


def report_beside(output: str | None) -> str | None:
    """Return where the report on failures goes: beside what is written, with its whole name before its own.

    None where what is written is no file or folder.

    >>> report_beside("out/graph.trig"), report_beside("-"), report_beside("sparql+http://localhost/")
    ('out/graph.trig.failures.jsonl', None, None)
    """
    if output is None or output in ("-", "memory:") or "://" in output:
        return None
    path = Path(output.removeprefix("file:"))
    return str(path.with_name(path.name + FAILURES))


def failure_line(error: ReadError, read: bool = False) -> bytes:
    """Return a failure as a line of JSON: source, place in it, reason; ``read`` if it was read and is doubtful.

    >>> failure_line(ReadError("a.txt", "mostly numbers"), read=True)
    b'{"source": "a.txt", "where": null, "why": "mostly numbers", "read": true}\\n'
    """
    line = {"source": error.source, "where": error.where, "why": error.why} | ({"read": True} if read else {})
    return (json.dumps(line) + "\n").encode("ascii")


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


def form_of(form: str | None, output: str | None, forms: Sequence[str] = ("text", "csv", "json")) -> str:
    """Return the form of an answer: what -f says, else what the suffix of -o means, else the first of all.

    Args:
        form: What -f says, if it was given.
        output: What -o says, if it was given.
        forms: What the command writes, by default text, CSV and JSON; the first is for no suffix, or one of no form.

    Raises:
        UsageError: The suffix means a form that this command does not write.

    >>> form_of(None, "found.csv"), form_of("json", "found.csv"), form_of(None, "found.out"), form_of(None, "-")
    ('csv', 'json', 'text', 'text')
    """
    if form is not None:
        return form
    suffix = Path(output or "").suffix.lower()
    meant = SUFFIX_FORMS.get(suffix, forms[:1])
    found = next((name for name in meant if name in forms), None)
    if found is None:
        wants = f"-o {hide_controls(str(output))} asks for {meant[0]}"
        raise click.UsageError(f"{wants}, which this command does not write; say with -f which of {', '.join(forms)}")
    return found


def summary(counts: Mapping[str, int], documents: int, written: list[str], silent: int = 0) -> str:
    """Return what was found and where it went: one line per claim type that occurs; ``silent`` texts have no claim."""
    from respgraph.model import CLAIM_TYPES

    total = sum(counts.values())
    lines = [f"{counts[kind]:>7,}  {kind}" for kind in CLAIM_TYPES if counts.get(kind)]
    lines.append(f"{total:>7,}  claim{'s' * (total != 1)} in {documents:,} text{'s' * (documents != 1)}")
    if silent:
        lines.append(f"{silent:>7,}  text{'s' * (silent != 1)} without a claim")
    return "\n".join([*lines, *(f"wrote {path}" for path in written)])
