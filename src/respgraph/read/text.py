"""Text -> Document: blocks laid over an unchanged text.

Three steps, each linear in the text: lines -> pieces (what a run of lines is), pieces -> blocks (which
pieces are headings, what introduces a list or table, how deep an item is), blocks -> document (title
and date). Texts with one paragraph per line and hard-wrapped texts are told apart line by line: a line
is glued to the next if it stops in mid-sentence before a lower-case word, or if it is as full as the
text's wrapped lines are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from respgraph.model import Block, Document, Span
from respgraph.read.dates import AT_END, first_date
from respgraph.read.layout import lay_out
from respgraph.read.lines import split_lines
from respgraph.read.matter import find_front_matter
from respgraph.read.pieces import find_pieces

LONGEST_BLOCK: Final = 20_000
SHORTEST_CUT: Final = 10_000
DATELINES: Final = 8


def read_text(text: str, name: str = "text") -> Document:
    r"""Return a document of this very text, with its blocks, title and date.

    Args:
        text: Plain text or Markdown; it is kept as it is, line ends included.
        name: The path or id the document shall have.

    Example:
        >>> document = read_text("Flood Report\n\nThe city must act.", "flood")
        >>> [(block.kind, block.span.of(document.text)) for block in document.blocks]
        [('heading', 'Flood Report'), ('paragraph', 'The city must act.')]
    """
    matter = find_front_matter(text)
    lines = split_lines(text, matter.end)
    blocks = [part for block in lay_out(text, find_pieces(text, lines)) for part in _cut(text, block)]
    title = next((_plain(text, block.span) for block in blocks if block.kind == "heading"), None)
    first = (line.span.of(text) for line in [line for line in lines[:60] if not line.blank][:DATELINES])
    return Document(
        name=name,
        text=text,
        blocks=tuple(blocks),
        title=matter.title or title,
        date=matter.date or first_date(first),
    )


def _plain(text: str, span: Span) -> str:
    """Return a heading as a title: one line, no emphasis, no dateline glued to its end."""
    words = " ".join(span.of(text).replace("**", "").replace("`", "").split())
    return AT_END.sub("", words).strip() or words


def _cut(text: str, block: Block) -> list[Block]:
    """Cut a block that no parser could swallow, at the last sentence end or white space that fits."""
    parts = []
    while block.span.end - block.span.start > LONGEST_BLOCK and block.table is None:
        at = _cutting_place(text, block.span.start)
        head = Span(block.span.start, block.span.start + len(text[block.span.start : at].rstrip()))
        if head.start < head.end:
            parts.append(replace(block, span=head))
        start = at
        while start < block.span.end and text[start].isspace():
            start += 1
        block = replace(block, span=Span(start, block.span.end), label=None)
    return [*parts, block]


def _cutting_place(text: str, start: int) -> int:
    low, high = start + SHORTEST_CUT, start + LONGEST_BLOCK
    for ends in ((". ", "! ", "? ", ".\n", '." ', ".” "), ("; ", "\n"), (" ", "\t", "\u00a0")):
        at = max(text.rfind(end, low, high) + len(end) if text.rfind(end, low, high) >= 0 else -1 for end in ends)
        if at > 0:
            return at
    return high
