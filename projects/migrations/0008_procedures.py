"""Procedures and the counting rule: what was merged or split, which project counts it, why something does not count."""

from django.db import migrations, models
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations


class Migration(migrations.Migration):
    dependencies = [("projects", "0007_records")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="claim",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="claim",
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
        migrations.AlterField(
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
        migrations.AlterField(
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
        migrations.AlterField(
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
    ]
