"""What reports say, read once at one instant: a dataset for each question, gathered by name."""

from collections.abc import Callable, Iterable
from typing import Any

from core import as_at
from reports.selectors import kpis, money, standing
from reports.selectors.asking import Question

Dataset = Callable[[Question], Any]

# Facts that carry a day: asked again later they tell what was learned since.
DATED: dict[str, Dataset] = {
    "standing": standing.standing,
    "movement": standing.movement,
    "curve": standing.curve,
    "overdue": standing.overdue,
    "money": money.money,
    "decisions": money.decisions,
    "position": money.position,
    "kpis": kpis.kpis,
}
# What has no day of its own is read as it was known at the report's instant, always.
STATED: dict[str, Dataset] = {"targets": standing.targets, "pipeline": standing.pipeline}


def gather(question: Question, names: Iterable[str]) -> dict[str, Any]:
    """The datasets of these names. Writing is impossible meanwhile, and every register is read at one instant."""
    wanted = list(names)
    found: dict[str, Any] = {}
    for datasets, moment in ((DATED, question.dated), (STATED, question.stated)):
        with as_at.reading(moment):
            found |= {name: datasets[name](question) for name in wanted if name in datasets}
    return found
