"""Networks as text: nodes or ties as a table, CSV or Markdown, all of it as JSON, and a summary for the terminal."""

from __future__ import annotations

import json
import textwrap
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from respgraph.compare import left_words
from respgraph.network.samples import SAMPLED
from respgraph.network.survey import Measured
from respgraph.query import Cell, Result, format_result
from respgraph.vocab import XSD

TABLES: Final = ("nodes", "ties")
FORMATS: Final = ("table", "csv", "json", "markdown")
UNCONNECTED: Final = ("012", "102")  # a pair and somebody else: most triads of a sparse network, and no news
MOST_NAMED: Final = 8  # members of a group, pairs of mutual blame that the summary names


def format_networks(
    measured: Iterable[Measured],
    table: str = "nodes",
    form: str = "table",
    width: int = 100,
    sort: str | None = None,
    limit: int | None = None,
) -> str:
    """Return measured networks as text that ends in a newline.

    Args:
        measured: One network, or one per period.
        table: Which rows, one of ``TABLES``; JSON has both.
        form: One of ``FORMATS``.
        width: Columns of the terminal.
        sort: The measure by which nodes are ordered, largest first; by default the first one.
        limit: At most so many rows of each network.
    """
    held = tuple(measured)
    if form == "json":
        return json.dumps([_object(m, sort, limit) for m in held], indent=2, ensure_ascii=False) + "\n"
    spread = any(m.intervals for m in held)
    rows = [
        row
        for m in held
        for row in (node_rows(m, sort, limit, form, spread) if table == "nodes" else tie_rows(m, limit))
    ]
    columns = columns_of(held, table, form)
    text = format_result(Result(columns, tuple(rows)), form, width)
    if form != "table":
        return text
    rows_only = text.rpartition("\n\n")[0] if rows else text.rstrip()  # without how many answers: the summary says more
    return "\n".join([rows_only, "", *(line for m in held for line in summary(m, width))]) + "\n"


def ranked(measured: Measured, sort: str | None = None, limit: int | None = None) -> list[int]:
    """Return the places of the nodes, by a measure, then by name."""
    nodes = measured.network.nodes
    first = sort or next(iter(next(iter(measured.nodes.values()), {})), "")

    def order(n: int) -> tuple[float, str, str]:
        return -measured.nodes[nodes[n].id].get(first, 0.0), nodes[n].label, nodes[n].id

    return sorted(range(len(nodes)), key=order)[:limit]


def columns_of(held: tuple[Measured, ...], table: str, form: str) -> tuple[str, ...]:
    """Return the columns of a table of networks; those of CSV have more than a terminal shows."""
    period = ("period",) if any(m.period for m in held) else ()
    if table == "ties":
        return (*period, "source", "sign", "target", "weight", "claims", "documents", "quote", "document")
    names = dict.fromkeys(name for m in held for values in m.nodes.values() for name in values)
    spread = any(m.intervals for m in held)
    shown = [
        column
        for name in names
        for column in (
            (name, f"{name}_low", f"{name}_high") if spread and form == "csv" and name in SAMPLED else (name,)
        )
    ]
    return (*period, "name", "kind", *shown, *(("id",) if form == "csv" else ()))


def node_rows(
    measured: Measured, sort: str | None, limit: int | None, form: str, spread: bool
) -> Iterable[tuple[Cell | None, ...]]:
    """Yield a row per node in the order of ``ranked``; ``spread`` says whether any network has intervals."""
    for n in ranked(measured, sort, limit):
        node = measured.network.nodes[n]
        cells: list[Cell | None] = [_text(measured.period)] if measured.period else []
        cells += [_text(node.label), _text(node.kind)]
        for name, value in measured.nodes[node.id].items():
            between = measured.intervals.get(node.id, {}).get(name)
            if not spread or name not in SAMPLED:
                cells.append(_number(value))
            elif form == "csv":
                cells += (_number(value), *(map(_number, between) if between else (None, None)))
            else:
                cells.append(_text(f"{value:.3g}" + (f" ({between[0]:.2g}\u2013{between[1]:.2g})" if between else "")))
        yield (*cells, *((_text(node.id),) if form == "csv" else ()))


def tie_rows(measured: Measured, limit: int | None) -> Iterable[tuple[Cell | None, ...]]:
    """Yield a row per tie, those of most weight first."""
    nodes = measured.network.nodes
    ties = sorted(
        measured.network.ties, key=lambda t: (-t.weight, nodes[t.source].label, nodes[t.target].label, t.sign)
    )
    for tie in ties[:limit]:
        first = tie.claims[0] if tie.claims else None
        yield (
            *((_text(measured.period),) if measured.period else ()),
            _text(nodes[tie.source].label),
            _text(tie.sign),
            _text(nodes[tie.target].label),
            _number(tie.weight),
            _number(len(tie.claims)),
            _number(len({claim.source.iri for claim in tie.claims})),
            _text(first.quote if first else ""),
            _text(first.source.name if first else ""),
        )


def summary(measured: Measured, width: int = 100) -> list[str]:
    """Return what is so of the whole network, as lines for the terminal."""
    network, whole = measured.network, measured.whole
    signs: defaultdict[str, float] = defaultdict(float)
    for tie in network.ties:
        signs[tie.sign] += tie.weight
    head = f"{measured.period}: " if measured.period else ""
    lines = [
        f"{head}{network.kind.name} ({network.kind.meaning}): {some(whole.nodes, 'node')}, {some(whole.ties, 'tie')}, "
        f"{claims_of(measured)}"
    ]
    if signs:
        lines.append("weights: " + ", ".join(f"{sign} {signs[sign]:g}" for sign in network.kind.signs if sign in signs))
    if whole.reciprocity is not None:
        lines.append(f"reciprocity {whole.reciprocity:g}; mutual pairs: {len(whole.mutual) or 'none'}")
        lines += [
            f"  {a} \u2194 {b} ({there:g} there, {back:g} back)" for a, b, there, back in whole.mutual[:MOST_NAMED]
        ]
    if triads := [f"{name} {n:,}" for name, n in whole.triads or () if name not in UNCONNECTED]:
        lines.append(f"connected triads: {', '.join(triads)}")
    if whole.balance and (closed := sum(n for _, n in whole.balance)):
        counts = ", ".join(f"{name} {n:,}" for name, n in whole.balance)
        lines.append(f"balance: {whole.balanced:.0%} of {some(closed, 'closed triad')} ({counts})")
    lines += _groups(measured)
    return [part for line in lines for part in textwrap.wrap(line, max(40, width), subsequent_indent="  ")]


def claims_of(measured: Measured) -> str:
    """Return how many claims are in the ties, and which are not, by reason: the two add up to all of the types."""
    network, claims = measured.network, measured.whole.claims
    if not network.left:
        return some(claims, "claim")
    return f"{claims:,} of {some(claims + network.left_out, 'claim')}; left out: {left_words(network.left)}"


def account_of(measured: Measured) -> str:
    """Return which claims a network leaves out, as a line of its own; "" if it leaves out none."""
    name = measured.network.kind.name + (f" {measured.period}" if measured.period else "")
    return f"{name}: {claims_of(measured)}" if measured.network.left else ""


def some(n: int, one: str) -> str:
    """Return a number with its noun: "1 tie", "1,204 ties"."""
    return f"{n:,} {one}{'s' * (n != 1)}"


def _groups(measured: Measured) -> list[str]:
    members: defaultdict[int, list[str]] = defaultdict(list)
    for n in ranked(measured):
        node = measured.network.nodes[n]
        if number := int(measured.nodes[node.id].get("group", 0)):
            members[number].append(node.label)
    if not members:
        return []
    what = "coalition" if measured.network.kind.name in ("congruence", "subtract") else "group"
    lines = [f"{what}s: {len(members)}, modularity {measured.whole.modularity:.3f}"]
    for number in sorted(members)[:MOST_NAMED]:
        names = members[number]
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        lines.append(f"  {number}: {', '.join(names[:MOST_NAMED])}{more}")
    return lines


def _object(measured: Measured, sort: str | None, limit: int | None) -> dict[str, Any]:
    network = measured.network
    nodes = []
    for n in ranked(measured, sort, limit):
        node = network.nodes[n]
        held: dict[str, Any] = asdict(node) | measured.nodes[node.id]
        if measured.intervals:
            held["intervals"] = {name: list(pair) for name, pair in measured.intervals.get(node.id, {}).items()}
        nodes.append(held)
    whole = asdict(measured.whole) | {"balanced": measured.whole.balanced, "left_out": dict(network.left)}
    ties = [
        {
            "source": network.nodes[tie.source].id,
            "target": network.nodes[tie.target].id,
            "sign": tie.sign,
            "weight": round(tie.weight, 6),
            "claims": [claim.iri for claim in tie.claims],
        }
        for tie in network.ties
    ]
    period = {"period": measured.period} if measured.period else {}
    return {"kind": network.kind.name, **period, "whole": whole, "nodes": nodes, "ties": ties}


def _text(value: str) -> Cell:
    return Cell("literal", value)


def _number(value: float) -> Cell:
    return Cell("literal", f"{round(value, 6):g}", XSD + ("integer" if value == int(value) else "decimal"))
