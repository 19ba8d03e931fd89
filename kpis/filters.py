"""The filters of the lists of KPIs and of runs, one set for page and API."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
import django_filters as filters

from accounts.models import Department
from kpis.models import Benefit, Breach, CollectionRun, Direction, Kpi, RunState
from kpis.querysets import BenefitQuerySet, KpiQuerySet
from projects.models import BenefitKind


class KpiFilter(filters.FilterSet):
    project = filters.CharFilter(field_name="project__reference", label=_("Project reference"))
    department = filters.ModelChoiceFilter(
        field_name="project__department",
        queryset=Department.objects.all(),
        to_field_name="code",
        label=_("Department"),
        empty_label=_("Any department"),
    )
    direction = filters.ChoiceFilter(
        field_name="definition__direction",
        choices=Direction.choices,
        label=_("Direction"),
        empty_label=_("Any direction"),
    )

    breach = filters.ChoiceFilter(
        method="filter_breach",
        choices=[("open", pgettext_lazy("breach", "open"))],
        label=_("Breach"),
        empty_label=_("Any"),
    )

    def filter_breach(self, rows: KpiQuerySet, name: str, value: str) -> KpiQuerySet:
        return rows.filter(pk__in=Breach.objects.open().values("kpi"))

    class Meta:
        model = Kpi
        fields: tuple[str, ...] = ()


class BenefitFilter(filters.FilterSet):
    project = filters.CharFilter(field_name="kpi__project__reference", label=_("Project reference"))
    department = filters.ModelChoiceFilter(
        field_name="kpi__project__department",
        queryset=Department.objects.all(),
        to_field_name="code",
        label=_("Department"),
        empty_label=_("Any department"),
    )
    kind = filters.ChoiceFilter(choices=BenefitKind.choices, label=_("What is gained"), empty_label=_("Any kind"))
    harm = filters.ChoiceFilter(
        method="filter_harm",
        choices=[("no", _("benefits")), ("yes", _("disbenefits"))],
        label=_("Benefit or disbenefit"),
        empty_label=_("Both"),
    )
    status = filters.ChoiceFilter(choices=Benefit.Status.choices, label=_("Status"), empty_label=_("Any status"))

    def filter_harm(self, rows: BenefitQuerySet, name: str, value: str) -> BenefitQuerySet:
        return rows.filter(is_harm=value == "yes")

    class Meta:
        model = Benefit
        fields: tuple[str, ...] = ()


class JobFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=RunState.choices, label=_("State"), empty_label=_("Any state"))
    source = filters.CharFilter(field_name="source__reference", label=_("Source reference"))
    department = filters.ModelChoiceFilter(
        field_name="source__department",
        queryset=Department.objects.all(),
        to_field_name="code",
        label=_("Department"),
        empty_label=_("Any department"),
    )

    class Meta:
        model = CollectionRun
        fields: tuple[str, ...] = ()
