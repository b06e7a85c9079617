"""The command line on good input: what each command prints and writes."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

import respgraph
from conftest import FLOOD, ROOT, Cli
from respgraph.cli import main
from respgraph.cli.query import FORMATS, PARAMETERS
from respgraph.exchange import to_json
from respgraph.model import CLAIM_TYPES
from respgraph.pipeline import extract, read

SENTENCE = "The ministry blamed the operator for the flood."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three small texts, one below another."""
    (tmp_path / "texts" / "sub").mkdir(parents=True)
    for name, text in {
        "b.txt": SENTENCE,
        "a.md": "Tenants must pay.",
        "sub/b.txt": "Owners must pay.",
    }.items():
        (tmp_path / "texts" / name).write_text(text)
    return tmp_path / "texts"


def test_every_command_has_help_with_an_example(cli: Cli) -> None:
    for name, command in main.commands.items():
        shown = cli(name, "--help")
        assert shown.exit_code == 0
        assert f"  respgraph {name} " in shown.output or f"| respgraph {name}" in shown.output
        assert str(command.short_help) in cli("--help").output


def test_the_version_is_the_package_s(cli: Cli) -> None:
    assert cli("--version").output == f"respgraph {respgraph.__version__}\n"


def test_build_writes_graph_and_page_and_says_so(cli: Cli, tmp_path: Path) -> None:
    done = cli("build", FLOOD, "-o", tmp_path / "g.trig", "--html", tmp_path / "p.html", "--title", "Who paid?")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    counts = {kind: int(number) for number, kind in (line.split() for line in lines[:-3])}
    assert set(counts) <= set(CLAIM_TYPES)
    assert lines[-3].split() == [str(sum(counts.values())), "claims", "in", "1", "text"]
    assert lines[-2:] == [f"wrote {tmp_path / 'g.trig'}", f"wrote {tmp_path / 'p.html'}"]
    assert "<title>Who paid?" in (tmp_path / "p.html").read_text(encoding="utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["g.trig", "p.html"]


def test_build_reads_standard_input_and_writes_standard_output(cli: Cli) -> None:
    done = cli("build", "-", "-o", "-", "--base", "https://example.org/x/", stdin=SENTENCE)
    assert done.exit_code == 0
    assert done.stdout.startswith("@prefix ")
    assert "https://example.org/x/actor/" in done.stdout
    assert "1  responsibility" in done.stderr


def test_build_writes_n_quads_by_suffix(cli: Cli, tmp_path: Path) -> None:
    assert cli("build", FLOOD, "-o", tmp_path / "g.nq").exit_code == 0
    lines = (tmp_path / "g.nq").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    assert all(line.endswith(" .") for line in lines)


def test_build_leaves_out_what_is_doubtful(cli: Cli, tmp_path: Path) -> None:
    for at_least, name in ((0, "all.nq"), (0.8, "sure.nq")):
        cli("build", FLOOD, "-o", tmp_path / name, "--min-confidence", at_least)
    every, sure = ((tmp_path / n).read_text(encoding="utf-8").count("#confidence>") for n in ("all.nq", "sure.nq"))
    assert 0 < sure < every


def test_extract_prints_one_object_per_text_in_order(cli: Cli, folder: Path) -> None:
    done = cli("extract", folder, FLOOD)
    objects = [json.loads(line) for line in done.stdout.splitlines()]
    top = folder.name
    assert [o["document"] for o in objects] == [f"{top}/a.md", f"{top}/b.txt", f"{top}/sub/b.txt", "source.md"]
    assert objects[-1] == to_json(extract(read(FLOOD)))


def test_extract_gives_the_same_with_several_jobs(cli: Cli, folder: Path, tmp_path: Path) -> None:
    for n in range(30):
        (folder / f"{n}.txt").write_text(f"{SENTENCE} Team {n} must report.")
    one, two = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    assert cli("extract", folder, "-o", one).exit_code == 0
    assert cli("extract", folder, "--jobs", 2, "-o", two).exit_code == 0
    assert one.read_bytes() == two.read_bytes()
    assert len(one.read_bytes().splitlines()) == 33


def test_a_line_is_a_line_to_everyone(cli: Cli) -> None:
    text = "The mayor\u2028must\x85pay. Café owners must pay."
    done = cli("extract", "-", stdin=text.encode())
    assert len(done.stdout.splitlines()) == 1
    assert "Café" in done.stdout
    claims = json.loads(done.stdout)["claims"]
    assert all(text[c["evidence"]["start"] : c["evidence"]["end"]] == c["evidence"]["quote"] for c in claims)


def test_extract_writes_a_gold_file_per_text(cli: Cli, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "gold"
    assert cli("extract", folder, "--format", "gold", "-o", out).exit_code == 0
    names = sorted(path.stem for path in out.iterdir())
    assert names[:2] == ["a", "b"]
    assert names[2].startswith("b-")
    gold = json.loads((out / "b.json").read_text(encoding="utf-8"))
    assert gold["id"] == "b"
    assert [c["type"] for c in gold["claims"]] == ["responsibility"]


def test_read_shows_blocks_with_offsets(cli: Cli) -> None:
    lines = cli("read", FLOOD).stdout.splitlines()
    assert lines[0].startswith("source.md: The night the Lorne rose, 2025-03-14")
    assert any("table" in line for line in lines)
    value = json.loads(cli("read", FLOOD, "-f", "json").stdout)
    text = FLOOD.read_text(encoding="utf-8")
    heading = next(b for b in value["blocks"] if b["kind"] == "heading")
    assert text[heading["span"]["start"] : heading["span"]["end"]] == "The night the Lorne rose"


def test_query_lists_every_named_question_with_its_parameters(cli: Cli) -> None:
    shown = cli("query", "--list").stdout
    for question in respgraph.list_queries():
        assert f"{question.name} " in shown
        assert question.title in shown
        assert {p.name for p in question.parameters} <= set(PARAMETERS)


def test_query_knows_the_formats_of_the_library() -> None:
    from respgraph.query import FORMATS as KNOWN

    assert FORMATS == KNOWN


def test_every_named_question_has_an_answer_form(cli: Cli, flood: Path) -> None:
    claim = json.loads(cli("query", flood, "who-holds-whom", "-f", "json").stdout)["results"]["bindings"][0]["claim"]
    for question in respgraph.list_queries():
        extra = ["--claim", claim["value"]] if question.name == "evidence" else []
        for form in FORMATS:
            assert cli("query", flood, question.name, "-f", form, *extra).exit_code == 0


def test_query_takes_parameters_as_options_or_pairs(cli: Cli, flood: Path) -> None:
    as_option = cli("query", flood, "who-holds-whom", "--bearer", "norrwater")
    as_pair = cli("query", flood, "who-holds-whom", "-p", "bearer=Norrwater")
    every = cli("query", flood, "who-holds-whom")
    assert as_option.stdout == as_pair.stdout
    assert 1 < len(as_option.stdout.splitlines()) < len(every.stdout.splitlines())


def test_query_takes_sparql_from_text_file_and_standard_input(cli: Cli, flood: Path, tmp_path: Path) -> None:
    text = "SELECT ?who ?whom WHERE { ?who resp:assignsResponsibilityTo ?whom } ORDER BY ?who ?whom"
    (tmp_path / "q.rq").write_text(text)
    answers = {
        cli("query", flood, "--sparql", text).stdout,
        cli("query", flood, tmp_path / "q.rq").stdout,
        cli("query", flood, "-", stdin=text).stdout,
        cli("query", "-", "--sparql", text, stdin=flood.read_bytes()).stdout,
    }
    assert len(answers) == 1
    assert "actor/norrwater" in answers.pop()


def test_query_writes_what_the_suffix_means(cli: Cli, flood: Path, tmp_path: Path) -> None:
    for name, start in {"a.csv": "says,", "a.json": "{", "a.md": "| says", "a.txt": "says  "}.items():
        assert cli("query", flood, "demands", "-o", tmp_path / name).stdout == ""
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_query_prints_a_table_on_a_terminal(flood: Path) -> None:
    main_end, other = pty.openpty()
    command = [sys.executable, "-m", "respgraph", "query", str(flood), "demands"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80"}
    subprocess.run(command, stdout=other, env=env, check=True, timeout=60)
    os.close(other)
    shown = os.read(main_end, 100_000).decode()
    os.close(main_end)
    assert "───" in shown


def test_view_writes_the_page_of_a_graph(cli: Cli, flood: Path, tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    assert cli("view", flood, "-o", page).stdout == f"wrote {page}\n"
    direct = tmp_path / "d.html"
    cli("build", FLOOD, "-o", tmp_path / "g.trig", "--html", direct)
    assert page.read_bytes() == direct.read_bytes()


def test_check_says_yes_with_0_and_no_with_1(cli: Cli, flood: Path, tmp_path: Path) -> None:
    good = cli("check", flood)
    assert (good.exit_code, good.stdout.split(":")[0]) == (0, "conforms")
    bad = tmp_path / "bad.trig"
    moved = re.sub(
        r"oa:start ([1-9]\d*)", lambda m: f"oa:start {int(m[1]) + 1}", flood.read_text(encoding="utf-8"), count=1
    )
    bad.write_text(moved, encoding="utf-8")
    found = cli("check", bad)
    assert found.exit_code == 1
    assert "quote-offset" in found.stdout


def test_explain_shows_tree_tries_and_slots(cli: Cli) -> None:
    shown = cli("explain", SENTENCE).stdout
    assert "blamed" in shown
    assert "  +  responsibility.blame" in shown
    assert "RESPONSIBILITY  assigns blame" in shown
    assert "“the operator” 20-32" in shown
    assert cli("explain", "-", stdin=SENTENCE).stdout == shown
    assert "no claims" in cli("explain", "It rained.").stdout


def test_rules_lists_all_and_shows_one(cli: Cli) -> None:
    from respgraph.extract import all_rules

    shown = cli("rules").stdout
    assert [line.split()[0] for line in shown.splitlines()] == sorted(all_rules())
    assert all(line.startswith("cause.") for line in cli("rules", "--type", "cause").stdout.splitlines())
    one = cli("rules", "responsibility.lies-with").stdout
    assert {"source:", "examples:", "evoked by"} <= {
        part for part in ("source:", "examples:", "evoked by") if part in one
    }
