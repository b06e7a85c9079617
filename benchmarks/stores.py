"""How fast a large graph is written, loaded and asked; each named query as a ratio to rdflib.

Usage: ``python benchmarks/stores.py [--quads 1000000] [--rdflib 8000] [--folder DIR]``. The corpus is the hand-written
harbour document of the tests, 1,629 quads, under as many names as it takes: its companies are the same actors in
all of them, as states are in news, its offices and groups are each document's own. Nothing is random. Times are CPU
seconds of this process. rdflib needs minutes for a million quads, so it is asked on a slice, and the ratio is of
seconds per quad: below 1, the store is quicker.

Note: why all together stay below 100,000 quads per CPU second. Four fifths are the engine's: it keeps each quad of
a named graph in six indexes, sorted and compressed by itself. What was tried on the million quads of this corpus,
with two cores of a shared machine whose speed changes by a fifth from run to run (CPU s of the database alone, seals
checked; a join over claims, statements and evidence; the memory of the process):

=============================================  =========  =====  ======  ==================================
database                                         CPU s    join   memory
=============================================  =========  =====  ======  ==================================
parts of 64 MB in memory, optimize             9.3-11.7    0.21  424 MB  four tables: compacted twice
parts of 16 MB, optimize                           12.3    0.19          compacted again and again
parts of 128 MB, optimize                       9.7-10.8   0.21  774 MB
one load of all, optimize                          10.5    0.24  1.3 GB
one load of all, not optimized                      9.6    0.33  1.3 GB  slower to ask
parts of 64 MB, not optimized                   8.4-8.5    0.43  424 MB  half as quick to ask
lines sorted over a whole part                     11.8    0.21          the engine sorts by hashes anyway
IRIs of half the length                            11.1    0.29          strings are a small part
files instead of bytes                             11.2    0.19
no graphs: triples, three indexes instead of six    7.5      -           what a named graph costs
parts of 96 MB, streamed (as it is now)         8.4-10.9   0.21  384 MB
=============================================  =========  =====  ======  ==================================

Lines and segments take 2.1 to 2.8 s of the same million. Even a database that is never optimized leaves 92,000 quads
per CPU second together; only fewer indexes would do more, and which there are is the engine's choice.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from factories import harbour  # noqa: E402
from respgraph.model import Extraction  # noqa: E402
from respgraph.query import list_queries, run_query  # noqa: E402
from respgraph.rdf import build_rows, build_segment  # noqa: E402
from respgraph.rdf.build import document_iri, to_dataset  # noqa: E402
from respgraph.store import open_graph, open_store  # noqa: E402
from respgraph.vocab import DEFAULT_BASE  # noqa: E402


def corpus(quads: int) -> Iterator[Extraction]:
    """Yield extractions until they have so many quads."""
    size = len(build_rows(harbour()))
    for n in range(max(1, quads // size)):
        yield harbour(f"harbour/{n}.txt")


def cpu(work: Callable[[], object]) -> tuple[float, object]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--rdflib", type=int, default=8_000)
    parser.add_argument("--folder", help="Where to keep the store; one that is there is asked, not made again.")
    options = parser.parse_args()
    place = Path(options.folder or tempfile.mkdtemp())
    store = place / f"store-{options.quads}"
    if not store.exists():
        write(store, options.quads)
    with open_graph(store) as view:
        print(f"{len(view):,} quads in {len(view.documents()):,} documents")
        slice_rows = [row for extraction in corpus(options.rdflib) for row in build_rows(extraction)]
        dataset = to_dataset(slice_rows)
        print(f"{'query':<24}{'answers':>9}{'CPU s':>8}   ratio to rdflib (on {len(slice_rows):,} quads)")
        for query in list_queries():
            if any(parameter.required for parameter in query.parameters):
                continue
            seconds, result = cpu(lambda name=query.name: run_query(view, name))  # type: ignore[misc]
            slow, _ = cpu(lambda text=query.text: list(dataset.query(text)))  # type: ignore[misc]
            ratio = (seconds / len(view)) / (slow / len(slice_rows))
            print(f"{query.name:<24}{len(result.rows):>9,}{seconds:>8.2f}   {ratio:.4f}", flush=True)  # type: ignore[attr-defined]
    if not options.folder:
        shutil.rmtree(place)


def write(folder: Path, quads: int) -> None:
    """Build the store as ``respgraph build`` does, and say how fast each step was."""
    made = list(corpus(quads))
    steps = {"lines": 0.0, "segments": 0.0}
    count = 0
    with open_store(folder) as store:
        for extraction in made:
            graph = document_iri(extraction.document, DEFAULT_BASE)
            seconds, lines = cpu(lambda extraction=extraction: build_segment(extraction))  # type: ignore[misc]
            assert isinstance(lines, bytes)
            steps["lines"] += seconds
            steps["segments"] += cpu(lambda graph=graph, lines=lines: store.load_segment(graph, lines))[0]  # type: ignore[misc]
            count += lines.count(b"\n")
        steps["database"] = cpu(store.save)[0]
    for step, seconds in steps.items():
        print(f"{step:<12}{seconds:8.2f} CPU s{count / seconds:12,.0f} quads per CPU s")
    print(f"{'together':<12}{sum(steps.values()):8.2f} CPU s{count / sum(steps.values()):12,.0f} quads per CPU s")


if __name__ == "__main__":
    main()
