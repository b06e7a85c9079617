"""Blame, accusation, charge, conviction, criticism, reproach: somebody's deed is held against them."""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import can_bear
from respgraph.extract.cancel import FALSE, RETRACTING, is_negated
from respgraph.extract.lexicon import index
from respgraph.extract.roles import Filler, infinitive
from respgraph.extract.rule import Rule, no, slots, yes

ANYBODY = frozenset({"people", "those", "person", "anyone", "someone", "individual", "one", "anybody"})
HARM = frozenset(
    (
        "kill attack murder beat rape steal abuse shoot assault bomb burn torture bribe embezzle "
        "threaten harass defraud falsify hide conceal pollute poison dump leak destroy damage kidnap "
        "abduct detain smuggle traffic launder rig manipulate forge loot rob stab injure wound "
        "execute mistreat exploit violate breach cheat lie mislead ignore neglect discriminate evict "
        "expel deport invade shell strike molest sabotage hack plot conspire incite"
    ).split()
)


def names_somebody(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a charge against nobody in particular: "people accused of theft", "a pilot who fails to report"."""
    t = s.tokens[i]
    finite = t.tag in {"VBD", "VBZ", "VBP"} and t.dep in {"ccomp", "advcl"}
    if finite and tree.child(s, i, "nsubj", "nsubjpass", "csubj") is None:
        return False  # "the judge ruled the draft violated the law": its subject went to the wrong verb
    bearer = roles["bearer"].head
    indefinite = any(s.tokens[k].lower in {"a", "an", "any", "every", "each", "no"} for k in s.children[bearer])
    if indefinite and infinitive(s, i) and s.tokens[t.head].lemma in {"need", "require", "take", "be"}:
        return False  # "the votes needed to impeach a president"
    first = s.tokens[t.head] if t.dep == "conj" else t
    if first.dep == "pcomp" and s.tokens[bearer].tag == "NNS" and not s.children[bearer]:
        return False  # "officials are removed after being convicted"
    if t.dep not in {"acl", "relcl"}:
        return True
    if (
        t.dep == "relcl"
        and t.tag == "VBP"
        and s.tokens[bearer].tag == "NNS"
        and not tree.kids(s, bearer, "det", "poss")
    ):
        return False  # "runners who break the rules are disqualified"
    return s.tokens[bearer].lower not in ANYBODY and not (indefinite and s.tokens[i].dep == "relcl")


# What is done to somebody: "the murder of X", "X's arrest" name the one it is done to.
PATIENTS = frozenset(
    "murder killing assassination death arrest detention suffering treatment mistreatment rape abuse torture attack "
    "persecution execution imprisonment expulsion deportation displacement oppression beating shooting abduction "
    "kidnapping disappearance harassment annexation proclamation recognition dismissal "
    "bombing shelling invasion occupation destruction siege fate plight "
    "humiliation exclusion eviction removal massacre slaughter genocide use loss victimisation victimization "
    "discrimination sentencing prosecution jailing trial hanging stoning silencing demonisation scapegoating".split()
)
TREATIES = frozenset({"treaty", "convention", "protocol", "agreement", "accord", "pact"})
TASKS = frozenset("task duty responsibility mandate mission job role drafting".split())
CARE = frozenset(
    "draft oversee manage coordinate implement protect ensure monitor promote administer run lead develop prepare "
    "guard maintain enforce provide safeguard keep teach train advise assist help review study".split()
)


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


def is_victim(s: Sentence, k: int) -> bool:
    """Say whether somebody is named as the one something is done to: "X's murder", "the murder of X"; not "by X"."""
    t = s.tokens[k]
    named_by = s.tokens[t.head]
    owner = named_by.i if t.dep == "poss" else named_by.head
    return t.dep in {"poss", "pobj"} and s.tokens[owner].lemma in PATIENTS and named_by.lower != "by"


def has_done(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse what is only to come or thought of: "is going to break the rules", "cannot stand trial twice for it"."""
    t = s.tokens[i]
    below = [s.tokens[k] for k in s.children[i]]
    above = s.tokens[t.head].lemma
    meant = any(x.tag == "TO" for x in below) and above not in {"continue", "begin", "start", "appear", "seem", "be"}
    return not meant and not any(x.tag == "MD" for x in below) and names_somebody(s, i, roles)


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


ACCUSED = frozenset({"suspect", "defendant", "accomplice", "culprit"})


def charges(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a task somebody is charged with, a charge against nobody in particular, and "the accused bank"."""
    t = s.tokens[i]
    if t.dep == "amod" or (t.tag == "VBG" and "speaker" not in roles and t.lemma in {"prosecute", "charge", "sue"}):
        return False
    content = roles.get("content")
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


def stands(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a charge that is taken back: "the charges against the officer were dropped"."""
    if s.tokens[i].lemma == "charge" and s.tokens[s.tokens[i].head].lemma in {"have", "take", "in"}:
        return False  # "masters having charge of ships"
    if s.tokens[i - 1].lower == "of":
        return False  # "free of charge", "in view of criticism"
    if s.tokens[i].lemma not in PATIENTS and is_victim(s, roles["bearer"].head):
        return False
    if s.tokens[roles["bearer"].head].lower in ANYBODY or is_negated(s, s.tokens[i].head):
        return False  # "no charges against those who ...", "has not pursued charges against the firm"
    if any(s.tokens[k].lemma in FALSE | {"unjust", "gratuitous"} for k in tree.kids(s, i, "amod")):
        return False  # "unjust accusations against our leaders"
    return s.tokens[s.tokens[i].head].lemma not in {
        "drop",
        "dismiss",
        "withdraw",
        "quash",
        "overturn",
        "reject",
        "deny",
    }


def suspected(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse what is denied or taken back: "rejected the charge that he had lied" has its own rule."""
    return s.tokens[s.tokens[i].head].lemma not in RETRACTING


def part_of_harm(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a part in a harm, told as done."""
    return behind_harm(s, i, roles) and has_done(s, i, roles)


def alone(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept "has only itself to blame", "has nobody but itself to blame"."""
    have = s.tokens[i].head
    if s.tokens[i].dep not in {"xcomp", "advcl", "acl", "relcl", "ccomp"} or not infinitive(s, i):
        return False
    near = {t.lower for t in s.tokens[max(0, i - 5) : i]}
    held = "have" in {s.tokens[have].lemma, s.tokens[s.tokens[have].head].lemma}
    itself = {"itself", "themselves", "himself", "herself", "ourselves", "yourself", "myself"} & near
    return held and bool(itself) and bool({"only", "but", "nobody", "no-one"} & near)


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


def says_wrong(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse what would be wrong, and a question."""
    v = s.tokens[i].head
    return s.tokens[-1].form != "?" and not any(s.tokens[k].tag == "MD" for k in s.children[v])


def in_words(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse "came under attack" by arms: an attack in words has its reason and comes from no army."""
    under = [k for prep in tree.kids(s, i, "prep") for k in tree.kids(s, prep, "pobj")]
    if not any(s.tokens[k].lemma == "attack" for k in under):
        return True
    content = roles.get("content")
    return "speaker" in roles and content is not None and s.tokens[content.head].dep not in {"nsubj"}


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
            no("The artist drew a line.", "a line is no criticism"),
        ),
        source="FrameNet Judgment_communication; light verbs",
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
