"""The pages of files of readings: offered, judged row by row in view of the person, reported, verified as one set."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core import params
from core.acts import Act, offers, send
from core.forms import LineField, TrackerForm
from core.pages import page_or_partial, paginate
from core.reading import ENCODINGS
from core.tabular import Column, csv_lines
from kpis import policies, services
from kpis.models import ReadingFile
from kpis.services import file_rows
from kpis.services.file_rows import Judged, Kind


class FileForm(TrackerForm):
    encoding = forms.ChoiceField(
        label=_("Encoding of a CSV file"),
        choices=list(ENCODINGS.items()),
        help_text=_("Excel's “CSV UTF-8” is UTF-8. An XLSX workbook needs no choice."),
    )
    reason = LineField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Needed when it corrects an earlier value.")
    )
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # said to be empty in the same words as over the API
        help_text=_("CSV or XLSX. Drag it here, or choose it."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx", "class": "drop-zone"}),
    )


REPORT = Act(
    name="report",
    label=_("Report the new readings"),
    explains=_("Rows that are refused stay out; rows that are known add nothing. A second person then verifies them."),
    form=TrackerForm,
    may=policies.can_report_file,
    work=lambda user, batch, typed: services.report_readings(actor=user, file_id=batch.pk),
    done=_("The readings are reported. A second person verifies them."),
)
WITHDRAW = Act(
    name="withdraw",
    label=_("Withdraw the file"),
    explains=_("Nothing of it is reported."),
    form=TrackerForm,
    may=policies.can_report_file,
    work=lambda user, batch, typed: services.withdraw_readings(actor=user, file_id=batch.pk),
    done=_("The file is withdrawn."),
    style="outline-secondary",
)
VERIFY = Act(
    name="verify",
    label=_("Verify all its readings"),
    explains=_("Every reading of it that still waits. One that is wrong is returned on its KPI's page first."),
    form=TrackerForm,
    may=policies.can_verify_file,
    work=lambda user, batch, typed: services.verify_file(actor=user, file_id=batch.pk),
    done=_("The readings of the file are verified."),
)
FILE_ACTS = (REPORT, WITHDRAW, VERIFY)
REFUSED = (
    ("row", _("Row")),
    ("column", _("Column")),
    ("held", _("What it holds")),
    ("code", _("Code")),
    ("reason", _("Why it is refused")),
)


@login_required
@require_http_methods(["GET", "POST"])
def file_list(request: SignedInRequest) -> HttpResponse:
    policies.can_offer_readings(request.user).or_raise()
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        return send(request, form, work=lambda: _offer(request, form), again=lambda: _listed(request, form))
    params.refuse_unknown(request.GET, frozenset({"page", "page_size"}))
    return _listed(request, FileForm())


@login_required
@require_safe
def file_template(request: SignedInRequest) -> HttpResponse:
    """An empty file with the columns that are read."""
    return _csv(file_rows.template(), "readings-template.csv")


@login_required
@require_safe
def file_detail(request: SignedInRequest, number: int) -> HttpResponse:
    return _detail(request, _visible(request, number))


@login_required
@require_safe
def file_refused(request: SignedInRequest, number: int) -> HttpResponse:
    """The refused rows as a file, with the column and the reason of each."""
    batch = _visible(request, number)
    refused = [row for row in _judged(request, batch) if row.kind is Kind.REFUSED]
    columns = [Column(name, str(heading)) for name, heading in REFUSED]
    rows = [(row.number, row.column, row.held, row.code, str(row.reason)) for row in refused]
    return _csv("".join(csv_lines(columns, rows)), f"readings-refused-{batch.pk}.csv")


def file_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, number: int) -> HttpResponse:
        batch = _visible(request, number)
        act.may(request.user, batch).or_raise()
        form = act.form(request.POST)

        def work() -> str:
            act.work(request.user, batch, form.cleaned_data)
            messages.success(request, str(act.done))
            return _address(batch)

        return send(request, form, work=work, again=lambda: _detail(request, batch))

    return view


def _offer(request: SignedInRequest, form: FileForm) -> str:
    typed = form.cleaned_data
    batch = services.offer_readings(
        actor=request.user,
        file=typed["file"],
        file_name=typed["file"].name,
        encoding=typed["encoding"],
        reason=typed["reason"],
    )
    return _address(batch)


def _listed(request: SignedInRequest, form: FileForm) -> HttpResponse:
    files = ReadingFile.objects.visible_to(request.user).defer("rows", "stored")
    return page_or_partial(
        request,
        page="kpis/reading_files.html",
        form=form,
        page_of=paginate(request, files.select_related("offered_by", "department")),
        columns=", ".join(file_rows.COLUMNS),
        group_column=file_rows.GROUP,
    )


def _detail(request: SignedInRequest, batch: ReadingFile) -> HttpResponse:
    rows = _judged(request, batch)
    waiting = services.waiting_of(request.user, batch)
    return page_or_partial(
        request,
        page="kpis/reading_file.html",
        batch=batch,
        reported=[row for row in rows if row.is_reported],
        same=sum(row.kind is Kind.SAME for row in rows),
        refused_rows=[row for row in rows if row.kind is Kind.REFUSED],
        waiting=waiting,
        offers=offers(
            FILE_ACTS if batch.is_offered or waiting else (),
            user=request.user,
            thing=batch,
            form=lambda act: act.form(),
            address=lambda act: reverse(f"kpis:file-{act.name}", args=[batch.pk]),
            refused={},
        ),
    )


def _judged(request: SignedInRequest, batch: ReadingFile) -> list[Judged]:
    """While the file is offered; what was reported then is on the pages of the KPIs."""
    return file_rows.judged(batch.rows, user=request.user, reason=batch.reason) if batch.is_offered else []


def _visible(request: SignedInRequest, number: int) -> ReadingFile:
    files = ReadingFile.objects.visible_to(request.user).select_related("offered_by", "department")
    return get_object_or_404(files, pk=number)


def _address(batch: ReadingFile) -> str:
    return reverse("kpis:file-detail", args=[batch.pk])


def _csv(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
