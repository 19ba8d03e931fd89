"""What dates, ratings and scores say in words: the same on pages, charts and in the API."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.errors import Text
from projects.models import Rating
from projects.records.plan import Line, Plan, worst
from projects.rules.risks import Band
from projects.rules.slip import State

STATES: dict[State, tuple[Text, str]] = {
    State.DONE: (gettext_lazy("done"), "good"),
    State.OVERDUE: (gettext_lazy("overdue"), "bad"),
    State.SLIPPING: (gettext_lazy("slipping"), "warning"),
    State.ON_TIME: (gettext_lazy("on time"), "waiting"),
}
WITHDRAWN: tuple[Text, str] = (gettext_lazy("withdrawn"), "none")
RATING_TONES = {Rating.GREEN: "good", Rating.AMBER: "warning", Rating.RED: "bad"}
SIGNS = {"good": "✓", "warning": "!", "bad": "✕"}
BANDS: dict[Band, tuple[Text, str]] = {
    Band.LOW: (gettext_lazy("low"), "good"),
    Band.MEDIUM: (gettext_lazy("medium"), "waiting"),
    Band.HIGH: (gettext_lazy("high"), "warning"),
    Band.VERY_HIGH: (gettext_lazy("very high"), "bad"),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A rating as a list shows it: in words, with its sign and tone."""

    label: str
    sign: str
    tone: str


def rating_badges() -> dict[str, Badge]:
    """Every rating in the reader's language, looked up once for a page."""
    return {
        rating.value: Badge(str(rating.label), SIGNS[RATING_TONES[rating]], RATING_TONES[rating]) for rating in Rating
    }


def slip_words(days: int) -> str:
    """ "12 days later than first agreed": from the first date to the day it is expected or was done."""
    if days > 0:
        return ngettext("%(days)s day later than first agreed", "%(days)s days later than first agreed", days) % {
            "days": days
        }
    if days < 0:
        return ngettext("%(days)s day earlier than first agreed", "%(days)s days earlier than first agreed", -days) % {
            "days": -days
        }
    return _("on the day first agreed")


def behind_words(days: int) -> str:
    """The same against the date agreed now."""
    if days > 0:
        return ngettext("%(days)s day after the agreed date", "%(days)s days after the agreed date", days) % {
            "days": days
        }
    if days < 0:
        return ngettext("%(days)s day before the agreed date", "%(days)s days before the agreed date", -days) % {
            "days": -days
        }
    return _("on the agreed date")


def overdue_words(days: int) -> str:
    if not days:
        return ""
    return ngettext("overdue by %(days)s day", "overdue by %(days)s days", days) % {"days": days}


def state(line: Line) -> tuple[Text, str]:
    return WITHDRAWN if line.thing.withdrawn_at else STATES[line.course.state]


def timeline_title(plan: Plan) -> str:
    """The finding: what slips the most, or that nothing does."""
    late = worst(plan.lines)
    if late is None:
        return _("Everything still to do is expected by the date first agreed")
    return _("Slips the most: %(name)s, %(slip)s") % {"name": str(late.thing), "slip": slip_words(late.course.slip)}


def timeline_summary(plan: Plan) -> str:
    everything = plan.lines
    done = sum(1 for one in everything if one.course.state is State.DONE)
    overdue = sum(1 for one in everything if one.course.state is State.OVERDUE)
    slipping = sum(1 for one in everything if one.course.state is State.SLIPPING)
    return _("%(done)s of %(all)s done, %(overdue)s overdue, %(slipping)s slipping.") % {
        "done": done,
        "all": len(everything),
        "overdue": overdue,
        "slipping": slipping,
    }


def timeline_headings() -> list[str]:
    return [
        _("What"),
        _("First agreed"),
        _("Agreed now"),
        _("Expected"),
        _("Done on"),
        _("Slip"),
    ]


def timeline_rows(plan: Plan) -> list[list[str | None]]:
    return [
        [
            str(one.thing),
            date_format(one.thing.original_on),
            date_format(one.thing.current_on),
            date_format(one.course.expected_on) if one.thing.done_on is None else None,
            date_format(one.thing.done_on) if one.thing.done_on else None,
            slip_words(one.course.slip),
        ]
        for one in plan.lines
    ]
