"""What several test files need: the command line in this process, in a new one, and a graph of our own."""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

ROOT = Path(__file__).resolve().parents[1]
FLOOD = ROOT / "graphs" / "flood" / "source.md"

Cli = Callable[..., Result]
Python = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module", autouse=True)
def _heap_of_our_own() -> None:
    """Let the collector forget what earlier modules left: how long a test takes must not depend on them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def cli() -> Cli:
    """``cli("build", path, "-o", out)`` runs the command line in this process; exceptions of ours show."""

    def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
        from respgraph.cli import main

        return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)

    return run


@pytest.fixture(scope="session")
def python() -> Python:
    """``python("-c", code, PYTHONHASHSEED="1")`` runs a new interpreter on this checkout."""

    def run(*arguments: object, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": path, **env},
            cwd=cwd,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return run


@pytest.fixture(scope="session")
def flood(cli: Cli, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph file of the flood case."""
    path = tmp_path_factory.mktemp("flood") / "flood.trig"
    assert cli("build", FLOOD, "-o", path).exit_code == 0
    return path


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Oxigraph server, empty; who uses it marks its tests ``allow_hosts(["127.0.0.1"])``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("oxigraph")
    command = [
        str(Path(sysconfig.get_path("scripts")) / "oxigraph"),  # the wheel's own, whatever PATH says
        "serve",
        "-l",
        str(folder),
        "-b",
        f"127.0.0.1:{port}",
        "--union-default-graph",
        "--timeout-s",
        "30",
    ]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            pytest.fail("the server did not start within 5 s")
        yield f"sparql+http://127.0.0.1:{port}/"
    finally:
        server.kill()
        server.wait()
