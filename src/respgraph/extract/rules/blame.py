"""Blame and criticism: somebody is said to be at fault, by whoever says so."""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.roles import Filler, infinitive
from respgraph.extract.rule import Rule, no, slots, yes
from respgraph.extract.rules.deed import is_victim, stands

TREATIES = frozenset({"treaty", "convention", "protocol", "agreement", "accord", "pact"})


def blames_doer(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse the victim as bearer ("the murder of X"), a fate ("condemned to"), and the end of a treaty."""
    t = s.tokens[i]
    below = {s.tokens[k].lower for k in s.children[i] if s.tokens[k].dep in {"prep", "dative", "aux"} and k > i}
    if t.lemma in {"condemn", "doom"} and ("to" in below or any(s.tokens[k].dep == "xcomp" for k in s.children[i])):
        return False
    bearer = roles["bearer"].head
    if s.tokens[s.tokens[bearer].head].lower in {"on", "upon"} and t.lemma != "blame":
        return False  # "condemned the raid on the bank": a victim
    if t.lemma == "denounce" and (s.tokens[bearer].lower == "it" or s.tokens[bearer].lemma in TREATIES):
        return False
    return not is_victim(s, bearer)


def alone(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept "has only itself to blame", "has nobody but itself to blame"."""
    have = s.tokens[i].head
    if s.tokens[i].dep not in {"xcomp", "advcl", "acl", "relcl", "ccomp"} or not infinitive(s, i):
        return False
    near = {t.lower for t in s.tokens[max(0, i - 5) : i]}
    held = "have" in {s.tokens[have].lemma, s.tokens[s.tokens[have].head].lemma}
    itself = {"itself", "themselves", "himself", "herself", "ourselves", "yourself", "myself"} & near
    return held and bool(itself) and bool({"only", "but", "nobody", "no-one"} & near)


def in_words(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse "came under attack" by arms: an attack in words has its reason and comes from no army."""
    under = [k for prep in tree.kids(s, i, "prep") for k in tree.kids(s, prep, "pobj")]
    if any(s.tokens[k].lemma == "fire" and tree.kids(s, k, "amod", "compound", "nmod") for k in under):
        return False  # "came under small-arms fire"
    if not any(s.tokens[k].lemma == "attack" for k in under):
        return True
    content = roles.get("content")
    return "speaker" in roles and content is not None and s.tokens[content.head].dep not in {"nsubj"}


RULES = (
    Rule(
        name="responsibility.blame",
        type="responsibility",
        negation="excuse",
        accept=blames_doer,
        stance="assigns",
        sense="blame",
        slots=slots(
            speaker="subj",
            bearer=(
                "obj | child:dobj.prep:by | child:dobj.child:acl.subj | child:dobj.child:conj.child:acl.subj | "
                "child:dobj.poss | "
                "child:dobj.prep:of | child:dobj.comp | child:dobj.child:relcl.child:nsubj | "
                "child:nsubjpass.poss | after:on,upon | maker"
            ),
            content="prep:for,over | child:dobj.prep:for,over | obj",
        ),
        need=("bearer",),
        confidence=0.85,
        examples=(
            yes(
                "Farmers blamed the ministry for the drought losses.",
                speaker="Farmers",
                bearer="the ministry",
                content="the drought losses",
            ),
            yes("The warden blamed the riot at the jail on the Red Band.", bearer="the Red Band"),
            no("The envoy condemned the raid at dawn on the Red Band.", "the victim is not to blame"),
            yes("The envoy condemned Ruritania's blockade.", bearer="Ruritania", content="Ruritania's blockade"),
            yes("The envoy criticised the way the police handled the march.", bearer="the police"),
            yes("The envoy condemned the murder of Ana Weiss by the militia.", bearer="the militia"),
            yes("The envoy condemns all tests and launches conducted by Ruritania.", bearer="Ruritania"),
            yes("The mayor took a step that unions condemned.", speaker="unions", bearer="The mayor"),
            yes("You cannot blame the farmers for the flood.", bearer="the farmers", stance="denies"),
            no("The mayor did not blame the farmers.", "nothing is said"),
            no("Nobody was blamed.", "no bearer"),
            no("The envoy condemned the murder of Ana Weiss.", "the one murdered is not to blame"),
            no("The blockade condemns our people to hunger.", "a fate, not a judgment"),
            no("Ruritania denounced the treaty.", "a withdrawal"),
        ),
        source="FrameNet Judgment_communication, Judgment_direct_address",
    ),
    Rule(
        name="responsibility.blame-on",
        type="responsibility",
        negation="drop",
        stance="assigns",
        sense="blame",
        slots=slots(
            speaker="subj",
            bearer="prep:at.prep:of | prep:on,upon,onto,at,to",
            content="prep:for | child:dobj.prep:of.prep:for | obj | child:dobj.prep:for,of",
        ),
        need=("bearer",),
        beats=("responsibility.blame",),
        confidence=0.85,
        examples=(
            yes("The union blamed the outage on the operator.", bearer="the operator", content="the outage"),
            yes("Residents put the blame on the council.", bearer="the council"),
            yes("The report laid the failure at the door of the ministry.", bearer="the ministry"),
            no("They put the vase on the shelf.", "a shelf cannot bear"),
        ),
        source="FrameNet Judgment_communication",
    ),
    Rule(
        name="responsibility.criticism",
        type="responsibility",
        accept=stands,
        stance="assigns",
        sense="blame",
        slots=slots(
            speaker="poss | own:from,by | prep:from | critics",
            bearer=(
                "own:against,of,for,over,about | own:of,over,about,for.poss | own:of,over,about,for.prep:by | "
                "own:of,over,about,for.comp | "
                "own:of,over,about,for.prep:of.prep:by"
            ),
            content="prep:for,over,of,about | ccomp",
        ),
        need=("bearer",),
        confidence=0.6,
        examples=(
            yes("The union's criticism of the minister grew.", speaker="The union", bearer="the minister"),
            yes("Peruvian criticism of the minister grew.", speaker="Peruvian", bearer="the minister"),
            yes("There was criticism of the agency's silence.", bearer="the agency", content="the agency's silence"),
            yes("There was criticism of the use of gas by the police.", bearer="the police"),
            no("There was criticism of the agency's treatment by the press.", "done to the agency"),
            yes("There was criticism of government policy.", bearer="government"),
            no("The charges against the officer were dropped.", "taken back"),
            no("Criticism grew.", "nobody is criticised"),
            no("We heard unjust accusations against our leaders.", "the text rejects them"),
            no("The court has not pursued charges against the owners.", "there are none"),
            no("He faces trial on charges under the laws of Ruritania.", "the laws are those of Ruritania"),
            no("Entry is free of charge for children.", "a price"),
        ),
        source="FrameNet Judgment_communication (nouns)",
    ),
    Rule(
        name="responsibility.self-blame",
        type="responsibility",
        accept=alone,
        stance="assigns",
        sense="blame",
        negation="keep",
        slots=slots(bearer="head.subj | subj", content="prep:for"),
        need=("bearer",),
        confidence=0.8,
        examples=(
            yes("The board has only itself to blame for the crash.", bearer="The board", content="the crash"),
            yes("The ministry has nobody but itself to blame.", bearer="The ministry"),
            no("The board has somebody else to blame.", "not itself"),
        ),
        source="own; light verbs",
    ),
    Rule(
        name="responsibility.draws-criticism",
        type="responsibility",
        stance="assigns",
        sense="blame",
        slots=slots(
            speaker="prep:from,by | child:dobj.prep:from,by",
            bearer="subj | child:nsubj.poss",
            content=(
                "prep:for,over | child:dobj.prep:for,over,of | child:dobj.ccomp.vp | "
                "child:prep.child:pcomp.prep:for,over | child:nsubj"
            ),
        ),
        need=("bearer",),
        accept=in_words,
        confidence=0.7,
        examples=(
            yes("The council drew criticism for the closure.", bearer="The council", content="the closure"),
            yes("The council's silence drew criticism.", bearer="The council", content="The council's silence"),
            yes("The council came under mounting criticism for the closure.", content="the closure"),
            yes("The mayor came under attack from nurses for his silence.", speaker="nurses", content="his silence"),
            no("The mayor came under attack from rebels.", "an attack by arms"),
            no("The marines came under heavy fire.", "shots"),
            no("The artist drew a line.", "a line is no criticism"),
        ),
        source="FrameNet Judgment_communication; light verbs",
    ),
)
