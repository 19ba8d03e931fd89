"""Asking the Team for priority help, and its answer on record (FEATURES A6)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import NotVisible, Unprocessable
from core.references import next_reference
from projects.models import HelpRequest
from projects.policies.help import can_answer_help, can_ask_help, can_withdraw_help
from projects.services.recording import locked_project

Outcome = HelpRequest.Outcome
ANSWERS = (Outcome.HELPING, Outcome.ADVISED, Outcome.DECLINED)


@transaction.atomic
def ask_help(*, actor: User, project_id: int, kind: str, question: str) -> HelpRequest:
    """Ask for help with one project. It stays open until the Team answers or the department withdraws it."""
    project = locked_project(actor, project_id)
    can_ask_help(actor, project).or_raise()
    now = clock.now()
    return HelpRequest.objects.create(
        reference=next_reference(f"HELP-{clock.hong_kong_day(now).year}"),
        project=project,
        kind=kind,
        question=question,
        asked_by=actor.person,
        asked_at=now,
    )


@transaction.atomic
def answer_help(*, actor: User, help_id: int, outcome: str, answer: str) -> HelpRequest:
    """The Team's answer, once and for the record."""
    asked = _locked(actor, help_id)
    can_answer_help(actor, asked).or_raise()
    if outcome not in ANSWERS:
        message = _("An answer helps, advises or declines.")
        raise Unprocessable("help.outcome", message, fields={"outcome": [message]})
    return _close(asked, actor, outcome=outcome, answer=answer)


@transaction.atomic
def withdraw_help(*, actor: User, help_id: int, reason: str) -> HelpRequest:
    """The department needs no help any more; the question stays on record."""
    asked = _locked(actor, help_id)
    can_withdraw_help(actor, asked).or_raise()
    return _close(asked, actor, outcome=Outcome.WITHDRAWN, answer=reason)


def _locked(actor: User, help_id: int) -> HelpRequest:
    rows = HelpRequest.objects.visible_to(actor).select_for_update(of=("self",)).select_related("project")
    asked: HelpRequest | None = rows.filter(pk=help_id).first()
    if asked is None:
        raise NotVisible("help.none", _("There is no such request for help for you."))
    return asked


def _close(asked: HelpRequest, actor: User, *, outcome: str, answer: str) -> HelpRequest:
    asked.outcome, asked.answer = outcome, answer
    asked.answered_by, asked.answered_at = actor.person, clock.now()
    asked.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    return asked
