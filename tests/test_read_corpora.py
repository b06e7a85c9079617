"""Files that hold many documents: a row is a document, a bad row a failure with its place, and the run goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from respgraph.errors import ReadError
from respgraph.model import Document
from respgraph.read import find_sources, read_documents

ROWS = [
    {"id": "a1", "text": "The council must repair the road.", "title": "Roads", "date": "2024-03-05T10:00:00Z"},
    {"id": "a2", "text": "The mayor denied responsibility.", "author": "A. Byron", "url": "https://example.org/2"},
]


def documents(path: Path, text_column: str | None = None) -> list[Document | ReadError]:
    [source] = find_sources([path], text_column=text_column)
    assert source.many
    return list(read_documents(source))


def test_each_json_line_is_a_document_with_what_its_columns_say(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)) + "\n\n")
    first, second = documents(path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.name, first.text, first.title, first.date) == (
        "news.jsonl#a1",
        ROWS[0]["text"],
        "Roads",
        "2024-03-05",
    )
    assert (second.name, second.authors, second.url) == ("news.jsonl#a2", ("A. Byron",), "https://example.org/2")


def test_bad_lines_say_where_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(
        b'{"text": "One must act."}\n{"text": \n{"text": ""}\n[1]\n{"text": 5}\n{"text": "\xff"}\n'
        + b"[" * 100_000
        + b'\n{"text": "Two must act."}'
    )
    found = documents(path)
    assert [d.name for d in found if isinstance(d, Document)] == ["news.jsonl#1", "news.jsonl#8"]
    assert [(e.where, e.why) for e in found if isinstance(e, ReadError)] == [
        ("line 2", "not JSON: Expecting value"),
        ("row 3", "no text in column 'text'"),
        ("line 4", "not a JSON object"),
        ("row 5", "column 'text' holds int, not text"),
        ("line 6", "not valid UTF-8 (0xFF)"),
        ("line 7", "not JSON: too deep or too long a value"),
    ]


def test_a_csv_file_is_read_by_the_column_named(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text('ref,headline,body\n1,Roads,"The council\nmust act, soon."\n2,Dams,\n')
    first, second = documents(path, "body")
    assert isinstance(first, Document)
    assert (first.text, first.title, first.name) == ("The council\nmust act, soon.", "Roads", "news.csv#1")
    assert isinstance(second, ReadError)
    [error] = documents(path)
    assert str(error).endswith("no column 'text' (there are: ref, headline, body); name the text's with --text-column")


def test_csv_files_in_a_folder_are_texts_only_if_a_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\nOne must act.\n")
    (tmp_path / "b.txt").write_text("Two must act.")
    (tmp_path / "graph.failures.jsonl").write_text("{}")
    assert [Path(s.name).name for s in find_sources([tmp_path])] == ["b.txt"]
    assert [Path(s.name).name for s in find_sources([tmp_path], text_column="text")] == ["a.csv", "b.txt"]


def test_a_pattern_gives_its_files_sorted_and_one_without_files_is_an_error(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "3.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("One must act.")
    found = list(find_sources([str(tmp_path / "**" / "*.txt")]))
    assert [s.document_name for s in found] == ["3.txt", "1.txt", "2.txt"]
    assert all(s.found for s in found)
    with pytest.raises(ReadError, match="no file has a name like this"):
        list(find_sources([str(tmp_path / "*.pdf")]))
