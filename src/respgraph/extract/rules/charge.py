"""Charges: accusation, suspicion, arrest, trial, verdict, and being behind a harm."""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.cancel import RETRACTING
from respgraph.extract.lexicon import index
from respgraph.extract.roles import Filler
from respgraph.extract.rule import Rule, no, slots, yes
from respgraph.extract.rules.deed import HARM, has_done, names_somebody, stands
from respgraph.extract.speech import reporting_verbs

TASKS = frozenset("task duty responsibility mandate mission job role drafting".split())


CARE = frozenset(
    "draft oversee manage coordinate implement protect ensure monitor promote administer run lead develop prepare "
    "guard maintain enforce provide safeguard keep teach train advise assist help review study".split()
)


ACCUSED = frozenset({"suspect", "defendant", "accomplice", "culprit"})


def charges(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a task somebody is charged with, a charge against nobody in particular, and "the accused bank"."""
    t = s.tokens[i]
    if t.dep == "amod" or (t.tag == "VBG" and "speaker" not in roles and t.lemma in {"prosecute", "charge", "sue"}):
        return False
    content = roles.get("content")
    if content is not None and content.head < i and not tree.has_passive(s, i) and t.dep == "ROOT":
        return False  # "At the request of the premier, the king suspended the house for a week"
    if content is None and t.lemma in {"suspend", "sack", "dismiss", "discipline", "detain"}:
        return False  # "suspended parliament for five weeks"
    if content is not None and s.tokens[content.head].lemma in {"die", "suffer"}:
        return False  # "suspected of dying from the fever"
    if content is not None and s.tokens[content.head].ent in {"DATE", "TIME", "CARDINAL", "QUANTITY", "MONEY"}:
        return False  # "suspended for two weeks"
    if s.tokens[i].lemma == "charge" and content is not None:
        head = s.tokens[content.head]
        accused = s.tokens[roles["bearer"].head].lemma in ACCUSED or tree.kids(s, head.i, "advmod")
        if head.lemma in TASKS or (head.tag == "VBG" and head.lemma in CARE and not accused):
            return False
    return names_somebody(s, i, roles)


def suspects(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a suspicion only of a wrong: "I suspect that it will rain" is none."""
    return s.tokens[i].lemma != "suspect" or harms(s, i, roles)


def suspected(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse what is denied ("rejected the charge that he had lied": another rule), and "a charge he says is false"."""
    what = s.tokens[roles["content"].head]
    told = what.lemma in reporting_verbs() and not any(s.tokens[k].lower == "that" for k in s.children[what.i])
    return s.tokens[s.tokens[i].head].lemma not in RETRACTING and not told


def part_of_harm(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a part in a harm, told as done."""
    return behind_harm(s, i, roles) and has_done(s, i, roles)


def charged_there(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a charge that a verb of accusing carries, and one in the talk of others: "spoke on charges"."""
    above = s.tokens[s.tokens[s.tokens[i].head].head]
    if above.upos in {"VERB", "AUX"} and (thing := tree.child(s, above.i, "dobj")) is not None and thing < i:
        above = above if s.tokens[thing].lemma not in BEFORE_COURT else s.tokens[thing]
    if s.tokens[i].lemma == "charge" and s.tokens[s.tokens[i].head].lower != "on":
        return False
    carried = {"responsibility.accuse", "responsibility.on-trial"}
    told = above.upos == "VERB" and any(unit.rule in carried for unit in index().get(above.lemma, ()))
    return not told and above.lemma in BEFORE_COURT and names_somebody(s, i, roles)


BEFORE_COURT = frozenset(
    "appear apprehend arrest arraignment bail bring capture catch conviction court custody detention expel extradition "
    "fly haul hearing imprison nab pick round seek seize send serve stand surrender take trial turn hold want".split()
)


def believed_of(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a wrong somebody is believed to have done or to be behind."""
    t = s.tokens[i]
    if t.tag != "VBN" or not (tree.has_passive(s, i) or t.dep == "acl"):
        return False
    done = s.tokens[roles["content"].head]
    below = {s.tokens[k].lower for k in s.children[done.i]}
    return done.lemma in HARM | {"involve"} or (
        done.lemma == "be" and bool({"behind", "involved", "complicit"} & below)
    )


def harms(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept an alleged act only if it is a wrong by its verb."""
    return s.tokens[roles["content"].head].lemma in HARM


HARMS = frozenset(
    (
        "attack killing bombing murder plot hack hacking fraud massacre violence coup explosion shooting "
        "assassination blast raid kidnapping abduction leak theft robbery arson poisoning campaign riot "
        "unrest crackdown disappearance sabotage scam smear ambush invasion strike death breach "
        "cyberattack"
    ).split()
)


WRONGS = frozenset("abuse atrocity corruption crime genocide killing offence offense torture trafficking".split())


def behind_harm(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept only a harm as what somebody is behind."""
    return s.tokens[roles["content"].head].lemma in HARMS | HARM | WRONGS


RULES = (
    Rule(
        name="responsibility.accuse",
        type="responsibility",
        negation="drop",
        accept=charges,
        stance="assigns",
        sense="blame",
        slots=slots(
            speaker="subj",
            bearer="obj",
            content="child:prep.child:pobj.prep:with | own:of,with | prep:for,over | prep:of,with | prep:in | xcomp",
            counterpart="prep:against",
        ),
        need=("bearer",),
        confidence=0.88,
        examples=(
            yes(
                "Greenland accused Denmark of hiding the report.",
                speaker="Greenland",
                bearer="Denmark",
                content="hiding the report",
            ),
            yes("The clerk was charged with fraud.", bearer="The clerk", content="fraud"),
            yes("The club expelled Karl Brandt for fraud.", speaker="The club", bearer="Karl Brandt", content="fraud"),
            no("The club suspended the game for two weeks.", "a time"),
            no("The agency was charged with the task of monitoring prices.", "a task"),
            no("They extradite people accused of theft.", "nobody in particular"),
            no("The battery was charged overnight.", "a battery bears nothing"),
            no("A man was suspected of dying of the fever.", "no wrong"),
            no("Nobody may be precluded from being convicted by a jury.", "not done"),
            no("A majority is needed to impeach a president.", "nobody in particular"),
            yes("A suspect was charged for allegedly selling the gun.", content="selling the gun"),
        ),
        source="FrameNet Judgment_communication, Notification_of_charges, Verdict",
    ),
    Rule(
        name="responsibility.hold",
        type="responsibility",
        accept=names_somebody,
        stance="assigns",
        sense="accountability",
        slots=slots(speaker="subj", bearer="obj", content="prep:on.prep:of | prep:for,over | prep:to,of,in"),
        need=("bearer",),
        confidence=0.88,
        examples=(
            yes("Villagers hold the company responsible for the dust.", speaker="Villagers", content="the dust"),
            yes("The judge found the trader guilty of theft.", bearer="the trader", content="theft"),
            yes("The trader was held in contempt in 2012 for hiding papers.", content="hiding papers"),
            no("They hold the rope.", "no predicate of responsibility"),
        ),
        source="FrameNet Judgment, Verdict",
    ),
    Rule(
        name="responsibility.alleges",
        type="responsibility",
        accept=suspects,
        stance="assigns",
        sense="blame",
        slots=slots(speaker="subj", bearer="ccomp.subj", content="ccomp.vp"),
        need=("bearer", "content"),
        confidence=0.7,
        examples=(
            yes(
                "The petition alleges that the landlord cut the power.",
                speaker="The petition",
                bearer="the landlord",
                content="cut the power",
            ),
            no("She alleged nothing.", "nobody's deed"),
            no("I suspect that the council will meet again.", "no wrong"),
        ),
        source="FrameNet Statement (allege)",
    ),
    Rule(
        name="responsibility.allegedly",
        type="responsibility",
        accept=harms,
        stance="assigns",
        sense="blame",
        slots=slots(bearer="head.subj", content="head.vp"),
        need=("bearer", "content"),
        confidence=0.55,
        examples=(
            yes("The guard allegedly beat two prisoners.", bearer="The guard", content="beat two prisoners"),
            no("The guard allegedly smiled.", "no wrong"),
            no("The allegedly broken clock ran.", "nobody's deed"),
        ),
        source="own",
    ),
    Rule(
        name="responsibility.on-trial",
        type="responsibility",
        accept=has_done,
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(bearer="subj", content="prep:of,for,over | prep:on.prep:of"),
        need=("bearer", "content"),
        confidence=0.75,
        examples=(
            yes("The banker went on trial for fraud.", bearer="The banker", content="fraud"),
            no("The drug is on trial for two years.", "a drug"),
            no("The banker stood in the hall.", "no charge"),
        ),
        source="FrameNet Trial",
    ),
    Rule(
        name="responsibility.ascribed",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(speaker="subj", bearer="own:to,on | prep:to,on", content="obj"),
        need=("bearer", "content"),
        accept=behind_harm,
        confidence=0.75,
        examples=(
            yes("A third bombing was ascribed to the Red Band.", bearer="the Red Band", content="A third bombing"),
            yes("Officials attribute the attack to the Red Band.", speaker="Officials", bearer="the Red Band"),
            no("The poem was ascribed to Ana Weiss.", "no harm"),
            no("The blast was attributed to a leak.", "a leak bears nothing"),
        ),
        source="FrameNet Attributed_information",
    ),
    Rule(
        name="responsibility.proceedings",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        accept=stands,
        slots=slots(bearer="poss | own:of", content="own:for,over | prep:for,over"),
        need=("bearer", "content"),
        confidence=0.6,
        examples=(
            yes("The general's conviction for war crimes was welcomed.", bearer="The general", content="war crimes"),
            yes("Police announced the arrest of two men for arson.", bearer="two men", content="arson"),
            no("The trial of the new engine took a week.", "an engine bears nothing"),
        ),
        source="FrameNet Arrest, Verdict, Trial (nouns)",
    ),
    Rule(
        name="responsibility.on-charges",
        type="responsibility",
        accept=charged_there,
        stance="assigns",
        sense="blame",
        slots=slots(bearer="charged", content="own:of | xcomp"),
        need=("bearer", "content"),
        beats=("responsibility.criticism", "responsibility.alleged-that"),
        confidence=0.75,
        examples=(
            yes("The banker appeared in court on a charge of fraud.", bearer="The banker", content="fraud"),
            yes("They protested the arrest of Ana Weiss on charges of spying.", bearer="Ana Weiss", content="spying"),
            no("The banker was convicted on charges of fraud.", "the verb has its own rule"),
            no("The banker spoke on charges of the bank.", "not charged"),
        ),
        source="FrameNet Notification_of_charges",
    ),
    Rule(
        name="responsibility.believed",
        type="responsibility",
        accept=believed_of,
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(speaker="subj", bearer="obj", content="xcomp"),
        need=("bearer", "content"),
        confidence=0.6,
        examples=(
            yes("Police showed pictures of two men believed to be behind the raid.", bearer="two men"),
            yes("The army is suspected to have shelled the town.", bearer="The army"),
            no("The bridge is believed to be old.", "no wrong"),
            no("Two men are believed to be alive.", "no wrong"),
        ),
        source="FrameNet Suspicion",
    ),
    Rule(
        name="responsibility.involved",
        type="responsibility",
        accept=part_of_harm,
        stance="assigns",
        sense="accountability",
        slots=slots(bearer="obj | subj", content="prep:in,to"),
        need=("bearer", "content"),
        confidence=0.6,
        examples=(
            yes("The army was involved in the killings.", bearer="The army", content="the killings"),
            yes("The envoy linked the Red Band to the attack.", bearer="the Red Band", content="the attack"),
            no("The army was involved in the talks.", "no harm"),
            no("The paper sought to link the army to the attack.", "not done"),
        ),
        source="FrameNet Participation; own",
    ),
    Rule(
        name="responsibility.alleged-that",
        type="responsibility",
        accept=suspected,
        stance="assigns",
        sense="blame",
        slots=slots(
            speaker="poss | own:from,by | prep:from | voicer", bearer="own:against | ccomp.subj", content="ccomp.vp"
        ),
        need=("bearer", "content"),
        beats=("responsibility.criticism",),
        confidence=0.65,
        examples=(
            yes(
                "There were accusations from the union that the mayor had betrayed the dockers.",
                speaker="the union",
                bearer="the mayor",
                content="betrayed the dockers",
            ),
            yes("The paper published charges that the firm paid spies.", speaker="The paper", bearer="the firm"),
            no("There were accusations.", "nobody is accused"),
            no("There were accusations that the river was full.", "a river bears nothing"),
            no("The minister rejected the charge that he had lied.", "taken back"),
            no("The minister faces a charge he says was made up.", "what he says of it"),
        ),
        source="FrameNet Judgment_communication (nouns)",
    ),
    Rule(
        name="responsibility.suit",
        type="responsibility",
        stance="assigns",
        sense="liability",
        slots=slots(
            speaker="subj | child:nsubjpass.prep:by",
            bearer=(
                "prep:against | child:dobj.prep:against | child:nsubjpass.prep:against | "
                "child:dobj.prep:into | child:nsubjpass.prep:into"
            ),
            content="prep:for,over,of | child:dobj.prep:for,over,of | xcomp",
        ),
        need=("bearer",),
        confidence=0.75,
        examples=(
            yes("Tenants filed a lawsuit against the owner over mould.", speaker="Tenants", bearer="the owner"),
            no("They filed a form.", "a form charges nobody"),
        ),
        source="FrameNet Notification_of_charges; light verbs",
    ),
    Rule(
        name="responsibility.suspect",
        type="responsibility",
        stance="assigns",
        sense="blame",
        slots=slots(bearer="self", content="own:in,of | prep:in,of"),
        need=("bearer", "content"),
        confidence=0.5,
        examples=(
            yes("Police named a suspect in the robbery.", content="the robbery"),
            no("The suspects range in age from 20 to 60.", "suspected of nothing"),
            no("A suspect in Wisconsin slept.", "a place"),
            no("Police named a street.", "a street bears nothing"),
        ),
        source="FrameNet Suspicion",
    ),
    Rule(
        name="responsibility.is-culprit",
        type="responsibility",
        stance="assigns",
        sense="blame",
        slots=slots(bearer="subj", content="prep:of,in,behind"),
        need=("bearer",),
        beats=("responsibility.suspect",),
        confidence=0.6,
        examples=(
            yes("The army said that the Red Band are the suspected perpetrators.", bearer="the Red Band"),
            no("The perpetrators were never found.", "nobody in particular"),
            no("The chief announced that there were suspects in custody.", "not the chief"),
        ),
        source="FrameNet Suspicion",
    ),
    Rule(
        name="responsibility.behind",
        type="responsibility",
        stance="assigns",
        sense="accountability",
        slots=slots(bearer="subj", content="prep:behind"),
        need=("bearer", "content"),
        accept=behind_harm,
        confidence=0.6,
        examples=(
            yes("Witnesses said the army was behind the killings.", bearer="the army", content="the killings"),
            no("The army was behind the hill.", "a place"),
        ),
        source="FrameNet Being_responsible; own",
    ),
)
