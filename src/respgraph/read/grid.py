"""Lines of a page without tags -> tables, where columns leave no doubt.

A table is three rows or more, one below the other: a first one of short words over each column, then rows whose cells
begin at the same places, none reaching into the next column, the first and one other never empty. A line goes on with
the cell above it only if its first word would not have fitted there, and rows must stand further apart than the lines
of a cell. Whatever breaks that - a cell over two columns,
numbers set to the right, the columns of a newspaper - is no table here, and its words come as the lines they are: a
wrong table would say of words that they are a factor and its response.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from respgraph.read.letters import Letter, Line

WIDE: Final = 1.0  # times the size of letters between two that are not of one cell
LOOSE: Final = 0.4  # and between words that may be of two columns which stand too close to be told apart
NARROW: Final = 0.35  # and where the second is at the left of a known column
SAME: Final = 3.0  # points between the left edges of cells in one column
LEADING: Final = 1.35  # times the size of letters from line to line in a cell, at most
FEWEST: Final = 3  # rows
LONGEST_HEAD: Final = 60  # characters over a column
SHORT: Final = 25  # characters of a cell that is seldom more than a line
LONGEST_CELL: Final = 400  # characters
LONGEST: Final = 200  # lines of a table
MOST_TRIES: Final = 100  # lines of a page that may be the head of a table and are not
MOST_TORN: Final = 0.2  # of the cells that may go on with a small letter in the row below


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters of a line that stand close together; ``loose`` if not as close as the words of a sentence."""

    left: float
    right: float
    base: float
    size: float
    text: str
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines from ``start`` to before ``end`` are a table; a cell is its lines."""

    start: int
    end: int
    rows: tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(slots=True)
class _Row:
    """A row while it is read: the stretches of each of its cells, and where its first and last line stand."""

    cells: list[list[Stretch]]
    top: float
    bottom: float

    def add(self, column: int, stretch: Stretch) -> None:
        self.cells[column].append(stretch)
        self.top, self.bottom = max(self.top, stretch.base), min(self.bottom, stretch.base)


def find_grids(lines: Sequence[Line]) -> Iterator[Grid]:
    """Yield the tables among the lines of a page, in reading order."""
    at = tries = 0
    while at < len(lines) and tries < MOST_TRIES:
        head = stretches(lines[at])
        grid = _grid_at(lines[: at + LONGEST], at, head) if len(head) > 1 else None
        if grid is not None:
            yield grid
        tries += len(head) > 1 and grid is None
        at = at + 1 if grid is None else grid.end


def stretches(line: Line, lefts: Sequence[float] = ()) -> list[Stretch]:
    """Return what of a line stands apart: by a wide gap, or by a gap before the left edge of a known column."""
    size = line.size
    parts: list[list[Letter]] = [[]]
    loose = [False]
    last: Letter | None = None
    for letter in line.letters:
        seen = letter.right > letter.left and not letter.char.isspace()
        if seen and last is not None:
            gap = letter.left - last.right
            at_edge = any(abs(letter.left - edge) <= SAME / 2 for edge in lefts)
            if gap > WIDE * size or (at_edge and gap > NARROW * size):
                parts.append([])
                loose.append(False)
            elif gap > LOOSE * size:
                loose[-1] = True
        last = letter if seen else last
        parts[-1].append(letter)
    found = zip((Line(part, line.page) for part in parts), loose, strict=True)
    return [Stretch(part.left, part.right, part.base, size, part.text, wide) for part, wide in found if part.text]


def _grid_at(lines: Sequence[Line], start: int, head: list[Stretch]) -> Grid | None:
    """Return the table whose first row is a line, if there is one."""
    if not all(_is_head(stretch) for stretch in head):
        return None
    lefts = _lefts(lines, start, len(head))
    if lefts is None:
        return None
    last = [s.right for line in lines[start:] for s in stretches(line, lefts) if abs(s.left - lefts[-1]) <= SAME]
    ends = [*(left - 1 for left in lefts[1:]), max([head[-1].right, *last]) + 1]
    if not all(lefts[n] - SAME <= s.left and s.right <= ends[n] for n, s in enumerate(head)):
        return None
    rows: list[_Row] = []
    for number, line in enumerate(lines[start + 1 :], start + 1):
        placed = [(_column(s, lefts, ends), s) for s in stretches(line, lefts)]
        inside = all(column is not None for column, _ in placed)
        if inside and _place(placed, rows, ends, head[0].base):
            if len(rows) < 2 or _is_full(rows[-2]):
                continue
            if len(placed) > 1:
                return None  # a row of one cell, and then the table goes on
            rows.pop()
            break
        if rows and not _is_full(rows[-1]):
            break
        if len(placed) > 1 or (inside and placed[0][0] != 0):
            return None  # something like a table goes on: not one that is understood
        if any(_is_row(line, lefts, ends) for line in lines[number + 1 : number + 3]):
            return None  # a cell over all columns, and then the table goes on
        break
    while rows and not _is_full(rows[-1]):
        rows.pop()
    if rows and _may_go_on(rows[-1], ends, lines[-1]):
        rows.pop()
    return _grid(start, head, rows, lines, lefts)


def _may_go_on(row: _Row, ends: Sequence[float], last: Line) -> bool:
    """Say whether a row at the foot of a page may go on over the page: a cell of it is full, and does not stop."""
    if row.bottom > last.base + 0.5 * last.size:
        return False
    tails = [(cell, cell[-1], end) for cell, end in zip(row.cells, ends, strict=True) if cell]
    return any(
        tail.text[-1] not in ".!?" and (len(cell) > 1 or (len(tail.text) > SHORT and tail.right > end - 4 * tail.size))
        for cell, tail, end in tails
    )


def _grid(
    start: int, head: list[Stretch], rows: list[_Row], lines: Sequence[Line], lefts: Sequence[float]
) -> Grid | None:
    """Return the table of some rows, if they are enough and none of them is prose."""
    if len(rows) + 1 < FEWEST:
        return None
    cells = [[tuple(s.text for s in cell) for cell in row.cells] for row in rows]
    if any(sum(map(len, cell)) > LONGEST_CELL for row in cells for cell in row):
        return None
    within = [one.base - two.base for row in rows for cell in row.cells for one, two in pairwise(cell)]
    between = min(one.bottom - two.top for one, two in pairwise(rows))
    if max(within, default=0.0) > between - 0.5:
        return None  # rows stand no further apart than lines of a cell: where one ends cannot be told
    if any(_is_loose([cell for row in rows for cell in row.cells[n]]) for n in range(len(head))):
        return None
    close = between < LEADING * head[0].size
    if any(_is_torn(column, close) for column in zip([(s.text,) for s in head], *cells, strict=True)):
        return None
    wanted = sum(len(cell) for row in rows for cell in row.cells)
    end, seen = start + 1, 0
    while seen < wanted:
        seen += len(stretches(lines[end], lefts))
        end += 1
    first = tuple((stretch.text,) for stretch in head)
    return Grid(start, end, (first, *(tuple(row) for row in cells)))


def _is_row(line: Line, lefts: Sequence[float], ends: Sequence[float]) -> bool:
    """Say whether a line has words in several columns and in nothing else."""
    found = stretches(line, lefts)
    return len(found) > 1 and all(_column(stretch, lefts, ends) is not None for stretch in found)


def _is_torn(column: Sequence[tuple[str, ...]], close: bool) -> bool:
    """Say whether the cells of a column look like one text: they go on with small letters where the one above stops.

    Where rows do not stand as ``close`` as lines, cells may all begin with a small letter.
    """
    starts = [cell[0][:1].islower() for cell in column[1:] if cell]
    pairs = [(one[-1], two[0]) for one, two in pairwise(column) if one and two]
    torn = sum(two[:1].islower() and one[-1] not in ".;:!?" for one, two in pairs)
    return (close or not all(starts)) and torn > MOST_TORN * len(pairs)


def _is_loose(column: Sequence[Stretch]) -> bool:
    """Say whether many of the lines in a column have a gap: it may be two columns."""
    return sum(stretch.loose for stretch in column) > len(column) / 3


def _is_head(stretch: Stretch) -> bool:
    """Say whether words may stand over a column."""
    text = stretch.text
    return (
        len(text) <= LONGEST_HEAD and any(map(str.isalpha, text)) and text[-1] not in ".:;," and not text[0].islower()
    )


def _lefts(lines: Sequence[Line], start: int, count: int) -> list[float] | None:
    """Return where the columns begin, as the first row below the head has it; None if it does not have them all."""
    lefts: list[float] = []
    for line in lines[start + 1 : start + 60]:
        for stretch in stretches(line, lefts):
            if any(abs(stretch.left - left) <= SAME for left in lefts):
                continue
            if lefts and stretch.left < lefts[-1] + 2 * stretch.size:
                return None
            lefts.append(stretch.left)
        if len(lefts) >= count:
            return lefts if len(lefts) == count else None
    return None


def _column(stretch: Stretch, lefts: Sequence[float], ends: Sequence[float]) -> int | None:
    """Return the column that a stretch begins and ends in."""
    for number, (left, end) in enumerate(zip(lefts, ends, strict=True)):
        if abs(stretch.left - left) <= SAME and stretch.right <= end:
            return number
    return None


def _place(placed: list[tuple[int | None, Stretch]], rows: list[_Row], ends: Sequence[float], above: float) -> bool:
    """Put the stretches of a line into the last row or a new one; say whether they belong to the table at all."""
    for column, stretch in placed:
        if column is None:
            return False
        row = rows[-1] if rows else None
        held = row.cells[column] if row else []
        goes_on = held and _goes_on(held[-1], stretch, ends[column])
        before = rows[-2].bottom if len(rows) > 1 else above
        begins = column > 0 and not held and row and stretch.base < before - 0.5 * stretch.size
        if row and (goes_on or begins):
            row.add(column, stretch)
        elif column == 0 and stretch.base < (row.bottom if row else above) - 0.5 * stretch.size:
            new = _Row([[] for _ in ends], stretch.base, stretch.base)
            new.add(0, stretch)
            rows.append(new)
        else:
            return False
    return True


def _goes_on(last: Stretch, stretch: Stretch, end: float) -> bool:
    """Say whether a line goes on with the cell above it: it follows closely, and its first word did not fit there."""
    if not 0.5 * stretch.size < last.base - stretch.base < LEADING * stretch.size:
        return False
    each = (stretch.right - stretch.left) / max(1, len(stretch.text))
    return last.right + each * (len(stretch.text.split(maxsplit=1)[0]) + 1) > end - each


def _is_full(row: _Row) -> bool:
    return bool(row.cells[0]) and any(row.cells[1:])
