"""A store folder: what lasts, who may write and read beside, and what is said when it is damaged."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT, Cli, Python
from factories import harbour
from respgraph.errors import StoreError
from respgraph.rdf import build_rows
from respgraph.store import open_graph, open_store
from respgraph.store.graph import line_of
from respgraph.vocab import ONTOLOGY_VERSION, ontology_path

ROWS = build_rows(harbour())
OTHER = build_rows(harbour("other.txt"))
FLOOD = (ROOT / "graphs" / "flood" / "source.md").read_text(encoding="utf-8")
HOLD = """
import sys
from respgraph.store import open_store
with open_store(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_store(tmp_path / "store") as store:
        store.put_graph(ROWS)
    return tmp_path / "store"


def test_the_version_written_is_the_ontologys() -> None:
    assert f'owl:versionInfo "{ONTOLOGY_VERSION}"' in (ontology_path() / "respgraph.ttl").read_text(encoding="utf-8")


def test_the_same_documents_give_the_same_segments_whatever_came_before(folder: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "b") as store:
        store.put_graph(OTHER)
        store.put_graph(ROWS[:100])
        store.put_graph(ROWS)
        store.remove_graph(OTHER[0].graph[1:-1])
    first, second = (
        {p.relative_to(place): p.read_bytes() for p in place.glob("segments/*/*")} for place in (folder, tmp_path / "b")
    )
    assert first == second
    assert len(first) == 1


def test_a_second_writer_is_refused_and_a_reader_is_not(folder: Path, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The town must repair the road.")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT / "src"
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdin is not None
        assert writer.stdout.readline() == b"open\n"
        done = cli("build", tmp_path / "a.txt", "--store", folder)
        assert done.exit_code == 3
        assert done.stderr.count("\n") == 1
        assert "is being written by another process" in done.stderr
        assert cli("query", folder, "who-holds-whom").exit_code == 0
        writer.stdin.close()
    assert cli("build", tmp_path / "a.txt", "--store", folder).exit_code == 0


def test_a_reader_keeps_its_state_while_others_are_published(folder: Path) -> None:
    with open_graph(folder) as reader:
        with open_store(folder) as store:
            for n in range(3):
                store.put_graph(build_rows(harbour(f"{n}.txt")))
                store.save()
            store.remove_graph(ROWS[0].graph[1:-1])
        assert sorted(reader.rows()) == sorted(ROWS)
    with open_graph(folder) as later:
        assert len(later.documents()) == 3
    with open_store(folder) as store:
        store.put_graph(ROWS)
    assert len([entry for entry in (folder / "db").iterdir() if entry.is_dir()]) == 1


def test_what_was_put_is_there_though_nothing_was_closed(folder: Path, python: Python) -> None:
    code = """
import os, sys
from factories import harbour
from respgraph.rdf import build_rows
from respgraph.store import open_store
store = open_store(sys.argv[1])
store.put_graph(build_rows(harbour("other.txt")))
os._exit(9)
"""
    assert python("-c", code, folder).returncode == 9
    with open_graph(folder) as view:
        assert sorted(view.rows()) == sorted(ROWS + OTHER)


def test_many_documents_at_once_are_those_put_one_by_one(tmp_path: Path) -> None:
    documents = [build_rows(harbour(f"{n}.txt")) for n in range(60)]
    with open_store(tmp_path / "s") as store:
        for rows in documents:
            store.put_graph(rows)
        assert len(store) == sum(map(len, documents))
        for rows in documents[:55]:
            store.put_graph(rows[:50])
        assert len(store) == 55 * 50 + sum(map(len, documents[55:]))


# Faults


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ({"format": 2, "ontology": "0.1.0"}, "was made by a newer respgraph"),
        ({"format": 1, "ontology": "0.10.0"}, "was made by a newer respgraph"),
        ({"format": 1}, "is damaged: no format and ontology version"),
        ([], "is damaged"),
        ({"format": 1, "ontology": "x"}, "is damaged"),
    ],
)
def test_a_store_of_another_version_is_refused(folder: Path, head: object, message: str, cli: Cli) -> None:
    (folder / "store.json").write_text(json.dumps(head))
    for command in (["query", folder, "actors"], ["build", ROOT / "graphs/flood/source.md", "--store", folder]):
        done = cli(*command)
        assert done.exit_code == 3
        assert message in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_store_of_an_older_version_is_of_this_one_once_it_was_written(folder: Path) -> None:
    head = (folder / "store.json").read_bytes()
    (folder / "store.json").write_text('{"format": 1, "ontology": "0.0.9"}')
    with open_graph(folder) as view:
        assert len(view.documents()) == 1
    assert (folder / "store.json").read_bytes() != head
    with open_store(folder):
        assert (folder / "store.json").read_bytes() == head


def test_a_database_that_is_mostly_of_what_was_removed_is_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("respgraph.store.folder.SLACK", 100_000)
    for n in range(12):
        with open_store(folder) as store:
            store.put_graph(build_rows(harbour(f"{n}.txt")))
            store.remove_graph(build_rows(harbour(f"{n - 1}.txt"))[0].graph[1:-1])
    with open_graph(folder) as view:
        assert len(view.documents()) == 2
    tables = sum(path.stat().st_size for path in folder.glob("db/*/rocks/*.sst"))
    held = sum(path.stat().st_size for path in folder.glob("segments/*/*.nq"))
    assert tables < 5 * held + 100_000


@pytest.mark.parametrize("name", ["store.json", "notes", "db/current", "db/anew"])
def test_a_link_in_a_store_is_not_written_through(folder: Path, name: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_bytes((folder / name).read_bytes() if (folder / name).exists() else b"mine")
    held = mine.read_bytes()
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(mine)
    with pytest.raises(StoreError, match="is a link, not a file of a store"):
        open_store(folder)
    assert mine.read_bytes() == held
    (folder / name).unlink()
    if name == "store.json":
        (folder / name).write_bytes(held)
    with open_store(folder) as store:
        assert len(store.documents()) == 1


def test_segments_are_loaded_in_parts_and_a_damaged_one_among_many_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("respgraph.store.folder.PART", 300_000)
    documents = [build_rows(harbour(f"{n}.txt")) for n in range(60)]
    with open_store(tmp_path / "s") as store:
        store.add_segments(
            (rows[0].graph[1:-1], "".join(sorted(set(map(line_of, rows)))).encode()) for rows in documents
        )
        store.load_segment("https://x.example/empty", b"")
        assert sorted(store.rows()) == sorted(row for rows in documents for row in rows)
    shutil.rmtree(tmp_path / "s" / "db")
    segment = sorted(tmp_path.glob("s/segments/*/*.nq"))[40]
    segment.write_bytes(segment.read_bytes().replace(b"Norrail", b"Norrwxyz", 1))
    with pytest.raises(StoreError, match=rf"{segment.name}: is damaged \(its sha256 does not fit\)"):
        open_store(tmp_path / "s")


@pytest.mark.parametrize("damage", ["cut", "edited", "renamed"])
def test_a_damaged_segment_is_named(folder: Path, damage: str) -> None:
    (segment,) = folder.glob("segments/*/*.nq")
    data = segment.read_bytes()
    if damage == "renamed":
        segment.rename(segment.with_name(f"{segment.name[:2]}{'0' * 30}.nq"))
    else:
        segment.write_bytes(data[: len(data) // 2] if damage == "cut" else data.replace(b"Norrail", b"Norrwxyz", 1))
    with pytest.raises(StoreError, match=r"segments/../.*\.nq: is damaged .*; remove this file and build again"):
        open_graph(folder)


def test_a_database_without_its_folder_is_made_again(folder: Path) -> None:
    for part in folder.glob("db/*/rocks/*"):
        part.unlink()
    with pytest.raises(StoreError, match=r"is damaged .*; remove the folder db"):
        open_graph(folder)
    with open_store(folder) as store:
        assert sorted(store.rows()) == sorted(ROWS)
    with open_graph(folder) as view:
        assert sorted(view.rows()) == sorted(ROWS)


def test_a_pointer_that_points_nowhere_costs_nothing(folder: Path) -> None:
    (folder / "db" / "current").write_text("\x00")
    with open_graph(folder) as view:
        assert sorted(view.rows()) == sorted(ROWS)


def test_a_folder_with_other_things_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(StoreError, match="other things in it"):
        open_store(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("limit", [20_000, 300_000])
def test_a_disk_that_takes_no_more_loses_nothing(tmp_path: Path, limit: int, python: Python) -> None:
    with open_store(tmp_path / "store") as store:
        store.put_graph(build_rows(harbour("first.txt")))
    (tmp_path / "news").mkdir()
    for n in range(3):
        (tmp_path / "news" / f"{n}.md").write_text(f"{FLOOD}\nGate {n} must close.\n", encoding="utf-8")
    code = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
from respgraph.cli import main
main(sys.argv[1:])
"""
    done = python("-c", code, "build", tmp_path / "news", "--store", tmp_path / "store")
    assert done.returncode == 3, done.stderr
    assert done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr
    with open_graph(tmp_path / "store") as view:
        assert len(view.documents()) >= 1
    done = python("-m", "respgraph", "build", tmp_path / "news", "--store", tmp_path / "store")
    assert done.returncode == 0, done.stderr
    with open_graph(tmp_path / "store") as view:
        assert len(view.documents()) == 4


def test_a_build_killed_at_any_moment_loses_and_doubles_nothing(python: Python) -> None:
    done = python(ROOT / "benchmarks" / "kill_loop.py", "--kills", "8", "--full", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 builds were killed before they were done; 0 faults" in done.stdout


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB; where none may be mounted, nothing can be shown about a full one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or subprocess.run([mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", place], check=False).returncode:
        pytest.skip("no file system may be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_file_system_is_one_line_and_loses_nothing_that_was_put(small_disk: Path) -> None:
    safe = []

    def fill() -> None:
        with open_store(small_disk / "store") as store:
            for n in range(100):
                rows = build_rows(harbour(f"{n}.txt"))
                store.put_graph(rows)
                safe.append(rows[0].graph[1:-1])

    with pytest.raises(StoreError, match=r"cannot be written: .*[Nn]o space left") as error:
        fill()
    assert "\n" not in str(error.value)
    assert "lock" not in str(error.value)
    assert 1 < len(safe) < 100
    assert not list((small_disk / "store").rglob("*.part"))
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    with open_graph(small_disk / "store") as view:
        assert set(view.documents()) == set(safe)
