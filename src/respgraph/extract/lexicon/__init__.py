"""The words that evoke claims, as data: one line per lexical unit.

Each ``*.tsv`` line is ``trigger <tab> part of speech <tab> rule <tab> source``. A trigger is a head lemma and
the companions it needs among its dependents: ``blame``, ``call on``, ``hold responsible``,
``lie subj=responsibility,blame with``. A companion is ``subj=``, ``obj=`` or ``prep=`` with lemmas, or a bare word
that may be a particle, preposition, object, predicate or adverb. ``pos`` is verb, noun, adj, modal or prep.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from respgraph.errors import RuleError

PARTS = frozenset({"verb", "noun", "adj", "modal", "prep"})


@dataclass(frozen=True, slots=True)
class LexicalUnit:
    """A trigger word with its companions and the rule it evokes."""

    lemma: str
    pos: str
    rule: str
    companions: tuple[str, ...] = ()
    source: str = ""

    @property
    def words(self) -> str:
        """The trigger as it is written in the lexicon."""
        return " ".join((self.lemma, *self.companions))


def parse_line(line: str, where: str) -> LexicalUnit | None:
    """Return the unit of one line, None for a comment.

    Raises:
        RuleError: The line has not four fields, or an unknown part of speech.
    """
    if not line.strip() or line.startswith("#"):
        return None
    fields = line.rstrip("\n").split("\t")
    if len(fields) != 4 or fields[1] not in PARTS:
        raise RuleError(where, f"a lexicon line is trigger, part of speech, rule, source: {line!r}")
    head, *companions = fields[0].split(" ")
    return LexicalUnit(head, fields[1], fields[2], tuple(companions), fields[3])


@cache
def units() -> tuple[LexicalUnit, ...]:
    """Return all lexical units, in the order of files and lines."""
    found = []
    for path in sorted(files(__package__).iterdir(), key=lambda p: p.name):
        if path.name.endswith(".tsv"):
            for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                unit = parse_line(line, f"{path.name}:{n}")
                if unit is not None:
                    found.append(unit)
    return tuple(found)


@cache
def index() -> dict[str, tuple[LexicalUnit, ...]]:
    """Return the units by head lemma."""
    return by_lemma(units())


def by_lemma(found: Iterable[LexicalUnit]) -> dict[str, tuple[LexicalUnit, ...]]:
    """Group units by head lemma, the most specific (most companions) first."""
    out: dict[str, list[LexicalUnit]] = {}
    for unit in found:
        out.setdefault(unit.lemma, []).append(unit)
    return {k: tuple(sorted(v, key=lambda u: -len(u.companions))) for k, v in out.items()}
