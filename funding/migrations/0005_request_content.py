"""What a request promises, the programme and supplement it declares, its reuse answer, and forms not yet saved."""

from django.db import migrations, models
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_people"),
        ("funding", "0004_policies_proposed"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("projects", "0005_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=32, unique=True)),
                ("name_en", models.CharField(max_length=200)),
                ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                ("declared_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["reference"],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=32)),
                ("name_en", models.CharField(max_length=200)),
                ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                ("declared_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PromisedBenefit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hours", "staff hours freed, a year"),
                            ("days", "days of waiting saved, a case"),
                            ("money", "cost avoided, HK$ a year"),
                        ],
                        max_length=8,
                    ),
                ),
                ("description", models.CharField(help_text="What gets better, and for whom.", max_length=300)),
                ("amount", models.DecimalField(decimal_places=2, help_text="In the unit of its kind.", max_digits=18)),
                ("due_on", models.DateField(help_text="The day by which the whole amount is reached.")),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="PromisedBenefitEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hours", "staff hours freed, a year"),
                            ("days", "days of waiting saved, a case"),
                            ("money", "cost avoided, HK$ a year"),
                        ],
                        max_length=8,
                    ),
                ),
                ("description", models.CharField(help_text="What gets better, and for whom.", max_length=300)),
                ("amount", models.DecimalField(decimal_places=2, help_text="In the unit of its kind.", max_digits=18)),
                ("due_on", models.DateField(help_text="The day by which the whole amount is reached.")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UnsentForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[("new", "new request"), ("edit", "draft"), ("revise", "revision")], max_length=8
                    ),
                ),
                ("typed", models.JSONField(help_text="Names and values as the browser sent them, in order.")),
                (
                    "based_on",
                    models.PositiveIntegerField(default=0, help_text="Version of the request the form was opened at."),
                ),
                (
                    "revision",
                    models.PositiveIntegerField(default=1, help_text="Grows with each keeping: an older tab is told."),
                ),
                ("kept_at", models.DateTimeField()),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="fundingrequest",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="fundingrequest",
            name="update_update",
        ),
        migrations.AddField(
            model_name="fundingrequest",
            name="benefits_numbered",
            field=models.PositiveSmallIntegerField(default=0, help_text="The last number given to a promise."),
        ),
        migrations.AddField(
            model_name="fundingrequest",
            name="copied_from",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.fundingrequest"
            ),
        ),
        migrations.AddField(
            model_name="fundingrequest",
            name="reuse",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "not answered yet"),
                    ("nothing_found", "looked, and found nothing that could be reused"),
                    ("does_not_fit", "found something, but it does not fit"),
                    ("in_part", "reuses a part, and asks for the rest"),
                    ("builds_on", "builds on something that is there already"),
                ],
                default="",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="fundingrequest",
            name="reuse_considered",
            field=models.JSONField(
                default=list, help_text="References of the projects, requests and tools that were looked at."
            ),
        ),
        migrations.AddField(
            model_name="fundingrequest",
            name="reuse_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="fundingrequest",
            name="supplements",
            field=models.ForeignKey(
                help_text="The approved request that this one asks more money for.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supplemented_by",
                to="funding.fundingrequest",
            ),
        ),
        migrations.AddField(
            model_name="fundingrequestevent",
            name="benefits_numbered",
            field=models.PositiveSmallIntegerField(default=0, help_text="The last number given to a promise."),
        ),
        migrations.AddField(
            model_name="fundingrequestevent",
            name="copied_from",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="funding.fundingrequest",
            ),
        ),
        migrations.AddField(
            model_name="fundingrequestevent",
            name="reuse",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "not answered yet"),
                    ("nothing_found", "looked, and found nothing that could be reused"),
                    ("does_not_fit", "found something, but it does not fit"),
                    ("in_part", "reuses a part, and asks for the rest"),
                    ("builds_on", "builds on something that is there already"),
                ],
                default="",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="fundingrequestevent",
            name="reuse_considered",
            field=models.JSONField(
                default=list, help_text="References of the projects, requests and tools that were looked at."
            ),
        ),
        migrations.AddField(
            model_name="fundingrequestevent",
            name="reuse_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="fundingrequestevent",
            name="supplements",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="The approved request that this one asks more money for.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="funding.fundingrequest",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fundingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_fundingrequestevent" ("applicant_id", "assessed_amount", "benefits_numbered", "copied_from_id", "created_at", "department_id", "first_submitted_at", "holder_since", "id", "justification", "lead_id", "outcome", "own_amount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "programme_id", "project_id", "raised", "recurrent_amount", "reference", "reuse", "reuse_considered", "reuse_reason", "status", "submitted_version", "supplements_id", "tier", "title_en", "title_zh_hans", "title_zh_hant", "version") VALUES (NEW."applicant_id", NEW."assessed_amount", NEW."benefits_numbered", NEW."copied_from_id", NEW."created_at", NEW."department_id", NEW."first_submitted_at", NEW."holder_since", NEW."id", NEW."justification", NEW."lead_id", NEW."outcome", NEW."own_amount", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."policy_id", NEW."programme_id", NEW."project_id", NEW."raised", NEW."recurrent_amount", NEW."reference", NEW."reuse", NEW."reuse_considered", NEW."reuse_reason", NEW."status", NEW."submitted_version", NEW."supplements_id", NEW."tier", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version"); RETURN NULL;',
                    hash="a3285d4cf1cd47d096fe3eb0ef0e9717b93fbb7c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_38fd2",
                    table="funding_fundingrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fundingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_fundingrequestevent" ("applicant_id", "assessed_amount", "benefits_numbered", "copied_from_id", "created_at", "department_id", "first_submitted_at", "holder_since", "id", "justification", "lead_id", "outcome", "own_amount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "programme_id", "project_id", "raised", "recurrent_amount", "reference", "reuse", "reuse_considered", "reuse_reason", "status", "submitted_version", "supplements_id", "tier", "title_en", "title_zh_hans", "title_zh_hant", "version") VALUES (NEW."applicant_id", NEW."assessed_amount", NEW."benefits_numbered", NEW."copied_from_id", NEW."created_at", NEW."department_id", NEW."first_submitted_at", NEW."holder_since", NEW."id", NEW."justification", NEW."lead_id", NEW."outcome", NEW."own_amount", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."policy_id", NEW."programme_id", NEW."project_id", NEW."raised", NEW."recurrent_amount", NEW."reference", NEW."reuse", NEW."reuse_considered", NEW."reuse_reason", NEW."status", NEW."submitted_version", NEW."supplements_id", NEW."tier", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version"); RETURN NULL;',
                    hash="dd6a0af55ef122597e1b1a298a6653b6c1dbf643",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_114b4",
                    table="funding_fundingrequest",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="declared_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="department",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.department"
            ),
        ),
        migrations.AddField(
            model_name="fundingrequest",
            name="programme",
            field=models.ForeignKey(
                help_text="Declared by the applicant.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="funding.programme",
            ),
        ),
        migrations.AddField(
            model_name="fundingrequestevent",
            name="programme",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="Declared by the applicant.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="funding.programme",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("supplements", models.F("id")), _negated=True), name="request_supplements_another"
            ),
        ),
        migrations.AddField(
            model_name="programmeevent",
            name="declared_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="programmeevent",
            name="department",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.department",
            ),
        ),
        migrations.AddField(
            model_name="programmeevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="programmeevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="funding.programme",
            ),
        ),
        migrations.AddField(
            model_name="promisedbenefit",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="benefits", to="funding.fundingrequest"
            ),
        ),
        migrations.AddField(
            model_name="promisedbenefitevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="promisedbenefitevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="funding.promisedbenefit",
            ),
        ),
        migrations.AddField(
            model_name="promisedbenefitevent",
            name="request",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="funding.fundingrequest",
            ),
        ),
        migrations.AddField(
            model_name="unsentform",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="unsentform",
            name="request",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="unsent_forms",
                to="funding.fundingrequest",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name_en"), name="programme_named_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_programmeevent" ("declared_at", "declared_by_id", "department_id", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference") VALUES (NEW."declared_at", NEW."declared_by_id", NEW."department_id", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."reference"); RETURN NULL;',
                    hash="9a7f5dcc6f2f3fbae2b9f7f6518aaba16210abe9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3c927",
                    table="funding_programme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_programmeevent" ("declared_at", "declared_by_id", "department_id", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference") VALUES (NEW."declared_at", NEW."declared_by_id", NEW."department_id", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."reference"); RETURN NULL;',
                    hash="4c9d3ec8a3c8907aa4ad4208661af414b84d7a57",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_63414",
                    table="funding_programme",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="promisedbenefit",
            constraint=models.UniqueConstraint(fields=("request", "number"), name="benefit_number_once"),
        ),
        migrations.AddConstraint(
            model_name="promisedbenefit",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("amount__lt", 1000000000000)), name="benefit_amount_positive"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="promisedbenefit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_promisedbenefitevent" ("amount", "description", "due_on", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") VALUES (NEW."amount", NEW."description", NEW."due_on", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."request_id"); RETURN NULL;',
                    hash="61a145b4e3207d7b7d6ac44789a230eee14d3f81",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_97888",
                    table="funding_promisedbenefit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="promisedbenefit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_promisedbenefitevent" ("amount", "description", "due_on", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") VALUES (NEW."amount", NEW."description", NEW."due_on", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."request_id"); RETURN NULL;',
                    hash="48f20b7a91baab17c2baaac2151dd9626c1e924e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3503f",
                    table="funding_promisedbenefit",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="unsentform",
            constraint=models.UniqueConstraint(
                fields=("person", "form", "request"), name="unsent_form_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="unsentform",
            constraint=models.CheckConstraint(
                condition=models.Q(("form", "new"), ("request__isnull", False), _connector="XOR"),
                name="unsent_form_of_request",
            ),
        ),
    ]
