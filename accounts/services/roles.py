"""Giving and ending roles. Deciding roles take two administrators and 24 hours (DESIGN 8, TRUST T28)."""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import policies
from accounts.models import Person, RoleGrant, User
from accounts.roles import DECIDING
from core import clock, ledger
from core.errors import Conflict, Unprocessable

COOLING = timedelta(hours=24)


@transaction.atomic
def give_role(*, actor: User, person_id: int, role: str, reason: str, last_day: date | None = None) -> RoleGrant:
    """Give a role from now on, or propose a deciding one to a second administrator."""
    person = Person.objects.select_for_update().get(pk=person_id)
    policies.can_give_role(actor, person).or_raise()
    now = clock.now()
    _refuse_second(person, role, now)
    grant = RoleGrant.objects.create(
        person=person,
        group=Group.objects.get(name=role),
        reason=reason,
        granted_by=actor.person,
        given_at=now,
        effective_at=None if role in DECIDING else now,
        ends_at=_end(last_day, earliest=now + COOLING if role in DECIDING else now),
    )
    _record("role.proposed" if role in DECIDING else "role.granted", grant, actor=actor)
    return grant


@transaction.atomic
def confirm_role(*, actor: User, grant_id: int) -> RoleGrant:
    """A second administrator agrees: the role opens 24 hours from now."""
    grant = _locked(grant_id)
    policies.can_confirm_role(actor, grant).or_raise()
    now = clock.now()
    _refuse_second(grant.person, grant.group.name, now)
    if grant.ends_at is not None and grant.ends_at <= now + COOLING:
        raise Conflict("role.over", _("The role would end before its 24 hours of waiting are over. Propose it anew."))
    grant.confirmed_by, grant.confirmed_at, grant.effective_at = actor.person, now, now + COOLING
    grant.save(update_fields=["confirmed_by", "confirmed_at", "effective_at"])
    _record("role.granted", grant, actor=actor)
    return grant


@transaction.atomic
def withdraw_role(*, actor: User, grant_id: int, reason: str) -> RoleGrant:
    """A proposal comes to nothing: taken back, or not agreed to."""
    grant = _locked(grant_id)
    policies.can_withdraw_role(actor, grant).or_raise()
    _withdraw(grant, by=actor.person, reason=reason)
    _record("role.withdrawn", grant, actor=actor)
    return grant


@transaction.atomic
def end_role(*, actor: User, grant_id: int, reason: str, last_day: date | None = None) -> RoleGrant:
    """End a role now, or at the end of a day. What was done under it stands."""
    grant = _locked(grant_id)
    policies.can_end_role(actor, grant).or_raise()
    now = clock.now()
    ends_at = _end(last_day, earliest=now) or now
    if grant.ends_at is not None and ends_at > grant.ends_at:
        message = _("The role already ends before that day.")
        raise Unprocessable("role.ends_before", message, fields={"last_day": [message]})
    end(grant, at=ends_at, by=actor.person, reason=reason)
    _record("role.ended", grant, actor=actor)
    return grant


def end(grant: RoleGrant, *, at: datetime, by: Person, reason: str) -> None:
    """One whose 24 hours still run then never opens: its end is its start."""
    if grant.effective_at is None:
        _withdraw(grant, by=by, reason=reason)
        return
    grant.ends_at = max(at, grant.effective_at)
    grant.ended_by, grant.end_reason = by, reason
    grant.save(update_fields=["ends_at", "ended_by", "end_reason"])


def _withdraw(grant: RoleGrant, *, by: Person, reason: str) -> None:
    grant.withdrawn_at, grant.ended_by, grant.end_reason = clock.now(), by, reason
    grant.save(update_fields=["withdrawn_at", "ended_by", "end_reason"])


def _locked(grant_id: int) -> RoleGrant:
    """Its person's row first: the same order everywhere, so that two administrators never wait for each other."""
    person_id = RoleGrant.objects.values_list("person", flat=True).get(pk=grant_id)
    Person.objects.select_for_update().get(pk=person_id)
    return RoleGrant.objects.select_for_update(of=("self",)).select_related("group", "person").get(pk=grant_id)


def _refuse_second(person: Person, role: str, now: datetime) -> None:
    held = RoleGrant.objects.filter(person=person, group__name=role).not_over(now)
    if held.exists():
        raise Conflict("role.held", _("This person already holds the role."))


def _end(last_day: date | None, *, earliest: datetime) -> datetime | None:
    if last_day is None:
        return None
    ends_at = clock.end_of_day(last_day)
    if ends_at <= earliest:
        message = _("The end must come after the start.")
        raise Unprocessable("date.order", message, fields={"last_day": [message]})
    return ends_at


def _record(action: str, grant: RoleGrant, *, actor: User) -> None:
    def told(at: datetime | None) -> str:
        return ledger.instant_text(at) if at else ""

    facts: dict[str, ledger.Fact] = {
        "role": grant.group.name,
        "grant": grant.ledger_ref,
        "effective_at": told(grant.effective_at),
        "ends_at": told(grant.ends_at),
    }
    if grant.granted_by_id and action == "role.granted" and grant.confirmed_by_id:
        facts["proposed_by"] = f"person:{grant.granted_by_id}"
    ledger.record(action, actor=actor, subject=grant.person, facts=facts)
