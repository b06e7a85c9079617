"""``respgraph view``, ``check`` and ``verify``: see a graph, whether it holds together, and its words stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from respgraph.cli.options import Share, check_target, hide_controls, page_options, period_options, told_repeats
from respgraph.errors import ReadError

if TYPE_CHECKING:
    from respgraph.model import Document


@click.command(short_help="A graph -> one page to look at, offline.")
@click.argument("graph")
@click.option("-o", "--output", required=True, metavar="PAGE", help="Where to write the HTML page.")
@click.option("--title", metavar="TEXT", help="Heading of the page.")
@page_options
@period_options
@click.option(
    "--min-confidence",
    type=Share(0, 1),
    default=0.0,
    metavar="X",
    help="Leave out claims below this confidence (0 to 1).",
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
def view(
    graph: str,
    output: str,
    title: str | None,
    actor: tuple[str, ...],
    speaker: tuple[str, ...],
    types: tuple[str, ...],
    document: tuple[str, ...],
    since: str | None,
    until: str | None,
    min_confidence: float,
    show: bool,
) -> None:
    """Write the page of a graph: one HTML file that needs no network.

    Click a line of the network to read the sentence that says so. Actors can be sized by how often they are held
    responsible or by PageRank, and coloured by kind or coalition, as `respgraph network` measures them.

    The page has its own filters; those here keep a page small, and it says what it was narrowed to. Each may be given
    several times: its values are alternatives, and what different options ask for must all hold. Names are looked up
    whatever their case, by label or alias; those who belong to an actor or speak for it count as well.

    \b
    Examples:
      respgraph view graph.trig -o page.html --open
      respgraph view graph.trig -o page.html --speaker "United Nations" --since 2024
      respgraph view store/ -o blame.html --actor "El Salvador" --type responsibility --min-confidence 0.6
    """
    from respgraph.compare import count_claims
    from respgraph.store import open_graph
    from respgraph.view import Selection, make_page

    check_target(output, [graph])
    wish = Selection(actor, speaker, types, document, since, until, min_confidence)
    with open_graph(graph) as opened:
        page = make_page(opened, title, wish, graph=graph)
        total, repeated = count_claims(opened)
    path = page.save(output)
    if not wish and repeated:
        click.echo(f"respgraph: {told_repeats(total, repeated)}", err=True)
    if page.undated:
        click.echo(f"respgraph: {page.undated:,} claims without a date were left out", err=True)
    click.echo(f"wrote {path}" + (f" ({page.claims:,} of {page.total:,} claims)" if wish else ""))
    if show:
        click.launch(Path(path).resolve().as_uri())


@click.command(short_help="Does a graph hold together? Exit 0 yes, 1 no.")
@click.argument("graph")
@click.pass_context
def check(ctx: click.Context, graph: str) -> None:
    """Check a graph against the shapes, and that every quote stands at its offsets in its text.

    \b
    Example:
      respgraph check graph.trig && echo "safe to publish"
    """
    from respgraph.check import check_graph, format_report
    from respgraph.store import open_graph

    with open_graph(graph) as opened:
        report = check_graph(opened)
    click.echo(hide_controls(format_report(report)), nl=False)
    ctx.exit(0 if report.conforms else 1)


@click.command(short_help="Do the words stand in the texts? Exit 0 yes, 1 no.")
@click.argument("graph")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="FILE",
    help="A text the graph was read from, or a folder or corpus of them; repeatable.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of the texts if it is not UTF-8.")
@click.pass_context
def verify(ctx: click.Context, graph: str, sources: tuple[str, ...], encoding: str | None) -> None:
    """Check every hash, offset and quote of a graph again, as a reviewer who has nothing but the graph can.

    With --source the text as `respgraph read` gives it must have the hash that the graph names, and every quote is
    looked for in it. Of a folder, a pattern or a corpus, texts that the graph does not hold are passed over.

    \b
    Examples:
      respgraph verify graph.trig --source report.md
      respgraph verify graphs/store --source news/
    """
    from respgraph.check import format_verification, verify_graph
    from respgraph.pipeline import read, read_all
    from respgraph.read import find_sources
    from respgraph.store import open_graph

    found_sources = list(find_sources(sources, encoding=encoding, any_language=True)) if sources else []
    named = [read(source) for source in found_sources if not (source.found or source.many)]

    def beside() -> Iterator[Document]:
        for document in read_all(source for source in found_sources if source.found or source.many):
            if isinstance(document, ReadError):
                click.echo(f"respgraph: {hide_controls(str(document))} (left out)", err=True)
            else:
                yield document

    with open_graph(graph) as opened:
        found = verify_graph(opened, named, beside())
    if sources and not found.sources:
        raise ReadError(", ".join(sources), "none of these texts is one of the graph's")
    click.echo(hide_controls(format_verification(found)), nl=False)
    ctx.exit(0 if found.holds else 1)
