"""Graph -> one self-contained HTML page: who holds whom responsible, each line with its words.

The page needs no network, runs no script but its own, and is the same bytes for the same graph.
"""

from respgraph.view.page import view_html, write_view

__all__ = ["view_html", "write_view"]
