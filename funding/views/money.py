"""Setting approved money aside in an envelope."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.acts import send
from core.errors import NotVisible
from funding import policies, services
from funding.forms import CommitForm
from funding.models import Decision
from funding.selectors.money import published_decisions
from funding.views import requests


@login_required
@require_POST
def decision_commit(request: SignedInRequest, pk: int) -> HttpResponse:
    decision = find(request, pk)
    policies.can_commit(request.user, decision).or_raise()
    form = CommitForm(request.POST)

    def work() -> str:
        services.commit(
            actor=request.user,
            decision_id=decision.pk,
            envelope_id=form.cleaned_data["envelope"].pk,
            amount=form.cleaned_data["amount"],
            category=form.cleaned_data["category"],
        )
        messages.success(request, _("The money is committed."))
        return reverse("funding:request-detail", args=[decision.request.reference])

    def again() -> HttpResponse:
        return requests.show(request, requests.find(request, decision.request.reference), refused_commit=(pk, form))

    return send(request, form, work=work, again=again)


def find(request: SignedInRequest, pk: int) -> Decision:
    found = published_decisions().filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise NotVisible("decision.none", _("There is no such decision for you."))
    return found
