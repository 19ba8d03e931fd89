"""Sentences about benefits that pages and API say alike."""

from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from core.errors import Text
from kpis.rules.benefits import Kept
from kpis.rules.track_record import Tempering
from projects.models import BenefitKind

if TYPE_CHECKING:
    from kpis.selectors.benefits import ToldReview

KINDS: dict[tuple[BenefitKind, bool], Text] = {
    (BenefitKind.HOURS, False): _("staff hours freed, a year"),
    (BenefitKind.DAYS, False): _("days of waiting saved, a case"),
    (BenefitKind.MONEY, False): _("cost avoided, HK$ a year"),
    (BenefitKind.HOURS, True): _("staff hours added elsewhere, a year"),
    (BenefitKind.DAYS, True): _("days of waiting added, a case"),
    (BenefitKind.MONEY, True): _("cost added, HK$ a year"),
}
KEPT: dict[Kept, Text] = {
    Kept.WHOLE: pgettext_lazy("benefit", "realised"),
    Kept.PARTLY: pgettext_lazy("benefit", "partly realised"),
    Kept.NOT: pgettext_lazy("benefit", "not realised"),
}
HARM: dict[Kept, Text] = {
    Kept.WHOLE: pgettext_lazy("disbenefit", "as much as expected, or more"),
    Kept.PARTLY: pgettext_lazy("disbenefit", "less than expected"),
    Kept.NOT: pgettext_lazy("disbenefit", "none"),
}
TONES = {Kept.WHOLE: "good", Kept.PARTLY: "warning", Kept.NOT: "bad"}
HARM_TONES = {Kept.WHOLE: "bad", Kept.PARTLY: "warning", Kept.NOT: "good"}


def kind_words(kind: BenefitKind, *, is_harm: bool) -> Text:
    return KINDS[kind, is_harm]


def review_words(told: "ToldReview") -> Text:
    """Where a review stands; realised, partly or not once somebody recorded it."""
    if told.review is None:
        day = date_format(told.due_on)
        sentence = _("overdue since %(day)s") if told.is_due else _("due on %(day)s")
        return str(sentence) % {"day": day}
    assert told.kept is not None
    return (HARM if told.review.benefit.is_harm else KEPT)[told.kept]


def review_tone(told: "ToldReview") -> str:
    if told.review is None:
        return "bad" if told.is_due else "none"
    assert told.kept is not None
    return (HARM_TONES if told.review.benefit.is_harm else TONES)[told.kept]


def tempering_words(record: Tempering | None) -> Text:
    """The working behind a tempered figure, in one sentence or two."""
    if record is None:
        return _("No review of any promise was accepted yet, so there is no track record to temper this one by.")
    everybody = ngettext(
        "Over %(count)s accepted review of all departments and kinds, %(share)s of what was promised came true.",
        "Over %(count)s accepted reviews of all departments and kinds, %(share)s of what was promised came true.",
        record.all_cases,
    ) % {"count": record.all_cases, "share": _two(record.everybody)}
    if record.own is None:
        return everybody + " " + str(_("This department has none of this kind yet, so that average is used."))
    own = ngettext(
        "Of this department and kind it was %(share)s, over %(count)s review;"
        " drawn to the average, it counts %(weight)s: factor %(factor)s.",
        "Of this department and kind it was %(share)s, over %(count)s reviews;"
        " drawn to the average, it counts %(weight)s: factor %(factor)s.",
        record.own_cases,
    ) % {
        "count": record.own_cases,
        "share": _two(record.own),
        "weight": _two(record.weight),
        "factor": _two(record.factor),
    }
    return f"{everybody} {own}"


def _two(number: float) -> str:
    return number_format(round(number, 2), decimal_pos=2)
