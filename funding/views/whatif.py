"""The what-if bench: the requests there were under another policy, and notes of what it came to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core import params
from core.acts import send
from core.errors import NotVisible, Unprocessable
from core.pages import page_or_partial
from funding import policies, services
from funding.forms import whatif as forms
from funding.selectors import whatif as selectors
from funding.services.whatif import Run, read_note

KNOWN = frozenset({*forms.AssumptionForm.base_fields, "show"})
LISTED = 20


@login_required
@require_GET
def bench(request: SignedInRequest) -> HttpResponse:
    """An address is an assumption; without one the policy in force is replayed."""
    policies.can_use_bench(request.user).or_raise()
    params.refuse_repeated(request.GET)
    params.refuse_unknown(request.GET, KNOWN)
    asked = any(name in request.GET for name in forms.AssumptionForm.base_fields)
    form = forms.AssumptionForm(request.GET if asked else forms.values_of(selectors.policy_now()), user=request.user)
    return _show(request, form, forms.NoteForm(initial=dict(form.data.items()), user=request.user))


@login_required
@require_POST
def bench_save(request: SignedInRequest) -> HttpResponse:
    """Run once more and keep it as a note."""
    policies.can_use_bench(request.user).or_raise()
    form = forms.NoteForm(request.POST, user=request.user)

    def work() -> str:
        typed = form.cleaned_data
        note = services.save_whatif_note(
            actor=request.user, assumed=form.assumed(), title=typed["title"], remark=typed["remark"]
        )
        messages.success(request, _("The note is saved. It is never changed."))
        return reverse("policy:what-if-note", args=[note.pk])

    def again() -> HttpResponse:
        return _show(request, forms.AssumptionForm(request.POST, user=request.user), form)

    return send(request, form, work=work, again=again)


@login_required
@require_GET
def bench_note(request: SignedInRequest, number: int) -> HttpResponse:
    """A note as it was written, whatever has happened since."""
    note = selectors.notes(request.user).filter(pk=number).first() if number < 2**63 else None
    if note is None:
        raise NotVisible("note.none", _("There is no such note for you."))
    params.refuse_repeated(request.GET)
    params.refuse_unknown(request.GET, frozenset({"show"}))
    run = read_note(note)
    return page_or_partial(
        request,
        page="funding/whatif_note.html",
        note=note,
        bench=selectors.bench_page(run, show=_shown(request), base=""),
        again=selectors.bench_page(run, show="", base=reverse("policy:what-if")).address.removesuffix("&show="),
    )


def _show(request: SignedInRequest, form: forms.AssumptionForm, note_form: forms.NoteForm) -> HttpResponse:
    run = _run(request, form)
    page = selectors.bench_page(run, show=_shown(request), base=reverse("policy:what-if")) if run else None
    refused = bool(form.errors) or (note_form.is_bound and bool(note_form.errors))
    return page_or_partial(
        request,
        page="funding/whatif.html",
        status=422 if refused else 200,
        assumption_form=form,
        note_form=note_form,
        bench=page,
        notes=selectors.notes(request.user)[:LISTED],
    )


def _run(request: SignedInRequest, form: forms.AssumptionForm) -> Run | None:
    if not form.is_valid():
        return None
    try:
        return services.run_whatif(actor=request.user, assumed=form.assumed())
    except Unprocessable as refusal:
        form.refuse(refusal)
        return None


def _shown(request: SignedInRequest) -> str:
    return request.GET.get("show", "")[:60]
