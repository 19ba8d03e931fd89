"""Invitations: nothing exists before the link is used, it works once, and all unknown links are alike."""

from datetime import timedelta

from django.core import mail
from django.core.cache import cache
from django.urls import reverse
import pytest

from accounts.models import Invitation, Person, Posting, RoleGrant, User
from accounts.services import accept_invitation, invite, record_leaving, resend_invitation, withdraw_invitation
from core import clock, outbox
from core.errors import Conflict, NotAllowed, NotVisible, TooMany, Unprocessable
from core.models import OutboxMessage
from tests.accounts.conftest import NOON

PASSWORD = "a long passphrase for tests"
MAIL = "wong@example.test"


@pytest.fixture(autouse=True)
def no_limits_of_earlier_tests(db):
    cache.clear()


def invited(administrator, world, **more):
    """The invitation and the secret of its link."""
    typed = {"email": MAIL, "department_id": world.a.pk, "name_en": "Wong Siu-ming", "name_zh_hant": "黃小明"}
    invitation, link = invite(actor=administrator, **(typed | more))
    return invitation, link.rstrip("/").rpartition("/")[2]


def accepted(secret, username="wong.sm", password=PASSWORD):
    return accept_invitation(secret=secret, username=username, password=password)


def test_no_person_and_no_account_exist_before_the_link_is_used(administrator, world):
    before = (Person.objects.count(), User.objects.count(), Posting.objects.count())
    invited(administrator, world)
    assert (Person.objects.count(), User.objects.count(), Posting.objects.count()) == before


def test_only_the_digest_of_the_link_is_kept(administrator, world):
    invitation, secret = invited(administrator, world)
    assert secret not in str(Invitation.objects.filter(pk=invitation.pk).values().get())
    assert not OutboxMessage.objects.exists()


def test_the_link_opens_the_account_once(administrator, world, acts):
    _invitation, secret = invited(administrator, world)
    account = accepted(secret)
    assert account.check_password(PASSWORD)
    assert account.person.in_language("name", "zh-hans") == "黄小明"
    assert [posting.department for posting in Posting.objects.on(clock.today()).filter(person=account.person)] == [
        world.a
    ]
    assert not RoleGrant.objects.filter(person=account.person).exists()
    assert acts() == ["invitation.made", "account.opened"]
    with pytest.raises(Conflict, match="was used"):
        accepted(secret, username="another")
    assert User.objects.filter(person=account.person).count() == 1


def test_a_link_works_until_the_second_it_expires(administrator, world, at):
    _invitation, secret = invited(administrator, world)
    at(NOON + timedelta(days=7))
    with pytest.raises(Conflict) as refusal:
        accepted(secret)
    assert refusal.value.code == "invitation.expired"
    at(NOON + timedelta(days=7) - timedelta(seconds=1))
    assert accepted(secret).pk


def test_a_new_link_makes_the_one_before_unknown(administrator, world, at):
    invitation, old = invited(administrator, world)
    at(NOON + timedelta(minutes=2))
    _again, link = resend_invitation(actor=administrator, invitation_id=invitation.pk)
    with pytest.raises(NotVisible):
        accepted(old)
    assert accepted(link.rstrip("/").rpartition("/")[2]).pk


def test_a_new_link_is_made_once_a_minute(administrator, world, at):
    invitation, _secret = invited(administrator, world)
    with pytest.raises(TooMany, match="a moment ago"):
        resend_invitation(actor=administrator, invitation_id=invitation.pk)


def test_a_withdrawn_invitation_opens_nothing(administrator, world):
    invitation, secret = invited(administrator, world)
    withdraw_invitation(actor=administrator, invitation_id=invitation.pk)
    with pytest.raises(Conflict, match="withdrawn"):
        accepted(secret)
    assert not User.objects.filter(email=MAIL).exists()


@pytest.mark.parametrize("secret", ["unknown", "x" * 43, "%00", "../../admin"])
def test_unknown_links_are_answered_in_the_same_words(client, db, secret):
    answer = client.get(reverse("invitation", args=["unknown"]))
    assert answer.status_code == 404
    other = client.get(f"/accounts/invitation/{secret}/".replace("../../", ""))
    assert other.status_code == 404


def test_too_many_tries_from_one_place_are_refused(client, db):
    answers = [client.post(reverse("invitation", args=[f"guess{n}"])).status_code for n in range(61)]
    assert answers == [404] * 60 + [429]


@pytest.mark.parametrize("persona", ["head", "team", "auditor", "applicant"])
def test_only_administrators_invite(request, persona, world):
    with pytest.raises(NotAllowed):
        invited(request.getfixturevalue(persona), world)
    assert not Invitation.objects.exists()


def test_an_address_is_invited_once_at_a_time_and_signs_in_to_one_account(administrator, world, applicant):
    invited(administrator, world)
    with pytest.raises(Conflict, match="open invitation"):
        invited(administrator, world, email=MAIL.upper())
    with pytest.raises(Conflict, match="exists already"):
        invited(administrator, world, email=applicant.email)
    assert Invitation.objects.count() == 1


def test_a_head_is_not_invited_beside_the_present_one(administrator, world):
    with pytest.raises(Conflict, match="has a head"):
        invited(administrator, world, duty="head")


@pytest.mark.parametrize("name", ["applicant", "APPLICANT"])
def test_a_user_name_is_never_given_twice(administrator, world, applicant, name):
    _invitation, secret = invited(administrator, world)
    applicant.is_active = False
    applicant.save(update_fields=["is_active"])
    with pytest.raises(Conflict) as refusal:
        accepted(secret, username=name)
    assert list(refusal.value.fields) == ["username"]
    assert not User.objects.filter(email=MAIL).exists()


@pytest.mark.parametrize("password", ["short", "password1234", "wong@example.test"])
def test_a_weak_password_opens_nothing(administrator, world, password):
    _invitation, secret = invited(administrator, world)
    with pytest.raises(Unprocessable) as refusal:
        accepted(secret, password=password)
    assert refusal.value.code == "password.weak"
    assert not User.objects.filter(email=MAIL).exists()


def test_a_re_created_name_inherits_nothing(administrator, world, verifier):
    """T31: the same name and address, invited again after leaving, is somebody new."""
    record_leaving(actor=administrator, person_id=verifier.person_id, last_day=clock.today(), reason="R", holders={})
    User.objects.filter(pk=verifier.pk).update(is_active=False)
    _invitation, secret = invited(administrator, world, email=verifier.email, name_en=verifier.person.name_en)
    account = accepted(secret, username="verifier.again")
    assert account.person_id != verifier.person_id
    assert not account.has_perm("projects.verify_procedure")


def test_a_person_on_record_who_comes_back_has_no_role_either(administrator, world, verifier):
    record_leaving(actor=administrator, person_id=verifier.person_id, last_day=clock.today(), reason="R", holders={})
    User.objects.filter(pk=verifier.pk).update(is_active=False)
    RoleGrant.objects.filter(person=verifier.person).update(ends_at=clock.now())
    _invitation, secret = invited(administrator, world, email=verifier.email, person_id=verifier.person_id)
    account = accepted(secret, username="verifier.again")
    assert account.person_id == verifier.person_id
    assert not account.has_perm("projects.verify_procedure")


class TestWithMail:
    @pytest.fixture(autouse=True)
    def configured(self, settings):
        settings.EMAIL_HOST = "mail.example.test"

    def test_the_link_goes_by_mail_alone_in_the_person_s_language(self, administrator, world):
        _invitation, link = invite(
            actor=administrator, email=MAIL, department_id=world.a.pk, name_en="Wong", language="zh-hant"
        )
        outbox.deliver(OutboxMessage.objects.get().pk)
        [sent] = mail.outbox
        assert link == ""
        assert sent.to == [MAIL]
        assert "帳戶" in sent.subject
        secret = sent.body.partition("/accounts/invitation/")[2].partition("/")[0]
        assert accepted(secret).email == MAIL

    def test_the_message_that_waits_holds_no_secret(self, administrator, world):
        invite(actor=administrator, email=MAIL, department_id=world.a.pk, name_en="Wong")
        assert set(OutboxMessage.objects.get().payload) == {"invitation_id"}


class TestPages:
    def test_the_link_is_in_one_answer_and_in_no_other(self, client, administrator, world):
        client.force_login(administrator)
        typed = {
            "name_en": "Wong Siu-ming",
            "email": MAIL,
            "department": world.a.pk,
            "duty": "staff",
            "language": "en",
            "form_token": "6f5f2c39-74a5-4c4a-8f62-5f1c8c1c5d10",
        }
        answer = client.post(reverse("people:invitation-new"), typed)
        assert "/accounts/invitation/" in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"
        again = client.post(reverse("people:invitation-new"), typed, follow=True)
        assert "/accounts/invitation/" not in again.content.decode()
        assert Invitation.objects.count() == 1

    def test_the_invited_person_chooses_a_password_and_is_in(self, client, administrator, world):
        _invitation, secret = invited(administrator, world)
        page = reverse("invitation", args=[secret])
        typed = {"username": "wong.sm", "password": PASSWORD, "password_again": PASSWORD}
        assert client.post(page, typed | {"password_again": "other"}).status_code == 422
        assert client.post(page, typed).status_code == 302
        assert client.get(reverse("people:people")).status_code == 200
        client.logout()
        assert "was used" in client.get(page).content.decode()
