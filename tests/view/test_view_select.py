"""A page narrowed before it is written: whose claims are left, what is said where none are, and what the page says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from respgraph.errors import RespgraphError
from respgraph.view import Selection, make_page

LONG_TEXT = "The ministry blamed the operator for the flood. The operator must pay.\n"


@pytest.fixture(scope="module")
def two(cases: ModuleType) -> Any:
    return cases.border(cases.flood())


def embedded(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def voices(page: dict[str, Any]) -> set[str]:
    return {page["things"][claim["speaker"]]["label"] for claim in page["claims"]}


@pytest.mark.parametrize(
    ("wish", "claims"),
    [
        (Selection(speakers=("mira solt",)), 1),
        (Selection(speakers=("Karsh Dam Company",)), 4),  # hers counts: she belongs to it
        (Selection(speakers=("author",)), 7),
        (Selection(actors=("the company",)), 8),  # an alias; also of "the ministry and the company"
        (Selection(actors=("Sudria",)), 3),  # its ministry, and both countries
        (Selection(actors=("Sudria", "Mira Solt")), 4),
        (Selection(actors=("Sudria",), types=("obligation",)), 1),
        (Selection(types=("demand", "commitment")), 2),
        (Selection(documents=("Two neighbours argue over a camp",)), 5),
        (Selection(documents=("BORDER.txt",)), 5),
        (Selection(documents=("border",), types=("definition",)), 2),
        (Selection(since="2024"), 18),
        (Selection(until="2023-11"), 5),
        (Selection(since="2024-04-11", until="2024-04-11"), 2),
        (Selection(min_confidence=0.94), 2),
    ],
    ids=lambda value: value.words() if isinstance(value, Selection) else "",
)
def test_each_wish_leaves_its_claims(two: Any, wish: Selection, claims: int) -> None:
    page = make_page(two, selection=wish)
    data = embedded(page.html)
    assert (len(data["claims"]), page.claims, page.total, data["total"]) == (claims, claims, 23, 23)
    assert data["narrowed"] == wish.words()
    named = {i for c in data["claims"] for i in (c["speaker"], c.get("bearer"), c.get("content")) if i is not None}
    assert named <= set(range(len(data["things"])))
    assert {c["doc"] for c in data["claims"]} == set(range(len(data["documents"])))


def test_page_of_one_document_has_its_title_and_ties_only_between_what_is_left(two: Any) -> None:
    data = embedded(make_page(two, selection=Selection(documents=("border.txt",))).html)
    assert data["title"] == "Two neighbours argue over a camp"
    assert {tie[0] for tie in data["ties"]} == {"conflictsWith", "corroborates"}
    assert not embedded(make_page(two, selection=Selection(speakers=("Mira Solt",))).html)["ties"]


def test_claims_without_a_date_are_counted(cases: ModuleType) -> None:
    page = make_page(cases.years(), selection=Selection(since="2016", until="2018"))
    assert (page.claims, page.undated) == (8, 4)
    assert embedded(page.html)["undated"] == 4


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Selection(actors=("Sudira",)), "g: there is no actor 'Sudira'; did you mean 'Sudria'"),
        (Selection(speakers=("Mira Sol",)), "g: there is no actor 'Mira Sol'; did you mean 'Mira Solt'"),
        (Selection(actors=("</script>",)), "g: there is no actor '</script>'"),
        (Selection(documents=("floud.txt",)), "g: there is no document 'floud.txt'; did you mean 'flood.txt'"),
        (Selection(types=("blame",)), "no claim type named 'blame'. Known: cause, "),
        (Selection(since="soon"), "'soon' is no date: write 2024, 2024-05 or 2024-05-31"),
        (Selection(since="2030"), "g: of 23 claims none is since 2030; no page was made"),
        (Selection(speakers=("author",), types=("demand",)), "g: of 23 claims none is said by the texts themselves,"),
    ],
    ids=lambda value: value.words() if isinstance(value, Selection) else "",
)  # fmt: skip
def test_wish_that_cannot_be_met_is_one_clear_line(two: Any, wish: Selection, said: str) -> None:
    with pytest.raises(RespgraphError, match=re.escape(said)) as caught:
        make_page(two, selection=wish, graph="g")
    assert "\n" not in str(caught.value)


def run(*arguments: object) -> Result:
    from respgraph.cli import main

    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def graph(two: Any, cases: ModuleType, tmp_path: Path) -> Path:
    path = tmp_path / "g.nq"
    path.write_text(cases.nquads(two), encoding="utf-8")
    return path


def test_view_takes_wishes_and_says_how_much_is_left(graph: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.html"
    done = run(
        "view",
        graph,
        "-o",
        out,
        "--actor",
        "sudria",
        "--type",
        "responsibility",
        "--type",
        "obligation",
        "--title",
        "Camp",
    )
    assert (done.exit_code, done.output) == (0, f"wrote {out} (3 of 23 claims)\n")
    data = embedded(out.read_text(encoding="utf-8"))
    assert (data["title"], data["narrowed"]) == ("Camp", "about or by sudria, of type responsibility or obligation")
    plain = run("view", graph, "-o", out)
    assert plain.output == f"wrote {out}\n"


@pytest.mark.parametrize(
    ("wish", "code", "said"),
    [
        (("--speaker", "Nobody At All"), 3, "there is no actor 'Nobody At All'\n"),
        (("--until", "1999"), 3, "of 23 claims none is until 1999; no page was made\n"),
        (("--since", "31.12.2024"), 3, "respgraph: '31.12.2024' is no date"),
        (("--type", "duty"), 2, "'duty' is not one of"),
        (("--min-confidence", "nan"), 2, "'nan' is not a number"),
        (("--actor", "\x1b[2J\u202e"), 3, "there is no actor '\\x1b[2J\\u202e'"),
    ],
)
def test_view_refuses_what_it_cannot_do_and_writes_nothing(
    graph: Path, tmp_path: Path, wish: tuple[str, ...], code: int, said: str
) -> None:
    done = run("view", graph, "-o", tmp_path / "p.html", *wish)
    assert done.exit_code == code
    assert said in done.output
    assert not (tmp_path / "p.html").exists()


def test_build_narrows_its_page_and_not_its_graph(tmp_path: Path) -> None:
    from respgraph.store import open_graph
    from respgraph.view.data import read_page_data

    text = tmp_path / "t.txt"
    text.write_text(LONG_TEXT, encoding="utf-8")
    out = ("-o", tmp_path / "g.trig", "--html", tmp_path / "p.html")
    assert run("build", text, *out, "--type", "obligation").exit_code == 0
    page = embedded((tmp_path / "p.html").read_text(encoding="utf-8"))
    assert {claim["type"] for claim in page["claims"]} == {"obligation"}
    with open_graph(tmp_path / "g.trig") as opened:
        assert {row.type for row in read_page_data(opened).rows} == {"obligation", "responsibility"}


@pytest.mark.parametrize(
    ("wish", "code", "said"),
    [
        (("-o", "g.trig", "--type", "obligation"), 2, "narrow the page of --html PAGE"),
        (("-o", "g.trig", "--html", "p.html", "--speaker", "The minister"), 3, "no actor 'The minister'; did you mean"),
        (("-o", "g.trig", "--html", "p.html", "--since", "x"), 3, "'x' is no date"),
    ],
)  # fmt: skip
def test_build_refuses_wishes_and_leaves_no_graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wish: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.txt").write_text(LONG_TEXT, encoding="utf-8")
    done = run("build", "t.txt", *wish)
    assert done.exit_code == code
    assert said in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["t.txt"]


def test_narrowed_page_says_so_below_its_title(two: Any, browser: Any, tmp_path: Path) -> None:
    path = make_page(two, selection=Selection(actors=("Sudria",), since="2023")).save(tmp_path / "p.html")
    page = browser.new_context().new_page()
    page.goto(path.as_uri())
    assert page.inner_text("#counts").startswith("3 of 23 statements from one text")
    assert page.inner_text("#narrowed") == "This page was made with only what is about or by Sudria, since 2023."
    page.context.close()
