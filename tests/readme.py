"""Run the console blocks of README.md, to test what they show or to write it anew.

A block is ```` ```console ````, a line ``$ command``, then what it prints on a terminal of 100 columns.
A line ``...`` stands for what was left out; it is kept when the answers are written anew
(``python tests/readme.py``), together with the number of lines before it.
"""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
QUALITY = ROOT / "QUALITY.md"
SCORES = ROOT / "tests" / "scores.json"
# set -> the level shown, and what it says
SETS = {
    "gold": ("tie", "claim found, speaker and bearer right"),
    "polnear": ("full", "source and content of attributions in political news"),
    "dse": ("negative", "who reproaches whom, one sentence"),
    "lexdemod": ("labels", "duties, permissions and bans of a party to a lease"),
    "ukact": ("norms", "bearer, modality and action in a statute"),
    "cnc": ("pairs", "cause and effect in protest news"),
    "acronym": ("pairs", "short and long forms in UN documents"),
    "tables": ("rows", "who does what, what answers what; ten documents that were read"),
}
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELLIPSIS = "..."


@dataclass(frozen=True, slots=True)
class Step:
    """One command with what the README says it prints."""

    command: str
    shown: tuple[str, ...]


def steps(block: str) -> Iterator[Step]:
    """Yield the commands of a block with their shown answers."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").split("\n")
        yield Step(command, tuple(shown))


def blocks() -> list[str]:
    """Return the bodies of the console blocks, in order."""
    return BLOCK.findall(README.read_text(encoding="utf-8"))


class Shell:
    """A folder that looks like a checkout, in which commands run as a reader would run them."""

    def __init__(self, folder: Path) -> None:
        """Link the graphs and put a ``respgraph`` of this checkout first on the path."""
        self.folder = folder
        (folder / "graphs").symlink_to(ROOT / "graphs")
        program = folder / "bin" / "respgraph"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m respgraph "$@"\n')
        program.chmod(0o755)
        path = os.pathsep.join([str(program.parent), os.environ["PATH"]])
        self.env = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100"}

    def run(self, command: str) -> list[str]:
        """Return the lines a command prints on a terminal.

        Raises:
            AssertionError: It failed; the message is what it said on stderr.
        """
        ours, theirs = pty.openpty()
        done = subprocess.Popen(
            command, shell=True, cwd=self.folder, env=self.env, stdout=theirs, stderr=subprocess.PIPE
        )
        os.close(theirs)
        printed = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # how Linux says that nobody holds the other end any more
                break
            if not part:
                break
            printed += part
        os.close(ours)
        _, talk = done.communicate(timeout=120)
        assert done.returncode == 0, f"$ {command}\n{talk.decode()}"
        return [line.rstrip() for line in printed.decode().replace("\r\n", "\n").rstrip("\n").split("\n")]


def matches(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Say whether the answer is what is shown, up to the ellipsis."""
    if ELLIPSIS in shown:
        head = list(shown[: shown.index(ELLIPSIS)])
        return printed[: len(head)] == head and len(printed) > len(head)
    return printed == (list(shown) or [""])


def shorten(step: Step, printed: list[str]) -> list[str]:
    """Return the answer cut where the README cuts it."""
    if ELLIPSIS in step.shown:
        return [*printed[: step.shown.index(ELLIPSIS)], ELLIPSIS]
    return [line for line in printed if line or len(printed) > 1]


def gold_table() -> str:
    """Return the figures of the gold documents as a Markdown table, from ``scores.json``."""
    gold = json.loads(SCORES.read_text(encoding="utf-8"))["gold"]
    rows = ["| claims | found | speaker and bearer | all slots | documents |", "|---|---|---|---|---|"]
    for part, name in (("only_scored", "only scored"), ("looked_at", "read")):
        for kind, levels in gold[part].items():
            if kind not in {"documents", "pronouns"}:
                cells = [f"{levels[x]['F1']:.2f} ({levels[x]['P']:.2f})" for x in ("detect", "tie", "full")]
                rows.append(f"| {kind.replace('ALL', '**all**')} | {' | '.join(cells)} | {name} |")
    return "\n".join(rows)


def set_table() -> str:
    """Return the figures of all sets as a Markdown table, from ``scores.json``."""
    scores = json.loads(SCORES.read_text(encoding="utf-8"))
    rows = ["| measured on | what counts as right | precision | recall | F1 |", "|---|---|---|---|---|"]
    for name, (key, what) in SETS.items():
        found = scores["gold"]["only_scored"]["ALL"][key] if name == "gold" else scores[name][key]
        title = f"{name}, documents only scored" if name == "gold" else name
        rows.append(f"| {title} | {what} | {found['P']:.2f} | {found['R']:.2f} | {found['F1']:.2f} |")
    return "\n".join(rows)


def with_figures(text: str, mark: str, table: str) -> str:
    """Return a text with the table between its marks written anew."""
    return re.sub(
        rf"(<!-- {mark}[^>]*-->\n).*?(<!-- /{mark} -->)", lambda m: m[1] + table + "\n" + m[2], text, flags=re.S
    )


def rewrite() -> None:
    """Write the README with the answers and figures of this version, and the figures of QUALITY.md."""
    quality = with_figures(QUALITY.read_text(encoding="utf-8"), "gold", gold_table())
    QUALITY.write_text(quality, encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        shell = Shell(Path(folder))

        def answer(match: re.Match[str]) -> str:
            lines: list[str] = []
            for step in steps(match[1]):
                lines += [f"$ {step.command}", *shorten(step, shell.run(step.command))]
            return "\n".join(["```console", *lines, "```"])

        text = BLOCK.sub(answer, README.read_text(encoding="utf-8"))
    README.write_text(with_figures(text, "figures", set_table()), encoding="utf-8")


if __name__ == "__main__":
    rewrite()
