"""The command line: parse, call one function, print. One file per group of commands.

stdout is data, stderr is talk. Exit 0 yes, 1 the honest answer is no (``check``), 2 misuse (click's own),
3 we failed. Bodies import what they need when they run, so ``--help`` loads click and nothing else.
"""

from __future__ import annotations

from typing import Any

import click

from respgraph import __version__
from respgraph.cli.build import build
from respgraph.cli.explain import explain, rules
from respgraph.cli.extract import extract, read
from respgraph.cli.graph import check, view
from respgraph.cli.query import query
from respgraph.errors import RespgraphError

FAILED = 3


class Respgraph(click.Group):
    """Turns what a user can cause into one line, and what they cannot into a line that asks for a report."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; see the module for the exit codes."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"respgraph: {describe(error)}", err=True)
            ctx.exit(FAILED)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the work, not of the alphabet."""
        return list(self.commands)


def describe(error: Exception) -> str:
    """Return the line for stderr: what, where, what to do next."""
    if isinstance(error, RespgraphError):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return f"a bug of ours: {type(error).__name__}: {error} (respgraph --debug shows where; please report it)"


@click.group(cls=Respgraph, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="respgraph", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """Who says that who is responsible for what: a sourced graph from texts.

    Every claim in the graph has its speaker, its words and its place in the text; what was only said is
    never stored as a fact.

    \b
    Start here:
      respgraph build report.md -o graph.trig --html page.html
      respgraph query graph.trig who-holds-whom
      respgraph explain "The ministry blamed the operator for the flood."
    """


for command in (build, extract, read, query, view, check, explain, rules):
    main.add_command(command)
