"""Families of claims: every claim has one, and each can be told apart and read."""

from __future__ import annotations

import itertools

import pytest

from respgraph.model import CLAIM_TYPES, MODALITIES, STANCES
from respgraph.view.families import FAMILIES, ORDER, TINTS, Family, Tint, family_of, verb_of


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    bright, dim = sorted((luminance(one), luminance(two)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.id)
def test_colour_reads_on_every_ground(family: Family) -> None:
    assert min(contrast(family.light, ground) for ground in ("#ffffff", "#f6f8fa")) >= 4.5
    assert min(contrast(family.dark, ground) for ground in ("#11161d", "#1a212a")) >= 4.5


@pytest.mark.parametrize("tint", TINTS, ids=lambda t: t.light)
def test_words_read_on_every_tint(tint: Tint) -> None:
    assert contrast(tint.light, "#ffffff") >= 4.5
    assert contrast(tint.dark, "#0c1420") >= 4.5


def test_every_tint_differs() -> None:
    assert len({t.light for t in TINTS}) == len({t.dark for t in TINTS}) == len(TINTS)


def test_no_two_families_share_dash_and_colour() -> None:
    looks = {(f.dash, f.head) for f in FAMILIES}
    assert len(looks) >= len(FAMILIES) - 1  # blame and duty are both full lines, in red and blue
    assert len({f.light for f in FAMILIES}) == len({f.dark for f in FAMILIES}) == len(FAMILIES)


def test_every_kind_of_claim_has_a_family_and_a_verb() -> None:
    for kind, stance, modality in itertools.product(CLAIM_TYPES, (*STANCES, None), (*MODALITIES, None)):
        assert family_of(kind, stance, modality) in ORDER
        assert verb_of(kind, stance, None, modality) != kind
