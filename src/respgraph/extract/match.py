"""Run the rules over a sentence: find trigger words, check their companions, fill the slots.

The order of rules and lexicon lines does not matter: all that fire are collected, then the weaker of
two that read the same words is dropped (``settle``). Each try is told to a ``Trace`` on request, which is
what ``respgraph explain`` prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import can_bear, can_speak
from respgraph.extract.cancel import NOTHING
from respgraph.extract.lexicon import LexicalUnit, index
from respgraph.extract.roles import Filler, branch, candidates, phrase, step_xcomp
from respgraph.extract.rule import Rule
from respgraph.model import ACTOR_SLOTS, Span

POS = {
    "verb": frozenset({"VERB", "AUX"}),
    "noun": frozenset({"NOUN", "PROPN"}),
    "adj": frozenset({"ADJ", "VERB", "ADV", "NOUN"}),
    "modal": frozenset({"AUX", "VERB"}),
    "prep": frozenset({"ADP", "SCONJ", "ADV", "ADJ", "CCONJ", "NOUN", "VERB", "PART"}),
}
COMPANION_DEPS = {
    "subj": ("nsubj", "nsubjpass"),
    "obj": ("dobj", "nsubjpass"),
    "prep": ("prep", "prt", "agent", "dative", "advmod"),
}
ANY_COMPANION = (
    "prep",
    "prt",
    "dobj",
    "acomp",
    "oprd",
    "attr",
    "advmod",
    "dative",
    "pcomp",
    "amod",
    "nsubjpass",
    "agent",
    "fixed",
    "aux",
    "xcomp",
    "mark",
    "det",
    "compound",
    "advcl",
    "acl",
    "pobj",
    "ccomp",
)
# "have to", "is to": nothing stands between these verbs and their infinitive.
BARE = frozenset({"have", "be", "need", "get", "ought"})
# What follows "in" without being a matter: "in custody", "in history".
SETTINGS = frozenset(
    "respect absence absentia addition advance age article book century connection court custody day decade fact "
    "future general history hour instance interview letter month number order part particular past person place post "
    "public regard context sense relation report response return speech statement turn tweet year".split()
)
PUNISHING = frozenset({"sentence", "jail", "fine", "imprison"})
BLAME = frozenset({"blame", "responsibility", "fault", "guilt"})
PARTS = frozenset(
    {
        "barrage",
        "flurry",
        "series",
        "stream",
        "string",
        "torrent",
        "volley",
        "wave",
        "most",
        "much",
        "part",
        "share",
        "some",
        "all",
        "brunt",
        "bulk",
        "lot",
        "portion",
        "half",
        "majority",
        "weight",
        "burden",
    }
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A rule that fired: its trigger tokens and the fillers of its slots, inside one sentence."""

    sentence: int
    rule: str
    type: str
    trigger: tuple[int, ...]
    roles: tuple[tuple[str, Filler], ...]
    stance: str | None = None
    degree: str | None = None
    sense: str | None = None
    modality: str | None = None
    polarity: str = "positive"
    hedged: bool = False
    confidence: float = 0.8
    weight: int = 0

    def get(self, slot: str) -> Filler | None:
        """Return the filler of a slot, or None."""
        return next((filler for name, filler in self.roles if name == slot), None)

    def with_role(self, slot: str, filler: Filler | None) -> Frame:
        """Return the frame with one slot filled anew, or emptied."""
        roles = tuple((n, f) for n, f in self.roles if n != slot)
        return replace(self, roles=roles if filler is None else (*roles, (slot, filler)))


@dataclass
class Trace:
    """What was tried on a sentence, in order: (rule, trigger words, outcome)."""

    tries: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, rule: str, words: str, outcome: str) -> None:
        """Keep one try."""
        self.tries.append((rule, words, outcome))


def match(s: Sentence, number: int, rules: Mapping[str, Rule], trace: Trace | None = None) -> list[Frame]:
    """Return the frames that lexical units evoke in a sentence, before rivals are settled."""
    found: list[Frame] = []
    units = index()
    for token in s.tokens:
        seen = units.get(token.lemma, ())
        if token.lower != token.lemma:
            seen = seen + units.get(token.lower, ())
        for unit in seen:
            found.extend(evoke(s, number, token.i, unit, rules[unit.rule], trace))
    return found


def evoke(s: Sentence, number: int, i: int, unit: LexicalUnit, rule: Rule, trace: Trace | None) -> Iterator[Frame]:
    """Yield the frame one lexical unit evokes at one token, if its companions and needed slots are there."""
    if s.tokens[i].upos not in POS[unit.pos]:
        return
    companions = find_companions(s, i, unit)
    if companions is None:
        return
    trigger = tuple(sorted({i, *companions}))
    words = " ".join(s.tokens[k].form for k in trigger)
    roles: list[tuple[str, Filler]] = []
    for slot, path in rule.slots:
        filler = fill(s, i, slot, path, trigger, dict(roles))
        if filler is not None:
            roles.append((slot, filler))
        elif slot in rule.need:
            if trace is not None:
                trace.note(rule.name, words, f"no {slot}: nothing at {path}")
            return
    if rule.accept is not None and not rule.accept(s, i, dict(roles)):
        if trace is not None:
            trace.note(rule.name, words, "refused by its own test (see its examples)")
        return
    if trace is not None:
        trace.note(rule.name, words, "fired")
    roles = [(slot, whole_clause(s, i, slot, filler, dict(roles))) for slot, filler in roles]
    banned = False
    for n, (slot, filler) in enumerate(roles):
        refused = negation_in(s, filler) if slot == "content" else None
        if refused is not None and rule.type in {"demand", "commitment"}:
            roles[n] = slot, replace(filler, span=Span(s.tokens[refused].start, filler.span.end))
        banned = banned or (refused is not None and rule.type == "obligation")
    yield Frame(
        sentence=number,
        rule=rule.name,
        type=rule.type,
        trigger=trigger,
        roles=tuple(named(s, i, roles)),
        stance=rule.stance,
        degree=rule.degree,
        sense=rule.sense,
        modality=BANS.get(rule.modality or "", rule.modality) if banned else rule.modality,
        confidence=rule.confidence,
        weight=10 * len(companions) + len(roles),
    )


# "requires that members never share data": what must not be done.
BANS = {"must": "must-not", "should": "should-not", "may": "must-not"}


def negation_in(s: Sentence, filler: Filler) -> int | None:
    """Return the "not" or "never" right before the verb of a clause: "demanded that the army not attack the town"."""
    if filler.kind != "verb" or filler.sentence >= 0:
        return None
    before = [k for k in s.children[filler.head] if s.tokens[k].dep == "neg" and k < filler.head]
    return (
        before[-1]
        if before and s.tokens[before[-1]].end <= filler.span.start and within(s, before[-1], filler)
        else None
    )


def within(s: Sentence, k: int, filler: Filler) -> bool:
    """Say whether only auxiliaries and adverbs stand between a word and the verb."""
    return all(s.tokens[m].dep in {"aux", "auxpass", "advmod", "neg"} for m in range(k + 1, filler.head))


def fill(
    s: Sentence, i: int, slot: str, path: str, trigger: tuple[int, ...], known: Mapping[str, Filler]
) -> Filler | None:
    """Return the first filler a path offers that suits the slot: an actor slot needs one who can bear."""
    bearer = known.get("bearer")
    for filler in candidates(s, i, path):
        if filler.head in trigger and filler.kind == "noun":
            continue
        if slot == "content" and (
            s.tokens[filler.head].lower == "following"
            or (bearer is not None and filler.head == bearer.head)
            or is_setting(s, filler.head)
            or (filler.kind == "noun" and s.tokens[filler.head].lemma in PARTS and part_of(s, i, BLAME) is not None)
            or (s.tokens[filler.head].lemma in BLAME and s.tokens[filler.head].head == i and len(trigger) > 1)
            or s.tokens[filler.head].tag in {"WDT", "WP"}
        ):
            continue
        # "his running mate, Ada Lund, accused": who it is told by the name that follows
        if slot == "speaker" and (not can_speak(s, tree.real_name(s, filler.head)) or is_empty(s, filler.head)):
            continue
        if slot == "basis" and can_bear(s, filler.head):
            continue
        if slot in ACTOR_SLOTS and slot != "speaker" and not can_bear(s, filler.head):
            continue
        return filler
    return None


def is_setting(s: Sentence, k: int) -> bool:
    """Say whether a phrase tells where or when, not what: "arrested in Peru", "swore on Monday", "the head of Peru"."""
    t = s.tokens[k]
    by = s.tokens[t.head].lower
    return t.dep == "pobj" and (
        (t.ent in {"DATE", "TIME"} and not tree.kids(s, k, "prep"))  # but "decades of abuse"
        or (by in {"in", "of"} and t.ent in {"GPE", "LOC", "FAC"})
        or (by == "in" and t.lemma in SETTINGS)
    )


def is_empty(s: Sentence, k: int) -> bool:
    """Say whether "it" stands for the clause that follows: "it is wrong to blame the nurses"."""
    verb = s.tokens[s.tokens[k].head]
    return s.tokens[k].lower == "it" and verb.lemma == "be" and tree.child(s, verb.i, "acomp", "attr") is not None


def whole_clause(s: Sentence, i: int, slot: str, filler: Filler, roles: Mapping[str, Filler]) -> Filler:
    """Return a matter with its subject where that is not the bearer.

    "demanded that the plant be closed", "promised that no school would close", "admitted that mistakes were made".
    """
    if slot != "content" or filler.kind != "verb" or filler.head <= i:
        return filler
    subject = tree.own_subject(s, filler.head)
    told = subject is not None and (s.tokens[subject].upos != "PRON" or s.tokens[subject].lower in NOTHING)
    if subject is None or not told or s.tokens[subject].tag in {"WDT", "WP"}:
        return filler
    bearer = roles.get("bearer")
    apart = tree.has_passive(s, filler.head) if bearer is None else s.tokens[filler.head].dep in {"ccomp", "acl"}
    if not apart or (bearer is not None and bearer.head == subject):
        return filler
    return phrase(s, filler.head, "clause", i)


def named(s: Sentence, i: int, roles: list[tuple[str, Filler]]) -> list[tuple[str, Filler]]:
    """Return the roles with actors cut to their names, without branches that hold the trigger or another slot."""
    heads = {f.head for _, f in roles} | {i}
    out = []
    for slot, filler in roles:
        drop = frozenset[int]().union(*(branch(s, filler.head, h) for h in heads if h != filler.head))
        if slot in ACTOR_SLOTS:
            head = tree.real_name(s, filler.head)
            filler = replace(filler, head=head, span=tree.name_span(s, head, drop))
        elif (
            slot == "content"
            and filler.kind == "noun"
            and (cut := speaker_branch(s, filler, dict(roles).get("speaker")))
        ):
            filler = replace(filler, span=tree.phrase_span(s, filler.head, frozenset({"relcl"}), cut))
        out.append((slot, filler))
    return out


def speaker_branch(s: Sentence, filler: Filler, speaker: Filler | None) -> frozenset[int]:
    """Return the by-phrase that the parser hung on the matter but that names the speaker."""
    if speaker is None or not filler.span.covers(speaker.span):
        return frozenset()
    by = s.tokens[speaker.head].head
    return frozenset({by}) if s.tokens[by].lower in {"by", "from"} else frozenset()


def find_companions(s: Sentence, i: int, unit: LexicalUnit) -> list[int] | None:
    """Return the tokens of the unit's companions, or None if one is missing."""
    found: list[int] = []
    for companion in unit.companions:
        if companion == "to" and (k := infinitive_marker(s, i)) is not None:
            found.append(k)
            continue
        kind, _, words = companion.partition("=")
        wanted = frozenset((words or kind).split(","))
        deps = COMPANION_DEPS[kind] if words else ANY_COMPANION
        k = near(s, i, wanted, deps) if not words or kind != "subj" else subject_companion(s, i, wanted)
        if k is None and kind == "obj":
            k = part_of(s, i, wanted)
        if k is None:
            k = next((x for f in found if (x := near(s, f, wanted, ANY_COMPANION)) is not None), None)
        if k is None:
            return None
        found.append(k)
    return found


def infinitive_marker(s: Sentence, i: int) -> int | None:
    """Return the "to" of the infinitive that follows a verb: "has to", "is to", "agreed to"."""
    v = step_xcomp(s, i, frozenset())
    if s.tokens[i].lemma in BARE and (
        v is None or s.tokens[v].head != i or tree.child(s, i, "dobj", "acomp", "attr") is not None
    ):
        return None
    return next((k for k in s.children[v] if s.tokens[k].tag == "TO"), None) if v is not None else None


def near(s: Sentence, i: int, wanted: frozenset[str], deps: tuple[str, ...]) -> int | None:
    """Return a dependent (or, for objects and predicates, its conjunct or modifier) with a wanted lemma."""
    for k in sorted(s.children[i], key=lambda k: k < i):
        t = s.tokens[k]
        if t.tag == "TO" and t.dep == "aux":
            continue  # the marker of the trigger itself: "to resolve" is not "resolve to"
        if t.dep in deps and (t.lemma in wanted or t.lower in wanted):
            return k
    for k in s.children[i]:
        if (
            s.tokens[k].dep in {"dobj", "acomp", "nsubjpass", "oprd", "pobj", "prep", "agent", "attr", "xcomp", "advcl"}
            and k > i
            and s.tokens[k].lower != "according"
        ):
            for c in s.children[k]:
                t = s.tokens[c]
                if t.dep == "mark" and t.lower == "for" and "for" in wanted:
                    return c
                if t.dep == "pcomp" and t.tag == "VBG":  # "under mounting criticism"
                    thing = next((m for m in tree.kids(s, c, "dobj") if s.tokens[m].lemma in wanted), None)
                    if thing is not None:
                        return thing
                if t.dep == "pobj" and s.tokens[i].lemma in PUNISHING:
                    # "sentenced to life without parole for fraud": the reason hangs on the last noun
                    last = max(tree.subtree(s, c, frozenset({"pcomp", "relcl", "acl"})))
                    below = [k for k in range(c, last + 1) if s.tokens[k].dep == "prep" and s.tokens[k].lower in wanted]
                    if below:
                        return below[-1]
                if t.dep == "pobj" and s.tokens[k].dep in {"prep", "agent"} and is_setting_of(s, k, c):
                    # "investigated by the police for fraud", "remanded in custody on a charge": the parser goes low
                    below = [m for m in tree.kids(s, c, "prep") if s.tokens[m].lower in wanted]
                    if below:
                        return below[-1]
                if (
                    t.dep in {"conj", "amod", "prep", "acomp", "oprd", "pcomp", "pobj"}
                    and t.dep in (*deps, "conj", "pobj")
                    and (t.lemma in wanted or t.lower in wanted)
                ):
                    return c
    return None


def is_setting_of(s: Sentence, prep: int, noun: int) -> bool:
    """Say whether a phrase tells by whom, where or when, so that a preposition after it belongs to the verb."""
    t = s.tokens[noun]
    return s.tokens[prep].dep == "agent" or t.ent in {"DATE", "TIME", "GPE"} or t.lemma in {"custody", "court", "jail"}


def part_of(s: Sentence, i: int, wanted: frozenset[str]) -> int | None:
    """Return a wanted noun behind a word of quantity: "bears most of the blame"."""
    for k in tree.kids(s, i, "dobj", "nsubjpass"):
        if s.tokens[k].lemma in PARTS:
            inner = tree.prepositional(s, k, frozenset({"of"}))
            if inner is not None and s.tokens[inner].lemma in wanted:
                return inner
    return None


def subject_companion(s: Sentence, i: int, wanted: frozenset[str]) -> int | None:
    """Return the surface subject if its lemma is wanted ("the responsibility ... lies")."""
    k = tree.surface_subject(s, i)
    return k if k is not None and s.tokens[k].lemma in wanted else None


def settle(frames: list[Frame], rules: Mapping[str, Rule]) -> list[Frame]:
    """Drop the weaker of two frames that read the same words; order of input does not matter.

    A frame loses to one that names it in ``beats``, or that has a trigger token in common with it and is more
    specific (more companions, then more slots, then the name of the rule).
    """
    ranked = sorted(frames, key=lambda f: (-f.weight, f.rule, f.trigger))
    kept: list[Frame] = []
    for frame in ranked:
        rivals = [
            k
            for k in kept
            if touching(k, frame)
            and (k.rule != frame.rule or k.get("content") == frame.get("content"))
            and not both_hold(k, frame)
        ]
        if not rivals and not any(
            frame.rule in rules[k.rule].beats and k.rule != frame.rule and touching(k, frame)
            for k in frames
            if k.rule in rules
        ):
            kept.append(frame)
    return sorted(kept, key=lambda f: (f.sentence, f.trigger, f.type, f.rule))


def both_hold(a: Frame, b: Frame) -> bool:
    """Say whether the same words make both claims: "marched demanding justice" tells a demand and why they marched."""
    if {a.type, b.type} == {"cause", "demand"}:
        return "cause.motive" in {a.rule, b.rule}
    return {a.type, b.type} == {"cause", "responsibility"}


def touching(a: Frame, b: Frame) -> bool:
    """Say whether two frames share trigger words."""
    return a.sentence == b.sentence and bool(set(a.trigger) & set(b.trigger))
