# ruff: noqa: E501
"""Hand-made extractions of a text of our own: what the text side would give, without running it.

``harbour()`` has each claim type, each stance that a tie hangs on, a collective with members, a denial, a
shift, rival expansions of an acronym, a table row and an emoji before the quotes (offsets are code points).
"""

from __future__ import annotations

from itertools import pairwise

from respgraph.model import (
    Actor,
    Claim,
    Document,
    Extraction,
    Link,
    Mention,
    Span,
    Statement,
    content_hash,
)

TEXT = """\
🌊 Flood in the harbour tunnel
The Harbour Council said that responsibility for the flooded tunnel lies solely with Norrail. "It lies mainly with Norrail," \
the council told the Coast Forum in May 2024. Norrail denied that it was responsible for the flooded tunnel. \
The minister accepted responsibility for the late warning.
Both companies must repair the pumps under the Tunnel Act. Norrail may close the line. Norrail need not pay.
Residents urged Norrail to publish the report. Norrail promised to publish the report. Seaworks refused to pay. \
Residents said Norrail had pledged new gates.
Heavy rain caused the flood, the council said. The council said that the gates did not cause the flood. \
Perhaps the storm caused the outage.
Norrail and Seaworks share responsibility for the pumps, Norrail said. Was the ministry to blame?
| Factor | Response of Norrail |
| Leaking walls | New sealing |
The Tunnel Rescue Guild (TRG) was late. The Transport Review Group (TRG) will meet.
- Early Warning: The council should install sirens.
"""

NORRAIL = Actor("norrail", "Norrail", "organisation", "global", aliases=("NR", "Norrail plc"), wikidata="Q4115189")
SEAWORKS = Actor("seaworks", "Seaworks", "organisation", "global")
NORLAND = Actor("norland", "Norland", "state", "global", iso="NO")
COUNCIL = Actor("harbour-council", "Harbour Council", "organisation", aliases=("the council",), unit_of="norland")
MINISTER = Actor("minister", "Minister", "office", speaks_for="norland")
MINISTRY = Actor("ministry", "Ministry", "ministry")
RESIDENTS = Actor("residents", "Residents", "group")
BOTH = Actor("both-companies", "Both companies", "collective", members=("norrail", "seaworks"))


class Text:
    """A text in which words are found by what they say; ``after`` picks a later occurrence."""

    def __init__(self, text: str) -> None:
        self.text = text

    def span(self, quote: str, after: str = "") -> Span:
        at = self.text.index(quote, self.text.index(after) if after else 0)
        return Span(at, at + len(quote))

    def mention(self, quote: str, actor: Actor | None = None, matter: str | None = None, after: str = "") -> Mention:
        return Mention(self.span(quote, after), quote, actor, matter)


def claim(
    kind: str,
    evidence: Mention,
    trigger: Mention,
    statement: Statement,
    /,
    confidence: float = 0.9,
    found_by: str | None = None,
    hedged: bool = False,
    polarity: str = "positive",
    values: dict[str, str] | None = None,
    **roles: Mention,
) -> Claim:
    """Return a claim whose id is minted from its type and places."""
    return Claim(
        id=content_hash(kind, evidence.span, trigger.span, *sorted(roles)),
        type=kind,
        trigger=trigger,
        evidence=evidence,
        roles=tuple(roles.items()),
        statement=statement.id,
        found_by=found_by or f"{kind}.test",
        confidence=confidence,
        hedged=hedged,
        polarity=polarity,
        **(values or {}),
    )


def harbour(name: str = "harbour.txt", text: str = TEXT) -> Extraction:
    """Return the extraction of the harbour text."""
    t = Text(text)
    m = t.mention

    def sentence(start: str, end: str) -> Mention:
        first = t.span(start)
        quote = text[first.start : text.index(end, first.start) + len(end)]
        return Mention(Span(first.start, first.start + len(quote)), quote)

    author = Statement("author")
    council = Statement("council", speaker=m("The Harbour Council", COUNCIL), cue=m("said that"))
    forum = Statement(
        "forum",
        speaker=m("the council", COUNCIL),
        cue=m("told"),
        forum=m("the Coast Forum"),
        date="2024-05",
        span=sentence('"It lies', "May 2024.").span,
    )
    norrail = Statement("norrail", speaker=m("Norrail", NORRAIL, after="May 2024"), cue=m("denied"))
    minister = Statement("minister", speaker=m("The minister", MINISTER))
    residents = Statement(
        "residents", speaker=m("Residents", RESIDENTS), addressee=m("Norrail", NORRAIL, after="urged")
    )

    tunnel = "flooded tunnel"
    s1, s2 = sentence("The Harbour Council", "Norrail."), sentence('"It lies', "May 2024.")
    s3, s4 = sentence("Norrail denied", "tunnel."), sentence("The minister", "warning.")
    s5, s6, s7 = (
        sentence("Both companies", "Act."),
        sentence("Norrail may", "line."),
        sentence("Norrail need", "pay."),
    )
    s8, s9 = sentence("Residents urged", "report."), sentence("Norrail promised", "report.")
    s10, s11 = sentence("Seaworks refused", "pay."), sentence("Residents said", "gates.")
    s12, s13, s14 = (
        sentence("Heavy rain", "said."),
        sentence("The council said", "flood."),
        sentence("Perhaps", "outage."),
    )
    s15, s16 = sentence("Norrail and Seaworks", "said."), sentence("Was the", "?")
    row = sentence("Leaking walls", "New sealing")
    d1, d2 = sentence("The Tunnel Rescue", "late."), sentence("The Transport", "meet.")
    item = sentence("The council should", "sirens.")
    claims = (
        claim(
            "responsibility", s1, m("lies solely with"), council, speaker=m("The Harbour Council", COUNCIL),
            bearer=m("Norrail", NORRAIL), content=m("the flooded tunnel", matter=tunnel),
            values={"stance": "assigns", "degree": "sole", "sense": "accountability"},
        ),
        claim(
            "responsibility", s2, m("lies mainly with"), forum,
            speaker=m("the council", COUNCIL, after="mainly"), bearer=m("Norrail", NORRAIL, after="mainly"),
            values={"stance": "assigns", "degree": "primary", "sense": "accountability"},
        ),
        claim(
            "responsibility", s3, m("denied"), norrail, speaker=m("Norrail", NORRAIL, after="May 2024"),
            bearer=m("it", NORRAIL, after="denied that"),
            content=m("the flooded tunnel", matter=tunnel, after="denied"),
            values={"stance": "denies", "degree": "unspecified"},
        ),
        claim(
            "responsibility", s4, m("accepted"), minister, speaker=m("The minister", MINISTER),
            bearer=m("The minister", MINISTER), content=m("the late warning"), values={"stance": "accepts"},
        ),
        claim(
            "obligation", s5, m("must"), author, bearer=m("Both companies", BOTH),
            content=m("repair the pumps"), basis=m("the Tunnel Act"), values={"modality": "must"},
        ),
        claim(
            "obligation", s6, m("may", after="Norrail may"), author, bearer=m("Norrail", NORRAIL, after="Tunnel Act"),
            content=m("close the line"), values={"modality": "may"},
        ),
        claim(
            "obligation", s7, m("need not"), author, bearer=m("Norrail", NORRAIL, after="the line"),
            content=m("pay"), polarity="negative", values={"modality": "must"},
        ),
        claim(
            "demand", s8, m("urged"), residents, speaker=m("Residents", RESIDENTS),
            bearer=m("Norrail", NORRAIL, after="urged"), content=m("publish the report", matter="publish report"),
        ),
        claim(
            "commitment", s9, m("promised"), norrail, speaker=m("Norrail", NORRAIL, after="the report."),
            bearer=m("Norrail", NORRAIL, after="the report."),
            content=m("publish the report", matter="publish report", after="promised"), values={"stance": "accepts"},
        ),
        claim(
            "commitment", s10, m("refused"), author, speaker=m("Seaworks", SEAWORKS), bearer=m("Seaworks", SEAWORKS),
            content=m("pay", after="refused"), values={"stance": "denies"},
        ),
        claim(
            "commitment", s11, m("pledged"), residents, speaker=m("Residents", RESIDENTS, after="refused"),
            bearer=m("Norrail", NORRAIL, after="Residents said"), content=m("new gates"),
        ),
        claim(
            "cause", s12, m("caused"), council, speaker=m("the council", COUNCIL, after="Heavy"),
            cause=m("Heavy rain"), effect=m("the flood", matter="flood", after="caused"),
        ),
        claim(
            "cause", s13, m("cause", after="did not"), council, polarity="negative",
            speaker=m("The council", COUNCIL, after="caused the flood"), cause=m("the gates"),
            effect=m("the flood", matter="flood", after="did not"),
        ),
        claim(
            "cause", s14, m("caused", after="storm"), author, hedged=True, confidence=0.4,
            cause=m("the storm"), effect=m("the outage"),
        ),
        claim(
            "responsibility", s15, m("share"), norrail, speaker=m("Norrail", NORRAIL, after="the pumps, "),
            bearer=m("Norrail", NORRAIL, after="outage"), counterpart=m("Seaworks", SEAWORKS, after="outage"),
            content=m("the pumps", after="share"), values={"stance": "shares", "degree": "shared"},
        ),
        claim(
            "responsibility", s16, m("to blame"), author, bearer=m("the ministry", MINISTRY),
            values={"stance": "questions", "sense": "blame"},
        ),
        claim(
            "question", s16, m("?"), author, topic=s16, bearer=m("the ministry", MINISTRY),
        ),
        claim(
            "response", row, m("|", after="Leaking walls"), author, factor=m("Leaking walls"),
            response=m("New sealing"), responder=m("Norrail", NORRAIL, after="Response of"),
        ),
        claim("definition", d1, m("(TRG)"), author, short=m("TRG"), long=m("Tunnel Rescue Guild")),
        claim(
            "definition", d2, m("(TRG)", after="Review"), author,
            short=m("TRG", after="Review"), long=m("Transport Review Group"),
        ),
        claim(
            "obligation", item, m("should"), author, bearer=m("The council", COUNCIL, after="Early"),
            content=m("install sirens"), label=m("Early Warning"), values={"modality": "should"},
        ),
    )  # fmt: skip
    links = (
        Link("shiftsFrom", claims[1].id, claims[0].id),
        Link("contradicts", claims[2].id, claims[0].id),
        Link("conflictsWith", claims[19].id, claims[18].id),
    )
    return Extraction(
        Document(name, text, title="Flood in the harbour tunnel", date="2024-06-01", kind="NewsArticle"),
        claims=claims,
        statements=(author, council, forum, minister, norrail, residents),
        actors=(BOTH, COUNCIL, MINISTER, MINISTRY, NORLAND, NORRAIL, RESIDENTS, SEAWORKS),
        links=links,
        run=(("respgraph", "0.1.0"), ("pipeline", "en_core_web_sm 3.8.0"), ("coreference", "rules")),
    )


def said(words: str, name: str = "said.txt") -> Extraction:
    """Return a document that is just these words, with one claim whose every slot is all of them."""
    whole = Mention(Span(0, len(words)), words)
    statement = Statement("s")
    made = claim(
        "responsibility", whole, whole, statement, speaker=whole, bearer=whole, content=whole,
        values={"stance": "assigns"},
    )  # fmt: skip
    return Extraction(Document(name, words), claims=(made,), statements=(statement,))


def ordered(values: list[str]) -> bool:
    """Say whether the values are sorted and each there once."""
    return all(a < b for a, b in pairwise(values))
