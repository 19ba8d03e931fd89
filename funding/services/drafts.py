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
from funding.services import contents, locks
from projects.models import Procedure, Project

LARGEST_AMOUNT = Decimal(10**12)
CONTENT = (
    "title_en",
    "title_zh_hant",
    "title_zh_hans",
    "justification",
    "programme",
    "supplements",
    "reuse",
    "reuse_reason",
    "reuse_considered",
    "benefits_numbered",
    "own_amount",
    "recurrent_amount",
)
FIELD_OF = {
    "procedure_ids": "procedures",
    "linked_ids": "linked",
    "programme_id": "programme",
    "new_programme": "programme",
    "new_programme_zh_hant": "programme",
    "supplements_id": "supplements",
    "reuse_reason": "reuse",
    "reuse_considered": "reuse",
}
"""What is given -> the field of the edit table; everything else has the same name in both."""


class RequestFields(TypedDict, total=False):
    """What a person writes in a request.

    `lines` are mappings with category, description, financial_year, amount; `benefits` with kind, description,
    amount, due_on and, for one that is there already, its number. `new_programme` names one to declare.
    """

    title_en: str
    title_zh_hant: str
    justification: str
    lines: Sequence[Mapping[str, Any]]
    procedure_ids: Collection[int]
    linked_ids: Collection[int]
    programme_id: int | None
    new_programme: str
    new_programme_zh_hant: str
    supplements_id: int | None
    benefits: Sequence[Mapping[str, Any]]
    reuse: str
    reuse_reason: str
    reuse_considered: Sequence[str]


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
    """Set what is given on the working copy and remember who wrote. The caller saves the request.

    Each field is judged by the edit table, in the state the request is in.
    """
    policies.can_write(actor, request, *sorted({FIELD_OF.get(name, name) for name in fields})).or_raise()
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
    _write_rest(request, actor, fields)
    remember_editor(request, actor)


def _write_rest(request: FundingRequest, actor: User, fields: RequestFields) -> None:
    if not is_blank(fields.get("new_programme", "")):
        named = contents.declare_programme(
            actor=actor,
            department_id=request.department_id,
            name_en=fields["new_programme"],
            name_zh_hant=fields.get("new_programme_zh_hant", ""),
        )
        contents.write_programme(request, named)
    elif "programme_id" in fields:
        contents.write_programme(request, contents.programme_row(fields["programme_id"]))
    if "supplements_id" in fields:
        contents.write_supplements(request, actor, fields["supplements_id"])
    if "benefits" in fields:
        contents.write_benefits(request, fields["benefits"])
    if {"reuse", "reuse_reason", "reuse_considered"} & set(fields):
        contents.write_reuse(request, actor, fields)


def remember_editor(request: FundingRequest, actor: User) -> None:
    """Whoever wrote or submitted a version can never vote on it (DESIGN 5)."""
    Editor.objects.get_or_create(request=request, person=actor.person)


def _write_lines(request: FundingRequest, lines: Sequence[Mapping[str, Any]]) -> None:
    rows = [_line(request, line) for line in lines]
    add_up(request, rows)
    if max(request.own_amount, request.recurrent_amount) >= LARGEST_AMOUNT:
        raise InvalidInput("amount.max", _("The amount can have at most 12 digits before the decimal point."))
    request.lines.all().delete()
    CostLine.objects.bulk_create(rows)


def add_up(request: FundingRequest, rows: Sequence[CostLine]) -> None:
    """What is recurrent stands beside the amount that counts for the tier (DESIGN 4)."""
    request.own_amount = _sum(row for row in rows if row.category != CostCategory.RECURRENT)
    request.recurrent_amount = _sum(row for row in rows if row.category == CostCategory.RECURRENT)


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
    if contents.stays(request) and links.exclude(pk__in=kept).exists():
        raise contents.kept_link(name)
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
