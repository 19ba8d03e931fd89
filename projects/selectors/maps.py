"""A process map as the page, the chart and the API show it: steps with what each takes, and what they come to."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import as_at
from core.errors import Text
from projects.models import Procedure, ProcessMap, ProcessStep
from projects.rules import process
from projects.rules.process import Measures, Saved

WAITING, WORK, REWORK = "#c9b37e", "#0b5394", "#b45f06"
Variant = ProcessMap.Variant


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with what the rule says of it, times in minutes."""

    step: ProcessStep
    touch: Decimal
    elapsed: Decimal
    is_handed_off: bool
    is_bottleneck: bool


@dataclass(frozen=True, slots=True)
class ShownMap:
    """One version of one variant, ready to be drawn."""

    map: ProcessMap
    steps: list[ShownStep]
    measures: Measures


@dataclass(frozen=True, slots=True)
class Maps:
    """What is drawn of a procedure; each variant may be missing. `saved` compares both."""

    as_is: ShownMap | None
    to_be: ShownMap | None
    versions: list[ProcessMap]

    @property
    def saved(self) -> Saved | None:
        if self.as_is is None or self.to_be is None:
            return None
        return process.compare(self.as_is.measures, self.to_be.measures)

    def variant(self, name: str) -> ShownMap | None:
        return self.as_is if name == Variant.AS_IS else self.to_be


def maps_of(procedure: Procedure) -> Maps:
    """The latest version of each variant, and every version there is, newest first."""
    versions = list(procedure.maps.select_related("drawn_by").order_by("-drawn_at", "-pk"))
    latest = {variant: _latest(versions, variant) for variant in Variant.values}
    shown = [one for one in latest.values() if one is not None]
    steps: dict[int, list[ProcessStep]] = {one.pk: [] for one in shown}
    for step in ProcessStep.objects.filter(map__in=shown).order_by("map", "number"):
        steps[step.map_id].append(step)
    as_is, to_be = (_shown(one, steps[one.pk]) if (one := latest[v]) else None for v in Variant.values)
    return Maps(as_is, to_be, versions)


def _latest(versions: list[ProcessMap], variant: str) -> ProcessMap | None:
    return max((one for one in versions if one.variant == variant), key=lambda one: one.number, default=None)


def _shown(drawn: ProcessMap, rows: list[ProcessStep]) -> ShownMap:
    steps = [as_step(row) for row in rows]
    measures = process.measure(steps)
    handed = process.is_handed_off(steps)
    shown = [
        ShownStep(row, step.touch, step.elapsed, handed[place], place == measures.bottleneck)
        for place, (row, step) in enumerate(zip(rows, steps, strict=True))
    ]
    return ShownMap(drawn, shown, measures)


def as_step(row: ProcessStep) -> process.Step:
    return process.Step(row.done_by, row.work_minutes, row.waiting_minutes, row.rework_share, row.is_digital)


def duration(minutes: Decimal) -> str:
    """Minutes as people say them: 45 minutes, 3.5 hours, 12.3 days (of 24 hours)."""
    if minutes < 60:
        written = _rounded(minutes)
        return ngettext("%(number)s minute", "%(number)s minutes", _plural(written)) % {"number": written}
    if minutes < 60 * 24:
        hours = _rounded(minutes / 60)
        return ngettext("%(number)s hour", "%(number)s hours", _plural(hours)) % {"number": hours}
    days = _rounded(minutes / (60 * 24))
    return ngettext("%(number)s day", "%(number)s days", _plural(days)) % {"number": days}


def _rounded(value: Decimal) -> str:
    """To a tenth, without an idle zero."""
    rounded = value.quantize(Decimal("0.1"))
    return f"{rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded:,}"


def _plural(written: str) -> int:
    return 1 if written == "1" else 2


def chart(shown: ShownMap) -> dict[str, Any]:
    """One bar per step from left to right in time, for `components/chart.html`; the bottleneck is the finding."""
    name = _("As it is") if shown.map.variant == Variant.AS_IS else _("As it will be")
    total = duration(shown.measures.cycle)
    slowest = next((one.step for one in shown.steps if one.is_bottleneck), None)
    if slowest is None:
        title = _("%(variant)s: %(total)s from first to last step") % {"variant": name, "total": total}
    else:
        told = {"variant": name, "total": total, "step": slowest.in_language("name")}
        title = _("%(variant)s: %(total)s from first to last step, longest at “%(step)s”") % told
    summary = _("%(touch)s of work, %(waiting)s of waiting, %(hand_offs)s hand-offs.") % {
        "touch": duration(shown.measures.touch),
        "waiting": duration(shown.measures.waiting),
        "hand_offs": shown.measures.hand_offs,
    }
    return {
        "id": f"map-{shown.map.variant.replace('_', '-')}",
        "title": title,
        "summary": summary,
        "figure": figure(shown),
        "table": table(shown),
        "as_at": as_at.day(),
    }


def figure(shown: ShownMap) -> dict[str, Any]:
    """A plain Plotly figure: waiting, work and rework of each step, each step beginning where the one before ends."""
    names = [f"{one.step.number}. {one.step.in_language('name')}" for one in shown.steps]
    begins, at = [], Decimal(0)
    for one in shown.steps:
        begins.append(at)
        at += one.elapsed
    waiting = [one.step.waiting_minutes for one in shown.steps]
    work = [one.step.work_minutes for one in shown.steps]
    rework = [one.touch - one.step.work_minutes for one in shown.steps]
    after_waiting = [begin + wait for begin, wait in zip(begins, waiting, strict=True)]
    after_work = [begin + done for begin, done in zip(after_waiting, work, strict=True)]
    return {
        "data": [
            _bars(_("Waiting"), names, begins, waiting, WAITING),
            _bars(_("Work"), names, after_waiting, work, WORK),
            _bars(_("Done again"), names, after_work, rework, REWORK),
        ],
        "layout": {
            "barmode": "overlay",
            "hovermode": "closest",
            "xaxis": {"title": {"text": _("hours since the first step began")}, "rangemode": "tozero"},
            "yaxis": {"autorange": "reversed", "type": "category"},
        },
    }


def _bars(name: str, names: list[str], base: list[Decimal], length: list[Decimal], colour: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": names,
        "base": [_hours(value) for value in base],
        "x": [_hours(value) for value in length],
        "marker": {"color": colour},
        "hovertemplate": "%{x:.2f}",
    }


def _hours(minutes: Decimal) -> float:
    return round(float(minutes) / 60, 4)


def table(shown: ShownMap) -> dict[str, Any]:
    headings: list[Text] = [_("Step"), _("Done by"), _("Waiting"), _("Work"), _("Done again"), _("Altogether")]
    rows = [
        [
            f"{one.step.number}. {one.step.in_language('name')}",
            one.step.done_by,
            duration(one.step.waiting_minutes),
            duration(one.step.work_minutes),
            f"{one.step.rework_share:.1%}",
            duration(one.elapsed),
        ]
        for one in shown.steps
    ]
    return {"headings": headings, "rows": rows}
