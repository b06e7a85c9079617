"""Walk a dependency tree by meaning: who acts, who is acted on, which words belong to a phrase.

The deep subject and object see through passives, control, raising, relative and participle clauses,
and conjunction. All functions take a sentence and token indices and return token indices or spans;
none of them knows about rules or claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from respgraph.annotate import Sentence
from respgraph.model import Span

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
FOCUS = frozenset({"particularly", "especially", "notably", "namely", "only", "even", "also", "primarily", "mainly"})
REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})
# Dependents that are no part of the name of a thing: relative clauses, asides, further conjuncts.
OUTSIDE_NAME = frozenset({"relcl", "appos", "conj", "cc", "punct", "parataxis", "advcl", "preconj"})
NAME_PREPOSITIONS = frozenset({"of", "for"})
ALWAYS_OBJECT = frozenset(
    "blame accuse charge convict sentence criticise criticize condemn suspect fine jail arrest acquit indict".split()
)
NO_PART_OF_NAME = frozenset({"not", "neither", "nor", "only", "even", "also", "never", "alone", "just"})
NEAR_PREPOSITIONS = frozenset({"of", "for", "in", "at", "from", "on"})
MAX_CLIMB = 6
# Where something is said, and nobody who says it.
VENUES = frozenset("twitter facebook instagram youtube reddit telegram tiktok website blog radio television".split())
OFFICES = frozenset(
    "speaker president chair chairman chairwoman chairperson secretary minister chancellor premier "
    "commissioner ambassador judge mayor secretary-general vice-president moderator".split()
)
# Bodies named by their members.
LEAGUES = frozenset({"alliance", "coalition", "consortium", "league"})
# What somebody takes by doing: "took the step of".
MOVES = frozenset(
    {"step", "action", "measure", "move", "approach", "stance", "stand", "time", "trouble", "opportunity"}
)
DECISIONS = frozenset(
    "attempt call decision effort failure intention move offer plan promise refusal threat vote".split()
)
SHARES = frozenset("all bulk half lot most much part portion share some".split())
ISSUED = frozenset(
    {
        "statement",
        "letter",
        "resolution",
        "report",
        "declaration",
        "lawsuit",
        "complaint",
        "article",
        "tweet",
        "ad",
        "petition",
        "speech",
        "memo",
        "editorial",
        "affidavit",
        "document",
        "slogan",
        "placard",
        "banner",
    }
)
ISSUING = frozenset(
    {
        "issue",
        "release",
        "publish",
        "pass",
        "adopt",
        "send",
        "sign",
        "write",
        "file",
        "post",
        "give",
        "deliver",
        "make",
        "air",
        "run",
        "draft",
        "launch",
        "chant",
        "carry",
        "wave",
        "hold",
    }
)


def child(s: Sentence, i: int, *deps: str) -> int | None:
    """Return the first dependent of ``i`` with one of these labels."""
    return next((k for k in s.children[i] if s.tokens[k].dep in deps), None)


def kids(s: Sentence, i: int, *deps: str) -> list[int]:
    """Return the dependents of ``i`` with one of these labels, in text order."""
    return [k for k in s.children[i] if s.tokens[k].dep in deps]


def subtree(
    s: Sentence, i: int, without: frozenset[str] = frozenset(), drop: frozenset[int] = frozenset()
) -> list[int]:
    """Return the tokens below and including ``i``, sorted, skipping dependents by label or index."""
    out, todo = [], [i]
    while todo:
        k = todo.pop()
        out.append(k)
        todo.extend(c for c in s.children[k] if c not in drop and s.tokens[c].dep not in without)
    return sorted(out)


def run_around(s: Sentence, i: int, members: Iterable[int]) -> tuple[int, int]:
    """Return first and last token of the unbroken run of members around ``i``.

    A phrase must be one stretch of text to be quoted. A gap of punctuation alone does not break it.
    """
    inside = set(members) | {i}
    lo = hi = i
    while lo > 0 and (lo - 1 in inside or (s.tokens[lo - 1].upos == "PUNCT" and lo - 2 in inside)):
        lo -= 1
    last = len(s.tokens) - 1
    while hi < last and (hi + 1 in inside or (s.tokens[hi + 1].upos == "PUNCT" and hi + 2 in inside)):
        hi += 1
    return lo, hi


def span_between(s: Sentence, lo: int, hi: int) -> Span:
    """Return the span from token ``lo`` to ``hi``, without punctuation, quotes or "that" at its edges."""
    while lo < hi and (s.tokens[lo].upos in {"PUNCT", "SPACE"} and s.tokens[lo].form not in "([$£€"):
        lo += 1
    while lo < hi and dangling(s, hi) and not closes(s, lo, hi):
        hi -= 1
    return Span(s.tokens[lo].start, s.tokens[hi].end)


def dangling(s: Sentence, k: int) -> bool:
    """Say whether a token cannot end a phrase: punctuation, or the "not" of a contrast ("the flood, not ...")."""
    t = s.tokens[k]
    if t.upos == "ADP" and t.dep == "prep":
        return not s.children[k]  # "the president of" before a quotation
    return t.upos in {"PUNCT", "SPACE"} or (t.dep in {"neg", "cc"} and t.lower in {"not", "and", "or", "but"})


def closes(s: Sentence, lo: int, hi: int) -> bool:
    """Say whether the last token is a bracket whose partner is inside the phrase."""
    pair = {")": "(", "]": "["}.get(s.tokens[hi].form)
    return pair is not None and any(s.tokens[k].form == pair for k in range(lo, hi))


def name_span(s: Sentence, i: int, drop: frozenset[int] = frozenset()) -> Span:
    """Return the shortest full noun phrase of an actor: "the government of El Salvador".

    Args:
        s: The sentence.
        i: The head of the phrase.
        drop: Dependents that belong to another slot and are no part of the name.
    """
    inside, todo = [], [i]
    members = prepositional(s, i, frozenset({"of"})) if s.tokens[i].lemma in LEAGUES else None
    while todo:
        k = todo.pop()
        inside.append(k)
        todo += [c for c in s.children[k] if c not in drop and in_name(s, c, top=k == i)]
        if members is not None and (k == members or s.tokens[k].dep in {"conj", "cc"}):
            todo += kids(s, k, "conj", "cc", "punct")  # "an alliance of unions, farmers and the Red Band"
    lo, hi = run_around(s, i, inside)
    while lo < i and s.tokens[lo].upos == "ADV" and s.tokens[lo].lower in FOCUS:
        lo += 1
    return span_between(s, lo, hi)


def real_name(s: Sentence, i: int) -> int:
    """Return the name in apposition to a common noun: "its manager, Ada Obi," is Ada Obi; else the noun itself.

    A text that somebody issues speaks for them: "Ruritania released a statement accusing ..." is Ruritania.
    """
    if s.tokens[i].lemma in ISSUED and s.tokens[i].dep == "dobj" and s.tokens[s.tokens[i].head].lemma in ISSUING:
        who = light_subject(s, i)
        return who if who is not None else i
    if s.tokens[i].upos not in {"NOUN", "NUM", "ADJ"}:
        return i
    # "the head of the agency, Ada Obi,": the parser may hang the name on the agency
    below = [m for prep in kids(s, i, "prep") for m in kids(s, prep, "pobj")]
    for at in (i, *below):
        for k in kids(s, at, "appos"):
            named = s.tokens[k].upos == "PROPN" and s.tokens[k].ent == "PERSON" and k > i
            if named and (at == i or s.tokens[at].ent != "PERSON"):
                return k
    return i


def in_name(s: Sentence, c: int, top: bool) -> bool:
    """Say whether a dependent is part of a name: no relative clause, aside, conjunct or far preposition."""
    t = s.tokens[c]
    if t.dep in OUTSIDE_NAME or t.dep == "acl" or (top and t.dep == "case"):
        return False
    if t.lower in REFLEXIVES:
        return False
    if t.lower in NO_PART_OF_NAME and t.upos in {"PART", "ADV", "CCONJ"}:
        return False
    if t.dep == "prep":
        return t.lower in (NEAR_PREPOSITIONS if top else NAME_PREPOSITIONS)
    return True


def phrase_span(s: Sentence, i: int, without: frozenset[str] = frozenset(), drop: frozenset[int] = frozenset()) -> Span:
    """Return the whole phrase below ``i`` as one stretch of text."""
    lo, hi = run_around(s, i, subtree(s, i, without, drop))
    return span_between(s, lo, hi)


def has_passive(s: Sentence, v: int) -> bool:
    """Say whether a verb is passive: by its subject, its auxiliary, or as a bare participle after a noun."""
    t = s.tokens[v]
    if any(s.tokens[k].dep in {"nsubjpass", "csubjpass", "auxpass"} for k in s.children[v]):
        return True
    if t.dep == "acl" and t.tag in {"VBN", "VBD"}:
        if any(s.tokens[k].dep == "aux" and s.tokens[k].lemma == "have" for k in s.children[v]):
            return False  # "charges that the mayor had tried to bribe them"
        return child(s, v, "dobj") is None  # "Ruiz, who led the inquiry, accused the firm": cut off from its subject
    if t.lemma in ALWAYS_OBJECT and t.dep == "ROOT" and t.tag in {"VBN", "VBD"} and child(s, v, "aux") is None:
        # a headline, "Weber blamed for crash": these verbs never stand without an object
        return child(s, v, "dobj", "ccomp", "xcomp", "dative", "conj") is None and child(s, v, "prep") is not None
    if t.dep == "conj" and t.tag == "VBN" and child(s, v, "nsubj", "aux", "dobj") is None:
        return has_passive(s, t.head)
    if t.tag == "VBN" and t.dep == "xcomp" and s.tokens[t.head].lemma == "stand":
        return True  # "two guards stand accused of theft"
    return t.tag == "VBN" and t.dep in {"advcl", "amod", "oprd"} and child(s, v, "nsubj", "aux", "dobj") is None


def own_subject(s: Sentence, v: int) -> int | None:
    """Return the surface subject token of a verb (or of its copula), if it has one of its own."""
    k = child(s, v, *SUBJECTS, *PASSIVE_SUBJECTS)
    if k is None:
        return None
    there = child(s, v, "expl")
    if there is not None and s.tokens[there].lower == "there":
        return there  # "its chief, Ada Lund, announced there were suspects": the chief is none of them
    k = described(s, v, addressed(s, v, k))
    if s.tokens[k].tag == "IN" and (other := [n for n in kids(s, v, *SUBJECTS) if n > k]):
        k = other[-1]  # "remind them that, since May, the firm has": the parser takes "that" for a subject
    t = s.tokens[k]
    if t.lower in RELATIVES and s.tokens[v].dep == "relcl":
        return antecedent(s, v)
    if t.lower in REFLEXIVES and k > 0 and s.tokens[k - 1].upos in {"PROPN", "NOUN"}:
        return k - 1  # "Ruiz himself accused the firm"
    return k


def is_vocative(s: Sentence, k: int) -> bool:
    """Say whether somebody is only spoken to: "Madam Speaker, ...", "Mr. Chairman, ...", "friends, ..."."""
    title = s.tokens[k - 1].lower if k > 0 else ""
    after_it = s.tokens[k + 1].form if k + 1 < len(s.tokens) else ""
    return after_it in {",", "!", ":"} and (
        (title in {"madam", "mister", "mr", "mr."} and s.tokens[k].lemma.lower() in OFFICES)
        or (s.tokens[k].lower in {"sir", "madam", "friends", "colleagues", "excellencies"} and k < 2)
    )


def addressed(s: Sentence, v: int, k: int) -> int:
    """Return the subject behind a salutation that the parser took for one: "Madam Speaker, members will be asked"."""
    others = [n for n in kids(s, v, *SUBJECTS, *PASSIVE_SUBJECTS) if n > k]
    return others[-1] if others and is_vocative(s, k) else k


def described(s: Sentence, v: int, k: int) -> int:
    """Return the name that a description stands before: "A resident of Antioch, Ada Lovett is accused"."""
    named = [n for n in kids(s, v, *SUBJECTS, *PASSIVE_SUBJECTS) if k < n < v and s.tokens[n].upos == "PROPN"]
    return (
        named[-1] if named and s.tokens[k].upos == "NOUN" and any(t.form == "," for t in s.tokens[k : named[-1]]) else k
    )


def antecedent(s: Sentence, v: int) -> int:
    """Return the noun a relative clause describes; "the treaty of states which ..." keeps the near one."""
    return s.tokens[v].head


def surface_subject(s: Sentence, v: int) -> int | None:
    """Return the subject of a verb, climbing through conjunction, control, raising and participles."""
    seen = 0
    while seen < MAX_CLIMB:
        seen += 1
        k = own_subject(s, v)
        if k is not None:
            return None if s.tokens[k].lower == "there" else k
        if child(s, v, "expl") is not None:
            return None
        t = s.tokens[v]
        head = s.tokens[t.head]
        if t.head == v:
            return None
        if t.dep == "acl" and head.dep == "pobj" and head.lower in VENUES:
            k = next_verb(s, head.i)
            return surface_subject(s, k) if k is not None else None  # "posted a message on Twitter blaming Peru"
        if t.dep in {"acl", "relcl"} and head.upos in NOMINAL:
            if t.tag in {"VBG", "VBN"} or t.dep == "relcl":
                return t.head if t.dep == "acl" or not object_gap(s, v) else None
            return possessor(s, t.head) or doer_of(s, t.head) or light_subject(s, t.head)
        if t.dep in {"xcomp", "ccomp", "advcl"} and head.upos in {"VERB", "AUX"}:
            controller = child(s, t.head, "dobj", "dative")
            if t.dep == "xcomp" and controller is not None and s.tokens[controller].i < v and own_subject(s, v) is None:
                return controller
            if t.dep == "ccomp" and child(s, v, "mark") is not None:
                return None
            v = t.head
            continue
        if t.dep in {"xcomp", "ccomp", "advcl", "acl"} and head.upos in {"ADJ", "NOUN"}:
            v = t.head
            continue
        if (
            t.dep == "pcomp"
            and s.tokens[t.head].dep in {"prep", "dative"}
            and (accused := child(s, s.tokens[t.head].head, "dobj", "nsubjpass")) is not None
            and s.tokens[t.head].lower in {"of", "from", "for", "with", "as"}
        ):
            if s.tokens[accused].lemma in MOVES:
                return surface_subject(s, s.tokens[s.tokens[t.head].head].i)  # "took the step today of censuring"
            # "accused the firm of hiding", "was charged with hiding": the one accused is who hides
            return accused
        if t.dep in {"conj", "aux", "auxpass", "acomp", "attr", "oprd", "prep", "pcomp", "pobj"}:
            v = joined_to(s, v) if t.dep == "conj" else t.head
            continue
        return None
    return None


def joined_to(s: Sentence, v: int) -> int:
    """Return the verb whose subject a joined verb has, where the parser joins it to one too near.

    "has accused her of hiding it and blamed him": who blames is who accused; "said she was ill, and blamed him".
    """
    t, head = s.tokens[v], s.tokens[s.tokens[v].head]
    if t.tag not in {"VBD", "VBZ", "VBP"} or head.upos not in {"VERB", "AUX"}:
        return head.i
    if t.tag != "VBP" and head.tag in {"VBG", "VB"} and head.dep in {"pcomp", "xcomp", "acl"}:
        return finite_above(s, head.i)
    comma = v > 1 and s.tokens[v - 2].form == "," and s.tokens[v - 1].dep == "cc"
    if comma and head.dep == "ccomp" and s.tokens[head.head].tag == t.tag and own_subject(s, head.head) is not None:
        return head.head
    return head.i


def finite_above(s: Sentence, v: int) -> int:
    """Return the verb with a tense above a gerund or infinitive, itself if there is none."""
    k = v
    for _ in range(MAX_CLIMB):
        t = s.tokens[s.tokens[k].head]
        if t.i == k:
            return v
        k = t.i
        helped = any(s.tokens[c].tag in {"VBD", "VBZ", "VBP"} for c in kids(s, k, "aux"))
        if t.upos in {"VERB", "AUX"} and (t.tag in {"VBD", "VBZ"} or helped):
            return k
    return v


def is_conditional(s: Sentence, v: int) -> bool:
    """Say whether a verb stands under a clause of condition: "it will be fined if the rules are broken"."""
    return any(s.tokens[m].lower in {"if", "unless"} for k in kids(s, v, "advcl") for m in kids(s, k, "mark"))


def next_verb(s: Sentence, k: int) -> int | None:
    """Return the nearest verb above a token."""
    for _ in range(MAX_CLIMB):
        if s.tokens[k].head == k:
            return None
        k = s.tokens[k].head
        if s.tokens[k].upos in {"VERB", "AUX"}:
            return k
    return None


def object_gap(s: Sentence, v: int) -> bool:
    """Say whether a relative clause has its relative pronoun as object ("the levy that it paid")."""
    k = child(s, v, "dobj", "pobj")
    return k is not None and s.tokens[k].lower in RELATIVES


def doer_of(s: Sentence, n: int) -> int | None:
    """Return whose decision it is: "the decision of the mayor to warn them" gives the mayor."""
    if s.tokens[n].lemma not in DECISIONS:
        return None
    return noun_after(s, n, frozenset({"of", "by"}))


def noun_after(s: Sentence, n: int, prepositions: frozenset[str]) -> int | None:
    """Return the noun after the first of these prepositions right below a noun: "the decision of the mayor"."""
    k = next((k for k in kids(s, n, "prep") if s.tokens[k].lower in prepositions), None)
    return child(s, k, "pobj") if k is not None else None


def light_subject(s: Sentence, n: int) -> int | None:
    """Return the subject of the verb whose object is ``n``: "Kenya made a promise" gives Kenya."""
    t = s.tokens[n]
    head = s.tokens[t.head]
    if t.dep in {"dobj", "attr", "oprd"} and head.upos in {"VERB", "AUX"}:
        return deep_subject(s, t.head)
    return None


def deep_subject(s: Sentence, v: int) -> int | None:
    """Return who does it: the subject of an active verb, the by-phrase of a passive one."""
    if has_passive(s, v):
        return agent(s, v)
    return surface_subject(s, v)


def agent(s: Sentence, v: int) -> int | None:
    """Return the noun of the by-phrase."""
    for k in s.children[v]:
        if s.tokens[k].dep == "agent" or (s.tokens[k].dep == "prep" and s.tokens[k].lower == "by"):
            inner = child(s, k, "pobj", "pcomp")
            return inner if inner is not None else after(s, k)
    for k in kids(s, v, "prep"):
        # "acquitted of murder by the court": the by-phrase may hang on the noun before it
        inner = child(s, k, "pobj")
        by = next((c for c in s.children[inner] if s.tokens[c].lower == "by"), None) if inner is not None else None
        if by is not None:
            return child(s, by, "pobj")
    return None


def deep_object(s: Sentence, v: int) -> int | None:
    """Return who or what it is done to: object of an active verb, subject of a passive one."""
    t = s.tokens[v]
    if has_passive(s, v):
        if t.dep == "acl" and child(s, v, *PASSIVE_SUBJECTS) is None:
            return t.head
        if t.dep == "amod":
            return t.head
        return surface_subject(s, v)
    k = child(s, v, "dobj", "dative")
    if k is not None:
        gap = t.dep == "relcl" or (t.dep == "acl" and own_subject(s, v) is not None)
        return antecedent(s, v) if s.tokens[k].lower in RELATIVES and gap else k
    if t.dep == "relcl" and own_subject(s, v) not in {None, t.head}:
        return t.head
    for c in kids(s, v, "ccomp"):
        # "found the trader guilty", "allow members to vote": object and predicate parsed as a clause of their own
        bare = s.tokens[c].upos == "ADJ" or any(s.tokens[k].tag == "TO" for k in s.children[c])
        if bare and child(s, c, "mark") is None and child(s, c, "nsubj") is not None:
            return child(s, c, "nsubj")
    for c in kids(s, v, "conj"):
        # "investigate and punish offenders": the object stands once, after the last verb
        if child(s, c, *SUBJECTS, *PASSIVE_SUBJECTS) is None and child(s, c, "dobj") is not None and c - v <= 4:
            return child(s, c, "dobj")
    return None


def possessor(s: Sentence, n: int) -> int | None:
    """Return who has it: "Myanmar's policy", "their policy"."""
    k = child(s, n, "poss")
    if k is not None:
        return whose(s, k) if s.tokens[k].tag == "WP$" else k
    for m in range(n - 1, max(-1, n - 4), -1):
        # "the United States’ accountability": the parser takes the apostrophe for a closing quote
        if s.tokens[m].dep == "case" and s.tokens[m].form in {"'", "’", "'s", "’s"} and s.tokens[m].head == m - 1:
            return m - 1
        if s.tokens[m].upos not in {"ADJ", "ADV", "NOUN"}:
            break
    return None


def whose(s: Sentence, k: int) -> int | None:
    """Return the noun that "whose" refers to: the one its relative clause describes."""
    for _ in range(MAX_CLIMB):
        t = s.tokens[k]
        if t.dep == "relcl" and t.head != k:
            return t.head
        if t.head == k:
            return None
        k = t.head
    return None


def after(s: Sentence, k: int) -> int | None:
    """Return the head of the noun phrase right after a preposition that the parser left without one."""
    for j in range(k + 1, min(len(s.tokens), k + 7)):
        t = s.tokens[j]
        if t.upos in {"NOUN", "PROPN"} and t.dep not in {"compound", "amod"}:
            return j
        if t.upos not in {"DET", "ADJ", "PROPN", "NOUN", "NUM", "PRON"}:
            return None
    return None


def prepositional(s: Sentence, i: int, prepositions: frozenset[str]) -> int | None:
    """Return the noun or gerund after one of these prepositions below ``i``.

    The parser hangs prepositions on the verb, its object, or a predicate: all are looked at, nearest first; a time
    only counts where there is nothing else ("jailed for two years for theft").
    """
    time = None
    for k in sorted(preposition_tokens(s, i), key=lambda k: k < i):
        if s.tokens[k].lower in prepositions:
            inner = child(s, k, "pobj", "pcomp")
            if inner is not None and s.tokens[inner].dep == "pcomp" and s.tokens[inner].upos == "ADP":
                return child(s, inner, "pobj", "pcomp")
            if inner is not None and s.tokens[inner].ent not in {"DATE", "TIME"}:
                return inner
            time = time if time is not None else inner
    return time


def preposition_tokens(s: Sentence, i: int) -> Iterator[int]:
    """Yield the prepositions that may belong to ``i``: its own, then those of its object or predicate."""
    own = kids(s, i, "prep", "dative", "agent", "prt")
    yield from own
    for k in kids(s, i, "dobj", "acomp", "attr", "oprd", "nsubjpass", "ccomp"):
        if s.tokens[k].dep == "ccomp" and s.tokens[k].upos != "ADJ":
            continue
        yield from kids(s, k, "prep")
        for part in kids(s, k, "prep"):  # "lays much of the blame on the bank"
            whole = child(s, part, "pobj") if s.tokens[part].lower == "of" and s.tokens[k].lemma in SHARES else None
            yield from kids(s, whole, "prep") if whole is not None else ()
        for inner in kids(s, k, "amod", "acomp"):
            yield from kids(s, inner, "prep")
    for k in own:
        noun = child(s, k, "pobj")
        for _ in range(3):
            if noun is None:
                break
            below = kids(s, noun, "prep")
            yield from below
            noun = child(s, below[-1], "pobj") if below else None
    if (
        s.tokens[i].upos in {"NOUN", "ADJ"}
        and s.tokens[s.tokens[i].head].upos in {"VERB", "AUX"}
        and s.tokens[i].head != i
    ):
        yield from kids(s, s.tokens[i].head, "prep")


def conjuncts(s: Sentence, i: int) -> list[int]:
    """Return ``i`` and all it is coordinated with to its right."""
    out, todo = [], [i]
    while todo:
        k = todo.pop(0)
        out.append(k)
        todo += kids(s, k, "conj")
    return sorted(out)


def prep_conjuncts(s: Sentence, i: int) -> list[int]:
    """Return the nouns of further phrases with the same preposition: "with the airline and with the regulator"."""
    p = s.tokens[i].head
    if s.tokens[i].dep != "pobj":
        return []
    same = [c for c in kids(s, p, "conj") if s.tokens[c].lower == s.tokens[p].lower]
    return [k for c in same if (k := child(s, c, "pobj")) is not None]


def shared_negation(s: Sentence, v: int) -> frozenset[int]:
    """Return a verb's negations that reach what "or" or "nor" joins to it: "not to cut wages or close the plant"."""
    joined = any(s.tokens[k].lower in {"or", "nor"} for k in kids(s, v, "cc"))
    either = [k for k in kids(s, v, "preconj") if s.tokens[k].lower == "neither"]
    return frozenset([*kids(s, v, "neg"), *either]) if joined else frozenset()


def listed(s: Sentence, v: int) -> list[int]:
    """Return the verbs of a list with a comma that the parser did not join to its first verb."""
    return listed_gerunds(s, v) or listed_infinitives(s, v)


def listed_infinitives(s: Sentence, v: int) -> list[int]:
    """Return further infinitives of a list: "to cease tests, fulfil its duties and return", hung below or beside."""
    t = s.tokens[v]
    if t.tag != "VB" or not any(s.tokens[k].tag == "TO" for k in s.children[v]):
        return []
    found = [k for k in kids(s, v, "advcl") if any(s.tokens[c].tag == "TO" for c in s.children[k])]
    if t.dep in {"xcomp", "acl"}:
        above = t.head if s.tokens[t.head].upos in {"VERB", "AUX"} else s.tokens[t.head].head
        found += kids(s, above, "dep", "conj")
    return [
        k
        for k in found
        if k > v
        and s.tokens[k].tag == "VB"
        and s.tokens[k - 1 if s.tokens[k - 1].tag != "TO" else k - 2].form == ","
        and kids(s, k, "conj")
        and not kids(s, k, "nsubj", "nsubjpass", "mark")
        and not any(s.tokens[c].tag == "MD" for c in s.children[k])
    ]


def listed_gerunds(s: Sentence, v: int) -> list[int]:
    """Return the gerunds of a list that hang below its first: "of lying, hiding papers, and taking bribes"."""
    if s.tokens[v].dep != "pcomp" or s.tokens[v].tag != "VBG":
        return []
    return [
        k
        for k in kids(s, v, "advcl")
        if s.tokens[k].tag == "VBG" and s.tokens[k - 1].form == "," and kids(s, k, "conj") and not kids(s, k, "mark")
    ]


def verb_conjuncts(s: Sentence, v: int) -> list[int]:
    """Return the verb and the verbs coordinated with it that share its subject and its modal."""
    out, todo = [], [v]
    while todo:
        k = todo.pop(0)
        out.append(k)
        for c in [*kids(s, k, "conj"), *listed(s, k)]:
            own = [s.tokens[x].dep for x in s.children[c]]
            if (
                "nsubj" in own
                or "nsubjpass" in own
                or "expl" in own
                or any(s.tokens[x].tag == "MD" for x in s.children[c])
            ):
                continue
            if s.tokens[c].upos in {"VERB", "AUX"} and s.tokens[c].tag not in {"VBD", "VBZ", "VBP"} | (
                {"VBG"} if s.tokens[v].tag == "VB" else set()
            ):
                todo.append(c)
    return sorted(out)


def verb_phrase(s: Sentence, v: int, drop: frozenset[int] = frozenset()) -> Span:
    """Return the action a verb names: without subject, modal, negation or further coordinated verbs."""
    outside = {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl", "aux", "neg", "mark", "cc", "parataxis", "preconj"}
    skipped = set(drop)
    for c in listed(s, v):
        skipped.add(c)
    for c in s.children[v]:
        t = s.tokens[c]
        if t.dep == "conj" and t.upos in {"VERB", "AUX"}:
            skipped.add(c)
        if t.dep == "advcl" and c < v:
            skipped.add(c)
    members = [v]
    for c in s.children[v]:
        if c in skipped or s.tokens[c].dep in outside:
            continue
        members += subtree(s, c, drop=frozenset(skipped))
    members = [m for m in members if m >= v or s.tokens[m].dep in {"auxpass", "advmod"} or m > v]
    lo, hi = run_around(s, v, members)
    if child(s, v, "auxpass") is None:
        lo = v
    return span_between(s, with_not(s, v, lo), hi)


def with_not(s: Sentence, v: int, lo: int) -> int:
    """Return where an action begins if it is one not to do: "promised not to raise", "for not paying"."""
    negation = next((k for k in s.children[v] if s.tokens[k].dep == "neg" and k < v), None)
    to = any(s.tokens[k].tag == "TO" for k in s.children[v])
    return min(lo, negation) if negation is not None and (to or s.tokens[v].tag == "VBG") else lo
