"""``respgraph matrix``: who is responsible for what, as a table with who says so."""

from __future__ import annotations

import sys

import click

from respgraph.cli.options import check_binary, check_target, form_of, hide_controls, period_options, tell_left

FORMATS = ("markdown", "html", "csv", "json", "xlsx")


@click.command(short_help="Who is responsible for what, as a table; RACI.")
@click.argument("graph")
@click.option("--raci", is_flag=True, help="A RACI table: Responsible, Accountable, Consulted, Informed.")
@click.option(
    "--of", type=click.Choice(("responsibility", "duties", "demands", "promises")), default="responsibility",
    show_default=True, help="What the matrix is of.",
)  # fmt: skip
@period_options
@click.option("--rows", type=click.IntRange(1), default=60, show_default=True, help="Rows of a page or Markdown.")
@click.option("--columns", type=click.IntRange(1), default=12, show_default=True, help="Actors of a page or Markdown.")
@click.option("--title", metavar="TEXT", help="Heading of the page.")
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS),
    help="How to write.  [default: by the suffix of -o, else markdown]",
)  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Where to write: .html .csv .json .xlsx .md.  [default: stdout]")
def matrix(
    graph: str,
    raci: bool,
    of: str,
    since: str | None,
    until: str | None,
    rows: int,
    columns: int,
    title: str | None,
    form: str | None,
    output: str | None,
) -> None:
    """Write who is said to be responsible for what: matters down, actors across, and who says so in the cells.

    Matters that are alike by their words are one row; actors are folded, as in `respgraph network`. On the page a
    cell leads to its quotes; the workbook has them on a sheet of their own. A page or Markdown shows the rows and
    actors with most claims and says what it leaves out; CSV, JSON and XLSX have all. How many claims stand in no cell,
    and why, is said in the page, or on stderr: with those counted they are all there are.

    With --raci the cells are letters, from tables of tasks and owners, RACI charts, and sentences that say who must,
    who answers for it, whom to consult and whom to inform. Tasks without an owner or accountable actor, and those
    with two, are listed.

    Cells that a spreadsheet would run as a formula get an apostrophe before them.

    \b
    Examples:
      respgraph matrix graph.trig -o matrix.html
      respgraph matrix store/ -o matrix.xlsx
      respgraph matrix policy.trig --raci -o raci.html
      respgraph matrix contract.trig --of duties
    """
    from respgraph.compare import read_counted
    from respgraph.compare.period import check_period
    from respgraph.matrix import (
        accounts,
        grid_csv,
        grid_html,
        grid_json,
        grid_markdown,
        grid_xlsx,
        raci_grid,
        responsibility_grid,
    )
    from respgraph.rdf.write import write_bytes
    from respgraph.store import open_graph

    check_target(output, [graph])
    to_file = output not in (None, "-")
    form = form_of(form, output, FORMATS)
    check_binary(form, output)
    period = check_period(since, until)
    with open_graph(graph) as opened:
        counted = read_counted(opened, *period)
        grid = raci_grid(counted, opened) if raci else responsibility_grid(counted, of)
    if form in ("csv", "json", "xlsx"):
        tell_left(*accounts(grid))
    if form == "xlsx":
        data = grid_xlsx(grid)
    elif form == "json":
        data = grid_json(grid).encode("utf-8", "replace")
    elif form == "csv":
        data = grid_csv(grid).encode("utf-8", "replace")
    elif form == "html":
        data = grid_html(grid, title, rows, columns).encode("utf-8", "replace")
    else:
        text = grid_markdown(grid, rows, columns)
        data = (text if to_file else hide_controls(text)).encode("utf-8", "replace")
    if to_file:
        write_bytes(str(output), [data])
    else:
        sys.stdout.buffer.write(data)
