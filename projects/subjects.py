"""What `work` learns about projects and procedures: who sees them, who may change them, what their history shows."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import as_at, listing, params
from core.errors import Conflict, InvalidInput, Text
from core.verdicts import Verdict
from projects import access, selectors, tabs
from projects.filters import ProcedureFilter, ProjectFilter
from projects.models import Procedure, Project
from projects.policies import can_edit_project
from projects.policies.people import belongs
from projects.present import may_have
from projects.selectors.history import PROCEDURE_PARTS, PROJECT_PARTS
from work import lists, subjects
from work.parts import parts_of


def may_edit_procedure(user: User, procedure: Procedure) -> Verdict:
    """Its own department, and whoever delivers a project that touches it."""
    if procedure.retired_on:
        return Verdict.no("procedure.retired", _("This procedure is retired."), error=Conflict)
    if belongs(user, {procedure.department_id}):
        return Verdict.yes()
    if any(can_edit_project(user, project) for project in procedure.projects.all()):
        return Verdict.yes()
    return Verdict.no("department.other", _("Only people who work on this procedure may change it."))


def may_discuss(user: User, thing: Any) -> Verdict:
    """Whoever may write at all: whoever reads every record only to audit it changes nothing (FEATURES N8)."""
    if user.has_perm("projects.view_every_record") and not user.has_perm("projects.answer_help"):
        return Verdict.no("duty.reads_only", _("An auditor reads everything and changes nothing."))
    return Verdict.yes()


def register() -> None:
    """Tell `work` about both registers and their lists. Called once, when the app is ready."""
    subjects.register(
        subjects.Kind(
            word="project",
            model=Project,
            label=_("Project"),
            many=_("Projects"),
            title="title",
            namespace="projects",
            may_edit=can_edit_project,
            may_discuss=may_discuss,
            may_task=may_discuss,
            tabs=tabs.shown,
            parts=lambda: (*PROJECT_PARTS, *parts_of("project")),
            acts=_project_acts,
            may_have=may_have,
            readers=access.insiders_of,
        )
    )
    subjects.register(
        subjects.Kind(
            word="procedure",
            model=Procedure,
            label=_("Procedure"),
            many=_("Procedures"),
            title="name",
            namespace="projects",
            may_edit=may_edit_procedure,
            may_discuss=may_discuss,
            may_task=may_discuss,
            tabs=tabs.shown,
            parts=lambda: (*PROCEDURE_PARTS, *parts_of("procedure")),
            acts=_procedure_acts,
            readers=access.insiders_of_procedure,
        )
    )
    lists.register(
        lists.List(
            "projects",
            _("Projects"),
            "projects:project-list",
            lambda query: _check(query, ProjectFilter, selectors.PROJECT_ORDERINGS),
        )
    )
    lists.register(
        lists.List(
            "procedures",
            _("Procedures"),
            "projects:procedure-list",
            lambda query: _check(query, ProcedureFilter, selectors.PROCEDURE_ORDERINGS),
        )
    )


def _project_acts() -> tuple[Any, ...]:
    from projects.bulk import PROJECT_BULK  # forms of the acts need the registers to be loaded

    return PROJECT_BULK


def _procedure_acts() -> tuple[Any, ...]:
    from projects.bulk import PROCEDURE_BULK  # forms of the acts need the registers to be loaded

    return PROCEDURE_BULK


def _check(query: QueryDict, filterset: Any, orderings: listing.Orderings) -> None:
    """Refuse what the list itself would refuse."""
    params.refuse_repeated(query)
    params.refuse_unreadable(query)
    params.refuse_unknown(query, listing.ALWAYS_KNOWN | {as_at.PARAMETER} | set(filterset.base_filters))
    if (asked := query.get("ordering")) and asked.removeprefix("-") not in orderings:
        raise InvalidInput("param.unknown", _("This list cannot be ordered by that."), fields={"ordering": []})
    if query.get(as_at.PARAMETER):
        as_at.asked(query)
    rows = filterset._meta.model.objects.none()
    found = filterset(query, queryset=rows)
    if not found.is_valid():
        fields: dict[str, list[Text]] = {name: [str(text) for text in texts] for name, texts in found.errors.items()}
        raise InvalidInput("param.format", _("A filter in the address cannot be read."), fields=fields)
