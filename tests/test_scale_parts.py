"""Parts, their names, and what comes back from a worker."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from here import config
from respgraph.errors import QueryError, ReadError, RespgraphError, StoreError, UnknownNameError
from respgraph.read import Source
from respgraph.scale import process_part
from respgraph.scale.parts import Item, Wanted, divide, find_items, read_part, write_part
from respgraph.scale.shard import shard_key

NAMES = [f"news/{n}\u202e'\"\n.txt" for n in range(300)]
ITEMS = [Item(f"file:///{n}", Source(name, Path(f"/{n}"), name, "/home"), 50, "1") for n, name in enumerate(NAMES)]


def test_a_part_list_is_read_as_it_was_written() -> None:
    ranged = replace(ITEMS[1], start=7, before=2)
    url = Item("https://x.example/a", Source("https://x.example/a", None, url="https://x.example/a"), 0, "")
    items = (ITEMS[0], ranged, url)
    assert read_part(write_part(items)) == items
    assert write_part(items).count(b"\n") == 3


def test_a_text_more_changes_its_part_and_few_others() -> None:
    before = [write_part(part) for part in divide(ITEMS, 500)]
    after = [
        write_part(part) for part in divide([*ITEMS[:100], replace(ITEMS[0], uri="file:///new"), *ITEMS[100:]], 500)
    ]
    assert len(before) > 10
    assert len(set(before) - set(after)) <= 3
    assert sum(map(len, divide(ITEMS, 500))) == len(ITEMS)


@pytest.mark.parametrize("target", [500, 5_000])
def test_parts_are_of_about_one_size(target: int) -> None:
    """The last part of a run is what the other processes wait for."""
    sizes = [sum(item.size for item in part) for part in divide(ITEMS, target)]
    assert sum(sizes) == sum(item.size for item in ITEMS)
    assert all(target / 2 <= size <= 2 * target for size in sizes[:-1])


def test_each_thing_that_changes_a_graph_changes_the_name_of_its_shard() -> None:
    part = write_part(ITEMS[:2])
    mine = config()
    others = [
        shard_key(write_part([replace(ITEMS[0], stamp="2"), ITEMS[1]]), mine),
        shard_key(write_part([replace(ITEMS[0], source=replace(ITEMS[0].source, column="body")), ITEMS[1]]), mine),
        shard_key(part, replace(mine, base="https://x.example/")),
        shard_key(part, replace(mine, min_confidence=0.5)),
        shard_key(part, replace(mine, run=(("pipeline", "other 1.0"),))),
    ]
    assert len({shard_key(part, mine), *others}) == 6


def test_a_worker_of_another_version_refuses(tmp_path: Path) -> None:
    (tmp_path / "part.jsonl").write_bytes(write_part(ITEMS[:1]))
    other = replace(config(), run=(("pipeline", "another_pipeline 1.0"), ("respgraph", "9.9.9")))
    with pytest.raises(RespgraphError, match=r"the build asks for another_pipeline 1\.0, 9\.9\.9; install the same"):
        process_part((tmp_path / "part.jsonl").as_uri(), (tmp_path / "out").as_uri(), other)
    assert not (tmp_path / "out").exists()


def test_standard_input_and_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="must be able to start again"):
        list(find_items(["-"], Wanted()))
    with pytest.raises(ReadError, match="no such file or folder"):
        list(find_items([str(tmp_path / "none")], Wanted()))
    with pytest.raises(StoreError, match="of no known kind of storage"):
        list(find_items(["xyz://bucket/a.txt"], Wanted()))


@pytest.mark.parametrize(
    "error",
    [
        ReadError("a.txt", "empty", "line 1"),
        StoreError("dir", "is full"),
        QueryError("no such thing", "SELECT", 1, 2),
        UnknownNameError("rule", "x", ["y"]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_comes_back_whole_from_another_process(error: RespgraphError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), str(back), vars(back)) == (type(error), str(error), vars(error))
