"""Extraction -> the JSON exchange format, one object per document.

The format is what other programs (annotation tools, scorers) read: ``claims`` holds responsibility,
obligation, demand, commitment and cause claims; ``responses``, ``definitions`` and ``questions`` hold
the other types; a slot nobody fills is null and a ``speaker`` may be the string ``"author"``.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from respgraph.model import Attribution, Claim, Document, Extraction, Mention, Span

JSON = dict[str, Any]
CLAIMS = ("responsibility", "obligation", "demand", "commitment", "cause")
VALUES = ("stance", "degree", "sense", "modality", "polarity")
CLAIM_SLOTS = (
    "bearer",
    "content",
    "counterpart",
    "condition",
    "basis",
    "sanction",
    "cause",
    "effect",
    "label",
)


def to_json(extraction: Extraction) -> JSON:
    """Return the exchange object of one document.

    Returns:
        A dict of JSON values; offsets are code points into the document's text.
    """
    placed = partial(_placed, extraction.document)
    return {
        "document": extraction.document.name,
        "sha256": extraction.document.sha256,
        **about_json(extraction.document),
        "claims": [placed(claim_json(c)) for c in extraction.of_type(*CLAIMS)],
        "statements": [
            {
                "id": s.id,
                "speaker": mention_json(s.speaker) or "author",
                "cue": mention_json(s.cue),
                "addressee": mention_json(s.addressee),
                "forum": mention_json(s.forum),
                "date": s.date,
                "when": mention_json(s.when),
            }
            for s in extraction.statements
        ],
        "attributions": [attribution_json(a) for a in extraction.attributions],
        "definitions": [placed(other_json(c, "short", "long")) for c in extraction.of_type("definition")],
        "responses": [placed(other_json(c, "factor", "response", "responder")) for c in extraction.of_type("response")],
        "questions": [placed(other_json(c, "topic", "bearer")) for c in extraction.of_type("question")],
        "links": [{"type": k.type, "source": k.source, "target": k.target} for k in extraction.links],
    }


def about_json(document: Document) -> JSON:
    """Return what is known of a document beside its text; of one taken out of a file, what the places count."""
    about: JSON = {
        "title": document.title,
        "authors": list(document.authors),
        "date": document.date,
        "language": document.language,
        "site": document.site,
        "url": document.url,
    }
    if document.origin is not None:
        origin = document.origin
        about["origin"] = {"media_type": origin.media_type, "sha256": origin.sha256, "unit": origin.unit}
    return {key: value for key, value in about.items() if value}


def _placed(document: Document, claim: JSON) -> JSON:
    """Add to a claim's evidence where it stands in the file its document was taken out of: first and last unit."""
    evidence = claim["evidence"]
    if document.origin is not None and evidence is not None:
        found = document.origin.locate(Span(evidence["start"], evidence["end"]))
        if found is not None:
            evidence["place"] = list(found)
    return claim


def gold_json(extraction: Extraction) -> JSON:
    """Return the annotators' form of one document: its id and its claims of the first five types."""
    return {"id": extraction.document.name, "claims": [claim_json(c) for c in extraction.of_type(*CLAIMS)]}


def mention_json(mention: Mention | None) -> JSON | None:
    """Return quote, offsets and, for actor slots, the actor's name and slug."""
    if mention is None:
        return None
    out: JSON = {"quote": mention.quote, "start": mention.span.start, "end": mention.span.end}
    if mention.actor is not None:
        out |= {"actor": mention.actor.name, "iri": mention.actor.id}
    return out


def claim_json(claim: Claim) -> JSON:
    """Return one claim of the first five types."""
    return (
        {"id": claim.id, "type": claim.type}
        | {name: getattr(claim, name) for name in VALUES}
        | {"hedged": claim.hedged}
        | other_json(claim, *CLAIM_SLOTS)
        | {"trigger": mention_json(claim.trigger)}
    )


def other_json(claim: Claim, *slots: str) -> JSON:
    """Return a claim with just these slots beside speaker, evidence and provenance."""
    return (
        {"id": claim.id, "speaker": mention_json(claim.get("speaker")) or "author"}
        | {slot: mention_json(claim.get(slot)) for slot in slots}
        | {
            "evidence": mention_json(claim.evidence),
            "confidence": claim.confidence,
            "found_by": claim.found_by,
            "statement": claim.statement,
        }
    )


def attribution_json(attribution: Attribution) -> JSON:
    """Return source, cue and content."""
    return {
        "source": mention_json(attribution.source),
        "cue": mention_json(attribution.cue),
        "content": mention_json(attribution.content),
    }
