"""What benefits ask of people next: reviews that are due, and reviews that wait for a second person (FEATURES F3)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty
from accounts.models import User
from core.errors import Text
from kpis import policies
from kpis.models import Benefit, BenefitReview
from kpis.selectors.benefits import benefit_lines, benefit_rows


def waiting(user: User) -> Iterator[Duty]:
    yield from _reviews_due(user)
    yield from _reviews_to_accept(user)


def _reviews_due(user: User) -> Iterator[Duty]:
    """Of the benefits a person answers for, from the day the months are over."""
    own = benefit_rows(user).filter(owner=user.person_id, status=Benefit.Status.PROMISED)
    for line in benefit_lines(own):
        for told in line.reviews:
            if told.can_begin:
                what = str(_("Review what came true after %(months)s months")) % {"months": told.months}
                yield Duty(
                    "benefit.review", what, line.benefit.reference, line.benefit.summary, _address(line.benefit),
                    told.due_on,
                )  # fmt: skip


def _reviews_to_accept(user: User) -> Iterator[Duty]:
    rows = BenefitReview.objects.visible_to(user).filter(status=BenefitReview.Status.WAITING)
    for review in rows.select_related("benefit__kpi__project").order_by("recorded_at"):
        if policies.can_judge_review(user, review):
            benefit = review.benefit
            what: Text = _("Accept the review, or send it back")
            yield Duty("benefit.judge", what, benefit.reference, benefit.summary, _address(benefit))


def _address(benefit: Benefit) -> str:
    return reverse("kpis:benefit-detail", args=[benefit.reference])
