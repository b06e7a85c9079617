"""``respgraph export``: a graph as files for other tools."""

from __future__ import annotations

import sys

import click

from respgraph.cli.options import check_binary, check_target, hide_controls, told_repeats
from respgraph.errors import RespgraphError


@click.command(short_help="A graph -> files that other tools read.")
@click.argument("graph", required=False)
@click.option("-o", "--output", metavar="PATH", help="Where to write: a file, a new folder, or - for stdout.")
@click.option("-t", "--to", "form", metavar="FORMAT", help="Format, by name.  [default: by the suffix of -o]")
@click.option(
    "--fold",
    "folding",
    is_flag=True,
    help="Put those whom governments, ministries, offices and spokespersons act for in their place.",
)
@click.option("--list", "listing", is_flag=True, help="Show the formats, their suffixes and what reads them.")
def export(graph: str | None, output: str | None, form: str | None, folding: bool, listing: bool) -> None:
    """Write a graph in a format that another tool reads; the speaker and the words go with every claim.

    In networks (GraphML, GEXF, Cytoscape) a claim is one line, from who says it to whom it holds responsible, binds
    or asks. In CSV a cell that a spreadsheet would run as a formula gets an apostrophe before it.

    Nothing is left out. A claim of a text that nearly repeats another has that text's name in the column "repeats"
    (DNA: the document type "near repeat"): those without are what networks, matrices and reports count.

    \b
    Examples:
      respgraph export --list
      respgraph export graph.trig -o claims.xlsx
      respgraph export store/ -o claims.parquet
      respgraph export graph.trig -o network.gexf --fold
      respgraph export graph.trig --to csvw -o tables/
      respgraph export graph.trig --to nquads -o - | sort | head
    """
    from respgraph.export import NAMES, export_graph, format_named, guess_format

    if listing:
        click.echo(catalogue(), nl=False)
        return
    if graph is None or output is None:
        raise click.UsageError("give a graph and where to write it with -o (respgraph export --list shows the formats)")
    if form is not None and form not in NAMES:
        raise click.BadParameter(f"{form!r} is not one of {', '.join(NAMES)}", param_hint="--to")
    if form is None and output == "-":
        raise click.UsageError("standard output has no suffix; name the format with --to")
    from respgraph.compare import count_claims
    from respgraph.store import open_graph

    try:
        found = format_named(form) if form else guess_format(output)
    except RespgraphError as error:  # a suffix that none of the formats has
        raise click.UsageError(hide_controls(str(error))) from error
    check_binary(found.name, output)
    if found.kind != "folder":
        check_target(output, [graph])
    with open_graph(graph) as opened:
        asked = opened
        if folding:
            from respgraph.identity import fold

            asked = fold(opened)
        export_graph(asked, sys.stdout.buffer if output == "-" else output, found.name)
        total, repeated = count_claims(asked)
    told = told_repeats(total, repeated)
    click.echo(told if output == "-" else f"wrote {output} ({found.name}): {told}", err=True)


def catalogue() -> str:
    """Return the formats: name, suffix or "folder", and what each is."""
    from respgraph.export import FORMATS

    return "".join(f"{form.name:<11} {' '.join(form.suffixes) or 'a folder':<14} {form.title}\n" for form in FORMATS)
