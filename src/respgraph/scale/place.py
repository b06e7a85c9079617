"""A folder named by a URI: the same few verbs for a disk and, through fsspec, for object storage.

On a disk a file is written beside, synced and renamed. On object storage the final key is put directly: a put shows
whole or not at all there, and renaming would be a copy. fsspec is imported for what is not of this machine only.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import unquote, urlsplit

from respgraph.errors import StoreError, hide_user
from respgraph.rdf.write import write_bytes

_SECRET: Final = re.compile(r"://([^:/@]*):([^/]+)@")
FILE: Final = "file://"
# What to install for a kind of storage that fsspec only knows by name.
PLUGINS: Final = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "az": "adlfs"}


def is_remote(address: str) -> bool:
    """Say whether an address names something that is not a path of this machine.

    >>> is_remote("s3://news/2024"), is_remote("file:///tmp/x"), is_remote("news/a.txt")
    (True, False, False)
    """
    return "://" in address and not address.startswith(FILE)


def absolute(address: str) -> str:
    """Return an address as an absolute URI, so that it means the same in another process.

    >>> absolute("s3://news/2024/")
    's3://news/2024'
    >>> absolute("/data/a b")
    'file:///data/a%20b'
    """
    if is_remote(address):
        return address.rstrip("/")
    return Path(os.path.abspath(local_path(address))).as_uri()


def local_path(address: str) -> Path:
    """Return the path of an address that is not remote."""
    return Path(unquote(urlsplit(address).path)) if address.startswith(FILE) else Path(address)


def said(error: Exception, uri: str) -> str:
    """Return what a plugin says, in one line and without the user and password of the address.

    >>> said(OSError("530 me may not log in with secret"), "ftp://me:secret@host/x")
    '530 ... may not log in with ...'
    """
    words = " ".join((str(error) or type(error).__name__).split())
    found = _SECRET.search(uri)
    for secret in sorted(filter(None, found.groups()), key=len, reverse=True) if found else ():
        words = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", "...", words)
    return hide_user(words)[:200]


def file_system(uri: str) -> tuple[Any, str]:
    """Return fsspec's file system of a URI, and the path there.

    Raises:
        StoreError: No such kind, nothing installed that knows it, or it refuses the address.
    """
    import fsspec

    scheme = uri.partition("://")[0]
    try:
        system, path = fsspec.core.url_to_fs(uri)
    except ImportError as error:
        package = PLUGINS.get(scheme)
        how = (
            f"needs {package}, which is not installed: pip install {package}"
            if package
            else " ".join(str(error).split())
        )
        raise StoreError(uri, how) from error
    except ValueError as error:
        raise StoreError(uri, f"is of no known kind of storage ({said(error, uri)[:120]})") from error
    except Exception as error:  # each plugin of fsspec has errors of its own, and some connect at once
        raise StoreError(uri, f"cannot be reached: {said(error, uri)}") from error
    return system, str(path)


def open_uri(uri: str) -> IO[bytes]:
    """Return a file, wherever it lies, to be read from its beginning."""
    if not is_remote(uri):
        return local_path(uri).open("rb")
    system, path = file_system(uri)
    return _buffered(system.open(path, "rb"))


def _buffered(opened: Any) -> IO[bytes]:
    """Return a file of fsspec as one of the standard library's: not all of fsspec's read a line up to a length."""
    return io.BufferedReader(opened)


class Place:
    """A folder; keys are paths in it, with ``/`` between."""

    def __init__(self, uri: str) -> None:
        """Name the folder by an absolute URI; nothing is read or made yet."""
        self.uri = uri
        self.folder = None if is_remote(uri) else local_path(uri)
        self._system: Any = None
        self._root = ""
        if self.folder is None:
            self._system, self._root = file_system(uri)

    def path(self, key: str) -> Path:
        """Return where a key is on a disk.

        Raises:
            StoreError: A link is on the way: what it leads to is not ours to write, to read or to remove.
        """
        assert self.folder is not None  # noqa: S101 - asked for on disks only
        path = self.folder
        for name in key.split("/"):
            path /= name
            if path.is_symlink():
                raise StoreError(str(path), "is a link, which is not followed; remove it")
        return path

    def put(self, key: str, data: bytes) -> None:
        """Write a file so that it is there whole or not at all.

        Raises:
            StoreError: It cannot be written.
        """
        if self.folder is None:
            self._try("written", lambda: self._system.pipe_file(f"{self._root}/{key}", data), key)
            return
        path = self.path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(str(path.parent), f"cannot be made: {error.strerror or error}") from error
        write_bytes(path, [data])

    def get(self, key: str, start: int | None = None, end: int | None = None) -> bytes:
        """Return the bytes of a file, or those from ``start`` to ``end``.

        Raises:
            StoreError: It is not there, or cannot be read.
        """
        if self.folder is None:
            data = self._try("read", lambda: self._system.cat_file(f"{self._root}/{key}", start=start, end=end), key)
            return bytes(data)
        path = self.path(key)
        try:
            with path.open("rb") as stream:
                stream.seek(start or 0)
                return stream.read() if end is None else stream.read(end - (start or 0))
        except OSError as error:
            raise StoreError(str(path), f"cannot be read: {error.strerror or error}") from error

    def take(self, key: str, path: Path) -> None:
        """Move a file of this machine here, so that it is there whole or not at all.

        Raises:
            StoreError: It cannot be written.
        """
        if self.folder is None:
            self._try("written", lambda: self._system.put_file(str(path), f"{self._root}/{key}"), key)
            path.unlink()
            return
        target = self.path(key)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
        except OSError as error:
            raise StoreError(str(target), f"cannot be written: {error.strerror or error}") from error

    def scratch(self, key: str) -> Path:
        """Return where to write a file that ``take`` is to move to a key: on the same disk, if it is one.

        Raises:
            StoreError: The folder cannot be made.
        """
        try:
            if self.folder is None:
                handle, name = tempfile.mkstemp(suffix=".part")
                os.close(handle)
                return Path(name)
            target = self.path(key)
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
            os.close(handle)
            os.chmod(name, 0o666 & ~_umask())
            return Path(name)
        except OSError as error:
            raise StoreError(f"{self.uri}/{key}", f"cannot be written: {error.strerror or error}") from error

    def open(self, key: str) -> IO[bytes]:
        """Return a file to be read from its beginning.

        Raises:
            StoreError: It is not there, or cannot be read.
        """
        if self.folder is None:
            opened: IO[bytes] = self._try(
                "read", lambda: _buffered(self._system.open(f"{self._root}/{key}", "rb")), key
            )
            return opened
        path = self.path(key)
        try:
            return path.open("rb")
        except OSError as error:
            raise StoreError(str(path), f"cannot be read: {error.strerror or error}") from error

    def has(self, key: str) -> bool:
        """Say whether a file is there."""
        if self.folder is None:
            return bool(self._try("read", lambda: self._system.isfile(f"{self._root}/{key}"), key))
        return self.path(key).is_file()

    def keys(self, under: str) -> Iterator[str]:
        """Yield the keys of the files below a folder, sorted."""
        if self.folder is None:
            found = self._try("listed", lambda: self._system.find(f"{self._root}/{under}"), under)
            yield from sorted(path.removeprefix(self._root).lstrip("/") for path in found)
            return
        found = sorted(path for path in self.path(under).rglob("*") if path.is_file() or path.is_symlink())
        yield from (path.relative_to(self.folder).as_posix() for path in found)

    def drop(self, key: str) -> None:
        """Remove a file, or a link in its place; one that is not there is no error."""
        if self.folder is None:
            if self.has(key):
                self._try("removed", lambda: self._system.rm_file(f"{self._root}/{key}"), key)
            return
        parent, _, name = key.rpartition("/")
        path = (self.path(parent) if parent else self.folder) / name
        path.unlink(missing_ok=True)
        if path.parent != self.folder and path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()

    def clear(self, under: str) -> None:
        """Remove a folder and all that is in it; a link in it is removed, and not what it leads to."""
        if self.folder is None:
            for key in list(self.keys(under)):
                self.drop(key)
            return
        path = self.path(under)
        try:
            shutil.rmtree(path)
        except FileNotFoundError:
            return
        except OSError as error:
            raise StoreError(str(error.filename or path), f"cannot be removed: {error.strerror or error}") from error

    def _try(self, verb: str, work: Any, key: str) -> Any:
        try:
            return work()
        except FileNotFoundError as error:
            if verb == "listed":
                return []
            raise StoreError(f"{self.uri}/{key}", "there is no such file") from error
        except Exception as error:  # each plugin of fsspec has errors of its own
            raise StoreError(f"{self.uri}/{key}", f"cannot be {verb}: {said(error, self.uri)}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
