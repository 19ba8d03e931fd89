"""Reviews of the demonstration's requests: most are cleared, one has advice, one is not cleared, one is open."""

from accounts.models import User
from funding import services
from funding.models import Review, ReviewAnswer

Verdict = ReviewAnswer.Verdict

# By how the request ends in the story; what is not named is cleared.
FINDINGS = {
    ("screened", "privacy"): (Verdict.ADVICE, "Keep no applicant's papers with the supplier after the pilot."),
    ("deferred", "privacy"): (Verdict.NOT_CLEARED, "There is no privacy impact assessment yet."),
}
OPEN = frozenset({("screened", "security")})


def answer(request_id: int, ends: str, accounts: dict[str, User]) -> None:
    """What waits for an answer of this request, each by the reviewer of its kind, whose account bears its name."""
    for review in Review.objects.waiting().filter(request=request_id).order_by("pk"):
        if (ends, review.kind) in OPEN:
            continue
        verdict, reason = FINDINGS.get((ends, review.kind), (Verdict.CLEARED, ""))
        services.answer_review(
            actor=accounts[review.kind], review_id=review.pk, verdict=verdict, reason=reason, expected_revision=0
        )
