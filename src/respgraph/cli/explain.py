"""``respgraph explain`` and ``respgraph rules``: why a sentence is read as it is, and what can be read."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import click

from respgraph.cli.compare import write_out
from respgraph.cli.extract import shorten
from respgraph.cli.options import MOST_SAID, check_target, form_of, hide_controls, one_line
from respgraph.errors import ReadError, UnknownNameError

if TYPE_CHECKING:
    from respgraph.annotate import Sentence
    from respgraph.extract.rule import Rule
    from respgraph.model import Claim, Mention
    from respgraph.pipeline import Explanation

FORMATS = ("text", "csv", "json")
VALUES = ("stance", "degree", "sense", "modality")
MOST = 5  # triggers shown for a word that evoked nothing


@click.command(short_help="Why a sentence is read as it is.")
@click.argument("sentence")
@click.option("--pipeline", metavar="NAME", help="An installed spaCy pipeline for English.")
def explain(sentence: str, pipeline: str | None) -> None:
    """Show how a sentence is parsed, which rules fired on which words and what filled each slot.

    SENTENCE is the sentence itself, or - to read it from standard input. A line with `-` is a rule that was
    tried on some words and gave nothing, and why; `.` is a word that would evoke a rule in other company.

    \b
    Examples:
      respgraph explain "The ministry blamed the operator for the flood."
      respgraph rules responsibility.blame
    """
    from respgraph.pipeline import explain as explain_text

    text = sys.stdin.read() if sentence == "-" else sentence
    if not text.strip():
        raise ReadError("the sentence", "empty: nothing to explain")
    click.echo(hide_controls("\n".join(explanation_lines(explain_text(text, pipeline)))))


def explanation_lines(found: Explanation) -> Iterator[str]:
    """Yield the explanation: each sentence as a tree, its tries, then the claims with their slots."""
    for sentence in found.reading.annotated.sentences:
        yield from tree_lines(sentence)
        yield ""
    yield from try_lines(found)
    for claim in found.extraction.claims:
        yield ""
        yield from claim_lines(claim)
    count = len(found.extraction.claims)
    yield f"\n{count or 'no'} claim{'s' * (count != 1)}"


def tree_lines(s: Sentence) -> Iterator[str]:
    """Yield the dependency tree, a token a line: indented by depth, with its number, label and lemma."""
    depth: dict[int, int] = {}
    for i in range(len(s.tokens)):
        path: list[int] = []
        while i not in depth and i not in path:
            path.append(i)
            i = s.tokens[i].head
        for k in reversed(path):
            depth[k] = 0 if s.tokens[k].head == k else depth.get(s.tokens[k].head, 0) + 1
    for t in s.tokens:
        yield f"{t.i:>4}  {'  ' * depth[t.i] + t.form:<30} {t.dep:<10} {t.upos:<6} {t.lemma}"


def try_lines(found: Explanation) -> Iterator[str]:
    """Yield a line per try: + a rule that stands, - one that gave nothing or gave way."""
    stood = {claim.found_by for claim in found.extraction.claims}
    if not found.tries:
        yield "  no word in it evokes a rule"
    for attempt in found.tries:
        if attempt.fired and attempt.rule in stood:
            yield f"  +  {attempt.rule}  on “{attempt.words}”"
        else:
            why = "gave way to another rule, or was not meant" if attempt.fired else attempt.outcome
            yield f"  -  {attempt.rule}  on “{attempt.words}”: {why}"
    for near in found.near:
        more = f" and {len(near.triggers) - MOST} more" if len(near.triggers) > MOST else ""
        shown = ", ".join(shorten(trigger, 30) for trigger in near.triggers[:MOST])
        yield f"  .  “{near.word}” alone evokes nothing; it would in: {shown}{more}"


def claim_lines(claim: Claim) -> Iterator[str]:
    """Yield a claim: type, values, rule and confidence, then the words in each slot and where they stand."""
    values = [v for name in VALUES if (v := getattr(claim, name)) not in (None, "unspecified")]
    values += ["negative"] * (claim.polarity == "negative") + ["hedged"] * claim.hedged
    yield f"{claim.type.upper()}  {' '.join(values)}"
    yield f"  {'rule':<12} {claim.found_by}, confidence {claim.confidence:g}"
    yield f"  {'trigger':<12} {place(claim.trigger)}"
    if claim.get("speaker") is None:
        yield f"  {'speaker':<12} (the author)"
    for slot, mention in claim.roles:
        yield f"  {slot:<12} {place(mention)}"


def place(mention: Mention) -> str:
    """Return the words, their offsets and whom they name."""
    words = " ".join(mention.quote.split())
    actor = mention.actor
    known = f"  = {actor.name} ({actor.kind})" if actor else ""
    return f"“{words}” {mention.span.start}-{mention.span.end}{known}"


@click.command(short_help="The rules, or one of them in full.")
@click.argument("name", required=False)
@click.option("--type", "kind", metavar="TYPE", help="Only rules for this claim type.")
@click.option("--coverage", "texts", multiple=True, metavar="TEXTS", help="Count which rules fire in these texts.")
@click.option(
    "--annotations", type=click.Path(path_type=Path), metavar="FOLDER", help="ID.json files to hold --coverage against."
)
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS),
    help="How to print the list.  [default: by the suffix of -o, else text]",
)  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Where to write the list.  [default: stdout]")
def rules(
    name: str | None,
    kind: str | None,
    texts: tuple[str, ...],
    annotations: Path | None,
    form: str | None,
    output: str | None,
) -> None:
    """List the rules; with a NAME, show its paths, the words that evoke it, its examples and its source.

    --coverage counts which rules fire in texts of your own, and which never do; with --annotations (a folder as
    `extract --format gold` writes it, corrected by hand) also how often each was right.

    \b
    Examples:
      respgraph rules
      respgraph rules responsibility.lies-with
      respgraph rules --coverage news/ --annotations news-annotated/
      respgraph rules -o rules.csv
    """
    from respgraph.extract import all_rules
    from respgraph.extract.listing import STRUCTURE_RULES

    check_target(output)
    form = form_of(form, output, FORMATS)
    if (texts or name) and (form != "text" or output):
        raise click.UsageError("-f and -o are for the list of rules: not with a NAME or --coverage")
    known = all_rules()
    if texts:
        failed: list[ReadError] = []
        click.echo("\n".join(coverage_lines(texts, sorted(known), annotations, failed)))
        tell_left_out(failed)
        return
    if annotations is not None:
        raise click.UsageError("--annotations goes with --coverage")
    if name in STRUCTURE_RULES:
        click.echo(f"{name}: read from layout, not from words\n  {STRUCTURE_RULES[name]}")
        return
    if name is not None:
        if name not in known:
            raise UnknownNameError("rule", name, [*known, *STRUCTURE_RULES])
        click.echo("\n".join(rule_lines(known[name])))
        return
    listed = [rule for key, rule in sorted(known.items()) if kind in (None, rule.type)]
    if not listed:
        raise UnknownNameError("claim type with rules", str(kind), {rule.type for rule in known.values()})
    write_out(list_text(listed, form), form, output)


def tell_left_out(failed: list[ReadError]) -> None:
    """Say what could not be read, and exit 1 if there was something: the answer holds for the rest."""
    for error in failed[:MOST_SAID]:
        click.echo(f"respgraph: {one_line(str(error))} (left out)", err=True)
    if failed:
        click.echo(f"respgraph: {len(failed):,} could not be read and were not counted", err=True)
        raise click.exceptions.Exit(1)


def coverage_lines(
    texts: Iterable[str], known: Iterable[str], annotations: Path | None, failed: list[ReadError]
) -> Iterator[str]:
    """Yield a line per rule: how often it fired, and how often it was right and wrong where that is known.

    What cannot be read is added to ``failed``.

    Raises:
        ReadError: Nothing there, or nothing of it can be read.
    """
    from respgraph.coverage import coverage, read_annotations
    from respgraph.extract.listing import STRUCTURE_RULES
    from respgraph.pipeline import extract_many
    from respgraph.read import find_sources

    reference = read_annotations(annotations) if annotations is not None else None
    found = extract_many(find_sources(texts), on_error=failed.append)
    first = next(found, None)
    if first is None and failed:
        raise failed[0]
    uses = coverage(chain(filter(None, [first]), found), [*known, *STRUCTURE_RULES], reference)
    yield f"{'rule':<34} {'fired':>7}" + (f" {'right':>7} {'wrong':>7}" if reference is not None else "")
    for use in uses:
        judged = f" {use.right:>7} {use.wrong:>7}" if reference is not None else ""
        yield f"{use.rule:<34} {use.fired or '-':>7}{judged}"
    silent = sum(not use.fired for use in uses)
    yield f"{len(uses) - silent} rules fired, {silent} never did"


def list_text(rules: Iterable[Rule], form: str) -> str:
    """Return the list of rules: name, how many words evoke it, its first example; CSV and JSON have all of it."""
    from respgraph.extract.lexicon import units
    from respgraph.query import harmless

    counts = Counter(unit.rule for unit in units())
    rows = [
        {
            "rule": rule.name,
            "type": rule.type,
            "words": counts[rule.name],
            "confidence": rule.confidence,
            "example": next(e.text for e in rule.examples if e.slots is not None),
            "source": rule.source,
        }
        for rule in rules
    ]
    if form == "json":
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    if form == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(rows[0])
        writer.writerows([harmless(str(value)) for value in row.values()] for row in rows)
        return out.getvalue()
    words = {row["rule"]: f"{row['words']} words" if row["words"] else "grammar" for row in rows}
    lines = (f"{r['rule']:<34} {words[r['rule']]:>10}  {shorten(str(r['example']), 64)}" for r in rows)
    return "\n".join(lines) + "\n"


def rule_lines(rule: Rule) -> Iterator[str]:
    """Yield a rule in full."""
    from respgraph.extract.lexicon import units

    values = " ".join(v for name in VALUES if (v := getattr(rule, name)) is not None)
    yield f"{rule.name}: {rule.type} {values}".rstrip()
    yield f"source: {rule.source}; confidence {rule.confidence:g}"
    yield "\nslots, and where each is looked for from the trigger (| = else):"
    for slot, path in rule.slots:
        yield f"  {slot:<12} {path}{'   (needed)' if slot in rule.need else ''}"
    words = [f"{unit.words} ({unit.pos})" for unit in units() if unit.rule == rule.name]
    if words:
        yield f"\nevoked by {len(words)} lexical unit{'s' * (len(words) != 1)}:"
        for unit in words:
            yield fill(unit.replace(",", ", "), 98, initial_indent="  ", subsequent_indent=" " * 8)
    yield "\nexamples:"
    for example in rule.examples:
        if example.slots is None:
            yield f"  no   {example.text}  ({example.why})"
        else:
            slots = ", ".join(f"{slot}: {text}" for slot, text in example.slots.items())
            yield f"  yes  {example.text}  [{slots}]"
