"""What several test files need: the command line in this process, in a new one, and a graph of our own."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable
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
