"""Building into a store again: what is new, changed, unchanged and gone."""

from __future__ import annotations

from pathlib import Path

import pytest

import respgraph.annotate.spacy
from conftest import Cli
from respgraph.errors import StoreError
from respgraph.model import Document
from respgraph.read import read_text
from respgraph.store import held_documents, open_graph, open_store
from respgraph.update import update_store


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"The keeper of {name} must close gate {name}.")
    return folder


@pytest.fixture(params=["store", "g.trig", "g.nq", "g.jsonld"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


def counts(output: str) -> str:
    return output.splitlines()[-1].partition(": ")[2]


def quads(store: Path) -> list[bytes]:
    with open_graph(store) as view:
        return sorted(view.nquads().splitlines())


def test_only_what_changed_is_read_again(
    news: Path, store: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert counts(cli("build", news, "--store", store).output) == "3 new, 0 changed, 0 unchanged, 0 removed"
    before = quads(store)
    with monkeypatch.context() as patched:
        patched.delattr(respgraph.annotate.spacy, "load")  # nothing can be parsed now
        assert counts(cli("build", news, "--store", store).output) == "0 new, 0 changed, 3 unchanged, 0 removed"
    assert quads(store) == before
    (news / "a.txt").write_text("The keeper of a may open gate a.")
    (news / "b.txt").unlink()
    (news / "d.txt").write_text("The keeper of d must close gate d.")
    assert counts(cli("build", news, "--store", store).output) == "1 new, 1 changed, 1 unchanged, 1 removed"
    cli("build", news, "--store", tmp_path / "fresh")
    assert quads(store) == quads(tmp_path / "fresh")


@pytest.mark.parametrize("option", [("--min-confidence", "0.5"), ("--base", "https://example.org/x/")])
def test_another_way_of_reading_is_a_change(news: Path, cli: Cli, tmp_path: Path, option: tuple[str, str]) -> None:
    cli("build", news, "--store", tmp_path / "s")
    done = cli("build", news, "--store", tmp_path / "s", *option)
    assert counts(done.output) == "0 new, 3 changed, 0 unchanged, 0 removed"
    done = cli("build", news, "--store", tmp_path / "s", *option)
    assert counts(done.output) == "0 new, 0 changed, 3 unchanged, 0 removed"
    cli("build", news, "--store", tmp_path / "fresh", *option)
    assert quads(tmp_path / "s") == quads(tmp_path / "fresh")


def test_what_came_from_elsewhere_stays(news: Path, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("The mayor must answer.")
    cli("build", news, tmp_path / "letter.txt", "--store", tmp_path / "s")
    (news / "a.txt").unlink()
    done = cli("build", news, "--store", tmp_path / "s", "--keep")
    assert counts(done.output) == "0 new, 0 changed, 2 unchanged, 0 removed"
    done = cli("build", news, "--store", tmp_path / "s")
    assert counts(done.output) == "0 new, 0 changed, 2 unchanged, 1 removed"
    with open_graph(tmp_path / "s") as view:
        assert [held.name for held in held_documents(view)] == ["letter.txt", "news/b.txt", "news/c.txt"]


def test_another_folder_of_the_same_name_does_not_remove_the_first(news: Path, cli: Cli, tmp_path: Path) -> None:
    cli("build", news, "--store", tmp_path / "s")
    other = tmp_path / "other" / "news"
    other.mkdir(parents=True)
    (other / "x.txt").write_text("The mayor must answer.")
    done = cli("build", other, "--store", tmp_path / "s")
    assert done.exit_code == 3
    assert "holds 3 texts of a folder 'news' and none of those now given" in done.stderr
    assert counts(cli("build", other, "--store", tmp_path / "s", "--keep").output).startswith("1 new")


def test_a_file_that_can_no_longer_be_read_keeps_what_was_read(news: Path, cli: Cli, tmp_path: Path) -> None:
    cli("build", news, "--store", tmp_path / "s")
    (news / "a.txt").write_bytes(b"\x00\x01")
    done = cli("build", news, "--store", tmp_path / "s")
    assert done.exit_code == 1
    assert counts(done.stdout) == "0 new, 0 changed, 2 unchanged, 0 removed"
    assert len(quads(tmp_path / "s")) > 0
    with open_graph(tmp_path / "s") as view:
        assert len(view.documents()) == 3


def test_two_texts_of_one_name_are_refused_before_anything_is_written(cli: Cli, tmp_path: Path) -> None:
    for part in ("x", "y"):
        (tmp_path / part / "news").mkdir(parents=True)
        (tmp_path / part / "news" / "a.txt").write_text(f"The keeper of {part} must answer.")
    done = cli("build", tmp_path / "x" / "news", tmp_path / "y" / "news", "--store", tmp_path / "s")
    assert done.exit_code == 3
    assert "news/a.txt: two of the texts have this name" in done.stderr
    with open_graph(tmp_path / "s") as view:
        assert len(view) == 0
    done = cli("build", tmp_path / "x" / "news", tmp_path / "y" / "news", "-o", tmp_path / "g.trig")
    assert done.exit_code == 0


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../b", "..", "a\x00b\n", "x" * 5000, "C:\\a"])
def test_a_name_that_looks_like_a_path_is_only_a_name(name: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert before == []
    with open_store(tmp_path / "s") as store:
        done = update_store(store, [Document(name, "The mayor must answer.", read_text("x").blocks)])
        assert done.new == 1
        assert [held.name for held in held_documents(store)] == [name]
    assert {path.parent for path in tmp_path.glob("**/*.nq")} <= {*tmp_path.glob("s/segments/??")}
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_a_document_killed_between_new_and_old_is_mended_by_the_next_run(tmp_path: Path) -> None:
    old, new = (read_text(f"The mayor must answer {n} letters.", "a.txt") for n in (1, 2))
    with open_store(tmp_path / "s") as store, open_store(tmp_path / "t") as other:
        update_store(store, [old])
        update_store(other, [new])
        store.put_graph(other.rows())
        assert len(store.documents()) == 2
        done = update_store(store, [new])
        assert (done.unchanged, done.changed) == (1, 0)
        assert sorted(store.rows()) == sorted(other.rows())


def test_an_error_in_the_middle_keeps_what_was_put(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        update_store(store, [read_text("The mayor must answer.", "a.txt")])
        with pytest.raises(StoreError, match="two of the texts"):
            update_store(store, [read_text("x", "b"), read_text("y", "b")])
        assert len(store.documents()) == 1


def test_a_page_can_be_made_of_a_store(news: Path, cli: Cli, tmp_path: Path) -> None:
    done = cli("build", news, "--store", tmp_path / "s", "--html", tmp_path / "p.html")
    assert done.exit_code == 0, done.output
    for command in (["view", tmp_path / "s", "-o", tmp_path / "q.html"], ["check", tmp_path / "s"]):
        assert cli(*command).exit_code == 0
    assert (tmp_path / "p.html").read_bytes() == (tmp_path / "q.html").read_bytes()


@pytest.mark.parametrize("options", [[], ["-o", "g.trig", "--store", "s"]])
def test_either_a_file_or_a_store(news: Path, cli: Cli, options: list[str]) -> None:
    done = cli("build", news, *options)
    assert done.exit_code == 2
    assert "either -o GRAPH or --store ADDRESS" in done.output


def test_a_build_links_the_claims_of_different_texts_and_links_them_again_when_one_changes(
    cli: Cli, tmp_path: Path
) -> None:
    news = tmp_path / "papers"
    news.mkdir()
    said = "The Ministry of Water said Norrwater is responsible for the collapse of the Lorne dam.\n"
    denied = "Norrwater denied responsibility for the collapse of the Lorne dam.\n"
    (news / "a.txt").write_text(said)
    (news / "b.txt").write_text(denied)
    store = str(tmp_path / "store")
    cli("build", str(news), "--store", store)
    found = cli("query", store, "contradictions", "--format", "csv").stdout
    assert "Ministry of Water" in found
    assert "Norrwater denied responsibility" in found
    (news / "b.txt").write_text("Norrwater must repair the Lorne dam.\n")
    cli("build", str(news), "--store", store)
    assert len(cli("query", store, "contradictions", "--format", "csv").stdout.splitlines()) == 1
    (news / "b.txt").write_text(denied)
    cli("build", str(news), "--store", store)
    assert cli("query", store, "contradictions", "--format", "csv").stdout == found


def test_judgements_beside_a_store_are_applied_again_by_each_build(cli: Cli, tmp_path: Path) -> None:
    news = tmp_path / "papers"
    news.mkdir()
    (news / "a.txt").write_text(
        "Ruth Calder said Norrwater Limited is responsible for the collapse of the Lorne dam.\n"
    )
    (news / "b.txt").write_text("Lorne Water Works denied responsibility for the collapse of the Lorne dam.\n")
    store = str(tmp_path / "store")
    cli("build", str(news), "--store", store)
    assert len(cli("query", store, "contradictions", "--format", "csv").stdout.splitlines()) == 1
    cli("actors", "merge", store, "Norrwater Limited", "Lorne Water Works", "--why", "renamed")
    found = cli("query", store, "contradictions", "--format", "csv").stdout
    assert len(found.splitlines()) == 2
    (news / "a.txt").touch()
    cli("build", str(news), "--store", store)
    (news / "c.txt").write_text("Lorne Water Works must repair the Lorne dam.\n")
    assert "1 judgement applied" in cli("build", str(news), "--store", store).stdout
    assert cli("query", store, "contradictions", "--format", "csv").stdout == found
    assert "Norrwater Limited" in cli("query", store, "obligations", "--format", "csv").stdout
