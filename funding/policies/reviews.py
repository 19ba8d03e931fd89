"""Who answers a review, and what waits for the answers (FEATURES C5, C7)."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict
from funding import facts
from funding.models import FundingRequest, Review
from funding.querysets_reviews import ANSWERABLE
from funding.rules import reviews
from funding.rules.reviews import Standing, State


def can_answer_review(user: User, review: Review) -> Verdict:
    """A reviewer of that kind, never on an own item nor as a head of the department that asks, judged by person."""
    if not user.has_perm(f"funding.review_{review.kind}"):
        return Verdict.no("reviewer.only", _("Only a reviewer of this kind answers."))
    request = review.request
    endorsed = request.steps.filter(move="endorse", person=user.person_id).exists()
    heads = facts.heads(request.department_id, clock.today())
    if facts.is_own_item(user.person_id, request) or endorsed or user.person_id in heads:
        return Verdict.no(
            "duty.separate", _("You asked for, lead, wrote or head this request, so somebody else reviews it.")
        )
    if review.version_number != request.submitted_version or request.status not in ANSWERABLE:
        return Verdict.no(
            "review.closed", _("This review is about an earlier version, or the request has gone on."), error=Conflict
        )
    if reviews.states(standing(request))[review.step] is State.BLOCKED:
        return Verdict.no("review.early", _("The reviews of the step before are not passed yet."), error=Conflict)
    return Verdict.yes()


def reviews_passed(request: FundingRequest) -> Verdict:
    """Whether the decision may be taken: not while a review that was asked is open or its step failed."""
    found = reviews.overall(standing(request))
    if found is State.FAILED:
        reason = _(
            "A review did not clear this version. A new version, or a new answer of the reviewer, comes before the"
            " decision."
        )
        return Verdict.no("review.failed", reason, error=Conflict)
    if found is not State.PASSED:
        return Verdict.no("review.open", _("The decision waits for the reviews that were asked."), error=Conflict)
    return Verdict.yes()


def standing(request: FundingRequest) -> list[Standing]:
    """The reviews of the version that waits, each with the answer that stands; as read with the request by a page."""
    known: list[dict[str, Any]] | None = getattr(request, "standing_reviews", None)
    if known is None:
        rows = Review.objects.filter(request=request, version_number=request.submitted_version).with_verdict()
        known = [{**one} for one in rows.values("step", "passes", answer=F("verdict"))]
    return [Standing(**one) for one in known]
