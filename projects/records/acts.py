"""What people do to a project's records from their pages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.acts import Act
from core.errors import Conflict
from core.verdicts import Verdict
from projects import policies, services
from projects.records import forms
from projects.records.status import Month


def _planned(service: Any) -> Any:
    """The work of an act on an entry of a plan: the service with the entry's kind and key."""
    return lambda user, thing, typed: service(actor=user, kind=type(thing), pk=thing.pk, **_said(typed))


def _said(typed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in typed.items() if name != "form_token"}


CHANGE = Act(
    name="change",
    label=_("Change what is expected"),
    explains=_("The agreed date stays; the plan shows how far the two are apart."),
    form=forms.ChangePlannedForm,
    may=policies.can_change_planned,
    work=_planned(services.change_planned),
    done=_("The entry is saved."),
)
DONE = Act(
    name="done",
    label=_("Done"),
    explains=_("Say on which day it was done."),
    form=forms.DoneForm,
    may=policies.can_settle_planned,
    work=_planned(services.mark_done),
    done=_("The entry is saved."),
)
AGREE = Act(
    name="agree",
    label=_("Agree another date"),
    explains=_("The date first agreed stays on record beside it."),
    form=forms.AgreeDateForm,
    may=policies.can_change_planned,
    work=_planned(services.agree_date),
    done=_("The new date is agreed."),
    style="outline-primary",
)
WITHDRAW = Act(
    name="withdraw",
    label=_("Withdraw it from the plan"),
    explains=_("It stays in the plan as withdrawn, with your reason."),
    form=forms.WithdrawForm,
    may=policies.can_change_planned,
    work=_planned(services.withdraw_planned),
    done=_("The entry is withdrawn."),
    style="outline-secondary",
)
PLANNED_ACTS: tuple[Act, ...] = (CHANGE, DONE, AGREE, WITHDRAW)


def _may_report(user: User, month: Month) -> Verdict:
    if month.report is not None:
        reason = _("This month is reported already. Correct that report instead.")
        return Verdict.no("report.exists", reason, error=Conflict)
    return policies.can_report(user, month.project)


def _may_correct_report(user: User, month: Month) -> Verdict:
    if month.report is None:
        return Verdict.no("report.none", _("There is no report of this month."), error=Conflict)
    return policies.can_report(user, month.project)


def _may_rate(user: User, month: Month) -> Verdict:
    if month.rating is not None:
        reason = _("This month is rated already. Correct that rating instead.")
        return Verdict.no("rating.exists", reason, error=Conflict)
    return policies.can_rate(user, month.project, month.month)


def _may_correct_rating(user: User, month: Month) -> Verdict:
    if month.rating is None:
        return Verdict.no("rating.none", _("There is no rating of this month."), error=Conflict)
    return policies.can_rate(user, month.project, month.month)


def _monthly(service: Any) -> Any:
    return lambda user, month, typed: service(
        actor=user, project_id=month.project.pk, month=month.month, **_said(typed)
    )


REPORT = Act(
    name="report",
    label=_("Report this month"),
    explains=_("What your department says of the month. Somebody independent may rate it otherwise."),
    form=forms.ReportForm,
    may=_may_report,
    work=_monthly(services.report_month),
    done=_("The month is reported."),
)
RATE = Act(
    name="rate",
    label=_("Rate this month independently"),
    explains=_("For somebody of the Team who neither leads the project nor belongs to its department or bureau."),
    form=forms.RateForm,
    may=_may_rate,
    work=_monthly(services.rate_month),
    done=_("The month is rated."),
)
CORRECT = Act(
    name="correct",
    label=_("Correct the report"),
    explains=_("The report as it was stays below, with the reason for its correction."),
    form=forms.CorrectReportForm,
    may=_may_correct_report,
    work=_monthly(services.correct_report),
    done=_("The correction is recorded."),
    style="outline-primary",
)
CORRECT_RATING = Act(
    name="correct-rating",
    label=_("Correct the independent rating"),
    explains=_("The rating as it was stays below, with the reason for its correction."),
    form=forms.CorrectRatingForm,
    may=_may_correct_rating,
    work=_monthly(services.correct_rating),
    done=_("The correction is recorded."),
    style="outline-primary",
)
MONTH_ACTS: tuple[Act, ...] = (REPORT, RATE, CORRECT, CORRECT_RATING)


def _concern(service: Any) -> Any:
    return lambda user, concern, typed: service(actor=user, concern_id=concern.pk, **_said(typed))


CHANGE_CONCERN = Act(
    name="change",
    label=_("Change it"),
    explains=_("Rate it anew, give it to somebody else, or say what is done about it."),
    form=forms.ChangeConcernForm,
    may=policies.can_change_concern,
    work=_concern(services.change_concern),
    done=_("The entry is saved."),
)
CLOSE = Act(
    name="close",
    label=_("Close it"),
    explains=_("It is over. It stays on the list of closed ones and can be opened again."),
    form=forms.CloseForm,
    may=policies.can_change_concern,
    work=_concern(services.close_concern),
    done=_("It is closed."),
    style="outline-secondary",
)
REOPEN = Act(
    name="reopen",
    label=_("Open it again"),
    explains=_("It came back, or it was closed too early."),
    form=forms.ReopenForm,
    may=policies.can_reopen_concern,
    work=_concern(services.reopen_concern),
    done=_("It is open again."),
    style="outline-primary",
)
CONCERN_ACTS: tuple[Act, ...] = (CHANGE_CONCERN, CLOSE, REOPEN)


def _resource(service: Any) -> Any:
    return lambda user, resource, typed: service(actor=user, resource_id=resource.pk, **_said(typed))


CHANGE_RESOURCE = Act(
    name="change",
    label=_("Correct the entry"),
    explains=_("Every project that uses it shows what you write here."),
    form=forms.ChangeResourceForm,
    may=policies.can_edit_resource,
    work=_resource(services.change_resource),
    done=_("The entry is saved."),
)
WITHDRAW_RESOURCE = Act(
    name="withdraw",
    label=_("Withdraw the entry"),
    explains=_("No project may use it from now on. Its page and its past uses stay."),
    form=forms.WithdrawForm,
    may=policies.can_withdraw_resource,
    work=_resource(services.withdraw_resource),
    done=_("The entry is withdrawn."),
    style="outline-secondary",
)
RESOURCE_ACTS: tuple[Act, ...] = (CHANGE_RESOURCE, WITHDRAW_RESOURCE)
