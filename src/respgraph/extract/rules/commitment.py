"""Promises, undertakings, offers, announced plans and refusals."""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import can_bear
from respgraph.extract.roles import Filler
from respgraph.extract.rule import Rule, no, slots, yes

KIND_WORDS = frozenset(
    "congratulation condolence sympathy thank gratitude greeting apology regard respect tribute prayer wish".split()
)


OFFERED = frozenset(
    "compensation refund reward settlement help assistance support aid asylum amnesty ceasefire resignation".split()
)


BACKING = frozenset("assistance backing commitment cooperation help loyalty support".split())
DUTIES = frozenset("duty need obligation responsibility right".split())
MENACES = frozenset("action boycott invasion lawsuit retaliation sanction strike tariff veto walkout war".split())
# "The bank's offer of help", not "the plan of the city".
GIVEN = frozenset("offer promise pledge guarantee assurance".split())


def undertakes(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a person as what is promised ("promised residents that ..."), and kind words that are offered."""
    content, thing = roles["content"], tree.child(s, i, "dobj")
    if thing is not None and s.tokens[thing].lemma in DUTIES:
        return False  # "reaffirmed the obligation of all parties to respect hospitals"
    if s.tokens[i].lemma in {"assure", "reassure"}:
        will = any(s.tokens[k].tag == "MD" for k in s.children[content.head])
        return will or s.tokens[content.head].lemma in BACKING  # not "assured them that it was safe", "of the facts"
    if s.tokens[i].upos == "NOUN" and s.tokens[s.tokens[content.head].head].lower == "of":
        return s.tokens[i].lemma in GIVEN and not can_bear(s, content.head)
    if content.kind == "noun" and s.tokens[content.head].lemma in KIND_WORDS | {"oath", "vow", "promise"}:
        return False
    if s.tokens[i].lemma == "offer" and thing is not None and s.tokens[thing].lemma not in OFFERED:
        return False  # "they offer flights to the islands", "it offers people chances to learn"
    if s.tokens[i].lemma == "determined" and s.tokens[content.head].dep == "ccomp":
        return False  # "the agency determined that it is safe"
    if s.tokens[i].lemma == "determined" and s.tokens[content.head].lemma in {"have", "be", "suffer", "lack"}:
        return False  # "he was determined to have a fever"
    if s.tokens[i].lemma == "threaten" and content.kind == "noun" and s.tokens[content.head].lemma not in MENACES:
        return False  # "threatened the crew", "threatened the forest"
    if s.tokens[i].lemma == "agree" and tree.has_passive(s, i):
        return False  # "at a rate agreed to by the council"
    if s.tokens[i].lemma == "undertake" and content.kind == "noun":
        return False  # "the work undertaken by the fund" is done, not promised
    return (
        content.kind != "noun"
        or s.tokens[content.head].ent == "MONEY"
        or counted(s, content.head)
        or not can_bear(s, content.head)
    )


def counted(s: Sentence, k: int) -> bool:
    """Say whether a sum of money is meant: "pledged 40 million crowns"."""
    return any(t.lower in {"million", "billion", "trillion"} for t in s.tokens[max(0, k - 2) : k])


RULES = (
    Rule(
        name="commitment.promises",
        type="commitment",
        accept=undertakes,
        stance="accepts",
        negation="drop",
        slots=slots(
            speaker="subj",
            bearer="subj",
            content="xcomp | ccomp.vp | before | given | child:dobj | obj | prep:to,on",
            counterpart="child:dative | prep:to",
        ),
        need=("content", "bearer"),
        confidence=0.8,
        examples=(
            yes("Ruritania pledged to cut emissions.", bearer="Ruritania", content="cut emissions"),
            yes("The firm promised that it would rebuild the wall.", bearer="The firm"),
            no("The firm offered its workers.", "nobody promises people"),
            yes("The firm promised the villagers clean water.", bearer="The firm", content="clean water"),
            yes("Tenants were promised new flats by the city.", bearer="the city", content="new flats"),
            no("The firm offers flights to the islands.", "a service"),
            no("The firm offered its condolences.", "kind words"),
            yes("Ruritania promised not to raise taxes.", content="not to raise taxes"),
            no("Ruritania did not promise to rebuild the wall.", "nothing is said"),
            no("The clouds promise rain.", "clouds bind nobody"),
            yes("The killers will be found, the mayor vowed.", bearer="the mayor", content="The killers will be found"),
            yes("The union threatened a strike.", bearer="The union", content="a strike"),
            no("The union threatened the crew.", "nobody says what with"),
            yes("The bank assured savers that it would repay them.", bearer="The bank", content="repay them"),
            no("The bank assured savers that their money was safe.", "no promise"),
            yes("We assure the mayor of our full support.", bearer="We", content="our full support"),
            no("They praised the work undertaken by the fund.", "it is done"),
        ),
        source="FrameNet Commitment",
    ),
    Rule(
        name="commitment.refuses",
        type="commitment",
        stance="denies",
        negation="drop",
        slots=slots(speaker="subj", bearer="subj", content="xcomp | obj"),
        need=("content", "bearer"),
        confidence=0.85,
        examples=(
            yes("The landlord refused to repair the roof.", bearer="The landlord", content="repair the roof"),
            yes("The premier ruled out a tax rise.", bearer="The premier", content="a tax rise"),
            no("The engine refused to start.", "an engine refuses nothing"),
        ),
        source="FrameNet Agree_or_refuse_to_act",
    ),
    Rule(
        name="commitment.rejects-call",
        type="commitment",
        stance="denies",
        negation="drop",
        slots=slots(speaker="subj", bearer="subj", content="child:dobj.xcomp.vp | child:dobj.child:acl"),
        need=("content", "bearer"),
        confidence=0.7,
        examples=(
            yes("The mayor rejected calls to resign.", bearer="The mayor", content="resign"),
            no("The mayor rejected calls.", "nothing is named that somebody should do"),
            no("The mayor rejected a claim to the land.", "no call on the mayor"),
        ),
        source="FrameNet Agree_or_refuse_to_act",
    ),
    Rule(
        name="commitment.plans",
        type="commitment",
        accept=undertakes,
        stance="accepts",
        slots=slots(
            speaker="subj | obj",
            bearer="subj | obj",
            content=(
                "child:dobj,attr,acomp.xcomp | xcomp | child:dobj.ccomp.vp | ccomp.vp | "
                "child:dobj.prep:for,of,to | prep:to"
            ),
        ),
        need=("content", "bearer"),
        confidence=0.7,
        examples=(
            yes("The city announced plans to build a dyke.", bearer="The city", content="build a dyke"),
            yes("The bank is ready to refund customers.", bearer="The bank", content="refund customers"),
            yes(
                "Our country is committed to a fair transition.",
                bearer="Our country",
                content="a fair transition",
            ),
            no("The thief was committed to a prison.", "a person is taken to a place"),
            yes("The bank gave an undertaking that it would refund customers.", bearer="The bank"),
            no("The city announced a concert.", "no undertaking"),
            no("The city reaffirmed the obligation of owners to clear snow.", "a duty of others"),
        ),
        source="FrameNet Commitment, Willingness; light verbs",
    ),
    Rule(
        name="commitment.noun",
        type="commitment",
        accept=undertakes,
        stance="accepts",
        slots=slots(
            speaker="poss | own:by,from | prep:by,from,of | comp | voicer",
            bearer="poss | own:by,from | prep:by,from,of | comp | voicer",
            content="xcomp | ccomp.vp | prep:to | own:of",
        ),
        need=("content", "bearer"),
        confidence=0.65,
        examples=(
            yes(
                "The firm's promise to rebuild the wall was kept.",
                bearer="The firm",
                content="rebuild the wall",
            ),
            yes(
                "They welcomed a government pledge to build homes.",
                bearer="government",
                content="build homes",
            ),
            yes("They welcomed the bank's offer of help.", bearer="the bank", content="help"),
            yes("The mayor campaigned on a promise to build homes.", bearer="The mayor", content="build homes"),
            no("A promise was kept.", "nobody's"),
        ),
        source="FrameNet Commitment (nouns)",
    ),
    Rule(
        name="commitment.refusal",
        type="commitment",
        stance="denies",
        slots=slots(speaker="poss | prep:by,of | comp", bearer="poss | prep:by,of | comp", content="xcomp | prep:of"),
        need=("content", "bearer"),
        confidence=0.7,
        examples=(
            yes(
                "The landlord's refusal to repair the roof angered tenants.",
                bearer="The landlord",
                content="repair the roof",
            ),
            no("A refusal followed.", "nobody's"),
        ),
        source="FrameNet Agree_or_refuse_to_act (nouns)",
    ),
)
