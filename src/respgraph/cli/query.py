"""``respgraph query``: ask a graph by the name of a question, or in SPARQL."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from respgraph.cli.options import check_target, form_of, period_options, tell_left
from respgraph.errors import QueryError

if TYPE_CHECKING:
    from respgraph.query import Result
    from respgraph.store import View

FORMATS = ("table", "csv", "json", "markdown")
PIPED = ("csv",)  # for a program
PARAMETERS = ("actor", "speaker", "bearer", "forum", "claim")


Command = TypeVar("Command", bound=Callable[..., Any])


def parameter_options(command: Command) -> Command:
    """Add an option per parameter that the named queries have."""
    for name in reversed(PARAMETERS):
        command = click.option(f"--{name}", metavar="X", help=f"Same as -p {name}=X.")(command)
    return command


@click.command(short_help="Ask a graph: named questions or SPARQL.")
@click.argument("graph", required=False)
@click.argument("question", required=False, metavar="NAME|FILE.rq|-")
@click.option("--list", "listing", is_flag=True, help="Show the named questions and their parameters.")
@click.option("--sparql", metavar="TEXT", help="SPARQL, in place of a name or file.")
@click.option("-p", "--parameter", multiple=True, metavar="NAME=VALUE", help="A parameter of a named question.")
@parameter_options
@period_options
@click.option(
    "--fold",
    "folding",
    is_flag=True,
    help="Count governments, ministries, offices and spokespersons as those they act for.",
)
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS),
    help="How to print.  [default: by the suffix of -o, table on a terminal, csv in a pipe]",
)  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Where to write.  [default: stdout]")
def query(
    graph: str | None,
    question: str | None,
    listing: bool,
    sparql: str | None,
    parameter: tuple[str, ...],
    since: str | None,
    until: str | None,
    folding: bool,
    form: str | None,
    output: str | None,
    **values: str | None,
) -> None:
    """Ask a graph; each answer comes with the words it rests on.

    GRAPH is a file (TriG, N-Quads, Turtle, JSON-LD), - for standard input, a store folder, or the address
    of an endpoint (sparql+http://HOST/). Names of actors are looked up whatever their case, by label or
    alias; those who belong to an actor or speak for it count as well. A period goes by the date of the
    statement, else of the document.

    \b
    Examples:
      respgraph query --list
      respgraph query graph.trig who-holds-whom --bearer "United States"
      respgraph query graph.trig obligations -p actor="El Salvador" -f csv
      respgraph query graph.trig my-question.rq -o answer.json
      respgraph query graph.trig --sparql 'SELECT ?a ?b { ?a resp:demandsOf ?b }'
    """
    if listing:
        click.echo(catalogue(), nl=False)
        return
    if graph is None or (question is None) == (sparql is None):
        raise click.UsageError("give a graph and one question: a name (see --list), a .rq file, - or --sparql TEXT")
    if graph == "-" and question == "-":
        raise click.UsageError("graph and question cannot both come from standard input")
    from respgraph.compare import with_links
    from respgraph.compare.period import check_period, result_within
    from respgraph.query import format_result, needs_links, run_query
    from respgraph.store import open_graph

    check_target(output, [graph])
    form = form_of(form, output, FORMATS if output not in (None, "-") or sys.stdout.isatty() else PIPED)
    period = check_period(since, until)
    wanted = dict(split_parameter(p) for p in parameter) | {k: v for k, v in values.items() if v is not None}
    with open_graph(graph) as opened:
        text = sparql if sparql is not None else read_question(str(question))
        asked = with_links(opened) if needs_links(text) else opened
        if folding:
            from respgraph.identity import fold

            asked = fold(asked)
        result = run_query(asked, text, wanted)
        result, undated = result_within(asked, result, *period)
        left = left_of_counts(asked, result) if question == "counts" else ""
    if undated:
        click.echo(f"respgraph: {undated:,} answers without a date were left out", err=True)
    tell_left(left)
    shown = format_result(result, form, shutil.get_terminal_size((100, 24)).columns)
    if output in (None, "-"):
        sys.stdout.buffer.write(shown.encode("utf-8", "replace"))
    else:
        from respgraph.rdf.write import write_bytes

        write_bytes(str(output), [shown.encode("utf-8", "replace")])


def left_of_counts(view: View, result: Result) -> str:
    """Return which claims of responsibility the query ``counts`` leaves out: with those it counts, all there are."""
    from respgraph.compare import count_claims, left_words
    from respgraph.compare.counted import REPEATED

    total, repeated = count_claims(view, "ResponsibilityClaim")
    at = result.columns.index("claims")
    counted = sum(int(cell.value) for row in result.rows if (cell := row[at]) is not None)
    rest = total - repeated - counted
    told = left_words(((REPEATED, repeated), ("naming nobody, or by a pronoun that nobody could place", rest)))
    return f"{counted:,} of {total:,} claims of responsibility counted; not counted: {told}" if told else ""


def read_question(question: str) -> str:
    """Return a name as it is, and the SPARQL in a file or on standard input.

    Raises:
        QueryError: A file that is not there or is no text.
        UnknownNameError: Neither a file of SPARQL nor the name of a query.
    """
    if question == "-":
        return sys.stdin.read()
    if not question.endswith((".rq", ".sparql")):
        if "{" not in question:  # no SPARQL, so a name: of a query, or of a file that is not called .rq
            from respgraph.query import load_query

            load_query(question.strip())
        return question
    try:
        return Path(question).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise QueryError(f"{question}: {getattr(error, 'strerror', None) or 'not UTF-8 text'}") from error


def split_parameter(given: str) -> tuple[str, str]:
    """Return name and value of NAME=VALUE."""
    name, mark, value = given.partition("=")
    if not mark or not name:
        raise click.UsageError(f"a parameter is NAME=VALUE, not {given!r}")
    return name.strip(), value.strip()


def catalogue() -> str:
    """Return the named questions: name and title, and their parameters."""
    from respgraph.query import list_queries

    lines = []
    for question in list_queries():
        lines.append(f"{question.name:<22} {question.title}")
        lines += [f"{'':<22}   {p.name}: {p.meaning}{' (required)' if p.required else ''}" for p in question.parameters]
    return "\n".join(lines) + "\n"
