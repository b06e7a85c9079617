"""README.md is true: its blocks run and print what it shows, its commands and files are there."""

from __future__ import annotations

import doctest
import os
import re
from pathlib import Path

import pytest

import readme
from conftest import ROOT
from respgraph.cli import main

TEXT = readme.README.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> readme.Shell:
    return readme.Shell(tmp_path_factory.mktemp("reader"))


@pytest.mark.parametrize("number", range(len(readme.blocks())), ids=lambda n: f"block-{n + 1}")
def test_a_block_prints_what_it_shows(number: int, shell: readme.Shell) -> None:
    for step in readme.steps(readme.blocks()[number]):
        printed = shell.run(step.command)
        assert readme.matches(step.shown, printed), "\n".join(
            ["`make graphs` writes it anew, if the change is meant:", f"$ {step.command}", *printed]
        )


def test_the_python_example_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = doctest.testfile(str(readme.README), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert found.attempted > 4
    assert found.failed == 0


def test_the_figures_are_those_that_were_measured() -> None:
    assert readme.with_figures(TEXT, "figures", readme.set_table()) == TEXT
    quality = readme.QUALITY.read_text(encoding="utf-8")
    assert readme.with_figures(quality, "gold", readme.gold_table()) == quality


def test_every_command_appears() -> None:
    shown = "\n".join(readme.blocks())
    assert [name for name in main.commands if f"respgraph {name} " not in shown] == []


def test_the_make_targets_it_names_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^)make (\w+)", TEXT + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.M))
    assert named >= {"demo", "test"}
    assert [name for name in sorted(named) if f"\n{name}:" not in makefile] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "QUALITY.md"])
def test_what_it_links_to_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    assert [link for link in links if link and "://" not in link and not (ROOT / link).exists()] == []


def test_the_picture_is_small() -> None:
    pictures = [Path(p) for p in re.findall(r"!\[[^]]+\]\(([^)\s]+)\)", TEXT)]
    assert len(pictures) == 1
    assert os.path.getsize(ROOT / pictures[0]) <= 200_000
