"""Reviews 6 and 12 months after going live: worked out from verified readings, accepted by a second person (F3, F5)."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, NotVisible, Unprocessable
from kpis import policies
from kpis.models import BenefitReview
from kpis.rules.benefits import REVIEWS
from kpis.selectors.benefit_accounts import account_of
from kpis.services.benefits import locked
from projects.selectors.course import live_days


@transaction.atomic
def record_review(*, actor: User, benefit_id: int, months: int, lessons: str, next_steps: str = "") -> BenefitReview:
    """Hold what was promised against what the readings say. Figures are worked out here, never typed."""
    benefit = locked(actor, benefit_id)
    policies.can_review_benefit(actor, benefit).or_raise()
    if months not in REVIEWS:
        raise InvalidInput("choice.invalid", _("Choose one of the offered values."), fields={"months": [_("Unknown.")]})
    live_on = live_days([benefit.project]).get(benefit.project.pk)
    account = account_of(benefit, live_on, months) if live_on else None
    if account is None or account.window.last_day >= clock.today():
        raise Conflict("review.not_due", _("These months after going live are not over yet."))
    if benefit.reviews.filter(months=months).exclude(status=BenefitReview.Status.RETURNED).exists():
        raise Conflict("review.exists", _("This review is recorded already."))
    if account.missing:
        count = len(account.missing)
        sentence = ngettext(
            "%(count)s period has no verified reading yet.", "%(count)s periods have no verified reading yet.", count
        )
        raise Conflict("review.readings_missing", sentence % {"count": count})
    if not account.is_measurable:
        raise Conflict("benefit.formula", _("The KPI is defined otherwise now and does not give this benefit."))
    if account.result is None:
        raise Conflict("baseline.none", _("The KPI has no locked baseline to compare with."))
    review = BenefitReview.objects.create(
        benefit=benefit,
        months=months,
        first_day=account.window.starts[0],
        last_day=account.window.last_day,
        promised=account.promised,
        realised=account.result.amount,
        baseline=account.baseline,
        value=account.result.value,
        cases=account.result.cases,
        readings=[[reading.period_start.isoformat(), reading.revision] for reading in account.readings],
        lessons=lessons,
        next_steps=next_steps,
        recorded_by=actor.person,
        recorded_at=clock.now(),
    )
    facts: dict[str, ledger.Fact] = {
        "months": months,
        "promised": str(review.promised),
        "realised": str(review.realised),
        "readings": len(account.readings),
    }
    ledger.record("benefit.reviewed", actor=actor, subject=benefit, facts=facts)
    return review


@transaction.atomic
def judge_review(*, actor: User, benefit_id: int, months: int, accept: bool, note: str = "") -> BenefitReview:
    """The Team's word on the review that waits: accepted as it stands, or sent back with the reason."""
    benefit = locked(actor, benefit_id)
    waiting = benefit.reviews.filter(months=months, status=BenefitReview.Status.WAITING)
    review = waiting.select_for_update(of=("self",)).first()
    if review is None:
        raise NotVisible("not_found", _("There is no such record."))
    policies.can_judge_review(actor, review).or_raise()
    if not accept and not note:
        raise Unprocessable("reason.required", _("Say why it goes back."), fields={"note": [_("Say why.")]})
    review.status = BenefitReview.Status.ACCEPTED if accept else BenefitReview.Status.RETURNED
    review.judged_by = actor.person
    review.judged_at = clock.now()
    review.note = "" if accept else note
    review.save(update_fields=["status", "judged_by", "judged_at", "note"])
    act = "benefit.review_accepted" if accept else "benefit.review_returned"
    ledger.record(act, actor=actor, subject=benefit, facts={"months": months, "note": review.note})
    return review
