"""How a project's records are shown: states, ratings and slips in words, each with the tone of its badge."""

from django import template

from core.errors import Text
from projects.models import Rating
from projects.records import wording
from projects.records.plan import Line
from projects.rules.risks import Band

register = template.Library()


@register.filter
def planned_label(line: Line) -> Text:
    return wording.state(line)[0]


@register.filter
def planned_tone(line: Line) -> str:
    return wording.state(line)[1]


@register.filter
def slip(line: Line) -> str:
    """How far the expected or real day is from the date first agreed."""
    return wording.slip_words(line.course.slip)


@register.filter
def behind(line: Line) -> str:
    """How far it is from the date agreed now."""
    return wording.behind_words(line.course.behind)


@register.filter
def overdue(line: Line) -> str:
    return wording.overdue_words(line.course.overdue)


@register.filter
def rating_tone(rating: str) -> str:
    return wording.RATING_TONES[Rating(rating)]


@register.filter
def band_label(band: Band) -> Text:
    return wording.BANDS[band][0]


@register.filter
def band_tone(band: Band) -> str:
    return wording.BANDS[band][1]
