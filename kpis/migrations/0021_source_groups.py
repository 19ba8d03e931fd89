"""A source that is collected may say where an item names its group of a breakdown."""

from django.db import migrations, models
import pgtrigger.compiler
import pgtrigger.migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_functions"),
        ("kpis", "0020_verdicts_of_few_months"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="source",
            name="source_kind_whole",
        ),
        migrations.AddField(
            model_name="source",
            name="cell_path",
            field=models.CharField(
                blank=True, help_text="Empty when the source tells no groups apart.", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="cell_path",
            field=models.CharField(
                blank=True, help_text="Empty when the source tells no groups apart.", max_length=200
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "kpis_sourceevent" ("approved_at", "approved_by_id", "cell_path", "columns", "denominator_path", "department_id", "format", "hosts", "id", "interval_minutes", "items_path", "kind", "kpi_path", "name", "networks", "numerator_path", "page_key", "paging", "period_path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reference", "secret_header", "status", "url", "value_path") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."cell_path", NEW."columns", NEW."denominator_path", NEW."department_id", NEW."format", NEW."hosts", NEW."id", NEW."interval_minutes", NEW."items_path", NEW."kind", NEW."kpi_path", NEW."name", NEW."networks", NEW."numerator_path", NEW."page_key", NEW."paging", NEW."period_path", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."reference", NEW."secret_header", NEW."status", NEW."url", NEW."value_path"); RETURN NULL;',
                    hash="fa958b28b6a06f492822475c2b224a176067ae9e",
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
                    condition='WHEN (OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id") OR OLD."cell_path" IS DISTINCT FROM (NEW."cell_path") OR OLD."columns" IS DISTINCT FROM (NEW."columns") OR OLD."denominator_path" IS DISTINCT FROM (NEW."denominator_path") OR OLD."department_id" IS DISTINCT FROM (NEW."department_id") OR OLD."format" IS DISTINCT FROM (NEW."format") OR OLD."hosts" IS DISTINCT FROM (NEW."hosts") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interval_minutes" IS DISTINCT FROM (NEW."interval_minutes") OR OLD."items_path" IS DISTINCT FROM (NEW."items_path") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."kpi_path" IS DISTINCT FROM (NEW."kpi_path") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."networks" IS DISTINCT FROM (NEW."networks") OR OLD."numerator_path" IS DISTINCT FROM (NEW."numerator_path") OR OLD."page_key" IS DISTINCT FROM (NEW."page_key") OR OLD."paging" IS DISTINCT FROM (NEW."paging") OR OLD."period_path" IS DISTINCT FROM (NEW."period_path") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."secret_header" IS DISTINCT FROM (NEW."secret_header") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."value_path" IS DISTINCT FROM (NEW."value_path"))',
                    func='INSERT INTO "kpis_sourceevent" ("approved_at", "approved_by_id", "cell_path", "columns", "denominator_path", "department_id", "format", "hosts", "id", "interval_minutes", "items_path", "kind", "kpi_path", "name", "networks", "numerator_path", "page_key", "paging", "period_path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reference", "secret_header", "status", "url", "value_path") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."cell_path", NEW."columns", NEW."denominator_path", NEW."department_id", NEW."format", NEW."hosts", NEW."id", NEW."interval_minutes", NEW."items_path", NEW."kind", NEW."kpi_path", NEW."name", NEW."networks", NEW."numerator_path", NEW."page_key", NEW."paging", NEW."period_path", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."proposed_by_id", NEW."reference", NEW."secret_header", NEW."status", NEW."url", NEW."value_path"); RETURN NULL;',
                    hash="66bc9480df75044e5389b90e00b21ae4ff3a785f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d849d",
                    table="kpis_source",
                    when="AFTER",
                ),
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
                        models.Q(
                            models.Q(("format", "csv"), ("items_path", "")),
                            models.Q(("format", "json"), models.Q(("items_path", ""), _negated=True)),
                            _connector="OR",
                        ),
                        models.Q(("period_path", ""), _negated=True),
                        models.Q(
                            models.Q(("page_key", ""), ("paging", "none")),
                            models.Q(
                                models.Q(("paging", "none"), _negated=True), models.Q(("page_key", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        models.Q(("format", "csv"), ("paging", "next"), _negated=True),
                        models.Q(
                            models.Q(("sealed_secret", ""), ("secret_header", "")),
                            models.Q(
                                models.Q(("secret_header", ""), _negated=True),
                                models.Q(("sealed_secret", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("cell_path", ""),
                        ("columns", []),
                        ("denominator_path", ""),
                        ("format", "json"),
                        ("hosts", []),
                        ("interval_minutes__isnull", True),
                        ("items_path", ""),
                        ("kind", "push"),
                        ("kpi_path", ""),
                        ("networks", []),
                        ("numerator_path", ""),
                        ("page_key", ""),
                        ("paging", "none"),
                        ("period_path", ""),
                        ("sealed_secret", ""),
                        ("secret_header", ""),
                        ("url", ""),
                        ("value_path", ""),
                    ),
                    _connector="OR",
                ),
                name="source_kind_whole",
            ),
        ),
    ]
