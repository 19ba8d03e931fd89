"""What rows of before lack, then the rules that hold from now on."""

from django.db import migrations, models
import pgtrigger.compiler
import pgtrigger.migrations

import core.database

EARLIER_ROWS = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE projects_project SET registered_on = (created_at AT TIME ZONE 'Asia/Hong_Kong')::date WHERE status = 'registered';
UPDATE projects_projectevent SET registered_on = (created_at AT TIME ZONE 'Asia/Hong_Kong')::date WHERE status = 'registered';
UPDATE projects_importbatch SET reference = 'IMP-' || lpad(id::text, 4, '0');
INSERT INTO core_referencecounter (prefix, last_number)
    SELECT 'IMP', max(id) FROM projects_importbatch HAVING max(id) IS NOT NULL;
ALTER TABLE projects_procedurefact DISABLE TRIGGER projects_procedurefact_append_only;
UPDATE projects_procedurefact fact SET project_id = claim.project_id
    FROM projects_claim claim WHERE claim.id = fact.claim_id AND fact.kind = 'claimed';
ALTER TABLE projects_procedurefact ENABLE TRIGGER projects_procedurefact_append_only;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0003_registers"),
    ]

    operations = [
        migrations.RunSQL(EARLIER_ROWS, migrations.RunSQL.noop),
        migrations.AlterField("importbatch", "reference", models.CharField(max_length=32, unique=True)),
        core.database.AtOnce(
            operations=[
                migrations.AlterModelOptions(
                    name="importbatch",
                    options={
                        "ordering": ["-uploaded_at"],
                        "permissions": [("import_for_all", "Import records of every department")],
                    },
                ),
                migrations.AlterModelOptions(
                    name="procedure",
                    options={
                        "ordering": ["reference"],
                        "permissions": [
                            ("verify_procedure", "Verify claims of other departments"),
                            ("edit_rules", "Propose and approve counting rules"),
                            ("export_register", "Export the registers"),
                            ("view_every_record", "Read risks, comments and documents of every department"),
                            ("rate_projects", "Rate projects independently and mark flagships"),
                            ("approve_exits", "Approve that a project leaves the register"),
                            ("set_shares", "Set departments' shares of the targets"),
                        ],
                        "verbose_name": "procedure",
                    },
                ),
                migrations.AlterField(
                    model_name="importbatch",
                    name="status",
                    field=models.CharField(
                        choices=[
                            ("offered", "columns to be mapped"),
                            ("waiting", "being read"),
                            ("unreadable", "could not be read"),
                            ("previewed", "to be confirmed"),
                            ("storing", "being stored"),
                            ("confirmed", "stored"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="importrow",
                    name="cells",
                    field=models.JSONField(help_text="{field: text} of the mapped cells that hold something."),
                ),
                migrations.AlterField(
                    model_name="importrow",
                    name="faults",
                    field=models.JSONField(default=list, help_text="[{column, code, message}] that refuse the row."),
                ),
                migrations.AlterField(
                    model_name="importrow",
                    name="key",
                    field=models.CharField(
                        help_text="Our reference; the source's id; else its digest.", max_length=120
                    ),
                ),
                migrations.AlterField(
                    model_name="procedurefact",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("claimed", "go-live claimed"),
                            ("evidence", "evidence added"),
                            ("confirmed_late", "late claim confirmed by a second verifier"),
                            ("verified", "verified"),
                            ("attested", "attested again"),
                            ("retired", "retired"),
                            ("merged", "merged into another procedure"),
                            ("split", "split into other procedures"),
                            ("transferred", "claim transferred to another project"),
                            ("claim_ended", "claim ended"),
                        ],
                        max_length=16,
                    ),
                ),
                migrations.AddIndex(
                    model_name="project",
                    index=models.Index(fields=["status", "department", "id"], name="project_seen"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claim",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_claimevent" ("family_id", "id", "is_late", "is_live", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "procedure_id", "project_id", "went_live_on") VALUES (NEW."family_id", NEW."id", NEW."is_late", NEW."is_live", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."procedure_id", NEW."project_id", NEW."went_live_on"); RETURN NULL;',
                            hash="645771454d270537012bb02be2c27c14feb2d7d9",
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
                            func='INSERT INTO "projects_claimevent" ("family_id", "id", "is_late", "is_live", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "procedure_id", "project_id", "went_live_on") VALUES (NEW."family_id", NEW."id", NEW."is_late", NEW."is_live", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."procedure_id", NEW."project_id", NEW."went_live_on"); RETURN NULL;',
                            hash="ecf341deb6ccd10e55f49d27f7d4aea4072a1a84",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bdf56",
                            table="projects_claim",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_countingruleevent" ("approved_at", "approved_by_id", "attestation_months", "ends_on", "id", "late_claim_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "required_evidence", "restatement_days", "source", "starts_on", "status", "transition_on", "verifier_scope") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."attestation_months", NEW."ends_on", NEW."id", NEW."late_claim_days", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."required_evidence", NEW."restatement_days", NEW."source", NEW."starts_on", NEW."status", NEW."transition_on", NEW."verifier_scope"); RETURN NULL;',
                            hash="ac272a4de2334b36e74cf52bb66aacb3160e412e",
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
                            func='INSERT INTO "projects_countingruleevent" ("approved_at", "approved_by_id", "attestation_months", "ends_on", "id", "late_claim_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "required_evidence", "restatement_days", "source", "starts_on", "status", "transition_on", "verifier_scope") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."attestation_months", NEW."ends_on", NEW."id", NEW."late_claim_days", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."proposed_by_id", NEW."required_evidence", NEW."restatement_days", NEW."source", NEW."starts_on", NEW."status", NEW."transition_on", NEW."verifier_scope"); RETURN NULL;',
                            hash="ef45f183d9a302c65fa72099ed19355c24d4b249",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4bfd4",
                            table="projects_countingrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="procedure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_procedureevent" ("channel", "claimed_on", "counts_with_id", "created_at", "department_id", "handling_minutes", "id", "in_use_from", "in_use_until", "is_claimed", "merged_into_id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "predecessor_id", "reason", "reference", "retired_on", "service_kind", "verified_on", "version", "waiting_days", "yearly_volume") VALUES (NEW."channel", NEW."claimed_on", NEW."counts_with_id", NEW."created_at", NEW."department_id", NEW."handling_minutes", NEW."id", NEW."in_use_from", NEW."in_use_until", NEW."is_claimed", NEW."merged_into_id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."planned_on", NEW."predecessor_id", NEW."reason", NEW."reference", NEW."retired_on", NEW."service_kind", NEW."verified_on", NEW."version", NEW."waiting_days", NEW."yearly_volume"); RETURN NULL;',
                            hash="6e7d60c7e60892597d99c6f038373c72aafc6833",
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
                            func='INSERT INTO "projects_procedureevent" ("channel", "claimed_on", "counts_with_id", "created_at", "department_id", "handling_minutes", "id", "in_use_from", "in_use_until", "is_claimed", "merged_into_id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "predecessor_id", "reason", "reference", "retired_on", "service_kind", "verified_on", "version", "waiting_days", "yearly_volume") VALUES (NEW."channel", NEW."claimed_on", NEW."counts_with_id", NEW."created_at", NEW."department_id", NEW."handling_minutes", NEW."id", NEW."in_use_from", NEW."in_use_until", NEW."is_claimed", NEW."merged_into_id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."planned_on", NEW."predecessor_id", NEW."reason", NEW."reference", NEW."retired_on", NEW."service_kind", NEW."verified_on", NEW."version", NEW."waiting_days", NEW."yearly_volume"); RETURN NULL;',
                            hash="5122d17c6667225b0ce332acc8eb071fd3568bf4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8729c",
                            table="projects_procedure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="project",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_projectevent" ("category", "created_at", "department_id", "gate_passed_on", "id", "is_flagship", "is_public_facing", "lead_id", "left_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "registered_on", "reported_funding", "source_on", "source_precision", "source_url", "stage", "started_on", "started_precision", "status", "summary_en", "summary_zh_hans", "summary_zh_hant", "technique", "title_en", "title_zh_hans", "title_zh_hant", "version", "visibility", "was_already_running", "yearly_volume") VALUES (NEW."category", NEW."created_at", NEW."department_id", NEW."gate_passed_on", NEW."id", NEW."is_flagship", NEW."is_public_facing", NEW."lead_id", NEW."left_on", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."reference", NEW."registered_on", NEW."reported_funding", NEW."source_on", NEW."source_precision", NEW."source_url", NEW."stage", NEW."started_on", NEW."started_precision", NEW."status", NEW."summary_en", NEW."summary_zh_hans", NEW."summary_zh_hant", NEW."technique", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version", NEW."visibility", NEW."was_already_running", NEW."yearly_volume"); RETURN NULL;',
                            hash="7a2bbcb38602463244a87aff6802aa9ae69244f2",
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
                            func='INSERT INTO "projects_projectevent" ("category", "created_at", "department_id", "gate_passed_on", "id", "is_flagship", "is_public_facing", "lead_id", "left_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "registered_on", "reported_funding", "source_on", "source_precision", "source_url", "stage", "started_on", "started_precision", "status", "summary_en", "summary_zh_hans", "summary_zh_hant", "technique", "title_en", "title_zh_hans", "title_zh_hant", "version", "visibility", "was_already_running", "yearly_volume") VALUES (NEW."category", NEW."created_at", NEW."department_id", NEW."gate_passed_on", NEW."id", NEW."is_flagship", NEW."is_public_facing", NEW."lead_id", NEW."left_on", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."reference", NEW."registered_on", NEW."reported_funding", NEW."source_on", NEW."source_precision", NEW."source_url", NEW."stage", NEW."started_on", NEW."started_precision", NEW."status", NEW."summary_en", NEW."summary_zh_hans", NEW."summary_zh_hant", NEW."technique", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version", NEW."visibility", NEW."was_already_running", NEW."yearly_volume"); RETURN NULL;',
                            hash="963988762d582f6d2b7c5063f820d72204a77e28",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_804c3",
                            table="projects_project",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_live", True)), fields=("family",), name="claim_one_live_of_family"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="procedurefact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("claim__isnull", False), ("kind__in", ["retired", "merged", "split"]), _connector="OR"
                        ),
                        name="fact_has_its_claim",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="procedurefact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["claimed", "transferred"]), ("project__isnull", True), _connector="XOR"
                        ),
                        name="fact_names_its_project",
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
            ],
        ),
    ]
