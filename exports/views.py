"""Files of lists: what to put in one, one's own files and how far they are, the log, and the check of a file."""

from collections.abc import Sequence
import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import as_at, listing, params
from core.acts import send
from core.exports import CONTENT_TYPES, Export
from core.forms import TrackerForm
from core.limits import LARGEST_FILE_BODY, takes_body_of
from core.pages import page_or_partial, paginate, repeatable
from exports import lists, policies, services, serving
from exports.forms import CheckForm, ChooseForm, LogFilter
from exports.models import ExportJob, Layout
from exports.services.keeping import not_there


@login_required
@require_GET
def export_list(request: SignedInRequest) -> HttpResponse:
    """The reader's own files, newest first."""
    params.refuse_unknown(request.GET, frozenset({"page", "page_size"}))
    rows = ExportJob.objects.visible_to(request.user)
    return page_or_partial(
        request,
        page="exports/export_list.html",
        page_of=paginate(request, rows),
        may_read_log=policies.can_read_log(request.user),
    )


@repeatable("columns")
@login_required
@require_GET
def export_file(request: SignedInRequest, name: str) -> HttpResponseBase:
    """The file of a registered list under the address that the page has."""
    return serving.answer(request, name)


@repeatable("columns")
@login_required
@require_http_methods(["GET", "POST"])
def export_new(request: SignedInRequest, name: str) -> HttpResponse:
    """Choose format and columns for the list as its address shows it; sent, it leads to the file."""
    policies.can_export(request.user).or_raise()
    wanted = lists.wanted(name, request.GET)
    with as_at.reading(wanted.moment()):
        export = lists.Wanted(name, wanted.query, wanted.file_format).build(request.user)
        chosen = [column.name for column in export.only(wanted.columns).columns]
    start = {"columns": chosen, "format": wanted.file_format}
    names = [(column.name, str(column.heading)) for column in export.columns]
    form = ChooseForm(request.POST or None, names=names, initial=start)

    def again() -> HttpResponse:
        return _choosing(request, wanted, export, form)

    def work() -> str:
        typed = form.cleaned_data
        if typed["keep"]:
            services.keep_layout(actor=request.user, list_name=name, name=typed["name"], columns=typed["columns"])
            messages.success(request, _("The layout is kept."))
            return _address("exports:new", wanted, typed["columns"])
        chosen = () if len(typed["columns"]) == len(names) else typed["columns"]
        return _address("exports:file", wanted, chosen, format=typed["format"])

    return send(request, form, work=work, again=again) if request.method == "POST" else again()


@login_required
@require_POST
def layout_delete(request: SignedInRequest, layout: int) -> HttpResponse:
    form = TrackerForm(request.POST)

    def work() -> str:
        services.delete_layout(actor=request.user, layout_id=layout)
        messages.success(request, _("The layout is deleted."))
        return reverse("exports:export-list")

    return send(request, form, work=work, again=lambda: export_list(request))


@login_required
@require_GET
def job(request: SignedInRequest, reference: str) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset())
    return page_or_partial(request, page="exports/job.html", partial="exports/_job.html", job=find(request, reference))


@login_required
@require_POST
def job_cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    found = find(request, reference)
    form = TrackerForm(request.POST)

    def work() -> str:
        services.cancel(actor=request.user, job_id=found.pk)
        messages.success(request, _("The file is cancelled."))
        return reverse("exports:job", args=[found.reference])

    return send(request, form, work=work, again=lambda: page_or_partial(request, page="exports/job.html", job=found))


@login_required
@require_GET
def job_file(request: SignedInRequest, reference: str) -> FileResponse:
    params.refuse_unknown(request.GET, frozenset())
    return as_download(request, find(request, reference))


@login_required
@require_GET
def export_log(request: SignedInRequest) -> HttpResponse:
    """Who took what away, when, and with which digest (FEATURES P5)."""
    policies.can_read_log(request.user).or_raise()
    rows = ExportJob.objects.for_log(request.user).select_related("account__person")
    found, form = listing.filtered(request, LogFilter, rows)
    return page_or_partial(request, page="exports/log.html", page_of=paginate(request, found), filter_form=form)


@takes_body_of(LARGEST_FILE_BODY)
@login_required
@require_http_methods(["GET", "POST"])
def export_check(request: SignedInRequest) -> HttpResponse:
    """Whether a file at hand is, byte for byte, one that was exported here (TRUST EX-12)."""
    form = CheckForm(request.POST or None, request.FILES or None) if request.method == "POST" else CheckForm()
    digest, found = "", None
    if request.method == "POST" and form.is_valid():
        digest = hashlib.file_digest(form.cleaned_data["file"].file, "sha256").hexdigest()
        found = services.made_by_us(digest)
    return page_or_partial(request, page="exports/check.html", form=form, digest=digest, found=found)


def find(request: SignedInRequest, reference: str) -> ExportJob:
    found = ExportJob.objects.visible_to(request.user).filter(reference=reference).first()
    if found is None:
        raise not_there()
    return found


def as_download(request: SignedInRequest, found: ExportJob) -> FileResponse:
    file = services.open_file(actor=request.user, job=found)
    answer = FileResponse(file, content_type=CONTENT_TYPES[found.file_format])
    answer["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _choosing(request: SignedInRequest, wanted: lists.Wanted, export: Export, form: ChooseForm) -> HttpResponse:
    own = Layout.objects.filter(owner=request.user.person_id, list_name=wanted.list_name)
    found = lists.get(wanted.list_name)
    return page_or_partial(
        request,
        page="exports/new.html",
        of_list=found,
        back=found.address(wanted.query),
        query=wanted.query,
        columns=export.columns,
        chosen=form["columns"].value(),
        shown=export.asked.shown,
        form=form,
        layouts=[(layout, _address("exports:new", wanted, layout.columns)) for layout in own],
    )


def _address(url_name: str, wanted: lists.Wanted, columns: Sequence[str], **more: str) -> str:
    asked = QueryDict(wanted.query, mutable=True)
    asked.update(more)
    if columns:
        asked["columns"] = ",".join(columns)
    here = reverse(url_name, args=[wanted.list_name])
    return f"{here}?{asked.urlencode()}" if asked else here
