"""What a person types about a source: one that sends by itself, and one that is collected."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.errors import Text
from core.forms import LineField, ParagraphField, TrackerForm
from kpis import selectors
from kpis.collector.addresses import place_of
from kpis.forms import NumberField
from kpis.models import Kpi, Source
from kpis.services import Answering, Collected, Paths, Reported, Secret


class ReportingForm(TrackerForm):
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


class PushSourceForm(ReportingForm):
    """All there is to say of a system that sends by itself."""


class CollectedForm(TrackerForm):
    """How a source is collected. Its host is that of the address, so it is typed once."""

    url = LineField(
        label=_("Address that is asked"),
        max_length=500,
        help_text=_("Begins with https:// and names the host in plain letters; the port, if it is not 443."),
    )
    networks = ParagraphField(
        label=_("Networks its host lies in"),
        max_length=1_500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line, such as 10.20.0.0/16. No other address is ever called."),
    )
    format = forms.ChoiceField(label=_("Format of the answer"), choices=Source.Format.choices)
    items = LineField(
        label=_("Where the items are"),
        max_length=200,
        required=False,
        help_text=_("Of JSON the path to the list, such as data.readings. Empty for CSV: its rows are the items."),
    )
    period = LineField(
        label=_("Where an item names its period"), max_length=200, help_text=_("A path into one item, or the column.")
    )
    value = LineField(label=_("Where its value is"), max_length=200, required=False)
    numerator = LineField(label=_("Where its numerator is"), max_length=200, required=False)
    denominator = LineField(label=_("Where its denominator is"), max_length=200, required=False)
    kpi = LineField(
        label=_("Where it names its KPI"),
        max_length=200,
        required=False,
        help_text=_("By its reference, such as KPI-0107. Not needed when there is only one."),
    )
    cell = LineField(
        label=_("Where it names its group"),
        max_length=200,
        required=False,
        help_text=_(
            "Of a breakdown, written such as channel:counter or district:sha_tin. Without one it is the whole."
        ),
    )
    columns = LineField(
        label=_("Further columns of an item"),
        max_length=2_000,
        required=False,
        help_text=_("Those that are there and not read, with commas between. Any other change is noticed and refused."),
    )
    paging = forms.ChoiceField(label=_("Pages"), choices=Source.Paging.choices)
    page_key = LineField(
        label=_("How pages are named"),
        max_length=200,
        required=False,
        help_text=_("The path to the next address in the answer, or the parameter that counts pages from 1."),
    )
    interval_minutes = forms.IntegerField(
        label=_("Asked every so many minutes"),
        min_value=1,
        max_value=44_640,
        initial=1_440,
        help_text=_("1,440 is a day."),
    )
    secret_header = LineField(
        label=_("Header of the secret"),
        max_length=60,
        required=False,
        help_text=_("Such as Authorization or X-API-Key; empty if the source asks for none."),
    )
    secret = LineField(
        label=_("Secret"),
        max_length=1_000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted and never shown again."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if bool(typed.get("secret_header")) != bool(typed.get("secret")):
            self.add_error("secret", ValidationError(_("A header and its secret are given together."), code="secret"))
        return typed

    def collected(self) -> Collected:
        """What the services are given."""
        typed = self.cleaned_data
        paths = {name: typed[name] for name in ("items", "period", "value", "numerator", "denominator", "kpi", "cell")}
        columns = tuple(name for text in typed["columns"].split(",") if (name := text.strip()))
        answering = Answering(
            format=typed["format"], paging=typed["paging"], page_key=typed["page_key"], columns=columns
        )
        return Collected(
            url=typed["url"],
            hosts=[place_of(typed["url"])],
            networks=typed["networks"].split(),
            paths=Paths(**paths),
            interval_minutes=typed["interval_minutes"],
            answering=answering,
            secret=Secret(typed["secret_header"], typed["secret"]) if typed["secret"] else None,
        )


class PullSourceForm(ReportingForm, CollectedForm):
    """A new source that is collected."""

    field_order = ("form_token", "name", *CollectedForm.base_fields)


class ChangedSourceForm(CollectedForm):
    """Another way to collect a source that exists. Its secret stays unless a new one is typed."""

    name = LineField(label=_("What the system is called"), max_length=200)
    field_order = ("form_token", "name", *CollectedForm.base_fields)

    @staticmethod
    def initial_of(source: Source) -> dict[str, Any]:
        paths = {name: getattr(source, f"{name}_path") for name in Paths.__slots__}
        read = Paths(**paths).columns(is_table=source.format == Source.Format.CSV)
        same = ("name", "url", "format", "paging", "page_key", "interval_minutes")
        return (
            paths
            | {name: getattr(source, name) for name in same}
            | {"networks": "\n".join(source.networks), "columns": ", ".join(sorted(set(source.columns) - read))}
        )


def read_from(source: Source) -> list[tuple[Text, str]]:
    """Where an answer keeps each part, as its form calls it: what a second person approves."""
    told = {name: getattr(source, f"{name}_path") for name in CollectedForm.base_fields if name in Paths.__slots__}
    return [(CollectedForm.base_fields[name].label or name, path) for name, path in told.items() if path]


class PauseForm(TrackerForm):
    reason = LineField(label=_("Reason"), max_length=300)
