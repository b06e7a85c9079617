"""Parquet -> rows, a batch at a time: of all columns only those that a text or a fact about it may be in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from respgraph.errors import ReadError
from respgraph.read.limits import LARGEST
from respgraph.read.records import ALL, choose_columns

BATCH: Final = 256  # rows held at a time


def group_sizes(file: BinaryIO, name: str, column: str | None) -> list[tuple[int, int]]:
    """Return the rows of each row group, and how many bytes their text has; only the footer is read.

    Raises:
        ReadError: No column of the name, or pyarrow is not installed.
    """
    about, names = _opened(file, name)
    text = choose_columns(names, column, name).text
    sizes = []
    for number in range(about.num_row_groups):
        group = about.row_group(number)
        chunks = (group.column(at) for at in range(group.num_columns))
        weights = (c.total_uncompressed_size for c in chunks if c.path_in_schema.partition(".")[0] == text)
        sizes.append((group.num_rows, sum(weights)))
    return sizes


def _opened(file: BinaryIO, name: str) -> tuple[Any, list[str]]:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise ReadError(name, "Parquet files need pyarrow: pip install 'respgraph[corpora]'") from error
    opened = ParquetFile(file)
    return opened.metadata, list(opened.schema_arrow.names)


def parquet_rows(
    file: BinaryIO, name: str, column: str | None, rows: tuple[int, int] = ALL
) -> Iterator[tuple[int, Mapping[str, Any] | ReadError | None]]:
    """Yield number and columns of each row; ``rows`` is that of ``json_rows``.

    Raises:
        ReadError: Not a Parquet file, no column of the name, or pyarrow is not installed.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise ReadError(name, "Parquet files need pyarrow: pip install 'respgraph[corpora]'") from error
    number = 0
    try:
        opened = ParquetFile(file)
        columns = choose_columns(opened.schema_arrow.names, column, name)
        wanted = [columns.text, *(known for _, known in columns.about)]
        number, groups = _groups(opened.metadata, rows)
        for batch in opened.iter_batches(batch_size=BATCH, row_groups=groups, columns=wanted, use_threads=False):
            if number + len(batch) < rows[0]:
                number += len(batch)
                yield number, None
                continue
            for row in batch.to_pylist():
                number += 1
                if number < rows[0]:
                    continue
                if number == rows[1]:
                    return
                yield number, {key: _plain(value) for key, value in row.items()}
    except (ArrowException, OSError, ValueError) as error:
        why = " ".join(str(error).split())[:200]
        yield (
            number,
            ReadError(name, f"not a Parquet file that can be read: {why}", f"after row {number}" if number else None),
        )


def _groups(about: Any, rows: tuple[int, int]) -> tuple[int, list[int]]:
    """Return how many rows stand before the first row group that is wanted, and the numbers of those wanted."""
    before, number, groups = 0, 0, []
    for group in range(about.num_row_groups):
        past = number + about.row_group(group).num_rows
        if past < rows[0]:
            before = past
        elif not rows[1] or number + 1 < rows[1]:
            groups.append(group)
        number = past
    return before, groups


def _plain(value: Any) -> Any:
    """Return a value that fits into JSON; a text that is too long is told apart by its length only."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list):
        return [str(item)[:200] for item in value[:20]]
    return str(value)[: LARGEST + 1]
