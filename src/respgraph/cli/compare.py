"""``respgraph conflicts`` and ``respgraph diff``: claims beside claims."""

from __future__ import annotations

import shutil
import sys

import click

from respgraph.cli.options import Share, check_target, form_of, hide_controls, period_options

KINDS = ("contradiction", "shift", "definition", "unanswered", "no-bearer", "denied-by-all")
FORMS = ("text", "json", "csv")
DIFF_FORMS = ("text", "json")


@click.command(short_help="Who contradicts whom, who shifted, what nobody answers.")
@click.argument("graph")
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Only these.  [default: all]")
@click.option("--actor", metavar="NAME", help="Only those of this speaker or bearer.")
@period_options
@click.option("--threshold", type=Share(0, 1), default=0.5, show_default=True, help="How alike two matters must be.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many of each kind.")
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMS), help="How to print.  [default: by the suffix of -o, else text]"
)
@click.option("-o", "--output", metavar="FILE", help="Where to write.  [default: stdout]")
def conflicts(
    graph: str,
    kinds: tuple[str, ...],
    actor: str | None,
    since: str | None,
    until: str | None,
    threshold: float,
    limit: int | None,
    form: str | None,
    output: str | None,
) -> None:
    """Show conflicts inside documents and between them, each with its words, speakers, places and dates.

    Two matters are held to be the same by their words: stems without function words, each weighed by how rare it
    is among the matters of the graph (ln((N + 1) / n)). The score is twice the weight of what both share by the weight
    of both, lowered where what they share is frequent; it stands in brackets and must reach --threshold. A pair
    that a document itself links counts at least 0.5.

    A period goes by the date of the statement, else of the document; what has neither is left out and counted.

    \b
    Examples:
      respgraph conflicts graph.trig
      respgraph conflicts graph.trig --kind contradiction --actor "United States" --since 2024-05
      respgraph conflicts graph.trig --kind unanswered -o unanswered.csv
    """
    from respgraph.compare import format_conflicts, list_conflicts
    from respgraph.compare.period import check_period
    from respgraph.store import open_graph

    check_target(output, [graph])
    form = form_of(form, output, FORMS)
    period = check_period(since, until)
    with open_graph(graph) as opened:
        found, undated = list_conflicts(opened, threshold, kinds or KINDS, actor, period, limit)
    if undated:
        click.echo(f"respgraph: {undated:,} claims without a date were left out", err=True)
    write_out(format_conflicts(found, form, shutil.get_terminal_size((100, 24)).columns), form, output)


@click.command(short_help="What two graphs say differently. Exit 0 nothing, 1 something.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--threshold", type=Share(0, 1), default=0.5, show_default=True, help="How alike two matters must be.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(DIFF_FORMS),
    help="How to print.  [default: by the suffix of -o, else text]",
)
@click.option("-o", "--output", metavar="FILE", help="Where to write.  [default: stdout]")
@click.pass_context
def diff(ctx: click.Context, before: str, after: str, threshold: float, form: str | None, output: str | None) -> None:
    """Show what graph B says differently from graph A, in claims: withdrawn (-), new (+), changed (~).

    Texts are matched by name, claims by type, speaker, bearer and the words of their matter, as `respgraph conflicts`
    compares them. Graphs that share no text are compared as two corpora, whatever text a claim stands in.

    \b
    Example:
      respgraph diff yesterday.trig today.trig
    """
    from respgraph.compare import diff_corpora, format_difference, read_corpus
    from respgraph.store import open_graph

    if before == after == "-":
        raise click.UsageError("both graphs cannot come from standard input")
    check_target(output, [before, after])
    form = form_of(form, output, DIFF_FORMS)
    with open_graph(before) as one, open_graph(after) as other:
        found = diff_corpora(read_corpus(one), read_corpus(other), threshold)
    write_out(format_difference(found, form, shutil.get_terminal_size((100, 24)).columns), form, output)
    ctx.exit(0 if found.is_empty else 1)


def write_out(text: str, form: str, output: str | None) -> None:
    """Write an answer to a file or to standard output, where a terminal gets nothing that it would obey."""
    to_terminal = output in (None, "-") and sys.stdout.isatty()
    shown = (hide_controls(text) if form == "text" or to_terminal else text).encode("utf-8", "replace")
    if output in (None, "-"):
        sys.stdout.buffer.write(shown)
    else:
        from respgraph.rdf.write import write_bytes

        write_bytes(str(output), [shown])
