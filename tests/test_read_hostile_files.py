"""Files made to hang, crash or fool a parser: each is a reason in one line, none takes the run down."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Cli
from forms import docx_of_xml, pdf, pdf_of_streams
from respgraph.errors import ReadError
from respgraph.model import Document
from respgraph.read import Source, child, documents, read_documents, read_path
from respgraph.read.worker import answer

GOOD = "The council must act now. The mayor denied responsibility for the flood."
PAGE = f"<html><body><p>{GOOD}</p></body></html>".encode()
NOISE = "".join(random.Random(7).choices("abcdefghij ", k=3_000_000))
ENCRYPTED = b"<</Filter/Standard/V 1/R 2/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">/P -4>>"

NOTED = f'<w:p><w:r><w:t>{GOOD}</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
BOMBS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "gzip bomb": ("a.txt.gz", lambda: gzip.compress(b"a" * 30_000_000), "more than 100 times its size (a bomb?)"),
    "gzip of 54 MB": ("a.txt.gz", lambda: packed(), "more than 50,000,000 bytes are too many"),
    "packed twice": ("a.txt.gz", lambda: gzip.compress(gzip.compress(b"a")), "packed twice"),
    "truncated gzip": ("a.txt.gz", lambda: gzip.compress(NOISE[:9999].encode())[:500], "a damaged gzip file"),
    "DOCX bomb": ("a.docx", lambda: docx_of_xml("<w:p/>" * 5_000_000), "(a bomb?)"),
    "DOCX, deep": ("a.docx", lambda: docx_of_xml("<w:ins>" * 50_000 + "</w:ins>" * 50_000), "not a DOCX file that can"),
    "DOCX, truncated": ("a.docx", lambda: docx_of_xml("<w:p/>")[:200], "a damaged or truncated ZIP archive"),
    "DOCX, mislabelled": ("a.docx", lambda: GOOD.encode(), "a damaged or truncated ZIP archive"),
    "DOCX, deep notes": (
        "a.docx",
        lambda: docx_of_xml(NOTED, footnotes="<w:x>" * 9000 + "</w:x>" * 9000),
        "not a DOCX file that can",
    ),
    "DOCX without text": ("a.docx", lambda: docx_of_xml("<w:p/>"), "no text in this DOCX file"),
    "PDF, encrypted": (
        "a.pdf",
        lambda: pdf([[(50, 700, 12, GOOD)]], ENCRYPTED, b"/Encrypt MORE/ID[<00><00>]"),
        "an encrypted PDF: it needs a password",
    ),
    "PDF, scanned": ("a.pdf", lambda: pdf([[], []]), "no text in its 2 pages: scanned?"),
    "PDF, truncated": ("a.pdf", lambda: pdf([[(50, 700, 12, GOOD)]])[:300], "damaged or truncated"),
    "PDF, mislabelled": ("a.pdf", lambda: GOOD.encode(), "not a PDF file that can be read"),
    "HTML of scripts": ("a.html", lambda: b"<html><body><script>1</script></body></html>", "no text in this page"),
    "HTML, mislabelled": ("a.html", lambda: bytes(range(1, 9)) * 100, "this is not text"),
    "Parquet, mislabelled": ("a.parquet", lambda: b"PAR1" + b"\0" * 90, "not a Parquet file that can be read"),
    "WARC, mislabelled": ("a.warc", lambda: b"WARC/1.0\r\nnothing", "no page in this WARC file"),
    "a line of 51 MB": ("a.html", lambda: b"must " * 10_200_000, "51,000,000 bytes are too many for one text"),
}


def packed() -> bytes:
    """Return 54 MB in a gzip file of more than a hundredth of that."""
    return gzip.compress((NOISE * 18).encode(), 1)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_reason(name: str, tmp_path: Path) -> None:
    file, make, why = BOMBS[name]
    path = tmp_path / file
    path.write_bytes(make())
    [error] = read_documents(Source(str(path), path))
    assert isinstance(error, ReadError)
    assert why in error.why
    assert error.source == str(path)


def test_a_hundred_thousand_nested_tags_still_give_their_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"<html><body>" + b"<div>" * 100_000 + GOOD.encode() + b"</div>" * 100_000)
    assert GOOD in read_path(path).text


def test_nul_surrogates_and_marks_that_turn_a_line_round_stay_text(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<p>{GOOD} \u202eThe &#xD800; ministry &#0; must\0 act.</p>", encoding="utf-8")
    document = read_path(path)
    assert "\u202e" in document.text
    assert not any("\ud800" <= char <= "\udfff" for char in document.text)
    assert "\u202e" not in cli("read", path).stdout
    assert cli("build", path, "-o", tmp_path / "g.nq").exit_code == 0
    assert cli("verify", tmp_path / "g.nq").exit_code == 0


def test_a_parser_that_takes_too_long_is_killed_and_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "SECONDS", 0.05)
    (tmp_path / "a.html").write_bytes(b"<p>" + b"<b>a </b>" * 300_000)
    [error] = read_documents(Source("a.html", tmp_path / "a.html"))
    assert isinstance(error, ReadError)
    assert error.why == "took longer than 0.05 seconds to parse"
    monkeypatch.undo()
    (tmp_path / "b.html").write_bytes(PAGE)
    assert GOOD in read_path(tmp_path / "b.html").text


@pytest.mark.skipif(os.name != "posix", reason="limits of memory are those of POSIX")
def test_a_pdf_that_would_fill_the_memory_kills_its_parser_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child.close_all()
    monkeypatch.setattr(child, "MEMORY", 400_000_000)
    stream = zlib.compress(zlib.compress(b"BT ET " * 60_000_000, 1), 9)
    (tmp_path / "a.pdf").write_bytes(pdf_of_streams([stream], filters=b"[/FlateDecode/FlateDecode]"))
    (tmp_path / "b.pdf").write_bytes(pdf([[(50, 700, 12, GOOD)]]))
    [error] = read_documents(Source("a.pdf", tmp_path / "a.pdf"))
    assert isinstance(error, ReadError)
    assert "memory" in error.why or "crashes its parser" in error.why
    assert GOOD in read_path(tmp_path / "b.pdf").text


def test_a_child_that_is_killed_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_bytes(PAGE)
    assert GOOD in read_path(tmp_path / "b.html").text
    os.kill(child._idle[-1].process.pid, signal.SIGKILL)
    child._idle[-1].process.wait()
    assert GOOD in read_path(tmp_path / "b.html").text


def test_a_child_is_used_again_and_replaced_after_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "USES", 3)
    child.close_all()
    (tmp_path / "b.html").write_bytes(PAGE)
    seen = []
    for _ in range(5):
        read_path(tmp_path / "b.html")
        seen.append(child._idle[-1].process.pid if child._idle else None)
    assert seen[0] == seen[1] is not None
    assert seen[2] is None
    assert seen[3] == seen[4] != seen[0]


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_no_key_of_ours_goes_to_a_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESPGRAPH_STORE_PASSWORD", "canary")
    child.close_all()
    (tmp_path / "b.html").write_bytes(PAGE)
    read_path(tmp_path / "b.html")
    assert b"canary" not in Path(f"/proc/{child._idle[-1].process.pid}/environ").read_bytes()


def test_a_form_without_its_library_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError\n")
    code = f"""
import sys; sys.path.insert(0, {str(tmp_path)!r})
from respgraph.read.worker import answer
print([m["why"] for m in answer({{"name": "a", "file": "a.parquet"}}, b"PAR1")])
"""
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[\"Parquet files need pyarrow: pip install 'respgraph[corpora]'\"]"


FILES = {
    "html": PAGE,
    "docx": docx_of_xml(f"<w:p><w:r><w:t>{GOOD}</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
    "jsonl": json.dumps({"text": GOOD}).encode(),
    "csv": f'id,text\n1,"{GOOD}"\n'.encode(),
    "txt.gz": gzip.compress(GOOD.encode()),
    "warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nHTTP/1.1 ",
}


@given(st.sampled_from(sorted(FILES)), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), max_size=8))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_file_is_a_text_or_a_reason_and_never_an_exception(
    form: str, damage: list[tuple[float, bytes]]
) -> None:
    data = FILES[form]
    for place, extra in damage:
        at = int(place * len(data))
        data = data[:at] + extra + data[at + 2 :]
    for message in answer({"name": f"a.{form}", "file": f"a.{form}"}, data):
        assert message["kind"] in ("text", "row", "error")
        assert message.get("text", "x").strip() or message["kind"] != "text"


@given(st.lists(st.tuples(st.integers(0, 5_000), st.binary(min_size=1, max_size=3)), max_size=6))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_pdf_is_a_text_or_a_reason(tmp_path: Path, damage: list[tuple[int, bytes]]) -> None:
    data = pdf([[(50, 700, 12, GOOD)], [(50, 700, 12, GOOD)]])
    for place, extra in damage:
        at = place % len(data)
        data = data[:at] + extra + data[at + len(extra) :]
    (tmp_path / "a.pdf").write_bytes(data)
    for found in read_documents(Source("a.pdf", tmp_path / "a.pdf")):
        if isinstance(found, Document):
            assert found.text.strip()
        else:
            assert found.why


def test_a_folder_of_bombs_is_built_around(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    names = ("DOCX bomb", "PDF, scanned", "truncated gzip", "HTML of scripts", "PDF, encrypted", "Parquet, mislabelled")
    for number, name in enumerate(names):
        file, make, _ = BOMBS[name]
        (folder / f"{number}{file}").write_bytes(make())
    (folder / "good.html").write_bytes(PAGE)
    (folder / "good.jsonl").write_text('{"text": "The operator must pay."}\n{"text": 5}\n')
    (folder / "german.txt").write_text("Der Rat muss die Straße sofort reparieren, sagte die Ministerin. " * 8)
    done = cli("build", folder, "-o", tmp_path / "g.trig", "--jobs", "2")
    assert done.exit_code == 1
    assert "claims in 2 texts" in done.stdout
    lines = [json.loads(line) for line in (tmp_path / "g.trig.failures.jsonl").read_text().splitlines()]
    assert [Path(line["source"]).name for line in lines] == [
        *(f"{number}{BOMBS[name][0]}" for number, name in enumerate(names)),
        "german.txt",
        "good.jsonl",
    ]
    assert all(line["why"] for line in lines)
    assert (lines[-1]["where"], "German" in lines[-2]["why"]) == ("row 2", True)
    assert done.stderr.splitlines()[-1].endswith(
        f"8 of 10 texts could not be read and were left out; see {tmp_path / 'g.trig.failures.jsonl'}"
    )
    assert cli("verify", tmp_path / "g.trig").exit_code == 0
    assert cli("build", folder, "-o", tmp_path / "h.trig", "--failures", tmp_path / "f.jsonl").exit_code == 1
    assert (tmp_path / "h.trig").read_bytes() == (tmp_path / "g.trig").read_bytes()
    assert (tmp_path / "f.jsonl").read_bytes() == (tmp_path / "g.trig.failures.jsonl").read_bytes()


def test_a_store_keeps_what_cannot_be_read_any_more(cli: Cli, tmp_path: Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    rows = [{"id": f"r{n}", "text": f"Keeper {n} must act."} for n in range(3)]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "b.html").write_bytes(PAGE)
    assert "4 new" in cli("build", folder, "--store", store).stdout
    (folder / "b.html").write_bytes(b"<html><script>1</script></html>")
    (folder / "a.jsonl").write_text(json.dumps(rows[0]) + "\nnot JSON\n")
    done = cli("build", folder, "--store", store)
    assert (done.exit_code, "1 unchanged, 0 removed" in done.stdout) == (1, True)
    (folder / "a.jsonl").write_text(json.dumps(rows[0]) + "\n" + json.dumps(rows[0]) + "\n")
    done = cli("build", folder, "--store", store)
    assert "another text before it has this name" in done.stderr
    assert "2 removed" in done.stdout
    (folder / "a.jsonl").write_text(json.dumps(rows[0]) + "\n")
    (folder / "b.html").unlink()
    assert "1 unchanged, 1 removed" in cli("build", folder, "--store", store).stdout


@pytest.mark.parametrize(("flags", "code"), [([], 3), (["--any-language"], 0)], ids=["refused", "read all the same"])
def test_another_language_is_told(flags: list[str], code: int, cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Le conseil doit réparer la route avant lundi, a dit la ministre de la ville de Paris. " * 6)
    done = cli("extract", path, *flags)
    assert done.exit_code == code
    assert ("in French; respgraph reads English" in done.stderr) == (code == 3)
    assert "  language: French" in cli("read", path).stdout


def test_standard_input_may_be_any_form(monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    for data in (PAGE, gzip.compress(PAGE), FILES["docx"], FILES["jsonl"], pdf([[(50, 700, 12, GOOD)]])):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        [found] = documents.read_documents(Source("stdin", None))
        assert isinstance(found, Document)
        assert GOOD in found.text
