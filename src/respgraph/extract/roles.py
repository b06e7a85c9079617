"""Fill slots: read a path from a trigger through the dependency tree to a phrase.

One resolver serves all rules. The language of paths is described in ``rule.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from respgraph.annotate import Sentence
from respgraph.errors import RuleError
from respgraph.extract import contract, links, tree
from respgraph.extract.bearers import can_bear
from respgraph.model import Span

VERBAL = frozenset({"VERB", "AUX"})
FORMS = frozenset({"vp", "clause", "self", "effect", "host", "rest"})
HELP = frozenset("action aid assistance help intervention involvement leadership response support".split())
# Who makes an appeal, a charge or a promise public, comes with one, or runs on one.
VOICING = frozenset(
    "air broadcast circulate deliver post publish read relay release send sign tweet voice write utter transmit".split()
)
COMING = frozenset(
    "answer appear approach come contact follow meet open phone reply respond return telephone write".split()
)
RUNNING = frozenset("campaign elect run stand win".split())
# Acts that are their owner's own: nobody else can resign for the mayor.
OWN_ACTS = frozenset(
    "abdication abstention apology assurance attendance compliance concession cooperation departure disarmament "
    "explanation intervention restraint resignation retreat support surrender testimony withdrawal".split()
)
# "defended his part in drafting a law that unions condemned": up to the verb whose subject drafts.
CLIMBED = frozenset({"pcomp", "prep", "pobj", "dobj", "xcomp", "advcl"})
FINDING = frozenset("blame cite criticise criticize detail document expose find identify list reveal uncover".split())
PROCEEDINGS = frozenset("arrest arraignment conviction custody court detention extradition hearing trial".split())
TAKING = frozenset({"assume", "take", "undertake", "accept", "shoulder", "inherit"})
NO_CLAUSE = frozenset({"relcl", "parataxis"})


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a slot: the head token, its words, and whether it is a noun, a verb or a clause."""

    head: int
    span: Span
    kind: str = "noun"
    sentence: int = -1


@cache
def parse_path(path: str) -> tuple[tuple[tuple[str, frozenset[str]], ...], ...]:
    """Return the alternatives of a path, each a tuple of steps (name, words)."""
    out = []
    for alternative in path.split("|"):
        steps = []
        for step in alternative.strip().split("."):
            name, _, words = step.partition(":")
            if name not in STEPS:
                raise RuleError(path, f"no step named {name!r}")
            steps.append((name, frozenset(words.split(",")) if words else frozenset()))
        out.append(tuple(steps))
    return tuple(out)


def candidates(s: Sentence, i: int, path: str) -> list[Filler]:
    """Return what each alternative of a path reaches from token ``i``, in the order of the alternatives."""
    out: list[Filler] = []
    for steps in parse_path(path):
        at: int | None = i
        form = ""
        for name, words in steps:
            if name in FORMS:
                form = name
                continue
            at = STEPS[name](s, at, words) if at is not None else None
        if not steps[:-1] and steps[0][0] == "self":
            at = i
        if at is not None and steps[-1][0] == "done":
            out.append(brought_about(s, i) if at == i else clause(s, at, branch(s, at, i)))
        elif at is not None:
            filler = phrase(s, at, form, i)
            if filler not in out:
                out.append(filler)
    return out


def phrase(s: Sentence, at: int, form: str, trigger: int) -> Filler:
    """Return the phrase of a reached token in the form the path asks for, without the trigger's own branch."""
    t = s.tokens[at]
    drop = branch(s, at, trigger)
    if form == "self" and at == trigger:
        drop = frozenset()
    if form == "effect":
        return effect_phrase(s, at, drop)
    if form == "rest" and at > trigger and t.head == trigger:
        return Filler(at, links.rest_of(s, trigger, at))
    if form == "host" and t.upos in VERBAL:
        return Filler(at, links.clause_around(s, at, trigger), "clause")
    if form == "clause" or (
        not form and t.upos in VERBAL and tree.own_subject(s, at) is not None and not infinitive(s, at)
    ):
        return clause(s, at, drop)
    if form == "vp" or t.upos in VERBAL:
        return Filler(at, tree.verb_phrase(s, at, drop), "verb")
    members = tree.subtree(s, at, NO_CLAUSE, drop)
    lo, hi = tree.run_around(s, at, members)
    return Filler(at, tree.span_between(s, lo, hi), "phrase" if form == "self" else "noun")


def brought_about(s: Sentence, i: int) -> Filler:
    """Return object and complement of a causal verb as one phrase: "thousands to flee"."""
    thing = tree.child(s, i, "dobj", "nummod")
    at = thing if thing is not None else i
    first = min(tree.subtree(s, at))
    last = max(
        max(tree.subtree(s, k))
        for k in s.children[i]
        if k >= at and s.tokens[k].dep in {"dobj", "xcomp", "advcl", "oprd", "acomp"}
    )
    return Filler(at, tree.span_between(s, first, last), "clause")


def branch(s: Sentence, at: int, trigger: int) -> frozenset[int]:
    """Return the dependent of ``at`` whose branch holds the trigger: no phrase contains its own trigger."""
    k = trigger
    for _ in range(len(s.tokens)):
        head = s.tokens[k].head
        if head == at and k != at:
            return frozenset({k})
        if head == k:
            break
        k = head
    return frozenset()


def clause(s: Sentence, v: int, drop: frozenset[int]) -> Filler:
    """Return a clause from its subject on: what stands before the subject frames it and is no part."""
    lo, hi = tree.run_around(s, v, tree.subtree(s, v, drop=drop | clause_edges(s, v)))
    subject = tree.child(s, v, "nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
    if subject is not None and subject < v:
        first = min(tree.subtree(s, subject))
        if s.tokens[first].tag not in {"WDT", "WP"}:
            lo = max(lo, first)
    return Filler(v, tree.span_between(s, lo, hi), "clause")


def effect_phrase(s: Sentence, at: int, drop: frozenset[int]) -> Filler:
    """Return what a causal phrase explains: a noun, a clause, or the subject of a bare "be"."""
    t = s.tokens[at]
    if t.upos not in VERBAL:
        members = tree.subtree(s, at, NO_CLAUSE, drop)
        lo, hi = tree.run_around(s, at, members)
        return Filler(at, tree.span_between(s, lo, hi), "noun")
    subject = tree.surface_subject(s, at)
    if t.lemma == "be" and subject is not None and tree.child(s, at, "acomp", "attr") is None:
        return phrase(s, subject, "", at)
    if tree.own_subject(s, at) is not None or t.dep == "ROOT":
        return clause(s, at, drop)
    return Filler(at, tree.verb_phrase(s, at, drop), "verb")


def clause_edges(s: Sentence, v: int) -> frozenset[int]:
    """Return the conjunctions and further main clauses that are no part of the clause itself."""
    return frozenset(
        c
        for c in s.children[v]
        if s.tokens[c].dep in {"mark", "cc", "parataxis"}
        or (s.tokens[c].dep == "conj" and tree.own_subject(s, c) is not None)
    )


def step_subj(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Deep subject of a verb, or of the predicate a noun or adjective stands in."""
    t = s.tokens[i]
    if t.upos in VERBAL:
        return tree.deep_subject(s, i)
    if t.dep in {"acomp", "attr", "oprd", "conj", "xcomp", "ccomp", "ROOT"}:
        return tree.surface_subject(s, i)
    return None


def step_obj(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Deep object."""
    return tree.deep_object(s, i)


def step_prep(s: Sentence, i: int, words: frozenset[str]) -> int | None:
    """Noun or gerund after a preposition."""
    return tree.prepositional(s, i, words)


def step_own(s: Sentence, i: int, words: frozenset[str]) -> int | None:
    """Noun after a preposition that hangs on the token itself."""
    for k in tree.kids(s, i, "prep", "agent", "dative"):
        if s.tokens[k].lower in words and k > i:
            return tree.child(s, k, "pobj")
    return None


def step_xcomp(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Infinitive or gerund complement; the parser also calls it advcl, ccomp or acl."""
    for holder in (i, tree.child(s, i, "dobj", "attr", "acomp", "oprd"), predicate(s, i)):
        if holder is None:
            continue
        for k in s.children[holder]:
            t = s.tokens[k]
            if (
                k > i
                and t.upos in VERBAL
                and t.dep in {"xcomp", "advcl", "ccomp", "acl", "relcl"}
                and (infinitive(s, k) or (t.dep in {"xcomp"} and t.tag == "VBG" and holder == i))
            ):
                return k
        if s.tokens[i].dep == "pobj" and s.tokens[s.tokens[i].head].lower == "with":
            # "wrote with a plea to reopen it": the parser hangs the infinitive on the verb
            for k in s.children[s.tokens[s.tokens[i].head].head]:
                if k > i and infinitive(s, k) and min(tree.subtree(s, k)) == max(tree.subtree(s, i)) + 1:
                    return k
        for clause_of in tree.kids(s, holder, "relcl") if s.tokens[holder].dep == "dobj" else ():
            # "urges all States that have not yet done so to sign": the infinitive is not the relative clause's
            for k in tree.kids(s, clause_of, "advcl", "xcomp"):
                if infinitive(s, k) and s.tokens[min(tree.subtree(s, k)) - 1].lower in {"so", ","}:
                    return k
        for k in s.children[holder]:
            # "failed to be honest" parsed with the adjective as head
            if s.tokens[k].dep in {"xcomp", "acomp"} and k > i and infinitive(s, k):
                return k
    return None


def infinitive(s: Sentence, v: int) -> bool:
    """Say whether a verb has its "to"."""
    return any(s.tokens[k].tag == "TO" for k in s.children[v])


def predicate(s: Sentence, i: int) -> int | None:
    """Return the verb above a predicate noun or adjective ("it is the duty of ... to")."""
    t = s.tokens[i]
    if t.dep in {"attr", "acomp", "oprd", "nsubj"} and s.tokens[t.head].upos in VERBAL:
        return t.head
    return None


def step_ccomp(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Finite clause complement."""
    for holder in (i, predicate(s, i)):
        for k in s.children[holder] if holder is not None else ():
            t = s.tokens[k]
            that = any(
                s.tokens[c].lower == "that" and s.tokens[c].dep == "mark" and s.tokens[c - 1].lower != "so"
                for c in s.children[k]
            )
            clausal = t.dep in {"ccomp", "acl", "relcl"} or (t.dep == "advcl" and that)
            if k > i and clausal and not infinitive(s, k) and has_subject(s, k):
                return k
    return None


def has_subject(s: Sentence, v: int) -> bool:
    """Say whether the clause has a subject that is no relative pronoun."""
    k = tree.child(s, v, "nsubj", "nsubjpass", "csubj", "expl")
    return k is not None and s.tokens[k].tag not in {"WDT", "WP"}


def step_done(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """The clause that is brought about: "forced thousands to flee", "left five dead", "made them leave"."""
    for k in s.children[i]:
        t = s.tokens[k]
        if (
            k > i
            and t.dep == "ccomp"
            and tree.child(s, k, "nsubj", "nsubjpass") is not None
            and not tree.kids(s, k, "mark")
        ):
            return k
    thing = tree.child(s, i, "dobj", "nummod")
    if thing is None:
        return None
    for k in s.children[i]:
        t = s.tokens[k]
        if k > thing and (
            (t.dep in {"xcomp", "advcl"} and infinitive(s, k))
            or (t.dep in {"oprd", "acomp"} and t.upos in {"ADJ", "VERB"})
        ):
            return i
    return None


def step_poss(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Possessor."""
    return tree.possessor(s, i)


def step_owner(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Whose the object is, if the text names them: "acknowledged the army's guilt", not "its guilt"."""
    thing = tree.child(s, i, "dobj")
    who = tree.possessor(s, thing) if thing is not None else None
    return who if who is not None and s.tokens[who].upos != "PRON" else None


def step_taker(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Who takes a duty on: the subject of "assume", "accept", "take", "undertake" with the duty as object."""
    return tree.light_subject(s, i) if s.tokens[s.tokens[i].head].lemma in TAKING else None


def step_doer(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Who is to do what is asked for: "demanded the mayor's resignation", "called for the withdrawal of the army"."""
    for act in (tree.child(s, i, "dobj"), tree.prepositional(s, i, frozenset({"for"}))):
        if act is not None and s.tokens[act].lemma in OWN_ACTS:
            who = tree.possessor(s, act)
            return who if who is not None else tree.noun_after(s, act, frozenset({"of", "by"}))
    return None


def step_found(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """The failings themselves, where somebody finds or names them: "found serious failings by the clinic"."""
    t = s.tokens[i]
    named = t.dep in {"dobj", "nsubjpass"} and s.tokens[t.head].lemma in FINDING
    return i if named and t.tag == "NNS" else None


def step_finder(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Who finds or names failings: "the report found serious failings by the clinic"."""
    return tree.deep_subject(s, s.tokens[i].head) if step_found(s, i, frozenset()) is not None else None


def step_faulted(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """What somebody's fault it is: "it was the airline's fault that they slept", "the defeat was his fault"."""
    t = s.tokens[i]
    if t.dep != "attr" or t.lemma not in {"fault", "responsibility", "duty", "obligation", "job", "task"}:
        return None
    clause_of = step_ccomp(s, i, frozenset())
    subject = tree.own_subject(s, t.head)
    plain = subject is not None and s.tokens[subject].upos != "PRON" and s.tokens[subject].lower != "it"
    return clause_of if clause_of is not None else subject if plain else None


def step_given(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """What somebody is assured of: "assure the mayor of our support"."""
    return tree.prepositional(s, i, frozenset({"of"})) if s.tokens[i].lemma in {"assure", "reassure"} else None


def step_before(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """The clause told before its verb: "The killers will be found, the mayor vowed"."""
    return next((k for k in tree.kids(s, i, "ccomp") if k < i and has_subject(s, k)), None)


def step_maker(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Whose thing it is that a relative clause judges: "the mayor took a step that unions condemned" is the mayor."""
    t = s.tokens[i]
    gap = t.dep == "relcl" or (t.dep == "acl" and tree.own_subject(s, i) is not None)
    if not gap or s.tokens[t.head].dep != "dobj":
        return None
    owner, v = tree.possessor(s, t.head), s.tokens[t.head].head
    for _step in range(6):
        if owner is not None or s.tokens[v].dep not in CLIMBED:
            break
        owner, v = tree.own_subject(s, v), s.tokens[v].head
    return owner if owner is not None else tree.surface_subject(s, v)


def step_charged(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Who is charged where only the charge is named: "appeared in court on a charge of", "the arrest of X on a"."""
    k = i
    for _step in range(3):
        prep = s.tokens[s.tokens[k].head]
        if s.tokens[k].dep != "pobj" or (k == i and prep.lower not in {"on", "over", "under", "amid"}):
            return None
        k = prep.head
        above = s.tokens[k]
        if above.upos in {"VERB", "AUX"}:
            whom = tree.deep_object(s, k)
            if whom is not None and s.tokens[whom].lemma in PROCEEDINGS:
                return tree.possessor(s, whom) or step_own(s, whom, frozenset({"of"})) or tree.surface_subject(s, k)
            return whom if whom is not None and can_bear(s, whom) else tree.surface_subject(s, k)
        if above.lemma in PROCEEDINGS:
            own = tree.possessor(s, k) or step_own(s, k, frozenset({"of"}))
            if own is not None:
                return own
            if above.dep == "dobj":
                return tree.surface_subject(s, above.head)
    return None


def step_voicer(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Who voices it: "the bishop published an appeal", "wrote to the mayor with a plea", "campaigned on a promise"."""
    t = s.tokens[i]
    above = s.tokens[t.head]
    if t.dep == "dobj" and above.lemma in VOICING:
        return tree.deep_subject(s, above.i)
    if t.dep == "pobj" and above.lower in {"with", "on"} and above.dep == "prep":
        verb = s.tokens[above.head]
        if verb.lemma in (COMING if above.lower == "with" else RUNNING):
            return tree.deep_subject(s, verb.i)
    return None


def step_falls(s: Sentence, i: int, words: frozenset[str]) -> int | None:
    """Whom a duty falls to: the noun after a preposition that hangs on the verb above it, behind it."""
    for k in tree.kids(s, s.tokens[i].head, "prep", "dative"):
        if k > i and s.tokens[k].lower in words and s.tokens[i].head != i:
            return tree.child(s, k, "pobj")
    return None


def step_helper(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Who is to act in a call for action: "called for government help", "for United Nations intervention"."""
    for k in tree.kids(s, i, "prep"):
        noun = tree.child(s, k, "pobj") if s.tokens[k].lower == "for" else None
        if noun is not None and s.tokens[noun].lemma in HELP:
            return next(iter(sorted(tree.kids(s, noun, "compound"), reverse=True)), None)
    return None


def step_reader(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Who a letter with the request goes to: "wrote to the embassy asking", "went to the court, asking"."""
    t = s.tokens[i]
    if t.dep != "advcl" or t.tag != "VBG" or s.tokens[t.head].lemma not in {"write", "turn", "go", "bring", "appeal"}:
        return None
    return tree.prepositional(s, t.head, frozenset({"to", "before"}))


def step_declarer(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Which party declares, where the parser does not see it: "Lessee covenants and agrees", "each of the two"."""
    k = tree.surface_subject(s, i)
    if k is not None and s.tokens[k].lower in contract.DECLARING:
        return tree.child(s, k, "compound")
    if k is not None and s.tokens[k].lower == "each":
        return tree.prepositional(s, k, frozenset({"of"}))
    return contract.party_before(s, i) if k is None or not contract.is_party(s, k) else None


def step_critics(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Who criticises, as adjective of nationality or name of a body: "Peruvian criticism of", "union criticism of"."""
    k = step_comp(s, i, frozenset())
    return k if k is not None and s.tokens[k].ent in {"NORP", "GPE", "ORG"} else None


def step_oneof(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Who is one of them: "Ada was one of the critics" is Ada."""
    one = s.tokens[s.tokens[i].head].head
    return tree.surface_subject(s, one) if s.tokens[one].lower == "one" and s.tokens[one].dep == "attr" else None


def step_aimed(s: Sentence, i: int, words: frozenset[str]) -> int | None:
    """Whom criticism is aimed at: "the criticism was aimed at the bank", "criticism directed at the bank"."""
    above = s.tokens[i].head
    verbs = [above] if s.tokens[i].dep == "nsubjpass" else tree.kids(s, i, "acl")
    verb = next((v for v in verbs if s.tokens[v].lemma in {"aim", "direct", "level", "target"}), None)
    return tree.prepositional(s, verb, words) if verb is not None else None


def step_after(s: Sentence, i: int, words: frozenset[str]) -> int | None:
    """Noun after one of these prepositions, hung on a noun below the object: "blamed the riot at the jail on"."""
    thing = tree.child(s, i, "dobj")
    if thing is None:
        return None
    places = [tree.child(s, k, "pobj") for over in (i, thing) for k in tree.kids(s, over, "prep") if k > thing]
    found = [k for at in places if at is not None for k in tree.kids(s, at, "prep") if s.tokens[k].lower in words]
    return tree.child(s, found[-1], "pobj") if found else None


def step_comp(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """Noun compound or adjective of nationality."""
    for k in tree.kids(s, i, "compound", "amod", "nmod"):
        t = s.tokens[k]
        if t.ent in {"NORP", "GPE", "ORG", "PERSON"} or (t.dep in {"compound", "nmod"} and t.upos in {"NOUN", "PROPN"}):
            return k
    return None


def step_head(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """The noun or clause the trigger hangs on."""
    t = s.tokens[i]
    return t.head if t.head != i else None


def step_main(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """The verb of the clause an adjunct belongs to."""
    return links.main_verb(s, i)


def step_event(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """The event a phrase hangs on: the noun it describes, or the clause around it."""
    return links.event_head(s, i)


def step_due(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """What a causal preposition explains: a noun ("deaths due to"), the subject of a bare "be", else the clause."""
    return links.explained(s, i)


def step_prior(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """The clause "thus" looks back to."""
    return links.prior_clause(s, i)


def step_whence(s: Sentence, i: int, _: frozenset[str]) -> int | None:
    """What "which is why" points to."""
    return links.whence(s, i)


def step_child(s: Sentence, i: int, words: frozenset[str]) -> int | None:
    """First dependent with one of these labels."""
    return tree.child(s, i, *sorted(words))


STEPS = {
    "subj": step_subj,
    "obj": step_obj,
    "prep": step_prep,
    "own": step_own,
    "xcomp": step_xcomp,
    "ccomp": step_ccomp,
    "poss": step_poss,
    "after": step_after,
    "aimed": step_aimed,
    "oneof": step_oneof,
    "critics": step_critics,
    "comp": step_comp,
    "declarer": step_declarer,
    "falls": step_falls,
    "helper": step_helper,
    "reader": step_reader,
    "taker": step_taker,
    "voicer": step_voicer,
    "maker": step_maker,
    "before": step_before,
    "given": step_given,
    "faulted": step_faulted,
    "found": step_found,
    "finder": step_finder,
    "charged": step_charged,
    "doer": step_doer,
    "owner": step_owner,
    "head": step_head,
    "child": step_child,
    "self": step_child,
    "vp": step_child,
    "clause": step_child,
    "effect": step_child,
    "done": step_done,
    "main": step_main,
    "event": step_event,
    "due": step_due,
    "prior": step_prior,
    "whence": step_whence,
    "host": step_child,
    "rest": step_child,
}
