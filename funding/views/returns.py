"""Yearly returns: the position at 31 March, issued, read again and exported as it was issued."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core import as_at, params
from core.acts import send
from core.errors import NotVisible
from core.listing import file_format
from core.pages import page_or_partial
from funding import policies, return_files, services
from funding.forms.money import ReturnForm
from funding.models import YearlyReturn
from funding.rules.spending import ZERO
from funding.selectors import positions


@login_required
@require_http_methods(["GET", "POST"])
def return_list(request: SignedInRequest) -> HttpResponse:
    may_issue = policies.can_issue_return(request.user)
    if request.method == "POST":
        may_issue.or_raise()
        form = ReturnForm(request.POST, user=request.user)

        def work() -> str:
            issued = services.issue_return(actor=request.user, financial_year=form.cleaned_data["financial_year"])
            messages.success(request, _("The return is issued."))
            return reverse("funding:money-return", args=[issued.reference])

        return send(request, form, work=work, again=lambda: _listed(request, form))
    over = positions.years_over()
    may_begin = may_issue and over
    return _listed(request, ReturnForm(user=request.user, initial={"financial_year": over[0]}) if may_begin else None)


def _listed(request: SignedInRequest, form: ReturnForm | None) -> HttpResponse:
    return page_or_partial(
        request,
        page="funding/money/return_list.html",
        form=form,
        returns=YearlyReturn.objects.select_related("issued_by", "replaces", "replaced_by"),
        years=positions.years(),
    )


@login_required
@require_GET
def return_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    issued = _find(reference)
    return page_or_partial(request, page="funding/money/return.html", issued=issued, paper=return_files.stored(issued))


@login_required
@require_GET
def return_export(request: SignedInRequest, reference: str) -> HttpResponseBase:
    params.refuse_unknown(request.GET, frozenset({"format"}))
    return return_files.answer(file_format(request), _find(reference))


@login_required
@require_GET
@as_at.honoured
def position_so_far(request: SignedInRequest, year: int) -> HttpResponse:
    """What the return of a year would say now. Not issued, and so not frozen."""
    if year not in positions.years():
        raise NotVisible("year.none", _("No money was voted for this financial year."))
    found = positions.year_position(year)
    return page_or_partial(request, page="funding/money/position.html", paper=found, nothing=ZERO)


def _find(reference: str) -> YearlyReturn:
    rows = YearlyReturn.objects.select_related("issued_by", "replaces", "replaced_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise NotVisible("return.none", _("There is no such return."))
    return found
