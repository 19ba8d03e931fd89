"""Comments are for insiders, said once, never edited, withdrawn by their author."""

from django.urls import reverse
import pytest

from core.errors import Conflict, NotAllowed, NotVisible
from tests.factories.work import CommentFactory
from work import services
from work.models import Comment


def say(actor, project, text="We wait for the data."):
    return services.say(actor=actor, kind="project", subject_id=project.pk, text=text)


@pytest.mark.parametrize("who", ["applicant", "head", "colleague", "team"])
def test_insiders_say_something(project, world, who):
    comment = say(world[who], project)

    assert (comment.author, comment.text) == (world[who].person, "We wait for the data.")


@pytest.mark.parametrize(("who", "code"), [("outsider", "comment.insiders"), ("auditor", "duty.reads_only")])
def test_others_do_not(project, world, who, code):
    with pytest.raises(NotAllowed) as refused:
        say(world[who], project)
    assert refused.value.code == code
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("who", "sees"), [("applicant", 1), ("team", 1), ("auditor", 1), ("outsider", 0), ("official", 0)]
)
def test_comments_are_seen_by_insiders_only(project, world, who, sees):
    CommentFactory(subject=project)

    assert Comment.objects.visible_to(world[who]).count() == sees


def test_an_insider_of_the_project_is_one_of_its_procedure(procedure, applicant, outsider):
    CommentFactory(subject=procedure)

    assert Comment.objects.visible_to(applicant).count() == 1
    assert not Comment.objects.visible_to(outsider).exists()


def test_the_author_withdraws_and_the_place_stays(project, applicant, as_person):
    comment = say(applicant, project, "Wrong number.")

    services.withdraw_comment(actor=applicant, comment_id=comment.pk, reason="Mixed up two projects.")

    text = as_person(applicant).get(reverse("projects:project-discussion", args=[project.reference])).content.decode()
    assert "Wrong number." not in text
    assert "Mixed up two projects." in text
    with pytest.raises(Conflict):
        services.withdraw_comment(actor=applicant, comment_id=comment.pk, reason="Again.")


def test_nobody_else_withdraws_it(project, applicant, colleague, outsider):
    comment = say(applicant, project)

    with pytest.raises(NotAllowed):
        services.withdraw_comment(actor=colleague, comment_id=comment.pk, reason="I disagree.")
    with pytest.raises(NotVisible):
        services.withdraw_comment(actor=outsider, comment_id=comment.pk, reason="I disagree.")
    comment.refresh_from_db()
    assert comment.withdrawn_at is None


@pytest.mark.parametrize("text", ["", "  \u200b ", "turn \u202e around", "x" * 5_001])
def test_what_cannot_be_shown_is_refused(project, applicant, as_person, text):
    here = reverse("projects:project-discussion-say", args=[project.reference])

    assert as_person(applicant).post(here, {"text": text}).status_code == 422
    assert not Comment.objects.exists()


def test_the_api_reads_says_and_withdraws(project, api, applicant, outsider):
    lead = api(applicant)
    sent = {"subject_kind": "project", "subject": project.reference, "text": "By the API."}

    made = lead.post("/api/v1/comments/", sent, format="json")
    here = f"/api/v1/comments/{made.json()['id']}/"

    assert (made.status_code, made.json()["subject"]) == (201, project.reference)
    assert api(outsider).get("/api/v1/comments/").json()["count"] == 0
    assert lead.post(here + "withdraw/", {"reason": "Wrong."}, format="json").json()["text"] == ""
    assert lead.get("/api/v1/comments/999999999999999999/").status_code == 404
