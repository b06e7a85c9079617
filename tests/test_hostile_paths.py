"""Paths as a hostile archive or a careless user gives them: links, pipes, devices, nothing at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from conftest import ROOT, Cli
from respgraph.errors import ReadError, RespgraphError, StoreError
from respgraph.rdf.write import write_bytes
from respgraph.read import find_sources
from respgraph.view.page import write_whole

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices of POSIX")
TEXT = "The keeper must act."


@pytest.fixture
def device(tmp_path: Path) -> Path:
    path = tmp_path / "device"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize("write", [lambda p: write_bytes(p, [b"new"]), lambda p: write_whole(p, "new")])
class TestWriting:
    def test_a_device_is_written_to_and_not_replaced(self, write, device: Path) -> None:  # type: ignore[no-untyped-def]
        got: list[bytes] = []
        reader = threading.Thread(target=lambda: got.append(device.read_bytes()))
        reader.start()
        write(device)
        reader.join(10)
        assert got == [b"new"]
        assert stat.S_ISFIFO(device.stat().st_mode)

    def test_a_link_stays_a_link_and_its_file_is_written(self, write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        (tmp_path / "real").write_text("old")
        (tmp_path / "link").symlink_to("real")
        write(tmp_path / "link")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "real").read_text() == "new"
        assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "real"]

    def test_a_loop_of_links_is_not_written(self, write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        (tmp_path / "a").symlink_to("b")
        (tmp_path / "b").symlink_to("a")
        with pytest.raises(StoreError, match=r"a: cannot be written: "):
            write(tmp_path / "a")
        assert (tmp_path / "a").is_symlink()

    def test_a_private_file_stays_private(self, write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        path = tmp_path / "private"
        path.write_text("old")
        path.chmod(0o600)
        write(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    @pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everything")
    def test_a_file_that_is_read_only_stays_as_it_is(self, write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        path = tmp_path / "kept"
        path.write_text("old")
        path.chmod(0o444)
        with pytest.raises(StoreError, match="read-only"):
            write(path)
        assert path.read_text() == "old"


def test_a_pipe_in_a_folder_is_left_out_not_waited_for(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    os.mkfifo(folder / "b.txt")
    done = cli("extract", folder)
    assert done.exit_code == 1
    assert f"{folder / 'b.txt'}: cannot be read: not a regular file (left out)" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_a_link_in_a_folder_cannot_bring_in_a_file_from_elsewhere(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The spy must not be named.")
    folder = tmp_path / "texts"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT)
    (folder / "sub" / "inside.txt").symlink_to("../a.txt")
    (folder / "out.txt").symlink_to("../secret.txt")
    done = cli("extract", folder)
    assert done.exit_code == 1
    assert "spy" not in done.stdout
    assert f"{folder / 'out.txt'}: cannot be read: a link that leads out of its folder" in done.stderr
    assert "spy" in cli("extract", folder / "out.txt").stdout  # it was named


def test_no_name_is_not_this_folder(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT)
    with pytest.raises(ReadError, match="no name"):
        list(find_sources([""]))
    for arguments in (
        ["build", "", "-o", "g.trig"],
        ["extract", "a.txt", "-o", ""],
        ["read", ""],
        ["query", "", "actors"],
        ["check", ""],
    ):
        done = cli(*arguments)
        assert (done.exit_code, done.stdout) == (3, ""), arguments
        assert "no name" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
@pytest.mark.parametrize("arguments", [["rules"], ["explain", TEXT], ["query", "--list"], ["--help"]], ids=str)
def test_a_full_disk_behind_stdout_is_one_line(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "respgraph", *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr == "respgraph: standard output: No space left on device\n"


@pytest.mark.parametrize("arguments", [["explain", "-"], ["build", "-", "-o", "-"], ["check", "-"]], ids=lambda a: a[0])
def test_a_closed_standard_input_is_one_line(arguments: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" -m respgraph "$@" <&-', sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "empty" in done.stderr
    assert "bug" not in done.stderr


@pytest.mark.parametrize("name", ["../x", ".x", "os", "os.path", "a.b.c", "n\udcff", "a\0b", "click"])
def test_a_pipeline_that_is_none_is_one_line(name: str) -> None:
    from respgraph import extract

    with pytest.raises(RespgraphError, match="no spaCy pipeline named"):
        extract(TEXT, pipeline=name)


def test_a_base_that_is_no_iri_is_one_line(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    for base in ("http://[x", "http://x\udcff/", "http://a b/", "x"):
        done = cli("build", tmp_path / "a.txt", "-o", tmp_path / "g.trig", "--base", base)
        assert done.exit_code == 3
        assert "not an absolute IRI" in done.stderr


def test_no_number_is_no_confidence(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert cli("extract", tmp_path / "a.txt", "--min-confidence", "nan").exit_code == 2


def test_a_writer_that_is_killed_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "g.trig"
    path.write_text("old")
    code = (
        "import os, signal, sys; from respgraph.rdf.write import write_bytes\n"
        "def chunks():\n    yield b'new' * 100_000\n    os.kill(os.getpid(), signal.SIGKILL)\n    yield b'new'\n"
        "write_bytes(sys.argv[1], chunks())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=False
    )
    assert done.returncode == -9
    assert path.read_text() == "old"
