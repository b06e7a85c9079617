"""A large file of records -> ranges of records, so that several processes can read one file.

What a range is depends on what stands before its end alone: rows that are added to a file leave the ranges before them
as they are. A reader of a range passes over the records before it, which for most forms means reading them too; so
ranges grow with their place in the file, and passing over costs a hundredth of what reading a text costs, not more.
This runs in a child process (``worker``), for whoever cuts a file must parse it.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, TextIO

from respgraph.errors import ReadError
from respgraph.read.limits import LARGEST
from respgraph.read.parquet import group_sizes
from respgraph.read.records import choose_columns, csv_lines, json_rows

GROWTH: Final = 100  # a range is a hundredth of what stands before it, if that is more than was asked for


@dataclass(frozen=True, slots=True)
class Range:
    """The records ``first`` to before ``past`` (numbers from 1; 0 is to the end) of a file.

    ``size`` is that of their text in bytes, ``packed`` about how many bytes of the file they are; ``stamp`` changes
    with their content, and is empty where only the whole file was looked at.
    """

    first: int
    past: int
    size: int
    packed: int
    stamp: str = ""


@dataclass(slots=True)
class Cutter:
    """Puts records together to ranges; ``where`` tells how far into the file it is."""

    target: int
    where: Callable[[], int]
    seed: bytes = b""
    first: int = 1
    size: int = 0
    before: int = 0
    packed: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        """Begin the stamp of the first range."""
        self.digest.update(self.seed)

    def add(self, number: int, size: int, content: bytes = b"") -> Iterator[Range]:
        """Take a record; yield the range that it ends."""
        self.digest.update(content)
        self.size += size
        if self.size >= max(self.target, self.before // GROWTH):
            yield self.range(number + 1)
            self.first, self.before, self.size = number + 1, self.before + self.size, 0
            self.digest = hashlib.sha256(self.seed)

    def range(self, past: int) -> Range:
        """Return the range up to here."""
        at = self.where()
        packed, self.packed = at - self.packed, at
        return Range(self.first, past, self.size, packed, self.digest.hexdigest()[:32])

    def rest(self) -> Iterator[Range]:
        """Yield the last range, with all that may still come."""
        if self.size or self.first == 1:
            yield self.range(0)


def json_ranges(
    file: BinaryIO, name: str, column: str | None, target: int, where: Callable[[], int]
) -> Iterator[Range]:
    """Yield the ranges of a file of JSON lines.

    Raises:
        ReadError: Its first row is none, or has no such column.
    """
    cutter = Cutter(target, where)
    for number, line in enumerate(iter(lambda: file.readline(LARGEST + 1), b""), 1):
        if number == 1:
            _, row = next(json_rows(iter([line]), name), (1, ReadError(name, "an empty line")))
            if row is None or isinstance(row, ReadError):
                raise row or ReadError(name, "an empty line")
            choose_columns(list(row), column, name)
        yield from cutter.add(number, len(line.strip()), line)
    yield from cutter.rest()


def csv_ranges(
    file: TextIO, name: str, column: str | None, tabs: bool, target: int, where: Callable[[], int]
) -> Iterator[Range]:
    """Yield the ranges of a CSV file, up to where it is none any more: whoever reads the last one will say so.

    Raises:
        ReadError: No such column.
    """
    csv.field_size_limit(LARGEST)
    reader = csv.reader(csv_lines(file), delimiter="\t" if tabs else ",", strict=True)
    cutter: Cutter | None = None
    number = 0
    try:
        for row in reader:
            if not row:  # as DictReader does
                continue
            content = "\x1f".join(row).encode("utf-8", "surrogatepass") + b"\x1e"
            if cutter is None:
                choose_columns(row, column, name)
                cutter = Cutter(target, where, content)
                continue
            number += 1
            yield from cutter.add(number, len(content), content)
    except (csv.Error, UnicodeDecodeError):
        pass
    if cutter is not None:
        yield from cutter.rest()


def parquet_ranges(file: BinaryIO, name: str, column: str | None, target: int) -> Iterator[Range]:
    """Yield the ranges of a Parquet file, by what its footer says of the sizes; passing over is within a row group.

    Raises:
        ReadError: No such column, or pyarrow is not installed.
    """
    groups = group_sizes(file, name, column)
    size = file.seek(0, io.SEEK_END)
    total = max(1, sum(rows for rows, _ in groups))
    number = 0
    for rows, weight in groups:
        each = max(1.0, weight / max(1, rows))
        at = 0
        while at < rows:
            some = max(1, int(max(target, at * each / GROWTH) / each))
            # what is left is not cut into a range of a few rows
            some = rows - at if rows - at < 1.5 * some else some
            last = number + at + some >= total
            past = 0 if last else number + at + some + 1
            yield Range(number + at + 1, past, int(some * each), size * some // total)
            at += some
        number += rows


def warc_ranges(file: BinaryIO, name: str, target: int) -> Iterator[Range]:
    """Yield the ranges of a WARC file, by the pages in it.

    Raises:
        ReadError: fastwarc is not installed.
    """
    from respgraph.read.warc import page_records

    cutter = Cutter(target, lambda: file.tell() if not file.closed else 0)
    for number, _, record in page_records(file, name):
        yield from cutter.add(number, max(0, int(record.content_length)))
    yield from (Range(r.first, r.past, r.size, r.packed) for r in cutter.rest())
