"""``respgraph extract`` and ``respgraph read``: what stands in a text, as JSON or as lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from respgraph.cli.options import Texts, check_target, extraction_options, hide_controls, one_line
from respgraph.errors import ReadError, StoreError

if TYPE_CHECKING:
    from respgraph.model import Document, Extraction, Origin, Span

# Line ends to some readers of lines (Unicode TR 14), though not to JSON.
BREAKS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}


@click.command(short_help="Texts -> claims as JSON.")
@extraction_options
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(("jsonl", "gold")),
    default="jsonl",
    show_default=True,
    help="One object per text and line, or one ID.json per text with the first five claim types.",
)
@click.option("-o", "--output", metavar="OUT", help="A file (jsonl, default stdout) or a folder (gold).")
def extract(
    files: tuple[str, ...],
    form: str,
    output: str | None,
    pipeline: str | None,
    encoding: str | None,
    text_column: str | None,
    any_language: bool,
    failures: str | None,
    jobs: int,
    min_confidence: float,
) -> None:
    """Read texts and write their claims as JSON, in the order the texts were named.

    Offsets are code points into the text as read; FILE is what `build` takes, and the same rules as there hold for
    texts that cannot be read.

    \b
    Examples:
      respgraph extract report.md | jq '.claims[].evidence.quote'
      respgraph extract articles/ --jobs 4 -o claims.jsonl
      respgraph extract articles/ --format gold -o claims/
    """
    if form == "gold" and output in (None, "-"):
        raise click.UsageError("--format gold writes a file per text; name a folder with -o")
    if form == "jsonl":
        check_target(output, files)
    elif Path(str(output)).exists() and not Path(str(output)).is_dir():
        raise StoreError(str(output), "is a file; --format gold needs a folder")
    texts = Texts(files, encoding, text_column, any_language, failures, output)
    found = texts.extractions(pipeline, jobs, min_confidence, "extracting")
    if form == "gold":
        write_gold(found, Path(str(output)))
    elif output in (None, "-"):
        for line in json_lines(found):
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
    else:
        from respgraph.rdf.write import write_bytes

        write_bytes(str(output), json_lines(found))
    texts.finish()


def json_lines(found: Iterable[Extraction]) -> Iterator[bytes]:
    """Yield one line of UTF-8 JSON per extraction; nothing in it is a line end to anyone."""
    from respgraph.exchange import to_json

    return (to_line(to_json(extraction)) for extraction in found)


def to_line(value: dict[str, Any]) -> bytes:
    """Return an object as one line of JSON in UTF-8.

    >>> to_line({"quote": "caf\\u00e9\\u2028"})
    b'{"quote": "caf\\xc3\\xa9\\\\u2028"}\\n'
    """
    return (json.dumps(value, ensure_ascii=False).translate(BREAKS) + "\n").encode("utf-8", "replace")


def write_gold(found: Iterable[Extraction], folder: Path) -> None:
    """Write ID.json per text; the ID is the file's stem, with a part of its hash where two share a stem."""
    from respgraph.exchange import gold_json
    from respgraph.rdf.write import write_bytes

    files = {}
    for extraction in found:
        name = Path(extraction.document.name).stem
        name = name if name not in files else f"{name}-{extraction.document.id[:8]}"
        value = gold_json(extraction) | {"id": name}
        files[name] = (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_bytes(folder / f"{name}.json", [data])


@click.command(short_help="What was understood of a file: its title, blocks, tables.")
@click.argument("file")
@click.option("--encoding", metavar="NAME", help="Encoding of the text if it is not UTF-8.")
@click.option("--text-column", metavar="NAME", help="Column with the text in a corpus of rows.  [default: text]")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="Documents of a corpus to show."
)
@click.option(
    "-f", "--format", "form", type=click.Choice(("lines", "json")), default="lines", show_default=True,
    help="Lines to look at, or one JSON object per document.",
)  # fmt: skip
def read(file: str, encoding: str | None, text_column: str | None, limit: int, form: str) -> None:
    """Show what was understood of a file before any claim is looked for: its blocks with their offsets.

    Before each block stands where it is in the text as read, and where that came from: a page of a PDF file (p2), a
    paragraph of a DOCX file (¶7), characters of an HTML source (1204-1310). The language is shown, whatever it is.

    \b
    Examples:
      respgraph read report.pdf
      respgraph read corpus.jsonl --text-column body --limit 1
      respgraph read https://example.org/statement --format json | jq .authors
    """
    from respgraph.read import find_sources, read_documents

    failed: list[ReadError] = []
    shown = 0
    if file and Path(file).is_dir():
        raise ReadError(file, "this is a folder, not a file")
    for source in find_sources([file], encoding=encoding, text_column=text_column, any_language=True):
        for document in islice(read_documents(source), limit):
            if isinstance(document, ReadError):
                failed.append(document)
                continue
            if form == "json":
                sys.stdout.buffer.write(to_line(block_json(document)))
            else:
                click.echo(hide_controls("\n".join(block_lines(document))))
            shown += 1
    if failed and not shown:
        raise failed[0]
    for error in failed:
        click.echo(f"respgraph: {one_line(str(error))}", err=True)
    if failed:
        raise click.exceptions.Exit(1)


def block_lines(document: Document) -> Iterator[str]:
    """Yield a line per block: offsets, kind, marker and label, first words; table cells below their table."""
    from respgraph.read.language import language_name

    title, date = document.title or "no title", document.date or "undated"
    yield f"{document.name}: {title}, {date}, {len(document.text):,} characters"
    origin = document.origin
    unusual = origin is not None or document.language != "en"  # a text in English needs no word about it
    about = (
        ("author", "; ".join(document.authors)),
        ("site", document.site),
        ("url", document.url),
        ("language", language_name(document.language) if document.language and unusual else None),
        ("doubtful", document.doubt),
        ("taken from", f"{origin.media_type}, sha256 {origin.sha256[:16]}" if origin else None),
    )
    yield from (f"  {key}: {shorten(value, 200)}" for key, value in about if value)
    for block in document.blocks:
        label = f"[{block.label.of(document.text)}] " if block.label else ""
        where = f"{block.span.start:>7}-{block.span.end:<7}"
        if origin is not None:
            where += f" {place_words(origin, block.span):<13}"
        words = " ".join(block.span.of(document.text).split())
        kind = f"{block.kind}{block.level or ''}"
        if block.table is None:
            yield f"{where} {'  ' * block.level * (block.kind == 'item')}{kind:<10} {label}{shorten(words)}"
            continue
        caption = block.table.caption
        yield f"{where} {kind:<10} {shorten(' '.join(caption.of(document.text).split())) if caption else ''}"
        for row in (block.table.header, *block.table.rows):
            yield " " * len(where) + " " * 12 + " | ".join(shorten(cell.of(document.text), 40) for cell in row.cells)


def place_words(origin: Origin, span: Span) -> str:
    """Return where a span stands in the file it was taken out of.

    >>> from respgraph.model import Origin, Place, Span
    >>> place_words(Origin("application/pdf", "", "page", (Place(Span(0, 9), 2, 2),)), Span(1, 5))
    'p2'
    """
    found = origin.locate(span)
    if found is None:
        return ""
    first, last = found
    mark = {"page": "p", "paragraph": "¶"}.get(origin.unit, "")
    return f"{mark}{first}" if first == last else f"{mark}{first}-{last}"


def block_json(document: Document) -> dict[str, Any]:
    """Return name, metadata, hash and the blocks with their offsets, and where each block stands in its file."""
    from dataclasses import asdict

    origin = document.origin
    return {
        "document": document.name,
        "sha256": document.sha256,
        "title": document.title,
        "date": document.date,
        "authors": list(document.authors),
        "language": document.language,
        "site": document.site,
        "url": document.url,
        "doubt": document.doubt,
        "origin": None
        if origin is None
        else {"media_type": origin.media_type, "sha256": origin.sha256, "unit": origin.unit},
        "blocks": [
            asdict(block) | ({} if origin is None else {"place": origin.locate(block.span)})
            for block in document.blocks
        ],
    }


def shorten(words: str, most: int = 76) -> str:
    """Return the words, cut to a line.

    >>> shorten("a long sentence", 8)
    'a long …'
    """
    return words if len(words) <= most else words[: most - 1].rstrip() + " …"
