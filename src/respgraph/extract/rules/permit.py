"""Duties and permissions of things and by grant: "is compulsory", "is not allowed", "gave them leave to"."""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import ACT_ENDINGS, can_bear
from respgraph.extract.lexicon.norms import words
from respgraph.extract.roles import Filler, infinitive
from respgraph.extract.rule import Rule, no, slots, yes

ACTS = words("act")


def of_act(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept an act that somebody allows, or in the passive; refuse actors and what only becomes possible."""
    k = roles["content"].head
    t = s.tokens[k]
    if tree.child(s, i, "dative") is not None or any(s.tokens[c].tag == "TO" for c in s.children[i]):
        return False
    if can_bear(s, k) or t.upos not in {"NOUN", "VERB"} or s.tokens[i].dep == "amod":
        return False
    act = t.tag == "VBG" or t.lemma in ACTS or t.lemma.endswith(ACT_ENDINGS)
    giver = tree.deep_subject(s, i)
    if giver is None:
        return act and tree.has_passive(s, i) and tree.own_subject(s, i) is not None
    return act and can_bear(s, giver) and s.tokens[giver].lower not in {"it", "this", "that"}


def predicative(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a duty that is stated of a thing, not "compulsory schooling"; refuse "it", which has its own rule."""
    return s.tokens[roles["content"].head].lower not in {"it", "that", "this"}


def its_for(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept "it is for X to do": an empty subject and an infinitive; refuse a purpose ("to play with")."""
    head = roles["content"].head
    subject = tree.own_subject(s, i)
    free = tree.child(s, i, "acomp", "attr") is None
    infinitive = any(s.tokens[k].tag == "TO" for k in s.children[head])
    return (
        free and infinitive and subject is not None and s.tokens[subject].lower == "it" and s.tokens[-2].upos != "ADP"
    )


def general(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a norm in the present about whoever does it, not the report of one who did."""
    who = roles["bearer"].head
    indefinite = any(s.tokens[k].lower in {"a", "an", "any", "every", "no"} for k in s.children[who])
    generic = indefinite or s.tokens[who].lower in {"anyone", "whoever", "everyone", "he", "she", "they"}
    return (
        generic and s.tokens[i].tag in {"VBZ", "VBP", "VB"} and s.tokens[roles["content"].head].upos in {"VERB", "AUX"}
    )


def its_time(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept "it is (high) time for X to ...", in the present, with an infinitive."""
    be = s.tokens[s.tokens[i].head]
    subject = tree.own_subject(s, be.i) if be.lemma == "be" else None
    return (
        s.tokens[i].dep == "attr"
        and be.tag == "VBZ"
        and subject is not None
        and s.tokens[subject].lower == "it"
        and infinitive(s, roles["content"].head)
    )


RULES = (
    Rule(
        name="obligation.offence",
        type="obligation",
        modality="must-not",
        negation="drop",
        slots=slots(
            bearer="subj",
            content="child:advcl.vp | child:prep.child:pcomp",
            basis="prep:under",
        ),
        need=("bearer", "content"),
        accept=general,
        confidence=0.7,
        examples=(
            yes(
                "A person commits an offence if the person sells bad eggs.", bearer="A person", content="sells bad eggs"
            ),
            yes("A driver commits an offence by hiding a fault.", bearer="A driver", content="hiding a fault"),
            no("The driver committed an offence by hiding a fault.", "a report, not a norm"),
        ),
        source="own (statutes)",
    ),
    Rule(
        name="obligation.for-them",
        type="obligation",
        modality="must",
        slots=slots(
            bearer="child:advcl,ccomp,xcomp.child:nsubj | prep:for,to | child:prep.prep:to",
            content="child:advcl,ccomp,xcomp.vp",
        ),
        need=("content", "bearer"),
        accept=its_for,
        confidence=0.7,
        examples=(
            yes("It is for parents to choose a school.", bearer="parents", content="choose a school"),
            yes("It is not for the judge to guess.", bearer="the judge", content="guess", modality="must-not"),
            yes("It is up to the states to enforce the ban.", bearer="the states", content="enforce the ban"),
            yes("It falls to the coroner to find the cause.", bearer="the coroner", content="find the cause"),
            no("It is good for parents to rest.", "a benefit"),
            no("The toy is for children.", "a use"),
        ),
        source="own; Huddleston and Pullum 2002",
    ),
    Rule(
        name="obligation.high-time",
        type="obligation",
        modality="should",
        negation="drop",
        slots=slots(bearer="child:relcl,acl,advcl.child:nsubj | own:for", content="child:relcl,acl,advcl.vp"),
        need=("content", "bearer"),
        accept=its_time,
        confidence=0.65,
        examples=(
            yes("It is time for the ministers to act.", bearer="the ministers", content="act"),
            no("There was no time for the ministers to act.", "a lack"),
            no("It was a hard time for the ministers.", "nobody is bound"),
        ),
        source="own; Huddleston and Pullum 2002",
    ),
    Rule(
        name="obligation.compulsory",
        type="obligation",
        modality="must",
        negation="drop",
        slots=slots(bearer="prep:for,on,upon", content="child:nsubj | subj | head.child:dobj"),
        need=("content",),
        accept=predicative,
        confidence=0.7,
        examples=(
            yes("Helmets are compulsory for riders.", bearer="riders", content="Helmets"),
            yes("The registration of boats is now mandatory.", content="The registration of boats"),
            no("Compulsory schooling began at seven.", "a kind of schooling"),
            no("Helmets are not compulsory.", "nobody has to"),
        ),
        source="FrameNet Being_obligatory",
    ),
    Rule(
        name="obligation.supposed",
        type="obligation",
        modality="should",
        negation="flip",
        slots=slots(bearer="xcomp.subj", content="xcomp"),
        need=("content",),
        confidence=0.7,
        examples=(
            yes("Guards are supposed to lock the gate.", bearer="Guards", content="lock the gate"),
            yes("The files are supposed to be kept in a safe.", content="be kept in a safe"),
            no("We supposed that the gate was shut.", "a guess"),
        ),
        source="FrameNet Required_event",
    ),
    Rule(
        name="obligation.permits-act",
        type="obligation",
        modality="may",
        slots=slots(speaker="subj", content="obj", bearer="prep:for"),
        need=("content",),
        accept=of_act,
        confidence=0.6,
        examples=(
            yes("Smoking is not permitted in the barn.", content="Smoking", modality="must-not"),
            yes("The ministry allowed the sale of the barn.", speaker="The ministry", content="the sale of the barn"),
            no("The wind allowed no flight.", "no giver"),
            no("The council permitted a barn.", "no act"),
            no("The council saved money to allow a renovation.", "a purpose"),
        ),
        source="FrameNet Permitting, Grant_permission",
    ),
    Rule(
        name="obligation.grants-right",
        type="obligation",
        modality="may",
        slots=slots(
            speaker="subj",
            bearer="child:dative | prep:to | child:dobj.child:dative",
            content="child:dobj.xcomp | xcomp",
        ),
        need=("content", "bearer"),
        confidence=0.75,
        examples=(
            yes(
                "The judge gave the reporters permission to enter.",
                speaker="The judge",
                bearer="the reporters",
                content="enter",
            ),
            no("The judge gave the reporters a permit.", "no action named"),
        ),
        source="FrameNet Grant_permission; light verbs",
    ),
)
