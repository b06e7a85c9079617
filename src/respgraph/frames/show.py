"""A DataFrame that shows itself well in a notebook: quotes whole, empty columns left out, dollars no formulas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd


class Table(pd.DataFrame):
    """A DataFrame like any other; only what a notebook shows of it is different."""

    @property
    def _constructor(self) -> Callable[..., Table]:
        """What selecting rows and columns gives: a table again."""
        return Table

    def _repr_html_(self) -> str | None:
        """Return the table for a notebook. Text stays text: markup is escaped, "$" begins no formula."""
        filled = [name for name in self.columns if self[name].notna().any()] or list(self.columns)
        shown = pd.DataFrame(self[filled])
        options: list[Any] = ["display.max_colwidth", None, "display.max_columns", None]
        with pd.option_context(*options, "display.html.use_mathjax", False):
            return shown._repr_html_()  # type: ignore[operator, no-any-return]
