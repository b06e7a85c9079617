"""Claims -> a briefing to read and print: who holds whom responsible for what, how contested, what nobody answers.

``read_briefing`` gathers it as values, ``briefing_html``, ``briefing_markdown`` and ``briefing_json`` write it.
"""

from respgraph.report.briefing import Briefing, Group, Line, Section, Tally, read_briefing
from respgraph.report.write import briefing_html, briefing_json, briefing_markdown

__all__ = [
    "Briefing",
    "Group",
    "Line",
    "Section",
    "Tally",
    "briefing_html",
    "briefing_json",
    "briefing_markdown",
    "read_briefing",
]
