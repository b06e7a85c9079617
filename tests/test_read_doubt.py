"""Texts that were read in a wrong encoding are told, not read as if nothing was there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Cli
from respgraph.read.doubt import doubt_of
from respgraph.read.language import detect_language

GOOD = (
    "The Ministry of Water said that Norrwater’s owners are responsible for the collapse of the dam. “We warned them "
    "twice,” the minister’s office wrote — and the company’s lawyers denied that any letter had come. "
) * 3
WRONG = {
    "UTF-8 as Windows-1252": (GOOD.encode().decode("cp1252", "replace"), "looks like UTF-8 that was read in another"),
    "UTF-8 as Latin-1": (GOOD.encode().decode("latin-1"), "looks like UTF-8 that was read in another"),
    "UTF-16, bytes swapped": (GOOD.encode("utf-16-le").decode("utf-16-be", "replace"), "wrong encoding"),
    "letters lost": (GOOD.encode("cp1252").decode("utf-8", "replace"), "letters of it are lost"),
    "EBCDIC": (GOOD.encode("cp500", "replace").decode("cp1252", "replace"), "wrong encoding"),
    "numbers": (" ".join(f"{n * 7.3:.1f}" for n in range(200)), "more signs than letters"),
}
FINE = {
    "English": GOOD,
    "French": "Le conseil doit réparer la route avant l’été, a déclaré la ministre à Besançon. " * 4,
    "Greek": "Ο δήμος πρέπει να επισκευάσει τον δρόμο πριν από τον χειμώνα, είπε η υπουργός. " * 4,
    "Chinese": "部长说，市政府必须在冬天之前修好这条路，居民们也同意这个要求。" * 6,
    "names": ", ".join(f"{a} {b}" for a in ("Anna", "Kofi", "Wanjiru") for b in ("Smith", "Okoye", "Nguyen", "Novák")),
    "short": "Ω ≈ 3.14; §4",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_encoding_is_told(name: str) -> None:
    text, why = WRONG[name]
    assert why in (doubt_of(text, detect_language(text)) or "")


@pytest.mark.parametrize("name", FINE)
def test_what_people_write_is_not_doubted(name: str) -> None:
    assert doubt_of(FINE[name], detect_language(FINE[name])) is None


@pytest.mark.parametrize(
    "way", [["-o", "g.trig"], ["--store", "s"], ["--out", "out"], ["-o", "h.nq", "--jobs", "2"]], ids=" ".join
)
def test_a_build_names_the_text_and_reports_it(
    way: list[str], cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_bytes(GOOD.encode())
    (tmp_path / "news" / "b.txt").write_text("Tenants must keep the gate shut.")
    done = cli("build", "news", *way, "--encoding", "latin-1")
    assert done.exit_code == 0
    assert [line for line in done.stderr.splitlines() if "news/a.txt: looks like UTF-8" in line]
    assert "(read all the same)" in done.stderr
    report = Path("out/failures.jsonl") if "--out" in way else Path(f"{way[1]}.failures.jsonl")
    [line] = map(json.loads, report.read_text().splitlines())
    assert (line["source"], line["read"]) == ("news/a.txt", True)
    done = cli("build", "news", *way)
    assert (done.exit_code, "read all the same" in done.stderr) == (0, False)  # on a busy machine, lines of progress
    assert not report.exists() or report.read_text() == ""


def test_read_shows_it_and_a_foreign_text_in_a_wrong_encoding_is_not_called_foreign(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(GOOD.encode("utf-16-le"))
    assert "doubtful: looks as if" in cli("read", path, "--encoding", "utf-16-be").stdout
    done = cli("build", path, "-o", tmp_path / "g.trig", "--encoding", "utf-16-be")
    assert (done.exit_code, "wrong encoding" in done.stderr, "Chinese" in done.stderr) == (3, True, False)
