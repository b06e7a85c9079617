"""Who says it: sources, cues and contents of direct, indirect and mixed speech.

Quotations are found per paragraph and given to the nearest reporting verb (``quotes``); indirect speech is
what stands under a reporting verb, noun or adjective; "according to" covers its sentence; layout speaks too
(``turns``). The innermost content a trigger stands in names its speaker; outside all of them the text
speaks itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from respgraph.annotate import Annotated, Sentence, Token
from respgraph.extract import tree
from respgraph.extract.bearers import can_speak
from respgraph.extract.quotes import direct, find_quotes, join_quotes
from respgraph.extract.roles import Filler
from respgraph.extract.speech import (
    Speech,
    aside,
    cue_span,
    inside,
    prepositions_of,
    reporting_verbs,
    source_of,
)
from respgraph.extract.turns import listed, titles, turns
from respgraph.model import Span

LONGEST_SENTENCE = 400
NESTED = 500  # speeches that one speech may hold and still be found around its last words
UNNAMED = frozenset(("i we you it me us they people one who anybody anyone everybody everyone nobody somebody").split())
SAID_NOUNS = frozenset(
    (
        "accusation admission affirmation agreement allegation announcement argument assertion "
        "assessment assumption assurance attack belief boast call characterization characterisation "
        "claim comment complaint concern conclusion condemnation confession confidence contention "
        "conviction criticism critique declaration decision defense defence demand denial "
        "denunciation description disagreement dissatisfaction doubt endorsement estimate expectation "
        "explanation fear feeling finding forecast hope idea impression indication insistence "
        "insinuation invitation joke opinion opposition perception plea pledge praise prediction "
        "promise prophecy proposal proposition protest question reassurance recommendation remark "
        "reminder request rumor rumour sense skepticism scepticism speculation statement story "
        "suggestion suspicion testimony theory threat view vow warning wish worry"
    ).split()
)
# Passages of a law: what is "according to Article 5" is said by the law itself.
PASSAGES = frozenset({"article", "paragraph", "section", "subsection", "clause", "annex", "schedule", "subparagraph"})
FEELING = frozenset(
    (
        "adamant afraid angry anxious apprehensive aware certain concerned confident convinced "
        "critical disappointed dismissive doubtful dubious eager fearful frustrated furious glad "
        "happy hopeful mindful nervous opposed optimistic outraged persuaded pessimistic pleased "
        "positive proud sceptical skeptical sorry supportive sure surprised suspicious sympathetic "
        "unaware unconvinced unhappy unsure upset wary worried"
    ).split()
)


ADMITTING = frozenset({"admit", "acknowledge", "concede", "confess", "accept", "recognise", "recognize", "realise"})


def speeches(document: Annotated) -> list[Speech]:
    """Return every attribution of a document, in text order."""
    verbs = [v for n, s in enumerate(document.sentences) for v in report_cues(s, n)]
    quotes = [find_quotes(document.document.text, block)[0] for block in document.document.blocks]
    found: list[Speech] = []
    for n, v in verbs:
        s = document.sentences[n]
        found += told_inside(s, n, v) if inside(s.tokens[v].span, quotes[s.block]) else under_verb(s, n, v)
    for n, s in enumerate(document.sentences):
        if len(s.tokens) > LONGEST_SENTENCE:
            continue
        found += according_to(s, n)
        found += [
            sp
            for sp in under_noun(s, n) + felt(s, n) + made_clear(s, n)
            if sp.cue is None or not inside(sp.cue, quotes[s.block])
        ]
    found += listed(document) + turns(document) + titles(document)
    found += join_quotes(direct(document, verbs))
    return sorted(merge(found), key=lambda x: (x.contents[0], x.cue or Span(0, 0)))


def report_cues(s: Sentence, n: int) -> list[tuple[int, int]]:
    """Return the tokens that may report speech in a sentence; one too long to be prose reports nothing."""
    if len(s.tokens) > LONGEST_SENTENCE:
        return []
    known = reporting_verbs()
    return [
        (n, t.i)
        for t in s.tokens
        if t.upos in {"VERB", "AUX"} and t.lemma in known and t.dep not in {"amod", "aux"} and not aside(s, t.i)
        if not refers_within(s, t.i)
    ]


def refers_within(s: Sentence, v: int) -> bool:
    """Say whether a verb points to another place of the text: "the bodies referred to in Article 2"."""
    after = [t.lower for t in s.tokens[v + 1 : v + 3]]
    return s.tokens[v].lower == "referred" and after[:1] == ["to"] and after[1:] in (["in"], ["above"], ["under"])


def told_inside(s: Sentence, n: int, v: int) -> list[Speech]:
    """Return the speech that is told of inside a quotation: of somebody else, in a clause of its own."""
    clause = indirect(s, n, v)
    if clause is None or clause.source is None or is_unnamed(s.tokens[clause.source.head]):
        return []
    return [clause]


def is_unnamed(token: Token) -> bool:
    """Say whether a source is a pronoun or a word for anybody; "US" is a state."""
    return token.lower in UNNAMED and not (len(token.form) > 1 and token.form.isupper())


def under_verb(s: Sentence, n: int, v: int) -> list[Speech]:
    """Return the speech under a reporting verb: its clause, else its action and its thing, whichever holds more."""
    clause = indirect(s, n, v) or inverted(s, n, v)
    if clause is not None:
        return [clause]
    rest = [sp for sp in (intended(s, n, v), about(s, n, v)) if sp is not None]
    return [max(rest, key=lambda sp: sp.contents[0].end - sp.contents[0].start)] if rest else []


def indirect(s: Sentence, n: int, v: int) -> Speech | None:
    """Return the speech whose content is a clause under a reporting verb."""
    if "clause" not in reporting_verbs()[s.tokens[v].lemma] or asked_to_say(s, v):
        return None
    for k in sorted(s.children[v], key=lambda c: (not (c > v and has_mark(s, c, {"that"})), c)):
        t = s.tokens[k]
        if (
            t.dep == "ccomp"
            or (t.dep == "xcomp" and tree.has_passive(s, v))
            or (t.dep == "advcl" and k > v and has_mark(s, k, {"that", "whether"}))
        ):
            drop = frozenset({v, *others_speech(s, k)})
            between = tree.subtree(s, v, drop=frozenset({k})) if k < v < max(tree.subtree(s, k)) else []
            lo, hi = tree.run_around(s, k, tree.subtree(s, k, drop=drop) + between)
            source = source_of(s, v, n)
            if source is None and not tree.has_passive(s, v):
                continue
            return Speech((tree.span_between(s, lo, hi),), source, cue_span(s, v), (n, v))
    return parenthetical(s, n, v)


def asked_to_say(s: Sentence, v: int) -> bool:
    """Say whether somebody should say it, and so has not: "the minister must admit that ..."."""
    first = s.tokens[v].head if s.tokens[v].dep == "conj" else v
    return s.tokens[v].lemma in ADMITTING and any(
        s.tokens[k].lower in {"should", "must", "ought"} for k in tree.kids(s, first, "aux")
    )


def others_speech(s: Sentence, k: int) -> list[int]:
    """Return the clauses below a reported one where somebody else speaks: "..., while other voters said ..."."""
    known = reporting_verbs()
    return [
        c
        for c in s.children[k]
        if c > k
        and s.tokens[c].dep in {"advcl", "conj"}
        and "clause" in known.get(s.tokens[c].lemma, ())
        and (who := tree.child(s, c, "nsubj")) is not None
        and s.tokens[who].upos != "PRON"
    ]


def parenthetical(s: Sentence, n: int, v: int) -> Speech | None:
    """Return the speech a clause put in between attributes: "The levy, officials say, was never paid"."""
    t = s.tokens[v]
    source = source_of(s, v, n)
    if t.dep != "parataxis" or source is None or tree.child(s, v, "dobj", "ccomp") is not None:
        return None
    members = tree.subtree(s, t.head)
    lo, hi = tree.run_around(s, t.head, members)
    aside_of = tree.subtree(s, v)
    lo = max(aside_of) + 1 if lo == min(aside_of) else lo
    hi = min(aside_of) - 1 if hi == max(aside_of) else hi
    return Speech((tree.span_between(s, lo, hi),), source, cue_span(s, v), (n, v))


def inverted(s: Sentence, n: int, v: int) -> Speech | None:
    """Return the speech whose source ends the sentence, however it is parsed: "The levy is unfair, argued Ruiz."."""
    t = s.tokens[v]
    if v < 4 or t.tag not in {"VBD", "VBZ"} or s.tokens[v - 1].form != "," or tree.child(s, v, "nsubj") is not None:
        return None
    who = next((k for k in s.children[v] if k > v and s.tokens[k].dep in {"dobj", "npadvmod"}), None)
    if who is None or not can_speak(s, who) or max(tree.subtree(s, who)) < len(s.tokens) - 2:
        return None
    named = tree.real_name(s, who)
    source = Filler(named, tree.name_span(s, named), sentence=n)
    return Speech((tree.span_between(s, 0, v - 2),), source, cue_span(s, v), (n, v))


def about(s: Sentence, n: int, v: int) -> Speech | None:
    """Return the speech whose content is a thing: "highlighted the risks", "spoke about the risks"."""
    kinds = reporting_verbs()[s.tokens[v].lemma]
    prepositions = prepositions_of(s.tokens[v].lemma)
    if "thing" not in kinds and not prepositions:
        return None
    # a bare verb is an order or a question, one below a noun what somebody might say
    told = s.tokens[v].dep not in {"acl"} and (
        s.tokens[v].tag != "VB"
        or any(s.tokens[k].tag in {"TO", "MD"} or s.tokens[k].dep == "neg" for k in s.children[v])
    )
    source = source_of(s, v, n) if told else None
    if tree.has_passive(s, v):
        thing = tree.child(s, v, "nsubjpass")
        if source is None or thing is None or "thing" not in kinds or s.tokens[thing].tag == "WDT":
            return None
        return Speech((tree.phrase_span(s, thing),), source, cue_span(s, v), (n, v))
    right = [
        k
        for k in s.children[v]
        if k > v and s.tokens[k].dep in {"dobj", "prep", "xcomp", "oprd", "dative", "prt", "ccomp"}
    ]
    named = [
        k
        for k in right
        if (s.tokens[k].dep == "dobj" and "thing" in kinds)
        or (s.tokens[k].dep == "prep" and s.tokens[k].lower in prepositions)
    ]
    if source is None or not named:
        return None
    lo = min(min(tree.subtree(s, k)) for k in right if k >= named[0])
    hi = max(max(tree.subtree(s, k)) for k in right)
    return Speech((tree.span_between(s, lo, hi),), source, cue_span(s, v), (n, v))


def intended(s: Sentence, n: int, v: int) -> Speech | None:
    """Return the speech whose content is an action: "vowed to appeal", "asked the council to wait"."""
    if "action" not in reporting_verbs()[s.tokens[v].lemma]:
        return None
    k = next(
        (
            c
            for c in s.children[v]
            if c > v and s.tokens[c].dep in {"xcomp", "advcl"} and any(s.tokens[d].tag == "TO" for d in s.children[c])
        ),
        None,
    )
    source = source_of(s, v, n)
    if k is None or source is None:
        return None
    thing = tree.child(s, v, "dobj", "dative")
    lo = min(tree.subtree(s, thing)) if thing is not None and v < thing < k else min(tree.subtree(s, k))
    return Speech((tree.span_between(s, lo, max(tree.subtree(s, k))),), source, cue_span(s, v), (n, v))


def under_noun(s: Sentence, n: int) -> list[Speech]:
    """Return the speech a noun names: "the union's claim that ...", "their opposition to the levy"."""
    out = []
    for t in s.tokens:
        if t.upos != "NOUN" or t.lemma not in SAID_NOUNS:
            continue
        clause = next(
            (
                k
                for k in s.children[t.i]
                if k > t.i and s.tokens[k].dep in {"acl", "ccomp", "relcl"} and has_mark(s, k, {"that", "whether"})
            ),
            None,
        )
        thing = next(
            (
                k
                for k in s.children[t.i]
                if s.tokens[k].dep == "prep"
                and k > t.i
                and s.tokens[k].lower in {"of", "about", "against", "for", "to", "over", "on"}
            ),
            None,
        )
        who = tree.possessor(s, t.i)
        if who is None:
            who = tree.noun_after(s, t.i, frozenset({"by", "from"}))  # "claims by the union that ..."
        if who is None and clause is not None:
            who = tree.light_subject(s, t.i)
        content = clause if clause is not None else thing if who is not None else None
        if content is None or (who is not None and not can_speak(s, who)) or (who is None and clause is None):
            continue
        source = Filler(who, tree.name_span(s, who), sentence=n) if who is not None else None
        out.append(Speech((tree.phrase_span(s, content),), source, t.span, (n, t.i)))
    return out


def felt(s: Sentence, n: int) -> list[Speech]:
    """Return the attitude an adjective gives to somebody: "residents are worried that ..."."""
    out = []
    for t in s.tokens:
        if (
            t.lemma not in FEELING
            or t.dep not in {"acomp", "ROOT", "conj", "oprd", "advcl"}
            or t.upos not in {"ADJ", "VERB"}
        ):
            continue
        content = next(
            (
                k
                for k in s.children[t.i]
                if k > t.i
                and (
                    s.tokens[k].dep == "ccomp"
                    or (s.tokens[k].dep == "prep" and s.tokens[k].lower in {"about", "of", "that", "with", "to"})
                )
            ),
            None,
        )
        who = tree.surface_subject(s, t.i)
        if content is None or who is None or not can_speak(s, who) or s.tokens[who].lower in {"i", "we", "you", "it"}:
            continue
        out.append(
            Speech((tree.phrase_span(s, content),), Filler(who, tree.name_span(s, who), sentence=n), t.span, (n, t.i))
        )
    return out


def made_clear(s: Sentence, n: int) -> list[Speech]:
    """Return what somebody makes clear or is of the opinion of: "she made clear that", "is of the view that"."""
    out = []
    for t in s.tokens:
        above = s.tokens[t.head]
        clear = t.lower == "clear" and above.lemma == "make"
        view = t.lemma in {"opinion", "view", "belief"} and above.lower == "of" and s.tokens[above.head].lemma == "be"
        if not clear and not view:
            continue
        v = above.i if clear else above.head
        clauses = [k for k in (*s.children[t.i], *s.children[v]) if k > t.i and has_mark(s, k, {"that"})]
        who = tree.surface_subject(s, v)
        if not clauses or who is None or not can_speak(s, who) or s.tokens[who].lower in {"i", "we", "you", "it"}:
            continue
        source = Filler(who, tree.name_span(s, who), sentence=n)
        out.append(Speech((tree.phrase_span(s, clauses[0]),), source, t.span, (n, t.i)))
    return out


def has_mark(s: Sentence, v: int, words: set[str]) -> bool:
    """Say whether a clause is introduced by one of these words."""
    return any(s.tokens[c].dep == "mark" and s.tokens[c].lower in words for c in s.children[v])


def according_to(s: Sentence, n: int) -> list[Speech]:
    """Return speech attributed by a phrase: "according to X", "in X's view", "in a poll"."""
    out = []
    for t in s.tokens:
        who, end = phrase_source(s, t.i)
        if who is None or not can_speak(s, who) or s.tokens[who].lemma in PASSAGES:
            continue
        members = tree.subtree(s, t.i)
        lo, hi = min(members), max(members)
        before, after = (0, lo - 1), (hi + 1, len(s.tokens) - 1)
        # the part of the sentence that is not the phrase, the longer side of it
        rest = max((before, after), key=lambda p: p[1] - p[0])
        if rest[1] > rest[0]:
            out.append(
                Speech(
                    (tree.span_between(s, *rest),),
                    Filler(who, tree.name_span(s, who), sentence=n),
                    Span(t.start, s.tokens[end].end),
                    (n, t.i),
                )
            )
    return out


def phrase_source(s: Sentence, i: int) -> tuple[int | None, int]:
    """Return the source a phrase names and the last word of its cue, if a phrase that attributes starts here."""
    t = s.tokens[i]
    following = s.tokens[i + 1].lower if i + 1 < len(s.tokens) else ""
    if t.lower == "according" and following == "to":
        who = tree.prepositional(s, i, frozenset({"to"}))
        if who is None:
            who = next((k for k in s.children[i + 1] if s.tokens[k].dep == "pobj"), None)
        return who, i + 1
    if t.lower in {"in", "on"} and t.dep == "prep" and s.tokens[t.head].upos in {"VERB", "AUX"}:
        thing = tree.child(s, i, "pobj")
        if thing is None:
            return None, i
        lemma = s.tokens[thing].lemma
        if lemma in {"view", "opinion", "word", "judgment", "estimation", "telling", "eye"}:
            who = tree.possessor(s, thing)
            if who is None:
                who = tree.prepositional(s, thing, frozenset({"of"}))
            if who is not None and can_speak(s, who):
                return who, thing
        if lemma in {"poll", "survey"} and i == 0:
            return thing, i
    return None, i


def merge(found: Iterable[Speech]) -> list[Speech]:
    """Return the speeches without a direct one whose words an indirect one of the same cue already holds."""
    kept: list[Speech] = []
    at: dict[tuple[int, int], int] = {}
    for sp in found:
        place = at.get(sp.cue_at) if sp.first and sp.direct and sp.cue_at is not None else None
        if place is not None and any(c.overlaps(sp.contents[0]) for c in kept[place].contents):
            twin = kept[place]
            wide = Span(
                min(twin.contents[0].start, sp.contents[0].start), max(twin.contents[0].end, sp.contents[0].end)
            )
            kept[place] = replace(twin, contents=(wide,), direct=True)
            continue
        if sp.cue_at is not None and not sp.direct:
            at.setdefault(sp.cue_at, len(kept))
        kept.append(sp)
    return kept


def speaker_at(found: Sequence[Speech], place: Span) -> Speech | None:
    """Return the innermost speech whose content a place stands in; ``found`` is in text order."""
    best, width = None, None
    stop = bisect_right(found, place.start, key=lambda sp: sp.contents[0].start)
    for sp in found[max(0, stop - NESTED) : stop]:  # not all: a book has thousands
        for content in sp.contents:
            if content.covers(place) and (width is None or content.end - content.start < width):
                best, width = sp, content.end - content.start
    return best


__all__ = ["Speech", "find_quotes", "inside", "speaker_at", "speeches"]
