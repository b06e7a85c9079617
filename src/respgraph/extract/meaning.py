"""Is it so, how sure, how much: negation, question, hedge and degree around a trigger.

A frame comes in as its rule says it; it goes out with stance, modality, polarity, degree and hedge set by
the words around the trigger, or not at all (None) where negation takes the claim away
("did not call for" is no demand).
"""

from __future__ import annotations

from dataclasses import replace

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import can_bear
from respgraph.extract.cancel import cancelled
from respgraph.extract.match import BANS, Frame
from respgraph.extract.roles import phrase
from respgraph.extract.rule import Rule

NEGATORS = frozenset({"not", "n't", "never", "no", "neither", "nor", "hardly", "nobody", "none", "nothing", "without"})
# "In no event shall ...": nouns of a fronted phrase that negates what follows.
FRONTED = frozenset({"event", "case", "circumstance", "way", "account", "time"})
DEGREE_WORDS = {
    "sole": ("solely squarely entirely exclusively wholly alone sole only all").split(),
    "primary": (
        "primarily mainly chiefly largely mostly principally predominantly ultimately main primary "
        "chief first foremost overwhelmingly principal most bulk brunt"
    ).split(),
    "partial": ["partly", "partially", "somewhat", "part", "partial", "some", "share"],
    "shared": (
        "jointly collectively equally together joint collective shared common mutual mutually severally"
    ).split(),
}
DEGREE = {word: degree for degree, words in DEGREE_WORDS.items() for word in words}
HEDGES = frozenset(
    (
        "may might could possibly perhaps apparently reportedly allegedly seemingly probably likely "
        "appear seem would can"
    ).split()
)
OPPOSITE = BANS | {"must-not": "may", "should-not": "may"}
WHOLLY = frozenset({"only", "solely", "entirely", "wholly", "fully", "just", "exclusively", "completely", "merely"})
CONDITIONALS = frozenset({"if", "unless", "whether", "lest", "until"})
DOUBTING = frozenset({"doubt", "question", "wonder", "ask"})
NOBODY = frozenset("nobody none no-one somebody someone anybody anyone whoever one".split())
ASKING = frozenset({"demand", "urge", "ask", "insist", "request", "recommend", "propose", "require", "order"})
CLIMB = 5
NEGATIVE_VERBS = frozenset({"refuse", "fail", "decline", "deny", "reject", "evade", "avoid"})


def by_deed(s: Sentence, frame: Frame) -> Frame:
    """Return a cause frame with an actor's deed as cause: "contributed to hunger by closing the port"."""
    cause = frame.get("cause")
    if cause is None or cause.sentence >= 0 or not can_bear(s, cause.head):
        return frame
    for k in tree.kids(s, frame.trigger[0], "prep"):
        deed = tree.child(s, k, "pcomp") if s.tokens[k].lower == "by" else None
        if deed is not None and s.tokens[deed].tag == "VBG":
            return frame.with_role("cause", phrase(s, deed, "vp", deed))
    return frame


def is_duty(s: Sentence, frame: Frame) -> bool:
    """Say whether asking is itself what others ought to do: "they should demand a better deal" demands nothing."""
    i, speaker = frame.trigger[0], frame.get("speaker")
    bound = any(s.tokens[k].lower in {"should", "must", "ought", "shall"} for k in tree.kids(s, i, "aux"))
    return bound and speaker is not None and s.tokens[speaker.head].lower not in {"i", "we"}


def only_meant(s: Sentence, i: int) -> bool:
    """Say whether asking is only possible or planned: "might ask the mayor to quit", "threatened to ask members"."""
    below = [s.tokens[k] for k in s.children[i]]
    if any(x.tag == "MD" and x.lower in {"could", "might", "may"} for x in below):
        return True
    return (
        any(x.tag == "TO" for x in below)
        and s.tokens[i].dep == "xcomp"
        and s.tokens[s.tokens[i].head].lemma
        in {
            "threaten",
            "hope",
            "plan",
            "intend",
            "promise",
            "agree",
            "vow",
            "prepare",
            "expect",
            "decide",
        }
    )


NORMS = frozenset({"shall", "must", "should", "may"})


def interpret(frame: Frame, s: Sentence, rule: Rule) -> Frame | None:
    """Return the frame with negation, question, degree and hedge read in, or None if it is unsaid."""
    if frame.type in {"responsibility", "demand", "commitment"} and hypothetical(s, frame.trigger[0]):
        return None
    if frame.type == "demand" and (is_duty(s, frame) or only_meant(s, frame.trigger[0])):
        return None
    spared = frame.type == "obligation" or under_negative_verb(s, frame)
    context = None if spared else cancelled(s, frame.trigger[0])
    if context == "drop" or (context in {"denies", "questions"} and frame.type != "responsibility"):
        return None
    excused = rule.negation == "excuse" and bool(tree.kids(s, frame.trigger[0], "neg"))
    if frame.stance == "assigns" and frame.type == "responsibility" and not excused and only_possible(s, frame):
        return None
    around = surroundings(s, frame)
    shared = not_only(s, around)
    negated = not shared and (any(is_negator(s, k, frame) for k in around) or under_negative_verb(s, frame))
    if negated:
        turned = negate(s, frame, rule)
        if turned is None:
            return None
        frame = turned
    if frame.type == "commitment" and unreal(s, frame):
        return None
    if frame.type == "cause":
        frame = by_deed(s, frame)
    if frame.type == "cause" and negated and NORMS & {s.tokens[k].lower for k in around}:
        return None  # "shall not be dismissed on grounds of age"
    if frame.type == "cause" and negated and {"would", "have"} <= {s.tokens[k].lower for k in around}:
        return None
    if frame.type == "responsibility":
        bearer = frame.get("bearer")
        if bearer is not None and (s.tokens[bearer.head].lower in NOBODY or by_relative(s, frame, bearer.head)):
            return None
        if frame.stance in {"accepts", "denies"} and frame.get("speaker") is not None and unreal(s, frame):
            if frame.stance == "denies":
                return None
            frame = replace(frame.with_role("speaker", None), stance="assigns")
        if is_question(s) and frame.stance in {"accepts", "denies"}:
            return None
        if is_question(s):
            frame = frame.with_role("speaker", None)
        if context in {"denies", "questions"}:
            if frame.stance not in {"assigns", "shares"}:
                return None
            frame = replace(frame, stance=context)
            verb = s.tokens[frame.trigger[0]]
            if verb.dep == "xcomp" and (s.tokens[verb.head].upos == "ADJ" or s.tokens[verb.head].lemma == "be"):
                frame = frame.with_role("speaker", None)  # "they were wrong to blame us" is said by another
        if is_question(s) and frame.stance in {"assigns", "shares"}:
            frame = replace(frame, stance="questions")
        share = "partial" if shared else frame.degree or degree(s, frame) or "unspecified"
        frame = replace(frame, degree=share)
    if frame.type != "responsibility" and is_question(s) and (frame.type != "obligation" or asks_why(s)):
        return None
    hedged = any(s.tokens[k].lemma in HEDGES for k in around if k not in frame.trigger)
    return replace(frame, hedged=hedged or context == "hedged")


def is_negator(s: Sentence, k: int, frame: Frame) -> bool:
    """Say whether a word near the trigger negates it; "X, not Y" and "least" of things do not reach it."""
    t = s.tokens[k]
    if t.lower in {"least", "scarcely", "barely"}:
        return t.head in frame.trigger and s.tokens[t.head].upos == "ADJ"
    if t.lower not in NEGATORS:
        return False
    following = s.tokens[k + 1] if k + 1 < len(s.tokens) else t
    contrast = following.upos in {"ADP", "DET", "PROPN"} or s.tokens[k - 1].form == ","
    return not (t.lower == "not" and k > frame.trigger[-1] and contrast)


def not_only(s: Sentence, around: set[int]) -> bool:
    """Say whether "not" only takes the whole away: "not solely responsible", "not only to blame"."""
    return any(
        s.tokens[k].lower in {"not", "n't"} and k + 1 < len(s.tokens) and s.tokens[k + 1].lower in WHOLLY
        for k in around
    )


def only_possible(s: Sentence, frame: Frame) -> bool:
    """Say whether a charge is only possible: "could be charged", "may be responsible", "would be guilty"."""
    for k in frame.trigger:
        t = s.tokens[k]
        verb = t.head if t.upos in {"ADJ", "NOUN"} and s.tokens[t.head].upos in {"VERB", "AUX"} else k
        modal = next((s.tokens[c].lower for c in s.children[verb] if s.tokens[c].tag == "MD"), "")
        if modal in {"can", "could", "may", "might"}:
            return True
        if modal == "would":
            return s.tokens[verb].dep != "ccomp"
        if modal in {"will", "shall"} and tree.is_conditional(s, verb):
            return True  # "if the firm broke the rules, it will be fined"
    return False


def hypothetical(s: Sentence, i: int) -> bool:
    """Say whether a trigger stands in a condition: "if the parties request it", "unless they fail"."""
    k = i
    for _ in range(CLIMB):
        t = s.tokens[k]
        if any(s.tokens[c].dep == "mark" and s.tokens[c].lower in CONDITIONALS for c in s.children[k]):
            return s.tokens[t.head].lemma not in DOUBTING
        if t.head == k or t.dep in {"ccomp", "relcl"}:
            return False
        k = t.head
    return False


def surroundings(s: Sentence, frame: Frame) -> set[int]:
    """Return the words that modify the trigger: negation, auxiliaries, adverbs, determiners, its verb's."""
    out: set[int] = set()
    for k in frame.trigger:
        out |= modifiers(s, k) | negation_before(s, k)
        if frame.type == "obligation":
            out |= negation_in_front(s, k)
        t = s.tokens[k]
        head = s.tokens[t.head]
        if t.dep in {"acomp", "attr", "oprd", "amod", "advmod", "prep", "pcomp"} and head.upos in {
            "VERB",
            "AUX",
        }:
            out |= modifiers(s, t.head)
    for c in s.children[frame.trigger[0]]:
        if s.tokens[c].dep in {"nsubj", "nsubjpass"}:
            out |= {
                d for d in s.children[c] if s.tokens[d].dep in {"det", "neg"} and s.tokens[d].lower in {"no", "neither"}
            }
            if s.tokens[c].lower in {"nobody", "none", "nothing"}:
                out.add(c)
    return out - set(frame.trigger)


def negation_in_front(s: Sentence, i: int) -> frozenset[int]:
    """Return what negates a clause from its front: "in no event shall she be required", "nor is she obliged"."""
    out: set[int] = set()
    for k in s.children[i]:
        t = s.tokens[k]
        if t.dep == "prep" and k < i and (noun := tree.child(s, k, "pobj")) is not None:
            if s.tokens[noun].lemma in FRONTED:
                out |= {c for c in s.children[noun] if s.tokens[c].lower == "no"}
        elif t.dep in {"aux", "auxpass"} and k and s.tokens[k - 1].lower in {"nor", "neither"}:
            out.add(k - 1)
    return frozenset(out)


def negation_before(s: Sentence, i: int) -> frozenset[int]:
    """Return the negations of the verb that a verb is joined to: "did not cause it or worsen it"."""
    t = s.tokens[i]
    if t.dep != "conj" or t.upos not in {"VERB", "AUX"} or tree.child(s, i, "nsubj", "nsubjpass") is not None:
        return frozenset()
    if t.tag in {"VBD", "VBZ"} and s.tokens[t.head].tag == "VB":
        return frozenset()  # "did not concede defeat and vowed": the vow has no "did"
    return tree.shared_negation(s, t.head)


def modifiers(s: Sentence, i: int) -> set[int]:
    """Return the auxiliaries, adverbs, determiners and negations that hang on a token."""
    return {c for c in s.children[i] if s.tokens[c].dep in {"neg", "aux", "advmod", "det", "preconj"}}


def unreal(s: Sentence, frame: Frame) -> bool:
    """Say whether an acceptance or promise is only asked for: "must accept responsibility", "a need to commit"."""
    v = frame.trigger[0]
    t = s.tokens[v]
    while t.dep == "conj" and t.head < t.i:
        t = s.tokens[t.head]
    verb = t.head if t.upos == "ADJ" and s.tokens[t.head].upos in {"VERB", "AUX"} else v
    if verb == v != t.i and s.tokens[v].tag in {"VB", "VBN"} and not tree.kids(s, v, "aux", "nsubj", "nsubjpass"):
        verb = t.i  # "we must remain confident and committed to it"
    below = [s.tokens[k] for k in s.children[verb]]
    if any(
        x.tag == "MD" and x.lower in {"must", "should", "shall", "ought", "can", "could", "may", "might"} for x in below
    ):
        return True
    governor = s.tokens[t.head]
    if t.dep == "ccomp" and (
        governor.lemma in {"let", "make"} or (governor.lemma in ASKING and t.tag in {"VB", "VBP"})
    ):
        return True
    if any(x.tag == "TO" for x in below):
        head = s.tokens[t.head]
        return t.dep in {"acl", "relcl", "ccomp", "advcl"} or head.lemma in {
            "have",
            "need",
            "ought",
            "urge",
            "ask",
            "want",
            "call",
            "demand",
            "require",
            "press",
            "compel",
            "force",
            "oblige",
            "expect",
            "hope",
            "wish",
        }
    return False


def under_negative_verb(s: Sentence, frame: Frame) -> bool:
    """Say whether acceptance or an obligation hangs on a verb of refusal: "refused to accept responsibility"."""
    if frame.type != "responsibility" or frame.stance != "accepts":
        return False
    t = s.tokens[frame.trigger[0]]
    return t.dep == "xcomp" and s.tokens[t.head].lemma in NEGATIVE_VERBS


def excuse(s: Sentence, frame: Frame) -> Frame | None:
    """Return a blame that is not laid as a denial where somebody says so of himself or that nobody could lay it.

    "You cannot blame the farmers", "I do not blame them", "the mayor said he did not blame them"; "the mayor did not
    blame them" tells nothing.
    """
    v = frame.trigger[0]
    able = any(s.tokens[k].lower in {"can", "ca", "could"} for k in tree.kids(s, v, "aux"))
    subject = tree.own_subject(s, v)
    who = s.tokens[subject].lower if subject is not None else ""
    told = s.tokens[v].dep == "ccomp" and who in {"he", "she", "it", "they"}
    plain = not any(s.tokens[k].tag == "MD" for k in s.children[v])
    if able:
        return replace(frame.with_role("speaker", None), stance="denies")  # the text says that nobody could
    return replace(frame, stance="denies") if plain and (who in {"i", "we"} or told) else None


def negate(s: Sentence, frame: Frame, rule: Rule) -> Frame | None:
    """Return what a frame says under negation, as its rule tells; None where nothing is left to say."""
    if rule.negation == "keep":
        return replace(frame, stance="accepts" if frame.stance == "denies" else frame.stance)
    if rule.negation == "drop":
        return None
    if rule.negation == "excuse":
        return excuse(s, frame)
    if rule.negation == "negate" or frame.type == "cause":
        return replace(frame, polarity="negative")
    if rule.negation == "prohibit":
        return replace(frame, modality="should-not")
    if frame.type == "obligation":
        return replace(frame, modality=OPPOSITE[frame.modality or "must"])
    if frame.type == "demand":
        return None
    return replace(frame, stance=flip_stance(frame.stance))


def flip_stance(stance: str | None) -> str | None:
    """Return the stance under negation.

    >>> flip_stance("assigns"), flip_stance("denies")
    ('denies', 'assigns')
    """
    return {"assigns": "denies", "denies": "assigns", "accepts": "denies", "shares": "denies"}.get(stance or "", stance)


def is_question(s: Sentence) -> bool:
    """Say whether the sentence asks: it ends with a question mark (closing quotes aside)."""
    tail = [t.form for t in s.tokens[-3:]]
    return "?" in tail


def by_relative(s: Sentence, frame: Frame, bearer: int) -> bool:
    """Say whether only "which" leads to the bearer, and may mean what stands before: "the attack on Peru, which broke".

    A bare plural that a relative clause picks out is nobody either: "territories which are not responsible for ...".
    """
    v = frame.trigger[0]
    for _ in range(2):
        if s.tokens[v].dep == "relcl":
            break
        v = s.tokens[v].head
    t, near = s.tokens[bearer], s.tokens[v]
    if near.dep != "relcl" or near.head != bearer:
        return False
    which = any(s.tokens[k].lower == "which" for k in s.children[v])
    plural = t.tag == "NNS" and not any(
        s.tokens[k].dep in {"det", "poss", "nummod", "amod"} for k in s.children[bearer]
    )
    place = t.ent in {"GPE", "LOC"} or t.lemma in {"state", "country", "nation", "region"}
    return which and ((t.dep == "pobj" and s.tokens[t.head].lower != "by" and place) or plural)


def asks_why(s: Sentence) -> bool:
    """Say whether a question asks for the reason of something: "why was she not entitled to it?" rules nothing."""
    return any(t.lower == "why" for t in s.tokens[:3])


def degree(s: Sentence, frame: Frame) -> str | None:
    """Return how much of the responsibility is given, by an adverb or adjective near the trigger."""
    near = set()
    actors = {f.head for slot in ("bearer", "speaker") if (f := frame.get(slot)) is not None}  # "the chief executive"
    for k in frame.trigger:
        near |= {c for c in s.children[k] if s.tokens[c].dep in {"advmod", "amod", "det", "prep", "dobj"}}
        near |= {
            d
            for c in s.children[k]
            if c not in actors
            for d in s.children[c]
            if s.tokens[d].dep in {"advmod", "amod"}
            and s.tokens[c].dep in {"prep", "dobj", "nsubj", "attr", "acomp", "agent"}
        }
        t = s.tokens[k]
        if t.dep in {"acomp", "attr"}:
            near |= {c for c in s.children[t.head] if s.tokens[c].dep == "advmod"}
    bearer = frame.get("bearer")
    if bearer is not None:
        near |= {c for c in s.children[bearer.head] if s.tokens[c].dep in {"advmod"}}
    return next((DEGREE[s.tokens[k].lower] for k in sorted(near) if s.tokens[k].lower in DEGREE), None)
