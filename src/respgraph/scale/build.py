"""What the user named -> shards in a folder, a list of what could not be read, and the links between documents.

::

    run.json          written last: how it was read, and the shards in their order
    failures.jsonl    what could not be read, and why, in the order of the texts; then, with "read": true, what was read
                      and is doubtful
    links.nq          what is only known once all texts are there (``links.py``)
    shards/           ``shard.py``
    lock, parts/, work/   of a run that is under way

Nothing in them comes from a clock, and the order is that of the texts: a run that was killed and run again leaves
the same bytes as one that nobody disturbed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from respgraph.errors import RespgraphError, StoreError, hide_user
from respgraph.model import content_hash
from respgraph.scale.links import WORK, link_shards
from respgraph.scale.parts import PART_BYTES, Item, Wanted, divide, find_items, is_corpus, write_part
from respgraph.scale.place import Place, absolute, is_remote, local_path
from respgraph.scale.shard import (
    DAMAGE,
    Config,
    Failure,
    Shard,
    digest_of,
    is_whole,
    key_of,
    noted,
    process_part,
    read_mark,
    shard_key,
    text_of,
    whole,
)
from respgraph.scale.workers import Task, Workers, run_tasks
from respgraph.store.folder import lock_file
from respgraph.update import refuse_twins
from respgraph.vocab import ONTOLOGY_VERSION

RUN: Final = "run.json"
FAILURES: Final = "failures.jsonl"
LINKS: Final = "links.nq"
PARTS: Final = "parts"
FORMAT: Final = 1
NOTHING_SPECIAL: Final = Wanted()
_KEY: Final = re.compile("[0-9a-f]{24}")
FILES: Final = frozenset({RUN, FAILURES, LINKS, "lock"})
FOLDERS: Final = frozenset({"shards", PARTS, WORK})
AGAIN: Final = "run the same `respgraph build ... --out` again, which makes it anew"


@dataclass(slots=True)
class Progress:
    """How far a build is. ``resumed`` of the documents were done by an earlier run, ``silent`` are without a claim."""

    stage: str = "listing"
    texts: int = 0
    bytes: int = 0
    bytes_done: int = 0
    bytes_resumed: int = 0
    documents: int = 0
    resumed: int = 0
    words: int = 0
    words_resumed: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    failures: int = 0
    silent: int = 0
    workers: int = 0


def build_shards(
    inputs: Iterable[str],
    out: str,
    config: Config,
    workers: Workers,
    *,
    wanted: Wanted = NOTHING_SPECIAL,
    part_bytes: int = PART_BYTES,
    folders: Iterable[str] = (),
    tick: Callable[[Progress], None] = lambda _: None,
    tell: Callable[[list[Failure], list[Failure]], None] = lambda *_: None,
) -> Progress:
    """Read texts into shards, and return what came of it.

    Args:
        inputs: Files, folders and patterns, paths or URIs; they are gone through twice.
        out: A folder, path or URI, that holds nothing else.
        config: How to read.
        workers: Who does the work; they are closed if it cannot be done.
        wanted: Encoding, text column and languages of the texts.
        part_bytes: About how many bytes of text a part has.
        folders: Names of the folders of which all texts are among the inputs, for ``load_shards``.
        tick: Told how far it is, every second or so.
        tell: Told in the end what could not be read and what is doubtful of what was, in the order of the texts.

    Raises:
        StoreError: The folder is another's, is being written, or cannot be written; two texts of one name.
        ReadError: An input is not there.
        RespgraphError: Nothing could be read, or the workers are gone.
    """
    place = Place(absolute(out))
    inputs = list(inputs)
    refuse_strange_folder(place, inputs)
    with locked(place):
        held = held_run(place)
        build = _Build(place, inputs, wanted, config, workers, part_bytes, tick)
        try:
            build.survey()
            build.shards()
            build.finish(sorted(folders), held, tell)
        except BaseException:
            workers.close()  # nobody writes any more when the lock goes
            raise
        return build.progress


def refuse_strange_folder(place: Place, inputs: Iterable[str]) -> None:
    """Raise StoreError for a folder with other things in it, or links, or one in a folder that is to be read."""
    if place.folder is None:
        return
    folder = place.folder
    if folder.exists() and not folder.is_dir():
        raise StoreError(str(folder), "is a file; name a folder")
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in FILES | FOLDERS:
            raise StoreError(str(folder), f"has other things in it ({path.name!r}); name a new folder")
        refuse_strange_path(path)
    real = Path(os.path.realpath(folder))
    for given in inputs:
        if not is_remote(given) and given and Path(os.path.realpath(local_path(given))) in (real, *real.parents):
            raise StoreError(str(folder), f"lies in {given!r}, which is to be read; name a folder beside it")


def refuse_strange_path(path: Path) -> None:
    """Raise StoreError if what has the name of one of our files or folders is none: nothing is written through a link.

    The folders of shards are looked through too: what a build removes in the end must lie in its folder.
    """
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise StoreError(str(path), "is a link, which is not followed; remove it")
    if path.name in FILES:
        if not stat.S_ISREG(mode):
            raise StoreError(str(path), "is no regular file, so not one of a build; remove it")
        return
    if not stat.S_ISDIR(mode):
        raise StoreError(str(path), "is no folder, so not one of a build; remove it")
    with os.scandir(path) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_symlink():
                raise StoreError(entry.path, "is a link, which is not followed; remove it")


@contextmanager
def locked(place: Place) -> Iterator[None]:
    """Keep other builds out of a folder of this machine. On object storage two would write the same bytes."""
    if place.folder is None:
        yield
        return
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(str(place.folder), f"cannot be made: {error.strerror or error}") from error
    lock = lock_file(place.folder)
    try:
        remove_halves(place.folder)
        yield
        (place.folder / "lock").unlink(missing_ok=True)
    except BaseException:
        remove_halves(place.folder)
        raise
    finally:
        lock.close()


def remove_halves(folder: Path) -> None:
    """Remove what a process that was killed was in the middle of writing."""
    for part in folder.rglob(".*.part"):
        part.unlink(missing_ok=True)


class _Build:
    """The state of a build: the keys of its shards in order, and what failed in which."""

    def __init__(
        self,
        out: Place,
        inputs: list[str],
        wanted: Wanted,
        config: Config,
        workers: Workers,
        part_bytes: int,
        tick: Callable[[Progress], None],
    ) -> None:
        self.out, self.inputs, self.wanted, self.config, self.workers = out, inputs, wanted, config, workers
        self.corpora: list[str] = []
        self.part_bytes, self.tell = part_bytes, tick
        self.progress = Progress()
        self.keys: list[str] = []
        self.failures: dict[str, tuple[Failure, ...]] = {}
        self.doubts: dict[str, tuple[Failure, ...]] = {}
        self.sizes: dict[str, int] = {}

    def tick(self) -> None:
        self.progress.workers = self.workers.width()
        self.tell(self.progress)

    def items(self) -> Iterator[Item]:
        return find_items(self.inputs, self.wanted)

    def survey(self) -> None:
        """Count the texts and refuse two of one name; hashes are held, not names."""
        seen: set[int] = set()
        for item in self.items():
            name = item.source.document_name
            digest = int(content_hash(name, length=16), 16)
            if digest in seen:
                refuse_twins([name, name])
            seen.add(digest)
            if is_corpus(item.source):
                self.corpora.append(name + "#")
            self.progress.texts += 1
            self.progress.bytes += item.size
        self.progress.stage = "reading"

    def shards(self) -> None:
        """Have every part done that is not committed."""
        for task, shard in run_tasks(self.workers, self.tasks(), self.after_crash, self.tick):
            self.count(shard, resumed=False)
            self.out.drop(f"{PARTS}/{task.name}.jsonl")

    def tasks(self) -> Iterator[Task]:
        for part in divide(self.items(), self.part_bytes):
            data = write_part(part)
            key = shard_key(data, self.config)
            self.keys.append(key)
            self.sizes[key] = sum(item.size if item.weight is None else item.weight for item in part)
            done = read_mark(self.out, key)
            if done is not None and is_whole(self.out, done):
                self.count(done, resumed=True)
                continue
            if done is not None:
                self.out.drop(key_of(key, "json"))
            self.out.put(f"{PARTS}/{key}.jsonl", data)
            yield Task(key, process_part, (f"{self.out.uri}/{PARTS}/{key}.jsonl", self.out.uri, self.config))

    def count(self, shard: Shard, resumed: bool) -> None:
        done = self.progress
        size = self.sizes.pop(shard.key)
        done.documents += len(shard.documents)
        done.words += shard.words
        done.bytes_done += size
        done.failures += len(shard.failures)
        done.silent += shard.silent
        done.claims.update(dict(shard.claims))
        if resumed:
            done.resumed += len(shard.documents)
            done.words_resumed += shard.words
            done.bytes_resumed += size
        if shard.failures:
            self.failures[shard.key] = shard.failures
        if shard.doubts:
            self.doubts[shard.key] = shard.doubts

    def after_crash(self, task: Task) -> Task:
        """Return what to do about a part whose process died again: look where, and leave out what kills it twice."""
        uri, out, config, *rest = task.arguments
        skip: tuple[int, ...] = rest[1] if rest else ()
        at = noted(self.out, task.name) if rest else None
        if rest and at is None and task.crashes > 4:
            raise RespgraphError(f"a process dies before it reads the first text of part {task.name} (out of memory?)")
        if at is not None and at == task.last:
            skip, at = tuple(sorted({*skip, at})), None
        self.out.drop(key_of(task.name, "at"))
        return replace(task, arguments=(uri, out, config, True, skip), last=at)

    def finish(
        self, folders: list[str], held: dict[str, Any], tell: Callable[[list[Failure], list[Failure]], None]
    ) -> None:
        """Write what is known in the end, and remove what belongs to no text any more."""
        failures = [f for key in self.keys for f in self.failures.get(key, ())]
        doubts = [f for key in self.keys for f in self.doubts.get(key, ())]
        told = [*map(asdict, failures), *(asdict(doubt) | {"read": True} for doubt in doubts)]
        self.out.put(FAILURES, "".join(json.dumps(line, ensure_ascii=True) + "\n" for line in told).encode("ascii"))
        tell(failures, doubts)
        done = self.progress
        if not done.documents:
            raise RespgraphError(f"none of the texts could be read; {hide_user(self.out.uri)}/{FAILURES} says why")
        head = self.head(folders)
        if {**held, "links": ""} != {**head, "links": ""} or not self.linked(held):
            done.stage = "linking"
            self.tick()
            links = link_shards(
                self.out, self.keys, self.config.base, self.workers, documents=done.documents, tick=self.tick
            )
            self.out.put(LINKS, links)
            self.out.put(RUN, run_bytes({**head, "links": hashlib.sha256(links).hexdigest()}))
        self.sweep()
        done.stage = "done"
        self.tick()

    def linked(self, held: dict[str, Any]) -> bool:
        """Say whether the links of an earlier run are there as it wrote them."""
        if not self.out.has(LINKS):
            return False
        with self.out.open(LINKS) as stream:
            return digest_of(stream)[0] == str(held["links"])

    def head(self, folders: list[str]) -> dict[str, Any]:
        done = self.progress
        return {
            "format": FORMAT,
            "ontology": ONTOLOGY_VERSION,
            "base": self.config.base,
            "run": [list(pair) for pair in self.config.run],
            "folders": folders,
            "corpora": self.corpora,
            "documents": done.documents,
            "words": done.words,
            "claims": dict(sorted(done.claims.items())),
            "failures": done.failures,
            "silent": done.silent,
            "links": "",
            "shards": self.keys,
        }

    def sweep(self) -> None:
        """Remove the shards of texts that are not there any more, and what a run under way leaves."""
        kept = {key_of(key, suffix) for key in self.keys for suffix in ("nq", "json")}
        for key in list(self.out.keys("shards")):
            if key not in kept:
                self.out.drop(key)
        self.out.clear(PARTS)
        self.out.clear(WORK)


def run_bytes(head: dict[str, Any]) -> bytes:
    """Return run.json."""
    return json.dumps(head, indent=0).encode("ascii") + b"\n"


def read_run(out: Place) -> dict[str, Any]:
    """Return run.json.

    Raises:
        StoreError: There is none, it is damaged, or from a newer version.
    """
    if not out.has(RUN):
        raise StoreError(out.uri, "holds no finished build: run `respgraph build ... --out` to its end first")
    head = held_run(out)
    if not head:
        raise StoreError(f"{out.uri}/{RUN}", f"is damaged: {AGAIN}")
    return head


def held_run(out: Place) -> dict[str, Any]:
    """Return run.json, empty if there is none or it is damaged: a build makes it anew.

    Raises:
        StoreError: It is from a newer version.
    """
    if not out.has(RUN):
        return {}
    try:
        head: dict[str, Any] = json.loads(out.get(RUN))
        newer = whole(head["format"]) > FORMAT
        if not newer:
            check_head(head)
    except DAMAGE:
        return {}
    if newer:
        raise StoreError(out.uri, "was made by a newer respgraph; update respgraph")
    return head


def check_head(head: dict[str, Any]) -> None:
    """Raise one of ``DAMAGE`` if a run.json has not what ``_Build.head`` writes."""
    for name in ("ontology", "base", "links"):
        text_of(head[name])
    for name in ("documents", "words", "failures", "silent"):
        whole(head[name])
    for kind, count in head["claims"].items():
        text_of(kind)
        whole(count)
    for key, value in _list(head["run"]):
        text_of(key)
        text_of(value)
    for name in ("folders", "corpora", "shards"):
        for value in _list(head[name]):
            text_of(value)
    if not all(_KEY.fullmatch(key) for key in head["shards"]):
        raise ValueError("no name of a shard")


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value


__all__ = ["FAILURES", "LINKS", "Progress", "build_shards", "read_run"]
