"""What the count is worked out from: dated rules, claims, append-only facts and the targets (DESIGN 3)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Department, Person
from core.models import DatedPolicy
from projects.models.register import Procedure, Project
from projects.querysets import CountingRuleQuerySet, ProcedureFactQuerySet, TargetQuerySet


@pghistory.track()
class CountingRule(DatedPolicy):
    """What makes a procedure count, as dated data (DESIGN 3)."""

    class VerifierScope(models.TextChoices):
        """How far from the delivering departments a verifier must be posted; DESIGN 3 asks for the first at least."""

        FAMILY = "family", _("outside the delivering departments, their bureaux and their own departments")
        BRANCH = "branch", _("outside the whole branch of the bureau, sister departments included")

    required_evidence = models.JSONField(default=list, help_text="Kinds of evidence that must all be there.")
    verifier_scope = models.CharField(max_length=6, choices=VerifierScope, default=VerifierScope.FAMILY)
    attestation_months = models.PositiveSmallIntegerField(default=12)
    late_claim_days = models.PositiveSmallIntegerField(
        default=14, help_text="A go-live further back than this many Hong Kong days needs a reason and two verifiers."
    )
    restatement_days = models.PositiveSmallIntegerField(
        default=31, help_text="Live by a target's day and verified this many days later: the restatement beside it."
    )
    transition_on = models.DateField(
        null=True, blank=True, help_text="Day it also reaches procedures verified under earlier rules."
    )

    objects = CountingRuleQuerySet.as_manager()

    class Meta(DatedPolicy.Meta):
        constraints = [
            *DatedPolicy.Meta.constraints,
            ExclusionConstraint(
                name="countingrule_no_overlap",
                expressions=[
                    (
                        Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=Q(status="approved"),
            ),
        ]

    def __str__(self) -> str:
        return f"counting rule from {self.starts_on}"

    @property
    def ledger_ref(self) -> str:
        return f"counting-rule:{self.pk}"


class EvidenceKind(models.TextChoices):
    OPERATING_RECORD = "operating_record", _("operating record showing the tool in daily use")
    ACCEPTANCE = "acceptance", _("acceptance by the procedure's owner")


@pghistory.track()
class Claim(models.Model):
    """One project says that one procedure went live. A procedure has at most one live claim, so it counts once."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="claims")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="claims")
    went_live_on = models.DateField()
    is_live = models.BooleanField(default=True, help_text="Neither ended nor retired.")
    is_late = models.BooleanField(default=False, help_text="So old when claimed that a second verifier must confirm.")
    family = models.ForeignKey(
        Procedure,
        on_delete=models.PROTECT,
        null=True,
        related_name="family_claims",
        help_text="The counted procedure this one was split from; all that came from it have one live claim together.",
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["procedure"], condition=Q(is_live=True), name="claim_one_live"),
            models.UniqueConstraint(fields=["family"], condition=Q(is_live=True), name="claim_one_live_of_family"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} live on {self.went_live_on}"


class ProcedureFact(models.Model):
    """One thing that became true of a procedure, and when the system learned it. Append-only.

    `effective_on` says when it became true; `position` and `recorded_at` are those of its ledger
    entry, so "as known at" is `position <= p` and a late fact never changes an earlier answer.
    """

    class Kind(models.TextChoices):
        CLAIMED = "claimed", _("go-live claimed")
        EVIDENCE = "evidence", _("evidence added")
        CONFIRMED_LATE = "confirmed_late", _("late claim confirmed by a second verifier")
        VERIFIED = "verified", _("verified")
        ATTESTED = "attested", _("attested again")
        RETIRED = "retired", _("retired")
        MERGED = "merged", _("merged into another procedure")
        SPLIT = "split", _("split into other procedures")
        TRANSFERRED = "transferred", _("claim transferred to another project")
        CLAIM_ENDED = "claim_ended", _("claim ended")

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=16, choices=Kind)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    position = models.BigIntegerField()
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, related_name="facts")
    project = models.ForeignKey(
        Project,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Project that claims from here on: of the claim itself and of each transfer.",
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.ForeignKey(CountingRule, on_delete=models.PROTECT, null=True, related_name="+")
    evidence_kind = models.CharField(max_length=24, choices=EvidenceKind, blank=True)
    verifier_distance = models.CharField(
        max_length=6,
        choices=CountingRule.VerifierScope,
        blank=True,
        help_text="How far whoever verified or attested stood from the delivering departments on that day.",
    )
    note = models.TextField(blank=True, help_text="Reason, or what the evidence is and where it is kept.")

    objects = ProcedureFactQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["procedure", "position"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=False) | Q(kind__in=["retired", "merged", "split"]), name="fact_has_its_claim"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["claimed", "transferred"]) ^ Q(project__isnull=True),
                name="fact_names_its_project",
            ),
            models.CheckConstraint(condition=Q(kind="evidence") ^ Q(evidence_kind=""), name="fact_evidence_has_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.effective_on}"


class Target(models.Model):
    """A dated, sourced line to reach: 100 and 200 procedures in use (FEATURES B3)."""

    class Metric(models.TextChoices):
        PROCEDURES_IN_USE = "procedures_in_use", _("procedures in use")

    metric = models.CharField(max_length=24, choices=Metric)
    value = models.PositiveIntegerField()
    due_on = models.DateField(help_text="Judged at the end of this day, Hong Kong time.")
    source = models.CharField(max_length=300)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["metric", "due_on"], name="target_once")]

    def __str__(self) -> str:
        return f"{self.value} {self.metric} by {self.due_on}"

    @property
    def ledger_ref(self) -> str:
        return f"target:{self.metric}:{self.due_on.isoformat()}"


@pghistory.track()
class TargetShare(models.Model):
    """A department's share of a target, to be reached by the end of a quarter (FEATURES B8)."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="shares")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="target_shares")
    due_on = models.DateField(help_text="Last day of a quarter, Hong Kong time.")
    value = models.PositiveIntegerField(help_text="Procedures in use by then.")
    source = models.CharField(max_length=300)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "department"]
        constraints = [models.UniqueConstraint(fields=["target", "department", "due_on"], name="targetshare_once")]

    def __str__(self) -> str:
        return f"{self.department_id} {self.value} by {self.due_on}"
