"""What structure says: names and their expansions, table rows, open questions, recommendation lists.

These claims are carried by layout rather than by a verb. A ``Finding`` is a claim of words only: spans per
slot, and the token a span hangs on where one was parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from respgraph.annotate import Annotated
from respgraph.extract import tree
from respgraph.extract.attribution import Speech, speaker_at
from respgraph.extract.bearers import can_bear
from respgraph.extract.definitions import find_definitions
from respgraph.extract.match import Frame
from respgraph.extract.roles import Filler
from respgraph.extract.tables import TableRow, read_table
from respgraph.model import Document, Span

RECOMMENDING = re.compile(
    r"\b(?:recommend\w*|propos(?:e|es|ed|als?)|suggest\w*|advi[cs]e[sd]?|solutions?|priorities|next steps)\b",
    re.IGNORECASE,
)
MADE_BY = frozenset(
    {
        "prepare",
        "publish",
        "compile",
        "produce",
        "release",
        "draw",
        "issue",
        "make",
        "create",
        "present",
        "provide",
        "write",
    }
)
TABLES = frozenset({"table", "chart", "overview", "list", "matrix", "register", "summary", "tabulation"})
LEAST_QUESTION = 4
ROW_RULES = {
    "factor-response": "response.factor-row",
    "problem-solution": "response.problem-row",
    "risk-mitigation": "response.risk-row",
    "action-responsible": "obligation.owner-row",
    "raci": "obligation.raci-row",
}
RACI_DUTY = "responsible"
RACI_ACCOUNT = "accountable"
STRUCTURE_RULES = {
    "definition.named": "a name and its expansion: Long Form (SHORT), SHORT (long form)",
    "question.asked": "a sentence that asks; its subject, if an actor, is who is asked or meant",
    "obligation.recommended-item": "an item of a list that its lead-in calls recommendations",
    **{rule: f"a row of a {kind} table" for kind, rule in ROW_RULES.items()},
    "responsibility.raci-row": "an A in a RACI table: who is accountable for a task",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim carried by layout; ``speaker`` is a parsed source or None for the text's own voice."""

    type: str
    rule: str
    trigger: Span
    evidence: Span
    roles: tuple[tuple[str, Span | Filler], ...]
    speaker: Filler | None = None
    stance: str | None = None
    sense: str | None = None
    degree: str | None = None
    modality: str | None = None
    confidence: float = 0.9


def findings(annotated: Annotated, frames: Sequence[Frame], speeches: Sequence[Speech]) -> list[Finding]:
    """Return what the layout of a document says, in text order."""
    document = annotated.document
    found = [
        *definitions(annotated),
        *questions(annotated, speeches),
        *recommendations(annotated, frames),
        *rows(annotated),
    ]
    return sorted(found, key=lambda f: (f.evidence, f.trigger, f.rule)) if document.text else []


def definitions(annotated: Annotated) -> Iterator[Finding]:
    """Yield names with their expansion; the evidence is the sentence, or the block outside prose."""
    document = annotated.document
    for short, long in find_definitions(document.text, document.blocks):
        evidence = sentence_span(annotated, short) or block_span(document, short)
        if evidence is not None:
            wide = Span(min(evidence.start, short.start, long.start), max(evidence.end, short.end, long.end))
            yield Finding("definition", "definition.named", short, wide, (("short", short), ("long", long)))


def questions(annotated: Annotated, speeches: Sequence[Speech]) -> Iterator[Finding]:
    """Yield sentences that ask, with whom they ask about."""
    for n, s in enumerate(annotated.sentences):
        if "?" not in {t.form for t in s.tokens[-2:]} or len(s.tokens) < LEAST_QUESTION:
            continue
        root = next((t.i for t in s.tokens if t.dep == "ROOT"), 0)
        who = tree.surface_subject(s, root)
        roles: list[tuple[str, Span | Filler]] = []
        if who is not None and can_bear(s, who):
            roles.append(("bearer", Filler(who, tree.name_span(s, who), sentence=n)))
        roles.append(("topic", s.span))
        speech = speaker_at(speeches, Span(s.tokens[0].start, s.tokens[-1].end))
        yield Finding(
            "question",
            "question.asked",
            s.tokens[0].span,
            s.span,
            tuple(roles),
            speech.source if speech else None,
        )


def recommendations(annotated: Annotated, frames: Sequence[Frame]) -> Iterator[Finding]:
    """Yield the items of recommendation lists: the whole item is what is recommended, its label is kept."""
    document = annotated.document
    obligations = [f for f in frames if f.type == "obligation"]
    bound = {annotated.sentences[f.sentence].block for f in obligations}
    bearers = first_bearers(annotated, obligations)
    named: dict[Span, Filler | None] = {}
    for b, block in enumerate(document.blocks):
        if block.kind != "item" or block.lead is None or not is_recommending(document, block.lead):
            continue
        if block.label is None and b in bound:
            continue
        start = block.label.start if block.label is not None else block.span.start
        roles: list[tuple[str, Span | Filler]] = [("content", trimmed(document, block.span))]
        if block.lead not in named:
            named[block.lead] = lead_bearer(annotated, block.lead)
        who = bearers.get(b) or named[block.lead]
        if who is not None:
            roles.insert(0, ("bearer", who))
        if block.label is not None:
            roles.append(("label", block.label))
        trigger = block.label or Span(block.span.start, min(block.span.end, block.span.start + 40))
        yield Finding(
            "obligation",
            "obligation.recommended-item",
            trigger,
            Span(start, block.span.end),
            tuple(roles),
            modality="should",
            confidence=0.8,
        )


def is_recommending(document: Document, lead: Span) -> bool:
    """Say whether a lead-in announces recommendations: by the words of its last sentence."""
    last = re.split(r"(?<=[.!?])\s+", lead.of(document.text))[-1]
    return RECOMMENDING.search(last) is not None


def first_bearers(annotated: Annotated, obligations: Sequence[Frame]) -> dict[int, Filler]:
    """Return who is bound by the first obligation of each block."""
    found: dict[int, Filler] = {}
    for f in obligations:
        bearer = f.get("bearer")
        if bearer is not None:
            n = f.sentence if bearer.sentence < 0 else bearer.sentence
            found.setdefault(annotated.sentences[f.sentence].block, Filler(bearer.head, bearer.span, bearer.kind, n))
    return found


def lead_bearer(annotated: Annotated, lead: Span) -> Filler | None:
    """Return who a lead-in names right before its colon: "I recommend that States:", "The council should:"."""
    for n, s in enumerate(annotated.sentences):
        if not lead.start <= s.span.end <= lead.end or s.tokens[-1].form != ":":
            continue
        for t in reversed(s.tokens[:-1]):
            if t.upos in {"NOUN", "PROPN"} and can_bear(s, t.i) and t.dep not in {"compound"}:
                return Filler(t.i, tree.name_span(s, t.i), sentence=n)
            if t.upos not in {"AUX", "PART", "ADV"}:
                break
    return None


def trimmed(document: Document, span: Span) -> Span:
    """Return an item without the ";" or "; and" that leads to the next one."""
    words = span.of(document.text)
    return Span(span.start, span.start + len(re.sub(r"\s*[;,](?:\s*(?:and|or))?\s*$", "", words)))


def rows(annotated: Annotated) -> Iterator[Finding]:
    """Yield the claims of table rows, said by whoever made the table."""
    document = annotated.document
    for block in document.blocks:
        if block.table is None:
            continue
        source = table_source(annotated, block.table.caption)
        for row in read_table(block.table, document.text):
            finding = row_finding(row, source)
            if finding is not None:
                yield finding


def row_finding(row: TableRow, source: Filler | None) -> Finding | None:
    """Return the claim of one row: a response, a duty, or who is accountable."""
    if row.factor is not None and row.response is not None:
        roles = [
            ("factor", row.factor),
            ("response", row.response),
            *([("responder", row.responder)] if row.responder else []),
        ]
        return Finding("response", ROW_RULES[row.kind], row.response, row.evidence, tuple(roles), source)
    if row.action is None or row.responder is None:
        return None
    pair = (("bearer", row.responder), ("content", row.action))
    if row.kind == "raci" and row.role == RACI_ACCOUNT:
        return Finding(
            "responsibility",
            "responsibility.raci-row",
            row.action,
            row.evidence,
            pair,
            source,
            stance="assigns",
            sense="accountability",
            degree="unspecified",
        )
    if row.kind == "raci" and row.role != RACI_DUTY:
        return None
    return Finding("obligation", ROW_RULES[row.kind], row.action, row.evidence, pair, source, modality="must")


def table_source(annotated: Annotated, caption: Span | None) -> Filler | None:
    """Return who made a table, by its lead-in: "a table prepared by the ministry"."""
    if caption is None:
        return None
    for n, s in enumerate(annotated.sentences):
        if not s.span.overlaps(caption):
            continue
        for t in s.tokens:
            if t.lemma in MADE_BY and t.upos == "VERB":
                who = tree.agent(s, t.i) or tree.deep_subject(s, t.i)
                if who is not None and can_bear(s, who):
                    return Filler(who, tree.name_span(s, who), sentence=n)
            if (
                t.lemma in TABLES
                and (who := tree.prepositional(s, t.i, frozenset({"from", "by", "of"})) or tree.possessor(s, t.i))
                is not None
                and can_bear(s, who)
            ):
                return Filler(who, tree.name_span(s, who), sentence=n)
            if t.lower == "according":
                who = tree.prepositional(s, t.i, frozenset({"to"}))
                if who is not None and can_bear(s, who):
                    return Filler(who, tree.name_span(s, who), sentence=n)
    return None


def sentence_span(annotated: Annotated, place: Span) -> Span | None:
    """Return the sentence a span stands in."""
    return next((s.span for s in annotated.sentences if s.span.overlaps(place)), None)


def block_span(document: Document, place: Span) -> Span | None:
    """Return the block a span stands in."""
    return next((b.span for b in document.blocks if b.span.overlaps(place)), None)
