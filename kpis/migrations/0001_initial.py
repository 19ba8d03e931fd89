from django.db import migrations, models
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations

import core.database


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("projects", "0001_initial"),
    ]

    operations = [
        core.database.AtOnce(
            operations=[
                migrations.CreateModel(
                    name="Source",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=32, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        ("url", models.CharField(max_length=500)),
                        ("hosts", models.JSONField(help_text='["host:port", …] that may be called.')),
                        (
                            "networks",
                            models.JSONField(help_text="Networks, in CIDR, that the host's addresses must lie in."),
                        ),
                        ("items_path", models.CharField(max_length=200)),
                        (
                            "kpi_path",
                            models.CharField(
                                blank=True, help_text="Empty when the source has a single KPI.", max_length=200
                            ),
                        ),
                        ("period_path", models.CharField(max_length=200)),
                        ("value_path", models.CharField(blank=True, max_length=200)),
                        ("numerator_path", models.CharField(blank=True, max_length=200)),
                        ("denominator_path", models.CharField(blank=True, max_length=200)),
                        (
                            "columns",
                            models.JSONField(help_text="The names an item has; any other set of names is refused."),
                        ),
                        (
                            "interval_minutes",
                            models.PositiveIntegerField(help_text="Length of a window; each window is collected once."),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("proposed", "proposed"), ("approved", "approved"), ("paused", "paused")],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(null=True)),
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
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sources",
                                to="accounts.department",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["reference"],
                        "permissions": [("manage_sources", "Approve, pause and resume sources of KPI readings")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_by__isnull", True), ("status", "proposed")),
                                    models.Q(
                                        ("approved_by__isnull", False),
                                        models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="source_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("interval_minutes__gte", 1)), name="source_interval_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("reference", models.CharField(max_length=32)),
                        ("name", models.CharField(max_length=200)),
                        ("url", models.CharField(max_length=500)),
                        ("hosts", models.JSONField(help_text='["host:port", …] that may be called.')),
                        (
                            "networks",
                            models.JSONField(help_text="Networks, in CIDR, that the host's addresses must lie in."),
                        ),
                        ("items_path", models.CharField(max_length=200)),
                        (
                            "kpi_path",
                            models.CharField(
                                blank=True, help_text="Empty when the source has a single KPI.", max_length=200
                            ),
                        ),
                        ("period_path", models.CharField(max_length=200)),
                        ("value_path", models.CharField(blank=True, max_length=200)),
                        ("numerator_path", models.CharField(blank=True, max_length=200)),
                        ("denominator_path", models.CharField(blank=True, max_length=200)),
                        (
                            "columns",
                            models.JSONField(help_text="The names an item has; any other set of names is refused."),
                        ),
                        (
                            "interval_minutes",
                            models.PositiveIntegerField(help_text="Length of a window; each window is collected once."),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("proposed", "proposed"), ("approved", "approved"), ("paused", "paused")],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(null=True)),
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
                                to="kpis.source",
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
                    name="Definition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(max_length=60)),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("name_en", models.CharField(max_length=120)),
                        ("name_zh_hant", models.CharField(max_length=60)),
                        ("name_zh_hans", models.CharField(max_length=60)),
                        ("unit_en", models.CharField(max_length=40)),
                        ("unit_zh_hant", models.CharField(max_length=20)),
                        ("unit_zh_hans", models.CharField(max_length=20)),
                        (
                            "direction",
                            models.CharField(
                                choices=[("up", "higher is better"), ("down", "lower is better")], max_length=4
                            ),
                        ),
                        (
                            "formula",
                            models.CharField(
                                choices=[
                                    ("value", "the value as measured"),
                                    ("ratio", "numerator ÷ denominator"),
                                    ("percentage", "100 × numerator ÷ denominator"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "aggregation",
                            models.CharField(
                                choices=[
                                    ("ratio", "sum of numerators ÷ sum of denominators"),
                                    ("sum", "sum"),
                                    ("mean", "mean of the periods"),
                                    ("last", "last value"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "lowest",
                            models.DecimalField(
                                decimal_places=6,
                                help_text="No real value is below it; empty for no bound.",
                                max_digits=24,
                                null=True,
                            ),
                        ),
                        (
                            "highest",
                            models.DecimalField(
                                decimal_places=6,
                                help_text="No real value is above it; empty for no bound.",
                                max_digits=24,
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["key", "version"],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "version"), name="definition_version_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("formula", "value"), ("aggregation__in", ["ratio", "last"]), _connector="OR"
                                ),
                                name="definition_ratios_are_weighted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lowest__isnull", True),
                                    ("highest__isnull", True),
                                    ("lowest__lt", models.F("highest")),
                                    _connector="OR",
                                ),
                                name="definition_bounds_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CollectionRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("window_start", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("rejected", "refused"),
                                    ("failed", "failed, will be tried again"),
                                    ("dead", "given up"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("planned_at", models.DateTimeField()),
                        (
                            "rung_at",
                            models.DateTimeField(
                                help_text="When a worker was last asked; a lost message is asked again.", null=True
                            ),
                        ),
                        (
                            "lease_token",
                            models.UUIDField(
                                help_text="Whoever holds it may store; a later holder has another one.", null=True
                            ),
                        ),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("accepted", models.PositiveIntegerField(default=0)),
                        ("duplicate", models.PositiveIntegerField(default=0)),
                        (
                            "quarantined",
                            models.PositiveIntegerField(
                                default=0, help_text="Of the accepted: stored, and waiting for a person."
                            ),
                        ),
                        ("rejected", models.PositiveIntegerField(default=0)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, help_text="Stable code of a refusal or failure.", max_length=60
                            ),
                        ),
                        ("detail", models.CharField(blank=True, max_length=300)),
                        (
                            "digest",
                            models.CharField(
                                blank=True, help_text="SHA-256 of the document that was read.", max_length=64
                            ),
                        ),
                        ("started_at", models.DateTimeField(null=True)),
                        ("finished_at", models.DateTimeField(null=True)),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="kpis.source"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-window_start", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["planned", "running", "failed"])),
                                fields=["state"],
                                name="run_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "window_start"), name="run_window_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DefinitionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("key", models.SlugField(db_index=False, max_length=60)),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("name_en", models.CharField(max_length=120)),
                        ("name_zh_hant", models.CharField(max_length=60)),
                        ("name_zh_hans", models.CharField(max_length=60)),
                        ("unit_en", models.CharField(max_length=40)),
                        ("unit_zh_hant", models.CharField(max_length=20)),
                        ("unit_zh_hans", models.CharField(max_length=20)),
                        (
                            "direction",
                            models.CharField(
                                choices=[("up", "higher is better"), ("down", "lower is better")], max_length=4
                            ),
                        ),
                        (
                            "formula",
                            models.CharField(
                                choices=[
                                    ("value", "the value as measured"),
                                    ("ratio", "numerator ÷ denominator"),
                                    ("percentage", "100 × numerator ÷ denominator"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "aggregation",
                            models.CharField(
                                choices=[
                                    ("ratio", "sum of numerators ÷ sum of denominators"),
                                    ("sum", "sum"),
                                    ("mean", "mean of the periods"),
                                    ("last", "last value"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "lowest",
                            models.DecimalField(
                                decimal_places=6,
                                help_text="No real value is below it; empty for no bound.",
                                max_digits=24,
                                null=True,
                            ),
                        ),
                        (
                            "highest",
                            models.DecimalField(
                                decimal_places=6,
                                help_text="No real value is above it; empty for no bound.",
                                max_digits=24,
                                null=True,
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
                                to="kpis.definition",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Kpi",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=32, unique=True)),
                        (
                            "name_en",
                            models.CharField(
                                blank=True, help_text="What exactly is measured; else the definition's.", max_length=200
                            ),
                        ),
                        ("name_zh_hant", models.CharField(blank=True, max_length=100)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=100)),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("daily", "daily"),
                                    ("weekly", "weekly"),
                                    ("monthly", "monthly"),
                                    ("quarterly", "quarterly"),
                                    ("yearly", "yearly"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "year_kind",
                            models.CharField(
                                choices=[("calendar", "calendar year"), ("financial", "financial year")],
                                default="calendar",
                                max_length=10,
                            ),
                        ),
                        ("starts_on", models.DateField(help_text="First day of the first period that is measured.")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "definition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="kpis", to="kpis.definition"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="owned_kpis",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="kpis", to="projects.project"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "KPI",
                        "ordering": ["reference"],
                    },
                ),
                migrations.CreateModel(
                    name="KpiEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("reference", models.CharField(max_length=32)),
                        (
                            "name_en",
                            models.CharField(
                                blank=True, help_text="What exactly is measured; else the definition's.", max_length=200
                            ),
                        ),
                        ("name_zh_hant", models.CharField(blank=True, max_length=100)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=100)),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("daily", "daily"),
                                    ("weekly", "weekly"),
                                    ("monthly", "monthly"),
                                    ("quarterly", "quarterly"),
                                    ("yearly", "yearly"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "year_kind",
                            models.CharField(
                                choices=[("calendar", "calendar year"), ("financial", "financial year")],
                                default="calendar",
                                max_length=10,
                            ),
                        ),
                        ("starts_on", models.DateField(help_text="First day of the first period that is measured.")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "definition",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="kpis.definition",
                            ),
                        ),
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
                                to="kpis.kpi",
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
                    name="KpiTarget",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("value", models.DecimalField(decimal_places=6, max_digits=24)),
                        ("due_on", models.DateField()),
                        (
                            "kpi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="kpis.kpi"
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on"],
                        "constraints": [models.UniqueConstraint(fields=("kpi", "due_on"), name="kpitarget_day_once")],
                    },
                ),
                migrations.CreateModel(
                    name="KpiTargetEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("value", models.DecimalField(decimal_places=6, max_digits=24)),
                        ("due_on", models.DateField()),
                        (
                            "kpi",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="kpis.kpi",
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
                                to="kpis.kpitarget",
                            ),
                        ),
                        (
                            "set_by",
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
                    name="Series",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "started_on",
                            models.DateField(help_text="No reading of this series is about a period before this day."),
                        ),
                        (
                            "definition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="series", to="kpis.definition"
                            ),
                        ),
                        (
                            "kpi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="series", to="kpis.kpi"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "series",
                        "ordering": ["kpi", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("kpi", "definition"), name="series_definition_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceKpi",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                help_text="How the source names the KPI; its reference unless it cannot.", max_length=60
                            ),
                        ),
                        ("lowest", models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                        ("highest", models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                        (
                            "kpi",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="source_link", to="kpis.kpi"
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="links", to="kpis.source"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code"],
                        "constraints": [models.UniqueConstraint(fields=("source", "code"), name="sourcekpi_code_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Baseline",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("value", models.DecimalField(decimal_places=6, max_digits=24)),
                        ("period_start", models.DateField()),
                        ("period_end", models.DateField(help_text="Last day of the measured period.")),
                        ("evidence", models.TextField(help_text="How it was measured and where the record is kept.")),
                        ("locked_at", models.DateTimeField(null=True)),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "series",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="baseline", to="kpis.series"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("period_end__gte", models.F("period_start"))),
                                name="baseline_period_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BaselineEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("value", models.DecimalField(decimal_places=6, max_digits=24)),
                        ("period_start", models.DateField()),
                        ("period_end", models.DateField(help_text="Last day of the measured period.")),
                        ("evidence", models.TextField(help_text="How it was measured and where the record is kept.")),
                        ("locked_at", models.DateTimeField(null=True)),
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
                                to="kpis.baseline",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="kpis.series",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LatestValue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("cell", models.CharField(blank=True, default="", max_length=120)),
                        ("period_start", models.DateField()),
                        ("revision", models.PositiveSmallIntegerField()),
                        ("value", models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "series",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="latest_values",
                                to="kpis.series",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("series", "cell"), name="latestvalue_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ReadingVerdict",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period_start", models.DateField()),
                        ("cell", models.CharField(blank=True, default="", max_length=120)),
                        ("revision", models.PositiveSmallIntegerField()),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("submitted", "submitted"),
                                    ("verified", "verified"),
                                    ("returned", "returned"),
                                    ("quarantined", "quarantined"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "rule",
                            models.CharField(
                                blank=True, help_text="Code of the rule that spoke, where no person did.", max_length=60
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kpis.series",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                fields=["series", "period_start", "cell", "revision", "-id"], name="verdict_of_reading"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("person__isnull", False), models.Q(("rule", ""), _negated=True), _connector="XOR"
                                ),
                                name="verdict_by_person_or_rule",
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="definition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "kpis_definitionevent" ("aggregation", "direction", "formula", "highest", "id", "key", "lowest", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_en", "unit_zh_hans", "unit_zh_hant", "version") VALUES (NEW."aggregation", NEW."direction", NEW."formula", NEW."highest", NEW."id", NEW."key", NEW."lowest", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unit_en", NEW."unit_zh_hans", NEW."unit_zh_hant", NEW."version"); RETURN NULL;',
                            hash="965d163a48ea2156687bbff28cd2c613e547aea2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2291f",
                            table="kpis_definition",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="definition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "kpis_definitionevent" ("aggregation", "direction", "formula", "highest", "id", "key", "lowest", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_en", "unit_zh_hans", "unit_zh_hant", "version") VALUES (NEW."aggregation", NEW."direction", NEW."formula", NEW."highest", NEW."id", NEW."key", NEW."lowest", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unit_en", NEW."unit_zh_hans", NEW."unit_zh_hant", NEW."version"); RETURN NULL;',
                            hash="41e028a16043da34985e0436001adceaef5edc5f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_eefb8",
                            table="kpis_definition",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="kpi",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "kpis_kpievent" ("created_at", "definition_id", "frequency", "id", "name_en", "name_zh_hans", "name_zh_hant", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "reference", "starts_on", "year_kind") VALUES (NEW."created_at", NEW."definition_id", NEW."frequency", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."reference", NEW."starts_on", NEW."year_kind"); RETURN NULL;',
                            hash="8da932d9d978c0be5be1886d69c4d3825f9da37d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_153b7",
                            table="kpis_kpi",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="kpi",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "kpis_kpievent" ("created_at", "definition_id", "frequency", "id", "name_en", "name_zh_hans", "name_zh_hant", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "reference", "starts_on", "year_kind") VALUES (NEW."created_at", NEW."definition_id", NEW."frequency", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."reference", NEW."starts_on", NEW."year_kind"); RETURN NULL;',
                            hash="80db381070fa8ed3e3ff390991f142e8d3394e5b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_feb2e",
                            table="kpis_kpi",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="kpitarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "kpis_kpitargetevent" ("due_on", "id", "kpi_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_by_id", "value") VALUES (NEW."due_on", NEW."id", NEW."kpi_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."set_by_id", NEW."value"); RETURN NULL;',
                            hash="0c78c1af5df0cacd4087defe829935aaae97b0b4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5c3c1",
                            table="kpis_kpitarget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="kpitarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "kpis_kpitargetevent" ("due_on", "id", "kpi_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_by_id", "value") VALUES (NEW."due_on", NEW."id", NEW."kpi_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."set_by_id", NEW."value"); RETURN NULL;',
                            hash="25d8492b8f5cbe02401e98a07984c10b436671e8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2d826",
                            table="kpis_kpitarget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="baseline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "kpis_baselineevent" ("evidence", "id", "locked_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series_id", "set_by_id", "value") VALUES (NEW."evidence", NEW."id", NEW."locked_at", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."series_id", NEW."set_by_id", NEW."value"); RETURN NULL;',
                            hash="b075ecd13eed37a5178688ac0838cacbe65d9977",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cc5ae",
                            table="kpis_baseline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="baseline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "kpis_baselineevent" ("evidence", "id", "locked_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series_id", "set_by_id", "value") VALUES (NEW."evidence", NEW."id", NEW."locked_at", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."series_id", NEW."set_by_id", NEW."value"); RETURN NULL;',
                            hash="2a30287af0cc680a6593e4ffc3b7812731aefe80",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_196d9",
                            table="kpis_baseline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "kpis_sourceevent" ("approved_at", "approved_by_id", "columns", "denominator_path", "department_id", "hosts", "id", "interval_minutes", "items_path", "kpi_path", "name", "networks", "numerator_path", "period_path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reference", "status", "url", "value_path") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."columns", NEW."denominator_path", NEW."department_id", NEW."hosts", NEW."id", NEW."interval_minutes", NEW."items_path", NEW."kpi_path", NEW."name", NEW."networks", NEW."numerator_path", NEW."period_path", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."reference", NEW."status", NEW."url", NEW."value_path"); RETURN NULL;',
                            hash="4b45122421c43898392f3a5a963097fa9f045b3f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cc602",
                            table="kpis_source",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "kpis_sourceevent" ("approved_at", "approved_by_id", "columns", "denominator_path", "department_id", "hosts", "id", "interval_minutes", "items_path", "kpi_path", "name", "networks", "numerator_path", "period_path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reference", "status", "url", "value_path") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."columns", NEW."denominator_path", NEW."department_id", NEW."hosts", NEW."id", NEW."interval_minutes", NEW."items_path", NEW."kpi_path", NEW."name", NEW."networks", NEW."numerator_path", NEW."period_path", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_by_id", NEW."reference", NEW."status", NEW."url", NEW."value_path"); RETURN NULL;',
                            hash="820c2192d98d69b6738c9a2b095f806f44455f77",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d849d",
                            table="kpis_source",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
