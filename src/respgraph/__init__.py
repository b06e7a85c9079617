"""Who says that who is responsible for what: texts in, a graph out in which every claim has its words.

The flow, one package per stage, each a function on frozen values::

    read      file, text      -> Document     blocks with offsets into an unchanged text
    annotate  Document        -> Annotated    sentences of tokens (spaCy)
    extract   Annotated       -> Reading      rules fire on words, slots are filled from dependencies
    resolve   Reading         -> Extraction   words become actors and matters: claims with quote and place
    rdf       Extraction      -> quads        one named graph per document, its ties beside it
    store     quads           -> View, Store  at rest, in a file or in memory
    query     View            -> Result       named questions and SPARQL
    check     View            -> Report       shapes, and that each quote stands at its offsets
    view      quads           -> HTML         one page, offline
    scale     many texts      -> shards       the same for any number, by many processes or machines

``pipeline`` is the only module that knows this order. What most people need has a name here:

>>> from respgraph import extract
>>> claim = extract("The ministry said the operator is to blame for the flood.").claims[0]
>>> claim.type, claim.stance, claim.get("speaker").quote, claim.get("bearer").quote
('responsibility', 'assigns', 'The ministry', 'the operator')

and ``build_graph(["report.md"])`` is an ``rdflib.Dataset``. Nothing heavy is imported before it is used:
``import respgraph`` loads neither spaCy nor an RDF library (PEP 562).
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

__version__ = "0.1.0"

_HOMES: Final = {
    "respgraph.pipeline": (
        "Explanation",
        "build_graph",
        "explain",
        "extract",
        "extract_many",
        "keep_confident",
        "read",
    ),
    "respgraph.read": ("Source", "find_sources", "read_documents", "read_path", "read_text"),
    "respgraph.model": ("Actor", "Claim", "Document", "Extraction", "Link", "Mention", "Span", "Statement"),
    "respgraph.errors": ("RespgraphError",),
    "respgraph.exchange": ("gold_json", "to_json"),
    "respgraph.rdf": ("write_nquads", "write_trig"),
    "respgraph.store": ("Store", "View", "open_graph", "open_store"),
    "respgraph.update": ("Update", "update_store"),
    "respgraph.scale": ("build_shards", "load_shards", "process_part"),
    "respgraph.query": ("Result", "format_result", "list_queries", "run_query"),
    "respgraph.check": ("Report", "check_graph", "format_report"),
    "respgraph.view": ("view_html", "write_view"),
}
_HOME: Final = {name: home for home, names in _HOMES.items() for name in names}
__all__ = [
    "Actor",
    "Claim",
    "Document",
    "Explanation",
    "Extraction",
    "Link",
    "Mention",
    "Report",
    "RespgraphError",
    "Result",
    "Source",
    "Span",
    "Statement",
    "Store",
    "Update",
    "View",
    "__version__",
    "build_graph",
    "build_shards",
    "check_graph",
    "explain",
    "extract",
    "extract_many",
    "find_sources",
    "format_report",
    "format_result",
    "gold_json",
    "keep_confident",
    "list_queries",
    "load_shards",
    "open_graph",
    "open_store",
    "process_part",
    "read",
    "read_documents",
    "read_path",
    "read_text",
    "run_query",
    "to_json",
    "update_store",
    "view_html",
    "write_nquads",
    "write_trig",
    "write_view",
]

if TYPE_CHECKING:
    from respgraph.check import Report, check_graph, format_report
    from respgraph.errors import RespgraphError
    from respgraph.exchange import gold_json, to_json
    from respgraph.model import Actor, Claim, Document, Extraction, Link, Mention, Span, Statement
    from respgraph.pipeline import (
        Explanation,
        build_graph,
        explain,
        extract,
        extract_many,
        keep_confident,
        read,
    )
    from respgraph.query import Result, format_result, list_queries, run_query
    from respgraph.rdf import write_nquads, write_trig
    from respgraph.read import Source, find_sources, read_documents, read_path, read_text
    from respgraph.scale import build_shards, load_shards, process_part
    from respgraph.store import Store, View, open_graph, open_store
    from respgraph.update import Update, update_store
    from respgraph.view import view_html, write_view


def __getattr__(name: str) -> Any:
    if name in _VERBS:
        return importlib.import_module(f"respgraph.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'respgraph' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


# Two stages have the name of their verb: ``respgraph.read`` is the package and, when called, the function.
_VERBS: Final = ("extract", "read")


class _Verb(ModuleType):
    """A stage's package that can be called: ``read("report.md")`` is ``pipeline.read("report.md")``."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function of ``respgraph.pipeline`` that has the name of this stage."""
        pipeline = importlib.import_module("respgraph.pipeline")
        return getattr(pipeline, self.__name__.rpartition(".")[2])(*args, **kwargs)


class _Package(ModuleType):
    """Makes the two stages callable at the moment the import system binds them here, whoever asks first."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _VERBS and isinstance(value, ModuleType):
            value.__class__ = _Verb
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
