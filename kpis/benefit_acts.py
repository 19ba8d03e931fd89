"""What people do to a benefit from its page, and the form that promises one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.acts import Act
from core.errors import Conflict
from core.forms import DayField, LineField, ParagraphField, TrackerForm
from core.simplified import simplified
from core.verdicts import Verdict
from kpis import policies, selectors, services
from kpis.forms import NumberField
from kpis.models import Benefit, BenefitReview
from kpis.models.benefits import FORMULAS
from kpis.rules.benefits import REVIEWS
from kpis.services import Promise
from projects.models import BenefitKind


class BenefitForm(TrackerForm):
    """A promise that one KPI measures. Simplified Chinese is made from the Traditional."""

    summary_en = LineField(label=_("What gets better, and for whom, in English"), max_length=200)
    summary_zh_hant = LineField(label=_("The same in Traditional Chinese"), max_length=100)
    is_harm = forms.BooleanField(
        label=_("A disbenefit: something gets worse, for example work that is moved elsewhere"), required=False
    )
    kind = forms.ChoiceField(label=_("What is gained"), choices=BenefitKind.choices)
    promised = NumberField(label=_("Amount promised"), help_text=_("A year, or a case: in the unit of its kind."))
    due_on = DayField(label=_("The whole amount is reached by"))
    formula = forms.ChoiceField(
        label=_("How the readings show it"),
        choices=FORMULAS,
        help_text=_("Readings of whole periods after going live; differences are from the locked baseline."),
    )
    factor = NumberField(
        label=_("What one unit of the KPI is worth"),
        initial="1",
        help_text=_("1 where the KPI is in the same unit; else for example hours saved for each error avoided."),
    )
    factor_source = LineField(label=_("Where this factor comes from"), max_length=300, required=False)
    share = NumberField(
        label=_("Share of the KPI claimed, in percent"),
        initial="100",
        help_text=_("All benefits of one KPI together claim at most 100%, so that nothing is counted twice."),
    )

    def promise(self) -> Promise:
        typed = {name: value for name, value in self.cleaned_data.items() if name in Promise.__dataclass_fields__}
        return Promise(**typed, summary_zh_hans=simplified(typed["summary_zh_hant"]))


class ReviewForm(TrackerForm):
    months = forms.TypedChoiceField(
        label=_("Review after so many months"), choices=[(months, months) for months in REVIEWS], coerce=int
    )
    lessons = ParagraphField(label=_("What was learnt"), max_length=4_000)
    next_steps = ParagraphField(label=_("What follows from it"), max_length=2_000, required=False)


class JudgeForm(TrackerForm):
    months = forms.TypedChoiceField(label=_("Review"), choices=[(months, months) for months in REVIEWS], coerce=int)
    answer = forms.ChoiceField(
        label=_("Answer"), choices=[("accept", _("Accept the review")), ("return", _("Send it back"))]
    )
    note = LineField(label=_("Reason"), max_length=300, required=False, help_text=_("Needed to send it back."))


class WithdrawForm(TrackerForm):
    reason = LineField(label=_("Reason"), max_length=300)


def _may_review(user: User, benefit: Benefit) -> Verdict:
    """Once the months of a review are over, until somebody has recorded it."""
    own = policies.can_review_benefit(user, benefit)
    if own and not any(told.can_begin for told in selectors.benefit_lines([benefit])[0].reviews):
        return Verdict.no("review.not_due", _("No review of this benefit is to be recorded now."), error=Conflict)
    return own


def _may_judge(user: User, benefit: Benefit) -> Verdict:
    """While a review waits for a second person."""
    waiting = benefit.reviews.filter(status=BenefitReview.Status.WAITING).first()
    if waiting is None:
        return Verdict.no("review.none", _("No review of this benefit waits for anybody."), error=Conflict)
    return policies.can_judge_review(user, waiting)


def _judge(user: User, benefit: Benefit, typed: Any) -> object:
    return services.judge_review(
        actor=user,
        benefit_id=benefit.pk,
        months=typed["months"],
        accept=typed["answer"] == "accept",
        note=typed["note"],
    )


REVIEW = Act(
    name="review",
    label=_("Record a review"),
    explains=_("What came true is worked out from verified readings, never typed. A second person accepts it."),
    form=ReviewForm,
    may=_may_review,
    work=lambda user, benefit, typed: services.record_review(
        actor=user,
        benefit_id=benefit.pk,
        months=typed["months"],
        lessons=typed["lessons"],
        next_steps=typed["next_steps"],
    ),
    done=_("The review is recorded. The Team accepts it or sends it back."),
)
JUDGE = Act(
    name="judge",
    label=_("Answer the review that waits"),
    explains=_("Once accepted its figures stay as they are; later corrections are shown beside them."),
    form=JudgeForm,
    may=_may_judge,
    work=_judge,
    done=_("The review is answered."),
)
WITHDRAW = Act(
    name="withdraw",
    label=_("Withdraw the promise"),
    explains=_("It stays on the register with the reason, and claims nothing of its KPI any more."),
    form=WithdrawForm,
    may=policies.can_withdraw_benefit,
    work=lambda user, benefit, typed: services.withdraw_benefit(
        actor=user, benefit_id=benefit.pk, reason=typed["reason"]
    ),
    done=_("The promise is withdrawn."),
    style="outline-secondary",
)
BENEFIT_ACTS: tuple[Act, ...] = (REVIEW, JUDGE, WITHDRAW)
