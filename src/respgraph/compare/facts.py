"""View -> what one named graph says: subject -> property -> values, read from its lines in one pass.

Reading claims asks for nearly every quad of a graph, and four fifths of those lie about where words stand. SPARQL
makes an object of Python of each answer; the lines of a segment are there as they are, and splitting them is five
times quicker. Whatever holds the quads gives such lines (``View.lines``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from respgraph.rdf.iri import iri, split_literal, term
from respgraph.store import View
from respgraph.vocab import NS

Values = dict[str, list[str]]
Facts = dict[str, Values]
_OURS: Final = f"<{NS}"
_EVIDENCE: Final = f"<{NS}Evidence>"
# Half the quads of a graph; what is asked of it is found without them.
_UNASKED: Final = frozenset(map(term, ("oa:prefix", "oa:suffix", "oa:hasSource", "prov:wasGeneratedBy", "prov:used")))


def read_facts(view: View, graph: str) -> Facts:
    """Return what a named graph says: IRI -> last part of a property's name -> values in N-Triples spelling.

    Types other than our own are left out, as is what stands around quotes.

    Args:
        view: What holds the graph.
        graph: Its IRI.
    """
    end = f" {iri(graph)} ."
    cut = -len(end)
    names: dict[str, str] = dict.fromkeys(_UNASKED, "")
    facts: Facts = {}
    last, held = "", Values()
    for line in view.lines(graph):
        subject, predicate, rest = line.split(" ", 2)
        name = names.get(predicate)
        if name is None:
            name = names[predicate] = local_name(predicate[1:-1])
        if not name or not rest.endswith(end):
            continue
        value = rest[:cut]
        if name == "type" and (not value.startswith(_OURS) or value == _EVIDENCE):
            continue
        if subject != last:
            last = subject
            held = facts.setdefault(subject, {})
        if name in held:
            held[name].append(value)
        else:
            held[name] = [value]
    return facts


def local_name(iri: str) -> str:
    """Return the last part of a property's name; no two that are read here share it."""
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]


def value_of(spelled: str) -> str:
    """Return the IRI, the characters of a literal, or the id of a blank node.

    >>> value_of("<http://x/a>"), value_of('"17"^^<http://www.w3.org/2001/XMLSchema#integer>'), value_of("_:b")
    ('http://x/a', '17', 'b')
    """
    first = spelled[:1]
    if first == "<":
        return spelled[1:-1]
    if first != '"':
        return spelled[2:]
    return spelled[1 : spelled.rindex('"')] if "\\" not in spelled else split_literal(spelled)[0]


def first_value(values: Mapping[str, list[str]], name: str) -> str:
    """Return the first of the values of a property, by their characters; "" if it has none."""
    held = values.get(name)
    if held is None:
        return ""
    return value_of(held[0]) if len(held) == 1 else min(map(value_of, held))
