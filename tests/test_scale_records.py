"""One large file of records, read in ranges by several processes: the same bytes as read in one go."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from cluster import content, end, run, start, wait_until
from conftest import Cli
from here import Here, config
from respgraph.model import Document
from respgraph.read import Source, cut_records, read_documents
from respgraph.scale import Progress, build_shards
from respgraph.scale.build import read_run
from respgraph.scale.parts import Wanted, divide, find_items
from respgraph.scale.place import Place
from respgraph.scale.shard import key_of

ROWS = [
    {
        "id": f"r{n}",
        "text": f"The mayor of Hartley said, for once\nin words of his own, that keeper {n} must shut gate {n}.",
    }
    for n in range(30)
]
ROWS[7]["text"] = "Norrwater denied responsibility for the collapse of the Lorne dam."
ROWS[23]["text"] = "The Ministry of Water said Norrwater is responsible for the collapse of the Lorne dam."
ROWS[12]["text"] = " "


def json_lines() -> bytes:
    return "".join(json.dumps(row) + "\n" for row in ROWS).encode()


def table() -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, ["id", "text"])
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue().encode()


def parquet(rows_per_group: int) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), out, row_group_size=rows_per_group)
    return out.getvalue()


def archive(packed: bool) -> bytes:
    out = b""
    for number, row in enumerate(ROWS):
        kind = "image/png" if number % 5 == 4 else "text/html"
        page = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n<html><body><p>{row['text']}</p></body></html>"
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{row['id']}\r\n"
        head += f"WARC-Record-ID: <urn:uuid:{number:032}>\r\nContent-Type: application/http; msgtype=response\r\n"
        record = f"{head}Content-Length: {len(page.encode())}\r\n\r\n{page}\r\n\r\n".encode()
        out += gzip.compress(record) if packed else record
    return out


FORMS: dict[str, Callable[[], bytes]] = {
    "a.jsonl": json_lines,
    "a.jsonl.gz": lambda: gzip.compress(json_lines()),
    "a.csv": table,
    "a.csv.gz": lambda: gzip.compress(table()),
    "a.parquet": lambda: parquet(1000),
    "b.parquet": lambda: parquet(4),
    "a.warc": lambda: archive(False),
    "a.warc.gz": lambda: archive(True),
}


def build(corpus: Path, out: Path, part_bytes: int) -> tuple[Progress, list[bytes]]:
    """Return how it went, and the bytes of a build that do not depend on how large its parts are."""
    done = build_shards([str(corpus)], str(out), config(), Here(), part_bytes=part_bytes)
    keys = read_run(Place(out.as_uri()))["shards"]
    quads = b"".join((out / key_of(key, "nq")).read_bytes() for key in keys)
    return done, [quads, (out / "failures.jsonl").read_bytes(), (out / "links.nq").read_bytes()]


@pytest.mark.parametrize("name", FORMS)
def test_how_a_file_is_cut_changes_nothing(name: str, tmp_path: Path) -> None:
    corpus = tmp_path / name
    corpus.write_bytes(FORMS[name]())
    whole, undisturbed = build(corpus, tmp_path / "whole", 10**6)
    assert (whole.documents, whole.failures) == ((23, 1) if "warc" in name else (29, 1))
    assert b"#contradicts>" in undisturbed[2]
    for part_bytes, least in ((90, 10), (700, 2)) if name == "a.csv" else ((90, 6),):
        done, found = build(corpus, tmp_path / f"out{part_bytes}", part_bytes)
        parts = len(list((tmp_path / f"out{part_bytes}").glob("shards/*/*.json")))
        assert parts >= least, part_bytes
        assert found == undisturbed
        assert done.bytes_done == pytest.approx(done.bytes, rel=0.1)


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv"])
def test_what_is_added_to_a_file_leaves_the_ranges_before_it_as_they_are(name: str, tmp_path: Path) -> None:
    corpus = tmp_path / name
    corpus.write_bytes(FORMS[name]())
    before, _ = build(corpus, tmp_path / "out", 90)
    more = json.dumps(ROWS[0] | {"id": "new"}) + "\n" if "json" in name else "new,Tenants must keep the lamp lit.\r\n"
    corpus.write_bytes(corpus.read_bytes() + (gzip.compress(more.encode()) if name.endswith("gz") else more.encode()))
    after, found = build(corpus, tmp_path / "out", 90)
    assert after.documents == before.documents + 1
    assert before.documents - 4 <= after.resumed < before.documents
    assert found == build(corpus, tmp_path / "whole", 10**6)[1]


def test_two_processes_share_one_file_and_a_build_cut_short_is_resumed(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(parquet(1000))
    command = ("build", "a.parquet", "--part-size", "90", "--out")
    code, said = run(*command, tmp_path / "calm", cwd=tmp_path)
    assert (code, "1 text could not be read" in said) == (1, True), said
    build = start(*command, tmp_path / "out", "--jobs", "2", cwd=tmp_path)
    wait_until(lambda: list((tmp_path / "out").glob("shards/*/*.json")), build)
    build.kill()
    end(build)
    assert not (tmp_path / "out" / "run.json").exists()
    code, said = run(*command, tmp_path / "out", "--jobs", "2", cwd=tmp_path)
    assert (code, "done before" in said) == (1, True), said
    assert content(tmp_path / "out") == content(tmp_path / "calm")


@pytest.mark.parametrize(
    ("name", "spoil", "why"),
    [
        ("a.csv", lambda data: data.replace(b"r20,", b'r20,"x"y'), "not CSV"),
        ("a.jsonl.gz", lambda data: data[:-60], "a damaged gzip file"),
        ("a.parquet", lambda data: data[:-2], "not a Parquet file"),
        ("a.warc", lambda _: b"WARC/1.0\r\n" + b"x" * 9000, "no page in this WARC file"),
        ("a.csv", lambda data: data.replace(b"id,text", b"id,words"), "no column 'text'"),
        (
            "a.jsonl.gz",
            lambda _: gzip.compress(b"".join(b'{"words": %d}\n' % n for n in range(200))),
            "no column 'text'",
        ),
    ],
)
def test_a_damaged_file_is_told_once_however_it_is_cut(
    name: str, spoil: Callable[[bytes], bytes], why: str, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("Tenants must keep the gate shut.")
    corpus = tmp_path / "in" / name
    corpus.write_bytes(spoil(FORMS[name]()))
    inputs = [str(tmp_path / "in" / "good.txt"), str(corpus)]
    failures = []
    for number, part_bytes in enumerate((10**6, 90)):
        build_shards(inputs, str(tmp_path / f"out{number}"), config(), Here(), part_bytes=part_bytes)
        failures.append((tmp_path / f"out{number}" / "failures.jsonl").read_text())
    assert failures[0] == failures[1]
    assert failures[0].count(why) == 1


def test_ranges_grow_with_their_place_so_that_passing_over_stays_cheap(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\n" + "One must act.\n" * 40_000)
    ranges = cut_records(Source("a.csv", path), 1_000)
    assert [r.first for r in ranges[1:]] == [r.past for r in ranges[:-1]]
    assert (ranges[0].first, ranges[-1].past) == (1, 0)
    assert all(a.size <= b.size for a, b in pairwise(ranges[:-1]))
    assert sum(range_.packed for range_ in ranges) == path.stat().st_size
    assert len(ranges) < 300


def test_a_range_of_a_range_reader_has_the_numbers_of_the_file(tmp_path: Path) -> None:
    for name, make in FORMS.items():
        path = tmp_path / name
        path.write_bytes(make())
        all_ = [d.name for d in read_documents(Source(name, path)) if isinstance(d, Document)]
        part = [d.name for d in read_documents(Source(name, path, rows=(9, 14))) if isinstance(d, Document)]
        assert part == [n for n in all_ if n in part]
        assert 3 <= len(part) <= 4, name


def test_small_files_and_texts_are_not_cut(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(table())
    (tmp_path / "b.txt").write_bytes(json_lines())
    items = list(find_items([str(tmp_path)], Wanted(text_column="text")))
    assert [item.source.rows for part in divide(items, 10**5) for item in part] == [None, None]
    assert all(item.source.rows for part in divide(items[:1], 90) for item in part)
    assert cut_records(items[1].source, 90) == []
