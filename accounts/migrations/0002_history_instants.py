"""Row history carries the database's clock at the statement, not at the start of the transaction."""

from django.db import migrations
import pgtrigger.compiler
import pgtrigger.migrations

import core.database


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("core", "0005_recorded_now"),
    ]

    operations = [
        core.database.AtOnce(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="department",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="department",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="person",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="person",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="posting",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="posting",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="rolegrant",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="rolegrant",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="user",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="user",
                    name="update_update",
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="department",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_departmentevent" ("code", "id", "kind", "name_en", "name_zh_hans", "name_zh_hant", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "safe_code") VALUES (NEW."code", NEW."id", NEW."kind", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."parent_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."safe_code"); RETURN NULL;',
                            hash="b6aef748f546681ab2fea05d667aae45da9ea3b3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b4692",
                            table="accounts_department",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="department",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_departmentevent" ("code", "id", "kind", "name_en", "name_zh_hans", "name_zh_hant", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "safe_code") VALUES (NEW."code", NEW."id", NEW."kind", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."parent_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."safe_code"); RETURN NULL;',
                            hash="94ad7484d61373ac0dc99c18097e0bff5a6b82be",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_afd13",
                            table="accounts_department",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_personevent" ("email", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title_en", "title_zh_hans", "title_zh_hant") VALUES (NEW."email", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant"); RETURN NULL;',
                            hash="9dddf97014a9cea192040aa41e2b759d494d3ce9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6b541",
                            table="accounts_person",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_personevent" ("email", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title_en", "title_zh_hans", "title_zh_hant") VALUES (NEW."email", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant"); RETURN NULL;',
                            hash="e777cf53521c1b8049abda6924a7f66fc7e913df",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_70819",
                            table="accounts_person",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="posting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_postingevent" ("department_id", "duty", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."department_id", NEW."duty", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                            hash="d282560926c93e42ab9997c5384c501129db5ccc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b77f2",
                            table="accounts_posting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="posting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_postingevent" ("department_id", "duty", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."department_id", NEW."duty", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                            hash="6b155c9ea0cc1613da9d785b3831365864492034",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0f4ef",
                            table="accounts_posting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rolegrant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_rolegrantevent" ("effective_at", "ends_at", "granted_by_id", "group_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."effective_at", NEW."ends_at", NEW."granted_by_id", NEW."group_id", NEW."id", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;',
                            hash="d0d0a73de0b5ac41d4489d685c741b9ae71d8367",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_77ca7",
                            table="accounts_rolegrant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rolegrant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_rolegrantevent" ("effective_at", "ends_at", "granted_by_id", "group_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."effective_at", NEW."ends_at", NEW."granted_by_id", NEW."group_id", NEW."id", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."reason"); RETURN NULL;',
                            hash="069bb6ca30873c3e2fcf856ef33264b081226872",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f0e9e",
                            table="accounts_rolegrant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_userevent" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "language", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") VALUES (NEW."date_joined", NEW."email", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."username"); RETURN NULL;',
                            hash="d952b2266dbed61c4696cbcba95f74826da0e178",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3867c",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."username" IS DISTINCT FROM (NEW."username"))',
                            func='INSERT INTO "accounts_userevent" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "language", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") VALUES (NEW."date_joined", NEW."email", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."username"); RETURN NULL;',
                            hash="084bbe7b9900e904d00843239e6de778572f43f0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0e890",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
