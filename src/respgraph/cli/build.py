"""``respgraph build``: texts -> a graph file, and a page if asked."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
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
    summary,
)
from respgraph.cli.shards import Reading, build_out, judge_store

if TYPE_CHECKING:
    from respgraph.identity import Applied
    from respgraph.model import Document
    from respgraph.rdf import Row

SUFFIXES = (".trig", ".nq", ".jsonld")


@click.command(short_help="Texts -> a graph (and a page).")
@extraction_options
@click.option(
    "-o",
    "--output",
    metavar="GRAPH",
    help="Where to write: a .trig, .nq or .jsonld file, - for TriG on stdout.",
)
@click.option(
    "--store",
    metavar="ADDRESS",
    help="What to bring up to date: a store folder, a .trig, .nq or .jsonld file, or an endpoint: "
    "sparql+http://HOST/, with ?query=NAME&store=NAME where its services are not called so.",
)
@click.option(
    "--out",
    metavar="DIR",
    help="Where to write shards of a corpus of any size, path or URI; `respgraph load` puts them into a store.",
)
@click.option("--dask", metavar="ADDRESS", help="With --out: the scheduler of a Dask cluster, tcp://HOST:8786.")
@click.option(
    "--part-size",
    type=click.IntRange(1, 100_000_000),
    metavar="BYTES",
    help="With --out: bytes of text that a process reads in one go.  [default: 32000]",
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
    out: str | None,
    dask: str | None,
    part_size: int | None,
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
    text_column: str | None,
    any_language: bool,
    failures: str | None,
    jobs: int,
    min_confidence: float,
) -> None:
    """Read texts and write the graph of who says who is responsible for what.

    FILE is a text, Markdown, HTML, PDF or DOCX file, a corpus (JSON lines, CSV, Parquet, WARC: a document per row
    or page), any of these packed with gzip, a folder of them, a pattern in quotes, an http(s) URL, or - for
    standard input. Each file of a stranger is parsed in a process of its own that may take a minute and 2 GB.

    What is named must be readable, or nothing is written and the exit status is 3. What is only found - a file in
    a folder, a row of a corpus - and cannot be read is left out, with its reason in OUT.failures.jsonl, and the exit
    status is 1 in the end. A text that looks as if it was read in a wrong encoding is read, and named there too.

    --actor, --speaker, --type, --document, --since and --until narrow the page of --html, as in `respgraph
    view`; the graph has everything.

    With --store only what is new or changed is read, what is gone from a folder is removed, and all else in
    the store stays. A document is known by its name: its path as given, or its place in the folder.

    With --out a corpus of any size is read by many processes, of this machine (--jobs) or of a Dask cluster
    (--dask); a large file of rows or pages is shared out among them. What is done is never done again: after a crash,
    Ctrl-C (status 130) or SIGTERM (143), run the same command. FILE and DIR may be URIs (s3://...). What cannot be read
    is listed in DIR/failures.jsonl, and the exit status is then 1.

    \b
    Examples:
      respgraph build report.pdf -o graph.trig
      respgraph build news/ --store graphs/store
      respgraph build corpus.parquet --text-column body -o graph.nq
      respgraph build 'archive/**/*.html.gz' https://example.org/statement -o graph.trig
      respgraph build articles/ -o graph.trig --html page.html --jobs 4
      respgraph build articles/ --out shards --jobs 8 && respgraph load shards --store graphs/store
      respgraph build articles/ -o graph.trig --html blame.html --type responsibility --since 2024
      curl -s https://example.org/a.txt | respgraph build - -o - > graph.trig
    """
    if [output, store, out].count(None) != 2:
        raise click.UsageError("give either -o GRAPH or --store ADDRESS or --out DIR")
    if out is None and (dask or part_size):
        raise click.UsageError("--dask and --part-size go with --out DIR")
    if out is not None:
        if html or title or keep or any((actor, speaker, types, document, since, until)):
            raise click.UsageError("a page, its narrowing and --keep go with -o and --store, not with --out")
        if failures:
            raise click.UsageError("with --out what cannot be read is listed in DIR/failures.jsonl, not in --failures")
        from respgraph.scale.parts import Wanted

        wanted = Wanted(encoding, text_column, any_language)
        build_out(files, out, Reading(base, pipeline, min_confidence), wanted, jobs, dask, part_size)
        return
    if output is not None:
        if output != "-" and Path(output).suffix.lower() not in SUFFIXES:
            raise click.UsageError(
                f"a graph is written as {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}, not as {output!r}"
            )
        check_target(output, files)
    check_target(html, files)
    chosen = actor, speaker, types, document, since, until
    if html is None and any(chosen):
        raise click.UsageError(
            "--actor, --speaker, --type, --document, --since, --until narrow the page of --html PAGE"
        )
    if since is not None or until is not None:
        from respgraph.compare.period import check_period

        check_period(since, until)
    texts = Texts(files, encoding, text_column, any_language, failures, output or store)
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
    from respgraph.rdf import build_rows, write_graph, write_trig
    from respgraph.rdf.iri import check_base
    from respgraph.vocab import DEFAULT_BASE

    base = check_base(wish.base or DEFAULT_BASE)
    rows = []
    counts: Counter[str] = Counter()
    silent = 0
    for extraction in texts.extractions(wish.pipeline, wish.jobs, wish.min_confidence, "reading"):
        rows += build_rows(extraction, base)
        counts.update(claim.type for claim in extraction.claims)
        silent += not extraction.claims
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
        write_graph(rows, output)
        written.insert(0, output)
    if done is not None:
        report(done)
    click.echo(summary(counts, texts.read, written, silent), err=output == "-")


def build_into(address: str, texts: Texts, wish: Wish, keep: bool) -> None:
    """Bring a store up to date with these texts."""
    from respgraph.store import open_store
    from respgraph.update import update_store

    folders = [Path(name).resolve().name for name in wish.files if name and name != "-" and Path(name).is_dir()]
    if Path(address).suffix.lower() in SUFFIXES:
        check_target(address, wish.files)

    def counted(documents: Iterable[Document]) -> Iterator[Document]:
        with progress(documents, len(texts.items), "reading") as shown:
            for document in shown:
                texts.check(document)
                yield document

    with open_store(address) as store:
        done = update_store(
            store,
            texts.items,
            base=wish.base,
            pipeline=wish.pipeline,
            jobs=wish.jobs,
            min_confidence=wish.min_confidence,
            folders=() if keep else folders,
            judge=judge_store,
            on_error=texts.leave_out,
            progress=counted,
        )
        texts.read = done.new + done.changed + done.unchanged
        texts.refuse_nothing()
        written = [address]
        if wish.html is not None:
            from respgraph.view import Selection, write_view

            written.append(str(write_view(store, wish.html, wish.title, selection=Selection(*wish.chosen))))
    read = done.new + done.changed
    if read or wish.html is not None:
        click.echo(summary(done.claims, read, written if read else written[1:], done.silent))
    counts = {"new": done.new, "changed": done.changed, "unchanged": done.unchanged, "removed": done.removed}
    click.echo(f"{address}: " + ", ".join(f"{count:,} {word}" for word, count in counts.items()))


def judge_rows(graph: str, rows: list[Row]) -> tuple[Applied | None, list[Row]]:
    """Return the rows of a new graph as the judgements beside it make them, with its links, and what was applied."""
    from respgraph.compare import linked
    from respgraph.identity import apply_judgements
    from respgraph.store import open_store

    judged = judgements_beside(graph)
    if not judged:
        return None, linked(rows)
    with open_store("memory:") as store:
        store.put_graph(rows)
        done = apply_judgements(store, judged, place(graph, None))
        return done, linked(list(store.rows()))
