"""Kill builds with SIGKILL at every moment, run them again, and compare with a build that nobody disturbed.

Usage: ``python benchmarks/kill_loop.py [--kills 100] [--full 10] [--shards 0] [--seed 1]``. Exit 1 if a document
that was acknowledged is lost, one is doubled, or the quads are not those of the undisturbed build. ``--full`` of the
kills hit the whole ``respgraph build --store``; the others a worker that puts documents made beforehand, starts in a
tenth of the time, and is therefore hit far more often in the middle of a write. ``--shards`` more hit ``respgraph
build --out`` with all its processes at once; what it left is compared as ``respgraph load`` puts it into a store.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from respgraph.model import Document, Extraction
from respgraph.rdf import Row, build_rows
from respgraph.scale import load_shards
from respgraph.store import View, held_documents, open_graph, open_store

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = 60
TEXT = "The ministry of {n} said that the operator must repair gate {n}.\nGate {n} was closed {version} times.\n"


def rows_of(n: int, version: int) -> tuple[Document, list[Row]]:
    document = Document(f"news/{n}.txt", TEXT.format(n=n, version=version) * (1 + n % 40))
    return document, build_rows(Extraction(document))


def work(folder: str, version: int) -> None:
    """Bring the store to a version of the corpus as a build does; say each document that is safe."""
    with open_store(folder) as store:
        held = held_documents(store)
        for n in range(DOCUMENTS):
            document, rows = rows_of(n, version if n % 3 else 1)
            graph = rows[0].graph[1:-1]
            if graph not in {old.graph for old in held}:
                store.put_graph(rows)
                print(graph, flush=True)
            for old in held:
                if old.name == document.name and old.graph != graph:
                    store.remove_graph(old.graph)
            if n % 10 == 9:
                store.save()


def sorted_quads(folder: Path) -> list[bytes]:
    with opened(folder) as view:
        return sorted(view.nquads().splitlines())


def opened(folder: Path) -> View:
    """Return the graph in a store folder, or in a folder of shards."""
    if not (folder / "run.json").is_file():
        return open_graph(folder)
    store = open_store("memory:")
    load_shards(str(folder), store)
    return store


class Loop:
    """A store that is killed again and again while it follows the versions of a corpus."""

    def __init__(self, folder: Path, chance: random.Random, kind: str) -> None:
        self.folder, self.chance, self.kind = folder, chance, kind
        self.texts = folder / "news"
        self.texts.mkdir()
        self.faults: list[str] = []
        self.hit = 0

    def command(self, store: Path, version: int) -> list[str]:
        if self.kind == "worker":
            return [sys.executable, __file__, "--work", str(store), str(version)]
        for n in range(20):
            (self.texts / f"{n}.txt").write_text(TEXT.format(n=n, version=version if n % 3 else 1))
        (self.texts / f"only-{version}.txt").write_text(TEXT.format(n=100, version=version))
        (self.texts / f"only-{version - 1}.txt").unlink(missing_ok=True)
        where = ["--store", str(store)] if self.kind == "store" else ["--out", str(store), "--part-size", "8000"]
        return [sys.executable, "-m", "respgraph", "build", str(self.texts), *where]

    def run(self, kills: int) -> None:
        version, length = 1, self.undisturbed(1)[1]
        while self.hit < kills:
            finished = self.kill(self.command(self.folder / "store", version), self.chance.random() * length)
            if finished or self.chance.random() < 0.2:
                length = self.compare(version)
                version += 1
        self.compare(version)

    def kill(self, command: list[str], after: float) -> bool:
        """Kill a build after some seconds, then look for what it had acknowledged. True if it was done before."""
        worker = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment(), start_new_session=True)
        try:
            said, _ = worker.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            os.killpg(worker.pid, signal.SIGKILL)
            said, _ = worker.communicate()
            self.hit += 1
        if worker.returncode not in (0, -signal.SIGKILL):
            self.faults.append(f"a rerun failed with {worker.returncode}")
        if self.kind == "worker" and said:
            with open_graph(self.folder / "store") as view:
                lost = set(said.decode().split("\n")[:-1]) - set(view.documents())
            self.faults += [f"acknowledged and lost: {graph}" for graph in sorted(lost)]
        return worker.returncode == 0

    def compare(self, version: int) -> float:
        """Let the build finish, and compare it with one that nobody disturbed; seconds the latter took."""
        subprocess.run(self.command(self.folder / "store", version), check=True, env=environment(), capture_output=True)
        quads, length = self.undisturbed(version)
        found = sorted_quads(self.folder / "store")
        if found != quads:
            self.faults.append(
                f"version {version}: {len(set(quads) - set(found))} quads lost, "
                f"{len(set(found) - set(quads))} too many, {len(found) - len(set(found))} doubled"
            )
        with opened(self.folder / "store") as view:
            names = [held.name for held in held_documents(view)]
        self.faults += [f"version {version}: {name} is there twice" for name in set(names) if names.count(name) > 1]
        return length

    def undisturbed(self, version: int) -> tuple[list[bytes], float]:
        with tempfile.TemporaryDirectory(dir=self.folder) as fresh:
            command = self.command(Path(fresh, "store"), version)
            start = time.perf_counter()
            subprocess.run(command, check=True, env=environment(), capture_output=True)
            return sorted_quads(Path(fresh, "store")), time.perf_counter() - start


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--full", type=int, default=10)
    parser.add_argument("--shards", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work[0], int(options.work[1]))
        return 0
    faults: list[str] = []
    hit = 0
    kinds = {"worker": options.kills - options.full, "store": options.full, "shards": options.shards}
    for kind, kills in kinds.items():
        with tempfile.TemporaryDirectory() as folder:
            loop = Loop(Path(folder), random.Random(options.seed), kind)
            if kills:
                loop.run(kills)
            faults += loop.faults
            hit += loop.hit
    print(f"{hit} builds were killed before they were done; {len(faults)} faults")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
