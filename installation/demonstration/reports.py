"""Reports in the story: monthly ones that a schedule sends, a pack that may not go, an erratum, a brief in draft."""

from datetime import timedelta
from functools import partial

from accounts.models import User
from core import clock
from installation.demonstration.timeline import Timeline
from reports import services
from reports.models import Report
from reports.rules.periods import Kind, Period, last_over

LEAST_COVERAGE, STRICT_COVERAGE = 20, 95  # percent; so many claims are never verified by the end of their month
SENT_FROM = 1  # day of the month: a story that ends on it has its pack too
REASON = "Claims of the month were recorded after its end."


def tell(timeline: Timeline, accounts: dict[str, User]) -> None:
    """Drafted by report staff, cleared by the Team, issued by a senior official."""
    latest = last_over(Kind.MONTH, timeline.last_day)
    earlier = last_over(Kind.MONTH, latest.first)
    made: dict[str, int] = {}
    timeline.at(earlier.last - timedelta(days=9), "11:20", partial(_schedule, accounts, made))
    _monthly(timeline, accounts, made, earlier)
    corrected_on = earlier.last + timedelta(days=12)
    timeline.at(corrected_on, "10:10", partial(_correct, accounts["reports"], made, earlier))
    timeline.at(corrected_on, "15:30", partial(_clear, accounts["team"], made, "erratum"))
    timeline.at(corrected_on + timedelta(days=1), "09:20", partial(_issue, accounts["official"], made, "erratum"))
    timeline.at(corrected_on + timedelta(days=1), "11:00", partial(_strict, accounts))
    _monthly(timeline, accounts, made, latest)
    timeline.at(timeline.day(1), "16:50", partial(_brief, accounts["reports"], timeline))


def _monthly(timeline: Timeline, accounts: dict[str, User], made: dict[str, int], period: Period) -> None:
    name = period.written
    timeline.at(period.last + timedelta(days=3), "09:40", partial(_send, made, name))
    timeline.at(period.last + timedelta(days=3), "14:20", partial(_clear, accounts["team"], made, name))
    timeline.at(period.last + timedelta(days=4), "09:15", partial(_issue, accounts["official"], made, name))


def _schedule(accounts: dict[str, User], made: dict[str, int]) -> None:
    readers = [accounts[name].person for name in ("official", "team", "finance")]
    made["schedule"] = services.add_schedule(
        actor=accounts["reports"], form="programme_month", day=SENT_FROM, least_coverage=LEAST_COVERAGE, readers=readers
    ).pk


def _strict(accounts: dict[str, User]) -> None:
    """A second schedule asks for more than the month will have: its pack fails, and its owner is told why."""
    services.add_schedule(
        actor=accounts["team"],
        form="programme_month",
        day=SENT_FROM,
        least_coverage=STRICT_COVERAGE,
        readers=[accounts["official"].person],
    )


def _send(made: dict[str, int], period: str) -> None:
    """As the beat does each morning: the pack of last month is drafted and its readers are told."""
    services.send_packs(now=clock.now())
    made[period] = Report.objects.get(packs__schedule=made["schedule"], packs__period=period).pk


def _clear(actor: User, made: dict[str, int], name: str) -> None:
    services.clear_report(actor=actor, report_id=made[name])


def _issue(actor: User, made: dict[str, int], name: str) -> None:
    services.issue_report(actor=actor, report_id=made[name])


def _correct(actor: User, made: dict[str, int], period: Period) -> None:
    erratum = services.draft_erratum(actor=actor, report_id=made[period.written], reason=REASON)
    made["erratum"] = erratum.pk


def _brief(actor: User, timeline: Timeline) -> None:
    services.draft_report(actor=actor, form="minister_brief", period=timeline.day(1).isoformat())
