"""The registers whole: gates and exits, records, process maps, shares, imports and help."""

from django.db import migrations, models
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations

import core.clock
import core.database


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_recorded_now"),
        ("accounts", "0003_people"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("projects", "0002_append_only_facts"),
    ]

    operations = [
        core.database.AtOnce(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="claim",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="claim",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="countingrule",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="countingrule",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="procedure",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="procedure",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="project",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="project",
                    name="update_update",
                ),
                migrations.RemoveConstraint(
                    model_name="procedurefact",
                    name="fact_has_its_claim",
                ),
                migrations.AddField(
                    model_name="claim",
                    name="family",
                    field=models.ForeignKey(
                        help_text="The counted procedure this one was split from; all that came from it have one live claim together.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="family_claims",
                        to="projects.procedure",
                    ),
                ),
                migrations.AddField(
                    model_name="claimevent",
                    name="family",
                    field=models.ForeignKey(
                        db_constraint=False,
                        help_text="The counted procedure this one was split from; all that came from it have one live claim together.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.procedure",
                    ),
                ),
                migrations.AddField(
                    model_name="countingrule",
                    name="verifier_scope",
                    field=models.CharField(
                        choices=[
                            ("family", "outside the delivering departments, their bureaux and their own departments"),
                            ("branch", "outside the whole branch of the bureau, sister departments included"),
                        ],
                        default="family",
                        max_length=6,
                    ),
                ),
                migrations.AddField(
                    model_name="countingruleevent",
                    name="verifier_scope",
                    field=models.CharField(
                        choices=[
                            ("family", "outside the delivering departments, their bureaux and their own departments"),
                            ("branch", "outside the whole branch of the bureau, sister departments included"),
                        ],
                        default="family",
                        max_length=6,
                    ),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="encoding",
                    field=models.CharField(default="utf-8", help_text="As the person declared it.", max_length=16),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="heading",
                    field=models.JSONField(
                        default=list, help_text="[name, name as shown] of each column, by position."
                    ),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="kind",
                    field=models.CharField(
                        choices=[("projects", "projects"), ("procedures", "procedures")],
                        default="projects",
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="leaves_refused",
                    field=models.BooleanField(
                        default=False, help_text="The person said to store the set without them."
                    ),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="mapping",
                    field=models.JSONField(default=dict, help_text="As `projects.importing.mapping.Mapping.as_json`."),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="reference",
                    field=models.CharField(max_length=32, null=True, unique=True),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="size",
                    field=models.PositiveBigIntegerField(default=0, help_text="Bytes of the file."),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="source",
                    field=models.CharField(
                        default="hk_ai_projects",
                        help_text="Where such files come from; keys and mappings go by it.",
                        max_length=60,
                    ),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="stored_as",
                    field=models.CharField(
                        blank=True, help_text="Server name of the file while it is needed.", max_length=200
                    ),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="summary",
                    field=models.JSONField(
                        default=dict, help_text="Rows by verdict, faults by code, and what was not taken."
                    ),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="trouble",
                    field=models.JSONField(blank=True, default=dict, help_text="{code, message} of the last refusal."),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="changes",
                    field=models.JSONField(default=dict, help_text="{field: [stored, offered]} of a changed row."),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="natural",
                    field=models.BigIntegerField(
                        help_text="Digest of what no two rows of one file may share.", null=True
                    ),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="notes",
                    field=models.JSONField(
                        default=list, help_text="[{column, code, message}] of what was not taken as it stands."
                    ),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="procedure",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_rows",
                        to="projects.procedure",
                    ),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="version",
                    field=models.PositiveIntegerField(help_text="Of the record when it was compared.", null=True),
                ),
                migrations.AddField(
                    model_name="procedure",
                    name="channel",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("counter", "counter"),
                            ("online", "online"),
                            ("app", "mobile app"),
                            ("phone", "telephone"),
                            ("post", "post"),
                            ("internal", "within the government"),
                            ("several", "several channels"),
                            ("", "not stated"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                migrations.AddField(
                    model_name="procedure",
                    name="counts_with",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="A procedure already counted when it was split: all that came from it count once together.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="family",
                        to="projects.procedure",
                    ),
                ),
                migrations.AddField(
                    model_name="procedure",
                    name="handling_minutes",
                    field=models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Staff minutes a case takes today.",
                        max_digits=9,
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="procedure",
                    name="merged_into",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Its tombstone.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="projects.procedure",
                    ),
                ),
                migrations.AddField(
                    model_name="procedure",
                    name="predecessor",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Procedure it was split from.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="projects.procedure",
                    ),
                ),
                migrations.AddField(
                    model_name="procedure",
                    name="reason",
                    field=models.CharField(
                        blank=True,
                        default="not_claimed",
                        editable=False,
                        help_text="Why it was not in use when this was worked out; empty: in use, until `in_use_until`.",
                        max_length=24,
                    ),
                ),
                migrations.AddField(
                    model_name="procedure",
                    name="service_kind",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("data_analysis", "data analysis"),
                            ("customer_service", "customer service"),
                            ("licensing_permits", "licences and permits"),
                            ("document_processing", "documents"),
                            ("monitoring_inspection", "monitoring and inspection"),
                            ("internal_knowledge", "internal knowledge"),
                            ("other", "other"),
                        ],
                        help_text="Kind of service.",
                        max_length=24,
                    ),
                ),
                migrations.AddField(
                    model_name="procedure",
                    name="waiting_days",
                    field=models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Calendar days a case waits today.",
                        max_digits=7,
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="procedure",
                    name="yearly_volume",
                    field=models.PositiveIntegerField(
                        blank=True, help_text="Cases a year; empty is not stated.", null=True
                    ),
                ),
                migrations.AddField(
                    model_name="procedureevent",
                    name="channel",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("counter", "counter"),
                            ("online", "online"),
                            ("app", "mobile app"),
                            ("phone", "telephone"),
                            ("post", "post"),
                            ("internal", "within the government"),
                            ("several", "several channels"),
                            ("", "not stated"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                migrations.AddField(
                    model_name="procedureevent",
                    name="counts_with",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="A procedure already counted when it was split: all that came from it count once together.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.procedure",
                    ),
                ),
                migrations.AddField(
                    model_name="procedureevent",
                    name="handling_minutes",
                    field=models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Staff minutes a case takes today.",
                        max_digits=9,
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="procedureevent",
                    name="merged_into",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Its tombstone.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.procedure",
                    ),
                ),
                migrations.AddField(
                    model_name="procedureevent",
                    name="predecessor",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Procedure it was split from.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.procedure",
                    ),
                ),
                migrations.AddField(
                    model_name="procedureevent",
                    name="reason",
                    field=models.CharField(
                        blank=True,
                        default="not_claimed",
                        editable=False,
                        help_text="Why it was not in use when this was worked out; empty: in use, until `in_use_until`.",
                        max_length=24,
                    ),
                ),
                migrations.AddField(
                    model_name="procedureevent",
                    name="service_kind",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("data_analysis", "data analysis"),
                            ("customer_service", "customer service"),
                            ("licensing_permits", "licences and permits"),
                            ("document_processing", "documents"),
                            ("monitoring_inspection", "monitoring and inspection"),
                            ("internal_knowledge", "internal knowledge"),
                            ("other", "other"),
                        ],
                        help_text="Kind of service.",
                        max_length=24,
                    ),
                ),
                migrations.AddField(
                    model_name="procedureevent",
                    name="waiting_days",
                    field=models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Calendar days a case waits today.",
                        max_digits=7,
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="procedureevent",
                    name="yearly_volume",
                    field=models.PositiveIntegerField(
                        blank=True, help_text="Cases a year; empty is not stated.", null=True
                    ),
                ),
                migrations.AddField(
                    model_name="procedurefact",
                    name="project",
                    field=models.ForeignKey(
                        help_text="Project that claims from here on: of the claim itself and of each transfer.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.project",
                    ),
                ),
                migrations.AddField(
                    model_name="procedurefact",
                    name="verifier_distance",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("family", "outside the delivering departments, their bureaux and their own departments"),
                            ("branch", "outside the whole branch of the bureau, sister departments included"),
                        ],
                        help_text="How far whoever verified or attested stood from the delivering departments on that day.",
                        max_length=6,
                    ),
                ),
                migrations.AddField(
                    model_name="project",
                    name="is_flagship",
                    field=models.BooleanField(
                        default=False, help_text="Named by the Team as a flagship of the programme."
                    ),
                ),
                migrations.AddField(
                    model_name="project",
                    name="is_public_facing",
                    field=models.BooleanField(blank=True, help_text="Empty is not stated.", null=True),
                ),
                migrations.AddField(
                    model_name="project",
                    name="left_on",
                    field=models.DateField(
                        editable=False,
                        help_text="Day its leaving was approved: the first day it is no longer in the register.",
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="project",
                    name="registered_on",
                    field=models.DateField(
                        default=core.clock.today,
                        editable=False,
                        help_text="Day it entered the register; empty for a draft.",
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="project",
                    name="visibility",
                    field=models.CharField(
                        blank=True,
                        choices=[("low", "low"), ("medium", "medium"), ("high", "high"), ("", "not stated")],
                        default="",
                        help_text="Public attention.",
                        max_length=6,
                    ),
                ),
                migrations.AddField(
                    model_name="project",
                    name="yearly_volume",
                    field=models.PositiveIntegerField(
                        blank=True, help_text="Cases a year; empty is not stated.", null=True
                    ),
                ),
                migrations.AddField(
                    model_name="projectevent",
                    name="is_flagship",
                    field=models.BooleanField(
                        default=False, help_text="Named by the Team as a flagship of the programme."
                    ),
                ),
                migrations.AddField(
                    model_name="projectevent",
                    name="is_public_facing",
                    field=models.BooleanField(blank=True, help_text="Empty is not stated.", null=True),
                ),
                migrations.AddField(
                    model_name="projectevent",
                    name="left_on",
                    field=models.DateField(
                        editable=False,
                        help_text="Day its leaving was approved: the first day it is no longer in the register.",
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="projectevent",
                    name="registered_on",
                    field=models.DateField(
                        default=core.clock.today,
                        editable=False,
                        help_text="Day it entered the register; empty for a draft.",
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="projectevent",
                    name="visibility",
                    field=models.CharField(
                        blank=True,
                        choices=[("low", "low"), ("medium", "medium"), ("high", "high"), ("", "not stated")],
                        default="",
                        help_text="Public attention.",
                        max_length=6,
                    ),
                ),
                migrations.AddField(
                    model_name="projectevent",
                    name="yearly_volume",
                    field=models.PositiveIntegerField(
                        blank=True, help_text="Cases a year; empty is not stated.", null=True
                    ),
                ),
                migrations.CreateModel(
                    name="ColumnMapping",
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
                                choices=[("projects", "projects"), ("procedures", "procedures")],
                                default="projects",
                                max_length=10,
                            ),
                        ),
                        ("source", models.CharField(max_length=60)),
                        ("mapping", models.JSONField(help_text="As `projects.importing.mapping.Mapping.as_json`.")),
                        ("saved_at", models.DateTimeField()),
                        (
                            "department",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.department",
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "source", "department"), name="columnmapping_once", nulls_distinct=False
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Concern",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(choices=[("risk", "risk"), ("issue", "issue")], max_length=5)),
                        ("title", models.CharField(max_length=200)),
                        ("cause", models.TextField(blank=True)),
                        (
                            "likelihood",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="1 to 5; of a risk only.", null=True
                            ),
                        ),
                        ("impact", models.PositiveSmallIntegerField(help_text="1 to 5.")),
                        ("response", models.TextField(blank=True, help_text="What is done about it.")),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("raised_on", models.DateField()),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        ("closing_note", models.CharField(blank=True, max_length=300)),
                        (
                            "reopened_because",
                            models.CharField(blank=True, help_text="Why it was last opened again.", max_length=300),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="concerns",
                                to="projects.project",
                            ),
                        ),
                        (
                            "raised_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["closed_on", "-impact", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("impact__range", (1, 5))), name="concern_impact_range"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "risk"), ("likelihood__isnull", False), ("likelihood__range", (1, 5))
                                    ),
                                    models.Q(("kind", "issue"), ("likelihood__isnull", True)),
                                    _connector="OR",
                                ),
                                name="concern_likelihood_of_risks",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on__isnull", True),
                                    models.Q(("closing_note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="concern_closed_with_note",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dependency",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("original_on", models.DateField(help_text="As first agreed; never changed.")),
                        ("current_on", models.DateField(help_text="As agreed now; changed with a reason.")),
                        ("forecast_on", models.DateField(help_text="When the lead expects it today.")),
                        ("done_on", models.DateField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, help_text="Why the agreed date was last changed.", max_length=300
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, editable=False, max_length=300)),
                        ("name_en", models.CharField(max_length=200)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "on_project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dependants",
                                to="projects.project",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dependencies",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["current_on", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    models.Q(("withdrawn_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="dependency_withdrawn_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("on_project__isnull", True),
                                    models.Q(("on_project", models.F("project")), _negated=True),
                                    _connector="OR",
                                ),
                                name="dependency_not_on_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeadApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("statement", models.TextField()),
                        ("approved_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="head_approvals",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-approved_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("project",),
                                name="headapproval_one_stands",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HelpRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=32, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("technical", "technical advice"),
                                    ("data", "data and evidence"),
                                    ("funding", "funding and procurement"),
                                    ("legal", "law, privacy and ethics"),
                                    ("other", "other"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("question", models.TextField()),
                        ("asked_at", models.DateTimeField()),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "open"),
                                    ("helping", "the Team helps"),
                                    ("advised", "advice given"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="",
                                max_length=9,
                            ),
                        ),
                        ("answer", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="help_requests",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at"],
                        "permissions": [("answer_help", "Answer departments that ask for priority help")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome", ""),
                                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="helprequest_answered_by_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndependentRating",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField()),
                        ("revision", models.PositiveSmallIntegerField(default=1)),
                        (
                            "rating",
                            models.CharField(
                                choices=[("green", "on track"), ("amber", "at risk"), ("red", "off track")],
                                max_length=5,
                            ),
                        ),
                        ("reason", models.TextField()),
                        (
                            "correction",
                            models.CharField(
                                blank=True, help_text="Why an earlier revision was corrected.", max_length=300
                            ),
                        ),
                        ("rated_at", models.DateTimeField()),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="independent_ratings",
                                to="projects.project",
                            ),
                        ),
                        (
                            "rated_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-month", "-revision"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "month", "revision"), name="independentrating_revision_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__day", 1)), name="independentrating_month_begins"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revision", 1), models.Q(("correction", ""), _negated=True), _connector="OR"
                                ),
                                name="independentrating_correction_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("original_on", models.DateField(help_text="As first agreed; never changed.")),
                        ("current_on", models.DateField(help_text="As agreed now; changed with a reason.")),
                        ("forecast_on", models.DateField(help_text="When the lead expects it today.")),
                        ("done_on", models.DateField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, help_text="Why the agreed date was last changed.", max_length=300
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, editable=False, max_length=300)),
                        ("name_en", models.CharField(max_length=200)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="milestones",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["current_on", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    models.Q(("withdrawn_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="milestone_withdrawn_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PilotDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("met", "met its aims"),
                                    ("partly", "met its aims in part"),
                                    ("not_met", "did not meet its aims"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "findings",
                            models.TextField(help_text="What was measured, over how long, on how many cases."),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[("scale", "scale up"), ("change", "change and pilot again"), ("stop", "stop")],
                                help_text="Empty while it waits.",
                                max_length=6,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pilot_decisions",
                                to="projects.project",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-recorded_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "")),
                                fields=("project",),
                                name="pilotdecision_one_waits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("decision__in", ["scale", "change", "stop"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="pilotdecision_has_who_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("recorded_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="pilotdecision_two_people",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProcessMap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "variant",
                            models.CharField(choices=[("as_is", "as it is"), ("to_be", "as it will be")], max_length=5),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(help_text="Version, from 1; the highest is the one shown."),
                        ),
                        ("note", models.CharField(blank=True, help_text="What changed and why.", max_length=300)),
                        ("drawn_at", models.DateTimeField()),
                        (
                            "drawn_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "procedure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="maps",
                                to="projects.procedure",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["procedure", "variant", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("procedure", "variant", "number"), name="processmap_version_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectExit",
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
                                    ("merge", "merged into another project"),
                                    ("split", "split into other projects"),
                                    ("reclassify", "reclassified: not an AI project of the programme"),
                                    ("stop", "stopped"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("approved", "approved"),
                                    ("refused", "refused"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        (
                            "effective_on",
                            models.DateField(
                                help_text="Day it ended, and its claims with it; it leaves when this is approved."
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("proposed_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("decision_note", models.CharField(blank=True, max_length=300)),
                        (
                            "claims_to",
                            models.ForeignKey(
                                blank=True,
                                help_text="Project its live claims go to in the same act; empty: they end with it.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="projects.project",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="exits", to="projects.project"
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "successors",
                            models.ManyToManyField(blank=True, related_name="predecessors_by", to="projects.project"),
                        ),
                    ],
                    options={
                        "ordering": ["-proposed_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["proposed", "approved"])),
                                fields=("project",),
                                name="projectexit_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                    ("status", "withdrawn"),
                                    _connector="OR",
                                ),
                                name="projectexit_two_people",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Resource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=32, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("vendor", "vendor"),
                                    ("model", "AI model"),
                                    ("data_set", "data set"),
                                    ("system", "system"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("name_en", models.CharField(max_length=200)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                        (
                            "name_key",
                            models.CharField(
                                editable=False,
                                help_text="The English name as it is compared: case and spacing set aside.",
                                max_length=400,
                            ),
                        ),
                        (
                            "details",
                            models.TextField(blank=True, help_text="Version, owner, licence, what the data holds."),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, editable=False, max_length=300)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "registered_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "name_en"],
                        "permissions": [
                            ("edit_resources", "Correct and withdraw vendors, models, data sets and systems")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "name_key"), name="resource_named_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    models.Q(("withdrawn_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="resource_withdrawn_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatusReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField(help_text="First day of the month reported.")),
                        ("revision", models.PositiveSmallIntegerField(default=1)),
                        (
                            "rating",
                            models.CharField(
                                choices=[("green", "on track"), ("amber", "at risk"), ("red", "off track")],
                                max_length=5,
                            ),
                        ),
                        ("summary", models.TextField()),
                        ("done", models.TextField(blank=True)),
                        ("planned", models.TextField(blank=True)),
                        (
                            "correction",
                            models.CharField(
                                blank=True, help_text="Why an earlier revision was corrected.", max_length=300
                            ),
                        ),
                        ("submitted_at", models.DateTimeField()),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="status_reports",
                                to="projects.project",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-month", "-revision"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "month", "revision"), name="statusreport_revision_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__day", 1)), name="statusreport_month_begins"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revision", 1), models.Q(("correction", ""), _negated=True), _connector="OR"
                                ),
                                name="statusreport_correction_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TargetShare",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("due_on", models.DateField(help_text="Last day of a quarter, Hong Kong time.")),
                        ("value", models.PositiveIntegerField(help_text="Procedures in use by then.")),
                        ("source", models.CharField(max_length=300)),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="target_shares",
                                to="accounts.department",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="projects.target"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "department"],
                        "constraints": [
                            models.UniqueConstraint(fields=("target", "department", "due_on"), name="targetshare_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConcernEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("kind", models.CharField(choices=[("risk", "risk"), ("issue", "issue")], max_length=5)),
                        ("title", models.CharField(max_length=200)),
                        ("cause", models.TextField(blank=True)),
                        (
                            "likelihood",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="1 to 5; of a risk only.", null=True
                            ),
                        ),
                        ("impact", models.PositiveSmallIntegerField(help_text="1 to 5.")),
                        ("response", models.TextField(blank=True, help_text="What is done about it.")),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("raised_on", models.DateField()),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        ("closing_note", models.CharField(blank=True, max_length=300)),
                        (
                            "reopened_because",
                            models.CharField(blank=True, help_text="Why it was last opened again.", max_length=300),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "owner",
                            models.ForeignKey(
                                db_constraint=False,
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
                                to="projects.concern",
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
                        (
                            "raised_by",
                            models.ForeignKey(
                                db_constraint=False,
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
                    name="DependencyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("original_on", models.DateField(help_text="As first agreed; never changed.")),
                        ("current_on", models.DateField(help_text="As agreed now; changed with a reason.")),
                        ("forecast_on", models.DateField(help_text="When the lead expects it today.")),
                        ("done_on", models.DateField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, help_text="Why the agreed date was last changed.", max_length=300
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, editable=False, max_length=300)),
                        ("name_en", models.CharField(max_length=200)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "on_project",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="projects.project",
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
                                to="projects.dependency",
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
                    name="HeadApprovalEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("statement", models.TextField()),
                        ("approved_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                db_constraint=False,
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
                                to="projects.headapproval",
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
                    name="HelpRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("reference", models.CharField(max_length=32)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("technical", "technical advice"),
                                    ("data", "data and evidence"),
                                    ("funding", "funding and procurement"),
                                    ("legal", "law, privacy and ethics"),
                                    ("other", "other"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("question", models.TextField()),
                        ("asked_at", models.DateTimeField()),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "open"),
                                    ("helping", "the Team helps"),
                                    ("advised", "advice given"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="",
                                max_length=9,
                            ),
                        ),
                        ("answer", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "answered_by",
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
                            "asked_by",
                            models.ForeignKey(
                                db_constraint=False,
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
                                to="projects.helprequest",
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
                    name="IndependentRatingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("month", models.DateField()),
                        ("revision", models.PositiveSmallIntegerField(default=1)),
                        (
                            "rating",
                            models.CharField(
                                choices=[("green", "on track"), ("amber", "at risk"), ("red", "off track")],
                                max_length=5,
                            ),
                        ),
                        ("reason", models.TextField()),
                        (
                            "correction",
                            models.CharField(
                                blank=True, help_text="Why an earlier revision was corrected.", max_length=300
                            ),
                        ),
                        ("rated_at", models.DateTimeField()),
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
                                to="projects.independentrating",
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
                        (
                            "rated_by",
                            models.ForeignKey(
                                db_constraint=False,
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
                    name="MilestoneEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("original_on", models.DateField(help_text="As first agreed; never changed.")),
                        ("current_on", models.DateField(help_text="As agreed now; changed with a reason.")),
                        ("forecast_on", models.DateField(help_text="When the lead expects it today.")),
                        ("done_on", models.DateField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, help_text="Why the agreed date was last changed.", max_length=300
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, editable=False, max_length=300)),
                        ("name_en", models.CharField(max_length=200)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                                to="projects.milestone",
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
                    name="PilotDecisionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("met", "met its aims"),
                                    ("partly", "met its aims in part"),
                                    ("not_met", "did not meet its aims"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "findings",
                            models.TextField(help_text="What was measured, over how long, on how many cases."),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[("scale", "scale up"), ("change", "change and pilot again"), ("stop", "stop")],
                                help_text="Empty while it waits.",
                                max_length=6,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "decided_by",
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
                                to="projects.pilotdecision",
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
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
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
                    name="ProcessStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("name_en", models.CharField(max_length=200)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                        ("done_by", models.CharField(help_text="Role or office that does the step.", max_length=120)),
                        ("work_minutes", models.DecimalField(decimal_places=2, max_digits=9)),
                        ("waiting_minutes", models.DecimalField(decimal_places=2, default=0, max_digits=11)),
                        (
                            "rework_share",
                            models.DecimalField(
                                decimal_places=3, default=0, help_text="0 to 1: share done again.", max_digits=4
                            ),
                        ),
                        ("is_digital", models.BooleanField(default=False)),
                        (
                            "map",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="projects.processmap",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["map", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("map", "number"), name="processstep_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rework_share__range", (0, 1)),
                                    ("waiting_minutes__gte", 0),
                                    ("work_minutes__gte", 0),
                                ),
                                name="processstep_ranges",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectExitEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("merge", "merged into another project"),
                                    ("split", "split into other projects"),
                                    ("reclassify", "reclassified: not an AI project of the programme"),
                                    ("stop", "stopped"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("approved", "approved"),
                                    ("refused", "refused"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        (
                            "effective_on",
                            models.DateField(
                                help_text="Day it ended, and its claims with it; it leaves when this is approved."
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("proposed_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("decision_note", models.CharField(blank=True, max_length=300)),
                        (
                            "claims_to",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Project its live claims go to in the same act; empty: they end with it.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="projects.project",
                            ),
                        ),
                        (
                            "decided_by",
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
                                to="projects.projectexit",
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
                        (
                            "proposed_by",
                            models.ForeignKey(
                                db_constraint=False,
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
                    name="ResourceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("reference", models.CharField(max_length=32)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("vendor", "vendor"),
                                    ("model", "AI model"),
                                    ("data_set", "data set"),
                                    ("system", "system"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("name_en", models.CharField(max_length=200)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                        (
                            "name_key",
                            models.CharField(
                                editable=False,
                                help_text="The English name as it is compared: case and spacing set aside.",
                                max_length=400,
                            ),
                        ),
                        (
                            "details",
                            models.TextField(blank=True, help_text="Version, owner, licence, what the data holds."),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, editable=False, max_length=300)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                                to="projects.resource",
                            ),
                        ),
                        (
                            "registered_by",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
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
                    name="ResourceUse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("purpose", models.CharField(blank=True, max_length=200)),
                        ("starts_on", models.DateField()),
                        (
                            "ends_on",
                            models.DateField(blank=True, help_text="First day it is no longer used.", null=True),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resource_uses",
                                to="projects.project",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="projects.resource"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["resource", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on__isnull", True)),
                                fields=("project", "resource"),
                                name="resourceuse_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="resourceuse_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatusReportEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("month", models.DateField(help_text="First day of the month reported.")),
                        ("revision", models.PositiveSmallIntegerField(default=1)),
                        (
                            "rating",
                            models.CharField(
                                choices=[("green", "on track"), ("amber", "at risk"), ("red", "off track")],
                                max_length=5,
                            ),
                        ),
                        ("summary", models.TextField()),
                        ("done", models.TextField(blank=True)),
                        ("planned", models.TextField(blank=True)),
                        (
                            "correction",
                            models.CharField(
                                blank=True, help_text="Why an earlier revision was corrected.", max_length=300
                            ),
                        ),
                        ("submitted_at", models.DateTimeField()),
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
                                to="projects.statusreport",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                db_constraint=False,
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
                    name="TargetShareEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("due_on", models.DateField(help_text="Last day of a quarter, Hong Kong time.")),
                        ("value", models.PositiveIntegerField(help_text="Procedures in use by then.")),
                        ("source", models.CharField(max_length=300)),
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
                                to="projects.targetshare",
                            ),
                        ),
                        (
                            "set_by",
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
                            "target",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="projects.target",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProcessStepEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveSmallIntegerField()),
                        ("name_en", models.CharField(max_length=200)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                        ("done_by", models.CharField(help_text="Role or office that does the step.", max_length=120)),
                        ("work_minutes", models.DecimalField(decimal_places=2, max_digits=9)),
                        ("waiting_minutes", models.DecimalField(decimal_places=2, default=0, max_digits=11)),
                        (
                            "rework_share",
                            models.DecimalField(
                                decimal_places=3, default=0, help_text="0 to 1: share done again.", max_digits=4
                            ),
                        ),
                        ("is_digital", models.BooleanField(default=False)),
                        (
                            "map",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="projects.processmap",
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
                                to="projects.processstep",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ResourceUseEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("purpose", models.CharField(blank=True, max_length=200)),
                        ("starts_on", models.DateField()),
                        (
                            "ends_on",
                            models.DateField(blank=True, help_text="First day it is no longer used.", null=True),
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
                                to="projects.resourceuse",
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
                        (
                            "resource",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="projects.resource",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="concern",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_concernevent" ("cause", "closed_on", "closing_note", "due_on", "id", "impact", "kind", "likelihood", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "raised_by_id", "raised_on", "reopened_because", "response", "title", "version") VALUES (NEW."cause", NEW."closed_on", NEW."closing_note", NEW."due_on", NEW."id", NEW."impact", NEW."kind", NEW."likelihood", NEW."owner_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."project_id", NEW."raised_by_id", NEW."raised_on", NEW."reopened_because", NEW."response", NEW."title", NEW."version"); RETURN NULL;',
                            hash="48dfc76e6c7bdbc4a576a24540e8e52bad0dbd20",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f7d46",
                            table="projects_concern",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="concern",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_concernevent" ("cause", "closed_on", "closing_note", "due_on", "id", "impact", "kind", "likelihood", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "raised_by_id", "raised_on", "reopened_because", "response", "title", "version") VALUES (NEW."cause", NEW."closed_on", NEW."closing_note", NEW."due_on", NEW."id", NEW."impact", NEW."kind", NEW."likelihood", NEW."owner_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."project_id", NEW."raised_by_id", NEW."raised_on", NEW."reopened_because", NEW."response", NEW."title", NEW."version"); RETURN NULL;',
                            hash="92b277c5ab1b3b6968ab73bdef8aa0230338f9bb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0c197",
                            table="projects_concern",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dependency",
                    trigger=pgtrigger.compiler.Trigger(
                        name="first_date_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."original_on" IS DISTINCT FROM (NEW."original_on") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="dad0dbd242bd7f2ee6f97d9083936f4f46e8a761",
                            operation="UPDATE",
                            pgid="pgtrigger_first_date_stays_d2d32",
                            table="projects_dependency",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dependency",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_dependencyevent" ("current_on", "done_on", "forecast_on", "id", "name_en", "name_zh_hans", "name_zh_hant", "on_project_id", "original_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "reason", "version", "withdrawn_at", "withdrawn_because") VALUES (NEW."current_on", NEW."done_on", NEW."forecast_on", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."on_project_id", NEW."original_on", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."project_id", NEW."reason", NEW."version", NEW."withdrawn_at", NEW."withdrawn_because"); RETURN NULL;',
                            hash="54c84f1efe798820d4008d8e485f126a8a7ec825",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d1027",
                            table="projects_dependency",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dependency",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_dependencyevent" ("current_on", "done_on", "forecast_on", "id", "name_en", "name_zh_hans", "name_zh_hant", "on_project_id", "original_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "reason", "version", "withdrawn_at", "withdrawn_because") VALUES (NEW."current_on", NEW."done_on", NEW."forecast_on", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."on_project_id", NEW."original_on", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."project_id", NEW."reason", NEW."version", NEW."withdrawn_at", NEW."withdrawn_because"); RETURN NULL;',
                            hash="c157a4204adc5a628d2546ba6c3e2ca5854bd3b4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fa123",
                            table="projects_dependency",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="headapproval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_headapprovalevent" ("approved_at", "approved_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "statement", "withdrawn_at", "withdrawn_because") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."project_id", NEW."statement", NEW."withdrawn_at", NEW."withdrawn_because"); RETURN NULL;',
                            hash="dcde2503b3af2de0f3835cb7df958af063641ce0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fa3c7",
                            table="projects_headapproval",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="headapproval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_headapprovalevent" ("approved_at", "approved_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "statement", "withdrawn_at", "withdrawn_because") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."project_id", NEW."statement", NEW."withdrawn_at", NEW."withdrawn_because"); RETURN NULL;',
                            hash="01a7ab1fdc83bc4da2e6ab9a42f7349863920c38",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6e410",
                            table="projects_headapproval",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="helprequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_helprequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "id", "kind", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "question", "reference") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."id", NEW."kind", NEW."outcome", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."project_id", NEW."question", NEW."reference"); RETURN NULL;',
                            hash="ba1aabdf986ee88271722b20dd98812047a02e66",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_498be",
                            table="projects_helprequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="helprequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_helprequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "id", "kind", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "question", "reference") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."id", NEW."kind", NEW."outcome", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."project_id", NEW."question", NEW."reference"); RETURN NULL;',
                            hash="74f719cd0bfa10bf929d6529e8f615148514c9f8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c588e",
                            table="projects_helprequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="independentrating",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_independentratingevent" ("correction", "id", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "rated_at", "rated_by_id", "rating", "reason", "revision") VALUES (NEW."correction", NEW."id", NEW."month", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."project_id", NEW."rated_at", NEW."rated_by_id", NEW."rating", NEW."reason", NEW."revision"); RETURN NULL;',
                            hash="6897ea552c71ff0c8fa476dbd21a446e81232611",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ec1d7",
                            table="projects_independentrating",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="independentrating",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_independentratingevent" ("correction", "id", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "rated_at", "rated_by_id", "rating", "reason", "revision") VALUES (NEW."correction", NEW."id", NEW."month", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."project_id", NEW."rated_at", NEW."rated_by_id", NEW."rating", NEW."reason", NEW."revision"); RETURN NULL;',
                            hash="a8835933f32f797d60d341aade88823b4d1ae9e9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e135b",
                            table="projects_independentrating",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="milestone",
                    trigger=pgtrigger.compiler.Trigger(
                        name="first_date_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."original_on" IS DISTINCT FROM (NEW."original_on") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="94b271e321cca2311ce311f205907fc7bc1dbaca",
                            operation="UPDATE",
                            pgid="pgtrigger_first_date_stays_953a9",
                            table="projects_milestone",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="milestone",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_milestoneevent" ("current_on", "done_on", "forecast_on", "id", "name_en", "name_zh_hans", "name_zh_hant", "original_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "reason", "version", "withdrawn_at", "withdrawn_because") VALUES (NEW."current_on", NEW."done_on", NEW."forecast_on", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."original_on", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."project_id", NEW."reason", NEW."version", NEW."withdrawn_at", NEW."withdrawn_because"); RETURN NULL;',
                            hash="b30d6a0e4630024c6d5ab139b42b619c08bf68fb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2945c",
                            table="projects_milestone",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="milestone",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_milestoneevent" ("current_on", "done_on", "forecast_on", "id", "name_en", "name_zh_hans", "name_zh_hant", "original_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "reason", "version", "withdrawn_at", "withdrawn_because") VALUES (NEW."current_on", NEW."done_on", NEW."forecast_on", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."original_on", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."project_id", NEW."reason", NEW."version", NEW."withdrawn_at", NEW."withdrawn_because"); RETURN NULL;',
                            hash="befd1f92cae97b9e7ec92abc58587464cc82c7a2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_96e58",
                            table="projects_milestone",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pilotdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_pilotdecisionevent" ("decided_at", "decided_by_id", "decision", "findings", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "reason", "recorded_at", "recorded_by_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."findings", NEW."id", NEW."outcome", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."project_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;',
                            hash="928f3e747c38ed9398432716c1e1b6b8f5230834",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_45c56",
                            table="projects_pilotdecision",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pilotdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_pilotdecisionevent" ("decided_at", "decided_by_id", "decision", "findings", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "reason", "recorded_at", "recorded_by_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."findings", NEW."id", NEW."outcome", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."project_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;',
                            hash="58a7e0f10bd56d257856a71222c1bc90ed42b64d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cdd93",
                            table="projects_pilotdecision",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_processstepevent" ("done_by", "id", "is_digital", "map_id", "name_en", "name_zh_hans", "name_zh_hant", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rework_share", "waiting_minutes", "work_minutes") VALUES (NEW."done_by", NEW."id", NEW."is_digital", NEW."map_id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."number", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."rework_share", NEW."waiting_minutes", NEW."work_minutes"); RETURN NULL;',
                            hash="c7eaf2dfdc91544bc853945260d6bfd3ac8b5b04",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_dc629",
                            table="projects_processstep",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_processstepevent" ("done_by", "id", "is_digital", "map_id", "name_en", "name_zh_hans", "name_zh_hant", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rework_share", "waiting_minutes", "work_minutes") VALUES (NEW."done_by", NEW."id", NEW."is_digital", NEW."map_id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."number", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."rework_share", NEW."waiting_minutes", NEW."work_minutes"); RETURN NULL;',
                            hash="a5a7ab45cddbe385177b726d14b526ed48b2f47f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_843a2",
                            table="projects_processstep",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="projectexit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_projectexitevent" ("claims_to_id", "decided_at", "decided_by_id", "decision_note", "effective_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "proposed_at", "proposed_by_id", "reason", "status") VALUES (NEW."claims_to_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_note", NEW."effective_on", NEW."id", NEW."kind", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."project_id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."status"); RETURN NULL;',
                            hash="3c451456742934b1609de370ef948026ea57c045",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d3f9a",
                            table="projects_projectexit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="projectexit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_projectexitevent" ("claims_to_id", "decided_at", "decided_by_id", "decision_note", "effective_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "proposed_at", "proposed_by_id", "reason", "status") VALUES (NEW."claims_to_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_note", NEW."effective_on", NEW."id", NEW."kind", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."project_id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."status"); RETURN NULL;',
                            hash="a587003031eb04d2fbaf46f4b6743315fe70a74a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_33f25",
                            table="projects_projectexit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resource",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_resourceevent" ("details", "id", "kind", "name_en", "name_key", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "registered_by_id", "version", "withdrawn_at", "withdrawn_because") VALUES (NEW."details", NEW."id", NEW."kind", NEW."name_en", NEW."name_key", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."reference", NEW."registered_by_id", NEW."version", NEW."withdrawn_at", NEW."withdrawn_because"); RETURN NULL;',
                            hash="78b6bbe4c859a92e6b9781a68bf2fb863c6d0a82",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_45d6d",
                            table="projects_resource",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resource",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_resourceevent" ("details", "id", "kind", "name_en", "name_key", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "registered_by_id", "version", "withdrawn_at", "withdrawn_because") VALUES (NEW."details", NEW."id", NEW."kind", NEW."name_en", NEW."name_key", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."reference", NEW."registered_by_id", NEW."version", NEW."withdrawn_at", NEW."withdrawn_because"); RETURN NULL;',
                            hash="fd34c13fd6506d3932c8720a5e72d5ce39e110de",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b3b97",
                            table="projects_resource",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resourceuse",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_resourceuseevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "purpose", "resource_id", "starts_on") VALUES (NEW."ends_on", NEW."id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."project_id", NEW."purpose", NEW."resource_id", NEW."starts_on"); RETURN NULL;',
                            hash="c2a251a25bb11feebb84134e03e0a33f44ce2dd5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_62b4e",
                            table="projects_resourceuse",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resourceuse",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_resourceuseevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "purpose", "resource_id", "starts_on") VALUES (NEW."ends_on", NEW."id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."project_id", NEW."purpose", NEW."resource_id", NEW."starts_on"); RETURN NULL;',
                            hash="a88c4ee2a367a393832ac02c5cdcc7b8436dc305",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_26053",
                            table="projects_resourceuse",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="statusreport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_statusreportevent" ("correction", "done", "id", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned", "project_id", "rating", "revision", "submitted_at", "submitted_by_id", "summary") VALUES (NEW."correction", NEW."done", NEW."id", NEW."month", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."planned", NEW."project_id", NEW."rating", NEW."revision", NEW."submitted_at", NEW."submitted_by_id", NEW."summary"); RETURN NULL;',
                            hash="eb4e950348fa3c89574235ee69a3011fffcc9d6b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fa5c0",
                            table="projects_statusreport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="statusreport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_statusreportevent" ("correction", "done", "id", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned", "project_id", "rating", "revision", "submitted_at", "submitted_by_id", "summary") VALUES (NEW."correction", NEW."done", NEW."id", NEW."month", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."planned", NEW."project_id", NEW."rating", NEW."revision", NEW."submitted_at", NEW."submitted_by_id", NEW."summary"); RETURN NULL;',
                            hash="c46e12422ededd84b8beefa4f10152e4a97f1c40",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5173d",
                            table="projects_statusreport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetshare",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_targetshareevent" ("department_id", "due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_by_id", "source", "target_id", "value") VALUES (NEW."department_id", NEW."due_on", NEW."id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."set_by_id", NEW."source", NEW."target_id", NEW."value"); RETURN NULL;',
                            hash="024b28e532faf63ca2c10b15d0b3d67f69ebbb61",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5da1c",
                            table="projects_targetshare",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetshare",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_targetshareevent" ("department_id", "due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_by_id", "source", "target_id", "value") VALUES (NEW."department_id", NEW."due_on", NEW."id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."set_by_id", NEW."source", NEW."target_id", NEW."value"); RETURN NULL;',
                            hash="cbef7985f8977180f94711459d9be8dcc2ffe5a3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_10223",
                            table="projects_targetshare",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
