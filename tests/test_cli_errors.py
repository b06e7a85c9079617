"""The command line on bad input: one clear line that names the place, exit 3, and nothing half written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from conftest import FLOOD, Cli

BAD_TEXTS = {
    "missing": (None, "no such file or folder"),
    "empty": (b"", "empty: nothing to read"),
    "only white space": (b" \n\t\n", "empty: only white space"),
    "binary": (b"\x7fELF\x02\x00\x01", "(byte 5)"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "this is a PNG picture"),
    "wrong encoding": ("Das Café muß zahlen.".encode("latin-1"), "(byte 7): not valid UTF-8 (0xE9)"),
    "a 5 MB line": (b"must " * 1_000_000, "(line 1): 5,000,000 characters in one line"),
}
BAD_GRAPHS = {
    "missing": (None, "there is no such file"),
    "empty": (b"\n", "is empty"),
    "not RDF": (b"Dear reader, this is a letter.", "is not RDF (line 1"),
    "binary": (b"\x00\x01\x02\xff", "is not RDF"),
    "not ours": (
        b"<http://e.org/a> <http://e.org/b> <http://e.org/c> .",
        "no document or claim of respgraph",
    ),
    "XML": (b"<?xml version='1.0'?><rdf:RDF/>", "looks like XML"),
}


def assert_one_line(done: Result, *parts: str) -> None:
    """Exit 3, nothing on stdout, one line of ours on stderr that holds the parts."""
    assert (done.exit_code, done.stdout) == (3, "")
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("respgraph: ")
    for part in parts:
        assert part in lines[0]


@pytest.mark.parametrize("command", ["build", "extract jsonl", "extract gold", "extract stdout"])
@pytest.mark.parametrize("bad", BAD_TEXTS)
def test_a_bad_text_that_was_named_ends_it_with_nothing_written(
    bad: str, command: str, cli: Cli, tmp_path: Path
) -> None:
    data, why = BAD_TEXTS[bad]
    path = tmp_path / "in.txt"
    if data is not None:
        path.write_bytes(data)
    (tmp_path / "out").mkdir()
    arguments = {
        "build": [
            "build",
            FLOOD,
            path,
            "-o",
            tmp_path / "out" / "g.trig",
            "--html",
            tmp_path / "out" / "p.html",
        ],
        "extract jsonl": ["extract", FLOOD, path, "-o", tmp_path / "out" / "c.jsonl"],
        "extract gold": ["extract", FLOOD, path, "-f", "gold", "-o", tmp_path / "out" / "gold"],
        "extract stdout": ["extract", FLOOD, path],
    }[command]
    assert_one_line(cli(*arguments), str(path), why)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("bad", BAD_GRAPHS)
def test_a_bad_graph_is_one_clear_line(bad: str, cli: Cli, tmp_path: Path) -> None:
    data, why = BAD_GRAPHS[bad]
    path = tmp_path / "g.trig"
    if data is not None:
        path.write_bytes(data)
    for arguments in (
        ["query", path, "actors", "-o", tmp_path / "out.csv"],
        ["view", path, "-o", tmp_path / "out.html"],
        ["check", path],
    ):
        assert_one_line(cli(*arguments), str(path), why)
    assert list(tmp_path.glob("out*")) == []


def test_a_bad_text_in_a_folder_is_left_out_and_counted(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("A keeper must act.")
    (folder / "b.txt").write_bytes(b"\x00\x01")
    (folder / "c.txt").write_text("C keeper must act.")
    done = cli("build", folder, "-o", tmp_path / "g.trig")
    assert done.exit_code == 1
    assert "claims in 2 texts" in done.stdout
    assert (tmp_path / "g.trig").exists()
    assert done.stderr.splitlines()[0].startswith(f"respgraph: {folder / 'b.txt'} (byte 0): a NUL byte")
    report = tmp_path / "g.trig.failures.jsonl"
    words = f"respgraph: 1 of 3 texts could not be read and were left out; see {report}"
    assert done.stderr.splitlines()[1] == words
    [line] = report.read_text().splitlines()
    assert json.loads(line) == {
        "source": str(folder / "b.txt"),
        "where": "byte 0",
        "why": "a NUL byte; it looks like utf-16-be without a byte order mark: give that as its encoding",
    }
    (folder / "b.txt").unlink()
    assert cli("build", folder, "-o", tmp_path / "g.trig").exit_code == 0
    assert not report.exists()


def test_a_folder_of_bad_texts_writes_nothing(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.txt").write_bytes(b"\x00\x01")
    done = cli("build", tmp_path / "in", "-o", tmp_path / "g.trig")
    assert done.exit_code == 3
    assert done.stdout == ""
    assert "nothing was written" in done.stderr
    assert not (tmp_path / "g.trig").exists()


def test_a_text_in_another_encoding_is_read_when_it_is_named(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_bytes("The café must pay.".encode("latin-1"))
    assert "The café must pay." in cli("extract", path, "--encoding", "latin-1").stdout
    assert_one_line(cli("extract", path, "--encoding", "klingon"), "unknown encoding 'klingon'")


@pytest.mark.parametrize(
    ("sparql", "parts"),
    [
        ("SELECT ?a WHERE { ?a ?b }", ["line 1, column 2"]),
        ("SELECT * WHERE { SERVICE <http://e.org/> { ?s ?p ?o } }", ["SERVICE"]),
        ("DELETE WHERE { ?s ?p ?o }", ["respgraph: "]),
    ],
    ids=["syntax", "service", "update"],
)
def test_bad_sparql_says_where(sparql: str, parts: list[str], cli: Cli, flood: Path) -> None:
    before = flood.read_bytes()
    done = cli("query", flood, "--sparql", sparql)
    assert (done.exit_code, done.stdout) == (3, "")
    assert all(part in done.stderr for part in parts)
    assert "Traceback" not in done.stderr
    assert flood.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["query", "{flood}", "nothing"], "no query named 'nothing'"),
        (["query", "{flood}", "../nothing.txt"], "no query named '../nothing.txt'"),
        (["query", "{flood}", "who holds whom"], "did you mean 'who-holds-whom'"),
        (["query", "{flood}", "nothing.rq"], "nothing.rq: No such file"),
        (["query", "{flood}", "who-holds-whom", "--forum", "x"], "has no parameter 'forum'"),
        (["query", "{flood}", "who-holds-whom", "--bearer", "Norwater"], "did you mean 'Norrwater'"),
        (["query", "{flood}", "evidence"], "needs claim"),
        (["query", "{flood}", "actors", "-o", "{tmp}/no/a.csv"], "there is no folder"),
        (["build", "{source}", "-o", "{tmp}/no/g.trig"], "there is no folder"),
        (["build", "{source}", "-o", "{tmp}/g.trig", "--base", "a b"], "not an absolute IRI"),
        (["build", "{source}", "-o", "{tmp}/g.trig", "--html", "{tmp}"], "is a folder"),
        (["build", "{source}", "-o", "{tmp}/g.trig", "--html", "{source}"], "would overwrite a text"),
        (["build", "{tmp}", "-o", "{tmp}/g.trig"], "no text in this folder"),
        (
            ["build", "{source}", "-o", "{tmp}/g.trig", "--pipeline", "nothing"],
            "no spaCy pipeline named 'nothing'",
        ),
        (["extract", "{source}", "-o", "{source}"], "would overwrite a text"),
        (["extract", "{source}", "-f", "gold", "-o", "{source}"], "needs a folder"),
        (["view", "{flood}", "-o", "{tmp}/no/p.html"], "there is no folder"),
        (["explain", "  "], "nothing to explain"),
        (["rules", "responsibility.blam"], "did you mean 'responsibility.blame'"),
        (["rules", "--type", "poem"], "no claim type with rules named 'poem'"),
        (["read", "{tmp}"], "this is a folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_done_is_one_clear_line(
    arguments: list[str], part: str, cli: Cli, flood: Path, tmp_path: Path
) -> None:
    places = {"flood": flood, "tmp": tmp_path, "source": FLOOD}
    assert_one_line(cli(*(argument.format(**places) for argument in arguments)), part)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["build"],
        ["build", "a.txt"],
        ["build", "a.txt", "-o", "g.docx"],
        ["build", "a.txt", "-o", "g.trig", "--min-confidence", "2"],
        ["extract", "a.txt", "-f", "gold"],
        ["query"],
        ["query", "g.trig"],
        ["query", "g.trig", "actors", "--sparql", "ASK {}"],
        ["query", "-", "-"],
        ["query", "g.trig", "actors", "-p", "actor"],
        ["query", "g.trig", "actors", "-f", "xml"],
    ],
    ids=" ".join,
)
def test_misuse_is_exit_2_with_the_way_to_help(arguments: list[str], cli: Cli) -> None:
    done = cli(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "--help" in done.stderr


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "-1", "", "1e999", "0x1", "one"])
@pytest.mark.parametrize("option", ["--min-confidence", "--jobs", "--part-size", "--resolution", "--backbone"])
def test_a_number_that_is_none_is_misuse(option: str, value: str, cli: Cli, tmp_path: Path) -> None:
    command = (
        ["network", "g.trig"] if option in ("--resolution", "--backbone") else ["build", "a.txt", "--out", tmp_path]
    )
    done = cli(*command, f"{option}={value}")
    assert (done.exit_code, done.stdout) == (2, "")
    assert option in done.stderr.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_coverage_goes_on_at_a_bad_row_and_names_it(cli: Cli, tmp_path: Path) -> None:
    corpus = tmp_path / "a.jsonl"
    corpus.write_text('{"text": "Tenants must not keep pigs."}\n{"text": 5}\nno\n{"text": "Keepers must act."}\n')
    done = cli("rules", "--coverage", corpus)
    assert done.exit_code == 1
    assert [line.split()[1] for line in done.stdout.splitlines() if line.startswith("obligation.modal ")] == ["2"]
    assert [line.partition(": ")[2] for line in done.stderr.splitlines()] == [
        f"{corpus} (row 2): column 'text' holds int, not text (left out)",
        f"{corpus} (line 3): not JSON: Expecting value (left out)",
        "2 could not be read and were not counted",
    ]
    corpus.write_text('{"text": 5}\n')
    assert_one_line(cli("rules", "--coverage", corpus), "column 'text' holds int")


def test_two_outputs_of_one_stem_have_reports_of_their_own(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("A keeper must act.")
    (tmp_path / "in" / "b.txt").write_bytes(b"\x00\x01")
    for way in (["-o", "x.trig"], ["-o", "x.nq"], ["--store", "x"]):
        assert cli("build", tmp_path / "in", way[0], tmp_path / way[1]).exit_code == 1
    assert sorted(p.name for p in tmp_path.glob("*.failures.jsonl")) == [
        "x.failures.jsonl",
        "x.nq.failures.jsonl",
        "x.trig.failures.jsonl",
    ]


def test_a_bug_of_ours_asks_for_a_report_and_debug_shows_it(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("slot")

    monkeypatch.setattr("respgraph.pipeline.explain", broken)
    done = cli("explain", "It rained.")
    assert_one_line(done, "a bug of ours: KeyError: 'slot'", "--debug")
    assert isinstance(cli("--debug", "explain", "It rained.").exception, KeyError)


def test_a_failed_page_leaves_no_graph_behind(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "p.html")

    monkeypatch.setattr("respgraph.view.write_view", broken)
    done = cli("build", FLOOD, "-o", tmp_path / "g.trig", "--html", tmp_path / "p.html")
    assert_one_line(done, "p.html: No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_row_with_controls_is_left_out_as_binary(cli: Cli, tmp_path: Path) -> None:
    rows = [{"text": "The city must\0act."}, {"text": "The city must act now.", "title": "A\x1bB"}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = cli("build", tmp_path / "a.jsonl", "-o", tmp_path / "g.trig")
    assert done.exit_code == 1
    assert "(row 1): a NUL character" in done.stderr
    assert "\\u001B" not in (graph := (tmp_path / "g.trig").read_text())
    assert "\x1b" not in graph


def test_a_text_of_too_many_lines_is_refused_before_it_is_laid_out(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a\n" * 1_000_001)
    assert_one_line(cli("build", tmp_path / "a.txt", "-o", tmp_path / "g.trig"), "1,000,001 lines are too many")


def test_a_line_break_in_a_name_forges_no_message(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The city must act now.")
    (tmp_path / "b\nrespgraph: all is well\t.txt").write_bytes(b"\0")
    done = cli("build", tmp_path, "-o", tmp_path.parent / "forged.trig")
    assert not any(line.startswith("respgraph: all") for line in done.stderr.splitlines())
    assert "b respgraph: all is well .txt" in done.stderr


def test_an_interrupt_is_one_line_and_130(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("respgraph.rdf.write.write_bytes", interrupt)
    monkeypatch.setattr("respgraph.pipeline.extract_many", interrupt)
    done = cli("build", FLOOD, "-o", tmp_path / "g.trig")
    assert (done.exit_code, done.stderr) == (130, "respgraph: interrupted\n")
    assert list(tmp_path.iterdir()) == []
