"""The working copy of a request: drafted and edited inside its department."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import InvalidInput, NotVisible, Stale, Unprocessable
from core.money import CENT
from core.references import next_reference
from core.simplified import simplified
from core.text import is_blank
from funding import policies
from funding.models import CostCategory, CostLine, Editor, FundingRequest
from funding.services import locks
from projects.models import Procedure, Project

LARGEST_AMOUNT = Decimal(10**12)
CONTENT = ("title_en", "title_zh_hant", "title_zh_hans", "justification", "own_amount", "recurrent_amount")


class RequestFields(TypedDict, total=False):
    """What a person writes in a request. `lines` are mappings with category, description, financial_year, amount."""

    title_en: str
    title_zh_hant: str
    justification: str
    lines: Sequence[Mapping[str, Any]]
    procedure_ids: Collection[int]
    linked_ids: Collection[int]


@transaction.atomic
def draft_request(*, actor: User, project_id: int, **fields: Unpack[RequestFields]) -> FundingRequest:
    """Start a request for a project of the actor's department. Nobody outside sees it before it is submitted."""
    project = Project.objects.visible_to(actor).select_related("department").filter(pk=project_id).first()
    if project is None:
        raise NotVisible("project.none", _("There is no such project."))
    policies.can_draft(actor, project).or_raise()
    if project.status != Project.Status.REGISTERED:
        raise Unprocessable("project.draft", _("Register the project before asking for money."))
    request = FundingRequest.objects.create(
        reference=next_reference(f"FR-{clock.today().year}"),
        project=project,
        department=project.department,
        applicant=actor.person,
        lead=project.lead or actor.person,
        holder_since=clock.now(),
    )
    write(request, actor=actor, fields=fields)
    request.save(update_fields=CONTENT)
    return request


@transaction.atomic
def edit_draft(
    *, actor: User, request_id: int, expected_version: int, **fields: Unpack[RequestFields]
) -> FundingRequest:
    """Change what is given of a draft. Refused once it is submitted: then `revise_request` is the way."""
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_edit(actor, request).or_raise()
    expect(request, expected_version)
    write(request, actor=actor, fields=fields)
    request.version += 1
    request.save(update_fields=[*CONTENT, "version"])
    return request


def expect(request: FundingRequest, version: int) -> None:
    """Refuse an act on a version that is no longer the stored one."""
    if request.version != version:
        raise Stale("version.stale", _("Somebody changed this request after you opened it."))


def write(request: FundingRequest, *, actor: User, fields: RequestFields) -> None:
    """Set what is given on the working copy and remember who wrote. The caller saves the request."""
    if "title_en" in fields:
        request.title_en = fields["title_en"]
    if "title_zh_hant" in fields:
        request.title_zh_hant = fields["title_zh_hant"]
        request.title_zh_hans = simplified(fields["title_zh_hant"])
    if "justification" in fields:
        request.justification = fields["justification"]
    if is_blank(request.title_en):
        raise InvalidInput(
            "blank", _("Give the request a title."), fields={"title_en": [_("Give the request a title.")]}
        )
    if "lines" in fields:
        _write_lines(request, fields["lines"])
    if "procedure_ids" in fields:
        _set_links(request, "procedures", _procedures(request, fields["procedure_ids"]))
    if "linked_ids" in fields:
        _set_links(request, "linked", _linked(request, actor, fields["linked_ids"]))
    remember_editor(request, actor)


def remember_editor(request: FundingRequest, actor: User) -> None:
    """Whoever wrote or submitted a version can never vote on it (DESIGN 5)."""
    Editor.objects.get_or_create(request=request, person=actor.person)


def _write_lines(request: FundingRequest, lines: Sequence[Mapping[str, Any]]) -> None:
    rows = [_line(request, line) for line in lines]
    own = _sum(row for row in rows if row.category != CostCategory.RECURRENT)
    recurrent = _sum(row for row in rows if row.category == CostCategory.RECURRENT)
    if max(own, recurrent) >= LARGEST_AMOUNT:
        raise InvalidInput("amount.max", _("The amount can have at most 12 digits before the decimal point."))
    request.lines.all().delete()
    CostLine.objects.bulk_create(rows)
    request.own_amount, request.recurrent_amount = own, recurrent


def _line(request: FundingRequest, line: Mapping[str, Any]) -> CostLine:
    amount: Decimal = line["amount"]
    if not amount.is_finite() or not 0 < amount < LARGEST_AMOUNT:
        raise InvalidInput("amount.min", _("The amount must be more than HK$0.00."))
    if amount != amount.quantize(CENT):
        raise InvalidInput("amount.precision", _("Write the amount to the cent: at most two decimals."))
    if line["category"] not in CostCategory.values:
        raise InvalidInput("choice.invalid", _("There is no such category."))
    return CostLine(
        request=request,
        category=line["category"],
        description=line.get("description", ""),
        financial_year=line["financial_year"],
        amount=amount.quantize(CENT),
    )


def _sum(rows: Any) -> Decimal:
    return sum((row.amount for row in rows), Decimal("0.00"))


def _set_links(request: FundingRequest, name: str, rows: Sequence[Procedure] | Sequence[FundingRequest]) -> None:
    """A link once submitted stays: only a recorded finding cuts it, or a revision could leave its group (DESIGN 4)."""
    links = getattr(request, name)
    kept = {row.pk for row in rows}
    if request.first_submitted_at and links.exclude(pk__in=kept).exists():
        message = _("A link that was submitted stays. Only a finding of the secretary cuts it.")
        raise Unprocessable("link.kept", message, fields={name: [message]})
    links.set(rows)


def _procedures(request: FundingRequest, keys: Collection[int]) -> list[Procedure]:
    """Procedures this project touches; any other would join strangers' groups."""
    found = list(Procedure.objects.filter(pk__in=keys, projects=request.project_id))
    if len(found) != len(set(keys)):
        message = _("A request serves procedures of its own project.")
        raise Unprocessable("procedure.project", message, fields={"procedures": [message]})
    return found


def _linked(request: FundingRequest, actor: User, keys: Collection[int]) -> list[FundingRequest]:
    found = list(FundingRequest.objects.visible_to(actor).filter(pk__in=keys).exclude(pk=request.pk))
    if len(found) != len(set(keys)):
        message = _("One of the related requests does not exist for you.")
        raise InvalidInput("choice.invalid", message, fields={"linked": [message]})
    return found
