"""What text we take in, once for forms, API and import (TRUST 4, text rules)."""

import unicodedata

from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput

BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e")
REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Cn"})


def clean_line(value: str) -> str:
    """One line: NFC, no control, unassigned, surrogate or bidirectional control characters."""
    return _clean(value, allowed="")


def clean_text(value: str) -> str:
    """Several lines: as `clean_line`, with line feed and tab allowed; CR LF becomes LF."""
    return _clean(value.replace("\r\n", "\n"), allowed="\n\t")


def is_blank(value: str) -> bool:
    """Nothing a reader would see: only spaces of any script and zero-width characters."""
    return all(character.isspace() or character in INVISIBLE for character in value)


def _clean(value: str, *, allowed: str) -> str:
    for character in value:
        if character in allowed:
            continue
        if character in BIDI_CONTROLS or unicodedata.category(character) in REFUSED_CATEGORIES:
            raise InvalidInput("text.control", _("The text contains a character that cannot be shown."))
    return unicodedata.normalize("NFC", value)
