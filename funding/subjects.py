"""What `work` learns about requests: who sees their papers, who may add one, and which of them stay for good."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict
from core.verdicts import Verdict
from funding import policies
from funding.models import FundingRequest
from funding.services.frozen import WORD
from projects.subjects import may_discuss
from projects.tabs import Shown
from work import subjects


def register() -> None:
    """Tell `work` about requests. Called once, when the app is ready."""
    subjects.register(
        subjects.Kind(
            word=WORD,
            model=FundingRequest,
            label=_("Funding request"),
            many=_("Funding requests"),
            title="title",
            namespace="funding",
            may_edit=policies.can_attach,
            may_discuss=_may_discuss,
            may_task=may_discuss,
            may_withdraw=_may_withdraw,
            tabs=_tabs,
        )
    )


def _may_discuss(user: User, request: FundingRequest) -> Verdict:
    return Verdict.no("comment.not_here", _("A request is not discussed in comments; the paper speaks for itself."))


def _may_withdraw(request: FundingRequest, document: Any) -> Verdict:
    """A paper that was submitted stays: bodies decided, or will decide, with it before them."""
    if request.versions.filter(content__contains=f'"reference":"{document.reference}"').exists():
        reason = _("This paper was submitted with a version of the request and stays with it.")
        return Verdict.no("document.frozen", reason, error=Conflict)
    return Verdict.yes()


def _tabs(user: User, request: FundingRequest) -> list[Shown]:
    here = [request.reference]
    return [
        Shown("page", _("Request"), reverse("funding:request-detail", args=here)),
        Shown("documents", _("Papers"), reverse("funding:request-documents", args=here)),
        Shown("tasks", _("Tasks"), reverse("funding:request-tasks", args=here)),
        Shown("versions", _("Versions"), reverse("funding:request-versions", args=here)),
    ]
