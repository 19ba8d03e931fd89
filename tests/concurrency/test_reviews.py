"""Two reviewers of one kind answer in the same instant: one finding stands, the other is told so in words."""

from core.errors import Conflict
from funding import services
from funding.models import Review, ReviewAnswer
from tests.factories.accounts import UserFactory, give_role


def test_of_two_findings_at_once_one_stands_and_the_other_is_refused(office, crowd):
    office.project.technique, office.project.is_public_facing = "Generative AI", True
    office.project.save(update_fields=["technique", "is_public_facing"])
    office.submitted()
    review = Review.objects.get(kind="privacy")
    reviewers = [UserFactory(), UserFactory()]
    for user in reviewers:
        give_role(user.person, "privacy_reviewer")

    def answer(user):
        return lambda: services.answer_review(actor=user, review_id=review.pk, verdict="cleared", expected_revision=0)

    results = crowd.together(*map(answer, reviewers))

    (refused,) = [one for one in results if isinstance(one, Exception)]
    assert isinstance(refused, Conflict)
    assert refused.code == "review.changed"
    assert ReviewAnswer.objects.count() == 1
