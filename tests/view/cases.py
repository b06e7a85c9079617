"""Graphs for the view's tests, built by hand from texts of our own, in the RDF model of respgraph."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from rdflib import RDF, RDFS, Dataset, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, SKOS

RESP = Namespace("https://w3id.org/respgraph/ns#")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
SCHEMA = Namespace("https://schema.org/")
BASE = "https://w3id.org/respgraph/data/"
CLASS = {
    "responsibility": "ResponsibilityClaim",
    "obligation": "ObligationClaim",
    "demand": "DemandClaim",
    "commitment": "CommitmentClaim",
    "cause": "CauseClaim",
    "response": "FactorResponse",
    "definition": "NameDefinition",
    "question": "OpenQuestion",
}
CONTENT = {"responsibility": "matter"}

HERE = Path(__file__).parent
FLOOD = (HERE / "flood.txt").read_text(encoding="utf-8")
BORDER = (HERE / "border.txt").read_text(encoding="utf-8")


class Case:
    """One document's graph, built claim by claim; words are looked up in the text."""

    def __init__(
        self, name: str, text: str, title: str, dataset: Dataset | None = None, date: str | None = None
    ) -> None:
        self.dataset = dataset if dataset is not None else Dataset()
        self.text, self.id = text, hashlib.sha256((name + text).encode()).hexdigest()[:16]
        self.doc = URIRef(f"{BASE}doc/{self.id}")
        self.graph = self.dataset.graph(self.doc)
        self.add(self.doc, RDF.type, SCHEMA.NewsArticle)
        self.add(self.doc, RDF.type, RESP.Document)
        self.add(self.doc, DCTERMS.title, Literal(title))
        self.add(self.doc, DCTERMS.identifier, Literal(name))
        self.add(self.doc, RESP.text, Literal(text))
        self.add(self.doc, RESP.sha256, Literal(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()))
        if date:
            self.add(self.doc, SCHEMA.datePublished, Literal(date))
        self.author = URIRef(f"{self.doc}/author")
        self.add(self.author, RDF.type, RESP.Author)
        self.add(self.author, RDF.type, RESP.Actor)
        self.add(self.author, SKOS.prefLabel, Literal(f"Author of {title}"))
        self.count = 0

    def add(self, subject: Any, predicate: Any, obj: Any) -> None:
        self.graph.add((subject, predicate, obj))

    def actor(self, label: str, kind: str = "Organisation", scope: str = "global", **more: Any) -> URIRef:
        slug = (
            re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")[:40] or hashlib.sha256(label.encode()).hexdigest()[:8]
        )
        iri = URIRef(f"{BASE}actor/{slug}" if scope == "global" else f"{self.doc}/actor/{slug}")
        self.add(iri, RDF.type, RESP.Actor)
        self.add(iri, RDF.type, RESP[kind])
        self.add(iri, SKOS.prefLabel, Literal(label))
        for alias in more.get("aliases", ()):
            self.add(iri, SKOS.altLabel, Literal(alias))
        for member in more.get("members", ()):
            self.add(iri, RESP.member, member)
        if "unit_of" in more:
            self.add(iri, ORG.unitOf, more["unit_of"])
        if "same" in more:
            self.add(iri, OWL.sameAs, URIRef(more["same"]))
        return iri

    def matter(self, label: str) -> URIRef:
        iri = URIRef(f"{self.doc}/m/{hashlib.sha256(label.lower().encode()).hexdigest()[:12]}")
        self.add(iri, RDF.type, RESP.Matter)
        self.add(iri, RDFS.label, Literal(label))
        return iri

    def evidence(self, quote: str, shift: int = 0) -> URIRef:
        start = self.text.index(quote) + shift
        end = start + len(quote)
        node = URIRef(f"{self.doc}/e/{start}-{end}")
        self.add(node, RDF.type, OA.SpecificResource)
        self.add(node, OA.hasSource, self.doc)
        for kind in ("position", "quote"):
            self.add(node, OA.hasSelector, URIRef(f"{node}/{kind}"))
        position, words = URIRef(f"{node}/position"), URIRef(f"{node}/quote")
        self.add(position, RDF.type, OA.TextPositionSelector)
        self.add(position, OA.start, Literal(start))
        self.add(position, OA.end, Literal(end))
        self.add(words, RDF.type, OA.TextQuoteSelector)
        self.add(words, OA.exact, Literal(quote))
        return node

    def claim(
        self,
        kind: str,
        quote: str,
        *,
        speaker: URIRef | None = None,
        bearer: URIRef | None = None,
        content: str | None = None,
        trigger: str | None = None,
        cue: str | None = None,
        forum: URIRef | None = None,
        date: str | None = None,
        confidence: float = 0.9,
        rule: str = "responsibility.lies-with",
        hedged: bool = False,
        literals: dict[str, str] | None = None,
        matters: dict[str, str] | None = None,
        actors: dict[str, URIRef] | None = None,
        mentions: dict[str, str] | None = None,
        shift: int = 0,
        **values: str,
    ) -> URIRef:
        self.count += 1
        iri, said = (
            URIRef(f"{self.doc}/c/{self.id[:4]}{self.count:03}"),
            URIRef(f"{self.doc}/s/{self.count:03}"),
        )
        voice = speaker or self.author
        for kind_ in (RESP[CLASS[kind]], RESP.Claim):
            self.add(iri, RDF.type, kind_)
        self.add(iri, RESP.madeIn, said)
        self.add(said, RDF.type, RESP.Statement)
        self.add(said, RESP.reportedIn, self.doc)
        for node in (iri, said):
            self.add(node, RESP.speaker, voice)
        if cue:
            self.add(said, RESP.cue, Literal(cue))
        if forum is not None:
            self.add(said, RESP.forum, forum)
        if date:
            self.add(said, RESP.date, Literal(date))
        else:
            self.add(said, RESP.dateStatus, RESP.Undated)
        if bearer is not None:
            self.add(iri, RESP.bearer, bearer)
        if content:
            self.add(
                iri,
                RESP[CONTENT.get(kind, "topic" if kind == "question" else "action")],
                self.matter(content),
            )
        for name, value in values.items():
            self.add(iri, RESP[name], RESP[value])
        for name, label in (matters or {}).items():
            self.add(iri, RESP[name], self.matter(label))
        for name, actor in (actors or {}).items():
            self.add(iri, RESP[name], actor)
        for name, word in (literals or {}).items():
            self.add(iri, RESP[name], Literal(word))
        for name, words in (mentions or {}).items():
            self.add(iri, RESP[f"{name}Mention"], self.evidence(words))
        if hedged:
            self.add(iri, RESP.hedged, Literal(True))
        self.add(iri, RESP.confidence, Literal(confidence))
        self.add(iri, RESP.evidence, self.evidence(quote, shift))
        if trigger:
            start = self.text.index(trigger, self.text.index(quote))
            node = URIRef(f"{self.doc}/e/{start}-{start + len(trigger)}")
            self.evidence(trigger) if self.text.index(trigger) == start else None
            self.add(iri, RESP.trigger, node)
        name = URIRef(f"{RESP}rule/{rule}")
        self.add(iri, RESP.foundBy, name)
        self.add(name, RDFS.label, Literal(rule))
        return iri

    def link(self, kind: str, source: URIRef, target: URIRef) -> None:
        self.add(source, RESP[kind], target)


def nquads(dataset: Dataset) -> str:
    """N-Quads of a dataset (rdflib's own writer warns of itself)."""
    rows = (f"{s.n3()} {p.n3()} {quoted(o)} <{g}> ." for s, p, o, g in dataset.quads((None, None, None, None)))
    return "\n".join(sorted(rows)) + "\n"


def quoted(term: Any) -> str:
    """A term in N-Quads spelling: rdflib writes long literals in triple quotes, which N-Quads lacks."""
    if not isinstance(term, Literal):
        return str(term.n3())
    text = str(term)
    for char, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(char, escape)
    return f'"{text}"' + (f"^^{term.datatype.n3()}" if term.datatype else "")


def flood(dataset: Dataset | None = None) -> Dataset:
    """A ministry blames a dam operator, which denies; residents blame both."""
    case = Case(
        "flood.txt",
        FLOOD,
        FLOOD.split("\n")[0],
        dataset,
        "2024-04-12",
    )
    ministry = case.actor("Ministry of Rivers", "Ministry", aliases=("the ministry",))
    company = case.actor("Karsh Dam Company", aliases=("the company",))
    assembly = case.actor("Regional assembly", scope="document")
    residents = case.actor("Residents of Lower Arden", "Group", scope="document")
    both = case.actor("the ministry and the company", "Collective", scope="document", members=(ministry, company))
    office = case.actor("Arden River Office", aliases=("ARO",))
    operators = case.actor("dam operators", "Group", scope="document")
    engineers = case.actor("Engineers", "Group", scope="document")
    solt = case.actor("Mira Solt", "Person", unit_of=company)
    the_flood = "the flood"
    a = case.claim(
        "responsibility",
        "the Ministry of Rivers said the Karsh Dam Company was solely responsible for the flood",
        speaker=ministry,
        bearer=company,
        content=the_flood,
        trigger="responsible",
        cue="said",
        stance="Assigns",
        degree="Sole",
        sense="Accountability",
        confidence=0.95,
        mentions={"bearer": "Karsh Dam Company"},
    )
    case.claim(
        "responsibility",
        "The company, it added, had opened two gates without warning the towns below.",
        speaker=ministry,
        bearer=company,
        content="opening two gates without warning the towns below",
        cue="added",
        stance="Assigns",
        degree="Unspecified",
        sense="Blame",
        confidence=0.71,
        rule="responsibility.act",
        mentions={"bearer": "The company"},
    )
    b = case.claim(
        "responsibility",
        "Karsh Dam Company denied that it was responsible for the flood.",
        speaker=company,
        bearer=company,
        content=the_flood,
        trigger="denied",
        cue="denied",
        stance="Denies",
        sense="Accountability",
        confidence=0.94,
        rule="responsibility.deny",
    )
    c = case.claim(
        "responsibility",
        "Mira Solt, told the regional assembly that the ministry had ordered the release",
        speaker=solt,
        bearer=ministry,
        content="ordering the release",
        cue="told",
        forum=assembly,
        date="2024-04-11",
        stance="Assigns",
        sense="Blame",
        confidence=0.77,
    )
    d = case.claim(
        "responsibility",
        "On Monday the company had still accepted partial responsibility for the late warning",
        speaker=company,
        bearer=company,
        content="the late warning",
        cue="accepted",
        date="2024-04-08",
        stance="Accepts",
        degree="Partial",
        sense="Accountability",
        confidence=0.9,
        mentions={"bearer": "the company"},
    )
    e = case.claim(
        "responsibility",
        "by Thursday it rejected even that",
        speaker=company,
        bearer=company,
        content="the late warning",
        cue="rejected",
        date="2024-04-11",
        stance="Denies",
        sense="Accountability",
        confidence=0.66,
        hedged=True,
    )
    case.claim(
        "obligation",
        "The ministry must install sirens in every town before spring.",
        bearer=ministry,
        content="install sirens in every town before spring",
        trigger="must",
        modality="Must",
        rule="obligation.modal",
        literals={"itemLabel": "Early warning"},
    )
    case.claim(
        "obligation",
        "Families who lost their homes should be compensated by the company within a year.",
        bearer=company,
        content="compensate families who lost their homes within a year",
        trigger="should",
        modality="Should",
        rule="obligation.modal",
        literals={"itemLabel": "Money"},
        confidence=0.84,
    )
    case.claim(
        "demand",
        "Residents of Lower Arden demanded an independent inquiry from the regional assembly.",
        speaker=residents,
        bearer=assembly,
        content="an independent inquiry",
        trigger="demanded",
        cue="demanded",
        rule="demand.verb",
    )
    case.claim(
        "responsibility",
        "they blame both the ministry and the company for the silence",
        speaker=residents,
        bearer=both,
        content="the silence",
        trigger="blame",
        cue="blame",
        stance="Assigns",
        degree="SharedDegree",
        sense="Blame",
        confidence=0.88,
    )
    case.claim(
        "commitment",
        "The assembly promised to publish the gate records by the end of the month.",
        speaker=assembly,
        bearer=assembly,
        content="publish the gate records by the end of the month",
        trigger="promised",
        cue="promised",
        stance="Accepts",
        rule="commitment.promise",
    )
    case.claim(
        "obligation",
        "Under the Water Act, dam operators must warn towns six hours before they open a gate.",
        bearer=operators,
        content="warn towns six hours before they open a gate",
        trigger="must",
        modality="Must",
        rule="obligation.modal",
        matters={"basis": "the Water Act"},
    )
    case.claim(
        "cause",
        "years without maintenance caused the failure of the second gate",
        speaker=engineers,
        matters={"cause": "years without maintenance", "effect": "the failure of the second gate"},
        trigger="caused",
        cue="said",
        polarity="Positive",
        rule="cause.verb",
    )
    case.claim(
        "cause",
        "Heavy rain did not cause the flood, the ministry said.",
        speaker=ministry,
        matters={"cause": "heavy rain", "effect": the_flood},
        trigger="cause",
        cue="said",
        polarity="Negative",
        rule="cause.verb",
    )
    case.claim(
        "response",
        "| Blocked side channels | Dredging by the River Office |",
        speaker=office,
        matters={"factor": "Blocked side channels", "response": "Dredging by the River Office"},
        actors={"responder": office},
        rule="response.table",
    )
    case.claim(
        "response",
        "| Old gate motors | New motors for both gates |",
        speaker=office,
        matters={"factor": "Old gate motors", "response": "New motors for both gates"},
        rule="response.table",
    )
    case.claim(
        "definition",
        "Arden River Office (ARO)",
        literals={"shortForm": "ARO", "longForm": "Arden River Office"},
        rule="definition.bracket",
    )
    case.claim(
        "question",
        "Who gave the order to open the gates?",
        content="Who gave the order to open the gates?",
        rule="question.open",
    )
    case.link("contradicts", a, b)
    case.link("contradicts", b, a)
    case.link("contradicts", a, c)
    case.link("shiftsFrom", e, d)
    ties = case.dataset.graph(URIRef(f"{case.doc}/ties"))
    ties.add((ministry, RESP.assignsResponsibilityTo, company))
    return case.dataset


def border(dataset: Dataset | None = None) -> Dataset:
    """Two states about a camp, with rival names for it."""
    case = Case("border.txt", BORDER, "Two neighbours argue over a camp", dataset, "2023-11-02")
    norland = case.actor("Norland", "State", same="http://www.wikidata.org/entity/Q1")
    sudria = case.actor("Sudria", "State")
    gov = case.actor("Government of Norland", "Government", unit_of=norland)
    office = case.actor("Foreign Ministry of Sudria", "Ministry", unit_of=sudria)
    both = case.actor("Norland and Sudria", "Collective", members=(norland, sudria))
    un = case.actor("United Nations", "InternationalOrganisation", aliases=("UN",))
    a = case.claim(
        "responsibility",
        "The government of Norland says that responsibility for people held at the transit camp lies with Sudria.",
        speaker=gov,
        bearer=sudria,
        content="people held at the transit camp",
        cue="says",
        stance="Assigns",
        degree="Primary",
        sense="Accountability",
        confidence=0.93,
    )
    case.claim(
        "obligation",
        "Sudria's foreign ministry answered that Norland must first register them.",
        speaker=office,
        bearer=norland,
        content="first register them",
        modality="Must",
        rule="obligation.modal",
    )
    case.claim(
        "responsibility",
        "Both countries share responsibility for the children among them, a report by the United Nations says.",
        speaker=un,
        bearer=both,
        content="the children among them",
        stance="Shares",
        degree="SharedDegree",
        sense="Role",
    )
    d = case.claim(
        "definition",
        "Border Aid Centre (BAC)",
        literals={"shortForm": "BAC", "longForm": "Border Aid Centre"},
        rule="definition.bracket",
    )
    e = case.claim(
        "definition",
        "Basic Assistance Camp (BAC)",
        literals={"shortForm": "BAC", "longForm": "Basic Assistance Camp"},
        rule="definition.bracket",
    )
    case.link("conflictsWith", d, e)
    case.link("corroborates", a, a)
    return case.dataset


def textless() -> Dataset:
    """A graph that lost its source text, and all facts about its document."""
    case = Case("border.txt", BORDER, "Two neighbours argue over a camp")
    case.claim(
        "obligation",
        "Norland must first register them",
        speaker=case.actor("Sudria"),
        bearer=case.actor("Norland"),
        content="first register them",
        modality="Must",
    )
    case.graph.remove((case.doc, None, None))
    return case.dataset


HOSTILE = (
    "</script><script>window.hacked=1</script>",
    '<img src=x onerror="window.hacked=2">',
    '" onmouseover="window.hacked=3" x="',
    "'; window.hacked=4; '",
    "<!--<script>window.hacked=5",
    "{{ 7*7 }}{% raw %}${window.hacked=6}",
    "\u202eevil\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "\U0001f30a\U0001f469\u200d\U0001f680 wave \u0301\u0301\u0301",
    "NUL\x01and\x1fbell\x7f",
    "W" * 300,
    "\u6771\u4eac\u90fd\u306e\u8cac\u4efb\u8005\u306f\u8ab0\u304b" * 6,
    '=HYPERLINK("https://example.org")',
    "javascript:window.hacked=7",
    "  \u2028 line \u2029 separators & entities &lt;b&gt; \\u003c",
    "<svg/onload=window.hacked=9><math href=javascript:window.hacked=10>",
    "]]></style><style>*{display:none}</style>",
    "\ufeffBOM \u200bzero\u00adwidth \ufdd0 \U0001f1f3\U0001f1f4",
    "+1-2@SUM(A1)|cmd",
    "a\tb | c || d --- `e` *f* # g",
    "%3Cscript%3E&#x3C;script&#x3E;&quot;onfocus=window.hacked=11 autofocus",
    "__proto__ constructor toString",
    "\ud83d lone surrogates \udc00".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
)


def hostile() -> Dataset:
    """Every field of every claim type filled with texts that try to break out."""
    text = "Start.\n" + "\n".join(f"{i}. {word} said it." for i, word in enumerate(HOSTILE)) + "\n"
    case = Case(HOSTILE[0] + ".txt", text, HOSTILE[0] + HOSTILE[1] + HOSTILE[6], None, HOSTILE[1])
    kinds = [
        ("responsibility", "stance", "Assigns"),
        ("responsibility", "stance", "Denies"),
        ("obligation", "modality", "Must"),
        ("demand", "sense", "Blame"),
        ("commitment", "stance", "Accepts"),
        ("cause", "polarity", "Positive"),
        ("question", "sense", "Role"),
    ]
    for i, word in enumerate(HOSTILE):
        kind, name, value = kinds[i % len(kinds)]
        speaker = case.actor(word + " speaker", aliases=(word,), same="javascript:window.hacked=8")
        bearer = case.actor(HOSTILE[(i + 1) % len(HOSTILE)] + " bearer")
        more: dict[str, Any] = (
            {"matters": {"cause": word, "effect": word + " effect"}}
            if kind == "cause"
            else {"content": word + " matter"}
        )
        more[name] = value
        case.claim(
            kind,
            f"{word} said it.",
            speaker=speaker,
            bearer=None if kind == "cause" else bearer,
            cue=word,
            forum=speaker,
            date=word,
            rule=re.sub(r"[^a-z.]", "", word.lower()) or "x",
            literals={"itemLabel": word},
            **more,
        )
        case.claim("definition", f"{word} said it.", literals={"shortForm": word[:20], "longForm": word + " long"})
    return case.dataset


def crowd(count: int) -> Dataset:
    """A graph with this many claims, for size and speed."""
    text = "Crowd\n" + "\n".join(
        f"Office {i % 37} said that agency {i % 53} must repair bridge {i}." for i in range(count)
    )
    case = Case("crowd.txt", text, "A crowd of claims")
    for i in range(count):
        case.claim(
            "obligation",
            f"Office {i % 37} said that agency {i % 53} must repair bridge {i}.",
            speaker=case.actor(f"Office {i % 37}"),
            bearer=case.actor(f"Agency {i % 53}"),
            content=f"repair bridge {i}",
            modality="Must",
            rule="obligation.modal",
        )
    return case.dataset


PAPERS = {
    "north/a.txt": ("Nurses walk out", ("The nurses' union", "the clinic fire", "Health Board")),
    "north/b.txt": ("Questions after the fire", ("The fire brigade", "the clinic fire", "Health Board")),
    "south/c.txt": ("Wells run dry", ("The farmers' league", "the dry wells", "Water Board")),
    "south/d.txt": ("A harbour closes", ("The pilots' guild", "the silted harbour", "Health Board")),
}
AGENCY_REPORT = (
    "A court report that two papers print. {who} said the Health Board was responsible for the lost records. "
    + " ".join(f"Clerk {n} put file {n} on shelf {n * 7} of room {n * 3}." for n in range(12))
)


def papers() -> Dataset:
    """Six texts, one of which repeats another: whom most voices hold responsible, two boards of one name, coalitions.

    The Health Board of the third state is a namesake; its ministry counts as the state it is a unit of.
    """
    dataset = Dataset()
    for name, (title, (who, what, whom)) in PAPERS.items():
        text = f"{title}\n{who} said the {whom} was responsible for {what}. {who} blamed it again for {what}."
        case = Case(name, text, title, dataset, "2024-05-0" + str(len(title) % 9 + 1))
        state = case.actor("Norland", "State")
        board = case.actor(whom, scope="document" if name == "south/d.txt" else "global", unit_of=state)
        speaker = case.actor(who.removeprefix("The ").capitalize(), "Group")
        said, again = f"{who} said the {whom} was responsible for {what}.", f"{who} blamed it again for {what}."
        for quote in (said, again):
            case.claim("responsibility", quote, speaker=speaker, bearer=board, content=what, stance="Assigns")
    for name in ("east/e.txt", "east/f.txt"):
        case = Case(name, AGENCY_REPORT.format(who="Ada Berg"), "Court report", dataset, "2024-06-01")
        quote = "Ada Berg said the Health Board was responsible for the lost records."
        berg, board = (
            case.actor("Ada Berg", "Person"),
            case.actor("Health Board", unit_of=case.actor("Norland", "State")),
        )
        case.claim("responsibility", quote, speaker=berg, bearer=board, content="the lost records", stance="Assigns")
        ministry = case.actor("Ministry of Records", "Ministry", unit_of=case.actor("Norland", "State"))
        case.claim("responsibility", quote, speaker=berg, bearer=ministry, content="the lost records", stance="Assigns")
    return dataset


def years() -> Dataset:
    """Six reports, five of them dated, each with claims of its author and of a speaker of every report."""
    dataset = Dataset()
    for i, date in enumerate(("2015-03-01", "2016", "2018-02-02", "2019-05-05", "2020-01-31", None)):
        lines = [f"The council must repair bridge {i}{k}." for k in range(2)]
        lines += [f"Ada Berg said the council is responsible for road {i}{k}." for k in range(2)]
        case = Case(f"r{i}.txt", f"Report {i}\n" + "\n".join(lines), f"Report {i}", dataset, date)
        council = case.actor("the council", "Group", scope="document")
        berg = case.actor("Ada Berg", "Person")
        for k in range(2):
            case.claim("obligation", lines[k], bearer=council, content=f"repair bridge {i}{k}", modality="Must")
            case.claim(
                "responsibility", lines[2 + k], speaker=berg, bearer=council, content=f"road {i}{k}", stance="Assigns"
            )
    return dataset
