"""Who is known before reading: states, international organisations and major bodies, by name and alias.

The tables are TSV files beside this module; their header comments name the sources. Look-up is by
exact name: "US" is a state and "us" is not, so names of two or three letters keep their case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from respgraph.model import Actor

SHORT = 4
LEADING = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def slug(name: str) -> str:
    """Return a name as lower-case words joined by hyphens, safe in an IRI.

    >>> slug("U.S. Department of State")
    'us-department-of-state'
    """
    return "-".join(re.findall(r"\w+", name.replace(".", "").replace("’", "").replace("'", "").lower()))


def normal(name: str) -> str:
    """Return the look-up key of a name: no article, no dots, lower case unless it is short and upper case.

    >>> normal("the U.S."), normal("The Netherlands"), normal("us")
    ('US', 'netherlands', 'us')
    """
    bare = LEADING.sub("", name.strip()).replace(".", "").replace("’", "'").removesuffix("'s").removesuffix("'")
    bare = " ".join(bare.split())
    return bare if len(bare) <= SHORT and bare.isupper() else bare.lower()


def table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a shipped table as dicts; the first line that is no comment names the columns."""
    lines = (files("respgraph.resolve") / "data" / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    for row in rows[1:]:
        yield dict(zip(rows[0], row, strict=False))


def split(cell: str | None) -> list[str]:
    """Return the parts of a cell that lists several names."""
    return [part.strip() for part in re.split(r"[|;]", cell or "") if part.strip()]


@cache
def states() -> dict[str, Actor]:
    """Return ISO 3166 code -> state."""
    out = {}
    for row in table("states.tsv"):
        name = row["name"]
        out[row["iso2"]] = Actor(
            slug(name),
            name,
            "state",
            scope="global",
            iso=row["iso2"],
            wikidata=row.get("wikidata") or None,
            aliases=tuple(sorted({*split(row.get("aliases"))} - {name})),
        )
    return out


@cache
def organisations() -> dict[str, Actor]:
    """Return slug -> organisation."""
    out = {}
    for row in table("organisations.tsv"):
        name = row["name"]
        unit = row.get("unit_of") or ""
        parent = states()[unit].id if unit in states() else slug(unit) if unit else None
        out[slug(name)] = Actor(
            slug(name),
            name,
            row.get("kind") or "organisation",
            scope="global",
            wikidata=row.get("wikidata") or None,
            aliases=tuple(sorted({*split(row.get("aliases"))} - {name})),
            unit_of=parent,
        )
    return out


@cache
def by_name() -> dict[str, Actor]:
    """Return look-up key -> actor, for names, aliases and seats of government."""
    out: dict[str, Actor] = {}
    for row, actor in zip(table("states.tsv"), states().values(), strict=True):
        for name in (row["name"], *split(row.get("aliases")), *split(row.get("seats"))):
            out.setdefault(normal(name), actor)
    for actor in organisations().values():
        for name in (actor.name, *actor.aliases):
            out.setdefault(normal(name), actor)
    return out


@cache
def by_demonym() -> dict[str, Actor]:
    """Return adjective of nationality ("salvadoran") -> state."""
    out: dict[str, Actor] = {}
    for row, actor in zip(table("states.tsv"), states().values(), strict=True):
        for name in (*split(row.get("demonyms")), *split(row.get("adjectives"))):
            out.setdefault(name.lower(), actor)
    return out


def find(name: str) -> Actor | None:
    """Return the known actor of this name, if there is one."""
    return by_name().get(normal(name))
