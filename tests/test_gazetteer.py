"""The shipped table of bodies: one row per name, ids that can be ids, no word that is not a name."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from respgraph.extract.bearers import noun_class
from respgraph.model import ACTOR_KINDS
from respgraph.resolve import gazetteer
from respgraph.resolve.names import GENERIC, is_particular, scope_of

ROWS = tuple(gazetteer.table("organisations.tsv"))
STATES = tuple(gazetteer.table("states.tsv"))
# Names that are words as well, and in capitals mean the body; they count only where the text names the state.
NAMES_OF_ONE_STATE = {"congress", "senate", "taoiseach"}
# Plain words of news English that somebody could take for an alias.
WORDS = frozenset(
    "fed ice who us it commonwealth union force state house office times will can may act bank post world care plan "
    "vision relief unit home interior treasury pace sec dot hub aid base nature access freedom".split()
)


def names(row: dict[str, str]) -> list[str]:
    return [row["name"], *gazetteer.split(row.get("aliases"))]


def test_the_table_is_wide_enough() -> None:
    assert len(ROWS) >= 400


def test_no_name_or_alias_names_two_rows() -> None:
    keys = Counter(key for row in ROWS for key in {gazetteer.normal(name) for name in names(row)})
    assert [key for key, number in keys.items() if number > 1] == []


def test_no_alias_is_a_state_s() -> None:
    of_states = {
        gazetteer.normal(name)
        for row in STATES
        for name in (row["name"], *gazetteer.split(row.get("aliases")), *gazetteer.split(row.get("seats")))
    }
    assert {gazetteer.normal(n) for row in ROWS for n in names(row)} & of_states == set()


def test_ids_are_well_formed_and_used_once() -> None:
    ids = [row["wikidata"] for row in (*ROWS, *STATES) if row.get("wikidata")]
    assert [one for one in ids if not re.fullmatch(r"Q[1-9][0-9]{0,9}", one)] == []
    assert [one for one, number in Counter(ids).items() if number > 1] == []


def test_slugs_are_used_once() -> None:
    slugs = [gazetteer.slug(row["name"]) for row in ROWS] + [gazetteer.slug(row["name"]) for row in STATES]
    assert [one for one, number in Counter(slugs).items() if number > 1] == []


def test_no_alias_is_an_ordinary_english_word() -> None:
    words = (set(noun_class()) | WORDS | GENERIC) - NAMES_OF_ONE_STATE
    keys = {gazetteer.normal(name) for row in ROWS for name in names(row)}
    assert {key for key in keys if " " not in key and key in words} == set()


def test_kinds_and_parents_are_known() -> None:
    known = {row["name"] for row in ROWS} | {row["iso2"] for row in STATES}
    assert {row["kind"] for row in ROWS} <= set(ACTOR_KINDS)
    assert {row["unit_of"] for row in ROWS if row["unit_of"]} <= known


def test_nobody_is_a_part_of_itself() -> None:
    parents = {row["name"]: row["unit_of"] for row in ROWS}
    for name in parents:
        seen, here = {name}, parents[name]
        while here in parents:
            assert here not in seen, name
            seen.add(here)
            here = parents[here]


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("the MI6", "Secret Intelligence Service"),
        ("NATO chief", "Secretary General of NATO"),
        ("Bundesbank", "Deutsche Bundesbank"),
        ("UNDRR", "United Nations Office for Disaster Risk Reduction"),
    ],
)
def test_an_alias_finds_its_row(name: str, actor: str) -> None:
    found = gazetteer.find(name)
    assert found is not None
    assert found.name == actor


@pytest.mark.parametrize("name", ["the fed", "Commonwealth", "who", "ice", "Supreme Court", "Parliament"])
def test_a_word_names_nobody(name: str) -> None:
    assert gazetteer.find(name) is None


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("State Party", "document"),
        ("any Contracting State", "document"),
        ("this Act", "document"),
        ("Supreme Court", "document"),
        ("Ministry of Health", "document"),
        ("Prime Minister", "document"),
        ("Federal Government", "document"),
        ("State Party that receives information", "document"),
        ("Norrwater", "document"),
        ("Supreme Court of Norway", "global"),
        ("Ida Berg", "global"),
        ("Tunnel Rescue Guild", "global"),
    ],
)
def test_only_a_full_name_is_the_same_actor_in_every_text(name: str, scope: str) -> None:
    assert scope_of(name) == scope


def test_a_bare_title_is_not_particular() -> None:
    assert not is_particular("Madam Speaker")
