"""Texts -> a store that already holds some: what is unchanged is left alone, what is gone is removed.

A document is known by its name. It is unchanged if its text (sha256, in its IRI) and how it is read (pipeline,
version, least confidence: the IRI of its run; the base of all IRIs) are those of the graph in the store. It is
then not parsed again. A changed one replaces the whole of the old one: the new one is put first, so that
a process killed between the two leaves both, and the next run removes the old.

The links between documents go with the first change and are derived again from all claims at the end: a store
without them is one whose last build was cut short.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from respgraph.compare import LINKS_GRAPH, derive_links
from respgraph.errors import ReadError, StoreError
from respgraph.model import Document
from respgraph.store.graph import TIES, Store
from respgraph.store.held import Held, held_documents

if TYPE_CHECKING:
    from respgraph.model import Extraction
    from respgraph.read import Source


@dataclass(slots=True)
class Update:
    """What a build did to a store; ``claims`` counts those of the new and changed documents by type.

    ``silent`` of these documents have no claim.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    silent: int = 0


def update_store(
    store: Store,
    items: Iterable[Document | Source | ReadError],
    *,
    base: str | None = None,
    pipeline: str | None = None,
    jobs: int = 1,
    min_confidence: float = 0.0,
    folders: Iterable[str] = (),
    judge: Callable[[Store], bool] | None = None,
    on_error: Callable[[ReadError], None] | None = None,
    progress: Callable[[Iterable[Document]], Iterable[Document]] = iter,
) -> Update:
    """Bring a store up to date with some texts.

    Args:
        store: Where to put them; ``save`` is called at the end.
        items: Documents, sources, or errors of some that cannot be read; no two of one name.
        base: Where data IRIs begin.
        pipeline: An installed spaCy pipeline; by default the best English one there is.
        jobs: Processes to share the work.
        min_confidence: Claims below it are left out.
        folders: Names of folders of which all texts are among the items: a document in the store whose name
            begins with one of them and is not among the items is removed.
        judge: Called with the saved store before the links are derived; says whether it changed anything.
        on_error: Told of a source that cannot be read; what the store has of it stays.
        progress: Wraps the documents that are read anew.

    Raises:
        StoreError: Two texts of one name, a folder whose name another one in the store has, or a store that
            cannot be written; what was put before stays.
        ReadError: A source cannot be read and ``on_error`` is not given.
        RespgraphError: No such pipeline.
    """
    from respgraph.pipeline import extract_many, read_all, run_settings
    from respgraph.rdf.build import build_segment, document_iri, run_iri
    from respgraph.rdf.iri import check_base
    from respgraph.vocab import DEFAULT_BASE

    base = check_base(base or DEFAULT_BASE)
    run = run_iri(run_settings(pipeline, min_confidence), base)
    items = list(items)
    names = [_name(item) for item in items if not isinstance(item, ReadError)]
    refuse_twins(names)
    corpora = {i.name: _name(i) + "#" for i in items if not isinstance(i, Document | ReadError) and i.many}
    seen: set[str] = set()
    failed: set[str] = set()
    held: dict[str, list[Held]] = defaultdict(list)
    for document in held_documents(store):
        held[document.name].append(document)
    refuse_other_folder(folders, names, tuple(corpora.values()), held, store.address)
    remove_strays(store)
    linked = {graph for graph in store.graphs() if graph.endswith("/" + LINKS_GRAPH)}
    done = Update()

    def wanted() -> Iterator[Document]:
        for found in read_all(items):
            if isinstance(found, Document) and found.name in seen:
                found = ReadError(found.name, "another text before it has this name")
            if isinstance(found, ReadError):
                failed.add(found.source)
                if on_error is None:
                    raise found
                on_error(found)
                continue
            seen.add(found.name)
            graph = document_iri(found, base)
            if Held(found.name, graph, run) not in held[found.name]:
                yield found
                continue
            done.unchanged += 1
            remove_others(found.name, graph)

    def unlink() -> None:
        while linked:
            store.remove_graph(linked.pop())

    def remove_others(name: str, graph: str) -> None:
        for other in sorted({old.graph for old in held[name]} - {graph}):
            unlink()
            store.remove_graph(other)

    def put(extraction: Extraction) -> None:
        document = extraction.document
        unlink()
        store.load_segment(document_iri(document, base), build_segment(extraction, base))
        remove_others(document.name, document_iri(document, base))
        done.changed += bool(held[document.name])
        done.new += not held[document.name]
        done.claims.update(claim.type for claim in extraction.claims)
        done.silent += not extraction.claims

    documents = wanted()
    for first in documents:  # no pipeline is loaded for nothing
        anew = progress(chain([first], documents))
        for extraction in extract_many(anew, pipeline, jobs=jobs, min_confidence=min_confidence):
            put(extraction)
    broken = tuple(corpora[name] for name in failed if name in corpora)  # what could not be read is not gone
    whole = [corpus for corpus in corpora.values() if corpus not in broken]
    kept = {name for name in held if broken and name.startswith(broken)}
    for name in gone_from(folders, whole, seen.union(names, kept), held):
        unlink()
        for old in sorted({old.graph for old in held[name]}):
            store.remove_graph(old)
        done.removed += 1
    store.save()
    if judge is not None and judge(store):
        unlink()
        store.save()
    if not linked and store.documents():
        store.put_graph(derive_links(store))
        store.save()
    return done


def _name(item: Document | Source) -> str:
    return item.name if isinstance(item, Document) else item.document_name


def refuse_twins(names: Iterable[str]) -> None:
    """Raise StoreError for two texts of one name: in a store the second would replace the first."""
    twins = sorted(name for name, count in Counter(names).items() if count > 1)
    if twins:
        raise StoreError(
            twins[0], "two of the texts have this name, and a store holds one; build from the folder above them"
        )


def refuse_other_folder(
    folders: Iterable[str], names: list[str], corpora: tuple[str, ...], held: Iterable[str], address: str
) -> None:
    """Raise StoreError if all texts of a folder are gone from it and none is left: another folder of the same name."""
    for folder in folders:
        before = {name for name in held if name.startswith(folder + "/")}
        if before and before.isdisjoint(names) and not any(name.startswith(corpora) for name in before):
            raise StoreError(
                address,
                f"holds {len(before):,} texts of a folder {folder!r} and none of those now given; "
                "if this is another folder, rename it, or give --keep to have both",
            )


def gone_from(folders: Iterable[str], corpora: Iterable[str], names: set[str], held: Iterable[str]) -> list[str]:
    """Return the names in the store of texts that are in their folder or corpus no more, sorted."""
    places = (*(folder + "/" for folder in folders), *corpora)
    return sorted(name for name in held if name not in names and name.startswith(places))


def remove_strays(store: Store) -> None:
    """Remove ties whose document a killed process did not put any more."""
    documents = set(store.documents())
    for graph in store.graphs():
        main = graph.removesuffix(TIES)
        if main != graph and main not in documents and "/doc/" in main:
            store.remove_graph(main)
