"""Up to when the periods of one KPI are locked: the newest word counts, about it or about all."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol


class Word(Protocol):
    """What was said; later ones have the higher `pk`. `kpi_id` is None where it is about all KPIs."""

    @property
    def pk(self) -> int: ...
    @property
    def kpi_id(self) -> int | None: ...
    @property
    def until(self) -> date | None: ...


def last_word(kpi_id: int, words: Iterable[Word]) -> date | None:
    """The last locked day; None if nothing was said, or the last word opened everything."""
    about = [word for word in words if word.kpi_id in (None, kpi_id)]
    return max(about, key=lambda word: word.pk).until if about else None
