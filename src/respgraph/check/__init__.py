"""Stage 7, does a graph hold together? SHACL shapes, and that each quote stands at its offsets.

The answer is a value, a ``Report``; only a graph that cannot be read at all is an exception.
"""

from respgraph.check.report import Finding, Report, check_graph, format_report
from respgraph.check.verify import Verification, format_verification, verify_graph

__all__ = [
    "Finding",
    "Report",
    "Verification",
    "check_graph",
    "format_report",
    "format_verification",
    "verify_graph",
]
