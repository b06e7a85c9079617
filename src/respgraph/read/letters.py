"""Letters in places, and lines of them: what a page of a PDF file is before anything is understood of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median
from typing import Final

SYMBOL: Final = re.compile(r"^[\uf0a0-\uf0ff\uf02d] ?")  # bullets of the fonts Symbol and Wingdings


@dataclass(frozen=True, slots=True)
class Letter:
    """A character with its box in points from the lower left corner.

    ``tag`` is its marked-content number, ``size`` that of its font, comparable within a file.
    """

    char: str
    left: float
    bottom: float
    right: float
    top: float
    tag: int = -1
    size: float = 0.0


@dataclass(slots=True)
class Line:
    """Letters on one line; ``page`` is its number from 1."""

    letters: list[Letter]
    page: int
    text: str = ""

    def __post_init__(self) -> None:
        """Take the text of the letters."""
        text = " ".join("".join(letter.char for letter in self.letters).split())
        self.text = SYMBOL.sub("• ", text) if text else text

    @property
    def boxes(self) -> list[Letter]:
        """The letters that can be seen."""
        return [letter for letter in self.letters if letter.right > letter.left]

    @property
    def left(self) -> float:
        """Where it begins."""
        return min((letter.left for letter in self.boxes), default=0.0)

    @property
    def right(self) -> float:
        """Where it ends."""
        return max((letter.right for letter in self.boxes), default=0.0)

    @property
    def size(self) -> float:
        """The size of most of its letters: what they are set in, not how high they happen to be."""
        return median([letter.size for letter in self.boxes] or [0.0])

    @property
    def base(self) -> float:
        """Where most of its letters stand."""
        return median([letter.bottom for letter in self.boxes] or [0.0])
