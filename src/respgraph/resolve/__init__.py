"""Reading -> Extraction: words become actors and matters, frames become claims with ids and links.

Nothing is decided twice: spans and slots are those of the reading; this stage only says who and what
they mean. Every claim's evidence is the sentence of its trigger, cut from the document itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from respgraph.extract import Reading
from respgraph.extract.listing import Finding
from respgraph.extract.match import Frame
from respgraph.extract.roles import Filler
from respgraph.extract.rules.responsibility import NAMED
from respgraph.model import (
    ACTOR_SLOTS,
    SLOTS,
    Actor,
    Attribution,
    Claim,
    Extraction,
    Mention,
    Span,
    Statement,
    content_hash,
)
from respgraph.resolve.coref import PERSON, PLURAL, THING
from respgraph.resolve.links import link_claims
from respgraph.resolve.people import Resolver, unresolved

THIRD = PERSON | PLURAL | THING
PLAIN_SLOTS = frozenset({"short", "long", "label", "topic"})


def resolve(reading: Reading) -> Extraction:
    """Return the claims of one document with their actors, statements and links."""
    resolver = Resolver(reading)
    document = reading.annotated.document
    claims: dict[str, Claim] = {}
    statements: dict[str, Statement] = {}
    built = [build(frame, resolver) for frame in reading.frames] + [
        build_finding(f, resolver) for f in reading.findings
    ]
    for claim, statement in built:
        claims.setdefault(claim.id, claim)
        statements.setdefault(statement.id, statement)
    ordered = tuple(sorted(claims.values(), key=lambda c: (c.trigger.span, c.type, c.id)))
    actors = resolver.actors()
    return Extraction(
        document=document,
        claims=ordered,
        statements=tuple(sorted(statements.values(), key=lambda x: (x.span or Span(0, 0), x.id))),
        attributions=tuple(resolver.attribution(sp) for sp in reading.speeches if sp.contents),
        actors=tuple(sorted(actors.values(), key=lambda a: a.id)),
        links=link_claims(ordered, actors),
    )


def build(frame: Frame, resolver: Resolver) -> tuple[Claim, Statement]:
    """Return the claim of a frame and the statement it is made in."""
    s = resolver.annotated.sentences[frame.sentence]
    roles = []
    label = resolver.annotated.block(s).label
    for slot in SLOTS:
        filler = frame.get(slot)
        if filler is not None:
            strict = accuses(slot, frame)
            roles.append((slot, resolver.mention(frame.sentence, filler, slot in ACTOR_SLOTS, strict=strict)))
        elif slot == "label" and label is not None:
            roles.append((slot, resolver.cut(label)))
    filled = dict(roles)
    bearer = filled.get("bearer")
    if frame.rule in NAMED and bearer is not None and takes_on(bearer, filled, frame):
        frame = replace(frame, stance="accepts")  # "the army said it was to blame"
    roles = [(slot, not_oneself(slot, mention, filled, frame)) for slot, mention in roles]
    trigger = resolver.cut(resolver.trigger_span(s, frame.trigger))
    evidence = resolver.cut(s.span)
    statement = resolver.statement(frame, dict(roles).get("speaker"))
    claim = Claim(
        id=claim_id(frame.type, trigger, roles),
        type=frame.type,
        trigger=trigger,
        evidence=evidence,
        roles=tuple(roles),
        statement=statement.id,
        found_by=frame.rule,
        confidence=round(frame.confidence, 2),
        stance=frame.stance,
        degree=frame.degree,
        sense=frame.sense,
        modality=frame.modality,
        polarity=frame.polarity,
        hedged=frame.hedged,
    )
    return claim, statement


def accuses(slot: str, frame: Frame) -> bool:
    """Say whether who fills a slot is charged with something."""
    return slot == "bearer" and frame.type == "responsibility" and frame.stance == "assigns"


def takes_on(bearer: Mention, filled: Mapping[str, Mention], frame: Frame) -> bool:
    """Say whether a body speaks of itself: "it" and "they" are, where "he" may be another man."""
    return bearer.quote.lower() in {"it", "they", "its", "their"} and of_oneself("bearer", bearer, filled, frame)


def of_oneself(slot: str, mention: Mention, filled: Mapping[str, Mention], frame: Frame) -> bool:
    """Say whether a pronoun makes a speaker hold himself responsible."""
    speaker = filled.get("speaker")
    return (
        accuses(slot, frame)
        and speaker is not None
        and mention.quote.lower() in THIRD
        and mention.actor == speaker.actor
    )


def not_oneself(slot: str, mention: Mention, filled: Mapping[str, Mention], frame: Frame) -> Mention:
    """Return the bearer of a charge, unresolved where a pronoun would make its speaker accuse himself."""
    return (
        replace(mention, actor=unresolved(mention.quote.lower()))
        if of_oneself(slot, mention, filled, frame)
        else mention
    )


def build_finding(found: Finding, resolver: Resolver) -> tuple[Claim, Statement]:
    """Return the claim of a finding and the statement it is made in."""
    filled: dict[str, Mention] = {}
    if found.speaker is not None:
        filled["speaker"] = resolver.mention(found.speaker.sentence, found.speaker, is_actor=True)
    for slot, words in found.roles:
        if isinstance(words, Filler):
            filled[slot] = resolver.mention(words.sentence, words, slot in ACTOR_SLOTS)
        else:
            filled[slot] = resolver.words(words, slot in ACTOR_SLOTS, plain=slot in PLAIN_SLOTS)
    roles = [(slot, filled[slot]) for slot in SLOTS if slot in filled]
    trigger = resolver.cut(found.trigger)
    statement = resolver.plain_statement(filled.get("speaker"))
    claim = Claim(
        id=claim_id(found.type, trigger, roles),
        type=found.type,
        trigger=trigger,
        evidence=resolver.cut(found.evidence),
        roles=tuple(roles),
        statement=statement.id,
        found_by=found.rule,
        confidence=found.confidence,
        stance=found.stance,
        degree=found.degree,
        sense=found.sense,
        modality=found.modality,
    )
    return claim, statement


def claim_id(kind: str, trigger: Mention, roles: Sequence[tuple[str, Mention]]) -> str:
    """Return an id minted from what the claim says and where."""
    return content_hash(kind, trigger.span, *(f"{slot}:{m.span.start}-{m.span.end}" for slot, m in roles))


__all__ = ["Actor", "Attribution", "Extraction", "Mention", "resolve"]
