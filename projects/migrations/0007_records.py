"""Records of a project."""

from django.db import migrations, models
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_life")]

    operations = [
        migrations.AlterModelOptions(
            name="resource",
            options={
                "ordering": ["kind", "name_en"],
                "permissions": [("edit_resources", "Correct and withdraw vendors, models, data sets and systems")],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="concern",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="concern",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="dependency",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="dependency",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="independentrating",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="independentrating",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="milestone",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="milestone",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="resource",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="resource",
            name="update_update",
        ),
        migrations.AddField(
            model_name="concern",
            name="reopened_because",
            field=models.CharField(blank=True, help_text="Why it was last opened again.", max_length=300),
        ),
        migrations.AddField(
            model_name="concernevent",
            name="reopened_because",
            field=models.CharField(blank=True, help_text="Why it was last opened again.", max_length=300),
        ),
        migrations.AddField(
            model_name="dependency",
            name="withdrawn_because",
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="dependencyevent",
            name="withdrawn_because",
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="independentrating",
            name="correction",
            field=models.CharField(blank=True, help_text="Why an earlier revision was corrected.", max_length=300),
        ),
        migrations.AddField(
            model_name="independentratingevent",
            name="correction",
            field=models.CharField(blank=True, help_text="Why an earlier revision was corrected.", max_length=300),
        ),
        migrations.AddField(
            model_name="milestone",
            name="withdrawn_because",
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="milestoneevent",
            name="withdrawn_because",
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="resource",
            name="name_key",
            field=models.CharField(
                default="",
                editable=False,
                help_text="The English name as it is compared: case and spacing set aside.",
                max_length=400,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="resource",
            name="registered_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="resource",
            name="withdrawn_because",
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="resourceevent",
            name="name_key",
            field=models.CharField(
                default="",
                editable=False,
                help_text="The English name as it is compared: case and spacing set aside.",
                max_length=400,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="resourceevent",
            name="registered_by",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="resourceevent",
            name="withdrawn_because",
            field=models.CharField(blank=True, editable=False, max_length=300),
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
        migrations.AddConstraint(
            model_name="dependency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True), models.Q(("withdrawn_because", ""), _negated=True), _connector="OR"
                ),
                name="dependency_withdrawn_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="independentrating",
            constraint=models.CheckConstraint(
                condition=models.Q(("revision", 1), models.Q(("correction", ""), _negated=True), _connector="OR"),
                name="independentrating_correction_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True), models.Q(("withdrawn_because", ""), _negated=True), _connector="OR"
                ),
                name="milestone_withdrawn_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="resource",
            constraint=models.UniqueConstraint(fields=("kind", "name_key"), name="resource_named_once"),
        ),
        migrations.AddConstraint(
            model_name="resource",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True), models.Q(("withdrawn_because", ""), _negated=True), _connector="OR"
                ),
                name="resource_withdrawn_reason",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="concern",
            name="concern_likelihood_of_risks",
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "risk"), ("likelihood__isnull", False), ("likelihood__range", (1, 5))),
                    models.Q(("kind", "issue"), ("likelihood__isnull", True)),
                    _connector="OR",
                ),
                name="concern_likelihood_of_risks",
            ),
        ),
    ]
