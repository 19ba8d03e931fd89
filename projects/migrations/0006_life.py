"""The life of a project."""

from django.db import migrations, models
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations

import core.clock


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_importing")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="pilotdecision",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="pilotdecision",
            name="update_update",
        ),
        migrations.RemoveField(
            model_name="pilotdecision",
            name="decided_on",
        ),
        migrations.RemoveField(
            model_name="pilotdecisionevent",
            name="decided_on",
        ),
        migrations.AddField(
            model_name="pilotdecision",
            name="decided_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="pilotdecision",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="pilotdecisionevent",
            name="decided_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="pilotdecisionevent",
            name="decided_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AlterField(
            model_name="pilotdecision",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[("scale", "scale up"), ("change", "change and pilot again"), ("stop", "stop")],
                help_text="Empty while it waits.",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="pilotdecision",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="pilotdecisionevent",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[("scale", "scale up"), ("change", "change and pilot again"), ("stop", "stop")],
                help_text="Empty while it waits.",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="pilotdecisionevent",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="project",
            name="left_on",
            field=models.DateField(
                editable=False,
                help_text="Day its leaving was approved: the first day it is no longer in the register.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="project",
            name="registered_on",
            field=models.DateField(
                default=core.clock.today,
                editable=False,
                help_text="Day it entered the register; empty for a draft.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="projectevent",
            name="left_on",
            field=models.DateField(
                editable=False,
                help_text="Day its leaving was approved: the first day it is no longer in the register.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="projectevent",
            name="registered_on",
            field=models.DateField(
                default=core.clock.today,
                editable=False,
                help_text="Day it entered the register; empty for a draft.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="projectexit",
            name="effective_on",
            field=models.DateField(help_text="Day it ended, and its claims with it; it leaves when this is approved."),
        ),
        migrations.AlterField(
            model_name="projectexitevent",
            name="effective_on",
            field=models.DateField(help_text="Day it ended, and its claims with it; it leaves when this is approved."),
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
        migrations.AddConstraint(
            model_name="pilotdecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "")), fields=("project",), name="pilotdecision_one_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="pilotdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decision__in", ["scale", "change", "stop"]),
                    ),
                    _connector="OR",
                ),
                name="pilotdecision_has_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="pilotdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("recorded_by")), _negated=True),
                    _connector="OR",
                ),
                name="pilotdecision_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "draft"), ("registered_on__isnull", False), _connector="OR"),
                name="project_registered_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_on__isnull", True),
                    models.Q(("left_on__gte", models.F("registered_on")), ("stage", "retired")),
                    _connector="OR",
                ),
                name="project_left_is_retired",
            ),
        ),
    ]
