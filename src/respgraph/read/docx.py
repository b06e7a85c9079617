"""DOCX -> a text in the manner of Markdown, each stretch with the number of its paragraph in the file.

Headings, lists and tables are told by styles and numbering. Text that a reviewer inserted counts, text that was
deleted does not. A text box follows the paragraph it hangs on, footnotes and endnotes follow the text, and their place
is the paragraph they hang on; headers, footers and comments are left out. A file is a ZIP archive: what it would unpack
to is added up before anything is unpacked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from respgraph.errors import ReadError
from respgraph.read.limits import RATIO, SLACK, UNPACKED
from respgraph.read.records import language_code
from respgraph.read.rendering import Rendered, Writer, table_rows

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALTERNATE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DROPPED: Final = frozenset(
    (W + "del", W + "moveFrom", W + "pPr", W + "rPr", W + "txbxContent", W + "instrText", ALTERNATE, W + "tbl")
)
HEADING: Final = re.compile(r"heading (\d)|title|subtitle", re.IGNORECASE)
NOTES: Final = {
    W + "footnoteReference": ("footnotes", W + "footnote"),
    W + "endnoteReference": ("endnotes", W + "endnote"),
}
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MOST_LEVELS: Final = 8


def render_docx(data: bytes, name: str) -> Rendered:
    """Return the text of a DOCX file.

    Raises:
        ReadError: No DOCX file, a damaged or encrypted one, one that unpacks to too much, or no text in it.
    """
    from hashlib import sha256

    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    refuse_bomb(data, name)
    try:
        opened = Document(io.BytesIO(data))
        writer = Writer()
        paragraphs = Paragraphs(opened)
        for block in paragraphs.blocks(opened.element.body):
            paragraphs.write(block, writer)
        paragraphs.write_notes(opened, writer)
        values = _said_of_itself(opened)
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        AttributeError,
        LxmlError,
        BadZipFile,
        OSError,
        EOFError,
    ) as error:
        raise ReadError(name, f"not a DOCX file that can be read: {' '.join(str(error).split())[:200]}") from error
    if not writer.text().strip():
        raise ReadError(name, "no text in this DOCX file (only pictures?)")
    return Rendered(
        text=writer.text(),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        unit="paragraph",
        sha256=sha256(data).hexdigest(),
        runs=writer.runs,
        title=values[0],
        authors=re.split(r"\s*;\s*", values[1]),
        language=language_code(values[2]),
    )


def _said_of_itself(opened: Any) -> tuple[str, str, str]:
    """Return title, author and language, empty where the file does not say.

    The library would make up what is missing, with the time of day. When a file was made is not when it was said.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        opened.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    except KeyError:
        return "", "", ""
    about = opened.core_properties
    return about.title or "", about.author or "", about.language or ""


def refuse_bomb(data: bytes, name: str) -> None:
    """Raise ReadError for an archive that would unpack to more than we hold, or is none.

    Raises:
        ReadError: Not a ZIP archive, no Word document in it, or too much.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError(name, "not a DOCX file: a damaged or truncated ZIP archive") from error
    size = sum(entry.file_size for entry in entries)
    if size > UNPACKED or (size > SLACK and size > RATIO * len(data)):
        raise ReadError(name, f"would unpack to {size:,} bytes, too many for {len(data):,} (a bomb?)")
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names or not any(known.startswith("word/") for known in names):
        raise ReadError(name, "a ZIP archive, but no DOCX file")


class Paragraphs:
    """The blocks of an opened file: paragraphs and tables, with what their styles say."""

    def __init__(self, opened: Any) -> None:
        """Look up the styles, and whether lines rather than paragraphs end each paragraph."""
        self.styles = {style.style_id: style for style in opened.styles}
        self.numbers = _numberings(opened)
        self.number = 0
        self.fixed = 0
        self.notes: dict[tuple[str, str], int] = {}
        self.wrapped = _is_wrapped([_text(node) for node in opened.element.body.iter(W + "p")])
        self.in_list = False

    def blocks(self, parent: Any) -> Iterator[Any]:
        """Yield paragraphs and tables in order, also those in content controls."""
        for child in parent:
            if child.tag in (W + "p", W + "tbl"):
                yield child
            elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml", W + "smartTag"):
                yield from self.blocks(child)

    def write(self, block: Any, writer: Writer) -> None:
        """Write a paragraph or a table."""
        if block.tag == W + "tbl":
            self.write_table(block, writer)
            return
        self.number += not self.fixed
        writer.number = self.fixed or self.number
        text = _text(block).strip()
        level, item = self.role(block)
        if self.in_list and item is None and text:
            writer.mark("\n")
        self.in_list = item is not None and bool(text)
        if not text:
            writer.mark("\n")
        elif item is not None:
            writer.mark("  " * min(item[0], MOST_LEVELS) + item[1] + " ")
            writer.words(" ".join(text.split()))
            writer.mark("\n")
        elif level:
            writer.mark("#" * min(level, 6) + " ")
            writer.words(" ".join(text.split()))
            writer.mark("\n\n")
        else:
            bold = "**" if _is_bold(block) and "\n" not in text and "**" not in text else ""
            writer.mark(bold)
            writer.words("\n".join(" ".join(line.split()) for line in text.split("\n")))
            writer.mark(bold + ("\n" if self.wrapped else "\n\n"))
        self.write_hanging(block, writer, writer.number)

    def write_hanging(self, paragraph: Any, writer: Writer, number: int) -> None:
        """Write the text boxes that hang on a paragraph, and keep its notes for the end."""
        for node in _shown(paragraph):
            if node.tag in NOTES:
                self.notes.setdefault((node.tag, node.get(W + "id") or ""), number)
            elif node.tag == W + "txbxContent":
                self.write_at(node, writer, number)

    def write_at(self, parent: Any, writer: Writer, number: int) -> None:
        """Write paragraphs that do not stand in the text, all in the place of one that does."""
        before, self.fixed = self.fixed, number
        writer.mark("\n" if self.in_list else "")
        self.in_list = False
        for block in self.blocks(parent):
            self.write(block, writer)
        self.fixed = before

    def write_notes(self, opened: Any, writer: Writer) -> None:
        """Write the notes that the text refers to, in the order in which it does."""
        known: dict[str, dict[str, Any]] = {}
        for (tag, name), number in list(self.notes.items()):
            kind, element = NOTES[tag]
            if kind not in known:
                known[kind] = {node.get(W + "id") or "": node for node in _part(opened, kind).iter(element)}
            if name in known[kind]:
                writer.mark("\n")
                self.write_at(known[kind][name], writer, number)

    def write_table(self, table: Any, writer: Writer) -> None:
        """Write a table as rows between bars; one of a single column, or with tables in it, as paragraphs."""
        rows = [[cell for cell in row if cell.tag == W + "tc"] for row in table if row.tag == W + "tr"]
        nested = next(table.iter(W + "tbl"), None) is not None and len(list(table.iter(W + "tbl"))) > 1
        if nested or max(map(len, rows), default=0) < 2:
            for cell in (cell for row in rows for cell in row):
                for block in self.blocks(cell):
                    self.write(block, writer)
            return
        writer.mark("\n")
        first = self.fixed or self.number
        texts = [[" ".join(_text(p) for p in self.blocks(cell)) for cell in _spread(row)] for row in rows]
        count = sum(1 for _ in table.iter(W + "p"))
        per_row = [sum(1 for cell in row for _ in cell.iter(W + "p")) for row in rows]
        for number, row in enumerate(table_rows(texts)):
            writer.number = self.fixed or first + sum(per_row[:number]) + 1
            writer.mark("|")
            for cell in row:
                writer.mark(" ")
                writer.words(cell)
                writer.mark(" |")
            writer.mark("\n" + ("|" + "---|" * len(row) + "\n" if number == 0 else ""))
        self.number += 0 if self.fixed else count
        writer.mark("\n")
        for number, paragraph in enumerate(table.iter(W + "p"), first + 1):
            self.write_hanging(paragraph, writer, self.fixed or number)

    def role(self, paragraph: Any) -> tuple[int, tuple[int, str] | None]:
        """Return the level of a heading (0 for none) and, of a list item, its depth and marker."""
        properties = paragraph.find(W + "pPr")
        style = None
        if properties is not None and (named := properties.find(W + "pStyle")) is not None:
            style = self.styles.get(named.get(W + "val"))
        name = style.name or "" if style is not None else ""
        if found := HEADING.fullmatch(name.strip()):
            return int(found[1] or 1), None
        outline = properties.find(W + "outlineLvl") if properties is not None else None
        if outline is not None and (outline.get(W + "val") or "9").isdigit() and int(outline.get(W + "val")) < 6:
            return int(outline.get(W + "val")) + 1, None
        numbered = properties.find(W + "numPr") if properties is not None else None
        if numbered is None and style is not None and style.element.pPr is not None:
            numbered = style.element.pPr.find(W + "numPr")
        if numbered is not None:
            depth, marker = self.marker(numbered)
            return 0, (depth, marker) if marker else None
        return 0, (0, "-") if name.lower().startswith(("list bullet", "list number")) else None

    def marker(self, numbered: Any) -> tuple[int, str]:
        """Return depth and marker of a numbered paragraph; an empty marker where numbering is switched off."""
        depth_node, id_node = numbered.find(W + "ilvl"), numbered.find(W + "numId")
        depth = depth_node.get(W + "val") if depth_node is not None else "0"
        number = id_node.get(W + "val") if id_node is not None else "0"
        level = int(depth) if depth and depth.isdigit() else 0
        if number == "0":
            return level, ""
        form = self.numbers.get((number, level), "bullet")
        if form == "none":
            return level, ""
        return level, "-" if form == "bullet" else "1."


def _numberings(opened: Any) -> dict[tuple[str, int], str]:
    """Return (numbering, level) -> its form: bullet, decimal, lowerLetter ..."""
    try:
        root = opened.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return {}
    abstract: dict[str, dict[int, str]] = {}
    for node in root.iter(W + "abstractNum"):
        forms = {}
        for level in node.iter(W + "lvl"):
            form = level.find(W + "numFmt")
            if form is not None and (level.get(W + "ilvl") or "").isdigit():
                forms[int(level.get(W + "ilvl"))] = form.get(W + "val") or "bullet"
        abstract[node.get(W + "abstractNumId") or ""] = forms
    out = {}
    for node in root.iter(W + "num"):
        link = node.find(W + "abstractNumId")
        for level, form in abstract.get(link.get(W + "val") if link is not None else "", {}).items():
            out[node.get(W + "numId") or "", level] = form
    return out


def _spread(row: list[Any]) -> list[Any]:
    """Return the cells of a row, one that spans columns followed by as many empty ones."""
    out: list[Any] = []
    for cell in row:
        out.append(cell)
        properties = cell.find(W + "tcPr")
        span = properties.find(W + "gridSpan") if properties is not None else None
        width = span.get(W + "val") if span is not None else "1"
        out += [()] * (min(int(width), 50) - 1 if width and width.isdigit() else 0)
    return out


def _part(opened: Any, kind: str) -> Any:
    """Return the root of a part of the file: footnotes or endnotes; an empty element if it has none."""
    from docx.oxml.parser import OxmlElement, parse_xml

    try:
        return parse_xml(opened.part.part_related_by(RELATIONS + kind).blob)
    except KeyError:
        return OxmlElement("w:" + kind)


def _text(node: Any) -> str:
    """Return the text of a paragraph as it would be printed, line breaks kept."""
    said = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
    return "".join(child.text or "" if child.tag == W + "t" else said.get(child.tag, "") for child in _shown(node))


def _shown(node: Any) -> Iterator[Any]:
    """Yield what is in a paragraph in order, without what is deleted; a text box comes as one, not what is in it."""
    waiting = [iter(node)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            continue
        if child.tag not in DROPPED:
            waiting.append(iter(child))
        if child.tag not in DROPPED or child.tag == W + "txbxContent":
            yield child


def _is_bold(paragraph: Any) -> bool:
    """Say whether all of a short paragraph is bold: what writers without styles use for headings."""
    runs = [run for run in paragraph.iter(W + "r") if "".join(t.text or "" for t in run.iter(W + "t")).strip()]
    bold = [run.find(W + "rPr/" + W + "b") for run in runs]
    return bool(runs) and all(mark is not None and mark.get(W + "val") not in ("0", "false") for mark in bold)


def _is_wrapped(paragraphs: list[str]) -> bool:
    """Say whether each paragraph is a line of a hard-wrapped text, with empty paragraphs between the real ones."""
    pairs = [(a.rstrip(), b.lstrip()) for a, b in pairwise(paragraphs) if a.strip() and b.strip()]
    torn = sum(a[-1] not in ".!?:;" and b[0].islower() for a, b in pairs)
    return bool(pairs) and torn >= 3 and torn >= 0.25 * len(pairs) and any(not p.strip() for p in paragraphs)
