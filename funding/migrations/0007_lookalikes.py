"""Look-alikes with their answers, findings that make or cut a link, and what-if notes that are written once."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations

from core.database import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_people"),
        ("funding", "0006_outcomes"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("joins", "they belong together"), ("cuts", "they do not belong together")],
                        max_length=5,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second person"),
                            ("stands", "stands"),
                            ("turned_down", "turned down"),
                            ("replaced", "replaced by a later finding"),
                        ],
                        max_length=11,
                    ),
                ),
                ("reason", models.TextField()),
                ("found_at", models.DateTimeField()),
                ("second_at", models.DateTimeField(null=True)),
                ("second_reason", models.TextField(blank=True)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.fundingrequest"
                    ),
                ),
                (
                    "found_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.fundingrequest"
                    ),
                ),
                (
                    "second_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-found_at", "-pk"],
                "permissions": [("confirm_finding", "Agree that two requests do not belong together")],
            },
        ),
        migrations.CreateModel(
            name="LinkFindingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("joins", "they belong together"), ("cuts", "they do not belong together")],
                        max_length=5,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second person"),
                            ("stands", "stands"),
                            ("turned_down", "turned down"),
                            ("replaced", "replaced by a later finding"),
                        ],
                        max_length=11,
                    ),
                ),
                ("reason", models.TextField()),
                ("found_at", models.DateTimeField()),
                ("second_at", models.DateTimeField(null=True)),
                ("second_reason", models.TextField(blank=True)),
                (
                    "first",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.fundingrequest",
                    ),
                ),
                (
                    "found_by",
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
                        to="funding.linkfinding",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.fundingrequest",
                    ),
                ),
                (
                    "second_by",
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
            name="LookalikeQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "waits for the secretary’s answer"),
                            ("linked", "found to belong together"),
                            ("not_linked", "found not to belong together"),
                            ("lapsed", "no longer asked"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(help_text="Out of 100.")),
                (
                    "working",
                    models.JSONField(default=list, help_text="What was looked at, what was found, the points it gave."),
                ),
                (
                    "line",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="The line that each is under and all of them together are over.",
                        max_digits=18,
                    ),
                ),
                ("together_amount", models.DecimalField(decimal_places=2, max_digits=18)),
                (
                    "together_tier",
                    models.CharField(
                        choices=[
                            ("department", "department"),
                            ("working_group", "working group"),
                            ("legco", "Legislative Council"),
                        ],
                        max_length=16,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField(help_text="The last working day for an answer; then the chair is told.")),
                ("chair_told_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.fundingrequest"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.fundingrequest"
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="LookalikeRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        choices=[("proposed", "proposed"), ("approved", "approved"), ("withdrawn", "withdrawn")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "window_days",
                    models.PositiveSmallIntegerField(
                        default=180, help_text="First submitted at most this many days apart."
                    ),
                ),
                (
                    "least_share_percent",
                    models.PositiveSmallIntegerField(
                        default=20, help_text="Each asks for at least this share of the line that they pass together."
                    ),
                ),
                (
                    "wording_percent",
                    models.PositiveSmallIntegerField(
                        default=40, help_text="At least this share of their words agrees, in English or in Chinese."
                    ),
                ),
                (
                    "ask_at",
                    models.PositiveSmallIntegerField(
                        default=60, help_text="The secretary is asked from this score of 100 on."
                    ),
                ),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        default=5, help_text="Working days after which the chair is told that no answer came."
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LookalikeQuestionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "waits for the secretary’s answer"),
                            ("linked", "found to belong together"),
                            ("not_linked", "found not to belong together"),
                            ("lapsed", "no longer asked"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(help_text="Out of 100.")),
                (
                    "working",
                    models.JSONField(default=list, help_text="What was looked at, what was found, the points it gave."),
                ),
                (
                    "line",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="The line that each is under and all of them together are over.",
                        max_digits=18,
                    ),
                ),
                ("together_amount", models.DecimalField(decimal_places=2, max_digits=18)),
                (
                    "together_tier",
                    models.CharField(
                        choices=[
                            ("department", "department"),
                            ("working_group", "working group"),
                            ("legco", "Legislative Council"),
                        ],
                        max_length=16,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField(help_text="The last working day for an answer; then the chair is told.")),
                ("chair_told_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
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
                    "first",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.fundingrequest",
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
                        to="funding.lookalikequestion",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.fundingrequest",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.lookalikerule",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="lookalikequestion",
            name="rule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="funding.lookalikerule"
            ),
        ),
        migrations.CreateModel(
            name="LookalikeRuleEvent",
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
                        choices=[("proposed", "proposed"), ("approved", "approved"), ("withdrawn", "withdrawn")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "window_days",
                    models.PositiveSmallIntegerField(
                        default=180, help_text="First submitted at most this many days apart."
                    ),
                ),
                (
                    "least_share_percent",
                    models.PositiveSmallIntegerField(
                        default=20, help_text="Each asks for at least this share of the line that they pass together."
                    ),
                ),
                (
                    "wording_percent",
                    models.PositiveSmallIntegerField(
                        default=40, help_text="At least this share of their words agrees, in English or in Chinese."
                    ),
                ),
                (
                    "ask_at",
                    models.PositiveSmallIntegerField(
                        default=60, help_text="The secretary is asked from this score of 100 on."
                    ),
                ),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        default=5, help_text="Working days after which the chair is told that no answer came."
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
                        to="funding.lookalikerule",
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
                (
                    "withdrawn_by",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WhatIfNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("remark", models.TextField(blank=True)),
                ("written_at", models.DateTimeField()),
                (
                    "content",
                    models.TextField(
                        help_text="RFC 8785 JSON of the assumed policy, the ledger position and the figures."
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-written_at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="linkfinding",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="linkfinding_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkfinding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "stands")), fields=("first", "second"), name="linkfinding_one_stands"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkfinding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "proposed")), fields=("first", "second"), name="linkfinding_one_proposed"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkfinding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "cuts"), ("status__in", ["stands", "replaced"]), _negated=True),
                    models.Q(
                        ("second_by__isnull", False), models.Q(("second_by", models.F("found_by")), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="linkfinding_cut_by_two",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linkfinding",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_linkfindingevent" ("first_id", "found_at", "found_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "second_at", "second_by_id", "second_id", "second_reason", "status") VALUES (NEW."first_id", NEW."found_at", NEW."found_by_id", NEW."id", NEW."kind", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."reason", NEW."second_at", NEW."second_by_id", NEW."second_id", NEW."second_reason", NEW."status"); RETURN NULL;',
                    hash="4426f0bf4a3de392d1b06de4adca0c6df14ede8b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ca4fb",
                    table="funding_linkfinding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linkfinding",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_linkfindingevent" ("first_id", "found_at", "found_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "second_at", "second_by_id", "second_id", "second_reason", "status") VALUES (NEW."first_id", NEW."found_at", NEW."found_by_id", NEW."id", NEW."kind", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."reason", NEW."second_at", NEW."second_by_id", NEW."second_id", NEW."second_reason", NEW."status"); RETURN NULL;',
                    hash="50e203704500d5cbe0187e17fd4b91f3dd1da45f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3a2fd",
                    table="funding_linkfinding",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="lookalikerule",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                name="lookalikerule_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookalikerule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("proposed_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="lookalikerule_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookalikerule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("withdrawn_reason", ""), _negated=True),
                    _connector="XOR",
                ),
                name="lookalikerule_withdrawn_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookalikerule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer_days__range", (1, 60)),
                    ("ask_at__range", (1, 100)),
                    ("least_share_percent__range", (0, 100)),
                    ("window_days__range", (1, 730)),
                    ("wording_percent__range", (1, 100)),
                ),
                name="lookalikerule_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookalikerule",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
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
                name="lookalikerule_no_overlap",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lookalikerule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_lookalikeruleevent" ("answer_days", "approved_at", "approved_by_id", "ask_at", "ends_on", "id", "least_share_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "source", "starts_on", "status", "window_days", "withdrawn_by_id", "withdrawn_reason", "wording_percent") VALUES (NEW."answer_days", NEW."approved_at", NEW."approved_by_id", NEW."ask_at", NEW."ends_on", NEW."id", NEW."least_share_percent", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."source", NEW."starts_on", NEW."status", NEW."window_days", NEW."withdrawn_by_id", NEW."withdrawn_reason", NEW."wording_percent"); RETURN NULL;',
                    hash="e8de9c21c9ca56824a22a64a79b722f4c5161932",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f9e6b",
                    table="funding_lookalikerule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lookalikerule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_lookalikeruleevent" ("answer_days", "approved_at", "approved_by_id", "ask_at", "ends_on", "id", "least_share_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "source", "starts_on", "status", "window_days", "withdrawn_by_id", "withdrawn_reason", "wording_percent") VALUES (NEW."answer_days", NEW."approved_at", NEW."approved_by_id", NEW."ask_at", NEW."ends_on", NEW."id", NEW."least_share_percent", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."proposed_by_id", NEW."source", NEW."starts_on", NEW."status", NEW."window_days", NEW."withdrawn_by_id", NEW."withdrawn_reason", NEW."wording_percent"); RETURN NULL;',
                    hash="0fa20982f267e4de4f30b02c7b0b5d888a07566e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0ce75",
                    table="funding_lookalikerule",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="lookalikequestion",
            index=models.Index(fields=["status", "due_on"], name="funding_loo_status_acbf66_idx"),
        ),
        migrations.AddConstraint(
            model_name="lookalikequestion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "open")), fields=("first", "second"), name="lookalikequestion_asked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookalikequestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="lookalikequestion_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookalikequestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["linked", "not_linked"]), _negated=True),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="lookalikequestion_answer_is_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lookalikequestion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_lookalikequestionevent" ("answered_at", "answered_by_id", "asked_at", "chair_told_at", "due_on", "first_id", "id", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "rule_id", "score", "second_id", "status", "together_amount", "together_tier", "working") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."chair_told_at", NEW."due_on", NEW."first_id", NEW."id", NEW."line", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."reason", NEW."rule_id", NEW."score", NEW."second_id", NEW."status", NEW."together_amount", NEW."together_tier", NEW."working"); RETURN NULL;',
                    hash="ba147da2118dfa632ba119cbcdd4f246005e7430",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ae6ff",
                    table="funding_lookalikequestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lookalikequestion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_lookalikequestionevent" ("answered_at", "answered_by_id", "asked_at", "chair_told_at", "due_on", "first_id", "id", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "rule_id", "score", "second_id", "status", "together_amount", "together_tier", "working") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."chair_told_at", NEW."due_on", NEW."first_id", NEW."id", NEW."line", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."reason", NEW."rule_id", NEW."score", NEW."second_id", NEW."status", NEW."together_amount", NEW."together_tier", NEW."working"); RETURN NULL;',
                    hash="fbd8959c08933bfba2c77c8cc65923a03a2e7fa0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_05a7a",
                    table="funding_lookalikequestion",
                    when="AFTER",
                ),
            ),
        ),
        *append_only("funding_whatifnote"),
    ]
