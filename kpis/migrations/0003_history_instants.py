"""Row history carries the database's clock at the statement, not at the start of the transaction."""

from django.db import migrations
import pgtrigger.compiler
import pgtrigger.migrations

import core.database


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_recorded_now"),
        ("kpis", "0002_readings"),
    ]

    operations = [
        core.database.AtOnce(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="baseline",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="baseline",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="definition",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="definition",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="kpi",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="kpi",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="kpitarget",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="kpitarget",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="source",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="source",
                    name="update_update",
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="baseline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "kpis_baselineevent" ("evidence", "id", "locked_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series_id", "set_by_id", "value") VALUES (NEW."evidence", NEW."id", NEW."locked_at", NEW."period_end", NEW."period_start", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."series_id", NEW."set_by_id", NEW."value"); RETURN NULL;',
                            hash="2a8f0aedb1e244009f206582b23590dd3d00e811",
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
                            func='INSERT INTO "kpis_baselineevent" ("evidence", "id", "locked_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series_id", "set_by_id", "value") VALUES (NEW."evidence", NEW."id", NEW."locked_at", NEW."period_end", NEW."period_start", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."series_id", NEW."set_by_id", NEW."value"); RETURN NULL;',
                            hash="7974900d1e2239b1236073f215e364eda7581ce9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_196d9",
                            table="kpis_baseline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="definition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "kpis_definitionevent" ("aggregation", "direction", "formula", "highest", "id", "key", "lowest", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_en", "unit_zh_hans", "unit_zh_hant", "version") VALUES (NEW."aggregation", NEW."direction", NEW."formula", NEW."highest", NEW."id", NEW."key", NEW."lowest", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."unit_en", NEW."unit_zh_hans", NEW."unit_zh_hant", NEW."version"); RETURN NULL;',
                            hash="4afe8bfc0aa24d1d4f9a44da0482b86e93db62ea",
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
                            func='INSERT INTO "kpis_definitionevent" ("aggregation", "direction", "formula", "highest", "id", "key", "lowest", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_en", "unit_zh_hans", "unit_zh_hant", "version") VALUES (NEW."aggregation", NEW."direction", NEW."formula", NEW."highest", NEW."id", NEW."key", NEW."lowest", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."unit_en", NEW."unit_zh_hans", NEW."unit_zh_hant", NEW."version"); RETURN NULL;',
                            hash="6cce167d52933992846529eae0625bb40d5ebac7",
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
                            func='INSERT INTO "kpis_kpievent" ("created_at", "definition_id", "frequency", "id", "name_en", "name_zh_hans", "name_zh_hant", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "reference", "starts_on", "year_kind") VALUES (NEW."created_at", NEW."definition_id", NEW."frequency", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."owner_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."project_id", NEW."reference", NEW."starts_on", NEW."year_kind"); RETURN NULL;',
                            hash="9c4bf1384ccd43ff4154c4f0e2559bc061146774",
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
                            func='INSERT INTO "kpis_kpievent" ("created_at", "definition_id", "frequency", "id", "name_en", "name_zh_hans", "name_zh_hant", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "reference", "starts_on", "year_kind") VALUES (NEW."created_at", NEW."definition_id", NEW."frequency", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."owner_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."project_id", NEW."reference", NEW."starts_on", NEW."year_kind"); RETURN NULL;',
                            hash="83db727d644034e3bcbf5fb3025282c903af9686",
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
                            func='INSERT INTO "kpis_kpitargetevent" ("due_on", "id", "kpi_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_by_id", "value") VALUES (NEW."due_on", NEW."id", NEW."kpi_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."set_by_id", NEW."value"); RETURN NULL;',
                            hash="fd3c1ce516973f316e739358f2a0c3d4caefd8cc",
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
                            func='INSERT INTO "kpis_kpitargetevent" ("due_on", "id", "kpi_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_by_id", "value") VALUES (NEW."due_on", NEW."id", NEW."kpi_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."set_by_id", NEW."value"); RETURN NULL;',
                            hash="1a61decbb93b8a6e780379adcde30aca57752903",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2d826",
                            table="kpis_kpitarget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "kpis_sourceevent" ("approved_at", "approved_by_id", "columns", "denominator_path", "department_id", "hosts", "id", "interval_minutes", "items_path", "kpi_path", "name", "networks", "numerator_path", "period_path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reference", "status", "url", "value_path") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."columns", NEW."denominator_path", NEW."department_id", NEW."hosts", NEW."id", NEW."interval_minutes", NEW."items_path", NEW."kpi_path", NEW."name", NEW."networks", NEW."numerator_path", NEW."period_path", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."reference", NEW."status", NEW."url", NEW."value_path"); RETURN NULL;',
                            hash="e7bbb51b7d6b86f4b3d10db36b411697090008c6",
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
                            func='INSERT INTO "kpis_sourceevent" ("approved_at", "approved_by_id", "columns", "denominator_path", "department_id", "hosts", "id", "interval_minutes", "items_path", "kpi_path", "name", "networks", "numerator_path", "period_path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reference", "status", "url", "value_path") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."columns", NEW."denominator_path", NEW."department_id", NEW."hosts", NEW."id", NEW."interval_minutes", NEW."items_path", NEW."kpi_path", NEW."name", NEW."networks", NEW."numerator_path", NEW."period_path", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."proposed_by_id", NEW."reference", NEW."status", NEW."url", NEW."value_path"); RETURN NULL;',
                            hash="56169f3390945bac40cdce64df2dfc102e4f73bd",
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
