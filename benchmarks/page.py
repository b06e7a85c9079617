"""How big a page is and how soon it can be used, beside a bare vis page: ``python benchmarks/page.py``.

The bare page holds pyvis's own copy of vis-network and the boxes and lines of the same picture, already placed, and
nothing else. Both are opened in turn in the same Chromium without a network; the time is from the start of the
navigation to the second frame after loading, the median of the openings. Only the ratio says something about the
page: the seconds are those of the machine.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright
from texts import article

from respgraph import build_graph
from respgraph.view import make_page
from respgraph.view.network import vis_script

READY = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
BUDGET = {60: 700_000, 1000: 1_500_000}


def graph_of(claims: int, folder: Path) -> Any:
    """Return a graph of reports that make at least so many claims; one report makes about twenty-six."""
    names = []
    for number in range(max(2, claims // 26)):
        names.append(folder / f"{number}.txt")
        names[-1].write_text(article(number), encoding="utf-8")
    return build_graph(names)


def bare(html: str) -> str:
    """Return a page that shows the picture of another with vis and nothing else."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    page = json.loads(found[1])
    nodes = [{"id": n["id"], "x": n["x"], "y": n["y"], "label": n["label"], "shape": "box"} for n in page["nodes"]]
    edges = [{"id": e["id"], "from": e["from"], "to": e["to"], "arrows": "to"} for e in page["edges"]]
    data = json.dumps({"nodes": nodes, "edges": edges}).replace("<", "\\u003c")
    return (
        f'<!doctype html><meta charset="utf-8"><div id="n" style="height:700px"></div><script>{vis_script()}</script>'
        f"<script>const data = {data}; new vis.Network(document.getElementById('n'), data, "
        "{ physics: false, layout: { improvedLayout: false } });</script>"
    )


def opening(browser: Any, path: Path) -> float:
    """Return the milliseconds until a page can be used."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    took = float(page.evaluate(READY))
    context.close()
    return took


def main() -> None:
    """Print one line per size."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=9, help="openings of each page")
    rounds = asked.parse_args().rounds
    program = next(found for n in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(n)))
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for claims, limit in BUDGET.items():
            folder = Path(name, str(claims))
            folder.mkdir()
            page = make_page(graph_of(claims, folder))
            ours, other = page.save(folder / "page.html"), folder / "bare.html"
            other.write_text(bare(page.html), encoding="utf-8")
            times: dict[Path, list[float]] = {ours: [], other: []}
            for _ in range(rounds):
                for path, took in times.items():
                    took.append(opening(browser, path))
            mine, theirs = median(times[ours]), median(times[other])
            size = ours.stat().st_size
            print(
                f"{page.claims:>5,} claims: {size / 1000:,.0f} KB (budget at {claims:,}: {limit / 1000:,.0f}), "
                f"usable in {mine:.0f} ms, {mine / theirs:.2f} times a bare vis page ({theirs:.0f} ms)"
            )
        browser.close()


if __name__ == "__main__":
    main()
