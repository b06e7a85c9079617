"""Who does the work: processes of this machine, or the workers of a Dask cluster; and the loop that feeds them.

At most twice as many tasks as there are workers are under way, so a driver holds the same for ten texts and for ten
million. A worker that dies takes its task along: it is tried again with all others, and if that ends in the same way,
alone, so that it is known which task kills its process.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import connection, parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from types import FrameType
from typing import Any, Final, Protocol

from respgraph.errors import RespgraphError

TICK: Final = 1.0  # seconds between two looks at the clock
GRACE: Final = 2.0  # seconds that a process has to break off what it is doing
PATIENCE: Final = 60.0  # seconds that a cluster may be without a worker
TRIES: Final = 4


@dataclass(frozen=True, slots=True)
class Task:
    """A call, a name to know it by, and how often its process died; ``careful`` once that was twice.

    ``last`` is the number of the document it died at when it last ran alone, if that is known.
    """

    name: str
    call: Callable[..., Any]
    arguments: tuple[Any, ...]
    crashes: int = 0
    last: int | None = None

    @property
    def careful(self) -> bool:
        """Whether it runs alone."""
        return self.crashes >= 2


class Workers(Protocol):
    """What the loop needs of an executor."""

    crash: tuple[type[BaseException], ...]

    def width(self) -> int:
        """Return how many tasks can run at a time."""

    def submit(self, call: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Start a call."""

    def renew(self) -> None:
        """Mend what a crash has broken."""

    def check(self) -> None:
        """Raise RespgraphError if nobody is left to do the work."""

    def close(self) -> None:
        """Let go of the workers, and of what they are doing."""


class _Context(SpawnContext):
    """Starts processes, and knows which it started: only those may be ended."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[SpawnProcess] = []

    def Process(self, *arguments: Any, **named: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802 - a class there
        self.made.append(SpawnProcess(*arguments, **named))
        return self.made[-1]

    def end(self) -> None:
        """End them: those that do not break off what they are doing within two seconds are killed."""
        started = [process for process in self.made if process.pid is not None]
        for process in started:
            process.terminate()
        until = time.monotonic() + GRACE
        for process in started:
            process.join(max(0.0, until - time.monotonic()))
            process.kill()


class LocalWorkers:
    """Processes of this machine, started anew (spawn), which die with this one."""

    crash: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, jobs: int) -> None:
        """Start so many processes when there is work."""
        self.jobs = jobs
        self._pool, self._context = self._new()

    def _new(self) -> tuple[ProcessPoolExecutor, _Context]:
        context = _Context()
        return ProcessPoolExecutor(self.jobs, mp_context=context, initializer=die_with_parent), context

    def width(self) -> int:
        """Return the number of processes."""
        return self.jobs

    def submit(self, call: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Start a call; a pool that broke in the meantime gives a future that says so."""
        try:
            return self._pool.submit(call, *arguments)
        except BrokenProcessPool as error:
            broken: Future[Any] = Future()
            broken.set_exception(error)
            return broken

    def renew(self) -> None:
        """Start new processes in the place of the old."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool, self._context = self._new()

    def check(self) -> None:
        """Do nothing: this machine is there."""

    def close(self) -> None:
        """End the processes; what one is in the middle of is broken off, and put away by it."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._context.end()
        self._pool.shutdown(wait=True)


def die_with_parent() -> None:
    """End this process when the one that started it has died; a pool's worker would wait for work for ever.

    Ctrl-C is for the one that started it, which ends the pool: by SIGTERM, that goes through what is under way here.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, break_off)
    parent = parent_process()
    if parent is None:
        return

    def watch(sentinel: int) -> None:
        connection.wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, args=(parent.sentinel,), daemon=True).start()


def break_off(_: int, __: FrameType | None) -> None:
    """End this process by an exception, so that it removes what it was writing."""
    sys.exit(1)


class DaskWorkers:
    """The workers of a Dask cluster. One part at a time runs in each, whatever its threads."""

    def __init__(self, address: str) -> None:
        """Connect.

        Raises:
            RespgraphError: dask is not installed, or nobody answers at the address.
        """
        try:
            import distributed
        except ImportError as error:
            raise RespgraphError(
                "--dask needs distributed, which is not there: pip install 'respgraph[dask]'"
            ) from error
        hush()
        self.address = address
        self.crash: tuple[type[BaseException], ...] = (distributed.KilledWorker,)
        client: Any = distributed.Client
        try:
            self._client = client(address, timeout=10, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise RespgraphError(f"no Dask scheduler answers at {address}; start one: dask scheduler") from error
        self._executor: Any = self._client.get_executor(pure=False)
        self._count, self._asked = 1, 0.0
        self._seen = time.monotonic()

    def width(self) -> int:
        """Return the number of worker processes, at least one; asked for every second at most."""
        now = time.monotonic()
        if now - self._asked >= TICK:
            self._asked = now
            try:
                self._count = len(self._client.nthreads())
            except (OSError, TimeoutError, ValueError) as error:
                raise self._gone() from error
            if self._count:
                self._seen = now
        return max(1, self._count)

    def submit(self, call: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Start a call."""
        self.check()
        future: Future[Any] = self._executor.submit(call, *arguments)
        return future

    def renew(self) -> None:
        """Do nothing: Dask's nannies start a worker again."""

    def check(self) -> None:
        """Raise RespgraphError if the scheduler is gone, or has had no worker for a minute."""
        if self._client.status != "running":
            raise self._gone()
        self.width()
        if time.monotonic() - self._seen > PATIENCE:
            raise RespgraphError(
                f"the Dask scheduler at {self.address} has no workers; start one: dask worker {self.address}"
            )

    def _gone(self) -> RespgraphError:
        return RespgraphError(f"the Dask scheduler at {self.address} is gone; start it and run the same command again")

    def close(self) -> None:
        """Let go of the cluster, which stays up; what it is doing for us is cancelled."""
        self._client.close(timeout=2)


def hush() -> None:
    """Silence what Dask and what it stands on log of a lost connection: what it means we say ourselves, once."""
    for name in (*logging.root.manager.loggerDict, "asyncio", "concurrent.futures"):
        if name.partition(".")[0] in ("asyncio", "concurrent", "distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def run_tasks(
    workers: Workers,
    tasks: Iterable[Task],
    after_crash: Callable[[Task], Task] | None = None,
    tick: Callable[[], None] = lambda: None,
) -> Iterator[tuple[Task, Any]]:
    """Yield each task with its result, as they are done.

    Args:
        workers: Who does them.
        tasks: Taken one by one, when there is room.
        after_crash: What to do in the place of a task that died while it ran alone; by default try it again.
        tick: Called every second or so.

    Raises:
        RespgraphError: A task raised it, one died again and again, or nobody is left to do the work.
    """
    loop = _Loop(workers, iter(tasks), after_crash or (lambda task: task), tick)
    try:
        yield from loop.run()
    finally:
        for future in loop.waiting:
            future.cancel()


class _Loop:
    """The tasks under way and those that are to be tried again."""

    def __init__(
        self,
        workers: Workers,
        tasks: Iterator[Task],
        after_crash: Callable[[Task], Task],
        tick: Callable[[], None],
    ) -> None:
        self.workers, self.tasks, self.after_crash, self.tick = workers, tasks, after_crash, tick
        self.waiting: dict[Future[Any], Task] = {}
        self.again: deque[Task] = deque()
        self.alone: deque[Task] = deque()

    def run(self) -> Iterator[tuple[Task, Any]]:
        while self.fill():
            done, _ = wait(self.waiting, timeout=TICK, return_when=FIRST_COMPLETED)
            self.workers.check()
            self.tick()
            crashed = []
            for future in done:
                task = self.waiting.pop(future)
                try:
                    result = future.result()
                except self.workers.crash:
                    crashed.append(task)
                except RespgraphError:
                    raise
                except (CancelledError, OSError):  # a connection that was lost, for a task does not raise OSError
                    self.workers.check()
                    self.again.append(task)
                else:
                    yield task, result
            if crashed:
                self.mend(crashed)

    def fill(self) -> bool:
        """Start what there is room for; say whether anything is under way."""
        if any(task.careful for task in self.waiting.values()):
            return True
        room = 2 * self.workers.width()
        while len(self.waiting) < room:
            task = self.again.popleft() if self.again else next(self.tasks, None)
            if task is None:
                break
            self.start(task)
        if not self.waiting and self.alone:
            self.start(self.alone.popleft())
        return bool(self.waiting)

    def start(self, task: Task) -> None:
        self.waiting[self.workers.submit(task.call, *task.arguments)] = task

    def mend(self, crashed: list[Task]) -> None:
        """Take up the tasks of dead processes again; in a broken pool those are all that were under way."""
        self.workers.renew()
        for task in crashed:
            died = replace(task, crashes=task.crashes + 1)
            if task.careful:
                self.alone.appendleft(self.after_crash(died))
            elif died.careful:
                self.alone.append(self.after_crash(died))
            else:
                self.again.append(died)


def give_up_after(task: Task) -> Task:
    """Return the task, to be tried once more.

    Raises:
        RespgraphError: It was tried often enough.
    """
    if task.crashes >= TRIES:
        raise RespgraphError(f"the process that did {task.name} died {task.crashes} times (out of memory?)")
    return task


def open_workers(jobs: int, dask: str | None) -> Workers:
    """Return processes of this machine, or the workers of a cluster."""
    return DaskWorkers(dask) if dask else LocalWorkers(jobs)


__all__ = ["DaskWorkers", "LocalWorkers", "Task", "Workers", "give_up_after", "open_workers", "run_tasks"]
