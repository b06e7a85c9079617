"""Document -> Annotated: sentences of tokens with lemma, part of speech, dependency and entity type.

The values below know nothing of the library that fills them; ``spacy.py`` is the one home of spaCy.
Dependency labels are those of the English spaCy models (ClearNLP style: ``nsubjpass``, ``dobj``,
``prep`` + ``pobj``, ``relcl`` ...). Each block is parsed on its own, so a heading never fuses with the
next line, and tables are not parsed at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from respgraph.model import Block, Document, Span


@dataclass(frozen=True, slots=True)
class Token:
    """One token; ``i`` and ``head`` index into its sentence, ``start``/``end`` into the document."""

    i: int
    start: int
    end: int
    form: str
    lower: str
    lemma: str
    upos: str
    tag: str
    dep: str
    head: int
    ent: str = ""

    @property
    def span(self) -> Span:
        """The place of the token in the document."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence. ``children[i]`` are the indices of the dependents of token ``i``, in order."""

    block: int
    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its sentences in reading order; ``pipeline`` names the model that read them."""

    document: Document
    sentences: tuple[Sentence, ...]
    pipeline: str = ""

    def block(self, sentence: Sentence) -> Block:
        """The block a sentence stands in."""
        return self.document.blocks[sentence.block]
