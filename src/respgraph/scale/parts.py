"""What the user named -> parts: lists of texts that one process reads in one go.

Where a part ends depends on the names of its texts alone (content-defined chunking): a text more or less in a folder
changes the part it stands in and its neighbour, not all that follow, so that a build after a change does only those.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final
from zlib import crc32

from respgraph.errors import ReadError, StoreError
from respgraph.read import Source, find_sources
from respgraph.read.sources import SUFFIXES
from respgraph.scale.place import absolute, file_system, is_remote

PART_BYTES: Final = 128_000  # of text: about 20,000 words, some five seconds of parsing
MOST: Final = 256  # texts in a part
GLOB: Final = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Item:
    """A source with where it is, its size in bytes and a stamp that changes when its content does."""

    uri: str
    source: Source
    size: int
    stamp: str


def find_items(inputs: Iterable[str], encoding: str | None = None) -> Iterator[Item]:
    """Yield what the inputs name: files, folders and patterns, of this machine or by URI, folders sorted by path.

    Raises:
        ReadError: Nothing there, or a folder without a text.
        StoreError: A storage that refuses.
    """
    for given in inputs:
        if is_remote(given):
            yield from _remote_items(given)
            continue
        for source in find_sources([given]):
            if source.path is None:
                raise ReadError("stdin", "is read once, and a build into shards must be able to start again")
            status = source.path.stat()
            yield Item(absolute(str(source.path)), source, status.st_size, str(status.st_mtime_ns))


def _remote_items(given: str) -> Iterator[Item]:
    system, path = file_system(given)
    scheme = given.partition("://")[0]
    try:
        if GLOB & set(path):
            fixed = PurePosixPath(*(part for part in _until_glob(PurePosixPath(path).parts)))
            found = system.glob(path, detail=True)
        elif system.isdir(path):
            fixed = PurePosixPath(path)
            found = {p: i for p, i in system.find(path, detail=True).items() if p.lower().endswith(SUFFIXES)}
        else:
            fixed = PurePosixPath(path).parent
            found = {path: system.info(path)}
    except FileNotFoundError as error:
        raise ReadError(given, "there is nothing of this name") from error
    except Exception as error:  # each plugin of fsspec has errors of its own
        raise StoreError(given, f"cannot be listed: {' '.join(str(error).split())[:200]}") from error
    files = {name: info for name, info in found.items() if info.get("type") == "file"}
    if not files:
        raise ReadError(given, f"no text here (looked for {', '.join(SUFFIXES)})")
    for name, info in sorted(files.items()):
        uri = f"{scheme}://{name.lstrip('/') if scheme != 'memory' else name}"
        shown = f"{fixed.name}/{PurePosixPath(name).relative_to(fixed)}" if fixed.name else PurePosixPath(name).name
        stamp = str(info.get("ETag") or info.get("etag") or info.get("mtime") or info.get("created") or "")
        yield Item(uri, Source(uri, Path(PurePosixPath(name).name), shown), int(info.get("size") or 0), stamp)


def _until_glob(parts: Sequence[str]) -> Iterator[str]:
    for part in parts:
        if GLOB & set(part):
            return
        yield part


def divide(items: Iterable[Item], target: int = PART_BYTES) -> Iterator[tuple[Item, ...]]:
    """Yield the items in parts of about so many bytes, in their order.

    >>> items = [Item(f"file:///{n}", Source(str(n), Path(str(n))), 9, "") for n in range(100)]
    >>> one, less = list(divide(items, 90)), list(divide(items[1:], 90))
    >>> len(one) > 5, one[1:] == less[1:]
    (True, True)
    """
    part: list[Item] = []
    size = 0
    for item in items:
        part.append(item)
        size += item.size
        chance = max(1, target // max(1, item.size))
        if crc32(item.source.document_name.encode("utf-8", "surrogatepass")) % chance == 0 or (
            size >= 4 * target or len(part) >= MOST
        ):
            yield tuple(part)
            part, size = [], 0
    if part:
        yield tuple(part)


def write_part(items: Iterable[Item]) -> bytes:
    """Return a part as JSON lines, keys sorted: what is hashed is what is read."""
    lines = []
    for item in items:
        source = {k: str(v) if isinstance(v, Path) else v for k, v in asdict(item.source).items() if v is not None}
        line = {"uri": item.uri, "source": source, "size": item.size, "stamp": item.stamp}
        lines.append(json.dumps(line, sort_keys=True) + "\n")
    return "".join(lines).encode("ascii")


def read_part(data: bytes) -> tuple[Item, ...]:
    """Return the items of a part."""
    return tuple(_item(json.loads(line)) for line in data.splitlines())


def _item(line: dict[str, Any]) -> Item:
    known = {field.name for field in fields(Source)}
    source = {key: value for key, value in line["source"].items() if key in known}
    source["path"] = Path(source["path"])
    return Item(str(line["uri"]), Source(**source), int(line["size"]), str(line["stamp"]))


def at_path(item: Item, path: Path) -> Source:
    """Return the source of an item that was fetched to a path; where it lay nobody can put a link."""
    return replace(item.source, path=path, home=None)
