"""How fast a large graph is written, loaded and asked; each named query as a ratio to rdflib.

Usage: ``python benchmarks/stores.py [--quads 1000000] [--rdflib 8000] [--folder DIR]``. The corpus is the hand-written
harbour document of the tests, 1,629 quads, under as many names as it takes: its companies are the same actors in
all of them, as states are in news, its offices and groups are each document's own. Nothing is random. Times are CPU
seconds of this process. rdflib needs minutes for a million quads, so it is asked on a slice, and the ratio is of
seconds per quad: below 1, the store is quicker.
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
