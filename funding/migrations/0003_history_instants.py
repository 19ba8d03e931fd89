"""Row history carries the database's clock at the statement, not at the start of the transaction."""

from django.db import migrations
import pgtrigger.compiler
import pgtrigger.migrations

import core.database


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_recorded_now"),
        ("funding", "0002_append_only"),
    ]

    operations = [
        core.database.AtOnce(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="body",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="body",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="envelope",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="envelope",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="fundingpolicy",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="fundingpolicy",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="fundingrequest",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="fundingrequest",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="round",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="round",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="seat",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="seat",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="seatterm",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="seatterm",
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
                pgtrigger.migrations.AddTrigger(
                    model_name="body",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_bodyevent" ("code", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="d8b9c52270f59330cde8de917ebb66a8291f90ab",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6405d",
                            table="funding_body",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="body",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_bodyevent" ("code", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id"); RETURN NULL;',
                            hash="a3a2a0da18efb4bb4434222d1174da9e7f514e3f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_af2aa",
                            table="funding_body",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="envelope",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_envelopeevent" ("amount", "code", "financial_year", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."amount", NEW."code", NEW."financial_year", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."source"); RETURN NULL;',
                            hash="e5a3a85846d31851be8c86e6d771aa003ec2eeb4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0b214",
                            table="funding_envelope",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="envelope",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_envelopeevent" ("amount", "code", "financial_year", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."amount", NEW."code", NEW."financial_year", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."source"); RETURN NULL;',
                            hash="acda0a26be0bf4df88ac76e7a592102d5921ded9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_95c87",
                            table="funding_envelope",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundingpolicy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_fundingpolicyevent" ("approved_at", "approved_by_id", "ends_on", "id", "linking_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "same_department", "source", "starts_on", "status") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."ends_on", NEW."id", NEW."linking_months", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."same_department", NEW."source", NEW."starts_on", NEW."status"); RETURN NULL;',
                            hash="5700ba42accbc52a4c40eea36c5174d64f79d35c",
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
                            func='INSERT INTO "funding_fundingpolicyevent" ("approved_at", "approved_by_id", "ends_on", "id", "linking_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "same_department", "source", "starts_on", "status") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."ends_on", NEW."id", NEW."linking_months", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."proposed_by_id", NEW."same_department", NEW."source", NEW."starts_on", NEW."status"); RETURN NULL;',
                            hash="6fd1dbad965a7c12b03c98612daf93da212ba924",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a1fdd",
                            table="funding_fundingpolicy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundingrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_fundingrequestevent" ("applicant_id", "assessed_amount", "created_at", "department_id", "first_submitted_at", "holder_since", "id", "justification", "lead_id", "outcome", "own_amount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "project_id", "raised", "recurrent_amount", "reference", "status", "submitted_version", "tier", "title_en", "title_zh_hans", "title_zh_hant", "version") VALUES (NEW."applicant_id", NEW."assessed_amount", NEW."created_at", NEW."department_id", NEW."first_submitted_at", NEW."holder_since", NEW."id", NEW."justification", NEW."lead_id", NEW."outcome", NEW."own_amount", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."policy_id", NEW."project_id", NEW."raised", NEW."recurrent_amount", NEW."reference", NEW."status", NEW."submitted_version", NEW."tier", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version"); RETURN NULL;',
                            hash="8031c4be5fae1a56085d078d7f222fbca217dbef",
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
                            func='INSERT INTO "funding_fundingrequestevent" ("applicant_id", "assessed_amount", "created_at", "department_id", "first_submitted_at", "holder_since", "id", "justification", "lead_id", "outcome", "own_amount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "project_id", "raised", "recurrent_amount", "reference", "status", "submitted_version", "tier", "title_en", "title_zh_hans", "title_zh_hant", "version") VALUES (NEW."applicant_id", NEW."assessed_amount", NEW."created_at", NEW."department_id", NEW."first_submitted_at", NEW."holder_since", NEW."id", NEW."justification", NEW."lead_id", NEW."outcome", NEW."own_amount", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."policy_id", NEW."project_id", NEW."raised", NEW."recurrent_amount", NEW."reference", NEW."status", NEW."submitted_version", NEW."tier", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version"); RETURN NULL;',
                            hash="bca17ccbe766367b72eb1b5ea2095c706466d272",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_114b4",
                            table="funding_fundingrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="round",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_roundevent" ("acting_chair_id", "body_id", "closed_at", "closed_by_id", "conditions", "deadline_at", "id", "last_call_at", "mode", "motion_amount", "motion_digest", "motion_kind", "number", "opened_at", "opened_by_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "request_id", "request_version_id", "result", "rule_id", "status") VALUES (NEW."acting_chair_id", NEW."body_id", NEW."closed_at", NEW."closed_by_id", NEW."conditions", NEW."deadline_at", NEW."id", NEW."last_call_at", NEW."mode", NEW."motion_amount", NEW."motion_digest", NEW."motion_kind", NEW."number", NEW."opened_at", NEW."opened_by_id", NEW."outcome", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."published_at", NEW."request_id", NEW."request_version_id", NEW."result", NEW."rule_id", NEW."status"); RETURN NULL;',
                            hash="6c23295bad8e9845f178ea935da6eb44a1f9e516",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2bb37",
                            table="funding_round",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="round",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_roundevent" ("acting_chair_id", "body_id", "closed_at", "closed_by_id", "conditions", "deadline_at", "id", "last_call_at", "mode", "motion_amount", "motion_digest", "motion_kind", "number", "opened_at", "opened_by_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "request_id", "request_version_id", "result", "rule_id", "status") VALUES (NEW."acting_chair_id", NEW."body_id", NEW."closed_at", NEW."closed_by_id", NEW."conditions", NEW."deadline_at", NEW."id", NEW."last_call_at", NEW."mode", NEW."motion_amount", NEW."motion_digest", NEW."motion_kind", NEW."number", NEW."opened_at", NEW."opened_by_id", NEW."outcome", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."published_at", NEW."request_id", NEW."request_version_id", NEW."result", NEW."rule_id", NEW."status"); RETURN NULL;',
                            hash="2c626e0067224ef679633fd2bf80434d3f991a45",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f6087",
                            table="funding_round",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_seatevent" ("body_id", "duty", "ends_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."body_id", NEW."duty", NEW."ends_on", NEW."id", NEW."number", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                            hash="5cf541d9e4e3212dac636bad8b8b39a9450e3f77",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_dea0a",
                            table="funding_seat",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_seatevent" ("body_id", "duty", "ends_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."body_id", NEW."duty", NEW."ends_on", NEW."id", NEW."number", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                            hash="89776dc1921663a82db9a4d712d633eacbeddf9a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d9243",
                            table="funding_seat",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seatterm",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_seattermevent" ("capacity", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seat_id", "starts_on") VALUES (NEW."capacity", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."seat_id", NEW."starts_on"); RETURN NULL;',
                            hash="636450bdb5eb1c8980f9ffa46bf9796341d4c445",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_86943",
                            table="funding_seatterm",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seatterm",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_seattermevent" ("capacity", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seat_id", "starts_on") VALUES (NEW."capacity", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."seat_id", NEW."starts_on"); RETURN NULL;',
                            hash="b78267deffa2c29c907159e03b0567df3ea6ca7e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_06568",
                            table="funding_seatterm",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="votingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_votingruleevent" ("approved_at", "approved_by_id", "body_id", "ends_on", "id", "last_call_seconds", "majority_base", "majority_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "quorum_least", "quorum_share_percent", "recused_count_for_quorum", "source", "starts_on", "status", "tie") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."body_id", NEW."ends_on", NEW."id", NEW."last_call_seconds", NEW."majority_base", NEW."majority_percent", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."quorum_least", NEW."quorum_share_percent", NEW."recused_count_for_quorum", NEW."source", NEW."starts_on", NEW."status", NEW."tie"); RETURN NULL;',
                            hash="4e51319c5bddef1a7c20ee525d128fb5ed88272c",
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
                            func='INSERT INTO "funding_votingruleevent" ("approved_at", "approved_by_id", "body_id", "ends_on", "id", "last_call_seconds", "majority_base", "majority_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "quorum_least", "quorum_share_percent", "recused_count_for_quorum", "source", "starts_on", "status", "tie") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."body_id", NEW."ends_on", NEW."id", NEW."last_call_seconds", NEW."majority_base", NEW."majority_percent", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."proposed_by_id", NEW."quorum_least", NEW."quorum_share_percent", NEW."recused_count_for_quorum", NEW."source", NEW."starts_on", NEW."status", NEW."tie"); RETURN NULL;',
                            hash="56b0ccbcd58b73b761d4af6702c73c30a82e3714",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5647a",
                            table="funding_votingrule",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
