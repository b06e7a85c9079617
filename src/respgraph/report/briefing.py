"""View -> Briefing: the claims of a graph sorted under the questions a reader has, as values without any markup.

Nothing here is a finding about the world: each sentence says what was *said*, how often and by whom, and each line
has its words and their place. The numbers are those of ``respgraph network`` and ``respgraph matrix``: near repeats
of a text do not count.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from respgraph.compare import Conflict, Corpus, Counted, Said, left_words, read_counted
from respgraph.compare.conflicts import is_named
from respgraph.compare.counted import REPEATED
from respgraph.network import Network, Values, build_network, missing, mutual_pairs, node_attributes, sign_of
from respgraph.store import View
from respgraph.view.families import verb_of
from respgraph.view.summary import DETERMINERS, in_a_sentence
from respgraph.view.text import clean

GROUPS: Final = 10  # actors of a section
LINES: Final = 4  # sentences of an actor
ALSO: Final = 12  # actors that are named where they have no heading of their own
PAIRS: Final = 12  # contradictions, shifts
GAPS: Final = 12  # of each kind of gap
TITLE: Final = "Who holds whom responsible"
KIND_NAMES: Final = {
    "responsibility": "Responsibility: held, accepted, denied, questioned",
    "obligation": "Duties, bans, recommendations, permissions",
    "demand": "Demands",
    "commitment": "Promises and refusals",
    "cause": "Causes and effects",
    "response": "Responses to a factor",
    "definition": "Names and what they stand for",
    "question": "Open questions",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: its mark ("holds"), who says it, the verb, of whom, what follows, about what, words and place.

    "The court | holds | the operator | solely responsible | the flood". Where several claims stand in one sentence and
    differ in nothing but their matter, ``about`` has them all, and ``claims`` their IRIs.
    """

    mark: str
    who: str
    verb: str
    whom: str
    tail: str
    about: str
    quote: str
    source: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Statements under one heading; ``more`` were left out. ``side_by_side``: they contradict each other."""

    heading: str
    lead: str
    lines: tuple[Line, ...]
    more: int = 0
    side_by_side: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A question and its answers; ``nothing`` is what is said where there are none."""

    id: str
    title: str
    lead: str
    groups: tuple[Group, ...]
    more: str = ""
    nothing: str = "Nothing of this kind was read."


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one is held responsible (by others or in general), accepts it, denies are made, or questions asked."""

    name: str
    id: str
    holds: int
    accepts: int
    denies: int
    questions: int

    @property
    def total(self) -> int:
        """All statements about the responsibility of this actor."""
        return self.holds + self.accepts + self.denies + self.questions


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that a report shows.

    ``ledger`` says of each type of statement how many the graph has, how many are counted, and how many are not for
    each of the ``reasons``; its last row is the sum.
    """

    title: str
    lead: str
    facts: tuple[tuple[str, int], ...]
    short: tuple[str, ...]
    tallies: tuple[Tally, ...]
    network: Network
    attributes: Values
    times: tuple[tuple[str, int], ...]
    sections: tuple[Section, ...]
    sources: tuple[tuple[str, str, int, str], ...]
    notes: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    ledger: tuple[tuple[str, tuple[int, ...]], ...] = ()


def read_briefing(
    view: View,
    *,
    title: str | None = None,
    actor: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = LINES,
) -> Briefing:
    """Return the briefing of a graph.

    Args:
        view: The graph.
        title: Heading; by default a plain one.
        actor: Only what this actor says or is said of it, by name, alias or IRI.
        since: First day, month or year.
        until: Last day, month or year.
        limit: At most so many statements under each heading.

    Raises:
        QueryError: The graph has no such actor.
    """
    counted = read_counted(view, since, until)
    corpus = counted.corpus
    conflicts = counted.conflicts()
    name = ""
    if actor is not None:
        nodes = corpus.actor(actor)
        name = min((corpus.names.get(node, "") for node in nodes), default="") or actor
        counted = counted.only(nodes)
        conflicts = tuple(c for c in conflicts if any(nodes & {side.speaker, side.bearer} for side in c.sides))
    return _Writer(counted, conflicts, limit).briefing(title, name, since, until)


def tally(corpus: Corpus) -> tuple[Tally, ...]:
    """Return how often who is held responsible, those most often first; who has no name ("those") comes last."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for claim in corpus.claims:
        if claim.type == "responsibility" and claim.bearer:
            counts[claim.bearer][mark_of(claim)] += 1
    found = [
        Tally(clean(corpus.names.get(id, id)), id, n["holds"], n["accepts"], n["denies"], n["questions"])
        for id, n in counts.items()
    ]
    return tuple(
        sorted(found, key=lambda t: (is_phrase(t.name), -t.holds - t.accepts, -t.total, t.name.casefold(), t.id))
    )


def is_phrase(name: str) -> bool:
    """Say whether a name is none but points at somebody: "those", "our government", "any person".

    >>> [is_phrase(name) for name in ("those who knew", "Norrail", "parents")]
    [True, False, False]
    """
    return name.partition(" ")[0].casefold() in DETERMINERS


def mark_of(claim: Said) -> str:
    """Return how a statement is marked: holds, accepts, denies or questions; "" for what is no responsibility."""
    if claim.type == "responsibility":
        accepted = claim.stance == "accepts" or (claim.stance == "shares" and claim.speaker == claim.bearer)
        return "accepts" if accepted and sign_of(claim) == "holds" else sign_of(claim)
    if claim.type == "commitment":
        return "denies" if claim.stance == "denies" else "accepts"
    return "questions" if claim.type == "question" else ""


def place(claim: Said) -> str:
    """Return document, day and place of a claim's words."""
    day = f"said {claim.date}" if claim.date else f"published {claim.source.date}" if claim.source.date else "undated"
    return clean(f"{claim.source.name}, {day}, characters {claim.start}\u2013{claim.end}")


def phrase(claim: Said) -> tuple[str, str, str]:
    """Return what a claim says in words: the verb, of whom, and what follows; then comes its matter.

    What somebody says of itself names it again ("Panama says that Panama must"), but for promises and denials.
    """
    whom = in_a_sentence(claim.bearer_name) if claim.bearer_name else ""
    own = claim.bearer == claim.speaker
    hedge = " (hedged)" if claim.hedged else ""
    if claim.type == "responsibility":
        verb = verb_of(claim.type, claim.stance, claim.degree)
        if claim.stance in ("accepts", "denies", "questions", "shares"):
            return (verb, "", hedge.strip()) if own or not whom else (f"{verb} of", whom, hedge.strip())
        no = sign_of(claim) == "denies"
        return "does not hold" if no else "holds", whom or "somebody", verb.removeprefix("holds ") + hedge
    if claim.type == "obligation":
        modal = claim.modality.replace("-", " ") or "must"
        if claim.polarity == "negative" and "not" not in modal:
            modal = "need not" if modal == "must" else f"{modal} not"
        if not whom and _MODAL.search(claim.get("content")):  # "the records must be kept" is a sentence of its own
            return "says", "", hedge.strip()
        return "says that", whom or "somebody", modal + hedge
    if claim.type == "demand":
        verb = "does not demand" if claim.polarity == "negative" else "demands"
        return (f"{verb} of", whom, hedge.strip()) if whom else (verb, "", hedge.strip())
    if claim.type == "commitment":
        refuses = claim.stance == "denies" or claim.polarity == "negative"
        if own or not whom:
            return "refuses" if refuses else "promises", "", hedge.strip()
        return f"reports a {'refusal' if refuses else 'promise'} of", whom, hedge.strip()
    if claim.type in ("question", "definition"):
        return {"question": "asks", "definition": "writes out"}[claim.type], "", ""
    return verb_of(claim.type, claim.stance, claim.degree, claim.modality, claim.polarity), whom, hedge.strip()


def times_words(n: int) -> str:
    """Return a number of times in words.

    >>> times_words(1), times_words(2), times_words(7)
    ('once', 'twice', '7 times')
    """
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")


def some(n: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> some(1, "demand"), some(0, "reply", "replies")
    ('1 demand', 'no replies')
    """
    return f"{f'{n:,}' if n else 'no'} {one if n == 1 else many or one + 's'}"


_MODAL: Final = re.compile(r"\b(?:must|shall|should|ought to|may|need|has to|have to)\b", re.IGNORECASE)
MODALS: Final = {
    "must": ("duty", "duties"),
    "must-not": ("ban",),
    "should": ("recommendation",),
    "should-not": ("recommendation against", "recommendations against"),
    "may": ("permission",),
}


class _Writer:
    """Holds the claims, their conflicts and the limit while the parts of a briefing are made."""

    def __init__(self, counted: Counted, conflicts: tuple[Conflict, ...], limit: int) -> None:
        self.counted = counted
        self.corpus = counted.corpus
        self.conflicts = conflicts
        self.limit = limit
        self.by_type: defaultdict[str, list[Said]] = defaultdict(list)
        for claim in self.corpus.claims:
            self.by_type[claim.type].append(claim)
        acting = {id for c in self.corpus.claims for id in (c.bearer, c.speaker) if id}
        self.same_name = Counter(self.corpus.names.get(id, id).casefold() for id in acting)
        self.tallies = tally(self.corpus)
        self.network = build_network(self.corpus)

    def briefing(self, title: str | None, actor: str, since: str | None, until: str | None) -> Briefing:
        used = {c.source.iri for c in self.corpus.claims}
        claims = self.corpus.claims
        dates = sorted(c.when for c in claims if c.when)
        span = f", said from {dates[0]} to {dates[-1]}" if dates and dates[0] != dates[-1] else ""
        all_texts = len(self.corpus.sources)
        texts = some(all_texts, "text")
        texts = texts if len(used) in (0, all_texts) else f"{len(used):,} of {texts}"
        lead = (
            f"{some(len(claims), 'statement')} in {texts}{span}" if claims else f"No statements were read from {texts}"
        )
        lead += (
            f", as far as {in_a_sentence(actor)} says them or they are about {in_a_sentence(actor)}" if actor else ""
        )
        if since or until:
            ends = (f"from {since}" if since else "", f"up to {until}" if until else "")
            lead += f", {' '.join(filter(None, ends))}"
        return Briefing(
            title=clean(title or (f"{TITLE}: {actor}" if actor else TITLE)),
            lead=clean(lead) + ".",
            facts=self.facts(),
            short=tuple(clean(line) for line in self.short()),
            tallies=self.tallies,
            network=self.network,
            attributes=node_attributes(self.corpus),
            times=self.times(),
            sections=(
                self.responsible(), self.contested(), self.demanded(), self.promised(), self.bound(), self.unanswered(),
            ) if claims else (),
            sources=self.sources(),
            notes=self.notes(),
            reasons=tuple(reason for reason, _ in self.counted.left),
            ledger=self.ledger(),
        )  # fmt: skip

    def facts(self) -> tuple[tuple[str, int], ...]:
        held = sum(t.holds + t.accepts for t in self.tallies)
        speakers = {c.speaker for c in self.corpus.claims if c.speaker and not c.by_author}
        facts = (
            ("texts", len({c.source.iri for c in self.corpus.claims})),
            ("speakers", len(speakers)),
            ("say who is responsible", held),
            ("deny it", sum(t.denies for t in self.tallies)),
            ("demands", len(self.by_type["demand"])),
            ("promises and refusals", len(self.by_type["commitment"])),
            ("duties, bans, permissions", len(self.by_type["obligation"])),
            ("contradictions", self.count("contradiction")),
        )
        return facts if self.corpus.claims else ()

    def count(self, kind: str) -> int:
        return sum(conflict.kind == kind for conflict in self.conflicts)

    def short(self) -> list[str]:
        named = {c.bearer for c in self.corpus.claims if is_named(c)}
        out = []
        top = [t for t in self.tallies if t.id in named and t.holds] or [t for t in self.tallies if t.holds]
        for one in top[:2]:
            held = [c for c in self.by_type["responsibility"] if c.bearer == one.id and mark_of(c) == "holds"]
            voices = len({c.speaker for c in held if c.speaker}) or 1
            denied = f"; denied {times_words(one.denies)}" if one.denies else "; no denial was read"
            who = in_a_sentence(one.name)
            out.append(
                f"{self.first(who)}: held responsible {times_words(one.holds)}, by {some(voices, 'voice')}{denied}."
            )
        for a, b, there, back in mutual_pairs(self.network)[:2]:
            out.append(f"{a} and {b} hold each other responsible ({there:g} and {back:g} statements).")
        if pairs := self.count("contradiction"):
            shifts = f" and {some(self.count('shift'), 'change')} of position" if self.count("shift") else ""
            out.append(f"{self.first(some(pairs, 'contradiction'))}{shifts} between what is said.")
        demands = Counter(c.bearer for c in self.by_type["demand"] if c.bearer and is_named(c))
        if demands:
            asked, n = max(demands.items(), key=lambda item: (item[1], self.corpus.names.get(item[0], "")))
            left = self.count("unanswered")
            name = in_a_sentence(self.corpus.names.get(asked, asked))
            most = f", most often of {name} ({n})" if n > 1 else ""
            answer = f"; no statement in these texts answers {left} of them" if left else ""
            out.append(f"{self.first(some(len(self.by_type['demand']), 'demand'))}{most}{answer}.")
        kept = Counter(mark_of(c) for c in self.by_type["commitment"])
        if kept:
            refusals = f" and {some(kept['denies'], 'refusal')}" if kept["denies"] else ""
            out.append(f"{self.first(some(kept['accepts'], 'promise'))}{refusals}.")
        duties = Counter(c.bearer for c in self.by_type["obligation"] if c.bearer and is_named(c))
        if duties:
            bound, n = max(duties.items(), key=lambda item: (item[1], self.corpus.names.get(item[0], "")))
            most = f", most often of {in_a_sentence(self.corpus.names.get(bound, bound))} ({n})" if n > 1 else ""
            nobody = self.count("no-bearer")
            open_ones = f"; {nobody} without anybody who has to do it" if nobody else ""
            kinds = self.modals(self.by_type["obligation"])
            out.append(f"{kinds[0].upper()}{kinds[1:]}{most}{open_ones}.")
        return out

    @staticmethod
    def first(text: str) -> str:
        return text[:1].upper() + text[1:]

    def times(self) -> tuple[tuple[str, int], ...]:
        charges = self.by_type["responsibility"] or list(self.corpus.claims)
        for length in (4, 7):
            found = Counter(c.when[:length] for c in charges if len(c.when) >= length)
            if len(found) >= 3:
                return tuple(sorted(found.items()))[-24:]
        return ()

    def responsible(self) -> Section:
        charges = self.by_type["responsibility"]
        groups = []
        for one in self.tallies[:GROUPS]:
            counts = [
                f"{words} {times_words(n)}"
                for words, n in (
                    ("held responsible", one.holds),
                    ("responsibility accepted", one.accepts),
                    ("denied", one.denies),
                    ("questioned", one.questions),
                )
                if n
            ]
            lead = self.first(", ".join(counts)) + "."
            groups.append(self.group(one.id, lead, [c for c in charges if c.bearer == one.id]))
        more = self.also([(t.id, t.total) for t in self.tallies[GROUPS:]])
        nameless = Counter(missing(c) for c in charges if not c.bearer)
        if nameless:
            told = left_words(tuple(sorted(nameless.items())))
            more = f"{more} Under no name: {told}.".strip()
        lead = "Under each name: who says that it is responsible, for what, and who denies it."
        return Section("responsible", "Who is held responsible, and for what", lead, tuple(groups), more)

    def contested(self) -> Section:
        groups: list[Group] = []
        for kind, what in (
            ("contradiction", "Contradiction"),
            ("shift", "Change of position"),
            ("definition", "Two names"),
        ):
            found = [c for c in self.conflicts if c.kind == kind]
            groups += [
                Group(
                    f"{what}: {clean(c.about)}", clean(self.first(c.why)) + ".", tuple(map(self.line, c.sides)), 0, True
                )
                for c in found[:PAIRS]
            ]
        left = sum(max(0, self.count(kind) - PAIRS) for kind in ("contradiction", "shift", "definition"))
        more = f"{left:,} more; the command respgraph conflicts lists all." if left else ""
        lead = "Statements about the same matter that do not agree. Neither side is preferred."
        return Section("contested", "How contested it is", lead, tuple(groups), more, "No contradictions were found.")

    def demanded(self) -> Section:
        lead = "Calls, requests and orders, by whom they are put to."
        count: Callable[[list[Said]], str] = lambda claims: some(len(claims), "demand")  # noqa: E731
        return self.by_bearer("demanded", "What is demanded, and of whom", lead, self.by_type["demand"], count)

    def promised(self) -> Section:
        lead = "Promises and refusals, by who makes them or is said to."
        return self.by_bearer("promised", "What is promised or refused", lead, self.by_type["commitment"], self.kept)

    @staticmethod
    def kept(claims: list[Said]) -> str:
        """Return how many promises and refusals there are."""
        kinds = Counter(mark_of(c) for c in claims)
        parts = [
            some(kinds[mark], word) for mark, word in (("accepts", "promise"), ("denies", "refusal")) if kinds[mark]
        ]
        return " and ".join(parts)

    def bound(self) -> Section:
        duties = [c for c in self.by_type["obligation"] if c.bearer]
        lead = "Duties, bans, recommendations and permissions, by whom they are said to bind."
        return self.by_bearer("bound", "Who has to do what", lead, duties, self.modals)

    @staticmethod
    def modals(duties: list[Said]) -> str:
        """Return how many duties, bans, recommendations and permissions there are: "3 duties and 1 ban"."""
        kinds = Counter(c.modality if c.modality in MODALS else "must" for c in duties)
        parts = [some(kinds[name], *words) for name, words in MODALS.items() if kinds[name]]
        return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))

    def also(self, others: list[tuple[str, int]]) -> str:
        """Return a sentence that names those who have no heading of their own, most first; phrases are counted only."""
        named = [(self.corpus.names.get(id, id), n) for id, n in others if id]
        alike: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for name, n in named:
            if not is_phrase(name):
                alike[name.casefold()].append((name, n))
        shown = sorted(alike.values(), key=lambda held: -sum(n for _, n in held))[:ALSO]
        rest = len(named) - sum(map(len, shown))
        if not shown:
            return f"{self.first(some(rest, 'more actor'))} without a name." if rest else ""
        told = ", ".join(f"{held[0][0]} ({sum(n for _, n in held):,})" for held in shown)
        return f"Also: {told}{f' and {rest:,} more' if rest else ''}."

    def by_bearer(
        self, id: str, title: str, lead: str, claims: list[Said], count: Callable[[list[Said]], str]
    ) -> Section:
        held: defaultdict[str, list[Said]] = defaultdict(list)
        for claim in claims:
            held[claim.bearer].append(claim)
        names = self.corpus.names
        order = sorted(
            held, key=lambda b: (not b, not any(map(is_named, held[b])), -len(held[b]), names.get(b, b).casefold(), b)
        )
        groups = tuple(self.group(b, self.first(count(held[b])) + ".", held[b]) for b in order[:GROUPS])
        more = self.also([(b, len(held[b])) for b in order[GROUPS:]])
        return Section(id, title, lead, groups, more)

    def unanswered(self) -> Section:
        groups = []
        heads: tuple[tuple[str, str, str], ...] = (
            ("unanswered", "Demands that no statement answers", "No promise, refusal or denial by who is asked."),
            ("denied-by-all", "Denied by all who speak of it", "Nobody assigns or accepts it."),
            ("no-bearer", "Duties that name nobody", "Something has to be done, and the text does not say by whom."),
        )  # fmt: skip
        for kind, heading, lead in heads:
            sides = mixed(c.sides[0] for c in self.conflicts if c.kind == kind)
            if sides:
                groups.append(Group(f"{heading} ({len(sides):,})", lead, *self.lines(sides, GAPS)))
        asked = mixed(self.by_type["question"])
        if asked:
            groups.append(Group(f"Questions the texts leave open ({len(asked):,})", "", *self.lines(asked, GAPS)))
        lead = "What the texts ask for, or lay down, without anybody who answers for it."
        return Section("gaps", "What nobody answers", lead, tuple(groups), nothing="No gaps were found.")

    def home(self, id: str) -> str:
        """Return the text that an actor is known in, where several in the graph have its name; else ""."""
        name = self.corpus.names.get(id, id)
        if "/doc/" not in id or self.same_name[name.casefold()] < 2:
            return ""
        return next((c.source.name for c in self.corpus.claims if id in (c.bearer, c.speaker)), "")

    def group(self, id: str, lead: str, claims: list[Said]) -> Group:
        """Return what is said of an actor under its name; the text it is known in stands below it."""
        heading = self.corpus.names.get(id, id) if id else "Nobody is named"
        where = f" As {in_a_sentence(heading)} of {home}." if (home := self.home(id)) else ""
        return Group(clean(self.first(heading)), clean(lead + where), *self.lines(spread(claims), self.limit))

    def lines(self, claims: Iterable[Said], most: int) -> tuple[tuple[Line, ...], int]:
        """Return the first lines of claims, and how many claims stand in none of them: one sentence is quoted once."""
        held: dict[Line, list[Said]] = {}
        for claim in claims:
            held.setdefault(replace(self.line(claim), about="", claims=()), []).append(claim)
        shown = dict(list(held.items())[:most])
        lines = tuple(self.joined(found) for found in shown.values())
        return lines, sum(map(len, held.values())) - sum(map(len, shown.values()))

    def joined(self, claims: list[Said]) -> Line:
        """Return the line of claims that differ in nothing but their matter."""
        lines = [self.line(claim) for claim in claims]
        about = "; ".join(filter(None, dict.fromkeys(line.about for line in lines)))
        return replace(lines[0], about=about, claims=tuple(claim.iri for claim in claims))

    def line(self, claim: Said) -> Line:
        about = claim.get("content") or claim.get("effect") or ""
        if claim.type == "definition":
            about = f"{claim.get('short')}: {claim.get('long')}"
        verb, whom, tail = phrase(claim)
        speaker = in_a_sentence(claim.speaker_name) if claim.speaker_name else "somebody"
        return Line(
            mark=mark_of(claim),
            who=clean("The text" if claim.by_author else self.first(speaker)),
            verb=verb,
            whom=clean(whom),
            tail=tail,
            about=clean(" ".join(about.split())),
            quote=clean(" ".join(claim.quote.split())),
            source=place(claim),
            claims=(claim.iri,),
        )

    def sources(self) -> tuple[tuple[str, str, int, str], ...]:
        counts = Counter(c.source.iri for c in self.corpus.claims)
        narrowed = any(reason != REPEATED for reason, _ in self.counted.left)
        sources = (s for s in self.corpus.sources if counts[s.iri] or not narrowed)
        return tuple((clean(s.name), s.date, counts[s.iri], s.sha256[:12]) for s in sources)

    def notes(self) -> tuple[str, ...]:
        out = [
            "Every line is something that was said or written; that it stands here does not make it true. "
            "The statements were read from the texts by a program, which misses some and misreads others: "
            "read the words before you quote them.",
            "A ministry, government or spokesperson counts as the body it belongs to or speaks for.",
        ]
        if self.counted.repeats:
            names = ", ".join(clean(s.name) for s in self.counted.repeats[:5])
            more = f" and {len(self.counted.repeats) - 5:,} more" if len(self.counted.repeats) > 5 else ""
            out.append(f"Not counted, as they nearly repeat another text: {names}{more}.")
        return tuple(out)

    def ledger(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        rows = [
            (KIND_NAMES[kind], (counted + sum(n for _, n in left), counted, *(n for _, n in left)))
            for kind, counted, left in self.counted.by_type()
        ]
        total = tuple(map(sum, zip(*(numbers for _, numbers in rows), strict=True)))
        return (*rows, ("All statements", total)) if rows else ()


def mixed(claims: Iterable[Said]) -> list[Said]:
    """Return claims so that each text is heard once before one is heard twice, else in the order given."""
    times: Counter[str] = Counter()
    ranked = []
    for n, claim in enumerate(claims):
        times[claim.source.iri] += 1
        ranked.append((times[claim.source.iri], n, claim))
    return [claim for _, _, claim in sorted(ranked, key=lambda item: item[:2])]


_ORDER: Final = {"holds": 0, "accepts": 1, "denies": 2, "questions": 3}


def spread(claims: Iterable[Said]) -> list[Said]:
    """Return claims in an order that shows each side and each speaker before it shows one of them twice."""
    key: Callable[[Said], tuple[int, str, str, int, str]] = lambda c: (  # noqa: E731
        _ORDER.get(mark_of(c), 9), c.when or "9999", c.source.name, c.start, c.iri,
    )  # fmt: skip
    times: Counter[tuple[str, str]] = Counter()
    ranked = []
    for claim in sorted(claims, key=key):
        times[mark_of(claim), claim.speaker or claim.source.iri] += 1
        ranked.append((times[mark_of(claim), claim.speaker or claim.source.iri], claim))
    seen: set[str] = set()
    ordered = [claim for _, claim in sorted(ranked, key=lambda item: (item[0], key(item[1])))]
    first = [c for c in ordered if not (mark_of(c) in seen or seen.add(mark_of(c)))]  # type: ignore[func-returns-value]
    chosen = {c.iri for c in first}
    return [*first, *(c for c in ordered if c.iri not in chosen)]
