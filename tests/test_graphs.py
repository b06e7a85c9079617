"""The committed cases: their graphs are what this version makes of their texts, and they conform."""

from __future__ import annotations

import difflib
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from conftest import ROOT

CASES = sorted(path.parent.name for path in ROOT.glob("graphs/*/source.*"))


@pytest.fixture(scope="module")
def rebuild() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rebuild", ROOT / "graphs" / "rebuild.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=CASES)
def case(
    request: pytest.FixtureRequest, rebuild: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """A committed case and a folder in which it was rebuilt."""
    target = tmp_path_factory.mktemp(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        rebuild.rebuild(Path("graphs", request.param), target)
    return ROOT / "graphs" / request.param, target


def test_the_graph_is_what_this_version_reads(case: tuple[Path, Path]) -> None:
    committed, rebuilt = ((folder / "graph.trig").read_text(encoding="utf-8") for folder in case)
    changes = difflib.unified_diff(committed.splitlines(), rebuilt.splitlines(), lineterm="", n=1)
    shown = "\n".join([*changes][:60])
    assert committed == rebuilt, f"`make graphs` rebuilds it, if the change is meant:\n{shown}"


def test_the_page_is_what_this_version_draws(case: tuple[Path, Path]) -> None:
    committed, rebuilt = ((folder / "view.html").read_bytes() for folder in case)
    assert committed == rebuilt, "`make graphs` rebuilds it, if the change is meant"


def test_the_graph_conforms(case: tuple[Path, Path]) -> None:
    from respgraph.check import check_graph, format_report
    from respgraph.store import open_graph

    report = check_graph(open_graph(case[1] / "graph.trig"))
    assert report.conforms, format_report(report)
    assert report.quotes > 30


def test_the_case_says_what_it_is(case: tuple[Path, Path]) -> None:
    assert (case[0] / "README.md").read_text(encoding="utf-8").startswith("# ")
