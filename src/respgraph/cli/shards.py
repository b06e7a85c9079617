"""``respgraph build --out`` and ``respgraph load``: a corpus of any size -> shards -> a store."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from respgraph.cli.actors import judgements_beside, place, report
from respgraph.cli.options import MOST_SAID, hide_controls, one_line, summary
from respgraph.errors import StoreError, hide_user

if TYPE_CHECKING:
    from respgraph.scale import Config, Progress
    from respgraph.scale.parts import Wanted
    from respgraph.scale.shard import Failure
    from respgraph.store import Store

LINE = 10.0  # seconds between two lines where stderr is no terminal
FRAME = 0.2  # and between two states of the line where it is one


@dataclass(frozen=True, slots=True)
class Reading:
    """What the options say of how texts are read."""

    base: str | None
    pipeline: str | None
    min_confidence: float

    def config(self) -> Config:
        """Return it as every worker needs it."""
        from respgraph.pipeline import run_settings
        from respgraph.rdf.iri import check_base
        from respgraph.scale import Config
        from respgraph.vocab import DEFAULT_BASE

        run = run_settings(self.pipeline, self.min_confidence)
        base = check_base(self.base or DEFAULT_BASE)
        return Config(base, self.pipeline, self.min_confidence, run)


def build_out(
    files: tuple[str, ...],
    out: str,
    reading: Reading,
    wanted: Wanted,
    jobs: int,
    dask: str | None,
    part_size: int | None,
) -> None:
    """Write the shards of a corpus; exit 1 if something of it could not be read."""
    from respgraph.scale import build_shards
    from respgraph.scale.parts import PART_BYTES
    from respgraph.scale.place import is_remote
    from respgraph.scale.workers import open_workers

    config = reading.config()
    folders = [Path(f).resolve().name for f in files if f and not is_remote(f) and Path(f).is_dir()]
    workers = open_workers(jobs, dask)
    meter = Meter()
    try:
        done = build_shards(
            files,
            out,
            config,
            workers,
            wanted=wanted,
            part_bytes=part_size or PART_BYTES,
            folders=folders,
            tick=meter.show,
            tell=tell_failures,
        )
    finally:
        meter.clear()
        workers.close()
    click.echo(summary(done.claims, done.documents, [hide_controls(hide_user(out))], done.silent))
    if done.resumed:
        click.echo(f"{done.resumed:,} of them {'were' if done.resumed > 1 else 'was'} done before")
    if done.failures:
        many = f"{done.failures:,} texts" if done.failures > 1 else "1 text"
        were = "were" if done.failures > 1 else "was"
        where = hide_controls(hide_user(out)) + "/failures.jsonl"
        click.echo(f"respgraph: {many} could not be read and {were} left out: {where}", err=True)
        click.get_current_context().exit(1)


def tell_failures(failures: list[Failure], doubts: list[Failure]) -> None:
    """Name the first texts that could not be read or are doubtful; the list in the folder has all."""
    for told, what in ((failures, "left out"), (doubts, "read all the same")):
        for one in told[:MOST_SAID]:
            where = f" ({one.where})" if one.where else ""
            click.echo(f"respgraph: {one_line(f'{one.source}{where}: {one.why}')} ({what})", err=True)
        if len(told) > MOST_SAID:
            click.echo(f"respgraph: ... and {len(told) - MOST_SAID:,} more ({what})", err=True)


class Meter:
    """Shows how far a build is: one line that is kept up on a terminal, else a line every ten seconds."""

    def __init__(self) -> None:
        """Start the clock."""
        self.live = sys.stderr.isatty()
        self.start = self.shown = time.monotonic()
        self.width = 0

    def show(self, done: Progress) -> None:
        """Show it, if it is time."""
        now = time.monotonic()
        if now - self.shown < (FRAME if self.live else LINE):
            return
        self.shown = now
        line = state(done, now - self.start)
        if self.live:
            click.echo("\r" + line.ljust(self.width), nl=False, err=True)
            self.width = len(line)
        else:
            click.echo(line, err=True)

    def clear(self) -> None:
        """Leave the terminal as it was."""
        if self.live and self.width:
            click.echo("\r" + " " * self.width + "\r", nl=False, err=True)


def state(done: Progress, seconds: float) -> str:
    """Return how far a build is, in one line."""
    if done.stage != "reading":
        return f"{done.stage}: {done.documents:,} documents"
    fresh = done.bytes_done - done.bytes_resumed
    rate = (done.words - done.words_resumed) / seconds if seconds else 0.0
    share = done.bytes_done / done.bytes if done.bytes else 1.0
    left = (done.bytes - done.bytes_done) * seconds / fresh if fresh else None
    parts = [
        f"{share:4.0%}",
        f"{done.documents:,} documents",
        f"{rate:,.0f} words/s",
        f"{sum(done.claims.values()):,} claims",
        f"{done.failures:,} failures",
        f"{done.workers} worker{'s' * (done.workers != 1)}",
        f"ETA {clock(left)}" if left is not None else "ETA -",
    ]
    return "  ".join(parts)


def clock(seconds: float) -> str:
    """Return a time to wait, in hours and minutes or minutes and seconds.

    >>> clock(75), clock(7500)
    ('1:15', '2 h 05 min')
    """
    if seconds >= 3600:
        return f"{int(seconds) // 3600:,} h {int(seconds) % 3600 // 60:02} min"
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


@click.command(short_help="Shards of a corpus -> a store.")
@click.argument("folder", metavar="DIR")
@click.option(
    "--store",
    required=True,
    metavar="ADDRESS",
    help="What to bring up to date: a store folder, a .trig, .nq or .jsonld file, or sparql+http://HOST/.",
)
@click.option("--keep", is_flag=True, help="Keep documents whose file is gone from a folder that was read.")
def load(folder: str, store: str, keep: bool) -> None:
    """Put the shards of `respgraph build --out DIR` into a store.

    The store then is what `respgraph build --store` would have made of the same texts. A document that is there
    already is left alone, so after a crash, or after a build of what has changed, run the same command.

    \b
    Examples:
      respgraph load shards --store graphs/store
      respgraph load s3://bucket/shards --store sparql+http://localhost:7878/
    """
    from respgraph.scale import load_shards
    from respgraph.store import open_store

    shown = time.monotonic()
    live = sys.stderr.isatty()

    def tick(done: int, all_: int) -> None:
        nonlocal shown
        if time.monotonic() - shown >= (FRAME if live else LINE):
            shown = time.monotonic()
            click.echo(("\r" if live else "") + f"{done:,} of {all_:,} shards", nl=not live, err=True)

    if "://" not in folder and not Path(folder).is_dir():
        raise StoreError(folder or "''", "no such folder of shards")
    with open_store(store) as held:
        done = load_shards(folder, held, keep=keep, judge=judge_store, tick=tick)
    counts = {"new": done.new, "changed": done.changed, "unchanged": done.unchanged, "removed": done.removed}
    click.echo(
        hide_controls(hide_user(f"{store}: ")) + ", ".join(f"{count:,} {word}" for word, count in counts.items())
    )


def judge_store(store: Store) -> bool:
    """Apply the judgements about actors that lie beside a store; say whether they changed a document."""
    from respgraph.identity import apply_judgements

    judged = judgements_beside(store.address)
    if not judged:
        return False
    done = apply_judgements(store, judged, place(store.address, None))
    report(done)
    return done.changed > 0
