"""Duties, permissions, bans and recommendations carried by other words than modal verbs."""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import can_bear
from respgraph.extract.contract import is_party
from respgraph.extract.lexicon.norms import words
from respgraph.extract.roles import Filler
from respgraph.extract.rule import Rule, no, slots, yes

LAWS = words("law")
PURPOSES = words("purpose")
# "is to be read as" tells how a text is meant, "is to be found" where a thing is.
READINGS = words("reading")
CONDITIONS = frozenset({"if", "case", "whether", "unless"})


def binds(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a semi-modal that is a condition, a purpose, or a relative clause about a means."""
    t = s.tokens[i]
    marks = {s.tokens[k].lower for k in s.children[i] if s.tokens[k].dep in {"mark", "advmod"}}
    if marks & CONDITIONS or {x.lower for x in s.tokens[max(0, i - 5) : i]} & {"if", "case"}:
        return False
    who = tree.own_subject(s, i)
    if (
        who is not None
        and s.tokens[who].lower == "i"
        and s.tokens[roles["content"].head].lemma
        in {"say", "admit", "confess", "add", "tell", "ask", "note", "agree", "disagree"}
    ):
        return False
    if t.dep == "relcl" and tree.own_subject(s, i) not in {None, t.head}:
        return False
    if t.lemma == "need" and t.tag == "VBN":
        return False
    if any(
        s.tokens[k].dep == "advmod" and s.tokens[k].lower in {"yet", "still", "here", "there", "about"}
        for k in s.children[i]
    ):
        return False
    below = roles["content"].head
    if any(s.tokens[k].tag in {"WP", "WDT"} and s.tokens[k].dep == "dobj" for k in s.children[below]):
        return False
    before = {x.lower for x in s.tokens[max(0, i - 2) : i]}
    if (
        (t.tag == "VBG" and t.dep == "pcomp")
        or {"no", "longer"} <= before
        or (t.lemma == "get" and not before & {"have", "has", "'ve", "’ve", "'s", "had"})
    ):
        return False
    if t.dep == "xcomp" and s.tokens[t.head].lemma in {"want", "like", "wish", "hope", "prefer", "hate"}:
        return False
    if t.lemma == "be":
        to = next((k for k in s.children[below] if s.tokens[k].tag == "TO"), i + 1)
        if any(s.tokens[k].upos not in {"ADV", "PART", "DET", "PUNCT"} for k in range(i + 1, to)):
            return False
        if tree.child(s, i, "acomp", "attr") is not None or any(
            s.tokens[k].lower in {"it", "what", "this", "that"} and s.tokens[k].dep == "nsubj" for k in s.children[i]
        ):
            return False
        who = tree.surface_subject(s, i)
        passive = tree.has_passive(s, below)
        if passive and s.tokens[below].lemma in READINGS:
            return False
        if who is not None and s.tokens[who].lemma in PURPOSES:
            return False
        return t.tag in {"VBZ", "VBP"} and who is not None and (can_bear(s, who) or passive)
    return True


def bans_thing(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a body that only is or is called banned: nothing is said of who bans it, or of what nobody may do."""
    thing = tree.deep_object(s, i)
    if thing is None:
        return False
    return not can_bear(s, thing) or ("speaker" in roles and s.tokens[i].dep != "amod")


def permits(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a permission in the passive, or one by an actor or a law; refuse a means that makes it possible."""
    if tree.has_passive(s, i):
        return True
    giver = tree.deep_subject(s, i)
    return (
        giver is not None
        and s.tokens[giver].lower not in {"it", "this", "that", "which"}
        and (can_bear(s, giver) or s.tokens[giver].lemma in LAWS)
    )


def imposes(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse "bind the worker to one firm" (no action is named), and what is only possible or a condition.

    "If she is required to pay", "the court may require him to pay", "shall not be required to pay".
    """
    below = {s.tokens[k].lower for k in s.children[i] if s.tokens[k].dep in {"mark", "aux"}}
    content = roles["content"]
    if "bearer" not in roles:
        # "all boilers are required to be tested", not "care is required to lift them"
        thing = tree.deep_object(s, i)
        counted = thing is not None and (s.tokens[thing].tag == "NNS" or tree.kids(s, thing, "det", "poss"))
        if s.tokens[i].lemma != "require" or content.kind != "verb" or not tree.has_passive(s, i) or not counted:
            return False
    if below & CONDITIONS or (below & {"may", "can", "might", "could"} and not tree.has_passive(s, i)):
        return False
    if "not" in {t.lower for t in s.tokens[max(0, i - 2) : i]} and tree.has_passive(s, i):
        return False
    return s.tokens[i].lemma != "bind" or s.tokens[roles["content"].head].upos in {"VERB", "AUX"}


def stipulates(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse the conjunction "provided that", which adds a condition to what was said."""
    what = roles["content"].head
    if any(s.tokens[k].tag == "MD" for k in s.children[what]) or s.tokens[what].tag in {"MD", "VBD"}:
        return False  # "provide whatever we can", "required us to hire crews, and one was his"
    return s.tokens[i].lower != "provided" or tree.own_subject(s, i) is not None or tree.agent(s, i) is not None


def needed(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept "it is necessary to ..." and "that X ...", refuse a thing that is necessary for a purpose."""
    t = s.tokens[i]
    above = [s.tokens[k] for k in s.children[t.head]]
    if s.tokens[t.head].dep in {"relcl", "advcl"} and any(
        x.lower in {"as", "may", "which", "that"} for x in above if x.i < t.head
    ):
        return False
    if t.dep in {"amod", "acl", "relcl"} or (s.tokens[t.head].upos == "NOUN" and t.dep != "conj"):
        return False
    subject = tree.own_subject(s, t.head) if t.dep in {"acomp", "oprd", "attr"} else None
    return (
        subject is None
        or s.tokens[subject].lower == "it"
        or roles["content"].head == subject
        or s.tokens[subject].dep in {"csubj", "csubjpass"}
    )


def put_forward(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a proposal only with the one who makes it: "a proposal to cut costs" is a plan, nobody's advice."""
    content = roles["content"].head
    that = any(t.lower == "that" for t in s.tokens[i + 1 : content])
    verbal = s.tokens[content].upos in {"VERB", "AUX"}
    if (s.tokens[content].dep == "relcl" and not that) or (verbal and not prescribes(s, i, roles)):
        return False
    return s.tokens[i].lemma == "recommendation" or "speaker" in roles


def dutiful(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse "a role to play", which praises and binds nobody, and a duty that names no action."""
    content = s.tokens[roles["content"].head]
    if content.dep in {"nsubj", "nsubjpass", "csubj", "csubjpass"}:
        return "bearer" in roles and s.tokens[i].lemma in {"duty", "obligation", "job", "task"}
    if content.upos not in {"VERB", "AUX"} or (
        content.dep == "pcomp"
        and s.tokens[i].lemma not in {"duty", "task", "responsibility", "obligation", "burden"}
        and not (  # "its mandate consists in watching it"
            s.tokens[i].dep == "nsubj" and s.tokens[s.tokens[content.i].head].head == s.tokens[i].head
        )
    ):
        return False
    return not (s.tokens[i].lemma in {"role", "part"} and s.tokens[roles["content"].head].lemma == "play")


def contracts(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept an agreement by a party as a contract defines it: to do, that it is so, "as follows"."""
    following = {t.lower for t in s.tokens[i + 1 : i + 16]}
    return is_party(s, roles["bearer"].head) and ("content" in roles or bool({"that", "follows"} & following))


def declares(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept what a party of a contract vouches for or takes as given, in the present: "Tenant acknowledges that"."""
    content = roles.get("content")
    clausal = "that" in {t.lower for t in s.tokens[i + 1 : i + 9]}
    if not clausal and (content is None or (content.kind == "noun" and s.tokens[i].lemma != "acknowledge")):
        return False
    return s.tokens[i].tag in {"VBZ", "VBP", "VB"} and is_party(s, roles["bearer"].head)


def prescribes(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a clause in the indicative or with its own modal: "suggests that he left", "that ports should close"."""
    content = roles["content"]
    t = s.tokens[content.head]
    if s.tokens[i].dep == "amod":
        return False
    if t.upos not in {"VERB", "AUX"}:
        return s.tokens[i].lemma == "recommend"
    if (
        s.tokens[i].lemma in PLANS
        and any(s.tokens[k].tag == "TO" for k in s.children[content.head])
        and tree.own_subject(s, content.head) is None
    ):
        return False
    if t.head != i and t.dep in {"acl", "relcl"} and s.tokens[i].upos == "VERB":
        return False
    between = s.tokens[i + 1 : content.head]
    if any(x.form in {":", '"', "“", "``"} for x in between):
        return False
    if t.head == i or t.dep in {"ccomp", "acl"}:
        below = [s.tokens[k] for k in s.children[content.head]]
        finite = (
            (t.tag in {"VBD", "VBZ"} and t.lower != t.lemma)  # "demand that the city cut fares"
            or t.lower in FINITE
            or any(x.dep in {"aux", "auxpass"} and x.tag in {"VBD", "VBZ", "VBP"} for x in below)
        )
        return not finite and not any(x.tag == "MD" for x in below)
    return True


PLANS = frozenset({"propose", "advocate", "suggest"})
FINITE = frozenset({"are", "is", "was", "were", "has", "had", "am", "do", "does"})
OWED = frozenset("answer apology compensation explanation justice loyalty protection reparation respect".split())


def owes(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept an act or an apology that is owed, not money."""
    content = roles["content"]
    return s.tokens[content.head].lemma in OWED or content.kind == "verb"


RULES = (
    Rule(
        name="obligation.semi-modal",
        type="obligation",
        modality="must",
        negation="drop",
        slots=slots(bearer="xcomp.subj", content="xcomp"),
        need=("content",),
        accept=binds,
        examples=(
            yes("Every firm has to file a report.", bearer="Every firm", content="file a report"),
            yes("Members are to meet twice a year.", bearer="Members", content="meet twice a year"),
            no("They have a report.", "possession"),
            no("If they need to leave, ring the bell.", "a condition"),
            no("The goal was to win.", "a purpose"),
            no("We are on the roof to fix the lamp.", "a place and a purpose"),
            no("The mission of the club is to plant trees.", "a purpose"),
            no("They left without having to pay.", "nobody had to"),
            no("We do not want to have to move.", "a wish"),
            no("They found the steps needed to win.", "a purpose"),
            no("The damage has yet to be repaired.", "it is not so yet"),
            no("I have to say that the show was dull.", "a way of speaking"),
            yes("The cost is to be borne by the owner.", bearer="the owner", content="be borne by the owner"),
            no("The quieter the fox, the harder it is to see.", "how hard it is"),
            no("The word is to be read as including mules.", "how a text is meant"),
            no("He told them what he has to say.", "a way of speaking"),
            no("She lacks the tool that she needs to open it.", "a means"),
        ),
        source="FrameNet Required_event; Palmer 2001",
    ),
    Rule(
        name="obligation.imposed",
        type="obligation",
        modality="must",
        negation="drop",
        slots=slots(speaker="subj", bearer="obj", content="xcomp | prep:to,with", basis="subj"),
        need=("content",),
        accept=imposes,
        examples=(
            yes("A squad tasked with guarding the port slept.", bearer="A squad", content="guarding the port"),
            yes("The firm is required to publish its accounts.", bearer="The firm", content="publish its accounts"),
            yes("The law obliges owners to clear snow.", bearer="owners", content="clear snow"),
            no("More time is required.", "nobody has to do anything"),
            yes("All boilers are required to be tested.", content="be tested"),
            no("Care is required to lift them.", "a means"),
            no("The permit binds the worker to one farm.", "no action is named"),
            no("If the firm is required to pay, it closes.", "a condition"),
            no("The court may require the firm to pay.", "only possible"),
            no("The Owner may, but shall not be required to, repair the barn.", "nobody has to"),
            no("In no event shall the Owner be required to repair the barn.", "nobody has to"),
        ),
        source="FrameNet Being_obligated, Imposing_obligation",
    ),
    Rule(
        name="obligation.contracted",
        type="obligation",
        modality="must",
        negation="prohibit",
        slots=slots(bearer="declarer | subj", content="xcomp | ccomp | prep:to", counterpart="prep:with"),
        need=("bearer",),
        accept=contracts,
        beats=("commitment.promises", "commitment.noun"),
        examples=(
            yes("Tenant agrees to pay all taxes.", bearer="Tenant", content="pay all taxes"),
            yes("The Licensee undertakes to insure the barn.", bearer="The Licensee", content="insure the barn"),
            yes("Landlord and Tenant agree as follows.", bearer="Landlord"),
            yes("Lessee covenants and agrees to insure the barn.", bearer="Lessee", content="insure the barn"),
            yes("The parties agree that Landlord sells the barn to Tenant.", bearer="The parties"),
            no("Landlord and Tenant agree.", "nothing is undertaken"),
            no("The tenants agreed to pay all taxes.", "a promise told, no party of this text"),
        ),
        source="own; LexDeMod's class of explicit undertakings",
    ),
    Rule(
        name="obligation.warranted",
        type="obligation",
        modality="must",
        negation="drop",
        slots=slots(
            bearer="declarer | subj", content="ccomp.clause | child:conj.ccomp.clause | obj", counterpart="prep:to"
        ),
        need=("bearer",),
        accept=declares,
        beats=("responsibility.admits",),
        confidence=0.6,
        examples=(
            yes(
                "Landlord represents and warrants to Tenant that the roof is sound.",
                bearer="Landlord",
                content="the roof is sound",
            ),
            yes("Tenant hereby acknowledges that the roof leaks.", bearer="Tenant", content="the roof leaks"),
            yes("Lessee acknowledges receipt of the keys.", bearer="Lessee", content="receipt of the keys"),
            yes("Each of Lessor and Lessee represents that it is solvent.", bearer="Lessee"),
            no("The tenants acknowledged that the roof leaks.", "a report, no party of this text"),
            no("Landlord represents Tenant.", "nothing is vouched for"),
        ),
        source="own; LexDeMod's class of explicit undertakings",
    ),
    Rule(
        name="obligation.requires-that",
        type="obligation",
        modality="must",
        slots=slots(speaker="subj", bearer="ccomp.subj", content="ccomp.vp", basis="subj"),
        need=("content", "bearer"),
        accept=stipulates,
        examples=(
            no("The lender may visit, provided that the owner gives consent.", "adds a condition"),
            yes("The treaty requires that members share data.", bearer="members", content="share data"),
            no("The treaty provides that members shall share data.", "the modal carries it"),
            no("The treaty requires patience.", "nobody has to do anything"),
        ),
        source="FrameNet Imposing_obligation",
    ),
    Rule(
        name="obligation.permitted",
        type="obligation",
        modality="may",
        slots=slots(speaker="subj", bearer="obj", content="xcomp | prep:to", basis="subj"),
        need=("content", "bearer"),
        accept=permits,
        beats=("cause.makes-do",),
        examples=(
            no("The bridge allows people to cross.", "a means, not a rule"),
            no("It allows us to sleep well.", "a means, not a rule"),
            yes("Tenants are permitted to keep cats.", bearer="Tenants", content="keep cats"),
            yes("The rules allow members to vote twice.", bearer="members", content="vote twice"),
            no("The weather allowed it.", "nobody is permitted"),
        ),
        source="FrameNet Permitting, Being_obligated",
    ),
    Rule(
        name="obligation.entitled",
        type="obligation",
        modality="may",
        slots=slots(bearer="obj | subj", content="xcomp | prep:to,for"),
        need=("content", "bearer"),
        examples=(
            yes("Workers are entitled to appeal.", bearer="Workers", content="appeal"),
            no("The book is entitled Dunes.", "a title"),
        ),
        source="FrameNet Have_a_right",
    ),
    Rule(
        name="obligation.forbidden",
        type="obligation",
        modality="must-not",
        negation="permit",
        slots=slots(speaker="subj", bearer="obj", content="xcomp | prep:from | child:prep.child:pcomp", basis="subj"),
        need=("content", "bearer"),
        examples=(
            yes("Visitors are prohibited from smoking.", bearer="Visitors", content="smoking"),
            no("Smoking is fun.", "no ban"),
        ),
        source="FrameNet Prohibiting_or_licensing",
    ),
    Rule(
        name="obligation.ban-thing",
        type="obligation",
        modality="must-not",
        negation="permit",
        slots=slots(speaker="subj", bearer="prep:for | obj", content="obj", basis="subj"),
        accept=bans_thing,
        confidence=0.7,
        examples=(
            no("The Red Band is a banned organisation.", "a body is banned, no act"),
            no("The Red Band is banned.", "nobody bans, no act"),
            yes("The council bans the Red Band.", speaker="The council", bearer="the Red Band"),
            yes("The council bans plastic bags.", speaker="The council", content="plastic bags"),
            no("The decree bans.", "nothing is banned"),
        ),
        source="FrameNet Prohibiting_or_licensing",
    ),
    Rule(
        name="obligation.duty-of",
        type="obligation",
        modality="must",
        negation="drop",
        slots=slots(
            bearer="poss | prep:of,for,on,by | falls:to,on,upon,with | taker",
            content="xcomp | prep:of,in | faulted | head.child:xcomp.vp | head.child:dobj,attr.vp",
            counterpart="prep:to,toward,towards",
        ),
        need=("content",),
        accept=dutiful,
        confidence=0.75,
        examples=(
            yes(
                "It is the duty of the state to protect its citizens.",
                bearer="the state",
                content="protect its citizens",
            ),
            yes("The duty to keep records applies to a bank.", bearer="a bank", content="keep records"),
            yes("The upkeep of the dyke is the city's duty.", bearer="the city", content="The upkeep of the dyke"),
            yes("The agency's tasks include inspecting boats.", bearer="The agency", content="inspecting boats"),
            yes("The task of guarding the port fell to the navy.", bearer="the navy", content="guarding the port"),
            yes("The navy assumed the duty of guarding the port.", bearer="The navy", content="guarding the port"),
            yes(
                "An agreement was reached with the navy - whose duty it is to guard the port.",
                bearer="the navy",
                content="guard the port",
            ),
            yes("As host to the fair, Peru stressed the need to mend the road.", content="mend the road"),
            no("The duty on tobacco rose.", "a tax"),
            no("The bank is under no obligation to publish the list.", "nobody has to"),
            no("The guide did a fine job of explaining the map.", "praise"),
            no("The choir has a role to play in village life.", "praise"),
        ),
        source="FrameNet Being_obligated (nouns)",
    ),
    Rule(
        name="obligation.has-duty",
        type="obligation",
        modality="must",
        negation="drop",
        slots=slots(
            bearer="subj",
            content="child:dobj,attr.xcomp | xcomp | child:prep.child:pobj.xcomp",
            counterpart="child:dobj.prep:to,toward,towards",
        ),
        need=("content", "bearer"),
        accept=dutiful,
        beats=("obligation.duty-of", "responsibility.bears"),
        confidence=0.8,
        examples=(
            yes("The council has a duty to feed the poor.", bearer="The council", content="feed the poor"),
            yes("Every owner is under a duty to register.", bearer="Every owner", content="register"),
            no("The council has a hall.", "no duty"),
        ),
        source="FrameNet Being_obligated; light verbs",
    ),
    Rule(
        name="obligation.owes",
        type="obligation",
        modality="must",
        negation="drop",
        slots=slots(bearer="subj", content="xcomp | child:dobj", counterpart="child:dative | prep:to"),
        need=("content", "bearer"),
        accept=owes,
        confidence=0.65,
        examples=(
            yes("The hospital owes the families an apology.", bearer="The hospital", content="an apology"),
            yes("Ministers owe it to the victims to publish the report.", content="publish the report"),
            no("The firm owes the bank a million.", "a debt"),
            no("The town owes its name to a river.", "where something comes from"),
        ),
        source="FrameNet Being_obligated",
    ),
    Rule(
        name="obligation.has-right",
        type="obligation",
        modality="may",
        slots=slots(bearer="subj", content="child:dobj.xcomp | xcomp | child:dobj.prep:to,of"),
        need=("content", "bearer"),
        confidence=0.8,
        examples=(
            yes("Every child has the right to attend school.", bearer="Every child", content="attend school"),
            no("The road has a right turn.", "a direction"),
        ),
        source="FrameNet Have_a_right; Hohfeld 1913",
    ),
    Rule(
        name="obligation.necessary",
        type="obligation",
        modality="must",
        negation="drop",
        slots=slots(bearer="ccomp.subj | xcomp.child:nsubj | prep:for,on,upon", content="ccomp.vp | xcomp"),
        need=("content",),
        accept=needed,
        confidence=0.7,
        examples=(
            yes("It is necessary that banks keep records.", bearer="banks", content="keep records"),
            yes("It is necessary for owners to insure boats.", content="insure boats"),
            yes("It is incumbent on banks to warn clients.", bearer="banks", content="warn clients"),
            no("Water is necessary.", "nobody has to do anything"),
            no("The dam was necessary to prevent floods.", "a purpose"),
            no("They take such steps as may be necessary to win.", "a purpose"),
            no("They lack the money necessary to rebuild.", "a purpose"),
        ),
        source="FrameNet Importance, Required_event",
    ),
    Rule(
        name="obligation.important",
        type="obligation",
        modality="should",
        negation="drop",
        slots=slots(bearer="ccomp.subj | xcomp.child:nsubj | prep:for", content="ccomp.vp | xcomp"),
        need=("content",),
        accept=needed,
        confidence=0.7,
        examples=(
            yes("It is essential that banks keep records.", bearer="banks", content="keep records"),
            yes("It is important for owners to insure boats.", content="insure boats"),
            no("Water is essential.", "nobody has to do anything"),
        ),
        source="FrameNet Importance, Required_event",
    ),
    Rule(
        name="obligation.recommends",
        type="obligation",
        modality="should",
        negation="prohibit",
        slots=slots(speaker="subj", bearer="ccomp.subj | obj", content="ccomp.vp | xcomp | obj"),
        need=("content",),
        accept=prescribes,
        confidence=0.75,
        examples=(
            no("The study suggests that the bridge fell.", "a finding"),
            no("He suggests that ports should close.", "the modal carries it"),
            yes("The panel recommends that hospitals keep records.", speaker="The panel", bearer="hospitals"),
            yes("The panel recommends closing the port.", content="closing the port"),
            no("She came highly recommended.", "praise"),
            no("The firm proposes to sell the barn.", "a plan of its own"),
            no("The finding suggests that delays are likely.", "a finding"),
            no("The recommended route crosses the river.", "a property of a thing"),
        ),
        source="FrameNet Attempt_suasion",
    ),
    Rule(
        name="obligation.recommendation",
        type="obligation",
        modality="should",
        slots=slots(
            speaker="poss | prep:by,from,of | comp", bearer="ccomp.subj | prep:for", content="ccomp.vp | xcomp"
        ),
        need=("content",),
        accept=put_forward,
        confidence=0.65,
        beats=("demand.makes",),
        examples=(
            yes("It was the panel's recommendation that ports close.", speaker="the panel", content="close"),
            no("A recommendation followed.", "nothing is recommended"),
            no("The critic's suggestion that the mayor lied was untrue.", "a charge"),
            no("The bill is a proposal to cut costs.", "a plan"),
        ),
        source="FrameNet Attempt_suasion (nouns)",
    ),
)
