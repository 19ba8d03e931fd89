from django.db import migrations, models
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations

import core.database
from core.database import append_only


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_history_instants"),
        ("core", "0005_recorded_now"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        core.database.AtOnce(
            operations=[
                migrations.CreateModel(
                    name="Comment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=20)),
                        ("subject_id", models.BigIntegerField()),
                        ("text", models.TextField()),
                        ("said_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["said_at", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["subject_kind", "subject_id", "said_at"], name="work_commen_subject_69c3a9_idx"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawn_at__isnull", True),
                                        ("withdrawn_because", ""),
                                        ("withdrawn_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("withdrawn_at__isnull", False),
                                        ("withdrawn_by__isnull", False),
                                        models.Q(("withdrawn_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="comment_withdrawn_with_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("subject_kind", models.CharField(max_length=20)),
                        ("subject_id", models.BigIntegerField()),
                        ("text", models.TextField()),
                        ("said_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                        (
                            "author",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="work.comment",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=20)),
                        ("subject_id", models.BigIntegerField()),
                        ("reference", models.CharField(max_length=32, unique=True)),
                        ("title_en", models.CharField(max_length=200)),
                        ("title_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("title_zh_hans", models.CharField(blank=True, max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("paper", "paper or report"),
                                    ("plan", "plan"),
                                    ("assessment", "impact or risk assessment"),
                                    ("contract", "contract or quotation"),
                                    ("minutes", "minutes"),
                                    ("evidence", "evidence of use"),
                                    ("other", "other"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "classification",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("restricted", "restricted"),
                                    ("confidential", "confidential"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=1, help_text="Grows with each edit; a stale form is refused."
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [
                            models.Index(fields=["subject_kind", "subject_id"], name="work_docume_subject_8f2915_idx")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawn_at__isnull", True),
                                        ("withdrawn_because", ""),
                                        ("withdrawn_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("withdrawn_at__isnull", False),
                                        ("withdrawn_by__isnull", False),
                                        models.Q(("withdrawn_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="document_withdrawn_with_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("subject_kind", models.CharField(max_length=20)),
                        ("subject_id", models.BigIntegerField()),
                        ("reference", models.CharField(max_length=32)),
                        ("title_en", models.CharField(max_length=200)),
                        ("title_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("title_zh_hans", models.CharField(blank=True, max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("paper", "paper or report"),
                                    ("plan", "plan"),
                                    ("assessment", "impact or risk assessment"),
                                    ("contract", "contract or quotation"),
                                    ("minutes", "minutes"),
                                    ("evidence", "evidence of use"),
                                    ("other", "other"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "classification",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("restricted", "restricted"),
                                    ("confidential", "confidential"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=1, help_text="Grows with each edit; a stale form is refused."
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="work.document",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DocumentVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(help_text="From 1; the highest is the one in force.")),
                        (
                            "stored_name",
                            models.CharField(
                                help_text="Where the server keeps it; never the sender's name.", max_length=200
                            ),
                        ),
                        ("shown_name", models.CharField(help_text="The sender's name, cleaned.", max_length=200)),
                        ("media_type", models.CharField(max_length=100)),
                        ("size", models.PositiveBigIntegerField(help_text="Bytes.")),
                        ("digest", models.CharField(help_text="SHA-256 of the content.", max_length=64)),
                        ("note", models.CharField(blank=True, help_text="What changed.", max_length=300)),
                        ("uploaded_at", models.DateTimeField()),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="work.document"
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["document", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "number"), name="documentversion_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentVersionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveIntegerField(help_text="From 1; the highest is the one in force.")),
                        (
                            "stored_name",
                            models.CharField(
                                help_text="Where the server keeps it; never the sender's name.", max_length=200
                            ),
                        ),
                        ("shown_name", models.CharField(help_text="The sender's name, cleaned.", max_length=200)),
                        ("media_type", models.CharField(max_length=100)),
                        ("size", models.PositiveBigIntegerField(help_text="Bytes.")),
                        ("digest", models.CharField(help_text="SHA-256 of the content.", max_length=64)),
                        ("note", models.CharField(blank=True, help_text="What changed.", max_length=300)),
                        ("uploaded_at", models.DateTimeField()),
                        (
                            "document",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="work.document",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="work.documentversion",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Follow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=20)),
                        ("subject_id", models.BigIntegerField()),
                        ("since", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follows",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-since", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("person", "subject_kind", "subject_id"), name="follow_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("list_name", models.CharField(help_text="The registered list it opens.", max_length=20)),
                        ("name", models.CharField(max_length=60)),
                        (
                            "query",
                            models.CharField(
                                blank=True, help_text="Filters and order, as in the address.", max_length=2000
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="saved_views",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "shared_with",
                            models.ForeignKey(
                                blank=True,
                                help_text="Department whose people see it too; empty: only the owner.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.department",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["list_name", "name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("owner"),
                                models.F("list_name"),
                                django.db.models.functions.text.Lower("name"),
                                name="savedview_named_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tag",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=32, unique=True)),
                        ("name_en", models.CharField(blank=True, max_length=40)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=40)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=40)),
                        ("key_en", models.CharField(blank=True, editable=False, max_length=80)),
                        ("key_zh", models.CharField(blank=True, editable=False, max_length=80)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["key_en", "key_zh"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("key_en", ""), _negated=True),
                                    models.Q(("key_zh", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="tag_has_a_name",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("key_en", ""), _negated=True),
                                fields=("key_en",),
                                name="tag_english_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("key_zh", ""), _negated=True),
                                fields=("key_zh",),
                                name="tag_chinese_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TagEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("reference", models.CharField(max_length=32)),
                        ("name_en", models.CharField(blank=True, max_length=40)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=40)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=40)),
                        ("key_en", models.CharField(blank=True, editable=False, max_length=80)),
                        ("key_zh", models.CharField(blank=True, editable=False, max_length=80)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="work.tag",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Tagging",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=20)),
                        ("subject_id", models.BigIntegerField()),
                        ("tagged_at", models.DateTimeField()),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="taggings", to="work.tag"
                            ),
                        ),
                        (
                            "tagged_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["tag__key_en", "tag__key_zh"],
                        "indexes": [
                            models.Index(fields=["subject_kind", "subject_id"], name="work_taggin_subject_cabcc8_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("tag", "subject_kind", "subject_id"), name="tagging_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaggingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("subject_kind", models.CharField(max_length=20)),
                        ("subject_id", models.BigIntegerField()),
                        ("tagged_at", models.DateTimeField()),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="work.tagging",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="work.tag",
                            ),
                        ),
                        (
                            "tagged_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="comment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "work_commentevent" ("author_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_at", "subject_id", "subject_kind", "text", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."author_id", NEW."id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."said_at", NEW."subject_id", NEW."subject_kind", NEW."text", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="b9c6031466590b29288baed5cbbe92d158da0ec5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bc26d",
                            table="work_comment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="comment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "work_commentevent" ("author_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_at", "subject_id", "subject_kind", "text", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."author_id", NEW."id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."said_at", NEW."subject_id", NEW."subject_kind", NEW."text", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="95ec0a82c3449ad926741b44c010c1e55af71d98",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_95ed1",
                            table="work_comment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="document",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "work_documentevent" ("classification", "created_at", "created_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "subject_id", "subject_kind", "title_en", "title_zh_hans", "title_zh_hant", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."classification", NEW."created_at", NEW."created_by_id", NEW."id", NEW."kind", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."reference", NEW."subject_id", NEW."subject_kind", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="267af8d91619fc9ceaa47b2b6e4bd0c734e1aa11",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e3fa9",
                            table="work_document",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="document",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "work_documentevent" ("classification", "created_at", "created_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "subject_id", "subject_kind", "title_en", "title_zh_hans", "title_zh_hant", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."classification", NEW."created_at", NEW."created_by_id", NEW."id", NEW."kind", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."reference", NEW."subject_id", NEW."subject_kind", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="97d90e456b0f12dc7b49ad8ab36dec8b7b939ef7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4a747",
                            table="work_document",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="documentversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "work_documentversionevent" ("digest", "document_id", "id", "media_type", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shown_name", "size", "stored_name", "uploaded_at", "uploaded_by_id") VALUES (NEW."digest", NEW."document_id", NEW."id", NEW."media_type", NEW."note", NEW."number", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."shown_name", NEW."size", NEW."stored_name", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                            hash="d41b959cfe11fc79dd79cccaafe6164d7d40ba63",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6a972",
                            table="work_documentversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="documentversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "work_documentversionevent" ("digest", "document_id", "id", "media_type", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shown_name", "size", "stored_name", "uploaded_at", "uploaded_by_id") VALUES (NEW."digest", NEW."document_id", NEW."id", NEW."media_type", NEW."note", NEW."number", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."shown_name", NEW."size", NEW."stored_name", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                            hash="fc93ea9adbe20bfc9372c8030e6c5ac3cc7b23d6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_287d8",
                            table="work_documentversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "work_tagevent" ("id", "key_en", "key_zh", "made_at", "made_by_id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference") VALUES (NEW."id", NEW."key_en", NEW."key_zh", NEW."made_at", NEW."made_by_id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."reference"); RETURN NULL;',
                            hash="4f68e88c8171a871faccdfa28c5bd043f353b14d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_13d4f",
                            table="work_tag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "work_tagevent" ("id", "key_en", "key_zh", "made_at", "made_by_id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference") VALUES (NEW."id", NEW."key_en", NEW."key_zh", NEW."made_at", NEW."made_by_id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."reference"); RETURN NULL;',
                            hash="ea7cc2ada2d83776642f5c3ca8ba2dd59d0081c5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d0829",
                            table="work_tag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tagging",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "work_taggingevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject_id", "subject_kind", "tag_id", "tagged_at", "tagged_by_id") VALUES (NEW."id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."subject_id", NEW."subject_kind", NEW."tag_id", NEW."tagged_at", NEW."tagged_by_id"); RETURN NULL;',
                            hash="6d2405e4f85c875f68183d676dc014052700560c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1194d",
                            table="work_tagging",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tagging",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "work_taggingevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject_id", "subject_kind", "tag_id", "tagged_at", "tagged_by_id") VALUES (OLD."id", _pgh_attach_context(), core_recorded_now(), \'delete\', OLD."id", OLD."subject_id", OLD."subject_kind", OLD."tag_id", OLD."tagged_at", OLD."tagged_by_id"); RETURN NULL;',
                            hash="1b8c6d8e2c2134c8fb40d73d6cbcc023c569e4d0",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1fedd",
                            table="work_tagging",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        *append_only("work_documentversion"),
    ]
