"""Wrongs told as done: a failure, a broken rule or promise, an error, an unlawful act."""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import can_bear
from respgraph.extract.cancel import is_negated
from respgraph.extract.roles import Filler
from respgraph.extract.rule import Rule, no, slots, yes
from respgraph.extract.rules.deed import PATIENTS, has_done, is_victim, names_somebody


def lets_down(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept somebody as the one let down: no rope."""
    who = tree.deep_object(s, i)
    return who is not None and can_bear(s, who) and has_done(s, i, roles)


def falls_short(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse to call it a reproach that somebody did not win or failed nobody."""
    content = s.tokens[roles["content"].head]
    if content.lower in {"nobody", "nothing", "none"}:
        return False
    return not (s.tokens[i].lemma == "fail" and content.lemma in UNBLAMED) and has_done(s, i, roles)


UNBLAMED = frozenset("elect impress materialise materialize qualify reelect resonate score sell survive win".split())


CONDUCT = frozenset(
    "act action aggression annexation attack behaviour behavior blockade bombardment bombing conduct decision "
    "detention deed demolition dumping eviction expulsion interference intervention invasion killing occupation "
    "practice raid seizure shelling strike surveillance termination treatment use violence war attempt".split()
)


WHOLE_ACTS = frozenset("invasion attack bombing shelling occupation killing treatment".split())


def owns_wrong(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept an act of somebody's own: "Ruritania's unlawful seizure", not "the envoy's unlawful arrest"."""
    t = s.tokens[i]
    act = s.tokens[t.head]
    bearer = s.tokens[roles["bearer"].head]
    owned = bearer.dep == "poss" and act.lemma in PATIENTS - WHOLE_ACTS
    return t.dep == "amod" and act.lemma in CONDUCT and not owned and not is_negated(s, act.head)


def did_wrong(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept what somebody has done: no ban, no mere possibility, no question, nobody in particular."""
    v = s.tokens[i].head
    t = s.tokens[v]
    below = [s.tokens[k] for k in s.children[v]]
    if t.upos != "VERB" or s.tokens[i].dep != "advmod" or any(x.tag in {"MD", "TO"} or x.dep == "neg" for x in below):
        return False
    if t.tag == "VBG" and not (t.dep in {"advcl", "conj"} or (t.dep == "pcomp" and s.tokens[t.head].lower == "by")):
        return False
    k = v
    for _ in range(4):
        if {s.tokens[c].lower for c in s.children[k]} & {"whether", "if", "who", "how", "where", "when", "unless"}:
            return False  # "a case where the trustees knowingly hid it"
        k = s.tokens[k].head
    return s.tokens[-1].form != "?" and t.tag != "VBP" and names_somebody(s, v, roles)


def says_wrong(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse what would be wrong, and a question."""
    v = s.tokens[i].head
    return s.tokens[-1].form != "?" and not any(s.tokens[k].tag == "MD" for k in s.children[v])


PLANNED = frozenset("failure launch move policy program programme refusal step test".split())


def deed_done(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a deed of somebody that breaks a rule, as a fact: not what would, nor a thing of theirs."""
    deed = tree.own_subject(s, i)
    if deed is None or is_victim(s, roles["bearer"].head) or s.tokens[-1].form == "?":
        return False
    t = s.tokens[deed]
    own = t.lemma in CONDUCT | {
        "programme",
        "program",
        "policy",
        "test",
        "launch",
        "move",
        "step",
        "failure",
        "refusal",
    }
    meant = any(s.tokens[k].tag in {"MD", "TO"} for k in s.children[i])
    return own and not meant and not any(s.tokens[k].lower in {"if", "whether"} for k in tree.kids(s, i, "mark"))


RULES = (
    Rule(
        name="responsibility.fails",
        type="responsibility",
        accept=falls_short,
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(bearer="subj", content="xcomp | prep:in,to,with,from,on | obj"),
        need=("bearer", "content"),
        confidence=0.75,
        examples=(
            yes("The agency reneged on its promise.", bearer="The agency", content="its promise"),
            yes("The agency failed to warn residents.", bearer="The agency", content="warn residents"),
            yes("The army violated the truce.", bearer="The army", content="the truce"),
            yes("I remind you that, since May, Ruritania has violated the truce.", bearer="Ruritania"),
            no("The engine failed to start.", "an engine bears nothing"),
            no("Judge Ann Price ruled the new draft violated the law.", "the draft did"),
            no("In response to a lawsuit, Judge Ann Price ruled the new draft violated the law.", "the draft did"),
            no("A pilot who fails to report a fault is fined.", "nobody in particular"),
            no("The governor failed to win the vote.", "no reproach"),
        ),
        source="van de Poel 2011 (backward-looking responsibility)",
    ),
    Rule(
        name="responsibility.deed-violates",
        type="responsibility",
        accept=deed_done,
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(bearer="subj.poss | subj.comp | subj.prep:of,by", content="self.clause"),
        need=("bearer", "content"),
        beats=("responsibility.fails",),
        confidence=0.65,
        examples=(
            yes("Ruritania's missile tests violate two resolutions.", bearer="Ruritania"),
            yes("The blockade by Ruritania breaches the treaty.", bearer="Ruritania"),
            no("The tests would violate two resolutions.", "not done"),
            no("The length of the bill violates the rules of the house.", "a bill does nothing"),
        ),
        source="FrameNet Compliance",
    ),
    Rule(
        name="responsibility.at-hands",
        type="responsibility",
        stance="assigns",
        sense="blame",
        slots=slots(bearer="child:pobj.own:of", content="event.host"),
        need=("bearer", "content"),
        confidence=0.65,
        examples=(
            yes(
                "Thousands died at the hands of the militia.",
                bearer="the militia",
                content="Thousands died",
            ),
            no("The fate of the mill is in the hands of the council.", "the council decides"),
        ),
        source="own",
    ),
    Rule(
        name="responsibility.errs",
        type="responsibility",
        accept=has_done,
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(bearer="subj", content="self.vp"),
        need=("bearer",),
        confidence=0.65,
        examples=(
            yes("The report found that the clinic had made grave errors.", bearer="the clinic"),
            yes('"We made mistakes," the coach said.', bearer="We", stance="accepts"),
            yes("The militia committed atrocities.", bearer="The militia"),
            no("The clinic made beds.", "no error"),
            no("Pilots who make mistakes are dismissed.", "nobody in particular"),
        ),
        source="own; light verbs",
    ),
    Rule(
        name="responsibility.breaks",
        type="responsibility",
        accept=has_done,
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(bearer="subj", content="self.vp"),
        need=("bearer",),
        confidence=0.75,
        examples=(
            yes("The firm broke the rules on dumping.", bearer="The firm", content="broke the rules on dumping"),
            yes("The ministry ignored every warning.", bearer="The ministry"),
            no("The firm broke the record.", "no rule"),
            no("A firm that breaks the law is fined.", "nobody in particular"),
            no("Runners who break the rules are disqualified.", "nobody in particular"),
            no("I am going to break my own rule.", "still to come"),
        ),
        source="van de Poel 2011 (backward-looking responsibility)",
    ),
    Rule(
        name="responsibility.wrongful-deed",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(bearer="head.subj", content="head.vp"),
        need=("bearer", "content"),
        accept=did_wrong,
        confidence=0.65,
        examples=(
            yes("Ruritania illegally annexed the island.", bearer="Ruritania", content="annexed the island"),
            no("Boats must not illegally enter the port.", "a ban"),
            no("Migrants may enter illegally.", "possible only"),
            no("The judge asked whether the firm knowingly sold it.", "a question"),
            no("It is a case where the trustees knowingly hid the loss.", "a rule"),
        ),
        source="own",
    ),
    Rule(
        name="responsibility.wrongful-act",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(bearer="head.poss | head.own:by", content="head"),
        need=("bearer", "content"),
        accept=owns_wrong,
        confidence=0.65,
        examples=(
            yes("The envoy protested Ruritania's unlawful seizure of the boat.", bearer="Ruritania"),
            yes("The unprovoked invasion by Ruritania shocked the envoys.", bearer="Ruritania"),
            no("They recalled the envoy's unlawful arrest.", "done to the envoy"),
            no("The mayor's criminal lawyer spoke.", "a lawyer, no act"),
        ),
        source="own",
    ),
    Rule(
        name="responsibility.lets-down",
        type="responsibility",
        accept=lets_down,
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(bearer="subj"),
        need=("bearer",),
        confidence=0.7,
        examples=(
            yes("The council has failed its residents.", bearer="The council"),
            yes("Farmers were let down by the ministry.", bearer="the ministry"),
            no("The bridge failed.", "a bridge bears nothing"),
            no("The rope was let down by the crew.", "a rope"),
        ),
        source="van de Poel 2011 (backward-looking responsibility)",
    ),
    Rule(
        name="responsibility.failure",
        type="responsibility",
        stance="assigns",
        sense="blame",
        slots=slots(speaker="finder", bearer="poss | prep:by,of", content="xcomp | prep:in,of,to,on | found.self"),
        need=("bearer", "content"),
        confidence=0.65,
        examples=(
            yes(
                "The report regrets the agency's failure to warn residents.",
                bearer="the agency",
                content="warn residents",
            ),
            yes("The report found serious failings by the clinic.", speaker="The report", bearer="the clinic"),
            no("Crop failure followed.", "a crop bears nothing"),
        ),
        source="van de Poel 2011 (backward-looking responsibility)",
    ),
    Rule(
        name="responsibility.violation",
        type="responsibility",
        stance="assigns",
        sense="blame",
        slots=slots(bearer="poss | prep:by", content="prep:of"),
        need=("bearer", "content"),
        confidence=0.65,
        examples=(
            yes("They protested the army's violation of the truce.", bearer="the army", content="the truce"),
            no("It was an abuse of power.", "nobody's: power is what is abused"),
        ),
        source="FrameNet Compliance (nouns)",
    ),
    Rule(
        name="responsibility.wrong-of",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(
            bearer="own:of | head.child:csubj.child:nsubj", content="child:xcomp | head.xcomp | head.child:csubj.vp"
        ),
        need=("bearer", "content"),
        accept=says_wrong,
        confidence=0.6,
        examples=(
            yes("It was wrong of the mayor to sell the park.", bearer="the mayor", content="sell the park"),
            no("It would be wrong of the mayor to sell the park.", "not done"),
            no("It was kind of the mayor to come.", "praise"),
        ),
        source="FrameNet Morality_evaluation",
    ),
)
