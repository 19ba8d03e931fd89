"""What people do to a report from its page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.acts import Act
from core.forms import LineField, ParagraphField, TrackerForm
from reports import policies, services


class PlainForm(TrackerForm):
    """A button and nothing to fill in."""


class WithdrawForm(TrackerForm):
    reason = LineField(label=_("Reason"), max_length=300)


class CorrectForm(TrackerForm):
    reason = ParagraphField(label=_("What was wrong, as the reader will see it"), max_length=1000)


REPORT_ACTS = (
    Act(
        name="clear",
        label=pgettext_lazy("report", "Clear"),
        explains=_("You checked the figures and the words. A third person issues the report."),
        form=PlainForm,
        may=policies.can_clear,
        work=lambda user, report, sent: services.clear_report(actor=user, report_id=report.pk),
        done=_("The report is cleared."),
    ),
    Act(
        name="issue",
        label=_("Issue"),
        explains=_(
            "The report is signed and open to every signed-in person. It never changes; an erratum replaces it."
        ),
        form=PlainForm,
        may=policies.can_issue,
        work=lambda user, report, sent: services.issue_report(actor=user, report_id=report.pk),
        done=_("The report is issued."),
    ),
    Act(
        name="withdraw",
        label=_("Withdraw"),
        explains=_("It stays on record with your reason and is never issued."),
        form=WithdrawForm,
        may=policies.can_withdraw,
        work=lambda user, report, sent: services.withdraw_report(actor=user, report_id=report.pk, **sent_reason(sent)),
        done=_("The report is withdrawn."),
        style="outline-danger",
    ),
    Act(
        name="correct",
        label=_("Draft an erratum"),
        explains=_(
            "The same report with what was learned since. Once issued it replaces this one, which stays readable."
        ),
        form=CorrectForm,
        may=policies.can_correct,
        work=lambda user, report, sent: services.draft_erratum(actor=user, report_id=report.pk, **sent_reason(sent)),
        done=_("The erratum is drafted."),
        style="outline-primary",
    ),
)


def sent_reason(sent: object) -> dict[str, str]:
    return {"reason": dict(sent)["reason"]}  # type: ignore[call-overload] # the form's cleaned fields
