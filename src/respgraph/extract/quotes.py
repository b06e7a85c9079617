"""Direct and mixed speech: where quotations are, and which reporting verb claims each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from respgraph.annotate import Annotated
from respgraph.extract.roles import Filler
from respgraph.extract.speech import Speech, cue_span, inside, reporting_verbs, source_of
from respgraph.model import Block, Span

PAIR = {"“": "”", '"': '"', "«": "»", "``": "''", "''": "''", "‘": "’"}
MARK = re.compile("[" + "".join(mark[0] for mark in PAIR) + "]")
BEFORE_OPENING = " \t\n([{—–-/,:;"
LONG_GAP = 300
MIN_QUOTE_WORDS = 3
FAR = 250
CLOSING = "”\"»'’ .\n\t"
SIGNED = re.compile(r"[”\"»'’.,]*\s*[—–-]{1,2}\s*(?P<who>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})(?=\s*(?:$|[,.(\n]))")


def find_quotes(text: str, block: Block) -> tuple[list[Span], bool]:
    """Return the quotations of a block without their marks, and whether one stays open at its end.

    A quotation that runs over paragraphs opens each of them and closes the last.
    """
    quotes: list[Span] = []
    start, want = None, ""
    lo, hi = block.span.start, block.span.end
    k = lo
    while k < hi:
        if start is None:
            found = MARK.search(text, k, hi)
            if found is None:
                break
            k = found.start()
            mark = opening(text, k, lo, hi)
            if mark:
                k += len(mark)
                start, want = k, PAIR[mark]
                continue
        elif closing(text, k, want, hi):
            quotes.append(Span(start, k))
            k += len(want) - 1
            start = None
        k += 1
    still = start is not None and want != "’"
    if start is not None and still and hi - start > 1:
        quotes.append(Span(start, hi))
    return quotes, still


def opening(text: str, k: int, lo: int, hi: int) -> str:
    """Return the quotation mark that opens at a place, or an empty string."""
    double = text[k : k + 2]
    mark = double if double in {"``", "''"} else text[k]
    after = k + len(mark)
    if mark not in PAIR or after >= hi or text[after].isspace():
        return ""
    if mark in {"''", "‘"} and k > lo and text[k - 1] not in BEFORE_OPENING:
        return ""
    return mark


def closing(text: str, k: int, want: str, hi: int) -> bool:
    """Say whether the awaited mark closes at a place: an apostrophe inside a word does not."""
    if want == "’":
        return text[k] == "’" and not text[k + 1 : k + 2].isalnum()
    if want == "''":
        return text[k : k + 2] == "''" and text[k + 2 : k + 3] != "'"
    return text[k] == want or (want == "”" and text[k] == '"')


def join_quotes(found: Sequence[Speech]) -> list[Speech]:
    """Join quotations of one source that only their cue parts: '"No," said Ruiz. "Never."' is said at once."""
    out: list[Speech] = []
    for sp in found:
        last = out[-1] if out else None
        if (
            last is not None
            and last.source == sp.source
            and last.cue_at == sp.cue_at
            and (0 <= sp.contents[0].start - last.contents[-1].end <= LONG_GAP)
        ):
            out[-1] = replace(last, contents=(Span(last.contents[0].start, sp.contents[-1].end),))
        else:
            out.append(sp)
    return out


def direct(document: Annotated, verbs: Sequence[tuple[int, int]]) -> list[Speech]:
    """Return the quotations of a document with the reporting verb that claims each."""
    text = document.document.text
    by_block: dict[int, list[int]] = {}
    for n, s in enumerate(document.sentences):
        by_block.setdefault(s.block, []).append(n)
    verbs_by_block: dict[int, list[tuple[int, int]]] = {}
    for n, v in verbs:
        if "quote" in reporting_verbs()[document.sentences[n].tokens[v].lemma]:
            verbs_by_block.setdefault(document.sentences[n].block, []).append((n, v))
    out: list[Speech] = []
    last: Speech | None = None
    open_before = False
    lead: Speech | None = None
    for b, block in enumerate(document.document.blocks):
        if b not in by_block:
            continue
        quotes, still = find_quotes(text, block)
        numbers = by_block[b]
        here = verbs_by_block.get(b, [])
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
            elif (signed := signature(document, quote, b, by_block)) is not None:
                speech = Speech((quote,), signed, None, None, direct=True)
            elif previous is not None and own_sentence(text, quote):
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


def signature(document: Annotated, quote: Span, b: int, by_block: Mapping[int, list[int]]) -> Filler | None:
    """Return who signs a quotation after a dash, on its line or the next: '"We must act." - Ana Weiss, mayor'."""
    text, blocks = document.document.text, document.document.blocks
    end = blocks[b].span.end
    if not text[quote.end : end].strip(CLOSING):
        end = blocks[b + 1].span.end if b + 1 < len(blocks) else end
    m = SIGNED.match(text, quote.end, min(end, quote.end + 80))
    if m is None:
        return None
    who = Span(m.start("who"), m.end("who"))
    for n in (*by_block.get(b, ()), *by_block.get(b + 1, ())):
        s = document.sentences[n]
        if s.span.covers(who):
            head = max((t.i for t in s.tokens if t.start < who.end), default=0)
            return Filler(head, who, sentence=n) if s.tokens[head].upos == "PROPN" else None
    return None


def nearest_cue(
    document: Annotated, verbs: Sequence[tuple[int, int]], quote: Span, numbers: Sequence[int]
) -> tuple[int, int] | None:
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
        if distance > FAR:
            continue
        if best is None or distance < best[0]:
            best = (distance, (n, v))
    return best[1] if best else None


def own_sentence(text: str, quote: Span) -> bool:
    """Say whether a quotation is a sentence of its own, not a few words of the narrator's."""
    before = text[max(0, quote.start - 4) : quote.start].rstrip("“\"«`'‘").strip()
    return not before or before[-1] in '.!?:”",' or quote.of(text)[-1:] in ".!?"


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
