"""``respgraph forget``: a graph without a person or a text."""

from __future__ import annotations

from pathlib import Path

import click

from respgraph.cli.options import check_target, hide_controls


@click.command(short_help="A graph without a person, body or text.")
@click.argument("graph")
@click.option("--actor", metavar="NAME", help="Whom to forget, by name, alias or IRI.")
@click.option("--document", metavar="NAME", help="Which text to forget, by the name it was read under or its IRI.")
@click.option("--redact", is_flag=True, help="With --actor: put blocks for its names in the texts and quotes.")
@click.option("-o", "--output", metavar="NEW", help="Where to write (.trig, .nq or .jsonld).  [default: GRAPH itself]")
def forget(graph: str, actor: str | None, document: str | None, redact: bool, output: str | None) -> None:
    """Remove a text, or every claim, statement, label and tie of an actor, and derive ties and links again.

    The texts that a graph keeps, and what others say in them, still hold an actor's name; --redact puts a block
    for each of its letters there. Offsets stay true, but a redacted text has another hash than the one that
    was read. Pronouns and descriptions ("the minister") stay. Building from the same texts again brings
    everything back.

    \b
    Examples:
      respgraph forget graph.trig --actor "Ada Obi" --redact -o without.trig
      respgraph forget graph.trig --document news/a.txt
    """
    from respgraph.compare import forget_actor, forget_document, rows_without
    from respgraph.rdf import WRITTEN, write_graph
    from respgraph.store import open_graph, open_store

    if (actor is None) == (document is None):
        raise click.UsageError("say whom or what to forget: --actor NAME or --document NAME")
    if redact and actor is None:
        raise click.UsageError("--redact goes with --actor")
    if output is not None and Path(output).suffix.lower() not in WRITTEN:
        raise click.UsageError(f"a graph is written as .trig, .nq or .jsonld, not as {output!r}")
    check_target(output)
    if not output:
        open_graph(graph).close()  # a graph that is not there has nothing to forget
    with open_graph(graph) if output else open_store(graph) as opened:
        found = forget_document(opened, str(document)) if actor is None else forget_actor(opened, actor, redact)
        if output:
            write_graph(rows_without(opened, found), output)
        else:
            found.apply(opened)  # type: ignore[arg-type]  # opened by open_store
            opened.save()  # type: ignore[attr-defined]
    went = f"{found.claims:,} claim{'s' * (found.claims != 1)} forgotten"
    click.echo(f"{went}; wrote {hide_controls(output or graph)}")
    if found.still_named:
        texts = "1 text still holds" if found.still_named == 1 else f"{found.still_named:,} texts still hold"
        click.echo(f"respgraph: {texts} the name in what is left of its words (--redact)", err=True)
