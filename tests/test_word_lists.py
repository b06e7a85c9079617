"""The shipped word lists are well formed and hold what the rest relies on."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

LISTS = {"states.tsv": 8, "organisations.tsv": 5, "bearers.tsv": 3, "titles.tsv": 2}
CLASSES = {"person", "office", "group", "organisation", "place", "thing"}
KINDS = {"government", "ministry", "office", "international-organisation", "organisation", "group"}


def text_of(name: str) -> str:
    folder = files("respgraph.extract") if name == "bearers.tsv" else files("respgraph.resolve") / "data"
    return (folder / name).read_text(encoding="utf-8")


def lines(name: str) -> list[list[str]]:
    return [line.split("\t") for line in text_of(name).splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("name", LISTS)
def test_every_line_has_all_columns_and_the_list_names_its_source(name: str) -> None:
    assert {len(line) for line in lines(name)} == {LISTS[name]}
    head = text_of(name).splitlines()[:5]
    assert any("Source" in line for line in head)


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_listed_twice(name: str) -> None:
    keys = [line[0] for line in lines(name)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("name", "column"), [("states.tsv", 7), ("organisations.tsv", 4)])
def test_wikidata_items_are_items_and_unique(name: str, column: int) -> None:
    found = [line[column] for line in lines(name)[1:] if line[column]]
    assert all(re.fullmatch(r"Q[1-9]\d*", item) for item in found)
    assert len(found) == len(set(found))


def test_states_are_known_by_code_alias_and_seat() -> None:
    rows = {line[0]: line for line in lines("states.tsv")[1:]}
    assert len(rows) >= 195
    assert all(re.fullmatch(r"[A-Z]{2}", code) for code in rows)
    assert {"U.S.", "US", "USA"} <= set(rows["US"][2].split("|"))
    assert "Washington" in rows["US"][6].split("|")
    assert "Kremlin" in rows["RU"][6].split("|")


def test_one_name_means_one_actor() -> None:
    owner: dict[str, str] = {}
    for name, columns in (("states.tsv", (1, 2, 6)), ("organisations.tsv", (0, 1))):
        for line in lines(name)[1:]:
            for alias in {part for column in columns for part in line[column].split("|") if part}:
                assert owner.setdefault(alias, line[0]) == line[0], alias


def test_organisations_belong_to_known_actors() -> None:
    rows = lines("organisations.tsv")[1:]
    known = {line[0] for line in rows} | {line[0] for line in lines("states.tsv")[1:]}
    assert all(line[3] in known or not line[3] for line in rows)
    assert {line[2] for line in rows} <= KINDS


def test_nouns_have_a_class() -> None:
    found = {line[0]: line[1] for line in lines("bearers.tsv")}
    assert set(found.values()) == CLASSES
    assert sum(kind != "thing" for kind in found.values()) >= 1000
    assert found["government"] == "organisation"
    assert found["tenant"] == "person"
    assert found["nation"] == "place"
    assert {found[word] for word in ("policy", "war", "weather", "problem", "it")} == {"thing"}
