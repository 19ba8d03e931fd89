"""What lists show of exports: the buttons below a table, and one's files on “My work”."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from exports import lists, policies
from exports.models import ExportJob

register = template.Library()
SHOWN = 5
NOT_OF_THE_FILE = ("page", "page_size", "format")


@register.inclusion_tag("exports/_buttons.html", takes_context=True)
def export_buttons(context: dict[str, Any], name: str, **placed: str) -> dict[str, Any]:
    """CSV, XLSX and the page of further choices, for those who may export.

    `placed` are the parameters of the file that the page has in its path.
    """
    request = context["request"]
    query = request.GET.copy()
    for parameter in NOT_OF_THE_FILE:
        query.pop(parameter, None)
    query.update(placed)
    files = []
    for file_format in ("csv", "xlsx"):
        query["format"] = file_format
        files.append((file_format.upper(), f"{reverse('exports:file', args=[name])}?{query.urlencode()}"))
    del query["format"]
    choices = reverse("exports:new", args=[name]) + (f"?{query.urlencode()}" if query else "")
    return {"files": files, "choices": choices, "may_export": policies.can_export(request.user)}


@register.inclusion_tag("exports/_own.html", takes_context=True)
def own_exports(context: dict[str, Any]) -> dict[str, Any]:
    """The reader's newest files that were made by a worker."""
    rows = ExportJob.objects.visible_to(context["request"].user).jobs()
    return {"jobs": [(job, job.is_over(clock.now())) for job in rows[:SHOWN]]}


@register.filter
def list_named(name: str) -> Any:
    """The label of an exportable list."""
    return lists.label(name)


@register.simple_tag(takes_context=True)
def filter_of(context: dict[str, Any], job: ExportJob) -> str:
    """What the file was asked for, in words as the file itself says it; as it was sent where that is no longer read."""
    if not job.query:
        return ""
    try:
        asked = lists.Wanted(job.list_name, job.query, job.file_format).build(context["request"].user).asked
    except DomainError:
        return job.query
    return " · ".join(f"{label}{_(': ')}{value}" for label, value in asked.shown) or job.query


@register.simple_tag
def is_over(job: ExportJob) -> bool:
    return job.is_over(clock.now())
