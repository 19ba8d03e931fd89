"""A person leaves: what they hold is handed over, what they may do ends, their accounts close (FEATURES N7)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import holdings, policies
from accounts.holdings import Held
from accounts.models import Departure, ObjectGrant, Person, Posting, RoleGrant, User
from accounts.services import people, postings, roles, sharing
from core import clock, ledger
from core.errors import Text, Unprocessable

FURTHEST_BACK = timedelta(days=31)
VACANT = None


@transaction.atomic
def record_leaving(
    *, actor: User, person_id: int, last_day: date, reason: str, holders: Mapping[str, Person | None]
) -> Departure:
    """Confirm that a person leaves at the end of a day, with a new holder for everything they hold.

    `holders` names somebody for each holding (`lead:IMMD-2026-003`), or None to leave it vacant where
    that is allowed. Postings, roles and grants end with the day; accounts close then, at once if it is over.
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    policies.can_record_leaving(actor, person).or_raise()
    _refuse_day(last_day)
    now, after = clock.now(), last_day + timedelta(days=1)
    held = holdings.held_by(person, after)
    _refuse_unnamed(held, holders, person=person, after=after)
    ends_at = max(clock.end_of_day(last_day), now)
    _end_postings(person, after=after, reason=reason)
    told = [one.kind.hand_over(one.holding, holders[one.name], actor, after) for one in held]
    _end_rights(person, at=ends_at, by=actor, reason=reason)
    departure = Departure.objects.create(
        person=person,
        last_day=last_day,
        reason=reason,
        handed_over=[_told(one, holders[one.name]) for one in held],
        confirmed_by=actor.person,
        confirmed_at=now,
    )
    _close_if_over(departure, now)
    for entry in filter(None, told):
        ledger.record(entry.action, actor=actor, subject=entry.subject, facts=entry.facts)
    facts: dict[str, ledger.Fact] = {
        "last_day": last_day.isoformat(),
        "handed_over": {one.name: _reference(holders[one.name]) for one in held},
    }
    ledger.record("person.leaving", actor=actor, subject=person, facts=facts)
    return departure


def close_accounts_due() -> int:
    """Close the accounts of everybody whose last day is over. Returns how many people that were."""
    today = clock.today()
    waiting = Departure.objects.filter(closed_at__isnull=True, last_day__lt=today)
    return sum(_close_one(departure_id) for departure_id in waiting.values_list("pk", flat=True))


@transaction.atomic
def _close_one(departure_id: int) -> int:
    departure = Departure.objects.select_for_update(skip_locked=True).filter(pk=departure_id).first()
    if departure is None or departure.closed_at is not None:
        return 0
    _close_if_over(departure, clock.now())
    ledger.record(
        "account.closed", actor=ledger.SYSTEM, subject=departure.person, facts={"departure": departure.ledger_ref}
    )
    return 1


def _close_if_over(departure: Departure, now: datetime) -> None:
    if clock.end_of_day(departure.last_day) > now:
        return
    for account in User.objects.select_for_update().filter(person=departure.person_id, is_active=True):
        people.close(account, reason=departure.reason)
    departure.closed_at = now
    departure.save(update_fields=["closed_at"])


def _end_postings(person: Person, *, after: date, reason: str) -> None:
    for posting in Posting.objects.select_for_update().filter(person=person).not_over(after):
        postings.cut_short(posting, first_day_after=after, reason=reason)


def _end_rights(person: Person, *, at: datetime, by: User, reason: str) -> None:
    for role in RoleGrant.objects.select_for_update().filter(person=person).proposed():
        roles.end(role, at=at, by=by.person, reason=reason)
    for role in RoleGrant.objects.select_for_update().filter(person=person).not_over(at):
        roles.end(role, at=at, by=by.person, reason=reason)
    for grant in ObjectGrant.objects.select_for_update().filter(person=person, ends_at__gt=at):
        sharing.end(grant, at=at, by=by.person, reason=reason)


def _refuse_day(last_day: date) -> None:
    if last_day < clock.today() - FURTHEST_BACK:
        message = _("A leaving is recorded at most 31 days after the last day.")
        raise Unprocessable("leaving.past", message, fields={"last_day": [message]})


def _refuse_unnamed(held: list[Held], holders: Mapping[str, Person | None], *, person: Person, after: date) -> None:
    """Every holding is named, by somebody who may take it, or left vacant where that is allowed."""
    unknown = set(holders) - {one.name for one in held}
    if unknown:
        message = _("This person does not hold that. Open the page again.")
        raise Unprocessable("leaving.holding", message, fields={"holders": [message]})
    for one in held:
        to = holders.get(one.name, VACANT)
        vacant_allowed = one.kind.may_be_vacant and one.name in holders
        if to is None and not vacant_allowed:
            raise _refused("leaving.holder", one, _("Name who takes over: %(title)s."))
        if to is not None and not one.candidates(but=person, on=after).filter(pk=to.pk).exists():
            message = _("The new holder must belong to the same department on the day after: %(title)s.")
            raise _refused("leaving.department", one, message)


def _refused(code: str, one: Held, message: Text) -> Unprocessable:
    told = message % {"title": one.holding.title}
    return Unprocessable(code, told, fields={one.name: [told]})


def _told(one: Held, to: Person | None) -> dict[str, object]:
    return {"holding": one.name, "title": str(one.holding.title), "to": to.pk if to else None}


def _reference(person: Person | None) -> str:
    return person.ledger_ref if person else "vacant"
