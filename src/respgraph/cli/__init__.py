"""The command line: parse, call one function, print. One file per group of commands.

stdout is data, stderr is talk. Exit 0 yes, 1 the honest answer is no (``check``), 2 misuse (click's own), 3 we failed,
130 interrupted (Ctrl-C), 143 ended by SIGTERM. Bodies import what they need when they run, so ``--help`` loads click
and nothing else.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import click

from respgraph import __version__
from respgraph.cli.actors import actors
from respgraph.cli.build import build
from respgraph.cli.compare import conflicts, diff
from respgraph.cli.explain import explain, rules
from respgraph.cli.export import export
from respgraph.cli.extract import extract, read
from respgraph.cli.forget import forget
from respgraph.cli.graph import check, verify, view
from respgraph.cli.matrix import matrix
from respgraph.cli.network import network
from respgraph.cli.options import hide_controls
from respgraph.cli.query import query
from respgraph.cli.report import report
from respgraph.cli.shards import load
from respgraph.errors import QueryError, RespgraphError

FAILED = 3
INTERRUPTED = 130  # 128 and the number of SIGINT, as shells say it
TERMINATED = 143  # and of SIGTERM
UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


class TerminatedError(BaseException):
    """SIGTERM: like Ctrl-C it goes through what is under way, so that nothing is left half-written."""


@contextmanager
def ending() -> Iterator[None]:
    """Let SIGTERM raise TerminatedError for as long as a command runs, and restore what was there."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_: int, __: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # one is enough; what is under way is to be put away in peace
        raise TerminatedError

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Respgraph(click.Group):
    """Turns what a user can cause into one line, and what they cannot into a line that asks for a report."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the program. A stream that the caller has closed is an empty one."""
        if sys.stdin is None:
            sys.stdin = nowhere("r")
        if sys.stdout is None:
            sys.stdout = nowhere("w")
        try:
            return super().main(*args, **kwargs)
        except OSError as error:  # of --help and --version, which print before a command is run
            if error.errno not in UNWRITABLE:
                raise
            give_up(error)
            sys.exit(FAILED)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; see the module for the exit codes."""
        try:
            with ending():
                result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except KeyboardInterrupt:
            click.echo("respgraph: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except TerminatedError:
            click.echo("respgraph: terminated", err=True)
            ctx.exit(TERMINATED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            give_up(error)
            ctx.exit(FAILED)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the work, not of the alphabet."""
        return list(self.commands)


def give_up(error: Exception) -> None:
    """Say what went wrong. What a full disk did not take is not tried again when the program ends."""
    click.echo(f"respgraph: {describe(error)}", err=True)
    if isinstance(error, OSError) and error.errno in UNWRITABLE and sys.stdout is sys.__stdout__:
        sys.stdout = nowhere("w")
        os.dup2(sys.stdout.fileno(), 1)


def nowhere(mode: str) -> Any:
    """Return a stream that is empty and takes everything, for as long as the program runs."""
    return open(os.devnull, mode, encoding="utf-8")


def describe(error: Exception) -> str:
    """Return the line for stderr: what, where, what to do next.

    What a file name or a file holds cannot move the cursor or turn the line round. Only a query's error has
    more lines than one: the caret below its line.
    """
    text = message_of(error)
    return hide_controls(text if isinstance(error, QueryError) else " ".join(text.split()))


def message_of(error: Exception) -> str:
    """Return what an error says, in our words where it is not one of ours."""
    if isinstance(error, RespgraphError):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, OSError) and error.errno in UNWRITABLE:
        return f"standard output: {error.strerror}"
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


for command in (
    build, load, extract, read, query, conflicts, network, matrix, report, diff, actors, view, export, check, verify,
    forget, explain, rules,
):  # fmt: skip
    main.add_command(command)
