"""Reviews asked of requests: the list, one review with its answer, and the part of a request's page."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core import clock
from core.acts import Act, offers, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from core.policy import found_on
from funding import policies, services
from funding.forms.reviews import ReviewForm
from funding.models import Review, ReviewRule
from funding.selectors import review_rules
from funding.selectors import reviews as selectors
from funding.views.requests import find

ANSWER = Act(
    name="answer",
    label=pgettext_lazy("of a reviewer", "Record the finding"),
    explains=gettext_lazy(
        "The decision waits for the reviews that were asked. A later finding replaces an earlier one."
    ),
    form=ReviewForm,
    may=policies.can_answer_review,
    work=lambda user, review, typed: services.answer_review(
        actor=user,
        review_id=review.pk,
        verdict=typed["verdict"],
        reason=typed["reason"],
        expected_revision=typed["expected_revision"],
    ),
    done=gettext_lazy("The finding is on record."),
)


@login_required
@require_GET
def review_list(request: SignedInRequest) -> HttpResponse:
    rule = found_on(ReviewRule.objects.all(), clock.today())
    page_of = paginate(request, selectors.queue(request.user))
    return page_or_partial(
        request,
        page="funding/reviews.html",
        page_of=page_of,
        rows=[(review, selectors.newest(review)) for review in page_of],
        rule=rule,
        rule_steps=review_rules.rule_steps(rule) if rule else [],
    )


@login_required
@require_GET
def review_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return _show(request, _review(request, pk))


@login_required
@require_POST
def review_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    review = _review(request, pk)
    form = ReviewForm(request.POST, user=request.user)

    def work() -> str:
        ANSWER.work(request.user, review, form.cleaned_data)
        messages.success(request, str(ANSWER.done))
        return reverse("funding:review-detail", args=[review.pk])

    def again() -> HttpResponse:
        policies.can_answer_review(request.user, review).or_raise()
        return _show(request, review, refused={ANSWER.name: form})

    return send(request, form, work=work, again=again)


@login_required
@require_GET
def request_reviews(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was asked of the version that waits: a fragment of the request's page, and a page without JavaScript."""
    funding = find(request, reference)
    return page_or_partial(
        request,
        page="funding/request_reviews.html",
        partial="funding/_reviews_panel.html",
        funding=funding,
        steps=selectors.steps(funding),
    )


def _show(
    request: SignedInRequest, review: Review, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    newest = selectors.newest(review)
    initial = {"expected_revision": newest.revision if newest else 0}
    return page_or_partial(
        request,
        page="funding/review.html",
        status=422 if refused else 200,
        review=review,
        why=selectors.why(review),
        offers=offers(
            [ANSWER],
            user=request.user,
            thing=review,
            form=lambda act: act.form(user=request.user, initial=initial),
            address=lambda act: reverse("funding:review-answer", args=[review.pk]),
            refused=refused or {},
        ),
    )


def _review(request: SignedInRequest, pk: int) -> Review:
    found = selectors.find(request.user, pk)
    if found is None:
        raise NotVisible("review.none", _("There is no such review for you."))
    return found
