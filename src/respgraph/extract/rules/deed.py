"""Who did what to whom: whether somebody in particular is named, has done it, or suffered it."""

from __future__ import annotations

from collections.abc import Mapping

from respgraph.annotate import Sentence
from respgraph.extract import tree
from respgraph.extract.cancel import FALSE, is_negated
from respgraph.extract.roles import Filler, infinitive

ANYBODY = frozenset({"people", "those", "person", "anyone", "someone", "individual", "one", "anybody"})


HARM = frozenset(
    (
        "kill attack murder beat rape steal abuse shoot assault bomb burn torture bribe embezzle "
        "threaten harass defraud falsify hide conceal pollute poison dump leak destroy damage kidnap "
        "abduct detain smuggle traffic launder rig manipulate forge loot rob stab injure wound "
        "execute mistreat exploit violate breach cheat lie mislead ignore neglect discriminate evict "
        "expel deport invade shell strike molest sabotage hack plot conspire incite"
    ).split()
)


def names_somebody(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a charge against nobody in particular: "people accused of theft", "a pilot who fails to report"."""
    t = s.tokens[i]
    finite = t.tag in {"VBD", "VBZ", "VBP"} and t.dep in {"ccomp", "advcl"}
    if finite and tree.child(s, i, "nsubj", "nsubjpass", "csubj") is None:
        return False  # "the judge ruled the draft violated the law": its subject went to the wrong verb
    bearer = roles["bearer"].head
    indefinite = any(s.tokens[k].lower in {"a", "an", "any", "every", "each", "no"} for k in s.children[bearer])
    if indefinite and infinitive(s, i) and s.tokens[t.head].lemma in {"need", "require", "take", "be"}:
        return False  # "the votes needed to impeach a president"
    first = s.tokens[t.head] if t.dep == "conj" else t
    if first.dep == "pcomp" and s.tokens[bearer].tag == "NNS" and not s.children[bearer]:
        return False  # "officials are removed after being convicted"
    if t.dep not in {"acl", "relcl"}:
        return True
    if (
        t.dep == "relcl"
        and t.tag == "VBP"
        and s.tokens[bearer].tag == "NNS"
        and not tree.kids(s, bearer, "det", "poss")
    ):
        return False  # "runners who break the rules are disqualified"
    return s.tokens[bearer].lower not in ANYBODY and not (indefinite and s.tokens[i].dep == "relcl")


# What is done to somebody: "the murder of X", "X's arrest" name the one it is done to.
PATIENTS = frozenset(
    "murder killing assassination death arrest detention suffering treatment mistreatment rape abuse torture attack "
    "persecution execution imprisonment expulsion deportation displacement oppression beating shooting abduction "
    "kidnapping disappearance harassment annexation proclamation recognition dismissal "
    "bombing shelling invasion occupation destruction siege fate plight "
    "humiliation exclusion eviction removal massacre slaughter genocide use loss victimisation victimization "
    "discrimination sentencing prosecution jailing trial hanging stoning silencing demonisation scapegoating".split()
)


def is_victim(s: Sentence, k: int) -> bool:
    """Say whether somebody is named as the one something is done to: "X's murder", "the murder of X"; not "by X"."""
    t = s.tokens[k]
    named_by = s.tokens[t.head]
    owner = named_by.i if t.dep == "poss" else named_by.head
    return t.dep in {"poss", "pobj"} and s.tokens[owner].lemma in PATIENTS and named_by.lower != "by"


def has_done(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse what is only to come or thought of: "is going to break the rules", "cannot stand trial twice for it"."""
    t = s.tokens[i]
    below = [s.tokens[k] for k in s.children[i]]
    above = s.tokens[t.head].lemma
    meant = any(x.tag == "TO" for x in below) and above not in {"continue", "begin", "start", "appear", "seem", "be"}
    return not meant and not any(x.tag == "MD" for x in below) and names_somebody(s, i, roles)


def stands(s: Sentence, i: int, roles: Mapping[str, Filler]) -> bool:
    """Refuse a charge that is taken back: "the charges against the officer were dropped"."""
    if s.tokens[i].lemma == "charge" and s.tokens[s.tokens[i].head].lemma in {"have", "take", "in"}:
        return False  # "masters having charge of ships"
    if s.tokens[i - 1].lower == "of":
        return False  # "free of charge", "in view of criticism"
    if s.tokens[i].lemma not in PATIENTS and is_victim(s, roles["bearer"].head):
        return False
    if s.tokens[roles["bearer"].head].lower in ANYBODY or is_negated(s, s.tokens[i].head):
        return False  # "no charges against those who ...", "has not pursued charges against the firm"
    if any(s.tokens[k].lemma in FALSE | {"unjust", "gratuitous"} for k in tree.kids(s, i, "amod")):
        return False  # "unjust accusations against our leaders"
    return s.tokens[s.tokens[i].head].lemma not in {
        "drop",
        "dismiss",
        "withdraw",
        "quash",
        "overturn",
        "reject",
        "deny",
    }
