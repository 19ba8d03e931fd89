"""An earlier request copied into a new draft."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.acts import send
from core.pages import page_or_partial
from funding import policies, services
from funding.forms.copying import CopyForm
from funding.views.requests import find


@login_required
@require_http_methods(["GET", "POST"])
def request_copy(request: SignedInRequest, reference: str) -> HttpResponse:
    """For its own project, or for another of the reader's department."""
    funding = find(request, reference)
    policies.can_copy(request.user, funding).or_raise()
    initial = {"project": funding.project.reference}
    form = CopyForm(request.POST if request.method == "POST" else None, user=request.user, initial=initial)

    def shown(status: int = 200) -> HttpResponse:
        return page_or_partial(request, page="funding/copy.html", status=status, funding=funding, form=form)

    def work() -> str:
        project = form.cleaned_data["project"]
        made = services.copy_request(actor=request.user, request_id=funding.pk, project_id=project.pk)
        messages.success(request, _("The draft says what the earlier request said. Look through it before you submit."))
        return reverse("funding:request-edit", args=[made.reference])

    return send(request, form, work=work, again=lambda: shown(422)) if request.method == "POST" else shown()
