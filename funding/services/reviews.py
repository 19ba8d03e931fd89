"""Reviews of a request: asked when a version is submitted or its amount rises, answered by revision."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, NotVisible
from core.policy import found_on
from core.text import is_blank
from funding import policies
from funding.models import FundingRequest, Review, ReviewAnswer, ReviewRule
from funding.querysets_reviews import ANSWERABLE
from funding.rules import reviews
from funding.rules.reviews import Facts
from funding.services import locks
from funding.services.recording import Entry
from projects.models import Project, Stage

USED = (Stage.PILOT, Stage.ROLL_OUT, Stage.LIVE)


def ask(request: FundingRequest) -> list[Entry]:
    """Ask what the rule in force today asks of a locked request's version and was not asked yet; take nothing back.

    Once a round is open nothing more is asked: like its motion and its roll, the reviews before it are settled.
    """
    rule = found_on(ReviewRule.objects.all(), clock.today())
    if rule is None or request.status not in ANSWERABLE:
        return []
    version = request.submitted_version
    known = set(Review.objects.filter(request=request, version_number=version).values_list("kind", flat=True))
    made = Review.objects.bulk_create(
        Review(
            request=request,
            version_number=version,
            rule=rule,
            step=one.step,
            passes=one.passes,
            kind=one.kind,
            why=[list(part) for part in one.why],
            asked_at=clock.now(),
        )
        for one in reviews.asked(rule.steps, facts_of_many([request])[request.pk])
        if one.kind not in known
    )
    told = ", ".join(sorted(one.kind for one in made))
    facts: dict[str, ledger.Fact] = {"version": version, "kinds": told, "rule_from": rule.starts_on.isoformat()}
    return [Entry("review.asked", request, facts)] if made else []


@transaction.atomic
def answer_review(*, actor: User, review_id: int, verdict: str, reason: str = "", expected_revision: int) -> Review:
    """Answer a review, or answer it anew: `expected_revision` is the last one the reviewer saw, 0 for none."""
    seen = Review.objects.visible_to(actor).filter(pk=review_id).first()
    if seen is None:
        raise NotVisible("review.none", _("There is no such review for you."))
    request = locks.request_row(seen.request_id, seen_by=actor)
    review = Review.objects.get(pk=review_id)
    review.request = request
    policies.can_answer_review(actor, review).or_raise()
    if verdict not in ReviewAnswer.Verdict.values:
        message = _("Choose one of the entries offered.")
        raise InvalidInput("choice.invalid", message, fields={"verdict": [message]})
    if verdict != ReviewAnswer.Verdict.CLEARED and is_blank(reason):
        message = _("Give the advice, or the reason why it is not cleared.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
    last = review.answers.count()
    if last != expected_revision:
        raise Conflict("review.changed", _("This review was answered in the meantime. Read that answer first."))
    ReviewAnswer.objects.create(
        review=review, revision=last + 1, verdict=verdict, reason=reason, person=actor.person, at=clock.now()
    )
    facts: dict[str, ledger.Fact] = {
        "request": request.reference,
        "version": review.version_number,
        "kind": review.kind,
        "revision": last + 1,
        "verdict": verdict,
        "reason": reason,
    }
    ledger.record("review.answered", actor=actor, subject=review, facts=facts)
    return review


def facts_of_many(requests: Sequence[FundingRequest]) -> dict[int, Facts]:
    """What the rule reads of each request, by key; one query, however many. Their projects were read with them.

    First use: no other project of the department with this technique is at pilot or further. A technique that is
    not stated counts as a first use.
    """
    departments = {request.project.department_id for request in requests}
    rows = Project.objects.filter(department__in=departments, stage__in=USED).exclude(technique="")
    used: dict[tuple[int, str], set[int]] = defaultdict(set)
    for key, department, technique in rows.values_list("pk", "department", "technique"):
        used[department, technique.strip().casefold()].add(key)
    return {request.pk: _facts(request, used) for request in requests}


def _facts(request: FundingRequest, used: Mapping[tuple[int, str], set[int]]) -> Facts:
    project = request.project
    technique = project.technique.strip()
    others = used.get((project.department_id, technique.casefold()), set()) - {project.pk}
    return Facts(
        category=project.category,
        technique=technique,
        is_public_facing=project.is_public_facing,
        is_first_use=not (technique and others),
        assessed=request.assessed_amount,
    )
