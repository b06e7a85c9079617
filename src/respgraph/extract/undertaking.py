"""What somebody says they will do, and what a text asks its reader to do: "will", "would", "please", "let us".

"will" is a promise only where the one who acts is the one who speaks: first person in quoted speech or in a
speech, or "X said it would ..." where "it" is X. A forecast about others is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from respgraph.annotate import Annotated, Sentence
from respgraph.extract import tree
from respgraph.extract.attribution import Speech, speaker_at
from respgraph.extract.bearers import can_bear, noun_class
from respgraph.extract.match import Frame
from respgraph.extract.roles import Filler, phrase
from respgraph.extract.rule import Rule, no, slots, yes
from respgraph.extract.rules.deed import HARM
from respgraph.model import Span

WILL = Rule(
    name="commitment.will",
    type="commitment",
    stance="accepts",
    slots=slots(speaker="subj", bearer="subj", content="vp"),
    examples=(
        yes("The company said it would rebuild the wall.", content="rebuild the wall"),
        yes('"We will rebuild the wall by May," the mayor said.', content="rebuild the wall by May"),
        yes("The airline will compensate passengers, its chief executive said.", bearer="The airline"),
        yes("We will rebuild the wall.", bearer="We", content="rebuild the wall"),
        no("We will now turn to the wall.", "what is said next"),
        no("Our children will pay for the wall.", "a forecast about others"),
        yes("The premier said his government would lift the curfew.", bearer="his government"),
        yes("Ministry secretary Ann Moor said the ministry would close the mill.", bearer="the ministry"),
        no("The minister said the airline would compensate passengers.", "a forecast about others"),
        no("The company said it would lose money.", "a forecast: nobody promises to lose"),
        no("The company said prices would rise.", "a forecast about others"),
        yes(
            '"We shall rebuild the wall," the mayor told the crowd in the square. ' + "It rained all day. " * 25,
            bearer="We",
            content="rebuild the wall",
        ),
    ),
    source="FrameNet Commitment; Searle 1969 (commissives)",
    confidence=0.6,
)
PLEASE = Rule(
    name="demand.please",
    type="demand",
    slots=slots(content="vp"),
    examples=(
        yes("Please keep the gate shut.", content="keep the gate shut"),
        no("It may please the court.", "the verb"),
        no('The bishop asked people to "please pray for rain".', "said once already"),
        no("If I could take the court, please, to page 4.", "the speaker does it"),
    ),
    source="FrameNet Request",
    confidence=0.7,
)
IMPERATIVE = Rule(
    name="demand.imperative",
    type="demand",
    slots=slots(speaker="subj", bearer="obj | prep:on,to,with", content="vp"),
    examples=(
        yes('"Stop the shelling," the envoy urged.', speaker="the envoy", content="Stop the shelling"),
        yes('"Lay down your arms," the bishop told the rebels.', bearer="the rebels", content="Lay down your arms"),
        no('"Stop the shelling," the song goes.', "a song asks nobody"),
        no('"Look at the figures," the mayor told reporters.', "what is said next"),
        no('"Rain stopped the shelling," the envoy urged.', "nobody is asked"),
    ),
    source="Searle 1969 (directives); FrameNet Request",
    confidence=0.65,
)
NOT_I = Rule(
    name="responsibility.not-i",
    type="responsibility",
    stance="denies",
    sense="blame",
    slots=slots(speaker="subj", bearer="subj", content="vp"),
    examples=(
        yes('"I did not order the shooting," the general said.', content="order the shooting", bearer="I"),
        no('"I did not see the film," the general said.', "no wrong is denied"),
        no("The general did not order the shooting.", "the text says so, he does not"),
    ),
    source="FrameNet Statement (deny); own",
    confidence=0.55,
)
RULES = (WILL, PLEASE, IMPERATIVE, NOT_I)
FIRST = frozenset({"i", "we"})
GOVERNING = frozenset("government country nation administration ministry delegation party company state".split())
# What speakers say they will do next, and what all people do: no promise.
TALK = frozenset(
    "address ask answer call come discuss end explain focus go hear look mention note now say speak start talk tell "
    "thank turn use return read debate consider listen examine meet remember recall learn wait stay keep get take "
    "achieve succeed reach gain benefit pay experience require share watch fail emerge maximize maximise".split()
)
# Offices, and the bodies they speak for where a text says "the government" or "his company" after them.
HEADED = tuple(
    (frozenset(offices.split()), frozenset(bodies.split()))
    for offices, bodies in (
        (
            "minister president premier chancellor secretary king official officials governor taoiseach",
            "government ministry cabinet administration department state",
        ),
        (
            "ceo executive director chairman chairwoman chair chief owner founder manager",
            "company firm airline bank corporation business club group operator utility carrier",
        ),
        ("mayor councillor", "city council town municipality"),
        ("general commander colonel admiral", "army military navy force forces troop"),
        ("constable commissioner superintendent sheriff chief", "police force department"),
    )
)
# Who says an imperative with one of these verbs asks for what it says.
ASKING = frozenset(
    "advise appeal beg beseech call command demand direct entreat exhort implore insist instruct order plead request "
    "tell urge warn".split()
)
UNASKED = TALK | {"let", "be"}
HEARERS = frozenset(
    "reporter journalist audience crowd interviewer viewer reader newspaper bbc cnn afp reuters".split()
)
THIRD = frozenset({"he", "she", "it", "they"})
# Not in one's power, or no act: nobody promises these.
UNWILLED = frozenset(
    (
        "be have need get see know win lose die suffer become seem appear happen find feel face hear "
        "understand think believe want like remember realise realize notice enjoy fall grow depend "
        "mean cost remain miss hope last begin overcome live affect lead make prevent collapse fail"
    ).split()
)
IF_WORDS = frozenset({"if", "unless", "when", "until", "whether", "as", "before", "after"})


def undertakings(annotated: Annotated, speeches: Sequence[Speech]) -> list[Frame]:
    """Return the frames of "will" said by the one who acts, and of polite imperatives."""
    out: list[Frame] = []
    for n, s in enumerate(annotated.sentences):
        for t in s.tokens:
            if (t.lower in {"will", "would", "'ll", "’ll", "wo"} or ours_shall(s, t.i)) and t.dep == "aux":
                out += will(s, n, t.i, speeches)
            elif t.tag in {"VB", "VBP"} and (found := imperative(s, n, t.i, annotated, speeches)) is not None:
                out += found
            elif t.dep == "neg" and s.tokens[t.head].tag == "VB":
                out += not_i(s, n, t.head, t.i, speeches)
            elif (
                t.lower == "please"
                and t.dep in {"intj", "advmod"}
                and s.tokens[t.head].tag == "VB"
                and s.tokens[t.head].dep != "xcomp"
                and tree.own_subject(s, t.head) is None
            ):
                out += [
                    Frame(
                        n,
                        PLEASE.name,
                        "demand",
                        (t.i,),
                        (("content", phrase(s, k, "vp", k)),),
                        confidence=0.7,
                    )
                    for k in tree.verb_conjuncts(s, t.head)
                ]
    return out


def imperative(s: Sentence, n: int, v: int, annotated: Annotated, speeches: Sequence[Speech]) -> list[Frame] | None:
    """Return what a quoted imperative asks for: "'Stop the shelling,' the envoy urged"; None where it is none."""
    if s.tokens[v].dep not in {"ROOT", "ccomp", "conj", "parataxis", "advcl"} or s.tokens[v].lemma in UNASKED:
        return None
    below = [s.tokens[k] for k in s.children[v]]
    if any(t.dep in {"nsubj", "nsubjpass", "expl", "aux", "auxpass", "mark"} and t.lower != "do" for t in below):
        return None
    speech = speaker_at(speeches, s.tokens[v].span)
    if speech is None or not speech.direct or speech.source is None or speech.cue_at is None:
        return None
    whole = next((c for c in speech.contents if c.covers(s.tokens[v].span)), None)
    if s.tokens[v].dep == "conj" and (whole is None or not whole.covers(s.tokens[s.tokens[v].head].span)):
        return None  # "urged them to help and 'give no quarter'"
    first = min(k for k in (v, *(t.i for t in below if t.dep in {"neg", "aux", "advmod"})) if k <= v)
    opens = any(s.tokens[first].start - 2 <= c.start <= s.tokens[first].start for c in speech.contents)
    if not opens and first != 0 and s.tokens[first - 1].form not in {'"', "“", "'", "‘", "``", ".", ";"}:
        return None
    by, cue = annotated.sentences[speech.cue_at[0]], speech.cue_at[1]
    if by.tokens[cue].lemma not in ASKING:
        return None
    asked = next((k for k in addressees(by, cue) if can_bear(by, k)), None)
    if by.tokens[cue].lemma == "tell" and (asked is None or by.tokens[asked].lemma in HEARERS):
        return None
    span = Span(s.tokens[first].start, tree.verb_phrase(s, v).end)
    roles = [("speaker", speech.source), ("content", Filler(v, span, "verb"))]
    if asked is not None and by.tokens[asked].lemma not in HEARERS:
        roles.insert(1, ("bearer", Filler(asked, tree.name_span(by, asked), sentence=speech.cue_at[0])))
    return [Frame(n, IMPERATIVE.name, "demand", (v,), tuple(roles), confidence=IMPERATIVE.confidence)]


def addressees(s: Sentence, cue: int) -> list[int]:
    """Return the nouns that may name whom a verb of asking addresses: its object, or after "on", "to", "with"."""
    found = tree.kids(s, cue, "dobj", "dative")
    for prep in tree.kids(s, cue, "prep", "dative"):
        if s.tokens[prep].lower in {"on", "upon", "to", "with"}:
            found += tree.kids(s, prep, "pobj")
    return [k for k in found if s.tokens[k].upos in {"NOUN", "PROPN", "PRON"}]


def will(s: Sentence, n: int, i: int, speeches: Sequence[Speech]) -> list[Frame]:
    """Return the promise of one modal, per coordinated verb, if speaker and doer are one."""
    v = s.tokens[i].head
    subject = tree.own_subject(s, v)
    if subject is None or subject > i or tree.has_passive(s, v) or s.tokens[-1].form == "?":
        return []
    if s.tokens[v].lemma in UNWILLED or any(
        s.tokens[k].lower in IF_WORDS and s.tokens[k].dep in {"mark", "advmod"} for k in s.children[v]
    ):
        return []
    if s.tokens[v].lemma in {"tell", "add", "ask", "repeat", "remind", "explain", "mention", "admit", "bet"}:
        return []  # "I will tell you"
    who, speech = s.tokens[subject].lower, speaker_at(speeches, s.tokens[i].span)
    if speech is None:
        return own_will(s, n, i, v, subject)
    if speech.source is None:
        return []
    quoted = speech.direct and who in FIRST
    proxy = (
        not speech.direct
        and speech.source.sentence == n
        and is_body(s, subject)
        and (speaks_for(s, speech.source.head) or leads(s, speech.source.head, subject))
    )
    reported = not speech.direct and who in THIRD and speech.source.sentence == n and agrees(s, speech.source.head, who)
    if not quoted and not reported and not proxy:
        return []
    refused = any(s.tokens[k].dep == "neg" for k in s.children[v])
    return promised(s, n, i, subject, speech.source, "denies" if refused else "accepts")


def promised(s: Sentence, n: int, i: int, subject: int, speaker: Filler | None, stance: str = "accepts") -> list[Frame]:
    """Return one promise per coordinated verb of a modal; without a speaker it is the text's own."""
    v = s.tokens[i].head
    said = () if speaker is None else (("speaker", speaker),)
    bearer = Filler(subject, tree.name_span(s, subject))
    return [
        Frame(
            n,
            WILL.name,
            "commitment",
            (i,) if k == v else (i, k),
            (*said, ("bearer", bearer), ("content", phrase(s, k, "vp", k))),
            stance=stance,
            confidence=WILL.confidence,
        )
        for k in tree.verb_conjuncts(s, v)
    ]


def ours_shall(s: Sentence, i: int) -> bool:
    """Say whether "shall" has "we" or "I" before it: then it promises as "will" does."""
    return s.tokens[i].lower == "shall" and i > 0 and s.tokens[i - 1].lower in {"we", "i"}


def own_will(s: Sentence, n: int, i: int, v: int, subject: int) -> list[Frame]:
    """Return what a speech promises for those who give it: "We will rebuild the wall", "my government will pay"."""
    t = s.tokens[subject]
    ours = any(s.tokens[k].lower in {"my", "our"} for k in tree.kids(s, subject, "poss")) and t.lemma in GOVERNING
    if s.tokens[i].lower == "would" or not (t.lower == "we" or ours) or s.tokens[v].lemma in TALK:
        return []
    if s.tokens[v].dep not in {"ROOT", "conj"} or any(s.tokens[k].dep == "neg" for k in s.children[v]):
        return []
    return [] if tree.is_conditional(s, v) else promised(s, n, i, subject, None)


def not_i(s: Sentence, n: int, v: int, negation: int, speeches: Sequence[Speech]) -> list[Frame]:
    """Return the denial of a wrong in one's own words: "I did not order the shooting"."""
    subject, speech = tree.own_subject(s, v), speaker_at(speeches, s.tokens[v].span)
    past = any(s.tokens[k].lower == "did" for k in s.children[v])
    if subject is None or speech is None or speech.source is None or not speech.direct or not past:
        return []
    if s.tokens[subject].lower not in FIRST or s.tokens[v].lemma not in HARM | {"order", "commit"}:
        return []
    bearer = Filler(subject, tree.name_span(s, subject))
    roles = (("speaker", speech.source), ("bearer", bearer), ("content", Filler(v, tree.verb_phrase(s, v), "verb")))
    degree = "unspecified"
    return [
        Frame(
            n,
            NOT_I.name,
            "responsibility",
            (negation, v),
            roles,
            stance="denies",
            sense="blame",
            degree=degree,
            confidence=NOT_I.confidence,
        )
    ]


def speaks_for(s: Sentence, source: int) -> bool:
    """Say whether a source is somebody's voice: "a spokesman for the firm", "its chief executive"."""
    t = s.tokens[source]
    named = {t.lemma, *(s.tokens[k].lemma for k in s.children[source])}
    owned = any(s.tokens[k].dep == "poss" and s.tokens[k].lower in {"its", "their"} for k in s.children[source])
    return owned or any(word.startswith("spokes") for word in named)


def leads(s: Sentence, source: int, body: int) -> bool:
    """Say whether a source heads the body: "the premier said the government would", "Orso's boss said Orso would"."""
    names = {s.tokens[k].lower for k in tree.subtree(s, source, frozenset({"relcl", "conj", "advcl"}))}
    t = s.tokens[body]
    if t.upos == "PROPN":
        return t.lower in names
    others = {s.tokens[k].lemma for prep in tree.kids(s, source, "prep") for k in tree.kids(s, prep, "pobj")}
    if any(noun_class().get(word) == "organisation" for word in others - {t.lemma}):
        return False  # "the president of the bank said the government would"
    return t.lemma in names or any(t.lemma in bodies and names & offices for offices, bodies in HEADED)


def is_body(s: Sentence, i: int) -> bool:
    """Say whether a subject is an organisation or a government, which others speak for."""
    t = s.tokens[i]
    return t.ent in {"ORG", "GPE"} or noun_class().get(t.lemma) in {"organisation", "place"}


def agrees(s: Sentence, source: int, pronoun: str) -> bool:
    """Say whether a pronoun may stand for the source by number and kind."""
    t = s.tokens[source]
    plural = t.tag in {"NNS", "NNPS"} or t.lower in {"they", "police"}
    if pronoun == "they":
        return plural or t.ent in {"ORG", "GPE", "NORP"} or t.upos == "NOUN"
    if pronoun == "it":
        return not plural and t.ent != "PERSON"
    return not plural and t.ent not in {"GPE", "NORP"}
