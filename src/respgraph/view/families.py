"""Claim families: what the legend, the lines and the tables of the page call a claim.

A family is told by colour *and* dash, so the picture also reads in grey and for colour-blind eyes. The
colours hold 4.5:1 against their ground (white, near-black) and follow the order of Okabe and Ito
(2008): vermilion against blue first. Families about causes and names are off when the page opens: they
say nothing about who is responsible and would hide those that do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Family:
    """One row of the legend. ``dash`` is in CSS pixels, empty for a full line; ``head`` is the line's end."""

    id: str
    label: str
    verb: str
    light: str
    dark: str
    dash: tuple[int, ...] = ()
    head: str = "arrow"
    on: bool = True


FAMILIES: Final = (
    Family("assigns", "Holds responsible", "holds responsible", "#b23c08", "#f2a266"),
    Family("denies", "Denies or refuses", "denies", "#1c2026", "#eceff3", (2, 4), head="bar"),
    Family("accepts", "Accepts or shares", "accepts", "#00695f", "#58d3c1", (10, 4, 2, 4)),
    Family("demand", "Demands", "demands", "#9b1f63", "#f59ac6", (12, 4)),
    Family("duty", "Must or must not", "says must", "#0b5394", "#82b9f5"),
    Family("advice", "Should or may", "says should", "#6a3fa0", "#c7acf2", (6, 4)),
    Family("promise", "Promises", "promises", "#3b6a12", "#aad67c", (14, 3, 3, 3, 3, 3)),
    Family("question", "Asks, leaves open", "asks about", "#7a5300", "#e5c05f", (3, 6)),
    Family("cause", "Causes, as claimed", "says causes", "#7b5136", "#d8b095", (4, 3), on=False),
    Family("response", "Factor, response", "reports response", "#4f5d6b", "#a9b8c6", (8, 3), on=False),
    Family("name", "Names, acronyms", "is short for", "#5d6169", "#b3b8c1", (1, 3), on=False),
)


@dataclass(frozen=True, slots=True)
class Tint:
    """The fill of an actor's box, with white words on ``light`` and near-black ones on ``dark``."""

    light: str
    dark: str


# For kinds of actors and coalitions, after Tol's muted scheme (2021), darkened; the last is for all that has no tint of
# its own. A letter or a number in the box tells the same without colour.
TINTS: Final = (
    Tint("#332288", "#b3aef5"),
    Tint("#117733", "#83d69a"),
    Tint("#882255", "#f2a3c6"),
    Tint("#6b5d00", "#d9cd6a"),
    Tint("#0e6577", "#86d0e3"),
    Tint("#7a4a1e", "#e3b98d"),
    Tint("#8a2fa0", "#dcaef0"),
    Tint("#1f5fa8", "#9cc7f4"),
    Tint("#5a6672", "#a3aeba"),
)

ORDER: Final = {family.id: place for place, family in enumerate(FAMILIES)}


def family_of(claim_type: str, stance: str | None = None, modality: str | None = None) -> str:
    """Return the family id of a claim.

    >>> family_of("responsibility", stance="denies"), family_of("obligation", modality="should")
    ('denies', 'advice')
    """
    match claim_type:
        case "responsibility":
            return {
                "denies": "denies",
                "accepts": "accepts",
                "shares": "accepts",
                "questions": "question",
            }.get(stance or "", "assigns")
        case "commitment":
            return "denies" if stance == "denies" else "promise"
        case "obligation":
            return "duty" if modality in {"must", "must-not", None} else "advice"
        case "definition":
            return "name"
        case other:
            return other


def verb_of(
    claim_type: str,
    stance: str | None = None,
    degree: str | None = None,
    modality: str | None = None,
    polarity: str | None = None,
) -> str:
    """Return the words between speaker and bearer: "denies that ... is responsible" as a short verb.

    >>> verb_of("responsibility", "assigns", "sole"), verb_of("obligation", modality="must-not")
    ('holds solely responsible', 'says must not')
    >>> verb_of("responsibility", "denies", "sole"), verb_of("responsibility", "denies", "unspecified")
    ('denies sole responsibility', 'denies responsibility')
    """
    match claim_type:
        case "responsibility":
            adverb = {
                "sole": "solely ",
                "primary": "primarily ",
                "partial": "partly ",
                "shared": "jointly ",
            }.get(degree or "", "")
            return {
                # who denies that it alone is to blame has not denied all responsibility
                "denies": f"denies {degree if degree in ('sole', 'primary') else ''} responsibility".replace("  ", " "),
                "accepts": "accepts responsibility",
                "shares": "speaks of shared responsibility",
                "questions": "questions responsibility",
            }.get(stance or "", f"holds {adverb}responsible")
        case "obligation":
            return f"says {(modality or 'must').replace('-', ' ')}"
        case "commitment":
            return "refuses" if stance == "denies" else "promises"
        case "demand":
            return "demands"
        case "cause":
            return "is said not to cause" if polarity == "negative" else "is said to cause"
        case "response":
            return "is answered by"
        case "definition":
            return "is written out as"
        case "question":
            return "leaves open"
    return claim_type
