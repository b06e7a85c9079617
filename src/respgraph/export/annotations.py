"""Corpus and texts -> what annotation tools read: Web Annotation, UIMA CAS (INCEpTION), brat standoff.

Offsets are what each tool counts: code points in Web Annotation and brat, UTF-16 units in UIMA, whose strings are
Java's.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from respgraph.compare import Corpus, Said, Source, read_texts, read_whole
from respgraph.export.network import plain
from respgraph.export.table import NOT_XML, xml_attribute
from respgraph.rdf.build import CONTEXT_LENGTH
from respgraph.store import View
from respgraph.vocab import CLAIM_CLASSES, NS

Files = Iterator[tuple[str, Iterable[bytes]]]
VALUES: Final = ("stance", "modality", "degree", "sense", "polarity")
_WORDS: Final = ("content", "condition", "basis", "sanction", "cause", "effect", "factor", "response", "topic")


def by_document(view: View) -> tuple[Corpus, Iterator[tuple[Source, str, list[Said]]]]:
    """Return the corpus, and its documents in order, each with its text and its claims."""
    corpus = read_whole(view)
    claims = {iri: list(held) for iri, held in groupby(corpus.claims, key=lambda c: c.source.iri)}
    sources = sorted(corpus.sources, key=lambda s: (s.name, s.iri))
    return corpus, ((source, text, claims.get(source.iri, [])) for source, text in read_texts(view, sources))


def web_annotation(view: View) -> Iterator[bytes]:
    """Yield the claims as a page of Web Annotations (W3C 2017): target is the quote, body the claim."""
    _, documents = by_document(view)
    names = {"resp": NS, "name": "http://www.w3.org/2004/02/skos/core#prefLabel"}
    head = {"@context": ["http://www.w3.org/ns/anno.jsonld", names], "type": "AnnotationPage"}
    yield (json.dumps(head, separators=(",", ":"))[:-1] + ',"items":[\n').encode()
    mark = ""
    for source, text, claims in documents:
        parts = [json.dumps(_annotation(c, source, text), ensure_ascii=False) for c in claims]
        if parts:
            yield (mark + ",\n".join(parts)).encode("utf-8", "replace")
            mark = ",\n"
    yield b"\n]}\n"


def _annotation(c: Said, source: Source, text: str) -> dict[str, Any]:
    speaker_iri, speaker = c.actor("speaker")
    body: dict[str, Any] = {
        "id": c.iri,
        "type": f"resp:{CLAIM_CLASSES[c.type]}",
        "resp:speaker": {"id": speaker_iri, "name": speaker},
    }
    for slot in ("bearer", "counterpart", "responder"):
        iri, name = c.actor(slot)
        if iri:
            body[f"resp:{slot}"] = {"id": iri, "name": name}
    body |= {f"resp:{name}": value for name in VALUES if (value := getattr(c, name))}
    body |= {f"resp:{name}": words for name, words in (*c.slots, *c.beside) if words}
    body |= {"resp:hedged": c.hedged, "resp:confidence": c.confidence, "resp:foundBy": c.rule}
    if c.when:
        body["resp:date"] = c.when
    selectors = [
        {"type": "TextPositionSelector", "start": c.start, "end": c.end},
        {
            "type": "TextQuoteSelector",
            "exact": c.quote,
            "prefix": text[max(0, c.start - CONTEXT_LENGTH) : c.start],
            "suffix": text[c.end : c.end + CONTEXT_LENGTH],
        },
    ]
    said = " ".join(filter(None, (c.stance, c.modality))) or c.type
    note = {
        "type": "TextualBody",
        "value": f"{speaker} {said}: {c.actor('bearer')[1]}".rstrip(": "),
        "format": "text/plain",
    }
    return {
        "id": f"{c.iri}/annotation",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [body, note],
        "target": {"source": source.iri, "selector": selectors},
    }


LAYERS: Final = "webanno.custom."  # where INCEpTION keeps the layers of a project
CLAIM_FEATURES: Final = (
    "claimType",
    "speaker",
    *VALUES,
    "bearer",
    "counterpart",
    "responder",
    *_WORDS,
    "rule",
    "claim",
)
_FIRST: Final = 10  # ids below are those of the text and its view


def uima(view: View) -> Files:
    """Yield one UIMA CAS per document in XMI, and the type system they share (INCEpTION, UIMA, dkpro-cassis).

    A claim is a span of the layer ``Claim`` over its quote, each of its slots a span of the layer ``Slot`` over its
    words. What XML cannot hold (NUL, most controls) is U+FFFD in the text, so that every offset stays.
    """
    yield "TypeSystem.xml", [_type_system().encode()]
    _, documents = by_document(view)
    for n, (source, text, claims) in enumerate(documents, 1):
        yield f"{n:05d}.xmi", [_cas(source, text, claims).encode("utf-8", "replace")]


def _type_system() -> str:
    def described(name: str, features: dict[str, str]) -> str:
        held = "".join(
            f"<featureDescription><name>{feature}</name><description/><rangeTypeName>uima.cas.{kind}</rangeTypeName>"
            "</featureDescription>\n"
            for feature, kind in features.items()
        )
        return (
            f"<typeDescription><name>{LAYERS}{name}</name><description/>"
            f"<supertypeName>uima.tcas.Annotation</supertypeName><features>\n{held}</features></typeDescription>\n"
        )

    strings = dict.fromkeys(CLAIM_FEATURES, "String")
    claim = described("Claim", strings | {"hedged": "Boolean", "confidence": "Float"})
    slot = described("Slot", {"role": "String", "claim": "String", "actor": "String"})
    document = (
        "<typeDescription><name>de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData</name><description/>"
        "<supertypeName>uima.tcas.DocumentAnnotation</supertypeName><features>\n"
        + "".join(
            f"<featureDescription><name>{name}</name><description/><rangeTypeName>uima.cas.String</rangeTypeName>"
            "</featureDescription>\n"
            for name in ("documentTitle", "documentId", "documentUri")
        )
        + "</features></typeDescription>\n"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n'
        f"<types>\n{claim}{slot}{document}</types>\n</typeSystemDescription>\n"
    )


def _cas(source: Source, text: str, claims: list[Said]) -> str:
    units = Units(text)
    members = [_FIRST]
    title = {"documentTitle": source.title or source.name, "documentId": source.name, "documentUri": source.iri}
    kept = f'xmi:id="{_FIRST}" sofa="1" begin="0" end="{units(len(text))}" language="en" {_attributes(title)}'
    parts = [f"<type4:DocumentMetaData {kept}/>\n"]
    for c in claims:
        features: dict[str, str] = {"claimType": c.type, "rule": c.rule, "claim": c.iri}
        features |= {name: getattr(c, name) for name in VALUES}
        features |= {slot: name for slot, _, name in c.actors} | dict((*c.slots, *c.beside))
        features = {name: value for name in CLAIM_FEATURES if (value := features.get(name, ""))}
        features |= {"hedged": plain(c.hedged), "confidence": plain(c.confidence)}
        members.append(members[-1] + 1)
        span = f'xmi:id="{members[-1]}" sofa="1" begin="{units(c.start)}" end="{units(c.end)}"'
        parts.append(f"<custom:Claim {span} {_attributes(features)}/>\n")
        for role, start, end in c.places:
            members.append(members[-1] + 1)
            span = f'xmi:id="{members[-1]}" sofa="1" begin="{units(start)}" end="{units(end)}"'
            filled = {"role": role, "claim": c.iri, "actor": c.actor(role)[0]}
            parts.append(f"<custom:Slot {span} {_attributes(filled)}/>\n")
    listed = " ".join(map(str, members))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmi:version="2.0" '
        'xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" '
        'xmlns:type4="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore">\n'
        f'<cas:NULL xmi:id="0"/>\n{"".join(parts)}'
        f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text/plain" '
        f'sofaString="{xml_attribute(text)}"/>\n'
        f'<cas:View sofa="1" members="{listed}"/>\n</xmi:XMI>\n'
    )


def _attributes(values: dict[str, str]) -> str:
    return " ".join(f'{name}="{xml_attribute(value)}"' for name, value in values.items() if value)


class Units:
    """Code points -> UTF-16 units of one text, as Java counts them."""

    def __init__(self, text: str) -> None:
        """Note where the characters stand that take two units."""
        self.wide = [] if text.isascii() else [m.start() for m in re.finditer("[\U00010000-\U0010ffff]", text)]

    def __call__(self, at: int) -> int:
        """Return the place in UTF-16 units.

        >>> Units("🌊 a")(2)
        3
        """
        return at + bisect_right(self.wide, at - 1)


def brat(view: View) -> Files:
    """Yield text, annotations (.txt, .ann) per document and the configuration that brat shows them with.

    A claim is an event whose trigger are its trigger words, with a role per slot; stance, modality and the rest are
    attributes, the speaker's and bearer's names and the claim's IRI stand in notes.
    """
    yield "annotation.conf", [_brat_conf().encode()]
    _, documents = by_document(view)
    for n, (_, text, claims) in enumerate(documents, 1):
        yield f"{n:05d}.txt", [text.encode("utf-8", "replace")]
        yield f"{n:05d}.ann", [_brat(text, claims).encode("utf-8", "replace")]


_ROLES: Final = (
    *("Speaker", "Bearer", "Counterpart", "Responder", "Content", "Condition", "Basis", "Sanction", "Cause"),
    *("Effect", "Factor", "Response", "Topic", "Short", "Long", "Label"),
)


def _brat_conf() -> str:
    values = {
        "Stance": "assigns|denies|accepts|shares|questions",
        "Modality": "must|should|may|must-not|should-not",
        "Degree": "sole|primary|partial|shared|unspecified",
        "Sense": "blame|accountability|liability|cause|role",
        "Polarity": "positive|negative",
    }
    roles = ", ".join(f"{role}?:Words" for role in _ROLES)
    events = "\n".join(f"{name}\t{roles}" for name in CLAIM_CLASSES.values())
    attributes = "\n".join(f"{name}\tArg:<EVENT>, Value:{held}" for name, held in values.items())
    return (
        f"[entities]\nWords\n\n[relations]\n\n[events]\n{events}\n\n[attributes]\n{attributes}\nHedged\tArg:<EVENT>\n"
    )


def _brat(text: str, claims: list[Said]) -> str:
    lines: list[str] = []
    words: dict[tuple[str, int, int], str] = {}
    attributes = 0

    def span(kind: str, start: int, end: int) -> str:
        key = (kind, start, end)
        if key not in words:
            words[key] = f"T{len(words) + 1}"
            lines.append(f"{words[key]}\t{kind} {_fragments(text, start, end)}\t{_one_line(text[start:end])}")
        return words[key]

    for n, c in enumerate(claims, 1):
        kind = CLAIM_CLASSES[c.type]
        places = {role: (start, end) for role, start, end in c.places if start < end}
        trigger = span(kind, *places.pop("trigger", (c.start, c.end)))
        filled = [f"{role.capitalize()}:{span('Words', *place)}" for role, place in places.items()]
        lines.append(f"E{n}\t{' '.join([f'{kind}:{trigger}', *filled])}")
        for name in VALUES:
            if value := getattr(c, name):
                attributes += 1
                lines.append(f"A{attributes}\t{name.capitalize()} E{n} {value}")
        if c.hedged:
            attributes += 1
            lines.append(f"A{attributes}\tHedged E{n}")
        who = "; ".join(f"{role}: {_one_line(name)}" for role, _, name in c.actors)
        lines.append(f"#{n}\tAnnotatorNotes E{n}\t{who}; {c.start}-{c.end}; {c.iri}")
    return "".join(line + "\n" for line in lines)


def _fragments(text: str, start: int, end: int) -> str:
    """Return the place in brat's way: parts between line ends, for no annotation may hold one."""
    parts = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n\r]+", text[start:end])]
    return ";".join(f"{a} {b}" for a, b in parts or [(start, end)])


def _one_line(text: str) -> str:
    """Return the text of an annotation: fragments with a space between, nothing that ends the field or the line."""
    return " ".join(part for part in re.split(r"[\n\r]+", NOT_XML.sub("\ufffd", text).replace("\t", " ")) if part)
