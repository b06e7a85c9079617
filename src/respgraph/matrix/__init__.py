"""Claims -> tables of who is responsible for what, with who says so; and RACI tables where the texts give roles.

``responsibility_grid`` and ``raci_grid`` make a ``Grid``; ``grid_html``, ``grid_csv``, ``grid_json``, ``grid_markdown``
and ``grid_xlsx`` write one, each cell with its quotes.
"""

from respgraph.matrix.grid import OF, Column, Entry, Finding, Grid, responsibility_grid
from respgraph.matrix.raci import raci_grid
from respgraph.matrix.write import accounts, grid_csv, grid_html, grid_json, grid_markdown, grid_xlsx

__all__ = [
    "OF",
    "Column",
    "Entry",
    "Finding",
    "Grid",
    "accounts",
    "grid_csv",
    "grid_html",
    "grid_json",
    "grid_markdown",
    "grid_xlsx",
    "raci_grid",
    "responsibility_grid",
]
