"""What a report is made of once its data are told in a language: sections of sentences, figures, tables and charts.

Page, PDF and Word show the same blocks, so they cannot say different numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
import re
from typing import Any, ClassVar, TypeAlias

NAMED = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Cell:
    """A word or a figure, with the page of the records it counts."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph; `look` is plain, lead or quiet. `parts` are the same words where some of them open records."""

    kind: ClassVar[str] = "sentence"
    text: str
    look: str = "plain"
    parts: Sequence[Cell] = ()


def sentence(words: str, look: str = "plain", **named: str | Cell) -> Sentence:
    """A translated sentence with its placeholders filled; a cell among them opens its records."""
    pieces = NAMED.split(words)
    parts = [_cell(named[piece]) if place % 2 else Cell(piece) for place, piece in enumerate(pieces) if piece]
    return Sentence("".join(part.text for part in parts), look, parts)


def _cell(said: str | Cell) -> Cell:
    return said if isinstance(said, Cell) else Cell(said)


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    kind: ClassVar[str] = "figures"
    items: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Table:
    """`right` names the columns of figures, from 0; `nothing` is said where there is no row."""

    kind: ClassVar[str] = "table"
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    right: Sequence[int] = ()
    nothing: str = ""
    total: bool = False

    @property
    def labelled(self) -> list[list[tuple[Cell, str, bool]]]:
        """Each cell with its column's heading and whether it is a figure, for narrow screens."""
        return [[(cell, self.head[place], place in self.right) for place, cell in enumerate(row)] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure as the screen draws it; the title says the finding, and the table has the same numbers."""

    kind: ClassVar[str] = "chart"
    title: str
    summary: str
    figure: dict[str, Any]
    table: Table

    @property
    def plain_table(self) -> dict[str, Any]:
        """As `components/chart.html` shows it."""
        return {"headings": list(self.table.head), "rows": [[cell.text for cell in row] for row in self.table.rows]}


Block: TypeAlias = Sentence | Figures | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    blocks: Sequence[Block]


def values(sections: Sequence[Section]) -> list[str]:
    """Every figure in order, as written: what two languages of one report must share."""
    found: list[str] = []
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Figures):
                found += [one.value for one in block.items]
            elif isinstance(block, Table):
                found += [row[place].text for row in block.rows for place in block.right]
            elif isinstance(block, Chart):
                found += [row[place].text for row in block.table.rows for place in block.table.right]
    return found
