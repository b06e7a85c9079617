"""HTML -> a text with its places in the source.

trafilatura says what the page's own text is (and its title, author, date, site), menus and adverts left out. A page
without any of these - a report saved as HTML - is taken whole: on 33 such pages trafilatura left out a quarter of the
words. What is kept is written down in the manner of Markdown. Where each word of it stands in the source is told by a
second reading of the page with the standard library's parser, which keeps the place of each visible character. Where
trafilatura finds nothing - a page of three lines, a hundred thousand nested tags - the visible text is taken as it
stands: a page is never silently empty.
"""

from __future__ import annotations

import html
import logging
import re
from array import array
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any, Final

from respgraph.errors import ReadError
from respgraph.read.decode import BOMS, guess_encoding, refuse_controls
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
BOILERPLATE: Final = frozenset(("nav", "aside", "footer", "form", "header"))
BOILERPLATE_MARK: Final = re.compile(
    r"nav|menu|sidebar|cookie|advert|banner|related|comment|footer|share|social|newsletter|subscribe|breadcrumb|widget",
    re.IGNORECASE,
)
LINKED_SHARE: Final = 0.4  # of the words of a page that is a list of links rather than a document
RENAMED: Final = {
    **{f"h{rank}": ("head", f"h{rank}") for rank in range(1, 7)},
    **dict.fromkeys(("ul", "menu", "dl"), ("list", "ul")),
    "ol": ("list", "ol"),
    **dict.fromkeys(("li", "dt", "dd"), ("item", "")),
    "tr": ("row", ""),
    **dict.fromkeys(("td", "th"), ("cell", "")),
    **dict.fromkeys(("b", "strong"), ("hi", "#b")),
    "br": ("lb", ""),
    "blockquote": ("quote", ""),
    "img": ("graphic", ""),
}
INLINE: Final = frozenset(("a", "ref", "span", "hi", "font", "center", "ins", "u", "small", "label", "abbr", "time"))
_TREE_BLOCKS: Final = (
    "head list item table row cell quote p div section article main body pre code figure figcaption address details "
    "summary fieldset dl center caption ab tbody thead tfoot"
)
TREE_BLOCKS: Final = frozenset(_TREE_BLOCKS.split()) - {"code"}
MOST_SPREAD: Final = 10_000  # cells
WIDEST_SPAN: Final = 100  # rows or columns
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
    found, whole = _extracted(source, url)
    body = whole if whole is not None else getattr(found, "body", None)
    chunks = list(_container(body, 0)) if body is not None else []
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
    best = guess_encoding(data)
    if best is None:
        raise ReadError(name, "this is not text in any encoding we know; give --encoding")
    return data.decode(best, "replace")


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


def _extracted(source: str, url: str | None) -> tuple[Any, Any]:
    """Return what trafilatura found, and the whole body if the page is nothing but a document; None for neither."""
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction, load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        tree = load_html(source)
        if tree is None:
            return None, None
        _spread_cells(tree)
        whole = _whole_body(tree)
        found = bare_extraction(
            tree,
            url=url,
            fast=True,
            include_comments=False,
            include_tables=True,
            include_formatting=True,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (LxmlError, RecursionError, ValueError, AttributeError, TypeError, KeyError, IndexError, AssertionError):
        return None, None  # whatever is wrong with the page, its visible text is still there
    return found, whole


def _spread_cells(tree: Any) -> None:
    """Write a cell that spans rows or columns into each of them: a row then says all it means by itself."""
    left = MOST_SPREAD
    for table in tree.iter("table"):
        below: dict[int, tuple[int, Any]] = {}  # column -> rows still to fill, the cell
        for row in table.iter("tr"):
            if next(row.iterancestors("table")) is not table:
                continue
            column = 0
            waiting = [cell for cell in row if cell.tag in ("td", "th")]
            while waiting or column in below:
                if column in below:
                    rows, cell = below.pop(column)
                    if rows > 1:
                        below[column] = (rows - 1, cell)
                    again = deepcopy(cell)
                    again.tail = None
                    row.insert(row.index(waiting[0]) if waiting else len(row), again)
                    column += 1
                    left -= 1
                else:
                    cell = waiting.pop(0)
                    width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                    for extra in range(width):
                        if extra:
                            cell.addnext(cell.makeelement(cell.tag))
                            left -= 1
                        if height > 1 and extra == 0:
                            below[column] = (height - 1, cell)
                        column += 1
                if left <= 0:
                    return


def _span(cell: Any, name: str) -> int:
    value = cell.attrib.pop(name, "1").strip()
    return max(1, min(int(value), WIDEST_SPAN)) if value.isdigit() and len(value) < 6 else 1


def _whole_body(tree: Any) -> Any:
    """Return a copy of the body in trafilatura's names if nothing on the page is menu, advert or comment."""
    body = tree.find("body") if tree.tag == "html" else tree
    if body is None:
        return None
    linked = 0
    for node in body.iter():
        if not isinstance(node.tag, str):
            continue
        marks = f"{node.get('class', '')} {node.get('id', '')} {node.get('role', '')}"
        if node.tag in BOILERPLATE or BOILERPLATE_MARK.search(marks):
            return None
        if node.tag == "a":
            linked += len("".join(node.itertext()))
    if linked > LINKED_SHARE * len("".join(body.itertext())):
        return None
    copy = body.makeelement("body")  # a page of a single element is that element
    copy.append(deepcopy(body))
    for node in list(copy.iter()):
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in HIDDEN or "hidden" in node.attrib:
            node.tag, node.text = "dropped", None
            for child in list(node):
                node.remove(child)
        elif tag in RENAMED:
            node.tag, node.attrib["rend"] = RENAMED[tag]
            if tag == "th":
                node.attrib["role"] = "head"
    return copy


def _container(node: Any, depth: int) -> Iterator[Chunk]:
    """Yield the blocks in a node; what stands between two blocks is a paragraph."""
    loose = [node.text or ""]
    for child in node:
        if _is_block(child) and depth < DEEPEST:
            yield from _paragraph(_lines("".join(loose)))
            yield from _block(child, depth + 1)
            loose = []
        else:
            loose.append("\0" if child.tag == "lb" else _words(child, raw=True))
        loose.append(child.tail or "")
    yield from _paragraph(_lines("".join(loose)))


def _is_block(node: Any) -> bool:
    if node.tag == "code":
        return len(node) > 0 or "\n" in (node.text or "")
    return node.tag in TREE_BLOCKS or any(_is_block(child) for child in node if node.tag in INLINE)


def _block(node: Any, depth: int) -> Iterator[Chunk]:
    tag = node.tag if isinstance(node.tag, str) else ""
    if tag == "head":
        rank = node.get("rend", "h2")[-1]
        yield from _paragraph(" ".join(_words(node).split()), "#" * (int(rank) if rank.isdigit() else 2) + " ")
    elif tag == "list":
        yield from _list(node, 0)
        yield Chunk("\n", True)
    elif tag == "table":
        yield from _table(node, depth)
    elif tag in ("code", "pre"):
        yield from _paragraph("".join(node.itertext()).strip("\n"), "```\n", "\n```")
    elif any(_is_block(child) for child in node):
        yield from _container(node, depth)
    elif tag not in ("graphic", "dropped"):
        words = _words(node)
        whole = len(node) == 1 and node[0].tag == "hi" and _is_bold(node[0]) and _words(node[0]) == words
        mark = "**" if whole and "\n" not in words and "*" not in words else ""
        yield from _paragraph(words, mark, mark)


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
    for caption in node.iter("caption"):
        yield from _paragraph(" ".join(_words(caption).split()))
    cells = [[_words(cell) for cell in row] for row in rows]
    nested = any(cell.find(".//table") is not None for row in rows for cell in row)
    while cells and sum(map(bool, cells[0])) <= 1 and len(cells) > 1:  # a caption, or an empty row
        yield from _paragraph(" ".join(filter(None, cells.pop(0))))
    wide = max(map(len, cells), default=0)
    if wide < 2 or nested or any(len(cell) > LONGEST_CELL for row in cells for cell in row):
        for row in rows:
            for cell in row:
                yield from _container(cell, depth + 1)
        return
    for number, row in enumerate(table_rows(cells)):
        yield Chunk("|", True)
        for cell in row:
            yield Chunk(" ", True)
            yield Chunk(cell)
            yield Chunk(" |", True)
        yield Chunk("\n" + ("|---" * wide + "|\n" if number == 0 else ""), True)
    yield Chunk("\n", True)


def _words(node: Any, without: tuple[str, ...] = (), raw: bool = False) -> str:
    """Return the text of a node on as many lines as it has breaks; as it stands, with NUL for a break, if ``raw``."""
    parts: list[str] = [node.text or ""]
    for child in node:
        if child.tag == "lb":
            parts.append("\0")
        elif child.tag not in without and child.tag != "dropped":
            gap = " " if child.tag in TREE_BLOCKS else ""
            parts += [gap, _words(child, raw=True), gap]
        parts.append(child.tail or "")
    return "".join(parts) if raw else _lines("".join(parts))


def _lines(raw: str) -> str:
    """Return a text with a line per break and single spaces."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in raw.split("\0"))))


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
    if not squeezed:
        return
    found = chars.find(squeezed, cursor.at)
    if found >= 0:
        cursor.at = found + len(squeezed)
    else:  # a cell that spans rows is said again in each of them
        found = chars.rfind(squeezed, 0, cursor.at)
    if found < 0:
        return
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
