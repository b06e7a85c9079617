"""``respgraph build``: texts -> a graph file, and a page if asked."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from respgraph.cli.actors import judgements_beside, place, report
from respgraph.cli.options import (
    Texts,
    check_target,
    extraction_options,
    page_options,
    period_options,
    progress,
)

if TYPE_CHECKING:
    from respgraph.identity import Applied
    from respgraph.model import Document
    from respgraph.rdf import Row
    from respgraph.store import Store

SUFFIXES = (".trig", ".nq")


@click.command(short_help="Texts -> a graph (and a page).")
@extraction_options
@click.option(
    "-o",
    "--output",
    metavar="GRAPH",
    help="Where to write: a .trig or .nq file, - for TriG on stdout.",
)
@click.option(
    "--store",
    metavar="ADDRESS",
    help="What to bring up to date: a store folder, a .trig or .nq file, or an endpoint: "
    "sparql+http://HOST/, with ?query=NAME&store=NAME where its services are not called so.",
)
@click.option("--keep", is_flag=True, help="With --store: keep documents whose file is gone from its folder.")
@click.option("--html", metavar="PAGE", help="Also write the page of the graph, as `respgraph view` does.")
@click.option("--title", metavar="TEXT", help="Heading of the page.")
@page_options
@period_options
@click.option("--base", metavar="IRI", help="Where data IRIs begin.  [default: https://w3id.org/respgraph/data/]")
def build(
    files: tuple[str, ...],
    output: str | None,
    store: str | None,
    keep: bool,
    html: str | None,
    title: str | None,
    actor: tuple[str, ...],
    speaker: tuple[str, ...],
    types: tuple[str, ...],
    document: tuple[str, ...],
    since: str | None,
    until: str | None,
    base: str | None,
    pipeline: str | None,
    encoding: str | None,
    jobs: int,
    min_confidence: float,
) -> None:
    """Read texts and write the graph of who says who is responsible for what.

    FILE is a text or Markdown file, a folder of them, or - for standard input. A file that is named must be
    readable, or nothing is written; a file in a folder that cannot be read is reported and left out, and the
    exit status is 3 in the end.

    --actor, --speaker, --type, --document, --since and --until narrow the page of --html, as in `respgraph
    view`; the graph has everything.

    With --store only what is new or changed is read, what is gone from a folder is removed, and all else in
    the store stays. A document is known by its name: its path as given, or its place in the folder.

    \b
    Examples:
      respgraph build report.md -o graph.trig
      respgraph build news/ --store graphs/store
      respgraph build articles/ -o graph.trig --html page.html --jobs 4
      respgraph build articles/ -o graph.trig --html blame.html --type responsibility --since 2024
      curl -s https://example.org/a.txt | respgraph build - -o - > graph.trig
    """
    if (output is None) == (store is None):
        raise click.UsageError("give either -o GRAPH or --store ADDRESS")
    if output is not None:
        if output != "-" and Path(output).suffix.lower() not in SUFFIXES:
            raise click.UsageError(f"a graph is written as {' or '.join(SUFFIXES)}, not as {output!r}")
        check_target(output, files)
    check_target(html, files)
    chosen = actor, speaker, types, document, since, until
    if html is None and any(chosen):
        raise click.UsageError(
            "--actor, --speaker, --type, --document, --since, --until narrow the page of --html PAGE"
        )
    for day in (since, until):
        if day is not None:
            from respgraph.compare.period import check_date

            check_date(day)
    texts = Texts(files, encoding)
    wish = Wish(files, html, title, chosen, base, pipeline, jobs, min_confidence)
    if output is None:
        build_into(str(store), texts, wish, keep)
    else:
        build_file(output, texts, wish)
    texts.finish()


@dataclass(frozen=True, slots=True)
class Wish:
    """What the options of a build ask for, whatever it writes to."""

    files: tuple[str, ...]
    html: str | None
    title: str | None
    chosen: tuple[Any, ...]
    base: str | None
    pipeline: str | None
    jobs: int
    min_confidence: float


def build_file(output: str, texts: Texts, wish: Wish) -> None:
    """Write a graph of just these texts."""
    from respgraph.rdf import build_rows, write_nquads, write_trig
    from respgraph.rdf.iri import check_base
    from respgraph.vocab import DEFAULT_BASE

    base = check_base(wish.base or DEFAULT_BASE)
    rows = []
    counts: Counter[str] = Counter()
    for extraction in texts.extractions(wish.pipeline, wish.jobs, wish.min_confidence, "reading"):
        rows += build_rows(extraction, base)
        counts.update(claim.type for claim in extraction.claims)
    done, rows = judge_rows(output, rows)
    written = []
    if wish.html is not None:
        from respgraph.store import view_of
        from respgraph.view import Selection, write_view

        written.append(str(write_view(view_of(rows), wish.html, wish.title, selection=Selection(*wish.chosen))))
    if output == "-":
        buffer = io.BytesIO()
        write_trig(rows, buffer)
        sys.stdout.buffer.write(buffer.getvalue())
    else:
        (write_nquads if output.lower().endswith(".nq") else write_trig)(rows, output)
        written.insert(0, output)
    if done is not None:
        report(done)
    click.echo(summary(counts, len(texts.items) - texts.failed, written), err=output == "-")


def build_into(address: str, texts: Texts, wish: Wish, keep: bool) -> None:
    """Bring a store up to date with these texts."""
    from respgraph.store import open_store
    from respgraph.update import update_store

    folders = [Path(name).resolve().name for name in wish.files if name and name != "-" and Path(name).is_dir()]
    if Path(address).suffix.lower() in SUFFIXES:
        check_target(address, wish.files)

    def counted(documents: Iterable[Document]) -> Iterator[Document]:
        with progress(documents, len(texts.items), "reading") as shown:
            yield from shown

    with open_store(address) as store:
        done = update_store(
            store,
            texts.items,
            base=wish.base,
            pipeline=wish.pipeline,
            encoding=texts.encoding,
            jobs=wish.jobs,
            min_confidence=wish.min_confidence,
            folders=() if keep else folders,
            judge=judge_store,
            on_error=texts.leave_out,
            progress=counted,
        )
        texts.refuse_nothing()
        written = [address]
        if wish.html is not None:
            from respgraph.view import Selection, write_view

            written.append(str(write_view(store, wish.html, wish.title, selection=Selection(*wish.chosen))))
    read = done.new + done.changed
    if read or wish.html is not None:
        click.echo(summary(done.claims, read, written if read else written[1:]))
    counts = {"new": done.new, "changed": done.changed, "unchanged": done.unchanged, "removed": done.removed}
    click.echo(f"{address}: " + ", ".join(f"{count:,} {word}" for word, count in counts.items()))


def judge_rows(graph: str, rows: list[Row]) -> tuple[Applied | None, list[Row]]:
    """Return the rows of a new graph as the judgements about actors beside it make them, and what was applied."""
    from respgraph.identity import apply_judgements
    from respgraph.store import open_store

    judged = judgements_beside(graph)
    if not judged:
        return None, rows
    with open_store("memory:") as store:
        store.put_graph(rows)
        done = apply_judgements(store, judged, place(graph, None))
        return done, list(store.rows())


def judge_store(store: Store) -> bool:
    """Apply the judgements about actors that lie beside a store; say whether they changed a document."""
    from respgraph.identity import apply_judgements

    judged = judgements_beside(store.address)
    if not judged:
        return False
    done = apply_judgements(store, judged, place(store.address, None))
    report(done)
    return done.changed > 0


def summary(counts: Mapping[str, int], documents: int, written: list[str]) -> str:
    """Return what was found and where it went: one line per claim type that occurs."""
    from respgraph.model import CLAIM_TYPES

    total = sum(counts.values())
    lines = [f"{counts[kind]:>7,}  {kind}" for kind in CLAIM_TYPES if counts.get(kind)]
    lines.append(f"{total:>7,}  claim{'s' * (total != 1)} in {documents:,} text{'s' * (documents != 1)}")
    return "\n".join([*lines, *(f"wrote {path}" for path in written)])
