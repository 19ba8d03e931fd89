"""Registers that are known: which heading is which field, and what their words and blanks mean. Data, not code.

Each profile is a file of `data/import_profiles/`. It is offered when the heading of a file holds all of
the profile's own; a person may change every part of it before anything is read.
"""

from collections.abc import Mapping as Readable
from functools import cache
import json
from pathlib import Path
from typing import Any

from django.conf import settings

from projects.importing.mapping import Mapping
from projects.importing.values import squeezed

OPTIONS = ("days", "blanks", "withheld", "leaves_unreadable", "titles_repeat")
FOLDER = Path(settings.BASE_DIR) / "data" / "import_profiles"


@cache
def profiles() -> dict[str, dict[str, Any]]:
    """Every profile by its name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def fitting(heading: list[str]) -> str:
    """The name of the profile whose headings the file has, or nothing; the one that names most columns is first."""
    squeezed_heading = [squeezed(name) for name in heading]
    fits = [
        (len(_wanted(profile)), name)
        for name, profile in profiles().items()
        if all(_place(wanted, squeezed_heading) is not None for wanted in _wanted(profile))
    ]
    return max(fits)[1] if fits else ""


def applied(name: str, heading: list[str]) -> Mapping:
    """The profile on this heading."""
    profile = profiles()[name]
    known = [squeezed(text) for text in heading]

    def place(wanted: str) -> int:
        found = _place(wanted, known)
        return -1 if found is None else found

    options = {
        key: profile[key]
        for key in ("days", "blanks", "withheld", "leaves_unreadable", "titles_repeat")
        if key in profile
    }
    return Mapping(
        columns={field: place(wanted) for field, wanted in profile["columns"].items()},
        kept=[place(wanted) for wanted in profile.get("kept", [])],
        withheld_in=[place(wanted) for wanted in profile.get("withheld_in", [])],
        newest_by=place(profile["newest_by"]) if "newest_by" in profile else None,
        words=_words(profile.get("words", {})),
        profile=name,
        **options,
    )


def _words(words: Readable[str, Readable[str, str]]) -> dict[str, dict[str, str]]:
    return {field: {squeezed(word): meaning for word, meaning in meanings.items()} for field, meanings in words.items()}


def _wanted(profile: Readable[str, Any]) -> list[str]:
    return [*profile["columns"].values(), *profile.get("kept", [])]


def _place(wanted: str, heading: list[str]) -> int | None:
    """The first column whose heading is, or for long questions begins with, the wanted words.

    Where several have it, the mapping is refused (`csv.header_duplicate`) and says so.
    """
    words = squeezed(wanted)
    if words.endswith("…"):
        found = [place for place, text in enumerate(heading) if text.startswith(words[:-1])]
    else:
        found = [place for place, text in enumerate(heading) if text == words]
    return found[0] if found else None
