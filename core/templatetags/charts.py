"""What `components/chart.html` cannot say itself: a chart as inert data, as a drawing, and where its pictures are."""

import hashlib
import json
from typing import Any

from django import template
from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder
from django.template.context import RequestContext
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import charts
from core.charts import pages

register = template.Library()

FORM = 3  # raise when the same figure is drawn otherwise
SECONDS = 24 * 3600
LOW, TALL = (600, 250), (600, 330)  # drawn small, so that its words are still read on a telephone


@register.simple_tag
def chart_figure(figure: dict[str, Any], chart_id: str) -> SafeString:
    """The figure as inert JSON, under the name its drawing looks for."""
    return json_script(figure, f"{chart_id}-figure")


@register.simple_tag(takes_context=True)
def chart_drawing(context: RequestContext, chart_id: str) -> SafeString:
    """The chart for readers without scripts, for paper, and until Plotly has drawn; and kept for its pictures."""
    figure, title = context["figure"], str(context["title"])
    told = [context.get("summary"), context.get("units")]
    said = " ".join(str(one) for one in told if one)
    note = " · ".join(one for one in (said, _as_at(context.get("as_at"))) if one)
    if "request" in context:
        pages.keep(context["request"], chart_id, pages.Shown(figure, title, note))
    drawn = _drawn(figure, TALL if context.get("tall") else LOW, title)
    return mark_safe(drawn)  # noqa: S308 - core.charts escapes every word it writes


def _drawn(figure: dict[str, Any], size: tuple[int, int], title: str) -> str:
    """The same figure is drawn once: the drawing is kept under the digest of all it is made from."""
    made_from = json.dumps([FORM, get_language(), size, title, figure], cls=DjangoJSONEncoder, sort_keys=True)
    key = f"drawing:{hashlib.sha256(made_from.encode()).hexdigest()}"
    return str(cache.get_or_set(key, lambda: charts.svg(figure, size=size, label=title), SECONDS))


@register.simple_tag(takes_context=True)
def chart_address(context: RequestContext, chart_id: str, kind: str) -> str:
    return pages.address(context["request"], chart_id, kind)


def _as_at(day: Any) -> str:
    return _("As at %(as_at)s") % {"as_at": day} if day else ""
