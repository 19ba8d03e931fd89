"""What a person types about a source that sends by itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.forms import LineField, TrackerForm
from kpis import selectors
from kpis.forms import NumberField
from kpis.models import Kpi
from kpis.services.sources import Reported


class PushSourceForm(TrackerForm):
    """The system's name, and a tick with two limits for each KPI of the sender's departments that has no source."""

    name = LineField(label=_("What the system is called"), max_length=200)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.kpis: list[Kpi] = selectors.kpis_without_source(user)
        for kpi in self.kpis:
            self.fields[f"kpi_{kpi.pk}"] = forms.BooleanField(label=f"{kpi.title} ({kpi.reference})", required=False)
            self.fields[f"lowest_{kpi.pk}"] = NumberField(label=_("Lowest value believed"), required=False)
            self.fields[f"highest_{kpi.pk}"] = NumberField(label=_("Highest value believed"), required=False)

    def rows(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        return [(self[f"kpi_{kpi.pk}"], self[f"lowest_{kpi.pk}"], self[f"highest_{kpi.pk}"]) for kpi in self.kpis]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        chosen = self.chosen()
        if not chosen:
            raise ValidationError(_("Name at least one KPI."), code="source.kpis")
        if len({kpi.project.department_id for kpi in chosen}) > 1:
            raise ValidationError(_("A source reports the KPIs of one department."), code="source.departments")
        return typed

    def chosen(self) -> list[Kpi]:
        return [kpi for kpi in self.kpis if self.cleaned_data.get(f"kpi_{kpi.pk}")]

    def reported(self) -> list[Reported]:
        """What the service is given: each chosen KPI with its limits."""
        typed = self.cleaned_data
        return [
            Reported(kpi.pk, lowest=typed[f"lowest_{kpi.pk}"], highest=typed[f"highest_{kpi.pk}"])
            for kpi in self.chosen()
        ]


class PauseForm(TrackerForm):
    reason = LineField(label=_("Reason"), max_length=300)
