"""Each rule on its own examples: what it must find, and what it must refuse."""

from __future__ import annotations

from functools import cache

import pytest

from respgraph.annotate import Annotated
from respgraph.annotate.spacy import annotate
from respgraph.extract import all_rules, extract
from respgraph.extract.lexicon import units
from respgraph.extract.rule import Example, Rule
from respgraph.model import Claim
from respgraph.read import read_text
from respgraph.resolve import resolve

CASES = [
    pytest.param(rule, example, id=f"{rule.name}-{'yes' if example.slots is not None else 'no'}-{n}")
    for rule in all_rules().values()
    for n, example in enumerate(rule.examples)
]
VALUES = ("stance", "degree", "sense", "modality", "polarity")


@cache
def parsed(texts: tuple[str, ...]) -> dict[str, Annotated]:
    return {a.document.text: a for a in annotate(read_text(t, "example") for t in texts)}


def claims(text: str) -> tuple[Claim, ...]:
    every = tuple(sorted({e.text for r in all_rules().values() for e in r.examples}))
    return resolve(extract(parsed(every)[text])).claims


def holds(claim: Claim, example: Example) -> bool:
    for slot, words in (example.slots or {}).items():
        if slot in VALUES:
            if getattr(claim, slot) != words:
                return False
        else:
            mention = claim.get(slot)
            if mention is None or mention.quote != words:
                return False
    return True


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_rule_agrees_with_its_examples(rule: Rule, example: Example) -> None:
    found = [c for c in claims(example.text) if c.found_by == rule.name]
    if example.slots is None:
        assert not found, example.why
    else:
        shown = [
            {"stance": c.stance, "degree": c.degree, "modality": c.modality} | {k: m.quote for k, m in c.roles}
            for c in found
        ]
        assert any(holds(c, example) for c in found), shown or f"only {[c.found_by for c in claims(example.text)]}"


def test_every_lexical_unit_evokes_a_known_rule() -> None:
    known = all_rules()
    assert sorted({u.rule for u in units()} - set(known)) == []


def test_every_rule_has_a_source_and_lexical_units_or_code() -> None:
    in_code = {
        "obligation.modal",
        "obligation.may",
        "obligation.cannot",
        "obligation.will",
        "obligation.item",
        "obligation.cleft",
        "commitment.will",
        "demand.please",
        "demand.imperative",
        "responsibility.not-i",
    }
    assert all(r.source for r in all_rules().values())
    assert {u.rule for u in units()} | in_code == set(all_rules())


def test_no_lexical_unit_stands_twice() -> None:
    seen = [(u.words, u.pos, u.rule) for u in units()]
    assert sorted({x for x in seen if seen.count(x) > 1}) == []
