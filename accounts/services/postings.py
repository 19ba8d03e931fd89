"""Where people are posted, and who heads a department: dated, one head at a time, every change in the ledger."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import policies
from accounts.models import Department, Person, Posting, User
from core import clock, ledger
from core.errors import Conflict, Unprocessable

LONGEST_ACTING = timedelta(days=366)
FURTHEST_BACK = timedelta(days=366)


@transaction.atomic
def start_posting(
    *, actor: User, person_id: int, department_id: int, starts_on: date, ends_on: date | None = None
) -> Posting:
    """The person joins a department's staff on a day, until a day if one is given."""
    policies.can_manage(actor).or_raise()
    person = _locked(person_id)
    _refuse_order(starts_on, ends_on)
    _refuse_long_ago(starts_on)
    begun = begin(person, department_id, starts_on=starts_on, ends_on=ends_on)
    ledger.record("posting.started", actor=actor, subject=person, facts=facts_of(begun))
    return begun


@transaction.atomic
def end_posting(*, actor: User, posting_id: int, last_day: date, reason: str) -> Posting:
    """The person belongs to the department up to and including `last_day`."""
    posting = Posting.objects.select_for_update().get(pk=posting_id)
    policies.can_end_posting(actor, posting).or_raise()
    _refuse_long_ago(last_day)
    if last_day < posting.starts_on - timedelta(days=1):
        raise _out_of_order("last_day")
    if posting.ends_on is not None and last_day >= posting.ends_on:
        message = _("The posting already ends before that day.")
        raise Conflict("posting.ended", message)
    cut_short(posting, first_day_after=last_day + timedelta(days=1), reason=reason)
    ledger.record("posting.ended", actor=actor, subject=posting.person, facts=facts_of(posting))
    return posting


@transaction.atomic
def appoint_head(
    *,
    actor: User,
    department_id: int,
    person_id: int,
    starts_on: date,
    ends_on: date | None = None,
    is_acting: bool = False,
    former_stays: bool = True,
    reason: str = "",
) -> Posting:
    """Hand a department over on a day. An acting head has it until `ends_on`; then the substantive one again.

    The former head's time as head ends on that day; they stay as staff unless said otherwise.
    """
    policies.can_manage(actor).or_raise()
    appointed, former = hand_over_department(
        department_id,
        Person.objects.get(pk=person_id),
        starts_on=starts_on,
        ends_on=ends_on,
        is_acting=is_acting,
        former_stays=former_stays,
        reason=reason,
    )
    facts = facts_of(appointed, former=former)
    ledger.record("posting.head_changed", actor=actor, subject=appointed.person, facts=facts)
    return appointed


def hand_over_department(
    department_id: int,
    person: Person,
    *,
    starts_on: date,
    ends_on: date | None = None,
    is_acting: bool = False,
    former_stays: bool = True,
    reason: str = "",
) -> tuple[Posting, Person | None]:
    """The new head's posting, and who headed the department until then."""
    Department.objects.select_for_update().get(pk=department_id)
    person = _locked(person.pk)
    _refuse_order(starts_on, ends_on)
    _refuse_long_ago(starts_on)
    _refuse_acting(starts_on, ends_on, is_acting=is_acting)
    heads = Posting.objects.select_for_update().heads().filter(department=department_id)
    _refuse_later_head(heads, starts_on, ends_on)
    former = heads.on(starts_on).first()
    if former is not None:
        if former.person_id == person.pk:
            raise Conflict("posting.same_head", _("This person already heads the department on that day."))
        back_on = ends_on if is_acting else None
        _give_way(former, starts_on=starts_on, back_on=back_on, stays=former_stays, reason=reason)
    appointed = Posting.objects.create(
        person=person,
        department_id=department_id,
        duty=Posting.Duty.HEAD,
        is_acting=is_acting,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return appointed, former.person if former else None


def begin(person: Person, department_id: int, *, starts_on: date, ends_on: date | None = None) -> Posting:
    """A staff posting, unless one covers part of the time already."""
    same = Posting.objects.filter(person=person, department=department_id, duty=Posting.Duty.STAFF)
    overlap = same.not_over(starts_on)
    if ends_on is not None:
        overlap = overlap.filter(starts_on__lt=ends_on)
    if any(posting.ends_on != posting.starts_on for posting in overlap):
        raise Conflict("posting.overlap", _("This person is already posted there during part of this time."))
    return Posting.objects.create(person=person, department_id=department_id, starts_on=starts_on, ends_on=ends_on)


def end(posting: Posting, *, first_day_after: date, reason: str) -> None:
    """A posting still to begin then never does: its end is its start."""
    posting.ends_on = max(first_day_after, posting.starts_on)
    posting.end_reason = reason
    posting.save(update_fields=["ends_on", "end_reason"])


def cut_short(posting: Posting, *, first_day_after: date, reason: str) -> None:
    """End a posting; where an acting head's time ends early, the substantive head is back that day."""
    planned = posting.ends_on
    end(posting, first_day_after=first_day_after, reason=reason)
    heads = Posting.objects.heads().filter(department=posting.department_id, is_acting=False)
    back = heads.filter(starts_on=planned).first() if posting.is_acting and planned else None
    if back is not None and posting.ends_on is not None:
        back.starts_on = posting.ends_on
        back.save(update_fields=["starts_on"])


def _give_way(former: Posting, *, starts_on: date, back_on: date | None, stays: bool, reason: str) -> None:
    """End the former head's time, and plan their return when the new head only acts."""
    until, was_acting = former.ends_on, former.is_acting
    end(former, first_day_after=starts_on, reason=reason)
    if back_on is not None and not was_acting and (until is None or until > back_on):
        Posting.objects.create(
            person=former.person,
            department_id=former.department_id,
            duty=Posting.Duty.HEAD,
            starts_on=back_on,
            ends_on=until,
        )
    if not stays:
        return
    staff = Posting.objects.filter(person=former.person, department=former.department_id, duty=Posting.Duty.STAFF)
    if not staff.on(starts_on).exists():
        Posting.objects.create(
            person=former.person,
            department_id=former.department_id,
            starts_on=starts_on,
            ends_on=back_on or until,
        )


def _locked(person_id: int) -> Person:
    """The person's row is the lock for everything dated about them."""
    return Person.objects.select_for_update().get(pk=person_id)


def _refuse_order(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on <= starts_on:
        raise _out_of_order("ends_on")


def _out_of_order(field: str) -> Unprocessable:
    message = _("The end must come after the start.")
    return Unprocessable("date.order", message, fields={field: [message]})


def _refuse_long_ago(day: date) -> None:
    if day < clock.today() - FURTHEST_BACK:
        message = _("A change of postings reaches back at most one year.")
        raise Unprocessable("posting.past", message, fields={"starts_on": [message], "last_day": [message]})


def _refuse_acting(starts_on: date, ends_on: date | None, *, is_acting: bool) -> None:
    if is_acting and (ends_on is None or ends_on - starts_on > LONGEST_ACTING):
        message = _("An acting head needs an end, at most 12 months after the start.")
        raise Unprocessable("posting.acting_end", message, fields={"ends_on": [message]})


def _refuse_later_head(heads: "QuerySet[Posting]", starts_on: date, ends_on: date | None) -> None:
    later = heads.filter(starts_on__gt=starts_on)
    if ends_on is not None:
        later = later.filter(starts_on__lt=ends_on)
    if any(posting.ends_on != posting.starts_on for posting in later):
        message = _("Somebody is already to head the department from a later day; end that first.")
        raise Conflict("posting.head_taken", message)


def facts_of(posting: Posting, *, former: Person | None = None) -> dict[str, ledger.Fact]:
    """What the ledger says of a posting."""
    return {
        "department": posting.department.safe_code,
        "duty": str(posting.duty),
        "acting": posting.is_acting,
        "starts_on": posting.starts_on.isoformat(),
        "ends_on": posting.ends_on.isoformat() if posting.ends_on else "",
        "former": former.ledger_ref if former else "",
    }
