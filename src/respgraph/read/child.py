"""The parent's side of the child processes that parse what strangers wrote.

A child is used again and again (starting one costs half a second), and replaced after it was killed, ran out of
memory or has read so many files. A parser that hangs is killed at its time, one that crashes takes only its child
along: each is a ``ReadError`` with its reason, and the next file gets a new child.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Lock, Timer
from typing import Any, Final, cast

from respgraph.errors import ReadError
from respgraph.read.limits import MEMORY, SECONDS
from respgraph.read.sources import Source

USES: Final = 200  # files a child reads before it is replaced: what a parser leaks, it leaks for so long
NEEDED: Final = frozenset("PATH HOME LANG TMPDIR TEMP LD_LIBRARY_PATH SYSTEMROOT VIRTUAL_ENV".split())
LARGEST_ANSWER: Final = 1_000_000_000  # bytes

_idle: list[Child] = []
_lock = Lock()


class Child:
    """One child process. Use ``ask`` and read ``answers`` to their end, or close it."""

    def __init__(self) -> None:
        """Start it. It finds this package where this process found it, and looks for modules nowhere else."""
        package = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ARROW_NUM_THREADS"), "1")
        self.process = subprocess.Popen(  # noqa: S603 - this interpreter and a module of ours
            [sys.executable, "-P", "-m", "respgraph.read.worker", str(MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**_harmless(), "PYTHONPATH": path, "ARROW_DEFAULT_MEMORY_POOL": "system", **threads},
        )
        self.owner = os.getpid()
        self.uses = 0
        self.late = False

    def ask(self, request: dict[str, Any], data: bytes | None) -> None:
        """Send a request, with the bytes of what has no path."""
        self.uses += 1
        body = json.dumps(request | ({} if data is None else {"size": len(data)})).encode("ascii")
        assert self.process.stdin is not None  # noqa: S101 - it was opened above
        self.process.stdin.write(struct.pack(">I", len(body)) + body + (data or b""))
        self.process.stdin.flush()

    def answers(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield the messages up to the end of the answer.

        Raises:
            ReadError: The child was killed at its time, or died.
        """
        while True:
            timer = Timer(SECONDS, self.kill_late)
            timer.daemon = True
            timer.start()
            try:
                message = self.receive()
            finally:
                timer.cancel()
            if message is None:
                raise ReadError(name, self.cause_of_death())
            if message["kind"] == "end":
                return
            yield message

    def receive(self) -> dict[str, Any] | None:
        """Return the next message, None if the child is gone."""
        assert self.process.stdout is not None  # noqa: S101 - it was opened above
        size = self.process.stdout.read(4)
        if len(size) < 4:
            return None
        length = struct.unpack(">I", size)[0]
        body = self.process.stdout.read(length) if length <= LARGEST_ANSWER else b""
        return cast("dict[str, Any]", json.loads(body)) if body and len(body) == length else None

    def kill_late(self) -> None:
        """Kill it because its time is up."""
        self.late = True
        self.process.kill()

    def cause_of_death(self) -> str:
        """Return why it is gone, as a reason why a text cannot be read."""
        code = self.process.wait()
        if self.late or code == -getattr(signal, "SIGALRM", 0):
            return f"took longer than {SECONDS:g} seconds to parse"
        if code < 0:
            return f"crashes its parser ({signal.Signals(-code).name})"
        return "needs more memory than a text may take, or broke its parser"

    def close(self) -> None:
        """End it."""
        if self.owner != os.getpid():  # a fork's copy of another process's child
            return
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what it was not told any more
                    continue


def read_guarded(
    source: Source, file: str, data: bytes | None = None, cut: int = 0
) -> Iterator[dict[str, Any] | ReadError]:
    """Yield what a child process finds in a source: texts and rows as messages, and errors.

    Args:
        source: What to read.
        file: The file name whose suffix tells its form.
        data: Its bytes, if it has no path.
        cut: Bytes of a range, if ranges of its records are wanted and not the records.
    """
    child = _take()
    finished = spent = False
    request = {
        "name": source.name,
        "file": file,
        "path": None if source.path is None else str(source.path.absolute()),
        "encoding": source.encoding,
        "column": source.column,
        "url": source.url,
        "rows": source.rows,
        "cut": cut,
    }
    try:
        try:
            child.ask(request, data)
        except BrokenPipeError:
            yield ReadError(source.name, child.cause_of_death())
            return
        for message in child.answers(source.name):
            spent = spent or bool(message.get("spent"))
            if message["kind"] == "life":
                continue
            if message["kind"] == "error":
                yield ReadError(message["source"], message["why"], message.get("where"))
            else:
                yield message
        finished = True
    except ReadError as error:
        yield error
    finally:
        _give_back(child, finished and not spent)


def _harmless() -> dict[str, str]:
    """Return what a child needs of our environment; no key or password that may stand there goes to a parser."""
    return {name: value for name, value in os.environ.items() if name in NEEDED or name.startswith(("LC_", "PYTHON"))}


def _take() -> Child:
    with _lock:
        while _idle:
            child = _idle.pop()
            if child.owner == os.getpid() and child.process.poll() is None:
                return child
            child.close()
    return Child()


def _give_back(child: Child, whole: bool) -> None:
    if whole and child.uses < USES:
        with _lock:
            _idle.append(child)
    else:
        child.close()


@atexit.register
def close_all() -> None:
    """End the children that wait for work."""
    with _lock:
        while _idle:
            _idle.pop().close()
