"""Notices: one row for each event and person, said while the record is seen, mailed as the person chose."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.core import mail
from django.urls import reverse
import pytest
import time_machine

from core import addresses, clock, outbox
from core.errors import InvalidInput, NotVisible, Unprocessable
from core.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.funding import make_office
from tests.factories.projects import ProjectFactory
from tests.factories.work import FollowFactory
from work import notices, services
from work.models import Digest, Follow, Notice, NoticeSetting
from work.notices import Message
from work.selectors.notices import lines, unread

FACTS = {"parts": ["project"], "subject": "project"}


def tell(project, *users, event="e1", kind="followed", about="project", facts=FACTS):
    people = [user.person_id for user in users]
    return services.tell(Message(kind, about, project.pk, people, facts), event=event)


def tell_pressing(user, event="w1"):
    facts = {"late": 1, "soon": 2, "until": "2026-12-01"}
    return services.tell(Message("work.due", "person", user.person_id, [user.person_id], facts), event=event)


@pytest.fixture
def has_mail(settings):
    settings.EMAIL_HOST = "mail.example"


def deliver():
    """What the sweeper does now; returns how many messages had their effect."""
    due = OutboxMessage.objects.filter(delivered_at=None, parked_at=None, due_at__lte=clock.now())
    return sum(outbox.deliver(message.pk) for message in due.order_by("pk"))


def test_one_event_is_told_to_each_person_once(project, applicant, head):
    assert tell(project, applicant) == 1
    assert tell(project, applicant, head) == 1
    assert tell(project, applicant, event="e2") == 1

    assert Notice.objects.filter(person=applicant.person).count() == 2
    assert Notice.objects.filter(person=head.person).count() == 1


def test_a_kind_that_nobody_registered_is_a_mistake_of_ours(project, applicant):
    with pytest.raises(KeyError):
        tell(project, applicant, kind="nonsense")


def test_a_notice_says_nothing_of_what_is_no_longer_seen(project, outsider, applicant, as_person, api):
    tell(project, outsider, applicant)
    own = Notice.objects.get(person=outsider.person)
    assert unread(outsider) == 1
    type(project).objects.filter(pk=project.pk).update(status="draft")

    page = as_person(outsider).get(reverse("my_work:notice-list")).content.decode()
    told = api(outsider).get("/api/v1/notices/").json()

    assert unread(outsider) == 0 and unread(applicant) == 1
    assert project.reference not in page and "Nothing was told to you yet" in page
    assert told["count"] == 0
    assert lines(outsider, [own]) == []
    assert api(outsider).get(f"/api/v1/notices/{own.pk}/").status_code == 404
    assert as_person(outsider).post(reverse("my_work:notice-open", args=[own.pk])).status_code == 404


def test_what_insiders_alone_may_know_is_told_to_insiders_alone(project, outsider, applicant):
    tell(project, outsider, applicant, about="project:inside")

    assert (unread(outsider), unread(applicant)) == (0, 1)


def test_nobody_reads_or_marks_anybody_elses(project, applicant, head):
    tell(project, applicant)
    notice = Notice.objects.get()

    with pytest.raises(NotVisible):
        services.mark_read(actor=head, notice_id=notice.pk)
    assert services.mark_all_read(actor=head) == 0
    assert services.mark_read(actor=applicant, notice_id=notice.pk).read_at is not None
    assert services.mark_read(actor=applicant, notice_id=notice.pk, is_read=False).read_at is None
    assert services.mark_all_read(actor=applicant) == 1


def test_the_page_lists_filters_opens_and_counts_in_both_languages(project, applicant, as_person):
    tell(project, applicant)
    tell_pressing(applicant)
    browser = as_person(applicant)
    here = reverse("my_work:notice-list")

    page = browser.get(here).content.decode()
    chinese = browser.get(here, headers={"Accept-Language": "zh-hant"}).content.decode()
    assert "Changed: Project." in page and "1 thing is late. 2 things are due by 1 Dec 2026." in page
    assert "已更改：項目。" in chinese and "1 件已逾期" in chinese and "簽證分流" in chinese
    assert "2" in browser.get(reverse("my_work:my-work-count")).content.decode()

    found = Notice.objects.get(kind="followed")
    assert browser.get(reverse("my_work:notice-open", args=[found.pk])).status_code == 405
    assert Notice.objects.get(pk=found.pk).read_at is None  # looking at a link marks nothing
    opened = browser.post(reverse("my_work:notice-open", args=[found.pk]))
    assert opened["Location"] == f"/projects/{project.reference}/history/"
    assert project.reference not in browser.get(here, {"state": "unread"}).content.decode()
    assert project.reference in browser.get(here, {"state": "read", "kind": "followed"}).content.decode()
    assert browser.get(here, {"kind": "nonsense"}).status_code == 400
    assert browser.get(here, {"x": "1"}).status_code == 400
    assert browser.post(reverse("my_work:notice-unread", args=[found.pk])).status_code == 302
    assert unread(applicant) == 2
    browser.post(reverse("my_work:notice-read-all"))
    assert unread(applicant) == 0
    assert (
        'id="notice-count" hx-swap-oob="true"></span>' in browser.get(reverse("my_work:my-work-count")).content.decode()
    )


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_queries_however_long(
    world, project, applicant, as_person, count, django_assert_num_queries
):
    others = [ProjectFactory(department=world.a) for _number in range(count)]
    for number, other in enumerate(others):
        tell(other, applicant, event=f"n{number}")
    browser = as_person(applicant)
    browser.get(reverse("my_work:notice-list"))

    with django_assert_num_queries(7):
        browser.get(reverse("my_work:notice-list"))


def test_a_pressing_kind_is_mailed_at_once_in_the_readers_language(project, applicant, has_mail):
    applicant.language = "zh-hant"
    applicant.save()
    tell_pressing(applicant)
    tell(project, applicant)  # not pressing: waits for the digest

    assert deliver() == 1
    assert deliver() == 0
    [sent] = mail.outbox
    assert sent.to == [applicant.email]
    assert "1 件已逾期" in sent.subject and "/my-work/" in sent.body


def test_what_a_person_chose_decides_what_is_mailed(project, applicant, has_mail):
    services.choose_mail(actor=applicant, chosen={"followed": "at_once", "work.due": "digest"})
    tell_pressing(applicant)
    tell(project, applicant)

    assert deliver() == 1
    assert project.reference in mail.outbox[0].subject
    services.choose_mail(actor=applicant, chosen={"followed": "none"})
    tell(project, applicant, event="e2")
    assert deliver() == 0
    assert Notice.objects.filter(person=applicant.person).count() == 3


def test_a_pressing_kind_cannot_be_switched_off(applicant, as_person, api):
    with pytest.raises(Unprocessable):
        services.choose_mail(actor=applicant, chosen={"followed": "none", "work.due": "none"})
    with pytest.raises(InvalidInput):
        services.choose_mail(actor=applicant, chosen={"nonsense": "none"})
    sent = {"settings": [{"kind": "work.due", "mail": "none"}]}
    refused = api(applicant).patch("/api/v1/notice-settings/", sent, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "notice.pressing")
    twice = {"settings": [{"kind": "followed", "mail": "none"}, {"kind": "followed", "mail": "digest"}]}
    assert api(applicant).patch("/api/v1/notice-settings/", twice, format="json").status_code == 400
    assert not NoticeSetting.objects.exists()

    here = reverse("my_work:notice-settings")
    typed = {name.replace(".", "_"): "digest" for name in notices.kinds()}
    assert as_person(applicant).post(here, typed | {"work_due": "none"}).status_code == 422
    assert as_person(applicant).post(here, typed | {"followed": "none"}).status_code == 302
    assert NoticeSetting.objects.get(kind="followed").mail == "none"
    told = api(applicant).get("/api/v1/notice-settings/").json()["settings"]
    assert {one["kind"]: one["mail"] for one in told}["work.due"] == "digest"


def test_what_is_mailed_is_judged_again_at_the_moment_of_mailing(project, outsider, has_mail):
    services.choose_mail(actor=outsider, chosen={"followed": "at_once"})
    tell(project, outsider)
    type(project).objects.filter(pk=project.pk).update(status="draft")

    assert deliver() == 1
    assert mail.outbox == []


def test_f34_with_the_mail_server_away_notices_stand_in_the_app_and_mails_wait(
    project, applicant, has_mail, monkeypatch
):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError("nobody listens")

    real = mail.send_mail
    monkeypatch.setattr("core.mail.send_mail", refuse)
    tell_pressing(applicant)
    now = clock.now()
    for hours in range(30):  # a whole day and longer
        with time_machine.travel(now + timedelta(hours=2 * hours), tick=False):
            for message in OutboxMessage.objects.filter(delivered_at=None, due_at__lte=clock.now()):
                with pytest.raises(outbox.Away):
                    outbox.deliver(message.pk)
    message = OutboxMessage.objects.get()
    assert message.attempts == 30 and message.parked_at is None
    assert outbox.oldest_waiting_seconds() == 0  # /readyz goes on: the installation itself works
    assert unread(applicant) == 1

    monkeypatch.setattr("core.mail.send_mail", real)
    with time_machine.travel(now + timedelta(days=4), tick=False):
        assert deliver() == 1
    assert len(mail.outbox) == 1


def test_an_address_that_is_refused_for_good_is_given_up(applicant, has_mail, monkeypatch):
    def refuse(*args, **kwargs):
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr("core.mail.send_mail", refuse)
    tell_pressing(applicant)
    message = OutboxMessage.objects.get()
    for _attempt in range(outbox.MOST_ATTEMPTS):
        with pytest.raises(SMTPRecipientsRefused):
            outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.parked_at is not None


def test_the_digest_is_sent_once_a_day_and_only_with_something_in_it(project, applicant, head, has_mail):
    tell(project, applicant)
    tell(project, applicant, event="e2")
    tell_pressing(applicant)  # mailed at once, so not gathered
    deliver()
    mail.outbox.clear()

    assert services.send_digests() == 1
    assert services.send_digests() == 0
    tell(project, applicant, event="e3")
    assert services.send_digests() == 0  # tomorrow
    assert deliver() == 1
    [sent] = mail.outbox
    assert sent.subject == "2 notices of the AI Efficacy Tracker"
    assert sent.body.count(project.reference) >= 2
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert services.send_digests() == 1
        services.mark_all_read(actor=applicant)
        assert deliver() == 1
    assert len(mail.outbox) == 1  # read meanwhile: nothing left to send
    assert Digest.objects.count() == 2


def test_without_a_mail_server_nothing_is_queued_and_everything_is_told(project, applicant, settings):
    settings.EMAIL_HOST = ""
    tell_pressing(applicant)
    tell(project, applicant)

    assert services.send_digests() == 0
    assert not OutboxMessage.objects.exists()
    assert unread(applicant) == 2


def test_each_account_of_a_person_is_mailed_and_closed_ones_are_not(applicant, has_mail):
    UserFactory(username="second", person=applicant.person, email="second@example.org")
    UserFactory(username="closed", person=applicant.person, email="closed@example.org", is_active=False)
    tell_pressing(applicant)

    assert deliver() == 2
    assert {sent.to[0] for sent in mail.outbox} == {applicant.email, "second@example.org"}


def test_the_absolute_address_is_that_of_the_installation(settings):
    settings.SITE_URL = "https://tracker.example/"

    assert addresses.absolute("/my-work/") == "https://tracker.example/my-work/"


def test_the_page_of_what_one_follows_shows_it_while_it_is_seen(project, procedure, outsider, as_person):
    FollowFactory(subject=project, person=outsider.person)
    FollowFactory(subject=procedure, person=outsider.person)
    browser = as_person(outsider)

    page = browser.get(reverse("my_work:following")).content.decode()
    type(project).objects.filter(pk=project.pk).update(status="draft")
    later = browser.get(reverse("my_work:following")).content.decode()

    assert project.reference in page and procedure.reference in page
    assert project.reference not in later and procedure.reference in later


def test_a_followed_request_is_listed_and_left_from_the_page_of_what_one_follows(world, as_person):
    request = make_office(world).submitted()
    browser = as_person(world["head"])
    FollowFactory(subject=request, person=world["head"].person)

    page = browser.get(reverse("my_work:following")).content.decode()
    left = browser.post(f"/funding/{request.reference}/unfollow/")

    assert request.reference in page
    assert left.status_code == 302 and not Follow.objects.exists()
