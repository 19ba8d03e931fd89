"""The monthly status of a project: what its department says, and what somebody independent says of the same month."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict, InvalidInput, NotVisible, Stale, Unprocessable
from core.text import is_blank
from projects import policies
from projects.models import IndependentRating, Project, StatusReport
from projects.services.recording import locked_project


@transaction.atomic
def report_month(
    *, actor: User, project_id: int, month: date, rating: str, summary: str, done: str = "", planned: str = ""
) -> StatusReport:
    """The department's own report of one month, once. `month` is its first day."""
    project = locked_project(actor, project_id)
    policies.can_report(actor, project).or_raise()
    _refuse_month(month)
    if StatusReport.objects.filter(project=project, month=month).exists():
        raise Conflict("report.exists", _("This month is reported already. Correct that report instead."))
    return _report(actor, project, month, 1, rating=rating, summary=summary, done=done, planned=planned)


@transaction.atomic
def correct_report(
    *,
    actor: User,
    project_id: int,
    month: date,
    expected_revision: int,
    rating: str,
    summary: str,
    correction: str,
    done: str = "",
    planned: str = "",
) -> StatusReport:
    """The next revision of a month's report, with the reason; the earlier ones stay."""
    project = locked_project(actor, project_id)
    policies.can_report(actor, project).or_raise()
    latest = StatusReport.objects.filter(project=project, month=month).first()
    if latest is None:
        raise NotVisible("report.none", _("There is no report of this month."))
    _refuse_stale(latest.revision, expected_revision)
    _refuse_no_correction(correction)
    said = {"rating": rating, "summary": summary, "done": done, "planned": planned, "correction": correction}
    return _report(actor, project, month, latest.revision + 1, **said)


@transaction.atomic
def rate_month(*, actor: User, project_id: int, month: date, rating: str, reason: str) -> IndependentRating:
    """An independent rating of one month, once, whether or not the department has reported."""
    project = locked_project(actor, project_id)
    policies.can_rate(actor, project, month).or_raise()
    _refuse_month(month)
    if IndependentRating.objects.filter(project=project, month=month).exists():
        raise Conflict("rating.exists", _("This month is rated already. Correct that rating instead."))
    return _rate(actor, project, month, 1, rating=rating, reason=reason)


@transaction.atomic
def correct_rating(
    *, actor: User, project_id: int, month: date, expected_revision: int, rating: str, reason: str, correction: str
) -> IndependentRating:
    """The next revision of a month's independent rating, by anybody who may rate it; the earlier ones stay."""
    project = locked_project(actor, project_id)
    policies.can_rate(actor, project, month).or_raise()
    latest = IndependentRating.objects.filter(project=project, month=month).first()
    if latest is None:
        raise NotVisible("rating.none", _("There is no rating of this month."))
    _refuse_stale(latest.revision, expected_revision)
    _refuse_no_correction(correction)
    return _rate(actor, project, month, latest.revision + 1, rating=rating, reason=reason, correction=correction)


def _report(actor: User, project: Project, month: date, revision: int, **said: str) -> StatusReport:
    return StatusReport.objects.create(
        project=project,
        month=month,
        revision=revision,
        submitted_by=actor.person,
        submitted_at=clock.now(),
        **said,
    )


def _rate(actor: User, project: Project, month: date, revision: int, **said: str) -> IndependentRating:
    return IndependentRating.objects.create(
        project=project, month=month, revision=revision, rated_by=actor.person, rated_at=clock.now(), **said
    )


def _refuse_month(month: date) -> None:
    if month.day != 1:
        message = _("A month is named by its first day.")
        raise InvalidInput("month.format", message, fields={"month": [message]})
    if month > clock.today():
        message = _("The month is in the future.")
        raise Unprocessable("date.future", message, fields={"month": [message]})


def _refuse_stale(standing: int, expected: int) -> None:
    if standing != expected:
        raise Stale("version.stale", _("Somebody corrected this month after you opened it."))


def _refuse_no_correction(correction: str) -> None:
    if is_blank(correction):
        message = _("Say why it is corrected.")
        raise InvalidInput("reason.required", message, fields={"correction": [message]})
