import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations

import core.database


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        core.database.AtOnce(
            operations=[
                migrations.CreateModel(
                    name="CountingRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(help_text="First Hong Kong day it is in force.")),
                        (
                            "ends_on",
                            models.DateField(
                                blank=True, help_text="First day it is no longer in force; empty for open.", null=True
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Where the rule is written: a paper, a circular, a decision.", max_length=300
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("approved", "approved"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(null=True)),
                        (
                            "required_evidence",
                            models.JSONField(default=list, help_text="Kinds of evidence that must all be there."),
                        ),
                        ("attestation_months", models.PositiveSmallIntegerField(default=12)),
                        (
                            "late_claim_days",
                            models.PositiveSmallIntegerField(
                                default=14,
                                help_text="A go-live further back than this many Hong Kong days needs a reason and two verifiers.",
                            ),
                        ),
                        (
                            "restatement_days",
                            models.PositiveSmallIntegerField(
                                default=31,
                                help_text="Live by a target's day and verified this many days later: the restatement beside it.",
                            ),
                        ),
                        (
                            "transition_on",
                            models.DateField(
                                blank=True,
                                help_text="Day it also reaches procedures verified under earlier rules.",
                                null=True,
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="countingrule_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    ("proposed_by__isnull", True),
                                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="countingrule_two_people",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("status", "approved")),
                                expressions=[
                                    (
                                        models.Func(
                                            "starts_on",
                                            "ends_on",
                                            function="daterange",
                                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                        ),
                                        "&&",
                                    )
                                ],
                                name="countingrule_no_overlap",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CountingRuleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("starts_on", models.DateField(help_text="First Hong Kong day it is in force.")),
                        (
                            "ends_on",
                            models.DateField(
                                blank=True, help_text="First day it is no longer in force; empty for open.", null=True
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Where the rule is written: a paper, a circular, a decision.", max_length=300
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("approved", "approved"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(null=True)),
                        (
                            "required_evidence",
                            models.JSONField(default=list, help_text="Kinds of evidence that must all be there."),
                        ),
                        ("attestation_months", models.PositiveSmallIntegerField(default=12)),
                        (
                            "late_claim_days",
                            models.PositiveSmallIntegerField(
                                default=14,
                                help_text="A go-live further back than this many Hong Kong days needs a reason and two verifiers.",
                            ),
                        ),
                        (
                            "restatement_days",
                            models.PositiveSmallIntegerField(
                                default=31,
                                help_text="Live by a target's day and verified this many days later: the restatement beside it.",
                            ),
                        ),
                        (
                            "transition_on",
                            models.DateField(
                                blank=True,
                                help_text="Day it also reaches procedures verified under earlier rules.",
                                null=True,
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="projects.countingrule",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ImportBatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("file_name", models.CharField(max_length=255)),
                        ("digest", models.CharField(help_text="SHA-256 of the file's bytes.", max_length=64)),
                        (
                            "status",
                            models.CharField(
                                choices=[("previewed", "previewed"), ("confirmed", "confirmed")],
                                default="previewed",
                                max_length=10,
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-uploaded_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=32, unique=True)),
                        ("title_en", models.CharField(max_length=300)),
                        ("title_zh_hant", models.CharField(blank=True, max_length=300)),
                        ("title_zh_hans", models.CharField(blank=True, max_length=300)),
                        ("summary_en", models.TextField(blank=True)),
                        ("summary_zh_hant", models.TextField(blank=True)),
                        ("summary_zh_hans", models.TextField(blank=True)),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("data_analysis", "data analysis"),
                                    ("customer_service", "customer service"),
                                    ("licensing_permits", "licences and permits"),
                                    ("document_processing", "documents"),
                                    ("monitoring_inspection", "monitoring and inspection"),
                                    ("internal_knowledge", "internal knowledge"),
                                    ("other", "other"),
                                ],
                                max_length=24,
                            ),
                        ),
                        (
                            "technique",
                            models.CharField(
                                blank=True, help_text="AI technique, as the department names it.", max_length=200
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("draft", "draft"), ("registered", "registered")],
                                default="registered",
                                max_length=12,
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("idea", "idea"),
                                    ("assessed", "assessed"),
                                    ("approved", "approved"),
                                    ("pilot", "pilot"),
                                    ("roll_out", "roll-out"),
                                    ("live", "live"),
                                    ("retired", "retired"),
                                    ("", "not stated"),
                                ],
                                default="",
                                max_length=12,
                            ),
                        ),
                        (
                            "was_already_running",
                            models.BooleanField(
                                default=False,
                                help_text="Registered as already running: its go-live came before the programme's gates.",
                            ),
                        ),
                        (
                            "gate_passed_on",
                            models.DateField(
                                editable=False,
                                help_text="Day the go-live gate was passed; no claim reaches back before it.",
                                null=True,
                            ),
                        ),
                        (
                            "started_on",
                            models.DateField(blank=True, help_text="First day of the stated period.", null=True),
                        ),
                        (
                            "started_precision",
                            models.CharField(
                                blank=True,
                                choices=[("day", "day"), ("month", "month"), ("year", "year"), ("", "not stated")],
                                default="",
                                max_length=5,
                            ),
                        ),
                        (
                            "reported_funding",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="HK$ as published; not an approval.",
                                max_digits=18,
                                null=True,
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, max_length=500)),
                        ("source_on", models.DateField(blank=True, null=True)),
                        (
                            "source_precision",
                            models.CharField(
                                blank=True,
                                choices=[("day", "day"), ("month", "month"), ("year", "year"), ("", "not stated")],
                                default="",
                                max_length=5,
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=1, help_text="Grows with each edit; a stale form is refused."
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="accounts.department",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="led_projects",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["reference"],
                        "indexes": [
                            models.Index(fields=["department", "stage"], name="projects_pr_departm_78df93_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(help_text="Row of the table, counted from 1 below the header."),
                        ),
                        (
                            "key",
                            models.CharField(
                                help_text="Source, row digest and occurrence, where the file has no ids.",
                                max_length=120,
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("new", "new"),
                                    ("changed", "changed"),
                                    ("same", "same"),
                                    ("refused", "refused"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("cells", models.JSONField()),
                        ("faults", models.JSONField(default=list, help_text="[{column, code, message}]")),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="projects.importbatch",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="import_rows",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "indexes": [models.Index(fields=["key"], name="projects_im_key_1b3c69_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("batch", "number"), name="importrow_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("project__isnull", False), ("verdict", "new")),
                                fields=("key",),
                                name="importrow_stored_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("reference", models.CharField(max_length=32)),
                        ("title_en", models.CharField(max_length=300)),
                        ("title_zh_hant", models.CharField(blank=True, max_length=300)),
                        ("title_zh_hans", models.CharField(blank=True, max_length=300)),
                        ("summary_en", models.TextField(blank=True)),
                        ("summary_zh_hant", models.TextField(blank=True)),
                        ("summary_zh_hans", models.TextField(blank=True)),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("data_analysis", "data analysis"),
                                    ("customer_service", "customer service"),
                                    ("licensing_permits", "licences and permits"),
                                    ("document_processing", "documents"),
                                    ("monitoring_inspection", "monitoring and inspection"),
                                    ("internal_knowledge", "internal knowledge"),
                                    ("other", "other"),
                                ],
                                max_length=24,
                            ),
                        ),
                        (
                            "technique",
                            models.CharField(
                                blank=True, help_text="AI technique, as the department names it.", max_length=200
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("draft", "draft"), ("registered", "registered")],
                                default="registered",
                                max_length=12,
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("idea", "idea"),
                                    ("assessed", "assessed"),
                                    ("approved", "approved"),
                                    ("pilot", "pilot"),
                                    ("roll_out", "roll-out"),
                                    ("live", "live"),
                                    ("retired", "retired"),
                                    ("", "not stated"),
                                ],
                                default="",
                                max_length=12,
                            ),
                        ),
                        (
                            "was_already_running",
                            models.BooleanField(
                                default=False,
                                help_text="Registered as already running: its go-live came before the programme's gates.",
                            ),
                        ),
                        (
                            "gate_passed_on",
                            models.DateField(
                                editable=False,
                                help_text="Day the go-live gate was passed; no claim reaches back before it.",
                                null=True,
                            ),
                        ),
                        (
                            "started_on",
                            models.DateField(blank=True, help_text="First day of the stated period.", null=True),
                        ),
                        (
                            "started_precision",
                            models.CharField(
                                blank=True,
                                choices=[("day", "day"), ("month", "month"), ("year", "year"), ("", "not stated")],
                                default="",
                                max_length=5,
                            ),
                        ),
                        (
                            "reported_funding",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="HK$ as published; not an approval.",
                                max_digits=18,
                                null=True,
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, max_length=500)),
                        ("source_on", models.DateField(blank=True, null=True)),
                        (
                            "source_precision",
                            models.CharField(
                                blank=True,
                                choices=[("day", "day"), ("month", "month"), ("year", "year"), ("", "not stated")],
                                default="",
                                max_length=5,
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=1, help_text="Grows with each edit; a stale form is refused."
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "department",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.department",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReportedResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=300)),
                        ("baseline", models.CharField(blank=True, max_length=100)),
                        ("result", models.CharField(blank=True, max_length=100)),
                        ("unit", models.CharField(blank=True, max_length=100)),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reported_results",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "metric",
                            models.CharField(choices=[("procedures_in_use", "procedures in use")], max_length=24),
                        ),
                        ("value", models.PositiveIntegerField()),
                        ("due_on", models.DateField(help_text="Judged at the end of this day, Hong Kong time.")),
                        ("source", models.CharField(max_length=300)),
                    ],
                    options={
                        "ordering": ["due_on"],
                        "constraints": [models.UniqueConstraint(fields=("metric", "due_on"), name="target_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Procedure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=32, unique=True)),
                        ("name_en", models.CharField(max_length=300)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=300)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=300)),
                        (
                            "planned_on",
                            models.DateField(
                                blank=True, help_text="Day it is planned to be in use; the plan line.", null=True
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "is_claimed",
                            models.BooleanField(
                                default=False, editable=False, help_text="A claim is live, or one was verified."
                            ),
                        ),
                        (
                            "claimed_on",
                            models.DateField(
                                editable=False, help_text="Go-live day of the claim that decides.", null=True
                            ),
                        ),
                        (
                            "verified_on",
                            models.DateField(editable=False, help_text="First day ever verified.", null=True),
                        ),
                        (
                            "in_use_from",
                            models.DateField(
                                editable=False, help_text="First day of the latest stretch in use.", null=True
                            ),
                        ),
                        (
                            "in_use_until",
                            models.DateField(
                                editable=False, help_text="Last day in use unless attested again.", null=True
                            ),
                        ),
                        ("retired_on", models.DateField(editable=False, null=True)),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="procedures",
                                to="accounts.department",
                            ),
                        ),
                        (
                            "projects",
                            models.ManyToManyField(
                                related_name="procedures", through="projects.ProjectProcedure", to="projects.project"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "procedure",
                        "ordering": ["reference"],
                        "permissions": [
                            ("verify_procedure", "Verify claims of other departments"),
                            ("edit_rules", "Propose and approve counting rules"),
                            ("export_register", "Export the registers"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("department"),
                                django.db.models.functions.text.Lower("name_en"),
                                name="procedure_named_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("verified_on__isnull", True), ("is_claimed", True), _connector="OR"
                                ),
                                name="procedure_verified_is_claimed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("in_use_from__isnull", True),
                                    models.Q(("in_use_until__isnull", False), ("verified_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="procedure_in_use_is_verified",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("went_live_on", models.DateField()),
                        ("is_live", models.BooleanField(default=True, help_text="Neither ended nor retired.")),
                        (
                            "is_late",
                            models.BooleanField(
                                default=False, help_text="So old when claimed that a second verifier must confirm."
                            ),
                        ),
                        (
                            "procedure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="projects.procedure",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_live", True)), fields=("procedure",), name="claim_one_live"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProcedureEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("reference", models.CharField(max_length=32)),
                        ("name_en", models.CharField(max_length=300)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=300)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=300)),
                        (
                            "planned_on",
                            models.DateField(
                                blank=True, help_text="Day it is planned to be in use; the plan line.", null=True
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "is_claimed",
                            models.BooleanField(
                                default=False, editable=False, help_text="A claim is live, or one was verified."
                            ),
                        ),
                        (
                            "claimed_on",
                            models.DateField(
                                editable=False, help_text="Go-live day of the claim that decides.", null=True
                            ),
                        ),
                        (
                            "verified_on",
                            models.DateField(editable=False, help_text="First day ever verified.", null=True),
                        ),
                        (
                            "in_use_from",
                            models.DateField(
                                editable=False, help_text="First day of the latest stretch in use.", null=True
                            ),
                        ),
                        (
                            "in_use_until",
                            models.DateField(
                                editable=False, help_text="Last day in use unless attested again.", null=True
                            ),
                        ),
                        ("retired_on", models.DateField(editable=False, null=True)),
                        (
                            "department",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.department",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="projects.procedure",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProcedureFact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("claimed", "go-live claimed"),
                                    ("evidence", "evidence added"),
                                    ("confirmed_late", "late claim confirmed by a second verifier"),
                                    ("verified", "verified"),
                                    ("attested", "attested again"),
                                    ("retired", "retired"),
                                    ("claim_ended", "claim ended"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("effective_on", models.DateField()),
                        ("recorded_at", models.DateTimeField()),
                        ("position", models.BigIntegerField()),
                        (
                            "evidence_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("operating_record", "operating record showing the tool in daily use"),
                                    ("acceptance", "acceptance by the procedure's owner"),
                                ],
                                max_length=24,
                            ),
                        ),
                        (
                            "note",
                            models.TextField(
                                blank=True, help_text="Reason, or what the evidence is and where it is kept."
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="facts",
                                to="projects.claim",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "procedure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="facts",
                                to="projects.procedure",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="projects.countingrule",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                        "indexes": [
                            models.Index(fields=["procedure", "position"], name="projects_pr_procedu_d0d3e1_idx")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("claim__isnull", False), ("kind", "retired"), _connector="OR"),
                                name="fact_has_its_claim",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind", "evidence"), ("evidence_kind", ""), _connector="XOR"),
                                name="fact_evidence_has_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("went_live_on", models.DateField()),
                        ("is_live", models.BooleanField(default=True, help_text="Neither ended nor retired.")),
                        (
                            "is_late",
                            models.BooleanField(
                                default=False, help_text="So old when claimed that a second verifier must confirm."
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="projects.claim",
                            ),
                        ),
                        (
                            "procedure",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="projects.procedure",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProjectProcedure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("linked_at", models.DateTimeField()),
                        (
                            "linked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "procedure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="project_links",
                                to="projects.procedure",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="procedure_links",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "procedure"), name="project_procedure_once")
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_countingruleevent" ("approved_at", "approved_by_id", "attestation_months", "ends_on", "id", "late_claim_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "required_evidence", "restatement_days", "source", "starts_on", "status", "transition_on") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."attestation_months", NEW."ends_on", NEW."id", NEW."late_claim_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."required_evidence", NEW."restatement_days", NEW."source", NEW."starts_on", NEW."status", NEW."transition_on"); RETURN NULL;',
                            hash="c78fba895f127a27dad2cd4fbadc4df3c478e127",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_332b6",
                            table="projects_countingrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_countingruleevent" ("approved_at", "approved_by_id", "attestation_months", "ends_on", "id", "late_claim_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "required_evidence", "restatement_days", "source", "starts_on", "status", "transition_on") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."attestation_months", NEW."ends_on", NEW."id", NEW."late_claim_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_by_id", NEW."required_evidence", NEW."restatement_days", NEW."source", NEW."starts_on", NEW."status", NEW."transition_on"); RETURN NULL;',
                            hash="4913149342ae5eaf4ffe19964d77d9078a169ec5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4bfd4",
                            table="projects_countingrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="project",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_projectevent" ("category", "created_at", "department_id", "gate_passed_on", "id", "lead_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "reported_funding", "source_on", "source_precision", "source_url", "stage", "started_on", "started_precision", "status", "summary_en", "summary_zh_hans", "summary_zh_hant", "technique", "title_en", "title_zh_hans", "title_zh_hant", "version", "was_already_running") VALUES (NEW."category", NEW."created_at", NEW."department_id", NEW."gate_passed_on", NEW."id", NEW."lead_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."reported_funding", NEW."source_on", NEW."source_precision", NEW."source_url", NEW."stage", NEW."started_on", NEW."started_precision", NEW."status", NEW."summary_en", NEW."summary_zh_hans", NEW."summary_zh_hant", NEW."technique", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version", NEW."was_already_running"); RETURN NULL;',
                            hash="2b2dab3c6811129b7080725e2609db5560bc603f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2e147",
                            table="projects_project",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="project",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_projectevent" ("category", "created_at", "department_id", "gate_passed_on", "id", "lead_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "reported_funding", "source_on", "source_precision", "source_url", "stage", "started_on", "started_precision", "status", "summary_en", "summary_zh_hans", "summary_zh_hant", "technique", "title_en", "title_zh_hans", "title_zh_hant", "version", "was_already_running") VALUES (NEW."category", NEW."created_at", NEW."department_id", NEW."gate_passed_on", NEW."id", NEW."lead_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."reported_funding", NEW."source_on", NEW."source_precision", NEW."source_url", NEW."stage", NEW."started_on", NEW."started_precision", NEW."status", NEW."summary_en", NEW."summary_zh_hans", NEW."summary_zh_hant", NEW."technique", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version", NEW."was_already_running"); RETURN NULL;',
                            hash="8fd63bdb5ded016339256284c5d4b40f25139e34",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_804c3",
                            table="projects_project",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claim",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_claimevent" ("id", "is_late", "is_live", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "procedure_id", "project_id", "went_live_on") VALUES (NEW."id", NEW."is_late", NEW."is_live", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."procedure_id", NEW."project_id", NEW."went_live_on"); RETURN NULL;',
                            hash="ee1b3b456949b9a9e8e0f1687f19689f0352faba",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_dd79e",
                            table="projects_claim",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claim",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_claimevent" ("id", "is_late", "is_live", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "procedure_id", "project_id", "went_live_on") VALUES (NEW."id", NEW."is_late", NEW."is_live", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."procedure_id", NEW."project_id", NEW."went_live_on"); RETURN NULL;',
                            hash="381a9d3a20f260c078fdaae18f5bd50eebc28ac3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bdf56",
                            table="projects_claim",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="procedure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_procedureevent" ("claimed_on", "created_at", "department_id", "id", "in_use_from", "in_use_until", "is_claimed", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "reference", "retired_on", "verified_on", "version") VALUES (NEW."claimed_on", NEW."created_at", NEW."department_id", NEW."id", NEW."in_use_from", NEW."in_use_until", NEW."is_claimed", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_on", NEW."reference", NEW."retired_on", NEW."verified_on", NEW."version"); RETURN NULL;',
                            hash="35bdaee1d552b9ac81ace9ab80a62ca04a7d5932",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_59db9",
                            table="projects_procedure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="procedure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_procedureevent" ("claimed_on", "created_at", "department_id", "id", "in_use_from", "in_use_until", "is_claimed", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "reference", "retired_on", "verified_on", "version") VALUES (NEW."claimed_on", NEW."created_at", NEW."department_id", NEW."id", NEW."in_use_from", NEW."in_use_until", NEW."is_claimed", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_on", NEW."reference", NEW."retired_on", NEW."verified_on", NEW."version"); RETURN NULL;',
                            hash="2b4e9b87897ed69d81367e2b52e38ddb2f7d7731",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8729c",
                            table="projects_procedure",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
