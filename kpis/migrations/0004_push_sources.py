"""Sources that send by themselves: their keys, and the receipts of what they sent (issue 5, point 4)."""

from django.db import migrations, models
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations

from core.database import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_people"),
        ("kpis", "0003_history_instants"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="PushKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveSmallIntegerField(help_text="First, second, … key of this source; never reused."),
                ),
                ("slot", models.PositiveSmallIntegerField(help_text="1 or 2: two live keys at most.")),
                ("sealed", models.TextField(help_text="The secret, encrypted (core.sealing).")),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("last_used_on", models.DateField(help_text="Hong Kong day of the last push it signed.", null=True)),
            ],
            options={
                "ordering": ["source", "number"],
            },
        ),
        migrations.CreateModel(
            name="PushKeyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "number",
                    models.PositiveSmallIntegerField(help_text="First, second, … key of this source; never reused."),
                ),
                ("slot", models.PositiveSmallIntegerField(help_text="1 or 2: two live keys at most.")),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PushReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("push_id", models.CharField(help_text="The sender's own id of this push.", max_length=100)),
                ("body_digest", models.CharField(help_text="SHA-256 of the body, as hex.", max_length=64)),
                ("status", models.PositiveSmallIntegerField(help_text="HTTP status of the first answer.")),
                ("answer", models.JSONField()),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="collectionrun",
            name="run_window_once",
        ),
        migrations.AddField(
            model_name="collectionrun",
            name="is_push",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="source",
            name="kind",
            field=models.CharField(
                choices=[("pull", "collected"), ("push", "sent by itself")], default="pull", max_length=4
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="kind",
            field=models.CharField(
                choices=[("pull", "collected"), ("push", "sent by itself")], default="pull", max_length=4
            ),
        ),
        migrations.AlterField(
            model_name="collectionrun",
            name="rejected",
            field=models.PositiveIntegerField(default=0, help_text="Readings of a push, or 1 for a whole document."),
        ),
        migrations.AlterField(
            model_name="source",
            name="columns",
            field=models.JSONField(default=list, help_text="The names an item has; any other set of names is refused."),
        ),
        migrations.AlterField(
            model_name="source",
            name="hosts",
            field=models.JSONField(default=list, help_text='["host:port", …] that may be called.'),
        ),
        migrations.AlterField(
            model_name="source",
            name="interval_minutes",
            field=models.PositiveIntegerField(
                help_text="Length of a window; each window is collected once. Empty for a push source.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="items_path",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="source",
            name="networks",
            field=models.JSONField(default=list, help_text="Networks, in CIDR, that the host's addresses must lie in."),
        ),
        migrations.AlterField(
            model_name="source",
            name="period_path",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="source",
            name="url",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AlterField(
            model_name="sourceevent",
            name="columns",
            field=models.JSONField(default=list, help_text="The names an item has; any other set of names is refused."),
        ),
        migrations.AlterField(
            model_name="sourceevent",
            name="hosts",
            field=models.JSONField(default=list, help_text='["host:port", …] that may be called.'),
        ),
        migrations.AlterField(
            model_name="sourceevent",
            name="interval_minutes",
            field=models.PositiveIntegerField(
                help_text="Length of a window; each window is collected once. Empty for a push source.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="sourceevent",
            name="items_path",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="sourceevent",
            name="networks",
            field=models.JSONField(default=list, help_text="Networks, in CIDR, that the host's addresses must lie in."),
        ),
        migrations.AlterField(
            model_name="sourceevent",
            name="period_path",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="sourceevent",
            name="url",
            field=models.CharField(blank=True, max_length=500),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "kpis_sourceevent" ("approved_at", "approved_by_id", "columns", "denominator_path", "department_id", "hosts", "id", "interval_minutes", "items_path", "kind", "kpi_path", "name", "networks", "numerator_path", "period_path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reference", "status", "url", "value_path") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."columns", NEW."denominator_path", NEW."department_id", NEW."hosts", NEW."id", NEW."interval_minutes", NEW."items_path", NEW."kind", NEW."kpi_path", NEW."name", NEW."networks", NEW."numerator_path", NEW."period_path", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."reference", NEW."status", NEW."url", NEW."value_path"); RETURN NULL;',
                    hash="5edeb15f51b77dac3965e9957b267e1fd2a81a3c",
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
                    func='INSERT INTO "kpis_sourceevent" ("approved_at", "approved_by_id", "columns", "denominator_path", "department_id", "hosts", "id", "interval_minutes", "items_path", "kind", "kpi_path", "name", "networks", "numerator_path", "period_path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reference", "status", "url", "value_path") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."columns", NEW."denominator_path", NEW."department_id", NEW."hosts", NEW."id", NEW."interval_minutes", NEW."items_path", NEW."kind", NEW."kpi_path", NEW."name", NEW."networks", NEW."numerator_path", NEW."period_path", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."proposed_by_id", NEW."reference", NEW."status", NEW."url", NEW."value_path"); RETURN NULL;',
                    hash="dd7ec7a26555e5863b6f316ecfb4d2055d89375e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d849d",
                    table="kpis_source",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="collectionrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_push", False)), fields=("source", "window_start"), name="run_window_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="collectionrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_push", False), ("state", "done"), _connector="OR"), name="run_push_is_done"
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("interval_minutes__isnull", False),
                        ("kind", "pull"),
                        models.Q(("url", ""), _negated=True),
                        models.Q(("items_path", ""), _negated=True),
                        models.Q(("period_path", ""), _negated=True),
                    ),
                    models.Q(
                        ("columns", []),
                        ("denominator_path", ""),
                        ("hosts", []),
                        ("interval_minutes__isnull", True),
                        ("items_path", ""),
                        ("kind", "push"),
                        ("kpi_path", ""),
                        ("networks", []),
                        ("numerator_path", ""),
                        ("period_path", ""),
                        ("url", ""),
                        ("value_path", ""),
                    ),
                    _connector="OR",
                ),
                name="source_kind_whole",
            ),
        ),
        migrations.AddField(
            model_name="pushkey",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="pushkey",
            name="revoked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="pushkey",
            name="source",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="kpis.source"),
        ),
        migrations.AddField(
            model_name="pushkeyevent",
            name="made_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="pushkeyevent",
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
            model_name="pushkeyevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="kpis.pushkey",
            ),
        ),
        migrations.AddField(
            model_name="pushkeyevent",
            name="revoked_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="pushkeyevent",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="kpis.source",
            ),
        ),
        migrations.AddField(
            model_name="pushreceipt",
            name="run",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="receipt", to="kpis.collectionrun"
            ),
        ),
        migrations.AddField(
            model_name="pushreceipt",
            name="source",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="kpis.source"
            ),
        ),
        migrations.AddConstraint(
            model_name="pushkey",
            constraint=models.UniqueConstraint(fields=("source", "number"), name="pushkey_number_once"),
        ),
        migrations.AddConstraint(
            model_name="pushkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)), fields=("source", "slot"), name="pushkey_two_live"
            ),
        ),
        migrations.AddConstraint(
            model_name="pushkey",
            constraint=models.CheckConstraint(condition=models.Q(("slot__in", [1, 2])), name="pushkey_slot_known"),
        ),
        migrations.AddConstraint(
            model_name="pushkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                    _connector="OR",
                ),
                name="pushkey_revoked_by_someone",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pushkey",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "kpis_pushkeyevent" ("id", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "slot", "source_id") VALUES (NEW."id", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."slot", NEW."source_id"); RETURN NULL;',
                    hash="2b1eae9c7be92b455369adc1bef0ea032e059881",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6de34",
                    table="kpis_pushkey",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pushkey",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."revoked_by_id" IS DISTINCT FROM (NEW."revoked_by_id") OR OLD."slot" IS DISTINCT FROM (NEW."slot") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id"))',
                    func='INSERT INTO "kpis_pushkeyevent" ("id", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "slot", "source_id") VALUES (NEW."id", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."slot", NEW."source_id"); RETURN NULL;',
                    hash="67ea919d7625e605ba21f025981403f312b22694",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_35da8",
                    table="kpis_pushkey",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="pushreceipt",
            constraint=models.UniqueConstraint(fields=("source", "push_id"), name="pushreceipt_id_once"),
        ),
        *append_only("kpis_pushreceipt"),
    ]
