"""Rebuild graph.trig and view.html of every case: ``python graphs/rebuild.py [CASE ...]``.

Run from anywhere; a source's name in its graph is its path from the root of the project.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from respgraph import build_graph, write_trig, write_view

ROOT = Path(__file__).resolve().parents[1]


def cases() -> list[Path]:
    """Return the folders of the cases, relative to the root, sorted."""
    return sorted(path.parent.relative_to(ROOT) for path in ROOT.glob("graphs/*/source.*"))


def rebuild(case: Path, target: Path) -> None:
    """Write graph.trig and view.html of a case into a folder; the working directory is the root."""
    source = next(case.glob("source.*"))
    dataset = build_graph([source])
    write_trig(dataset, target / "graph.trig")
    write_view(dataset, target / "view.html")


def main(wanted: list[str]) -> None:
    """Rebuild the cases named, or all."""
    os.chdir(ROOT)
    for case in cases():
        if not wanted or case.name in wanted:
            rebuild(case, case)
            print(f"rebuilt {case}")


if __name__ == "__main__":
    main(sys.argv[1:])
