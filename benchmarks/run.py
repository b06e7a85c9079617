"""What the tool costs beside the parser it stands on: ``python benchmarks/run.py [--json FILE]``.

Every figure is a ratio taken in one run on one machine, so it means the same on another. Each measurement
runs in a process of its own, so that none pays for another's imports; this one imports nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ARTICLES = 20
ROUNDS = 5
GOALS = {"speed": 0.6, "memory": 1.5}

# CPU seconds of the bare pipeline and of the whole build on the same articles, by turns, the best of each:
# what disturbs a run only ever makes it slower.
SPEED = """
import io, json, sys, time
from texts import article
from respgraph.annotate.spacy import default_pipeline, load
from respgraph.pipeline import extract_many
from respgraph.rdf import build_rows, write_trig
from respgraph.read import read_text

texts = [article(n) for n in range(int(sys.argv[1]))]
nlp = load(default_pipeline())

def bare():
    for _ in nlp.pipe(texts):
        pass

def build():
    documents = (read_text(text, f"article {n}") for n, text in enumerate(texts))
    rows = [row for found in extract_many(documents) for row in build_rows(found, "http://localhost/")]
    write_trig(rows, io.BytesIO())

def seconds(work):
    start = time.process_time()
    work()
    return time.process_time() - start

bare(), build()
rounds = [(seconds(bare), seconds(build)) for _ in range(int(sys.argv[2]))]
print(json.dumps({"words": sum(len(t.split()) for t in texts),
    "bare": min(b for b, _ in rounds), "build": min(b for _, b in rounds)}))
"""
BARE_MEMORY = """
import resource, sys
from pathlib import Path
from respgraph.annotate.spacy import default_pipeline, load
load(default_pipeline())(Path(sys.argv[1]).read_text(encoding="utf-8"))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
BUILD_MEMORY = """
import resource, sys
from respgraph.cli import main
main(["build", sys.argv[1], "-o", sys.argv[2]], standalone_mode=False)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
# CPU seconds of a whole process, the interpreter's own start included; the best of several.
START = """
import resource, subprocess, sys
def cost():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
print(min(cost() for _ in range(5)))
"""


def measure(code: str, *arguments: object) -> Any:
    """Return the last line a new interpreter prints, as JSON."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent / "src"), str(HERE)])}
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def run() -> dict[str, float]:
    """Return every figure by name."""
    from texts import article

    with tempfile.TemporaryDirectory() as folder:
        text, graph = Path(folder, "article.txt"), Path(folder, "graph.trig")
        text.write_text(article(1), encoding="utf-8")
        speed = measure(SPEED, ARTICLES, ROUNDS)
        build_memory = measure(BUILD_MEMORY, text, graph)
        respgraph = ["-m", "respgraph"]
        return {
            "bare pipeline, words per CPU-second": speed["words"] / speed["bare"],
            "build, words per CPU-second": speed["words"] / speed["build"],
            "speed": speed["bare"] / speed["build"],
            "bare pipeline, peak MB on one article": measure(BARE_MEMORY, text) / 1024,
            "build, peak MB on one article": build_memory / 1024,
            "memory": build_memory / measure(BARE_MEMORY, text),
            "python -c pass, CPU-seconds": measure(START, "-c", "pass"),
            "respgraph --help, CPU-seconds": measure(START, *respgraph, "--help"),
            "respgraph query --list, CPU-seconds": measure(START, *respgraph, "query", "--list"),
            "respgraph query GRAPH actors, CPU-seconds": measure(START, *respgraph, "query", graph, "actors"),
            "respgraph build ARTICLE, CPU-seconds": measure(START, *respgraph, "build", text, "-o", graph),
        }


def main() -> None:
    """Print the table; exit 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    chosen = parser.parse_args()
    figures = run()
    met = {"speed": figures["speed"] >= GOALS["speed"], "memory": figures["memory"] <= GOALS["memory"]}
    for name, value in figures.items():
        if name in GOALS:
            sign = ">=" if name == "speed" else "<="
            verdict = "met" if met[name] else "MISSED"
            name = f"{name}: build to bare pipeline (goal {sign} {GOALS[name]}, {verdict})"
        print(f"{value:>10,.2f}  {name}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    sys.exit(not all(met.values()))


if __name__ == "__main__":
    main()
