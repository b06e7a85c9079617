"""The suffix of -o decides the form, for every command that writes one; and no terminal gets what is no text."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from conftest import ROOT, Cli

COMMANDS = {
    "network": (["network"], {"csv", "json", "xlsx", "md", "markdown", "txt"}),
    "matrix": (["matrix"], {"csv", "json", "xlsx", "md", "markdown", "html", "htm"}),
    "report": (["report"], {"json", "md", "markdown", "html", "htm"}),
    "export": (["export"], {"csv", "xlsx"}),
    "actors": (["actors"], {"csv", "json", "txt"}),
    "rules": (["rules"], {"csv", "json", "txt"}),
}
SUFFIXES = ("csv", "json", "xlsx", "md", "markdown", "html", "htm", "txt", "pdf", "docx", "png")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_suffix_is_written_as_what_it_says_or_refused(name: str, cli: Cli, flood: Path, tmp_path: Path) -> None:
    command, written = COMMANDS[name]
    for suffix in SUFFIXES:
        path = tmp_path / f"out.{suffix}"
        graph = [] if name == "rules" else [flood]
        done = cli(*command, *graph, "-o", path)
        if suffix in written:
            assert done.exit_code == 0, done.output
            check(suffix, path.read_bytes())
        else:
            assert done.exit_code == 2, (suffix, done.output)
            assert not path.exists()
            assert len([line for line in done.stderr.splitlines() if line.startswith("Error")]) == 1


def check(suffix: str, data: bytes) -> None:
    """Fail if bytes are not of the form that a suffix means."""
    if suffix == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    elif suffix == "json":
        assert json.loads(data)
    elif suffix == "csv":
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
        assert len({len(row) for row in rows}) == 1
        assert len(rows) > 1
    elif suffix in ("html", "htm"):
        assert data.startswith(b"<!doctype html>")
    else:
        assert not data.startswith((b"<!doctype", b"{", b"["))


@pytest.mark.parametrize(
    "arguments",
    [["network", "-f", "xlsx"], ["matrix", "-f", "xlsx"], ["export", "-o", "-", "--to", "parquet"]],
    ids=lambda arguments: arguments[0],
)
def test_what_is_no_text_does_not_go_to_a_terminal(arguments: list[str]) -> None:
    graph = str(ROOT / "graphs" / "flood" / "graph.trig")
    master, terminal = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "respgraph", arguments[0], graph, *arguments[1:]],
            stdout=terminal,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            check=False,
            timeout=60,
        )
    finally:
        os.close(terminal)
        os.close(master)
    assert done.returncode == 2
    assert b"name a file with -o" in done.stderr
