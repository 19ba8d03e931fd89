"""The records that papers are made of, for readers who may have them."""

from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotVisible
from funding.models import Decision, FundingRequest


def decision(user: User, key: int) -> Decision:
    """A published decision of a request whose whole paper this person sees."""
    rows = Decision.objects.filter(
        published_at__isnull=False, request__in=FundingRequest.objects.visible_to(user)
    ).select_related(
        "request__project",
        "request__department",
        "request__applicant",
        "request__policy",
        "request_version",
        "round__body",
        "entry__item",
        "decided_by",
        "published_by",
    )
    found = rows.filter(pk=key).first() if key < 2**63 else None
    if found is None:
        raise NotVisible("decision.none", _("There is no such decision for you."))
    return found
