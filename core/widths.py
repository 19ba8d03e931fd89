"""How wide the columns of a printed table are: pure, in points, judged by the words that stand in them."""

from collections.abc import Callable, Sequence
import re
from unicodedata import east_asian_width

UPRIGHT, ACROSS = 470.0, 717.0  # of the text on an A4 page, upright and turned
UNIT = 5.0  # a narrow sign of the type that tables are set in; a Chinese one is two
PADDING = 12.0
READABLE = 110.0  # a column of sentences narrower than this is a column of single words
ANYWHERE = 34  # signs after which a word of a machine is broken anywhere
WORD = re.compile(r"[^\s⺀-\U0003ffff]+|[⺀-\U0003ffff]")

Rows = Sequence[Sequence[str]]


def shares(head: Sequence[str], rows: Rows, right: Sequence[int], *, room: float) -> list[float | None]:
    """None for a column as wide as its words; else its share of what those leave. The table fills the room.

    Figures and words without a space are never broken. What is left is shared by the columns of sentences.
    """
    if not head:
        return []
    whole = [_widest(column, _units) for column in _columns(head, rows)]
    if sum(whole) <= room:
        texts = [place for place in range(len(head)) if place not in right] or [0]
        stretched = max(texts, key=lambda place: whole[place])
        return [1.0 if place == stretched else None for place in range(len(head))]
    needed = [_widest(column, _longest_word) for column in _columns(head, rows)]
    kept = {place for place in range(len(head)) if place in right or whole[place] <= needed[place]}
    left = room - sum(whole[place] for place in kept)
    open_ones = sorted(set(range(len(head))) - kept, key=lambda place: whole[place])
    if left <= PADDING * len(open_ones):  # nothing is left to share: all give way
        return [max(width, 1.0) for width in needed]
    for number, place in enumerate(open_ones):
        if whole[place] > left / (len(open_ones) - number):
            break
        kept.add(place)
        left -= whole[place]
    most = 2 * READABLE
    return [None if place in kept else max(min(whole[place], most), needed[place]) for place in range(len(head))]


def needs_turning(head: Sequence[str], rows: Rows) -> bool:
    """Whether the table is too wide to be read on an upright page."""
    columns = list(_columns(head, rows))
    return sum(min(_widest(one, _units), max(_widest(one, _longest_word), READABLE)) for one in columns) > UPRIGHT


def _columns(head: Sequence[str], rows: Rows) -> list[list[str]]:
    return [[str(name), *(row[place] for row in rows)] for place, name in enumerate(head)]


def _widest(column: Sequence[str], measure: Callable[[str], int]) -> float:
    return PADDING + UNIT * max(measure(text) for text in column)


def _units(text: str) -> int:
    return max(map(_line, text.split("\n")))


def _line(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def _longest_word(text: str) -> int:
    return max((min(_line(word), ANYWHERE) for word in WORD.findall(text)), default=0)
