"""What stands above a claim: denied, doubted, only asked for, refused. Nothing denied may come out as said.

"X denied that Y must pay" is no claim of X's that Y must pay; "X urged the court to convict Y" is X's claim,
not the court's; "X refused to blame Y" blames nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from respgraph.annotate import Annotated, Sentence
from respgraph.extract import tree
from respgraph.extract.attribution import Speech
from respgraph.extract.bearers import can_speak
from respgraph.extract.match import Frame
from respgraph.extract.meaning import DOUBTING
from respgraph.extract.roles import Filler, infinitive
from respgraph.model import Span

DENYING = frozenset({"deny", "dispute", "refute", "reject", "dismiss", "disbelieve", "contest", "rebut"})
REFUSING = frozenset({"refuse", "decline", "fail", "avoid", "stop", "cease", "hesitate", "neglect"})
WISHING = frozenset({"want", "wish", "like", "hope", "expect", "need", "prefer"})
IRREAL = frozenset({"must", "should", "shall", "ought", "can", "could", "may", "might", "would", "will"})


def in_context(frames: Sequence[Frame], annotated: Annotated, speeches: Sequence[Speech]) -> list[Frame]:
    """Return the frames as their surroundings leave them, without those that were only denied."""
    out = []
    reported: dict[int, list[Speech]] = {}
    for speech in speeches:
        if speech.cue_at is not None:
            reported.setdefault(speech.cue_at[0], []).append(speech)
    for frame in frames:
        s = annotated.sentences[frame.sentence]
        changed = unreal_speaker(s, frame)
        if changed is not None:
            changed = under_denial(changed, annotated, reported.get(frame.sentence, ()))
        if changed is not None:
            out.append(changed)
    return without_outer_denials(out, annotated)


def unreal_speaker(s: Sentence, frame: Frame) -> Frame | None:
    """Return a charge that is only wished for with the one who wishes it as speaker, None if it is refused."""
    speaker = frame.get("speaker")
    i = frame.trigger[0]
    t = s.tokens[i]
    first = s.tokens[t.head] if t.dep == "conj" and t.tag in {"VB", "VBN"} else t
    wished = first.dep in {"xcomp", "ccomp"} and s.tokens[first.head].lemma in WISHING and infinitive(s, first.i)
    if frame.rule == "responsibility.accuse" and frame.get("content") is None and wished:
        return None  # "they want him to resign or be impeached": nobody is charged with anything
    if frame.type != "responsibility" or frame.stance != "assigns" or speaker is None or speaker.sentence >= 0:
        return frame
    below = [s.tokens[k] for k in s.children[i]]
    if any(x.tag == "MD" and x.lower in IRREAL for x in below):
        return frame.with_role("speaker", None)
    head = s.tokens[t.head]
    if t.dep not in {"xcomp", "ccomp", "advcl"} or not any(x.tag == "TO" for x in below):
        return frame
    if head.lemma in REFUSING:
        return None
    asked = tree.child(s, t.head, "dobj", "dative")
    if asked is not None and asked < i:
        wisher = tree.deep_subject(s, t.head)
        if wisher is not None and can_speak(s, wisher):
            return frame.with_role("speaker", Filler(wisher, tree.name_span(s, wisher)))
        return frame.with_role("speaker", None)
    return frame


def under_denial(frame: Frame, annotated: Annotated, speeches: Sequence[Speech]) -> Frame | None:
    """Return a frame that stands in denied or doubted speech with its stance turned, None if nothing is left."""
    s = annotated.sentences[frame.sentence]
    place = Span(s.tokens[frame.trigger[0]].start, s.tokens[frame.trigger[0]].end)
    for speech in speeches:
        if speech.cue_at is None or speech.cue_at[0] != frame.sentence or speech.cue_at[1] in frame.trigger:
            continue
        if not any(c.covers(place) for c in speech.contents):
            continue
        cue = s.tokens[speech.cue_at[1]]
        negated = any(s.tokens[k].dep == "neg" for k in s.children[cue.i])
        if cue.lemma in DENYING and not negated:
            return turned(frame, "denies")
        if cue.lemma in DOUBTING and is_indirect_question(s, cue.i):
            return turned(frame, "questions")
        if negated and not speech.direct and cue.lemma not in DENYING:
            return None
    return frame


def turned(frame: Frame, stance: str) -> Frame | None:
    """Return a responsibility claim with the stance of its denier or doubter; other claims are not made."""
    if frame.type != "responsibility":
        return None
    if frame.stance in {"assigns", "shares"}:
        return replace(frame, stance=stance)
    return frame if frame.stance == stance else None


def is_indirect_question(s: Sentence, cue: int) -> bool:
    """Say whether what is doubted or asked is a clause with whether, if or a question word."""
    return (
        any(
            s.tokens[k].dep == "ccomp"
            and any(s.tokens[c].lower in {"whether", "if", "who", "what", "which", "how", "why"} for c in s.children[k])
            for k in s.children[cue]
        )
        or s.tokens[cue].lemma == "doubt"
    )


def without_outer_denials(frames: list[Frame], annotated: Annotated) -> list[Frame]:
    """Drop "denied that" where the claim inside says the same more exactly ("denied that it was to blame")."""
    out = []
    for f in frames:
        content = f.get("content")
        s = annotated.sentences[f.sentence]
        inner = (
            f.rule == "responsibility.denies"
            and content is not None
            and any(
                g is not f
                and g.type == "responsibility"
                and g.stance == "denies"
                and g.sentence == f.sentence
                and content.span.covers(s.tokens[g.trigger[0]].span)
                for g in frames
            )
        )
        if not inner:
            out.append(f)
    return out
