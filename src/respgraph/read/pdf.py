"""PDF -> a text in the manner of Markdown, each stretch with its page.

A page that is tagged (what browsers and word processors write) says itself what is a heading, a paragraph, a list item
or a table cell, and is believed. On all other pages there are only letters in places: lines are joined to
paragraphs where the next word would not have fitted on the line before, words are put together again at hyphens,
and what comes back at the head or foot of page after page is left out. A table without tags is one only where its
columns leave no doubt (``grid``); of all others the words come as lines.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any, Final

from respgraph.errors import ReadError
from respgraph.model import Span
from respgraph.read.grid import find_grids
from respgraph.read.letters import Letter, Line
from respgraph.read.lists import BULLET, find_marker
from respgraph.read.rendering import Rendered, Writer, table_rows

HYPHENS: Final = "-\u00ad\u2010\x02\ufffe"
EDGE: Final = 0.1  # of a page's height is head, and as much is foot
TAGGED_SHARE: Final = 0.7  # of the letters that must be tagged for the tags to be believed
LARGER: Final = 1.15  # times the letters of the text: those of a heading
WIDEST_GAP: Final = 60.0  # points between two lines of a paragraph, at most
COLUMN: Final = 8  # lines up, and it is the next column rather than the next cell
LONGEST_HEADING: Final = 200  # characters
UNREADABLE_SHARE: Final = 0.2
PAGE_NUMBER: Final = re.compile(r"(?:page\s+)?[\divxlc]{1,5}(?:\s*(?:/|of|–|-|\|)\s*\d{1,5})?", re.IGNORECASE)
STOPS: Final = '.!?:;…"”’)»'
STOPS_OF_ITEMS: Final = ".;:"  # before the next item of a list
GLUED_END: Final = re.compile(r"\w(?:—|/)$")  # a dash or slash without spaces, at which a line was broken
GLUED_START: Final = re.compile(r"—\w")
UNTITLED: Final = re.compile(
    r"untitled.*|.*\.(?:docx?|odt|rtf|tex|indd|html?|pdf|md|txt)|microsoft word - .*", re.IGNORECASE
)
HEADINGS: Final = {"H": 2, "Title": 1, **{f"H{level}": level for level in range(1, 7)}}
BLOCKS: Final = frozenset(
    (*HEADINGS, "P", "L", "LI", "LBody", "Table", "TR", "TH", "TD", "Caption", "BlockQuote", "Note")
)
DEEPEST: Final = 60  # levels of tags


@dataclass(slots=True)
class Part:
    """A block of a page: ``kind`` is heading, paragraph, item or table; ``words`` are (text, page) in order."""

    kind: str
    words: list[tuple[str, int]]
    level: int = 0
    marker: str = ""
    rows: list[list[str]] = field(default_factory=list)
    full: bool = False

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(text for text, _ in self.words)


def render_pdf(data: bytes, name: str) -> Rendered:
    """Return the text of a PDF file.

    Raises:
        ReadError: Damaged, encrypted, without text (scanned), or with fonts that do not say what their letters are.
    """
    from hashlib import sha256

    import pypdfium2

    try:
        opened = pypdfium2.PdfDocument(data)
        count = len(opened)
        about = opened.get_metadata_dict(skip_empty=True)
        pages = [_page(opened, number) for number in range(count)]
    except pypdfium2.PdfiumError as error:
        raise ReadError(name, _why(str(error))) from error
    if not any(letter.char.strip() for page in pages for letter in page.letters):
        raise ReadError(
            name, f"no text in its {count} page{'s' * (count != 1)}: scanned? Recognise the text (OCR) first"
        )
    _refuse_unreadable(pages, name)
    writer = Writer()
    write(list(_joined(_parts(pages))), writer)
    title = about.get("Title", "").strip()
    return Rendered(
        text=writer.text(),
        media_type="application/pdf",
        unit="page",
        sha256=sha256(data).hexdigest(),
        runs=writer.runs,
        title=None if UNTITLED.fullmatch(title) else title,
        authors=re.split(r"\s*;\s*", about.get("Author", "")),
    )


def _why(error: str) -> str:
    if "password" in error.lower() or "security" in error.lower():
        return "an encrypted PDF: it needs a password; save it without one"
    return "not a PDF file that can be read: damaged or truncated"


def _refuse_unreadable(pages: Sequence[Page], name: str) -> None:
    letters = [letter.char for page in pages for letter in page.letters if letter.char.strip()]
    bad = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < " " for char in letters if char not in HYPHENS)
    if bad > UNREADABLE_SHARE * len(letters):
        raise ReadError(name, "its fonts do not say which letters they show; recognise the text (OCR) first")


@dataclass(slots=True)
class Page:
    """The letters of a page, in the order they are written, and its tags."""

    number: int
    height: float
    letters: list[Letter]
    lines: list[Line]
    tags: list[Tag]


@dataclass(slots=True)
class Tag:
    """An element of the structure of a page: its type, and marked-content numbers and elements in order."""

    kind: str
    children: list[int | Tag]

    def numbers(self) -> Iterator[int]:
        """Yield the marked-content numbers in it, in order."""
        for child in self.children:
            if isinstance(child, int):
                yield child
            else:
                yield from child.numbers()

    def has_blocks(self) -> bool:
        """Say whether a block is in it."""
        return any(isinstance(c, Tag) and (c.kind in BLOCKS or c.has_blocks()) for c in self.children)


def _page(opened: Any, number: int) -> Page:
    import pypdfium2.raw as pdfium

    page = opened[number]
    text = page.get_textpage()
    tags = _tags(pdfium, page)
    letters: list[Letter] = []
    box = [ctypes.c_double() for _ in range(4)]
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, at)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if pdfium.FPDFText_IsGenerated(text, at) == 1:
            letters.append(Letter(char, 0, 0, 0, 0, letters[-1].tag if letters else -1))
            continue
        tag = -1
        if tags:
            thing = pdfium.FPDFText_GetTextObject(text, at)
            tag = pdfium.FPDFPageObj_GetMarkedContentID(thing) if thing else -1
        left, right, bottom, top = (0.0, 0.0, 0.0, 0.0)
        if pdfium.FPDFText_GetCharBox(text, at, box[0], box[1], box[2], box[3]):
            left, right, bottom, top = (value.value for value in box)
        size = pdfium.FPDFText_GetFontSize(text, at)
        hyphen = pdfium.FPDFText_IsHyphen(text, at) == 1
        letters.append(Letter("-" if hyphen else char, left, bottom, right, top, tag, size))
        if hyphen:  # pdfium goes on with the next line as if this one had not ended
            letters.append(Letter("\n", 0, 0, 0, 0, tag))
    height = page.get_height()
    text.close()
    page.close()
    return Page(number + 1, height, letters, _lines(letters, number + 1), tags)


def _lines(letters: Sequence[Letter], page: int) -> list[Line]:
    """Return the letters line by line; pdfium ends a line with a letter of its own."""
    out: list[list[Letter]] = [[]]
    for letter in letters:
        if letter.char in "\r\n":
            out.append([])
        else:
            out[-1].append(letter)
    return [line for found in out if (line := Line(found, page)).text]


def _tags(pdfium: Any, page: Any) -> list[Tag]:
    """Return the structure of a page, as far as it has one."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return []
    try:
        roots = (
            pdfium.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(pdfium.FPDF_StructTree_CountChildren(tree))
        )
        return [_tag(pdfium, root, 0) for root in roots if root]
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _tag(pdfium: Any, element: Any, depth: int) -> Tag:
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    kind = buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
    children: list[int | Tag] = []
    for at in range(pdfium.FPDF_StructElement_CountChildren(element) if depth < DEEPEST else 0):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            children.append(_tag(pdfium, child, depth + 1))
        elif (number := pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)) >= 0:
            children.append(number)
    return Tag(kind, children)


def _parts(pages: list[Page]) -> Iterator[Part]:
    """Yield the blocks of all pages in order."""
    running = _running(pages)
    body = _body_size([line for page in pages for line in page.lines])
    known = _vocabulary(pages)
    for page in pages:
        tagged = {number for tag in page.tags for number in tag.numbers()}
        letters = [letter for letter in page.letters if letter.char.strip()]
        if tagged and sum(letter.tag in tagged for letter in letters) >= TAGGED_SHARE * len(letters):
            held: dict[int, list[Letter]] = {}
            for letter in page.letters:
                held.setdefault(letter.tag, []).append(letter)
            right = max((line.right for line in page.lines), default=0.0)
            for tag in page.tags:
                yield from _tagged(tag, Marked(held, page.number, known, body, right), 0)
        else:
            lines = [line for line in page.lines if _mask(line) not in running or not _at_edge(line, page)]
            lines = [line for line in lines if not (_at_edge(line, page) and PAGE_NUMBER.fullmatch(line.text))]
            yield from _untagged(lines, known, body)


def _untagged(lines: list[Line], known: Counter[str], body: float) -> Iterator[Part]:
    """Yield the blocks of a page without tags."""
    at = 0
    for grid in find_grids(lines):
        yield from paragraphs(lines[at : grid.start], known, body)
        rows = [[join_lines(cell, known) for cell in row] for row in grid.rows]
        yield Part("table", [("", lines[grid.start].page)], rows=rows)
        at = grid.end
    yield from paragraphs(lines[at:], known, body)


@dataclass(frozen=True, slots=True)
class Marked:
    """The letters of a tagged page by marked-content number, and what is known of the whole file."""

    held: dict[int, list[Letter]]
    page: int
    known: Counter[str]
    body: float
    right: float

    def words(self, numbers: Iterator[int]) -> str:
        """Return the words of some marked content, put together over line ends."""
        letters = [letter for number in numbers for letter in self.held.get(number, ())]
        return join_lines([line.text for line in _lines(letters, self.page)], self.known)

    def lines(self, numbers: Iterator[int]) -> list[Line]:
        """Return the lines of some marked content."""
        return _lines([letter for number in numbers for letter in self.held.get(number, ())], self.page)


def _tagged(tag: Tag, marked: Marked, depth: int) -> Iterator[Part]:
    if tag.kind in HEADINGS:
        yield Part("heading", [(marked.words(tag.numbers()), marked.page)], level=HEADINGS[tag.kind])
    elif tag.kind == "L":
        yield from _tagged_list(tag, marked, depth)
    elif tag.kind == "Table":
        yield from _tagged_table(tag, marked)
    elif tag.kind == "P" or (tag.kind in BLOCKS and not tag.has_blocks()):
        yield from paragraphs(marked.lines(tag.numbers()), marked.known, marked.body, marked.right)
    elif tag.has_blocks():
        loose: list[int] = []
        for child in tag.children:
            if isinstance(child, Tag) and (child.kind in BLOCKS or child.has_blocks()):
                yield from paragraphs(marked.lines(iter(loose)), marked.known, marked.body, marked.right)
                loose = []
                yield from _tagged(child, marked, depth + 1)
            else:
                loose += [child] if isinstance(child, int) else child.numbers()
        yield from paragraphs(marked.lines(iter(loose)), marked.known, marked.body, marked.right)
    else:
        yield from paragraphs(marked.lines(tag.numbers()), marked.known, marked.body, marked.right)


def _tagged_list(tag: Tag, marked: Marked, depth: int, level: int = 0) -> Iterator[Part]:
    for item in tag.children:
        if isinstance(item, int):
            continue
        if item.kind == "L":
            yield from _tagged_list(item, marked, depth + 1, level + 1)
            continue
        label, body, inner = "", list[int](), list[Tag]()
        waiting: list[int | Tag] = [item]
        while waiting:
            child = waiting.pop(0)
            if isinstance(child, int):
                body.append(child)
            elif child.kind == "L":
                inner.append(child)
            elif child.kind == "Lbl":
                label = marked.words(child.numbers())
            else:
                waiting = [*child.children, *waiting]
        words = marked.words(iter(body))
        if words:
            marker = label if label and not BULLET.match(label + " ") else "-"
            yield Part("item", [(words, marked.page)], level=level, marker=marker)
        if depth < DEEPEST:
            for child in inner:
                yield from _tagged_list(child, marked, depth + 1, level + 1)


def _tagged_table(tag: Tag, marked: Marked) -> Iterator[Part]:
    rows: list[list[str]] = []
    waiting: list[int | Tag] = list(tag.children)
    while waiting:
        child = waiting.pop(0)
        if isinstance(child, int):
            continue
        if child.kind == "Caption":
            yield Part("paragraph", [(marked.words(child.numbers()), marked.page)])
        elif child.kind == "TR":
            cells = [cell for cell in child.children if isinstance(cell, Tag)]
            rows.append([marked.words(cell.numbers()) for cell in cells])
        else:
            waiting = [*child.children, *waiting]
    if max(map(len, rows), default=0) < 2:
        for row in rows:
            yield Part("paragraph", [(" ".join(row), marked.page)])
    else:
        yield Part("table", [("", marked.page)], rows=rows)


def paragraphs(lines: list[Line], known: Counter[str], body: float, edge: float = 0.0) -> Iterator[Part]:
    """Yield the paragraphs, headings and items that lines without tags are.

    Args:
        lines: Lines in reading order, of one page.
        known: How often each word stands in the file, to tell a hyphen from a word break.
        body: The size of most letters in the file.
        edge: Where lines end at the right, at least.
    """
    gaps = [a.base - b.base for a, b in pairwise(lines) if 0 < a.base - b.base < WIDEST_GAP]
    leading = median(gaps) if gaps else WIDEST_GAP / 4
    right = max([edge, *(line.right for line in lines)])
    held: list[Line] = []
    for line in lines:
        if held and _begins(held, line, leading, right):
            yield _part(held, known, body, right)
            held = []
        held.append(line)
    if held:
        yield _part(held, known, body, right)


def _begins(held: list[Line], line: Line, leading: float, right: float) -> bool:
    """Say whether a line begins a paragraph."""
    last = held[-1]
    gap = last.base - line.base
    if BULLET.match(line.text) or abs(line.size - last.size) > 0.1 * max(line.size, last.size):
        return True
    if gap < -COLUMN * leading:  # the next column
        return last.text[-1] in STOPS or not line.text[0].islower()
    if gap < -0.5 * leading or line.left > last.right:  # the next cell of something like a table
        return True
    if gap > 1.35 * leading:
        return True
    marked = BULLET.match(line.text) or find_marker(line.text, Span(0, len(line.text)))
    if marked and last.text[-1] in STOPS_OF_ITEMS:
        return True
    first = line.text.split(maxsplit=1)[0]
    share = (line.right - line.left) / max(len(line.text), 1)
    edge = max(right, *(other.right for other in held))
    fits = last.right + share * (len(first) + 1) < edge - share
    if fits:
        if marked:
            return True
        return last.text[-1] not in HYPHENS and not (line.text[0].islower() and last.text[-1] not in STOPS)
    return last.text[-1] in STOPS and line.left > held[0].left + 2 * share and len(held) > 1


def _part(lines: list[Line], known: Counter[str], body: float, right: float) -> Part:
    text = join_lines([line.text for line in lines], known)
    last = lines[-1]
    full = last.right > right - 0.15 * max(right - last.left, 1)
    large = median(line.size for line in lines) > LARGER * body
    if large and len(text) <= LONGEST_HEADING and text[-1] not in ".;,":
        return Part("heading", [(text, last.page)], level=2)
    return Part("paragraph", [(text, last.page)], full=full)


def join_lines(lines: Sequence[str], known: Counter[str]) -> str:
    """Return lines as one, words put together again where a hyphen broke them.

    A hyphen stays if the word is written with one elsewhere in the file, and where what follows is no small letter.

    >>> join_lines(["The respon-", "sible body of a well-", "known city"], Counter(["well-known"]))
    'The responsible body of a well-known city'
    """
    out = ""
    for line in lines:
        if not out:
            out = line
        elif out[-1] in HYPHENS and len(out) > 1 and out[-2].isalpha():
            head, tail = re.split(r"[\s(]", out[:-1])[-1], re.match(r"[^\W\d_]*", line)
            whole = head + (tail[0] if tail else "")
            dashed = f"{head}-{tail[0] if tail else ''}"
            soft = out[-1] in "\u00ad\x02\ufffe"
            keep = not line[0].islower() or (known[dashed.lower()] > known[whole.lower()] and not soft)
            out = out[:-1] + ("-" if keep else "") + line
        elif GLUED_END.search(out) or GLUED_START.match(line):
            out += line
        else:
            out += " " + line
    return out.replace("\u00ad", "").replace("\x02", "").replace("\ufffe", "")


def _vocabulary(pages: list[Page]) -> Counter[str]:
    """Return how often each word stands in the file, ends of lines left out."""
    out: Counter[str] = Counter()
    for page in pages:
        for line in page.lines:
            out.update(word.strip(".,;:()\"'“”‘’").lower() for word in line.text.split()[:-1])
    return out


def _body_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _running(pages: list[Page]) -> set[str]:
    """Return what stands at the edge of at least half of the pages (and of two): running heads and feet."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_mask(line) for line in page.lines if _at_edge(line, page)})
    return {text for text, count in seen.items() if count >= max(2, len(pages) / 2)}


def _mask(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _at_edge(line: Line, page: Page) -> bool:
    return not EDGE * page.height < line.base < (1 - EDGE) * page.height


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Put a paragraph together again that a page ended in the middle of a sentence, and a table in two pieces."""
    held: Part | None = None
    for part in parts:
        if not part.text and not part.rows:
            continue
        if held is not None and _goes_on(held, part):
            held = _together(held, part)
            continue
        if held is not None:
            yield held
        held = part
    if held is not None:
        yield held


def _goes_on(held: Part, part: Part) -> bool:
    if held.words[-1][1] + 1 != part.words[0][1] and part.words[0][1] != held.words[-1][1]:
        return False
    turned = held.words[-1][1] != part.words[0][1]
    if held.kind == part.kind == "table":
        return turned and len(held.rows[0]) == len(part.rows[0])
    if part.kind != "paragraph" or held.kind not in ("paragraph", "item") or not turned:
        return False
    if held.text[-1] in STOPS_OF_ITEMS and find_marker(part.text, Span(0, len(part.text))):
        return False
    tail, head = held.text[-1], part.text.lstrip("\"'“‘(")[:1]
    if tail in HYPHENS or head.islower():
        return tail not in ".!?"
    return tail not in STOPS and held.full and held.kind == "paragraph"


def _together(held: Part, part: Part) -> Part:
    if held.kind == "table":
        again = part.rows[1:] if part.rows[0] == held.rows[0] else part.rows
        return replace(held, rows=held.rows + again, words=[*held.words, *part.words])
    return replace(held, words=[*held.words, *part.words], full=part.full)


def write(parts: list[Part], writer: Writer) -> None:
    """Write the blocks down in the manner of Markdown."""
    for number, part in enumerate(parts):
        after = parts[number + 1].kind if number + 1 < len(parts) else ""
        if part.kind == "table":
            _write_table(part, writer)
            continue
        if part.kind == "heading":
            writer.mark("#" * part.level + " ")
        elif part.kind == "item":
            writer.mark("  " * part.level + part.marker + " ")
        for place, (text, page) in enumerate(part.words):
            if place:
                writer.mark(" ")
            writer.number = page
            writer.words(text)
        writer.mark("\n" if part.kind == after == "item" else "\n\n")


def _write_table(part: Part, writer: Writer) -> None:
    writer.number = part.words[0][1]
    for number, row in enumerate(table_rows(part.rows)):
        writer.mark("|")
        for cell in row:
            writer.mark(" ")
            writer.words(cell)
            writer.mark(" |")
        writer.mark("\n" + ("|" + "---|" * len(row) + "\n" if number == 0 else ""))
    writer.mark("\n")
