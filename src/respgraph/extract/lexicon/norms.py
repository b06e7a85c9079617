"""Classes of words that the rules of obligation ask for, read from ``norms.txt``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def classes() -> dict[str, frozenset[str]]:
    """Return the classes by name."""
    text = (files(__package__) / "norms.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: frozenset(members.split()) for name, members in rows}


def words(name: str) -> frozenset[str]:
    """Return one class of words.

    >>> "tenant" in words("party")
    True
    """
    return classes()[name]
