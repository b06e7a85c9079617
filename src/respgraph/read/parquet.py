"""Parquet -> rows, a batch at a time: of all columns only those that a text or a fact about it may be in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from respgraph.errors import MissingExtraError, ReadError
from respgraph.read.limits import LARGEST
from respgraph.read.records import choose_columns

BATCH: Final = 256  # rows held at a time


def parquet_rows(file: BinaryIO, name: str, column: str | None) -> Iterator[tuple[int, Mapping[str, Any] | ReadError]]:
    """Yield number and columns of each row.

    Raises:
        ReadError: Not a Parquet file, or no column of the name.
        MissingExtraError: pyarrow is not installed.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise MissingExtraError(name, "Parquet files", "pyarrow", "corpora") from error
    number = 0
    try:
        opened = ParquetFile(file)
        columns = choose_columns(opened.schema_arrow.names, column, name)
        wanted = [columns.text, *(known for _, known in columns.about)]
        for batch in opened.iter_batches(batch_size=BATCH, columns=wanted, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield number, {key: _plain(value) for key, value in row.items()}
    except (ArrowException, OSError, ValueError) as error:
        why = " ".join(str(error).split())[:200]
        yield (
            number,
            ReadError(name, f"not a Parquet file that can be read: {why}", f"after row {number}" if number else None),
        )


def _plain(value: Any) -> Any:
    """Return a value that fits into JSON; a text that is too long is told apart by its length only."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list):
        return [str(item)[:200] for item in value[:20]]
    return str(value)[: LARGEST + 1]
