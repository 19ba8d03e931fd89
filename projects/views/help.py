"""Priority help: asked on a project's page, listed for the Team, answered on record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import listing
from core.acts import send
from core.errors import NotVisible
from core.pages import page_or_partial, paginate
from projects.help import AnswerHelpForm, AskHelpForm, HelpFilter, WithdrawHelpForm, help_rows
from projects.models import HelpRequest
from projects.policies.help import can_answer_help, can_ask_help, can_withdraw_help
from projects.services.help import answer_help, ask_help, withdraw_help
from projects.views.projects import find as find_project


@login_required
@require_GET
def help_list(request: SignedInRequest) -> HttpResponse:
    """Open questions first, then the newest: the Team's list, and each department's own."""
    rows, filters = listing.filtered(request, HelpFilter, help_rows(request.user))
    return page_or_partial(
        request,
        page="projects/help_list.html",
        partial="projects/_help_table.html",
        filter_form=filters,
        page_of=paginate(request, rows),
    )


@login_required
@require_http_methods(["GET", "POST"])
def project_help(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was asked for this project, and the form that asks."""
    project = find_project(request, reference)
    may_ask = can_ask_help(request.user, project)
    form = AskHelpForm(request.POST or None)

    def shown() -> HttpResponse:
        return page_or_partial(
            request,
            page="projects/help_of_project.html",
            project=project,
            form=form,
            may_ask=may_ask,
            asked=help_rows(request.user).filter(project=project),
        )

    def work() -> str:
        made = ask_help(
            actor=request.user,
            project_id=project.pk,
            kind=form.cleaned_data["kind"],
            question=form.cleaned_data["question"],
        )
        messages.success(request, _("The Team has your question."))
        return address(made)

    if request.method != "POST":
        return shown()
    may_ask.or_raise()
    return send(request, form, work=work, again=shown)


@login_required
@require_GET
def help_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    return _shown(request, find(request, reference))


@login_required
@require_POST
def help_answer(request: SignedInRequest, reference: str) -> HttpResponse:
    asked = find(request, reference)
    can_answer_help(request.user, asked).or_raise()
    form = AnswerHelpForm(request.POST)

    def work() -> str:
        typed = form.cleaned_data
        answer_help(actor=request.user, help_id=asked.pk, outcome=typed["outcome"], answer=typed["answer"])
        messages.success(request, _("The answer is on record."))
        return address(asked)

    return send(request, form, work=work, again=lambda: _shown(request, asked, answer_form=form))


@login_required
@require_POST
def help_withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    asked = find(request, reference)
    can_withdraw_help(request.user, asked).or_raise()
    form = WithdrawHelpForm(request.POST)

    def work() -> str:
        withdraw_help(actor=request.user, help_id=asked.pk, reason=form.cleaned_data["reason"])
        messages.success(request, _("The request for help is withdrawn."))
        return address(asked)

    return send(request, form, work=work, again=lambda: _shown(request, asked, withdraw_form=form))


def find(request: SignedInRequest, reference: str) -> HelpRequest:
    found: HelpRequest | None = help_rows(request.user).filter(reference=reference).first()
    if found is None:
        raise NotVisible("help.none", _("There is no such request for help for you."))
    return found


def address(asked: HelpRequest) -> str:
    return reverse("projects:help-detail", args=[asked.reference])


def _shown(
    request: SignedInRequest,
    asked: HelpRequest,
    *,
    answer_form: AnswerHelpForm | None = None,
    withdraw_form: WithdrawHelpForm | None = None,
) -> HttpResponse:
    return page_or_partial(
        request,
        page="projects/help.html",
        status=422 if answer_form or withdraw_form else 200,
        asked=asked,
        answer_form=(answer_form or AnswerHelpForm()) if can_answer_help(request.user, asked) else None,
        withdraw_form=(withdraw_form or WithdrawHelpForm()) if can_withdraw_help(request.user, asked) else None,
    )
