"""Pieces of every page that a template cannot say by itself: icons, form controls, the main navigation."""

from dataclasses import dataclass
from functools import cache
import re
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.forms import BoundField, CheckboxInput, ClearableFileInput, RadioSelect, Select
from django.forms.boundfield import BoundWidget
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from core.errors import Text

register = template.Library()

ICON_NAME = re.compile(r"[a-z0-9-]+")

# (url name, icon, words). An entry appears once its page exists.
MAIN_NAVIGATION = (
    ("dashboards:overview", "layout-dashboard", _("Overview")),
    ("dashboards:forecast", "trending-up", _("Forecast")),
    ("projects:project-list", "folders", _("Projects")),
    ("projects:procedure-list", "list-check", _("Procedures")),
    ("projects:department-list", "building-community", _("Departments")),
    ("funding:request-list", "cash", _("Funding")),
    ("funding:round-list", "gavel", _("Rounds")),
    ("kpis:kpi-list", "chart-line", _("KPIs")),
    ("reports:report-list", "file-text", _("Reports")),
    ("people:people", "users", _("People")),
    ("projects:policy-index", "scale", _("Policy")),
)
APART = {"jobs:job-list": "kpis:kpi-list"}  # pages that belong to an entry whose address does not lead to them


@register.simple_tag
@cache
def icon(name: str, size: int = 20) -> SafeString:
    """A Tabler icon as inline SVG. It is decoration, so readers of the page's words never hear it."""
    return format_html('<span class="icon-box icon-box-{}" aria-hidden="true">{}</span>', size, _drawing(name))


@cache
def _drawing(name: str) -> SafeString:
    """The file that ./dev copied from the locked package; nothing a person sent ever gets here."""
    if not ICON_NAME.fullmatch(name):
        raise template.TemplateSyntaxError(f"“{name}” is no name of an icon.")
    file = settings.BASE_DIR / "build" / "icons" / f"{name}.svg"
    if not file.exists():
        return mark_safe("")  # a page without its icons still says everything in words
    drawing = re.sub(r"<!--.*?-->", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    return mark_safe(drawing.strip())  # noqa: S308 - a file of ours, named by a template of ours


@register.simple_tag
def control(field: BoundField, **attributes: str) -> SafeString:
    """A form control with the classes of our look. Django adds `aria-describedby` and `aria-invalid` itself."""
    classes = [_control_class(field), str(field.field.widget.attrs.get("class", ""))]
    if field.errors:
        classes.append("is-invalid")
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    return field.as_widget(attrs={"class": " ".join(filter(None, classes)), **named})


@register.simple_tag
def choice_control(choice: BoundWidget) -> SafeString:
    """One button of a group, with the class of our look."""
    choice.data["attrs"]["class"] = "form-check-input"
    return choice.tag()


def _control_class(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, CheckboxInput | RadioSelect):  # CheckboxSelectMultiple is a RadioSelect
        return "form-check-input"
    if isinstance(widget, Select):
        return "form-select"
    return "form-control form-control-file" if isinstance(widget, ClearableFileInput) else "form-control"


@register.filter
def page_numbers(paginator: "Paginator[Any]", number: int) -> list[int | None]:
    """The page numbers to show around `number`; None stands for a gap."""
    shown = paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
    return [page if isinstance(page, int) else None for page in shown]


@register.filter
def page_sizes(paginator: "Paginator[Any]") -> tuple[int, ...]:
    """How many records a reader may choose to see on one page."""
    return (25, 50, 100, 200)


@register.filter
def is_choice_group(field: BoundField) -> bool:
    """Whether the control is a group of buttons, which needs a legend instead of a label."""
    return isinstance(field.field.widget, RadioSelect)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the control is a single box to tick, whose label stands beside it."""
    return isinstance(field.field.widget, CheckboxInput)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the main navigation."""

    address: str
    icon: str
    label: Text

    def leads_to(self, here: str) -> bool:
        return here == self.address or (self.address != "/" and here.startswith(self.address))


@register.inclusion_tag("components/main_navigation.html", takes_context=True)
def main_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """The entries whose pages exist; the one the reader is in is marked, by the longest address that leads here."""
    request: HttpRequest | None = context.get("request")
    here = _within(request.path if request else "")
    entries = [
        Entry(address, drawing, label)
        for name, drawing, label in MAIN_NAVIGATION
        if (address := _address(name)) is not None
    ]
    leading = [entry.address for entry in entries if entry.leads_to(here)]
    return {"entries": entries, "here": max(leading, key=len, default="")}


def _within(here: str) -> str:
    """Where the reader is, as the navigation counts it."""
    for name, entry in APART.items():
        if (address := _address(name)) and here.startswith(address):
            return _address(entry) or here
    return here


def _address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
