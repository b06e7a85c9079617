"""The order of the stages; no other module knows it.

``read`` makes documents, ``extract`` claims, ``build_graph`` a dataset; ``extract_many`` is ``extract`` for
many documents, in one process or several, in the order they came; ``explain`` is ``extract`` for one sentence
with every try kept. Stages are imported when they are called, so that importing this module costs nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from respgraph import __version__
from respgraph.errors import ReadError, RespgraphError
from respgraph.model import Document, Extraction

if TYPE_CHECKING:
    from rdflib import Dataset

    from respgraph.annotate import Annotated
    from respgraph.extract import Reading
    from respgraph.read import Source

    Readable: TypeAlias = str | Path | Source | Document

PART: Final = 8  # documents a worker process gets at a time


def read(source: str | Path | Source, encoding: str | None = None, *, any_language: bool = False) -> Document:
    """Return the document in a file; ``"-"`` is standard input.

    Args:
        source: A path or a ``Source`` of ``find_sources``. A text in hand goes to ``read_text``: a string is
            never taken for either, so that no text from a stranger can name a file.
        encoding: The encoding, if it is neither UTF-8 nor marked by a byte order mark.
        any_language: Whether it may be in another language than English.

    Raises:
        ReadError: Missing, empty, binary, too large, in another encoding or language, with a line that no one wrote,
            or a file of many documents.
    """
    from respgraph.read import Source, find_sources, read_path, read_source

    if isinstance(source, Source):
        wanted = replace(source, encoding=encoding or source.encoding, foreign=source.foreign or any_language)
        return read_source(wanted)
    if isinstance(source, str) and (source == "-" or source.startswith(("http://", "https://"))):
        return read_source(next(find_sources([source], encoding=encoding, any_language=any_language)))
    return read_path(source, encoding, any_language=any_language)


def extract(document: Document | str, pipeline: str | None = None) -> Extraction:
    """Return the claims of one document, or of a text in hand.

    Args:
        document: What ``read`` gave, or the text itself.
        pipeline: An installed spaCy pipeline; by default the best English one there is.

    Raises:
        RespgraphError: No such pipeline.

    Example:
        >>> found = extract("Tenants must not keep pigs.")
        >>> [(c.type, c.modality, c.get("bearer").quote) for c in found.claims]
        [('obligation', 'must-not', 'Tenants')]
    """
    return next(extract_many([_as_document(document)], pipeline))


def extract_many(
    documents: Iterable[Document | Source | ReadError],
    pipeline: str | None = None,
    *,
    jobs: int = 1,
    min_confidence: float = 0.0,
    on_error: Callable[[ReadError], None] | None = None,
) -> Iterator[Extraction]:
    """Yield the extraction of each document, in the order they came; only a few are held at a time.

    Args:
        documents: Documents, or sources that are read when their turn comes (a source may hold many), or errors
            of some that were read before.
        pipeline: An installed spaCy pipeline; by default the best English one there is.
        jobs: Processes to share the work; each loads the pipeline, so it pays from some hundred pages on.
        min_confidence: Claims below it are left out.
        on_error: Told of a source that cannot be read, which is then left out; without it, it is raised.

    Raises:
        ReadError: A source cannot be read and ``on_error`` is not given.
        RespgraphError: No such pipeline, or a worker process died.
    """
    results = _in_processes(documents, pipeline, jobs) if jobs > 1 else _in_turn(documents, pipeline)
    for result in results:
        if isinstance(result, Extraction):
            yield keep_confident(result, min_confidence)
        elif on_error is not None:
            on_error(ReadError(*result))
        else:
            raise ReadError(*result)


# What a source that cannot be read becomes on its way between processes: the arguments of its ReadError.
Failure: TypeAlias = tuple[str, str, str | None]


def _in_turn(items: Iterable[Document | Source | ReadError], pipeline: str | None) -> Iterator[Extraction | Failure]:
    from respgraph.annotate.spacy import annotate

    failures: deque[Failure] = deque()

    def readable() -> Iterator[Document]:
        for found in read_all(items):
            if isinstance(found, Document):
                yield found
            else:
                failures.append((found.source, found.why, found.where))

    for annotated in annotate(readable(), pipeline):
        while failures:
            yield failures.popleft()
        yield _claims_of(annotated)
    yield from failures


def read_all(items: Iterable[Document | Source | ReadError]) -> Iterator[Document | ReadError]:
    """Yield the documents as they are and those of the sources, with what cannot be read in its place."""
    from respgraph.read import read_documents

    for item in items:
        if isinstance(item, Document | ReadError):
            yield item
        else:
            yield from read_documents(item)


def _claims_of(annotated: Annotated) -> Extraction:
    from respgraph.extract import extract as extract_frames
    from respgraph.resolve import resolve

    return _signed(resolve(extract_frames(annotated)), annotated.pipeline)


def _signed(extraction: Extraction, pipeline: str) -> Extraction:
    """Return the extraction with what made it, for the provenance."""
    return replace(extraction, run=_settings(pipeline))


def _settings(label: str) -> tuple[tuple[str, str], ...]:
    return ("pipeline", label), ("respgraph", __version__)


def _least(minimum: float) -> tuple[tuple[str, str], ...]:
    return (("min-confidence", f"{minimum:g}"),) if minimum > 0 else ()


def run_settings(pipeline: str | None = None, min_confidence: float = 0.0) -> tuple[tuple[str, str], ...]:
    """Return the ``run`` that ``extract_many`` will give its extractions, without loading anything.

    Raises:
        RespgraphError: No such pipeline.
    """
    from respgraph.annotate.spacy import default_pipeline, find_pipeline, pipeline_label

    name = default_pipeline() if pipeline is None else find_pipeline(pipeline)
    return (*_settings(pipeline_label(name)), *_least(min_confidence))


def _in_processes(
    items: Iterable[Document | Source | ReadError], pipeline: str | None, jobs: int
) -> Iterator[Extraction | Failure]:
    """Hand out parts to spawned processes, a bounded window of them, and yield results in input order."""
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    left = _corpora_opened(items)
    parts = iter(lambda: list(islice(left, PART)), [])
    waiting: deque[Future[list[Extraction | Failure]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        try:
            for part in parts:
                waiting.append(pool.submit(_extract_part, part, pipeline))
                if len(waiting) > 2 * jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise RespgraphError("a worker process died (out of memory?); try fewer --jobs") from error
        finally:
            for future in waiting:
                future.cancel()


def _corpora_opened(items: Iterable[Document | Source | ReadError]) -> Iterator[Document | Source | ReadError]:
    """Yield the items, with the documents of each corpus in its place: many workers can share one."""
    for item in items:
        if isinstance(item, Document | ReadError) or not item.many:
            yield item
        else:
            yield from read_all([item])


def _extract_part(items: list[Document | Source | ReadError], pipeline: str | None) -> list[Extraction | Failure]:
    return list(_in_turn(items, pipeline))


def keep_confident(extraction: Extraction, minimum: float) -> Extraction:
    """Return the extraction with the claims of at least this confidence, and what belongs to them.

    The minimum becomes part of the provenance: a graph says that something was left out of it.
    """
    if minimum <= 0:
        return extraction
    claims = tuple(claim for claim in extraction.claims if claim.confidence >= minimum)
    ids, statements = {claim.id for claim in claims}, {claim.statement for claim in claims}
    return replace(
        extraction,
        claims=claims,
        statements=tuple(s for s in extraction.statements if s.id in statements),
        links=tuple(k for k in extraction.links if k.source in ids and k.target in ids),
        run=(*extraction.run, *_least(minimum)),
    )


def build_graph(sources: Iterable[Readable], base: str | None = None, pipeline: str | None = None) -> Dataset:
    """Return the graph of some sources: a named graph per document, one for its ties, one of links between claims.

    Args:
        sources: Paths (folders are searched for texts), sources or documents.
        base: Where data IRIs begin; by default ``https://w3id.org/respgraph/data/``.
        pipeline: An installed spaCy pipeline; by default the best English one there is.

    Raises:
        ReadError: A source cannot be read.
        GraphError: The base is no absolute IRI.

    Example:
        >>> from respgraph import read_text
        >>> dataset = build_graph([read_text("Tenants must not keep pigs.", "lease")])
        >>> sorted(len(graph) > 3 for graph in dataset.graphs() if len(graph))
        [False, False, True]
    """
    from respgraph.compare import linked
    from respgraph.rdf import build_rows, to_dataset
    from respgraph.vocab import DEFAULT_BASE

    documents = (document for source in sources for document in _documents(source))
    found = extract_many(documents, pipeline)
    return to_dataset(linked([row for extraction in found for row in build_rows(extraction, base or DEFAULT_BASE)]))


def _documents(source: Readable) -> Iterator[Document]:
    from respgraph.read import Source, find_sources

    if isinstance(source, Document):
        yield source
    else:
        for found in read_all([source] if isinstance(source, Source) else find_sources([source])):
            if isinstance(found, ReadError):
                raise found
            yield found


def _as_document(document: Document | str) -> Document:
    from respgraph.read import read_text

    return read_text(document) if isinstance(document, str) else document


@dataclass(frozen=True, slots=True)
class Try:
    """A rule that was tried on some words, and what came of it."""

    rule: str
    words: str
    outcome: str

    @property
    def fired(self) -> bool:
        """Whether the rule's own conditions were met (another rule may still have won the words)."""
        return self.outcome == "fired"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A word of the lexicon that evoked nothing, and the triggers it is the head of."""

    word: str
    triggers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a text was read: its parse, every try in order, the words that almost evoked a rule, the claims."""

    reading: Reading
    tries: tuple[Try, ...]
    near: tuple[NearMiss, ...]
    extraction: Extraction


def explain(sentence: Document | str, pipeline: str | None = None) -> Explanation:
    """Return how a sentence (or a short text) is read, with every rule that was tried on it.

    Example:
        >>> [(t.rule, t.words) for t in explain("Tenants must not keep pigs.").tries if t.fired]
        [('obligation.modal', 'must')]
    """
    from respgraph.annotate.spacy import annotate
    from respgraph.extract import extract as extract_frames
    from respgraph.extract.match import Trace
    from respgraph.resolve import resolve

    trace = Trace()
    annotated = next(iter(annotate([_as_document(sentence)], pipeline)))
    reading = extract_frames(annotated, trace)
    tries = tuple(Try(*found) for found in trace.tries)
    return Explanation(reading, tries, tuple(_near_misses(annotated)), _signed(resolve(reading), annotated.pipeline))


def _near_misses(annotated: Annotated) -> Iterator[NearMiss]:
    """Yield the words whose lemma is in the lexicon but whose companions or part of speech are not there."""
    from respgraph.extract.lexicon import index
    from respgraph.extract.match import POS, find_companions

    for sentence in annotated.sentences:
        for token in sentence.tokens:
            units = dict.fromkeys(unit for form in (token.lemma, token.lower) for unit in index().get(form, ()))
            missed = [
                f"{unit.words} ({unit.pos})"
                for unit in units
                if token.upos not in POS[unit.pos] or find_companions(sentence, token.i, unit) is None
            ]
            if missed and len(missed) == len(units):
                yield NearMiss(token.form, tuple(missed))
