"""``respgraph build``: texts -> a graph file, and a page if asked."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import click

from respgraph.cli.options import Texts, check_target, extraction_options

SUFFIXES = (".trig", ".nq")


@click.command(short_help="Texts -> a graph (and a page).")
@extraction_options
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="GRAPH",
    help="Where to write: a .trig or .nq file, - for TriG on stdout.",
)
@click.option("--html", metavar="PAGE", help="Also write the page of the graph, as `respgraph view` does.")
@click.option("--title", metavar="TEXT", help="Heading of the page.")
@click.option("--base", metavar="IRI", help="Where data IRIs begin.  [default: https://w3id.org/respgraph/data/]")
def build(
    files: tuple[str, ...],
    output: str,
    html: str | None,
    title: str | None,
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

    \b
    Examples:
      respgraph build report.md -o graph.trig
      respgraph build articles/ -o graph.trig --html page.html --jobs 4
      curl -s https://example.org/a.txt | respgraph build - -o - > graph.trig
    """
    from respgraph.rdf import build_rows, write_nquads, write_trig
    from respgraph.rdf.iri import check_base
    from respgraph.vocab import DEFAULT_BASE

    if output != "-" and Path(output).suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"a graph is written as {' or '.join(SUFFIXES)}, not as {output!r}")
    check_target(output, files)
    check_target(html, files)
    base = check_base(base or DEFAULT_BASE)
    texts = Texts(files, encoding)
    rows = []
    counts: Counter[str] = Counter()
    for extraction in texts.extractions(pipeline, jobs, min_confidence, "reading"):
        rows += build_rows(extraction, base)
        counts.update(claim.type for claim in extraction.claims)
    written = []
    if html is not None:
        from respgraph.store import view_of
        from respgraph.view import write_view

        written.append(str(write_view(view_of(rows), html, title)))
    if output == "-":
        buffer = io.BytesIO()
        write_trig(rows, buffer)
        sys.stdout.buffer.write(buffer.getvalue())
    else:
        (write_nquads if output.lower().endswith(".nq") else write_trig)(rows, output)
        written.insert(0, output)
        judge_again(output)
    click.echo(summary(counts, len(texts.items) - texts.failed, written), err=output == "-")
    texts.finish()


def judge_again(graph: str) -> None:
    """Apply the judgements about actors that lie beside a graph that was written anew."""
    from respgraph.cli.actors import change, held_judgements, place, report

    judged = held_judgements(graph, None)
    if judged:
        report(change(graph, judged, place(graph, None)))


def summary(counts: Mapping[str, int], documents: int, written: list[str]) -> str:
    """Return what was found and where it went: one line per claim type that occurs."""
    from respgraph.model import CLAIM_TYPES

    total = sum(counts.values())
    lines = [f"{counts[kind]:>7,}  {kind}" for kind in CLAIM_TYPES if counts.get(kind)]
    lines.append(f"{total:>7,}  claim{'s' * (total != 1)} in {documents:,} text{'s' * (documents != 1)}")
    return "\n".join([*lines, *(f"wrote {path}" for path in written)])
