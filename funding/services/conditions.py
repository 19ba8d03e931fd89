"""Conditions of an approval as tasks: set at publication, met with evidence, discharged or waived by others."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from core import clock, ledger
from core.errors import InvalidInput, NotVisible, Text, Unprocessable
from core.text import is_blank
from core.uploads import StoredFile
from funding import facts, policies
from funding.models import Condition, ConditionStep, Decision, EvidenceFile
from funding.rules import lifecycle
from funding.services import evidence

DAYS_TO_MEET = 90  # where the secretary names no other day at publication
Kind = ConditionStep.Kind


def set_tasks(decision: Decision, *, actor: User, due_on: date | None) -> None:
    """Turn the texts of a published approval into tasks of the project lead. Called by whoever publishes."""
    due = due_on or clock.today() + timedelta(days=DAYS_TO_MEET)
    if due < clock.today():
        message = _("Conditions are due on a day that lies ahead.")
        raise Unprocessable("due.past", message, fields={"conditions_due_on": [message]})
    for number, text in enumerate(decision.conditions, start=1):
        condition = Condition.objects.create(
            decision=decision, number=number, text=text, owner=decision.request.lead, due_on=due
        )
        _step(condition, Kind.SET, actor=actor)


@transaction.atomic
def assign_condition(*, actor: User, condition_id: int, owner: Person, due_on: date, reason: str) -> Condition:
    """Give an open condition another owner of the same department, or another day, with a reason."""
    condition = _locked(condition_id, seen_by=actor)
    policies.can_assign(actor, condition).or_raise()
    _require(reason)
    if not facts.belongs(owner.pk, condition.decision.request.department_id, clock.today()):
        message = _("The owner belongs to the department that got the money.")
        raise Unprocessable("owner.department", message, fields={"owner": [message]})
    if due_on < clock.today():
        message = _("The day lies ahead.")
        raise Unprocessable("due.past", message, fields={"due_on": [message]})
    condition.owner = owner
    condition.due_on = due_on
    told: dict[str, ledger.Fact] = {"owner": owner.ledger_ref, "due_on": due_on.isoformat()}
    return _move(condition, "assign", Kind.ASSIGNED, "condition.assigned", actor=actor, note=reason, told=told)


@transaction.atomic
def submit_evidence(*, actor: User, condition_id: int, note: str, stored: StoredFile) -> Condition:
    """Hand in what shows that the condition is met: a file and what it is."""
    condition = _locked(condition_id, seen_by=actor)
    policies.can_submit_evidence(actor, condition).or_raise()
    _require(note, "note", _("Say what the file shows."))
    kept = evidence.keep(condition.decision.request, stored, actor=actor)
    told: dict[str, ledger.Fact] = {"file": kept.shown_name, "digest": kept.digest}
    return _move(
        condition, "submit", Kind.SUBMITTED, "condition.evidence", actor=actor, note=note, told=told, file=kept
    )


@transaction.atomic
def discharge_condition(*, actor: User, condition_id: int, note: str = "") -> Condition:
    """A second person finds the condition met."""
    condition = _locked(condition_id, seen_by=actor)
    policies.can_discharge(actor, condition).or_raise()
    return _move(condition, "discharge", Kind.DISCHARGED, "condition.discharged", actor=actor, note=note)


@transaction.atomic
def return_evidence(*, actor: User, condition_id: int, reason: str) -> Condition:
    """Send evidence back that does not show it; the file stays on record."""
    condition = _locked(condition_id, seen_by=actor)
    policies.can_return_evidence(actor, condition).or_raise()
    _require(reason)
    return _move(condition, "return", Kind.RETURNED, "condition.returned", actor=actor, note=reason)


@transaction.atomic
def propose_waiver(*, actor: User, condition_id: int, reason: str) -> Condition:
    """The secretary asks that a condition be given up. It is owed until a second person agrees."""
    condition = _locked(condition_id, seen_by=actor)
    policies.can_propose_waiver(actor, condition).or_raise()
    _require(reason)
    return _move(condition, "propose_waiver", Kind.WAIVING, "condition.waiver_proposed", actor=actor, note=reason)


@transaction.atomic
def answer_waiver(*, actor: User, condition_id: int, agree: bool, reason: str) -> Condition:
    """The second person agrees that the condition is given up, or refuses it; with a reason either way."""
    condition = _locked(condition_id, seen_by=actor)
    policies.can_waive(actor, condition).or_raise()
    _require(reason)
    if agree:
        return _move(condition, "waive", Kind.WAIVED, "condition.waived", actor=actor, note=reason)
    return _move(condition, "refuse_waiver", Kind.KEPT, "condition.kept", actor=actor, note=reason)


def _locked(condition_id: int, *, seen_by: User) -> Condition:
    found: Condition | None = (
        Condition.objects.visible_to(seen_by)
        .select_for_update(of=("self",))
        .select_related("decision__request__project", "owner")
        .filter(pk=condition_id)
        .first()
    )
    if found is None:
        raise NotVisible("condition.none", _("There is no such condition for you."))
    return found


def _move(
    condition: Condition,
    name: str,
    kind: str,
    action: str,
    *,
    actor: User,
    note: str,
    told: dict[str, ledger.Fact] | None = None,
    file: EvidenceFile | None = None,
) -> Condition:
    condition.status = lifecycle.target(lifecycle.CONDITION, name, condition.status)
    condition.save(update_fields=["status", "owner", "due_on"])
    _step(condition, kind, actor=actor, note=note, file=file)
    request = condition.decision.request
    about: dict[str, ledger.Fact] = {"request": request.reference, "number": condition.number, "note": note}
    ledger.record(action, actor=actor, subject=condition, facts={**about, **(told or {})})
    return condition


def _step(condition: Condition, kind: str, *, actor: User, note: str = "", file: EvidenceFile | None = None) -> None:
    ConditionStep.objects.create(
        condition=condition, kind=kind, person=actor.person, at=clock.now(), note=note, evidence=file
    )


def _require(text: str, field: str = "reason", message: Text | None = None) -> None:
    if is_blank(text):
        said = message or _("Give the reason.")
        raise InvalidInput(f"{field}.required", said, fields={field: [said]})
