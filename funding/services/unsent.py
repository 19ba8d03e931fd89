"""What is being typed, kept while it is typed and taken up again later. No record: it is one person's own."""

from collections.abc import Sequence
from typing import TypeAlias

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import NotVisible, Stale, TooLarge
from funding import policies
from funding.models import FundingRequest, UnsentForm

MOST_CHARACTERS = 200_000
MOST_VALUES = 1_000

Typed: TypeAlias = Sequence[tuple[str, str]]


@transaction.atomic
def keep_form(
    *, actor: User, form: str, request_id: int | None, typed: Typed, based_on: int, seen_revision: int
) -> UnsentForm:
    """Keep a form as it stands, valid or not. Refused when another tab kept it later than this one has seen."""
    _judge(actor, form, request_id)
    if len(typed) > MOST_VALUES or sum(len(name) + len(value) for name, value in typed) > MOST_CHARACTERS:
        raise TooLarge("form.max", _("There is more in this form than can be kept. Save it as a draft."))
    kept = _own(actor, form, request_id).select_for_update().first()
    if kept is None:
        kept = UnsentForm(person=actor.person, form=form, request_id=request_id, revision=0)
    said = [[name, value] for name, value in typed]
    if kept.revision != seen_revision and kept.typed == said:
        return kept  # the answer to an earlier sending was lost on its way
    if kept.revision != seen_revision:
        raise Stale("version.stale", _("This form was kept from another window after you opened it here."))
    kept.revision += 1
    kept.typed = said
    kept.based_on = based_on
    kept.kept_at = clock.now()
    kept.save()
    return kept


def forget_form(*, actor: User, form: str, request_id: int | None) -> None:
    """The form was saved, or given up."""
    _own(actor, form, request_id).delete()


def _own(actor: User, form: str, request_id: int | None) -> "QuerySet[UnsentForm]":
    return UnsentForm.objects.filter(person=actor.person, form=form, request=request_id)


def _judge(actor: User, form: str, request_id: int | None) -> None:
    """Whoever may save the form may keep it."""
    if form == UnsentForm.Form.NEW:
        policies.can_draft(actor).or_raise()
        return
    request = FundingRequest.objects.visible_to(actor).filter(pk=request_id or 0).first()
    if request is None:
        raise NotVisible("request.none", _("There is no such request for you."))
    may = policies.can_edit if form == UnsentForm.Form.EDIT else policies.can_revise
    may(actor, request).or_raise()
