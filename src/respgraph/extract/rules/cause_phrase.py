"""Causes told by phrases and adverbs between clauses: "in response to", "thus", "which is why", "citing"."""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import links, tree
from respgraph.extract.bearers import can_bear
from respgraph.extract.roles import Filler
from respgraph.extract.rule import Rule, no, slots, yes
from respgraph.extract.rules.cause import RELATIVE, is_cause
from respgraph.extract.rules.cause_link import apart

RISING = frozenset({"rise", "fall", "drop", "increase", "decline", "absence"})
# Said of plans and programmes all the time: a cause only where it has happened.
WEAK = frozenset({"reduce", "increase", "inspire", "discourage"})
POINTERS = frozenset({"it", "this", "that", "which", "they", "these", "those"})


SOURCES = frozenset("source report official study datum data figure document article statement witness survey".split())
SAYING = frozenset("say tell write add reply answer state note explain comment remark respond tweet".split())


def phrase_apart(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept two things that do not overlap, neither a bare relative pronoun."""
    noun = tree.child(s, i, "pobj")
    place = noun is not None and s.tokens[noun].lemma in {"view", "ground"}
    if place and (can_bear(s, roles["cause"].head) or tree.child(s, noun or 0, "amod") is not None):
        return False  # "in full view of the crowd", "on the grounds of the hospital"
    if s.tokens[i].lower == "in" and {s.tokens[k].lemma for k in (s.tokens[i].head, roles["effect"].head)} & SAYING:
        return False  # "in response to the question, the mayor said"
    return apart(roles) and not any(s.tokens[roles[k].head].tag in RELATIVE for k in ("cause", "effect"))


def gives(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept "given" as a preposition."""
    return s.tokens[i].dep == "prep" and apart(roles)


def concludes(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept an adverb of result at the head of its clause, with the clause it follows from before it."""
    effect = roles["effect"].head
    after = s.tokens[i + 1].lower if i + 1 < len(s.tokens) else ""
    if s.tokens[i].lower == "so" and (
        s.tokens[i].dep not in {"advmod", "cc", "mark"}
        or after in {"far", "on", "that", "as", "to"}
        or tree.own_subject(s, effect) is None
    ):
        return False
    return roles["cause"].head < i and i < effect and apart(roles) and s.tokens[roles["cause"].head].dep != "mark"


def reasons_why(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept "which is why", refuse the question and the "reason why"."""
    return s.tokens[s.tokens[i].head].dep in {"ccomp", "advcl", "attr"} and apart(roles)


def cites(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a thing named as reason for the clause before; an actor that is blamed bears responsibility."""
    if any(s.tokens[k].lower == "as" for k in tree.kids(s, i, "prep")):
        return False
    if s.tokens[roles["cause"].head].lemma in SOURCES:
        return False  # "reported it, citing sources in the ministry"
    return links.joins_clause(s, i) and not can_bear(s, roles["cause"].head) and apart(roles)


def alters(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a thing or an act that changes a condition; an actor just acts, a pronoun says too little."""
    t = s.tokens[roles["cause"].head]
    told = s.tokens[i].lemma not in WEAK or links.happened(s, i)
    return (
        told
        and is_cause(s, i, roles)
        and not can_bear(s, t.i)
        and t.lower not in POINTERS
        and t.upos in {"NOUN", "PROPN", "VERB"}
    )


def named_reason(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a reason that is named ("for security reasons"), refuse one only counted or pointed to."""
    if s.tokens[roles["cause"].head].lemma != "reason":
        return False
    own = [s.tokens[k] for k in tree.kids(s, roles["cause"].head, "compound", "amod", "nmod")]
    return any(
        t.lower
        not in {"following", "other", "many", "several", "various", "same", "good", "obvious", "few", "two", "three"}
        for t in own
    ) and apart(roles)


def befalls(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept what harm comes from: "deaths from malaria"; not where or since when."""
    cause = s.tokens[roles["cause"].head]
    return (
        s.tokens[s.tokens[i].head].lemma in links.words("harm") - RISING
        and not cause.ent
        and not can_bear(s, cause.i)
        and apart(roles)
    )


def suffers(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept what befalls somebody through a named thing ("hit by drought"), not through an actor."""
    if s.tokens[roles["cause"].head].ent in {"QUANTITY", "CARDINAL", "PERCENT", "MONEY"}:
        return False
    return tree.has_passive(s, i) and alters(s, i, roles) and s.tokens[i].dep != "amod"


RULES = (
    Rule(
        name="cause.suffers",
        type="cause",
        accept=suffers,
        negation="negate",
        slots=slots(cause="subj", effect="obj"),
        need=("cause", "effect"),
        confidence=0.55,
        examples=(
            yes("The harvest was badly hit by drought.", cause="drought", effect="The harvest"),
            no("Drought hit the harvest of the guards.", "active: told by other rules or not at all"),
            no("The harvest was hit by the army.", "an actor"),
        ),
        source="FrameNet Objective_influence, Damaging",
    ),
    Rule(
        name="cause.reasons",
        type="cause",
        accept=named_reason,
        slots=slots(cause="child:pobj", effect="main.host"),
        need=("cause", "effect"),
        confidence=0.65,
        examples=(
            yes(
                "The bridge was closed for safety reasons.",
                cause="safety reasons",
                effect="The bridge was closed",
            ),
            no("The bridge was closed for several reasons.", "no reason is named"),
            no("The bridge was closed for safety checks.", "a purpose"),
        ),
        source="BECAUSE 2.1; own",
    ),
    Rule(
        name="cause.from",
        type="cause",
        accept=befalls,
        slots=slots(cause="child:pobj,pcomp", effect="head"),
        need=("cause", "effect"),
        confidence=0.6,
        examples=(
            yes("Deaths from smoke have doubled.", cause="smoke", effect="Deaths"),
            no("Losses from last year were paid.", "a time"),
            no("The rise from the valley is steep.", "a place"),
        ),
        source="FrameNet Causation; own",
    ),
    Rule(
        name="cause.phrase",
        type="cause",
        accept=phrase_apart,
        slots=slots(cause="child:pobj.prep:to,of,against,over,at,for,from", effect="due.host"),
        need=("cause", "effect"),
        confidence=0.7,
        examples=(
            yes(
                "The guards fired shots in response to the escape.",
                cause="the escape",
                effect="The guards fired shots",
            ),
            yes("The trains stopped as a result of the flood.", cause="the flood", effect="The trains stopped"),
            no("The lamp in the light shop was sold.", "a light"),
            no("They fought in full view of the guests.", "a place"),
            no("In response, they left.", "no cause is named"),
            no("In response to the study, the doctor said it was late.", "an answer"),
        ),
        source="PDTB Contingency.Cause; Causal News Corpus",
    ),
    Rule(
        name="cause.given",
        type="cause",
        accept=gives,
        slots=slots(cause="child:pobj,pcomp", effect="main.host"),
        need=("cause", "effect"),
        confidence=0.55,
        examples=(
            yes(
                "Given the high costs, the club closed the pool.",
                cause="the high costs",
                effect="the club closed the pool",
            ),
            no("She was given a book.", "a gift"),
        ),
        source="PDTB Contingency.Cause",
    ),
    Rule(
        name="cause.thus",
        type="cause",
        accept=concludes,
        slots=slots(cause="prior.host", effect="head.host"),
        need=("cause", "effect"),
        confidence=0.6,
        examples=(
            yes(
                "The pump broke; therefore the field dried up.",
                cause="The pump broke",
                effect="the field dried up",
            ),
            yes(
                "Rain fell all week and thus the river rose.",
                cause="Rain fell all week",
                effect="the river rose",
            ),
            no("They sell nails, screws and so on.", "a fixed phrase"),
            no("Thus the story ends.", "nothing before it in the sentence"),
        ),
        source="PDTB Contingency.Cause.Result",
    ),
    Rule(
        name="cause.why",
        type="cause",
        accept=reasons_why,
        slots=slots(cause="whence.host", effect="head.clause"),
        need=("cause", "effect"),
        confidence=0.65,
        examples=(
            yes(
                "The dam is leaking, which is why the village was moved.",
                cause="The dam is leaking",
                effect="the village was moved",
            ),
            yes("That is why people are angry.", cause="That", effect="people are angry"),
            no("He asked why the village was moved.", "a question"),
        ),
        source="PDTB Contingency.Cause.Result (AltLex)",
    ),
    Rule(
        name="cause.citing",
        type="cause",
        accept=cites,
        slots=slots(cause="obj.rest", effect="main.host"),
        need=("cause", "effect"),
        confidence=0.65,
        examples=(
            yes(
                "The club closed the pool, citing high costs.",
                cause="high costs",
                effect="The club closed the pool",
            ),
            no("The club closed the pool, blaming the mayor.", "an actor is blamed: a responsibility claim"),
            no("He wrote a book citing many sources.", "the participle describes the book"),
            no("The paper called him dead, citing sources in the ministry.", "a source, no reason"),
        ),
        source="FrameNet Justifying; own",
    ),
    Rule(
        name="cause.moves-into",
        type="cause",
        accept=is_cause,
        negation="negate",
        slots=slots(cause="subj", effect="obj.rest"),
        need=("cause", "effect"),
        confidence=0.7,
        examples=(
            yes("The war plunged the region into hunger.", cause="The war", effect="the region into hunger"),
            no("The path leads into the wood.", "a way"),
        ),
        source="FrameNet Causation, Cause_change",
    ),
    Rule(
        name="cause.alters",
        type="cause",
        accept=alters,
        negation="negate",
        slots=slots(cause="subj", effect="obj.rest"),
        need=("cause", "effect"),
        confidence=0.55,
        examples=(
            yes(
                "The strike has disrupted trains across the country.",
                cause="The strike",
                effect="trains across the country",
            ),
            no("The mayor increased the budget.", "an actor acts"),
        ),
        source="FrameNet Cause_change_of_position_on_a_scale, Creating, Preventing",
    ),
)
