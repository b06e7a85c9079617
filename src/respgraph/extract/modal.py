"""Modal verbs: must, shall, should, ought, may, can - deontic where somebody is bound, not where one guesses.

The trigger is the auxiliary, so this family is open to every verb and is written as code, not as lexicon
lines; ``MODAL`` is its rule, with the examples that show what is refused: epistemic modals ("must have
been"), conditionals ("should you need"), ability and possibility.
"""

from __future__ import annotations

from dataclasses import replace

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import can_bear
from respgraph.extract.match import Frame, Trace
from respgraph.extract.roles import Filler, phrase
from respgraph.extract.rule import Rule, no, slots, yes

MODALITY = {"must": "must", "shall": "must", "should": "should", "ought": "should"}
MODAL = Rule(
    name="obligation.modal",
    type="obligation",
    modality="must",
    slots=slots(bearer="subj", content="vp"),
    examples=(
        yes("The operator must report spills.", bearer="The operator", content="report spills"),
        yes("Tenants shall not keep pigs.", bearer="Tenants", content="keep pigs", modality="must-not"),
        yes("The roof should be repaired.", content="The roof should be repaired"),
        no("The operator reported spills.", "a report of fact, not a duty"),
        no("He must have been tired.", "epistemic: a guess about the past"),
        no("Should you need help, ring the bell.", "a condition"),
    ),
    source="FrameNet Being_obligated; Palmer 2001; Institutional Grammar",
    confidence=0.85,
)
MAY = replace(
    MODAL,
    name="obligation.may",
    modality="may",
    examples=(
        yes("The tenant may end this lease by written notice.", bearer="The tenant"),
        no("Prices may rise.", "a possibility: prices are not permitted anything"),
        no("The minister may be ill.", "a guess"),
    ),
    confidence=0.6,
)
CANNOT = replace(
    MODAL,
    name="obligation.cannot",
    modality="must-not",
    examples=(
        yes("We cannot ignore this warning.", bearer="We", content="ignore this warning"),
        no("Pigs cannot fly.", "ability"),
    ),
    confidence=0.55,
)
RULES = (MODAL, MAY, CANNOT)
IF_WORDS = frozenset({"if", "unless", "whether", "lest", "provided", "in"})
STATES = frozenset({"be", "seem", "appear", "exist", "remain", "mean", "happen", "occur", "depend", "differ", "suffer", "know", "think", "feel"})
SPEAKING = frozenset({"say", "note", "add", "think", "like", "admit", "confess", "stress", "emphasize", "emphasise", "mention", "point", "congratulate", "thank", "express", "condemn", "reiterate", "recall", "tell", "welcome", "commend"})
CONTRACT_ROLES = frozenset("tenant landlord lessee lessor sublessee licensee licensor borrower lender buyer seller purchaser vendor contractor subtenant mortgagee guarantor".split())


def modals(s: Sentence, number: int, norms: bool, trace: Trace | None = None) -> list[Frame]:
    """Return the frames of modal verbs in a sentence.

    Args:
        s: The sentence.
        number: Its number in the document.
        norms: Whether the text is one of norms (law, treaty, contract), where "may" permits.
        trace: Told each try, for ``explain``.
    """
    found: list[Frame] = []
    for t in s.tokens:
        if t.tag != "MD" and t.lower not in {"must", "shall", "should", "ought"}:
            continue
        rule = rule_for(s, t.i)
        if rule is None or t.dep not in {"aux", "ROOT", "auxpass", "ccomp", "relcl", "conj", "advcl"}:
            continue
        v = main_verb(s, t.i)
        why = refuse(s, t.i, v, rule, norms) if v is not None else "no verb below the modal"
        if trace is not None:
            trace.note(rule.name, t.form, why or "fired")
        if v is not None and not why:
            found += actions(s, number, t.i, v, rule)
    return found


def rule_for(s: Sentence, i: int) -> Rule | None:
    """Return the rule of a modal token."""
    word = s.tokens[i].lower
    if word in MODALITY:
        return MODAL
    if word in {"may"}:
        return MAY
    if word in {"can", "ca", "could"} and negated(s, i):
        return CANNOT if word != "could" else None
    return None


def main_verb(s: Sentence, i: int) -> int | None:
    """Return the verb a modal belongs to."""
    t = s.tokens[i]
    if t.dep == "aux" or t.dep == "auxpass":
        return t.head
    if t.lower == "ought":
        return next((k for k in s.children[i] if s.tokens[k].dep == "xcomp"), None)
    return None


def negated(s: Sentence, i: int) -> bool:
    """Say whether the modal's verb is negated, or its subject is nobody."""
    v = s.tokens[i].head
    for k in s.children[v]:
        t = s.tokens[k]
        if t.dep == "neg" and (k - i <= 3 or t.lower == "never"):
            return True
        if t.dep in {"nsubj", "nsubjpass"} and (
            t.lower in {"nobody", "none"} or any(s.tokens[d].lower in {"no", "neither"} for d in s.children[k])
        ):
            return True
    return any(s.tokens[k].dep == "neg" for k in s.children[i])


def refuse(s: Sentence, i: int, v: int, rule: Rule, norms: bool) -> str:
    """Return why this modal binds nobody, or an empty string if it does."""
    verb, word = s.tokens[v], s.tokens[i].lower
    below = [s.tokens[k] for k in s.children[v]]
    perfect = any(t.dep == "aux" and t.lemma == "have" and t.i > i for t in below)
    if perfect and word in {"must", "may", "can", "shall"}:
        return "epistemic: a guess about the past"
    subject = tree.own_subject(s, v)
    if subject is not None and i < subject and s.tokens[i].i == s.tokens[0].i and s.tokens[-1].form != "?":
        return "a condition (inverted should)"
    if s.tokens[-1].form == "?" and subject is not None and i < subject:
        return "a question"
    marks = {t.lower for t in below if t.dep in {"mark", "advmod"} and t.i < i}
    if marks & IF_WORDS and word in {"should", "may", "must", "shall"}:
        return "inside a condition"
    progressive = verb.tag == "VBG" and any(t.dep == "aux" and t.lower == "be" for t in below)
    if word == "must" and progressive:
        return "epistemic: a guess about the present"
    deep = tree.surface_subject(s, v)
    if rule is MAY:
        passive = tree.has_passive(s, v)
        contract = deep is not None and s.tokens[deep].lemma in CONTRACT_ROLES
        if not norms and not contract:
            return "possibility: the text is not one of norms"
        if verb.lemma in STATES or (not passive and (deep is None or not can_bear(s, deep))):
            return "possibility: nobody is permitted"
    if rule is CANNOT:
        who = s.tokens[deep].lower if deep is not None else ""
        if not (who in {"we"} or (norms and deep is not None and can_bear(s, deep))):
            return "ability, not a ban"
        if verb.lemma in STATES | {"see", "tell", "say", "help", "find", "wait", "believe", "imagine", "hear", "do"}:
            return "ability, not a ban"
    who = s.tokens[deep].lower if deep is not None else ""
    if who in {"i", "we"} and s.tokens[v].lemma in SPEAKING and (who == "i" or word == "should"):
        return "a way of speaking"
    if word == "shall" and who in {"i", "we"} and not norms:
        return "the future"
    if constitutive(s, v):
        return "says what is, not what somebody must do"
    if word == "should" and deep is not None and s.tokens[deep].lower == "why":
        return "a question"
    return ""


def constitutive(s: Sentence, v: int) -> bool:
    """Say whether a norm sets a fact and binds nobody: "shall enter into force", "shall mean"."""
    t = s.tokens[v]
    partner = {s.tokens[k].lemma for k in s.children[v]} | {s.tokens[c].lemma for k in s.children[v] for c in s.children[k]}
    return (
        t.lemma == "enter" and "force" in partner
        or t.lemma in {"take", "have"} and "effect" in partner
        or t.lemma in {"mean", "include", "constitute", "terminate", "expire", "commence"}
        or t.lemma == "apply" and "to" in partner
        or t.lemma == "be" and bool(partner & {"valid", "void", "effective", "authentic"})
        or t.lemma == "cease" and "force" in partner
    )


def actions(s: Sentence, number: int, i: int, v: int, rule: Rule) -> list[Frame]:
    """Return one frame per coordinated verb that the modal governs."""
    word = s.tokens[i].lower
    modality = MODALITY.get(word, rule.modality or "must")
    no_longer = negated(s, i)
    if no_longer:
        modality = {"must": "must-not", "should": "should-not", "may": "must-not"}.get(modality, "must-not")
    negs = [k for k in s.children[v] if s.tokens[k].dep == "neg" and k - i <= 3]
    out = []
    for k in tree.verb_conjuncts(s, v):
        bearer, content = bearer_and_content(s, k, i, first=k == v)
        roles = [("bearer", bearer)] if bearer is not None else []
        roles += [("content", content)]
        roles += around(s, k)
        out.append(
            Frame(
                sentence=number,
                rule=rule.name,
                type="obligation",
                trigger=(i, *sorted(n for n in negs if n > i)) if k == v else (i, k),
                roles=tuple(roles),
                modality=modality,
                confidence=rule.confidence if k == v else rule.confidence - 0.1,
                weight=5,
            )
        )
    return out


def bearer_and_content(s: Sentence, v: int, modal: int, first: bool) -> tuple[Filler | None, Filler]:
    """Return who is bound and to what; a passive without a named agent binds nobody in particular."""
    passive = tree.has_passive(s, v)
    who = tree.agent(s, v) if passive else tree.surface_subject(s, v)
    bearer = Filler(who, tree.name_span(s, who)) if who is not None and can_bear(s, who) else None
    action = phrase(s, v, "vp", v)
    subject = tree.own_subject(s, v)
    if bearer is None and first and subject is not None and s.tokens[subject].tag not in {"WDT", "WP", "EX"}:
        whole = phrase(s, v, "clause", v)
        subject_words = len(tree.subtree(s, subject))
        if s.tokens[subject].tag != "PRP" and subject_words <= max(6, len(tree.subtree(s, v)) - subject_words):
            return bearer, whole
    return bearer, action


def around(s: Sentence, v: int) -> list[tuple[str, Filler]]:
    """Return condition and counterpart of an obliged verb: "if asked", "to the tenant"."""
    out = []
    for k in s.children[v]:
        t = s.tokens[k]
        if t.dep == "advcl" and any(s.tokens[c].lower in {"if", "unless", "when", "where", "before", "after", "until", "provided"} for c in s.children[k]):
            out.append(("condition", Filler(k, tree.phrase_span(s, k), "clause")))
        elif t.dep in {"dative"} or (t.dep == "prep" and t.lower == "to"):
            who = k if t.dep == "dative" and t.upos != "ADP" else tree.child(s, k, "pobj")
            if who is not None and can_bear(s, who):
                out.append(("counterpart", Filler(who, tree.name_span(s, who))))
    return out[:2] if len({n for n, _ in out[:2]}) == len(out[:2]) else out[:1]
