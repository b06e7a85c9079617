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
    compare   View            -> Corpus       claims beside claims: what contradicts what, which claims count
    network   Corpus          -> Network      who says what of whom, measured
    view      quads           -> HTML         one page, offline
    export    View            -> files        for other tools; frames: DataFrames
    matrix    Corpus          -> Grid         who is responsible for what; RACI
    report    View            -> Briefing     one page to read and print
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
    "respgraph.compare": ("Corpus", "read_corpus", "read_counted"),
    "respgraph.network": ("Network", "build_network", "measure_nodes", "node_attributes"),
    "respgraph.view": ("Page", "Selection", "view_html", "write_view"),
    "respgraph.view.notebook": ("view",),
    "respgraph.export": ("export_graph",),
    "respgraph.matrix": ("Grid", "raci_grid", "responsibility_grid"),
    "respgraph.report": ("briefing_html", "briefing_markdown", "read_briefing"),
}
_HOME: Final = {name: home for home, names in _HOMES.items() for name in names}
__all__ = [
    "Actor",
    "Claim",
    "Corpus",
    "Document",
    "Explanation",
    "Extraction",
    "Grid",
    "Link",
    "Mention",
    "Network",
    "Page",
    "Report",
    "RespgraphError",
    "Result",
    "Selection",
    "Source",
    "Span",
    "Statement",
    "Store",
    "Update",
    "View",
    "__version__",
    "briefing_html",
    "briefing_markdown",
    "build_graph",
    "build_network",
    "build_shards",
    "check_graph",
    "explain",
    "export_graph",
    "extract",
    "extract_many",
    "find_sources",
    "format_report",
    "format_result",
    "gold_json",
    "keep_confident",
    "list_queries",
    "load_shards",
    "measure_nodes",
    "node_attributes",
    "open_graph",
    "open_store",
    "process_part",
    "raci_grid",
    "read",
    "read_briefing",
    "read_corpus",
    "read_counted",
    "read_documents",
    "read_path",
    "read_text",
    "responsibility_grid",
    "run_query",
    "to_json",
    "update_store",
    "view",
    "view_html",
    "write_nquads",
    "write_trig",
    "write_view",
]

if TYPE_CHECKING:
    from respgraph.check import Report, check_graph, format_report
    from respgraph.compare import Corpus, read_corpus, read_counted
    from respgraph.errors import RespgraphError
    from respgraph.exchange import gold_json, to_json
    from respgraph.export import export_graph
    from respgraph.matrix import Grid, raci_grid, responsibility_grid
    from respgraph.model import Actor, Claim, Document, Extraction, Link, Mention, Span, Statement
    from respgraph.network import Network, build_network, measure_nodes, node_attributes
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
    from respgraph.report import briefing_html, briefing_markdown, read_briefing
    from respgraph.scale import build_shards, load_shards, process_part
    from respgraph.store import Store, View, open_graph, open_store
    from respgraph.update import Update, update_store
    from respgraph.view import Page, Selection, view_html, write_view
    from respgraph.view.notebook import view


def __getattr__(name: str) -> Any:
    if name in _VERBS:
        return importlib.import_module(f"respgraph.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'respgraph' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


# Some packages have the name of their verb: ``respgraph.read`` is the package and, when called, the function.
_VERBS: Final = {
    "extract": "respgraph.pipeline",
    "frames": "respgraph.frames",
    "read": "respgraph.pipeline",
    "view": "respgraph.view.notebook",
}


class _Verb(ModuleType):
    """A stage's package that can be called: ``read("report.md")`` is ``pipeline.read("report.md")``."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function that has the name of this package."""
        name = self.__name__.rpartition(".")[2]
        return getattr(importlib.import_module(_VERBS[name]), name)(*args, **kwargs)


class _Package(ModuleType):
    """Makes these packages callable at the moment the import system binds them here, whoever asks first."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _VERBS and isinstance(value, ModuleType):
            value.__class__ = _Verb
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
