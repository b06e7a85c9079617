"""Criticism that is no charge yet: verbal attack, mockery, being critical of somebody, a shot taken at somebody.

These verbs also tell of blows; only what is said counts. Their confidence is low: being attacked in words names
no deed, and a reader should see that.
"""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import noun_class
from respgraph.extract.roles import Filler
from respgraph.extract.rule import Rule, no, slots, yes
from respgraph.extract.rules.deed import is_victim
from respgraph.extract.speech import reporting_verbs

# Words of violence that are also words of criticism.
BLOWS = frozenset(
    (
        "attack blast hit hammer pound savage rip target slap pummel strike bash trash skewer challenge dismiss assail"
    ).split()
)
ARMED = frozenset(
    (
        "army troop force soldier militant fighter rebel gunman bomber terrorist insurgent jet plane "
        "warplane mob gang police crowd attacker warship drone missile taliban isis group state"
    ).split()
)
SAYING = frozenset(
    (
        "comment remark claim statement record policy position decision handling plan proposal view "
        "speech criticism rhetoric history response stance leadership judgment judgement honesty "
        "character credibility motive performance conduct behaviour behavior campaign idea approach vote "
        "call promise"
    ).split()
)
PUBLIC = frozenset(
    (
        "speech interview tweet twitter debate ad advertisement statement post article letter editorial "
        "column rally forum television press conference facebook"
    ).split()
)

# Words of violence that, done to somebody in an office, are mostly words of criticism.
OF_WORDS = frozenset("blast rip bash trash slap pummel savage skewer assail dismiss".split())
# How one attacks in words: "personally attacked", "publicly hit".
VERBALLY = frozenset(
    "personally verbally publicly openly repeatedly sharply fiercely harshly bluntly furiously".split()
)
REPROACH = frozenset(
    (
        "unfit reckless dishonest irresponsible corrupt incompetent racist sexist disgraceful "
        "shameful outrageous unacceptable hypocritical cowardly cruel offensive despicable deplorable "
        "disgusting appalling disrespectful divisive discriminatory illegal unlawful unconstitutional "
        "immoral inhumane misleading ridiculous pathetic untrustworthy unqualified heinous barbaric "
        "unjust unfair negligent bigoted xenophobic authoritarian tyrannical crooked deceitful "
        "untruthful inexcusable indefensible unforgivable intolerable repugnant vile abhorrent "
        "careless callous inept undemocratic unethical brutal disastrous defamatory slanderous liar "
        "bigot fraud disgrace hypocrite coward bully crook thug menace dictator tyrant traitor clown "
        "fool idiot embarrassment sellout murderer fascist demagogue scandal outrage sham farce stunt "
        "insult betrayal travesty criminal nonsense smear cheat bully gamesmanship danger threat breach violation "
        "aggressor culprit disaster catastrophe failure liability crime theft robbery blunder mistake "
        "censorship hypocrisy treason cover-up charade joke"
    ).split()
)


def reproachful(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept only a bad name: "called the mayor a liar", "described the levy as unlawful"."""
    bearer = roles["bearer"].head
    if is_victim(s, bearer):
        return False  # "described the killing of Ana Weiss as a breach of the law"
    called = tree.kids(s, i, "oprd", "acomp", "attr", "ccomp", "xcomp")
    called += [k for prep in tree.kids(s, i, "prep") if s.tokens[prep].lower == "as" for k in s.children[prep]]
    called += [k for c in called for k in tree.kids(s, c, "acomp", "attr", "oprd")]
    called += [k for c in called for k in tree.kids(s, c, "conj")]
    called += [k for c in called for k in tree.kids(s, c, "amod", "compound", "nmod")]
    return any(s.tokens[k].lemma in REPROACH for k in called if k > max(i, bearer))


# Verbs that judge what they tell of, whoever tells it; verbs of harm are a charge only where somebody charges.
UNDUE = frozenset(
    (
        "lie mislead cheat misrepresent distort exaggerate bully intimidate smear undermine jeopardise "
        "jeopardize endanger exploit ignore rig manipulate deceive squander botch bungle incite overreach "
        "fabricate overstep trample plunder sabotage stoke pander scapegoat falsify defraud embezzle commit do betray "
        "collude extort siphon misappropriate whitewash downplay terrorise terrorize brutalise brutalize massacre"
    ).split()
)
CHARGING = frozenset(
    ("claim charge contend complain insist argue accuse believe suspect fear assert maintain warn protest").split()
)


def told_as(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a reproach only as what somebody is reported to say of somebody: "said that the mayor was dishonest"."""
    bearer = roles["bearer"].head
    if s.tokens[bearer].lower in {"it", "this", "that", "these", "those", "which"} or is_victim(s, bearer):
        return False
    v = s.tokens[i].head if s.tokens[i].upos not in {"VERB", "AUX"} else i
    helpers = {s.tokens[k].lower for k in tree.kids(s, v, "aux")}
    if helpers & {"should", "must", "can", "could", "may", "might"} and "have" not in helpers:
        return False
    for _ in range(3):
        t = s.tokens[v]
        above = s.tokens[t.head]
        if (
            t.dep in {"ccomp", "parataxis"}
            and above.lemma in reporting_verbs()
            and "clause" in reporting_verbs()[above.lemma]
        ):
            if s.tokens[i].upos == "VERB" and s.tokens[i].lemma not in UNDUE | REPROACH and above.lemma not in CHARGING:
                return False
            if tree.own_subject(s, t.head) == roles["bearer"].head:
                return False  # "the firm, he said, lied": the parser may take the one who says it for the liar
            return not any(s.tokens[k].dep == "neg" for k in s.children[t.head])
        if t.dep != "conj" or t.head == v:
            return False
        v = t.head
    return False


def critic_of(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept "is a critic of", not "a critic said", and nobody who is a critic of himself."""
    above = s.tokens[s.tokens[i].head]
    one_of = s.tokens[i].dep == "pobj" and above.lower == "of" and s.tokens[above.head].lower == "one"
    return (s.tokens[i].dep in {"attr", "appos"} or one_of) and roles["speaker"].head != roles["bearer"].head


WISHES = frozenset(
    (
        "ask urge plan want press pressure need refuse decline hope intend prepare seek expect "
        "promise vow threaten reluctant fail avoid stop call able unable hesitant desire order"
    ).split()
)
THINGS = frozenset({"it", "this", "that", "these", "those", "which", "what", "one"})


def only_wished(s: Sentence, i: int) -> bool:
    """Say whether the attack is only to come, possible, or asked for: "will go after", "urged her to call out"."""
    below = [s.tokens[k] for k in s.children[i]]
    if any(t.tag == "MD" for t in below):
        return True
    return any(t.tag == "TO" for t in below) and s.tokens[s.tokens[i].head].lemma in WISHES


def in_words(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a verb of blows only where it is one of words: for a reason, of a view, between persons, in public."""
    speaker, bearer = roles["speaker"], roles["bearer"]
    if s.tokens[speaker.head].lemma in ARMED or speaker.head == bearer.head or s.tokens[bearer.head].lower in THINGS:
        return False
    if only_wished(s, i):
        return False
    if s.tokens[i].lemma not in BLOWS:
        return True
    what = tree.deep_object(s, i)
    if what is not None and what != bearer.head and s.tokens[what].lemma in SAYING:
        return True
    if (
        any(s.tokens[k].dep == "prep" and s.tokens[k].lower in {"for", "over", "as"} for k in s.children[i])
        and s.tokens[bearer.head].ent != "GPE"
    ):
        return True
    if any(s.tokens[k].lemma in PUBLIC for k in tree.subtree(s, i)):
        return True
    if any(s.tokens[k].lower in VERBALLY for k in tree.kids(s, i, "advmod")):
        return True
    if s.tokens[i].lemma in OF_WORDS and noun_class().get(s.tokens[bearer.head].lemma) in {"person", "office"}:
        return True
    return s.tokens[bearer.head].ent == "PERSON" and s.tokens[speaker.head].ent in {"PERSON", "ORG", "NORP"}


def unarmed(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse those who strike back with weapons, and oneself."""
    speaker, bearer = roles["speaker"].head, roles["bearer"].head
    return (
        s.tokens[speaker].lemma not in ARMED
        and speaker != bearer
        and s.tokens[bearer].lower not in THINGS
        and not only_wished(s, i)
    )


def felt_at(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a feeling about oneself, and "the attack by rebels of the Red Band", which is one with weapons."""
    by = s.tokens[s.tokens[roles["bearer"].head].head].lower
    if s.tokens[i].lemma in {"attack", "assault"} and s.tokens[roles["speaker"].head].lemma in ARMED:
        return False  # "the rebels' attack on the town"
    return roles["speaker"].head != roles["bearer"].head and not (
        s.tokens[i].lemma in {"attack", "assault"} and by == "of"
    )


RULES = (
    Rule(
        name="responsibility.attacks",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(
            speaker="subj",
            bearer="obj | child:dobj.poss | child:nsubjpass.poss | child:dobj.prep:of,by",
            content="prep:for,over | child:dobj.prep:for,over | obj",
        ),
        need=("speaker", "bearer"),
        accept=in_words,
        confidence=0.55,
        examples=(
            yes(
                "The union attacked the minister for his silence.",
                speaker="The union",
                bearer="the minister",
                content="his silence",
            ),
            yes("Ms Obi mocked Mr Lund's promises.", speaker="Ms Obi", bearer="Mr Lund"),
            no("Ruritania attacked Freedonia at dawn.", "an attack by arms, not in words"),
            yes("The office personally attacked Mr Lund.", speaker="The office", bearer="Mr Lund"),
            no("Rebels attacked the convoy.", "no words"),
            no("Ms Obi will mock Mr Lund.", "still to come"),
            no("Members asked Ms Obi to ridicule Mr Lund.", "only asked for"),
        ),
        source="VerbNet judgement-33; FrameNet Judgment_communication",
    ),
    Rule(
        name="responsibility.attacks-at",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(
            speaker="subj",
            bearer=(
                "prep:at,against,into,after,on,out,with | child:dobj.prep:at,on,against,with | "
                "prep:at,against,into,after,on.poss"
            ),
            content="prep:for,over",
        ),
        need=("speaker", "bearer"),
        accept=unarmed,
        confidence=0.55,
        examples=(
            yes("The senator hit back at the governor.", speaker="The senator", bearer="the governor"),
            yes("Ms Obi took a swipe at Mr Lund.", speaker="Ms Obi", bearer="Mr Lund"),
            no("The senator hit the ball at noon.", "nobody is criticised"),
            no("The army hit back at the rebels.", "with weapons"),
        ),
        source="own; light verbs",
    ),
    Rule(
        name="responsibility.critical-of",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(
            speaker="subj | head",
            bearer="prep:of,with,at,about,in,by,on | prep:of,with,at,about,by,on.poss | prep:of.comp",
            content="prep:for,over,of | prep:of,with,at,about",
        ),
        need=("speaker", "bearer"),
        accept=felt_at,
        confidence=0.55,
        examples=(
            yes("The auditor was critical of the ministry.", speaker="The auditor", bearer="the ministry"),
            no("The patient was in critical condition.", "nobody is criticised"),
        ),
        source="FrameNet Judgment, Emotion_directed",
    ),
    Rule(
        name="responsibility.attack-on",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(
            speaker="poss | prep:by,from",
            bearer="prep:of,on,against,at,toward,towards,over | prep:of,on,against,at.poss | prep:of.prep:of,by",
            content="prep:for,over | prep:of,on,against,at",
        ),
        need=("speaker", "bearer"),
        accept=felt_at,
        confidence=0.5,
        examples=(
            yes("The union's critique of the minister was short.", speaker="The union", bearer="the minister"),
            no("The critique was short.", "nobody is criticised"),
            no("The attack by rebels of the Red Band failed.", "with weapons"),
        ),
        source="FrameNet Judgment_communication (nouns)",
    ),
    Rule(
        name="responsibility.calls-bad",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(
            speaker="subj",
            bearer=(
                "obj | child:dobj.poss | child:oprd.poss | ccomp.subj | child:ccomp.child:nsubj.poss | "
                "child:ccomp.child:nsubj | child:dobj.prep:of,by"
            ),
            content="prep:as | child:oprd | obj",
        ),
        need=("speaker", "bearer"),
        accept=reproachful,
        confidence=0.55,
        examples=(
            yes("Ms Obi called Mr Lund a liar.", speaker="Ms Obi", bearer="Mr Lund"),
            yes("The mayor called the council's decision reckless.", bearer="the council"),
            yes("Ms Obi described Mr Lund as a danger to the town.", bearer="Mr Lund"),
            no("Ms Obi called Mr Lund a taxi.", "no reproach"),
        ),
        source="FrameNet Labeling, Judgment_communication",
    ),
    Rule(
        name="responsibility.said-bad",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(bearer="subj | subj.poss", content="vp | self"),
        need=("bearer",),
        accept=told_as,
        confidence=0.5,
        examples=(
            yes("The union said that the minister was dishonest.", bearer="the minister"),
            yes("The union said that the minister misled the press.", bearer="the minister"),
            yes("The union claims that the agency threatened its members.", bearer="the agency"),
            no("The union said that the agency closed the school.", "a plain report of an act"),
            no("The minister was dishonest.", "nobody is reported to say so"),
            no("The murder of Ana Weiss is unacceptable, the union said.", "the one murdered did nothing"),
            no("The union said that members should mislead the press.", "advice"),
        ),
        source="FrameNet Judgment; own",
    ),
    Rule(
        name="responsibility.critic-of",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(speaker="subj | oneof | head", bearer="prep:of | comp | poss | prep:of.poss", content="prep:of"),
        need=("speaker", "bearer"),
        accept=critic_of,
        confidence=0.5,
        examples=(
            yes("Ms Obi has been a vocal critic of Mr Lund.", speaker="Ms Obi", bearer="Mr Lund"),
            yes("Ms Obi was one of the loudest critics of Mr Lund.", speaker="Ms Obi", bearer="Mr Lund"),
            no("A critic wrote that the play was long.", "nobody is criticised"),
        ),
        source="FrameNet Judgment_communication (nouns)",
    ),
    Rule(
        name="responsibility.levels",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(
            speaker="subj",
            bearer=(
                "child:dobj.prep:of,against,on,at,with | prep:at,against,on | "
                "child:dobj.prep:of,on,against,at.poss | child:dobj.prep:of,on.prep:of,by | "
                "child:dobj.prep:of.prep:against,on,at"
            ),
            content="child:dobj.prep:of,against,on,over,for",
        ),
        need=("speaker", "bearer"),
        confidence=0.6,
        examples=(
            yes("The agency has led criticism of the ministry.", speaker="The agency", bearer="the ministry"),
            yes("The envoy expressed frustration with the council.", speaker="The envoy", bearer="the council"),
            yes("The envoy unleashed a barrage of insults against the council.", bearer="the council"),
            no("The agency has led a team of doctors.", "no criticism"),
        ),
        source="own; light verbs",
    ),
    Rule(
        name="responsibility.aimed-at",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(speaker="poss | comp | prep:by,from,of", bearer="aimed:at,against,toward,towards"),
        need=("bearer",),
        confidence=0.55,
        examples=(
            yes("The Peruvian criticism is aimed at the ministry.", bearer="the ministry"),
            yes("The union's anger was directed at the bank.", speaker="The union", bearer="the bank"),
            no("The union's anger was great.", "nobody is reproached"),
            no("The criticism was aimed at delays.", "nobody is reproached"),
        ),
        source="own; light verbs",
    ),
    Rule(
        name="responsibility.disapproves",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(
            speaker="subj",
            bearer=(
                "child:dobj.poss | prep:of,about,against,with | prep:of,about,against,with,over,at.poss | "
                "prep:about,against,over,at.prep:by,of"
            ),
            content="obj | prep:of,about,against,with,over,at",
        ),
        need=("speaker", "bearer"),
        accept=unarmed,
        confidence=0.5,
        examples=(
            yes("The union disapproves of Mr Lund's plans.", speaker="The union", bearer="Mr Lund"),
            yes("Nurses complained about the ministry.", speaker="Nurses", bearer="the ministry"),
            yes("Nurses complained to the court over the raid by the army.", bearer="the army"),
            yes("The senator questioned the governor's honesty.", speaker="The senator", bearer="the governor"),
            no("Ms Obi disapproves of noise.", "nobody is criticised"),
            no("Nurses will complain about the ministry.", "still to come"),
        ),
        source="FrameNet Judgment, Complaining",
    ),
    Rule(
        name="responsibility.shame-on",
        type="responsibility",
        stance="assigns",
        sense="blame",
        negation="drop",
        slots=slots(bearer="prep:on", content="prep:for"),
        need=("bearer",),
        confidence=0.6,
        examples=(
            yes("Shame on the council for its silence.", bearer="the council"),
            no("Shame filled the hall.", "nobody is reproached"),
        ),
        source="FrameNet Judgment_direct_address",
    ),
)
