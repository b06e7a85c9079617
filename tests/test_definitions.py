"""Names and their expansions, in every layout; what is none."""

from __future__ import annotations

import pytest

from respgraph.extract.definitions import find_definitions
from respgraph.model import Block, Span
from respgraph.read import read_text


def pairs(text: str) -> list[tuple[str, str]]:
    blocks = [Block("paragraph", Span(0, len(text)))]
    return [(short.of(text), long.of(text)) for short, long in find_definitions(text, blocks)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("She leads the River Water Board (RWB) today.", "RWB", "River Water Board"),
        ("the Office for the Relief of Towns (ORT)", "ORT", "Office for the Relief of Towns"),
        ("new flood control zones (FCZs) were drawn", "FCZs", "flood control zones"),
        ("by the dyke keepers (DK's) of the north", "DK's", "dyke keepers"),
        ("a non-governmental organisation (NGO) said", "NGO", "non-governmental organisation"),
        ("at ten parts per litre (ppl) of water", "ppl", "parts per litre"),
        ("the Rescue, Fire and Medical Service (RFMS)", "RFMS", "Rescue, Fire and Medical Service"),
        ("the Ministry of Water and Roads (MWR)", "MWR", "Ministry of Water and Roads"),
        ("the National Programme for Dykes 2030 (NPD 2030)", "NPD 2030", "National Programme for Dykes 2030"),
        ("the Standards Organisation of the Isles (ISO)", "ISO", "Standards Organisation of the Isles"),
        ("the RWB (River Water Board) met", "RWB", "River Water Board"),
        ("RWB stands for River Water Board.", "RWB", "River Water Board"),
        ("the River Water Board, or RWB, met", "RWB", "River Water Board"),
        ("the River Water Board (RWB; founded 1953)", "RWB", "River Water Board"),
        ('the River Water Board ("RWB") met', "RWB", "River Water Board"),
        ("the European Flood Office (Eurofo) met", "Eurofo", "European Flood Office"),
    ],
)
def test_what_is_a_definition(text: str, short: str, long: str) -> None:
    assert pairs(text) == [(short, long)]


def test_a_name_whose_letters_do_not_match_is_one_if_it_names_a_body() -> None:
    assert pairs("the Shelter Support Center (VOLCA)") == [("VOLCA", "Shelter Support Center")]


def test_or_if_the_acronym_is_used_again() -> None:
    once = "the Great Northern River Towns Relief (VOLCA)"
    assert pairs(once) == []
    assert pairs(once + " opened. VOLCA is full.") == [("VOLCA", "Great Northern River Towns Relief")]


def test_rival_expansions_all_come_out() -> None:
    text = "the Home for River Orphans (HRO) ... the House of Relief and Order (HRO)"
    assert [long for _, long in pairs(text)] == ["Home for River Orphans", "House of Relief and Order"]


@pytest.mark.parametrize(
    ("text", "term", "long"),
    [
        ('Delta Dykes, Inc., a Delaware corporation ("the Company"), agrees', "Company", "Delta Dykes, Inc"),
        ('between Anna Maria Berg (the "Tenant") and', "Tenant", "Anna Maria Berg"),
        ("The River Water Board (hereinafter called the Board) shall", "Board", "River Water Board"),
        (
            "Northern Dyke Works (hereinafter referred to as “the Contractor”)",
            "Contractor",
            "Northern Dyke Works",
        ),
    ],
)
def test_defined_terms_of_contracts(text: str, term: str, long: str) -> None:
    assert pairs(text) == [(term, long)]


@pytest.mark.parametrize(
    "text",
    [
        "Chancellor Anna Berg (CDU) denied it",
        "Senator Tom Reyes (R-TX) said no",
        "the meeting in Conference Room 4 (NLB)",
        "he left (on foot) for the town",
        "paragraph 3 (IV) of the Treaty",
        "the price rose (2019) again",
        "see the annex (PDF) below",
        "a calm (and slow) answer",
        'an unhappy ("very sad") day',
        "They met. The board (ABC) sat",
    ],
)
def test_what_is_none(text: str) -> None:
    assert pairs(text) == []


def test_a_definition_never_crosses_cells_or_paragraphs() -> None:
    head = "| Body | Short |\n|---|---|\n| River Water Board | (RWB) |\n"
    text = head + "| Dyke Police (DP) | x |\n\nFlood\n\n(FO) office."
    found = find_definitions(text, read_text(text).blocks)
    assert [(short.of(text), long.of(text)) for short, long in found] == [("DP", "Dyke Police")]
