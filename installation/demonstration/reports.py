"""Reports in the story: a monthly one that an erratum replaced, the latest monthly one, and a brief still in draft."""

from datetime import timedelta
from functools import partial

from accounts.models import User
from installation.demonstration.timeline import Timeline
from reports import services
from reports.rules.periods import Kind, Period, last_over

REASON = "Claims of the month were recorded after its end."


def tell(timeline: Timeline, accounts: dict[str, User]) -> None:
    """Drafted by report staff, cleared by the Team, issued by a senior official."""
    latest = last_over(Kind.MONTH, timeline.last_day)
    earlier = last_over(Kind.MONTH, latest.first)
    made: dict[str, int] = {}
    _monthly(timeline, accounts, made, earlier)
    corrected_on = earlier.last + timedelta(days=12)
    timeline.at(corrected_on, "10:10", partial(_correct, accounts["reports"], made, earlier))
    timeline.at(corrected_on, "15:30", partial(_clear, accounts["team"], made, "erratum"))
    timeline.at(corrected_on + timedelta(days=1), "09:20", partial(_issue, accounts["official"], made, "erratum"))
    _monthly(timeline, accounts, made, latest)
    timeline.at(timeline.day(1), "16:50", partial(_brief, accounts["reports"], timeline))


def _monthly(timeline: Timeline, accounts: dict[str, User], made: dict[str, int], period: Period) -> None:
    name = period.written
    timeline.at(period.last + timedelta(days=3), "09:40", partial(_draft, accounts["reports"], made, name))
    timeline.at(period.last + timedelta(days=3), "14:20", partial(_clear, accounts["team"], made, name))
    timeline.at(period.last + timedelta(days=4), "09:15", partial(_issue, accounts["official"], made, name))


def _draft(actor: User, made: dict[str, int], period: str) -> None:
    made[period] = services.draft_report(actor=actor, form="programme_month", period=period).pk


def _clear(actor: User, made: dict[str, int], name: str) -> None:
    services.clear_report(actor=actor, report_id=made[name])


def _issue(actor: User, made: dict[str, int], name: str) -> None:
    services.issue_report(actor=actor, report_id=made[name])


def _correct(actor: User, made: dict[str, int], period: Period) -> None:
    erratum = services.draft_erratum(actor=actor, report_id=made[period.written], reason=REASON)
    made["erratum"] = erratum.pk


def _brief(actor: User, timeline: Timeline) -> None:
    services.draft_report(actor=actor, form="minister_brief", period=timeline.day(1).isoformat())
