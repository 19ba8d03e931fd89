"""The forms of a procedure's own facts: new under a project, and changed later."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.acts import send
from core.errors import Stale
from core.pages import page_or_partial
from projects import policies, services
from projects.forms.procedures import EditProcedureForm, ProcedureForm
from projects.views import procedures, projects


@login_required
@require_http_methods(["GET", "POST"])
def procedure_new(request: SignedInRequest, reference: str) -> HttpResponse:
    project = projects.find(request, reference)
    policies.can_add_procedure(request.user, project).or_raise()
    form = ProcedureForm(request.POST or None, user=request.user)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="projects/procedure_form.html", form=form, project=project)

    def work() -> str:
        made = services.add_procedure(actor=request.user, project_id=project.pk, **form.said())
        messages.success(request, _("The procedure is registered."))
        return reverse("projects:procedure-detail", args=[made.reference])

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_http_methods(["GET", "POST"])
def procedure_edit(request: SignedInRequest, reference: str) -> HttpResponse:
    """A form opened before somebody else's edit is shown again beside what is stored now."""
    procedure = procedures.find(request, reference)
    policies.can_edit_procedure(request.user, procedure).or_raise()
    form = EditProcedureForm(request.POST or None, user=request.user, procedure=procedure)

    def shown(status: int = 200, **more: Any) -> HttpResponse:
        page = "projects/procedure_form.html"
        return page_or_partial(request, page=page, status=status, form=form, procedure=procedure, **more)

    def work() -> str:
        services.edit_procedure(
            actor=request.user,
            procedure_id=procedure.pk,
            expected_version=form.cleaned_data["expected_version"],
            **form.said(),
        )
        messages.success(request, _("The procedure is saved."))
        return reverse("projects:procedure-detail", args=[procedure.reference])

    if request.method != "POST":
        return shown()
    try:
        return send(request, form, work=work, again=shown)
    except Stale as stale:
        fresh = EditProcedureForm(user=request.user, procedure=procedure)
        return shown(stale.status, stale=stale, stored=differences(form, fresh), version=procedure.version)


def differences(typed: Any, fresh: Any) -> list[tuple[Any, Any]]:
    """What is stored now, for each field where it is not what was typed."""
    return [
        (field.label, _words(field))
        for field in fresh
        if not field.is_hidden and _words(field) != _words(typed[field.name])
    ]


def _words(field: Any) -> str:
    value = field.value()
    choices = {str(key): str(label) for key, label in getattr(field.field, "choices", [])}
    return choices.get(str(value or ""), str(value or ""))
