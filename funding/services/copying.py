"""An earlier request copied into a new draft, so that nobody types the same fact twice (DESIGN 1)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import NotVisible
from funding import policies
from funding.financial_years import financial_year_of
from funding.models import FundingRequest
from funding.services import drafts

KEPT = ("title_en", "title_zh_hant", "justification", "programme_id")


@transaction.atomic
def copy_request(*, actor: User, request_id: int, project_id: int | None = None) -> FundingRequest:
    """A new draft with what an earlier request said, for its own project or another.

    Years that are over move up, and all others with them by as much. What must be answered anew stays open:
    links, papers and the reuse question, which begins with the earlier request as something to look at.
    """
    source = FundingRequest.objects.visible_to(actor).filter(pk=request_id).first()
    if source is None:
        raise NotVisible("request.none", _("There is no such request for you."))
    policies.can_copy(actor, source).or_raise()
    project = project_id if project_id is not None else source.project_id
    years = _years_over(source)
    made = drafts.draft_request(
        actor=actor,
        project_id=project,
        lines=_lines(source, years),
        benefits=_benefits(source, years),
        procedure_ids=list(source.procedures.filter(projects=project).values_list("pk", flat=True)),
        reuse_considered=[source.reference],
        **{name: getattr(source, name) for name in KEPT},
    )
    made.copied_from = source
    made.save(update_fields=["copied_from"])
    return made


def _years_over(source: FundingRequest) -> int:
    """By how many years the first financial year of the source lies before the present one."""
    first = source.lines.order_by("financial_year").values_list("financial_year", flat=True).first()
    now = financial_year_of(clock.today())
    return max(0, now - first) if first is not None else 0


def _lines(source: FundingRequest, years: int) -> list[dict[str, Any]]:
    return [
        {
            "category": line.category,
            "description": line.description,
            "financial_year": line.financial_year + years,
            "amount": line.amount,
        }
        for line in source.lines.all()
    ]


def _benefits(source: FundingRequest, years: int) -> list[dict[str, Any]]:
    return [
        {
            "kind": promise.kind,
            "description": promise.description,
            "amount": promise.amount,
            "due_on": _moved(promise.due_on, years),
        }
        for promise in source.benefits.all()
    ]


def _moved(day: Any, years: int) -> Any:
    """The same day some years later; 29 February becomes the 28th where there is none."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last) if years else day
