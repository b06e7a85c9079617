"""Links between documents found in buckets are those that a store with all documents derives."""

from __future__ import annotations

from pathlib import Path

import pytest

from here import Here, config
from respgraph.compare import derive_links
from respgraph.model import Document
from respgraph.pipeline import extract_many
from respgraph.rdf import build_rows
from respgraph.read import read_text
from respgraph.scale import build_shards, load_shards
from respgraph.scale.build import read_run
from respgraph.scale.links import link_shards
from respgraph.scale.place import Place
from respgraph.store import open_store
from respgraph.store.graph import line_of
from respgraph.vocab import DEFAULT_BASE

LONG = "".join(
    f"On the {n}th day of the inquiry a clerk of the harbour office read letter {n} aloud, and nobody answered. "
    for n in range(12)
)
TEXTS = {
    "a.txt": "The Ministry of Water said Norrwater is responsible for the collapse of the Lorne dam. " + LONG,
    "b.txt": "Norrwater denied responsibility for the collapse of the Lorne dam.\n",
    "c.txt": "The Ministry of Water said Norrwater is responsible for the collapse of the Lorne dam. " + LONG + "End.",
    "d.txt": "Ruth Calder said that Norrwater is to blame for the collapse of the Lorne dam.\n",
    "e.txt": "2024-03-01\n\nKenya denied that it was responsible for the late flood warning. "
    "Residents said that Kenya is responsible for the late flood warning.\n",
    "f.txt": "2024-05-01\n\nKenya accepted responsibility for the late flood warning. "
    "Norrwater must repair the pumps.\n",
    "g.txt": "Ruth Calder said that the pumps caused the flood. The mayor said Norrwater must not repair the pumps.\n",
    "h.txt": "The mayor said that the pumps did not cause the flood. The Tunnel Rescue Guild (TRG) was late.\n",
    "i.txt": "The Transport Review Group (TRG) will meet. The Ministry of Water must answer for the Lorne dam.\n",
    "j.txt": LONG.replace("harbour", "Harbour") + "The Ministry of Water blamed Ruth Calder for the collapse.",
}


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("links")
    (folder / "news").mkdir()
    for name, text in TEXTS.items():
        (folder / "news" / name).write_text(text)
    build_shards([str(folder / "news")], str(folder / "out"), config(), Here(), part_bytes=1, folders=["news"])
    return folder


@pytest.fixture(scope="module")
def derived() -> bytes:
    documents: list[Document] = [read_text(text, f"news/{name}") for name, text in sorted(TEXTS.items())]
    with open_store("memory:") as store:
        for found in extract_many(documents):
            store.put_graph(build_rows(found))
        return "".join(sorted(map(line_of, derive_links(store)))).encode()


def test_a_store_and_the_shards_have_the_same_links(shards: Path, derived: bytes) -> None:
    assert (shards / "out" / "links.nq").read_bytes() == derived
    for kind in (b"#contradicts>", b"#shiftsFrom>", b"#conflictsWith>", b"#nearDuplicateOf>"):
        assert kind in derived, kind


@pytest.mark.parametrize(("buckets", "group"), [(1, 100), (2, 3), (7, 1), (64, 4)])
def test_into_how_many_buckets_they_go_changes_nothing(shards: Path, derived: bytes, buckets: int, group: int) -> None:
    out = Place((shards / "out").as_uri())
    keys = read_run(out)["shards"]
    assert len(keys) > 5
    found = link_shards(out, keys, DEFAULT_BASE, Here(), documents=len(TEXTS), group=group, buckets=buckets)
    assert found == derived
    assert not (shards / "out" / "work").exists()


def test_object_storage_holds_the_same_bytes(shards: Path) -> None:
    """fsspec's memory file system stands for one: keys are put directly, and read back by every step."""
    import fsspec

    memory = fsspec.filesystem("memory")
    for name, text in TEXTS.items():
        memory.pipe_file(f"/bucket/news/{name}", text.encode())
    done = build_shards(["memory://bucket/news/*.txt"], "memory://bucket/out", config(), Here(), part_bytes=1)
    assert (done.documents, done.failures) == (len(TEXTS), 0)
    mine = {p.relative_to(shards / "out").name: p.read_bytes() for p in (shards / "out").rglob("*.nq")}
    theirs = {Path(p).name: memory.cat_file(p) for p in memory.find("/bucket/out") if p.endswith(".nq")}
    assert sorted(mine.values()) == sorted(theirs.values())
    with open_store("memory:") as one, open_store("memory:") as other:
        load_shards("memory://bucket/out", one)
        load_shards(str(shards / "out"), other)
        assert sorted(one.rows()) == sorted(other.rows())
    again = build_shards(["memory://bucket/news/"], "memory://bucket/out", config(), Here(), part_bytes=1)
    assert again.resumed == len(TEXTS)
