"""The project register: list, export, one project, and the forms of its department."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import as_at, listing
from core.acts import Act, offers, send
from core.errors import InvalidInput, NotVisible, Stale
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate, repeatable
from core.simplified import simplified
from exports import serving
from projects import panels, policies, selectors, services
from projects.acts import PROJECT_ACTS, form_for
from projects.filters import ProjectFilter
from projects.forms.projects import CORRECTED, EditProjectForm, NewProjectForm, ProjectFields, simplified_context
from projects.models import Project
from projects.present import may_have, present
from projects.records.status import latest_months
from projects.selectors import course, lines, similar
from projects.views.search import notice_similar
from work import subjects
from work.querysets import any_tag, follows


@login_required
@require_GET
@as_at.honoured
def project_list(request: SignedInRequest) -> HttpResponse:
    found, filters = listing.filtered(request, ProjectFilter, selectors.project_rows(request.user))
    in_order = listing.ordered(request, found, selectors.PROJECT_ORDERINGS)
    page = paginate(request, in_order.annotate(any_tag=any_tag()))
    return page_or_partial(
        request,
        page="projects/project_list.html",
        partial="projects/_project_table.html",
        filter_form=filters,
        page_of=page,
        lines=lines.of_projects(page.object_list),
        sorts=listing.sorts(request, selectors.PROJECT_ORDERINGS),
        may_register=policies.can_register_somewhere(request.user),
    )


@repeatable("columns")
@login_required
@require_GET
def project_export(request: SignedInRequest) -> HttpResponseBase:
    """Exactly the rows that the list shows under the same filters, as a file."""
    return serving.answer(request, "projects")


@login_required
@require_http_methods(["GET", "POST"])
def project_new(request: SignedInRequest) -> HttpResponse:
    """Two buttons: register it now, or keep a draft that only the own department sees."""
    policies.can_register_somewhere(request.user).or_raise()
    form = NewProjectForm(request.POST or None, user=request.user)

    def shown() -> HttpResponse:
        typed = getattr(form, "cleaned_data", {})
        found = similar.to_typed(request.user, typed.get("title_en", ""), typed.get("title_zh_hant", ""))
        return page_or_partial(request, page="projects/project_form.html", form=form, project=None, similar=found)

    def work() -> str:
        keep = services.save_draft if form.is_draft else services.register_project
        department = form.cleaned_data["department"]
        project = keep(actor=request.user, department_id=department.pk, lead=request.user.person, **form.said())
        messages.success(request, _("The draft is saved.") if form.is_draft else _("The project is registered."))
        notice_similar(request, project)
        return address(project)

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_POST
def simplified_proposal(request: SignedInRequest) -> HttpResponse:
    """The control for a Simplified text, with the proposal from the Traditional text as it is being typed.

    A text that is neither empty nor the earlier proposal was corrected by a person, and stays.
    """
    form = ProjectFields(user=request.user)
    asked = request.POST.get("field", "")
    if asked not in CORRECTED:
        raise InvalidInput("choice.invalid", _("Choose one of the entries offered."), fields={"field": []})
    hant, hans = (request.POST.get(f"{asked}_zh_{script}", "")[:5_000] for script in ("hant", "hans"))
    proposal = simplified(hant.replace("\x00", ""))
    is_corrected = bool(hans.strip()) and hans != request.POST.get("proposed", "")
    form.initial = {f"{asked}_zh_hans": hans if is_corrected else proposal}
    return page_or_partial(
        request,
        partial="projects/_simplified.html",
        field=form[f"{asked}_zh_hans"],
        **simplified_context(asked, proposal, is_corrected=is_corrected and hans != proposal),
    )


@login_required
@require_GET
@as_at.honoured
def project_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    return show(request, find(request, reference))


@login_required
@require_http_methods(["GET", "POST"])
def project_edit(request: SignedInRequest, reference: str) -> HttpResponse:
    """A form opened before somebody else's edit is shown again beside what is stored now."""
    project = find(request, reference)
    policies.can_edit_project(request.user, project).or_raise()
    form = EditProjectForm(request.POST or None, user=request.user, project=project)

    def shown(status: int = 200, **more: Any) -> HttpResponse:
        return page_or_partial(
            request, page="projects/project_form.html", status=status, form=form, project=project, **more
        )

    def work() -> str:
        services.edit_project(
            actor=request.user,
            project_id=project.pk,
            expected_version=form.cleaned_data["expected_version"],
            **form.said(),
        )
        messages.success(request, _("The project is saved."))
        return address(project)

    if request.method != "POST":
        return shown()
    try:
        return send(request, form, work=work, again=shown)
    except Stale as stale:
        fresh = EditProjectForm(user=request.user, project=project)
        return shown(stale.status, stale=stale, stored=_differences(form, fresh), version=project.version)


def project_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, reference: str) -> HttpResponse:
        project = find(request, reference)
        form = form_for(act, request.user, project, request.POST)

        def work() -> str:
            act.work(request.user, project, form.cleaned_data)
            messages.success(request, str(act.done))
            return address(project)

        def again() -> HttpResponse:
            act.may(request.user, project).or_raise()  # who may not do it at all learns that, not the form's faults
            return show(request, project, refused={act.name: form})

        return send(request, form, work=work, again=again)

    return view


def find(request: SignedInRequest, reference: str) -> Project:
    """The project that a page is about, with what its page would ask of it one by one."""
    inside = Project.objects.insider_to(request.user).filter(pk=OuterRef("pk"))
    rows = selectors.project_rows(request.user).annotate(
        present=present(), **latest_months(), is_followed=follows("project", request.user), is_inside=Exists(inside)
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise NotVisible("project.none", _("There is no such project for you."))
    subjects.know_insider(request.user, found, found.is_inside)
    return found


def address(project: Project) -> str:
    return reverse("projects:project-detail", args=[project.reference])


def show(
    request: SignedInRequest, project: Project, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    """The page of one project, with a refused form as it was typed."""
    procedures = selectors.procedure_rows(request.user).filter(projects=project)
    left = course.leavings(project, request.user) if project.left_on else []
    priority = course.priority_of(project)
    return page_or_partial(
        request,
        page="projects/project.html",
        status=422 if refused else 200,
        project=project,
        course=course.course(project),
        tombstone=course.tombstone(left),
        came_from=course.came_from(project, request.user),
        priority=priority,
        working=course.working(priority),
        counted=selectors.counted(procedures),
        results=project.reported_results.all() if may_have(project, "results") else [],
        panels=panels.rendered(request, project),
        may_edit=not as_at.current() and policies.can_edit_project(request.user, project),
        offers=[]
        if as_at.current()
        else offers(
            PROJECT_ACTS,
            user=request.user,
            thing=project,
            form=lambda act: form_for(act, request.user, project),
            address=lambda act: reverse(f"projects:project-{act.name}", args=[project.reference]),
            refused=refused or {},
        ),
    )


def _differences(typed: EditProjectForm, fresh: EditProjectForm) -> list[tuple[Any, Any]]:
    """What is stored now, for each field where it is not what was typed."""
    return [
        (field.label, _words(field))
        for field in fresh
        if not field.is_hidden and str(field.value() or "") != str(typed[field.name].value() or "")
    ]


def _words(field: Any) -> str:
    choices = {str(value): str(label) for value, label in getattr(field.field, "choices", [])}
    return choices.get(str(field.value() or ""), str(field.value() or ""))
