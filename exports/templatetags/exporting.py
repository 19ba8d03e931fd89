"""What lists show of exports: the buttons below a table, and one's files on “My work”."""

from typing import Any

from django import template
from django.urls import reverse

from core import clock
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


@register.simple_tag
def is_over(job: ExportJob) -> bool:
    return job.is_over(clock.now())
