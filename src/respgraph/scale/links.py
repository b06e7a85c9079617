"""Shards -> the links between their claims and documents, as a second map over hash buckets.

The same links as ``compare.derive_links`` gives for a store that holds all documents (a test holds the two against
each other), without anybody who holds all: each step is tasks over groups of shards or over buckets, and the driver
only sees tables (actors that documents describe differently, counts of words, chains of documents that share a band).

======== ============ ======================================================================================
gather   shards       bands of each text -> buckets; to the driver what the texts say of actors of many texts
collide  buckets      documents that share a band; the driver joins them to chains
compare  chains       which document nearly repeats which
spread   shards       claims, with who is who over all texts -> buckets of the points where claims meet
meet     buckets      contradictions, shifts and rival definitions
======== ============ ======================================================================================
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import lru_cache, partial
from itertools import islice
from typing import Any, Final, TypeAlias, TypeVar
from zlib import crc32

from respgraph.compare import Said, Source, read_corpus
from respgraph.compare.claims import Elsewhere, actors_of, single_names
from respgraph.compare.conflicts import Point, conflicts_at, matters_of, meeting_points, once, once_per, rank
from respgraph.compare.links import link_rows
from respgraph.compare.matters import THRESHOLD, Weights, stems
from respgraph.compare.near import bands_of, pick_twins, texts_of
from respgraph.errors import StoreError
from respgraph.model import content_hash
from respgraph.rdf.iri import resp, split_literal
from respgraph.scale.place import Place
from respgraph.scale.shard import Shard, damaged, key_of, read_mark, read_segments
from respgraph.scale.workers import Task, Workers, give_up_after, run_tasks
from respgraph.store import View
from respgraph.store.graph import line_of, view_of_nquads

WORK: Final = "work"
GROUP: Final = 160  # shards that one task goes through, at most
BUCKET: Final = 50_000  # documents for each bucket
_TEXT: Final = f" {resp('text')} ".encode()
_PARENTS: Final = ("unitOf", "speaksFor")
_SHARED: Final = ("type", "prefLabel", *_PARENTS)

Item = TypeVar("Item")
Document: TypeAlias = tuple[str, str, str]  # name, IRI and shard
Found: TypeAlias = tuple[str, tuple[float, tuple[str, ...]], tuple[str, str], tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a group of shards says of actors known to many documents, and the single names of its own."""

    actors: dict[str, dict[str, set[str]]]
    names: dict[str, tuple[str, bool]]


def link_shards(
    out: Place,
    shards: Sequence[str],
    base: str,
    workers: Workers,
    *,
    documents: int,
    group: int | None = None,
    buckets: int | None = None,
    tick: Callable[[], None] = lambda: None,
) -> bytes:
    """Return the N-Quads of the graph of links between the documents of some shards, sorted.

    Args:
        out: The folder of the shards.
        shards: Their keys.
        base: Where data IRIs begin.
        workers: Who does the work.
        documents: How many documents there are.
        group: Shards that one task goes through; by default so many that all workers have some, and 160 at most.
        buckets: Into how many buckets claims and bands go; by default as many as there are for 50,000 documents each.
        tick: Called every second or so.

    Raises:
        StoreError: A shard cannot be read.
        RespgraphError: A process died again and again, or nobody is left to do the work.
    """
    out.clear(WORK)
    count = buckets or 1 + documents // BUCKET
    groups = list(batched(shards, group or min(GROUP, 1 + len(shards) // (2 * workers.width()))))
    run = _Run(out, workers, tick)
    gathered = run.all("gathering", gather, [(out.uri, number, keys, count) for number, keys in enumerate(groups)])
    elsewhere = merge(gathered)
    collided = run.all("comparing texts", collide, [(out.uri, bucket) for bucket in range(count)])
    chains = chain(pair for pairs in collided for pair in pairs)
    compared = [(out.uri, some) for some in batched(chains, 20)]
    twins: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for shard, one, other in (t for part in run.all("comparing texts", compare, compared) for t in part):
        twins[shard][one] = other
    shared = out_name(out, "elsewhere", _elsewhere_bytes(elsewhere))
    spreads = [
        (out.uri, number, keys, count, shared, {d: t for key in keys for d, t in twins.get(key, {}).items()})
        for number, keys in enumerate(groups)
    ]
    total, counts = 0, Counter[str]()
    for matters, words in run.all("reading claims", spread, spreads):
        total += matters
        counts.update(words)
    weights = out_name(out, "weights", json.dumps([total, dict(sorted(counts.items()))]).encode())
    found = [
        f
        for part in run.all("comparing claims", meet, [(out.uri, b, count, weights) for b in range(count)])
        for f in part
    ]
    repeats = {one: other for held in twins.values() for one, (other, _) in held.items()}
    rows = link_rows(base, repeats, between(found))
    out.clear(WORK)
    return "".join(sorted(map(line_of, rows))).encode("utf-8")


def batched(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Yield the items in tuples of so many, the last one of what is left."""
    left = iter(items)
    while part := tuple(islice(left, size)):
        yield part


class _Run:
    """Runs the tasks of one step, and gives their results in the order of the tasks."""

    def __init__(self, out: Place, workers: Workers, tick: Callable[[], None]) -> None:
        self.out, self.workers, self.tick = out, workers, tick

    def all(self, what: str, call: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> list[Any]:
        tasks = (Task(f"{what} ({number})", call, given) for number, given in enumerate(arguments))
        done = [(task.name, result) for task, result in run_tasks(self.workers, tasks, give_up_after, self.tick)]
        return [result for _, result in sorted(done, key=lambda item: int(item[0].rpartition("(")[2][:-1]))]


def out_name(out: Place, name: str, data: bytes) -> str:
    """Write a table for all tasks of a step, named by its content, and return its key."""
    key = f"{WORK}/{name}-{content_hash(data.hex())}.json"
    out.put(key, data)
    return key


def bucket_of(point: Iterable[str], count: int) -> int:
    """Return the bucket of a point, the same in every process."""
    return crc32("\x1f".join(point).encode("utf-8", "surrogatepass")) % count


def views_of(out: Place, keys: Iterable[str]) -> Iterator[tuple[Shard, View]]:
    """Yield each shard with its graph, a large one in several."""
    for key in keys:
        shard = mark_of(out.uri, key)
        for batch in read_segments(out, shard):
            yield shard, view_of_nquads(b"".join(nquads for _, nquads in batch), f"{out.uri}/{shard.nquads}")


@lru_cache(maxsize=256)
def mark_of(out_uri: str, key: str) -> Shard:
    """Return the commit mark of a shard."""
    out = Place(out_uri)
    shard = read_mark(out, key)
    if shard is None:
        name = key_of(key, "json")
        why = "is damaged; build again" if out.has(name) else "is not there: no committed shard; build again"
        raise StoreError(f"{out_uri}/{name}", why)
    return shard


# ---------------------------------------------------------------------------------------------------- 1 gather


def gather(out_uri: str, number: int, keys: tuple[str, ...], count: int) -> Gathered:
    """Put the bands of the texts of a group into buckets, and return what it says of actors."""
    out = Place(out_uri)
    bands: defaultdict[int, list[tuple[str, str, str, str]]] = defaultdict(list)
    actors: dict[str, dict[str, set[str]]] = {}
    names: dict[str, tuple[str, bool]] = {}
    for shard, view in views_of(out, keys):
        for name, document, text in texts_of(view):
            for band in map(bytes.hex, bands_of(text)):
                bands[bucket_of([band], count)].append((band, name, document, shard.key))
        held = actors_of(view)
        for name, node in single_names(held):
            join_name(names, name, node, False)
        join_actors(actors, {iri: values for iri, values in held.items() if "/doc/" not in iri})
    for bucket, records in bands.items():
        out.put(f"{WORK}/bands/{bucket}/{number}.json", json.dumps(records).encode())
    return Gathered(actors, names)


def join_actors(into: dict[str, dict[str, set[str]]], more: Mapping[str, Mapping[str, set[str]]]) -> None:
    """Add what is said of some actors to what is known of them."""
    for iri, values in more.items():
        known = into.setdefault(iri, {name: set() for name in _SHARED})
        for name in _SHARED:
            known[name] |= values.get(name, set())


def join_name(into: dict[str, tuple[str, bool]], name: str, iri: str, several: bool) -> None:
    """Keep the first IRI of a single name, and whether several have it."""
    held, known = into.get(name, (iri, False))
    into[name] = min(held, iri), known or several or held != iri


def merge(gathered: Iterable[Gathered]) -> Elsewhere:
    """Return who is who over all groups: only those whom a group may see otherwise than all together do."""
    actors: dict[str, dict[str, set[str]]] = {}
    names: dict[str, tuple[str, bool]] = {}
    for part in gathered:
        join_actors(actors, part.actors)
        for name, (iri, several) in part.names.items():
            join_name(names, name, iri, several)
    unlike = {
        iri: values
        for iri, values in actors.items()
        if len(values["prefLabel"]) > 1 or any(values[parent] for parent in _PARENTS)
    }
    return Elsewhere(unlike, {name: iri for name, (iri, several) in names.items() if several})


def _elsewhere_bytes(elsewhere: Elsewhere) -> bytes:
    actors = {iri: {k: sorted(v) for k, v in values.items()} for iri, values in sorted(elsewhere.actors.items())}
    return json.dumps([actors, dict(sorted(elsewhere.firsts.items()))]).encode()


@lru_cache(maxsize=1)
def elsewhere_of(out_uri: str, key: str) -> Elsewhere:
    """Return what ``link_shards`` wrote for all tasks."""
    actors, firsts = json.loads(Place(out_uri).get(key))
    return Elsewhere({iri: {k: set(v) for k, v in values.items()} for iri, values in actors.items()}, firsts)


# ------------------------------------------------------------------------------------------- 2 collide, 3 compare


def collide(out_uri: str, bucket: int) -> list[tuple[Document, Document]]:
    """Return pairs of documents, of which all that share a band of this bucket hang together."""
    first: dict[str, Document] = {}
    pairs: dict[tuple[Document, Document], None] = {}
    for band, *document in records(Place(out_uri), f"{WORK}/bands/{bucket}"):
        name, iri, shard = document
        other = first.setdefault(band, (name, iri, shard))
        if other[1] != iri:
            pairs[other, (name, iri, shard)] = None
    return list(pairs)


def records(out: Place, under: str) -> Iterator[list[Any]]:
    """Yield what all groups put into a bucket."""
    for key in out.keys(under):
        yield from json.loads(out.get(key))


def chain(pairs: Iterable[tuple[Document, Document]]) -> list[tuple[Document, ...]]:
    """Return the documents that hang together by pairs, each chain sorted, the chains by their first."""
    above: dict[Document, Document] = {}

    def top(document: Document) -> Document:
        while (higher := above.setdefault(document, document)) != document:
            above[document] = document = above.setdefault(higher, higher)
        return document

    for one, other in pairs:
        a, b = top(one), top(other)
        above[max(a, b)] = min(a, b)
    held: defaultdict[Document, list[Document]] = defaultdict(list)
    for document in sorted(above):
        held[top(document)].append(document)
    return [tuple(chained) for _, chained in sorted(held.items())]


def compare(out_uri: str, chains: tuple[tuple[Document, ...], ...]) -> list[tuple[str, str, tuple[str, str]]]:
    """Return shard and IRI of each document of chains that nearly repeats another, and that one's IRI and shard."""
    out = Place(out_uri)
    twins = []
    for chained in chains:
        shard_of = {iri: shard for _, iri, shard in chained}
        signatures = {(name, iri): bands_of(text_of(out, shard, iri)) for name, iri, shard in chained}
        for one, other in pick_twins(signatures, partial(_text_in, out, shard_of)).items():
            twins.append((shard_of[one], one, (other, shard_of[other])))
    return twins


def _text_in(out: Place, shard_of: Mapping[str, str], iri: str) -> str:
    return text_of(out, shard_of[iri], iri)


def segment_of(out: Place, key: str, iri: str) -> bytes:
    """Return the N-Quads of one document of a shard."""
    shard = mark_of(out.uri, key)
    spot = next((spot for spot in shard.documents if spot.graph == iri), None)
    data = out.get(shard.nquads, spot.start, spot.start + spot.size) if spot else b""
    if spot is None or len(data) != spot.size:
        raise damaged(out, shard)
    return data


def text_of(out: Place, key: str, iri: str) -> str:
    """Return the text of one document of a shard."""
    for line in segment_of(out, key, iri).splitlines():
        if _TEXT in line and line.startswith(b"<" + iri.encode() + b"> "):
            return split_literal(line.partition(_TEXT)[2].rpartition(b" <")[0].decode("utf-8"))[0]
    raise damaged(out, mark_of(out.uri, key))


# ------------------------------------------------------------------------------------------- 4 spread, 5 meet


def spread(
    out_uri: str,
    number: int,
    keys: tuple[str, ...],
    count: int,
    shared: str,
    twins: Mapping[str, tuple[str, str]],
) -> tuple[int, Counter[str]]:
    """Put the claims of a group into buckets; return how many matters they have, and how many have each word."""
    out = Place(out_uri)
    elsewhere = elsewhere_of(out_uri, shared)
    buckets: defaultdict[int, list[Any]] = defaultdict(list)
    matters, words = 0, Counter[str]()
    for _, view in views_of(out, keys):
        corpus = read_corpus(view, elsewhere)
        claims = corpus.claims
        for document in sorted({c.source.iri for c in claims} & twins.keys()):
            claims = without_repeats(out, claims, document, *twins[document])
        for matter in matters_of(claims):
            matters += 1
            words.update(stems(matter))
        by_iri = {c.iri: c for c in claims}
        links = [(k, a, b) for k, a, b in sorted(corpus.links) if a in by_iri and b in by_iri]
        places: defaultdict[str, set[int]] = defaultdict(set)
        for claim in claims:
            places[claim.iri] |= {bucket_of(point, count) for point in meeting_points(claim)}
        for link in links:
            bucket = bucket_of(link, count)
            buckets[bucket].append(["link", *link])
            places[link[1]].add(bucket)
            places[link[2]].add(bucket)
        for claim in claims:
            record = ["claim", *_spelled(claim)]
            for bucket in sorted(places[claim.iri]):
                buckets[bucket].append(record)
    for bucket, held in buckets.items():
        out.put(f"{WORK}/claims/{bucket}/{number}.json", json.dumps(held).encode())
    return matters, words


def without_repeats(out: Place, claims: tuple[Said, ...], document: str, other: str, shard: str) -> tuple[Said, ...]:
    """Return the claims without those of a document that stand word for word in the one it nearly repeats."""
    there = read_corpus(view_of_nquads(segment_of(out, shard, other))).claims
    mine = tuple(c for c in claims if c.source.iri == document)
    kept = {c.iri for c in once((*there, *mine), {document: other})}
    return tuple(c for c in claims if c.source.iri != document or c.iri in kept)


def _spelled(claim: Said) -> list[Any]:
    return [astuple(claim.source), *(getattr(claim, field.name) for field in fields(Said) if field.name != "source")]


def _said(record: Sequence[Any]) -> Said:
    names = [field.name for field in fields(Said) if field.name != "source"]
    values = dict(zip(names, record[1:], strict=True))
    values["slots"] = tuple((str(slot), str(words)) for slot, words in values["slots"])
    return Said(source=Source(*record[0]), **values)


@lru_cache(maxsize=1)
def weights_of(out_uri: str, key: str) -> Weights:
    """Return the weights over the whole corpus."""
    total, counts = json.loads(Place(out_uri).get(key))
    return Weights.of_counts(int(total), counts)


def meet(out_uri: str, bucket: int, count: int, weights: str) -> list[Found]:
    """Return the conflicts at the points of a bucket: kind, rank, claims, once per what."""
    claims: dict[str, Said] = {}
    links: set[tuple[str, str, str]] = set()
    for kind, *record in records(Place(out_uri), f"{WORK}/claims/{bucket}"):
        if kind == "link":
            links.add((record[0], record[1], record[2]))
        else:
            claim = _said(record)
            claims[claim.iri] = claim

    def here(point: Point) -> bool:
        return bucket_of(point, count) == bucket

    ordered = sorted(claims.values(), key=lambda c: (c.source.name, c.source.iri, c.start, c.iri))
    found = conflicts_at(tuple(ordered), frozenset(links), weights_of(out_uri, weights), here, THRESHOLD)
    return [(c.kind, rank(c), (c.sides[0].iri, c.sides[1].iri), once_per(c)) for c in found]


def between(found: Iterable[Found]) -> Iterator[tuple[str, str, str]]:
    """Yield kind and claims of the conflicts, each once for what it is told once for."""
    seen: set[tuple[str, ...]] = set()
    for kind, _, (one, other), told in sorted(found, key=lambda f: (f[1], f[0])):
        if told is not None:
            if told in seen:
                continue
            seen.add(told)
        yield kind, one, other
