"""Shards -> stores of each kind: what ``build --store`` makes of the same texts, also after a change or a fault."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cluster import free_port
from conftest import Cli
from here import Here, config
from respgraph.read import Source
from respgraph.scale import Progress, build_shards
from respgraph.scale.links import mark_of
from respgraph.scale.parts import Item, write_part
from respgraph.scale.shard import shard_key
from respgraph.store import held_documents, open_graph, open_store
from respgraph.store.remote import Endpoint

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
TEXTS = {
    "a.txt": "The Ministry of Water said Norrwater is responsible for the collapse of the Lorne dam.\n",
    "b.txt": "Norrwater denied responsibility for the collapse of the Lorne dam.\n",
    "c.txt": "Tenants must keep the gate shut.\n",
}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture(params=["store", "g.trig", "endpoint"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param != "endpoint":
        yield str(tmp_path / str(request.param))
        return
    found = str(request.getfixturevalue("endpoint"))
    with open_store(found) as store:
        for graph in store.graphs():
            store.remove_graph(graph)
    yield found


def lines(address: str | Path) -> list[str]:
    with open_graph(address) as view:
        return sorted(" ".join(row) for row in view.rows())


def build(news: Path, out: Path, part_bytes: int = 1) -> Progress:
    return build_shards([str(news)], str(out), config(), Here(), part_bytes=part_bytes, folders=["news"])


def test_a_store_gets_what_a_build_into_it_gives_and_follows_a_change(
    news: Path, address: str, cli: Cli, tmp_path: Path
) -> None:
    build(news, tmp_path / "out")
    assert cli("load", tmp_path / "out", "--store", address).stdout == (
        f"{address}: 3 new, 0 changed, 0 unchanged, 0 removed\n"
    )
    cli("build", news, "--store", tmp_path / "built")
    assert lines(address) == lines(tmp_path / "built")
    assert any("#contradicts>" in line for line in lines(address))
    assert "0 new, 0 changed, 3 unchanged" in cli("load", tmp_path / "out", "--store", address).stdout
    (news / "b.txt").write_text("Norrwater must mend the Lorne dam.\n")
    (news / "c.txt").unlink()
    (news / "d.txt").write_text("Ruth Calder denied that Norrwater is responsible for the collapse of the Lorne dam.\n")
    assert build(news, tmp_path / "out").resumed == 1
    loaded = cli("load", tmp_path / "out", "--store", address)
    assert loaded.stdout == f"{address}: 1 new, 1 changed, 1 unchanged, 1 removed\n"
    cli("build", news, "--store", tmp_path / "built")
    assert lines(address) == lines(tmp_path / "built")


def test_what_else_a_store_holds_stays_and_is_linked(news: Path, cli: Cli, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Ruth Calder said Norrwater is responsible for the collapse of the Lorne dam.\n")
    cli("build", letter, "--store", tmp_path / "s")
    build(news, tmp_path / "out")
    assert "3 new" in cli("load", tmp_path / "out", "--store", tmp_path / "s").stdout
    cli("build", letter, news, "--store", tmp_path / "built")
    assert lines(tmp_path / "s") == lines(tmp_path / "built")


def test_a_damaged_shard_is_named_and_what_is_whole_can_be_built_again(news: Path, cli: Cli, tmp_path: Path) -> None:
    out, store = tmp_path / "out", tmp_path / "s"
    build(news, out)
    before = {p.name: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    victim = sorted(out.glob("shards/*/*.nq"))[1]
    victim.write_bytes(victim.read_bytes()[:-40])
    done = cli("load", out, "--store", store)
    assert (done.exit_code, victim.name in done.stderr, "sha256 does not fit" in done.stderr) == (3, True, True)
    assert cli("load", out, "--store", store).exit_code == 3
    build(news, out)
    assert {p.name: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    assert cli("load", out, "--store", store).exit_code == 0
    with open_graph(store) as view:
        assert len(held_documents(view)) == len(TEXTS)


def test_an_endpoint_that_takes_no_quads_is_sent_graph_by_graph(
    news: Path, endpoint: str, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(endpoint) as store:
        for graph in store.graphs():
            store.remove_graph(graph)
    cli("build", news, "--out", tmp_path / "out")
    monkeypatch.setattr(Endpoint, "post_nquads", lambda *_: False)
    assert "3 new" in cli("load", tmp_path / "out", "--store", endpoint).stdout
    cli("build", news, "--store", tmp_path / "built")
    assert lines(endpoint) == lines(tmp_path / "built")


def test_what_cannot_be_done_is_one_line(news: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("The mayor must answer.")
    wrong = [
        (("build", news, "--out", tmp_path / "full"), "has other things in it ('letter.txt')"),
        (("build", news, "--out", news / "out"), "which is to be read; name a folder beside it"),
        (("build", news, "--out", tmp_path / "full" / "letter.txt" / "out"), "cannot be made"),
        (("build", tmp_path / "none", "--out", tmp_path / "o"), "no such file or folder"),
        (("build", "xyz://a/b", "--out", tmp_path / "o"), "is of no known kind of storage"),
        (("load", tmp_path / "full", "--store", tmp_path / "s"), "holds no finished build"),
        (("build", news, "--out", tmp_path / "o", "--dask", "tcp://127.0.0.1:9"), "no Dask scheduler answers"),
    ]
    for arguments, why in wrong:
        done = cli(*arguments)
        assert (done.exit_code, why in done.stderr, len(done.stderr.splitlines())) == (3, True, 1), done.stderr
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = cli("build", news, "--out", tmp_path / "o", "--dask", "tcp://127.0.0.1:9")
    assert "pip install 'respgraph[dask]'" in done.stderr
    assert done.exit_code == 3
    assert cli("build", news, "-o", tmp_path / "g.nq", "--dask", "tcp://x:1").exit_code == 2


def test_two_texts_of_one_name_are_refused(cli: Cli, tmp_path: Path) -> None:
    for part in ("x", "y"):
        (tmp_path / part / "news").mkdir(parents=True)
        (tmp_path / part / "news" / "a.txt").write_text(f"The keeper of {part} must answer.")
    done = cli("build", tmp_path / "x" / "news", tmp_path / "y" / "news", "--out", tmp_path / "out")
    assert (done.exit_code, "two of the texts have this name" in done.stderr) == (3, True)


def test_nothing_readable_is_no_build(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_bytes(b"\x00\x01")
    done = cli("build", tmp_path / "news", "--out", tmp_path / "out")
    assert (done.exit_code, "none of the texts could be read" in done.stderr) == (3, True)
    assert json.loads((tmp_path / "out" / "failures.jsonl").read_text())["where"] == "byte 0"
    assert not (tmp_path / "out" / "run.json").exists()


def test_a_build_says_what_it_found_and_lists_what_it_could_not_read(news: Path, cli: Cli, tmp_path: Path) -> None:
    (news / "bad.txt").write_bytes(b"\x00\x01")
    done = cli("build", news, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-2:] == ["      3  claims in 3 texts", f"wrote {tmp_path / 'out'}"]
    told, said = done.stderr.splitlines()[-2:]  # on a busy machine, lines of progress stand before them
    assert told.startswith(f"respgraph: {news / 'bad.txt'} (byte 0): a NUL byte;")
    assert told.endswith(" (left out)")
    assert said == f"respgraph: 1 text could not be read and was left out: {tmp_path / 'out'}/failures.jsonl"
    (news / "bad.txt").unlink()
    build(news, tmp_path / "other", part_bytes=128_000)
    done = cli("build", news, "--out", tmp_path / "out")
    assert done.exit_code == 0
    shards = [sorted(p.read_bytes() for p in (tmp_path / name).rglob("*.nq")) for name in ("out", "other")]
    assert shards[0] == shards[1]


def test_a_corpus_of_rows_is_cut_into_ranges_and_what_is_added_to_it_is_new(cli: Cli, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    rows = [json.dumps({"text": text, "title": name}) for name, text in TEXTS.items()]
    corpus.write_text("\n".join([*rows, "", "{not json", rows[0]]) + "\n")
    done = build(corpus, tmp_path / "out")
    assert (done.documents, done.failures, done.texts) == (4, 1, 1)
    failure = json.loads((tmp_path / "out" / "failures.jsonl").read_text())
    assert (failure["source"], failure["where"]) == (str(corpus), "line 5")
    assert cli("build", corpus, "--store", tmp_path / "built").exit_code == 1
    assert "4 new" in cli("load", tmp_path / "out", "--store", tmp_path / "s").stdout
    assert lines(tmp_path / "s") == lines(tmp_path / "built")
    with corpus.open("a") as file:
        file.write(json.dumps({"text": "Tenants must keep the lamp lit.", "title": "d"}) + "\n")
    again = build(corpus, tmp_path / "out")
    assert (again.documents, again.resumed) == (5, 4)


def test_rows_of_one_name_are_one_document_in_a_store(cli: Cli, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps({"id": "7", "text": text}) + "\n" for text in TEXTS.values()))
    build(corpus, tmp_path / "out")
    assert "1 new" in cli("load", tmp_path / "out", "--store", tmp_path / "s").stdout
    cli("build", corpus, "--store", tmp_path / "built")
    assert lines(tmp_path / "s") == lines(tmp_path / "built")


def _deep(_: bytes) -> bytes:
    return b"[" * 200_000


def _with(name: str, spelled: str) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        head = json.loads(data)
        head[name] = "@"
        return json.dumps(head).replace('"@"', spelled).encode()

    return change


def _moved(data: bytes) -> bytes:
    head = json.loads(data)
    head["documents"][0][3] -= 5
    head["documents"][1][2] -= 5
    head["documents"][1][3] += 5
    return json.dumps(head).encode()


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("mark", _deep),
        ("mark", _with("claims", "[]")),
        ("mark", _with("words", "Infinity")),
        ("mark", _with("size", "-5")),
        ("mark", _with("size", "1" + "0" * 400)),
        ("mark", _with("documents", '[["a", "http://x/a", -5, 3]]')),
        ("mark", _moved),
        ("run.json", _deep),
        ("run.json", _with("format", "1e999")),
        ("run.json", lambda data: data.replace(b'"run"', b'"walk"')),
        ("run.json", _with("run", "[1]")),
        ("run.json", _with("shards", '["../../x"]')),
    ],
)
def test_a_damaged_mark_or_run_is_one_line_and_a_build_repairs_it(
    file: str, damage: Callable[[bytes], bytes], news: Path, cli: Cli, tmp_path: Path
) -> None:
    out, store = tmp_path / "out", tmp_path / "s"
    build(news, out, part_bytes=1_000_000)
    victim = out / file if file == "run.json" else next(out.glob("shards/*/*.json"))
    whole = victim.read_bytes()
    victim.write_bytes(damage(whole))
    mark_of.cache_clear()
    done = cli("load", out, "--store", store)
    assert (done.exit_code, "is damaged" in done.stderr, len(done.stderr.splitlines())) == (3, True, 1), done.stderr
    mark_of.cache_clear()
    build(news, out, part_bytes=1_000_000)
    assert victim.read_bytes() == whole
    assert "3 new" in cli("load", out, "--store", store).stdout


def test_damaged_links_are_made_anew(news: Path, cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(news, out)
    whole = (out / "links.nq").read_bytes()
    assert whole
    (out / "links.nq").write_bytes(whole[:-9])
    done = cli("load", out, "--store", tmp_path / "s")
    assert (done.exit_code, "links.nq: is damaged" in done.stderr, "build again" in done.stderr) == (3, True, True)
    assert build(news, out).resumed == len(TEXTS)
    assert (out / "links.nq").read_bytes() == whole


def test_a_build_of_a_newer_version_is_left_as_it_is(news: Path, cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(news, out)
    (out / "run.json").write_bytes(newer := (out / "run.json").read_bytes().replace(b'"format": 1', b'"format": 2'))
    for arguments in (("build", news, "--out", out), ("load", out, "--store", tmp_path / "s")):
        done = cli(*arguments)
        assert (done.exit_code, "made by a newer respgraph" in done.stderr) == (3, True)
    assert (out / "run.json").read_bytes() == newer


@pytest.mark.parametrize(
    "place", ["shards", "parts", "work", "run.json", "failures.jsonl", "links.nq", "lock", "shards/ab", "work/bands"]
)
def test_a_link_out_of_the_folder_is_not_followed(place: str, news: Path, cli: Cli, tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.nq").write_text("mine")
    (out / place).parent.mkdir(parents=True, exist_ok=True)
    (out / place).symlink_to(elsewhere if "." not in place and place != "lock" else elsewhere / "mine.nq")
    done = cli("build", news, "--out", out)
    assert (done.exit_code, len(done.stderr.splitlines())) == (3, 1), done.stderr
    assert f"{out / place}: is a link" in done.stderr
    assert {p.name: p.read_text() for p in elsewhere.iterdir()} == {"mine.nq": "mine"}
    assert (out / place).is_symlink()


def test_a_link_among_the_shards_is_not_followed_by_a_load(news: Path, cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(news, out)
    shard = min(out.glob("shards/*/*.nq"))
    shard.rename(tmp_path / "elsewhere.nq")
    shard.symlink_to(tmp_path / "elsewhere.nq")
    mark_of.cache_clear()
    done = cli("load", out, "--store", tmp_path / "s")
    assert (done.exit_code, "is a link, which is not followed" in done.stderr) == (3, True), done.stderr
    assert cli("build", news, "--out", out, "--part-size", "1").exit_code == 3
    assert cli("build", news, "--out", out).exit_code == 0  # in another part: what is no shard any more is removed
    assert (tmp_path / "elsewhere.nq").exists()
    assert not shard.is_symlink()


@pytest.mark.parametrize("name", ["lock", "run.json", "shards"])
def test_a_pipe_in_the_place_of_a_file_is_one_line(name: str, news: Path, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    os.mkfifo(tmp_path / "out" / name)
    done = cli("build", news, "--out", tmp_path / "out")
    assert (done.exit_code, len(done.stderr.splitlines())) == (3, 1), done.stderr
    assert f"{tmp_path / 'out' / name}: is no " in done.stderr


def test_no_password_of_an_address_is_told(news: Path, cli: Cli, tmp_path: Path) -> None:
    """Nobody listens at these: what fsspec and we say of them is all there is."""
    address = f"ftp://me:sec/ret@127.0.0.1:{free_port()}/news"
    for arguments in (
        ("build", f"{address}/a.txt", "--out", tmp_path / "o"),
        ("build", news, "--out", address),
        ("load", address, "--store", tmp_path / "s"),
    ):
        done = cli(*arguments)
        assert (done.exit_code, len(done.stderr.splitlines())) == (3, 1), done.stderr
        assert "ret" not in done.output.replace("retried", "")
        assert "127.0.0.1" in done.stderr


def test_who_fetches_a_text_does_not_change_its_shard() -> None:
    def part(user: str) -> bytes:
        return write_part([Item(f"s3://{user}news/a.txt", Source("a", Path("a")), 9, "1")])

    assert shard_key(part("KEY:old@"), config()) == shard_key(part("KEY2:new@"), config())
    assert shard_key(part(""), config()) != shard_key(part("KEY:old@"), config())


def test_what_lies_in_a_folder_and_is_no_file_is_left_out(news: Path, cli: Cli, tmp_path: Path) -> None:
    (news / "dangling.txt").symlink_to("nowhere")
    (news / "loop.txt").symlink_to("loop.txt")
    (news / "out.txt").symlink_to("/dev/zero")
    os.mkfifo(news / "pipe.csv")
    (news / "two\nlines\x1b[2J.txt").write_bytes(b"\x00\x01")
    done = cli("build", news, "--out", tmp_path / "out", "--text-column", "text")
    assert (done.exit_code, "3  claims in 3 texts" in done.stdout) == (1, True), done.output
    told = [line for line in done.stderr.splitlines() if line.endswith("(left out)")]
    assert len(told) == 5, told
    assert not any("\x1b" in line for line in told)
    assert sum("not a regular file" in line for line in told) == 2


def test_texts_without_a_claim_are_counted(news: Path, cli: Cli, tmp_path: Path) -> None:
    (news / "d.txt").write_text("It rained all night.\n")
    said = "      1  text without a claim"
    for way in (("--out", tmp_path / "out"), ("-o", tmp_path / "g.nq"), ("--store", tmp_path / "s")):
        assert said in cli("build", news, *way).stdout.splitlines()
    assert said in cli("build", news, "--out", tmp_path / "out").stdout.splitlines()


def test_a_resumed_build_does_a_part_again_whose_bytes_have_changed(news: Path, tmp_path: Path) -> None:
    build(news, tmp_path / "out")
    victim = min((tmp_path / "out").glob("shards/*/*.nq"))
    whole = victim.read_bytes()
    victim.write_bytes(whole.replace(b"e", b"a"))
    assert build(news, tmp_path / "out").resumed == len(TEXTS) - 1
    assert victim.read_bytes() == whole
