"""Who says it: sources, cues and contents of direct, indirect and mixed speech.

Quotations are found per paragraph and given to the nearest reporting verb; indirect speech is the clause
under a reporting verb; "according to" covers its sentence. The innermost content a trigger stands in
names its speaker; outside all of them the text speaks itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from respgraph.annotate import Annotated, Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import can_bear, can_speak
from respgraph.extract.roles import Filler
from respgraph.model import Block, Span

OPENERS = "“\"«"
PAIR = {"“": "”", '"': '"', "«": "»"}
SPEECH_NOUNS = frozenset({"argument", "position", "claim", "view", "demand", "complaint", "accusation", "allegation", "opinion", "concern", "contention", "stance", "statement"})
TURN = re.compile(r"[\(\[]{0,2}(?P<who>[A-Z][\w.'’-]*(?: [A-Z(][\w.'’)-]*){0,5})[\)\]]{0,2} ?[:—] ?(?=\S)")
LONG_GAP = 160
MENTAL = frozenset({"think", "know", "believe", "guess", "hope", "mean", "suppose", "feel", "imagine", "see", "understand", "find", "want", "hear", "learn", "wonder", "expect"})
MIN_QUOTE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Speech:
    """One attribution: who says it, the cue's words, the stretches said, and how it is said."""

    contents: tuple[Span, ...]
    source: Filler | None = None
    cue: Span | None = None
    cue_at: tuple[int, int] | None = None
    direct: bool = False
    first: bool = True


@cache
def reporting_verbs() -> dict[str, frozenset[str]]:
    """Return lemma -> kinds ("clause", "quote") of the shipped list of reporting verbs."""
    out = {}
    text = (files("respgraph.extract") / "lexicon" / "reporting.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            lemma, kinds = line.split("\t")[:2]
            out[lemma] = frozenset(kinds.split(","))
    return out


def find_quotes(text: str, block: Block, open_before: bool = False) -> tuple[list[Span], bool]:
    """Return the quotations of a block without their marks, and whether one stays open at its end.

    A quotation that runs over paragraphs opens each of them and closes the last.
    """
    quotes, start, want = [], None, ""
    lo, hi = block.span.start, block.span.end
    for k in range(lo, hi):
        c = text[k]
        double = text[k : k + 2]
        if start is None:
            if c in OPENERS and (k + 1 < hi and not text[k + 1].isspace()) or double == "``":
                start, want = k + (2 if double == "``" else 1), PAIR.get(c, "''")
        elif c == want or (want == "''" and double == "''") or (want == "”" and c == '"'):
            quotes.append(Span(start, k))
            start = None
    still = start is not None
    if start is not None and hi - start > 1:
        quotes.append(Span(start, hi))
    return quotes, still


def speeches(document: Annotated) -> list[Speech]:
    """Return every attribution of a document, in text order."""
    verbs = [v for n, s in enumerate(document.sentences) for v in report_cues(s, n)]
    found = [sp for v in verbs if (sp := indirect(document.sentences[v[0]], *v)) is not None]
    found += [sp for v in verbs if (sp := about(document.sentences[v[0]], *v)) is not None]
    found += [sp for n, s in enumerate(document.sentences) for sp in according_to(s, n)]
    found += listed(document)
    found += turns(document)
    found += [sp for v in verbs if (sp := intended(document.sentences[v[0]], *v)) is not None]
    found += join_quotes(direct(document, verbs), document)
    return sorted(merge(found), key=lambda x: (x.contents[0], x.cue or Span(0, 0)))


def report_cues(s: Sentence, n: int) -> list[tuple[int, int]]:
    """Return the tokens that may report speech in a sentence."""
    known = reporting_verbs()
    out = []
    for t in s.tokens:
        if t.upos in {"VERB", "AUX"} and t.lemma in known and t.dep not in {"amod", "aux"} and not aside(s, t.i):
            out.append((n, t.i))
    return out


def aside(s: Sentence, v: int) -> bool:
    """Say whether a verb of thought reports nothing: "I think", "you know", "do not know"."""
    if s.tokens[v].lemma not in MENTAL:
        return False
    who = tree.own_subject(s, v)
    negated = any(s.tokens[k].dep == "neg" for k in s.children[v])
    return negated or (who is not None and s.tokens[who].lower in {"i", "we", "you", "one"})


def source_of(s: Sentence, v: int, n: int) -> Filler | None:
    """Return who speaks: deep subject that can speak."""
    who = tree.deep_subject(s, v)
    if who is None or not can_speak(s, who) or s.tokens[who].lower in {"it"} and tree.child(s, v, "auxpass"):
        return None
    return Filler(who, tree.name_span(s, who), sentence=n)


def cue_span(s: Sentence, v: int) -> Span:
    """Return the cue with its auxiliaries and particle: "has officially asserted"."""
    members = [v] + [k for k in s.children[v] if s.tokens[k].dep in {"aux", "auxpass", "neg", "prt"} or (
        s.tokens[k].dep == "advmod" and abs(k - v) == 1)]
    lo, hi = tree.run_around(s, v, members)
    return tree.span_between(s, lo, hi)


def indirect(s: Sentence, n: int, v: int) -> Speech | None:
    """Return the speech whose content is a clause under a reporting verb."""
    if "clause" not in reporting_verbs()[s.tokens[v].lemma]:
        return None
    for k in s.children[v]:
        t = s.tokens[k]
        if t.dep == "ccomp" or (t.dep == "xcomp" and tree.has_passive(s, v)) or (t.dep == "advcl" and k > v and has_mark(s, k, {"that", "whether"})):
            drop = frozenset({v}) if k != v else frozenset[int]()
            lo, hi = tree.run_around(s, k, tree.subtree(s, k, drop=drop))
            source = source_of(s, v, n)
            if source is None and not tree.has_passive(s, v):
                continue
            return Speech((tree.span_between(s, lo, hi),), source, cue_span(s, v), (n, v))
    return None


def about(s: Sentence, n: int, v: int) -> Speech | None:
    """Return the speech whose content is a thing: "highlighted the risks", "called for restraint"."""
    if "thing" not in reporting_verbs()[s.tokens[v].lemma] or tree.has_passive(s, v):
        return None
    source = source_of(s, v, n)
    right = [k for k in s.children[v] if k > v and s.tokens[k].dep in {"dobj", "prep", "xcomp", "oprd", "dative", "prt", "ccomp"}]
    if source is None or not any(s.tokens[k].dep in {"dobj", "prep", "xcomp"} for k in right):
        return None
    lo = min(min(tree.subtree(s, k)) for k in right)
    hi = max(max(tree.subtree(s, k)) for k in right)
    return Speech((tree.span_between(s, lo, hi),), source, cue_span(s, v), (n, v))


def intended(s: Sentence, n: int, v: int) -> Speech | None:
    """Return the speech whose content is an action: "vowed to appeal", "asked the council to wait"."""
    if "action" not in reporting_verbs()[s.tokens[v].lemma]:
        return None
    k = next((c for c in s.children[v] if c > v and s.tokens[c].dep in {"xcomp", "advcl"} and any(
        s.tokens[d].tag == "TO" for d in s.children[c])), None)
    source = source_of(s, v, n)
    if k is None or source is None:
        return None
    thing = tree.child(s, v, "dobj", "dative")
    lo = min(tree.subtree(s, thing)) if thing is not None and v < thing < k else min(tree.subtree(s, k))
    return Speech((tree.span_between(s, lo, max(tree.subtree(s, k))),), source, cue_span(s, v), (n, v))


def join_quotes(found: Sequence[Speech], document: Annotated) -> list[Speech]:
    """Join quotations of one source that only their cue parts: '"No," said Ruiz. "Never."' is said at once."""
    out: list[Speech] = []
    for sp in found:
        last = out[-1] if out else None
        gap = sp.contents[0].start - last.contents[-1].end if last else LONG_GAP + 1
        same = last is not None and last.source == sp.source and (not sp.first or last.cue_at == sp.cue_at)
        if last is not None and same and 0 <= gap <= LONG_GAP and last.cue_at == sp.cue_at:
            out[-1] = replace(last, contents=(Span(last.contents[0].start, sp.contents[-1].end),))
        else:
            out.append(sp)
    return out


def listed(document: Annotated) -> list[Speech]:
    """Return the list items that a lead-in gives to somebody: "Kenya's position ... Its key arguments are:"."""
    out: list[Speech] = []
    blocks = document.document.blocks
    for b, block in enumerate(blocks):
        if block.lead is None:
            continue
        for n, s in enumerate(document.sentences):
            lead = blocks[s.block].span
            if not (lead.start <= block.lead.start < lead.end):
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

    One label alone may be anything ("Note: ..."); from three turns on it is a conversation.
    """
    text = document.document.text
    first: dict[int, int] = {}
    for n, s in enumerate(document.sentences):
        first.setdefault(s.block, n)
    labels = {
        b: m for b, block in enumerate(document.document.blocks)
        if b in first and block.kind in {"paragraph", "item"} and (m := TURN.match(text, block.span.start, min(block.span.end, block.span.start + 80)))
    }
    if len(labels) < 3 or len({m["who"] for m in labels.values()}) * 2 > len(labels) + 2:
        return []
    out: list[Speech] = []
    source = None
    for b, block in enumerate(document.document.blocks):
        if block.kind == "heading":
            source = None
        if b in labels:
            who = Span(labels[b].start("who"), labels[b].end("who"))
            s = document.sentences[first[b]]
            head = max((t.i for t in s.tokens if t.start < who.end), default=0)
            source = Filler(head, who, sentence=first[b])
            out.append(Speech((Span(labels[b].end(), block.span.end),), source, None, (first[b], head), direct=True))
        elif source is not None and b in first:
            out.append(Speech((block.span,), source, None, None, direct=True, first=False))
    return out


def has_mark(s: Sentence, v: int, words: set[str]) -> bool:
    """Say whether a clause is introduced by one of these words."""
    return any(s.tokens[c].dep == "mark" and s.tokens[c].lower in words for c in s.children[v])


def according_to(s: Sentence, n: int) -> list[Speech]:
    """Return speech attributed by a phrase: "according to X", "in the words of X", "in X's view"."""
    out = []
    for t in s.tokens:
        following = s.tokens[t.i + 1].lower if t.i + 1 < len(s.tokens) else ""
        who = None
        if t.lower == "according" and following == "to":
            who = tree.prepositional(s, t.i, frozenset({"to"}))
            if who is None:
                who = next((k for k in s.children[t.i + 1] if s.tokens[k].dep == "pobj"), None)
            end = t.i + 1
        if who is None:
            continue
        members = tree.subtree(s, t.i)
        lo, hi = min(members), max(members)
        before, after = (0, lo - 1), (hi + 1, len(s.tokens) - 1)
        # the part of the sentence that is not the phrase, the longer side of it
        rest = max((before, after), key=lambda p: p[1] - p[0])
        if rest[1] > rest[0]:
            out.append(
                Speech((tree.span_between(s, *rest),), Filler(who, tree.name_span(s, who), sentence=n), Span(t.start, s.tokens[end].end), (n, t.i))
            )
    return out


def direct(document: Annotated, verbs: Sequence[tuple[int, int]]) -> list[Speech]:
    """Return the quotations of a document with the reporting verb that claims each."""
    text = document.document.text
    by_block: dict[int, list[int]] = {}
    for n, s in enumerate(document.sentences):
        by_block.setdefault(s.block, []).append(n)
    out: list[Speech] = []
    last: Speech | None = None
    open_before = False
    lead: Speech | None = None
    for b, block in enumerate(document.document.blocks):
        if b not in by_block:
            continue
        quotes, still = find_quotes(text, block)
        numbers = by_block[b]
        here = [(n, v) for n, v in verbs if document.sentences[n].block == b and "quote" in reporting_verbs()[document.sentences[n].tokens[v].lemma]]
        outside = [(n, v) for n, v in here if not inside(document.sentences[n].tokens[v].span, quotes)]
        previous: Speech | None = (last if open_before else None) or lead
        for quote in quotes:
            if len(quote.of(text).split()) < MIN_QUOTE_WORDS:
                continue
            cue = nearest_cue(document, outside, quote, numbers)
            if cue is not None:
                s = document.sentences[cue[0]]
                source = source_of(s, cue[1], cue[0])
                speech = Speech((quote,), source, cue_span(s, cue[1]), cue, direct=True)
            elif previous is not None and own_sentence(document, numbers, quote):
                speech = Speech((quote,), previous.source, previous.cue, previous.cue_at, direct=True, first=False)
            else:
                continue
            if speech.source is None and previous is not None:
                speech = replace(speech, source=previous.source)
            out.append(speech)
            previous = speech
        last = previous if quotes else last
        open_before = still
        lead = leads_on(document, outside, numbers, text)
    return out


def inside(span: Span, quotes: Iterable[Span]) -> bool:
    """Say whether a span stands in one of the quotations."""
    return any(q.covers(span) for q in quotes)


def nearest_cue(document: Annotated, verbs: Sequence[tuple[int, int]], quote: Span, numbers: Sequence[int]) -> tuple[int, int] | None:
    """Return the reporting verb that claims a quotation: in a sentence it touches, the nearest to its edge."""
    touched = [n for n in numbers if document.sentences[n].span.overlaps(Span(quote.start - 1, quote.end + 2))]
    if not touched:
        return None
    best: tuple[int, tuple[int, int]] | None = None
    for n, v in verbs:
        s = document.sentences[n]
        if n not in touched and not (n == touched[-1] + 1 and s.span.start - quote.end <= 4 and s.tokens[v].i <= 6):
            continue
        t = s.tokens[v]
        distance = t.start - quote.end if t.start >= quote.end else quote.start - t.end
        if distance > 250:
            continue
        if best is None or distance < best[0]:
            best = (distance, (n, v))
    return best[1] if best else None


def own_sentence(document: Annotated, numbers: Sequence[int], quote: Span) -> bool:
    """Say whether a quotation is a sentence of its own, not a few words of the narrator's."""
    text = document.document.text
    before = text[max(0, quote.start - 3) : quote.start - 1].strip()
    return not before or before[-1] in ".!?:”\"," or quote.of(text)[-1:] in ".!?"


def leads_on(document: Annotated, verbs: Sequence[tuple[int, int]], numbers: Sequence[int], text: str) -> Speech | None:
    """Return the speech a paragraph opens for the next one by ending in a colon after a reporting verb."""
    last = document.sentences[numbers[-1]]
    if text[: last.span.end].rstrip()[-1:] != ":" and last.tokens[-1].form not in {":", ";"}:
        return None
    for n, v in reversed(verbs):
        if n == numbers[-1]:
            source = source_of(last, v, n)
            return Speech((), source, cue_span(last, v), (n, v), direct=True) if source else None
    return None


def merge(found: Iterable[Speech]) -> list[Speech]:
    """Return the speeches without a direct one whose words an indirect one of the same cue already holds."""
    kept: list[Speech] = []
    for sp in found:
        twin = next((k for k in kept if sp.first and k.cue_at == sp.cue_at and k.cue_at and not k.direct and sp.direct), None)
        if twin is None:
            kept.append(sp)
            continue
        if any(c.overlaps(sp.contents[0]) for c in twin.contents):
            wide = Span(min(twin.contents[0].start, sp.contents[0].start), max(twin.contents[0].end, sp.contents[0].end))
            kept[kept.index(twin)] = replace(twin, contents=(wide,), direct=True)
        else:
            kept.append(sp)
    return kept


def speaker_at(found: Sequence[Speech], place: Span) -> Speech | None:
    """Return the innermost speech whose content a place stands in."""
    best, width = None, None
    for sp in found:
        for content in sp.contents:
            if content.covers(place) and (width is None or content.end - content.start < width):
                best, width = sp, content.end - content.start
    return best
