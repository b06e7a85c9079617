"""A build into shards that notes when each process did what: ``python benchmarks/clocked.py LOG FOLDER OUT JOBS``.

For ``scale.py``. A line of JSON per task and per turn of the driver: what, process, from, to (seconds).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any


def note(log: str, what: str, begin: float, end: float | None) -> None:
    with open(log, "a", encoding="utf-8") as file:
        file.write(json.dumps({"what": what, "pid": os.getpid(), "from": begin, "to": end}) + "\n")


def timed(log: str, call: Callable[..., Any], *arguments: Any) -> Any:
    begin = time.time()
    try:
        return call(*arguments)
    finally:
        note(log, call.__name__, begin, time.time())


def main() -> None:
    log, folder, out, count = sys.argv[1:]
    note(log, "start", time.time(), None)
    from respgraph.cli.shards import Reading
    from respgraph.scale import Progress, build_shards
    from respgraph.scale.workers import LocalWorkers

    turns: set[str] = set()

    def turn(what: str) -> None:
        if what not in turns:
            turns.add(what)
            note(log, what, time.time(), None)

    class Clocked(LocalWorkers):
        def submit(self, call: Callable[..., Any], *arguments: Any) -> Future[Any]:
            turn("given")
            return super().submit(timed, log, call, *arguments)

    def tick(done: Progress) -> None:
        if done.stage in ("linking", "done"):
            turn("linking")
        if done.stage == "done":
            turn("linked")

    workers = Clocked(int(count))
    try:
        build_shards([folder], out, Reading(None, None, 0.0).config(), workers, tick=tick)
    finally:
        workers.close()
    turn("end")


if __name__ == "__main__":
    main()
