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
from respgraph.extract.bound import action_of, around, bearer_and_content, bindable, governed, subject_of
from respgraph.extract.contract import CONTRACT_ROLES, party_among, party_before, verb_below
from respgraph.extract.lexicon.norms import words
from respgraph.extract.match import BANS, Frame, Trace
from respgraph.extract.roles import Filler
from respgraph.extract.rule import Rule, no, slots, yes

MODALITY = {"must": "must", "shall": "must", "should": "should", "ought": "should", "better": "should"}
MODAL = Rule(
    name="obligation.modal",
    type="obligation",
    modality="must",
    slots=slots(bearer="subj", content="vp"),
    examples=(
        yes("The operator must report spills.", bearer="The operator", content="report spills"),
        yes("Tenants shall not keep pigs.", bearer="Tenants", content="keep pigs", modality="must-not"),
        yes(
            "The captain had better check the hold.", bearer="The captain", content="check the hold", modality="should"
        ),
        yes("The roof should be repaired.", content="The roof should be repaired"),
        no("The operator reported spills.", "a report of fact, not a duty"),
        no("He must have been tired.", "epistemic: a guess about the past"),
        no("He had better shoes.", "a comparison"),
        no('The word "boat" shall mean any vessel.', "a definition"),
        yes("The council shall have regard to noise.", bearer="The council", content="have regard to noise"),
        no("The Office shall enjoy full immunity.", "a right, no duty"),
        no("This Convention shall enter into force in May.", "says when it binds"),
        no("This treaty shall be binding on the parties from May.", "says when it binds"),
        no("No party shall be liable for delays.", "frees the parties"),
        yes("Neither party shall assign this lease.", bearer="Neither party", modality="must-not"),
        yes("No person shall enter the harbour without a permit.", bearer="No person", modality="must-not"),
        yes("The keeper shall, under section 4, open the gate.", bearer="The keeper", basis="section 4"),
        yes("If the alarm rings, guests must leave.", bearer="guests", content="leave", condition="If the alarm rings"),
        yes("In no event shall the guest move the boat.", bearer="the guest", modality="must-not"),
        yes("The council must not only watch but act.", bearer="The council", modality="must"),
        yes("Guests must not smoke, nor shall they drink.", bearer="they", content="drink", modality="must-not"),
        no("Nothing in this treaty shall prevent a State from leaving.", "keeps other norms as they are"),
        no("It must be noted that the barn burned.", "a way of speaking"),
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
        yes(
            "The State shall act. A Member which has left this treaty may join it.",
            bearer="A Member which has left this treaty",
        ),
        yes("During recess, members may not officially meet.", bearer="members", modality="must-not"),
        no("The minister may be ill.", "a guess"),
        no("The tenant shall repay any sum that the landlord may spend.", "tells which sum"),
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
WILL = replace(
    MODAL,
    name="obligation.will",
    examples=(
        yes(
            "The Tenant shall pay the rent. The Landlord will repair the roof.",
            bearer="The Landlord",
            content="repair the roof",
        ),
        yes("The fees will be paid by the Tenant.", bearer="the Tenant", content="be paid by the Tenant"),
        no("The mayor will repair the roof.", "a forecast"),
        no("The tenant will repair the roof.", "a forecast: no party as a contract defines it"),
    ),
    confidence=0.7,
)
ITEM = replace(
    MODAL,
    name="obligation.item",
    examples=(
        yes(
            "The Agency shall: (a) inspect boats; (b) keep a register.", bearer="The Agency", content="keep a register"
        ),
        yes(
            "A broker must: (a) set fees; and (b) not hide fees.",
            bearer="A broker",
            content="hide fees",
            modality="must-not",
        ),
        yes(
            "Each Party shall:\n(a) adopt laws against theft;\n(b) return stolen goods.",
            bearer="Each Party",
            content="return stolen goods",
        ),
        yes(
            "Owners must not:\n- feed the bears;\n- leave food outside.",
            bearer="Owners",
            content="feed the bears",
            modality="must-not",
        ),
        yes(
            "A person who keeps bees shall: (a) fence them; (b) feed them.",
            bearer="A person who keeps bees",
            content="feed them",
        ),
        no("The Agency shall keep:\n- two boats;\n- a register.", "the items are things, no actions"),
        no("The Agency has: (a) two boats; (b) a register.", "nobody is bound"),
    ),
    confidence=0.75,
)
CLEFT = replace(
    MODAL,
    name="obligation.cleft",
    examples=(
        yes("What we need to do is mend the net.", bearer="we", content="mend the net"),
        yes(
            "What the council should do is close the port.",
            bearer="the council",
            content="close the port",
            modality="should",
        ),
        no("What we did was mend the net.", "a report"),
    ),
    confidence=0.7,
)
RULES = (MODAL, MAY, CANNOT, WILL, ITEM, CLEFT)
TELLING = words("telling")
LIKELY = words("likely")
NOT = frozenset({"not", "n't", "never"})
ONLY = frozenset({"only", "just", "merely", "simply", "solely"})
RIGHTS = words("right")
# What a norm says of effects, not of conduct.
EFFECTS = words("effect")
FRONTED = frozenset({"event", "case", "circumstances", "circumstance", "time", "way", "account"})
UNLIABLE = frozenset({"liable", "responsible", "obligated", "required", "obliged", "bound", "accountable"})
# Beside "may", these tell of a permission: "may freely move", "may not officially meet".
ALLOWING = frozenset({"freely", "legally", "lawfully", "officially", "validly"})
BENEFITS = words("benefit")
BURDENS = frozenset({"obligation", "liability", "duty", "responsibility"})
RECEIVING = frozenset({"receive", "recover"})
IF_WORDS = frozenset({"if", "unless", "whether", "lest", "provided", "in"})
STATES = words("state")
SPEAKING = words("speaking")
RISKS = frozenset("chance concern danger fear likelihood possibility prospect risk suspicion threat worry".split())


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
        if t.tag == "WP" and t.lower == "what" and (cleft := cleft_frame(s, number, t.i)) is not None:
            if trace is not None:
                trace.note(CLEFT.name, t.form, "fired")
            found.append(cleft)
        if t.lower == "better" and (v := had_better(s, t.i)) is not None:
            if trace is not None:
                trace.note(MODAL.name, "had better", "fired")
            found += actions(s, number, t.i, v, MODAL)
            continue
        if t.tag != "MD" and t.lower not in {"must", "shall", "should", "ought"}:
            continue
        rule = rule_for(s, t.i, norms)
        if rule is None or t.dep not in {"aux", "ROOT", "auxpass", "ccomp", "relcl", "conj", "advcl"}:
            continue
        v = main_verb(s, t.i)
        why = refuse(s, t.i, v, rule, norms) if v is not None else "no verb below the modal"
        if trace is not None:
            trace.note(rule.name, t.form, why or "fired")
        if v is not None and not why:
            found += actions(s, number, t.i, v, rule)
    return found


def cleft_frame(s: Sentence, number: int, i: int) -> Frame | None:
    """Return the duty of "what X must do is V": the bearer stands in the first clause, the action in the second."""
    do = s.tokens[i].head
    if s.tokens[do].lemma != "do":
        return None
    modal = next((k for k in s.children[do] if s.tokens[k].lower in MODALITY), None)
    top = do if modal is not None or s.tokens[do].dep != "xcomp" else s.tokens[do].head
    if modal is None and s.tokens[top].lemma not in {"need", "have"}:
        return None
    be = s.tokens[top].head
    if s.tokens[be].lemma != "be" or s.tokens[be].tag not in {"VBZ", "VBP"}:
        return None
    who = tree.child(s, top, "nsubj")
    deed = next(
        (k for k in s.children[be] if k > be and s.tokens[k].upos == "VERB" and s.tokens[k].tag in {"VB", "VBP"}), None
    )
    if who is None or deed is None or not can_bear(s, who):
        return None
    trigger = modal if modal is not None else top
    return Frame(
        sentence=number,
        rule=CLEFT.name,
        type="obligation",
        trigger=(trigger,),
        roles=(("bearer", Filler(who, tree.name_span(s, who))), ("content", action_of(s, deed))),
        modality=MODALITY.get(s.tokens[trigger].lower, "must"),
        confidence=CLEFT.confidence,
        weight=30,
    )


def rule_for(s: Sentence, i: int, norms: bool) -> Rule | None:
    """Return the rule of a modal token."""
    word = s.tokens[i].lower
    if word in MODALITY:
        return MODAL
    if word in {"may"}:
        return MAY
    if word in {"can", "ca", "could"} and negated(s, i):
        return CANNOT if word != "could" else None
    if word == "will":
        return WILL
    return None


def main_verb(s: Sentence, i: int) -> int | None:
    """Return the verb a modal belongs to."""
    t = s.tokens[i]
    if t.dep == "aux" or t.dep == "auxpass":
        return verb_below(s, i)
    if t.lower == "ought":
        return next((k for k in s.children[i] if s.tokens[k].dep == "xcomp"), None)
    return None


def had_better(s: Sentence, i: int) -> int | None:
    """Return the verb of "had better": an adverb of its verb, with "had" right before it."""
    if i == 0 or s.tokens[i - 1].lower not in {"had", "'d", "’d"}:
        return None
    near: list[int] = [s.tokens[i].head, *range(i + 1, min(len(s.tokens), i + 4))]
    for k in near:
        if k > i and s.tokens[k].tag in {"VB", "VBP"}:
            return k
    return None


def negated(s: Sentence, i: int) -> bool:
    """Say whether the modal's verb is negated, or its subject is nobody."""
    v = s.tokens[i].head
    after = [t.lower for t in s.tokens[i + 1 : i + 3]]
    if after[:1] == ["not"] and after[1:] and after[1] in ONLY:
        return False  # "must not only watch but also act"
    if after and after[0] in NOT:
        return True
    before = [t.lower for t in s.tokens[max(0, i - 3) : i]]
    if before[-1:] in (["nor"], ["neither"]) or (before[-2:-1] == ["no"] and before[-1] in FRONTED):
        return True  # "in no event shall", "nor may": the negation stands in front
    for k in s.children[v]:
        t = s.tokens[k]
        if (t.dep == "neg" and (k - i <= 3 or t.lower == "never")) or (
            t.lower == "neither" and (k < i or t.dep == "preconj")
        ):
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
    if perfect and word in {"must", "may", "can", "shall"} and not (norms and word == "must"):
        return "epistemic: a guess about the past"
    subject = tree.own_subject(s, v)
    if subject is not None and i < subject and s.tokens[i].i == s.tokens[0].i and s.tokens[-1].form != "?":
        return "a condition (inverted should)"
    if s.tokens[-1].form == "?" and subject is not None and i < subject:
        return "a question"
    marks = {t.lower for t in below if t.dep in {"mark", "advmod"} and t.i < i}
    if marks & IF_WORDS:
        return "inside a condition"
    progressive = verb.tag == "VBG" and any(t.dep == "aux" and t.lower == "be" for t in below)
    if word == "must" and progressive:
        return "epistemic: a guess about the present"
    deep = subject_of(s, v, i)
    if deep is None or not bindable(s, deep, v, tree.has_passive(s, v)):
        deep = party_before(s, i) or deep
    if norms and negated(s, i) and unbinding(s, v):
        return "frees somebody, bans nothing"
    if word in {"may", "shall"} and (marks & {"as"} or elsewhere(s, v)):
        return "a measure for another clause"
    if deep is not None and s.tokens[deep].lower == "nothing" and word in {"shall", "may"}:
        return "keeps other norms as they are"
    if of_right(s, v):
        return "the right is claimed by its noun"
    if norms and word in {"shall", "will"} and benefits(s, v, deep):
        return "gives somebody something, binds nobody"
    if rule is WILL and verb.lemma == "be" and not tree.has_passive(s, v) and not owes(s, v):
        return "tells what somebody will be"
    above = s.tokens[verb.head]
    if word == "may" and verb.dep in {"acl", "ccomp", "relcl"} and above.lemma in RISKS:
        return "possibility: a risk that it may happen"
    if rule is MAY:
        passive = tree.has_passive(s, v)
        contract = deep is not None and s.tokens[deep].lemma in CONTRACT_ROLES
        allowed = any(s.tokens[k].lower in ALLOWING and abs(k - i) <= 3 for k in s.children[v])
        if not norms and not contract and not allowed:
            return "possibility: the text is not one of norms"
        if verb.lemma in STATES or (not passive and (deep is None or not bindable(s, deep, v, passive))):
            return "possibility: nobody is permitted"
    if rule is CANNOT:
        who = s.tokens[deep].lower if deep is not None else ""
        if not (who in {"we"} or (norms and deep is not None and can_bear(s, deep))):
            return "ability, not a ban"
        if verb.lemma in STATES | {"see", "tell", "say", "help", "find", "wait", "believe", "imagine", "hear", "do"}:
            return "ability, not a ban"
    who = s.tokens[deep].lower if deep is not None else ""
    if word in {"must", "should"} and guesses(s, v, word, deep):
        return "epistemic: a guess"
    told = verb.lemma in TELLING or (verb.lemma in SPEAKING and tree.child(s, v, "dobj") is None)
    if who in {"i", "we"} and told and (who == "i" or word == "should"):
        return "a way of speaking"
    if word == "shall" and who in {"i", "we"} and not norms:
        return "the future"
    if word in {"shall", "may", "will"} and constitutive(s, v):
        return "says what is, not what somebody must do"
    if s.tokens[-1].form == "?" and marks & {"why", "how"}:
        return "a question"
    if verb.dep == "csubj" and "that" in marks and s.tokens[verb.head].lower != "clear":
        return "a fact, put as a thought"
    if who == "it" and tree.has_passive(s, v) and verb.lemma in SPEAKING | TELLING | {"remember", "understand"}:
        return "a way of speaking"
    return ""


def guesses(s: Sentence, v: int, word: str, subject: int | None) -> bool:
    """Say whether the modal tells what is likely: "must be related to", "should be easy to see"."""
    verb = s.tokens[v]
    below = {s.tokens[k].lemma for k in s.children[v] if s.tokens[k].dep in {"acomp", "attr"}}
    if verb.lemma == "be" and below & LIKELY:
        return True
    thing = subject is None or not can_bear(s, subject) or s.tokens[subject].lower == "it"
    if verb.lemma == "be" and "able" in below and thing:
        return True
    return (
        word == "must"
        and thing
        and (
            verb.lemma in {"relate", "link", "make", "seem", "mean", "come"}
            or (verb.lemma == "be" and bool(below & {"due", "related", "true"}))
        )
    )


def constitutive(s: Sentence, v: int) -> bool:
    """Say whether a norm sets a fact and binds nobody: "shall enter into force", "shall mean"."""
    t = s.tokens[v]
    partner = {s.tokens[k].lemma for k in s.children[v]} | {
        s.tokens[c].lemma for k in s.children[v] for c in s.children[k]
    }
    passive = tree.has_passive(s, v)
    subject = tree.surface_subject(s, v)
    somebody = subject is not None and can_bear(s, subject)
    return (
        (t.lemma == "enter" and "force" in partner)
        or (t.lemma in {"take", "have"} and "effect" in partner)
        or (t.lemma in {"mean", "enjoy", "possess"} and not passive)
        or (t.lemma in EFFECTS and not passive and not somebody)
        or (t.lemma == "consider" and passive and any(s.tokens[k].dep == "xcomp" for k in s.children[v]))
        or (t.lemma in {"deem", "construe"} and (passive or t.dep == "relcl"))
        or (t.lemma == "apply" and "to" in partner and not somebody)
        or (
            t.lemma == "be"
            and bool(
                partner
                & {"valid", "void", "effective", "bind", "authentic", "open", "prejudice", "same", "equal", "final"}
            )
        )
        or (t.lemma in {"cease", "come"} and "force" in partner)
        or (t.lemma in {"become", "cease", "occur", "arise"} and not somebody)
        or (t.lemma in {"regard", "treat", "consider"} and passive and "as" in partner)
    )


def unbinding(s: Sentence, v: int) -> bool:
    """Say whether a negated verb frees somebody instead of binding: "shall not be liable", "shall not be required"."""
    t = s.tokens[v]
    return (
        t.lemma in {"oblige", "obligate", "require", "bind"}
        or (t.lemma == "be" and any(s.tokens[k].lemma in UNLIABLE for k in s.children[v]))
        or (t.lemma == "have" and not tree.has_passive(s, v))
    )


def actions(s: Sentence, number: int, i: int, v: int, rule: Rule) -> list[Frame]:
    """Return one frame per coordinated verb that the modal governs."""
    word = s.tokens[i].lower
    modality = MODALITY.get(word, rule.modality or "must")
    if negated(s, i):
        modality = BANS.get(modality, "must-not")
    negs = [k for k in s.children[v] if s.tokens[k].dep == "neg" and k - i <= 3] or [
        k for k in (i + 1,) if k < len(s.tokens) and s.tokens[k].lower in NOT
    ]
    out = []
    verbs = [v] if of_right(s, v) else governed(s, v)
    for k in verbs:
        bearer, content = bearer_and_content(s, k, i, k == v, modality in {"must-not", "may"})
        if rule is WILL and (bearer is None or not party_among(s, bearer.head)):
            continue
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


def benefits(s: Sentence, v: int, subject: int | None) -> bool:
    """Say whether a norm gives its subject something: "shall have ten days", "Lessor shall receive the rent"."""
    verb = s.tokens[v]
    thing = tree.child(s, v, "dobj")
    if any(s.tokens[k].lemma == "enjoy" for k in tree.verb_conjuncts(s, v)):
        return True  # "shall peaceably have, hold and enjoy the premises"
    if thing is None or tree.has_passive(s, v):
        return False
    if verb.lemma == "have":
        freed = any(s.tokens[k].lower in {"no", "any"} for k in s.children[thing]) and s.tokens[thing].lemma in BURDENS
        return s.tokens[thing].lemma in BENEFITS or freed
    return verb.lemma in RECEIVING and subject is not None and party_among(s, subject)


def owes(s: Sentence, v: int) -> bool:
    """Say whether a predicate is one of duty: "will be responsible for", "will be obliged to"."""
    return any(s.tokens[k].lemma in UNLIABLE for k in tree.kids(s, v, "acomp", "attr"))


def elsewhere(s: Sentence, v: int) -> bool:
    """Say whether the clause only tells which or how much: "any sum that the lender may spend"."""
    return s.tokens[v].dep == "relcl" and tree.object_gap(s, v)


def of_right(s: Sentence, v: int) -> bool:
    """Say whether a verb only gives a right: what follows "shall have the right to" belongs to the right."""
    thing = tree.child(s, v, "dobj")
    return (
        s.tokens[v].lemma in {"have", "retain", "reserve", "enjoy"}
        and thing is not None
        and s.tokens[thing].lemma in RIGHTS
    )
