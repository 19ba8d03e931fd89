"""Reviews over stored requests: asked at submission, waited for, answered by reviewers (FEATURES C5, C7)."""

import pytest

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import LedgerEntry
from funding import services
from funding.models import FundingRequest, Review, ReviewAnswer
from funding.selectors.reviews import awaiting, why
from tests.factories.accounts import UserFactory, give_role
from tests.factories.projects import ProjectFactory


@pytest.fixture
def asked(office):
    """A screened request of HK$1,200,000.00 for a generative tool that the public uses: privacy and security."""
    office.project.technique, office.project.is_public_facing = "Generative AI", True
    office.project.save(update_fields=["technique", "is_public_facing"])
    request = office.submitted()
    services.endorse_request(actor=office.world["head"], request_id=request.pk, statement="Needed.")
    return services.screen_request(actor=office.world["secretary"], request_id=request.pk)


def reviewer(role, **fields):
    user = UserFactory(**fields)
    give_role(user.person, role)
    return user


def answer(kind, verdict="cleared", *, by, reason="", revision=0):
    review = Review.objects.get(kind=kind)
    return services.answer_review(
        actor=by, review_id=review.pk, verdict=verdict, reason=reason, expected_revision=revision
    )


def open_round(office, request):
    return services.open_round(actor=office.world["secretary"], request_id=request.pk)


def test_the_round_waits_for_both_reviews_and_the_tier_stays(office, asked):
    assert set(Review.objects.values_list("kind", flat=True)) == {"privacy", "security"}
    assert LedgerEntry.objects.filter(action="review.asked").count() == 1
    answer("privacy", by=reviewer("privacy_reviewer"))
    with pytest.raises(Conflict) as refused:
        open_round(office, asked)

    answer("security", "advice", by=reviewer("security_reviewer"), reason="Log the prompts.")

    assert refused.value.code == "review.open"
    assert open_round(office, asked).status == "open"
    assert FundingRequest.objects.get(pk=asked.pk).tier == "working_group"


def test_not_cleared_blocks_until_the_reviewer_answers_anew(office, asked):
    privacy = reviewer("privacy_reviewer")
    answer("privacy", "not_cleared", by=privacy, reason="No assessment.")
    answer("security", by=reviewer("security_reviewer"))
    with pytest.raises(Conflict) as refused:
        open_round(office, asked)

    answer("privacy", by=privacy, revision=1)

    assert refused.value.code == "review.failed"
    assert open_round(office, asked).status == "open"
    assert ReviewAnswer.objects.filter(review__kind="privacy").count() == 2


def test_answers_are_refused_without_right_reason_or_knowledge_of_the_last(office, asked):
    privacy = reviewer("privacy_reviewer")
    with pytest.raises(NotAllowed):
        answer("security", by=privacy)
    with pytest.raises(InvalidInput):
        answer("privacy", "not_cleared", by=privacy)
    with pytest.raises(NotAllowed, match="somebody else"):
        answer("privacy", by=reviewer("privacy_reviewer", person=office.world["applicant"].person))
    with pytest.raises(Conflict):
        answer("privacy", by=privacy, revision=1)
    assert not ReviewAnswer.objects.exists()


def test_other_projects_are_asked_nothing(office):
    office.submitted()

    assert not Review.objects.exists()


def test_a_technique_that_is_not_stated_is_reviewed_and_the_reason_says_so(office):
    office.project.technique = ""
    office.project.save(update_fields=["technique"])
    office.submitted()

    reasons = why(Review.objects.get(kind="privacy"))

    assert reasons[:2] == ["the technique is not stated", "whether the public uses it is not stated"]


def test_a_reviewer_sees_the_papers_that_a_review_of_that_kind_is_about(office, asked):
    other = office.submitted(project_id=ProjectFactory(department=office.world.a).pk)
    rule = Review.objects.first().rule
    for kind in ("law", "procurement"):
        Review.objects.create(
            request=other, version_number=1, rule=rule, step=1, passes="all", kind=kind, asked_at=clock.now()
        )
    for kind, paper in (("privacy", asked), ("security", asked), ("law", other), ("procurement", other)):
        user = reviewer(f"{kind}_reviewer")

        assert list(FundingRequest.objects.visible_to(user)) == [paper]
        assert not user.has_perm("funding.view_every_request")


def test_what_waits_is_listed_with_those_it_waits_for(office, asked, client):
    privacy, conflicted = reviewer("privacy_reviewer"), reviewer("privacy_reviewer")
    asked.editors.create(person=conflicted.person)
    client.force_login(privacy)
    path = f"/funding/{asked.reference}/reviews/"
    page, mine = (client.get(address).content.decode() for address in (path, "/funding/clock/"))

    assert f"privacy reviewer, {privacy.person}" in page
    assert "information security reviewer; nobody has this role today" in page
    assert "the technique is: Generative AI" in page
    assert mine.count("/funding/reviews/") == 1
    assert [one.kind for one in awaiting(privacy)] == ["privacy"]
    assert awaiting(conflicted) == awaiting(office.world["secretary"]) == []

    answer("privacy", by=privacy)

    assert awaiting(privacy) == []
    assert "Waits for: privacy" not in client.get(path).content.decode()


def test_the_page_of_a_review_records_the_finding(asked, client):
    client.force_login(reviewer("privacy_reviewer"))
    path = f"/funding/reviews/{Review.objects.get(kind='privacy').pk}/"
    typed = {"verdict": "advice", "reason": "Log the prompts.", "expected_revision": "0"}

    assert client.post(f"{path}answer/", typed | {"reason": ""}).status_code == 422
    assert client.post(f"{path}answer/", typed).status_code == 302
    assert "Log the prompts." in client.get(path).content.decode()


def test_a_later_step_waits_for_nobody_until_it_is_reached(asked):
    first, second = Review.objects.order_by("pk")
    Review.objects.create(
        request=asked, version_number=1, rule=first.rule, step=2, passes="any", kind="law", asked_at=clock.now()
    )
    law = reviewer("law_reviewer")
    assert awaiting(law) == []

    for review in (first, second):
        answer(review.kind, by=reviewer(f"{review.kind}_reviewer"))

    assert [one.kind for one in awaiting(law)] == ["law"]


def test_lists_of_reviews_cost_the_same_for_one_and_for_twenty(office, asked, client, django_assert_num_queries):
    privacy = reviewer("privacy_reviewer")
    privacy.get_all_permissions()
    client.force_login(privacy)
    rule = Review.objects.first().rule
    for number in range(2):
        if number:
            for _each in range(19):
                paper = office.draft(project_id=office.project.pk)
                FundingRequest.objects.filter(pk=paper.pk).update(status="submitted", submitted_version=1)
                Review.objects.create(
                    request=paper,
                    version_number=1,
                    rule=rule,
                    step=1,
                    passes="all",
                    kind="privacy",
                    asked_at=clock.now(),
                )
        with django_assert_num_queries(6):
            assert client.get("/funding/reviews/").status_code == 200
        with django_assert_num_queries(3):
            assert len(awaiting(privacy)) == (20 if number else 1)
