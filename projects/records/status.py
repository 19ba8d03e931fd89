"""Monthly reports and independent ratings, side by side per month."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
import re
from typing import Any

from django.db.models import CharField, DateField, F, Func, QuerySet

from accounts.models import User
from core.days import FIRST_DAY, LAST_DAY
from projects.models import IndependentRating, Project, StatusReport

MONTHS_SHOWN = 12
MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(slots=True)
class Month:
    """What is said of one month of a project, the newest revision first on either side."""

    project: Project
    month: date
    reports: list[StatusReport] = field(default_factory=list)
    ratings: list[IndependentRating] = field(default_factory=list)

    @property
    def report(self) -> StatusReport | None:
        return next(iter(self.reports), None)

    @property
    def rating(self) -> IndependentRating | None:
        return next(iter(self.ratings), None)

    @property
    def name(self) -> str:
        """As addresses and the API write it: 2026-11."""
        return f"{self.month:%Y-%m}"

    @property
    def is_split(self) -> bool:
        """Whether the two sides say different things."""
        return bool(self.report and self.rating and self.report.rating != self.rating.rating)


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest rating of either side, each with its own month; None where there is none."""

    own: StatusReport | None = None
    independent: IndependentRating | None = None


NOTHING_SAID = Latest()


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def parse_month(text: str) -> date | None:
    """The first day of `2026-11`, within the days we take in; None if the text names no month."""
    if not MONTH.fullmatch(text):
        return None
    month = date(int(text[:4]), int(text[5:]), 1)
    return month if FIRST_DAY <= month <= LAST_DAY else None


def month_before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def report_rows(user: User) -> "QuerySet[StatusReport]":
    return StatusReport.objects.visible_to(user).select_related("project__department", "submitted_by")


def rating_rows(user: User) -> "QuerySet[IndependentRating]":
    return IndependentRating.objects.visible_to(user).select_related("project__department", "rated_by")


def months(user: User, project: Project, today: date) -> list[Month]:
    """The last twelve months and every earlier one of which something is said, newest first."""
    found: dict[date, Month] = {}
    month = first_of_month(today)
    for _index in range(MONTHS_SHOWN):
        found[month] = Month(project, month)
        month = month_before(month)
    for report in report_rows(user).filter(project=project):
        found.setdefault(report.month, Month(project, report.month)).reports.append(report)
    for rating in rating_rows(user).filter(project=project):
        found.setdefault(rating.month, Month(project, rating.month)).ratings.append(rating)
    return _since_first_said(sorted(found.values(), key=lambda one: one.month, reverse=True))


def _since_first_said(newest_first: list[Month]) -> list[Month]:
    """Without the empty months before anything was said; this month always stays."""
    said = [index for index, one in enumerate(newest_first) if one.report or one.rating]
    return newest_first[: max(said, default=0) + 1]


def one_month(user: User, project: Project, month: date) -> Month:
    return Month(
        project,
        month,
        list(report_rows(user).filter(project=project, month=month)),
        list(rating_rows(user).filter(project=project, month=month)),
    )


def latest(user: User, projects: Iterable[Project]) -> dict[int, Latest]:
    """The newest ratings of these projects by their keys: two queries however many there are."""
    keys = [project.pk for project in projects]
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for name, rows in (("own", StatusReport.objects), ("independent", IndependentRating.objects)):
        seen = rows.visible_to(user).filter(project__in=keys)
        for row in seen.order_by("project_id", "-month", "-revision").distinct("project_id"):
            found[row.project_id][name] = row
    return {key: Latest(**said) for key, said in found.items()}


def latest_of(user: User, project: Project) -> Latest:
    """The newest rating of either side of one project, as `latest_months` told with it or asked."""
    if not hasattr(project, "own_month"):
        return latest(user, [project]).get(project.pk, NOTHING_SAID)
    told: Any = project
    own = StatusReport(rating=told.own_rating, month=told.own_month) if told.own_month else None
    of_team = IndependentRating(rating=told.independent_rating, month=told.independent_month)
    return Latest(own, of_team if told.independent_month else None)


def latest_ratings() -> "dict[str, Func]":
    """The newest rating of either side as columns of a list of projects; empty where there is none.

    Nothing sorts or filters by them, so PostgreSQL works them out for the rows of one page only.
    """
    return {"own_rating": NewestRating(F("pk"), table=OWN), "independent_rating": NewestRating(F("pk"), table=OF_TEAM)}


def latest_months() -> "dict[str, Func]":
    """The months that those are of; null where there is none."""
    return {"own_month": NewestMonth(F("pk"), table=OWN), "independent_month": NewestMonth(F("pk"), table=OF_TEAM)}


OWN, OF_TEAM = "projects_statusreport", "projects_independentrating"
NEWEST = "FROM %(table)s WHERE project_id = %(expressions)s ORDER BY month DESC, revision DESC LIMIT 1"


class NewestRating(Func):
    """The rating of the newest revision of the newest month of a project, by the table it is kept in."""

    template = f"coalesce((SELECT rating {NEWEST}), '')"
    output_field = CharField()


class NewestMonth(Func):
    """The newest month of which a project was rated."""

    template = f"(SELECT month {NEWEST})"
    output_field = DateField()
