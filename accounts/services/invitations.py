"""Inviting a person, and the taking up of the invitation by whoever holds its link."""

from datetime import timedelta
import secrets

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import grants, policies
from accounts.models import Department, Invitation, Person, Posting, User
from accounts.services.people import with_simplified
from accounts.services.postings import begin
from core import clock, ledger, mail, outbox
from core.api.authentication import digest_of
from core.errors import Conflict, NotVisible, TooMany, Unprocessable

LIFETIME = timedelta(days=7)
NEXT_LINK_AFTER = timedelta(minutes=1)


@transaction.atomic
def invite(
    *,
    actor: User,
    email: str,
    department_id: int,
    duty: str = Posting.Duty.STAFF,
    language: str = "en",
    person_id: int | None = None,
    **names: str,
) -> tuple[Invitation, str]:
    """Invite a new person, or one on record already, to open an account.

    Returns the invitation and its link, which is known to nobody afterwards; empty when mail carries it.
    """
    policies.can_manage(actor).or_raise()
    Department.objects.select_for_update().get(pk=department_id)  # one invitation of a head at a time
    _refuse_taken(email)
    _refuse_second_head(department_id, duty)
    person = Person.objects.get(pk=person_id) if person_id else None
    if person is not None:
        names = {name: getattr(person, name) for name in NAMES}
    now, secret = clock.now(), secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        department_id=department_id,
        duty=duty,
        language=language,
        person=person,
        invited_by=actor.person,
        invited_at=now,
        digest=digest_of(secret),
        link_made_at=now,
        expires_at=now + LIFETIME,
        **with_simplified(names),
    )
    link = _give_link(invitation, secret)
    facts = {"department": invitation.department.safe_code, "duty": str(duty)}
    ledger.record("invitation.made", actor=actor, subject=invitation, facts=facts)
    return invitation, link


@transaction.atomic
def resend_invitation(*, actor: User, invitation_id: int) -> tuple[Invitation, str]:
    """A new link for another week. The one before it opens nothing any more."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    policies.can_change_invitation(actor, invitation).or_raise()
    now = clock.now()
    if invitation.link_made_at + NEXT_LINK_AFTER > now:
        raise TooMany("invitation.just_sent", _("A link was made a moment ago. Wait a minute before making another."))
    return invitation, _give_link(invitation, _new_secret(invitation))


@transaction.atomic
def withdraw_invitation(*, actor: User, invitation_id: int) -> Invitation:
    """The link opens nothing any more."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    policies.can_change_invitation(actor, invitation).or_raise()
    invitation.withdrawn_at, invitation.withdrawn_by = clock.now(), actor.person
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    ledger.record("invitation.withdrawn", actor=actor, subject=invitation, facts={})
    return invitation


@transaction.atomic
def accept_invitation(*, secret: str, username: str, password: str) -> User:
    """Open the account: the person, their posting and their sign-in come into being together, once."""
    invitation = open_invitation(secret, lock=True)
    _refuse_taken(invitation.email, but=invitation)
    account = _new_account(invitation, username, password)
    today = clock.today()
    if invitation.duty == Posting.Duty.HEAD:
        Department.objects.select_for_update().get(pk=invitation.department_id)
        _refuse_second_head(invitation.department_id, invitation.duty)
        Posting.objects.create(
            person=account.person, department=invitation.department, duty=invitation.duty, starts_on=today
        )
    elif not Posting.objects.on(today).filter(person=account.person, department=invitation.department).exists():
        begin(account.person, invitation.department_id, starts_on=today)
    invitation.accepted_at, invitation.user, invitation.person = clock.now(), account, account.person
    invitation.save(update_fields=["accepted_at", "user", "person"])
    grants.follow(account)
    facts = {"invitation": invitation.ledger_ref, "department": invitation.department.safe_code}
    ledger.record("account.opened", actor=account, subject=account.person, facts=facts)
    return account


def open_invitation(secret: str, *, lock: bool = False) -> Invitation:
    """The invitation behind a link. An unknown link, an old one and an invented one are answered alike."""
    rows = Invitation.objects.select_related("department", "person")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    invitation = rows.filter(digest=digest_of(secret)).first()
    if invitation is None:
        raise NotVisible("invitation.none", _("This link opens nothing. Ask the person who invited you for a new one."))
    match invitation.state:
        case "accepted":
            raise Conflict("invitation.used", _("This invitation was used. Sign in with the account it opened."))
        case "withdrawn":
            raise Conflict("invitation.withdrawn", _("This invitation was withdrawn. Ask the person who invited you."))
        case "expired":
            raise Conflict(
                "invitation.expired", _("This invitation has expired. Ask the person who invited you for a new link.")
            )
    return invitation


@outbox.handler("invitation_mail")
def send_link(payload: dict[str, int]) -> None:
    """Mail a link made now: its secret is kept nowhere, so a repeat makes a new one and the last mail counts."""
    invitation = Invitation.objects.select_for_update().get(pk=payload["invitation_id"])
    if invitation.state != "open":
        return
    mail.send(
        to=invitation.email,
        language=invitation.language,
        template="accounts/invitation_mail.txt",
        context={
            "invitation": invitation,
            "link": address(_new_secret(invitation)),
            "until": invitation.expires_at,
        },
    )


def address(secret: str) -> str:
    return settings.SITE_URL.rstrip("/") + reverse("invitation", args=[secret])


NAMES = ("name_en", "name_zh_hant", "name_zh_hans", "title_en", "title_zh_hant", "title_zh_hans")


def _give_link(invitation: Invitation, secret: str) -> str:
    """By mail where there is mail; else the link itself, for the administrator to hand over."""
    if not mail.is_configured():
        return address(secret)
    key = f"{invitation.pk}:{invitation.link_made_at.isoformat()}"
    outbox.add("invitation_mail", key=key, invitation_id=invitation.pk)
    return ""


def _new_secret(invitation: Invitation) -> str:
    secret, now = secrets.token_urlsafe(32), clock.now()
    invitation.digest, invitation.link_made_at, invitation.expires_at = digest_of(secret), now, now + LIFETIME
    invitation.save(update_fields=["digest", "link_made_at", "expires_at"])
    return secret


def _refuse_taken(email: str, *, but: Invitation | None = None) -> None:
    """One e-mail address signs in to one account, and is invited once at a time."""
    invited = Invitation.objects.open().filter(email__iexact=email)
    if but is None and invited.exists():
        message = _("This address has an open invitation already. Send that one again, or withdraw it.")
        raise Conflict("invitation.open", message, fields={"email": [message]})
    if User.objects.filter(email__iexact=email, is_active=True).exists():
        message = _("An account with this address exists already.")
        raise Conflict("account.exists", message, fields={"email": [message]})


def _refuse_second_head(department_id: int, duty: str) -> None:
    heads = Posting.objects.heads().not_over(clock.today()).filter(department=department_id)
    if duty == Posting.Duty.HEAD and any(posting.state != "past" for posting in heads):
        message = _("This department has a head. Invite the person as staff, then change the head on a day.")
        raise Conflict("posting.head_taken", message, fields={"duty": [message]})


def _new_account(invitation: Invitation, username: str, password: str) -> User:
    """User names differ in more than case and are never given again, also not those of closed accounts (T31)."""
    try:
        User.username_validator(username)
    except ValidationError as error:
        raise Unprocessable("username.format", error.messages[0], fields={"username": error.messages}) from error
    account = User(username=username, email=invitation.email, language=invitation.language)
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Unprocessable("password.weak", error.messages[0], fields={"password": error.messages}) from error
    message = _("This user name is taken. Choose another.")
    if User.objects.filter(username__iexact=username).exists():
        raise Conflict("username.taken", message, fields={"username": [message]})
    account.person = invitation.person or _new_person(invitation)
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise Conflict("username.taken", message, fields={"username": [message]}) from error
    return account


def _new_person(invitation: Invitation) -> Person:
    """Always somebody new, however alike the name: nothing is inherited by name (TRUST T31)."""
    named = {name: getattr(invitation, name) for name in NAMES}
    return Person.objects.create(email=invitation.email, **named)
