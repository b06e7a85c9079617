"""YAML front matter: only its title and date are read, as simple ``key: value`` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from respgraph.read.dates import read_date
from respgraph.read.lines import LINE_END

MOST_LINES: Final = 300
KEY: Final = re.compile(r"(?P<key>[A-Za-z][\w-]{0,40}):(?: +(?P<value>.*))?$")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Where the body of a text begins, and what stands before it."""

    end: int = 0
    title: str | None = None
    date: str | None = None


def find_front_matter(text: str) -> FrontMatter:
    """Return the front matter of a text; without one, an empty one that ends at 0."""
    if not text.startswith("---") or not (first := LINE_END.search(text)) or text[3 : first.start()].strip():
        return FrontMatter()
    keys: dict[str, str] = {}
    start = first.end()
    for _, end in zip(range(MOST_LINES), LINE_END.finditer(text + "\n", start), strict=False):
        line = text[start : end.start()].rstrip()
        if line in ("---", "..."):
            return _made(keys, min(end.end(), len(text))) if keys else FrontMatter()
        if found := KEY.match(line):
            keys.setdefault(found["key"].lower(), (found["value"] or "").strip())
        start = end.end()
    return FrontMatter()


def _made(keys: dict[str, str], end: int) -> FrontMatter:
    title = keys.get("title", "").strip("\"'").strip()
    day = next((found for key in ("date", "published") if (found := read_date(keys.get(key, "").strip("\"'")))), None)
    return FrontMatter(end, title or None, day)
