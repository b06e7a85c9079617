"""The page of a graph too large for eyes: which part it shows, that it stays exact, and what it costs."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from crowds import DATA, PREF, Row, crowd_rows
from respgraph.view import view_html
from respgraph.view.compact import compact
from respgraph.view.data import read_page_data
from respgraph.view.groups import find_groups
from respgraph.view.large import LARGE, map_places, opening
from respgraph.view.lines import trace
from respgraph.view.network import vendored
from respgraph.view.payload import payload

CLAIMS = 800  # about 1,350 lines
AXE = Path(__file__).with_name("axe") / "axe.min.js"
VIOLATIONS = """() => axe.run(document, { resultTypes: ['violations'] }).then((found) =>
    found.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).join(', ')))"""
TABS = ("network", "matrix", "flow", "table", "conflicts", "source")
HOSTILE = '</script><script>window.hacked=1</script><img src=x onerror=\\"window.hacked=2\\">'
NO_WEBGL = """() => {
  const real = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return String(kind).startsWith("webgl") ? null : real.call(this, kind, ...rest);
  };
}"""
Open = Callable[..., Any]


def hostile(rows: Iterator[Row]) -> Iterator[Row]:
    """Give the actor of whom most is said a name that tries to be markup."""
    for subject, predicate, obj, graph in rows:
        mine = subject == f"<{DATA}actor/a0>" and predicate == f"<{PREF}>"
        yield subject, predicate, f'"{HOSTILE}"' if mine else obj, graph


@pytest.fixture(scope="module")
def large_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """``crowd`` opens on its strongest lines; ``vast``, with a hostile name in it, as one of 30,000 lines would."""
    folder = tmp_path_factory.mktemp("large")
    out = {name: folder / f"{name}.html" for name in ("crowd", "vast")}
    out["crowd"].write_text(view_html(crowd_rows(CLAIMS), "A crowd"), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("respgraph.view.large.VAST", 1)
        patch.setattr("respgraph.view.network.MANY", 1)
        out["vast"].write_text(view_html(hostile(crowd_rows(CLAIMS)), "A crowd"), encoding="utf-8")
    return out


@pytest.fixture
def open_large(gl_browser: Any, large_pages: dict[str, Path]) -> Iterator[Open]:
    """Open a page by name, with what it complains about and asks for."""
    contexts = []

    def open_page(
        name: str, hash_: str = "", scheme: str = "light", width: int = 1440, before: str | None = None
    ) -> Any:
        context = gl_browser.new_context(viewport={"width": width, "height": 860}, color_scheme=scheme)
        contexts.append(context)
        context.set_default_timeout(8000)
        if before:
            context.add_init_script(f"({before})()")
        page = context.new_page()
        page.complaints, page.asked = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(large_pages[name].as_uri() + hash_)
        return page

    yield open_page
    for context in contexts:
        context.close()


def lines(page: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("() => respgraph.lines()")
    return found


def click_line(page: Any, line: dict[str, Any]) -> None:
    spot = page.evaluate("(id) => respgraph.spot(id)", line["id"])
    page.mouse.click(spot["x"], spot["y"])


def overlaps(page: Any) -> list[tuple[str, str]]:
    boxes = page.evaluate("() => respgraph.large.boxes()")
    assert len(boxes) > 5
    return [
        (a["text"], b["text"])
        for a, b in combinations(boxes, 2)
        if abs(a["x"] - b["x"]) < (a["w"] + b["w"]) / 2 - 0.5 and abs(a["y"] - b["y"]) < (a["h"] + b["h"]) / 2 - 0.5
    ]


# ---------------------------------------------------------------- in Python


def test_a_small_graph_is_drawn_by_vis_and_a_large_one_by_sigma(
    pages: dict[str, Path], large_pages: dict[str, Path]
) -> None:
    small, large = (path.read_text(encoding="utf-8") for path in (pages["flood"], large_pages["crowd"]))
    assert "vis-network" in small
    assert "respgraphSigma.Graph" not in small
    assert "globalThis.respgraphSigma=" in large
    assert "@version 9.1.2" not in large
    assert "unsafe" not in re.findall(r'Content-Security-Policy" content="([^"]+)"', large)[0]
    assert len(trace(read_page_data(crowd_rows(CLAIMS))).lines) > LARGE


def test_large_page_is_the_same_bytes_whatever_the_hash_seed(large_pages: dict[str, Path], tmp_path: Path) -> None:
    code = (
        "import sys; sys.path[:0] = sys.argv[2:]\n"
        "from crowds import crowd_rows; from respgraph.view import write_view\n"
        f"write_view(crowd_rows({CLAIMS}), sys.argv[1], 'A crowd')"
    )
    out, tests = tmp_path / "again.html", str(Path(__file__).parents[1])
    env = os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code, str(out), tests], check=True, env=env, timeout=120)
    assert out.read_bytes() == large_pages["crowd"].read_bytes()


def test_groups_are_the_camps_whose_actors_speak_of_each_other() -> None:
    data = read_page_data(crowd_rows(1500, camps=4))
    traced = trace(data)
    home = {source.iri: i for i, source in enumerate(data.sources)}
    groups = find_groups(traced.nodes, traced.lines, [home[row.document] for row in data.rows])
    for group in range(4):
        camps = [
            int(node.key.rpartition("/a")[2]) % 4
            for node, found in zip(traced.nodes, groups, strict=True)
            if found == group and node.kind == "actor"
        ]
        assert len(camps) > 20
        assert max(camps.count(camp) for camp in range(4)) > 0.8 * len(camps)


def test_asking_for_groups_leaves_the_dice_of_igraph_as_they_were() -> None:
    import random

    import igraph

    traced = trace(read_page_data(crowd_rows(60)))
    find_groups(traced.nodes, traced.lines, [0] * 60)
    random.seed(3)
    one = igraph.Graph.Erdos_Renyi(30, 0.2).get_edgelist()
    random.seed(3)
    assert igraph.Graph.Erdos_Renyi(30, 0.2).get_edgelist() == one


def test_every_node_with_a_line_has_a_place_of_its_own_on_the_map() -> None:
    data = read_page_data(crowd_rows(CLAIMS))
    traced = trace(data)
    groups = find_groups(traced.nodes, traced.lines, [0] * len(data.rows))
    places = map_places(traced, groups)
    assert set(places) == {end for line in traced.lines for end in (line.source, line.target)}
    assert len(set(places.values())) == len(places)


def test_opening_picture_is_about_actors_and_small_enough_to_read() -> None:
    traced = trace(read_page_data(crowd_rows(CLAIMS)))
    shown = opening(traced)
    actors = [traced.nodes[k.source].kind == traced.nodes[k.target].kind == "actor" for k in shown]
    assert 40 <= len(shown) <= 80
    assert sum(actors) > len(shown) * 0.7


def test_compact_page_is_a_third_of_the_plain_one() -> None:
    page = payload(read_page_data(crowd_rows(2000)))
    plain, packed = (len(json.dumps(p["claims"])) for p in (page, compact(page)))
    assert packed * 3 < plain


def test_vendored_bundle_names_the_versions_it_was_built_from() -> None:
    lock = json.loads(vendored("package-lock.json"))["packages"]
    script = vendored("sigma.js")
    for name in ("sigma", "graphology", "events", "graphology-utils"):
        assert f"{name} {lock[f'node_modules/{name}']['version']}\n" in script
        assert lock[f"node_modules/{name}"]["integrity"].startswith("sha512-")
    assert script.count("Permission is hereby granted") == 4
    assert not re.search(r"\beval\(|new Function\(", script)


# ---------------------------------------------------------------- in Chromium


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_large_page_opens_without_an_error_or_a_request(open_large: Open, scheme: str) -> None:
    page = open_large("crowd", scheme=scheme)
    for tab in (*TABS, "network"):
        page.click(f"#t-{tab}")
    for kind in ("groups", "map", "strongest"):
        page.click(f"#scene-{kind}")
        assert page.evaluate("() => respgraph.large.kind()") == kind
    assert page.evaluate("() => respgraph.large.webgl") is True
    assert page.complaints == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_click_on_a_line_shows_its_words(open_large: Open) -> None:
    page = open_large("crowd")
    shown = lines(page)
    assert 40 <= len(shown) <= 80
    right = 0
    for line in shown[:25]:
        click_line(page, line)
        right += page.get_attribute("#evidence", "data-claim") in line["claims"]
        page.keyboard.press("Escape")
    # Where lines cross or a box covers the middle of one, the click is the other's.
    assert right >= 22


def test_merged_lines_tell_how_many_they_are(open_large: Open) -> None:
    page = open_large("crowd")
    most = max(lines(page), key=lambda line: len(line["claims"]))
    assert len(most["claims"]) > 1
    counts = re.findall("\u00d7([0-9]+)<", page.evaluate("() => respgraph.svg()"))
    assert len(counts) > 10
    assert set(map(int, counts)) <= {len(line["claims"]) for line in lines(page)}
    click_line(page, most)
    assert "Other quotes of the same line" in page.inner_text("#evidence")


def test_legend_and_search_choose_what_is_drawn(open_large: Open) -> None:
    page = open_large("crowd")
    page.uncheck("#legend input[value=assigns]")
    page.uncheck("#legend input[value=advice]")
    families = {line["family"] for line in lines(page)}
    assert families
    assert families.isdisjoint({"assigns", "advice"})
    page.fill("#q", "kelso council")
    page.wait_for_function("() => document.getElementById('shown').textContent.split(' ')[0] < 100")
    drawn = {claim for line in lines(page) for claim in line["claims"]}
    listed = {row["id"] for row in csv.DictReader(io.StringIO(page.evaluate("() => respgraph.csv()").lstrip("\ufeff")))}
    assert drawn
    assert drawn <= listed
    page.fill("#q", "zebra")
    page.wait_for_selector("#nothing:visible")
    page.click("#reset2")
    assert page.is_hidden("#nothing")
    assert "assigns" in {line["family"] for line in lines(page)}


IN_THE_PANE = """() => {
  const pane = document.getElementById("net"), inside = (v, most) => v >= 0 && v <= most;
  return respgraph.large.boxes().filter((b) => inside(b.x, pane.clientWidth) && inside(b.y, pane.clientHeight));
}"""


@pytest.mark.parametrize("kind", ["strongest", "map"])
@pytest.mark.parametrize("query", ["kelso council", "harbour 7", "the"])
def test_search_shows_its_hits_with_names(open_large: Open, kind: str, query: str) -> None:
    page = open_large("crowd")
    page.click(f"#scene-{kind}")
    page.click("#zin")  # wherever one was, the picture goes to the hits
    page.mouse.move(700, 500)
    page.mouse.wheel(0, -900)
    page.fill("#q", query)
    page.wait_for_function("() => new URLSearchParams(location.hash.slice(1)).get('q')")
    page.wait_for_timeout(150)
    boxes = page.evaluate(IN_THE_PANE)
    shown = lines(page)
    assert shown
    assert len(boxes) >= min(12, len({end for line in shown for end in (line["from"], line["to"])}))


def test_every_line_of_the_opening_picture_has_names_at_both_ends(open_large: Open) -> None:
    for width in (1440, 1200, 390):
        page = open_large("crowd", width=width)
        named = {box["id"] for box in page.evaluate("() => respgraph.large.boxes()")}
        data = page.evaluate("() => JSON.parse(document.getElementById('data').textContent).large")
        if width > 390:  # a phone shows a part, and a finger moves it
            assert {data[end][line["id"]] for line in lines(page) for end in ("from", "to")} <= named
        else:
            assert len(named) > 8


def test_pointer_over_a_line_of_the_map_names_both_its_ends(open_large: Open) -> None:
    page = open_large("crowd")
    page.click("#scene-map")
    page.mouse.move(5, 5)
    for line in lines(page)[:60]:
        spot = page.evaluate("(id) => respgraph.spot(id)", line["id"])
        page.mouse.move(spot["x"], spot["y"])
        tip = page.locator("#tip")
        if tip.is_visible() and tip.inner_text().startswith(f"{line['from']} \u2192 {line['to']}: "):
            break
    else:
        pytest.fail("no line of the map tells its names")
    named = [box["text"].rstrip("\u2026") for box in page.evaluate("() => respgraph.large.boxes()")]
    for end in (line["from"], line["to"]):
        assert [name for name in named if end.startswith(name)]


def test_large_picture_is_sized_and_coloured_as_the_small_one(open_large: Open) -> None:
    page = open_large("crowd")
    page.select_option("#size", "held")
    page.select_option("#colour", "coalition")
    root = ET.fromstring(page.evaluate("() => respgraph.svg()"))
    data = page.evaluate("() => JSON.parse(document.getElementById('data').textContent)")
    fills = {part.get("fill") for part in root.iter("{http://www.w3.org/2000/svg}rect")}
    assert len(fills & {light for light, _ in data["tints"]}) > 2
    sizes = {part.get("font-size") for part in root.iter("{http://www.w3.org/2000/svg}text")}
    assert len(sizes) > 6
    assert page.locator("#key button").count() > 2
    assert "colour=coalition" in page.url
    again = open_large("crowd", page.evaluate("() => location.hash"))
    assert again.input_value("#size") == "held"
    assert ET.tostring(ET.fromstring(again.evaluate("() => respgraph.svg()"))) == ET.tostring(root)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_large_page(open_large: Open, scheme: str) -> None:
    page = open_large("crowd", "#colour=coalition", scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for kind in ("groups", "map", "strongest"):
        page.click(f"#scene-{kind}")
        assert page.evaluate(VIOLATIONS) == []


def test_more_lines_and_fewer(open_large: Open) -> None:
    page = open_large("crowd")
    few = len(lines(page))
    page.click("#scene-more")
    assert len(lines(page)) > 2 * few
    page.click("#scene-fewer")
    assert len(lines(page)) == few


def test_groups_open_and_lead_back(open_large: Open) -> None:
    page = open_large("vast")
    assert page.evaluate("() => respgraph.large.kind()") == "groups"
    box = page.evaluate("() => respgraph.large.boxes().find((box) => box.id <= -10)")
    spot = page.evaluate("(id) => respgraph.box(id)", box["id"])
    page.mouse.click(spot["x"], spot["y"])
    assert page.evaluate("() => respgraph.large.kind()") == "group"
    assert lines(page)
    assert page.input_value("#scene-group") == str(-10 - box["id"])
    page.click("#scene-back")
    assert page.evaluate("() => respgraph.large.kind()") == "groups"
    page.select_option("#scene-group", "1")
    assert page.evaluate("() => respgraph.large.kind()") == "group"


def test_actor_link_shows_the_actor_and_all_around_it(open_large: Open) -> None:
    page = open_large("crowd", "#actor=a0")
    assert "Ashford Council" in page.inner_text("#evidence h2")
    page.click("#scene-around")
    assert page.evaluate("() => respgraph.large.kind()") == "actor"
    assert all("Ashford Council" in (line["from"], line["to"]) for line in lines(page))


def test_statement_chosen_by_keyboard_comes_into_the_picture(open_large: Open) -> None:
    page = open_large("crowd")
    page.focus("#net")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        chosen = page.get_attribute("#evidence", "data-claim")
        assert any(chosen in line["claims"] for line in lines(page))
    page.keyboard.press("Escape")
    assert page.get_attribute("#evidence", "data-claim") == ""
    page.click("#t-table")
    assert page.locator("#p-table tbody tr").count() == 250


@pytest.mark.parametrize("kind", ["strongest", "groups", "map"])
def test_no_words_stand_on_others(open_large: Open, kind: str) -> None:
    page = open_large("crowd")
    page.click(f"#scene-{kind}")
    assert overlaps(page) == []
    page.click("#zin")
    page.click("#zin")
    page.wait_for_timeout(120)
    assert overlaps(page) == []


def test_picture_can_be_taken_away(open_large: Open) -> None:
    page = open_large("crowd")
    root = ET.fromstring(page.evaluate("() => respgraph.svg()"))
    words = [part.text for part in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "A crowd" in words
    assert "Holds responsible" in words
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) > 50
    with page.expect_download() as download:
        page.click("#do-png")
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) > 20_000


def test_picture_of_a_hidden_tab_can_be_taken_away_too(open_large: Open) -> None:
    root = ET.fromstring(open_large("crowd", "#tab=table").evaluate("() => respgraph.svg()"))
    assert len(list(root.iter("{http://www.w3.org/2000/svg}rect"))) > 20


def test_without_webgl_the_picture_is_drawn_all_the_same_and_says_so(open_large: Open) -> None:
    page = open_large("crowd", before=NO_WEBGL)
    assert page.evaluate("() => respgraph.large.webgl") is False
    assert "no WebGL" in page.inner_text("#hint")
    line = lines(page)[0]
    click_line(page, line)
    assert page.get_attribute("#evidence", "data-claim") in line["claims"]
    page.click("#scene-map")
    page.click("#zin")
    assert page.complaints == []


def test_hostile_names_stay_names_in_a_large_page(open_large: Open) -> None:
    page = open_large("vast", "#actor=a0")
    assert page.inner_text("#evidence h2").startswith("</script><script>")
    for kind in ("groups", "map", "strongest"):
        page.click(f"#scene-{kind}")
    assert page.evaluate("() => window.hacked ?? null") is None
    assert page.evaluate("() => document.querySelectorAll('script, img').length") == 4
    ET.fromstring(page.evaluate("() => respgraph.svg()"))
    assert page.complaints == []


def test_compact_claims_are_read_back_exactly(
    open_large: Open, show: Callable[..., Any], cases: ModuleType, large_pages: dict[str, Path]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("respgraph.view.network.MANY", 1)
        patch.setattr("respgraph.view.network.LARGE", 1)
        for name, graph in (("flood", cases.flood()), ("hostile", cases.hostile())):
            path = large_pages[f"packed-{name}"] = large_pages["crowd"].with_name(f"packed-{name}.html")
            path.write_text(view_html(graph), encoding="utf-8")
    for name in ("flood", "hostile"):
        packed, plain = open_large(f"packed-{name}", "#off=none"), show(name, "#off=none").page
        assert packed.evaluate("() => respgraph.csv()") == plain.evaluate("() => respgraph.csv()")
        for page in (packed, plain):
            page.click("#t-source")
        assert packed.inner_html("#p-source") == plain.inner_html("#p-source")
        for _ in range(5):
            packed.keyboard.press("]")
            plain.keyboard.press("]")
            assert packed.inner_text("#evidence") == plain.inner_text("#evidence")
