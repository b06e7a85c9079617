"""A store folder: one N-Quads segment per document, and a pyoxigraph database made from them.

::

    store.json                format and ontology version
    notes                     what was derived from each segment, by its sha256; may be removed
    lock                      held by the one process that writes
    segments/3f/3f9c...nq     one document and its ties, sorted lines, its own sha256 as last line
    db/current                the number of the published database
    db/7/                     a database, with loaded.json: which segments it holds
    db/anew                   the next database is to be made from the segments alone

The segments are the truth. A segment is written beside, synced and renamed: from then on the document is in
the store, whatever dies next. The database follows in ``save`` (and before any question): it is made *beside*
the published one (hard links, so a small change is cheap), then published by renaming ``db/current``.

Note: who reads beside a writer. RocksDB says that opening read-only while another process writes is undefined.
So a published database is never written again: readers hold a shared lock on it and see that state to the end,
the writer publishes another and removes those that nobody holds. A process killed at any moment leaves
segments that ``current`` does not know yet; whoever opens the store next, and can lock it, takes them in.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from respgraph.errors import StoreError
from respgraph.model import content_hash
from respgraph.rdf.write import write_bytes
from respgraph.store.graph import TIES, Store, View, empty
from respgraph.vocab import ONTOLOGY_VERSION

if TYPE_CHECKING:
    import pyoxigraph

FORMAT: Final = 1
FEW: Final = 50  # changed documents up to which each is replaced in one transaction, beyond which bulk_load pays
PART: Final = 96_000_000  # bytes given to one bulk_load: one of all would be slower to ask and need more memory
MOST: Final = 4  # times the bytes of the segments that a database may take, and some, before it is made anew
SLACK: Final = 50_000_000
_SEAL: Final = b"# sha256 "
_HEX: Final = 64

# What is loaded: segment name -> [graph IRI, size, time of change in ns]. A rename gives a segment a new time.
Loaded = dict[str, tuple[str, int, int]]


def is_store(address: str) -> bool:
    """Say whether a path is a store folder."""
    return bool(address) and Path(address, "store.json").is_file()


def open_folder(path: Path) -> View:
    """Return the published state of a store folder, to be read; what a killed writer left is taken in first.

    Raises:
        StoreError: From a newer version, damaged, or being built for the first time by another process.
    """
    check_version(path)
    segments = Segments(path)
    published = Published(path)
    if published.loaded() != segments.listed() and os.access(path, os.W_OK):
        try:
            with FolderStore(path):
                pass
        except LockedError:
            pass  # another process is writing: its last published state is what there is to read
    database, lock = published.open()
    if database is None or lock is None:
        raise StoreError(str(path), "is being built by another process and has nothing to read yet; try again later")
    return FolderView(str(path), database, lock)


class LockedError(StoreError):
    """Another process is writing the store."""


class FolderView(View):
    """The published state of a store folder."""

    def __init__(self, address: str, store: pyoxigraph.Store, lock: IO[bytes]) -> None:
        """Keep the lock for as long as the quads are read."""
        super().__init__(address, store)
        self._lock: IO[bytes] | None = lock
        self._sources: dict[str, tuple[str, int, int]] | None = None

    def segment(self, graph: str) -> bytes:
        """Return a document's lines: those of its segment, if that is still what this database was made from."""
        name, *status = self._made_from().get(graph, ("", 0, 0))
        if name and self._lock is not None:
            segments = Segments(Path(self._lock.name).parents[2])
            try:
                lines = segments.read(name)[1]
                if list(segments.status(name)) == status:  # asked after reading: nobody has replaced it before
                    return lines
            except (OSError, StoreError):
                pass  # removed or replaced since: the database still has what it was made from
        return super().segment(graph)

    def lines(self, graph: str) -> list[str]:
        """Return the quads of a named graph and its ties as lines: those of its segment."""
        return self.segment(graph).decode("utf-8").split("\n")[:-1]

    def _made_from(self) -> dict[str, tuple[str, int, int]]:
        """Return name, size and time of the segment of each graph, as they were when the database was made."""
        if self._sources is None:
            found = json.loads(Path(self._lock.name).read_text(encoding="utf-8")) if self._lock else {}
            self._sources = {graph: (name, size, time) for name, (graph, size, time) in found.items()}
        return self._sources

    def database(self) -> Path | None:
        """Return the folder of the database, which stays as it is while this view is open."""
        return Path(self._lock.name).parent if self._lock else None

    def close(self) -> None:
        """Let go of the database, which may then be removed by the writer."""
        super().close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None


class FolderStore(Store):
    """A store folder to be changed by this process alone."""

    def __init__(self, path: Path) -> None:
        """Lock the folder, make it if it is not there, and take in what a killed writer left.

        Raises:
            StoreError: No folder of ours, from a newer version, locked, not writable, or damaged.
        """
        super().__init__(str(path), empty())
        make_folder(path)
        self._writer = lock_file(path)
        self._view: FolderView | None = None
        self._changed = True
        try:
            self._segments = Segments(path)
            self._published = Published(path)
            refuse_links(path)
            if not check_version(path):
                write_version(path)  # so that an older respgraph leaves alone what this one is about to put
            sweep(path)
            self.save()
        except BaseException:
            self._writer.close()
            raise

    @property
    def _store(self) -> pyoxigraph.Store:
        return self._published_view()._store

    def _published_view(self) -> FolderView:
        """Return what was put so far, published and opened."""
        self.save()
        if self._view is None:
            database, lock = self._published.open()
            if database is None or lock is None:
                raise StoreError(self.address, "has no readable database beside its segments")
            self._view = FolderView(self.address, database, lock)
        return self._view

    def segment(self, graph: str) -> bytes:
        """Return a document's lines: those of its segment."""
        return self._published_view().segment(graph)

    def lines(self, graph: str) -> list[str]:
        """Return the quads of a named graph and its ties as lines: those of its segment."""
        return self._published_view().lines(graph)

    def load_segment(self, graph: str, nquads: bytes) -> None:
        """Replace a document: from the return on it is in the store, whatever happens to this process."""
        self._segments.write(graph, nquads)
        self._changed = True

    def add_segments(self, segments: Iterable[tuple[str, bytes]]) -> None:
        """Put many documents: one wait for the disk at the end, not one for each."""
        self._changed = True
        for graph, nquads in segments:
            self._segments.write(graph, nquads, durable=False)
        os.sync()

    def remove_graph(self, graph: str) -> None:
        """Remove a document and its ties."""
        self._segments.remove(graph)
        self._changed = True

    def save(self) -> None:
        """Bring the database up to the segments and publish it; nothing to do if it is."""
        if not self._changed:
            return
        if self._view is not None:
            self._view.close()
            self._view = None
        self._published.follow(self._segments)
        self._changed = False

    def database(self) -> Path | None:
        """Return the folder of the published database."""
        return self._published_view().database()

    def purge(self) -> None:
        """Have the database made anew in the next ``save``, and drop the notes: both hold words of what was removed.

        RocksDB keeps what was deleted until it compacts its tables, and the engine never removes a string.
        """
        self.notes().unlink(missing_ok=True)
        self._published.discard()
        self._changed = True

    def notes(self) -> Path:
        """Return the file of notes; only the one who writes the store may write it."""
        return Path(self.address) / "notes"

    def digest(self, graph: str) -> str:
        """Return the hash in the seal of a document's segment."""
        return self._segments.digest(graph)

    def close(self) -> None:
        """Publish what was put and let others write."""
        try:
            self.save()
        finally:
            if self._view is not None:
                self._view.close()
            self._writer.close()


class Segments:
    """The segment files of a store folder."""

    def __init__(self, path: Path) -> None:
        """Name the store's folder."""
        self.folder = path / "segments"

    def file_of(self, graph: str) -> Path:
        """Return the file of a graph: its name is a hash, whatever the IRI holds."""
        name = content_hash(graph, length=32)
        return self.folder / name[:2] / f"{name}.nq"

    def listed(self) -> dict[str, tuple[int, int]]:
        """Return size and time of change of each segment, by name."""
        found = {}
        for folder in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
            for entry in os.scandir(folder):
                if entry.name.endswith(".nq"):
                    status = entry.stat()
                    found[entry.name.removesuffix(".nq")] = (status.st_size, status.st_mtime_ns)
        return found

    def status(self, name: str) -> tuple[int, int]:
        """Return size and time of change of a segment."""
        found = (self.folder / name[:2] / f"{name}.nq").stat()
        return found.st_size, found.st_mtime_ns

    def write(self, graph: str, nquads: bytes, durable: bool = True) -> None:
        """Write a segment so that it is there whole or not at all; if ``durable``, also after a power cut."""
        path = self.file_of(graph)
        make_durable_folder(path.parent)
        seal = _SEAL + hashlib.sha256(nquads).hexdigest().encode() + b" " + graph.encode("utf-8") + b"\n"
        write_bytes(path, [nquads, seal], durable)
        if durable:
            sync_folder(path.parent)

    def remove(self, graph: str) -> None:
        """Remove a segment; one that is not there is no error."""
        path = self.file_of(graph)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            sync_folder(path.parent)

    def read(self, name: str) -> tuple[str, bytes]:
        """Return the graph IRI and the lines of a segment.

        Raises:
            StoreError: Its seal is missing or does not fit: damaged.
        """
        path = self.folder / name[:2] / f"{name}.nq"
        try:
            data = path.read_bytes()
        except OSError as error:
            raise StoreError(str(path), f"cannot be read: {error.strerror}") from error
        body, mark, seal = data.rpartition(_SEAL)
        digest, _, graph = seal.decode("utf-8", "replace").strip().partition(" ")
        if not mark or hashlib.sha256(body).hexdigest() != digest or path != self.file_of(graph):
            raise StoreError(str(path), "is damaged (its sha256 does not fit); remove this file and build again")
        return graph, body

    def digest(self, graph: str) -> str:
        """Return the hash in the seal of a graph's segment, "" if it has none."""
        end = b" " + graph.encode("utf-8") + b"\n"
        try:
            with self.file_of(graph).open("rb") as stream:
                stream.seek(-len(_SEAL) - _HEX - len(end), os.SEEK_END)
                seal = stream.read()
        except OSError:
            return ""
        digest = seal[len(_SEAL) : -len(end)].decode("ascii", "replace")
        return digest if seal.startswith(_SEAL) and seal.endswith(end) and re.fullmatch("[0-9a-f]{64}", digest) else ""


class Part:
    """Segments as files that a database reads one after the other, each of at most ``PART`` bytes and a segment.

    No more than a segment is in memory beside what the engine holds.
    """

    def __init__(self, segments: Segments, names: Iterable[str]) -> None:
        """Name the segments, in the order they are to be read."""
        self.read_so_far: dict[str, str] = {}
        self.broken: StoreError | None = None
        self._segments = segments
        self._names = iter(names)
        self._lines = memoryview(b"")
        self._given = 0

    def more(self) -> bool:
        """Begin the next file; say whether there is one."""
        self._given = 0
        return self._next()

    def read(self, size: int) -> bytes:
        """Return so many bytes of the file or fewer, none at its end.

        Raises:
            OSError: A segment is damaged; the engine would hide any other error, so ``broken`` says which.
        """
        try:
            if not self._lines and (self._given >= PART or not self._next()):
                return b""
        except StoreError as error:
            self.broken = error
            raise OSError(str(error)) from error
        lines, self._lines = self._lines[:size], self._lines[size:]
        return bytes(lines)

    def _next(self) -> bool:
        """Take the next segment with a line in it."""
        for name in self._names:
            self.read_so_far[name], lines = self._segments.read(name)
            self._lines = memoryview(lines)
            self._given += len(lines)
            if lines:
                return True
        return False


class Published:
    """The databases of a store folder, of which one is current."""

    def __init__(self, path: Path) -> None:
        """Name the store's folder."""
        self.folder = path / "db"
        self._anew = self.folder / "anew"

    def current(self) -> int:
        """Return the number of the published database, 0 if there is none."""
        try:
            return int((self.folder / "current").read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0

    def loaded(self) -> dict[str, tuple[int, int]] | None:
        """Return what the published database holds, in the way ``Segments.listed`` does; None if there is none."""
        found = self._loaded()
        return None if found is None else {name: (size, time) for name, (_, size, time) in found.items()}

    def _loaded(self) -> Loaded | None:
        try:
            text = (self.folder / str(self.current()) / "loaded.json").read_text(encoding="utf-8")
            return {name: (str(graph), int(size), int(time)) for name, (graph, size, time) in json.loads(text).items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return None

    def open(self) -> tuple[pyoxigraph.Store | None, IO[bytes] | None]:
        """Return the published database, opened read-only, and the lock that keeps it.

        Raises:
            StoreError: Damaged.
        """
        import pyoxigraph

        for _ in range(10):  # a writer may publish another and remove this one before it is locked
            number = self.current()
            folder = self.folder / str(number)
            try:
                lock = (folder / "loaded.json").open("rb")
            except OSError:
                continue
            fcntl.flock(lock, fcntl.LOCK_SH)
            try:
                return pyoxigraph.Store.read_only(str(folder / "rocks")), lock
            except (OSError, ValueError, RuntimeError) as error:
                lock.close()
                if self.current() == number:
                    raise StoreError(str(folder), f"is damaged ({first_line(error)}); {MEND}") from error
        return None, None

    def follow(self, segments: Segments) -> None:
        """Publish a database that holds the segments, if the published one does not.

        Raises:
            StoreError: A damaged segment, or a disk that takes no more.
        """
        listed = segments.listed()
        anew = self._anew.exists()
        self._remove_unused(keep=self.current())
        if not anew and listed == self.loaded() and self._opens():
            return
        number = self.current() + 1
        folder = self.folder / str(number)
        try:
            anew = anew or not self._opens() or self._is_swollen(listed)
            self._fill(folder, {} if anew else self._copy(folder), listed, segments)
            write_bytes(self.folder / "current", [f"{number}\n".encode("ascii")])
            sync_folder(self.folder)
            self._anew.unlink(missing_ok=True)
        except (OSError, RuntimeError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise StoreError(str(folder), f"cannot be written: {first_line(error)}; the segments are safe") from error
        self._remove_unused(keep=number)

    def discard(self) -> None:
        """Have the next database made from the segments alone, also if this process dies before."""
        write_bytes(self._anew, [b""])
        sync_folder(self.folder)

    def _is_swollen(self, listed: dict[str, tuple[int, int]]) -> bool:
        """Say whether the database is mostly of what was removed: new, it takes less than twice the segments."""
        source = self.folder / str(self.current()) / "rocks"
        return sum(f.stat().st_size for f in source.glob("*.sst")) > SLACK + MOST * sum(s for s, _ in listed.values())

    def _opens(self) -> bool:
        try:
            database, lock = self.open()
        except StoreError:
            return False
        if lock is not None:
            lock.close()
        return database is not None

    def _copy(self, folder: Path) -> Loaded:
        """Copy the published database: its tables never change, so links to them will do."""
        loaded = self._loaded()
        if loaded is None:
            return {}
        source = self.folder / str(self.current()) / "rocks"
        shutil.copytree(source, folder / "rocks", copy_function=link_or_copy)
        return loaded

    def _fill(self, folder: Path, loaded: Loaded, listed: dict[str, tuple[int, int]], segments: Segments) -> None:
        import pyoxigraph

        gone = [name for name, (_, size, time) in loaded.items() if listed.get(name) != (size, time)]
        new = sorted(name for name, status in listed.items() if loaded.get(name, ("", 0, 0))[1:] != status)
        if len(gone) > len(loaded) // 2 > FEW:
            shutil.rmtree(folder, ignore_errors=True)
            loaded, gone, new = {}, [], sorted(listed)
        folder.mkdir(parents=True, exist_ok=True)
        database = pyoxigraph.Store(str(folder / "rocks"))
        held = dict(loaded)
        part = Part(segments, new)
        try:
            for name in gone:
                for graph in (loaded[name][0], loaded[name][0] + TIES):
                    database.remove_graph(pyoxigraph.NamedNode(graph))
                del held[name]
            while part.more():
                (database.load if len(new) <= FEW else database.bulk_load)(
                    part,  # type: ignore[arg-type]  # only read() is called
                    pyoxigraph.RdfFormat.N_QUADS,
                    lenient=True,  # sealed lines are those that were checked when they were written
                )
            held |= {name: (graph, *listed[name]) for name, graph in part.read_so_far.items()}
            if len(new) > FEW:
                database.optimize()  # one table to look into instead of many: halves what a question costs
            database.flush()
        except (SyntaxError, OSError) as error:
            if part.broken is not None:
                raise part.broken from error
            if isinstance(error, OSError):
                raise
            raise StoreError(str(segments.folder), f"hold a line that is not RDF ({first_line(error)})") from error
        finally:
            del database  # also from the traceback: it keeps its lock as long as anything names it
        write_bytes(folder / "loaded.json", [json.dumps(dict(sorted(held.items())), indent=0).encode("utf-8")])

    def _remove_unused(self, keep: int) -> None:
        """Remove the databases that are not current and that no reader holds."""
        for folder in self.folder.iterdir() if self.folder.is_dir() else ():
            if not folder.is_dir() or folder.name == str(keep):
                continue
            try:
                with (folder / "loaded.json").open("rb") as lock:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
            except BlockingIOError:
                continue
            except OSError:  # never finished, so never opened
                shutil.rmtree(folder, ignore_errors=True)


MEND: Final = "remove the folder db in the store: it is made again from the segments"


def check_version(path: Path) -> bool:
    """Say whether a store is of this very version, not an older one.

    Raises:
        StoreError: A newer respgraph made it, or its store.json is damaged.
    """
    file = path / "store.json"
    try:
        made: Any = json.loads(file.read_text(encoding="utf-8"))
        form, ontology = int(made["format"]), str(made["ontology"])
        newer = form > FORMAT or version_key(ontology) > version_key(ONTOLOGY_VERSION)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(str(file), "is damaged: no format and ontology version") from error
    if newer:
        raise StoreError(
            str(path),
            f"was made by a newer respgraph (store format {form}, ontology {ontology}; this one reads format "
            f"{FORMAT}, ontology {ONTOLOGY_VERSION}); update respgraph",
        )
    return (form, version_key(ontology)) == (FORMAT, version_key(ONTOLOGY_VERSION))


def write_version(path: Path) -> None:
    """Write which version this store is of."""
    head = {"format": FORMAT, "ontology": ONTOLOGY_VERSION}
    write_bytes(path / "store.json", [json.dumps(head).encode("ascii") + b"\n"])
    sync_folder(path)


def version_key(version: str) -> tuple[int, ...]:
    """Return a version as numbers that compare.

    >>> version_key("0.10.0") > version_key("0.9.1")
    True
    """
    return tuple(int(part) for part in version.split("."))


def make_folder(path: Path) -> None:
    """Make an empty store folder, or check the one that is there.

    Raises:
        StoreError: Not a folder, a folder with other things in it, from a newer version, not writable.
    """
    if is_store(str(path)):
        check_version(path)
        return
    try:
        if path.is_dir() and any(not _of_a_start(entry.name) for entry in path.iterdir()):
            raise StoreError(str(path), "is a folder with other things in it, not a store; name an empty or new one")
        path.mkdir(parents=True, exist_ok=True)
        write_version(path)
    except OSError as error:
        raise StoreError(str(path), f"cannot be made: {error.strerror or error}") from error


def refuse_links(path: Path) -> None:
    """Raise StoreError for a link where this process writes: in a stranger's store it may lead to any file of ours."""
    for name in ("store.json", "notes", "db/current", "db/anew"):
        if (path / name).is_symlink():
            raise StoreError(str(path / name), "is a link, not a file of a store; remove it")


def sweep(path: Path) -> None:
    """Remove what a killed writer left half-written."""
    for pattern in (".notes.*.part", "db/.*.part", "segments/*/.*.part"):
        for part in path.glob(pattern):
            part.unlink(missing_ok=True)


def _of_a_start(name: str) -> bool:
    """Say whether a file is what a process leaves that is killed while it makes a store."""
    return name.startswith(".store.json.") and name.endswith(".part")


def lock_file(path: Path) -> IO[bytes]:
    """Return the open lock of the one writer; the system lets go of it when the process dies.

    Raises:
        LockedError: Another process holds it.
        StoreError: The folder cannot be written.
    """
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        handle = os.open(path / "lock", flags, 0o666)
    except OSError as error:
        if (path / "lock").is_symlink():
            raise StoreError(str(path / "lock"), "is a link, not the lock of a store; remove it") from error
        raise StoreError(str(path), f"cannot be written: {error.strerror}") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise StoreError(str(path / "lock"), "is no regular file, so not the lock of a store; remove it")
    stream = os.fdopen(handle, "wb", buffering=0)
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        stream.close()
        raise LockedError(str(path), "is being written by another process; try again when it is done") from error
    return stream


def make_durable_folder(path: Path) -> None:
    """Make a folder and the ones above it so that they outlast a power cut."""
    if path.is_dir():
        return
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(str(path), f"cannot be written: {error.strerror}") from error
    sync_folder(path.parent)
    sync_folder(path.parent.parent)


def sync_folder(path: Path) -> None:
    """Have the names in a folder written to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def link_or_copy(source: str, target: str) -> None:
    """Link a table of RocksDB, which never changes; copy all else, and tables where links are not possible."""
    if source.endswith(".sst"):
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)
    elif not Path(source).name.startswith(("LOCK", "LOG")):
        shutil.copy2(source, target)


def first_line(error: Exception) -> str:
    """Return what an error says, in one line; of files that could not be copied, what the first of them says."""
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):
        return str(error.args[0][0][-1])[:200]
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
