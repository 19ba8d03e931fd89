"""A paper as PDF: parts in order, laid out by one Typst template. Words come as data, never as markup (TRUST EX-05).

The same paper gives the same bytes: its fonts are our own, and its date is the moment it speaks of.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
import json
from typing import Any, Final, TypeAlias

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
import typst

from core import widths

PDF: Final = "application/pdf"
TEMPLATES: Final = settings.BASE_DIR / "templates" / "paper"
BREAKS: Final = "\n\t"
HOUSE: Final = {"en": ("en", "HK"), "zh-hant": ("zh", "HK"), "zh-hans": ("zh", "CN")}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, which is also a bookmark. Levels are not skipped."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph for each line; `look` is plain, strong, quiet or lead.

    `pieces` are the same words, each with the address that it opens, or none.
    """

    text: str
    look: str = "plain"
    pieces: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what they are, side by side."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text under a head that repeats on each page; `right` names the columns of figures, from 0.

    `opens` has the address behind each cell, or none; left out, no cell opens anything.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[int] = ()
    total: bool = False  # the last row is a sum
    opens: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered or not."""

    items: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings with their pages."""

    title: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows starts on a page of its own."""


@dataclass(frozen=True, slots=True)
class Cards:
    """Figures side by side: a label, the figure, a note under it, and the address that the figure opens, or none."""

    items: Sequence[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as SVG (`core.charts`), as wide as the page; `alt` says it to whoever does not see it."""

    svg: str
    alt: str


Part: TypeAlias = Heading | Text | Facts | Table | Items | Contents | NewPage | Cards | Drawing


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper in one language. `mark` is its classification, `proof` the lines at its end that let it be checked.

    `turned` lays its pages across, for tables that are too wide for an upright one.
    """

    title: str
    reference: str
    mark: str
    at: datetime
    parts: Sequence[Part]
    proof: Sequence[str] = ()
    turned: bool = False

    def pdf(self) -> bytes:
        """PDF/UA-1: tagged, with title, language and bookmarks. About 0.05 s a page."""
        made: bytes = typst.compile(
            TEMPLATES / "paper.typ",
            root=TEMPLATES,
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={"data": json.dumps(_displayable(self._data()), ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=self.at.astimezone(UTC).replace(microsecond=0),
        )
        return made

    def _data(self) -> dict[str, Any]:
        language, region = HOUSE[get_language() or "en"]
        return {
            "title": self.title,
            "reference": self.reference,
            "mark": self.mark,
            "owner": _("AI Efficacy Enhancement Team"),
            "government": _("Government of the Hong Kong Special Administrative Region"),
            "page": _("Page %(number)s of %(count)s") % {"number": "{number}", "count": "{count}"},
            "language": language,
            "region": region,
            "date": [self.at.year, self.at.month, self.at.day],
            "turned": self.turned,
            "parts": [self._part(part) for part in self.parts],
            "proof": list(self.proof),
        }

    def _part(self, part: Part) -> dict[str, Any]:
        told = {"kind": type(part).__name__.lower(), **asdict(part)}
        if isinstance(part, Table):
            room = widths.ACROSS if self.turned else widths.UPRIGHT
            told["widths"] = widths.shares(part.head, part.rows, part.right, room=room)
        return told

    def answer(self, name: str) -> HttpResponse:
        """The paper as a download under a name of ours."""
        answer = HttpResponse(self.pdf(), content_type=PDF)
        answer["Content-Disposition"] = f'attachment; filename="{name}_{get_language()}.pdf"'
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer


def in_language(asked: str) -> Any:
    """The language a paper is asked for in; any other word leaves the reader's own."""
    return override(asked if asked in HOUSE else get_language())


def _displayable(data: Any) -> Any:
    """A character that no font of ours has is written as its code point: nothing is lost, and nothing is a box."""
    if isinstance(data, str):
        return "".join(one if ord(one) in _covered() or one in BREAKS else f"[U+{ord(one):04X}]" for one in data)
    if isinstance(data, dict):
        return {name: _displayable(value) for name, value in data.items()}
    return [_displayable(value) for value in data] if isinstance(data, list | tuple | range) else data


@cache
def _covered() -> frozenset[int]:
    """The characters that every weight of some family has."""
    families: dict[str, set[int]] = {}
    for path in sorted(settings.PAPER_FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            here = set(font.getBestCmap())
        family = path.stem.partition("_")[0]
        families[family] = families.get(family, here) & here
    return frozenset().union(*families.values())


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[settings.PAPER_FONTS])
