"""``PageData`` -> how each actor stands in the networks of ``respgraph network``, and what tells namesakes apart.

The numbers are those of the command line: near repeats of a text are not counted, a ministry counts as its state, a
pronoun that nobody could place as nobody. They are taken of the claims on the page, as a period given to the
command takes those of the period. The page draws actors as the texts name them, so several boxes may share one
standing; each says whom it counts as.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Final, TypeVar

from respgraph.compare import Corpus, Said, bands_of, fold_actors, pick_twins
from respgraph.compare import Source as Text
from respgraph.network import blame_attributes, build_network, find_coalitions
from respgraph.view.data import RDF_TYPE, RESP, Figure, Index, Matter, PageData, Row, Source, Standing, tail
from respgraph.view.text import clean, shorten

Thing = TypeVar("Thing", Figure, Matter)
PAIRS: Final = 400_000  # of speakers on one side; more would take longer than all else of a page
LONGEST: Final = 34  # characters of a text's name that tells namesakes apart


def with_standings(data: PageData, index: Index) -> PageData:
    """Return the page with the standing of each actor, the texts that repeat another, and what tells namesakes apart.

    Args:
        data: What the page shows, narrowed already.
        index: The whole graph.
    """
    found = find_repeats(data, index)
    repeats = tuple(source.iri for source in data.sources if source.iri in found)
    corpus, folds = corpus_of(data, index, frozenset(repeats))
    return tell_apart(
        replace(data, repeats=repeats, standings=standings_of(corpus, folds, [f.iri for f in data.figures]))
    )


def find_repeats(data: PageData, index: Index) -> set[str]:
    """Return the documents of a page that nearly repeat another of the page, as the counts of other commands do.

    A store has derived them when it was built; of a single graph they are found in its texts.
    """
    linked = {iri for iri, facts in index.items() if facts.get(RESP + "nearDuplicateOf")}
    if linked:
        return linked
    texts = {source.iri: source.text for source in data.sources}
    signatures = {(source.name, source.iri): bands_of(source.text) for source in data.sources}
    return set(pick_twins({key: bands for key, bands in signatures.items() if bands}, lambda iri: texts[iri]))


def corpus_of(data: PageData, index: Index, repeats: frozenset[str]) -> tuple[Corpus, dict[str, str]]:
    """Return what ``respgraph.network`` measures of a page's claims, and whom each actor counts as.

    Only what its responsibility and congruence networks read is filled in.
    """
    actors = {
        iri: defaultdict(set, {tail(name): set(objects) for name, objects in facts.items()})
        for iri, facts in index.items()
        if RESP + "Actor" in facts.get(RDF_TYPE, ())
    }
    folds = fold_actors(actors)
    authors = {iri for iri, facts in actors.items() if RESP + "Author" in facts["type"]}
    names = {iri: min(facts.get("prefLabel", {""})) for iri, facts in actors.items()}
    texts = {s.iri: Text(s.iri, s.name, s.date or "") for s in data.sources if s.iri not in repeats}
    claims = tuple(said_of(row, texts[row.document], folds, authors) for row in data.rows if row.document in texts)
    kinds = dict.fromkeys(sorted(authors), "Author")
    return Corpus(claims, frozenset(), names, tuple(texts.values()), {}, {}, kinds), folds


def said_of(row: Row, text: Text, folds: Mapping[str, str], authors: set[str]) -> Said:
    """Return a claim as networks read it."""
    values = dict(row.values)
    return Said(
        iri=row.iri,
        type=row.type,
        source=text,
        speaker=folds.get(row.speaker or "", ""),
        speaker_name="",
        bearer=folds.get(row.bearer or "", ""),
        bearer_name="",
        bearer_kind="",
        has_bearer=row.bearer is not None,
        by_author=row.speaker in authors,
        slots=(),
        stance=values.get("stance", ""),
        polarity=values.get("polarity", "positive"),
        hedged=row.hedged,
    )


def standings_of(corpus: Corpus, folds: Mapping[str, str], shown: Iterable[str]) -> dict[str, Standing]:
    """Return the standing of each actor of a page, by IRI as the page has it; those in no network have none."""
    values = blame_attributes(corpus)
    sides = {} if too_many(corpus) else find_coalitions(corpus)
    voices = voices_of(corpus)
    ranked = sorted(-found["pagerank"] for found in values.values())
    ranks = {iri: 1 + bisect_left(ranked, -found["pagerank"]) for iri, found in values.items()}
    out = {}
    for iri in shown:
        counts_as = folds.get(iri, "")
        if counts_as in values or counts_as in sides:
            found = values.get(counts_as, {})
            out[iri] = Standing(
                counts_as=counts_as,
                name=" ".join(clean(corpus.names.get(counts_as, "")).split()),
                blamed=int(found.get("blamed", 0)),
                blames=int(found.get("blames", 0)),
                voices=len(voices.get(counts_as, ())),
                pagerank=found.get("pagerank", 0.0),
                rank=ranks.get(counts_as, 0),
                coalition=sides.get(counts_as, 0),
            )
    return out


def voices_of(corpus: Corpus) -> dict[str, set[str]]:
    """Return who holds each actor responsible, oneself not counted: folded IRI -> folded IRIs."""
    network = build_network(corpus)
    out: defaultdict[str, set[str]] = defaultdict(set)
    for tie in network.measured:
        out[network.nodes[tie.target].id].add(network.nodes[tie.source].id)
    return dict(out)


def too_many(corpus: Corpus) -> bool:
    """Say whether coalitions would take too long to find: too many pairs of speakers speak about the same bearer."""
    speakers: defaultdict[str, set[str]] = defaultdict(set)
    for claim in corpus.claims:
        if claim.type == "responsibility" and claim.bearer and claim.speaker:
            speakers[claim.bearer].add(claim.speaker)
    return sum(len(who) * (len(who) - 1) // 2 for who in speakers.values()) > PAIRS


# ---------------------------------------------------------------- namesakes


def tell_apart(data: PageData) -> PageData:
    """Return the page with ``home`` set on every actor, and every matter, that shares its name with another.

    ``home`` is what tells them apart: the body they belong to if that differs, else the text they occur in, else what
    kind they are. Nothing is said where nothing differs.
    """
    groups: list[list[Figure] | list[Matter]] = [
        *namesakes(f for f in data.figures if not f.author),
        *namesakes(data.matters),
    ]
    if not groups:
        return data
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for row in data.rows:
        for iri in (row.speaker, row.bearer, row.content, *(iri for _, iri in row.slots)):
            if iri is not None:
                texts[iri].add(row.document)
    short = short_names(data.sources)
    homes: dict[str, str] = {}
    for group in groups:
        found = {thing.iri: text_of(texts[thing.iri], short) for thing in group}
        bodies = Counter(thing.belongs for thing in group if isinstance(thing, Figure))
        for thing in group:
            home, kind = found[thing.iri], thing.kind.lower() if isinstance(thing, Figure) else ""
            body = (
                thing.belongs[0] if isinstance(thing, Figure) and bodies[thing.belongs] == 1 and thing.belongs else ""
            )
            if body and body.casefold() != thing.label.casefold():
                homes[thing.iri] = f"of {body}"
            elif list(found.values()).count(home) == 1:
                homes[thing.iri] = home
            elif sum(isinstance(other, Figure) and other.kind.lower() == kind for other in group) == 1:
                homes[thing.iri] = kind
    return replace(
        data,
        figures=tuple(replace(f, home=homes[f.iri]) if f.iri in homes else f for f in data.figures),
        matters=tuple(replace(m, home=homes[m.iri]) if m.iri in homes else m for m in data.matters),
    )


def namesakes(things: Iterable[Thing]) -> list[list[Thing]]:
    """Return those who share their name with another, whatever its case, by name."""
    called: defaultdict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        called[thing.label.casefold()].append(thing)
    return [group for group in called.values() if len(group) > 1]


def text_of(documents: Collection[str], short: Mapping[str, str]) -> str:
    """Return in words where something occurs."""
    if len(documents) == 1:
        return f"in {short.get(min(documents), 'another text')}"
    return f"in {len(documents)} texts"


def short_names(sources: Iterable[Source]) -> dict[str, str]:
    """Return a short name for each document that no other has, if there is one.

    The end of the file's name if that is short, else the title in a few words, else what there is room for.

    >>> names = ("news/may/a.txt", "news/june/a.txt", "news/may/b.txt")
    >>> list(short_names(Source(name, name, name, None, "") for name in names).values())
    ['may/a.txt', 'june/a.txt', 'b.txt']
    """
    held = list(sources)
    parts = {source.iri: PurePath(source.name).parts or (source.name,) for source in held}
    ways: list[dict[str, str]] = [
        {iri: "/".join(names[-size:]) for iri, names in parts.items()} for size in range(1, 4)
    ]
    ways.append({source.iri: shorten(source.title, 6, LONGEST) for source in held})
    out: dict[str, str] = {}
    for names in ways:
        times = Counter(names.values())
        out |= {
            iri: name for iri, name in names.items() if iri not in out and times[name] == 1 and len(name) <= LONGEST
        }
    for number, source in enumerate((s for s in held if s.iri not in out), 1):
        out[source.iri] = f"{shorten(source.title, 5, LONGEST - 6)} ({number})"
    return {source.iri: out[source.iri] for source in held}
