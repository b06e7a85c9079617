"""Corpus -> tables: CSV, a folder of CSV with its CSVW metadata, Neo4j's import files, Excel, Parquet.

In CSV a cell that a spreadsheet would run as a formula gets an apostrophe before it (`= + - @`, tab, carriage
return), whoever is to read it: a file that ends in .csv is opened with a double click. In Excel and Parquet a text
is a text and stays as it is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from respgraph.compare import Corpus, read_links, read_whole
from respgraph.errors import MissingExtraError, StoreError
from respgraph.export.network import NODE, edges_of, nodes_of
from respgraph.export.table import (
    ACTORS,
    CLAIMS,
    DOCUMENTS,
    LINKS,
    NOT_XML,
    Column,
    Row,
    Value,
    actor_rows,
    cell,
    claim_rows,
    document_rows,
    link_rows,
)
from respgraph.store import View
from respgraph.vocab import CLAIM_CLASSES

Files = Iterator[tuple[str, Iterable[bytes]]]
_BATCH: Final = 500
_ROW_GROUP: Final = 65_536
EDGE_COLUMNS: Final = (
    Column("Source", "text", "Id of the node the claim comes from: who says it"),
    Column("Target", "text", "Id of the node it goes to: the bearer, else what it is about"),
    Column("Type", "category", "Directed"),
    Column("Id", "text", "The claim in the graph"),
    Column("Label", "category", "Type, stance and modality"),
    Column("quote", "text", "The words that say so"),
    Column("document", "category", "Name the document was read under"),
)
NODE_COLUMNS: Final = (Column("Id", "text", "The node"), Column("Label", "text", "Its name"), *NODE)


def claims_csv(view: View) -> Iterator[bytes]:
    """Yield the claims as CSV (RFC 4180, UTF-8): one row per claim."""
    return _csv(CLAIMS, claim_rows(read_whole(view)))


def csvw(view: View) -> Files:
    """Yield claims, nodes, edges, documents and links as CSV files, and their CSVW metadata.

    ``nodes.csv`` and ``edges.csv`` have the column names that Gephi's spreadsheet import looks for.
    """
    corpus = read_whole(view)
    edge_rows = (
        (e.source, e.target, "Directed", e.id, e.label, e.cells[_QUOTE], e.cells[_DOCUMENT]) for e in edges_of(corpus)
    )
    node_rows = ((n.id, n.name, *n.cells) for n in nodes_of(corpus))
    tables: tuple[tuple[str, tuple[Column, ...], Iterable[Row], str], ...] = (
        ("claims.csv", CLAIMS, claim_rows(corpus), "claim"),
        ("nodes.csv", NODE_COLUMNS, node_rows, "Id"),
        ("edges.csv", EDGE_COLUMNS, edge_rows, "Id"),
        ("documents.csv", DOCUMENTS, document_rows(corpus), "document"),
        ("links.csv", LINKS, link_rows(read_links(view, corpus)), ""),
    )
    for name, columns, rows, _ in tables:
        yield name, _csv(columns, rows)
    yield "csv-metadata.json", [_metadata([(name, columns, key) for name, columns, _, key in tables])]


_QUOTE: Final = [c.name for c in CLAIMS if c.name not in ("speaker_iri", "bearer_iri", "claim")].index("quote")
_DOCUMENT: Final = [c.name for c in CLAIMS if c.name not in ("speaker_iri", "bearer_iri", "claim")].index("document")
_DATATYPES: Final = {"integer": "integer", "decimal": "decimal", "boolean": "boolean", "day": "date"}


def _metadata(tables: Iterable[tuple[str, tuple[Column, ...], str]]) -> bytes:
    """Return CSVW metadata of a group of tables (W3C Recommendation 2015, section 5)."""
    held = []
    for name, columns, key in tables:
        schema: dict[str, Any] = {
            "columns": [
                {
                    "name": c.name,
                    "titles": c.name,
                    "dc:description": c.meaning,
                    "datatype": _DATATYPES.get(c.kind, "string"),
                }
                for c in columns
            ]
        }
        if key:
            schema["primaryKey"] = key
        held.append({"url": name, "tableSchema": schema})
    value = {"@context": "http://www.w3.org/ns/csvw", "dc:creator": "respgraph", "tables": held}
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def _csv(columns: Iterable[Column | str], rows: Iterable[Row]) -> Iterator[bytes]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([c if isinstance(c, str) else c.name for c in columns])
    for count, row in enumerate(rows, 1):
        writer.writerow([cell(value) for value in row])
        if count % _BATCH == 0:
            yield out.getvalue().encode("utf-8", "replace")
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode("utf-8", "replace")


def neo4j(view: View) -> Files:
    """Yield the files of ``neo4j-admin database import full``: nodes of three labels, and their relationships.

    A quote may run over several lines, so the import needs ``--multiline-fields=true``.
    """
    corpus = read_whole(view)
    at = {c.name: n for n, c in enumerate(CLAIMS)}
    typed = {"integer": ":long", "decimal": ":double", "boolean": ":boolean", "day": ":date"}
    held = [c for c in CLAIMS if c.name != "claim"]
    names = ["iri:ID(Claim)", *(c.name + typed.get(c.kind, "") for c in held), ":LABEL"]
    claims = (
        (row[at["claim"]], *(row[at[c.name]] for c in held), f"Claim;{CLAIM_CLASSES[str(row[0])]}")
        for row in claim_rows(corpus)
    )
    yield "claims.csv", _csv(names, claims)
    actor_names = ["iri:ID(Actor)", *(c.name + typed.get(c.kind, "") for c in ACTORS[:-1]), ":LABEL"]
    actors = ((row[-1], *row[:-1], f"Actor;{row[1]}" if row[1] else "Actor") for row in actor_rows(corpus))
    yield "actors.csv", _csv(actor_names, actors)
    document_names = ["iri:ID(Document)", *(c.name + typed.get(c.kind, "") for c in DOCUMENTS[:-1]), ":LABEL"]
    documents = ((row[-1], *row[:-1], "Document") for row in document_rows(corpus))
    yield "documents.csv", _csv(document_names, documents)
    roles = (("speaker", "SPEAKER"), ("bearer", "BEARER"), ("counterpart", "COUNTERPART"), ("responder", "RESPONDER"))
    named = ((c.iri, iri, kind) for c in corpus.claims for role, kind in roles for iri in [c.actor(role)[0]] if iri)
    yield "claim-actor.csv", _csv([":START_ID(Claim)", ":END_ID(Actor)", ":TYPE"], named)
    stands = ((c.iri, c.source.iri, "STANDS_IN") for c in corpus.claims)
    yield "claim-document.csv", _csv([":START_ID(Claim)", ":END_ID(Document)", ":TYPE"], stands)
    terms = {"contradicts": "CONTRADICTS", "shiftsFrom": "SHIFTS_FROM", "conflictsWith": "CONFLICTS_WITH"}
    known = {c.iri for c in corpus.claims}
    links = ((a, b, terms[kind]) for kind, a, b in sorted(read_links(view, corpus)) if a in known and b in known)
    yield "claim-claim.csv", _csv([":START_ID(Claim)", ":END_ID(Claim)", ":TYPE"], links)
    ties = (("unitOf", "UNIT_OF"), ("speaksFor", "SPEAKS_FOR"), ("member", "MEMBER"))
    between = (
        (iri, other, kind)
        for iri, values in corpus.actors.items()
        for name, kind in ties
        for other in sorted(values.get(name, ()))
        if other in corpus.actors
    )
    yield "actor-actor.csv", _csv([":START_ID(Actor)", ":END_ID(Actor)", ":TYPE"], between)


EXCEL_ROWS: Final = 1_048_575
EXCEL_CELL: Final = 32_767
_WIDE: Final = {"quote": 70, "content": 40, "name": 34, "speaker": 24, "bearer": 24, "claim": 20, "meaning": 90}


def xlsx(view: View, path: Path) -> None:
    """Write the claims, actors, documents and links as an Excel workbook; every text is a text, never a formula.

    Raises:
        StoreError: More claims than a sheet has rows.
    """
    import xlsxwriter

    corpus = read_whole(view)
    links = read_links(view, corpus)
    if len(corpus.claims) > EXCEL_ROWS:
        raise StoreError(path.name, f"{len(corpus.claims):,} claims do not fit into a sheet of {EXCEL_ROWS:,} rows")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options | {"strings_to_numbers": False}) as book:
        book.set_properties({"title": "Claims", "author": "respgraph", "created": datetime(2000, 1, 1)})
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        styles = {
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
            "number": book.add_format({"valign": "top"}),
        }
        sheets: tuple[tuple[str, tuple[Column, ...], Callable[[Corpus], Iterable[Row]], int], ...] = (
            ("Claims", CLAIMS, claim_rows, len(corpus.claims)),
            ("Actors", ACTORS, actor_rows, len(corpus.actors)),
            ("Documents", DOCUMENTS, document_rows, len(corpus.sources)),
            ("Links", LINKS, lambda _: link_rows(links), len(links)),
            ("Columns", _GLOSSARY, _glossary, len(CLAIMS)),
        )
        for name, columns, rows, count in sheets:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, count, len(columns) - 1)
            for n, column in enumerate(columns):
                sheet.set_column(n, n, _WIDE.get(column.name, 14))
                sheet.write_string(0, n, column.name, head)
            for at, row in enumerate(rows(corpus), 1):
                for n, value in enumerate(row):
                    _excel_cell(sheet, at, n, value, styles)


_GLOSSARY: Final = (Column("name", "text", ""), Column("kind", "text", ""), Column("meaning", "text", ""))


def _glossary(_: Corpus) -> Iterator[Row]:
    return ((c.name, c.kind, c.meaning) for c in CLAIMS)


def _excel_cell(sheet: Any, at: int, n: int, value: Value, styles: dict[str, Any]) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(at, n, excel_text(value), styles["text"])
    elif isinstance(value, bool):
        sheet.write_boolean(at, n, value, styles["number"])
    elif isinstance(value, date):
        if value.year >= 1900:
            sheet.write_datetime(at, n, datetime(value.year, value.month, value.day), styles["day"])
        else:
            sheet.write_string(at, n, value.isoformat(), styles["day"])
    elif value is not None:
        sheet.write_number(at, n, value, styles["number"])


def excel_text(text: str) -> str:
    r"""Return a text that a cell can hold: U+FFFD for what XML cannot, and no more than 32,767 UTF-16 units.

    >>> len(excel_text("x" * 40_000)), excel_text("a\x00b")
    (32767, 'a\ufffdb')
    """
    text = NOT_XML.sub("\ufffd", text)
    if len(text.encode("utf-16-le")) > 2 * EXCEL_CELL:
        mark = " [cut by Excel's limit]"
        text = text.encode("utf-16-le")[: 2 * (EXCEL_CELL - len(mark))].decode("utf-16-le", "ignore") + mark
    return text


def parquet(view: View, path: Path) -> None:
    """Write the claims as Parquet, one row per claim."""
    parquet_of(read_whole(view), path)


def parquet_of(corpus: Corpus, path: Path) -> None:
    """Write the claims of a corpus as Parquet: row groups of 65,536, Zstandard, categories as dictionaries.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("frames", "pyarrow") from error

    kinds = {
        "text": pa.string(),
        "category": pa.dictionary(pa.int32(), pa.string()),
        "day": pa.date32(),
        "integer": pa.int64(),
        "decimal": pa.float64(),
        "boolean": pa.bool_(),
    }
    fields = [pa.field(c.name, kinds[c.kind], metadata={"description": c.meaning}) for c in CLAIMS]
    schema = pa.schema(fields, metadata={"creator": "respgraph"})

    def column(c: Column, values: Any) -> Any:
        if c.kind == "category":
            return pa.array(values, pa.string()).dictionary_encode()
        return pa.array(values, kinds[c.kind])

    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in _groups(claim_rows(corpus), _ROW_GROUP):
            columns = zip(*rows, strict=True) if rows else iter([()] * len(CLAIMS))
            arrays = [column(c, values) for c, values in zip(CLAIMS, columns, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _groups(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield the rows in lists of some size; one empty list if there are none."""
    held: list[Row] = []
    empty = True
    for row in rows:
        held.append(row)
        if len(held) == size:
            yield held
            held, empty = [], False
    if held or empty:
        yield held
