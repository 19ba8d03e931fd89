"""Files for the registers: offered, mapped, looked at as differences, and confirmed by a person."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import audit, listing, params
from core.acts import send
from core.errors import DomainError, InvalidInput, NotVisible
from core.forms import TrackerForm
from core.limits import LARGEST_TABLE_BODY, takes_body_of
from core.pages import page_or_partial, paginate
from exports import serving
from exports.lists import Wanted
from projects import exports, policies
from projects.forms.imports import ConfirmForm, MapForm, OfferForm, WordsForm
from projects.importing import batches, progress, reports
from projects.importing.matching import CHANGED, NEW, REFUSED, SAME
from projects.models import ImportBatch

Status = ImportBatch.Status
BUSY = (Status.WAITING, Status.STORING)


@takes_body_of(LARGEST_TABLE_BODY)
@login_required
@require_http_methods(["GET", "POST"])
def import_list(request: SignedInRequest) -> HttpResponse:
    """The person's own imports, and the form that offers a file."""
    form = OfferForm(request.POST or None, request.FILES or None) if request.method == "POST" else OfferForm()

    def shown() -> HttpResponse:
        rows = ImportBatch.objects.visible_to(request.user).select_related("uploaded_by")
        return page_or_partial(
            request,
            page="projects/importing/import_list.html",
            form=form,
            page_of=paginate(request, rows),
            may_import=policies.can_import(request.user),
        )

    def work() -> str:
        typed = form.cleaned_data
        batch = batches.offer(
            actor=request.user,
            file=typed["file"].file,
            file_name=typed["file"].name,
            source=typed["source"],
            encoding=typed["encoding"],
            kind=typed["kind"],
        )
        return address(batch)

    if request.method != "POST":
        return shown()
    policies.can_import(request.user).or_raise()
    return _sent(request, form, work=work, again=shown)


@login_required
@require_GET
def import_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    return show(request, find(request, reference))


@login_required
@require_http_methods(["GET", "POST"])
def import_map(request: SignedInRequest, reference: str) -> HttpResponse:
    """What the columns mean; saying it reads the file."""
    batch = find(request, reference)
    policies.can_act_on_import(request.user, batch).or_raise()
    form = MapForm(request.POST if request.method == "POST" else None, batch=batch)

    def again() -> HttpResponse:
        return show(request, batch, map_form=form)

    def work() -> str:
        batches.map_columns(actor=request.user, batch_id=batch.pk, mapping=form.said())
        return address(batch)

    return _sent(request, form, work=work, again=again) if request.method == "POST" else again()


@login_required
@require_POST
def import_words(request: SignedInRequest, reference: str) -> HttpResponse:
    batch = find(request, reference)
    form = WordsForm(request.POST, batch=batch)

    def work() -> str:
        batches.say_words(actor=request.user, batch_id=batch.pk, words=form.said())
        return address(batch)

    return _sent(request, form, work=work, again=lambda: show(request, batch, words_form=form))


@login_required
@require_POST
def import_confirm(request: SignedInRequest, reference: str) -> HttpResponse:
    batch = find(request, reference)
    form = ConfirmForm(request.POST)

    def work() -> str:
        stored = batches.confirm(
            actor=request.user, batch_id=batch.pk, leave_refused=form.cleaned_data["leave_refused"]
        )
        if stored.status == Status.CONFIRMED:
            messages.success(request, _("The set is stored."))
        return address(batch)

    return _sent(request, form, work=work, again=lambda: show(request, batch, confirm_form=form))


@login_required
@require_POST
def import_withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    batch = find(request, reference)
    form = TrackerForm(request.POST)

    def work() -> str:
        batches.withdraw(actor=request.user, batch_id=batch.pk)
        messages.success(request, _("The file is withdrawn. Nothing of it was stored."))
        return reverse("projects:import-list")

    return _sent(request, form, work=work, again=lambda: show(request, batch))


@login_required
@require_GET
def import_faults(request: SignedInRequest, reference: str) -> HttpResponseBase:
    """Every refusal and every note, row by row, as a file."""
    batch = find(request, reference)
    lines = (line.encode() for line in reports.lines(batch))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{batch.reference}-rows.csv"'
    return answer


@login_required
@require_GET
def import_sheet(request: SignedInRequest) -> HttpResponseBase:
    """The records of the person's own departments as a sheet to edit and bring back."""
    policies.can_import(request.user).or_raise()
    params.refuse_unknown(request.GET, frozenset({"kind", "format"}))
    kind = params.one(request, "kind", "projects")
    if kind not in ImportBatch.Kind.values:
        raise InvalidInput("choice.invalid", _("Choose one of the entries offered."), fields={"kind": []})
    wanted = Wanted(kind, "departments=own", listing.file_format(request))
    return serving.direct(request.user, exports.own_sheet(request.user, kind), wanted, right=policies.can_import)


def find(request: SignedInRequest, reference: str) -> ImportBatch:
    found = ImportBatch.objects.visible_to(request.user).filter(reference=reference).first()
    if found is None:
        raise NotVisible("import.none", _("There is no such import."))
    return found


def address(batch: ImportBatch) -> str:
    return reverse("projects:import-detail", args=[batch.reference])


def show(request: SignedInRequest, batch: ImportBatch, **forms: Any) -> HttpResponse:
    """The page of one import at whatever point it stands; `forms` were refused and are shown as typed."""
    may_act = policies.can_act_on_import(request.user, batch)
    refused = any(form.is_bound for form in forms.values())
    context: dict[str, Any] = {"batch": batch, "may_act": may_act, "is_busy": batch.status in BUSY, **forms}
    if batch.status in BUSY:
        context["progress"] = progress.of(batch.pk)
    elif "map_form" in forms or batch.status in (Status.OFFERED, Status.UNREADABLE):
        context.setdefault("map_form", MapForm(batch=batch))
    else:
        context |= _rows(request, batch)
        if may_act and batch.status == Status.PREVIEWED:
            context.setdefault("confirm_form", ConfirmForm())
            context.setdefault("words_form", WordsForm(batch=batch))
    return page_or_partial(
        request,
        page="projects/importing/import.html",
        partial="projects/importing/_state.html",
        status=422 if refused else 200,
        **context,
    )


def _rows(request: SignedInRequest, batch: ImportBatch) -> dict[str, Any]:
    """The rows of one verdict; refused ones first, for they want a look."""
    counts = batch.summary.get("verdicts", {})
    first = next((verdict for verdict in (REFUSED, CHANGED, NEW, SAME) if counts.get(verdict)), SAME)
    verdict = params.one(request, "verdict", first)
    if verdict not in (NEW, CHANGED, SAME, REFUSED):
        raise InvalidInput("param.format", _("A filter in the address cannot be read."), fields={"verdict": []})
    rows = batch.rows.filter(verdict=verdict).select_related("project", "procedure").order_by("number")
    page = paginate(request, rows)
    page.object_list = reports.told(page.object_list, batch)  # type: ignore[assignment] # rows with their words
    return {"verdict": verdict, "counts": counts, "reasons": reports.reasons(batch), "page_of": page}


def _sent(
    request: SignedInRequest, form: TrackerForm, *, work: Callable[[], str], again: Callable[[], HttpResponse]
) -> HttpResponse:
    """As `send`; a file or a mapping that is refused is said above the form, which keeps what was typed."""
    try:
        return send(request, form, work=work, again=again)
    except DomainError as refusal:
        if refusal.status not in (400, 413, 422):
            raise
        audit.watch(request.user, refusal.code)
        form.refuse(refusal)
        return again()
