"""What is measured: the library of definitions, a project's KPIs, their baseline and targets."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Person, Trilingual
from kpis.querysets import DefinitionQuerySet, KpiQuerySet, SeriesQuerySet
from kpis.rules.periods import Frequency, YearKind
from projects.models import Project

DIGITS, PLACES = 24, 6  # of every stored value; more decimals are refused, never rounded

FREQUENCIES = [
    (Frequency.DAILY.value, _("daily")),
    (Frequency.WEEKLY.value, _("weekly")),
    (Frequency.MONTHLY.value, _("monthly")),
    (Frequency.QUARTERLY.value, _("quarterly")),
    (Frequency.YEARLY.value, _("yearly")),
]
YEAR_KINDS = [(YearKind.CALENDAR.value, _("calendar year")), (YearKind.FINANCIAL.value, _("financial year"))]


class Direction(models.TextChoices):
    UP = "up", _("higher is better")
    DOWN = "down", _("lower is better")


class Formula(models.TextChoices):
    """How a reading's value comes about. A ratio keeps its parts, so that it can be added up honestly."""

    VALUE = "value", _("the value as measured")
    RATIO = "ratio", _("numerator ÷ denominator")
    PERCENTAGE = "percentage", _("100 × numerator ÷ denominator")


class Aggregation(models.TextChoices):
    """How several readings become one figure. Percentages are never averaged unweighted."""

    RATIO = "ratio", _("sum of numerators ÷ sum of denominators")
    SUM = "sum", _("sum")
    MEAN = "mean", _("mean of the periods")
    LAST = "last", _("last value")


@pghistory.track()
class Definition(Trilingual):
    """One version of one measure of the library. A changed definition is a new version and starts new series."""

    key = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    name_en = models.CharField(max_length=120)
    name_zh_hant = models.CharField(max_length=60)
    name_zh_hans = models.CharField(max_length=60)
    unit_en = models.CharField(max_length=40)
    unit_zh_hant = models.CharField(max_length=20)
    unit_zh_hans = models.CharField(max_length=20)
    direction = models.CharField(max_length=4, choices=Direction)
    formula = models.CharField(max_length=12, choices=Formula)
    aggregation = models.CharField(max_length=8, choices=Aggregation)
    dimensions = models.JSONField(default=list, blank=True, help_text='What it is told apart by: ["channel", …].')
    lowest = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, null=True, help_text="No real value is below it; empty for no bound."
    )
    highest = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, null=True, help_text="No real value is above it; empty for no bound."
    )

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        ordering = ["key", "version"]
        permissions = [("edit_definitions", "Add measures to the library and change their definitions")]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="definition_version_once"),
            models.CheckConstraint(
                condition=Q(formula="value") | Q(aggregation__in=["ratio", "last"]),
                name="definition_ratios_are_weighted",
            ),
            models.CheckConstraint(
                condition=Q(lowest__isnull=True) | Q(highest__isnull=True) | Q(lowest__lt=F("highest")),
                name="definition_bounds_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.in_language("name")

    @property
    def ledger_ref(self) -> str:
        return f"definition:{self.key}:{self.version}"

    @property
    def unit(self) -> str:
        return self.in_language("unit")

    @property
    def is_ratio(self) -> bool:
        return self.formula != Formula.VALUE


@pghistory.track()
class Kpi(Trilingual):
    """A measure of one project, with its rhythm and its owner. Its reference is permanent: `KPI-0107`."""

    reference = models.CharField(max_length=32, unique=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="kpis")
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="kpis")
    name_en = models.CharField(max_length=200, blank=True, help_text="What exactly is measured; else the definition's.")
    name_zh_hant = models.CharField(max_length=100, blank=True)
    name_zh_hans = models.CharField(max_length=100, blank=True)
    frequency = models.CharField(max_length=10, choices=FREQUENCIES)
    year_kind = models.CharField(max_length=10, choices=YEAR_KINDS, default=YearKind.CALENDAR.value)
    starts_on = models.DateField(help_text="First day of the first period that is measured.")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="owned_kpis")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = KpiQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        verbose_name = _("KPI")

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def title(self) -> str:
        return self.in_language("name") or self.definition.in_language("name")

    @property
    def ledger_ref(self) -> str:
        return self.reference


class Series(models.Model):
    """The readings of a KPI under one version of its definition. The newest series is the one that runs."""

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="series")
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="series")
    started_on = models.DateField(help_text="No reading of this series is about a period before this day.")

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["kpi", "pk"]
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["kpi", "definition"], name="series_definition_once")]

    def __str__(self) -> str:
        return f"{self.kpi_id} from {self.started_on}"


@pghistory.track()
class Baseline(models.Model):
    """Where a series stood before the change. Once locked, and after go-live, nobody moves it (TRUST T17)."""

    series = models.OneToOneField(Series, on_delete=models.PROTECT, related_name="baseline")
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    period_start = models.DateField()
    period_end = models.DateField(help_text="Last day of the measured period.")
    evidence = models.TextField(help_text="How it was measured and where the record is kept.")
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="baseline_period_in_order")
        ]

    def __str__(self) -> str:
        return f"baseline {self.value}"


@pghistory.track()
class KpiTarget(models.Model):
    """The value a KPI is to reach by the end of a day."""

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="targets")
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    due_on = models.DateField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["kpi", "due_on"], name="kpitarget_day_once")]

    def __str__(self) -> str:
        return f"{self.value} by {self.due_on}"
