"""What was noted down of each document: only what has changed is read again, and the links are the same to the byte."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest

from conftest import Python
from factories import harbour
from respgraph.compare import derive_links, forget_actor, forget_document, notes
from respgraph.rdf import build_rows
from respgraph.read import read_text
from respgraph.store import View, held_documents, open_store
from respgraph.update import update_store

SAID = "The Ministry of Water said Norrwater is responsible for the collapse of the Lorne dam.\n"
DENIED = "Norrwater denied responsibility for the collapse of the Lorne dam.\n"
LINES = (
    SAID,
    DENIED,
    "Norrwater accepted responsibility for the collapse of the Lorne dam.\n",
    "Hanna Weir, the mayor of Lorne, said the keeper must open the northern sluice at night.\n",
    "Tom Reed said the keeper must not open the northern sluice at night.\n",
    "The Centre for Dam Safety (CDS) must publish its report on the spillway.\n",
    "The Council of Dyke Stewards (CDS) must inspect the spillway.\n",
    "Weir said that heavy rain caused the collapse of the dam.\n",
    "Reed said that heavy rain did not cause the collapse of the dam.\n",
    "They must answer the letters of the residents of Lorne.\n",
)


def links_of(folder: Path) -> bytes:
    with open_store(folder) as store:
        return store.segment(next(graph for graph in store.graphs() if graph.endswith("corpus/links")))


def update(folder: Path, texts: dict[str, str]) -> None:
    with open_store(folder) as store:
        update_store(store, [read_text(text, name) for name, text in texts.items()], folders=["news"])


def segments(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("segments/*/*.nq")}


@pytest.mark.parametrize("seed", range(2))
def test_links_after_any_small_changes_are_those_of_a_store_made_anew(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    texts = {f"news/{n}.txt": "".join(chance.sample(LINES, 4)) for n in range(6)}
    found = set()
    for step in range(3):
        update(tmp_path / "kept", texts)
        update(tmp_path / f"new-{step}", texts)
        assert segments(tmp_path / "kept") == segments(tmp_path / f"new-{step}")
        found.add(links_of(tmp_path / "kept"))
        change = chance.choice(sorted(texts))
        texts[change] = "".join(chance.sample(LINES, 5))
        texts[f"news/{10 + step}.txt"] = texts[change] if step == 1 else "".join(chance.sample(LINES, 3))
        del texts[chance.choice(sorted(set(texts) - {change}))]
    assert len(found) == 3
    assert all(b"contradicts" in links for links in found)


def test_only_what_has_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    make_note = notes.make_note

    def noting(view: View, graph: str) -> notes.Note:
        read.append(graph)
        return make_note(view, graph)

    monkeypatch.setattr(notes, "make_note", noting)
    texts = {f"news/{n}.txt": LINES[n] for n in range(8)}
    update(tmp_path / "s", texts)
    assert len(read) == 8
    update(tmp_path / "s", texts | {"news/3.txt": DENIED})
    assert len(read) == 9
    update(tmp_path / "s", {name: text for name, text in texts.items() if name != "news/3.txt"})
    assert len(read) == 9
    assert len((tmp_path / "s" / "notes").read_bytes().splitlines()) == 1 + 7


def _other_version(data: bytes) -> bytes:
    return data.replace(b"notes 1", b"notes 0", 1)


def _forged(data: bytes) -> bytes:
    """Lines whose checksum is right and whose content is none of ours."""
    head, *lines = data.splitlines()
    body = b'[["a"],{"b":3},[1],[[2]],"x"]'
    return b"\n".join([head, *(b"%b %08x %b" % (line.split()[0], crc32(body), body) for line in lines), b""])


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"Norrwater", b"Norrwatre"),
        lambda data: data.replace(b" ", b"", 30),
        lambda data: bytes(reversed(data)),
        lambda data: b"\xff\x00" * 1000,
        _other_version,
        _forged,
    ],
    ids=["empty", "cut", "changed", "run-together", "reversed", "binary", "other-version", "forged"],
)
def test_damaged_notes_are_made_anew(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    texts = {"news/a.txt": SAID, "news/b.txt": LINES[9]}
    update(tmp_path / "s", texts)
    whole = (tmp_path / "s" / "notes").read_bytes()
    (tmp_path / "s" / "notes").write_bytes(damage(whole))
    assert (tmp_path / "s" / "notes").read_bytes() != whole
    texts["news/b.txt"] = DENIED
    update(tmp_path / "s", texts)
    update(tmp_path / "new", texts)
    assert segments(tmp_path / "s") == segments(tmp_path / "new")
    assert (tmp_path / "s" / "notes").read_bytes() == (tmp_path / "new" / "notes").read_bytes()


def test_near_repeats_are_found_from_notes_too(tmp_path: Path) -> None:
    rows = [build_rows(harbour(name)) for name in ("one.txt", "two.txt", "three.txt")]
    with open_store(tmp_path / "s") as store, open_store("memory:") as memory:
        for held in rows:
            store.put_graph(held)
            memory.put_graph(held)
            assert derive_links(store) == derive_links(memory)
        assert sum("nearDuplicateOf" in row.predicate for row in derive_links(store)) == 2


def test_what_is_forgotten_stands_in_no_file_of_the_store(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        update_store(store, [read_text("Quillfeather must mend the Lorne dam.\n", "a.txt"), read_text(SAID, "b.txt")])
    assert holding(tmp_path / "s", b"Quillfeather")
    with open_store(tmp_path / "s") as store:
        forget_document(store, "a.txt").apply(store)
    assert not holding(tmp_path / "s", b"Quillfeather")
    assert holding(tmp_path / "s", b"Norrwater")
    with open_store(tmp_path / "s") as store:
        forget_actor(store, "Norrwater", redact=True).apply(store)
    assert not holding(tmp_path / "s", b"Norrwater")
    with open_store(tmp_path / "s") as store:
        assert len(store.documents()) == 1
        forget_document(store, "b.txt").apply(store)
    assert not holding(tmp_path / "s", b"Ministry")


KILLED = """
import os, signal, sys
from respgraph.compare import forget_document
from respgraph.store import open_store
store = open_store(sys.argv[1])
forgotten = forget_document(store, "a.txt")
store.purge()
store.remove_graph(forgotten.removed[0])
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_store_killed_while_it_forgets_has_forgotten_once_it_is_opened(tmp_path: Path, python: Python) -> None:
    with open_store(tmp_path / "s") as store:
        update_store(store, [read_text("Quillfeather must mend the Lorne dam.\n", "a.txt"), read_text(SAID, "b.txt")])
    assert python("-c", KILLED, tmp_path / "s").returncode == -9
    assert holding(tmp_path / "s", b"Quillfeather")
    with open_store(tmp_path / "s") as store:
        assert [held.name for held in held_documents(store)] == ["b.txt"]
    assert not holding(tmp_path / "s", b"Quillfeather")


def holding(folder: Path, word: bytes) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and word in path.read_bytes()]
