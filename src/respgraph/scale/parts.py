"""What the user named -> parts: lists of texts that one process reads in one go.

Where a part ends depends on the names and sizes of its texts alone (content-defined chunking): a text more or less in
a folder changes the part it stands in and one or two after it, not all that follow, so that a build after a change does
only those.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, Final

from respgraph.errors import ReadError, StoreError
from respgraph.model import content_hash
from respgraph.read import Source, cut_records, find_sources
from respgraph.read.formats import FORMS, GZIP, IN_FOLDERS, form_of_name
from respgraph.read.limits import LARGEST
from respgraph.read.sources import URLS
from respgraph.scale.place import absolute, file_system, is_remote, local_path, open_uri, said

PART_BYTES: Final = 32_000  # of text: about 5,000 words, some one and a half seconds of parsing
MOST: Final = 256  # texts in a part
PACKED: Final = 4  # times a packed text is smaller
GLOB: Final = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Item:
    """A source with where it is, its size in bytes and a stamp that changes when its content does.

    Of a file of JSON lines an item may be a range: the bytes from ``start`` to ``start + size``, with ``before`` lines
    before them; of another file of records its source says which. ``weight`` is how much of the file it is, in bytes,
    where that is not ``size``: for those who watch.
    """

    uri: str
    source: Source
    size: int
    stamp: str
    start: int | None = None
    before: int = 0
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user says of the texts, for ``find_sources``."""

    encoding: str | None = None
    text_column: str | None = None
    any_language: bool = False


def find_items(inputs: Iterable[str], wanted: Wanted) -> Iterator[Item]:
    """Yield what the inputs name: files, folders, patterns and URLs, of this machine or by URI, folders sorted by path.

    Raises:
        ReadError: Nothing there, or a folder without a text.
        StoreError: A storage that refuses.
    """
    how = {"encoding": wanted.encoding, "text_column": wanted.text_column, "any_language": wanted.any_language}
    for given in inputs:
        if is_remote(given) and not given.lower().startswith(URLS):
            yield from _remote_items(given, wanted)
            continue
        local = given if given.lower().startswith(URLS) else str(local_path(given))
        for source in find_sources([local if given else given], **how):  # type: ignore[arg-type]
            if source.url is not None:
                yield Item(source.url, source, 0, "")
            elif source.path is None:
                raise ReadError("stdin", "is read once, and a build into shards must be able to start again")
            else:
                there = replace(source, path=source.path.absolute(), shown=source.document_name)
                yield Item(absolute(str(source.path)), there, *_size_and_stamp(source.path))


def _size_and_stamp(path: Path) -> tuple[int, str]:
    """Return size and stamp of a file; what leads nowhere has none, and whoever reads it says so."""
    try:
        status = path.stat()
    except OSError:
        return 0, ""
    return status.st_size, str(status.st_mtime_ns)


def _remote_items(given: str, wanted: Wanted) -> Iterator[Item]:
    system, path = file_system(given)
    before, after = _around(given, path)
    suffixes = (*IN_FOLDERS, *(FORMS["csv"].suffixes if wanted.text_column else ()))
    try:
        if GLOB & set(path):
            fixed = PurePosixPath(*(part for part in _until_glob(PurePosixPath(path).parts)))
            found = system.glob(path, detail=True)
        elif system.isdir(path):
            fixed = PurePosixPath(path)
            listed = system.find(path, detail=True)
            found = {p: i for p, i in listed.items() if p.lower().removesuffix(GZIP).endswith(suffixes)}
        else:
            fixed = PurePosixPath(path).parent
            found = {path: system.info(path)}
    except FileNotFoundError as error:
        raise ReadError(given, "there is nothing of this name") from error
    except Exception as error:  # each plugin of fsspec has errors of its own
        raise StoreError(given, f"cannot be listed: {said(error, given)}") from error
    files = {name: info for name, info in found.items() if info.get("type") == "file"}
    if not files:
        raise ReadError(given, f"no text here (looked for {', '.join(suffixes)})")
    for name, info in sorted(files.items()):
        uri = before + name.lstrip("/") + after
        inner = PurePosixPath(name).relative_to(fixed)
        stamp = str(info.get("ETag") or info.get("etag") or info.get("mtime") or info.get("created") or "")
        source = Source(
            uri,
            Path(inner.name),
            f"{fixed.name}/{inner}" if fixed.name else inner.name,
            encoding=wanted.encoding,
            column=wanted.text_column,
            found=True,
            foreign=wanted.any_language,
        )
        yield Item(uri, source, int(info.get("size") or 0), stamp)


def _around(given: str, path: str) -> tuple[str, str]:
    """Return what stands before and after the path in an address: kind of storage, host, and what it is in.

    >>> _around("ftp://me@host/news/a.txt", "/news/a.txt"), _around("ftp://host/", "/"), _around("s3://news", "news")
    (('ftp://me@host/', ''), ('ftp://host/', ''), ('s3://', ''))
    >>> _around("zip://*.txt::s3://news/a.zip", "*.txt"), _around("memory://a/b", "/a/b")
    (('zip://', '::s3://news/a.zip'), ('memory://', ''))
    """
    first, mark, rest = given.partition("::")
    scheme = first.partition("://")[0] + "://"
    before = first.removesuffix(path.strip("/")).removeprefix(scheme).rstrip("/")
    whole = before == first.removeprefix(scheme).rstrip("/") and path.strip("/")  # the path is not at the end of it
    return scheme + (f"{before}/" if before and not whole else ""), mark + rest


def _until_glob(parts: Sequence[str]) -> Iterator[str]:
    for part in parts:
        if GLOB & set(part):
            return
        yield part


def is_corpus(source: Source) -> bool:
    """Say whether the name of a source promises many documents; nothing is opened."""
    form, _ = form_of_name(source.path.name) if source.path else (None, False)
    return form is not None and FORMS[form].many


def divide(items: Iterable[Item], target: int = PART_BYTES) -> Iterator[tuple[Item, ...]]:
    """Yield the items in parts of about so many bytes, in their order; large files of records are cut into ranges.

    >>> items = [Item(f"file:///{n}", Source(str(n), Path(str(n))), 9, "") for n in range(100)]
    >>> one, less = list(divide(items, 90)), list(divide(items[1:], 90))
    >>> len(one) > 5, one[4:] == less[4:]
    (True, True)
    """
    part: list[Item] = []
    size = 0
    for item in items:
        pieces = cut(item, target)
        first = next(pieces, None)
        if first is not None:
            if part:
                yield tuple(part)
                part, size = [], 0
            yield from ((piece,) for piece in chain([first], pieces))
            continue
        part.append(item)
        size += item.size
        if len(part) >= MOST or ends(item, size, target):
            yield tuple(part)
            part, size = [], 0
    if part:
        yield tuple(part)


def ends(item: Item, size: int, target: int) -> bool:
    """Say whether a part of so many bytes ends with an item: by chance of its name, and the likelier the fuller it is.

    Parts are then between half and twice the target. Where chance alone has its way some are four times as large, and
    the last one of a run keeps one process busy while the others wait.
    """
    if size < target // 2 or size >= 2 * target:
        return size >= 2 * target
    likely = (4 if size >= target else 0.5) * item.size / target
    return int(content_hash(item.source.document_name, length=8), 16) < likely * 2**32


def cut(item: Item, target: int) -> Iterator[Item]:
    """Yield a large file of records in ranges, nothing of any other; one on object storage only if it is JSON lines.

    Raises:
        ReadError: It cannot be read.
    """
    form, packed = form_of_name(item.source.path.name) if item.source.path else (None, False)
    if form is None or not FORMS[form].many or item.size <= (target // PACKED if packed else target):
        return
    if (form, packed) == ("jsonl", False):
        yield from ranges(item, target)
    elif not is_remote(item.uri):
        for part in cut_records(item.source, target):
            source = replace(item.source, rows=(part.first, part.past))
            stamp = part.stamp or item.stamp
            yield replace(item, source=source, size=part.size, stamp=stamp, weight=part.packed)


def ranges(item: Item, target: int) -> Iterator[Item]:
    """Yield a file of JSON lines in ranges of whole lines, stamped by what is in them: what is added to it is new.

    Raises:
        ReadError: It cannot be read.
    """
    start = before = size = lines = 0
    digest = hashlib.sha256()
    try:
        with open_uri(item.uri) as file:
            while line := file.readline(LARGEST):
                digest.update(line)
                size += len(line)
                lines += line.endswith(b"\n")
                if size >= target and line.endswith(b"\n"):
                    yield replace(item, size=size, stamp=digest.hexdigest()[:32], start=start, before=before)
                    start, before, size, lines, digest = start + size, before + lines, 0, 0, hashlib.sha256()
    except OSError as error:
        raise ReadError(item.source.name, f"cannot be read: {error.strerror or error}") from error
    if size:
        yield replace(item, size=size, stamp=digest.hexdigest()[:32], start=start, before=before)


def write_part(items: Iterable[Item]) -> bytes:
    """Return a part as JSON lines, keys sorted: what is hashed is what is read."""
    lines = []
    for item in items:
        source = {k: str(v) if isinstance(v, Path) else v for k, v in asdict(item.source).items() if v is not None}
        line = {"uri": item.uri, "source": source, "size": item.size, "stamp": item.stamp}
        if item.start is not None:
            line |= {"start": item.start, "before": item.before}
        lines.append(json.dumps(line, sort_keys=True) + "\n")
    return "".join(lines).encode("ascii")


def read_part(data: bytes) -> tuple[Item, ...]:
    """Return the items of a part."""
    return tuple(_item(json.loads(line)) for line in data.splitlines())


def _item(line: dict[str, Any]) -> Item:
    source = dict(line["source"])
    if "path" in source:
        source["path"] = Path(source["path"])
    if "rows" in source:
        source["rows"] = tuple(source["rows"])
    source = {"path": None, **source}
    start = line.get("start")
    return Item(
        str(line["uri"]), Source(**source), int(line["size"]), str(line["stamp"]), start, int(line.get("before", 0))
    )


def at_path(item: Item, path: Path) -> Source:
    """Return the source of an item whose bytes were put to a path; it keeps its name, and no stranger links there."""
    return replace(item.source, path=path, shown=item.source.document_name, home=None)
