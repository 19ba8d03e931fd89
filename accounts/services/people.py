"""People on record, and the closing of an account. Nothing is deleted (DESIGN 2)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import policies
from accounts.models import Person, User
from core import clock, ledger
from core.errors import Stale
from core.models import ApiToken
from core.simplified import simplified


@transaction.atomic
def register_person(*, actor: User, **fields: str) -> Person:
    """Put a person on record without an account, for example a lead who does not sign in yet."""
    policies.can_manage(actor).or_raise()
    return Person.objects.create(**with_simplified(fields))


@transaction.atomic
def edit_person(*, actor: User, person_id: int, expected_version: int, **fields: str) -> Person:
    """Change names, post title and e-mail. An edit of an older version than the stored one is refused."""
    policies.can_manage(actor).or_raise()
    person = Person.objects.select_for_update().get(pk=person_id)
    if person.version != expected_version:
        raise Stale("match.stale", _("This record was changed since you saw it. Read it again."))
    written = with_simplified(fields)
    for name, value in written.items():
        setattr(person, name, value)
    person.version += 1
    person.save(update_fields=[*written, "version"])
    return person


@transaction.atomic
def disable_account(*, actor: User, account_id: int, reason: str) -> User:
    """Close an account at once: no sign-in, no session, no token. The person's duties are ended apart."""
    account = User.objects.select_for_update().get(pk=account_id)
    policies.can_disable(actor, account).or_raise()
    close(account, reason=reason)
    ledger.record("account.disabled", actor=actor, subject=account.person, facts={"account": account.pk})
    return account


def close(account: User, *, reason: str) -> None:
    """Sessions die with the password they were opened under; tokens are revoked one by one."""
    account.is_active = False
    account.closed_at, account.closed_because = clock.now(), reason
    account.set_unusable_password()
    account.save(update_fields=["is_active", "closed_at", "closed_because", "password"])
    ApiToken.objects.filter(user=account, revoked_at__isnull=True).update(revoked_at=clock.now())


def with_simplified(fields: dict[str, str]) -> dict[str, str]:
    """The fields with Simplified proposed where only the Traditional was typed."""
    written = dict(fields)
    for name in ("name", "title"):
        if f"{name}_zh_hant" in written and not written.get(f"{name}_zh_hans"):
            written[f"{name}_zh_hans"] = simplified(written[f"{name}_zh_hant"])
    return written
