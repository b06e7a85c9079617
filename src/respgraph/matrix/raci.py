"""Claims -> RACI table: who does it, who answers for it, who is asked before, who is told.

R  Responsible   the owner of a task in a table, an R of a RACI chart; who must or should do it, who promises it, who
                 is said to be responsible for it (as a task or role, not as blame)
A  Accountable   an A of a chart; who is said to be accountable, answerable or liable for it
C  Consulted     a C of a chart; whom a duty says to consult ("must consult the council on ...")
I  Informed      an I of a chart; whom a duty says to inform or notify

Bans, permissions, denials and hedged claims give no letter. Letters C and I of a chart are no claims of the graph:
they are read again from the text that the graph holds, and stand with the row they are in. What it finds:

no-accountable      a task of a table or chart for which nobody is accountable
double-accountable  two or more are accountable for one task
no-responsible      a task of a table or chart, or one about which somebody is asked or told, that nobody does
no-owner            a row of a table of owners whose owner cell is empty
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from respgraph.compare import NO_MATTER, Counted, Said, Source, group_matters
from respgraph.errors import QueryError
from respgraph.extract.tables import RACI, read_open_rows, read_table
from respgraph.matrix.grid import Entry, Finding, Grid, entry_of, make_grid
from respgraph.network import missing, sign_of
from respgraph.rdf.iri import resp, split_literal
from respgraph.read import read_text
from respgraph.store import View

LETTERS: Final = {"R": "Responsible", "A": "Accountable", "C": "Consulted", "I": "Informed"}
ALIKE: Final = 0.75  # tasks are told apart more finely than matters of blame
_ANSWERS: Final = re.compile(r"accountab|answerab|liab|answers? for|responsib", re.IGNORECASE)
_TOLD: Final = re.compile(
    r"\b(?P<verb>consult(?:s|ing)?(?: with)?|notif(?:y|ies|ying)|inform(?:s|ing)?|report(?:s|ing)? to) "
    r"(?P<who>[^.;:()]{1,120}?)"
    r"(?=,? (?:of|about|on|before|when|where|that|in|within|if|for|as|at|by|to|without|with|regarding)\b|[.;:()]|$)"
)
_LISTED: Final = re.compile(r",\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+")
LONGEST: Final = 8  # words of a name that somebody is told under
_ARTICLE: Final = re.compile(r"^(?:the|a|an|its|their|his|her|all|any|each|every)\s+", re.IGNORECASE)
_TEXT: Final = resp("text")
ROWS: Final = ("obligation.owner-row", "obligation.raci-row", "responsibility.raci-row")


def raci_grid(counted: Counted, view: View) -> Grid:
    """Return the RACI table of a graph.

    Args:
        counted: The claims that count.
        view: The graph they are of: its texts are looked at for charts and empty owner cells.
    """
    able = [c for c in counted.claims if c.type in ("obligation", "commitment", "responsibility")]
    left = Counter(why for c in able if (why := _letterless(c)))
    tasks = [(c, letter_of(c)) for c in able if not _letterless(c)]
    label = group_matters([claim for claim, _ in tasks], ALIKE)
    held: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    names = dict(counted.corpus.names)
    listed: set[str] = set()
    seen: set[tuple[str, str, str, str]] = set()

    def put(task: str, actor: str, letter: str, entry: Entry) -> bool:
        new = (task, actor, letter, entry.quote) not in seen
        if new:
            seen.add((task, actor, letter, entry.quote))
            held[task, actor].append(entry)
        return new

    for claim, letter in tasks:
        task = label[claim.iri]
        if task == NO_MATTER:
            left["naming no task"] += 1
            continue
        entry = entry_of(claim, letter)
        if claim.rule.endswith(".raci-row"):
            entry = replace(entry, verb=f"says {LETTERS[letter].lower()}")
        stands = put(task, claim.bearer, letter, entry)
        listed |= {task} if claim.rule in ROWS else set()
        for other, who in _told(claim):
            actor = _actor(who, counted, names)
            stands |= put(task, actor, other, replace(entry, mark=other))
        left["saying the same again"] += not stands
    spelled = {c.get("content").casefold(): label[c.iri] for c, _ in tasks}
    charted = [*_charted(counted, view)]
    for task, who, entry in charted:
        name = spelled.get(task.casefold(), task)
        listed.add(name)
        put(name, _actor(who, counted, names), entry.mark, entry)
    findings = [*_findings(held, names, listed), *_open(counted, view)]
    lead = "Who does it, who answers for it, who is asked before, who is told, as the texts say."
    return make_grid(
        "RACI table",
        lead,
        held,
        names,
        LETTERS,
        tuple(findings),
        "Task",
        counted,
        +left,
        frozenset(listed),
    )


def _letterless(claim: Said) -> str:
    """Return why a claim gives nobody a letter; "" if it may give one."""
    if claim.hedged:
        return "with a hedge"
    if not letter_of(claim):
        return "without a letter (denials, bans, permissions, blame)"
    if not claim.bearer:
        return missing(claim)
    return "" if claim.get("content") else "naming no task"


def letter_of(claim: Said) -> str:
    """Return the letter that a claim gives its bearer, "" for none."""
    if claim.hedged or claim.polarity == "negative":
        return ""
    if claim.type == "obligation":
        return "R" if claim.modality in ("must", "should") else ""
    if claim.type == "commitment":
        return "R" if claim.stance != "denies" else ""
    if claim.type != "responsibility" or sign_of(claim) != "holds" or claim.sense in ("blame", "cause"):
        return ""
    if claim.rule == "responsibility.raci-row":
        return "A"
    before = claim.quote.partition(claim.get("content"))[0] if claim.get("content") else claim.quote
    words = _ANSWERS.findall(before) or _ANSWERS.findall(claim.quote)
    return "R" if not words or words[-1].lower().startswith("responsib") else "A"


def _told(claim: Said) -> Iterator[tuple[str, str]]:
    """Yield C or I and the words for whom a duty says to consult or inform."""
    found = _TOLD.search(" ".join(claim.get("content").split()))
    if found is None or claim.type not in ("obligation", "commitment"):
        return
    several = [_ARTICLE.sub("", part).strip() for part in _LISTED.split(found["who"])]
    named = [who for who in several if who[:1].isupper()] or several[:1]
    for who in named:
        if who and len(who.split()) <= LONGEST:
            yield "C" if found["verb"].startswith("consult") else "I", who


def _actor(words: str, counted: Counted, names: dict[str, str]) -> str:
    """Return the actor of that name if the graph has just one, else an id of the words themselves."""
    try:
        found = counted.corpus.actor(words)
    except QueryError:
        found = frozenset()
    if len(found) == 1:
        return next(iter(found))
    id = "words:" + words.casefold()
    names.setdefault(id, words)
    return id


def _texts(counted: Counted, view: View) -> Iterator[tuple[Source, str]]:
    """Yield the documents that may hold a table, with their texts."""
    for source in counted.corpus.sources:
        text = next((split_literal(row.object)[0] for row in view.rows(source.iri) if row.predicate == _TEXT), "")
        if text.count("|") > 3:
            yield source, text


def _charted(counted: Counted, view: View) -> Iterator[tuple[str, str, Entry]]:
    """Yield task, words of the actor and entry of each C and I of the RACI charts of a graph."""
    rows = {(c.source.iri, c.start, c.end): c for c in counted.claims if c.rule.endswith(".raci-row")}
    charts = {document for document, _, _ in rows}
    letters = {role: letter for letter, role in RACI.items()}
    for source, text in _texts(counted, view) if charts else ():
        if source.iri not in charts:
            continue
        for block in read_text(text, source.name).blocks:
            for row in read_table(block.table, text) if block.table is not None else ():
                letter = letters.get(row.role or "", "")
                if letter not in ("C", "I") or row.action is None or row.responder is None:
                    continue
                claim = rows.get((source.iri, row.evidence.start, row.evidence.end))
                entry = Entry(
                    mark=letter,
                    speaker=claim.speaker_name if claim else "author",
                    verb=f"says {LETTERS[letter].lower()}",
                    quote=" ".join(row.evidence.of(text).split()),
                    document=source.name,
                    start=row.evidence.start,
                    end=row.evidence.end,
                    date=source.date,
                )
                yield " ".join(row.action.of(text).split()), row.responder.of(text).strip(" *"), entry


def _findings(
    held: Mapping[tuple[str, str], list[Entry]], names: Mapping[str, str], listed: set[str]
) -> Iterator[Finding]:
    by_task: defaultdict[str, defaultdict[str, dict[str, Entry]]] = defaultdict(lambda: defaultdict(dict))
    for (task, actor), entries in sorted(held.items()):
        for entry in entries:
            by_task[task][entry.mark].setdefault(actor, entry)
    for task in sorted(by_task):
        if len(accountable := by_task[task]["A"]) > 1:
            who = " and ".join(sorted(names.get(actor, actor) for actor in accountable))
            yield Finding("double-accountable", task, f"{who} are accountable for it", tuple(accountable.values()))
    for task in sorted(by_task):
        roles = by_task[task]
        if not roles["R"] and (task in listed or roles["C"] or roles["I"]):
            words = tuple(entry for found in roles.values() for entry in found.values())
            yield Finding("no-responsible", task, "nobody is said to do it", words)
    for task in sorted(by_task):
        if not by_task[task]["A"] and task in listed:
            words = tuple(by_task[task]["R"].values())
            yield Finding("no-accountable", task, "nobody is said to answer for it", words)


def _open(counted: Counted, view: View) -> Iterator[Finding]:
    for source, text in _texts(counted, view):
        for block in read_text(text, source.name).blocks:
            for row in read_open_rows(block.table, text) if block.table is not None else ():
                if row.action is None:
                    continue
                entry = Entry(
                    "", "author", "leaves the owner open", " ".join(row.evidence.of(text).split()), source.name,
                    row.evidence.start, row.evidence.end, source.date,
                )  # fmt: skip
                yield Finding("no-owner", " ".join(row.action.of(text).split()), "its owner cell is empty", (entry,))
