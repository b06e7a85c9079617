"""Files, folders and standard input; what cannot be read says where and why in one line."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from respgraph.errors import ReadError
from respgraph.read import documents as documents_module
from respgraph.read import find_sources, read_path, read_source


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_file_keeps_its_text_and_its_name(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "El Niño came.\r\nThe mayor fled.\r\n".encode())
    document = read_path(path)
    assert document.text == "El Niño came.\r\nThe mayor fled.\r\n"
    assert document.name == "a.txt"


def test_a_document_is_called_the_same_wherever_its_folder_stands(tmp_path: Path) -> None:
    for place in ("here", "there"):
        write(tmp_path / place / "news" / "may" / "a.txt", b"The mayor must pay.")
    names = [[read_source(s).name for s in find_sources([tmp_path / place / "news"])] for place in ("here", "there")]
    assert names == [["news/may/a.txt"], ["news/may/a.txt"]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_understood_and_dropped(tmp_path: Path, encoding: str) -> None:
    assert read_path(write(tmp_path / "a.txt", "Łódź pays.".encode(encoding))).text == "Łódź pays."


def test_an_encoding_can_be_given(tmp_path: Path) -> None:
    assert read_path(write(tmp_path / "a.txt", "Málaga pays.".encode("latin-1")), encoding="latin-1").text == (
        "Málaga pays."
    )


@pytest.mark.parametrize(
    ("data", "where", "why"),
    [
        (b"", None, "empty"),
        (b" \n\t\r\n", None, "only white space"),
        (b"plain \xe9t\xe9", "byte 6", "latin-1"),
        (b"\x93quoted\x94 words", "byte 0", "cp1252"),
        (b"abc\x00def", "byte 3", "binary"),
        ("Wide letters".encode("utf-16-le"), "byte 1", "utf-16-le"),
        (b"ab\x01\x02\x03\x04\x05 cd", "character 2", "control characters"),
        (b"%PDF-1.7 ...", None, "PDF"),
        (b"PK\x03\x04....", None, "DOCX"),
    ],
    ids=["empty", "blank", "latin-1", "cp1252", "nul", "utf-16", "control", "pdf", "docx"],
)
def test_bad_content_names_the_file_the_place_and_the_reason(
    tmp_path: Path, data: bytes, where: str | None, why: str
) -> None:
    path = write(tmp_path / "bad.txt", data)
    with pytest.raises(ReadError) as caught:
        read_path(path)
    message = str(caught.value)
    assert caught.value.source == str(path)
    assert caught.value.where == where
    assert why in message
    assert "\n" not in message


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file or folder"):
        read_path(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="no such file or folder"):
        list(find_sources([tmp_path / "none"]))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="folder"):
        read_path(tmp_path)


def test_an_unknown_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="unknown encoding 'klingon'"):
        read_path(write(tmp_path / "a.txt", b"x"), encoding="klingon")


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents_module, "LARGEST", 10)
    with pytest.raises(ReadError, match="11 bytes are too many"):
        read_path(write(tmp_path / "a.txt", b"01234567890"))


def test_folders_are_searched_in_order_for_texts(tmp_path: Path) -> None:
    for name in ("b/z.md", "b/a.txt", "a.markdown", "c.TEXT", "d.pdf", ".hidden/x.txt", "b/.x.txt"):
        write(tmp_path / name, b"Some text.")
    found = [Path(source.name).relative_to(tmp_path).as_posix() for source in find_sources([tmp_path])]
    assert found == ["a.markdown", "b/a.txt", "b/z.md", "c.TEXT", "d.pdf"]


def test_what_is_named_twice_comes_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"Some text.")
    assert [source.name for source in find_sources([path, tmp_path])] == [str(path)]


def test_a_folder_without_texts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no text in this folder"):
        list(find_sources([tmp_path]))


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"The town must pay.")))
    [source] = find_sources(["-"])
    assert (read_source(source).name, read_source.__name__) == ("stdin", "read_source")


def test_empty_standard_input_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(ReadError, match="stdin: empty"):
        read_source(next(find_sources(["-"])))


def test_a_few_foreign_names_leave_no_text_out(tmp_path: Path) -> None:
    """A list of names looks like any language; were it left out, a whole folder would end with an error."""
    path = tmp_path / "names.txt"
    path.write_text(
        "Union des maires du Québec (UMQ), Montréal. Société pour la nature et les parcs, Québec, Canada. " * 2
    )
    assert read_path(path).language in {"fr", None}
