"""What a large build costs: ``python benchmarks/scale.py [start] [jobs] [dask] [memory] [size] [--articles N]``.

Every ratio is taken in one run on one machine. ``start`` sets a build of one short text beside importing and loading
spaCy alone; ``jobs`` two processes beside one, and what each did when; ``dask`` a scheduler and two workers beside two
local processes; ``memory`` the peak of the driver and of its largest worker for 1,000 and for 20,000 short texts;
``size`` says what a document weighs as a shard and in a store. CPU seconds are those of all processes, of their start
too. Wall-clock ratios mean something on an idle machine only, which is why CPU stands beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from texts import article  # noqa: E402

LOAD_SPACY = "from respgraph.annotate.spacy import default_pipeline, load; load(default_pipeline())"
PEAK = """
import resource, sys
from respgraph.cli import main
main(sys.argv[1:], standalone_mode=False)
kb = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print("peak", *kb)
"""


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HERE.parent / "src")}


def cost(*command: str) -> tuple[float, float, str]:
    """Return CPU seconds (of children too), seconds by the clock, and what a command prints."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([sys.executable, *command], env=environment(), stdout=subprocess.PIPE, text=True, check=True)
    after, seconds = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - start
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, seconds, done.stdout


def write_articles(folder: Path, count: int, words: int = 800) -> tuple[Path, int]:
    """Write so many reports; return their folder and the words in all."""
    folder.mkdir()
    total = 0
    for n in range(count):
        text = article(n, words)
        (folder / f"{n:05}.txt").write_text(text, encoding="utf-8")
        total += len(text.split())
    return folder, total


def start(folder: Path, _: int) -> None:
    text = folder / "short.txt"
    text.write_text("The ministry blamed the operator for the flood.\n")
    rounds = [
        (cost("-c", LOAD_SPACY)[0], cost("-m", "respgraph", "build", str(text), "-o", str(folder / "g.nq"))[0])
        for _ in range(5)
    ]
    spacy, build = (min(side) for side in zip(*rounds, strict=True))
    print(
        f"start: spaCy alone {spacy:.2f} CPU s, build of one short text {build:.2f}: {build / spacy:.2f} (goal <= 1.5)"
    )


def jobs(folder: Path, count: int) -> None:
    news, words = write_articles(folder / "news", count)
    found = {}
    for n in (1, 2):
        log = folder / f"times{n}"
        command = (str(HERE / "clocked.py"), str(log), str(news), str(folder / f"out{n}"), str(n))
        found[n] = cost(*command)
        print(f"--jobs {n}: {words:,} words, {found[n][0]:.1f} CPU s, {found[n][1]:.1f} s by the clock", flush=True)
        print("\n".join(f"    {line}" for line in where_time_goes(log)), flush=True)
    print(f"two processes: {found[1][1] / found[2][1]:.2f} times as fast by the clock (goal >= 1.7 on idle cores), "
          f"{found[2][0] / found[1][0]:.2f} times the CPU")  # fmt: skip


def where_time_goes(log: Path) -> list[str]:
    """Return what each process did when, as ``clocked.py`` noted it: seconds since the driver began."""
    events = [json.loads(line) for line in log.read_text().splitlines()]
    begin = min(e["from"] for e in events)
    marks = {e["what"]: e["from"] - begin for e in events if e["to"] is None}
    tasks = sorted((e for e in events if e["to"] is not None), key=lambda e: e["from"])
    lines = [f"driver: first task given at {marks['given']:.2f}, reading done at {marks['linking']:.2f}, "
             f"linking done at {marks['linked']:.2f}, end at {marks['end']:.2f}"]  # fmt: skip
    for number, pid in enumerate(dict.fromkeys(e["pid"] for e in tasks), 1):
        parts = [e for e in tasks if e["pid"] == pid and e["what"] == "process_part"]
        links = [e for e in tasks if e["pid"] == pid and e["what"] != "process_part"]
        spans = [e["to"] - e["from"] for e in parts]
        if parts:
            lines.append(
                f"process {number}: {len(parts)} parts from {parts[0]['from'] - begin:.2f} to "
                f"{parts[-1]['to'] - begin:.2f}, the first {spans[0]:.2f} s, the longest other "
                f"{max(spans[1:], default=0):.2f} s, the last {spans[-1]:.2f} s"
            )
        said = Counter[str]()
        for e in links:
            said[e["what"]] += e["to"] - e["from"]
        lines.append(f"process {number}: linking " + ", ".join(f"{k} {v:.2f} s" for k, v in said.items()))
    return lines


def dask(folder: Path, count: int) -> None:
    news, _ = write_articles(folder / "news", count)
    local, _, _ = cost("-m", "respgraph", "build", str(news), "--out", str(folder / "local"), "--jobs", "2")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    scheduler = ["-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]
    worker = ["-m", "dask", "worker", f"tcp://127.0.0.1:{port}", "--nworkers", "1", "--nthreads", "1", "--no-dashboard"]
    quiet = {"env": environment(), "cwd": folder, "stderr": subprocess.DEVNULL, "start_new_session": True}
    nodes = [subprocess.Popen([sys.executable, *command], **quiet) for command in (scheduler, worker, worker)]  # type: ignore[call-overload]
    try:
        time.sleep(5)
        before = sum(cpu_of(node.pid) for node in nodes)
        driver, _, _ = cost(
            "-m", "respgraph", "build", str(news), "--out", str(folder / "dask"), "--dask", f"tcp://127.0.0.1:{port}"
        )
        after = sum(cpu_of(node.pid) for node in nodes)
    finally:
        for node in nodes:
            os.killpg(node.pid, signal.SIGKILL)
            node.wait()
    total = driver + after
    print(f"dask: {total:.1f} CPU s, of which {before:.1f} to start the cluster; local processes {local:.1f} CPU s")
    print(f"dask: {total / local:.2f} of the CPU, {(total - before) / local:.2f} once it is up (goal <= 1.3)")


def cpu_of(group: int) -> float:
    """Return the CPU seconds of the processes of a group that are alive."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(folder: Path, _: int) -> None:
    peaks = {}
    for count in (1_000, 20_000):
        news = folder / f"news{count}"
        news.mkdir()
        for n in range(count):
            (news / f"{n:05}.txt").write_text(f"The mayor of district {n} blamed operator {n % 97} for outage {n}.\n")
        command = ("build", str(news), "--out", str(folder / f"out{count}"), "--jobs", "2")
        cpu, _seconds, said = cost("-c", PEAK, *command)
        driver, worker = (int(kb) / 1024 for kb in said.split("peak")[1].split())
        peaks[count] = (driver, worker)
        print(
            f"memory: {count:,} texts: driver {driver:.0f} MB, largest worker {worker:.0f} MB; {cpu:.0f} CPU s",
            flush=True,
        )
    (d1, w1), (d2, w2) = peaks[1_000], peaks[20_000]
    print(f"memory: 20,000 to 1,000 texts: driver {d2 / d1:.2f}, worker {w2 / w1:.2f}")


def size(folder: Path, count: int) -> None:
    news, words = write_articles(folder / "news", count)
    cpu, _, _ = cost("-m", "respgraph", "build", str(news), "--out", str(folder / "out"), "--jobs", "2")
    loading, _, _ = cost("-m", "respgraph", "load", str(folder / "out"), "--store", str(folder / "store"))
    parts = {
        "text": news,
        "shards": folder / "out",
        "segments": folder / "store" / "segments",
        "db": folder / "store" / "db",
    }
    held = {name: sum(p.stat().st_size for p in path.rglob("*") if p.is_file()) for name, path in parts.items()}
    print(f"size: {count} articles of {words // count} words; per article, in KB: "
          + ", ".join(f"{name} {total / count / 1000:.1f}" for name, total in held.items()))  # fmt: skip
    hours = [seconds / count * 1e6 / 3600 for seconds in (cpu, loading)]
    print(f"size: for a million such articles {hours[0]:.0f} CPU hours to build, {hours[1]:.1f} to load")


PARTS = {"start": start, "jobs": jobs, "dask": dask, "memory": memory, "size": size}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which figures; by default all")
    parser.add_argument("--articles", type=int, default=100, help="articles of 800 words to read")
    chosen = parser.parse_args()
    for name in chosen.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[name](Path(folder), chosen.articles)


if __name__ == "__main__":
    main()
