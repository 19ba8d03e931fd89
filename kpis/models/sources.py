"""Where readings come from: sources two people approved, and one row for each collection or push."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Department, Person
from kpis.collector.addresses import place_of
from kpis.models.definitions import DIGITS, PLACES, Kpi
from kpis.querysets import CollectionRunQuerySet, SourceQuerySet

# What makes a source of either kind whole: an address with its paths and rhythm, or none of it.
COLLECTED = (
    Q(kind="pull", interval_minutes__isnull=False)
    & ~Q(url="")
    & (Q(format="csv", items_path="") | Q(format="json") & ~Q(items_path=""))
    & ~Q(period_path="")
    & (Q(paging="none", page_key="") | ~Q(paging="none") & ~Q(page_key=""))
    & ~Q(format="csv", paging="next")
    & (Q(secret_header="", sealed_secret="") | ~Q(secret_header="") & ~Q(sealed_secret=""))
)
SENT = Q(
    kind="push",
    url="",
    items_path="",
    kpi_path="",
    period_path="",
    value_path="",
    numerator_path="",
    denominator_path="",
    cell_path="",
    interval_minutes__isnull=True,
    format="json",
    paging="none",
    page_key="",
    secret_header="",
    sealed_secret="",
    hosts=[],
    networks=[],
    columns=[],
)
TONES = {"proposed": "waiting", "approved": "good", "paused": "warning"}


@pghistory.track(exclude=["sealed_secret"])
class Source(models.Model):
    """A system of a department that readings come from, by pull or by push.

    Pull: an address that the collector asks over HTTPS. Only hosts and networks registered here are ever called,
    and only after a second person approved them (TRUST 2). Of JSON the paths are JMESPath, `items_path` into the
    document and the others into one item; of CSV they are names of columns. Push: the system sends by itself and
    signs with a key of this source (`PushKey`); it has no address and no paths.
    """

    class Kind(models.TextChoices):
        PULL = "pull", _("collected")
        PUSH = "push", _("sent by itself")

    class Format(models.TextChoices):
        JSON = "json", "JSON"
        CSV = "csv", "CSV"

    class Paging(models.TextChoices):
        NONE = "none", _("one answer")
        NEXT = "next", _("each answer names the next")
        NUMBER = "number", _("pages by number, until one is empty")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")
        PAUSED = "paused", _("paused")

    reference = models.CharField(max_length=32, unique=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="sources")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.PULL)
    url = models.CharField(max_length=500, blank=True)
    hosts = models.JSONField(default=list, help_text='["host:port", …] that may be called.')
    networks = models.JSONField(default=list, help_text="Networks, in CIDR, that the host's addresses must lie in.")
    format = models.CharField(max_length=4, choices=Format, default=Format.JSON)
    paging = models.CharField(max_length=6, choices=Paging, default=Paging.NONE)
    page_key = models.CharField(
        max_length=200,
        blank=True,
        help_text="JMESPath to the next address, or the parameter that counts pages from 1.",
    )
    secret_header = models.CharField(max_length=60, blank=True, help_text="Name of the header that carries a secret.")
    sealed_secret = models.TextField(blank=True, help_text="The secret, encrypted (core.sealing).")
    items_path = models.CharField(max_length=200, blank=True)
    kpi_path = models.CharField(max_length=200, blank=True, help_text="Empty when the source has a single KPI.")
    period_path = models.CharField(max_length=200, blank=True)
    value_path = models.CharField(max_length=200, blank=True)
    numerator_path = models.CharField(max_length=200, blank=True)
    denominator_path = models.CharField(max_length=200, blank=True)
    cell_path = models.CharField(max_length=200, blank=True, help_text="Empty when the source tells no groups apart.")
    columns = models.JSONField(default=list, help_text="The names an item has; any other set of names is refused.")
    interval_minutes = models.PositiveIntegerField(
        null=True, help_text="Length of a window; each window is collected once. Empty for a push source."
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        permissions = [("manage_sources", "Approve, pause and resume sources of KPI readings")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="proposed", approved_by__isnull=True)
                | (Q(approved_by__isnull=False) & ~Q(approved_by=F("proposed_by"))),
                name="source_two_people",
            ),
            models.CheckConstraint(condition=Q(interval_minutes__gte=1), name="source_interval_positive"),
            models.CheckConstraint(condition=COLLECTED | SENT, name="source_kind_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    @property
    def ledger_ref(self) -> str:
        return self.reference

    @property
    def tone(self) -> str:
        return TONES[self.status]

    @property
    def is_push(self) -> bool:
        return self.kind == self.Kind.PUSH

    @property
    def place(self) -> str:
        """The host and port that it is collected from; empty for a push source."""
        return place_of(self.url)


class SourceKpi(models.Model):
    """A KPI that a source may report, the name it uses for it, and the limits inside which it is believed."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="links")
    kpi = models.OneToOneField(Kpi, on_delete=models.PROTECT, related_name="source_link")
    code = models.CharField(max_length=60, help_text="How the source names the KPI; its reference unless it cannot.")
    lowest = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    highest = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["source", "code"], name="sourcekpi_code_once")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.code}"

    @property
    def lowest_words(self) -> str:
        return "−∞" if self.lowest is None else f"{self.lowest.normalize():f}"

    @property
    def highest_words(self) -> str:
        return "∞" if self.highest is None else f"{self.highest.normalize():f}"


class RunState(models.TextChoices):
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    REJECTED = "rejected", _("refused")
    FAILED = "failed", _("failed, will be tried again")
    DEAD = "dead", _("given up")


class CollectionRun(models.Model):
    """One window of one source, collected once however often its task is delivered, retried or killed (TRUST C9).

    A push is a run too, done when it is stored; its window begins when it came in.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs")
    window_start = models.DateTimeField()
    is_push = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.PLANNED)
    planned_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True, help_text="When a worker was last asked; a lost message is asked again.")
    lease_token = models.UUIDField(null=True, help_text="Whoever holds it may store; a later holder has another one.")
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0, help_text="Of the accepted: stored, and waiting for a person.")
    rejected = models.PositiveIntegerField(default=0, help_text="Readings of a push, or 1 for a whole document.")
    reason = models.CharField(max_length=60, blank=True, help_text="Stable code of a refusal or failure.")
    detail = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the document that was read.")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = CollectionRunQuerySet.as_manager()

    class Meta:
        ordering = ["-window_start", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "window_start"], name="run_window_once", condition=Q(is_push=False)
            ),
            models.CheckConstraint(condition=Q(is_push=False) | Q(state="done"), name="run_push_is_done"),
        ]
        indexes = [
            models.Index(fields=["state"], name="run_open", condition=Q(state__in=["planned", "running", "failed"]))
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.window_start:%Y-%m-%d %H:%M} {self.state}"

    @property
    def places(self) -> str:
        """Of a push: where in it the refused readings stood, from 0."""
        return self.detail.removeprefix("readings.") if self.is_push else ""
