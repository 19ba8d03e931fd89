"""Sharing one record with one person until a day, and taking it back (DESIGN 8)."""

from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import grants
from accounts.models import ObjectGrant, Person, User
from accounts.sharing import a_year_after, shareable
from core import clock, ledger
from core.errors import Conflict, NotAllowed, NotVisible, Unprocessable
from core.verdicts import Verdict


@transaction.atomic
def share(*, actor: User, kind: str, reference: str, person_id: int, last_day: date, reason: str) -> ObjectGrant:
    """Let a person see one record, inside and out, up to the end of `last_day`, at most 12 months ahead."""
    what = shareable(kind)
    thing = what.find(reference, seen_by=actor)
    person = Person.objects.select_for_update().get(pk=person_id)
    what.may_share(actor, thing).or_raise()
    if person.pk == actor.person_id:
        raise NotAllowed("duty.separate", _("Nobody shares a record with themselves."))
    now, ends_at = clock.now(), _end(last_day)
    held = ObjectGrant.objects.on_object(thing).live(now).filter(person=person)
    if held.exists():
        raise Conflict("grant.exists", _("This is shared with that person already. End that grant first."))
    grant = ObjectGrant.objects.create(
        person=person,
        permission=what.permission,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        kind=kind,
        reference=thing.reference,
        reason=reason,
        granted_by=actor.person,
        granted_at=now,
        ends_at=ends_at,
    )
    grants.allow(grant, thing)
    facts = {"person": person.ledger_ref, "permission": what.permission, "ends_at": ledger.instant_text(ends_at)}
    ledger.record("grant.given", actor=actor, subject=thing, facts=facts)
    return grant


@transaction.atomic
def revoke_grant(*, actor: User, grant_id: int, reason: str) -> ObjectGrant:
    """Take it back now. Who shared it, and whoever may share that record, may."""
    grant = ObjectGrant.objects.select_for_update(of=("self",)).select_related("person").get(pk=grant_id)
    may_revoke(actor, grant).or_raise()
    end(grant, at=clock.now(), by=actor.person, reason=reason)
    facts = {"person": grant.person.ledger_ref, "permission": grant.permission}
    ledger.record("grant.revoked", actor=actor, subject=grant.reference, facts=facts)
    return grant


def grant_for(user: User, pk: int) -> ObjectGrant:
    """A grant that this person may read, or may end. For everybody else there is none."""
    grant = ObjectGrant.objects.select_related("person").filter(pk=pk).first()
    readable = ObjectGrant.objects.visible_to(user).filter(pk=pk).exists()
    if grant is None or not (readable or may_revoke(user, grant)):
        raise NotVisible("not_found", _("There is no such thing, or you may not see it."))
    return grant


def may_revoke(user: User, grant: ObjectGrant) -> Verdict:
    """Whoever gave it, and whoever may share the record now. To others the grant does not exist."""
    what = shareable(grant.kind)
    thing = what.find(grant.reference, seen_by=user)
    if grant.granted_by_id != user.person_id:
        may_share = what.may_share(user, thing)
        if not may_share:
            return may_share
    if not grant.is_live(clock.now()):
        return Verdict.no("grant.ended", _("This grant has ended already."), error=Conflict)
    return Verdict.yes(thing)


def end(grant: ObjectGrant, *, at: datetime, by: Person, reason: str) -> None:
    """End one at an instant. Guardian's permission goes when that has come."""
    grant.ends_at = max(at, grant.granted_at)
    grant.revoked_by, grant.revoked_at, grant.revoke_reason = by, clock.now(), reason
    grant.save(update_fields=["ends_at", "revoked_by", "revoked_at", "revoke_reason"])
    if grant.ends_at <= clock.now():
        grants.withdraw(grant)


def _end(last_day: date) -> datetime:
    today = clock.today()
    if last_day < today:
        message = _("The last day must not be in the past.")
        raise Unprocessable("grant.past", message, fields={"last_day": [message]})
    if last_day > a_year_after(today):
        message = _("A record is shared for 12 months at most.")
        raise Unprocessable("grant.too_long", message, fields={"last_day": [message]})
    return clock.end_of_day(last_day)
