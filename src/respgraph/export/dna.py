"""Corpus and texts -> Discourse Network Analyzer: its project file (.dna, SQLite) and a table of statements.

DNA (Leifeld 2013, 2017) has no import of coded statements, so the project itself is written, in the tables of DNA 3:
one document per text, one statement per claim, its words marked. The coder is ``Admin``, the password ``admin``.
A text that nearly repeats another has the document type "near repeat": with that left out, DNA counts what we count.
In DNA a statement says that an actor agrees or not with a concept: here the concept is the claim put positively
("responsibility of Norrail"), and who denies it does not agree. DNA asks for one concept where many should meet, so the
matter of a responsibility is a variable of its own. Names are cut at DNA's limit of 190 characters; ``quote``,
``matter`` and ``claim`` are not.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import sqlite3
from calendar import timegm
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from respgraph.compare import Said, Source, read_whole
from respgraph.export.annotations import Units, by_document
from respgraph.export.table import cell, day_of
from respgraph.store import View

LIMIT: Final = 190
REPEAT: Final = "near repeat"
NEGATIVE: Final = frozenset({"must-not", "should-not"})
PERSONS: Final = frozenset({"Person"})
# Variable -> its type in DNA. The first four are those of DNA's own statement type.
VARIABLES: Final = {
    "person": "short text", "organization": "short text", "concept": "short text", "agreement": "boolean",
    "type": "short text", "stance": "short text", "modality": "short text", "bearer": "short text",
    "rule": "short text", "hedged": "boolean", "confidence": "integer", "matter": "long text", "quote": "long text",
    "claim": "long text",
}  # fmt: skip
_COLOUR: Final = "Red INTEGER DEFAULT 0, Green INTEGER DEFAULT 0, Blue INTEGER DEFAULT 0"
_PERMISSIONS: Final = (
    "AddDocuments EditDocuments DeleteDocuments ImportDocuments AddStatements EditStatements DeleteStatements "
    "EditAttributes EditRegex EditStatementTypes EditCoders EditCoderRelations ViewOthersDocuments "
    "EditOthersDocuments ViewOthersStatements EditOthersStatements"
).split()
_SCHEMA: Final = (
    "CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL)",
    f"""CREATE TABLE CODERS(ID INTEGER NOT NULL PRIMARY KEY, Name TEXT NOT NULL, {_COLOUR},
        Refresh INTEGER NOT NULL DEFAULT 0, FontSize INTEGER NOT NULL DEFAULT 14, Password TEXT NOT NULL,
        PopupWidth INTEGER DEFAULT 300, ColorByCoder INTEGER NOT NULL DEFAULT 0,
        PopupDecoration INTEGER NOT NULL DEFAULT 0, PopupAutoComplete INTEGER NOT NULL DEFAULT 1,
        {", ".join(f"Permission{name} INTEGER NOT NULL DEFAULT 1" for name in _PERMISSIONS)})""",
    """CREATE TABLE DOCUMENTS(ID INTEGER NOT NULL PRIMARY KEY, Title TEXT NOT NULL, Text TEXT NOT NULL,
        Coder INTEGER REFERENCES CODERS(ID) ON DELETE CASCADE, Author TEXT NOT NULL DEFAULT '',
        Source TEXT NOT NULL DEFAULT '', Section TEXT NOT NULL DEFAULT '', Notes TEXT NOT NULL DEFAULT '',
        Type TEXT NOT NULL DEFAULT '', Date INTEGER NOT NULL)""",
    f"CREATE TABLE STATEMENTTYPES(ID INTEGER NOT NULL PRIMARY KEY, Label TEXT NOT NULL, {_COLOUR})",
    """CREATE TABLE VARIABLES(ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT NOT NULL,
        DataType TEXT NOT NULL DEFAULT 'short text',
        StatementTypeId INTEGER REFERENCES STATEMENTTYPES(ID) ON DELETE CASCADE, UNIQUE (Variable, StatementTypeId))""",
    """CREATE TABLE VARIABLELINKS(ID INTEGER NOT NULL PRIMARY KEY,
        SourceVariableId INTEGER REFERENCES VARIABLES(ID) ON DELETE CASCADE,
        TargetVariableId INTEGER REFERENCES VARIABLES(ID) ON DELETE CASCADE)""",
    f"CREATE TABLE REGEXES(Label TEXT PRIMARY KEY, {_COLOUR})",
    """CREATE TABLE CODERRELATIONS(ID INTEGER NOT NULL PRIMARY KEY,
        Coder INTEGER REFERENCES CODERS(ID) ON DELETE CASCADE,
        OtherCoder INTEGER REFERENCES CODERS(ID) ON DELETE CASCADE,
        viewStatements INTEGER NOT NULL DEFAULT 1, editStatements INTEGER NOT NULL DEFAULT 1,
        viewDocuments INTEGER NOT NULL DEFAULT 1, editDocuments INTEGER NOT NULL DEFAULT 1)""",
    """CREATE TABLE STATEMENTS(ID INTEGER NOT NULL PRIMARY KEY,
        StatementTypeId INTEGER REFERENCES STATEMENTTYPES(ID) ON DELETE CASCADE,
        DocumentId INTEGER REFERENCES DOCUMENTS(ID) ON DELETE CASCADE, Start INTEGER NOT NULL, Stop INTEGER NOT NULL,
        Coder INTEGER REFERENCES CODERS(ID) ON DELETE CASCADE, CHECK (Start < Stop))""",
    f"""CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY NOT NULL,
        VariableId INTEGER NOT NULL REFERENCES VARIABLES(ID) ON DELETE CASCADE,
        Value TEXT NOT NULL DEFAULT '' CHECK (LENGTH(Value) < 191), {_COLOUR},
        ChildOf INTEGER REFERENCES ENTITIES(ID) ON DELETE CASCADE, UNIQUE (VariableId, Value))""",
    *(
        f"""CREATE TABLE {table}(ID INTEGER PRIMARY KEY NOT NULL,
        StatementId INTEGER NOT NULL REFERENCES STATEMENTS(ID) ON DELETE CASCADE,
        VariableId INTEGER NOT NULL REFERENCES VARIABLES(ID) ON DELETE CASCADE, {value},
        UNIQUE (StatementId, VariableId))"""
        for table, value in (
            ("DATABOOLEAN", "Value INTEGER NOT NULL DEFAULT 1"),
            ("DATAINTEGER", "Value INTEGER NOT NULL DEFAULT 0"),
            ("DATASHORTTEXT", "Entity INTEGER NOT NULL REFERENCES ENTITIES(ID) ON DELETE CASCADE"),
            ("DATALONGTEXT", "Value TEXT DEFAULT ''"),
        )
    ),
    """CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY NOT NULL,
        VariableId INTEGER NOT NULL REFERENCES VARIABLES(ID) ON DELETE CASCADE, AttributeVariable TEXT NOT NULL,
        UNIQUE (VariableId, AttributeVariable))""",
    """CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY NOT NULL,
        EntityId INTEGER NOT NULL REFERENCES ENTITIES(ID) ON DELETE CASCADE,
        AttributeVariableId INTEGER NOT NULL REFERENCES ATTRIBUTEVARIABLES(ID) ON DELETE CASCADE,
        AttributeValue TEXT NOT NULL DEFAULT '', UNIQUE (EntityId, AttributeVariableId))""",
)
_TABLES: Final = {
    "boolean": "DATABOOLEAN",
    "integer": "DATAINTEGER",
    "short text": "DATASHORTTEXT",
    "long text": "DATALONGTEXT",
}


def project(view: View, path: Path) -> None:
    """Write a project of DNA 3: texts as documents, claims as statements of its own type "DNA Statement"."""
    corpus, documents = by_document(view)
    with closing(sqlite3.connect(path)) as base:
        for table in _SCHEMA:
            base.execute(table)
        _prepare(base)
        entities: dict[tuple[int, str], int] = {}
        ids = {name: n for n, name in enumerate(VARIABLES, 1)}
        for variable, kind in VARIABLES.items():
            if kind == "short text":
                _entity(base, entities, ids[variable], "")
        count = 0
        for number, (source, text, claims) in enumerate(documents, 1):
            units = Units(text)
            kind = REPEAT if source.iri in corpus.repeats else ""
            row = (number, *_document(source, text, kind))
            base.execute("INSERT INTO DOCUMENTS VALUES (?,?,?,1,'',?,'',?,?,?)", row)
            for c in claims:
                if c.start >= c.end:
                    continue
                count += 1
                place = (count, number, units(c.start), units(c.end))
                base.execute("INSERT INTO STATEMENTS VALUES (?,1,?,?,?,1)", place)
                for variable, value in statement(c).items():
                    kind = VARIABLES[variable]
                    kept = _entity(base, entities, ids[variable], str(value)) if kind == "short text" else value
                    base.execute(
                        f"INSERT INTO {_TABLES[kind]} VALUES (NULL,?,?,?)",  # noqa: S608 - a name of ours
                        (count, ids[variable], kept),
                    )
        base.commit()
        base.execute("VACUUM")


def _prepare(base: sqlite3.Connection) -> None:
    base.execute("INSERT INTO SETTINGS VALUES ('version', '3.0'), ('date', '2022-01-01')")
    base.execute(
        "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (1,'Admin',255,255,0,?)", (_password(),)
    )
    base.execute("INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement', 239, 208, 51)")
    for n, (variable, kind) in enumerate(VARIABLES.items(), 1):
        base.execute("INSERT INTO VARIABLES VALUES (?,?,?,1)", (n, variable, kind))
        if kind == "short text":
            for attribute in ("Type", "Alias", "Notes"):
                base.execute("INSERT INTO ATTRIBUTEVARIABLES VALUES (NULL,?,?)", (n, attribute))


def _entity(base: sqlite3.Connection, known: dict[tuple[int, str], int], variable: int, value: str) -> int:
    value = short(value)
    number = known.get((variable, value))
    if number is None:
        number = known[variable, value] = len(known) + 1
        base.execute("INSERT INTO ENTITIES (ID, VariableId, Value) VALUES (?,?,?)", (number, variable, value))
        attributes = base.execute("SELECT ID FROM ATTRIBUTEVARIABLES WHERE VariableId = ? ORDER BY ID", (variable,))
        rows = [(number, attribute) for (attribute,) in attributes.fetchall()]
        base.executemany("INSERT INTO ATTRIBUTEVALUES VALUES (NULL,?,?,'')", rows)
    return number


def _document(source: Source, text: str, kind: str) -> tuple[str, str, str, str, str, int]:
    """Return title, text, source, notes, type and date; DNA wants a date: an undated text is of 1970 and says so."""
    day = day_of(source.date)
    notes = source.iri if day else f"undated; {source.iri}"
    seconds = timegm(day.timetuple()) if day else 0
    clean = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
    return short(source.title or source.name), clean, short(source.name), notes, kind, seconds


def statement(c: Said) -> dict[str, str | int]:
    """Return the values of a claim's variables, in the order of ``VARIABLES``."""
    speaker, bearer = c.actor("speaker")[1], c.actor("bearer")[1]
    person = c.speaker_kind in PERSONS
    return {
        "person": speaker if person else "",
        "organization": "" if person else speaker,
        "concept": concept(c),
        "agreement": int(agrees(c)),
        "type": c.type,
        "stance": c.stance,
        "modality": c.modality,
        "bearer": bearer,
        "rule": c.rule,
        "hedged": int(c.hedged),
        "confidence": round(100 * c.confidence),
        "matter": c.get("content"),
        "quote": c.quote.replace("\x00", "\ufffd"),
        "claim": c.iri,
    }


def agrees(c: Said) -> bool:
    """Say whether a claim agrees with its concept: denials, refusals and bans do not."""
    return (c.stance == "denies") + (c.polarity == "negative" and c.stance != "denies") + (c.modality in NEGATIVE) != 1


def concept(c: Said) -> str:
    """Return the concept of a claim, put positively, so that who affirms and who denies it meet."""
    bearer, content = c.actor("bearer")[1] or "somebody", c.get("content")
    if c.type == "responsibility":
        return f"responsibility of {bearer}"
    if c.type == "obligation":
        return f"{bearer} {c.modality.removesuffix('-not') or 'must'} {content}".rstrip()
    if c.type == "demand":
        return f"{bearer} is asked: {content}"
    if c.type == "commitment":
        return f"{bearer} will: {content}"
    if c.type == "cause":
        return f"{c.get('cause') or 'something'} causes {c.get('effect') or 'something'}"
    if c.type == "response":
        return f"{c.get('factor')} is met by {c.get('response')}"
    if c.type == "definition":
        return f"{c.get('short')} is {c.get('long')}"
    return c.get("topic") or c.quote


def short(text: str) -> str:
    """Return a text in one line that DNA can keep as a name."""
    text = " ".join(text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8").split())
    return text if len(text) <= LIMIT else text[: LIMIT - 1].rstrip() + "…"


def _password() -> str:
    """Return "admin" as jasypt's StrongPasswordEncryptor keeps it: SHA-256, 100,000 rounds, the salt in front.

    The salt is fixed, for the same graph must give the same file: it protects nothing, and the password is public.
    """
    salt = b"respgraph-export"
    digest = hashlib.sha256(salt + b"admin").digest()
    for _ in range(99_999):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


TABLE: Final = (
    "statement_id time document_id document_title author source section type person organization concept agreement"
).split()


def statements(view: View) -> Iterator[bytes]:
    """Yield the statements as a table with the columns of DNA's own event list, then our variables (CSV with ";").

    For rDNA, R and spreadsheets; a cell that a spreadsheet would run gets an apostrophe.
    """
    corpus = read_whole(view)
    numbers = {s.iri: n for n, s in enumerate(sorted(corpus.sources, key=lambda s: (s.name, s.iri)), 1)}
    extra = [name for name in VARIABLES if name not in TABLE]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([*TABLE, *("claim_type" if name == "type" else name for name in ("type", *extra))])
    for n, c in enumerate((c for c in corpus.claims if c.start < c.end), 1):
        values: dict[str, Any] = statement(c)
        day = day_of(c.when)
        time = f"{day.isoformat()} 00:00:00" if day else ""
        kind = REPEAT if c.source.iri in corpus.repeats else ""
        own = [n, time, numbers[c.source.iri], cell(c.source.title or c.source.name), "", cell(c.source.name), "", kind]
        row = [*own, *(values[name] for name in ("person", "organization", "concept", "agreement", "type", *extra))]
        writer.writerow([cell(v) if isinstance(v, str) else v for v in row])
    yield out.getvalue().encode("utf-8", "replace")
