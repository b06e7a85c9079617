"""Processes that die, full disks, texts that kill: the result is what an undisturbed run leaves, or a clear line."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cluster import (
    KILLS,
    POISONED,
    SLOW,
    TEXTS,
    cluster,
    committed,
    content,
    end,
    environment,
    run,
    start,
    wait_until,
    workers_of,
    write_corpus,
    write_pipeline,
)

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
# Slow enough to be hit in the middle, whatever the machine.
WAY = ("--pipeline", "slow_pipe", "--part-size", "50")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults")
    write_pipeline(folder / "lib", "slow_pipe", SLOW)
    write_pipeline(folder / "lib", "killing_pipe", KILLS)
    return write_corpus(folder)


@pytest.fixture(scope="module")
def lib(news: Path) -> tuple[Path, ...]:
    return (news.parent / "lib",)


@pytest.fixture(scope="module")
def undisturbed(news: Path, lib: tuple[Path, ...]) -> dict[str, bytes]:
    code, said = run("build", "news", "--out", news.parent / "calm", *WAY, path=lib, cwd=news.parent)
    assert code == 1, said
    assert "1 text could not be read" in said
    found = content(news.parent / "calm")
    head = json.loads(found["run.json"])
    assert (head["documents"], head["failures"], len(head["shards"]) > 6) == (TEXTS, 1, True)
    assert b"#contradicts>" in found["links.nq"]
    return found


def test_a_killed_worker_is_survived(
    news: Path, lib: tuple[Path, ...], undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    build = start("build", "news", "--out", tmp_path / "out", "--jobs", "2", *WAY, path=lib, cwd=news.parent)
    wait_until(lambda: committed(tmp_path / "out") and workers_of(build.pid), build)
    os.kill(workers_of(build.pid)[0], signal.SIGKILL)
    code, said = end(build)
    assert (code, "1 text could not be read" in said) == (1, True), said
    assert content(tmp_path / "out") == undisturbed


def test_a_killed_build_takes_its_workers_along_and_is_resumed(
    news: Path, lib: tuple[Path, ...], undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    build = start("build", "news", "--out", tmp_path / "out", "--jobs", "2", *WAY, path=lib, cwd=news.parent)
    wait_until(lambda: committed(tmp_path / "out"), build)
    workers = workers_of(build.pid)
    os.kill(build.pid, signal.SIGKILL)
    assert end(build)[0] == -signal.SIGKILL  # the pipes close only when the workers have gone too
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    done = committed(tmp_path / "out")
    assert 0 < done < len(json.loads(undisturbed["run.json"])["shards"])
    code, said = run("load", tmp_path / "out", "--store", tmp_path / "store")
    assert (code, "holds no finished build" in said) == (3, True), said
    code, said = run("build", "news", "--out", tmp_path / "out", *WAY, path=lib, cwd=news.parent)
    assert (code, "done before" in said) == (1, True), said
    assert content(tmp_path / "out") == undisturbed


@pytest.mark.parametrize(
    ("number", "status", "word"), [(signal.SIGTERM, 143, "terminated"), (signal.SIGINT, 130, "interrupted")]
)
def test_a_build_that_is_told_to_end_says_one_line_and_leaves_nothing_half_written(
    number: int,
    status: int,
    word: str,
    news: Path,
    lib: tuple[Path, ...],
    undisturbed: dict[str, bytes],
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    build = start("build", "news", "--out", out, "--jobs", "2", *WAY, path=lib, cwd=news.parent)
    wait_until(lambda: committed(out) and workers_of(build.pid), build)
    workers = workers_of(build.pid)
    os.kill(build.pid, number)
    code, said = end(build)
    lines = [line for line in said.splitlines() if "ETA" not in line]  # of progress, on a busy machine
    assert (code, lines) == (status, [f"respgraph: {word}"])
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    assert not [path for path in content(out) if path.endswith(".part")]
    code, said = run("build", "news", "--out", out, *WAY, path=lib, cwd=news.parent)
    assert (code, "done before" in said) == (1, True), said
    assert content(out) == undisturbed


def test_a_killed_node_and_a_killed_scheduler_of_a_cluster(
    news: Path, lib: tuple[Path, ...], undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with cluster(tmp_path / "dask", *lib) as dask:
        build = start("build", "news", "--out", out, "--dask", dask.address, *WAY, path=lib, cwd=news.parent)
        wait_until(lambda: committed(out), build)
        dask.kill("scheduler")
        code, said = end(build)
        assert (code, "the Dask scheduler at" in said, "Traceback" in said) == (3, True, False), said
        for name in ("one", "two"):
            dask.kill(name)
        for name in ("scheduler", "one", "two"):
            dask.start(name)
        before = committed(out)
        build = start("build", "news", "--out", out, "--dask", dask.address, *WAY, path=lib, cwd=news.parent)
        wait_until(lambda: committed(out) > before, build)
        dask.kill("one")
        code, said = end(build)
        assert (code, "done before" in said) == (1, True), said
    assert content(out) == undisturbed


def test_a_text_that_kills_its_process_is_recorded_and_left_out(
    news: Path, lib: tuple[Path, ...], tmp_path: Path
) -> None:
    code, said = run(
        "build",
        "news",
        "--out",
        tmp_path / "out",
        "--jobs",
        "2",
        "--pipeline",
        "killing_pipe",
        path=lib,
        cwd=news.parent,
    )
    assert (code, "2 texts could not be read" in said) == (1, True), said
    failures = [json.loads(line) for line in (tmp_path / "out" / "failures.jsonl").read_text().splitlines()]
    assert [(f["source"], "crashed the process" in f["why"]) for f in failures] == [
        (f"news/{POISONED:02}.txt", True),
        ("news/broken.txt", False),
    ]
    head = json.loads((tmp_path / "out" / "run.json").read_text())
    assert (head["documents"], head["failures"]) == (TEXTS - 1, 2)
    assert not [p for p in content(tmp_path / "out") if p.endswith((".at", ".part"))]
    code, said = run(
        "build", "news", "--out", tmp_path / "out", "--pipeline", "killing_pipe", path=lib, cwd=news.parent
    )
    assert f"{TEXTS - 1} of them were done before" in said


def test_a_disk_that_is_full_is_one_line_and_a_rerun_goes_on(
    news: Path, lib: tuple[Path, ...], undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    largest = max(len(data) for name, data in undisturbed.items() if name.endswith(".nq"))

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest - 1, resource.RLIM_INFINITY))

    done = subprocess.run(
        [sys.executable, "-m", "respgraph", "build", "news", "--out", tmp_path / "out", *WAY],
        env=environment(*lib),
        cwd=news.parent,
        preexec_fn=small_disk,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    said = done.stderr
    assert (done.returncode, "File too large" in said.splitlines()[-1], "Traceback" in said) == (3, True, False), said
    assert not [p for p in content(tmp_path / "out") if p.endswith(".part")]
    assert run("build", "news", "--out", tmp_path / "out", *WAY, path=lib, cwd=news.parent)[0] == 1
    assert content(tmp_path / "out") == undisturbed
