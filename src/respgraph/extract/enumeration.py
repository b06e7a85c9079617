"""Enumerations in norms: "The State shall: (a) protect ...; (b) promote ..." binds the State to each item.

``respgraph.annotate.pieces`` has cut the items into sentences of their own; here each gets bearer and modality of
the sentence that opened the list. A list that only completes its verb ("by: (a) phone; (b) letter") becomes part
of the action.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from respgraph.annotate import Annotated, Sentence
from respgraph.annotate.pieces import OPEN_MODAL, follows
from respgraph.extract import tree
from respgraph.extract.bearers import can_bear
from respgraph.extract.bound import NORMS, action_of, bearer_span, governed, named_anew, subject_of
from respgraph.extract.match import BANS, Frame
from respgraph.extract.roles import Filler
from respgraph.model import Span

MARK = re.compile(r"\(\s?([a-z]{1,2}|[ivx]{1,5})\s?\)\s*$")
FIRST_MARK = re.compile(r"\(\s?[ai]\s?\)\s*$")
LIST_AHEAD = re.compile(r"[—:–-]?\s*\(\s?[ai]\s?\)\s")
MODALITY = {"must": "must", "shall": "must", "should": "should", "may": "may"}
GROUND = re.compile(r"(?:under|pursuant to|in accordance with|according to|as provided (?:in|by))\s+(.+)$", re.DOTALL)
CONDITIONAL = frozenset(
    "upon within if when where unless subject except after before without following on until".split()
)
VERBAL = frozenset({"VERB", "AUX"})


def with_asides(annotated: Annotated, frames: list[Frame]) -> list[Frame]:
    """Return the frames with the condition that stands between modal and verb and was not shown to the parser."""
    return [with_aside(annotated, f) if f.type == "obligation" and f.get("condition") is None else f for f in frames]


def with_aside(annotated: Annotated, f: Frame) -> Frame:
    """Return a frame with the words right after its modal as condition: "shall, upon request, open the books"."""
    s = annotated.sentences[f.sentence]
    i = f.trigger[0]
    if s.tokens[i].tag != "MD" or i + 1 >= len(s.tokens):
        return f
    i += s.tokens[i + 1].lower == "not" and i + 2 < len(s.tokens)
    gap = Span(s.tokens[i].end, s.tokens[i + 1].start)
    words = gap.of(annotated.document.text)
    inner = words.strip(" ,\n\t")
    start = gap.start + words.find(inner)
    ground = GROUND.match(inner)
    if (
        ground is not None
        and f.get("basis") is None
        and any(w.lower().rstrip("s") in NORMS for w in ground.group(1).split())
    ):
        return f.with_role("basis", Filler(i, Span(start + ground.start(1), start + len(inner)), "phrase"))
    if inner.split(" ", 1)[0] not in CONDITIONAL:
        return f
    return f.with_role("condition", Filler(i, Span(start, start + len(inner)), "phrase"))


def with_items(annotated: Annotated, frames: list[Frame]) -> list[Frame]:
    """Return the frames with those of list items added, and contents that a list completes made whole."""
    frames = with_asides(annotated, frames)
    here: dict[int, list[Frame]] = {}
    for f in frames:
        here.setdefault(f.sentence, []).append(f)
    out: list[Frame] = []
    heads: list[Frame] = []
    label = ""
    led: dict[int, list[Frame]] = {}
    last = -1
    for n, s in enumerate(annotated.sentences):
        own = [whole_list(annotated, s, f) for f in here.get(n, ())]
        block = annotated.block(s)
        if block.kind == "item" and s.block != last:
            given = led.get(block.lead.end if block.lead is not None else -1, [])
            own = item_frames(s, n, own, given) if given else own
            led[-1] = given
        mark = marker(annotated, s)
        if mark and heads and (follows(label, mark) if label else mark in {"a", "i"}):
            label = mark
            own = item_frames(s, n, own, heads)
        elif heads:
            heads, label = [], ""
        out += own
        opened = opening(annotated, s, n, own)
        if opened is not None:
            heads, label = opened
            led[s.span.end] = led[-1] = heads
        elif block.kind != "item":
            led[-1] = []
        last = s.block
    return out


def marker(annotated: Annotated, s: Sentence) -> str:
    """Return the label right before a sentence: "b" in "(b) promote ..."."""
    start = annotated.block(s).span.start
    found = MARK.search(annotated.document.text, max(start, s.span.start - 9), s.span.start)
    return found.group(1) if found else ""


def opening(annotated: Annotated, s: Sentence, n: int, own: list[Frame]) -> tuple[list[Frame], str] | None:
    """Return the frames whose list begins in this sentence, with the label of the item it already holds."""
    text = annotated.document.text
    heads = []
    for f in own:
        content = f.get("content")
        if f.type != "obligation" or content is None or content.kind != "verb" or content.sentence >= 0:
            continue
        v = content.head
        before = s.tokens[v - 1].end if v else s.span.start
        found = FIRST_MARK.search(text, before, s.tokens[v].start)
        if found is not None:
            heads.append(f)
    if heads:
        return [anew(f, n) for f in heads], FIRST_MARK.search(
            text, max(0, s.tokens[content_head(heads[0])].start - 9), s.tokens[content_head(heads[0])].start
        ).group().strip("() ")  # type: ignore[union-attr]
    bare = open_modal(annotated, s, n)
    if bare is not None:
        return [bare], ""
    if s.tokens[-1].form in {":", "—", "–"} and len(s.tokens) > 1 and s.tokens[-2].lower == "to":
        heads = [anew(f, n) for f in own if f.type == "obligation"][-1:]
        return (heads, "") if heads else None
    return None


def content_head(f: Frame) -> int:
    """Return the head of the content."""
    content = f.get("content")
    return content.head if content is not None else 0


def open_modal(annotated: Annotated, s: Sentence, n: int) -> Frame | None:
    """Return the frame of a sentence that stops at its modal: "The Parties shall, where possible:"."""
    i = next((t.i for t in reversed(s.tokens) if t.lower in MODALITY), None)
    if i is None or OPEN_MODAL.match(annotated.document.text, s.tokens[i].start, s.span.end) is None:
        return None
    who = subject_of(s, i, i)
    who = (
        who
        if who is not None
        else next(
            (
                k
                for k in range(i - 1, -1, -1)
                if s.tokens[k].dep in {"nsubj", "ROOT"} and s.tokens[k].upos in {"NOUN", "PROPN"}
            ),
            None,
        )
    )
    if who is None or not can_bear(s, who):
        return None
    modality = MODALITY[s.tokens[i].lower]
    negative = i + 1 < len(s.tokens) and s.tokens[i + 1].lower == "not"
    bearer = Filler(who, bearer_span(s, who, i), sentence=n)
    return Frame(
        n,
        "obligation.item",
        "obligation",
        (i,),
        (("bearer", bearer),),
        modality=BANS.get(modality, modality) if negative else modality,
        confidence=0.8,
    )


def anew(f: Frame, n: int) -> Frame:
    """Return a head frame whose bearer can be named from the sentences of its items."""
    bearer = f.get("bearer")
    return f.with_role("bearer", named_anew(bearer, n)) if bearer is not None else f


def item_frames(s: Sentence, n: int, own: list[Frame], heads: list[Frame]) -> list[Frame]:
    """Return the frames of one item: its own with the head's bearer, or the head's with the item's action."""
    led = [f for f in own if f.type == "obligation" and f.trigger[0] <= 1 and s.tokens[f.trigger[0]].tag == "MD"]
    if led:
        bearer = heads[0].get("bearer")
        return [
            f.with_role("bearer", bearer) if f in led and f.get("bearer") is None and bearer is not None else f
            for f in own
        ]
    return own + list(inherited(s, n, heads))


def inherited(s: Sentence, n: int, heads: list[Frame]) -> Iterator[Frame]:
    """Yield one frame per bearer and coordinated verb of an item without subject of its own."""
    negative = s.tokens[0].lower == "not"
    root = next((t.i for t in s.tokens if t.dep == "ROOT"), 0)
    if s.tokens[0].lower == "to" and len(s.tokens) > 1:
        root = s.tokens[0].head
    if s.tokens[root].upos in VERBAL and (
        tree.own_subject(s, root) is not None or s.tokens[root].tag in {"VBZ", "VBD", "VBG"}
    ):
        return
    if s.tokens[0].upos in {"DET", "PRON", "ADP", "SCONJ", "PUNCT", "NUM"} or s.tokens[0].tag in {
        "NNS",
        "NNPS",
        "VBG",
        "VBZ",
    }:
        return
    actions = [(v, action_of(s, v)) for v in governed(s, root)]
    if s.tokens[root].upos not in VERBAL or root > 3 + negative:
        # "waive fees": the parser takes a bare verb for a noun; what opened the list says it is a verb
        last = max((t.i for t in s.tokens if t.upos != "PUNCT"), default=0)
        first = min(int(negative), last)
        actions = [(first, Filler(first, tree.span_between(s, first, last), "verb"))]
    seen = set()
    for head in heads:
        bearer = head.get("bearer")
        key = (bearer, head.modality)
        if key in seen:
            continue
        seen.add(key)
        bound = head.modality or "must"
        modality = BANS.get(bound, bound) if negative else head.modality
        for v, action in actions:
            roles = (("content", action), *((("bearer", bearer),) if bearer is not None else ()))
            yield Frame(n, "obligation.item", "obligation", (v,), roles, modality=modality, confidence=0.75, weight=3)


def whole_list(annotated: Annotated, s: Sentence, f: Frame) -> Frame:
    """Return the frame with its action taken to the end of the list that completes it."""
    content = f.get("content")
    if f.type != "obligation" or content is None or content.kind == "noun" or content.sentence >= 0:
        return f
    text = annotated.document.text
    if (
        LIST_AHEAD.search(text, content.span.start, min(s.span.end, content.span.end + 8)) is None
        or s.span.end <= content.span.end
    ):
        return f
    end = s.span.end
    while end > content.span.end and text[end - 1] in " .;,:":
        end -= 1
    return f.with_role("content", replace(content, span=Span(content.span.start, end)))
