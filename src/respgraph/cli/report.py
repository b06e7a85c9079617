"""``respgraph report``: a briefing to read and print."""

from __future__ import annotations

import sys

import click

from respgraph.cli.options import check_target, form_of, hide_controls, period_options

FORMATS = ("markdown", "html", "json")


@click.command(short_help="A briefing: who holds whom responsible, with quotes.")
@click.argument("graph")
@click.option("--actor", metavar="NAME", help="Only what this actor says or is said of it.")
@period_options
@click.option("--title", metavar="TEXT", help="Heading of the report.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=4, show_default=True, metavar="N",
    help="At most so many statements under each name.",
)  # fmt: skip
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS),
    help="How to write.  [default: by the suffix of -o, else markdown]",
)  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Where to write: .html, .md or .json.  [default: stdout]")
def report(
    graph: str,
    actor: str | None,
    since: str | None,
    until: str | None,
    title: str | None,
    limit: int,
    form: str | None,
    output: str | None,
) -> None:
    """Write a briefing of a graph: one page to read and print, offline, without scripts.

    It says who is held responsible for what and who denies it, what contradicts what, what is demanded of whom, what is
    promised or refused, who has to do what, and what nobody answers. Every line has its words, document, date
    and place. Near repeats of a text are not counted; a ministry counts as its state. Its last table says how many
    statements are counted and how many are not, and why.

    \b
    Examples:
      respgraph report graph.trig -o report.html
      respgraph report store/ --actor "United States" --since 2024 -o report.md
    """
    from respgraph.compare.period import check_period
    from respgraph.rdf.write import write_bytes
    from respgraph.report import briefing_html, briefing_json, briefing_markdown, read_briefing
    from respgraph.store import open_graph

    check_target(output, [graph])
    to_file = output not in (None, "-")
    form = form_of(form, output, FORMATS)
    period = check_period(since, until)
    with open_graph(graph) as opened:
        briefing = read_briefing(opened, title=title, actor=actor, since=period[0], until=period[1], limit=limit)
    write = {"html": briefing_html, "json": briefing_json, "markdown": briefing_markdown}[form]
    text = write(briefing)
    data = (hide_controls(text) if form == "markdown" and not to_file else text).encode("utf-8", "replace")
    if to_file:
        write_bytes(str(output), [data])
    else:
        sys.stdout.buffer.write(data)
