"""Speech that layout attributes: turns of a conversation, list items under a lead-in, "Name: words" in a heading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from respgraph.annotate import Annotated, Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import can_bear
from respgraph.extract.roles import Filler
from respgraph.extract.speech import Speech
from respgraph.model import Span

SPEECH_NOUNS = frozenset(
    {
        "argument",
        "position",
        "claim",
        "view",
        "demand",
        "complaint",
        "accusation",
        "allegation",
        "opinion",
        "concern",
        "contention",
        "stance",
        "statement",
    }
)
# "NAME: words", "NAME:" on a line of its own, and the "Mr. Weber. Words" of printed hearings
TURN = re.compile(
    r"[\(\[]{0,2}(?P<who>[A-Z][\w.'’-]*(?: [A-Z(][\w.'’)-]*){0,5})[\)\]]{0,2} ?(?:[:—] ?(?=\S)|:\s*$)"
    r"|(?P<title>The (?:Chair(?:man|woman)?|President|Speaker|Clerk|Court|Witness)"
    r"|(?:Mr|Mrs|Ms|Dr|Senator|Chairman|Chairwoman|Secretary|Governor|General|Judge|Professor|Ambassador|Commissioner)"
    r"\.? [A-Z][\w'’-]+(?: of [A-Z]\w+)?)\. (?=[A-Z“\"])"
)
TITLE = re.compile(r"(?P<who>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4}): (?=\S)")
# Labels that head a text or a part of it and name no source.
NO_NAME = frozenset(
    (
        "exclusive watch video live breaking opinion analysis editorial update updated note photos photo "
        "column preview review related correction transcript infographic warning image caption source"
    ).split()
)
MIN_TURNS = 3
MIN_TITLE_WORDS = 3


def listed(document: Annotated) -> list[Speech]:
    """Return the list items that a lead-in gives to somebody: "Kenya's position ... Its key arguments are:"."""
    out: list[Speech] = []
    blocks = document.document.blocks
    order = sorted(range(len(blocks)), key=lambda b: blocks[b].span.start)
    starts = [blocks[b].span.start for b in order]
    standing: dict[int, list[tuple[int, Sentence]]] = {}
    for n, s in enumerate(document.sentences):
        standing.setdefault(s.block, []).append((n, s))
    for block in blocks:
        if block.lead is None:
            continue
        for n, s in standing.get(order[bisect_right(starts, block.lead.start) - 1], ()):
            if block.lead.start >= blocks[s.block].span.end:
                continue
            cue = next((t.i for t in s.tokens if t.lemma in SPEECH_NOUNS), None)
            who = tree.possessor(s, cue) if cue is not None else None
            if cue is not None and who is not None and can_bear(s, who):
                source = Filler(who, tree.name_span(s, who), sentence=n)
                out.append(Speech((block.span,), source, s.tokens[cue].span, (n, cue)))
                break
    return out


def turns(document: Annotated) -> list[Speech]:
    """Return the turns of an interview or hearing: paragraphs that open with "NAME:", until the next name.

    One label alone may be anything ("Note: ..."); from three turns on it is a conversation, whose labels recur.
    """
    text = document.document.text
    first: dict[int, int] = {}
    for n, s in enumerate(document.sentences):
        first.setdefault(s.block, n)
    labels = {
        b: m
        for b, block in enumerate(document.document.blocks)
        if b in first
        and block.kind in {"paragraph", "item"}
        and (m := TURN.match(text, block.span.start, min(block.span.end, block.span.start + 80)))
    }
    names = Counter(named(m) for m in labels.values())
    # a dash after one word in capitals is a dateline ("GENEVA — ..."), unless it comes back
    labels = {b: m for b, m in labels.items() if "—" not in m[0] or names[named(m)] > 1}
    if len(labels) < MIN_TURNS or len(names) * 2 > len(labels) + 2:
        return []
    out: list[Speech] = []
    source = None
    for b, block in enumerate(document.document.blocks):
        if block.kind == "heading":
            source = None
        if b in labels and len(named(labels[b])) == 1:
            source = None  # "Q:", "A:" name nobody
        elif b in labels:
            group = "who" if labels[b]["who"] else "title"
            who = Span(labels[b].start(group), labels[b].end(group))
            s = document.sentences[first[b]]
            head = max((t.i for t in s.tokens if t.start < who.end), default=0)
            source = Filler(head, who, sentence=first[b])
            if labels[b].end() < block.span.end:
                said = Span(labels[b].end(), block.span.end)
                out.append(Speech((said,), source, None, (first[b], head), direct=True))
        elif source is not None and b in first:
            out.append(Speech((block.span,), source, None, None, direct=True, first=False))
    return out


def named(label: re.Match[str]) -> str:
    """Return whom a label names."""
    return label["who"] or label["title"]


def titles(document: Annotated) -> list[Speech]:
    """Return what a headline gives to the name before its colon: "Okello: bridge was never inspected"."""
    text = document.document.text
    seen: set[int] = set()
    out: list[Speech] = []
    for n, s in enumerate(document.sentences):
        block = document.document.blocks[s.block]
        if s.block in seen or not (block.kind == "heading" or s.block == 0):
            continue
        seen.add(s.block)
        m = TITLE.match(text, block.span.start, min(block.span.end, block.span.start + 60))
        if (
            m is None
            or m["who"].split()[0].lower() in NO_NAME
            or len(text[m.end() : block.span.end].split()) < MIN_TITLE_WORDS
        ):
            continue
        who = Span(m.start("who"), m.end("who"))
        head = max((t.i for t in s.tokens if t.start < who.end), default=0)
        # somebody the text goes on to tell of, or a name the parser knows for one
        again = text.find(m["who"].split()[-1], m.end()) >= 0
        if again or s.tokens[head].ent in {"PERSON", "ORG", "GPE", "NORP"}:
            colon = Span(m.end() - 2, m.end() - 1)
            out.append(
                Speech((Span(m.end(), block.span.end),), Filler(head, who, sentence=n), colon, (n, head), direct=True)
            )
    return out
