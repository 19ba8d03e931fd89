"""Comments name colleagues who read them; they are told, and it waits for them until they open it (decision 21)."""

from datetime import timedelta

from django.urls import reverse
import pytest

from accounts.duties import duties_of
from core import clock
from core.errors import NotAllowed, Unprocessable
from projects import access
from projects.models import Procedure, Project
from tests.factories.accounts import DepartmentFactory
from tests.factories.work import CommentFactory
from work import mentions, services
from work.models import Comment, Mention, Notice, NoticeSetting
from work.selectors.notices import unread


def say(actor, thing, text="Please look.", to=(), kind="project"):
    return services.say(actor=actor, kind=kind, subject_id=thing.pk, text=text, to=to)


def waiting(user):
    return [duty for duty in duties_of(user) if duty.code == "comment.read"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@grace.lee please look", ["grace.lee"]),
        ("Thanks, @grace.lee.", ["grace.lee"]),
        ("\u8acb@grace\u8ddf\u9032", ["grace"]),
        ("(@a) and @b, and @a again", ["a", "b"]),
        ("Write to grace@dh.gov.hk", []),
        ("at 5 @ the office @", []),
        ("@@grace", []),
    ],
)
def test_a_name_is_an_at_sign_before_a_user_name(text, names):
    assert mentions.names_in(text) == names


@pytest.mark.parametrize("by_text", [True, False])
def test_whoever_is_named_is_told_and_has_it_to_open(project, applicant, head, colleague, by_text):
    if by_text:
        comment = say(applicant, project, f"Please look, @{head.username.upper()}.")
    else:
        comment = say(applicant, project, to=[head.person])

    assert [mention.person for mention in comment.mentions.all()] == [head.person]
    [duty] = waiting(head)
    assert (duty.reference, duty.due_on) == (project.reference, None)
    assert str(applicant.person) in duty.what
    assert unread(head) == 1
    assert not waiting(colleague) and not waiting(applicant)


def test_one_person_named_twice_is_told_once_and_oneself_not_at_all(project, applicant, head):
    say(applicant, project, f"@{head.username} and @{applicant.username}", to=[head.person])

    assert Notice.objects.count() == 1
    assert Mention.objects.count() == 2


@pytest.mark.parametrize("who", ["outsider", "official", "nobody", "closed"])
@pytest.mark.parametrize("by_text", [True, False])
def test_whoever_does_not_read_it_cannot_be_named_and_nothing_is_stored(project, world, applicant, who, by_text):
    if who == "nobody" and not by_text:
        return
    name = "no.such.person"
    if who == "closed":
        colleague = world["colleague"]
        colleague.is_active = False
        colleague.save(update_fields=["is_active"])
        name = colleague.username
    elif who != "nobody":
        name = world[who].username
    person = None if who == "nobody" else world["colleague" if who == "closed" else who].person

    with pytest.raises(Unprocessable) as refused:
        say(applicant, project, f"@{name} please", to=[]) if by_text else say(applicant, project, to=[person])

    assert refused.value.code == "mention.person"
    assert not Comment.objects.exists() and not Mention.objects.exists() and not Notice.objects.exists()


def test_the_refusal_says_the_same_of_somebody_hidden_and_of_nobody(project, applicant, outsider):
    told = []
    for name in (outsider.username, "x" * len(outsider.username)):
        with pytest.raises(Unprocessable) as refused:
            say(applicant, project, f"@{name}")
        told.append(str(refused.value.message).replace(name, "NAME"))

    assert told[0] == told[1]


def test_a_stranger_among_colleagues_refuses_all(project, applicant, head, outsider):
    with pytest.raises(Unprocessable):
        say(applicant, project, to=[head.person, outsider.person])

    assert not Notice.objects.exists()


def test_more_than_twenty_are_refused(project, applicant):
    with pytest.raises(Unprocessable) as refused:
        say(applicant, project, " ".join(f"@n{number}" for number in range(21)))

    assert refused.value.code == "mention.many"


def test_who_may_not_comment_names_nobody(project, auditor, head):
    with pytest.raises(NotAllowed):
        say(auditor, project, to=[head.person])
    assert not Notice.objects.exists()


def test_the_twin_comment_that_names_nobody_tells_nobody(project, applicant, head):
    say(applicant, project, f"Ask {head.username} or {head.username}@dh.gov.hk.")

    assert not Notice.objects.exists() and not waiting(head)


def test_opening_leads_to_the_comment_and_ends_the_waiting(project, applicant, head, as_person):
    comment = say(applicant, project, to=[head.person])
    for _each in range(25):
        CommentFactory(subject=project, said_at=clock.now() + timedelta(minutes=1))
    browser = as_person(head)
    page = browser.get(reverse("my_work:my-work")).content.decode()
    [duty] = waiting(head)
    assert f'action="{duty.opens}"' in page

    browser.get(duty.address)  # only looked at: it goes on waiting
    assert waiting(head)
    opened = browser.post(duty.opens, follow=True)

    assert opened.redirect_chain[-1][0].endswith(f"?page=2#comment-{comment.pk}")
    assert f'id="comment-{comment.pk}"' in opened.content.decode()
    assert not waiting(head)


def test_what_one_reads_no_more_waits_no_more(project, applicant, head):
    say(applicant, project, to=[head.person])
    Project.objects.filter(pk=project.pk).update(department=DepartmentFactory())

    assert not waiting(head) and unread(head) == 0


def test_a_withdrawn_comment_waits_for_nobody(project, applicant, head, as_person):
    comment = say(applicant, project, to=[head.person])

    services.withdraw_comment(actor=applicant, comment_id=comment.pk, reason="Mixed up.")

    assert not waiting(head) and unread(head) == 0
    page = as_person(applicant).get(reverse("projects:project-discussion", args=[project.reference])).content.decode()
    assert "Names:" not in page


def test_the_kind_is_mailed_as_each_wants(applicant):
    services.choose_mail(actor=applicant, chosen={"mention": "none"})

    assert NoticeSetting.objects.get().mail == "none"


def test_the_form_offers_readers_alone_and_works_without_scripts(project, applicant, head, outsider, as_person):
    browser = as_person(applicant)
    page = browser.get(reverse("projects:project-discussion", args=[project.reference])).content.decode()
    assert f"(@{head.username})" in page
    assert f"(@{outsider.username})" not in page

    here = reverse("projects:project-discussion-say", args=[project.reference])
    assert browser.post(here, {"text": "Look.", "to": [outsider.person_id]}).status_code == 422
    refused = browser.post(here, {"text": f"Look, @{outsider.username}."})
    assert refused.status_code == 422
    assert f"@{outsider.username} names nobody who reads this discussion." in refused.content.decode()
    assert not Comment.objects.exists()
    assert browser.post(here, {"text": "Look.", "to": [head.person_id]}).status_code == 302
    assert f"Names: {head.person}" in browser.get(here.removesuffix("say/")).content.decode()


def test_the_api_names_by_number(project, api, applicant, head, outsider):
    sent = {"subject_kind": "project", "subject": project.reference, "text": "By the API."}
    lead = api(applicant)

    refused = lead.post("/api/v1/comments/", sent | {"to": [outsider.person_id]}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "mention.person")
    assert lead.post("/api/v1/comments/", sent | {"to": ["1"]}, format="json").status_code == 400
    assert not Comment.objects.exists()

    made = lead.post("/api/v1/comments/", sent | {"to": [head.person_id]}, format="json")
    assert (made.status_code, [one["id"] for one in made.json()["names"]]) == (201, [head.person_id])
    assert api(head).get("/api/v1/my-work/").json()["duties"][0]["code"] == "comment.read"


def test_who_is_offered_is_who_reads_of_every_persona(project, procedure, world):
    for thing, kind, readers in (
        (project, Project, access.insiders_of(project)),
        (procedure, Procedure, access.insiders_of_procedure(procedure)),
    ):
        for name, user in world.users.items():
            reads = kind.objects.insider_to(user).filter(pk=thing.pk).exists()
            assert (user.person_id in readers) == reads, (kind, name)
