"""How much a source may ask of the machine. Beyond that it is a failure with a reason, never a hang or a dead run."""

from __future__ import annotations

from typing import Final

from respgraph.errors import ReadError
from respgraph.model import Document

LARGEST: Final = 50_000_000  # bytes of one file that is one document, or of one record of a corpus
UNPACKED: Final = 200_000_000  # bytes that a packed document may become
RATIO: Final = 100  # times its packed size
SLACK: Final = 1_000_000  # bytes unpacked before the ratio counts: a short repetitive text is no bomb
SECONDS: Final = 60.0  # for one document in a child process
MEMORY: Final = 2 * 1024**3  # bytes of address space of a child process
LONGEST_LINE: Final = 1_000_000  # characters
MOST_LINES: Final = 1_000_000  # of one text; each costs some hundred bytes before it is laid out


def refuse_many_lines(text: str, name: str, where: str | None = None) -> None:
    """Raise ReadError for a text of more than a million lines: a list of data, not sentences."""
    lines = text.count("\n") + text.count("\r") - text.count("\r\n")
    if lines > MOST_LINES:
        raise ReadError(name, f"{lines:,} lines are too many for one text (at most {MOST_LINES:,}); split it", where)


def refuse_endless_lines(document: Document, name: str) -> None:
    """Raise ReadError for a line of more than a million characters: data, not sentences."""
    if len(document.text) <= LONGEST_LINE:
        return
    for number, line in enumerate(document.text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            why = f"{len(line):,} characters in one line are data, not sentences (at most {LONGEST_LINE:,})"
            raise ReadError(name, why, f"line {number}")
