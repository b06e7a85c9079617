"""Briefing -> HTML, Markdown or JSON. All say the same; only the page has pictures."""

from __future__ import annotations

import json
from dataclasses import asdict, fields

from respgraph.query.layout import inline
from respgraph.report.briefing import Briefing, Group, Line, some
from respgraph.report.picture import draw_bars, draw_network, draw_times
from respgraph.view.paper import paper_html


def briefing_html(briefing: Briefing) -> str:
    """Return the briefing as one page that needs no network and no scripts, made to be read and printed."""
    return paper_html(
        "respgraph.report",
        "report.html.j2",
        title=briefing.title,
        briefing=briefing,
        bars=draw_bars(briefing.tallies),
        picture=draw_network(briefing.network, briefing.attributes),
        times=draw_times(briefing.times),
        more=more,
    )


def briefing_json(briefing: Briefing) -> str:
    """Return what the briefing says as JSON; its network is what ``respgraph network`` gives."""
    held = {f.name: getattr(briefing, f.name) for f in fields(briefing) if f.name not in ("network", "attributes")}
    return json.dumps(held, indent=2, ensure_ascii=False, default=asdict) + "\n"


def briefing_markdown(briefing: Briefing) -> str:
    """Return the briefing as Markdown in which no word of a text is markup."""
    lines = [f"# {inline(briefing.title)}", "", inline(briefing.lead), ""]
    lines += [f"- {name}: {n:,}" for name, n in briefing.facts]
    lines += [
        "",
        "## In short",
        "",
        *(
            [f"- {inline(line)}" for line in briefing.short]
            or ["Nothing about who is responsible was read from these texts."]
        ),
        "",
    ]
    if briefing.tallies:
        lines += ["| actor | held responsible | accepted | denied | questioned |", "|---|--:|--:|--:|--:|"]
        lines += [
            f"| {inline(t.name)} | {t.holds} | {t.accepts} | {t.denies} | {t.questions} |"
            for t in briefing.tallies[:20]
        ]
        lines.append("")
    for section in briefing.sections:
        lines += [f"## {section.title}", "", section.lead if section.groups else section.nothing, ""]
        for group in section.groups:
            lines += _group(group)
        lines += [inline(section.more), ""] if section.more else []
    lines += ["## Sources", "", "| text | date | statements | SHA-256 |", "|---|---|--:|---|"]
    lines += [
        f"| {inline(name)} | {inline(day) or 'undated'} | {n} | {digest} |" for name, day, n, digest in briefing.sources
    ]
    if briefing.ledger:
        names = ("statements", "in the graph", "counted", *briefing.reasons)
        lines += ["", "## What is counted", "", "| " + " | ".join(names) + " |", "|---|" + "--:|" * (len(names) - 1)]
        lines += [f"| {name} | " + " | ".join(f"{n:,}" for n in numbers) + " |" for name, numbers in briefing.ledger]
    lines += ["", "## How to read this", "", *(f"- {inline(note)}" for note in briefing.notes)]
    return "\n".join(lines).rstrip() + "\n"


def _group(group: Group) -> list[str]:
    lines = [f"### {inline(group.heading)}", ""]
    lines += [inline(group.lead), ""] if group.lead else []
    for line in group.lines:
        lines += [f"- {_said(line)}", f"  \u201c{inline(line.quote)}\u201d", f"  ({inline(line.source)})"]
    lines += ["", more(group)] if group.more else []
    return [*lines, ""]


def more(group: Group) -> str:
    """Return how many statements stand under a heading and are not shown."""
    return f"And {some(group.more, 'more statement')}."


def _said(line: Line) -> str:
    words = " ".join(filter(None, (line.verb, inline(line.whom), line.tail)))
    about = f": {inline(line.about)}" if line.about else ""
    return f"**{inline(line.who)}** {words}{about}  "
