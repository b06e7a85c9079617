"""Measured networks -> an Excel workbook: nodes, ties, and what is so of the whole."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from respgraph.errors import RespgraphError
from respgraph.export.tables import EXCEL_ROWS, excel_text
from respgraph.network.survey import Measured
from respgraph.network.table import columns_of, node_rows, summary, tie_rows
from respgraph.query import Cell

_WIDE: Final = {"name": 34, "source": 30, "target": 30, "quote": 80, "document": 30, "what is so of the whole": 120}


def networks_xlsx(
    measured: Iterable[Measured], account: str = "", sort: str | None = None, limit: int | None = None
) -> bytes:
    """Return measured networks as a workbook: nodes, ties, and what is so of the whole.

    Every text is a text, never a formula or a link; the same networks give the same bytes.

    Args:
        measured: One network, or one per period.
        account: What was not counted, for the last sheet.
        sort: As ``format_networks`` takes it.
        limit: At most so many rows of each network and sheet.

    Raises:
        RespgraphError: More rows than a sheet has.
    """
    import xlsxwriter

    held = tuple(measured)
    spread = any(m.intervals for m in held)
    sheets: list[tuple[str, tuple[str, ...], list[tuple[Cell | None, ...]]]] = [
        (
            "Nodes",
            columns_of(held, "nodes", "csv"),
            [r for m in held for r in node_rows(m, sort, limit, "csv", spread)],
        ),
        ("Ties", columns_of(held, "ties", "csv"), [r for m in held for r in tie_rows(m, limit)]),
        ("About", ("what is so of the whole",), [(Cell("literal", line),) for m in held for line in summary(m, 200)]),
    ]
    if account:
        sheets[-1][2].append((Cell("literal", account),))
    if max(len(rows) for _, _, rows in sheets) > EXCEL_ROWS:
        raise RespgraphError("more rows than a sheet of a workbook has; ask for fewer with --limit, or write CSV")
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": "Network", "created": datetime(2000, 1, 1)})
        head, wrap = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
        for name, columns, rows in sheets:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for m, column in enumerate(columns):
                sheet.set_column(m, m, _WIDE.get(column, 14))
                sheet.write_string(0, m, column.replace("_", " "), head)
            for n, row in enumerate(rows, 1):
                for m, cell in enumerate(row):
                    if cell is not None and cell.datatype:
                        sheet.write_number(n, m, float(cell.value), wrap)
                    elif cell is not None and cell.value:
                        sheet.write_string(n, m, excel_text(cell.value), wrap)
    return out.getvalue()
