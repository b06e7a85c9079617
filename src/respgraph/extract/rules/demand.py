"""Speech acts that ask: urge, call on, demand, ask, request, order, appeal."""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import can_bear
from respgraph.extract.roles import Filler, infinitive
from respgraph.extract.rule import Rule, no, slots, yes
from respgraph.extract.rules.duty import prescribes

# "ordered the evacuation" asks for an act, "ordered more flour" buys.
ACTION_ENDINGS = ("tion", "sion", "ment", "ance", "ence", "ure", "al", "ing")
ACTIONS = frozenset(
    {
        "arrest",
        "release",
        "halt",
        "end",
        "probe",
        "review",
        "inquiry",
        "strike",
        "ban",
        "recall",
        "return",
        "withdrawal",
        "alert",
        "lockdown",
        "curfew",
        "retrial",
        "trial",
        "check",
        "test",
        "audit",
        "search",
        "boycott",
        "freeze",
        "pause",
        "raid",
        "shutdown",
        "ceasefire",
    }
)
URGING_TEXTS = frozenset("appeal declaration letter motion petition resolution statement".split())
CLAUSE_ONLY = frozenset({"order", "insist", "urge", "ask", "direct", "beg", "propose"})


def somebody_asks(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a subject that cannot speak ("the grant encouraged firms to build"), and mere questions and reminders."""
    t, content = s.tokens[i], s.tokens[roles["content"].head]
    if t.lemma == "expect" and tree.has_passive(s, i):
        return False
    if content.lemma in {"believe", "think", "know", "see", "hear", "learn", "note"} and tree.has_passive(s, i):
        return False  # "I am encouraged to believe", "we were asked to think"
    if t.lemma in {"remind", "warn", "tell", "caution"} and content.dep == "ccomp" and not infinitive(s, content.i):
        return False
    asked = [s.tokens[k].lower for k in s.children[content.i]]
    if t.lemma in {"ask", "tell"} and content.dep == "ccomp" and {"why", "what", "who", "where", "when"} & set(asked):
        return False
    if t.lemma in {"encourage", "invite", "compel", "press", "push"} and "speaker" in roles:
        # "its track record encouraged the city to build", but "a resolution that encourages states to ratify"
        return can_bear(s, roles["speaker"].head) or s.tokens[roles["speaker"].head].lemma in URGING_TEXTS
    return "speaker" in roles or tree.has_passive(s, i) or tree.own_subject(s, i) is None


def moves_clause(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept "at the request of", "on the orders of" beside what is done because of it; not one's own request."""
    t = s.tokens[i]
    by = s.tokens[t.head]
    main = s.tokens[roles["content"].head]
    done = main.tag == "VBD" or (main.tag == "VBN" and main.dep not in {"acl", "amod"})
    if not done or any(s.tokens[k].tag == "MD" or s.tokens[k].lower == "be" for k in s.children[main.i]):
        return False  # "shall be convened at the request of a Party": nobody has asked yet
    if any(s.tokens[k].lower == "own" for k in s.children[i]):
        return False
    if t.dep != "pobj" or by.lower not in {"at", "on", "upon", "per", "under"}:
        return False
    if s.tokens[by.head].upos != "VERB" and s.tokens[by.head].dep != "dobj":
        return False
    if any(s.tokens[k].dep in {"xcomp", "acl", "relcl"} for k in s.children[i]) or s.tokens[by.head].lemma in AGREEING:
        return False
    bearer = roles.get("bearer")
    return bearer is None or bearer.head != roles["speaker"].head


AGREEING = frozenset("act agree comment decide deliver depend focus insist rely respond rule speak vote work".split())


def for_something(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a time or a purpose as what is asked for ("argued for years"), and "how many does it call for"."""
    head = s.tokens[roles["content"].head]
    if s.tokens[i].lemma == "call" and tree.child(s, i, "oprd", "dobj") is not None:
        return False  # "called the decision a response to the threat"
    if any(s.tokens[k].lower in {"how", "what", "which"} for c in s.children[head.i] for k in (c, *s.children[c])):
        return False
    return head.ent not in {"DATE", "TIME", "CARDINAL", "QUANTITY"} and head.lemma not in {
        "purpose",
        "reason",
        "year",
        "time",
        "mother",
    }


def addresses(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse "called it an attack on ...": the preposition must be the verb's own."""
    if s.tokens[i].lemma == "appeal" and "content" not in roles and "speaker" not in roles:
        return False  # "topics that appeal to advertisers"
    thing, last = tree.child(s, i, "dobj", "oprd", "ccomp"), s.tokens[i + 1].lower if i + 1 < len(s.tokens) else ""
    if thing is not None and thing == roles["bearer"].head and last in {"on", "upon"}:
        return True  # "call upon all States to act", where the parser takes the States for the object
    return thing is None and any(
        s.tokens[k].lower in {"on", "upon", "to", "with"} and s.tokens[k].dep in {"prep", "dative", "prt"}
        for k in s.children[i]
    )


# What is asked of somebody when it is wanted: "campaigners want a ban"; nobody is asked for a cup of tea.
WANTED = frozenset(
    "action amnesty apology ban boycott ceasefire change compensation election end extradition halt injunction "
    "inquiry inspection intervention investigation justice moratorium probe recount reform referendum release "
    "reparation resignation retrial review sanction withdrawal".split()
)


URGED = frozenset(
    "action calm caution ceasefire change cooperation debate dialogue end haste moderation patience peace prudence "
    "reconciliation reform resistance restraint support talk unity vigilance vote withdrawal passage adoption approval "
    "ratification rejection defeat".split()
)


def names_demand(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a noun that stands for what is asked only behind "demand": "their demands are ...", "demands: ..."."""
    content = s.tokens[roles["content"].head]
    return content.dep not in {"appos", "attr"} or (s.tokens[i].lemma == "demand" and s.tokens[i].tag == "NNS")


def asks(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse things that ask (a job), purchases, and assertions."""
    t = s.tokens[i]
    if "speaker" not in roles and not tree.has_passive(s, i) and tree.own_subject(s, i) is not None:
        return False
    verbal = s.tokens[roles["content"].head].upos in {"VERB", "AUX"}
    if t.lemma in {"want", "seek"}:
        whom = any(s.tokens[k].lower == "from" for k in s.children[i]) and "bearer" in roles
        return not verbal and "speaker" in roles and (s.tokens[roles["content"].head].lemma in WANTED or whom)
    if s.tokens[roles["content"].head].dep == "prep":
        return False
    if t.lemma in CLAUSE_ONLY and not verbal:
        head = s.tokens[roles["content"].head].lemma
        if t.lemma == "order" and (head.endswith(ACTION_ENDINGS) or head in ACTIONS):
            return True
        if t.lemma == "ask" and "bearer" in roles and "speaker" in roles:
            return True
        if t.lemma == "urge" and head in URGED:
            return True  # "urged restraint"
        return len([k for k in s.children[i] if s.tokens[k].lower == "on"]) > 0
    return not verbal or prescribes(s, i, roles)


RULES = (
    Rule(
        name="demand.addressee",
        type="demand",
        negation="drop",
        slots=slots(speaker="subj", bearer="obj | prep:to,on,upon", content="xcomp | ccomp.vp | prep:for,into,to"),
        need=("content", "bearer"),
        accept=somebody_asks,
        beats=("demand.calls-for",),
        confidence=0.85,
        examples=(
            no("The subsidy encouraged firms to build plants.", "a grant asks nobody"),
            yes("Parents pressed the council for answers.", bearer="the council", content="answers"),
            yes(
                "Doctors urged the ministry to publish the data.",
                speaker="Doctors",
                bearer="the ministry",
                content="publish the data",
            ),
            no("I am often asked why the council voted.", "a question"),
            no("He warned the council that the sale leads to ruin.", "a forecast"),
            no("She reminded members that the hall was closed.", "a reminder"),
            no("Rain is expected to leave puddles.", "a forecast"),
            yes("Residents were ordered to leave the town.", bearer="Residents", content="leave the town"),
            no("She urged calm.", "nobody is addressed"),
            yes("The resolution encourages all states to ratify the pact.", bearer="all states"),
            no("The record encouraged the council to build another.", "a record asks nobody"),
        ),
        source="FrameNet Request, Attempt_suasion; VerbNet order-60",
    ),
    Rule(
        name="demand.calls-on",
        type="demand",
        negation="drop",
        slots=slots(speaker="subj", bearer="prep:on,upon,to,with | obj", content="xcomp | prep:for | ccomp.vp"),
        need=("bearer",),
        accept=addresses,
        confidence=0.9,
        beats=("demand.calls-for", "demand.thing"),
        examples=(
            no("He called it an attack on Kenya.", "a name, not a call"),
            yes(
                "The union called on the mayor to resign.",
                speaker="The union",
                bearer="the mayor",
                content="resign",
            ),
            yes("His sister pleaded with him to see a doctor.", bearer="him", content="see a doctor"),
            no("They called on Monday.", "a day is no addressee"),
            yes("We call upon all Member States to participate.", bearer="all Member States", content="participate"),
        ),
        source="FrameNet Request",
    ),
    Rule(
        name="demand.calls-for",
        type="demand",
        accept=for_something,
        negation="drop",
        slots=slots(speaker="subj", bearer="doer | prep:from,by | helper", content="prep:for,to | xcomp | obj"),
        need=("content", "speaker"),
        confidence=0.8,
        examples=(
            yes("Villagers called for an inquiry.", speaker="Villagers", content="an inquiry"),
            yes("Villagers called for government help.", bearer="government", content="government help"),
            yes("Villagers called for the resignation of the mayor.", bearer="the mayor"),
            no("Somebody called.", "nothing is asked for"),
            no("They argued for years.", "a time"),
            no("The problem is how many helpers it calls for.", "nobody asks"),
        ),
        source="FrameNet Request",
    ),
    Rule(
        name="demand.calls-for-to",
        type="demand",
        negation="drop",
        slots=slots(
            speaker="subj",
            bearer="prep:for | xcomp.child:nsubj",
            content="xcomp.vp | prep:for.child:acl,relcl",
        ),
        need=("content", "bearer", "speaker"),
        beats=("demand.calls-for",),
        confidence=0.8,
        examples=(
            yes(
                "Villagers called for the ministry to publish the report.",
                bearer="the ministry",
                content="publish the report",
            ),
            no("Villagers called for help.", "nobody is asked"),
        ),
        source="FrameNet Request",
    ),
    Rule(
        name="demand.thing",
        type="demand",
        negation="drop",
        slots=slots(
            speaker="subj",
            bearer="ccomp.subj | doer | prep:from | own:of | child:dobj.prep:from,by | reader",
            content="ccomp.vp | child:dobj | xcomp | child:nsubjpass | own:on",
        ),
        need=("content",),
        accept=asks,
        confidence=0.75,
        examples=(
            yes(
                "Protesters demanded an apology from the bishop.",
                bearer="the bishop",
                content="an apology from the bishop",
            ),
            yes("Nurses demand that hospitals hire staff.", bearer="hospitals", content="hire staff"),
            yes(
                "Villagers wrote to the embassy asking to waive the fee.", bearer="the embassy", content="waive the fee"
            ),
            yes("The judge ordered that the gates stay shut.", content="stay shut"),
            no("The job demands patience.", "a job asks nobody"),
            yes("Villagers demanded the mayor's resignation.", bearer="the mayor"),
            yes("Campaigners want a ban on cars.", speaker="Campaigners", content="a ban on cars"),
            yes("Customers sought an apology from the bank.", bearer="the bank"),
            yes("The envoy urged restraint.", speaker="The envoy", content="restraint"),
            no("Parents want cake.", "nobody is asked"),
            no("The firm sought shelter from the rain.", "rain is asked for nothing"),
            yes(
                "The mayor ordered the evacuation of the harbour.",
                speaker="The mayor",
                content="the evacuation of the harbour",
            ),
            yes(
                "The bishop asked forgiveness from the villagers.",
                bearer="the villagers",
                content="forgiveness",
            ),
            no("Shops ordered more flour.", "a purchase"),
            no("They insist that he was wrong.", "an assertion"),
        ),
        source="FrameNet Request",
    ),
    Rule(
        name="demand.noun",
        type="demand",
        slots=slots(
            speaker="poss | prep:by,from,of | comp | voicer",
            bearer="prep:to,on | xcomp.child:nsubj | ccomp.subj",
            content="prep:for | xcomp | ccomp.vp | child:appos | head.child:attr",
        ),
        need=("content", "speaker"),
        accept=names_demand,
        confidence=0.65,
        examples=(
            yes("The bishop's call for calm was heard.", speaker="The bishop", content="calm"),
            yes("The bishop published an appeal for calm.", speaker="The bishop", content="calm"),
            yes("The bishop wrote to the mayor with a plea to reopen the mill.", speaker="The bishop"),
            yes("The union's demand that the council reopen the mill was heard.", bearer="the council"),
            yes("The strikers' demands: higher pay and shorter shifts.", content="higher pay and shorter shifts"),
            yes("Their demands are higher pay and shorter shifts.", content="higher pay and shorter shifts"),
            no("The phone call lasted an hour.", "no request"),
            no("The bishop's call was a mistake.", "not what is asked for"),
        ),
        source="FrameNet Request (nouns)",
    ),
    Rule(
        name="demand.at-request",
        type="demand",
        slots=slots(speaker="poss | prep:of,from,by", bearer="main.subj", content="main.vp"),
        need=("content", "speaker"),
        accept=moves_clause,
        beats=("demand.noun",),
        confidence=0.75,
        examples=(
            yes(
                "At the request of the regulator, the company withdrew the syrup.",
                speaker="the regulator",
                bearer="the company",
                content="withdrew the syrup",
            ),
            yes(
                "On the mayor's orders, the clerk burned the files.",
                speaker="the mayor",
                content="burned the files",
            ),
            yes("The port was closed at the behest of the navy.", speaker="the navy"),
            no("The request of the regulator was on time.", "a request for nothing"),
            no("He read the text of the request of the regulator.", "nothing is done on it"),
            no("They acted on the invitation of May.", "a month asks nobody"),
            no("The board shall meet at the request of a member.", "nobody has asked yet"),
        ),
        source="FrameNet Request; own",
    ),
    Rule(
        name="demand.makes",
        type="demand",
        slots=slots(
            speaker="subj",
            bearer="prep:to,on | child:dobj.prep:to,on | child:dative | ccomp.subj",
            content="child:dobj.prep:for | child:dobj.xcomp | xcomp | prep:for | child:dobj.ccomp.vp | ccomp.vp",
        ),
        need=("content", "speaker"),
        confidence=0.75,
        beats=("demand.noun",),
        examples=(
            yes("The bishop issued an appeal for calm.", speaker="The bishop", content="calm"),
            yes("The bishop renewed his call today that the army leave.", bearer="the army", content="leave"),
            no("The bishop issued a stamp.", "no request"),
        ),
        source="FrameNet Request; light verbs",
    ),
    Rule(
        name="demand.wants",
        type="demand",
        negation="drop",
        slots=slots(speaker="subj", bearer="obj | ccomp.subj | xcomp.child:nsubj", content="xcomp | ccomp.vp"),
        need=("bearer", "content", "speaker"),
        confidence=0.6,
        examples=(
            yes("Parents want the school to reopen.", speaker="Parents", content="reopen"),
            no("Parents want cake.", "nobody is asked"),
        ),
        source="FrameNet Desiring",
    ),
)
