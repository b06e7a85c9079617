"""A graph as DataFrames: ``respgraph.frames(graph).claims()``, for notebooks.

Types are what pandas works with: categories for what has few values, days as dates, offsets as integers, whether a
claim is hedged as a truth value. A cell nobody filled is missing (<NA>), not "". In a notebook quotes are shown whole,
and columns that are empty everywhere are not shown; they are still there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from respgraph.compare import Conflict, Corpus, Said, find_conflicts, read_links, read_whole
from respgraph.errors import MissingExtraError
from respgraph.export.table import (
    ACTORS,
    CLAIMS,
    DOCUMENTS,
    LINKS,
    Column,
    Row,
    actor_rows,
    claim_rows,
    columns_of,
    day_of,
    document_rows,
    link_rows,
)
from respgraph.store import View, open_graph, view_of

if TYPE_CHECKING:
    import pandas as pd
    from rdflib import Dataset

CONFLICTS: Final = columns_of("""
    kind           | category | contradiction, shift, definition, unanswered, no-bearer or denied-by-all
    about          | text     | What it is about
    why            | text     | In what the sides differ
    score          | decimal  | How alike the matters are, 0 to 1
    speaker        | text     | Who says one side (the later, where both are dated)
    quote          | text     | With which words
    day            | day      | When, first day of the date
    document       | category | In which document
    other_speaker  | text     | Who says the other side
    other_quote    | text     | With which words
    other_day      | day      | When
    other_document | category | In which document
    sides          | integer  | How many claims take part
    claim          | text     | The claim of one side in the graph
    other_claim    | text     | That of the other
""")


class Frames:
    """The tables of one graph; it is read once, when the first is asked for."""

    def __init__(self, view: View) -> None:
        """Keep the graph; use ``frames``."""
        self._view = view

    @cached_property
    def corpus(self) -> Corpus:
        """The claims as values."""
        return read_whole(self._view)

    def claims(self) -> pd.DataFrame:
        """Return one row per claim, in the order of documents and places; columns as in ``respgraph export``."""
        return _frame(CLAIMS, claim_rows(self.corpus))

    def actors(self) -> pd.DataFrame:
        """Return one row per actor, those of most claims first."""
        rows = sorted(actor_rows(self.corpus), key=lambda row: (-int(str(row[2])) - int(str(row[3])), str(row[0])))
        return _frame(ACTORS, rows)

    def conflicts(self) -> pd.DataFrame:
        """Return one row per conflict, as ``respgraph conflicts`` finds them, the two first sides beside each other."""
        found = find_conflicts(self.corpus, twins=self.corpus.repeats)
        return _frame(CONFLICTS, map(_conflict_row, found))

    def documents(self) -> pd.DataFrame:
        """Return one row per document, by name."""
        return _frame(DOCUMENTS, document_rows(self.corpus))

    def links(self) -> pd.DataFrame:
        """Return one row per link between two claims: the contradictions, shifts and rival names of ``conflicts``."""
        return _frame(LINKS, link_rows(read_links(self._view, self.corpus)))

    def __repr__(self) -> str:
        texts = len(self.corpus.sources)
        count = f"{len(self.corpus.claims):,} claims in {texts:,} document{'s' * (texts != 1)}"
        if repeated := sum(claim.source.iri in self.corpus.repeats for claim in self.corpus.claims):
            count += f", {repeated:,} in texts that nearly repeat another (column repeats)"
        return f"<respgraph.frames: {count}; .claims() .actors() .conflicts() .documents() .links()>"


def frames(graph: View | Dataset | str | Path) -> Frames:
    """Return the tables of a graph.

    Args:
        graph: What ``open_graph`` gave, an rdflib Dataset (``build_graph``), or an address such as ``graph.trig``.

    Raises:
        RespgraphError: An address that cannot be read.
        MissingExtraError: When a table is asked for, and pandas is not installed.

    >>> from respgraph import build_graph
    >>> bool(frames(build_graph(["graphs/flood/source.md"])).claims()["type"].eq("responsibility").any())
    True
    """
    if isinstance(graph, View):
        return Frames(graph)
    if isinstance(graph, str | Path):
        return Frames(open_graph(graph))
    from respgraph.rdf.write import as_rows

    return Frames(view_of(as_rows(graph)))


def _conflict_row(c: Conflict) -> Row:
    one = c.sides[0]
    other = c.sides[1] if len(c.sides) > 1 else None
    second = _side(other) if other else ("", "", None, "")
    return c.kind, c.about, c.why, c.score, *_side(one), *second, len(c.sides), one.iri, other.iri if other else ""


def _side(c: Said) -> Row:
    return c.actor("speaker")[1], c.quote, day_of(c.when), c.source.name


def _frame(columns: Iterable[Column], rows: Iterable[Row]) -> pd.DataFrame:
    """Return rows as a DataFrame whose columns have the types that their kinds mean."""
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtraError("frames", "pandas") from error
    from respgraph.frames.show import Table

    held = list(rows)
    cells = list(zip(*held, strict=True)) if held else [()] * len(tuple(columns))
    return Table({c.name: _series(pd, c, values) for c, values in zip(columns, cells, strict=True)})


def _series(pd: Any, column: Column, values: tuple[Any, ...]) -> Any:
    if column.kind == "text":
        return pd.array([value or None for value in values], dtype="string")
    if column.kind == "category":
        return pd.Categorical([value or None for value in values])
    if column.kind == "day":
        return pd.to_datetime(pd.Series(values, dtype="object"), errors="coerce").astype("datetime64[s]")
    return pd.array(list(values), dtype={"integer": "int64", "decimal": "float64", "boolean": "bool"}[column.kind])


__all__ = ["CONFLICTS", "Frames", "frames"]
