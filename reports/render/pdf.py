"""A report as PDF: its blocks laid out by the one paper template; words come as data, never as markup (TRUST EX-05)."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from core import charts, paper
from core.addresses import absolute
from core.paper import Paper, Part
from reports.blocks import Block, Chart, Figures, Section, Sentence, Table
from reports.render.document import Told

CHART = (680, 250)  # points of the drawing, as wide as the page
LONG = 6  # sections from which a report opens with its contents


def as_paper(told: Told) -> Paper:
    parts: list[Part] = [paper.Text(told.stamp, "strong")] if told.stamp else []
    parts.append(paper.Facts(list(told.facts)))
    if len(told.sections) >= LONG:
        parts.append(paper.Contents(_("Contents")))
    for section in told.sections:
        parts += _section(section)
    return Paper(
        title=told.title,
        reference=told.reference,
        mark=f"{told.mark} · {told.stamp}" if told.stamp else told.mark,
        at=told.at,
        parts=parts,
        proof=told.proof,
    )


def _section(section: Section) -> list[Part]:
    return [paper.Heading(section.title), *(part for block in section.blocks for part in _block(block))]


def _block(block: Block) -> Iterator[Part]:
    if isinstance(block, Sentence):
        pieces = [(part.text, _absolute(part.href)) for part in block.parts]
        yield paper.Text(block.text, block.look, pieces)
    elif isinstance(block, Figures):
        yield paper.Cards([(one.label, one.value, one.note, _absolute(one.href)) for one in block.items])
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Chart):
        yield paper.Text(block.title, "strong")
        yield paper.Drawing(charts.svg(block.figure, size=CHART), f"{block.title}. {block.summary}")
        yield from _table(block.table)


def _table(table: Table) -> Sequence[Part]:
    if not table.rows:
        return [paper.Text(table.nothing, "quiet")]
    rows = [[cell.text for cell in row] for row in table.rows]
    opens = [[_absolute(cell.href) for cell in row] for row in table.rows]
    return [paper.Table(list(table.head), rows, right=list(table.right), total=table.total, opens=opens)]


def _absolute(href: str) -> str:
    return absolute(href) if href else ""
