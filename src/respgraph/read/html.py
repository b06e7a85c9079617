"""HTML -> a text with its places in the source.

trafilatura says what the page's own text is (and its title, author, date, site), menus and adverts left out; what it
keeps is written down in the manner of Markdown. Where each word of it stands in the source is told by a second
reading of the page with the standard library's parser, which keeps the place of each visible character. Where
trafilatura finds nothing - a page of three lines, a hundred thousand nested tags - the visible text is taken as it
stands: a page is never silently empty.
"""

from __future__ import annotations

import html
import logging
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any, Final

from respgraph.errors import ReadError
from respgraph.read.decode import BOMS, refuse_controls
from respgraph.read.records import language_code
from respgraph.read.rendering import Rendered, Run, Writer, table_rows

META: Final = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)
HIDDEN: Final = frozenset(("script", "style", "noscript", "template", "title", "textarea", "select", "svg", "math"))
_BLOCKS: Final = (
    "address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
BLOCKS: Final = frozenset(_BLOCKS.split())
SQUEEZE: Final = re.compile(r"\s+")
LONGEST_CELL: Final = 1500  # characters; longer ones are the columns of a page, not of a table
DEEPEST: Final = 60  # levels of the extracted tree


def render_html(data: bytes, name: str, encoding: str | None = None, url: str | None = None) -> Rendered:
    """Return the text of a page.

    Args:
        data: The page as it was stored or sent.
        name: What to call it in messages.
        encoding: Its encoding, if the user or the server says so.
        url: Where it came from, if it was fetched.

    Raises:
        ReadError: Not text in any encoding, or no visible text at all.
    """
    from hashlib import sha256

    source = decode_page(data, name, encoding)
    refuse_controls(source, name)
    seen = Seen()
    seen.feed_all(source)
    found = _extracted(source, url)
    chunks = list(_of_tree(found.body)) if found is not None else []
    text, runs = _placed(chunks, seen)
    if not text.strip():
        text, runs = _placed(list(_of_blocks(seen)), seen)
    if not text.strip():
        raise ReadError(name, "no text in this page (a picture, or a page that scripts would fill?)")
    return Rendered(
        text=text,
        media_type="text/html",
        sha256=sha256(data).hexdigest(),
        runs=runs,
        title=getattr(found, "title", None) or seen.title,
        authors=[part.strip() for part in (getattr(found, "author", None) or "").split(";")],
        date=getattr(found, "date", None),
        language=language_code(seen.language),
        site=getattr(found, "sitename", None),
        url=url or getattr(found, "url", None),
    )


def decode_page(data: bytes, name: str, encoding: str | None = None) -> str:
    """Return the page as text: by its byte order mark, what the server or user says, its own word, or UTF-8.

    If none of these holds, charset-normalizer's best guess is taken: what a page looks like is not what it means.

    Raises:
        ReadError: No encoding fits.
    """
    declared = META.search(data[:4096])
    wanted = [next((known for mark, known in BOMS if data.startswith(mark)), None), encoding]
    wanted += [declared[1].decode("ascii") if declared else None, "utf-8"]
    for known in filter(None, wanted):
        known = "cp1252" if known.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii") else known  # WHATWG
        try:
            return data.decode(known).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise ReadError(name, "this is not text in any encoding we know; give --encoding")
    return data.decode(best.encoding, "replace")


@dataclass(slots=True)
class Chunk:
    """A stretch of the text to be: words of the page, or a mark of ours."""

    text: str
    ours: bool = False


class Seen(HTMLParser):
    """The visible characters of a page, white space left out, each with its place in the source."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.chars: list[str] = []
        self.starts = array("L")
        self.ends = array("L")
        self.blocks: list[int] = []
        self.title = ""
        self.language: str | None = None
        self.hidden: list[str] = []
        self.lines: list[int] = [0]
        self.source = ""
        self.length = 0

    def feed_all(self, source: str) -> None:
        """Read the whole page."""
        self.source = source
        self.lines += [match.end() for match in re.finditer("\n", source)]
        self.feed(source)
        self.close()

    def place(self) -> int:
        """Where the parser stands in the source."""
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the language, what is hidden, and where a block begins."""
        if tag == "html":
            self.language = dict(attrs).get("lang")
        if tag in HIDDEN:
            self.hidden.append(tag)
        if tag in BLOCKS:
            self.blocks.append(self.length)

    def handle_endtag(self, tag: str) -> None:
        """Note where a block or something hidden ends."""
        if tag in HIDDEN and tag in self.hidden:
            while self.hidden.pop() != tag:
                pass
        if tag in BLOCKS:
            self.blocks.append(self.length)

    def handle_data(self, data: str) -> None:
        """Keep visible characters."""
        if self.hidden:
            if self.hidden == ["title"] and len(self.title) < 500:
                self.title += data
            return
        at = self.place()
        for word in re.finditer(r"\S+", data):
            self.chars.append(word.group())
            first, last = at + word.start(), at + word.end()
            self.starts.extend(range(first, last))
            self.ends.extend(range(first + 1, last + 1))
            self.length += last - first

    def handle_entityref(self, name: str) -> None:
        """Keep the character of a named reference."""
        self.refer(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """Keep the character of a numbered reference."""
        self.refer(f"&#{name}")

    def refer(self, written: str) -> None:
        """Keep the character of a reference; where it ends, a semicolon may follow."""
        at = self.place()
        end = at + len(written)
        end += self.source.startswith(";", end)
        if self.hidden:
            return
        for char in html.unescape(written + ";"):
            if not char.isspace():
                self.chars.append(char)
                self.starts.append(at)
                self.ends.append(end)
                self.length += 1


def _extracted(source: str, url: str | None) -> Any:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(
            source,
            url=url,
            fast=True,
            include_comments=False,
            include_tables=True,
            include_formatting=True,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (RecursionError, ValueError, AttributeError, TypeError, KeyError, IndexError, AssertionError):
        return None  # whatever is wrong with the page, its visible text is still there
    return found if getattr(found, "body", None) is not None else None


def _of_tree(body: Any) -> Iterator[Chunk]:
    """Yield the chunks of trafilatura's tree, a blank line between blocks."""
    for node in body:
        yield from _block(node, 0)


def _block(node: Any, depth: int) -> Iterator[Chunk]:
    tag = node.tag if isinstance(node.tag, str) else ""
    if depth > DEEPEST:
        yield from _paragraph(_words(node))
    elif tag == "head":
        rank = node.get("rend", "h2")[-1]
        yield from _paragraph(_words(node), "#" * (int(rank) if rank.isdigit() else 2) + " ")
    elif tag == "list":
        yield from _list(node, 0)
        yield Chunk("\n", True)
    elif tag == "table":
        yield from _table(node, depth)
    elif tag == "code" or node.tag == "pre":
        yield from _paragraph(_words(node), "```\n", "\n```")
    elif tag in ("quote", "div", "body", "ab", "p", "item") and any(
        child.tag in ("p", "list", "table", "quote", "head", "div") for child in node
    ):
        yield from _paragraph(" ".join((node.text or "").split()))
        for child in node:
            yield from _block(child, depth + 1)
            yield from _paragraph(" ".join((child.tail or "").split()))
    elif tag == "graphic":
        return
    else:
        words = _words(node)
        whole = len(node) == 1 and node[0].tag == "hi" and _is_bold(node[0]) and _words(node[0]) == words
        yield from _paragraph(words, "**" if whole else "", "**" if whole else "")


def _is_bold(node: Any) -> bool:
    return node.get("rend") in ("#b", "b", "bold")


def _paragraph(words: str, before: str = "", after: str = "") -> Iterator[Chunk]:
    if words.strip():
        yield Chunk(before, True)
        yield Chunk(words)
        yield Chunk(after + "\n\n", True)


def _list(node: Any, level: int) -> Iterator[Chunk]:
    ordered = node.get("rend") == "ol"
    number = 0
    for item in node:
        if item.tag != "item":
            continue
        number += 1
        inner = [child for child in item if child.tag == "list"]
        words = _words(item, without=("list",))
        if words.strip():
            yield Chunk("  " * level + (f"{number}. " if ordered else "- "), True)
            first = next((child for child in item if child.tag not in ("list",)), None)
            bold = first is not None and first.tag == "hi" and _is_bold(first) and not (item.text or "").strip()
            label = _words(first) if bold else ""
            if label and words.startswith(label) and len(label) < len(words):
                yield from (Chunk("**", True), Chunk(label), Chunk("**", True), Chunk(words[len(label) :]))
            else:
                yield Chunk(words)
            yield Chunk("\n", True)
        if level < DEEPEST:
            for child in inner:
                yield from _list(child, level + 1)


def _table(node: Any, depth: int) -> Iterator[Chunk]:
    rows = [[cell for cell in row if cell.tag == "cell"] for row in node.iter("row")]
    cells = [[_words(cell) for cell in row] for row in rows]
    nested = any(cell.find(".//table") is not None for row in rows for cell in row)
    while cells and sum(map(bool, cells[0])) <= 1 and len(cells) > 1:  # a caption, or an empty row
        yield from _paragraph(" ".join(filter(None, cells.pop(0))))
    wide = max(map(len, cells), default=0)
    if wide < 2 or nested or any(len(cell) > LONGEST_CELL for row in cells for cell in row):
        for row in rows:
            for cell in row:
                for child in cell if len(cell) else ():
                    if child.tag in ("p", "list", "table", "head", "quote"):
                        yield from _block(child, depth + 1)
                        yield from _paragraph(" ".join((child.tail or "").split()))
                    else:
                        yield from _paragraph(_words(child) + " " + " ".join((child.tail or "").split()))
                yield from _paragraph(" ".join((cell.text or "").split()))
        return
    for number, row in enumerate(table_rows(cells)):
        yield Chunk("|", True)
        for cell in row:
            yield Chunk(" ", True)
            yield Chunk(cell)
            yield Chunk(" |", True)
        yield Chunk("\n" + ("|---" * wide + "|\n" if number == 0 else ""), True)
    yield Chunk("\n", True)


def _words(node: Any, without: tuple[str, ...] = ()) -> str:
    """Return the text of a node on as many lines as it has breaks."""
    parts: list[str] = [node.text or ""]
    for child in node:
        if child.tag not in without:
            parts.append("\n" if child.tag == "lb" else _gap(child) + _words(child) + _gap(child))
        parts.append(child.tail or "")
    lines = ("".join(parts)).split("\n") if any(child.tag == "lb" for child in node) else ["".join(parts)]
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _gap(child: Any) -> str:
    return " " if child.tag in ("p", "list", "item", "table", "row", "cell", "quote", "head") else ""


def _of_blocks(seen: Seen) -> Iterator[Chunk]:
    """Yield all visible text, a paragraph per block; words are told apart by their places."""
    chars = "".join(seen.chars)
    cuts = sorted({0, len(chars), *seen.blocks})
    for start, end in pairwise(cuts):
        words: list[str] = []
        at = start
        for place in range(start + 1, end + 1):
            if place == end or seen.starts[place] > seen.ends[place - 1]:
                words.append(chars[at:place])
                at = place
        yield from _paragraph(" ".join(words))


@dataclass(slots=True)
class Cursor:
    """Where the last words were found; the next ones are looked for from there on first."""

    at: int = 0
    runs: list[Run] = field(default_factory=list)


def _placed(chunks: list[Chunk], seen: Seen) -> tuple[str, list[Run]]:
    """Return the text of the chunks and where its words stand in the source."""
    chars = "".join(seen.chars)
    writer, cursor = Writer(), Cursor()
    for chunk in chunks:
        if not chunk.ours:
            _place(chunk.text, writer.length, chars, seen, cursor)
        writer.mark(chunk.text)
    return writer.text(), cursor.runs


def _place(words: str, start: int, chars: str, seen: Seen, cursor: Cursor) -> None:
    squeezed = SQUEEZE.sub("", words.replace("\\|", "|"))
    found = chars.find(squeezed, cursor.at) if squeezed else -1
    if found < 0 and squeezed:
        found = chars.find(squeezed)
    if found < 0:
        return
    cursor.at = found + len(squeezed)
    run: list[int] | None = None
    for offset, char in enumerate(words, start):
        if char.isspace() or (char == "\\" and words[offset - start + 1 : offset - start + 2] == "|"):
            continue
        first, last = seen.starts[found], seen.ends[found]
        found += 1
        if run is not None and last - first == 1 and first - run[2] == offset - run[0] and run[4]:
            run[1], run[3] = offset + 1, last
            continue
        if run is not None:
            cursor.runs.append((run[0], run[1], run[2], run[3], run[4]))
        run = [offset, offset + 1, first, last, int(last - first == 1)]
    if run is not None:
        cursor.runs.append((run[0], run[1], run[2], run[3], run[4]))
