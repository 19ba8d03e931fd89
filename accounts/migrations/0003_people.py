"""People, invitations, dated rights and departures."""

from django.conf import settings
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations

import core.clock
import core.database


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_history_instants"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        core.database.AtOnce(
            operations=[
                migrations.CreateModel(
                    name="Departure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("last_day", models.DateField(help_text="Last Hong Kong day of service.")),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "handed_over",
                            models.JSONField(default=list, help_text="[{holding, title, to}]: who took over what."),
                        ),
                        ("confirmed_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(help_text="When the accounts were disabled.", null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="departures",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-last_day", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=("person",),
                                name="departure_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("confirmed_by", models.F("person")), _negated=True),
                                name="departure_not_by_oneself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DepartureEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("last_day", models.DateField(help_text="Last Hong Kong day of service.")),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "handed_over",
                            models.JSONField(default=list, help_text="[{holding, title, to}]: who took over what."),
                        ),
                        ("confirmed_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(help_text="When the accounts were disabled.", null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "person",
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
                                to="accounts.departure",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_en", models.CharField(max_length=120)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=60)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=60)),
                        ("title_en", models.CharField(blank=True, max_length=120)),
                        ("title_zh_hant", models.CharField(blank=True, max_length=120)),
                        ("title_zh_hans", models.CharField(blank=True, max_length=120)),
                        ("email", models.EmailField(max_length=254)),
                        (
                            "duty",
                            models.CharField(
                                choices=[("head", "Head of Department"), ("staff", "staff")],
                                default="staff",
                                max_length=8,
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("zh-hant", "繁體中文"), ("zh-hans", "简体中文")],
                                default="en",
                                max_length=7,
                            ),
                        ),
                        ("invited_at", models.DateTimeField()),
                        (
                            "digest",
                            models.CharField(help_text="SHA-256 of the link's secret.", max_length=64, unique=True),
                        ),
                        ("link_made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(null=True)),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.department"
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                help_text="Whose account it opens: given when the person is on record already, else set when it is used.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitation",
                                to=settings.AUTH_USER_MODEL,
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
                        "ordering": ["-invited_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"
                                ),
                                name="invitation_one_end",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(("accepted_at__isnull", True), ("withdrawn_at__isnull", True)),
                                name="invitation_one_open",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvitationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_en", models.CharField(max_length=120)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=60)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=60)),
                        ("title_en", models.CharField(blank=True, max_length=120)),
                        ("title_zh_hant", models.CharField(blank=True, max_length=120)),
                        ("title_zh_hans", models.CharField(blank=True, max_length=120)),
                        ("email", models.EmailField(max_length=254)),
                        (
                            "duty",
                            models.CharField(
                                choices=[("head", "Head of Department"), ("staff", "staff")],
                                default="staff",
                                max_length=8,
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("zh-hant", "繁體中文"), ("zh-hans", "简体中文")],
                                default="en",
                                max_length=7,
                            ),
                        ),
                        ("invited_at", models.DateTimeField()),
                        ("link_made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(null=True)),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        (
                            "department",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.department",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                help_text="Whose account it opens: given when the person is on record already, else set when it is used.",
                                null=True,
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
                                to="accounts.invitation",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                    name="ObjectGrant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "permission",
                            models.CharField(
                                help_text="app.codename, for example projects.view_project.", max_length=100
                            ),
                        ),
                        ("object_id", models.PositiveBigIntegerField()),
                        ("kind", models.CharField(help_text="The word of its pages: project.", max_length=30)),
                        ("reference", models.CharField(help_text="Permanent reference of the record.", max_length=40)),
                        ("reason", models.CharField(max_length=300)),
                        ("granted_at", models.DateTimeField()),
                        (
                            "ends_at",
                            models.DateTimeField(help_text="First instant at which it opens nothing any more."),
                        ),
                        ("revoked_at", models.DateTimeField(null=True)),
                        ("revoke_reason", models.CharField(blank=True, max_length=300)),
                        (
                            "tidied_at",
                            models.DateTimeField(
                                help_text="When guardian's permission under it was taken away.", null=True
                            ),
                        ),
                        (
                            "content_type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="contenttypes.contenttype",
                            ),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="object_grants",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-granted_at", "-pk"],
                        "indexes": [
                            models.Index(fields=["person", "permission"], name="accounts_ob_person__0575fb_idx"),
                            models.Index(fields=["content_type", "object_id"], name="accounts_ob_content_4e2768_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gte", models.F("granted_at"))),
                                name="objectgrant_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("granted_by", models.F("person")), _negated=True),
                                name="objectgrant_never_to_oneself",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            "person_id",
                                            "person_id",
                                            models.Value("[]"),
                                            function="int8range",
                                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            "content_type_id",
                                            "content_type_id",
                                            models.Value("[]"),
                                            function="int8range",
                                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            "object_id",
                                            "object_id",
                                            models.Value("[]"),
                                            function="int8range",
                                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            "granted_at",
                                            "ends_at",
                                            function="tstzrange",
                                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="objectgrant_once_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ObjectGrantEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "permission",
                            models.CharField(
                                help_text="app.codename, for example projects.view_project.", max_length=100
                            ),
                        ),
                        ("object_id", models.PositiveBigIntegerField()),
                        ("kind", models.CharField(help_text="The word of its pages: project.", max_length=30)),
                        ("reference", models.CharField(help_text="Permanent reference of the record.", max_length=40)),
                        ("reason", models.CharField(max_length=300)),
                        ("granted_at", models.DateTimeField()),
                        (
                            "ends_at",
                            models.DateTimeField(help_text="First instant at which it opens nothing any more."),
                        ),
                        ("revoked_at", models.DateTimeField(null=True)),
                        ("revoke_reason", models.CharField(blank=True, max_length=300)),
                        (
                            "tidied_at",
                            models.DateTimeField(
                                help_text="When guardian's permission under it was taken away.", null=True
                            ),
                        ),
                        (
                            "content_type",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contenttypes.contenttype",
                            ),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "person",
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
                                to="accounts.objectgrant",
                            ),
                        ),
                        (
                            "revoked_by",
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
                migrations.AlterModelOptions(
                    name="posting",
                    options={"ordering": ["-starts_on", "pk"]},
                ),
                migrations.AlterModelOptions(
                    name="rolegrant",
                    options={"ordering": ["-given_at", "pk"]},
                ),
                migrations.AlterModelOptions(
                    name="user",
                    options={
                        "permissions": [
                            ("manage_people", "Invite people, give roles, end postings"),
                            ("view_people_records", "Read everybody's accounts, roles and grants"),
                        ]
                    },
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
                migrations.RemoveConstraint(
                    model_name="posting",
                    name="posting_ends_after_start",
                ),
                migrations.RemoveConstraint(
                    model_name="posting",
                    name="posting_one_open_head",
                ),
                migrations.RemoveConstraint(
                    model_name="rolegrant",
                    name="rolegrant_one_open",
                ),
                migrations.AddField(
                    model_name="person",
                    name="version",
                    field=models.PositiveIntegerField(
                        default=1, help_text="Grows with each edit; a stale form is refused."
                    ),
                ),
                migrations.AddField(
                    model_name="personevent",
                    name="version",
                    field=models.PositiveIntegerField(
                        default=1, help_text="Grows with each edit; a stale form is refused."
                    ),
                ),
                migrations.AddField(
                    model_name="posting",
                    name="end_reason",
                    field=models.CharField(blank=True, max_length=300),
                ),
                migrations.AddField(
                    model_name="posting",
                    name="is_acting",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="postingevent",
                    name="end_reason",
                    field=models.CharField(blank=True, max_length=300),
                ),
                migrations.AddField(
                    model_name="postingevent",
                    name="is_acting",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="rolegrant",
                    name="confirmed_at",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="rolegrant",
                    name="confirmed_by",
                    field=models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                migrations.AddField(
                    model_name="rolegrant",
                    name="end_reason",
                    field=models.CharField(blank=True, max_length=300),
                ),
                migrations.AddField(
                    model_name="rolegrant",
                    name="ended_by",
                    field=models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                migrations.AddField(
                    model_name="rolegrant",
                    name="given_at",
                    field=models.DateTimeField(default=core.clock.now),
                ),
                migrations.AddField(
                    model_name="rolegrant",
                    name="withdrawn_at",
                    field=models.DateTimeField(help_text="Proposed, and never confirmed.", null=True),
                ),
                migrations.AddField(
                    model_name="rolegrantevent",
                    name="confirmed_at",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="rolegrantevent",
                    name="confirmed_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.person",
                    ),
                ),
                migrations.AddField(
                    model_name="rolegrantevent",
                    name="end_reason",
                    field=models.CharField(blank=True, max_length=300),
                ),
                migrations.AddField(
                    model_name="rolegrantevent",
                    name="ended_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.person",
                    ),
                ),
                migrations.AddField(
                    model_name="rolegrantevent",
                    name="given_at",
                    field=models.DateTimeField(default=core.clock.now),
                ),
                migrations.AddField(
                    model_name="rolegrantevent",
                    name="withdrawn_at",
                    field=models.DateTimeField(help_text="Proposed, and never confirmed.", null=True),
                ),
                migrations.AddField(
                    model_name="user",
                    name="closed_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="user",
                    name="closed_because",
                    field=models.CharField(blank=True, editable=False, max_length=300),
                ),
                migrations.AddField(
                    model_name="userevent",
                    name="closed_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="userevent",
                    name="closed_because",
                    field=models.CharField(blank=True, editable=False, max_length=300),
                ),
                migrations.AlterField(
                    model_name="posting",
                    name="ends_on",
                    field=models.DateField(
                        blank=True,
                        help_text="First day the person no longer belongs to it; its start if it never began.",
                        null=True,
                    ),
                ),
                migrations.AlterField(
                    model_name="postingevent",
                    name="ends_on",
                    field=models.DateField(
                        blank=True,
                        help_text="First day the person no longer belongs to it; its start if it never began.",
                        null=True,
                    ),
                ),
                migrations.AlterField(
                    model_name="rolegrant",
                    name="effective_at",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AlterField(
                    model_name="rolegrantevent",
                    name="effective_at",
                    field=models.DateTimeField(null=True),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_personevent" ("email", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title_en", "title_zh_hans", "title_zh_hant", "version") VALUES (NEW."email", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version"); RETURN NULL;',
                            hash="62154df84a8fc8f4c5007cd041d06cf4e8d601b4",
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
                            func='INSERT INTO "accounts_personevent" ("email", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title_en", "title_zh_hans", "title_zh_hant", "version") VALUES (NEW."email", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version"); RETURN NULL;',
                            hash="043c181531c566fb65cb5f3249f024f431e1b019",
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
                            func='INSERT INTO "accounts_postingevent" ("department_id", "duty", "end_reason", "ends_on", "id", "is_acting", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."department_id", NEW."duty", NEW."end_reason", NEW."ends_on", NEW."id", NEW."is_acting", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                            hash="4ec3de0f272209202ccef62965386f0a365241a9",
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
                            func='INSERT INTO "accounts_postingevent" ("department_id", "duty", "end_reason", "ends_on", "id", "is_acting", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."department_id", NEW."duty", NEW."end_reason", NEW."ends_on", NEW."id", NEW."is_acting", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                            hash="96fd80abb9501aae307b3b0c966cfb5e2b66922f",
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
                            func='INSERT INTO "accounts_rolegrantevent" ("confirmed_at", "confirmed_by_id", "effective_at", "end_reason", "ended_by_id", "ends_at", "given_at", "granted_by_id", "group_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "withdrawn_at") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."effective_at", NEW."end_reason", NEW."ended_by_id", NEW."ends_at", NEW."given_at", NEW."granted_by_id", NEW."group_id", NEW."id", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."reason", NEW."withdrawn_at"); RETURN NULL;',
                            hash="47d5e3a08d587e08ad367bce32fc05f0e2a9180f",
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
                            func='INSERT INTO "accounts_rolegrantevent" ("confirmed_at", "confirmed_by_id", "effective_at", "end_reason", "ended_by_id", "ends_at", "given_at", "granted_by_id", "group_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "withdrawn_at") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."effective_at", NEW."end_reason", NEW."ended_by_id", NEW."ends_at", NEW."given_at", NEW."granted_by_id", NEW."group_id", NEW."id", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."reason", NEW."withdrawn_at"); RETURN NULL;',
                            hash="aa2d83d3ab39c1dc34038a4274290862500dfbbc",
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
                            func='INSERT INTO "accounts_userevent" ("closed_at", "closed_because", "date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "language", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") VALUES (NEW."closed_at", NEW."closed_because", NEW."date_joined", NEW."email", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."username"); RETURN NULL;',
                            hash="4c48f196e903031d3799f306374e65c062ea996a",
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
                            condition='WHEN (OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."closed_because" IS DISTINCT FROM (NEW."closed_because") OR OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."username" IS DISTINCT FROM (NEW."username"))',
                            func='INSERT INTO "accounts_userevent" ("closed_at", "closed_because", "date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "language", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") VALUES (NEW."closed_at", NEW."closed_because", NEW."date_joined", NEW."email", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."username"); RETURN NULL;',
                            hash="6c374ebdee62448fd812fd8e1ebd8c188f4f7b51",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0e890",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="posting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="posting_ends_after_start",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="posting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_acting", False),
                            models.Q(("duty", "head"), ("ends_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="posting_acting_head_ends",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="posting",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("duty", "head")),
                        expressions=[
                            (
                                models.Func(
                                    "department_id",
                                    "department_id",
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    "starts_on",
                                    "ends_on",
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="posting_one_head_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rolegrant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("effective_at__isnull", True),
                            ("ends_at__isnull", True),
                            ("ends_at__gte", models.F("effective_at")),
                            _connector="OR",
                        ),
                        name="rolegrant_ends_after_start",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rolegrant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("granted_by__isnull", True),
                                models.Q(("granted_by", models.F("person")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("confirmed_by__isnull", True),
                                models.Q(
                                    models.Q(("confirmed_by", models.F("person")), _negated=True),
                                    models.Q(("confirmed_by", models.F("granted_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="rolegrant_never_to_oneself",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rolegrant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True), ("effective_at__isnull", True), _connector="OR"
                        ),
                        name="rolegrant_withdrawn_unused",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rolegrant",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("effective_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("person", "group"),
                        name="rolegrant_one_proposal",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rolegrant",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("effective_at__isnull", False)),
                        expressions=[
                            (
                                models.Func(
                                    "person_id",
                                    "person_id",
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    "group_id",
                                    "group_id",
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    "effective_at",
                                    "ends_at",
                                    function="tstzrange",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="rolegrant_once_at_a_time",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="departure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_departureevent" ("closed_at", "confirmed_at", "confirmed_by_id", "handed_over", "id", "last_day", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."closed_at", NEW."confirmed_at", NEW."confirmed_by_id", NEW."handed_over", NEW."id", NEW."last_day", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;',
                            hash="9a58bbde6a6b72abae66c953259a8ffdadb44df5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8b443",
                            table="accounts_departure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="departure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_departureevent" ("closed_at", "confirmed_at", "confirmed_by_id", "handed_over", "id", "last_day", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."closed_at", NEW."confirmed_at", NEW."confirmed_by_id", NEW."handed_over", NEW."id", NEW."last_day", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."reason"); RETURN NULL;',
                            hash="092ccdead6f511dd9df1ba48c194850b00425985",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8dd50",
                            table="accounts_departure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_invitationevent" ("accepted_at", "department_id", "duty", "email", "expires_at", "id", "invited_at", "invited_by_id", "language", "link_made_at", "name_en", "name_zh_hans", "name_zh_hant", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title_en", "title_zh_hans", "title_zh_hant", "user_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."accepted_at", NEW."department_id", NEW."duty", NEW."email", NEW."expires_at", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."language", NEW."link_made_at", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."user_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="f8fe30faf1e1ec4537249ba682b7604d2dd21ca1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8c354",
                            table="accounts_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."accepted_at" IS DISTINCT FROM (NEW."accepted_at") OR OLD."department_id" IS DISTINCT FROM (NEW."department_id") OR OLD."duty" IS DISTINCT FROM (NEW."duty") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_at" IS DISTINCT FROM (NEW."invited_at") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."link_made_at" IS DISTINCT FROM (NEW."link_made_at") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."name_zh_hans" IS DISTINCT FROM (NEW."name_zh_hans") OR OLD."name_zh_hant" IS DISTINCT FROM (NEW."name_zh_hant") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh_hans" IS DISTINCT FROM (NEW."title_zh_hans") OR OLD."title_zh_hant" IS DISTINCT FROM (NEW."title_zh_hant") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id"))',
                            func='INSERT INTO "accounts_invitationevent" ("accepted_at", "department_id", "duty", "email", "expires_at", "id", "invited_at", "invited_by_id", "language", "link_made_at", "name_en", "name_zh_hans", "name_zh_hant", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title_en", "title_zh_hans", "title_zh_hant", "user_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."accepted_at", NEW."department_id", NEW."duty", NEW."email", NEW."expires_at", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."language", NEW."link_made_at", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."user_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="f01ef5cff946983086c27da79a9e900ad10bc969",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4e12d",
                            table="accounts_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="objectgrant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_objectgrantevent" ("content_type_id", "ends_at", "granted_at", "granted_by_id", "id", "kind", "object_id", "permission", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "revoke_reason", "revoked_at", "revoked_by_id", "tidied_at") VALUES (NEW."content_type_id", NEW."ends_at", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."kind", NEW."object_id", NEW."permission", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."reason", NEW."reference", NEW."revoke_reason", NEW."revoked_at", NEW."revoked_by_id", NEW."tidied_at"); RETURN NULL;',
                            hash="8198730b42e8900933dd67910511cab8eeab75d1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f6cf9",
                            table="accounts_objectgrant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="objectgrant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_objectgrantevent" ("content_type_id", "ends_at", "granted_at", "granted_by_id", "id", "kind", "object_id", "permission", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "revoke_reason", "revoked_at", "revoked_by_id", "tidied_at") VALUES (NEW."content_type_id", NEW."ends_at", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."kind", NEW."object_id", NEW."permission", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."reason", NEW."reference", NEW."revoke_reason", NEW."revoked_at", NEW."revoked_by_id", NEW."tidied_at"); RETURN NULL;',
                            hash="b3dee6bbac5600e8ec7b35e0ddda218a111e006d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_16ff9",
                            table="accounts_objectgrant",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
