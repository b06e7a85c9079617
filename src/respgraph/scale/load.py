"""Shards -> a store: what ``build --store`` would have made of the same texts, without reading them again.

As with ``build --store`` a document is known by its name; one that is there already, read in the same way, is left
alone, another of its name is replaced, and one that is gone from its folder is removed. A store folder is given all
segments and then one bulk load; an endpoint is sent whole shards where it takes N-Quads, else graph by graph.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from respgraph.compare import LINKS_GRAPH, derive_links
from respgraph.errors import StoreError
from respgraph.rdf.build import run_iri
from respgraph.scale.build import LINKS, read_run
from respgraph.scale.links import mark_of
from respgraph.scale.place import Place, absolute
from respgraph.scale.shard import read_segments
from respgraph.store.graph import Store
from respgraph.store.held import Held, held_documents
from respgraph.update import gone_from, refuse_other_folder, remove_strays


@dataclass(slots=True)
class Loaded:
    """What a load did to a store."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0


def load_shards(
    folder: str,
    store: Store,
    *,
    keep: bool = False,
    judge: Callable[[Store], bool] | None = None,
    tick: Callable[[int, int], None] = lambda *_: None,
) -> Loaded:
    """Bring a store up to date with the shards of a finished build.

    Args:
        folder: Where ``build_shards`` wrote them, path or URI.
        store: Where to put them; ``save`` is called at the end.
        keep: Keep documents of the store that are gone from a folder that was read.
        judge: Called with the saved store before its links; says whether it changed anything.
        tick: Told how many of how many shards are done.

    Raises:
        StoreError: No finished build, a damaged shard (what was loaded before it stays; a rerun goes on from
            there), or a store that cannot be written.
    """
    out = Place(absolute(folder))
    head = read_run(out)
    loading = _Loading(out, store, run_iri([(k, v) for k, v in head["run"]], head["base"]))
    keys = [str(key) for key in head["shards"]]
    places = loading.survey(keys)
    if not keep:
        folders, corpora = ([str(name) for name in head[part]] for part in ("folders", "corpora"))
        refuse_other_folder(folders, sorted(places), tuple(corpora), loading.held, store.address)
        gone = gone_from(folders, corpora, places, loading.held)
    else:
        gone = []
    remove_strays(store)
    for number, key in enumerate(keys):
        loading.shard(key)
        tick(number + 1, len(keys))
    loading.remove(gone)
    store.save()
    judged = judge is not None and judge(store)
    if judged:
        loading.unlink()
        store.save()
    if not loading.linked:
        link(
            store,
            out,
            head["links"],
            only_ours=not judged and not loading.twice and set(store.documents()) == loading.ours,
        )
    return loading.done


def link(store: Store, out: Place, digest: str, only_ours: bool) -> None:
    """Put the links of the build, if the store holds just its documents, else derive them from the store."""
    if only_ours:
        data = out.get(LINKS)
        if hashlib.sha256(data).hexdigest() != digest:
            raise StoreError(
                f"{out.uri}/{LINKS}", "is damaged (its sha256 does not fit); build again, which makes it anew"
            )
        if data:
            store.load_segment(data.splitlines()[0].rsplit(b" ", 2)[1][1:-1].decode("utf-8"), data)
    else:
        store.put_graph(derive_links(store))
    store.save()


class _Loading:
    """A store while it is filled."""

    def __init__(self, out: Place, store: Store, run: str) -> None:
        self.out, self.store, self.run = out, store, run
        self.held: dict[str, list[Held]] = defaultdict(list)
        for document in held_documents(store):
            self.held[document.name].append(document)
        self.linked = {graph for graph in store.graphs() if graph.endswith("/" + LINKS_GRAPH)}
        self.ours: set[str] = set()
        self.twice: set[str] = set()
        self.done = Loaded()

    def survey(self, keys: list[str]) -> set[str]:
        """Return the names that are there, also of what the store holds and this time could not be read.

        Two documents of one name - rows of a corpus with one id - are told here: the first counts.
        """
        first: dict[str, str] = {}
        broken: set[str] = set()
        for key in keys:
            shard = mark_of(self.out.uri, key)
            broken.update(shard.broken)
            for spot in shard.documents:
                if first.setdefault(spot.name, spot.graph) != spot.graph:
                    self.twice.add(spot.graph)
        kept = {name for name in self.held if name in broken or name.partition("#")[0] in broken}
        return {*first, *kept}

    def shard(self, key: str) -> None:
        """Put the documents of a shard that the store has not, then remove others of their names."""
        shard = mark_of(self.out.uri, key)
        spots = [spot for spot in shard.documents if spot.graph not in self.twice]
        self.ours |= {spot.graph for spot in spots}
        wanted = [s for s in spots if Held(s.name, s.graph, self.run) not in self.held.get(s.name, ())]
        self.done.unchanged += len(spots) - len(wanted)
        if wanted:
            batches = read_segments(self.out, shard, {spot.graph for spot in wanted})
            first = next(batches)  # a damaged shard says so here, before anything is changed
            self.unlink()
            for spot in wanted:
                if spot.graph in {old.graph for old in self.held.get(spot.name, ())}:
                    self.store.remove_graph(spot.graph)  # the same text, read in another way
            for batch in chain([first], batches):
                self.store.add_segments((spot.graph, nquads) for spot, nquads in batch)
            changed = sum(bool(self.held.get(s.name)) for s in wanted)
            self.done.changed += changed
            self.done.new += len(wanted) - changed
        for spot in spots:
            for graph in sorted({old.graph for old in self.held.get(spot.name, ())} - {spot.graph}):
                self.unlink()
                self.store.remove_graph(graph)

    def remove(self, names: list[str]) -> None:
        """Remove documents that are gone."""
        for name in names:
            self.unlink()
            for graph in sorted({old.graph for old in self.held[name]}):
                self.store.remove_graph(graph)
            self.done.removed += 1

    def unlink(self) -> None:
        """Remove the links between documents, before the first change."""
        while self.linked:
            self.store.remove_graph(self.linked.pop())
