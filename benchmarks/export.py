"""How fast claims are exported: Parquet, N-Quads and GraphML, as claims per CPU second and beside the bare library.

Usage: ``python benchmarks/export.py [--claims 1000000]``. The claims are made here, one after the other, and never all
in memory: what making them costs is measured alone and taken off, as often as they are read. "Bare" is the least the
format's own library needs for the same claims, ready in memory: pyarrow writing the same columns, pyoxigraph dumping
the same quads, networkx writing the same edges (a slice of them, for it holds them all). Times are CPU seconds of this
process; GraphML and N-Quads are made and not written, for the time of a disk is not theirs. N-Quads come from a store
folder and from a graph in memory, 20,000 claims of 78 quads each; how fast claims are read from it is given too.
"""

from __future__ import annotations

import argparse
import io
import itertools
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from factories import harbour  # noqa: E402
from respgraph.compare import Corpus, Said, read_corpus  # noqa: E402
from respgraph.export.network import edges_of, graphml_of, nodes_of  # noqa: E402
from respgraph.export.rdf import nquads  # noqa: E402
from respgraph.export.table import CLAIMS, claim_rows  # noqa: E402
from respgraph.export.tables import parquet_of  # noqa: E402
from respgraph.rdf import build_rows  # noqa: E402
from respgraph.store import open_graph, open_store, view_of  # noqa: E402

SLICE = 20_000


@dataclass
class Stream:
    """Claims that are made while they are read, again at each reading."""

    corpus: Corpus
    count: int
    passes: int = 0

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Said]:
        self.passes += 1
        held = self.corpus.claims
        for n, claim in enumerate(itertools.islice(itertools.cycle(held), self.count)):
            yield replace(claim, iri=f"{claim.iri}-{n}", quote=f"{claim.quote} ({n})")


def streamed(corpus: Corpus, count: int) -> Corpus:
    return replace(corpus, claims=cast("tuple[Said, ...]", Stream(corpus, count)))


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def drain(items: Iterable[object]) -> None:
    for _ in items:
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000)
    count = parser.parse_args().claims
    view = view_of(build_rows(harbour()))
    corpus = read_corpus(view)
    many = streamed(corpus, count)
    making = cpu(lambda: drain(many.claims))
    print(f"{count:,} claims; making them {making:.1f} CPU s, taken off below")
    print(f"{'format':<10}{'claims':>11}{'CPU s':>9}{'claims per CPU s':>19}{'x bare library':>17}")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for form, work, bare in (
            ("parquet", lambda held: parquet_of(held, place / "a.parquet"), bare_parquet(corpus, place)),
            ("graphml", lambda held: drain(graphml_of(held)), bare_graphml(corpus)),
        ):
            made = streamed(corpus, count)
            seconds = cpu(lambda made=made, work=work: work(made))  # type: ignore[misc]
            report(form, count, seconds - making * cast("Stream", made.claims).passes, bare)
    documents = SLICE // len(corpus.claims)
    rows = [row for n in range(documents) for row in build_rows(harbour(f"harbour/{n}.txt"))]
    held = view_of(rows)
    size = documents * len(corpus.claims)
    dump = cpu(lambda: held.nquads()) / size
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder, "store")) as store:
            for n in range(documents):
                store.put_graph(build_rows(harbour(f"harbour/{n}.txt")))
        with open_graph(Path(folder, "store")) as kept:
            for what, graph in (("nquads", kept), ("  memory", held)):
                seconds = cpu(lambda graph=graph: drain(nquads(graph)))  # type: ignore[misc]
                report(what, size, seconds, dump)
            kept_reading = cpu(lambda: read_corpus(kept))
    print(f"nquads: {len(rows) / size:.0f} quads a claim; from a store folder, and from a graph in memory")
    reading = cpu(lambda: read_corpus(held))
    print(
        f"reading claims from a graph in memory: {size / reading:,.0f} per CPU s, a folder: {size / kept_reading:,.0f}"
    )


def report(form: str, count: int, seconds: float, bare: float) -> None:
    """Print a line; ``bare`` is the library's seconds per claim."""
    print(f"{form:<10}{count:>11,}{seconds:>9.2f}{count / seconds:>19,.0f}{seconds / count / bare:>17.2f}", flush=True)


def bare_parquet(corpus: Corpus, place: Path) -> float:
    """Return the seconds per claim pyarrow needs to turn rows of Python values into a file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = list(claim_rows(streamed(corpus, SLICE)))

    def work() -> None:
        table = pa.table({c.name: pa.array(v) for c, v in zip(CLAIMS, zip(*rows, strict=True), strict=True)})
        pq.write_table(table, place / "bare.parquet", compression="zstd")

    return cpu(work) / SLICE


def bare_graphml(corpus: Corpus) -> float:
    """Return the seconds per claim networkx needs to write a graph it holds."""
    import networkx as nx

    held = streamed(corpus, SLICE)
    graph: Any = nx.MultiDiGraph()
    graph.add_nodes_from(n.id for n in nodes_of(corpus))
    names = [c.name for c in CLAIMS if c.name not in ("speaker_iri", "bearer_iri", "claim")]
    for e in edges_of(held):
        cells = {k: str(v) for k, v in zip(names, e.cells, strict=True) if v not in (None, "")}
        graph.add_edge(e.source, e.target, e.id, **cells)
    return cpu(lambda: nx.write_graphml(graph, io.BytesIO())) / SLICE


if __name__ == "__main__":
    main()
