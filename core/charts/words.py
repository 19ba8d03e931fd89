"""Text in a drawing: how wide it is, broken into lines, and as an element. Pure."""

from collections.abc import Iterator
from html import unescape
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

INK, QUIET = "#16202e", "#43536a"
HOUSE_FONTS = (
    "Inter Variable, Noto Sans HK, PingFang HK, Microsoft JhengHei, Noto Sans HK Variable, Noto Sans SC, sans-serif"
)
SIMPLIFIED_FONTS = (
    "Inter Variable, Noto Sans SC, PingFang SC, Microsoft YaHei, Noto Sans SC Variable, Noto Sans HK, sans-serif"
)
FONTS = {"zh-hans": SIMPLIFIED_FONTS}
NARROW, WIDE = 0.56, 1.0  # of the font's size: a Latin character and a Chinese one


def element(name: str, **attributes: object) -> str:
    """An empty element. `stroke_width` becomes `stroke-width`; None is left out; figures keep two decimals."""
    return f"<{name}{_written(attributes)}/>"


def _written(attributes: dict[str, object]) -> str:
    return "".join(
        f" {name.replace('_', '-')}={quoteattr(_plain(value))}"
        for name, value in attributes.items()
        if value is not None
    )


def _plain(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def text(words: str, x: float, y: float, *, size: float = 12, anchor: str = "start", **more: object) -> str:
    """Words at a place, never read as markup; Plotly's own escapes are taken back first."""
    told = {"x": x, "y": y, "font_size": size, "fill": INK} | more
    if anchor != "start":
        told["text_anchor"] = anchor
    return f"<text{_written(told)}>{escape(unescape(words))}</text>"


HAIR = 0.01  # room that was measured by the same words may come out a rounding smaller


def width(words: str, size: float = 12) -> float:
    """About how wide words are: enough to keep them apart."""
    return sum(WIDE if east_asian_width(one) in "WF" else NARROW for one in unescape(words)) * size


def shortened(words: str, most: float, size: float = 12) -> str:
    """Words cut to a width, with an ellipsis where something is lost."""
    words = unescape(words)
    if width(words, size) <= most + HAIR:
        return words
    while words and width(f"{words}…", size) > most:
        words = words[:-1]
    return f"{words.rstrip()}…"


def lines(words: str, most: float, size: float) -> list[str]:
    """Words broken at spaces, or between Chinese characters, into lines of a width."""
    found, line = [], ""
    for piece in _pieces(words):
        if line and width(line + piece.rstrip(), size) > most:
            found.append(line.rstrip())
            line = ""
        line += piece
    return [*found, line.rstrip()] if line.strip() else found


def _pieces(words: str) -> Iterator[str]:
    """What may stand at the end of a line: a word with its space, or one Chinese character."""
    piece = ""
    for one in words:
        if east_asian_width(one) in "WF":
            if piece:
                yield piece
            yield one
            piece = ""
            continue
        piece += one
        if one == " ":
            yield piece
            piece = ""
    if piece:
        yield piece
