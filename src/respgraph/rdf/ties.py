"""Ties: short plain triples of what was *said*, derived from claims.

``ontology/ties/*.rq`` define them, one CONSTRUCT each; ``construct_ties`` runs those files with rdflib and
``derive_ties`` gives the same in one pass over a document's triples (the build uses it: some hundred
times faster). A test holds the two against each other. Two rules hold for all: a hedged claim makes no tie,
and a tie is true if its speaker spoke - "assigns responsibility to", never "is responsible".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from respgraph.rdf.iri import resp, term
from respgraph.vocab import ontology_path

if TYPE_CHECKING:
    from rdflib import Graph

Triple: TypeAlias = tuple[str, str, str]
Slots: TypeAlias = dict[str, set[str]]

_TYPE = term("rdf:type")
_OBLIGATIONS = {
    "Must": "saysIsObliged",
    "Should": "saysShould",
    "May": "saysMay",
    "MustNot": "saysMustNot",
    "ShouldNot": "saysShouldNot",
}


TIE_NAMES: Final = (
    "assignsResponsibilityTo",
    "deniesResponsibilityOf",
    "questionsResponsibilityOf",
    "acceptsResponsibilityFor",
    "saysShareResponsibility",
    "sharesResponsibilityWith",
    "demandsOf",
    "saysIsObliged",
    "saysShould",
    "saysMay",
    "saysMustNot",
    "saysShouldNot",
    "commitsTo",
    "refuses",
    "saysIsCommitted",
    "saysRefuses",
    "saysCauses",
    "deniesCause",
    "saidToCause",
    "hasReportedResponse",
)


def derive_ties(triples: Iterable[Triple]) -> list[Triple]:
    """Return the ties of one document's triples, sorted.

    Args:
        triples: Subject, predicate and object in N-Triples spelling, without the ties.
    """
    held = list(triples)
    kind, member = resp("Claim"), resp("member")
    claims: dict[str, Slots] = {s: defaultdict(set) for s, p, value in held if value == kind and p == _TYPE}
    members: Slots = defaultdict(set)
    of = claims.get
    for subject, predicate, value in held:
        slots = of(subject)
        if slots is not None:
            slots[predicate].add(value)
        if predicate == member:
            members[subject].add(value)
    ties: set[Triple] = set()
    for claim in claims.values():
        if not claim[resp("hedged")]:
            ties.update(_claim_ties(claim, members))
    return sorted(ties)


def construct_ties(graph: Graph) -> set[tuple[object, object, object]]:
    """Return what the shipped CONSTRUCT files derive from one document's rdflib graph."""
    found: set[tuple[object, object, object]] = set()
    for path in sorted((ontology_path() / "ties").glob("*.rq")):
        for row in graph.query(path.read_text(encoding="utf-8")):
            subject, predicate, value = cast("tuple[object, object, object]", row)
            found.add((subject, predicate, value))
    return found


def _claim_ties(claim: Slots, members: Slots) -> Iterator[Triple]:
    kinds = claim[_TYPE]
    positive = resp("Positive") in claim[resp("polarity")]
    if resp("ResponsibilityClaim") in kinds:
        yield from _responsibility(claim, members, positive)
    elif resp("ObligationClaim") in kinds:
        yield from _obligation(claim, members, positive)
    elif resp("DemandClaim") in kinds:
        yield from _pairs(claim[resp("speaker")], "demandsOf", _each(claim[resp("bearer")], members))
    elif resp("CommitmentClaim") in kinds:
        yield from _commitment(claim, members, positive)
    elif resp("CauseClaim") in kinds:
        yield from _cause(claim, positive)
    elif resp("FactorResponse") in kinds:
        yield from _pairs(claim[resp("factor")], "hasReportedResponse", claim[resp("response")])


def _responsibility(claim: Slots, members: Slots, positive: bool) -> Iterator[Triple]:
    speakers, bearers, stance = claim[resp("speaker")], claim[resp("bearer")], claim[resp("stance")]
    if resp("Denies") in stance:
        yield from _pairs(speakers, "deniesResponsibilityOf", bearers)
    if resp("Questions") in stance:
        yield from _pairs(speakers, "questionsResponsibilityOf", bearers)
    if not positive:
        return
    if resp("Assigns") in stance:
        yield from _pairs(speakers, "assignsResponsibilityTo", _each(bearers, members))
    if resp("Accepts") in stance:
        yield from _pairs(speakers, "acceptsResponsibilityFor", claim[resp("matter")])
    if resp("Shares") in stance:
        sharers = _each(bearers | claim[resp("counterpart")], members)
        yield from _pairs(speakers, "saysShareResponsibility", sharers)
        for speaker in speakers & sharers:
            others = {s for s in sharers if s != speaker and not members.get(s)}
            yield from _pairs({speaker}, "sharesResponsibilityWith", others)


def _obligation(claim: Slots, members: Slots, positive: bool) -> Iterator[Triple]:
    if not positive or claim[resp("stance")] & {resp("Denies"), resp("Questions")}:
        return
    bearers = _each(claim[resp("bearer")], members)
    for modality, tie in _OBLIGATIONS.items():
        if resp(modality) in claim[resp("modality")]:
            yield from _pairs(claim[resp("speaker")], tie, bearers)


def _commitment(claim: Slots, members: Slots, positive: bool) -> Iterator[Triple]:
    speakers, bearers = claim[resp("speaker")], claim[resp("bearer")]
    refused = resp("Denies") in claim[resp("stance")]
    if not (positive or refused):
        return
    yield from _pairs(speakers & bearers, "refuses" if refused else "commitsTo", claim[resp("action")])
    for speaker in speakers:
        others = bearers - {speaker}
        yield from _pairs({speaker}, "saysRefuses" if refused else "saysIsCommitted", _each(others, members))


def _cause(claim: Slots, positive: bool) -> Iterator[Triple]:
    if not positive:
        yield from _pairs(claim[resp("speaker")], "deniesCause", claim[resp("cause")])
        return
    yield from _pairs(claim[resp("speaker")], "saysCauses", claim[resp("cause")])
    yield from _pairs(claim[resp("cause")], "saidToCause", claim[resp("effect")])


def _each(bearers: set[str], members: Slots) -> set[str]:
    """Return the bearers and the members of those that are collectives."""
    return bearers.union(*(members.get(bearer, ()) for bearer in bearers))


def _pairs(subjects: Iterable[str], tie: str, objects: Iterable[str]) -> Iterator[Triple]:
    predicate = resp(tie)
    objects = tuple(objects)
    return ((subject, predicate, value) for subject in subjects for value in objects)
