"""What a page costs to make and to open, beside the same graph in bare vis-network: ``python benchmarks/pages.py``.

For each number of claims: CPU seconds and peak memory of writing the page, its size, the time until Chromium has drawn
it and answers ("ready s") and how much of that its main thread computed ("thread s", the same however busy the
machine). Then the same nodes and lines, at the same places, in the vis-network that pyvis ships, without physics. The
ratio is of the two times in one run: it means the same on another machine. Needs a Chromium; WebGL is drawn in
software, as on a machine without a graphics card.

Usage: ``python benchmarks/pages.py [--claims 800 5500 11000 55000] [--most-vis 11000] [--json FILE]``
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FLAGS = "--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-sync"
WEBGL = "--use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader --ignore-gpu-blocklist"
ROUNDS = 3

MAKE = """
import json, resource, sys, time
sys.path[:0] = sys.argv[3:]
from crowds import crowd_rows
from respgraph.view import write_view
start = time.process_time()
write_view(crowd_rows(int(sys.argv[1])), sys.argv[2], "A crowd")
print(json.dumps([time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
BARE = """<!doctype html><meta charset="utf-8"><div id="net" style="height:700px"></div>
<script type="application/json" id="data">{data}</script><script>{script}</script>
<script>
const d = JSON.parse(document.getElementById("data").textContent);
const net = new vis.Network(document.getElementById("net"), {{
  nodes: new vis.DataSet(d.x.map((x, id) => ({{ id, x, y: d.y[id], label: String(id) }}))),
  edges: new vis.DataSet(d.from.map((from, id) => ({{ id, from, to: d.to[id], arrows: "to" }}))),
}}, {{ physics: false, layout: {{ improvedLayout: false }}, edges: {{ smooth: false }} }});
net.once("afterDrawing", () => {{ window.drawn = true; }});
</script>"""
READY = {"page": "() => window.respgraph !== undefined", "bare": "() => window.drawn === true"}
# Two frames after that the picture is on the screen, and a click would be answered.
ANSWERS = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
)

COLUMNS = {  # name -> width, format
    "lines": (8, ","), "opens on": (12, ""), "CPU s": (8, ".1f"), "peak MB": (9, ".0f"), "page MB": (9, ".1f"),
    "ready s": (9, ".2f"), "thread s": (10, ".2f"), "bare vis s": (12, ".2f"), "its thread": (12, ".2f"),
    "ratio": (8, ".2f"),
}  # fmt: skip


def make(claims: int, page: Path) -> dict[str, Any]:
    """Write the page in a process of its own and the bare one beside it; return what it cost."""
    command = [sys.executable, "-c", MAKE, str(claims), str(page), str(ROOT / "src"), str(ROOT / "tests")]
    seconds, megabytes = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    lines, opens_on = write_bare(page)
    return {
        "lines": lines, "opens on": opens_on, "CPU s": seconds, "peak MB": megabytes,
        "page MB": page.stat().st_size / 1e6,
    }  # fmt: skip


def write_bare(page: Path) -> tuple[int, str]:
    """Write the same picture as a bare vis-network page beside a page; return its lines and what the page opens on."""
    found = re.search(r'id="data">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    held = json.loads(found[1])
    columns = held.get("large") or small_columns(held)
    script = package("pyvis") / "lib/vis-9.1.2/vis-network.min.js"
    data = json.dumps({name: columns[name] for name in ("x", "y", "from", "to")})
    bare = BARE.format(data=data, script=script.read_text(encoding="utf-8"))
    page.with_suffix(".bare.html").write_text(bare, encoding="utf-8")
    return len(columns["from"]), columns.get("open", "all")


def small_columns(page: dict[str, Any]) -> dict[str, Any]:
    """Return places and ends of a picture that vis-network draws, as a large page has them."""
    columns = {side: [node[side] for node in page["nodes"]] for side in "xy"}
    return columns | {end: [edge[end] for edge in page["edges"]] for end in ("from", "to")}


def package(name: str) -> Path:
    """Return the folder of an installed package without importing it."""
    import importlib.util

    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def opening(browser: Any, page: Path, kind: str) -> tuple[float, float]:
    """Return seconds until a page is drawn and answers, and how many of them its main thread computed: the best."""
    times = []
    for _ in range(ROUNDS):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(300_000)
        tab = context.new_page()
        session = context.new_cdp_session(tab)
        session.send("Performance.enable")
        tab.goto(page.as_uri())
        tab.wait_for_function(READY[kind])
        seconds = float(tab.evaluate(ANSWERS)) / 1000
        figures = {entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]}
        times.append((seconds, figures.get("ThreadTime", 0.0)))
        context.close()
    return min(times)[0], min(thread for _, thread in times)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[800, 5500, 11000, 55000])
    parser.add_argument(
        "--most-vis", type=int, default=11000, help="no bare page above so many claims: it takes minutes"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    options = parser.parse_args()
    browsers = ("chromium", "chromium-browser", "google-chrome")
    program = next(path for name in browsers if (path := shutil.which(name)))
    rows = []
    print("".join(f"{name:>{width}}" for name, (width, _) in COLUMNS.items()))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS.split(), *WEBGL.split()])
        for claims in options.claims:
            page = Path(folder, f"{claims}.html")
            row = make(claims, page)
            row["ready s"], row["thread s"] = opening(browser, page, "page")
            if claims <= options.most_vis:
                row["bare vis s"], row["its thread"] = opening(browser, page.with_suffix(".bare.html"), "bare")
                row["ratio"] = row["ready s"] / row["bare vis s"]
            rows.append(row)
            cells = (format(row[name], form) if name in row else "-" for name, (_, form) in COLUMNS.items())
            print("".join(f"{c:>{w}}" for c, (w, _) in zip(cells, COLUMNS.values(), strict=True)), flush=True)
        browser.close()
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
