"""The house: who may import whom, where each library lives, and what a start may not load."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from conftest import ROOT, Python

SRC = ROOT / "src" / "respgraph"
HEAVY = (
    "spacy",
    "thinc",
    "numpy",
    "rdflib",
    "pyvis",
    "networkx",
    "igraph",
    "pyshacl",
    "pyoxigraph",
    "jinja2",
    "IPython",
    "pandas",
    "pyarrow",
    "xlsxwriter",
    "trafilatura",
    "lxml",
    "pypdfium2",
    "docx",
    "fastwarc",
    "py3langid",
    "fsspec",
    "distributed",
)
HOMES = {
    "click": ("cli",),
    "spacy": ("annotate/spacy.py",),
    "pyvis": ("view",),
    "networkx": ("network", "view", "report"),
    "igraph": ("network", "view"),
    "pyshacl": ("check",),
    "rdflib": ("rdf", "store", "query", "check", "network", "view", "frames", "vocab.py", "pipeline.py"),
    "pandas": ("frames",),
    "pyarrow": ("export", "read/parquet.py"),
    "xlsxwriter": ("export", "matrix"),
    "pyoxigraph": ("store", "query", "rdf", "view"),
    "trafilatura": ("read/html.py",),
    "charset_normalizer": ("read/decode.py",),
    "pypdfium2": ("read/pdf.py",),
    "docx": ("read/docx.py",),
    "lxml": ("read/docx.py", "read/html.py"),
    "fastwarc": ("read/warc.py",),
    "py3langid": ("read/language.py",),
    "fsspec": ("scale/place.py",),
    "distributed": ("scale/workers.py",),
}


def imports(path: Path) -> set[str]:
    """Return the top-level names of everything a file imports, at its head or late."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return found


def test_the_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml")) == 0, capsys.readouterr().out


@pytest.mark.parametrize("library", HOMES)
def test_each_library_has_its_home(library: str) -> None:
    strays = [
        name
        for path in sorted(SRC.rglob("*.py"))
        if library in imports(path) and not (name := path.relative_to(SRC).as_posix()).startswith(HOMES[library])
    ]
    assert strays == []


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["build", "--help"], ["query", "--list"], ["rules"]],
    ids=lambda arguments: " ".join(arguments),
)
def test_a_start_loads_nothing_heavy(arguments: list[str], python: Python) -> None:
    code = f"""
import sys
from respgraph.cli import main
main({arguments!r}, standalone_mode=False)
print("loaded:", *sorted(set({HEAVY!r}).intersection(sys.modules)))
"""
    done = python("-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "loaded:"


def test_importing_the_package_loads_nothing_but_itself(python: Python) -> None:
    code = "import sys, respgraph; print(*sorted(m for m in sys.modules if m.startswith('respgraph')))"
    assert python("-c", code).stdout.split() == ["respgraph"]


def test_the_public_names_are_all_there(python: Python) -> None:
    import respgraph

    assert {*respgraph._HOME, "__version__"} == set(respgraph.__all__)
    for name in respgraph.__all__:
        assert getattr(respgraph, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        respgraph.nothing  # noqa: B018 - that it is not there is what is tested


@pytest.mark.parametrize(
    "first", ["from respgraph import extract", "import respgraph.extract", "import respgraph.pipeline"]
)
def test_a_stage_with_the_name_of_its_verb_can_be_called(first: str, python: Python) -> None:
    code = f"{first}\nimport respgraph; print(len(respgraph.extract('Tenants must pay.').claims))"
    assert python("-c", code).stdout.split() == ["1"]


@pytest.mark.parametrize(
    "first", ["from respgraph import view", "import respgraph.view", "from respgraph.view import Page"]
)
def test_the_page_of_a_graph_is_called_by_its_stage(first: str, python: Python) -> None:
    code = (
        f"{first}\nimport respgraph; print(respgraph.view([], title='None').title, respgraph.view.make_page.__name__)"
    )
    done = python("-c", code)
    assert done.stdout.split() == ["None", "make_page"], done.stderr


def test_the_wheel_takes_what_is_not_python() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["src/respgraph"]
    assert wheel["force-include"] == {"ontology": "respgraph/ontology"}
