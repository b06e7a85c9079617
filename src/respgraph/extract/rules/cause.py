"""Cause and effect as claimed: causal verbs, nouns, adjectives, prepositions and conjunctions."""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import links, tree
from respgraph.extract.bearers import ACT_ENDINGS, can_bear, noun_class
from respgraph.extract.roles import Filler
from respgraph.extract.rule import Rule, no, slots, yes
from respgraph.extract.rules.demand import URGING_TEXTS

# Verbs that say of a person, too, that he causes: "the minister caused the delay".
STRONG = links.words("strong")

# Of an actor these tell a plain act: "the firm made it cheaper".
ACTIVE = links.words("active")
PLIGHTS = links.words("plight")
VICTIMS = links.words("victim")
STIRRING = links.words("stirring")
BLASTS = links.words("blast")
RELATIVE = frozenset({"WDT", "WP", "WRB", "EX"})


def drives_out(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept what people flee from, refuse where they flee from."""
    head = s.tokens[roles["cause"].head]
    return (
        head.ent not in {"GPE", "LOC", "FAC", "ORG", "PERSON"}
        and noun_class().get(head.lemma) != "place"
        and head.upos == "NOUN"
    )


PATHS = frozenset("road path street door stair trail bridge corridor lane tunnel track stairway alley ladder".split())


def is_cause(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse an actor as cause of a weak verb ("she drives the bus"), a bare "which", a cause of itself."""
    cause, effect = roles["cause"], roles["effect"]
    if (
        cause.span.overlaps(effect.span)
        or cause.head == effect.head
        or s.tokens[cause.head].tag in RELATIVE
        or s.tokens[effect.head].tag in RELATIVE
    ):
        return False
    t, v = s.tokens[cause.head], s.tokens[i]
    end = s.tokens[effect.head]
    if end.lower in {"nobody", "none", "nothing"} or (v.lemma == "lead" and t.lemma in PATHS):
        return False  # "the plan forces nobody to leave", "the road leads to the village"
    if t.lemma in {"information", "tip"} and v.tag == "VBG":
        return False  # "a reward for information leading to an arrest"
    if end.ent in {"DATE", "TIME"} or (v.lemma == "contribute" and end.ent in {"ORG", "PERSON", "GPE"}):
        return False  # "the process that led to today", "who contributed to the Herald"
    if any(s.tokens[k].lower == "up" for k in s.children[i]):
        return False  # "the hearings leading up to the verdict"
    if v.lemma == "contribute" and (tree.child(s, i, "dobj") is not None or (t.tag == "PRP" and t.head != i)):
        return False  # "contributes troops to the mission", "We believe that the reforms contribute"
    if v.lemma == "cause" and v.upos == "NOUN" and end.lemma == "action":
        return False  # "a cause of action" before a court
    if v.tag == "VBG" and (v.dep in {"amod", "compound"} or (v.dep == "pcomp" and v.lemma == "make")):
        return False
    if t.ent in {"DATE", "TIME"} or (v.lemma in STIRRING and stirred(s, i, cause, effect)):
        return False
    animate = (
        t.ent == "PERSON"
        or t.lower in {"he", "she", "i", "we", "you", "they", "who"}
        or noun_class().get(t.lemma) in {"person", "office"}
    )
    acts = can_bear(s, cause.head)
    if s.tokens[i].lemma in {"allow", "enable"} and not links.happened(s, i):
        return False
    if s.tokens[i].lemma in ACTIVE and acts and t.lower not in {"it", "this", "that"}:
        return False
    return s.tokens[i].lemma in STRONG or not (animate and acts)


def stirred(s: Sentence, i: int, cause: Filler, effect: Filler) -> bool:
    """Say whether only somebody is moved ("provoked by the crowd"), or an actor sets off a blast."""
    if s.tokens[i].lemma == "lead":
        return tree.child(s, i, "dobj") is not None and can_bear(s, cause.head)
    thing = s.tokens[effect.head]
    if thing.lemma in BLASTS:
        return can_bear(s, cause.head)
    return effect.kind == "noun" and can_bear(s, thing.i) and effect.span.end == thing.end


def is_reason(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse "since" of time: after a perfect or with a past event."""
    if s.tokens[i].dep == "prep":
        return False
    if s.tokens[i].lower != "since":
        return True
    if s.tokens[i].dep != "mark":
        return False
    main = roles["effect"].head
    perfect = any(s.tokens[k].dep == "aux" and s.tokens[k].lemma == "have" for k in s.children[main])
    verb = s.tokens[roles["cause"].head]
    return not perfect and (verb.tag != "VBD" or roles["cause"].span.start < roles["effect"].span.start)


def lifeless(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse an actor as cause: then it is responsibility, or a debt."""
    return not can_bear(s, roles["cause"].head) and is_cause(s, i, roles)


def makes(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept what is made to happen or made worse; "makes it lighter" tells a quality."""
    if s.tokens[i].lemma == "encourage" and s.tokens[roles["cause"].head].lemma in URGING_TEXTS:
        return False  # "a resolution that encourages states to ratify" asks
    return is_cause(s, i, roles) and (s.tokens[i].lemma != "make" or worsens(s, i, roles))


def worsens(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Say whether "make" leads into a plight: "made thousands homeless"."""
    at = roles["effect"].head
    below = tree.kids(s, i, "acomp", "oprd") + tree.kids(s, at, "acomp", "oprd")
    return any(s.tokens[k].lower in PLIGHTS for k in (at, *below))


def arises(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse what somebody gets from something ("derive profit from trade"), and numbers ("grew from 4 to 8")."""
    number = s.tokens[roles["cause"].head].ent in {"CARDINAL", "QUANTITY", "PERCENT", "MONEY"}
    counted = any(s.tokens[k].dep == "nummod" for k in s.children[roles["cause"].head])
    return is_cause(s, i, roles) and tree.child(s, i, "dobj") is None and not number and not counted


def leaves(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a state somebody is left in, also where it is a noun: "left five dead"."""
    effect = roles["effect"]
    if not tree.kids(s, i, "oprd", "acomp", "ccomp") and s.tokens[effect.head].lower not in VICTIMS:
        return False  # "left a flag there to be found later"
    return is_cause(s, i, roles) and (effect.kind == "clause" or s.tokens[effect.head].lower in VICTIMS)


def no_debt(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse what is owed to somebody: "the rent is due to the owner"."""
    return not (
        s.tokens[i].lower == "due" and s.tokens[s.tokens[i].head].lemma == "be" and can_bear(s, roles["cause"].head)
    )


def omission(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept an act left undone with what will come of it: "without repairs, the floods will return"."""
    gerund = any(s.tokens[k].dep == "pcomp" and s.tokens[k].tag == "VBG" for k in s.children[i])
    main = s.tokens[i].head
    foretold = any(
        s.tokens[k].tag == "MD" and s.tokens[k].lower in {"will", "would", "cannot", "can"} for k in s.children[main]
    )
    return gerund and foretold and i < main


def predicative(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a noun of cause only as predicate ("is the cause of"), and not of an actor."""
    t = s.tokens[i]
    up = t.head if t.dep == "conj" else i
    return s.tokens[up].dep in {"attr", "oprd", "pobj"} and is_cause(s, i, roles)


def beside_noun(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept the adjective only right at its noun ("deaths due to smoke"); as predicate others read it."""
    return s.tokens[i].dep in {"amod", "acl", "appos", "relcl"} and lifeless(s, i, roles)


def lies_there(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a place: "the hill lies behind the farm"."""
    spatial = s.tokens[i].lemma == "lie" and noun_class().get(s.tokens[roles["cause"].head].lemma) == "place"
    acts = s.tokens[roles["effect"].head].lemma
    behind = any(s.tokens[k].lower == "behind" for k in tree.kids(s, i, "prep"))
    return not spatial and is_cause(s, i, roles) and (not behind or acts in BEHIND or acts.endswith(ACT_ENDINGS))


BEHIND = frozenset(
    "attack bloodshed boom collapse conflict crash crisis death decline defeat disaster dispute drop fall fear fire "
    "increase killing loss move murder problem protest rise riot row shift shortage slump split strike success surge "
    "unrest victory violence war".split()
)


RULES = (
    Rule(
        name="cause.verb",
        type="cause",
        accept=is_cause,
        negation="negate",
        slots=slots(cause="subj", effect="obj.rest"),
        need=("cause", "effect"),
        confidence=0.75,
        examples=(
            yes("The blockade caused shortages.", cause="The blockade", effect="shortages"),
            yes("The riot was triggered by price rises.", cause="price rises", effect="The riot"),
            no("It was caused.", "no cause is named"),
        ),
        source="FrameNet Causation; Causal News Corpus",
    ),
    Rule(
        name="cause.verb-to",
        type="cause",
        accept=is_cause,
        negation="negate",
        slots=slots(cause="subj", effect="prep:to,in,into,toward,towards | xcomp"),
        need=("cause", "effect"),
        confidence=0.75,
        examples=(
            yes("The drought led to hunger.", cause="The drought", effect="hunger"),
            no("The path led him home.", "a way, not a cause"),
            no("The hearings led up to the verdict.", "they came before it"),
            no("Ruritania contributed troops to the mission.", "a gift, not a cause"),
        ),
        source="FrameNet Causation; Causal News Corpus",
    ),
    Rule(
        name="cause.makes-do",
        type="cause",
        accept=makes,
        negation="negate",
        slots=slots(cause="subj", effect="done"),
        need=("cause", "effect"),
        confidence=0.6,
        examples=(
            yes("The blockade forced thousands to flee.", cause="The blockade"),
            yes("The subsidy has encouraged firms to build plants.", effect="firms to build plants"),
            yes("Floods made thousands homeless.", cause="Floods"),
            no("The glass makes the room lighter.", "a quality"),
            no("The shop makes bread.", "produce, not a cause"),
        ),
        source="FrameNet Causation",
    ),
    Rule(
        name="cause.ascribed",
        type="cause",
        accept=lifeless,
        negation="negate",
        slots=slots(cause="prep:to,on", effect="obj"),
        need=("cause", "effect"),
        confidence=0.7,
        examples=(
            yes("Officials blamed the outage on a storm.", cause="a storm", effect="the outage"),
            yes("The losses were attributed to poor harvests.", cause="poor harvests", effect="The losses"),
            no("They blamed the outage on the mayor.", "an actor is blamed: a responsibility claim"),
        ),
        source="FrameNet Attributed_information, Judgment; PropBank attribute.01",
    ),
    Rule(
        name="cause.blamed",
        type="cause",
        accept=lifeless,
        negation="negate",
        slots=slots(speaker="subj", cause="obj", effect="prep:for"),
        need=("cause", "effect"),
        confidence=0.7,
        examples=(
            yes("The firm blamed a wet spring for the losses.", cause="a wet spring", effect="the losses"),
            yes("Heavy rain has been blamed for the slides.", cause="Heavy rain", effect="the slides"),
            no("They blamed the mayor for the losses.", "an actor is blamed: a responsibility claim"),
        ),
        source="FrameNet Judgment_communication, Attributed_information",
    ),
    Rule(
        name="cause.lies-at",
        type="cause",
        accept=lies_there,
        negation="negate",
        slots=slots(cause="subj", effect="child:prep.child:pobj.prep:of | prep:behind"),
        need=("cause", "effect"),
        confidence=0.6,
        examples=(
            yes("Poverty lies at the root of the unrest.", cause="Poverty", effect="the unrest"),
            yes("Greed lay behind the crash.", cause="Greed", effect="the crash"),
            no("The farm lies at the foot of the hill.", "a place"),
            no("The hill lies behind the farm.", "a place"),
        ),
        source="own",
    ),
    Rule(
        name="cause.stems-from",
        type="cause",
        accept=arises,
        negation="negate",
        slots=slots(cause="prep:from,in,of,to,on,by", effect="subj"),
        need=("cause", "effect"),
        confidence=0.75,
        examples=(
            no("Nobody may derive profit from adoption.", "somebody gets something"),
            yes("The unrest stems from low wages.", cause="low wages", effect="The unrest"),
            no("The flower stems were cut.", "stalks"),
        ),
        source="FrameNet Causation; Causal News Corpus",
    ),
    Rule(
        name="cause.because",
        type="cause",
        accept=is_reason,
        slots=slots(cause="head.clause", effect="head.main.host"),
        need=("cause", "effect"),
        confidence=0.75,
        examples=(
            yes(
                "The school closed because the roof leaked.",
                cause="the roof leaked",
                effect="The school closed",
            ),
            no("Because!", "nothing is joined"),
        ),
        source="PDTB Contingency.Cause; Causal News Corpus",
    ),
    Rule(
        name="cause.due-to",
        type="cause",
        accept=no_debt,
        slots=slots(cause="child:pobj | child:pcomp.child:pobj,pcomp | prep:to,of,for", effect="due.host"),
        need=("cause", "effect"),
        confidence=0.75,
        examples=(
            yes("The match was cancelled due to heavy rain.", cause="heavy rain"),
            no("The rent is due to the owner.", "a debt"),
        ),
        source="PDTB Contingency.Cause; Causal News Corpus",
    ),
    Rule(
        name="cause.noun-of",
        type="cause",
        accept=predicative,
        slots=slots(cause="subj", effect="prep:of,for,behind,in"),
        need=("cause", "effect"),
        confidence=0.65,
        examples=(
            yes("Poverty is the main cause of crime.", cause="Poverty", effect="crime"),
            no("The cause was lost.", "no effect"),
            no("This is a new cause of action.", "a term of law"),
        ),
        source="FrameNet Causation (nouns)",
    ),
    Rule(
        name="cause.result-of",
        type="cause",
        accept=predicative,
        slots=slots(cause="prep:of,from", effect="subj"),
        need=("cause", "effect"),
        confidence=0.65,
        examples=(
            yes("The shortage is a result of the blockade.", cause="the blockade", effect="The shortage"),
            no("The result was good.", "no cause"),
        ),
        source="FrameNet Causation (nouns)",
    ),
    Rule(
        name="cause.leaves",
        type="cause",
        accept=leaves,
        negation="negate",
        slots=slots(cause="subj", effect="done | obj.rest"),
        need=("cause", "effect"),
        confidence=0.65,
        examples=(
            yes("The tremor left five people dead.", cause="The tremor"),
            no("The train left the station.", "a departure"),
        ),
        source="FrameNet Causation",
    ),
    Rule(
        name="cause.attributive",
        type="cause",
        accept=beside_noun,
        slots=slots(cause="prep:to", effect="head"),
        need=("cause", "effect"),
        confidence=0.65,
        examples=(
            yes("They counted deaths attributable to air pollution.", cause="air pollution", effect="deaths"),
            no("The rent is due to the owner.", "a debt"),
        ),
        source="own",
    ),
    Rule(
        name="cause.responsible",
        type="cause",
        accept=lifeless,
        negation="negate",
        slots=slots(cause="subj | head", effect="prep:for"),
        need=("cause", "effect"),
        confidence=0.6,
        examples=(
            yes("They banned the gas responsible for the leak.", cause="the gas", effect="the leak"),
            yes("Smoke is responsible for many deaths.", cause="Smoke", effect="many deaths"),
            no("The minister is responsible for housing.", "an actor bears it: a responsibility claim"),
        ),
        source="FrameNet Causation",
    ),
    Rule(
        name="cause.flees",
        type="cause",
        slots=slots(cause="child:dobj | prep:from", effect="subj.self"),
        need=("cause", "effect"),
        confidence=0.6,
        examples=(
            yes("Thousands are fleeing violence and drought.", cause="violence and drought"),
            no("Thousands fled.", "no cause is named"),
            no("They fled the town.", "a place is no cause"),
        ),
        accept=drives_out,
        source="own",
    ),
    Rule(
        name="cause.without",
        type="cause",
        slots=slots(cause="self", effect="head.effect"),
        need=("cause", "effect"),
        accept=omission,
        confidence=0.55,
        examples=(
            yes("Without repairing the dam, the floods will return.", cause="Without repairing the dam"),
            no("Without paying, he left.", "a manner of leaving: nothing is foretold"),
            no("She left without a word.", "no omitted act"),
        ),
        source="PDTB Contingency.Condition (negative)",
    ),
)
