"""``respgraph actors``: who is in a graph, who may be the same, and judgements about that."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from respgraph.cli.compare import write_out
from respgraph.cli.options import Share, check_target, form_of, hide_controls, one_line, tell_left

if TYPE_CHECKING:
    from respgraph.identity import CorpusActor, Judgement, Suggestion

FORMATS = ("text", "json", "csv")
form_option = click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How to print.  [default: by the suffix of -o, else text]",
)
output_option = click.option("-o", "--output", metavar="FILE", help="Where to write.  [default: stdout]")
file_option = click.option(
    "--judgements", "file", metavar="FILE", help="The judgements.  [default: NAME.judgements.jsonl beside the graph]"
)


class Actors(click.Group):
    """``actors GRAPH`` lists; what is no name of a command is a graph, and ``actors GRAPH merge`` merges in it."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Return the command, ``list`` where the first word is none; the graph may also stand before the command."""
        if len(args) > 1 and args[0] not in self.commands and args[1] in self.commands:
            args = [args[1], args[0], *args[2:]]
        if args and args[0] not in self.commands:
            args = ["list", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let options before the graph belong to ``list``."""
        known = self.get_help_option_names(ctx)
        if args and args[0].startswith("-") and args[0] not in known:
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Actors, short_help="Who is in a graph; who is the same as whom.")
def actors() -> None:
    """List the actors of a graph over all its documents; judge which of them are the same.

    Two texts share an actor only by the same name: a state or body of the shipped tables, or the full and
    particular name of a person or body, whatever its case. What is only alike - a surname, initials, another
    spelling, a name that many bodies have - is never merged, but listed by --suggest, which also tells of people
    of one name whose titles or roles differ. A judgement is kept in a file beside the graph, can be shared and
    taken back, and never destroys a mention: who was read stays in the graph.

    \b
    Examples:
      respgraph actors graph.trig
      respgraph actors graph.trig --suggest
      respgraph actors merge graph.trig "Angela Merkel" Merkel --why "same speech" --by JD
      respgraph actors split graph.trig "Ministry of Health" "Health Ministry"
      respgraph actors split graph.trig "John Smith" --document news/b.txt
      respgraph actors rename graph.trig Merkel "Angela Merkel"
      respgraph actors judgements graph.trig
      respgraph actors undo graph.trig 1
      respgraph actors apply graph.trig
    """


@actors.command("list", short_help="The actors, most mentioned first (the default).")
@click.argument("graph")
@click.option("--suggest", "suggesting", is_flag=True, help="List pairs that may be the same, with reasons.")
@click.option("--min-score", type=Share(0, 1), default=0.0, metavar="X", help="Leave out weaker pairs.")
@form_option
@output_option
@file_option
def list_(
    graph: str, suggesting: bool, min_score: float, form: str | None, output: str | None, file: str | None
) -> None:
    """List actors with kind, documents, claims they stand in, identifiers; or pairs that may be the same.

    \b
    Example:
      respgraph actors graph.trig --suggest
      respgraph actors graph.trig -o actors.csv
    """
    from respgraph.compare import count_claims
    from respgraph.identity import doubts, list_actors, read_roles, suggest
    from respgraph.store import open_graph

    check_target(output, [graph])
    form = form_of(form, output, FORMATS)
    with open_graph(graph) as opened:
        found = list_actors(opened)
        roles = read_roles(opened) if suggesting else {}
        total, repeated = count_claims(opened)
    if not suggesting:
        write_out(show_actors(found, form), form, output)
        tell_left(left_of_actors(found, total, repeated))
        return
    judged = judgements_beside(graph, file)
    pairs = [s for s in suggest(found, judged) if s.score >= min_score]
    write_out(show_suggestions(pairs, {a.iri: a for a in found}, form), form, output)
    for actor, why in doubts(found, roles):
        click.echo(one_line(f"respgraph: {actor.name} may be two people: {why}"), err=True)


def left_of_actors(found: Sequence[CorpusActor], total: int, repeated: int) -> str:
    """Return whose claims the list of actors leaves out, and what networks count otherwise."""
    told = sum(actor.as_speaker for actor in found)
    if told == total and not repeated:
        return ""
    words = f"speakers of {told:,} of {total:,} claims; the others speak in a text's own voice or by a pronoun"
    if repeated:
        words += f"; {repeated:,} claims in texts that nearly repeat another are among them, networks leave them out"
    return words


def judging(command: Any) -> Any:
    """Add the options of a command that writes a judgement."""
    for add in (
        click.option("--why", default="", metavar="TEXT", help="The reason."),
        click.option("--by", default="", metavar="NAME", help="Who judges."),
        click.option("--date", default="", metavar="DATE", help="When; nothing is written if it is not given."),
        click.option("--later", is_flag=True, help="Only write it down; `actors apply` changes the graph."),
        file_option,
    ):
        command = add(command)
    return command


@actors.command(short_help="Judge that B is A.")
@click.argument("graph")
@click.argument("a")
@click.argument("b")
@judging
def merge(graph: str, a: str, b: str, **options: Any) -> None:
    """Judge that B is the same as A: A will stand wherever B was read.

    A and B are names, IRIs, or the end of one (actor/angela-merkel).

    \b
    Example:
      respgraph actors merge graph.trig "Angela Merkel" Merkel --why "same office, same week"
    """
    judge(graph, "same", a, b, "", options)


@actors.command(short_help="Judge that A and B, or A in one document and A elsewhere, are not the same.")
@click.argument("graph")
@click.argument("a")
@click.argument("b", required=False)
@click.option("--document", metavar="NAME", help="Judge that A is somebody else in this document.")
@click.option("--name", default="", metavar="TEXT", help="With --document: what that one is called.")
@judging
def split(graph: str, a: str, b: str | None, document: str | None, name: str, **options: Any) -> None:
    """Judge that A and B are two: they are not suggested again, and no merge may join them.

    With --document, A is two people of one name: in that document stands another one, who is known there only.

    \b
    Examples:
      respgraph actors split graph.trig actor/john-smith "John Smith Ltd"
      respgraph actors split graph.trig "John Smith" --document news/b.txt --name "John Smith (mayor)"
    """
    if (b is None) == (document is None):
        raise click.UsageError("give either B or --document NAME")
    if document is None:
        judge(graph, "different", a, b or "", "", options)
    else:
        judge(graph, "apart", a, "", name, options, document)


@actors.command(short_help="Give an actor another name.")
@click.argument("graph")
@click.argument("a")
@click.argument("name")
@judging
def rename(graph: str, a: str, name: str, **options: Any) -> None:
    """Show an actor under another name; the name it was read by still finds it.

    \b
    Example:
      respgraph actors rename graph.trig "the GRU" "Main Directorate of the General Staff"
    """
    judge(graph, "name", a, "", name, options)


@actors.command(short_help="Take a judgement back.")
@click.argument("graph")
@click.argument("which", metavar="N|ID")
@click.option("--later", is_flag=True, help="Only change the file; `actors apply` changes the graph.")
@file_option
def undo(graph: str, which: str, later: bool, file: str | None) -> None:
    """Take back judgement N or ID, as `actors judgements` shows them.

    The list is sorted by name, so a number holds until the next judgement; an ID always means the same one. What was
    taken back is said with its ID and in words.

    \b
    Examples:
      respgraph actors undo graph.trig 1
      respgraph actors undo graph.trig 0c4f1a2b
    """
    from respgraph.errors import JudgementError
    from respgraph.identity import write_judgements

    held = held_judgements(graph, file)
    number = int(which) if which.isdecimal() and len(which) < 8 else 0
    gone = [j for n, j in enumerate(held, 1) if which == j.id] or [j for n, j in enumerate(held, 1) if n == number]
    if not gone:
        raise JudgementError(
            place(graph, file),
            f"has no judgement {one_line(which)!r}; it has {len(held)}: actors judgements lists them",
        )
    kept = tuple(j for j in held if j is not gone[0])
    if not later:
        change(graph, kept, place(graph, file))
    write_judgements(kept, place(graph, file))
    click.echo(f"taken back: {gone[0].id}  {hide_controls(line_of(gone[0]))}")


@actors.command(short_help="List the judgements.")
@click.argument("graph")
@form_option
@output_option
@file_option
def judgements(graph: str, form: str | None, output: str | None, file: str | None) -> None:
    """List the judgements that belong to a graph, numbered by line.

    \b
    Example:
      respgraph actors judgements graph.trig
    """
    check_target(output, [graph])
    form = form_of(form, output, FORMATS)
    write_out(show_judgements(held_judgements(graph, file), form), form, output)


@actors.command("apply", short_help="Make the graph what the judgements say.")
@click.argument("graph")
@file_option
def apply_(graph: str, file: str | None) -> None:
    """Apply all judgements to the graph, and take back those that are no longer in the file.

    \b
    Example:
      respgraph actors apply graph.trig
    """
    report(change(graph, held_judgements(graph, file), place(graph, file)))


def judge(
    graph: str, verdict: str, a: str, b: str, name: str, options: dict[str, Any], document: str | None = None
) -> None:
    """Write a judgement and apply it; both fail before either is written."""
    from respgraph.identity import Judgement, add_judgement, find_actor, list_actors, write_judgements
    from respgraph.store import open_graph

    if not a.strip() or (verdict in ("same", "different") and not b.strip()):
        raise click.UsageError("the name of an actor is empty (an unset variable?)")
    where = place(graph, options["file"])
    held = held_judgements(graph, options["file"])
    with open_graph(graph) as opened:
        found = list_actors(opened)
    first, second = find_actor(found, a, graph), find_actor(found, b, graph) if b else None
    if second is not None and first.iri == second.iri:
        raise click.UsageError(f"{a!r} and {b!r} are one actor already: {first.iri}")
    if document is not None and first.home:
        raise click.UsageError(f"{a!r} is known in {first.home!r} only: {first.iri}")
    if document is not None and document not in first.documents:
        raise click.UsageError(
            f"{a!r} is not named in {document!r}; it is in {one_line(', '.join(first.documents[:5]))}"
        )
    if verdict == "name" and not name.strip():
        raise click.UsageError("the new name is empty")
    new = Judgement(
        verdict,
        first.iri,
        first.name,
        second.iri if second else "",
        second.name if second else "",
        " ".join(name.split()),
        by=options["by"],
        why=options["why"],
        date=options["date"],
        a_in=document or first.home,
        b_in=second.home if second else "",
    )
    if verdict == "name":
        held = tuple(j for j in held if not (j.verdict == "name" and j.a == new.a))
    all_ = add_judgement(held, new, where)
    done = None if options["later"] else change(graph, all_, where)
    write_judgements(all_, where)
    click.echo(hide_controls(line_of(new)))
    if done is not None:
        report(done)


def change(graph: str, judged: Sequence[Judgement], where: str) -> Any:
    """Apply judgements to a graph and save it."""
    from respgraph.compare import renew_links
    from respgraph.identity import apply_judgements
    from respgraph.store import open_graph, open_store

    with open_graph(graph):
        pass  # a graph that is not there is an error here, not an empty one
    with open_store(graph) as store:
        done = apply_judgements(store, judged, where)
        if done.changed:
            store.save()
            renew_links(store)
    return done


def report(done: Any) -> None:
    """Say what applying did; what names an actor that is not there is kept, and said on stderr."""
    for judgement in done.missing:
        click.echo(one_line(f"respgraph: not in this graph, kept: {line_of(judgement)}"), err=True)
    click.echo(f"{count(len(done.applied), 'judgement')} applied, {count(done.changed, 'document')} changed")


def count(number: int, noun: str) -> str:
    """Return a number with its noun: "1 document", "2 documents"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def place(graph: str, file: str | None) -> str:
    """Return the judgements file."""
    from respgraph.identity import default_file

    return file or str(default_file(graph))


def held_judgements(graph: str, file: str | None) -> tuple[Judgement, ...]:
    """Return the judgements of the file."""
    from respgraph.identity import read_judgements

    return read_judgements(place(graph, file))


def judgements_beside(graph: str, file: str | None = None) -> tuple[Judgement, ...]:
    """Return the judgements of the file; none where no file is named and nothing can lie beside the graph."""
    has_place = graph not in ("-", "memory:") and "://" not in graph
    return held_judgements(graph, file) if file or has_place else ()


def line_of(judgement: Judgement) -> str:
    """Return a judgement as a sentence."""
    a, b = judgement.a_label or judgement.a, judgement.b_label or judgement.b
    said = {
        "same": f"{b!r} is {a!r}",
        "different": f"{a!r} and {b!r} are not the same",
        "name": f"{a!r} is called {judgement.name!r}",
        "apart": f"{a!r} in {judgement.a_in!r} is another" + (f", {judgement.name!r}" if judgement.name else ""),
    }[judgement.verdict]
    told = "; ".join(x for x in (judgement.why, judgement.by and f"by {judgement.by}", judgement.date) if x)
    return one_line(said + (f" ({told})" if told else ""))


def show_actors(found: Sequence[CorpusActor], form: str) -> str:
    """Return the list of actors in a format."""
    if form == "json":
        return json.dumps([asdict(a) for a in found], indent=2, ensure_ascii=False) + "\n"
    if form == "csv":
        head = ("name", "kind", "documents", "speaker", "bearer", "other", "iso", "wikidata", "unit_of", "also", "iri")
        return table_csv(head, [
            (a.name, a.kind, len(a.documents), a.as_speaker, a.as_bearer, a.as_other, a.iso, a.wikidata,
             " ".join((*a.unit_of, *a.speaks_for)), "; ".join(n for n in a.names if n != a.name), a.iri)
            for a in found
        ])  # fmt: skip
    names = {a.iri: a.name for a in found}
    lines = ["docs  speaks  bears  other  actor"]
    for a in found:
        told = [a.kind, a.iso, a.wikidata]
        told += [f"unit of {names.get(p, p)}" for p in a.unit_of if p not in a.speaks_for]
        told += [f"speaks for {names.get(p, p)}" for p in a.speaks_for]
        told += [f"with {', '.join(p.rsplit('/', 1)[-1] for p in a.merged)}"] if a.merged else []
        counts = f"{len(a.documents):>4}  {a.as_speaker:>6}  {a.as_bearer:>5}  {a.as_other:>5}"
        lines.append(hide_controls(" ".join(f"{counts}  {a.name} ({', '.join(x for x in told if x)})".splitlines())))
    return "\n".join([*lines, "", count(len(found), "actor")]) + "\n"


def show_suggestions(pairs: Sequence[Suggestion], by_iri: dict[str, CorpusActor], form: str) -> str:
    """Return the suggestions in a format."""
    rows = [(by_iri[s.a], by_iri[s.b], s) for s in pairs]
    if form == "json":
        value = [asdict(s) | {"a_name": a.name, "b_name": b.name} for a, b, s in rows]
        return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    if form == "csv":
        head = ("score", "a", "b", "reasons", "a_documents", "b_documents", "a_iri", "b_iri")
        return table_csv(head, [
            (f"{s.score:.1f}", a.name, b.name, "; ".join(s.reasons), "; ".join(a.documents), "; ".join(b.documents),
             a.iri, b.iri) for a, b, s in rows
        ])  # fmt: skip
    lines = []
    for a, b, s in rows:
        lines.append(f"{s.score:.1f}  {a.name} = {b.name}?  {'; '.join(s.reasons)}")
        lines += [f"       {x.iri}  ({', '.join(x.documents[:3])})" for x in (a, b)]
    return hide_controls("\n".join([*lines, f"{count(len(rows), 'suggestion')}; none is applied by itself"]) + "\n")


def show_judgements(held: Sequence[Judgement], form: str) -> str:
    """Return the judgements in a format."""
    if form == "json":
        return json.dumps([{"id": j.id} | asdict(j) for j in held], indent=2, ensure_ascii=False) + "\n"
    if form == "csv":
        head = ("n", "id", *("verdict a a_label b b_label name by why date a_in b_in".split()))
        return table_csv(head, [(n, j.id, *asdict(j).values()) for n, j in enumerate(held, 1)])
    lines = [f"{n:>3}  {j.id}  {line_of(j)}" for n, j in enumerate(held, 1)]
    return hide_controls("\n".join([*lines, count(len(held), "judgement")]) + "\n")


def table_csv(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return CSV in which no cell runs as a formula."""
    from respgraph.query import harmless

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(x) if isinstance(x, str) else x for x in row] for row in rows)
    return out.getvalue()
