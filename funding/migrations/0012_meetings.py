"""Meetings with agenda and attendance; questions to the applicant on the open paper, which are only added to."""

from django.db import migrations, models
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations

from core.database import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_people"),
        ("funding", "0011_required_papers"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(null=True)),
                ("minutes", models.PositiveSmallIntegerField(help_text="Time given to the item, minutes.")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("conditions", models.JSONField(default=list, help_text="Texts of conditions 1..n of the motion.")),
                ("note", models.TextField(blank=True, help_text="What was said, for the minutes.")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_items",
                        to="funding.fundingrequest",
                    ),
                ),
                (
                    "request_version",
                    models.ForeignKey(
                        help_text="Frozen at publication.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funding.requestversion",
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        help_text="Once the item was opened.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_item",
                        to="funding.round",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "number"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("present", "present"),
                            ("alternate", "alternate present"),
                            ("apologies", "apologies"),
                            ("absent", "absent"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        help_text="Empty: nobody came for the seat.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.seat"),
                ),
            ],
            options={
                "ordering": ["seat__number"],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(help_text="1, 2, … of the body.")),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField(help_text="How long the room is held, minutes.")),
                ("place_en", models.CharField(max_length=200)),
                ("place_zh_hant", models.CharField(blank=True, max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "being planned"),
                            ("published", "agenda published"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "agenda_digest",
                    models.CharField(
                        blank=True,
                        help_text="SHA-256 of the agenda as published: items, versions, motions, minutes.",
                        max_length=64,
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("cancelled_reason", models.CharField(blank=True, max_length=500)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="funding.body"
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        help_text="Who presides; empty: seat vacant.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AttendanceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("present", "present"),
                            ("alternate", "alternate present"),
                            ("apologies", "apologies"),
                            ("absent", "absent"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "holder",
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
                        help_text="Empty: nobody came for the seat.",
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
                        to="funding.attendance",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.seat",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.meeting",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="attendance",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="funding.meeting"
            ),
        ),
        migrations.CreateModel(
            name="AgendaItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField(null=True)),
                ("minutes", models.PositiveSmallIntegerField(help_text="Time given to the item, minutes.")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("conditions", models.JSONField(default=list, help_text="Texts of conditions 1..n of the motion.")),
                ("note", models.TextField(blank=True, help_text="What was said, for the minutes.")),
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
                        to="funding.agendaitem",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.fundingrequest",
                    ),
                ),
                (
                    "request_version",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Frozen at publication.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.requestversion",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Once the item was opened.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.round",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.meeting",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="funding.meeting"
            ),
        ),
        migrations.CreateModel(
            name="MeetingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField(help_text="1, 2, … of the body.")),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField(help_text="How long the room is held, minutes.")),
                ("place_en", models.CharField(max_length=200)),
                ("place_zh_hant", models.CharField(blank=True, max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "being planned"),
                            ("published", "agenda published"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "agenda_digest",
                    models.CharField(
                        blank=True,
                        help_text="SHA-256 of the agenda as published: items, versions, motions, minutes.",
                        max_length=64,
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("cancelled_reason", models.CharField(blank=True, max_length=500)),
                (
                    "body",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.body",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Who presides; empty: seat vacant.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="funding.meeting",
                    ),
                ),
                (
                    "secretary",
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
            name="PaperQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(help_text="1, 2, … of the round.")),
                ("text", models.TextField()),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paper_questions", to="funding.round"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="PaperAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="funding.paperquestion"
                    ),
                ),
            ],
            options={
                "ordering": ["question", "revision"],
            },
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("body", "number"), name="meeting_number_once"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__range", (5, 720))), name="meeting_minutes_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["published", "closed"]), _negated=True),
                    models.Q(("published_at__isnull", False), models.Q(("agenda_digest", ""), _negated=True)),
                    _connector="OR",
                ),
                name="meeting_published_has_agenda",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "cancelled"), _negated=True),
                    models.Q(("cancelled_reason", ""), _negated=True),
                    _connector="XOR",
                ),
                name="meeting_cancelled_says_why",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_meetingevent" ("agenda_digest", "body_id", "cancelled_reason", "chair_id", "closed_at", "closed_by_id", "id", "minutes", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_en", "place_zh_hant", "published_at", "secretary_id", "starts_at", "status") VALUES (NEW."agenda_digest", NEW."body_id", NEW."cancelled_reason", NEW."chair_id", NEW."closed_at", NEW."closed_by_id", NEW."id", NEW."minutes", NEW."number", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."place_en", NEW."place_zh_hant", NEW."published_at", NEW."secretary_id", NEW."starts_at", NEW."status"); RETURN NULL;',
                    hash="25e3b213275e242b89745842423d9cc55f428f37",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_12566",
                    table="funding_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_meetingevent" ("agenda_digest", "body_id", "cancelled_reason", "chair_id", "closed_at", "closed_by_id", "id", "minutes", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_en", "place_zh_hant", "published_at", "secretary_id", "starts_at", "status") VALUES (NEW."agenda_digest", NEW."body_id", NEW."cancelled_reason", NEW."chair_id", NEW."closed_at", NEW."closed_by_id", NEW."id", NEW."minutes", NEW."number", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."place_en", NEW."place_zh_hant", NEW."published_at", NEW."secretary_id", NEW."starts_at", NEW."status"); RETURN NULL;',
                    hash="a834095159ecda248948fdac2381713019c035f3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5a9e5",
                    table="funding_meeting",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("meeting", "seat"), name="attendance_seat_once"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("meeting", "person"),
                name="attendance_person_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("state__in", ["present", "alternate"])),
                    models.Q(("person__isnull", True), ("state__in", ["apologies", "absent"])),
                    _connector="OR",
                ),
                name="attendance_present_has_person",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_attendanceevent" ("holder_id", "id", "meeting_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seat_id", "state") VALUES (NEW."holder_id", NEW."id", NEW."meeting_id", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."seat_id", NEW."state"); RETURN NULL;',
                    hash="6fb5ea597d9f4f8abc166aa33848703ffdc2e9b6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5bb92",
                    table="funding_attendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_attendanceevent" ("holder_id", "id", "meeting_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seat_id", "state") VALUES (NEW."holder_id", NEW."id", NEW."meeting_id", NEW."person_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."seat_id", NEW."state"); RETURN NULL;',
                    hash="1d3c0dac7bb062efbd54e3ce7f7413a8031ecfb1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c60db",
                    table="funding_attendance",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("meeting", "number"),
                name="agendaitem_place_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number__isnull", False)),
                fields=("meeting", "request"),
                name="agendaitem_request_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__range", (1, 480))), name="agendaitem_minutes_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("amount__lt", 10000000000000)), name="agendaitem_amount_positive"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaitem",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_agendaitemevent" ("amount", "conditions", "id", "meeting_id", "minutes", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "request_version_id", "round_id") VALUES (NEW."amount", NEW."conditions", NEW."id", NEW."meeting_id", NEW."minutes", NEW."note", NEW."number", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."request_id", NEW."request_version_id", NEW."round_id"); RETURN NULL;',
                    hash="8ee4731114ad575185ce0e65e40bd4a6cdf2bb81",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c9746",
                    table="funding_agendaitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaitem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_agendaitemevent" ("amount", "conditions", "id", "meeting_id", "minutes", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "request_version_id", "round_id") VALUES (NEW."amount", NEW."conditions", NEW."id", NEW."meeting_id", NEW."minutes", NEW."note", NEW."number", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."request_id", NEW."request_version_id", NEW."round_id"); RETURN NULL;',
                    hash="f7006b3863742e01845a73761e470eabd5deb5ac",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_282be",
                    table="funding_agendaitem",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="paperquestion",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="paperquestion_number_once"),
        ),
        migrations.AddConstraint(
            model_name="paperanswer",
            constraint=models.UniqueConstraint(fields=("question", "revision"), name="paperanswer_revision_once"),
        ),
        *append_only("funding_paperquestion"),
        *append_only("funding_paperanswer"),
    ]
