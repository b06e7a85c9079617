"""Stage 7, questions: a catalogue of named queries, a user's own SPARQL behind a guard, four ways to print.

Nothing here loads an RDF library before a query is run.
"""

from respgraph.query.catalogue import NamedQuery, Parameter, list_queries, load_query
from respgraph.query.layout import FORMATS, format_result, harmless
from respgraph.query.result import Cell, Result
from respgraph.query.run import needs_links, run_query

__all__ = [
    "FORMATS",
    "Cell",
    "NamedQuery",
    "Parameter",
    "Result",
    "format_result",
    "harmless",
    "list_queries",
    "load_query",
    "needs_links",
    "run_query",
]
