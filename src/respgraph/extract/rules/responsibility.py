"""Who bears, shares, takes or is held to responsibility: predicates, light verbs and nouns."""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import can_bear, is_first_person
from respgraph.extract.roles import Filler
from respgraph.extract.rule import Rule, no, slots, yes
from respgraph.extract.rules.deed import HARM

SHARES = frozenset(
    (
        "solely jointly partly directly equally fully wholly largely mainly primarily ultimately "
        "personally collectively entirely mutually criminally legally morally individually"
    ).split()
)
BURDENS = frozenset(
    {"responsibility", "blame", "burden", "guilt", "accountability", "liability", "duty", "fault", "obligation"}
)


FACTS = frozenset(
    "access appeal assessment asylum bail entry existence extension fact finding holocaust motion parole permission "
    "permit petition reality request right science truth visa".split()
)


def disowns(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse "denied him entry", a refusal, and "denied that it was to blame", where the clause has its own rule."""
    content = s.tokens[roles["content"].head]
    if content.lemma == "be" and content.dep == "ccomp":
        near = [*s.children[content.i], *(c for k in s.children[content.i] for c in s.children[k])]
        if any(s.tokens[k].lemma in {"blame", "fault"} for k in near):
            return False
    if s.tokens[i].tag == "VBG" and s.tokens[i].dep in {"csubj", "pcomp", "xcomp"}:
        return False  # "ruled that denying women the vote broke the law"
    if any(s.tokens[k].tag == "MD" and s.tokens[k].lower in {"should", "must"} for k in s.children[content.i]):
        return False  # "denied that cities should pay"
    if content.lemma in FACTS:
        return False  # "some deny the findings of science", "denied an appeal"
    given = tree.child(s, i, "dative")
    return given is None or s.tokens[given].upos == "ADP"


def of_a_matter(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse responsibility as a virtue: with a degree or a field, and for nothing."""
    verdict = s.tokens[s.tokens[i].head]
    if s.tokens[i].dep == "oprd" and verdict.lemma in {"find", "hold", "declare", "deem"}:
        return False  # "the two men found guilty of arson": the verb has its own rule
    if "content" in roles or "counterpart" in roles:
        return True
    below = [s.tokens[k].lower for k in s.children[i] if s.tokens[k].dep == "advmod"]
    verb = s.tokens[i].head
    asked = any(s.tokens[k].tag in {"TO", "MD"} for k in s.children[verb])
    virtue = any(w in {"more", "very", "so", "most", "less"} or (w.endswith("ly") and w not in SHARES) for w in below)
    return not virtue and not asked


def owns_up(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a thing as what is admitted (a guest, defeat), and "I must admit"."""
    t = s.tokens[i]
    thing = s.tokens[roles["content"].head]
    if t.lemma in {"acknowledge", "concede"} and (thing.lemma not in HARM or "bearer" not in roles):
        return False
    if t.lemma in {"admit", "confess"} and thing.dep == "dobj" and thing.upos not in {"VERB", "AUX"}:
        return False
    if any(s.tokens[k].tag == "MD" and s.tokens[k].lower in {"must", "should"} for k in s.children[i]):
        return False
    if tree.has_passive(s, i) or (t.dep == "xcomp" and s.tokens[t.head].lemma == "have"):
        return False
    if thing.dep == "pobj" and t.lemma in {"admit", "confess"}:
        return False
    return own_deed(s, i, roles)


def own_deed(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Say whether what is admitted is the speaker's own doing: "regrets that others left" admits nothing."""
    bearer, speaker = roles.get("bearer"), roles.get("speaker")
    if bearer is None:
        return False
    if speaker is None or bearer.head == speaker.head:
        return s.tokens[roles["content"].head].dep not in {"ccomp"} or s.tokens[i].lemma != "regret"
    if s.tokens[i].lemma == "regret":
        return False
    who = s.tokens[bearer.head]
    owned = any(s.tokens[k].tag == "PRP$" for k in s.children[bearer.head])
    return who.tag == "PRP" or owned or who.lemma == s.tokens[speaker.head].lemma


def says_sorry(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept an apology that is made: not one asked for or refused, no pity."""
    t = s.tokens[i]
    if t.lemma == "sorry":
        content = roles.get("content")
        return content is not None and not can_bear(s, content.head) and is_first_person(s.tokens[roles["bearer"].head])
    below = [s.tokens[k] for k in s.children[i]]
    plain = not any(x.tag in {"MD", "TO"} or x.dep == "neg" for x in below)
    return plain and "content" not in roles  # what somebody apologises for is admitted: another rule


def whose(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse "their responsibilities" (tasks nobody names) and the negligence one suffers from."""
    return "content" in roles or s.tokens[i].tag not in {"NNS", "NNPS"}


def burden_shared(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept only a burden as what is shared: "the web of responsibility that nations share"."""
    below = {s.tokens[k].lemma for k in tree.subtree(s, roles["content"].head, frozenset({"relcl"}))}
    return s.tokens[i].dep == "relcl" and bool(below & BURDENS)


# Rules whose bearer takes it on himself where he is the one who says it: "we are to blame", "we failed them"; and those
# of them that name responsibility itself, so that "it", said of oneself, does so too: "the army said it was to blame".
NAMED = frozenset(f"responsibility.{name}" for name in "is-responsible to-blame possessed bears lies-with".split())
OWNED = NAMED | {f"responsibility.{name}" for name in "fails breaks failure errs lets-down said-bad".split()}
OF_MATTER = "prep:for,over | xcomp | ccomp"

RULES = (
    Rule(
        name="responsibility.is-responsible",
        type="responsibility",
        accept=of_a_matter,
        stance="assigns",
        sense="accountability",
        slots=slots(bearer="subj", content="prep:for,of,over,in | xcomp", counterpart="prep:to,before"),
        need=("bearer",),
        examples=(
            yes("The ministry is responsible for the flooding.", bearer="The ministry", content="the flooding"),
            yes("The company is not liable for the damage.", bearer="The company", stance="denies"),
            no("A responsible adult waited outside.", "a quality, not a claim about a matter"),
            no("The Nordic states are fiscally responsible.", "a virtue"),
            no("Members are urged to be more accountable.", "a virtue"),
        ),
        source="FrameNet Being_responsible; van de Poel 2011",
    ),
    Rule(
        name="responsibility.to-blame",
        type="responsibility",
        stance="assigns",
        sense="blame",
        slots=slots(bearer="subj", content="child:xcomp.prep:for | child:prep.child:pobj.prep:for | prep:for"),
        need=("bearer",),
        examples=(
            yes("The refinery is to blame for the spill.", bearer="The refinery", content="the spill"),
            yes("The pilot was not at fault.", bearer="The pilot", stance="denies"),
            no("The refinery is to close.", "a plan"),
        ),
        source="FrameNet Judgment; own",
    ),
    Rule(
        name="responsibility.those-responsible",
        type="responsibility",
        stance="assigns",
        sense="accountability",
        slots=slots(bearer="head", content="prep:for,of"),
        need=("bearer", "content"),
        confidence=0.6,
        examples=(
            yes("They met the agency responsible for water.", bearer="the agency", content="water"),
            no("The agency responsible was unknown.", "no matter is named"),
        ),
        source="FrameNet Being_responsible",
    ),
    Rule(
        name="responsibility.lies-with",
        type="responsibility",
        stance="assigns",
        sense="accountability",
        slots=slots(
            bearer="prep:with,on,upon,at,to",
            content="child:nsubj,nsubjpass.prep:for,of,to | child:nsubj.xcomp | prep:for",
        ),
        need=("bearer",),
        confidence=0.9,
        examples=(
            yes(
                "Responsibility for the leak lies squarely with the operator.",
                bearer="the operator",
                content="the leak",
                degree="sole",
            ),
            yes("The blame rests mainly with ministers.", bearer="ministers", degree="primary"),
            no("The town lies with its back to the hill.", "no responsibility lies there"),
        ),
        source="FrameNet Being_responsible; own",
    ),
    Rule(
        name="responsibility.bears",
        type="responsibility",
        stance="assigns",
        sense="accountability",
        slots=slots(bearer="subj", content=f"{OF_MATTER} | child:dobj.prep:for,of | child:dobj.xcomp"),
        need=("bearer",),
        confidence=0.85,
        examples=(
            yes("The operator bears full responsibility for the leak.", bearer="The operator", content="the leak"),
            yes("Europe bears the blame.", bearer="Europe"),
            no("The bridge bears heavy traffic.", "no responsibility is borne"),
        ),
        source="FrameNet Being_responsible; light verbs",
    ),
    Rule(
        name="responsibility.accepts",
        type="responsibility",
        stance="accepts",
        sense="accountability",
        slots=slots(
            speaker="subj",
            bearer="owner | subj",
            content=f"{OF_MATTER} | child:dobj.prep:for,of | child:oprd,acomp.prep:to,of | child:dobj.own:in",
        ),
        need=("bearer",),
        confidence=0.85,
        examples=(
            yes("The group accepted responsibility for the attack.", bearer="The group", content="the attack"),
            yes("The mayor refused to accept responsibility.", bearer="The mayor", stance="denies"),
            yes("The banker pleaded guilty to two frauds.", bearer="The banker", content="two frauds"),
            yes("The premier acknowledged the army's responsibility.", speaker="The premier", bearer="the army"),
            no("She accepted the prize.", "no responsibility is accepted"),
        ),
        source="FrameNet Judgment_communication; light verbs",
    ),
    Rule(
        name="responsibility.claims",
        type="responsibility",
        stance="accepts",
        sense="accountability",
        negation="drop",
        slots=slots(speaker="subj", bearer="subj", content="prep:for | child:dobj.prep:for"),
        need=("bearer",),
        confidence=0.85,
        examples=(
            yes("The Red Band claimed responsibility for the raid.", bearer="The Red Band", content="the raid"),
            no("The Red Band has not claimed responsibility for the raid.", "nothing is said"),
        ),
        source="FrameNet Judgment_communication; light verbs",
    ),
    Rule(
        name="responsibility.denies",
        type="responsibility",
        stance="denies",
        sense="accountability",
        negation="drop",
        slots=slots(
            speaker="subj",
            bearer="ccomp.subj | subj",
            content="xcomp | ccomp.vp | obj | prep:of",
        ),
        need=("speaker", "bearer", "content"),
        accept=disowns,
        examples=(
            yes("The operator denied opening the gates.", speaker="The operator", content="opening the gates"),
            yes("Kenya denies that its army burned the huts.", bearer="its army", content="burned the huts"),
            no("They denied him entry.", "a refusal of a thing to somebody"),
            no("The judge wrote that denying women the vote broke the law.", "a refusal, by nobody in particular"),
            no("The operator denied that it was to blame.", "the clause says it"),
        ),
        source="FrameNet Statement (deny); PolNeAR",
    ),
    Rule(
        name="responsibility.did-no-wrong",
        type="responsibility",
        stance="denies",
        sense="blame",
        negation="drop",
        slots=slots(bearer="subj"),
        need=("bearer",),
        confidence=0.75,
        examples=(
            yes("The banker said she had done nothing wrong.", bearer="she"),
            yes("The judge ruled that the army did nothing wrong.", bearer="the army"),
            no("The banker did nothing.", "nobody is defended"),
        ),
        source="FrameNet Guilt_or_innocence",
    ),
    Rule(
        name="responsibility.protests",
        type="responsibility",
        stance="denies",
        sense="blame",
        negation="drop",
        slots=slots(speaker="subj", bearer="subj"),
        need=("bearer",),
        confidence=0.75,
        examples=(
            yes("The banker maintained his innocence.", bearer="The banker"),
            no("The banker maintained his garden.", "no charge is denied"),
        ),
        source="FrameNet Guilt_or_innocence",
    ),
    Rule(
        name="responsibility.rejects",
        type="responsibility",
        stance="denies",
        sense="accountability",
        slots=slots(speaker="subj", bearer="subj", content="child:dobj.prep:for,of | child:dobj.self | ccomp"),
        need=("speaker",),
        confidence=0.7,
        examples=(
            yes("The minister rejected the allegations.", bearer="The minister", content="the allegations"),
            no("The minister rejected the offer.", "an offer is no charge"),
        ),
        source="FrameNet Judgment_communication",
    ),
    Rule(
        name="responsibility.admits",
        type="responsibility",
        stance="accepts",
        sense="accountability",
        slots=slots(speaker="subj", bearer="ccomp.subj | subj", content="xcomp | ccomp.vp | prep:for | prep:to | obj"),
        accept=owns_up,
        need=("speaker", "content"),
        confidence=0.7,
        examples=(
            yes("The driver admitted causing the crash.", bearer="The driver", content="causing the crash"),
            yes("The firm apologised for the delay.", bearer="The firm", content="the delay"),
            yes("Envoys acknowledged that their army had bombed the school.", bearer="their army"),
            no("Envoys acknowledged that the road was long.", "no wrong"),
            no("The hall admits two hundred guests.", "a hall cannot confess"),
            no("The candidate admitted defeat.", "no wrong"),
            no("We regret that the envoy left the talks.", "others' doing"),
            no("He was admitted to the academy.", "entry"),
            no("I must admit that the view is fine.", "a way of speaking"),
        ),
        source="FrameNet Statement (admit, confess)",
    ),
    Rule(
        name="responsibility.apologises",
        type="responsibility",
        stance="accepts",
        sense="accountability",
        negation="drop",
        slots=slots(speaker="subj", bearer="subj", content="prep:for", counterpart="prep:to"),
        need=("speaker", "bearer"),
        accept=says_sorry,
        confidence=0.65,
        examples=(
            yes("The bank apologised to its customers.", bearer="The bank", counterpart="its customers"),
            yes('"We are sorry for the delay," the coach said.', bearer="We", content="the delay"),
            no("The bank refused to apologise.", "it does not"),
            no("The bank must apologise.", "it is to"),
            no("The coach was sorry for the widow.", "pity"),
        ),
        source="FrameNet Judgment_communication; Searle 1969 (expressives)",
    ),
    Rule(
        name="responsibility.denial",
        type="responsibility",
        stance="denies",
        sense="accountability",
        negation="drop",
        slots=slots(speaker="poss | own:by,from", bearer="poss | own:by,from", content="own:of | ccomp | prep:of"),
        need=("bearer", "content"),
        confidence=0.65,
        examples=(
            yes(
                "Reporters doubted the minister's denial of the payments.",
                bearer="the minister",
                content="the payments",
            ),
            no("A denial of service attack hit the bank.", "nobody denies"),
        ),
        source="FrameNet Statement (nouns)",
    ),
    Rule(
        name="responsibility.admission",
        type="responsibility",
        stance="accepts",
        sense="accountability",
        negation="drop",
        slots=slots(speaker="poss | own:by,from", bearer="poss | own:by,from", content="own:of,for | ccomp"),
        need=("bearer", "content"),
        confidence=0.6,
        examples=(
            yes("The bank's apology for the losses came late.", bearer="The bank", content="the losses"),
            no("Admission is free.", "entry"),
        ),
        source="FrameNet Statement (nouns)",
    ),
    Rule(
        name="responsibility.shares",
        type="responsibility",
        stance="shares",
        degree="shared",
        sense="accountability",
        slots=slots(bearer="subj", content="child:dobj.prep:for,of | prep:for | child:dobj", counterpart="prep:with"),
        need=("bearer",),
        examples=(
            yes("Both cities share responsibility for the river.", bearer="Both cities", content="the river"),
            no("They share a flat.", "a flat is no burden"),
        ),
        source="van de Poel 2011 (problem of many hands)",
    ),
    Rule(
        name="responsibility.shared-relative",
        type="responsibility",
        stance="shares",
        degree="shared",
        sense="accountability",
        slots=slots(bearer="subj", content="head"),
        need=("bearer", "content"),
        accept=burden_shared,
        examples=(
            yes("It showed the web of responsibility that nations share.", bearer="nations"),
            no("It was the flat that students share.", "a flat is no burden"),
        ),
        source="van de Poel 2011 (problem of many hands)",
    ),
    Rule(
        name="responsibility.possessed",
        type="responsibility",
        stance="assigns",
        sense="accountability",
        slots=slots(
            bearer="poss | own:of,by", content="prep:for,over | prep:toward,towards | faulted", counterpart="prep:to"
        ),
        accept=whose,
        need=("bearer",),
        confidence=0.65,
        examples=(
            yes("She stressed the company's responsibility for the spill.", bearer="the company", content="the spill"),
            no("Responsibility is a burden.", "nobody's"),
            no("They decided on their respective responsibilities.", "tasks nobody names"),
        ),
        source="FrameNet Being_responsible (nouns)",
    ),
    Rule(
        name="responsibility.has-role",
        type="responsibility",
        stance="assigns",
        sense="role",
        slots=slots(bearer="subj", content="prep:for,of,with | xcomp"),
        need=("bearer", "content"),
        confidence=0.7,
        examples=(
            yes("The council oversees housing and is in charge of permits.", bearer="The council", content="permits"),
            no("The charge was paid.", "a price"),
        ),
        source="Hart 1968 (role responsibility)",
    ),
    Rule(
        name="responsibility.entrusted",
        type="responsibility",
        stance="assigns",
        sense="role",
        slots=slots(bearer="prep:to | obj", content="prep:with | xcomp | obj"),
        need=("bearer", "content"),
        confidence=0.7,
        examples=(
            yes("The archive was entrusted to the agency.", bearer="the agency", content="The archive"),
            yes("The agency was entrusted with the archive.", bearer="The agency", content="the archive"),
            no("He trusted the map.", "a map bears nothing"),
        ),
        source="Hart 1968 (role responsibility)",
    ),
    Rule(
        name="responsibility.exonerates",
        type="responsibility",
        stance="denies",
        sense="blame",
        negation="assign",
        slots=slots(speaker="subj", bearer="obj", content="prep:of,from,for,on"),
        need=("bearer",),
        confidence=0.75,
        examples=(
            yes("The court acquitted the guard of murder.", speaker="The court", bearer="the guard", content="murder"),
            no("They cleared the table.", "a table bears nothing"),
        ),
        source="FrameNet Verdict",
    ),
    Rule(
        name="responsibility.innocent",
        type="responsibility",
        stance="denies",
        sense="blame",
        negation="assign",
        slots=slots(bearer="subj", content="prep:of,for"),
        need=("bearer",),
        confidence=0.75,
        examples=(
            yes("The officer is innocent of the charge.", bearer="The officer", content="the charge"),
            no("It was an innocent game.", "a game bears nothing"),
        ),
        source="FrameNet Guilt_or_innocence",
    ),
)
