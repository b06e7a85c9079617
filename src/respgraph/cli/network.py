"""``respgraph network``: the networks of what was said, measured."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from typing import Any

import click

from respgraph.cli.compare import write_out
from respgraph.cli.options import Share, check_binary, check_target, form_of, period_options, progress, tell_left

KINDS = (
    "responsibility", "demands", "actor-matter", "affiliation", "congruence", "conflict", "subtract",
    "factor-response",
)  # fmt: skip
ONE_MODE = ("average", "jaccard", "cosine", "cosine-dna")
TWO_MODE = ("activity", "prominence")
NORMS = ("none", *ONE_MODE, *TWO_MODE)
HEEDING = dict.fromkeys(("congruence", "conflict", "subtract"), ONE_MODE) | {"affiliation": TWO_MODE}
MEASURES = ("in_strength", "out_strength", "strength", "pagerank", "betweenness", "group")
FORMATS = ("table", "csv", "json", "markdown", "xlsx")
PIPED = ("csv",)  # for a program


@click.command(short_help="Networks of who says what of whom, measured.")
@click.argument("graph")
@click.option("--kind", type=click.Choice(KINDS), default="responsibility", show_default=True, help="Which network.")
@click.option(
    "--table", type=click.Choice(("nodes", "ties")), default="nodes", show_default=True,
    help="A row per node with its measures, or per tie with one of its quotes.",
)  # fmt: skip
@click.option("--sort", type=click.Choice(MEASURES), help="The measure by which nodes are ordered.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many rows.")
@period_options
@click.option("--per", type=click.Choice(("month", "year")), help="A network for each month or year.")
@click.option(
    "--norm", type=click.Choice(NORMS), default="none", show_default=True,
    help="What the weights of discourse networks are divided by.",
)  # fmt: skip
@click.option(
    "--concept", type=click.Choice(("bearer", "matter")), default="bearer", show_default=True,
    help="What one agrees on: that somebody is responsible, or also for what.",
)  # fmt: skip
@click.option(
    "--communities", "method", type=click.Choice(("leiden", "louvain")), default="leiden", show_default=True,
    help="How groups are found.",
)  # fmt: skip
@click.option(
    "--resolution", type=Share(0, min_open=True), default=1.0, show_default=True,
    help="Above 1 more and smaller groups.",
)  # fmt: skip
@click.option("--backbone", "alpha", type=Share(0, 1), metavar="ALPHA", help="Only ties that are more than chance.")
@click.option(
    "--bootstrap", "samples", type=click.IntRange(20, 100_000), metavar="N",
    help="Intervals (95%) from N draws of the documents.",
)  # fmt: skip
@click.option("--seed", type=int, default=7, show_default=True, help="Of the draws and the groups.")
@click.option("--no-authors", is_flag=True, help="Without what the texts say in their own voice.")
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS),
    help="How to print.  [default: by the suffix of -o, table on a terminal, csv in a pipe]",
)  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Where to write.  [default: stdout]")
def network(
    graph: str,
    kind: str,
    table: str,
    sort: str | None,
    limit: int | None,
    since: str | None,
    until: str | None,
    per: str | None,
    norm: str,
    concept: str,
    method: str,
    resolution: float,
    alpha: float | None,
    samples: int | None,
    seed: int,
    no_authors: bool,
    form: str | None,
    output: str | None,
) -> None:
    """Measure who holds whom responsible, who demands what of whom, who takes whose side.

    A tie weighs as many claims as it has, and a text that nearly repeats another is not counted. Denials are ties of
    their own: they never count as blame. Actors are folded: a ministry counts as its state. All measures are of
    what was said, not of who is responsible. How many claims are in no tie, and why, is said below the table, or on
    stderr: with those counted they are all there are.

    \b
    responsibility   speaker -> who is held responsible
    demands          speaker -> who is asked
    actor-matter     who is held responsible -> for what
    affiliation      speaker -> concept, agrees or disagrees
    congruence       speakers on the same side (discourse network analysis)
    conflict         speakers on opposite sides
    subtract         the one less the other
    factor-response  factor -> response, from tables

    Columns of --table nodes, taken of the ties of the first sign (holds, demands, agrees ...), without those of a node
    to itself:

    \b
    in_strength   weight of the ties to it: how often it is held responsible
    out_strength  weight of the ties from it: how often it holds others responsible
    strength      weight of its ties, where ties have no direction
    pagerank      share of a random walk along the ties (damping 0.85): high for those
                  held responsible by those who are held responsible themselves
    betweenness   on how many shortest paths between others it lies
    group         its community, 1 the largest, 0 for none (modularity; in congruence
                  networks: discourse coalitions)
    _low, _high   with --bootstrap: where 95 of 100 draws of the documents lie

    Columns of --table ties: source, sign and target; weight (claims, or what the norm makes of them), claims,
    documents they stand in, one quote and its document.

    \b
    Of the whole: reciprocity (share of ties that are returned), mutual pairs; connected
    triads by their census names (021D: one blames two; 021U: two blame one; 021C: a
    chain; 030T, 030C, 111D ...); balance (subtract: closed triads that are +++ or +--);
    groups and their modularity.

    \b
    --norm, as the Discourse Network Analyzer defines them (X: in how many texts):
      average     divided by the mean of what both say at all (congruence, conflict,
                  subtract; so are the next three)
      jaccard     by what either says and the other does not, plus what both say
      cosine      by the lengths of both (Salton); cosine-dna: by the product of their sums
      activity    by all that the speaker says (affiliation)
      prominence  by all that is said about the concept (affiliation)

    \b
    Examples:
      respgraph network graph.trig
      respgraph network graph.trig --table ties --kind demands
      respgraph network store/ --kind congruence --norm average --concept matter
      respgraph network store/ --kind affiliation --norm activity --table ties -o ties.csv
      respgraph network store/ --per year -o years.csv
      respgraph network store/ --bootstrap 1000 --seed 1 --sort pagerank --limit 20
    """
    from respgraph.compare import read_counted
    from respgraph.compare.period import check_period
    from respgraph.errors import RespgraphError
    from respgraph.export.workbook import networks_xlsx
    from respgraph.network.survey import Asked, survey
    from respgraph.network.table import account_of, format_networks
    from respgraph.rdf.write import write_bytes
    from respgraph.store import open_graph

    check_target(output, [graph])
    if samples and alpha is not None:
        raise click.UsageError("--bootstrap and --backbone exclude each other: a backbone has no intervals")
    if norm != "none" and norm not in HEEDING.get(kind, ()):
        of = " and ".join(
            ", ".join(k for k, held in HEEDING.items() if held is norms) for norms in (ONE_MODE, TWO_MODE)
        )
        raise click.UsageError(f"--norm {norm} is not of --kind {kind}; there are norms of {of} (see --help)")
    period = check_period(since, until)
    to_file = output not in (None, "-")
    form = form_of(form, output, FORMATS if to_file or sys.stdout.isatty() else PIPED)
    check_binary(form, output)
    asked = Asked(kind, norm, concept, not no_authors, method, resolution, alpha, samples or 0, seed, per)
    with open_graph(graph) as opened:
        counted = read_counted(opened, *period)
    with progress(range(samples or 0), samples or 0, "drawing") as shown:
        measured, undated = survey(
            counted.corpus, asked, (lambda _: shown) if per is None else (lambda numbers: numbers)
        )
    if per is not None and not measured:
        raise RespgraphError(f"{graph}: nothing in it is dated to the {per}")
    check_measure(sort, measured)
    tell_left(counted.account, f"{undated:,} claims are not dated to the {per}" if undated else "")
    if form != "table":
        tell_left(*(account_of(m) for m in measured))
    if form == "xlsx":
        write_bytes(
            str(output) if to_file else sys.stdout.buffer, [networks_xlsx(measured, counted.account, sort, limit)]
        )
        return
    width = shutil.get_terminal_size((100, 24)).columns
    text = format_networks(measured, table, form, width, sort, limit)
    write_out(text, "text" if form == "table" else form, output)


def check_measure(sort: str | None, measured: Iterable[Any]) -> None:
    """Fail as click does if the nodes have no such measure: ``in_strength`` where ties have no direction."""
    known = next((list(values) for m in measured for values in m.nodes.values()), None)
    if sort is not None and known is not None and sort not in known:
        raise click.BadParameter(f"{sort!r} is no measure of this network: {', '.join(known)}", param_hint="--sort")
