"""The named queries: one .rq file each, whose first comments say what it answers and what it can be asked.

::

    # title: Who asks whom for what
    # description: ...
    # param: actor [actor] who is asked ...
    # param: claim [claim, required] ...

A parameter is the variable of its name, which the query projects; it is bound as a value, never put into
the text. A line that ends in ``# if actor`` only serves that parameter - it says who counts as whom - and is left
out where it is not asked for, since it multiplies the rows: the answer is the same with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from respgraph.errors import UnknownNameError

_FOLDER = Path(__file__).parent / "queries"
_PARAM = re.compile(r"(?P<name>\w+) \[(?P<kind>actor|claim|forum)(?P<required>, required)?\] (?P<meaning>.+)")
_SERVES = re.compile(r"^.* # if (\w+)\n", re.MULTILINE)
KINDS = ("actor", "claim", "forum")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query can be asked for. ``kind`` says how a value is looked up: actor, claim or forum."""

    name: str
    kind: str
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the catalogue; ``text`` is its SPARQL."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str

    @property
    def needs_links(self) -> bool:
        """Whether it looks into the graph of derived links, without which it has no answer or another one."""
        return "corpus/links" in self.text or "resp:nearDuplicateOf" in self.text

    def asking(self, names: Collection[str]) -> str:
        """Return the SPARQL without the lines that serve a parameter not among these names."""
        return _SERVES.sub(lambda line: line[0] if line[1] in names else "", self.text)


def list_queries() -> tuple[NamedQuery, ...]:
    """Return the catalogue, sorted by name."""
    return tuple(load_query(path.stem) for path in sorted(_FOLDER.glob("*.rq")))


@lru_cache(maxsize=64)
def load_query(name: str) -> NamedQuery:
    """Return one query of the catalogue.

    Raises:
        UnknownNameError: There is none of that name; the message lists those there are.
    """
    known = {path.stem: path for path in _FOLDER.glob("*.rq")}
    if name not in known:
        raise UnknownNameError("query", name, known)
    text = known[name].read_text(encoding="utf-8")
    header = [line[2:].partition(": ") for line in text.splitlines() if line.startswith("# ")]
    values = {key: value for key, _, value in header}
    parameters = tuple(_parameter(value) for key, _, value in header if key == "param")
    return NamedQuery(name, values["title"], values["description"], parameters, text)


def _parameter(line: str) -> Parameter:
    match = _PARAM.fullmatch(line)
    if match is None:
        raise ValueError(f"not a parameter line: {line}")
    return Parameter(match["name"], match["kind"], match["meaning"], bool(match["required"]))
