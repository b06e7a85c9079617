"""Stage 9, claims beside claims: who contradicts whom, what is told twice, what changed between two graphs.

``read_corpus`` reads the claims of a graph, whatever store it lies in, once; all else are functions on them.
"""

from respgraph.compare.claims import LINKS_GRAPH, Corpus, Said, Source, fold_actors, read_corpus, read_texts
from respgraph.compare.conflicts import KINDS, Conflict, find_conflicts, list_conflicts
from respgraph.compare.counted import (
    NO_MATTER,
    Counted,
    Left,
    count_claims,
    group_matters,
    left_words,
    read_counted,
    read_whole,
)
from respgraph.compare.diff import Change, Difference, diff_corpora, format_difference
from respgraph.compare.forget import Forgotten, forget_actor, forget_document, rows_without
from respgraph.compare.layout import format_conflicts
from respgraph.compare.links import derive_links, linked, links_graphs, read_links, renew_links, with_links
from respgraph.compare.near import bands_of, find_twins, pick_twins, twins_of

__all__ = [
    "KINDS",
    "LINKS_GRAPH",
    "NO_MATTER",
    "Change",
    "Conflict",
    "Corpus",
    "Counted",
    "Difference",
    "Forgotten",
    "Left",
    "Said",
    "Source",
    "bands_of",
    "count_claims",
    "derive_links",
    "diff_corpora",
    "find_conflicts",
    "find_twins",
    "fold_actors",
    "forget_actor",
    "forget_document",
    "format_conflicts",
    "format_difference",
    "group_matters",
    "left_words",
    "linked",
    "links_graphs",
    "list_conflicts",
    "pick_twins",
    "read_corpus",
    "read_counted",
    "read_links",
    "read_texts",
    "read_whole",
    "renew_links",
    "rows_without",
    "twins_of",
    "with_links",
]
