"""Causes told by how clauses hang together: participles, purposes, motives, "over", "expelled for".

What people protest for or against, and what somebody is punished for, is told as the reason of an act. Such
reasons are inferred by the reader more than said by a causal word, so their confidence is lower.
"""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import links, tree
from respgraph.extract.bearers import can_bear
from respgraph.extract.roles import Filler
from respgraph.extract.rule import Rule, no, slots, yes
from respgraph.extract.rules.cause import worsens

# Acts of protest and conflict, as verbs or as objects of light verbs ("staged a rally").
PROTEST = links.words("protest")
PUNISH = links.words("punish")


# What protest says, as a verb: its object is the reason.
CLAIMING = links.words("claiming")
# Verbs that need their infinitive: it completes them and is no purpose.
INCOMPLETE = links.words("incomplete")
NEEDS = links.words("needing")
TIMES = links.words("time")


def touches(s: Sentence, v: int, words: frozenset[str], subject: bool = True) -> bool:
    """Say whether a clause is about one of these acts: its verb, object, subject or a noun below them."""
    seen = [
        v,
        *tree.kids(s, v, "dobj", "nsubjpass", "prep", "xcomp", "attr", "conj", *(("nsubj",) if subject else ())),
    ]
    seen += [c for k in seen[1:] for c in tree.kids(s, k, "dobj", "pobj", "compound", "conj", "amod")]
    return any(s.tokens[k].lemma in words or s.tokens[k].lower in words for k in seen)


def apart(roles: Mapping[str, Filler]) -> bool:
    """Say whether cause and effect are two things."""
    return not roles["cause"].span.overlaps(roles["effect"].span) and roles["cause"].head != roles["effect"].head


def brings_about(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a participle that tells what came of the whole clause."""
    if s.tokens[i].lemma == "leave" and any(s.tokens[k].lower == "behind" for k in s.children[i]):
        return False  # "leaving no one behind"
    return links.joins_clause(s, i) and apart(roles) and (s.tokens[i].lemma != "make" or worsens(s, i, roles))


def motive(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept what the people of an act of protest ask for."""
    t = s.tokens[i]
    free = (
        t.tag == "VBG"
        and t.dep in {"advcl", "acl", "xcomp", "conj", "dep", "prep", "ccomp"}
        and not any(s.tokens[k].dep in {"aux", "mark", "nsubj", "nsubjpass"} for k in s.children[i])
    )
    told = t.lemma in CLAIMING and t.dep == "advcl" and s.tokens[roles["effect"].head].lemma not in links.saying()
    return free and apart(roles) and (told or touches(s, roles["effect"].head, PROTEST))


def purpose(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept the aim of an act of protest ("marched to demand justice"), not what "tried to" needs."""
    v, main = s.tokens[i].head, roles["effect"].head
    if (
        s.tokens[i].tag != "TO"
        or s.tokens[v].dep not in {"advcl", "xcomp", "acl", "relcl"}
        or tree.own_subject(s, v) is not None
    ):
        return False
    head = s.tokens[s.tokens[v].head]
    if (
        not apart(roles)
        or v < main
        or not links.happened(s, main)
        or (head.upos not in {"VERB", "AUX"} and head.lemma not in PROTEST)
    ):
        return False
    if s.tokens[v].lemma in CLAIMING and s.tokens[v].dep == "advcl":
        return head.lemma not in NEEDS
    return head.lemma not in INCOMPLETE and touches(s, main, PROTEST, subject=False)


def punished(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept what somebody is punished for: a deed, no purpose and no time."""
    head = s.tokens[roles["effect"].head]
    cause = s.tokens[roles["cause"].head]
    victim = tree.deep_object(s, head.i)
    if victim is None or not (can_bear(s, victim) or s.tokens[victim].upos == "NUM") or not links.happened(s, head.i):
        return False
    return (
        head.lemma in PUNISH
        and cause.ent not in {"DATE", "TIME", "PERSON", "MONEY"}
        and apart(roles)
        and not (cause.upos in {"NOUN", "PROPN"} and can_bear(s, cause.i))
        and cause.lemma not in TIMES
    )


def disputed(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept what an act of protest, conflict or punishment is about; whom it is against is no cause."""
    cause = s.tokens[roles["cause"].head]
    head = s.tokens[s.tokens[i].head]
    act = head.lemma in PROTEST or (head.upos == "VERB" and touches(s, head.i, PROTEST))
    main = roles["effect"].head
    verb = head.upos == "VERB" or s.tokens[main].upos == "VERB"
    at = head.i if head.upos == "VERB" else main
    # "to register its protest against": the aim of a clause that other rules read
    bare = verb and tree.own_subject(s, at) is None and not tree.has_passive(s, at)
    matter = (
        cause.ent not in {"DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "GPE", "PERSON"}
        and cause.lemma not in TIMES | {"backdrop", "background"}
        and not can_bear(s, cause.i)
    )
    return act and not bare and matter and apart(roles)


def occasion(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept a finite clause that tells the occasion of an act of protest."""
    t = s.tokens[i]
    return (
        links.happened(s, roles["effect"].head)
        and touches(s, roles["effect"].head, PROTEST)
        and t.dep in {"mark", "advmod"}
        and s.tokens[t.head].dep == "advcl"
        and apart(roles)
        and tree.child(s, t.head, "nsubj", "nsubjpass") is not None
    )


def follows(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Accept an event that an act of protest follows; "the following day" is no event."""
    main = roles["effect"].head
    return (
        s.tokens[i].dep in {"prep", "advcl", "pcomp"}
        and apart(roles)
        and links.happened(s, main)
        and touches(s, main, PROTEST)
    )


RULES = (
    Rule(
        name="cause.participle",
        type="cause",
        accept=brings_about,
        negation="negate",
        slots=slots(cause="main.host", effect="done | obj.rest | prep:to,in"),
        need=("cause", "effect"),
        beats=("cause.verb", "cause.verb-to", "cause.makes-do", "cause.leaves"),
        confidence=0.65,
        examples=(
            yes("A truck hit the bridge, leaving three people dead.", cause="A truck hit the bridge"),
            yes(
                "The bank closed its doors, causing panic in the town.",
                cause="The bank closed its doors",
                effect="panic in the town",
            ),
            yes("The bank closed, which caused panic.", cause="The bank closed", effect="panic"),
            no("A storm causing floods is near.", "the participle describes the storm"),
        ),
        source="PDTB Contingency.Cause.Result (implicit)",
    ),
    Rule(
        name="cause.motive",
        type="cause",
        accept=motive,
        slots=slots(cause="self.vp", effect="main.host"),
        need=("cause", "effect"),
        confidence=0.45,
        examples=(
            yes(
                "Nurses blocked the road demanding better pay.",
                cause="demanding better pay",
                effect="Nurses blocked the road",
            ),
            no("She wrote a letter demanding better pay.", "no act of protest: the letter says it"),
        ),
        source="Causal News Corpus (motivation)",
    ),
    Rule(
        name="cause.purpose",
        type="cause",
        accept=purpose,
        slots=slots(cause="head.vp", effect="head.main.host"),
        need=("cause", "effect"),
        confidence=0.45,
        examples=(
            yes(
                "Farmers marched through the capital to protest against the tax.",
                effect="Farmers marched through the capital",
            ),
            no("The guards closed the gate to prevent a stampede.", "an aim, no cause"),
            no("The clerk went home to sleep.", "no act of protest and no answer to anything"),
        ),
        source="Causal News Corpus (purpose)",
    ),
    Rule(
        name="cause.punished-for",
        type="cause",
        accept=punished,
        slots=slots(cause="child:pobj,pcomp", effect="main.host"),
        need=("cause", "effect"),
        confidence=0.55,
        examples=(
            yes(
                "Two guards were expelled for selling keys.",
                cause="selling keys",
                effect="Two guards were expelled",
            ),
            no("He was jailed for two years.", "a time, no reason"),
        ),
        source="FrameNet Revenge, Rewards_and_punishments (Reason)",
    ),
    Rule(
        name="cause.over",
        type="cause",
        accept=disputed,
        slots=slots(cause="child:pobj,pcomp", effect="event.host"),
        need=("cause", "effect"),
        confidence=0.5,
        examples=(
            yes(
                "Drivers went on strike over unpaid wages.",
                cause="unpaid wages",
                effect="Drivers went on strike",
            ),
            no("The bird flew over the house.", "a place"),
        ),
        source="Causal News Corpus (motivation)",
    ),
    Rule(
        name="cause.following",
        type="cause",
        accept=follows,
        slots=slots(cause="child:pobj,dobj,pcomp", effect="main.host"),
        need=("cause", "effect"),
        confidence=0.45,
        examples=(
            yes(
                "Workers went on strike following a dispute about wages.",
                cause="a dispute about wages",
                effect="Workers went on strike",
            ),
            no("She read the following chapter.", "the next one"),
            no("The mayor resigned following the vote.", "one thing after the other: no act of protest"),
        ),
        source="Causal News Corpus; PDTB Temporal",
    ),
    Rule(
        name="cause.as",
        type="cause",
        accept=occasion,
        slots=slots(cause="head.clause", effect="head.main.host"),
        need=("cause", "effect"),
        confidence=0.4,
        examples=(
            yes(
                "Villagers blocked the road as the pump broke.",
                cause="the pump broke",
                effect="Villagers blocked the road",
            ),
            no("The mayor slept as the guests left.", "at the same time: no act of protest"),
            no("Villagers blocked the road after the pump broke.", "only one thing after the other"),
        ),
        source="Causal News Corpus; PDTB Temporal",
    ),
)
