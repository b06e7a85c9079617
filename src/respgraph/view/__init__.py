"""Graph -> one self-contained HTML page: who holds whom responsible, each line with its words.

The page needs no network, runs no script but its own, and is the same bytes for the same graph.
"""

from respgraph.view.page import Page, make_page, view_html, write_view
from respgraph.view.select import Selection

__all__ = ["Page", "Selection", "make_page", "view_html", "write_view"]
