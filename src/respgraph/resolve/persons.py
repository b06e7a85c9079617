"""The persons of a text: their last names, and which pronoun may follow each.

A title ("Mrs"), a word of kinship or a given name before a last name tells whether "he" or "she" takes it up; once
said, it holds for the last name wherever it stands alone in the text. Most words tell nothing and allow both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from respgraph.resolve import gazetteer

if TYPE_CHECKING:
    from respgraph.annotate import Annotated, Sentence

FEMALE: Final = frozenset({"she", "her", "hers", "herself"})
WOMEN: Final = frozenset(
    "mrs ms miss queen princess lady dame baroness duchess empress mother daughter sister wife widow aunt niece "
    "grandmother girl woman actress businesswoman chairwoman spokeswoman congresswoman councilwoman policewoman "
    "housewife heroine girlfriend bride waitress".split()
)
MEN: Final = frozenset(
    "mr king prince sir lord duke emperor baron father son brother husband widower uncle nephew grandfather boy man "
    "actor businessman chairman spokesman congressman councilman policeman hero boyfriend groom waiter".split()
)


@dataclass(frozen=True, slots=True)
class People:
    """The last names of a text, and those among them that belong to women and to men (as written)."""

    names: frozenset[str] = frozenset()
    women: frozenset[str] = frozenset()
    men: frozenset[str] = frozenset()

    def unnamed(self) -> People:
        """Return the same people as if no last name were known."""
        return replace(self, names=frozenset())


@cache
def given_names() -> dict[str, str]:
    """Return given name in lower case -> "w" or "m"."""
    return {row["name"]: row["borne by"] for row in gazetteer.table("given_names.tsv")}


def people_of(annotated: Annotated) -> People:
    """Return the people of a text: words that the parser mostly takes for a person's last name."""
    persons: Counter[str] = Counter()
    others: Counter[str] = Counter()
    women: set[str] = set()
    men: set[str] = set()
    for s in annotated.sentences:
        for t in s.tokens:
            if t.form[:1].isupper() and t.dep != "compound":
                (persons if t.ent == "PERSON" else others)[t.form] += 1
                told = told_by(s, t.i)
                (women if told == "w" else men if told == "m" else set()).add(t.form)
    names = frozenset(w for w, n in persons.items() if n >= others[w])
    return People(names, frozenset(women - men), frozenset(men - women))


def told_by(s: Sentence, k: int) -> str:
    """Return "w" or "m" if what stands before a last name tells, else ""."""
    before = {s.tokens[c].lower.rstrip(".") for c in s.children[k] if s.tokens[c].dep == "compound"}
    told = {given_names()[w] for w in before if w in given_names()}
    told |= {kind for kind, words in (("w", WOMEN), ("m", MEN)) if before & words}
    return told.pop() if len(told) == 1 else ""


def fits_gender(s: Sentence, k: int, word: str, people: People) -> bool:
    """Say whether what is known of a noun or name allows "he" or "she"; most words allow both."""
    t = s.tokens[k]
    kin = "w" if t.lower in WOMEN else "m" if t.lower in MEN else ""
    known = "w" if t.form in people.women else "m" if t.form in people.men else ""
    told = told_by(s, k) or kin or known
    return told in {"", "w" if word in FEMALE else "m"}
