"""What becomes of procedures: one is merged into another, or split into several; the count never grows by it (T15)."""

from collections.abc import Sequence
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import InvalidInput
from core.references import next_reference
from core.simplified import simplified
from core.text import is_blank
from projects import policies
from projects.models import Claim, Procedure, ProcedureFact
from projects.services.procedures import link, refuse_same_name
from projects.services.recording import end_claim, keep, locked_procedure

Kind = ProcedureFact.Kind
FEWEST, MOST = 2, 12


class Part(TypedDict, total=False):
    """A procedure that comes out of a split."""

    name_en: str
    name_zh_hant: str


@transaction.atomic
def split_procedure(*, actor: User, procedure_id: int, into: Sequence[Part], reason: str) -> list[Procedure]:
    """Replace a procedure by several new ones, from today on. It stays as a tombstone and leaves the count.

    Where it was counted before, what comes from it counts once together: one of them may be claimed anew.
    """
    procedure = locked_procedure(actor, procedure_id)
    policies.can_split(actor, procedure).or_raise()
    _refuse_no_reason(reason, _("Say why the procedure is split."))
    _refuse_odd_number(into)
    family = procedure.counts_with or (procedure if procedure.is_claimed else None)
    parts = [_part(procedure, family, one, actor) for one in into]
    keep(
        Kind.SPLIT,
        action="procedure.split",
        actor=actor,
        procedure=procedure,
        told={"into": [part.reference for part in parts]},
        claim=_ended_claim(procedure),
        note=reason,
    )
    return parts


@transaction.atomic
def merge_procedure(*, actor: User, procedure_id: int, into_id: int, reason: str) -> Procedure:
    """Say that a procedure is the same as another one, from today on. It stays as a tombstone and leaves the count.

    Only into one that stands at least as far, so that nothing that counts is lost unseen. What counted with the
    parts of a split takes them along, and meanwhile none of those can be claimed.
    """
    both = Procedure.objects.filter(pk__in=[procedure_id, into_id])
    families = [key for key in both.values_list("counts_with", flat=True) if key is not None]
    locked = {pk: locked_procedure(actor, pk) for pk in sorted({procedure_id, into_id, *families})}
    procedure, into = locked[procedure_id], locked[into_id]
    policies.can_merge(actor, procedure, into).or_raise()
    _refuse_no_reason(reason, _("Say why the procedure is merged."))
    for project in procedure.projects.exclude(pk__in=into.projects.values("pk")):
        link(project, into, actor)
    ended = _ended_claim(procedure)  # before the other one's takes over its family, of which one claim lives at a time
    if procedure.counts_with_id and not into.counts_with_id:
        Claim.objects.filter(procedure=into, is_live=True).update(family=procedure.counts_with_id)
        into.counts_with_id = procedure.counts_with_id
    into.version += 1
    into.save(update_fields=["counts_with", "version"])
    procedure.merged_into = into
    procedure.save(update_fields=["merged_into"])
    keep(
        Kind.MERGED,
        action="procedure.merged",
        actor=actor,
        procedure=procedure,
        told={"into": into.reference},
        claim=ended,
        note=reason,
    )
    return into


def _ended_claim(procedure: Procedure) -> Claim | None:
    claim = policies.live_claim(procedure)
    if claim is not None:
        end_claim(claim)
    return claim


def _part(procedure: Procedure, family: Procedure | None, said: Part, actor: User) -> Procedure:
    part = Procedure(
        reference=next_reference("PROC"),
        department=procedure.department,
        name_en=said["name_en"],
        name_zh_hant=said.get("name_zh_hant", ""),
        service_kind=procedure.service_kind,
        channel=procedure.channel,
        predecessor=procedure,
        counts_with=family,
    )
    refuse_same_name(part, part.name_en)
    part.name_zh_hans = simplified(part.name_zh_hant)
    part.save()
    for project in procedure.projects.all():
        link(project, part, actor)
    return part


def _refuse_odd_number(into: Sequence[Part]) -> None:
    if not FEWEST <= len(into) <= MOST:
        message = _("Name from %(fewest)s to %(most)s procedures that come out of it.") % {
            "fewest": FEWEST,
            "most": MOST,
        }
        raise InvalidInput("split.number", message, fields={"into": [message]})


def _refuse_no_reason(reason: str, message: object) -> None:
    if is_blank(reason):
        raise InvalidInput("reason.required", str(message), fields={"reason": [str(message)]})
