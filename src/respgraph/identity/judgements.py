"""Judgements about actors, and the file they live in: one JSON object a line, sorted, for people to read.

A line names the actors by IRI and by label (one known in one document only also by the name of that document), says
``same`` (b is put into a), ``different``, ``name`` (a is called so) or ``apart`` (in the document ``a_in``, a is
somebody else), and may say who judged, why and when. No clock: a date is there only if it was given.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from respgraph.errors import JudgementError
from respgraph.model import content_hash
from respgraph.rdf.write import write_bytes

VERDICTS: Final = ("same", "different", "name", "apart")
APART: Final = "-apart"  # the end of the IRI of whom a judgement parts from a shared actor in one document
MAX_BYTES: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement. ``a`` and ``b`` are IRIs; a ``name`` judgement has no ``b`` and a ``name``.

    ``a_in`` and ``b_in`` name the document of an actor that is known in one only: its IRI changes with that text.
    """

    verdict: str
    a: str
    a_label: str
    b: str = ""
    b_label: str = ""
    name: str = ""
    by: str = ""
    why: str = ""
    date: str = ""
    a_in: str = ""
    b_in: str = ""

    @property
    def id(self) -> str:
        """Eight hex digits of what is judged, whoever judged it; a and b in any order."""
        place = (self.a_in,) if self.verdict == "apart" else ()
        return content_hash(self.verdict, *sorted((self.a, self.b)), *place, length=8)

    @property
    def order(self) -> tuple[str, ...]:
        """What the file is sorted by: the names of the actors first."""
        return (self.a_label.casefold(), self.a, self.b_label.casefold(), self.b, self.verdict, self.name, self.a_in)


def default_file(graph: str) -> Path:
    """Return the judgements file that belongs to a graph or store: beside it, ``NAME.judgements.jsonl``.

    Raises:
        JudgementError: Standard input, memory and remote stores have nothing beside them.

    >>> str(default_file("news/graph.trig")), str(default_file("graphs/store"))
    ('news/graph.judgements.jsonl', 'graphs/store.judgements.jsonl')
    """
    name = graph.removeprefix("file:")
    if name in ("-", "", "memory:") or "://" in name:
        raise JudgementError(graph, "has no judgements file beside it; name one with --judgements FILE")
    path = Path(name)
    stem = path.stem if path.suffix.lower() in (".trig", ".nq", ".ttl", ".nt", ".jsonld") else path.name
    return path.with_name(f"{stem}.judgements.jsonl")


def read_judgements(path: str | Path) -> tuple[Judgement, ...]:
    """Return the judgements of a file in its order, line n the n-th; a file that is not there has none.

    Raises:
        JudgementError: Not readable, or a line that is no judgement (with its number).
    """
    name = str(path)
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise JudgementError(name, f"cannot be read: {error.strerror}") from error
    if len(data) > MAX_BYTES:
        raise JudgementError(name, f"is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise JudgementError(name, "is not UTF-8", data.count(b"\n", 0, error.start) + 1) from error
    found: dict[str, int] = {}
    out = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        judgement = _parse(name, number, line)
        if judgement.id in found:
            raise JudgementError(name, f"judges again what line {found[judgement.id]} judges", number)
        found[judgement.id] = number
        out.append(judgement)
    return tuple(out)


def _parse(name: str, number: int, line: str) -> Judgement:
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise JudgementError(name, "is not JSON", number) from error
    known = [field.name for field in fields(Judgement)]
    if not isinstance(value, dict):
        raise JudgementError(name, "is not a judgement (an object with verdict, a and b)", number)
    for key, item in value.items():
        if key not in known and key != "id":
            raise JudgementError(name, f"unknown key {key!r}; known: {', '.join(known)}", number)
        if not isinstance(item, str):
            raise JudgementError(name, f"{key!r} is not text", number)
    value.pop("id", None)
    if value.get("verdict") not in VERDICTS:
        raise JudgementError(name, f"verdict {value.get('verdict')!r} is none of {', '.join(VERDICTS)}", number)
    needed = {"name": ("a", "name"), "apart": ("a", "a_in")}.get(value["verdict"], ("a", "b"))
    for key in needed:
        if not value.get(key, "").strip():
            raise JudgementError(name, f"a judgement {value['verdict']!r} needs {key!r}", number)
    for key in ("a", "b"):
        if value.get(key) and (":" not in value[key] or any(c in ' <>"{}|^`\\\n\t' for c in value[key])):
            raise JudgementError(name, f"{key!r} is not an IRI: {value[key]!r}", number)
    if value["a"] == value.get("b"):
        raise JudgementError(name, "judges an actor against itself", number)
    return Judgement(**({"a_label": ""} | value))


def write_judgements(judgements: Iterable[Judgement], path: str | Path) -> None:
    """Write the file, whole and sorted: one line each, keys in a fixed order, empty ones left out.

    Raises:
        JudgementError: The path cannot be written.
    """
    lines = []
    for judgement in sorted(judgements, key=lambda j: j.order):
        value = {field.name: getattr(judgement, field.name) for field in fields(Judgement)}
        value = {"id": judgement.id} | {key: item for key, item in value.items() if item}
        lines.append(json.dumps(value, ensure_ascii=False) + "\n")
    write_bytes(path, (line.encode("utf-8", "replace") for line in lines))


def add_judgement(judgements: Sequence[Judgement], new: Judgement, source: str) -> tuple[Judgement, ...]:
    """Return the judgements with a new one; the same judgement again takes the old one's place.

    Raises:
        JudgementError: The opposite was judged before, or the new one closes a contradiction.
    """
    kept = [judgement for judgement in judgements if judgement.id != new.id]
    opposite = {"same": "different", "different": "same"}.get(new.verdict)
    against = replace(new, verdict=opposite).id if opposite else ""
    for judgement in kept:
        if judgement.id == against:
            raise JudgementError(
                source,
                f"{new.a_label!r} and {new.b_label!r} were judged {judgement.verdict} before; "
                f"take that back first: undo {judgement.id}",
            )
    out = tuple(sorted([*kept, new], key=lambda j: j.order))
    canonical(out, source)
    return out


def canonical(judgements: Sequence[Judgement], source: str) -> dict[str, str]:
    """Return actor -> the one it is put into, for all that positive judgements put into another.

    The kept one of a cluster is the one that no judgement puts into another; of several, the first by IRI.

    Raises:
        JudgementError: A cluster that a negative judgement goes through, or that is put into itself in a
            circle; the line of the file and the lines it disagrees with are named.
    """
    edges: dict[str, list[tuple[str, int]]] = defaultdict(list)
    gone: dict[str, int] = {}
    for number, judgement in enumerate(judgements, 1):
        if judgement.verdict == "same":
            edges[judgement.a].append((judgement.b, number))
            edges[judgement.b].append((judgement.a, number))
            gone[judgement.b] = number
    for number, judgement in enumerate(judgements, 1):
        path = _path(edges, judgement.a, judgement.b) if judgement.verdict == "different" else None
        if path:
            lines = ("lines " if len(path) > 1 else "line ") + ", ".join(str(n) for n in sorted(path))
            verb = "put" if len(path) > 1 else "puts"
            raise JudgementError(
                source,
                f"says that {judgement.a_label or judgement.a!r} and {judgement.b_label or judgement.b!r} differ, "
                f"but {lines} {verb} them together; nothing was applied",
                number,
            )
    into: dict[str, str] = {}
    for start in sorted(edges):
        if start in into:
            continue
        cluster = _reached(edges, start)
        roots = sorted(one for one in cluster if one not in gone)
        if not roots:
            number = max(gone[one] for one in cluster)
            raise JudgementError(source, "closes a circle of actors put into each other; nothing was applied", number)
        into |= dict.fromkeys(cluster, roots[0])
    return {actor: kept for actor, kept in sorted(into.items()) if actor != kept}


def anchored(
    judgements: Iterable[Judgement], known: Container[str], found: Mapping[tuple[str, str], str]
) -> tuple[Judgement, ...]:
    """Return the judgements with the IRIs that their actors have now.

    Args:
        judgements: As they were judged.
        known: The IRIs of the graph's actors; who is there stays.
        found: Name of a document and end of an IRI (what follows ``/actor/``) -> the actor of that document.
    """

    def now(actor: str, document: str) -> str:
        end = actor.rpartition("/actor/")[2]
        return actor if actor in known or not document else found.get((document, end), actor)

    return tuple(replace(j, a=now(j.a, j.a_in), b=now(j.b, j.b_in)) for j in judgements)


def _path(edges: Mapping[str, list[tuple[str, int]]], start: str, end: str) -> list[int] | None:
    """Return the numbers of the fewest judgements that lead from one actor to another."""
    came: dict[str, list[int]] = {start: []}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here == end:
            return came[here]
        for other, number in edges.get(here, ()):
            if other not in came:
                came[other] = [*came[here], number]
                waiting.append(other)
    return None


def _reached(edges: Mapping[str, list[tuple[str, int]]], start: str) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for other, _ in edges[waiting.pop()]:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen
