"""A drawing as PNG: Typst lays the SVG on a page of its size, with the fonts of our papers and none of the system's."""

from functools import cache
from typing import Any, Final

from django.conf import settings
import typst

from core.charts.drawing import svg

TEMPLATES: Final = settings.BASE_DIR / "templates" / "paper"
SHARPNESS: Final = 144.0  # dots per inch where the drawing's unit is 1/72 inch: two dots each


def png(figure: dict[str, Any], *, title: str = "", note: str = "", size: tuple[int, int] = (960, 440)) -> bytes:
    """The same drawing as `svg`, twice as many dots as it has units."""
    made: bytes = typst.compile(
        TEMPLATES / "chart.typ",
        root=TEMPLATES,
        font_paths=fonts(),
        format="png",
        ppi=SHARPNESS,
        sys_inputs={"drawing": svg(figure, title=title, note=note, size=size)},
    )
    return made


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[settings.PAPER_FONTS])
