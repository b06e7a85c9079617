"""Real processes for the tests of faults: a build to be killed, a Dask cluster, a pipeline that kills its process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from conftest import ROOT

TEXTS = 12
SIDES = (
    "Norrwater denied responsibility for the collapse of the Lorne dam.",
    "The Ministry of Water said Norrwater is responsible for the collapse of the Lorne dam.",
)
POISONED = 7


def write_corpus(folder: Path) -> Path:
    """Write a few short texts; some meet in a conflict, one is not readable."""
    news = folder / "news"
    news.mkdir(parents=True)
    for n in range(TEXTS):
        words = SIDES[n] if n < len(SIDES) else f"Tenants of house {n} must keep gate {n} shut."
        (news / f"{n:02}.txt").write_text(words + " The word is POISON.\n" * (n == POISONED))
    (news / "broken.txt").write_bytes(b"\x00\x01")
    return news


def write_pipeline(folder: Path, name: str, code: str) -> Path:
    """Install a spaCy pipeline into a folder for PYTHONPATH: the packaged one, with a function run on each text."""
    package = folder / name
    package.mkdir(parents=True)
    (package / "meta.json").write_text("{}")
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (package / "__init__.py").write_text(
        "import os, time\nfrom pathlib import Path\nfrom spacy.language import Language\n"
        f"@Language.component('{name}')\ndef _act(doc):\n{code}\n    return doc\n"
        "def load():\n    from respgraph.annotate.spacy import default_pipeline\n    import importlib\n"
        f"    nlp = importlib.import_module(default_pipeline()).load()\n    nlp.add_pipe('{name}')\n    return nlp\n"
    )
    return folder


KILLS = "    if 'POISON' in doc.text:\n        os.kill(os.getpid(), 9)"
SLOW = "    time.sleep(0.2)"


def environment(*paths: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *map(str, paths)])}


def start(*arguments: object, path: tuple[Path, ...] = (), cwd: Path = ROOT) -> subprocess.Popen[str]:
    """Start the command line in a process group of its own, which heeds Ctrl-C even where a shell's job would not."""
    return subprocess.Popen(
        [sys.executable, "-m", "respgraph", *map(str, arguments)],
        env=environment(*path),
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )


def end(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for a process; return its exit status and what it said."""
    out, err = process.communicate(timeout=240)
    return process.returncode, out + err


def run(*arguments: object, path: tuple[Path, ...] = (), cwd: Path = ROOT) -> tuple[int, str]:
    """Run the command line in a new process."""
    return end(start(*arguments, path=path, cwd=cwd))


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, hidden ones too, by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def wait_until(ready: Callable[[], object], process: subprocess.Popen[str] | None = None, seconds: float = 120) -> None:
    """Wait until something is so; it must come before the process has ended."""
    limit = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < limit, "it did not happen"
        assert process is None or process.poll() is None, "the process ended before it happened"
        time.sleep(0.02)


def committed(out: Path) -> int:
    """Return how many shards are committed."""
    return len(list(out.glob("shards/*/*.json")))


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that are alive."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(path.parent.name))
    return sorted(found)


def workers_of(pid: int) -> list[int]:
    """Return the worker processes of a build: its children that were spawned to work."""
    return [child for child in children(pid) if b"spawn_main" in command_of(child)]


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """A scheduler and workers of Dask, each the head of a process group: a node that can be killed as one."""

    def __init__(self, folder: Path, *path: Path) -> None:
        self.folder, self.path = folder, path
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.nodes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        port = self.address.rpartition(":")[2]
        command = (
            ["scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]
            if name == "scheduler"
            else ["worker", self.address, "--nworkers", "1", "--nthreads", "1", "--no-dashboard"]
        )
        with (self.folder / f"{name}.log").open("ab") as log:
            self.nodes[name] = subprocess.Popen(
                [sys.executable, "-m", "dask", *command],
                env=environment(*self.path),
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """Kill a node: the process and all it has started."""
        node = self.nodes.pop(name)
        os.killpg(node.pid, signal.SIGKILL)
        node.wait()


@contextmanager
def cluster(folder: Path, *path: Path) -> Iterator[Cluster]:
    """Give a scheduler with two workers, and end what of them is left."""
    folder.mkdir()
    made = Cluster(folder, *path)
    try:
        for name in ("scheduler", "one", "two"):
            made.start(name)
        yield made
    finally:
        for name in list(made.nodes):
            made.kill(name)
