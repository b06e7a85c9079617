"""Annotated -> Reading: frames with their speakers, speeches, definitions, table rows and questions.

What comes out still names nobody: fillers are words at their place. ``respgraph.resolve`` turns the words
into actors and matters and the reading into claims.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from respgraph.annotate import Annotated, Sentence
from respgraph.extract import tree
from respgraph.extract.attribution import LONGEST_SENTENCE, Speech, speaker_at, speeches
from respgraph.extract.bearers import can_bear, is_first_person
from respgraph.extract.cancel import left_out
from respgraph.extract.confidence import calibrated
from respgraph.extract.context import in_context
from respgraph.extract.enumeration import with_items
from respgraph.extract.listing import Finding, findings
from respgraph.extract.match import Frame, Trace, match, settle
from respgraph.extract.meaning import interpret
from respgraph.extract.modal import RULES as MODALS
from respgraph.extract.modal import modals
from respgraph.extract.roles import Filler, phrase
from respgraph.extract.rule import Rule
from respgraph.extract.rules import rules
from respgraph.extract.rules.responsibility import OWNED
from respgraph.extract.undertaking import RULES as UNDERTAKINGS
from respgraph.extract.undertaking import undertakings
from respgraph.model import ACTOR_SLOTS, Span

NORM_WORDS = frozenset({"shall", "hereby", "hereto", "thereof", "herein", "subsection", "paragraph", "pursuant"})
DEFINED_PARTIES = frozenset(
    {
        "Tenant",
        "Landlord",
        "Lessee",
        "Lessor",
        "Licensee",
        "Licensor",
        "Borrower",
        "Lender",
        "Seller",
        "Purchaser",
        "Contractor",
    }
)
LIGHT = frozenset({"have", "bear", "owe", "carry", "retain", "enjoy", "reserve", "be", "need"})
NUMBERED = re.compile(r"(?:^|[.;:—] )\(\d{1,2}[A-Z]?\) [A-Z]", re.MULTILINE)
WORD_REST = re.compile(r"(?:[-\N{NON-BREAKING HYPHEN}]\w+)+")
DAMAGED = re.compile(r'\[[^\]"]{0,80}""[^\]"]{0,80}\]')
# Without a verb, a heading still tells what is due to what.
IN_HEADINGS = frozenset({"cause.due-to"})
OWN = frozenset({"his", "her", "its", "their"})
MODAL_NAMES = frozenset(rule.name for rule in MODALS)


VERDICTS = frozenset("acquit convict declare find hold jail rule sentence".split())
BENCH = frozenset("court judge jury magistrate tribunal".split())


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules read in one document; ``frames`` carry their speaker as a role."""

    annotated: Annotated
    frames: tuple[Frame, ...]
    speeches: tuple[Speech, ...]
    findings: tuple[Finding, ...] = ()


def is_damaged(text: str) -> bool:
    """Say whether brackets and doubled quotation marks cross: then nobody can tell who speaks, so nobody is blamed.

    >>> is_damaged('said [the mayor.""The] council is to blame'), is_damaged('said ["no"] to the council')
    (True, False)
    """
    return DAMAGED.search(text) is not None


def all_rules() -> dict[str, Rule]:
    """Return every rule by name: lexical frames and modal verbs."""
    return rules() | {rule.name: rule for rule in (*MODALS, *UNDERTAKINGS)}


def extract(annotated: Annotated, trace: Trace | None = None) -> Reading:
    """Read the claims of one document."""
    found = speeches(annotated)
    norms = is_normative(annotated)
    damaged = [is_damaged(block.span.of(annotated.document.text)) for block in annotated.document.blocks]
    frames: list[Frame] = []
    for n, s in enumerate(annotated.sentences):
        if len(s.tokens) <= LONGEST_SENTENCE:
            here = sentence_frames(s, n, norms, trace)
            if damaged[s.block]:
                here = [f for f in here if f.type != "responsibility"]
            if annotated.block(s).kind == "heading":
                here = [f for f in here if s.tokens[f.trigger[0]].tag.startswith(("VB", "MD")) or f.rule in IN_HEADINGS]
            frames += here
    frames = with_items(annotated, frames)
    said = {(f.sentence, content_head(f)) for f in frames if f.type == "commitment"}
    said |= {(f.sentence, content_head(f)) for f in frames if f.rule == "obligation.modal"}  # "we shall", in a treaty
    frames += [f for f in undertakings(annotated, found) if (f.sentence, content_head(f)) not in said]
    known = all_rules()
    meant = in_context(without_nested(frames, annotated), annotated, found)
    spoken = [owned(with_speaker(f, annotated, found), annotated) for f in meant]
    spoken = [in_whole_words(calibrated(f, known), annotated) for f in spoken]
    return Reading(annotated, tuple(spoken), tuple(found), tuple(findings(annotated, spoken, found)))


def sentence_frames(s: Sentence, n: int, norms: bool, trace: Trace | None = None) -> list[Frame]:
    """Return the settled, interpreted and unfolded frames of a sentence."""
    known = all_rules()
    bound = modals(s, n, norms, trace)
    raw = [f for f in match(s, n, known, trace) if not under_duty(f, bound)] + bound
    out: list[Frame] = []
    for frame in settle(without_shadowed_modals(raw, s), known):
        meant = frame if frame.rule in MODAL_NAMES else interpret(frame, s, known[frame.rule])
        if meant is not None:
            out += unfold(meant, s)
    return out


def under_duty(frame: Frame, bound: Sequence[Frame]) -> bool:
    """Say whether promising or asking is itself what somebody must do: "both sides must agree on a date"."""
    duties = (f for f in bound if f.modality in {"must", "should"})
    return frame.type == "commitment" and any(content_head(f) == frame.trigger[0] for f in duties)


def without_shadowed_modals(frames: list[Frame], s: Sentence) -> list[Frame]:
    """Drop "shall" where its verb carries the obligation itself: "shall be required to", "must be allowed to"."""
    frames = without_overruled(frames, s)
    lexical = {k for f in frames if f.type == "obligation" and f.rule not in MODAL_NAMES for k in f.trigger}
    shadowed = set(lexical) | {s.tokens[k].head for k in lexical if s.tokens[k].dep in {"acomp", "attr", "oprd"}}
    return [f for f in frames if f.rule not in MODAL_NAMES or content_head(f) not in shadowed]


def without_overruled(frames: list[Frame], s: Sentence) -> list[Frame]:
    """Drop the permission inside a duty to permit: "the law shall allow members to vote" binds the law."""
    duties = {
        content_head(f) for f in frames if f.rule in MODAL_NAMES and f.get("bearer") is not None and f.modality != "may"
    }
    return [
        f
        for f in frames
        if f.type != "obligation"
        or f.rule in MODAL_NAMES
        or f.trigger[0] not in duties
        or s.tokens[f.trigger[0]].upos != "VERB"
        or tree.has_passive(s, f.trigger[0])
        or s.tokens[f.trigger[0]].lemma in LIGHT
    ]


def without_nested(frames: list[Frame], annotated: Annotated) -> list[Frame]:
    """Drop a reproach that is only the matter of another of the same bearer: "accused the firm of its failure to"."""
    out = []
    charges: dict[int, list[Frame]] = {}
    for f in frames:
        if f.type == "responsibility":
            charges.setdefault(f.sentence, []).append(f)
    for f in frames:
        bearer = f.get("bearer")
        nested = (
            f.type == "responsibility"
            and bearer is not None
            and any(
                g is not f
                and (c := g.get("content")) is not None
                and (b := g.get("bearer")) is not None
                and (b.head == bearer.head or annotated.sentences[f.sentence].tokens[bearer.head].lower in OWN)
                and c.head in f.trigger
                for g in charges[f.sentence]
            )
        )
        if not nested:
            out.append(f)
    return out


def content_head(frame: Frame) -> int:
    """Return the head token of what a frame is about, -1 if it has none."""
    content = frame.get("content")
    return content.head if content is not None else -1


def unfold(frame: Frame, s: Sentence) -> list[Frame]:
    """Return one frame per coordinated bearer and per coordinated action ("Iran and Russia must ...")."""
    out = [frame]
    own_commitment = frame.get("bearer") is not None and frame.get("bearer") == frame.get("speaker")
    for slot in ("bearer",) if own_commitment else ("bearer", "speaker"):
        filler = frame.get(slot)
        if filler is not None and filler.kind == "noun" and filler.sentence < 0:
            heads = [
                k
                for k in (*tree.conjuncts(s, filler.head), *tree.prep_conjuncts(s, filler.head))
                if k == filler.head or (can_bear(s, k) and not one_name(s, filler.head, k))
            ]
            out = [
                f if k == filler.head else f.with_role(slot, Filler(k, tree.name_span(s, k)))
                for f in out
                for k in heads
            ]
    out = [f for g in out if (f := coordinated(g, s)) is not None]
    if own_commitment:
        out = [f.with_role("speaker", f.get("bearer")) for f in out]
    content = frame.get("content")
    if content is not None and content.kind == "verb" and frame.type != "cause" and frame.rule not in MODAL_NAMES:
        verbs = tree.verb_conjuncts(s, content.head)
        if len(verbs) > 1 and tree.shared_negation(s, content.head):
            whole = replace(content, span=Span(content.span.start, phrase(s, verbs[-1], "vp", verbs[-1]).span.end))
            out = [f.with_role("content", whole) for f in out]
        elif len(verbs) > 1:
            out = [f.with_role("content", phrase(s, k, "vp", k)) for f in out for k in verbs]
    return out


def one_name(s: Sentence, a: int, b: int) -> bool:
    """Say whether two coordinated nouns stand in one name: "Islamic State of Iraq and the Levant"."""
    return s.tokens[a].ent in {"ORG", "GPE", "LAW", "FAC"} and all(
        t.ent == s.tokens[a].ent for t in s.tokens[a : b + 1]
    )


def after_but(s: Sentence, bearer: int) -> bool:
    """Say whether a bearer is the other one of "lies not with the nurses but with the board"."""
    prep = s.tokens[s.tokens[bearer].head]
    first = s.tokens[prep.head]
    words = {s.tokens[k].lower for k in s.children[first.i]}
    return prep.dep == "conj" and first.upos == "ADP" and {"not", "but"} <= words


def coordinated(frame: Frame, s: Sentence) -> Frame | None:
    """Return a frame as its coordination leaves it: "neither A nor B" denies both."""
    speaker, bearer = frame.get("speaker"), frame.get("bearer")
    if bearer is not None and bearer.sentence < 0 and frame.stance == "denies" and after_but(s, bearer.head):
        frame = replace(frame, stance="assigns")
    if speaker is not None and speaker.sentence < 0 and speaker.kind == "noun" and left_out(s, speaker.head):
        return None
    if bearer is None or bearer.kind != "noun" or bearer.sentence >= 0 or not left_out(s, bearer.head):
        return frame
    if frame.type == "responsibility" and frame.stance == "assigns" and speaker is None:
        return replace(frame, stance="denies")
    return frame if frame.type == "obligation" else None


def in_whole_words(frame: Frame, annotated: Annotated) -> Frame:
    """Return the frame with no matter that ends inside a word: "de-escalation", not "de"; but "US" of "US-led"."""
    text = annotated.document.text
    roles = [(n, f if n in ACTOR_SLOTS else replace(f, span=whole_words(f.span, text))) for n, f in frame.roles]
    return replace(frame, roles=tuple(roles))


def whole_words(span: Span, text: str) -> Span:
    """Return a span with the rest of the hyphenated word it ends in.

    >>> text = "calls for de-escalation now"
    >>> whole_words(Span(10, 12), text).of(text)
    'de-escalation'
    """
    rest = WORD_REST.match(text, span.end) if text[span.end - 1 : span.end].isalnum() else None
    return span if rest is None else Span(span.start, rest.end())


def is_normative(annotated: Annotated) -> bool:
    """Say whether the text is a law, treaty or contract: where "may" permits and the text itself binds."""
    words = norm = 0
    for s in annotated.sentences:
        for t in s.tokens:
            words += 1
            norm += t.lower in NORM_WORDS or t.form in DEFINED_PARTIES
    numbered = len(NUMBERED.findall(annotated.document.text[:20_000])) >= 2
    return (norm >= 2 and norm / max(words, 1) > 0.004) or (norm >= 1 and (numbered or words < 120))


def owned(frame: Frame, annotated: Annotated) -> Frame:
    """Return a charge against oneself as what it is: "we are to blame" accepts responsibility."""
    bearer = frame.get("bearer")
    if frame.stance != "assigns" or frame.rule not in OWNED or bearer is None or bearer.sentence >= 0:
        return frame
    first = is_first_person(annotated.sentences[frame.sentence].tokens[bearer.head])
    return replace(frame, stance="accepts") if first else frame


def with_speaker(frame: Frame, annotated: Annotated, found: Sequence[Speech]) -> Frame:
    """Return the frame with the one who asserts it: its own subject, else the speech it stands in, else nobody."""
    s = annotated.sentences[frame.sentence]
    own = frame.get("speaker")
    if own is not None and own.sentence >= 0:
        return frame
    if own is not None and not is_first_person(s.tokens[own.head]):
        return frame
    trigger = Span(s.tokens[frame.trigger[0]].start, s.tokens[frame.trigger[0]].end)
    speech = speaker_at(found, trigger)
    for _ in range(4):
        # "I believe that ...": the first person is whoever speaks around it, in the end the author
        if (
            speech is None
            or speech.source is None
            or not is_first_person(annotated.sentences[speech.source.sentence].tokens[speech.source.head])
        ):
            break
        wider = [
            sp
            for sp in found
            if sp is not speech
            and any(c.covers(trigger) for c in sp.contents)
            and not any(c.start >= speech.contents[0].start and c.end <= speech.contents[0].end for c in sp.contents)
        ]
        speech = speaker_at(wider, trigger)
    if speech is None and (bench := judging(frame, annotated)) is not None:
        return frame.with_role("speaker", bench)
    return frame.with_role("speaker", speech.source if speech is not None else None)


def judging(frame: Frame, annotated: Annotated) -> Filler | None:
    """Return the court named last, in the sentence or the two before, where a verdict is told without its judge."""
    verbs = [annotated.sentences[frame.sentence].tokens[k] for k in frame.trigger]
    if frame.type != "responsibility" or not any(t.lemma in VERDICTS and t.tag == "VBN" for t in verbs):
        return None
    for n in range(frame.sentence, max(-1, frame.sentence - 3), -1):
        s = annotated.sentences[n]
        named = [t.i for t in s.tokens if t.lemma in BENCH and t.upos in {"NOUN", "PROPN"} and t.dep != "compound"]
        if n == frame.sentence:
            named = [k for k in named if k < frame.trigger[0]] or named
        if named:
            return Filler(named[-1], tree.name_span(s, named[-1]), sentence=n)
    return None
