"""What the pages of look-alikes and link findings show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.errors import Text
from funding.models import FundingRequest, LinkFinding, LookalikeQuestion
from funding.rules import tiers


@dataclass(frozen=True, slots=True)
class Working:
    """One line of how a score was worked out, in words."""

    label: Text
    found: str
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class RequestPanel:
    """What a request's page says about look-alikes: what holds it up, and what the reader may open."""

    waiting: LookalikeQuestion | None
    questions: Sequence[LookalikeQuestion]
    findings: Sequence[LinkFinding]


def questions(user: User) -> "QuerySet[LookalikeQuestion]":
    """Open ones first, the one due soonest on top; then the answers, the latest first."""
    joined = ("first__department", "second__department", "answered_by")
    rows = LookalikeQuestion.objects.visible_to(user).select_related(*joined)
    return rows.order_by("answered_at", "due_on", "-pk")


def findings(user: User) -> "QuerySet[LinkFinding]":
    return LinkFinding.objects.visible_to(user).select_related("first", "second", "found_by", "second_by")


def readable(user: User, requests: Sequence[FundingRequest]) -> set[int]:
    """Which of these the reader may open."""
    keys = [one.pk for one in requests]
    return set(FundingRequest.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))


def of_request(user: User, request: FundingRequest) -> RequestPanel:
    about = LookalikeQuestion.objects.about(request.pk).select_related("first", "second")
    is_open = LookalikeQuestion.Status.OPEN
    waiting = [one for one in about if one.status == is_open and tiers.is_higher(one.together_tier, request.tier)]
    seen = set(LookalikeQuestion.objects.visible_to(user).about(request.pk).values_list("pk", flat=True))
    return RequestPanel(
        waiting=next(iter(waiting), None),
        questions=[one for one in about if one.pk in seen],
        findings=list(findings(user).filter(pk__in=LinkFinding.objects.about(request.pk).values("pk"))),
    )


def working(question: LookalikeQuestion) -> list[Working]:
    """The stored working as lines a person reads; the points add up to the score."""
    return [Working(_label(part["what"]), _found(part), part["points"], part["most"]) for part in question.working]


def _label(what: str) -> str:
    return {
        "wording": _("Words in common"),
        "lead": _("Project lead"),
        "supplier": _("Supplier"),
        "department": _("Department"),
        "days": _("Days between the two"),
        "line": _("How near the smaller one is to the line"),
    }[what]


def _found(part: dict[str, Any]) -> str:
    if part["what"] == "wording":
        english, chinese = part["found"].split("/")
        return _("English %(english)s%%, Chinese %(chinese)s%%") % {"english": english, "chinese": chinese}
    if part["what"] == "days":
        days = int(part["found"])
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if part["what"] == "line":
        return _("%(share)s%% of the line") % {"share": part["found"]}
    return _("the same") if part["found"] else _("not the same")
