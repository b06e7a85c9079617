"""Contract language that the parser gets lost in: the party a modal binds, who pays, whose consent, who acknowledges.

Contracts put long asides between a party and its modal, leave the bound party to a phrase ("at Tenant's expense"),
and bind by a declaration ("Tenant acknowledges", "Landlord represents and warrants"). Parties are those a contract
defines ("Tenant", "the Lessor").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from respgraph.extract import tree
from respgraph.extract.lexicon.norms import words
from respgraph.model import Span

if TYPE_CHECKING:
    from respgraph.annotate import Sentence

CONTRACT_ROLES: Final = words("party")
LONGEST_ASIDE: Final = 60
OPENERS: Final = frozenset({",", ";", ":", "(", ")", "and", "or", "that", "then", "but", "either", "neither", "if"})
# Verbs that the parser takes for nouns in "Lessee covenants and agrees".
DECLARING: Final = frozenset({"covenants", "warrants", "represents", "acknowledges", "agrees", "promises"})
DETERMINERS: Final = frozenset({"the", "each", "such", "either", "neither"})
COSTS: Final = frozenset({"cost", "costs", "expense", "expenses", "risk", "charge"})
CONSENTS: Final = frozenset({"consent", "approval", "permission", "agreement", "acceptance"})
WITHHOLDING: Final = frozenset({"withhold", "delay", "condition", "deny", "refuse", "give", "grant"})


def defined_party(s: Sentence, i: int) -> bool:
    """Say whether a token names a party as contracts define it: "Tenant", "the Lessor", not "tenants"."""
    t = s.tokens[i]
    return (
        t.lower in CONTRACT_ROLES
        and t.form[0].isupper()
        and (
            i > 0
            or t.tag == "NNP"
            or ((len(s.tokens) > 1 and s.tokens[1].tag in {"MD", "VBZ", "RB"}) or s.tokens[1].form in {",", "and"})
            or s.tokens[1].lower in DECLARING
        )
    )


def party_among(s: Sentence, head: int) -> bool:
    """Say whether a noun or one of those it is coordinated with is a defined party."""
    return any(defined_party(s, k) for k in tree.conjuncts(s, head))


def is_party(s: Sentence, who: int) -> bool:
    """Say whether somebody is a party of a contract: by its role, or "the parties" beside two that are named."""
    if party_among(s, who):
        return True
    if s.tokens[who].lower == "each":
        those = tree.prepositional(s, who, frozenset({"of"}))
        return those is not None and is_party(s, those)
    return s.tokens[who].lower == "parties" and len({t.lower for t in s.tokens if defined_party(s, t.i)}) > 1


def party_before(s: Sentence, verb: int) -> int | None:
    """Return the party right before a modal or verb, or before the aside in commas or brackets that ends at it.

    "Landlord, at Landlord's sole cost, will furnish", "either Landlord or Tenant (unless ...) may".
    """
    k = verb - 1
    if k > 0 and s.tokens[k].form in {",", ")"}:
        opener = "(" if s.tokens[k].form == ")" else ","
        opens = range(k - 1, max(0, k - LONGEST_ASIDE), -1)
        k = next((m - 1 for m in opens if s.tokens[m].form == opener and is_party(s, m - 1)), -1)
    if k < 0 or not is_party(s, k):
        return None
    first = k
    while first > 0 and s.tokens[first - 1].lower in DETERMINERS:
        first -= 1
    opens_clause = first == 0 or s.tokens[first - 1].lower in OPENERS or s.tokens[first - 1].tag == "NNP"
    return k if opens_clause else None


def party_span(s: Sentence, k: int) -> Span:
    """Return the name of a party without what hangs on it: "the Lessor"."""
    first = k - 1 if k and s.tokens[k - 1].lower in DETERMINERS else k
    return Span(s.tokens[first].start, s.tokens[k].end)


def payer(s: Sentence, v: int) -> int | None:
    """Return the party at whose cost something is to be done: "shall be repaired at Tenant's sole expense"."""
    below = [k for k in tree.subtree(s, v) if k > v and s.tokens[k].lower == "at"]
    for at in below:
        cost = tree.child(s, at, "pobj")
        if cost is None or s.tokens[cost].lower not in COSTS:
            continue
        for k in (tree.possessor(s, cost), tree.prepositional(s, cost, frozenset({"of"}))):
            if k is not None and defined_party(s, k):
                return k
    return None


def consenter(s: Sentence, v: int) -> int | None:
    """Return the party whose consent is not to be withheld: "with Landlord's consent, not to be withheld"."""
    if s.tokens[v].lemma not in WITHHOLDING:
        return None
    subject = tree.surface_subject(s, v)
    if subject is None or s.tokens[subject].lemma not in CONSENTS:
        return None
    own = tree.possessor(s, subject) or tree.prepositional(s, subject, frozenset({"of", "by"}))
    if own is not None and defined_party(s, own):
        return own
    for k in range(subject - 1, max(-1, subject - LONGEST_ASIDE), -1):
        named = s.tokens[k].lemma in CONSENTS | {"approve"}
        owner = tree.possessor(s, k) or tree.agent(s, k) or tree.prepositional(s, k, frozenset({"of", "by"}))
        if named and owner is not None and defined_party(s, owner):
            return owner
    return None


def verb_below(s: Sentence, modal: int) -> int:
    """Return the verb of a modal that the parser hung on an adverb before it: "may, at any time, enter"."""
    v = s.tokens[modal].head
    above = s.tokens[v].head
    lost = s.tokens[v].upos == "ADV" and v > modal and above > v and s.tokens[above].tag == "VB"
    return above if lost else v
