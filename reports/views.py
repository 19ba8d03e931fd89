"""Reports: the list, one report to read, a new draft, what was learned since, downloads, and the check of a file."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core import paper, params
from core.acts import Act, offers, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from reports import places, policies, services
from reports.acts import REPORT_ACTS
from reports.filters import ReportFilter
from reports.forms import DraftForm, VerifyForm
from reports.house import FORMS
from reports.models import Report
from reports.render import downloads
from reports.render.document import title_of, told
from reports.selectors import checking
from reports.services.drafting import Asked
from reports.telling import day_words


@login_required
@require_safe
def report_list(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({"page", "page_size", *ReportFilter.base_filters}))
    chosen = ReportFilter(request.GET, queryset=rows(request))
    page = paginate(request, chosen.qs)
    return page_or_partial(
        request,
        page="reports/report_list.html",
        filter_form=chosen.form,
        page_of=page,
        lines=[(report, title_of(report)) for report in page],
        forms=FORMS.values() if policies.can_draft(request.user) else [],
    )


@login_required
@require_http_methods(["GET", "POST"])
def report_new(request: SignedInRequest, form_key: str) -> HttpResponse:
    if form_key not in FORMS:
        raise NotVisible("report.form", _("There is no such form of report."))
    policies.can_draft(request.user).or_raise()
    house = FORMS[form_key]
    form = DraftForm(request.POST or None, house=house, user=request.user)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="reports/report_form.html", form=form, house=house)

    def work() -> str:
        sent = form.cleaned_data
        asked = Asked(*(sent.get(f"question_{name}", "") for name in ("number", "en", "zh_hant")))
        report = services.draft_report(
            actor=request.user,
            form=house.key,
            period=sent["period"],
            department=sent.get("department"),
            as_at=sent["as_at"],
            asked=asked,
        )
        messages.success(request, _("The report is drafted."))
        return reverse("reports:report", args=[report.reference])

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_safe
def report_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    return _detail(request, find(request, reference))


def report_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, reference: str) -> HttpResponse:
        report = find(request, reference)
        act.may(request.user, report).or_raise()
        form = act.form(request.POST, auto_id=f"id_{act.name}_%s")

        def work() -> str:
            made = act.work(request.user, report, form.cleaned_data)
            messages.success(request, str(act.done))
            return reverse("reports:report", args=[made.reference])  # type: ignore[attr-defined] # a report

        def again() -> HttpResponse:
            return _detail(request, report, refused={act.name: form}, status=422)

        return send(request, form, work=work, again=again)

    return view


@login_required
@require_safe
def report_restatement(request: SignedInRequest, reference: str) -> HttpResponse:
    report = find(request, reference)
    found = checking.restated(report)
    return page_or_partial(
        request,
        page="reports/restatement.html",
        report=report,
        title=title_of(report),
        found=found,
        changes=[places.told(one) for one in found.changes],
    )


@login_required
@require_safe
def report_file(request: SignedInRequest, reference: str, kind: str) -> HttpResponse:
    """The report as PDF or Word in a language, or its data and signature as they were issued."""
    params.refuse_unknown(request.GET, frozenset({"language"}))
    report = find(request, reference)
    with paper.in_language(params.one(request, "language")):
        return downloads.answer(report, kind)


@login_required
@require_http_methods(["GET", "POST"])
def verify(request: SignedInRequest) -> HttpResponse:
    """Anyone signed in checks a data file against its signature. Nothing is stored."""
    sent = request.method == "POST"
    form = VerifyForm(request.POST, request.FILES) if sent else VerifyForm()
    found = None
    if sent and form.is_valid():
        found = checking.checked(form.cleaned_data["document"], form.cleaned_data["signature"])
    return page_or_partial(request, page="reports/verify.html", form=form, found=found)


def rows(request: SignedInRequest) -> "downloads.Rows":
    return downloads.report_rows(request.user)


def find(request: SignedInRequest, reference: str) -> Report:
    return get_object_or_404(rows(request), reference=reference)


def _detail(
    request: SignedInRequest, report: Report, *, refused: Mapping[str, TrackerForm] | None = None, status: int = 200
) -> HttpResponse:
    shown = told(report)
    return page_or_partial(
        request,
        page="reports/report.html",
        status=status,
        report=report,
        told=shown,
        day=day_words(report.day),
        files=downloads.offered(report),
        errata=[one for one in report.errata.all() if one.status == "issued" or one in rows(request)],
        offers=offers(
            REPORT_ACTS,
            user=request.user,
            thing=report,
            form=lambda act: act.form(auto_id=f"id_{act.name}_%s"),
            address=lambda act: reverse(f"reports:report-{act.name}", args=[report.reference]),
            refused=refused or {},
        ),
    )
