"""What takes a claim back before it is made: "it is false that", "no evidence that", "instead of", "without".

The words of a claim can stand in a text that says the opposite. Looking up from the trigger, this module says
whether the claim is denied, doubted, only told as an allegation, or not made at all. A wrong accusation harms
a person, so what is not plainly asserted is not kept.
"""

from __future__ import annotations

from typing import Final

from respgraph.annotate import Sentence, Token
from respgraph.extract import tree

CLIMB: Final = 6
# Right before the trigger: the act is named as one that is not done.
INSTEAD: Final = frozenset(
    {("rather", "than"), ("instead", "of"), ("short", "of"), ("far", "from"), ("without",), ("against",)}
)
AVOIDING: Final = frozenset(
    "avoid stop cease refuse decline hesitate resist forbear abstain refrain prevent forget forbid fear dread".split()
)
SUPPOSING: Final = frozenset("wish suppose imagine pretend dream".split())
UNABLE: Final = frozenset("unable reluctant unwilling afraid loath hesitant".split())
PRECLUDING: Final = frozenset("preclude bar prevent prohibit exempt protect shield keep stop".split())
DESIRING: Final = frozenset("urge call ask want encourage wish help make teach invite".split())
# "It is incumbent on the council to disregard it": an act that is fit, not one that is done.
FITTING: Final = frozenset("incumbent necessary essential imperative advisable wise".split())
BELIEVING: Final = frozenset("think believe feel consider agree accept suppose reckon".split())
SHOWING: Final = frozenset(
    "say establish prove show suggest find claim mean demonstrate confirm indicate argue imply know determine "
    "conclude state allege see".split()
)
EVIDENCE: Final = frozenset("case evidence proof indication sign suggestion basis ground hint finding".split())
FALSE: Final = frozenset(
    "false untrue wrong incorrect unfair absurd ridiculous nonsense unfounded baseless unproven ludicrous "
    "lie myth fiction fabrication preposterous mistaken unthinkable laughable".split()
)
UNSURE: Final = frozenset("unclear doubtful unlikely uncertain debatable questionable unknown improbable".split())
SURE: Final = frozenset("true clear certain proven fair right correct likely reasonable realistic".split())
TOLD: Final = frozenset(
    "idea notion claim allegation accusation suggestion charge rumour rumor report assertion belief theory "
    "suspicion fear contention insinuation".split()
)
RETRACTING: Final = frozenset(
    "deny reject dismiss refute retract withdraw condemn dispute rebut disprove contradict denounce drop quash "
    "overturn debunk apologise apologize regret".split()
)
WRONGLY: Final = frozenset("falsely wrongly wrongfully unjustly mistakenly unfairly erroneously baselessly".split())
NOTHING: Final = frozenset("nothing nobody none no-one".split())
NO_WORDS: Final = frozenset("no little neither few".split())
# "An attempt to blame the mayor": an act that somebody unnamed tried or planned, not one the text does.
TRIED: Final = frozenset("attempt bid campaign drive effort move plan proposal push".split())
CLAUSAL: Final = frozenset({"ccomp", "acl", "csubj", "advcl", "relcl", "xcomp", "pcomp", "dobj"})


def cancelled(s: Sentence, i: int) -> str | None:
    """Return what the words above a trigger do to its claim.

    Returns:
        "drop" (it is not made), "denies", "questions", "hedged" (told as an allegation), or None.
    """
    if is_instead(s, i) or any(s.tokens[k].lower in WRONGLY for k in s.children[i]):
        return "drop"
    if had_it_been(s, i) or (s.tokens[i].dep == "conj" and had_it_been(s, s.tokens[i].head)):
        return "drop"  # "had he pled guilty or been convicted"
    k = i
    for _ in range(CLIMB):
        t = s.tokens[k]
        head = s.tokens[t.head]
        if t.head == k:
            return None
        if t.dep == "pcomp" and head.upos in {"ADP", "SCONJ"}:
            if is_instead(s, k):
                return "drop"
            k = head.i
            continue
        if t.dep == "prep" and t.lower == "from" and head.lemma in PRECLUDING:
            return "drop"  # "precluded from being convicted twice"
        if s.tokens[i].upos == "ADJ" and t.dep in {"xcomp", "ccomp"} and head.lemma in DESIRING:
            return "drop"  # "called on the leaders to be responsible"
        found = above(s, t, head) if t.dep in CLAUSAL else None
        if found is not None:
            return found
        if t.dep not in CLAUSAL | {"conj", "acomp", "attr", "oprd", "aux", "prep", "pobj", "nsubj", "nsubjpass"}:
            return None
        if t.dep in {"relcl", "advcl"}:
            return None
        k = head.i
    return None


def is_instead(s: Sentence, i: int) -> bool:
    """Say whether "rather than", "instead of", "short of", "far from" or "without" stands right before."""
    before = tuple(
        t.lower
        for t in s.tokens[max(0, i - 3) : i]
        if t.dep not in {"aux", "auxpass", "advmod"} or t.lower in {"rather", "instead", "far", "short"}
    )
    return any(before[-len(words) :] == words for words in INSTEAD if words != ("against",))


def had_it_been(s: Sentence, i: int) -> bool:
    """Say whether the clause is an inverted condition: "had Kenya accused Somalia, ..."."""
    above_it = s.tokens[s.tokens[i].head]
    if above_it.lower == "had" and above_it.dep == "advcl" and above_it.i == min(tree.subtree(s, above_it.i)):
        return True  # parsed as "had [the firm broken the rules]"
    aux = next((k for k in s.children[i] if s.tokens[k].dep == "aux" and s.tokens[k].lower == "had"), None)
    subject = next((k for k in s.children[i] if s.tokens[k].dep in {"nsubj", "nsubjpass"}), None)
    return aux is not None and subject is not None and aux < subject and s.tokens[-1].form != "?"


def above(s: Sentence, t: Token, head: Token) -> str | None:
    """Return what the word right above a clause does to it, or None if it lets it stand."""
    negated = is_negated(s, head.i)
    lemma = head.lemma
    if head.upos in {"VERB", "AUX"}:
        if lemma in AVOIDING and t.dep in {"xcomp", "ccomp", "dobj", "pcomp"}:
            return "drop"
        if lemma in SUPPOSING and not (lemma == "wish" and t.dep == "xcomp"):
            return "drop"  # "I wish to urge all" urges
        if lemma in {"apologise", "apologize", "retract", "withdraw"}:
            return "drop"
        if negated and lemma in BELIEVING:
            return "denies"
        if negated and lemma in SHOWING:
            return "drop"
        if lemma == "be" or lemma in {"seem", "appear", "remain", "call"}:
            fit = any(s.tokens[k].dep == "acomp" and s.tokens[k].lemma in FITTING for k in s.children[head.i])
            return "drop" if fit and t.dep == "xcomp" else predicate(s, head.i, negated)
        return None
    if head.upos == "ADJ":
        return "drop" if lemma in UNABLE | FITTING else verdict(lemma, is_negated(s, head.head) or negated)
    if head.upos == "NOUN":
        if lemma in EVIDENCE and (negated or is_negated(s, head.head) or "little" in words_of(s, head.i)):
            return "drop"
        if lemma in TOLD:
            return told(s, head)
        if lemma in TRIED and t.dep == "acl" and t.tag == "VB" and head.dep != "dobj":
            return None if tree.kids(s, head.i, "poss", "compound", "prep") else "drop"
        return verdict(lemma, is_negated(s, head.head)) if head.dep in {"attr", "ROOT"} else None
    return None


def predicate(s: Sentence, v: int, negated: bool) -> str | None:
    """Return the verdict of a predicate on its clause: "it is false that", "it is not true that"."""
    for k in s.children[v]:
        if s.tokens[k].dep in {"acomp", "attr", "oprd"}:
            found = verdict(s.tokens[k].lemma, negated)
            if found is not None:
                return found
    return None


def verdict(lemma: str, negated: bool) -> str | None:
    """Return what calling a clause this makes of it.

    >>> verdict("false", False), verdict("true", True), verdict("true", False), verdict("unclear", False)
    ('denies', 'denies', None, 'questions')
    """
    if lemma in FALSE:
        return None if negated else "denies"
    if lemma in UNSURE:
        return "questions"
    if lemma in SURE and negated:
        return "denies" if lemma in {"true", "fair", "right", "correct", "reasonable"} else "questions"
    return None


def told(s: Sentence, noun: Token) -> str:
    """Return what a noun of telling makes of its clause: denied if it is rejected or called false, else hedged."""
    head = s.tokens[noun.head]
    if noun.dep in {"dobj", "nsubjpass"} and head.lemma in RETRACTING:
        return "denies"
    if noun.dep in {"nsubj", "nsubjpass"} and head.upos in {"VERB", "AUX"}:
        found = predicate(s, head.i, is_negated(s, head.i))
        if found is not None:
            return found
    return "hedged"


def is_negated(s: Sentence, i: int) -> bool:
    """Say whether a word is negated: by "not", by "no", or by a subject that is nobody or nothing."""
    for k in s.children[i]:
        t = s.tokens[k]
        if t.dep == "neg" or t.lower in NO_WORDS:
            return True
        if t.dep in {"nsubj", "nsubjpass", "dobj"} and (
            t.lower in NOTHING or (t.dep != "dobj" and any(s.tokens[c].lower == "no" for c in s.children[k]))
        ):
            return True
    return False


def words_of(s: Sentence, i: int) -> set[str]:
    """Return the words right below a token."""
    return {s.tokens[k].lower for k in s.children[i]}


def left_out(s: Sentence, i: int) -> bool:
    """Say whether a phrase is coordinated away: "neither A nor B", "not A but B", "B, not A"."""
    t = s.tokens[i]
    own = [s.tokens[k] for k in s.children[i]]
    joined = [s.tokens[k] for k in s.children[t.head]] if t.dep == "conj" else own
    if any(
        x.lower in {"neither", "nor"} for x in (*own, *joined) if x.dep in {"preconj", "cc", "det", "neg", "advmod"}
    ):
        return True
    negation = [x for x in own if x.lower == "not" and x.i < i and x.dep in {"neg", "advmod", "preconj", "cc"}]
    if t.dep == "conj":
        return bool(negation)
    return bool(negation) and any(x.lower == "but" for x in own)
