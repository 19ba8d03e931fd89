"""A proposed policy or voting rule can be withdrawn with a reason; lines of a policy are written once."""

from django.db import migrations, models
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations

from core.database import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_people"),
        ("funding", "0003_history_instants"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="fundingpolicy",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="fundingpolicy",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="votingrule",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="votingrule",
            name="update_update",
        ),
        migrations.AddField(
            model_name="fundingpolicy",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="fundingpolicy",
            name="withdrawn_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="fundingpolicyevent",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="fundingpolicyevent",
            name="withdrawn_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="votingrule",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="votingrule",
            name="withdrawn_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="votingruleevent",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="votingruleevent",
            name="withdrawn_reason",
            field=models.TextField(blank=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fundingpolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_fundingpolicyevent" ("approved_at", "approved_by_id", "ends_on", "id", "linking_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "same_department", "source", "starts_on", "status", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."ends_on", NEW."id", NEW."linking_months", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."same_department", NEW."source", NEW."starts_on", NEW."status", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="02778ee78216022450b087a33509a4f4e509f2ac",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3164c",
                    table="funding_fundingpolicy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fundingpolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_fundingpolicyevent" ("approved_at", "approved_by_id", "ends_on", "id", "linking_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "same_department", "source", "starts_on", "status", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."ends_on", NEW."id", NEW."linking_months", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."proposed_by_id", NEW."same_department", NEW."source", NEW."starts_on", NEW."status", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="d967a863d30fba3f5f08b29216456425513bdd7c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a1fdd",
                    table="funding_fundingpolicy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="votingrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_votingruleevent" ("approved_at", "approved_by_id", "body_id", "ends_on", "id", "last_call_seconds", "majority_base", "majority_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "quorum_least", "quorum_share_percent", "recused_count_for_quorum", "source", "starts_on", "status", "tie", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."body_id", NEW."ends_on", NEW."id", NEW."last_call_seconds", NEW."majority_base", NEW."majority_percent", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."quorum_least", NEW."quorum_share_percent", NEW."recused_count_for_quorum", NEW."source", NEW."starts_on", NEW."status", NEW."tie", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="9880f892effd0a4738a896a30547efbdfe8a3616",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_61954",
                    table="funding_votingrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="votingrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_votingruleevent" ("approved_at", "approved_by_id", "body_id", "ends_on", "id", "last_call_seconds", "majority_base", "majority_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "quorum_least", "quorum_share_percent", "recused_count_for_quorum", "source", "starts_on", "status", "tie", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."body_id", NEW."ends_on", NEW."id", NEW."last_call_seconds", NEW."majority_base", NEW."majority_percent", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."proposed_by_id", NEW."quorum_least", NEW."quorum_share_percent", NEW."recused_count_for_quorum", NEW."source", NEW."starts_on", NEW."status", NEW."tie", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="805cf0b7f417fac67451647ecedf6395e6822547",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5647a",
                    table="funding_votingrule",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("withdrawn_reason", ""), _negated=True),
                    _connector="XOR",
                ),
                name="fundingpolicy_withdrawn_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="tierline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("tier", "legco"), ("upper__isnull", True)),
                    models.Q(models.Q(("tier", "legco"), _negated=True), ("upper__isnull", False)),
                    _connector="OR",
                ),
                name="tierline_top_is_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="votingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("withdrawn_reason", ""), _negated=True),
                    _connector="XOR",
                ),
                name="votingrule_withdrawn_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="votingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("majority_percent__gte", 50),
                    ("majority_percent__lt", 100),
                    ("quorum_least__gte", 1),
                    ("quorum_share_percent__lt", 100),
                ),
                name="votingrule_can_be_met",
            ),
        ),
        migrations.AddConstraint(
            model_name="votingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("tie", "fails"), ("majority_base", "cast"), _connector="OR"),
                name="votingrule_tie_only_of_votes_cast",
            ),
        ),
        *append_only("funding_tierline"),
    ]
