"""What a page may weigh and how soon it answers, as ratios to a bare vis-network page of the same picture.

Seconds differ between machines and with what else runs; the work of the main thread beside that of a bare page, in the
same run, hardly does. ``benchmarks/pages.py`` prints both, with the seconds.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from conftest import ROOT
from crowds import crowd_rows
from respgraph.view import write_view


@pytest.fixture(scope="module")
def pages_benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pages_benchmark", ROOT / "benchmarks" / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("claims", "bytes_", "ratio"), [(60, 700_000, 4.0), (1000, 1_500_000, 2.0)])
def test_page_is_light_and_soon_ready(
    pages_benchmark: ModuleType, gl_browser: Any, tmp_path: Path, claims: int, bytes_: int, ratio: float
) -> None:
    page = write_view(crowd_rows(claims), tmp_path / "page.html", "A crowd")
    assert page.stat().st_size <= bytes_
    pages_benchmark.write_bare(page)
    _, thread = pages_benchmark.opening(gl_browser, page, "page")
    _, bare = pages_benchmark.opening(gl_browser, page.with_suffix(".bare.html"), "bare")
    assert thread <= ratio * bare, (thread, bare)
