"""Cause and effect as claimed: causal verbs, nouns, adjectives, prepositions and conjunctions."""

from __future__ import annotations

from respgraph.extract.rule import Rule, no, slots, yes

RULES = (
    Rule(
        name="cause.verb",
        type="cause",
        negation="negate",
        slots=slots(cause="subj", effect="obj"),
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
        negation="negate",
        slots=slots(cause="subj", effect="prep:to,in,into,toward,towards | xcomp"),
        need=("cause", "effect"),
        confidence=0.75,
        examples=(
            yes("The drought led to hunger.", cause="The drought", effect="hunger"),
            no("The path led him home.", "a way, not a cause"),
        ),
        source="FrameNet Causation; Causal News Corpus",
    ),
    Rule(
        name="cause.makes-do",
        type="cause",
        negation="negate",
        slots=slots(cause="subj", effect="done"),
        need=("cause", "effect"),
        confidence=0.6,
        examples=(
            yes("The blockade forced thousands to flee.", cause="The blockade"),
            yes("The credit encouraged firms to build plants.", effect="firms to build plants"),
            no("The shop makes bread.", "produce, not a cause"),
        ),
        source="FrameNet Causation",
    ),
    Rule(
        name="cause.stems-from",
        type="cause",
        negation="negate",
        slots=slots(cause="prep:from,in,of,to,on,by", effect="subj"),
        need=("cause", "effect"),
        confidence=0.75,
        examples=(
            yes("The unrest stems from low wages.", cause="low wages", effect="The unrest"),
            no("The flower stems were cut.", "stalks"),
        ),
        source="FrameNet Causation; Causal News Corpus",
    ),
    Rule(
        name="cause.participle",
        type="cause",
        slots=slots(cause="prep:by,in,from", effect="head"),
        need=("cause", "effect"),
        confidence=0.6,
        examples=(
            yes("They mourned the deaths caused by the flood.", cause="the flood", effect="the deaths"),
            no("They mourned the dead.", "no cause"),
        ),
        source="FrameNet Causation",
    ),
    Rule(
        name="cause.because",
        type="cause",
        slots=slots(cause="head.clause", effect="head.head.effect"),
        need=("cause", "effect"),
        confidence=0.75,
        examples=(
            yes("The school closed because the roof leaked.", cause="the roof leaked", effect="The school closed"),
            no("Because!", "nothing is joined"),
        ),
        source="PDTB Contingency.Cause; Causal News Corpus",
    ),
    Rule(
        name="cause.due-to",
        type="cause",
        slots=slots(cause="child:pobj | child:pcomp.child:pobj,pcomp | prep:to,of,for", effect="head.effect"),
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
        slots=slots(cause="subj", effect="prep:of,for,behind,in"),
        need=("cause", "effect"),
        confidence=0.65,
        examples=(
            yes("Poverty is the main cause of crime.", cause="Poverty", effect="crime"),
            no("The cause was lost.", "no effect"),
        ),
        source="FrameNet Causation (nouns)",
    ),
    Rule(
        name="cause.result-of",
        type="cause",
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
        negation="negate",
        slots=slots(cause="subj", effect="done"),
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
        slots=slots(cause="prep:to", effect="head"),
        need=("cause", "effect"),
        confidence=0.65,
        examples=(
            yes("They counted deaths attributable to smoke.", cause="smoke", effect="deaths"),
            no("The rent is due to the owner.", "a debt"),
        ),
        source="own",
    ),
    Rule(
        name="cause.responsible",
        type="cause",
        negation="negate",
        slots=slots(cause="subj", effect="prep:for"),
        need=("cause", "effect"),
        confidence=0.6,
        examples=(
            yes("Smoke is responsible for many deaths.", cause="Smoke", effect="many deaths"),
            no("The minister is responsible for housing.", "an actor bears it: a responsibility claim"),
        ),
        source="FrameNet Causation",
    ),
)
