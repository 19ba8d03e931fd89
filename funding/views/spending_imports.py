"""Files of expenditure: offered, judged row by row in view of the person, then recorded or withdrawn."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.acts import Act, offers, send
from core.errors import NotVisible
from core.pages import page_or_partial, paginate
from funding import policies, services, spending_files
from funding.forms import money as forms
from funding.models import SpendingImport

CONFIRM = Act(
    name="import-confirm",
    label=gettext_lazy("Record the new rows"),
    explains=gettext_lazy("Rows that are refused stay out. Rows recorded before add nothing."),
    form=forms.ConfirmForm,
    may=policies.can_confirm_import,
    work=lambda user, batch, typed: services.confirm_spending(actor=user, import_id=batch.pk),
    done=gettext_lazy("The new rows are on record."),
)
WITHDRAW = Act(
    name="import-withdraw",
    label=gettext_lazy("Withdraw the file"),
    explains=gettext_lazy("Nothing of it is recorded."),
    form=forms.ConfirmForm,
    may=policies.can_confirm_import,
    work=lambda user, batch, typed: services.withdraw_spending(actor=user, import_id=batch.pk),
    done=gettext_lazy("The file is withdrawn."),
    style="outline-secondary",
)
ACTS = (CONFIRM, WITHDRAW)


@login_required
@require_http_methods(["GET", "POST"])
def import_list(request: SignedInRequest) -> HttpResponse:
    policies.can_import_spending(request.user).or_raise()
    if request.method == "POST":
        form = forms.ImportForm(request.POST, request.FILES, user=request.user)
        return send(request, form, work=lambda: _offer(request, form), again=lambda: _listed(request, form))
    return _listed(request, forms.ImportForm(user=request.user))


def _offer(request: SignedInRequest, form: forms.ImportForm) -> str:
    file = form.cleaned_data["file"]
    batch = services.offer_spending(
        actor=request.user, file=file, file_name=file.name, source=form.cleaned_data["source"]
    )
    return reverse("funding:money-import", args=[batch.pk])


def _listed(request: SignedInRequest, form: forms.ImportForm) -> HttpResponse:
    batches = SpendingImport.objects.visible_to(request.user).defer("rows").select_related("offered_by")
    return page_or_partial(
        request,
        page="funding/money/import_list.html",
        form=form,
        page_of=paginate(request, batches),
        columns=", ".join(spending_files.COLUMNS),
    )


@login_required
@require_GET
def import_template(request: SignedInRequest) -> HttpResponse:
    """An empty file with the columns that an import reads."""
    policies.can_import_spending(request.user).or_raise()
    found = HttpResponse(spending_files.template().encode(), content_type="text/csv; charset=utf-8")
    found["Content-Disposition"] = 'attachment; filename="expenditure-template.csv"'
    return found


@login_required
@require_GET
def import_detail(request: SignedInRequest, number: int) -> HttpResponse:
    batch = _find(request, number)
    waiting = batch.status == SpendingImport.Status.OFFERED
    rows = spending_files.judged(batch.rows, user=request.user, source=batch.source) if waiting else []
    return page_or_partial(
        request,
        page="funding/money/import.html",
        batch=batch,
        new=[row for row in rows if row.is_new],
        known=[row for row in rows if row.is_known],
        refused_rows=[row for row in rows if row.code],
        recorded=batch.expenditures.select_related("decision__request", "envelope"),
        offers=offers(
            ACTS,
            user=request.user,
            thing=batch,
            form=lambda act: act.form(user=request.user),
            address=lambda act: reverse(f"funding:money-{act.name}", args=[batch.pk]),
            refused={},
        ),
    )


def import_act(act: Act) -> Callable[..., HttpResponse]:
    @login_required
    @require_POST
    def view(request: SignedInRequest, number: int) -> HttpResponse:
        batch = _find(request, number)
        form = act.form(request.POST, user=request.user)

        def work() -> str:
            act.work(request.user, batch, form.cleaned_data)
            messages.success(request, str(act.done))
            return reverse("funding:money-import", args=[batch.pk])

        return send(request, form, work=work, again=lambda: import_detail(request, number))

    return view


def _find(request: SignedInRequest, number: int) -> SpendingImport:
    rows = SpendingImport.objects.visible_to(request.user).select_related("offered_by")
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise NotVisible("import.none", _("There is no such file for you."))
    return found
