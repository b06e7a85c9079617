"""Who is bound by a modal verb, to what, on which condition, on what ground.

Subjects of modals are looked for beyond the tree: in laws and contracts the parser often hangs them on the
modal itself, on the object before it, or nowhere.
"""

from __future__ import annotations

from dataclasses import replace

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.bearers import ACT_ENDINGS, COUNTED, can_bear, noun_class
from respgraph.extract.contract import consenter, defined_party, party_before, party_span, payer
from respgraph.extract.lexicon.norms import words
from respgraph.extract.roles import Filler, phrase
from respgraph.extract.speech import reporting_verbs
from respgraph.model import Span

# Who is bound in "shall be obliged", "must be bound by the treaty": the one it is done to.
BINDING = words("binding")
# Things that act for those behind them: a policy that must encourage, a law that shall permit.
ACTING = words("acting")
UNBOUND = words("unbound")
NOBODY = frozenset({"nobody", "none", "no-one", "neither"})
STATES = words("lasting")
GENERIC = frozenset({"a", "an", "any", "every", "each", "no", "those", "all"})
WHEN = words("when")
SUBJECT_TO = frozenset({"subject", "except", "unless", "upon"})
# What the parser calls a subject that it failed to see.
ASTRAY = frozenset({"conj", "dobj", "ROOT", "npadvmod", "dep", "appos", "pobj"})
NORMS = words("norm")
LONGEST_NAME = 25


def subject_of(s: Sentence, v: int, modal: int) -> int | None:
    """Return the surface subject of a modal's verb: its own, one hung on the modal, or the noun right before it."""
    own = tree.own_subject(s, v)
    if own is not None and s.tokens[own].lower == "there":
        return None
    if own == modal - 1 and s.tokens[own].upos != "PRON" and (k := led_astray(s, v)) is not None:
        return k
    if (
        own is not None
        and s.tokens[own].upos == "VERB"
        and (k := tree.child(s, own, "nsubj", "compound")) is not None
        and can_bear(s, k)
    ):
        return k  # "any State availing itself of this right": the parser takes the participle for the subject
    if own is not None and own != modal - 1 and s.tokens[own].upos in {"NOUN", "VERB"} and not can_bear(s, own):
        k = beside(s, modal)
        if k is not None and can_bear(s, k):
            return k
    if own is not None and s.tokens[own].dep in {"csubj", "csubjpass"}:
        return (
            tree.child(s, own, "nsubj")
            if s.tokens[own].tag in {"VBD", "VBN"} and tree.child(s, own, "mark") is None
            else own
        )
    if own is not None:
        return own
    hung = tree.child(s, modal, *tree.SUBJECTS, *tree.PASSIVE_SUBJECTS)
    if hung is None and s.tokens[modal].lower == "better" and modal:
        hung = tree.child(s, modal - 1, "nsubj")
    if hung is not None:
        return hung
    k = beside(s, modal)
    if k is not None:
        return k
    return tree.surface_subject(s, v)


def led_astray(s: Sentence, v: int) -> int | None:
    """Return the subject the parser lost to a relative clause: "A Member which has ratified this treaty may leave"."""
    t = s.tokens[v]
    above = s.tokens[t.head]
    if t.dep != "ccomp" or above.dep != "relcl" or tree.child(s, v, "mark") is not None:
        return None
    if above.lemma in reporting_verbs() or tree.child(s, above.i, "nsubj", "nsubjpass") is None:
        return None
    return above.head if can_bear(s, above.head) else None


def beside(s: Sentence, modal: int) -> int | None:
    """Return the noun phrase right before a modal, where it begins a clause: "..., this State shall"."""
    k = modal - 1
    if k < 1 or s.tokens[k].upos not in {"NOUN", "PROPN"} or s.tokens[k].dep not in ASTRAY:
        return None
    first = s.tokens[s.tokens[k].head]
    if s.tokens[k].dep == "conj" and any(s.tokens[c].lower == "both" for c in s.children[first.i]):
        return None  # "the contact between both Peru and Chile should": Chile is one of two
    start = tree.phrase_span(s, k).start
    before = next((t for t in reversed(s.tokens[max(0, k - 8) : k]) if t.end <= start), None)
    if (
        before is None
        or before.lower in {"and", "or", "but", ",", ";", ":", "then", "that"}
        or s.tokens[k].dep == "ROOT"
    ):
        return k
    return None


def bearer_and_content(
    s: Sentence, v: int, modal: int, first: bool, negative: bool = False
) -> tuple[Filler | None, Filler]:
    """Return who is bound and to what; a passive without a named agent binds nobody in particular."""
    passive = tree.has_passive(s, v)
    patient = passive and s.tokens[v].lemma in BINDING
    who = tree.agent(s, v) if passive and not patient else subject_of(s, v, modal)
    bearer = None
    if who is not None and not bindable(s, who, v, passive=passive and not patient):
        who = next((k for k in tree.conjuncts(s, who)[1:] if can_bear(s, k)), who)
    if who is not None and bindable(s, who, v, passive=passive and not patient):
        bearer = Filler(who, bearer_span(s, who, v))
    if bearer is None:
        k = (payer(s, v) or consenter(s, v)) if passive else party_before(s, modal)
        bearer = Filler(k, party_span(s, k)) if k is not None else bearer
    action = action_of(s, v)
    subject = tree.own_subject(s, v)
    owner = None if bearer is not None or subject is None else holder(s, subject)
    if owner is not None and not negative:
        return Filler(owner, tree.name_span(s, owner)), phrase(s, v, "clause", v)
    if bearer is None and first and subject is not None and s.tokens[subject].tag not in {"WDT", "WP", "EX"}:
        whole = phrase(s, v, "clause", v)
        subject_words = len(tree.subtree(s, subject))
        if s.tokens[subject].tag != "PRP" and subject_words <= max(6, len(tree.subtree(s, v)) - subject_words):
            return bearer, whole
    return bearer, action


def holder(s: Sentence, subject: int) -> int | None:
    """Return the defined party whose thing must be so.

    "Tenant's policies shall be primary", "wires laid by Tenant must be tagged".
    """
    if s.tokens[subject].lemma in {
        "right",
        "obligation",
        "consent",
        "approval",
        "liability",
        "remedy",
        "interest",
        "failure",
        "default",
        "election",
        "decision",
        "notice",
    }:
        return None
    owner = tree.possessor(s, subject)
    if owner is None:
        laid = tree.child(s, subject, "acl")
        owner = tree.agent(s, laid) if laid is not None and s.tokens[laid].tag == "VBN" else None
    if owner is not None and s.tokens[owner].dep == "poss" and not tree.has_passive(s, s.tokens[subject].head):
        return owner if can_bear(s, owner) else None
    return owner if owner is not None and defined_party(s, owner) else None


def bindable(s: Sentence, who: int, v: int, passive: bool) -> bool:
    """Say whether a subject can be bound: somebody, a named unknown that acts, or a thing that acts for somebody."""
    t = s.tokens[who]
    if t.tag == "VBG":
        return False
    if can_bear(s, who) or (t.upos == "NUM" and t.lower in COUNTED and not passive):
        return True
    if t.upos == "PROPN" and noun_class().get(t.lower) in {"group", "organisation", "office", "person"}:
        return True
    if t.lower == "one" and any(s.tokens[k].lower in {"no", "any", "every"} for k in s.children[who]):
        return True
    if t.lemma == "side" and any(
        s.tokens[k].lower in {"both", "all", "each", "either", "two", "neither", "other"} for k in s.children[who]
    ):
        return True
    if passive or s.tokens[v].lemma in STATES or t.lower in UNBOUND or t.upos not in {"NOUN", "PROPN"}:
        return False
    return t.lemma in ACTING or (t.lemma not in noun_class() and not t.lemma.endswith(ACT_ENDINGS))


def bearer_span(s: Sentence, who: int, v: int) -> Span:
    """Return the name of a bearer; "a person" keeps the clause that says which person."""
    name = tree.name_span(s, who)
    if defined_party(s, who) and s.tokens[who + 1].form == ",":
        return party_span(s, who)  # "Landlord, at Landlord's sole cost, will"
    determined = any(s.tokens[k].dep == "det" and s.tokens[k].lower in GENERIC for k in s.children[who])
    if not determined and s.tokens[who].lower not in {"those", "anyone", "anybody", "everyone"}:
        return name
    for k in s.children[who]:
        t = s.tokens[k]
        if k > who and t.dep in {"relcl", "acl"} and k != v and v not in tree.subtree(s, k):
            members = tree.subtree(s, k)
            if s.tokens[members[0] - 1].form != "," and members[-1] - who <= LONGEST_NAME and members[-1] < v:
                return Span(name.start, s.tokens[members[-1]].end) if s.tokens[members[-1]].upos != "PUNCT" else name
    return name


def governed(s: Sentence, v: int) -> list[int]:
    """Return the verbs a modal governs: its own and those coordinated with it, in their base form."""
    out = [k for k in tree.verb_conjuncts(s, v) if k == v or not any(s.tokens[c].tag == "TO" for c in s.children[k])]
    for k in list(out):
        for c in tree.kids(s, k, "conj"):
            t = s.tokens[c]
            base = t.upos in {"VERB", "AUX"} and t.tag == "VBP" and t.lower == t.lemma
            if base and c not in out and tree.child(s, c, "nsubj", "nsubjpass", "expl", "aux") is None:
                out.append(c)
    finite = {"VBD", "VBN"} if s.tokens[v].tag == "VB" and not tree.has_passive(s, v) else set()
    return [k for k in sorted(out) if k == v or not (alternative(s, k) or s.tokens[k].tag in finite)]


def alternative(s: Sentence, k: int) -> bool:
    """Say whether a verb only offers another word for the one before: "ended or revised", "ring or text them"."""
    head = s.tokens[k].head
    if not 0 < k - head <= 3:
        return False
    links = {s.tokens[c].lower for c in s.children[head] if head < c < k}
    return "or" in links or ("and" in links and k - head == 2 and bare(s, head))


def bare(s: Sentence, v: int) -> bool:
    """Say whether a verb has nothing of its own after it: "adopt and enforce rules" is one action with one object."""
    t = s.tokens[v]
    return t.tag != "VBN" and not any(c > v and s.tokens[c].dep not in {"cc", "conj", "punct"} for c in s.children[v])


def action_of(s: Sentence, v: int) -> Filler:
    """Return the action of a verb, with a verb that shares its object or only says it otherwise."""
    own = phrase(s, v, "vp", v)
    for k in tree.kids(s, v, "conj"):
        if s.tokens[k].upos in {"VERB", "AUX"} and alternative(s, k):
            return replace(own, span=Span(own.span.start, max(own.span.end, action_of(s, k).span.end)))
    return own


def around(s: Sentence, v: int) -> list[tuple[str, Filler]]:
    """Return condition, ground and counterpart of an obliged verb: "if asked", "under Article 5", "to the tenant"."""
    out: dict[str, Filler] = {}
    for k in s.children[v]:
        t = s.tokens[k]
        if t.dep == "advcl" and conditional(s, k):
            out.setdefault("condition", Filler(k, tree.phrase_span(s, k), "clause"))
        elif (t.dep == "prep" and t.lower in SUBJECT_TO) or (
            t.dep in {"advmod", "acomp", "prep", "advcl"} and t.lower == "subject" and tree.child(s, k, "prep")
        ):
            out.setdefault("condition", Filler(k, tree.phrase_span(s, k), "phrase"))
        elif t.dep in {"dative"} or (t.dep == "prep" and t.lower == "to"):
            who = k if t.dep == "dative" and t.upos != "ADP" else tree.child(s, k, "pobj")
            if who is not None and can_bear(s, who):
                out.setdefault("counterpart", Filler(who, tree.name_span(s, who)))
        ground = grounds(s, k)
        if ground is not None:
            out.setdefault("basis", ground)
    return list(out.items())


def conditional(s: Sentence, k: int) -> bool:
    """Say whether an adverbial clause is a condition."""
    return (
        any(s.tokens[c].lower in WHEN and s.tokens[c].dep in {"mark", "advmod", "prep"} for c in s.children[k])
        or s.tokens[k].lower == "provided"
    )


def grounds(s: Sentence, k: int) -> Filler | None:
    """Return the norm a prepositional phrase names as ground: "under Article 5", "in accordance with the Act"."""
    t = s.tokens[k]
    if t.dep not in {"prep", "advmod", "advcl"}:
        return None
    inner = k
    if t.lower in {"in", "pursuant", "according"}:
        for c in s.children[k]:
            if s.tokens[c].lower == "accordance" or (t.lower != "in" and s.tokens[c].lower == "to"):
                inner = c
    elif t.lower != "under":
        return None
    if t.lower == "in" and inner == k:
        return None
    noun = (
        tree.prepositional(s, inner, frozenset({"with", "to"}))
        if inner != k and s.tokens[inner].upos != "ADP"
        else tree.child(s, inner, "pobj")
    )
    if noun is None or not is_norm(s, noun):
        return None
    return Filler(noun, tree.phrase_span(s, noun))


def is_norm(s: Sentence, noun: int) -> bool:
    """Say whether a noun names a norm: a section, a treaty, a law."""
    return s.tokens[noun].lemma in NORMS or any(s.tokens[c].lemma in NORMS for c in s.children[noun])


def named_anew(filler: Filler, n: int) -> Filler:
    """Return a filler that stands in sentence ``n``, for use from another sentence."""
    return filler if filler.sentence >= 0 else replace(filler, sentence=n)
