"""Large graphs of our own making, for tests and benchmarks: the same rows for the same numbers.

Actors belong to camps, speak mostly of their own camp, and a few of them much more than others, as in news.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

RESP = "https://w3id.org/respgraph/ns#"
OA = "http://www.w3.org/ns/oa#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
PREF = "http://www.w3.org/2004/02/skos/core#prefLabel"
TITLE = "http://purl.org/dc/terms/title"
DATA = "https://w3id.org/respgraph/data/"
Row = tuple[str, str, str, str]

PLACES = "Ashford Belmont Corrie Dunmore Elvan Farrow Glenholm Harwick Islay Jarrow Kelso Lorne".split()
BODIES = "Council, Water Board, Ministry, Port Authority, Union, Mayor, Bank, Hospital, Railway, Court".split(", ")
WORKS = "dam bridge harbour school road tunnel clinic archive market station reservoir ferry".split()
FAULTS = "late repair, missing records, closed gates, cracked wall, unpaid wages, lost keys, empty stores".split(", ")
# words of the sentence, class of the claim, its value, what its content hangs on
KINDS = (
    ("held {b} responsible for {m}", "ResponsibilityClaim", ("stance", "Assigns"), "matter"),
    ("denied that {b} was responsible for {m}", "ResponsibilityClaim", ("stance", "Denies"), "matter"),
    ("demanded that {b} answer for {m}", "DemandClaim", ("polarity", "Positive"), "action"),
    ("said {b} must deal with {m}", "ObligationClaim", ("modality", "Must"), "action"),
    ("said {b} should deal with {m}", "ObligationClaim", ("modality", "Should"), "action"),
)


def crowd_rows(claims: int, camps: int = 12, actors: int = 0, per_text: int = 20, seed: int = 1) -> Iterator[Row]:
    """Yield the rows of a graph with so many claims; nearly twice as many lines are drawn for them."""
    dice = random.Random(seed)
    names = [
        f"{PLACES[k % len(PLACES)]} {BODIES[k // len(PLACES) % len(BODIES)]}"
        + (f" {k // (len(PLACES) * len(BODIES)) + 1}" if k >= len(PLACES) * len(BODIES) else "")
        for k in range(actors or max(60, claims // 8))
    ]
    yield from (row for k, name in enumerate(names) for row in actor_rows(k, name))
    for first in range(0, claims, per_text):
        yield from text_rows(first, min(per_text, claims - first), names, camps, dice)


def actor_rows(k: int, name: str) -> list[Row]:
    actor, graph = f"<{DATA}actor/a{k}>", f"<{DATA}doc/0>"
    return [
        (actor, f"<{TYPE}>", f"<{RESP}Actor>", graph),
        (actor, f"<{TYPE}>", f"<{RESP}Organisation>", graph),
        (actor, f"<{PREF}>", f'"{name}"', graph),
    ]


def text_rows(first: int, count: int, names: list[str], camps: int, dice: random.Random) -> Iterator[Row]:
    doc = f"{DATA}doc/{hashlib.sha256(str(first).encode()).hexdigest()[:16]}"
    text, rows = "", []

    def add(subject: str, predicate: str, obj: str) -> None:
        rows.append((f"<{subject}>", f"<{predicate}>", obj, f"<{doc}>"))

    for k in range(first, first + count):
        camp = dice.randrange(camps)
        a, b = (pick(dice, camp if dice.random() < 0.9 else dice.randrange(camps), len(names), camps) for _ in "ab")
        verb, kind, (value, word), content = KINDS[min(dice.randrange(7), 4)]
        matter = f"the {dice.choice(FAULTS)} of the {dice.choice(WORKS)} {dice.randrange(90) + 1}"
        quote = f"{names[a]} {verb.format(b=names[b], m=matter)}."
        start = len(text) + (1 if text else 0)
        text += (" " if text else "") + quote
        claim, said, thing = f"{doc}/c/{k}", f"{doc}/s/{k}", f"{doc}/m/{k}"
        for type_ in (kind, "Claim"):
            add(claim, TYPE, f"<{RESP}{type_}>")
        add(claim, RESP + "madeIn", f"<{said}>")
        add(said, RESP + "reportedIn", f"<{doc}>")
        add(claim, RESP + "speaker", f"<{DATA}actor/a{a}>")
        add(claim, RESP + "bearer", f"<{DATA}actor/a{b}>")
        add(claim, RESP + value, f"<{RESP}{word}>")
        add(claim, RESP + content, f"<{thing}>")
        add(thing, LABEL, f'"{matter}"')
        add(claim, RESP + "confidence", f'"{0.5 + dice.randrange(50) / 100}"')
        add(claim, RESP + "foundBy", f"<{DATA}rule/{kind.lower()}>")
        at = f"{doc}/e/{k}"
        add(claim, RESP + "evidence", f"<{at}>")
        add(at, OA + "hasSource", f"<{doc}>")
        add(at, OA + "hasSelector", f"<{at}/p>")
        add(at + "/p", OA + "start", f'"{start}"')
        add(at + "/p", OA + "end", f'"{len(text)}"')
        add(at + "/p", OA + "exact", f'"{quote}"')
    add(doc, RESP + "text", f'"{text}"')
    add(doc, TITLE, f'"Report {first // 20 + 1} from {PLACES[first % len(PLACES)]}"')
    yield from rows


def pick(dice: random.Random, camp: int, actors: int, camps: int) -> int:
    """Return an actor of a camp, the first ones far more often than the last."""
    size = actors // camps
    return camp + camps * min(int(size * dice.random() ** 4), size - 1)
