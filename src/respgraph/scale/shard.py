"""A part -> a shard: ``process_part``, the one function that every executor runs.

::

    shards/3f/3f9c....nq      the N-Quads of the part's documents, one after the other, each sorted
    shards/3f/3f9c....json    the commit mark, written last: what is where, counts, failures, sha256 of the .nq

The name is a hash of the list of texts (each with size and stamp) and of the configuration, and nothing in either file
comes from a clock or from who did it: two workers that do the same part write the same bytes, whoever comes last.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final

from respgraph.errors import ReadError, RespgraphError, StoreError, hide_user
from respgraph.model import Document, content_hash
from respgraph.pipeline import extract_many, run_settings
from respgraph.rdf.build import build_segment, document_iri
from respgraph.read import read_documents
from respgraph.read.sources import URLS
from respgraph.scale.parts import Item, at_path, read_part
from respgraph.scale.place import Place, is_remote, open_uri, said
from respgraph.store.graph import TIES

BATCH: Final = 32_000_000  # bytes of N-Quads that are held at a time
MOST: Final = 2**53  # numbers below are the same to every reader of JSON
# What a file raises that is JSON of another shape, or none.
DAMAGE: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)
AGAIN: Final = "build again, which makes it anew"
CRASHED: Final = "crashed the process that read it, each time it was tried; left out"
# spaCy's pipelines are not made for several threads, which a Dask worker may have: one part at a time per process.
_ONE: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Config:
    """How texts are read: all that changes what is in a shard. ``run`` is ``pipeline.run_settings`` of the driver."""

    base: str
    pipeline: str | None
    min_confidence: float
    run: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a document is in a shard: its name, the IRI of its graph, first byte and number of bytes."""

    name: str
    graph: str
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be read, or was and is doubtful: the source, the place in it, and why."""

    source: str
    where: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Shard:
    """A commit mark. ``claims`` counts by type; ``sha256`` is that of the .nq file; ``silent`` texts have no claim.

    ``doubts`` are of texts that were read. ``broken`` are the names of documents or corpora that a failure is about:
    what a store has of them is not gone.
    """

    key: str
    documents: tuple[Spot, ...]
    words: int
    claims: tuple[tuple[str, int], ...]
    failures: tuple[Failure, ...]
    doubts: tuple[Failure, ...]
    broken: tuple[str, ...]
    silent: int
    size: int
    sha256: str

    @property
    def nquads(self) -> str:
        """The key of the .nq file."""
        return key_of(self.key, "nq")


def key_of(shard: str, suffix: str) -> str:
    """Return the key of a file of a shard.

    >>> key_of("3f9c", "nq")
    'shards/3f/3f9c.nq'
    """
    return f"shards/{shard[:2]}/{shard}.{suffix}"


def shard_key(part: bytes, config: Config) -> str:
    """Return the name of the shard of a part: a hash of what is read and how, not of who fetches it."""
    how = json.dumps(asdict(config), sort_keys=True)
    return content_hash(hide_user(part.decode("ascii")), how, length=24)


def process_part(uri: str, out_uri: str, config: Config, careful: bool = False, skip: tuple[int, ...] = ()) -> Shard:
    """Read the texts of a part and write their shard, if it is not there already.

    Args:
        uri: A part list that ``parts.write_part`` made.
        out_uri: The folder of the shards.
        config: How to read.
        careful: Note before each document which one it is, for a driver that looks for one that kills its process.
        skip: Numbers of the documents in the part (from 0) that were found to.

    Returns:
        The commit mark.

    Raises:
        StoreError: The list cannot be read, or the shard cannot be written.
        RespgraphError: This process would read otherwise than the driver asks for.
    """
    folder, _, name = uri.rpartition("/")
    part = Place(folder).get(name)
    out = Place(out_uri)
    key = shard_key(part, config)
    done = read_mark(out, key)
    if done is not None:
        return done
    with _ONE:
        check_settings(config)
        path = out.scratch(key_of(key, "nq"))
        try:
            with path.open("wb") as stream:
                reader = _Reader(config, stream, partial(note, out, key) if careful else None, frozenset(skip))
                reader.read(read_part(part))
                stream.flush()
                os.fsync(stream.fileno())
            if careful:
                out.drop(key_of(key, "at"))  # what dies from here on does not die of a text
            shard = reader.shard(key)
            out.take(shard.nquads, path)
        except OSError as error:
            raise StoreError(
                f"{out.uri}/{key_of(key, 'nq')}", f"cannot be written: {error.strerror or error}"
            ) from error
        finally:
            path.unlink(missing_ok=True)
        out.put(key_of(key, "json"), mark_bytes(shard))
    return shard


def check_settings(config: Config) -> None:
    """Raise RespgraphError if this process has another respgraph or pipeline than the driver, and so another graph."""
    mine = run_settings(config.pipeline, config.min_confidence)
    if mine != config.run:
        theirs, here = (", ".join(value for _, value in run) for run in (config.run, mine))
        raise RespgraphError(f"a worker has {here}, the build asks for {theirs}; install the same on all machines")


def note(out: Place, key: str, number: int) -> None:
    """Write down the number of the document that is read next."""
    out.put(key_of(key, "at"), str(number).encode("ascii"))


def noted(out: Place, key: str) -> int | None:
    """Return the number of the document that was read when the process died, if it came to any."""
    name = key_of(key, "at")
    try:
        return int(out.get(name)) if out.has(name) else None
    except (StoreError, ValueError):
        return None


class _Reader:
    """Writes the documents of one part, one after the other: none is held longer than it takes."""

    def __init__(
        self, config: Config, stream: IO[bytes], note_number: Callable[[int], None] | None, skip: frozenset[int]
    ) -> None:
        self.config, self.stream, self.note, self.skip = config, stream, note_number, skip
        self.spots: list[Spot] = []
        self.failures: list[Failure] = []
        self.doubts: list[Failure] = []
        self.broken: set[str] = set()
        self.claims: Counter[str] = Counter()
        self.words = self.size = self.silent = 0
        self.digest = hashlib.sha256()

    def read(self, items: tuple[Item, ...]) -> None:
        for number, (item, found) in enumerate(documents(items)):
            failed = len(self.failures)
            if isinstance(found, ReadError):
                self.failures.append(Failure(found.source, found.where, found.why))
            elif number in self.skip:
                self.failures.append(Failure(found.name, None, CRASHED))
            else:
                if self.note is not None:
                    self.note(number)
                self.add(found)
            if len(self.failures) > failed:
                self.broken.add(item.source.document_name)

    def add(self, document: Document) -> None:
        config = self.config
        try:
            found = next(extract_many([document], config.pipeline, min_confidence=config.min_confidence))
            segment = build_segment(found, config.base)
        except ReadError as error:
            self.failures.append(Failure(error.source, error.where, error.why))
            return
        except RespgraphError:
            raise
        except Exception as error:  # one document that we cannot read must not end a run of millions: it is recorded
            why = f"a bug of ours: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
            self.failures.append(Failure(document.name, None, why))
            return
        self.stream.write(segment)
        self.digest.update(segment)
        self.spots.append(Spot(document.name, document_iri(document, config.base), self.size, len(segment)))
        self.size += len(segment)
        self.claims.update(claim.type for claim in found.claims)
        self.silent += not found.claims
        if document.doubt is not None:
            self.doubts.append(Failure(document.name, None, document.doubt))
        self.words += len(document.text.split())

    def shard(self, key: str) -> Shard:
        return Shard(
            key=key,
            documents=tuple(self.spots),
            words=self.words,
            claims=tuple(sorted(self.claims.items())),
            failures=tuple(self.failures),
            doubts=tuple(self.doubts),
            broken=tuple(sorted(self.broken)),
            silent=self.silent,
            size=self.size,
            sha256=self.digest.hexdigest(),
        )


def documents(items: Iterable[Item]) -> Iterator[tuple[Item, Document | ReadError]]:
    """Yield the documents of a part in their order, each with its item; what cannot be read comes as its error."""
    for item in items:
        if item.start is None and (not is_remote(item.uri) or item.uri.lower().startswith(URLS)):
            for found in read_documents(item.source):
                yield item, found
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / (item.source.path.name if item.source.path else "text")
            try:
                fetch(item, path)
            except ReadError as error:
                yield item, error
                continue
            for found in read_documents(at_path(item, path)):
                yield item, found


def fetch(item: Item, path: Path) -> None:
    """Copy an item to a file here, for readers read files; before a range go as many empty lines as it has before it.

    Raises:
        ReadError: It cannot be fetched.
    """
    try:
        with open_uri(item.uri) as file, path.open("wb") as copy:
            if item.start is not None:
                copy.write(b"\n" * item.before)
                file.seek(item.start)
            left = item.size if item.start is not None else sys.maxsize
            while left > 0 and (chunk := file.read(min(left, 1 << 20))):
                copy.write(chunk)
                left -= len(chunk)
    except FileNotFoundError as error:
        raise ReadError(item.source.name, "no such file or folder") from error
    except Exception as error:  # each plugin of fsspec has errors of its own
        raise ReadError(item.source.name, f"cannot be fetched: {said(error, item.uri)}") from error


def mark_bytes(shard: Shard) -> bytes:
    """Return a commit mark as JSON: lists where there may be many, so that it stays small."""
    value = {
        "key": shard.key,
        "sha256": shard.sha256,
        "size": shard.size,
        "words": shard.words,
        "claims": dict(shard.claims),
        "documents": [[d.name, d.graph, d.start, d.size] for d in shard.documents],
        "failures": [asdict(failure) for failure in shard.failures],
        "doubts": [asdict(doubt) for doubt in shard.doubts],
        "broken": list(shard.broken),
        "silent": shard.silent,
    }
    return json.dumps(value, indent=0).encode("ascii") + b"\n"


def read_mark(out: Place, key: str) -> Shard | None:
    """Return the commit mark of a shard; None if it is not committed, or its mark is damaged and it is to be redone."""
    name = key_of(key, "json")
    if not out.has(name):
        return None
    try:
        return parse_mark(out.get(name), key)
    except DAMAGE:
        return None


def parse_mark(data: bytes, key: str) -> Shard:
    """Return the commit mark that ``mark_bytes`` wrote.

    Raises:
        ValueError, KeyError, TypeError, AttributeError, RecursionError: It is not one (``DAMAGE``).
    """
    value = json.loads(data)
    shard = Shard(
        key=text_of(value["key"]),
        documents=tuple(Spot(text_of(n), text_of(g), whole(s), whole(z)) for n, g, s, z in value["documents"]),
        words=whole(value["words"]),
        claims=tuple((text_of(kind), whole(count)) for kind, count in value["claims"].items()),
        failures=tuple(_failure(**failure) for failure in value["failures"]),
        doubts=tuple(_failure(**doubt) for doubt in value["doubts"]),
        broken=tuple(map(text_of, value["broken"])),
        silent=whole(value["silent"]),
        size=whole(value["size"]),
        sha256=text_of(value["sha256"]),
    )
    end = 0
    for spot in shard.documents:
        if spot.start != end or not spot.size:
            raise ValueError(f"{spot.name} does not start where the document before it ends")
        end += spot.size
    if end != shard.size or shard.key != key:
        raise ValueError("the documents do not fill the shard, or it is another's mark")
    return shard


def whole(value: object) -> int:
    """Return a count or an offset from a file, or raise ValueError: what JSON cannot keep exactly is none.

    >>> whole(3)
    3
    """
    if type(value) is not int or not 0 <= value < MOST:
        raise ValueError("no whole number in range")
    return value


def text_of(value: object) -> str:
    """Return a string from a file, or raise ValueError."""
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def _failure(source: object, where: object, why: object) -> Failure:
    return Failure(text_of(source), None if where is None else text_of(where), text_of(why))


def is_whole(out: Place, shard: Shard) -> bool:
    """Say whether the .nq of a mark is there with the bytes that were committed, each document where the mark says."""
    if not out.has(shard.nquads):
        return False
    with out.open(shard.nquads) as stream:
        return digest_of(stream) == (shard.sha256, shard.size) and fits(shard, stream)


def digest_of(stream: IO[bytes]) -> tuple[str, int]:
    """Return the sha256 and the number of the bytes that are left in a file."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def belongs(spot: Spot, nquads: bytes) -> bool:
    """Say whether all lines of a segment stand in the graph of its document or in its ties."""
    ends = tuple(f" <{spot.graph}{tail}> .".encode() for tail in ("", TIES))
    return nquads.endswith(b"\n") and all(line.endswith(ends) for line in nquads[:-1].split(b"\n"))


def read_segments(
    out: Place, shard: Shard, wanted: Container[str] | None = None, size: int = BATCH
) -> Iterator[list[tuple[Spot, bytes]]]:
    """Yield the N-Quads of the documents of a shard, or of those wanted (IRIs), about so many bytes at a time.

    Raises:
        StoreError: Not there, not readable, or not what was committed; then before anything is yielded.
    """
    with out.open(shard.nquads) as stream:
        if digest_of(stream) != (shard.sha256, shard.size):
            raise damaged(out, shard)
        if not fits(shard, stream):
            mark = f"{out.uri}/{key_of(shard.key, 'json')}"
            raise StoreError(mark, f"is damaged (its documents do not fit the .nq); {AGAIN}")
        batch: list[tuple[Spot, bytes]] = []
        held = 0
        for spot in shard.documents:
            if wanted is None or spot.graph in wanted:
                stream.seek(spot.start)
                batch.append((spot, stream.read(spot.size)))
                held += spot.size
            if held >= size:
                yield batch
                batch, held = [], 0
        if batch:
            yield batch


def fits(shard: Shard, stream: IO[bytes]) -> bool:
    """Say whether each document of a mark has lines of its own graph only."""
    stream.seek(0)
    return all(belongs(spot, stream.read(spot.size)) for spot in shard.documents)


def damaged(out: Place, shard: Shard) -> StoreError:
    """Return the error for a shard whose bytes are not those that were committed."""
    file = f"{out.uri}/{shard.nquads}"
    return StoreError(file, f"is damaged (its sha256 does not fit); {AGAIN}")
