"""The name a sender gave a file, made fit to be shown. It never becomes a path (UP-02, UP-09)."""

import re
import unicodedata

from core.text import BIDI_CONTROLS, INVISIBLE, REFUSED_CATEGORIES

LONGEST = 120
SPACES = re.compile(r"\s+")


def shown_name(name: str, *, ending: str) -> str:
    """The last part of the name, without what cannot be seen, at most `LONGEST` characters, with its true ending."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(character for character in last if _is_shown(character))
    stem = SPACES.sub(" ", seen).strip()
    if stem.lower().endswith(f".{ending}"):
        stem = stem[: -len(ending) - 1]
    stem = stem.strip(" .")
    return f"{stem[: LONGEST - len(ending) - 1] or 'file'}.{ending}"


def _is_shown(character: str) -> bool:
    if character in BIDI_CONTROLS or character in INVISIBLE:
        return False
    return character in "\t\n " or unicodedata.category(character) not in REFUSED_CATEGORIES
