"""All rules by name. One frame family per file; each rule stands with its examples and its source."""

from __future__ import annotations

from functools import cache

from respgraph.extract.rule import Rule
from respgraph.extract.rules import (
    blame,
    cause,
    cause_link,
    cause_phrase,
    charge,
    commitment,
    criticism,
    demand,
    duty,
    permit,
    responsibility,
    wrong,
)


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by its name, checked against the vocabulary."""
    families = (
        responsibility,
        blame,
        charge,
        wrong,
        criticism,
        duty,
        permit,
        demand,
        commitment,
        cause,
        cause_link,
        cause_phrase,
    )
    return {rule.name: rule.check() for family in families for rule in family.RULES}
